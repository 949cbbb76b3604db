"""Rates that a source reports, against those that its own levels yield: growth, shares, completion of targets.

What rounding of the levels explains is no disagreement. Where `quantity` refuses to compute (constant prices, a base of
zero, a figure given as 近2.8) there is nothing to compare, and nothing is said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from xdreport import interval, quantity
from xdreport.catalog import Catalog, Indicator, Kind, Measure, Observation, places
from xdreport.findings import Finding
from xdreport.interval import Interval
from xdreport.period import Form, Period
from xdreport.quantity import Quantity, Refusal

_ALMOST = 1e-9  # of a root, which is no exact number


def growth(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each reported growth that the levels contradict: 31 → 58 is 87.1%.

    A growth over a span of years may be counted from its first year or from the year before it; one of them is enough.
    """
    for row in catalog.current:
        indicator = catalog.indicators[row.indicator]
        is_amount = indicator.kind not in {Kind.RATE, Kind.RANK, Kind.INDEX} and not indicator.unit.is_percent
        if not row.measure.is_rate or row.qualifier or not is_amount:
            continue
        due = interval.of(row, indicator.unit_of(row.measure))
        rates = [
            (rate, new, old) for new, old in _pairs(catalog, row) if (rate := _growth(indicator, row.measure, new, old))
        ]
        if rates and not any(exact.meets(due) for (_, exact), _, _ in rates):
            (shown, _), new, old = rates[0]
            hint = "correct the rate or a level; where the rate is at constant prices, tags: [real] says so"
            yield Finding(
                "check.growth", f"{row.measure} of {row.indicator} is not what its levels say", row.place,
                f"{row.value}%", f"{shown}% from {old.value} ({old.period}) to {new.value} ({new.period})", hint,
                rows=places(row, new, old),
            )  # fmt: skip


def shares(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each reported share of a denominator that the levels contradict."""
    for row in catalog.current:
        whole = catalog.indicators.get(catalog.indicators[row.indicator].denominator)
        if row.measure is Measure.SHARE and whole:
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
    newest: dict[tuple[str, str], Period] = {}
    actual: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for row in catalog.current:
        key = (catalog.indicators[row.indicator].section, row.area)
        if row.measure is Measure.LEVEL:
            newest[key] = max(newest.get(key, row.period), row.period, key=lambda period: period.last)
        if row.measure in {Measure.LEVEL, Measure.COMPLETION}:
            actual[row.indicator, row.area].append(row.period)
    for row in catalog.current:
        last = newest.get((catalog.indicators[row.indicator].section, row.area))
        if row.measure is not Measure.TARGET or last is None or last.last < row.period.last:
            continue
        if not any(row.period.covers(period) for period in actual[row.indicator, row.area]):
            hint = "add the level that was reached; a target that was dropped has no row"
            yield Finding(
                "check.target", f"the target of {row.indicator} for {row.period} has no actual figure", row.place,
                str(row.value), f"a level of {row.period}, as the section has figures of {last}", hint,
                rows=places(row),
            )  # fmt: skip


def _pairs(catalog: Catalog, row: Observation) -> Iterator[tuple[Observation, Observation]]:
    """Generate the levels that a reported rate may rest on, the new one first."""
    period = row.period
    if row.measure in {Measure.YOY, Measure.MOM}:
        old = period.year_before() if row.measure is Measure.YOY else period.before()
        choices = [(period, old)]
    elif period.form is Form.SPAN:
        first = Period(period.first, period.first + 11, Form.YEAR)
        choices = [(period.last_year(), first), (period.last_year(), first.year_before())]
    else:
        return  # since when it counts nobody knows
    for new, base in choices:
        if base is None or (catalog.indicators[row.indicator].is_flow and new.months != base.months):
            continue
        level = catalog.find(row.indicator, row.area, new, Measure.LEVEL)
        earlier = catalog.find(row.indicator, row.area, base, Measure.LEVEL)
        if level and earlier:
            yield level, earlier


def _growth(indicator: Indicator, measure: Measure, new: Observation, old: Observation) -> tuple[str, Interval] | None:
    """Return the growth from one level to another as it prints, and all that rounding of the levels leaves open."""
    now, then = Quantity.of(indicator, new), Quantity.of(indicator, old)
    is_average = measure is Measure.AVG_GROWTH
    rate = quantity.average_growth_of(now, then) if is_average else quantity.growth_of(now, then)
    base = interval.of(old, indicator.unit)
    if isinstance(rate, Refusal) or base.low <= 0:
        return None
    ratio = interval.of(new, indicator.unit).over(base)
    if not is_average:
        return str(rate.value), ratio.less_one().percent()
    root = ratio.root((new.period.last - old.period.last) // 12)
    return str(rate.value), Interval(root.low - _ALMOST, root.high + _ALMOST).less_one().percent()


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
    exact = interval.of(part, one.unit).over(interval.of(whole, other.unit)).percent()
    if not exact.meets(interval.of(row, rate.unit)):
        yield Finding(
            code, f"{what} is not what the figures say", row.place, f"{row.value}%", rate.formula,
            "correct the rate or one of the two figures", rows=places(row, part, whole),
        )  # fmt: skip
