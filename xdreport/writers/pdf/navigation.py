"""What a reader of the file goes by: bookmarks, destinations of links, page labels (ISO 32000-1, 12.3 and 12.4.2)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xdreport.pages import Entry
from xdreport.writers.pdf.file import File, number, text


class Sheet(NamedTuple):
    """A page that is written: its number in the report, its object, its height in points."""

    number: int
    own: int
    height: float


def write_destinations(file: File, entries: Sequence[Entry], pages: Sequence[Sheet]) -> int:
    """Write the names of places that links lead to, one a heading, and return the number of that tree."""
    names = sorted((f"h{index}", f"[{_place(pages, entry)}]") for index, entry in enumerate(entries))
    return file.add(f"<</Names[{''.join(f'({name}){place}' for name, place in names)}]>>")


def _place(pages: Sequence[Sheet], entry: Entry) -> str:
    """Return a destination: the heading's upper edge, at the magnification that the reader has."""
    page = pages[entry.page - 1]
    return f"{page.own} 0 R/XYZ 0 {number(page.height - entry.y)} null"


def write_bookmarks(file: File, entries: Sequence[Entry], pages: Sequence[Sheet]) -> int:
    """Write the bookmarks, one a heading below the one of the next higher level; return the number of their root,
    0 for a document without headings."""
    if not entries:
        return 0
    root, *numbers = [file.reserve() for _ in (None, *entries)]
    above: list[tuple[int, int]] = [(0, root)]
    children: dict[int, list[int]] = {root: []}
    parents = []
    for entry, own in zip(entries, numbers, strict=True):
        while above[-1][0] >= entry.level:
            above.pop()
        parents.append(above[-1][1])
        children[above[-1][1]].append(own)
        children[own] = []
        above.append((entry.level, own))
    for entry, own, parent in zip(entries, numbers, parents, strict=True):
        place = f"/Parent {parent} 0 R/Dest[{_place(pages, entry)}]"
        its = f"{_beside(children[parent], own)}{_ends(children, own)}"
        file.add(f"<</Title{text(entry.text)}{place}{its}>>", own)
    file.add(f"<</Type/Outlines{_ends(children, root)}>>", root)
    return root


def _beside(numbers: Sequence[int], own: int) -> str:
    """Return the neighbours of a bookmark."""
    place = numbers.index(own)
    before = f"/Prev {numbers[place - 1]} 0 R" if place else ""
    after = f"/Next {numbers[place + 1]} 0 R" if place + 1 < len(numbers) else ""
    return before + after


def _ends(children: Mapping[int, Sequence[int]], own: int) -> str:
    """Return the first and the last bookmark below one, and how many are shown."""
    below = children[own]
    return f"/First {below[0]} 0 R/Last {below[-1]} 0 R/Count {_count(children, own)}" if below else ""


def _count(children: Mapping[int, Sequence[int]], own: int) -> int:
    return sum(1 + _count(children, child) for child in children[own])


def page_labels(pages: Sequence[Sheet]) -> str:
    """Return the labels of the pages: the numbers that are printed on them."""
    starts = [
        f"{index}<</S/D/St {page.number}>>"
        for index, page in enumerate(pages)
        if index == 0 or page.number != pages[index - 1].number + 1
    ]
    return f"<</Nums[{''.join(starts)}]>>"
