"""Tables: caption and unit above, a head that repeats, rows that stay whole, notes and source below (layout-spec 4)."""

import re
from itertools import pairwise

from xdreport.document import Align, Column, Row, Runs, Table, characters
from xdreport.writers.docx.captions import write_caption
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import measure
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.styles import CELL_MARGIN, TABLE, style_id

_WHOLE = re.compile(r"^\D*\d+")


def write_table(table: Table, draft: Draft) -> str:
    """Return the paragraphs and the table of a `Table` block."""
    widths = _widths(table.columns, measure(draft.theme.page))
    size = draft.theme.style("table_cell").size
    gaps = [_gaps(table, index, width, size) for index, width in enumerate(widths)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [characters(column.title) for column in table.columns]
    rows = [_row(row, table.columns, widths, gaps, heads, draft) for row in table.rows]
    return "".join(
        (
            write_caption(table, "表", draft),
            draft.paragraph(style_id("table_unit"), text_run(table.unit, draft)) if table.unit else "",
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>',
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"',
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>',
            f'<w:tblCaption w:val="{draft.escaped(characters(table.caption))}"/></w:tblPr>',
            f"<w:tblGrid>{grid}</w:tblGrid>",
            _spanners(table, widths, draft),
            _head(table.columns, widths, draft),
            *rows,
            "</w:tbl>",
            _below(table, draft),
        )
    )


def _widths(columns: tuple[Column, ...], whole: int) -> list[int]:
    """Return the columns' widths in twips; together they are exactly the whole."""
    total = sum(column.weight for column in columns)
    edges, reached = [0], 0.0
    for column in columns:
        reached += column.weight
        edges.append(round(whole * reached / total))
    return [right - left for left, right in pairwise(edges)]


def _cell(width: int, style: str, content: str, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p></w:tc>'
    )


def _spanners(table: Table, widths: list[int], draft: Draft) -> str:
    """The row of spanners above the columns' own heads, "" without one."""
    cells, start = [], 0
    for count, runs in table.spanners:
        width = sum(widths[start : start + count])
        cells.append(_cell(width, style_id("table_head"), write_runs(runs, draft), count))
        start += count
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>" if cells else ""


def _head(columns: tuple[Column, ...], widths: list[int], draft: Draft) -> str:
    style = style_id("table_head")
    cells = [
        _cell(width, style, write_runs(column.title, draft)) for column, width in zip(columns, widths, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(
    row: Row, columns: tuple[Column, ...], widths: list[int], gaps: list[int], heads: list[str], draft: Draft
) -> str:
    if row.is_group:
        content = write_runs(row.cells[0], draft)
        cells = _cell(sum(widths), style_id("table_group"), content, len(columns))
    else:
        label = characters(row.cells[0])
        cells = "".join(
            [
                _cell(
                    widths[index],
                    _cell_style(runs, index, row, columns, gaps, draft),
                    write_runs(runs, draft, label, heads[index]),
                )
                for index, runs in enumerate(row.cells)
            ]
        )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell_style(runs: Runs, index: int, row: Row, columns: tuple[Column, ...], gaps: list[int], draft: Draft) -> str:
    match columns[index].align:
        case Align.LEFT if index == 0 and row.indent:
            return draft.variant("table_cell", f"Indent{row.indent}", f"缩进{row.indent}字", left=row.indent)
        case Align.LEFT:
            return style_id("table_cell")
        case Align.CENTER:
            return draft.variant("table_cell", "Center", "居中", align="center")
        case Align.RIGHT:
            return draft.variant("table_cell", "Right", "居右", align="right")
        case Align.DECIMAL:
            gap = max(0, gaps[index] - _halves(runs)[1])
            label = f"右空{gap / 2:g}字"
            return draft.variant("table_cell", f"Decimal{gap}", label, align="right", right=gap / 2)


def _gaps(table: Table, index: int, width: int, size: float) -> int:
    """Return how many half characters stand right of the units' digit in a column whose decimal points align, so
    that its widest number is centred under the head; 0 for other columns. `width` is the column's, in twips."""
    if table.columns[index].align is not Align.DECIMAL:
        return 0
    numbers = [_halves(row.cells[index]) for row in table.rows if not row.is_group]
    before, behind = (max(side, default=0) for side in zip(*numbers, strict=True)) if numbers else (0, 0)
    free = int((width - 2 * CELL_MARGIN) / (size * 10)) - before - behind
    return behind + max(0, free // 2)


def _halves(runs: Runs) -> tuple[int, int]:
    """Return the width of a number up to its units' digit and after it, in half characters: 3 and 3 for 223.64,
    4 and 2 for 6500余, 2 and 0 for 58.

    The decimal points then align by an indent from the right: LibreOffice has no decimal tabs in cells.
    """
    text = characters(runs)
    whole = _WHOLE.match(text)
    end = whole.end() if whole else len(text)
    return _width(text[:end]), _width(text[end:])


def _width(text: str) -> int:
    return sum(1 if mark.isascii() else 2 for mark in text)


def _below(table: Table, draft: Draft) -> str:
    """Notes, then the source; without either an empty line of theirs, which also parts a table from a next one."""
    style = style_id("table_note")
    lines = [*table.notes, table.source] if table.source else list(table.notes)
    if not lines:
        return draft.paragraph(style, "")
    upper = draft.variant("table_note", "Upper", "连续", after=0, keep_with_next=True)
    written = [draft.paragraph(upper, write_runs(runs, draft)) for runs in lines[:-1]]
    return "".join([*written, draft.paragraph(style, write_runs(lines[-1], draft))])
