"""Rankings of areas, heat tables and trends, whole, as the made-up district of fifteen towns prints them."""

import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write
from county import files
from docx import Document as open_docx
from test_areas import run
from test_docx import faults
from test_pdf_archive import faults as pdf_faults

from xdreport.build import Order, plan
from xdreport.document import Document, Figure, Table
from xdreport.folders import shipped
from xdreport.scope import Wish
from xdreport.theme import Theme, contrast
from xdreport.word import W
from xdreport.writers import docx, pdf, text

OUTPUT = "t: {section: economy, kind: ranking, title: 各镇街规上工业总产值, indicators: [economy.output]"
RETAIL = "t: {section: economy, kind: ranking, title: 各镇街社会消费品零售总额, indicators: [economy.retail]"
AIR = "t: {section: living, kind: ranking, title: 各县区空气质量优良天数比例, indicators: [living.air], within: city"
HEAT = "t: {section: economy, kind: heat, title: 各镇街主要指标同比增长, indicators: [economy.output, economy.retail]"


def planned(county: Path, tables: str, area: str = "", narrative: str = "false") -> Document:
    """Return the report of an area with tables of the folder."""
    write(county, {"tables.yaml": tables})
    overrides = ("parts.sections.table=false", f"parts.sections.narrative={narrative}")
    return plan(Order(county, (shipped("templates"),), Wish(area=area), "briefing", overrides=overrides)).document


def printed(county: Path, tables: str, area: str = "") -> list[str]:
    """Return the tables of a report as plain text."""
    blocks = text.write(planned(county, tables, area), Theme()).content.decode().split("\n\n")
    return [block for block in blocks if block.startswith("表")]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a data folder that holds the made-up district of fifteen towns."""
    return write(tmp_path / "data", files())


def test_a_ranking_orders_the_towns_with_their_growth_and_its_place_below_the_district(county: Path) -> None:
    (table,) = printed(county, OUTPUT + "}")
    assert (
        table
        == """\
表1　各镇街规上工业总产值（2025年前三季度）
位次	镇街	总量（亿元）	同比增长（%）	增速位次
—	全区	619.1	3.9	—
1	石桥镇	86.4	12.6	3
2	白沙镇	75.2	8.3	5
3	东坪镇	64.9	−3.2	12
4	观音塘街道	58.3	6.1	7
5	合水镇	52.7	15.4	2
6	黄土岭镇	47.5	−7.8	13
7	锦江街道	41.6	4.4	8
8	莲花乡	36.8	0.0	10
9	龙潭镇	33.1	9.7	4
10	茅坪乡	28.4	−12.5	14
11	南山镇	25.9	3.3	9
11	清溪镇	25.9	7.0	6
13	三江口镇	18.2	−0.6	11
14	小河镇	14.5	21.9	1
15	杨梅镇	9.7	−18.3	15
注：1.“—”表示没有数据或不宜计算。
2.按总量降序排列，位次相同为并列。
数据来源：[1]"""
    )


def test_a_ranking_by_growth_puts_falls_last_and_areas_without_a_figure_after_them(county: Path) -> None:
    (table,) = printed(county, RETAIL + ", measure: yoy, total: bottom}")
    lines = table.split("\n")
    assert lines[1] == "位次	镇街	同比增长（%）	总量（亿元）	总量位次"
    assert lines[11:18] == [
        "10	龙潭镇	0.9	3.98	9",
        "11	三江口镇	−0.2	2.04	12",
        "12	东坪镇	−1.1	8.02	5",
        "13	茅坪乡	−2.7	1.86	13",
        "14	黄土岭镇	−4.6	4.93	7",
        "—	杨梅镇	—	—	—",
        "—	全区	3.6	89.19	—",
    ]
    assert lines[20] == "3.杨梅镇没有可比数据，不排位次。"


def test_a_figure_that_is_not_exact_has_no_place(county: Path) -> None:
    rows = county / "observations" / "living.csv"
    rows.write_text(
        rows.read_text().replace(
            "living.air,xichang,2025-Q1/Q3,level,95.1,,", "living.air,xichang,2025-Q1/Q3,level,95,以上,"
        )
    )
    (table,) = printed(county, AIR + ", total: none}")
    assert table.split("\n")[2:7] == [
        "1	临河区	93.4", "1	北源县	93.4", "3	南岭县	91.5", "4	东安区	90.8", "—	西昌县	95以上",
    ]  # fmt: skip
    assert "西昌县没有可比数据，不排位次" in table
    row = "beiyuan,2025-Q1/Q3,level,93.4,,yearbook,附表,"
    rows.write_text(rows.read_text().replace(f"{row},,", f"{row}doubtful,,口径待核。"))
    (table,) = printed(county, AIR + ", total: none}")
    assert table.split("\n")[2:7] == [
        "1	临河区	93.4", "2	南岭县	91.5", "3	东安区	90.8", "—	西昌县	95以上", "—	北源县	93.4",
    ]  # fmt: skip
    assert "北源县空气质量优良天数比例：口径待核。" in table


def test_areas_are_headed_by_what_they_are_called(county: Path) -> None:
    for names, head in (("", "县区"), ("东安区→东安市", "县市区"), ("西昌县→西昌区 北源县→北源区 南岭县→南岭区", "区")):
        workspace = files()["workspace.yaml"]
        for old, new in (pair.split("→") for pair in names.split()):
            workspace = workspace.replace(old, new)
        write(county, {"workspace.yaml": workspace})
        assert printed(county, AIR + "}")[0].split("\n")[1] == f"位次	{head}	数值（%）"


def test_the_least_comes_first_where_less_is_better_unless_the_other_end_is_asked_for(county: Path) -> None:
    write(
        county,
        {"indicators/living.yaml": files()["indicators/living.yaml"].replace("decimals: 1, good: up", "good: down")},
    )
    for order, first in (("", "东安区"), (", order: highest", "西昌县"), (", order: lowest", "东安区")):
        (table,) = printed(county, AIR + f", total: none{order}}}")
        assert table.split("\n")[2].split("\t")[1] == first
    assert "按数值升序排列" in table


def test_one_description_serves_the_district_a_town_and_the_city(county: Path) -> None:
    tables = OUTPUT + "}"
    own = {area: printed(county, tables, area)[0].split("\n") for area in ("", "guanyin", "yunshan", "dongan")}
    assert own["guanyin"] == own[""]  # the town's own row stands out, which plain text does not show
    assert own["yunshan"][1:4] == [
        "位次	县区	总量（亿元）	同比增长（%）	增速位次", "—	全市	2216.3	2.1	—", "1	东安区	702.5	5.5	1",
    ]  # fmt: skip
    assert own["dongan"] == own["yunshan"]


def test_a_title_may_say_what_the_areas_are_called(county: Path) -> None:
    tables = (
        OUTPUT.replace("各镇街规上工业总产值", '"各{areas}规上工业总产值"')
        + "}\n"
        + SECOND_HEAT.replace("各镇街主要指标同比增长", '"各{areas}主要指标同比增长"')
    )
    for area, called in (("", "镇街"), ("yunshan", "县区")):
        assert [table.split("\n")[0] for table in printed(county, tables, area)] == [
            f"表1　各{called}规上工业总产值（2025年前三季度）",
            f"表2　各{called}主要指标同比增长（2025年前三季度）",
        ]


def test_towns_that_the_folder_lacks_are_said_to_be_missing(county: Path) -> None:
    workspace = files()["workspace.yaml"].replace(
        "临河区, level: district, within: yunshan", "临河区, level: district, within: yunshan, members: {town: 17}"
    )
    write(county, {"workspace.yaml": workspace})
    assert "镇街未列全，位次只在表中所列之间" in printed(county, OUTPUT + "}")[0]


def test_the_own_area_stands_out_and_the_whole_is_emphasised(county: Path) -> None:
    table = next(block for block in planned(county, OUTPUT + "}", "guanyin").blocks if isinstance(block, Table))
    looks = {row.cells[1][0].text: (row.is_strong, row.is_marked) for row in table.rows}  # type: ignore[union-attr]
    assert {name: look for name, look in looks.items() if look != (False, False)} == {
        "全区": (True, False), "观音塘街道": (True, True),
    }  # fmt: skip


def test_a_heat_table_shades_each_growth_by_its_size_and_sign(county: Path) -> None:
    table = next(block for block in planned(county, HEAT + ", rows: areas}").blocks if isinstance(block, Table))
    shades = {row.cells[0][0].text: row.shades for row in table.rows}  # type: ignore[union-attr]
    assert shades["石桥镇"] == (0.0, 0.75, 0.5)  # 12.6 and 5.2 of 20
    assert shades["莲花乡"] == (0.0, 0.0, 0.25)  # 0.0 and 1.5
    assert shades["杨梅镇"] == (0.0, -1.0, 0.0)  # −18.3 and none
    assert shades["三江口镇"] == (0.0, -0.25, -0.25)  # −0.6 and −0.2
    assert (table.unit, table.number) == ("单位：%", "表1")
    for row in table.rows:
        for cell, shade in zip(row.cells[1:], row.shades[1:], strict=True):
            (run,) = cell
            value = run.value if isinstance(run, Figure) else None
            assert (shade > 0, shade < 0) == ((value or 0) > 0, (value or 0) < 0)
            assert run.text.startswith("−") == (shade < 0)
            assert row.is_emphatic(1) or shade >= 0 or row.is_emphatic(2)


def test_one_figure_far_out_does_not_take_the_colour_from_the_others(county: Path) -> None:
    rows = county / "observations" / "economy.csv"
    rows.write_text(
        rows.read_text().replace(
            "economy.output,xiaohe,2025-Q1/Q3,yoy,21.9", "economy.output,xiaohe,2025-Q1/Q3,yoy,231"
        )
    )
    table = next(block for block in planned(county, HEAT + ", rows: areas}").blocks if isinstance(block, Table))
    shades = {row.cells[0][0].text: row.shades for row in table.rows}  # type: ignore[union-attr]
    assert shades["石桥镇"][1] == 0.75
    table = next(
        block for block in planned(county, HEAT + ", rows: areas, scale: 50}").blocks if isinstance(block, Table)
    )
    assert [row.shades[1] for row in table.rows if row.cells[0][0].text == "石桥镇"] == [0.5]  # type: ignore[union-attr]
    assert any("50%" in figure.text for figure in planned(county, HEAT + ", rows: areas, scale: 50}").figures())


def test_colours_mean_rise_and_fall_or_on_request_better_and_worse(county: Path) -> None:
    rows = county / "observations" / "economy.csv"
    rows.write_text(rows.read_text() + "economy.energy,linhe,2025-Q1/Q3,yoy,-3.4,,yearbook,附表,,,\n")
    heat = (
        "t: {section: economy, kind: heat, title: 同比, indicators: [economy.output, economy.energy], "
        'periods: ["2025-Q1/Q3"]'
    )
    for colours, energy, note in (("", -1, "下降的数字用黑体"), (", colours: good", 1, "单位产值能耗以下降为好")):
        table = next(block for block in planned(county, heat + colours + "}").blocks if isinstance(block, Table))
        shade = {row.cells[0][0].text: row.shades[1] for row in table.rows}["单位产值能耗"]  # type: ignore[union-attr]
        assert shade * energy > 0
        assert any(note in run.text for below in table.notes for run in below)  # type: ignore[union-attr]


def test_a_trend_goes_on_with_the_report_and_derives_what_is_not_reported(county: Path) -> None:
    trend = (
        "t: {section: economy, kind: trend, title: 分季度主要指标, indicators: [economy.output, economy.retail], "
        "periods: last 5 quarters}"
    )
    assert printed(county, trend) == [
        """\
表1　分季度主要指标
指标	单位	2024年	2025年
三季度	四季度	一季度	二季度	三季度
规上工业总产值	亿元	206.7	231.7	189.1	215.1	214.9
社会消费品零售总额	亿元	29.91	33.49	27.26	30.98	30.95
注：二季度、三季度、四季度数据由累计数推算，其余为公布数。
数据来源：[1]"""
    ]
    growth = trend.replace("periods:", "measure: yoy, periods:").replace(
        "last 5 quarters", "same period of the last 2 years"
    )
    assert printed(county, growth) == [
        """\
表1　分季度主要指标
指标	单位	2025年前三季度
规上工业总产值	%	3.9
社会消费品零售总额	%	3.6
数据来源：[1]"""
    ]


def test_what_is_computed_is_said_of_the_rows_of_which_it_is_so(county: Path) -> None:
    rows = county / "observations" / "economy.csv"
    kept = [line for line in rows.read_text().splitlines() if ",shiqiao,2025-Q1/Q3,yoy," not in line]
    levels = [
        f"economy.{id},{area},{period},level,{value},,yearbook,附表,,,"
        for id, area, period, value in (
            ("stock", "linhe", "2025-S1", "31"),
            ("stock", "linhe", "2025-Q1/Q3", "33"),
        )
    ]
    rows.write_text("\n".join([*kept, *levels, ""]))
    units = county / "indicators" / "economy.yaml"
    units.write_text(units.read_text() + "economy.stock: {name: 存款余额, unit: 亿元, flow: false}\n")
    (ranking, heat, trend) = printed(
        county,
        OUTPUT + ", columns: [place, area, growth]}\n"
        "u" + HEAT[1:] + ", rows: areas}\n"
        "v: {section: economy, kind: trend, title: 分季度, indicators: [economy.output, economy.stock], "
        "periods: last 2 quarters}",
    )
    assert "1	石桥镇	12.6" in ranking and "石桥镇	12.6" in heat
    for table in (ranking, heat):
        assert "部分增速由公布的总量计算，其余为公布数。" in table
    assert trend.split("\n")[3:6] == [
        "规上工业总产值	亿元	215.1	214.9",
        "存款余额	亿元	31	33",
        "注：规上工业总产值：各期数据由累计数推算。",
    ]


def test_an_area_without_any_growth_keeps_its_row_in_a_heat_table(county: Path) -> None:
    rows = county / "observations" / "economy.csv"
    rows.write_text("\n".join(line for line in rows.read_text().splitlines() if ",yangmei," not in line) + "\n")
    (table,) = printed(county, HEAT + ", rows: areas}")
    assert "杨梅镇	—	—" in table


def test_a_table_with_hardly_a_figure_is_left_out(county: Path) -> None:
    for tables in (AIR.replace("within: city", "within: own") + "}", OUTPUT + ", level: city}"):
        made = planned(county, tables, narrative="true")
        assert not any(isinstance(block, Table) for block in made.blocks)


def test_the_looks_are_the_themes_and_figures_read_on_every_ground(county: Path) -> None:
    theme = Theme()
    steps = [step / 4 for step in range(-4, 5)]
    grounds = [theme.ground(step) for step in steps]
    assert grounds == ["E59A5C", "ECB385", "F2CCAE", "F8E6D6", "", "EEF5FB", "DEEBF6", "CEE1F2", "BDD7EE"]
    assert all(contrast(ground or "FFFFFF", "000000") >= 4.5 for ground in [*grounds, theme.marked])
    # In grey the deepest fall is darker than the highest rise, so that the ends are told apart.
    assert contrast(theme.ground(-1.0), "FFFFFF") > contrast(theme.ground(1.0), "FFFFFF") + 0.5
    write(county, {"tables.yaml": HEAT + ", rows: areas}"})
    for heat, code in (("[993300, 003399]", 2), ("[FFCC99, CCE0FF]", 0)):
        printed = run("build", "--data", county, "--set", f"theme.heat={heat}", "--dry-run", exit_code=code)
        assert ("light enough for black figures" in printed) == bool(code)


def test_word_shades_the_cells_and_sets_falls_in_the_face_for_emphasis(county: Path, tmp_path: Path) -> None:
    path = tmp_path / "heat.docx"
    path.write_bytes(docx.write(planned(county, HEAT + ", rows: areas}"), Theme()).content)
    assert faults(path) == []
    table = next(it for it in open_docx(str(path)).tables if len(it.rows) == 17)
    looks = {}
    for row in table.rows:
        cell = row.cells[1]
        shading = cell._tc.find(f"{W}tcPr/{W}shd")
        looks[cell.text] = (None if shading is None else shading.get(f"{W}fill"), cell.paragraphs[0].style.name)
    assert looks["12.6"] == ("CEE1F2", looks["12.6"][1])
    assert looks["−18.3"][0] == "E59A5C"
    assert "突出" in looks["−18.3"][1] and "突出" not in looks["12.6"][1]
    assert looks["0.0"][0] is None


def test_the_pdf_shades_them_behind_the_figures_and_stays_fit_for_archives(county: Path) -> None:
    printed = pdf.write(
        planned(county, f"{HEAT}, rows: areas}}\n{OUTPUT.replace('t:', 'u:')}}}", "guanyin"), Theme(machine_fonts=False)
    )
    assert pdf_faults(printed.content, "3a") == []
    import pdfplumber

    with pdfplumber.open(io.BytesIO(printed.content)) as plumbed:
        fills = {}
        for page in plumbed.pages:
            for rect in page.rects:
                inside = page.crop((rect["x0"], rect["top"], rect["x1"], rect["bottom"])).extract_text()
                fills[inside] = tuple(round(part * 255) for part in rect["non_stroking_color"])
    assert fills["−18.3"] == (0xE5, 0x9A, 0x5C)
    assert fills["21.9"] == (0xBD, 0xD7, 0xEE)
    assert (0xF2, 0xF2, 0xF2) in fills.values()  # the row of the own town


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("kind: ranking, indicators: [economy.output, economy.retail]", "one indicator for a ranking"),
        ("kind: ranking, indicators: [economy.output], scale: 20", "no scale for a ranking table, which takes columns"),
        ("kind: trend, indicators: [economy.output]", "periods for a trend, such as last 8 quarters"),
        ("kind: heat, indicators: [economy.output]", "periods, or rows: areas, for a heat table"),
        ("kind: heat, indicators: [economy.output], measure: level, rows: areas", "a rate of growth as the measure"),
        (
            "kind: heat, indicators: [economy.output, economy.retail], rows: areas, periods: last 3 years",
            "one indicator for a heat table of areas by periods",
        ),
        ("kind: ranking, indicators: [economy.outputs]", 'unknown indicator, found "economy.outputs" (hint: did you'),
        ("kind: ranking, indicators: [economy.output], within: shiqao", 'found "shiqao" (hint: did you mean shiqiao?)'),
        (
            "kind: ranking, indicators: [economy.output], measure: share",
            "level or yoy as the measure that a ranking goes by",
        ),
    ],
)
def test_a_table_that_cannot_be_is_found_at_its_line(county: Path, entry: str, message: str) -> None:
    write(county, {"tables.yaml": f"t: {{section: economy, title: 表, {entry}}}\n"})
    printed = run("check", "--data", county, exit_code=1)
    assert "data/tables.yaml:1: " in printed and message in printed


SHARES = OUTPUT + ", columns: [place, area, value, growth, growth_place, share]}\n"
SECOND_HEAT = HEAT.replace("t:", "u:") + ", rows: areas}\n"


def test_tables_are_traced_verified_and_made_again(county: Path, tmp_path: Path) -> None:
    write(county, {"tables.yaml": SHARES + SECOND_HEAT})
    file = tmp_path / "town.docx"
    run("build", "--data", county, "-a", "shiqiao", "-s", "economy", "-o", file)
    assert "contradicts" not in run("verify", file, "--data", county)
    traced = run("trace", file, "12", "--data", county)
    assert "ranking('economy.output', 3, 'growth_place'), asked of 2025-Q1/Q3" in traced
    assert "−3.2: 11 of 15 areas stand before it" in traced
    traced = run("trace", file, "14.0", "--data", county)
    assert "86.4 ÷ 619.1 = 14.0% (share)" in traced
    assert "the same bytes" in run("reproduce", file, "--data", county)


def test_a_ranking_is_sorted_anew_when_refreshed_and_a_coloured_table_is_left(county: Path, tmp_path: Path) -> None:
    rows = county / "observations" / "economy.csv"
    changed = rows.read_text().replace("shiqiao,2025-Q1/Q2,level,56.4", "shiqiao,2025-Q1/Q2,level,46.4")
    rows.write_text(changed.replace("linhe,2025-Q1/Q2,level,404.2", "linhe,2025-Q1/Q2,level,394.2"))
    write(county, {"tables.yaml": OUTPUT + "}\n" + SECOND_HEAT})
    file, new = tmp_path / "town.docx", tmp_path / "new.docx"
    run("build", "--data", county, "-a", "shiqiao", "-s", "economy", "-o", file)
    said = run("refresh", file, "-p", "2025-Q1/Q2", "--data", county, "-o", new)
    ranking, heat = open_docx(str(new)).tables[1:3]
    assert [[cell.text for cell in row.cells] for row in ranking.rows][:4] == [
        ["位次", "镇街", "总量（亿元）", "同比增长（%）", "增速位次"],
        ["—", "全区", "394.2", "1.3", "—"],
        ["1", "白沙镇", "49.1", "8.4", "4"],
        ["2", "石桥镇", "46.4", "−7.4", "12"],
    ]
    captions = [it.text for it in open_docx(str(new)).paragraphs if it.text.startswith("表")]
    assert captions == [
        "表1　工业和消费主要指标（2025年上半年）",
        "表2　各镇街规上工业总产值（2025年上半年）",
        "表3　各镇街主要指标同比增长（2025年前三季度）",
    ]
    assert [cell.text for cell in heat.rows[2].cells] == ["石桥镇", "12.6", "5.2"]
    assert "kept    table 3: table: it is coloured by its figures: build it anew" in said
    assert "words   table 2, row 4, cell 2: 石桥镇: the area of the report has another place" in said
    assert "figures   0 changed" in run("refresh", new, "-p", "2025-Q1/Q2", "--data", county, "--dry-run")


def test_what_a_ranking_computed_is_compared_town_by_town_whatever_row_it_stands_in(
    county: Path, tmp_path: Path
) -> None:
    rows = county / "observations" / "economy.csv"
    changed = rows.read_text().replace("shiqiao,2025-Q1/Q2,level,56.4", "shiqiao,2025-Q1/Q2,level,46.4")
    rows.write_text(changed.replace("linhe,2025-Q1/Q2,level,404.2", "linhe,2025-Q1/Q2,level,394.2"))
    write(county, {"tables.yaml": OUTPUT + ", columns: [place, area, growth, share]}"})
    files = [tmp_path / "old.docx", tmp_path / "new.docx"]
    for file, period in zip(files, ("2025-Q1/Q2", "2025-Q1/Q3"), strict=True):
        run("build", "--data", county, "-s", "economy", "-p", period, "-o", file)
    found = {it["name"]: it for it in json.loads(run("diff", *files, "--data", county, "--json"))}
    towns = {name: (it["old"], it["new"]) for name, it in found.items() if name.startswith(("石桥镇", "白沙镇"))}
    assert towns == {
        "石桥镇规上工业总产值同比增速": ("−7.4%", "12.6%"),
        "石桥镇规上工业总产值占比": ("11.8%", "14.0%"),
        "白沙镇规上工业总产值同比增速": ("8.4%", "8.3%"),
        "白沙镇规上工业总产值占比": ("12.5%", "12.1%"),
    }


def test_every_template_prints_them_where_it_says_so(county: Path) -> None:
    write(county, {"tables.yaml": OUTPUT + "}"})
    found = {}
    for path in sorted(shipped("templates").glob("*.yaml")):
        if path.stem != "base":
            made = plan(Order(county, (shipped("templates"),), Wish(), path.stem)).document
            found[path.stem] = any(
                isinstance(block, Table) and block.id.startswith("table-t-") for block in made.blocks
            )
    assert found == {"briefing": True, "feature": False, "handout": False, "report": True, "yearbook": True}


def test_large_tables_keep_their_order_and_stay_with_their_section(county: Path) -> None:
    import pdfplumber

    tables = "".join(f"{OUTPUT.replace('t:', f't{number}:')}}}\n" for number in range(4))
    printed = pdf.write(planned(county, tables + AIR.replace("t:", "air:") + "}"), Theme(machine_fonts=False))
    with pdfplumber.open(io.BytesIO(printed.content)) as plumbed:
        words = "".join(page.extract_text() for page in plumbed.pages)
    order = re.findall(r"(?<!续)表[1-5](?=\s)|二、居民生活", words)
    assert order == ["表1", "表2", "表3", "表4", "二、居民生活", "表5"]


def test_several_rankings_in_a_row_leave_no_page_half_white(county: Path) -> None:
    import pdfplumber

    tables = "".join(f"{OUTPUT.replace('t:', f't{number}:')}}}\n" for number in range(5))
    printed = pdf.write(planned(county, tables), Theme(machine_fonts=False))
    with pdfplumber.open(io.BytesIO(printed.content)) as plumbed:
        pages = plumbed.pages
        ends = [max(word["bottom"] for word in page.extract_words()[:-3]) / page.height for page in pages]
        words = "".join(page.extract_text() for page in pages)
    assert re.findall("续表.", words) == ["续表1", "续表4", "续表5"]
    assert len(ends) == 5 and min(ends[:-1]) > 0.7


def test_the_scale_of_the_colours_is_a_round_figure(county: Path) -> None:
    for scale in (Decimal(5), Decimal("2.5")):
        heat = f"{HEAT}, rows: areas, scale: {scale}}}"
        shown = [it for it in planned(county, heat).figures() if it.rule == "scale_of_colours"]
        assert [(it.text, it.value) for it in shown] == [(f"{scale}%", scale)]
