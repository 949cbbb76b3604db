"""What the words of a phrase mean: the indicator, area, period and row that it names, found or refused.

What cannot be found raises `PhraseError` with what there is instead, never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xdreport import hierarchy, series, sums
from xdreport.catalog import Area, Catalog, Indicator, Level, Measure, Observation
from xdreport.findings import Finding
from xdreport.period import Period
from xdreport.quantity import Quantity, Refusal
from xdreport.series import Derived
from xdreport.settings import nearest

AMONG = {
    Level.COUNTRY: Measure.RANK_COUNTRY, Level.PROVINCE: Measure.RANK_PROVINCE, Level.CITY: Measure.RANK_CITY,
    Level.DISTRICT: Measure.RANK_DISTRICT,
}  # fmt: skip


class PhraseError(Exception):
    """A phrase that cannot be printed; carries its finding, still without a place."""

    def __init__(self, code: str, message: str, found: str | None = None, hint: str = "", expected: str = "") -> None:
        self.finding = Finding(code, message, None, found, expected, hint)
        super().__init__(message)


@dataclass(frozen=True)
class Lookup:
    """The rows of one area; `own_period` is what a phrase means when it names none."""

    catalog: Catalog
    area: Area
    own_period: Period

    def observation(self, id: str, measure: str, period: str, area: str = "") -> Observation:
        """Return the row that a phrase means; raise `PhraseError` when there is none."""
        self.indicator(id)
        kind = self.measure(measure)
        its_area = self.area_of(area).id
        when = self.parsed(period)
        row = self.catalog.find(id, its_area, when, kind)
        if row is None:
            own = [row for row in self.catalog.of(id) if row.area == its_area]
            own.sort(key=lambda row: (row.measure is not kind, row.period != when, -row.period.last))
            have = ", ".join(f"{row.measure} of {row.period}" for row in own[:6])
            hint = f"there is {have}{', …' if len(own) > 6 else ''}" if have else f"{its_area} has none at all"
            hint += "; {% if has('…') %} … {% endif %} leaves the sentence out"
            hint += self.way_out(id, kind, when, its_area)
            raise PhraseError("phrase.no-figure", f"there is no {kind} of {id} for {when}", None, hint)
        return row

    def measure(self, word: str) -> Measure:
        """Return the measure that a phrase names."""
        try:
            return Measure(word)
        except ValueError:
            members = [member.value for member in Measure]
            raise PhraseError("phrase.measure", "unknown measure", word, nearest(word, members)) from None

    @property
    def areas(self) -> Mapping[str, Area]:
        """The areas of the folder by id."""
        return self.catalog.workspace.areas

    def area_of(self, word: str) -> Area:
        """Return the area that a phrase names, its own when it names none: an id, `above`, or a level."""
        found = hierarchy.named(self.areas, self.area, word)
        if found is None:
            known = [*self.areas, hierarchy.ABOVE, *Level]
            raise PhraseError("phrase.area", "unknown area", word, nearest(word, known))
        return found

    def is_sum(self, row: Observation) -> bool:
        """Return whether a row is an amount that adds up from place to place."""
        is_level = row.measure in {Measure.LEVEL, Measure.TARGET}
        return is_level and sums.adds_up(self.catalog.indicators[row.indicator])

    def way_out(self, id: str, measure: Measure, period: Period, area: str) -> str:
        """Return how a figure that is not reported follows from others, and what is missing for that; "" where it
        never does."""
        found = series.value(self.catalog, id, area, period, measure)
        if isinstance(found, Derived):
            return f"; derived=true has it follow from others: {found.formula}"
        is_near = isinstance(found, Refusal) and period.months < 12 and measure in {Measure.LEVEL, Measure.YOY}
        return f"; {found.reason}" if is_near and isinstance(found, Refusal) else ""

    def known(self, id: str, measure: str, period: str, area: str, derived: bool) -> Observation | Derived:
        """Return the row that a phrase means or, where it may be `derived`, what follows from others; raise
        `PhraseError` when there is neither."""
        try:
            return self.observation(id, measure, period, area)
        except PhraseError as error:
            if not derived or error.finding.code != "phrase.no-figure":
                raise
        when = self.parsed(period)
        found = series.value(self.catalog, id, self.area_of(area).id, when, Measure(measure))
        if isinstance(found, Refusal):
            message = f"there is no {measure} of {id} for {when}"
            if found.rule == "revised":  # which is news to who has a document with the figure, and reads no hint
                raise PhraseError("phrase.no-figure", f"{message}: {found.reason}")
            raise PhraseError("phrase.no-figure", message, None, found.reason)
        return found

    def indicator(self, id: str) -> Indicator:
        """Return the indicator of that id."""
        known = self.catalog.indicators
        if id not in known:
            named = [it.id for it in known.values() if id in {it.name, *it.aliases}]
            hint = nearest(id, known) if not named else "did you mean " + " or ".join(named) + "?"
            raise PhraseError("phrase.indicator", "unknown indicator", id, hint)
        return known[id]

    def parsed(self, period: str) -> Period:
        """Return the period that a phrase names, its own period when it names none."""
        if not period:
            return self.own_period
        try:
            return Period.parse(period)
        except ValueError as error:
            expected, *hint = error.args
            raise PhraseError("phrase.period", "unknown period", period, "".join(hint), expected) from None

    def quantity(self, row: Observation) -> Quantity:
        """Return a row's value with what decides how it may be compared."""
        return Quantity.of(self.catalog.indicators[row.indicator], row)

    def base(self, row: Observation, since: str) -> Observation | None:
        """Return the row to compare with: of the period named, else of the year before; None where there is none.

        A stock without a figure of the year before is compared with the end of last year.
        """
        if since:
            return self.catalog.find(row.indicator, row.area, self.parsed(since), row.measure)
        found = self.catalog.find(row.indicator, row.area, row.period.year_before(), row.measure)
        if found or self.catalog.indicators[row.indicator].is_flow or row.period.months > 12:
            return found
        last_year = row.period.last_year().year_before()
        return self.catalog.find(row.indicator, row.area, last_year, row.measure)

    def whole(self, id: str) -> Indicator:
        """Return the indicator that an indicator is a share of."""
        indicator = self.indicator(id)
        if not indicator.denominator:
            hint = f"give it a denominator at {indicator.place}"
            raise PhraseError("phrase.denominator", "the indicator is a share of nothing", id, hint)
        return self.indicator(indicator.denominator)

    def whole_of(self, among: str) -> Area | None:
        """Return the area that a rank is among the areas of: of a level, or the one `above`; None where the folder does
        not have it. Raise `PhraseError` for another word."""
        if among == hierarchy.ABOVE:
            above = self.area_of(among)
            if above.level in AMONG:
                return above
        elif among in {level.value for level in AMONG}:
            found = hierarchy.of_level(self.areas, self.area, Level(among))
            return found if found != self.area else None
        known = [*(level.value for level in AMONG), hierarchy.ABOVE]
        expected = ", ".join(known[:-1]) + " or " + known[-1]
        raise PhraseError("phrase.among", "unknown among", among, nearest(among, known), expected)

    def peers(self, whole: Area | None) -> tuple[Area, ...]:
        """Return the areas of the own level in a whole, () where the folder does not have all of them."""
        if whole is None or not hierarchy.are_all(self.areas, whole, self.area.level):
            return ()
        return hierarchy.inside(self.areas, whole, self.area.level)

    def is_profit(self, row: Observation | Derived) -> bool:
        """Return whether a value is an amount below zero of which is a loss."""
        return self.quantity(row if isinstance(row, Observation) else row.rows[0]).is_profit
