"""Fonts as PDF objects (ISO 32000-1, 9.7 to 9.10): pages are drawn first, the subsets are cut when they all are.

Until then a character's code is a private one, a single character of its own; `Fonts.coded` turns those into the
codes of the file, which are the glyphs of the subset. ToUnicode gives every code its character back.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import groupby

from xdreport.findings import Finding
from xdreport.fonts import GETA, Faces, Font, Subset, Typeface, missing, printed, stand_ins
from xdreport.theme import Face
from xdreport.writers.pdf.file import File, number

_SYSTEM = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
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
    """The fonts of a file. A font has a second resource where two characters share a glyph."""

    def __init__(self, faces: Faces, file: File) -> None:
        self._faces, self._file = faces, file
        self._letterings: dict[Face, Lettering] = {}
        self._embedded: dict[Font, list[_Embedded]] = {}
        self._resources = self._private = 0
        self.resources = file.reserve()
        self._codes: dict[int, str] = {}

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

    def coded(self, operators: str) -> bytes:
        """Return operators with the codes of the file in place of the private ones."""
        return _PRIVATE_CODES.sub(lambda match: match[0].translate(self._codes), operators).encode("ascii")

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

    def write(self, images: str = "") -> None:
        """Write the fonts, and the resources that all pages share, `images` among them; from now on codes are
        known."""
        resources = []
        for font, its in self._embedded.items():
            used = [embedded for embedded in its if embedded.characters]
            if not used:
                continue
            subset = font.subset({glyph: drawn for each in used for glyph, drawn in each.characters.items()})
            descriptor = _write_descriptor(self._file, font, subset)
            for embedded in used:
                own = _write_font(self._file, embedded, subset, descriptor)
                resources.append(f"/{embedded.resource} {own} 0 R")
                self._codes |= {ord(code): f"{subset.glyphs[glyph]:04X}" for glyph, code in embedded.codes.items()}
        self._file.add(f"<</Font<<{''.join(resources)}>>{images}>>", self.resources)


def _write_descriptor(file: File, font: Font, subset: Subset) -> int:
    """Write the descriptor of a font with its subset (9.8, 9.9) and return its number."""
    # Outlines hardly shrink: trying hard takes twice the time and spares a hundredth.
    program = zlib.compress(subset.program, 1)
    # A whole font file for CFF too, since validators read the widths of a bare program of several parts wrongly.
    kind = "/Subtype/OpenType" if subset.is_cff else f"/Length1 {len(subset.program)}"
    own = file.add_stream(program, f"{kind}/Filter/FlateDecode", is_compressed=True)
    outlines = f"/FontFile{3 if subset.is_cff else 2} {own} 0 R"
    metrics = font.metrics
    flags = 4 | (2 if metrics.is_serif else 0) | (64 if metrics.italic_angle else 0)
    return file.add(
        f"<</Type/FontDescriptor/FontName/{subset.name}/Flags {flags}"
        f"/FontBBox[{' '.join(str(round(edge)) for edge in metrics.box)}]/ItalicAngle {round(metrics.italic_angle)}"
        f"/Ascent {round(metrics.ascent)}/Descent {round(metrics.descent)}/CapHeight {round(metrics.cap_height)}"
        f"/StemV 80{outlines}>>"
    )


def _write_font(file: File, embedded: _Embedded, subset: Subset, descriptor: int) -> int:
    """Write a Type 0 font and return its number."""
    font = embedded.font
    characters = {subset.glyphs[glyph]: character for glyph, character in embedded.characters.items()}
    widths = {subset.glyphs[glyph]: font.width_of(glyph) for glyph in embedded.characters}
    # 1000 is the default (9.7.4.3), and the width of nearly all.
    odd = "".join(f"{code}[{number(width * 1000)}]" for code, width in sorted(widths.items()) if width != 1)
    kind = "CIDFontType0" if subset.is_cff else "CIDFontType2/CIDToGIDMap/Identity"
    descendant = file.add(
        f"<</Type/Font/Subtype/{kind}/BaseFont/{subset.name}{_SYSTEM}/FontDescriptor {descriptor} 0 R/W[{odd}]>>"
    )
    to_unicode = file.add_stream(_to_unicode(characters))
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{subset.name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
    )


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
