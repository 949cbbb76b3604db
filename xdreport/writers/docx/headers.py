"""Headers and footers: marks, running head, page number (GB/T 9704-2012, 7.5)."""

from xdreport.document import Furniture
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import millimetres, turned, twips
from xdreport.writers.docx.runs import field, text_run
from xdreport.writers.docx.styles import LAST, MARK_TEXT, style_id

_EMU_OF_MM = 36_000
_TAB = "<w:r><w:tab/></w:r>"
# Between an even page's mark and a running head of another size the line needs room for both.
_MARKED_PITCH = 20
_LINE = 14  # points: a line of the page number


def write_headers(furniture: Furniture, draft: Draft, *, is_turned: bool = False) -> dict[str, str]:
    """Return the headers by Word's name of the pages they stand on; empty when there is nothing to print.

    The marks (内部资料, 征求意见稿) stand on every page, left and right; the running head leaves out the first, which
    bears the title. With a running section odd pages name theirs at the outer edge.
    """
    head, marks = furniture.running_head, furniture.mark + furniture.draft
    if not head and not marks:
        return {}
    first = _marks(furniture, draft, is_turned) if marks else draft.paragraph(style_id("mark"), "")
    if not head:
        return {"default": first, "even": first}
    odd, even = (_running_head(furniture, draft, is_turned, is_odd=is_odd) for is_odd in (True, False))
    return {"default": odd, "even": even} if is_turned else {"default": odd, "even": even, "first": first}


def _variant(name: str, draft: Draft, is_turned: bool, tabs: str) -> str:
    """Return a style of headers whose tab stops are those of the sheet, upright or on its side."""
    suffix, label = ("HeadTurned", "横排页眉") if is_turned else ("Head", "页眉")
    page = turned(draft.theme.page) if is_turned else draft.theme.page
    return draft.variant(name, suffix, label, pitch=_MARKED_PITCH, align="left", tabs=tabs, whole=twips(page.measure))


def _marks(furniture: Furniture, draft: Draft, is_turned: bool) -> str:
    style = _variant("mark", draft, is_turned, "right")
    right = _TAB + text_run(furniture.draft, draft) if furniture.draft else ""
    return draft.paragraph(style, text_run(furniture.mark, draft) + right)


def _running_head(furniture: Furniture, draft: Draft, is_turned: bool, *, is_odd: bool) -> str:
    """The report's name; with a running section Word puts that of the page in its place on odd pages, and who knows no
    such field prints the report's name there, too."""
    head = text_run(furniture.running_head, draft)
    if furniture.running_section and is_odd:
        head = field("STYLEREF 1", head)
    if not furniture.mark and not furniture.draft:
        style = style_id("running_head")
        if furniture.running_section:
            side, label = ("right", "居右") if is_odd else ("left", "居左")
            style = draft.variant("running_head", side.title(), label, align=side)
        return draft.paragraph(style, head)
    style = _variant("running_head", draft, is_turned, "center right")
    mark, note = (text_run(text, draft, MARK_TEXT) for text in (furniture.mark, furniture.draft))
    return draft.paragraph(style, f"{mark}{_TAB}{head}{_TAB}{note}")


def write_footers(furniture: Furniture, draft: Draft) -> dict[str, str]:
    """Return the footers by Word's name of the pages they stand on: — 1 — outside, 1 character in."""
    if not furniture.page_numbers:
        return {}
    odd, even = _numbers(draft)
    return {"default": odd, "even": even, **({"first": odd} if furniture.running_head else {})}


def write_turned_footers(furniture: Furniture, draft: Draft) -> dict[str, str]:
    """Return the footers of sheets on their side, where the number keeps its place on the upright sheet: in a box at
    the left edge, its words running downwards (layout-spec 19)."""
    if not furniture.page_numbers:
        return {}
    odd, even = _numbers(draft)
    return {"default": _turned_box(odd, draft), "even": _turned_box(even, draft)}


def _numbers(draft: Draft) -> tuple[str, str]:
    odd = draft.variant("page_number", "Odd", "单页", align="right", right=1)
    even = draft.variant("page_number", "Even", "双页", align="left", left=1)
    number = text_run("— ", draft) + field("PAGE", text_run("1", draft)) + text_run(" —", draft)
    return draft.paragraph(odd, number), draft.paragraph(even, number)


def _turned_box(content: str, draft: Draft) -> str:
    """A text box over the height of the type area, in the middle of which the number's line runs."""
    page = draft.theme.page  # upright
    draft.boxes += 1
    number = draft.drawings
    width = round(_LINE / 72 * 25.4 * _EMU_OF_MM)
    height = round((page.width - page.left - page.right) * _EMU_OF_MM)
    left = round((page.bottom - page.number_below) * _EMU_OF_MM - width / 2)
    top = round(page.left * _EMU_OF_MM)
    box = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251658240" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="页码 {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    )
    drawing = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    return draft.paragraph(LAST, f"<w:r>{drawing}</mc:AlternateContent></w:r>")


def header_distance(top: float) -> int:
    """Return in twips how far from the sheet's edge a header begins whose words stand 10 mm above a type area that
    begins at `top` millimetres."""
    return millimetres(max(5.0, top - 14.5))
