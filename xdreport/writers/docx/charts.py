"""Charts in the body: native drawings alone or side by side, each over its caption and source."""

from collections.abc import Iterator, Sequence

from xdreport.arrangement import GAP, width_alone
from xdreport.charts import Plan, plan
from xdreport.document import Chart, characters
from xdreport.writers.docx.captions import write_caption
from xdreport.writers.docx.chart_part import write_chart_part
from xdreport.writers.docx.draft import Draft, DrawnChart, Record
from xdreport.writers.docx.illustrations import EMU, beside
from xdreport.writers.docx.measures import ems, measure, twips
from xdreport.writers.docx.runs import write_runs
from xdreport.writers.docx.styles import BESIDE_TABLE
from xdreport.writers.docx.workbook import SHEET, column_letter, write_workbook


def write_charts(charts: Sequence[Chart], draft: Draft) -> str:
    """Return the drawing of a chart, or of charts side by side, with captions and sources below; the charts' own parts
    wait in the draft."""
    size = draft.theme.style("chart_label").size
    start = draft.break_page() if len(charts) > 1 else ""
    if len(charts) == 1:
        width = width_alone(charts[0], size, draft.page.measure)
    else:
        width = (draft.page.measure - GAP * (len(charts) - 1)) / len(charts)
    plans = [plan(chart, width, draft.theme.palette, size, lambda text: ems(text) * size) for chart in charts]
    height = max(planned.height for planned in plans)  # captions of neighbours stand on one line
    cells = [_chart(chart, planned, height, draft) for chart, planned in zip(charts, plans, strict=True)]
    if len(cells) == 1:
        return cells[0]
    whole, count = measure(draft.page), len(cells)
    widths = [whole * (place + 1) // count - whole * place // count for place in range(count)]
    return start + beside(cells, widths, BESIDE_TABLE, draft)


def _chart(chart: Chart, planned: Plan, height: float, draft: Draft) -> str:
    content, shapes = write_chart_part(chart, planned, height, draft)
    draft.charts.append(
        DrawnChart(content, write_workbook(chart, planned.names or chart.categories, draft.escaped), shapes)
    )
    mark = f"_xd_{len(draft.records) + 1}"
    draft.records += _records(chart, mark)
    drawing = _drawing(chart, planned.width, height, draft)
    picture = draft.paragraph("Picture", draft.bookmarked(mark, drawing))
    caption = write_caption(chart, "图", draft, keeps=bool(chart.source))
    centred = draft.variant("table_note", "Center", "居中", align="center")
    source = draft.paragraph(centred, write_runs(chart.source, draft)) if chart.source else ""
    return picture + caption + source


def _records(chart: Chart, mark: str) -> Iterator[Record]:
    """Generate a record for each figure of a chart, with its cell in the workbook."""
    for column, series in enumerate(chart.series, 1):
        for row, figure in enumerate(series.figures, 2):
            if figure:
                yield Record(mark, figure, f"{SHEET}!{column_letter(column)}{row}")
    if chart.target:
        yield Record(mark, chart.target, f"{SHEET}!{column_letter(len(chart.series) + 1)}2")


def chart_relation(number: int) -> str:
    """Return the relationship id by which the body refers to a chart, counted from 1."""
    return f"rIdChart{number}"


def _drawing(chart: Chart, width: float, height: float, draft: Draft) -> str:
    """An inline drawing; `descr` is what a screen reader says."""
    number = draft.offset + draft.drawings
    described = draft.escaped(chart.description or characters(chart.caption))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{twips(width) * EMU}"'
        f' cy="{twips(height) * EMU}"/><wp:docPr id="{number}" name="图表 {number}" descr="{described}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{chart_relation(draft.offset + len(draft.charts))}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
