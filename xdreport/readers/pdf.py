"""A PDF read back: the ledger that it carries, and its text as paragraphs, each character with its box.

pypdfium2 finds the characters; here they become lines, and lines paragraphs, because a sentence goes on over the end
of a line and of a page. A PDF keeps no such thing: a paragraph ends where a line is short, a new one begins where a
line is indented, set in another size or further away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError

from xdreport.document import Box

_LEDGER = "ledger.json"
_GAP = 1.2  # ems between two characters of a line beyond which they are in two cells


@dataclass(frozen=True, slots=True)
class Character:
    """A character and where it stands."""

    text: str
    box: Box

    @property
    def size(self) -> float:
        """How high its box is, in points."""
        return self.box.top - self.box.bottom

    @property
    def middle(self) -> float:
        """The height of its middle above the foot of the page."""
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Characters in reading order; cells of a row are parted by a tab, which has no box of its own."""

    characters: tuple[Character, ...]
    page: int
    line: int

    @property
    def text(self) -> str:
        """What it prints."""
        return "".join(one.text for one in self.characters)


@dataclass(frozen=True)
class Pdf:
    """A PDF that is open for reading."""

    document: PdfDocument

    @classmethod
    def read(cls, content: bytes) -> "Pdf":
        """Return the PDF of a file's bytes; raise `ValueError` when they are none, or one that asks for a password."""
        try:
            return cls(PdfDocument(content))
        except PdfiumError:
            raise ValueError("a PDF that can be read without a password") from None

    def ledger(self) -> bytes | None:
        """Return the ledger that the file carries, None without one."""
        for number in range(self.document.count_attachments()):
            attachment = self.document.get_attachment(number)
            if attachment.get_name() == _LEDGER:
                return bytes(attachment.get_data())
        return None

    def paragraphs(self) -> list[Paragraph]:
        """Return the text of all pages."""
        found: list[Paragraph] = []
        for number, page in enumerate(self.document, 1):
            lines = list(_lines(page, number))
            for paragraph in _paragraphs(lines):
                last = found[-1] if found else None
                if last and last.page == number - 1 and _goes_on(last, paragraph):
                    found[-1] = Paragraph(last.characters + paragraph.characters, last.page, last.line)
                else:
                    found.append(paragraph)
        return found


@dataclass(frozen=True, slots=True)
class _Line:
    characters: tuple[Character, ...]
    number: int

    @property
    def left(self) -> float:
        return self.characters[0].box.left

    @property
    def right(self) -> float:
        return self.characters[-1].box.right

    @property
    def size(self) -> float:
        return median(one.size for one in self.characters if one.text.strip()) if self.characters else 0.0

    @property
    def middle(self) -> float:
        return median(one.middle for one in self.characters)

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.characters)


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[_Line]:
    """Generate the lines of a page from the top, without the number of the page."""
    text = page.get_textpage()
    shown = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if not character.strip() or character == "\x00":
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        shown.append(Character(character, Box(number, left, bottom, right, top)))
    count = 0
    for row in _rows(shown):
        spaced = list(_spaced(row))
        words = "".join(one.text for one in spaced).replace("\t", "").replace(" ", "")
        is_number = words.strip("—–-－").isdecimal() and (words[:1] in "—–-－" or len(words) < 4)
        if is_number and (row[0].box.bottom < 100 or row[0].box.top > page.get_height() - 60):
            continue
        count += 1
        yield _Line(tuple(spaced), count)


def _rows(shown: list[Character]) -> Iterator[list[Character]]:
    """Generate the characters of each line. They come in the order in which they were drawn, which is that of reading,
    column by column: a line ends where the next character stands higher, lower or back to the left."""
    row: list[Character] = []
    for one in shown:
        if row:
            size = max(row[0].size, one.size)
            is_apart = abs(row[0].middle - one.middle) > 0.52 * size
            if is_apart or one.box.left < row[-1].box.left - 0.6 * size:
                yield row
                row = []
        row.append(one)
    if row:
        yield row


def _spaced(row: list[Character]) -> Iterator[Character]:
    """Generate the characters of a line with a tab between cells and a space between words of Latin letters."""
    last: Character | None = None
    for one in row:
        if last is not None:
            gap = one.box.left - last.box.right
            size = max(one.size, last.size)
            if gap > _GAP * size:
                yield Character("\t", last.box)
            elif gap > 0.2 * size and one.text.isascii() and last.text.isascii():
                yield Character(" ", last.box)
        yield one
        last = one


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    """Generate the paragraphs that lines make up."""
    if not lines:
        return
    starts = [True]
    for above, line in pairwise(lines):
        size = max(above.size, line.size)
        column = [other for other in lines if abs(other.left - above.left) < 3 * size and "\t" not in other.text]
        is_short = above.right < max((other.right for other in column), default=above.right) - 1.6 * size
        is_row = "\t" in line.text or "\t" in above.text
        is_other = abs(above.size - line.size) > 0.12 * size
        down = above.middle - line.middle
        if down < 0:  # the next column begins
            left = min(other.left for other in lines if abs(other.left - line.left) < 3 * size)
            is_new = above.text[-1:] in "。！？：；）" or line.left > left + 1.2 * size
        else:
            is_indented = line.left > above.left + 1.2 * size or line.left < above.left - 2.6 * size
            is_new = is_indented or down > 2.4 * size
        starts.append(is_short or is_row or is_other or is_new)
    numbers = iter([sum(starts[: index + 1]) for index in range(len(starts))])
    for _, members in groupby(lines, key=lambda _: next(numbers)):
        its = list(members)
        characters = tuple(one for line in its for one in line.characters)
        yield Paragraph(characters, characters[0].box.page, its[0].number)


def _goes_on(last: Paragraph, following: Paragraph) -> bool:
    """Return whether a paragraph goes on on the next page: it ends without an end, and no indent follows."""
    if "\t" in last.text or "\t" in following.text or last.text[-1:] in "。！？：；）":
        return False
    size = following.characters[0].size
    same = abs(last.characters[-1].size - size) < 0.12 * size
    left = min(one.box.left for one in last.characters)
    return same and len(last.text) > 20 and following.characters[0].box.left < left + 1.2 * size
