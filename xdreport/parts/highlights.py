"""A report at a glance: the key table, what has changed, figures set large, a sentence for each section."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from xdreport import charting
from xdreport.catalog import Indicator, Measure, Section, Status
from xdreport.document import Block, Column, Paragraph, PullFigure, PullFigures, Row, Run, Runs, Text
from xdreport.findings import Finding
from xdreport.indicator_tables import WORDS, Group, ruled, table_of, titled
from xdreport.lookup import PhraseError
from xdreport.narration import narrate
from xdreport.period import Period
from xdreport.report import Report
from xdreport.template import ChangesPart, KeyTablePart, PointsPart, PullFiguresPart


def key_table(report: Report, options: KeyTablePart, position: int) -> Iterator[Block]:
    """Generate one table of chosen indicators, grouped by section; an id that the folder lacks is a finding."""
    chosen = report.chosen_indicators(options.indicators, "key_table", position)
    last = report.scope.periods[-1]
    groups = [
        Group((Text(section.title),), rows[: options.count], last)
        for section in report.scope.sections
        for period in report.scope.periods
        if (rows := [pair for pair in report.rows(section, period) if pair[0].id in chosen])
    ]
    blocks = list(table_of(report, f"key-{last.id}", titled(report, options.title, last), groups, options.columns))
    if blocks:
        yield from report.heading(options.heading)
        yield from blocks


def changes(report: Report, options: ChangesPart, position: int) -> Iterator[Block]:
    """Generate a table of what has changed since an earlier period; none when nothing can be compared."""
    chosen = report.chosen_indicators(options.indicators, "changes", position)
    indicators = [it for section in report.scope.sections for it in report.scope.indicators_of(section)]
    indicators = [it for it in dict.fromkeys(indicators) if it.id in chosen]
    own = report.scope.periods[-1]
    for since in _earlier(report, options, position):
        rows = [row for it in indicators for row in _changed(report, it, own, since)]
        if not rows:
            continue
        heads: tuple[Runs, ...] = ((Text(WORDS["name"]),), *((report.figures(it).period(),) for it in (since, own)))
        columns = tuple(Column(head, weight=weight) for head, weight in zip(heads, (3.4, 2.0, 2.0), strict=True))
        yield from report.heading(options.heading)
        last = Column((Text("变化"),), weight=3.0)
        yield ruled(report, f"changes-{own.id}", titled(report, options.title, own), (*columns, last), rows, [])
        return


def _earlier(report: Report, options: ChangesPart, position: int) -> Iterator[Period]:
    """Generate the periods to look back to, the likeliest first; one that cannot be read is a finding."""
    own = report.scope.periods[-1]
    if not options.since:
        yield from filter(None, (own.before(), own.year_before()))
        return
    try:
        yield Period.parse(options.since)
    except ValueError as error:
        place = report.template.place("parts", position, "changes", "since")
        expected, *hint = error.args
        report.findings.append(Finding("scope.period", "unknown period", place, options.since, expected, "".join(hint)))


def _changed(report: Report, indicator: Indicator, own: Period, since: Period) -> Iterator[Row]:
    """Generate the rows of an indicator: for each of its measures that both periods have, and that may be
    compared, the two figures and the words between them."""
    area = report.scope.area.id
    for measure in Measure:
        if measure is Measure.TARGET or not all(
            report.catalog.find(indicator.id, area, period, measure) for period in (since, own)
        ):
            continue
        figures = report.figures(own)
        try:
            if measure is Measure.LEVEL and since == own.year_before():
                words = figures.change(indicator.id)  # a rate that the source reports wins over a computed one
            else:
                words = figures.change(indicator.id, measure=measure.value, since=since.id)
        except PhraseError:
            continue
        name = indicator.name + ("" if measure is Measure.LEVEL else charting.MEASURES[measure])
        pair = (report.figures(period).figure(indicator.id, measure.value) for period in (since, own))
        yield Row(((Text(name),), *((figure,) for figure in pair), (words,)))


def pull_figures(report: Report, options: PullFiguresPart, position: int) -> Iterator[Block]:
    """Generate the first of the chosen indicators that have a level, each with its change below it."""
    ids = report.chosen_indicators(options.indicators, "pull_figures", position)
    items = []
    for section in report.scope.sections:
        # The first of each section go first, so that a report on many sections shows them all.
        found = [(it, when) for it, when in _all_rows(report, section) if it.id in ids]
        pulled = [one for it, when in found if (one := _pull_figure(report, it, when))]
        items.append(sorted(pulled, key=lambda one: len(one.label) == 1))  # what has changed is news
    ranked = [one for row in zip_longest(*items) for one in row if one]
    if ranked:
        yield PullFigures(tuple(ranked[: options.count]))


def _pull_figure(report: Report, indicator: Indicator, period: Period) -> PullFigure | None:
    """Return an indicator's level and what it is, with its change where one is reported; None without a level."""
    figures = report.figures(period)
    rows = {row.measure: row for row in report.catalog.rows(indicator.id, report.scope.area.id, period)}
    level = rows.get(Measure.LEVEL)
    if level is None or level.status is Status.DOUBTFUL:
        return None
    rate = next((row for measure, row in rows.items() if measure.is_rate), None)
    label: Runs = (Text(indicator.name),)
    try:
        return PullFigure(figures.printed(level), (*label, Text("\n"), figures.growth(rate)) if rate else label)
    except PhraseError as error:
        report.findings.append(replace(error.finding, place=level.place))
        return None


def points(report: Report, options: PointsPart, position: int) -> Iterator[Block]:
    """Generate a paragraph for each section: its title, then some of its figures in words."""
    ids = report.chosen_indicators(options.indicators, "points", position)
    paragraphs: list[Block] = []
    for section in report.scope.sections:
        runs: list[Run] = []
        for period in report.scope.periods:
            chosen = [it for it, when in report.rows(section, period) if it.id in ids and when == period]
            try:
                said = list(narrate(report.figures(period), chosen[: options.count]))
            except PhraseError as error:
                report.findings.append(replace(error.finding, place=section.place))
                continue
            runs += [run for block in said if isinstance(block, Paragraph) for run in block.runs]
        if runs:
            paragraphs.append(Paragraph((Text(f"{section.title}　", strong=True), *runs)))
    if paragraphs:
        yield from report.heading(options.heading)
        yield from paragraphs


def _all_rows(report: Report, section: Section) -> list[tuple[Indicator, Period]]:
    """Return the chosen indicators of a section with each of the report's periods that they have a figure of."""
    return [pair for period in report.scope.periods for pair in report.rows(section, period)]
