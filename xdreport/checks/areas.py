"""An area and the areas in it: towns that add up to their district, and their places in its order."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xdreport import hierarchy, interval, ranking
from xdreport.catalog import Area, Catalog, Good, Indicator, Kind, Level, Measure, Observation, places
from xdreport.findings import Finding
from xdreport.notation import digits
from xdreport.period import Period
from xdreport.ranking import Order, Standing
from xdreport.sums import adds_up

_MOST_TERMS = 6  # of a sum that is written out


def sums(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each level of an area that the areas in it, all of which have a figure, exceed or miss by
    more than rounding.

    The towns in the folder are all there are, and other areas where `members` counts no more; else they may be less
    than the whole, but no more.
    """
    areas = catalog.workspace.areas
    within: dict[tuple[str, Level], list[Area]] = defaultdict(list)
    for area in areas.values():
        if area.within:
            within[area.within, area.level].append(area)
    for (id, level), its in within.items():
        if len(its) < 2:
            continue
        is_all = hierarchy.are_all(areas, areas[id], level)
        for indicator in filter(adds_up, catalog.indicators.values()):
            for total in catalog.levels.get((indicator.id, id), ()):
                rows = [row for area in its if (row := _level(catalog, indicator, area, total.period))]
                if len(rows) == len(its):
                    yield from _compared(indicator, total, rows, is_all)


def ranks(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each exact rank that is neither the place of the level nor that of the growth, where the
    folder has all areas that the rank is among, and a figure of each of them."""
    areas = catalog.workspace.areas
    known: dict[tuple[str, Measure], tuple[Area, tuple[Area, ...]] | None] = {}
    orders: dict[tuple[str, Period, str, Level], dict[str, tuple[Standing, ...]]] = {}
    for row in catalog.current:
        if not row.measure.is_rank or row.qualifier or catalog.indicators[row.indicator].kind is Kind.RANK:
            continue
        own, indicator = areas[row.area], catalog.indicators[row.indicator]
        if (own.id, row.measure) not in known:
            known[own.id, row.measure] = _peers(areas, own, row.measure)
        if found := known[own.id, row.measure]:
            whole, peers = found
            key = (indicator.id, row.period, whole.id, own.level)
            if key not in orders:
                orders[key] = dict(_orders(catalog, indicator, row.period, peers))
            yield from _placed(row, whole, orders[key])


def _peers(areas: Mapping[str, Area], own: Area, measure: Measure) -> tuple[Area, tuple[Area, ...]] | None:
    """Return the whole that a rank is in and the areas that it is among, None where the folder lacks any of them."""
    whole = hierarchy.of_level(areas, own, Level(measure.value.removeprefix("rank_")))
    if whole is None or whole == own or not hierarchy.are_all(areas, whole, own.level):
        return None
    return whole, hierarchy.inside(areas, whole, own.level)


def _orders(
    catalog: Catalog, indicator: Indicator, period: Period, peers: tuple[Area, ...]
) -> Iterator[tuple[str, tuple[Standing, ...]]]:
    """Generate the orders of areas in which each has a place, and what they go by in words."""
    ends = (Order.HIGHEST, Order.LOWEST) if indicator.good is Good.NONE else (Order.BEST,)
    for measure in (Measure.LEVEL, Measure.YOY):
        for order in ends:
            found = ranking.standings(catalog, indicator, period, measure, peers, order)
            if all(it.place is not None for it in found):
                yield f"by its {measure}" + (f" ({order} first)" if len(ends) > 1 else ""), found


def _placed(row: Observation, whole: Area, orders: Mapping[str, tuple[Standing, ...]]) -> Iterator[Finding]:
    places_by = {words: next(it.place for it in its if it.area.id == row.area) for words, its in orders.items()}
    if places_by and row.value not in places_by.values():
        expected = " or ".join(f"{place} {words}" for words, place in places_by.items())
        rests = (one for its in orders.values() for one in ranking.rows_of(its))
        yield Finding(
            "check.rank-order", f"{row.indicator} of {row.area} does not have this place in {whole.id}", row.place,
            str(row.value), expected, "correct the rank, or the figure of an area", rows=places(row, *rests),
        )  # fmt: skip


def _level(catalog: Catalog, indicator: Indicator, area: Area, period: Period) -> Observation | None:
    return catalog.find(indicator.id, area.id, period, Measure.LEVEL)


def _compared(indicator: Indicator, total: Observation, rows: list[Observation], is_all: bool) -> Iterator[Finding]:
    if sum(row.value for row in rows) == total.value and not any(row.qualifier for row in (total, *rows)):
        return  # as most are; the intervals would say so too
    due = interval.of(total, indicator.unit)
    found = interval.total(interval.of(row, indicator.unit) for row in rows)
    may_be_less = not is_all and (found.low <= due.high or any(row.value < 0 for row in rows))
    if found.meets(due) or may_be_less:
        return
    terms = " + ".join(digits(row.value) for row in rows)
    terms = terms if len(rows) <= _MOST_TERMS else f"the sum of {len(rows)} areas"
    what = "is not the sum of its areas" if is_all else "is less than its areas"
    yield Finding(
        "check.areas", f"{indicator.id} of {total.area} in {total.period} {what}", total.place, str(total.value),
        f"{terms} = {digits(sum((row.value for row in rows), Decimal(0)))} {indicator.unit}",
        "correct the figure that is wrong; members of the area in workspace.yaml counts the areas in it",
        rows=places(total, *rows),
    )  # fmt: skip
