"""A workbook that a statistics bureau mails → a `Book`: xlsx, xlsm, xls, et, ods and csv, told apart by what they hold.

Web sites and WPS hand out files whose ending lies, so that the ending decides nothing. A file is held against `limits`
before it is parsed; nothing outside it is opened and nothing in it is run. A module for each form, imported when one
is met.
"""

import hashlib
import re
from pathlib import Path

from xdreport.findings import Finding, Place, Unusable
from xdreport.grid import Book, Sheet
from xdreport.readers.workbook import limits

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMULA_STARTS = ("=", "+", "-", "@")
_FOREIGN = (  # the beginnings of files that go by a workbook's name, and the way out of each
    (re.compile(rb"<(!doctype html|html|head|table|meta|style|div)", re.IGNORECASE), "a web page"),
    (re.compile(rb"mime-version:", re.IGNORECASE), "a web page"),
    (re.compile(rb"<\?xml|<workbook|<office:document"), "an XML file"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"\{\\rtf"), "a text document"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM"), "a picture"),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), "a packed folder"),
)
_WAYS_OUT = {
    "a web page": "open it in Excel or WPS and save it as .xlsx",
    "an XML file": "open it in Excel, WPS or LibreOffice and save it as .xlsx",
    "a packed folder": "unpack it",
}


def read(path: Path) -> Book:
    """Return the workbook at `path`.

    Raise `Unusable` where no file can be read, `Failed` for one that is no workbook, too large, damaged, locked, or has
    formulas that nobody has computed.
    """
    content = _content(path)
    sheets, findings = _sheets(content, path)
    return Book(path.name, hashlib.sha256(content).hexdigest(), sheets, tuple(findings))


def _content(path: Path) -> bytes:
    """Return the bytes of a file; raise for what is none, for one that is too large, and for a name that would not
    stand in a locator as it is."""
    place = Place(str(path))
    if path.is_dir():
        raise Unusable([Finding("book.missing", "a folder stands where a workbook belongs", place)])
    if not path.is_file():  # to open a pipe would wait for ever
        message = "what stands there is no file" if path.exists() else "there is no such workbook"
        raise Unusable([Finding("book.missing", message, place)])
    if not path.name.isprintable() or path.name.startswith(_FORMULA_STARTS) or "#" in path.name:
        expected = "one without invisible characters and #, that begins with none of = + - @"
        hint = "rename the file: its name is written into the data folder"
        raise Unusable([Finding("book.name", "the file's name cannot be kept", place, path.name, expected, hint)])
    with path.open("rb") as file:
        content = file.read(limits.LARGEST_FILE + 1)
    if len(content) > limits.LARGEST_FILE:
        raise limits.too_large("bytes", limits.LARGEST_FILE, path.name)
    return content


def _sheets(content: bytes, path: Path) -> tuple[tuple[Sheet, ...], list[Finding]]:
    shown = path.name
    if not content.strip():
        raise limits.refused("book.damaged", "the file is empty", shown)
    if content.startswith(_ZIP):
        return _from_zip(content, shown)
    if content.startswith(_COMPOUND):
        from xdreport.readers.workbook import xls

        return xls.read(content, shown)
    start = content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = content[:400].decode("utf-16", errors="ignore").lstrip().encode()
    for pattern, kind in _FOREIGN:
        if pattern.match(start):
            hint = _WAYS_OUT.get(kind, "ask for the workbook itself")
            raise limits.refused("book.kind", f"this is {kind}, whatever its name says", shown, hint=hint)
    from xdreport.readers.workbook import text

    return text.read(content, shown, path.stem)


def _from_zip(content: bytes, shown: str) -> tuple[tuple[Sheet, ...], list[Finding]]:
    from xdreport.readers.workbook import ods, xlsx
    from xdreport.readers.workbook.archive import Archive

    if Archive(content, shown).head("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        if b"spreadsheet" not in Archive(content, shown).head("mimetype"):
            hint = "export it as a workbook (.xlsx, .ods)"
            raise limits.refused("book.kind", "this is no workbook that is read", shown, hint=hint)
        return ods.read(content, shown)
    return xlsx.read(content, shown)
