"""The rows of a CSV file of the data folder → records, or every fault of them.

A row is read as text and each cell parsed by `cells`. A column that fails in nearly every row is said once.

Observations come by the hundred thousand, and most of their cells stand in many rows. A row whose cells are all sound
takes a short way, on which each distinct cell of a file is parsed and kept once; any other row is looked at cell by
cell, which alone knows what to say of it. pyarrow and polars were weighed: of the time that a row costs, the csv module
takes a sixth, and the rest makes what they would not make, an `Observation`.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from operator import itemgetter
from typing import TypeVar

from xdreport import cells, settings
from xdreport.catalog import (
    Area,
    Honour,
    Indicator,
    Level,
    Measure,
    Name,
    Observation,
    Qualifier,
    Section,
    Source,
    Status,
)
from xdreport.findings import Finding, Place
from xdreport.period import Period

OBSERVATION_COLUMNS = (
    "indicator", "area", "period", "measure", "value", "qualifier", "source", "locator", "status", "as_of", "note",
)  # fmt: skip
HONOUR_COLUMNS = (
    "id", "section", "title", "holder", "level", "period", "awarded_by", "source", "locator", "note",
)  # fmt: skip
NAME_COLUMNS = ("id", "section", "kind", "name", "period", "source", "locator", "note")
NAME_KINDS = ("project", "mechanism", "platform", "plan", "event", "brand", "enterprise", "place", "product")

# What a person types who thinks in Chinese, and the word that it stands for.
_MEANT = {
    "数值": "level", "总量": "level", "绝对值": "level", "同比": "yoy", "同比增长": "yoy", "环比": "mom",
    "增长": "growth", "年均": "avg_growth", "年均增长": "avg_growth", "占比": "share", "比重": "share",
    "目标": "target", "完成率": "completion", "全国排名": "rank_country", "全省排名": "rank_province",
    "全市排名": "rank_city", "全区排名": "rank_district", "全县排名": "rank_district",
    "初步": "preliminary", "快报": "preliminary", "最终": "final", "修订": "revised",
    "存疑": "doubtful", "国家级": "country", "省级": "province", "市级": "city", "区级": "district",
    "县区级": "district", "乡镇级": "town",
}  # fmt: skip
WAYS_OUT = {
    "area": "add it to areas in workspace.yaml",
    "indicator": "add it to the section's file in indicators/",
    "section": "add it to sections.yaml",
    "source": "add it to sources.yaml",
}
Value = TypeVar("Value")
Record = TypeVar("Record")


class Memo(dict[str, Value]):
    """Sound cells by their text, each parsed when it is first looked up; a faulty one raises ValueError each time.

    One that is longer than `longest` is not kept: most amounts stand in one row alone.
    """

    def __init__(self, parse: Callable[[str], Value], longest: int | None = None) -> None:
        super().__init__()
        self._parse, self._longest = parse, longest

    def __missing__(self, text: str) -> Value:
        value = self._parse(text)
        if self._longest is None or len(text) <= self._longest:
            self[text] = value
        return value


_RANKS = frozenset(measure for measure in Measure if measure.is_rank)
_MOST_COMMON = 5  # characters of the values that recur, rates of growth above all


class Sound:
    """The short way from the cells of one file to observations, for rows without a fault."""

    def __init__(self, known: "Known") -> None:
        self._indicators = {id: id for id in known.indicators}
        self._areas = {id: id for id in known.areas}
        self._sources = {id: id for id in known.sources}
        self._periods = Memo(Period.parse)
        self._measures = Memo(Measure)
        self._values = Memo(cells.number, _MOST_COMMON)
        self._locators = Memo(_needed)
        self._statuses = Memo(Status)
        self._days = Memo(cells.day)
        self._notes = Memo(cells.line)

    def observation(self, row: Sequence[str], place: Place) -> Observation | None:
        """Return the observation of a row's cells in the order of `OBSERVATION_COLUMNS`; None for a row that has to
        be looked at cell by cell, because of a fault, or because a rank or a qualifier binds several cells."""
        indicator, area, period, measure, value, qualifier, source, locator, status, as_of, note = row
        try:
            its = self._measures[measure]
            if qualifier or its in _RANKS:
                return None
            return Observation(
                self._indicators[indicator],
                self._areas[area],
                self._periods[period],
                its,
                self._values[value],
                None,
                self._sources[source],
                self._locators[locator],
                self._statuses[status] if status else Status.FINAL,
                self._days[as_of] if as_of else None,
                self._notes[note] if note else "",
                place,
            )
        except (KeyError, ValueError):
            return None


def _needed(text: str) -> str:
    if not text:
        raise ValueError("some words")
    return cells.line(text)


@dataclass
class Known:
    """What rows may refer to, and the functions that turn a row into a record."""

    areas: Mapping[str, Area]
    sources: dict[str, Source]
    sections: dict[str, Section]
    indicators: dict[str, Indicator]

    def __post_init__(self) -> None:
        self._periods: dict[str, Period] = {}

    def observation(self, row: "Row") -> Observation:
        """Return the observation of a row of observations/<section>.csv."""
        measure = row.choice("measure", Measure)
        value = row.read("value", cells.number, Decimal(0))
        if measure is not None and measure.is_rank and (value < 1 or value != value.to_integral_value()):
            row.fault("cell.rank", "value", "a rank, counted from 1")
        qualifier = row.choice("qualifier", Qualifier) if row["qualifier"] else None
        if qualifier and measure and measure.is_rank != (qualifier is Qualifier.WITHIN):
            row.fault("cell.rank", "qualifier", "前 or none for a rank, any other for what is no rank")
        return Observation(
            indicator=row.known("indicator", self.indicators, "reference.indicator"),
            area=row.known("area", self.areas, "reference.area"),
            period=self.period(row),
            measure=measure or Measure.LEVEL,
            value=value,
            qualifier=qualifier,
            source=row.known("source", self.sources, "reference.source"),
            locator=row.words("locator", is_needed=True),
            status=(row.choice("status", Status) or Status.FINAL) if row["status"] else Status.FINAL,
            as_of=row.read("as_of", cells.day, date.min) if row["as_of"] else None,
            note=row.words("note"),
            place=row.place,
        )

    def honour(self, row: "Row") -> Honour:
        """Return the honour of a row of honours.csv."""
        return Honour(
            id=row.read("id", cells.identifier, ""),
            section=row.known("section", self.sections, "reference.section"),
            title=row.words("title", is_needed=True),
            holder=row.words("holder"),
            level=row.choice("level", Level) or Level.CITY,
            period=self.period(row),
            awarded_by=row.words("awarded_by"),
            source=row.known("source", self.sources, "reference.source"),
            locator=row.words("locator", is_needed=True),
            note=row.words("note"),
            place=row.place,
        )

    def name(self, row: "Row") -> Name:
        """Return the name of a row of names.csv."""
        if row["kind"] not in NAME_KINDS:
            row.fault("cell.choice", "kind", "one of " + ", ".join(NAME_KINDS))
        return Name(
            id=row.read("id", cells.identifier, ""),
            section=row.known("section", self.sections, "reference.section"),
            kind=row["kind"],
            name=row.words("name", is_needed=True),
            period=self.period(row) if row["period"] else None,
            source=row.known("source", self.sources, "reference.source"),
            locator=row.words("locator", is_needed=True),
            note=row.words("note"),
            place=row.place,
        )

    def period(self, row: "Row") -> Period:
        """Return the row's period; one value serves all rows that write it alike."""
        text = row["period"]
        if text in self._periods:
            return self._periods[text]
        period = row.read("period", Period.parse, _NO_PERIOD)
        if period is not _NO_PERIOD:
            self._periods[text] = period
        return period


_NO_PERIOD = Period.parse("2000")  # stands in a row that has a fault and is never used


class Row:
    """One row of a CSV file: its cells by column, and the faults found while they are read."""

    __slots__ = ("_cells", "_faults", "place")

    def __init__(self, row: dict[str, str], place: Place, faults: "Faults") -> None:
        self._cells, self.place, self._faults = row, place, faults

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")

    def fault(self, code: str, column: str, expected: str, hint: str = "") -> None:
        """Note that a cell of this row cannot be used."""
        text = self[column]
        message = f"{column} is missing" if not text else f"{column} cannot be read"
        self._faults.add(column, Finding(code, message, self.place, text or None, expected, hint))

    def read(self, column: str, parse: Callable[[str], Value], otherwise: Value) -> Value:
        """Return the parsed cell; `otherwise`, with a finding, when it cannot be parsed."""
        try:
            return parse(self[column])
        except ValueError as error:
            expected, *hint = error.args
            self.fault(f"cell.{column.replace('_', '-')}", column, expected, "".join(hint))
            return otherwise

    def words(self, column: str, is_needed: bool = False) -> str:
        """Return the cell as text for print."""
        if is_needed and not self[column]:
            self.fault("cell.missing", column, "some words")
        return self.read(column, cells.line, "")

    def choice(self, column: str, kind: type[Value]) -> Value | None:
        """Return the member of an enumeration that the cell names, None with a finding when it names none."""
        try:
            return kind(self[column])  # type: ignore[call-arg]
        except ValueError:
            members = [str(member) for member in kind]  # type: ignore[attr-defined]
            meant = _MEANT.get(self[column], "")
            hint = f"did you mean {meant}?" if meant in members else settings.nearest(self[column], members)
            self.fault("cell.choice", column, "one of " + ", ".join(members), hint)
            return None

    def known(self, column: str, ids: Mapping[str, Area | Indicator | Section | Source], code: str) -> str:
        """Return the cell when it is one of the ids, with a finding when it is not."""
        text = self[column]
        if not text:
            self.fault(code, column, f"a {column} that the folder has")
        elif text not in ids:
            named = [id for id, it in ids.items() if text in _names(it)]
            hint = f"did you mean {' or '.join(named)}?" if named else settings.nearest(text, ids) or WAYS_OUT[column]
            self._faults.add(column, Finding(code, f"unknown {column}", self.place, text, "", hint))
        return text


def _names(record: Area | Indicator | Section | Source) -> tuple[str, ...]:
    """Return what people call a record, beside its id."""
    match record:
        case Indicator():
            return (record.name, *record.aliases)
        case Area():
            return (record.name,)
        case Section() | Source():
            return (record.title,)


_FEW = 4  # rows of which a fault in each is still said for each
_READ: dict[str, Callable[[str], object]] = {
    "period": Period.parse, "measure": Measure, "value": cells.number, "qualifier": Qualifier, "status": Status,
    "as_of": cells.day,
}  # fmt: skip


@dataclass
class Faults:
    """The faults of the rows of one file by column, "" for those of whole rows."""

    rows: int = 0
    by_column: dict[str, list[Finding]] = field(default_factory=dict)
    count: int = 0

    def add(self, column: str, finding: Finding) -> None:
        """Note a fault of a row."""
        self.by_column.setdefault(column, []).append(finding)
        self.count += 1

    def findings(self) -> Iterator[Finding]:
        """Generate the faults; a column that fails in nearly every row is said once, two that are swapped as well."""
        always = {
            column: found
            for column, found in self.by_column.items()
            if self.rows > _FEW and len({fault.place for fault in found}) >= self.rows * 0.9
        }
        for one, other in combinations(always, 2):
            if _belongs(always[one], other) or _belongs(always[other], one):
                first = min(always[one][0], always[other][0], key=lambda fault: fault.place or Place(""))
                message = f"in nearly every row of {self.rows} {one} and {other} cannot be read"
                hint = f"are the columns {one} and {other} swapped?"
                yield Finding(first.code, message, first.place, hint=hint)
                always[one], always[other] = [], []
        for column, found in self.by_column.items():
            if column not in always or len({fault.found for fault in always[column]} - {None}) == 1:
                yield from found  # one wrong word is said once by `_gathered`
            elif faults := always[column]:
                lines = len({fault.place for fault in faults})
                yield replace(faults[0], message=f"{faults[0].message} (and so in {lines} of {self.rows} rows)")


def _belongs(found: Iterable[Finding], column: str) -> bool:
    """Return whether what one column cannot read is what another one takes."""
    texts = [fault.found for fault in found if fault.found]
    try:
        return bool(texts) and all(_READ[column](text) is not None for text in texts)
    except (KeyError, ValueError):
        return False


ShortWay = Callable[[Sequence[str], Place], Record | None]


def no_short_way(row: Sequence[str], place: Place) -> None:
    """Return None for each row: it is looked at cell by cell."""


def read(
    text: str, shown: str, columns: tuple[str, ...], record: Callable[[Row], Record], findings: list[Finding],
    sound: ShortWay[Record] = no_short_way,
) -> Iterator[Record]:  # fmt: skip
    """Generate a record for each sound row of a CSV file that has just these columns, in any order.

    `text` is the file's, whose lines are places in `shown`. Every fault is added to `findings`, those of cells once
    the last row is read. `sound` may make the record of a row's cells, in the order of `columns`, on a shorter way.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before, faults = 0, Faults()
    try:
        header = next(reader, [])
        problems = list(_about_header(header, columns, Place(shown, 1)))
        if problems:
            findings += dict.fromkeys(problems)
            return
        in_order, width = itemgetter(*map(header.index, columns)), len(header)
        before = reader.line_num
        for values in reader:
            place = Place(shown, before + 1)
            lines, before = reader.line_num - before, reader.line_num
            made = sound(in_order(values), place) if lines == 1 and len(values) == width else None
            if made is not None:
                faults.rows += 1
                yield made
            elif lines > 1 and any(values):
                faults.rows += 1
                hint = "write it in one line; a quotation mark may be missing its partner"
                findings.append(Finding("csv.line-break", "a cell has a line break in it", place, hint=hint))
            elif any(values):  # else it is a row that Excel left behind
                yield from _looked_at(values, header, place, record, faults)
    except csv.Error as error:
        hint = "a quotation mark opens and closes a whole cell; inside one it is written twice"
        message = f"the row cannot be read: {error}"
        findings.append(Finding("csv.syntax", message, Place(shown, before + 1), hint=hint))
    findings += faults.findings()


def _looked_at(
    values: list[str], header: list[str], place: Place, record: Callable[[Row], Record], faults: Faults
) -> Iterator[Record]:
    """Generate the record of a row when it is sound; note what is wrong with each cell when it is not."""
    faults.rows += 1
    if len(values) != len(header):
        message, expected = f"the row has {len(values)} cells", f"{len(header)} as in the header"
        faults.add("", Finding("csv.width", message, place, None, expected, _width_hint(values, header)))
        return
    count = faults.count
    found = record(Row(dict(zip(header, values, strict=True)), place, faults))
    if faults.count == count:
        yield found


def _width_hint(values: list[str], header: list[str]) -> str:
    if values[0].startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "git could not merge two versions here: keep the rows of one and delete its marks"
    if not values[0].strip("\0"):
        return "the file was cut off while it was saved: take it from a copy"
    if len(values) == len(header) + 1 and not values[-1]:
        return "put a cell with a comma in it in double quotes, or delete the comma at the end"
    if len(values) < len(header) <= len(",".join(values).replace("，", ",").split(",")):
        return "write half-width commas"
    return "put a cell with a comma in it in double quotes"


def _about_header(header: list[str], columns: tuple[str, ...], place: Place) -> Iterator[Finding]:
    """Generate what is wrong with the first line of a CSV file."""
    if not set(header) & set(columns):
        hint = "save it as a CSV whose cells are parted by commas" if len(header) == 1 and header[0] else ""
        hint = "delete this line, which only Excel reads" if header[0:1] == ["sep="] else hint
        hint = "write half-width commas" if "，" in "".join(header) else hint
        found, expected = ",".join(header), ",".join(columns)
        yield Finding("csv.column", "the first line is not the header", place, found, expected, hint)
        return
    for column in header:
        if column not in columns:
            yield Finding("csv.column", "unknown column", place, column, hint=_column_hint(column, columns))
    for column in columns:
        if column not in header:
            yield Finding("csv.column", f"the column {column} is missing", place, expected=",".join(columns))
    for column in columns:
        if header.count(column) > 1:
            yield Finding("csv.column", "the column stands twice", place, column)


def _column_hint(column: str, columns: tuple[str, ...]) -> str:
    if not column:
        return "delete the empty column, or the comma at the end of each line"
    return "write half-width commas" if "，" in column else settings.nearest(column, columns)
