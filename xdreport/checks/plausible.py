"""Values that cannot be, by what their indicator says of itself."""

from collections.abc import Iterator

from xdreport import notation
from xdreport.catalog import Catalog, Measure, Observation, Status
from xdreport.findings import Finding, Severity

# Things that are counted one by one; half a household is a mistyped figure.
_COUNTED = frozenset("个 家 户 项 人 名 人次 件 所 座 处 条 期 场 堂 次 届 批".split())  # noqa: SIM905


def bounds(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each level outside the plausible bounds of its indicator.

    A row that is marked doubtful has been looked at: its note prints with it, and the finding is a note.
    """
    for row in catalog.observations:
        indicator = catalog.indicators[row.indicator]
        if row.measure is not Measure.LEVEL:
            continue
        is_low = indicator.low is not None and row.value < indicator.low
        is_high = indicator.high is not None and row.value > indicator.high
        if is_low or is_high:
            expected = f"{indicator.low if is_low else indicator.high} {'or more' if is_low else 'or less'}"
            hint = "correct the value or its unit; status doubtful keeps it as reported and prints its note"
            yield Finding(
                "check.bounds", f"{indicator.id} is outside its plausible bounds", row.place, f"{row.value:f}",
                f"{expected} {indicator.unit}", "" if row.status is Status.DOUBTFUL else hint, _severity(row),
            )  # fmt: skip


def whole_counts(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each fraction of what is counted one by one."""
    for row in catalog.observations:
        unit = catalog.indicators[row.indicator].unit
        is_count = row.measure in {Measure.LEVEL, Measure.TARGET} and unit.multiplier == 1 and unit.base in _COUNTED
        if is_count and row.value != row.value.to_integral_value():
            yield Finding(
                "check.whole-count", f"{row.indicator} counts whole {unit}", row.place, f"{row.value:f}",
                "a whole number", "a unit with 万 or 亿 may have decimals", _severity(row),
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
            yield Finding("check.qualifier", message, row.place, f"{row.value:f}", expected, hint)


def _severity(row: Observation) -> Severity:
    return Severity.NOTE if row.status is Status.DOUBTFUL else Severity.ERROR
