"""Values that may be compared, and what can be computed from them: growth, shares, completion, contributions.

A computation hands back a new `Quantity`, rounded once from its exact result and carrying its written-out formula,
or a `Refusal` that says why no honest figure exists. Which words print it is `comparison`'s business.
"""

from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction

from xdreport.catalog import Good, Indicator, Kind, Measure, Observation, Qualifier
from xdreport.notation import Rounding, digits, prefix, rounded, scaled
from xdreport.period import Period
from xdreport.unit import PERCENT, POINTS, Unit

# The national accounts publish these at current prices and their growth at constant prices, so that a growth
# computed from the amounts would be a figure nobody publishes.
_REAL_GROWTH = ("生产总值", "增加值")
_REAL_TAG = "real"
_PROFIT_TAG = "profit"
# A price index of the bulletins counts the year before, or the month before, as 100: it is a growth itself, and 99.7
# after 100.1 is no fall by 0.4%. The tag is for an index by another name, the other one for prices of one fixed year.
_RELATIVE_INDEX = "价格指数"
_RELATIVE_TAG = "relative"
_FIXED_TAG = "fixed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no figure: `rule` is a stable word, `reason` a sentence for a finding."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with what decides how it may be compared.

    `decimals` are those it prints with (None: as reported). `price` is "", current or constant; `is_growth` marks a
    rate of change, `is_flow` what adds up over a period, `is_profit` an amount below zero of which is a loss,
    `is_real` an amount whose growth is published at constant prices, `is_relative` an index whose base moves along
    (上年同期=100). `formula` writes out a computed value, which is not `is_exact` when rounding has changed it.
    """

    value: Decimal
    unit: Unit
    decimals: int | None = None
    period: Period | None = None
    qualifier: Qualifier | None = None
    good: Good = Good.NONE
    price: str = ""
    is_growth: bool = False
    is_flow: bool = True
    is_profit: bool = False
    is_real: bool = False
    is_relative: bool = False
    formula: str = ""
    is_exact: bool = True

    @classmethod
    def of(cls, indicator: Indicator, row: Observation) -> "Quantity":
        """Return the value of a row of an indicator. Its tags, such as `profit`, set what its name does not say."""
        names = (indicator.name, *indicator.aliases)
        is_level = row.measure in {Measure.LEVEL, Measure.TARGET}
        return cls(
            value=row.value,
            unit=indicator.unit_of(row.measure),
            decimals=indicator.decimals if is_level else None,
            period=row.period,
            qualifier=row.qualifier,
            good=Good.DOWN if row.measure.is_rank else indicator.good,
            price=indicator.price if is_level else "",
            is_growth=row.measure.is_rate or (is_level and indicator.name.endswith(("增速", "增幅", "增长率"))),
            is_flow=indicator.is_flow,
            is_profit=is_level and (_PROFIT_TAG in indicator.tags or _is_profit(indicator)),
            is_real=is_level and (_REAL_TAG in indicator.tags or any(n.endswith(_REAL_GROWTH) for n in names)),
            is_relative=is_level and is_relative(indicator),
        )

    def printed(self, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
        """Return the value as it is printed."""
        return rounded(self.value, self.decimals, rounding)


def is_relative(indicator: Indicator) -> bool:
    """Return whether an indicator is an index whose base moves along, so that no two of its values tell its growth."""
    if indicator.kind is not Kind.INDEX or _FIXED_TAG in indicator.tags:
        return False
    names = (indicator.name, *indicator.aliases)
    return _RELATIVE_TAG in indicator.tags or any(name.endswith(_RELATIVE_INDEX) for name in names)


def _is_profit(indicator: Indicator) -> bool:
    """Return whether a name says that an amount below zero is a loss: 利润, 利润总额, 净利润; 利润率 is no amount."""
    return indicator.unit.is_money and "利润" in indicator.name


def growth_of(
    new: Quantity, old: Quantity | None, decimals: int = 1, rounding: Rounding = Rounding.HALF_UP
) -> Quantity | Refusal:
    """Return the growth of `new` over `old` in %, (new ÷ old − 1), computed from the values as known, rounded once.

    Refuse without a base, with a base that is zero, negative or prints as 0, and what `comparable` refuses.
    """
    base = _base(new, old, rounding)
    if isinstance(base, Refusal):
        return base
    new, old = base
    exact = (Fraction(new.value) / Fraction(old.value) - 1) * 100
    formula = f"{_plain(new)} ÷ {_plain(old)} − 1"
    return _rate(exact, decimals, rounding, formula, new.period, new.good, is_growth=True)


def average_growth_of(
    new: Quantity, old: Quantity | None, decimals: int = 1, rounding: Rounding = Rounding.HALF_UP
) -> Quantity | Refusal:
    """Return the average yearly growth from `old` to `new` in %: the n-th root of their ratio, less 1.

    Refuse what `growth_of` refuses, and periods that are not whole years, two or more, apart.
    """
    base = _base(new, old, rounding)
    if isinstance(base, Refusal):
        return base
    new, old = base
    months = new.period.last - old.period.last if new.period and old.period else 0
    if months < 24 or months % 12:
        return Refusal("period", "年均 needs two periods that are two or more whole years apart")
    years = months // 12
    exact = (_root(Fraction(new.value) / Fraction(old.value), years) - 1) * 100
    formula = f"({_plain(new)} ÷ {_plain(old)})^(1/{years}) − 1"
    return _rate(exact, decimals, rounding, formula, new.period, new.good, is_growth=True)


def share_of(
    part: Quantity, whole: Quantity | None, decimals: int = 1, rounding: Rounding = Rounding.HALF_UP
) -> Quantity | Refusal:
    """Return `part` ÷ `whole` in %. Refuse a part of another unit, period or price, above its whole or below zero."""
    base = _base(part, whole, rounding, is_growth=False)
    if isinstance(base, Refusal):
        return base
    part, whole = base
    if part.period != whole.period:
        return Refusal("period", f"a share of one period, found {part.period} and {whole.period}")
    if part.value > whole.value:
        return Refusal("share", f"a part no larger than its whole, found {_plain(part)} of {_plain(whole)}")
    exact = Fraction(part.value) / Fraction(whole.value) * 100
    return _rate(exact, decimals, rounding, f"{_plain(part)} ÷ {_plain(whole)}", part.period, part.good)


def completion_of(
    actual: Quantity, target: Quantity | None, decimals: int = 1, rounding: Rounding = Rounding.HALF_UP
) -> Quantity | Refusal:
    """Return how much of a target is reached, in %. Refuse a target that is an upper limit (a fall is good) or a rate,
    whose distance is counted in 百分点."""
    base = _base(actual, target, rounding, is_growth=False)
    if isinstance(base, Refusal):
        return base
    actual, target = base
    if actual.good is Good.DOWN or target.unit.is_percent:
        return Refusal("target", "an upper limit or a target in % is met or missed, not completed by a share")
    exact = Fraction(actual.value) / Fraction(target.value) * 100
    return _rate(exact, decimals, rounding, f"{_plain(actual)} ÷ {_plain(target)}", actual.period, actual.good)


def pull_of(
    new: Quantity, old: Quantity | None, whole_old: Quantity | None, decimals: int = 1,
    rounding: Rounding = Rounding.HALF_UP,
) -> Quantity | Refusal:  # fmt: skip
    """Return by how many 百分点 a part pulls the growth of its whole: (new − old) ÷ the whole's base."""
    if old is None:
        return _MISSING
    if isinstance(refusal := comparable(new, old), Refusal):
        return refusal
    base = _base(new, whole_old, rounding)
    if isinstance(base, Refusal):
        return base
    new, whole = base
    old = _like(old, new)
    exact = (Fraction(new.value) - Fraction(old.value)) / Fraction(whole.value) * 100
    value = rounded(exact, decimals, rounding)
    formula = f"({_plain(new)} − {_plain(old)}) ÷ {_plain(whole)} = {digits(value)}个百分点"
    return Quantity(
        value, POINTS, decimals, new.period, good=new.good, formula=formula, is_exact=Fraction(value) == exact
    )


def contribution_of(
    new: Quantity, old: Quantity | None, whole_new: Quantity, whole_old: Quantity | None, decimals: int = 1,
    rounding: Rounding = Rounding.HALF_UP,
) -> Quantity | Refusal:  # fmt: skip
    """Return a part's 贡献率 in %: its increase ÷ the increase of its whole. Refuse a whole that has not grown."""
    if old is None or whole_old is None:
        return _MISSING
    for one, other in ((new, old), (whole_new, whole_old), (new, whole_new)):
        if isinstance(refusal := comparable(one, other), Refusal):
            return refusal
    old, whole_new, whole_old = _like(old, new), _like(whole_new, new), _like(whole_old, new)
    increase = Fraction(whole_new.value) - Fraction(whole_old.value)
    if increase <= 0:
        return Refusal("contribution", "a contribution to growth needs a whole that has grown")
    exact = (Fraction(new.value) - Fraction(old.value)) / increase * 100
    formula = f"({_plain(new)} − {_plain(old)}) ÷ ({_plain(whole_new)} − {_plain(whole_old)})"
    return _rate(exact, decimals, rounding, formula, new.period, new.good)


def comparable(new: Quantity, old: Quantity, *, is_growth: bool = True) -> Refusal | None:
    """Return why two amounts must not be computed with each other, None when they may.

    `is_growth` False leaves out what only forbids growth: amounts whose growth is published at constant prices, indexes
    whose base moves along.
    """
    if new.unit.base != old.unit.base:
        return Refusal("unit", f"figures of one unit, found {new.unit} and {old.unit}")
    if new.price != old.price:
        found = f"{new.price or 'none given'} and {old.price or 'none given'}"
        return Refusal("price", f"figures of one price basis, found {found}")
    if is_growth and (new.is_real or old.is_real) and new.price != "constant":
        return Refusal("price", "its growth is published at constant prices; report it, the amounts do not yield it")
    if is_growth and (new.is_relative or old.is_relative):
        return Refusal("index", "its base is the year before (上年同期=100), two of its values do not yield its growth")
    if new.qualifier or old.qualifier:
        given = new.qualifier or old.qualifier
        return Refusal("qualified", f"exact figures, found one given with {given}")
    return None


def in_unit(quantity: Quantity, unit: Unit) -> Quantity:
    """Return the same amount in another multiplier of its unit (5000万元 as 0.5亿元), its digits all kept."""
    return _like(quantity, Quantity(quantity.value, unit))


_MISSING = Refusal("missing", "a base to compare with, found no figure")


def _base(
    new: Quantity, old: Quantity | None, rounding: Rounding, *, is_growth: bool = True
) -> tuple[Quantity, Quantity] | Refusal:
    """Return both quantities in one unit when `old` can be divided by, and why not otherwise."""
    if old is None:
        return _MISSING
    if refusal := comparable(new, old, is_growth=is_growth):
        return refusal
    if not old.printed(rounding):
        return Refusal("zero_base", f"a base above zero, found {digits(old.value)}{old.unit}")
    if old.value < 0 or new.value < 0:
        return Refusal("negative_base", f"figures above zero, found {_plain(new)} and {_plain(old)}")
    return new, _like(old, new)


def _like(quantity: Quantity, other: Quantity) -> Quantity:
    if quantity.unit.multiplier == other.unit.multiplier:
        return quantity
    value, unit = scaled(quantity.value, quantity.unit, prefix(other.unit))
    return replace(quantity, value=value, unit=unit)


def _rate(
    exact: Fraction, decimals: int, rounding: Rounding, formula: str, period: Period | None, good: Good,
    *, is_growth: bool = False,
) -> Quantity:  # fmt: skip
    value = rounded(exact, decimals, rounding)
    written = f"{formula} = {digits(value)}%"
    return Quantity(
        value,
        PERCENT,
        decimals,
        period,
        good=good,
        is_growth=is_growth,
        formula=written,
        is_exact=Fraction(value) == exact,
    )


def _plain(quantity: Quantity) -> str:
    text = digits(quantity.value)
    return f"({text})" if quantity.value < 0 else text


def _root(ratio: Fraction, degree: int) -> Fraction:
    """Return the root of a ratio to 50 digits, worked out with ten more, so that a root that is a short decimal comes
    out exactly and a tie is seen as one."""
    context = Context(prec=60)
    quotient = context.divide(Decimal(ratio.numerator), Decimal(ratio.denominator))
    root = context.power(quotient, context.divide(Decimal(1), Decimal(degree)))
    return Fraction(Context(prec=50).plus(root))
