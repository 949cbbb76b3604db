"""The PDF: pages drawn on reportlab's canvas, with fonts embedded as subsets.

Where everything stands is decided in `pages`; here a line becomes operators, appended as they will stand in the
file, and a font becomes a Type 0 font whose codes are the glyphs of its subset. Text is never parsed as markup.
The same document gives the same bytes: the date comes with it, the clock is never asked.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import assert_never

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from xdreport import __version__
from xdreport.charts import Fill, Stroke
from xdreport.document import Document, Printed
from xdreport.findings import Finding
from xdreport.fonts import GETA, Faces, Font, Subset, Typeface, missing, open_faces, printed
from xdreport.lines import Pen, Piece
from xdreport.pages import Layout, Page, Part, Words, lay_out
from xdreport.theme import Face, Theme

# Streams are compressed; writing them as text on top only makes them larger.
rl_config.useA85 = 0
# A document without a date must not take the clock's.
_NO_DATE = "D:20000101000000+08'00'"
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def write(document: Document, theme: Theme) -> Printed:
    """Return the PDF, its pages, and a finding for each face or character that could not be had."""
    faces = open_faces(theme)
    layout = lay_out(document, theme, faces)
    buffer = io.BytesIO()
    sheet = _Canvas(buffer, invariant=1, pageCompression=1, lang=_LANGUAGES.get(document.language, document.language))
    _describe(sheet, document)
    encodings, findings = _encode(sheet, layout, faces)
    for page in layout.pages:
        _draw(sheet, page, layout, encodings)
    sheet.save()
    return Printed(buffer.getvalue(), len(layout.pages), (*faces.findings, *findings))


class _Canvas(canvas.Canvas):  # type: ignore[misc]
    """reportlab's canvas without what it puts into every page: Helvetica, a matrix, a transition."""

    def _make_preamble(self) -> None:
        self._preamble = ""

    def _startPage(self) -> None:
        super()._startPage()
        for page in self._doc.Pages.pages[-1:]:
            page.Trans = None


def _describe(sheet: _Canvas, document: Document) -> None:
    """Set the file's properties."""
    sheet.setTitle(document.title)
    sheet.setAuthor(document.author)
    sheet.setSubject(document.subject)
    sheet.setKeywords("; ".join(document.keywords))
    sheet.setCreator(f"xdreport {__version__}")
    sheet.setProducer("ReportLab PDF Library")
    sheet.setViewerPreference("DisplayDocTitle", "true")
    date = document.date
    text = f"D:{date:%Y%m%d}000000+08'00'" if date else _NO_DATE
    sheet.setDateFormatter(lambda *_: text)


# Fonts


@dataclass(frozen=True, slots=True)
class _Encoding:
    """How a role's characters are written: each one's code, and the font resource that has it.

    `resource` has most of them, `others` are those that stand in another one.
    """

    codes: Mapping[str, str]
    resource: str
    others: Mapping[str, str]
    thickened: float

    def parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Generate the font resources that set the text, each with its codes."""
        if not self.others or self.others.keys().isdisjoint(text):
            yield self.resource, "".join(map(self.codes.__getitem__, text))
            return
        for resource, characters in groupby(text, lambda character: self.others.get(character, self.resource)):
            yield resource, "".join(map(self.codes.__getitem__, characters))


def _encode(sheet: _Canvas, layout: Layout, faces: Faces) -> tuple[Mapping[Face, _Encoding], tuple[Finding, ...]]:
    """Embed what the pages need of each font; return how each role is written, and what no font has."""
    used = _used(layout)
    wanted: dict[Font, set[str]] = {}
    stood_for: dict[Font, set[str]] = {}
    sources: dict[Face, dict[str, Font]] = {}
    findings: dict[str, Finding] = {}
    for face, characters in used.items():
        typeface = faces[face]
        sources[face] = {}
        for character in sorted(characters):
            font = typeface.font_of(character)
            kind = wanted if font else stood_for
            font = font or _stand_in(typeface)
            kind.setdefault(font, set()).add(character)
            sources[face][character] = font
        for finding in missing(typeface, characters):
            findings.setdefault(finding.message, finding)
    places: dict[Font, dict[str, tuple[str, str]]] = {}
    fonts: list[str] = []
    for font in dict.fromkeys((*wanted, *stood_for)):
        subset = font.subset(wanted.get(font, ()), stood_for.get(font, ()))
        places[font] = {}
        program = _program(sheet, font, subset)
        for codes in subset.codes:
            fonts.append(f"F{len(fonts) + 1}")
            _embed(sheet, fonts[-1], font, subset, codes, program)
            places[font].update((character, (fonts[-1], f"{code:04X}")) for character, code in codes.items())
    encodings = {}
    for face, chosen in sources.items():
        where = {character: places[font][character] for character, font in chosen.items()}
        resources = [resource for resource, _ in where.values()]
        main = max(dict.fromkeys(resources), key=resources.count)
        others = {character: resource for character, (resource, _) in where.items() if resource != main}
        hexes = {character: code for character, (_, code) in where.items()}
        encodings[face] = _Encoding(hexes, main, others, faces[face].choice.thickened)
    return encodings, tuple(findings.values())


def _used(layout: Layout) -> dict[Face, set[str]]:
    """Return the characters that each role prints."""
    used: dict[Face, set[str]] = {}
    for page in layout.pages:
        for placed in page.placed:
            for part in placed.parts:
                for item in part.items:
                    if isinstance(item, Words):
                        for piece in item.pieces:
                            used.setdefault(piece.pen.face, set()).update(piece.text)
    return used


def _stand_in(typeface: Typeface) -> Font:
    """Return the font that has 〓: the embedded ones do."""
    return typeface.font_of(GETA) or typeface.fonts[-1]


def _stream(content: bytes, **entries: object) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _program(sheet: _Canvas, font: Font, subset: Subset) -> object:
    """Return a reference to the descriptor of a font, with its subset (ISO 32000-1, 9.8 and 9.9)."""
    document = sheet._doc
    metrics = font.metrics
    if subset.is_cff:
        file = {"FontFile3": document.Reference(_stream(subset.program, Subtype="/CIDFontType0C"))}
    else:
        file = {"FontFile2": document.Reference(_stream(subset.program, Length1=len(subset.program)))}
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": f"/{subset.name}",
        "Flags": 4 | (2 if metrics.is_serif else 0) | (64 if metrics.italic_angle else 0),
        "FontBBox": pdfdoc.PDFArray([round(edge) for edge in metrics.box]),
        "ItalicAngle": round(metrics.italic_angle),
        "Ascent": round(metrics.ascent),
        "Descent": round(metrics.descent),
        "CapHeight": round(metrics.cap_height),
        "StemV": 80,
        **file,
    }
    return document.Reference(pdfdoc.PDFDictionary(descriptor))


def _embed(
    sheet: _Canvas, resource: str, font: Font, subset: Subset, codes: Mapping[str, int], descriptor: object
) -> None:
    """Put a Type 0 font under a resource name of every page; its codes are the glyphs of the subset."""
    document = sheet._doc
    advances = [1000.0] * (max(codes.values()) + 1)
    for character, code in codes.items():
        advances[code] = font.widths[character if character in font else GETA] * 1000
    widths = f"[0 [{' '.join(map(_number, advances))}]]"
    system = pdfdoc.PDFDictionary(
        {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
    )
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType0" if subset.is_cff else "/CIDFontType2",
        "BaseFont": f"/{subset.name}",
        "CIDSystemInfo": system,
        "FontDescriptor": descriptor,
        "W": widths,
    }
    if not subset.is_cff:
        descendant["CIDToGIDMap"] = "/Identity"
    composite = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": f"/{subset.name}",
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": document.Reference(_stream(_to_unicode(codes))),
    }
    fonts = document.idToObject[pdfdoc.BasicFonts]
    fonts[resource] = document.Reference(pdfdoc.PDFDictionary(composite))


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    """Return the map from codes back to characters (ISO 32000-1, 9.10.3), those above U+FFFF as two halves."""
    entries = [
        f"<{code:04X}> <{printed(character).encode('utf-16-be').hex().upper()}>"
        for character, code in sorted(codes.items(), key=lambda item: item[1])
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


# Pages


def _draw(sheet: _Canvas, page: Page, layout: Layout, encodings: Mapping[Face, _Encoding]) -> None:
    """Draw a page: its operators, its bookmarks, its links."""
    sheet.setPageSize((page.width, page.height))
    pen = _PageWriter(page.height, encodings)
    for placed in page.placed:
        for part in placed.parts:
            pen.write(part, placed.x, placed.y)
    sheet._code.extend(pen.operators)
    level = 0
    for number, entry in enumerate(layout.entries):
        level = min(entry.level, level + 1)
        if entry.page == page.number:
            sheet.bookmarkPage(f"h{number}", fit="XYZ", left=0, top=page.height - entry.y, zoom=0)
            sheet.addOutlineEntry(entry.text, f"h{number}", level - 1)
    for link in page.links:
        corners = (link.x, page.height - link.y - link.height, link.x + link.width, page.height - link.y)
        sheet.linkAbsolute(layout.entries[link.entry].text, f"h{link.entry}", corners, Border="[0 0 0]")
    sheet.showPage()


class _PageWriter:
    """The operators of a page, and what the last ones left set."""

    def __init__(self, height: float, encodings: Mapping[Face, _Encoding]) -> None:
        self.height, self.encodings = height, encodings
        self.operators: list[str] = []
        self.pen: Pen | None = None
        self.font = ""
        self.spacing = 0.0
        self.colour = "000000"
        self.rise = 0.0
        self.is_thickened = False

    def write(self, part: Part, x: float, y: float) -> None:
        """Append what a part shows."""
        for item in part.items:
            match item:
                case Words():
                    if item.pieces:
                        self._words(item.pieces, x + item.x, self.height - y - item.y)
                case Fill():
                    self._fill(item, x, y)
                case Stroke():
                    self._stroke(item, x, y)
                case _:
                    assert_never(item)

    def _words(self, pieces: Sequence[Piece], x: float, y: float) -> None:
        """Append a line of text: one text object, the pieces after each other."""
        out = [f"BT 1 0 0 1 {x + pieces[0].shift:.2f} {y:.2f} Tm"]
        is_first = True
        for text, pen, shift, spacing, _ in pieces:
            encoding = self.encodings[pen.face]
            if pen != self.pen:
                self._set_pen(out, pen, encoding)
            if spacing != self.spacing:
                out.append(f"{spacing:.3f} Tc")
                self.spacing = spacing
            for resource, codes in encoding.parts(text):
                if resource != self.font:
                    out.append(f"/{resource} {_number(pen.size)} Tf")
                    self.font = resource
                if is_first or abs(shift) < 0.001:
                    out.append(f"<{codes}>Tj")
                else:
                    out.append(f"[{_number(-shift / pen.size * 1000)}<{codes}>]TJ")
                is_first, shift = False, 0.0
        out.append("ET")
        self.operators.append(" ".join(out))

    def _set_pen(self, out: list[str], pen: Pen, encoding: _Encoding) -> None:
        """Append what sets colour, rise and weight, and have the font set anew."""
        if pen.colour != self.colour:
            out.append(f"{_colour(pen.colour)} rg")
            self.colour = pen.colour
        if pen.rise != self.rise:
            out.append(f"{_number(pen.rise)} Ts")
            self.rise = pen.rise
        if encoding.thickened:
            out.append(f"2 Tr {_number(encoding.thickened * pen.size)} w {_colour(pen.colour)} RG")
        elif self.is_thickened:
            out.append("0 Tr")
        self.is_thickened = bool(encoding.thickened)
        self.pen, self.font = pen, ""

    def _fill(self, item: Fill, x: float, y: float) -> None:
        left, foot = x + item.x, self.height - y - item.y - item.height
        self._set_fill(item.colour)
        numbers = " ".join(map(_number, (left, foot, item.width, item.height)))
        self.operators.append(f"{numbers} re f")

    def _stroke(self, item: Stroke, x: float, y: float) -> None:
        foot = self.height - y
        points = [f"{x + px:.2f} {foot - py:.2f}" for px, py in item.points]
        path = f"{points[0]} m {' '.join(f'{point} l' for point in points[1:])}"
        if item.is_filled:
            self._set_fill(item.colour)
            self.operators.append(f"{path} h f")
            return
        dash = f"[{' '.join(map(_number, item.dash))}] 0 d 1 J " if item.dash else ""
        after = " [] 0 d 0 J" if item.dash else ""
        self.operators.append(f"{_number(item.thickness)} w {_colour(item.colour)} RG {dash}{path} S{after}")
        if self.is_thickened:
            self.pen = None  # the line's width and colour are no longer those of thickened characters

    def _set_fill(self, colour: str) -> None:
        if colour != self.colour:
            self.operators.append(f"{_colour(colour)} rg")
            self.colour = colour
            self.pen = None


def _number(value: float) -> str:
    """Return a number as PDF writes it, to a hundredth of a point."""
    return f"{round(value, 2):g}"


@lru_cache(maxsize=64)
def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[start : start + 2], 16) / 255:.3g}" for start in (0, 2, 4))
