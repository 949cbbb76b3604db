"""What time the figures of a table are of: what its titles, its sheet's and its file's name say together, and the steps
that lead from there to the period of a column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xdreport import timewords
from xdreport.period import Form, Period
from xdreport.timewords import When


@dataclass(frozen=True, slots=True)
class Words:
    """The words in which a table may name its time: those beside a label that a recipe names, the titles above it, all
    words above the first table of the sheet, the sheet's name and the file's. `first` is the place that goes first:
    title, sheet or file."""

    label: tuple[str, ...]
    titles: tuple[str, ...]
    above: tuple[str, ...]
    sheet: str
    file: str
    first: str = "title"

    def places(self) -> Iterator[tuple[str, tuple[When, ...]]]:
        """Generate each place with the times that its words name, the one that goes first before the others."""
        every = {"title": (self.titles, self.above), "sheet": ((self.sheet,),), "file": ((self.file,),)}
        first = self.first if self.first in every else "title"
        yield "label", _named(self.label)
        for name in (first, *(name for name in every if name != first)):
            for texts in every[name]:
                yield name, _named(texts)


class Contradiction(Exception):
    """Two places say two times, or one does; `found` is the other one, `expected` the first, "" where one says both."""

    def __init__(self, message: str, found: str = "", expected: str = "", hint: str = "") -> None:
        self.message, self.found, self.expected, self.hint = message, found, expected, hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Dated:
    """The time of a table, None where no words name one, and what the file's name says where that is another.

    `two` says which times a title names where it names two of one year (2026年三季度和前三季度): then `when` has the
    year alone, and each column must name its own months."""

    when: When | None
    file_says: str = ""
    two: str = ""


def read(words: Words, asked: Period | None = None) -> Dated:
    """Return the time that words say together; `asked` is the one that was given, which none may contradict.

    What one place leaves open, the year or the months, the next one may say. A file is often named by the day it was
    sent: it fills no gap unless it goes first. Raise `Contradiction`.
    """
    found: When | None = None
    file_says = two = ""
    for name, whens in words.places():
        if name == "title" and found is None and (said_twice := _two(whens)):
            found, two = When(whens[0].year), said_twice
            continue
        if two and name == "title":
            continue
        said = _together(name, whens)
        is_gap = found is None or not found.is_whole
        if said is None or (name == "file" != words.first and is_gap):
            continue
        if found is None:
            found = said
        elif is_gap:
            found = _completed(found, said, name)
        elif said.year not in {None, found.year} or (said.is_whole and said.last != found.last):
            if name != "file":
                raise _differs(found, said, name)
            file_says = str(said)
    if asked is None:
        return Dated(found, file_says, two if found is not None and not found.is_whole else "")
    given = When(asked.year, asked.first % 12 + 1, asked.last % 12 + 1, asked.form)
    known = found.period() if found is not None and found.is_whole else None
    if found is not None and known is not None and known.last != asked.last:
        raise _differs(found, given, "--period")
    return Dated(given, file_says)


def _named(texts: Iterable[str]) -> tuple[When, ...]:
    return tuple(dict.fromkeys(when for text in texts for when in timewords.find(text)))


def _two(whens: tuple[When, ...]) -> str:
    """Return the times that end together in one year and are two, in words; "" for any others."""
    known = [when for when in whens if when.until is None and when.first is not None]
    years = {when.year for when in known} - {None}
    ends = {when.last for when in known}
    if len({(when.first, when.last) for when in known}) < 2 or len(years) != 1 or len(ends) != 1 or not known[0].year:
        return ""
    return "、".join(dict.fromkeys(map(str, known)))


def _together(name: str, whens: tuple[When, ...]) -> When | None:
    try:
        return timewords.joined(when for when in whens if when.until is None)
    except ValueError as error:
        if name == "file":
            return None
        hint = "say in the recipe where the period stands: period_label, sheet, file or ask"
        raise Contradiction(f"the {name} says two times", "", error.args[0], hint) from None


def _completed(found: When, said: When, name: str) -> When:
    """Return a time with the year or the months that another place adds."""
    if found.year is not None and said.year is not None and found.year != said.year:
        raise _differs(found, said, name)
    if found.first is None and said.first is not None:
        return When(found.year, said.first, said.last, said.form, said.is_end)
    if found.year is None and said.year is not None:
        return When(said.year, found.first, found.last, found.form, found.is_end)
    return found


def _differs(found: When, said: When, name: str) -> Contradiction:
    hint = "mend the workbook, or say in the recipe where the period stands"
    return Contradiction(f"the {name} says another time than the title", str(said), str(found), hint)


def stepped(period: Period, step: str) -> Period:
    """Return the period that a step of a recipe leads to; raise ValueError where there is none: no quarter ends in
    May."""
    year, month = period.last // 12, period.last % 12 + 1
    match step:
        case "same" | "left" | "newest":
            return period
        case "month":
            return timewords.stretch(year, month, month, Form.MONTH)
        case "quarter" if month % 3:
            raise ValueError("a period that ends in March, June, September or December")
        case "quarter":
            return timewords.stretch(year, month - 2, month, Form.QUARTER)
        case "cumulative":
            return timewords.stretch(year, 1, month, period.form if period.is_cumulative else Form.MONTHS)
        case "year":
            return timewords.stretch(year, 1, 12, Form.YEAR)
        case "last-year":
            return timewords.stretch(year - 1, 1, 12, Form.YEAR)
        case "year-before":
            return period.year_before()
        case "month-before":
            return Period(period.last - 1, period.last - 1, Form.MONTH)
        case "quarter-before":
            return Period(period.last - 5, period.last - 3, Form.QUARTER)
        case _:
            return Period.parse(step)
