"""A value for each period of a series: the one that is reported, else one that follows from counts from January.

Chinese statistics count cumulatively, so that a single quarter is seldom printed: 2025-Q3 is 2025-Q1/Q3 less 2025-S1.
Such a value is `Derived` and carries its rule, its formula and the rows it rests on. It is made only where the
difference means what it seems to: of exact amounts that add up over time. Everything else is a `Refusal` that says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from xdreport import interval, quantity
from xdreport.catalog import Catalog, Indicator, Kind, Measure, Observation, Status
from xdreport.notation import Rounding, decimals_of, digits, rounded
from xdreport.period import Form, Period
from xdreport.quantity import Quantity, Refusal
from xdreport.sums import adds_up_over_time
from xdreport.timeline import count_to


class Rule(StrEnum):
    """How a value follows from others."""

    DIFFERENCE = "difference_of_counts"
    SUM = "sum_of_quarters"
    GROWTH_OF_DERIVED = "growth_of_derived"
    GROWTH_OF_LEVELS = "growth_of_levels"


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that no source reports: `rows` are the observations that it follows from, by `rule`.

    `formula` writes the computation out and names the period of each row. It is preliminary when one of its rows is,
    and known since the last of them is.
    """

    indicator: str
    area: str
    period: Period
    measure: Measure
    value: Decimal
    rule: Rule
    formula: str
    rows: tuple[Observation, ...]
    status: Status = Status.FINAL
    as_of: date | None = None


def value(
    catalog: Catalog, indicator: str, area: str, period: Period, measure: Measure = Measure.LEVEL
) -> Observation | Derived | Refusal:
    """Return what is known of an indicator in a period: the row that reports it, else what follows from other rows.

    A level follows from counts from January, or a longer count from its quarters; a yoy from the levels of both years.
    """
    row = catalog.find(indicator, area, period, measure)
    if row:
        return row
    match measure:
        case Measure.LEVEL:
            return _level(catalog, catalog.indicators[indicator], area, period)
        case Measure.YOY:
            return _growth(catalog, catalog.indicators[indicator], area, period)
        case _:
            return Refusal("missing", f"no {measure} of {indicator} for {period} is reported")


# -- levels -----------------------------------------------------------------------------------------------------------


def _level(catalog: Catalog, it: Indicator, area: str, period: Period) -> Derived | Refusal:
    if period.form is Form.SPAN:
        return Refusal("span", f"no level of {it.id} for {period} is reported; a span of years is not derived")
    if not (it.is_flow and adds_up_over_time(it)):
        what = "a stock" if not it.is_flow else "a ratio, a rate, an index, an average or a place in an order"
        return Refusal("kind", f"no level of {it.id} for {period} is reported; {what} does not add up over time")
    if period.first % 12:
        counts = (_count(period, period.last), _count(period, period.first - 1))
        return _made(catalog, it, area, period, counts, Rule.DIFFERENCE)
    if period.months % 3 == 0 and period.months > 3:
        quarters = range(period.first, period.last, 3)
        parts = tuple(Period(first, first + 2, Form.QUARTER) for first in quarters)
        return _made(catalog, it, area, period, parts, Rule.SUM)
    return Refusal("missing", f"no level of {it.id} for {period} is reported, and it follows from no other")


def _count(period: Period, last: int) -> Period:
    return count_to(last, by_month=period.form in {Form.MONTH, Form.MONTHS})


def _made(
    catalog: Catalog, it: Indicator, area: str, period: Period, needed: tuple[Period, ...], rule: Rule
) -> Derived | Refusal:
    """Return the difference of two counts, or the sum of quarters, with the decimals of its coarsest term."""
    found = [catalog.exact(it.id, area, each, Measure.LEVEL) for each in needed]
    missing = [each.id for each, row in zip(needed, found, strict=True) if row is None]
    if missing:
        names = [each.id for each in needed]
        need = " and ".join([", ".join(names[:-1]), names[-1]])
        message = f"{it.id} for {period} is not reported and would follow from {need}; there is no {', '.join(missing)}"
        return Refusal("missing", message)
    rows = tuple(row for row in found if row)
    for row in rows:
        if row.qualifier:
            return Refusal("qualified", f"{it.id} for {row.period} is {_words(row)}: no exact value follows from it")
        if row.status is Status.DOUBTFUL:
            return Refusal("doubtful", f"{it.id} for {row.period} is doubtful: nothing is derived from it")
    if rule is Rule.DIFFERENCE and (refusal := apart(catalog, *rows)):
        return refusal
    first, *others = rows
    sign = -1 if rule is Rule.DIFFERENCE else 1
    exact = Fraction(first.value) + sum(sign * Fraction(row.value) for row in others)
    result = rounded(exact, min(decimals_of(row.value) for row in rows), _rounding(catalog))
    terms = (" − " if rule is Rule.DIFFERENCE else " + ").join(_term(row) for row in rows)
    formula = f"{terms} = {digits(result)}"
    if result < 0 and not _may_be_negative(catalog, it, area):
        return Refusal("negative", f"{it.id} for {period} would be below zero: {formula}")
    low, high = it.low, it.high
    if (low is not None and result < low) or (high is not None and result > high):
        return Refusal("bounds", f"{it.id} for {period} would be outside its bounds: {formula}")
    return Derived(it.id, area, period, Measure.LEVEL, result, rule, formula, rows, _status(rows), _as_of(rows))


def apart(catalog: Catalog, long: Observation, short: Observation) -> Refusal | None:
    """Return why nothing follows from two counts from January, None where they go together.

    Where one of them has been revised and the other is older, their difference would put the whole revision into the
    months between them. A base that is published anew quarter by quarter is revised in both, the shorter count first.
    """
    day = catalog.revised_on(short)
    if day and catalog.known_on(long) < day:
        return _apart(short, day, long)
    later, former = catalog.revised_on(long), catalog.former(long)
    if later and former and catalog.known_on(short) < later and not (day and day >= catalog.known_on(former)):
        return _apart(long, later, short)
    return None


def _apart(revised: Observation, day: date, older: Observation) -> Refusal:
    message = f"{revised.indicator} for {revised.period} was revised as of {day} and its {older.period} is older"
    way_out = f"a row of {older.period} with that day, even of the same value, says that the two go together"
    return Refusal("revised", f"{message}: nothing follows from the two; {way_out}")


def _may_be_negative(catalog: Catalog, it: Indicator, area: str) -> bool:
    if it.low is not None:
        return it.low < 0
    rows = catalog.levels.get((it.id, area), ())
    return any(row.value < 0 for row in rows) or any(Quantity.of(it, row).is_profit for row in rows[:1])


# -- growth -----------------------------------------------------------------------------------------------------------

# A growth is printed to a tenth of a per cent, to a whole one where the rounding of the counts leaves no more, and not
# at all where it leaves less: by how much it may be off, in per cent.
_EXACTNESS = ((1, Fraction(1, 10)), (0, Fraction(1)))


def _growth(catalog: Catalog, it: Indicator, area: str, period: Period) -> Derived | Refusal:
    """Return the growth over the year before, from levels of which each is reported or derived."""
    if period.form is Form.SPAN or it.kind is not Kind.LEVEL or it.unit.is_percent:
        return Refusal("missing", f"no yoy of {it.id} for {period} is reported")
    pair = [value(catalog, it.id, area, each) for each in (period, period.year_before())]
    for level in pair:
        if isinstance(level, Refusal):
            return replace(level, reason=f"no yoy of {it.id} for {period} is reported, and {level.reason}")
    new, old = (level for level in pair if not isinstance(level, Refusal))
    for level in (new, old):
        if level.status is Status.DOUBTFUL:
            return Refusal("doubtful", f"{it.id} for {level.period} is doubtful: no growth is computed from it")
    its = (_quantity(it, new), _quantity(it, old))
    is_derived = isinstance(new, Derived) or isinstance(old, Derived)
    decimals = _decimals_of_growth(it, new, old) if is_derived else 1
    if decimals is None:
        return Refusal("coarse", f"the counts of {it.id} are too coarse for the growth of {period}")
    rate = quantity.growth_of(*its, decimals, _rounding(catalog))
    if isinstance(rate, Refusal):
        return rate
    exact = Fraction(its[0].value) if not is_derived else _exact(new)
    base = Fraction(its[1].value) if not is_derived else _exact(old)
    if base <= 0:
        return Refusal("zero_base", f"a base above zero for the growth of {it.id} in {period}")
    result = rounded((exact / base - 1) * 100, decimals, _rounding(catalog))
    formula = f"{_operand(new)} ÷ {_operand(old)} − 1 = {digits(result)}%"
    rows = (*_rows(new), *_rows(old))
    rule = Rule.GROWTH_OF_DERIVED if is_derived else Rule.GROWTH_OF_LEVELS
    return Derived(it.id, area, period, Measure.YOY, result, rule, formula, rows, _status(rows), _as_of(rows))


def growth_quantity(catalog: Catalog, derived: Derived) -> Quantity:
    """Return a derived growth as a quantity that prints in words."""
    it = catalog.indicators[derived.indicator]
    its = Quantity.of(it, replace(derived.rows[0], period=derived.period, measure=Measure.YOY, value=derived.value))
    return replace(its, formula=derived.formula, decimals=decimals_of(derived.value), is_exact=False)


def _quantity(it: Indicator, level: Observation | Derived) -> Quantity:
    if isinstance(level, Observation):
        return Quantity.of(it, level)
    return replace(Quantity.of(it, level.rows[0]), value=level.value, period=level.period)


def _exact(level: Observation | Derived) -> Fraction:
    """Return a level before it was rounded to the decimals of its coarsest term."""
    if isinstance(level, Observation):
        return Fraction(level.value)
    first, *others = level.rows
    sign = -1 if level.rule is Rule.DIFFERENCE else 1
    return Fraction(first.value) + sum(sign * Fraction(row.value) for row in others)


def _reach(it: Indicator, level: Observation | Derived) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest that a level may be, because each of its rows was rounded."""
    first, *others = (interval.of(row, it.unit) for row in _rows(level))
    low, high = Fraction(first.low), Fraction(first.high)
    for one in others:
        is_less = isinstance(level, Derived) and level.rule is Rule.DIFFERENCE
        low += -Fraction(one.high) if is_less else Fraction(one.low)
        high += -Fraction(one.low) if is_less else Fraction(one.high)
    return low, high


def _decimals_of_growth(it: Indicator, new: Observation | Derived, old: Observation | Derived) -> int | None:
    """Return to how many decimals a growth is known, None for not even to a whole per cent."""
    if any(row.qualifier for level in (new, old) for row in _rows(level)):
        return 1  # which is refused for its reason
    (low, high), (base_low, base_high) = _reach(it, new), _reach(it, old)
    if base_low <= 0:
        return None
    least, most = min(low / base_high, low / base_low), max(high / base_high, high / base_low)
    off = (most - least) / 2 * 100
    return next((decimals for decimals, limit in _EXACTNESS if off <= limit), None)


# -- words ------------------------------------------------------------------------------------------------------------


def _rows(level: Observation | Derived) -> tuple[Observation, ...]:
    return level.rows if isinstance(level, Derived) else (level,)


def _term(row: Observation) -> str:
    number = digits(row.value)
    return f"{row.period} {f'({number})' if row.value < 0 else number}"


def _operand(level: Observation | Derived) -> str:
    return f"({level.formula.rpartition(' = ')[0]})" if isinstance(level, Derived) else _term(level)


def _words(row: Observation) -> str:
    return f"{row.qualifier}{digits(row.value)}" if row.qualifier else digits(row.value)


def _status(rows: Iterable[Observation]) -> Status:
    return Status.PRELIMINARY if any(row.status is Status.PRELIMINARY for row in rows) else Status.FINAL


def _as_of(rows: Iterable[Observation]) -> date | None:
    """Return since when all rows are known; a row without a date always was."""
    return max((row.as_of for row in rows if row.as_of), default=None)


def _rounding(catalog: Catalog) -> Rounding:
    return Rounding(catalog.workspace.rounding)
