"""Galleys: text set into strips, before strips are made up into pages.

A `Strip` is a box as wide as the measure that no page break cuts; it says what its parts show, how high it is and what
it stays together with. Every part knows the element of the document's structure it shows, so that a writer can tag it.
`Galley` sets running text; tables, illustrations and furniture are set by the modules named after them. Lengths are
points, y runs downwards from a strip's upper edge.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xdreport.charts import Fill, Stroke
from xdreport.document import Note, Picture, Run, Runs, Text
from xdreport.fonts import Faces
from xdreport.lines import Line, Pen, Piece, Span, break_lines
from xdreport.theme import Face, Style, Theme

RULE_COLOUR = "000000"


class Tag(StrEnum):
    """The kinds of structure elements (ISO 32000-1, 14.8.4) that a document has."""

    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    H5 = "H5"
    P = "P"
    TABLE = "Table"
    ROW = "TR"
    HEAD = "TH"
    CELL = "TD"
    CAPTION = "Caption"
    FIGURE = "Figure"
    LIST = "L"
    ITEM = "LI"
    MARK = "Lbl"
    BODY = "LBody"
    NOTE = "Note"
    CONTENTS = "TOC"
    ENTRY = "TOCI"
    REFERENCE = "Reference"
    LINK = "Link"


class Element(NamedTuple):
    """A structure element: `parent` is the index of the element it belongs to, None for the document itself;
    `alternative` says in words what a figure shows.

    A cell reaches over `columns` and `rows`; a HEAD heads its column, or its row where it `is_row_head`. The items of
    a LIST that `is_counted` are marked with numbers.
    """

    tag: Tag
    parent: int | None = None
    alternative: str = ""
    columns: int = 1
    rows: int = 1
    is_row_head: bool = False
    is_counted: bool = False


class Words(NamedTuple):
    """A line of text at its place; `y` is the baseline. One that `is_turned` runs downwards from its place."""

    x: float
    y: float
    pieces: tuple[Piece, ...]
    is_turned: bool = False


class Image(NamedTuple):
    """A picture at its place; `y` is its upper edge."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


Item = Words | Fill | Stroke | Image


class Part(NamedTuple):
    """What one structure element puts into a strip; `element` None for what is no content (rules, page numbers)."""

    element: int | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to an entry, which `text` names; `element` is the structure element it belongs to."""

    x: float
    y: float
    width: float
    height: float
    entry: int
    element: int
    text: str


@dataclass(slots=True)
class Strip:
    """A box across the measure that no page break cuts.

    `height` is the distance to the next strip, `need` what must fit on the page (without the leading below the last
    line), `before` a space that is dropped at the top of a page. One that is to `keep` stays with the strip after it,
    one that `is_soft` only for the looks of it, for which one that `is_whole` stands more white; a chain of kept strips
    `floats` when what follows may go before it.
    """

    height: float
    parts: list[Part]
    need: float = 0.0
    before: float = 0.0
    keep: bool = False
    is_soft: bool = False
    is_whole: bool = False
    floats: bool = False
    notes: tuple[Note, ...] = ()
    entry: int | None = None
    link: Link | None = None
    repeat: "Repeat | None" = None


@dataclass(slots=True)
class Repeat:
    """What a table sets again above a row that begins a page, and below a row that ends one."""

    head: tuple[Strip, ...]
    closing: Part


@dataclass(frozen=True, slots=True)
class Galley:
    """A measure to set text in: `measure` wide, with pages `depth` high; `elements` grow while text is set.

    One that is `as_processor` counts on what word processors do: the last line of a page has its whole pitch, and of a
    table that goes on the head alone is repeated.
    """

    theme: Theme
    faces: Faces
    measure: float
    depth: float
    is_english: bool = False
    as_processor: bool = False
    elements: list[Element] = field(default_factory=list)

    def element(
        self,
        tag: Tag,
        parent: int | None = None,
        alternative: str = "",
        *,
        columns: int = 1,
        rows: int = 1,
        is_row_head: bool = False,
        is_counted: bool = False,
    ) -> int:
        """Return the index of a new structure element."""
        self.elements.append(Element(tag, parent, alternative, columns, rows, is_row_head, is_counted))
        return len(self.elements) - 1

    def line(self, text: str, pen: Pen, run: Run | None = None) -> Line:
        """Return characters set on one line, however long."""
        lines = break_lines([Span(text, pen, run)], self.faces, 1e6)
        return lines[0] if lines else Line((), 0, 0)

    def width(self, runs: Runs, style: Style) -> float:
        """Return how wide runs are on one line."""
        lines = break_lines(spans(runs, style), self.faces, 1e6)
        return sum(line.width for line in lines[:1])

    def baseline(self, style: Style) -> float:
        """Return how far below a strip's upper edge the baseline of a style stands."""
        return self.faces[style.face].top * style.size

    def tracking(self, style: Style) -> float:
        """Return what makes a whole number of characters fill the measure (GB/T 9704: 28 of 3号, 15.793 pt each)."""
        if style.align != "justify":
            return 0.0
        return self.measure / max(1, round(self.measure / style.size)) - style.size

    def across(self, y: float, thickness: float, colour: str = RULE_COLOUR) -> Stroke:
        """Return a rule over the whole measure."""
        return Stroke(((0, y), (self.measure, y)), thickness, colour)

    def text(
        self, runs: Runs, style: Style, element: int | None, before: Sequence[Span] = (), keep: bool | None = None
    ) -> Iterator[Strip]:
        """Generate the lines of running text, after the spans `before`; `keep` overrules the style."""
        tracking = self.tracking(style)
        cell = style.size + tracking
        left, right = style.left * cell, style.right * cell
        lines = break_lines(
            (*before, *spans(runs, style)),
            self.faces,
            self.measure - right,
            first=left + style.indent * cell,
            rest=left + style.hanging * cell,
            align=style.align,
            tracking=tracking,
        )
        yield from self.strips(lines, style, element, style.keep_with_next if keep is None else keep)

    def strips(self, lines: Sequence[Line], style: Style, element: int | None, keep: bool) -> Iterator[Strip]:
        """Generate a strip for each line; the first two and the last two lines stay together."""
        baseline = self.baseline(style)
        last = len(lines) - 1
        for number, line in enumerate(lines):
            yield Strip(
                style.pitch + (style.after if number == last else 0.0),
                [Part(element, (Words(line.x, baseline, line.pieces),))],
                style.pitch if self.as_processor else style.size,
                style.before if number == 0 else 0.0,
                keep=keep if number == last else number in {0, last - 1} or keep,
                notes=tuple(piece.run for piece in line.pieces if isinstance(piece.run, Note)),
            )


def whole(strips: Iterable[Strip], *, floats: bool = False) -> list[Strip]:
    """Return strips that stay together on one page, apart from what follows them."""
    found = list(strips)
    for number, strip in enumerate(found):
        strip.keep = number < len(found) - 1
    if found:
        found[0].floats = floats
    return found


def pen_of(style: Style) -> Pen:
    """Return the pen that sets a style."""
    return Pen(style.face, style.size, style.colour)


def spans(runs: Iterable[Run], style: Style) -> list[Span]:
    """Return runs as they are set in a style: emphasis in 黑体, a footnote's mark raised."""
    pen = pen_of(style)
    found = []
    for run in runs:
        if isinstance(run, Text):
            strong = Pen(Face.HEITI, style.size, style.colour)
            found.append(Span(run.text, strong if run.strong else pen, run))
        elif isinstance(run, Note):
            raised = Pen(style.face, style.size * 0.6, style.colour, style.size * 0.35)
            found.append(Span(str(run.number), raised, run))
        else:
            found.append(Span(run.text, pen, run))
    return found
