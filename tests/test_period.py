import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xdreport.period import GRAMMAR, Form, Period

YEARS = st.integers(1901, 2190)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    year = draw(YEARS)
    kind = draw(st.sampled_from(Form))
    one, two = sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=2, unique=True)))
    first, last = sorted(draw(st.lists(st.integers(1, 4), min_size=2, max_size=2, unique=True)))
    text = {
        Form.SPAN: f"{year}/{year + first}",
        Form.YEAR: f"{year}",
        Form.HALF: f"{year}-S{1 + one % 2}",
        Form.QUARTER: f"{year}-Q{first}",
        Form.QUARTERS: f"{year}-Q{first}/Q{last}",
        Form.MONTH: f"{year}-{one:02}",
        Form.MONTHS: f"{year}-{one:02}/{two:02}",
    }[kind]
    return Period.parse(text)


@given(periods())
def test_a_period_reads_back_from_its_id(period: Period) -> None:
    again = Period.parse(period.id)
    assert (again, again.form, str(again)) == (period, period.form, period.id)


@given(periods())
def test_the_year_before_is_as_long_and_meets_or_precedes(period: Period) -> None:
    before = period.year_before()
    assert (before.months, before.form) == (period.months, period.form)
    assert before.last < period.first or period.form is not Form.SPAN
    assert period.first - before.first == (period.months if period.form is Form.SPAN else 12)


NAMES = [
    # id, name, short name, English, short English, end, end in English, months, cumulative
    ("2022", "2022年", "全年", "2022", "the full year", "2022年底", "the end of 2022", 12, True),
    ("2022-S1", "2022年上半年", "上半年", "the first half of 2022", "the first half", "2022年6月末",
     "the end of June 2022", 6, True),
    ("2022-S2", "2022年下半年", "下半年", "the second half of 2022", "the second half", "2022年底", "the end of 2022",
     6, False),
    ("2022-Q1", "2022年一季度", "一季度", "Q1 2022", "Q1", "2022年3月末", "the end of March 2022", 3, True),
    ("2022-Q2", "2022年二季度", "二季度", "Q2 2022", "Q2", "2022年6月末", "the end of June 2022", 3, False),
    ("2022-Q3", "2022年三季度", "三季度", "Q3 2022", "Q3", "2022年9月末", "the end of September 2022", 3, False),
    ("2022-Q4", "2022年四季度", "四季度", "Q4 2022", "Q4", "2022年底", "the end of 2022", 3, False),
    ("2022-Q1/Q2", "2022年上半年", "上半年", "Q1–Q2 2022", "Q1–Q2", "2022年6月末", "the end of June 2022", 6, True),
    ("2022-Q1/Q3", "2022年前三季度", "前三季度", "Q1–Q3 2022", "Q1–Q3", "2022年9月末", "the end of September 2022", 9,
     True),
    ("2022-Q1/Q4", "2022年全年", "全年", "Q1–Q4 2022", "Q1–Q4", "2022年底", "the end of 2022", 12, True),
    ("2022-Q2/Q3", "2022年二至三季度", "二至三季度", "Q2–Q3 2022", "Q2–Q3", "2022年9月末", "the end of September 2022",
     6, False),
    ("2022-01", "2022年1月", "1月", "January 2022", "January", "2022年1月末", "the end of January 2022", 1, False),
    ("2022-09", "2022年9月", "9月", "September 2022", "September", "2022年9月末", "the end of September 2022", 1,
     False),
    ("2022-12", "2022年12月", "12月", "December 2022", "December", "2022年底", "the end of 2022", 1, False),
    ("2022-01/09", "2022年1—9月", "1—9月", "January–September 2022", "January–September", "2022年9月末",
     "the end of September 2022", 9, True),
    ("2022-03/11", "2022年3—11月", "3—11月", "March–November 2022", "March–November", "2022年11月末",
     "the end of November 2022", 9, False),
    ("2021/2025", "2021—2025年", "2021—2025年", "2021–2025", "2021–2025", "2025年底", "the end of 2025", 60, False),
]  # fmt: skip


@pytest.mark.parametrize("row", NAMES, ids=[row[0] for row in NAMES])
def test_a_period_in_words(row: tuple[str, str, str, str, str, str, str, int, bool]) -> None:
    text, *expected = row
    period = Period.parse(text)
    assert [
        period.name, period.short_name, period.english, period.short_english, period.end_name, period.end_english,
        period.months, period.is_cumulative,
    ] == expected  # fmt: skip
    assert period.year == int(text[:4])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", GRAMMAR),
        ("22", GRAMMAR),
        ("2022-1", GRAMMAR),
        ("2022-Q5", GRAMMAR),
        ("２０２２", GRAMMAR),
        ("1899", "a year from 1900 to 2199"),
        ("2200", "a year from 1900 to 2199"),
        ("2022/2022", "a span whose second year is later than its first"),
        ("2022/2200", "a span whose second year is later than its first"),
        ("2022-Q3/Q3", "a second quarter later than the first"),
        ("2022-00", "a month from 01 to 12"),
        ("2022-13", "a month from 01 to 12"),
        ("2022-09/09", "two months from 01 to 12, the second later than the first"),
        ("2022-00/09", "two months from 01 to 12, the second later than the first"),
        ("2022-09/13", "two months from 01 to 12, the second later than the first"),
    ],
)
def test_what_is_no_period_says_what_one_is(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=re.escape(expected)):
        Period.parse(text)


@pytest.mark.parametrize(
    ("texts", "hint"),
    [
        (("2025Q3", "2025-q3", "2025年三季度", "2025年第3季度"), "did you mean 2025-Q3?"),
        (("2025-9", "2025.09", "202509", "2025年9月"), "did you mean 2025-09?"),
        (("2025-H1", "2025s1", "2025年上半年"), "did you mean 2025-S1?"),
        (("2025年", "２０２５", "2025年度"), "did you mean 2025?"),
        (("2025-Q1-Q3", "2025Q1—3", "2025年前三季度"), "did you mean 2025-Q1/Q3?"),
        (("2025年1—9月", "2025年1-9月", "2025-01~09"), "did you mean 2025-01/09?"),
        (("2021-2025", "2021—2025年"), "did you mean 2021/2025?"),
        (
            ("Sep-25", "25-Sep", "2025/9/1", "2025-09-01"),
            "did you mean 2025-09? Excel turned it into a date: format the column as text",
        ),
    ],
)
def test_what_is_written_in_another_way_is_answered_with_the_period_that_was_meant(
    texts: tuple[str, ...], hint: str
) -> None:
    for text in texts:
        with pytest.raises(ValueError, match="a period") as raised:
            Period.parse(text)
        assert raised.value.args == (f"a period ({GRAMMAR})", hint)


@pytest.mark.parametrize("text", ["abc", "9月", "20251", "2025-13", "2025-Q5", "2025-01-09", "2025-Q3-Q1"])
def test_where_it_is_not_clear_what_was_meant_nothing_is_suggested(text: str) -> None:
    with pytest.raises(ValueError, match=r"a period|a month") as raised:
        Period.parse(text)
    assert len(raised.value.args) == 1


def test_the_bounds_of_the_years_are_periods() -> None:
    assert Period.parse("1900").year == 1900
    assert Period.parse("2198/2199").end_name == "2199年底"


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2022", "2021"),
        ("2022-S1", "2021-S2"),
        ("2022-Q1", "2021-Q4"),
        ("2022-01", "2021-12"),
        ("2022-01/09", "2022-01/08"),
        ("2022-01/02", "2022-01"),
        ("2022-Q1/Q3", "2022-Q1/Q2"),
        ("2022-Q1/Q2", "2022-Q1"),
        ("2022-03/09", None),
        ("2022-Q2/Q3", None),
        ("2021/2025", "2016/2020"),
    ],
)
def test_the_one_before(text: str, before: str | None) -> None:
    found = Period.parse(text).before()
    assert (found.id if found else None) == before


SEEN = [
    # then, now, words, English, as a day, English
    ("2021", "2022", "上年", "the previous year", "上年末", "the end of the previous year"),
    ("2021-Q1", "2022-Q1", "上年同期", "the same period of the previous year", "上年同期", "a year earlier"),
    ("2021-01/09", "2022-01/09", "上年同期", "the same period of the previous year", "上年同期", "a year earlier"),
    (
        "2021-12",
        "2022-12",
        "上年同期",
        "the same period of the previous year",
        "上年末",
        "the end of the previous year",
    ),
    ("2022-08", "2022-09", "上月", "the previous month", "上月末", "the end of the previous month"),
    ("2021-12", "2022-01", "上月", "the previous month", "上年末", "the end of the previous year"),
    ("2022-Q1", "2022-Q2", "上季度", "the previous quarter", "3月末", "the end of March"),
    ("2021-Q4", "2022-Q1", "上季度", "the previous quarter", "上年末", "the end of the previous year"),
    ("2022-01/08", "2022-01/09", "1—8月", "January–August", "上月末", "the end of the previous month"),
    ("2022-Q1", "2022-Q1/Q3", "一季度", "Q1", "3月末", "the end of March"),
    ("2022-S1", "2022-S2", "上半年", "the first half", "6月末", "the end of June"),
    ("2021-S2", "2022-S1", "2021年下半年", "the second half of 2021", "上年末", "the end of the previous year"),
    ("2020", "2022", "2020年", "2020", "2020年底", "the end of 2020"),
    ("2020-06", "2022-09", "2020年6月", "June 2020", "2020年6月末", "the end of June 2020"),
    ("2022-Q4", "2022", "四季度", "Q4", "2022年底", "the end of 2022"),
    ("2016/2020", "2021/2025", "2016—2020年", "2016–2020", "2020年底", "the end of 2020"),
    ("2021", "2021/2025", "2021年", "2021", "2021年底", "the end of 2021"),
    ("2021/2022", "2021", "2021—2022年", "2021–2022", "2022年底", "the end of 2022"),
]


@pytest.mark.parametrize("row", SEEN, ids=[f"{row[0]} from {row[1]}" for row in SEEN])
def test_a_period_seen_from_another(row: tuple[str, str, str, str, str, str]) -> None:
    then, now = Period.parse(row[0]), Period.parse(row[1])
    assert (then.seen_from(now), then.seen_from(now, "en")) == row[2:4]
    assert (then.end_seen_from(now), then.end_seen_from(now, "en")) == row[4:]


def test_forms_of_one_stretch_are_equal_and_keep_their_words() -> None:
    half, months, quarters = (Period.parse(text) for text in ("2022-S1", "2022-01/06", "2022-Q1/Q2"))
    assert half == months == quarters
    assert len({half, months, quarters}) == 1
    assert [period.short_name for period in (half, months, quarters)] == ["上半年", "1—6月", "上半年"]


def test_periods_lie_within_and_end_with_each_other() -> None:
    year, quarter, span = Period.parse("2022"), Period.parse("2022-Q4"), Period.parse("2021/2025")
    assert year.covers(quarter)
    assert year.covers(year)
    assert span.covers(year)
    assert not quarter.covers(year)
    assert not year.covers(span)
    assert year.ends_with(quarter)
    assert not year.ends_with(span)
