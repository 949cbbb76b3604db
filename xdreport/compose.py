"""Template × catalog × scope → `Document`. Every number is decided here and stays a figure.

Each part of a template has one function; what cannot be printed is a finding at its line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from xdreport import notation, proofreading, prose, scope, sums
from xdreport.catalog import Catalog, ChartSpec, Honour, Indicator, Level, Observation, Section, Status
from xdreport.document import (
    Align,
    Base,
    Block,
    Chart,
    ChartKind,
    Column,
    Contents,
    Derivation,
    Document,
    Figure,
    Filling,
    Furniture,
    Heading,
    Imprint,
    ListBlock,
    Masthead,
    PageBreak,
    Paragraph,
    Reference,
    Role,
    Row,
    Run,
    Runs,
    Series,
    Slot,
    Table,
    Term,
    Text,
    Title,
    characters,
)
from xdreport.figures import Figures, PhraseError
from xdreport.findings import Finding, Place, Severity, stop_on_errors
from xdreport.narration import narrate
from xdreport.period import Form, Period
from xdreport.phrases import Phrases
from xdreport.scope import Scope
from xdreport.settings import Settings, nearest
from xdreport.severities import judged
from xdreport.sums import Sum
from xdreport.template import (
    BreakPart,
    ContentsPart,
    FurnitureSettings,
    HonoursPart,
    KeyTablePart,
    LeadPart,
    SectionsPart,
    SourcesPart,
    TableSettings,
    Template,
)
from xdreport.wording import Book

_WORDS = {
    "name": "指标", "unit": "单位", "value": "数值", "comparison": "比较", "period": "时期", "source": "来源",
    "locator": "出处", "note": "说明", "title": "称号", "holder": "获得者", "level": "级别",
}  # fmt: skip
_WEIGHTS = {
    "name": 3.4, "unit": 1.2, "value": 1.5, "comparison": 2.4, "period": 1.8, "source": 0.9, "locator": 4.0,
    "note": 3.0, "title": 3.6, "holder": 2.0, "level": 1.0,
}  # fmt: skip
_ALIGN = {
    "unit": Align.CENTER, "value": Align.DECIMAL, "period": Align.CENTER, "source": Align.CENTER,
    "level": Align.CENTER,
}  # fmt: skip
_LEVELS = {
    Level.COUNTRY: "国家级", Level.PROVINCE: "省级", Level.CITY: "市级", Level.DISTRICT: "县区级", Level.TOWN: "乡镇级",
}  # fmt: skip
_UNEVEN = {
    "zh": "表中数据经四舍五入，分项之和与总计可能略有出入",
    "en": "figures are rounded, so that parts may not add up to their total",
}
_KINDS = {ChartKind.COLUMN: "柱形图", ChartKind.BAR: "条形图", ChartKind.LINE: "折线图"}

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

    def document(self) -> Document:
        """Return the document; the source list is filled in last, when all figures are known."""
        its = self.template.settings
        blocks: list[Block] = []
        title = Title(self.say(its.title, "title"), self.say(its.subtitle, "subtitle"))
        base = self.filled(self.base, title, blocks) if self.base else None
        if not base:
            blocks += [title, *self.parts()]
        has_errors = any(finding.is_error for finding in self.findings)  # they may be all that keeps it empty
        if not base and not has_errors and not any(_says_something(block) for block in blocks):
            periods = "、".join(period.id for period in self.scope.periods)
            hint = "xdreport list periods"
            message = "the selection has no figures that the template prints"
            self.findings.append(Finding("scope.empty", message, None, periods, hint=hint))
        document = Document(
            title=characters(title.runs),
            blocks=tuple(blocks),
            furniture=self.furniture(),
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
            "area": lambda: Text(self.scope.area.name),
            "office": lambda: Text(self.catalog.workspace.office),
            "sections": self.section_titles,
            "periods": self.period_names,
            "issue": lambda: Text(self.template.settings.issue),
            "date": lambda: Text(_day(self.date)),
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

    def furniture(self) -> Furniture:
        """Return what stands outside the running text."""
        its = self.template.settings.furniture
        running_head = characters(self.say(its.running_head, "furniture", "running_head"))
        return Furniture(self.masthead(its), self.imprint(its), running_head, its.mark, its.page_numbers)

    def masthead(self, its: FurnitureSettings) -> Masthead | None:
        """Return the head of page 1; without a number of its own the issue has no line."""
        head = its.masthead
        if head is None:
            return None
        return Masthead(
            name=characters(self.say(head.name, "furniture", "masthead", "name")),
            issue=self.say(head.issue, "furniture", "masthead", "issue") if self.template.settings.issue else (),
            office=self.say(head.office, "furniture", "masthead", "office"),
            date=self.say(head.date, "furniture", "masthead", "date"),
        )

    def imprint(self, its: FurnitureSettings) -> Imprint | None:
        """Return the foot of the last page."""
        foot = its.imprint
        if foot is None:
            return None
        lines = tuple(
            (line.label, characters(self.say(line.text, "furniture", "imprint", "lines", position, "text")))
            for position, line in enumerate(foot.lines)
        )
        return Imprint(lines, self.say(foot.copies, "furniture", "imprint", "copies"))

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
            blocks += self.slot(slot)
            fillings.append(Filling((), start, len(blocks)))
        return replace(base, fillings=tuple(fillings))

    def slot(self, slot: Slot) -> Iterator[Block]:
        """Generate the blocks of a slot: the body, a section, a table or a chart."""
        kind, _, id = slot.text.partition(":")
        sections = self.catalog.sections
        charts = {chart.id: chart for chart in self.catalog.charts}
        match kind:
            case "body":
                yield from self.parts()
            case "section" if id in sections:
                chosen = [section for section in self.scope.sections if section.id == id]
                yield from self.all_sections(chosen, self.options(SectionsPart()))
            case "table" if id == "key":
                position = next((at for at, part in enumerate(self.template.settings.parts) if part.key_table), 0)
                options = self.options(KeyTablePart()).model_copy(update={"heading": ""})
                yield from self.key_table(options, position)
            case "table" if id == "honours":
                yield from self.honours(self.options(HonoursPart()).model_copy(update={"heading": ""}))
            case "table" if id in sections:
                for period in self.scope.periods if sections[id] in self.scope.sections else ():
                    yield from self.section_table(sections[id], period, self.options(SectionsPart()))
            case "chart" if id in charts:
                yield from self.chart(charts[id])
            case _:
                known = {"section": [*sections], "table": ["key", "honours", *sections], "chart": [*charts]}[kind]
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

    def parts(self) -> Iterator[Block]:
        """Generate the blocks of the template's parts."""
        for position, part in enumerate(self.template.settings.parts):
            yield from self.part(part.options, position)

    def part(self, options: Settings, position: int) -> Iterator[Block]:
        """Generate the blocks of one part of the template."""
        match options:
            case ContentsPart():
                yield Contents((Text(options.title),), options.depth)
            case LeadPart():
                runs = self.say(options.text, "parts", position, "lead", "text")
                yield from prose.blocks(runs, Role.LEAD)
            case SectionsPart():
                sections = [section for section in self.scope.sections if not self.has_place("section", section.id)]
                yield from self.all_sections(sections, options)
            case KeyTablePart() if self.has_place("table", "key"):
                pass
            case KeyTablePart():
                yield from self.key_table(options, position)
            case HonoursPart() if self.has_place("table", "honours"):
                pass
            case HonoursPart():
                yield from self.honours(options)
            case SourcesPart():
                yield from self.heading(options.title)
                yield _SOURCES
            case BreakPart():
                yield PageBreak()
            case _:
                raise AssertionError(options)

    def heading(self, title: str) -> Iterator[Block]:
        """Generate a numbered heading of the first level, none for an empty title."""
        if title:
            self.sections += 1
            number = prose.number(1, self.sections) if self.is_numbered else ""
            yield Heading(1, (Text(title),), number, f"section-{self.sections}")

    @property
    def is_numbered(self) -> bool:
        """Whether headings of the first level have numbers."""
        parts = [part.sections for part in self.template.settings.parts if part.sections]
        return bool(parts) and parts[0].numbering

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
                    yield Heading(2, (self.figures(period).period(),), prose.number(2, count))
                yield from blocks

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
            yield from self.narrative(section, period)
        if options.table and not self.has_place("table", section.id):
            yield from self.section_table(section, period, options)
        if options.charts:
            for spec in self.catalog.charts:
                is_here = spec.section == section.id and spec.periods[-1].ends_with(period)
                if is_here and not self.has_place("chart", spec.id):
                    yield from self.chart(spec)

    def section_table(self, section: Section, period: Period, options: SectionsPart) -> Iterator[Block]:
        """Generate the table of a section for a period."""
        its = options.table or TableSettings()
        title = its.title or f"{section.title}主要指标"
        yield from self.table(section.id, title, [("", self.rows(section, period))], its.columns, period)

    def narrative(self, section: Section, period: Period) -> Iterator[Block]:
        """Generate the blocks of the prose for a section and period; where none is written, a plain paragraph.

        Digits typed in prose are findings.
        """
        text = self.catalog.narrative(section.id, period)
        if not text:
            chosen = [it for it, when in self.rows(section, period) if when == period]
            try:
                yield from narrate(self.figures(period), chosen)
            except PhraseError as error:
                self.findings.append(replace(error.finding, place=section.place))
            return
        for line, words in prose.typed_digits(text.text):
            place = replace(text.place, line=line)
            hint = "print a figure with figure('…'), a name with name('…')"
            self.findings.append(Finding("narrative.typed-digit", "a digit is typed in prose", place, words, hint=hint))
        for line, words in prose.typed_numerals(text.text):
            place, hint = replace(text.place, line=line), "change('…') and figure('…') print it from the data"
            message = "a figure is typed in Chinese numerals"
            self.findings.append(Finding("narrative.typed-numeral", message, place, words, hint=hint))
        top = 2 if len(self.scope.periods) == 1 else 3
        yield from prose.blocks(self.proofread(text.text, replace(text.place, line=1), period), top=top)

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
        title: str,
        groups: list[tuple[str, list[tuple[Indicator, Period]]]],
        columns: tuple[str, ...],
        period: Period,
    ) -> Iterator[Block]:
        """Generate a table of indicators, none when it would have no rows."""
        if not any(rows for _, rows in groups):
            return
        self.tables += 1
        rows: list[Row] = []
        notes: list[Runs] = []
        for group, members in groups:
            if group and members:
                rows.append(Row(((Text(group),), *((),) * (len(columns) - 1)), is_group=True))
            for indicator, its_period in members:
                cells = self.cells(indicator, its_period, columns, notes, period)
                rows.append(Row(cells))
        printed = {characters(cell) for row in rows for cell in row.cells}
        legends: list[Runs] = [(Text(words),) for words in notation.legend(printed, language=self.scope.language)]
        if self.is_uneven(rows):
            legends.append((Text(_UNEVEN[self.scope.language]),))
        all_notes = _numbered([*legends, *notes])
        yield Table(
            id=f"table-{id}-{period.id}",
            number=f"表{self.tables}",
            caption=(Text(title + "（"), self.figures(period).period(), Text("）")),
            columns=tuple(self.column(name) for name in columns),
            rows=tuple(rows),
            notes=all_notes,
        )

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
        """Return the head of a column of indicators or honours."""
        return Column((Text(_WORDS[name]),), _ALIGN.get(name, Align.LEFT), _WEIGHTS[name])

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
                when = (Text("（"), figures.period(other.id), Text("）")) if other else ()
                return (Text(indicator.name), *when)
            case "unit":
                return (Text(indicator.unit.text or notation.MISSING),)
            case "value":
                return figures.value_cell(rows) or (Text(notation.MISSING),)
            case "comparison":
                return figures.comparison_cell(rows) or (Text(notation.MISSING),)
            case "period":
                return (figures.period(rows[0].period.id),)
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
        problems: list[Finding] = []
        chosen = set(scope.indicators(self.catalog, options.indicators, problems))
        place = self.template.place("parts", position, "key_table", "indicators")
        ids = [problem for problem in problems if not set(problem.found or "") & set("*?[:")]
        self.findings += [replace(problem, place=place) for problem in ids]
        groups = []
        for section in self.scope.sections:
            for period in self.scope.periods:
                rows = [(it, when) for it, when in self.rows(section, period) if it.id in chosen]
                groups.append((section.title, rows))
        blocks = list(self.table("key", options.title, groups, options.columns, self.scope.periods[-1]))
        if blocks:
            yield from self.heading(options.heading)
            yield from blocks

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

    # -- charts -----------------------------------------------------------------------------

    def chart(self, spec: ChartSpec) -> Iterator[Block]:
        """Generate a chart, none unless at least two of its figures exist and all its indicators are chosen."""
        indicators = [self.catalog.indicators[id] for id in spec.indicators]
        if not set(indicators) <= set(self.scope.indicators):
            return
        points = {
            (indicator.id, period): self.figures(period).point(indicator.id, spec.measure, period)
            for indicator in indicators
            for period in spec.periods
        }
        if sum(1 for figure in points.values() if figure) < 2:
            return
        self.charts += 1
        by_period = len(spec.periods) > 1
        if by_period:
            categories = tuple(period.name for period in spec.periods)
            series = tuple(
                Series(indicator.name, tuple(points[indicator.id, period] for period in spec.periods))
                for indicator in indicators
            )
        else:
            categories = tuple(indicator.name for indicator in indicators)
            series = (Series(spec.title, tuple(points[indicator.id, spec.periods[0]] for indicator in indicators)),)
        unit = indicators[0].unit_of(spec.measure).text
        kind = ChartKind(spec.kind)
        when: Runs = () if by_period else (Text("（"), self.figures(spec.periods[0]).period(), Text("）"))
        sources = dict.fromkeys(row.source for figure in points.values() if figure for row in figure.observations)
        yield Chart(
            id=f"chart-{spec.id}",
            number=f"图{self.charts}",
            caption=(Text(spec.title), *when),
            kind=kind,
            categories=categories,
            series=series,
            unit=unit,
            description=_description(kind, spec.title, categories, series, unit),
            source=(Text("数据来源："), *self.marks(sources)),
        )

    # -- sources ----------------------------------------------------------------------------

    def marks(self, sources: "Iterator[str] | list[str] | dict[str, None]") -> Runs:
        """Return the marks of the sources in the source list, in the order they are first cited."""
        runs: list[Run] = []
        for source in dict.fromkeys(sources):
            number = self.cited.setdefault(source, len(self.cited) + 1)
            runs.append(Reference(f"source-{number}", f"[{number}]"))
        return tuple(runs)

    def with_sources(self, document: Document) -> Iterator[Block]:
        """Generate the document's blocks with the source list made from its figures and names."""
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
                yield ListBlock(items, tuple(f"[{number}] " for number in self.cited.values()), ids=tuple(
                    f"source-{number}" for number in self.cited.values()
                ))  # fmt: skip
            else:
                yield block

    def source(self, id: str) -> Runs:
        """Return a source as the source list prints it."""
        source = self.catalog.sources[id]
        words = [f"《{source.title}》", source.publisher, source.date]
        return (Text("，".join(word for word in words if word) + "。"),)


_SOURCES = ListBlock((), ())


def _says_something(block: Block) -> bool:
    """Return whether a block says something of the selection, which headings, leads and the source list do not."""
    match block:
        case Paragraph():
            return block.role is not Role.LEAD
        case Table() | Chart() | ListBlock():
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


def _description(
    kind: ChartKind, title: str, categories: tuple[str, ...], series: tuple[Series, ...], unit: str
) -> str:
    """Return in words what a chart shows, from the characters of its figures."""
    points = "；".join(
        f"{one.name + ' ' if len(series) > 1 else ''}{category} {characters((figure,))}{unit}"
        for one in series
        for category, figure in zip(categories, one.figures, strict=True)
        if figure
    )
    return f"{_KINDS[kind]}：{title}。{points}。"


def _day(day: date | None) -> str:
    """Return a date as an official document writes it, without leading zeros; nothing without one."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
