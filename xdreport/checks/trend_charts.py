"""Charts over time that would show something else than how an indicator has gone."""

from collections.abc import Iterator

from xdreport.catalog import Catalog, Measure
from xdreport.findings import Finding
from xdreport.timeline import Step, Timeline

_COUNTED = {Step.CUMULATIVE_QUARTERS, Step.CUMULATIVE_MONTHS}


def counts(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each chart that draws counts from January as a series: they rise until December and fall
    back in January, whatever the indicator does. Rates of counts are what bureaus draw."""
    for spec in catalog.charts:
        lines = [item for item in spec.periods if isinstance(item, Timeline) and item.step in _COUNTED]
        flows = [id for id in spec.indicators if catalog.indicators[id].is_flow]
        if lines and flows and spec.measure is Measure.LEVEL:
            single = str(lines[0]).replace("cumulative ", "")
            message = f"chart {spec.id} draws counts from January one after another"
            hint = f"{single} draws each by itself, derived from the counts; measure: yoy their growth"
            yield Finding("check.chart-counts", message, spec.place, str(lines[0]), hint=hint)
