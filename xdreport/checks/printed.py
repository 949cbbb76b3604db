"""What a document prints twice: one figure must not have two values in one report."""

from collections.abc import Iterator
from decimal import Decimal

from xdreport.catalog import Key, Measure, Observation, places
from xdreport.document import Derivation, Document, Figure
from xdreport.findings import Finding
from xdreport.notation import decimals_of, rounded
from xdreport.statements import FORMER

_GROWN = {"growth_up": 1, "growth_down": -1, "flat": 0, "flat_rounded": 0}
_COMPLETED = {"completion", "target_met", "target_exceeded"}


def two_values(document: Document) -> Iterator[Finding]:
    """Generate a finding for each figure printed with two values: a growth as reported, and as computed beside it.

    Values of several decimals are one when they agree with those of the fewest.
    """
    printed: dict[Key, Figure] = {}
    said: set[Key] = set()
    for figure in document.figures():
        key, value = _key(figure), _value(figure)
        if key is None or value is None or key in said:
            continue
        first = printed.setdefault(key, figure)
        other = _value(first)
        assert other is not None
        fewest = min(decimals_of(value), decimals_of(other))
        if rounded(value, fewest) != rounded(other, fewest):
            said.add(key)
            indicator, _, period, measure = key
            rows = tuple(dict.fromkeys(places(*figure.observations, *first.observations)))
            hint = "print the reported one in both places, or correct it"
            yield Finding(
                "check.two-values", f"{measure} of {indicator} in {period} is printed with two values",
                rows[0] if rows else None, figure.text, f"{first.text} as before", hint, rows=rows,
            )  # fmt: skip


def _key(figure: Figure) -> Key | None:
    """Return what a figure is a figure of, None when it is of none or of several."""
    if figure.rule == FORMER:
        return None
    match figure.derivation, figure.observations:
        case Derivation.REPORTED, (row,):
            return row.key
        case Derivation.RANKED, (row,):
            return row.key if row.measure.is_rank else None  # else a place found by putting areas in order
        case Derivation.COMPARED, (row,) if figure.rule in _GROWN and row.measure.is_rate:
            return row.key
        case Derivation.COMPARED, (row,) if figure.rule == "share" or figure.rule in _COMPLETED:
            return row.key
        case Derivation.COMPARED, (row, other):
            measure = _measured(figure, row, other)
            return (row.indicator, row.area, row.period, measure) if measure else None
        case _:
            return None


def _measured(figure: Figure, row: Observation, other: Observation) -> Measure | None:
    """Return which measure a figure computed from two levels of one area stands for."""
    if row.area != other.area:
        return None
    if figure.rule in _GROWN and row.indicator == other.indicator:
        return Measure.YOY if other.period == row.period.year_before() else None
    if figure.rule == "share":
        return Measure.SHARE
    return Measure.COMPLETION if figure.rule in _COMPLETED else None


def _value(figure: Figure) -> Decimal | None:
    """Return the value with its sign: beside a verb it is printed without one."""
    sign = _GROWN.get(figure.rule, 1) if figure.derivation is Derivation.COMPARED else 1
    if not sign:
        return Decimal(0)
    return None if figure.value is None else figure.value * sign
