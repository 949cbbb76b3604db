"""What the parts of one Word file share while they are written: names given out, notes kept for later, findings.

Every text on its way into XML passes through `Draft.escaped`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from xdreport.document import Block, Chart, Document, Figure, ListBlock, Note, Table
from xdreport.findings import Finding, Severity
from xdreport.theme import Page, Theme
from xdreport.writers.docx.markup import escaped, is_special, without_forbidden
from xdreport.writers.docx.numbering import Numbering, pattern_of
from xdreport.writers.docx.styles import LAST, Variant, style_id, style_name


@dataclass(frozen=True, slots=True)
class Record:
    """A figure, the hidden bookmark round it, and the words by which it is found again without the bookmark.

    A figure of a chart has the chart's bookmark and its `cell` in the chart's workbook. In a paragraph it is the
    `order`th figure and stands between the words `before` and `after`; in a table it has the words that head its `row`
    and `column`.
    """

    mark: str
    figure: Figure
    cell: str = ""
    before: str = ""
    after: str = ""
    order: int = 0
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart's own part (chartN.xml), the bytes of the workbook that Word opens to edit it, and the part of the shapes
    upon it, "" for none."""

    content: str
    workbook: bytes
    shapes: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of a picture that the body refers to, and whether they are a PNG file or a JPEG file."""

    content: bytes
    is_png: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference can point to: its bookmark, what a REF field prints for it, the field's switches."""

    bookmark: str
    text: str
    switches: str


@dataclass(slots=True)
class Draft:
    """A Word file in the making, on the side of its text.

    `page` is where blocks are being set: the theme's sheet, upright or turned, its type area as wide as a column. In an
    office's own file ids and names are counted on from `offset` and footnotes from `first_note`, the highest that the
    file has; `looks` are the run properties of the place that is filled.
    """

    document: Document
    theme: Theme
    page: Page
    targets: Mapping[str, Target]
    records: list[Record] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    variants: dict[str, Variant] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    offset: int = 0
    first_note: int = 0
    boxes: int = 0
    looks: str = ""
    is_break_due: bool = False
    headings: int = 0
    captions: dict[str, int] = field(default_factory=dict)
    charts: list[DrawnChart] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    _bookmarks: int = 0
    _dropped: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document, theme: Theme, offset: int = 0) -> "Draft":
        """Return an empty draft that knows what references can point to."""
        found = (target for block in document.blocks for target in _targets(block))
        targets = {id: Target(f"_Ref{count}", *printed) for count, (id, *printed) in enumerate(found, offset + 1)}
        return cls(document, theme, theme.page, targets, offset=offset)

    def escaped(self, text: str) -> str:
        """Return text for an element or attribute; characters that XML forbids are dropped, with a finding each."""
        return escaped(text, self._drop) if is_special(text) else text

    def plain(self, text: str) -> str:
        """Return text without the characters that XML forbids, for a library that escapes by itself."""
        return without_forbidden(text, self._drop)

    def _drop(self, character: str) -> str:
        if character not in self._dropped:
            self._dropped.add(character)
            self.findings.append(
                Finding(
                    "docx.character",
                    "a Word file cannot hold this character, it was left out",
                    found=f"U+{ord(character):04X}",
                    hint="take it out of the data",
                    severity=Severity.WARNING,
                )
            )
        return ""

    def bookmarked(self, name: str, content: str) -> str:
        """Return content enclosed in a bookmark; names that begin with _ are hidden in Word's dialogue."""
        self._bookmarks += 1
        number = self.offset + self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    @property
    def drawings(self) -> int:
        """How many drawings the file has so far; `boxes` are those of its footers."""
        return self.boxes + len(self.charts) + len(self.images)

    def paragraph(self, style: str, content: str, properties: str = "", *, keeps: bool | None = None) -> str:
        """Return a paragraph in the style of that id, on a new page where a page break is due.

        `keeps` overrules whether the style keeps it with what follows; `properties` follow `w:pageBreakBefore` in the
        schema's order.
        """
        page = ""
        if self.is_break_due:
            page, self.is_break_due = "<w:pageBreakBefore/>", False
        keep = "" if keeps is None else "<w:keepNext/>" if keeps else '<w:keepNext w:val="0"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{page}{properties}</w:pPr>{content}</w:p>'

    def break_page(self) -> str:
        """Return what begins a new page where one is due: a paragraph without height, for a table that comes next."""
        return self.paragraph(LAST, "") if self.is_break_due else ""

    def variant(
        self,
        name: str,
        suffix: str,
        label: str,
        *,
        tracking: float = 0.0,
        tabs: str = "",
        whole: int = 0,
        **changes: object,
    ) -> str:
        """Return the id of a style like the theme's `name` but for `changes`; it is made when first asked for.

        `tracking` are points between characters, `tabs` how words stand at tab stops: "right" or "center right", over
        the whole measure or over as many twips as the `whole`.
        """
        key = style_id(name) + suffix
        if key not in self.variants:
            style = replace(self.theme.style(name), **changes)  # type: ignore[arg-type]
            label = f"{style_name(name)} {label}"
            self.variants[key] = Variant(key, label, style, style_id(name), tracking, tabs, whole)
        return key


def _targets(block: Block) -> Iterator[tuple[str, str, str]]:
    """Generate id, printed text and REF switches of what can be referred to: `\\r` prints a list item's number."""
    if isinstance(block, Table | Chart):
        yield block.id, block.number, r"\h"
    if isinstance(block, ListBlock):
        is_counted = pattern_of(block.marks) is not None
        for id, mark in zip(block.ids, block.marks, strict=False):
            yield id, mark.strip() if is_counted else "", r"\r \h"
