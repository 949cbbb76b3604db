"""How settled figures are: revisions, preliminary and doubtful ones."""

from collections.abc import Iterator
from itertools import pairwise

from xdreport.catalog import Catalog, Status, places
from xdreport.findings import Finding


def revisions(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each revision that changes a value."""
    for rows in catalog.revised:
        for old, new in pairwise(rows):
            if old.value != new.value or old.qualifier != new.qualifier:
                day = f" as of {old.as_of}" if old.as_of else ""
                message = f"{new.indicator} of {new.period} is revised from {old.value}{day} ({old.place})"
                yield Finding("check.revision", message, new.place, str(new.value), rows=places(new, old))


def unsettled(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each figure that is preliminary or doubtful; its note prints below the table."""
    for row in catalog.current:
        if row.status in {Status.PRELIMINARY, Status.DOUBTFUL}:
            code = "check.preliminary" if row.status is Status.PRELIMINARY else "check.doubtful"
            message = f"{row.measure} of {row.indicator} in {row.period} is marked {row.status}"
            yield Finding(code, message, row.place, str(row.value), rows=places(row))
