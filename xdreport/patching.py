"""Changes to single places of an XML part: every byte that is not changed stays as it was.

A tree that is written anew is the same XML in other bytes, and who compares two versions of a file sees them all. Here
a tree finds the places and the bytes are cut there. Offsets come from expat, which python calls by the byte.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from lxml import etree

_SPACE = ' xml:space="preserve"'


@dataclass(frozen=True, slots=True)
class _Extent:
    """Where an element stands: its start tag, and its end tag, which is "" (at the same place) for <w:t/>."""

    start: int
    inner: int
    outer: int
    stop: int


@dataclass
class Patch:
    """A part whose elements can be given other texts, or be replaced, one by one.

    `root` is its tree, to look in: changing it changes nothing. Raise `ValueError` for what is no XML in UTF-8.
    """

    source: bytes
    root: etree._Element = field(init=False)
    _extents: list[_Extent] = field(init=False)
    _numbers: dict[etree._Element, int] = field(init=False)
    _edits: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self.root = etree.fromstring(self.source, etree.XMLParser(resolve_entities=False, no_network=True))
            self._extents = _extents_of(self.source)
        except (etree.XMLSyntaxError, expat.ExpatError):
            raise ValueError("XML in UTF-8") from None
        elements = [each for each in self.root.iter() if isinstance(each.tag, str)]
        if len(elements) != len(self._extents):
            raise ValueError("XML whose elements can be counted")
        self._numbers = {element: number for number, element in enumerate(elements)}

    def set_text(self, element: etree._Element, text: str) -> None:
        """Give an element that holds characters alone other characters."""
        extent = self._extents[self._numbers[element]]
        written = escape(text).encode()
        tag = self.source[extent.start : extent.inner]
        if text != text.strip() and b"xml:space" not in tag:
            close = b"/>" if tag.endswith(b"/>") else b">"
            tag = tag.removesuffix(close) + _SPACE.encode() + close
        if tag.endswith(b"/>"):
            name = re.match(rb"<([^\s/>]+)", tag)
            assert name is not None
            self._edits[extent.start, extent.stop] = tag[:-2] + b">" + written + b"</" + name[1] + b">" if text else tag
        else:
            self._edits[extent.start, extent.outer] = tag + written

    def set_attribute(self, element: etree._Element, name: str, value: str) -> None:
        """Give an attribute that an element has, without a namespace or with a prefix, another value."""
        extent = self._extents[self._numbers[element]]
        tag = self._edits.get((extent.start, extent.inner), self.source[extent.start : extent.inner])
        written = escape(value, {'"': "&quot;"}).encode()
        pattern = rb"(\s" + re.escape(name.encode()) + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')"
        self._edits[extent.start, extent.inner] = re.sub(
            pattern, lambda match: match[1] + b'"' + written + b'"', tag, count=1
        )

    def replace(self, element: etree._Element, written: str) -> None:
        """Put XML in place of an element; the prefixes that it uses are those of the part."""
        extent = self._extents[self._numbers[element]]
        self._edits[extent.start, extent.stop] = written.encode()

    def insert_before(self, element: etree._Element, written: str) -> None:
        """Put XML before an element; what is put before one element twice stands in the order of the calls."""
        start = self._extents[self._numbers[element]].start
        self._edits[start, start] = self._edits.get((start, start), b"") + written.encode()

    def insert_after(self, element: etree._Element, written: str) -> None:
        """Put XML behind an element; what is put behind one element twice stands in the order of the calls."""
        stop = self._extents[self._numbers[element]].stop
        self._edits[stop, stop] = self._edits.get((stop, stop), b"") + written.encode()

    def written(self, element: etree._Element) -> str:
        """Return the XML of an element as it stands in the part."""
        extent = self._extents[self._numbers[element]]
        return self.source[extent.start : extent.stop].decode()

    @property
    def content(self) -> bytes:
        """The part with its changes; the same bytes where there are none."""
        parts, reached = [], 0
        for (start, stop), written in sorted(self._edits.items()):
            if start < reached:
                continue  # it stands in an element that was replaced as a whole
            parts += [self.source[reached:start], written]
            reached = stop
        return b"".join([*parts, self.source[reached:]])


def _extents_of(source: bytes) -> list[_Extent]:
    """Return where the elements of a part stand, in the order of their start tags."""
    parser = expat.ParserCreate()
    found: list[list[int]] = []
    waiting: list[list[int]] = []

    def begin(name: str, attributes: object) -> None:
        start = parser.CurrentByteIndex
        inner = _end_of_tag(source, start)
        waiting.append([start, inner, inner, inner])
        found.append(waiting[-1])

    def end(name: str) -> None:
        extent = waiting.pop()
        if source[extent[1] - 2 : extent[1]] != b"/>":
            extent[2] = parser.CurrentByteIndex
            extent[3] = _end_of_tag(source, extent[2])

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(source, True)
    return [_Extent(*extent) for extent in found]


def _end_of_tag(source: bytes, start: int) -> int:
    """Return where a tag ends, past its >, which may stand in an attribute too."""
    match = _TAG.match(source, start)
    if match is None:
        raise expat.ExpatError("a tag without an end")
    return match.end()


_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def repacked(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a zip with other bytes for some of its members; the others keep theirs, and all their names, order and
    times. Names know no case, as in Office's packages."""
    wanted = {name.lower(): written for name, written in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for entry in before.infolist():
            written = wanted.get(entry.filename.lower())
            after.writestr(entry, before.read(entry) if written is None else written)
    return file.getvalue()


def member(content: bytes, name: str) -> bytes | None:
    """Return a member of a zip, None where there is none of that name; names know no case."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        known = {each.lower(): each for each in archive.namelist()}
        return archive.read(known[name.lower()]) if name.lower() in known else None
