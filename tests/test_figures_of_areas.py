"""How figures of one area stand to those of others: shares, differences, places. All data are made up."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write
from county import files
from docx import Document as open_docx
from test_areas import run

from xdreport import checks, template
from xdreport.build import Order, plan
from xdreport.catalog import Catalog
from xdreport.document import Paragraph, Table, characters
from xdreport.figures import Figures
from xdreport.folders import shipped
from xdreport.lookup import PhraseError
from xdreport.period import Period
from xdreport.readers import folder
from xdreport.scope import Wish

NOW = Period.parse("2025-Q1/Q3")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a data folder that holds the made-up district of fifteen towns."""
    return write(tmp_path / "data", files())


def figures(catalog: Catalog, area: str, language: str = "zh") -> Figures:
    book = template.book(language, (shipped("templates"),))
    return Figures(catalog, catalog.workspace.areas[area], NOW, book, language)


@pytest.mark.parametrize(
    ("area", "phrase", "text"),
    [
        ("linhe", "compare('economy.output', area='above')", "占全市比重为27.9%"),
        ("linhe", "compare('economy.output', area='yunshan')", "占全市比重为27.9%"),
        ("shiqiao", "compare('economy.output', area='above')", "占全区比重为14.0%"),
        ("shiqiao", "compare('economy.output', area='city')", "占全市比重为3.9%"),
        ("linhe", "compare('economy.output', area='xichang')", "高于西昌县230.5亿元"),
        ("linhe", "compare('economy.output', measure='yoy', area='above')", "高于全市1.8个百分点"),
        ("linhe", "compare('economy.output', measure='yoy', area='above', noun=True)", "增速高于全市1.8个百分点"),
        ("linhe", "compare('economy.output', measure='yoy', area='city', prefer='快于')", "快于全市1.8个百分点"),
        ("xichang", "compare('economy.output', measure='yoy', area='above', prefer='慢于')", "低于全市4.5个百分点"),
        ("dongping", "compare('economy.output', measure='yoy', area='above')", "低于全区7.1个百分点"),
        ("linhe", "compare('living.air', area='above')", "高于全市1.2个百分点"),
        ("linhe", "compare('living.air', area='beiyuan')", "与北源县持平"),
        ("linhe", "compare('living.income', area='above')", "高于全市1221元"),
        ("xichang", "compare('living.income', area='above', prefer='少于')", "少于全市2313元"),
        ("linhe", "figure('economy.output', area='above')", "2216.3亿元"),
        ("linhe", "change('economy.output', area='above', mention='later')", "增长2.1%"),
    ],
)
def test_a_figure_stands_to_another_area_as_its_kind_allows(county: Path, area: str, phrase: str, text: str) -> None:
    its = figures(folder.read(county), area)
    figure = its.again(phrase)
    assert figure.text == text
    assert its.again(figure.call) == figure


@pytest.mark.parametrize(
    ("area", "phrase", "reason"),
    [
        ("linhe", "compare('economy.output', area='shiqiao')", "a whole is not compared with a part of it"),
        ("yunshan", "compare('economy.output', area='above')", "unknown area"),
        ("linhe", "compare('economy.output', area='province')", "unknown area"),
        ("linhe", "compare('economy.retail', area='above')", "there is no level of economy.retail"),
    ],
)
def test_a_comparison_that_would_mislead_is_refused(county: Path, area: str, phrase: str, reason: str) -> None:
    with pytest.raises(PhraseError) as stop:
        figures(folder.read(county), area).again(phrase)
    assert reason in stop.value.finding.message


@pytest.mark.parametrize(
    ("area", "phrase", "text", "formula"),
    [
        ("linhe", "'economy.output', among='city'", "全市第2位", "619.1: 1 of 5 areas stand before it"),
        ("linhe", "'economy.output', among='above', measure='yoy'", "全市第2位", "3.9: 1 of 5 areas stand before it"),
        ("nanling", "'economy.output', among='city', measure='yoy'", "全市第5位", "−6.7: 4 of 5 areas stand before it"),
        (
            "qingxi", "'economy.output', among='district'", "全区并列第11位",
            "25.9: 10 of 15 areas stand before it, 2 share it",
        ),
        ("linhe", "'living.air', among='city'", "全市并列第2位", "93.4: 1 of 5 areas stand before it, 2 share it"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_putting_all_areas_in_order(
    county: Path, area: str, phrase: str, text: str, formula: str
) -> None:
    figure = figures(folder.read(county), area).again(f"rank({phrase})")
    assert (figure.text, figure.formula, figure.rule) == (text, formula, "rank_in_order")
    assert len(figure.observations) == (15 if "of 15" in formula else 5)
    assert figure.value == Decimal(formula.partition(": ")[2].partition(" ")[0]) + 1


def test_a_rank_that_the_source_reports_wins(county: Path) -> None:
    rows = county / "observations" / "living.csv"
    rows.write_text(rows.read_text() + "living.income,linhe,2025-Q1/Q3,rank_city,1,,yearbook,附表,,,\n")
    figure = figures(folder.read(county), "linhe").rank("living.income", among="city")
    assert (figure.text, figure.rule) == ("全市第1位", "rank_city")


@pytest.mark.parametrize(
    ("change", "area", "id", "among", "reason"),
    [
        ({}, "yangmei", "economy.retail", "district", "a place needs an exact level of economy.retail of each area"),
        ({"{district: 5}": "{district: 6}"}, "linhe", "economy.output", "city", "there is no rank_city"),
        ({", members: {district: 5}": ""}, "linhe", "economy.output", "city", "there is no rank_city"),
        ({}, "linhe", "economy.output", "province", "there is no rank_province"),
        ({}, "linhe", "economy.output", "town", "unknown among"),
    ],
)  # fmt: skip
def test_there_is_no_place_where_not_all_areas_are_known(
    county: Path, change: dict[str, str], area: str, id: str, among: str, reason: str
) -> None:
    path = county / "workspace.yaml"
    for old, new in change.items():
        path.write_text(path.read_text().replace(old, new))
    with pytest.raises(PhraseError) as stop:
        figures(folder.read(county), area).rank(id, among=among)
    assert reason in stop.value.finding.message


def test_a_district_that_is_called_a_county_is_spoken_of_as_one(county: Path) -> None:
    path = county / "workspace.yaml"
    path.write_text(path.read_text().replace("name: 临河区", "name: 临河县"))
    its = figures(folder.read(county), "shiqiao")
    assert its.compare("economy.output", measure="yoy", area="above").text == "高于全县8.7个百分点"
    assert its.rank("economy.output", among="above").text == "全县第1位"


def test_english_says_the_same(county: Path) -> None:
    its = figures(folder.read(county), "linhe", "en")
    assert its.compare("living.air", area="above").text == "1.2 percentage points above the city"
    assert its.compare("economy.output", area="above").text == "accounted for 27.9% of the city"
    assert its.rank("living.air", among="city").text == "tied for 2nd in the city"


def test_tables_and_automatic_prose_say_it_when_asked(county: Path) -> None:
    overrides = (
        "parts.sections.table.columns=[name, value, above, rank]",
        "parts.sections.above=true",
    )
    made = plan(Order(county, (shipped("templates"),), Wish(), "briefing", overrides=overrides)).document
    tables = [block for block in made.blocks if isinstance(block, Table)]
    assert [[characters(column.title) for column in table.columns] for table in tables] == [
        ["指标", "数值", "与全市比较", "全市位次"]
    ] * 2
    assert [[characters(cell) for cell in row.cells] for table in tables for row in table.rows] == [
        ["规上工业总产值", "619.1", "占全市比重为27.9%；增速高于全市1.8个百分点", "2"],
        ["社会消费品零售总额", "89.19", "—", "—"],
        ["单位产值能耗", "0.398", "—", "—"],
        ["居民人均可支配收入", "28411", "高于全市1221元；增速高于全市0.7个百分点", "2"],
        ["空气质量优良天数比例", "93.4", "高于全市1.2个百分点", "2"],
    ]
    prose = [characters(block.runs) for block in made.blocks if isinstance(block, Paragraph)]
    assert (
        "2025年前三季度，居民人均可支配收入28411元，同比增长5.6%，高于全市1221元，增速高于全市0.7个百分点，居全市第2位；"
        "空气质量优良天数比例为93.4%，比上年同期提高1.4个百分点，高于全市1.2个百分点，居全市并列第2位。" in prose
    )
    assert all(figure.call for figure in made.figures())


def test_a_report_at_the_top_has_no_columns_for_what_is_above(county: Path) -> None:
    overrides = ("parts.sections.table.columns=[name, value, above, rank]",)
    order = Order(county, (shipped("templates"),), Wish(area="yunshan"), "briefing", overrides=overrides)
    tables = [block for block in plan(order).document.blocks if isinstance(block, Table)]
    assert {tuple(characters(column.title) for column in table.columns) for table in tables} == {("指标", "数值")}


def test_what_is_said_of_the_area_above_is_verified_and_refreshed(county: Path, tmp_path: Path) -> None:
    file = tmp_path / "district.docx"
    columns = "parts.sections.table.columns=[name, value, above, rank]"
    run("build", "--data", county, "--set", columns, "--set", "parts.sections.above=true", "-s", "living", "-o", file)
    assert "live agrees" in run("verify", file, "--data", county)
    rows = county / "observations" / "living.csv"
    rows.write_text(
        rows.read_text().replace("living.air,yunshan,2025-Q1/Q3,level,92.2", "living.air,yunshan,2025-Q1/Q3,level,94.0")
    )
    assert "outdated" in run("verify", file, "--data", county, exit_code=1)
    said = run("refresh", file, "-p", "2025-Q1/Q3", "--data", county, "--dry-run")
    assert "高于全市1.2个百分点 → 低于全市0.6个百分点" in said


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "economy.output,linhe,2025-Q1/Q3,rank_city,3",
            'economy.output of linhe does not have this place in yunshan, found "3", expected 2 by its level or 2 by '
            "its yoy (hint: correct the rank, or the figure of an area) [check.rank-order]",
        ),
        ("economy.output,linhe,2025-Q1/Q3,rank_city,2", ""),
        ("economy.output,xiaohe,2025-Q1/Q3,rank_district,14", ""),
        ("economy.output,xiaohe,2025-Q1/Q3,rank_district,1", ""),  # of its growth
        ("economy.retail,shiqiao,2025-Q1/Q3,rank_district,9", ""),  # one town has none
        ("economy.output,linhe,2025-Q1/Q3,rank_province,9", ""),
    ],
)
def test_a_reported_rank_is_held_against_the_order_of_the_areas(county: Path, row: str, message: str) -> None:
    rows = county / "observations" / "economy.csv"
    rows.write_text(rows.read_text() + f"{row},,yearbook,附表,,,\n")
    found = [it for it in checks.check(folder.read(county)) if it.code == "check.rank-order"]
    assert [str(replace(it, place=None)) for it in found] == ([message] if message else [])


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2025年前三季度，规上工业总产值619.1亿元，占全市比重为27.9%，居全市第2位。", "3 typed agrees"),
        ("2025年前三季度，规上工业总产值619.1亿元，占全市的28.9%。", "1 typed agrees, 1 typed contradicts"),
        ("2025年前三季度，规上工业总产值619.1亿元，增速高于全市1.8个百分点。", "2 typed agrees"),
        ("2025年前三季度，规上工业总产值619.1亿元，居全市第4位。", "1 typed agrees, 1 typed unknown"),
    ],
)
def test_typed_words_on_other_areas_are_held_against_them(
    county: Path, tmp_path: Path, sentence: str, found: str
) -> None:
    file = tmp_path / "typed.docx"
    document = open_docx()
    document.add_paragraph(sentence)
    document.save(str(file))
    said = run("verify", file, "--data", county, exit_code=1 if "contradicts" in found else 0)
    assert f"found     {found}\n" in said
