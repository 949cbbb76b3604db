from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xdreport import unit
from xdreport.catalog import Good, Indicator, Kind, Measure, Observation, Qualifier
from xdreport.notation import Rounding
from xdreport.period import Period
from xdreport.quantity import (
    Quantity,
    Refusal,
    average_growth_of,
    comparable,
    completion_of,
    contribution_of,
    growth_of,
    in_unit,
    pull_of,
    share_of,
)

WIDE = Context(prec=80)
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def q(value: str, unit_text: str = "亿元", period: str = "", **more: Any) -> Quantity:
    return Quantity(Decimal(value), unit.parse(unit_text), period=Period.parse(period) if period else None, **more)


def found(result: Quantity | Refusal) -> tuple[str, str]:
    """The value of a computed quantity with its unit, and its formula."""
    assert isinstance(result, Quantity), result
    return f"{result.value}{result.unit}", result.formula


def refused(result: Quantity | Refusal) -> tuple[str, str]:
    assert isinstance(result, Refusal), result
    return result.rule, result.reason


def test_growth_is_computed_from_the_values_as_known_and_rounded_once() -> None:
    assert found(growth_of(q("58", "家"), q("31", "家"))) == ("87.1%", "58 ÷ 31 − 1 = 87.1%")
    assert found(growth_of(q("1.2"), q("10000", "万元"))) == ("20.0%", "1.2 ÷ 1 − 1 = 20.0%")
    assert found(growth_of(q("2"), q("3"), 2)) == ("-33.33%", "2 ÷ 3 − 1 = −33.33%")
    assert found(growth_of(q("100.25"), q("100"), rounding=Rounding.HALF_EVEN))[0] == "0.2%"
    assert found(growth_of(q("31.04", decimals=0), q("31", decimals=0)))[0] == "0.1%"
    growth = growth_of(q("105", good=Good.UP, period="2022"), q("100", period="2021"))
    assert growth == q("5.0", "%", "2022", good=Good.UP, is_growth=True, decimals=1, formula="105 ÷ 100 − 1 = 5.0%")
    inexact = growth_of(q("2"), q("3"))
    assert isinstance(inexact, Quantity)
    assert not inexact.is_exact


@pytest.mark.parametrize(
    ("new", "old", "refusal"),
    [
        (q("5"), None, ("missing", "a base to compare with, found no figure")),
        (q("5"), q("0"), ("zero_base", "a base above zero, found 0亿元")),
        (q("5"), q("0.04", decimals=1), ("zero_base", "a base above zero, found 0.04亿元")),
        (q("5"), q("-1"), ("negative_base", "figures above zero, found 5 and (−1)")),
        (q("-5"), q("1"), ("negative_base", "figures above zero, found (−5) and 1")),
        (q("5"), q("1", "家"), ("unit", "figures of one unit, found 亿元 and 家")),
        (q("5", price="current"), q("1"), ("price", "figures of one price basis, found current and none given")),
        (q("5"), q("1", price="constant"), ("price", "figures of one price basis, found none given and constant")),
        (q("5", is_real=True), q("1", is_real=True), ("price", "its growth is published at constant prices; report it, "
         "the amounts do not yield it")),
        (q("5"), q("1", is_real=True), ("price", "its growth is published at constant prices; report it, "
         "the amounts do not yield it")),
        (q("5", qualifier=Qualifier.OVER), q("1"), ("qualified", "exact figures, found one given with 超")),
        (q("5"), q("1", qualifier=Qualifier.NEARLY), ("qualified", "exact figures, found one given with 近")),
    ],
)  # fmt: skip
def test_growth_that_cannot_be_computed_says_why(new: Quantity, old: Quantity | None, refusal: tuple[str, str]) -> None:
    assert refused(growth_of(new, old)) == refusal


def test_growth_at_constant_prices_is_computed_from_amounts_at_constant_prices() -> None:
    pair = [q(value, price="constant", is_real=True) for value in ("105", "100")]
    assert found(growth_of(*pair))[0] == "5.0%"


def test_growth_of_a_fall_to_nothing_is_minus_100() -> None:
    assert found(growth_of(q("0"), q("3"))) == ("-100.0%", "0 ÷ 3 − 1 = −100.0%")
    assert refused(growth_of(q("5"), q("0.05", decimals=1), rounding=Rounding.HALF_EVEN))[0] == "zero_base"
    assert found(growth_of(q("0.04"), q("0.05", decimals=1)))[0] == "-20.0%"


@given(POSITIVE, POSITIVE, st.integers(0, 4))
def test_growth_agrees_with_decimal(new: Decimal, old: Decimal, decimals: int) -> None:
    result = growth_of(Quantity(new, unit.PERCENT), Quantity(old, unit.PERCENT), decimals)
    exact = WIDE.multiply(WIDE.subtract(WIDE.divide(new, old), Decimal(1)), Decimal(100))
    assert isinstance(result, Quantity)
    assert result.value == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE)


@pytest.mark.parametrize(
    ("new", "old", "periods", "result"),
    [
        ("58", "31", ("2025", "2021"), ("17.0%", "(58 ÷ 31)^(1/4) − 1 = 17.0%")),
        ("121", "100", ("2023", "2021"), ("10.0%", "(121 ÷ 100)^(1/2) − 1 = 10.0%")),
        ("81", "100", ("2023", "2021"), ("-10.0%", "(81 ÷ 100)^(1/2) − 1 = −10.0%")),
        # roots that are ties: 1.0525², 1.0005³
        ("1.10775625", "1", ("2023", "2021"), ("5.3%", "(1.10775625 ÷ 1)^(1/2) − 1 = 5.3%")),
        ("1.001500750125", "1", ("2024", "2021"), ("0.1%", "(1.001500750125 ÷ 1)^(1/3) − 1 = 0.1%")),
        ("1.0015007501249", "1", ("2024", "2021"), ("0.0%", "(1.0015007501249 ÷ 1)^(1/3) − 1 = 0.0%")),
        ("121", "100", ("2023-Q1", "2021-Q1"), ("10.0%", "(121 ÷ 100)^(1/2) − 1 = 10.0%")),
    ],
)
def test_average_growth_is_the_root_of_the_ratio(
    new: str, old: str, periods: tuple[str, str], result: tuple[str, str]
) -> None:
    assert found(average_growth_of(q(new, period=periods[0]), q(old, period=periods[1]))) == result


def test_an_average_growth_is_a_growth() -> None:
    result = average_growth_of(q("121", period="2023", good=Good.UP), q("100", period="2021"))
    formula = "(121 ÷ 100)^(1/2) − 1 = 10.0%"
    assert result == q("10.0", "%", "2023", good=Good.UP, is_growth=True, decimals=1, formula=formula)
    pair = q("2", period="2023"), q("0.05", period="2021", decimals=1)
    assert refused(average_growth_of(*pair, rounding=Rounding.HALF_EVEN))[0] == "zero_base"


def test_a_tied_average_growth_follows_the_rounding() -> None:
    pair = q("1.10775625", period="2023"), q("1", period="2021")
    assert found(average_growth_of(*pair, rounding=Rounding.HALF_EVEN))[0] == "5.2%"
    assert found(average_growth_of(*pair, 2))[0] == "5.25%"


@pytest.mark.parametrize(
    "periods", [("2022", "2021"), ("2022-06", "2020-03"), ("2021", "2023"), ("", "2021"), ("2023", "")]
)
def test_average_growth_needs_whole_years(periods: tuple[str, str]) -> None:
    result = average_growth_of(q("2", period=periods[0]), q("1", period=periods[1]))
    assert refused(result) == ("period", "年均 needs two periods that are two or more whole years apart")


def test_average_growth_refuses_what_growth_does() -> None:
    assert refused(average_growth_of(q("2", period="2023"), None))[0] == "missing"
    assert refused(average_growth_of(q("2", is_real=True), q("1")))[0] == "price"


@given(st.integers(1, 60), st.integers(2, 6))
def test_an_exact_root_is_found_exactly(tenths: int, years: int) -> None:
    new = WIDE.power(Decimal(1000 + tenths) / 1000, Decimal(years))
    pair = Quantity(new, unit.PERCENT, period=Period.parse(f"{2000 + years}")), q("1", "%", "2000")
    result = average_growth_of(*pair)
    assert isinstance(result, Quantity)
    assert (result.value, result.is_exact) == (Decimal(tenths) / 10, True)


def test_a_share_is_of_one_period_and_within_its_whole() -> None:
    assert found(share_of(q("41.2"), q("100"))) == ("41.2%", "41.2 ÷ 100 = 41.2%")
    assert found(share_of(q("5000", "万元"), q("1.5"))) == ("33.3%", "5000 ÷ 15000 = 33.3%")
    assert found(share_of(q("3"), q("3")))[0] == "100.0%"
    assert found(share_of(q("1", is_real=True, price="current"), q("4", is_real=True, price="current")))[0] == "25.0%"
    assert refused(share_of(q("4"), q("3"))) == ("share", "a part no larger than its whole, found 4 of 3")
    assert (
        refused(share_of(q("1", period="2022"), q("3", period="2021")))[1]
        == "a share of one period, found 2022 and 2021"
    )
    assert refused(share_of(q("1"), None))[0] == "missing"
    assert refused(share_of(q("1"), q("2", "家")))[0] == "unit"
    share = share_of(q("1", good=Good.UP, period="2022"), q("3", period="2022"), 2, Rounding.HALF_EVEN)
    assert isinstance(share, Quantity)
    assert (share.value, share.good, share.period) == (Decimal("33.33"), Good.UP, Period.parse("2022"))
    assert not share.is_growth


@pytest.mark.parametrize(
    ("function", "inputs", "up", "even"),
    [
        (share_of, (q("0.125"), q("1")), "13%", "12%"),
        (completion_of, (q("0.125"), q("1")), "13%", "12%"),
        (contribution_of, (q("10.125"), q("10"), q("11"), q("10")), "13%", "12%"),
        (pull_of, (q("10.125"), q("10"), q("1")), "13百分点", "12百分点"),
    ],
)
def test_ties_of_what_is_computed(function: Any, inputs: tuple[Quantity, ...], up: str, even: str) -> None:
    assert found(function(*inputs, 0))[0] == up
    assert found(function(*inputs, 0, Rounding.HALF_EVEN))[0] == even


@pytest.mark.parametrize("function", [share_of, completion_of])
def test_a_base_that_prints_as_zero_has_no_share(function: Any) -> None:
    assert refused(function(q("0.01"), q("0.05", decimals=1), 1, Rounding.HALF_EVEN))[0] == "zero_base"


def test_a_computed_rate_keeps_its_period_and_what_is_good() -> None:
    new, old = (q(value, period=period, good=Good.UP) for value, period in (("11", "2022"), ("10", "2021")))
    whole, base = (q(value, period=period) for value, period in (("90.5", "2022"), ("90", "2021")))
    more: dict[str, Any] = {"good": Good.UP, "decimals": 1}
    assert completion_of(new, q("20")) == q("55.0", "%", "2022", formula="11 ÷ 20 = 55.0%", **more)
    formula = "(11 − 10) ÷ (90.5 − 90) = 200.0%"
    assert contribution_of(new, old, whole, base) == q("200.0", "%", "2022", formula=formula, **more)
    formula = "(11 − 10) ÷ 80 = 1.25个百分点"
    result = pull_of(new, old, q("80", period="2021"), 2)
    assert result == q("1.25", "百分点", "2022", good=Good.UP, decimals=2, formula=formula)
    inexact = pull_of(new, old, q("90", period="2021"))
    assert isinstance(inexact, Quantity)
    assert not inexact.is_exact
    assert refused(pull_of(new, old, q("0.05", decimals=1), 1, Rounding.HALF_EVEN))[0] == "zero_base"
    real = [q(value, is_real=True) for value in ("5", "10")]
    assert found(completion_of(*real))[0] == "50.0%"


def test_a_completion_is_of_an_amount_that_should_rise() -> None:
    assert found(completion_of(q("8.63"), q("10"))) == ("86.3%", "8.63 ÷ 10 = 86.3%")
    assert found(completion_of(q("1"), q("8"), 1, Rounding.HALF_EVEN))[0] == "12.5%"
    reason = "an upper limit or a target in % is met or missed, not completed by a share"
    assert refused(completion_of(q("5", good=Good.DOWN), q("4"))) == ("target", reason)
    assert refused(completion_of(q("5", "%"), q("4", "%"))) == ("target", reason)
    assert refused(completion_of(q("5"), None))[0] == "missing"


def test_a_pull_is_the_increase_over_the_base_of_the_whole() -> None:
    assert found(pull_of(q("12"), q("10"), q("90"))) == ("2.2百分点", "(12 − 10) ÷ 90 = 2.2个百分点")
    assert found(pull_of(q("8"), q("10"), q("90"), 2)) == ("-2.22百分点", "(8 − 10) ÷ 90 = −2.22个百分点")
    assert found(pull_of(q("12"), q("100000", "万元"), q("900000", "万元")))[0] == "2.2百分点"
    assert refused(pull_of(q("12"), None, q("90")))[0] == "missing"
    assert refused(pull_of(q("12"), q("10"), None))[0] == "missing"
    assert refused(pull_of(q("12"), q("10", "家"), q("90")))[0] == "unit"
    assert refused(pull_of(q("12"), q("10"), q("0")))[0] == "zero_base"
    exact = pull_of(q("11", good=Good.UP), q("10"), q("100"))
    assert isinstance(exact, Quantity)
    assert (exact.is_exact, exact.good) == (True, Good.UP)


def test_a_contribution_is_a_share_of_the_increase() -> None:
    assert found(contribution_of(q("12"), q("10"), q("100"), q("90"))) == ("20.0%", "(12 − 10) ÷ (100 − 90) = 20.0%")
    assert found(contribution_of(q("9"), q("10"), q("100"), q("90")))[0] == "-10.0%"
    assert found(contribution_of(q("12"), q("100000", "万元"), q("1000000", "万元"), q("90")))[0] == "20.0%"
    reason = "a contribution to growth needs a whole that has grown"
    for whole in ("90", "80"):
        assert refused(contribution_of(q("12"), q("10"), q(whole), q("90"))) == ("contribution", reason)
    assert refused(contribution_of(q("12"), None, q("100"), q("90")))[0] == "missing"
    assert refused(contribution_of(q("12"), q("10"), q("100"), None))[0] == "missing"
    assert refused(contribution_of(q("12"), q("10", "家"), q("100"), q("90")))[0] == "unit"
    assert refused(contribution_of(q("12"), q("10"), q("100"), q("90", "家")))[0] == "unit"
    assert refused(contribution_of(q("12"), q("10"), q("100", "家"), q("90", "家")))[0] == "unit"


def test_what_only_forbids_growth_is_left_out_on_request() -> None:
    pair = q("5", is_real=True), q("4", is_real=True)
    assert comparable(*pair) is not None
    assert comparable(*pair, is_growth=False) is None


def test_a_quantity_is_converted_with_all_its_digits() -> None:
    assert in_unit(q("5000", "万元"), unit.parse("亿元")) == q("0.5")
    assert in_unit(q("5000", "万元", decimals=2), unit.parse("万元")).decimals == 2


INDICATOR = Indicator("a.b", "a", "工业增加值", unit.parse("亿元"), decimals=1, good=Good.UP, price="current")
PERIOD = Period.parse("2022")


def row(measure: Measure, value: str = "5") -> Observation:
    return Observation("a.b", "x", PERIOD, measure, Decimal(value), None, "s", "p")


def test_a_row_becomes_a_quantity_of_its_measure() -> None:
    level = Quantity.of(INDICATOR, row(Measure.LEVEL))
    assert level == q("5", period="2022", decimals=1, good=Good.UP, price="current", is_real=True)
    assert Quantity.of(INDICATOR, row(Measure.TARGET)) == level
    assert Quantity.of(INDICATOR, row(Measure.YOY)) == q("5", "%", "2022", good=Good.UP, is_growth=True)
    assert Quantity.of(INDICATOR, row(Measure.SHARE)) == q("5", "%", "2022", good=Good.UP)
    assert Quantity.of(INDICATOR, row(Measure.RANK_CITY)) == q("5", "位", "2022", good=Good.DOWN)


def test_a_row_keeps_its_qualifier_and_a_stock_is_one() -> None:
    stock = replace(INDICATOR, is_flow=False)
    given_over = Quantity.of(stock, replace(row(Measure.LEVEL), qualifier=Qualifier.OVER))
    assert (given_over.is_flow, given_over.qualifier) == (False, Qualifier.OVER)


@pytest.mark.parametrize(
    ("name", "aliases", "tags", "flags"),
    [
        ("工业增加值增速", (), (), (True, False, False)),
        ("营业收入", (), (), (False, False, False)),
        ("利润", (), (), (False, True, False)),
        ("规模以上工业企业利润", (), (), (False, True, False)),
        ("企业效益", (), ("profit",), (False, True, False)),
        ("地区生产总值", (), (), (False, False, True)),
        ("经济总量", ("地区生产总值",), (), (False, False, True)),
        ("农业总产出", (), ("real",), (False, False, True)),
        ("城镇居民人均可支配收入增长率", (), (), (True, False, False)),
        ("规上工业增幅", (), (), (True, False, False)),
    ],
)
def test_names_and_tags_say_what_an_amount_is(
    name: str, aliases: tuple[str, ...], tags: tuple[str, ...], flags: tuple[bool, bool, bool]
) -> None:
    quantity = Quantity.of(
        Indicator("a.b", "a", name, unit.parse("亿元"), aliases=aliases, tags=tags), row(Measure.LEVEL)
    )
    assert (quantity.is_growth, quantity.is_profit, quantity.is_real) == flags


@pytest.mark.parametrize(
    ("name", "tags", "is_relative"),
    [
        ("居民消费价格指数", (), True),
        ("居民消费价格指数（2020年=100）", (), False),
        ("工业生产者出厂价格指数", ("fixed",), False),
        ("空气质量综合指数", (), False),
        ("工业发展速度指数", ("relative",), True),
    ],
)
def test_two_values_of_a_price_index_do_not_yield_its_growth(
    name: str, tags: tuple[str, ...], is_relative: bool
) -> None:
    index = Indicator("a.b", "a", name, unit.Unit("", 1, ""), kind=Kind.INDEX, tags=tags)
    new = Quantity.of(index, row(Measure.LEVEL, "99.7"))
    old = Quantity.of(index, replace(row(Measure.LEVEL, "100.1"), period=Period.parse("2021")))
    if is_relative:
        assert refused(growth_of(new, old)) == (
            "index", "its base is the year before (上年同期=100), two of its values do not yield its growth"
        )  # fmt: skip
    else:
        assert found(growth_of(new, old))[0] == "-0.4%"
