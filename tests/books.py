"""Workbooks for tests, all made up, in every form that is read: from rows of values and number formats."""

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt

Rows = list[list[Any]]


def xlsx(path: Path, sheets: dict[str, Rows], formats: dict[str, str] | None = None) -> Path:
    """Write a workbook with openpyxl and return its path; `formats` are number formats by cell, as 表1!B2."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, code in (formats or {}).items():
        name, cell = place.split("!")
        book[name][cell].number_format = code
    book.save(path)
    return path


def xls(path: Path, sheets: dict[str, Rows], formats: dict[str, str] | None = None) -> Path:
    """Write a workbook of Excel 97 with xlwt and return its path."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                code = (formats or {}).get(f"{name}!{chr(ord('A') + x)}{y + 1}", "General")
                if value is not None:
                    sheet.write(y, x, value, xlwt.easyxf(num_format_str=code))
    book.save(str(path))
    return path


def ods(path: Path, sheets: dict[str, str]) -> Path:
    """Write an OpenDocument workbook whose tables hold the XML given, and return its path."""
    tables = "".join(f"<table:table table:name={quoteattr(name)}>{xml}</table:table>" for name, xml in sheets.items())
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
    )
    content = (
        f'<office:document-content {spaces}><office:automatic-styles><style:style style:name="T1" '
        'style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
        f"</style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    return zipped(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_cell(shown: str, value: str = "", kind: str = "float", more: str = "") -> str:
    """Return the XML of an OpenDocument cell."""
    held = f' office:value-type="{kind}" office:value="{value}"' if value else ' office:value-type="string"'
    return f"<table:table-cell{held}{more}><text:p>{escape(shown)}</text:p></table:table-cell>"


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a zip of parts and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def changed(path: Path, **parts: Any) -> Path:
    """Change parts of a zip, named by the last word of their names, by functions of their text; return the path."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        content: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for word, change in parts.items():
        name = next(name for name in content if name.rpartition("/")[2].partition(".")[0] == word)
        content[name] = change(bytes(content[name]).decode())  # type: ignore[arg-type]
    return zipped(path, content)


def sheet_of(xml: str) -> dict[str, str | bytes]:
    """Return the parts of a workbook of Excel whose one sheet 表1 has the XML given as its content."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="表1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{xml}</worksheet>',
    }
