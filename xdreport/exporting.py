"""Observations for another program: a row a figure with names beside ids, or a table of indicators by periods.

Which figures is said by the words of a selection, as for a build; how the rows become a file is for `tabular`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from xdreport import notation
from xdreport.catalog import Catalog, Observation, Status
from xdreport.findings import Finding, Unusable
from xdreport.period import Period
from xdreport.scope import Wish, choose, select
from xdreport.settings import nearest
from xdreport.tabular import FORMATS, Table, Value

COLUMNS = (
    "section", "section_title", "indicator", "indicator_name", "area", "area_name", "period", "period_name", "starts",
    "ends", "measure", "value", "unit", "qualifier", "source", "source_title", "locator", "status", "as_of", "note",
    "file", "line",
)  # fmt: skip
_WIDE = ("indicator", "indicator_name", "area", "area_name", "measure", "unit")


def format_of(asked: str, output: Path, *, is_wide: bool, with_revisions: bool) -> str:
    """Return the format to write: the one asked for, else that of the file's ending, else CSV for - alone.

    Raise `Unusable` for a format that there is not, an ending that is none or another one, a workbook for the standard
    output, and a wide table of revisions, which has one cell for a figure.
    """
    ending = "" if output == Path("-") else output.suffix[1:]
    expected = "one of " + ", ".join(FORMATS)
    if asked and asked not in FORMATS:
        raise Unusable([Finding("export.format", "unknown format", None, asked, expected, nearest(asked, FORMATS))])
    if output != Path("-") and (ending not in FORMATS or asked not in {"", ending}):
        wanted = (
            f"a file that ends in .{asked}"
            if asked
            else "a file that ends in " + " or ".join(f".{it}" for it in FORMATS)
        )
        raise Unusable([Finding("build.output", "the ending is none of the formats", None, str(output), wanted)])
    if asked == "xlsx" and not ending:
        hint = "name a file with --output"
        raise Unusable([Finding("export.format", "a workbook does not go to the standard output", hint=hint)])
    if is_wide and with_revisions:
        raise Unusable(
            [Finding("export.wide", "a table by periods has one figure a cell", hint="leave --revisions out")]
        )
    return asked or ending or "csv"


def observations(catalog: Catalog, wish: Wish, areas: Iterable[str] = (), *, with_revisions: bool = False) -> Table:
    """Return the chosen observations, a row each, in the order of the folder: the newest revision of each figure, or
    all of them. Raise `Unusable` for words that choose nothing."""
    rows = _chosen(catalog, wish, areas, catalog.observations if with_revisions else catalog.current)
    return Table(catalog.workspace.title, COLUMNS, (_row(catalog, row) for row in rows), len(rows))


def matrix(catalog: Catalog, wish: Wish, areas: Iterable[str] = ()) -> Table:
    """Return the chosen figures as a table with a column for each period, and a row for each measure of an indicator
    in an area. A figure with a qualifier is text (120余), because it is no exact number; `notes` says which figures are
    not final and what must be known of them."""
    rows = _chosen(catalog, wish, areas, catalog.current)
    periods = sorted({row.period for row in rows}, key=lambda period: (period.last, period.first))
    found: dict[tuple[str, str, str], dict[Period, Observation]] = {}
    for row in rows:
        found.setdefault((row.indicator, row.area, row.measure.value), {})[row.period] = row
    columns = (*_WIDE, *(period.id for period in periods), "notes")
    lines = (_line(catalog, list(its.values()), [its.get(period) for period in periods]) for its in found.values())
    return Table(catalog.workspace.title, columns, lines, len(found))


def _chosen(catalog: Catalog, wish: Wish, areas: Iterable[str], rows: tuple[Observation, ...]) -> list[Observation]:
    """Return those of the rows that the words of a selection choose; no area chooses all of them."""
    its = choose(catalog, wish)
    ids = {indicator.id for indicator in its.indicators}
    problems: list[Finding] = []
    names = {id: (area.name,) for id, area in catalog.workspace.areas.items()}
    places = set(select(tuple(areas), catalog.workspace.areas, "area", problems, names))
    if problems:
        raise Unusable(problems)
    asked = set(its.periods) if wish.periods else None
    return [
        row for row in rows if row.indicator in ids and row.area in places and (asked is None or row.period in asked)
    ]


def _row(catalog: Catalog, row: Observation) -> tuple[Value, ...]:
    indicator, period = catalog.indicators[row.indicator], row.period
    return (
        indicator.section, catalog.sections[indicator.section].title, indicator.id, indicator.name,
        row.area, catalog.workspace.areas[row.area].name, period.id, period.name, period.starts, period.ends,
        row.measure.value, row.value, indicator.unit_of(row.measure).text,
        row.qualifier.value if row.qualifier else "", row.source, catalog.sources[row.source].title, row.locator,
        row.status.value, row.as_of, row.note,
        row.place.file if row.place else "", row.place.line if row.place else None,
    )  # fmt: skip


def _line(catalog: Catalog, rows: list[Observation], cells: Iterable[Observation | None]) -> tuple[Value, ...]:
    first = rows[0]
    indicator = catalog.indicators[first.indicator]
    head = (
        indicator.id, indicator.name, first.area, catalog.workspace.areas[first.area].name, first.measure.value,
        indicator.unit_of(first.measure).text,
    )  # fmt: skip
    return (*head, *(None if row is None else _cell(row) for row in cells), "; ".join(_notes(rows)))


def _cell(row: Observation) -> Value:
    return notation.cell(row.value, qualifier=row.qualifier.value) if row.qualifier else row.value


def _notes(rows: Iterable[Observation]) -> Iterator[str]:
    for row in rows:
        words = [row.status.value] * (row.status is not Status.FINAL) + [row.note] * bool(row.note)
        if words:
            yield f"{row.period.id}: {', '.join(words)}"
