"""The prose of a section that nobody has written prose for: a bureau's plain paragraph of its figures.

What a period counted comes first, then how things stood at its end. Each indicator is a clause: its
level, how that changed, its rank. A doubtful figure is left to the table, where its note stands below it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from xdreport import comparison, hierarchy
from xdreport.catalog import Indicator, Kind, Measure, Observation, Status
from xdreport.comparison import Basis
from xdreport.document import Block, Paragraph, Run, Runs, Text
from xdreport.figures import Figures
from xdreport.lookup import PhraseError

_CLAUSES = 3  # in a sentence; a fourth is one too many to hear


def narrate(figures: Figures, indicators: Iterable[Indicator], *, above: bool = False) -> Iterator[Block]:
    """Generate the paragraphs for indicators of one period; none when no figure is fit for a sentence. With `above`
    they say how each stands to the area above, and its place there."""
    parts = {True: _Paragraph(figures, above), False: _Paragraph(figures, above)}
    for is_flow, members in groupby(sorted(indicators, key=lambda it: not it.is_flow), key=lambda it: it.is_flow):
        for is_bare, run in groupby(members, key=parts[is_flow].is_bare_rate):
            own = list(run)
            if is_bare and len(own) > 1:
                parts[is_flow].add_rates(own)
            else:
                for indicator in own:
                    parts[is_flow].add(indicator)
    for is_flow, part in parts.items():
        if part.clauses:
            lead = (figures.period(),) if is_flow else (Text("截至"), figures.period(end=True))
            yield Paragraph((*lead, Text("，"), *part.runs()))


@dataclass
class _Paragraph:
    """A paragraph while it is written; a basis (比上年) is said when it changes, not each time."""

    figures: Figures
    above: bool = False
    clauses: list[Runs] = field(default_factory=list)
    said: Basis | None = None

    def rows(self, indicator: Indicator) -> dict[Measure, Observation]:
        """Return what may be said of an indicator, by measure."""
        its = self.figures
        found = its.catalog.rows(indicator.id, its.area.id, its.own_period)
        return {row.measure: row for row in found if row.status is not Status.DOUBTFUL}

    def is_bare_rate(self, indicator: Indicator) -> bool:
        """Return whether a rate of growth is all there is to say."""
        return set(self.rows(indicator)) == {Measure.YOY}

    def add_rates(self, indicators: list[Indicator]) -> None:
        """Add indicators of which only rates are known as one clause: 甲、乙比上年分别增长4.6%、8.1%."""
        names = "、".join(indicator.name for indicator in indicators)
        rates = self.figures.changes([it.id for it in indicators], mention=self.mention(Measure.YOY, indicators[0]))
        self.clauses.append((Text(names), rates))

    def add(self, indicator: Indicator) -> None:
        """Add the clause of one indicator."""
        rows = self.rows(indicator)
        clause: list[Run] = []
        level = rows.pop(Measure.LEVEL, None)
        if level:
            verb = "为" if indicator.unit.is_percent or indicator.kind is not Kind.LEVEL else ""
            clause += [Text(indicator.name + verb), self.figures.printed(level)]
            if not any(measure.is_rate for measure in rows):
                self.said = None
                computed = self.figures.computed(level)
                clause += [Text("，"), computed] if computed else []
        for row in rows.values():
            clause.append(Text("，" if clause else indicator.name))
            if row.measure.is_rate:
                clause.append(self.figures.growth(row, self.figures.style(self.mention(row.measure, indicator))))
            elif row.measure.is_rank:
                clause += [Text("居"), self.figures.ranked(row)]
            elif row.measure is Measure.TARGET:
                clause += [Text("年度目标为"), self.figures.printed(row)]
            elif row.measure is Measure.COMPLETION:
                clause.append(self.figures.target(indicator.id))
            else:
                clause += [Text("占比为"), self.figures.printed(row)]
        if clause:
            self.clauses.append((*clause, *(self.beside(indicator) if self.above else ())))

    def beside(self, indicator: Indicator) -> Iterator[Run]:
        """Generate how the figures of an indicator stand to the area above, and the place found by putting the areas of
        its level in order; a place that the source reports is said already."""
        rows = self.rows(indicator)
        compared = (self.figures.beside(rows[it]) for it in (Measure.LEVEL, Measure.YOY) if it in rows)
        for figure in filter(None, compared):
            yield from (Text("，"), figure)
        if Measure.LEVEL in rows and not any(measure.is_rank for measure in rows):
            try:
                figure = self.figures.rank(indicator.id, hierarchy.ABOVE)
            except PhraseError:
                return
            yield from (Text("，居"), figure)

    def mention(self, measure: Measure, indicator: Indicator) -> str:
        """Return whether a rate must name its basis: not when the rate before it had the same."""
        basis = comparison.basis_of_measure(measure, self.figures.own_period, indicator.is_flow)
        is_said, self.said = basis is self.said, basis
        return "later" if is_said else "first"

    def runs(self) -> Runs:
        """Return the clauses as sentences."""
        runs: list[Run] = []
        for position, clause in enumerate(self.clauses):
            ends = (position + 1) % _CLAUSES == 0 or position == len(self.clauses) - 1
            runs += [*clause, Text("。" if ends else "；")]
        return tuple(runs)
