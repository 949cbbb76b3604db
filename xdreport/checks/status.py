"""How settled figures are: revisions, preliminary and doubtful ones."""

from collections.abc import Iterator
from itertools import pairwise

from xdreport import series
from xdreport.catalog import Catalog, Measure, Observation, Status, places
from xdreport.findings import Finding
from xdreport.sums import adds_up_over_time


def revisions(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each revision that changes a value. The hint of a count from January names the counts next
    to it that are older, because no single quarter follows from it and one of them."""
    for rows in catalog.revised:
        for old, new in pairwise(rows):
            if old.value != new.value or old.qualifier != new.qualifier:
                day = f" as of {old.as_of}" if old.as_of else ""
                measure = "" if new.measure is Measure.LEVEL else f"{new.measure} of "
                area = "" if new.area == catalog.workspace.area else f", {new.area},"
                what = f"{measure}{new.indicator} of {new.period}{area}"
                message = f"{what} is revised from {old.value}{day} ({old.place})"
                hint = _hint(catalog, new) if new is rows[-1] else ""
                yield Finding("check.revision", message, new.place, str(new.value), hint=hint, rows=places(new, old))


def _hint(catalog: Catalog, row: Observation) -> str:
    it = catalog.indicators[row.indicator]
    if row.measure is not Measure.LEVEL or row.period.first % 12 or not (it.is_flow and adds_up_over_time(it)):
        return ""
    counts = [
        each
        for each in catalog.levels[row.indicator, row.area]
        if each.period.first == row.period.first and each.period.last // 12 == row.period.last // 12
    ]
    pairs = [pair for pair in pairwise(counts) if row in pair and series.apart(catalog, pair[1], pair[0])]
    if not pairs:
        return ""
    names = " and ".join(each.period.id for pair in pairs for each in pair if each != row)
    way_out = "a row of the day of the revision, even of the same value, helps"
    return f"nothing is derived from it and {names}, older: {way_out}"


def unsettled(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each figure that is preliminary or doubtful; its note prints below the table."""
    for row in catalog.current:
        if row.status in {Status.PRELIMINARY, Status.DOUBTFUL}:
            code = "check.preliminary" if row.status is Status.PRELIMINARY else "check.doubtful"
            message = f"{row.measure} of {row.indicator} in {row.period} is marked {row.status}"
            yield Finding(code, message, row.place, str(row.value), rows=places(row))
