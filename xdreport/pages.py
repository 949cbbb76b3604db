"""Pages: a document laid out on sheets, line by line, free of any file format.

`lay_out` turns each block into strips, boxes as wide as the type area that no page break cuts, and stacks them:
headings stay with what follows, paragraphs leave no single line behind, table heads are repeated. The page is that of
GB/T 9704-2012: with its default theme 22 lines of 28 characters fill the type area. Every part of a page knows the
element of the document's structure it shows, so that a writer can tag it. Lengths are points, y runs downwards.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple, assert_never

from xdreport.charts import Anchor, Fill, Label, Shape, Stroke, plan
from xdreport.document import (
    Align,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Imprint,
    ListBlock,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    Runs,
    Table,
    Text,
    Title,
    characters,
)
from xdreport.fonts import Faces
from xdreport.lines import Line, Pen, Piece, Span, balance, break_lines
from xdreport.theme import POINTS_PER_MM, Face, Style, TablePreset, Theme

_EPSILON = 0.5
_RULE = "000000"


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

    A cell reaches over `columns` and `rows`; a HEAD heads its column, or its row where it `is_row_head`.
    """

    tag: Tag
    parent: int | None = None
    alternative: str = ""
    columns: int = 1
    rows: int = 1
    is_row_head: bool = False


class Words(NamedTuple):
    """A line of text at its place; `y` is the baseline."""

    x: float
    y: float
    pieces: tuple[Piece, ...]


Item = Words | Fill | Stroke


class Part(NamedTuple):
    """What one structure element puts into a strip; `element` None for what is no content (rules, page numbers)."""

    element: int | None
    items: tuple[Item, ...]


class Placed(NamedTuple):
    """Parts, and where on the sheet their origin is."""

    x: float
    y: float
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle of a page that leads to an entry; `element` is the structure element it belongs to."""

    x: float
    y: float
    width: float
    height: float
    entry: int
    element: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as bookmarks and contents name it: level from 1, page number, and the y of its upper edge."""

    level: int
    text: str
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet, in points, and all that stands on it, in reading order."""

    number: int
    width: float
    height: float
    placed: tuple[Placed, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out: its pages, the elements of its structure, an entry for each heading in order."""

    pages: tuple[Page, ...]
    elements: tuple[Element, ...]
    entries: tuple[Entry, ...]


def lay_out(document: Document, theme: Theme, faces: Faces) -> Layout:
    """Return the pages of a document; an empty document has one page."""
    return _Flow(document, theme, faces).layout()


@dataclass(slots=True)
class _Repeat:
    """What a table sets again above a row that begins a page, and below a row that ends one."""

    head: tuple["_Strip", ...]
    closing: Part


@dataclass(slots=True)
class _Strip:
    """A box across the type area that no page break cuts.

    `height` is the distance to the next strip, `need` what must fit on the page (without the
    leading below the last line), `before` a space that is dropped at the top of a page.
    """

    height: float
    parts: list[Part]
    need: float = 0.0
    before: float = 0.0
    keep: bool = False
    notes: tuple[Note, ...] = ()
    entry: int | None = None
    link: Link | None = None
    repeat: _Repeat | None = None


@dataclass(slots=True)
class _Sheet:
    """The page being filled: `y` is where the next strip goes, from the top of the type area."""

    y: float = 0.0
    placed: list[Placed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[_Strip] = field(default_factory=list)
    last: _Repeat | None = None

    @property
    def foot(self) -> float:
        """The height that footnotes take at the foot of the page."""
        return sum(strip.height for strip in self.notes) + (_NOTE_GAP if self.notes else 0.0)


_NOTE_GAP = 12.0
_CELL_PADDING = 4.0
_ROW_PADDING = 2.5


class _Flow:
    """A document on its way to pages."""

    def __init__(self, document: Document, theme: Theme, faces: Faces) -> None:
        self.document, self.theme, self.faces = document, theme, faces
        self.page = theme.page
        self.measure, self.depth = theme.page.measure, theme.page.depth
        self.left, self.top = theme.page.left * POINTS_PER_MM, theme.page.top * POINTS_PER_MM
        self.elements: list[Element] = []
        self.pages: list[Page] = []
        self.sheet = _Sheet()
        self.chain: list[_Strip] = []
        self.headings = [block for block in document.blocks if isinstance(block, Heading)]
        self.entries: list[Entry | None] = [None] * len(self.headings)
        self.heading = 0
        self.contents: list[tuple[int, _Strip]] = []
        self.is_english = document.language.startswith("en")
        self.rank = 1 if any(isinstance(block, Title) for block in document.blocks) else 0

    def layout(self) -> Layout:
        if self.document.furniture.masthead:
            self._stack(self._masthead(self.document.furniture.masthead))
        for block, follower in zip_longest(self.document.blocks, self.document.blocks[1:]):
            if isinstance(block, PageBreak):
                self._settle()
                self._turn()
                continue
            strips = self._strips(block)
            self._stack(_kept(strips) if _is_signature(follower) and isinstance(block, Paragraph) else strips)
        self._settle()
        if self.document.furniture.imprint:
            self._imprint(self.document.furniture.imprint)
        if self.sheet.placed or not self.pages:
            self._finish()
        entries = tuple(entry for entry in self.entries if entry)
        self._number_contents()
        return Layout(tuple(self.pages), tuple(self.elements), entries)

    # Stacking strips

    def _stack(self, strips: Iterable[_Strip]) -> None:
        """Put strips on pages; what keeps with its follower waits for it."""
        for strip in strips:
            self.chain.append(strip)
            if not strip.keep:
                self._settle()

    def _settle(self) -> None:
        """Place the strips that wait, on one page if they can be."""
        chain, self.chain = self.chain, []
        if not chain:
            return
        sheet = self.sheet
        above = chain[0].before if sheet.placed else 0.0
        total = sum(strip.before + strip.height for strip in chain) - chain[0].before
        total += chain[-1].need - chain[-1].height
        notes = [note for strip in chain for note in strip.notes]
        foot = self._foot_with(notes)
        if sheet.placed and sheet.y + above + total > self.depth - foot + _EPSILON and total <= self.depth:
            self._turn(chain[0].repeat)
        for strip in chain:
            self._put(strip)

    def _foot_with(self, notes: Sequence[Note]) -> float:
        if not notes:
            return self.sheet.foot
        more = sum(strip.height for note in notes for strip in self._footnote(note, None))
        return self.sheet.foot + more + (0.0 if self.sheet.notes else _NOTE_GAP)

    def _put(self, strip: _Strip) -> None:
        """Place a strip on this page, or at the top of the next."""
        above = strip.before if self.sheet.placed else 0.0
        foot = self._foot_with(strip.notes)
        if self.sheet.placed and self.sheet.y + above + strip.need > self.depth - foot + _EPSILON:
            self._turn(strip.repeat)
            above = 0.0
        sheet = self.sheet
        y = self.top + sheet.y + above
        sheet.placed.append(Placed(self.left, y, strip.parts))
        for note in strip.notes:
            element = self._element(Tag.NOTE, None)
            sheet.notes += self._footnote(note, element)
        if strip.entry is not None:
            heading = self.headings[strip.entry]
            text = _name(heading)
            self.entries[strip.entry] = Entry(heading.level, text, len(self.pages) + 1, y)
        if link := strip.link:
            place = Link(self.left + link.x, y + link.y, link.width, link.height, link.entry, link.element)
            sheet.links.append(place)
        sheet.y += above + strip.height
        sheet.last = strip.repeat

    def _turn(self, repeat: _Repeat | None = None) -> None:
        """Begin a new page, with the head of a table that goes on."""
        goes_on = repeat is not None and self.sheet.last is repeat
        if repeat and goes_on:
            self.sheet.placed.append(Placed(self.left, self.top + self.sheet.y, [repeat.closing]))
        self._finish()
        if repeat and goes_on:
            for strip in repeat.head:
                self.sheet.placed.append(Placed(self.left, self.top + self.sheet.y, strip.parts))
                self.sheet.y += strip.height
            self.sheet.last = repeat

    def _finish(self) -> None:
        """Close the page: its footnotes, its number, its running head."""
        sheet, self.sheet = self.sheet, _Sheet()
        if sheet.notes:
            y = self.top + self.depth - sheet.foot
            line = Stroke(((0, 6), (self.measure / 4, 6)), 0.5, _RULE)
            sheet.placed.append(Placed(self.left, y, [Part(None, (line,))]))
            y += _NOTE_GAP
            for strip in sheet.notes:
                sheet.placed.append(Placed(self.left, y, strip.parts))
                y += strip.height
        number = len(self.pages) + 1
        placed = (*sheet.placed, *self._chrome(number))
        width, height = self.page.width * POINTS_PER_MM, self.page.height * POINTS_PER_MM
        self.pages.append(Page(number, width, height, placed, tuple(sheet.links)))

    def _chrome(self, number: int) -> Iterator[Placed]:
        """Generate what a page shows outside the type area: number, running head, mark."""
        furniture = self.document.furniture
        items: list[Item] = []
        above = -10 * POINTS_PER_MM
        if furniture.mark:
            style = self.theme.style("mark")
            items += self._single(furniture.mark, style, above)
        if furniture.running_head and not (number == 1 and furniture.masthead):
            style = self.theme.style("running_head")
            items += self._single(furniture.running_head, style, above)
            items.append(Stroke(((0, above + 6), (self.measure, above + 6)), 0.4, style.colour))
        if furniture.page_numbers:
            style = self.theme.style("page_number")
            text = f"— {number} —"
            # GB/T 9704, 7.5: the dash stands 7 mm below the type area, one character in from its outer edge.
            middle = self.faces[style.face].middle("—") * style.size
            baseline = self.depth + self.page.number_below * POINTS_PER_MM + middle
            width = self._set(text, _pen(style)).width
            x = self.measure - width - style.size if number % 2 else style.size
            items.append(Words(x, baseline, self._set(text, _pen(style)).pieces))
        if items:
            yield Placed(self.left, self.top, [Part(None, tuple(items))])

    def _single(self, text: str, style: Style, baseline: float) -> list[Item]:
        """Return one line of text, aligned by its style."""
        lines = break_lines([Span(text, _pen(style))], self.faces, self.measure, align=style.align)
        return [Words(line.x, baseline, line.pieces) for line in lines[:1]]

    # Building strips

    def _strips(self, block: Block) -> Iterator[_Strip]:
        """Generate the strips of a block."""
        match block:
            case Title():
                yield from self._title(block)
            case Heading():
                yield from self._heading(block)
            case Paragraph():
                yield from self._text(block.runs, self.theme.style(block.role.value), self._element(Tag.P))
            case ListBlock():
                yield from self._list(block)
            case Table():
                yield from self._table(block)
            case Chart():
                yield from self._chart(block)
            case Contents():
                yield from self._contents(block)
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def _element(
        self,
        tag: Tag,
        parent: int | None = None,
        alternative: str = "",
        *,
        columns: int = 1,
        rows: int = 1,
        is_row_head: bool = False,
    ) -> int:
        self.elements.append(Element(tag, parent, alternative, columns, rows, is_row_head))
        return len(self.elements) - 1

    def _set(self, text: str, pen: Pen, run: Run | None = None) -> Line:
        """Return characters set on one line, however long."""
        lines = break_lines([Span(text, pen, run)], self.faces, 1e6)
        return lines[0] if lines else Line((), 0, 0)

    def _tracking(self, style: Style) -> float:
        """Return what makes a whole number of characters fill the measure (GB/T 9704: 28 of 3号, 15.793 pt each)."""
        if style.align != "justify":
            return 0.0
        return self.measure / max(1, round(self.measure / style.size)) - style.size

    def _text(
        self, runs: Runs, style: Style, element: int, before: Sequence[Span] = (), keep: bool | None = None
    ) -> Iterator[_Strip]:
        """Generate the lines of running text."""
        tracking = self._tracking(style)
        cell = style.size + tracking
        left, right = style.left * cell, style.right * cell
        lines = break_lines(
            (*before, *_spans(runs, style)),
            self.faces,
            self.measure - right,
            first=left + style.indent * cell,
            rest=left + style.hanging * cell,
            align=style.align,
            tracking=tracking,
        )
        yield from self._lines(lines, style, element, style.keep_with_next if keep is None else keep)

    def _lines(self, lines: Sequence[Line], style: Style, element: int, keep: bool) -> Iterator[_Strip]:
        """Generate a strip for each line; the first two and the last two lines stay together."""
        baseline = self._baseline(style)
        last = len(lines) - 1
        for number, line in enumerate(lines):
            yield _Strip(
                style.pitch + (style.after if number == last else 0.0),
                [Part(element, (Words(line.x, baseline, line.pieces),))],
                style.size,
                style.before if number == 0 else 0.0,
                keep=keep if number == last else number in {0, last - 1} or keep,
                notes=tuple(piece.run for piece in line.pieces if isinstance(piece.run, Note)),
            )

    def _baseline(self, style: Style) -> float:
        return self.faces[style.face].top * style.size

    def _footnote(self, note: Note, element: int | None) -> list[_Strip]:
        style = self.theme.style("footnote")
        mark = Span(f"{note.number}　", _pen(style))
        return list(self._text(note.runs, style, element if element is not None else -1, (mark,)))

    def _title(self, title: Title) -> Iterator[_Strip]:
        style = self.theme.style("title")
        lines = balance(_spans(title.runs, style), self.faces, self.measure)
        if self.document.furniture.masthead and style.before == 0:
            lines_before = self.theme.style("body").pitch * 0.7
        else:
            lines_before = style.before
        strips = list(self._lines(lines, style, self._element(Tag.H1), keep=True))
        if strips:
            strips[0].before = lines_before
        yield from strips
        if title.subtitle:
            style = self.theme.style("subtitle")
            yield from self._text(title.subtitle, style, self._element(Tag.P), keep=True)

    def _heading(self, heading: Heading) -> Iterator[_Strip]:
        style = self.theme.style(f"heading{heading.level}")
        element = self._element(list(Tag)[heading.level - 1 + self.rank])
        number = _joined(heading.number, characters(heading.runs[:1]))[: len(heading.number) + 1]
        prefix = number if number.endswith(" ") else heading.number
        before = (Span(prefix, _pen(style)),) if prefix else ()
        strips = list(self._text(heading.runs, style, element, before, keep=True))
        if strips:
            strips[0].entry = self.heading
        self.heading += 1
        yield from strips

    def _list(self, block: ListBlock) -> Iterator[_Strip]:
        """Generate the items, each hanging behind its mark."""
        style = self.theme.style("list")
        tracking = self._tracking(style)
        indent = (style.left + style.indent) * (style.size + tracking)
        parent = self._element(Tag.LIST)
        baseline = self._baseline(style)
        for mark, runs in zip(block.marks, block.items, strict=True):
            item = self._element(Tag.ITEM, parent)
            label, body = self._element(Tag.MARK, item), self._element(Tag.BODY, item)
            head = self._set(mark, _pen(style))
            start = indent + head.width + 0.4 * style.size if mark else indent
            lines = break_lines(
                _spans(runs, style),
                self.faces,
                self.measure,
                first=start,
                rest=start,
                align=style.align,
                tracking=tracking,
            )
            strips = list(self._lines(lines, style, body, keep=False))
            if strips and head.pieces:
                strips[0].parts.insert(0, Part(label, (Words(indent, baseline, head.pieces),)))
            yield from strips

    def _contents(self, block: Contents) -> Iterator[_Strip]:
        """Generate the table of contents; page numbers are set when all pages are known."""
        style = self.theme.style("contents_title")
        yield from self._text(block.title, style, self._element(Tag.P))
        parent = self._element(Tag.CONTENTS)
        last = next((heading for heading in self.headings[::-1] if heading.level <= block.depth), None)
        for number, heading in enumerate(self.headings):
            if heading.level > block.depth:
                continue
            style = self.theme.style(f"contents{min(heading.level, 2)}")
            element = self._element(Tag.LINK, self._element(Tag.REFERENCE, self._element(Tag.ENTRY, parent)))
            left = style.left * style.size
            text = _name(heading)
            room = self.measure - 3 * style.size
            lines = break_lines([Span(text, _pen(style))], self.faces, room, first=left, rest=left + 2 * style.size)
            strips = list(self._lines(lines, style, element, keep=False))
            for strip in strips:
                strip.link = Link(0, 0, self.measure, style.pitch, number, element)
            if strips:
                end = lines[-1].x + lines[-1].width + 0.5 * style.size
                self.contents.append((number, strips[-1]))
                dots = Stroke(
                    ((end, self._baseline(style) - 1), (self.measure - 2 * style.size, self._baseline(style) - 1)),
                    1.0,
                    "7F7F7F",
                    (0.01, 4.0),
                )
                strips[-1].parts.append(Part(None, (dots,)))
            if heading is last:
                strips[-1].height += style.pitch / 2
            yield from strips

    def _number_contents(self) -> None:
        for number, strip in self.contents:
            entry = self.entries[number]
            if entry is None:
                continue
            style = self.theme.style(f"contents{min(entry.level, 2)}")
            line = self._set(str(entry.page), _pen(style))
            words = Words(self.measure - line.width, self._baseline(style), line.pieces)
            strip.parts.append(Part(strip.parts[0].element, (words,)))

    # Tables

    def going_on(self, number: str) -> str:
        """Return what stands before the caption of a table that goes on."""
        if self.is_english:
            return f"{number or 'Table'} (continued)　"
        return f"续{number or '表'}　"

    def _table(self, table: Table) -> Iterator[_Strip]:
        grid = _Grid(self, table)
        yield from grid.strips()

    # Charts

    def _chart(self, chart: Chart) -> Iterator[_Strip]:
        """Generate a chart, its caption below it and its source."""
        style = self.theme.style("chart_label")
        pen = _pen(style)
        planned = plan(chart, self.measure, self.theme.palette, style.size, lambda text: self._set(text, pen).width)
        element = self._element(Tag.FIGURE, None, chart.description or characters(chart.caption))
        items = tuple(self._drawn(shape, pen) for shape in planned.shapes)
        yield _Strip(planned.height + 4, [Part(element, items)], planned.height, before=12, keep=True)
        caption = self.theme.style("caption")
        runs = (Text(f"{chart.number}　"), *chart.caption) if chart.number else chart.caption
        element = self._element(Tag.CAPTION)
        strips = list(self._text(runs, caption, element, keep=bool(chart.source)))
        if strips:
            strips[0].before = 0.0
        if chart.source:
            strips += self._text(chart.source, self.theme.style("table_note"), self._element(Tag.P))
        if strips:
            strips[-1].height += caption.before
        yield from strips

    def _drawn(self, shape: Shape, pen: Pen) -> Item:
        if not isinstance(shape, Label):
            return shape
        line = self._set(shape.text, Pen(pen.face, pen.size, shape.colour), shape.figure)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: line.width / 2, Anchor.END: line.width}[shape.anchor]
        return Words(shape.x - shift, shape.y, line.pieces)

    # Furniture

    def _masthead(self, masthead: Masthead) -> Iterator[_Strip]:
        """Generate the 报头: the red name, the issue, the office left and the date right, the red rule."""
        style = self.theme.style("masthead")
        accent = self.theme.accent
        typeface = self.faces[style.face]
        size = min(style.size, style.size * self.measure / max(1.0, typeface.width(masthead.name) * style.size))
        # A short name stands wide, as mastheads do.
        room = self.measure * 0.86 - typeface.width(masthead.name) * size
        spacing = max(0.0, min(size * 0.4, room / max(1, len(masthead.name) - 1)))
        pen = Pen(style.face, size, style.colour)
        width = typeface.width(masthead.name) * size + spacing * (len(masthead.name) - 1)
        piece = Piece(masthead.name, pen, 0.0, spacing, None)
        words = Words((self.measure - width) / 2, typeface.top * size, (piece,))
        yield _Strip(style.pitch, [Part(self._element(Tag.P), (words,))], style.size, keep=True)
        style = self.theme.style("masthead_line")
        if masthead.issue:
            centred = Style(style.face, style.size, style.pitch, "center")
            yield from self._text(masthead.issue, centred, self._element(Tag.P), keep=True)
        if masthead.office or masthead.date:
            strip = _Strip(style.pitch, [], style.size, keep=True)
            ends = ((masthead.office, "left"), (masthead.date, "right"))
            for runs, align in ends:
                lines = break_lines(
                    _spans(runs, style),
                    self.faces,
                    self.measure - style.right * style.size,
                    first=style.left * style.size,
                    align=align,
                )
                if lines:
                    place = Words(lines[0].x, self._baseline(style), lines[0].pieces)
                    strip.parts.append(Part(self._element(Tag.P), (place,)))
            yield strip
        rule = Stroke(((0, 0), (self.measure, 0)), 0.5 * POINTS_PER_MM, accent)
        yield _Strip(8.0, [Part(None, (rule,))], 2.0, keep=True)

    def _imprint(self, imprint: Imprint) -> None:
        """Place the 报尾 or 版记: its last rule lies on the foot of the type area."""
        style = self.theme.style("imprint")
        parts: list[Part] = []
        y = 5.0
        for label, text in imprint.lines:
            colon = ": " if self.is_english else "："
            mark = label if label.endswith(("：", ":")) else label + colon
            hanging = self.faces[style.face].width(mark) + style.left
            lines = break_lines(
                [Span(mark + text, _pen(style))],
                self.faces,
                self.measure - style.right * style.size,
                first=style.left * style.size,
                rest=hanging * style.size,
                align="justify",
            )
            element = self._element(Tag.P)
            for line in lines:
                parts.append(Part(element, (Words(line.x, y + self._baseline(style), line.pieces),)))
                y += style.pitch
        if imprint.copies:
            if imprint.lines:
                parts.append(Part(None, (self._across(y - 1, 0.25 * POINTS_PER_MM),)))
                y += 4
            lines = break_lines(
                _spans(imprint.copies, style), self.faces, self.measure - style.right * style.size, align="right"
            )
            element = self._element(Tag.P)
            for line in lines:
                parts.append(Part(element, (Words(line.x, y + self._baseline(style), line.pieces),)))
                y += style.pitch
        # The leading below the last line would leave it nearer to the rule above than to the one below.
        y -= max(0.0, style.pitch - style.size - 6)
        thickness = 0.35 * POINTS_PER_MM
        rules = (self._across(0, thickness), self._across(y, thickness))
        parts.append(Part(None, rules))
        if self.sheet.placed and self.sheet.y + y > self.depth - self.sheet.foot:
            self._finish()
        self.sheet.placed.append(Placed(self.left, self.top + self.depth - self.sheet.foot - y, parts))

    def _across(self, y: float, thickness: float) -> Stroke:
        return Stroke(((0, y), (self.measure, y)), thickness, _RULE)


_NUMBER = re.compile(r"([^\d]{0,2}\d[\d,]*)(\.\d+)?")


class _Grid:
    """A table being set: the widths of its columns, and the strips of its rows."""

    def __init__(self, flow: _Flow, table: Table) -> None:
        self.flow, self.table = flow, table
        self.theme = flow.theme
        self.has_grid = flow.theme.table is TablePreset.GRID
        self.head = flow.theme.style("table_head")
        self.cell = flow.theme.style("table_cell")
        self.group = flow.theme.style("table_group")
        self.element = flow._element(Tag.TABLE)
        self.widths = self._column_widths()
        self.points = [self._decimal_point(number) for number in range(len(table.columns))]

    def _width(self, runs: Runs, style: Style) -> float:
        return sum(self.flow.faces[style.face].width(_shown(run)) for run in runs) * style.size

    def _column_widths(self) -> list[float]:
        """Return the columns' shares of the measure by weight, moved to where figures would not fit on one line,
        then to where words would wrap."""
        columns, measure = self.table.columns, self.flow.measure
        weight = sum(column.weight for column in columns) or 1.0
        widths = [measure * column.weight / weight for column in columns]
        rows = [row for row in self.table.rows if not row.is_group]
        natural = []
        for number, column in enumerate(columns):
            cells = (self._width(row.cells[number], self.cell) + row.indent * self.cell.size for row in rows)
            head = min(4 * self.head.size, self._width(column.title, self.head))
            natural.append(max(max(cells, default=0.0), head) + 2 * _CELL_PADDING + 0.2 * self.cell.size)
        is_text = [column.align is Align.LEFT for column in columns]
        few = 6 * self.cell.size
        needed = [min(want, few) if text else want for want, text in zip(natural, is_text, strict=True)]
        widths = _moved(widths, [min(want, measure / 2) for want in needed], needed)
        return _moved(widths, [min(want, measure * 0.45) for want in natural], natural)

    def _decimal_point(self, number: int) -> float:
        """Return where in its column the decimal points of a DECIMAL column stand, so that the whole is centred."""
        if self.table.columns[number].align is not Align.DECIMAL:
            return 0.0
        typeface = self.flow.faces[self.cell.face]
        whole = fraction = 0.0
        room = self.widths[number] - 2 * _CELL_PADDING
        for row in self.table.rows:
            text = "" if row.is_group else characters(row.cells[number])
            if match := _NUMBER.match(text):
                before, after = typeface.width(match[1]), typeface.width(text[match.end(1) :])
                if (before + after) * self.cell.size <= room:
                    whole, fraction = max(whole, before), max(fraction, after)
        return (self.widths[number] - (whole + fraction) * self.cell.size) / 2 + whole * self.cell.size

    def strips(self) -> Iterator[_Strip]:
        """Generate caption, unit, head, rows, notes and source."""
        flow, table, theme = self.flow, self.table, self.theme
        caption = theme.style("caption")
        number = f"{table.number}　" if table.number else ""
        above = list(self._caption(number, flow._element(Tag.CAPTION, self.element)))
        unit = list(self._unit(flow._element(Tag.P)))
        row = flow._element(Tag.ROW, self.element)
        heads = [flow._element(Tag.HEAD, row) for _ in table.columns]
        # The head is content once; above the rows on further pages it is repeated for the eye alone.
        repeated = [
            *(self._caption(flow.going_on(table.number), None)),
            *self._unit(None),
            self._head([None] * len(heads)),
        ]
        closing = Part(None, (flow._across(0, 0.75),))
        repeat = _Repeat(tuple(repeated), closing)
        if above:
            above[0].before = caption.before
        yield from above
        yield from unit
        yield self._head(heads)
        tail = [*self._below()]
        rows = [strip for data in table.rows for strip in self._row(data)]
        for index, strip in enumerate(rows):
            strip.repeat = repeat
            # No part of a table on a page has a single row, and what stands below it stays with the last ones.
            strip.keep = strip.keep or index in {0, len(rows) - 2} or (index == len(rows) - 1 and bool(tail))
        if rows:
            self._close(rows[-1])
        yield from rows
        if tail:
            tail[-1].height += theme.style("table_note").after
            for number_, strip in enumerate(tail):
                strip.keep = number_ < len(tail) - 1
                strip.repeat = None
        else:
            tail = [_Strip(theme.style("table_note").after, [])]
        yield from tail

    def _caption(self, number: str, element: int | None) -> Iterator[_Strip]:
        runs = (Text(number), *self.table.caption) if number else self.table.caption
        for strip in self.flow._text(runs, self.theme.style("caption"), -1, keep=True):
            strip.parts = [Part(element, part.items) for part in strip.parts]
            strip.before = 0.0
            yield strip

    def _unit(self, element: int | None) -> Iterator[_Strip]:
        if self.table.unit:
            style = self.theme.style("table_unit")
            for strip in self.flow._text((Text(self.table.unit),), style, -1, keep=True):
                strip.parts = [Part(element, part.items) for part in strip.parts]
                yield strip

    def _head(self, elements: Sequence[int | None]) -> _Strip:
        """Return the head row between its rules."""
        cells = [(column.title, "center") for column in self.table.columns]
        parts, height = self._parts(self._broken(cells, self.head, 0), self.head, elements)
        rules = [self._rule(0, 1.5), self._rule(height, 0.75)]
        parts.append(Part(None, (*rules, *self._verticals(height))))
        notes = tuple(run for column in self.table.columns for run in column.title if isinstance(run, Note))
        return _Strip(height, parts, height, keep=True, notes=notes)

    def _row(self, row: Row) -> Iterator[_Strip]:
        """Generate the strip of a row; more than one only for a row that is higher than a page."""
        flow = self.flow
        element = flow._element(Tag.ROW, self.element)
        if row.is_group:
            columns = len(self.table.columns)
            elements: list[int | None] = [flow._element(Tag.HEAD, element, columns=columns, is_row_head=True)]
            lines = break_lines(_spans(row.cells[0], self.group), flow.faces, flow.measure - 2 * _CELL_PADDING)
            cells, style = [(_CELL_PADDING, lines)], self.group
        else:
            elements = [
                flow._element(Tag.CELL if number else Tag.HEAD, element, is_row_head=not number)
                for number in range(len(row.cells))
            ]
            aligned = [(runs, column.align.value) for runs, column in zip(row.cells, self.table.columns, strict=True)]
            cells, style = self._broken(aligned, self.cell, row.indent), self.cell
        notes = tuple(run for runs in row.cells for run in runs if isinstance(run, Note))
        most = max(1, int(flow.depth * 0.75 / style.pitch))
        count = max((len(lines) for _, lines in cells), default=1)
        for start in range(0, max(1, count), most):
            shown = [(x, lines[start : start + most]) for x, lines in cells]
            parts, height = self._parts(shown, style, elements)
            if self.has_grid:
                verticals = self._verticals(height)[: 2 if row.is_group else None]
                parts.append(Part(None, (self._rule(height, 0.5), *verticals)))
            yield _Strip(height, parts, height, keep=row.is_group, notes=() if start else notes)

    def _broken(self, cells: Sequence[tuple[Runs, str]], style: Style, indent: int) -> list[tuple[float, list[Line]]]:
        """Return the lines of each cell, and where they are measured from."""
        flow = self.flow
        typeface = flow.faces[style.face]
        broken: list[tuple[float, list[Line]]] = []
        x = 0.0
        for number, (runs, align) in enumerate(cells):
            width = self.widths[number]
            shift = indent * style.size if number == 0 else 0.0
            room = width - 2 * _CELL_PADDING - shift
            match = _NUMBER.match(characters(runs)) if align == "decimal" else None
            lines = break_lines(_spans(runs, style), flow.faces, room, align="center" if align == "decimal" else align)
            start = x + _CELL_PADDING + shift
            if match and len(lines) == 1:
                start = x + self.points[number] - typeface.width(match[1]) * style.size - lines[0].x
            broken.append((start, lines))
            x += width
        return broken

    def _parts(
        self, cells: Sequence[tuple[float, list[Line]]], style: Style, elements: Sequence[int | None]
    ) -> tuple[list[Part], float]:
        """Return the parts of a row and its height; cells that wrap make it higher."""
        height = max((len(lines) for _, lines in cells), default=1) * style.pitch + 2 * _ROW_PADDING
        parts = [
            Part(element, tuple(self._words(lines, start, height, style)))
            for element, (start, lines) in zip(elements, cells, strict=True)
        ]
        return parts, height

    def _words(self, lines: Sequence[Line], x: float, height: float, style: Style) -> Iterator[Words]:
        """Generate the lines of a cell, in the middle of its height."""
        y = (height - len(lines) * style.pitch) / 2 + (style.pitch - style.size) / 2 + self.flow._baseline(style)
        for number, line in enumerate(lines):
            yield Words(x + line.x, y + number * style.pitch, line.pieces)

    def _rule(self, y: float, thickness: float) -> Stroke:
        return self.flow._across(y, 0.5 if self.has_grid else thickness)

    def _verticals(self, height: float) -> list[Stroke]:
        """Return the vertical lines of a full grid, the outer ones first."""
        if not self.has_grid:
            return []
        inner = [sum(self.widths[:number]) for number in range(1, len(self.widths))]
        return [Stroke(((x, 0), (x, height)), 0.5, _RULE) for x in (0.0, self.flow.measure, *inner)]

    def _close(self, strip: _Strip) -> None:
        """Draw the last rule below a row."""
        strip.parts.append(Part(None, (self._rule(strip.height, 1.5),)))

    def _below(self) -> Iterator[_Strip]:
        """Generate notes and source."""
        style = self.theme.style("table_note")
        flat = Style(style.face, style.size, style.pitch, style.align, colour=style.colour)
        for number, runs in enumerate((*self.table.notes, *((self.table.source,) if self.table.source else ()))):
            for strip in self.flow._text(runs, flat, self.flow._element(Tag.P)):
                strip.before = 4.0 if number == 0 else 0.0
                yield strip


def _moved(widths: Sequence[float], wanted: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Return widths of the same sum, moved from columns wider than `natural` to those narrower than `wanted`."""
    lack = [max(0.0, want - width) for want, width in zip(wanted, widths, strict=True)]
    spare = [
        max(0.0, width - need) if not short else 0.0 for width, need, short in zip(widths, natural, lack, strict=True)
    ]
    moved = min(sum(lack), sum(spare))
    if not moved:
        return list(widths)
    return [
        width + moved * (short / sum(lack) - extra / sum(spare))
        for width, short, extra in zip(widths, lack, spare, strict=True)
    ]


def _is_signature(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role in {Role.SIGNATURE, Role.DATE}


def _kept(strips: Iterable[_Strip]) -> Iterator[_Strip]:
    """Generate strips of which the last keeps with what follows: 署名 and 成文日期 never stand without text."""
    waiting: _Strip | None = None
    for strip in strips:
        if waiting:
            yield waiting
        waiting = strip
    if waiting:
        waiting.keep = True
        yield waiting


def _pen(style: Style) -> Pen:
    return Pen(style.face, style.size, style.colour)


def _shown(run: Run) -> str:
    return str(run.number) if isinstance(run, Note) else run.text


def _spans(runs: Iterable[Run], style: Style) -> list[Span]:
    """Return runs as they are set in a style: emphasis in 黑体, a footnote's mark raised."""
    pen = _pen(style)
    spans = []
    for run in runs:
        if isinstance(run, Text):
            strong = Pen(Face.HEITI, style.size, style.colour)
            spans.append(Span(run.text, strong if run.strong else pen, run))
        elif isinstance(run, Note):
            raised = Pen(style.face, style.size * 0.6, style.colour, style.size * 0.35)
            spans.append(Span(str(run.number), raised, run))
        else:
            spans.append(Span(run.text, pen, run))
    return spans


def _name(heading: Heading) -> str:
    """Return what contents and bookmarks call a heading."""
    return _joined(heading.number, characters(run for run in heading.runs if not isinstance(run, Note)))


def _joined(number: str, text: str) -> str:
    """Return a heading's number and words, with a space where both are Latin."""
    is_latin = number[-1:].isascii() and text[:1].isascii() and number and text
    return f"{number} {text}" if is_latin else number + text
