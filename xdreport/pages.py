"""Pages: a document laid out on sheets, line by line, free of any file format.

`lay_out` has each block set into strips and stacks them: headings stay with what follows, paragraphs leave no single
line behind, table heads are repeated, and where a chart or a small table finds no room the text after it moves up. The
page is that of GB/T 9704-2012: with its default theme 22 lines of 28 characters fill the type area. Lengths are points,
y runs downwards.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile
from typing import NamedTuple, assert_never

from xdreport.charts import Stroke
from xdreport.document import (
    Block,
    Chart,
    Columns,
    Contents,
    Cover,
    Document,
    Heading,
    Letterhead,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Pictures,
    PullFigures,
    Role,
    Table,
    Title,
    characters,
)
from xdreport.fonts import Faces
from xdreport.furniture import BELOW_RULE, set_chrome, set_cover, set_head, set_imprint
from xdreport.galley import (
    RULE_COLOUR,
    Element,
    Galley,
    Image,
    Link,
    Part,
    Repeat,
    Strip,
    Tag,
    Words,
    pen_of,
    spans,
)
from xdreport.illustrations import is_small, set_charts, set_pictures, set_pull_figures
from xdreport.lines import Span, balance, break_lines
from xdreport.tables import set_table
from xdreport.theme import POINTS_PER_MM, Theme

__all__ = [
    "Element", "Entry", "Image", "Layout", "Link", "Page", "Part", "Placed", "Tag", "Words", "lay_out",
]  # fmt: skip

_EPSILON = 0.5
_NOTE_GAP = 12.0
# Lines of white at the foot of a page that are not worth moving text for, and the share of a page that is too much:
# for the looks of a small table, and of one that is to be seen whole.
_FEW_LINES = 3.0
_MUCH_WHITE, _MOST_WHITE = 0.2, 0.3
# A table in columns that takes more than this share of their height may be broken.
_HIGH = 0.2
# What has waited for a new page takes no more of it than this share.
_MOST_FLOATS = 0.7


class Placed(NamedTuple):
    """Parts, and where on the sheet their origin is."""

    x: float
    y: float
    parts: Sequence[Part]


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


Take = Callable[[Page, Sequence[Element]], None]


def lay_out(
    document: Document, theme: Theme, faces: Faces, *, in_order: bool = False, take: Take | None = None
) -> Layout:
    """Return the pages of a document; an empty document has one page.

    With `in_order` blocks stand one below another as they come, as a word processor sets them. With `take` pages are
    handed over, with the elements so far, once nothing on them can change: those of the contents last, the others in
    order. Then none is kept, and memory grows with a page instead of with the report.
    """
    pages: list[Page] = []
    flow = _Flow(document, theme, faces, in_order=in_order, take=take or (lambda page, _: pages.append(page)))
    flow.lay_out()
    pages.sort(key=lambda page: page.number)
    return Layout(tuple(pages), tuple(flow.galley.elements), tuple(entry for entry in flow.entries if entry))


@dataclass(slots=True)
class _Sheet:
    """The page being filled: `y` is where the next strip goes, from the top of the type area.

    `placed` and `links` are what stands on it, `has_text` is true once more does than a table's repeated head; a
    `is_bare` one shows no number and no running head, a `is_waiting` one has contents without page numbers. `section`
    and `last_section` are the first and the last heading of level 1 on it.
    """

    y: float = 0.0
    placed: list[Placed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[Strip] = field(default_factory=list)
    last: Repeat | None = None
    has_text: bool = False
    is_bare: bool = False
    is_waiting: bool = False
    section: str = ""
    last_section: str = ""

    @property
    def foot(self) -> float:
        """The height that footnotes take at the foot of the page."""
        return sum(strip.height for strip in self.notes) + (_NOTE_GAP if self.notes else 0.0)


class _Flow:
    """A document on its way to pages."""

    def __init__(self, document: Document, theme: Theme, faces: Faces, *, in_order: bool, take: Take) -> None:
        self.document, self.theme, self.faces, self.in_order, self.take = document, theme, faces, in_order, take
        self.page = theme.page
        is_english = document.language.startswith("en")
        self.upright = Galley(theme, faces, theme.page.measure, theme.page.depth, is_english, in_order)
        self.galley, self.is_landscape = self.upright, False
        self.count = 0
        self.waiting: list[Page] = []
        self.sheet = _Sheet()
        self.chain: list[Strip] = []
        self.floats: list[list[Strip]] = []
        self.headings = [block for block in document.blocks if isinstance(block, Heading)]
        self.entries: list[Entry | None] = [None] * len(self.headings)
        self.heading = 0
        self.section = ""
        self.contents: list[tuple[int, Strip, Galley]] = []
        self.rank = 1 if any(isinstance(block, Title | Cover) for block in document.blocks) else 0

    @property
    def left(self) -> float:
        """Where the type area begins, from the sheet's left edge: a landscape sheet is the upright one turned."""
        return (self.page.bottom if self.is_landscape else self.page.left) * POINTS_PER_MM

    @property
    def top(self) -> float:
        """Where the type area begins, from the sheet's upper edge."""
        return (self.page.left if self.is_landscape else self.page.top) * POINTS_PER_MM

    def lay_out(self) -> None:
        """Hand over all pages."""
        furniture = self.document.furniture
        if furniture.masthead:
            self._stack(set_head(furniture.masthead, self.galley))
        waiting = list(self.document.blocks)
        while waiting:
            waiting = self._next(waiting)
        self._flush()
        if furniture.imprint:
            self._imprint(*set_imprint(furniture.imprint, self.galley))
        if self.sheet.placed or not self.count:
            self._finish()
        self._number_contents()
        for page in self.waiting:
            self.take(page, self.galley.elements)

    def _next(self, blocks: list[Block]) -> list[Block]:
        """Lay out the first of the blocks, or as many as stand side by side; return the others."""
        first, *rest = blocks
        if isinstance(first, Heading) and first.level == 1 and len(self.floats) > 1:
            self._flush()  # the tables of a section do not lag far behind it
        match first, rest:
            case PageBreak(), _:
                self._flush()
                if self.sheet.has_text:
                    self._finish()
                self._turn_sheet(first.is_landscape)
            case Cover(), _:
                self._flush()
                self._stack([set_cover(first, self.galley)])
                self.sheet.is_bare = True
                self._finish()
            case Columns(count), _:
                inside = next((n for n, b in enumerate(rest) if isinstance(b, Columns | PageBreak)), len(rest))
                if count > 1:
                    self._flush()
                    self._columns(rest[:inside], count)
                    return rest[inside:]
            case Chart(), [Chart() as second, *others] if self._are_beside(first, second):
                self._stack(set_charts((first, second), self.galley))
                return others
            case Paragraph(role=Role.SIGNATURE), [Paragraph(role=Role.DATE) as date, *others]:
                self._stack(self._signed(first, date))
                return others
            case _:
                if isinstance(first, Heading) and rest and _is_source_list(rest[0]):
                    self._flush()
                strips = self._strips(first, self.galley)
                self._stack(_kept(strips, all_=_lists_attachments(first)) if self._closes(first, rest) else strips)
        return rest

    def _closes(self, first: Block, rest: Sequence[Block]) -> bool:
        """Return whether a block stays with the signature that follows it: two lines of text, and what is attached."""
        if not isinstance(first, Paragraph | ListBlock):
            return False
        ahead = list(dropwhile(_lists_attachments, rest[:3]))
        if ahead and isinstance(ahead[0], Paragraph) and not _is_signature(ahead[0]) and self._is_short(ahead[0]):
            ahead = list(dropwhile(_lists_attachments, ahead[1:]))
        return bool(ahead) and _is_signature(ahead[0])

    def _is_short(self, paragraph: Paragraph) -> bool:
        """Return whether a paragraph is a single line."""
        style = self.theme.style(paragraph.role.value)
        return self.galley.width(paragraph.runs, style) + style.indent * style.size <= self.galley.measure

    def _are_beside(self, *charts: Chart) -> bool:
        """Return whether charts that follow each other stand side by side."""
        return all(is_small(chart, self.galley) for chart in charts)

    def _turn_sheet(self, is_landscape: bool) -> None:
        """Have the pages that follow stand upright or on their side; the margins turn with the sheet."""
        self.is_landscape = is_landscape
        page = self.page
        turned = ((page.height - page.top - page.bottom), (page.width - page.left - page.right))
        measure, depth = (side * POINTS_PER_MM for side in turned)
        self.galley = replace(self.upright, measure=measure, depth=depth) if is_landscape else self.upright

    # Stacking strips

    def _stack(self, strips: Iterable[Strip]) -> None:
        """Put strips on pages; what keeps with its follower waits for it."""
        for strip in strips:
            self.chain.append(strip)
            if not strip.keep:
                self._settle()

    def _settle(self) -> None:
        """Place the strips that wait, on one page if they can be.

        Where they find no room, a chart or small table lets the text after it go first, and a table that is whole only
        for its looks is broken rather than leave much white.
        """
        chain, self.chain = self.chain, []
        if not chain:
            return
        if self.floats and not chain[0].floats and any(strip.floats for strip in chain):
            self._flush()  # a heading takes its table along, which may not go before those that wait
        white = self.galley.depth - self.sheet.foot - self.sheet.y
        line = self.theme.style("body").pitch
        if self._fits(chain) and not (chain[0].floats and self.floats):
            self._place(chain)
        elif chain[0].floats and not self.in_order and (self.floats or white > _FEW_LINES * line):
            self.floats.append(chain)
        elif white > self.galley.depth * self._most_white(chain) and any(strip.is_soft for strip in chain):
            for strip in chain:
                strip.keep = strip.keep and not strip.is_soft
                strip.is_soft = False
            self._stack(chain)
        else:
            while self.sheet.has_text and not self._fits(chain):
                self._turn(chain[0].repeat)
            self._place(chain)

    def _most_white(self, chain: Iterable[Strip]) -> float:
        """Return the share of the page that may stay white for the looks of a table; all of it where a word processor
        sets the page, which does not ask."""
        if not any(strip.is_whole for strip in chain):
            return _MUCH_WHITE
        return 1.0 if self.galley.as_processor else _MOST_WHITE

    def _flush(self) -> None:
        """Place all that waits, in its order: what follows may not go before it."""
        self._settle()
        waiting, self.floats = self.floats, []  # so that none is set at the head of a page while one before it waits
        for chain in waiting:
            chain[0].floats = False
            self.chain = chain
            self._settle()

    def _fits(self, chain: Sequence[Strip]) -> bool:
        """Return whether strips have room on this page, or would have none on any."""
        above = chain[0].before if self.sheet.placed else 0.0
        total = _height(chain)
        foot = self._foot_with([note for strip in chain for note in strip.notes])
        depth = self.galley.depth
        return self.sheet.y + above + total <= depth - foot + _EPSILON or total > depth

    def _place(self, chain: Iterable[Strip]) -> None:
        for strip in chain:
            self._put(strip)

    def _foot_with(self, notes: Sequence[Note]) -> float:
        if not notes:
            return self.sheet.foot
        more = sum(strip.height for note in notes for strip in self._footnote(note, None))
        return self.sheet.foot + more + (0.0 if self.sheet.notes else _NOTE_GAP)

    def _put(self, strip: Strip) -> None:
        """Place a strip on this page, or at the top of the next."""
        while self.sheet.has_text:
            above = strip.before if self.sheet.placed else 0.0
            foot = self._foot_with(strip.notes)
            if self.sheet.y + above + strip.need <= self.galley.depth - foot + _EPSILON:
                break
            self._turn(strip.repeat)
        above = strip.before if self.sheet.placed else 0.0
        self._set(strip, 0.0, self.sheet.y + above)
        self.sheet.y += above + strip.height
        self.sheet.last = strip.repeat

    def _set(self, strip: Strip, x: float, y: float) -> None:
        """Set a strip at a place of the type area, with its footnotes, its entry and its link."""
        sheet = self.sheet
        left, top = self.left + x, self.top + y
        sheet.placed.append(Placed(left, top, strip.parts))
        sheet.has_text = True
        for note in strip.notes:
            sheet.notes += self._footnote(note, self.galley.element(Tag.NOTE, self._noted(strip)))
        if strip.entry is not None:
            heading = self.headings[strip.entry]
            if heading.level == 1:
                sheet.section = sheet.section or _name(heading)
                sheet.last_section = _name(heading)
            self.entries[strip.entry] = Entry(heading.level, _name(heading), self.count + 1, top)
        if link := strip.link:
            sheet.links.append(replace(link, x=left + link.x, y=top + link.y))
            sheet.is_waiting = True

    def _noted(self, strip: Strip) -> int | None:
        """Return the paragraph that a footnote of a strip belongs to, None where it is no paragraph."""
        element = strip.parts[0].element if strip.parts else None
        return element if element is not None and self.galley.elements[element].tag is Tag.P else None

    def _turn(self, repeat: Repeat | None = None) -> None:
        """Begin a new page with what has waited for it, then the head of a table that goes on."""
        goes_on = repeat is not None and self.sheet.last is repeat
        if repeat and goes_on:
            self.sheet.placed.append(Placed(self.left, self.top + self.sheet.y, [repeat.closing]))
        self._finish()
        while self.floats:
            total = self.sheet.y + self.floats[0][0].before + _height(self.floats[0])
            if self.sheet.has_text and total > self.galley.depth * _MOST_FLOATS:
                break
            self._place(self.floats.pop(0))
        if repeat and goes_on:
            for strip in repeat.head:
                above = strip.before if self.sheet.has_text else 0.0
                self.sheet.placed.append(Placed(self.left, self.top + self.sheet.y + above, strip.parts))
                self.sheet.y += above + strip.height
            self.sheet.last = repeat

    def _finish(self) -> None:
        """Close the page: its footnotes, its number, its running head."""
        sheet, self.sheet = self.sheet, _Sheet()
        if sheet.notes:
            y = self.top + self.galley.depth - sheet.foot
            line = Stroke(((0, 6), (self.galley.measure / 4, 6)), 0.5, RULE_COLOUR)
            sheet.placed.append(Placed(self.left, y, [Part(None, (line,))]))
            y += _NOTE_GAP
            for strip in sheet.notes:
                sheet.placed.append(Placed(self.left, y, strip.parts))
                y += strip.height
        self.count += 1
        number = self.count
        if not sheet.is_bare:
            furniture = self.document.furniture
            section = sheet.section or self.section
            items = set_chrome(furniture, self.galley, self.page, number, section, is_landscape=self.is_landscape)
            sheet.placed += [Placed(self.left, self.top, [Part(None, tuple(items))])] if items else []
        self.section = sheet.last_section or self.section
        width, height = self.page.width * POINTS_PER_MM, self.page.height * POINTS_PER_MM
        size = (height, width) if self.is_landscape else (width, height)
        page = Page(number, *size, tuple(sheet.placed), tuple(sheet.links))
        if sheet.is_waiting:
            self.waiting.append(page)
        else:
            self.take(page, self.galley.elements)

    def _imprint(self, parts: list[Part], height: float) -> None:
        """Place the 版记 or 报尾 on the foot of the type area, of a further page where this one has no room."""
        if self.sheet.placed and self.sheet.y + height > self.galley.depth - self.sheet.foot:
            self._finish()
        y = self.galley.depth - self.sheet.foot - height
        self.sheet.placed.append(Placed(self.left, self.top + y, parts))

    # Columns

    def _columns(self, blocks: Sequence[Block], count: int) -> None:
        """Set blocks in columns of equal height, with rules between them; on the last page as low as they can be."""
        gap = self.page.column_gap * POINTS_PER_MM
        galley = replace(self.galley, measure=(self.galley.measure - gap * (count - 1)) / count)
        chains = list(self._column_chains(blocks, galley))
        last: Repeat | None = None
        while chains:
            depth = self.galley.depth - self.sheet.foot - self.sheet.y
            room = _least_room(chains, count, depth, last)
            places, chains, last = _filled(chains, count, room, last)
            top = self.sheet.y
            for column, y, strip in places:
                self._set(strip, column * (galley.measure + gap), top + y)
            foot = max((y + strip.height for _, y, strip in places), default=0.0)
            middle = [(number * (galley.measure + gap)) - gap / 2 for number in range(1, count)]
            rules = tuple(Stroke(((x, top), (x, top + min(foot, depth))), 0.4, "7F7F7F") for x in middle)
            self.sheet.placed.append(Placed(self.left, self.top, [Part(None, rules)]))
            self.sheet.y = top + foot
            if chains:
                self._finish()

    def _column_chains(self, blocks: Sequence[Block], galley: Galley) -> Iterator[list[Strip]]:
        """Generate the chains of what stands in columns; illustrations fill whole lines, so that lines of neighbouring
        columns stand beside each other."""
        pitch = self.theme.style("body").pitch
        chain: list[Strip] = []
        for block in blocks:
            strips = list(self._strips(block, galley))
            if strips and isinstance(block, Chart | Pictures | Table | PullFigures):
                strips[-1].height += -sum(strip.height for strip in strips) % pitch
                strips[0].before = pitch
            is_high = sum(strip.height for strip in strips) > galley.depth * _HIGH
            for strip in strips:
                strip.keep = strip.keep and not (strip.is_soft and is_high and not strip.is_whole)
                chain.append(strip)
                if not strip.keep:
                    yield chain
                    chain = []
        if chain:
            yield chain

    # Setting blocks

    def _strips(self, block: Block, galley: Galley) -> Iterable[Strip]:
        """Return the strips of a block."""
        match block:
            case Title():
                return self._title(block, galley)
            case Heading():
                return self._heading(block, galley)
            case Paragraph():
                return galley.text(block.runs, self.theme.style(block.role.value), galley.element(Tag.P))
            case ListBlock():
                return _list(block, galley)
            case Table():
                return set_table(block, galley)
            case Chart():
                return set_charts((block,), galley)
            case Pictures():
                return set_pictures(block, galley)
            case PullFigures():
                return set_pull_figures(block, galley)
            case Contents():
                return self._contents(block, galley)
            case Cover() | PageBreak() | Columns():
                return ()
            case _:
                assert_never(block)

    def _footnote(self, note: Note, element: int | None) -> list[Strip]:
        style = self.theme.style("footnote")
        mark = Span(f"{note.number}　", pen_of(style))
        return list(self.galley.text(note.runs, style, element, (mark,)))

    def _title(self, title: Title, galley: Galley) -> Iterator[Strip]:
        style = self.theme.style("title")
        before = style.before
        head = self.document.furniture.masthead
        if head and before == 0:
            # GB/T 9704-2012, 7.3.1: two blank lines below the red rule, which has some white below it already.
            pitch = self.theme.style("body").pitch
            before = 2 * pitch - BELOW_RULE if isinstance(head, Letterhead) else 0.7 * pitch
        if title.kicker:
            for strip in galley.text(title.kicker, self.theme.style("kicker"), galley.element(Tag.P), keep=True):
                strip.before, before = before, 0.0
                yield strip
        lines = balance(spans(title.runs, style), self.faces, galley.measure, align=_turned_ragged(style.align))
        for strip in galley.strips(lines, style, galley.element(Tag.H1), keep=True):
            strip.before, before = before, 0.0
            yield strip
        if title.subtitle:
            yield from galley.text(title.subtitle, self.theme.style("subtitle"), galley.element(Tag.P), keep=True)

    def _heading(self, heading: Heading, galley: Galley) -> Iterator[Strip]:
        style = self.theme.style(f"heading{heading.level}")
        element = galley.element(list(Tag)[heading.level - 1 + self.rank])
        number = _joined(heading.number, characters(heading.runs[:1]))[: len(heading.number) + 1]
        prefix = number if number.endswith(" ") else heading.number
        before = (Span(prefix, pen_of(style)),) if prefix else ()
        strips = list(galley.text(heading.runs, style, element, before, keep=True))
        if strips:
            strips[0].entry = self.heading
        self.heading += 1
        yield from strips

    def _signed(self, office: Paragraph, date: Paragraph) -> Iterator[Strip]:
        """Generate 署名 and 成文日期 (GB/T 9704-2012, 7.3.5.2): the office 2 characters in from the right, the date
        below it 2 characters further right, and not beyond its own 2 characters where it is the longer one."""
        galley, style, below = self.galley, self.theme.style("signature"), self.theme.style("date")
        signed, dated = galley.width(office.runs, style), galley.width(date.runs, below)
        in_office, in_date = style.right * style.size, below.right * below.size
        x = galley.measure - in_office - signed
        at = x + 2 * style.size
        if dated > signed:
            at = galley.measure - in_date - dated
            x = at - 2 * style.size
        for runs, its, left in ((office.runs, style, x), (date.runs, below, at)):
            lines = break_lines(spans(runs, its), self.faces, galley.measure, first=max(0.0, left))
            yield from galley.strips(lines, its, galley.element(Tag.P), keep=its is style)

    # Contents

    def _contents(self, block: Contents, galley: Galley) -> Iterator[Strip]:
        """Generate the table of contents; page numbers are set when all pages are known."""
        yield from galley.text(block.title, self.theme.style("contents_title"), galley.element(Tag.P))
        parent = galley.element(Tag.CONTENTS)
        last = next((heading for heading in self.headings[::-1] if heading.level <= block.depth), None)
        for number, heading in enumerate(self.headings):
            if heading.level > block.depth:
                continue
            style = self.theme.style(f"contents{min(heading.level, 2)}")
            element = galley.element(Tag.LINK, galley.element(Tag.REFERENCE, galley.element(Tag.ENTRY, parent)))
            left = style.left * style.size
            room = galley.measure - 3 * style.size
            text = [Span(_name(heading), pen_of(style))]
            lines = break_lines(text, self.faces, room, first=left, rest=left + 2 * style.size)
            strips = list(galley.strips(lines, style, element, keep=False))
            for strip in strips:
                strip.link = Link(0, 0, galley.measure, style.pitch, number, element, _name(heading))
            if strips:
                y = galley.baseline(style) - 1
                ends = ((lines[-1].x + lines[-1].width + 0.5 * style.size, y), (galley.measure - 2 * style.size, y))
                strips[-1].parts.append(Part(None, (Stroke(ends, 1.0, "7F7F7F", (0.01, 4.0)),)))
                self.contents.append((number, strips[-1], galley))
            if heading is last:
                strips[-1].height += style.pitch / 2
            yield from strips

    def _number_contents(self) -> None:
        for number, strip, galley in self.contents:
            entry = self.entries[number]
            if entry is None:
                continue
            style = self.theme.style(f"contents{min(entry.level, 2)}")
            line = galley.line(str(entry.page), pen_of(style))
            words = Words(galley.measure - line.width, galley.baseline(style), line.pieces)
            strip.parts.append(Part(strip.parts[0].element, (words,)))


def _list(block: ListBlock, galley: Galley) -> Iterator[Strip]:
    """Generate the items, hanging behind their marks, which end where the widest one does."""
    style = galley.theme.style(block.role.value)
    tracking = galley.tracking(style)
    indent = (style.left + style.indent) * (style.size + tracking)
    is_counted = any(character.isnumeric() for mark in block.marks for character in mark)
    parent = galley.element(Tag.LIST, is_counted=is_counted)
    baseline = galley.baseline(style)
    heads = [galley.line(mark, pen_of(style)) for mark in block.marks]
    widest = max((head.width for head in heads), default=0.0)
    start = indent + widest + (0.4 * style.size if widest and not _ends_wide(block.marks) else 0.0)
    for head, runs in zip(heads, block.items, strict=True):
        item = galley.element(Tag.ITEM, parent)
        label, body = galley.element(Tag.MARK, item), galley.element(Tag.BODY, item)
        lines = break_lines(
            spans(runs, style),
            galley.faces,
            galley.measure,
            first=start,
            rest=start,
            align=style.align,
            tracking=tracking,
        )
        strips = list(galley.strips(lines, style, body, keep=False))
        if strips and runs is not block.items[0]:
            strips[0].before = 0.0
        if strips and head.pieces:
            words = Words(indent + widest - head.width, baseline, head.pieces)
            strips[0].parts.insert(0, Part(label, (words,)))
        yield from strips


def _ends_wide(marks: Sequence[str]) -> bool:
    """Return whether marks bring their own space (附件：, 1.)."""
    return all(mark.endswith(("：", "　", ".", " ")) for mark in marks)


# Columns


def _filled(
    chains: Sequence[list[Strip]], count: int, room: float, last: Repeat | None
) -> tuple[list[tuple[int, float, Strip]], list[list[Strip]], Repeat | None]:
    """Return what `count` columns of a height take, as column, y and strip of each, the chains they leave, and the
    table that goes on behind them; `last` is the one that was going on before."""
    columns = _Columns(count, room, deque(chains), last)
    while columns.column < count and (columns.rest or columns.floats):
        columns.take()
    return columns.places, [*columns.floats, *columns.rest], columns.last


@dataclass(slots=True)
class _Columns:
    """Columns being filled with chains.

    An illustration that finds no room in its column lets the text after it go first and begins the next column; they
    keep their order. A table that goes on repeats its head.
    """

    count: int
    room: float
    rest: deque[list[Strip]]
    last: Repeat | None
    floats: deque[list[Strip]] = field(default_factory=deque)
    places: list[tuple[int, float, Strip]] = field(default_factory=list)
    column: int = 0
    y: float = 0.0
    is_fresh: bool = True
    """Whether only illustrations that have waited stand in the column so far."""

    def take(self) -> None:
        """Place the next chain, have it wait, or begin a column for it."""
        waited = bool(self.floats) and (self.is_fresh or not self.rest)
        source = self.floats if waited else self.rest
        chain = source.popleft()
        above = chain[0].before if self.y else 0.0
        is_full = self.y > 0 and self.y + above + _height(chain) > self.room + _EPSILON
        if chain[0].floats and self.rest and not waited and (is_full or (self.floats and self.y)):
            self.floats.append(chain)
        elif is_full and waited and self.rest:
            source.appendleft(chain)
            self.is_fresh = False
        elif is_full:
            source.appendleft(chain)
            self._turn(chain)
        else:
            self._place(chain, above, waited=waited)

    def _turn(self, chain: Sequence[Strip]) -> None:
        """Begin the next column; a table that goes on in it is closed."""
        if self.last and chain[0].repeat is self.last:
            self.places.append((self.column, self.y, Strip(0.0, [self.last.closing])))
        self.column, self.y, self.is_fresh = self.column + 1, 0.0, True

    def _place(self, chain: Sequence[Strip], above: float, *, waited: bool) -> None:
        repeat = chain[0].repeat
        if self.is_fresh and repeat and repeat is self.last:
            for strip in repeat.head:
                self._put(strip, 0.0)
            above = 0.0
        for number, strip in enumerate(chain):
            self._put(strip, strip.before if number else above)
        if not waited:
            self.last, self.is_fresh = chain[-1].repeat, False

    def _put(self, strip: Strip, above: float) -> None:
        self.y += above
        self.places.append((self.column, self.y, strip))
        self.y += strip.height


def _least_room(chains: Sequence[list[Strip]], count: int, depth: float, last: Repeat | None) -> float:
    """Return the least height at which columns take all chains, or the whole depth where they do not."""
    if _filled(chains, count, depth, last)[1]:
        return depth
    low, high = 0.0, depth
    while high - low > 1:
        middle = (low + high) / 2
        if _filled(chains, count, middle, last)[1]:
            low = middle
        else:
            high = middle
    return high


def _height(chain: Sequence[Strip]) -> float:
    """Return what strips take from the upper edge of the first to the foot of the last, without its leading."""
    total = sum(strip.before + strip.height for strip in chain) - chain[0].before
    return total + chain[-1].need - chain[-1].height


def _turned_ragged(align: str) -> str:
    """Return how a title stands: one that is not centred begins flush left."""
    return "center" if align == "center" else "left"


def _is_signature(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in {Role.SIGNATURE, Role.DATE}


def _is_source_list(block: Block) -> bool:
    return isinstance(block, ListBlock) and block.role is Role.SOURCE


def _lists_attachments(block: Block) -> bool:
    return isinstance(block, ListBlock) and block.role is Role.ATTACHMENT


def _kept(strips: Iterable[Strip], *, all_: bool) -> Iterator[Strip]:
    """Generate strips of which the last keeps with what follows, or all do: 署名 and 成文日期 never stand without
    text."""
    waiting: Strip | None = None
    for strip in strips:
        strip.keep = strip.keep or all_
        if waiting:
            yield waiting
        waiting = strip
    if waiting:
        waiting.keep = True
        yield waiting


def _name(heading: Heading) -> str:
    """Return what contents and bookmarks call a heading."""
    return _joined(heading.number, characters(run for run in heading.runs if not isinstance(run, Note)))


def _joined(number: str, text: str) -> str:
    """Return a heading's number and words, with a space where both are Latin."""
    is_latin = number[-1:].isascii() and text[:1].isascii() and number and text
    return f"{number} {text}" if is_latin else number + text
