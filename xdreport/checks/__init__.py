"""Checks: whether the figures of a catalog, and of a document made from it, can be true.

Each is `check(catalog) -> Iterator[Finding]`, or takes the document. What a file's form must be is refused by the
readers; these look at what well-formed rows say. How bad each finding is stands in `severities`.
"""

from collections.abc import Callable, Iterable, Iterator

from xdreport.catalog import Catalog, Status
from xdreport.checks import areas, cumulative, dates, plausible, printed, rates, series, status, totals, trend_charts
from xdreport.document import Document
from xdreport.findings import Finding, Place
from xdreport.scope import Scope
from xdreport.severities import judged

ALL: tuple[Callable[[Catalog], Iterator[Finding]], ...] = (
    plausible.bounds,
    plausible.whole_counts,
    plausible.qualifiers,
    plausible.ranks,
    plausible.jumps,
    plausible.rates,
    plausible.denominators,
    totals.units,
    totals.parts,
    totals.shares,
    areas.sums,
    areas.ranks,
    cumulative.periods,
    cumulative.order,
    cumulative.same_day,
    rates.growth,
    rates.shares,
    rates.completions,
    rates.targets,
    series.periods,
    dates.future,
    status.revisions,
    status.unsettled,
    trend_charts.counts,
)
_DOUBTFUL = "check.doubtful"
OF_DOCUMENTS: tuple[Callable[[Document], Iterator[Finding]], ...] = (printed.two_values,)


def check(catalog: Catalog) -> tuple[Finding, ...]:
    """Return what all checks find in a catalog, in their order; a doubtful row is named once."""
    found = _judged((finding for one in ALL for finding in one(catalog)), catalog)
    named = {place for finding in found if finding.code != _DOUBTFUL for place in finding.rows}
    return tuple(finding for finding in found if finding.code != _DOUBTFUL or finding.place not in named)


def check_document(document: Document, catalog: Catalog) -> tuple[Finding, ...]:
    """Return what all checks of documents find."""
    return _judged((finding for one in OF_DOCUMENTS for finding in one(document)), catalog)


def about(findings: Iterable[Finding], document: Document, scope: Scope, catalog: Catalog) -> Iterator[Finding]:
    """Generate the findings that concern a report: those whose row is of a chosen indicator, when the report prints
    it or another row that they rest on. An error concerns every report."""
    chosen = {indicator.id for indicator in scope.indicators}
    own = {row.place for id in chosen for row in catalog.of(id)}
    shown = {row.place for figure in document.figures() for row in figure.observations}
    for finding in findings:
        if finding.is_error or (finding.place in own and not shown.isdisjoint(finding.rows)):
            yield finding


def _judged(findings: Iterable[Finding], catalog: Catalog) -> tuple[Finding, ...]:
    doubtful: set[Place] = {row.place for row in catalog.observations if row.place and row.status is Status.DOUBTFUL}
    return tuple(judged(findings, catalog.workspace.severities, doubtful))
