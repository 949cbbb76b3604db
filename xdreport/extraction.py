"""A workbook read by a recipe: the observations it gives, each with its cell, and what was left over.

Every cell of a table's body is accounted for: it became an observation, shows no figure, was left out by the recipe,
or stands in a row or column that the recipe does not know. What the observations do to a data folder is `merging`'s.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from xdreport import dating, labels, recipe, settings, survey, timewords
from xdreport.catalog import Catalog, Indicator, Kind, Measure, Observation, Source, Status
from xdreport.findings import Finding, Place, Severity
from xdreport.grid import Book, Cell
from xdreport.labels import Number
from xdreport.layout import Column, Row, Surface
from xdreport.notation import decimals_of
from xdreport.period import Form, Period
from xdreport.recipe import ColumnLine, Meaning, Placed, Recipe, RowLine, TableShape
from xdreport.timewords import When
from xdreport.unit import NONE, PERCENT, Unit

_FEW, _FINE = 3, 3  # rates of a column, and their decimals, from which on all below 1 are no rates in %


class Axis(StrEnum):
    """Which way a line of cells runs."""

    ROW = "row"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row or a column with figures that the recipe does not know.

    `path` is its name with those above it (规模以上工业增加值, 国有企业), `place` the cell of its name, and `values`
    what its cells show, each with its cell. `hint` names what it may be, "" when nothing is near.
    """

    axis: Axis
    path: tuple[str, ...]
    place: Place
    values: tuple[tuple[Place, str], ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A cell of a table's body that gives no observation though its row and column are known, and why: no figure
    (… or empty), merged into another, left out by the recipe, the same figure again."""

    place: Place
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rounded:
    """A cell that holds more digits than it shows."""

    place: Place
    shown: str
    stored: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a recipe finds in a workbook.

    `recipe` is its id, `source` the record for sources.yaml: the one that is there already where the folder knows the
    workbook by its hash. Each observation has that source's id, its cell as locator and place, and no `as_of`:
    `as_of` is the day that the recipe finds in the workbook, None without one. `rounded` counts the cells whose stored
    digits go on beyond those shown. With an error among the findings the observations are not to be used.
    """

    recipe: str
    source: Source
    observations: tuple[Observation, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rounded: tuple[Rounded, ...] = ()
    findings: tuple[Finding, ...] = ()
    as_of: date | None = None


def extract(its: Recipe, book: Book, catalog: Catalog, period: Period | None = None) -> Harvest:
    """Return what a recipe finds in a workbook; `period` is the one asked for, None where the workbook is to say it."""
    extra = recipe.bases(catalog)
    fit = recipe.fit(its, book, extra)
    reading = _Reading(its, book, catalog, extra, period)
    reading.findings += [*fit.misses, *fit.notes]
    reading.findings += recipe.faults(its, catalog)
    reading.note_hidden_sheets()
    for table in its.shape.tables:
        parts = [placed for placed in fit.placed if placed.table == table]
        for placed in parts:
            _Table(reading, placed, [one.body.head.top for one in fit.placed if one.sheet is placed.sheet]).read()
        reading.note_absent(table, parts)
    reading.note_other_tables(fit.placed)
    return reading.harvest()


@dataclass
class _Reading:
    """A workbook while it is read: what was found so far."""

    recipe: Recipe
    book: Book
    catalog: Catalog
    extra: frozenset[str]
    asked: Period | None
    findings: list[Finding] = field(default_factory=list)
    observations: dict[object, Observation] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    rounded: list[Rounded] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    matched: dict[str, set[int]] = field(default_factory=dict)
    moved: dict[str, set[int]] = field(default_factory=dict)

    @cached_property
    def forms(self) -> dict[Period, Period]:
        """The periods of the folder, in the forms that it writes them in."""
        return {row.period: row.period for row in self.catalog.observations}

    @cached_property
    def names(self) -> dict[str, str]:
        """The ids of the folder's indicators by their names and aliases."""
        every = self.catalog.indicators.values()
        return {labels.key(name, self.extra): it.id for it in every for name in (it.name, *it.aliases)}

    def near(self, key: str) -> str:
        """Return a hint that names the indicators that a row may be, "" when none is near."""
        close = {key: self.names[key]} if key in self.names else self.names
        found = settings.nearest(key, close, "")
        words = found.removesuffix("?").split(" or ") if found else []
        return f"did you mean {' or '.join(dict.fromkeys(close[word] for word in words))}?" if words else ""

    def place(self, placed: Placed, row: int, column: int) -> Place:
        """Return a cell as a place."""
        return Place(self.book.locator(placed.sheet, row, column))

    def note_hidden_sheets(self) -> None:
        """Say which hidden sheets are left out."""
        hidden = [sheet.name for sheet in self.book.sheets if sheet.is_hidden]
        if hidden and self.recipe.shape.hidden == "skip":
            message, hint = "hidden sheets are left out", "hidden: read in the recipe reads them"
            place = Place(self.book.name)
            self.findings.append(
                Finding("extraction.hidden", message, place, ", ".join(hidden), hint=hint, severity=Severity.NOTE)
            )

    def note_other_tables(self, placed: tuple[Placed, ...]) -> None:
        """Say which tables of the workbook are none of the recipe's."""
        read = {(one.sheet.name, row.index) for one in placed for row in one.body.rows}
        others = []
        for body in survey.tables(self.book, self.extra):
            sheet = body.head.surface.sheet
            if body.rows and not any((sheet.name, row.index) in read for row in body.rows):
                first = body.head.surface.rows[body.head.top]
                others.append(self.book.locator(sheet, first, body.head.left).partition("#")[2])
        if others and placed:
            shown = ", ".join(others[:_FEW]) + (f" and {len(others) - _FEW} more" if len(others) > _FEW else "")
            message, hint = "tables that the recipe does not read begin here", "--learn drafts lines for them"
            place = Place(self.book.name)
            self.findings.append(Finding("extraction.other", message, place, shown, hint=hint, severity=Severity.NOTE))

    def note_absent(self, table: str, parts: list[Placed]) -> None:
        """Say which rows of the recipe are not there, and which stand below the end of the table."""
        shape = self.recipe.shape.tables[table]
        known = self.matched.get(table, set()) | self.moved.get(table, set())
        absent = {n: line for n, line in enumerate(shape.rows) if n not in known and not line.skip}
        below = {key: at for part in parts for key, at in _below(part, parts, self.extra)}
        for n, line in absent.items():
            words = " > ".join(line.name)
            last = recipe.paths(line, self.extra)[0][-1:]
            if last and last[0] in below and parts:
                part, row, column = below[last[0]]
                message = f"table {table} ends before the row “{words}”, which stands here"
                hint = "a head, a note or a unit line between them ends the table; make it a table of its own"
                self.findings.append(Finding("extraction.end", message, self.place(part, row, column), hint=hint))
            elif parts and not line.optional:
                message, hint = f"table {table} has no row “{words}”", "optional: true where it may be absent"
                place = self.recipe.place("tables", table, "rows", n)
                self.findings.append(Finding("extraction.row", message, place, hint=hint, severity=Severity.WARNING))

    def add(self, row: Observation, shown: str) -> None:
        """Take an observation; the same figure twice is taken once, two figures of one thing are an error."""
        assert row.place
        first = self.observations.setdefault(row.key, row)
        if first is row:
            return
        if first.value == row.value:
            self.skipped.append(Skipped(row.place, shown, f"the same figure as {first.locator}"))
            return
        thing = f"{row.indicator} ({row.area}, {row.period}, {row.measure})"
        message = f"two figures of {thing}: {first.value:f} in {first.locator}"
        hint = "let the recipe leave one of them out with skip: true"
        self.findings.append(Finding("extraction.twice", message, row.place, shown, hint=hint))

    def harvest(self) -> Harvest:
        """Return what was read."""
        as_of = self._as_of()
        source = self._source(as_of)
        rows = tuple(replace(row, source=source.id) for row in self.observations.values())
        findings = tuple(_gathered([*self.findings, *_fractions(rows)]))
        return Harvest(
            self.recipe.id,
            source,
            rows,
            tuple(self.unmatched),
            tuple(self.skipped),
            tuple(self.rounded),
            findings,
            as_of,
        )

    def _source(self, as_of: date | None) -> Source:
        known = next((it for it in self.catalog.sources.values() if it.sha256 == self.book.sha256 != ""), None)
        if known:
            return known
        shape = self.recipe.shape.source
        own = (row.period for row in self.observations.values())  # where each head names the time itself
        period = max(self.periods or own, key=lambda it: (it.last, it.months), default=None)
        id = f"{shape.id}-{period.id.lower().replace('/', '_')}" if period else shape.id
        number, free = 2, id
        while free in self.catalog.sources:
            free, number = f"{id}-{number}", number + 1
        title = shape.title or self.recipe.shape.title
        if period:
            title = (
                title.replace(timewords.TOKEN, period.name) if timewords.TOKEN in title else f"{title}（{period.name}）"
            )
        day = as_of.isoformat() if as_of else ""
        return Source(free, title, shape.publisher, day, period, "", self.book.name, self.book.sha256)

    def _as_of(self) -> date | None:
        label = self.recipe.shape.as_of
        if not label:
            return None
        found = dict.fromkeys(day for text, value in self.beside(label) for day in days(text, value))
        if len(found) == 1:
            return next(iter(found))
        message = "no day stands there" if not found else "two days stand there"
        shown = ", ".join(day.isoformat() for day in found) or None
        self.findings.append(
            Finding("extraction.as-of", f"{message} as the recipe's as_of, “{label}”", Place(self.book.name), shown)
        )
        return None

    def beside(self, label: str) -> Iterator[tuple[str, object]]:
        """Generate the words of the cells that have a label in them, and of the cell after each, with its value."""
        wanted = labels.key(label, self.extra)
        for sheet, row, column, cell in self.book.cells():
            if sheet.is_hidden or wanted not in labels.key(cell.shown, self.extra):
                continue
            yield cell.shown, cell.value
            after = (one for one in sheet.rows[row][column + 1 :] if not one.is_empty)
            if following := next(after, None):
                yield following.shown, following.value


_MOST_HINTS = 100  # rows for which near names are looked for
_FEW = 3  # cells of which the same is still said for each


def _fractions(rows: Iterable[Observation]) -> Iterator[Finding]:
    """Generate a finding for each column of rates that seem to be parts of one, 0.071 for 7.1%: several, none of which
    reaches 1, nearly all with more decimals than rates are published with."""
    columns: dict[str, list[Observation]] = {}
    for row in rows:
        if row.measure.is_rate and row.value:
            columns.setdefault(row.locator.rstrip("0123456789"), []).append(row)
    for its in columns.values():
        many = [row for row in its if decimals_of(row.value) >= _FINE]
        if len(its) >= _FEW and all(abs(row.value) < 1 for row in its) and len(many) * 2 > len(its):
            first = many[0]
            message = f"these {len(its)} rates seem to be parts of one, as 0.071 for 7.1%"
            hint = "format the cells of the column as percentages; rates of less than 1% have two decimals at most"
            yield Finding("extraction.fraction", message, Place(first.locator), f"{first.value:f}", "a rate in %", hint)


def _gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Generate the findings in their order, one for all cells of which the same is to be said."""
    alike: dict[object, list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        is_cell = finding.place is not None and "!" in finding.place.file
        key: object = replace(finding, place=None) if is_cell else finding
        if is_cell and finding.code == "extraction.twice" and finding.place:
            key = re.sub(r"\d+$", "", finding.place.file)  # all of a column, whose figures differ
        alike.setdefault(key, []).append(finding)
    for found in alike.values():
        if len(found) <= _FEW:
            yield from found
        else:
            yield replace(found[0], message=f"{found[0].message} (and so in {len(found) - 1} more cells)")


def days(text: str, value: object) -> tuple[date, ...]:
    """Return the days that a cell says: the one that it holds, else those that its words name."""
    return (value,) if isinstance(value, date) else timewords.days(text)


def _below(part: Placed, parts: list[Placed], extra: frozenset[str]) -> Iterator[tuple[str, tuple[Placed, int, int]]]:
    """Generate the names with figures beside them that stand below a table and in no other part of it."""
    head = part.body.head
    surface = head.surface
    taken = {row.index for one in parts if one.sheet is part.sheet for row in one.body.rows}
    column = head.stubs[-1]
    for row in surface.rows[part.body.end : part.body.end + 500]:
        text = surface.words(row, column)
        if row in taken or not text.strip():
            continue
        if any(re.search(r"\d", surface.own(row, one.index).shown) for one in head.columns):
            yield labels.key(text, extra), (part, row, column)


class _Refused(Exception):
    """A cell gives no figure; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


@dataclass
class _Table:
    """A table of a recipe while it is read."""

    reading: _Reading
    placed: Placed
    tops: list[int]
    two: str = ""  # the times that a title says where these are two

    @property
    def shape(self) -> TableShape:
        """What the recipe says of it."""
        return self.reading.recipe.shape.tables[self.placed.table]

    @property
    def surface(self) -> Surface:
        """The sheet it stands on."""
        return self.placed.body.head.surface

    def read(self) -> None:
        """Read all cells of the table."""
        reading, body = self.reading, self.placed.body
        self._note_hidden()
        self._note_area()
        lines = self._row_lines()
        unknown_columns: dict[int, list[tuple[Place, str]]] = {}
        for row in body.rows:
            line = lines.get(row.index)
            cells = [(column, self.surface.own(row.index, column.index)) for column in body.head.columns]
            if line is None:
                self._unknown_row(row, cells)
                continue
            note = self._note(row, cells)
            for column, cell in cells:
                number = self.placed.lines.get(column.index)
                place = reading.place(self.placed, row.index, column.index)
                if number is None:
                    if not cell.is_empty:
                        unknown_columns.setdefault(column.index, []).append((place, cell.shown or cell.error))
                    continue
                self._cell(row, line, column, self.shape.columns[number], cell, place, note)
        for column in body.head.columns:
            if values := unknown_columns.get(column.index):
                self._unknown_column(column, values)
        for row_index, column_index in body.numbered:
            place = reading.place(self.placed, row_index, column_index)
            reading.skipped.append(Skipped(place, self.surface.own(row_index, column_index).shown, "numbers a column"))

    # Rows and columns

    def _row_lines(self) -> dict[int, RowLine]:
        """Return the recipe's line for each row of the sheet that it knows."""
        reading, table = self.reading, self.placed.table
        wanted = {path: n for n, line in enumerate(self.shape.rows) for path in recipe.paths(line, reading.extra)}
        found: dict[int, RowLine] = {}
        for row in self.placed.body.rows:
            number = wanted.get(row.path)
            if number is not None:
                reading.matched.setdefault(table, set()).add(number)
                found[row.index] = self.shape.rows[number]
        return found

    def _unknown_row(self, row: Row, cells: list[tuple[Column, Cell]]) -> None:
        reading = self.reading
        values = tuple(
            (reading.place(self.placed, row.index, column.index), cell.shown or cell.error)
            for column, cell in cells
            if not cell.is_empty
        )
        if not any(not labels.is_missing(shown) for _, shown in values):
            reading.skipped += [Skipped(place, shown, "a name without figures") for place, shown in values]
            return
        place = reading.place(self.placed, *row.place)
        if self._is_moved(row, place):
            reading.skipped += [Skipped(place, shown, "its row stands under another one") for place, shown in values]
        elif self.shape.others == "skip":
            reading.skipped += [
                Skipped(place, shown, "other rows are left out by the recipe") for place, shown in values
            ]
        else:
            near = reading.near(row.path[-1] if row.path else "") if len(reading.unmatched) < _MOST_HINTS else ""
            reading.unmatched.append(Unmatched(Axis.ROW, _shown(row), place, values, near))

    def _is_moved(self, row: Row, place: Place) -> bool:
        """Note a row whose name the recipe knows under another one, or from the top."""
        reading = self.reading
        for n, path in self._by_name.get(row.path[-1:], ()):
            if path in self._present or path == row.path:
                continue
            line = self.shape.rows[n]
            message = f"the row “{line.name[-1]}” stands under another one than the recipe says"
            hint = "where it is the same, add its new path to also: in the recipe"
            found, expected = " > ".join(_shown(row)), " > ".join(line.name)
            reading.findings.append(Finding("extraction.moved", message, place, found, expected, hint))
            reading.moved.setdefault(self.placed.table, set()).add(n)
            return True
        return False

    @cached_property
    def _present(self) -> frozenset[labels.Path]:
        """The paths of the rows that the table has."""
        return frozenset(row.path for row in self.placed.body.rows)

    @cached_property
    def _by_name(self) -> dict[labels.Path, list[tuple[int, labels.Path]]]:
        """The recipe's rows, with their paths, by the last name of these."""
        found: dict[labels.Path, list[tuple[int, labels.Path]]] = {}
        for n, line in enumerate(self.shape.rows):
            for path in recipe.paths(line, self.reading.extra):
                if path:
                    found.setdefault(path[-1:], []).append((n, path))
        return found

    def _unknown_column(self, column: Column, values: list[tuple[Place, str]]) -> None:
        reading = self.reading
        words = [" > ".join(line.head) for line in self.shape.columns]
        near = settings.nearest(column.text, words)
        place = reading.place(self.placed, *column.place)
        path = tuple(re.sub(r"\s+", "", label.text) for label in column.labels)
        reading.unmatched.append(Unmatched(Axis.COLUMN, path, place, tuple(values), near))

    def _note(self, row: Row, cells: list[tuple[Column, Cell]]) -> str:
        """Return the words that the notes below and a column of remarks have for a row."""
        marks = [mark for label in row.labels for mark in label.marks]
        if self.shape.notes == "ignore":
            marks = []
        words = [self._noted(marks)]
        for column, cell in cells:
            number = self.placed.lines.get(column.index)
            if number is not None and self.shape.columns[number].note and not labels.is_missing(cell.shown):
                words.append(_clean(cell.shown))
        return "；".join(word for word in words if word)

    def _noted(self, marks: Iterable[str]) -> str:
        known = {mark.removeprefix("注"): words for mark, words in self.placed.body.notes}
        found = [known[mark] for one in marks if (mark := one.removeprefix("注")) in known]
        return "；".join(_clean(words) for words in dict.fromkeys(found))

    def _note_hidden(self) -> None:
        """Say which hidden rows and columns of the table are left out."""
        if self.surface.reads_hidden:
            return
        head, body, sheet = self.placed.body.head, self.placed.body, self.placed.sheet
        first = self.surface.rows[head.top]
        last = body.rows[-1].index if body.rows else first
        rows = [row for row in range(first, last + 1) if row in sheet.hidden_rows
                and any(not cell.is_empty for cell in sheet.rows[row][head.left : head.right + 1])]  # fmt: skip
        columns = [
            column
            for column in range(head.left, head.right + 1)
            if column in sheet.hidden_columns
            and any(not sheet.rows[row][column].is_empty for row in range(first, last + 1))
        ]
        for what, hidden in (("rows", rows), ("columns", columns)):
            if hidden:
                names = [
                    self.reading.place(self.placed, *((at, 0) if what == "rows" else (first, at))) for at in hidden
                ]
                found = ", ".join(_line_name(str(name), what) for name in names)
                place = Place(f"{self.reading.book.name}#{sheet.name}")
                hint = "hidden: read in the recipe reads them"
                message = f"hidden {what} are left out"
                self.reading.findings.append(
                    Finding("extraction.hidden", message, place, found, hint=hint, severity=Severity.NOTE)
                )

    def _note_area(self) -> None:
        """Say where the title, or the sheet, names another area than that which the figures are given to for want of a
        word in the recipe."""
        reading, shape = self.reading, self.shape
        lines: tuple[Meaning, ...] = (shape, self.placed.meaning, *shape.rows, *shape.columns)
        if reading.recipe.shape.area or any(line.area for line in lines):
            return
        areas = reading.catalog.workspace.areas
        own = areas[reading.catalog.workspace.area].name
        texts = [labels.without_number(timewords.of_label(text)[0]) for _, text in self.placed.body.captions]
        texts = [text.replace(timewords.TOKEN, "").strip("(（") for text in (*texts, self.placed.sheet.name.strip())]
        if any(own in text or (len(own) > 2 and own[:-1] in text) for text in texts):
            return
        known = [it.name for it in areas.values() if len(it.name) > 1]
        named = (next((name for name in known if text.startswith(name)), "") or labels.area_of(text) for text in texts)
        if found := next((name for name in named if name), ""):
            message, hint = f"the figures are taken for those of {own}", "say area: in the recipe, whose they are"
            reading.findings.append(
                Finding("extraction.area", message, self._where, found, own, hint, severity=Severity.WARNING)
            )

    # Cells

    def _cell(
        self, row: Row, line: RowLine, column: Column, head: ColumnLine, cell: Cell, place: Place, note: str
    ) -> None:  # fmt: skip
        """Read one cell of a row and a column that are known: one observation, or why there is none."""
        reading = self.reading
        if head.note:
            reading.skipped.append(Skipped(place, cell.shown, "words of a note")) if not cell.is_empty else None
            return
        if line.skip or head.skip:
            reading.skipped.append(Skipped(place, cell.shown, "left out by the recipe"))
            return
        if (row.index, column.index) != self.surface.first(row.index, column.index):
            reading.skipped.append(Skipped(place, cell.shown, "merged into another cell"))
            return
        if not cell.error and not (cell.is_formula and cell.value is None) and labels.is_missing(cell.shown):
            reading.skipped.append(Skipped(place, cell.shown.strip(), "no figure"))
            return
        try:
            made = self._observed(row, line, column, head, cell, place, note)
        except _Refused as refused:
            reading.findings.append(refused.finding)
            return
        reading.add(made, cell.shown.strip())

    def _observed(
        self, row: Row, line: RowLine, column: Column, head: ColumnLine, cell: Cell, place: Place, note: str
    ) -> Observation:  # fmt: skip
        """Return the observation of a cell; raise `_Refused` where it gives none."""
        reading = self.reading
        meanings = (line, head, self.placed.meaning, self.shape)
        id = next((one.indicator for one in meanings if one.indicator), "")
        indicator = reading.catalog.indicators.get(id)
        workspace = reading.catalog.workspace
        area = next((one.area for one in meanings if one.area), "") or reading.recipe.shape.area or workspace.area
        measure = self._measure(line, head, place)
        if indicator is not None and measure.is_rate and recipe.is_rate(indicator):
            message = "the change of a rate is counted in 百分点 and is no growth: it is left out"
            hint = "where a growth is meant, the indicator is that of its amount"
            raise _Refused(
                Finding("extraction.meaning", message, place, cell.shown, hint=hint, severity=Severity.WARNING)
            )
        if indicator is None or area not in workspace.areas:
            raise _Refused(
                Finding("extraction.meaning", "the recipe does not say whose figure this is", place, cell.shown,
                        hint="give the row or the column an indicator that the folder has")
            )  # fmt: skip
        number = self._number(cell, measure, place)
        value = self._signed(number, cell, place)
        if line.sign == "reversed" or head.sign == "reversed":
            value = -value if value else value
        unit = self._unit(number, cell, row, line, column, head, measure, indicator, place)
        if cell.shift < 0 and unit.multiplier == 1:
            message = f"the number format shows {cell.shown.strip()} for what is {cell.value}, and the unit is {unit}"
            hint = "say the unit that is shown (万元) in the recipe, or format the cell as a plain number"
            raise _Refused(Finding("extraction.unit", message, place, cell.shown, hint=hint))
        value = labels.moved(value, unit, indicator.unit_of(measure))
        if measure.is_rank and (value < 1 or value != value.to_integral_value()):
            raise _Refused(Finding("extraction.value", "a rank is counted from 1", place, cell.shown))
        period = self._period(row, line, column, head, indicator, measure, place)
        marked = self._noted(number.marks) if self.shape.notes == "attach" else ""
        return Observation(
            indicator=indicator.id, area=area, period=period, measure=measure, value=value, qualifier=None, source="",
            locator=place.file, status=reading.recipe.shape.status or Status.FINAL,
            note="；".join(dict.fromkeys(word for word in (note, marked) if word)), place=place,
        )  # fmt: skip

    def _measure(self, line: RowLine, head: ColumnLine, place: Place) -> Measure:
        across = head.measure or self.placed.meaning.measure or self.shape.measure
        measure = line.measure or across
        if measure is not None and (line.measure is None or across in {None, Measure.LEVEL, line.measure}):
            return measure
        message = "nothing says what it measures"
        if measure is not None:
            message = f"the row says {line.measure}, the column {across}"
        raise _Refused(Finding("extraction.meaning", message, place, hint="leave one of them out with skip: true"))

    def _number(self, cell: Cell, measure: Measure, place: Place) -> Number:
        """Return the figure of a cell, with the digits that the recipe asks for."""
        shown = cell.shown.strip()
        if cell.error:
            message, hint = "the cell is an error of Excel and gives no figure", "ask the bureau for the figure"
            raise _Refused(
                Finding("extraction.error", message, place, cell.error, hint=hint, severity=Severity.WARNING)
            )
        if cell.is_formula and cell.value is None:
            hint = "open the workbook, recalculate and save it"
            raise _Refused(Finding("extraction.formula", "the formula has no saved value", place, hint=hint))
        if isinstance(cell.value, date):
            hint = "Excel turned a number into a date: format the cell as a number in the workbook"
            raise _Refused(Finding("extraction.value", "the cell holds a day", place, shown, "a number", hint))
        if cell.fault:
            hint = "format the cell as a plain number in the workbook and save it"
            raise _Refused(
                Finding("extraction.value", f"no figure can be taken: {cell.fault}", place, shown, hint=hint)
            )
        if isinstance(cell.value, Decimal):
            return self._held(cell, place)
        words = re.sub(r"^第(?=\d)|(?<=\d)[位名]$", "", shown) if measure.is_rank else shown
        try:
            number = labels.number(words, self.reading.extra)
        except ValueError as error:
            if _NO_RATE.fullmatch(re.sub(r"\s", "", shown)):
                message, hint = "the words give no figure", "say it in the text, by hand"
                raise _Refused(
                    Finding("extraction.value", message, place, shown, hint=hint, severity=Severity.WARNING)
                ) from None
            hint = "a column of words is left out with skip: true"
            raise _Refused(
                Finding("extraction.value", "the figure cannot be read", place, shown, error.args[0], hint)
            ) from None
        return number

    def _held(self, cell: Cell, place: Place) -> Number:
        """Return the figure of a cell that holds a number: the digits that are seen, or all of them where the recipe
        asks for these, with the sign of what is held; note where the digits differ."""
        shown, stored = cell.number, cell.exact
        if shown is None or stored is None:
            hint = "format the cell as a plain number in the workbook and save it"
            raise _Refused(Finding("extraction.value", "the cell shows no figure", place, cell.shown, hint=hint))
        number = Number(shown, cell.unit or ("%" if cell.is_percent else ""))
        if stored == shown:
            return number
        exponent = shown.as_tuple().exponent
        assert isinstance(exponent, int)
        if abs(stored - shown) > Decimal((0, (5,), exponent - 1)):
            hint = "the number format changes the figure: mend it in the workbook"
            message = f"the cell holds {stored:f} and shows another figure"
            raise _Refused(Finding("extraction.value", message, place, cell.shown, hint=hint))
        self.reading.rounded.append(Rounded(place, cell.shown.strip(), f"{stored.normalize():f}"))
        if self.reading.recipe.shape.digits == "shown":
            return number
        plain = stored.normalize()
        whole = plain.to_integral_value() == plain
        return replace(number, value=plain.quantize(Decimal(1)) if whole else plain)

    def _signed(self, number: Number, cell: Cell, place: Place) -> Decimal:
        """Return a figure with its sign; a triangle says rise or fall where the recipe, or its number, says which."""
        if number.sign in {"▲", "△"}:
            if not self.shape.triangle:
                hint = f"{number.sign} may be a rise or a fall: say triangle: rise or triangle: fall in the recipe"
                raise _Refused(Finding("extraction.sign", "the sign has two meanings", place, cell.shown, hint=hint))
            return -number.value if self.shape.triangle == "fall" and number.value else number.value
        if number.sign == "(" and cell.is_text:
            message = f"brackets are read as a minus sign: {number.value:f}"
            self.reading.findings.append(
                Finding("extraction.sign", message, place, cell.shown, severity=Severity.WARNING)
            )
        return number.value

    # Units

    def _unit(
        self, number: Number, cell: Cell, row: Row, line: RowLine, column: Column, head: ColumnLine, measure: Measure,
        indicator: Indicator, place: Place,
    ) -> Unit:  # fmt: skip
        """Return the unit of a figure; raise `_Refused` where it is unknown or can never be the indicator's."""
        extra = self.reading.extra
        own = number.unit or ("%" if cell.is_percent else "")
        if measure.is_rank:
            said = own or column.unit
            if said and said not in {"位", "名"}:
                raise self._changed(said, "位", place)
            return indicator.unit_of(measure)
        is_amount = measure in {Measure.LEVEL, Measure.TARGET}
        by_row = line.measure is not None and not is_amount
        if is_amount:
            named = row.labels[-1].unit if row.labels else ""
            if row.unit_said and named and labels.units(row.unit_said, extra) != labels.units(named, extra):
                message = f"the name counts in {named}, the column of units in {row.unit_said}"
                raise _Refused(Finding("extraction.unit", message, place))
            if indicator.kind is Kind.INDEX and indicator.unit == NONE:
                self._guard_index(number, own or column.unit or row.unit, place)
                if _BASE.search(row.unit_said or column.text):
                    return NONE
            said = self._one(own or self._both(column.unit, row.unit, place), indicator, place)
            said = said or self._one(self.placed.body.unit, indicator, place, is_line=True)
            stated = line.unit or head.unit or self.placed.meaning.unit or self.shape.unit
            return self._amount(said, stated, indicator, place)
        said = own or column.unit or (row.unit if by_row else "")
        stated = head.unit or (line.unit if by_row else "")
        return self._share(number, said, stated, row, column, by_row, place)

    def _guard_index(self, number: Number, said: str, place: Place) -> None:
        """Refuse a figure that is no index but its change: 0.3 in % where 100.3 is meant."""
        if any(unit.is_percent for unit in labels.units(said, self.reading.extra)) and number.value < _LEAST_INDEX:
            message, hint = "this looks like the change of an index", "where it is, measure: yoy or mom in the recipe"
            raise _Refused(Finding("extraction.value", message, place, f"{number.value:f}%", "about 100", hint))

    def _both(self, across: str, down: str, place: Place) -> str:
        """Return the unit that a head or a row says; raise `_Refused` where they say two."""
        extra = self.reading.extra
        one, other = labels.units(across, extra), labels.units(down, extra)
        if one and other and one != other:
            message = f"the head counts in {across}, the row in {down}"
            raise _Refused(Finding("extraction.unit", message, place))
        if down and not other and not labels.is_missing(down):
            message, hint = "the unit of the row is none that is known", "add its base to units in workspace.yaml"
            raise _Refused(Finding("extraction.unit", message, place, down, hint=hint))
        return across or (down if other else "")

    def _one(self, said: str, indicator: Indicator, place: Place, *, is_line: bool = False) -> str:
        """Return the one unit of several that an amount can be in: not the % of 万元、%, unless it is a percentage."""
        known = labels.units(said, self.reading.extra)
        if len(known) < 2:
            return said
        fitting = [unit for unit in known if recipe.takes(indicator, unit)]
        if len(fitting) == 1 and (len(known) - sum(unit.is_percent for unit in known) < 2 or not is_line):
            return fitting[0].text
        message, hint = "several units are said", "give the row a unit in the recipe"
        stated = self.shape.unit
        if len(fitting) == 1 or stated in {unit.text for unit in fitting}:
            return stated or fitting[0].text
        raise _Refused(Finding("extraction.unit", message, place, said, indicator.unit.text, hint))

    def _amount(self, said: str, stated: str, indicator: Indicator, place: Place) -> Unit:
        extra = self.reading.extra
        if not (said or stated):
            if indicator.unit == NONE:
                return NONE
            message, hint = "no unit is said", "give the table, the row or the column a unit in the recipe"
            raise _Refused(Finding("extraction.no-unit", message, place, None, indicator.unit.text, hint))
        unit, meant = labels.units(said, extra), labels.units(stated, extra)
        if not said or not unit:
            unit = meant
        if not unit:
            raise self._changed(said or stated, indicator.unit.text, place)
        if meant and unit[0] != meant[0] and not any(unit[0] == one for one in meant):
            if not labels.same_base(unit[0], meant[0]):
                raise self._changed(said, stated, place)
            message = f"the workbook counts in {said}, the recipe says {stated}: it is read as {said}"
            where = Place(f"{self.reading.book.name}#{self.placed.sheet.name}")
            self.reading.findings.append(Finding("extraction.unit", message, where, severity=Severity.WARNING))
        if indicator.unit == NONE and recipe.takes(indicator, unit[0]):
            return NONE
        if indicator.unit == NONE:
            raise self._changed(unit[0].text, "no unit", place, "an index has none, or % or 点 beside it")
        if not recipe.takes(indicator, unit[0]):
            raise self._changed(unit[0].text, indicator.unit.text, place)
        return unit[0]

    def _share(
        self, number: Number, said: str, stated: str, row: Row, column: Column, by_row: bool, place: Place
    ) -> Unit:  # fmt: skip
        """Return %, the unit of growth and shares; raise `_Refused` where the workbook says another, or nothing."""
        extra = self.reading.extra
        known = labels.units(said, extra)
        if number.unit and any(unit.base == "百分点" for unit in labels.units(number.unit, extra)):
            message, hint = "a difference in 百分点 is no growth: it is left out", "give it an indicator of its own"
            raise _Refused(Finding("extraction.unit", message, place, said, "%", hint, Severity.WARNING))
        if said and not any(unit.base == "%" for unit in known):
            points = any(unit.base == "百分点" for unit in known)
            hint = "百分点 is a difference of rates: give it an indicator of its own, or skip: true" if points else ""
            raise self._changed(said, "%", place, hint)
        if said or labels.units(stated, extra) == (PERCENT,):
            return PERCENT
        path = row.path if by_row else column.path
        words = path[-1] if path else ""
        line = labels.units(self.placed.body.unit, extra)
        if (_RATE.search(words) and not _ABSOLUTE.search(words)) or any(unit.base == "%" for unit in line):
            return PERCENT
        message = "no unit is said, and the words may mean an amount"
        hint = 'say unit: "%" in the recipe where it is a rate'
        raise _Refused(Finding("extraction.no-unit", message, place, words, "%", hint))

    def _changed(self, found: str, expected: str, place: Place, hint: str = "") -> _Refused:
        hint = hint or "where the bureau has changed it, ask; where the recipe is wrong, mend it"
        return _Refused(Finding("extraction.unit", "the unit is another", place, found, expected, hint))

    # Periods

    @cached_property
    def when(self) -> When | None:
        """The time of the table by its titles, None where they name none; raise `_Refused` where they contradict."""
        reading, body = self.reading, self.placed.body
        shape = reading.recipe.shape
        if shape.period == "ask" and reading.asked is None:
            hint = "--period 2026-Q1"
            raise _Refused(Finding("extraction.period", "the recipe asks for the period", self._where, hint=hint))
        rows = self.surface.rows[: min(self.tops, default=0)]
        above: Iterable[str] = (self.surface.own(row, column).shown for row in rows for column in self.surface.columns)
        label = (text for text, _ in reading.beside(shape.period_label)) if shape.period_label else ()
        stem = reading.book.name.rpartition(".")[0]
        titles = tuple(text for _, text in body.captions)
        is_below = body.head.top > min(self.tops, default=0)
        if is_below and any(time.is_whole for text in titles for time in timewords.find(text)):
            above = ()  # a table further down has a time of its own
        words = dating.Words(tuple(label), titles, tuple(above), self.placed.sheet.name, stem, shape.period)
        try:
            dated = dating.read(words, reading.asked)
        except dating.Contradiction as it:
            raise _Refused(
                Finding("extraction.period", it.message, self._where, it.found or None, it.expected, it.hint)
            ) from None
        self.two = dated.two
        if dated.file_says:
            message = f"the title says {dated.when}, the file's name another time"
            place = Place(reading.book.name)
            reading.findings.append(
                Finding("extraction.period", message, place, dated.file_says, severity=Severity.WARNING)
            )
        return dated.when

    def _period(
        self, row: Row, line: RowLine, column: Column, head: ColumnLine, indicator: Indicator, measure: Measure,
        place: Place,
    ) -> Period:  # fmt: skip
        """Return the period of a figure; raise `_Refused` where it is not said, or said twice."""
        steps = next((one.period for one in (line, head, self.placed.meaning, self.shape) if one.period), ())
        try:
            own = timewords.joined(one for one in (column.when(), row.when) if one)
        except ValueError as error:
            raise _Refused(
                Finding("extraction.period", "the head names two times", place, None, error.args[0])
            ) from None
        when = self.when
        if measure is Measure.COMPLETION and self._is_so_far(own):
            own = None
        literal = [n for n, step in enumerate(steps) if step not in recipe.STEPS]
        if literal:
            steps = steps[literal[-1] :]
            period, is_end = Period.parse(steps[0]), False
        elif own is None and steps and steps[0] in {"left", "newest"}:
            period, is_end = self._of_columns(column, steps[0], place), False
        else:
            period, is_end = self._base(own, when, steps, place)
        stepped = self._stepped(period, steps, place)
        self._guard(stepped, steps, is_end, column, row, indicator, measure, place)
        reading = self.reading
        if own is None and (base := reading.forms.setdefault(period, period)) not in reading.periods:
            reading.periods.append(base)
        return reading.forms.setdefault(stepped, stepped)

    def _base(self, own: When | None, when: When | None, steps: tuple[str, ...], place: Place) -> tuple[Period, bool]:
        """Return the period that the figures of a row or column start from, and whether it is a point in time."""
        if own is None:
            if when is None:
                hint = "period: ask in the recipe, and --period"
                if timewords.find(self.reading.book.name.rpartition(".")[0]):
                    hint = f"period: file in the recipe takes the file's name; {hint}"
                raise _Refused(Finding("extraction.period", "no title says a period", self._where, hint=hint))
            if self.two:
                message, hint = "the title says two times", "say in the recipe which: period: and a period, or quarter"
                raise _Refused(Finding("extraction.period", message, place, self.two, hint=hint))
            return self._whole(when, place), when.is_end
        self._check_order(own, when, place)
        if own.is_whole or (own.first is not None and when is not None):
            period = own.period(when.year if when else None)
            if period is not None:
                return period, own.is_end
        if own.year is not None and own.until is None:
            if when is None or when.first is None:
                return timewords.stretch(own.year, 1, 12, Form.YEAR), False
            if steps:
                again = When(own.year, when.first, when.last, when.form, when.is_end)
                return self._whole(again, place), when.is_end
            hint = "say period: same (the months of the title) or period: year in the recipe"
            raise _Refused(
                Finding("extraction.period", "the head names a year without months", place, str(own), hint=hint)
            )
        hint = "name the year in the title, or give --period with period: ask in the recipe"
        raise _Refused(Finding("extraction.period", "no title says the year", self._where, str(own), hint=hint))

    def _is_so_far(self, own: When | None) -> bool:
        """Return whether a head names the whole year in a table that ends earlier: 全年目标, of which a part is
        reached."""
        is_shorter = self.when is not None and self.when.last not in {None, 12}
        return own is not None and own.is_year and is_shorter

    def _of_columns(self, its: Column, word: str, place: Place) -> Period:
        """Return the period of the nearest column to the left that names one, or the newest that a head names."""
        named: list[Period] = []
        for column in self.placed.body.head.columns:
            try:
                own = column.when()
            except ValueError:
                continue
            if self._is_so_far(own):
                continue
            if own is not None and (word == "newest" or column.index < its.index):
                named.append(self._base(own, self.when, ("same",), place)[0])
        last = max((period.last for period in named), default=0)
        found = named[-1:] if word == "left" else list(dict.fromkeys(one for one in named if one.last == last))
        if len(found) != 1:
            message = f"no head names the period that period: {word} means" if not found else "two heads end alike"
            shown = ", ".join(str(period) for period in found) or None
            raise _Refused(Finding("extraction.period", message, place, shown))
        return found[0]

    def _whole(self, when: When, place: Place) -> Period:
        if when.year is not None and when.first is None:
            return timewords.stretch(when.year, 1, 12, Form.YEAR)
        period = when.period()
        if period is None:
            hint = "name the year in the title, or give --period with period: ask in the recipe"
            raise _Refused(Finding("extraction.period", "no title says the year", self._where, str(when), hint=hint))
        return period

    @property
    def _where(self) -> Place:
        return Place(f"{self.reading.book.name}#{self.placed.sheet.name}")

    def _check_order(self, own: When, when: When | None, place: Place) -> None:
        """Refuse a head that goes on beyond the period of the title."""
        if when is None or when.year is None:
            return
        limit = when.year * 12 + (when.last if when.last is not None else 12) - 1
        year = own.year if own.year is not None else when.year
        last = year * 12 + (own.last if own.last is not None and own.year is not None else 1) - 1
        if own.year is None and own.last is not None and when.last is not None and (own.first, own.last) != (1, 12):
            last = year * 12 + own.last - 1
        if last > limit:
            message = "the head is of a later time than the title"
            raise _Refused(Finding("extraction.period", message, place, str(own), f"{when} or earlier"))
        if when.last is not None and self._newest_month not in {None, when.last}:
            message = "the newest head is of an earlier time than the title: one of them is out of date"
            raise _Refused(Finding("extraction.period", message, place, str(own), str(when)))

    @cached_property
    def _newest_month(self) -> int | None:
        """The last month of the title's year that a head names, None where none names any, or the rows do."""
        if any(row.when for row in self.placed.body.rows):
            return None
        months = []
        for column in self.placed.body.head.columns:
            own = next((label.when for label in reversed(column.labels) if label.when), None)
            years = {label.when.year for label in column.labels if label.when} - {None}
            is_of_title = years <= {self.when.year if self.when else None}
            if own is not None and own.last is not None and not own.is_year and is_of_title:
                months.append(own.last)
        return max(months, default=None)

    def _stepped(self, period: Period, steps: tuple[str, ...], place: Place) -> Period:
        for step in steps:
            try:
                period = dating.stepped(period, step)
            except ValueError as error:
                message = f"there is no such {step}"
                raise _Refused(Finding("extraction.period", message, place, period.id, error.args[0])) from None
        return period

    def _guard(
        self, period: Period, steps: tuple[str, ...], is_end: bool, column: Column, row: Row, indicator: Indicator,
        measure: Measure, place: Place,
    ) -> None:  # fmt: skip
        """Refuse a figure whose head says another stretch of time than its period has."""
        words = "".join(column.path)
        is_past = any("before" in step or "last" in step or step not in recipe.STEPS for step in steps)
        expected = ""
        is_counted = indicator.is_flow and indicator.kind is Kind.LEVEL and not measure.is_rank
        if measure is Measure.MOM and period.months not in {1, 3}:
            expected = "period: month in the recipe, which 环比 is of"
        elif is_end and not steps and is_counted:
            expected = "period: cumulative in the recipe, where the flow is counted from January"
        elif period.months == 1 and period.first % 12 and re.search("累计|本月止|1-本月|1-当月", words):
            expected = "period: cumulative in the recipe"
        elif period.months != 1 and re.search("本月|当月", words) and not re.search("本月止|累计|1-本月|1-当月", words):
            expected = "period: month in the recipe"
        elif period.months != 3 and re.search("本季|当季", words):
            expected = "period: quarter in the recipe"
        elif not is_past and re.search("(?<![比较为])(?:上年|去年|上月|上期)(?!.*增|.*降|.*减|.*[=为]100|.*±)", words):
            expected = "period: year-before, last-year or month-before in the recipe"
        if expected:
            message = f"the head says another time than {period.name}"
            raise _Refused(Finding("extraction.period", message, place, column.text, expected))


_BASE = re.compile("上[年月季][^,，()（）]*?[=＝为]\\s*100|\\d{4}年?[=＝为]\\s*100")  # of an index
_NO_RATE = re.compile(
    "由盈转亏|由盈变亏|扭亏为盈|由亏转盈|由负转正|由正转负|减亏|增亏|基本持平|持平|翻番|翻一番|不可比"
)
_LEAST_INDEX = 20  # far below any index whose base is 100, and above what one changes by
_RATE = re.compile("增长|增速|增幅|同比|环比|降幅|减幅|比重|占比|比例|份额|完成|进度|率|%")
_ABSOLUTE = re.compile("增减|±|变化|变动|增加(?!值)|减少|增量|增收|差额")


def _shown(row: Row) -> tuple[str, ...]:
    return tuple(label.name for label in row.labels)


def _clean(text: str) -> str:
    """Return words on one line, without what cannot be printed."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return "".join(one for one in text if one.isprintable())


def _line_name(locator: str, what: str) -> str:
    cell = locator.rpartition("!")[2]
    return re.sub(r"[A-Z]" if what == "rows" else r"\d", "", cell)


__all__ = ["Axis", "Harvest", "Meaning", "Rounded", "Skipped", "Unmatched", "extract"]
