"""The document model: blocks of runs in which every printed number is still a figure.

`compose` builds it and the writers print it. Characters are decided before they get here:
a writer places them, it never formats, rounds or translates.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple, assert_never

from xdreport.catalog import Area, Honour, Indicator, Name, Observation, Source
from xdreport.findings import Finding, Place
from xdreport.period import Period


class Derivation(StrEnum):
    """How a figure was obtained."""

    REPORTED = "reported"
    RANKED = "ranked"
    COMPARED = "compared"
    DERIVED = "derived"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that people wrote; `strong` sets them in the face for emphasis (黑体).

    `is_verbatim` characters come from the data, so that none of them is a mark of prose.
    """

    text: str
    strong: bool = False
    is_verbatim: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number or comparison: its characters, what it rests on, how it was obtained.

    `value` is the number as printed, in the unit printed beside it (None where words alone
    are printed, such as 持平); `rule` names the phrase, `formula` writes out a computation.
    `call` is the phrase that obtains the figure again, asked of the period `asked`: change('industry.output'). It is
    "" for what nothing obtains again.
    """

    text: str
    derivation: Derivation
    observations: tuple[Observation, ...] = ()
    value: Decimal | None = None
    rule: str = ""
    formula: str = ""
    call: str = field(default="", compare=False)
    asked: Period | None = field(default=None, compare=False)

    def __str__(self) -> str:
        raise TypeError(f"a figure ({self.text}) may not become plain text: it would lose its source")

    __format__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Term:
    """The name of a project, mechanism or honour; digits in it are no figures."""

    text: str
    record: Name | Honour


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a table, chart or source of this document by its id: `text` is what is printed (表1, [1])."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark stands here, `runs` at the foot of the page."""

    number: int
    runs: tuple["Run", ...]


Run = Text | Figure | Term | Reference | Note
Runs = tuple[Run, ...]


class Role(StrEnum):
    """What a paragraph or a list is for; the theme has a style for each."""

    BODY = "body"
    LEAD = "lead"
    LIST = "list"
    BYLINE = "byline"
    ADDRESSEE = "addressee"
    ATTACHMENT = "attachment"
    ATTACHMENT_LABEL = "attachment_label"
    ATTACHMENT_TITLE = "attachment_title"
    SIGNATURE = "signature"
    DATE = "date"
    REMARK = "remark"
    SOURCE = "source"
    NOTE = "table_note"


class Align(StrEnum):
    """How cells of a column stand; DECIMAL puts decimal points under each other."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, a line below it (副题) and one above it (肩题). A newline breaks it at a sense unit."""

    runs: Runs
    subtitle: Runs = ()
    kicker: Runs = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet of a book, in place of a title: `lines` stand at its foot (office, date)."""

    runs: Runs
    subtitle: Runs = ()
    kicker: Runs = ()
    lines: tuple[Runs, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; `number` is printed before it (一、 or （一）), "" without one."""

    level: int
    runs: Runs
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: Runs
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items one below another; `marks` are printed before them (“•” or [1]), one an item.

    `ids` name the items that references point to, one an item, or are empty. `role` names the theme's style.
    """

    items: tuple[Runs, ...]
    marks: tuple[str, ...]
    ids: tuple[str, ...] = ()
    role: Role = Role.LIST


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `weight` is its share of the width, relative to the other columns.

    Neighbours with the same `spanner` stand below it as one head; () without one.
    """

    title: Runs
    align: Align = Align.LEFT
    weight: float = 1.0
    spanner: Runs = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: as many cells as there are columns.

    `indent` is counted in characters (其中 items); a `is_group` row has its words in the first
    cell and heads the rows below it. A `is_strong` row is set in the face for emphasis, a `is_marked` one stands on a
    pale ground. `shades` colour the grounds of cells, from −1 to 1 with 0 for none, one a cell or none at all: which
    colours they are is the theme's. What is shaded below zero is set in the face for emphasis, so that it can be told
    without colour.
    """

    cells: tuple[Runs, ...]
    indent: int = 0
    is_group: bool = False
    is_strong: bool = False
    is_marked: bool = False
    shades: tuple[float, ...] = ()

    def shade(self, position: int) -> float:
        """Return the shade of a cell, 0 without one."""
        return self.shades[position] if self.shades else 0.0

    def is_emphatic(self, position: int) -> bool:
        """Return whether a cell is set in the face for emphasis."""
        return self.is_strong or self.shade(position) < 0


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table. `unit` is the line at the upper right (单位：亿元), "" without one. One that `is_whole` is to
    be seen at a glance: it is broken only where it does not fit on a page."""

    id: str
    number: str
    caption: Runs
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[Runs, ...] = ()
    source: Runs = ()
    is_whole: bool = False

    @property
    def spanners(self) -> tuple[tuple[int, Runs], ...]:
        """The heads above heads, each with the number of columns it spans; () when no column has one."""
        if not any(column.spanner for column in self.columns):
            return ()
        return tuple((len(list(members)), runs) for runs, members in groupby(column.spanner for column in self.columns))


class ChartKind(StrEnum):
    """The kinds of chart the planner draws."""

    COLUMN = "column"
    BAR = "bar"
    LINE = "line"
    COLUMN_LINE = "column-line"
    STACKED = "stacked"
    RING = "ring"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a chart's data: a figure for each category, None where there is none."""

    name: str
    figures: tuple[Figure | None, ...]
    is_second: bool = False
    """True for a line on the second axis of a COLUMN_LINE chart."""


class Tick(NamedTuple):
    """What stands below an axis for a period: its name without the year (三季度), and the year (2025年), which is
    printed once for all periods of it."""

    name: str
    head: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A numbered chart of figures. `description` says in words what it shows (alternative text).

    `ticks` name the categories below the axis, where a year has several of them; () for the categories' own names.

    `second_unit` is that of the second axis; `target` is drawn as a line across columns or bars, with its name and
    characters; the bar of the category `highlight` stands out ("" for none).
    """

    id: str
    number: str
    caption: Runs
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    description: str = ""
    source: Runs = ()
    second_unit: str = ""
    target: Figure | None = None
    target_name: str = "目标"
    highlight: str = ""
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph or drawing, upright, `width` by `height` pixels: the bytes of a JPEG or a PNG file, in RGB with
    8 bits, without transparency and interlacing.

    `alternative` says in words what it shows, `credit` who made it.
    """

    id: str
    content: bytes
    width: int
    height: int
    alternative: str
    caption: Runs = ()
    credit: Runs = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures side by side, all of one height."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class PullFigure:
    """A figure set large, and what it is a figure of."""

    figure: Figure
    label: Runs


@dataclass(frozen=True, slots=True)
class PullFigures:
    """Large figures side by side."""

    items: tuple[PullFigure, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The place of the table of contents; its entries are the document's headings down to `depth`."""

    title: Runs
    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; up to the next break the pages are turned where `is_landscape`."""

    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What follows is set in so many columns, up to the next `Columns` or page break; 1 is the full measure."""

    count: int


Block = (
    Title
    | Cover
    | Heading
    | Paragraph
    | ListBlock
    | Table
    | Chart
    | Pictures
    | PullFigures
    | Contents
    | PageBreak
    | Columns
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of page 1 of a 简报 (报头): red name, issue line, office left and date right, red rule.

    `secrecy` stands at the upper left, `number` (编号) at the upper right.
    """

    name: str
    issue: Runs = ()
    office: Runs = ()
    date: Runs = ()
    secrecy: str = ""
    number: Runs = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1 of an official document (版头, GB/T 9704-2012, 7.2); what is empty is not printed.

    `mark` is the 发文机关标志, `number` the 发文字号, `copy` the 份号; `signers` (签发人) only go upwards.
    """

    mark: str
    number: Runs = ()
    copy: Runs = ()
    secrecy: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of the last page (版记, 报尾) between rules: a label and its text a line, copies right.

    `office` and `date` are the last line of a 版记: who printed and sent it, and when.
    """

    lines: tuple[tuple[str, str], ...] = ()
    copies: Runs = ()
    office: Runs = ()
    date: Runs = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands outside the running text. `mark` (内部资料) and `draft` (征求意见稿) are printed on every page,
    the running head on every page but the first: with `running_section` at the outer edge, on odd pages the section
    in its place (the first heading of level 1 on the page, or the last before it)."""

    masthead: Masthead | Letterhead | None = None
    imprint: Imprint | None = None
    running_head: str = ""
    mark: str = ""
    page_numbers: bool = True
    draft: str = ""
    running_section: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder in the office's own Word file: what stands between its braces, and where it stands.

    A `is_block` one stands alone in its paragraph and takes blocks; others take runs.
    """

    text: str
    place: Place
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """What a slot prints: runs, or the blocks of the document from `start` to before `stop`."""

    runs: Runs = ()
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Base:
    """The office's own Word file, in which a report is written: its bytes, its slots, and a filling for each."""

    name: str
    content: bytes
    slots: tuple[Slot, ...] = ()
    fillings: tuple[Filling, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a document was made from: what it served as (data, template, wording, base), the name by which
    findings know it, and the SHA-256 of its bytes in hexadecimal digits."""

    role: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a document, for its ledger: the order (plain values of JSON), the files that were read, and the words
    for the indicators, areas and sources that its figures name by id."""

    order: Mapping[str, Any]
    inputs: tuple[Input, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be written. `title`, `author` and `subject` are plain text for the file's properties.

    `base` is the Word file that the Word writer fills in place of making one; other writers know nothing of it.
    A document that `carries_ledger` has its figures attached as data, where the format has a place for files.
    `provenance` is None for a document that was not built from a data folder.
    """

    title: str
    blocks: tuple[Block, ...]
    furniture: Furniture
    period: Period
    language: str = "zh"
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: datetime.date | None = None
    base: Base | None = None
    carries_ledger: bool = field(default=False, compare=False)
    provenance: Provenance | None = field(default=None, compare=False)

    def figures(self) -> Iterator[Figure]:
        """Generate every figure of the document in reading order, table cells and chart values included."""
        for run in self.runs():
            if isinstance(run, Figure):
                yield run

    def runs(self) -> Iterator[Run]:
        """Generate every run in reading order; a footnote's runs follow its mark."""
        if self.furniture.masthead:
            yield from _inner(_runs_above(self.furniture.masthead))
        for block in self.blocks:
            yield from _inner(_runs_of(block))
        if imprint := self.furniture.imprint:
            yield from _inner((*imprint.copies, *imprint.office, *imprint.date))
        for filling in self.base.fillings if self.base else ():
            yield from _inner(filling.runs)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, counted from 1: its edges in points from the page's lower left corner, as PDF has them
    (ISO 32000-1, 8.3.2.3)."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Printed:
    """What a writer returns: the file's bytes, its pages where it knows them, and what it could not print as asked
    (a character that no face has, a face that was asked for).

    `boxes` say where each figure of the document stands, for one that carries its ledger, in the order of
    `Document.figures`: none for one that is not seen, several for one that is broken over lines. `stand_ins` are
    errors for who insists on the faces of each role: the faces that others stood in for. `fonts` are the files of the
    faces, for the ledger, each with its role, name and SHA-256.
    """

    content: bytes
    pages: int | None = None
    findings: tuple[Finding, ...] = ()
    boxes: tuple[tuple[Box, ...], ...] = ()
    fonts: tuple[Mapping[str, str], ...] = ()
    stand_ins: tuple[Finding, ...] = ()


def _inner(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        yield run
        if isinstance(run, Note):
            yield from _inner(run.runs)


def _runs_above(head: Masthead | Letterhead) -> Runs:
    match head:
        case Masthead():
            return (*head.number, *head.issue, *head.office, *head.date)
        case Letterhead():
            return (*head.copy, *head.number)
        case _:
            assert_never(head)


def _runs_of(block: Block) -> Iterator[Run]:
    match block:
        case Title():
            yield from (*block.kicker, *block.runs, *block.subtitle)
        case Cover():
            yield from (*block.kicker, *block.runs, *block.subtitle)
            for line in block.lines:
                yield from line
        case Heading() | Paragraph():
            yield from block.runs
        case ListBlock():
            for item in block.items:
                yield from item
        case Table():
            yield from block.caption
            for _, runs in block.spanners:
                yield from runs
            for column in block.columns:
                yield from column.title
            for row in block.rows:
                for cell in row.cells:
                    yield from cell
            for note in block.notes:
                yield from note
            yield from block.source
        case Chart():
            yield from block.caption
            for series in block.series:
                yield from (figure for figure in series.figures if figure)
            yield from (block.target,) if block.target else ()
            yield from block.source
        case Pictures():
            for picture in block.pictures:
                yield from (*picture.caption, *picture.credit)
        case PullFigures():
            for pulled in block.items:
                yield from (pulled.figure, *pulled.label)
        case Contents():
            yield from block.title
        case PageBreak() | Columns():
            pass
        case _:
            assert_never(block)


def figures_of(block: Block) -> Iterator[Figure]:
    """Generate the figures of one block in reading order."""
    for run in _inner(_runs_of(block)):
        if isinstance(run, Figure):
            yield run


def characters(runs: Iterable[Run]) -> str:
    """Return what runs print, for writers and for file properties; a footnote's mark prints as its number."""
    return "".join(str(run.number) if isinstance(run, Note) else run.text for run in runs)
