"""Tables of indicators: a row for each, with its figures and what they are held against; — where there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from xdreport import hierarchy, notation
from xdreport.catalog import Indicator, Observation, Section, Status
from xdreport.document import Align, Block, Column, Figure, Row, Runs, Table, Text, characters
from xdreport.figures import Figures
from xdreport.lookup import PhraseError
from xdreport.period import Period
from xdreport.report import Report
from xdreport.template import SectionsPart, TableSettings

_ALIGN = {
    "unit": Align.CENTER, "value": Align.DECIMAL, "period": Align.CENTER, "source": Align.CENTER,
    "level": Align.CENTER, "rank": Align.CENTER,
}  # fmt: skip
_UPWARD = {"above", "rank"}
_MAY_BE_EMPTY = {"comparison", "above", "rank"}  # of a table of values, whose rows then need no column for —
_OF_WHICH = {"zh": "“#”表示其中的一部分", "en": "# marks a part of the row above"}
_UNEVEN = {
    "zh": "表中数据经四舍五入，分项之和与总计可能略有出入",
    "en": "figures are rounded, so that parts may not add up to their total",
}
WORDS = {
    "name": "指标", "english": "Indicator", "unit": "单位", "value": "数值", "comparison": "比较", "period": "时期",
    "above": "与{}比较", "rank": "{}位次",
    "source": "来源", "locator": "出处", "note": "说明", "title": "称号", "holder": "获得者", "level": "级别",
}  # fmt: skip
_WEIGHTS = {
    "name": 3.4, "english": 3.4, "unit": 1.2, "value": 1.5, "comparison": 2.4, "period": 1.8, "source": 0.9,
    "above": 2.4, "rank": 1.0, "locator": 4.0, "note": 3.0, "title": 3.6, "holder": 2.0, "level": 1.0,
}  # fmt: skip


class Group(NamedTuple):
    """Rows of a table under a head, () without one; a row of another period than the one `shown` names it."""

    title: Runs
    rows: list[tuple[Indicator, Period]]
    shown: Period


def table_of_section(report: Report, section: Section, period: Period, options: SectionsPart) -> Iterator[Block]:
    """Generate the table of a section for a period."""
    its = options.table or TableSettings()
    title = its.title or f"{section.title}主要指标"
    groups = [Group((), report.rows(section, period), period)]
    yield from table_of(report, f"{section.id}-{period.id}", titled(report, title, period), groups, its.columns)


def table_of(
    report: Report,
    id: str,
    caption: Runs,
    groups: list[Group],
    columns: tuple[str, ...],
) -> Iterator[Block]:
    """Generate a table of indicators, none when it would have no rows."""
    rows: list[Row] = []
    notes: list[Runs] = []
    for group in groups:
        if group.title and group.rows:
            rows.append(Row((group.title, *((),) * (len(columns) - 1)), is_group=True))
        ids = {indicator.id for indicator, _ in group.rows}
        for indicator, period in group.rows:
            cells = cells_of(report, indicator, period, columns, notes, group.shown)
            rows.append(part_of(cells) if indicator.parts_of in ids else Row(cells))
    names, rows = _without_empty(columns, rows)
    if rows:
        yield ruled(report, id, caption, tuple(column_of(report, name) for name in names), rows, notes)


def ruled(
    report: Report, id: str, caption: Runs, columns: tuple[Column, ...], rows: list[Row], notes: list[Runs]
) -> Table:
    """Return the next table, with what its marks mean below it."""
    report.tables += 1
    printed = {characters(cell) for row in rows for cell in row.cells}
    legends: list[Runs] = [(Text(words),) for words in notation.legend(printed, language=report.scope.language)]
    if _is_uneven(report, rows):
        legends.append((Text(_UNEVEN[report.scope.language]),))
    if any(row.indent for row in rows):
        legends.append((Text(_OF_WHICH[report.scope.language]),))
    number = f"表{report.tables}"
    figures = (run for row in rows for cell in row.cells for run in cell if isinstance(run, Figure))
    notes = [*notes, *(report.revisions.notes(figures) if report.revisions else ())]
    return Table(f"table-{id}", number, caption, columns, tuple(rows), notes=_numbered([*legends, *notes]))


def titled(report: Report, title: str, period: Period) -> Runs:
    """Return the caption of a table of one period."""
    return (Text(title + "（"), report.figures(period).period(), Text("）"))


def _is_uneven(report: Report, rows: Iterable[Row]) -> bool:
    """Return whether a table prints parts that differ from their printed total by rounding alone."""
    runs = (run for row in rows for cell in row.cells for run in cell)
    shown = {row for run in runs if isinstance(run, Figure) for row in run.observations}
    return any(shown.issuperset(one.rows) for one in report.uneven_sums)


def column_of(report: Report, name: str) -> Column:
    """Return the head of a column of indicators or honours; two of them name the area above."""
    words = WORDS[name]
    if name in _UPWARD:
        above = next(hierarchy.above(report.catalog.workspace.areas, report.scope.area), None)
        words = words.format(hierarchy.everywhere(above) if above else "上级")
    return Column((Text(words),), _ALIGN.get(name, Align.LEFT), _WEIGHTS[name])


def cells_of(
    report: Report, indicator: Indicator, period: Period, columns: tuple[str, ...], notes: list[Runs], shown: Period
) -> tuple[Runs, ...]:
    """Return the cells of an indicator's row in a table that shows one period; a row of another names it.

    The note of a figure that is not final is added to `notes`.
    """
    figures = report.figures(period)
    rows = list(report.catalog.rows(indicator.id, report.scope.area.id, period))
    for row in rows:
        if row.note and row.status is not Status.FINAL:
            notes.append((Text(f"{indicator.name}："), Text(row.note)))
    other = period if period != shown and "period" not in columns else None
    try:
        return tuple(cell_of(report, column, indicator, figures, rows, other) for column in columns)
    except PhraseError as error:
        report.findings.append(replace(error.finding, place=rows[0].place))
        return ((),) * len(columns)


def cell_of(
    report: Report, column: str, indicator: Indicator, figures: Figures, rows: list[Observation], other: Period | None
) -> Runs:
    """Return the runs of one cell; — where there is nothing to print (no blank cells)."""
    match column:
        case "name":
            when = (Text("（"), figures.period(), Text("）")) if other else ()
            return (Text(indicator.name), *when)
        case "english":
            return (Text(indicator.english or notation.MISSING),)
        case "unit":
            return (Text(indicator.unit.text or notation.MISSING),)
        case "value":
            return figures.value_cell(rows) or (Text(notation.MISSING),)
        case "comparison":
            return figures.comparison_cell(rows) or (Text(notation.MISSING),)
        case "above":
            return figures.above_cell(rows) or (Text(notation.MISSING),)
        case "rank":
            return figures.rank_cell(rows) or (Text(notation.MISSING),)
        case "period":
            is_own = rows[0].period.id == figures.own_period.id
            return (figures.period() if is_own else figures.period(rows[0].period.id),)
        case "source":
            return report.marks(row.source for row in rows)
        case "locator":
            return (Text("；".join(dict.fromkeys(row.locator for row in rows))),)
        case "note":
            return (Text("；".join(row.note for row in rows if row.note) or notation.MISSING),)
        case _:
            raise AssertionError(column)


def part_of(cells: tuple[Runs, ...]) -> Row:
    """Return the row of an indicator that is part of one above it: indented and marked with #."""
    first, *others = cells
    return Row(((Text("#"), *first), *others), indent=1)


def _without_empty(columns: tuple[str, ...], rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Return the columns and rows of a table of values without the comparisons that no row has."""
    optional = [at for at, name in enumerate(columns) if name in _MAY_BE_EMPTY and "value" in columns]
    empty: tuple[Runs, ...] = ((), (Text(notation.MISSING),))
    dropped = [at for at in optional if all(row.cells[at] in empty for row in rows)]
    kept = [at for at in range(len(columns)) if at not in dropped]
    return tuple(columns[at] for at in kept), [replace(row, cells=tuple(row.cells[at] for at in kept)) for row in rows]


def _numbered(notes: list[Runs]) -> tuple[Runs, ...]:
    """Return the notes below a table: 注：1.…。2.…。, without a number when there is one."""
    if len(notes) < 2:
        return tuple((Text("注："), *note, Text("" if characters(note).endswith("。") else "。")) for note in notes)
    return tuple(
        (Text(f"{'注：' if n == 1 else ''}{n}."), *note, Text("" if characters(note).endswith("。") else "。"))
        for n, note in enumerate(notes, start=1)
    )
