"""Workbooks of Excel 97 to 2003 (xls, and et of WPS), read with olefile and xlrd.

xlrd is the one library for them that gives number formats and what is hidden. It does not say which cells are formulas,
and sets no limit to what a hostile file makes it do, so that the records are looked through here first ([MS-XLS] 2.4);
olefile takes them out of the compound file, in which xlrd can be led in circles.
"""

import io
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from xdreport.findings import Failed, Finding
from xdreport.grid import Cell, Range, Sheet
from xdreport.readers.workbook import formats, limits, values
from xdreport.readers.workbook.archive import encrypted
from xdreport.readers.workbook.drafts import Draft, Tally, stop_on_bad_names

_BOF, _FORMULA, _FILEPASS, _BOUNDSHEET, _MERGED = 0x0809, 0x0006, 0x002F, 0x0085, 0x00E5
_CELLS = {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E}  # records that hold one cell
_CELL_RUNS = {0x00BD, 0x00BE}  # several beside each other
_COLUMNS = 256
_SUPERSCRIPT = 1  # [MS-XLS] 2.4.122, sss


def read(content: bytes, shown: str) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """Return the sheets of a workbook; raise `Failed` for one that is not read."""
    try:
        stream = _stream(content, shown)
        survey = _Survey(shown)
        survey.take(stream)
        return _sheets(stream, survey, shown), []
    except (Failed, MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # both libraries meet damage with whatever its bytes lead to
        raise limits.damaged("its records cannot be read", shown) from None


def _sheets(stream: bytes, survey: "_Survey", shown: str) -> tuple[Sheet, ...]:
    import xlrd

    book = xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    sheets = book.sheets()
    if len(sheets) > limits.MOST_SHEETS:
        raise limits.too_large("sheets", limits.MOST_SHEETS, shown)
    stop_on_bad_names([sheet.name for sheet in sheets], shown)
    tally = Tally(shown)
    formulas = survey.saved()
    made = tuple(_sheet(book, sheet, formulas.get(sheet.name, {}), tally) for sheet in sheets)
    tally.stop_on_uncomputed()
    return made


def _stream(content: bytes, shown: str) -> bytes:
    """Return the stream of a compound file that has the records; raise `Failed` for one that is something else."""
    import olefile

    try:
        document = olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_INCORRECT)
        if document.exists("EncryptedPackage"):
            raise encrypted(shown)
        for name in ("Workbook", "Book"):
            if document.exists(name):
                return bytes(document.openstream(name).read())
    except Failed:
        raise
    except Exception:
        raise limits.damaged("it was cut off, or its directory cannot be read", shown) from None
    raise limits.refused("book.kind", "this is no workbook that is read", shown, hint="save it as .xlsx")


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Generate where each record begins, its number and its bytes."""
    place = 0
    while place + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, place)
        yield place, number, stream[place + 4 : place + 4 + size]
        place += 4 + size


@dataclass
class _Survey:
    """What the records hold, before a library reads them: sheets by where they begin, formulas, how far cells reach."""

    shown: str
    names: dict[int, str] = field(default_factory=dict)
    formulas: dict[str, dict[tuple[int, int], bool]] = field(default_factory=dict)

    def take(self, stream: bytes) -> None:
        """Look through all records; raise `Failed` for a locked workbook, and for one beyond the limits."""
        sheet = 0
        merged = 0
        widths: Counter[tuple[int, int]] = Counter()
        for place, number, record in _records(stream):
            if number == _FILEPASS:
                raise encrypted(self.shown)
            if number == _BOUNDSHEET and len(record) >= 8:
                start, wide = struct.unpack_from("<I", record)[0], record[7] & 1
                self.names[start] = record[8:].decode("utf-16-le" if wide else "latin-1", errors="replace")
            elif number == _BOF:
                sheet = place if place in self.names else sheet
            elif number == _MERGED and len(record) >= 2:
                merged += struct.unpack_from("<H", record)[0]
            elif (number in _CELLS or number in _CELL_RUNS) and len(record) >= 6:
                row, column = struct.unpack_from("<HH", record)
                last = struct.unpack_from("<H", record, len(record) - 2)[0] if number in _CELL_RUNS else column
                if max(column, last) >= _COLUMNS:
                    raise limits.damaged("a cell lies beyond the last column that there can be", self.shown)
                widths[sheet, row] = max(widths[sheet, row], last + 1)
                if number == _FORMULA and len(record) >= 16:
                    is_filled = not (record[6] == 3 and record[12:14] == b"\xff\xff")
                    self.formulas.setdefault(self.names.get(sheet, ""), {})[row, column] = is_filled
        if sum(widths.values()) > limits.LARGEST_AREA:
            raise limits.too_large("cells", limits.LARGEST_AREA, self.shown)
        if merged > limits.MOST_MERGED:
            raise limits.too_large("merged ranges", limits.MOST_MERGED, self.shown)

    def saved(self) -> dict[str, dict[tuple[int, int], bool]]:
        """Return the formulas by the name of their sheet, each with whether its value was saved.

        A program that leaves computing to Excel saves no words for each (2.5.133), as Excel does for a formula that
        yields none. So none of them was saved where all of them are so.
        """
        if not any(is_filled for cells in self.formulas.values() for is_filled in cells.values()):
            return self.formulas
        return {sheet: dict.fromkeys(cells, True) for sheet, cells in self.formulas.items()}


def _sheet(book: Any, sheet: Any, formulas: dict[tuple[int, int], bool], tally: Tally) -> Sheet:
    draft = Draft(sheet.name, tally, sheet.visibility != 0)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            if formulas.get((row, column)) is False:
                draft.uncomputed(row, column)
            draft.put(row, column, _cell(book, sheet, row, column, (row, column) in formulas))
    for top, bottom, left, right in sheet.merged_cells:
        draft.merge(Range(top, left, bottom - 1, right - 1))
    rows, columns = sheet.rowinfo_map, sheet.colinfo_map
    draft.hidden_rows |= {row for row, its in rows.items() if its.hidden or its.height == 0}
    draft.hidden_columns += [(column, column) for column, its in columns.items() if its.hidden or its.width == 0]
    return draft.sheet()


def _cell(book: Any, sheet: Any, row: int, column: int, is_formula: bool) -> Cell:
    from xlrd import biffh

    held = sheet.cell(row, column)
    match held.ctype:
        case biffh.XL_CELL_TEXT:
            return values.words(_words(book, sheet, row, column, held.value), is_formula=is_formula)
        case biffh.XL_CELL_NUMBER | biffh.XL_CELL_DATE:
            code = book.format_map[book.xf_list[held.xf_index].format_key].format_str
            value = formats.decimal(held.value)
            return values.number(value, code, is_1904=book.datemode == 1, is_formula=is_formula)
        case biffh.XL_CELL_BOOLEAN:
            flag = "TRUE" if held.value else "FALSE"
            return Cell(flag, flag, is_text=True, is_formula=is_formula)
        case biffh.XL_CELL_ERROR:
            return values.error(biffh.error_text_from_code.get(held.value, "#ERROR!"), is_formula=is_formula)
        case _:
            return values.words("", is_formula=is_formula)


def _words(book: Any, sheet: Any, row: int, column: int, text: str) -> str:
    """Return the words of a cell, those that are set as superscript raised."""
    runs = sheet.rich_text_runlist_map.get((row, column))
    if not runs:
        return text
    starts = [*((start, font) for start, font in runs if start < len(text)), (len(text), 0)]
    parts = [text[: starts[0][0]]]
    for (start, font), (stop, _) in pairwise(starts):
        own = text[start:stop]
        parts.append(values.raised(own) if book.font_list[font].escapement == _SUPERSCRIPT else own)
    return "".join(parts)
