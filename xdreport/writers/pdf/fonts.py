"""Fonts as PDF objects (ISO 32000-1, 9.7 to 9.10): pages are drawn first, the subsets are cut when they all are.

Until then a character's code is a private one, a single character of its own; `Fonts.addObjects` turns those into the
codes of the file, which are the glyphs of the subset. Lasting codes and a map from them to the glyphs (9.7.5) would do
as well, but some programs that extract text know no such maps. ToUnicode gives every code its character back.
reportlab's own fonts are TrueType alone, and read in Python.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import groupby

from reportlab.pdfbase import pdfdoc

from xdreport.findings import Finding
from xdreport.fonts import GETA, Faces, Font, Subset, Typeface, missing, printed, stand_ins
from xdreport.theme import Face
from xdreport.writers.pdf.file import File, number

_SYSTEM = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
# Private codes begin above the characters that operators are written with.
_PRIVATE = 0x100
_PRIVATE_CODES = re.compile("[^\x00-\x7f]+")


class _Embedded:
    """A font of the file: its resource name, and for each glyph the character that it prints and its private code."""

    def __init__(self, font: Font, resource: str) -> None:
        self.font, self.resource = font, resource
        self.characters: dict[int, str] = {}
        self.codes: dict[int, str] = {}


class Lettering(dict[int, str]):
    """How a role's characters are written: each one's private code, given when it is asked for.

    `resource` prints most of them, `others` are those that stand apart: in another font, or without a meaning that
    all programs share.
    """

    def __init__(self, typeface: Typeface, fonts: "Fonts") -> None:
        self.typeface, self._fonts = typeface, fonts
        self.thickened = typeface.choice.thickened
        self.resource = fonts.first(typeface.fonts[0]).resource
        self.others: dict[str, str] = {}

    def __missing__(self, ordinal: int) -> str:
        character = chr(ordinal)
        font, drawn = self.typeface.font_of(character), character
        if not font:
            font, drawn = self.typeface.font_of(GETA) or self.typeface.fonts[-1], GETA
        resource, code = self._fonts.code(font, font.glyphs[drawn], character)
        if resource != self.resource or _is_private(character):
            self.others[character] = resource
        self[ordinal] = code
        return code

    def parts(self, text: str) -> Iterator[tuple[str, str, str]]:
        """Generate the font resources that set the text, each with its private codes, and with the characters where
        the codes alone do not say them to all programs (ISO 19005-2, 6.2.11.7.3)."""
        codes = text.translate(self)
        others = self.others
        if not others or others.keys().isdisjoint(text):
            yield self.resource, codes, ""
            return
        for (resource, is_private), group in groupby(text, lambda each: (others.get(each, ""), _is_private(each))):
            characters = "".join(group)
            yield resource or self.resource, characters.translate(self), characters if is_private else ""

    @property
    def characters(self) -> str:
        """The characters printed so far."""
        return "".join(map(chr, self))


def _is_private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


class Fonts:
    """The fonts of a file, one of the canvas's delayed fonts: they go into the file when all pages are drawn. A font
    has a second resource where two characters share a glyph."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._letterings: dict[Face, Lettering] = {}
        self._embedded: dict[Font, list[_Embedded]] = {}
        self._resources = self._private = 0

    def __getitem__(self, face: Face) -> Lettering:
        """Return how a role is written."""
        if face not in self._letterings:
            self._letterings[face] = Lettering(self._faces[face], self)
        return self._letterings[face]

    def first(self, font: Font) -> _Embedded:
        """Return the font as the file has it."""
        return self._embedded[font][0] if font in self._embedded else self._add(font)

    def _add(self, font: Font) -> _Embedded:
        self._resources += 1
        embedded = _Embedded(font, f"F{self._resources}")
        self._embedded.setdefault(font, []).append(embedded)
        return embedded

    def code(self, font: Font, glyph: int, character: str) -> tuple[str, str]:
        """Return the resource and the private code that print a character with a glyph of a font. A glyph that
        prints another character already has a second resource for this one, since a code says one character."""
        self.first(font)
        its = self._embedded[font]
        free = (each for each in its if each.characters.get(glyph, character) == character)
        embedded = next(free, None) or self._add(font)
        if glyph not in embedded.codes:
            embedded.characters[glyph] = character
            embedded.codes[glyph] = chr(_PRIVATE + self._private)
            # Surrogates are no characters, and what is above them stays below U+10000 for the fonts of any report.
            self._private += 1 + (0x800 if _PRIVATE + self._private == 0xD7FF else 0)
        return embedded.resource, embedded.codes[glyph]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for each character that no font of its role has."""
        found = (missing(each.typeface, each.characters) for each in self._letterings.values())
        return tuple(dict.fromkeys(finding for findings in found for finding in findings))

    @property
    def stand_ins(self) -> tuple[Finding, ...]:
        """A finding for each role that was printed in another face than its own."""
        return tuple(
            finding for each in self._letterings.values() for finding in stand_ins(each.typeface, each.characters)
        )

    def addObjects(self, file: File) -> None:
        """Put the fonts into the file, and into its pages the codes that print with them; the name is reportlab's."""
        resources = file.idToObject[pdfdoc.BasicFonts]
        codes: dict[int, str] = {}
        for font, its in self._embedded.items():
            used = [embedded for embedded in its if embedded.characters]
            if not used:
                continue
            subset = font.subset({glyph: drawn for each in used for glyph, drawn in each.characters.items()})
            descriptor = _descriptor(file, font, subset)
            for embedded in used:
                resources[embedded.resource] = _font(file, embedded, subset, descriptor)
                codes |= {ord(code): f"{subset.glyphs[glyph]:04X}" for glyph, code in embedded.codes.items()}
        for page in file.Pages.pages:
            page.stream = _PRIVATE_CODES.sub(lambda match: match[0].translate(codes), page.stream)


def _descriptor(file: File, font: Font, subset: Subset) -> pdfdoc.PDFObjectReference:
    """Put the descriptor of a font with its subset (9.8, 9.9) into the file and return a reference to it."""
    # A whole font file for CFF too, since validators read the widths of a bare program of several parts wrongly.
    kind = {"Subtype": "/OpenType"} if subset.is_cff else {"Length1": len(subset.program)}
    # Outlines hardly shrink: trying hard takes twice the time and spares a hundredth.
    program = file.reference(zlib.compress(subset.program, 1), Filter="/FlateDecode", **kind)
    metrics = font.metrics
    entries = {
        "Type": "/FontDescriptor",
        "FontName": f"/{subset.name}",
        "Flags": 4 | (2 if metrics.is_serif else 0) | (64 if metrics.italic_angle else 0),
        "FontBBox": pdfdoc.PDFArray([round(edge) for edge in metrics.box]),
        "ItalicAngle": round(metrics.italic_angle),
        "Ascent": round(metrics.ascent),
        "Descent": round(metrics.descent),
        "CapHeight": round(metrics.cap_height),
        "StemV": 80,
        "FontFile3" if subset.is_cff else "FontFile2": program,
    }
    return file.Reference(pdfdoc.PDFDictionary(entries))


def _font(
    file: File, embedded: _Embedded, subset: Subset, descriptor: pdfdoc.PDFObjectReference
) -> pdfdoc.PDFObjectReference:
    """Put a Type 0 font into the file and return a reference to it."""
    font = embedded.font
    widths = {subset.glyphs[glyph]: font.width_of(glyph) for glyph in embedded.characters}
    # 1000 is the default (9.7.4.3), and the width of nearly all.
    odd = "".join(f"{code}[{number(width * 1000)}]" for code, width in sorted(widths.items()) if width != 1)
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType0" if subset.is_cff else "/CIDFontType2",
        "BaseFont": f"/{subset.name}",
        "CIDSystemInfo": pdfdoc.PDFDictionary(_SYSTEM),
        "FontDescriptor": descriptor,
        "W": f"[{odd}]",
        **({} if subset.is_cff else {"CIDToGIDMap": "/Identity"}),
    }
    characters = {subset.glyphs[glyph]: character for glyph, character in embedded.characters.items()}
    composite = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": f"/{subset.name}",
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([file.Reference(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": file.reference(_to_unicode(characters)),
    }
    return file.Reference(pdfdoc.PDFDictionary(composite))


def _to_unicode(characters: Mapping[int, str]) -> bytes:
    """Return the map from codes back to characters (9.10.3), those above U+FFFF as two halves."""
    entries = [
        f"<{code:04X}> <{printed(character).encode('utf-16-be').hex().upper()}>"
        for code, character in sorted(characters.items())
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{maps}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
