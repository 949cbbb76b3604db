"""Charts as Word's own: a chart part with its data cached, a workbook to edit them, alternative text.

The chart XML (ECMA-376, part 1, 21.2) is written here: python-pptx's writer would cost 0.17 s to import, stamps its
workbooks with the clock, and knows no second axis. Axis, colours, labels and height are the planner's, so that a chart
is the same in every output.
"""

from collections.abc import Iterable
from typing import assert_never

from xdreport.charts import AXIS_COLOUR, GRID_COLOUR, Plan, label_of, plan
from xdreport.document import Chart, ChartKind, Figure, characters
from xdreport.theme import Theme
from xdreport.writers.docx.captions import write_caption
from xdreport.writers.docx.draft import Draft, DrawnChart, Record
from xdreport.writers.docx.fonts import font_name
from xdreport.writers.docx.markup import quoted
from xdreport.writers.docx.measures import measure, twips
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.styles import style_id
from xdreport.writers.docx.workbook import SHEET, column_letter, write_workbook

_EMU = 635  # English Metric Units in a twip
_COLUMN = 34  # points: the widest that a column gets
_FILLED = 0.66  # the share of a category's room that its columns take
_MARKERS = ("square", "diamond", "triangle", "circle")
_DASHES = ("solid", "dash", "sysDot", "dashDot")
_CATEGORY_AXIS, _VALUE_AXIS = 1, 2
WORKBOOK_RELATION = "rId1"


def write_chart(chart: Chart, draft: Draft) -> str:
    """Return the drawing of a `Chart` block, its caption and source below; the chart's own part waits in the draft."""
    theme = draft.theme
    size = theme.style("chart_label").size
    planned = plan(chart, theme.page.measure, theme.palette, size, lambda text: _width(text) * size)
    draft.charts.append(DrawnChart(_chart_space(chart, planned, draft), write_workbook(chart, draft.escaped)))
    mark = f"_xd_{len(draft.records) + 1}"
    draft.records += [
        Record(mark, figure, f"{SHEET}!{column_letter(column)}{row}")
        for column, series in enumerate(chart.series, 1)
        for row, figure in enumerate(series.figures, 2)
        if figure
    ]
    unit_style = draft.variant("table_unit", "Left", "居左", align="left")
    unit = draft.paragraph(unit_style, text_run(chart.unit, draft)) if chart.unit else ""
    drawing = _drawing(chart, twips(planned.height), draft.offset + len(draft.charts), draft)
    caption = write_caption(chart, "图", draft)
    source = draft.paragraph(style_id("table_note"), write_runs(chart.source, draft)) if chart.source else ""
    return unit + draft.paragraph("Picture", draft.bookmarked(mark, drawing)) + caption + source


def _width(text: str) -> float:
    """The width of a label in ems, near enough to plan the height of a chart whose labels Word sets."""
    return sum(0.5 if mark.isascii() else 1 for mark in text)


def chart_relation(number: int) -> str:
    """Return the relationship id by which the body refers to a chart, counted from 1."""
    return f"rIdChart{number}"


def _drawing(chart: Chart, height: int, number: int, draft: Draft) -> str:
    """An inline drawing over the whole measure; `descr` is what a screen reader says."""
    width = measure(draft.theme.page) * _EMU
    described = draft.escaped(chart.description or characters(chart.caption))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}"'
        f' cy="{height * _EMU}"/><wp:docPr id="{number}" name="Chart {number}" descr="{described}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{chart_relation(number)}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _chart_space(chart: Chart, planned: Plan, draft: Draft) -> str:
    series = "".join(_series(chart, index, planned, draft) for index in range(len(chart.series)))
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    return (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{_plot(chart, planned, series)}{_axes(chart, planned)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text_properties(draft.theme)}<c:externalData r:id="{WORKBOOK_RELATION}">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _text_properties(theme: Theme) -> str:
    style = theme.style("chart_label")
    name = quoted(font_name(style.face, theme))
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(style.size * 100)}">'
        f'<a:solidFill><a:srgbClr val="{style.colour}"/></a:solidFill>'
        f"<a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/></a:defRPr></a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _plot(chart: Chart, planned: Plan, series: str) -> str:
    axes = f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'
    match chart.kind:
        case ChartKind.COLUMN | ChartKind.BAR | ChartKind.COLUMN_LINE | ChartKind.RING:
            direction = "bar" if chart.kind is ChartKind.BAR else "col"
            return (
                f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
                f'<c:gapWidth val="{_gap(chart, planned)}"/>{axes}</c:barChart>'
            )
        case ChartKind.STACKED:
            return (
                f'<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>{series}'
                f'<c:gapWidth val="{_gap(chart, planned)}"/><c:overlap val="100"/>{axes}</c:barChart>'
            )
        case ChartKind.LINE:
            return (
                f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
                "</c:lineChart>"
            )
        case _:
            assert_never(chart.kind)


def _gap(chart: Chart, planned: Plan) -> int:
    """Return the gap between categories in % of a column's width: few columns stay slim."""
    room = planned.width / max(1, len(chart.categories))
    count = max(1, len(chart.series))
    column = min(_COLUMN, room * _FILLED / count) if chart.kind is ChartKind.COLUMN else room * _FILLED / count
    return max(0, min(500, round((room / column - count) * 100)))


def _axes(chart: Chart, planned: Plan) -> str:
    """The axes. Bars are read from the top, so their categories run down, and every bar says its value: no scale."""
    is_bar = chart.kind is ChartKind.BAR
    order, across, along = ("maxMin", "l", "b") if is_bar else ("minMax", "b", "l")
    axis = planned.axis
    code = _number_format(len(tick.partition(".")[2]) for tick in axis.labels)
    grid = "" if is_bar else f"<c:majorGridlines>{_line(GRID_COLOUR, 5080)}</c:majorGridlines>"
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{across}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_line(AXIS_COLOUR, 9525)}<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high:f}"/><c:min val="{axis.low:f}"/></c:scaling>'
        f'<c:delete val="{int(is_bar)}"/><c:axPos val="{along}"/>{grid}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="{"max" if is_bar else "autoZero"}"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{axis.step:f}"/></c:valAx>'
    )


def _line(colour: str, width: int) -> str:
    """Shape properties of a thin line; `width` is in English Metric Units, 12,700 to the point."""
    return f'<c:spPr><a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'


def _series(chart: Chart, index: int, planned: Plan, draft: Draft) -> str:
    series = chart.series[index]
    colour = f'<a:solidFill><a:srgbClr val="{planned.colours[index]}"/></a:solidFill>'
    letter, last = column_letter(index + 1), len(chart.categories) + 1
    code = _number_format(_decimals(figure) for figure in series.figures if figure)
    if chart.kind is ChartKind.LINE:
        looks = (
            f'<c:spPr><a:ln w="19050">{colour}<a:prstDash val="{_DASHES[index % len(_DASHES)]}"/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="{_MARKERS[index % len(_MARKERS)]}"/><c:size val="5"/>'
            f"<c:spPr>{colour}<a:ln>{colour}</a:ln></c:spPr></c:marker>"
        )
        end = '<c:smooth val="0"/>'
    else:
        looks, end = f'<c:spPr>{colour}</c:spPr><c:invertIfNegative val="0"/>', ""
    categories = _cache("str", f"{SHEET}!$A$2:$A${last}", chart.categories, draft)
    values = [None if figure is None or figure.value is None else f"{figure.value:f}" for figure in series.figures]
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx>{_cache('str', f'{SHEET}!${letter}$1', (series.name,), draft)}</c:tx>{looks}"
        f"{_labels(chart, index, code, draft)}<c:cat>{categories}</c:cat>"
        f"<c:val>{_cache('num', f'{SHEET}!${letter}$2:${letter}${last}', values, draft, code)}</c:val>{end}</c:ser>"
    )


def _labels(chart: Chart, index: int, code: str, draft: Draft) -> str:
    """A label at each value. Word formats the number; a label that says more (近2.8) is written out."""
    beside = {ChartKind.LINE: "t", ChartKind.STACKED: "ctr"}.get(chart.kind, "outEnd")
    position = f'<c:dLblPos val="{beside}"/>'
    shown = (
        f'{position}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    places = len(code.partition(".")[2])
    special = []
    for place, figure in enumerate(chart.series[index].figures):
        if figure is None or figure.value is None:
            continue
        label = label_of(figure, chart.unit)
        if label.replace("−", "-") != f"{figure.value:.{places}f}":
            rich = f"<a:bodyPr/><a:p><a:r><a:t>{draft.escaped(label)}</a:t></a:r></a:p>"
            special.append(f'<c:dLbl><c:idx val="{place}"/><c:tx><c:rich>{rich}</c:rich></c:tx>{shown}</c:dLbl>')
    plain = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:dLbls>{"".join(special)}<c:numFmt formatCode="{code}" sourceLinked="0"/>{plain}{shown}</c:dLbls>'


def _decimals(figure: Figure) -> int:
    exponent = figure.value.as_tuple().exponent if figure.value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _number_format(decimals: Iterable[int]) -> str:
    """Return Excel's format for the most decimals that one of the numbers has."""
    most = max(decimals, default=0)
    return "0." + "0" * most if most else "0"


def _cache(kind: str, formula: str, values: tuple[str, ...] | list[str | None], draft: Draft, code: str = "") -> str:
    """A reference into the workbook with what stands there, so that the chart is drawn without opening it."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{draft.escaped(value)}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    written = f"<c:formatCode>{code}</c:formatCode>" if code else ""
    return (
        f'<c:{kind}Ref><c:f>{formula}</c:f><c:{kind}Cache>{written}<c:ptCount val="{len(values)}"/>{points}'
        f"</c:{kind}Cache></c:{kind}Ref>"
    )
