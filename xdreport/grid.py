"""A workbook as cells, whichever program saved it: what each cell holds, and what a person who opens it sees.

`readers/workbook` makes a `Book`; what the cells mean is for a recipe to say. Rows and columns count from 0 here and
are named as Excel names them (F12) wherever a person reads them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `shown` is what a person sees in it (5.6% where 0.056 is formatted as a percentage), "" when empty.

    `value` is what it holds: a number (the 0.056), a day, or the words themselves; None when it is empty or an error.
    `error` is the error that a formula ended in (#N/A), "" without one. `is_formula` says that the value is the one
    that the saving program had computed; a formula without a saved value has None. `is_text` says that the cell is
    words, though they may look like a number.
    """

    shown: str = ""
    value: Decimal | date | str | None = None
    is_percent: bool = False
    is_text: bool = False
    is_formula: bool = False
    error: str = ""

    @property
    def is_empty(self) -> bool:
        """True when nothing is to be seen in it: no words, no number, no error, no formula."""
        return not (self.shown.strip() or self.error or self.is_formula)


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows, from the first row and column of the sheet on, each as long as the sheet is wide.

    A merged range has its words in its first cell; the others of it are empty.
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

    def at(self, row: int, column: int) -> Cell:
        """Return the cell there, the first one of its merged range where it lies in one; `EMPTY` beyond the sheet."""
        for span in self.merged:
            if (row, column) in span:
                row, column = span.top, span.left
                break
        if not (0 <= row < len(self.rows) and 0 <= column < self.width):
            return EMPTY
        return self.rows[row][column]

    def is_visible(self, row: int, column: int) -> bool:
        """Return whether a person who opens the sheet sees the cell."""
        return not (self.is_hidden or row in self.hidden_rows or column in self.hidden_columns)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the name of its file, the SHA-256 of its bytes in hexadecimal digits, and its sheets in order."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]

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


def reference(row: int, column: int) -> str:
    """Return the name of a cell, F12 for row 11 and column 5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
