"""Rates that a source reports, against those that its own levels yield: growth, shares, completion of targets.

What rounding of the levels explains is no disagreement. Where `quantity` refuses to compute (constant prices, a base of
zero, a figure given as 近2.8) there is nothing to compare, and nothing is said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial
from itertools import product

from xdreport import interval, quantity
from xdreport.catalog import Catalog, Indicator, Kind, Measure, Observation, places
from xdreport.findings import Finding
from xdreport.period import Form, Period
from xdreport.quantity import Quantity, Refusal
from xdreport.unit import PERCENT

_HUNDRED = Decimal(100)
_GROWTH_HINT = "correct the rate or a level; where the rate is at constant prices, tags: [real] says so"


def growth(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each reported growth that the levels contradict: 31 → 58 is 87.1%.

    A growth over a span of years may be counted from its first year or from the year before it; one of them is enough.
    """
    amounts = {
        indicator.id: indicator
        for indicator in catalog.indicators.values()
        if indicator.kind not in {Kind.RATE, Kind.RANK, Kind.INDEX} and not indicator.unit.is_percent
    }
    levels = {key: {row.period: row for row in rows} for key, rows in catalog.levels.items() if key[0] in amounts}
    for row in catalog.current:
        own = levels.get((row.indicator, row.area))
        if row.measure is Measure.LEVEL or own is None or not row.measure.is_rate or row.qualifier:
            continue
        indicator = amounts[row.indicator]
        find = own.get if indicator.is_flow else partial(_stock, catalog, row)
        pairs = list(_pairs(row, indicator.is_flow, find))
        if not pairs or any(_agrees(indicator, row, *pair) for pair in pairs):
            continue
        compute = quantity.average_growth_of if row.measure is Measure.AVG_GROWTH else quantity.growth_of
        new, old = pairs[0]
        rate = compute(Quantity.of(indicator, new), Quantity.of(indicator, old))
        if not isinstance(rate, Refusal):
            hint = _revised(catalog, indicator, row, pairs) or _GROWTH_HINT
            is_opposite = all(_is_opposite(indicator, row, *pair) for pair in pairs)
            code, what = ("check.growth-sign", "the opposite of") if is_opposite else ("check.growth", "not")
            yield Finding(
                code, f"{row.measure} of {row.indicator} is {what} what its levels say", row.place,
                f"{row.value}%", f"{rate.value}% from {old.value} ({old.period}) to {new.value} ({new.period})", hint,
                rows=places(row, new, old),
            )  # fmt: skip


def shares(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each reported share of a denominator that the levels contradict."""
    for row in catalog.current:
        if row.measure is not Measure.SHARE:
            continue
        if whole := catalog.indicators.get(catalog.indicators[row.indicator].denominator):
            level = catalog.find(row.indicator, row.area, row.period, Measure.LEVEL)
            total = catalog.find(whole.id, row.area, row.period, Measure.LEVEL)
            what = f"the share of {row.indicator} in {whole.id}"
            yield from _quotient(catalog, "check.share", what, row, level, total, quantity.share_of)


def completions(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each reported completion of a target that the level and the target contradict."""
    for row in catalog.current:
        if row.measure is Measure.COMPLETION:
            level = catalog.find(row.indicator, row.area, row.period, Measure.LEVEL)
            goal = catalog.find(row.indicator, row.area, row.period, Measure.TARGET)
            goal = goal or catalog.find(row.indicator, row.area, row.period.last_year(), Measure.TARGET)
            what = f"the completion of {row.indicator}"
            yield from _quotient(catalog, "check.completion", what, row, level, goal, quantity.completion_of)


def targets(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each target without an actual figure, once the section has figures of its period's end."""
    goals = [row for row in catalog.current if row.measure is Measure.TARGET]
    if not goals:
        return
    newest: dict[tuple[str, str], Period] = {}
    actual: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for row in catalog.current:
        key = (catalog.indicators[row.indicator].section, row.area)
        if row.measure is Measure.LEVEL:
            newest[key] = max(newest.get(key, row.period), row.period, key=lambda period: period.last)
        if row.measure in {Measure.LEVEL, Measure.COMPLETION}:
            actual[row.indicator, row.area].append(row.period)
    for row in goals:
        last = newest.get((catalog.indicators[row.indicator].section, row.area))
        is_over = last is not None and last.last >= row.period.last
        if is_over and not any(row.period.covers(period) for period in actual[row.indicator, row.area]):
            hint = "add the level that was reached; a target that was dropped has no row"
            yield Finding(
                "check.target", f"the target of {row.indicator} for {row.period} has no actual figure", row.place,
                str(row.value), f"a level of {row.period}, as the section has figures of {last}", hint,
                rows=places(row),
            )  # fmt: skip


@cache
def _bases(measure: Measure, first: int, last: int, form: Form) -> tuple[tuple[Period, Period | None], ...]:
    """Return the periods whose levels a reported rate may rest on, the new one first; none where nobody knows. The
    period of the rate is taken apart: equality, by which a cache goes, leaves its form out."""
    period = Period(first, last, form)
    match measure:
        case Measure.YOY:
            return ((period, period.year_before()),)
        case Measure.MOM:
            return ((period, period.before()),)
        case _ if period.form is Form.SPAN:
            year = Period(first, first + 11, Form.YEAR)
            return ((period.last_year(), year), (period.last_year(), year.year_before()))
        case _:
            return ()


def _pairs(
    row: Observation, is_flow: bool, level: Callable[[Period], Observation | None]
) -> Iterator[tuple[Observation, Observation]]:
    """Generate the exact levels that a reported rate may rest on, the new one first."""
    for now, then in _bases(row.measure, row.period.first, row.period.last, row.period.form):
        if then is None or (is_flow and now.months != then.months):
            continue
        new, old = level(now), level(then)
        if new and old and not new.qualifier and not old.qualifier:
            yield new, old


def _stock(catalog: Catalog, row: Observation, period: Period) -> Observation | None:
    """Return the level of a row's stock at the end of a period, by whatever period that is reported."""
    return catalog.find(row.indicator, row.area, period, Measure.LEVEL)


def _agrees(indicator: Indicator, row: Observation, new: Observation, old: Observation) -> bool:
    """Return whether rounding of a rate and of its levels leaves them the same, or the levels yield no rate at all."""
    if old.value <= 0:
        return True
    is_average = row.measure is Measure.AVG_GROWTH
    miss = abs(_HUNDRED * new.value - (_HUNDRED + row.value) * old.value)
    if not is_average and miss <= interval.half_a_place(row.value) * old.value:
        return True  # as most do, by rounding of the rate alone
    rate = interval.of(row, PERCENT).shifted(_HUNDRED)
    degree = (new.period.last - old.period.last) // 12 if is_average else 1
    return interval.is_ratio(rate, interval.of(new, indicator.unit), interval.of(old, indicator.unit), degree)


def _revised(
    catalog: Catalog, indicator: Indicator, row: Observation, pairs: list[tuple[Observation, Observation]]
) -> str:
    """Return a hint that names the revision which parted a rate from its levels, "" where none did."""
    for new, old in pairs:
        for one, other in product(catalog.revisions(new)[::-1], catalog.revisions(old)[::-1]):
            if one.qualifier or other.qualifier or not _agrees(indicator, row, one, other):
                continue
            changed = [(its, now) for its, now in ((one, new), (other, old)) if its.value != now.value]
            said = " and ".join(
                f"{its.value} of {its.period} was revised to {now.value}{_since(now)}" for its, now in changed
            )
            return f"the rate agrees with what was known before: {said}; add the revised rate"
    return ""


def _since(row: Observation) -> str:
    return f" as of {row.as_of} ({row.place})" if row.as_of else f" ({row.place})"


def _is_opposite(indicator: Indicator, row: Observation, new: Observation, old: Observation) -> bool:
    """Return whether a rate says that levels rise which fall, or fall which rise, whatever rounding may have done."""
    after, before = interval.of(new, indicator.unit), interval.of(old, indicator.unit)
    return (row.value > 0 and after.high < before.low) or (row.value < 0 and after.low > before.high)


def _quotient(
    catalog: Catalog, code: str, what: str, row: Observation, part: Observation | None, whole: Observation | None,
    compute: Callable[[Quantity, Quantity], Quantity | Refusal],
) -> Iterator[Finding]:  # fmt: skip
    """Generate a finding when a reported rate is not the quotient of its two figures in %."""
    if part is None or whole is None or row.qualifier:
        return
    one, other = catalog.indicators[part.indicator], catalog.indicators[whole.indicator]
    rate = compute(Quantity.of(one, part), Quantity.of(other, whole))
    if isinstance(rate, Refusal):
        return
    if not interval.is_ratio(interval.of(row, PERCENT), interval.of(part, one.unit), interval.of(whole, other.unit)):
        yield Finding(
            code, f"{what} is not what the figures say", row.place, f"{row.value}%", rate.formula,
            "correct the rate or one of the two figures", rows=places(row, part, whole),
        )  # fmt: skip
