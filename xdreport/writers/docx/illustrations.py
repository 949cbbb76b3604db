"""Pictures and large figures, and how drawings stand side by side."""

import re
from collections.abc import Sequence

from xdreport.arrangement import GAP, picture_height, rows_of
from xdreport.document import Figure, Picture, Pictures, PullFigure, PullFigures, characters
from xdreport.writers.docx.captions import caption_below
from xdreport.writers.docx.draft import Draft, Image, Record
from xdreport.writers.docx.measures import ems, measure, twips
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.styles import BESIDE_TABLE, LAST, PULL_TABLE, PULL_WORDS, style_id

EMU = 635  # English Metric Units in a twip
_PNG = b"\x89PNG"
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


def beside(cells: Sequence[str], widths: Sequence[int], style: str, draft: Draft, after: str = LAST) -> str:
    """Return paragraphs side by side in a table without rules; `widths` are twips, `after` the style of the paragraph
    that parts the table from a next one."""
    return draft.break_page() + table_of([cells], widths, style) + draft.paragraph(after, "")


def table_of(rows: Sequence[Sequence[str]], widths: Sequence[int], style: str) -> str:
    """Return a table of cells with paragraphs, in columns of the widths given."""
    written = []
    for cells in rows:
        row = "".join(
            [
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
                for cell, width in zip(cells, widths, strict=True)
            ]
        )
        written.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>")
    grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
    )


def image_relation(number: int) -> str:
    """Return the relationship id by which the body refers to a picture, counted from 1."""
    return f"rIdImage{number}"


def write_pictures(block: Pictures, draft: Draft) -> str:
    """Return pictures side by side, each over its caption and credit; one alone stands in the text."""
    if not block.pictures:
        return ""
    height = picture_height(block, draft.page.measure, draft.page.depth)
    gap = twips(GAP / 2)
    if len(block.pictures) == 1:
        return _picture(block.pictures[0], height, draft)
    start = draft.break_page()
    widths = [twips(height * picture.width / picture.height) + gap for picture in block.pictures]
    cells = [_picture(picture, height, draft) for picture in block.pictures]
    return start + beside(cells, widths, BESIDE_TABLE, draft)


def _picture(picture: Picture, height: float, draft: Draft) -> str:
    below = []
    if picture.caption:
        below.append((caption_below(draft, bool(picture.credit)), write_runs(picture.caption, draft)))
    if picture.credit:
        below.append((style_id("credit"), write_runs(picture.credit, draft)))
    width = twips(height * picture.width / picture.height) * EMU
    draft.images.append(Image(picture.content, picture.content.startswith(_PNG)))
    key = image_relation(draft.offset + len(draft.images))
    number = draft.offset + draft.drawings
    described = draft.escaped(picture.alternative)
    size = f'cx="{width}" cy="{twips(height) * EMU}"'
    drawing = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="图片 {number}" descr="{described}"/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="图片 {number}" descr="{described}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    written = draft.paragraph("Picture", drawing, keeps=bool(below))
    return written + "".join([draft.paragraph(style, content) for style, content in below])


def write_pull_figures(block: PullFigures, draft: Draft) -> str:
    """Return large figures side by side between two rules, each over what it is a figure of."""
    rows = rows_of(block, draft.theme.style("pull_figure").size, draft.page.measure)
    if not rows:
        return ""
    start, count = draft.paragraph("AfterTable", "", keeps=True), len(rows[0])
    whole = measure(draft.page)
    widths = [whole * (place + 1) // count - whole * place // count for place in range(count)]
    empty = f'<w:p><w:pPr><w:pStyle w:val="{style_id("pull_label")}"/></w:pPr></w:p>'
    cells = [[*(_pulled(item, widths[0] / 20, draft) for item in row), *[empty] * (count - len(row))] for row in rows]
    return start + table_of(cells, widths, PULL_TABLE) + draft.paragraph("AfterTable", "")


def _pulled(item: PullFigure, width: float, draft: Draft) -> str:
    """A figure with its number large and its words small, smaller altogether where it is too wide for its cell."""
    figure = item.figure
    match = _NUMBER.search(figure.text)
    start, end = match.span() if match else (0, len(figure.text))
    style, unit = draft.theme.style("pull_figure"), draft.theme.style("pull_unit")
    words = ems(figure.text[:start] + figure.text[end:]) * unit.size
    room = width - unit.size - words
    share = next(
        (share for share in (1.0, 0.85, 0.7) if ems(figure.text[start:end]) * style.size * share <= room), 0.55
    )
    key = style_id("pull_figure")
    if share < 1:
        label, size = f"小至{share:.0%}", style.size * share
        key = draft.variant("pull_figure", f"At{share:g}", label, size=size, colour=draft.theme.accent)
    content = _live(figure, start, end, characters(item.label), draft)
    label = draft.paragraph(style_id("pull_label"), write_runs(item.label, draft))
    return draft.paragraph(key, content, keeps=True) + label


def _live(figure: Figure, start: int, end: int, label: str, draft: Draft) -> str:
    """A figure in its bookmark, the characters outside the number in the style of words."""
    mark = f"_xd_{len(draft.records) + 1}"
    draft.records.append(Record(mark, figure, order=1, column=label))
    before, after = (text_run(text, draft, PULL_WORDS) for text in (figure.text[:start], figure.text[end:]))
    return draft.bookmarked(mark, before + text_run(figure.text[start:end], draft) + after)
