"""Checks: whether the figures of a catalog can be true. Each is `check(catalog) -> Iterator[Finding]`.

What a file's form must be is refused by the readers; these look at what well-formed rows say.
"""

from collections.abc import Callable, Iterator

from xdreport.catalog import Catalog
from xdreport.checks import plausible
from xdreport.findings import Finding

Check = Callable[[Catalog], Iterator[Finding]]
ALL: tuple[Check, ...] = (plausible.bounds, plausible.whole_counts, plausible.qualifiers)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Generate what all checks find, in their order."""
    for one in ALL:
        yield from one(catalog)
