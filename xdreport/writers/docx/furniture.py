"""What stands round the running text: masthead, imprint, headers, footers, and the section that holds them."""

from typing import assert_never

from xdreport.document import Furniture, Imprint, Letterhead, Masthead
from xdreport.theme import Page, Theme
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import left_margin, line, measure, millimetres, outset
from xdreport.writers.docx.runs import field, text_run, write_runs
from xdreport.writers.docx.styles import IMPRINT_TABLE, NAMESPACE, style_id

_HEADER_BELOW_EDGE = 15  # mm from the sheet's edge to the first line of the header
# mm by which the dash of a 14 pt line stands above the line's foot: LibreOffice then prints it at 269 mm.
_DASH_ABOVE_FOOT = 2.9


def write_head(head: Masthead | Letterhead, draft: Draft) -> str:
    """Return the head of page 1: that of a 简报 or that of an official document."""
    match head:
        case Masthead():
            return _masthead(head, draft)
        case Letterhead():
            return _letterhead(head, draft)
        case _:
            assert_never(head)


def _letterhead(head: Letterhead, draft: Draft) -> str:
    """份号, 密级 and 紧急程度, the mark, 发文字号 and 签发人, red rule (GB/T 9704-2012, 7.2)."""
    line = style_id("letterhead_line")
    written = [draft.paragraph(line, write_runs(head.copy, draft))] if head.copy else []
    strong = style_id("mark")
    written += [draft.paragraph(strong, text_run(text, draft)) for text in (head.secrecy, head.urgency) if text]
    written.append(draft.paragraph(style_id("letterhead"), text_run(head.mark, draft)))
    if head.number and not head.signers:
        centred = draft.variant("letterhead_line", "Center", "居中", align="center")
        written.append(draft.paragraph(centred, write_runs(head.number, draft)))
    if head.signers:
        signers = text_run("签发人：" + "　".join(head.signers), draft)
        style = style_id("masthead_line")
        written.append(draft.paragraph(style, f"{write_runs(head.number, draft)}<w:r><w:tab/></w:r>{signers}"))
    return "".join([*written, draft.paragraph("MastheadRule", "")])


def _masthead(masthead: Masthead, draft: Draft) -> str:
    """密级 and 编号, name, issue, office and date, red rule (layout-spec 11)."""
    centred = draft.variant("masthead_line", "Center", "居中", align="center", left=0, right=0)
    written = []
    if masthead.secrecy or masthead.number:
        ends = f"{text_run(masthead.secrecy, draft)}<w:r><w:tab/></w:r>{write_runs(masthead.number, draft)}"
        written.append(draft.paragraph(style_id("masthead_line"), ends))
    written.append(draft.paragraph(style_id("masthead"), text_run(masthead.name, draft)))
    if masthead.issue:
        written.append(draft.paragraph(centred, write_runs(masthead.issue, draft)))
    if masthead.office or masthead.date:
        ends = f"{write_runs(masthead.office, draft)}<w:r><w:tab/></w:r>{write_runs(masthead.date, draft)}"
        written.append(draft.paragraph(style_id("masthead_line"), ends))
    return "".join([*written, draft.paragraph("MastheadRule", "")])


def write_imprint(imprint: Imprint, draft: Draft) -> str:
    """Return the foot of the last page (版记, 报尾): a table that floats on the bottom of the type area.

    Its outer rules are 0.35 mm thick (GB/T 9704-2012, 7.4.1). It is placed from the sheet's side, not from the
    type area's, because LibreOffice would set a table that fills the type area into the text. The paragraph after it is
    its anchor.
    """
    lines = [_imprint_line(label, text, draft) for label, text in imprint.lines]
    if imprint.office or imprint.date:
        ends = f"{write_runs(imprint.office, draft)}<w:r><w:tab/></w:r>{write_runs(imprint.date, draft)}"
        lines.append(draft.paragraph(style_id("masthead_line"), ends))
    if imprint.copies:
        style = draft.variant("imprint", "Right", "居右", align="right")
        lines.append(draft.paragraph(style, write_runs(imprint.copies, draft)))
    page = draft.theme.page
    width = measure(page)
    cells = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{line}</w:tc>' for line in lines]
    rows = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>" for cell in cells)
    rows += _row_below(width, draft) if outset(page) else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{IMPRINT_TABLE}"/>'
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page"'
        f' w:tblpX="{left_margin(page)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>{draft.paragraph("LastParagraph", "")}'
    )


def _row_below(width: int, draft: Draft) -> str:
    """A row without a rule below the last one, as high as the margin is less than the type area's."""
    height = millimetres(outset(draft.theme.page))
    borders = (
        '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:bottom w:val="nil"/></w:tcBorders>'
    )
    cell = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>{draft.paragraph("LastParagraph", "")}'
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc>{cell}</w:tc></w:tr>'
    )


def _imprint_line(label: str, text: str, draft: Draft) -> str:
    """A label (抄送：) from which the lines of its text hang."""
    hanging = len(label) + 1
    style = draft.variant("imprint", f"Hanging{hanging}", f"悬挂{hanging}字", hanging=hanging)
    return draft.paragraph(style, text_run(f"{label}：{text}", draft))


def write_headers(furniture: Furniture, draft: Draft) -> dict[str, str]:
    """Return the headers by Word's name of the pages they stand on; empty when there is nothing to print.

    The mark (内部资料) stands on every page; the running head leaves out the first, which bears the title.
    """
    marks = "　".join(mark for mark in (furniture.mark, furniture.draft) if mark)
    mark = draft.paragraph(style_id("mark"), text_run(marks, draft)) if marks else ""
    head = furniture.running_head
    running = draft.paragraph(style_id("running_head"), text_run(head, draft)) if head else ""
    if not mark and not running:
        return {}
    first = mark or draft.paragraph(style_id("running_head"), "")
    return {
        kind: _part("hdr", text)
        for kind, text in (("default", mark + running), ("even", mark + running), ("first", first))
    }


def write_footers(furniture: Furniture, draft: Draft) -> dict[str, str]:
    """Return the footers by Word's name of the pages they stand on: — 1 — outside, 1 character in (GB/T 9704, 7.5)."""
    if not furniture.page_numbers:
        return {}
    odd = draft.variant("page_number", "Odd", "单页", align="right", right=1)
    even = draft.variant("page_number", "Even", "双页", align="left", left=1)
    number = text_run("— ", draft) + field("PAGE", text_run("1", draft)) + text_run(" —", draft)
    styles = {"default": odd, "even": even, "first": odd}
    return {kind: _part("ftr", draft.paragraph(style, number)) for kind, style in styles.items()}


def _part(root: str, content: str) -> str:
    return f"<w:{root} {NAMESPACE}>{content}</w:{root}>"


def write_section(theme: Theme, references: str, has_first_page: bool) -> str:
    """Return the section properties: sheet, margins, and a grid of lines as in GB/T 9704-2012, 5.2.

    `references` are those to headers and footers.
    """
    page = theme.page
    first = "<w:titlePg/>" if has_first_page else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{millimetres(page.width)}" w:h="{millimetres(page.height)}"/>'
        f'{_margins(page)}<w:cols w:space="0"/>{first}'
        f'<w:docGrid w:type="lines" w:linePitch="{line(theme.style("body"), page)}"/></w:sectPr>'
    )


def _margins(page: Page) -> str:
    footer = millimetres(page.bottom - page.number_below - _DASH_ABOVE_FOOT)
    return (
        f'<w:pgMar w:top="{millimetres(page.top - outset(page))}" w:right="{millimetres(page.right)}"'
        f' w:bottom="{millimetres(page.bottom - outset(page))}" w:left="{left_margin(page)}"'
        f' w:header="{millimetres(_HEADER_BELOW_EDGE)}" w:footer="{footer}" w:gutter="0"/>'
    )
