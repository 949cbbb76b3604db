"""A table as CSV (RFC 4180): commas, quotation marks where they are needed, rows that end in CR LF, UTF-8.

A cell has no type there, so text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
Injection); a number never does.
"""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import IO

from xdreport.tabular import Table, Value

# What a formula begins with, half and full width, and what spreadsheets skip before one. Text that begins with
# apostrophes and then with one of these gets one more, so that taking one away gives back every text.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def write(table: Table, file: IO[bytes]) -> None:
    """Write a table into an open file."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(map(shown, table.columns))
        rows.writerows(map(shown, row) for row in table.rows)
    finally:
        text.detach()  # which is for the caller to close


def shown(value: Value) -> str:
    """Return the characters of a cell."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return f"'{value}" if _FORMULA.match(value) else value
        case int():
            return str(value)
