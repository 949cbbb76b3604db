"""A table of the data folder → the columns and rows of a document's: rankings of areas, heat tables, trends.

Figures are looked up here and keep their calls; the number, the legends and the sources of a table are `compose`'s.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xdreport import hierarchy, notation, notes, ranking, timeline
from xdreport.catalog import Area, Catalog, Good, Indicator, Level, Measure, Observation, Status, TableSpec
from xdreport.document import Align, Column, Derivation, Figure, Row, Runs, Text
from xdreport.figures import Figures
from xdreport.lookup import PhraseError
from xdreport.period import Form, Period
from xdreport.ranking import Order, Standing
from xdreport.sums import adds_up

_MISSING: Runs = (Text(notation.MISSING),)
_AREAS = {Level.PROVINCE: "省份", Level.CITY: "市州", Level.DISTRICT: "县区", Level.TOWN: "乡镇"}
_ENDINGS = ("街道", "镇", "乡", "县", "区", "市", "旗", "州", "盟", "省")
_STEPS = 4  # of a colour between none and the deepest
_USUAL = Decimal("0.9")  # of the figures of a heat table, the share that its scale reaches over
_NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass
class Tabulated:
    """The columns and rows of a table, what its areas are called (镇街), the unit of all its figures, and what stands
    below it. One of a single period is captioned with it."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[Runs] = field(default_factory=list)
    unit: str = ""
    has_period: bool = False
    areas: str = ""

    @property
    def sources(self) -> Iterator[str]:
        """The sources of its figures, in order."""
        for row in self.rows:
            for cell in row.cells:
                for run in cell:
                    if isinstance(run, Figure):
                        yield from (one.source for one in run.observations)


def table(spec: TableSpec, catalog: Catalog, figures: Callable[[Period], Figures], now: Period) -> Tabulated | None:
    """Return the table in a report on the period `now`; None where it would have fewer than two figures."""
    match spec.kind:
        case "ranking":
            made = _Ranking(spec, catalog, figures(now)).made()
        case _:
            made = _Grid(spec, catalog, figures, now).made()
    count = sum(
        isinstance(run, Figure) and bool(run.observations) for row in made.rows for cell in row.cells for run in cell
    )
    if count < 2:
        return None
    if spec.note:
        made.notes.append((Text(spec.note, is_verbatim=True),))
    return made


# -- rankings of areas ------------------------------------------------------------------------------------------------


class _Ranking:
    """A ranking while it is made: areas in the order of a figure, the whole above or below them."""

    def __init__(self, spec: TableSpec, catalog: Catalog, figures: Figures) -> None:
        self.spec, self.catalog, self.figures = spec, catalog, figures
        self.indicator = catalog.indicators[spec.indicators[0]]
        areas = catalog.workspace.areas
        self.whole, members = hierarchy.compared(areas, figures.area, spec.within, spec.level)
        self.order = Order(spec.order)
        self.found = figures.standings(self.indicator, spec.measure, members, self.order)
        self.level = spec.level or (members[0].level if members else Level.TOWN)

    def made(self) -> Tabulated:
        """Return the table; without rows where no area has a figure."""
        made = Tabulated(has_period=True, areas=_called((it.area for it in self.found), self.level))
        if not any(it.found for it in self.found):
            return made
        columns = self.spec.columns
        rows = [self.row(number, it) for number, it in enumerate(self.found, 1)]
        total = self.total()
        if total and self.spec.total != "none":
            rows = [total, *rows] if self.spec.total == "top" else [*rows, total]
        shown = [at for at, name in enumerate(columns) if name in {"place", "area"} or _is_filled(rows, at)]
        made.columns = [self.column(columns[at]) for at in shown]
        made.rows = [replace(row, cells=tuple(row.cells[at] for at in shown)) for row in rows]
        made.notes = [*self.notes([columns[at] for at in shown])]
        if "growth" in columns and (note := notes.computed_growth(_figures_at(rows, columns.index("growth")))):
            made.notes.append(note)
        return made

    def row(self, number: int, standing: Standing) -> Row:
        """Return the row of an area; the report's own stands out."""
        is_own = standing.area == self.figures.area
        cells = tuple(self.cell(name, number, standing) for name in self.spec.columns)
        return Row(cells, is_strong=is_own, is_marked=is_own)

    def cell(self, name: str, number: int, standing: Standing) -> Runs:
        """Return one cell of an area's row."""
        options = {
            "measure": "" if self.spec.measure is Measure.LEVEL else self.spec.measure.value,
            "within": self.spec.within,
            "level": self.spec.level.value if self.spec.level else "",
            "order": "" if self.order is Order.BEST else self.order.value,
        }
        given = {key: value for key, value in options.items() if value}
        try:
            return (self.figures.ranking(self.indicator.id, number, name, **given),)
        except PhraseError:
            return (Text(standing.area.name),) if name == "area" else _MISSING

    def total(self) -> Row | None:
        """Return the row of the whole that the areas lie in, None where it has no figures."""
        values = {
            "value": self.figures.point(self.indicator.id, Measure.LEVEL, self.figures.own_period, self.whole.id),
            "growth": self.figures.point(
                self.indicator.id, Measure.YOY, self.figures.own_period, self.whole.id, derived=True
            ),
        }
        if not any(values.values()):
            return None
        name = hierarchy.everywhere(self.whole, self.figures.language)
        cells = [
            (Text(name),) if column == "area" else (figure,) if (figure := values.get(column)) else _MISSING
            for column in self.spec.columns
        ]
        is_own = self.whole == self.figures.area
        return Row(tuple(cells), is_strong=True, is_marked=is_own)

    def column(self, name: str) -> Column:
        """Return the head of a column."""
        unit = f"（{self.indicator.unit.text}）" if self.indicator.unit.text else ""
        amount = "总量" if adds_up(self.indicator) else "数值"
        its_areas = [it.area for it in self.found]
        match name:
            case "place":
                return Column((Text("位次"),), Align.CENTER, 1.0)
            case "area":
                return Column((Text(_called(its_areas, self.level)),), Align.LEFT, 2.4)
            case "value":
                return Column((Text(amount + unit),), Align.DECIMAL, 2.0)
            case "growth":
                return Column((Text("同比增长（%）"),), Align.DECIMAL, 2.0)
            case "share":
                return Column((Text(f"占{hierarchy.everywhere(self.whole)}比重（%）"),), Align.DECIMAL, 2.2)
            case _:
                return Column((Text(f"{amount if name == 'value_place' else '增速'}位次"),), Align.CENTER, 1.4)

    def notes(self, columns: list[str]) -> Iterator[Runs]:
        """Generate what the table cannot show: what it is ordered by, ties, areas without a place, areas that it
        lacks, figures that are not final."""
        by = "增速" if self.spec.measure is Measure.YOY else "总量" if adds_up(self.indicator) else "数值"
        way = "升序" if ranking.is_ascending(self.indicator, self.spec.measure, self.order) else "降序"
        yield (Text(f"按{by}{way}排列" + ("，位次相同为并列" if self.has_ties(columns) else "")),)
        without = [it.area.name for it in self.found if it.place is None]
        if without:
            yield (Text("、".join(without) + "没有可比数据，不排位次"),)
        lacking = (self.whole.members.get(self.level) or 0) - len(self.found)
        if lacking > 0:
            yield (Text(f"{_called([it.area for it in self.found], self.level)}未列全，位次只在表中所列之间"),)
        yield from _unsettled(self.catalog, [self.indicator], [self.whole, *(it.area for it in self.found)],
                              [self.figures.own_period], [Measure.LEVEL, Measure.YOY])  # fmt: skip

    def has_ties(self, columns: list[str]) -> bool:
        """Return whether two areas share a place that is printed."""
        measures = {"place": self.spec.measure, "value_place": Measure.LEVEL, "growth_place": Measure.YOY}
        areas = tuple(it.area for it in self.found)
        return any(
            standing.alike > 1
            for name in columns
            if name in measures
            for standing in self.figures.standings(self.indicator, measures[name], areas, self.order)
        )


def _called(areas: Iterable[Area], level: Level) -> str:
    """Return what areas of a level are called: by what all their names end in, else by the level."""
    endings = {ending for area in areas for ending in _ENDINGS if area.name.endswith(ending)}
    if len(endings) == 1:
        return endings.pop()
    if level is Level.DISTRICT and "市" in endings:
        return "县市区"
    return "镇街" if "街道" in endings else _AREAS.get(level, "地区")


# -- grids: heat tables and trends ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column of a grid: what it stands for, each None where the other side says it."""

    indicator: Indicator | None = None
    area: Area | None = None
    period: Period | None = None


class _Grid:
    """A table of indicators or areas by periods, or of areas by indicators, while it is made."""

    def __init__(self, spec: TableSpec, catalog: Catalog, figures: Callable[[Period], Figures], now: Period) -> None:
        self.spec, self.catalog, self.figures, self.now = spec, catalog, figures, now
        self.own = figures(now)
        self.indicators = [catalog.indicators[id] for id in spec.indicators]
        self.whole: Area | None = None
        down, across = self.lines()
        found = [[self.figure(row, column) for column in across] for row in down]
        # As in a ranking, an area of which nothing is known is there all the same: who looks for it sees that.
        rows = [at for at, cells in enumerate(found) if any(cells) or down[at].area not in {None, self.whole}]
        columns = [at for at in range(len(across)) if any(cells[at] for cells in found)]
        self.down, self.across = [down[at] for at in rows], [across[at] for at in columns]
        self.found = [[found[row][column] for column in columns] for row in rows]
        self.scale = _scale(spec, self.found) if spec.kind == "heat" else None
        self.has_units = spec.kind == "trend"

    def lines(self) -> tuple[list[_Line], list[_Line]]:
        """Return what the rows and the columns stand for."""
        spec = self.spec
        by_indicator = [_Line(indicator=it) for it in self.indicators]
        across = [_Line(period=period) for period in timeline.resolve(spec.periods, self.now)] or by_indicator
        if spec.rows != "areas":
            return by_indicator, across
        areas = self.catalog.workspace.areas
        self.whole, inside = hierarchy.compared(areas, self.own.area, spec.within, spec.level)
        return [_Line(area=it) for it in (self.whole, *inside)] if inside else [], across

    def figure(self, row: _Line, column: _Line) -> Figure | None:
        """Return the figure of a cell, None where there is none."""
        its = self.figures(column.period or self.now)
        indicator, area = row.indicator or column.indicator or self.indicators[0], row.area or its.area
        if self.spec.kind == "trend":
            return its.point(indicator.id, self.spec.measure, its.own_period, area.id, derived=True)
        options = {} if area == its.area else {"area": area.id}
        options |= {} if self.spec.measure is Measure.YOY else {"measure": self.spec.measure.value}
        try:
            return its.heat(indicator.id, **options)
        except PhraseError:
            return None

    def made(self) -> Tabulated:
        """Return the table; without rows where there is no figure."""
        made = Tabulated(has_period=not self.spec.periods)
        if not self.across:
            return made
        made.areas = self.called()
        made.columns = [*self.first_columns(), *map(self.column, self.across)]
        made.rows = [self.row(line, cells) for line, cells in zip(self.down, self.found, strict=True)]
        made.unit = f"单位：{_unit(self.indicators[0], self.spec.measure)}" if self.spec.kind == "heat" else ""
        made.notes = [*_legend(self.spec, self.indicators, self.scale)]
        periods = [line.period for line in self.across if line.period]
        if periods:
            named = list(zip(map(self.name, self.down), self.found, strict=True))
            made.notes += _followed(named, periods, self.own)
        elif note := notes.computed_growth(figure for cells in self.found for figure in cells):
            made.notes.append(note)
        areas = [line.area for line in self.down if line.area] or [self.own.area]
        made.notes += _unsettled(self.catalog, self.indicators, areas, periods or [self.now], [self.spec.measure])
        return made

    def row(self, line: _Line, cells: list[Figure | None]) -> Row:
        """Return a row; that of the report's own area stands out."""
        first: list[Runs] = [(Text(self.name(line)),)]
        if self.has_units and line.indicator:
            first.append((Text(_unit(line.indicator, self.spec.measure) or notation.MISSING),))
        shades = [
            _shade(figure, column.indicator or line.indicator or self.indicators[0], self.scale, self.spec)
            for figure, column in zip(cells, self.across, strict=True)
        ]
        is_own = line.area == self.own.area
        return Row(
            (*first, *((figure,) if figure else _MISSING for figure in cells)),
            is_strong=is_own,
            is_marked=is_own,
            shades=(0.0,) * len(first) + tuple(shades) if self.scale else (),
        )

    def name(self, line: _Line) -> str:
        """Return what a row is called: an indicator by its name, an area by its own, the whole as one (全区)."""
        if line.indicator:
            return line.indicator.name
        assert line.area
        return hierarchy.everywhere(line.area) if line.area == self.whole else line.area.name

    def called(self) -> str:
        """Return what the areas in the rows are called, "" where the rows are indicators."""
        areas = [line.area for line in self.down if line.area and line.area != self.whole]
        return _called(areas, areas[0].level) if areas else ""

    def first_columns(self) -> Iterator[Column]:
        """Generate the heads of the columns that name the rows."""
        yield Column((Text(self.called() or "指标"),), Align.LEFT, 2.6)
        if self.has_units:
            yield Column((Text("单位"),), Align.CENTER, 1.1)

    def column(self, line: _Line) -> Column:
        """Return the head of a column; where years have several columns, parts of a year stand below it."""
        if line.indicator:
            return Column((Text(line.indicator.name),), Align.DECIMAL, 1.6)
        assert line.period
        its = self.figures(line.period)
        years = [it.period.last_year() for it in self.across if it.period]
        if line.period.form is Form.SPAN or len(set(years)) == len(years):
            return Column((its.period(),), Align.DECIMAL, 1.4)
        year = self.figures(line.period.last_year()).period()
        title: Runs = (Text("全年"),) if line.period.form is Form.YEAR else (its.period(year=False),)
        return Column(title, Align.DECIMAL, 1.4, spanner=(year,))


def _followed(rows: list[tuple[str, list[Figure | None]]], periods: list[Period], own: Figures) -> Iterator[Runs]:
    """Generate the note on the values that no source reports."""
    points = [(name, tuple(zip(periods, cells, strict=True))) for name, cells in rows]
    if note := notes.derived(points, lambda period: own.period(period.id)):
        yield note


def _unit(indicator: Indicator, measure: Measure) -> str:
    return indicator.unit_of(measure).text


# -- colours ----------------------------------------------------------------------------------------------------------


def _scale(spec: TableSpec, found: list[list[Figure | None]]) -> Decimal | None:
    """Return the value at which the colours are deepest: the one given, else one that nine tenths of the figures stay
    within, so that one figure far out does not take the colour from all others."""
    if spec.scale:
        return spec.scale
    sizes = sorted(abs(it.value) for cells in found for it in cells if it and it.value)
    if not sizes:
        return None
    usual = sizes[min(len(sizes) - 1, int(len(sizes) * _USUAL))]
    power = Decimal(1).scaleb(usual.adjusted())
    return next(nice * power for nice in _NICE if nice * power >= usual)


def _shade(figure: Figure | None, indicator: Indicator, scale: Decimal | None, spec: TableSpec) -> float:
    """Return the shade of a cell, in a few steps so that figures of one colour are alike."""
    if figure is None or figure.value is None or not scale:
        return 0.0
    value = -figure.value if spec.turned and indicator.good is Good.DOWN else figure.value
    step = min(Decimal(_STEPS), (abs(value) / scale * _STEPS).to_integral_value(rounding="ROUND_CEILING"))
    return float(step / _STEPS) * (1 if value > 0 else -1)


def _legend(spec: TableSpec, indicators: list[Indicator], scale: Decimal | None) -> Iterator[Runs]:
    """Generate what the colours mean."""
    if scale is None:
        return
    what = "好与差" if spec.turned else "增与减"
    strong = "向差的数字" if spec.turned else "下降的数字"
    # Where the colours end is no figure of the data: it rests on no row and is asked of none.
    most = Figure(
        f"{notation.digits(scale.normalize() + 0)}%", Derivation.DERIVED, value=scale, rule="scale_of_colours"
    )
    yield (Text(f"底色分{what}两色，变化达到"), most, Text(f"最深，{strong}用黑体"))
    turned = [it.name for it in indicators if spec.turned and it.good is Good.DOWN]
    if turned:
        yield (Text("、".join(turned) + "以下降为好"),)


# -- what is not final ------------------------------------------------------------------------------------------------


def _unsettled(
    catalog: Catalog, indicators: Iterable[Indicator], areas: list[Area], periods: list[Period], measures: list[Measure]
) -> Iterator[Runs]:
    """Generate the notes of the rows shown that are not final."""
    for it in indicators:
        for area in areas:
            for period in periods:
                for measure in measures:
                    row: Observation | None = catalog.find(it.id, area.id, period, measure)
                    if row and row.note and row.status is not Status.FINAL:
                        yield (Text(f"{area.name}{it.name}："), Text(row.note))


def _figures_at(rows: Iterable[Row], at: int) -> Iterator[Figure]:
    for row in rows:
        yield from (run for run in row.cells[at] if isinstance(run, Figure))


def _is_filled(rows: Iterable[Row], at: int) -> bool:
    return any(row.cells[at] != _MISSING for row in rows)
