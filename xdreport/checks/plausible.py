"""Values that cannot be, by what their indicator and the areas say of themselves."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from xdreport import interval, notation
from xdreport.catalog import Catalog, Kind, Level, Measure, Observation, places
from xdreport.findings import Finding

_AMONG = {
    Measure.RANK_COUNTRY: Level.COUNTRY, Measure.RANK_PROVINCE: Level.PROVINCE, Measure.RANK_CITY: Level.CITY,
    Measure.RANK_DISTRICT: Level.DISTRICT,
}  # fmt: skip
_MOST_COMPLETED, _MOST_GROWN = 200, 1000  # in %; beyond them a point has slipped, or the base was next to nothing
_FEW = 30  # things counted one by one leap while they are few, 2 firms to 11, and nothing is wrong with them


def bounds(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each level outside the plausible bounds of its indicator."""
    bounded = {it.id: it for it in catalog.indicators.values() if (it.low, it.high) != (None, None)}
    for row in catalog.observations:
        indicator = bounded.get(row.indicator)
        if indicator is None or row.measure is not Measure.LEVEL:
            continue
        is_low = indicator.low is not None and row.value < indicator.low
        is_high = indicator.high is not None and row.value > indicator.high
        if is_low or is_high:
            expected = f"{indicator.low if is_low else indicator.high} {'or more' if is_low else 'or less'}"
            hint = "correct the value or its unit; status doubtful keeps it as reported and prints its note"
            yield Finding(
                "check.bounds", f"{indicator.id} is outside its plausible bounds", row.place, str(row.value),
                f"{expected} {indicator.unit}", hint, rows=places(row),
            )  # fmt: skip


def whole_counts(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each fraction of what is counted one by one."""
    counted = {indicator.id: indicator.unit for indicator in catalog.indicators.values() if indicator.unit.is_count}
    for row in catalog.observations:
        unit = counted.get(row.indicator)
        if unit and row.measure in {Measure.LEVEL, Measure.TARGET} and row.value != row.value.to_integral_value():
            yield Finding(
                "check.whole-count", f"{row.indicator} counts whole {unit}", row.place, str(row.value),
                "a whole number", "a unit with 万 or 亿 may have decimals", rows=places(row),
            )  # fmt: skip


def qualifiers(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each value whose qualifier cannot be said of it, as 余 of 58."""
    for row in catalog.observations:
        if not row.qualifier or row.measure.is_rank:
            continue
        try:
            notation.amount(row.value, catalog.indicators[row.indicator].unit_of(row.measure), row.qualifier)
        except ValueError as error:
            message = f"{row.qualifier} cannot be said of the value of {row.indicator}"
            expected, hint = str(error.args[0]).partition(", found")[0], "correct the value or the qualifier"
            yield Finding("check.qualifier", message, row.place, str(row.value), expected, hint)


def ranks(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each rank behind the last one there can be.

    How many there are is the upper bound of an indicator that is itself a rank (of hospitals, say), else the number
    of areas of the same level in the city, province or country, where `members` of that area says it.
    """
    for row in catalog.observations:
        if not row.measure.is_rank:
            continue
        last, whose = _last_place(catalog, row)
        if last is not None and row.value > last:
            hint = f"correct the rank, or {whose}"
            yield Finding(
                "check.rank", f"{row.indicator} ranks behind the last", row.place, str(row.value),
                f"{last} or less", hint, rows=places(row),
            )  # fmt: skip


def jumps(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each level that is many times the last comparable one, or a small part of it: a digit
    or a unit may have slipped. The workspace's `jump` says how many times.

    A flow is compared with the same stretch of an earlier year, a stock with the day before it in the folder. Rates,
    ranks and few things are left out, and what the source itself reports a rate for: growth is checked against levels.
    """
    limit = catalog.workspace.jump
    for (id, _), rows in catalog.levels.items():
        indicator = catalog.indicators[id]
        if indicator.kind in {Kind.RATE, Kind.RANK}:
            continue
        last: dict[tuple[int, int] | bool, Observation] = {}
        for row in rows:
            stretch = (row.period.first % 12, row.period.months)
            kind = stretch if indicator.is_flow else True
            before, last[kind] = last.get(kind), row
            if before is None or before.value <= 0 or row.value <= 0 or before.period.last == row.period.last:
                continue
            low, high = min(before.value, row.value), max(before.value, row.value)
            if high < limit * low or (indicator.unit.is_count and high < _FEW) or _has_rate(catalog, row):
                continue
            times = notation.rounded(Fraction(high) / Fraction(low), 1)
            way = "smaller" if row.value == low else "larger"
            yield Finding(
                "check.jump", f"{id} is {times} times {way} than in {before.period}", row.place, str(row.value),
                f"something nearer to {before.value} {indicator.unit}",
                "correct the digit or the unit that has slipped; jump in workspace.yaml sets the limit",
                rows=places(row, before),
            )  # fmt: skip


def rates(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each completion above 200% and each growth on a year or month before beyond 1000%."""
    limits = {Measure.COMPLETION: _MOST_COMPLETED, Measure.YOY: _MOST_GROWN, Measure.MOM: _MOST_GROWN}
    for row in catalog.current:
        limit = limits.get(row.measure)
        if limit and (row.value > limit or (row.measure.is_rate and row.value < -limit)):
            yield Finding(
                "check.rate", f"{row.measure} of {row.indicator} is hardly possible", row.place, f"{row.value}%",
                f"{limit}% or less", "correct the digit that has slipped; status doubtful keeps it as reported",
                rows=places(row),
            )  # fmt: skip


def denominators(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each level above that of its denominator in the same area and period, by more than
    rounding. What is a part of its denominator is held against it by the sum of the parts."""
    shares = {
        it.id: (it, whole)
        for it in catalog.indicators.values()
        if (whole := catalog.indicators.get(it.denominator)) and it.parts_of != whole.id
    }
    for row in catalog.current:
        if row.measure is not Measure.LEVEL or row.indicator not in shares:
            continue
        indicator, whole = shares[row.indicator]
        if indicator.unit.base != whole.unit.base or indicator.unit.is_percent or indicator.price != whole.price:
            continue
        total = catalog.find(whole.id, row.area, row.period, Measure.LEVEL)
        if total and interval.of(row, indicator.unit).low > interval.of(total, whole.unit).high:
            yield Finding(
                "check.denominator", f"{indicator.id} is above {whole.id}, of which it is a share", row.place,
                f"{row.value}{indicator.unit}", f"{total.value}{whole.unit} or less",
                "correct the figure that is wrong, or denominator", rows=places(row, total),
            )  # fmt: skip


def _last_place(catalog: Catalog, row: Observation) -> tuple[Fraction | int | None, str]:
    indicator = catalog.indicators[row.indicator]
    if indicator.kind is Kind.RANK:
        whose = f"high of {indicator.id}"
        return (None if indicator.high is None else Fraction(indicator.high)), whose
    areas = catalog.workspace.areas
    own = above = areas[row.area]
    while above.level is not _AMONG[row.measure] and above.within:
        above = areas[above.within]
    members: Mapping[Level, int] = above.members if above.level is _AMONG[row.measure] else {}
    return members.get(own.level), f"members of {above.id} in workspace.yaml"


def _has_rate(catalog: Catalog, row: Observation) -> bool:
    return any(catalog.exact(row.indicator, row.area, row.period, measure) for measure in (Measure.YOY, Measure.GROWTH))
