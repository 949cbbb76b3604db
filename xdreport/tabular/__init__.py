"""A table of plain values as a file for another program: CSV, JSON or a workbook.

A format is a function that writes a table into an open file, row after row, so that a million rows are never held at
once. What a value is decides how it is written: a `Decimal` and an `int` are numbers, a `date` is a day, a `str` stays
text whatever it begins with, None is an empty cell.
"""

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import IO

Value = str | int | Decimal | date | None
FORMATS = ("csv", "json", "xlsx")
# What a file begins with: Excel and WPS take a CSV without the mark for GBK and show Chinese as something else.
_MARKS = {"csv": codecs.BOM_UTF8}


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns, and as many rows as `count` says; the rows can be gone through once."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]
    count: int


def writer(format: str) -> Callable[[Table, IO[bytes]], None]:
    """Return the function that writes a table in one of `FORMATS`; its library is imported only now."""
    write: Callable[[Table, IO[bytes]], None] = import_module(f"xdreport.tabular.{format}").write
    return write


def saver(table: Table, format: str) -> Callable[[IO[bytes]], None]:
    """Return the function that writes a table into an open file as it is kept on disk, where a CSV has its mark."""
    write = writer(format)

    def save(file: IO[bytes]) -> None:
        file.write(_MARKS.get(format, b""))
        write(table, file)

    return save
