"""Parts and totals: parts that add up to their whole, shares that add up to 100%."""

from collections.abc import Iterator

from xdreport import sums
from xdreport.catalog import Catalog, places
from xdreport.findings import Finding
from xdreport.notation import digits
from xdreport.sums import Sum

_MOST_TERMS = 6  # of a sum that is written out


def parts(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each total that its parts miss by more than rounding, and for parts above their whole."""
    for one in sums.of(catalog):
        if one.total and not one.holds:
            message = f"{one.whole.id} is {'not the sum of its parts' if one.is_complete else 'less than its parts'}"
            hint = "correct the figure that is wrong, or take parts_of from an indicator that is no part"
            yield Finding(
                "check.parts", message, one.total.place, str(one.total.value), _written(one), hint,
                rows=places(*one.rows),
            )  # fmt: skip


def shares(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for the shares of a whole that miss 100% by more than rounding."""
    for one in sums.of(catalog):
        if not one.total and not one.holds:
            first = one.rows[0]
            message = (
                f"the shares of {one.whole.id} in {first.period} {'are not' if one.is_complete else 'exceed'} 100%"
            )
            hint = "correct the share that is wrong, or take parts_of from an indicator that is no part"
            yield Finding(
                "check.shares", message, first.place, f"{one.reported}%", _written(one), hint, rows=places(*one.rows),
            )  # fmt: skip


def units(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each part whose amounts cannot be added up to its whole, because the units differ."""
    for indicator in catalog.indicators.values():
        whole = catalog.indicators.get(indicator.parts_of)
        if whole and not sums.is_addable(indicator, whole):
            hint = "parts are counted in the unit of their whole, with or without 万 and 亿, or in %"
            message = f"{indicator.id} is counted in another unit than {whole.id}, whose part it is"
            yield Finding(
                "check.parts-unit", message, indicator.place, str(indicator.unit), str(whole.unit), hint
            )  # fmt: skip


def _written(one: Sum) -> str:
    """Return the sum as it was computed, and how far rounding may lead from it."""
    values = [f"{row.value}{'' if it.unit_of(row.measure) == one.unit else it.unit}" for it, row in one.parts]
    terms = " + ".join(values) if len(values) <= _MOST_TERMS else f"the sum of {len(values)} parts"
    spread = one.found.high - one.found.low + one.due.high - one.due.low
    if not spread or not spread.is_finite():
        return f"{terms} = {one.reported} {one.unit}"
    slack = digits((spread / 2 / one.unit.multiplier).normalize())
    return f"{terms} = {one.reported} {one.unit}, within {slack} of rounding"
