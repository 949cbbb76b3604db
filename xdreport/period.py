"""Periods of Chinese statistics, which mostly count cumulatively from January.

A period is a stretch of whole months and the form it is written in. Two forms of one
stretch (`2022-S1`, `2022-01/06`) are equal, so that they meet in a lookup and clash as
duplicate rows, while each keeps its own words (上半年, 1—6月).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Form(StrEnum):
    """How a period is written."""

    SPAN = "span"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    QUARTERS = "quarters"
    MONTH = "month"
    MONTHS = "months"


_PATTERNS = {
    Form.SPAN: re.compile(r"(\d{4})/(\d{4})", re.ASCII),
    Form.YEAR: re.compile(r"(\d{4})", re.ASCII),
    Form.HALF: re.compile(r"(\d{4})-S([12])", re.ASCII),
    Form.QUARTER: re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    Form.QUARTERS: re.compile(r"(\d{4})-Q([1-4])/Q([1-4])", re.ASCII),
    Form.MONTH: re.compile(r"(\d{4})-(\d\d)", re.ASCII),
    Form.MONTHS: re.compile(r"(\d{4})-(\d\d)/(\d\d)", re.ASCII),
}
GRAMMAR = "2022, 2022-S1, 2022-Q3, 2022-09, 2022-Q1/Q3, 2022-01/09 or 2021/2025"


# How else people and Excel write periods: what it looks like (after NFKC), and what was meant, made of its groups.
_TO = "[-–—~至到/]"
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_TYPED: tuple[tuple[str, str], ...] = (
    (r"(\d{4})年?度?(?:全年)?", "{0}"),
    (r"(\d{4})[-./年 ]?[hs]([12])", "{0}-S{1}"),
    (r"(\d{4})年([上下])半年", "{0}-S{1}"),
    (r"(\d{4})[-./年 ]?q([1-4])", "{0}-Q{1}"),
    (r"(\d{4})年第?([1-4一二三四])季度?", "{0}-Q{1}"),
    (rf"(\d{{4}})[-./年 ]?q([1-4]){_TO}q?([1-4])", "{0}-Q{1}/Q{2}"),
    (r"(\d{4})年前([二三四])个?季度", "{0}-Q1/Q{1}"),
    (rf"(\d{{4}})年([1-4一二三四])季?度?{_TO}([1-4一二三四])季度", "{0}-Q{1}/Q{2}"),
    (r"(\d{4})[-./年 ](\d{1,2})月?", "{0}-{1:0>2}"),
    (r"(\d{4})(\d\d)", "{0}-{1}"),
    (rf"(\d{{4}})[-./年 ](\d{{1,2}})月?{_TO}(\d{{1,2}})月", "{0}-{1:0>2}/{2:0>2}"),
    (r"(\d{4})[-./年 ](\d{1,2})[–—~至到/](\d{1,2})", "{0}-{1:0>2}/{2:0>2}"),
    (rf"(\d{{4}})年?{_TO}(\d{{4}})年?", "{0}/{1}"),
)
_TURNED: tuple[tuple[str, str], ...] = (  # dates into which Excel turns 2025-09 and, where it is not asked, 2025-09-01
    (r"([a-z]{3})[- ](\d\d)", "20{1}-{0:0>2}"),
    (r"(\d\d)[- ]([a-z]{3})", "20{0}-{1:0>2}"),
    (r"(\d{4})[-/](\d{1,2})[-/]0?1", "{0}-{1:0>2}"),
)


_DAY_NOUGHT = date(1899, 12, 30)  # from which Excel and WPS count days


def _meant(text: str) -> str:
    """Return a hint that names the period somebody most likely meant, "" when that is not clear."""
    for patterns, way_out in ((_TYPED, ""), (_TURNED, " Excel turned it into a date: format the column as text")):
        for pattern, form in patterns:
            if match := re.fullmatch(pattern, text.lower(), re.ASCII):
                period = form.format(*(_plain_number(group) for group in match.groups()))
                try:
                    return f"did you mean {Period.parse(period)}?{way_out}"
                except ValueError:
                    continue
    if re.fullmatch(r"[34][0-9]{4}", text) and (day := _DAY_NOUGHT + timedelta(int(text))).day == 1:
        return f"did you mean {day:%Y-%m}? Excel turned it into the number of a day: format the column as text"
    return ""


def _plain_number(text: str) -> str:
    if text in _SHORT_MONTHS:
        return str(_SHORT_MONTHS.index(text) + 1)
    return str({**_CHINESE, "上": 1, "下": 2}.get(text, text))


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months `first`..`last`, both counted from January of year 0, and a form that equality ignores."""

    first: int
    last: int
    form: Form = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period that `text` writes; raise ValueError, with what is expected and, where what was meant is
        clear, a hint, when it writes none."""
        for form, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(text):
                return cls._from_numbers(form, [int(group) for group in match.groups()])
        meant = _meant(unicodedata.normalize("NFKC", text).strip())
        raise ValueError(f"a period ({GRAMMAR})", *([meant] if meant else []))

    @classmethod
    def _from_numbers(cls, form: Form, numbers: list[int]) -> "Period":
        year = numbers[0]
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise ValueError(f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
        start = year * 12
        match form, numbers[1:]:
            case Form.SPAN, [last_year]:
                if not year < last_year <= _LAST_YEAR:
                    raise ValueError("a span whose second year is later than its first")
                return cls(start, last_year * 12 + 11, form)
            case Form.HALF, [half]:
                return cls(start + 6 * half - 6, start + 6 * half - 1, form)
            case Form.QUARTER, [quarter]:
                return cls(start + 3 * quarter - 3, start + 3 * quarter - 1, form)
            case Form.QUARTERS, [one, last]:
                if not one < last:
                    raise ValueError("a second quarter later than the first")
                return cls(start + 3 * one - 3, start + 3 * last - 1, form)
            case Form.MONTH, [month]:
                if not 1 <= month <= 12:
                    raise ValueError("a month from 01 to 12")
                return cls(start + month - 1, start + month - 1, form)
            case Form.MONTHS, [one, last]:
                if not 1 <= one < last <= 12:
                    raise ValueError("two months from 01 to 12, the second later than the first")
                return cls(start + one - 1, start + last - 1, form)
            case _:
                return cls(start, start + 11, Form.YEAR)

    @property
    def id(self) -> str:
        """The period as it is written in data files and on the command line."""
        year, last_year = self.year, self.last // 12
        month, last_month = self.first % 12 + 1, self.last % 12 + 1
        match self.form:
            case Form.SPAN:
                return f"{year}/{last_year}"
            case Form.YEAR:
                return f"{year}"
            case Form.HALF:
                return f"{year}-S{last_month // 6}"
            case Form.QUARTER:
                return f"{year}-Q{last_month // 3}"
            case Form.QUARTERS:
                return f"{year}-Q{(month + 2) // 3}/Q{last_month // 3}"
            case Form.MONTH:
                return f"{year}-{month:02}"
            case Form.MONTHS:
                return f"{year}-{month:02}/{last_month:02}"

    def __str__(self) -> str:
        return self.id

    @property
    def year(self) -> int:
        """The calendar year the period begins in."""
        return self.first // 12

    @property
    def starts(self) -> date:
        """Its first day."""
        return date(self.year, self.first % 12 + 1, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date((self.last + 1) // 12, (self.last + 1) % 12 + 1, 1) - timedelta(1)

    @property
    def months(self) -> int:
        """Its length in months."""
        return self.last - self.first + 1

    @property
    def is_cumulative(self) -> bool:
        """True when it counts from January within one year and is longer than its shortest unit."""
        return self.first % 12 == 0 and self.last // 12 == self.year and self.form is not Form.MONTH

    @property
    def name(self) -> str:
        """Its Chinese name: full years, no leading zeros, — between ends (GB/T 15835)."""
        if self.form is Form.SPAN:
            return f"{self.year}—{self.last // 12}年"
        return f"{self.year}年" if self.form is Form.YEAR else f"{self.year}年{self.short_name}"

    @property
    def short_name(self) -> str:
        """Its Chinese name where the year is already said: 一季度, 前三季度, 全年, 1—9月; a span keeps its years."""
        month, last_month = self.first % 12 + 1, self.last % 12 + 1
        match self.form:
            case Form.SPAN:
                return self.name
            case Form.YEAR:
                return "全年"
            case Form.HALF:
                return f"{'上' if month == 1 else '下'}半年"
            case Form.QUARTER:
                return f"{'一二三四'[month // 3]}季度"
            case Form.QUARTERS if self.is_cumulative:
                return {6: "上半年", 9: "前三季度", 12: "全年"}[last_month]
            case Form.QUARTERS:
                return f"{'一二三四'[month // 3]}至{'一二三四'[last_month // 3 - 1]}季度"
            case Form.MONTH:
                return f"{month}月"
            case Form.MONTHS:
                return f"{month}—{last_month}月"

    @property
    def english(self) -> str:
        """Its English name."""
        if self.form is Form.SPAN:
            return f"{self.year}–{self.last // 12}"
        if self.form is Form.YEAR:
            return f"{self.year}"
        return f"{self.short_english} of {self.year}" if self.form is Form.HALF else f"{self.short_english} {self.year}"

    @property
    def short_english(self) -> str:
        """Its English name where the year is already said; a span keeps its years."""
        month, last_month = self.first % 12 + 1, self.last % 12 + 1
        match self.form:
            case Form.SPAN:
                return self.english
            case Form.YEAR:
                return "the full year"
            case Form.HALF:
                return f"the {'first' if month == 1 else 'second'} half"
            case Form.QUARTER:
                return f"Q{last_month // 3}"
            case Form.QUARTERS:
                return f"Q{(month + 2) // 3}–Q{last_month // 3}"
            case Form.MONTH:
                return _MONTHS[month - 1]
            case Form.MONTHS:
                return f"{_MONTHS[month - 1]}–{_MONTHS[last_month - 1]}"

    @property
    def end_name(self) -> str:
        """The day it ends on as a point in time: 2025年底, 2025年6月末."""
        last_month = self.last % 12 + 1
        return f"{self.last // 12}年底" if last_month == 12 else f"{self.last // 12}年{last_month}月末"

    @property
    def end_english(self) -> str:
        """The day it ends on as a point in time, in English: the end of 2025, the end of June 2025."""
        month = self.last % 12
        return f"the end of {self.last // 12}" if month == 11 else f"the end of {_MONTHS[month]} {self.last // 12}"

    def seen_from(self, now: "Period", language: str = "zh") -> str:
        """Return the words for this period in a sentence about `now`: 上年, 上年同期, 上月, 一季度 (of the same year),
        else its full name. `language` is "zh" or "en"."""
        zh, en = self._relative(now)
        return en if language == "en" else zh

    def _relative(self, now: "Period") -> tuple[str, str]:
        if self == now.year_before() and now.form is not Form.SPAN:
            if self.months == 12:
                return "上年", "the previous year"
            return "上年同期", "the same period of the previous year"
        if self == now.before() and now.form is Form.MONTH:
            return "上月", "the previous month"
        if self == now.before() and now.form is Form.QUARTER:
            return "上季度", "the previous quarter"
        if self.year == now.year and self.form is not Form.SPAN and now.form is not Form.SPAN:
            return self.short_name, self.short_english
        return self.name, self.english

    def end_seen_from(self, now: "Period", language: str = "zh") -> str:
        """Return the words for the day this period ends on, in a sentence about the end of `now`:
        上年末, 上年同期, 上月末, 6月末 (of the same year), else 2021年底."""
        zh, en = self._relative_end(now)
        return en if language == "en" else zh

    def _relative_end(self, now: "Period") -> tuple[str, str]:
        month = self.last % 12
        if month == 11 and self.last // 12 == now.last // 12 - 1:
            return "上年末", "the end of the previous year"
        if self.last == now.last - 12:
            return "上年同期", "a year earlier"
        if self.last == now.last - 1:
            return "上月末", "the end of the previous month"
        if self.last // 12 == now.last // 12 and month != 11:
            return f"{month + 1}月末", f"the end of {_MONTHS[month]}"
        return self.end_name, self.end_english

    def year_before(self) -> "Period":
        """Return the same stretch a year before; for a span, the span of equal length before it."""
        shift = self.months if self.form is Form.SPAN else 12
        return Period(self.first - shift, self.last - shift, self.form)

    def before(self) -> "Period | None":
        """Return the one before it: the quarter, month, half or year before, or the shorter cumulative
        count of the same year (`2022-01/09` → `2022-01/08`). None where a count has no shorter one."""
        if self.form is Form.QUARTERS or self.form is Form.MONTHS:
            step, single = (3, Form.QUARTER) if self.form is Form.QUARTERS else (1, Form.MONTH)
            last = self.last - step
            form = single if last - self.first + 1 == step else self.form
            return Period(self.first, last, form) if self.is_cumulative else None
        return Period(self.first - self.months, self.first - 1, self.form)

    def last_year(self) -> "Period":
        """Return the calendar year that the period ends in."""
        return Period(self.last // 12 * 12, self.last // 12 * 12 + 11, Form.YEAR)

    def ends_with(self, other: "Period") -> bool:
        """Return whether both end on the same day, so that a stock at the end of one is that of the other."""
        return self.last == other.last

    def covers(self, other: "Period") -> bool:
        """Return whether `other` lies within this period."""
        return self.first <= other.first and other.last <= self.last


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def name_of(id: str) -> str:
    """Return the Chinese name of a period by its id, other words as they are."""
    try:
        return Period.parse(id).name
    except ValueError:
        return id
