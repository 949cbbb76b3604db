"""What a reported figure stands for: 58.3 is some number from 58.25 to 58.35, 近2.8 some number up to 2.8.

Sums and quotients of intervals tell a disagreement that rounding explains from one that it does not. All of it is
exact: quotients are compared by multiplying, and a root by taking the power of the other side.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache

from xdreport.catalog import Observation, Qualifier
from xdreport.unit import Unit

_EXACT = Context(prec=500)  # more digits than a product of any few figures needs
_ZERO, _HUNDRED, _INFINITE = Decimal(0), Decimal(100), Decimal("Infinity")
_AT_LEAST = {Qualifier.OVER_A_LITTLE, Qualifier.OVER, Qualifier.PAST, Qualifier.AT_LEAST}
_AT_MOST = {Qualifier.NEARLY, Qualifier.WITHIN}


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, the ends included; an open end is infinite."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Return whether one number can be both."""
        return self.low <= other.high and other.low <= self.high

    def shifted(self, by: Decimal) -> "Interval":
        """Return the interval with a number added to it."""
        return Interval(_EXACT.add(self.low, by), _EXACT.add(self.high, by))


EXACTLY_100 = Interval(_HUNDRED, _HUNDRED)


def half_a_place(value: Decimal) -> Decimal:
    """Return half a unit of the last printed place: 0.05 for 58.3, and for 58.0."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # cells refuses what is not finite
    return _five(exponent - 1)


@cache
def _five(exponent: int) -> Decimal:
    return Decimal((0, (5,), exponent))


def of(row: Observation, unit: Unit) -> Interval:
    """Return what a row's value stands for, counted without 万 or 亿. Things that are counted one by one are exact;
    a qualifier leaves one side open, and 约 both."""
    value = _EXACT.multiply(row.value, Decimal(unit.multiplier))
    if row.qualifier:
        is_least, is_most = row.qualifier in _AT_LEAST, row.qualifier in _AT_MOST
        return Interval(value if is_least else -_INFINITE, value if is_most else _INFINITE)
    if unit.is_count:
        return Interval(value, value)
    half = _EXACT.multiply(half_a_place(row.value), Decimal(unit.multiplier))
    return Interval(_EXACT.subtract(value, half), _EXACT.add(value, half))


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sums of numbers of which each lies in its interval."""
    low = high = _ZERO
    for one in intervals:
        low, high = _EXACT.add(low, one.low), _EXACT.add(high, one.high)
    return Interval(low, high)


def is_ratio(rate: Interval, part: Interval, whole: Interval, degree: int = 1) -> bool:
    """Return whether a rate in % can be `part` ÷ `whole`, or the root of that degree of it. Part and whole are finite
    and the whole above zero."""
    low, high = (_EXACT.power(max(end, _ZERO), degree) for end in (rate.low, rate.high))
    scale = _EXACT.power(_HUNDRED, degree)
    return _EXACT.multiply(low, whole.low) <= _EXACT.multiply(part.high, scale) and _EXACT.multiply(
        part.low, scale
    ) <= _EXACT.multiply(high, whole.high)
