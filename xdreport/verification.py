"""An edited document held against its ledger and today's data: its live figures, the numbers that people typed into it,
and the figures that it has lost.

A live figure is one that the ledger records. It contradicts when it is neither what the ledger nor what today's data
have. A typed number is held against the data by what its sentence says (`matching`), in any document.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from xdreport import numerals
from xdreport.catalog import Area, Catalog, Measure
from xdreport.document import Figure
from xdreport.edited import Edited, Found, Passage, Standing, is_number
from xdreport.findings import Finding, Place, Unusable
from xdreport.ledger import Record
from xdreport.matching import Held, Matcher, Verdict, report_period
from xdreport.period import Period
from xdreport.renewal import Gone, Today, is_same
from xdreport.word import Comment


class Sort(StrEnum):
    """What sort of thing was looked at."""

    LIVE = "live"
    TYPED = "typed"
    MISSING = "missing"


class State(StrEnum):
    """What became of a figure, or what the data say to a number."""

    AGREES = "agrees"
    EDITED = "edited"
    OUTDATED = "outdated"
    REVISED = "revised"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"
    LOST = "lost"


_MOST_DAYS = 8  # of revisions that are looked back beyond, for a number that today's data contradict
_BAD = {State.EDITED, State.OUTDATED, State.REVISED, State.CONTRADICTS}


@dataclass(frozen=True, slots=True)
class Remark:
    """A number of the document and what was found of it. `passage` is -1 where it stands in none."""

    sort: Sort
    state: State
    place: str
    text: str
    expected: str = ""
    what: str = ""
    confidence: float = 1.0
    reason: str = ""
    context: str = ""
    passage: int = -1
    start: int = 0
    stop: int = 0

    @property
    def is_bad(self) -> bool:
        """True for what contradicts the data."""
        return self.state in _BAD

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "sort": self.sort.value, "state": self.state.value, "place": self.place, "text": self.text,
            "expected": self.expected, "what": self.what, "confidence": self.confidence, "reason": self.reason,
            "context": self.context,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that was found in a document. `basis` says in words what it was held against."""

    remarks: tuple[Remark, ...]
    basis: tuple[str, ...]
    period: str

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each sort and state."""
        counted = Counter(f"{it.sort.value} {it.state.value}" for it in self.remarks)
        return {
            f"{sort.value} {state.value}": counted[f"{sort.value} {state.value}"]
            for sort in Sort
            for state in State
            if counted[f"{sort.value} {state.value}"]
        }

    @property
    def is_bad(self) -> bool:
        """True when something contradicts the data."""
        return any(it.is_bad for it in self.remarks)


def verify(
    document: Edited, catalog: Catalog, today: Today | Gone | None, period: Period | None, area: Area | None = None
) -> Verification:
    """Return what was found in a document. `catalog` is that of `today`, which is None for one without a ledger;
    `period` None is the ledger's, or the one that the document names; `area` None is the ledger's, or the workspace's.

    Raise `Unusable` where the document is about another area, or names no period that the data know.
    """
    if isinstance(today, Gone):
        hint = "name the data folder of the document with --data"
        raise Unusable([Finding("verify.area", "the data are of another area", Place(catalog.root), None, "", hint)])
    own = period or _own_period(document, catalog)
    remarks = [*_live(document, today)] if today else []
    area = area or (today.area if today else catalog.workspace.areas[catalog.workspace.area])
    matcher, past = Matcher(catalog, own, area), _Past(catalog, own, area)
    for number, passage in enumerate(document.passages):
        for held in matcher.hold(passage, number, document.spans.get(number, [])):
            day = past.agreed_until(held, passage) if held.verdict is Verdict.CONTRADICTS else None
            remarks.append(_typed(document, catalog, held, area, day))
    order = {id(it): place for place, it in enumerate(remarks)}
    remarks.sort(key=lambda it: (it.passage < 0, it.passage, it.start, order[id(it)]))
    day = today.as_of if today else None
    return Verification(tuple(remarks), tuple(_basis(document, catalog, own, area, day)), own.id)


def _own_period(document: Edited, catalog: Catalog) -> Period:
    if document.ledger and document.ledger.periods:
        return Period.parse(document.ledger.periods[-1])
    found = report_period(document.passages, catalog)
    if found is None:
        periods = sorted({row.period for row in catalog.current}, key=lambda it: (it.last, it.months))
        hint = "name it with --period: " + ", ".join(it.id for it in periods[-6:])
        raise Unusable(
            [Finding("verify.period", "the document names no period of the data", Place(str(document.path)), hint=hint)]
        )
    return found


def _basis(document: Edited, catalog: Catalog, own: Period, area: Area, day: date | None) -> Iterator[str]:
    whose = "" if area.id == catalog.workspace.area else f"{area.name} in "
    if document.ledger is None:
        yield "no ledger: xdreport did not make this document, or its records are lost; only its sentences are held"
        yield f"against the data folder {catalog.root}, read as a report on {whose}{own.name}"
    else:
        known = f" as it was known on {day}" if day else ""
        yield f"its ledger, and the data folder {catalog.root}{known}, as a report on {whose}{own.name}"


# -- live figures -----------------------------------------------------------------------------------------------------


def _live(document: Edited, today: Today) -> Iterator[Remark]:
    for standing in document.standings:
        record = standing.record
        now = today.figure(record) if record.call else Gone("nothing says how it was obtained")
        expected = now.text if isinstance(now, Figure) else "" if _is_untouched(standing) else record.text
        if standing.found is Found.LOST:
            what = record.call or record.rule
            reason = f"the document no longer has it; it stood {_where(record)}"
            yield Remark(Sort.MISSING, State.LOST, "", record.text, expected, what, 1.0, reason)
            continue
        state, reason = _state(standing, now, today)
        found = "its bookmark is gone, it was found by the words round it" if standing.found is Found.CONTEXT else ""
        both = "; ".join(part for part in (reason, found) if part)
        sure = 0.8 if standing.found is Found.CONTEXT else 1.0
        context = _context(document, standing.passage, standing.start, standing.stop)
        yield Remark(
            Sort.LIVE, state, standing.place, standing.text, "" if state is State.AGREES else expected, record.call,
            sure, both, context, standing.passage, standing.start, standing.stop,
        )  # fmt: skip


def _where(record: Record) -> str:
    if record.row or record.column:
        return f"in the row {record.row}, column {record.column}"
    if record.cell:
        return f"in a chart ({record.cell})"
    return f"between “{record.before}” and “{record.after}”" if record.before or record.after else "alone"


def _state(standing: Standing, now: Figure | Gone, today: Today) -> tuple[State, str]:
    """Return what became of a live figure: as printed, edited, or outdated by the data."""
    record = standing.record
    untouched = _is_untouched(standing)
    if isinstance(now, Gone):
        if untouched:
            if record.call and record.rows:
                return State.OUTDATED, f"the data do not have it: {now.reason}"
            return State.AGREES, ""
        return State.EDITED, f"edited by hand, the ledger has {record.text}"
    if _says(standing, now):
        if is_same(record, now):
            return State.AGREES, _since(record, today) if untouched else f"edited by hand: {record.text} in other words"
        return State.AGREES, f"was {record.text}; today's data have it as it stands now"
    if untouched:
        changes = today.changes(record)
        words = "; ".join(change.words for change in changes) or f"now {now.text}"
        if changes and all(change.is_revision for change in changes):
            return State.REVISED, f"revised since: {words}"
        return State.OUTDATED, f"the data have changed since: {words}"
    if not is_same(record, now):
        return State.EDITED, f"edited by hand, the ledger has {record.text}, today's data {now.text}"
    return State.EDITED, f"edited by hand, the ledger has {record.text}"


def _since(record: Record, today: Today) -> str:
    """Return what has been revised after the day that a document reports the knowledge of."""
    revisions = today.revisions(record) if today.as_of else []
    return "revised since: " + "; ".join(change.words for change in revisions) if revisions else ""


def _is_untouched(standing: Standing) -> bool:
    if standing.found is Found.CHART:
        return standing.text == standing.record.value
    return _squeezed(standing.text) == _squeezed(standing.record.text)


def _squeezed(text: str) -> str:
    return numerals.plain(text).replace(" ", "").replace(" ", "").replace(" ", "")


def _says(standing: Standing, now: Figure) -> bool:
    """Return whether what stands there says what a figure prints: the same characters, or the same number in the same
    unit with the same words of direction."""
    if standing.found is Found.CHART:
        return now.value is not None and is_number(standing.text, f"{now.value:f}")
    typed, wanted = _squeezed(standing.text), _squeezed(now.text)
    if typed == wanted:
        return True
    one, other = numerals.numbers(typed), numerals.numbers(wanted)
    if not one or len(one) != len(other):
        return False
    return all(
        a.total == b.total and a.unit == b.unit and a.bound == b.bound and a.way == b.way and a.place == b.place
        for a, b in zip(one, other, strict=True)
    )


# -- typed numbers ----------------------------------------------------------------------------------------------------

_STATES = {
    Verdict.AGREES: State.AGREES, Verdict.CONTRADICTS: State.CONTRADICTS, Verdict.UNKNOWN: State.UNKNOWN,
}  # fmt: skip


@dataclass
class _Past:
    """What the data said before they were revised, to be asked of numbers that they contradict today."""

    catalog: Catalog
    period: Period
    area: Area
    matchers: dict[date, Matcher] = field(default_factory=dict)

    def agreed_until(self, held: Held, passage: Passage) -> date | None:
        """Return the day of the revision before which a typed number agreed with the data, None where it never did."""
        for day in self.days:
            if day not in self.matchers:
                self.matchers[day] = Matcher(self.catalog.as_of(day - timedelta(days=1)), self.period, self.area)
            for it in self.matchers[day].hold(passage, held.number):
                if it.typed.start == held.typed.start and it.verdict is Verdict.AGREES:
                    return day
        return None

    @cached_property
    def days(self) -> list[date]:
        """The days of the last revisions, the newest first."""
        days = {row.as_of for revisions in self.catalog.revised for row in revisions[1:] if row.as_of}
        return sorted(days, reverse=True)[:_MOST_DAYS]


def _typed(document: Edited, catalog: Catalog, held: Held, about: Area, day: date | None) -> Remark:
    """Return the remark on a typed number; `day` is that of the revision before which it agreed with the data."""
    reading = held.reading
    what = expected = ""
    if reading:
        name = catalog.indicators[reading.indicator].name
        area = catalog.workspace.areas[reading.area].name
        own = "" if reading.area == about.id else f"{area} "
        measure = reading.measure.partition(":")[0]
        measure = "" if measure == Measure.LEVEL.value else f" {measure}"
        what = f"{own}{name}{measure}, {reading.period.name}"
        expected = reading.truth.text if reading.truth and held.verdict is not Verdict.AGREES else ""
    reason = "" if expected and held.reason == f"the data have {expected}" else held.reason
    passage = document.passages[held.number]
    start, stop = held.typed.start, held.typed.stop
    context = _context(document, held.number, start, stop)
    reason = f"revised since: the data have had {expected or 'another value'} as of {day}" if day else reason
    return Remark(
        Sort.TYPED, State.REVISED if day else _STATES[held.verdict], passage.place, passage.text[start:stop], expected,
        what, held.confidence, reason, context, held.number, start, stop,
    )  # fmt: skip


def _context(document: Edited, number: int, start: int, stop: int) -> str:
    """Return the words round a number, for a reader to find it."""
    if number < 0:
        return ""
    passage = document.passages[number]
    if passage.label:
        return f"{passage.label} | {passage.head}"
    text = passage.text
    left = max(start - 14, max((text.rfind(mark, 0, start) + 1 for mark in "。；"), default=0))
    right = min(len(text), stop + 8)
    lead = "…" if left > 0 else ""
    return f"{lead}{text[left:start]}[{text[start:stop]}]{text[stop:right]}{'…' if right < len(text) else ''}"


def comments(document: Edited, remarks: Iterable[Remark]) -> list[Comment]:
    """Return what a comment in the Word file is to say of each remark, and where: on its characters, or for a lost
    figure at the end of the paragraph in which the one before it stands."""
    found = []
    last = 0
    lost = {}
    for standing in document.standings:
        if standing.passage >= 0:
            last = standing.passage
        lost[standing.record.text, standing.record.call] = last
    for it in remarks:
        if it.sort is Sort.MISSING:
            line = lost.get((it.text, it.what), 0)
            found.append(Comment(line, 0, 0, f"缺少数据：{it.text}（{it.what}）"))
        elif 0 <= it.passage < document.body:
            found.append(Comment(it.passage, it.start, it.stop, _said(it)))
    return [note for note in found if note.line < document.body]


def _said(remark: Remark) -> str:
    """Return what a comment says, in Chinese, because it is read by those who edit the document."""
    sure = f"（把握 {remark.confidence:.0%}）" if remark.confidence < 1 else ""
    data = f"数据为{remark.expected}" if remark.expected else ""
    match remark.state:
        case State.EDITED:
            words = f"已被改动，{data}"
        case State.OUTDATED:
            words = f"数据已更新，{data}"
        case State.REVISED:
            words = f"数据已修订，{data}"
        case State.CONTRADICTS:
            words = f"与数据不符：{remark.what}，{data}"
        case State.UNKNOWN:
            words = "无法核对" + (f"：{remark.what}" if remark.what else "")
        case _:
            words = f"与数据一致：{remark.what}"
    return words + sure
