"""Native charts of every kind: what they cache, their workbooks, and the planner's choices in them."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook
from test_docx import document, faults, figure, numbers, part, text

from xdreport.arrangement import width_alone
from xdreport.charts import Label, plan
from xdreport.document import Chart, ChartKind, Series
from xdreport.package import Package
from xdreport.readers.records import read
from xdreport.redrawing import calculated, chart_parts, redrawn, spread
from xdreport.theme import Theme
from xdreport.word import W
from xdreport.writers.docx import write
from xdreport.writers.docx.measures import ems

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
YEARS = ("2029年", "2030年", "2031年")
PLAIN = Chart(
    "areas", "图1", text("造林面积"), ChartKind.COLUMN, YEARS,
    (
        Series("造林", numbers("8.10", None, "12.34")),
        Series("油茶", (*numbers("2.00", "2.50"), figure("近3.2", "3.20"))),
    ),
    unit="单位：万亩", description="造林面积增加。",
)  # fmt: skip
RATE = Series("增速", (figure("3.1%", "3.1"), figure("−2.4%", "-2.4"), figure("5.6%", "5.6")), is_second=True)
TARGET = figure("10.0万亩", "10.0")
KINDS = {
    "column": PLAIN,
    "bar": replace(PLAIN, kind=ChartKind.BAR),
    "bar below zero": replace(PLAIN, kind=ChartKind.BAR, series=(Series("净增", numbers("3.5", "-1.2", "4.0")),)),
    "line": replace(PLAIN, kind=ChartKind.LINE),
    "column and line": replace(
        PLAIN, kind=ChartKind.COLUMN_LINE, series=(PLAIN.series[0], RATE), unit="万亩", second_unit="%"
    ),
    "stacked": replace(PLAIN, kind=ChartKind.STACKED),
    "ring": replace(PLAIN, kind=ChartKind.RING, categories=("松", "杉", "竹"), series=PLAIN.series[1:]),
    "target": replace(PLAIN, target=TARGET, highlight="2031年"),
    "target over one column": replace(
        PLAIN, target=TARGET, categories=("2031年",), series=(Series("造林", numbers("12.34")),)
    ),
    "target over bars": replace(PLAIN, kind=ChartKind.BAR, target=TARGET),
    "target over lines": replace(PLAIN, kind=ChartKind.LINE, target=TARGET),
    "one value": replace(PLAIN, categories=("2031年",), series=(Series("造林", numbers("12.34")),)),
    "no values": replace(PLAIN, series=(Series("造林", (None, None, None)),)),
}
EACH = pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)


def written(chart: Chart) -> bytes:
    return write(document(chart), Theme()).content


def cached(element: etree._Element) -> list[str | None]:
    """The points of a cache, None where there is none."""
    points = {int(point.get("idx")): point.find(f"{C}v").text for point in element.iter(f"{C}pt")}
    return [points.get(place) for place in range(int(element.find(f".//{C}ptCount").get("val")))]


@EACH
def test_validators_find_nothing(chart: Chart, tmp_path: Path) -> None:
    path = tmp_path / "chart.docx"
    path.write_bytes(written(chart))
    assert faults(path) == []


@EACH
def test_caches_workbook_and_figures_agree(chart: Chart) -> None:
    content = written(chart)
    drawn = part(content, "word/charts/chart1.xml")
    book = zipfile.ZipFile(io.BytesIO(content)).read("word/embeddings/chart1.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Sheet1").to_python()
    targets = [Series(chart.target_name, (chart.target,) * len(chart.categories))] if chart.target else []
    columns = {series.name: series for series in (*chart.series, *targets)}
    assert sheet[0] == ["", *columns]
    for row, category in enumerate(chart.categories, 1):
        values = [series.figures[row - 1] for series in columns.values()]
        assert sheet[row][0] == category
        found = sheet[row][1:] + [""] * (len(values) - len(sheet[row][1:]))
        assert found == [float(value.value) if value else "" for value in values]
    for series in drawn.iter(f"{C}ser"):
        name = cached(series.find(f"{C}tx"))[0]
        assert cached(series.find(f"{C}cat")) == list(chart.categories)
        wanted = [f"{one.value:f}" if one else None for one in columns[name].figures]
        assert cached(series.find(f"{C}val")) == wanted
        letter = "ABCDE"[list(columns).index(name) + 1]
        last = len(chart.categories) + 1
        assert [node.text for node in series.iter(f"{C}f")] == [
            f"Sheet1!${letter}$1", f"Sheet1!$A$2:$A${last}", f"Sheet1!${letter}$2:${letter}${last}",
        ]  # fmt: skip


@EACH
def test_each_figure_has_a_record_with_its_cell(chart: Chart) -> None:
    content = written(chart)
    records = read(Package.read(content))
    book = zipfile.ZipFile(io.BytesIO(content)).read("word/embeddings/chart1.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Sheet1").to_python()
    figures = [one for series in chart.series for one in series.figures if one]
    assert [record.get("text") for record in records] == [
        one.text for one in (*figures, *([chart.target] if chart.target else []))
    ]
    for record in records:
        cell = record.get("cell").partition("!")[2]
        assert sheet[int(cell[1:]) - 1]["ABCDE".index(cell[0])] == float(record.get("value"))


def labels(drawn: etree._Element) -> dict[str, list[str]]:
    """What each series prints beside its points: the words written out, else the number in its format."""
    found: dict[str, list[str]] = {}
    for series in drawn.iter(f"{C}ser"):
        name = cached(series.find(f"{C}tx"))[0]
        group = series.find(f"{C}dLbls")
        if group is None or (all_shown := group.find(f"{C}showVal")) is None:
            continue
        own = {int(each.find(f"{C}idx").get("val")): each for each in group.findall(f"{C}dLbl")}
        code = group.find(f"{C}numFmt")
        places = len((code.get("formatCode") if code is not None else "").partition(".")[2])
        for place, value in enumerate(cached(series.find(f"{C}val"))):
            label = own.get(place)
            if value is None or (label is None and all_shown.get("val") == "0"):
                continue
            if label is not None and label.find(f"{C}delete") is not None:
                continue
            written_out = [] if label is None else [node.text for node in label.iter(f"{A}t")]
            found.setdefault(name, []).append(written_out[0] if written_out else f"{float(value):.{places}f}")
    return found


@pytest.mark.parametrize("name", [name for name in KINDS if name not in {"no values", "target over bars"}])
def test_labels_are_those_that_the_planner_places(name: str) -> None:
    chart, theme = KINDS[name], Theme()
    size = theme.style("chart_label").size
    width = width_alone(chart, size, theme.page.measure)
    drawn = part(written(chart), "word/charts/chart1.xml")
    planned = plan(chart, width, theme.palette, size, lambda words: ems(words) * size)
    wanted = sorted(
        shape.text.replace("−", "-") for shape in planned.shapes if isinstance(shape, Label) and shape.figure
    )
    assert sorted(text for texts in labels(drawn).values() for text in texts) == wanted


@pytest.mark.parametrize("name", ["column", "bar", "line", "stacked", "column and line"])
def test_colours_are_the_planners(name: str) -> None:
    chart, theme = KINDS[name], Theme()
    planned = plan(chart, 300, theme.palette, 9, lambda words: ems(words) * 9)
    drawn = part(written(chart), "word/charts/chart1.xml")
    found = [series.find(f"{C}spPr").find(f".//{A}srgbClr").get("val") for series in drawn.iter(f"{C}ser")]
    assert tuple(found) == planned.colours


def test_a_ring_has_the_planners_colours_and_a_legend() -> None:
    chart, theme = KINDS["ring"], Theme()
    drawn = part(written(chart), "word/charts/chart1.xml")
    colours = [point.find(f".//{A}srgbClr").get("val") for point in drawn.iter(f"{C}dPt")]
    assert tuple(colours) == plan(chart, 300, theme.palette, 9, lambda words: ems(words) * 9).colours
    assert drawn.find(f".//{C}doughnutChart/{C}holeSize").get("val") == "58"
    assert drawn.find(f".//{C}legend") is not None


def test_a_line_above_columns_has_an_axis_of_its_own_at_the_right() -> None:
    drawn = part(written(KINDS["column and line"]), "word/charts/chart1.xml")
    lines = drawn.find(f".//{C}lineChart")
    assert [each.get("val") for each in lines.findall(f"{C}axId")] == ["3", "4"]
    axes = {axis.find(f"{C}axId").get("val"): axis for axis in drawn.iter(f"{C}valAx")}
    assert axes["4"].find(f"{C}crosses").get("val") == "max"
    assert [node.text for node in axes["4"].find(f"{C}title").iter(f"{A}t")] == ["%"]
    first, second = (
        [float(axis.find(f"{C}scaling/{C}{end}").get("val")) for end in ("min", "max")]
        + [float(axis.find(f"{C}majorUnit").get("val"))]
        for axis in (axes["2"], axes["4"])
    )
    assert (first[1] - first[0]) / first[2] == (second[1] - second[0]) / second[2]  # one grid for both


def test_a_highlighted_column_stands_out_and_a_target_is_a_dashed_line_over_all_columns() -> None:
    drawn = part(written(KINDS["target"]), "word/charts/chart1.xml")
    behind = [point.find(f"{C}idx").get("val") for point in drawn.find(f".//{C}barChart/{C}ser").iter(f"{C}dPt")]
    assert behind == ["0", "1"]
    trend = drawn.find(f".//{C}trendline")
    assert [trend.find(f"{C}{end}").get("val") for end in ("forward", "backward")] == ["0.5", "0.5"]
    assert [node.text for node in drawn.find(f".//{C}lineChart").iter(f"{A}t")] == ["目标10.0"]


def test_a_target_over_bars_is_drawn_where_its_value_is() -> None:
    content = written(KINDS["target over bars"])
    shapes = part(content, "word/drawings/drawing1.xml")
    drawn = part(content, "word/charts/chart1.xml")
    inner = drawn.find(f".//{C}plotArea/{C}layout/{C}manualLayout")
    left, width = (float(inner.find(f"{C}{name}").get("val")) for name in ("x", "w"))
    ends = [float(drawn.find(f".//{C}valAx/{C}scaling/{C}{name}").get("val")) for name in ("min", "max")]
    at = float(shapes[0].find("{*}from/{*}x").text)
    assert (at - left) / width == pytest.approx((10 - ends[0]) / (ends[1] - ends[0]), abs=0.001)
    assert [node.text for node in shapes.iter(f"{A}t")] == ["目标10.0"]
    assert drawn.find(f"{C}userShapes") is not None


def test_two_small_charts_stand_side_by_side_with_captions_on_one_line() -> None:
    second = replace(PLAIN, id="second", number="图2")
    small = [replace(chart, categories=YEARS[:2], series=chart.series[:1]) for chart in (PLAIN, second)]
    small = [replace(chart, series=(replace(chart.series[0], figures=chart.series[0].figures[:2]),)) for chart in small]
    content = write(document(*small), Theme()).content
    body = part(content, "word/document.xml")
    cells = list(body.iter(f"{W}tc"))
    assert [len(list(cell.iter(f"{C}chart"))) for cell in cells] == [1, 1]
    heights = {each.get("cy") for each in body.iter("{*}extent")}
    assert len(heights) == 1


@pytest.mark.parametrize("name", ["target", "target over lines", "target over one column"])
def test_a_target_with_another_value_is_redrawn_as_a_whole(name: str) -> None:
    content = written(KINDS[name])
    package = Package.read(content)
    part_, _ = chart_parts(package)["_xd_1"]
    records = {record.get("cell"): record for record in read(package)}
    cell = next(cell for cell, record in records.items() if record.get("text") == TARGET.text)
    new = figure("11.5万亩", "11.5")
    values = spread(part_, {cell: new})
    old = spread(part_, {cell: replace(new, text=TARGET.text)})
    drawn = etree.fromstring(redrawn(part_, values, old, {}))
    series = drawn.findall(f".//{C}ser")[-1]
    assert set(cached(series.find(f"{C}val"))) == {"11.5"}
    assert [node.text for node in series.iter(f"{A}t")] == ["目标11.5"]
    book = calculated(zipfile.ZipFile(io.BytesIO(content)).read("word/embeddings/chart1.xlsx"), values, {})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Sheet1").to_python()
    assert {row[-1] for row in sheet[1:]} == {11.5}
