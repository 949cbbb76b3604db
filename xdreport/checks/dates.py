"""Figures that are older than what they are about."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from xdreport.catalog import Catalog, Measure, Observation, Source, Status, places, published
from xdreport.document import Figure
from xdreport.findings import Finding, Severity

_DATE = re.compile(r"(\d{4})(?:\D+(\d{1,2}))?(?:\D+(\d{1,2}))?", re.ASCII)
_LAST_DAY = 28  # of a month, at the earliest


def future(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each figure whose period had not ended when its source was published.

    A target is set beforehand, and so is an estimate that is marked preliminary, once its period has begun. A source
    whose date is not known is not asked.
    """
    ends = {source.id: end for source in catalog.sources.values() if (end := _known_until(source)) is not None}
    for row in catalog.current:
        end = ends.get(row.source)
        if end is None or row.measure is Measure.TARGET:
            continue
        end = max(end, row.as_of.year * 12 + row.as_of.month - 1) if row.as_of else end
        is_estimate = row.status is Status.PRELIMINARY and row.period.first <= end + 1
        if row.period.last > end and not is_estimate:
            yield _finding(catalog, row)


def undated(printed: Iterable[Figure], catalog: Catalog, day: date) -> Iterator[Finding]:
    """Generate a finding for each source that was published after a day on which figures of it are printed as known,
    because their rows bear no day."""
    rows: dict[str, Observation] = {}
    for row in (row for figure in printed for row in figure.observations if row.as_of is None):
        rows.setdefault(row.source, row)
    for id, row in sorted(rows.items()):
        source = catalog.sources[id]
        if (known := published(source)) and known > day:
            message = f"rows of {id} bear no day and are printed as known on {day}, before it was published"
            hint = "give the rows their as_of, or name an earlier --period"
            yield Finding("scope.undated", message, row.place, source.date, hint=hint, severity=Severity.WARNING)


def _finding(catalog: Catalog, row: Observation) -> Finding:
    source = catalog.sources[row.source]
    return Finding(
        "check.future-period", f"{row.indicator} has a figure of {row.period} from a source that is older", row.place,
        f"{row.period}", f"a period that had ended on {source.date}, the date of {source.id}",
        "correct the period, the source or its date; status preliminary marks an estimate", rows=places(row),
    )  # fmt: skip


def _known_until(source: Source) -> int | None:
    """Return the last month that was over when a source was published, None when nobody knows; a date without a day
    or month is the last one it can be."""
    if not (match := _DATE.match(source.date)):
        return None
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    if month is None or not 1 <= month <= 12:
        return year * 12 + 11
    return year * 12 + month - (2 if day is not None and day < _LAST_DAY else 1)
