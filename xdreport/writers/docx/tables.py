"""Tables: caption and unit above, a head that repeats, rows that stay whole, notes and source below (layout-spec 4).

A small table stays on one page; of a larger one three rows at least stand on either side of a break.
"""

import re
from itertools import pairwise

from xdreport.arrangement import WHOLE_IN_WORD, WHOLE_PAGE_IN_WORD, moved
from xdreport.document import Align, Column, Note, Row, Runs, Table, characters
from xdreport.theme import TablePreset
from xdreport.writers.docx.captions import write_caption
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import ems, line, line_width, measure, twips
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.styles import CELL_MARGIN, ROW_PADDING, TABLE, style_id

_WHOLE = re.compile(r"^\D*\d+")
_LEAST_ROWS = 3  # that stand on either side of a break
_NOTES = "注："
_WIDEST_HEAD, _FEW = 4, 6  # characters: what a head asks for at most, what a column of words does at least
_TEXT_SHARE, _FIGURE_SHARE = 0.45, 0.5  # of the measure: what words and figures may take from other columns


def write_table(table: Table, draft: Draft) -> str:
    """Return the paragraphs and the table of a `Table` block."""
    widths = _widths(table, measure(draft.page), draft)
    size = draft.theme.style("table_cell").size
    gaps = [_gaps(table, index, width, size) for index, width in enumerate(widths)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [characters(column.title) for column in table.columns]
    above = write_caption(table, "表", draft)
    above += draft.paragraph(style_id("table_unit"), text_run(table.unit, draft)) if table.unit else ""
    above = above or draft.break_page()
    return "".join(
        (
            above,
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>',
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"',
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>',
            f'<w:tblCaption w:val="{draft.escaped(characters(table.caption))}"/></w:tblPr>',
            f"<w:tblGrid>{grid}</w:tblGrid>",
            *_head(table, widths, draft),
            *_rows(table, widths, gaps, heads, draft),
            "</w:tbl>",
            _below(table, draft),
        )
    )


# Columns


def _widths(table: Table, whole: int, draft: Draft) -> list[int]:
    """Return the columns' widths in twips; together they are exactly the whole.

    They are the columns' shares by weight, moved to where figures would not fit on a line, then to where words wrap.
    """
    columns = table.columns
    head, cell = (draft.theme.style(name).size * 20 for name in ("table_head", "table_cell"))
    weight = sum(column.weight for column in columns) or 1.0
    shares = [whole * column.weight / weight for column in columns]
    rows = [row for row in table.rows if not row.is_group]
    natural = []
    for place, column in enumerate(columns):
        widest = max((_ems(row.cells[place]) + row.indent for row in rows), default=0.0) * cell
        if column.align is Align.DECIMAL:
            widest = sum(_sides(table, place)) / 2 * cell
        title = min(_WIDEST_HEAD, _ems(column.title)) * head
        natural.append(max(widest, title) + 2 * CELL_MARGIN + 0.3 * cell)
    least = [
        min(want, _FEW * cell) if column.align is Align.LEFT else want
        for want, column in zip(natural, columns, strict=True)
    ]
    shares = moved(shares, [min(want, whole * _FIGURE_SHARE) for want in least], least)
    shares = moved(shares, [min(want, whole * _TEXT_SHARE) for want in natural], natural)
    edges, reached = [0], 0.0
    for share in shares:
        reached += share
        edges.append(round(whole * reached / sum(shares)))
    return [right - left for left, right in pairwise(edges)]


def _ems(runs: Runs) -> float:
    return sum([line_width(str(run.number) if isinstance(run, Note) else run.text) for run in runs])


# The head


def _cell(width: int, style: str, content: str, properties: str = "", keep: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{content}</w:p></w:tc>'
    )


def _head(table: Table, widths: list[int], draft: Draft) -> list[str]:
    """Return the rows of the head: one, or spanners over the columns that they span; a column without one takes both
    rows. The style rules below the first row only, so a head of two says itself where its rules are."""
    style = style_id("table_head")
    titles = [write_runs(column.title, draft) for column in table.columns]
    if not table.spanners:
        return [_head_row([_cell(width, style, title) for width, title in zip(widths, titles, strict=True)])]
    upper, lower, start = [], [], 0
    below = _border("bottom", 4 if draft.theme.table is TablePreset.GRID else 6)
    for count, runs in table.spanners:
        stop = start + count
        span = f'<w:gridSpan w:val="{count}"/>' if count > 1 else ""
        if runs:
            rule = _border("bottom", 4)
            upper.append(_cell(sum(widths[start:stop]), style, write_runs(runs, draft), span + rule))
            lower += [_cell(widths[at], style, titles[at], below) for at in range(start, stop)]
        else:
            upper += [
                _cell(widths[at], style, titles[at], '<w:vMerge w:val="restart"/>' + below) for at in range(start, stop)
            ]
            lower += [_cell(widths[at], style, "", "<w:vMerge/>" + below) for at in range(start, stop)]
        start = stop
    return [_head_row(upper), _head_row(lower)]


def _border(side: str, eighths: int) -> str:
    return f'<w:tcBorders><w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="auto"/></w:tcBorders>'


def _head_row(cells: list[str]) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


# Rows


def _rows(table: Table, widths: list[int], gaps: list[int], heads: list[str], draft: Draft) -> list[str]:
    """Return the rows; those keep with the next one between which the table must not be broken."""
    count = len(table.rows)
    pitch = line(draft.theme.style("table_cell"), draft.theme.page) + 2 * ROW_PADDING
    share = WHOLE_PAGE_IN_WORD if table.is_whole else WHOLE_IN_WORD
    is_small = (count + 1 + bool(table.spanners)) * pitch < twips(draft.page.depth) * share
    loose = range(0) if is_small else range(_LEAST_ROWS - 1, count - _LEAST_ROWS)
    return [
        _row(row, table.columns, widths, gaps, heads, draft, place not in loose) for place, row in enumerate(table.rows)
    ]


def _row(
    row: Row,
    columns: tuple[Column, ...],
    widths: list[int],
    gaps: list[int],
    heads: list[str],
    draft: Draft,
    keeps: bool,
) -> str:
    keep = "<w:keepNext/>" if keeps else ""
    if row.is_group:
        span = f'<w:gridSpan w:val="{len(columns)}"/>' if len(columns) > 1 else ""
        cells = _cell(sum(widths), style_id("table_group"), write_runs(row.cells[0], draft), span)
    else:
        label = characters(row.cells[0])
        cells = "".join(
            [
                _cell(
                    widths[index],
                    _cell_style(runs, index, row, columns, widths, gaps, draft),
                    write_runs(runs, draft, label, heads[index]),
                    _ground(draft.theme.ground(row.shade(index)) or (draft.theme.marked if row.is_marked else "")),
                    keep,
                )
                for index, runs in enumerate(row.cells)
            ]
        )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _ground(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""


def _cell_style(
    runs: Runs, index: int, row: Row, columns: tuple[Column, ...], widths: list[int], gaps: list[int], draft: Draft
) -> str:
    suffix, label, face = "", "", draft.theme.style("table_cell").face
    if row.is_emphatic(index):
        suffix, label, face = "Strong", "突出", draft.theme.style("table_group").face
    match columns[index].align:
        case Align.LEFT if index == 0 and row.indent:
            name = f"Indent{row.indent}{suffix}"
            return draft.variant("table_cell", name, f"缩进{row.indent}字{label}", left=row.indent, face=face)
        case Align.LEFT if suffix:
            return draft.variant("table_cell", suffix, label, face=face)
        case Align.LEFT:
            return style_id("table_cell")
        case Align.CENTER:
            return draft.variant("table_cell", f"Center{suffix}", f"居中{label}", align="center", face=face)
        case Align.RIGHT:
            return draft.variant("table_cell", f"Right{suffix}", f"居右{label}", align="right", face=face)
        case Align.DECIMAL:
            before, behind = _halves(runs)
            size = draft.theme.style("table_cell").size
            gap = max(0, min(gaps[index] - behind, _room(widths[index], size) - before - behind))
            name, label = f"Decimal{gap}{suffix}", f"右空{gap / 2:g}字{label}"
            return draft.variant("table_cell", name, label, align="right", right=gap / 2, face=face)


def _gaps(table: Table, index: int, width: int, size: float) -> int:
    """Return how many half characters stand right of the units' digit in a column whose decimal points align, so
    that its widest number is centred under the head; 0 for other columns. `width` is the column's, in twips."""
    if table.columns[index].align is not Align.DECIMAL:
        return 0
    before, behind = _sides(table, index)
    return max(0, behind + (_room(width, size) - before - behind) // 2)


def _sides(table: Table, index: int) -> tuple[int, int]:
    """Return the most half characters that a column's numbers have up to the units' digit, and after it."""
    numbers = [_halves(row.cells[index]) for row in table.rows if not row.is_group]
    before, behind = (max(side, default=0) for side in zip(*numbers, strict=True)) if numbers else (0, 0)
    return before, behind


def _room(width: int, size: float) -> int:
    """Return how many half characters of a size stand on a line of a column."""
    return int((width - 2 * CELL_MARGIN) / (size * 10))


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
    return round(2 * ems(text))


# Below


def _below(table: Table, draft: Draft) -> str:
    """Notes, then the source; without either a little white, which also parts a table from a next one.

    Notes hang behind the word that announces them.
    """
    lines = [(runs, _hanging(runs, table)) for runs in table.notes]
    lines += [(table.source, (0, 0))] if table.source else []
    if not lines:
        return draft.paragraph("AfterTable", "")
    written = []
    for place, (runs, (left, hanging)) in enumerate(lines, 1):
        is_last = place == len(lines)
        style = style_id("table_note")
        if hanging or left or not is_last:
            label = f"{'' if is_last else '连续'}悬挂{hanging}字左空{left}字"
            style = draft.variant(
                "table_note",
                f"{'' if is_last else 'Upper'}Hanging{hanging}Left{left}",
                label,
                hanging=hanging,
                left=left,
                after=draft.theme.style("table_note").after if is_last else 0,
                keep_with_next=not is_last,
            )
        written.append(draft.paragraph(style, write_runs(runs, draft)))
    return "".join(written)


def _hanging(runs: Runs, table: Table) -> tuple[int, int]:
    """Return how many characters a note stands in, and how many its further lines hang behind the first one."""
    width = len(_NOTES)
    if not characters(table.notes[0]).startswith(_NOTES):
        return 0, 0
    return (0, width) if characters(runs).startswith(_NOTES) else (width, 0)
