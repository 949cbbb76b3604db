"""The sections of a Word file: sheets upright and on their side, columns, a cover without header and footer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from xdreport.theme import Page
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.headers import header_distance
from xdreport.writers.docx.measures import column, left_margin, line, millimetres, outset, turned

# mm by which the dash of a 14 pt line stands above the line's foot: LibreOffice then prints it at 269 mm.
_DASH_ABOVE_FOOT = 2.9


@dataclass(frozen=True, slots=True)
class References:
    """The references to headers and footers, as XML, by the kind of sheet: for each page of an `upright` and of a
    `turned` section, for the `first` page of a report, for a `bare` page."""

    upright: str = ""
    first: str = ""
    turned: str = ""
    bare: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """How a section begins and what its sheets are like."""

    begins: str = "nextPage"
    is_turned: bool = False
    columns: int = 1
    is_cover: bool = False


@dataclass(slots=True)
class Sections:
    """The body so far, in sections; each is written with the properties that end it."""

    draft: Draft
    references: References
    has_running_head: bool = False
    _section: _Section = field(default_factory=_Section)
    _content: list[str] = field(default_factory=list)
    _done: list[tuple[_Section, str]] = field(default_factory=list)

    def add(self, content: str) -> None:
        """Put content into the section that is open."""
        if content:
            self._content.append(content)

    def add_cover(self, content: str) -> None:
        """Put a cover on a sheet of its own."""
        self._begin(_Section(is_cover=True))
        self.add(content)
        self._begin(_Section())

    def break_page(self, is_turned: bool) -> None:
        """Begin a new page, upright or on its side, without columns."""
        if is_turned == self._section.is_turned and self._section.columns == 1:
            self.draft.is_break_due = bool(self._content)
        else:
            self._begin(_Section(is_turned=is_turned))

    def set_columns(self, count: int) -> None:
        """Set what follows in columns, on the same page."""
        if count != self._section.columns:
            begins = "nextPage" if self.draft.is_break_due else "continuous"
            self._begin(replace(self._section, begins=begins, columns=count))

    def _begin(self, section: _Section) -> None:
        if self._content:
            self._done.append((self._section, "".join(self._content)))
            self._content = []
        else:
            section = replace(section, begins=self._section.begins)
        self._section, self.draft.is_break_due = section, False
        page = turned(self.draft.theme.page) if section.is_turned else self.draft.theme.page
        self.draft.page = column(page, section.columns) if section.columns > 1 else page

    def close(self) -> str:
        """Return the body: every section but the last ends with a paragraph that holds its properties.

        Columns at the end of a report are not made equal: that takes a section after them, which where they fill the
        page would begin another one.
        """
        if self._content or not self._done:
            self._done.append((self._section, "".join(self._content)))
        *others, (last, content) = self._done
        written = [
            _ended(content, self._properties(section, number)) for number, (section, content) in enumerate(others)
        ]
        return "".join([*written, content, self._properties(last, len(others))])

    def _properties(self, section: _Section, number: int) -> str:
        """Return `w:sectPr` in schema order: sheet, margins, a grid of lines as in GB/T 9704-2012, 5.2."""
        upright = self.draft.theme.page
        page = turned(upright) if section.is_turned else upright
        references = self.references.turned if section.is_turned else self.references.upright
        first = self.references.first if number == 0 and self.has_running_head else ""
        first = self.references.bare if section.is_cover else first
        kind = "" if section.begins == "nextPage" else f'<w:type w:val="{section.begins}"/>'
        orientation = ' w:orient="landscape"' if section.is_turned else ""
        gap = millimetres(page.column_gap) if section.columns > 1 else 0
        columns = f' w:num="{section.columns}" w:sep="1"' if section.columns > 1 else ""
        pitch = line(self.draft.theme.style("body"), upright)
        return (
            f'<w:sectPr>{references}{first}{kind}<w:pgSz w:w="{millimetres(page.width)}"'
            f' w:h="{millimetres(page.height)}"{orientation}/>{_margins(page)}<w:cols{columns} w:space="{gap}"/>'
            f'{"<w:titlePg/>" if first or section.is_cover else ""}<w:docGrid w:type="lines" w:linePitch="{pitch}"/>'
            "</w:sectPr>"
        )


def _ended(content: str, properties: str) -> str:
    """Return content whose last paragraph ends a section."""
    start = content.rindex("<w:p><w:pPr>")
    end = content.index("</w:pPr>", start)
    return content[:end] + properties + content[end:]


def _margins(page: Page) -> str:
    footer = millimetres(page.bottom - page.number_below - _DASH_ABOVE_FOOT)
    return (
        f'<w:pgMar w:top="{millimetres(page.top - outset(page))}" w:right="{millimetres(page.right)}"'
        f' w:bottom="{millimetres(page.bottom - outset(page))}" w:left="{left_margin(page)}"'
        f' w:header="{header_distance(page.top)}" w:footer="{footer}" w:gutter="0"/>'
    )


def references_of(kinds: Mapping[str, str]) -> str:
    """Return references in the order in which they are given: the kind of each and of its pages → relationship."""
    return "".join(
        f'<w:{kind.partition(" ")[0]}Reference w:type="{kind.partition(" ")[2]}" r:id="{key}"/>'
        for kind, key in kinds.items()
    )
