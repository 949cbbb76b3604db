"""Areas in the order of a figure: who comes first, who shares a place, and of whom nothing is known.

What prints alike shares a place, and the place after a shared one counts all that stand before it. A figure that is
doubtful or that its source does not give exactly, and one that there is not, have no place and come last.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xdreport import series
from xdreport.catalog import Area, Catalog, Good, Indicator, Measure, Observation, Status
from xdreport.notation import Rounding, rounded
from xdreport.period import Period
from xdreport.quantity import Refusal
from xdreport.series import Derived


class Order(StrEnum):
    """Which end comes first: the best one by the indicator's `good`, or one that is named."""

    BEST = "best"
    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Standing:
    """An area and where it stands. `found` is its figure, None without one; `place` counts from 1, None where there
    is none; `alike` counts the areas that share it, itself among them."""

    area: Area
    found: Observation | Derived | None
    place: int | None = None
    alike: int = 1


def standings(
    catalog: Catalog, indicator: Indicator, period: Period, measure: Measure, areas: Iterable[Area],
    order: Order = Order.BEST,
) -> tuple[Standing, ...]:  # fmt: skip
    """Return the areas in their order, those without a place last. A growth that no source reports is computed from
    the levels, where that is honest."""
    found = [(area, _value(catalog, indicator, area, period, measure)) for area in areas]
    placed = [(area, row, _printed(catalog, indicator, row)) for area, row in found if row and not _is_inexact(row)]
    is_rising = is_ascending(indicator, measure, order)
    placed.sort(key=lambda it: it[2] if is_rising else -it[2])
    alike = Counter(value for _, _, value in placed)
    first: dict[Decimal, int] = {}
    for place, (_, _, value) in enumerate(placed, 1):
        first.setdefault(value, place)
    standing = [Standing(area, row, first[value], alike[value]) for area, row, value in placed]
    inexact = [(area, row) for area, row in found if row and _is_inexact(row)]
    inexact.sort(key=lambda it: it[1].value if is_rising else -it[1].value)
    standing += [Standing(area, row) for area, row in inexact]
    return (*standing, *(Standing(area, None) for area, row in found if row is None))


def is_ascending(indicator: Indicator, measure: Measure, order: Order = Order.BEST) -> bool:
    """Return whether the smallest figure comes first: of ranks, and of what is better the less there is of it."""
    if order is Order.BEST:
        return measure.is_rank or indicator.good is Good.DOWN
    return order is Order.LOWEST


def rows_of(standings: Sequence[Standing]) -> tuple[Observation, ...]:
    """Return the observations that an order rests on."""
    return tuple(row for it in standings if it.found for row in (it.found.rows if isinstance(it.found, Derived)
                                                                 else (it.found,)))  # fmt: skip


def _value(
    catalog: Catalog, indicator: Indicator, area: Area, period: Period, measure: Measure
) -> Observation | Derived | None:
    found = series.value(catalog, indicator.id, area.id, period, measure)
    if isinstance(found, Derived) and measure is not Measure.YOY:
        return None
    return None if isinstance(found, Refusal) else found


def _printed(catalog: Catalog, indicator: Indicator, row: Observation | Derived) -> Decimal:
    is_level = row.measure in {Measure.LEVEL, Measure.TARGET}
    return rounded(row.value, indicator.decimals if is_level else None, Rounding(catalog.workspace.rounding))


def _is_inexact(row: Observation | Derived) -> bool:
    return row.status is Status.DOUBTFUL or (isinstance(row, Observation) and row.qualifier is not None)
