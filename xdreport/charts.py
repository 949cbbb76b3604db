"""The one planner of charts: axis, bars, lines, labels and colours of a chart of figures.

`plan` gives shapes in points, from the upper left corner downwards, for a writer that draws; `axis_of` and `colours`
are what a writer of native charts needs, so that a chart is the same in every output. Value labels are the figures'
own characters. Nothing here knows a file format.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import NamedTuple, assert_never

from xdreport.document import Chart, ChartKind, Figure

GRID_COLOUR = "D9D9D9"
AXIS_COLOUR = "7F7F7F"
LABEL_COLOUR = "404040"
INK = "000000"
NO_FIGURE = "—"

# Series are told apart by their lightness, so that a copy in grey still shows which is which: darkest first.
_DARKEST, _LIGHTEST = 0.05, 0.48
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
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
    """A chart ready to be drawn: `width` by `height` points."""

    width: float
    height: float
    axis: Axis
    colours: tuple[str, ...]
    shapes: tuple[Shape, ...]


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
        case _:
            assert_never(chart.kind)
    return Plan(width, drawing.height, drawing.axis, drawing.colours, tuple(drawing.shapes))


def axis_of(chart: Chart) -> Axis:
    """Return the axis of values: from 0 for columns and bars, and for lines that do not stay far above it."""
    values = [figure.value for figure in _figures(chart) if figure.value is not None]
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    is_cut = chart.kind is ChartKind.LINE and (low > high * Decimal("0.6") > 0)
    if not is_cut:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    step = _nice((high - low) / 5)
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    if is_cut and bottom == low:
        bottom -= step
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    return Axis(bottom, top, step)


def _nice(raw: Decimal) -> Decimal:
    """Return the least of 1, 2, 2.5 and 5 times a power of ten that is not below `raw`."""
    power = Decimal(1).scaleb(raw.adjusted())
    return next(step * power for step in _STEPS if step * power >= raw)


def _figures(chart: Chart) -> Iterator[Figure]:
    for series in chart.series:
        yield from (figure for figure in series.figures if figure)


def label_of(figure: Figure, unit: str) -> str:
    """Return a figure's characters without the unit that the chart names once for all of them."""
    return figure.text.removesuffix(unit.rpartition("：")[2]) or figure.text


def colours(palette: Sequence[str], count: int) -> tuple[str, ...]:
    """Return a colour for each of `count` series: the palette's hues at lightnesses that differ in grey."""
    if count == 1:
        return (palette[0],)
    step = (_LIGHTEST - _DARKEST) / max(1, count - 1)
    return tuple(_at_lightness(palette[number % len(palette)], _DARKEST + step * number) for number in range(count))


def _at_lightness(colour: str, wanted: float) -> str:
    """Return the colour mixed with black or white until its relative luminance (WCAG 2) is the one wanted."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    target = 1.0 if _luminance(parts) < wanted else 0.0
    low, high = 0.0, 1.0
    for _ in range(20):
        share = (low + high) / 2
        is_short = abs(_luminance(_mix(parts, target, share)) - target) > abs(wanted - target)
        low, high = (share, high) if is_short else (low, share)
    return "".join(f"{round(part * 255):02X}" for part in _mix(parts, target, high))


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

    def __post_init__(self) -> None:
        self.axis = axis_of(self.chart)
        self.colours = colours(self.palette, max(1, len(self.chart.series)))
        self.line = self.size * 1.3
        self.top = self._head()

    # What all kinds share

    def _head(self) -> float:
        """Draw the unit and, for several series, the legend; return where the plot may begin."""
        chart, size = self.chart, self.size
        x, y = 0.0, size
        if chart.unit:
            self.shapes.append(Label(0, y, chart.unit, Anchor.START))
            x = self.width_of(chart.unit) + 2 * size
        if len(chart.series) < 2:
            return y + size * (1.4 if chart.unit else 0.6)
        entries = [self.width_of(series.name) + 2.8 * size for series in chart.series]
        if x + sum(entries) <= self.width:
            x = max(x, self.width - sum(entries) + size)
        for number, (series, entry) in enumerate(zip(chart.series, entries, strict=True)):
            if x + entry - size > self.width and x > 0:
                x, y = 0.0, y + self.line
            self._key(number, x, y)
            self.shapes.append(Label(x + 1.5 * size, y, series.name, Anchor.START))
            x += entry
        return y + size * 1.4

    def _key(self, number: int, x: float, y: float) -> None:
        size, colour = self.size, self.colours[number]
        if self.chart.kind is ChartKind.LINE:
            middle = y - 0.35 * size
            dash = _DASHES[number % len(_DASHES)]
            self.shapes.append(Stroke(((x - 0.2 * size, middle), (x + 1.2 * size, middle)), 1.5, colour, dash))
            self.shapes.append(_marker(number, x + 0.5 * size, middle, colour))
        else:
            self.shapes.append(Fill(x + 0.2 * size, y - 0.8 * size, 0.9 * size, 0.9 * size, colour))

    def _wrap(self, text: str, room: float) -> list[str]:
        """Return the lines of a category's name, as even as they can be; Latin words stay whole."""
        words = text.split(" ") if text.isascii() else list(text)
        joint = " " if text.isascii() else ""
        count = max(1, -(-int(self.width_of(text) + 1) // max(1, int(room))))
        aim = max(self.width_of(text) / count * 1.05, max(map(self.width_of, words), default=0.0))
        lines = [""]
        for word in words:
            longer = f"{lines[-1]}{joint if lines[-1] else ''}{word}"
            if lines[-1] and self.width_of(longer) > min(max(aim, self.size), room) + 0.5:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _place(self, candidates: Iterable[tuple[float, float, Anchor]], text: str, figure: Figure) -> bool:
        """Put a value's label at the first place where it touches nothing; return whether there was one."""
        width, size = self.width_of(text), self.size
        for x, y, anchor in candidates:
            left = x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[anchor]
            box = (left - 1, y - 0.85 * size, left + width + 1, y + 0.15 * size)
            is_free = all(
                box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
                for other in self.taken
            )
            if is_free and box[0] >= -1.5 and box[2] <= self.width + 1.5 and box[1] >= self.top - 1.4 * size:
                self.taken.append(box)
                self.shapes.append(Label(x, y, text, anchor, INK, figure))
                return True
        return False

    def _name(self, x: float, y: float, text: str) -> None:
        """Put characters that no value's label may touch."""
        half = self.width_of(text) / 2
        self.taken.append((x - half, y - 0.9 * self.size, x + half, y + 0.2 * self.size))
        self.shapes.append(Label(x, y, text))

    def _frame(self) -> tuple[float, float, float, float]:
        """Draw grid, ticks and category names of an upright chart; return the plot's left, top, width and height."""
        size = self.size
        labels = self.axis.labels
        left = max(map(self.width_of, labels)) + 0.6 * size
        width = self.width - left
        slot = width / max(1, len(self.chart.categories))
        names = [self._wrap(name, slot - 0.6 * size) for name in self.chart.categories]
        every = 1
        if self.chart.kind is ChartKind.LINE and max(map(len, names), default=1) > 2:
            every = -(-int(max(map(self.width_of, self.chart.categories)) + size) // int(slot))
            names = [[name] for name in self.chart.categories]
        top = self.top + size
        height = max(110.0, min(150.0, self.width * 0.36))
        for label, tick in zip(labels, self.axis.ticks, strict=True):
            y = top + height * (1 - self.axis.share(tick))
            is_base = tick == max(self.axis.low, Decimal(0))
            line = Stroke(((left, y), (self.width, y)), *((0.75, AXIS_COLOUR) if is_base else (0.4, GRID_COLOUR)))
            self.shapes += [line, Label(left - 0.5 * size, y + 0.35 * size, label, Anchor.END)]
        for number, lines in enumerate(names):
            if (len(names) - 1 - number) % every == 0:
                for row, text in enumerate(lines):
                    y = top + height + size * 1.3 + row * self.line
                    self._name(left + slot * (number + 0.5), y, text)
        rows = max(map(len, names), default=1) if every == 1 else 1
        self.height = top + height + size * 0.6 + rows * self.line
        return left, top, width, height

    # The kinds

    def columns(self) -> None:
        """Draw columns, those of a category side by side."""
        left, top, width, height = self._frame()
        count = max(1, len(self.chart.series))
        slot = width / max(1, len(self.chart.categories))
        column = min(40.0, slot * 0.66 / count)
        zero = top + height * (1 - self.axis.share(max(self.axis.low, Decimal(0))))
        labels = []
        for number, series in enumerate(self.chart.series):
            for place, figure in enumerate(series.figures):
                middle = left + slot * (place + 0.5) + column * (number - (count - 1) / 2)
                if figure is None or figure.value is None:
                    self._name(middle, zero - 0.4 * self.size, NO_FIGURE)
                    continue
                end = top + height * (1 - self.axis.share(figure.value))
                inner = column * 0.94
                bar = Fill(middle - inner / 2, min(end, zero), inner, abs(zero - end), self.colours[number])
                self.shapes.append(bar)
                self.taken.append((bar.x, bar.y, bar.x + bar.width, bar.y + bar.height))
                labels.append((middle, end, figure))
        for middle, end, figure in labels:
            is_up = figure.value is not None and figure.value >= 0
            y = end - 0.35 * self.size if is_up else end + 1.1 * self.size
            self._place([(middle, y, Anchor.MIDDLE)], label_of(figure, self.chart.unit), figure)

    def bars(self) -> None:
        """Draw bars from left to right, one category below another."""
        size, chart = self.size, self.chart
        most = self.width * 0.34
        names = [self._wrap(name, most) for name in chart.categories]
        below = any(figure.value is not None and figure.value < 0 for figure in _figures(chart))
        left = max((self.width_of(text) for lines in names for text in lines), default=0.0) + size
        texts = [label_of(figure, chart.unit) for figure in _figures(chart)]
        after = max(map(self.width_of, texts), default=0.0) + size
        width = self.width - left - after - (after if below else 0.0)
        left += after if below else 0.0
        count = max(1, len(chart.series))
        bar = 15.0 if count == 1 else 10.0
        y = self.top
        # Without ticks the longest bar may take all the room.
        values = [Decimal(0), *(figure.value for figure in _figures(chart) if figure.value is not None)]
        low, high = min(values), max(values)
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
                fill = Fill(min(zero, end), upper + 0.5, abs(end - zero), bar - 1, self.colours[number])
                self.shapes.append(fill)
                is_up = figure.value >= 0
                x = end + 0.4 * size if is_up else end - 0.4 * size
                anchor = Anchor.START if is_up else Anchor.END
                text = label_of(figure, chart.unit)
                self._place([(x, upper + bar / 2 + 0.35 * size, anchor)], text, figure)
            y += slot
        self.shapes.append(Stroke(((zero, start), (zero, y)), 0.75, AXIS_COLOUR))
        self.height = y + 2

    def lines(self) -> None:
        """Draw lines with a marker at each value; a missing value leaves a gap."""
        left, top, width, height = self._frame()
        slot = width / max(1, len(self.chart.categories))
        points: list[tuple[float, float, Figure]] = []
        for number, series in enumerate(self.chart.series):
            dash, colour = _DASHES[number % len(_DASHES)], self.colours[number]
            stretch: list[tuple[float, float]] = []
            for place, figure in enumerate((*series.figures, None)):
                if figure is None or figure.value is None:
                    if len(stretch) > 1:
                        self.shapes.append(Stroke(tuple(stretch), 1.5, colour, dash))
                    self.shapes += [_marker(number, x, y, colour) for x, y in stretch]
                    stretch = []
                    continue
                x = left + slot * (place + 0.5)
                y = top + height * (1 - self.axis.share(figure.value))
                stretch.append((x, y))
                points.append((x, y, figure))
                self.taken.append((x - 2.5, y - 2.5, x + 2.5, y + 2.5))
        for x, y, figure in points:
            above, below = y - 0.6 * self.size, y + 1.4 * self.size
            others = [other for around, other, _ in points if around == x and other != y]
            is_lower = bool(others) and y > max(others)
            order = (below, above) if is_lower else (above, below)
            self._place([(x, place, Anchor.MIDDLE) for place in order], label_of(figure, self.chart.unit), figure)


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
