"""Workbooks of Excel 2007 and later, xlsx and xlsm (ECMA-376 part 1, 18), as WPS and LibreOffice write them too.

The parts that matter are read as events, for reasons of figures and of safety. calamine gives no number formats, hidden
rows or formulas. openpyxl gives them, but makes an object of each cell that a merged range covers (A1:XFD1048576 ends
the machine), so that a part would have to be read before it is given to it; it cannot tell a formula without a saved
value from one that yields no words, and refuses workbooks for a fault in a colour or a chart. The tests read
the same files with calamine and compare.
"""

import re
from datetime import datetime
from decimal import Decimal

from xdreport.findings import Finding, Place, Severity
from xdreport.grid import EMPTY, Cell, Range, Sheet, reference
from xdreport.readers.workbook import formats, limits, values
from xdreport.readers.workbook.archive import Archive, relations
from xdreport.readers.workbook.drafts import Draft, Tally, stop_on_bad_names

# The formats that have no code in the file (18.8.30), with those of Chinese Excel.
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;[Red]¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;[Red]¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 23: "General", 24: "General", 25: "General", 26: "General",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _YEAR_MONTH, 51: _MONTH_DAY,
    52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_columns: dict[str, int] = {}  # numbers by letters, as they are met
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a string holds what XML cannot (18.4)


def read(content: bytes, shown: str) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """Return the sheets of a workbook and what is left alone in it; raise `Failed` for one that is not read."""
    archive = Archive(content, shown)
    main = next((name for kind, name in relations(archive, "").values() if kind == "officeDocument"), "")
    if main.endswith(".bin") or main not in archive:
        hint = "save it as .xlsx" if main.endswith(".bin") else "export it as a workbook (.xlsx)"
        raise limits.refused("book.kind", "this is no workbook that is read", shown, hint=hint)
    workbook = _Workbook(archive, main)
    tally = Tally(shown)
    sheets = tuple(_Reading(workbook, name, part, hidden, tally).sheet() for name, part, hidden in workbook.sheets)
    if workbook.is_left_to_compute and workbook.formulas and not tally.uncomputed:
        tally.uncomputed += workbook.formulas  # XlsxWriter saves 0 for each, and asks Excel to compute them
    tally.stop_on_uncomputed()
    return sheets, list(_left_alone(archive, shown))


def _left_alone(archive: Archive, shown: str) -> list[Finding]:
    found = []
    if any(name.endswith("vbaproject.bin") for name in archive.names()):
        message = "the workbook has macros; they are not run"
        found.append(Finding("book.macros", message, Place(shown), severity=Severity.NOTE))
    if any(name.startswith("xl/externallinks/") and name.endswith(".xml") for name in archive.names()):
        message = "the workbook draws on other workbooks; the values that it saved of them are taken"
        found.append(Finding("book.links", message, Place(shown), severity=Severity.NOTE))
    return found


class _Workbook:
    """What the sheets of a workbook share."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.archive = archive
        self.shown = archive.shown
        self.is_1904 = self.is_left_to_compute = False
        self.sheets: list[tuple[str, str, bool]] = []
        self.formulas: list[str] = []
        self._named: list[tuple[str, str, bool]] = []
        archive.parse(main, self._about)
        led = relations(archive, main)
        for name, id, is_hidden in self._named:
            kind, part = led.get(id, ("", ""))
            if kind == "worksheet":  # charts and dialogues may be sheets too
                self.sheets.append((name, part, is_hidden))
        if len(self.sheets) > limits.MOST_SHEETS:
            raise limits.too_large("sheets", limits.MOST_SHEETS, self.shown)
        stop_on_bad_names([name for name, *_ in self.sheets], self.shown)
        own = {kind: part for kind, part in led.values() if part}
        self.strings = _strings(archive, own["sharedStrings"]) if "sharedStrings" in own else []
        self.formats = _formats(archive, own["styles"]) if "styles" in own else []

    def _about(self, tag: str, its: dict[str, str]) -> None:
        match tag:
            case "workbookPr":
                self.is_1904 = _is_true(its.get("date1904"))
            case "calcPr":
                self.is_left_to_compute = _is_true(its.get("fullCalcOnLoad"))
            case "sheet":
                self._named.append((its.get("name", ""), its.get("id", ""), its.get("state", "visible") != "visible"))

    def format(self, style: str) -> str | None:
        """Return the number format of a cell's style, None for one that the file does not have."""
        if not style:
            return self.formats[0] if self.formats else "General"
        try:
            return self.formats[int(style)]
        except (ValueError, IndexError):
            return None


def _is_true(text: str | None) -> bool:
    return text in {"1", "true", "on"}


def _strings(archive: Archive, part: str) -> list[str]:
    """Return the words that the cells share."""
    found: list[str] = []
    words = _Words()

    def start(tag: str, its: dict[str, str]) -> None:
        words.start(tag, its)

    def end(tag: str) -> None:
        words.end(tag)
        if tag == "si":
            if len(found) == limits.MOST_STRINGS:
                raise limits.too_large("different words", limits.MOST_STRINGS, archive.shown)
            found.append(words.taken())

    archive.parse(part, start, end, words.text)
    return found


class _Words:
    """Words while they are read, in runs of one look each; what is written above them to be read aloud is left out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._run: list[str] = []
        self._in_text = self._is_raised = False
        self._aloud = 0

    def start(self, tag: str, its: dict[str, str]) -> None:
        match tag:
            case "t":
                self._in_text = not self._aloud
                self._run = []
            case "rPh":
                self._aloud += 1
            case "r":
                self._is_raised = False
            case "vertAlign":
                self._is_raised = its.get("val") == "superscript"

    def text(self, text: str) -> None:
        if self._in_text:
            self._run.append(text)

    def end(self, tag: str) -> None:
        match tag:
            case "t" if self._in_text:
                own = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(self._run))
                self._parts.append(values.raised(own) if self._is_raised else own)
                self._in_text = False
            case "rPh":
                self._aloud -= 1
            case "r":
                self._is_raised = False

    def taken(self) -> str:
        """Return the words and begin anew."""
        text = "".join(self._parts).replace("\r\n", "\n").replace("\r", "\n")
        self._parts = []
        return text


def _formats(archive: Archive, part: str) -> list[str]:
    """Return the number format of each style of cells; "?" for a number that stands for none."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    inside = [""]

    def start(tag: str, its: dict[str, str]) -> None:
        if tag in {"cellXfs", "cellStyleXfs", "dxfs"}:
            inside[0] = tag
        elif tag == "numFmt" and inside[0] != "dxfs":
            own[_whole(its.get("numFmtId"))] = its.get("formatCode", "")
        elif tag == "xf" and inside[0] == "cellXfs":
            numbers.append(_whole(its.get("numFmtId", "0")))

    archive.parse(part, start)
    known = _BUILT_IN | own
    return [known.get(number, "?") for number in numbers]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


class _Reading:
    """A sheet while its part is read."""

    def __init__(self, workbook: _Workbook, name: str, part: str, is_hidden: bool, tally: Tally) -> None:
        self.workbook = workbook
        self.draft = Draft(name, tally, is_hidden)
        self.part = part
        self.row = self.column = -1
        self.kind = self.style = ""
        self.has_formula = self.has_value = self.in_cell = self.in_value = False
        self.held: list[str] = []
        self.words = _Words()

    def sheet(self) -> Sheet:
        """Return the sheet that the part holds."""
        self.workbook.archive.parse(self.part, self._start, self._end, self._text)
        return self.draft.sheet()

    def _start(self, tag: str, its: dict[str, str]) -> None:
        if self.in_cell:
            match tag:
                case "v":
                    self.in_value = self.has_value = True
                case "f":
                    self.has_formula = True
                case _:
                    self.words.start(tag, its)
            return
        match tag:
            case "row":
                self._begin_row(its)
            case "c":
                self._begin_cell(its)
            case "col":
                if _is_true(its.get("hidden")) or _is_nought(its.get("width")):
                    self.draft.hidden_columns.append((_whole(its.get("min")) - 1, _whole(its.get("max")) - 1))
            case "mergeCell":
                self.draft.merge(self._range(its.get("ref", "")))

    def _begin_row(self, its: dict[str, str]) -> None:
        number = _whole(its["r"]) - 1 if "r" in its else self.row + 1
        if number < 0:
            raise self._damaged("a row has no number")
        self.row, self.column = number, -1
        if _is_true(its.get("hidden")) or _is_nought(its.get("ht")):
            self.draft.hidden_rows.add(number)

    def _begin_cell(self, its: dict[str, str]) -> None:
        self.column += 1
        if "r" in its:
            row, self.column = self._place(its["r"])
            if row != self.row:
                raise self._damaged(f"the cell {its['r']} stands in row {self.row + 1}")
        self.kind, self.style = its.get("t", "n"), its.get("s", "")
        self.has_formula = self.has_value = False
        self.held = []
        self.in_cell = True

    def _text(self, text: str) -> None:
        if self.in_value:
            self.held.append(text)
        elif self.in_cell:
            self.words.text(text)

    def _end(self, tag: str) -> None:
        if not self.in_cell:
            return
        match tag:
            case "v":
                self.in_value = False
            case "c":
                self.in_cell = False
                if self.has_value or self.has_formula or self.kind == "inlineStr":
                    self.draft.put(self.row, self.column, self._cell())
            case "f":
                return
            case _:
                self.words.end(tag)

    def _cell(self) -> Cell:
        text = "".join(self.held)
        if self.has_formula:
            self._note_formula(text)
        match self.kind:
            case "inlineStr":
                return values.words(self.words.taken(), is_formula=self.has_formula)
            case "str":
                own = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
                return values.words(own, is_formula=self.has_formula)
            case _ if not text.strip():
                return Cell(is_formula=True) if self.has_formula else EMPTY
            case "s":
                return values.words(self._shared(text))
            case "e":
                return values.error(text, is_formula=self.has_formula)
            case "b":
                flag = "TRUE" if _is_true(text) else "FALSE"
                return Cell(flag, flag, is_text=True, is_formula=self.has_formula)
            case "d":
                return self._iso_day(text)
            case _:
                return self._number(text.strip())

    def _note_formula(self, text: str) -> None:
        name = f"{self.draft.name}!{reference(self.row, self.column)}"
        self.workbook.formulas.append(name)
        if self.kind in {"n", "b", "e", "d"} and not text.strip():
            self.draft.uncomputed(self.row, self.column)

    def _number(self, text: str) -> Cell:
        if not values.is_number(text):
            raise self._damaged(f"{text[:20]} is no number")
        code = self.workbook.format(self.style)
        value = formats.significant(text)
        if code is None or code == "?":
            fault = "its number format is not in the file"
            return Cell(formats.general(value), value, is_formula=self.has_formula, fault=fault)
        return values.number(value, code, is_1904=self.workbook.is_1904, is_formula=self.has_formula)

    def _shared(self, text: str) -> str:
        number = _whole(text.strip())
        if not 0 <= number < len(self.workbook.strings):
            raise self._damaged("a cell has words that the workbook does not have")
        return self.workbook.strings[number]

    def _iso_day(self, text: str) -> Cell:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise self._damaged(f"{text[:20]} is no day") from None
        code = self.workbook.format(self.style) or ""
        shown = formats.show_day(at, code) if code and formats.is_of_days(code) else at.date().isoformat()
        return Cell(shown, at.date(), is_formula=self.has_formula)

    def _place(self, text: str) -> tuple[int, int]:
        letters = text.rstrip("0123456789")
        column = _columns.get(letters)
        if column is not None and text != letters and text[len(letters)] != "0" and len(text) < 12:
            return int(text[len(letters) :]) - 1, column
        match = _REFERENCE.fullmatch(text)
        if not match:
            raise self._damaged(f"{text[:20]} is no cell")
        number = 0
        for letter in match[1]:
            number = number * 26 + ord(letter) - ord("A") + 1
        _columns[letters] = number - 1
        return int(match[2]) - 1, number - 1

    def _range(self, text: str) -> Range:
        first, _, last = text.partition(":")
        (top, left), (bottom, right) = self._place(first), self._place(last or first)
        return Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def _damaged(self, why: str) -> Exception:
        return limits.damaged(f"{why} (sheet {self.draft.name})", self.workbook.shown)


def _is_nought(text: str | None) -> bool:
    return text is not None and values.is_number(text) and Decimal(text) == 0
