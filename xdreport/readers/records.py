"""The records of the figures of a Word file, wherever in the file they are.

They stand in a custom XML part, found by its namespace because LibreOffice renames it. A file that has been an ODT lost
that part; the copy in its document properties is read then.
"""

import base64
import binascii
import re
import zlib

from lxml import etree

from xdreport.package import Package, relations
from xdreport.word import tree

NAMESPACE = "urn:xdreport:figures"
PROPERTY = "xdreport records"
_LARGEST = 50_000_000  # bytes of a copy, unpacked; more is no record but a trap for memory


def read(package: Package) -> etree._Element | None:
    """Return the `figures` of a file, None where it has none: somebody else made it, or an editor lost them.

    Raise `ValueError` for records that cannot be read.
    """
    for relation in relations(package.main, "customXml"):
        if NAMESPACE.encode() in relation.target_part.blob:
            return tree(relation.target_part)
    content = _copy(package)
    return None if content is None else etree.fromstring(content, etree.XMLParser(resolve_entities=False))


def _copy(package: Package) -> bytes | None:
    """Return the copy that stands in the document properties, in pieces that Word can hold."""
    pieces: dict[int, str] = {}
    for relation in relations(package, "custom-properties"):
        for each in tree(relation.target_part):
            if match := re.fullmatch(rf"{PROPERTY} (\d+)", each.get("name", "")):
                pieces[int(match[1])] = "".join(map(str, each.itertext()))
    if not pieces:
        return None
    try:
        packed = base64.b64decode("".join(pieces[number] for number in sorted(pieces)), validate=True)
        return zlib.decompressobj().decompress(packed, _LARGEST)
    except (binascii.Error, zlib.error):
        raise ValueError("the records of the figures are damaged") from None
