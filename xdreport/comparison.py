"""The words that compare two values: 同比增长5.6%, 降幅收窄1.3个百分点, 由31家增至58家, 扭亏为盈.

Every function takes typed values and a phrase book and hands back a `Phrase`, or a `Refusal` where an honest one does
not exist. What rose or fell is decided after rounding, so that the words agree with the printed digits: a rate that
prints as 0.0 is 持平, and a difference is the difference of the printed values. Growth alone is computed from the
values as known, because rounding twice would be wrong (GB/T 8170-2008, 3.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from xdreport.catalog import Good, Measure
from xdreport.notation import Rounding, amount, digits, prefix, rank, rounded, scaled
from xdreport.period import Form, Period
from xdreport.quantity import Quantity as Quantity  # what is compared is named here too
from xdreport.quantity import Refusal as Refusal
from xdreport.quantity import comparable, completion_of, growth_of, in_unit
from xdreport.unit import PLACE, POINTS, Unit
from xdreport.wording import Book, Part, Parts

_TIMES = Unit("倍", 1, "倍")
_PER_MILLE_POINTS = Unit("千分点", 1, "千分点")
_EXACT = Context(prec=200)  # more digits than any two figures need, so that a difference is never rounded


class Direction(StrEnum):
    """Where a comparison points; for a rank, up is towards the first place."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Basis(StrEnum):
    """What a change is measured against. YEAR is 比上年, YOY 同比 for a shorter period, THAN any other period."""

    YOY = "yoy"
    YEAR = "year"
    MOM = "mom"
    YEAR_END = "year_end"
    YEAR_START = "year_start"
    AVERAGE = "average"
    THAN = "than"
    NONE = "none"


class Mention(StrEnum):
    """Whether a phrase says what it is measured against: FIRST does, LATER leaves it out, BELOW adds （下同）."""

    FIRST = "first"
    LATER = "later"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Style:
    """How comparisons print. `decimals` are those of what is computed here; `prefer` names words to take where the
    book has several (放缓 for 回落, 同比 for 比上年); `trims` prints 2.0 as 2; `noun` says 增速 before a pace;
    `separators` stand between thousands."""

    decimals: int = 1
    rounding: Rounding = Rounding.HALF_UP
    mention: Mention = Mention.FIRST
    prefer: tuple[str, ...] = ()
    trims: bool = False
    noun: bool = False
    separators: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A comparison in words. `rule` names how it was decided (a key of the book, or flat_rounded), `formula` writes
    out what was computed, `is_good` says whether it is good news (None: neither). `input` of a part counts `inputs`."""

    parts: Parts
    rule: str
    inputs: tuple[Quantity, ...]
    formula: str = ""
    direction: Direction | None = None
    is_good: bool | None = None

    @property
    def text(self) -> str:
        """The characters printed."""
        return "".join(part.text for part in self.parts)

    @property
    def value(self) -> Decimal | None:
        """The number obtained as it is printed, never below zero beside a verb; in a phrase that only shows its inputs,
        the first input's; None where words alone are printed (持平, 扭亏为盈)."""
        numbers = [part for part in self.parts if part.value is not None]
        ordered = sorted(numbers, key=lambda part: -1 if part.input is None else part.input)
        return ordered[0].value if ordered else None


DEFAULT = Style()
_NO_BASE = Refusal("missing", "a base to compare with, found no figure")


# -- growth in % ---------------------------------------------------------------------------------------------------


def change(
    new: Quantity, old: Quantity | None, book: Book, style: Style = DEFAULT, *, basis: Basis | None = None,
    reported: Quantity | None = None,
) -> Phrase | Refusal:  # fmt: skip
    """Return the growth of an amount: 同比增长5.6%, 环比下降3.1%, 与上年持平, 扭亏为盈.

    A `reported` rate wins over the two amounts, which it may not agree with (constant prices). `basis` None is read off
    the periods. Profits and amounts that cross zero get their own words. Refuse what `growth_of` and `basis_of` refuse.
    """
    if reported is not None:
        return growth(reported, book, style, basis=basis or _basis_of_reported(new, old, reported))
    if old is None:
        return _NO_BASE
    found = basis or basis_of(new, old)
    if isinstance(found, Refusal):
        return found
    if _meets_zero(new, old):
        return _through_zero(new, old, book, style, found)
    rate = growth_of(new, old, style.decimals, style.rounding)
    if isinstance(rate, Refusal):
        return rate
    return _grown(rate, (new, old), None, found, old.period, book, style)


def growth(rate: Quantity, book: Book, style: Style = DEFAULT, *, basis: Basis | None = None) -> Phrase | Refusal:
    """Return a reported rate of growth in words: 同比增长近5%, 年均增长8%, 与上年同期持平 when it prints as 0.0.

    `basis` None is 比上年 for the rate of a whole year and 同比 for another. Refuse what is not in %."""
    if rate.unit.base != "%":
        return Refusal("unit", f"a rate in %, found {rate.unit}")
    return _grown(rate, (rate,), 0, basis or _usual(rate.period), None, book, style)


def merged(
    rates: Sequence[Quantity], book: Book, style: Style = DEFAULT, *, basis: Basis | None = None
) -> Phrase | Refusal:
    """Return several rates as one list: 同比分别增长5.6%、3.1%. One verb serves all when all point one way, equal rates
    are said once (均增长5.6%), and mixed ones keep a verb each (分别增长5.6%、下降3.1%). Refuse fewer than two."""
    if len(rates) < 2:
        return Refusal("list", "two rates or more for a list")
    if wrong := next((rate for rate in rates if rate.unit.base != "%"), None):
        return Refusal("unit", f"rates in %, found {wrong.unit}")
    numbers = [_number(rate, style) for rate in rates]
    ways = [_way(number) for number in numbers]
    inputs = tuple(rates)
    found = basis or _usual(rates[0].period)
    words = _basis("growth", found, rates[0], None, book, style)
    one_way = ways[0] if len(set(ways)) == 1 else None
    good = _is_good(one_way, rates[0].good) if len({rate.good for rate in rates}) == 1 else None
    if one_way is Direction.FLAT:
        flat = _basis("flat", found, rates[0], None, book, style)
        return Phrase(book.phrase("list_flat", basis=flat), "list_flat", inputs, "", one_way, good)
    items = [
        _part(number.copy_abs(), rate, index, book, style)
        for index, (rate, number) in enumerate(zip(rates, numbers, strict=True))
    ]
    if one_way and len({item.text for item in items}) == 1:
        item = _item(ways[0], items[0], book, style)
        return Phrase(book.phrase("list_alike", basis=words, item=item), "list_alike", inputs, "", one_way, good)
    each = [
        (item,) if one_way and index else _item(way, item, book, style)
        for index, (way, item) in enumerate(zip(ways, items, strict=True))
    ]
    return Phrase(book.phrase("list", basis=words, items=_joined(each, book)), "list", inputs, "", one_way, good)


def times(
    new: Quantity, old: Quantity | None, book: Book, style: Style = DEFAULT, *, basis: Basis | None = None,
    reported: Quantity | None = None,
) -> Phrase | Refusal:  # fmt: skip
    """Return a growth of 100% or more in 倍: 增长1.2倍, and 翻番, 翻两番, 翻三番 where the amount is at least 2, 4, 8
    times its base and prints as just that. 增长N倍 means N + 1 times the base. Refuse less: a fall has no 倍."""
    inputs: tuple[Quantity, ...]
    if reported is not None:
        ratio, inputs, found = Fraction(reported.value) / 100 + 1, (reported,), basis or _usual(reported.period)
        formula, base = f"1 + {digits(reported.value)}%", None
        if reported.unit.base != "%" or reported.qualifier:
            return Refusal("unit", "an exact rate in %")
    elif old is None:
        return _NO_BASE
    else:
        rate = growth_of(new, old, style.decimals, style.rounding)
        if isinstance(rate, Refusal):
            return rate
        chosen = basis or basis_of(new, old)
        if isinstance(chosen, Refusal):
            return chosen
        like = in_unit(old, new.unit)
        ratio, inputs, found = Fraction(new.value) / Fraction(like.value), (new, old), chosen
        formula, base = f"{digits(new.value)} ÷ {digits(like.value)}", old.period
    if ratio < 2:
        return Refusal("times", "a growth of 100% or more for 倍; less is said in %")
    added = rounded(ratio - 1, style.decimals, style.rounding)
    words = _basis("growth", found, inputs[0], base, book, style)
    written = f"{formula} = {digits(_EXACT.add(added, Decimal(1)))}"
    good = _is_good(Direction.UP, inputs[0].good)
    for rule, power in (("doubled", 2), ("quadrupled", 4), ("octupled", 8)):
        if ratio >= power and added == power - 1:
            return Phrase(book.phrase(rule, basis=words), rule, inputs, written, Direction.UP, good)
    parts = book.phrase(
        "times",
        basis=words,
        times=_result(added, _TIMES, book, style),
        ratio=_result(_EXACT.add(added, Decimal(1)), _TIMES, book, style),
    )
    return Phrase(parts, "times", inputs, written, Direction.UP, good)


# -- differences ---------------------------------------------------------------------------------------------------


def difference(
    new: Quantity, old: Quantity | None, book: Book, style: Style = DEFAULT, *, basis: Basis | None = None
) -> Phrase | Refusal:
    """Return by how much an amount has changed: 比上年末增加27家. Refuse rates and ranks: they have their own words."""
    if old is None:
        return _NO_BASE
    if new.unit.is_percent or new.unit == PLACE:
        return Refusal("unit", f"an amount, found {new.unit}: rates differ in 百分点, ranks in places")
    if refusal := comparable(new, old, is_growth=False):
        return refusal
    found = basis or basis_of(new, old)
    if isinstance(found, Refusal):
        return found
    left, right = _number(new, style), _number_in(old, new.unit, style)
    number = _EXACT.subtract(left, right)
    way, formula = _way(number), _subtraction(left, right, number, "", new.unit)
    if way is Direction.FLAT:
        flat = _basis("flat", found, new, old.period, book, style)
        rule = "flat" if _same(new, old) else "flat_rounded"
        return Phrase(book.phrase("flat", basis=flat), rule, (new, old), formula, way)
    words = _basis("points", found, new, old.period, book, style)
    return _moved("amount", way, (new, old), formula, book, style, basis=words,
                  amount=_result(number.copy_abs(), new.unit, book, style))  # fmt: skip


def points(
    new: Quantity, old: Quantity | None, book: Book, style: Style = DEFAULT, *, basis: Basis | None = None
) -> Phrase | Refusal:
    """Return the change of a rate in 百分点, never in %: 比上年同期提高2.8个百分点.

    Two rates of growth have a pace: 加快 and 回落 above zero, 降幅收窄 and 降幅扩大 below it, 由负转正 and 由正转负
    across it. The difference is that of the printed values. Refuse what is no rate, and a growth beside a level.
    """
    if old is None:
        return _NO_BASE
    if not new.unit.is_percent or new.unit.base != old.unit.base or new.is_growth != old.is_growth:
        return Refusal("unit", f"two rates of one kind, found {new.unit} and {old.unit}")
    if new.qualifier or old.qualifier:
        return Refusal("qualified", f"exact rates, found one given with {new.qualifier or old.qualifier}")
    found = basis or basis_of(new, old)
    if isinstance(found, Refusal):
        return found
    left, right = _number(new, style), _number(old, style)
    number = _EXACT.subtract(left, right)
    unit = _unit_of_difference(new.unit)
    way, formula = _way(number), _subtraction(left, right, number, new.unit.text, unit)
    words = _basis("flat" if way is Direction.FLAT else "points", found, new, old.period, book, style)
    noun = book.noun if style.noun else ""
    rule = _pace(left, right) if new.is_growth else "flat" if not number else f"points_{way}"
    if rule in {"faster", "slower", "narrowed", "widened", "points_up", "points_down"}:
        parts = book.phrase(
            rule,
            basis=words,
            noun=noun,
            verb=book.verb(rule, style.prefer),
            points=_result(number.copy_abs(), unit, book, style),
        )
    else:
        parts = book.phrase(rule, basis=words, noun=noun)
    if not number and new.value != old.value:
        rule += "_rounded"
    return Phrase(parts, rule, (new, old), formula, way, _is_good(way, new.good))


def from_to(new: Quantity, old: Quantity | None, book: Book, style: Style = DEFAULT) -> Phrase | Refusal:
    """Return both values: 由31家增至58家, 由5.6%降至4.2%, 由第77位升至第24位, 保持31家 when they print alike.

    Each is printed with its own unit and qualifier. For ranks, up is towards the first place."""
    if old is None:
        return _NO_BASE
    if new.unit.base != old.unit.base:
        return Refusal("unit", f"figures of one unit, found {new.unit} and {old.unit}")
    is_rank = new.unit == PLACE
    number = _EXACT.subtract(_number(new, style), _number_in(old, new.unit, style))
    way = _way(_EXACT.minus(number) if is_rank else number)
    kind = "rank_to" if is_rank else "percent_to" if new.unit.is_percent else "from_to"
    inputs, good = (new, old), _is_good(way, Good.UP if is_rank else new.good)
    try:
        here, there = _input(new, 0, book, style), _input(old, 1, book, style)
    except ValueError as error:
        return Refusal("rank" if is_rank else "qualified", str(error))
    if way is Direction.FLAT and here.text == there.text:
        rule = "from_to_flat" if _same(new, old) else "from_to_flat_rounded"
        return Phrase(book.phrase("from_to_flat", new=here), rule, inputs, "", way, good)
    if way is Direction.FLAT:
        return Refusal("qualified", f"two figures that differ, found {there.text} and {here.text}")
    verb = book.verb(f"{kind}_{way}", style.prefer)
    parts = book.phrase(f"from_to_{way}", old=there, verb=verb, new=here)
    return Phrase(parts, f"{kind}_{way}", inputs, "", way, good)


def against(own: Quantity, other: Quantity | None, area: str, book: Book, style: Style = DEFAULT) -> Phrase | Refusal:
    """Return how a value stands to another area's, or to a target: 高于全省5.6个百分点, 低于目标3.2亿元, 与全市持平.

    `area` is the word for the other. A preferred verb (快于) is not for figures below zero. Refuse figures of two
    periods, of two units and what `comparable` refuses."""
    if other is None:
        return Refusal("missing", "a figure to compare with, found none")
    if refusal := comparable(own, other, is_growth=False):
        return refusal
    if own.period and other.period and own.period != other.period:
        return Refusal("period", f"figures of one period, found {own.period} and {other.period}")
    if own.unit == PLACE or own.is_growth != other.is_growth:
        return Refusal("unit", "two amounts or two rates of one kind")
    left, right = _number(own, style), _number_in(other, own.unit, style)
    number = _EXACT.subtract(left, right)
    unit = _unit_of_difference(own.unit)
    way, formula = _way(number), _subtraction(left, right, number, own.unit.text if own.unit.is_percent else "", unit)
    good = _is_good(way, own.good)
    if way is Direction.FLAT:
        rule = "level_with" if _same(own, other) else "level_with_rounded"
        return Phrase(book.phrase("level_with", area=area), rule, (own, other), formula, way, good)
    rule = "above" if way is Direction.UP else "below"
    verb = book.verb(rule, style.prefer if min(left, right) >= 0 else ())
    noun = book.noun if style.noun else ""
    difference = _result(number.copy_abs(), unit, book, style)
    parts = book.phrase(rule, noun=noun, verb=verb, area=area, difference=difference)
    return Phrase(parts, rule, (own, other), formula, way, good)


# -- ranks ---------------------------------------------------------------------------------------------------------


def rank_change(
    new: Quantity, old: Quantity | None, book: Book, style: Style = DEFAULT, *, basis: Basis | None = None
) -> Phrase | Refusal:
    """Return the movement of a rank: 比上年前移53位, 后移2位, 位次与上年持平. A smaller rank is better."""
    if old is None:
        return Refusal("missing", "a rank to compare with, found none")
    if new.unit != PLACE or old.unit != PLACE:
        return Refusal("unit", f"two ranks, found {new.unit} and {old.unit}")
    if new.qualifier or old.qualifier:
        return Refusal("qualified", f"exact ranks, found one given with {new.qualifier or old.qualifier}")
    found = basis or basis_of(new, old)
    if isinstance(found, Refusal):
        return found
    try:
        for place in (new, old):
            rank(place.value)
    except ValueError as error:
        return Refusal("rank", str(error))
    gained = _EXACT.subtract(old.value, new.value)
    way, formula = _way(gained), _subtraction(old.value, new.value, gained, "", PLACE)
    if way is Direction.FLAT:
        flat = _basis("flat", found, new, old.period, book, style)
        return Phrase(book.phrase("rank_flat", basis=flat), "rank_flat", (new, old), formula, way)
    words = _basis("points", found, new, old.period, book, style)
    return _moved("rank", way, (new, old), formula, book, style, Good.UP, basis=words,
                  places=_result(gained.copy_abs(), PLACE, book, style))  # fmt: skip


# -- parts of a whole ----------------------------------------------------------------------------------------------


def share(rate: Quantity, whole: str, book: Book, style: Style = DEFAULT) -> Phrase | Refusal:
    """Return a share: 占规模以上工业比重为41.2%. Its change is said by `points`. Refuse rates outside 0–100%."""
    if rate.unit.base != "%" or not 0 <= rate.value <= 100:
        return Refusal("share", f"a share from 0% to 100%, found {digits(rate.value)}{rate.unit}")
    return _stated("share", rate, book, style, whole=whole)


def contribution(rate: Quantity, whole: str, book: Book, style: Style = DEFAULT) -> Phrase | Refusal:
    """Return a part's contribution to the growth of a whole: 对工业增长的贡献率为32.5%."""
    if rate.unit.base != "%":
        return Refusal("unit", f"a contribution in %, found {rate.unit}")
    return _stated("contribution", rate, book, style, whole=whole)


def pull(quantity: Quantity, whole: str, book: Book, style: Style = DEFAULT) -> Phrase | Refusal:
    """Return by how many 百分点 a part pulls a whole: 拉动工业增长0.8个百分点, 下拉工业增速0.3个百分点."""
    if quantity.unit.base != POINTS.base:
        return Refusal("unit", f"a pull in 百分点, found {quantity.unit}")
    number = _number(quantity, style)
    way = _way(number)
    rule, good = f"pull_{way}", _is_good(way, quantity.good)
    if way is Direction.FLAT:
        return Phrase(book.phrase(rule, whole=whole), rule, (quantity,), quantity.formula, way, good)
    part = _part(number.copy_abs(), quantity, 0, book, style)
    return Phrase(book.phrase(rule, whole=whole, points=part), rule, (quantity,), quantity.formula, way, good)


# -- targets -------------------------------------------------------------------------------------------------------


def completion(
    actual: Quantity, target: Quantity | None, book: Book, style: Style = DEFAULT, *, word: str = "",
    reported: Quantity | None = None,
) -> Phrase | Refusal:  # fmt: skip
    """Return how far a target is reached: 完成年度目标的86.3%, 完成年度目标 at 100.0%, 超额完成年度目标 above.

    What rounds up to 100.0% and has not reached the target is not called complete: 完成年度目标的100.0%. `word` names
    the target, the book's word otherwise. A `reported` rate wins. Refuse what `completion_of` refuses.
    """
    if reported is not None and reported.unit.base != "%":
        return Refusal("unit", f"a completion in %, found {reported.unit}")
    rate = reported or completion_of(actual, target, style.decimals, style.rounding)
    if isinstance(rate, Refusal):
        return rate
    inputs: tuple[Quantity, ...]
    if reported is not None or target is None:
        is_reached, inputs = rate.value >= 100, (rate,)
    else:
        is_reached, inputs = actual.value >= in_unit(target, actual.unit).value, (actual, target)
    number = _number(rate, style)
    part = _part(number, rate, None if reported is None else 0, book, style)
    named = word or book.target
    if not is_reached:
        return Phrase(book.phrase("completion", target=named, rate=part), "completion", inputs, rate.formula)
    rule = "target_exceeded" if number > 100 else "target_met"
    return Phrase(book.phrase(rule, target=named, rate=part), rule, inputs, rate.formula, None, True)


def limit(
    actual: Quantity, ceiling: Quantity | None, book: Book, style: Style = DEFAULT, *, word: str = ""
) -> Phrase | Refusal:
    """Return whether an upper limit is kept: 控制在年度目标5.5%以内, 超出年度目标0.3个百分点."""
    if ceiling is None:
        return Refusal("missing", "a limit to compare with, found none")
    if refusal := comparable(actual, ceiling, is_growth=False):
        return refusal
    left, right = _number(actual, style), _number_in(ceiling, actual.unit, style)
    number = _EXACT.subtract(left, right)
    unit = _unit_of_difference(actual.unit)
    formula = _subtraction(left, right, number, actual.unit.text if actual.unit.is_percent else "", unit)
    inputs, named = (actual, ceiling), word or book.target
    if number > 0:
        parts = book.phrase("limit_exceeded", target=named, amount=_result(number, unit, book, style))
        return Phrase(parts, "limit_exceeded", inputs, formula, Direction.UP, False)
    part = _input(ceiling, 1, book, style)
    return Phrase(book.phrase("limit_kept", target=named, amount=part), "limit_kept", inputs, formula, None, True)


def schedule(done: Quantity, book: Book, style: Style = DEFAULT) -> Phrase | Refusal:
    """Return a completion against the part of the year gone by, 时序进度: 比时序进度快8.0个百分点.

    At the end of June that part is 50.0%. Refuse a completion that is not in % or has no period within one year.
    """
    if done.unit.base != "%" or done.qualifier:
        return Refusal("unit", "an exact completion in %")
    period = done.period
    if period is None or period.last // 12 != period.year:
        return Refusal("period", "a period within one year to measure progress by")
    gone = rounded(Fraction(period.last % 12 + 1, 12) * 100, style.decimals, style.rounding)
    left = _number(done, style)
    number = _EXACT.subtract(left, gone)
    way = _way(number)
    formula = _subtraction(left, gone, number, "%", POINTS)
    rule = {Direction.UP: "ahead", Direction.DOWN: "behind", Direction.FLAT: "on_schedule"}[way]
    good = None if way is Direction.FLAT else way is Direction.UP
    if way is Direction.FLAT:
        return Phrase(book.phrase(rule), rule, (done,), formula, way, good)
    part = _result(number.copy_abs(), POINTS, book, style)
    return Phrase(book.phrase(rule, points=part), rule, (done,), formula, way, good)


# -- what goes with a comparison -----------------------------------------------------------------------------------


def basis_of(new: Quantity, old: Quantity) -> Basis | Refusal:
    """Return what the periods of two quantities make of their comparison; NONE when a period is not given.

    A flow compares with a stretch as long as its own: a year before 同比 (比上年 for years), the one before it 环比.
    A stock compares with any earlier day, by name 比上年末 where that is the end of a year. Rates compare with any
    earlier period. Refuse one period with itself, a later base, and flows of different length (a count from January
    with the shorter count before it), which only their rates may be.
    """
    now, then = new.period, old.period
    if now is None or then is None:
        return Basis.NONE
    is_rate = new.unit.is_percent or new.unit == PLACE
    if now.last <= then.last:
        return Refusal("period", f"a base earlier than {now}, found {then}")
    if new.is_flow and not is_rate and now.months != then.months:
        return Refusal("period", f"two flows of equal length, found {now} and {then}")
    if _is_stock(new):
        return _basis_of_stock(now, then)
    if then == now.year_before() and now.form is not Form.SPAN:
        return Basis.YEAR if now.months == 12 else Basis.YOY
    if then == now.before() and now.form in {Form.MONTH, Form.QUARTER}:
        return Basis.MOM
    return Basis.THAN


def basis_of_measure(measure: Measure, period: Period, is_flow: bool = True) -> Basis:
    """Return what a reported rate is measured against: 比上年 for a year's yoy, 比上年末 for a stock at its end."""
    match measure:
        case Measure.YOY if period.last % 12 == 11 and not is_flow:
            return Basis.YEAR_END
        case Measure.YOY:
            return Basis.YEAR if period.months == 12 else Basis.YOY
        case Measure.MOM:
            return Basis.MOM
        case Measure.AVG_GROWTH:
            return Basis.AVERAGE
        case _:
            return Basis.NONE


# -- inside --------------------------------------------------------------------------------------------------------


def _basis_of_stock(now: Period, then: Period) -> Basis:
    if then.last % 12 == 11 and then.last // 12 == now.last // 12 - 1:
        return Basis.YEAR_END
    return Basis.YOY if then.last == now.last - 12 else Basis.THAN


def _is_stock(quantity: Quantity) -> bool:
    return not (quantity.is_flow or quantity.is_growth or quantity.unit == PLACE)


def _usual(period: Period | None) -> Basis:
    return Basis.YEAR if period and period.months == 12 else Basis.YOY


def _basis_of_reported(new: Quantity, old: Quantity | None, reported: Quantity) -> Basis:
    if old is not None and isinstance(found := basis_of(new, old), Basis):
        return found
    return _usual(reported.period or new.period)


def _basis(use: str, basis: Basis, new: Quantity, then: Period | None, book: Book, style: Style) -> Parts:
    """Return the words for what is compared with, none on a later mention. `then` None is what the basis implies."""
    if basis is Basis.NONE or style.mention is Mention.LATER:
        return ()
    if then is None and new.period is not None and basis is Basis.MOM:
        then = new.period.before()
    named = _period(new, then, book) if then and new.period else None
    words = book.basis_words(use, basis, named, style.prefer)
    return (*words, Part(book.below)) if style.mention is Mention.BELOW else words


def _period(new: Quantity, then: Period, book: Book) -> Part:
    assert new.period is not None
    words = then.end_seen_from if _is_stock(new) else then.seen_from
    return Part(words(new.period, book.language), period=then)


def _grown(
    rate: Quantity, inputs: tuple[Quantity, ...], index: int | None, basis: Basis, then: Period | None, book: Book,
    style: Style,
) -> Phrase:  # fmt: skip
    number = _number(rate, style)
    way = _way(number)
    words = _basis("flat" if way is Direction.FLAT else "growth", basis, inputs[0], then, book, style)
    if way is Direction.FLAT:
        rule = "flat" if rate.is_exact and not rate.value else "flat_rounded"
        return Phrase(book.phrase("flat", basis=words), rule, inputs, rate.formula, way)
    part = _part(number.copy_abs(), rate, index, book, style)
    return _moved("growth", way, inputs, rate.formula, book, style, basis=words, rate=part)


def _moved(
    kind: str, way: Direction, inputs: tuple[Quantity, ...], formula: str, book: Book, style: Style,
    good: Good | None = None, **values: Part | Parts,
) -> Phrase:  # fmt: skip
    rule = f"{kind}_{way}"
    parts = book.phrase(rule, verb=book.verb(rule, style.prefer), **values)
    return Phrase(parts, rule, inputs, formula, way, _is_good(way, good or inputs[0].good))


def _stated(rule: str, rate: Quantity, book: Book, style: Style, *, whole: str) -> Phrase:
    part = _part(_number(rate, style), rate, 0, book, style)
    return Phrase(book.phrase(rule, whole=whole, rate=part), rule, (rate,), rate.formula)


def _item(way: Direction, part: Part, book: Book, style: Style) -> Parts:
    if way is Direction.FLAT:
        return book.phrase("flat", basis="")
    rule = f"growth_{way}"
    return book.phrase(rule, basis="", verb=book.verb(rule, style.prefer), rate=part)


def _joined(items: Sequence[Parts], book: Book) -> Parts:
    parts = list(items[0])
    for index, item in enumerate(items[1:], 2):
        parts += [Part(book.last_joint if index == len(items) else book.joint), *item]
    return tuple(parts)


def _meets_zero(new: Quantity, old: Quantity) -> bool:
    lowest = min(new.value, old.value)
    return lowest < 0 or (lowest == 0 and new.is_profit)


_CROSSINGS = {
    (-1, 1): "loss_to_profit",
    (1, -1): "profit_to_loss",
    (-1, 0): "loss_to_even",
    (1, 0): "profit_to_even",
    (0, 1): "even_to_profit",
    (0, -1): "even_to_loss",
}


def _through_zero(new: Quantity, old: Quantity, book: Book, style: Style, basis: Basis) -> Phrase | Refusal:
    """Return the words for an amount that is or was not above zero, which has no rate of growth."""
    if refusal := comparable(new, old, is_growth=False):
        return refusal
    left, right = _number(new, style), _number_in(old, new.unit, style)
    number = _EXACT.subtract(left, right)
    way, formula = _way(number), _subtraction(left, right, number, "", new.unit)
    inputs, good, signs = (new, old), _is_good(way, new.good), (_sign(right), _sign(left))
    if not new.is_profit:
        rule = {(-1, 1): "to_positive", (1, -1): "to_negative"}.get(signs)
        if rule is None:
            found = f"{digits(left)} and {digits(right)}{new.unit}"
            return Refusal("negative_base", f"figures above zero, found {found}")
        return Phrase(book.phrase(rule, basis=(), noun=""), rule, inputs, formula, way, good)
    words = _basis("flat" if way is Direction.FLAT else "growth", basis, new, old.period, book, style)
    if rule := _CROSSINGS.get(signs):
        return Phrase(book.phrase(rule, basis=words), rule, inputs, formula, way, good)
    if way is Direction.FLAT:
        name = "loss_flat" if signs == (-1, -1) else "flat"
        rule = name if _same(new, old) else f"{name}_rounded"
        return Phrase(book.phrase(name, basis=words), rule, inputs, formula, way)
    rule = "loss_narrowed" if way is Direction.UP else "loss_widened"
    parts = book.phrase(rule, basis=words, amount=_result(number.copy_abs(), new.unit, book, style))
    return Phrase(parts, rule, inputs, formula, way, good)


_TURNS = {
    (-1, 1): "to_positive",
    (1, -1): "to_negative",
    (-1, 0): "fall_to_flat",
    (1, 0): "growth_to_flat",
    (0, 1): "flat_to_growth",
    (0, -1): "flat_to_fall",
}


def _pace(new: Decimal, old: Decimal) -> str:
    """Return the phrase for one rate of growth after another, by their signs and their difference."""
    signs = (_sign(old), _sign(new))
    if turn := _TURNS.get(signs):
        return turn
    faster, slower, alike = (
        ("narrowed", "widened", "fall_flat") if signs == (-1, -1) else ("faster", "slower", "pace_flat")
    )
    return {Direction.UP: faster, Direction.DOWN: slower, Direction.FLAT: alike}[_way(_EXACT.subtract(new, old))]


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _way(number: Decimal) -> Direction:
    return {1: Direction.UP, -1: Direction.DOWN, 0: Direction.FLAT}[_sign(number)]


def _is_good(way: Direction | None, good: Good) -> bool | None:
    if way in {None, Direction.FLAT} or good is Good.NONE:
        return None
    return (way is Direction.UP) == (good is Good.UP)


def _same(one: Quantity, other: Quantity) -> bool:
    return Fraction(one.value) * one.unit.multiplier == Fraction(other.value) * other.unit.multiplier


def _number(quantity: Quantity, style: Style) -> Decimal:
    """Return the number as printed; a qualified one prints as reported."""
    return quantity.value if quantity.qualifier else quantity.printed(style.rounding)


def _number_in(quantity: Quantity, unit: Unit, style: Style) -> Decimal:
    """Return the number as printed, counted in another multiplier of its unit."""
    number = _number(quantity, style)
    if quantity.unit.multiplier == unit.multiplier:
        return number
    return scaled(number, quantity.unit, prefix(unit))[0]


def _unit_of_difference(unit: Unit) -> Unit:
    if not unit.is_percent:
        return unit
    return POINTS if unit.base == "%" else _PER_MILLE_POINTS


def _subtraction(left: Decimal, right: Decimal, number: Decimal, unit: str, difference: Unit) -> str:
    terms = (f"({digits(term)}{unit})" if term < 0 else f"{digits(term)}{unit}" for term in (left, right))
    return f"{' − '.join(terms)} = {amount(number, difference)}"


def _part(number: Decimal, quantity: Quantity, index: int | None, book: Book, style: Style) -> Part:
    shown = _trimmed(number) if style.trims else number
    separators = style.separators or None  # None: the language's own habit
    text = amount(shown, quantity.unit, quantity.qualifier, separators=separators, language=book.language)
    return Part(text, number, index)


def _result(number: Decimal, unit: Unit, book: Book, style: Style) -> Part:
    return _part(number, Quantity(number, unit), None, book, style)


def _input(quantity: Quantity, index: int, book: Book, style: Style) -> Part:
    if quantity.unit != PLACE:
        return _part(_number(quantity, style), quantity, index, book, style)
    return Part(rank(quantity.value, "", quantity.qualifier, language=book.language), quantity.value, index)


def _trimmed(number: Decimal) -> Decimal:
    """Return a number without zeros at the end of its decimals: 2.0 is 2."""
    return _EXACT.normalize(number)
