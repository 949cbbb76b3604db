"""How a figure is obtained: for a narrative, for a cell of a table or a point of a chart, and again from its call.

`Figures` answers for one area and one period; narratives call its functions through `phrases`, tables and charts ask
for cells and points. What cannot be obtained raises `PhraseError`, never a guess.
"""

from dataclasses import dataclass, field, replace

from xdreport import hierarchy, notation, quantity, ranking, series
from xdreport.calls import noted, read
from xdreport.catalog import Area, Indicator, Level, Measure, Observation
from xdreport.document import Derivation, Figure, Run, Runs, Text
from xdreport.lookup import PhraseError
from xdreport.period import Period
from xdreport.quantity import Refusal
from xdreport.ranking import Order, Standing
from xdreport.series import Derived
from xdreport.statements import Statements

_SHARE = {"zh": "占比", "en": "share "}


@dataclass(frozen=True)
class Figures(Statements):
    """The figures of one area; `own_period` is what is meant when none is named."""

    orders: dict[tuple[object, ...], tuple[Standing, ...]] = field(default_factory=dict, compare=False, repr=False)

    def standings(
        self, indicator: Indicator, measure: Measure, areas: tuple[Area, ...], order: Order = Order.BEST
    ) -> tuple[Standing, ...]:
        """Return areas in the order of a figure of the own period; it is asked for once for each cell of a table."""
        key = (indicator.id, measure, tuple(area.id for area in areas), order)
        if key not in self.orders:
            self.orders[key] = ranking.standings(self.catalog, indicator, self.own_period, measure, areas, order)
        return self.orders[key]

    def value_cell(self, rows: list[Observation]) -> Runs:
        """Return the level among an indicator's rows as a cell prints it, without its unit; () without a level."""
        return tuple(self.plain(row) for row in rows if row.measure is Measure.LEVEL)

    def comparison_cell(self, rows: list[Observation]) -> Runs:
        """Return the rates and ranks among an indicator's rows in words, parted by ；; () where there is none.

        A level whose source reports no rate is compared with the year before, where that may be computed.
        """
        runs: list[Run] = []
        level = next((row for row in rows if row.measure is Measure.LEVEL), None)
        if level and not any(row.measure.is_rate for row in rows):
            computed = self.computed(level)
            runs += [computed] if computed else []
        for row in rows:
            if row.measure is Measure.LEVEL:
                continue
            runs += [Text("；")] if runs else []
            match row.measure:
                case Measure.TARGET:
                    runs += [Text(self.book.target), self.printed(row)]
                case Measure.COMPLETION:
                    runs.append(self.target(row.indicator))
                case Measure.SHARE:
                    runs += [Text(_SHARE[self.language]), self.printed(row)]
                case _ if row.measure.is_rate:
                    runs.append(self.growth(row))
                case _:
                    runs.append(self.printed(row))
        return tuple(runs)

    def computed(self, level: Observation) -> Figure | None:
        """Return the change of a level against the year before, None where none may be computed."""
        try:
            figure = self.change(level.indicator, period=level.period.id, area=level.area)
        except PhraseError:
            return None
        return self.noted(figure, self._call("change", level))

    def point(self, id: str, measure: Measure, period: Period, area: str = "", derived: bool = False) -> Figure | None:
        """Return the value of a chart's point or of a table's cell, without its unit; None where there is no figure.

        Its call names no period: ask it of the figures of the point's own one. With `derived`, a level or a yoy that no
        source reports may follow from others, and its call says so, that it be found again when it is reported.
        """
        may_follow = derived and measure in {Measure.LEVEL, Measure.YOY}
        found = series.value(self.catalog, id, area or self.area.id, period, measure)
        if isinstance(found, Refusal) or (isinstance(found, Derived) and not may_follow):
            return None
        return self.plain(found, derived=may_follow)

    def above_cell(self, rows: list[Observation]) -> Runs:
        """Return how an indicator stands to the area above, parted by ；: its level (占全市比重为27.9%), then its
        growth (增速高于全市1.8个百分点); () where there is none above, or nothing may be compared."""
        if not rows or next(hierarchy.above(self.areas, self.area), None) is None:
            return ()
        runs: list[Run] = []
        for measure in (Measure.LEVEL, Measure.YOY):
            row = next((row for row in rows if row.measure is measure), None)
            figure = self.beside(row) if row else None
            runs += [*([Text("；")] if runs else []), figure] if figure else []
        return tuple(runs)

    def beside(self, row: Observation) -> Figure | None:
        """Return how a level or a growth of the own area stands to that of the area above, None where it cannot be
        said."""
        options: dict[str, object] = (
            {} if row.measure is Measure.LEVEL else {"measure": row.measure.value, "noun": True}
        )
        try:
            figure = self.compare(row.indicator, period=row.period.id, area=hierarchy.ABOVE, **options)  # type: ignore[arg-type]
        except PhraseError:
            return None
        return self.noted(figure, self._call("compare", row, **options, area=hierarchy.ABOVE))

    def rank_cell(self, rows: list[Observation]) -> Runs:
        """Return the place of an indicator's level among the areas of its level in the area above, as a number; ()
        where it is not known."""
        try:
            return (self.place(rows[0].indicator),) if rows else ()
        except PhraseError:
            return ()

    @noted
    def place(self, id: str, among: str = hierarchy.ABOVE, measure: str = "level") -> Figure:
        """Return a rank as a cell prints it: 3."""
        figure = self.rank(id, among, measure=measure)
        assert figure.value is not None
        row = figure.observations[0]
        word = row.qualifier if row.measure.is_rank else None
        return replace(figure, text=notation.cell(figure.value, 0, qualifier=word))

    @noted
    def ranking(
        self, id: str, row: int, what: str, measure: str = "level", within: str = "", level: str = "",
        order: str = "best",
    ) -> Figure:  # fmt: skip
        """Return a figure of a row of a ranking of areas, counted from 1: its `area`'s name, its level (`value`), its
        `growth`, its `place`, its `value_place` or `growth_place`, its `share` of the whole.

        The row is named and not the area, so that the same call gives the row's figure when the order has changed.
        """
        its = self.indicator(id)
        whole, areas = hierarchy.compared(self.areas, self.area, within, Level(level) if level else None)
        by = self.measure(measure)
        found = self.standings(its, by, areas, Order(order))
        if row > len(found):
            raise PhraseError("phrase.no-figure", f"there are fewer areas than {row}")
        here = found[row - 1]
        match what:
            case "area":
                rows = ranking.rows_of([here])
                name = (self.language == "en" and here.area.english) or here.area.name
                return Figure(name, Derivation.RANKED, rows, rule="area_in_order")
            case "value" | "growth":
                wanted = Measure.LEVEL if what == "value" else Measure.YOY
                figure = self.point(id, wanted, self.own_period, here.area.id, derived=wanted is Measure.YOY)
            case "share":
                figure = self.part_of(id, here.area, whole)
            case _:
                wanted = {"value_place": Measure.LEVEL, "growth_place": Measure.YOY}.get(what, by)
                figure = self.place_of(here, self.standings(its, wanted, areas, Order(order)))
        if figure is None:
            raise PhraseError("phrase.no-figure", f"there is no {what} of {id} for {here.area.id}")
        return figure

    def place_of(self, here: Standing, found: tuple[Standing, ...]) -> Figure | None:
        """Return the place of an area as a cell prints it, None without one."""
        its = next(it for it in found if it.area == here.area)
        if its.place is None:
            return None
        count = sum(it.place is not None for it in found)
        return self.placed(its, str(its.place), ranking.rows_of([its]), count)

    @noted
    def part(self, id: str, area: str, whole: str) -> Figure:
        """Return the share of an area in the whole as a cell prints it, in %."""
        figure = self.part_of(id, self.area_of(area), self.area_of(whole))
        if figure is None:
            raise PhraseError("phrase.no-figure", f"there is no share of {area} in {whole}")
        return figure

    def part_of(self, id: str, area: Area, whole: Area) -> Figure | None:
        """Return the share of an area in the whole as a cell prints it, None where it has none."""
        part, total = (self.catalog.find(id, it.id, self.own_period, Measure.LEVEL) for it in (area, whole))
        if part is None or total is None or not self.is_sum(part):
            return None
        rate = quantity.share_of(self.quantity(part), self.quantity(total), rounding=self.usual.rounding)
        if isinstance(rate, Refusal):
            return None
        text = notation.cell(rate.value, 1, self.usual.rounding)
        return Figure(text, Derivation.COMPARED, (part, total), rate.value, "share", rate.formula)

    @noted
    def heat(self, id: str, measure: str = "yoy", area: str = "") -> Figure:
        """Return a figure of a table that is coloured by its figures, as a cell prints it."""
        figure = self.point(id, self.measure(measure), self.own_period, self.area_of(area).id, derived=True)
        if figure is None:
            raise PhraseError("phrase.no-figure", f"there is no {measure} of {id} for {self.own_period}")
        return figure

    @noted
    def value(self, id: str, measure: str = "level", area: str = "", derived: bool = False) -> Figure:
        """Return a figure without its unit, as a cell or a point of a chart prints it."""
        return self.plain(self.known(id, measure, "", area, derived), derived=derived)

    def plain(self, row: Observation | Derived, derived: bool = False) -> Figure:
        """Return a figure without its unit, for a cell whose head or neighbour names it."""
        measure = {} if row.measure is Measure.LEVEL else {"measure": row.measure.value}
        allowed = {"derived": True} if derived else {}
        return self.noted(self.stated_value(row, self.cell(row)), self._call("value", row, **measure, **allowed))

    def cell(self, row: Observation | Derived) -> str:
        """Return the characters of a row's value without its unit."""
        rounding, separators = self.usual.rounding, self.usual.separators
        qualifier = row.qualifier if isinstance(row, Observation) else None
        return notation.cell(row.value, self.decimals(row), rounding, qualifier=qualifier, separators=separators)

    def again(self, call: str) -> Figure:
        """Return the figure that a call gives now, which a figure bore as its `call`; raise `PhraseError` when there
        is none, and `ValueError` for what is no call of a figure."""
        return self.all_again(call)[0]

    def all_again(self, call: str) -> tuple[Figure, Runs]:
        """Return the figure that a call gives now, and all runs of a call that prints several (甲镇12.3亿元、乙镇…)."""
        name, item, arguments, options = read(call)
        cells = {it.__name__: it for it in (self.value, self.place, self.ranking, self.part, self.heat)}
        made = {**self.functions(), **cells}.get(name)
        if made is None:
            raise ValueError(f"a function that prints figures, found {name}")
        try:
            printed = made(*arguments, **options)
        except TypeError:
            raise ValueError(f"a call of {name}() that this version knows, found {call}") from None
        runs = printed if isinstance(printed, tuple) else (printed,)
        figures = [run for run in runs if isinstance(run, Figure)]
        if item >= len(figures):
            raise PhraseError("phrase.no-figure", f"{name}() gives fewer figures than it did", call)
        return figures[item], runs  # type: ignore[return-value]
