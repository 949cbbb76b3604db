"""Workbooks of LibreOffice and other programs that write OpenDocument (ods, OASIS ODF 1.3 part 3, 9).

The format keeps what a cell shows beside what it holds, so that no number format is rendered here: the number that is
shown is held against the one that is stored. Read as events, because the one library for it, odfpy, has not changed
since 2020 and builds a tree of Python objects, and calamine gives neither what is shown nor what is hidden.
"""

import re
from datetime import date
from decimal import Decimal

from xdreport.findings import Finding
from xdreport.grid import EMPTY, Cell, Range, Sheet
from xdreport.readers.workbook import formats, limits, values
from xdreport.readers.workbook.archive import Archive, encrypted
from xdreport.readers.workbook.drafts import Draft, Tally, stop_on_bad_names

_UNSEEN = {  # what stands in a table or a cell and is no word of the cell
    "annotation", "tracked-changes", "shapes", "frame", "custom-shape", "control", "forms", "g", "rect", "line",
    "detective", "named-expressions", "content-validations", "dde-links", "table-source", "ruby-text",
}  # fmt: skip
_SHOWN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
_SCALES = (0, 2, -3, -4, -6, -8, 3)  # powers of ten that a format may shift by: %, 千, 万, 百万, 亿, ‰


def read(content: bytes, shown: str) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """Return the sheets of a workbook; raise `Failed` for one that is not read."""
    archive = Archive(content, shown)
    if "META-INF/manifest.xml" in archive:
        archive.parse("META-INF/manifest.xml", lambda tag, its: _refuse_encrypted(tag, shown))
    tally = Tally(shown)
    reading = _Reading(archive, tally)
    archive.parse("content.xml", reading.start, reading.end, reading.text)
    stop_on_bad_names([draft.name for draft in reading.drafts], shown)
    made = tuple(draft.sheet() for draft in reading.drafts)
    tally.stop_on_uncomputed()
    return made, []


def _refuse_encrypted(tag: str, shown: str) -> None:
    if tag == "encryption-data":
        raise encrypted(shown)


class _Reading:
    """The content of a workbook while it is read."""

    def __init__(self, archive: Archive, tally: Tally) -> None:
        self.shown = archive.shown
        self.tally = tally
        self.drafts: list[Draft] = []
        self.hidden_tables: set[str] = set()
        self.raised: set[str] = set()
        self.style = ""
        self.unseen = self.tables = 0
        self.row = self.column = 0
        self.row_times = 1
        self.columns = 0
        self.cells: list[tuple[int, int, Cell, dict[str, str]]] = []
        self.its: dict[str, str] = {}
        self.in_cell = False
        self.paragraphs: list[list[str]] = []
        self.spans: list[bool] = []

    def start(self, tag: str, its: dict[str, str]) -> None:
        """Take the start of an element."""
        if self.unseen or tag in _UNSEEN:
            self.unseen += 1
            return
        if self.in_cell:
            self._start_words(tag, its)
            return
        match tag:
            case "style":
                self.style = its.get("name", "")
            case "table-properties" if its.get("display") == "false":
                self.hidden_tables.add(self.style)
            case "text-properties" if re.match(r"super|[1-9]", its.get("text-position", "")):
                self.raised.add(self.style)
            case "table":
                self._begin_table(its)
            case "table-column":
                self._columns(its)
            case "table-row":
                self._begin_row(its)
            case "table-cell" | "covered-table-cell":
                self.its, self.in_cell, self.paragraphs = its, True, []

    def _start_words(self, tag: str, its: dict[str, str]) -> None:
        match tag:
            case "p":
                self.paragraphs.append([])
            case "span":
                self.spans.append(its.get("style-name", "") in self.raised)
            case "s":
                self._add(" " * min(self._count(its.get("c", "1")), limits.LONGEST_TEXT))
            case "tab":
                self._add("\t")
            case "line-break":
                self._add("\n")
            case "table":
                raise limits.refused("book.kind", "a cell has a table in it", self.shown, hint="save it as .xlsx")

    def text(self, text: str) -> None:
        """Take characters."""
        if self.in_cell and not self.unseen:
            plain = re.sub(r"[ \t\r\n]+", " ", text)  # more than one blank is an element of its own (6.1.2)
            self._add(values.raised(plain) if any(self.spans) else plain)

    def _add(self, text: str) -> None:
        if self.paragraphs:
            self.paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self.unseen:
            self.unseen -= 1
            return
        match tag:
            case "span" if self.in_cell:
                self.spans.pop()
            case "table-cell" | "covered-table-cell":
                self.in_cell = False
                self._end_cell(tag == "covered-table-cell")
            case "table-row":
                self._end_row()

    def _begin_table(self, its: dict[str, str]) -> None:
        if len(self.drafts) == limits.MOST_SHEETS:
            raise limits.too_large("sheets", limits.MOST_SHEETS, self.shown)
        is_hidden = its.get("style-name", "") in self.hidden_tables or its.get("display") == "false"
        self.drafts.append(Draft(its.get("name", ""), self.tally, is_hidden))
        self.row = self.columns = 0

    def _columns(self, its: dict[str, str]) -> None:
        times = self._count(its.get("number-columns-repeated", "1"))
        if its.get("visibility", "visible") != "visible":
            self.drafts[-1].hidden_columns.append((self.columns, self.columns + times - 1))
        self.columns += times

    def _begin_row(self, its: dict[str, str]) -> None:
        self.row_times = self._count(its.get("number-rows-repeated", "1"))
        self.column, self.cells = 0, []
        if its.get("visibility", "visible") != "visible":
            last = min(self.row + self.row_times, limits.MOST_ROWS)
            self.drafts[-1].hidden_rows |= set(range(self.row, last))

    def _end_cell(self, is_covered: bool) -> None:
        times = self._count(self.its.get("number-columns-repeated", "1"))
        cell = EMPTY if is_covered else self._cell()
        if cell is not EMPTY or "number-columns-spanned" in self.its or "number-rows-spanned" in self.its:
            if times * self.row_times > limits.MOST_CELLS:
                raise limits.too_large("cells", limits.MOST_CELLS, self.shown)
            self.cells += [(self.column + n, self.row, cell, self.its) for n in range(times)]
        self.column += times

    def _end_row(self) -> None:
        draft = self.drafts[-1]
        for down in range(self.row_times if self.cells else 0):
            for column, row, cell, its in self.cells:
                draft.put(row + down, column, cell)
                right = self._count(its.get("number-columns-spanned", "1"))
                below = self._count(its.get("number-rows-spanned", "1"))
                if right > 1 or below > 1:
                    draft.merge(Range(row + down, column, row + down + below - 1, column + right - 1))
        self.row += self.row_times

    def _cell(self) -> Cell:
        its = self.its
        words = "\n".join("".join(part) for part in self.paragraphs)
        kind = its.get("value-type", "")
        is_formula = "formula" in its
        if is_formula and not kind and not words:
            self.drafts[-1].uncomputed(self.row, self.column)
        if words in values.ERRORS or (is_formula and re.fullmatch(r"(Err:|#ERR)[0-9]+", words)):
            return values.error(words, is_formula=is_formula)
        match kind:
            case "float" | "percentage" | "currency":
                return self._number(its.get("value", ""), words, kind, is_formula)
            case "date":
                return self._day(its.get("date-value", ""), words, is_formula)
            case "time":
                return Cell(words, None, is_formula=is_formula, fault="it is a time of day")
            case "boolean":
                return Cell(words, words, is_text=True, is_formula=is_formula)
            case _:
                return values.words(words or its.get("string-value", ""), is_formula=is_formula)

    def _number(self, text: str, words: str, kind: str, is_formula: bool) -> Cell:
        if not values.is_number(text):
            raise limits.damaged(f"{text[:20]} is no number (sheet {self.drafts[-1].name})", self.shown)
        value = formats.significant(text)
        if not words and kind == "float":  # a program that does not say what is shown
            return values.number(value, "General", is_formula=is_formula)
        return number(value, words, is_formula=is_formula)

    def _day(self, text: str, words: str, is_formula: bool) -> Cell:
        try:
            at = date.fromisoformat(text[:10])
        except ValueError:
            raise limits.damaged(f"{text[:20]} is no day (sheet {self.drafts[-1].name})", self.shown) from None
        return Cell(words or at.isoformat(), at, is_formula=is_formula)

    def _count(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            raise limits.damaged(f"{text[:20]} is no count (sheet {self.drafts[-1].name})", self.shown)
        return int(text)


def number(value: Decimal, shown: str, *, is_formula: bool = False) -> Cell:
    """Return the cell of a number and what the saving program showed for it. Where the two do not fit, whatever power
    of ten the format may shift by, no figure is taken from it."""
    shown = shown.strip()
    found = _SHOWN.findall(shown)
    if not found:  # 0 shown as -
        return Cell(shown, value, is_formula=is_formula)
    scales = (2, *_SCALES) if "%" in shown else _SCALES
    size = Decimal(found[0].replace(",", ""))
    decimals = -int(size.as_tuple().exponent)
    for shift in scales if len(found) == 1 and "!" not in shown else ():
        if abs(value).scaleb(shift).quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP") == size:
            unit = shown.partition(found[0])[2].strip().removesuffix(")").removesuffix("）").strip()
            seen = -size if value < 0 and size else size
            return Cell(shown, value, unit.startswith("%") and shift == 2, False, is_formula, "", seen, unit, shift)
    fault = f"it shows {shown} and holds {value:f}"
    return Cell(shown, value, is_formula=is_formula, fault=fault)
