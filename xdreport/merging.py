"""What a workbook's figures do to a data folder: which are new, which revise a figure, which say nothing new.

The rules, each also in the README:

- A figure that the folder does not have is added, dated with the day of the import.
- A figure that is equal in number and qualifier is the same, even where its digits differ (5.60 and 5.6): the row that
  is there stays, with its source, status and note.
- A changed figure is added as a revision, a row with a later `as_of`; the row that it revises stays. It is refused when
  its day is not later. One that may only be the folder's figure rounded (112.4 where the folder has 112.35) is a
  revision with a warning, because a cell that shows 5.6 may hold 5.60.
- A figure that a row of the same workbook gave before is the same, even when it has been revised since.
- Equal in number, a preliminary figure is settled where the recipe says that the workbook's figures are final; a
  doubtful one is never settled by a workbook, because the person who doubted it knows more.

Two cells of one workbook that contradict each other are found when it is read (`extraction`); two workbooks of one day
that do are refused here, because neither is the later.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from xdreport import cells
from xdreport.catalog import Catalog, Key, Observation, Source, Status
from xdreport.extraction import Harvest
from xdreport.findings import Finding, Severity

_SLIPS = (1, 2, 3, 4, 8)  # powers of ten by which a unit is mistaken: a digit, %, 千, 万, 亿
_SLIPS_IN_A_YEAR = (2, 3, 4, 8)  # ten times as much in a year happens
_NEAR = (Decimal("0.8"), Decimal("1.25"))  # a slip is found although the figure has changed a little too
_SETTLED = {Status.FINAL, Status.REVISED}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a workbook brings on a day. `settles` is true when its recipe says how settled its figures are."""

    harvest: Harvest
    as_of: date
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure that arrives, dated and with its source, and the one that the folder has of it."""

    new: Observation
    old: Observation

    @property
    def difference(self) -> Decimal:
        """How much more the new figure is."""
        return self.new.value - self.old.value

    @property
    def digits_differ(self) -> bool:
        """True when the two are written with other digits: 5.60 and 5.6."""
        return str(self.new.value) != str(self.old.value)


@dataclass(frozen=True, slots=True)
class Merge:
    """What arrivals do to a folder. `sources` are those that their rows need and the folder lacks; `findings` that are
    errors say why nothing may be written."""

    added: tuple[Observation, ...] = ()
    revised: tuple[Pair, ...] = ()
    settled: tuple[Pair, ...] = ()
    same: tuple[Pair, ...] = ()
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows to write, the new figures first."""
        return (*self.added, *(pair.new for pair in (*self.revised, *self.settled)))


def merge(catalog: Catalog, arrivals: Sequence[Arrival]) -> Merge:
    """Return what arrivals do to a folder's catalog, the earlier day first and those of one day in their order."""
    merging = _Merging(catalog)
    for arrival in sorted(arrivals, key=lambda arrival: arrival.as_of):
        merging.take(arrival)
    made = Merge(
        tuple(merging.added), tuple(merging.revised), tuple(merging.settled), tuple(merging.same),
        tuple(merging.sources), tuple(merging.findings),
    )  # fmt: skip
    used = {row.source for row in made.rows}
    return replace(made, sources=tuple(source for source in made.sources if source.id in used))


class _Merging:
    """A merge while arrivals are taken one after the other."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.added: list[Observation] = []
        self.revised: list[Pair] = []
        self.settled: list[Pair] = []
        self.same: list[Pair] = []
        self.sources: list[Source] = []
        self.findings: list[Finding] = []
        self._revisions = {rows[0].key: list(rows) for rows in catalog.revised}
        self._arrived: dict[Key, list[Observation]] = defaultdict(list)

    def take(self, arrival: Arrival) -> None:
        """Take the figures of one workbook."""
        source = self._source(arrival.harvest.source)
        hashes = {it.id: it.sha256 for it in (*self.catalog.sources.values(), *self.sources, source)}
        for row in arrival.harvest.observations:
            new = replace(row, as_of=arrival.as_of, source=source.id)
            if finding := _unwritable(new):
                self.findings.append(finding)
                continue
            known = self._known(new)
            if not known:
                self.added.append(new)
                self._arrived[new.key].append(new)
                self.findings += _slip(new, self._year_before(new), "a year before it was ", _SLIPS_IN_A_YEAR)
                continue
            own = [old for old in known if source.sha256 and hashes.get(old.source) == source.sha256]
            self._compare(new, known, own, arrival.settles)
        if source not in self.sources and source.id not in self.catalog.sources:
            self.sources.append(source)

    def _source(self, source: Source) -> Source:
        """Return the record of a workbook: the one that the folder has of its hash, else one with an id of its own."""
        known = (*self.catalog.sources.values(), *self.sources)
        for one in known:
            if source.sha256 and one.sha256 == source.sha256:
                return one
        taken = {one.id for one in known}
        base, _, number = source.id.rpartition("-")
        base = base if base in taken and number.isdigit() else source.id
        names = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 2))
        return replace(source, id=next(name for name in names if name not in taken))

    def _known(self, row: Observation) -> list[Observation]:
        """Return all that is known of a figure, the newest last."""
        exact = self.catalog.exact(*row.key)
        return [*self._revisions.get(row.key, [exact] if exact else []), *self._arrived[row.key]]

    def _year_before(self, row: Observation) -> Observation | None:
        before = row.period.year_before()
        key = (row.indicator, row.area, before, row.measure)
        return next(iter(self._arrived.get(key, ())), None) or self.catalog.exact(*key)

    def _compare(self, new: Observation, known: list[Observation], own: list[Observation], settles: bool) -> None:
        """Put a figure that the folder has with those that are the same, or revise it."""
        old = known[-1]
        if repeated := next((one for one in own if _is_equal(one, new) and one is not old), None):
            self.same.append(Pair(new, repeated))
        elif _is_equal(old, new):
            self._equal(Pair(new, old), settles)
        elif old.as_of and new.as_of and new.as_of <= old.as_of:
            message = f"{_name(new)} is {old.value:f} as of {old.as_of} ({old.place}), and {new.as_of} is not later"
            hint = "name the day of this workbook with --as-of where it revises the figure"
            if old.source == new.source:
                hint = "the same workbook was read differently before: correct the row there, or the recipe"
            self.findings.append(Finding("import.as-of", message, new.place, f"{new.value:f}", "", hint))
        else:
            self._revise(Pair(new, old), known)

    def _equal(self, pair: Pair, settles: bool) -> None:
        new, old = pair.new, pair.old
        is_settled = old.status is Status.PRELIMINARY and new.status in _SETTLED and settles
        if is_settled and not (old.as_of and new.as_of and new.as_of <= old.as_of):
            self.settled.append(pair)
            self._arrived[new.key].append(new)
            return
        self.same.append(pair)
        if old.status not in _SETTLED and new.status in _SETTLED:
            message = f"{_name(new)} stays {old.status} ({old.place}) though the workbook gives the same number"
            hint = "clear its status there once it is settled"
            self.findings.append(Finding("import.status", message, new.place, None, "", hint, Severity.NOTE))

    def _revise(self, pair: Pair, known: list[Observation]) -> None:
        new, old = pair.new, pair.old
        if new.status is Status.FINAL and old.status in _SETTLED:
            pair = Pair(replace(new, status=Status.REVISED), old)
        self.revised.append(pair)
        self._arrived[new.key].append(pair.new)
        self.findings += _slip(new, old, "the folder has ", _SLIPS)
        if _is_rounded(old, new):
            message = f"{_name(new)} may only be the folder's {old.value:f} rounded ({old.place})"
            hint = "leave the column out in the recipe (skip: true) where it is"
            self.findings.append(replace(_warning("import.rounded", message, new, f"{new.value:f}"), hint=hint))
        for earlier in known[:-1]:
            if _is_equal(earlier, new):
                message = f"{_name(new)} goes back to what it was before {old.place} revised it"
                self.findings.append(_warning("import.returns", message, new, f"{new.value:f}"))
                break
        if old.note:
            message = f"the note of {old.place} is not taken over to the revised figure: {old.note}"
            self.findings.append(Finding("import.note", message, new.place, severity=Severity.NOTE))


def _is_equal(one: Observation, other: Observation) -> bool:
    return one.value == other.value and one.qualifier == other.qualifier


def _decimals(row: Observation) -> int:
    return -int(row.value.as_tuple().exponent)


def _is_rounded(fine: Observation, coarse: Observation) -> bool:
    """Return whether a figure is another one rounded to fewer decimals."""
    if fine.qualifier or coarse.qualifier or _decimals(coarse) >= _decimals(fine):
        return False
    place = Decimal(1).scaleb(-_decimals(coarse))
    return any(fine.value.quantize(place, rounding=rule) == coarse.value for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN))


def _slip(new: Observation, old: Observation | None, lead: str, powers: Iterable[int]) -> Iterable[Finding]:
    """Generate a warning when a figure is a power of ten of what the folder has: a unit mistaken."""
    if old is None or new.measure.is_rank or not old.value or not new.value:
        return
    ratio = abs(new.value / old.value)
    for power in powers:
        for sign in (1, -1):
            rest = ratio.scaleb(-power * sign)
            if _NEAR[0] <= rest <= _NEAR[1]:
                times = f"10^{power * sign}" if power > 2 else f"{Decimal(10) ** (power * sign):f}"
                message = f"{_name(new)} is about {times} times as much: {lead}{old.value:f} ({old.place})"
                hint = "is the unit of the column the one that the recipe says?"
                yield replace(_warning("import.unit-slip", message, new, f"{new.value:f}"), hint=hint)
                return


def _unwritable(row: Observation) -> Finding | None:
    """Return why a value cannot stand in a data folder, None where it can."""
    try:
        cells.number(f"{row.value:f}")
        cells.line(row.locator)
    except ValueError as error:
        message = f"{_name(row)} cannot be written"
        return Finding("import.value", message, row.place, f"{row.value:f}", *error.args)
    return None


def _warning(code: str, message: str, row: Observation, found: str) -> Finding:
    return Finding(code, message, row.place, found, severity=Severity.WARNING)


def _name(row: Observation) -> str:
    return f"{row.measure} of {row.indicator} ({row.area}, {row.period.id})"
