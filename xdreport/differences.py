"""What differs between two reports, or between two periods of the data: figures added, dropped, revised, turned about.

Both sides are ledgers; a period of the data becomes one of all that is known of it. A figure is the same on both sides
when it is the same measure of the same indicator in the report's own period, or the same comparison of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from xdreport.calls import indicators_of
from xdreport.catalog import Measure
from xdreport.document import Figure
from xdreport.figures import Figures
from xdreport.ledger import Ledger, Record, Row
from xdreport.lookup import PhraseError
from xdreport.notation import MINUS, MISSING, digits
from xdreport.period import Period, name_of
from xdreport.scope import Scope
from xdreport.statements import FORMER

_MEASURES = {
    "level": "", "yoy": "同比增速", "mom": "环比增速", "growth": "增速", "avg_growth": "年均增速", "share": "占比",
    "target": "目标", "completion": "完成率", "rank_country": "全国位次", "rank_province": "全省位次",
    "rank_city": "全市位次",
    "rank_district": "全区位次",
}  # fmt: skip
_CALLS = {
    "change": "变化", "changes": "增速", "compare": "比较", "times": "倍数", "share": "占比", "contribution": "贡献",
    "target": "完成", "top": "排序",
}  # fmt: skip
_RATES = {"yoy", "mom", "growth", "avg_growth"}
_UP = ("_up", "faster", "narrowed", "to_positive", "loss_to_profit", "above", "ahead", "times", "doubled")
_DOWN = ("_down", "slower", "widened", "to_negative", "profit_to_loss", "below", "behind")


class Sort(StrEnum):
    """How a figure differs, the most telling first."""

    TURNED = "turned"
    RANK = "rank"
    REVISED = "revised"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that differs: what it is, what it was and is (— for none), and by how much."""

    sort: Sort
    name: str
    old: str
    new: str
    by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"sort": self.sort.value, "name": self.name, "old": self.old, "new": self.new, "by": self.by}


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    text: str
    value: Decimal | None
    way: int
    is_rank: bool
    is_exact: bool = True
    months: int = 0  # over which it is counted; 0 for what may be compared whatever its period


def between(old: Ledger, new: Ledger) -> list[Difference]:
    """Return what differs, the most telling first. Figures of one period are revised, those of two have changed."""
    before, after = _entries(old), _entries(new)
    same = old.periods == new.periods
    found = []
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            known = one or other
            assert known is not None
            sort = Sort.ADDED if one is None else Sort.DROPPED
            found.append(Difference(sort, known.name, one.text if one else MISSING, other.text if other else MISSING))
        elif (one.value, one.way) != (other.value, other.way) or (one.value is None and one.text != other.text):
            found.append(_differing(one, other, same))
    order = list(Sort)
    return sorted(found, key=lambda it: order.index(it.sort))


def of_period(scope: Scope, figures: Figures, as_of: date | None = None) -> Ledger:
    """Return the ledger of all that the data know of a scope's indicators in the period of `figures`; `as_of` is the
    day on which it was known."""
    records: list[Record] = []
    for indicator in scope.indicators:
        rows = list(figures.catalog.rows(indicator.id, figures.area.id, figures.own_period))
        for row in rows:
            try:
                figure = figures.growth(row) if row.measure.is_rate else figures.printed(row)
            except PhraseError:
                figure = figures.plain(row)
            records.append(Record.of(len(records) + 1, figure))
        level = next((row for row in rows if row.measure is Measure.LEVEL), None)
        if level and not any(row.measure.is_rate for row in rows):
            computed = figures.computed(level)
            records += [Record.of(len(records) + 1, computed)] if isinstance(computed, Figure) else []
    workspace = figures.catalog.workspace
    about = {
        "periods": [figures.own_period.id],
        "indicators": {it.id: {"name": it.name, "flow": it.is_flow} for it in scope.indicators},
        "areas": {it.id: it.name for it in workspace.areas.values()},
        "area": figures.area.id,
        **({"order": {"as_of": as_of.isoformat()}} if as_of else {}),
    }
    return Ledger(figures.own_period.name, tuple(records), about)


def _entries(its: Ledger) -> dict[tuple[str, ...], _Entry]:
    """Return the figures of a ledger by what they are figures of; periods are none."""
    found: dict[tuple[str, ...], _Entry] = {}
    for record in its.records:
        if record.derivation != "period" and record.rule != FORMER:
            for key, entry in _entry(record, its):
                found.setdefault(key, entry)
    return found


def _entry(record: Record, its: Ledger) -> Iterator[tuple[tuple[str, ...], _Entry]]:
    names = {id: str(it["name"]) for id, it in its.about.get("indicators", {}).items()}
    areas = its.about.get("areas", {})
    value = Decimal(record.value) if record.value else None
    if record.rule == "area_in_order" or (record.rule == "rank_in_order" and len(record.rows) == 1):
        return  # what stands in a row of a ranking: the figures beside it are compared area by area
    if record.rows and record.call.startswith(("ranking(", "heat(", "value(", "part(")) and len(record.rows) > 1:
        yield _computed(record, its, value)
        return
    if len(record.rows) == 1:
        row = record.rows[0]
        own = "" if row.area == its.about.get("area") else f"{areas.get(row.area, row.area)}"
        when = "" if row.period in its.periods or record.asked in its.periods else f"（{name_of(row.period)}）"
        name = f"{own}{names.get(row.indicator, row.indicator)}{_MEASURES.get(row.measure, row.measure)}{when}"
        number = Decimal(row.value) if row.measure in _RATES or value is None else value
        way = (number > 0) - (number < 0) if row.measure in _RATES else 0
        is_rank = row.measure.startswith("rank_")
        text = record.text if not is_rank else f"第{row.value}位"
        if row.measure in _RATES:
            text = f"{digits(number)}%"
        key = (row.indicator, row.area, row.measure, when)
        yield key, _Entry(name, text, number, way, is_rank, not row.qualifier, _months(row, its))
        return
    ids = indicators_of(record.call)
    if not ids:
        return
    call = re.sub(r", (?:mention|prefer)='[^']*'", "", record.call)
    function = call.partition("(")[0]
    name = "、".join(names.get(id, id) for id in ids) + _CALLS.get(function, "")
    way = 1 if record.rule.endswith(_UP) else -1 if record.rule.endswith(_DOWN) else 0
    when = "" if record.asked in its.periods else record.asked
    signed = -value if value is not None and way < 0 else value
    yield (call, when), _Entry(name, record.text, signed, way, False)


def _computed(record: Record, its: Ledger, value: Decimal | None) -> tuple[tuple[str, ...], _Entry]:
    """Return a cell of a table or a point of a chart that was computed: a growth, a quarter, a part of a whole, of the
    area of its first row, in whichever row of a ranking it stands."""
    row = record.rows[0]
    areas = its.about.get("areas", {})
    own = "" if row.area == its.about.get("area") else areas.get(row.area, row.area)
    when = "" if record.asked in its.periods else f"（{name_of(record.asked)}）"
    is_part = row.area != record.rows[1].area
    measure = "share" if is_part else "yoy" if record.rule.startswith("growth") else row.measure
    name = its.about.get("indicators", {}).get(row.indicator, {}).get("name", row.indicator)
    text = f"{record.text}%" if measure in {"share", "yoy"} and value is not None else record.text
    way = (value > 0) - (value < 0) if value is not None and measure == "yoy" else 0
    entry = _Entry(f"{own}{name}{_MEASURES.get(measure, measure)}{when}", text, value, way, False)
    return (row.indicator, row.area, measure, when), entry


def _months(row: Row, its: Ledger) -> int:
    """Return over how many months an amount, or the share of a target that is reached, is counted: a year is no more
    than a quarter. 0 for others, as for what stands at a period's end."""
    adds_up = row.measure == Measure.LEVEL and its.about.get("indicators", {}).get(row.indicator, {}).get("flow", True)
    if not (adds_up or row.measure == Measure.COMPLETION):
        return 0
    try:
        return Period.parse(row.period).months
    except ValueError:
        return 0


def _differing(one: _Entry, other: _Entry, same: bool) -> Difference:
    by = ""
    is_alike = one.months == other.months and one.is_exact and other.is_exact
    if one.value is not None and other.value is not None and is_alike:
        number = other.value - one.value
        by = f"+{digits(number)}" if number > 0 else digits(number)
    if one.is_rank:
        places = by.lstrip(f"+{MINUS}")
        by = f"{'前移' if by.startswith(MINUS) else '后移'}{places}位" if places not in {"", "0"} else ""
        return Difference(Sort.RANK, one.name, one.text, other.text, by)
    if one.way * other.way < 0 or (one.way != other.way and 0 in {one.way, other.way} and one.value is not None):
        return Difference(Sort.TURNED, one.name, one.text, other.text, by)
    return Difference(Sort.REVISED if same else Sort.CHANGED, one.name, one.text, other.text, by)
