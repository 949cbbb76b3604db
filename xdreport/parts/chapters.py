"""A report's sections: prose, table and charts, for each of its periods."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xdreport import exhibits, prose
from xdreport.catalog import Section
from xdreport.document import Block, Heading
from xdreport.findings import Finding
from xdreport.indicator_tables import table_of_section
from xdreport.lookup import PhraseError
from xdreport.narration import narrate
from xdreport.period import Period
from xdreport.report import Report
from xdreport.template import SectionsPart


def chapters(report: Report, sections: Iterable[Section], options: SectionsPart) -> Iterator[Block]:
    """Generate those of the sections that have something to say in the report's periods."""
    for section in sections:
        found = [
            (period, blocks)
            for period in report.scope.periods
            if (blocks := list(_chapter(report, section, period, options)))
        ]
        if not found:
            report.note_left_out(section)
            continue
        yield from report.heading(section.title)
        for count, (period, blocks) in enumerate(found, start=1):
            if len(report.scope.periods) > 1:
                number = prose.number(2, count) if options.numbering else ""
                yield Heading(2, (report.figures(period).period(),), number)
            yield from blocks


def _chapter(report: Report, section: Section, period: Period, options: SectionsPart) -> Iterator[Block]:
    """Generate a section's prose, table and charts for a period; nothing when it has none of them."""
    is_whole = set(report.catalog.indicators_of(section.id)) <= set(report.scope.indicators)
    if options.narrative and is_whole:
        for block in _narrative(report, section, period, above=options.above):
            yield replace(block, number="") if isinstance(block, Heading) and not options.numbering else block
    if options.table and not report.has_place("table", section.id):
        yield from table_of_section(report, section, period, options)
    if options.tables:
        yield from exhibits.tables(report, section, period)
    if options.charts:
        for spec in report.catalog.charts:
            is_here = spec.section == section.id and report.last_of(spec).ends_with(period)
            if is_here and not report.has_place("chart", spec.id):
                yield from exhibits.chart(report, spec)


def _narrative(report: Report, section: Section, period: Period, *, above: bool) -> Iterator[Block]:
    """Generate the blocks of the prose for a section and period; where none is written, a plain paragraph, which
    with `above` says how figures stand to the area above.

    Digits typed in prose are findings.
    """
    text = report.catalog.narrative(section.id, period, report.scope.area)
    if not text:
        chosen = [it for it, when in report.rows(section, period) if when == period]
        try:
            yield from narrate(report.figures(period), chosen, above=above)
        except PhraseError as error:
            report.findings.append(replace(error.finding, place=section.place))
        return
    report.note_typed_digits(text.text, replace(text.place, line=1))
    for line, words in prose.typed_numerals(text.text):
        place, hint = replace(text.place, line=line), "change('…') and figure('…') print it from the data"
        message = "a figure is typed in Chinese numerals"
        report.findings.append(Finding("narrative.typed-numeral", message, place, words, hint=hint))
    for line, words in prose.unread_marks(text.text):
        place, hint = replace(text.place, line=line), "## to #### and a space begin a heading, “- ” an item"
        message = "a mark that is not read prints as it is typed"
        report.findings.append(Finding("narrative.mark", message, place, words, hint=hint))
    top = 2 if len(report.scope.periods) == 1 else 3
    yield from prose.blocks(report.proofread(text.text, replace(text.place, line=1), period), top=top)
