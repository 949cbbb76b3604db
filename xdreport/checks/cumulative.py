"""Flows that add up over time, quarters to a half; counts from January that never fall; stocks with one value a day."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from xdreport import interval
from xdreport.catalog import Catalog, Indicator, Kind, Observation, places
from xdreport.findings import Finding
from xdreport.quantity import Quantity

_HINT = "correct the figure that is wrong; flow: false says that it does not add up over time"


def periods(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each flow that is not the sum of the shorter periods it is made of.

    `2022-Q1` and `2022-Q2` make `2022-S1`, `2022-S1` and `2022-Q3` make `2022-Q1/Q3`, years make a span. Of several
    ways the one with the fewest periods is taken for each last one.
    """
    for id, rows in _flows(catalog):
        unit = catalog.indicators[id].unit
        ends = [row.period.last for row in rows]
        for whole in rows:
            for pieces in _made_of(whole, rows, ends):
                total = sum(row.value for row in pieces)
                if total == whole.value and not any(row.qualifier for row in pieces):
                    continue  # as most are; the intervals would say so too
                if interval.total(interval.of(row, unit) for row in pieces).meets(interval.of(whole, unit)):
                    continue
                terms = " + ".join(f"{row.value} ({row.period})" for row in pieces)
                yield Finding(
                    "check.cumulative", f"{id} of {whole.period} is not the sum of its periods", whole.place,
                    str(whole.value), f"{terms} = {total} {unit}", _HINT,
                    rows=places(whole, *pieces),
                )  # fmt: skip


def order(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each flow that is less than what it includes: the first three quarters than the first
    half. A flow that may be below zero is left out: a profit, or what has a lower bound or a value below zero."""
    for id, rows in _flows(catalog):
        indicator = catalog.indicators[id]
        if _may_be_negative(indicator, rows):
            continue
        chains: dict[tuple[str, int], list[Observation]] = defaultdict(list)
        for row in rows:
            chains["from", row.period.first].append(row)
            chains["to", row.period.last].append(row)
        for chain in chains.values():
            for shorter, longer in pairwise(sorted(chain, key=lambda row: row.period.months)):
                if longer.value >= shorter.value:
                    continue
                if interval.of(longer, indicator.unit).high < interval.of(shorter, indicator.unit).low:
                    yield Finding(
                        "check.cumulative", f"{id} of {longer.period} is less than what it includes", longer.place,
                        str(longer.value), f"{shorter.value} of {shorter.period} or more", _HINT,
                        rows=places(longer, shorter),
                    )  # fmt: skip


def same_day(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each stock that has two values at the end of one day: for `2025` and for `2025-Q4`."""
    for (id, _), rows in catalog.levels.items():
        indicator = catalog.indicators[id]
        if indicator.is_flow:
            continue
        for one, other in pairwise(rows):
            is_one_day = one.period.last == other.period.last
            if is_one_day and not interval.of(one, indicator.unit).meets(interval.of(other, indicator.unit)):
                yield Finding(
                    "check.same-day", f"{id} has two values at the end of {one.period}", other.place, str(other.value),
                    f"{one.value} as for {one.period}", "correct one of them; flow: true where it is no stock",
                    rows=places(other, one),
                )  # fmt: skip


def _flows(catalog: Catalog) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    """Generate the levels of each indicator in an area that add up over time."""
    for (id, _), rows in catalog.levels.items():
        indicator = catalog.indicators[id]
        is_amount = indicator.kind is Kind.LEVEL and not indicator.unit.is_percent and "/" not in indicator.unit.base
        if indicator.is_flow and is_amount and len(rows) > 1:
            yield id, rows


def _made_of(whole: Observation, rows: tuple[Observation, ...], ends: list[int]) -> Iterator[list[Observation]]:
    """Generate the ways in which shorter periods make a longer one up, each as few as there can be before its last.

    `rows` stand in the order of their ends, so that what leads up to a period comes before it.
    """
    first, last = whole.period.first, whole.period.last
    best: dict[int, list[Observation]] = {first: []}  # by where the next period begins
    for row in rows[bisect_left(ends, first) : bisect_right(ends, last)]:
        before = best.get(row.period.first)
        if before is None or row.period.months >= whole.period.months:
            continue
        chain, begin = [*before, row], row.period.last + 1
        if begin > last:
            yield chain
        elif begin not in best or len(chain) < len(best[begin]):
            best[begin] = chain


def _may_be_negative(indicator: Indicator, rows: tuple[Observation, ...]) -> bool:
    if indicator.low is not None:
        return indicator.low < 0
    return Quantity.of(indicator, rows[0]).is_profit or any(row.value < 0 for row in rows)
