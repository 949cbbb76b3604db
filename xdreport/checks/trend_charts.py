"""Charts over time that would show something else than how an indicator has gone."""

from collections.abc import Iterator

from xdreport.catalog import Catalog, Kind, Measure
from xdreport.findings import Finding
from xdreport.sums import adds_up_over_time
from xdreport.timeline import Step, Timeline

_COUNTED = {Step.CUMULATIVE_QUARTERS, Step.CUMULATIVE_MONTHS}


def counts(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each chart that draws counts from January as a series: they rise until December and fall
    back in January, whatever the indicator does. Rates of counts are what bureaus draw, and a ratio is no count."""
    for spec in catalog.charts:
        lines = [item for item in spec.periods if isinstance(item, Timeline) and item.step in _COUNTED]
        its = [catalog.indicators[id] for id in spec.indicators]
        flows = [it for it in its if it.is_flow and it.kind is Kind.LEVEL and not it.unit.is_percent]
        if lines and flows and spec.measure is Measure.LEVEL:
            single = str(lines[0]).replace("cumulative ", "")
            message = f"chart {spec.id} draws counts from January one after another"
            hint = "measure: yoy draws their growth"
            if all(map(adds_up_over_time, flows)):
                hint = f"{single} draws each by itself, derived from the counts; {hint}"
            yield Finding("check.chart-counts", message, spec.place, str(lines[0]), hint=hint)
