"""Recipes: where the figures of a workbook stand, said as a person would say it, and which recipe fits a workbook.

A recipe names a table by the words above it and in its head, a column by its head, a row by its name; it never says
F12. So rows and columns may be inserted and tables moved. `recipes/<id>.yaml` of a data folder, see the README.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path as FilePath
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from xdreport import labels, layout, settings
from xdreport.catalog import Catalog, Indicator, Kind, Measure, Status
from xdreport.findings import Failed, Finding, Place, Severity, Unusable
from xdreport.grid import Book, Sheet
from xdreport.labels import Path
from xdreport.layout import Body, Column, Head, Surface
from xdreport.period import Period
from xdreport.settings import Flag, Id, Line, Settings, Steps, Title, Whole
from xdreport.unit import NONE, Unit

FOLDER = "recipes"
UNIT_HEADS = frozenset(["单位", "计量单位"])
# What a line may say of its period, one after the other: steps from the period of the table.
STEPS = (
    "left",
    "newest",
    "same",
    "month",
    "quarter",
    "cumulative",
    "year",
    "year-before",
    "month-before",
    "quarter-before",
    "last-year",
)


def as_list(value: object) -> object:
    """Return one word as a list of it."""
    return [value] if isinstance(value, str) else value


def as_step(text: object) -> object:
    """Return a step, or the id of a period."""
    if text in STEPS:
        return text
    try:
        return Period.parse(str(text)).id
    except ValueError:
        raise ValueError(f"one of {', '.join(STEPS)}, or a period such as 2025") from None


Words = Annotated[tuple[Line, ...], BeforeValidator(as_list), Field(min_length=1)]
Globs = Annotated[tuple[Title, ...], BeforeValidator(as_list), Field(min_length=1)]
Shifts = Annotated[tuple[Annotated[str, BeforeValidator(as_step)], ...], BeforeValidator(as_list), Field(min_length=1)]


class Meaning(Settings):
    """What a row, a column, a sheet or a whole table says of its figures."""

    indicator: str = ""
    area: str = ""
    measure: Measure | None = None
    period: Shifts = ()
    unit: Line = ""
    sign: Literal["", "reversed"] = ""


class Named(Meaning):
    """A row or column that a recipe knows; `skip` leaves it out, an `optional` one may be absent, `note` gives the
    figures of its row their note."""

    also: tuple[Words, ...] = ()
    skip: Flag = False
    optional: Flag = False


class ColumnLine(Named):
    """A column by its head: the words of each level, the outer first; `after` is the head of the column before it,
    where several have one head (总量, 位次, 增速, 位次), and `nth` which of these behind that one is meant."""

    head: Words
    after: Annotated[tuple[Line, ...], BeforeValidator(as_list)] = ()
    nth: Annotated[Whole, Field(ge=1)] = 1
    note: Flag = False


class RowLine(Named):
    """A row by its name, with the names of those it stands under, the outer first."""

    name: Words


class SheetLine(Meaning):
    """A sheet whose name says something of all its figures."""

    name: Title


class TableShape(Meaning):
    """One table, wherever it stands and however often."""

    title: Annotated[tuple[Title, ...], BeforeValidator(as_list)] = ()
    sheets: Globs = ("*",)
    each: tuple[SheetLine, ...] = ()
    stub: Words = ("",)
    unit_column: Line = ""
    end: Line = ""
    triangle: Literal["", "rise", "fall"] = ""
    notes: Literal["attach", "ignore"] = "attach"
    others: Literal["report", "skip"] = "report"
    optional: Flag = False
    columns: Annotated[tuple[ColumnLine, ...], Field(min_length=1)]
    rows: Annotated[tuple[RowLine, ...], Field(min_length=1)]


class SourceShape(Settings):
    """What sources.yaml is to say of the workbooks that a recipe reads."""

    id: Id
    title: Line = ""
    publisher: Line = ""


class RecipeShape(Settings):
    """A file recipes/<id>.yaml."""

    title: Title
    files: Globs = ("*",)
    source: SourceShape
    area: str = ""
    period: Literal["title", "sheet", "file", "ask"] = "title"
    period_label: Line = ""
    as_of: Line = ""
    status: Status | None = None
    digits: Literal["shown", "stored"] = "shown"
    hidden: Literal["skip", "read"] = "skip"
    tables: Annotated[dict[Id, TableShape], Field(min_length=1)]


@dataclass(frozen=True)
class Recipe:
    """A recipe: its id, what it says, and where each of its lines stands."""

    id: str
    shape: RecipeShape
    places: Mapping[Steps, Place] = field(default_factory=dict, compare=False)

    def place(self, *steps: str | int) -> Place | None:
        """Return where the longest known beginning of `steps` stands."""
        return settings.Tree(None, self.places).place(steps)


def read(path: FilePath, shown: str) -> Recipe:
    """Return the recipe of a file; raise `Failed` with every fault at its line."""
    return _of_tree(path.stem, settings.read(path, shown))


def parse(id: str, text: str, shown: str) -> Recipe:
    """Return the recipe that text makes; raise `Failed` with every fault at its line of the file `shown`."""
    return _of_tree(id, settings.parse(text, shown))


def _of_tree(id: str, tree: settings.Tree) -> Recipe:
    if not isinstance(tree.content, dict):
        raise Failed([Finding("yaml.value", "the file must be a mapping (key: value)", tree.place(()))])
    return Recipe(id, settings.validate(RecipeShape, tree), tree.places)


def read_all(folder: FilePath) -> tuple[Recipe, ...]:
    """Return the recipes of a data folder in the order of their names, () when it has none.

    Raise `Failed` with every fault of every file.
    """
    root = folder / FOLDER
    found: list[Recipe] = []
    findings: list[Finding] = []
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if path.name.startswith((".", "~$")):
            continue
        shown = f"{folder.name}/{FOLDER}/{path.name}"
        if path.suffix != ".yaml" or not path.is_file():
            expected = f"{FOLDER}/<id>.yaml"
            findings.append(
                Finding("folder.stray-file", "this would not be read", Place(shown), path.name, expected,
                        "keep workbooks outside the data folder")
            )  # fmt: skip
            continue
        try:
            found.append(read(path, shown))
        except Failed as failed:
            findings += failed.findings
    if findings:
        raise Failed(findings)
    return tuple(found)


def named(recipes: Iterable[Recipe], id: str) -> Recipe:
    """Return the recipe of that id; raise `Unusable` when there is none."""
    known = {recipe.id: recipe for recipe in recipes}
    if id not in known:
        hint = settings.nearest(id, known) or "xdreport import --learn drafts one"
        raise Unusable([Finding("recipe.unknown", "there is no such recipe", None, id, hint=hint)])
    return known[id]


# What a recipe says, held against the data folder.


def faults(recipe: Recipe, catalog: Catalog) -> Iterator[Finding]:
    """Generate what a recipe names that the folder does not have, and lines that cannot give a figure."""
    shape = recipe.shape
    if shape.area:
        yield from _reference(recipe, catalog, ("area",), "area", shape.area)
    for id, table in shape.tables.items():
        yield from _meant(recipe, catalog, ("tables", id), table)
        for key, lines in (("each", table.each), ("columns", table.columns), ("rows", table.rows)):
            for n, line in enumerate(lines):
                yield from _meant(recipe, catalog, ("tables", id, key, n), line)
        yield from _twice(recipe, id, table, catalog)
        yield from _incomplete(recipe, id, table)
        yield from _contradictory(recipe, id, table, catalog)
        yield from _units(recipe, id, table, catalog)


def _reference(recipe: Recipe, catalog: Catalog, steps: Steps, what: str, id: str) -> Iterator[Finding]:
    known: Mapping[str, object] = catalog.indicators if what == "indicator" else catalog.workspace.areas
    if id not in known:
        file = "the section's file in indicators/" if what == "indicator" else "areas in workspace.yaml"
        hint = settings.nearest(id, known) or f"add it to {file}"
        yield Finding(f"reference.{what}", f"unknown {what}", recipe.place(*steps), id, hint=hint)


def _meant(recipe: Recipe, catalog: Catalog, steps: Steps, line: Meaning) -> Iterator[Finding]:
    if line.indicator:
        yield from _reference(recipe, catalog, (*steps, "indicator"), "indicator", line.indicator)
    if line.area:
        yield from _reference(recipe, catalog, (*steps, "area"), "area", line.area)
    if line.unit and not labels.units(line.unit, bases(catalog)):
        hint = "add its base to units in workspace.yaml"
        yield Finding("reference.unit", "unknown unit", recipe.place(*steps, "unit"), line.unit, hint=hint)
    if line.sign and line.measure is not None and not line.measure.is_rate:
        message = "only a rate of change may have its sign reversed"
        yield Finding("recipe.line", message, recipe.place(*steps, "sign"), line.sign)


def _twice(recipe: Recipe, id: str, table: TableShape, catalog: Catalog) -> Iterator[Finding]:
    extra = bases(catalog)
    every: tuple[tuple[str, tuple[ColumnLine | RowLine, ...]], ...] = (("columns", table.columns), ("rows", table.rows))
    for key, lines in every:
        seen: dict[tuple[Path, Path, int], int] = {}
        for n, line in enumerate(lines):
            after = labels.path(line.after, extra) if isinstance(line, ColumnLine) else ()
            nth = line.nth if isinstance(line, ColumnLine) else 1
            for path in ((one, after, nth) for one in paths(line, extra)):
                if path in seen and seen[path] != n:
                    steps = ("tables", id, key, n)
                    message = f"the {key[:-1]} stands twice, first as number {seen[path] + 1}"
                    yield Finding("recipe.line", message, recipe.place(*steps), " > ".join(path[0]))
                seen.setdefault(path, n)


def _incomplete(recipe: Recipe, id: str, table: TableShape) -> Iterator[Finding]:
    """Generate the columns and rows that together name no indicator, or two."""
    columns = [line for line in table.columns if not (line.skip or line.note)]
    rows = [line for line in table.rows if not line.skip]
    place = recipe.place("tables", id)
    sheets = table.each or (Meaning(),)
    for key in ("indicator", "area"):
        givers = {
            "the table": bool(getattr(table, key)),
            "each sheet": any(getattr(line, key) for line in sheets),
            "a column": any(getattr(line, key) for line in columns),
            "a row": any(getattr(line, key) for line in rows),
        }
        named = [giver for giver, gives in givers.items() if gives]
        if len(named) > 1 and not (named[0] == "the table" and len(named) == 2):
            message, hint = f"two say which {key} a figure is of: {' and '.join(named)}", "let one of them say it"
            yield Finding("recipe.line", message, place, hint=hint)
        if key == "indicator" and not named and rows and columns:
            message = "nothing says which indicator a figure is of"
            yield Finding("recipe.line", message, place, hint="give columns, rows or the table an indicator")
    elsewhere = bool(table.measure or all(line.measure for line in rows) or all(line.measure for line in sheets))
    for n, column in enumerate(table.columns):
        if column.skip or column.note:
            continue
        if not (column.measure or elsewhere):
            message = "nothing says what the column measures"
            hint = "measure: level, yoy, rank_city …, or skip: true"
            yield Finding("recipe.line", message, recipe.place("tables", id, "columns", n), hint=hint)
        falls = any(word in "".join(column.head) for word in ("降幅", "减幅"))
        if falls and column.measure and column.measure.is_rate and not column.sign:
            message = "a head of falls gives growth with the sign reversed"
            place = recipe.place("tables", id, "columns", n)
            yield Finding("recipe.line", message, place, " > ".join(column.head), hint="sign: reversed")


_SAID: tuple[tuple[re.Pattern[str], frozenset[Measure]], ...] = (
    (re.compile("位次|排名|名次|排位"), frozenset(measure for measure in Measure if measure.is_rank)),
    (re.compile("环比|比上[月季]"), frozenset([Measure.MOM])),
    (re.compile("年均"), frozenset([Measure.AVG_GROWTH, Measure.LEVEL])),
    (re.compile("同比|比上年|比去年"), frozenset([Measure.YOY])),
    (re.compile("(?:增速|增幅|降幅|增长率?|±)$"), frozenset(measure for measure in Measure if measure.is_rate)),
    (re.compile("^(?:比重|占比|份额)$"), frozenset([Measure.SHARE])),
)


def _contradictory(recipe: Recipe, id: str, table: TableShape, catalog: Catalog) -> Iterator[Finding]:
    """Generate the columns whose head says another measure than their line: growth is no level of an amount."""
    extra = bases(catalog)
    lines = (*table.columns, *table.rows, table, *table.each)
    indicators = {catalog.indicators[one.indicator] for one in lines if one.indicator in catalog.indicators}
    for n, column in enumerate(table.columns):
        measure = column.measure or table.measure
        words = labels.key(column.head[-1], extra)
        said = next((measures for pattern, measures in _SAID if pattern.search(words)), None)
        if measure is None or said is None or measure in said or column.skip or column.note:
            continue
        own = {catalog.indicators[column.indicator]} if column.indicator in catalog.indicators else indicators
        if measure is Measure.LEVEL and all(it.unit.is_percent or it.kind is Kind.INDEX for it in own):
            continue  # an indicator that is a rate of change itself
        message = f"the head says another measure than {measure}"
        expected = ", ".join(sorted(one.value for one in said))
        yield Finding("recipe.line", message, recipe.place("tables", id, "columns", n), words, expected)


def _units(recipe: Recipe, id: str, table: TableShape, catalog: Catalog) -> Iterator[Finding]:
    """Generate the lines whose unit can never become that of their indicator."""
    extra = bases(catalog)
    for key, lines in (("columns", table.columns), ("rows", table.rows)):
        for n, line in enumerate(lines):
            indicator = catalog.indicators.get(line.indicator)
            if indicator is None or not line.unit or line.measure not in {None, Measure.LEVEL, Measure.TARGET}:
                continue
            if key == "rows" and any(one.unit for one in table.columns):
                continue
            said = labels.units(line.unit, extra)
            if said and not any(takes(indicator, one) for one in said):
                message = f"the unit cannot become that of {indicator.id}, {indicator.unit or 'none'}"
                yield Finding("recipe.unit", message, recipe.place("tables", id, key, n, "unit"), line.unit)


def takes(indicator: Indicator, unit: Unit) -> bool:
    """Return whether an amount in a unit can be written in the indicator's; an index, which has none, takes the % or
    点 that tables print beside it."""
    if indicator.unit == NONE:
        return indicator.kind is Kind.INDEX and unit.base in {"%", "点"}
    return labels.same_base(unit, indicator.unit)


_RATE_NAME = re.compile(r"(?:率|比重|占比|份额|比例|增速|增幅|增长|±)(?:[(（].*)?$")


def is_rate(indicator: Indicator) -> bool:
    """Return whether an indicator is a rate or a share by its unit and its name, so that its changes are in 百分点.

    规模以上工业增加值 in % is none: there the % is of its growth."""
    return indicator.unit.is_percent and bool(_RATE_NAME.search(indicator.name))


def bases(catalog: Catalog) -> frozenset[str]:
    """Return the bases of units that the folder's indicators have, its own among them."""
    return frozenset(indicator.unit.base for indicator in catalog.indicators.values() if indicator.unit.base)


def paths(line: ColumnLine | RowLine, extra: frozenset[str]) -> tuple[Path, ...]:
    """Return what a line is compared by: its words and those it goes by, too."""
    words = line.head if isinstance(line, ColumnLine) else line.name
    return tuple(labels.path(one, extra) for one in (words, *line.also))


# Which recipe fits.


@dataclass(frozen=True)
class Placed:
    """A table of a recipe where it stands in a workbook: its rows and columns, and which line of the recipe each
    column is; `meaning` is what the sheet says. A column that two lines claim, or none, is in `lines` as None."""

    table: str
    sheet: Sheet
    body: Body
    lines: Mapping[int, int | None]
    meaning: Meaning


@dataclass(frozen=True)
class Fit:
    """How a recipe fits a workbook: its tables there, what it misses (errors), and what is only to be said.

    `extra` are the bases of units that heads and names were read with."""

    recipe: Recipe
    placed: tuple[Placed, ...]
    misses: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    extra: frozenset[str] = frozenset()

    @cached_property
    def score(self) -> int:
        """How many tables, words of titles, columns and rows of the recipe are in the workbook."""
        known = {id: _row_paths(table, self.extra) for id, table in self.recipe.shape.tables.items()}
        rows = sum(row.path in known[one.table] for one in self.placed for row in one.body.rows)
        columns = sum(line is not None for one in self.placed for line in one.lines.values())
        tables = {one.table for one in self.placed}
        titles = sum(len(self.recipe.shape.tables[id].title) for id in tables)
        return len(tables) + titles + columns + rows


def _row_paths(table: TableShape, extra: frozenset[str]) -> frozenset[Path]:
    return frozenset(path for line in table.rows for path in paths(line, extra))


def find(book: Book, recipes: Iterable[Recipe], extra: frozenset[str] = frozenset()) -> Recipe:
    """Return the recipe whose tables, heads and titles are all in a workbook.

    Raise `Unusable` with what each recipe missed where none fits, and where two fit alike.
    """
    every = tuple(recipes)
    if not every:
        hint = "xdreport import --learn drafts one from the workbook"
        raise Unusable([Finding("recipe.none", "the data folder has no recipe", Place(book.name), hint=hint)])
    fits = [fit(recipe, book, extra) for recipe in every]
    fitting = sorted((one for one in fits if not one.misses), key=lambda one: -one.score)
    if not fitting:
        raise Unusable(_near(book, fits))
    best = [one for one in fitting if one.score == fitting[0].score]
    if len(best) > 1:
        names = " and ".join(one.recipe.id for one in best)
        hint = "say which with --recipe, or give them files: or title: that tell them apart"
        raise Unusable([Finding("recipe.several", f"several recipes fit alike: {names}", Place(book.name), hint=hint)])
    return best[0].recipe


def _near(book: Book, fits: list[Fit]) -> Iterator[Finding]:
    """Generate what each recipe missed, those that fit best first."""
    hint = "mend the recipe that is meant, or draft one with --learn"
    yield Finding("recipe.none", f"none of {len(fits)} recipes fits the workbook", Place(book.name), hint=hint)
    for one in sorted(fits, key=lambda one: -one.score):
        for miss in one.misses[:5]:
            yield replace(miss, message=f"recipe {one.recipe.id}: {miss.message}")


def fit(recipe: Recipe, book: Book, extra: frozenset[str] = frozenset()) -> Fit:
    """Return where the tables of a recipe stand in a workbook, and what is not as it expects."""
    shape = recipe.shape
    misses: list[Finding] = []
    notes: list[Finding] = []
    if not any(fnmatchcase(book.name.casefold(), glob.casefold()) for glob in shape.files):
        message, expected = "the file's name is another", ", ".join(shape.files)
        misses.append(Finding("recipe.file", message, Place(book.name), book.name, expected))
    surfaces = [
        Surface(sheet, shape.hidden == "read") for sheet in book.sheets if shape.hidden == "read" or not sheet.is_hidden
    ]
    placed: list[Placed] = []
    for surface in surfaces:
        placed += _placed(recipe, surface, extra)
    for id, table in shape.tables.items():
        own = [one for one in placed if one.table == id and _is_on(one.sheet, table)]
        elsewhere = [one for one in placed if one.table == id and not _is_on(one.sheet, table)]
        placed = [one for one in placed if one.table != id or (own and one in own) or (not own and one in elsewhere)]
        if elsewhere and not own:
            sheet = elsewhere[0].sheet.name
            message = f"table {id} stands on another sheet"
            notes.append(
                Finding("recipe.sheet", message, Place(f"{book.name}#{sheet}"), sheet, ", ".join(table.sheets),
                        severity=Severity.NOTE)
            )  # fmt: skip
        misses += _missing(recipe, id, book, surfaces, [one for one in placed if one.table == id], extra)
    return Fit(recipe, tuple(placed), tuple(misses), tuple(notes), extra)


def _is_on(sheet: Sheet, table: TableShape) -> bool:
    globs = (*table.sheets, *(line.name for line in table.each)) if table.each else table.sheets
    return any(fnmatchcase(sheet.name.strip(), glob) for glob in globs)


@dataclass(frozen=True)
class _Located:
    """A head that is one of a table's, before its body is read."""

    table: str
    head: Head
    lines: Mapping[int, int | None]


def _placed(recipe: Recipe, surface: Surface, extra: frozenset[str]) -> Iterator[Placed]:
    """Generate the tables of a recipe that stand on a sheet."""
    located = [one for id in recipe.shape.tables for one in _located(recipe, id, surface, extra)]
    located.sort(key=lambda one: (one.head.top, one.head.left))
    heads = [one.head for one in located]
    ends: list[tuple[Head, int]] = []
    titled: dict[str, int] = {}
    for one in located:
        table = recipe.shape.tables[one.table]
        its = _cut(one.head, heads)
        below = [other.top for other in heads if other.top > its.bottom and _overlap(other, its)]
        stop = min(below, default=len(surface.rows))
        since = max((end for other, end in ends if end <= its.top and _overlap(other, its)), default=0)
        aside = [
            column.index
            for column in its.columns
            if (line := one.lines.get(column.index)) is not None
            and (table.columns[line].skip or table.columns[line].note)
        ]
        body = layout.body(its, stop, since, aside, labels.key(table.end, extra) if table.end else "", extra)
        if not _is_titled(table, body, surface.sheet, one.table in titled, extra):
            continue
        ends.append((its, body.end))
        titled[one.table] = 1
        lines = {column.index: one.lines.get(column.index) for column in its.columns}
        meaning = next((line for line in table.each if fnmatchcase(surface.sheet.name.strip(), line.name)), Meaning())
        yield Placed(one.table, surface.sheet, body, lines, meaning)


def _cut(its: Head, heads: list[Head]) -> Head:
    """Return a head without the columns of another one that begins beside it."""
    for other in heads:
        if its.left < other.left and other.top <= its.bottom and its.top <= other.bottom:
            its = its.up_to(other.left)
    return its


def _overlap(one: Head, other: Head) -> bool:
    return one.left <= other.right and other.left <= one.right


def _is_titled(table: TableShape, body: Body, sheet: Sheet, is_continued: bool, extra: frozenset[str]) -> bool:
    """Return whether the words that a table is known by stand above it; below an earlier part of it 续表 or nothing
    will do."""
    above = "".join(labels.key(text, extra) for _, text in body.captions) + labels.key(sheet.name, extra)
    if all(labels.key(words, extra) in above for words in table.title):
        return True
    texts = [text for _, text in body.captions if not labels.unit_line(text, extra)]
    return is_continued and (not texts or any("续" in text for text in texts))


def _located(recipe: Recipe, id: str, surface: Surface, extra: frozenset[str]) -> Iterator[_Located]:
    """Generate the best head of each place of a sheet where that of a table may begin."""
    table = recipe.shape.tables[id]
    wanted = _wanted(table, extra)
    seen: set[tuple[int, int]] = set()
    for at in range(len(surface.rows)):
        for span, stubs in _spans(surface, at, table, wanted, extra):
            best: tuple[tuple[int, int, int, int], _Located] | None = None
            for top in range(max(0, at - layout.DEEPEST + 1), at + 1):
                for bottom in range(at, min(len(surface.rows), top + layout.DEEPEST)):
                    for its in dict.fromkeys([_without_gap(surface, top, bottom, span), span]):
                        candidate = _scored(id, table, surface, top, bottom, its, stubs, wanted, extra)
                        if candidate and (best is None or candidate[0] > best[0]):
                            best = candidate
            if best and (place := (best[1].head.bottom, best[1].head.left)) not in seen:
                seen.add(place)
                yield best[1]


Wanted = Mapping[Path, list[tuple[Path, int, int]]]  # by the path of a head: `after`, `nth`, number of the line


def _wanted(table: TableShape, extra: frozenset[str]) -> Wanted:
    found: dict[Path, list[tuple[Path, int, int]]] = {}
    for n, line in enumerate(table.columns):
        for path in paths(line, extra):
            found.setdefault(path, []).append((labels.path(line.after, extra), line.nth, n))
    return found


def _lines_of(columns: tuple[Column, ...], wanted: Wanted) -> dict[int, int | None]:
    """Return the recipe's line for each column: one whose `after` fits goes first.

    `after` is the nearest head to the left that no other column has, else the head to the left."""
    often = Counter(column.path for column in columns)
    found: dict[int, int | None] = {}
    anchor: Path = ()
    behind: Path = ()
    passed: Counter[Path] = Counter()
    for column in columns:
        known = wanted.get(column.path, [])
        passed[column.path] += 1
        by_anchor = next(
            (n for after, nth, n in known if after and after == anchor and nth == passed[column.path]), None
        )
        by_left = next((n for after, nth, n in known if after and after == behind != anchor and nth == 1), None)
        alone = next((n for after, _, n in known if not after), None)
        found[column.index] = next((n for n in (by_anchor, by_left, alone) if n is not None), None)
        behind = column.path
        if often[column.path] == 1:
            anchor, passed = column.path, Counter()
    return found


def _spans(
    surface: Surface, at: int, table: TableShape, wanted: Wanted, extra: frozenset[str]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Generate the columns that a table may take, and those of them that hold the names, by the words of a row."""
    row = surface.rows[at]
    stub = labels.key(table.stub[0], extra)
    starts: list[int] = []
    if stub:
        for position, column in enumerate(surface.columns):
            if surface.first(row, column) == (row, column) and _key(surface, row, column, extra) == stub:
                starts.append(position)
    else:
        parts = {path[-1] for path in wanted if path}
        keys = {position: _key(surface, row, column, extra) for position, column in enumerate(surface.columns)}
        first = next((position for position, key in keys.items() if key in parts), None)
        if first is not None:
            before = [position for position in range(first) if not keys[position]]
            starts = before[:1] if before else []
    for n, start in enumerate(starts):
        stop = starts[n + 1] if n + 1 < len(starts) else len(surface.columns)
        span = surface.columns[start:stop]
        yield span, span[: len(table.stub)]


def _key(surface: Surface, row: int, column: int, extra: frozenset[str]) -> str:
    cell = surface.own(*surface.first(row, column))
    text = surface.words(row, column)
    is_word = cell.is_text or isinstance(cell.value, str) or len(text.strip()) == 4  # a year may be a number
    return labels.key(text, extra) if is_word and text.strip() else ""


def _scored(
    id: str, table: TableShape, surface: Surface, top: int, bottom: int, span: tuple[int, ...], stubs: tuple[int, ...],
    wanted: Wanted, extra: frozenset[str],
) -> tuple[tuple[int, int, int, int], _Located] | None:  # fmt: skip
    """Return how well rows make the head of a table, and that head; None where they do not."""
    for column, words in zip(stubs, table.stub, strict=False):
        if labels.key(layout.stub_words(surface, top, bottom, column), extra) != labels.key(words, extra):
            return None
    units = {labels.key(table.unit_column, extra)} if table.unit_column else UNIT_HEADS
    its = layout.head(surface, top, bottom, span, stubs, units, extra)
    if not its.columns:
        return None
    lines = _lines_of(its.columns, wanted)
    found = {line for line in lines.values() if line is not None}
    if not found:
        return None
    strange = sum(1 for column in its.columns if column.path and lines[column.index] is None)
    said = sum(1 for column in its.columns if column.unit)  # a line of them is the last of the head
    return (len(found), -strange, said, top - bottom), _Located(id, its, lines)


def _without_gap(surface: Surface, top: int, bottom: int, span: tuple[int, ...]) -> tuple[int, ...]:
    """Return the columns up to the first without head and without anything in the rows below."""
    rows = surface.rows[top : bottom + 12]
    heads = surface.rows[top : bottom + 1]
    for n, column in enumerate(span):
        is_bare = all(not surface.words(row, column).strip() for row in heads)
        if n and is_bare and all(surface.own(row, column).is_empty for row in rows):
            return span[:n]
    return span


def _missing(
    recipe: Recipe, id: str, book: Book, surfaces: list[Surface], placed: list[Placed], extra: frozenset[str]
) -> Iterator[Finding]:
    """Generate what a table expects and the workbook does not have: the table, or some of its heads."""
    table = recipe.shape.tables[id]
    if not placed:
        if not table.optional:
            yield _not_found(recipe, id, book, surfaces, extra)
        return
    row_paths = _row_paths(table, extra)
    if not any(row.path in row_paths for one in placed for row in one.body.rows):
        names = [row.text for row in placed[0].body.rows[:4]]
        place = Place(book.locator(placed[0].sheet, *placed[0].body.head.columns[0].place))
        message, expected = (
            f"table {id} has none of the recipe's rows",
            ", ".join(line.name[-1] for line in table.rows[:4]),
        )
        yield Finding("recipe.table", message, place, ", ".join(names), expected)
    found = {line for one in placed for line in one.lines.values() if line is not None}
    yield from _alike(table, id, book, placed)
    spare = [
        (one, column)
        for one in placed
        for column in one.body.head.columns
        if one.lines.get(column.index) is None and column.path
    ]
    for n, line in enumerate(table.columns):
        if n in found or line.optional or line.skip:
            continue
        words = " > ".join(line.head)
        near = settings.nearest(words, [column.text for _, column in spare])
        known = ", ".join(column.text for _, column in spare) or "no other head"
        at = placed[0].body.head.columns[0].place
        place = Place(book.locator(placed[0].sheet, *at))
        message = f"table {id} has no column “{words}”"
        yield Finding("recipe.head", message, place, known, words, near and f"{near} mend the recipe's head if so")


def _alike(table: TableShape, id: str, book: Book, placed: list[Placed]) -> Iterator[Finding]:
    """Generate the heads that two columns of a table share, so that neither can be told from the other."""
    for one in placed:
        seen: dict[tuple[int, str], Column] = {}
        named = ""  # the time of the nearest column to the left that names one
        for column in one.body.head.columns:
            line = one.lines.get(column.index)
            if line is None or table.columns[line].skip or table.columns[line].note:
                named = " ".join(str(label.when) for label in column.labels if label.when) or named
                continue
            when = " ".join(str(label.when) for label in column.labels if label.when)
            named = when or named
            if table.columns[line].period[:1] == ("left",):
                when = named
            first = seen.setdefault((line, when), column)
            if first is not column:
                message = f"two columns of table {id} have the head “{column.text}”"
                hint = "say after: with the head of the column before each"
                place = Place(book.locator(one.sheet, *column.place))
                yield Finding("recipe.head", message, place, hint=hint)


def _not_found(recipe: Recipe, id: str, book: Book, surfaces: list[Surface], extra: frozenset[str]) -> Finding:
    """Return the finding that a table is not in a workbook, with what comes nearest to it."""
    table = recipe.shape.tables[id]
    expected = f"a head “{table.stub[0] or 'without words'}” beside " + ", ".join(
        f"“{' > '.join(line.head)}”" for line in table.columns[:4]
    )
    for surface in surfaces:
        for one in _located(recipe, id, surface, extra):
            sheet = surface.sheet
            place = Place(book.locator(sheet, *one.head.columns[0].place))
            found = "; ".join(text for _, text in layout.captions(surface, one.head, 0)[-3:])
            message, wanted = f"table {id} has its head here, but not its title", " and ".join(table.title)
            return Finding("recipe.title", message, place, found, wanted, "mend title in the recipe if it is the table")
    stubs = [
        (surface.sheet, row, column)
        for surface in surfaces
        for row in surface.rows[:200]
        for column in surface.columns[:60]
        if table.stub[0] and _key(surface, row, column, extra) == labels.key(table.stub[0], extra)
    ]
    if stubs:
        sheet, row, column = stubs[0]
        shown = [cell.shown.strip() for cell in sheet.rows[row] if cell.shown.strip()]
        place = Place(book.locator(sheet, row, column))
        return Finding("recipe.head", f"table {id} has other heads here", place, ", ".join(shown[:8]), expected)
    return Finding("recipe.table", f"table {id} is not in the workbook", Place(book.name), None, expected)
