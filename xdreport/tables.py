"""Tables set into strips: caption and unit above, a head that is repeated, rows that stay whole, notes below.

Columns get the width that their words and figures need, decimal points stand under each other. A small table stays on
one page; a larger one breaks where three rows at least stand on either side.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xdreport.arrangement import WHOLE_IN_WORD, WHOLE_PAGE, WHOLE_PAGE_IN_WORD, moved
from xdreport.charts import Fill, Stroke
from xdreport.document import Align, Note, Row, Runs, Table, Text, characters
from xdreport.galley import RULE_COLOUR, Galley, Part, Repeat, Strip, Tag, Words, spans
from xdreport.lines import Line, break_lines
from xdreport.theme import Style, TablePreset

# The thickness of rules in points: 1.5 above and below a three-line table, 0.75 below its head, 0.5 in a grid.
_THICK, _THIN, _GRID = 1.5, 0.75, 0.5
_CELL_PADDING = 4.0
_ROW_PADDING = 2.5
_GAP = 0.75  # of white round a ground, so that it touches no rule and no other ground
# A table that is no higher than this share of the page is never broken.
_SMALL = 0.42
_LEAST_ROWS = 3
# A table with many columns is set smaller, down to so many points; a column of words has room for a few.
_SMALLEST, _FEW_WORDS = 6.5, 4
_NOTES = ("注：",)
_NUMBER = re.compile(r"([^\d]{0,2}\d[\d,]*)(\.\d+)?")


def set_table(table: Table, galley: Galley) -> Iterator[Strip]:
    """Generate the strips of a table; the rows of a large one are set as they are asked for."""
    return _Grid(table, galley).strips()


class _Grid:
    """A table being set: the widths of its columns, and the strips of its rows."""

    def __init__(self, table: Table, galley: Galley) -> None:
        self.galley, self.table = galley, table
        self.theme = galley.theme
        self.has_grid = galley.theme.table is TablePreset.GRID
        self.head = galley.theme.style("table_head")
        self.cell = galley.theme.style("table_cell")
        self.group = galley.theme.style("table_group")
        self.element = galley.element(Tag.TABLE)
        self.spanners = table.spanners
        self._fit()
        self.widths = self._column_widths()
        self.points = [self._decimal_point(number) for number in range(len(table.columns))]

    # Columns

    def _fit(self) -> None:
        """Set the whole table smaller where its figures would not stay on one line each."""
        columns = [n for n, column in enumerate(self.table.columns) if column.align is not Align.LEFT]
        rows = [row for row in self.table.rows if not row.is_group]
        ems = sum(max((self._width(row.cells[n], self.cell) for row in rows), default=0.0) for n in columns)
        padding = len(self.table.columns) * (2 * _CELL_PADDING + 2)
        words = _FEW_WORDS * self.cell.size * (len(self.table.columns) - len(columns))
        share = (self.galley.measure - padding) / max(1.0, ems + words)
        if share < 1:
            share = max(share, _SMALLEST / self.cell.size)
            self.cell, self.head, self.group = (
                replace(style, size=style.size * share, pitch=style.pitch * share)
                for style in (self.cell, self.head, self.group)
            )

    def _width(self, runs: Runs, style: Style) -> float:
        face = self.galley.faces[style.face]
        return sum(face.width(str(run.number) if isinstance(run, Note) else run.text) for run in runs) * style.size

    def _column_widths(self) -> list[float]:
        """Return the columns' shares of the measure by weight, moved to where figures would not fit on one line,
        then to where words would wrap."""
        columns, measure = self.table.columns, self.galley.measure
        weight = sum(column.weight for column in columns) or 1.0
        widths = [measure * column.weight / weight for column in columns]
        rows = [row for row in self.table.rows if not row.is_group]
        natural = []
        for number, column in enumerate(columns):
            cells = (
                self._width(row.cells[number], self._emphatic(self.cell) if row.is_emphatic(number) else self.cell)
                + row.indent * self.cell.size
                for row in rows
            )
            head = min(4 * self.head.size, self._width(column.title, self.head))
            natural.append(max(max(cells, default=0.0), head) + 2 * _CELL_PADDING + 0.2 * self.cell.size)
        is_text = [column.align is Align.LEFT for column in columns]
        few = 6 * self.cell.size
        needed = [min(want, few) if text else want for want, text in zip(natural, is_text, strict=True)]
        widths = moved(widths, [min(want, measure / 2) for want in needed], needed)
        return moved(widths, [min(want, measure * 0.45) for want in natural], natural)

    def _decimal_point(self, number: int) -> float:
        """Return where in its column the decimal points of a DECIMAL column stand, so that the whole is centred."""
        if self.table.columns[number].align is not Align.DECIMAL:
            return 0.0
        typeface = self.galley.faces[self.cell.face]
        integer = fraction = 0.0
        room = self.widths[number] - 2 * _CELL_PADDING
        for row in self.table.rows:
            text = "" if row.is_group else characters(row.cells[number])
            if match := _NUMBER.match(text):
                before, after = typeface.width(match[1]), typeface.width(text[match.end(1) :])
                if (before + after) * self.cell.size <= room:
                    integer, fraction = max(integer, before), max(fraction, after)
        return (self.widths[number] - (integer + fraction) * self.cell.size) / 2 + integer * self.cell.size

    # Strips

    def strips(self) -> Iterator[Strip]:
        """Generate caption, unit, head, rows, notes and source."""
        galley, table, theme = self.galley, self.table, self.theme
        caption = theme.style("caption")
        number = f"{table.number}　" if table.number else ""
        above = list(self._caption(number, galley.element(Tag.CAPTION, self.element)))
        above += self._unit(galley.element(Tag.P))
        if above:
            above[0].before = caption.before
        above.append(self._heads(has_elements=True))
        small: list[Strip] = []
        shares = (WHOLE_IN_WORD, WHOLE_PAGE_IN_WORD) if galley.as_processor else (_SMALL, WHOLE_PAGE)
        share = shares[table.is_whole]
        room = galley.depth * share - sum(strip.height for strip in above)
        rest = self._marked()
        for strip in rest:
            small.append(strip)
            room -= strip.height
            if room < 0:
                yield from (*above, *small)
                yield from rest
                return
        for strip in small:
            strip.keep = strip.keep or strip.is_soft
            strip.is_whole = table.is_whole
        above[0].floats = True
        yield from (*above, *small)

    def _marked(self) -> Iterator[Strip]:
        """Generate rows, notes and source, each marked with what it stays together with."""
        after = self.theme.style("table_note").after
        # The head is content once; above the rows on further pages it is repeated for the eye alone.
        repeated = [self._heads(has_elements=False)]
        if not self.galley.as_processor:
            repeated = [*self._caption(self._going_on(), None), *self._unit(None), *repeated]
        closing = Part(None, (self.galley.across(0, _GRID if self.has_grid else _THIN),))
        repeat = Repeat(tuple(repeated), closing)
        waiting: deque[Strip] = deque()
        for index, strip in enumerate(strip for data in self.table.rows for strip in self._row(data)):
            strip.repeat = repeat
            strip.is_soft = not strip.keep and index >= _LEAST_ROWS - 1
            strip.keep = not strip.is_soft
            waiting.append(strip)
            if len(waiting) > _LEAST_ROWS:
                yield waiting.popleft()
        below = list(self._below())
        if waiting:
            self._close(waiting[-1])
        last = [*waiting, *below]
        for strip in last:
            strip.keep, strip.is_soft = True, False
        if last:
            last[-1].keep = False
            last[-1].height += after
        yield from last

    def _going_on(self) -> str:
        """Return what stands before the caption of a table that goes on."""
        if self.galley.is_english:
            return f"{self.table.number or 'Table'} (continued)　"
        return f"续{self.table.number or '表'}　"

    def _caption(self, number: str, element: int | None) -> Iterator[Strip]:
        runs = (Text(number), *self.table.caption) if number else self.table.caption
        for strip in self.galley.text(runs, self.theme.style("caption"), element, keep=True):
            strip.before = 0.0
            yield strip

    def _unit(self, element: int | None) -> Iterator[Strip]:
        if self.table.unit:
            yield from self.galley.text((Text(self.table.unit),), self.theme.style("table_unit"), element, keep=True)

    # The head

    def _heads(self, has_elements: bool) -> Strip:
        """Return the head between its rules: one row, or spanners over the columns they span."""
        parts, height, below = self._spanned(has_elements) if self.spanners else self._single(has_elements)
        rules = [self._rule(0, _THICK), self._rule(height, _THIN)]
        parts.append(Part(None, (*rules, *self._verticals(height, below))))
        columns = self.table.columns
        titles = (*(runs for _, runs in self.spanners), *(column.title for column in columns))
        notes = tuple(run for title in titles for run in title if isinstance(run, Note))
        return Strip(height, parts, height, keep=True, notes=notes)

    def _single(self, has_elements: bool) -> tuple[list[Part], float, float]:
        row = self.galley.element(Tag.ROW, self.element) if has_elements else None
        elements = [self._head_element(row) for _ in self.table.columns]
        cells = [(column.title, "center") for column in self.table.columns]
        return (*self._parts(self._broken(cells, self.head, 0), self.head, elements), 0.0)

    def _spanned(self, has_elements: bool) -> tuple[list[Part], float, float]:
        """Return the parts of a head of two rows, its height and that of the first row; a column without a spanner
        takes both."""
        upper = self.galley.element(Tag.ROW, self.element) if has_elements else None
        cells = self._broken([(column.title, "center") for column in self.table.columns], self.head, 0)
        spanners = list(self._spanner_lines())
        first = self._height([lines for _, lines in spanners], self.head)
        second = self._height(
            [lines for column, (_, lines) in zip(self.table.columns, cells, strict=True) if column.spanner], self.head
        )
        alone = [lines for column, (_, lines) in zip(self.table.columns, cells, strict=True) if not column.spanner]
        second = max(second, self._height(alone, self.head) - first)
        parts: list[Part] = []
        waiting: list[tuple[float, list[Line]]] = []
        number = 0
        for (count, runs), (x, lines) in zip(self.spanners, spanners, strict=True):
            if runs:
                element = self._head_element(upper, columns=count)
                parts.append(Part(element, tuple(self._words(lines, x, first, self.head))))
                left, width = sum(self.widths[:number]), sum(self.widths[number : number + count])
                inset = 0.0 if self.has_grid else _CELL_PADDING
                rule = Stroke(((left + inset, first), (left + width - inset, first)), _GRID, RULE_COLOUR)
                parts.append(Part(None, (rule,)))
                waiting += cells[number : number + count]
            else:
                for x, lines in cells[number : number + count]:
                    element = self._head_element(upper, rows=2)
                    parts.append(Part(element, tuple(self._words(lines, x, first + second, self.head))))
            number += count
        lower = self.galley.element(Tag.ROW, self.element) if has_elements else None
        for x, lines in waiting:
            words = self._words(lines, x, second, self.head, first)
            parts.append(Part(self._head_element(lower), tuple(words)))
        return parts, first + second, first

    def _head_element(self, row: int | None, columns: int = 1, rows: int = 1) -> int | None:
        return None if row is None else self.galley.element(Tag.HEAD, row, columns=columns, rows=rows)

    def _spanner_lines(self) -> Iterator[tuple[float, list[Line]]]:
        """Generate the lines of each spanner, and where they are measured from."""
        number = 0
        for count, runs in self.spanners:
            x, width = sum(self.widths[:number]), sum(self.widths[number : number + count])
            room = width - 2 * _CELL_PADDING
            lines = break_lines(spans(runs, self.head), self.galley.faces, room, align="center")
            yield x + _CELL_PADDING, lines
            number += count

    # Rows

    def _row(self, row: Row) -> Iterator[Strip]:
        """Generate the strip of a row; more than one only for a row that is higher than a page."""
        galley = self.galley
        element = galley.element(Tag.ROW, self.element)
        if row.is_group:
            columns = len(self.table.columns)
            elements: list[int | None] = [galley.element(Tag.HEAD, element, columns=columns, is_row_head=True)]
            lines = break_lines(spans(row.cells[0], self.group), galley.faces, galley.measure - 2 * _CELL_PADDING)
            cells, style = [(_CELL_PADDING, lines)], self.group
        else:
            elements = [
                galley.element(Tag.CELL if number else Tag.HEAD, element, is_row_head=not number)
                for number in range(len(row.cells))
            ]
            aligned = [(runs, column.align.value) for runs, column in zip(row.cells, self.table.columns, strict=True)]
            cells, style = self._broken(aligned, self.cell, row.indent, row), self.cell
        notes = tuple(run for runs in row.cells for run in runs if isinstance(run, Note))
        most = max(1, int(galley.depth * 0.75 / style.pitch))
        count = max((len(lines) for _, lines in cells), default=1)
        for start in range(0, max(1, count), most):
            shown = [(x, lines[start : start + most]) for x, lines in cells]
            parts, height = self._parts(shown, style, elements)
            parts = [*self._grounds(row, height), *parts]
            if self.has_grid:
                verticals = self._verticals(height)[: 2 if row.is_group else None]
                parts.append(Part(None, (self._rule(height, _GRID), *verticals)))
            yield Strip(height, parts, height, keep=row.is_group, notes=() if start else notes)

    def _grounds(self, row: Row, height: float) -> Iterator[Part]:
        """Generate the grounds below a row: that of a row that is marked, those of shaded cells, parted by white."""
        if row.is_marked:
            yield Part(None, (Fill(0, _GAP, self.galley.measure, height - 2 * _GAP, self.theme.marked),))
        x = 0.0
        fills = []
        for number, width in enumerate(self.widths):
            if colour := self.theme.ground(row.shade(number)):
                fills.append(Fill(x + _GAP, _GAP, width - 2 * _GAP, height - 2 * _GAP, colour))
            x += width
        if fills:
            yield Part(None, tuple(fills))

    def _emphatic(self, style: Style) -> Style:
        return replace(style, face=self.group.face)

    def _broken(
        self, cells: Sequence[tuple[Runs, str]], plain: Style, indent: int, row: Row | None = None
    ) -> list[tuple[float, list[Line]]]:
        """Return the lines of each cell, and where they are measured from."""
        faces = self.galley.faces
        broken: list[tuple[float, list[Line]]] = []
        x = 0.0
        for number, (runs, align) in enumerate(cells):
            style = self._emphatic(plain) if row and row.is_emphatic(number) else plain
            typeface = faces[style.face]
            width = self.widths[number]
            shift = indent * style.size if number == 0 else 0.0
            room = width - 2 * _CELL_PADDING - shift
            match = _NUMBER.match(characters(runs)) if align == "decimal" else None
            lines = break_lines(spans(runs, style), faces, room, align="center" if align == "decimal" else align)
            start = x + _CELL_PADDING + shift
            if match and len(lines) == 1:
                start = x + self.points[number] - typeface.width(match[1]) * style.size - lines[0].x
            broken.append((start, lines))
            x += width
        return broken

    def _height(self, cells: Sequence[Sequence[Line]], style: Style) -> float:
        """Return the height of a row; cells that wrap make it higher."""
        return max((len(lines) for lines in cells), default=1) * style.pitch + 2 * _ROW_PADDING

    def _parts(
        self, cells: Sequence[tuple[float, list[Line]]], style: Style, elements: Sequence[int | None]
    ) -> tuple[list[Part], float]:
        """Return the parts of a row and its height."""
        height = self._height([lines for _, lines in cells], style)
        parts = [
            Part(element, tuple(self._words(lines, start, height, style)))
            for element, (start, lines) in zip(elements, cells, strict=True)
        ]
        return parts, height

    def _words(self, lines: Sequence[Line], x: float, height: float, style: Style, top: float = 0.0) -> Iterator[Words]:
        """Generate the lines of a cell, in the middle of its height."""
        y = top + (height - len(lines) * style.pitch) / 2 + (style.pitch - style.size) / 2 + self.galley.baseline(style)
        for number, line in enumerate(lines):
            yield Words(x + line.x, y + number * style.pitch, line.pieces)

    # Rules

    def _rule(self, y: float, thickness: float) -> Stroke:
        return self.galley.across(y, _GRID if self.has_grid else thickness)

    def _verticals(self, height: float, below: float = 0.0) -> list[Stroke]:
        """Return the vertical lines of a full grid, the outer ones first; those under a spanner begin `below` it."""
        if not self.has_grid:
            return []
        columns = self.table.columns
        edges = [(0.0, 0.0), (self.galley.measure, 0.0)]
        for number in range(1, len(columns)):
            is_under = bool(columns[number].spanner) and columns[number].spanner == columns[number - 1].spanner
            edges.append((sum(self.widths[:number]), below if is_under else 0.0))
        return [Stroke(((x, top), (x, height)), _GRID, RULE_COLOUR) for x, top in edges]

    def _close(self, strip: Strip) -> None:
        """Draw the last rule below a row."""
        strip.parts.append(Part(None, (self._rule(strip.height, _THICK),)))

    def _below(self) -> Iterator[Strip]:
        """Generate notes and source; notes hang behind the word that announces them."""
        style = self.theme.style("table_note")
        flat = Style(style.face, style.size, style.pitch, style.align, colour=style.colour)
        announced = max(map(len, _NOTES)) if self.table.notes and _is_announced(self.table.notes[0]) else 0
        notes = [(runs, flat if _is_announced(runs) else replace(flat, indent=announced)) for runs in self.table.notes]
        notes = [(runs, replace(its, hanging=announced)) for runs, its in notes]
        source = [(self.table.source, flat)] if self.table.source else []
        for number, (runs, its) in enumerate((*notes, *source)):
            for strip in self.galley.text(runs, its, self.galley.element(Tag.P)):
                strip.before = 4.0 if number == 0 else 0.0
                yield strip


def _is_announced(note: Runs) -> bool:
    return characters(note).startswith(_NOTES)
