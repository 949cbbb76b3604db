"""Template × catalog × scope → `Document`. Every number is decided here and stays a figure.

Each part of a template has one function; what cannot be printed is a finding at its line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple, TypeVar

from xdreport import (
    charting,
    hierarchy,
    notation,
    pictures,
    proofreading,
    prose,
    scope,
    stationery,
    sums,
    tabling,
    timeline,
)
from xdreport.catalog import (
    Catalog,
    ChartSpec,
    Honour,
    Indicator,
    Level,
    Measure,
    Observation,
    PictureSpec,
    Section,
    Status,
    TableSpec,
)
from xdreport.document import (
    Align,
    Base,
    Block,
    Chart,
    Column,
    Columns,
    Contents,
    Cover,
    Derivation,
    Document,
    Figure,
    Filling,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    PullFigure,
    PullFigures,
    Reference,
    Role,
    Row,
    Run,
    Runs,
    Slot,
    Table,
    Term,
    Text,
    Title,
    characters,
    figures_of,
)
from xdreport.figures import Figures, PhraseError
from xdreport.findings import Finding, Place, Severity, stop_on_errors
from xdreport.narration import narrate
from xdreport.period import Form, Period
from xdreport.phrases import Phrases
from xdreport.revisions import Revisions
from xdreport.scope import Scope
from xdreport.settings import Settings, nearest
from xdreport.severities import judged
from xdreport.sums import Sum
from xdreport.template import (
    AddresseePart,
    AttachmentListPart,
    AttachmentPart,
    BreakPart,
    ChangesPart,
    ColumnsPart,
    ContentsPart,
    CoverPart,
    HonoursPart,
    KeyTablePart,
    LeadPart,
    MeaningsPart,
    OwnTablesPart,
    PicturesPart,
    PointsPart,
    PullFiguresPart,
    RemarkPart,
    SectionsPart,
    SignaturePart,
    SourcesPart,
    TableSettings,
    TablesPart,
    Template,
    TextPart,
)
from xdreport.wording import Book

_WORDS = {
    "name": "指标", "english": "Indicator", "unit": "单位", "value": "数值", "comparison": "比较", "period": "时期",
    "above": "与{}比较", "rank": "{}位次",
    "source": "来源", "locator": "出处", "note": "说明", "title": "称号", "holder": "获得者", "level": "级别",
}  # fmt: skip
_WEIGHTS = {
    "name": 3.4, "english": 3.4, "unit": 1.2, "value": 1.5, "comparison": 2.4, "period": 1.8, "source": 0.9,
    "above": 2.4, "rank": 1.0, "locator": 4.0, "note": 3.0, "title": 3.6, "holder": 2.0, "level": 1.0,
}  # fmt: skip
_ALIGN = {
    "unit": Align.CENTER, "value": Align.DECIMAL, "period": Align.CENTER, "source": Align.CENTER,
    "level": Align.CENTER, "rank": Align.CENTER,
}  # fmt: skip
_LEVELS = {
    Level.COUNTRY: "国家级", Level.PROVINCE: "省级", Level.CITY: "市级", Level.DISTRICT: "县区级", Level.TOWN: "乡镇级",
}  # fmt: skip
# The columns that belong to a period; how many of them an upright page takes; what a matrix must be filled to.
_PERIODIC = {"value", "comparison", "above", "rank"}
_UPWARD = {"above", "rank"}
_MAY_BE_EMPTY = {"comparison", "above", "rank"}  # of a table of values, whose rows then need no column for —
_FEW_COLUMNS = 5
_DENSE = 0.6
# How many periods a table has room for, by whether its page is turned and whether each is compared.
_MOST_PERIODS = {(False, False): 5, (False, True): 2, (True, False): 9, (True, True): 3}
_OF_WHICH = {"zh": "“#”表示其中的一部分", "en": "# marks a part of the row above"}
_UNEVEN = {
    "zh": "表中数据经四舍五入，分项之和与总计可能略有出入",
    "en": "figures are rounded, so that parts may not add up to their total",
}

Options = TypeVar("Options", bound=Settings)


def compose(
    template: Template, catalog: Catalog, its: Scope, book: Book, base: Base | None = None
) -> tuple[Document, tuple[Finding, ...]]:
    """Return the document and what a reader of the build should know (a section left out, say).

    With a `base` the parts stand where its slots are. Raise `Failed` with every fault of the narratives and the
    template's sentences.
    """
    report = _Report(template, catalog, its, book, base)
    document = report.document()
    return document, stop_on_errors(judged(dict.fromkeys(report.findings), catalog.workspace.severities))


@dataclass
class _Report:
    """A report while it is composed: what has been counted and cited so far."""

    template: Template
    catalog: Catalog
    scope: Scope
    book: Book
    base: Base | None = None
    findings: list[Finding] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    tables: int = 0
    charts: int = 0
    sections: int = 0
    headings: int = 0
    has_content: bool = False

    def document(self) -> Document:
        """Return the document; the source list is filled in last, when all figures are known."""
        its = self.template.settings
        blocks: list[Block] = []
        runs, subtitle, kicker = (self.say(getattr(its, key), key) for key in ("title", "subtitle", "kicker"))
        title = Title(runs, subtitle, kicker)
        base = self.filled(self.base, title, blocks) if self.base else None
        if not base:
            has_cover = any(part.cover for part in its.parts)
            blocks += [*(() if has_cover else (title,)), *self.parts(title)]
        has_errors = any(finding.is_error for finding in self.findings)  # they may be all that keeps it empty
        if not base and not has_errors and not self.has_content:
            periods = "、".join(period.id for period in self.scope.periods)
            hint = "xdreport list periods"
            message = "the selection has no figures that the template prints"
            self.findings.append(Finding("scope.empty", message, None, periods, hint=hint))
        document = Document(
            title=characters(title.runs),
            blocks=tuple(blocks),
            furniture=stationery.furniture(its.furniture, self.say, its.issue),
            period=self.scope.periods[-1],
            language=self.scope.language,
            author=self.catalog.workspace.office,
            subject=characters(title.subtitle) or its.description,
            keywords=tuple(section.title for section in self.scope.sections),
            date=self.date,
            base=base,
        )
        return replace(document, blocks=tuple(self.with_sources(document)))

    @property
    def date(self) -> date | None:
        """The date printed in the document and written into its properties; never the clock's."""
        return self.template.settings.date

    # -- the template's own sentences -------------------------------------------------------

    def figures(self, period: Period) -> Figures:
        """Return the figures of the scope's area in a period."""
        return Figures(self.catalog, self.scope.area, period, self.book, self.scope.language)

    def phrases(self, period: Period, own: Mapping[str, Callable[..., Run | Runs | bool]] | None = None) -> Phrases:
        """Return the functions that texts of a period may call, with `own` ones of the caller's."""
        functions: dict[str, Callable[..., Run | Runs | bool]] = {
            **(own or {}),
            **self.figures(period).functions(),
            "area": self.area,
            "office": self.office,
            "sections": self.section_titles,
            "periods": self.period_names,
            "issue": lambda: Text(self.template.settings.issue),
            "date": self.day,
        }
        return Phrases(functions, self.findings)

    def say(self, text: str, *steps: str | int) -> Runs:
        """Return the runs of a sentence of the template that stands at `steps`."""
        return self.proofread(text, self.template.place(*steps), self.scope.periods[-1])

    def proofread(self, text: str, place: Place | None, period: Period) -> Runs:
        """Return the runs of a text whose first line stands at `place`, with its words held against its figures."""
        runs = self.phrases(period).render(text, place)
        self.findings += proofreading.proofread(runs, text, place)
        return runs

    def area(self, whole: bool = False) -> Text:
        """Return the name of the report's area, or with `whole` the word for all of it: 全区, 全镇."""
        return Text(hierarchy.everywhere(self.scope.area) if whole else self.scope.area.name)

    @property
    def is_own(self) -> bool:
        """Whether the report is about the workspace's area, which honours and pictures are of."""
        return self.scope.area.id == self.catalog.workspace.area

    def office(self, after: str = "") -> Text:
        """Return the name of the office that issues and the words `after` it, nothing without an office."""
        name = self.catalog.workspace.office
        return Text(name + after if name else "")

    def day(self, after: str = "") -> Text:
        """Return the report's date as a letter writes it and the words `after` it, nothing without a date."""
        return Text(_day(self.date) + after if self.date else "")

    def section_titles(self, all: str = "") -> Text:
        """Return the titles of the chosen sections, or the words for all of them when all are chosen."""
        if len(self.scope.sections) == len(self.catalog.sections):
            return Text(all)
        return Text("、".join(section.title for section in self.scope.sections))

    def period_names(self) -> Runs:
        """Return the names of all periods of the report."""
        names: list[Run] = []
        for period in self.scope.periods:
            names += [Text("、")] if names else []
            names.append(self.figures(period).period())
        return tuple(names)

    # -- the office's own Word file ---------------------------------------------------------

    def filled(self, base: Base, title: Title, blocks: list[Block]) -> Base:
        """Return the base with a filling for each of its slots, in their order; their blocks are added to `blocks`.

        The body begins with the title, unless the base has a slot for it.
        """
        texts = {slot.text for slot in base.slots}
        begins_body = "title()" not in texts and "body" in texts
        blocks += [] if begins_body else [title]
        own = {"title": lambda: title.runs, "subtitle": lambda: title.subtitle}
        phrases = self.phrases(self.scope.periods[-1], own)
        fillings = []
        for slot in base.slots:
            if not slot.is_block:
                fillings.append(Filling(phrases.render(f"{{{{ {slot.text} }}}}", slot.place)))
                continue
            start = len(blocks)
            blocks += [title] if begins_body and slot.text == "body" else []
            its = list(self.slot(slot))
            blocks += its if slot.text == "body" else self.noted([its])[0]
            fillings.append(Filling((), start, len(blocks)))
        return replace(base, fillings=tuple(fillings))

    def slot(self, slot: Slot) -> Iterator[Block]:
        """Generate the blocks of a slot: the body, a section, a table or a chart."""
        kind, _, id = slot.text.partition(":")
        sections = self.catalog.sections
        charts = {chart.id: chart for chart in self.catalog.charts}
        tables = {table.id: table for table in self.catalog.tables}
        ids = {section.id for section in self.scope.sections}
        match kind:
            case "body":
                yield from self.parts(Title(()))
            case "section" if id in sections:
                chosen = [section for section in self.scope.sections if section.id == id]
                yield from self.all_sections(chosen, self.options(SectionsPart()))
            case "table" if id == "key":
                position = next((at for at, part in enumerate(self.template.settings.parts) if part.key_table), 0)
                options = self.options(KeyTablePart()).model_copy(update={"heading": ""})
                yield from self.key_table(options, position)
            case "table" if id == "honours":
                yield from self.honours(self.options(HonoursPart()).model_copy(update={"heading": ""}))
            case "table" if id in tables:
                for period in self.scope.periods[-1:] if tables[id].section in ids else ():
                    yield from self.own_table(tables[id], period)
            case "table" if id in sections:
                for period in self.scope.periods if sections[id] in self.scope.sections else ():
                    yield from self.section_table(sections[id], period, self.options(SectionsPart()))
            case "chart" if id in charts:
                yield from self.chart(charts[id])
            case _:
                known = {"section": [*sections], "table": ["key", "honours", *sections, *tables], "chart": [*charts]}[
                    kind
                ]
                hint = nearest(id, known) or f"the {kind}s are " + ", ".join(known)
                self.findings.append(Finding("base.unknown", f"unknown {kind}", slot.place, id, hint=hint))

    def options(self, default: Options) -> Options:
        """Return what the template says of a kind of part, or the default where it has no such part."""
        parts = (part.options for part in self.template.settings.parts)
        return next((options for options in parts if isinstance(options, type(default))), default)

    def has_place(self, kind: str, id: str) -> bool:
        """Whether a slot of the base takes a section, table or chart, so that the body leaves it out."""
        return any(slot.text == f"{kind}:{id}" for slot in self.base.slots) if self.base else False

    # -- the parts --------------------------------------------------------------------------

    def parts(self, title: Title) -> Iterator[Block]:
        """Generate the blocks of the template's parts; a cover bears the title, an attachment that would hold nothing
        is left out."""
        parts = self.template.settings.parts
        made = [list(self.part(part.options, position, title)) for position, part in enumerate(parts)]
        holds = [
            any(_says_something(block, is_own=isinstance(part.options, _OWN_WORDS)) for block in blocks)
            for part, blocks in zip(parts, made, strict=True)
        ]
        self.has_content = any(holds)
        starts = [*self.attachments, len(parts)]
        attached = [start for start, stop in pairwise(starts) if any(holds[start:stop])]
        made = self.noted(made)
        for position, part in enumerate(parts):
            match part.options:
                case AttachmentListPart():
                    yield from self.attachment_list(attached)
                case AttachmentPart() if position in attached:
                    yield from self.attachment_head(position, attached)
                case _:
                    yield from made[position]

    def noted(self, parts: list[list[Block]]) -> list[list[Block]]:
        """Return the blocks of parts with a note after the text that prints what has been revised, once a document:
        a table that prints it has the note below it, and figures set large leave it to the text."""
        its = self.revisions
        if its is None:
            return parts
        tables = [block for blocks in parts for block in blocks if isinstance(block, Table)]
        told = set(its.of(figure for table in tables for figure in figures_of(table)))
        is_large = [any(isinstance(block, PullFigures) for block in blocks) for blocks in parts]
        noted = list(parts)
        for position in sorted(range(len(parts)), key=is_large.__getitem__):
            noted[position] = list(its.after_text(parts[position], told))
        return noted

    @cached_property
    def revisions(self) -> Revisions | None:
        """What is said of revised figures, None where the template wants no notes."""
        its = self.template.settings.revisions
        return Revisions(self.catalog, self.scope.area, self.figures, its.since) if its.notes else None

    def part(self, options: Settings, position: int, title: Title) -> Iterator[Block]:
        """Generate the blocks of one part of the template."""
        match options:
            case CoverPart():
                lines = [self.said(position, "cover", "lines", n) for n in range(len(options.lines))]
                yield Cover(title.runs, title.subtitle, title.kicker, tuple(runs for runs in lines if characters(runs)))
            case ContentsPart():
                yield Contents((Text(options.title),), options.depth)
            case LeadPart():
                yield from prose.blocks(self.said(position, "lead", "text"), Role.LEAD)
            case TextPart():
                yield from self.heading(options.heading, is_numbered=options.numbering)
                yield from prose.blocks(self.said(position, "text", "text"), Role(options.role))
            case AddresseePart() | RemarkPart() | SignaturePart():
                yield from self.formality(options, position)
            case AttachmentListPart():
                pass  # known when all attachments are
            case AttachmentPart():
                self.sections = 0
            case PullFiguresPart():
                yield from self.pull_figures(options, position)
            case PointsPart():
                yield from self.points(options, position)
            case PicturesPart():
                yield from self.pictures(options, position)
            case ColumnsPart():
                yield Columns(options.count)
            case TablesPart():
                yield from self.year_tables(options)
            case SectionsPart():
                sections = [section for section in self.scope.sections if not self.has_place("section", section.id)]
                yield from self.all_sections(sections, options)
            case KeyTablePart() if self.has_place("table", "key"):
                pass
            case KeyTablePart():
                yield from self.key_table(options, position)
            case OwnTablesPart():
                tables = [
                    block
                    for section in self.scope.sections
                    for period in self.scope.periods
                    for block in self.own_tables(section, period)
                ]
                yield from self.heading(options.heading) if tables else ()
                yield from tables
            case ChangesPart():
                yield from self.changes(options, position)
            case HonoursPart() if self.has_place("table", "honours"):
                pass
            case HonoursPart():
                yield from self.honours(options)
            case MeaningsPart():
                yield from self.meanings(options)
            case SourcesPart():
                yield from self.heading(options.title, is_numbered=not self.is_attached(position))
                yield _SOURCES
            case BreakPart():
                yield PageBreak(options.landscape)
            case _:
                raise AssertionError(options)

    def said(self, position: int, *steps: str | int) -> Runs:
        """Return the runs of a sentence of the part at a position."""
        text: Any = self.template.settings.parts[position].options
        for step in steps[1:]:
            text = text[step] if isinstance(step, int) else getattr(text, step)
        assert isinstance(text, str)
        return self.say(text, "parts", position, *steps)

    # -- what makes a letter official (GB/T 9704-2012, 7.3) ------------------------------------

    def formality(self, options: Settings, position: int) -> Iterator[Block]:
        """Generate 主送, 署名 and 成文日期, 附注; what says nothing is not printed."""
        match options:
            case AddresseePart():
                runs = self.said(position, "addressee", "text")
                yield from (Paragraph((*runs, Text("：")), Role.ADDRESSEE),) if characters(runs) else ()
            case RemarkPart():
                runs = self.said(position, "remark", "text")
                yield from (Paragraph((Text("（"), *runs, Text("）")), Role.REMARK),) if characters(runs) else ()
            case SignaturePart():
                for key, role in (("office", Role.SIGNATURE), ("date", Role.DATE)):
                    runs = self.said(position, "signature", key)
                    yield from (Paragraph(runs, role),) if characters(runs) else ()
            case _:
                raise AssertionError(options)

    def attachment_head(self, position: int, attached: list[int]) -> Iterator[Block]:
        """Generate the head of an 附件 on a new page, numbered where several are attached."""
        label = f"附件{attached.index(position) + 1 if len(attached) > 1 else ''}"
        yield PageBreak()
        yield Paragraph((Text(label),), Role.ATTACHMENT_LABEL)
        yield Paragraph(self.said(position, "attachment", "title"), Role.ATTACHMENT_TITLE)

    @property
    def attachments(self) -> list[int]:
        """The positions of the parts that begin an attachment."""
        return [position for position, part in enumerate(self.template.settings.parts) if part.attachment]

    def is_attached(self, position: int) -> bool:
        """Return whether a part belongs to an attachment."""
        return any(start < position for start in self.attachments)

    def attachment_list(self, attached: list[int]) -> Iterator[Block]:
        """Generate 附件说明: the titles of the attachments, numbered where there are several, without an end mark."""
        titles = [self.said(position, "attachment", "title") for position in attached]
        if titles:
            numbers = [f"{number}." if len(titles) > 1 else "" for number in range(1, len(titles) + 1)]
            marks = ("附件：" + numbers[0], *numbers[1:])
            yield ListBlock(tuple(titles), marks, role=Role.ATTACHMENT)

    def heading(self, title: str, *, is_numbered: bool = True) -> Iterator[Block]:
        """Generate a heading of the first level, numbered where the template's are; none for an empty title."""
        if title:
            self.headings += 1
            number = ""
            if is_numbered and self.is_numbered:
                self.sections += 1
                number = prose.number(1, self.sections)
            yield Heading(1, (Text(title),), number, f"section-{self.headings}")

    @property
    def is_numbered(self) -> bool:
        """Whether headings of the first level have numbers."""
        parts = [part.sections or part.tables for part in self.template.settings.parts]
        numbered = [part.numbering for part in parts if part]
        return bool(numbered) and numbered[0]

    def all_sections(self, sections: Iterable[Section], options: SectionsPart) -> Iterator[Block]:
        """Generate those of the sections that have something to say in the report's periods."""
        for section in sections:
            found = [
                (period, blocks)
                for period in self.scope.periods
                if (blocks := list(self.section(section, period, options)))
            ]
            if not found:
                self.note_left_out(section)
                continue
            yield from self.heading(section.title)
            for count, (period, blocks) in enumerate(found, start=1):
                if len(self.scope.periods) > 1:
                    number = prose.number(2, count) if options.numbering else ""
                    yield Heading(2, (self.figures(period).period(),), number)
                yield from blocks

    def own_tables(self, section: Section, period: Period) -> Iterator[Block]:
        """Generate the tables that the folder describes for a section: those of the period, and beside the last one of
        the report those that go with it."""
        for spec in self.catalog.tables:
            its = self.last_of(spec) if spec.periods else period
            if spec.section == section.id and its.ends_with(period) and not self.has_place("table", spec.id):
                yield from self.own_table(spec, period)

    def own_table(self, spec: TableSpec, period: Period) -> Iterator[Block]:
        """Generate a table that the folder describes, none unless all its indicators are chosen and it has figures."""
        if not {self.catalog.indicators[id] for id in spec.indicators} <= set(self.scope.indicators):
            return
        made = tabling.table(spec, self.catalog, self.figures, period)
        if made is None:
            return
        caption = self.titled(spec.title, period) if made.has_period else (Text(spec.title),)
        drawn = self.ruled(f"{spec.id}-{period.id}", caption, tuple(made.columns), made.rows, made.notes)
        source = (Text("数据来源："), *self.marks(made.sources))
        yield replace(drawn, unit=made.unit, source=source, is_whole=True)

    def note_left_out(self, section: Section) -> None:
        """Note a section that has nothing to print in the report's periods, and where it has some."""
        last = scope.newest(self.catalog, self.scope, section)
        hint = f"its newest are of {last} (--period {last})" if last else ""
        what = "figures"
        if last in self.scope.periods:
            what, hint = "figures that this template prints", "a table prints those that no sentence says"
        message = f"{section.id} has no {what} for {'、'.join(period.id for period in self.scope.periods)}: left out"
        self.findings.append(Finding("scope.left-out", message, hint=hint, severity=Severity.NOTE))

    def section(self, section: Section, period: Period, options: SectionsPart) -> Iterator[Block]:
        """Generate a section's prose, table and charts for a period; nothing when it has none of them."""
        is_whole = set(self.catalog.indicators_of(section.id)) <= set(self.scope.indicators)
        if options.narrative and is_whole:
            for block in self.narrative(section, period, above=options.above):
                yield replace(block, number="") if isinstance(block, Heading) and not options.numbering else block
        if options.table and not self.has_place("table", section.id):
            yield from self.section_table(section, period, options)
        if options.tables:
            yield from self.own_tables(section, period)
        if options.charts:
            for spec in self.catalog.charts:
                is_here = spec.section == section.id and self.last_of(spec).ends_with(period)
                if is_here and not self.has_place("chart", spec.id):
                    yield from self.chart(spec)

    def section_table(self, section: Section, period: Period, options: SectionsPart) -> Iterator[Block]:
        """Generate the table of a section for a period."""
        its = options.table or TableSettings()
        title = its.title or f"{section.title}主要指标"
        groups = [_Group((), self.rows(section, period), period)]
        yield from self.table(f"{section.id}-{period.id}", self.titled(title, period), groups, its.columns)

    def narrative(self, section: Section, period: Period, *, above: bool) -> Iterator[Block]:
        """Generate the blocks of the prose for a section and period; where none is written, a plain paragraph, which
        with `above` says how figures stand to the area above.

        Digits typed in prose are findings.
        """
        text = self.catalog.narrative(section.id, period, self.scope.area)
        if not text:
            chosen = [it for it, when in self.rows(section, period) if when == period]
            try:
                yield from narrate(self.figures(period), chosen, above=above)
            except PhraseError as error:
                self.findings.append(replace(error.finding, place=section.place))
            return
        self.note_typed_digits(text.text, replace(text.place, line=1))
        for line, words in prose.typed_numerals(text.text):
            place, hint = replace(text.place, line=line), "change('…') and figure('…') print it from the data"
            message = "a figure is typed in Chinese numerals"
            self.findings.append(Finding("narrative.typed-numeral", message, place, words, hint=hint))
        for line, words in prose.unread_marks(text.text):
            place, hint = replace(text.place, line=line), "## to #### and a space begin a heading, “- ” an item"
            message = "a mark that is not read prints as it is typed"
            self.findings.append(Finding("narrative.mark", message, place, words, hint=hint))
        top = 2 if len(self.scope.periods) == 1 else 3
        yield from prose.blocks(self.proofread(text.text, replace(text.place, line=1), period), top=top)

    def note_typed_digits(self, text: str, place: Place | None) -> None:
        """Note the digits typed in a text whose first line stands at `place`."""
        for line, words in prose.typed_digits(text):
            where = replace(place, line=(place.line or 1) + line - 1) if place else None
            hint = "print a figure with figure('…'), a name with name('…')"
            self.findings.append(Finding("narrative.typed-digit", "a digit is typed in prose", where, words, hint=hint))

    def chosen_indicators(self, words: tuple[str, ...], part: str, position: int) -> set[str]:
        """Return the ids that a part's selection of indicators chooses; one that the folder lacks is a finding."""
        problems: list[Finding] = []
        chosen = set(scope.indicators(self.catalog, words, problems))
        self.note_unknown(problems, "parts", position, part, "indicators")
        return chosen

    def note_unknown(self, problems: Iterable[Finding], *steps: str | int) -> None:
        """Note the ids of a selection at `steps` that the folder lacks; a pattern may match nothing."""
        place = self.template.place(*steps)
        ids = [problem for problem in problems if not set(problem.found or "") & set("*?[:")]
        self.findings += [replace(problem, place=place) for problem in ids]

    def all_rows(self, section: Section) -> list[tuple[Indicator, Period]]:
        """Return the chosen indicators of a section with each of the report's periods that they have a figure of."""
        return [pair for period in self.scope.periods for pair in self.rows(section, period)]

    # -- tables -----------------------------------------------------------------------------

    def rows(self, section: Section, period: Period) -> list[tuple[Indicator, Period]]:
        """Return the chosen indicators of a section that have a figure in a period.

        A span of years reports its last year too, where it has no figure of the whole span; the row names the year.
        """
        area = self.scope.area.id
        periods = [period, period.last_year()] if period.form is Form.SPAN else [period]
        found = []
        for it in self.scope.indicators_of(section):
            when = next((when for when in periods if next(self.catalog.rows(it.id, area, when), None)), None)
            found += [(it, when)] if when else []
        return found

    def table(
        self,
        id: str,
        caption: Runs,
        groups: list["_Group"],
        columns: tuple[str, ...],
    ) -> Iterator[Block]:
        """Generate a table of indicators, none when it would have no rows."""
        rows: list[Row] = []
        notes: list[Runs] = []
        for group in groups:
            if group.title and group.rows:
                rows.append(Row((group.title, *((),) * (len(columns) - 1)), is_group=True))
            ids = {indicator.id for indicator, _ in group.rows}
            for indicator, period in group.rows:
                cells = self.cells(indicator, period, columns, notes, group.shown)
                rows.append(_part(cells) if indicator.parts_of in ids else Row(cells))
        names, rows = _without_empty(columns, rows)
        if rows:
            yield self.ruled(id, caption, tuple(self.column(name) for name in names), rows, notes)

    def ruled(self, id: str, caption: Runs, columns: tuple[Column, ...], rows: list[Row], notes: list[Runs]) -> Table:
        """Return the next table, with what its marks mean below it."""
        self.tables += 1
        printed = {characters(cell) for row in rows for cell in row.cells}
        legends: list[Runs] = [(Text(words),) for words in notation.legend(printed, language=self.scope.language)]
        if self.is_uneven(rows):
            legends.append((Text(_UNEVEN[self.scope.language]),))
        if any(row.indent for row in rows):
            legends.append((Text(_OF_WHICH[self.scope.language]),))
        number = f"表{self.tables}"
        figures = (run for row in rows for cell in row.cells for run in cell if isinstance(run, Figure))
        notes = [*notes, *(self.revisions.notes(figures) if self.revisions else ())]
        return Table(f"table-{id}", number, caption, columns, tuple(rows), notes=_numbered([*legends, *notes]))

    def titled(self, title: str, period: Period) -> Runs:
        """Return the caption of a table of one period."""
        return (Text(title + "（"), self.figures(period).period(), Text("）"))

    # -- the tables of a yearbook --------------------------------------------------------------

    def year_tables(self, options: TablesPart) -> Iterator[Block]:
        """Generate a table for each section with every period, up to the report's last, that has figures of it."""
        for section in self.scope.sections:
            periods = self.known_periods(section)
            if not periods:
                self.note_left_out(section)
                continue
            members = {period: self.rows_of(section, period) for period in periods}
            names = {indicator: None for rows in members.values() for indicator in rows}
            is_dense = sum(map(len, members.values())) >= _DENSE * len(names) * len(periods)
            is_matrix = options.layout == "matrix" or (options.layout == "auto" and is_dense)
            is_wide = is_matrix and len(periods) * len(_PERIODIC & set(options.columns)) > _FEW_COLUMNS
            is_turned = options.landscape == "always" or (options.landscape == "auto" and is_wide)
            yield from (PageBreak(is_landscape=True),) if is_turned else ()
            yield from self.heading(section.title)
            if is_matrix and len(periods) > 1:
                yield from self.matrices(section, list(names), periods, options, is_turned=is_turned)
            else:
                yield from self.grouped(section, members, options)
            yield from (PageBreak(),) if is_turned else ()
            if options.tables:
                yield from self.own_tables(section, self.scope.periods[-1])
            if options.charts:
                for spec in self.catalog.charts:
                    if spec.section == section.id and (spec.is_relative or self.last_of(spec) in periods):
                        yield from self.chart(spec)

    def known_periods(self, section: Section) -> list[Period]:
        """Return the periods, up to the report's last, in which a section has figures, in the order of their ends."""
        ids = {indicator.id for indicator in self.scope.indicators_of(section)}
        own = (row for id in ids for row in self.catalog.of(id) if row.area == self.scope.area.id)
        found = {row.period for row in own if row.period.last <= self.scope.periods[-1].last}
        return sorted(found, key=lambda period: (period.last, period.first))

    def rows_of(self, section: Section, period: Period) -> list[Indicator]:
        """Return the chosen indicators of a section that have a row of just this period."""
        area = self.scope.area.id
        return [
            it
            for it in self.scope.indicators_of(section)
            if any(row.period == period for row in self.catalog.rows(it.id, area, period))
        ]

    def grouped(
        self, section: Section, members: Mapping[Period, list[Indicator]], options: TablesPart
    ) -> Iterator[Block]:
        """Generate a table with a group of rows for each period; one of a single period names it in its caption."""
        title = f"{section.title}主要指标"
        if len(members) == 1:
            ((period, indicators),) = members.items()
            groups = [_Group((), [(it, period) for it in indicators], period)]
            yield from self.table(section.id, self.titled(title, period), groups, options.columns)
            return
        groups = [
            _Group((self.figures(period).period(),), [(it, period) for it in indicators], period)
            for period, indicators in members.items()
        ]
        yield from self.table(section.id, (Text(title),), groups, options.columns)

    def matrices(
        self,
        section: Section,
        indicators: list[Indicator],
        periods: list[Period],
        options: TablesPart,
        *,
        is_turned: bool,
    ) -> Iterator[Table]:
        """Generate a table with the periods as columns, or as many as its page is wide enough for, of nearly equal
        width."""
        values = options.model_copy(update={"columns": tuple(it for it in options.columns if it != "comparison")})
        are_compared = "comparison" in options.columns and self.has_comparison(indicators, periods)
        most = _MOST_PERIODS[is_turned, are_compared]
        count = -(-len(periods) // most)
        each, longer = divmod(len(periods), count)
        start = 0
        for number in range(count):
            stop = start + each + (number < longer)
            shown = periods[start:stop]
            its = options if are_compared and self.has_comparison(indicators, shown) else values
            yield self.matrix(section, indicators, shown, its, is_part=count > 1)
            start = stop

    def has_comparison(self, indicators: list[Indicator], periods: list[Period]) -> bool:
        """Return whether a table of the indicators and periods has any comparison to show."""
        shown = (self.cells(it, period, ("comparison",), [], period) for it in indicators for period in periods)
        return any(cell not in ((), (Text(notation.MISSING),)) for cells in shown for cell in cells)

    def matrix(
        self,
        section: Section,
        indicators: list[Indicator],
        periods: list[Period],
        options: TablesPart,
        *,
        is_part: bool,
    ) -> Table:
        """Return a table with the periods as columns, each with its figures under its name; one that `is_part` of
        several names the first and the last of them in its caption."""
        shown = [name for name in options.columns if name in _PERIODIC]
        fixed = [name for name in options.columns if name not in _PERIODIC | {"period"}]
        before = [name for name in fixed if name in {"name", "english", "unit"}]
        after = [name for name in fixed if name not in before]
        columns = [self.column(name) for name in before]
        for period in periods:
            head: Runs = (self.figures(period).period(),)
            if len(shown) > 1:
                columns += [replace(self.column(name), spanner=head) for name in shown]
            else:
                columns += [replace(self.column(name), title=head) for name in shown]
        columns += [self.column(name) for name in after]
        rows: list[Row] = []
        notes: list[Runs] = []
        ids = {indicator.id for indicator in indicators}
        for it in indicators:
            found = {period: list(self.catalog.rows(it.id, self.scope.area.id, period)) for period in periods}
            every = [row for its_rows in found.values() for row in its_rows]
            cells = [self.cell(name, it, self.figures(periods[-1]), every, None) for name in before]
            for period in periods:
                if found[period]:
                    cells += self.cells(it, period, tuple(shown), notes, period)
                else:
                    cells += [(Text(notation.MISSING),) for _ in shown]
            cells += [self.cell(name, it, self.figures(periods[-1]), every, None) for name in after]
            rows.append(_part(tuple(cells)) if it.parts_of in ids else Row(tuple(cells)))
        caption: Runs = (Text(f"{section.title}主要指标"),)
        id = section.id
        if is_part:
            first, last = (self.figures(period).period() for period in (periods[0], periods[-1]))
            span: Runs = (first,) if first == last else (first, Text("至"), last)
            caption = (*caption, Text("（"), *span, Text("）"))
            id = f"{section.id}-{periods[-1].id}"
        return self.ruled(id, caption, tuple(columns), rows, notes)

    def is_uneven(self, rows: Iterable[Row]) -> bool:
        """Return whether a table prints parts that differ from their printed total by rounding alone."""
        runs = (run for row in rows for cell in row.cells for run in cell)
        shown = {row for run in runs if isinstance(run, Figure) for row in run.observations}
        return any(shown.issuperset(one.rows) for one in self.uneven_sums)

    @cached_property
    def uneven_sums(self) -> tuple[Sum, ...]:
        """The sums that hold, and yet do not add up as they are printed."""
        return tuple(one for one in sums.of(self.catalog) if one.is_complete and one.holds and not one.is_printed_even)

    def column(self, name: str) -> Column:
        """Return the head of a column of indicators or honours; two of them name the area above."""
        words = _WORDS[name]
        if name in _UPWARD:
            above = next(hierarchy.above(self.catalog.workspace.areas, self.scope.area), None)
            words = words.format(hierarchy.everywhere(above) if above else "上级")
        return Column((Text(words),), _ALIGN.get(name, Align.LEFT), _WEIGHTS[name])

    def cells(
        self, indicator: Indicator, period: Period, columns: tuple[str, ...], notes: list[Runs], shown: Period
    ) -> tuple[Runs, ...]:
        """Return the cells of an indicator's row in a table that shows one period; a row of another names it.

        The note of a figure that is not final is added to `notes`.
        """
        figures = self.figures(period)
        rows = list(self.catalog.rows(indicator.id, self.scope.area.id, period))
        for row in rows:
            if row.note and row.status is not Status.FINAL:
                notes.append((Text(f"{indicator.name}："), Text(row.note)))
        other = period if period != shown and "period" not in columns else None
        try:
            return tuple(self.cell(column, indicator, figures, rows, other) for column in columns)
        except PhraseError as error:
            self.findings.append(replace(error.finding, place=rows[0].place))
            return ((),) * len(columns)

    def cell(
        self, column: str, indicator: Indicator, figures: Figures, rows: list[Observation], other: Period | None
    ) -> Runs:
        """Return the runs of one cell; — where there is nothing to print (no blank cells)."""
        match column:
            case "name":
                when = (Text("（"), figures.period(), Text("）")) if other else ()
                return (Text(indicator.name), *when)
            case "english":
                return (Text(indicator.english or notation.MISSING),)
            case "unit":
                return (Text(indicator.unit.text or notation.MISSING),)
            case "value":
                return figures.value_cell(rows) or (Text(notation.MISSING),)
            case "comparison":
                return figures.comparison_cell(rows) or (Text(notation.MISSING),)
            case "above":
                return figures.above_cell(rows) or (Text(notation.MISSING),)
            case "rank":
                return figures.rank_cell(rows) or (Text(notation.MISSING),)
            case "period":
                is_own = rows[0].period.id == figures.own_period.id
                return (figures.period() if is_own else figures.period(rows[0].period.id),)
            case "source":
                return self.marks(row.source for row in rows)
            case "locator":
                return (Text("；".join(dict.fromkeys(row.locator for row in rows))),)
            case "note":
                return (Text("；".join(row.note for row in rows if row.note) or notation.MISSING),)
            case _:
                raise AssertionError(column)

    def key_table(self, options: KeyTablePart, position: int) -> Iterator[Block]:
        """Generate one table of chosen indicators, grouped by section; an id that the folder lacks is a finding."""
        chosen = self.chosen_indicators(options.indicators, "key_table", position)
        last = self.scope.periods[-1]
        groups = [
            _Group((Text(section.title),), rows[: options.count], last)
            for section in self.scope.sections
            for period in self.scope.periods
            if (rows := [pair for pair in self.rows(section, period) if pair[0].id in chosen])
        ]
        blocks = list(self.table(f"key-{last.id}", self.titled(options.title, last), groups, options.columns))
        if blocks:
            yield from self.heading(options.heading)
            yield from blocks

    def changes(self, options: ChangesPart, position: int) -> Iterator[Block]:
        """Generate a table of what has changed since an earlier period; none when nothing can be compared."""
        chosen = self.chosen_indicators(options.indicators, "changes", position)
        indicators = [it for section in self.scope.sections for it in self.scope.indicators_of(section)]
        indicators = [it for it in dict.fromkeys(indicators) if it.id in chosen]
        own = self.scope.periods[-1]
        for since in self.earlier(options, position):
            rows = [row for it in indicators for row in self.changed(it, own, since)]
            if not rows:
                continue
            heads: tuple[Runs, ...] = ((Text(_WORDS["name"]),), *((self.figures(it).period(),) for it in (since, own)))
            columns = tuple(Column(head, weight=weight) for head, weight in zip(heads, (3.4, 2.0, 2.0), strict=True))
            yield from self.heading(options.heading)
            last = Column((Text("变化"),), weight=3.0)
            yield self.ruled(f"changes-{own.id}", self.titled(options.title, own), (*columns, last), rows, [])
            return

    def earlier(self, options: ChangesPart, position: int) -> Iterator[Period]:
        """Generate the periods to look back to, the likeliest first; one that cannot be read is a finding."""
        own = self.scope.periods[-1]
        if not options.since:
            yield from filter(None, (own.before(), own.year_before()))
            return
        try:
            yield Period.parse(options.since)
        except ValueError as error:
            place = self.template.place("parts", position, "changes", "since")
            expected, *hint = error.args
            self.findings.append(
                Finding("scope.period", "unknown period", place, options.since, expected, "".join(hint))
            )

    def changed(self, indicator: Indicator, own: Period, since: Period) -> Iterator[Row]:
        """Generate the rows of an indicator: for each of its measures that both periods have, and that may be
        compared, the two figures and the words between them."""
        area = self.scope.area.id
        for measure in Measure:
            if measure is Measure.TARGET or not all(
                self.catalog.find(indicator.id, area, period, measure) for period in (since, own)
            ):
                continue
            figures = self.figures(own)
            try:
                if measure is Measure.LEVEL and since == own.year_before():
                    words = figures.change(indicator.id)  # a rate that the source reports wins over a computed one
                else:
                    words = figures.change(indicator.id, measure=measure.value, since=since.id)
            except PhraseError:
                continue
            name = indicator.name + ("" if measure is Measure.LEVEL else charting.MEASURES[measure])
            pair = (self.figures(period).figure(indicator.id, measure.value) for period in (since, own))
            yield Row(((Text(name),), *((figure,) for figure in pair), (words,)))

    def honours(self, options: HonoursPart) -> Iterator[Block]:
        """Generate the honours of the chosen sections and periods, the highest level first."""
        sections = {section.id for section in self.scope.sections}
        chosen = [
            honour
            for level in Level
            for honour in self.catalog.honours
            if honour.level is level
            and honour.section in sections
            and any(period.covers(honour.period) for period in self.scope.periods)
            and (self.is_own or honour.holder == self.scope.area.name)
        ]
        if not chosen or (len(self.scope.indicators) < len(self.catalog.indicators) and not self.is_whole):
            return
        self.tables += 1
        yield from self.heading(options.heading)
        yield Table(
            id="table-honours",
            number=f"表{self.tables}",
            caption=(Text(options.title + "（"), *self.period_names(), Text("）")),
            columns=tuple(self.column(name) for name in options.columns),
            rows=tuple(Row(tuple(self.honour_cell(name, honour) for name in options.columns)) for honour in chosen),
        )

    @property
    def is_whole(self) -> bool:
        """Whether the chosen sections are reported with all their indicators."""
        chosen = set(self.scope.indicators)
        return all(set(self.scope.indicators_of(section)) <= chosen for section in self.scope.sections) and all(
            set(self.catalog.indicators_of(section.id)) <= chosen for section in self.scope.sections
        )

    def honour_cell(self, column: str, honour: Honour) -> Runs:
        """Return the runs of one cell of an honour's row."""
        match column:
            case "title":
                return (Term(honour.title, honour),)
            case "holder":
                return (Text(honour.holder or self.scope.area.name),)
            case "level":
                return (Text(_LEVELS[honour.level]),)
            case "period":
                return (Figure(honour.period.name, Derivation.PERIOD),)
            case "source":
                return self.marks([honour.source])
            case "locator":
                return (Text(honour.locator),)
            case _:
                raise AssertionError(column)

    def meanings(self, options: MeaningsPart) -> Iterator[Block]:
        """Generate what the chosen indicators mean, those that have figures up to the report's last period."""
        explained = [
            it
            for section in self.scope.sections
            for it in dict.fromkeys(it for when in self.known_periods(section) for it in self.rows_of(section, when))
            if it.meaning
        ]
        if explained:
            yield from self.heading(options.heading)
        for it in explained:
            yield Paragraph((Text(it.name, strong=True, is_verbatim=True), Text("　" + it.meaning, is_verbatim=True)))

    # -- charts -----------------------------------------------------------------------------

    def last_of(self, spec: ChartSpec | TableSpec) -> Period:
        """Return the period of the report beside which a chart or a table stands: its own last one; one that goes with
        the report stands beside the report's last."""
        now = self.scope.periods[-1]
        return now if spec.is_relative else timeline.resolve(spec.periods, now)[-1]

    def chart(self, spec: ChartSpec) -> Iterator[Block]:
        """Generate a chart, none unless at least two of its figures exist and all its indicators are chosen."""
        if not {self.catalog.indicators[id] for id in spec.indicators} <= set(self.scope.indicators):
            return
        drawn = charting.chart(spec, self.catalog, self.figures, self.scope.periods[-1])
        if drawn is None:
            self.note_without_points(spec)
            return
        drawn = self.with_points(drawn, spec)
        self.charts += 1
        found = [figure for one in drawn.series for figure in one.figures if figure]
        sources = self.marks(row.source for figure in found for row in figure.observations)
        yield replace(drawn, number=f"图{self.charts}", source=(*drawn.source, Text("数据来源："), *sources))

    def with_points(self, drawn: Chart, spec: ChartSpec) -> Chart:
        """Return a chart without the series that have no point, each of which is a finding."""
        for one in drawn.series:
            if not any(one.figures):
                when = f"{drawn.categories[0]} to {drawn.categories[-1]}"
                message = f"{one.name} of chart {spec.id} has no point from {when}: left out"
                hint = "add its figures, or take the indicator out of the chart"
                self.findings.append(Finding("check.chart-empty", message, spec.place, hint=hint))
        return replace(drawn, series=tuple(one for one in drawn.series if any(one.figures)))

    def note_without_points(self, spec: ChartSpec) -> None:
        """Note a chart that goes with the report and is left out of one on the newest figures there are."""
        now = self.scope.periods[-1]
        own = [row for row in self.catalog.current if row.indicator in spec.indicators]
        newest = max((row.period.last for row in own if row.area == self.scope.area.id), default=now.last + 1)
        if spec.is_relative and newest <= now.last:
            periods = "、".join(map(str, spec.periods))
            message = f"chart {spec.id} has fewer than two points up to {now}: left out"
            hint = f"xdreport show {spec.indicators[0]} lists what there is"
            self.findings.append(Finding("check.chart-empty", message, spec.place, periods, hint=hint))

    # -- pictures and large figures -----------------------------------------------------------

    def pictures(self, options: PicturesPart, position: int) -> Iterator[Block]:
        """Generate the pictures of the chosen sections and periods, some side by side; they are of the workspace's
        area."""
        sections = {section.id for section in self.scope.sections}
        problems: list[Finding] = []
        known = [it.id for it in self.catalog.pictures]
        ids = scope.select(options.images, known, "image", problems, dict.fromkeys(known, ()))
        hint = "the images are " + (", ".join(known) or "none: describe them in images/images.yaml")
        named = [replace(problem, hint=nearest(problem.found or "", known) or hint) for problem in problems]
        self.note_unknown(named, "parts", position, "pictures", "images")
        shown = [
            self.picture(it)
            for it in self.catalog.pictures
            if it.id in ids and it.section in sections and (not it.period or it.period in self.scope.periods)
            if self.is_own
        ]
        for start in range(0, len(shown), options.beside):
            yield Pictures(tuple(shown[start : start + options.beside]))

    def picture(self, spec: PictureSpec) -> Picture:
        """Return a picture with its caption and credit, whose digits are figures as in prose."""
        period = spec.period or self.scope.periods[-1]
        for text in (spec.caption, spec.credit):
            self.note_typed_digits(text, spec.place)
        upright = pictures.read(spec.path, spec.place)
        return Picture(
            spec.id,
            *upright,
            spec.alternative,
            self.proofread(spec.caption, spec.place, period),
            self.proofread(spec.credit, spec.place, period),
        )

    def pull_figures(self, options: PullFiguresPart, position: int) -> Iterator[Block]:
        """Generate the first of the chosen indicators that have a level, each with its change below it."""
        ids = self.chosen_indicators(options.indicators, "pull_figures", position)
        items = []
        for section in self.scope.sections:
            # The first of each section go first, so that a report on many sections shows them all.
            found = [(it, when) for it, when in self.all_rows(section) if it.id in ids]
            pulled = [one for it, when in found if (one := self.pull_figure(it, when))]
            items.append(sorted(pulled, key=lambda one: len(one.label) == 1))  # what has changed is news
        ranked = [one for row in zip_longest(*items) for one in row if one]
        if ranked:
            yield PullFigures(tuple(ranked[: options.count]))

    def pull_figure(self, indicator: Indicator, period: Period) -> PullFigure | None:
        """Return an indicator's level and what it is, with its change where one is reported; None without a level."""
        figures = self.figures(period)
        rows = {row.measure: row for row in self.catalog.rows(indicator.id, self.scope.area.id, period)}
        level = rows.get(Measure.LEVEL)
        if level is None or level.status is Status.DOUBTFUL:
            return None
        rate = next((row for measure, row in rows.items() if measure.is_rate), None)
        label: Runs = (Text(indicator.name),)
        try:
            return PullFigure(figures.printed(level), (*label, Text("\n"), figures.growth(rate)) if rate else label)
        except PhraseError as error:
            self.findings.append(replace(error.finding, place=level.place))
            return None

    def points(self, options: PointsPart, position: int) -> Iterator[Block]:
        """Generate a paragraph for each section: its title, then some of its figures in words."""
        ids = self.chosen_indicators(options.indicators, "points", position)
        paragraphs: list[Block] = []
        for section in self.scope.sections:
            runs: list[Run] = []
            for period in self.scope.periods:
                chosen = [it for it, when in self.rows(section, period) if it.id in ids and when == period]
                try:
                    said = list(narrate(self.figures(period), chosen[: options.count]))
                except PhraseError as error:
                    self.findings.append(replace(error.finding, place=section.place))
                    continue
                runs += [run for block in said if isinstance(block, Paragraph) for run in block.runs]
            if runs:
                paragraphs.append(Paragraph((Text(f"{section.title}　", strong=True), *runs)))
        if paragraphs:
            yield from self.heading(options.heading)
            yield from paragraphs

    # -- sources ----------------------------------------------------------------------------

    def marks(self, sources: "Iterator[str] | list[str] | dict[str, None]") -> Runs:
        """Return the marks of the sources in the source list, which counts them as they are first cited; the lowest
        number first."""
        numbers = [self.cited.setdefault(source, len(self.cited) + 1) for source in dict.fromkeys(sources)]
        return tuple(Reference(f"source-{number}", f"[{number}]") for number in sorted(numbers))

    def with_sources(self, document: Document) -> Iterator[Block]:
        """Generate the document's blocks with the source list made from its figures and names, without empty ones."""
        for run in document.runs():
            match run:
                case Figure():
                    self.marks([row.source for row in run.observations])
                case Term():
                    self.marks([run.record.source])
                case _:
                    pass
        for block in document.blocks:
            if block is _SOURCES:
                items = tuple(self.source(id) for id in self.cited)
                marks = tuple(f"[{number}] " for number in self.cited.values())
                ids = tuple(f"source-{number}" for number in self.cited.values())
                yield ListBlock(items, marks, ids, Role.SOURCE)
            else:
                yield block

    def source(self, id: str) -> Runs:
        """Return a source as the source list prints it."""
        source = self.catalog.sources[id]
        words = [f"《{source.title}》", source.publisher, source.date]
        return (Text("，".join(word for word in words if word) + "。"),)


_SOURCES = ListBlock((), ())


class _Group(NamedTuple):
    """Rows of a table under a head, () without one; a row of another period than the one `shown` names it."""

    title: Runs
    rows: list[tuple[Indicator, Period]]
    shown: Period


def _part(cells: tuple[Runs, ...]) -> Row:
    """Return the row of an indicator that is part of one above it: indented and marked with #."""
    first, *others = cells
    return Row(((Text("#"), *first), *others), indent=1)


# Parts whose words are the template's own: they say something of the selection only where they print its figures.
_OWN_WORDS = (LeadPart, TextPart, AddresseePart, SignaturePart, RemarkPart, MeaningsPart)


def _without_empty(columns: tuple[str, ...], rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Return the columns and rows of a table of values without the comparisons that no row has."""
    optional = [at for at, name in enumerate(columns) if name in _MAY_BE_EMPTY and "value" in columns]
    empty: tuple[Runs, ...] = ((), (Text(notation.MISSING),))
    dropped = [at for at in optional if all(row.cells[at] in empty for row in rows)]
    kept = [at for at in range(len(columns)) if at not in dropped]
    return tuple(columns[at] for at in kept), [replace(row, cells=tuple(row.cells[at] for at in kept)) for row in rows]


def _says_something(block: Block, *, is_own: bool) -> bool:
    """Return whether a block says something of the selection, which headings and the source list do not."""
    match block:
        case Paragraph() | ListBlock() if is_own:
            runs = block.runs if isinstance(block, Paragraph) else [run for item in block.items for run in item]
            return any(isinstance(run, Figure) and run.observations for run in runs)
        case Paragraph():
            return True
        case Table() | Chart() | ListBlock() | PullFigures():
            return block is not _SOURCES
        case _:
            return False


def _numbered(notes: list[Runs]) -> tuple[Runs, ...]:
    """Return the notes below a table: 注：1.…。2.…。, without a number when there is one."""
    if len(notes) < 2:
        return tuple((Text("注："), *note, Text("" if characters(note).endswith("。") else "。")) for note in notes)
    return tuple(
        (Text(f"{'注：' if n == 1 else ''}{n}."), *note, Text("" if characters(note).endswith("。") else "。"))
        for n, note in enumerate(notes, start=1)
    )


def _day(day: date | None) -> str:
    """Return a date as an official document writes it, without leading zeros; nothing without one."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
