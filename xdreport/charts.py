"""The one planner of charts: axis, bars, lines, labels and colours of a chart of figures.

`plan` gives shapes in points, from the upper left corner downwards, for a writer that draws; `axis_of` and `colours`
are what a writer of native charts needs, so that a chart is the same in every output. Value labels are the figures'
own characters. Series differ in lightness, lines in dashes and markers too, so that a copy in grey can be read.
Nothing here knows a file format.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, assert_never

from xdreport.document import Chart, ChartKind, Figure, Series, Tick

GRID_COLOUR = "D9D9D9"
AXIS_COLOUR = "7F7F7F"
LABEL_COLOUR = "404040"
INK = "000000"
NO_FIGURE = "—"

# Series are told apart by their lightness, so that a copy in grey still shows which is which: darkest first.
_DARKEST, _LIGHTEST = 0.05, 0.48
# What is not highlighted in a chart that highlights a bar.
_PALE = 0.5
PAPER = "FFFFFF"
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
# Points: how wide a column may be, how high a plot is, and the room a category asks for.
_WIDEST_COLUMN = 30.0
_LOWEST_PLOT, _HIGHEST_PLOT = 84.0, 122.0
_COLUMN_ROOM, _SLOT_ROOM = 26.0, 40.0
_TICK_ROOM = 12.0  # for the same where the year stands below, once for all periods of it
_MANY = 8  # values of a line, or of columns too narrow for their labels, beyond which only what they tell is labelled
# What stays on one line in the name of a category: a number with its unit of time, a Latin word, any other character.
_WORDS = re.compile(r"[0-9][0-9.,]*[年月日%]?|[A-Za-z]+|.")
_MANY_OVER_COLUMNS = 5  # the same of a line over columns, which have labels of their own
_YEAR = re.compile(r"[12]\d(\d\d)年")
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (6, 2, 1.5, 2))


class Anchor(StrEnum):
    """Which point of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Stroke(NamedTuple):
    """A line through points; closed and filled with its colour where `is_filled`."""

    points: tuple[tuple[float, float], ...]
    thickness: float
    colour: str
    dash: tuple[float, ...] = ()
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Characters beside a shape; `y` is the baseline, `figure` the figure they print, if one."""

    x: float
    y: float
    text: str
    anchor: Anchor = Anchor.MIDDLE
    colour: str = LABEL_COLOUR
    figure: Figure | None = None


Shape = Fill | Stroke | Label


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of values: its ends and the step between ticks."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The values that have a tick, from low to high."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * number for number in range(count + 1))

    @property
    def labels(self) -> tuple[str, ...]:
        """What the ticks are called, all with the decimals of the step."""
        exponent = self.step.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        return tuple(f"{tick:.{places}f}" for tick in self.ticks)

    def share(self, value: Decimal) -> float:
        """Return where a value stands: 0 at the low end, 1 at the high end."""
        return float((value - self.low) / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart ready to be drawn: `width` by `height` points; `second` is the axis of a line above columns.

    `plot` is where columns, bars, lines or the ring stand. Bars have no ticks: their `axis` has one step, from the
    least to the greatest value.
    """

    width: float
    height: float
    axis: Axis
    colours: tuple[str, ...]
    shapes: tuple[Shape, ...]
    plot: "Plot"
    second: Axis | None = None
    names: tuple[str, ...] = ()
    """What Word is to print below the axis for each category, a line break before a year; () for the categories."""

    @property
    def labelled(self) -> Mapping[int, Label]:
        """The labels of values, by the `id` of the figure that each prints; a value that found no room has none."""
        return {id(shape.figure): shape for shape in self.shapes if isinstance(shape, Label) and shape.figure}


def plan(chart: Chart, width: float, palette: Sequence[str], size: float, width_of: Callable[[str], float]) -> Plan:
    """Return the plan of a chart `width` points wide, with labels of `size` points.

    `width_of` measures characters at that size. Labels never overlap: one that finds no room is left out.
    """
    drawing = _Drawing(chart, width, palette, size, width_of)
    match chart.kind:
        case ChartKind.COLUMN:
            drawing.columns()
        case ChartKind.BAR:
            drawing.bars()
        case ChartKind.LINE:
            drawing.lines()
        case ChartKind.COLUMN_LINE:
            drawing.columns_and_lines()
        case ChartKind.STACKED:
            drawing.stacks()
        case ChartKind.RING:
            drawing.ring()
        case _:
            assert_never(chart.kind)
    second = drawing.second if chart.kind is ChartKind.COLUMN_LINE else None
    return Plan(
        width, drawing.height, drawing.axis, drawing.colours, tuple(drawing.shapes), drawing.plot, second, drawing.names
    )  # fmt: skip


def natural_width(chart: Chart, size: float) -> float:
    """Return how many points wide a chart with labels of `size` points looks well: what its categories ask for."""
    count = max(1, len(chart.categories))
    columns = sum(1 for series in chart.series if not series.is_second)
    if chart.ticks and chart.kind is not ChartKind.BAR:
        return 5 * size + count * (_COLUMN_ROOM + _TICK_ROOM)
    match chart.kind:
        case ChartKind.COLUMN | ChartKind.COLUMN_LINE:
            return 5 * size + count * (columns * _COLUMN_ROOM + _SLOT_ROOM)
        case ChartKind.STACKED | ChartKind.LINE:
            return 5 * size + count * (_COLUMN_ROOM + _SLOT_ROOM)
        case ChartKind.BAR:
            return size * (min(14, max(map(len, chart.categories), default=0)) + 24)
        case ChartKind.RING:
            return 24 * size
        case _:
            assert_never(chart.kind)


def names_below(ticks: Sequence[Tick], *, is_full: bool = True, is_year_full: bool = True) -> tuple[str, ...]:
    """Return the names of ticks in an axis that gives each no more than its own room, as Word's does: a year stands on
    a second line, below its first period. In little room they are short: 二 for 二季度, 25年 for 2025年."""
    named = [tick.name if is_full else _short(tick.name) for tick in ticks]
    heads = {place: ticks[place].head if is_year_full else ticks[place].head[2:] for place in _firsts(ticks)}
    return tuple(f"{name}\n{heads[place]}" if place in heads else name for place, name in enumerate(named))


def _firsts(ticks: Sequence[Tick]) -> list[int]:
    """Return the places at which a year begins."""
    return [place for place, tick in enumerate(ticks) if not place or ticks[place - 1].head != tick.head]


def _short(name: str) -> str:
    """Return the name of a quarter or a month without what another of its year says: 二, 2, 2 for 1—2月."""
    return re.sub(r"^(.)季度$|^(?:1—)?(\d+)月$", lambda match: match[1] or match[2], name)


def axis_of(chart: Chart) -> Axis:
    """Return the axis of values: from 0 for columns and bars, and for lines that do not stay far above it."""
    values = list(_extremes(chart))
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    is_cut = chart.kind is ChartKind.LINE and (low > high * Decimal("0.6") > 0)
    if not is_cut:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    step = _nice((high - low) / 5)
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    if is_cut and low - bottom < step / 2:  # the label of the lowest point stands below it
        bottom -= step
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    return Axis(bottom, top, step)


def second_axis_of(chart: Chart) -> Axis:
    """Return the second axis: as many steps as the first, so that they share their grid."""
    count = len(axis_of(chart).ticks) - 1
    values = [value for series in chart.series if series.is_second for value in _values(series)]
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    step = _nice((high - low or Decimal(1)) / count)
    while True:
        bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
        if bottom + step * count >= high:
            return Axis(bottom, bottom + step * count, step)
        step = _nice(step * Decimal("1.01"))


def _extremes(chart: Chart) -> Iterator[Decimal]:
    """Generate what the axis of values must reach."""
    own = [series for series in chart.series if not series.is_second]
    if chart.kind is ChartKind.STACKED:
        for figures in zip(*(series.figures for series in own), strict=True):
            values = [figure.value for figure in figures if figure and figure.value is not None]
            yield sum((value for value in values if value > 0), Decimal(0))
            yield sum((value for value in values if value < 0), Decimal(0))
    else:
        for series in own:
            yield from _values(series)
    if chart.target and chart.target.value is not None:
        yield chart.target.value


def _values(series: Series) -> Iterator[Decimal]:
    yield from (figure.value for figure in series.figures if figure and figure.value is not None)


def _nice(raw: Decimal) -> Decimal:
    """Return the least of 1, 2, 2.5 and 5 times a power of ten that is not below `raw`."""
    power = Decimal(1).scaleb(raw.adjusted())
    return next(step * power for step in _STEPS if step * power >= raw)


def label_of(figure: Figure, unit: str) -> str:
    """Return a figure's characters without the unit that the chart names once for all of them."""
    return figure.text.removesuffix(unit.rpartition("：")[2]) or figure.text


def colours(palette: Sequence[str], count: int) -> tuple[str, ...]:
    """Return a colour for each of `count` series: the palette's hues at lightnesses that differ in grey."""
    if count == 1:
        return (palette[0],)
    step = (_LIGHTEST - _DARKEST) / max(1, count - 1)
    return tuple(_at_lightness(palette[number % len(palette)], _DARKEST + step * number) for number in range(count))


def pale(colour: str) -> str:
    """Return the light tint of a colour in which bars stand back behind a highlighted one."""
    return _at_lightness(colour, _PALE)


def _at_lightness(colour: str, wanted: float) -> str:
    """Return the colour mixed with black or white until its relative luminance (WCAG 2) is the one wanted."""
    parts = _parts(colour)
    target = 1.0 if _luminance(parts) < wanted else 0.0
    low, high = 0.0, 1.0
    for _ in range(20):
        share = (low + high) / 2
        is_short = abs(_luminance(_mix(parts, target, share)) - target) > abs(wanted - target)
        low, high = (share, high) if is_short else (low, share)
    return "".join(f"{round(part * 255):02X}" for part in _mix(parts, target, high))


def _parts(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]


def _mix(parts: Sequence[float], target: float, share: float) -> list[float]:
    return [part + (target - part) * share for part in parts]


def _luminance(parts: Sequence[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@dataclass
class _Drawing:
    """A chart being planned: shapes so far, and the boxes that labels may not touch."""

    chart: Chart
    width: float
    palette: Sequence[str]
    size: float
    width_of: Callable[[str], float]
    shapes: list[Shape] = field(default_factory=list)
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    height: float = 0.0
    names: tuple[str, ...] = ()
    plot: "Plot" = field(init=False)

    def __post_init__(self) -> None:
        self.axis = axis_of(self.chart)
        self.second = second_axis_of(self.chart)
        count = len(self.chart.categories) if self.chart.kind is ChartKind.RING else len(self.chart.series)
        self.colours = colours(self.palette, max(1, count))
        self.line = self.size * 1.3
        self.top = self._head()

    # What all kinds share

    def _head(self) -> float:
        """Draw the units and, for several series, the legend; return where the plot may begin."""
        chart, size = self.chart, self.size
        x, y = 0.0, size
        right = self.width
        if chart.unit:
            self.shapes.append(Label(0, y, chart.unit, Anchor.START))
            x = self.width_of(chart.unit) + 2 * size
        if chart.second_unit:
            self.shapes.append(Label(self.width, y, chart.second_unit, Anchor.END))
            right -= self.width_of(chart.second_unit) + 2 * size
        if len(chart.series) < 2 or chart.kind is ChartKind.RING:
            return y + size * (1.4 if chart.unit or chart.second_unit else 0.6)
        entries = [self.width_of(series.name) + 2.8 * size for series in chart.series]
        if x + sum(entries) <= right:
            # Between two units a legend stands in the middle, beside one at the right edge.
            x = (x + right - sum(entries)) / 2 if chart.second_unit else max(x, right - sum(entries) + size)
        else:
            x, y, right = (0.0, y + self.line, self.width) if x else (x, y, right)
        for number, (series, entry) in enumerate(zip(chart.series, entries, strict=True)):
            if x + entry - size > right and x > 0:
                x, y = 0.0, y + self.line
            self._key(number, x, y)
            self.shapes.append(Label(x + 1.5 * size, y, series.name, Anchor.START))
            x += entry
        return y + size * 1.4

    def _key(self, number: int, x: float, y: float) -> None:
        size, colour = self.size, self.colours[number]
        if self.chart.kind is ChartKind.LINE or self.chart.series[number].is_second:
            middle = y - 0.35 * size
            dash = _DASHES[number % len(_DASHES)]
            self.shapes.append(Stroke(((x - 0.2 * size, middle), (x + 1.2 * size, middle)), 1.5, colour, dash))
            self.shapes.append(_marker(number, x + 0.5 * size, middle, colour))
        else:
            self.shapes.append(Fill(x + 0.2 * size, y - 0.8 * size, 0.9 * size, 0.9 * size, colour))

    def _wrap(self, text: str, room: float) -> list[str]:
        """Return the lines of a category's name, as even as they can be; Latin words stay whole."""
        year, sign, rest = text.partition("年")
        if sign and rest and year.isdecimal() and self.width_of(text) > room and self.width_of(year + sign) <= room:
            return [year + sign, *self._wrap(rest, room)]
        words = text.split(" ") if text.isascii() else _WORDS.findall(text)
        joint = " " if text.isascii() else ""
        count = max(1, -(-int(self.width_of(text) + 1) // max(1, int(room))))
        even = math.ceil(self.width_of(text) / count / self.size - 0.01) * self.size
        aim = max(even, max(map(self.width_of, words), default=0.0))
        lines = [""]
        for word in words:
            longer = f"{lines[-1]}{joint if lines[-1] else ''}{word}"
            if lines[-1] and self.width_of(longer) > min(max(aim, self.size), room) + 0.5:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _place(
        self,
        candidates: Iterable[tuple[float, float, Anchor]],
        text: str,
        figure: Figure,
        colour: str = INK,
        blocked: Iterable[tuple[float, float, float, float]] | None = None,
    ) -> bool:
        """Put a value's label at the first place where it touches nothing; return whether there was one.

        `blocked` are the boxes it may not touch, all that are taken without them.
        """
        width, size = self.width_of(text), self.size
        boxes = list(self.taken if blocked is None else blocked)
        for x, y, anchor in candidates:
            left = x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[anchor]
            box = (left - 1, y - 0.85 * size, left + width + 1, y + 0.15 * size)
            is_free = all(
                box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in boxes
            )
            if is_free and box[0] >= -1.5 and box[2] <= self.width + 1.5 and box[1] >= self.top - 1.4 * size:
                self.taken.append(box)
                self.shapes.append(Label(x, y, text, anchor, colour, figure))
                return True
        return False

    def _name(self, x: float, y: float, text: str) -> None:
        """Put characters that no value's label may touch."""
        half = self.width_of(text) / 2
        x = max(half, min(x, self.width - half))
        self.taken.append((x - half, y - 0.9 * self.size, x + half, y + 0.2 * self.size))
        self.shapes.append(Label(x, y, text))

    def _label(self, figure: Figure, series: Series) -> str:
        return label_of(figure, self.chart.second_unit if series.is_second else self.chart.unit)

    def _frame(self) -> "Plot":
        """Draw grid, ticks and category names of an upright chart; return where its plot is."""
        size, chart = self.size, self.chart
        left = max(map(self.width_of, self.axis.labels)) + 0.6 * size
        has_second = chart.kind is ChartKind.COLUMN_LINE
        right = max(map(self.width_of, self.second.labels)) + 0.6 * size if has_second else 0.0
        target = self._target_text()
        right = max(right, self.width_of(target) + 0.6 * size) if target and not has_second else right
        width = self.width - left - right
        slot = width / max(1, len(chart.categories))
        names, every = self._names(slot)
        top = self.top + size
        plot = Plot(left, top, width, max(_LOWEST_PLOT, min(_HIGHEST_PLOT, self.width * 0.4)), slot)
        for label, tick in zip(self.axis.labels, self.axis.ticks, strict=True):
            y = plot.y(self.axis, tick)
            is_base = tick == max(self.axis.low, Decimal(0))
            line = Stroke(((left, y), (left + width, y)), *((0.75, AXIS_COLOUR) if is_base else (0.4, GRID_COLOUR)))
            self.shapes += [line, Label(left - 0.5 * size, y + 0.35 * size, label, Anchor.END)]
        if has_second:
            for label, tick in zip(self.second.labels, self.second.ticks, strict=True):
                y = plot.y(self.second, tick)
                self.shapes.append(Label(self.width, y + 0.35 * size, label, Anchor.END))
        free = self.width
        for number, lines in reversed(list(enumerate(names))):
            half = max(map(self.width_of, lines), default=0.0) / 2
            middle = min(plot.middle(number), self.width - half)
            if (len(names) - 1 - number) % every == 0 and (every == 1 or middle + half <= free):
                free = middle - half - 0.6 * size
                for row, text in enumerate(lines):
                    y = top + plot.height + size * 1.3 + row * self.line
                    if text:
                        self._name(plot.middle(number), y, text)
        rows = max(map(len, names), default=1) if every == 1 else 1
        self.plot = plot
        self.height = top + plot.height + size * 0.6 + rows * self.line
        return plot

    def _names(self, slot: float) -> tuple[list[list[str]], int]:
        """Return the lines that name each category below the axis, and each how manieth of them is printed."""
        chart, size = self.chart, self.size
        if chart.ticks:
            return self._ticked(chart.ticks, slot), 1
        names = [self._wrap(name, slot - 0.6 * size) for name in chart.categories]
        if max(map(len, names), default=1) > 1 and all(_YEAR.fullmatch(name) for name in chart.categories):
            years = [name if not place else name[2:4] for place, name in enumerate(chart.categories)]
            if self._fit(years, slot):
                return [[year] for year in years], 1
        if chart.kind is ChartKind.LINE and max(map(len, names), default=1) > 2:
            every = -(-int(max(map(self.width_of, chart.categories)) + size) // int(slot))
            return [[name] for name in chart.categories], every
        return names, 1

    def _ticked(self, ticks: Sequence[Tick], slot: float) -> list[list[str]]:
        """Return the lines that name periods, the fullest that have room: 一季度 and 二季度, 一季度 and 二, 一 and 二,
        or only the first of a year; the year stands once, below its first period."""
        heads: dict[int, str] = {}
        free = math.inf
        for place in reversed(_firsts(ticks)):
            half = self.width_of(ticks[place].head) / 2
            if slot * place + half + 0.5 * self.size <= free:
                heads[place] = ticks[place].head
                free = slot * place - half
        full = [tick.name for tick in ticks]
        short = [tick.name if place in heads else _short(tick.name) for place, tick in enumerate(ticks)]
        shortest = [_short(tick.name) for tick in ticks]
        first = [tick.name if place in heads else "" for place, tick in enumerate(ticks)]
        names = next((it for it in (full, short, shortest) if self._fit(it, slot)), first)
        self.names = names_below(
            ticks, is_full=names is full, is_year_full=self.width_of(ticks[0].head) <= slot - 0.6 * self.size
        )
        return [[name, heads[place]] if place in heads else [name] for place, name in enumerate(names)]

    def _fit(self, names: Sequence[str], slot: float) -> bool:
        """Return whether names of neighbours stand clear of each other."""
        halves = [self.width_of(name) / 2 for name in names]
        return all(one + other + 0.4 * self.size <= slot for one, other in pairwise(halves))

    def _telling(self, series: Series, slot: float) -> set[int]:
        """Return the ids of the figures that are labelled: all where there is room, else the newest, the greatest and
        the least."""
        figures = [figure for figure in series.figures if figure and figure.value is not None]
        is_line = series.is_second or self.chart.kind is ChartKind.LINE
        widest = max((self.width_of(self._label(figure, series)) for figure in figures), default=0.0)
        most = _MANY_OVER_COLUMNS if series.is_second else _MANY
        if len(figures) <= most or (widest <= slot and not is_line):
            return set(map(id, figures))
        values = [figure.value for figure in figures if figure.value is not None]
        ends = {max(values), min(values)} if values else set()
        kept = {value: figure for figure in reversed(figures) if (value := figure.value) in ends}
        return {id(figure) for figure in (*kept.values(), figures[-1])} if figures else set()

    def _target_text(self) -> str:
        target = self.chart.target
        return self.chart.target_name + label_of(target, self.chart.unit) if target else ""

    def _target(self, plot: "Plot") -> None:
        """Draw the line of the target over columns, with its value at its right end."""
        target = self.chart.target
        if target is None or target.value is None:
            return
        y = plot.y(self.axis, target.value)
        end = plot.left + plot.width
        self.shapes.append(Stroke(((plot.left, y), (end, y)), 1.0, INK, (4, 2)))
        text, size = self._target_text(), self.size
        places = [(self.width, y + shift * size, Anchor.END) for shift in (0.35, -0.35, 1.1)]
        places += [(end, y - 0.35 * size, Anchor.END), (end, y + 1.1 * size, Anchor.END)]
        self._place(places, text, target)

    def _fill_of(self, number: int, place: int) -> str:
        """Return the colour of a bar: pale when another category is highlighted."""
        highlight = self.chart.highlight
        is_behind = highlight in self.chart.categories and self.chart.categories[place] != highlight
        return pale(self.colours[number]) if is_behind else self.colours[number]

    # The kinds

    def columns(self) -> None:
        """Draw columns, those of a category side by side."""
        plot = self._frame()
        self._columns(plot)
        self._target(plot)

    def _columns(self, plot: "Plot") -> None:
        own = [(number, series) for number, series in enumerate(self.chart.series) if not series.is_second]
        count = max(1, len(own))
        column = min(_WIDEST_COLUMN, plot.slot * 0.66 / count)
        zero = plot.y(self.axis, max(self.axis.low, Decimal(0)))
        self.plot = plot._replace(bar=column)
        labels = []
        path = set(self._path(plot)) if self.chart.kind is ChartKind.COLUMN_LINE else set()
        bars: list[tuple[float, float, float, float]] = []
        telling = {number: self._telling(series, plot.slot / count) for number, series in own}
        inner = column * 0.94
        for position, (number, series) in enumerate(own):
            for place, figure in enumerate(series.figures):
                middle = plot.middle(place) + column * (position - (count - 1) / 2)
                if figure is None or figure.value is None:
                    self._name(middle, zero - 0.4 * self.size, NO_FIGURE)
                    continue
                end = plot.y(self.axis, figure.value)
                bar = Fill(
                    middle - inner / 2, min(end, zero), inner, abs(zero - end), self._fill_of(number, place)
                )  # fmt: skip
                self.shapes.append(bar)
                bars.append((bar.x, bar.y, bar.x + bar.width, bar.y + bar.height))
                self.taken.append(bars[-1])
                if id(figure) in telling[number]:
                    labels.append((middle, end, figure))
        for middle, end, figure in labels:
            is_up = figure.value is not None and figure.value >= 0
            y = end - 0.35 * self.size if is_up else end + 1.1 * self.size
            text = label_of(figure, self.chart.unit)
            if self._place([(middle, y, Anchor.MIDDLE)], text, figure) or self.chart.kind is not ChartKind.COLUMN_LINE:
                continue
            # Where a line passes just there, the label stands within the head of its column, or on the line after all.
            clear = [box for box in self.taken if box not in bars and box not in path]
            if is_up and zero - end > 2.5 * self.size and self.width_of(text) <= inner:
                inside = (middle, end + 1.3 * self.size, Anchor.MIDDLE)
                if self._place([inside], text, figure, PAPER, [*clear, *path]):
                    continue
            above = [(middle, y - lines * self.size, Anchor.MIDDLE) for lines in (0.7, 1.4, 2.1)] if is_up else []
            self._place(above, text, figure)

    def columns_and_lines(self) -> None:
        """Draw columns, and over them the lines of the second axis."""
        plot = self._frame()
        self.taken += self._path(plot)
        self._columns(plot)
        self._target(plot)
        self._lines(plot)

    def stacks(self) -> None:
        """Draw the series of each category on top of each other; what is below zero hangs from it."""
        plot = self._frame()
        column = min(_WIDEST_COLUMN * 1.2, plot.slot * 0.6)
        self.plot = plot._replace(bar=column)
        for place in range(len(self.chart.categories)):
            if not any(series.figures[place] for series in self.chart.series):
                self._name(plot.middle(place), plot.y(self.axis, Decimal(0)) - 0.4 * self.size, NO_FIGURE)
        for place in range(len(self.chart.categories)):
            reached = {True: Decimal(0), False: Decimal(0)}
            middle = plot.middle(place)
            outside: list[tuple[float, Figure]] = []
            for number, series in enumerate(self.chart.series):
                figure = series.figures[place]
                if figure is None or figure.value is None:
                    continue
                is_up = figure.value >= 0
                start = plot.y(self.axis, reached[is_up])
                reached[is_up] += figure.value
                end = plot.y(self.axis, reached[is_up])
                y, height = min(start, end), abs(end - start)
                inner = max(0.0, height - 0.5)
                self.shapes.append(Fill(middle - column / 2, y, column, inner, self.colours[number]))
                text = label_of(figure, self.chart.unit)
                if height >= 1.2 * self.size and self.width_of(text) <= column - 2:
                    ink = PAPER if _luminance(_parts(self.colours[number])) < 0.3 else INK
                    centre = y + height / 2 + 0.35 * self.size
                    self._place([(middle, centre, Anchor.MIDDLE)], text, figure, ink)
                else:
                    outside.append((y + height / 2, figure))
            for y, figure in outside:
                x = middle + column / 2 + 0.3 * self.size
                shifts = [0.35, -0.4, 1.1, -1.2, 1.9, -2.0, 2.7]
                foot = plot.top + plot.height + 0.15 * self.size
                heights = [y + shift * self.size for shift in shifts]
                places = [(x, height, Anchor.START) for height in heights if height <= foot]
                self._place(places, label_of(figure, self.chart.unit), figure)
        self._target(plot)

    def bars(self) -> None:
        """Draw bars from left to right, one category below another."""
        size, chart = self.size, self.chart
        most = self.width * 0.34
        names = [self._wrap(name, most) for name in chart.categories]
        figures = [figure for series in chart.series for figure in series.figures if figure]
        below = any(figure.value is not None and figure.value < 0 for figure in figures)
        left = max((self.width_of(text) for lines in names for text in lines), default=0.0) + size
        after = max((self.width_of(label_of(figure, chart.unit)) for figure in figures), default=0.0) + size
        width = self.width - left - after - (after if below else 0.0)
        left += after if below else 0.0
        count = max(1, len(chart.series))
        bar = 13.0 if count == 1 else 10.0
        y = self.top + (size if chart.target else 0.0)
        # Without ticks the longest bar may take all the room.
        values = [Decimal(0), *_extremes(chart)]
        low, high = min(values), max(values)
        self.axis = Axis(low, high if high > low else low + 1, high - low or Decimal(1))
        scale = width / float(high - low or 1)
        zero = left + scale * float(-low)
        start = y
        for place, lines in enumerate(names):
            slot = max(count * bar + 8, len(lines) * self.line + 4)
            first = y + slot / 2 - (len(lines) - 1) * self.line / 2 + 0.35 * size
            for row, text in enumerate(lines):
                x = left - 0.7 * size - (after if below else 0.0)
                self.shapes.append(Label(x, first + row * self.line, text, Anchor.END))
            for number, series in enumerate(chart.series):
                upper = y + (slot - count * bar) / 2 + number * bar
                figure = series.figures[place]
                if figure is None or figure.value is None:
                    self.shapes.append(Label(zero + 0.4 * size, upper + bar / 2 + 0.35 * size, NO_FIGURE, Anchor.START))
                    continue
                end = zero + scale * float(figure.value)
                fill = Fill(min(zero, end), upper + 0.5, abs(end - zero), bar - 1, self._fill_of(number, place))
                self.shapes.append(fill)
                is_up = figure.value >= 0
                x = end + 0.4 * size if is_up else end - 0.4 * size
                anchor = Anchor.START if is_up else Anchor.END
                text = label_of(figure, chart.unit)
                self._place([(x, upper + bar / 2 + 0.35 * size, anchor)], text, figure)
            y += slot
        self.shapes.append(Stroke(((zero, start), (zero, y)), 0.75, AXIS_COLOUR))
        self.plot = Plot(left, start, width, y - start, (y - start) / max(1, len(chart.categories)), bar)
        if chart.target and chart.target.value is not None:
            x = zero + scale * float(chart.target.value)
            self.shapes.append(Stroke(((x, start), (x, y)), 1.0, INK, (4, 2)))
            half = self.width_of(self._target_text()) / 2
            x = min(max(x, half), self.width - half)
            self._place([(x, start - 0.3 * size, Anchor.MIDDLE)], self._target_text(), chart.target)
        self.height = y + 2

    def lines(self) -> None:
        """Draw lines with a marker at each value; a missing value leaves a gap."""
        plot = self._frame()
        self._lines(plot)
        self._target(plot)

    def _lines(self, plot: "Plot") -> None:
        """Draw the lines of a LINE chart, or those of the second axis."""
        points: list[tuple[float, float, Figure, Series]] = []
        is_line = self.chart.kind is ChartKind.LINE
        for number, series in enumerate(self.chart.series):
            if not (is_line or series.is_second):
                continue
            axis = self.second if series.is_second else self.axis
            dash, colour = _DASHES[number % len(_DASHES)], self.colours[number]
            stretch: list[tuple[float, float]] = []
            for place, figure in enumerate((*series.figures, None)):
                if figure is None or figure.value is None:
                    if len(stretch) > 1:
                        self.shapes.append(Stroke(tuple(stretch), 1.5, colour, dash))
                    self.shapes += [_marker(number, x, y, colour) for x, y in stretch]
                    stretch = []
                    continue
                x, y = plot.middle(place), plot.y(axis, figure.value)
                stretch.append((x, y))
                points.append((x, y, figure, series))
        columns = {(fill.x, fill.y, fill.x + fill.width, fill.y + fill.height) for fill in self._fills()}
        self.taken += [(x - 2.5, y - 2.5, x + 2.5, y + 2.5) for x, y, _, _ in points]
        path = self._path(plot)
        if not is_line:
            self.taken = [box for box in self.taken if box not in set(path)]
        last = max((x for x, _, _, _ in points), default=0.0)
        telling = set().union(*(self._telling(series, plot.slot) for series in self.chart.series))
        for x, y, figure, series in sorted(
            points, key=lambda point: point[0] != last
        ):  # the newest has its label first
            if id(figure) not in telling:
                continue
            others = [other for around, other, _, _ in points if around == x and other != y]
            is_lower = bool(others) and y > max(others)
            above, below = y - 0.6 * self.size, y + 1.4 * self.size
            order = (below, above) if is_lower else (above, below)
            places = [(x, place, Anchor.MIDDLE) for place in order]
            beside = [(x - 4, place, Anchor.END) for place in order] + [(x + 4, place, Anchor.START) for place in order]
            foot = plot.top + plot.height + 0.15 * self.size  # below it are the names of the categories
            places, beside = ([it for it in found if it[1] <= foot] for found in (places, beside))
            text = self._label(figure, series)
            if self._place([*places, *beside], text, figure, blocked=[*self.taken, *path]):
                continue
            # Over a line or a column a label stands on a patch of paper.
            labels = [box for box in self.taken if box not in columns]
            position = len(self.shapes)
            if self._place(places, text, figure, blocked=labels):
                left, upper, right, foot = self.taken[-1]
                self.shapes.insert(position, Fill(left, upper, right - left, foot - upper, PAPER))

    def _path(self, plot: "Plot") -> list[tuple[float, float, float, float]]:
        """Return small boxes along the lines of a chart, which labels keep off where they can."""
        boxes = []
        for series in self.chart.series:
            if not (self.chart.kind is ChartKind.LINE or series.is_second):
                continue
            axis = self.second if series.is_second else self.axis
            points = [
                (plot.middle(place), plot.y(axis, figure.value)) if figure and figure.value is not None else None
                for place, figure in enumerate(series.figures)
            ]
            for start, end in pairwise(points):
                if start and end:
                    count = max(1, round(math.dist(start, end) / 3))
                    steps = [number / count for number in range(count + 1)]
                    places = [(start[0] + (end[0] - start[0]) * n, start[1] + (end[1] - start[1]) * n) for n in steps]
                    boxes += [(x - 1, y - 1, x + 1, y + 1) for x, y in places]
        return boxes

    def _fills(self) -> Iterator[Fill]:
        yield from (shape for shape in self.shapes if isinstance(shape, Fill))

    def ring(self) -> None:
        """Draw the shares of the first series as sectors from the top clockwise, and beside the ring a list of them."""
        size, chart = self.size, self.chart
        figures = chart.series[0].figures if chart.series else ()
        shown = [
            (number, name, figure)
            for number, (name, figure) in enumerate(zip(chart.categories, figures, strict=False))
            if figure and figure.value is not None and figure.value > 0
        ]
        total = float(sum((figure.value for _, _, figure in shown if figure.value is not None), Decimal(0))) or 1.0
        radius = min(52.0, self.width * 0.2)
        room = self.width - 2 * radius - 6.5 * size
        values = max((self.width_of(label_of(figure, chart.unit)) for _, _, figure in shown), default=0.0)
        widest = max(map(self.width_of, chart.categories), default=0.0)
        is_narrow = widest > room - values > self.width * 0.15 and self.width < 24 * size
        if is_narrow:
            room = self.width - 4.5 * size
        names = [self._wrap(name, max(4 * size, room - values)) for name in chart.categories]
        listing = sum(len(lines) * self.line + 0.4 * size for lines in names)
        height = 2 * radius if is_narrow else max(2 * radius, listing)
        listed = max((self.width_of(line) for lines in names for line in lines), default=0.0)
        left = max(0.0, (self.width - 2 * radius - 6 * size - listed - values) / 2)
        left = self.width / 2 - radius if is_narrow else left
        centre = (left + radius, self.top + height / 2)
        angle = -math.pi / 2
        for number, _, figure in shown:
            assert figure.value is not None
            sweep = 2 * math.pi * float(figure.value) / total
            self.shapes.append(_sector(centre, radius, radius * 0.58, angle, angle + sweep, self.colours[number]))
            angle += sweep
        angle = -math.pi / 2
        for _, _, figure in shown if len(shown) > 1 else ():
            edge = (math.cos(angle), math.sin(angle))
            ends = tuple((centre[0] + r * edge[0], centre[1] + r * edge[1]) for r in (radius * 0.57, radius * 1.01))
            self.shapes.append(Stroke(ends, 1.0, PAPER))
            angle += 2 * math.pi * float(figure.value or 0) / total
        x = left + 2 * radius + 2 * size
        y = centre[1] - listing / 2 + size
        if is_narrow:  # the list stands below the ring
            x = max(0.0, (self.width - 4 * size - listed - values) / 2)
            y = self.top + height + 2 * size
            height += listing + size
        for number, lines in enumerate(names):
            self.shapes.append(Fill(x, y - 0.8 * size, 0.9 * size, 0.9 * size, self.colours[number]))
            for position, line in enumerate(lines):
                self.shapes.append(Label(x + 1.5 * size, y + position * self.line, line, Anchor.START))
            value = figures[number]
            at = x + 2.5 * size + listed + values
            if value and value.value is not None:
                self._place([(at, y, Anchor.END)], label_of(value, chart.unit), value)
            else:
                self.shapes.append(Label(at, y, NO_FIGURE, Anchor.END))
            y += len(lines) * self.line + 0.4 * size
        self.plot = Plot(left, centre[1] - radius, 2 * radius, 2 * radius, 2 * radius)
        self.height = self.top + height + 4


class Plot(NamedTuple):
    """Where the columns and lines of a chart stand; `slot` is the room of a category, `bar` what a column or bar takes
    of it."""

    left: float
    top: float
    width: float
    height: float
    slot: float
    bar: float = 0.0

    def y(self, axis: Axis, value: Decimal) -> float:
        """Return the height at which a value stands."""
        return self.top + self.height * (1 - axis.share(value))

    def middle(self, place: int) -> float:
        """Return the middle of a category, counted from 0."""
        return self.left + self.slot * (place + 0.5)


def _sector(
    centre: tuple[float, float], outer: float, inner: float, start: float, end: float, colour: str
) -> Stroke:  # fmt: skip
    """Return a sector of a ring between two angles, its arcs drawn in steps too fine to see."""
    count = max(2, math.ceil((end - start) / 0.05))
    angles = [start + (end - start) * number / count for number in range(count + 1)]
    points = [(centre[0] + outer * math.cos(angle), centre[1] + outer * math.sin(angle)) for angle in angles]
    points += [(centre[0] + inner * math.cos(angle), centre[1] + inner * math.sin(angle)) for angle in angles[::-1]]
    return Stroke(tuple(points), 0.0, colour, (), is_filled=True)


def _marker(number: int, x: float, y: float, colour: str) -> Stroke:
    """Return a series' marker: square, diamond, triangle, or triangle on its point."""
    r = 2.4
    shapes = (
        ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
        ((x, y - r * 1.4), (x + r * 1.4, y), (x, y + r * 1.4), (x - r * 1.4, y)),
        ((x, y - r * 1.3), (x + r * 1.3, y + r), (x - r * 1.3, y + r)),
        ((x, y + r * 1.3), (x + r * 1.3, y - r), (x - r * 1.3, y - r)),
    )
    return Stroke(shapes[number % len(shapes)], 0.0, colour, (), is_filled=True)
