"""The objects of a PDF file (ISO 32000-1, 7.3 and 7.5): numbered, compressed and written as they are finished.

Everything but the streams goes into object streams, a few hundred objects each, so that the thousands of small
dictionaries of a tagged table take a tenth of their size. Values are written out by those who know them: a
dictionary is a string here.
"""

import hashlib
import struct
import zlib

# An object stream of this many objects compresses well, and a reader that wants one of them reads little else.
_TOGETHER = 200
# ISO 19005-2, 6.1.2: a comment of four bytes above 127 tells programs that the file is no text.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class File:
    """A PDF file being written. Numbers of objects are given out in advance, so that they can refer to each other."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._size = len(_HEADER)
        # For each object: (1, where it stands) or (2, the object stream that holds it), and its place in there.
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        self._waiting: list[tuple[int, str]] = []

    def reserve(self) -> int:
        """Return the number of an object that will be added."""
        self._places.append((0, 0, 0))
        return len(self._places) - 1

    def add(self, content: str, number: int = 0) -> int:
        """Add an object, of a reserved number or the next one, and return its number."""
        number = number or self.reserve()
        self._waiting.append((number, content))
        if len(self._waiting) == _TOGETHER:
            self._flush()
        return number

    def add_stream(self, content: bytes, entries: str = "", number: int = 0, *, is_compressed: bool = False) -> int:
        """Add a stream and return its number.

        `entries` stand in its dictionary beside Length and Filter. Content that `is_compressed` stays as it is, and
        its filter stands among the entries.
        """
        number = number or self.reserve()
        if not is_compressed:
            content, entries = zlib.compress(content), f"{entries}/Filter/FlateDecode"
        self._put_stream(content, entries, number)
        return number

    def add_text(self, content: bytes, entries: str) -> int:
        """Add a stream that programs may find without decompressing it (ISO 19005-2, 6.6.2.1: metadata)."""
        number = self.reserve()
        self._put_stream(content, entries, number)
        return number

    def close(self, root: int, information: int) -> bytes:
        """Return the bytes of the file, with the cross-reference stream (7.5.8) at its end."""
        self._flush()
        number = self.reserve()
        self._places[number] = (1, self._size, 0)
        entries = b"".join(struct.pack(">BIH", *place) for place in self._places)
        digest = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest()
        start = self._size
        self._put_stream(
            zlib.compress(entries),
            f"/Type/XRef/Size {len(self._places)}/W[1 4 2]/Root {root} 0 R/Info {information} 0 R"
            f"/ID[<{digest}><{digest}>]/Filter/FlateDecode",
            number,
        )
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _put_stream(self, content: bytes, entries: str, number: int) -> None:
        self._places[number] = (1, self._size, 0)
        head = f"{number} 0 obj\n<<{entries}/Length {len(content)}>>stream\n".encode("ascii")
        for part in (head, content, b"\r\nendstream\nendobj\n"):
            self._parts.append(part)
            self._size += len(part)

    def _flush(self) -> None:
        """Write the objects that wait as one object stream (7.5.7)."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        stream = self.reserve()
        index, start = [], 0
        for place, (number, content) in enumerate(waiting):
            self._places[number] = (2, stream, place)
            index.append(f"{number} {start}")
            start += len(content) + 1
        head = " ".join(index) + "\n"
        body = "\n".join(content for _, content in waiting)
        entries = f"/Type/ObjStm/N {len(waiting)}/First {len(head)}"
        self.add_stream((head + body).encode("ascii"), entries, stream)


def text(value: str) -> str:
    """Return a text string (7.9.2.2): UTF-16 with its mark, in hexadecimal."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return a number as PDF writes it, to a hundredth."""
    return f"{round(value, 2):g}"
