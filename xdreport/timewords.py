"""Periods in the words of a workbook: a title (2026年1—3月), a head (一季度), a file's name (2026年9月末).

What words do not say stays open: a quarter without its year, a year without its months. Nothing is taken from a
calendar. A day (2026年4月15日) is no period, and neither is a year of prices or a base (2020年价格, 上年=100).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xdreport.period import Form, Period

TOKEN = "{period}"  # stands for the words of a period in a normalised head or name

_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = "〇一二三四五六七八九"
_CHINESE_NUMBER = re.compile("十[一二]?|[一二三四五六七八九]")
_CHINESE_MONTHS = re.compile(
    r"(?<![一二三四五六七八九十第\d])(?:(?:十[一二]?|[一二三四五六七八九])月?份?[-‐‑–—―─－~～〜至到]+)?"
    r"(?:十[一二]?|[一二三四五六七八九])(?=月)"
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TO = "[-‐‑–—―─－~～〜至到]+"
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
# In place of a year stands 今年, 本年 or nothing; a year and what follows may be parted by 度, 的 or a sign.
_LEAD = rf"(?:{_YEAR}年度?的?)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "ignored",
            rf"{_YEAR}(?:年?版|年?不变价格?|年?可比价格?|年?价格?(?=计算|\)|）|$)|年?为?(?:基期|基年)|年?=100)",
        ),
        ("span", rf"{_YEAR}年?{_TO}(?P<until>(?:19|20)\d\d)年?(?!\d)"),
        ("quarters", rf"{_LEAD}(?:前(?P<last>[二三四234])个?季度?|[1一]季?度?{_TO}第?(?P<to>[二三四234])季度)"),
        ("quarter", rf"{_LEAD}第?(?P<quarter>[一二三四1234])季(?:度(?!末)|(?![度末]))"),
        ("quarter", rf"{_YEAR}[-./ ]?q(?P<quarter>[1-4])(?!\d)"),
        ("quarter-end", rf"{_LEAD}第?(?P<quarter>[一二三四1234])季度?末"),
        ("half", rf"{_LEAD}(?P<half>[上下])半年"),
        ("end", rf"(?:截[至止]到?)?{_LEAD}(?<!\d)(?P<month>{_MONTH})月份?[末底]"),
        ("year-end", rf"(?:截[至止]到?)?{_YEAR}年[末底]"),
        ("months", rf"{_LEAD}(?<!\d)(?P<first>{_MONTH})月?份?{_TO}(?P<month>{_MONTH})月份?"),
        ("months", rf"{_YEAR}[./](?P<first>{_MONTH})[-–—~～](?P<month>{_MONTH})(?!\d)"),
        ("month", rf"{_LEAD}(?<!\d)(?P<month>{_MONTH})月份?"),
        ("month", rf"{_YEAR}[-./](?P<month>{_MONTH})(?![\d./-])"),
        ("month", rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?!\d)"),
        ("ignored", rf"{_YEAR}年(?=[\d一二三四五六七八九十]+月)"),  # of a month that is none
        ("year", rf"{_YEAR}年度?(?:全年)?"),
        ("whole", "全年(?!度)"),
    )
)
_DAY = re.compile(
    rf"(?P<until>截[至止]到?)?{_YEAR}(?:年(?P<m1>{_MONTH})月(?P<d1>\d{{1,2}})[日号]|(?P<sign>[-./])(?P<m2>{_MONTH})(?P=sign)(?P<d2>\d{{1,2}})(?!\d))"
)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class When:
    """What words say of a time: a year or none, months `first`..`last` of it or none, and the form they are said in.

    `is_end` says that a point in time is meant (9月末); `until` is the second year of a span.
    """

    year: int | None = None
    first: int | None = None
    last: int | None = None
    form: Form = Form.YEAR
    is_end: bool = False
    until: int | None = None

    @property
    def is_whole(self) -> bool:
        """True when both the year and its months are said."""
        return self.year is not None and self.first is not None and self.until is None

    @property
    def is_year(self) -> bool:
        """True when all months of a year are meant, be it named or not (全年)."""
        return (self.first, self.last) == (1, 12)

    def period(self, year: int | None = None) -> Period | None:
        """Return the period, of `year` where the words name none; None where a part of it is not known.

        A point in time is the end of what is counted from January: 9月末 stands under 1—9月."""
        year = self.year if self.year is not None else year
        if year is None or self.first is None or self.last is None or self.until is not None:
            return None
        return stretch(year, 1 if self.is_end else self.first, self.last, self.form)

    def __str__(self) -> str:
        known = self.period(2000)
        if known is None:
            return f"{self.year}年" if self.until is None else f"{self.year}—{self.until}年"
        return (f"{self.year}年" if self.year else "") + known.short_name


def stretch(year: int, first: int, last: int, form: Form = Form.MONTHS) -> Period:
    """Return the months `first`..`last` of a year as a period, in the form asked for where it can say them."""
    fits = {
        Form.YEAR: (first, last) == (1, 12),
        Form.HALF: (first, last) in {(1, 6), (7, 12)},
        Form.QUARTER: last - first == 2 and last % 3 == 0,
        Form.QUARTERS: first % 3 == 1 and last % 3 == 0 and last - first > 2,
        Form.MONTH: first == last,
    }
    if not fits.get(form, False):
        form = Form.MONTH if first == last else Form.MONTHS
    return Period(year * 12 + first - 1, year * 12 + last - 1, form)


def _in_digits(match: re.Match[str]) -> str:
    """Return a month in digits: 十一 as 11."""
    one, ten, ones = match[0].partition("十")
    return str(10 + (_MONTHS.index(ones) if ones else 0) if ten else _MONTHS.index(one))


def plain(text: str) -> str:
    """Return text with half-width digits and signs, 二〇二六年九月 as 2026年9月, and no spaces but between two
    numbers."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    text = re.sub(r"(?<!\d) | (?!\d)", "", text)
    text = re.sub("(?:(?<=年)|^)元(?=月)", "1", text)
    text = _CHINESE_MONTHS.sub(lambda match: _CHINESE_NUMBER.sub(_in_digits, match[0]), text)
    return re.sub(r"[〇○零一二三四五六七八九]{4}(?=年)", lambda match: match[0].translate(_CHINESE_DIGITS), text)


def days(text: str) -> tuple[date, ...]:
    """Return the days that words name, in their order: 2026年4月15日, 2026-04-15."""
    found = []
    for match in _DAY.finditer(plain(text)):
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        try:
            found.append(date(int(match["year"]), int(month), int(day)))
        except ValueError:
            continue
    return tuple(found)


def find(text: str) -> tuple[When, ...]:
    """Return the times that words name, each once, in their order; () where they name none."""
    return tuple(dict.fromkeys(when for when, _ in _found(plain(text)) if when))


def of_label(text: str) -> tuple[str, When | None]:
    """Return a head or a name with `{period}` in place of the words of a time, and that time.

    A head that is only a year (2025) counts. Where several are named, the one that is not compared with (比上年…)
    is meant; where that is not clear, none is returned and the words stay."""
    text = plain(text)
    if _BARE_YEAR.fullmatch(text):
        return TOKEN, When(int(text))
    found = [(when, span) for when, span in _found(text) if when]
    subjects = [(when, span) for when, span in found if text[max(0, span[0] - 1) : span[0]] not in {"比", "较", "为"}]
    if len(subjects) != 1:
        return text, None
    for _, (start, stop) in reversed(found):
        text = text[:start] + TOKEN + text[stop:]
    return text, subjects[0][0]


def _found(text: str) -> list[tuple[When | None, tuple[int, int]]]:
    """Return the times in plain text with where they stand; None for what looks like one and is none."""
    taken: list[tuple[When | None, tuple[int, int]]] = []
    for match in _DAY.finditer(text):
        taken.append((_end_of(match), match.span()))
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or stop <= match.start() for _, (start, stop) in taken):
                when = None if name == "ignored" else _when(name, match)
                taken.append((when, match.span()))
    return sorted(taken, key=lambda item: item[1])


def _end_of(match: re.Match[str]) -> When | None:
    """Return the end of a month for 截至2026年9月30日, None for any other day."""
    year, month, day = int(match["year"]), int(match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
    following = date(year + month // 12, month % 12 + 1, 1)
    is_last = 1 <= day <= 31 and (following - date(year, month, 1)).days == day
    return When(year, month, month, Form.MONTH, is_end=True) if match["until"] and is_last else None


def _when(name: str, match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    match name:
        case "span":
            return When(year, until=int(groups["until"]))
        case "quarters":
            return When(year, 1, 3 * _QUARTER[groups["last"] or groups["to"]], Form.QUARTERS)
        case "quarter":
            quarter = _QUARTER[groups["quarter"]]
            return When(year, 3 * quarter - 2, 3 * quarter, Form.QUARTER)
        case "quarter-end":
            last = 3 * _QUARTER[groups["quarter"]]
            return When(year, last, last, Form.MONTH, is_end=True)
        case "half":
            return When(year, *((1, 6) if groups["half"] == "上" else (7, 12)), Form.HALF)
        case "end":
            return When(year, int(groups["month"]), int(groups["month"]), Form.MONTH, is_end=True)
        case "year-end":
            return When(year, 12, 12, Form.YEAR, is_end=True)
        case "months":
            first, last = int(groups["first"]), int(groups["month"])
            return When(year, first, last, Form.MONTHS) if first < last else None
        case "month":
            return When(year, int(groups["month"]), int(groups["month"]), Form.MONTH)
        case "whole":
            return When(None, 1, 12, Form.YEAR)
        case _:
            return When(year, 1, 12, Form.YEAR) if match[0].endswith("全年") else When(year)


def joined(whens: Iterable[When]) -> When | None:
    """Return what several words, the outer first, say together: 2026年 over 1—3月 is 2026年1—3月.

    None where they say nothing; raise ValueError where they say two things.
    """
    found: When | None = None
    for when in whens:
        if found is None or found == when or (found.until is not None and when.until is None):
            found = when
        elif when.until is not None:
            continue
        elif (
            found.first is not None and when.first is not None and (found.first, found.last) != (when.first, when.last)
        ):
            raise ValueError(f"one period, not {found} and {when}")
        elif found.year is not None and when.year is not None and found.year != when.year:
            raise ValueError(f"one year, not {found.year} and {when.year}")
        else:
            months = when if when.first is not None else found
            year = when.year if when.year is not None else found.year
            found = When(year, months.first, months.last, months.form, months.is_end)
    return found
