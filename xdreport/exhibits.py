"""Tables and charts that the data folder describes, as a report prints them: numbered, with their sources."""

from collections.abc import Iterator
from dataclasses import replace

from xdreport import charting, tabling
from xdreport.catalog import ChartSpec, Section, TableSpec
from xdreport.document import Block, Chart, Text
from xdreport.findings import Finding
from xdreport.indicator_tables import ruled, titled
from xdreport.period import Period
from xdreport.report import Report


def tables(report: Report, section: Section, period: Period) -> Iterator[Block]:
    """Generate the tables that the folder describes for a section: those of the period, and beside the last one of
    the report those that go with it."""
    for spec in report.catalog.tables:
        its = report.last_of(spec) if spec.periods else period
        if spec.section == section.id and its.ends_with(period) and not report.has_place("table", spec.id):
            yield from table(report, spec, period)


def table(report: Report, spec: TableSpec, period: Period) -> Iterator[Block]:
    """Generate a table that the folder describes, none unless all its indicators are chosen and it has figures."""
    if not {report.catalog.indicators[id] for id in spec.indicators} <= set(report.scope.indicators):
        return
    made = tabling.table(spec, report.catalog, report.figures, period)
    if made is None:
        return
    title = spec.title.replace("{areas}", made.areas)
    caption = titled(report, title, period) if made.has_period else (Text(title),)
    drawn = ruled(report, f"{spec.id}-{period.id}", caption, tuple(made.columns), made.rows, made.notes)
    source = (Text("数据来源："), *report.marks(made.sources))
    yield replace(drawn, unit=made.unit, source=source, is_whole=True)


def chart(report: Report, spec: ChartSpec) -> Iterator[Block]:
    """Generate a chart, none unless at least two of its figures exist and all its indicators are chosen."""
    if not {report.catalog.indicators[id] for id in spec.indicators} <= set(report.scope.indicators):
        return
    drawn = charting.chart(spec, report.catalog, report.figures, report.scope.periods[-1])
    if drawn is None:
        _note_without_points(report, spec)
        return
    drawn = _with_points(report, drawn, spec)
    report.charts += 1
    found = [figure for one in drawn.series for figure in one.figures if figure]
    sources = report.marks(row.source for figure in found for row in figure.observations)
    yield replace(drawn, number=f"图{report.charts}", source=(*drawn.source, Text("数据来源："), *sources))


def _with_points(report: Report, drawn: Chart, spec: ChartSpec) -> Chart:
    """Return a chart without the series that have no point, each of which is a finding."""
    for one in drawn.series:
        if not any(one.figures):
            when = f"{drawn.categories[0]} to {drawn.categories[-1]}"
            message = f"{one.name} of chart {spec.id} has no point from {when}: left out"
            hint = "add its figures, or take the indicator out of the chart"
            report.findings.append(Finding("check.chart-empty", message, spec.place, hint=hint))
    return replace(drawn, series=tuple(one for one in drawn.series if any(one.figures)))


def _note_without_points(report: Report, spec: ChartSpec) -> None:
    """Note a chart that goes with the report and is left out of one on the newest figures there are."""
    now = report.scope.periods[-1]
    own = [row for row in report.catalog.current if row.indicator in spec.indicators]
    newest = max((row.period.last for row in own if row.area == report.scope.area.id), default=now.last + 1)
    if spec.is_relative and newest <= now.last:
        periods = "、".join(map(str, spec.periods))
        message = f"chart {spec.id} has fewer than two points up to {now}: left out"
        hint = f"xdreport show {spec.indicators[0]} lists what there is"
        report.findings.append(Finding("check.chart-empty", message, spec.place, periods, hint=hint))
