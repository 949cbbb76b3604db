"""Another period's figures in a document that people have edited: their words stay, byte for byte, the figures change.

Each live figure is asked of today's data again, in the period that stands for its own. Where an edited figure says the
same in other words, only what differs is put in. What cannot be renewed, and typed words that no longer fit the figure
beside them, are listed: nothing is guessed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import Any

from lxml import etree

from xdreport import charting, charts, notes, numerals
from xdreport.amendment import Edit, Marks, add_below, apply, differing, fill, reworded, shift, transferred
from xdreport.calls import indicators_of
from xdreport.catalog import Measure, Observation
from xdreport.document import Derivation, Figure, Run, Runs, Text, characters
from xdreport.edited import Edited, Found, Passage, Standing, ledger_in
from xdreport.figures import Figures
from xdreport.findings import Failed, Finding, Unusable
from xdreport.ledger import Ledger, Record, about_words
from xdreport.lookup import PhraseError
from xdreport.matching import Matcher, Verdict
from xdreport.notation import MISSING
from xdreport.package import Package, Part, related, relations
from xdreport.patching import Patch, member, repacked
from xdreport.period import Form, Period
from xdreport.proofreading import proofread
from xdreport.readers.records import NAMESPACE, PROPERTY
from xdreport.redrawing import calculated, categories, chart_parts, redrawn, spread
from xdreport.renewal import Gone, Today, moved
from xdreport.revisions import Revisions
from xdreport.timeline import Step, Timeline
from xdreport.word import NAMES, Comment, Line, Story, W, stories
from xdreport.writers.docx.records import write_copy, write_properties
from xdreport.writers.docx.runs import NEAR

_C = f"{{{NAMES['c']}}}"
_TABLE = re.compile(r"((?:.*, )?table \d+), row (\d+), cell (\d+)")
_CAPTION = re.compile(r"续?表\s*\d+\s")
# Words by which people say that something went up or down, to be looked at when its figure has turned.
_UP = "增长|上升|提高|提升|加快|回升|攀升|增加|扩大|向好|走高|上涨"
_DOWN = "下降|回落|减少|下滑|降低|放缓|收窄|走低|下跌|趋缓"
_CELLS = ("数值", "比较")
_PERIODS = {"period", "since", "old", "new"}
_WORDS = {"narrative.direction", "narrative.repeated", "narrative.typed-qualifier"}


class Sort(StrEnum):
    """What is to be said of a place in a refreshed document."""

    CHANGED = "changed"
    KEPT = "kept"
    STUCK = "stuck"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Remark:
    """A place: `old` is what stood there, `new` what stands there now, `reason` why not, or what does not fit."""

    sort: Sort
    place: str
    old: str
    new: str = ""
    reason: str = ""
    passage: int = -1
    start: int = 0
    stop: int = 0

    def as_json(self) -> dict[str, str]:
        """Return it as JSON values."""
        return {
            "sort": self.sort.value, "place": self.place, "old": self.old, "new": self.new, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A document with the figures of other periods. `content` are the same bytes where nothing has changed."""

    content: bytes
    remarks: tuple[Remark, ...]
    unchanged: int

    def of(self, sort: Sort) -> list[Remark]:
        """Return the remarks of one sort."""
        return [it for it in self.remarks if it.sort is sort]


def refresh(document: Edited, today: Today, periods: tuple[Period, ...]) -> Refreshed:
    """Return a Word document with the figures of the periods that take the place of its own, in their order.

    Raise `Unusable` for a document without a ledger, or another number of periods; `Failed` when the data have no
    figure at all for them.
    """
    ledger = ledger_in(document)
    own = tuple(Period.parse(period) for period in ledger.periods)
    if len(own) != len(periods):
        named = ", ".join(period.id for period in own)
        hint = f"name one for each of {named}, in their order"
        found = ", ".join(period.id for period in periods)
        raise Unusable([Finding("refresh.periods", "the document reports on other periods", None, found, "", hint)])
    return _Work(document, ledger, today, own, periods).done()


def comments(document: Edited, made: Refreshed) -> list[Comment]:
    """Return what comments in the refreshed file say of what needs a look, in Chinese, as those read it who edit; one
    that the file has already is not said again."""
    edited_to: dict[int, list[Remark]] = {it.passage: [] for it in made.remarks}
    for it in made.of(Sort.CHANGED):
        edited_to[it.passage].append(it)
    known = _comments_in(made.content)
    found = []
    for it in made.remarks:
        if it.sort not in {Sort.STUCK, Sort.WORDS} or not 0 <= it.passage < document.body:
            continue
        by = sum(len(one.new) - (one.stop - one.start) for one in edited_to[it.passage] if one.stop <= it.start)
        text = f"未更新：{it.old}（{it.reason}）" if it.sort is Sort.STUCK else f"请核对：{it.old}（{it.reason}）"
        if text not in known:
            found.append(Comment(it.passage, it.start + by, it.stop + by, text))
    return found


def _comments_in(content: bytes) -> set[str]:
    """Return what the comments of a Word file say."""
    part = related(Package.read(content).main, "comments")
    if part is None:
        return set()
    return {"".join(map(str, each.itertext(f"{W}t"))) for each in etree.fromstring(part.blob).iter(f"{W}comment")}


@dataclass
class _Work:
    """A document while its figures are renewed."""

    document: Edited
    ledger: Ledger
    today: Today
    own: tuple[Period, ...]
    periods: tuple[Period, ...]
    remarks: list[Remark] = field(default_factory=list)
    edits: dict[int, list[Edit]] = field(default_factory=dict)
    cells: dict[int, list[tuple[str, Record | None]]] = field(default_factory=dict)
    records: dict[int, Record | None] = field(default_factory=dict)
    added: list[Record] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)
    unchanged: int = 0
    renewed: int = 0
    missed: int = 0
    parts: dict[str, bytes] = field(default_factory=dict)
    words: list[tuple[str, str]] = field(default_factory=list)
    captions: dict[int, str] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def done(self) -> Refreshed:
        """Return the document with its figures renewed."""
        kept = self._unmoved()
        self.captions = dict(self._captions(kept))
        recomputed = self._cells(kept)
        for standing in self.document.standings:
            if standing.record.cell or standing.passage in recomputed:
                continue
            self._renew(standing, kept)
        package = Package.read(self.document.content)
        self._charts(package)
        if self.missed and not self.renewed:
            named = ", ".join(period.id for period in self.periods)
            hint = "xdreport list periods"
            raise Failed([Finding("refresh.nothing", "the data have none of its figures", None, named, hint=hint)])
        self._fit()
        self._revised()
        if not self.edits and not self.cells and not self.parts and not self.records:
            return Refreshed(self.document.content, self._sorted(), self.unchanged)
        self._sources()
        self._write(package)
        return Refreshed(repacked(self.document.content, self.parts), self._sorted(), self.unchanged)

    def _sorted(self) -> tuple[Remark, ...]:
        return tuple(sorted(self.remarks, key=lambda it: (it.passage < 0, it.passage, it.start)))

    def say(self, sort: Sort, standing: Standing, new: str = "", reason: str = "") -> None:
        """Note something of a figure."""
        place = standing.place or "not in the document"
        self.remarks.append(
            Remark(sort, place, standing.text or standing.record.text, new, reason, standing.passage, standing.start,
                   standing.stop)
        )  # fmt: skip

    # -- figures in text ----------------------------------------------------------------------

    def _renew(self, standing: Standing, kept: Mapping[str, str]) -> None:
        """Renew a figure of a paragraph or a cell, where that may be done."""
        record = standing.record
        asked = self._asked(record)
        if not record.call or asked is None:
            self.unchanged += 1
            return
        if standing.found is Found.LOST:
            self.say(Sort.STUCK, standing, "", "the document no longer has it, or its place is not to be told")
            return
        if (table := self._table(standing.passage) or self.captions.get(standing.passage, "")) in kept:
            if self.own != self.periods and table not in self.told:
                self.told.add(table)
                self.remarks.append(Remark(Sort.KEPT, table, "table", "", kept[table], standing.passage))
            return
        new = self.today.figures(record, asked)
        if isinstance(new, Gone):
            self._gone(standing, new, asked)
            return
        figure, runs = new
        if self.own != self.periods and figure.text == record.text and _names_period(record.call):
            self.say(Sort.KEPT, standing, "", "its phrase names its period: " + record.call)
        if not self._is_moved(record, asked, figure, standing):
            self.unchanged += 1
            self.renewed += record.derivation != "period" and not _names_period(record.call)
            return
        if standing.is_pending:
            self.say(Sort.STUCK, standing, figure.text, "a tracked change in it is pending: accept or reject it first")
            return
        self._names(standing, runs, figure)
        self._put(standing, figure, asked)
        own = self.today.area.name
        if record.rule == "area_in_order" and figure.text == own != standing.text:
            reason = "the area of the report has another place: let this row stand out, and the other no longer"
            self.remarks.append(Remark(Sort.WORDS, standing.place, own, "", reason, standing.passage))

    def _is_moved(self, record: Record, asked: Period, figure: Figure, standing: Standing) -> bool:
        return figure.text != standing.text or figure.text != record.text or asked.id != record.asked

    def _asked(self, record: Record) -> Period | None:
        """Return the period that a figure is asked of now."""
        try:
            return moved(Period.parse(record.asked), self.own, self.periods)
        except ValueError:
            return None

    def _gone(self, standing: Standing, gone: Gone, asked: Period) -> None:
        """Note a figure that is not to be had; a cell then prints —, because its table says which period it is of."""
        record = standing.record
        self.missed += 1
        if asked.id == record.asked:
            if standing.text != MISSING:
                self.say(Sort.STUCK, standing, "", gone.reason)
            else:
                self.unchanged += 1
            return
        passage = self.document.passages[standing.passage]
        if passage.head and standing.text == passage.text == record.text:
            self.say(Sort.CHANGED, standing, MISSING, gone.reason)
            self._edit(standing.passage, standing.start, standing.stop, standing.text, MISSING)
            self.records[record.number] = replace(record, text=MISSING, value="", formula="", rows=(), asked=asked.id)
            return
        self.say(Sort.STUCK, standing, "", gone.reason)
        self.records[record.number] = replace(record, asked=asked.id)  # it is owed still, now and next time

    def _put(self, standing: Standing, figure: Figure, asked: Period) -> None:
        """Put a figure in the place of the old one; in a figure that people have put in other words, only what has
        changed."""
        record = standing.record
        old = standing.text
        self.renewed += record.derivation != "period" and not _names_period(record.call)
        if old == figure.text:
            self._record(record, figure, asked)
            self.unchanged += 1
            return
        if old == record.text:
            wanted: str | None = figure.text
        else:
            wanted = transferred(record.text, figure.text, old)
        if wanted is None:
            reason = f"it was edited by hand (the ledger has {record.text}) and is left as it is"
            self.say(Sort.STUCK, standing, figure.text, reason)
            return
        if wanted != old:
            self.say(Sort.CHANGED, standing, wanted)
            self._edit(standing.passage, standing.start, standing.stop, old, wanted)
        if record.derivation == "period":
            self.words.append((record.text, figure.text))
        if old == record.text:
            self._record(record, figure, asked)
        else:
            self._record(record, replace(figure, text=figure.text), asked)

    def _record(self, record: Record, figure: Figure, asked: Period) -> None:
        new = Record.of(record.number, replace(figure, asked=asked))
        same = replace(new, number=record.number, call=record.call, boxes=(), mark=record.mark, cell=record.cell,
                       before=record.before, after=record.after, order=record.order, row=record.row,
                       column=record.column)  # fmt: skip
        if (same.text, same.asked, same.value) != (record.text, record.asked, record.value):
            self.records[record.number] = same

    def _names(self, standing: Standing, runs: Runs, figure: Figure) -> None:
        """Put the name that stands before a figure of a list (甲镇12.3亿元) in place of the one that stood there."""
        if not standing.record.call.startswith("top("):
            return
        before = self.today.figures(standing.record)
        if isinstance(before, Gone):
            return
        old, new = _name_before(before[1], before[0]), _name_before(runs, figure)
        if old == new:
            return
        text = self.document.passages[standing.passage].text
        start = standing.start - len(old)
        if start < 0 or text[start : standing.start] != old:
            self.say(Sort.STUCK, standing, f"{new}{figure.text}", f"the name before it is now {new}")
            return
        place = standing.place
        self.remarks.append(Remark(Sort.CHANGED, place, old, new, "", standing.passage, start, standing.start))
        self._edit(standing.passage, start, standing.start, old, new)

    def _edit(self, passage: int, start: int, stop: int, old: str, new: str) -> None:
        """Note the characters that differ: those alone are put in, so that the looks of each stay where they are."""
        for first, last, text in differing(old, new):
            self.edits.setdefault(passage, []).append(Edit(start + first, start + last, text, start, stop))

    # -- tables -------------------------------------------------------------------------------

    def _table(self, passage: int) -> str:
        match = _TABLE.match(self.document.passages[passage].place) if passage >= 0 else None
        return match[1] if match else ""

    def _unmoved(self) -> dict[str, str]:
        """Return the tables that stay as they are and why: one that shows several periods would stand beside itself,
        one that is coloured by its figures would keep the colours of others."""
        shown: dict[str, set[str]] = {}
        for standing in self.document.standings:
            record = standing.record
            years = {period.last_year().id for period in self.own if period.form is Form.SPAN}
            if record.derivation == "period" and record.asked not in years:
                shown.setdefault(self._table(standing.passage), set()).add(record.asked)
        found = {
            self._table(standing.passage): "it is coloured by its figures: build it anew"
            for standing in self.document.standings
            if standing.record.call.startswith("heat(")
        }
        several = (table for table, asked in shown.items() if len(asked) > 1)
        found |= dict.fromkeys(several, "it has several periods: build it anew")
        found.pop("", None)
        return found

    def _captions(self, kept: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        """Generate the passages of the captions of some tables, which stay as their tables do."""
        last = -1
        for number, passage in enumerate(self.document.passages):
            table = self._table(number)
            if not table and _CAPTION.match(passage.text):
                last = number
            if table in kept and last >= 0:
                yield last, table
                last = -1

    def _cells(self, kept: Mapping[str, str]) -> set[int]:
        """Recompute the cells whose new figures are not those of the old call by call: — that has a figure now, a
        comparison with other measures. Return the passages that are dealt with."""
        found: set[int] = set()
        rows: dict[str, list[Standing]] = {}
        tables: dict[str, list[Standing]] = {}
        for standing in self.document.standings:
            if standing.passage >= 0 and (match := _TABLE.match(standing.place)):
                rows.setdefault(f"{match[1]}, row {match[2]}", []).append(standing)
                tables.setdefault(match[1], []).append(standing)
        for number, passage in enumerate(self.document.passages):
            match = _TABLE.match(passage.place)
            if not match or passage.head not in _CELLS or match[1] in kept or match[1] not in tables:
                continue
            beside = rows.get(f"{match[1]}, row {match[2]}", [])
            asked = next((it.record.asked for it in beside if it.record.call), None)
            asked = asked or next((it.record.asked for it in tables[match[1]] if it.record.call), "")
            if self._cell(number, passage, beside, asked):
                found.add(number)
        return found

    def _cell(self, number: int, passage: Passage, beside: list[Standing], asked: str) -> bool:
        """Recompute one cell; return whether that was needed, because its figures have become others."""
        own = [it for it in beside if it.passage == number]
        ids = [id for it in beside for id in indicators_of(it.record.call)]
        id = self._indicator(passage.label) or next(iter(ids), None)
        if not id or not asked or id not in self.today.catalog.indicators:
            return False
        before, after = Period.parse(asked), moved(Period.parse(asked), self.own, self.periods)
        old, new = (self._runs(id, passage.head, period) for period in (before, after))
        text = passage.text
        if not own and text != MISSING:
            return False
        if own and text != (characters(old) if old else MISSING) and text != "；".join(it.text for it in own):
            return False
        calls = [run.call for run in new if isinstance(run, Figure)]
        if calls == [it.record.call for it in own] or (not new and len(own) == 1):
            return False
        if not own and not new:
            return False
        if before == after and own:
            return False
        if any(it.is_pending for it in own):
            return False
        written: list[tuple[str, Record | None]] = []
        for run in new or (Text(MISSING),):
            if isinstance(run, Figure):
                count = len(self.added) + 1
                order = sum(1 for _, record in written if record) + 1
                record = replace(
                    Record.of(0, replace(run, asked=after)), number=-count, row=passage.label, column=passage.head,
                    order=order,
                )  # fmt: skip
                self.added.append(record)
                written.append((run.text, record))
            else:
                written.append((run.text, None))  # type: ignore[union-attr]
        self.cells[number] = written
        for standing in own:
            self.records[standing.record.number] = None
        shown = characters(new) if new else MISSING
        self.remarks.append(Remark(Sort.CHANGED, passage.place, text, shown, "", number, 0, len(text)))
        return True

    def _indicator(self, label: str) -> str | None:
        name = label.lstrip("#　 ").partition("（")[0]
        known = self.today.catalog.indicators.values()
        return next((it.id for it in known if name in {it.name, it.english}), None)

    def _runs(self, id: str, head: str, period: Period) -> Runs:
        """Return what a cell of values or of comparisons prints for an indicator in a period, () for —."""
        its = self.today
        figures = Figures(its.catalog, its.area, period, its.book, its.language)
        rows: list[Observation] = list(its.catalog.rows(id, its.area.id, period))
        try:
            return figures.value_cell(rows) if head == _CELLS[0] else figures.comparison_cell(rows)
        except PhraseError:
            return ()

    # -- charts -------------------------------------------------------------------------------

    def _charts(self, package: Package) -> None:
        """Renew the charts: what they show, and the workbooks that Word opens to edit them."""
        groups: dict[str, list[Standing]] = {}
        for standing in self.document.standings:
            if standing.record.cell:
                groups.setdefault(standing.record.mark, []).append(standing)
        parts = chart_parts(package)
        for mark, standings in groups.items():
            if mark in parts:
                self._chart(standings, *parts[mark])
            else:
                for standing in standings:
                    self.say(Sort.STUCK, standing, "", "its chart is gone")

    def _chart(self, standings: list[Standing], part: Part, passage: int) -> None:
        place = self.document.passages[passage].place
        asked = {it.record.number: Period.parse(it.record.asked) for it in standings if it.record.asked}
        own = next((period for period in self.own if any(it.ends_with(period) for it in asked.values())), None)
        last = max((period.last for period in asked.values()), default=0)
        if own is None or own.last != last:
            self.unchanged += len(standings)
            if self.own != self.periods:
                self.remarks.append(Remark(Sort.KEPT, place, "chart", "", "its periods are not the report's", passage))
            return
        target = self.periods[self.own.index(own)]
        new: dict[int, tuple[Figure, Period]] = {}
        names_now = categories(part)
        lines = _timelines(len(names_now), _points(standings), own, target)
        line = lines[0] if len(lines) == 1 else ()
        for standing in standings:
            its = _shifted(asked.get(standing.record.number, own), own, target)
            if lines and not _is_target(standing.record):  # None for one of two series that part ways here
                its = line[int(_row(standing.record.cell)) - 2] if line else None
            figure = self.today.figure(standing.record, its) if its else Gone("its period has no counterpart")
            if isinstance(figure, Gone):
                reason = f"a point is not to be had, the chart is left as it is: {figure.reason}"
                self.remarks.append(Remark(Sort.STUCK, place, "chart", "", reason, passage))
                return
            assert its is not None
            new[standing.record.number] = (figure, its)
        self._note(standings, new, place, passage)
        same = all(
            new[it.record.number][0].text == it.record.text and new[it.record.number][1].id == it.record.asked
            and it.text in {"", it.record.value}
            for it in standings
        )  # fmt: skip
        if same:
            self.unchanged += len(standings)
            return
        edited = [it for it in standings if it.text and it.text != it.record.value]
        if edited:
            reason = "a point was edited by hand, the chart is left as it is: " + ", ".join(it.text for it in edited)
            self.remarks.append(Remark(Sort.STUCK, place, "chart", "", reason, passage))
            return
        names = {asked[number].name: its.name for number, (_, its) in new.items() if number in asked}
        labels = _labels(names_now, asked.values(), line)
        if related(part, "chartUserShapes") is not None:
            reason = "its target is a line drawn upon it, which does not move with data; the chart is left as it is"
            self.remarks.append(Remark(Sort.STUCK, place, "chart", "", reason, passage))
            return
        if missing := self._lacking(standings, new, line):
            reason = f"it lacks a point that there is now, build it anew: {missing}"
            self.remarks.append(Remark(Sort.STUCK, place, "chart", "", reason, passage))
            return
        values = spread(part, {it.record.cell: new[it.record.number][0] for it in standings})
        old = spread(part, {it.record.cell: it.record for it in standings})
        patch = redrawn(part, values, old, names, labels)
        self.parts[part.partname.membername] = patch
        book = related(part, "package")
        if book is not None:
            self.parts[book.partname.membername] = calculated(book.blob, values, names, labels)
        for standing in standings:
            figure, its = new[standing.record.number]
            if figure.text != standing.record.text:
                self.remarks.append(
                    Remark(Sort.CHANGED, f"{place}, chart, cell {standing.record.cell}", standing.record.text,
                           figure.text, "", passage)
                )  # fmt: skip
                self.words.append((standing.record.text, figure.text))
            self._record(standing.record, figure, its)
        self.words += [(was, now) for was, now in names.items() if was != now]

    def _note(
        self, standings: list[Standing], new: Mapping[int, tuple[Figure, Period]], place: str, passage: int
    ) -> None:
        """Note a chart whose points follow from others than its note says."""
        was: dict[str, list[tuple[Period, Figure | None]]] = {}
        now: dict[str, list[tuple[Period, Figure | None]]] = {}
        for standing in standings:
            record, column = standing.record, standing.record.cell.rstrip("0123456789")
            figure, its = new[record.number]
            if not record.asked or _is_target(record):
                continue
            old = Figure(record.text, Derivation(record.derivation), rule=record.rule)
            was.setdefault(column, []).append((Period.parse(record.asked), old))
            now.setdefault(column, []).append((its, figure))
        said, fits = (characters(notes.derived(each.items(), _named)) for each in (was, now))
        if said != fits:
            reason = f"what its note says of values that follow from others fits no more, now: {fits or 'nothing'}"
            self.remarks.append(Remark(Sort.WORDS, place, said or "chart", "", reason, passage))

    def _lacking(
        self, standings: list[Standing], new: Mapping[int, tuple[Figure, Period]], line: tuple[Period, ...]
    ) -> str:
        """Return a figure that a chart by periods has no point for, because there was none before; "" without one.

        `line` are the periods of the whole chart, where they are known.
        """
        periods = {_row(it.record.cell): new[it.record.number][1] for it in standings}
        periods |= {str(row): period for row, period in enumerate(line, 2)}
        if len(set(periods.values())) < 2:
            return ""
        known = {it.record.cell for it in standings}
        for standing in standings:
            column = standing.record.cell.rstrip("0123456789")
            if (
                sum(1 for it in standings if it.record.cell.startswith(column)) == 1
                and "target" in standing.record.call
            ):
                continue
            for row, period in periods.items():
                if f"{column}{row}" not in known:
                    figure = self.today.figure(standing.record, period)
                    if isinstance(figure, Figure):
                        return f"{figure.text} in {period.name}"
        return ""

    # -- what people typed --------------------------------------------------------------------

    def _fit(self) -> None:
        """Note typed words that no longer fit: directions beside renewed figures, periods and numbers of the old."""
        matcher = Matcher(self.today.catalog, self.own[-1], self.today.area)
        listed = set(self._listed().values())  # whose titles name periods of their own
        for number, passage in enumerate(self.document.passages):
            live = self.document.live.get(number, [])
            if number in self.edits:
                self._directions(number, passage, live)
            if self.own == self.periods or number in listed:
                continue
            spans = [(it.start, it.stop) for it in live]
            for when in numerals.periods(numerals.plain(passage.text)):
                if any(when.start < stop and start < when.stop for start, stop in spans):
                    continue
                if when.period and any(_is_in(when.period, own) and not _is_in(when.period, new)
                                       for own, new in zip(self.own, self.periods, strict=True)):  # fmt: skip
                    reason = "a period is typed that the report is no longer about"
                    self._typed(number, passage, when.start, when.stop, reason)
            for held in matcher.hold(passage, number, spans):
                reading = held.reading
                if held.verdict is Verdict.AGREES and reading and reading.period in self.own:
                    name = self.today.catalog.indicators[reading.indicator].name
                    reason = f"a number is typed that is {name} of {reading.period.name}"
                    self._typed(number, passage, held.typed.start, held.typed.stop, reason)

    def _typed(self, number: int, passage: Passage, start: int, stop: int, reason: str) -> None:
        old = passage.text[start:stop]
        self.remarks.append(Remark(Sort.WORDS, passage.place, old, "", reason, number, start, stop))

    def _directions(self, number: int, passage: Passage, live: list[Standing]) -> None:
        """Note words of direction that fit the old figures of a paragraph and not the new ones."""
        old: list[Run] = []
        new: list[Run] = []
        reached = 0
        for standing in live:
            typed = passage.text[reached : standing.start]
            old += [Text(typed)] if typed else []
            new += [Text(typed)] if typed else []
            asked = self._asked(standing.record)
            before = self.today.figure(standing.record)
            after = self.today.figure(standing.record, asked) if asked else before
            for runs, figure, text in ((old, before, standing.record.text), (new, after, standing.text)):
                runs.append(Text(text) if isinstance(figure, Gone) else figure)
            reached = standing.stop
        rest = passage.text[reached:]
        old += [Text(rest)] if rest else []
        new += [Text(rest)] if rest else []
        source = "".join(run.text for run in new if isinstance(run, Text))
        was = {(it.code, it.message) for it in proofread(tuple(old), source, None) if it.code in _WORDS}
        for finding in proofread(tuple(new), source, None):
            if finding.code in _WORDS and (finding.code, finding.message) not in was:
                word = finding.message.partition(" is ")[0]
                places = [it.span() for it in re.finditer(re.escape(word), passage.text)]
                free = [it for it in places if not any(one.start < it[1] and it[0] < one.stop for one in live)]
                start, stop = free[0] if free else (0, 0)
                reason = f"the word no longer fits {finding.found}: expected {finding.expected or 'another'}"
                self.remarks.append(Remark(Sort.WORDS, passage.place, word, "", reason, number, start, stop))
        self._turned(number, passage, live, old, new)

    def _turned(self, number: int, passage: Passage, live: list[Standing], old: list[Run], new: list[Run]) -> None:
        """Note typed words that point where a figure of their sentence pointed before it turned."""
        before = [run for run in old if isinstance(run, Figure)]
        after = [run for run in new if isinstance(run, Figure)]
        if not len(before) == len(after) == len(live):
            return
        said = {(it.passage, it.start) for it in self.remarks if it.sort is Sort.WORDS}
        for standing, was, now in zip(live, before, after, strict=True):
            ways = [
                next((it.way for it in numerals.numbers(numerals.plain(run.text)) if it.way), None)
                for run in (was, now)
            ]
            if None in ways or ways[0] == ways[1] or ways[0] is numerals.Way.FLAT:
                continue
            words = _UP if ways[0] is numerals.Way.UP else _DOWN
            begin = max((it.end() for it in re.finditer("[。；]", passage.text[: standing.start])), default=0)
            end = next((it.start() for it in re.finditer("[。；]", passage.text) if it.start() >= standing.stop), None)
            for match in re.finditer(words, passage.text[:end]):
                is_live = any(it.start < match.end() and match.start() < it.stop for it in live)
                if match.start() >= begin and not is_live and (number, match.start()) not in said:
                    said.add((number, match.start()))
                    reason = f"the figure beside it has turned: {was.text} → {now.text}"
                    self._typed(number, passage, match.start(), match.end(), reason)

    def _revised(self) -> None:
        """Note figures that rest on what has been revised where no note in the document says so."""
        today = self.today
        if not today.catalog.revised:
            return
        own = partial(Figures, today.catalog, today.area, book=today.book, language=today.language)
        its = Revisions(today.catalog, today.area, lambda period: own(own_period=period))
        told = {passage.text for passage in self.document.passages}
        for standing in self.document.standings:
            if standing.found is Found.LOST or standing.record.cell:  # a chart has no note
                continue
            asked = self._asked(standing.record)
            figure = today.figure(standing.record, asked) if asked else None
            if not isinstance(figure, Figure):
                continue
            for runs in its.notes([figure]):
                note = characters(runs)
                if not any(note in text for text in told):
                    told.add(note)
                    reason = f"it rests on a revision of which a note must be put in by hand: {note}"
                    self.remarks.append(
                        Remark(Sort.STUCK, standing.place or "not in the document", figure.text, "", reason,
                               standing.passage, standing.start, standing.stop)
                    )  # fmt: skip

    # -- sources ------------------------------------------------------------------------------

    def _sources(self) -> None:
        """Put the new publication into the source list where it takes the place of an old one, and what is still
        compared with that one below the others; else say so."""
        now = [self.records.get(it.number, it) for it in self.ledger.records]
        used = {row.source for it in (*now, *self.added) if it for row in it.rows}
        known = self.ledger.about.get("sources", {})
        new = [id for id in sorted(used) if id not in known and id in self.today.catalog.sources]
        listed = {id: _source(its) for id, its in known.items()}
        places = self._listed()
        if not new or not places:
            return
        gone = self._succeeded(new[0]) if len(new) == 1 else ""
        stays = gone in used or self._is_named(gone)
        last = max(places.values())
        if gone in places and (not stays or self.document.passages[last].text.strip() in listed.values()):
            its = self.today.catalog.sources[new[0]]
            text = _source({"title": its.title, "publisher": its.publisher, "date": its.date})
            self._replace(places[gone], listed[gone], text)
            if stays:
                self.items[last] = listed[gone]
                passage = self.document.passages[last]
                end = len(passage.text)
                self.remarks.append(
                    Remark(Sort.CHANGED, f"below {passage.place}", "", listed[gone], "", last, end, end)
                )
            return
        titles = "、".join(f"《{self.today.catalog.sources[id].title}》" for id in new)
        number = next(iter(places.values()))
        passage = self.document.passages[number]
        reason = f"the source list lacks {titles}: put it in by hand, with its marks in the tables"
        self.remarks.append(Remark(Sort.STUCK, passage.place, "source list", "", reason, number))

    def _listed(self) -> dict[str, int]:
        """Return the passages of the source list by the ids of the sources."""
        return {
            id: number
            for id, its in self.ledger.about.get("sources", {}).items()
            for number, passage in enumerate(self.document.passages)
            if passage.text.strip().endswith(_source(its))
        }

    def _succeeded(self, source: str) -> str:
        """Return the source whose figures a new one reports now, all that its marks stand beside; "" where there is
        none, or it has others, too."""
        pairs = [
            (old.rows[0].source, new.rows[0].source)
            for old in self.ledger.records
            if old.rows and (new := self.records.get(old.number, old)) and new.rows
        ]
        gone = {was for was, now in pairs if now == source}
        return gone.pop() if len(gone) == 1 and not gone & {was for was, now in pairs if now != source} else ""

    def _replace(self, number: int, old: str, text: str) -> None:
        """Put other words in the place of those that a passage ends with."""
        passage = self.document.passages[number]
        start = passage.text.rindex(old)
        self._edit(number, start, start + len(old), old, text)
        self.remarks.append(Remark(Sort.CHANGED, passage.place, old, text, "", number, start, start + len(old)))

    def _is_named(self, source: str) -> bool:
        """Return whether a name or an honour that rests on a source is printed in the document."""
        its = self.today.catalog
        named = {it.name for it in its.names.values() if it.source == source}
        named |= {it.title for it in its.honours if it.source == source}
        return any(name in passage.text for name in named for passage in self.document.passages)

    # -- writing ------------------------------------------------------------------------------

    def _write(self, package: Package) -> None:
        """Put everything into the parts of the file."""
        main = package.main
        reached = 0
        marks = Marks(package, self.ledger)
        for record in self.added:
            marks.name(record)
        for story in stories(package):
            patch = Patch(story.part.blob)
            lines = list(Story(story.part, story.name, patch.root).lines())
            numbers = range(reached, reached + len(lines))
            reached += len(lines)
            for number, line in zip(numbers, lines, strict=True):
                text = line.text
                if number in self.cells:
                    fill(patch, line, self.cells[number], marks)
                elif number in self.edits:
                    text = apply(patch, line, self.edits[number])
                if number in self.items:
                    add_below(patch, line, self.items[number])
                self.shown[number] = text
            if story.part is main:
                self._around(patch, lines)
            if patch.content != story.part.blob:
                self.parts[story.part.partname.membername] = patch.content
        self._properties(package)
        self._records(package, marks)

    def _around(self, patch: Patch, lines: list[Line]) -> None:
        """Put new periods and values into what repeats them: captions for screen readers, the table of contents."""
        for caption in patch.root.iter(f"{W}tblCaption"):
            value = caption.get(f"{W}val", "")
            if (new := reworded(value, self.words)) != value:
                patch.set_attribute(caption, "w:val", new)
        for drawing in patch.root.iter(f"{{{NAMES['wp']}}}docPr"):
            value = drawing.get("descr", "")
            is_chart = any(True for _ in _anchored(drawing))
            if is_chart and (new := reworded(value, self.words)) != value:
                patch.set_attribute(drawing, "descr", new)
        headings: dict[str, list[Edit]] = {}
        for number, line in enumerate(lines):
            for mark in line.element.iter(f"{W}bookmarkStart"):
                name = mark.get(f"{W}name", "")
                if name.startswith("_Toc") and number in self.edits:
                    headings[name] = self.edits[number]
        for line in lines:
            link = next(line.element.iter(f"{W}hyperlink"), None)
            anchor = "" if link is None else link.get(f"{W}anchor", "")
            for edit in headings.get(anchor, []):
                for was, now in self.words:
                    place = line.text.find(was)
                    if place >= 0 and edit:
                        edits = [
                            Edit(place + first, place + last, text, place, place + len(was))
                            for first, last, text in differing(was, now)
                        ]
                        apply(patch, line, edits)
                        break

    def _properties(self, package: Package) -> None:
        """Put new periods into the title and the subject of the file."""
        for relation in package.rels.values():
            if relation.is_external or not relation.reltype.endswith("core-properties"):
                continue
            name = relation.target_part.partname.membername
            with_bytes = member(self.document.content, name)
            if with_bytes is None:
                continue
            patch = Patch(with_bytes)
            for element in patch.root:
                if isinstance(element.tag, str) and element.tag.endswith(("}title", "}subject")) and element.text:
                    periods = [(was, now) for was, now in self.words if re.search(r"\d{4}年", was)]
                    if (new := reworded(element.text, periods)) != element.text:
                        patch.set_text(element, new)
            if patch.content != with_bytes:
                self.parts[name] = patch.content

    def _records(self, package: Package, marks: Marks) -> None:
        """Write the records anew: those that changed, those that were added, and what the document is now."""
        near = self._near()
        root: etree._Element | None = None
        part: Part | None = None
        for relation in relations(package.main, "customXml"):
            if NAMESPACE.encode() in relation.target_part.blob and isinstance(relation.target_part, Part):
                part = relation.target_part
                root = etree.fromstring(part.blob)
        if root is None:
            from xdreport.readers import records

            root = records.read(package)
        assert root is not None  # there was a ledger
        elements = [each for each in root if isinstance(each.tag, str)]
        for record, element in zip(self.ledger.records, elements, strict=True):
            new = self.records.get(record.number, record)
            if new is None:
                root.remove(element)
                continue
            if record.number in near:
                new = replace(new, before=near[record.number][0], after=near[record.number][1])
            if new is not record and new != record:
                _rewrite(element, new)
        for record in self.added:
            element = etree.SubElement(root, f"{{{NAMESPACE}}}figure")
            _rewrite(element, replace(record, mark=marks.names[record.number]))
        about = json.loads(root.get("about", "{}"))
        about["periods"] = [period.id for period in self.periods]
        if isinstance(order := about.get("order"), dict):
            order.pop("as_of", None)
            order |= {"as_of": self.today.as_of.isoformat()} if self.today.as_of else {}
        about["title"] = reworded(str(about.get("title", "")), self.words)
        about_words(about, self.today.catalog, [it for it in (*self.records.values(), *self.added) if it])
        root.set("about", json.dumps(about, ensure_ascii=False))
        content = etree.tostring(root, encoding="unicode")
        if part is not None:
            head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.parts[part.partname.membername] = head + content.encode()
        self._copy(package, content)

    def _copy(self, package: Package, content: str) -> None:
        """Write the copy of the records that stands in the document properties anew, where there is one."""
        for relation in relations(package, "custom-properties"):
            its = relation.target_part
            root = etree.fromstring(its.blob)
            own = [each for each in root if each.get("name", "").startswith(PROPERTY)]
            if not own:
                continue
            for each in own:
                root.remove(each)
            highest = max((int(each.get("pid", "1")) for each in root), default=1)
            for number, each in enumerate(list(etree.fromstring(write_properties(write_copy(content)))), highest + 1):
                each.set("pid", str(number))
                root.append(each)
            self.parts[its.partname.membername] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )

    def _near(self) -> dict[int, tuple[str, str]]:
        """Return the words round the figures of paragraphs that have changed, by the numbers of their records."""
        found: dict[int, tuple[str, str]] = {}
        for number, edits in self.edits.items():
            text = self.shown.get(number, "")
            for standing in self.document.live.get(number, []):
                if standing.record.row or standing.record.column or standing.found is not Found.MARKED:
                    continue
                start = standing.start + shift(edits, standing.start)
                stop = standing.stop + shift(edits, standing.stop, is_end=True)
                found[standing.record.number] = text[max(0, start - NEAR) : start], text[stop : stop + NEAR]
        return found


def _rewrite(element: etree._Element, record: Record) -> None:
    """Write a record over its element."""
    for child in list(element):
        element.remove(child)
    values = {
        "mark": record.mark, "text": record.text, "derivation": record.derivation, "value": record.value,
        "rule": record.rule, "formula": record.formula, "call": record.call, "asked": record.asked,
        "cell": record.cell, "before": record.before, "after": record.after, "order": str(record.order or ""),
        "row": record.row, "column": record.column,
    }  # fmt: skip
    for name, value in values.items():
        if value or name in {"mark", "text", "derivation"}:
            element.set(name, value)
        elif name in element.attrib:
            del element.attrib[name]
    for row in record.rows:
        child = etree.SubElement(element, f"{{{NAMESPACE}}}observation")
        for name, value in row.as_json().items():
            if value or name in {"indicator", "area", "period", "measure", "value", "status"}:
                child.set(name, str(value))


def _source(its: Mapping[str, Any]) -> str:
    words = [f"《{its['title']}》", its["publisher"], its["date"]]
    return "，".join(word for word in words if word) + "。"


def _name_before(runs: Runs, figure: Figure) -> str:
    """Return the words right before a figure in the runs of a call."""
    for before, run in pairwise(runs):
        if run is figure and isinstance(before, Text):
            return before.text
    return ""


def _row(cell: str) -> str:
    """Return the row of a cell: 3 of Sheet1!B3."""
    return re.sub(r"^.*?(\d+)$", r"\1", cell.partition("!")[2])


def _names_period(call: str) -> bool:
    """Return whether a call names a period, which then stays."""
    if any(re.search(rf"\b{key}='", call) for key in _PERIODS):
        return True
    for word in re.findall(r"'([^']*)'", call):
        try:
            Period.parse(word)
        except ValueError:
            continue
        return True
    return False


def _is_in(typed: Period, own: Period) -> bool:
    """Return whether typed words speak of a report's period: of just it, or of its year."""
    return typed == own or (typed.form is Form.YEAR and own.form is not Form.SPAN and typed.year == own.year)


def _shifted(asked: Period, own: Period, new: Period) -> Period | None:
    """Return the period of a chart's point when the report's own becomes another: moved as far; None where the months
    between are no whole steps of it."""
    if asked == own:
        return new
    by = new.last - own.last
    if asked.months % 12 == 0 and by % 12:
        return None
    if asked.form in {Form.HALF, Form.QUARTERS, Form.MONTHS} and by % 12:
        return None
    return Period(asked.first + by, asked.last + by, asked.form)


def _points(standings: list[Standing]) -> dict[int, Period]:
    """Return the period of each row of a chart's workbook that has a value, without the target's."""
    return {
        int(_row(it.record.cell)): Period.parse(it.record.asked)
        for it in standings
        if it.record.asked and not _is_target(it.record)
    }


def _is_target(record: Record) -> bool:
    return f"'{Measure.TARGET.value}'" in record.call


def _timelines(count: int, rows: Mapping[int, Period], own: Period, new: Period) -> list[tuple[Period, ...]]:
    """Return what the periods of a chart become when the report's own becomes another, for each way in which they go
    with the report: [] for those that do not, several for what parts here."""
    if len(set(rows.values())) < 2:
        return []
    ways = (Timeline(count, step) for step in Step)
    fit = [it for it in ways if all(it.periods(own)[row - 2] == period for row, period in rows.items())]
    return list(dict.fromkeys(it.periods(new) for it in fit))


def _labels(shown: list[str], asked: Iterable[Period], line: tuple[Period, ...]) -> list[str]:
    """Return how a chart names its categories when their periods are those of `line`, in the manner in which it names
    them now; [] for a chart that does not go with the report."""
    if not line or not shown:
        return []
    ticks = charting.ticks(line)
    heads = [its.partition("\n") for its in shown]
    if not any(mark for _, mark, _ in heads) or not ticks:
        return [period.name for period in line]
    is_full = heads[0][0] in {period.short_name for period in asked}
    return list(charts.names_below(ticks, is_full=is_full, is_year_full=len(heads[0][2]) > 3))


def _named(period: Period) -> Figure:
    return Figure(period.name, Derivation.PERIOD)


def _anchored(drawing: etree._Element) -> Iterator[etree._Element]:
    parent = drawing.getparent()
    return iter(()) if parent is None else parent.iter(f"{_C}chart")
