"""The package of an Office file: python-docx's parts and relationships, saved as the same bytes every time.

A part holds its bytes as they were read, or what our own modules wrote. python-docx would keep each part of a Word file
as a tree of its own classes: 60 MB and 0.4 s for a table of 5,000 rows that nobody asks for again, and other bytes in
a file of which one word was to change.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Types, parse_xml, serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part as BinaryPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.opc.rel import _Relationship
from docx.oxml.xmlchemy import BaseOxmlElement

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEDIA = "application/vnd.openxmlformats-officedocument"
_LARGEST = 200_000_000  # bytes of all parts together; more is no document but a trap for memory
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can name: the clock must not show in the bytes


class Part(BinaryPart):
    """A part whose content is text or bytes; it may be filled after other parts refer to it."""

    content: str | bytes = b""

    @property
    def blob(self) -> bytes:
        """The part's bytes as they stand in the file."""
        return (DECLARATION + self.content).encode() if isinstance(self.content, str) else self.content

    def become(self, content_type: str) -> None:
        """Change what the part is: a template of Word becomes a document."""
        self._content_type = content_type

    def relate(self, kind: str, target: BinaryPart, key: str = "") -> str:
        """Refer to another part and return the id of the relationship; `kind` is the type's last word or its URI."""
        return relate(self, kind, target, key)


class Package(OpcPackage):
    """A file in the making. Parts stand in the zip in the order in which relationships lead to them."""

    @classmethod
    def read(cls, content: bytes) -> "Package":
        """Return the package of a file's bytes, every part as it is; raise `ValueError` when they are no such file."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                    raise ValueError(f"a file of less than {_LARGEST // 1_000_000} MB")
                package = cls()
                _Loading(archive, package).load()
            package.part_related_by(f"{OFFICE}/officeDocument")
        except (zipfile.BadZipFile, zlib.error, KeyError, SyntaxError, NotImplementedError, RuntimeError):
            raise ValueError("a Word document (.docx)") from None
        return package

    @property
    def main(self) -> Part:
        """The part that the file is about: a Word file's body."""
        part = self.part_related_by(f"{OFFICE}/officeDocument")
        assert isinstance(part, Part)
        return part

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part bears: `pattern` with a count, from 1, in place of its {}."""
        names = {part.partname.membername for part in self.parts}
        return next(name for count in range(1, len(names) + 2) if (name := pattern.format(count)) not in names)

    def add(self, name: str, content_type: str, content: str | bytes) -> Part:
        """Return a new part; it is saved once a relationship leads to it.

        A content type without a slash is short for one of Office's own.
        """
        full = content_type if "/" in content_type else f"{_MEDIA}.{content_type}+xml"
        part = Part(PackURI(f"/{name}"), full, package=self)  # type: ignore[arg-type] # wants its own subclass
        part.content = content
        return part

    def relate(self, kind: str, target: BinaryPart) -> str:
        """Refer to a part from the package itself and return the id of the relationship."""
        return relate(self, kind, target)

    def content(self) -> bytes:
        """Return the bytes of the file.

        `OpcPackage.save` would stamp each entry with the clock and compress twice as long for a tenth less.
        """
        parts = self.parts
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            _store(archive, CONTENT_TYPES_URI, _content_types(parts))
            _store(archive, PACKAGE_URI.rels_uri, self.rels.xml)
            for part in parts:
                _store(archive, part.partname, part.blob)
                if part.rels:
                    _store(archive, part.partname.rels_uri, part.rels.xml)
        return file.getvalue()


class _Loading:
    """A package while it is read. python-docx's own reader refuses a file of which one relationship leads nowhere, and
    LibreOffice writes such files."""

    def __init__(self, archive: zipfile.ZipFile, package: Package) -> None:
        self.archive = archive
        self.package = package
        self.names = {name.lower(): name for name in archive.namelist()}
        types = _elements(self.bytes_of(CONTENT_TYPES_URI))
        self.overrides = {each.get("PartName", "").lower(): each.get("ContentType", "") for each in types}
        self.defaults = {each.get("Extension", "").lower(): each.get("ContentType", "") for each in types}
        self.parts: dict[str, BinaryPart] = {}

    def bytes_of(self, name: PackURI) -> bytes:
        """Return the bytes of an entry; raise `KeyError` where there is none. Names know no case."""
        return self.archive.read(self.names[name.membername.lower()])

    def load(self) -> None:
        """Load every part that relationships lead to."""
        waiting: list[tuple[OpcPackage | BinaryPart, PackURI]] = [(self.package, PACKAGE_URI)]
        while waiting:
            source, name = waiting.pop()
            if name.rels_uri.membername.lower() not in self.names:
                continue
            for each in _elements(self.bytes_of(name.rels_uri)):
                kind, target, key = each.get("Type", ""), each.get("Target", ""), each.get("Id", "")
                uri = PackURI.from_rel_ref(name.baseURI, target)
                if each.get("TargetMode") == "External" or uri.membername.lower() not in self.names:
                    source.load_rel(kind, target, key, True)
                    continue
                if uri not in self.parts:
                    self.parts[uri] = self.part(uri)
                    waiting.append((self.parts[uri], uri))
                if isinstance(self.parts[uri], CorePropertiesPart):
                    kind = RELATIONSHIP_TYPE.CORE_PROPERTIES  # LibreOffice has another name for it
                source.load_rel(kind, self.parts[uri], key)

    def part(self, name: PackURI) -> BinaryPart:
        """Return the part of a name; its type is that of the name or, where none is given, of the ending."""
        content_type = self.overrides.get(name.lower()) or self.defaults[name.ext.lower()]
        if content_type == CONTENT_TYPE.OPC_CORE_PROPERTIES:
            content = self.bytes_of(name)
            core: BinaryPart = CorePropertiesPart.load(name, content_type, content, self.package)  # type: ignore[arg-type]
            return core
        part = Part(name, content_type, package=self.package)  # type: ignore[arg-type] # wants its own subclass
        part.content = self.bytes_of(name)
        return part


def _elements(content: bytes) -> list[BaseOxmlElement]:
    return list(parse_xml(content))  # type: ignore[arg-type] # it takes bytes too


def relations(source: "OpcPackage | BinaryPart", kind: str) -> Iterator[_Relationship]:
    """Generate the relationships of one of Office's own kinds that lead to parts of the file."""
    for its in source.rels.values():
        if its.reltype == f"{OFFICE}/{kind}" and not its.is_external:
            yield its


def related(part: Part, kind: str) -> Part | None:
    """Return the first part that a part refers to by a kind of relationship of Office's own, None without one."""
    found = (its.target_part for its in relations(part, kind))
    return next((each for each in found if isinstance(each, Part)), None)


def relate(source: "OpcPackage | BinaryPart", kind: str, target: BinaryPart, key: str = "") -> str:
    """Make `source` refer to `target` and return the id of the relationship, `key` where one is given."""
    full = kind if ":" in kind else f"{OFFICE}/{kind}"
    if key:
        source.load_rel(full, target, key)
        return key
    return source.relate_to(target, full)


def _store(archive: zipfile.ZipFile, name: PackURI, content: bytes) -> None:
    entry = zipfile.ZipInfo(name.membername, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # otherwise the operating system shows in the bytes
    archive.writestr(entry, content)


def _content_types(parts: list[BinaryPart]) -> bytes:
    types = CT_Types.new()
    types.add_default("rels", CONTENT_TYPE.OPC_RELATIONSHIPS)
    types.add_default("xml", CONTENT_TYPE.XML)
    for part in sorted(parts, key=lambda part: part.partname):
        types.add_override(part.partname, part.content_type)
    return serialize_part_xml(types)
