"""Tables as files for other programs, read back with libraries that others wrote."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xdreport import outputs, tabular
from xdreport.findings import Unusable
from xdreport.tabular import Table, Value, xlsx

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("x")', "＝1+1", "-余", "'=1", "''@x"]
HARMLESS = ["", "—", "…", "约", "1-9月", "a=b", "'x", "第1段，第2句", 'a "word"', "two\nlines", " =1"]


def table(rows: Iterable[tuple[Value, ...]], columns: tuple[str, ...] = ("note", "value")) -> Table:
    held = list(rows)
    return Table("虚构", columns, iter(held), len(held))


def written(its: Table, format: str) -> bytes:
    file = io.BytesIO()
    tabular.saver(its, format)(file)
    return file.getvalue()


def sheet(content: bytes) -> list[list[object]]:
    """Return the cells of the workbook as openpyxl reads them."""
    cells = openpyxl.load_workbook(io.BytesIO(content)).active
    assert cells is not None
    return [[cell.value for cell in row] for row in cells.iter_rows()]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_gets_an_apostrophe_in_csv_and_a_number_does_not(text: str) -> None:
    content = written(table([(text, Decimal("-5.60"))]), "csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""))) == [["note", "value"], [f"'{text}", "-5.60"]]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is_in_csv(text: str) -> None:
    content = written(table([(text, Decimal("0"))]), "csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""))) == [["note", "value"], [text, "0"]]


def test_a_csv_begins_with_a_mark_on_disk_and_without_one_in_a_pipe() -> None:
    assert written(table([("甲", Decimal("1.50"))]), "csv") == "\ufeffnote,value\r\n甲,1.50\r\n".encode()
    pipe = io.BytesIO()
    tabular.writer("csv")(table([("甲", Decimal("1.50"))]), pipe)
    assert pipe.getvalue() == "note,value\r\n甲,1.50\r\n".encode()


def test_json_keeps_digits_as_text_and_says_nothing_of_formulas() -> None:
    rows: list[tuple[Value, ...]] = [("=1", Decimal("-5.60")), ("甲", None)]
    content = written(table(rows), "json")
    assert content.decode() == '[{"note": "=1", "value": "-5.60"},\n{"note": "甲", "value": null}]\n'
    assert json.loads(content)[0] == {"note": "=1", "value": "-5.60"}
    assert written(table([]), "json") == b"[]\n"


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS[1:], "_x0041_", "</t>&amp;"])
def test_text_stays_text_in_a_workbook_whatever_it_begins_with(text: str) -> None:
    content = written(table([(text, Decimal("-5.6"))]), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = book.active
    assert cells is not None
    note, value = cells["A2"], cells["B2"]
    lines = text.replace("\r", "_x000D_")
    assert (note.data_type, openpyxl.utils.escape.unescape(str(note.value))) == ("s", lines.replace("_x000D_", "\r"))
    assert note.quotePrefix == text.startswith(tuple("=+-@\t\r\n"))
    assert (value.data_type, value.value) == ("n", -5.6)
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1][1] == -5.6


def test_a_workbook_shows_the_decimals_that_a_number_has_and_stores_its_digits() -> None:
    values = ["9.30", "0.1", "-5.60", "100", "9.95", "123456789012.345"]
    content = written(table([("", Decimal(text)) for text in values]), "xlsx")
    cells = openpyxl.load_workbook(io.BytesIO(content)).active
    assert cells is not None
    shown = [(cells.cell(row, 2).value, cells.cell(row, 2).number_format) for row in range(2, 8)]
    assert shown == [
        (9.3, "0.00"), (0.1, "0.0"), (-5.6, "0.00"), (100, "0"), (9.95, "0.00"), (123456789012.345, "0.000"),
    ]  # fmt: skip
    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert [f"<v>{text}</v>" in xml for text in values] == [True] * 6


def test_a_number_with_more_digits_than_excel_holds_is_text_in_a_workbook() -> None:
    assert sheet(written(table([("a", Decimal("12345678901234.5678"))]), "xlsx"))[1] == ["a", "12345678901234.5678"]


def test_days_are_days_and_empty_cells_are_empty_in_a_workbook() -> None:
    rows = sheet(written(table([(None, date(2025, 9, 30)), ("", 7)]), "xlsx"))
    assert [[str(cell) for cell in row] for row in rows] == [
        ["note", "value"],
        ["None", "2025-09-30 00:00:00"],
        ["None", "7"],
    ]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
            st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**11), max_value=10**11),
        ),
        max_size=8,
    )
)
def test_what_is_written_is_what_is_read(rows: list[tuple[str, Decimal]]) -> None:
    for format in tabular.FORMATS:
        content = written(table(rows), format)
        assert content == written(table(rows), format)
        if format == "json":
            assert [(row["note"], Decimal(row["value"])) for row in json.loads(content)] == rows
        elif format == "csv":
            read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
            assert [
                (note if note == its else note.removeprefix("'"), value)
                for (note, value), (its, _) in zip(read, rows, strict=True)
            ] == [(note, f"{value:f}") for note, value in rows]
        else:
            read = sheet(content)[1:]
            assert len(read) == len(rows)
            for (note, value), (its_note, its_value) in zip(read, rows, strict=True):
                assert openpyxl.utils.escape.unescape(str(note or "")) == its_note
                assert value == float(its_value)


def test_a_sheet_that_would_be_too_long_is_refused_before_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert len(sheet(written(table([("a", 1), ("b", 2)]), "xlsx"))) == 3
    with pytest.raises(Unusable, match=r'a sheet holds 2 rows, found "3" \(hint: choose less, or export CSV\)'):
        written(table([("a", 1), ("b", 2), ("c", 3)]), "xlsx")


def test_a_cell_that_would_be_cut_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(
        Unusable, match=r'a cell holds 32767 characters, found "note of row 2" \(hint: export CSV or JSON\)'
    ):
        outputs.write({tmp_path / "long.xlsx": tabular.saver(table([("字" * 32768, 1)]), "xlsx")})
    assert list(tmp_path.iterdir()) == []
