"""A table as JSON (RFC 8259): a list with an object a row, an object a line, UTF-8 without a byte order mark.

A decimal is a string of its digits: most readers of JSON make binary fractions of its numbers, in which 9.30 is 9.3 and
the digits after the fifteenth are others.
"""

import json
from datetime import date
from decimal import Decimal
from typing import IO

from xdreport.tabular import Table, Value


def write(table: Table, file: IO[bytes]) -> None:
    """Write a table into an open file."""
    before = "["
    for row in table.rows:
        content = {name: shown(value) for name, value in zip(table.columns, row, strict=True)}
        file.write(f"{before}{json.dumps(content, ensure_ascii=False)}".encode())
        before = ",\n"
    file.write(b"[]\n" if before == "[" else b"]\n")


def shown(value: Value) -> str | int | None:
    """Return a value as JSON has it."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return value
