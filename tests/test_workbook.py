"""Workbooks as they are mailed: what is seen in each cell, and the files that are refused. All of them are made up."""

import os
import random
import shutil
import struct
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import books
import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from python_calamine import CalamineWorkbook

from xdreport.findings import Failed, Unusable
from xdreport.grid import Book, Cell, Range
from xdreport.readers import workbook
from xdreport.readers.workbook import formats, limits


def refusal(path: Path) -> str:
    """Return what is said of a workbook that is refused."""
    with pytest.raises((Failed, Unusable)) as stop:
        workbook.read(path)
    return str(stop.value)


def shown(book: Book, sheet: int = 0) -> list[list[str]]:
    """Return what is seen on a sheet."""
    return [[cell.shown for cell in row] for row in book.sheets[sheet].rows]


# -- number formats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "code", "seen", "number", "unit", "shift"),
    [
        ("0.056", "0.0%", "5.6%", "5.6", "%", 2),
        ("0.05649999", "0.0%", "5.6%", "5.6", "%", 2),
        ("0.0565", "0.0%", "5.7%", "5.7", "%", 2),
        ("-0.0565", "0.0%", "-5.7%", "-5.7", "%", 2),
        ("0.125", "0.00", "0.13", "0.13", "", 0),
        ("2.5", "0", "3", "3", "", 0),
        ("1234567.125", "#,##0.00", "1,234,567.13", "1234567.13", "", 0),
        ("-1234.5", "#,##0.0_);(#,##0.0)", "(1,234.5)", "-1234.5", "", 0),
        ("-2.3", "0.0;[Red]-0.0", "-2.3", "-2.3", "", 0),
        ("-2.3", "0.0;[Red]0.0", "2.3", "-2.3", "", 0),
        ("-2.3", "[Red][<0]0.0;0.0", "2.3", "-2.3", "", 0),
        ("-0.04", "0.0", "-0.0", "0.0", "", 0),
        ("5.6", "0.00_ ", "5.60", "5.60", "", 0),
        ("5.6", "+0.0;-0.0;0.0", "+5.6", "5.6", "", 0),
        ("-5.6", '"增长"0.0"%";"下降"0.0"%"', "下降5.6%", "-5.6", "%", 0),
        ("12.34", '0.0"亿元"', "12.3亿元", "12.3", "亿元", 0),
        ("12.34", r"0.0\亿\元", "12.3亿元", "12.3", "亿元", 0),
        ("1234567", "0!.0,", "123.5", "123.5", "", -4),
        ("1234567", r"0\.0,", "123.5", "123.5", "", -4),
        ("1234567", '0"."0,"万元"', "123.5万元", "123.5", "万元", -4),
        ("1234567", '#!.0000"万"', "123.4567万", "123.4567", "万", -4),
        ("1234567", "0.0,", "1234.6", "1234.6", "", -3),
        ("1234567890", "0.00,,", "1234.57", "1234.57", "", -6),
        ("12345", '[>=10000]0!.0,"万";0', "1.2万", "1.2", "万", -4),
        ("9999", '[>=10000]0!.0,"万";0', "9999", "9999", "", 0),
        ("5.6", "0.0#", "5.6", "5.6", "", 0),
        ("0.5", "#.##", ".5", "0.5", "", 0),
        ("12", "000", "012", "12", "", 0),
        ("5.6", "0.0??", "5.6", "5.6", "", 0),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50", "1234.50", "", 0),
        ("5.6", "@", "5.6", "5.6", "", 0),
        ("5.6", '0.0;-0.0;0.0;@"（注）"', "5.6", "5.6", "", 0),
        ("5.6", 'General"倍"', "5.6倍", "5.6", "倍", 0),
        ("0.333333333333333", "General", "0.333333333", "0.333333333", "", 0),
        ("1234567.12345678", "General", "1234567.123", "1234567.123", "", 0),
        ("123456789012345", "General", "123456789012345", "123456789012345", "", 0),
    ],
)
def test_a_number_is_what_its_format_shows(held: str, code: str, seen: str, number: str, unit: str, shift: int) -> None:
    found = formats.show(formats.significant(held), code)
    assert (found.text, str(found.number), found.unit, found.shift, found.fault) == (seen, number, unit, shift, "")


def test_nought_that_is_shown_as_a_dash_and_a_number_that_is_hidden_are_no_numbers() -> None:
    accounting = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
    assert formats.show(Decimal(0), accounting) == formats.Shown("-")
    assert formats.show(Decimal(5), ";;;") == formats.Shown("")
    assert formats.show(Decimal(0), "0.0;-0.0;;@") == formats.Shown("")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("# ?/?", "fractions do not show the digits"),
        ("0.00E+00", "powers of ten do not show the digits"),
        ("[DBNum2]0", "what [DBNum2] asks for"),
        ("0-000", "words stand between its digits"),
        ('0"0"', "its words have digits"),
        ('"."0', "its words look like a part of the number"),
        ("0.0.0", "it has no such number of digits"),
        ('0.0"亿', "it is incomplete"),
        ("**0", "it fills the cell with *"),
        ("0@", "it mixes numbers and words"),
    ],
)
def test_a_format_that_cannot_be_rendered_gives_no_number(code: str, why: str) -> None:
    found = formats.show(Decimal("5.6"), code)
    assert (found.number, found.fault) == (None, f'the number format "{code}" is not rendered: {why}')


@pytest.mark.parametrize(
    ("serial", "code", "seen"),
    [
        ("45930", "yyyy/m/d", "2025/9/30"),
        ("45930", '[$-804]yyyy"年"m"月";@', "2025年9月"),
        ("45930", "mmm-yy", "Sep-25"),
        ("45930.75", "yyyy-mm-dd hh:mm:ss", "2025-09-30 18:00:00"),
        ("45930.75", "h:mm AM/PM", "6:00 PM"),
        ("45930", 'yyyy"年"m"月"d"日" aaaa', "2025-09-30"),
    ],
)
def test_a_day_is_shown_as_its_format_says(serial: str, code: str, seen: str) -> None:
    at = formats.day(Decimal(serial), is_1904=False)
    assert formats.is_of_days(code)
    assert at is not None and (formats.show_day(at, code), at.date()) == (seen, date(2025, 9, 30))


def test_the_leap_day_of_1900_that_never_was_is_no_day() -> None:
    days = [formats.day(Decimal(serial), is_1904=False) for serial in ("59", "60", "61")]
    assert [day and day.date().isoformat() for day in days] == ["1900-02-28", None, "1900-03-01"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    codes = [
        "General", "0.0", "0.00", "0.0%", "#,##0.00", "0.0;[Red]-0.0", "0.0_ ", '0.0"亿元"', r"0\.0,", '0.0,"千"',
        '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.0;[Red]0.0", "#,##0.0_);(#,##0.0)", "0.0#",
        '"增长"0.0;"下降"0.0', "+0.0;-0.0;0.0", "@", "0", "[Red][<0]0.0;0.0", "0.0;@", "[$¥-804]#,##0.00", "0.0‰",
    ]  # fmt: skip
    held = [5.6000000000000005, 0.056, 0.125, -1234567.125, 12345678901234.5, -2.35, 2.675]
    rows = [[code, *held] for code in codes]
    places = {f"表1!{chr(ord('B') + x)}{y + 1}": code for y, code in enumerate(codes) for x in range(len(held))}
    path = books.xlsx(tmp_path / "格式.xlsx", {"表1": rows}, places)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    done = subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not (tmp_path / "格式.ods").is_file():
        pytest.skip(f"LibreOffice has no Calc: {done.stderr.strip()}")
    ours, theirs = (workbook.read(tmp_path / f"格式.{ending}").sheets[0] for ending in ("xlsx", "ods"))
    for own, other in zip(ours.rows, theirs.rows, strict=True):
        assert [(_without_sign_of_nought(it), it.number, it.unit) for it in own] == [
            (_without_sign_of_nought(it), it.number, it.unit) for it in other
        ]


def _without_sign_of_nought(cell: Cell) -> str:
    """Return what is shown, of -0.04 with one decimal as LibreOffice shows it: Excel shows -0.0."""
    return cell.shown.removeprefix("-") if cell.number == 0 else cell.shown


# -- what a workbook holds --------------------------------------------------------------------------------------------


def test_the_same_table_is_the_same_in_xlsx_and_xls(tmp_path: Path) -> None:
    rows = [["工业总产值", 0.056], ["企业", 58], ["产值", "１２．５％"], ["税收", 5.6000000000000005]]
    codes = {"表1!B1": "0.0%"}
    made = books.xlsx(tmp_path / "a.xlsx", {"表1": rows}, codes), books.xls(tmp_path / "a.xls", {"表1": rows}, codes)
    for path in made:
        assert [row[1] for row in workbook.read(path).sheets[0].rows] == [
            Cell("5.6%", Decimal("0.056"), is_percent=True, number=Decimal("5.6"), unit="%", shift=2),
            Cell("58", Decimal(58), number=Decimal(58)),
            Cell("１２．５％", "１２．５％", is_text=True),
            Cell("5.6", Decimal("5.6"), number=Decimal("5.6")),
        ]


def test_what_is_hidden_merged_and_set_in_1904_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "表1"
    for row in ([date(2025, 9, 30), "前三季度", None], ["", "总量", "增速"], ["甲", 1, 2], ["乙", 3, 4]):
        sheet.append(row)
    sheet["C4"].number_format = "0.0;;"
    sheet.merge_cells("B1:C1")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("底稿").sheet_state = "veryHidden"
    book.save(tmp_path / "报表.xlsx")
    first, second = workbook.read(tmp_path / "报表.xlsx").sheets
    assert (first.merged, first.hidden_rows, first.hidden_columns) == ((Range(0, 1, 0, 2),), {2}, {2})
    assert (first.at(0, 0).value, first.at(0, 2).shown, second.is_hidden) == (date(2025, 9, 30), "前三季度", True)


def test_what_is_hidden_and_merged_is_told_of_xls_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    sheet.write_merge(0, 0, 1, 2, "前三季度")
    for row in range(1, 4):
        for column in range(3):
            sheet.write(row, column, row * 10 + column)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    sheet.write(4, 0, date(2025, 9, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    hidden = book.add_sheet("底稿")
    hidden.visibility = 1
    book.save(str(tmp_path / "报表.xls"))
    first, second = workbook.read(tmp_path / "报表.xls").sheets
    assert (first.merged, first.hidden_rows, first.hidden_columns) == ((Range(0, 1, 0, 2),), {2}, {1})
    assert (first.at(4, 0), second.is_hidden) == (Cell("2025-09-30", date(2025, 9, 30)), True)


def test_words_stay_as_they_are_typed_and_raised_marks_are_told_from_digits(tmp_path: Path) -> None:
    rich = CellRichText("地区生产总值", TextBlock(InlineFont(vertAlign="superscript"), "1)"))
    rows = [[rich, "规模以上\n工业", "　税收 \xa0", "…", "-", "—", "/", "①", "２０２５"]]
    path = books.xlsx(tmp_path / "报表.xlsx", {"表1": rows})
    assert shown(workbook.read(path)) == [
        ["地区生产总值¹⁾", "规模以上\n工业", "　税收 \xa0", "…", "-", "—", "/", "①", "２０２５"]
    ]


def test_words_that_are_raised_in_xls_are_told_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    raised = xlwt.Font()
    raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    book.add_sheet("表1").write_rich_text(0, 0, ["地区生产总值", ("1", raised)])
    book.save(str(tmp_path / "报表.xls"))
    assert shown(workbook.read(tmp_path / "报表.xls")) == [["地区生产总值¹"]]


def test_a_formula_is_its_saved_value_and_an_error_is_one(tmp_path: Path) -> None:
    xml = (
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="e"><v>#N/A</v></c>'
        '<c r="E1" t="b"><v>1</v></c><c r="F1" t="inlineStr"><is><t>#REF!</t></is></c></row></sheetData>'
    )
    path = books.zipped(tmp_path / "报表.xlsx", books.sheet_of(xml))
    assert list(workbook.read(path).sheets[0].rows[0]) == [
        Cell("2", Decimal(2), is_formula=True, number=Decimal(2)),
        Cell(is_formula=True),
        Cell("#DIV/0!", error="#DIV/0!", is_formula=True),
        Cell("#N/A", error="#N/A"),
        Cell("TRUE", "TRUE", is_text=True),
        Cell("#REF!", error="#REF!"),
    ]


def test_a_formula_that_nobody_has_computed_is_refused(tmp_path: Path) -> None:
    path = books.xlsx(tmp_path / "报表.xlsx", {"表1": [[1, 2, "=A1+B1"], [3, 4, "=A2+B2"]]})
    said = (
        '2 formulas have no saved value, found "表1!C1, 表1!C2" (hint: a program wrote the file: open it in Excel, '
        "WPS or LibreOffice, which computes it, and save it) [book.formula]"
    )
    assert refusal(path) == f"报表.xlsx: {said}"
    old = books.xls(tmp_path / "报表.xls", {"表1": [[1, 2, xlwt.Formula("A1+B1")]]})
    assert refusal(old).startswith('报表.xls: a formula has no saved value, found "表1!C1"')


def test_noughts_that_a_program_saved_for_formulas_are_refused(tmp_path: Path) -> None:
    parts = books.sheet_of('<sheetData><row r="1"><c r="A1"><f>1+1</f><v>0</v></c></row></sheetData>')
    left = '</sheets><calcPr calcId="124519" fullCalcOnLoad="1"/>'
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</sheets>", left)
    assert "a formula has no saved value" in refusal(books.zipped(tmp_path / "报表.xlsx", parts))


def test_a_sheet_that_says_it_is_all_there_can_be_is_cut_to_what_is_used(tmp_path: Path) -> None:
    xml = (
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="3"><c r="C3"><v>2</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
        '<mergeCells><mergeCell ref="A2:XFD2"/></mergeCells>'
    )
    sheet = workbook.read(books.zipped(tmp_path / "报表.xlsx", books.sheet_of(xml))).sheets[0]
    assert (len(sheet.rows), sheet.width, sheet.merged) == (3, 3, (Range(1, 0, 1, 2),))


def test_what_a_merged_range_covers_is_not_seen(tmp_path: Path) -> None:
    xml = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>99</v></c><c r="C1"><v>3</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    book = workbook.read(books.zipped(tmp_path / "报表.xlsx", books.sheet_of(xml)))
    assert shown(book) == [["1", "", "3"]]


def test_calamine_reads_the_same_values(tmp_path: Path) -> None:
    rows = [["指标", "值", None], ["甲", 12.5, 0.1], ["乙", -3, 1e15], ["丙", None, 5.6000000000000005]]
    for path in (books.xlsx(tmp_path / "a.xlsx", {"表1": rows}), books.xls(tmp_path / "a.xls", {"表1": rows})):
        theirs = CalamineWorkbook.from_path(path).get_sheet_by_name("表1").to_python()
        ours = [[cell.value for cell in row] for row in workbook.read(path).sheets[0].rows]
        assert [[float(it) if isinstance(it, Decimal) else it or "" for it in row] for row in ours] == [
            [float(f"{it:.15g}") if isinstance(it, float | int) else it for it in row] for row in theirs
        ]


def test_macros_and_links_are_left_alone_and_named(tmp_path: Path) -> None:
    parts = books.sheet_of('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    parts |= {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": "<x/>"}
    book = workbook.read(books.zipped(tmp_path / "报表.xlsm", parts))
    assert [str(finding) for finding in book.findings] == [
        "报表.xlsm: the workbook has macros; they are not run [book.macros]",
        "报表.xlsm: the workbook draws on other workbooks; the values that it saved of them are taken [book.links]",
    ]


def test_prefixes_and_missing_references_are_read_as_excel_reads_them(tmp_path: Path) -> None:
    parts = books.sheet_of("")
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>'
        "<x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert shown(workbook.read(books.zipped(tmp_path / "报表.xlsx", parts))) == [["1", "2"], ["3", ""]]


# -- OpenDocument -----------------------------------------------------------------------------------------------------


def test_an_opendocument_shows_what_its_program_showed(tmp_path: Path) -> None:
    cell, wide, computed = books.ods_cell, ' table:number-columns-spanned="2"', ' table:formula="of:=A1"'
    xml = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16381"/>'
        f"<table:table-row>{cell('指标')}{cell('前三季度', more=wide)}"
        '<table:covered-table-cell/></table:table-row><table:table-row table:visibility="filter">'
        f"{cell('工业')}{cell('5.6%', '0.0563', 'percentage')}{cell('(1,234.5)', '-1234.49')}</table:table-row>"
        '<table:table-row><table:table-cell office:value-type="string"><text:p>税收<text:span '
        'text:style-name="T1">1</text:span></text:p><text:p>合计<text:s text:c="2"/>计</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
        f"{cell('12.3', '123412', more=computed)}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = workbook.read(books.ods(tmp_path / "报表.ods", {"表1": xml})).sheets[0]
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == ((Range(0, 1, 0, 2),), {1}, {2})
    assert list(sheet.rows[1]) == [
        Cell("工业", "工业", is_text=True),
        Cell("5.6%", Decimal("0.0563"), is_percent=True, number=Decimal("5.6"), unit="%", shift=2),
        Cell("(1,234.5)", Decimal("-1234.49"), number=Decimal("-1234.5")),
    ]
    assert list(sheet.rows[2]) == [
        Cell("税收¹\n合计  计", "税收¹\n合计  计", is_text=True),
        Cell("#DIV/0!", error="#DIV/0!", is_formula=True),
        Cell("12.3", Decimal(123412), is_formula=True, number=Decimal("12.3"), shift=-4),
    ]


def test_an_opendocument_cell_that_shows_another_number_than_it_holds_gives_none(tmp_path: Path) -> None:
    xml = f"<table:table-row>{books.ods_cell('5.6', '7.1')}</table:table-row>"
    cell = workbook.read(books.ods(tmp_path / "报表.ods", {"表1": xml})).sheets[0].at(0, 0)
    assert cell == Cell("5.6", Decimal("7.1"), fault="it shows 5.6 and holds 7.1")


def test_an_opendocument_formula_without_a_value_and_a_locked_one_are_refused(tmp_path: Path) -> None:
    xml = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    assert "a formula has no saved value" in refusal(books.ods(tmp_path / "报表.ods", {"表1": xml}))
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x00\x01",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>',
    }
    assert "locked with a password" in refusal(books.zipped(tmp_path / "锁.ods", parts))


# -- CSV --------------------------------------------------------------------------------------------------------------

TABLE = '指标,单位,数值,同比\r\n工业总产值,亿元,86.40,6.2\r\n"企业,合计",家,"1,280",\r\n'
CELLS = [["指标", "单位", "数值", "同比"], ["工业总产值", "亿元", "86.40", "6.2"], ["企业,合计", "家", "1,280", ""]]


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"), ("gb18030", "GB18030 (GBK)"),
    ],
)  # fmt: skip
def test_a_csv_is_read_in_the_encoding_that_it_has_and_the_choice_is_told(
    tmp_path: Path, codec: str, said: str
) -> None:
    path = tmp_path / "报表.csv"
    path.write_bytes(TABLE.encode(codec))
    book = workbook.read(path)
    assert (shown(book), book.sheets[0].name) == (CELLS, "报表")
    assert [finding.message for finding in book.findings] == [f"read as {said}, with commas between the cells"]
    sheet = book.sheets[0]
    assert (sheet.at(1, 2).number, sheet.at(2, 2)) == (Decimal("86.40"), Cell("1,280", "1,280", is_text=True))


def test_a_csv_in_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "报表.csv"
    path.write_bytes("指標,單位\n工業總產值,億元\n規模以上企業,家\n".encode("big5"))
    assert refusal(path).startswith("报表.csv: the encoding cannot be told")
    path.write_bytes(b"\xd6\xb8\xb1\xea,\xff\xff\n")
    assert "the text is not UTF-8, nor GB18030 (GBK)" in refusal(path)


@pytest.mark.parametrize(("separator", "said"), [("\t", "tabs"), (";", "semicolons")])
def test_a_csv_may_be_parted_by_tabs_or_semicolons(tmp_path: Path, separator: str, said: str) -> None:
    path = tmp_path / "报表.txt"
    path.write_text(f"题目\n指标{separator}数值\n产值{separator}1,280\n", encoding="utf-8")
    book = workbook.read(path)
    assert shown(book) == [["题目", ""], ["指标", "数值"], ["产值", "1,280"]]
    assert said in book.findings[0].message


# -- files that are refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "this is a web page, whatever its name says"),
        ("\ufeff<table border=1>".encode(), "this is a web page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "this is an XML file",
        ),
        (b"%PDF-1.7", "this is a PDF"),
        (b"MIME-Version: 1.0\r\n", "this is a web page"),
        (b"PK\x03\x04 and no more", "it was cut off, or its directory cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it was cut off"),
    ],
)
def test_a_file_is_what_it_holds_whatever_its_name_says(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "报表.xls"
    path.write_bytes(content)
    assert said in refusal(path)


def test_an_xlsx_named_xls_is_read(tmp_path: Path) -> None:
    path = books.xlsx(tmp_path / "报表.xlsx", {"表1": [["甲", 1]]}).rename(tmp_path / "报表.xls")
    assert shown(workbook.read(path)) == [["甲", "1"]]


def test_a_workbook_cut_off_is_refused(tmp_path: Path) -> None:
    for path in (
        books.xlsx(tmp_path / "报表.xlsx", {"表1": [["甲", 1]]}),
        books.xls(tmp_path / "报表.xls", {"表1": [["甲"]]}),
    ):
        whole = path.read_bytes()
        for part in (3, 2):
            path.write_bytes(whole[: len(whole) * (part - 1) // part])
            assert "the workbook is damaged" in refusal(path)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    assert "what stands there is no file" in refusal(tmp_path / "管道.xlsx")
    assert "a folder stands where a workbook belongs" in refusal(tmp_path)
    assert "there is no such workbook" in refusal(tmp_path / "没有.xlsx")


def test_a_name_that_would_not_stand_in_a_locator_is_refused(tmp_path: Path) -> None:
    for name in ("=cmd.csv", "a#b.csv", "a\u200bb.csv"):
        (tmp_path / name).write_text("a,b", encoding="utf-8")
        assert "the file's name cannot be kept" in refusal(tmp_path / name)


def test_a_document_type_is_refused_before_its_entities_are_read(tmp_path: Path) -> None:
    parts = books.sheet_of("")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    parts["xl/worksheets/sheet1.xml"] = f"<!DOCTYPE x [{laughs}]><worksheet><a>&l9;</a></worksheet>"
    assert "its XML declares a document type" in refusal(books.zipped(tmp_path / "报表.xlsx", parts))


def test_hostile_zips_are_refused_by_their_directory(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    ordinary = books.sheet_of("")
    assert "packed more than 200 times" in refusal(books.zipped(path, ordinary | {"xl/a.xml": bytes(2_000_000)}))
    assert "more than 5,000 parts" in refusal(books.zipped(path, {f"{n}.xml": "" for n in range(5001)}))
    for name in ("/xl/workbook.xml", "xl/../../x.xml", "C:/x.xml"):
        assert "leads out of the file" in refusal(books.zipped(path, ordinary | {name: "<x/>"}))
    books.zipped(path, ordinary)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "a part stands in it twice" in refusal(path)


def test_a_directory_that_tells_of_too_much_is_refused(tmp_path: Path) -> None:
    path = books.zipped(tmp_path / "报表.xlsx", books.sheet_of(""))
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<II", content, place + 20, 400_000_000, 400_000_000)
    path.write_bytes(content)
    assert "more than 268,435,456 bytes when it is unpacked" in refusal(path)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData>', "A1 stands in it"),
        ('<sheetData><row r="1"><c r="B7"><v>1</v></c></row></sheetData>', "the cell B7 stands in row 1"),
        ('<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>', "beyond the last row or column"),
        ('<sheetData><row r="1"><c r="A1"><v>NaN</v></c></row></sheetData>', "NaN is no number"),
        ('<sheetData><row r="1"><c r="A1"><v>1e999</v></c></row></sheetData>', "1e999 is no number"),
        ('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>', "words that the workbook does not"),
        ('<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
         "</sheetData>", "reaches to XFD1048576, far beyond what it holds"),
        ('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row></sheetData><mergeCells>'
         '<mergeCell ref="A1:B1"/><mergeCell ref="B1:C1"/></mergeCells>', "merged ranges overlap"),
        ("<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_001 + "</mergeCells>", "more than 20,000 merged ranges"),
        ("<sheetData><row>", "cannot be read"),
    ],
)  # fmt: skip
def test_a_hostile_sheet_is_refused(tmp_path: Path, xml: str, said: str) -> None:
    path = books.zipped(tmp_path / "报表.xlsx", books.sheet_of(xml))
    assert said in refusal(path)


def test_a_workbook_of_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = books.xlsx(tmp_path / "报表.xlsx", {"表1": [[1, 2, 3], [4, 5, 6]]})
    monkeypatch.setattr(limits, "MOST_CELLS", 5)
    assert "more than 5 cells" in refusal(path)
    monkeypatch.setattr(limits, "LARGEST_FILE", 100)
    assert "more than 100 bytes" in refusal(path)


def test_the_readme_states_every_limit() -> None:
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    _, _, part = text.partition("Files beyond these limits are refused")
    counts = (
        limits.MOST_PARTS, limits.MOST_SHEETS, limits.MOST_CELLS, limits.MOST_ELEMENTS, limits.LARGEST_AREA,
        limits.MOST_MERGED, limits.MOST_STRINGS, limits.LONGEST_TEXT, limits.LARGEST_RATIO,
    )  # fmt: skip
    sizes = (f"{it // 1024**2} MiB" for it in (limits.LARGEST_FILE, limits.LARGEST_UNPACKED))
    assert [word for word in (*(f"{it:,}" for it in counts), *sizes) if word not in part[:1200]] == []


def test_locked_workbooks_are_refused(tmp_path: Path) -> None:
    path = books.xls(tmp_path / "报表.xls", {"表1": [["甲", 1]]})
    content = bytearray(path.read_bytes())
    second = content.index(struct.pack("<HH", 0x0809, 16)) + 20  # the record behind the first of the stream
    struct.pack_into("<H", content, second, 0x002F)  # FILEPASS
    path.write_bytes(content)
    assert "locked with a password" in refusal(path)


def test_a_style_that_the_file_lacks_gives_no_figure(tmp_path: Path) -> None:
    path = books.zipped(
        tmp_path / "报表.xlsx", books.sheet_of('<sheetData><row r="1"><c r="A1" s="9"><v>5.6</v></c></row></sheetData>')
    )
    cell = workbook.read(path).sheets[0].at(0, 0)
    assert cell == Cell("5.6", Decimal("5.6"), fault="its number format is not in the file")


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_damage_anywhere_is_read_or_refused_and_never_a_crash(tmp_path: Path, form: str) -> None:
    rows = [["指标", "累计"], ["产值", 0.056], ["税收", 12.5]]
    path = tmp_path / f"报表.{form}"
    if form == "ods":
        xml = "".join(f"<table:table-row>{books.ods_cell(str(row[1]))}</table:table-row>" for row in rows)
        books.ods(path, {"表1": xml})
    else:
        getattr(books, form)(path, {"表1": rows}, {"表1!B2": "0.0%"})
    whole = path.read_bytes()
    luck = random.Random(7)
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(luck.randint(1, 6)):
            content[luck.randrange(len(content))] = luck.randrange(256)
        path.write_bytes(content)
        try:
            workbook.read(path)
        except (Failed, Unusable) as stop:
            assert all(finding.code.startswith("book.") for finding in stop.findings)
