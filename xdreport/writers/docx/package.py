"""The package of a Word file: parts, what they relate to, and a zip that is the same bytes every time.

Parts are strings that our own modules wrote, so nothing is parsed and nothing of a template
comes along. python-docx is not needed for that, and a build saves its import (80 ms) and the
tree of the body (60 MB for 5,000 rows).
"""

import io
import zipfile
from dataclasses import dataclass, field
from posixpath import dirname, relpath

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can name: the clock must not show in the bytes


@dataclass(slots=True)
class Part:
    """A file in the package and the parts it refers to: relationship id → (type, name of the other part)."""

    name: str
    content_type: str
    content: str | bytes
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)

    def relate(self, kind: str, target: "Part", key: str = "") -> str:
        """Refer to another part and return the id of the relationship; `kind` is the type's last word or its URI."""
        key = key or f"rId{len(self.relations) + 1}"
        self.relations[key] = (kind if ":" in kind else f"{OFFICE}/{kind}", target.name)
        return key


@dataclass(slots=True)
class Package:
    """A Word file in the making. Parts stand in the zip in the order they were added."""

    parts: list[Part] = field(default_factory=list)
    root: Part = field(default_factory=lambda: Part("", "", ""))

    def add(self, name: str, content_type: str, content: str | bytes) -> Part:
        """Add a part and return it; a content type without a slash is short for one of Office's own."""
        full = content_type if "/" in content_type else f"{_MEDIA}.{content_type}+xml"
        part = Part(name, full, content)
        self.parts.append(part)
        return part

    def content(self) -> bytes:
        """Return the bytes of the file."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            _store(archive, "[Content_Types].xml", _content_types(self.parts))
            for part in (self.root, *self.parts):
                if part.name:
                    _store(archive, part.name, part.content)
                if part.relations:
                    folder, _, name = part.name.rpartition("/")
                    _store(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), _relationships(part))
        return file.getvalue()


def _store(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # otherwise the operating system shows in the bytes
    archive.writestr(entry, (DECLARATION + content).encode() if isinstance(content, str) else content)


def _content_types(parts: list[Part]) -> str:
    overrides = "".join(f'<Override PartName="/{part.name}" ContentType="{part.content_type}"/>' for part in parts)
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(part: Part) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{relpath(target, dirname(part.name) or ".")}"/>'
        for key, (kind, target) in part.relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
