"""What stands above and below the running text: 报头 and 版头, cover, 署名 and 成文日期, 报尾 and 版记."""

from typing import assert_never

from xdreport.document import Cover, Imprint, Letterhead, Masthead, Paragraph, characters
from xdreport.theme import POINTS_PER_MM
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import ems, left_margin, line, line_width, measure, millimetres, outset
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.styles import BESIDE_TABLE, IMPRINT_TABLE, LAST, MARK_TEXT, SIGNER, style_id
from xdreport.writers.docx.titles import balanced

_TAB = "<w:r><w:tab/></w:r>"
# GB/T 9704-2012, 7.2.4: the upper edge of the mark is 35 mm below that of the type area; two lines are left below it.
_MARK_BELOW = 35.0
_BLANK_LINES = 2
_NAMES_A_LINE = 2
# Where the title of a cover begins, as a share of the type area's height.
_COVER_TOP = 0.22
# A name in red takes this share of the measure at most, and its characters stand this many ems apart at most.
_WIDEST_NAME, _MOST_SPREAD = 0.86, 0.4


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
    lines = [(style_id("letterhead_line"), write_runs(head.copy, draft))] if head.copy else []
    lines += [(style_id("mark"), text_run(text, draft)) for text in (head.secrecy, head.urgency) if text]
    style, page = draft.theme.style("letterhead"), draft.theme.page
    pitch = style.size * 1.2
    taken = len(lines) * line(draft.theme.style("mark"), page) / 20
    before = max(0.0, _MARK_BELOW * POINTS_PER_MM - taken - (pitch - style.size) / 2)
    written = [draft.paragraph(*each) for each in lines]
    written.append(_name(head.mark, "letterhead", draft, pitch=pitch, before=before))
    written += _numbered(head, draft) or [draft.paragraph(style_id("letterhead_line"), "")]
    return "".join([*written, draft.paragraph("LetterheadRule", "")])


def _numbered(head: Letterhead, draft: Draft) -> list[str]:
    """Return the lines of 发文字号 and 签发人, two names a line; alone the number is centred."""
    style = draft.theme.style("letterhead_line")
    above = _BLANK_LINES * style.pitch - (style.pitch - style.size) / 2
    if not head.signers:
        centred = draft.variant("letterhead_line", "Center", "居中", align="center", before=above)
        return [draft.paragraph(centred, write_runs(head.number, draft))] if head.number else []
    rows = [head.signers[at : at + _NAMES_A_LINE] for at in range(0, len(head.signers), _NAMES_A_LINE)]
    label = "Signed by: " if draft.document.language.startswith("en") else "签发人："
    first = draft.variant("letterhead_line", "Signed", "签发", left=1, right=1, before=above, tabs="right")
    others = draft.variant("letterhead_line", "SignedOn", "签发续行", left=1, right=1, tabs="right")
    written = []
    for place, names in enumerate(rows):
        number = write_runs(head.number, draft) if place == len(rows) - 1 else ""
        signed = text_run(label if place == 0 else "", draft) + text_run("　".join(names), draft, SIGNER)
        written.append(draft.paragraph(others if place else first, number + _TAB + signed))
    return written


def _masthead(masthead: Masthead, draft: Draft) -> str:
    """密级 and 编号, name, issue, office and date, red rule (layout-spec 11)."""
    centred = draft.variant("masthead_line", "Center", "居中", align="center", left=0, right=0)
    written = []
    if masthead.secrecy or masthead.number:
        flush = draft.variant("masthead_line", "Flush", "顶格", left=0, right=0, tabs="right")
        ends = text_run(masthead.secrecy, draft, MARK_TEXT) + _TAB + write_runs(masthead.number, draft)
        written.append(draft.paragraph(flush, ends))
    written.append(_name(masthead.name, "masthead", draft))
    if masthead.issue:
        written.append(draft.paragraph(centred, write_runs(masthead.issue, draft)))
    if masthead.office or masthead.date:
        ends = write_runs(masthead.office, draft) + _TAB + write_runs(masthead.date, draft)
        written.append(draft.paragraph(style_id("masthead_line"), ends))
    return "".join([*written, draft.paragraph("MastheadRule", "")])


def _name(name: str, style: str, draft: Draft, **changes: float) -> str:
    """Return the red name on one line: a short one set wide, as mastheads are, a long one smaller."""
    its, whole = draft.theme.style(style), draft.theme.page.measure
    size = min(its.size, whole / max(1.0, ems(name)))
    room = whole * _WIDEST_NAME - ems(name) * size
    tracking = max(0.0, min(size * _MOST_SPREAD, room / max(1, len(name) - 1)))
    # The space that Word adds after the last character, too, would shift the name to the left.
    left = tracking / size
    key = draft.variant(style, "Name", "名称", tracking=tracking, size=size, left=left, **changes)  # type: ignore[arg-type]
    return draft.paragraph(key, text_run(name, draft))


def write_cover(cover: Cover, draft: Draft) -> str:
    """Return a cover: its title between short rules below the upper fifth, its lines on the foot of the type area."""
    kicker = draft.variant("cover_kicker", "First", "首行", before=draft.page.depth * _COVER_TOP)
    written = [draft.paragraph(kicker, write_runs(cover.kicker, draft)), draft.paragraph("CoverRule", "")]
    title = balanced(cover.runs, draft.theme.style("cover_title"), draft)
    written += [draft.paragraph(style_id("cover_title"), write_runs(title, draft))]
    written += [draft.paragraph("CoverRule", "")]
    if cover.subtitle:
        written.append(draft.paragraph(style_id("cover_subtitle"), write_runs(cover.subtitle, draft)))
    lines = [draft.paragraph(style_id("cover_line"), write_runs(runs, draft)) for runs in cover.lines]
    # The paragraph that ends the section does not do as an anchor: LibreOffice would set the table into the text.
    written += [_at_foot("".join(lines), draft), draft.paragraph(LAST, "")] if lines else []
    return "".join([*written, draft.paragraph(LAST, "")])


def _at_foot(content: str, draft: Draft) -> str:
    """A table without rules that floats on the bottom of the type area."""
    width = measure(draft.page)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
    return _floating(BESIDE_TABLE, row, width, draft)


def _floating(style: str, rows: str, width: int, draft: Draft) -> str:
    """A table that floats on the bottom of the type area. It is placed from the sheet's side, not from the type area's,
    because LibreOffice would set a table that fills the type area into the text."""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page"'
        f' w:tblpX="{left_margin(draft.page)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>'
    )


def write_signed(office: Paragraph, date: Paragraph, draft: Draft) -> str:
    """Return 署名 and 成文日期 (GB/T 9704-2012, 7.3.5.2): the office 2 characters in from the right, the date below it
    begins 2 characters further right, and is not beyond its own 2 characters where it is the longer one."""
    style, below = draft.theme.style("signature"), draft.theme.style("date")
    signed, dated = (line_width(characters(paragraph.runs)) for paragraph in (office, date))
    right_of_office, right_of_date = style.right, style.right + signed - 2 - dated
    if dated > signed:
        right_of_office, right_of_date = below.right + dated + 2 - signed, below.right
    written = ""
    for name, runs, right in (
        ("signature", office.runs, right_of_office),
        ("date", date.runs, max(0.0, right_of_date)),
    ):
        key = style_id(name)
        if right != draft.theme.style(name).right:
            key = draft.variant(name, f"Right{round(right * 100)}", f"右空{right:g}字", right=right)
        written += draft.paragraph(key, write_runs(runs, draft))
    return written


def write_imprint(imprint: Imprint, draft: Draft) -> str:
    """Return the foot of the last page (版记, 报尾): a table that floats on the bottom of the type area.

    Its outer rules are 0.35 mm thick, those inside 0.25 mm (GB/T 9704-2012, 7.4.1). The paragraph after it is
    its anchor.
    """
    lines = "".join([_imprint_line(label, text, draft) for label, text in imprint.lines])
    rows = [lines] if lines else []
    if imprint.office or imprint.date:
        ends = write_runs(imprint.office, draft) + _TAB + write_runs(imprint.date, draft)
        rows.append(draft.paragraph(style_id("imprint"), ends))
    if imprint.copies:
        style = draft.variant("imprint", "Right", "居右", align="right")
        rows.append(draft.paragraph(style, write_runs(imprint.copies, draft)))
    page = draft.page
    width = measure(page)
    written = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>'
        for row in rows
    )
    written += _row_below(width, draft) if outset(page) else ""
    return _floating(IMPRINT_TABLE, written, width, draft) + draft.paragraph(LAST, "")


def _row_below(width: int, draft: Draft) -> str:
    """A row without a rule below the last one, as high as the margin is less than the type area's."""
    height = millimetres(outset(draft.page))
    borders = (
        '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:bottom w:val="nil"/></w:tcBorders>'
    )
    cell = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>{draft.paragraph(LAST, "")}'
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc>{cell}</w:tc></w:tr>'
    )


def _imprint_line(label: str, text: str, draft: Draft) -> str:
    """A label (抄送：) from which the lines of its text hang."""
    colon = ": " if draft.document.language.startswith("en") else "："
    mark = label if label.endswith(("：", ":")) else label + colon
    hanging = ems(mark)
    style = draft.variant("imprint", f"Hanging{hanging:g}", f"悬挂{hanging:g}字", hanging=hanging)
    return draft.paragraph(style, text_run(mark + text, draft))
