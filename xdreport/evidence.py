"""What the data have in place of a number that somebody typed, reported or computed, and whether they bear it out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from xdreport import hierarchy, interval, notation, ranking, sums
from xdreport.catalog import Catalog, Indicator, Measure, Observation, Qualifier
from xdreport.lexicon import Lexicon
from xdreport.numerals import Bound, Typed, Way
from xdreport.period import Period
from xdreport.quantity import is_relative

GUESS = 0.59  # what may agree and does not contradict
AMONG = {
    "全国": Measure.RANK_COUNTRY, "全省": Measure.RANK_PROVINCE, "全市": Measure.RANK_CITY,
    "全区": Measure.RANK_DISTRICT, "全县": Measure.RANK_DISTRICT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """What the data have in place of a typed number, counted without 万 and 亿; `low` and `high` where it is computed
    from rounded values. `decimals` are those of a reported value, in its own `scale`."""

    value: Decimal
    text: str
    rows: tuple[Observation, ...]
    decimals: int | None = None
    scale: int = 1
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: Qualifier | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed number may be a figure of. `truth` is None where the data do not have it."""

    indicator: str
    area: str
    period: Period
    measure: str
    confidence: float
    truth: Truth | None
    signed: bool = False


class Evidence:
    """What a catalog has of an indicator, an area, a period and a measure."""

    def __init__(self, catalog: Catalog, lexicon: Lexicon) -> None:
        self.catalog = catalog
        self.lexicon = lexicon

    def truths(
        self, it: Indicator, area: str, period: Period, measure: str, typed: Typed, base: Period | None
    ) -> Iterator[tuple[Truth | None, float, Period]]:
        """Generate what the data have of a measure, with how sure it is that just this is meant, and its period."""
        kind, _, detail = measure.partition(":")
        if kind == "rank":
            yield from self._ranks(it, area, period, detail)
            return
        if kind in set(Measure):
            if detail and (part := self._part(it, area, period, detail)):
                yield part, 0.9, period
                return
            row, sure = self._row(it.id, area, period, Measure(kind))
            if row is None and kind == "target":
                row = self.catalog.find(it.id, area, period.last_year(), Measure.TARGET)
            if kind == "yoy" and base is not None and base != period.year_before():
                yield self._growth(it, area, period, base), 0.9, period
                return
            if row is not None:
                yield self.reported(row), sure, row.period
                return
            computed = None
            if kind == "yoy":
                computed = self._growth(it, area, period, base or period.year_before())
            elif kind == "share":
                computed = self._share(it, area, period)
            elif kind == "completion":
                computed = self._completion(it, area, period)
            yield computed, 0.9, period
            return
        match kind:
            case "difference":
                yield self._difference(it, area, period, base), 0.9, period
            case "points":
                yield self._points(it, area, period, base), 0.9, period
            case "pace":
                yield self._pace(it, area, period, base), 0.85, period
            case "share_points":
                yield self._share_points(it, area, period), 0.85, period
            case "abroad":
                yield self._abroad(it, area, period, detail), 0.9, period
            case "times":
                yield self._times(it, area, period, typed, base), 0.85, period
            case "flat":
                yield self._growth_or_points(it, area, period), 0.85, period
            case "turn":
                yield self._turn(it, area, period), 0.85, period
            case "places":
                yield self._places_moved(it, area, period), 0.85, period

    def _row(self, id: str, area: str, period: Period, measure: Measure) -> tuple[Observation | None, float]:
        row = self.catalog.find(id, area, period, measure)
        if row is not None:
            return row, 1.0
        ending = [
            it
            for it in self.catalog.current
            if (it.indicator, it.area, it.measure) == (id, area, measure) and it.period.last == period.last
        ]
        return (ending[0], 0.75) if len(ending) == 1 else (None, 0.0)

    def reported(self, row: Observation) -> Truth:
        """Return the value of a row in words: 增长5.6%, 第3位, 2.8亿元（近）."""
        it = self.catalog.indicators[row.indicator]
        unit = it.unit_of(row.measure)
        text = notation.amount(row.value, unit) if not row.measure.is_rank else f"第{row.value}位"
        if row.measure.is_rate:
            word = "增长" if row.value > 0 else "下降" if row.value < 0 else "持平，"
            text = f"{word}{notation.amount(abs(row.value), unit)}"
        text = f"{text}（{row.qualifier}）" if row.qualifier else text
        decimals = notation.decimals_of(row.value)
        return Truth(row.value * unit.multiplier, text, (row,), decimals, unit.multiplier, qualifier=row.qualifier)

    def _ranks(
        self, it: Indicator, area: str, period: Period, among: str
    ) -> Iterator[tuple[Truth | None, float, Period]]:
        measures = [AMONG[among]] if among in AMONG else [*dict.fromkeys(AMONG.values())]
        found: list[tuple[Truth | None, float, Period]] = []
        for measure in measures:
            row, sure = self._row(it.id, area, period, measure)
            if row is not None:
                found.append((self.reported(row), sure * (1.0 if among else 0.8), row.period))
        if it.kind.value == "rank" or it.unit.base == "位":
            row, sure = self._row(it.id, area, period, Measure.LEVEL)
            if row is not None:
                found.append((self.reported(row), sure * 0.9, row.period))
        found = found or [*self._placed(it, area, period, among)]
        yield from found or [(None, 1.0, period)]

    def _placed(
        self, it: Indicator, area: str, period: Period, among: str
    ) -> Iterator[tuple[Truth | None, float, Period]]:
        """Generate the places of an area when all of its level are put in order, by level and by growth. Which of them
        is meant nobody says, so that a place that is neither does not contradict."""
        areas = self.catalog.workspace.areas
        id = self.lexicon.area_of(among)
        if id is None or id == area or not hierarchy.are_all(areas, areas[id], areas[area].level):
            return
        peers = hierarchy.inside(areas, areas[id], areas[area].level)
        for measure in (Measure.LEVEL, Measure.YOY):
            found = ranking.standings(self.catalog, it, period, measure, peers)
            its = next((one for one in found if one.area.id == area), None)
            if its and its.place and all(one.place for one in found):
                yield Truth(Decimal(its.place), f"第{its.place}位", ranking.rows_of(found), 0), GUESS, period

    def _level(self, it: Indicator, area: str, period: Period) -> Observation | None:
        row = self._row(it.id, area, period, Measure.LEVEL)[0]
        return row if row is not None and not row.qualifier else None

    def _earlier(self, it: Indicator, area: str, period: Period, base: Period | None) -> Observation | None:
        found = self._level(it, area, base or period.year_before())
        if found is None and base is None and not it.is_flow:
            found = self._level(it, area, period.last_year().year_before())
        return found

    def _growth(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        """Return the growth of a level over an earlier one in %, as an interval that rounding of both leaves open."""
        new, old = self._level(it, area, period), self._earlier(it, area, period, base)
        if new is None or old is None or old.value <= 0 or new.value < 0 or "real" in it.tags:
            return None
        if it.name.endswith(("生产总值", "增加值")) or it.unit.is_percent or is_relative(it):
            return None
        one, other = interval.of(new, it.unit), interval.of(old, it.unit)
        low, high = ((Fraction(a) / Fraction(b) - 1) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        exact = (Fraction(new.value) / Fraction(old.value) - 1) * 100
        return _computed(exact, low, high, "%", (new, old))

    def _growth_or_points(self, it: Indicator, area: str, period: Period) -> Truth | None:
        row = self.catalog.find(it.id, area, period, Measure.YOY)
        if row is not None:
            return self.reported(row)
        return self._points(it, area, period, None) if it.unit.is_percent else self._growth(it, area, period, None)

    def _difference(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        new, old = self._level(it, area, period), self._earlier(it, area, period, base)
        if new is None or old is None:
            return None
        value = Fraction(new.value - old.value) * it.unit.multiplier
        half = (interval.half_a_place(new.value) + interval.half_a_place(old.value)) * it.unit.multiplier
        wide = Fraction(0) if it.unit.is_count else Fraction(half)
        return _computed(value, value - wide, value + wide, it.unit.base, (new, old))

    def _points(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        if not it.unit.is_percent:
            return None
        new, old = self._level(it, area, period), self._earlier(it, area, period, base)
        return _apart(new, old)

    def _pace(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        new = self.catalog.find(it.id, area, period, Measure.YOY)
        old = self.catalog.find(it.id, area, base or period.year_before(), Measure.YOY)
        return _apart(new, old)

    def _share(self, it: Indicator, area: str, period: Period) -> Truth | None:
        if not it.denominator or it.denominator not in self.catalog.indicators:
            return None
        whole = self.catalog.indicators[it.denominator]
        part, total = self._level(it, area, period), self._level(whole, area, period)
        if part is None or total is None or total.value <= 0 or it.unit.base != whole.unit.base:
            return None
        one, other = interval.of(part, it.unit), interval.of(total, whole.unit)
        low, high = (Fraction(a) / Fraction(b) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        exact = Fraction(part.value) * it.unit.multiplier / (Fraction(total.value) * whole.unit.multiplier) * 100
        return _computed(exact, low, high, "%", (part, total))

    def _part(self, it: Indicator, area: str, period: Period, word: str) -> Truth | None:
        """Return what part of the area that a word names an area's amount is: 占全市比重."""
        areas, whole = self.catalog.workspace.areas, self.lexicon.area_of(word)
        if whole is None or areas[whole] not in hierarchy.above(areas, areas[area]) or not sums.adds_up(it):
            return None
        part, total = self._level(it, area, period), self._level(it, whole, period)
        if part is None or total is None or total.value <= 0:
            return None
        one, other = interval.of(part, it.unit), interval.of(total, it.unit)
        low, high = (Fraction(a) / Fraction(b) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        return _computed(Fraction(part.value) / Fraction(total.value) * 100, low, high, "%", (part, total))

    def _share_points(self, it: Indicator, area: str, period: Period) -> Truth | None:
        new = self.catalog.find(it.id, area, period, Measure.SHARE)
        old = self.catalog.find(it.id, area, period.year_before(), Measure.SHARE)
        if new and old:
            return _apart(new, old)
        one, other = self._share(it, area, period), self._share(it, area, period.year_before())
        if one is None or other is None or None in {one.low, one.high, other.low, other.high}:
            return None
        assert one.low is not None and one.high is not None and other.low is not None and other.high is not None
        return _computed(
            Fraction(one.value - other.value), Fraction(one.low - other.high), Fraction(one.high - other.low),
            "个百分点", (*one.rows, *other.rows),
        )  # fmt: skip

    def _completion(self, it: Indicator, area: str, period: Period) -> Truth | None:
        done = self._level(it, area, period)
        goal = self.catalog.find(it.id, area, period, Measure.TARGET) or self.catalog.find(
            it.id, area, period.last_year(), Measure.TARGET
        )
        if done is None or goal is None or goal.value <= 0:
            return None
        one, other = interval.of(done, it.unit), interval.of(goal, it.unit)
        low, high = (Fraction(a) / Fraction(b) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        return _computed(Fraction(done.value) / Fraction(goal.value) * 100, low, high, "%", (done, goal))

    def _abroad(self, it: Indicator, area: str, period: Period, word: str) -> Truth | None:
        other = self.lexicon.area_of(word)
        if other is None:
            return None
        measure = Measure.LEVEL if it.unit.is_percent else Measure.YOY
        return _apart(self.catalog.find(it.id, area, period, measure), self.catalog.find(it.id, other, period, measure))

    def _times(self, it: Indicator, area: str, period: Period, typed: Typed, base: Period | None) -> Truth | None:
        """Return how many times was added (增长1.2倍), as a ratio for 翻番."""
        row = self.catalog.find(it.id, area, period, Measure.YOY) if base is None else None
        truth = self.reported(row) if row else self._growth(it, area, period, base)
        if truth is None:
            return None
        shift = 1 if typed.unit == "番" else 0
        low = (truth.low if truth.low is not None else truth.value - Decimal("0.5")) / 100 + shift
        high = (truth.high if truth.high is not None else truth.value + Decimal("0.5")) / 100 + shift
        value = truth.value / 100 + shift
        return Truth(value, f"增长{truth.text}" if not row else truth.text, truth.rows, None, 1, low, high)

    def _turn(self, it: Indicator, area: str, period: Period) -> Truth | None:
        measure = Measure.LEVEL if it.unit.is_money and "利润" in it.name else Measure.YOY
        measure = Measure.LEVEL if it.name.endswith(("增速", "增幅", "增长率")) else measure
        new = self.catalog.find(it.id, area, period, measure)
        old = self.catalog.find(it.id, area, period.year_before(), measure)
        if new is None or old is None:
            return None
        way = (old.value > 0) - (old.value < 0), (new.value > 0) - (new.value < 0)
        value = Decimal(1 if way == (-1, 1) else -1 if way == (1, -1) else 0)
        return Truth(value, f"{notation.digits(old.value)} then {notation.digits(new.value)}", (new, old))

    def _places_moved(self, it: Indicator, area: str, period: Period) -> Truth | None:
        for measure in dict.fromkeys(AMONG.values()):
            new = self.catalog.find(it.id, area, period, measure)
            old = self.catalog.find(it.id, area, period.year_before(), measure)
            if new and old:
                return Truth(old.value - new.value, f"第{old.value}位 then 第{new.value}位", (new, old), 0)
        return None


def bears_out(typed: Typed, reading: Reading) -> tuple[bool, str]:
    """Return whether the data bear a number out, and in words why not."""
    truth = reading.truth
    if truth is None:
        return False, ""
    kind = reading.measure.partition(":")[0]
    if kind == "turn":
        holds = (truth.value > 0) if typed.way is Way.UP else (truth.value < 0)
        return holds, f"the data have {truth.text}"
    if kind == "flat":
        holds = abs(truth.value) < Decimal("0.05")
        return holds, f"the data have {truth.text}, not 持平"
    if kind.startswith("rank"):
        if typed.bound is Bound.MOST or truth.qualifier:
            holds = truth.value <= typed.value if not truth.qualifier else truth.value == typed.value
        else:
            holds = truth.value == typed.value
        return holds, f"the data have {truth.text}"
    value, shown = truth.value, truth.text
    said = typed
    if reading.signed:
        is_down = typed.way is Way.DOWN or (typed.way is not Way.UP and typed.value < 0)
        near = Decimal(5).scaleb(-typed.decimals - 1) * typed.scale
        said = replace(typed, value=abs(typed.value))
        against = (value > near and is_down) or (value < -near and not is_down)
        if truth.low is not None and truth.high is not None:
            against = (truth.low > near and is_down) or (truth.high < -near and not is_down)
        if against:
            word = {True: "a fall", False: "a rise"}
            return False, f"{word[is_down]} is typed, the data have {word[not is_down]}: {shown}"
        value = -value if is_down else value
        truth = replace(truth, value=value)
        if is_down and truth.low is not None and truth.high is not None:
            truth = replace(truth, low=-truth.high, high=-truth.low)
    if truth.qualifier and not reading.signed:
        holds = _qualified(said, truth)
    elif truth.low is not None and truth.high is not None:
        holds = said.admits(truth.value) or _meets(said, truth.low, truth.high)
    else:
        decimals = None
        if truth.decimals is not None:
            decimals = max(0, truth.decimals - len(str(truth.scale)) + len(str(said.scale)))
        holds = said.admits(truth.value, decimals)
    return holds, f"the data have {shown}"


def _meets(typed: Typed, low: Decimal, high: Decimal) -> bool:
    """Return whether a number typed exactly can be one of those that rounding leaves open."""
    if typed.bound is not Bound.EXACT or typed.high is not None:
        return typed.admits(low) or typed.admits(high)
    half = Decimal(5).scaleb(-typed.decimals - 1) * typed.scale
    return low - half < typed.total < high + half


def _qualified(typed: Typed, truth: Truth) -> bool:
    """Return whether a number agrees with an inexact one of the data: 120余万 with 120余, 超120 and 120以上."""
    if typed.total == truth.value:
        return True
    if truth.qualifier in {Qualifier.OVER_A_LITTLE, Qualifier.OVER, Qualifier.PAST, Qualifier.AT_LEAST}:
        return truth.value <= typed.total < truth.value * Decimal("1.1")
    if truth.qualifier in {Qualifier.NEARLY, Qualifier.WITHIN}:
        return truth.value * Decimal("0.9") <= typed.total <= truth.value
    return abs(typed.total - truth.value) <= truth.value * Decimal("0.05")


def _apart(new: Observation | None, old: Observation | None) -> Truth | None:
    """Return how far two rates lie apart, in points."""
    if new is None or old is None or new.qualifier or old.qualifier:
        return None
    value = new.value - old.value
    text = f"{notation.digits(new.value)} − {notation.digits(old.value)} = {notation.digits(value)}个百分点"
    return Truth(value, text, (new, old), notation.decimals_of(value))


def _computed(exact: Fraction, low: Fraction, high: Fraction, unit: str, rows: tuple[Observation, ...]) -> Truth:
    places = 1 if unit in {"%", "个百分点"} else 2
    shown = notation.digits(notation.rounded(exact, places if unit in {"%", "个百分点"} else 0))
    if unit not in {"%", "个百分点"} and abs(exact) >= 10**8:
        shown = notation.digits(notation.rounded(exact / 10**8, 2)) + "亿"
    elif unit not in {"%", "个百分点"} and abs(exact) >= 10**4:
        shown = notation.digits(notation.rounded(exact / 10**4, 2)) + "万"
    value, least, most = (notation.rounded(one, 6) for one in (exact, low, high))
    return Truth(value, f"{shown}{unit}", rows, None, 1, least, most)
