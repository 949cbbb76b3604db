"""What a reported figure stands for: 58.3 is some number from 58.25 to 58.35, 近2.8 some number up to 2.8.

Sums and quotients of intervals tell a disagreement that rounding explains from one that it does not. All of it is
exact; only the root of an average rate is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xdreport.catalog import Observation, Qualifier
from xdreport.unit import Unit

Bound = Fraction | float  # a float is infinite, or the root of an average
_INFINITE = float("inf")
_AT_LEAST = {Qualifier.OVER_A_LITTLE, Qualifier.OVER, Qualifier.PAST, Qualifier.AT_LEAST}
_AT_MOST = {Qualifier.NEARLY, Qualifier.WITHIN}


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, the ends included."""

    low: Bound
    high: Bound

    def meets(self, other: "Interval") -> bool:
        """Return whether one number can be both."""
        return self.low <= other.high and other.low <= self.high

    def over(self, other: "Interval") -> "Interval":
        """Return the quotients of two intervals above zero."""
        return Interval(self.low / other.high, self.high / other.low)

    def percent(self) -> "Interval":
        """Return a ratio in %."""
        return Interval(self.low * 100, self.high * 100)

    def less_one(self) -> "Interval":
        """Return what a ratio to a base has grown by."""
        return Interval(self.low - 1, self.high - 1)

    def root(self, degree: int) -> "Interval":
        """Return the roots of an interval above zero."""
        return Interval(float(self.low) ** (1 / degree), float(self.high) ** (1 / degree))


EXACTLY_100 = Interval(Fraction(100), Fraction(100))


def half_a_place(value: Decimal) -> Fraction:
    """Return half a unit of the last printed place: 0.05 for 58.3, and for 58.0."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # cells refuses what is not finite
    return Fraction(10) ** exponent / 2


def of(row: Observation, unit: Unit) -> Interval:
    """Return what a row's value stands for, counted without 万 or 亿. Things that are counted one by one are exact;
    a qualifier leaves one side open, and 约 both."""
    value = Fraction(row.value) * unit.multiplier
    if row.qualifier:
        is_least, is_most = row.qualifier in _AT_LEAST, row.qualifier in _AT_MOST
        return Interval(value if is_least else -_INFINITE, value if is_most else _INFINITE)
    half = Fraction(0) if unit.is_count else half_a_place(row.value) * unit.multiplier
    return Interval(value - half, value + half)


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sums of numbers of which each lies in its interval."""
    low: Bound = Fraction(0)
    high: Bound = Fraction(0)
    for one in intervals:
        low, high = low + one.low, high + one.high
    return Interval(low, high)
