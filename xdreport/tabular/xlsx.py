"""A table as a workbook of one sheet, written by XlsxWriter a row at a time.

Every cell has its type: text is text whatever it begins with, and what looks like a formula keeps the apostrophe that
Excel shows for text when somebody edits the cell. A number is stored as its decimal digits and shown with as many
decimals as it has; Excel holds 15 significant digits (IEEE 754, ISO/IEC 29500), so one with more is stored as text.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from xdreport.findings import Finding, Unusable
from xdreport.notation import decimals_of
from xdreport.tabular import Table, Value

MOST_ROWS = 1_048_576  # of a sheet, its head among them (ISO/IEC 29500, as Excel and WPS hold it)
_MOST_CHARACTERS = 32_767  # of a cell
_MOST_DIGITS = 15
_WIDE = {"indicator": 28, "indicator_name": 28, "source_title": 36, "locator": 36, "note": 36, "notes": 36, "file": 36}
_NO_TIME = datetime(2000, 1, 1)  # in the file's properties: the same data give the same bytes
_LIKE_A_FORMULA = tuple("=+-@\t\r\n")


def write(table: Table, file: IO[bytes]) -> None:
    """Write a table into an open file; raise `Unusable` for what a sheet cannot hold, before or while it is written."""
    if table.count >= MOST_ROWS:
        hint = "choose less, or export CSV"
        raise Unusable(
            [Finding("export.size", f"a sheet holds {MOST_ROWS - 1} rows", found=str(table.count), hint=hint)]
        )
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"title": table.title, "created": _NO_TIME})
    _Sheet(book, table).fill()
    book.close()


class _Sheet:
    """The one sheet of a workbook while it is filled, and the formats of its cells."""

    def __init__(self, book: Any, table: Table) -> None:
        self.book, self.table = book, table
        self.sheet = book.add_worksheet("data")
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.plain = book.add_format({"quote_prefix": True})
        self.decimals: dict[int, Any] = {}

    def fill(self) -> None:
        """Write the head, which stays in sight, and all rows."""
        columns = self.table.columns
        for place, name in enumerate(columns):
            self.sheet.set_column(place, place, _WIDE.get(name, len(name) + 4))
        head = self.book.add_format({"bold": True, "bottom": 1})
        for place, name in enumerate(columns):
            self.sheet.write_string(0, place, name, head)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, max(1, self.table.count), len(columns) - 1)
        for number, row in enumerate(self.table.rows, 1):
            for place, value in enumerate(row):
                self.put(number, place, value)

    def put(self, row: int, column: int, value: Value) -> None:
        """Write one cell."""
        match value:
            case None | "":
                return
            case Decimal() if len(value.as_tuple().digits) > _MOST_DIGITS:
                self.sheet.write_string(row, column, f"{value:f}", self.plain)
            case Decimal() | int():
                self.sheet.write_number(row, column, value, self.number(value))
            case date():
                self.sheet.write_datetime(row, column, value, self.day)
            case str():
                if len(value) > _MOST_CHARACTERS:
                    message = f"a cell holds {_MOST_CHARACTERS} characters"
                    name = f"{self.table.columns[column]} of row {row + 1}"
                    raise Unusable([Finding("export.size", message, found=name, hint="export CSV or JSON")])
                self.sheet.write_string(row, column, value, self.plain if value.startswith(_LIKE_A_FORMULA) else None)

    def number(self, value: Decimal | int) -> Any:
        """Return the format that shows a number's decimals, nought at its end included."""
        decimals = decimals_of(value) if isinstance(value, Decimal) else 0
        if decimals not in self.decimals:
            shape = "0." + "0" * decimals if decimals else "0"
            self.decimals[decimals] = self.book.add_format({"num_format": shape})
        return self.decimals[decimals]
