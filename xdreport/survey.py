"""The tables of a workbook that nobody has described yet: where each begins, which columns hold names, and its rows.

What is found is a proposal for a person to look at, never a reading that figures are taken by.
"""

import re
from collections.abc import Iterator, Sequence

from xdreport import labels, layout
from xdreport.grid import Book
from xdreport.layout import Body, Surface
from xdreport.recipe import UNIT_HEADS

_MOST_ROWS = 3000
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_SERIAL = re.compile("序号|编号|代码|行次")


def tables(book: Book, extra: frozenset[str] = frozenset()) -> Iterator[Body]:
    """Generate the tables of the sheets that are not hidden, from top to bottom and from left to right."""
    for sheet in book.sheets:
        if not sheet.is_hidden:
            yield from _on(Surface(sheet), extra)


def _on(surface: Surface, extra: frozenset[str]) -> Iterator[Body]:
    since = at = 0
    stop = min(len(surface.rows), _MOST_ROWS)
    while at < stop:
        if not _has_figures(surface, at, extra):
            at += 1
            continue
        found = list(_from(surface, at, since, extra))
        yield from found
        at = max([at + 1, *(body.end for body in found)])
        since = at if found else since


def _cells(surface: Surface, at: int) -> list[tuple[int, str]]:
    """Return column and words of the cells of a row that are not empty and not merged into another."""
    row = surface.rows[at]
    return [(column, surface.words(row, column).strip()) for column in surface.columns
            if not surface.own(row, column).is_empty]  # fmt: skip


def _has_figures(surface: Surface, at: int, extra: frozenset[str]) -> bool:
    """Return whether a row has a name and figures behind it, which are no years of a head and no numbers of columns."""
    row = surface.rows[at]
    figures = [column for column, _ in _cells(surface, at) if layout.is_figure(surface.own(row, column), extra)]
    shown = [surface.own(row, column).shown.strip() for column in figures]
    if not figures or all(_YEAR.fullmatch(text) for text in shown):
        return False
    digits = [text for text in shown if text.isdigit()]
    names = [text for column, text in _cells(surface, at) if column not in figures]
    is_lettered = all(re.fullmatch("[甲乙丙丁A-Z]|栏次|序号", name) for name in names)
    if (
        is_lettered
        and len(digits) == len(shown) > 1
        and digits == [str(int(digits[0]) + n) for n in range(len(digits))]
    ):
        return False  # 甲 1 2 3
    return any(surface.words(row, column).strip() for column in surface.columns if column < figures[-1])


def _from(surface: Surface, at: int, since: int, extra: frozenset[str]) -> Iterator[Body]:
    """Generate the tables whose first figures stand in a row."""
    bottom = _bottom(surface, at, since)
    if bottom is None:
        return
    top = _top(surface, bottom, since)
    for span in _segments(surface, top, bottom, at):
        own = _below_title(surface, top, bottom, span)
        stubs = _stubs(surface, at, bottom, span, extra)
        if not stubs or len(stubs) == len(span):
            continue
        head = layout.head(surface, own, bottom, span, stubs, UNIT_HEADS, extra)
        if head.columns:
            yield layout.body(head, len(surface.rows), since, (), "", extra)


def _bottom(surface: Surface, at: int, since: int) -> int | None:
    """Return the position of the last row of a head above a row of figures; None where there is none."""
    for position in range(at - 1, max(since, at - 8) - 1, -1):
        cells = _cells(surface, position)
        if any(labels.unit_line(text) for _, text in cells):
            return None
        if len(cells) > 1 or (cells and _is_below_merged(surface, position)):
            if all(re.fullmatch(r"[甲乙丙丁A-Z]|[（(]?\d{1,2}[)）]?", text) for _, text in cells):
                continue
            return position
    return None


def _is_below_merged(surface: Surface, at: int) -> bool:
    """Return whether a cell that is merged with rows above reaches down into a row."""
    row = surface.rows[at]
    return any(surface.first(row, column)[0] < row for column in surface.columns)


def _top(surface: Surface, bottom: int, since: int) -> int:
    """Return the position of the first row of a head that ends at `bottom`."""
    top = bottom
    while top > since and bottom - top + 1 < layout.DEEPEST:
        cells = _cells(surface, top - 1)
        row = surface.rows[top - 1]
        if not cells or any(labels.unit_line(text) for _, text in cells):
            break
        reaches = any(surface.end(row, column)[0] >= surface.rows[top] for column, _ in cells)
        if not reaches and len(cells) < 2:
            break
        top -= 1
    return top


def _below_title(surface: Surface, top: int, bottom: int, span: Sequence[int]) -> int:
    """Return the position of the first row of a head, below the title that a table beside another has for itself."""
    while top < bottom:
        row, below = surface.rows[top], surface.rows[top + 1]
        own = [column for column in span if not surface.own(row, column).is_empty]
        is_over = surface.end(row, span[0])[0] == row and not surface.own(below, span[0]).is_empty
        if own != [span[0]] or not is_over:
            break
        top += 1
    return top


def _segments(surface: Surface, top: int, bottom: int, at: int) -> Iterator[tuple[int, ...]]:
    """Generate the columns of each of the tables that stand side by side."""
    rows = surface.rows[top : bottom + 1]
    sample = surface.rows[at : at + 30]
    used = [column for column in surface.columns if any(surface.words(row, column).strip() for row in rows)
            or any(not surface.own(row, column).is_empty for row in sample)]  # fmt: skip
    runs: list[list[int]] = []
    for column in used:
        position = surface.columns.index(column)
        if runs and surface.columns.index(runs[-1][-1]) == position - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    for run in runs:
        first = labels.key(layout.stub_words(surface, top, bottom, run[0]))
        starts = [
            n
            for n, column in enumerate(run)
            if n == 0 or (first and labels.key(layout.stub_words(surface, top, bottom, column)) == first
                          and surface.first(rows[0], column)[1] == column)
        ]  # fmt: skip
        for n, start in enumerate(starts):
            yield tuple(run[start : starts[n + 1] if n + 1 < len(starts) else len(run)])


def _stubs(
    surface: Surface, at: int, bottom: int, span: Sequence[int], extra: frozenset[str]
) -> tuple[int, ...]:  # fmt: skip
    """Return the columns, the first ones of a table, that hold names."""
    found: list[int] = []
    for column in span:
        head = surface.words(surface.rows[bottom], column).strip()
        if _SERIAL.fullmatch(re.sub(r"\s", "", head)):
            continue
        if labels.key(head) in UNIT_HEADS or not _holds_names(surface, at, column, extra):
            break
        found.append(column)
    return tuple(found)


def _holds_names(surface: Surface, at: int, column: int, extra: frozenset[str]) -> bool:
    names = figures = 0
    for row in surface.rows[at : at + 40]:
        cell = surface.own(row, column)
        text = cell.shown.strip()
        if cell.is_empty or labels.is_missing(text):
            continue
        if layout.is_figure(cell, extra) and not _YEAR.fullmatch(text):
            figures += 1
        else:
            names += 1
    return names > figures
