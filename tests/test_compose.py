"""A template, a catalog and a scope, composed into a document; whole texts are in tests/goldens/."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TEMPLATES, write

from xdreport import build, template
from xdreport.document import Chart, Document, Figure, Heading, ListBlock, PullFigures, Table, Term, characters
from xdreport.findings import Failed
from xdreport.scope import Wish
from xdreport.theme import Theme
from xdreport.writers import text

SHIPPED = Path(__file__).parent.parent / "templates"
GOLDENS = Path(__file__).parent / "goldens"
HONOURS = """\
id,section,title,holder,level,period,awarded_by,source,locator,note
industry.cup,industry,优秀园区,三号园区,city,2025,南山市,bulletin-2025,第4段,
industry.medal,industry,5A级厂房,,country,2024,某部,bulletin-2025,第4段,
"""
CHARTS = """\
output: {section: industry, kind: column, title: 工业总产值, indicators: [industry.output], periods: ["2024", "2025"]}
empty: {section: industry, kind: line, title: 增速, measure: mom, indicators: [industry.output], periods: ["2025"]}
"""


def plan(world: Path, its_template: str = "own", *overrides: str, wish: Wish | None = None) -> build.Result:
    folder = write(world.parent / "templates", TEMPLATES)
    order = build.Order(world, (folder, SHIPPED), wish or Wish(), its_template, overrides=overrides)
    return build.plan(order)


def printed(document: Document) -> str:
    return text.write(document, Theme()).content.decode()


@pytest.mark.parametrize("name", ["own", "briefing", "handout"])
def test_the_small_world_reads_as_its_golden_says(world: Path, name: str) -> None:
    write(world, {"honours.csv": HONOURS, "charts.yaml": CHARTS})
    golden = GOLDENS / f"small-world-{name}.txt"
    assert printed(plan(world, name).document) == golden.read_text(encoding="utf-8")


def test_every_number_printed_is_a_figure_with_its_rows(world: Path) -> None:
    document = plan(world).document
    rows = [figure for figure in document.figures() if figure.observations]
    assert [(figure.text, str(figure.observations[0].place)) for figure in rows] == [
        ("112.4亿元", "data/observations/industry.csv:3"),
        ("比上年增长12.1%", "data/observations/industry.csv:4"),
        ("58家", "data/observations/industry.csv:5"),
        ("全市第2位", "data/observations/industry.csv:6"),
        ("112.4", "data/observations/industry.csv:3"),
        ("比上年增长12.1%", "data/observations/industry.csv:4"),
        ("58", "data/observations/industry.csv:5"),
        ("全市第2位", "data/observations/industry.csv:6"),
        ("36500余元", "data/observations/living.csv:2"),
        ("36500余", "data/observations/living.csv:2"),
    ]


def test_the_newest_revision_is_printed_and_traced(world: Path) -> None:
    path = world / "observations/living.csv"
    revision = "living.income,qinghe,2025,level,36680,,bulletin-2025,第3段,revised,2026-05-01,按核实数修订\n"
    path.write_text(path.read_text(encoding="utf-8") + revision, encoding="utf-8")
    document = plan(world, wish=Wish(sections=("living",))).document
    figures = [figure for figure in document.figures() if figure.observations and figure.rule != "former"]
    assert {(figure.text, str(figure.observations[0].place)) for figure in figures} == {
        ("36680元", "data/observations/living.csv:3"),
        ("36680", "data/observations/living.csv:3"),
    }
    assert (
        "注：1.居民人均可支配收入：按核实数修订。\n2.2025年居民人均可支配收入为修订数，原为36500余元。\n"
    ) in printed(document)


def test_the_source_list_holds_the_sources_of_the_figures_in_the_order_they_are_cited(world: Path) -> None:
    write(world, {"sources.yaml": "unused: {title: 没有}\nsecond: {title: 二}\nbulletin-2025: {title: 一}\n"})
    path = world / "observations/living.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("bulletin-2025", "second"), encoding="utf-8")
    sources = plan(world).document.blocks[-1]
    assert isinstance(sources, ListBlock)
    assert [characters(item) for item in sources.items] == ["《一》。", "《二》。"]
    assert (sources.marks, sources.ids) == (("[1] ", "[2] "), ("source-1", "source-2"))


def test_several_periods_stand_one_below_another(world: Path) -> None:
    document = plan(world, wish=Wish(periods=("2024,2025",))).document
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [heading.number + characters(heading.runs) for heading in headings] == [
        "一、产业发展", "（一）2024年", "（二）2025年", "二、居民生活", "（一）2025年", "三、资料来源",
    ]  # fmt: skip


def test_a_section_without_figures_is_left_out_and_said_so(world: Path) -> None:
    result = plan(world, wish=Wish(periods=("2024",)))
    assert [str(finding) for finding in result.findings] == [
        "living has no figures for 2024: left out (hint: its newest are of 2025 (--period 2025)) [scope.left-out]"
    ]
    assert "居民生活" not in [characters(block.runs) for block in result.document.blocks if isinstance(block, Heading)]


def test_chosen_indicators_come_without_the_prose_of_the_whole_section(world: Path) -> None:
    document = plan(world, wish=Wish(indicators=("industry.firms",))).document
    assert "58家" not in printed(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[characters(cell) for cell in row.cells] for table in tables for row in table.rows] == [
        ["规上工业企业", "家", "58", "全市第2位", "[1]"]
    ]


def test_honours_are_names_and_the_highest_come_first(world: Path) -> None:
    write(world, {"honours.csv": HONOURS})
    document = plan(world, "briefing", wish=Wish(periods=("2024,2025",))).document
    terms = [run.text for run in document.runs() if isinstance(run, Term)]
    assert terms == ["5A级厂房", "优秀园区"]


def test_a_chart_is_drawn_from_two_figures_on(world: Path) -> None:
    write(world, {"charts.yaml": CHARTS})
    charts = [block for block in plan(world).document.blocks if isinstance(block, Chart)]
    assert [(chart.id, chart.categories) for chart in charts] == [("chart-output", ("2024年", "2025年"))]
    (series,) = charts[0].series
    assert [figure.text for figure in series.figures if figure] == ["100.3", "112.4"]
    assert charts[0].description == "柱形图：工业总产值。2024年 100.3亿元；2025年 112.4亿元。"


@pytest.mark.parametrize("switch", ["table", "charts", "narrative"])
def test_what_is_switched_off_is_not_in_the_document(world: Path, switch: str) -> None:
    write(world, {"charts.yaml": CHARTS})
    on, off = plan(world).document, plan(world, "own", f"parts.sections.{switch}=false").document
    kinds = {"table": "表1", "charts": "图1", "narrative": "规上工业企业58家"}
    assert [kind in printed(on) for kind in kinds.values()] == [True, True, True]
    assert [name for name, kind in kinds.items() if kind not in printed(off)] == [switch]


def test_the_date_is_an_argument_and_never_the_clocks(world: Path) -> None:
    assert plan(world, "briefing").document.date is None
    dated = plan(world, "briefing", "date=2026-07-04", "issue=3").document
    assert printed(dated).startswith("清河区发展简报\n第3期\n清河区统计室\t2026年7月4日\n")
    assert str(dated.date) == "2026-07-04"


def test_a_figure_that_a_template_asks_for_in_vain_is_found_at_its_line(world: Path) -> None:
    with pytest.raises(Failed) as stop:
        plan(world, "own", "title={{ figure('industry.outptu') }}")
    assert [str(finding) for finding in stop.value.findings] == [
        "--set title={{ figure('industry.outptu') }}: unknown indicator, found \"industry.outptu\" "
        "(hint: did you mean industry.output or industry.firms?) [phrase.indicator]"
    ]


def test_composing_changes_nothing(world: Path) -> None:
    result = plan(world)
    chosen = template.read("own", (world.parent / "templates", SHIPPED))
    again = build.compose(chosen, result.catalog, result.scope, template.book("zh", (SHIPPED,)))[0]
    assert again == result.document
    assert replace(again) == again
    assert all(isinstance(figure, Figure) for figure in again.figures())


OFFICIAL = """\
extends: report
parts:
  - sections: {table: false, charts: false}
  - attachment_list
  - attachment: {title: 指标表}
  - key_table
  - attachment: {title: 荣誉}
  - honours: {heading: ""}
  - sources
"""


def test_an_attachment_that_holds_nothing_is_neither_listed_nor_begun(world: Path) -> None:
    write(world.parent / "templates", {"letter.yaml": OFFICIAL})
    with_honours = printed(plan(write(world, {"honours.csv": HONOURS}), "letter").document)
    assert "附件：1.指标表\n2.荣誉\n" in with_honours and "附件2\n\n荣誉\n" in with_honours
    (world / "honours.csv").unlink()
    without = printed(plan(world, "letter").document)
    assert "附件：指标表\n" in without and "附件\n\n指标表\n" in without and "荣誉" not in without


def test_headings_within_attachments_have_no_number(world: Path) -> None:
    write(world.parent / "templates", {"letter.yaml": OFFICIAL})
    headings = [block for block in plan(world, "letter").document.blocks if isinstance(block, Heading)]
    assert [(block.number, characters(block.runs)) for block in headings if block.level == 1] == [
        ("一、", "产业发展"),
        ("二、", "居民生活"),
        ("", "资料来源"),
    ]
    assert len({block.id for block in headings if block.id}) == 3


def test_a_letter_without_figures_is_refused_whatever_its_own_words(world: Path) -> None:
    with pytest.raises(Failed, match="no figures that the template prints"):
        plan(world, "report", wish=Wish(indicators=("industry.firms",), periods=("2024",)))


def test_a_table_without_comparisons_has_no_column_for_them(world: Path) -> None:
    tables = {block.id: block for block in plan(world).document.blocks if isinstance(block, Table)}
    heads = {id: [characters(column.title) for column in table.columns] for id, table in tables.items()}
    assert heads["table-industry-2025"] == ["指标", "单位", "数值", "比较", "来源"]
    assert heads["table-living-2025"] == ["指标", "单位", "数值", "来源"]


def test_sections_without_numbers_have_none_within(world: Path) -> None:
    write(world, {"narratives/industry/2025.md": "## 规模\n\n{{ figure('industry.output') }}。\n"})
    document = plan(world, "own", "parts.sections.numbering=false").document
    assert {block.number for block in document.blocks if isinstance(block, Heading)} == {""}


def test_a_yearbook_explains_the_indicators_that_it_prints(world: Path) -> None:
    path = world / "indicators/living.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("good: up", "good: up, meaning: 居民收入。"), encoding="utf-8"
    )
    lines = printed(plan(world, "yearbook").document).splitlines()
    assert "三、主要指标解释" in lines and "居民人均可支配收入　居民收入。" in lines
    assert "主要指标解释" not in printed(plan(world, "yearbook", wish=Wish(sections=("industry",))).document)


def test_a_table_of_many_periods_is_parted_each_part_naming_its_own(world: Path) -> None:
    rows = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
    rows += "".join(
        f"industry.firms,qinghe,{year},level,{year},,bulletin-2025,第1段,,,\n" for year in range(2012, 2026)
    )
    write(world, {"observations/industry.csv": rows, "narratives/industry/2025.md": "平稳。\n"})
    document = plan(world, "yearbook", wish=Wish(sections=("industry",))).document
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [characters(table.caption) for table in tables] == [
        "产业发展主要指标（2012年至2014年）",
        "产业发展主要指标（2015年至2017年）",
        "产业发展主要指标（2018年至2020年）",
        "产业发展主要指标（2021年至2023年）",
        "产业发展主要指标（2024年至2025年）",
    ]
    assert len({table.id for table in tables}) == 5


def test_large_figures_are_those_that_changed_first_one_of_each_section(world: Path) -> None:
    document = plan(world, "feature").document
    (pulled,) = (block for block in document.blocks if isinstance(block, PullFigures))
    assert [characters((item.figure, *item.label)) for item in pulled.items] == [
        "112.4亿元工业总产值\n比上年增长12.1%",
        "36500余元居民人均可支配收入",
    ]


def test_a_picture_that_is_not_there_is_a_finding(world: Path) -> None:
    with pytest.raises(Failed, match=r'unknown image, found "park" \(hint: the images are none'):
        plan(world, "feature", "parts.pictures.images=[park]")
