"""What makes the file one that archives and screen readers take: properties, catalog, metadata, colours, attachment.

PDF/A-2a (ISO 19005-2) with PDF/UA-1 (ISO 14289-1); a file with an attachment is PDF/A-3a (ISO 19005-3) instead.
"""

import struct
from functools import lru_cache
from html import escape

from reportlab.pdfbase import pdfdoc

from xdreport import __version__
from xdreport.document import Document
from xdreport.writers.pdf.file import File
from xdreport.writers.pdf.sheets import Sheets

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_PROGRAM = f"xdreport {__version__}"
# A document without a date must not take the clock's.
_NO_DATE = "20000101"


def language(document: Document) -> str:
    """Return the document's language as RFC 3066 names it."""
    return _LANGUAGES.get(document.language, document.language)


def describe(sheets: Sheets, document: Document) -> None:
    """Set the file's properties (ISO 32000-1, 14.3.3)."""
    sheets.setTitle(document.title)
    sheets.setAuthor(document.author)
    sheets.setSubject(document.subject)
    sheets.setKeywords("; ".join(document.keywords))
    sheets.setCreator(_PROGRAM)
    sheets.setProducer(_PROGRAM)
    sheets.setViewerPreference("DisplayDocTitle", "true")
    sheets.setDateFormatter(lambda *_: _moment(document))


def archive(sheets: Sheets, document: Document, structure: int, ledger: bytes = b"") -> None:
    """Have the file claim what it is, with the number of its structure tree, and attach the ledger, if any."""
    file = sheets.file
    catalog = file.Catalog
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    catalog.StructTreeRoot = f"{structure} 0 R"
    metadata = _metadata(document, part=3 if ledger else 2)
    # Programs may look for it without decompressing anything (ISO 19005-2, 6.6.2.1).
    catalog.Metadata = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), metadata)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "RegistryName": pdfdoc.PDFString("http://www.color.org"),
        "DestOutputProfile": file.reference(srgb(), N=3),
    }
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    if ledger:
        specification = _attachment(file, document, ledger)
        catalog.AF = pdfdoc.PDFArray([specification])
        names = pdfdoc.PDFArray([pdfdoc.PDFString(LEDGER), specification])
        catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": names})})


def _date(document: Document) -> str:
    return f"{document.date:%Y%m%d}" if document.date else _NO_DATE


def _moment(document: Document) -> str:
    """Return the document's date as PDF writes it (7.9.4): its first moment in China."""
    return f"D:{_date(document)}000000+08'00'"


# The attachment

LEDGER = "ledger.json"


def _attachment(file: File, document: Document, content: bytes) -> pdfdoc.PDFObjectReference:
    """Put the ledger as a file into the file and return a reference to its specification (ISO 19005-3, 6.8)."""
    parameters = {"Size": len(content), "ModDate": pdfdoc.PDFString(_moment(document))}
    embedded = file.reference(
        content, Type="/EmbeddedFile", Subtype="/application#2Fjson", Params=pdfdoc.PDFDictionary(parameters)
    )
    specification = {
        "Type": "/Filespec",
        "F": pdfdoc.PDFString(LEDGER),
        "UF": pdfdoc.PDFString(LEDGER),
        "Desc": pdfdoc.PDFString("Every printed figure, what it rests on and where it stands"),
        "AFRelationship": "/Data",
        "EF": pdfdoc.PDFDictionary({"F": embedded, "UF": embedded}),
    }
    return file.Reference(pdfdoc.PDFDictionary(specification))


# Metadata

_UA_SCHEMA = """
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def _metadata(document: Document, part: int) -> bytes:
    """Return the metadata as XMP (ISO 16684-1), the same as in the properties."""
    date = _date(document)
    stamp = f"{date[:4]}-{date[4:6]}-{date[6:]}T00:00:00+08:00"
    title, author, subject = (
        escape(value, quote=False) for value in (document.title, document.author, document.subject)
    )
    keywords = escape("; ".join(document.keywords), quote=False)
    entries = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else "",
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        if subject
        else "",
        f"<dc:language><rdf:Bag><rdf:li>{language(document)}</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Keywords>{keywords}</pdf:Keywords>" if keywords else "",
        f"<pdf:Producer>{_PROGRAM}</pdf:Producer>",
        f"<xmp:CreatorTool>{_PROGRAM}</xmp:CreatorTool>",
        f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>",
        f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
        f"{''.join(f'{entry}{chr(10)}' for entry in entries if entry)}</rdf:Description>{_UA_SCHEMA}\n"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


# Colours

# IEC 61966-2-1: the primaries of sRGB, adapted to the white D50 as ICC.1 wants them (by Bradford's matrix), its curve.
_PRIMARIES = {
    b"wtpt": (0.9642, 1.0, 0.8249),
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.7141),
}
_ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """Return an ICC profile of sRGB (ICC.1:2004, a display of three primaries and one parametric curve)."""

    def fixed(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    def words(text: str) -> bytes:
        content = text.encode("utf-16-be")
        return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(content), 28) + content

    curve = b"para" + struct.pack(">4xHxx", 3) + fixed(*_CURVE)
    tags = {b"desc": words("sRGB"), b"cprt": words("No copyright, use freely")}
    tags |= {name: b"XYZ " + bytes(4) + fixed(*values) for name, values in _PRIMARIES.items()}
    tags |= {b"chad": b"sf32" + bytes(4) + fixed(*_ADAPTATION)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    content = b""
    for value in tags.values():
        if value not in places:
            places[value] = start + len(content)
            content += value + bytes(-len(value) % 4)
    table = b"".join(name + struct.pack(">II", places[value], len(value)) for name, value in tags.items())
    head = struct.pack(
        ">I4xI4s4s4s6H4s24xI12s48x",
        start + len(content), 0x04200000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp", 0,
        fixed(*_PRIMARIES[b"wtpt"]),
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + table + content
