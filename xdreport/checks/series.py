"""Periods that are missing from a regular series, and series that stop before others of their section do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from xdreport.catalog import Catalog, Measure, Observation, places
from xdreport.findings import Finding
from xdreport.period import Form, Period


class _Ladder(NamedTuple):
    """A way in which periods follow each other; positions on one ladder are counted in its steps.

    `month` is None where the step is the length of the period (quarter after quarter, month after month); else it
    is the month, from 0, that a stretch of `months` begins in each year. A ladder that `counts_up` from January
    (一季度, 上半年, 前三季度, 全年) takes a step of `months`.
    """

    months: int
    month: int | None = None
    counts_up: bool = False

    def step(self, period: Period) -> int:
        """Return where a period stands on the ladder."""
        return period.last // self.months if self.month is None else period.year


_Steps = dict[_Ladder, dict[int, Observation]]


def periods(catalog: Catalog) -> Iterator[Finding]:
    """Generate a finding for each period that a regular series leaves out (2024-Q2 between 2024-Q1 and 2024-Q3), and
    for each regular series that stops earlier than another one of its section and area does."""
    series = _series(catalog)
    ladders = {key: _ladders(rows) for key, rows in series.items()}
    for (id, area), rows in series.items():
        yield from _missing(id, {row.period for row in rows}, ladders[id, area])
    yield from _stale(catalog, ladders)


def _missing(id: str, known: set[Period], ladders: _Steps) -> Iterator[Finding]:
    for ladder, all_steps in ladders.items():
        if _is_unbroken(all_steps) or not _has_pairs(all_steps):
            continue
        steps = _without_bases(ladder, all_steps)
        if not _is_regular(ladder, steps):
            continue
        for before, after in pairwise(steps):
            for step in range(before + 1, after):
                period = _period(ladder, step)
                if period in known or _is_skipped(ladder, period):
                    continue
                known.add(period)
                hint = "add its row; where it was never published, check.missing-period: off in workspace.yaml"
                yield Finding(
                    "check.missing-period", f"{id} leaves out {period}", steps[after].place, None,
                    f"a row between those of {steps[before].period} and {steps[after].period}", hint,
                    rows=places(steps[before], steps[after]),
                )  # fmt: skip


def _stale(catalog: Catalog, ladders: dict[tuple[str, str], _Steps]) -> Iterator[Finding]:
    newest: dict[tuple[str, str, _Ladder], Observation] = {}
    for (id, area), own in ladders.items():
        for ladder, steps in own.items():
            key = (catalog.indicators[id].section, area, ladder)
            row = steps[max(steps)]
            if key not in newest or newest[key].period.last < row.period.last:
                newest[key] = row
    for (id, area), own in ladders.items():
        for ladder, steps in own.items():
            row, other = steps[max(steps)], newest[catalog.indicators[id].section, area, ladder]
            if _is_regular(ladder, steps) and row.period.last < other.period.last:
                hint = "add its newer figures; check.stale: off in workspace.yaml where a series has ended"
                yield Finding(
                    "check.stale", f"{id} stops at {row.period}", row.place, None,
                    f"{other.period}, which {other.indicator} has", hint, rows=places(row, other),
                )  # fmt: skip
                break


def _series(catalog: Catalog) -> dict[tuple[str, str], list[Observation]]:
    """Return the rows of each indicator in an area by time, one a period: its level, else its rate."""
    found: dict[tuple[str, str], dict[Period, Observation]] = defaultdict(dict)
    for key, rows in catalog.levels.items():
        found[key] = {row.period: row for row in rows}
    for row in catalog.current:
        if row.measure is Measure.YOY:
            found[row.indicator, row.area].setdefault(row.period, row)
    return {key: sorted(rows.values(), key=lambda row: row.period.last) for key, rows in found.items()}


def _ladders(rows: Iterable[Observation]) -> _Steps:
    """Return the rows on each ladder that they stand on, by step, the first step first."""
    alike: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    for row in rows:
        alike[row.period.months, row.period.first % 12].append(row)
    found: _Steps = defaultdict(dict)
    for (months, month), its in alike.items():
        for ladder in _ladders_of(months, month):
            found[ladder] |= {ladder.step(row.period): row for row in its}
    return {ladder: dict(sorted(steps.items())) for ladder, steps in found.items()}


@cache
def _ladders_of(months: int, month: int) -> tuple[_Ladder, ...]:
    """Return the ladders that a period of that length and first month stands on; none for a span of years."""
    if months > 12:
        return ()
    ladders = [_Ladder(months, month)]
    if months in {1, 3, 6} and month % months == 0:
        ladders.append(_Ladder(months))
    if month == 0:
        ladders += [_Ladder(3, counts_up=True)] if months % 3 == 0 else []
        ladders.append(_Ladder(1, counts_up=True))
    return tuple(ladders)


def _without_bases(ladder: _Ladder, steps: dict[int, Observation]) -> dict[int, Observation]:
    """Return the steps without the first ones that are there to compare with: 2020 before 2022, 2023 and 2024, and
    2024-Q1/Q3 before 2025-Q1, 2025-S1 and 2025-Q1/Q3.

    Within a year such rows are few beside those of the year that follows, which has each of them again.
    """
    kept = list(steps)
    if ladder.month is not None:
        while len(kept) > 2 and kept[1] - kept[0] > 1:
            del kept[0]
        return {step: steps[step] for step in kept}
    a_year = 12 // ladder.months
    years: dict[int, list[int]] = defaultdict(list)
    for step in kept:
        years[steps[step].period.year].append(step)
    dropped = 0
    for year, first in years.items():
        after = years.get(year + 1, [])
        is_joined = bool(after) and after[0] - first[0] == len(first)
        is_again = all(step + a_year in after for step in first)
        if is_joined or not is_again or 2 * len(first) > len(after) + 1:
            break
        dropped += len(first)
    return {step: steps[step] for step in kept[dropped:]}


def _is_unbroken(steps: dict[int, Observation]) -> bool:
    """Return whether a series leaves no step out, as most do."""
    return next(reversed(steps)) - next(iter(steps)) == len(steps) - 1


def _has_pairs(steps: dict[int, Observation]) -> bool:
    """Return whether any two steps follow each other; without, no part of a series is regular."""
    return any(after - before == 1 for before, after in pairwise(steps))


def _is_regular(ladder: _Ladder, steps: dict[int, Observation]) -> bool:
    """Return whether a series goes step by step at least as often as it leaves one out: two years far apart are none.

    A count from January must do so more often: an office may publish 前三季度 and 全年 only.
    """
    gaps = [after - before for before, after in pairwise(steps)]
    singles, left_out = gaps.count(1), sum(gaps) - len(gaps)
    return singles > left_out if ladder.counts_up else singles >= max(1, left_out)


def _period(ladder: _Ladder, step: int) -> Period:
    """Return the period at a step."""
    if ladder.month is not None:
        first = step * 12 + ladder.month
        return Period(first, first + ladder.months - 1, _form(ladder.months))
    last = step * ladder.months + ladder.months - 1
    first = last // 12 * 12 if ladder.counts_up else last - ladder.months + 1
    return Period(first, last, _form(last - first + 1))


def _form(months: int) -> Form:
    forms = {12: Form.YEAR, 6: Form.HALF, 9: Form.QUARTERS, 3: Form.QUARTER, 1: Form.MONTH}
    return forms.get(months, Form.MONTHS)


def _is_skipped(ladder: _Ladder, period: Period) -> bool:
    """Return whether nobody publishes the period: January is counted together with February (1—2月)."""
    return ladder.months == 1 and period.months == 1 and period.first % 12 in {0, 1}
