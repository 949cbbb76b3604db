"""The part of a native chart of any kind: its data cached, its places and colours the planner's.

The chart XML (ECMA-376, part 1, 21.2) is written here: python-pptx's writer would cost 0.17 s to import, stamps its
workbooks with the clock, and knows no second axis. Which values have a label, and where it stands, is the planner's
choice too, so that a chart is the same in every output.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import cos, pi, sin
from typing import assert_never

from xdreport.charts import AXIS_COLOUR, GRID_COLOUR, INK, LABEL_COLOUR, PAPER, Axis, Fill, Label, Plan, label_of, pale
from xdreport.document import Chart, ChartKind, Figure, Series
from xdreport.notation import decimals_of
from xdreport.theme import Theme
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.fonts import font_name
from xdreport.writers.docx.markup import quoted
from xdreport.writers.docx.measures import ems
from xdreport.writers.docx.workbook import SHEET, column_letter

_MARKERS = ("square", "diamond", "triangle", "circle")
_DASHES = ("solid", "dash", "sysDot", "dashDot")
_CATEGORIES, _VALUES, _SECOND_CATEGORIES, _SECOND_VALUES = 1, 2, 3, 4
_AXES = f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/>'
_SECOND_AXES = f'<c:axId val="{_SECOND_CATEGORIES}"/><c:axId val="{_SECOND_VALUES}"/>'
_UNSEEN = "<a:noFill/><a:ln><a:noFill/></a:ln>"
_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_HIDDEN = _SHOWN.replace('showVal val="1"', 'showVal val="0"')
_HOLE = 58  # % of a ring
# A label on a ring needs this share of it; one of a smaller sector stands outside.
_LEAST_SECTOR = 0.07
WORKBOOK_RELATION, SHAPES_RELATION = "rId1", "rId2"


def write_chart_part(chart: Chart, planned: Plan, height: float, draft: Draft) -> tuple[str, str]:
    """Return the part of a chart that is drawn `planned.width` by `height` points, and the part of shapes drawn upon
    it, "" for none."""
    space = _ChartSpace(chart, planned, height, draft)
    return space.written(), space.shapes()


class _ChartSpace:
    """A chart while its part is written."""

    def __init__(self, chart: Chart, planned: Plan, height: float, draft: Draft) -> None:
        self.chart, self.planned, self.height, self.draft = chart, planned, height, draft
        self.size = draft.theme.style("chart_label").size
        self.plot, self.axis = planned.plot, planned.axis
        if chart.kind is ChartKind.BAR and planned.axis.low < 0:
            self._widen()
        self.labelled = planned.labelled
        self.last_row = len(chart.categories) + 1
        self.is_bar = chart.kind is ChartKind.BAR

    def written(self) -> str:
        """Return the whole part."""
        shapes = f'<c:userShapes r:id="{SHAPES_RELATION}"/>' if self.shapes() else ""
        return (
            '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>'
            f"{self._title()}<c:plotArea>{self._plot_layout()}{self._plots()}{self._axes()}</c:plotArea>{self._legend()}"
            '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            f"<c:spPr>{_UNSEEN}</c:spPr>"
            f'{_text_properties(self.draft.theme)}<c:externalData r:id="{WORKBOOK_RELATION}">'
            f'<c:autoUpdate val="0"/></c:externalData>{shapes}</c:chartSpace>'
        )

    def _widen(self) -> None:
        """Have the axis of bars begin where the labels of the negative ones do, left of which Word sets the names."""
        figures = [figure for series in self.chart.series for figure in series.figures if figure]
        room = (max(ems(label_of(figure, self.chart.unit)) for figure in figures) + 1) * self.size
        low, high = self.axis.low, self.axis.high
        more = (high - low) * Decimal(str(round(room / self.plot.width, 4)))
        self.axis = Axis(low - more, high, high - low + more)
        self.plot = self.plot._replace(left=self.plot.left - room, width=self.plot.width + room)

    # Places

    def _layout(self, x: float, y: float, width: float, height: float, *, is_inner: bool = False) -> str:
        """A place in points from the upper left corner, as shares of the chart."""
        target = '<c:layoutTarget val="inner"/>' if is_inner else ""
        whole, high = self.planned.width, self.height
        return (
            f'<c:layout><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x / whole:.4f}"/>'
            f'<c:y val="{y / high:.4f}"/><c:w val="{width / whole:.4f}"/><c:h val="{height / high:.4f}"/>'
            "</c:manualLayout></c:layout>"
        )

    def _plot_layout(self) -> str:
        plot = self.plot
        return self._layout(plot.left, plot.top, plot.width, plot.height, is_inner=True)

    def _shift(self, right: float, down: float) -> str:
        """How far a label stands from where it would stand by itself."""
        return (
            f'<c:layout><c:manualLayout><c:x val="{right / self.planned.width:.4f}"/>'
            f'<c:y val="{down / self.height:.4f}"/></c:manualLayout></c:layout>'
        )

    def _named(self, unit: str, x: float) -> str:
        """A unit as the title of what it belongs to, in the upper line of the chart."""
        if not unit:
            return ""
        place = (
            '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{x / self.planned.width:.4f}"/><c:y val="0"/></c:manualLayout></c:layout>'
        )
        return f'<c:title><c:tx>{self._rich(unit, LABEL_COLOUR)}</c:tx>{place}<c:overlay val="1"/></c:title>'

    def _title(self) -> str:
        """A ring has no axis to bear its unit, so the chart itself does."""
        if self.chart.kind is ChartKind.RING and self.chart.unit:
            return self._named(self.chart.unit, 0.0) + '<c:autoTitleDeleted val="0"/>'
        return '<c:autoTitleDeleted val="1"/>'

    def _legend(self) -> str:
        chart, size = self.chart, self.size
        if chart.kind is ChartKind.RING:
            x = self.plot.left + self.plot.width + 1.2 * size
            wide = min(self.planned.width - x, (max(map(ems, chart.categories), default=0) + 3) * size)
            high = min(self.height, max(1, len(chart.categories)) * 1.8 * size)
            y = max(0.0, self.plot.top + self.plot.height / 2 - high / 2)
            return (
                f'<c:legend><c:legendPos val="r"/>{self._layout(x, y, wide, high)}'
                f'<c:overlay val="0"/>{self._text(LABEL_COLOUR)}</c:legend>'
            )
        if len(chart.series) < 2:
            return ""
        x = (ems(chart.unit) + 2) * size if chart.unit else 0.0
        right = self.planned.width - ((ems(chart.second_unit) + 2) * size if chart.second_unit else 0.0)
        names, key = [series.name for series in chart.series], 3.6
        if chart.kind in {ChartKind.LINE, ChartKind.COLUMN_LINE}:
            names += [chart.target_name] if self.has_target else []
            key = 6.0  # the key of a line is a piece of it
        whole = sum((ems(name) + key) * size for name in names)
        if x + whole <= right:
            x = (x + right - whole) / 2 if chart.second_unit else right - whole
            place = self._layout(x, 0, whole, 1.6 * size)
        else:
            y = 1.3 * size if x else 0.0
            place = self._layout(0, y, self.planned.width, max(1.6 * size, self.plot.top - size - y))
        hidden = self._hidden_entries()
        return (
            f'<c:legend><c:legendPos val="t"/>{hidden}{place}<c:overlay val="0"/>{self._text(LABEL_COLOUR)}</c:legend>'
        )

    def _hidden_entries(self) -> str:
        """The legend names the target once: not its trend line, too, whose entry comes last."""
        if not self.has_target or self.is_bar:
            return ""
        return f'<c:legendEntry><c:idx val="{len(self.chart.series) + 1}"/><c:delete val="1"/></c:legendEntry>'

    # Text

    def _text(self, colour: str) -> str:
        return _text_properties(self.draft.theme, colour)

    def _rich(self, text: str, colour: str) -> str:
        usual, own = (_character_properties(name, self.draft.theme, colour) for name in ("defRPr", "rPr"))
        return (
            f'<c:rich><a:bodyPr rot="0" vert="horz"/><a:p><a:pPr>{usual}</a:pPr>'
            f"<a:r>{own}<a:t>{self.draft.escaped(text)}</a:t></a:r></a:p></c:rich>"
        )

    # Plots

    @property
    def has_target(self) -> bool:
        """Whether a target is drawn: over a ring there is none."""
        target = self.chart.target
        return target is not None and target.value is not None and self.chart.kind is not ChartKind.RING

    def _plots(self) -> str:
        kind = self.chart.kind
        numbered = list(enumerate(self.chart.series))
        own = [(number, series) for number, series in numbered if not series.is_second]
        match kind:
            case ChartKind.COLUMN | ChartKind.BAR:
                written = self._bars(numbered, "clustered")
            case ChartKind.STACKED:
                written = self._bars(numbered, "stacked")
            case ChartKind.LINE:
                written = self._lines(numbered, _AXES)
            case ChartKind.COLUMN_LINE:
                written = self._bars(own, "clustered")
            case ChartKind.RING:
                return self._ring()
            case _:
                assert_never(kind)
        second = [(number, series) for number, series in numbered if series.is_second]
        if kind is ChartKind.COLUMN_LINE and second:
            written += self._lines(second, _SECOND_AXES)
        return written + (self._target() if self.has_target and not self.is_bar else "")

    def _bars(self, series: Sequence[tuple[int, Series]], grouping: str) -> str:
        plot, count = self.plot, 1 if grouping == "stacked" else max(1, len(series))
        gap = max(0, min(500, round((plot.slot / (plot.bar or 1) - count) * 100)))
        overlap = '<c:overlap val="100"/>' if grouping == "stacked" else ""
        inner = "".join([self._series(number, each, is_line=False) for number, each in series])
        return (
            f'<c:barChart><c:barDir val="{"bar" if self.is_bar else "col"}"/><c:grouping val="{grouping}"/>'
            f'<c:varyColors val="0"/>{inner}<c:gapWidth val="{gap}"/>{overlap}{_AXES}</c:barChart>'
        )

    def _lines(self, series: Sequence[tuple[int, Series]], axes: str) -> str:
        inner = "".join([self._series(number, each, is_line=True) for number, each in series])
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{inner}<c:marker val="1"/>{axes}'
            "</c:lineChart>"
        )

    def _ring(self) -> str:
        """The first series as sectors from the top clockwise, as the planner draws it."""
        if not self.chart.series:
            return ""
        series = self.chart.series[0]
        points = "".join(
            f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/><c:spPr>{_solid(colour)}'
            '<a:ln w="12700"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:dPt>'
            for place, colour in enumerate(self.planned.colours)
        )
        inner = f"{self._head(0, series.name)}{points}{self._ring_labels(series)}{self._data(0, series)}"
        return (
            f'<c:doughnutChart><c:varyColors val="1"/><c:ser>{inner}</c:ser>'
            f'<c:firstSliceAng val="0"/><c:holeSize val="{_HOLE}"/></c:doughnutChart>'
        )

    # Series

    def _head(self, number: int, name: str) -> str:
        letter = column_letter(number + 1)
        cached = self._cache("str", f"{SHEET}!${letter}$1", (name,))
        return f'<c:idx val="{number}"/><c:order val="{number}"/><c:tx>{cached}</c:tx>'

    def _data(self, number: int, series: Series) -> str:
        letter, last = column_letter(number + 1), self.last_row
        code = _number_format(_decimals(figure) for figure in series.figures if figure)
        values = [None if figure is None or figure.value is None else f"{figure.value:f}" for figure in series.figures]
        categories = self._cache("str", f"{SHEET}!$A$2:$A${last}", self.planned.names or self.chart.categories)
        cached = self._cache("num", f"{SHEET}!${letter}$2:${letter}${last}", values, code)
        return f"<c:cat>{categories}</c:cat><c:val>{cached}</c:val>"

    def _series(self, number: int, series: Series, *, is_line: bool) -> str:
        colour = self.planned.colours[number]
        if is_line:
            fill = _solid(colour)
            looks = (
                f'<c:spPr><a:ln w="19050">{fill}<a:prstDash val="{_DASHES[number % len(_DASHES)]}"/></a:ln></c:spPr>'
                f'<c:marker><c:symbol val="{_MARKERS[number % len(_MARKERS)]}"/><c:size val="5"/>'
                f"<c:spPr>{fill}<a:ln>{fill}</a:ln></c:spPr></c:marker>"
            )
            end = '<c:smooth val="0"/>'
        else:
            looks, end = f'<c:spPr>{_solid(colour)}</c:spPr><c:invertIfNegative val="0"/>{self._points(colour)}', ""
        return (
            f"<c:ser>{self._head(number, series.name)}{looks}{self._labels(series, is_line=is_line)}"
            f"{self._data(number, series)}{end}</c:ser>"
        )

    def _points(self, colour: str) -> str:
        """Bars that stand back behind the highlighted one."""
        chart = self.chart
        if chart.highlight not in chart.categories:
            return ""
        return "".join(
            f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{_solid(pale(colour))}</c:spPr></c:dPt>"
            for place, category in enumerate(chart.categories)
            if category != chart.highlight
        )

    def _target(self) -> str:
        """The target as a series of its own, the same for each category: a dashed line drawn as its trend, which
        reaches to both ends of the plot; over one category, which has no trend, a dash."""
        target, number, count = self.chart.target, len(self.chart.series), len(self.chart.categories)
        assert target is not None and target.value is not None
        line = f'<a:ln w="12700">{_solid(INK)}<a:prstDash val="dash"/></a:ln>'
        trend = (
            f"<c:trendline><c:name>{self.draft.escaped(self.chart.target_name)}</c:name><c:spPr>{line}</c:spPr>"
            '<c:trendlineType val="linear"/><c:forward val="0.5"/><c:backward val="0.5"/><c:dispRSqr val="0"/>'
            '<c:dispEq val="0"/></c:trendline>'
        )
        marker = '<c:symbol val="none"/>' if count > 1 else '<c:symbol val="dash"/><c:size val="40"/>'
        inner = (
            f"{self._head(number, self.chart.target_name)}<c:spPr>{line}</c:spPr>"
            f"<c:marker>{marker}</c:marker>{self._target_label(target, count)}{trend if count > 1 else ''}"
            f'{self._data(number, Series("", (target,) * count))}<c:smooth val="0"/>'
        )
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/><c:ser>{inner}</c:ser>'
            f'<c:marker val="1"/>{_AXES}</c:lineChart>'
        )

    # What is drawn upon the chart

    def shapes(self) -> str:
        """Return the part of what is drawn upon the chart, "" for nothing: the target over bars, which run sideways.

        LibreOffice crosses bars with no other kind of series, so it is a line and words, and stays when data change.
        """
        target = self.chart.target
        if not self.is_bar or target is None or target.value is None:
            return ""
        plot = self.plot
        x = plot.left + plot.width * self.axis.share(target.value)
        words = self.chart.target_name + label_of(target, self.chart.unit)
        half = (ems(words) / 2 + 0.5) * self.size
        middle = min(max(x, half), self.planned.width - half)
        high = 1.3 * self.size
        return (
            '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing">'
            f"{self._anchored(x, plot.top, 0, plot.height, _TARGET_LINE)}"
            f"{self._anchored(middle - half, max(0.0, plot.top - high), 2 * half, high, self._words(words))}"
            "</c:userShapes>"
        )

    def _words(self, words: str) -> str:
        usual = _character_properties("rPr", self.draft.theme, INK)
        return (
            '<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="3" name="目标值"/><cdr:cNvSpPr txBox="1"/>'
            f"</cdr:nvSpPr><cdr:spPr>{_NOWHERE}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></cdr:spPr><cdr:txBody>'
            '<a:bodyPr vertOverflow="overflow" wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/>'
            "<a:lstStyle/>"
            f'<a:p><a:pPr algn="ctr"/><a:r>{usual}<a:t>{self.draft.escaped(words)}</a:t></a:r></a:p>'
            "</cdr:txBody></cdr:sp>"
        )

    def _anchored(self, x: float, y: float, width: float, height: float, shape: str) -> str:
        whole, high = self.planned.width, self.height
        corners = (("from", x, y), ("to", x + width, y + height))
        written = "".join(
            f"<cdr:{name}><cdr:x>{left / whole:.5f}</cdr:x><cdr:y>{top / high:.5f}</cdr:y></cdr:{name}>"
            for name, left, top in corners
        )
        return f"<cdr:relSizeAnchor>{written}{shape}</cdr:relSizeAnchor>"

    # Labels

    def _labels(self, series: Series, *, is_line: bool) -> str:
        """A label at each value that the planner labels. Word formats the number; a label that says more (近2.8) is
        written out, one that the planner puts aside is put there."""
        unit = self.chart.second_unit if series.is_second else self.chart.unit
        axis = self.planned.second if series.is_second and self.planned.second else self.planned.axis
        code = _number_format(_decimals(figure) for figure in series.figures if figure)
        usual = "t" if is_line else "ctr" if self.chart.kind is ChartKind.STACKED else "outEnd"
        special = []
        # LibreOffice gives a number that is set apart the words of another label that is written out: then it is, too.
        shown = [figure for figure in series.figures if figure and figure.value is not None]
        are_plain = all(_is_plain(label_of(it, unit), it, code) for it in shown if id(it) in self.labelled)
        for place, figure in enumerate(series.figures):
            if figure is None or figure.value is None:
                continue
            label = self.labelled.get(id(figure))
            if label is None:
                special.append(f'<c:dLbl><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>')
                continue
            below = is_line and label.y > self.plot.y(axis, figure.value)
            position, layout = "b" if below else usual, ""
            if self.chart.kind is ChartKind.STACKED:
                layout = self._stacked_shift(label, place)
            text = label_of(figure, unit)
            plate = f"{_solid(PAPER)}<a:ln><a:noFill/></a:ln>" if is_line and self._has_plate(label) else _UNSEEN
            is_plain = _is_plain(text, figure, code)
            if is_plain and position == usual and not layout and label.colour == INK and plate == _UNSEEN:
                continue
            written = "" if are_plain else f"<c:tx>{self._rich(text, label.colour)}</c:tx>"
            special.append(
                f'<c:dLbl><c:idx val="{place}"/>{layout}{written}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
                f'<c:spPr>{plate}</c:spPr>{self._text(label.colour)}<c:dLblPos val="{position}"/>{_SHOWN}</c:dLbl>'
            )
        return (
            f'<c:dLbls>{"".join(special)}<c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr>{_UNSEEN}</c:spPr>'
            f'{self._text(INK)}<c:dLblPos val="{usual}"/>{_SHOWN}</c:dLbls>'
        )

    def _has_plate(self, label: Label) -> bool:
        """Whether the planner sets a label on a patch of paper, because it stands over a column."""
        return any(
            isinstance(shape, Fill)
            and shape.colour == PAPER
            and shape.x <= label.x <= shape.x + shape.width
            and shape.y <= label.y <= shape.y + shape.height
            for shape in self.planned.shapes
        )

    def _stacked_shift(self, label: Label, place: int) -> str:
        """How far the label of a thin part of a column is moved beside it; nothing for one within."""
        middle = self.plot.middle(place)
        return self._shift(label.x + ems(label.text) * self.size / 2 - middle, 0.0) if label.x > middle + 1 else ""

    def _ring_labels(self, series: Series) -> str:
        """Values on plates of paper upon the ring; those of small sectors outside it."""
        code = _number_format(_decimals(figure) for figure in series.figures if figure)
        values = [
            float(figure.value) if figure and figure.value and figure.value > 0 else 0.0 for figure in series.figures
        ]
        total, reached = sum(values) or 1.0, 0.0
        special = []
        radius = self.plot.width / 2
        for place, (figure, value) in enumerate(zip(series.figures, values, strict=True)):
            if figure is None or figure.value is None:
                continue
            angle = 2 * pi * (reached + value / 2) / total
            reached += value
            out = radius * (1 - _HOLE / 100) if value / total < _LEAST_SECTOR else 0.0
            layout = self._shift(out * sin(angle), -out * cos(angle)) if out else ""
            text = label_of(figure, self.chart.unit)
            is_plain = _is_plain(text, figure, code)
            if not layout and is_plain:
                continue
            written = "" if is_plain else f"<c:tx>{self._rich(text, INK)}</c:tx>"
            special.append(
                f'<c:dLbl><c:idx val="{place}"/>{layout}{written}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
                f"<c:spPr>{_solid('FFFFFF')}</c:spPr>{self._text(INK)}{_SHOWN}</c:dLbl>"
            )
        return (
            f'<c:dLbls>{"".join(special)}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
            f'<c:spPr>{_solid("FFFFFF")}</c:spPr>{self._text(INK)}{_SHOWN}<c:showLeaderLines val="0"/></c:dLbls>'
        )

    def _target_label(self, target: Figure, count: int) -> str:
        """The name and value of the target, where the planner puts it, at the last point."""
        label = self.labelled.get(id(target))
        if label is None:
            return ""
        width = ems(label.text) * self.size
        right = label.x - width / 2 - self.plot.middle(count - 1)
        assert target.value is not None
        down = label.y - 0.35 * self.size - self.plot.y(self.axis, target.value)
        return (
            f'<c:dLbls><c:dLbl><c:idx val="{count - 1}"/>{self._shift(right, down)}'
            f"<c:tx>{self._rich(label.text, INK)}</c:tx><c:spPr>{_UNSEEN}</c:spPr>{self._text(INK)}"
            f'<c:dLblPos val="ctr"/>{_SHOWN}</c:dLbl><c:spPr>{_UNSEEN}</c:spPr>'
            f"{_HIDDEN}</c:dLbls>"
        )

    # Axes

    def _axes(self) -> str:
        """The axes. Bars are read from the top, so their categories run down; every bar says its value: no scale."""
        if self.chart.kind is ChartKind.RING:
            return ""
        order, across, along = ("maxMin", "l", "b") if self.is_bar else ("minMax", "b", "l")
        written = (
            f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{across}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f'{_line(AXIS_COLOUR, 9525)}{self._text(LABEL_COLOUR)}<c:crossAx val="{_VALUES}"/>'
            '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
            '<c:noMultiLvlLbl val="0"/></c:catAx>'
        )
        grid = "" if self.is_bar else f"<c:majorGridlines>{_line(GRID_COLOUR, 5080)}</c:majorGridlines>"
        written += self._value_axis(
            _VALUES, self.axis, along, _CATEGORIES, grid + self._named(self.chart.unit, 0.0),
            "max" if self.is_bar else "autoZero",
        )  # fmt: skip
        second = self.planned.second
        if second is None or not any(series.is_second for series in self.chart.series):
            return written
        x = self.planned.width - ems(self.chart.second_unit) * self.size
        written += self._value_axis(
            _SECOND_VALUES, second, "r", _SECOND_CATEGORIES, self._named(self.chart.second_unit, x), "max"
        )
        return written + (
            f'<c:catAx><c:axId val="{_SECOND_CATEGORIES}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
            '<c:delete val="1"/><c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="nextTo"/><c:crossAx val="{_SECOND_VALUES}"/><c:crosses val="autoZero"/>'
            '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        )

    def _value_axis(self, number: int, axis: Axis, side: str, across: int, above: str, crosses: str) -> str:
        code = _number_format(len(tick.partition(".")[2]) for tick in axis.labels)
        labels = "none" if self.is_bar else "nextTo"
        return (
            f'<c:valAx><c:axId val="{number}"/><c:scaling><c:orientation val="minMax"/>'
            f'<c:max val="{axis.high:f}"/><c:min val="{axis.low:f}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{side}"/>{above}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
            f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{labels}"/>'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self._text(LABEL_COLOUR)}"
            f'<c:crossAx val="{across}"/><c:crosses val="{crosses}"/>'
            f'<c:crossBetween val="between"/><c:majorUnit val="{axis.step:f}"/></c:valAx>'
        )

    def _cache(self, kind: str, formula: str, values: Sequence[str | None], code: str = "") -> str:
        """A reference into the workbook with what stands there, so that the chart is drawn without opening it."""
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{self.draft.escaped(value)}</c:v></c:pt>'
            for place, value in enumerate(values)
            if value is not None
        )
        written = f"<c:formatCode>{code}</c:formatCode>" if code else ""
        return (
            f'<c:{kind}Ref><c:f>{formula}</c:f><c:{kind}Cache>{written}<c:ptCount val="{len(values)}"/>{points}'
            f"</c:{kind}Cache></c:{kind}Ref>"
        )


def _character_properties(element: str, theme: Theme, colour: str) -> str:
    style = theme.style("chart_label")
    name = quoted(font_name(style.face, theme))
    language = ' lang="zh-CN"' if element == "rPr" else ""
    return (
        f'<a:{element}{language} sz="{round(style.size * 100)}" b="0">{_solid(colour)}'
        f"<a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/></a:{element}>"
    )


def _text_properties(theme: Theme, colour: str = INK) -> str:
    usual = _character_properties("defRPr", theme, colour)
    return (
        f'<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>{usual}</a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _line(colour: str, width: int) -> str:
    """Shape properties of a thin line; `width` is in English Metric Units, 12,700 to the point."""
    return f'<c:spPr><a:ln w="{width}">{_solid(colour)}</a:ln></c:spPr>'


def _decimals(figure: Figure) -> int:
    return decimals_of(figure.value) if figure.value is not None else 0


def _number_format(decimals: Iterable[int]) -> str:
    """Return Excel's format for the most decimals that one of the numbers has."""
    most = max(decimals, default=0)
    return "0." + "0" * most if most else "0"


def _places(code: str) -> int:
    return len(code.partition(".")[2])


def _is_plain(text: str, figure: Figure, code: str) -> bool:
    """Return whether Word's own format of a figure's number is what is to be printed."""
    return text.replace("−", "-") == f"{figure.value:.{_places(code)}f}"


_NOWHERE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'  # an anchor says where a shape is
_TARGET_LINE = (
    '<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="2" name="目标"/><cdr:cNvCxnSpPr/></cdr:nvCxnSpPr><cdr:spPr>'
    f'{_NOWHERE}<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="12700">{_solid(INK)}'
    '<a:prstDash val="dash"/></a:ln></cdr:spPr></cdr:cxnSp>'
)
