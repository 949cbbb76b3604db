"""What two values say about each other. `tests/goldens/comparison.txt` shows every kind of phrase in both languages;
write it anew with `python tests/test_comparison.py` and read the difference."""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xdreport import comparison as c
from xdreport import quantity, unit
from xdreport.catalog import Good, Measure, Qualifier
from xdreport.comparison import Basis, Direction, Mention, Phrase, Style
from xdreport.notation import MINUS, Rounding, amount, digits, rounded
from xdreport.period import Period
from xdreport.quantity import Quantity, Refusal
from xdreport.wording import Book, Part

HERE = Path(__file__).parent
GOLDEN = HERE / "goldens" / "comparison.txt"
ZH, EN = (
    Book.parse(yaml.safe_load((HERE.parent / "templates" / "wording" / f"{language}.yaml").read_text(encoding="utf-8")))
    for language in ("zh", "en")
)
WIDE = Context(prec=60)


def q(value: str, unit_text: str = "亿元", period: str = "", **more: Any) -> Quantity:
    """A quantity from short texts; more is better unless the test says otherwise."""
    more.setdefault("good", Good.UP)
    return Quantity(Decimal(value), unit.parse(unit_text), period=Period.parse(period) if period else None, **more)


def g(value: str, period: str = "", **more: Any) -> Quantity:
    """A rate of growth."""
    return q(value, "%", period, is_growth=True, **more)


def place(value: str, period: str = "", **more: Any) -> Quantity:
    """A rank."""
    return q(value, "位", period, good=Good.DOWN, **more)


def stock(value: str, period: str = "", unit_text: str = "家", **more: Any) -> Quantity:
    """An amount at a day."""
    return q(value, unit_text, period, is_flow=False, **more)


def said(result: Phrase | Refusal) -> Phrase:
    assert isinstance(result, Phrase), result
    assert "".join(part.text for part in result.parts) == result.text
    for part in result.parts:
        assert part.text
        assert part.input is None or part.value is not None
        assert part.input is None or 0 <= part.input < len(result.inputs)
    return result


def refused(result: Phrase | Refusal) -> str:
    assert isinstance(result, Refusal), result
    assert result.reason
    return result.rule


# -- every kind of phrase, readable ----------------------------------------------------------------------------------

Q1, Q1_BEFORE = "2022-Q1", "2021-Q1"
TO_AUGUST, TO_SEPTEMBER = "2022-01/08", "2022-01/09"
LATER, BELOW = Style(mention=Mention.LATER), Style(mention=Mention.BELOW)
PROFIT: dict[str, Any] = {"is_profit": True}

Case = tuple[str, Callable[..., Phrase | Refusal], tuple[Any, ...], dict[str, Any]]


def case(title: str, function: Callable[..., Phrase | Refusal], *inputs: Any, **options: Any) -> Case:
    return title, function, inputs, options


CASES: dict[str, list[Case]] = {
    "amounts: growth in %": [
        case("a quarter, 同比", c.change, q("105.6", period=Q1), q("100", period=Q1_BEFORE)),
        case("a fall", c.change, q("96.9", period=Q1), q("100", period=Q1_BEFORE)),
        case("a year", c.change, q("105.6", period="2022"), q("100", period="2021")),
        case("a month against the one before, 环比", c.change, q("98", period="2022-09"), q("100", period="2022-08")),
        case("a quarter against the one before", c.change, q("102", period="2022-Q2"), q("100", period="2022-Q1")),
        case("a stock against the end of a year", c.change, stock("58", "2022-06"), stock("50", "2021")),
        case("the same, said 比年初", c.change, stock("58", "2022-06"), stock("50", "2021"), basis=Basis.YEAR_START),
        case("years apart", c.change, q("187.1", period="2025"), q("100", period="2021")),
        case("equal", c.change, q("100", period=Q1), q("100", period=Q1_BEFORE)),
        case("equal once rounded", c.change, q("100.04", period=Q1), q("100", period=Q1_BEFORE)),
        case("a fall that rounds to nothing", c.change, q("99.96", period=Q1), q("100", period=Q1_BEFORE)),
        case("above 100%", c.change, q("222.2", period="2022"), q("100", period="2021")),
        case("just doubled, in %", c.change, q("200", period="2022"), q("100", period="2021")),
        case("without periods", c.change, q("105.6"), q("100")),
        case("reported growth wins", c.change, q("105.6", period=Q1), q("100", period=Q1_BEFORE),
             reported=g("4.8", Q1)),
        case("said again", c.change, q("105.6", period=Q1), q("100", period=Q1_BEFORE), style=LATER),
        case("for what follows, 下同", c.change, q("105.6", period=Q1), q("100", period=Q1_BEFORE), style=BELOW),
        case("万元 against 亿元", c.change, q("10560", "万元", Q1), q("1", "亿元", Q1_BEFORE)),
    ],
    "amounts: reported growth": [
        case("同比", c.growth, g("5.6", Q1)),
        case("a year", c.growth, g("5.6", "2022")),
        case("环比", c.growth, g("-0.3", "2022-09"), basis=Basis.MOM),
        case("年均", c.growth, g("8", "2021/2025"), basis=Basis.AVERAGE),
        case("with a qualifier", c.growth, g("20", Q1, qualifier=Qualifier.OVER)),
        case("以上", c.growth, g("20", Q1, qualifier=Qualifier.AT_LEAST)),
        case("zero", c.growth, g("0.0", Q1)),
        case("over a span, nothing said of the base", c.growth, g("87.1", "2021/2025"), basis=Basis.NONE),
        case("prefer another verb", c.growth, g("-3.1", Q1), style=Style(prefer=("减少",))),
        case("a list", c.merged, [g("5.6", Q1), g("3.1", Q1)]),
        case("a list of three falls", c.merged, [g("-5.6", Q1), g("-3.1", Q1), g("-2.0", Q1)]),
        case("a mixed list", c.merged, [g("5.6", Q1), g("-3.1", Q1), g("0.0", Q1)]),
        case("a list led by a year", c.merged, [g("5.6", "2022"), g("3.1", Q1)]),
        case("a list of equals", c.merged, [g("5.6", Q1), g("5.6", Q1)]),
        case("a list of zeros", c.merged, [g("0.0", Q1), g("0.0", Q1)]),
    ],
    "amounts: 倍 and 番": [
        case("增长N倍", c.times, q("222.2", period="2022"), q("100", period="2021")),
        case("翻番", c.times, q("200", period="2022"), q("100", period="2021")),
        case("翻两番", c.times, q("402", period="2022"), q("100", period="2021")),
        case("翻三番", c.times, q("800", period="2022"), q("100", period="2021")),
        case("a reported rate of 100%", c.times, q("2", period="2022"), None, reported=g("100", "2022")),
        case("years apart", c.times, q("222.2", period="2025"), q("100", period="2021")),
        case("from a reported rate", c.times, q("28.5", period="2022"), None, reported=g("231", "2022")),
    ],
    "amounts: differences and both values": [
        case("增加", c.difference, stock("58", "2022"), stock("31", "2021")),
        case("减少", c.difference, q("2.8", period=Q1), q("3.2", period=Q1_BEFORE)),
        case("years apart", c.difference, stock("58", "2025"), stock("31", "2021")),
        case("no difference over years", c.difference, stock("58", "2025"), stock("58", "2021")),
        case("no difference", c.difference, stock("58", "2022"), stock("58", "2021")),
        case("由X增至Y", c.from_to, stock("58", "2025"), stock("31", "2021")),
        case("由X降至Y", c.from_to, stock("31", "2025"), stock("58", "2021")),
        case("with qualifiers", c.from_to, q("110", qualifier=Qualifier.PAST), q("40", qualifier=Qualifier.OVER)),
        case("保持", c.from_to, stock("31", "2025"), stock("31", "2021")),
        case("rates", c.from_to, q("58.3", "%", "2022"), q("55.1", "%", "2021")),
    ],
    "amounts through zero": [
        case("扭亏为盈", c.change, q("0.5", period="2022", **PROFIT), q("-0.3", period="2021", **PROFIT)),
        case("由盈转亏", c.change, q("-0.3", period="2022", **PROFIT), q("0.5", period="2021", **PROFIT)),
        case("减亏", c.change, q("-0.1", period=Q1, **PROFIT), q("-0.3", period=Q1_BEFORE, **PROFIT)),
        case("增亏", c.change, q("-0.5", period=Q1, **PROFIT), q("-0.3", period=Q1_BEFORE, **PROFIT)),
        case("years apart", c.change, q("-0.1", period="2025", **PROFIT), q("-0.3", period="2021", **PROFIT)),
        case("equal losses", c.change, q("-0.3", period=Q1, **PROFIT), q("-0.3", period=Q1_BEFORE, **PROFIT)),
        case("loss to nothing", c.change, q("0", period=Q1, **PROFIT), q("-0.3", period=Q1_BEFORE, **PROFIT)),
        case("profit to nothing", c.change, q("0", period=Q1, **PROFIT), q("0.3", period=Q1_BEFORE, **PROFIT)),
        case("nothing to profit", c.change, q("0.3", period=Q1, **PROFIT), q("0", period=Q1_BEFORE, **PROFIT)),
        case("nothing to loss", c.change, q("-0.3", period=Q1, **PROFIT), q("0", period=Q1_BEFORE, **PROFIT)),
        case("an amount that is no profit", c.change, q("0.5", period=Q1), q("-0.3", period=Q1_BEFORE)),
        case("and down", c.change, q("-0.5", period=Q1), q("0.3", period=Q1_BEFORE)),
    ],
    "rates of growth against each other": [
        case("加快", c.points, g("5.6", TO_SEPTEMBER), g("4.2", TO_AUGUST)),
        case("提高, with 增速", c.points, g("7.1", "2022-01/03"), g("5.1", "2022-01/02"),
             style=Style(prefer=("提高",), noun=True, trims=True)),
        case("回落", c.points, g("4.2", "2022"), g("5.6", "2021")),
        case("放缓", c.points, g("4.2", Q1), g("5.6", Q1_BEFORE), style=Style(prefer=("放缓",), noun=True)),
        case("the same pace", c.points, g("5.6", Q1), g("5.6", Q1_BEFORE), style=Style(noun=True)),
        case("降幅收窄", c.points, g("-1.8", TO_SEPTEMBER), g("-3.1", TO_AUGUST)),
        case("降幅扩大", c.points, g("-3.1", "2022-09"), g("-1.8", "2022-08")),
        case("the same fall", c.points, g("-3.1", Q1), g("-3.1", Q1_BEFORE)),
        case("由负转正", c.points, g("0.5", Q1), g("-1.8", Q1_BEFORE), style=Style(noun=True)),
        case("由正转负", c.points, g("-0.5", Q1), g("1.8", Q1_BEFORE)),
        case("a fall that stops", c.points, g("0.0", Q1), g("-1.8", Q1_BEFORE)),
        case("growth that stops", c.points, g("0.0", Q1), g("1.8", Q1_BEFORE)),
        case("growth that begins", c.points, g("1.8", Q1), g("0.0", Q1_BEFORE)),
        case("a fall that begins", c.points, g("-1.8", Q1), g("0.0", Q1_BEFORE)),
        case("zero twice", c.points, g("0.0", Q1), g("0.0", Q1_BEFORE)),
    ],
    "other rates and shares": [
        case("提高", c.points, q("41.2", "%", Q1), q("38.4", "%", Q1_BEFORE)),
        case("下降, and good", c.points, q("5.1", "%", Q1, good=Good.DOWN), q("5.5", "%", Q1_BEFORE)),
        case("持平", c.points, q("41.2", "%", Q1), q("41.2", "%", Q1_BEFORE)),
        case("a rate at a day", c.points, stock("67.9", "2022", "%"), stock("67.0", "2021", "%")),
        case("in ‰", c.points, q("6.8", "‰", "2022"), q("7.5", "‰", "2021")),
        case("占比", c.share, q("41.2", "%"), "规模以上工业"),
        case("占比, computed", c.share, quantity.share_of(q("41.2"), q("100")), "规模以上工业"),
        case("拉动, computed", c.pull, quantity.pull_of(q("12"), q("10"), q("90")), "工业"),
        case("贡献率", c.contribution, q("32.5", "%"), "经济"),
        case("拉动", c.pull, q("0.8", "百分点"), "工业"),
        case("下拉", c.pull, q("-0.3", "百分点"), "工业"),
        case("no pull", c.pull, q("0.0", "百分点"), "工业"),
        case("高于", c.against, g("11.2", Q1), g("5.6", Q1), "全省"),
        case("低于", c.against, g("5.3", Q1), g("5.6", Q1), "全市"),
        case("与…持平", c.against, g("5.6", Q1), g("5.6", Q1), "全市"),
        case("amounts", c.against, q("42800", "元", "2022"), q("41600", "元", "2022"), "全省平均水平"),
    ],
    "ranks": [
        case("前移", c.rank_change, place("24", "2025"), place("77", "2024")),
        case("后移", c.rank_change, place("6", "2025"), place("4", "2024")),
        case("years apart", c.rank_change, place("24", "2025"), place("77", "2022")),
        case("unmoved for years", c.rank_change, place("24", "2025"), place("24", "2022")),
        case("unmoved", c.rank_change, place("4", "2025"), place("4", "2024")),
        case("由…升至", c.from_to, place("24", "2025"), place("77", "2022")),
        case("由…降至", c.from_to, place("6", "2025"), place("4", "2022")),
        case("保持", c.from_to, place("4", "2025"), place("4", "2022")),
    ],
    "targets": [
        case("完成", c.completion, q("8.63"), q("10")),
        case("100.0% and not there", c.completion, q("9.996"), q("10")),
        case("reached", c.completion, q("10"), q("10")),
        case("exceeded", c.completion, q("12"), q("10")),
        case("reported", c.completion, q("8.6"), None, reported=q("86.3", "%")),
        case("another word", c.completion, q("8.63"), q("10"), word="全年预算"),
        case("a limit kept", c.limit, q("5.2", "%"), q("5.5", "%")),
        case("a limit exceeded", c.limit, q("5.8", "%"), q("5.5", "%")),
        case("快", c.schedule, q("66.0", "%", "2022-01/06")),
        case("慢", c.schedule, q("40.5", "%", "2022-01/06")),
        case("on time", c.schedule, q("50.0", "%", "2022-01/06")),
    ],
    "refusals": [
        case("no base", c.change, q("5", period=Q1), None),
        case("a base of zero", c.change, q("5", period=Q1), q("0", period=Q1_BEFORE)),
        case("a base that prints as zero", c.change, q("5", period=Q1), q("0.04", period=Q1_BEFORE, decimals=1)),
        case("two amounts below zero", c.change, q("-5", period=Q1), q("-4", period=Q1_BEFORE)),
        case("a qualified base", c.change, q("110", period="2025"), q("40", period="2021", qualifier=Qualifier.OVER)),
        case("two units", c.change, q("5", "家", Q1), q("4", "户", Q1_BEFORE)),
        case("two price bases", c.change, q("5", period=Q1, price="current"),
             q("4", period=Q1_BEFORE, price="constant")),
        case("growth at constant prices", c.change, q("5", period=Q1, price="current", is_real=True),
             q("4", period=Q1_BEFORE, price="current", is_real=True)),
        case("a count against a shorter one", c.change, q("5", period=TO_SEPTEMBER), q("4", period=TO_AUGUST)),
        case("a later base", c.change, q("5", period=Q1_BEFORE), q("4", period=Q1)),
        case("倍 for less than double", c.times, q("199", period="2022"), q("100", period="2021")),
        case("百分点 of amounts", c.points, q("5", period=Q1), q("4", period=Q1_BEFORE)),
        case("a growth against a share", c.points, g("5", Q1), q("4", "%", Q1_BEFORE)),
        case("a share above 100%", c.share, q("100.1", "%"), "全区"),
        case("limit", c.limit, q("5"), None),
        case("schedule", c.schedule, q("5", "家", "2022")),
        case("schedule", c.schedule, q("5", "%", "2021/2025")),
        case("areas in two periods", c.against, g("5", Q1), g("4", "2022-Q2"), "全省"),
        case("completion of an upper limit", c.completion, q("5", good=Good.DOWN), q("4")),
        case("growth", c.growth, q("5", "家")),
        case("growth", c.growth, q("5", "‰")),
        case("merged", c.merged, [g("5")]),
        case("merged", c.merged, []),
        case("merged", c.merged, [g("5"), q("5", "家")]),
        case("times", c.times, q("5"), None),
        case("times", c.times, q("-5"), q("1")),
        case("times", c.times, q("5", period="2022"), q("1", period="2022-Q1")),
        case("times", c.times, q("5"), None, reported=q("200", "家")),
        case("times", c.times, q("5"), None, reported=g("200", qualifier=Qualifier.OVER)),
        case("times", c.times, q("5"), None, reported=g("99.9")),
        case("difference", c.difference, q("5"), None),
        case("difference", c.difference, q("5", "%"), q("4", "%")),
        case("difference", c.difference, place("5"), place("4")),
        case("difference", c.difference, q("5"), q("4", qualifier=Qualifier.ABOUT)),
        case("difference", c.difference, q("5", period="2022"), q("4", period="2022-Q1")),
        case("points", c.points, g("5"), None),
        case("points", c.points, g("5"), g("4", qualifier=Qualifier.ABOUT)),
        case("points", c.points, g("5", qualifier=Qualifier.ABOUT), g("4")),
        case("points", c.points, q("5", "%"), q("4", "‰")),
        case("points", c.points, g("5", "2022"), g("4", "2022")),
        case("from to", c.from_to, q("5"), None),
        case("from to", c.from_to, q("5"), q("5", "家")),
        case("from to", c.from_to, place("0"), place("5")),
        case("from to", c.from_to, place("1"), place("2.5")),
        case("against", c.against, g("5"), None, "全省"),
        case("against", c.against, g("5"), q("5", "%"), "全省"),
        case("against", c.against, place("5"), place("4"), "全省"),
        case("against", c.against, g("5", qualifier=Qualifier.ABOUT), g("4"), "全省"),
        case("rank change", c.rank_change, place("5"), None),
        case("rank change", c.rank_change, place("5"), q("4", "家")),
        case("rank change", c.rank_change, q("4", "家"), place("5")),
        case("rank change", c.rank_change, place("5"), place("4", qualifier=Qualifier.WITHIN)),
        case("rank change", c.rank_change, place("5", qualifier=Qualifier.WITHIN), place("4")),
        case("rank change", c.rank_change, place("5"), place("0")),
        case("rank change", c.rank_change, place("1.5"), place("2")),
        case("rank change", c.rank_change, place("5", "2022"), place("4", "2022")),
        case("share", c.share, q("-0.1", "%"), "全区"),
        case("share", c.share, q("5", "家"), "全区"),
        case("contribution", c.contribution, q("5", "家"), "全区"),
        case("pull", c.pull, q("5", "%"), "全区"),
    ],
}  # fmt: skip


ENGLISH = {
    "全省": "the province", "全市": "the city", "全区": "the district", "全省平均水平": "the provincial average",
    "规模以上工业": "large-scale industry", "经济": "the economy", "工业": "industry", "全年预算": "the annual budget",
}  # fmt: skip


def written(entry: Case, book: Book) -> Phrase | Refusal:
    _, function, inputs, options = entry
    options = {"style": Style(), **options}
    if book is EN:
        inputs = tuple(ENGLISH[value] if isinstance(value, str) else value for value in inputs)
        options = {key: ENGLISH.get(value, value) if key == "word" else value for key, value in options.items()}
    style = options.pop("style")
    return function(*inputs, book, style, **options)


def input_text(value: Any) -> str:
    match value:
        case Quantity():
            text = amount(value.value, value.unit, value.qualifier)
            return f"{text} in {value.period}" if value.period else text
        case list():
            return ", ".join(map(input_text, value))
        case None:
            return "nothing"
        case _:
            return str(value)


def part_text(part: Part, phrase: Phrase) -> str:
    if part.period:
        return f"{part.text} = {part.period}"
    assert part.value is not None
    if part.input is None:
        return f"{part.text} (obtained)"
    assert abs(phrase.inputs[part.input].value) == abs(part.value)
    return f"{part.text} = input {part.input}"


def golden_lines() -> Iterator[str]:
    yield "Every kind of phrase: its inputs (new, then old), what each book says, the rule, what was computed."
    for group, entries in CASES.items():
        yield from ("", f"== {group}")
        for entry in entries:
            title, _, inputs, options = entry
            listed = "; ".join(map(input_text, inputs))
            reported = options.get("reported")
            yield from ("", title, f"    of {listed}" + (f"; reported {input_text(reported)}" if reported else ""))
            zh, en = written(entry, ZH), written(entry, EN)
            if isinstance(zh, Refusal):
                assert zh == en
                yield f"    refused ({zh.rule}): {zh.reason}"
                continue
            assert isinstance(en, Phrase)
            yield from (f"    {zh.text}", f"    {en.text}")
            good = {None: "", True: ", good", False: ", bad"}[zh.is_good]
            value = "" if zh.value is None else f" {digits(zh.value)}"
            yield f"    {zh.rule}:{value} {zh.direction or 'no direction'}{good}"
            if zh.formula:
                yield f"    {zh.formula}"
            shown = [part_text(part, zh) for part in zh.parts if not part.is_plain]
            yield f"    prints {'; '.join(shown) or 'no figure'}, of {len(zh.inputs)}"


def test_every_kind_of_phrase_reads_as_in_the_golden() -> None:
    assert "\n".join(golden_lines()) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_the_golden_shows_every_phrase_of_the_book() -> None:
    rules = {result.rule for entries in CASES.values() for entry in entries
             if isinstance(result := written(entry, ZH), Phrase)}  # fmt: skip
    shown = {rule.removesuffix("_rounded").replace("percent_to", "from_to").replace("rank_to", "from_to")
             for rule in rules}  # fmt: skip
    assert set(ZH.phrases) - {"revised"} <= shown  # which is no comparison: tests/test_revisions.py shows it


# -- ties and edges ----------------------------------------------------------------------------------------------------

GROWTH_ROWS = [
    # new, old, what is printed, the rule
    ("100", "100", "持平", "flat"),
    ("100.04", "100", "持平", "flat_rounded"),
    ("100.05", "100", "增长0.1%", "growth_up"),
    ("100.0499999999999999999999", "100", "持平", "flat_rounded"),
    ("99.96", "100", "持平", "flat_rounded"),
    ("99.95", "100", "下降0.1%", "growth_down"),
    ("99.9500000000000000000001", "100", "持平", "flat_rounded"),
    ("100.15", "100", "增长0.2%", "growth_up"),
    ("100.25", "100", "增长0.3%", "growth_up"),
    ("199.95", "100", "增长100.0%", "growth_up"),
    ("200", "100", "增长100.0%", "growth_up"),
    ("0", "100", "下降100.0%", "growth_down"),
    ("0.04", "100", "下降100.0%", "growth_down"),
    ("58", "31", "增长87.1%", "growth_up"),
    ("31", "58", "下降46.6%", "growth_down"),
    ("331", "100", "增长231.0%", "growth_up"),
    ("1", "3", "下降66.7%", "growth_down"),
    ("2", "3", "下降33.3%", "growth_down"),
    ("1000000000000000000000000", "1", "增长99999999999999999999999900.0%", "growth_up"),
    ("0.000000001", "0.000000002", "下降50.0%", "growth_down"),
]


@pytest.mark.parametrize("row", GROWTH_ROWS, ids=[f"{row[0]} over {row[1]}" for row in GROWTH_ROWS])
def test_growth_at_the_edges(row: tuple[str, str, str, str]) -> None:
    new, old, text, rule = row
    phrase = said(c.change(q(new), q(old), ZH))
    assert (phrase.text, phrase.rule) == (text, rule)


@pytest.mark.parametrize(
    ("new", "old", "rounding", "text"),
    [
        ("100.25", "100", Rounding.HALF_EVEN, "增长0.2%"),
        ("100.35", "100", Rounding.HALF_EVEN, "增长0.4%"),
        ("100.05", "100", Rounding.HALF_EVEN, "持平"),
        ("99.75", "100", Rounding.HALF_EVEN, "下降0.2%"),
        ("99.75", "100", Rounding.HALF_UP, "下降0.3%"),
    ],
)
def test_growth_follows_the_rounding_asked_for(new: str, old: str, rounding: Rounding, text: str) -> None:
    assert said(c.change(q(new), q(old), ZH, Style(rounding=rounding))).text == text


EVEN = Style(rounding=Rounding.HALF_EVEN)
UP = q("2.25", decimals=1)
FINE = {"decimals": 1}


@pytest.mark.parametrize(
    ("function", "inputs", "text"),
    [
        (c.difference, (UP, q("1")), "增加1.2亿元"),
        (c.from_to, (UP, q("1")), "由1亿元增至2.2亿元"),
        (c.against, (UP, q("1"), "目标"), "高于目标1.2亿元"),
        (c.limit, (UP, q("1")), "超出年度目标1.2亿元"),
        (c.points, (g("2.25", **FINE), g("1")), "加快1.2个百分点"),
        (c.growth, (g("2.25", **FINE),), "同比增长2.2%"),
        (c.merged, ([g("2.25", **FINE), g("-2.35", **FINE)],), "同比分别增长2.2%、下降2.4%"),
        (c.share, (q("2.25", "%", **FINE), "全区"), "占全区比重为2.2%"),
        (c.pull, (q("2.25", "百分点", **FINE), "工业"), "拉动工业增长2.2个百分点"),
        (c.schedule, (q("52.25", "%", "2022-S1", **FINE),), "比时序进度快2.2个百分点"),
        (c.completion, (q("8.625"), q("10")), "完成年度目标的86.2%"),
        (c.times, (q("3.25"), q("1")), "增长2.2倍"),
        (c.change, (q("-2.25", is_profit=True, **FINE), q("-1")), "增亏1.2亿元"),
    ],
)
def test_half_even_reaches_every_phrase(
    function: Callable[..., Phrase | Refusal], inputs: tuple[Any, ...], text: str
) -> None:
    assert said(function(*inputs, ZH, EVEN)).text == text


@pytest.mark.parametrize("function", [c.change, c.times, c.completion])
def test_a_base_that_rounds_to_nothing_is_no_base(function: Callable[..., Phrase | Refusal]) -> None:
    pair = q("1", period="2022"), q("0.05", period="2021", decimals=1)
    assert refused(function(*pair, ZH, EVEN)) == "zero_base"
    said(function(*pair, ZH))


def test_what_is_published_at_constant_prices_may_still_be_subtracted() -> None:
    pair = [q(value, is_real=True) for value in ("3", "2")]
    assert said(c.difference(*pair, ZH)).text == "增加1亿元"
    assert said(c.against(*pair, "目标", ZH)).text == "高于目标1亿元"
    assert said(c.limit(*pair, ZH)).text == "超出年度目标1亿元"
    assert said(c.completion(*pair, ZH)).text == "超额完成年度目标，为目标的150.0%"
    assert said(c.change(q("1", is_real=True), q("-1", is_real=True), ZH)).text == "由负转正"


def test_a_qualified_value_prints_the_digits_it_was_reported_with() -> None:
    near = q("2.84", decimals=1, qualifier=Qualifier.NEARLY)
    assert said(c.from_to(near, q("1"), ZH)).text == "由1亿元增至近2.84亿元"


def test_a_reported_rate_keeps_the_style() -> None:
    phrase = c.change(q("1"), q("1"), ZH, Style(prefer=("减少",)), reported=g("-3"))
    assert said(phrase).text == "减少3%"


REPORTED_ROWS = [
    # value, decimals, text, rule
    ("-0.04", 1, "持平", "flat_rounded"),
    ("0.04", 1, "持平", "flat_rounded"),
    ("-0.05", 1, "下降0.1%", "growth_down"),
    ("-0.0", None, "持平", "flat"),
    ("0", 1, "持平", "flat"),
    ("4.62", None, "增长4.62%", "growth_up"),
    ("4.62", 1, "增长4.6%", "growth_up"),
    ("231", None, "增长231%", "growth_up"),
    ("100", 1, "增长100.0%", "growth_up"),
    ("-100", None, "下降100%", "growth_down"),
]


@pytest.mark.parametrize("row", REPORTED_ROWS, ids=[f"{row[0]} to {row[1]}" for row in REPORTED_ROWS])
def test_a_reported_rate_at_the_edges(row: tuple[str, int | None, str, str]) -> None:
    value, decimals, text, rule = row
    phrase = said(c.growth(g(value, decimals=decimals), ZH, basis=Basis.NONE))
    assert (phrase.text, phrase.rule) == (text, rule)
    assert MINUS not in phrase.text
    assert "-" not in phrase.text


POINTS_ROWS = [
    # new, old, decimals, text, rule: the difference is that of the printed values
    ("5.6", "4.2", None, "加快1.4个百分点", "faster"),
    ("4.2", "5.6", None, "回落1.4个百分点", "slower"),
    ("5.64", "4.25", 1, "加快1.3个百分点", "faster"),
    ("5.65", "4.24", 1, "加快1.5个百分点", "faster"),
    ("5.64", "5.56", 1, "持平", "pace_flat_rounded"),
    ("5.65", "5.64", 1, "加快0.1个百分点", "faster"),
    ("5.60", "5.6", None, "持平", "pace_flat"),
    ("10", "9.5", None, "加快0.5个百分点", "faster"),
    ("-1.8", "-3.1", None, "降幅收窄1.3个百分点", "narrowed"),
    ("-3.1", "-1.8", None, "降幅扩大1.3个百分点", "widened"),
    ("-1.8", "-1.8", None, "降幅持平", "fall_flat"),
    ("-1.84", "-1.76", 1, "降幅持平", "fall_flat_rounded"),
    ("0.5", "-1.8", None, "由负转正", "to_positive"),
    ("-0.5", "1.8", None, "由正转负", "to_negative"),
    ("0.04", "-1.8", 1, "由下降转为持平", "fall_to_flat"),
    ("-0.04", "1.8", 1, "由增长转为持平", "growth_to_flat"),
    ("0.5", "-0.04", 1, "由持平转为增长", "flat_to_growth"),
    ("-0.5", "0.04", 1, "由持平转为下降", "flat_to_fall"),
    ("0.04", "-0.04", 1, "持平", "pace_flat_rounded"),
    ("0", "0.0", None, "持平", "pace_flat"),
    ("200.5", "100.0", None, "加快100.5个百分点", "faster"),
]


@pytest.mark.parametrize("row", POINTS_ROWS, ids=[f"{row[0]} after {row[1]}" for row in POINTS_ROWS])
def test_two_rates_of_growth_at_the_edges(row: tuple[str, str, int | None, str, str]) -> None:
    new, old, decimals, text, rule = row
    phrase = said(c.points(g(new, decimals=decimals), g(old, decimals=decimals), ZH))
    assert (phrase.text, phrase.rule) == (text, rule)


@pytest.mark.parametrize(
    ("new", "old", "text", "rule"),
    [
        ("5.1", "5.5", "下降0.4个百分点", "points_down"),
        ("41.2", "38.4", "提高2.8个百分点", "points_up"),
        ("0.5", "-0.5", "提高1.0个百分点", "points_up"),
        ("-0.5", "0.0", "下降0.5个百分点", "points_down"),
        ("41.24", "41.16", "持平", "flat_rounded"),
        ("41.2", "41.2", "持平", "flat"),
    ],
)
def test_other_rates_rise_and_fall_without_a_pace(new: str, old: str, text: str, rule: str) -> None:
    phrase = said(c.points(q(new, "%", decimals=1), q(old, "%", decimals=1), ZH))
    assert (phrase.text, phrase.rule) == (text, rule)


@pytest.mark.parametrize(
    ("new", "old", "decimals", "text", "rule"),
    [
        ("2", "1", 1, "翻番", "doubled"),
        ("2.04", "1", 1, "翻番", "doubled"),
        ("2.05", "1", 1, "增长1.1倍", "times"),
        ("3.96", "1", 1, "增长3.0倍", "times"),
        ("3.94", "1", 1, "增长2.9倍", "times"),
        ("4", "1", 1, "翻两番", "quadrupled"),
        ("7.96", "1", 1, "增长7.0倍", "times"),
        ("8.04", "1", 1, "翻三番", "octupled"),
        ("3", "1", 0, "增长2倍", "times"),
        ("2.4", "1", 0, "翻番", "doubled"),
    ],
)
def test_doubling_is_claimed_only_where_it_is_reached(new: str, old: str, decimals: int, text: str, rule: str) -> None:
    phrase = said(c.times(q(new), q(old), ZH, Style(decimals=decimals)))
    assert (phrase.text, phrase.rule, phrase.direction) == (text, rule, Direction.UP)


def test_trimmed_numbers_lose_only_zeros_after_the_point() -> None:
    trims = Style(trims=True)
    assert said(c.times(q("3"), q("1"), ZH, trims)).text == "增长2倍"
    assert said(c.points(g("7.1"), g("5.1"), ZH, trims)).text == "加快2个百分点"
    assert said(c.points(g("17.1"), g("7.1"), ZH, trims)).text == "加快10个百分点"
    assert said(c.points(g("7.15"), g("5.05"), ZH, trims)).text == "加快2.1个百分点"
    assert said(c.difference(q("130"), q("20"), ZH, trims)).text == "增加110亿元"


@pytest.mark.parametrize(
    ("new", "old", "text", "rule"),
    [
        ("58", "31", "由31家增至58家", "from_to_up"),
        ("31.04", "30.96", "保持31.0家", "from_to_flat_rounded"),
        ("31.0", "31", "保持31.0家", "from_to_flat"),
        ("31.05", "31.04", "由31.0家增至31.1家", "from_to_up"),
        ("-1", "1", "由1.0家降至−1.0家", "from_to_down"),
        ("0", "5", "由5.0家降至0.0家", "from_to_down"),
    ],
)
def test_both_values_agree_with_their_verb(new: str, old: str, text: str, rule: str) -> None:
    decimals = None if text == "由31家增至58家" else 1
    phrase = said(c.from_to(q(new, "家", decimals=decimals), q(old, "家", decimals=decimals), ZH))
    assert (phrase.text, phrase.rule) == (text, rule)
    assert [part.input for part in phrase.parts if part.input is not None] in ([1, 0], [0])


def test_both_values_in_two_multipliers_are_compared_as_amounts() -> None:
    assert said(c.from_to(q("1.2"), q("8000", "万元"), ZH)).text == "由8000万元增至1.2亿元"
    assert said(c.difference(q("1.2"), q("8000", "万元"), ZH)).text == "增加0.4亿元"


def test_two_values_that_differ_only_in_their_qualifier_are_not_said_to_hold() -> None:
    assert refused(c.from_to(q("40", qualifier=Qualifier.OVER), q("40"), ZH)) == "qualified"
    over = q("40", qualifier=Qualifier.OVER)
    assert said(c.from_to(over, over, ZH)).text == "保持超40亿元"
    assert refused(c.from_to(q("5", "家", qualifier=Qualifier.OVER_A_LITTLE), q("3", "家"), ZH)) == "qualified"


@pytest.mark.parametrize(
    ("new", "old", "text", "good"),
    [
        ("24", "77", "前移53位", True),
        ("4", "2", "后移2位", False),
        ("1", "2", "前移1位", True),
        ("4", "4.0", "位次持平", None),
    ],
)
def test_a_smaller_rank_is_better(new: str, old: str, text: str, good: bool | None) -> None:
    phrase = said(c.rank_change(place(new), place(old), ZH))
    assert (phrase.text, phrase.is_good) == (text, good)
    assert said(c.from_to(place(new), place(old), ZH)).is_good is good


def test_english_ranks_and_plurals() -> None:
    assert said(c.rank_change(place("1"), place("2"), EN)).text == "up 1 place"
    assert said(c.rank_change(place("3"), place("1"), EN)).text == "down 2 places"
    assert said(c.points(g("5"), g("4"), EN)).text == "up 1 percentage point"
    assert said(c.difference(q("2", "户"), q("1", "户"), EN)).text == "increased by 1 household"


@pytest.mark.parametrize(
    ("actual", "target", "text", "good"),
    [
        ("9.994", "10", "完成年度目标的99.9%", None),
        ("9.996", "10", "完成年度目标的100.0%", None),
        ("10", "10", "完成年度目标", True),
        ("10.004", "10", "完成年度目标", True),
        ("10.005", "10", "超额完成年度目标，为目标的100.1%", True),
        ("0", "10", "完成年度目标的0.0%", None),
    ],
)
def test_a_target_is_met_only_when_it_is_reached(actual: str, target: str, text: str, good: bool | None) -> None:
    phrase = said(c.completion(q(actual), q(target), ZH))
    assert (phrase.text, phrase.is_good) == (text, good)


def test_a_target_in_another_multiplier_and_a_reported_completion() -> None:
    assert said(c.completion(q("1.2"), q("10000", "万元"), ZH)).text == "超额完成年度目标，为目标的120.0%"
    assert said(c.completion(q("0.9"), q("10000", "万元"), ZH)).text == "完成年度目标的90.0%"
    assert said(c.completion(q("1"), None, ZH, reported=q("100", "%"))).text == "完成年度目标"
    assert said(c.completion(q("1"), None, ZH, reported=q("100.1", "%"))).text == "超额完成年度目标，为目标的100.1%"
    assert said(c.completion(q("1"), q("2"), ZH, reported=q("90", "%"))).text == "完成年度目标的90%"
    assert said(c.completion(q("1"), q("2"), ZH, reported=q("100", "%"))).text == "完成年度目标"
    assert refused(c.completion(q("1"), None, ZH, reported=q("1", "家"))) == "unit"
    assert refused(c.completion(q("1"), None, ZH)) == "missing"


@pytest.mark.parametrize(
    ("actual", "ceiling", "text"),
    [
        ("5.5", "5.5", "控制在年度目标5.5%以内"),
        ("5.51", "5.5", "超出年度目标0.01个百分点"),
        ("3", "5.5", "控制在年度目标5.5%以内"),
    ],
)
def test_a_limit_is_kept_up_to_its_value(actual: str, ceiling: str, text: str) -> None:
    phrase = said(c.limit(q(actual, "%"), q(ceiling, "%"), ZH))
    assert phrase.text == text
    assert phrase.is_good is ("控制" in text)


def test_a_limit_of_an_amount_and_another_word() -> None:
    assert said(c.limit(q("8"), q("7"), ZH, word="预算")).text == "超出预算1亿元"
    assert said(c.limit(q("0.6"), q("7000", "万元"), ZH, word="预算")).text == "控制在预算7000万元以内"
    assert said(c.limit(q("8", decimals=1), q("7"), ZH)).formula == "8.0 − 7 = 1.0亿元"
    assert refused(c.limit(q("8"), None, ZH)) == "missing"
    assert refused(c.limit(q("8"), q("7", "家"), ZH)) == "unit"


@pytest.mark.parametrize(
    ("rate", "period", "text"),
    [
        ("25.0", "2022-Q1", "与时序进度持平"),
        ("66.7", "2022-01/08", "与时序进度持平"),
        ("66.6", "2022-01/08", "比时序进度慢0.1个百分点"),
        ("90", "2022", "比时序进度慢10.0个百分点"),
        ("10", "2022-01", "比时序进度快1.7个百分点"),
    ],
)
def test_progress_is_measured_by_the_months_gone_by(rate: str, period: str, text: str) -> None:
    assert said(c.schedule(q(rate, "%", period), ZH)).text == text


def test_progress_without_a_year_is_refused() -> None:
    assert refused(c.schedule(q("50", "%"), ZH)) == "period"
    assert refused(c.schedule(q("50", "%", "2021/2025"), ZH)) == "period"
    assert refused(c.schedule(q("50", "家", "2022"), ZH)) == "unit"
    assert refused(c.schedule(q("50", "%", "2022", qualifier=Qualifier.OVER), ZH)) == "unit"


def test_a_profit_at_the_edges_of_zero() -> None:
    tiny, none = {"decimals": 1, **PROFIT}, "与上年同期持平"
    assert said(c.change(q("-0.04", period=Q1, **tiny), q("0.04", period=Q1_BEFORE, **tiny), ZH)).text == none
    phrase = said(c.change(q("-0.04", period=Q1, **tiny), q("-1", period=Q1_BEFORE, **tiny), ZH))
    assert phrase.text == "由亏损转为盈亏平衡"
    phrase = said(c.change(q("-1.04", period=Q1, **tiny), q("-0.96", period=Q1_BEFORE, **tiny), ZH))
    assert (phrase.text, phrase.rule) == ("亏损与上年同期持平", "loss_flat_rounded")
    phrase = said(c.change(q("0", period=Q1, **tiny), q("0", period=Q1_BEFORE, **tiny), ZH))
    assert (phrase.text, phrase.rule) == (none, "flat")
    assert said(c.change(q("2", period=Q1, **tiny), q("1", period=Q1_BEFORE, **tiny), ZH)).text == "同比增长100.0%"
    assert said(c.change(q("-2000", "万元", Q1, **PROFIT), q("-0.5", period=Q1_BEFORE), ZH)).text == "同比减亏3000万元"


def test_amounts_through_zero_that_may_not_be_compared() -> None:
    assert refused(c.change(q("-1", "家"), q("1", "户"), ZH)) == "unit"
    assert refused(c.change(q("-1", price="current"), q("1"), ZH)) == "price"
    assert refused(c.change(q("-0.04", decimals=1), q("1"), ZH)) == "negative_base"
    assert refused(c.change(q("0"), q("-1"), ZH)) == "negative_base"


# -- what is compared with what ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "old", "basis"),
    [
        (q("1", period="2022"), q("1", period="2021"), Basis.YEAR),
        (q("1", period="2022-Q1/Q4"), q("1", period="2021"), Basis.YEAR),
        (q("1", period="2022-Q1"), q("1", period="2021-Q1"), Basis.YOY),
        (q("1", period="2022-01/09"), q("1", period="2021-Q1/Q3"), Basis.YOY),
        (q("1", period="2022-Q1"), q("1", period="2021-Q4"), Basis.MOM),
        (q("1", period="2022-09"), q("1", period="2022-08"), Basis.MOM),
        (q("1", period="2022-S2"), q("1", period="2022-S1"), Basis.THAN),
        (q("1", period="2022-Q3"), q("1", period="2022-Q1"), Basis.THAN),
        (q("1", period="2025"), q("1", period="2021"), Basis.THAN),
        (q("1", period="2021/2025"), q("1", period="2016/2020"), Basis.THAN),
        (stock("1", "2022"), stock("1", "2021"), Basis.YEAR_END),
        (stock("1", "2022-06"), stock("1", "2021"), Basis.YEAR_END),
        (stock("1", "2022-06"), stock("1", "2021-06"), Basis.YOY),
        (stock("1", "2022-06"), stock("1", "2022-05"), Basis.THAN),
        (stock("1", "2022-06"), stock("1", "2022-Q1"), Basis.THAN),
        (stock("1", "2025"), stock("1", "2021"), Basis.THAN),
        (stock("1", "2022", "%"), stock("1", "2021", "%"), Basis.YEAR_END),
        (g("1", "2022-01/09"), g("1", "2022-01/08"), Basis.THAN),
        (g("1", "2022-01/09", is_flow=False), g("1", "2021-01/09", is_flow=False), Basis.YOY),
        (place("1", "2025", is_flow=False), place("1", "2024", is_flow=False), Basis.YEAR),
        (place("1", "2025"), place("1", "2025-S1"), Basis.THAN),
        (place("1", "2025-S2"), place("1", "2024"), Basis.THAN),
        (q("1", period="2022-Q1/Q3"), q("1", period="2022-Q1/Q2"), "period"),
        (q("1", period="2022"), q("1", period="2021-Q4"), "period"),
        (q("1", period="2022"), q("1", period="2022"), "period"),
        (q("1", period="2021"), q("1", period="2022"), "period"),
        (q("1", period="2022"), q("1"), Basis.NONE),
        (q("1"), q("1", period="2022"), Basis.NONE),
    ],
)
def test_periods_decide_what_is_compared(new: Quantity, old: Quantity, basis: Basis | str) -> None:
    found = c.basis_of(new, old)
    assert (found.rule if isinstance(found, Refusal) else found) == basis


@pytest.mark.parametrize(
    ("measure", "period", "is_flow", "basis"),
    [
        (Measure.YOY, "2022", True, Basis.YEAR),
        (Measure.YOY, "2022", False, Basis.YEAR_END),
        (Measure.YOY, "2022-Q1", True, Basis.YOY),
        (Measure.YOY, "2022-Q1", False, Basis.YOY),
        (Measure.YOY, "2022-12", True, Basis.YOY),
        (Measure.MOM, "2022-09", True, Basis.MOM),
        (Measure.AVG_GROWTH, "2021/2025", True, Basis.AVERAGE),
        (Measure.GROWTH, "2021/2025", True, Basis.NONE),
        (Measure.SHARE, "2022", True, Basis.NONE),
    ],
)
def test_a_measure_decides_what_a_reported_rate_is_against(
    measure: Measure, period: str, is_flow: bool, basis: Basis
) -> None:
    assert c.basis_of_measure(measure, Period.parse(period), is_flow) is basis
    assert c.basis_of_measure(Measure.YOY, Period.parse("2022")) is Basis.YEAR


def test_a_reported_rate_takes_its_basis_from_the_amounts_or_its_own_period() -> None:
    reported = g("4.8", "2022-09")
    assert (
        said(c.change(q("1", period="2022-09"), q("1", period="2022-08"), ZH, reported=reported)).text == "环比增长4.8%"
    )
    assert said(c.change(q("1", period="2022-09"), None, ZH, reported=reported)).text == "同比增长4.8%"
    assert said(c.change(q("1", period="2022"), None, ZH, reported=g("4.8"))).text == "比上年增长4.8%"
    counts = q("1", period="2022-01/09"), q("1", period="2022-01/08")
    assert said(c.change(*counts, ZH, reported=g("4.8", "2022-01/09"))).text == "同比增长4.8%"
    phrase = said(c.change(*counts, ZH, reported=reported, basis=Basis.NONE))
    assert (phrase.text, phrase.inputs) == ("增长4.8%", (reported,))


def test_a_period_is_a_part_of_its_own() -> None:
    parts = said(c.points(g("5", "2022-01/09"), g("4", "2022-01/08"), ZH)).parts
    assert [(part.text, part.period and part.period.id) for part in parts] == [
        ("比", None), ("1—8月", "2022-01/08"), ("加快", None), ("1个百分点", None),
    ]  # fmt: skip
    parts = said(c.points(g("5", "2022-09"), g("4", "2022-08"), ZH, LATER)).parts
    assert [part.text for part in parts] == ["加快", "1个百分点"]


def test_a_basis_that_names_a_period_needs_one() -> None:
    with pytest.raises(ValueError, match=r"^a period for the words 比\{period\}$"):
        c.growth(g("5"), ZH, basis=Basis.THAN)
    with pytest.raises(ValueError, match=r"^a period for the words from \{period\}$"):
        c.growth(g("5"), EN, basis=Basis.MOM)
    assert said(c.growth(g("5"), ZH, basis=Basis.MOM)).text == "环比增长5%"


def test_a_preferred_verb_never_turns_the_direction() -> None:
    prefer = Style(prefer=("提高", "放缓"))
    assert said(c.points(g("5.6"), g("4.2"), ZH, prefer)).text == "提高1.4个百分点"
    assert said(c.points(g("4.2"), g("5.6"), ZH, prefer)).text == "放缓1.4个百分点"
    assert said(c.points(g("4.2"), g("5.6"), ZH, Style(prefer=("加快",)))).text == "回落1.4个百分点"
    year = q("2", period="2022"), q("1", period="2021")
    assert said(c.change(*year, ZH, Style(prefer=("同比",)))).text == "同比增长100.0%"
    share = q("41.2", "%", Q1), q("38.4", "%", Q1_BEFORE)
    assert said(c.points(*share, ZH, Style(prefer=("同比", "上升")))).text == "同比上升2.8个百分点"
    assert said(c.merged([g("-1"), g("-2")], ZH, Style(prefer=("减少", "上升")))).text == "同比分别减少1%、2%"
    assert said(c.from_to(q("5"), q("4"), ZH, Style(prefer=("增加到", "减少到")))).text == "由4亿元增加到5亿元"


def test_good_news_is_told_by_what_is_good() -> None:
    complaints = [q(value, "件", period, good=Good.DOWN) for value, period in (("80", "2022"), ("100", "2021"))]
    fall, rise = said(c.change(*complaints, ZH)), said(c.change(complaints[1], complaints[0], ZH, basis=Basis.NONE))
    assert (fall.text, fall.is_good, rise.is_good) == ("比上年下降20.0%", True, False)
    assert said(c.from_to(*complaints, ZH)).is_good is True
    flat = said(c.change(q("1", good=Good.UP), q("1"), ZH))
    assert flat.is_good is None
    neutral = said(c.change(q("2", good=Good.NONE), q("1"), ZH))
    assert neutral.is_good is None
    assert said(c.merged([g("1", good=Good.UP), g("2", good=Good.UP)], ZH)).is_good is True
    assert said(c.merged([g("1", good=Good.UP), g("2", good=Good.DOWN)], ZH)).is_good is None


def test_the_value_of_a_phrase_is_the_number_it_is_about() -> None:
    assert said(c.change(q("96.9"), q("100"), ZH)).value == Decimal("3.1")
    assert said(c.from_to(q("58"), q("31"), ZH)).value == 58
    assert said(c.merged([g("5.6"), g("3.1")], ZH)).value == Decimal("5.6")
    assert said(c.change(q("1"), q("1"), ZH)).value is None
    assert said(c.times(q("2"), q("1"), EN)).value is None
    assert said(c.times(q("3"), q("1"), EN)).value == 3
    assert said(c.times(q("3"), q("1"), ZH)).value == 2


def test_the_bounds_of_a_share_and_equal_areas_once_rounded() -> None:
    assert said(c.share(q("0", "%"), "全区", ZH)).text == "占全区比重为0%"
    assert said(c.share(q("100", "%"), "全区", ZH)).text == "占全区比重为100%"
    rounded_alike = c.against(g("5.64", decimals=1), g("5.56", decimals=1), "全市", ZH)
    assert (said(rounded_alike).text, said(rounded_alike).rule) == ("与全市持平", "level_with_rounded")
    assert said(c.against(q("1.2"), q("8000", "万元"), "目标", ZH)).text == "高于目标0.4亿元"
    assert said(c.pull(q("-0.04", "百分点", decimals=1), "", ZH)).rule == "pull_flat"
    assert said(c.pull(q("0.8", "百分点"), "", ZH)).text == "拉动增长0.8个百分点"
    assert said(c.contribution(q("-3.2", "%"), "经济", ZH)).text == "对经济增长的贡献率为−3.2%"


def test_an_equal_difference_of_unequal_amounts_says_that_it_was_rounded() -> None:
    assert said(c.difference(q("1.04", decimals=1), q("0.96", decimals=1), ZH)).rule == "flat_rounded"
    assert said(c.difference(q("1", decimals=1), q("10000", "万元"), ZH)).rule == "flat"


def test_a_list_in_english_and_with_a_mixed_direction_keeps_each_source() -> None:
    phrase = said(c.merged([g("5.6", Q1), g("-3.1", Q1)], EN))
    assert phrase.text == "increased 5.6% and decreased 3.1% respectively year on year"
    assert [(part.text, part.input) for part in phrase.parts if part.input is not None] == [("5.6%", 0), ("3.1%", 1)]
    assert (phrase.direction, phrase.is_good) == (None, None)


# -- properties --------------------------------------------------------------------------------------------------------

POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
RATES = st.decimals(min_value=-100, max_value=1000, places=2, allow_nan=False, allow_infinity=False)
RISES, FALLS = (
    ("增长", "增加", "加快", "提高", "增至", "高于", "前移"),
    ("下降", "减少", "回落", "降至", "低于", "后移"),
)


def oracle(value: Decimal, decimals: int = 1) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE) + 0


@given(POSITIVE, POSITIVE)
def test_growth_read_back_from_its_sentence_is_the_figure(new: Decimal, old: Decimal) -> None:
    phrase = said(c.change(Quantity(new, unit.parse("亿元")), Quantity(old, unit.parse("亿元")), ZH))
    expected = oracle(WIDE.multiply(WIDE.subtract(WIDE.divide(new, old), Decimal(1)), Decimal(100)))
    match = re.fullmatch(r"(增长|下降)(\d+\.\d)%|持平", phrase.text)
    assert match
    word, number = match.groups()
    read = Decimal(0) if word is None else Decimal(number) * (1 if word == "增长" else -1)
    assert read == expected
    assert (phrase.direction is Direction.FLAT) == (expected == 0) == (word is None)
    assert phrase.formula.endswith(f"= {digits(expected)}%")


@given(RATES, RATES, st.booleans(), st.integers(0, 2))
def test_points_read_back_are_the_difference_of_the_printed_rates(
    new: Decimal, old: Decimal, is_growth: bool, decimals: int
) -> None:
    quantities = [Quantity(value, unit.PERCENT, decimals, is_growth=is_growth) for value in (new, old)]
    phrase = said(c.points(*quantities, ZH))
    left, right = oracle(new, decimals), oracle(old, decimals)
    match = re.fullmatch(r"(降幅)?(加快|回落|提高|下降|收窄|扩大)([\d.]+)个百分点", phrase.text)
    if match:
        fall, word, number = match.groups()
        sign = 1 if word in {"加快", "提高", "收窄"} else -1
        assert Decimal(number) * sign == left - right != 0
        if is_growth:
            assert bool(fall) == (left < 0 and right < 0)
            assert left * right > 0
    elif "持平" in phrase.text and "转为" not in phrase.text:
        assert left == right
    else:
        assert is_growth
        assert left * right <= 0
        before, after = re.fullmatch(r"由(.*)转(?:为)?(.*)", phrase.text).groups()  # type: ignore[union-attr]
        signs = {"负": -1, "下降": -1, "正": 1, "增长": 1, "持平": 0}
        assert (signs[before], signs[after]) == ((right > 0) - (right < 0), (left > 0) - (left < 0))
    assert phrase.direction is (Direction.UP if left > right else Direction.DOWN if left < right else Direction.FLAT)


@given(RATES, RATES, st.sampled_from(["亿元", "家", "%"]), st.integers(0, 2))
def test_both_values_read_back_in_the_order_their_verb_says(
    new: Decimal, old: Decimal, unit_text: str, decimals: int
) -> None:
    phrase = said(c.from_to(*(Quantity(value, unit.parse(unit_text), decimals) for value in (new, old)), ZH))
    left, right = oracle(new, decimals), oracle(old, decimals)
    numbers = [Decimal(text.replace(MINUS, "-")) for text in re.findall(rf"{MINUS}?\d+(?:\.\d+)?", phrase.text)]
    if left == right:
        assert (phrase.text[:2], numbers) == ("保持", [left])
    else:
        assert numbers == [right, left]
        assert any(word in phrase.text for word in ("增至", "提高到")) == (left > right)
        assert ("降至" in phrase.text) == (left < right)


@given(POSITIVE, POSITIVE, st.integers(0, 2), st.sampled_from([ZH, EN]))
def test_an_amount_and_its_difference_add_up_as_printed(new: Decimal, old: Decimal, decimals: int, book: Book) -> None:
    quantities = [Quantity(value, unit.parse("户"), decimals) for value in (new, old)]
    phrase = said(c.difference(*quantities, book))
    gained = oracle(new, decimals) - oracle(old, decimals)
    numbers = re.findall(r"\d[\d,.]*", phrase.text)
    assert [Decimal(number.replace(",", "")) for number in numbers] == ([abs(gained)] if gained else [])
    assert phrase.value == (abs(gained) if gained else None)
    assert phrase.direction is (Direction.UP if gained > 0 else Direction.DOWN if gained < 0 else Direction.FLAT)


@given(st.lists(RATES, min_size=2, max_size=5))
def test_a_list_read_back_gives_every_rate(values: list[Decimal]) -> None:
    printed = [oracle(value) for value in values]
    phrase = said(c.merged([Quantity(value, unit.PERCENT, 1, is_growth=True) for value in values], ZH, LATER))
    text = phrase.text
    if text.startswith("均"):
        assert len(set(printed)) == 1
        items = [text.removeprefix("均")] * len(values)
    else:
        items = text.removeprefix("分别").split("、")
    word, read = "", []
    for item in items:
        match = re.fullmatch(r"(增长|下降)?([\d.]+)%|持平", item)
        assert match
        word = match.group(1) or word
        read.append(Decimal(0) if item == "持平" else Decimal(match.group(2)) * (1 if word == "增长" else -1))
    assert read == printed


@given(st.integers(1, 200), st.integers(1, 200))
def test_ranks_read_back_and_smaller_is_better(new: int, old: int) -> None:
    moved = said(c.rank_change(place(str(new)), place(str(old)), ZH))
    both = said(c.from_to(place(str(new)), place(str(old)), ZH))
    assert moved.direction is both.direction
    if new == old:
        assert (moved.text, both.text) == ("位次持平", f"保持第{new}位")
    else:
        assert moved.text == f"{'前移' if new < old else '后移'}{abs(new - old)}位"
        assert both.text == f"由第{old}位{'升至' if new < old else '降至'}第{new}位"


@given(RATES, RATES, st.booleans())
def test_no_sentence_prints_a_sign_or_a_change_of_nothing(new: Decimal, old: Decimal, is_growth: bool) -> None:
    rates = [Quantity(value, unit.PERCENT, 1, is_growth=is_growth, good=Good.UP) for value in (new, old)]
    for phrase in (c.growth(rates[0], ZH), c.points(*rates, ZH), c.against(*rates, "全省", ZH)):
        text = said(phrase).text
        assert not re.search(rf"[-{MINUS}]", text)
        assert not re.search(r"(?<![\d.])0\.0(?!\d)", text)
        now = re.sub("由(增长|下降)转为", "", text)  # what it was before is no claim about what it is
        assert not (any(word in now for word in RISES) and phrase.direction is Direction.DOWN)  # type: ignore[union-attr]
        assert phrase.is_good is {"up": True, "down": False, "flat": None}[phrase.direction]  # type: ignore[index, union-attr]


@given(POSITIVE, POSITIVE, st.sampled_from(Rounding), st.integers(0, 2))
def test_times_and_multiples_agree_with_growth(new: Decimal, old: Decimal, rounding: Rounding, decimals: int) -> None:
    style = Style(decimals=decimals, rounding=rounding)
    quantities = Quantity(new, unit.parse("亿元")), Quantity(old, unit.parse("亿元"))
    result = c.times(*quantities, ZH, style)
    if new < 2 * old:
        assert refused(result) == "times"
        return
    text = said(result).text
    added = rounded(quantity.growth_of(*quantities, 20).value / 100, decimals, rounding)  # type: ignore[union-attr]
    factors = {"翻番": 1, "翻两番": 3, "翻三番": 7}
    assert (factors[text] if text in factors else Decimal(text.removeprefix("增长").removesuffix("倍"))) == added


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(golden_lines()) + "\n", encoding="utf-8")
