"""Recipes drafted from workbooks as Excel saves them: what is shown, what is written, what a person may say."""

from dataclasses import replace
from pathlib import Path

import bureau
import pytest
import quarterly_workbooks
from made_up_books import book, save, sheet
from test_extraction import BY_DRAFT, lines
from typer.testing import CliRunner

from xdreport import extraction, learning, outputs, recipe, scaffold, settings, unit
from xdreport.catalog import Area, Indicator, Level
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
    assert [[finding.code for finding in one.findings] for one in read] == [["extraction.area"]] * 2  # of 望川区
    assert [one.unmatched for one in read] == [(), ()]
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


# The first workbook of a folder that knows nothing


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder as `new` makes it: one area, the one above it, a section without indicators."""
    root = tmp_path / "yunhe"
    outputs.write(scaffold.workspace(scaffold.Workspace(root, "云河市", with_sample=False)))
    outputs.write(scaffold.section(root, "economy", "经济运行"))
    return root


def drafted(text: str, root: Path, merged: str = "", name: str = "表") -> learning.Draft:
    return learning.draft(book(sheet(name, text, merged)), folder.read(root), section="economy")


def figures(made: learning.Draft) -> list[str]:
    return [
        f"{row.locator.rpartition('!')[2]} {row.indicator} {row.area} {row.period} {row.measure} {row.value:f}"
        for row in made.harvest.observations
    ]


CITIES = """
2026年一季度全省各市规模以上工业主要指标（虚构）||||||
||||||单位：亿元、%
地区|规模以上工业|||||
|营业收入|||利润总额||
|一季度|增长|位次|一季度|增长|位次
全  省|6244.57|1.2%||388.16|-1.4|
云 河市|332.02|-10.9%|2|38.01|-52.4|1
松原台市|510.14|-5.1%|1|-2.96|12.6|2
"""


def test_areas_and_indicators_are_drafted_from_the_first_workbook_of_a_folder(bare: Path, tmp_path: Path) -> None:
    path = save(book(sheet("分市", CITIES, "A3:A5 B3:G3 B4:D4 E4:G4")), tmp_path / "各市.xlsx")
    code, shown = run(str(path), "--learn", "--yes", "--section", "economy", "--data", str(bare))
    assert code == 0, shown
    assert shown.splitlines()[-1] == f"next      xdreport import {path} --data {bare} --check"
    indicators = (bare / "indicators" / "economy.yaml").read_text(encoding="utf-8").splitlines()
    assert indicators[0] == "# yaml-language-server: $schema=../schemas/indicators.schema.json"
    revenue, profit = (
        "economy.gui_mo_yi_shang_gong_ye_ying_ye_shou_ru",
        "economy.gui_mo_yi_shang_gong_ye_li_run_zong_e",
    )
    assert indicators[-2:] == [
        f"{revenue}: {{name: 规模以上工业营业收入, unit: 亿元, decimals: 2}} # 规模以上工业 > 营业收入",
        f"{profit}: {{name: 规模以上工业利润总额, unit: 亿元, decimals: 2}} # 规模以上工业 > 利润总额",
    ]
    its = bare / "recipes" / "quan_sheng_ge_shi_gui_mo_yi_shang_gong_ye_zhu_yao_zhi_biao.yaml"
    assert (
        its.read_text(encoding="utf-8").splitlines()[0]
        == "# yaml-language-server: $schema=../schemas/recipe.schema.json"
    )
    workspace = folder.read(bare).workspace
    assert [(area.id, area.name, area.level.value, area.within) for area in workspace.areas.values()] == [
        ("province", "全省", "province", ""), ("song_yuan_tai_shi", "松原台市", "city", "province"),
        ("yunhe", "云河市", "city", ""),
    ]  # fmt: skip
    code, shown = run(str(path), "--data", str(bare))
    assert code == 0, shown
    rows = folder.read(bare).observations
    cells = {row.locator.rpartition("!")[2]: row for row in rows}
    assert {f"{cell} {row.indicator} {row.area} {row.measure} {row.value:f}" for cell, row in cells.items()} == {
        f"B6 {revenue} province level 6244.57", f"C6 {revenue} province yoy 1.2",
        f"E6 {profit} province level 388.16", f"F6 {profit} province yoy -1.4",
        f"B7 {revenue} yunhe level 332.02", f"C7 {revenue} yunhe yoy -10.9", f"D7 {revenue} yunhe rank_province 2",
        f"E7 {profit} yunhe level 38.01", f"F7 {profit} yunhe yoy -52.4", f"G7 {profit} yunhe rank_province 1",
        f"B8 {revenue} song_yuan_tai_shi level 510.14", f"C8 {revenue} song_yuan_tai_shi yoy -5.1",
        f"D8 {revenue} song_yuan_tai_shi rank_province 1", f"E8 {profit} song_yuan_tai_shi level -2.96",
        f"F8 {profit} song_yuan_tai_shi yoy 12.6", f"G8 {profit} song_yuan_tai_shi rank_province 2",
    }  # fmt: skip
    assert {row.period.id for row in rows} == {"2026-Q1"}


TOWNS = """
2026年一季度各镇主要指标（虚构）
单位：万元
乡镇|规上工业产值|比上年同期±%|位次
甲镇|12034.5|▼5.6|1
乙镇|9876.0|-7.8|3
丙镇| 10,020.3 |（2.1）|2
合计|31930.8||
"""


def test_a_total_of_towns_is_left_for_a_person_to_say_whose_it_is(bare: Path) -> None:
    made = drafted(TOWNS, bare)
    its = "economy.gui_shang_gong_ye_chan_zhi"
    assert figures(made) == [
        f"B4 {its} jia_zhen 2026-Q1 level 12034.5", f"C4 {its} jia_zhen 2026-Q1 yoy -5.6",
        f"D4 {its} jia_zhen 2026-Q1 rank_district 1", f"B5 {its} yi_zhen 2026-Q1 level 9876.0",
        f"C5 {its} yi_zhen 2026-Q1 yoy -7.8", f"D5 {its} yi_zhen 2026-Q1 rank_district 3",
        f"B6 {its} bing_zhen 2026-Q1 level 10020.3", f"C6 {its} bing_zhen 2026-Q1 yoy -2.1",
        f"D6 {its} bing_zhen 2026-Q1 rank_district 2",
    ]  # fmt: skip
    assert "- {name: 合计, skip: true} # a total: put area: and the area's id if it is one" in made.recipe
    assert made.id == "ge_zhen_zhu_yao_zhi_biao"


def test_a_triangle_is_refused_and_the_draft_says_where_to_say_what_it_means(bare: Path) -> None:
    made = drafted(TOWNS.replace("▼5.6", "▲5.6"), bare)
    line = "    # triangle: fall # ▲ stands in 表!C4: say fall where it is one, rise where it is not"
    assert line in made.recipe.splitlines()
    assert [finding.code for finding in made.harvest.findings if finding.is_error] == ["extraction.sign"]
    said = recipe.parse("its", made.recipe.replace("# triangle: fall #", "triangle: rise #"), "its.yaml")
    learnt = replace(folder.read(bare).workspace, areas={**folder.read(bare).workspace.areas, **dict(made_areas(made))})
    known = replace(folder.read(bare), workspace=learnt, indicators=dict(made_indicators(made)))
    harvest = extraction.extract(said, book(sheet("表", TOWNS.replace("▼5.6", "▲5.6"))), known)
    assert [f"{row.value}" for row in harvest.observations if row.locator.endswith("C4")] == ["5.6"]


def made_areas(made: learning.Draft) -> list[tuple[str, Area]]:
    tree = settings.parse(made.areas, "areas").content
    return [
        (id, Area(id, it["name"], level=Level(it["level"]), within=it.get("within", ""))) for id, it in tree.items()
    ]


def made_indicators(made: learning.Draft) -> list[tuple[str, Indicator]]:
    return [
        (id, Indicator(id, "economy", it.name, unit.parse(it.unit))) for id, it in learning.entries_of(made.indicators)
    ]


MONTH = """
云河市2026年1—3月主要经济指标（虚构）
指标名称|计量单位|1-3月|同比增长（%）|比全省±百分点|与全省比
一、地区生产总值|亿元|412.36|5.8|0.3|0.2
    第二产业|亿元|168.07|6.4|0.1|0.2
二、固定资产投资|亿元|…|-3.4|-1.0|
三、居民消费价格指数（上年同期=100）|%|100.1||
四、制造业采购经理指数|上年=100|50.2||
五、城镇调查失业率|%|5.2|-0.1|
六、规模以上工业增加值|%|…|6.5|0.4|
注：地区生产总值为季度核算数。
（虚构数据）
表2  金融情况（2026年3月末，虚构）
指标|单位|余额|比年初增加
人民币各项存款|亿元|321.5|12.4
"""


def test_the_first_bulletin_of_a_folder_is_drafted_and_lands_as_it_is(bare: Path) -> None:
    made = drafted(MONTH, bare)
    assert [str(finding) for finding in made.harvest.findings] == [
        "报表（虚构）.xlsx#表!D8: the change of a rate is counted in 百分点 and is no growth: it is left out, found "
        '"-0.1" (hint: where a growth is meant, the indicator is that of its amount) [extraction.meaning]'
    ]
    assert figures(made) == [
        "C3 economy.di_qu_sheng_chan_zong_zhi yunhe 2026-01/03 level 412.36",
        "D3 economy.di_qu_sheng_chan_zong_zhi yunhe 2026-01/03 yoy 5.8",
        "C4 economy.di_er_chan_ye yunhe 2026-01/03 level 168.07",
        "D4 economy.di_er_chan_ye yunhe 2026-01/03 yoy 6.4",
        "D5 economy.gu_ding_zi_chan_tou_zi yunhe 2026-01/03 yoy -3.4",
        "C6 economy.ju_min_xiao_fei_jia_ge_zhi_shu yunhe 2026-01/03 level 100.1",
        "C7 economy.zhi_zao_ye_cai_gou_jing_li_zhi_shu yunhe 2026-01/03 level 50.2",
        "C8 economy.cheng_zhen_diao_cha_shi_ye_lv yunhe 2026-01/03 level 5.2",
        "D9 economy.gui_mo_yi_shang_gong_ye_zeng_jia_zhi yunhe 2026-01/03 yoy 6.5",
        "C14 economy.ren_min_bi_ge_xiang_cun_kuan yunhe 2026-01/03 level 321.5",
    ]
    assert [one.title for one in made.understood] == [
        "云河市2026年1—3月主要经济指标（虚构）", "金融情况（2026年3月末，虚构）"
    ]  # fmt: skip
    assert made.id == "zhu_yao_jing_ji_zhi_biao"
    assert made.indicators.splitlines()[1:] == [
        "economy.di_qu_sheng_chan_zong_zhi: {name: 地区生产总值, unit: 亿元, decimals: 2}",
        "economy.di_er_chan_ye: {name: 第二产业, unit: 亿元, decimals: 2} # 地区生产总值 > 第二产业; parts_of: "
        "economy.di_qu_sheng_chan_zong_zhi if it is a part of it; name it so that it reads alone in a report",
        "economy.gu_ding_zi_chan_tou_zi: {name: 固定资产投资, unit: 亿元}",
        "economy.ju_min_xiao_fei_jia_ge_zhi_shu: {name: 居民消费价格指数, kind: index, decimals: 1, meaning: "
        '"上年同期=100"} # 居民消费价格指数(上年同期=100)',
        "economy.zhi_zao_ye_cai_gou_jing_li_zhi_shu: {name: 制造业采购经理指数, kind: index, decimals: 1}",
        'economy.cheng_zhen_diao_cha_shi_ye_lv: {name: 城镇调查失业率, unit: "%", kind: rate, decimals: 1}',
        'economy.gui_mo_yi_shang_gong_ye_zeng_jia_zhi: {name: 规模以上工业增加值, unit: "%", kind: rate} # % is the '
        "unit of its growth: put that of its amount",
        "economy.ren_min_bi_ge_xiang_cun_kuan: {name: 人民币各项存款, unit: 亿元, decimals: 1, flow: false}",
    ]


def test_what_compares_with_another_area_is_no_growth(bare: Path) -> None:
    heads = {word.text: word.meaning for word in drafted(MONTH, bare).understood[0].columns}
    assert heads["比全省±百分点"] == "a difference of rates is no growth"
    assert heads["与全省比"] == "a comparison of two areas"


def test_a_change_of_an_index_is_not_taken_for_the_index(bare: Path) -> None:
    made = drafted(MONTH.replace("|100.1|", "|0.1|"), bare)
    assert [str(finding) for finding in made.harvest.findings if finding.is_error] == [
        '报表（虚构）.xlsx#表!C6: this looks like the change of an index, found "0.1%", expected about 100 '
        "(hint: where it is, measure: yoy or mom in the recipe) [extraction.value]"
    ]


@pytest.mark.parametrize(
    ("title", "sheet_name", "found"),
    [
        ("表1  示例县2026年一季度财政收支情况", "表", "示例县"),
        ("2026年一季度财政收支情况", "示例县", "示例县"),
        ("云河2026年一季度财政收支情况", "示例县", ""),
        ("2026年一季度城镇居民收支情况", "市本级", ""),
        ("2026年一季度房地产市场情况", "表", ""),
        ("2026年一季度全市各县区财政收支情况", "表", ""),
    ],
)
def test_a_title_that_names_another_area_is_said(title: str, sheet_name: str, found: str, bare: Path) -> None:
    text = f"{title}\n项目|单位|本期\n一般公共预算收入|亿元|12.3\n一般公共预算支出|亿元|22.3\n"
    made = drafted(text, bare, name=sheet_name)
    said = [finding for finding in made.harvest.findings if finding.code == "extraction.area"]
    assert [(finding.found, finding.expected) for finding in said] == ([(found, "云河市")] if found else [])
    settled = recipe.parse("its", made.recipe.replace("source:", "area: yunhe\nsource:"), "its.yaml")
    known = replace(folder.read(bare), indicators=dict(made_indicators(made)))
    harvest = extraction.extract(settled, book(sheet(sheet_name, text)), known)
    assert [finding.code for finding in harvest.findings] == []


def test_a_month_in_chinese_numerals_is_read(bare: Path) -> None:
    made = drafted(
        "二〇二六年九月工业产品产量（虚构）\n产品|单位|本月|累计\n水泥|万吨|12.3|98.7\n钢材|万吨|2.3|8.7\n", bare
    )
    assert figures(made)[:2] == [
        "C3 economy.shui_ni yunhe 2026-09 level 12.3", "D3 economy.shui_ni yunhe 2026-01/09 level 98.7"
    ]  # fmt: skip
    assert "title: 工业产品产量（虚构）" in made.recipe


def test_growth_and_completion_are_of_the_time_of_the_amounts_before_them(bare: Path) -> None:
    text = """
财政收支（虚构）
2026年9月
项目|单位|本月|累计完成|为预算%|上年同期累计|比上年同期增减%
一般公共预算收入|万元|10|90|75.1|80|12.5
"""
    assert [line.split(" ", 3)[3] for line in figures(drafted(text, bare))] == [
        "2026-09 level 10", "2026-01/09 level 90", "2026-01/09 completion 75.1", "2025-01/09 level 80",
        "2026-01/09 yoy 12.5",
    ]  # fmt: skip
    quarters = "2026年前三季度规模以上服务业（虚构）\n指标|单位|本季|本季同比%|上年同季\n营业收入|亿元|10|5.1|9.5\n"
    assert figures(drafted(quarters, bare))[-1].endswith("2025-Q3 level 9.5")


def test_one_head_over_two_growths_is_of_the_time_to_its_left(bare: Path) -> None:
    text = "2026年主要指标（虚构）\n指标|单位|9月|增长%|1-9月|增长%\n发电量|亿千瓦时|10|5.1|90|-6.2\n"
    made = drafted(text, bare)
    assert figures(made) == [
        "C3 economy.fa_dian_liang yunhe 2026-09 level 10", "D3 economy.fa_dian_liang yunhe 2026-09 yoy 5.1",
        "E3 economy.fa_dian_liang yunhe 2026-01/09 level 90", "F3 economy.fa_dian_liang yunhe 2026-01/09 yoy -6.2",
    ]  # fmt: skip
    assert [str(finding) for finding in made.harvest.findings] == []


def test_a_title_says_that_all_figures_are_growth(bare: Path) -> None:
    text = """
2026年前三季度主要指标增速对比（虚构）|||单位：%
指标|全国|全市|全市在全省位次
规模以上工业增加值|5.2|6.1|3
固定资产投资|-0.5|-3.4|8
"""
    made = drafted(text, bare)
    assert [line.split(" ", 2)[2] for line in figures(made)][:3] == [
        "country 2026-Q1/Q3 yoy 5.2", "yunhe 2026-Q1/Q3 yoy 6.1", "yunhe 2026-Q1/Q3 rank_province 3"
    ]  # fmt: skip
    cities = "2026年上半年各市规模以上工业增加值增速（虚构）\n地区|增速（%）|增速位次\n云河市|6.1|3\n青岭市|-2.1|9\n"
    made = drafted(cities, bare)
    its = "economy.gui_mo_yi_shang_gong_ye_zeng_jia_zhi"
    assert figures(made) == [f"B3 {its} yunhe 2026-S1 yoy 6.1", f"B4 {its} qing_ling_shi 2026-S1 yoy -2.1"]
    assert made.understood[0].columns[1].meaning == "the rank of a growth"


def test_a_title_of_two_times_leaves_it_to_the_heads(bare: Path) -> None:
    text = """
2026年三季度和前三季度生产总值核算结果（虚构）
指标|绝对额（亿元）||比上年同期增长（%）|
|三季度|前三季度|三季度|前三季度
建筑业总产值|33.1|90.2|4.1|5.0
"""
    made = drafted(text, bare, "A2:A3 B2:C2 D2:E2")
    assert [line.split(" ", 3)[3] for line in figures(made)] == [
        "2026-Q3 level 33.1", "2026-Q1/Q3 level 90.2", "2026-Q3 yoy 4.1", "2026-Q1/Q3 yoy 5.0"
    ]  # fmt: skip
    without = "2026年三季度和前三季度生产总值（虚构）\n指标|单位|总量\n建筑业总产值|亿元|33.1\n"
    found = [str(finding) for finding in drafted(without, bare).harvest.findings]
    assert found == [
        '报表（虚构）.xlsx#表!C3: the title says two times, found "2026年三季度、前三季度" (hint: say in the '
        "recipe which: period: and a period, or quarter) [extraction.period]"
    ]


def test_heads_that_are_not_told_apart_or_name_something_are_left_out(bare: Path) -> None:
    text = """
2026年一季度居民收入（虚构）||单位：元
指标|全体居民|城镇居民|利润总额
|绝对额|绝对额|绝对额
可支配收入|9876|12543|3
经营净收入|876|543|3
"""
    with pytest.raises(Unusable) as nothing:
        drafted(text, bare, "A2:A3")
    assert "neither heads nor rows say what the figures measure" in str(nothing.value)
    both = "2026年一季度收支（虚构）\n行业|营业收入|利润总额\n采矿业|12.3|1.2\n制造业|22.3|2.2\n"
    with pytest.raises(Unusable):
        drafted(both, bare)


def test_units_are_written_down_so_that_another_is_told(bare: Path) -> None:
    text = "2026年一季度指标（虚构）\n指标|单位|总量\n外贸进出口|亿美元|11.93\n猪肉价格|元/公斤|14.20\n"
    made = drafted(text, bare)
    assert "- {name: 外贸进出口, indicator: economy.wai_mao_jin_chu_kou, unit: 亿美元}" in made.recipe
    assert "its unit 元/公斤 is not known: units in workspace.yaml adds it" in made.recipe
    known = replace(folder.read(bare), indicators=dict(made_indicators(made)))
    its = recipe.parse("its", made.recipe, "its.yaml")
    harvest = extraction.extract(its, book(sheet("表", text.replace("亿美元", "万美元"))), known)
    words = "the workbook counts in 万美元, the recipe says 亿美元: it is read as 万美元"
    assert [finding.message for finding in harvest.findings] == [words]


def test_a_general_name_is_not_taken_for_a_part_of_another_whole(data: Path) -> None:
    path = data / "indicators" / "economy.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "economy.building: {name: 建筑业, unit: 亿元}\n", encoding="utf-8"
    )
    text = "2025年分行业用电量增长速度（虚构）\n行业|比上年增长（%）\n建筑业|12.0\n"
    made = drafted(text, data)
    line = (
        "- {name: 建筑业, skip: true} # 建筑业 of what? put indicator: economy.building in place of skip: true if it is"
    )
    assert line in made.recipe
    assert figures(made) == []


def test_a_year_that_no_word_names_is_asked_for(bare: Path) -> None:
    made = drafted("金融机构信贷收支（虚构）\n指标|单位|9月末余额\n各项贷款|亿元|256.1\n", bare)
    assert "period: ask # no title says the year: give it with --period" in made.recipe


def test_what_happened_until_the_end_is_a_flow_in_a_table_of_stocks(bare: Path) -> None:
    text = "2025年末各镇户籍人口（虚构）\n乡镇|总人口（人）|出生人口（人）\n甲镇|31200|210\n乙镇|21200|110\n"
    made = drafted(text, bare)
    assert [str(finding) for finding in made.harvest.findings] == []
    assert [f"{it.name} {it.flow}" for _, it in learning.entries_of(made.indicators)] == [
        "总人口 False",
        "出生人口 True",
    ]
    assert {line.split(" ")[3] for line in figures(made)} == {"2025"}


def test_words_for_no_growth_give_no_figure_and_a_warning(bare: Path) -> None:
    text = "2026年一季度工业效益（虚构）\n指标|单位|总量|同比增长（%）\n利润总额|亿元|12.3|扭亏为盈\n"
    made = drafted(text, bare)
    assert [(finding.code, finding.is_error, finding.found) for finding in made.harvest.findings] == [
        ("extraction.value", False, "扭亏为盈")
    ]
    assert len(made.harvest.observations) == 1


def test_of_heads_that_are_things_of_their_own_no_column_is_booked_under_the_names(bare: Path) -> None:
    text = """2026年1—9月分行业财务指标（虚构）
行业|营业收入|利润总额|
|本月止累计|本月止累计|上年同期
采矿业|12.5|1.2|1.1
制造业|30.2|2.4|2.0"""
    indicators = "economy.mining: {name: 采矿业, unit: 亿元}\neconomy.making: {name: 制造业, unit: 亿元}\n"
    (bare / "indicators/economy.yaml").write_text(indicators, encoding="utf-8")
    with pytest.raises(Unusable, match="neither heads nor rows say what the figures measure"):
        drafted(text, bare, "A2:A3 C2:D2")  # 上年同期 alone was taken for the value of 采矿业
