"""The data folder → a `Catalog`, or every fault of the folder with its file and line.

The folder's layout is described in the README. Rows are read as text and parsed by `cells`;
whether the figures are plausible is for `checks` to say.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from xdreport import cells, settings, severities, unit
from xdreport.catalog import (
    Area,
    Catalog,
    ChartSpec,
    Good,
    Honour,
    Indicator,
    Kind,
    Level,
    Measure,
    Name,
    Narrative,
    Observation,
    PictureSpec,
    Qualifier,
    Section,
    Source,
    Status,
    Workspace,
)
from xdreport.findings import Failed, Finding, Place, Severity, Unusable
from xdreport.period import Period
from xdreport.settings import Flag, Id, Line, Number, PeriodText, Settings, Title, Whole, Words

_SHEETS = {".xlsx", ".xls", ".et", ".ods"}  # a table that Excel, WPS or LibreOffice saved in a form of its own
_LARGEST_CSV = 512 * 1024 * 1024  # bytes: far above a million rows
OBSERVATION_COLUMNS = (
    "indicator", "area", "period", "measure", "value", "qualifier", "source", "locator", "status", "as_of", "note",
)  # fmt: skip
HONOUR_COLUMNS = (
    "id", "section", "title", "holder", "level", "period", "awarded_by", "source", "locator", "note",
)  # fmt: skip
NAME_COLUMNS = ("id", "section", "kind", "name", "period", "source", "locator", "note")
FILES = ("workspace.yaml", "sources.yaml", "sections.yaml", "honours.csv", "names.csv", "charts.yaml")
FOLDERS = ("indicators", "observations", "narratives", "images", "fonts", "templates")
NAME_KINDS = ("project", "mechanism", "platform", "plan", "event", "brand", "enterprise", "place", "product")


def _code(text: str) -> str:
    """Return the code of a check; raise ValueError, with the nearest ones, for another word."""
    if text not in severities.USUAL:
        raise ValueError("the code of a check, such as check.jump", settings.nearest(text, severities.USUAL))
    return text


_Code = Annotated[str, AfterValidator(_code)]


class _Area(Settings):
    name: Title
    english: Line = ""
    code: Line = ""
    level: Level = Level.DISTRICT
    within: str = ""
    members: dict[Level, Annotated[Whole, Field(ge=1)]] = Field(default_factory=dict)


class _Office(Settings):
    name: Title
    english: Line = ""


class _NamedPeriod(Settings):
    name: Title
    english: Line = ""


class _Workspace(Settings):
    title: Title
    area: Id
    areas: dict[Id, _Area]
    office: _Office | None = None
    periods: dict[PeriodText, _NamedPeriod] = Field(default_factory=dict)
    language: Literal["zh", "en"] = "zh"
    template: Id = "briefing"
    units: tuple[Title, ...] = ()
    checks: dict[_Code, Literal["error", "warning", "note", "off"]] = Field(default_factory=dict)
    jump: Annotated[Number, Field(gt=1)] = Decimal(5)
    rounding: Literal["half_up", "half_even"] = "half_up"
    separators: Flag = False


class _Source(Settings):
    title: Title
    publisher: Line = ""
    date: Line = ""
    covers: PeriodText | None = None
    note: Words = ""


class _Section(Settings):
    title: Title
    english: Line = ""
    indicators: tuple[str, ...]


class _Indicator(Settings):
    name: Title
    kind: Kind = Kind.LEVEL
    unit: Annotated[Line, Field(validate_default=True)] = ""  # for an index alone
    english: Line = ""
    aliases: tuple[Title, ...] = ()
    decimals: Annotated[Whole, Field(ge=0, le=9)] | None = None
    flow: Flag = True
    good: Good = Good.NONE
    price: Literal["", "current", "constant"] = ""
    low: Number | None = None
    high: Number | None = None
    parts_of: str = ""
    denominator: str = ""
    tags: tuple[Id, ...] = ()
    meaning: Words = ""

    @field_validator("unit", mode="before")
    @classmethod
    def _has_unit(cls, value: object, others: ValidationInfo) -> object:
        if not value and others.data.get("kind") is not Kind.INDEX:
            raise PydanticCustomError("missing", "Field required")
        return value

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "_Indicator":
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low to be no more than high, which is {self.high}")
        return self


class _Chart(Settings):
    section: str
    kind: Literal["column", "bar", "line", "column-line", "stacked", "ring"]
    title: Title
    english: Line = ""
    measure: Measure = Measure.LEVEL
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    periods: Annotated[tuple[PeriodText, ...], Field(min_length=1)]
    second: Measure | None = None
    target: Flag = False
    highlight: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "_Chart":
        if (self.kind == "column-line") != (self.second is not None):
            raise ValueError("second, the measure of the line, for a column-line chart and for no other")
        if self.highlight and self.highlight not in {*self.indicators, *(period.id for period in self.periods)}:
            raise ValueError("highlight to be one of the chart's own indicators or periods")
        return self


class _Picture(Settings):
    file: Title
    section: str
    alternative: Title
    caption: Words = ""
    credit: Words = ""
    period: PeriodText | None = None


# What a person types who thinks in Chinese, and the word that it stands for.
_MEANT = {
    "数值": "level", "总量": "level", "绝对值": "level", "同比": "yoy", "同比增长": "yoy", "环比": "mom",
    "增长": "growth", "年均": "avg_growth", "年均增长": "avg_growth", "占比": "share", "比重": "share",
    "目标": "target", "完成率": "completion", "全国排名": "rank_country", "全省排名": "rank_province",
    "全市排名": "rank_city", "初步": "preliminary", "快报": "preliminary", "最终": "final", "修订": "revised",
    "存疑": "doubtful", "国家级": "country", "省级": "province", "市级": "city", "区级": "district",
    "县区级": "district", "乡镇级": "town",
}  # fmt: skip
_WAYS_OUT = {
    "area": "add it to areas in workspace.yaml",
    "indicator": "add it to the section's file in indicators/",
    "section": "add it to sections.yaml",
    "source": "add it to sources.yaml",
}
Value = TypeVar("Value")
Record = TypeVar("Record")


@dataclass
class _Folder:
    """A folder while it is read: where it is, and what was found wrong so far."""

    root: Path
    findings: list[Finding]

    def shown(self, path: Path) -> str:
        """Return the path as a person would look it up: below the folder's own name."""
        return (Path(self.root.name) / path.relative_to(self.root)).as_posix()

    def fault(
        self, code: str, message: str, place: Place | None, found: str | None = None, expected: str = "", hint: str = ""
    ) -> None:
        """Note one fault of the folder."""
        self.findings.append(Finding(code, message, place, found, expected, hint))

    def unknown(self, what: str, place: Place | None, found: str, known: Iterable[str], hint: str = "") -> None:
        """Note a reference to something that the folder does not have, with the nearest it has."""
        hint = settings.nearest(found, known) or hint or _WAYS_OUT[what]
        self.fault(f"reference.{what}", f"unknown {what}", place, found, hint=hint)

    def tree(self, name: str, is_optional: bool = False) -> settings.Tree:
        """Return a YAML file's tree; an empty one, with a finding unless it is optional, when it is missing."""
        path = self.root / name
        empty = settings.Tree({}, {(): Place(self.shown(path))})
        if not self.has(path, is_optional):
            return empty
        try:
            tree = settings.read(path, self.shown(path))
        except Failed as failed:
            self.findings += failed.findings
            return empty
        if not isinstance(tree.content, dict):
            place = Place(self.shown(path), 1)
            self.fault("yaml.value", "the file must be a mapping (key: value)", place)
            return empty
        return tree

    def has(self, path: Path, is_optional: bool = False) -> bool:
        """Return whether a file stands there; what stands in its place is a fault, so is nothing for one needed."""
        if path.is_file():
            return True
        if path.is_dir():
            self.fault("folder.missing-file", "a folder stands where a file belongs", Place(self.shown(path)))
        elif path.is_symlink():
            self.fault("folder.missing-file", "the link leads to no file", Place(self.shown(path)))
        elif path.exists():  # a pipe or a device, which could be read for ever
            self.fault("folder.missing-file", "what stands there is no file", Place(self.shown(path)))
        elif not is_optional:
            self.fault("folder.missing-file", "the file is missing", Place(self.shown(path)))
        return False

    def inside(self, name: str) -> list[Path]:
        """Return what a subfolder holds, in the order of names, without what the system or an open Excel left."""
        path = self.root / name
        if path.is_dir():
            return sorted(one for one in _under(path) if not one.name.startswith((".", "~$")))
        if path.exists() or path.is_symlink():
            self.fault("folder.missing-file", "a file stands where a folder belongs", Place(self.shown(path)))
        return []

    def entries(self, model: type[settings.Model], tree: settings.Tree) -> Iterator[tuple[str, settings.Model, Place]]:
        """Generate id, settings and place of each entry of a file that is one mapping by id."""
        for key in tree.content:
            place = tree.places[(key,)]
            try:
                cells.identifier(key)
                yield key, settings.validate(model, tree, (key,)), place
            except ValueError as error:
                self.fault("yaml.value", "an id cannot be read", place, key, error.args[0])
            except Failed as failed:
                self.findings += failed.findings


def _under(folder: Path) -> Iterator[Path]:
    """Generate what is in a folder and the folders in it. One that may not be read raises OSError; glob would pass it
    by, and its figures or prose would be missing without a word."""
    for path in folder.iterdir():
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _under(path)


def read(path: Path) -> Catalog:
    """Return the catalog that the folder at `path` holds.

    Raise `Failed` with every fault found in it, `Unusable` when it is no data folder.
    """
    if not (path / "workspace.yaml").is_file():
        hint = "a data folder has a workspace.yaml; name one with --data"
        raise Unusable([Finding("folder.not-found", "this is no data folder", Place(str(path)), hint=hint)])
    folder = _Folder(path, [])
    _look_round(folder)
    workspace, units = _workspace(folder)
    sources = {
        id: Source(id, entry.title, entry.publisher, entry.date, entry.covers, entry.note, place)
        for id, entry, place in folder.entries(_Source, folder.tree("sources.yaml"))
    }
    sections = {
        id: Section(id, entry.title, entry.english, entry.indicators, place)
        for id, entry, place in folder.entries(_Section, folder.tree("sections.yaml"))
    }
    indicators = _indicators(folder, sections, units)
    known = _Known(folder, workspace, sources, sections, indicators)
    catalog = Catalog(
        root=str(path),
        workspace=workspace,
        sources=sources,
        sections=sections,
        indicators=indicators,
        observations=_observations(known),
        honours=tuple(_unique(known, _rows(folder, "honours.csv", HONOUR_COLUMNS, known.honour))),
        names={name.id: name for name in _unique(known, _rows(folder, "names.csv", NAME_COLUMNS, known.name))},
        charts=tuple(_charts(known)),
        narratives=tuple(_narratives(known)),
        pictures=tuple(_pictures(known)),
    )
    if folder.findings:
        raise Failed(_gathered(_without_echoes(folder)))
    return catalog


def _look_round(folder: _Folder) -> None:
    """Note what stands beside workspace.yaml as if it belonged to the folder, but would not be read."""
    for path in sorted(folder.root.iterdir()):
        near = settings.nearest(path.name, FOLDERS if path.is_dir() else FILES)
        is_ours = path.suffix in {".csv", ".yaml", ".yml"} or (path.is_dir() and near)
        if is_ours and path.name not in FILES + FOLDERS and not path.name.startswith((".", "~$")):
            expected = "one of " + ", ".join(FOLDERS if path.is_dir() else FILES)
            place = Place(folder.shown(path))
            hint = near or "move it out of the data folder"
            folder.fault("folder.stray-file", "this would not be read", place, path.name, expected, hint)


# What a fault in a list of ids would echo: the rows and files that name what the list does not give.
_ECHOES = {
    "sources.yaml": {"reference.source"},
    "indicators": {"reference.indicator"},
    "sections.yaml": {"reference.section", "reference.indicator", "folder.stray-file"},
}


def _without_echoes(folder: _Folder) -> Iterator[Finding]:
    """Generate the findings without those that only follow from a list that could not be read itself."""
    echoes: set[str] = set()
    for finding in folder.findings:
        name = finding.place.file.removeprefix(f"{folder.root.name}/").split("/")[0] if finding.place else ""
        if finding.code.startswith(("yaml.", "file.", "folder.missing")):
            echoes |= _ECHOES.get(name, set())
    for finding in folder.findings:
        if finding.code not in echoes:
            yield finding


def _gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in the order of their places, one for all rows of a file that have the same wrong word."""
    found: dict[Any, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.place or Place("")):
        is_word = finding.code.startswith(("reference.", "cell.period", "cell.choice")) and finding.found
        key = (finding.code, finding.found, finding.place.file) if is_word and finding.place else id(finding)
        found.setdefault(key, []).append(finding)
    return [
        replace(first, message=f"{first.message} (and so on {len(more)} more lines)") if len(more) > 1 else first
        for first, *more in found.values()
    ]


def _workspace(folder: _Folder) -> tuple[Workspace, tuple[str, ...]]:
    tree = folder.tree("workspace.yaml")
    if not tree.content:
        raise Failed(folder.findings or [Finding("yaml.value", "the file is empty", tree.place(()))])
    try:
        entry = settings.validate(_Workspace, tree)
    except Failed as failed:
        raise Failed([*folder.findings, *failed.findings]) from None  # every other file leans on this one
    names = tree.content.get("periods", {})
    if len(entry.periods) < len(names):
        found = ", ".join(names)
        folder.fault("duplicate.period", "a stretch of time is named twice", tree.place(("periods",)), found)
    areas = {
        id: Area(id, area.name, area.english, area.code, area.level, area.within, area.members)
        for id, area in entry.areas.items()
    }
    for id, area in areas.items():
        if area.within and (area.within not in areas or area.within == id):
            place = tree.place(("areas", id, "within"))
            folder.unknown("area", place, area.within, areas)
    for id in _circles({id: area.within for id, area in areas.items()}):
        place = tree.place(("areas", id, "within"))
        folder.fault("reference.area", "areas lie in each other in a circle", place, areas[id].within)
    if entry.area not in areas:
        folder.unknown("area", tree.place(("area",)), entry.area, areas, "areas lists those there are")
    workspace = Workspace(
        title=entry.title,
        area=entry.area,
        areas=areas,
        office=entry.office.name if entry.office else "",
        office_english=entry.office.english if entry.office else "",
        periods={period: (named.name, named.english) for period, named in entry.periods.items()},
        template=entry.template,
        language=entry.language,
        severities={code: None if word == "off" else Severity(word) for code, word in entry.checks.items()},
        jump=entry.jump,
        rounding=entry.rounding,
        separators=entry.separators,
    )
    return workspace, entry.units


def _indicators(folder: _Folder, sections: dict[str, Section], units: Iterable[str]) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    places: dict[str, tuple[Place, settings.Tree]] = {}
    for path in _files(folder, "indicators", ".yaml", sections):
        tree = folder.tree(f"indicators/{path.name}")
        for id, entry, place in folder.entries(_Indicator, tree):
            if id in found:
                folder.fault(
                    "duplicate.indicator", f"the indicator stands twice, first at {found[id].place}", place, id
                )
                continue
            try:
                its_unit = unit.parse(entry.unit, units) if entry.unit else unit.NONE
            except ValueError:
                hint = "add its base to units in workspace.yaml"
                folder.unknown("unit", tree.place((id, "unit")), entry.unit, unit.BASES, hint)
                its_unit = unit.PERCENT
            found[id] = Indicator(
                id=id, section=path.stem, name=entry.name, unit=its_unit, english=entry.english, aliases=entry.aliases,
                decimals=entry.decimals, kind=entry.kind, is_flow=entry.flow, good=entry.good, price=entry.price,
                low=entry.low, high=entry.high, parts_of=entry.parts_of, denominator=entry.denominator,
                tags=entry.tags, meaning=entry.meaning, place=place,
            )  # fmt: skip
            places[id] = place, tree
    for id, indicator in found.items():
        for key, other in (("parts_of", indicator.parts_of), ("denominator", indicator.denominator)):
            if other == id:
                its_place = places[id][1].place((id, key))
                folder.fault("reference.indicator", f"{key} names the indicator itself", its_place, other)
            elif other and other not in found:
                folder.unknown("indicator", places[id][1].place((id, key)), other, found)
    for key in ("parts_of", "denominator"):
        for id in _circles({id: getattr(indicator, key) for id, indicator in found.items()}):
            message = f"{key} leads back to the indicator itself"
            folder.fault("reference.indicator", message, places[id][1].place((id, key)), getattr(found[id], key))
    for id in found:
        if any(_matches(id, section.indicators) for section in sections.values()):
            continue
        hint = "add it to indicators of a section in sections.yaml"
        folder.fault("reference.section", "no section takes the indicator", places[id][0], id, hint=hint)
    for section in sections.values():
        for glob in section.indicators:
            if "*" not in glob and glob not in found:
                folder.unknown("indicator", section.place, glob, found)
    return found


def _circles(above: Mapping[str, str]) -> Iterator[str]:
    """Generate the first id of each circle of two or more in which every id names the next one; "" names none."""
    done: set[str] = set()
    for first in above:
        chain: list[str] = []
        id = first
        while id in above and id not in done:
            done.add(id)
            chain.append(id)
            id = above[id]
        if id in chain[:-1]:
            yield id


def _matches(id: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(id, glob) for glob in globs)


def _files(folder: _Folder, name: str, suffix: str, sections: dict[str, Section]) -> Iterator[Path]:
    """Generate the files of a subfolder in the order of the sections they are named after."""
    paths = folder.inside(name)
    order = list(sections)
    for path in paths:
        if path.suffix != suffix or path.stem not in sections or path.parent.name != name:
            hint = settings.nearest(path.stem, sections) or "move it out of the data folder"
            if path.suffix in _SHEETS and suffix == ".csv":
                hint = "save it as CSV UTF-8"
            expected = f"<section>{suffix} with a section of sections.yaml"
            place = Place(folder.shown(path))
            folder.fault("folder.stray-file", "this would not be read", place, path.name, expected, hint)
    own = [folder.root / name / f"{section}{suffix}" for section in order]
    yield from (path for path in own if path in paths)


@dataclass
class _Known:
    """What rows may refer to, and the functions that turn a row into a record."""

    folder: _Folder
    workspace: Workspace
    sources: dict[str, Source]
    sections: dict[str, Section]
    indicators: dict[str, Indicator]

    def __post_init__(self) -> None:
        self._periods: dict[str, Period] = {}

    def observation(self, row: "_Row") -> Observation:
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
            area=row.known("area", self.workspace.areas, "reference.area"),
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

    def honour(self, row: "_Row") -> Honour:
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

    def name(self, row: "_Row") -> Name:
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

    def period(self, row: "_Row") -> Period:
        """Return the row's period; one value serves all rows that write it alike."""
        text = row["period"]
        if text in self._periods:
            return self._periods[text]
        period = row.read("period", Period.parse, _NO_PERIOD)
        if period is not _NO_PERIOD:
            self._periods[text] = period
        return period


_NO_PERIOD = Period.parse("2000")  # stands in a row that has a fault and is never used


class _Row:
    """One row of a CSV file: its cells by column, and the faults found while they are read."""

    __slots__ = ("_cells", "_faults", "place")

    def __init__(self, row: dict[str, str], place: Place, faults: "_Faults") -> None:
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
            hint = f"did you mean {' or '.join(named)}?" if named else settings.nearest(text, ids) or _WAYS_OUT[column]
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
class _Faults:
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


def _rows(folder: _Folder, name: str, columns: tuple[str, ...], record: Callable[[_Row], Record]) -> Iterator[Record]:
    """Generate a record for each sound row of a CSV file that has just these columns, in any order."""
    path = folder.root / name
    if not folder.has(path, is_optional=True):
        return
    shown = folder.shown(path)
    if path.stat().st_size > _LARGEST_CSV:
        message = f"the file is larger than {_LARGEST_CSV // 1024**2} MiB"
        folder.fault("csv.size", message, Place(shown))
        return
    try:
        text = settings.read_text(path, shown)
    except Failed as failed:
        folder.findings += failed.findings
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before, rows = 0, _Faults()
    try:
        header = next(reader, [])
        if not _is_header(folder, header, columns, shown):
            return
        before = reader.line_num
        for values in reader:
            place = Place(shown, before + 1)
            lines, before = reader.line_num - before, reader.line_num
            if not any(values):
                continue  # a row that Excel left behind
            rows.rows += 1
            if lines > 1:
                hint = "write it in one line; a quotation mark may be missing its partner"
                folder.fault("csv.line-break", "a cell has a line break in it", place, hint=hint)
            elif len(values) != len(header):
                message, expected = f"the row has {len(values)} cells", f"{len(header)} as in the header"
                rows.add("", Finding("csv.width", message, place, None, expected, _width_hint(values, header)))
            else:
                faults = rows.count
                found = record(_Row(dict(zip(header, values, strict=True)), place, rows))
                if rows.count == faults:
                    yield found
    except csv.Error as error:
        hint = "a quotation mark opens and closes a whole cell; inside one it is written twice"
        folder.fault("csv.syntax", f"the row cannot be read: {error}", Place(shown, before + 1), hint=hint)
    folder.findings += rows.findings()


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


def _is_header(folder: _Folder, header: list[str], columns: tuple[str, ...], shown: str) -> bool:
    place = Place(shown, 1)
    if not set(header) & set(columns):
        hint = "save it as a CSV whose cells are parted by commas" if len(header) == 1 and header[0] else ""
        hint = "delete this line, which only Excel reads" if header[0:1] == ["sep="] else hint
        hint = "write half-width commas" if "，" in "".join(header) else hint
        found, expected = ",".join(header), ",".join(columns)
        folder.fault("csv.column", "the first line is not the header", place, found, expected, hint)
        return False
    problems = [
        Finding("csv.column", "unknown column", place, column, hint=_column_hint(column, columns))
        for column in header
        if column not in columns
    ]
    problems += [
        Finding("csv.column", f"the column {column} is missing", place, expected=",".join(columns))
        for column in columns
        if column not in header
    ]
    problems += [
        Finding("csv.column", "the column stands twice", place, column)
        for column in columns
        if header.count(column) > 1
    ]
    folder.findings += dict.fromkeys(problems)
    return not problems


def _column_hint(column: str, columns: tuple[str, ...]) -> str:
    if not column:
        return "delete the empty column, or the comma at the end of each line"
    return "write half-width commas" if "，" in column else settings.nearest(column, columns)


def _observations(known: _Known) -> tuple[Observation, ...]:
    found: list[Observation] = []
    for path in _files(known.folder, "observations", ".csv", known.sections):
        found += _rows(known.folder, f"observations/{path.name}", OBSERVATION_COLUMNS, known.observation)
    seen: dict[tuple[Any, ...], Observation] = {}
    for row in found:
        first = seen.setdefault((*row.key, row.as_of), row)
        if first is not row:
            message = f"the figure stands twice, first at {first.place} as {first.value:f}"
            hint = "delete one, or give a revision its as_of date"
            known.folder.fault("duplicate.row", message, row.place, f"{row.value:f}", hint=hint)
    return tuple(found)


def _unique(known: _Known, records: Iterable[Record]) -> Iterator[Record]:
    """Generate the records whose id is new; each other one is a finding."""
    seen: dict[str, Any] = {}
    for record in records:
        id, place = record.id, record.place  # type: ignore[attr-defined]
        if id in seen:
            known.folder.fault("duplicate.row", f"the id stands twice, first at {seen[id].place}", place, id)
            continue
        seen[id] = record
        yield record


def _charts(known: _Known) -> Iterator[ChartSpec]:
    tree = known.folder.tree("charts.yaml", is_optional=True)
    for id, entry, place in known.folder.entries(_Chart, tree):
        units = set()
        if entry.section not in known.sections:
            known.folder.unknown("section", tree.place((id, "section")), entry.section, known.sections)
        for n, indicator in enumerate(entry.indicators):
            if indicator in known.indicators:
                units.add(known.indicators[indicator].unit_of(entry.measure).text)
                continue
            known.folder.unknown("indicator", tree.place((id, "indicators", n)), indicator, known.indicators)
        if len(units) > 1:
            found = ", ".join(sorted(units))
            known.folder.fault("chart.units", "one chart, two units", place, found, "one unit")
        yield ChartSpec(
            id, entry.section, entry.kind, entry.title, entry.english, entry.measure, entry.indicators, entry.periods,
            entry.second, entry.target, entry.highlight, place,
        )  # fmt: skip


def _pictures(known: _Known) -> Iterator[PictureSpec]:
    """Generate the pictures that images/images.yaml describes; a file without a description is a fault."""
    folder = known.folder
    name = "images/images.yaml"
    files = {path.name: path for path in folder.inside("images") if path.name != "images.yaml"}
    tree = folder.tree(name, is_optional=not files)
    described = set()
    for id, entry, place in folder.entries(_Picture, tree):
        described.add(entry.file)
        if entry.section not in known.sections:
            folder.unknown("section", tree.place((id, "section")), entry.section, known.sections)
        if entry.file not in files:
            hint = settings.nearest(entry.file, files) or "put the file into images/"
            folder.fault("image.missing", "there is no such picture", tree.place((id, "file")), entry.file, hint=hint)
            continue
        if not folder.has(files[entry.file]):
            continue
        yield PictureSpec(
            id, files[entry.file], entry.section, entry.alternative, entry.caption, entry.credit, entry.period, place
        )
    for file in files:
        if file not in described and tree.content:
            place = Place(folder.shown(files[file]))
            folder.fault("folder.stray-file", "this would not be read", place, file, hint=f"describe it in {name}")


def _narratives(known: _Known) -> Iterator[Narrative]:
    """Generate the prose of narratives/<section>/<period>.md; / of a period is written _ in the file's name."""
    folder = known.folder
    root = folder.root / "narratives"
    seen: dict[tuple[str, Period | None], Place] = {}
    for path in folder.inside("narratives"):
        if path.parent == root and path.is_dir() and not path.is_symlink():
            continue
        place = Place(folder.shown(path))
        section = path.parent.name
        if path.suffix != ".md" or path.parent.parent != root or section not in known.sections:
            expected = "narratives/<section>/<period>.md with a section of sections.yaml"
            hint = settings.nearest(section, known.sections)
            folder.fault("folder.stray-file", "this would not be read", place, path.name, expected, hint)
            continue
        if not folder.has(path):
            continue
        try:
            period = None if path.stem == "default" else Period.parse(path.stem.replace("_", "/"))
            first = seen.setdefault((section, period), place)
            if first != place:
                folder.fault("duplicate.narrative", f"the prose stands twice, first in {first}", place, path.stem)
            text = settings.read_text(path, folder.shown(path))
            yield Narrative(section, period, text, place)
        except ValueError as error:
            expected, *hints = error.args
            message, hint = "the file's name is no period", "".join(hints).replace("/", "_")
            folder.fault("folder.stray-file", message, place, path.stem, expected, hint)
        except Failed as failed:
            folder.findings += failed.findings
