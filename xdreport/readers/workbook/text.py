"""CSV files: cells of characters alone. Statistics offices mail them as Excel in China writes them, in GB18030.

The encoding is a guess where no byte order mark tells it, and the guess is safe: the bytes are decoded strictly, what
is taken for GB18030 must read as everyday Chinese (Big5 does not), and the finding says which was taken.
"""

import codecs
import csv
import io
from collections import Counter
from decimal import Decimal

from xdreport.findings import Finding, Place, Severity
from xdreport.grid import EMPTY, Cell, Sheet
from xdreport.readers.workbook import formats, limits, values
from xdreport.readers.workbook.drafts import Draft, Tally

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}
_EVERYDAY = 0.9  # of the characters that are not ASCII: all of GB 2312 are, few of a Big5 text read as GB18030


def read(content: bytes, shown: str, name: str) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """Return the one sheet of a CSV file, called `name`, and how it was read; raise `Failed` for what is no text."""
    text, encoding = _decoded(content, shown)
    rows, separator = _rows(text, shown)
    draft = Draft(name, Tally(shown))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            draft.put(number, column, _cell(cell))
    message = f"read as {encoding}, with {_SEPARATORS[separator]} between the cells"
    return (draft.sheet(),), [Finding("book.encoding", message, Place(shown), severity=Severity.NOTE)]


def _cell(text: str) -> Cell:
    if not text:
        return EMPTY
    plain = text.strip()
    if plain.isascii() and values.is_number(plain) and f"{Decimal(plain):f}" == plain.removeprefix("+"):
        value = Decimal(plain)
        if len(value.as_tuple().digits) <= 15:
            return Cell(plain, value, number=value + 0 if value else abs(value))
        return Cell(plain, formats.significant(plain), number=value)
    return values.words(text)


def _decoded(content: bytes, shown: str) -> tuple[str, str]:
    for mark, codec, said in _MARKS:
        if content.startswith(mark):
            return _strict(content, codec, said, shown), said
    if content.count(0) > len(content) // 10:
        zeros = content[::2].count(0), content[1::2].count(0)  # of ASCII, every other byte of UTF-16 is 0
        codec = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
        return _strict(content, codec, "UTF-16", shown), "UTF-16"
    try:
        return content.decode(), "UTF-8"
    except UnicodeDecodeError:
        text = _strict(content, "gb18030", "UTF-8, nor GB18030 (GBK)", shown)
    foreign = [character for character in text if not character.isascii()]
    if sum(map(_is_everyday, foreign)) < _EVERYDAY * len(foreign):
        hint = "save it as “CSV UTF-8”"
        message = "the encoding cannot be told: read as GB18030 (GBK) it is no everyday Chinese"
        raise limits.refused("book.encoding", message, shown, hint=hint)
    return text, "GB18030 (GBK)"


def _is_everyday(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character in "—·…‰①②③④⑤⑥⑦⑧⑨"
    return True


def _strict(content: bytes, codec: str, said: str, shown: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1}"
        hint = "save it as “CSV UTF-8”"
        raise limits.refused("book.encoding", f"the text is not {said}", shown, found, hint=hint) from None
    if "\0" in text:
        raise limits.refused("book.kind", "this is no workbook that is read", shown, hint="save it as .xlsx")
    return text


def _rows(text: str, shown: str) -> tuple[list[list[str]], str]:
    """Return the rows, and what stands between cells: that which parts most rows, into equal numbers of cells."""
    if text.startswith("sep=") and len(line := text.splitlines()[0]) == 5 and line[4] in _SEPARATORS:
        return _parsed(text.partition("\n")[2], line[4], shown), line[4]
    best: tuple[tuple[int, int], list[list[str]], str] | None = None
    for separator in _SEPARATORS:
        try:
            rows = _parsed(text, separator, shown)
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        rank = (sum(widths.values()), -len(widths))
        if best is None or rank > best[0]:
            best = (rank, rows, separator)
    if best is None:
        raise limits.damaged("a quotation mark has no partner", shown)
    return best[1], best[2] if best[0][0] else ","


def _parsed(text: str, separator: str, shown: str) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        cells += len(row)
        if cells > limits.LARGEST_AREA or len(rows) == limits.MOST_ROWS:
            raise limits.too_large("cells", limits.LARGEST_AREA, shown)
        rows.append([cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row])
    return rows
