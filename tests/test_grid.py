from decimal import Decimal

import pytest

from xdreport.grid import EMPTY, Book, Cell, Range, Sheet, reference


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(11, 5, "F12"), (0, 0, "A1"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1")],
)
def test_a_cell_is_named_as_excel_names_it(row: int, column: int, name: str) -> None:
    assert reference(row, column) == name


def test_every_cell_of_a_merged_range_is_its_first_one() -> None:
    head = Cell("1—9月", "1—9月", is_text=True)
    sheet = Sheet("表1", ((head, EMPTY), (EMPTY, EMPTY)), (Range(0, 0, 0, 1),))
    assert [sheet.at(0, 1), sheet.at(1, 1), sheet.at(7, 7)] == [head, EMPTY, EMPTY]
    book = Book("报表.xlsx", "00", (sheet,))
    assert [book.locator(*found[:3]) for found in book.cells()] == ["报表.xlsx#表1!A1"]


def test_a_formula_that_shows_nothing_and_an_error_are_not_empty() -> None:
    assert [Cell(" ").is_empty, Cell(is_formula=True).is_empty, Cell(error="#N/A").is_empty] == [True, False, False]


def test_the_stored_digits_are_told_in_the_unit_that_is_shown() -> None:
    rate = Cell("5.6%", Decimal("0.05634"), is_percent=True, number=Decimal("5.6"), unit="%", shift=2)
    assert (rate.exact, Cell("亿元", "亿元").exact) == (Decimal("5.634"), None)


def test_a_locator_leads_back_to_its_cell() -> None:
    cell = Cell("5.6", Decimal("5.6"))
    sheet = Sheet("表#1!", ((EMPTY, EMPTY), (EMPTY, cell)))
    book = Book("报表.xlsx", "00", (sheet,))
    assert book.cell(book.locator(sheet, 1, 1)) == cell
    assert [book.cell(f"报表.xlsx#{name}") for name in ("表#1!!Z99", "表2!B2", "表#1!!第1段")] == [EMPTY, None, None]
