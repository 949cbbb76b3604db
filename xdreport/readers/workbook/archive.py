"""A zip of XML parts, the form of xlsx and ods: its directory held against the limits, its parts read as events.

Parts are read with expat one event after the other, so that no tree of a hostile part is ever built. A document type
declaration is refused before an entity of it is read (no spreadsheet writes one), and nothing outside the file is
ever opened. Nothing is written to disk, so that a name with .. in it leads nowhere; such a file is
refused all the same.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO
from xml.parsers import expat

from xdreport.readers.workbook import limits

_CHUNK = 1024 * 1024
_BROKEN = (  # what zipfile raises over the bytes of a damaged zip
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Archive:
    """A zip whose directory is sound. Parts are found by their names whatever the case, as Office finds them."""

    def __init__(self, content: bytes, shown: str) -> None:
        self.shown = shown
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        except _BROKEN:
            raise limits.damaged("it was cut off, or its directory cannot be read", shown) from None
        self._hold(entries)
        self._entries = {_name(entry.filename): entry for entry in entries}

    def _hold(self, entries: list[zipfile.ZipInfo]) -> None:
        """Raise `Failed` when the directory tells of more than is read, or of what no office program writes."""
        if len(entries) > limits.MOST_PARTS:
            raise limits.too_large("parts", limits.MOST_PARTS, self.shown)
        if sum(entry.file_size for entry in entries) > limits.LARGEST_UNPACKED:
            raise limits.too_large("bytes when it is unpacked", limits.LARGEST_UNPACKED, self.shown)
        for entry in entries:
            if entry.file_size > _CHUNK and entry.file_size > limits.LARGEST_RATIO * max(entry.compress_size, 1):
                message = f"a part of it is packed more than {limits.LARGEST_RATIO} times"
                raise limits.refused("book.size", message, self.shown, entry.filename)
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
                raise limits.refused("book.damaged", "a part's name leads out of the file", self.shown, entry.filename)
        names = [_name(entry.filename) for entry in entries]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise limits.refused("book.damaged", "a part stands in it twice", self.shown, twice)

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._entries

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return list(self._entries)

    def head(self, name: str, size: int = 1000) -> bytes:
        """Return the first bytes of a part, none of one that is not there."""
        entry = self._entries.get(_name(name))
        if entry is None:
            return b""
        try:
            with self._open(entry) as part:
                return part.read(size)
        except _BROKEN:
            raise limits.damaged(f"its part {name} cannot be unpacked", self.shown) from None

    def parse(self, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Call the functions for each element of a part, with its name without namespace; raise `Failed` for a part
        that is not there, damaged or too large."""
        entry = self._entries.get(_name(name))
        if entry is None:
            raise limits.damaged(f"its part {name} is missing", self.shown)
        parser = _parser(self.shown, start, end, text)
        try:
            with self._open(entry) as part:
                while chunk := part.read(_CHUNK):
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise limits.damaged(f"the XML of {name} cannot be read ({error})", self.shown) from None
        except _BROKEN:
            raise limits.damaged(f"its part {name} cannot be unpacked", self.shown) from None

    def _open(self, entry: zipfile.ZipInfo) -> BinaryIO:
        if entry.flag_bits & 1:
            raise encrypted(self.shown)
        try:
            return self._zip.open(entry)  # type: ignore[return-value]
        except _BROKEN:
            raise limits.damaged(f"its part {entry.filename} cannot be unpacked", self.shown) from None


def encrypted(shown: str) -> Exception:
    """Return the refusal of a workbook with a password."""
    hint = "open it, take the password off and save it"
    return limits.refused("book.encrypted", "the workbook is locked with a password", shown, hint=hint)


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the relationships of a part of an Office file: by id, the last word of the type and the name of the part
    it leads to. One that leads out of the file is never followed and has no name."""
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, its: dict[str, str]) -> None:
        if tag == "Relationship":
            target = its.get("Target", "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            is_outside = its.get("TargetMode") == "External"
            found[its.get("Id", "")] = (its.get("Type", "").rpartition("/")[2], "" if is_outside else whole)

    if name in archive:
        archive.parse(name, start)
    return found


def _name(name: str) -> str:
    return name.replace("\\", "/").lower()


def _parser(shown: str, start: Start, end: End | None, text: Text | None) -> expat.XMLParserType:
    """Return a parser that knows no document types and stops at too many elements."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    local: dict[str, str] = {}
    plain: dict[tuple[str, ...], bool] = {}  # attributes by whether they have no namespace, as nearly all have
    left = limits.MOST_ELEMENTS

    def own(name: str) -> str:
        local[name] = name.rpartition("}")[2]
        return local[name]

    def on_start(name: str, its: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise limits.too_large("XML elements", limits.MOST_ELEMENTS, shown)
        names = tuple(its)
        if names not in plain:
            plain[names] = not any("}" in one for one in names)
        if not plain[names]:
            its = {key.rpartition("}")[2]: value for key, value in its.items()}
        start(local.get(name) or own(name), its)

    def on_end(name: str) -> None:
        assert end is not None
        end(local.get(name) or own(name))

    def on_type(*_: object) -> None:
        hint = "no spreadsheet program writes one: ask who sent the file"
        raise limits.refused("book.damaged", "its XML declares a document type", shown, hint=hint)

    parser.StartElementHandler = on_start
    parser.StartDoctypeDeclHandler = on_type
    if end:
        parser.EndElementHandler = on_end
    if text:
        parser.CharacterDataHandler = text
    return parser
