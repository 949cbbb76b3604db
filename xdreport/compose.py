"""Template × catalog × scope → `Document`. Every number is decided here and stays a figure.

Each part of a template has one function; what cannot be printed is a finding at its line.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from xdreport import exhibits, prose, stationery
from xdreport.catalog import Catalog
from xdreport.document import (
    Base,
    Block,
    Chart,
    Columns,
    Contents,
    Cover,
    Document,
    Figure,
    Filling,
    ListBlock,
    PageBreak,
    Paragraph,
    PullFigures,
    Role,
    Runs,
    Slot,
    Table,
    Term,
    Text,
    Title,
    characters,
    figures_of,
)
from xdreport.findings import Finding, stop_on_errors
from xdreport.indicator_tables import table_of_section
from xdreport.parts import chapters, gallery, highlights, honours, letter, yearbook
from xdreport.report import Report
from xdreport.scope import Scope
from xdreport.settings import Settings, nearest
from xdreport.severities import judged
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
    TablesPart,
    Template,
    TextPart,
)
from xdreport.wording import Book

Options = TypeVar("Options", bound=Settings)
_SOURCES = ListBlock((), ())

# Parts whose words are the template's own: they say something of the selection only where they print its figures.
_OWN_WORDS = (LeadPart, TextPart, AddresseePart, SignaturePart, RemarkPart, MeaningsPart)


def compose(
    template: Template, catalog: Catalog, its: Scope, book: Book, base: Base | None = None
) -> tuple[Document, tuple[Finding, ...]]:
    """Return the document and what a reader of the build should know (a section left out, say).

    With a `base` the parts stand where its slots are. Raise `Failed` with every fault of the narratives and the
    template's sentences.
    """
    report = Report(template, catalog, its, book, base)
    document = _document(report)
    return document, stop_on_errors(judged(dict.fromkeys(report.findings), catalog.workspace.severities))


def _document(report: Report) -> Document:
    """Return the document; the source list is filled in last, when all figures are known."""
    its = report.template.settings
    blocks: list[Block] = []
    runs, subtitle, kicker = (report.say(getattr(its, key), key) for key in ("title", "subtitle", "kicker"))
    title = Title(runs, subtitle, kicker)
    base = _filled(report, report.base, title, blocks) if report.base else None
    if not base:
        has_cover = any(part.cover for part in its.parts)
        blocks += [*(() if has_cover else (title,)), *_parts(report, title)]
    has_errors = any(finding.is_error for finding in report.findings)  # they may be all that keeps it empty
    if not base and not has_errors and not report.has_content:
        periods = "、".join(period.id for period in report.scope.periods)
        hint = "xdreport list periods"
        message = "the selection has no figures that the template prints"
        report.findings.append(Finding("scope.empty", message, None, periods, hint=hint))
    document = Document(
        title=characters(title.runs),
        blocks=tuple(blocks),
        furniture=stationery.furniture(its.furniture, report.say, its.issue),
        period=report.scope.periods[-1],
        language=report.scope.language,
        author=report.catalog.workspace.office,
        subject=characters(title.subtitle) or its.description,
        keywords=tuple(section.title for section in report.scope.sections),
        date=report.date,
        base=base,
    )
    return replace(document, blocks=tuple(_with_sources(report, document)))


def _filled(report: Report, base: Base, title: Title, blocks: list[Block]) -> Base:
    """Return the base with a filling for each of its slots, in their order; their blocks are added to `blocks`.

    The body begins with the title, unless the base has a slot for it.
    """
    texts = {slot.text for slot in base.slots}
    begins_body = "title()" not in texts and "body" in texts
    blocks += [] if begins_body else [title]
    own = {"title": lambda: title.runs, "subtitle": lambda: title.subtitle}
    phrases = report.phrases(report.scope.periods[-1], own)
    fillings = []
    for slot in base.slots:
        if not slot.is_block:
            fillings.append(Filling(phrases.render(f"{{{{ {slot.text} }}}}", slot.place)))
            continue
        start = len(blocks)
        blocks += [title] if begins_body and slot.text == "body" else []
        its = list(_slot(report, slot))
        blocks += its if slot.text == "body" else _noted(report, [its])[0]
        fillings.append(Filling((), start, len(blocks)))
    return replace(base, fillings=tuple(fillings))


def _slot(report: Report, slot: Slot) -> Iterator[Block]:
    """Generate the blocks of a slot: the body, a section, a table or a chart."""
    kind, _, id = slot.text.partition(":")
    sections = report.catalog.sections
    charts = {chart.id: chart for chart in report.catalog.charts}
    tables = {table.id: table for table in report.catalog.tables}
    ids = {section.id for section in report.scope.sections}
    match kind:
        case "body":
            yield from _parts(report, Title(()))
        case "section" if id in sections:
            chosen = [section for section in report.scope.sections if section.id == id]
            yield from chapters.chapters(report, chosen, _options(report, SectionsPart()))
        case "table" if id == "key":
            position = next((at for at, part in enumerate(report.template.settings.parts) if part.key_table), 0)
            options = _options(report, KeyTablePart()).model_copy(update={"heading": ""})
            yield from highlights.key_table(report, options, position)
        case "table" if id == "honours":
            yield from honours.table(report, _options(report, HonoursPart()).model_copy(update={"heading": ""}))
        case "table" if id in tables:
            for period in report.scope.periods[-1:] if tables[id].section in ids else ():
                yield from exhibits.table(report, tables[id], period)
        case "table" if id in sections:
            for period in report.scope.periods if sections[id] in report.scope.sections else ():
                yield from table_of_section(report, sections[id], period, _options(report, SectionsPart()))
        case "chart" if id in charts:
            yield from exhibits.chart(report, charts[id])
        case _:
            known = {"section": [*sections], "table": ["key", "honours", *sections, *tables], "chart": [*charts]}[kind]
            hint = nearest(id, known) or f"the {kind}s are " + ", ".join(known)
            report.findings.append(Finding("base.unknown", f"unknown {kind}", slot.place, id, hint=hint))


def _options(report: Report, default: Options) -> Options:
    """Return what the template says of a kind of part, or the default where it has no such part."""
    parts = (part.options for part in report.template.settings.parts)
    return next((options for options in parts if isinstance(options, type(default))), default)


def _parts(report: Report, title: Title) -> Iterator[Block]:
    """Generate the blocks of the template's parts; a cover bears the title, an attachment that would hold nothing
    is left out."""
    parts = report.template.settings.parts
    made = [list(part_of(report, part.options, position, title)) for position, part in enumerate(parts)]
    holds = [
        any(_says_something(block, is_own=isinstance(part.options, _OWN_WORDS)) for block in blocks)
        for part, blocks in zip(parts, made, strict=True)
    ]
    report.has_content = any(holds)
    starts = [*report.attachments, len(parts)]
    attached = [start for start, stop in pairwise(starts) if any(holds[start:stop])]
    made = _noted(report, made)
    for position, part in enumerate(parts):
        match part.options:
            case AttachmentListPart():
                yield from letter.attachment_list(report, attached)
            case AttachmentPart() if position in attached:
                yield from letter.attachment_head(report, position, attached)
            case _:
                yield from made[position]


def _noted(report: Report, parts: list[list[Block]]) -> list[list[Block]]:
    """Return the blocks of parts with a note after the text that prints what has been revised, once a document:
    a table that prints it has the note below it, and figures set large leave it to the text."""
    its = report.revisions
    if its is None:
        return parts
    tables = [block for blocks in parts for block in blocks if isinstance(block, Table)]
    told = set(its.of(figure for table in tables for figure in figures_of(table)))
    is_large = [any(isinstance(block, PullFigures) for block in blocks) for blocks in parts]
    noted = list(parts)
    for position in sorted(range(len(parts)), key=is_large.__getitem__):
        noted[position] = list(its.after_text(parts[position], told))
    return noted


def part_of(report: Report, options: Settings, position: int, title: Title) -> Iterator[Block]:
    """Generate the blocks of one part of the template."""
    match options:
        case CoverPart():
            lines = [report.said(position, "cover", "lines", n) for n in range(len(options.lines))]
            yield Cover(title.runs, title.subtitle, title.kicker, tuple(runs for runs in lines if characters(runs)))
        case ContentsPart():
            yield Contents((Text(options.title),), options.depth)
        case LeadPart():
            yield from prose.blocks(report.said(position, "lead", "text"), Role.LEAD)
        case TextPart():
            yield from report.heading(options.heading, is_numbered=options.numbering)
            yield from prose.blocks(report.said(position, "text", "text"), Role(options.role))
        case AddresseePart() | RemarkPart() | SignaturePart():
            yield from letter.formality(report, options, position)
        case AttachmentListPart():
            pass  # known when all attachments are
        case AttachmentPart():
            report.sections = 0
        case PullFiguresPart():
            yield from highlights.pull_figures(report, options, position)
        case PointsPart():
            yield from highlights.points(report, options, position)
        case PicturesPart():
            yield from gallery.gallery(report, options, position)
        case ColumnsPart():
            yield Columns(options.count)
        case TablesPart():
            yield from yearbook.tables(report, options)
        case SectionsPart():
            sections = [section for section in report.scope.sections if not report.has_place("section", section.id)]
            yield from chapters.chapters(report, sections, options)
        case KeyTablePart() if report.has_place("table", "key"):
            pass
        case KeyTablePart():
            yield from highlights.key_table(report, options, position)
        case OwnTablesPart():
            tables = [
                block
                for section in report.scope.sections
                for period in report.scope.periods
                for block in exhibits.tables(report, section, period)
            ]
            yield from report.heading(options.heading) if tables else ()
            yield from tables
        case ChangesPart():
            yield from highlights.changes(report, options, position)
        case HonoursPart() if report.has_place("table", "honours"):
            pass
        case HonoursPart():
            yield from honours.table(report, options)
        case MeaningsPart():
            yield from yearbook.meanings(report, options)
        case SourcesPart():
            yield from report.heading(options.title, is_numbered=not report.is_attached(position))
            yield _SOURCES
        case BreakPart():
            yield PageBreak(options.landscape)
        case _:
            raise AssertionError(options)


def _with_sources(report: Report, document: Document) -> Iterator[Block]:
    """Generate the document's blocks with the source list made from its figures and names, without empty ones."""
    for run in document.runs():
        match run:
            case Figure():
                report.marks([row.source for row in run.observations])
            case Term():
                report.marks([run.record.source])
            case _:
                pass
    for block in document.blocks:
        if block is _SOURCES:
            items = tuple(_source(report, id) for id in report.cited)
            marks = tuple(f"[{number}] " for number in report.cited.values())
            ids = tuple(f"source-{number}" for number in report.cited.values())
            yield ListBlock(items, marks, ids, Role.SOURCE)
        else:
            yield block


def _source(report: Report, id: str) -> Runs:
    """Return a source as the source list prints it."""
    source = report.catalog.sources[id]
    words = [f"《{source.title}》", source.publisher, source.date]
    return (Text("，".join(word for word in words if word) + "。"),)


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
