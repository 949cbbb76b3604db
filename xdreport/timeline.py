"""Periods in a row that end with a report's own: `last 8 quarters`, `same period of the last 5 years`.

A chart or a table that names its periods so goes on with each report, and nobody has to write the next quarter into
it. The words are an agreement of this project; what they mean is written at `Timeline.periods`.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xdreport.period import GRAMMAR, Form, Period

_FEWEST, _MOST = 2, 60


class Step(StrEnum):
    """What a timeline goes by."""

    YEARS = "years"
    HALVES = "halves"
    QUARTERS = "quarters"
    MONTHS = "months"
    CUMULATIVE_QUARTERS = "cumulative quarters"
    CUMULATIVE_MONTHS = "cumulative months"
    SAME_PERIOD = "same period"


_LAST = re.compile(r"last (\d{1,2}) (years|halves|quarters|months|cumulative quarters|cumulative months)", re.ASCII)
_SAME = re.compile(r"same period of the last (\d{1,2}) years", re.ASCII)
# The two forms as a JSON Schema writes them.
PATTERN = (
    "^(last [1-9][0-9]? (years|halves|quarters|months|cumulative quarters|cumulative months)"
    "|same period of the last [1-9][0-9]? years)$"
)
EXAMPLES = (
    "last 5 years", "last 8 quarters", "last 12 months", "last 8 cumulative quarters",
    "same period of the last 5 years",
)  # fmt: skip
_MONTHS = {Step.YEARS: 12, Step.HALVES: 6, Step.QUARTERS: 3, Step.MONTHS: 1}
_FORMS = {Step.YEARS: Form.YEAR, Step.HALVES: Form.HALF, Step.QUARTERS: Form.QUARTER, Step.MONTHS: Form.MONTH}


@dataclass(frozen=True, slots=True)
class Timeline:
    """So many periods, a `step` apart, up to the one that a report is about."""

    count: int
    step: Step

    @classmethod
    def parse(cls, text: str) -> "Timeline":
        """Return the timeline that `text` writes; raise ValueError, with what is expected and a hint, for none."""
        words = " ".join(text.split())
        if match := _SAME.fullmatch(words):
            found = cls(int(match[1]), Step.SAME_PERIOD)
        elif match := _LAST.fullmatch(words):
            found = cls(int(match[1]), Step(match[2]))
        else:
            close = difflib.get_close_matches(re.sub(r"\d+", "8", words), EXAMPLES, n=1, cutoff=0.6)
            raise ValueError(f"periods such as {', '.join(EXAMPLES)}", *(f"did you mean {it}?" for it in close))
        if not _FEWEST <= found.count <= _MOST:
            raise ValueError(f"{_FEWEST} to {_MOST} periods")
        return found

    def __str__(self) -> str:
        if self.step is Step.SAME_PERIOD:
            return f"same period of the last {self.count} years"
        return f"last {self.count} {self.step}"

    def periods(self, now: Period) -> tuple[Period, ...]:
        """Return the periods of a report on `now`, the oldest first.

        They are whole and over: of a report on the first half of 2025 the last quarter is the second one, and the last
        year is 2024. A report on a span of years is taken as one on its last year. The cumulative ones count from
        January and begin anew each year (一季度, 上半年, 前三季度, 全年); those of months leave January out, which is
        published together with February (1—2月).
        """
        own = now.last_year() if now.form is Form.SPAN else now
        match self.step:
            case Step.SAME_PERIOD:
                shifts = range(12 * (self.count - 1), -1, -12)
                return tuple(Period(own.first - shift, own.last - shift, own.form) for shift in shifts)
            case Step.CUMULATIVE_QUARTERS:
                return tuple(count_to(last) for last in _ends(own, 3, self.count))
            case Step.CUMULATIVE_MONTHS:
                ends = [last for last in _ends(own, 1, self.count + self.count // 11 + 1) if last % 12]
                return tuple(count_to(last, by_month=True) for last in ends[-self.count :])
            case _:
                months, form = _MONTHS[self.step], _FORMS[self.step]
                return tuple(Period(last - months + 1, last, form) for last in _ends(own, months, self.count))


def _ends(now: Period, months: int, count: int) -> list[int]:
    """Return the last months of the newest stretches of so many months that are over when `now` is."""
    newest = (now.last + 1) // months * months - 1
    return [newest - months * before for before in range(count - 1, -1, -1)]


def count_to(last: int, *, by_month: bool = False) -> Period:
    """Return the count from January to the month `last`: 2025-Q1, 2025-S1, 2025-Q1/Q3, 2025; 2025-01/06 by months."""
    first = last // 12 * 12
    months = last - first + 1
    forms = {12: Form.YEAR, 1: Form.MONTH}
    if not by_month:
        forms |= {3: Form.QUARTER, 6: Form.HALF, 9: Form.QUARTERS}
    return Period(first, last, forms.get(months, Form.MONTHS))


def parse(text: str) -> Period | Timeline:
    """Return the period or the timeline that an item of a list of periods writes; raise ValueError for neither."""
    try:
        return Timeline.parse(text) if re.match(r"\s*(last|same)\b", text) else Period.parse(text)
    except ValueError as error:
        expected, *hint = error.args
        if expected.endswith(f"({GRAMMAR})"):
            expected = f"{expected}, or {EXAMPLES[1]}"
        raise ValueError(expected, *hint) from None


def resolve(items: Iterable[Period | Timeline], now: Period) -> tuple[Period, ...]:
    """Return the periods that items stand for in a report on `now`, each once, in their order."""
    found: dict[Period, None] = {}
    for item in items:
        found |= dict.fromkeys(item.periods(now) if isinstance(item, Timeline) else (item,))
    return tuple(found)
