"""Workbooks for tests, written as lines of cells. All of them, and every figure in them, are made up (虚构)."""

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from xdreport.grid import EMPTY, Book, Cell, Range, Sheet


def cell(text: str) -> Cell:
    """Return a cell: a number where the characters are one (5.6% a fraction shown as a percentage), `=5.6` a formula
    with its saved value, `'5.6` words that look like a number, `#N/A` an error, `12.3~12.34` shown and stored."""
    if not text:
        return EMPTY
    if text.startswith("#") and text.isupper():
        return Cell(text, None, is_formula=True, error=text)
    if text == "=":
        return Cell("", None, is_formula=True)
    is_formula = text.startswith("=")
    shown, _, stored = text.removeprefix("=").partition("~")
    if re.fullmatch(r"-?[\d,]+(\.\d+)?", shown):
        plain = shown.replace(",", "")
        return Cell(shown, Decimal(stored or plain), is_formula=is_formula, number=Decimal(plain))
    if re.fullmatch(r"-?[\d.]+%", shown):
        seen = Decimal(shown.rstrip("%"))
        return Cell(shown, Decimal(stored) if stored else seen / 100, is_percent=True, number=seen, unit="%", shift=2)
    words = text.removeprefix("'")
    return Cell(words, words, is_text=True)


def sheet(name: str, text: str, merged: str = "", **hidden: object) -> Sheet:
    """Return a sheet of lines whose cells are parted by `|`; `merged` names ranges such as A1:D1 B2:C2."""
    rows = [[cell(one.rstrip()) for one in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    full = tuple(tuple(row + [EMPTY] * (width - len(row))) for row in rows)
    return Sheet(name, full, tuple(_ranges(merged.split())), **hidden)  # type: ignore[arg-type]


def _ranges(names: Iterable[str]) -> Iterable[Range]:
    for name in names:
        match = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", name)
        assert match, name
        left, top, right, bottom = match.groups()
        yield Range(int(top) - 1, ord(left) - 65, int(bottom) - 1, ord(right) - 65)


def book(*sheets: Sheet, name: str = "报表（虚构）.xlsx") -> Book:
    """Return a workbook of these sheets; its hash is made up, too."""
    return Book(name, "ab" * 32, sheets)


def save(made: Book, path: Path) -> Path:
    """Write a made-up workbook as .xlsx, with the same cells, and return where it is."""
    import openpyxl

    target = openpyxl.Workbook()
    target.remove(target.active)
    for one in made.sheets:
        page = target.create_sheet(one.name)
        for row, cells in enumerate(one.rows, 1):
            for column, it in enumerate(cells, 1):
                _fill(page.cell(row, column), it)
        for span in one.merged:
            page.merge_cells(None, span.top + 1, span.left + 1, span.bottom + 1, span.right + 1)
        for hidden in one.hidden_rows:
            page.row_dimensions[hidden + 1].hidden = True
        for hidden in one.hidden_columns:
            page.column_dimensions[chr(65 + hidden)].hidden = True
        page.sheet_state = "hidden" if one.is_hidden else "visible"
    target.save(path)
    return path


def _fill(target: Any, it: Cell) -> None:
    if it.is_empty:
        return
    if it.error:
        target.value, target.data_type = it.error, "e"
    elif isinstance(it.value, Decimal):
        target.value = float(it.value)
        decimals = -min(0, int((it.number or it.value).as_tuple().exponent))
        grouped = "#,##0" if "," in it.shown else "0"
        target.number_format = grouped + ("." + "0" * decimals if decimals else "") + ("%" if it.is_percent else "")
    else:
        target.value, target.data_type = it.shown, "s"
