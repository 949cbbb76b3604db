"""Checks over small made-up folders: what each finds, word for word, and where it keeps silent."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import WORLD, write
from typer.testing import CliRunner

from xdreport import checks
from xdreport.catalog import Measure, Observation
from xdreport.checks import printed
from xdreport.cli import app
from xdreport.document import Derivation, Document, Figure, Furniture, Paragraph
from xdreport.findings import Failed, Finding, Place, Severity
from xdreport.folders import shipped
from xdreport.period import Period
from xdreport.readers import folder
from xdreport.severities import judged

WORKSPACE = """\
title: 虚构的示例数据
area: qinghe
areas:
  qinghe: {name: 清河区, level: district, within: nanshan}
  nanshan: {name: 南山市, level: city, within: dong, members: {district: 5}}
  dong: {name: 东省, level: province, members: {district: 100}}
"""
SECTIONS = """\
economy: {title: 经济, indicators: ["economy.*"]}
living: {title: 生活, indicators: ["living.*"]}
"""
HEADER = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"

# Three sectors of an economy in two decimals, as a bulletin has them; firms, which are counted one by one.
ECONOMY = """\
economy.gdp: {name: 生产总值, unit: 亿元}
economy.first: {name: 第一产业, unit: 亿元, parts_of: economy.gdp, denominator: economy.gdp}
economy.second: {name: 第二产业, unit: 亿元, parts_of: economy.gdp, denominator: economy.gdp}
economy.third: {name: 第三产业, unit: 万元, parts_of: economy.gdp, denominator: economy.gdp}
economy.firms: {name: 企业, unit: 家, flow: false}
economy.large: {name: 大企业, unit: 家, flow: false, parts_of: economy.firms}
economy.small: {name: 小企业, unit: 家, flow: false, parts_of: economy.firms}
economy.profit: {name: 利润, unit: 亿元}
economy.rate: {name: 投资增速, unit: "%", kind: rate}
economy.place: {name: 综合考评, unit: 位, kind: rank, high: 100}
"""
LIVING = """\
living.income: {name: 收入, unit: 元}
"""

Check = Callable[..., list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a function that checks a folder of rows and returns its findings, a line each, without the folder's name.

    A row is `indicator[@area] period measure value[qualifier] [status] [as_of]`.
    """

    def run(rows: str, economy: str = ECONOMY, workspace: str = "", name: str = "data", date: str = "") -> list[str]:
        root = write(
            tmp_path / name,
            {
                "workspace.yaml": WORKSPACE + workspace,
                "sources.yaml": f'bulletin: {{title: 虚构统计公报, date: "{date}"}}\n',
                "sections.yaml": SECTIONS,
                "indicators/economy.yaml": economy,
                "indicators/living.yaml": LIVING,
                "observations/economy.csv": HEADER + "".join(csv_row(line) for line in rows.strip().splitlines()),
            },
        )
        return [f"{it.severity}: {it}".replace("data/observations/", "") for it in checks.check(folder.read(root))]

    return run


def csv_row(line: str) -> str:
    indicator, period, measure, value, *more = line.split()
    id, _, area = indicator.partition("@")
    number = value.strip("近超约余以上突破前")
    status = next((word for word in more if word.isalpha()), "")
    day = next((word for word in more if word[0].isdigit()), "")
    name = id if "." in id else f"economy.{id}"
    qualifier = value.replace(number, "")
    return f"{name},{area or 'qinghe'},{period},{measure},{number},{qualifier},bulletin,第1段,{status},{day},\n"


def codes(found: list[str]) -> list[str]:
    return [line.rsplit("[", 1)[1].rstrip("]") for line in found]


# -- parts and totals ----------------------------------------------------------------------------------------------


def test_parts_that_miss_their_total_by_more_than_rounding_are_an_error(check: Check) -> None:
    found = check("""
        gdp 2025 level 101.23
        first 2025 level 12.34
        second 2025 level 45.67
        third 2025 level 422200
    """)
    assert found == [
        'error: economy.csv:2: economy.gdp is not the sum of its parts, found "101.23", expected '
        "12.34 + 45.67 + 422200万元 = 100.23 亿元, within 0.01505 of rounding "
        "(hint: correct the figure that is wrong, or take parts_of from an indicator that is no part) [check.parts]"
    ]


@pytest.mark.parametrize(
    ("total", "is_error"),
    [("100.23", False), ("100.24", False), ("100.22", False), ("100.25", False), ("100.26", True), ("99.23", True)],
)
def test_half_a_unit_of_the_last_place_of_each_figure_is_rounding(check: Check, total: str, is_error: bool) -> None:
    # 12.34, 45.67, 42.22 may each be 0.005 off, and so may the total: 0.02 in all
    rows = f"gdp 2025 level {total}\nfirst 2025 level 12.34\nsecond 2025 level 45.67\nthird 2025 level 42.22"
    found = check(rows, ECONOMY.replace("万元", "亿元"))
    assert codes(found) == (["check.parts"] if is_error else [])


def test_things_counted_one_by_one_are_not_rounded(check: Check) -> None:
    assert codes(check("firms 2025 level 58\nlarge 2025 level 8\nsmall 2025 level 49")) == ["check.parts"]
    assert check("firms 2025 level 58\nlarge 2025 level 8\nsmall 2025 level 50", name="right") == []


def test_parts_of_which_some_are_missing_may_be_less_than_their_whole(check: Check) -> None:
    assert check("gdp 2025 level 100.23\nfirst 2025 level 12.34\nsecond 2025 level 45.67") == []


def test_a_part_above_its_whole_is_an_error(check: Check) -> None:
    found = check("firms 2025 level 58\nlarge 2025 level 60")
    assert found == [
        'error: economy.csv:2: economy.firms is less than its parts, found "58", expected 60 = 60 家 '
        "(hint: correct the figure that is wrong, or take parts_of from an indicator that is no part) [check.parts]"
    ]


def test_the_only_part_of_a_whole_is_one_among_others(check: Check) -> None:
    only = "economy.a: {name: 甲, unit: 亿元}\neconomy.b: {name: 乙, unit: 亿元, parts_of: economy.a}\n"
    assert check("a 2025 level 10.0\nb 2025 level 4.0", only) == []
    assert codes(check("a 2025 level 10.0\nb 2025 level 10.2", only, name="above")) == ["check.parts"]


def test_a_part_below_zero_leaves_room_above_the_whole(check: Check) -> None:
    rows = "gdp 2025 level 10.00\nfirst 2025 level -5.00\nsecond 2025 level 12.00"
    assert check(rows) == []


def test_a_qualified_part_is_open_on_one_side(check: Check) -> None:
    rows = "gdp 2025 level {}\nfirst 2025 level 12.34\nsecond 2025 level 超45\nthird 2025 level 422200"
    assert check(rows.format("120.00")) == []
    assert codes(check(rows.format("99.00"), name="below")) == ["check.parts"]
    nearly = rows.replace("超45", "近45")
    assert check(nearly.format("99.00"), name="nearly") == []
    assert codes(check(nearly.format("120.00"), name="above")) == ["check.parts"]
    assert check(rows.replace("超45", "约45").format("120.00"), name="about") == []


def test_sums_are_made_area_by_area_and_period_by_period(check: Check) -> None:
    rows = "firms 2024 level 58\nlarge 2024 level 8\nsmall 2024 level 50\nfirms 2025 level 60\nlarge 2025 level 9"
    assert check(rows) == []


def test_targets_of_parts_add_up_too(check: Check) -> None:
    rows = "gdp 2025 target 100\nfirst 2025 target 10\nsecond 2025 target 40\nthird 2025 target 300000"
    assert "check.parts" in codes(check(rows))
    assert "check.parts" not in codes(check(rows.replace("300000", "500000"), name="right"))


def test_parts_at_other_prices_are_not_added_up(check: Check) -> None:
    prices = ECONOMY.replace("第二产业, unit: 亿元", "第二产业, unit: 亿元, price: constant")
    rows = "gdp 2025 level 60\nfirst 2025 level 12\nsecond 2025 level 45\nthird 2025 level 300000"
    assert check(rows, prices) == []
    assert codes(check(rows, name="one")) == ["check.parts"]


def test_only_amounts_add_up(check: Check) -> None:
    assert check("gdp 2025 yoy 5.0\nfirst 2025 yoy 9.0\nsecond 2025 yoy 9.0\nthird 2025 yoy 9.0") == []
    for kind in ("unit: 元/人", 'unit: "%", kind: rate', "unit: 元, kind: index", "unit: 元/人, kind: rate"):
        parts = "".join(f"economy.{id}: {{name: 部分, {kind}, parts_of: economy.all}}\n" for id in "ab")
        found = check(f"{ALL_OF_IT}\na 2025 level 9\nb 2025 level 9", f"economy.all: {{name: 全部, {kind}}}\n{parts}")
        assert found == [], kind


ALL_OF_IT = "all 2025 level 5"


@pytest.mark.parametrize(
    ("total", "second", "third", "written"),
    [
        ("60", "12", "380000", "12 + 380000万元 = 50 亿元, within 1.00005 of rounding"),
        ("60", "12", "380000.00", "12 + 380000.00万元 = 50 亿元, within 1.0000005 of rounding"),
        ("60", "12.34", "422255", "12.34 + 422255万元 = 54.5655 亿元, within 0.50505 of rounding"),
    ],
)
def test_a_sum_has_the_decimals_of_its_parts(check: Check, total: str, second: str, third: str, written: str) -> None:
    two = "\n".join(line for line in ECONOMY.splitlines() if "economy.first" not in line)
    (found,) = check(f"gdp 2025 level {total}\nsecond 2025 level {second}\nthird 2025 level {third}", two)
    assert found.split("expected ")[1].split(" (hint")[0] == written


def test_a_part_in_another_unit_is_an_error_at_its_indicator(check: Check) -> None:
    found = check("firms 2025 level 58", ECONOMY + "economy.staff: {name: 人员, unit: 人, parts_of: economy.firms}\n")
    assert found == [
        "error: data/indicators/economy.yaml:11: economy.staff is counted in another unit than economy.firms, whose "
        'part it is, found "人", expected 家 '
        "(hint: parts are counted in the unit of their whole, with or without 万 and 亿, or in %) [check.parts-unit]"
    ]


def test_a_sum_of_many_parts_is_not_written_out(check: Check) -> None:
    parts = "".join(f"economy.p{n}: {{name: 部分, unit: 家, parts_of: economy.all}}\n" for n in range(6))
    rows = "all 2025 level 80\n" + "".join(f"p{n} 2025 level 10\n" for n in range(6))
    (found,) = check(rows, "economy.all: {name: 全部, unit: 家}\n" + parts, name="six")
    assert "expected 10 + 10 + 10 + 10 + 10 + 10 = 60 家 (hint" in found
    parts = "".join(f"economy.p{n}: {{name: 部分, unit: 家, parts_of: economy.all}}\n" for n in range(7))
    rows = "all 2025 level 80\n" + "".join(f"p{n} 2025 level 10\n" for n in range(7))
    (found,) = check(rows, "economy.all: {name: 全部, unit: 家}\n" + parts)
    assert "expected the sum of 7 parts = 70 家 (hint" in found


# -- shares --------------------------------------------------------------------------------------------------------

SHARES = "first 2025 share {}\nsecond 2025 share {}\nthird 2025 share {}"


def test_shares_that_miss_100_are_an_error(check: Check) -> None:
    found = check(SHARES.format("12.3", "45.6", "41.1"))
    assert found == [
        'error: economy.csv:2: the shares of economy.gdp in 2025 are not 100%, found "99.0%", expected '
        "12.3 + 45.6 + 41.1 = 99.0 %, within 0.15 of rounding "
        "(hint: correct the share that is wrong, or take parts_of from an indicator that is no part) [check.shares]"
    ]


@pytest.mark.parametrize(("last", "is_error"), [("42.0", False), ("42.2", False), ("41.9", True), ("42.3", True)])
def test_shares_may_miss_100_by_rounding(check: Check, last: str, is_error: bool) -> None:
    assert codes(check(SHARES.format("12.3", "45.6", last))) == (["check.shares"] if is_error else [])


def test_some_of_the_shares_may_be_less_than_100_but_not_more(check: Check) -> None:
    assert check("first 2025 share 12.3\nsecond 2025 share 45.6") == []
    (found,) = check("first 2025 share 52.3\nsecond 2025 share 65.6", name="more")
    assert "the shares of economy.gdp in 2025 exceed 100%" in found


def test_indicators_in_percent_are_shares_of_a_whole_that_is_none(check: Check) -> None:
    shares = "economy.all: {name: 全部, unit: 亿元}\n" + "".join(
        f'economy.{id}: {{name: 比重, unit: "%", kind: share, parts_of: economy.all}}\n' for id in "ab"
    )
    assert check("a 2025 level 40.1\nb 2025 level 60.0", shares) == []
    assert codes(check("a 2025 level 40.1\nb 2025 level 61.0", shares, name="more")) == ["check.shares"]
    assert check("a 2025 level 40.1\na 2026 target 70.0\nb 2026 target 70.0", shares, name="targets") == []


def test_shares_of_something_else_do_not_add_up(check: Check) -> None:
    other = ECONOMY.replace("第三产业, unit: 万元, parts_of: economy.gdp, denominator: economy.gdp",
                            "第三产业, unit: 万元, parts_of: economy.gdp, denominator: economy.profit")  # fmt: skip
    assert check(SHARES.format("52.3", "45.6", "98.0"), other) == []


def test_a_reported_share_is_held_against_its_levels(check: Check) -> None:
    found = check("gdp 2025 level 100.00\nfirst 2025 level 12.34\nfirst 2025 share 13.2")
    assert found == [
        "warning: economy.csv:4: the share of economy.first in economy.gdp is not what the figures say, found "
        '"13.2%", expected 12.34 ÷ 100.00 = 12.3% (hint: correct the rate or one of the two figures) [check.share]'
    ]


@pytest.mark.parametrize("share", ["12.3", "12.34", "12", "近13"])
def test_a_share_that_rounding_explains_is_none_to_mention(check: Check, share: str) -> None:
    assert check(f"gdp 2025 level 100.00\nfirst 2025 level 12.34\nfirst 2025 share {share}") == []


@pytest.mark.parametrize(("large", "share"), [(51, "25"), (51, "26"), (49, "24"), (49, "25")])
def test_a_share_halfway_between_two_is_either(check: Check, large: int, share: str) -> None:
    firms = ECONOMY.replace("parts_of: economy.firms", "denominator: economy.firms")
    assert check(f"firms 2025 level 200\nlarge 2025 level {large}\nlarge 2025 share {share}", firms) == []


@pytest.mark.parametrize("doubtful", range(3))
def test_a_share_that_rests_on_a_doubtful_row_is_a_note(check: Check, doubtful: int) -> None:
    rows = ["gdp 2025 level 100.00", "first 2025 level 12.34", "first 2025 share 13.2"]
    rows[doubtful] += " doubtful"
    (found,) = check("\n".join(rows))
    assert (found[:5], codes([found])) == ("note:", ["check.share"])


@pytest.mark.parametrize("rows", ["gdp 2025 level 100.00", "first 2025 level 12.34"])
def test_a_share_of_which_a_level_is_missing_is_not_computed(check: Check, rows: str) -> None:
    assert check(f"{rows}\nfirst 2025 share 13.2") == []


def test_a_share_of_what_has_no_figure_is_not_computed(check: Check) -> None:
    assert check("gdp 2025 level 0\nfirst 2025 share 13.2\ngdp 2024 level 50\nfirst 2024 level 0") == []


# -- growth --------------------------------------------------------------------------------------------------------


def test_growth_that_the_levels_contradict_is_a_warning_with_both_numbers(check: Check) -> None:
    found = check("firms 2024 level 31\nfirms 2025 level 58\nfirms 2025 yoy 78.1")
    assert found == [
        'warning: economy.csv:4: yoy of economy.firms is not what its levels say, found "78.1%", expected '
        "87.1% from 31 (2024) to 58 (2025) "
        "(hint: correct the rate or a level; where the rate is at constant prices, tags: [real] says so) [check.growth]"
    ]


@pytest.mark.parametrize(
    ("rate", "is_wrong"), [("87.1", False), ("87", False), ("87.10", False), ("87.0", True), ("87.2", True)]
)
def test_31_to_58_is_87_1_percent(check: Check, rate: str, is_wrong: bool) -> None:
    found = codes(check(f"firms 2024 level 31\nfirms 2025 level 58\nfirms 2025 yoy {rate}"))
    assert found == (["check.growth"] if is_wrong else [])


@pytest.mark.parametrize(("rate", "is_wrong"), [("5.3", False), ("6.3", False), ("4.3", False), ("7.5", True)])
def test_rounding_of_the_levels_explains_a_growth(check: Check, rate: str, is_wrong: bool) -> None:
    # 10.0亿元 after 9.5亿元 is 5.3%, and 10.05 after 9.45 would be 6.3%
    found = codes(check(f"profit 2024 level 9.5\nprofit 2025 level 10.0\nprofit 2025 yoy {rate}"))
    assert found == (["check.growth"] if is_wrong else [])


@pytest.mark.parametrize(
    "rows",
    [
        "gdp 2024 level 100\ngdp 2025 level 150\ngdp 2025 yoy 5.0",  # published at constant prices
        "profit 2024 level -3.0\nprofit 2025 level 5.0\nprofit 2025 yoy 5.0",  # no rate from a loss
        "profit 2024 level 0.0\nprofit 2025 level 5.0\nprofit 2025 yoy 5.0",
        "profit 2024 level 近3.0\nprofit 2025 level 5.0\nprofit 2025 yoy 5.0",
        "profit 2024 level 3.0\nprofit 2025 level 超5.0\nprofit 2025 yoy 5.0",
        "profit 2024 level 3.0\nprofit 2025 level 5.0\nprofit 2025 yoy 近5.0",
        "profit 2025 level 5.0\nprofit 2025 yoy 5.0",
        "rate 2024 level 3.0\nrate 2025 level 5.0\nrate 2025 yoy 5.0",
        "place 2024 level 50\nplace 2025 level 40\nplace 2025 yoy 5.0",
        "profit 2024 level 3.0\nprofit 2025 level 5.0\nprofit 2025 growth 5.0",  # since when?
        "profit 2025-Q1 level 3.0\nprofit 2025-S1 level 5.0\nprofit 2025-S1 mom 5.0",  # two lengths
    ],
)
def test_where_no_growth_can_be_computed_nothing_is_said(check: Check, rows: str) -> None:
    assert check(rows) == []


def test_growth_at_constant_prices_is_held_against_levels_at_constant_prices(check: Check) -> None:
    constant = ECONOMY.replace("生产总值, unit: 亿元", "生产总值, unit: 亿元, price: constant")
    assert codes(check("gdp 2024 level 100\ngdp 2025 level 150\ngdp 2025 yoy 5.0", constant)) == ["check.growth"]


def test_a_quarter_is_held_against_the_quarter_before_and_a_stock_against_any_day(check: Check) -> None:
    found = check("profit 2025-Q1 level 10.0\nprofit 2025-Q2 level 11.0\nprofit 2025-Q2 mom 20.0")
    assert codes(found) == ["check.growth"]
    found = check("firms 2024 level 50\nfirms 2025-Q4 level 55\nfirms 2025-Q4 yoy 20.0", name="stock")
    assert codes(found) == ["check.growth"]


@pytest.mark.parametrize(
    ("measure", "rate", "is_wrong"),
    [("growth", "87.1", False), ("growth", "93.3", False), ("growth", "50.0", True), ("avg_growth", "17.0", False),
     ("avg_growth", "14.1", False), ("avg_growth", "20.0", True), ("avg_growth", "16.9", True)],
)  # fmt: skip
def test_growth_over_a_span_may_be_counted_from_its_first_year_or_the_one_before(
    check: Check, measure: str, rate: str, is_wrong: bool
) -> None:
    found = codes(
        check(f"firms 2020 level 30\nfirms 2021 level 31\nfirms 2025 level 58\nfirms 2021/2025 {measure} {rate}")
    )
    assert found == (["check.growth"] if is_wrong else [])


def test_a_rise_reported_where_the_levels_fall_is_an_error(check: Check) -> None:
    found = check("firms 2024 level 58\nfirms 2025 level 31\nfirms 2025 yoy 46.6")
    assert found == [
        'error: economy.csv:4: yoy of economy.firms is the opposite of what its levels say, found "46.6%", expected '
        "-46.6% from 58 (2024) to 31 (2025) "
        "(hint: correct the rate or a level; where the rate is at constant prices, tags: [real] says so) "
        "[check.growth-sign]"
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("profit 2024 level 9.5\nprofit 2025 level 10.0\nprofit 2025 yoy -5.3", ["check.growth-sign"]),
        ("profit 2024 level 9.5\nprofit 2025 level 10.0\nprofit 2025 yoy -5.3 doubtful", ["check.growth-sign"]),
        ("profit 2024 level 9.9\nprofit 2025 level 10.0\nprofit 2025 yoy -5.3", ["check.growth"]),  # rounding
        ("profit 2024 level 9.5\nprofit 2025 level 10.0\nprofit 2025 yoy 0.0", ["check.growth"]),
        ("gdp 2024 level 100\ngdp 2025 level 98\ngdp 2025 yoy 5.0", []),
        ("profit 2024 level 近9.5\nprofit 2025 level 10.0\nprofit 2025 yoy -5.3", []),
    ],
)
def test_whose_sign_is_wrong(check: Check, rows: str, found: list[str]) -> None:
    lines = check(rows)
    assert codes(lines) == found
    assert all(line.startswith("note") for line in lines) or "doubtful" not in rows


def test_a_real_growth_may_have_another_sign_than_its_amounts(check: Check) -> None:
    real = ECONOMY.replace("利润, unit: 亿元", "利润, unit: 亿元, tags: [real]")
    assert check("profit 2024 level 9.5\nprofit 2025 level 10.0\nprofit 2025 yoy -5.3", real) == []


def test_an_average_growth_is_named_with_its_years(check: Check) -> None:
    (found,) = check("firms 2020 level 30\nfirms 2025 level 58\nfirms 2021/2025 avg_growth 20.0")
    assert 'found "20.0%", expected 14.1% from 30 (2020) to 58 (2025)' in found


# -- targets -------------------------------------------------------------------------------------------------------


def test_a_completion_that_the_level_and_the_target_contradict_is_a_warning(check: Check) -> None:
    found = check("profit 2025 target 20.0\nprofit 2025-S1 level 12.0\nprofit 2025-S1 completion 55.0")
    assert found == [
        'warning: economy.csv:4: the completion of economy.profit is not what the figures say, found "55.0%", expected '
        "12.0 ÷ 20.0 = 60.0% (hint: correct the rate or one of the two figures) [check.completion]"
    ]


@pytest.mark.parametrize("rows", ["60.0", "60", "60.4", "超50"])
def test_a_completion_that_rounding_explains_is_none_to_mention(check: Check, rows: str) -> None:
    assert check(f"profit 2025 target 20.0\nprofit 2025-S1 level 12.0\nprofit 2025-S1 completion {rows}") == []


def test_a_target_of_the_same_period_comes_before_that_of_the_year(check: Check) -> None:
    rows = "profit 2025 target 20.0\nprofit 2025-S1 target 10.0\nprofit 2025-S1 level 12.0\n"
    assert check(rows + "profit 2025-S1 completion 120.0") == []


def test_a_target_without_an_actual_figure_is_a_warning_when_its_period_is_over(check: Check) -> None:
    found = check("profit 2025 target 20.0\nfirms 2025 level 58")
    assert found == [
        "warning: economy.csv:2: the target of economy.profit for 2025 has no actual figure, found "
        '"20.0", expected a level of 2025, as the section has figures of 2025 '
        "(hint: add the level that was reached; a target that was dropped has no row) [check.target]"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "profit 2026 target 20.0\nfirms 2025 level 58",
        "profit 2025 target 20.0\nfirms 2025 level 58\nprofit 2025-Q1/Q3 level 15.0",
        "profit 2025 target 20.0\nfirms 2025 level 58\nprofit 2025 completion 98",
        "profit 2025 target 20.0\nliving.income 2025 level 500",
    ],
)
def test_a_target_may_wait_for_its_figure(check: Check, rows: str) -> None:
    assert check(rows) == []


# -- periods that add up -------------------------------------------------------------------------------------------


def test_quarters_that_do_not_make_their_half_are_an_error(check: Check) -> None:
    found = check("profit 2025-Q1 level 10.0\nprofit 2025-Q2 level 12.0\nprofit 2025-S1 level 23.0")
    assert found == [
        'error: economy.csv:4: economy.profit of 2025-S1 is not the sum of its periods, found "23.0", expected '
        "10.0 (2025-Q1) + 12.0 (2025-Q2) = 22.0 亿元 "
        "(hint: correct the figure that is wrong; flow: false says that it does not add up over time) "
        "[check.cumulative]"
    ]


@pytest.mark.parametrize(("half", "is_error"), [("22.0", False), ("22.1", False), ("21.9", False), ("22.2", True)])
def test_quarters_may_miss_their_half_by_rounding(check: Check, half: str, is_error: bool) -> None:
    found = codes(check(f"profit 2025-Q1 level 10.0\nprofit 2025-Q2 level 12.0\nprofit 2025-S1 level {half}"))
    assert found == (["check.cumulative"] if is_error else [])


@pytest.mark.parametrize(
    "rows",
    [
        "2025-S1 level 22.0|2025-Q3 level 9.0|2025-Q1/Q3 level 32.0",
        "2025-Q1/Q3 level 31.0|2025-Q4 level 9.0|2025 level 41.0",
        "2025-S1 level 22.0|2025-S2 level 18.0|2025 level 41.0",
        "2025-Q1 level 10|2025-Q2 level 10|2025-Q3 level 10|2025-Q4 level 10|2025 level 44",
        "2025-01/02 level 6.0|2025-03 level 3.0|2025-01/03 level 10.0",
        "2024 level 40.0|2025 level 42.0|2024/2025 level 85.0",
    ],
)
def test_a_single_period_is_the_difference_of_two_counts(check: Check, rows: str) -> None:
    found = check("\n".join(f"profit {row}" for row in rows.split("|")))
    assert codes(found) == ["check.cumulative"]


def test_each_last_period_is_tried_with_the_fewest_before_it(check: Check) -> None:
    rows = "2025-Q1 level 10.0|2025-Q2 level 12.0|2025-S1 level 22.0|2025-Q3 level 9.0|2025-Q4 level 9.0|" \
        "2025-Q1/Q3 level 31.0|2025-S2 level 18.0|2025 level 45.0"  # fmt: skip
    found = check("\n".join(f"profit {row}" for row in rows.split("|")))
    assert [line.split("expected ")[1].split(" (hint")[0] for line in found] == [
        "31.0 (2025-Q1/Q3) + 9.0 (2025-Q4) = 40.0 亿元",
        "22.0 (2025-S1) + 18.0 (2025-S2) = 40.0 亿元",
    ]


def test_one_way_that_holds_does_not_hide_another(check: Check) -> None:
    rows = "2025-S1 level 22.0|2025-Q1/Q3 level 31.0|2025-Q4 level 9.0|2025-S2 level 19.0|2025 level 40.0"
    (found,) = check("\n".join(f"profit {row}" for row in rows.split("|")))
    assert "expected 22.0 (2025-S1) + 19.0 (2025-S2) = 41.0 亿元" in found


def test_a_way_that_rounding_explains_does_not_hide_another(check: Check) -> None:
    rows = "2025-S1 level 22.0|2025-Q1/Q3 level 31.0|2025-Q4 level 9.1|2025-S2 level 19.0|2025 level 40.0"
    (found,) = check("\n".join(f"profit {row}" for row in rows.split("|")))
    assert "expected 22.0 (2025-S1) + 19.0 (2025-S2) = 41.0 亿元" in found


def test_a_flow_that_may_fall_does_not_hide_one_that_may_not(check: Check) -> None:
    rows = "profit 2025-S1 level 9.0\nprofit 2025-Q1/Q3 level 8.0\ngdp 2025-S1 level 90\ngdp 2025-Q1/Q3 level 80"
    assert codes(check(rows)) == ["check.cumulative"]


def test_a_count_from_january_that_falls_is_an_error(check: Check) -> None:
    sales = ECONOMY + "economy.sales: {name: 销售额, unit: 亿元, low: 0}\n"
    found = check("sales 2025-S1 level 22.0\nsales 2025-Q1/Q3 level 21.0", sales)
    assert found == [
        'error: economy.csv:3: economy.sales of 2025-Q1/Q3 is less than what it includes, found "21.0", expected '
        "22.0 of 2025-S1 or more "
        "(hint: correct the figure that is wrong; flow: false says that it does not add up over time) "
        "[check.cumulative]"
    ]
    assert check("sales 2025-S1 level 22.0\nsales 2025-Q1/Q3 level 22.0", sales, name="level") == []
    assert check("sales 2025-S1 level 22.0\nsales 2025-Q1/Q3 level 21.9", sales, name="rounded") == []
    assert codes(check("sales 2025-Q1/Q3 level 21.0\nsales 2025-Q3 level 22.0", sales, name="last")) == [
        "check.cumulative"
    ]


@pytest.mark.parametrize(
    ("indicator", "rows"),
    [
        ("{name: 利润, unit: 亿元}", "a 2025-S1 level 22.0\na 2025-Q1/Q3 level 21.0"),
        ("{name: 差额, unit: 亿元, low: -50}", "a 2025-S1 level 22.0\na 2025-Q1/Q3 level 21.0"),
        ("{name: 差额, unit: 亿元}", "a 2025-S1 level 22.0\na 2025-Q1/Q3 level 21.0\na 2025-Q1 level -3.0"),
        ("{name: 销售额, unit: 亿元, flow: false}", "a 2025-S1 level 22.0\na 2025-Q1/Q3 level 21.0"),
        ('{name: 合格率, unit: "%", kind: rate}', "a 2025-S1 level 92.0\na 2025-Q1/Q3 level 91.0"),
        ("{name: 人均, unit: 元/人}", "a 2025-S1 level 92.0\na 2025-Q1/Q3 level 91.0"),
    ],
)
def test_what_may_fall_or_does_not_add_up_is_left_alone(check: Check, indicator: str, rows: str) -> None:
    assert check(rows, f"economy.a: {indicator}\n") == []


def test_a_stock_has_one_value_on_a_day(check: Check) -> None:
    found = check("firms 2025-Q4 level 59\nfirms 2025 level 58")
    assert found == [
        'error: economy.csv:3: economy.firms has two values at the end of 2025-Q4, found "58", expected '
        "59 as for 2025-Q4 (hint: correct one of them; flow: true where it is no stock) [check.same-day]"
    ]
    assert check("firms 2025-Q4 level 58\nfirms 2025 level 58\nfirms 2025-Q3 level 57", name="one") == []
    area = "economy.area: {name: 面积, unit: 平方公里, flow: false}\n"
    assert check("area 2025-Q4 level 58.3\narea 2025 level 58.26", area, name="rounded") == []


# -- series --------------------------------------------------------------------------------------------------------


def series(*periods: str) -> str:
    return "\n".join(f"profit {period} level 5.0" for period in periods)


def test_a_period_missing_from_a_series_is_a_warning(check: Check) -> None:
    assert check(series("2021", "2022", "2024", "2025")) == [
        "warning: economy.csv:4: economy.profit leaves out 2023, expected a row between those of 2022 and 2024 "
        "(hint: add its row; where it was never published, check.missing-period: off in workspace.yaml) "
        "[check.missing-period]"
    ]


@pytest.mark.parametrize(
    ("periods", "left_out"),
    [
        ("2021 2022 2024", ["2023"]),
        ("2021 2025", []),
        ("2018 2019 2025", []),
        ("2018 2020 2022 2024", []),
        ("2025-Q1 2025-Q2 2025-Q4", ["2025-Q3"]),
        ("2024-Q4 2025-Q1 2025-Q3", ["2025-Q2"]),
        ("2025-02 2025-03 2025-05", ["2025-04"]),
        ("2024-11 2024-12 2025-03 2025-04", []),  # January and February are published together
        ("2025-01/02 2025-01/03 2025-01/05", []),
        ("2025-01/02 2025-01/03 2025-01/04 2025-01/06", ["2025-01/05"]),
        ("2023-S1 2024-S1 2026-S1", ["2025-S1"]),
        ("2023-Q3 2024-Q3 2026-Q3", ["2025-Q3"]),
        ("2023-09 2024-09 2026-09", ["2025-09"]),
        ("2023-01/09 2024-01/09 2026-01/09", ["2025-Q1/Q3"]),
        ("2024-Q1 2024-S1 2024-Q1/Q3 2024 2025-Q1 2025-S1 2025", ["2025-Q1/Q3"]),
        ("2023 2024-Q1 2024-Q1/Q3 2024 2025-Q1/Q3 2025", []),
        ("2021/2025 2016/2020", []),
    ],
)
def test_what_is_a_series_and_what_is_not(check: Check, periods: str, left_out: list[str]) -> None:
    off = "checks: {check.cumulative: off, check.stale: off}\n"
    found = check(series(*periods.split()), workspace=off)
    assert [line.split("leaves out ")[1].split(",")[0] for line in found] == left_out


def test_a_count_from_january_leaves_out_a_half(check: Check) -> None:
    rows = """
        profit 2024-Q1 level 5.0
        profit 2024-S1 level 10.0
        profit 2024-Q1/Q3 level 15.0
        profit 2024 level 20.0
        profit 2025-Q1 level 5.0
        profit 2025-Q1/Q3 level 15.0
    """
    assert [line.split("leaves out ")[1].split(",")[0] for line in check(rows)] == ["2025-S1"]


def test_rates_without_levels_are_a_series_too(check: Check) -> None:
    rows = "profit 2021 yoy 5.0\nprofit 2022 yoy 5.0\nprofit 2024 yoy 5.0"
    assert codes(check(rows)) == ["check.missing-period"]
    assert codes(check(rows + "\nprofit 2023 level 5.0", name="level")) == []


def test_a_series_that_stops_before_others_of_its_section_is_a_warning(check: Check) -> None:
    rows = "profit 2023 level 5.0\nprofit 2024 level 5.0\nfirms 2025 level 58"
    assert check(rows) == [
        "warning: economy.csv:3: economy.profit stops at 2024, expected 2025, which economy.firms has "
        "(hint: add its newer figures; check.stale: off in workspace.yaml where a series has ended) [check.stale]"
    ]


def test_every_series_that_stops_is_named_beside_the_first_that_goes_on(check: Check) -> None:
    rows = "profit 2023 level 5.0\nprofit 2024 level 5.0\ngdp 2023 level 90\ngdp 2024 level 90\n"
    found = check(rows + "firms 2025 level 58\nlarge 2025 level 5")
    assert [line.split(" (hint")[0] for line in found] == [
        "warning: economy.csv:3: economy.profit stops at 2024, expected 2025, which economy.firms has",
        "warning: economy.csv:5: economy.gdp stops at 2024, expected 2025, which economy.firms has",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "profit 2024 level 5.0\nfirms 2025 level 58",  # one figure is no series
        "profit 2021 level 5.0\nprofit 2024 level 5.0\nfirms 2025 level 58",
        "profit 2023 level 5.0\nprofit 2024 level 5.0\nfirms 2025-Q1 level 58",  # years are compared with years
        "profit 2023 level 5.0\nprofit 2024 level 5.0\nliving.income 2025 level 500",  # another section
        "profit 2023 level 5.0\nprofit 2024 level 5.0\nfirms 2024 level 58",
    ],
)
def test_what_has_not_stopped(check: Check, rows: str) -> None:
    assert check(rows) == []


@pytest.mark.parametrize(
    ("periods", "left_out"),
    [
        ("2024-Q1/Q3 2025-Q1 2025-S1 2025-Q1/Q3", []),
        ("2023-Q1/Q3 2024-Q1/Q3 2025-Q1 2025-S1 2025-Q1/Q3", []),
        ("2024-Q1 2024-Q1/Q3 2025-Q1 2025-S1 2025-Q1/Q3", []),
        ("2024-Q3 2025-Q1 2025-Q2 2025-Q3", []),
        ("2020 2022 2023 2024 2025", []),
        ("2020 2022 2024 2025 2026", []),
        ("2020 2022 2023 2025 2026", ["2024"]),
        ("2024-Q1 2024-Q1/Q3 2024 2025-Q1 2025-S1 2025-Q1/Q3 2025", ["2024-S1"]),
        ("2024-Q1 2025-Q1 2025-Q2 2025-Q4 2026-Q1", ["2025-Q3"]),
        ("2024-03 2025-03 2025-04 2025-05", []),
    ],
)
def test_what_is_there_to_compare_with_leaves_out_nothing(check: Check, periods: str, left_out: list[str]) -> None:
    off = "checks: {check.cumulative: off, check.stale: off}\n"
    found = check(series(*periods.split()), workspace=off)
    assert [line.split("leaves out ")[1].split(",")[0] for line in found] == left_out


# -- areas ---------------------------------------------------------------------------------------------------------

TOWNS = """\
  east: {name: 东镇, level: town, within: qinghe}
  west: {name: 西镇, level: town, within: qinghe}
"""


def test_towns_that_do_not_add_up_to_their_district_are_a_warning(check: Check) -> None:
    found = check("firms 2025 level 58\nfirms@east 2025 level 30\nfirms@west 2025 level 27", workspace=TOWNS)
    assert found == [
        "warning: economy.csv:2: economy.firms of qinghe in 2025 is not the sum of its areas, found "
        '"58", expected 30 + 27 = 57 家 (hint: correct the figure that is wrong; members of the area in workspace.yaml '
        "counts the areas in it) [check.areas]"
    ]


@pytest.mark.parametrize(
    ("rows", "is_wrong"),
    [
        ("firms 2025 level 58\nfirms@east 2025 level 30\nfirms@west 2025 level 28", False),
        ("firms 2025 level 58\nfirms@east 2025 level 70", False),
        ("profit 2025 level 10.1\nprofit@east 2025 level 5.0\nprofit@west 2025 level 5.0", False),
        ("profit 2025 level 10.2\nprofit@east 2025 level 5.0\nprofit@west 2025 level 5.0", True),
        ("profit 2025 level 10.2\nprofit@east 2025 level 超5.0\nprofit@west 2025 level 5.0", False),
        ("rate 2025 level 10.2\nrate@east 2025 level 5.0\nrate@west 2025 level 5.0", False),
        ("place 2025 level 10\nplace@east 2025 level 5\nplace@west 2025 level 4", False),
        ("mean 2025 level 10\nmean@east 2025 level 5\nmean@west 2025 level 4", False),
        ("density 2025 level 10\ndensity@east 2025 level 5\ndensity@west 2025 level 4", False),
    ],
)
def test_which_towns_add_up(check: Check, rows: str, is_wrong: bool) -> None:
    economy = ECONOMY + "economy.mean: {name: 人均收入, unit: 元}\neconomy.density: {name: 密度, unit: 人/平方公里}\n"
    assert codes(check(rows, economy, TOWNS)) == (["check.areas"] if is_wrong else [])


@pytest.mark.parametrize(
    ("members", "east", "is_wrong"), [(3, 20, False), (3, 40, True), (2, 20, True), (2, 30, False)]
)
def test_members_says_whether_the_folder_has_all_towns(check: Check, members: int, east: int, is_wrong: bool) -> None:
    more = "  big: {name: 大区, level: district, within: nanshan, members: {town: N}}\n".replace("N", str(members))
    towns = more + TOWNS.replace("within: qinghe", "within: big")
    found = check(f"firms@big 2025 level 58\nfirms@east 2025 level {east}\nfirms@west 2025 level 28", workspace=towns)
    assert codes(found) == (["check.areas"] if is_wrong else [])


def test_two_districts_need_not_be_all_of_their_city(check: Check) -> None:
    other = "  other: {name: 邻区, level: district, within: nanshan}\n"
    rows = "firms@nanshan 2025 level {}\nfirms@qinghe 2025 level 58\nfirms@other 2025 level 30"
    assert check(rows.format(100), workspace=other) == []
    assert codes(check(rows.format(80), workspace=other, name="less")) == ["check.areas"]


def test_a_sum_of_many_towns_is_not_written_out(check: Check) -> None:
    towns = "".join(f"  t{n}: {{name: 镇{n}, level: town, within: qinghe}}\n" for n in range(7))
    rows = "firms 2025 level 80\n" + "".join(f"firms@t{n} 2025 level 10\n" for n in range(7))
    (found,) = check(rows, workspace=towns)
    assert "expected the sum of 7 areas = 70 家 (hint" in found


# -- dates ---------------------------------------------------------------------------------------------------------


def test_a_period_that_ends_after_its_source_is_a_warning(check: Check) -> None:
    assert check("firms 2026 level 58", date="2026-02-13") == [
        "warning: economy.csv:2: economy.firms has a figure of 2026 from a source that is older, found "
        '"2026", expected a period that had ended on 2026-02-13, the date of bulletin '
        "(hint: correct the period, the source or its date; status preliminary marks an estimate) "
        "[check.future-period]"
    ]


@pytest.mark.parametrize(
    ("row", "date", "is_wrong"),
    [
        ("2025 level 58", "2026-02-13", False),
        ("2025 level 58", "2025-12-20", True),
        ("2025 level 58", "2025-12-31", False),
        ("2025 level 58", "2025-12", False),
        ("2025 level 58", "2025-11", True),
        ("2025 level 58", "2025", False),
        ("2026-Q1 level 58", "2025", True),
        ("2025 level 58", "2025年11月5日", True),
        ("2025 level 58", "日期从缺", False),
        ("2025 level 58", "", False),
        ("2025 level 58 preliminary", "2025-12-20", False),
        ("2026 level 58 preliminary", "2025-10-20", True),
        ("2025 level 58 2026-03-01", "2025-10-20", False),  # a revision of that day
    ],
)
def test_which_periods_had_ended(check: Check, row: str, date: str, is_wrong: bool) -> None:
    found = [code for code in codes(check(f"firms {row}", date=date)) if code != "check.preliminary"]
    assert found == (["check.future-period"] if is_wrong else [])


def test_a_target_is_set_before_its_period(check: Check) -> None:
    assert check("firms 2026 target 60", date="2026-02-13") == []


# -- jumps and ranks -----------------------------------------------------------------------------------------------


def test_a_level_that_is_many_times_the_last_one_is_a_warning(check: Check) -> None:
    assert check("profit 2024 level 9.5\nprofit 2025 level 96.0") == [
        'warning: economy.csv:3: economy.profit is 10.1 times larger than in 2024, found "96.0", expected something '
        "nearer to 9.5 亿元 (hint: correct the digit or the unit that has slipped; jump in workspace.yaml sets the "
        "limit) [check.jump]"
    ]


@pytest.mark.parametrize(
    ("rows", "jumps"),
    [
        ("profit 2024 level 10.0\nprofit 2025 level 49.9", False),
        ("profit 2023 level 10.0\nprofit 2024 level 11.0\nprofit 2025 level 110.0", True),
        ("rate 2024 level 1.0\nprofit 2024 level 10.0\nprofit 2025 level 110.0", True),
        ("profit 2024 level 10.0\nprofit 2025 level 50.0", True),
        ("profit 2024 level 50.0\nprofit 2025 level 10.0", True),
        ("profit 2024 level 50.0\nprofit 2025 level 10.1", False),
        ("profit 2024 level 10.0\nprofit 2025-Q1 level 1.0", False),  # a flow of another length
        ("profit 2024-Q1 level 10.0\nprofit 2024-Q2 level 1.0", False),  # another season
        ("profit 2024-Q1 level 10.0\nprofit 2025-Q1 level 1.0", True),
        ("profit 2022 level 10.0\nprofit 2025 level 1.0", True),
        ("firms 2024 level 100\nfirms 2025-Q1 level 1000", True),  # a stock
        ("firms 2024 level 2\nfirms 2025 level 29", False),  # few
        ("firms 2024 level 2\nfirms 2025 level 30", True),
        ("profit 2024 level -1.0\nprofit 2025 level 50.0", False),
        ("profit 2024 level 1.0\nprofit 2025 level -50.0", False),
        ("rate 2024 level 1.0\nrate 2025 level 9.0", False),
        ("place 2024 level 90\nplace 2025 level 2", False),
        ("profit 2024 level 10.0\nprofit 2025 level 50.0\nprofit 2025 yoy 400.0", False),  # the source says so
    ],
)
def test_what_is_a_jump_and_what_is_not(check: Check, rows: str, jumps: bool) -> None:
    assert codes(check(rows)) == (["check.jump"] if jumps else [])


def test_the_workspace_sets_how_large_a_jump_is(check: Check) -> None:
    rows = "profit 2024 level 10.0\nprofit 2025 level 30.0"
    assert check(rows, workspace="jump: 3.1\n") == []
    assert codes(check(rows, workspace="jump: 3\n", name="less")) == ["check.jump"]


def test_a_level_outside_its_bounds_is_an_error(check: Check) -> None:
    bounded = "economy.a: {name: 甲, unit: 亿元, low: 1, high: 10}\n"
    found = check("a 2025 level 10.1\na 2024 level 0.9\na 2023 level 1.0\na 2022 level 10.0", bounded + ECONOMY)
    assert [line for line in found if "bounds" in line] == [
        'error: economy.csv:2: economy.a is outside its plausible bounds, found "10.1", expected 10 or less 亿元 '
        "(hint: correct the value or its unit; status doubtful keeps it as reported and prints its note) "
        "[check.bounds]",
        'error: economy.csv:3: economy.a is outside its plausible bounds, found "0.9", expected 1 or more 亿元 '
        "(hint: correct the value or its unit; status doubtful keeps it as reported and prints its note) "
        "[check.bounds]",
    ]
    assert check("a 2025 yoy 50.0\na 2027 target 50.0\na 2026 level 9.0", bounded, name="others") == []


def test_half_a_firm_is_an_error(check: Check) -> None:
    assert check("firms 2025 level 58.5") == [
        'error: economy.csv:2: economy.firms counts whole 家, found "58.5", expected a whole number '
        "(hint: a unit with 万 or 亿 may have decimals) [check.whole-count]"
    ]
    assert codes(check("firms 2026 target 58.5", name="target")) == ["check.whole-count"]
    assert check("firms 2025 yoy 58.5\nfirms 2025 level 58\nprofit 2025 level 58.5", name="right") == []


def test_a_qualifier_that_the_value_cannot_have_is_an_error(check: Check) -> None:
    assert check("firms 2025 level 58余") == [
        'error: economy.csv:2: 余 cannot be said of the value of economy.firms, found "58", expected a number that '
        "ends in tens, 万 or 亿 before 余 (hint: correct the value or the qualifier) [check.qualifier]"
    ]
    assert check("firms 2025 rank_city 前5\nfirms 2024 level 50余\nfirms 2025 level 58", name="right") == []


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("bounds", "a 2025 level 10.1"),
        ("whole-count", "firms 2025 level 58.5"),
        ("rank", "firms 2025 rank_city 6"),
        ("jump", "profit 2024 level 10.0|profit 2025 level 110.0"),
        ("parts", "firms 2025 level 58|large 2025 level 8|small 2025 level 49"),
        ("shares", "first 2025 share 12.3|second 2025 share 45.6|third 2025 share 41.1"),
        ("cumulative", "profit 2025-Q1 level 10.0|profit 2025-Q2 level 12.0|profit 2025-S1 level 23.0"),
        ("cumulative", "a 2025-S1 level 8.0|a 2025-Q1/Q3 level 7.0"),
        ("same-day", "firms 2025-Q4 level 59|firms 2025 level 58"),
        ("growth", "firms 2024 level 31|firms 2025 level 58|firms 2025 yoy 78.1"),
        ("completion", "profit 2025 target 20.0|profit 2025-S1 level 12.0|profit 2025-S1 completion 55.0"),
        ("target", "profit 2025 target 20.0"),
        ("missing-period", "profit 2023 level 5.0|profit 2025 level 5.0"),
        ("stale", "profit 2024 level 5.0|firms 2025 level 58"),
    ],
)
def test_a_finding_is_a_note_when_any_row_it_rests_on_is_doubtful(check: Check, code: str, rows: str) -> None:
    bounded = ECONOMY + "economy.a: {name: 甲, unit: 亿元, low: 1, high: 10}\n"
    lines = rows.split("|")
    rest = {"target": ["living.income 2025 level 500", "gdp 2025 level 5.0"], "stale": ["profit 2023 level 5.0"],
            "missing-period": ["profit 2022 level 5.0"]}  # fmt: skip
    for doubtful in range(len(lines)):
        own = [f"{line} doubtful" if n == doubtful else line for n, line in enumerate(lines)]
        found = check("\n".join([*own, *rest.get(code, [])]), bounded, name=f"doubtful-{doubtful}")
        assert [line[:6] for line in found if line.endswith(f"[check.{code}]")] == ["note: "], own


def test_a_rank_behind_the_last_area_is_an_error(check: Check) -> None:
    assert check("firms 2025 rank_city 6") == [
        'error: economy.csv:2: economy.firms ranks behind the last, found "6", expected 5 or less '
        "(hint: correct the rank, or members of nanshan in workspace.yaml) [check.rank]"
    ]
    assert check("firms 2025 rank_city 5", name="last") == []


def test_a_rank_among_areas_nobody_has_counted_is_not_checked(check: Check) -> None:
    assert check("firms 2025 rank_country 6000") == []
    assert codes(check("firms 2025 rank_province 101", name="province")) == ["check.rank"]


def test_a_rank_that_is_an_indicator_has_its_own_last_place(check: Check) -> None:
    assert check("place 2025 rank_city 100") == []
    assert codes(check("place 2025 rank_city 101", name="more")) == ["check.rank"]
    free = ECONOMY.replace(", high: 100", "")
    assert check("place 2025 rank_city 101", free, name="free") == []


@pytest.mark.parametrize("row", ["firms 2025 level 余323", "firms 2025 level 余58"])
def test_a_qualifier_that_cannot_be_said_of_its_value_is_an_error(check: Check, row: str) -> None:
    assert codes(check(row)) == ["check.qualifier"]


@pytest.mark.parametrize("row", ["firms 2025 level 余320", "profit 2025 level 余32.3", "firms 2025 rank_city 前3"])
def test_a_qualifier_that_can_be_said_is_none_to_mention(check: Check, row: str) -> None:
    assert check(row) == []


# -- rates and denominators ----------------------------------------------------------------------------------------


def test_a_completion_above_200_is_a_warning(check: Check) -> None:
    assert check("profit 2025 completion 986.0") == [
        'warning: economy.csv:2: completion of economy.profit is hardly possible, found "986.0%", expected 200% or '
        "less (hint: correct the digit that has slipped; status doubtful keeps it as reported) [check.rate]"
    ]


@pytest.mark.parametrize(
    ("row", "is_wrong"),
    [("completion 200", False), ("completion 200.1", True), ("yoy 1000", False), ("yoy 1000.1", True),
     ("yoy -1000.1", True), ("mom 1000.1", True), ("growth 1500", False), ("level 5000.0", False)],
)  # fmt: skip
def test_which_rates_are_hardly_possible(check: Check, row: str, is_wrong: bool) -> None:
    assert codes(check(f"profit 2025 {row}")) == (["check.rate"] if is_wrong else [])


EXPORTS = """\
economy.trade: {name: 进出口额, unit: 亿元}
economy.exports: {name: 出口额, unit: 万元, denominator: economy.trade}
"""


def test_a_level_above_its_denominator_is_an_error(check: Check) -> None:
    assert check("trade 2025 level 10.0\nexports 2025 level 123456", EXPORTS) == [
        "error: economy.csv:3: economy.exports is above economy.trade, of which it is a share, found "
        '"123456万元", expected 10.0亿元 or less (hint: correct the figure that is wrong, or denominator) '
        "[check.denominator]"
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("trade 2025 level 10.0\nexports 2025 level 99000", []),
        ("trade 2025 level 10.0\nexports 2025 level 100400", []),  # 10.0 may be 10.05
        ("trade 2024 level 10.0\nexports 2025 level 123456", []),
        ("trade 2025 level 超10.0\nexports 2025 level 123456", []),
        ("trade 2025 level 10.0\nexports 2025 target 123456", ["check.target"]),
    ],
)
def test_what_is_no_more_than_its_denominator(check: Check, rows: str, found: list[str]) -> None:
    assert codes(check(rows, EXPORTS)) == found


def test_a_doubtful_level_above_its_denominator_is_a_note(check: Check) -> None:
    (line,) = check("trade 2025 level 10.0\nexports 2025 level 123456 doubtful", EXPORTS)
    assert line.startswith("note: ")


# -- status --------------------------------------------------------------------------------------------------------


def test_a_revision_that_changes_a_value_is_a_note(check: Check) -> None:
    assert check("profit 2025 level 9.5 2026-01-20\nprofit 2025 level 9.6 2026-09-01") == [
        "note: economy.csv:3: economy.profit of 2025 is revised from 9.5 as of 2026-01-20 (economy.csv:2), found "
        '"9.6" [check.revision]'
    ]
    assert check("profit 2025 level 9.5\nprofit 2025 level 9.5 2026-09-01", name="same") == []


def test_a_revision_names_its_measure_and_the_older_counts_beside_which_nothing_is_derived(check: Check) -> None:
    rows = "profit 2025-S1 level 4.0 2025-07-20\nprofit 2025-Q1/Q3 level 6.0 2025-10-20\n"
    assert check(
        rows + "profit 2025-S1 level 4.5 2025-11-20\nprofit 2025-S1 yoy 5.0\nprofit 2025-S1 yoy 5.1 2025-11-20"
    ) == [
        "note: economy.csv:4: economy.profit of 2025-S1 is revised from 4.0 as of 2025-07-20 (economy.csv:2), found "
        '"4.5" (hint: nothing is derived from it and 2025-Q1/Q3, older: a row of the day of the revision, even of the '
        "same value, helps) [check.revision]",
        "note: economy.csv:6: yoy of economy.profit of 2025-S1 is revised from 5.0 (economy.csv:5), found "
        '"5.1" [check.revision]',
    ]
    assert "hint" not in check(rows + "profit 2025-S1 level 4.5 2025-10-01", name="before")[0]


def test_checks_look_at_the_newest_revision(check: Check) -> None:
    found = check("firms 2024 level 31\nfirms 2025 level 59\nfirms 2025 level 58 2026-09-01\nfirms 2025 yoy 87.1")
    assert codes(found) == ["check.revision"]


def test_preliminary_and_doubtful_figures_are_notes(check: Check) -> None:
    assert check("profit 2025 level 9.5 preliminary\nfirms 2025 yoy 5.0 doubtful\nfirms 2024 level 5 revised") == [
        'note: economy.csv:2: level of economy.profit in 2025 is marked preliminary, found "9.5" [check.preliminary]',
        'note: economy.csv:3: yoy of economy.firms in 2025 is marked doubtful, found "5.0" [check.doubtful]',
    ]


def test_what_rests_on_a_doubtful_row_is_a_note_and_names_it_once(check: Check) -> None:
    found = check("firms 2025 level 58\nlarge 2025 level 8 doubtful\nsmall 2025 level 49")
    assert found == [
        'note: economy.csv:2: economy.firms is not the sum of its parts, found "58", expected 8 + 49 = 57 家 '
        "[check.parts]"
    ]


# -- severities ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "begins"), [("error", "error: "), ("warning", "warning: "), ("note", "note: ")])
def test_the_workspace_sets_how_bad_a_finding_is(check: Check, word: str, begins: str) -> None:
    found = check("profit 2024 level 9.5\nprofit 2025 level 96.0", workspace=f"checks: {{check.jump: {word}}}\n")
    assert [line.startswith(begins) for line in found] == [True]


def test_a_check_can_be_turned_off(check: Check) -> None:
    assert check("profit 2024 level 9.5\nprofit 2025 level 96.0", workspace="checks: {check.jump: off}\n") == []


@pytest.mark.parametrize(
    ("line", "finds"),
    [
        (
            "checks: {check.jumps: off}",
            'data/workspace.yaml:7: checks.check.jumps cannot be read, found "check.jumps", expected the code of a '
            "check, such as check.jump (hint: did you mean check.jump or check.parts or check.bounds?) [yaml.value]",
        ),
        (
            "checks: {check.jump: of}",
            'data/workspace.yaml:7: checks.check.jump cannot be read, found "of", expected error, warning, note or off '
            "(hint: did you mean off?) [yaml.value]",
        ),
        ("jump: 1", 'data/workspace.yaml:7: jump cannot be read, found "1", expected more than 1 [yaml.value]'),
    ],
)
def test_a_mistyped_setting_is_found_with_what_is_near_it(check: Check, line: str, finds: str) -> None:
    with pytest.raises(Failed) as failed:
        check("firms 2025 level 58", workspace=f"{line}\n")
    assert str(failed.value) == finds


# -- all of it -----------------------------------------------------------------------------------------------------


def test_our_data_give_notes_only() -> None:
    found = checks.check(folder.read(shipped("data")))
    assert [f"{it.severity} {it.code} {it.message}" for it in found] == [
        "note check.bounds urban_rural.road_density is outside its plausible bounds",
        "note check.doubtful yoy of industry.env_output in 2022 is marked doubtful",
        "note check.doubtful rank_province of industry.innovation_total in 2022 is marked doubtful",
        "note check.doubtful level of agriculture.nanfan_share in 2025 is marked doubtful",
    ]


def test_the_small_world_is_silent(world: Path) -> None:
    assert checks.check(folder.read(world)) == ()


def test_a_folder_of_thirty_two_thousand_rows_is_silent(tmp_path: Path) -> None:
    periods = [f"{year}-{part}" for year in range(2016, 2026) for part in ("Q1", "S1", "Q1/Q3", "01/12")]
    rows = [
        f"economy.i{n},qinghe,{period},{measure},{value},,bulletin,第1段,,,\n"
        for n in range(400)
        for period in periods
        for measure, value in (("level", {"Q1": 30, "S1": 60, "Q1/Q3": 90, "01/12": 120}[period[5:]]), ("yoy", "0.0"))
    ]
    names = "".join(f"economy.i{n}: {{name: 指标, unit: 亿元}}\n" for n in range(400))
    root = write(tmp_path / "data", {
        "workspace.yaml": WORKSPACE, "sources.yaml": "bulletin: {title: 公报}\n", "sections.yaml": SECTIONS,
        "indicators/economy.yaml": names, "observations/economy.csv": HEADER + "".join(rows),
    })  # fmt: skip
    catalog = folder.read(root)
    assert checks.check(catalog) == ()


# -- at a build ----------------------------------------------------------------------------------------------------


@pytest.fixture
def place(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which a build over the small world runs."""
    monkeypatch.chdir(world.parent)
    return world


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words])
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


BUILD = ("build", "--format", "txt", "--output", "out.txt")


def change(world: Path, file: str, old: str, new: str) -> None:
    text = (world / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (world / file).write_text(text.replace(old, new), encoding="utf-8")


def test_an_error_anywhere_in_the_folder_stops_a_build(place: Path) -> None:
    change(place, "observations/industry.csv", "2025,level,112.35", "2025,level,1123.5")
    code, stderr = run(*BUILD, "--section", "living")
    assert code == 1
    assert stderr.splitlines() == [
        'error: data/observations/industry.csv:3: industry.output is outside its plausible bounds, found "1123.5", '
        "expected 1000 or less 亿元 (hint: correct the value or its unit; status doubtful keeps it as reported and "
        "prints its note) [check.bounds]"
    ]


def test_a_build_shows_the_warnings_of_what_it_prints(place: Path) -> None:
    change(place, "observations/industry.csv", "2025,yoy,12.1", "2025,yoy,13.1")
    code, stderr = run(*BUILD, "--section", "living")
    assert (code, stderr) == (0, "")
    code, stderr = run(*BUILD, "--section", "industry")
    assert (code, stderr.count("[check.growth]")) == (0, 1)
    code, stderr = run(*BUILD, "--section", "industry", "--period", "2024")
    assert (code, stderr.count("[check.growth]")) == (0, 1)  # it rests on the level of 2024, too
    code, stderr = run(*BUILD, "--indicator", "industry.firms")
    assert (code, stderr) == (0, "")


def test_a_build_is_silent_about_the_rows_of_its_indicators_that_it_does_not_print(place: Path) -> None:
    change(
        place,
        "observations/industry.csv",
        "100.25,,bulletin-2025,第1段,,,",
        "100.25,,bulletin-2025,第1段,preliminary,,",
    )
    assert run(*BUILD, "--section", "industry") == (0, "")
    assert run(*BUILD, "--section", "industry", "--period", "2024")[1].count("[check.preliminary]") == 1


def test_a_strict_build_stops_at_a_warning_and_writes_nothing(place: Path) -> None:
    change(place, "observations/industry.csv", "2025,yoy,12.1", "2025,yoy,13.1")
    assert run("check")[0] == 0
    code, stderr = run("check", "--strict")
    assert (code, stderr[:6]) == (1, "error:")
    code, stderr = run(*BUILD, "--strict")
    assert (code, stderr.count("error: "), stderr.count("[check.growth]")) == (1, 1, 1)
    assert not (place.parent / "out.txt").exists()
    assert run(*BUILD, "--strict", "--section", "living")[0] == 0


def test_a_note_does_not_stop_a_strict_build(place: Path) -> None:
    change(place, "observations/industry.csv", "58,,bulletin-2025,第2段,,,", "58,,bulletin-2025,第2段,preliminary,,")
    code, stderr = run(*BUILD, "--strict")
    assert (code, stderr.count("note: ")) == (0, 1)


PARTS = {
    "indicators/industry.yaml": WORLD["indicators/industry.yaml"]
    + "industry.light: {name: 轻工业, unit: 亿元, decimals: 1, parts_of: industry.output}\n"
    + "industry.heavy: {name: 重工业, unit: 亿元, decimals: 1, parts_of: industry.output}\n",
}
NOTE = "表中数据经四舍五入，分项之和与总计可能略有出入。"


@pytest.mark.parametrize(
    ("light", "heavy", "is_uneven"),
    [
        ("50.20", "62.15", False),  # 50.2 + 62.2 = 112.4
        ("50.14", "62.21", True),  # 50.1 + 62.2 = 112.3 below 112.4
        ("50.15", "62.21", False),
    ],
)
def test_parts_that_are_uneven_by_rounding_alone_make_a_note_of_the_table(
    place: Path, light: str, heavy: str, is_uneven: bool
) -> None:
    rows = f"industry.light,qinghe,2025,level,{light},,bulletin-2025,第1段,,,\n"
    rows += f"industry.heavy,qinghe,2025,level,{heavy},,bulletin-2025,第1段,,,\n"
    write(place, {**PARTS, "observations/industry.csv": WORLD["observations/industry.csv"] + rows})
    assert run(*BUILD) == (0, "")
    assert (NOTE in (place.parent / "out.txt").read_text(encoding="utf-8")) is is_uneven
    assert run(*BUILD, "--indicator", "industry.light") == (0, "")
    assert NOTE not in (place.parent / "out.txt").read_text(encoding="utf-8")


def test_shares_that_are_uneven_by_rounding_alone_make_a_note_of_the_table(place: Path) -> None:
    rows = "".join(
        f"industry.{id},qinghe,2025,share,{share},,bulletin-2025,第1段,,,\n"
        for id, share in (("light", "33.3"), ("heavy", "66.6"))
    )
    write(place, {**PARTS, "observations/industry.csv": WORLD["observations/industry.csv"] + rows})
    assert run(*BUILD) == (0, "")
    assert NOTE in (place.parent / "out.txt").read_text(encoding="utf-8")


def test_shares_are_printed_as_reported(place: Path) -> None:
    rows = "".join(
        f"industry.{id},qinghe,2025,share,{share},,bulletin-2025,第1段,,,\n"
        for id, share in (("light", "33.35"), ("heavy", "66.65"))  # one decimal would make 33.4 and 66.7
    )
    write(place, {**PARTS, "observations/industry.csv": WORLD["observations/industry.csv"] + rows})
    assert run(*BUILD) == (0, "")
    assert NOTE not in (place.parent / "out.txt").read_text(encoding="utf-8")


def test_two_values_of_one_growth_in_one_report_are_an_error(place: Path) -> None:
    change(place, "observations/industry.csv", "2025,yoy,12.1", "2025,yoy,12.3")
    write(place, {
        "workspace.yaml": WORLD["workspace.yaml"] + "checks: {check.growth: off}\n",
        "narratives/industry/2025.md": "工业总产值{{ change('industry.output', since='2024') }}。\n",
    })  # fmt: skip
    code, stderr = run(*BUILD)
    assert code == 1
    assert stderr.splitlines() == [
        "error: data/observations/industry.csv:4: yoy of industry.output in 2025 is printed with two values, found "
        '"比上年增长12.3%", expected 比上年增长12.1% as before '
        "(hint: print the reported one in both places, or correct it) [check.two-values]"
    ]
    assert run("check")[0] == 1


def test_a_growth_printed_as_reported_and_as_computed_may_differ_in_decimals(place: Path) -> None:
    change(place, "observations/industry.csv", "2025,yoy,12.1", "2025,yoy,12.07")
    write(place, {"narratives/industry/2025.md": "工业总产值{{ change('industry.output', since='2024') }}。\n"})
    assert run(*BUILD) == (0, "")


def row(value: str, measure: Measure = Measure.LEVEL, period: str = "2025", id: str = "economy.gdp") -> Observation:
    place = Place("economy.csv", int(period[:4]))
    return Observation(id, "qinghe", Period.parse(period), measure, Decimal(value), None, "s", "l", place=place)


def figure(text: str, derivation: Derivation, *rows: Observation, value: str = "", rule: str = "") -> Figure:
    return Figure(text, derivation, rows, Decimal(value) if value else None, rule)


def two_values(*figures: Figure) -> list[str]:
    document = Document("", (Paragraph(figures),), Furniture(), Period.parse("2025"))
    return [str(finding).split(" (hint")[0] for finding in printed.two_values(document)]


NOW, BEFORE, WHOLE = row("120.0"), row("100.0", period="2024"), row("200.0", id="economy.all")
REPORTED, COMPARED = Derivation.REPORTED, Derivation.COMPARED


@pytest.mark.parametrize(
    ("one", "other", "finds"),
    [
        (figure("5.0%", REPORTED, row("5.0", Measure.YOY), value="5.0", rule="yoy"),
         figure("增长20.0%", COMPARED, NOW, BEFORE, value="20.0", rule="growth_up"),
         ["economy.csv:2025: yoy of economy.gdp in 2025 is printed with two values, "
          'found "增长20.0%", expected 5.0% as before']),
        (figure("−5.0%", REPORTED, row("-5.0", Measure.YOY), value="-5.0", rule="yoy"),
         figure("下降5.0%", COMPARED, row("-5.0", Measure.YOY), value="5.0", rule="growth_down"), []),
        (figure("5.0%", REPORTED, row("5.0", Measure.YOY), value="5.0", rule="yoy"),
         figure("下降5.0%", COMPARED, row("-5.0", Measure.YOY), value="5.0", rule="growth_down"),
         ["economy.csv:2025: yoy of economy.gdp in 2025 is printed with two values, "
          'found "下降5.0%", expected 5.0% as before']),
        (figure("5.0%", REPORTED, row("5.0", Measure.YOY), value="5.0", rule="yoy"),
         figure("持平", COMPARED, NOW, BEFORE, rule="flat"),
         ["economy.csv:2025: yoy of economy.gdp in 2025 is printed with two values, "
          'found "持平", expected 5.0% as before']),
        (figure("持平", COMPARED, row("0.0", Measure.YOY), rule="flat"),
         figure("持平", COMPARED, NOW, BEFORE, rule="flat_rounded"), []),
        (figure("60.0%", REPORTED, row("60.0", Measure.SHARE), value="60.0", rule="share"),
         figure("占60.4%", COMPARED, NOW, WHOLE, value="60.4", rule="share"),
         ["economy.csv:2025: share of economy.gdp in 2025 is printed with two values, "
          'found "占60.4%", expected 60.0% as before']),
        (figure("占60%", COMPARED, row("60", Measure.SHARE), value="60", rule="share"),
         figure("占60.4%", COMPARED, NOW, WHOLE, value="60.4", rule="share"), []),
        (figure("占55%", COMPARED, row("55", Measure.SHARE), value="55", rule="share"),
         figure("占60.4%", COMPARED, NOW, WHOLE, value="60.4", rule="share"),
         ["economy.csv:2025: share of economy.gdp in 2025 is printed with two values, "
          'found "占60.4%", expected 占55% as before']),
        (figure("完成60.0%", COMPARED, row("60.0", Measure.COMPLETION), value="60.0", rule="completion"),
         figure("完成70.0%", COMPARED, NOW, WHOLE, value="70.0", rule="completion"),
         ["economy.csv:2025: completion of economy.gdp in 2025 is printed with two values, "
          'found "完成70.0%", expected 完成60.0% as before']),
        (figure("完成60.0%", COMPARED, row("60.0", Measure.COMPLETION), value="60.0", rule="completion"),
         figure("完成", COMPARED, NOW, WHOLE, rule="target_met"), []),
        (figure("完成", COMPARED, NOW, WHOLE, rule="target_met"),
         figure("完成60.0%", COMPARED, row("60.0", Measure.COMPLETION), value="60.0", rule="completion"), []),
        (figure("第3位", Derivation.RANKED, row("3", Measure.RANK_CITY), value="3", rule="rank_city"),
         figure("第4位", Derivation.RANKED, row("4", Measure.RANK_CITY), value="4", rule="rank_city"),
         ["economy.csv:2025: rank_city of economy.gdp in 2025 is printed with two values, "
          'found "第4位", expected 第3位 as before']),
        # What is no growth over the year before, or of two indicators, is another figure.
        (figure("5.0%", REPORTED, row("5.0", Measure.YOY), value="5.0", rule="yoy"),
         figure("增长20.0%", COMPARED, NOW, row("100.0", period="2021"), value="20.0", rule="growth_up"), []),
        (figure("5.0%", REPORTED, row("5.0", Measure.YOY), value="5.0", rule="yoy"),
         figure("增长20.0%", COMPARED, NOW, WHOLE, value="20.0", rule="growth_up"), []),
        (figure("5.0%", REPORTED, row("5.0", Measure.YOY), value="5.0", rule="yoy"),
         figure("增加20.0亿元", COMPARED, NOW, BEFORE, value="20.0", rule="amount_up"), []),
        (figure("5.0%", REPORTED, row("5.0", Measure.COMPLETION), value="5.0", rule="completion"),
         figure("增加20.0亿元", COMPARED, NOW, BEFORE, value="20.0", rule="amount_up"), []),
        (figure("2025年", Derivation.PERIOD, value="2025"), figure("2024年", Derivation.PERIOD, value="2024"), []),
    ],
)  # fmt: skip
def test_one_figure_has_one_value_in_a_document(one: Figure, other: Figure, finds: list[str]) -> None:
    assert two_values(one, other, other) == finds


def test_a_finding_of_no_check_keeps_its_severity() -> None:
    finding = Finding("scope.left-out", "", severity=Severity.NOTE)
    assert list(judged([finding, Finding("check.jump", "")], {})) == [
        finding, Finding("check.jump", "", severity=Severity.WARNING)
    ]  # fmt: skip
