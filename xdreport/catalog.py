"""What the data folder says: sources, sections, indicators, observations and names, and how they are looked up.

A reader fills a `Catalog`; everything after it only asks. A record's `place` says where in
the folder it stands and is no part of its equality.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal

from xdreport.findings import Place, Severity
from xdreport.period import Period
from xdreport.timeline import Timeline
from xdreport.unit import PERCENT, PLACE, Unit

_DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})", re.ASCII)


class Measure(StrEnum):
    """What an observation says about its indicator."""

    LEVEL = "level"
    YOY = "yoy"
    MOM = "mom"
    GROWTH = "growth"
    AVG_GROWTH = "avg_growth"
    SHARE = "share"
    TARGET = "target"
    COMPLETION = "completion"
    RANK_COUNTRY = "rank_country"
    RANK_PROVINCE = "rank_province"
    RANK_CITY = "rank_city"
    RANK_DISTRICT = "rank_district"

    __hash__ = str.__hash__  # a measure is in the key of each figure, and an enumeration's own hash is slow

    @property
    def is_rank(self) -> bool:
        """True when the value is a place in an order, where smaller is better."""
        return self in _RANKS

    @property
    def is_rate(self) -> bool:
        """True when the value is a rate of change in %."""
        return self in _RATES


_RANKS = frozenset({Measure.RANK_COUNTRY, Measure.RANK_PROVINCE, Measure.RANK_CITY, Measure.RANK_DISTRICT})
_RATES = frozenset({Measure.YOY, Measure.MOM, Measure.GROWTH, Measure.AVG_GROWTH})


class Kind(StrEnum):
    """What sort of number an indicator's level is."""

    LEVEL = "level"
    RATE = "rate"
    RANK = "rank"
    RATIO = "ratio"
    SHARE = "share"
    INDEX = "index"


class Good(StrEnum):
    """Whether a rise is good news."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Qualifier(StrEnum):
    """The word a source puts round a figure that it does not give exactly."""

    OVER_A_LITTLE = "余"
    OVER = "超"
    PAST = "突破"
    NEARLY = "近"
    AT_LEAST = "以上"
    ABOUT = "约"
    WITHIN = "前"


class Status(StrEnum):
    """How settled a figure is; a doubtful one is kept as reported, and its note is printed with it."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    REVISED = "revised"
    DOUBTFUL = "doubtful"


class Level(StrEnum):
    """A level of administration: of an area, or of the body that gave an honour."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"

    @classmethod
    def of(cls, name: str, *, is_in_city: bool = False) -> "Level":
        """Return the level that an area's name ends in; a 市 within a city is one of its districts."""
        if name.endswith(("省", "自治区")):
            return cls.PROVINCE
        if name.endswith(("市", "自治州", "盟")) and not is_in_city:
            return cls.CITY
        return cls.TOWN if name.endswith(("镇", "乡", "街道", "街道办事处", "办事处", "管委会")) else cls.DISTRICT


@dataclass(frozen=True, slots=True)
class Area:
    """A place that figures are about; `within` is the id of the area it belongs to, "" at the top.

    `members` counts the areas in it by level where that is known, so that a rank among them can be checked.
    """

    id: str
    name: str
    english: str = ""
    code: str = ""
    level: Level = Level.DISTRICT
    within: str = ""
    members: Mapping[Level, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder as a whole: its area, the office that issues, words for periods, defaults.

    `severities` are those the folder sets for findings, by code, None for one it does not want; a level that is
    `jump` times the one before it, or that part of it, is a finding. `rounding` is half_up, or half_even as in
    GB/T 8170; `separators` stand between thousands, which Chinese text does without.
    """

    title: str
    area: str
    areas: Mapping[str, Area]
    office: str = ""
    office_english: str = ""
    periods: Mapping[Period, tuple[str, str]] = field(default_factory=dict)
    template: str = "briefing"
    language: str = "zh"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    jump: Decimal = Decimal(5)
    rounding: Literal["half_up", "half_even"] = "half_up"
    separators: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that figures come from; `date` is as exact as the publication says.

    Of a workbook that was imported, `file` is the name and `sha256` the hash of its bytes in hexadecimal digits.
    """

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    covers: Period | None = None
    note: str = ""
    file: str = ""
    sha256: str = ""
    place: Place | None = field(default=None, compare=False)


def published(source: Source) -> date | None:
    """Return the day of a source's publication, None where the folder does not say it to the day."""
    match = _DAY.match(source.date)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a report; `indicators` are globs over indicator ids, in the order they print."""

    id: str
    title: str
    english: str
    indicators: tuple[str, ...]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure means and how it prints. `decimals` None prints the digits as reported."""

    id: str
    section: str
    name: str
    unit: Unit
    english: str = ""
    aliases: tuple[str, ...] = ()
    decimals: int | None = None
    kind: Kind = Kind.LEVEL
    is_flow: bool = True
    good: Good = Good.NONE
    price: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    parts_of: str = ""
    denominator: str = ""
    tags: tuple[str, ...] = ()
    meaning: str = ""
    place: Place | None = field(default=None, compare=False)

    def unit_of(self, measure: Measure) -> Unit:
        """Return the unit of the values of one of its measures."""
        if measure.is_rank:
            return PLACE
        if measure in {Measure.LEVEL, Measure.TARGET}:
            return self.unit
        return PERCENT


Key = tuple[str, str, Period, Measure]


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as a source reports it, with the digits it reports."""

    indicator: str
    area: str
    period: Period
    measure: Measure
    value: Decimal
    qualifier: Qualifier | None
    source: str
    locator: str
    status: Status = Status.FINAL
    as_of: date | None = None
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        """What it is a figure of; two rows with one key are revisions of each other."""
        return (self.indicator, self.area, self.period, self.measure)


def places(*rows: Observation) -> tuple[Place, ...]:
    """Return where rows stand, for a finding that rests on them."""
    return tuple(row.place for row in rows if row.place)


@dataclass(frozen=True, slots=True)
class Honour:
    """A title or award."""

    id: str
    section: str
    title: str
    holder: str
    level: Level
    period: Period
    awarded_by: str
    source: str
    locator: str
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A project, mechanism, platform or event that prose names; its digits are no figures."""

    id: str
    section: str
    kind: str
    name: str
    period: Period | None
    source: str
    locator: str
    note: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart that a section may show: indicators along one axis, periods along the other, some of which may be
    counted back from the period of the report.

    `second` is a measure of the same indicators on a second axis, `target` asks for the line of the last period's
    target, `highlight` is the id of the indicator or period that stands out.
    """

    id: str
    section: str
    kind: str
    title: str
    english: str
    measure: Measure
    indicators: tuple[str, ...]
    periods: tuple[Period | Timeline, ...]
    second: Measure | None = None
    target: bool = False
    highlight: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def is_relative(self) -> bool:
        """True when its periods go with those of the report."""
        return any(isinstance(item, Timeline) for item in self.periods)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table that a section may show beside its own: a `ranking` of areas, a `heat` table of growth, a `trend`.

    `within` and `level` say which areas: see `hierarchy`. `order` and `total` are a ranking's, the rows of a heat table
    are `indicators` or `areas`; `scale` is the value at which its colours are deepest, None for one by its figures, and
    `turned` ones colour a fall that is good as a rise. A table without `periods` shows the report's own.
    """

    id: str
    section: str
    kind: str
    title: str
    indicators: tuple[str, ...]
    measure: Measure
    periods: tuple[Period | Timeline, ...] = ()
    rows: str = "indicators"
    within: str = ""
    level: Level | None = None
    columns: tuple[str, ...] = ()
    order: str = "best"
    total: str = "top"
    scale: Decimal | None = None
    turned: bool = False
    note: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def is_relative(self) -> bool:
        """True when its periods go with those of the report."""
        return any(isinstance(item, Timeline) for item in self.periods)


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """A picture of images/: its file, what is said of it, and the section it belongs to.

    `caption` and `credit` are sentences that may call the functions of prose; `period` None serves any period.
    """

    id: str
    path: Path
    section: str
    alternative: str
    caption: str = ""
    credit: str = ""
    period: Period | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The prose of a section for a period; `period` None serves any period.

    `area` is whose prose it is: "" for the workspace's area, the id of another, or a level for all areas of it.
    """

    section: str
    period: Period | None
    text: str
    place: Place
    area: str = ""


@dataclass(frozen=True)
class Catalog:
    """Everything a data folder holds, in the folder's order."""

    root: str
    workspace: Workspace
    sources: Mapping[str, Source]
    sections: Mapping[str, Section]
    indicators: Mapping[str, Indicator]
    observations: tuple[Observation, ...]
    honours: tuple[Honour, ...] = ()
    names: Mapping[str, Name] = field(default_factory=dict)
    charts: tuple[ChartSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    pictures: tuple[PictureSpec, ...] = ()

    @cached_property
    def _indexed(self) -> tuple[dict[Key, Observation], dict[Key, list[Observation]]]:
        """The newest revision of each figure, and all revisions, the oldest first, of those few that have several."""
        newest: dict[Key, Observation] = {}
        several: dict[Key, list[Observation]] = {}
        for row in self.observations:
            first = newest.setdefault(row.key, row)
            if first is not row:
                several.setdefault(row.key, [first]).append(row)
        for key, revisions in several.items():
            revisions.sort(key=lambda row: row.as_of or date.min)
            newest[key] = revisions[-1]
        return newest, several

    def as_of(self, day: date) -> "Catalog":
        """Return the catalog as it was known on a day: without the rows that are dated later. A row without a date
        has always been known."""
        known = tuple(row for row in self.observations if row.as_of is None or row.as_of <= day)
        return replace(self, observations=known)

    def revisions(self, row: Observation) -> tuple[Observation, ...]:
        """Return all revisions of the figure that a row is one of, the oldest first."""
        _, several = self._indexed
        return tuple(several.get(row.key) or [row])

    def former(self, row: Observation, since: date | None = None) -> Observation | None:
        """Return what the newest revision of a figure has taken the place of: the last one that says another value, or,
        with `since`, the one that was known on that day. None where the value has not been revised, or not since."""
        *earlier, newest = self.revisions(row)
        if since is not None:
            earlier = [it for it in (*earlier, newest) if it.as_of is None or it.as_of <= since][-1:]
        differing = [it for it in earlier if (it.value, it.qualifier) != (newest.value, newest.qualifier)]
        return differing[-1] if differing else None

    def revised_on(self, row: Observation) -> date | None:
        """Return the day on which a figure got the value that it has now, None where it always had it."""
        changed: date | None = None
        for old, new in pairwise(self.revisions(row)):
            if (old.value, old.qualifier) != (new.value, new.qualifier):
                changed = new.as_of
        return changed

    def known_on(self, row: Observation) -> date:
        """Return the last day of which can be told that a row was right: its own, that of its source, or the end of its
        period."""
        days = [row.period.ends, *filter(None, [row.as_of])]
        if row.source in self.sources and (day := published(self.sources[row.source])):
            days.append(day)
        return max(days)

    @property
    def _by_key(self) -> dict[Key, Observation]:
        return self._indexed[0]

    @cached_property
    def current(self) -> tuple[Observation, ...]:
        """The newest revision of each figure, in the order of the folder."""
        return tuple(self._by_key.values())

    @cached_property
    def revised(self) -> tuple[tuple[Observation, ...], ...]:
        """The revisions of each figure that has more than one, the oldest first."""
        return tuple(map(tuple, self._indexed[1].values()))

    @cached_property
    def levels(self) -> Mapping[tuple[str, str], tuple[Observation, ...]]:
        """The newest level of each period of an indicator in an area, by when the periods end, the shorter first."""
        found: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for row in self.current:
            if row.measure is Measure.LEVEL:
                found[row.indicator, row.area].append(row)
        return {
            key: tuple(sorted(rows, key=lambda row: (row.period.last, -row.period.first)))
            for key, rows in found.items()
        }

    @cached_property
    def _by_indicator(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for row in self.observations:
            found[row.indicator].append(row)
        return dict(found)

    def of(self, indicator: str) -> tuple[Observation, ...]:
        """Return all rows of an indicator, revisions too, in the order of the folder."""
        return tuple(self._by_indicator.get(indicator, ()))

    @cached_property
    def _by_end(self) -> dict[tuple[str, str, int, Measure], Observation]:
        """Stocks by the month they end in; the longest period wins, as the year does over its last quarter."""
        found: dict[tuple[str, str, int, Measure], Observation] = {}
        for (indicator, area, period, measure), row in self._by_key.items():
            if indicator in self.indicators and not self.indicators[indicator].is_flow and not measure.is_rate:
                key = (indicator, area, period.last, measure)
                if key not in found or found[key].period.months < period.months:
                    found[key] = row
        return found

    def exact(self, indicator: str, area: str, period: Period, measure: Measure) -> Observation | None:
        """Return the newest revision of the row for just this period, None when there is none."""
        return self._by_key.get((indicator, area, period, measure))

    def find(self, indicator: str, area: str, period: Period, measure: Measure) -> Observation | None:
        """Return the row for the period or, for a stock, the row of a period that ends on the same day."""
        found = self.exact(indicator, area, period, measure)
        return found or self._by_end.get((indicator, area, period.last, measure))

    def indicators_of(self, section: str) -> tuple[Indicator, ...]:
        """Return the indicators that belong to a section, in the order of their files."""
        return tuple(indicator for indicator in self.indicators.values() if indicator.section == section)

    def rows(self, indicator: str, area: str, period: Period) -> Iterator[Observation]:
        """Generate what is known of an indicator in a period, a row a measure, in the order of `Measure`."""
        for measure in self._measures:
            if row := self.find(indicator, area, period, measure):
                yield row

    @cached_property
    def _measures(self) -> tuple[Measure, ...]:
        """The measures that the folder has any row of: few folders have all."""
        known = {row.measure for row in self.observations}
        return tuple(measure for measure in Measure if measure in known)

    def narrative(self, section: str, period: Period, area: Area | None = None) -> Narrative | None:
        """Return the prose for a section in a period: its own, else the section's default, else None.

        Prose is written for one area, the workspace's without one, or for all of a level; that for just the area wins.
        """
        own = [text for text in self.narratives if text.section == section]
        for whose in self.pens(area):
            for wanted in (period, None):
                for text in own:
                    if text.period == wanted and text.area == whose:
                        return text
        return None

    def pens(self, area: Area | None = None) -> tuple[str, ...]:
        """Return what prose for an area may be marked with, the nearest first."""
        if area is None or area.id == self.workspace.area:
            area = self.workspace.areas[self.workspace.area]
            return (area.id, "", area.level.value)
        return (area.id, area.level.value)
