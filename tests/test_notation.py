import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xdreport import unit
from xdreport.catalog import Qualifier
from xdreport.notation import (
    Rounding,
    amount,
    cell,
    clash,
    digits,
    english,
    legend,
    ordinal,
    prefix,
    rank,
    rounded,
    scaled,
    stretch,
)

VALUES = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
WIDE = Context(prec=60)


def u(text: str) -> unit.Unit:
    return unit.parse(text, ["级", "箱/亩"])


@pytest.mark.parametrize(
    ("value", "decimals", "up", "even"),
    [
        ("0.25", 1, "0.3", "0.2"),
        ("0.35", 1, "0.4", "0.4"),
        ("0.2501", 1, "0.3", "0.3"),
        ("0.25000000000000000000000000001", 1, "0.3", "0.3"),
        ("0.24999999999999999999999999999", 1, "0.2", "0.2"),
        ("-0.25", 1, "-0.3", "-0.2"),
        ("-0.04", 1, "0.0", "0.0"),
        ("-0.05", 1, "-0.1", "0.0"),
        ("0.05", 1, "0.1", "0.0"),
        ("2.5", 0, "3", "2"),
        ("3.5", 0, "4", "4"),
        ("99.95", 1, "100.0", "100.0"),
        ("7", 2, "7.00", "7.00"),
        ("1E+3", 0, "1000", "1000"),
        ("123456789012345678901234567890.5", 0, "123456789012345678901234567891", "123456789012345678901234567890"),
        ("-0.0", None, "0.0", "0.0"),
        ("3.540", None, "3.540", "3.540"),
    ],
)
def test_a_value_is_rounded_once_and_zero_has_no_sign(value: str, decimals: int | None, up: str, even: str) -> None:
    assert f"{rounded(Decimal(value), decimals):f}" == up
    assert f"{rounded(Decimal(value), decimals, Rounding.HALF_EVEN):f}" == even


@given(VALUES, st.integers(0, 4), st.sampled_from(Rounding))
def test_rounding_agrees_with_decimal(value: Decimal, decimals: int, rounding: Rounding) -> None:
    mode = ROUND_HALF_UP if rounding is Rounding.HALF_UP else ROUND_HALF_EVEN
    oracle = value.quantize(Decimal(1).scaleb(-decimals), mode, WIDE)
    result = rounded(value, decimals, rounding)
    assert (result, -result.as_tuple().exponent) == (oracle, decimals)
    assert result == rounded(result, decimals, rounding) == -rounded(-value, decimals, rounding)


@pytest.mark.parametrize(
    ("value", "decimals", "message"),
    [
        (Decimal("NaN"), 1, "a finite number, found NaN"),
        (Decimal("Infinity"), None, "a finite number, found Infinity"),
        (Decimal(1), -1, "0 or more decimals, found -1"),
        (Fraction(1, 3), None, "a number of decimals for a computed value"),
    ],
)
def test_what_cannot_be_rounded_is_refused(value: Decimal | Fraction, decimals: int | None, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        rounded(value, decimals)


def test_a_fraction_is_rounded_from_its_exact_value() -> None:
    assert rounded(Fraction(2, 3), 1) == Decimal("0.7")
    assert rounded(Fraction(-1, 8), 2) == Decimal("-0.13")
    assert rounded(Fraction(-1, 8), 2, Rounding.HALF_EVEN) == Decimal("-0.12")


@pytest.mark.parametrize(
    ("value", "plain", "separated"),
    [
        ("0.50", "0.50", "0.50"),
        ("-3.1", "−3.1", "−3.1"),
        ("-0.0", "0.0", "0.0"),
        ("1E+3", "1000", "1,000"),
        ("1E-7", "0.0000001", "0.0000001"),
        ("-1234567.89", "−1234567.89", "−1,234,567.89"),
    ],
)
def test_digits_are_plain(value: str, plain: str, separated: str) -> None:
    assert digits(Decimal(value)) == plain
    assert digits(Decimal(value), separators=True) == separated


@given(VALUES)
def test_digits_can_be_read_back(value: Decimal) -> None:
    assert Decimal(digits(value).replace("−", "-")) == value
    assert Decimal(digits(value, separators=True).replace("−", "-").replace(",", "")) == value


ABOUT = Qualifier.ABOUT
AMOUNTS = [
    ("2.8", "亿元", "近", "近2.8亿元", "nearly 280 million yuan"),
    ("6500", "人", "余", "6500余人", "more than 6,500 people"),
    ("110", "亿元", "突破", "突破110亿元", "over 11 billion yuan"),
    ("40", "亿元", "超", "超40亿元", "over 4 billion yuan"),
    ("90", "%", "以上", "90%以上", "90% or more"),
    ("1.8", "万户", "余", "1.8万余户", "more than 18,000 households"),
    ("1.9", "万人", "余", "1.9万余人", "more than 19,000 people"),
    ("3", "亿元", "余", "3亿余元", "more than 300 million yuan"),
    ("3", "亿元", "多", "3亿多元", "more than 300 million yuan"),
    ("1100", "户", "余", "1100余户", "more than 1,100 households"),
    ("50", "场", "余", "50余场", "more than 50"),
    ("5", "万元/人", "余", "5万余元/人", "more than 50,000 yuan per person"),
    ("5", "位", "前", "前5位", "top 5"),
    ("10", "%", "前", "前10%", "top 10%"),
    ("9", "年", "近", "近9年", "nearly 9 years"),
    ("30", "家", "左右", "30家左右", "30 or so"),
    ("30", "家", None, "30家", "30"),
    ("30", "家", "", "30家", "30"),
    ("223.64", "亿元", None, "223.64亿元", "22.364 billion yuan"),
    ("28.50", "亿元", None, "28.50亿元", "2.85 billion yuan"),
    ("120", "亿元", None, "120亿元", "12 billion yuan"),
    ("0.05", "亿元", None, "0.05亿元", "5 million yuan"),
    ("0.5", "万元", None, "0.5万元", "5,000 yuan"),
    ("1000", "万元", None, "1000万元", "10 million yuan"),
    ("0", "亿元", None, "0亿元", "0 yuan"),
    ("0.00", "亿元", None, "0.00亿元", "0 yuan"),
    ("1", "亿元", None, "1亿元", "100 million yuan"),
    ("-3.2", "亿元", None, "−3.2亿元", "−320 million yuan"),
    ("1", "户", None, "1户", "1 household"),
    ("1", "家", None, "1家", "1"),
    ("3", "个月", None, "3个月", "3 months"),
    ("5", "箱/亩", None, "5箱/亩", "5 箱/亩"),
    ("-1", "户", None, "−1户", "−1 household"),
    ("1.0", "小时", None, "1.0小时", "1.0 hours"),
    ("2.8", "百分点", None, "2.8个百分点", "2.8 percentage points"),
    ("1", "百分点", None, "1个百分点", "1 percentage point"),
    ("-3.1", "%", None, "−3.1%", "−3.1%"),
    ("3.5", "‰", None, "3.5‰", "3.5‰"),
    ("96.93", "千米/平方公里", None, "96.93千米/平方公里", "96.93 km/km²"),
    ("0.4", "吨/万元", None, "0.4吨/万元", "0.4 t per 10,000 yuan"),
    ("2", "级", None, "2级", "2"),
    ("12345", "人次", None, "12345人次", "12,345 visits"),
]


@pytest.mark.parametrize(("value", "unit_text", "qualifier", "zh", "en"), AMOUNTS)
def test_an_amount_prints_with_its_unit_and_qualifier(
    value: str, unit_text: str, qualifier: str | None, zh: str, en: str
) -> None:
    assert amount(Decimal(value), u(unit_text), qualifier) == zh
    assert amount(Decimal(value), u(unit_text), qualifier, language="en") == en


def test_every_qualifier_of_the_catalog_prints() -> None:
    assert [amount(Decimal(50), u("家"), qualifier) for qualifier in Qualifier] == [
        "50余家", "超50家", "突破50家", "近50家", "50家以上", "约50家", "前50家",
    ]  # fmt: skip


def test_an_amount_is_rounded_unless_it_is_qualified() -> None:
    assert amount(Decimal("2.84"), u("亿元"), decimals=1) == "2.8亿元"
    assert amount(Decimal("2.84"), u("亿元"), "近", decimals=1) == "近2.84亿元"
    assert amount(Decimal("2.25"), u("%"), decimals=1, rounding=Rounding.HALF_EVEN) == "2.2%"
    assert amount(Decimal("2.25"), u("%"), decimals=1) == "2.3%"


def test_separators_follow_the_language_unless_asked_for() -> None:
    assert amount(Decimal(12345), u("人"), separators=True) == "12,345人"
    assert amount(Decimal(12345), u("人"), separators=False, language="en") == "12345 people"
    assert amount(Decimal(12345), u("人"), "近", separators=False, language="en") == "nearly 12345 people"


@pytest.mark.parametrize(
    ("value", "unit_text", "multiplier", "decimals", "printed"),
    [
        ("99303", "人", "万", 2, "9.93万人"),
        ("99303", "人", "auto", 2, "9.93万人"),
        ("9999", "人", "auto", 0, "9999人"),
        ("10000", "人", "auto", 0, "1万人"),
        ("100000000", "人", "auto", 1, "1.0亿人"),
        ("99999999", "人", "auto", 1, "1.0亿人"),
        ("9999.6", "人", "auto", 0, "1万人"),
        ("-99999999", "元", "auto", 1, "−1.0亿元"),
        ("45000", "万元", "亿", 1, "4.5亿元"),
        ("4.5", "亿元", "万", 0, "45000万元"),
        ("4.5", "亿元", "", 0, "450000000元"),
        ("0.5", "亿元", "auto", 0, "5000万元"),
        ("0", "亿元", "auto", 0, "0元"),
        ("4.5", "亿元", "亿", 1, "4.5亿元"),
        ("45", "%", "auto", 1, "45.0%"),
        ("45", "%", "", 1, "45.0%"),
        ("45000", "元/人", "auto", 0, "45000元/人"),
        ("4.5", "万元/人", "auto", 1, "4.5万元/人"),
    ],
)
def test_an_amount_is_rewritten_in_wan_and_yi(
    value: str, unit_text: str, multiplier: str, decimals: int, printed: str
) -> None:
    assert amount(Decimal(value), u(unit_text), decimals=decimals, multiplier=multiplier) == printed


@given(VALUES, st.sampled_from(["", "万", "亿"]), st.sampled_from(["", "万", "亿", "auto"]))
def test_rewriting_an_amount_loses_nothing(value: Decimal, start: str, end: str) -> None:
    moved, shown = scaled(value, u(f"{start}元"), end)
    assert Fraction(moved) * shown.multiplier == Fraction(value) * u(f"{start}元").multiplier
    assert shown.text == prefix(shown) + "元"
    if end == "auto" and prefix(shown):
        assert abs(moved) >= 1


def test_a_rewritten_amount_follows_the_rounding_asked_for() -> None:
    even = amount(Decimal(12500), u("人"), decimals=1, multiplier="万", rounding=Rounding.HALF_EVEN)
    assert (even, amount(Decimal(12500), u("人"), decimals=1, multiplier="万")) == ("1.2万人", "1.3万人")


def test_a_qualified_amount_is_rewritten_with_all_its_digits() -> None:
    assert amount(Decimal(65432), u("人"), "近", decimals=1, multiplier="万") == "近6.5432万人"
    assert amount(Decimal(65000), u("人"), "余", multiplier="万") == "6.5万余人"
    assert amount(Decimal("45000.50"), u("万元"), multiplier="auto") == "4.50005亿元"


@pytest.mark.parametrize("unit_text", ["%", "‰", "百分点", "位", "倍", "元/人"])
def test_units_without_a_multiplier_take_none(unit_text: str) -> None:
    with pytest.raises(ValueError, match=f"^a unit that takes 万 or 亿, found {unit_text}$"):
        scaled(Decimal(45000), u(unit_text), "万")


def test_there_is_no_multiplier_but_wan_and_yi() -> None:
    with pytest.raises(ValueError, match=r"^the multiplier 万 or 亿, found 千$"):
        amount(Decimal(3000), u("元"), multiplier="千")


@pytest.mark.parametrize(
    ("value", "unit_text", "qualifiers", "message"),
    [
        ("3", "家", ("约", "左右"), "one qualifier round a number, found 约…左右"),
        ("3", "家", ("至少", "以上"), "one qualifier round a number, found 至少…以上"),
        ("3", "家", ("近", None, "余"), "one qualifier round a number, found 近…余"),
        ("5", "个", ("余",), "a number that ends in tens, 万 or 亿 before 余, found 5个"),
        ("0", "个", ("余",), "a number that ends in tens, 万 or 亿 before 余, found 0个"),
        ("3.5", "千米", ("余",), "a number that ends in tens, 万 or 亿 before 余, found 3.5千米"),
        ("20", "%", ("余",), "no 余 with the unit %"),
        ("20", "位", ("多",), "no 余 with the unit 位"),
    ],
)
def test_words_that_do_not_belong_round_a_number_are_refused(
    value: str, unit_text: str, qualifiers: tuple[str | None, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        amount(Decimal(value), u(unit_text), *qualifiers)


def test_an_unknown_qualifier_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"^a known qualifier \(超、超过、.*、上下\), found 大概$"):
        amount(Decimal(3), u("家"), "大概")


@given(
    st.decimals(min_value=0, max_value=10**8, places=2, allow_nan=False),
    st.sampled_from(["人", "万户", "亿元", "%", "千米"]),
    st.sampled_from(["", "近", "超", "约", "以上"]),
    st.integers(0, 3),
)
def test_a_printed_amount_can_be_read_back(value: Decimal, unit_text: str, word: str, decimals: int) -> None:
    text = amount(value, u(unit_text), word, decimals=decimals)
    match = re.fullmatch(rf"(近|超|约)?([\d.]+){unit_text}(以上)?", text)
    assert match
    before, number, after = match.groups()
    assert (before or after or "") == word
    assert Decimal(number) == (value if word else rounded(value, decimals))


def test_english_amounts_move_the_point_and_keep_the_figure() -> None:
    number, shown = english(Decimal("223.64"), u("亿元"))
    assert (number, shown.text, shown.multiplier, shown.base) == (Decimal("22.364"), "billion yuan", 10**9, "元")
    number, shown = english(Decimal("1.50"), u("万户"))
    assert (str(digits(number)), shown.text, shown.multiplier) == ("15000", "households", 1)
    number, shown = english(Decimal("9.99"), u("亿元"))
    assert (digits(number), shown.text) == ("999", "million yuan")
    number, shown = english(Decimal(10), u("亿元"))
    assert (digits(number), shown.text) == ("1", "billion yuan")
    number, shown = english(Decimal(99), u("万人"))
    assert (digits(number), shown.text) == ("990000", "people")
    number, shown = english(Decimal("-100"), u("万人"))
    assert (digits(number), shown.text) == ("−1", "million people")


def test_a_stretch_of_time_takes_a_dash() -> None:
    assert stretch(2021, 2025, "年") == "2021—2025年"
    assert stretch(1, 3, "月") == "1—3月"
    assert stretch(3, 3, "月") == "3月"


@pytest.mark.parametrize(
    ("value", "english_text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (23, "23rd"), (77, "77th"), (101, "101st"), (111, "111th"), (112, "112th"), (113, "113th")],
)  # fmt: skip
def test_places_in_an_order(value: int, english_text: str) -> None:
    assert ordinal(Decimal(value)) == f"第{value}"
    assert ordinal(Decimal(value), "届") == f"第{value}届"
    assert ordinal(Decimal(value), language="en") == english_text
    assert ordinal(Decimal(value), "session", language="en") == f"{english_text} session"


@pytest.mark.parametrize("value", ["0", "-1", "2.5"])
def test_a_place_is_a_whole_number_from_one(value: str) -> None:
    with pytest.raises(ValueError, match=f"^a whole number from 1 as a place in an order, found {value}$"):
        ordinal(Decimal(value))
    for language in ("zh", "en"):
        with pytest.raises(ValueError, match="whole number"):
            rank(Decimal(value), qualifier="前", language=language)


def test_ranks() -> None:
    assert rank(Decimal("3"), "全省") == "全省第3位"
    assert rank(Decimal("3.0"), "全省") == "全省第3位"
    assert rank(Decimal(1), "全市", word="名") == "全市第1名"
    assert rank(Decimal(4)) == "第4位"
    assert rank(Decimal(5), "全省", Qualifier.WITHIN) == "全省前5位"
    assert rank(Decimal(5), "全省", "") == "全省第5位"
    assert rank(Decimal(5), "in the province", Qualifier.WITHIN, language="en") == "top 5 in the province"
    assert rank(Decimal(12), "in the province", language="en") == "12th in the province"
    assert rank(Decimal(12), language="en") == "12th"
    with pytest.raises(ValueError, match=r"^the qualifier 前 or none for a rank, found 近$"):
        rank(Decimal(5), "全省", "近")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "—"),
        ("0", "0.0"),
        ("0.04", "…"),
        ("-0.04", "…"),
        ("0.05", "0.1"),
        ("-3.14", "−3.1"),
        ("12345", "12345.0"),
    ],
)
def test_a_cell_prints_digits_or_a_mark(value: str | None, printed: str) -> None:
    assert cell(None if value is None else Decimal(value), 1) == printed


@pytest.mark.parametrize(
    ("value", "qualifier", "printed"),
    [("110", "突破", "突破110"), ("2.84", "近", "近2.84"), ("1.9", "余", "1.9余"), ("90", "以上", "90以上")],
)
def test_a_qualified_cell_keeps_its_word_and_its_digits(value: str, qualifier: str, printed: str) -> None:
    assert cell(Decimal(value), 1 if value == "2.84" else None, qualifier=qualifier) == printed
    assert cell(Decimal("0.004"), 1, qualifier="近") == "近0.004"
    assert cell(Decimal(12345), qualifier="近", separators=True) == "近12,345"


def test_a_cell_follows_the_rounding_and_separators_asked_for() -> None:
    assert cell(Decimal("2.25"), 1, Rounding.HALF_EVEN) == "2.2"
    assert cell(Decimal("12345.6"), separators=True) == "12,345.6"


def test_only_marks_that_occur_are_explained() -> None:
    assert legend(["1.0", "2"]) == ()
    assert legend(["…", "—", "—"]) == ("“—”表示没有数据或不宜计算", "“…”表示数据不足本表最小单位")
    assert legend(["…"]) == ("“…”表示数据不足本表最小单位",)
    assert legend(["—", "…"], language="en") == (
        "“—” means no figure, or none that can be computed",
        "“…” means less than the smallest unit shown",
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("新增企业约30家左右。", "约30家左右"),
        ("投资约2.8亿元以上。", "约2.8亿元以上"),
        ("至少90%以上。", "至少90%以上"),
        ("惠及近1.9万余人。", "近1.9万余"),
        ("超过1000多户。", "超过1000多"),
        ("8亿～16亿元左右。", "8亿～16亿元左右"),
        ("4%～6%上下。", "4%～6%上下"),
        ("超近2.8亿元。", "超近2.8亿元"),
        ("90%以上左右。", "90%以上左右"),
        ("此前近3年增长。", None),
        ("约30家。", None),
        ("30家左右。", None),
        ("约有30家企业，20家左右。", None),
        ("超20家规模以上企业。", None),
        ("近3年余额增长。", None),
        ("8亿～16亿元。", None),
    ],
)
def test_two_qualifiers_round_one_number_are_found_in_prose(sentence: str, found: str | None) -> None:
    assert clash(sentence) == found
