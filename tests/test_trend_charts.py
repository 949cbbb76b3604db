"""Charts over quarters that go with the report, from the data folder to the edited Word file. All made up."""

import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import write
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook
from test_docx import faults
from test_refreshing import members, refreshed, said, saved

from xdreport import edited, template, tracing
from xdreport.build import Order, Result, build, inspect, plan
from xdreport.charts import Label, Stroke
from xdreport.charts import plan as planned_of
from xdreport.document import Chart, characters
from xdreport.ledger import SCHEMA
from xdreport.patching import repacked
from xdreport.readers import folder
from xdreport.refreshing import Sort
from xdreport.renewal import Today
from xdreport.scope import Wish
from xdreport.verification import State, verify

SHIPPED = Path(__file__).parent.parent / "templates"
HEAD = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
# Counts from January of 2023 to 2025, by quarters; those of 2026 come later.
COUNTS = {
    "output": {2023: "10.0 22.0 36.0 52.0", 2024: "11.0 24.0 39.0 56.5", 2025: "12.0 26.0 42.4 61.0"},
    "trade": {2023: "310.0 640.0 985.0 1350.0", 2024: "325.0 668.0 1041.0 1420.0", 2025: "351.0 722.0 1118.0 1530.0"},
    "firms": {2023: "30 66 103 145", 2024: "33 70 - 151", 2025: "35 75 117 160"},
}
QUARTERS = ("Q1", "S1", "Q1/Q3", "")
FILES = {
    "workspace.yaml": "title: 虚构\narea: qinghe\nareas:\n  qinghe: {name: 清河区}\n",
    "sources.yaml": "bulletin: {title: 虚构公报}\n",
    "sections.yaml": 'economy: {title: 经济, indicators: ["e.*"]}\n',
    "indicators/economy.yaml": """\
e.output: {name: 产值, unit: 亿元, decimals: 1, good: up}
e.trade: {name: 批发额, unit: 亿元, decimals: 1, good: up}
e.sales: {name: 零售额, unit: 亿元, decimals: 1, good: up}
e.firms: {name: 新登记企业, unit: 家}
""",
}


def counted(id: str, year: int, values: str) -> str:
    ends = (f"{year}-{quarter}" if quarter else f"{year}" for quarter in QUARTERS)
    rows = zip(ends, values.split(), strict=False)
    return "".join(f"e.{id},qinghe,{end},level,{value},,bulletin,1,,,\n" for end, value in rows if value != "-")


def data_with(root: Path, charts: str, rows: str = "", *, last: str = "12.0 26.0 42.4") -> Path:
    """Return a data folder with charts; `last` are the counts of output in 2025."""
    own = "".join(
        counted(id, year, last if (id, year) == ("output", 2025) else values)
        for id, years in COUNTS.items()
        for year, values in years.items()
        if year < 2025 or id != "firms"
    )
    return write(root / "data", {**FILES, "charts.yaml": charts, "observations/economy.csv": HEAD + own + rows})


def chart(id: str = "output", kind: str = "line", periods: str = "last 8 quarters", more: str = "") -> str:
    return f"a: {{section: economy, kind: {kind}, title: 走势, indicators: [e.{id}], periods: {periods}{more}}}\n"


def order(data: Path, period: str = "2025-Q1/Q3", format: str = "docx") -> Order:
    return Order(data, (SHIPPED,), Wish(periods=(period,)), "briefing", (format,), data.parent / "out")


def drawn(made: Result) -> Chart:
    return next(block for block in made.document.blocks if isinstance(block, Chart))


def points(its: Chart) -> list[str]:
    return [
        f"{category} {characters((figure,)) if figure else '…'}"
        for one in its.series
        for category, figure in zip(its.categories, one.figures, strict=True)
    ]


def test_a_chart_goes_on_with_the_report_and_says_what_follows_from_others(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 5 quarters"))
    its = drawn(plan(order(data)))
    assert points(its) == [
        "2024年三季度 15.0", "2024年四季度 17.5", "2025年一季度 12.0", "2025年二季度 14.0", "2025年三季度 16.4",
    ]  # fmt: skip
    assert [(tick.name, tick.head) for tick in its.ticks][1:3] == [("四季度", "2024年"), ("一季度", "2025年")]
    assert characters(its.source) == "注：二季度、三季度、四季度数据由累计数推算，其余为公布数。数据来源：[1]"
    earlier = drawn(plan(order(data, "2024-S1")))
    assert [point.partition(" ")[0] for point in points(earlier)][0::4] == ["2023年二季度", "2024年二季度"]


def test_a_missing_quarter_is_a_gap_and_breaks_the_line(tmp_path: Path) -> None:
    its = drawn(plan(order(data_with(tmp_path, chart("firms", periods="last 7 quarters")), "2024")))
    assert points(its)[3:] == ["2024年一季度 33", "2024年二季度 37", "2024年三季度 …", "2024年四季度 …"]
    shapes = planned_of(its, 442.0, ("1F4E79",), 9.0, lambda text: 9.0 * len(text)).shapes
    lines = [shape for shape in shapes if isinstance(shape, Stroke) and shape.thickness == 1.5]
    assert [len(line.points) for line in lines] == [5]
    assert "0" not in {shape.text for shape in shapes if isinstance(shape, Label) and shape.figure}


def test_growth_stands_beside_the_level_on_an_axis_of_its_own(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart("trade", "column-line", "last 4 quarters", ", second: yoy"))
    its = drawn(plan(order(data)))
    assert points(its)[4:] == ["2024年四季度 3.8", "2025年一季度 8.0", "2025年二季度 8.2", "2025年三季度 6.2"]
    assert characters(its.source) == (
        "注：二季度、三季度、四季度数据由累计数推算，其余为公布数；二季度、三季度、四季度增速由推算的当期数计算，"
        "一季度增速由公布的总量计算。数据来源：[1]"
    )


def test_a_note_names_the_periods_where_a_quarter_is_now_reported_and_now_derived(tmp_path: Path) -> None:
    reported = "e.output,qinghe,2025-Q2,level,14.1,,bulletin,1,,,\n"  # that of 2024 is not
    its = drawn(plan(order(data_with(tmp_path, chart(periods="last 6 quarters"), reported))))
    named = "2024年二季度至2024年四季度、2025年三季度"
    assert characters(its.source) == f"注：{named}数据由累计数推算，其余为公布数。数据来源：[1]"


@pytest.mark.parametrize(
    ("periods", "now", "expected"),
    [
        ("last 8 quarters", "2025-Q1/Q3",
         "四季度/2023年 一季度/2024年 二季度 三季度 四季度 一季度/2025年 二季度 三季度"),
        ("last 3 years", "2025-Q1/Q3", "2022年 2023年 2024年"),
        ("same period of the last 3 years", "2025-Q1/Q3", "2023年前三季度 2024年前三季度 2025年前三季度"),
    ],
)  # fmt: skip
def test_the_year_stands_once_below_its_first_period(tmp_path: Path, periods: str, now: str, expected: str) -> None:
    its = drawn(plan(order(data_with(tmp_path, chart(periods=periods)), now)))
    shapes = planned_of(its, 442.0, ("1F4E79",), 9.0, lambda text: 9.0 * len(text)).shapes
    at: dict[float, list[str]] = {}
    for label in (shape for shape in shapes if isinstance(shape, Label)):
        if "年" in label.text or "季度" in label.text:
            at.setdefault(label.x, []).append(label.text)
    found = ["/".join(at[x]) for x in sorted(at)]
    assert " ".join(found).startswith(expected)


def test_twenty_quarters_are_named_without_colliding(tmp_path: Path) -> None:
    its = drawn(plan(order(data_with(tmp_path, chart(kind="column", periods="last 20 quarters")))))
    made = planned_of(its, 442.0, ("1F4E79",), 9.0, lambda text: sum(9.0 if it > "~" else 4.5 for it in text))
    shown = [shape for shape in made.shapes if isinstance(shape, Label) and shape.text in "一二三四"]
    names = sorted((label.x, label.text) for label in shown)
    assert "".join(text for _, text in names) == "四一二三" * 5
    assert min(after[0] - before[0] for before, after in pairwise(names)) > 9.0
    assert made.names[:3] == ("四\n20年", "一\n21年", "二")


def test_the_ledger_has_formula_and_rows_of_a_derived_point_and_is_valid(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 2 quarters"))
    made = build(Order(data, (SHIPPED,), Wish(periods=("2025-Q1/Q3",)), "briefing", ("pdf",), tmp_path / "out",
                       with_ledger=True))  # fmt: skip
    read = json.loads(next(path for path in made.files if path.name.endswith(".ledger.json")).read_text("utf-8"))
    assert list(Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(read)) == []
    found = [it for it in read["figures"] if it["derivation"] == "derived"]
    assert [(it["text"], it["formula"], it["asked"]) for it in found] == [
        ("14.0", "2025-S1 26.0 − 2025-Q1 12.0 = 14.0", "2025-Q2"),
        ("16.4", "2025-Q1/Q3 42.4 − 2025-S1 26.0 = 16.4", "2025-Q3"),
    ]
    assert {(it["rule"], it["call"]) for it in found} == {("difference_of_counts", "value('e.output', derived=True)")}
    assert [[row["period"] for row in it["observations"]] for it in found] == [
        ["2025-S1", "2025-Q1"], ["2025-Q1/Q3", "2025-S1"],
    ]  # fmt: skip


def today(path: Path, data: Path) -> Today:
    its = Today.of(folder.read(data), edited.ledger_of(path), template.book("zh", [SHIPPED]))
    assert isinstance(its, Today)
    return its


def test_a_derived_point_is_traced_to_both_counts_and_verified_against_them(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 2 quarters"))
    path = next(iter(build(order(data)).files))
    document = edited.read(path)
    (found,) = tracing.trace(document, "16.4", 0, today(path, data))
    lines = dict(found.lines)
    assert lines["period"] == ("2025年三季度",)
    assert lines["rule"] == (
        "derived: value('e.output', derived=True), asked of 2025-Q3",
        "2025-Q1/Q3 42.4 − 2025-S1 26.0 = 16.4 (difference_of_counts)",
        "no source reports it; to the decimals that its rows have, half up",
    )
    assert [line for line in lines["rests on"] if not line.startswith("    ")] == [
        "42.4亿元: level of 产值, 清河区, 2025年前三季度", "26.0亿元: level of 产值, 清河区, 2025年上半年",
    ]  # fmt: skip
    assert lines["today"] == (f"the data folder {data} agrees",)
    assert not verify(document, folder.read(data), today(path, data), None).is_bad

    revised = data_with(tmp_path, chart(periods="last 2 quarters"), last="12.0 26.0 42.6")
    remarks = [it for it in verify(document, folder.read(revised), today(path, revised), None).remarks if it.is_bad]
    assert [(it.state, it.text, it.expected) for it in remarks if "chart" in it.place] == [
        (State.OUTDATED, "16.4", "16.6"),
    ]  # fmt: skip


def book_of(content: bytes) -> list[list[object]]:
    book = members(content)["word/embeddings/chart1.xlsx"]
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_a_trend_in_a_word_file_goes_on_when_it_is_refreshed(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 5 quarters"))
    path = next(iter(build(order(data)).files))
    assert faults(path) == []
    data_with(tmp_path, chart(periods="last 5 quarters"), last="12.0 26.0 42.4 61.0")
    its = refreshed(path, data, "2025")
    new = saved(path, its.content)
    assert faults(new) == []
    assert book_of(new.read_bytes()) == [
        ["", "产值"], ["四季度\n2024年", 17.5], ["一季度\n2025年", 12.0], ["二季度", 14.0], ["三季度", 16.4],
        ["四季度", 18.6],
    ]  # fmt: skip
    shown = members(new.read_bytes())["word/charts/chart1.xml"].decode()
    assert re.findall(r"<c:v>([^<]*)</c:v>", shown) == [
        "产值", "四季度\n2024年", "一季度\n2025年", "二季度", "三季度", "四季度",
        "17.5", "12.0", "14.0", "16.4", "18.6",
    ]  # fmt: skip
    assert book_of(next(iter(build(order(data, "2025")).files)).read_bytes()) == book_of(new.read_bytes())
    assert [it for it in verify(edited.read(new), folder.read(data), today(new, data), None).remarks if it.is_bad] == []


def test_a_first_quarter_of_a_quarterly_chart_is_followed_by_the_second_not_by_the_half(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 3 quarters"), last="12.0 26.0")
    path = next(iter(build(order(data, "2025-Q1")).files))
    new = refreshed(path, data, "2025-S1")
    assert [row[1] for row in book_of(new.content)[1:]] == [17.5, 12.0, 14.0]


def test_counts_of_one_year_go_on_to_the_next_count(tmp_path: Path) -> None:
    growth = ", measure: yoy"
    data = data_with(tmp_path, chart(periods="last 5 cumulative quarters", more=growth))
    path = next(iter(build(order(data, "2025-S1")).files))
    new = refreshed(path, data, "2025-Q1/Q3")
    names = [row[0] for row in book_of(new.content)[1:]]
    assert names == ["前三季度\n2024年", "全年", "一季度\n2025年", "上半年", "前三季度"]
    assert book_of(next(iter(build(order(data)).files)).read_bytes()) == book_of(new.content)


def test_a_note_that_no_longer_fits_is_listed(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 2 quarters"))
    path = next(iter(build(order(data)).files))
    data_with(tmp_path, chart(periods="last 2 quarters"), "e.output,qinghe,2025-Q3,level,16.4,,bulletin,1,,,\n")
    found = said(refreshed(path, data, "2025-Q1/Q3"), Sort.WORDS)
    assert (
        "各期数据由累计数推算",
        "what its note says of values that follow from others fits no more, now: 二季度数据由累计数推算，其余为公布数",
    ) in found


def test_a_series_without_a_point_is_left_out_and_named(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 3 quarters").replace("[e.output]", "[e.output, e.sales]"))
    made = plan(order(data))
    assert [one.name for one in drawn(made).series] == ["产值"]
    (finding,) = (it for it in made.findings if it.code == "check.chart-empty")
    assert finding.message == "零售额 of chart a has no point from 2025年一季度 to 2025年三季度: left out"
    alone = plan(order(data_with(tmp_path, chart("firms", periods="last 2 months"))))
    assert not any(isinstance(block, Chart) for block in alone.document.blocks)


def test_counts_one_after_another_are_a_saw_and_found(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 8 cumulative quarters"))
    (finding,) = (it for it in inspect(data, (SHIPPED,)) if it.code == "check.chart-counts")
    assert finding.message == "chart a draws counts from January one after another"
    assert (
        finding.hint == "last 8 quarters draws each by itself, derived from the counts; measure: yoy draws their growth"
    )
    its = FILES["indicators/economy.yaml"]
    for name, hints in (("人均产值", ["measure: yoy draws their growth"]), ("产值, kind: ratio", [])):
        write(data, {"indicators/economy.yaml": its.replace("产值", name, 1)})
        found = [it.hint for it in inspect(data, (SHIPPED,)) if it.code == "check.chart-counts"]
        assert found == hints
    write(data, {"indicators/economy.yaml": its})
    data = data_with(tmp_path, chart(periods="last 8 cumulative quarters", more=", measure: yoy"))
    assert [it for it in inspect(data, (SHIPPED,)) if it.code == "check.chart-counts"] == []


def test_words_for_periods_that_nobody_knows_are_answered_with_those_meant(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 8 quarter"))
    (finding,) = (it for it in inspect(data, (SHIPPED,)) if it.code == "yaml.value")
    assert finding.place is not None and finding.place.line == 1
    assert finding.hint == "did you mean last 8 quarters?"


def test_a_picture_of_a_file_is_the_same_twice(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(kind="column-line", more=", second: yoy"))
    one, two = (next(iter(build(order(data)).files)).read_bytes() for _ in range(2))
    assert one == two
    assert "word/charts/chart1.xml" in zipfile.ZipFile(io.BytesIO(one)).namelist()


def test_a_growth_known_to_a_per_cent_is_not_given_a_tenth_when_it_is_refreshed(tmp_path: Path) -> None:
    charts = chart("trade", "line", "last 4 quarters", ", measure: yoy")
    path = next(iter(build(order(data_with(tmp_path, charts))).files))
    rounded = "e.trade,qinghe,2025,level,1530,,bulletin,1,,2026-03-01,\n"  # the whole year without a decimal
    its = refreshed(path, data_with(tmp_path, charts, rounded), "2025")
    assert [row[1] for row in book_of(its.content)[1:]] == [8.0, 8.2, 6.2, 9.0]
    assert "<a:t>9</a:t>" in members(its.content)["word/charts/chart1.xml"].decode()


def test_a_number_that_office_saved_without_its_last_nought_is_not_an_edit(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart(periods="last 2 quarters"))
    path = next(iter(build(order(data)).files))
    parts = members(path.read_bytes())
    content = parts["word/charts/chart1.xml"].decode().replace("<c:v>14.0</c:v>", "<c:v>14</c:v>")
    (path.parent / "edited.docx").write_bytes(repacked(path.read_bytes(), {"word/charts/chart1.xml": content.encode()}))
    document = edited.read(path.parent / "edited.docx")
    assert not verify(document, folder.read(data), today(path, data), None).is_bad


def test_both_axes_of_a_refreshed_chart_are_those_of_one_built_anew(tmp_path: Path) -> None:
    data = data_with(tmp_path, chart("trade", "column-line", "last 4 quarters", ", second: yoy"))
    path = next(iter(build(order(data)).files))
    new = refreshed(path, data, "2025").content
    anew = next(iter(build(order(data, "2025")).files)).read_bytes()
    ends = [
        re.findall(r'<c:(?:max|min|majorUnit) val="([^"]*)"', members(each)["word/charts/chart1.xml"].decode())
        for each in (new, anew)
    ]
    assert ends[0] == ends[1] == ["500", "0", "100", "10", "0", "2"]
