"""A sheet while it is read: cells in any order, counted against the limits, then cut to what is used."""

from collections.abc import Iterable

from xdreport.findings import Failed, Finding, Place
from xdreport.grid import EMPTY, Cell, Range, Sheet, reference
from xdreport.readers.workbook import limits

_FEW = 3  # cells that a refusal names


class Tally:
    """What all sheets of a workbook have together, and its formulas that nobody has computed."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.cells = 0
        self.area = 0
        self.merged = 0
        self.uncomputed: list[str] = []

    def stop_on_uncomputed(self) -> None:
        """Raise `Failed` when a formula has no saved value: its cell would be read as empty, or as 0."""
        if self.uncomputed:
            few = ", ".join(self.uncomputed[:_FEW]) + ("" if len(self.uncomputed) <= _FEW else " …")
            message = f"{len(self.uncomputed)} formulas have no saved value" if len(self.uncomputed) > 1 else (
                "a formula has no saved value"
            )  # fmt: skip
            hint = "a program wrote the file: open it in Excel, WPS or LibreOffice, which computes it, and save it"
            raise limits.refused("book.formula", message, self.shown, few, hint=hint)


class Draft:
    """One sheet while it is read."""

    def __init__(self, name: str, tally: Tally, is_hidden: bool = False) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self._tally = tally
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merged: list[Range] = []

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a cell in its place; raise `Failed` for a place that no sheet has, or that has one already."""
        shown = self._tally.shown
        if not (0 <= row < limits.MOST_ROWS and 0 <= column < limits.MOST_COLUMNS):
            raise limits.damaged("a cell lies beyond the last row or column that there can be", shown)
        if cell is EMPTY:
            return
        if (row, column) in self._cells:
            raise limits.damaged(f"the cell {self.name}!{reference(row, column)} stands in it twice", shown)
        if len(cell.shown) > limits.LONGEST_TEXT:
            raise limits.too_large(f"characters in {self.name}!{reference(row, column)}", limits.LONGEST_TEXT, shown)
        self._tally.cells += 1
        if self._tally.cells > limits.MOST_CELLS:
            raise limits.too_large("cells", limits.MOST_CELLS, shown)
        self._cells[row, column] = cell

    def merge(self, span: Range) -> None:
        """Note a merged range."""
        self._tally.merged += 1
        if self._tally.merged > limits.MOST_MERGED:
            raise limits.too_large("merged ranges", limits.MOST_MERGED, self._tally.shown)
        if (span.top, span.left) != (span.bottom, span.right):
            self._merged.append(span)

    def uncomputed(self, row: int, column: int) -> None:
        """Note a formula without a saved value."""
        self._tally.uncomputed.append(f"{self.name}!{reference(row, column)}")

    def sheet(self) -> Sheet:
        """Return the sheet, up to the last row and column in which anything is to be seen."""
        cells = {place: cell for place, cell in self._cells.items() if not cell.is_empty}
        height = max((row for row, _ in cells), default=-1) + 1
        width = max((column for _, column in cells), default=-1) + 1
        self._tally.area += height * width
        if self._tally.area > limits.LARGEST_AREA:
            last = reference(height - 1, width - 1)
            message = f"the sheet {self.name} reaches to {last}, far beyond what it holds"
            hint = "delete the stray cells at its end, or copy the table into a workbook of its own"
            raise limits.refused("book.size", message, self._tally.shown, hint=hint)
        try:
            merged = tuple(_clipped(self._merged, height, width))
        except ValueError as error:
            raise limits.damaged(f"{error.args[0]} in {self.name}", self._tally.shown) from None
        for span in merged:
            for row in range(span.top, span.bottom + 1):
                for column in range(span.left, span.right + 1):
                    if (row, column) != (span.top, span.left):
                        cells.pop((row, column), None)  # nobody sees what a merge has covered
        rows: list[list[Cell]] = [[EMPTY] * width for _ in range(height)]
        for (row, column), cell in cells.items():
            rows[row][column] = cell
        columns = {n for first, last in self.hidden_columns for n in range(first, min(last, width - 1) + 1)}
        return Sheet(
            self.name, tuple(map(tuple, rows)), merged,
            frozenset(row for row in self.hidden_rows if row < height), frozenset(columns), self.is_hidden,
        )  # fmt: skip


def _clipped(spans: Iterable[Range], height: int, width: int) -> Iterable[Range]:
    """Generate the ranges as far as the sheet is used; raise `ValueError` when two of them overlap."""
    taken: set[tuple[int, int]] = set()
    for span in spans:
        bottom, right = min(span.bottom, height - 1), min(span.right, width - 1)
        if span.top > bottom or span.left > right or (span.top, span.left) == (bottom, right):
            continue
        size = (bottom - span.top + 1) * (right - span.left + 1)
        if len(taken) + size > height * width:
            raise ValueError("merged ranges overlap")
        own = {(row, column) for row in range(span.top, bottom + 1) for column in range(span.left, right + 1)}
        if not taken.isdisjoint(own):
            raise ValueError("merged ranges overlap")
        taken |= own
        yield Range(span.top, span.left, bottom, right)


def stop_on_bad_names(names: Iterable[str], shown: str) -> None:
    """Raise `Failed` when a sheet's name cannot be written into a locator, or two sheets have one name."""
    found: list[Finding] = []
    seen: set[str] = set()
    for name in names:
        if not name.strip() or not name.isprintable():
            message, hint = "a sheet's name has invisible characters", "rename the sheet"
            found.append(Finding("book.name", message, Place(shown), name, hint=hint))
        if name in seen:
            found.append(Finding("book.name", "two sheets have one name", Place(shown), name, hint="rename one"))
        seen.add(name)
    if found:
        raise Failed(found)
