"""Parts and totals: what the parts of a whole add up to, as they are reported and as they are printed.

A sum that rounding does not explain is for `checks` to refuse; where rounding alone parts printed figures from their
printed total, `compose` says so below the table.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from xdreport import interval
from xdreport.catalog import Catalog, Indicator, Key, Kind, Measure, Observation
from xdreport.interval import Interval
from xdreport.notation import decimals_of, rounded
from xdreport.unit import PERCENT, Unit


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of the parts of a whole in one area and period. Without a `total` the parts are shares of it, which
    add up to 100%. Parts that are not all there, or a part that is the only one (其中), may be less than their whole.
    """

    whole: Indicator
    total: Observation | None
    parts: tuple[tuple[Indicator, Observation], ...]
    is_complete: bool

    @property
    def unit(self) -> Unit:
        """What it is counted in: the unit of the whole, % for shares."""
        return self.whole.unit if self.total else PERCENT

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The figures it rests on, the total first."""
        return (*([self.total] if self.total else []), *(row for _, row in self.parts))

    @property
    def due(self) -> Interval:
        """What the parts must add up to."""
        return interval.of(self.total, self.unit) if self.total else interval.EXACTLY_100

    @property
    def found(self) -> Interval:
        """What the parts add up to."""
        return interval.total(interval.of(row, indicator.unit_of(row.measure)) for indicator, row in self.parts)

    @property
    def holds(self) -> bool:
        """Whether rounding explains any difference of the parts from their whole."""
        if self.is_complete:
            return self.found.meets(self.due)
        return any(row.value < 0 for _, row in self.parts) or self.found.low <= self.due.high

    @property
    def reported(self) -> Decimal:
        """The sum of the reported values in its unit."""
        return _in(self.unit, ((indicator.unit_of(row.measure), row.value) for indicator, row in self.parts))

    @property
    def is_printed_even(self) -> bool:
        """Whether the printed parts add up to the printed total to the last digit."""
        printed = ((it.unit_of(row.measure), _printed(it, row)) for it, row in self.parts)
        return _in(self.unit, printed) == (_printed(self.whole, self.total) if self.total else 100)


def of(catalog: Catalog) -> Iterator[Sum]:
    """Generate the sums of all parts and wholes of a catalog, in the folder's order."""
    parts = Counter(it.parts_of for it in catalog.indicators.values() if it.parts_of in catalog.indicators)
    if not parts:
        return
    found: dict[Key, list[Observation]] = defaultdict(list)
    for row in catalog.current:
        indicator = catalog.indicators[row.indicator]
        if indicator.parts_of in parts:
            whole = catalog.indicators[indicator.parts_of]
            if measure := _summed(indicator, whole, row.measure):
                found[whole.id, row.area, row.period, measure].append(row)
    for (id, _, _, measure), rows in found.items():
        whole, first = catalog.indicators[id], rows[0]
        total = None
        if measure is not Measure.SHARE:
            total = catalog.find(whole.id, first.area, first.period, first.measure)
            if total is None:
                continue
        is_complete = 1 < parts[whole.id] == len(rows)
        yield Sum(whole, total, tuple((catalog.indicators[row.indicator], row) for row in rows), is_complete)


# Amounts of these units are means, marks or ranks, which do not add up from place to place.
_MEANS = ("人均", "户均", "亩均", "均价", "平均", "每")
_UNADDED = {"分", "位", "岁", "倍", "级", "年", "个月", "天", "小时", "分钟", "摄氏度", "班次"}


def adds_up(indicator: Indicator) -> bool:
    """Return whether the levels of an indicator add up from place to place, so that a town's is part of its city's."""
    return adds_up_over_time(indicator) and indicator.unit.base not in _UNADDED


def adds_up_over_time(indicator: Indicator) -> bool:
    """Return whether the levels of a flow add up from month to month: those of an amount, not of a ratio or a mean."""
    unit, names = indicator.unit, (indicator.name, *indicator.aliases)
    is_amount = indicator.kind is Kind.LEVEL and not unit.is_percent and "/" not in unit.base
    return is_amount and not any(word in name for word in _MEANS for name in names)


def is_addable(part: Indicator, whole: Indicator) -> bool:
    """Return whether the levels of a part and its whole are amounts of one unit, or the part is a share of it."""
    return part.unit.base == whole.unit.base or (part.unit.base == "%" and not whole.unit.is_percent)


def _summed(part: Indicator, whole: Indicator, measure: Measure) -> Measure | None:
    """Return as what a part's row counts in a sum, None when it is in none."""
    if measure is Measure.SHARE:
        return measure if part.denominator in {"", whole.id} else None
    if measure not in {Measure.LEVEL, Measure.TARGET} or not is_addable(part, whole):
        return None
    if part.unit.is_percent and not whole.unit.is_percent:
        return Measure.SHARE if measure is Measure.LEVEL else None
    is_amount = {part.kind, whole.kind} <= {Kind.LEVEL, Kind.SHARE} and "/" not in part.unit.base
    return measure if is_amount and part.price == whole.price else None


def _printed(indicator: Indicator, row: Observation) -> Decimal:
    is_level = row.measure in {Measure.LEVEL, Measure.TARGET} and not row.qualifier
    return rounded(row.value, indicator.decimals if is_level else None)


def _in(unit: Unit, values: Iterable[tuple[Unit, Decimal]]) -> Decimal:
    """Return the sum of values of several units in one of the same base, exactly: they differ by powers of ten. It has
    the decimals of those in that unit, and more only where others need them."""
    total, places = Decimal(0), 0
    for its, value in values:
        total += value.scaleb(len(str(its.multiplier)) - len(str(unit.multiplier)))
        places = max(places, decimals_of(value) if its == unit else 0)
    short = total.normalize()
    return short if decimals_of(short) > places else rounded(short, places)
