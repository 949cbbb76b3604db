"""How a figure is obtained: reported by a source, ranked, compared or computed, each with what it rests on.

`Figures` answers for one area and one period; narratives call its functions through `phrases`,
tables and charts through `compose`. What cannot be obtained raises `PhraseError`, never a guess.

Every figure bears the call that obtains it again. It is noted here and nowhere else: what a caller left out is left
out of the call too, so that the same call asked of another period gives that period's figure, while a period that
was named stays the one named.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from xdreport import cells, comparison, hierarchy, notation, quantity, ranking, series, sums
from xdreport.catalog import Area, Catalog, Good, Indicator, Level, Measure, Name, Observation
from xdreport.comparison import Mention, Phrase, Style
from xdreport.document import Derivation, Figure, Run, Runs, Term, Text
from xdreport.findings import Finding
from xdreport.period import Form, Period
from xdreport.quantity import Quantity, Refusal
from xdreport.ranking import Order, Standing
from xdreport.series import Derived
from xdreport.settings import nearest
from xdreport.wording import Book

_AMONG = {
    Level.COUNTRY: Measure.RANK_COUNTRY, Level.PROVINCE: Measure.RANK_PROVINCE, Level.CITY: Measure.RANK_CITY,
    Level.DISTRICT: Measure.RANK_DISTRICT,
}  # fmt: skip
_TIED = {"zh": "并列", "en": "tied for "}
_LOSS = {"zh": "亏损", "en": "a loss of "}
FORMER = "former"  # the rule of a figure that prints what has been revised since
_SHARE = {"zh": "占比", "en": "share "}


class PhraseError(Exception):
    """A phrase that cannot be printed; carries its finding, still without a place."""

    def __init__(self, code: str, message: str, found: str | None = None, hint: str = "", expected: str = "") -> None:
        self.finding = Finding(code, message, None, found, expected, hint)
        super().__init__(message)


P = ParamSpec("P")
R = TypeVar("R", bound=Figure | Runs)


def _noted(made: Callable[Concatenate["Figures", P], R]) -> Callable[Concatenate["Figures", P], R]:
    """Return a function of `Figures` whose figures bear the call that it was: the outermost one, as it was written."""

    @wraps(made)
    def call(self: "Figures", /, *arguments: P.args, **options: P.kwargs) -> R:
        written = _written(made.__name__, *arguments, **options)
        result: Any = made(self, *arguments, **options)
        if isinstance(result, Figure):
            return self.noted(result, written)  # type: ignore[return-value]
        figures = iter(range(len(result)))
        return tuple(
            self.noted(run, f"{written}[{next(figures)}]") if isinstance(run, Figure) else run for run in result
        )  # type: ignore[return-value]

    return call


def _written(name: str, *arguments: object, **options: object) -> str:
    """Return a call as a phrase writes it: change('industry.output', mention='later')."""
    words = [repr(argument) for argument in arguments]
    words += [f"{key}={value!r}" for key, value in options.items() if value not in ("", None)]
    return f"{name}({', '.join(words)})"


@dataclass(frozen=True)
class Figures:
    """The figures of one area; `period` is what a phrase means when it names none."""

    catalog: Catalog
    area: Area
    own_period: Period
    book: Book
    language: str = "zh"
    orders: dict[tuple[object, ...], tuple[Standing, ...]] = field(default_factory=dict, compare=False, repr=False)

    def functions(self) -> dict[str, Callable[..., Run | Runs | bool]]:
        """Return the functions that narratives and titles may call, by name."""
        return {
            "has": self.has,
            "figure": self.figure,
            "former": self.former,
            "revised": self.revised,
            "change": self.change,
            "changes": self.changes,
            "compare": self.compare,
            "times": self.times,
            "rank": self.rank,
            "share": self.share,
            "target": self.target,
            "contribution": self.contribution,
            "top": self.top,
            "period": self.period,
            "name": self.name,
            "honour": self.honour,
            "holder": self.holder,
        }

    # -- what narratives call ---------------------------------------------------------------

    def has(
        self, id: str, measure: str = "level", period: str = "", area: str = "", derived: bool = False
    ) -> bool:  # fmt: skip
        """Return whether there is a figure, for `{% if has('…') %}` round a sentence that not every period has; with
        `derived`, also one that follows from others."""
        try:
            self.known(id, measure, period, area, derived)
        except PhraseError as error:
            if error.finding.code == "phrase.no-figure":
                return False
            raise
        return True

    @_noted
    def figure(
        self, id: str, measure: str = "level", period: str = "", area: str = "", scale: str | None = None,
        decimals: int | None = None, derived: bool = False,
    ) -> Figure:  # fmt: skip
        """Return a figure as its source reports it, with qualifier and unit: 近2.8亿元, 231%; a loss as 亏损0.42亿元.

        `scale` rewrites an amount in 万 or 亿, or in the larger one that fits ("auto"), and keeps all its digits;
        `decimals` rounds to fewer. With `derived`, a figure that no source reports may follow from others: the third
        quarter from the counts of 前三季度 and 上半年.
        """
        return self.shown(self.known(id, measure, period, area, derived), scale, decimals)

    def shown(self, row: Observation | Derived, scale: str | None = None, decimals: int | None = None) -> Figure:
        """Return a row as `figure` prints it, or a former revision of it, or what follows from others."""
        if row.measure.is_rank and isinstance(row, Observation):
            return self.ranked(row)
        unit = self.catalog.indicators[row.indicator].unit_of(row.measure)
        is_loss = row.value < 0 and self.is_profit(row)
        try:
            text = notation.amount(
                abs(row.value) if is_loss else row.value,
                unit,
                row.qualifier if isinstance(row, Observation) else None,
                decimals=self.decimals(row) if decimals is None and scale is None else decimals,
                rounding=self.usual.rounding,
                multiplier=scale,
                separators=self.usual.separators or None,
                language=self.language,
            )
        except ValueError as error:
            raise PhraseError(
                "phrase.amount", f"{row.indicator} cannot be printed", f"{row.value:f}", "", str(error)
            ) from None
        return self.stated_value(row, _LOSS[self.language] + text if is_loss else text)

    @_noted
    def former(self, id: str, measure: str = "level", period: str = "", area: str = "", since: str = "") -> Figure:
        """Return a figure as it was before it was revised, printed as `figure` prints it.

        `since` a day it is the value that was known then, "" the one before. Raise `PhraseError` where the value has
        not been revised, or not since that day.
        """
        row = self.observation(id, measure, period, area)
        try:
            day = cells.day(since) if since else None
        except ValueError as error:
            raise PhraseError("phrase.since", "the day cannot be read", since, "", error.args[0]) from None
        old = self.catalog.former(row, day)
        if old is None:
            when = f" since {since}" if since else ""
            message = f"{row.measure} of {id} in {row.period} has not been revised{when}"
            hint = "{% if revised('…') %} … {% endif %} leaves the sentence out"
            raise PhraseError("phrase.no-figure", message, None, hint)
        return replace(self.shown(old), rule=FORMER)

    def revised(self, id: str, measure: str = "level", period: str = "", area: str = "", since: str = "") -> bool:
        """Return whether a figure has a former value, for `{% if revised('…') %}` round a sentence with `former`."""
        try:
            self.former(id, measure, period, area, since)
        except PhraseError as error:
            if error.finding.code == "phrase.no-figure":
                return False
            raise
        return True

    @_noted
    def change(
        self, id: str, measure: str = "", period: str = "", since: str = "", area: str = "", mention: str = "first",
        prefer: str = "", amount: bool = False, derived: bool = False,
    ) -> Figure:  # fmt: skip
        """Return a change in words: 同比增长5.6%, 年均增长8%, 比上年提高1.2个百分点, 比上年前移53位, 扭亏为盈.

        With `amount`, by how much instead of by what share: 比上年末增加12家. `measure` avg_growth with `since` is
        computed from the two levels.

        A rate that the source reports (`measure` yoy, mom, growth, avg_growth; without one, yoy where there is one)
        wins over one computed from two levels. `since` is the period to compare with, the year before without one;
        `mention` is first, later (增长5.6%) or below (…（下同）); `prefer` names a verb of the phrase book. With
        `derived`, the growth over the year before may be that of levels which follow from others, as a quarter's do.
        """
        style = self.style(mention, prefer)
        if derived and measure in ("", Measure.YOY) and not since and not amount:
            row = self.known(id, Measure.YOY.value, period, area, derived)
            return self.growth(row, style) if isinstance(row, Observation) else self.derived_growth(row, style)
        if amount or (measure == Measure.AVG_GROWTH and since):
            return self.between(id, period, since, area, style, is_amount=amount)
        if not measure and not since:
            reported = self.catalog.find(id, self.area_of(area).id, self.parsed(period), Measure.YOY)
            if reported:
                return self.growth(reported, style)
        row = self.observation(id, measure or "level", period, area)
        if row.measure.is_rate and not since:
            return self.growth(row, style)
        base = self.base(row, since)
        new, old = self.quantity(row), self.quantity(base) if base else None
        if row.measure.is_rank:
            phrase = comparison.rank_change(new, old, self.book, style)
        elif new.unit.is_percent:
            phrase = comparison.points(new, old, self.book, style)
        else:
            phrase = comparison.change(new, old, self.book, style)
        return self.compared(phrase, row, *([base] if base else []))

    def between(self, id: str, period: str, since: str, area: str, style: Style, is_amount: bool) -> Figure:
        """Return what lies between two levels: the amount, 比上年末增加12家, or the yearly growth, 年均增长5.6%."""
        row = self.observation(id, "level", period, area)
        base = self.base(row, since)
        new, old = self.quantity(row), self.quantity(base) if base else None
        if is_amount:
            return self.compared(comparison.difference(new, old, self.book, style), row, *([base] if base else []))
        rate = quantity.average_growth_of(new, old, style.decimals, style.rounding)
        average = comparison.Basis.AVERAGE
        phrase = rate if isinstance(rate, Refusal) else comparison.growth(rate, self.book, style, basis=average)
        return self.compared(phrase, row, *([base] if base else []))

    @_noted
    def changes(self, ids: list[str], measure: str = "yoy", period: str = "", mention: str = "first") -> Figure:
        """Return the rates of several indicators as one list: 同比分别增长5.6%、3.1%.

        Where a source reports no yoy, the growth is computed from the levels.
        """
        pairs = [self.rate(id, measure, period) for id in ids]
        rows = [row for _, its in pairs for row in its]
        basis = comparison.basis_of_measure(Measure(measure), pairs[0][1][0].period) if pairs else None
        quantities = [rate for rate, _ in pairs]
        return self.compared(comparison.merged(quantities, self.book, self.style(mention), basis=basis), *rows)

    def rate(self, id: str, measure: str, period: str) -> tuple[Quantity, tuple[Observation, ...]]:
        """Return a rate of growth and the rows it rests on: the reported one, else one computed from two levels."""
        reported = self.catalog.find(self.indicator(id).id, self.area.id, self.parsed(period), Measure.YOY)
        if reported or measure != Measure.YOY:
            row = reported if reported and measure == Measure.YOY else self.observation(id, measure, period)
            return self.quantity(row), (row,)
        row = self.observation(id, "level", period)
        base = self.base(row, "")
        rate = quantity.growth_of(
            self.quantity(row), self.quantity(base) if base else None, rounding=self.usual.rounding
        )
        if isinstance(rate, Refusal):
            raise PhraseError("phrase.refused", f"the growth of {id} is refused: {rate.reason}")
        return rate, (row, *([base] if base else []))

    @_noted
    def compare(
        self, id: str, old: str = "", new: str = "", measure: str = "level", area: str = "", period: str = "",
        dated: bool = True, other: str = "", noun: bool = False, prefer: str = "",
    ) -> Figure:  # fmt: skip
        """Return two values of an indicator in words: 由2021年的31家增至2025年的58家; 由31家增至58家 when not `dated`.

        With `area` instead of two periods, how the value stands to another area's: 高于全市1.2个百分点, or as what
        part of it, where amounts add up: 占全市比重为27.9%; with `other`, to another indicator's:
        高于城镇居民人均可支配收入1.7个百分点. `noun` says 增速 before it, `prefer` names a verb of the phrase book.
        """
        if area or other:
            row = self.observation(id, measure, period)
            beside = self.observation(other or id, measure, period, area)
            if not other and self.is_sum(row):
                its = self.area_of(area)
                if its in hierarchy.above(self.areas, self.area):
                    rate = quantity.share_of(self.quantity(row), self.quantity(beside), rounding=self.usual.rounding)
                    return self.stated(rate, self.words_for(its), comparison.share, row, beside)
                if self.area in hierarchy.above(self.areas, its):
                    hint = f"figure('{id}', area='{its.id}') prints the part"
                    raise PhraseError("phrase.refused", f"{id}: a whole is not compared with a part of it", None, hint)
            words = self.words_for(self.area_of(area)) if area else self.indicator(other).name
            style = replace(self.style("first", prefer), noun=noun)
            phrase = comparison.against(self.quantity(row), self.quantity(beside), words, self.book, style)
            return self.compared(phrase, row, beside)
        before, after = self.observation(id, measure, old), self.observation(id, measure, new)
        if before is after:
            raise PhraseError("phrase.period", "a figure is compared with itself", before.period.id)
        if any(self.quantity(row).is_profit and row.value < 0 for row in (before, after)):
            hint = f"change('{id}', since='{before.period}') says 扭亏为盈, 减亏 and 增亏"
            raise PhraseError("phrase.refused", f"{id}: a loss does not rise or fall to an amount", None, hint)
        phrase = comparison.from_to(self.quantity(after), self.quantity(before), self.book, self.usual)
        figure = self.compared(phrase, after, before)
        return replace(figure, text=self.dated(phrase)) if dated and isinstance(phrase, Phrase) else figure

    @_noted
    def times(self, id: str, period: str = "", since: str = "", mention: str = "first") -> Figure:
        """Return a growth of 100% or more in 倍: 增长1.2倍, 翻番, 翻两番; a reported yoy wins over the levels."""
        style = self.style(mention)
        reported = self.catalog.find(self.indicator(id).id, self.area.id, self.parsed(period), Measure.YOY)
        if reported and not since:
            rate = self.quantity(reported)
            basis = comparison.basis_of_measure(Measure.YOY, reported.period, self.indicator(id).is_flow)
            phrase = comparison.times(rate, None, self.book, style, basis=basis, reported=rate)
            return self.compared(phrase, reported)
        row = self.observation(id, "level", period)
        base = self.base(row, since)
        old = self.quantity(base) if base else None
        phrase = comparison.times(self.quantity(row), old, self.book, style)
        return self.compared(phrase, row, *([base] if base else []))

    @_noted
    def rank(self, id: str, among: str = "province", period: str = "", measure: str = "level") -> Figure:
        """Return a rank among the areas of the country, province, city or district, or of the one `above`: 全省第3位.

        A rank of the level that the source reports wins over one found by ordering the areas of the same level, which
        must all be there: 全区并列第11位. `measure` yoy ranks the growth.
        """
        whole = self.whole_of(among)
        level = whole.level if whole else Level(among)
        reported = self.catalog.find(self.indicator(id).id, self.area.id, self.parsed(period), _AMONG[level])
        if measure != Measure.LEVEL or (reported is None and self.peers(whole)):
            return self.ordered(id, self.measure(measure), whole, period)
        return self.ranked(reported or self.observation(id, _AMONG[level].value, period))

    def whole_of(self, among: str) -> Area | None:
        """Return the area that a rank is among the areas of: of a level, or the one `above`; None where the folder does
        not have it. Raise `PhraseError` for another word."""
        if among == hierarchy.ABOVE:
            above = self.area_of(among)
            if above.level in _AMONG:
                return above
        elif among in {level.value for level in _AMONG}:
            found = hierarchy.of_level(self.areas, self.area, Level(among))
            return found if found != self.area else None
        known = [*(level.value for level in _AMONG), hierarchy.ABOVE]
        expected = ", ".join(known[:-1]) + " or " + known[-1]
        raise PhraseError("phrase.among", "unknown among", among, nearest(among, known), expected)

    def peers(self, whole: Area | None) -> tuple[Area, ...]:
        """Return the areas of the own level in a whole, () where the folder does not have all of them."""
        if whole is None or not hierarchy.are_all(self.areas, whole, self.area.level):
            return ()
        return hierarchy.inside(self.areas, whole, self.area.level)

    def ordered(self, id: str, measure: Measure, whole: Area | None, period: str) -> Figure:
        """Return the rank that the own area has when all of its level are put in order; raise `PhraseError` where
        they are not all known."""
        peers = self.peers(whole)
        if whole is None or not peers:
            level, where = self.area.level.value, whole.id if whole else "the area above"
            hint = f"members: {{{level}: …}} of {where} in workspace.yaml says how many there are"
            raise PhraseError("phrase.no-figure", f"a place needs all areas of its level, {level}", None, hint)
        found = ranking.standings(self.catalog, self.indicator(id), self.parsed(period), measure, peers)
        unknown = [it.area.id for it in found if it.place is None]
        if unknown:
            message = f"a place needs an exact {measure} of {id} of each area for {self.parsed(period)}"
            raise PhraseError("phrase.no-figure", message, ", ".join(unknown[:6]))
        own = next(it for it in found if it.area == self.area)
        assert own.place is not None
        words = hierarchy.everywhere(whole, self.language)
        return self.placed(own, self.text_of(own, words), ranking.rows_of(found), len(found))

    def text_of(self, its: Standing, words: str) -> str:
        """Return a place in words: 全区第3位, 全区并列第11位."""
        tied = _TIED[self.language] if its.alike > 1 else ""
        if self.language == "en":
            return tied + notation.rank(Decimal(its.place or 0), f"in {words}", language="en")
        return words + tied + notation.rank(Decimal(its.place or 0))

    def placed(self, its: Standing, text: str, rows: tuple[Observation, ...], count: int) -> Figure:
        """Return a place that was found by putting areas in order, with how it was counted."""
        assert its.place is not None and its.found is not None
        before, tied = its.place - 1, f", {its.alike} share it" if its.alike > 1 else ""
        formula = f"{notation.digits(its.found.value)}: {before} of {count} areas stand before it{tied}"
        return Figure(text, Derivation.RANKED, rows, Decimal(its.place), "rank_in_order", formula)

    @_noted
    def share(self, id: str, period: str = "") -> Figure:
        """Return a share of the indicator's denominator: 占工业总产值比重为41.2%; reported, else computed."""
        whole = self.whole(id)
        reported = self.catalog.find(id, self.area.id, self.parsed(period), Measure.SHARE)
        if reported:
            return self.compared(comparison.share(self.quantity(reported), whole.name, self.book, self.usual), reported)
        part, total = self.observation(id, "level", period), self.observation(whole.id, "level", period)
        rate = quantity.share_of(self.quantity(part), self.quantity(total), rounding=self.usual.rounding)
        return self.stated(rate, whole.name, comparison.share, part, total)

    @_noted
    def contribution(self, id: str, period: str = "", since: str = "", pull: bool = False) -> Figure:
        """Return what a part contributes to the growth of its denominator: 对…增长的贡献率为12.3%.

        With `pull`, by how much it pulls that growth: 拉动…增长0.8个百分点.
        """
        whole = self.whole(id)
        new, whole_new = self.observation(id, "level", period), self.observation(whole.id, "level", period)
        old, whole_old = self.base(new, since), self.base(whole_new, since)
        if old is None or whole_old is None:
            raise PhraseError("phrase.no-figure", f"there is no earlier level of {id} or {whole.id} to compare with")
        rows = (new, old, whole_new, whole_old)
        part, part_old, all_new, all_old = (self.quantity(row) for row in rows)
        if pull:
            points = quantity.pull_of(part, part_old, all_old, rounding=self.usual.rounding)
            return self.stated(points, whole.name, comparison.pull, *rows)
        rate = quantity.contribution_of(part, part_old, all_new, all_old, rounding=self.usual.rounding)
        return self.stated(rate, whole.name, comparison.contribution, *rows)

    @_noted
    def target(self, id: str, period: str = "", schedule: bool = False) -> Figure:
        """Return how much of the year's target is reached: 完成年度目标的78.2%, or 比时序进度快3.2个百分点.

        The completion that a source reports wins over one computed from the level and the target.
        """
        when = self.parsed(period)
        year = when.last_year()
        reported = self.catalog.find(id, self.area.id, when, Measure.COMPLETION)
        if reported:
            done = self.quantity(reported)
            phrase = (
                comparison.schedule(done, self.book, self.usual)
                if schedule
                else comparison.completion(done, None, self.book, self.usual, reported=done)
            )
            return self.compared(phrase, reported)
        row = self.observation(id, "level", period)
        goal = self.catalog.find(id, self.area.id, when, Measure.TARGET)
        goal = goal or self.catalog.find(id, self.area.id, year, Measure.TARGET)
        if goal is None:
            raise PhraseError("phrase.no-figure", f"there is no target of {id} for {year}")
        actual, wanted = self.quantity(row), self.quantity(goal)
        if not schedule:
            return self.compared(comparison.completion(actual, wanted, self.book, self.usual), row, goal)
        rate = quantity.completion_of(actual, wanted, rounding=self.usual.rounding)
        phrase = rate if isinstance(rate, Refusal) else comparison.schedule(rate, self.book, self.usual)
        return self.compared(phrase, row, goal)

    @_noted
    def top(
        self, what: str, n: int = 3, measure: str = "level", period: str = "", worst: bool = False, areas: bool = False
    ) -> Runs:
        """Return the best `n` (or worst) with their figures: 甲镇12.3亿元、乙镇11.8亿元.

        `what` selects indicators by glob, of one unit; with `areas` it is one indicator and the areas inside the
        report's area are ordered. What ties with the last is named too.
        """
        if areas:
            inside = hierarchy.inside(self.areas, self.area)
            named = [(it.name, self.catalog.find(what, it.id, self.parsed(period), Measure(measure))) for it in inside]
        else:
            ids = [id for id in self.catalog.indicators if fnmatchcase(id, what)]
            named = [
                (
                    self.catalog.indicators[id].name,
                    self.catalog.find(id, self.area.id, self.parsed(period), Measure(measure)),
                )
                for id in ids
            ]
        found = [(name, row) for name, row in named if row]
        if not found:
            raise PhraseError("phrase.no-figure", f"there is no {measure} of {what} for {self.parsed(period)}")
        units = {self.catalog.indicators[row.indicator].unit_of(row.measure).text for _, row in found}
        if len(units) > 1:
            raise PhraseError("phrase.units", "figures of two units have no order", ", ".join(sorted(units)))
        is_small_good = Measure(measure).is_rank or self.catalog.indicators[found[0][1].indicator].good is Good.DOWN
        found.sort(key=lambda pair: pair[1].value, reverse=is_small_good == worst)
        last = found[min(n, len(found)) - 1][1].value
        runs: list[Run] = []
        for position, (name, row) in enumerate(found):
            if position >= n and row.value != last:
                break
            runs += [Text(self.book.joint)] if runs else []
            runs += [Text(name), self.growth(row, self.style("later")) if row.measure.is_rate else self.printed(row)]
        return tuple(runs)

    @_noted
    def period(self, period: str = "", end: bool = False, year: bool = True) -> Figure:
        """Return the words for a period: 2022年上半年, or the name the workspace gives it.

        With `end`, its end: 2025年底; without `year`, what is left of it: 上半年, 1—9月, 9月末.
        """
        its = self.parsed(period)
        chinese, english = self.catalog.workspace.periods.get(its, (its.name, its.english))
        text = (english or its.english) if self.language == "en" else its.end_name if end else chinese
        if not year:
            text = text.removeprefix(f"{its.last // 12}年") or text
        return Figure(text, Derivation.PERIOD, rule="period", formula=its.id)

    def name(self, id: str) -> Term | Text:
        """Return the name of a project, mechanism or event of names.csv, or of an indicator."""
        if id in self.catalog.indicators:
            return Text(self.catalog.indicators[id].name)
        if id not in self.catalog.names:
            hint = nearest(id, self.catalog.names) or "add it to names.csv"
            raise PhraseError("phrase.name", "unknown name", id, hint)
        record = self.catalog.names[id]
        return Term(record.name, record)

    def honour(self, id: str) -> Term:
        """Return the title of an honour of honours.csv."""
        for honour in self.catalog.honours:
            if honour.id == id:
                return Term(honour.title, honour)
        hint = nearest(id, (it.id for it in self.catalog.honours)) or "add it to honours.csv"
        raise PhraseError("phrase.honour", "unknown honour", id, hint)

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
        """Return the rates and ranks among an indicator's rows in words, parted by ；; () where there is none.

        A level whose source reports no rate is compared with the year before, where that may be computed.
        """
        runs: list[Run] = []
        level = next((row for row in rows if row.measure is Measure.LEVEL), None)
        if level and not any(row.measure.is_rate for row in rows):
            computed = self.computed(level)
            runs += [computed] if computed else []
        for row in rows:
            if row.measure is Measure.LEVEL:
                continue
            runs += [Text("；")] if runs else []
            match row.measure:
                case Measure.TARGET:
                    runs += [Text(self.book.target), self.printed(row)]
                case Measure.COMPLETION:
                    runs.append(self.target(row.indicator))
                case Measure.SHARE:
                    runs += [Text(_SHARE[self.language]), self.printed(row)]
                case _ if row.measure.is_rate:
                    runs.append(self.growth(row))
                case _:
                    runs.append(self.printed(row))
        return tuple(runs)

    def computed(self, level: Observation) -> Figure | None:
        """Return the change of a level against the year before, None where none may be computed."""
        try:
            figure = self.change(level.indicator, period=level.period.id, area=level.area)
        except PhraseError:
            return None
        return self.noted(figure, self._call("change", level))

    def point(self, id: str, measure: Measure, period: Period, area: str = "", derived: bool = False) -> Figure | None:
        """Return the value of a chart's point or of a table's cell, without its unit; None where there is no figure.

        Its call names no period: ask it of the figures of the point's own one. With `derived`, a level or a yoy that no
        source reports may follow from others, and its call says so, that it be found again when it is reported.
        """
        may_follow = derived and measure in {Measure.LEVEL, Measure.YOY}
        found = series.value(self.catalog, id, area or self.area.id, period, measure)
        if isinstance(found, Refusal) or (isinstance(found, Derived) and not may_follow):
            return None
        return self.plain(found, derived=may_follow)

    def above_cell(self, rows: list[Observation]) -> Runs:
        """Return how an indicator stands to the area above, parted by ；: its level (占全市比重为27.9%), then its
        growth (增速高于全市1.8个百分点); () where there is none above, or nothing may be compared."""
        if not rows or next(hierarchy.above(self.areas, self.area), None) is None:
            return ()
        runs: list[Run] = []
        for measure in (Measure.LEVEL, Measure.YOY):
            row = next((row for row in rows if row.measure is measure), None)
            figure = self.beside(row) if row else None
            runs += [*([Text("；")] if runs else []), figure] if figure else []
        return tuple(runs)

    def beside(self, row: Observation) -> Figure | None:
        """Return how a level or a growth of the own area stands to that of the area above, None where it cannot be
        said."""
        options: dict[str, object] = (
            {} if row.measure is Measure.LEVEL else {"measure": row.measure.value, "noun": True}
        )
        try:
            figure = self.compare(row.indicator, period=row.period.id, area=hierarchy.ABOVE, **options)  # type: ignore[arg-type]
        except PhraseError:
            return None
        return self.noted(figure, self._call("compare", row, **options, area=hierarchy.ABOVE))

    def rank_cell(self, rows: list[Observation]) -> Runs:
        """Return the place of an indicator's level among the areas of its level in the area above, as a number; ()
        where it is not known."""
        try:
            return (self.place(rows[0].indicator),) if rows else ()
        except PhraseError:
            return ()

    @_noted
    def place(self, id: str, among: str = hierarchy.ABOVE, measure: str = "level") -> Figure:
        """Return a rank as a cell prints it: 3."""
        figure = self.rank(id, among, measure=measure)
        assert figure.value is not None
        row = figure.observations[0]
        word = row.qualifier if row.measure.is_rank else None
        return replace(figure, text=notation.cell(figure.value, 0, qualifier=word))

    @_noted
    def ranking(
        self, id: str, row: int, what: str, measure: str = "level", within: str = "", level: str = "",
        order: str = "best",
    ) -> Figure:  # fmt: skip
        """Return a figure of a row of a ranking of areas, counted from 1: its `area`'s name, its level (`value`), its
        `growth`, its `place`, its `value_place` or `growth_place`, its `share` of the whole.

        The row is named and not the area, so that the same call gives the row's figure when the order has changed.
        """
        its = self.indicator(id)
        whole, areas = hierarchy.compared(self.areas, self.area, within, Level(level) if level else None)
        by = self.measure(measure)
        found = self.standings(its, by, areas, Order(order))
        if row > len(found):
            raise PhraseError("phrase.no-figure", f"there are fewer areas than {row}")
        here = found[row - 1]
        match what:
            case "area":
                rows = ranking.rows_of([here])
                name = (self.language == "en" and here.area.english) or here.area.name
                return Figure(name, Derivation.RANKED, rows, rule="area_in_order")
            case "value" | "growth":
                wanted = Measure.LEVEL if what == "value" else Measure.YOY
                figure = self.point(id, wanted, self.own_period, here.area.id, derived=wanted is Measure.YOY)
            case "share":
                figure = self.part_of(id, here.area, whole)
            case _:
                wanted = {"value_place": Measure.LEVEL, "growth_place": Measure.YOY}.get(what, by)
                figure = self.place_of(here, self.standings(its, wanted, areas, Order(order)))
        if figure is None:
            raise PhraseError("phrase.no-figure", f"there is no {what} of {id} for {here.area.id}")
        return figure

    def standings(
        self, indicator: Indicator, measure: Measure, areas: tuple[Area, ...], order: Order = Order.BEST
    ) -> tuple[Standing, ...]:
        """Return areas in the order of a figure of the own period; it is asked for once for each cell of a table."""
        key = (indicator.id, measure, tuple(area.id for area in areas), order)
        if key not in self.orders:
            self.orders[key] = ranking.standings(self.catalog, indicator, self.own_period, measure, areas, order)
        return self.orders[key]

    def place_of(self, here: Standing, found: tuple[Standing, ...]) -> Figure | None:
        """Return the place of an area as a cell prints it, None without one."""
        its = next(it for it in found if it.area == here.area)
        if its.place is None:
            return None
        count = sum(it.place is not None for it in found)
        return self.placed(its, str(its.place), ranking.rows_of([its]), count)

    @_noted
    def part(self, id: str, area: str, whole: str) -> Figure:
        """Return the share of an area in the whole as a cell prints it, in %."""
        figure = self.part_of(id, self.area_of(area), self.area_of(whole))
        if figure is None:
            raise PhraseError("phrase.no-figure", f"there is no share of {area} in {whole}")
        return figure

    def part_of(self, id: str, area: Area, whole: Area) -> Figure | None:
        """Return the share of an area in the whole as a cell prints it, None where it has none."""
        part, total = (self.catalog.find(id, it.id, self.own_period, Measure.LEVEL) for it in (area, whole))
        if part is None or total is None or not self.is_sum(part):
            return None
        rate = quantity.share_of(self.quantity(part), self.quantity(total), rounding=self.usual.rounding)
        if isinstance(rate, Refusal):
            return None
        text = notation.cell(rate.value, 1, self.usual.rounding)
        return Figure(text, Derivation.COMPARED, (part, total), rate.value, "share", rate.formula)

    @_noted
    def heat(self, id: str, measure: str = "yoy", area: str = "") -> Figure:
        """Return a figure of a table that is coloured by its figures, as a cell prints it."""
        figure = self.point(id, self.measure(measure), self.own_period, self.area_of(area).id, derived=True)
        if figure is None:
            raise PhraseError("phrase.no-figure", f"there is no {measure} of {id} for {self.own_period}")
        return figure

    @_noted
    def value(self, id: str, measure: str = "level", area: str = "", derived: bool = False) -> Figure:
        """Return a figure without its unit, as a cell or a point of a chart prints it."""
        return self.plain(self.known(id, measure, "", area, derived), derived=derived)

    def plain(self, row: Observation | Derived, derived: bool = False) -> Figure:
        """Return a figure without its unit, for a cell whose head or neighbour names it."""
        measure = {} if row.measure is Measure.LEVEL else {"measure": row.measure.value}
        allowed = {"derived": True} if derived else {}
        return self.noted(self.stated_value(row, self.cell(row)), self._call("value", row, **measure, **allowed))

    def cell(self, row: Observation | Derived) -> str:
        """Return the characters of a row's value without its unit."""
        rounding, separators = self.usual.rounding, self.usual.separators
        qualifier = row.qualifier if isinstance(row, Observation) else None
        return notation.cell(row.value, self.decimals(row), rounding, qualifier=qualifier, separators=separators)

    # -- how figures are made ---------------------------------------------------------------

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
            raise PhraseError("phrase.no-figure", f"there is no {measure} of {id} for {when}", None, found.reason)
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

    def dated(self, phrase: Phrase) -> str:
        """Return the characters of a phrase with the period of each value it shows."""
        words = []
        for part in phrase.parts:
            its = phrase.inputs[part.input] if part.input is not None else None
            if not its or not its.period:
                words.append(part.text)
            elif self.language == "en":
                words.append(f"{part.text} in {its.period.english}")
            else:
                is_year = its.is_flow or its.period.form is Form.YEAR
                words.append(f"{its.period.name if is_year else its.period.end_name}的{part.text}")
        return "".join(words)

    def whole(self, id: str) -> Indicator:
        """Return the indicator that an indicator is a share of."""
        indicator = self.indicator(id)
        if not indicator.denominator:
            hint = f"give it a denominator at {indicator.place}"
            raise PhraseError("phrase.denominator", "the indicator is a share of nothing", id, hint)
        return self.indicator(indicator.denominator)

    def words_for(self, area: Area) -> str:
        """Return the word for an area in a comparison: 全市 for the city the report's area lies in, else its name."""
        if area in hierarchy.above(self.areas, self.area):
            return hierarchy.everywhere(area, self.language)
        return (self.language == "en" and area.english) or area.name

    def style(self, mention: str, prefer: str = "") -> Style:
        """Return how a comparison is to print."""
        if mention not in set(Mention):
            hint = nearest(mention, Mention)
            raise PhraseError("phrase.mention", "unknown mention", mention, hint, "first, later or below")
        verbs = {verb for words in self.book.verbs.values() for verb in words}
        if prefer and prefer not in verbs:
            raise PhraseError("phrase.verb", "no verb of the phrase book", prefer, nearest(prefer, verbs))
        return replace(self.usual, mention=Mention(mention), prefer=(prefer,) if prefer else ())

    @property
    def usual(self) -> Style:
        """How comparisons print in this workspace."""
        workspace = self.catalog.workspace
        return Style(rounding=notation.Rounding(workspace.rounding), separators=workspace.separators)

    def is_profit(self, row: Observation | Derived) -> bool:
        """Return whether a value is an amount below zero of which is a loss."""
        return self.quantity(row if isinstance(row, Observation) else row.rows[0]).is_profit

    def decimals(self, row: Observation | Derived) -> int | None:
        """Return how many decimals a row prints with, None for the digits as reported; a value that follows from
        others with no more than it is known to."""
        if isinstance(row, Derived):
            known = notation.decimals_of(row.value)
            usual = self.catalog.indicators[row.indicator].decimals if row.measure is Measure.LEVEL else None
            return known if usual is None else min(usual, known)
        is_level = row.measure in {Measure.LEVEL, Measure.TARGET}
        return self.catalog.indicators[row.indicator].decimals if is_level and not row.qualifier else None

    def growth(self, row: Observation, style: Style | None = None) -> Figure:
        """Return a reported rate of change in words: 同比增长231%."""
        is_flow = self.catalog.indicators[row.indicator].is_flow
        basis = comparison.basis_of_measure(row.measure, row.period, is_flow)
        its = style or self.usual
        figure = self.compared(comparison.growth(self.quantity(row), self.book, its, basis=basis), row)
        measure = {} if row.measure is Measure.YOY else {"measure": row.measure.value}
        mention = {} if its.mention is Mention.FIRST else {"mention": its.mention.value}
        return self.noted(figure, self._call("change", row, **measure, **mention))

    def printed(self, row: Observation) -> Figure:
        """Return a row as `figure` prints it."""
        figure = self.figure(row.indicator, row.measure.value, row.period.id, row.area)
        measure = {} if row.measure is Measure.LEVEL else {"measure": row.measure.value}
        return self.noted(figure, self._call("figure", row, **measure))

    def stated(
        self, rate: Quantity | Refusal, whole: str, words: Callable[..., Phrase | Refusal], *rows: Observation
    ) -> Figure:
        """Return a computed rate of a whole in words; raise `PhraseError` for a refusal."""
        return self.compared(rate if isinstance(rate, Refusal) else words(rate, whole, self.book, self.usual), *rows)

    def ranked(self, row: Observation) -> Figure:
        """Return a rank in words: 全省第3位, 全省前5位."""
        level = Level(row.measure.value.removeprefix("rank_"))
        whole = hierarchy.of_level(self.areas, self.areas[row.area], level) or Area("", "", level=level)
        words = hierarchy.everywhere(whole, self.language)
        words = f"in {words}" if self.language == "en" else words
        text = notation.rank(row.value, words, row.qualifier, language=self.language)
        figure = Figure(text, Derivation.RANKED, (row,), row.value, row.measure.value)
        return self.noted(figure, self._call("figure", row, measure=row.measure.value))

    def reported(self, row: Observation, text: str) -> Figure:
        """Return a figure that prints a row's own value."""
        value = notation.rounded(row.value, self.decimals(row), self.usual.rounding)
        return Figure(text, Derivation.REPORTED, (row,), value, row.measure.value)

    def stated_value(self, row: Observation | Derived, text: str) -> Figure:
        """Return a figure that prints a value by itself: a row's own, or one that follows from others."""
        if isinstance(row, Observation):
            return self.reported(row, text)
        value = notation.rounded(row.value, self.decimals(row), self.usual.rounding)
        return Figure(text, Derivation.DERIVED, row.rows, value, row.rule.value, row.formula)

    def derived_growth(self, derived: Derived, style: Style) -> Figure:
        """Return the growth of derived levels in words: 同比增长5.6%."""
        it = self.catalog.indicators[derived.indicator]
        basis = comparison.basis_of_measure(derived.measure, derived.period, it.is_flow)
        rate = series.growth_quantity(self.catalog, derived)
        figure = self.compared(comparison.growth(rate, self.book, style, basis=basis), *derived.rows)
        return replace(figure, formula=derived.formula)

    def compared(self, phrase: Phrase | Refusal, *rows: Observation) -> Figure:
        """Return a comparison as one figure that rests on its rows; raise `PhraseError` for a refusal."""
        if isinstance(phrase, Refusal):
            about = " and ".join(dict.fromkeys(row.indicator for row in rows))
            raise PhraseError("phrase.refused", f"the comparison of {about} is refused: {phrase.reason}")
        return Figure(phrase.text, Derivation.COMPARED, rows, phrase.value, phrase.rule, phrase.formula)

    # -- how a figure is obtained again -----------------------------------------------------

    def again(self, call: str) -> Figure:
        """Return the figure that a call gives now, which a figure bore as its `call`; raise `PhraseError` when there
        is none, and `ValueError` for what is no call of a figure."""
        return self.all_again(call)[0]

    def all_again(self, call: str) -> tuple[Figure, Runs]:
        """Return the figure that a call gives now, and all runs of a call that prints several (甲镇12.3亿元、乙镇…)."""
        name, item, arguments, options = _read(call)
        cells = {it.__name__: it for it in (self.value, self.place, self.ranking, self.part, self.heat)}
        made = {**self.functions(), **cells}.get(name)
        if made is None:
            raise ValueError(f"a function that prints figures, found {name}")
        try:
            printed = made(*arguments, **options)
        except TypeError:
            raise ValueError(f"a call of {name}() that this version knows, found {call}") from None
        runs = printed if isinstance(printed, tuple) else (printed,)
        figures = [run for run in runs if isinstance(run, Figure)]
        if item >= len(figures):
            raise PhraseError("phrase.no-figure", f"{name}() gives fewer figures than it did", call)
        return figures[item], runs  # type: ignore[return-value]

    def noted(self, figure: Figure, call: str) -> Figure:
        """Return a figure that bears the call that obtains it from here."""
        return replace(figure, call=call, asked=self.own_period)

    def _call(self, function: str, row: Observation | Derived, **options: object) -> str:
        """Return a call that gives the figure of a row of this period; another area than the report's is named."""
        area = {} if row.area == self.area.id else {"area": row.area}
        return _written(function, row.indicator, **{**area, **options})


def _read(call: str) -> tuple[str, int, list[Any], dict[str, Any]]:
    """Return the function of a call, which of its figures is meant, and its arguments; nothing in it is executed.

    Raise `ValueError` for what is no call.
    """
    wrong = ValueError(f"a call such as change('industry.output'), found {call}")
    try:
        node = ast.parse(call, mode="eval").body
        item = 0
        if isinstance(node, ast.Subscript):
            item, node = ast.literal_eval(node.slice), node.value
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not isinstance(item, int):
            raise wrong
        options = {str(each.arg): ast.literal_eval(each.value) for each in node.keywords}
        return node.func.id, item, [ast.literal_eval(each) for each in node.args], options
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        raise wrong from None


def period_of(call: str) -> str:
    """Return the id of the period that a call names, "" for the one it is asked of."""
    try:
        return str(_read(call)[3].get("period", ""))
    except ValueError:
        return ""


def indicators_of(call: str) -> tuple[str, ...]:
    """Return the ids that a call names first: of one indicator, of several for changes(); () for a period."""
    try:
        name, _, arguments, options = _read(call)
    except ValueError:
        return ()
    named = arguments[0] if arguments else options.get("id", options.get("ids", options.get("what", "")))
    if name == "period":
        return ()
    return tuple(map(str, named)) if isinstance(named, list) else (str(named),)
