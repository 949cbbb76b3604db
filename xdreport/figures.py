"""How a figure is obtained: reported by a source, ranked, compared or computed, each with what it rests on.

`Figures` answers for one area and one period; narratives call its functions through `phrases`,
tables and charts through `compose`. What cannot be obtained raises `PhraseError`, never a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass

from xdreport import comparison, notation
from xdreport.catalog import Area, Catalog, Measure, Name, Observation
from xdreport.comparison import Phrase
from xdreport.document import Derivation, Figure, Run, Runs, Term, Text
from xdreport.findings import Finding
from xdreport.period import Period
from xdreport.quantity import Quantity, Refusal
from xdreport.settings import nearest
from xdreport.wording import Book

_AMONG = {"country": Measure.RANK_COUNTRY, "province": Measure.RANK_PROVINCE, "city": Measure.RANK_CITY}
_EVERYWHERE = {
    "zh": {"country": "全国", "province": "全省", "city": "全市"},
    "en": {"country": "in the country", "province": "in the province", "city": "in the city"},
}


class PhraseError(Exception):
    """A phrase that cannot be printed; carries its finding, still without a place."""

    def __init__(self, code: str, message: str, found: str | None = None, hint: str = "", expected: str = "") -> None:
        self.finding = Finding(code, message, None, found, expected, hint)
        super().__init__(message)


@dataclass(frozen=True)
class Figures:
    """The figures of one area; `period` is what a phrase means when it names none."""

    catalog: Catalog
    area: Area
    own_period: Period
    book: Book
    language: str = "zh"

    def functions(self) -> dict[str, Callable[..., Run | Runs]]:
        """Return the functions that narratives and titles may call, by name."""
        return {
            "figure": self.figure,
            "change": self.change,
            "compare": self.compare,
            "rank": self.rank,
            "period": self.period,
            "name": self.name,
            "honour": self.honour,
            "holder": self.holder,
        }

    # -- what narratives call ---------------------------------------------------------------

    def figure(self, id: str, measure: str = "level", period: str = "", area: str = "") -> Figure:
        """Return a figure as its source reports it, with qualifier and unit: 近2.8亿元, 231%."""
        row = self.observation(id, measure, period, area)
        if row.measure.is_rank:
            return self.ranked(row)
        indicator = self.catalog.indicators[row.indicator]
        decimals = indicator.decimals if row.measure in {Measure.LEVEL, Measure.TARGET} else None
        text = notation.amount(
            row.value, indicator.unit_of(row.measure), row.qualifier, decimals=decimals, language=self.language
        )
        return self.reported(row, text)

    def change(self, id: str, measure: str = "yoy", period: str = "", area: str = "") -> Figure:
        """Return a reported rate of change in words: 同比增长231%, 年均增长8%."""
        row = self.observation(id, measure, period, area)
        if not row.measure.is_rate:
            raise PhraseError("phrase.measure", "change() prints a rate of change", measure, "figure() prints levels")
        return self.growth(row)

    def compare(self, id: str, old: str, new: str, measure: str = "level", area: str = "") -> Figure:
        """Return two values of an indicator in words: 由2021年的31家增至2025年的58家."""
        before, after = (self.observation(id, measure, period, area) for period in (old, new))
        return self.compared(comparison.from_to(self.quantity(after), self.quantity(before), self.book), after, before)

    def rank(self, id: str, among: str = "province", period: str = "") -> Figure:
        """Return a rank among the areas of the country, province or city: 全省第3位."""
        if among not in _AMONG:
            raise PhraseError(
                "phrase.among", "unknown among", among, nearest(among, _AMONG), "country, province or city"
            )
        return self.ranked(self.observation(id, _AMONG[among].value, period))

    def period(self, period: str = "") -> Figure:
        """Return the words for a period: 2022年上半年, or the name the workspace gives it."""
        its = self.parsed(period)
        chinese, english = self.catalog.workspace.periods.get(its, (its.name, its.english))
        text = (english or its.english) if self.language == "en" else chinese
        return Figure(text, Derivation.PERIOD, rule="period", formula=its.id)

    def name(self, id: str) -> Term:
        """Return the name of a project, mechanism or event of names.csv."""
        if id not in self.catalog.names:
            raise PhraseError("phrase.name", "unknown name", id, nearest(id, self.catalog.names))
        record = self.catalog.names[id]
        return Term(record.name, record)

    def honour(self, id: str) -> Term:
        """Return the title of an honour of honours.csv."""
        for honour in self.catalog.honours:
            if honour.id == id:
                return Term(honour.title, honour)
        raise PhraseError("phrase.honour", "unknown honour", id, nearest(id, (it.id for it in self.catalog.honours)))

    def holder(self, id: str) -> Term:
        """Return who holds an honour."""
        honour = self.honour(id).record
        assert not isinstance(honour, Name)
        if not honour.holder:
            raise PhraseError("phrase.honour", "the honour has no holder", id)
        return Term(honour.holder, honour)

    # -- what tables and charts ask ---------------------------------------------------------

    def value_cell(self, rows: list[Observation]) -> Runs:
        """Return the level among an indicator's rows as a cell prints it, without its unit; () without a level."""
        return tuple(self.plain(row) for row in rows if row.measure is Measure.LEVEL)

    def comparison_cell(self, rows: list[Observation]) -> Runs:
        """Return the rates and ranks among an indicator's rows in words, parted by ；; () where there is none."""
        runs: list[Run] = []
        for row in rows:
            if row.measure is Measure.LEVEL:
                continue
            runs += [Text("；")] if runs else []
            if row.measure.is_rate:
                runs.append(self.growth(row))
            else:
                runs.append(self.figure(row.indicator, row.measure.value, row.period.id, row.area))
        return tuple(runs)

    def point(self, id: str, measure: Measure, period: Period) -> Figure | None:
        """Return the value of a chart's point, without its unit; None where there is no figure."""
        row = self.catalog.find(id, self.area.id, period, measure)
        return self.plain(row) if row else None

    def plain(self, row: Observation) -> Figure:
        """Return a figure without its unit, for a cell whose head or neighbour names it."""
        indicator = self.catalog.indicators[row.indicator]
        decimals = indicator.decimals if row.measure in {Measure.LEVEL, Measure.TARGET} else None
        return self.reported(row, notation.cell(row.value, decimals, qualifier=row.qualifier))

    # -- how figures are made ---------------------------------------------------------------

    def observation(self, id: str, measure: str, period: str, area: str = "") -> Observation:
        """Return the row that a phrase means; raise `PhraseError` when there is none."""
        indicator = self.catalog.indicators.get(id)
        if indicator is None:
            raise PhraseError("phrase.indicator", "unknown indicator", id, nearest(id, self.catalog.indicators))
        try:
            kind = Measure(measure)
        except ValueError:
            members = [member.value for member in Measure]
            raise PhraseError("phrase.measure", "unknown measure", measure, nearest(measure, members)) from None
        its_area = area or self.area.id
        if its_area not in self.catalog.workspace.areas:
            hint = nearest(its_area, self.catalog.workspace.areas)
            raise PhraseError("phrase.area", "unknown area", its_area, hint)
        when = self.parsed(period)
        row = self.catalog.find(id, its_area, when, kind)
        if row is None:
            own = [row for row in self.catalog.observations if row.indicator == id and row.area == its_area]
            have = ", ".join(f"{row.measure} of {row.period}" for row in own[:6])
            hint = f"there is {have}" if have else "there is none at all"
            raise PhraseError("phrase.no-figure", f"there is no {kind} of {id} for {when}", None, hint)
        return row

    def parsed(self, period: str) -> Period:
        """Return the period that a phrase names, its own period when it names none."""
        if not period:
            return self.own_period
        try:
            return Period.parse(period)
        except ValueError as error:
            raise PhraseError("phrase.period", "unknown period", period, "", error.args[0]) from None

    def quantity(self, row: Observation) -> Quantity:
        """Return a row's value with what decides how it may be compared."""
        return Quantity.of(self.catalog.indicators[row.indicator], row)

    def growth(self, row: Observation) -> Figure:
        """Return a reported rate of change in words: 同比增长231%."""
        is_flow = self.catalog.indicators[row.indicator].is_flow
        basis = comparison.basis_of_measure(row.measure, row.period, is_flow)
        return self.compared(comparison.growth(self.quantity(row), self.book, basis=basis), row)

    def ranked(self, row: Observation) -> Figure:
        """Return a rank in words: 全省第3位, 全省前5位."""
        words = _EVERYWHERE[self.language][row.measure.value.removeprefix("rank_")]
        text = notation.rank(row.value, words, row.qualifier, language=self.language)
        return Figure(text, Derivation.RANKED, (row,), row.value, row.measure.value)

    def reported(self, row: Observation, text: str) -> Figure:
        """Return a figure that prints a row's own value."""
        indicator = self.catalog.indicators[row.indicator]
        decimals = None if row.qualifier or row.measure.is_rate else indicator.decimals
        return Figure(text, Derivation.REPORTED, (row,), notation.rounded(row.value, decimals), row.measure.value)

    def compared(self, phrase: Phrase | Refusal, *rows: Observation) -> Figure:
        """Return a comparison as one figure that rests on its rows; raise `PhraseError` for a refusal."""
        if isinstance(phrase, Refusal):
            raise PhraseError("phrase.refused", f"the comparison is refused: {phrase.reason}")
        return Figure(phrase.text, Derivation.COMPARED, rows, phrase.value, phrase.rule, phrase.formula)
