"""The workbook inside a chart: the smallest .xlsx that Word opens when a chart's data are edited."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from xdreport.document import Chart
from xdreport.package import Package

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
SHEET = "Sheet1"


def column_letter(number: int) -> str:
    """Return the letters of a column, counted from 0: A, B, …, Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_workbook(chart: Chart, names: Sequence[str], escaped: Callable[[str], str]) -> bytes:
    """Return the bytes of the workbook: the names of the categories in column A from row 2 on, a series in each further
    column, the target of a chart that has one, the same for each category, in the last."""
    target = (chart.target,) if chart.target else ()
    last = [chart.target_name] if target else []
    rows: list[list[str | Decimal | None]] = [["", *(series.name for series in chart.series), *last]]
    for place, category in enumerate(names):
        figures = [*(series.figures[place] for series in chart.series), *target]
        rows.append([category, *(figure.value if figure else None for figure in figures)])
    data = "".join(_row(number, row, escaped) for number, row in enumerate(rows, 1))
    package = Package()
    book = package.add("xl/workbook.xml", "spreadsheetml.sheet.main", "")
    sheet = package.add(
        "xl/worksheets/sheet1.xml",
        "spreadsheetml.worksheet",
        f"<worksheet {_MAIN}><sheetData>{data}</sheetData></worksheet>",
    )
    key = book.relate("worksheet", sheet)
    book.content = (
        f'<workbook {_MAIN} {_RELATIONS}><sheets><sheet name="{SHEET}" sheetId="1" r:id="{key}"/></sheets></workbook>'
    )
    package.relate("officeDocument", book)
    return package.content()


def _row(number: int, cells: list[str | Decimal | None], escaped: Callable[[str], str]) -> str:
    inner = "".join(_cell(f"{column_letter(index)}{number}", cell, escaped) for index, cell in enumerate(cells))
    return f'<row r="{number}">{inner}</row>'


def _cell(place: str, cell: str | Decimal | None, escaped: Callable[[str], str]) -> str:
    match cell:
        case None | "":
            return ""
        case Decimal():
            return f'<c r="{place}"><v>{cell:f}</v></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escaped(cell)}</t></is></c>'
