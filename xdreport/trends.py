"""How an indicator has gone, a line of blocks for each area and measure: ▂▁▃▅.

Only values that can be compared stand in a line. Counts from January rise until December and fall in January, so that
of them the single quarters or months are drawn, or the same stretch of each year; the line says which.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from xdreport import series
from xdreport.catalog import Catalog, Indicator, Measure, Observation
from xdreport.notation import digits
from xdreport.period import Form, Period
from xdreport.quantity import Refusal
from xdreport.series import Derived

BLOCKS = "▁▂▃▄▅▆▇█"
FIGURES = "12345678"  # for a terminal that has no blocks
_MOST = 24  # the newest, more are no line that an eye takes in
_SINGLE = {3: "single quarters", 1: "single months"}
_EVERY = {12: "years", 6: "every half year", 3: "every quarter", 1: "every month"}


@dataclass(frozen=True, slots=True)
class Trend:
    """The values of a measure in an area, oldest first, None for a period without one; `kind` says which they are.

    `area` is the id of the area, or its name for who reads it.
    """

    area: str
    measure: Measure
    kind: str
    periods: tuple[Period, ...]
    values: tuple[Decimal | None, ...]

    @property
    def known(self) -> list[tuple[Period, Decimal]]:
        """The values that there are, with their periods."""
        pairs = zip(self.periods, self.values, strict=True)
        return [(period, value) for period, value in pairs if value is not None]

    def drawn(self, marks: str = BLOCKS) -> str:
        """Return the line, a mark for each period, the lowest and the highest of `marks` for the least and the greatest
        value and a space for a period without one; the middle one where all are alike."""
        known = [value for _, value in self.known]
        low, high = min(known), max(known)

        def mark(value: Decimal) -> str:
            if low == high:
                return marks[(len(marks) - 1) // 2]
            return marks[min(len(marks) - 1, int((value - low) / (high - low) * len(marks)))]

        return "".join(" " if value is None else mark(value) for value in self.values)

    @property
    def summary(self) -> str:
        """The first and the last value, the least and the greatest, each with its period."""
        (first, one), (last, other) = self.known[0], self.known[-1]
        low = min(self.known, key=lambda pair: pair[1])
        high = max(self.known, key=lambda pair: pair[1])
        ends = f"{first} {digits(one)} to {last} {digits(other)}"
        return f"{ends}; low {digits(low[1])} ({low[0]}), high {digits(high[1])} ({high[0]})"


def of(catalog: Catalog, it: Indicator) -> Iterator[Trend]:
    """Generate the lines of an indicator, by area and measure in the order of the folder; none for what has fewer than
    two values that can be compared."""
    found: dict[tuple[str, Measure], list[Observation]] = defaultdict(list)
    for row in catalog.current:
        if row.indicator == it.id and row.period.form is not Form.SPAN:
            found[row.area, row.measure].append(row)
    for (area, measure), rows in found.items():
        drawn = None
        if measure is Measure.LEVEL and it.is_flow:
            drawn = _single(catalog, it, area, rows)
        is_stock = not it.is_flow and not measure.is_rate
        drawn = drawn or _regular(
            area, measure, rows, is_flow=measure is Measure.LEVEL and it.is_flow, is_stock=is_stock
        )
        if drawn and len(drawn.known) > 1:
            yield drawn


def _single(catalog: Catalog, it: Indicator, area: str, rows: list[Observation]) -> Trend | None:
    """Return the single months or quarters of a flow, reported or derived, whichever the folder has; None where no
    quarter but the first ones of the years is known."""
    best: Trend | None = None
    for months, form in ((1, Form.MONTH), (3, Form.QUARTER)):
        start = min(row.period.first for row in rows) // months
        stop = (max(row.period.last for row in rows) + 1) // months
        periods = [Period(step * months, step * months + months - 1, form) for step in range(start, stop)][-_MOST:]
        values = [series.value(catalog, it.id, area, period) for period in periods]
        shown = tuple(None if isinstance(value, Refusal) else value.value for value in values)
        derived = sum(1 for value in values if isinstance(value, Derived))
        if not any(value is not None and period.first % 12 for period, value in zip(periods, shown, strict=True)):
            continue
        known = sum(1 for value in shown if value is not None)
        kind = _SINGLE[months] + (f", {derived} of {known} derived from counts" if derived else "")
        trend = _trimmed(Trend(area, Measure.LEVEL, kind, tuple(periods), shown))
        if best is None or len(trend.known) > len(best.known):
            best = trend
    return best


def _regular(
    area: str, measure: Measure, rows: list[Observation], *, is_flow: bool, is_stock: bool
) -> Trend | None:  # fmt: skip
    """Return the longest series of rows that can be compared: of one stretch of each year; for what does not add up,
    such as rates, of counts from January and years by their ends; for a stock, of any period by its end."""
    families: dict[tuple[int, ...], list[Observation]] = defaultdict(list)
    for row in rows:
        families[row.period.first % 12, row.period.months].append(row)
        if is_stock or (not is_flow and row.period.first % 12 == 0):
            families[()].append(row)
    longest = max(families.items(), key=lambda pair: (len(pair[1]), max(row.period.last for row in pair[1]), pair[0]))
    key, own = longest
    own.sort(key=lambda row: (row.period.last, row.period.months))
    by_end = {row.period.last: row for row in own}
    gaps = [after - before for before, after in pairwise(by_end)]
    if not gaps:
        return None
    step = next(each for each in (12, 6, 3, 1) if all(gap % each == 0 for gap in gaps))
    ends = range(min(by_end), max(by_end) + 1, step)[-_MOST:]
    kind = _EVERY[step] if not key or key == (0, 12) else f"{own[-1].period.short_english} of each year"
    if not key and step < 12 and not is_stock:
        kind += ", counted from January"
    periods = tuple(by_end[end].period if end in by_end else Period(end, end, Form.MONTH) for end in ends)
    return _trimmed(
        Trend(area, measure, kind, periods, tuple(by_end[end].value if end in by_end else None for end in ends))
    )


def _trimmed(trend: Trend) -> Trend:
    """Return a line without what is empty at its ends."""
    filled = [place for place, value in enumerate(trend.values) if value is not None]
    if not filled:
        return trend
    inner = slice(filled[0], filled[-1] + 1)
    return Trend(trend.area, trend.measure, trend.kind, trend.periods[inner], trend.values[inner])


def lines(trends: Iterable[Trend], marks: str = BLOCKS) -> list[str]:
    """Return a line of text for each trend: its area where there are several, its measure, marks, ends and kind."""
    shown = list(trends)
    many = len({trend.area for trend in shown}) > 1
    heads = [f"{it.area} {it.measure}" if many else it.measure.value for it in shown]
    return [f"{head}  {it.drawn(marks)}  {it.summary}; {it.kind}" for head, it in zip(heads, shown, strict=True)]
