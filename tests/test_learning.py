"""Recipes drafted from workbooks as Excel saves them: what is shown, what is written, what a person may say."""

from pathlib import Path

import bureau
import pytest
import quarterly_workbooks
from made_up_books import book, save, sheet
from test_extraction import BY_DRAFT, lines
from typer.testing import CliRunner

from xdreport import extraction, learning, recipe
from xdreport.cli import app
from xdreport.findings import Failed, Unusable
from xdreport.readers import folder, workbook

MONTHLY = """
2026年1—9月主要经济指标（虚构）
单位：亿元、%
指标|1-9月|增长(%)|上年同期|位次
地区生产总值|512.3|5.6%|485.2|2
规上工业增加值|120.5|-1.2|122.0|
工业用电量（万千瓦时）|88,123|2.1|86,310|
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return bureau.write(tmp_path / "data")


@pytest.fixture
def monthly(tmp_path: Path) -> Path:
    return save(book(sheet("月报", MONTHLY)), tmp_path / "报表.xlsx")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["import", *arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize("name", BY_DRAFT)
def test_a_workbook_that_excel_reads_gives_the_same_figures(name: str, data: Path, tmp_path: Path) -> None:
    case = bureau.CASES[name]
    read = workbook.read(save(case.book, tmp_path / case.book.name))
    made = learning.draft(read, folder.read(data), section="economy")
    assert [str(finding) for finding in made.harvest.findings if finding.is_error] == []
    assert lines(made.harvest, read) == set(case.figures.strip().split("\n"))


def test_what_is_understood_is_shown_and_nothing_is_written(data: Path, monthly: Path) -> None:
    code, shown = run(str(monthly), "--learn", "--data", str(data))
    assert code == 0
    assert not (data / "recipes").exists()
    for words in (
        "table     月报!A3:E6",
        "period    2026年1—9月",
        "B3 1-9月: known → level",
        "D3 上年同期: known → level, newest year-before",
        "E3 位次: known → rank_city, newest",
        "A5 规上工业增加值: near → economy.industry",
        "A6 工业用电量（万千瓦时）: unknown",
        "月报!C4  清河区 地区生产总值 2026年1—9月 yoy  5.6",
        "- {name: 规上工业增加值, skip: true} # near economy.industry (规模以上工业增加值): put indicator: "
        "economy.industry",
        "nothing was written of recipe zhu_yao_jing_ji_zhi_biao",
    ):
        assert words in shown


def test_with_yes_the_recipe_and_new_indicators_are_written_and_the_import_lands(data: Path, monthly: Path) -> None:
    options = ["--section", "economy", "--id", "规上工业增加值=economy.industry", "--id", "工业用电量=economy.power2"]
    code, shown = run(str(monthly), "--learn", "--yes", "--recipe", "yuebao", "--data", str(data), *options)
    assert code == 0, shown
    assert (data / "indicators" / "economy.yaml").read_text(encoding="utf-8").splitlines()[-2:] == [
        "# Drafted from 报表.xlsx: look at each; name its id as you like, here and in the recipe.",
        "economy.power2: {name: 工业用电量, unit: 万千瓦时, decimals: 0}",
    ]
    code, shown = run(str(monthly), "--data", str(data), "--as-of", "2026-10-20")
    assert code == 0, shown
    found = {row.locator: f"{row.indicator} {row.period} {row.value:f}" for row in folder.read(data).observations}
    assert found["报表.xlsx#月报!B5"] == "economy.industry 2026-01/09 120.5"
    assert found["报表.xlsx#月报!D6"] == "economy.power2 2025-01/09 86310"
    assert len(found) == 10


def test_a_recipe_that_is_there_is_not_overwritten(data: Path, monthly: Path) -> None:
    options = [str(monthly), "--learn", "--yes", "--recipe", "yuebao", "--data", str(data)]
    assert run(*options)[0] == 0
    code, shown = run(*options)
    assert (code, "there is such a recipe already" in shown) == (2, True)


def test_a_folder_without_indicators_gets_them_from_its_first_workbook(data: Path, tmp_path: Path) -> None:
    for path in (data / "indicators").iterdir():
        path.unlink()
    case = bureau.CASES["主要经济指标"]
    path = save(case.book, tmp_path / "报表.xlsx")
    assert run(str(path), "--learn", "--yes", "--section", "economy", "--data", str(data))[0] == 0
    drafted = folder.read(data).indicators
    assert [f"{it.name} {it.unit} {'flow' if it.is_flow else 'stock'} {it.decimals}" for it in drafted.values()] == [
        "地区生产总值 亿元 flow 1", "第一产业 亿元 flow 1", "第二产业 亿元 flow 2", "规模以上工业增加值 亿元 flow 1",
        "国有控股企业 亿元 flow 1", "社会消费品零售总额 亿元 flow 1", "一般公共预算收入 万元 flow 1",
        "金融机构本外币存款余额 亿元 stock 1", "全社会用电量 亿千瓦时 flow 4",
    ]  # fmt: skip
    assert next(iter(drafted)) == "economy.di_qu_sheng_chan_zong_zhi"
    code, shown = run(str(path), "--check", "--data", str(data))
    assert (code, "22 figures matched, 0 rows or columns unknown" in shown) == (0, True), shown


def test_a_quarterly_workbook_is_drafted_whole_for_an_empty_folder(data: Path, tmp_path: Path) -> None:
    for path in (data / "indicators").iterdir():
        path.unlink()
    year, quarter = (workbook.read(path) for path in quarterly_workbooks.write(tmp_path / "books"))
    ids = {"规模以上工业总产值": "economy.output", "北关街道": "beiguan"}
    made = learning.draft(year, folder.read(data), id="quarterly", section="economy", ids=ids)
    assert made.recipe.splitlines()[1:4] == [
        "title: 望川区主要经济指标（虚构）",
        'source: {id: quarterly, title: "{period}望川区主要经济指标（虚构）", publisher: 望川区统计局（虚构）}',
        "as_of: 报送日期 # the day of its figures stands beside it",
    ]
    assert [line.strip() for line in made.recipe.splitlines() if line.startswith("    title:")] == [
        "title: 望川区主要经济指标（虚构）", "title: 望川区期末指标（虚构）", "title: 望川区各乡镇主要指标（虚构）",
    ]  # fmt: skip
    assert [line.strip() for line in made.recipe.splitlines() if "[规模以上工业总产值," in line] == [
        "- {name: [规模以上工业总产值, 新材料产业产值], indicator: economy.xin_cai_liao_chan_ye_chan_zhi}",
        "- {head: [规模以上工业总产值, 绝对量], indicator: economy.output, measure: level}",
        "- {head: [规模以上工业总产值, 同比增长（%）], indicator: economy.output, measure: yoy}",
    ]
    assert "economy.gu_ding_zi_chan_tou_zi: {name: 固定资产投资, unit: 亿元}\n" in made.indicators
    for path, content in made.files(data).items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (its,) = recipe.read_all(data)
    read = [extraction.extract(its, one, folder.read(data)) for one in (year, quarter)]
    assert [(len(one.observations), str(one.as_of)) for one in read] == [(43, "2026-01-20"), (43, "2026-04-18")]
    assert [one.findings + one.unmatched for one in read] == [(), ()]
    towns = {
        f"{row.area} {row.measure} {row.value}" for row in read[1].observations if row.indicator == "economy.output"
    }
    assert {"beiguan level 10.15", "xi_ling_xiang yoy -2.0"} <= towns


@pytest.mark.parametrize("days", ["报送日期：2026年1月20日|报送日期：2026年1月21日", "报送日期：尽快"])
def test_no_day_is_drafted_where_several_or_none_stand_in_the_workbook(days: str, data: Path) -> None:
    made = learning.draft(book(sheet("月报", MONTHLY + days)), folder.read(data))
    assert "as_of" not in made.recipe


def test_areas_that_the_folder_lacks_are_drafted_below_areas(data: Path, tmp_path: Path) -> None:
    text = """
2026年一季度各县区工业增加值（虚构）
地区|规模以上工业增加值（亿元）|增速（%）
清河区|10.1|5.2
望江县|8.2|-0.3
临水镇|1.2|3.3
"""
    path = save(book(sheet("各县区", text)), tmp_path / "县区.xlsx")
    options = ["--learn", "--yes", "--recipe", "xianqu", "--id", "望江县=wangjiang", "--data", str(data)]
    assert run(str(path), "--section", "economy", *options)[0] == 0
    workspace = (data / "workspace.yaml").read_text(encoding="utf-8").splitlines()
    assert workspace[2:5] == [
        "areas:",
        "  wangjiang: {name: 望江县, level: district, within: nanshan}",
        "  lin_shui_zhen: {name: 临水镇, level: town, within: qinghe}",
    ]
    its = recipe.read_all(data)[0]
    harvest = extraction.extract(its, workbook.read(path), folder.read(data))
    assert [f"{row.area} {row.measure} {row.value}" for row in harvest.observations][2:] == [
        "wangjiang level 8.2", "wangjiang yoy -0.3", "lin_shui_zhen level 1.2", "lin_shui_zhen yoy 3.3",
    ]  # fmt: skip


def test_a_draft_that_cannot_be_made_says_why(data: Path, monthly: Path) -> None:
    catalog = folder.read(data)
    with pytest.raises(Unusable) as nothing:
        learning.draft(book(sheet("表", "只有说明\n没有数据")), catalog)
    assert str(nothing.value).endswith("[learn.nothing]")
    with pytest.raises(Unusable) as unknown:
        learning.draft(workbook.read(monthly), catalog, section="econmy")
    assert str(unknown.value) == 'unknown section, found "econmy" (hint: did you mean economy?) [scope.section]'
    with pytest.raises(Unusable) as stray:
        learning.draft(workbook.read(monthly), catalog, section="economy", ids={"工业用电量": "power.all"})
    assert "no section would take the indicator" in str(stray.value)
    code, shown = run(str(monthly), "--learn", "--id", "工业用电量", "--data", str(data))
    assert (code, "[learn.id]" in shown) == (2, True)


def test_a_file_that_is_added_to_keeps_its_bytes(data: Path, monthly: Path) -> None:
    path = data / "indicators" / "economy.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    made = learning.draft(workbook.read(monthly), folder.read(data), section="economy")
    after = made.files(data)[path]
    assert (after.startswith(before + b"\r\n# Drafted from"), after.count(b"\n") == after.count(b"\r\n")) == (
        True,
        True,
    )


def test_areas_in_braces_are_left_to_the_person(data: Path) -> None:
    path = data / "workspace.yaml"
    path.write_text("title: 虚构\narea: qinghe\nareas: {qinghe: {name: 清河区}}\n", encoding="utf-8")
    (data / "recipes").mkdir()
    text = "2026年一季度工业（虚构）\n地区|规模以上工业增加值（亿元）\n清河区|10.1\n望江县|8.2\n"
    made = learning.draft(book(sheet("表", text)), folder.read(data), section="economy")
    with pytest.raises(Failed) as failed:
        made.files(data)
    assert "[learn.areas]" in str(failed.value)
