"""The tables of a yearbook, with every period that has figures, and what its indicators mean."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xdreport import exhibits, notation
from xdreport.catalog import Indicator, Section
from xdreport.document import Block, PageBreak, Paragraph, Row, Runs, Table, Text
from xdreport.indicator_tables import Group, cell_of, cells_of, column_of, part_of, ruled, table_of, titled
from xdreport.period import Period
from xdreport.report import Report
from xdreport.template import MeaningsPart, TablesPart

_PERIODIC = {"value", "comparison", "above", "rank"}
_FEW_COLUMNS = 5
_DENSE = 0.6
_MOST_PERIODS = {(False, False): 5, (False, True): 2, (True, False): 9, (True, True): 3}


def tables(report: Report, options: TablesPart) -> Iterator[Block]:
    """Generate a table for each section with every period, up to the report's last, that has figures of it."""
    for section in report.scope.sections:
        periods = _known_periods(report, section)
        if not periods:
            report.note_left_out(section)
            continue
        members = {period: _rows_of(report, section, period) for period in periods}
        names = {indicator: None for rows in members.values() for indicator in rows}
        is_dense = sum(map(len, members.values())) >= _DENSE * len(names) * len(periods)
        is_matrix = options.layout == "matrix" or (options.layout == "auto" and is_dense)
        is_wide = is_matrix and len(periods) * len(_PERIODIC & set(options.columns)) > _FEW_COLUMNS
        is_turned = options.landscape == "always" or (options.landscape == "auto" and is_wide)
        yield from (PageBreak(is_landscape=True),) if is_turned else ()
        yield from report.heading(section.title)
        if is_matrix and len(periods) > 1:
            yield from _matrices(report, section, list(names), periods, options, is_turned=is_turned)
        else:
            yield from _grouped(report, section, members, options)
        yield from (PageBreak(),) if is_turned else ()
        if options.tables:
            yield from exhibits.tables(report, section, report.scope.periods[-1])
        if options.charts:
            for spec in report.catalog.charts:
                if spec.section == section.id and (spec.is_relative or report.last_of(spec) in periods):
                    yield from exhibits.chart(report, spec)


def _grouped(
    report: Report, section: Section, members: Mapping[Period, list[Indicator]], options: TablesPart
) -> Iterator[Block]:
    """Generate a table with a group of rows for each period; one of a single period names it in its caption."""
    title = f"{section.title}主要指标"
    if len(members) == 1:
        ((period, indicators),) = members.items()
        groups = [Group((), [(it, period) for it in indicators], period)]
        yield from table_of(report, section.id, titled(report, title, period), groups, options.columns)
        return
    groups = [
        Group((report.figures(period).period(),), [(it, period) for it in indicators], period)
        for period, indicators in members.items()
    ]
    yield from table_of(report, section.id, (Text(title),), groups, options.columns)


def _matrices(
    report: Report,
    section: Section,
    indicators: list[Indicator],
    periods: list[Period],
    options: TablesPart,
    *,
    is_turned: bool,
) -> Iterator[Table]:
    """Generate a table with the periods as columns, or as many as its page is wide enough for, of nearly equal
    width."""
    values = options.model_copy(update={"columns": tuple(it for it in options.columns if it != "comparison")})
    are_compared = "comparison" in options.columns and _has_comparison(report, indicators, periods)
    most = _MOST_PERIODS[is_turned, are_compared]
    count = -(-len(periods) // most)
    each, longer = divmod(len(periods), count)
    start = 0
    for number in range(count):
        stop = start + each + (number < longer)
        shown = periods[start:stop]
        its = options if are_compared and _has_comparison(report, indicators, shown) else values
        yield _matrix(report, section, indicators, shown, its, is_part=count > 1)
        start = stop


def _has_comparison(report: Report, indicators: list[Indicator], periods: list[Period]) -> bool:
    """Return whether a table of the indicators and periods has any comparison to show."""
    shown = (cells_of(report, it, period, ("comparison",), [], period) for it in indicators for period in periods)
    return any(cell not in ((), (Text(notation.MISSING),)) for cells in shown for cell in cells)


def _matrix(
    report: Report,
    section: Section,
    indicators: list[Indicator],
    periods: list[Period],
    options: TablesPart,
    *,
    is_part: bool,
) -> Table:
    """Return a table with the periods as columns, each with its figures under its name; one that `is_part` of
    several names the first and the last of them in its caption."""
    shown = [name for name in options.columns if name in _PERIODIC]
    fixed = [name for name in options.columns if name not in _PERIODIC | {"period"}]
    before = [name for name in fixed if name in {"name", "english", "unit"}]
    after = [name for name in fixed if name not in before]
    columns = [column_of(report, name) for name in before]
    for period in periods:
        head: Runs = (report.figures(period).period(),)
        if len(shown) > 1:
            columns += [replace(column_of(report, name), spanner=head) for name in shown]
        else:
            columns += [replace(column_of(report, name), title=head) for name in shown]
    columns += [column_of(report, name) for name in after]
    rows: list[Row] = []
    notes: list[Runs] = []
    ids = {indicator.id for indicator in indicators}
    for it in indicators:
        found = {period: list(report.catalog.rows(it.id, report.scope.area.id, period)) for period in periods}
        every = [row for its_rows in found.values() for row in its_rows]
        cells = [cell_of(report, name, it, report.figures(periods[-1]), every, None) for name in before]
        for period in periods:
            if found[period]:
                cells += cells_of(report, it, period, tuple(shown), notes, period)
            else:
                cells += [(Text(notation.MISSING),) for _ in shown]
        cells += [cell_of(report, name, it, report.figures(periods[-1]), every, None) for name in after]
        rows.append(part_of(tuple(cells)) if it.parts_of in ids else Row(tuple(cells)))
    caption: Runs = (Text(f"{section.title}主要指标"),)
    id = section.id
    if is_part:
        first, last = (report.figures(period).period() for period in (periods[0], periods[-1]))
        span: Runs = (first,) if first == last else (first, Text("至"), last)
        caption = (*caption, Text("（"), *span, Text("）"))
        id = f"{section.id}-{periods[-1].id}"
    return ruled(report, id, caption, tuple(columns), rows, notes)


def meanings(report: Report, options: MeaningsPart) -> Iterator[Block]:
    """Generate what the chosen indicators mean, those that have figures up to the report's last period."""
    explained = [
        it
        for section in report.scope.sections
        for it in dict.fromkeys(
            it for when in _known_periods(report, section) for it in _rows_of(report, section, when)
        )
        if it.meaning
    ]
    if explained:
        yield from report.heading(options.heading)
    for it in explained:
        yield Paragraph((Text(it.name, strong=True, is_verbatim=True), Text("　" + it.meaning, is_verbatim=True)))


def _known_periods(report: Report, section: Section) -> list[Period]:
    """Return the periods, up to the report's last, in which a section has figures, in the order of their ends."""
    ids = {indicator.id for indicator in report.scope.indicators_of(section)}
    own = (row for id in ids for row in report.catalog.of(id) if row.area == report.scope.area.id)
    found = {row.period for row in own if row.period.last <= report.scope.periods[-1].last}
    return sorted(found, key=lambda period: (period.last, period.first))


def _rows_of(report: Report, section: Section, period: Period) -> list[Indicator]:
    """Return the chosen indicators of a section that have a row of just this period."""
    area = report.scope.area.id
    return [
        it
        for it in report.scope.indicators_of(section)
        if any(row.period == period for row in report.catalog.rows(it.id, area, period))
    ]
