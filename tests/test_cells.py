"""Characters in a data file, read as they stand or refused."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xdreport import cells

PLAIN = "a plain decimal number such as 223.64 or -2.5"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**18), max_value=10**18))
def test_a_number_keeps_its_digits(value: Decimal) -> None:
    text = f"{value:f}"
    assert f"{cells.number(text):f}" == text


@given(st.text(max_size=12))
def test_what_is_read_as_a_number_is_written_as_one(text: str) -> None:
    try:
        value = cells.number(text)
    except ValueError as error:
        assert all(isinstance(part, str) and part for part in error.args)
    else:
        assert f"{value:f}" == text
        assert text.isascii()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1,234", "leave thousands separators out"),
        ("1，234", "write half-width digits"),
        ("１２", "write half-width digits"),
        ("010", "leave leading zeros out"),
        ("1e5", "write all digits out"),
        ("+5", "leave the + out"),
        ("−5", "write the minus sign of the keyboard, -"),
        ("5%", "leave % out: the unit belongs to the indicator"),
        ("12,5", "write the decimal point as a full stop"),
        (" 5", "leave the spaces round it out"),
        ("=A1", "a formula is not computed: paste its value"),
        ("—", "a figure that does not exist has no row: delete the row"),
        ("NaN", "a figure that does not exist has no row: delete the row"),
        ("-Infinity", "a figure that does not exist has no row: delete the row"),
        ("#REF!", "a figure that does not exist has no row: delete the row"),
        ("", "a figure that does not exist has no row: delete the row"),
        ("12万", "the unit belongs to the indicator, 近, 余 and the like to the column qualifier"),
        ("近12", "the unit belongs to the indicator, 近, 余 and the like to the column qualifier"),
    ],
)
def test_what_is_no_number_is_refused_with_a_way_out(text: str, hint: str) -> None:
    assert refusal(cells.number, text) == (PLAIN, hint)


@pytest.mark.parametrize("text", ["abc", "1.", ".5", "1.2.3", "--1", "0x1F", "1_000", "٣"])
def test_what_resembles_no_number_is_refused_plainly(text: str) -> None:
    assert refusal(cells.number, text) == (PLAIN,)


def test_a_number_has_an_end() -> None:
    assert refusal(cells.number, "9" * 25) == ("a number of at most 24 characters",)


def test_a_whole_number_has_no_point() -> None:
    assert cells.whole("12") == 12
    assert refusal(cells.whole, "12.0") == ("a whole number",)


@pytest.mark.parametrize("text", ["yes", "NO", "1", "True", "on", ""])
def test_a_flag_is_true_or_false(text: str) -> None:
    assert (cells.flag("true"), cells.flag("false")) == (True, False)
    assert refusal(cells.flag, text) == ("true or false",)


def test_a_day_exists() -> None:
    assert cells.day("2024-02-29") == date(2024, 2, 29)
    assert refusal(cells.day, "2023-02-29") == ("a day that exists, such as 2026-07-04",)
    assert refusal(cells.day, "2023/2/9") == ("a date such as 2026-07-04",)


@pytest.mark.parametrize("text", ["Industry", "industry.", ".a", "a b", "1a", "a..b", "工业", ""])
def test_an_id_is_of_small_letters(text: str) -> None:
    assert cells.identifier("industry.signed_funds-2") == "industry.signed_funds-2"
    assert refusal(cells.identifier, text) == (
        "an id such as industry.signed_funds (lower-case letters, digits, _, - and .)",
    )


def test_look_alikes_become_the_characters_they_stand_for() -> None:
    assert cells.words("⼯业，①（5G+）") == "工业，①（5G+）"


@pytest.mark.parametrize("character", ["\u200b", "\u202e", "\0", "\ufeff", "\ue000", "\x7f"])
def test_characters_that_nobody_sees_are_refused(character: str) -> None:
    assert refusal(cells.words, f"产{character}业") == (
        "text without invisible characters",
        f"U+{ord(character):04X} is in it: type the words anew or paste them without formatting",
    )


def test_a_line_is_one_and_a_title_has_words() -> None:
    assert cells.title("产业 发展") == "产业 发展"
    assert refusal(cells.line, "产业\n发展") == ("one line of text", "a line break or a tab is in it")
    assert refusal(cells.title, " ") == ("some words",)


def refusal(read: Callable[[str], object], text: str) -> tuple[str, ...]:
    with pytest.raises(ValueError) as stop:
        read(text)
    return stop.value.args
