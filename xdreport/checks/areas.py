"""An area and the areas in it: the towns of a district that add up to the district."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from xdreport import interval
from xdreport.catalog import Area, Catalog, Indicator, Kind, Level, Measure, Observation, places
from xdreport.findings import Finding
from xdreport.notation import digits
from xdreport.period import Period

# Amounts of these units are means, marks or ranks, which do not add up from place to place.
_MEANS = ("人均", "户均", "亩均", "均价", "平均", "每")
_UNADDED = {"分", "位", "岁", "倍", "级", "年", "个月", "天", "小时", "分钟", "摄氏度", "班次"}
_MOST_TERMS = 6  # of a sum that is written out


def sums(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each level of an area that the areas in it, all of which have a figure, exceed or miss by
    more than rounding.

    The towns in the folder are all there are, and other areas where `members` counts no more; else they may be less
    than the whole, but no more.
    """
    within: dict[tuple[str, Level], list[Area]] = defaultdict(list)
    for area in catalog.workspace.areas.values():
        if area.within:
            within[area.within, area.level].append(area)
    for (id, level), its in within.items():
        if len(its) < 2:
            continue
        members = catalog.workspace.areas[id].members.get(level)
        is_all = level is Level.TOWN if members is None else members == len(its)
        for indicator in filter(_is_added, catalog.indicators.values()):
            for total in catalog.levels.get((indicator.id, id), ()):
                rows = [row for area in its if (row := _level(catalog, indicator, area, total.period))]
                if len(rows) == len(its):
                    yield from _compared(indicator, total, rows, is_all)


def _level(catalog: Catalog, indicator: Indicator, area: Area, period: Period) -> Observation | None:
    return catalog.find(indicator.id, area.id, period, Measure.LEVEL)


def _is_added(indicator: Indicator) -> bool:
    """Return whether the levels of an indicator add up from place to place."""
    unit, names = indicator.unit, (indicator.name, *indicator.aliases)
    is_amount = indicator.kind is Kind.LEVEL and not unit.is_percent and "/" not in unit.base
    return is_amount and unit.base not in _UNADDED and not any(word in name for word in _MEANS for name in names)


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
