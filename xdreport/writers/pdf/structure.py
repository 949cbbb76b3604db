"""The structure of a document as tags (ISO 32000-1, 14.7 and 14.8), in the way of ISO 14289-1.

Pages mark what each element shows; the tree is written when all pages are. An element that shows nothing is left
out, but for cells, which a table needs to be regular.
"""

from collections.abc import Sequence
from functools import lru_cache

from xdreport.pages import Element, Tag
from xdreport.writers.pdf.file import File, number, text

_HEADINGS = frozenset({Tag.H1, Tag.H2, Tag.H3, Tag.H4, Tag.H5})
_CELLS = frozenset({Tag.HEAD, Tag.CELL})
_DESCRIBED = frozenset({Tag.HEAD, Tag.LIST})
# What an element has beside its tag and parent when there is nothing to say of it.
_PLAIN = Element(Tag.P)[2:]
ARTIFACT = "/Artifact BMC"


class Structure:
    """The structure tree of a file being written."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._elements: Sequence[Element] = ()
        self._tags: list[str] = []
        self._level = 0
        # What an element shows: the page, by its place in `_pages`, and the mark on it, or the page and, below zero,
        # the annotation's number.
        self._shown: dict[int, list[tuple[int, int]]] = {}
        # Which element each mark of a page, and each annotation, belongs to, by the key that it has in the file.
        self._owners: list[list[int] | int] = []
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self._pages: list[int] = []
        self._marks: list[int] = []

    def begin_page(self, elements: Sequence[Element]) -> int:
        """Begin a page, with the elements so far; return its key in the tree (14.7.4.4)."""
        self._elements = elements
        self._tags += map(self._tag, elements[len(self._tags) :])
        self._marks = []
        self._owners.append(self._marks)
        return len(self._owners) - 1

    def end_page(self, page: int) -> None:
        """End the page, which has that number as an object."""
        self._pages.append(page)

    def mark(self, element: int | None) -> str:
        """Return the operator that begins what an element shows, None for what is no content."""
        if element is None:
            return ARTIFACT
        self._shown.setdefault(element, []).append((len(self._pages), len(self._marks)))
        self._marks.append(element)
        return f"/{self._tags[element]}<</MCID {len(self._marks) - 1}>>BDC"

    def is_figure(self, element: int) -> bool:
        """Return whether an element is one that a box is asked of."""
        return self._elements[element].tag is Tag.FIGURE

    def enclose(self, element: int, left: float, bottom: float, right: float, top: float) -> None:
        """Say where on its page a figure stands (ISO 32000-1, 14.8.5.4.3)."""
        old = self._boxes.get(element, (left, bottom, right, top))
        self._boxes[element] = (min(old[0], left), min(old[1], bottom), max(old[2], right), max(old[3], top))

    def add_link(self, element: int, annotation: int) -> int:
        """Put an annotation of this page into an element; return its key in the tree."""
        self._shown.setdefault(element, []).append((len(self._pages), -annotation))
        self._owners.append(element)
        return len(self._owners) - 1

    def _tag(self, element: Element) -> str:
        """Return the tag of the next element, of a heading so that no level is skipped (ISO 14289-1, 7.4.2)."""
        if element.tag not in _HEADINGS:
            return element.tag.value
        self._level = min(int(element.tag.value[1]), self._level + 1)
        return f"H{self._level}"

    def write(self) -> int:
        """Write the tree and return the number of its root."""
        elements, file = self._elements, self._file
        root, document = file.reserve(), file.reserve()
        children: dict[int | None, list[int]] = {}
        numbers = [0] * len(elements)
        for index in range(len(elements) - 1, -1, -1):
            element = elements[index]
            if index in self._shown or index in children or element.tag in _CELLS:
                numbers[index] = file.reserve()
                children.setdefault(element.parent, []).append(numbers[index])
        notes: list[tuple[str, int]] = []
        for index, element in enumerate(elements):
            if own := numbers[index]:
                above = document if element.parent is None else numbers[element.parent]
                its = _attributes(element) if element[2:] != _PLAIN or element.tag in _DESCRIBED else ""
                if box := self._boxes.get(index):
                    its += f"/A<</O/Layout/BBox[{' '.join(map(number, box))}]>>"
                if element.tag is Tag.NOTE:
                    notes.append((f"note{len(notes) + 1:06}", own))
                    its += f"/ID({notes[-1][0]})"
                kids = self._kids(self._shown.get(index, ()), children.get(index, ()))
                file.add(f"<</S/{self._tags[index]}/P {above} 0 R{its}{kids}>>", own)
        file.add(f"<</S/Document/P {root} 0 R{self._kids((), children.get(None, ()))}>>", document)
        names = f"/IDTree<</Names[{''.join(f'({name}){note} 0 R ' for name, note in notes)}]>>" if notes else ""
        file.add(
            f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree {self._parents(numbers)} 0 R"
            f"/ParentTreeNextKey {len(self._owners)}{names}>>",
            root,
        )
        return root

    def _kids(self, shown: Sequence[tuple[int, int]], children: Sequence[int]) -> str:
        """Return what an element holds: its marks and annotations, then the elements in it, the last first."""
        page = self._pages[shown[0][0]] if shown else 0
        if len(shown) == 1 and shown[0][1] >= 0 and not children:
            return f"/Pg {page} 0 R/K {shown[0][1]}"
        kids = []
        for place, mark in shown:
            its = self._pages[place]
            if mark < 0:
                kids.append(f"<</Type/OBJR/Obj {-mark} 0 R/Pg {its} 0 R>>")
            elif its == page:
                kids.append(str(mark))
            else:
                kids.append(f"<</Type/MCR/Pg {its} 0 R/MCID {mark}>>")
        kids += [f"{child} 0 R" for child in reversed(children)]
        own = f"/Pg {page} 0 R" if page else ""
        return f"{own}/K[{' '.join(kids)}]" if kids else ""

    def _parents(self, numbers: Sequence[int]) -> int:
        """Write which element each mark belongs to and return the number of that tree (14.7.4.4)."""
        entries = []
        for key, owners in enumerate(self._owners):
            if isinstance(owners, int):
                entries.append(f"{key} {numbers[owners]} 0 R")
            else:
                array = self._file.add(f"[{' '.join(f'{numbers[owner]} 0 R' for owner in owners)}]")
                entries.append(f"{key} {array} 0 R")
        return self._file.add(f"<</Nums[{' '.join(entries)}]>>")


def _attributes(element: Element) -> str:
    """Return what an element says beside its kind: alternative text, how a list is marked, the cells it heads or
    spans."""
    alternative = f"/Alt{text(element.alternative)}" if element.alternative else ""
    if element.tag is Tag.LIST:
        return f"/A<</O/List/ListNumbering/{'Decimal' if element.is_counted else 'Disc'}>>"
    if element.tag in _CELLS:
        return alternative + _cell_attributes(element.tag, element.columns, element.rows, element.is_row_head)
    return alternative


@lru_cache(maxsize=64)
def _cell_attributes(tag: Tag, columns: int, rows: int, is_row_head: bool) -> str:
    scope = f"/Scope/{'Row' if is_row_head else 'Column'}" if tag is Tag.HEAD else ""
    span = (f"/ColSpan {columns}" if columns > 1 else "") + (f"/RowSpan {rows}" if rows > 1 else "")
    return f"/A<</O/Table{scope}{span}>>" if scope or span else ""
