"""The YAML files of the data folder as pydantic models: what each may say, key by key.

A model holds what one file or entry says by itself. What entries say of each other, such as an id that another file
must have, is for the reader of the folder to look up; what the keys mean is in the README.
"""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from xdreport import settings, severities
from xdreport.catalog import Good, Kind, Level, Measure
from xdreport.settings import Flag, Id, Line, Number, Periods, PeriodText, Settings, Title, Whole, Words


def check_code(text: str) -> str:
    """Return the code of a check; raise ValueError, with the nearest ones, for another word."""
    if text not in severities.USUAL:
        raise ValueError("the code of a check, such as check.jump", settings.nearest(text, severities.USUAL))
    return text


CheckCode = Annotated[str, AfterValidator(check_code)]


def _digest(text: str) -> str:
    """Return a SHA-256 as it is written; raise ValueError for what is none."""
    if text and not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("a SHA-256 in 64 hexadecimal digits, as the import writes it")
    return text


Digest = Annotated[str, AfterValidator(_digest)]


class Area(Settings):
    """An area of workspace.yaml, under its id in `areas`."""

    name: Title
    english: Line = ""
    code: Line = ""
    level: Level = Level.DISTRICT
    within: str = ""
    members: dict[Level, Annotated[Whole, Field(ge=1)]] = Field(default_factory=dict)


class Office(Settings):
    """The office that issues the briefings."""

    name: Title
    english: Line = ""


class NamedPeriod(Settings):
    """What a stretch of time is called, such as 十四五 for 2021/2025."""

    name: Title
    english: Line = ""


class Workspace(Settings):
    """workspace.yaml: the whole file is one of these."""

    title: Title
    area: Id
    areas: dict[Id, Area]
    office: Office | None = None
    periods: dict[PeriodText, NamedPeriod] = Field(default_factory=dict)
    language: Literal["zh", "en"] = "zh"
    template: Id = "briefing"
    units: tuple[Title, ...] = ()
    checks: dict[CheckCode, Literal["error", "warning", "note", "off"]] = Field(default_factory=dict)
    jump: Annotated[Number, Field(gt=1)] = Decimal(5)
    rounding: Literal["half_up", "half_even"] = "half_up"
    separators: Flag = False


class Source(Settings):
    """An entry of sources.yaml, under its id."""

    title: Title
    publisher: Line = ""
    date: Line = ""
    covers: PeriodText | None = None
    note: Words = ""
    file: Line = ""
    sha256: Digest = ""


class Section(Settings):
    """An entry of sections.yaml, under its id; `indicators` are ids, or globs over them."""

    title: Title
    english: Line = ""
    indicators: tuple[str, ...]


class Indicator(Settings):
    """An entry of indicators/<section>.yaml, under its id."""

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
    def _bounds_in_order(self) -> "Indicator":
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low to be no more than high, which is {self.high}")
        return self


class Chart(Settings):
    """An entry of charts.yaml, under its id."""

    section: str
    kind: Literal["column", "bar", "line", "column-line", "stacked", "ring"]
    title: Title
    english: Line = ""
    measure: Measure = Measure.LEVEL
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    periods: Periods
    second: Measure | None = None
    target: Flag = False
    highlight: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Chart":
        if (self.kind == "column-line") != (self.second is not None):
            raise ValueError("second, the measure of the line, for a column-line chart and for no other")
        if self.highlight and self.highlight not in {*self.indicators, *map(str, self.periods)}:
            raise ValueError("highlight to be one of the chart's own indicators or periods")
        return self


RankingColumn = Literal["place", "area", "value", "growth", "value_place", "growth_place", "share"]
_KEYS = {  # what each kind of table takes, beside what all do
    "ranking": {"within", "level", "columns", "order", "total"},
    "heat": {"periods", "rows", "within", "level", "scale", "colours"},
    "trend": {"periods"},
}


class Table(Settings):
    """An entry of tables.yaml, under its id."""

    section: str
    kind: Literal["ranking", "heat", "trend"]
    title: Title
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    measure: Measure | None = None
    periods: Periods | None = None
    rows: Literal["indicators", "areas"] = "indicators"
    within: str = ""
    level: Level | None = None
    columns: Annotated[tuple[RankingColumn, ...], Field(min_length=1)] | None = None
    order: Literal["best", "highest", "lowest"] = "best"
    total: Literal["top", "bottom", "none"] = "top"
    scale: Annotated[Number, Field(gt=0)] | None = None
    colours: Literal["rise", "good"] = "rise"
    note: Words = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Table":
        others = set().union(*_KEYS.values()) - _KEYS[self.kind]
        if wrong := sorted(others & self.model_fields_set):
            takes = ", ".join(sorted(_KEYS[self.kind]))
            raise ValueError(f"no {', '.join(wrong)} for a {self.kind} table, which takes {takes}")
        if self.kind == "ranking" and len(self.indicators) > 1:
            raise ValueError("one indicator for a ranking")
        if self.kind == "ranking" and self.measure not in {None, Measure.LEVEL, Measure.YOY}:
            raise ValueError("level or yoy as the measure that a ranking goes by")
        if self.kind == "heat" and self.measure is not None and not self.measure.is_rate:
            raise ValueError("a rate of growth as the measure of a heat table: yoy, mom, growth or avg_growth")
        if self.kind == "trend" and not self.periods:
            raise ValueError("periods for a trend, such as last 8 quarters")
        if self.kind == "heat" and not self.periods and self.rows == "indicators":
            raise ValueError("periods, or rows: areas, for a heat table")
        if self.kind == "heat" and self.periods and self.rows == "areas" and len(self.indicators) > 1:
            raise ValueError("one indicator for a heat table of areas by periods")
        return self


class Picture(Settings):
    """An entry of images/images.yaml, under its id."""

    file: Title
    section: str
    alternative: Title
    caption: Words = ""
    credit: Words = ""
    period: PeriodText | None = None
