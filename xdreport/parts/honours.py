"""The honours of the chosen sections and periods."""

from collections.abc import Iterator

from xdreport.catalog import Honour, Level
from xdreport.document import Block, Derivation, Figure, Row, Runs, Table, Term, Text
from xdreport.indicator_tables import column_of
from xdreport.report import Report
from xdreport.template import HonoursPart

_LEVELS = {
    Level.COUNTRY: "国家级", Level.PROVINCE: "省级", Level.CITY: "市级", Level.DISTRICT: "县区级", Level.TOWN: "乡镇级",
}  # fmt: skip


def table(report: Report, options: HonoursPart) -> Iterator[Block]:
    """Generate the honours of the chosen sections and periods, the highest level first."""
    sections = {section.id for section in report.scope.sections}
    chosen = [
        honour
        for level in Level
        for honour in report.catalog.honours
        if honour.level is level
        and honour.section in sections
        and any(period.covers(honour.period) for period in report.scope.periods)
        and (report.is_own or honour.holder == report.scope.area.name)
    ]
    if not chosen or (len(report.scope.indicators) < len(report.catalog.indicators) and not _is_whole(report)):
        return
    report.tables += 1
    yield from report.heading(options.heading)
    yield Table(
        id="table-honours",
        number=f"表{report.tables}",
        caption=(Text(options.title + "（"), *report.period_names(), Text("）")),
        columns=tuple(column_of(report, name) for name in options.columns),
        rows=tuple(Row(tuple(_cell(report, name, honour) for name in options.columns)) for honour in chosen),
    )


def _cell(report: Report, column: str, honour: Honour) -> Runs:
    """Return the runs of one cell of an honour's row."""
    match column:
        case "title":
            return (Term(honour.title, honour),)
        case "holder":
            return (Text(honour.holder or report.scope.area.name),)
        case "level":
            return (Text(_LEVELS[honour.level]),)
        case "period":
            return (Figure(honour.period.name, Derivation.PERIOD),)
        case "source":
            return report.marks([honour.source])
        case "locator":
            return (Text(honour.locator),)
        case _:
            raise AssertionError(column)


def _is_whole(report: Report) -> bool:
    """Return whether the chosen sections are reported with all their indicators."""
    chosen = set(report.scope.indicators)
    return all(set(report.scope.indicators_of(section)) <= chosen for section in report.scope.sections) and all(
        set(report.catalog.indicators_of(section.id)) <= chosen for section in report.scope.sections
    )
