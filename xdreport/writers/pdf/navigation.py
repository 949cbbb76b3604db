"""What a reader of the file goes by: bookmarks and page labels (ISO 32000-1, 12.3 and 12.4.2)."""

from collections.abc import Sequence
from typing import NamedTuple

from xdreport.pages import Entry
from xdreport.writers.pdf.sheets import Sheets


class Sheet(NamedTuple):
    """A page that is written: its number in the report, its place in the canvas, its height in points."""

    number: int
    place: int
    height: float


def key(entry: int) -> str:
    """Return the name of a heading's bookmark, by its place among the headings."""
    return f"h{entry}"


def write_bookmarks(sheets: Sheets, entries: Sequence[Entry], pages: Sequence[Sheet]) -> None:
    """Write a bookmark for each heading, below the one of the next higher level, none more than a level deeper."""
    level = 0
    for index, entry in enumerate(entries):
        page = pages[entry.page - 1]
        level = min(entry.level, level + 1)
        sheets.bookmark(key(index), sheets.file.Pages.pages[page.place], round(page.height - entry.y, 2))
        sheets.addOutlineEntry(entry.text, key(index), level - 1)
    if entries:
        sheets.showOutline()


def write_page_labels(sheets: Sheets, pages: Sequence[Sheet]) -> None:
    """Write the labels of the pages: the numbers that are printed on them."""
    for index, page in enumerate(pages):
        if index == 0 or page.number != pages[index - 1].number + 1:
            sheets.addPageLabel(index, "ARABIC", page.number)


def put_in_order(sheets: Sheets, pages: Sequence[Sheet]) -> None:
    """Have the pages, which were drawn in any order, follow each other as in the report."""
    drawn = sheets.file.Pages.pages
    sheets.file.Pages.pages = [drawn[page.place] for page in pages]
