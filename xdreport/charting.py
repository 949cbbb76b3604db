"""A chart of the data folder → a chart of a document: its figures looked up, its names and description in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from xdreport import notes, timeline
from xdreport.catalog import Catalog, ChartSpec, Indicator, Measure
from xdreport.document import Chart, ChartKind, Figure, Runs, Series, Text, Tick, characters
from xdreport.figures import Figures
from xdreport.period import Form, Period

_KINDS = {
    ChartKind.COLUMN: "柱形图", ChartKind.BAR: "条形图", ChartKind.LINE: "折线图", ChartKind.COLUMN_LINE: "柱形折线图",
    ChartKind.STACKED: "堆积柱形图", ChartKind.RING: "环形图",
}  # fmt: skip
MEASURES = {
    Measure.LEVEL: "数值", Measure.YOY: "同比增速", Measure.MOM: "环比增速", Measure.GROWTH: "增速",
    Measure.AVG_GROWTH: "年均增速", Measure.SHARE: "占比", Measure.TARGET: "目标", Measure.COMPLETION: "完成率",
    Measure.RANK_COUNTRY: "全国位次", Measure.RANK_PROVINCE: "全省位次", Measure.RANK_CITY: "全市位次",
    Measure.RANK_DISTRICT: "全区位次",
}  # fmt: skip


def chart(spec: ChartSpec, catalog: Catalog, figures: Callable[[Period], Figures], now: Period) -> Chart | None:
    """Return the chart for a report on `now`, still without number, its source what is to be noted of its points; None
    when less than two of its figures exist.

    Periods stand along the axis where there are several, else indicators; a chart of one period names it. Along an
    axis of periods a value that is not reported may follow from others.
    """
    indicators = [catalog.indicators[id] for id in spec.indicators]
    periods = timeline.resolve(spec.periods, now)
    by_period = len(periods) > 1

    def series(measure: Measure, *, is_second: bool = False) -> tuple[Series, ...]:
        def point(indicator: Indicator, period: Period) -> Figure | None:
            return figures(period).point(indicator.id, measure, period, derived=by_period)

        if not by_period:
            name = MEASURES[measure] if is_second or spec.second else spec.title
            return (Series(name, tuple(point(it, periods[0]) for it in indicators), is_second),)
        names = [_name(it, measure, is_alone=len(indicators) == 1, is_second=is_second) for it in indicators]
        rows = [tuple(point(it, period) for period in periods) for it in indicators]
        return tuple(Series(name, row, is_second) for name, row in zip(names, rows, strict=True))

    own = series(spec.measure)
    if sum(1 for one in own for figure in one.figures if figure) < 2:
        return None
    second = series(spec.second, is_second=True) if spec.second else ()
    names = {it.id: it.name for it in indicators} | {period.id: period.name for period in periods}
    kind = ChartKind(spec.kind)
    when: Runs = () if by_period else (Text("（"), figures(periods[0]).period(), Text("）"))
    last = periods[-1]
    target = figures(last).point(indicators[0].id, Measure.TARGET, last) if spec.target else None
    drawn = Chart(
        id=f"chart-{spec.id}",
        number="",
        caption=(Text(spec.title), *when),
        kind=kind,
        categories=tuple(period.name for period in periods) if by_period else tuple(it.name for it in indicators),
        series=(*own, *second),
        unit=indicators[0].unit_of(spec.measure).text,
        second_unit=indicators[0].unit_of(spec.second).text if spec.second else "",
        target=target,
        highlight=names.get(spec.highlight, ""),
        ticks=ticks(periods) if by_period else (),
    )
    return replace(_described(drawn, spec.title), source=_note(drawn, spec, periods, figures) if by_period else ())


def _note(drawn: Chart, spec: ChartSpec, periods: Sequence[Period], figures: Callable[[Period], Figures]) -> Runs:
    """Return the note on the points that no source reports; () where all are reported."""
    many = len(spec.indicators) > 1
    rows = [(one.name if many else "", tuple(zip(periods, one.figures, strict=True))) for one in drawn.series]
    note = notes.derived(rows, lambda period: figures(periods[-1]).period(period.id))
    return (Text("注："), *note, Text("。")) if note else ()


def ticks(periods: Sequence[Period]) -> tuple[Tick, ...]:
    """Return what stands below the axis for periods of which a year has several; () for others, such as years."""
    if any(it.form is Form.SPAN for it in periods) or len({it.year for it in periods}) == len(periods):
        return ()
    return tuple(Tick(it.short_name, f"{it.year}年") for it in periods)


def _name(indicator: Indicator, measure: Measure, *, is_alone: bool, is_second: bool) -> str:
    """Return what a series is called: its indicator, with the measure where it is on the second axis."""
    if not is_second:
        return indicator.name
    return MEASURES[measure] if is_alone else indicator.name + MEASURES[measure]


def _described(drawn: Chart, title: str) -> Chart:
    """Return the chart with words for what it shows, from the characters of its figures."""
    many = len(drawn.series) > 1
    points = "；".join(
        f"{one.name + ' ' if many else ''}{category} {characters((figure,))}"
        f"{drawn.second_unit if one.is_second else drawn.unit}"
        for one in drawn.series
        for category, figure in zip(drawn.categories, one.figures, strict=True)
        if figure
    )
    target = f"{drawn.target_name}{characters((drawn.target,))}{drawn.unit}。" if drawn.target else ""
    return replace(drawn, description=f"{_KINDS[drawn.kind]}：{title}。{points}。{target}")
