"""Typed numbers are read with the words round them, in digits of any kind."""

import pytest

from xdreport.numerals import Bound, numbers, plain


@pytest.mark.parametrize(
    ("words", "bound"),
    [("超过{}万吨", Bound.OVER), ("近{}万吨", Bound.NEARLY), ("约{}万吨", Bound.ABOUT), ("{}余万吨", Bound.OVER),
     ("{}万吨以上", Bound.LEAST), ("{}万吨", Bound.EXACT)],
)  # fmt: skip
@pytest.mark.parametrize("digits", ["150", "１５０", "一百五十"])
def test_words_round_a_number_bound_it_whichever_digits_it_has(words: str, bound: Bound, digits: str) -> None:
    (typed,) = numbers(plain(f"粮食产量{words.format(digits)}。"))
    assert (typed.total, typed.unit, typed.bound) == (1_500_000, "吨", bound)
