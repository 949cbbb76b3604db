"""Pages as operators (ISO 32000-1, 8 and 9): what each part shows, between the marks of its structure element."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import assert_never

from reportlab.lib.utils import ImageReader

from xdreport.charts import Fill, Stroke
from xdreport.document import Box, Figure, Run
from xdreport.lines import Pen, Piece
from xdreport.pages import Element, Image, Link, Page, Part, Words
from xdreport.writers.pdf.file import number, text
from xdreport.writers.pdf.fonts import Fonts, Lettering
from xdreport.writers.pdf.navigation import Sheet
from xdreport.writers.pdf.navigation import key as bookmark
from xdreport.writers.pdf.sheets import Sheets
from xdreport.writers.pdf.structure import Structure


class PageWriter:
    """Draws pages in any order, each with its marks and its links. With boxes it keeps where each figure stands."""

    def __init__(self, sheets: Sheets, fonts: Fonts, structure: Structure, *, with_boxes: bool) -> None:
        self._sheets, self._fonts, self._structure = sheets, fonts, structure
        self._images = Images()
        self._sightings = Sightings(fonts) if with_boxes else None
        self._pages: list[Sheet] = []

    def write(self, page: Page, elements: Sequence[Element]) -> None:
        """Draw a page whose parts show `elements`."""
        sheets, structure = self._sheets, self._structure
        sheets.setPageSize((page.width, page.height))
        key = structure.begin_page(elements)
        pen = _Pen(page.height, sheets, self._fonts, self._images)
        element, is_open = None, False
        for placed in page.placed:
            for part in placed.parts:
                if not part.items:
                    continue
                if part.element != element or not is_open:
                    if is_open:
                        sheets.addLiteral("EMC")
                    element, is_open = part.element, True
                    sheets.addLiteral(structure.mark(element))
                pen.draw(part, placed.x, placed.y)
                if element is not None and structure.is_figure(element):
                    for left, foot, right, top in _edges_of(part):
                        down = page.height - placed.y
                        structure.enclose(element, placed.x + left, down - foot, placed.x + right, down - top)
                if self._sightings and element is not None:
                    self._sightings.look(part, placed.x, page.height - placed.y, page.number)
        if is_open:
            sheets.addLiteral("EMC")
        for link in page.links:
            self._link(link, page.height)
        self._pages.append(Sheet(page.number, len(self._pages), page.height))
        structure.end_page(sheets.end_page(key))

    @property
    def pages(self) -> Sequence[Sheet]:
        """The pages drawn so far, in the order of the report."""
        return sorted(self._pages)

    def _link(self, link: Link, height: float) -> None:
        """Draw a link to a heading."""
        corners = (link.x, height - link.y - link.height, link.x + link.width, height - link.y)
        left, foot, right, top = (round(corner, 2) for corner in corners)
        annotation = self._sheets.link(bookmark(link.entry), link.text, (left, foot, right, top))
        owner = self._structure.add_link(link.element, self._sheets.file.number(annotation))
        annotation.otherkw["StructParent"] = owner

    def boxes_of(self, figures: Iterable[Figure]) -> tuple[tuple[Box, ...], ...]:
        """Return the boxes of each figure, more than one where it is broken over lines, none where it is not
        printed."""
        return tuple(map(self._sightings.next, figures)) if self._sightings else ()


class Sightings:
    """Where figures stand on pages. A figure that is printed several times is seen as often, in the same order."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._seen: dict[int, list[list[Box]]] = {}
        self._last: Run | None = None

    def look(self, part: Part, x: float, y: float, page: int) -> None:
        """Keep where the figures of a part stand; its origin is `x`, `y` from the page's lower left corner."""
        for item in part.items:
            if isinstance(item, Words) and not item.is_turned:
                place = x + item.x
                for piece in item.pieces:
                    place += piece.shift
                    width = self._width(piece)
                    if isinstance(piece.run, Figure):
                        self._keep(piece, Box(page, *self._edges(piece, place, width, y - item.y)))
                    self._last = piece.run
                    place += width

    def _width(self, piece: Piece) -> float:
        lettering = self._fonts[piece.pen.face]
        return lettering.typeface.width(piece.text) * piece.pen.size + piece.spacing * len(piece.text)

    def _edges(self, piece: Piece, x: float, width: float, baseline: float) -> tuple[float, float, float, float]:
        size = piece.pen.size
        top = baseline + piece.pen.rise + self._fonts[piece.pen.face].typeface.top * size
        return round(x, 2), round(top - size, 2), round(x + width - piece.spacing, 2), round(top, 2)

    def _keep(self, piece: Piece, box: Box) -> None:
        times = self._seen.setdefault(id(piece.run), [])
        if piece.run is not self._last or not times:
            times.append([box])
            return
        before = times[-1][-1]
        if (before.page, before.bottom) == (box.page, box.bottom):
            times[-1][-1] = Box(box.page, before.left, box.bottom, box.right, max(before.top, box.top))
        else:
            times[-1].append(box)

    def next(self, figure: Figure) -> tuple[Box, ...]:
        """Return the boxes of a figure where it is seen first, the next time where it is seen again."""
        times = self._seen.get(id(figure))
        return tuple(times.pop(0)) if times else ()


class _Pen:
    """Draws on a page, and knows what the last operators left set."""

    def __init__(self, height: float, sheets: Sheets, fonts: Fonts, images: "Images") -> None:
        self.height, self.sheets, self.fonts, self.images = height, sheets, fonts, images
        self.append: Callable[[str], None] = sheets.addLiteral
        self.pen: Pen | None = None
        self.font = ""
        self.spacing = 0.0
        self.colour = "000000"
        self.rise = 0.0
        self.is_thickened = False

    def draw(self, part: Part, x: float, y: float) -> None:
        """Append what a part shows."""
        for item in part.items:
            match item:
                case Words():
                    if item.pieces:
                        self._words(item.pieces, x + item.x, self.height - y - item.y, item.is_turned)
                case Fill():
                    self._fill(item, x, y)
                case Stroke():
                    self._stroke(item, x, y)
                case Image():
                    self._image(item, x, y)
                case _:
                    assert_never(item)

    def _words(self, pieces: Sequence[Piece], x: float, y: float, is_turned: bool) -> None:
        """Append a line of text, that runs downwards where it `is_turned`: one text object, the pieces after each
        other."""
        matrix = "0 -1 1 0" if is_turned else "1 0 0 1"
        out = [f"BT {matrix} {x + pieces[0].shift:.2f} {y:.2f} Tm"]
        is_first = True
        for text_, pen, shift, spacing, _ in pieces:
            lettering = self.fonts[pen.face]
            if pen != self.pen:
                self._set_pen(out, pen, lettering)
            if spacing != self.spacing:
                out.append(f"{spacing:.3f} Tc")
                self.spacing = spacing
            for resource, codes, meant in lettering.parts(text_):
                if resource != self.font:
                    out.append(f"/{resource} {number(pen.size)} Tf")
                    self.font = resource
                show = f"<{codes}>Tj"
                if not is_first and abs(shift) >= 0.001:
                    show = f"[{number(-shift / pen.size * 1000)}<{codes}>]TJ"
                out.append(f"/Span<</ActualText{text(meant)}>>BDC {show} EMC" if meant else show)
                is_first, shift = False, 0.0
        out.append("ET")
        self.append(" ".join(out))

    def _set_pen(self, out: list[str], pen: Pen, lettering: Lettering) -> None:
        """Append what sets colour, rise and weight, and have the font set anew."""
        if pen.colour != self.colour:
            out.append(f"{_colour(pen.colour)} rg")
            self.colour = pen.colour
        if pen.rise != self.rise:
            out.append(f"{number(pen.rise)} Ts")
            self.rise = pen.rise
        if lettering.thickened:
            out.append(f"2 Tr {number(lettering.thickened * pen.size)} w {_colour(pen.colour)} RG")
        elif self.is_thickened:
            out.append("0 Tr")
        self.is_thickened = bool(lettering.thickened)
        self.pen, self.font = pen, ""

    def _fill(self, item: Fill, x: float, y: float) -> None:
        left, foot = x + item.x, self.height - y - item.y - item.height
        self._set_fill(item.colour)
        numbers = " ".join(map(number, (left, foot, item.width, item.height)))
        self.append(f"{numbers} re f")

    def _stroke(self, item: Stroke, x: float, y: float) -> None:
        foot = self.height - y
        points = [f"{x + px:.2f} {foot - py:.2f}" for px, py in item.points]
        path = f"{points[0]} m {' '.join(f'{point} l' for point in points[1:])}"
        if item.is_filled:
            self._set_fill(item.colour)
            self.append(f"{path} h f")
            return
        dash = f"[{' '.join(map(number, item.dash))}] 0 d 1 J " if item.dash else ""
        after = " [] 0 d 0 J" if item.dash else ""
        self.append(f"{number(item.thickness)} w {_colour(item.colour)} RG {dash}{path} S{after}")
        if self.is_thickened:
            self.pen = None  # the line's width and colour are no longer those of thickened characters

    def _image(self, item: Image, x: float, y: float) -> None:
        left, foot = x + item.x, self.height - y - item.y - item.height
        self.sheets.drawImage(self.images[item.picture.content], left, foot, item.width, item.height)

    def _set_fill(self, colour: str) -> None:
        if colour != self.colour:
            self.append(f"{_colour(colour)} rg")
            self.colour = colour
            self.pen = None


class Images(dict[bytes, ImageReader]):
    """The pictures of a file by their content, each opened once."""

    def __missing__(self, content: bytes) -> ImageReader:
        self[content] = ImageReader(BytesIO(content))
        return self[content]


def _edges_of(part: Part) -> Iterator[tuple[float, float, float, float]]:
    """Generate the edges of what a part shows, of words where they begin: left, lower, right, upper."""
    for item in part.items:
        match item:
            case Fill() | Image():
                yield item.x, item.y + item.height, item.x + item.width, item.y
            case Stroke():
                xs, ys = zip(*item.points, strict=True)
                yield min(xs), max(ys), max(xs), min(ys)
            case Words():
                size = max((piece.pen.size for piece in item.pieces), default=0.0)
                yield item.x, item.y, item.x, item.y - size
            case _:
                assert_never(item)


@lru_cache(maxsize=64)
def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[start : start + 2], 16) / 255:.3g}" for start in (0, 2, 4))
