"""Periods that go with a report: what the words stand for."""

import re

import pytest

from xdreport import timeline
from xdreport.period import Period
from xdreport.timeline import EXAMPLES, PATTERN, Timeline


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        ("last 5 years", "2025", "2021 2022 2023 2024 2025"),
        ("last 3 years", "2025-Q1/Q3", "2022 2023 2024"),  # 2025 is not over
        ("last 5 years", "2021/2025", "2021 2022 2023 2024 2025"),
        ("last 5 quarters", "2025-Q1/Q3", "2024-Q3 2024-Q4 2025-Q1 2025-Q2 2025-Q3"),
        ("last 2 quarters", "2025-S1", "2025-Q1 2025-Q2"),
        ("last 2 quarters", "2025-01/08", "2025-Q1 2025-Q2"),  # the third one is not over
        ("last 3 halves", "2025", "2024-S2 2025-S1 2025-S2"),
        ("last 3 months", "2025-Q1", "2025-01 2025-02 2025-03"),
        ("last 6 cumulative quarters", "2025-S1", "2024-Q1 2024-S1 2024-Q1/Q3 2024 2025-Q1 2025-S1"),
        ("last 4 cumulative months", "2025-03", "2024-01/11 2024 2025-01/02 2025-01/03"),
        ("same period of the last 3 years", "2025-Q1/Q3", "2023-Q1/Q3 2024-Q1/Q3 2025-Q1/Q3"),
        ("same period of the last 2 years", "2025-01/09", "2024-01/09 2025-01/09"),
        ("same period of the last 2 years", "2021/2025", "2024 2025"),
    ],
)
def test_words_stand_for_periods_up_to_the_report_s_own(words: str, now: str, expected: str) -> None:
    its = Timeline.parse(words)
    assert " ".join(period.id for period in its.periods(Period.parse(now))) == expected
    assert str(its) == words


def test_a_list_may_name_periods_before_those_that_go_with_the_report() -> None:
    items = [timeline.parse(text) for text in ("2020", "last 3 years", "2025")]
    assert [period.id for period in timeline.resolve(items, Period.parse("2025"))] == ["2020", "2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last 8 quarter", "did you mean last 8 quarters?"),
        ("last year", ""),
        ("last 1 years", "2 to 60 periods"),
        ("same periods of the last 5 years", "did you mean same period of the last 5 years?"),
        ("2022-Q5", "a period (2022, 2022-S1"),
    ],
)
def test_other_words_are_refused_with_what_was_meant(words: str, expected: str) -> None:
    with pytest.raises(ValueError) as refused:
        timeline.parse(words)
    assert expected in " ".join(refused.value.args)


def test_the_pattern_for_editors_takes_each_example_and_no_other_words() -> None:
    assert all(re.fullmatch(PATTERN, example) and str(Timeline.parse(example)) == example for example in EXAMPLES)
    assert not any(re.fullmatch(PATTERN, words) for words in ("last year", "last 8 quarter", "2022", "last 08 years"))
