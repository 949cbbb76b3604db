"""A workbook as cells, whichever program saved it: what each cell holds, and what a person who opens it sees.

`readers/workbook` makes a `Book`; what the cells mean is for a recipe to say. Rows and columns count from 0 here and
are named as Excel names them (F12) wherever a person reads them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from xdreport.findings import Finding


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `shown` is what a person sees in it (5.6% where 0.056 is formatted as a percentage), "" when empty.

    `value` is what it holds: a number (the 0.056), a day, or the words themselves; None when it is empty or an error.
    `number` is the number that is seen, with the digits that are seen and the sign of what is held (5.6 of 5.6%,
    -1234.5 of a red 1,234.5); None where none is seen, as of words that look like one. `unit` are the words that a
    number format puts behind it (% or 亿元), and `shift` the power of ten between what is held and what is seen: 2 for
    a percentage, -4 for a format that shows 元 in 万元.

    `error` is the error that a formula ended in (#N/A), "" without one. `fault` says why no figure may be taken from
    the cell though it holds one (a number format that cannot be rendered), "" where nothing is wrong.

    `is_formula` says that the value is the one that the saving program had computed. `is_text` says that the cell is
    words, though they may look like a number.
    """

    shown: str = ""
    value: Decimal | date | str | None = None
    is_percent: bool = False
    is_text: bool = False
    is_formula: bool = False
    error: str = ""
    number: Decimal | None = None
    unit: str = ""
    shift: int = 0
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """True when nothing is to be seen in it: no words, no number, no error, no formula."""
        return not (self.shown.strip() or self.error or self.is_formula)

    @property
    def exact(self) -> Decimal | None:
        """All digits of the number that it holds, in the unit that it is shown in: 5.634 of 0.05634 shown as 5.6%;
        None when it holds no number."""
        return self.value.scaleb(self.shift) if isinstance(self.value, Decimal) else None


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows, from the first row and column of the sheet on, each as long as the sheet is wide.

    It ends with the last row and column in which anything is to be seen. A merged range has its words in its first
    cell; the others of it are empty.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False

    @property
    def width(self) -> int:
        """Its number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def _merged_by_row(self) -> dict[int, list[Range]]:
        found: dict[int, list[Range]] = defaultdict(list)
        for span in self.merged:
            for row in range(span.top, span.bottom + 1):
                found[row].append(span)
        return dict(found)

    def range_at(self, row: int, column: int) -> Range | None:
        """Return the merged range that a cell lies in, None when it is a cell of its own."""
        return next((span for span in self._merged_by_row.get(row, ()) if (row, column) in span), None)

    def at(self, row: int, column: int) -> Cell:
        """Return the cell there, the first one of its merged range where it lies in one; `EMPTY` beyond the sheet."""
        if span := self.range_at(row, column):
            row, column = span.top, span.left
        if not (0 <= row < len(self.rows) and 0 <= column < self.width):
            return EMPTY
        return self.rows[row][column]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the name of its file, the SHA-256 of its bytes in hexadecimal digits, and its sheets in order.

    `findings` say what was decided while it was read: the encoding of a CSV, macros and links that are left alone.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    def cells(self) -> Iterator[tuple[Sheet, int, int, Cell]]:
        """Generate sheet, row, column and cell of all cells that are not empty."""
        for sheet in self.sheets:
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if not cell.is_empty:
                        yield sheet, row, column, cell

    def locator(self, sheet: Sheet, row: int, column: int) -> str:
        """Return a cell's place as a data folder records it: 报表.xlsx#表3!F12."""
        return f"{self.name}#{sheet.name}!{reference(row, column)}"

    def cell(self, locator: str) -> Cell | None:
        """Return the cell that a locator names, `EMPTY` beyond its sheet; None for a sheet that is not there."""
        sheet, _, name = locator.partition("#")[2].rpartition("!")  # no name of a file has #
        match = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", name)
        found = next((one for one in self.sheets if one.name == sheet), None)
        if found is None or match is None:
            return None
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return found.at(int(match[2]) - 1, column - 1)


def reference(row: int, column: int) -> str:
    """Return the name of a cell, F12 for row 11 and column 5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
