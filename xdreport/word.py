"""A Word file read as its paragraphs: the characters each prints, where it stands, and how to cut its runs.

Characters that tracked changes have deleted are not there; inserted ones are. What the words of a paragraph mean is
the business of others.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from docx.opc.part import Part as BinaryPart
from lxml import etree

from xdreport.package import OFFICE, Package, Part, relations

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
NAMES = {
    "w": MAIN,
    "r": OFFICE,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FALLBACK = f"{{{NAMES['mc']}}}Fallback"
_STORIES = ("header", "footer", "footnotes", "endnotes")
_GONE = {f"{W}del", f"{W}moveFrom"}
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
# What a paragraph's own characters are never found in: properties, and drawings with text boxes of their own.
_APART = _GONE | {f"{W}{name}" for name in ("pPr", "rPr", "drawing", "pict", "object", "txbxContent", "p")} | {
    f"{{{NAMES['mc']}}}AlternateContent"
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A paragraph. `place` says in words where it stands: table 1, row 2, cell 3.

    A text box is kept twice in a Word file, the second time for old readers: a line of that one `is_copy`.
    """

    element: etree._Element
    part: Part
    place: str
    is_copy: bool = False

    @cached_property
    def text(self) -> str:
        """The characters that the paragraph prints; a tab prints \\t, a line break \\n."""
        return "".join(_characters(node) for node in self.nodes())

    def nodes(self) -> Iterator[etree._Element]:
        """Generate the paragraph's elements of text, tabs and line breaks."""
        yield from _nodes(self.element)

    def node(self, place: int) -> etree._Element:
        """Return the element that holds the character at a place in the text; raise `IndexError` when none does."""
        reached = 0
        for node in self.nodes():
            reached += len(_characters(node))
            if place < reached:
                return node
        raise IndexError(place)

    def cut(self, start: int, stop: int) -> list[etree._Element]:
        """Return the runs that hold the characters from `start` to `stop` and nothing else; runs are parted for it."""
        for place in (stop, start):
            self._part_runs(place)
        runs: list[etree._Element] = []
        reached = 0
        for node in self.nodes():
            begin, reached = reached, reached + len(_characters(node))
            run = node.getparent()
            if run is not None and start <= begin and reached <= stop and reached > begin and run not in runs:
                runs.append(run)
        return runs

    def _part_runs(self, place: int) -> None:
        """Part the run that has characters on both sides of a place in the text."""
        reached = 0
        for node in list(self.nodes()):
            begin, reached = reached, reached + len(_characters(node))
            run = node.getparent()
            if run is None or run.tag != f"{W}r" or not begin <= place <= reached:
                continue
            if begin < place < reached:
                text = node.text or ""
                rest = deepcopy(node)
                node.text, rest.text = text[: place - begin], text[place - begin :]
                for half in (node, rest):
                    half.set(_SPACE, "preserve")
                node.addnext(rest)
                _part_after(run, node)
                return
            if place == reached and begin < reached:
                _part_after(run, node)
                return


def _part_after(run: etree._Element, node: etree._Element) -> None:
    """Move what follows `node` in its run into a new run after it, with the same looks."""
    following = list(node.itersiblings())
    if not following:
        return
    other = etree.Element(run.tag)
    other.attrib.update(run.attrib)
    looks = run.find(f"{W}rPr")
    if looks is not None:
        other.append(deepcopy(looks))
    other.extend(following)
    run.addnext(other)


def _characters(node: etree._Element) -> str:
    return _BREAKS.get(node.tag, node.text or "")


def _nodes(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == f"{W}t" or child.tag in _BREAKS:
            yield child
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _nodes(child)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the characters from `start` to before `stop` of a paragraph of the body.

    `line` counts the body's paragraphs from 0, as `Story.lines` does. Without characters (`start` is `stop`) the
    comment stands at the end of the paragraph.
    """

    line: int
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Where a bookmark stands: in which of a story's lines, counted from 0, from which character to before which.

    `is_pending` where tracked changes inside it wait to be accepted or rejected.
    """

    line: int
    start: int
    stop: int
    is_pending: bool = False


@dataclass(frozen=True)
class Story:
    """A text of a Word file: the body, a header, the footnotes; `root` is its part as a tree."""

    part: Part
    name: str
    root: etree._Element

    def lines(self) -> Iterator[Line]:
        """Generate the paragraphs in reading order, those of tables and text boxes where they stand."""
        lead = f"{self.name}, " if self.name else ""
        inner = self.root.findall(f"{W}footnote") + self.root.findall(f"{W}endnote")
        if inner:
            for note in inner:
                if note.get(f"{W}type", "normal") == "normal":
                    yield from self._lines(note, f"{lead}note {note.get(f'{W}id')}, ", [0, 0], False)
        else:
            body = self.root.find(f"{W}body")
            yield from self._lines(self.root if body is None else body, lead, [0, 0], False)

    def _lines(self, element: etree._Element, where: str, counts: list[int], is_copy: bool) -> Iterator[Line]:
        """Generate the paragraphs in an element; `counts` are the paragraphs and tables met at this level so far."""
        for child in element:
            if child.tag == f"{W}p":
                counts[0] += 1
                place = f"{where}paragraph {counts[0]}"
                yield Line(child, self.part, place, is_copy)
                for number, (box, is_second) in enumerate(_boxes(child), 1):
                    yield from self._lines(box, f"{place}, text box {number}, ", [0, 0], is_copy or is_second)
            elif child.tag == f"{W}tbl":
                counts[1] += 1
                yield from self._table(child, f"{where}table {counts[1]}", is_copy)
            elif child.tag not in _GONE and isinstance(child.tag, str):
                yield from self._lines(child, where, counts, is_copy)

    def _table(self, table: etree._Element, where: str, is_copy: bool) -> Iterator[Line]:
        for row_number, row in enumerate(table.iterchildren(f"{W}tr", f"{W}sdt", f"{W}ins", f"{W}customXml"), 1):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tbl"), None) is table]
            for number, cell in enumerate(cells, 1):
                yield from self._lines(cell, f"{where}, row {row_number}, cell {number}, ", [0, 0], is_copy)


def spans(lines: list[Line], prefix: str) -> dict[str, Span]:
    """Return where the bookmarks stand whose names begin with `prefix`; of one that runs over several lines the part
    in its first line. Where an editor has copied a bookmark, the first one counts."""
    found: dict[str, Span] = {}
    is_open: dict[str, tuple[str, int, int, bool]] = {}
    for number, line in enumerate(lines):
        if line.is_copy:
            continue
        reached = 0
        pending = False
        for kind, node in _events(line.element):
            if kind == "text":
                reached += len(_characters(node))
            elif kind == "change":
                is_open = {key: (*its[:3], True) for key, its in is_open.items()}
                pending = True
            elif node.tag == f"{W}bookmarkStart" and node.get(f"{W}name", "").startswith(prefix):
                inside = any(above.tag in _CHANGES for above in node.iterancestors())
                is_open[node.get(f"{W}id", "")] = (node.get(f"{W}name", ""), number, reached, inside)
            elif node.tag == f"{W}bookmarkEnd" and (its := is_open.pop(node.get(f"{W}id", ""), None)):
                name, first, start, changed = its
                stop = reached if first == number else len(lines[first].text)
                found.setdefault(name, Span(first, start, stop, changed or (pending and first != number)))
    for name, first, start, changed in is_open.values():  # its end is gone
        found.setdefault(name, Span(first, start, len(lines[first].text), changed))
    return found


_CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveTo", "moveFrom")}
_MARKS = {f"{W}bookmarkStart", f"{W}bookmarkEnd"}


def _events(paragraph: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Generate text, bookmarks and tracked changes of a paragraph in order; bookmarks between it and the paragraph
    before it come first."""
    before = []
    for sibling in paragraph.itersiblings(preceding=True):
        if sibling.tag not in _MARKS:
            break
        before.append(("mark", sibling))
    yield from reversed(before)
    yield from _events_in(paragraph)


def _events_in(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for child in element:
        if child.tag in _MARKS:
            yield "mark", child
            continue
        if child.tag in _CHANGES:
            yield "change", child
        if child.tag == f"{W}t" or child.tag in _BREAKS:
            yield "text", child
        elif child.tag not in _APART and isinstance(child.tag, str):
            yield from _events_in(child)


def _boxes(paragraph: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Generate the text boxes that a paragraph holds, and whether each is the copy for old readers."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if next(box.iterancestors(f"{W}p"), None) is paragraph:
            yield box, any(above.tag == _FALLBACK for above in box.iterancestors())


def stories(package: Package) -> Iterator[Story]:
    """Generate the texts of a Word file: the body, then headers, footers and notes; raise `ValueError` for bad XML."""
    main = package.main
    yield Story(main, "", tree(main))
    for kind in _STORIES:
        parts = [part for relation in relations(main, kind) if isinstance(part := relation.target_part, Part)]
        for number, part in enumerate(parts, 1):
            name = kind if len(parts) == 1 else f"{kind} {number}"
            yield Story(part, name, tree(part))


_C = f"{{{NAMES['c']}}}"
_RANGE = re.compile(r"(.+)!\$([A-Z]+)\$(\d+)")


def points(root: etree._Element) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    """Generate the points of a chart's part: the cell of its workbook (Sheet1!B2), the point, its series.

    LibreOffice forgets the cells; then they are those of a series a column, from B2 on.
    """
    for number, series in enumerate(root.iter(f"{_C}ser")):
        for values in series.iter(f"{_C}val", f"{_C}yVal"):
            known = _RANGE.match(values.findtext(f"{_C}numRef/{_C}f", ""))
            sheet, column, row = known.groups() if known else ("Sheet1", chr(ord("B") + number), "2")
            for point in values.iter(f"{_C}pt"):
                yield f"{sheet}!{column}{int(row) + int(point.get('idx', '0'))}", point, series


def drop(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def tree(part: BinaryPart) -> etree._Element:
    """Return a part as a tree; raise `ValueError` for bad XML. Entities of the file's own making are not resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(part.blob, parser)
    except etree.XMLSyntaxError:
        raise ValueError(f"XML in {part.partname}") from None
    return root


def as_bytes(root: etree._Element) -> bytes:
    """Return a tree as the bytes of a part."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
