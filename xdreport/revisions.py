"""Notes of what has been revised: 注：2025年一季度规上工业总产值为修订数，原为81.4亿元。

A figure is noted where its own value is another one than before, or that of a row it is compared with: whoever lays the
briefing beside the last one finds both. It stands below the table that prints the figure, or after the text where no
table of the document does.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xdreport.catalog import Area, Catalog, Indicator, Key, Measure, Observation
from xdreport.charting import MEASURES
from xdreport.document import Block, Figure, Heading, ListBlock, Paragraph, Role, Run, Runs, Table, Text, figures_of
from xdreport.figures import Figures
from xdreport.period import Period
from xdreport.statements import FORMER
from xdreport.wording import Part

_Changed = dict[Key, tuple[Observation, Observation]]


@dataclass(frozen=True)
class Revisions:
    """What a report says of revised figures: of those revised after the day `since`, of all where that is None.

    `figures` gives those of the report's area in a period.
    """

    catalog: Catalog
    area: Area
    figures: Callable[[Period], Figures]
    since: date | None = None

    def of(self, figures: Iterable[Figure]) -> _Changed:
        """Return now and before of each row under the figures that is printed otherwise than before, in their order."""
        found: _Changed = {}
        if not self.catalog.revised:
            return found
        for row in (row for figure in figures if figure.rule != FORMER for row in self.under(figure)):
            old = None if row.key in found else self.catalog.former(row, self.since)
            if old and self.shown(old).text != self.shown(row).text:
                found[row.key] = row, old
        return found

    def under(self, figure: Figure) -> Iterator[Observation]:
        """Generate the rows that a figure rests on; a growth that a source reports rests on its base as well."""
        for row in figure.observations:
            yield row
            before = {Measure.YOY: row.period.year_before(), Measure.MOM: row.period.before()}.get(row.measure)
            base = self.catalog.find(row.indicator, row.area, before, Measure.LEVEL) if before else None
            if base:
                yield base

    def shown(self, row: Observation) -> Figure:
        """Return a row as a document prints it."""
        return self.figures(row.period).shown(row)

    def notes(self, figures: Iterable[Figure]) -> list[Runs]:
        """Return a note for each row under the figures that is printed otherwise than before, without an end mark."""
        return [tuple(self.note(*pair)) for pair in self.of(figures).values()]

    def note(self, row: Observation, old: Observation) -> Iterator[Run]:
        """Generate the runs of the note of one row, in the words of the phrase book. Its figures name their period, so
        that a note stays true in a document that is refreshed."""
        its, when = self.figures(row.period), row.period.id
        indicator = self.catalog.indicators[row.indicator]
        named = {
            "measure": "" if row.measure is Measure.LEVEL else row.measure.value,
            "area": "" if row.area == self.area.id else row.area,
            "since": self.since.isoformat() if self.since else "",
        }
        former = its.former(row.indicator, period=when, **{key: word for key, word in named.items() if word})
        period = its.period(when) if indicator.is_flow else its.period(when, end=True)
        parts = its.book.phrase(
            "revised",
            name=_name(its, indicator, row),
            old=Part(former.text, former.value or Decimal(0)),
            period=Part(period.text, period=row.period),
        )
        for part in parts:
            yield period if part.period else former if part.value is not None else Text(part.text)

    def after_text(self, blocks: Iterable[Block], told: set[Key]) -> Iterator[Block]:
        """Generate the blocks of a part with a paragraph after each stretch of text that prints what has been revised
        and is not `told` yet; what the paragraph notes then is."""
        waiting: list[Figure] = []
        for block in blocks:
            if not isinstance(block, Paragraph | ListBlock) and not (isinstance(block, Heading) and block.level > 1):
                yield from self.paragraph(waiting, told)
            yield block
            waiting += () if isinstance(block, Table) else figures_of(block)
        yield from self.paragraph(waiting, told)

    def paragraph(self, waiting: list[Figure], told: set[Key]) -> Iterator[Block]:
        """Generate the paragraph that notes what is revised under the figures that wait, none when all is told."""
        found = {key: pair for key, pair in self.of(waiting).items() if key not in told}
        told.update(found)
        waiting.clear()
        runs: list[Run] = []
        for pair in found.values():
            runs += [Text("；" if runs else "注："), *self.note(*pair)]
        if runs:
            yield Paragraph((*runs, Text("。")), Role.NOTE)


def _name(its: Figures, indicator: Indicator, row: Observation) -> str:
    """Return what a row is a figure of, with its area where that is not the report's."""
    area = "" if row.area == its.area.id else its.words_for(its.areas[row.area])
    if its.language == "en":
        measure = "" if row.measure is Measure.LEVEL else f" ({row.measure.value.replace('_', ' ')})"
        return f"{indicator.english or indicator.name}{measure}{', ' if area else ''}{area}"
    return area + indicator.name + ("" if row.measure is Measure.LEVEL else MEASURES[row.measure])
