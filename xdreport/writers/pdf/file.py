"""reportlab's document, with the outer form of a file that thousands of tags fit in.

reportlab gives each object a place of its own and each place a line in a table of plain text; the tags of a long table
would take ten times their size. Here all that is no stream goes into object streams, a few hundred objects each
(ISO 32000-1, 7.5.7), and the table is a stream as well (7.5.8).
"""

import hashlib
import struct
import zlib

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

# Streams are compressed; writing them as text on top only makes them larger.
rl_config.useA85 = 0
# An object stream of this many objects compresses well, and a reader that wants one of them reads little else.
_TOGETHER = 200
# ISO 19005-2, 6.1.2: a comment of four bytes above 127 tells programs that the file is no text.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_END = b"endstream\n"


class File(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A PDF document that is written compactly.

    Beside reportlab's objects it takes finished ones as characters: they are packed as they come, and none is kept.
    Their numbers are given out in advance, so that they can refer to each other.
    """

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, lang=language)
        # Keys of newer versions of PDF than reportlab's catalog knows.
        self.Catalog.__NoDefault__ = [*self.Catalog.__NoDefault__, "AF", "OutputIntents"]
        self._parts = [_HEADER]
        self._size = len(_HEADER)
        # For each object: (1, where it stands) or (2, the object stream that holds it), and its place in there.
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """Return the number of an object that will be added."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def add(self, content: str, number: int = 0) -> int:
        """Add an object, of a reserved number or the next one, and return its number."""
        number = number or self.reserve()
        self._pack(number, content.encode("ascii"))
        return number

    def number(self, thing: pdfdoc.PDFObject) -> int:
        """Return the number of one of reportlab's objects, which is written when the document is."""
        return int(self.idToObjectNumberAndVersion[self.Reference(thing).name][0])

    def reference(self, content: bytes, **entries: object) -> pdfdoc.PDFObjectReference:
        """Return a reference to a stream with these entries; it is compressed unless they name a filter."""
        return self.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content, [pdfdoc.PDFZCompress]))

    def format(self) -> bytes:
        """Return the bytes of the file, with the cross-reference stream at its end."""
        root, information = self.number(self.Catalog), self.number(self.info)
        number = 0
        while number < self.objectcounter:  # it grows: objects that are written may name new ones
            number += 1
            if number in self.numberToId:
                self._write(number, self.idToObject[self.numberToId[number]])
        self._flush()
        number = self.reserve()
        self._places[number] = (1, self._size, 0)
        entries = b"".join(struct.pack(">BIH", *self._places[each]) for each in range(number + 1))
        digest = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest()
        start = self._size
        head = (
            f"<</Type/XRef/Size {number + 1}/W[1 4 2]/Root {root} 0 R/Info {information} 0 R/ID[<{digest}><{digest}>]"
        )
        self._put_stream(number, head, entries)
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _write(self, number: int, thing: pdfdoc.PDFObject) -> None:
        content: bytes = pdfdoc.format(thing, self, toplevel=1)
        if not content.endswith(_END):
            self._pack(number, content)
            return
        # ISO 19005-2, 6.1.7.1: `endstream` stands on a line of its own, which reportlab leaves to chance.
        self._put(number, content[: -len(_END)], b"\n" + _END)

    def _put(self, number: int, *content: bytes) -> None:
        self._places[number] = (1, self._size, 0)
        for part in (b"%d 0 obj\n" % number, *content, b"endobj\n"):
            self._parts.append(part)
            self._size += len(part)

    def _put_stream(self, number: int, head: str, content: bytes) -> None:
        packed = zlib.compress(content)
        self._put(number, f"{head}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode(), packed, b"\n" + _END)

    def _pack(self, number: int, content: bytes) -> None:
        self._waiting.append((number, content))
        if len(self._waiting) == _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        """Write the objects that wait as one object stream."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        stream = self.reserve()
        index, start = [], 0
        for place, (number, content) in enumerate(waiting):
            self._places[number] = (2, stream, place)
            index.append(f"{number} {start}")
            start += len(content) + 1
        head = (" ".join(index) + "\n").encode("ascii")
        body = b"\n".join(content for _, content in waiting)
        self._put_stream(stream, f"<</Type/ObjStm/N {len(waiting)}/First {len(head)}", head + body)


def text(value: str) -> str:
    """Return a text string (7.9.2.2): UTF-16 with its mark, in hexadecimal."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return a number as PDF writes it, to a hundredth."""
    return f"{round(value, 2):g}"
