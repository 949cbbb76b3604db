"""What narratives say of a figure: as it is reported, ranked, compared or computed, each with what it rests on.

`Statements` answers for one area and one period; narratives call its functions through `phrases`. What cannot be
obtained raises `PhraseError`, never a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fnmatch import fnmatchcase

from xdreport import cells, comparison, hierarchy, notation, quantity, ranking, series
from xdreport.calls import noted, written
from xdreport.catalog import Area, Good, Level, Measure, Name, Observation
from xdreport.comparison import Mention, Phrase, Style
from xdreport.document import Derivation, Figure, Run, Runs, Term, Text
from xdreport.lookup import AMONG, Lookup, PhraseError
from xdreport.period import Form
from xdreport.quantity import Quantity, Refusal
from xdreport.ranking import Standing
from xdreport.series import Derived
from xdreport.settings import nearest
from xdreport.wording import Book

_TIED = {"zh": "并列", "en": "tied for "}
_LOSS = {"zh": "亏损", "en": "a loss of "}
FORMER = "former"  # the rule of a figure that prints what has been revised since


@dataclass(frozen=True)
class Statements(Lookup):
    """The statements on one area, in the words of a book."""

    book: Book
    language: str = "zh"

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

    def has(
        self, id: str, measure: str = "level", period: str = "", area: str = "", derived: bool = False
    ) -> bool:  # fmt: skip
        """Return whether there is a figure, for `{% if has('…') %}` round a sentence that not every period has; with
        `derived`, also one that follows from others."""
        return _is_there(lambda: self.known(id, measure, period, area, derived))

    @noted
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

    @noted
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
        return _is_there(lambda: self.former(id, measure, period, area, since))

    @noted
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

    @noted
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

    @noted
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

    @noted
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

    @noted
    def rank(self, id: str, among: str = "province", period: str = "", measure: str = "level") -> Figure:
        """Return a rank among the areas of the country, province, city or district, or of the one `above`: 全省第3位.

        A rank of the level that the source reports wins over one found by ordering the areas of the same level, which
        must all be there: 全区并列第11位. `measure` yoy ranks the growth.
        """
        whole = self.whole_of(among)
        level = whole.level if whole else Level(among)
        reported = self.catalog.find(self.indicator(id).id, self.area.id, self.parsed(period), AMONG[level])
        if measure != Measure.LEVEL or (reported is None and self.peers(whole)):
            return self.ordered(id, self.measure(measure), whole, period)
        return self.ranked(reported or self.observation(id, AMONG[level].value, period))

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

    @noted
    def share(self, id: str, period: str = "") -> Figure:
        """Return a share of the indicator's denominator: 占工业总产值比重为41.2%; reported, else computed."""
        whole = self.whole(id)
        reported = self.catalog.find(id, self.area.id, self.parsed(period), Measure.SHARE)
        if reported:
            return self.compared(comparison.share(self.quantity(reported), whole.name, self.book, self.usual), reported)
        part, total = self.observation(id, "level", period), self.observation(whole.id, "level", period)
        rate = quantity.share_of(self.quantity(part), self.quantity(total), rounding=self.usual.rounding)
        return self.stated(rate, whole.name, comparison.share, part, total)

    @noted
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

    @noted
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

    @noted
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

    @noted
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

    def noted(self, figure: Figure, call: str) -> Figure:
        """Return a figure that bears the call that obtains it from here."""
        return replace(figure, call=call, asked=self.own_period)

    def _call(self, function: str, row: Observation | Derived, **options: object) -> str:
        """Return a call that gives the figure of a row of this period; another area than the report's is named."""
        area = {} if row.area == self.area.id else {"area": row.area}
        return written(function, row.indicator, **{**area, **options})


def _is_there(asked: Callable[[], object]) -> bool:
    """Return whether what is asked for can be had; raise `PhraseError` for what is asked wrongly."""
    try:
        asked()
    except PhraseError as error:
        if error.finding.code == "phrase.no-figure":
            return False
        raise
    return True
