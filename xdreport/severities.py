"""How bad each finding of a check is, usually and in a folder that says otherwise under `checks` in workspace.yaml."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from xdreport.findings import Finding, Place, Severity

# An error is a figure or a word that cannot be right whatever it was meant to be; a warning may have a reason that the
# folder does not know; a note says how settled a figure is.
USUAL: Mapping[str, Severity] = {
    "check.bounds": Severity.ERROR,
    "check.whole-count": Severity.ERROR,
    "check.qualifier": Severity.ERROR,
    "check.rank": Severity.ERROR,
    "check.parts": Severity.ERROR,
    "check.parts-unit": Severity.ERROR,
    "check.shares": Severity.ERROR,
    "check.cumulative": Severity.ERROR,
    "check.same-day": Severity.ERROR,
    "check.two-values": Severity.ERROR,
    "check.growth": Severity.WARNING,
    "check.growth-sign": Severity.ERROR,
    "check.denominator": Severity.ERROR,
    "check.rate": Severity.WARNING,
    "check.areas": Severity.WARNING,
    "check.rank-order": Severity.WARNING,
    "check.future-period": Severity.WARNING,
    "check.share": Severity.WARNING,
    "check.completion": Severity.WARNING,
    "check.target": Severity.WARNING,
    "check.jump": Severity.WARNING,
    "check.missing-period": Severity.WARNING,
    "check.stale": Severity.WARNING,
    "check.chart-empty": Severity.WARNING,
    "check.chart-counts": Severity.WARNING,
    "check.revision": Severity.NOTE,
    "check.preliminary": Severity.NOTE,
    "check.doubtful": Severity.NOTE,
    "narrative.typed-digit": Severity.ERROR,
    "narrative.typed-numeral": Severity.ERROR,
    "narrative.typed-percent": Severity.ERROR,
    "narrative.typed-qualifier": Severity.ERROR,
    "narrative.direction": Severity.ERROR,
    "narrative.repeated": Severity.ERROR,
    "narrative.qualifiers": Severity.WARNING,
    "narrative.negative-growth": Severity.WARNING,
    "narrative.mark": Severity.WARNING,
}


def judged(
    findings: Iterable[Finding], own: Mapping[str, Severity | None], doubtful: Collection[Place] = ()
) -> Iterator[Finding]:
    """Generate the findings with the severity that a folder gives their code, else the usual one, without those
    that it has turned off.

    What rests on a row marked doubtful is a note without a hint: the row has been looked at, and its note prints.
    """
    marked = frozenset(doubtful)
    for finding in findings:
        severity = own.get(finding.code, USUAL.get(finding.code, finding.severity))
        if severity is None:
            continue
        if not marked.isdisjoint(finding.rows):
            yield replace(finding, severity=Severity.NOTE, hint="")
        else:
            yield replace(finding, severity=severity)
