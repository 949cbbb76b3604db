"""Workbooks read by recipes: every figure of each made-up workbook, and what is refused in place of a guess."""

from dataclasses import replace
from decimal import Decimal

import bureau
import pytest
from made_up_books import book, sheet

from xdreport import extraction, layout, learning, recipe, unit
from xdreport.catalog import Catalog, Indicator, Observation, Source
from xdreport.extraction import Harvest
from xdreport.findings import Unusable
from xdreport.grid import EMPTY, Book, Cell, Range, Sheet
from xdreport.period import Period
from xdreport.readers import folder
from xdreport.recipe import Recipe


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return folder.read(bureau.write(tmp_path_factory.mktemp("bureau") / "data"))


def lines(harvest: Harvest, workbook: Book) -> set[str]:
    """Return the figures of a harvest in the form of the cases."""
    many = len(workbook.sheets) > 1
    return {line(row, many) for row in harvest.observations}


def line(row: Observation, many: bool) -> str:
    cell = row.locator.partition("#")[2] if many else row.locator.rpartition("!")[2]
    return f"{cell} {row.indicator} {row.area} {row.period} {row.measure} {row.value:f}"


BY_HAND = [name for name, case in bureau.CASES.items() if case.recipe]
BY_DRAFT = [name for name in bureau.CASES if name != "财政收支"]  # ▲ has two meanings, which only a person can say


@pytest.mark.parametrize("name", BY_HAND)
def test_a_recipe_reads_every_figure_of_a_workbook(name: str, catalog: Catalog) -> None:
    case = bureau.CASES[name]
    its = recipe.parse("its", case.recipe, "data/recipes/its.yaml")
    assert list(recipe.faults(its, catalog)) == []
    assert recipe.find(case.book, [its]) is its
    harvest = extraction.extract(its, case.book, catalog)
    assert [str(finding) for finding in harvest.findings if finding.is_error] == []
    assert lines(harvest, case.book) == set(case.figures.strip().split("\n"))


@pytest.mark.parametrize("name", BY_DRAFT)
def test_a_drafted_recipe_reads_every_figure_of_the_workbook_it_is_drafted_from(name: str, catalog: Catalog) -> None:
    case = bureau.CASES[name]
    made = learning.draft(case.book, catalog, section="economy")
    assert [str(finding) for finding in made.harvest.findings if finding.is_error] == []
    assert lines(made.harvest, case.book) == set(case.figures.strip().split("\n"))


@pytest.mark.parametrize("name", bureau.CASES)
def test_every_cell_of_a_table_is_accounted_for_once(name: str, catalog: Catalog) -> None:
    case = bureau.CASES[name]
    made = None if case.recipe else learning.draft(case.book, catalog, section="economy")
    its = recipe.parse("its", made.recipe if made else case.recipe, "its.yaml")
    harvest = made.harvest if made else extraction.extract(its, case.book, catalog)
    told = [row.locator for row in harvest.observations]
    told += [one.place.file for one in harvest.skipped if one.shown]
    told += [place.file for one in harvest.unmatched for place, shown in one.values if shown]
    told += [one.place.file for one in harvest.findings if one.place and "!" in one.place.file and
             one.code in {"extraction.error", "extraction.value"}]  # fmt: skip
    shown = [
        case.book.locator(placed.sheet, row.index, column.index)
        for placed in recipe.fit(its, case.book).placed
        for row in placed.body.rows
        for column in placed.body.head.columns
        if not placed.sheet.rows[row.index][column.index].is_empty
    ]
    numbered = [one for one in told if one not in shown]  # the row of 甲 1 2 3 is no row of the body
    assert sorted(one for one in told if one in shown) == sorted(shown)
    assert {one.reason for one in harvest.skipped if one.place.file in numbered} <= {"numbers a column"}


MONTHLY = """
清河区2026年1—3月主要经济指标（虚构）||||
指标|单位|本月|本月止累计|同比增长（%）
地区生产总值|亿元||123.4|5.6
规模以上工业增加值|亿元|10.2|30.5|-1.2
　其中：国有控股企业|亿元|2.1|6.3|2.5
一般公共预算收入|万元|12,345|45,678|3.0
注：快报数。
"""
RECIPE = """\
title: 月报（虚构）
source: {id: monthly, publisher: 虚构统计局}
tables:
  t:
    title: 主要经济指标
    sheets: 月报
    stub: 指标
    columns:
      - {head: 本月, measure: level, period: month}
      - {head: 本月止累计, measure: level, period: cumulative}
      - {head: 同比增长, measure: yoy, period: cumulative}
    rows:
      - {name: 地区生产总值, indicator: economy.gdp}
      - {name: 规模以上工业增加值, indicator: economy.industry}
      - {name: [规模以上工业增加值, 国有控股企业], indicator: economy.industry_state}
      - {name: 一般公共预算收入, indicator: economy.revenue}
"""


def monthly(text: str = RECIPE) -> Recipe:
    return recipe.parse("monthly", text, "data/recipes/monthly.yaml")


def read(text: str, catalog: Catalog, its: str = RECIPE, name: str = "报表.xlsx", **more: object) -> Harvest:
    one = sheet(str(more.pop("sheet", "月报")), text, str(more.pop("merged", "")), **more)
    return extraction.extract(monthly(its), book(one, name=name), catalog)


def told(harvest: Harvest) -> list[str]:
    return [f"{finding.severity}: {finding}" for finding in harvest.findings]


def test_a_harvest_says_source_cells_and_what_was_left_over(catalog: Catalog) -> None:
    harvest = read(MONTHLY.replace("注：", "出口|亿元|1|3|4\n注："), catalog)
    assert harvest.source == Source(
        "monthly-2026-01_03", "月报（虚构）（2026年1—3月）", "虚构统计局", covers=Period.parse("2026-01/03"),
        file="报表.xlsx", sha256="ab" * 32,
    )  # fmt: skip
    first = harvest.observations[0]
    assert (first.value, first.source, first.locator, str(first.place), first.as_of) == (
        Decimal("123.4"), "monthly-2026-01_03", "报表.xlsx#月报!D3", "报表.xlsx#月报!D3", None,
    )  # fmt: skip
    (left,) = harvest.unmatched
    assert (left.axis.value, left.path, str(left.place)) == ("row", ("出口",), "报表.xlsx#月报!A7")
    assert ([shown for _, shown in left.values], left.hint) == (["1", "3", "4"], "did you mean economy.export?")
    assert [(str(one.place), one.reason) for one in harvest.skipped] == [("报表.xlsx#月报!C3", "no figure")]
    assert told(harvest) == []


def test_a_workbook_that_the_folder_knows_by_its_hash_keeps_its_source(catalog: Catalog) -> None:
    known = Source("earlier", "月报", sha256="ab" * 32)
    assert read(MONTHLY, replace(catalog, sources={"earlier": known})).source is known
    other = Source("monthly-2026-01_03", "月报", sha256="cd" * 32)
    assert read(MONTHLY, replace(catalog, sources={other.id: other})).source.id == "monthly-2026-01_03-2"


def test_rows_and_columns_may_be_inserted_and_the_table_moved(catalog: Catalog) -> None:
    plain = read(MONTHLY, catalog)
    moved = "\n\n||\n" + "\n".join("|" + line for line in MONTHLY.strip().split("\n"))
    moved = moved.replace("|单位|", "|代码|单位|").replace("|亿元|", "|x1|亿元|").replace("|万元|", "|x2|万元|")
    moved = moved.replace("|规模以上", "|出口|x3|亿元|1|2|3\n|规模以上")
    shifted = read(moved, catalog)
    figures = [(row.key, row.value) for row in plain.observations]
    assert sorted(map(str, figures)) == sorted(str((row.key, row.value)) for row in shifted.observations if row.locator)
    assert [one.path for one in shifted.unmatched] == [("出口",)]


def hidden_row() -> dict[str, object]:
    return {"hidden_rows": frozenset({3})}


REFUSED = {
    "a row that stands under another name": (
        ("　其中：国有", "　其中：私营企业|亿元|1|2|3\n　　其中：国有"),
        "error: 报表.xlsx#月报!A6: the row “国有控股企业” stands under another one than the recipe says, "
        'found "规模以上工业增加值 > 私营企业 > 国有控股企业", expected 规模以上工业增加值 > 国有控股企业 '
        "(hint: where it is the same, add its new path to also: in the recipe) [extraction.moved]",
    ),
    "a unit that can never become the indicator's": (
        ("亿元|10.2", "万人|10.2"),
        'error: 报表.xlsx#月报!C4: the unit is another, found "万人", expected 亿元 (hint: where the bureau '
        "has changed it, "
        "ask; where the recipe is wrong, mend it) [extraction.unit]",
    ),
    "growth in 百分点": (
        ("同比增长（%）", "同比增长（百分点）"),
        'error: 报表.xlsx#月报!E3: the unit is another (and so in 3 more cells), found "百分点", expected % '
        "(hint: 百分点 is a "
        "difference of rates: "
        "give it an indicator of its own, or skip: true) [extraction.unit]",
    ),
    "a percentage where an amount belongs": (
        ("亿元||123.4", "亿元||5.6%"),
        'error: 报表.xlsx#月报!D3: the unit is another, found "%", expected 亿元 (hint: where the bureau has '
        "changed it, "
        "ask; where the recipe is wrong, mend it) [extraction.unit]",
    ),
    "words in place of a figure": (
        ("|123.4", "|约120"),
        'error: 报表.xlsx#月报!D3: the figure cannot be read, found "约120", expected a number (hint: a '
        "column of words is "
        "left out with skip: true) [extraction.value]",
    ),
    "an error of Excel": (
        ("|123.4", "|#REF!"),
        'warning: 报表.xlsx#月报!D3: the cell is an error of Excel and gives no figure, found "#REF!" (hint: ask the '
        "bureau for the figure) [extraction.error]",
    ),
    "a formula that was never computed": (
        ("|123.4", "|="),
        "error: 报表.xlsx#月报!D3: the formula has no saved value (hint: open the workbook, recalculate and save it) "
        "[extraction.formula]",
    ),
    "a number format that changes the figure": (
        ("|123.4", "|123.4~1234000"),
        'error: 报表.xlsx#月报!D3: the cell holds 1234000 and shows another figure, found "123.4" (hint: the '
        "number format "
        "changes the figure: mend it in the workbook) [extraction.value]",
    ),
    "a triangle that may be a rise or a fall": (
        ("|5.6", "|'▲5.6"),
        'error: 报表.xlsx#月报!E3: the sign has two meanings, found "▲5.6" (hint: ▲ may be a rise or a fall: say '
        "triangle: rise or triangle: fall in the recipe) [extraction.sign]",
    ),
    "brackets round a figure": (
        ("|5.6", "|'（5.6）"),
        'warning: 报表.xlsx#月报!E3: brackets are read as a minus sign: -5.6, found "（5.6）" [extraction.sign]',
    ),
    "two figures of one thing": (
        ("注：", "地区生产总值|亿元||123.5|5.6\n注："),
        "error: 报表.xlsx#月报!D7: two figures of economy.gdp (qinghe, 2026-01/03, level): 123.4 in "
        "报表.xlsx#月报!D3, "
        'found "123.5" (hint: let the recipe leave one of them out with skip: true) [extraction.twice]',
    ),
    "a row that is not there": (
        ("一般公共预算收入|万元|12,345|45,678|3.0\n", ""),
        "warning: data/recipes/monthly.yaml:16: table t has no row “一般公共预算收入” (hint: optional: true "
        "where it may be "
        "absent) [extraction.row]",
    ),
    "a row below another head": (
        ("一般公共", "项目|单位|上月|上月止累计|比重（%）\n一般公共"),
        "error: 报表.xlsx#月报!A7: table t ends before the row “一般公共预算收入”, which stands here (hint: "
        "a head, a note "
        "or a unit line between them ends the table; make it a table of its own) [extraction.end]",
    ),
    "a head that was changed": (
        ("同比增长（%）", "两年平均增长（%）"),
        'error: 报表.xlsx#月报!C2: table t has no column “同比增长”, found "两年平均增长（%）", expected '
        "同比增长 [recipe.head]",
    ),
    "a title without a year": (
        ("2026年1—3月", "1—3月"),
        'error: 报表.xlsx#月报: no title says the year, found "1—3月" (hint: name the year in the title, or '
        "give --period "
        "with period: ask in the recipe) [extraction.period]",
    ),
    "no period at all": (
        ("2026年1—3月", ""),
        "error: 报表.xlsx#月报: no title says a period (hint: period: ask in the recipe, and --period) "
        "[extraction.period]",
    ),
    "two titles that contradict": (
        ("||||\n", "||||\n（2026年1—2月）||||\n"),
        "error: 报表.xlsx#月报: the title says two times, expected one period, not 2026年1—3月 and "
        "2026年1—2月 (hint: say in "
        "the recipe where the period stands: period_label, sheet, file or ask) [extraction.period]",
    ),
    "a hidden row": (
        ("", ""),
        'note: 报表.xlsx#月报: hidden rows are left out, found "4" (hint: hidden: read in the recipe reads them) '
        "[extraction.hidden]",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_said_in_place_of_a_guess(name: str, catalog: Catalog) -> None:
    (old, new), expected = REFUSED[name]
    assert old in MONTHLY
    more = hidden_row() if name == "a hidden row" else {}
    assert expected in told(read(MONTHLY.replace(old, new, 1), catalog, **more))


GUARDED = {
    "本月": (
        "- {head: 本月, measure: level, period: month}", "- {head: 本月, measure: level}", "period: month in "
        "the recipe",
    ),
    "累计": (
        "- {head: 本月止累计, measure: level, period: cumulative}", "- {head: 本月止累计, measure: level}",
        "period: cumulative in the recipe",
    ),
}  # fmt: skip


def test_a_head_that_says_another_time_than_its_period_is_refused(catalog: Catalog) -> None:
    old, new, way_out = GUARDED["本月"]
    assert any(way_out in one for one in told(read(MONTHLY, catalog, RECIPE.replace(old, new))))
    old, new, way_out = GUARDED["累计"]
    month = MONTHLY.replace("1—3月", "3月")
    wrong = RECIPE.replace(
        "本月止累计, measure: level, period: cumulative", "本月止累计, measure: level, period: month"
    )
    assert any(way_out in one for one in told(read(month, catalog, wrong)))
    assert any(way_out in one for one in told(read(month, catalog, RECIPE.replace(old, new))))
    assert told(read(month, catalog)) == []


def test_growth_without_a_percent_sign_is_taken_only_where_the_words_mean_a_rate(catalog: Catalog) -> None:
    assert told(read(MONTHLY.replace("（%）", ""), catalog)) == []
    its = RECIPE.replace("head: 同比增长", "head: 同比增减")
    found = told(read(MONTHLY.replace("增长（%）", "增减"), catalog, its))
    assert 'no unit is said, and the words may mean an amount (and so in 3 more cells), found "同比增减"' in found[0]
    stated = its.replace("measure: yoy,", 'measure: yoy, unit: "%",')
    assert told(read(MONTHLY.replace("增长（%）", "增减"), catalog, stated)) == []


def test_rates_that_are_parts_of_one_are_refused(catalog: Catalog) -> None:
    text = MONTHLY
    for rate, part in (("5.6", "0.056"), ("-1.2", "-0.012"), ("2.5", "0.025"), ("3.0", "0.030")):
        assert f"|{rate}" in text
        text = text.replace(f"|{rate}", f"|{part}")
    assert [one for one in told(read(text, catalog)) if "extraction.fraction" in one] == [
        'error: 报表.xlsx#月报!E3: these 4 rates seem to be parts of one, as 0.071 for 7.1%, found "0.056", expected '
        "a rate in % (hint: format the cells of the column as percentages; rates of less than 1% have two decimals at "
        "most) [extraction.fraction]"
    ]


def test_a_head_of_falls_changes_the_sign(catalog: Catalog) -> None:
    its = RECIPE.replace("head: 同比增长", "head: 同比降幅")
    text = MONTHLY.replace("同比增长（%）", "同比降幅（%）")
    hint = "a head of falls gives growth with the sign reversed"
    assert [finding.message for finding in recipe.faults(monthly(its), catalog)] == [hint]
    harvest = read(text, catalog, its.replace("measure: yoy,", "measure: yoy, sign: reversed,"))
    assert [str(row.value) for row in harvest.observations if row.measure == "yoy"] == ["-5.6", "1.2", "-2.5", "-3.0"]


def test_a_unit_of_the_recipe_serves_where_the_workbook_says_none(catalog: Catalog) -> None:
    text = MONTHLY.replace("|单位", "|").replace("|亿元", "|").replace("|万元", "|")
    assert "no unit is said (and so in 6 more cells), expected 亿元" in told(read(text, catalog))[0]
    stated = RECIPE.replace("economy.revenue}", "economy.revenue, unit: 万元}").replace(
        "stub:", "unit: 亿元\n    stub:"
    )
    assert [(row.value, row.locator) for row in read(text, catalog, stated).observations] == [
        (row.value, row.locator) for row in read(MONTHLY, catalog).observations
    ]
    changed = told(read(MONTHLY.replace("万元", "亿元"), catalog, stated))
    assert changed == [
        "warning: 报表.xlsx#月报: the workbook counts in 亿元, the recipe says 万元: it is read as 亿元 "
        "[extraction.unit]"
    ]


def test_a_file_name_of_another_month_is_said(catalog: Catalog) -> None:
    found = told(read(MONTHLY, catalog, name="2026年4月报送.xlsx"))
    assert found == [
        'warning: 2026年4月报送.xlsx: the title says 2026年1—3月, the file\'s name another time, found "2026年4月" '
        "[extraction.period]"
    ]


def test_a_period_that_is_asked_for_must_be_given_and_may_not_contradict(catalog: Catalog) -> None:
    asks = RECIPE.replace("tables:", "period: ask\ntables:", 1)
    assert "the recipe asks for the period (hint: --period 2026-Q1)" in told(read(MONTHLY, catalog, asks))[0]
    workbook = book(sheet("月报", MONTHLY))
    good = extraction.extract(monthly(asks), workbook, catalog, Period.parse("2026-Q1"))
    assert (len(good.observations), told(good)) == (11, [])
    bad = extraction.extract(monthly(asks), workbook, catalog, Period.parse("2026-S1"))
    assert 'the --period says another time than the title, found "2026年上半年", expected 2026年1—3月' in told(bad)[0]


def test_the_day_of_a_workbook_stands_beside_its_label(catalog: Catalog) -> None:
    its = RECIPE.replace("tables:", "as_of: 报送日期\ntables:", 1)
    assert str(read(MONTHLY + "报送日期：|2026年4月15日", catalog, its).as_of) == "2026-04-15"
    assert str(read(MONTHLY + "报送日期：2026-04-15", catalog, its).as_of) == "2026-04-15"
    assert "no day stands there as the recipe's as_of, “报送日期”" in told(read(MONTHLY, catalog, its))[0]


def test_stored_digits_are_taken_where_the_recipe_asks_for_them(catalog: Catalog) -> None:
    text = MONTHLY.replace("123.4", "123.4~123.4449").replace("|5.6", "|5.6%~0.0556")
    shown = read(text, catalog)
    assert [str(row.value) for row in shown.observations[:2]] == ["123.4", "5.6"]
    assert [(one.shown, one.stored) for one in shown.rounded] == [("123.4", "123.4449"), ("5.6%", "5.56")]
    stored = read(text, catalog, RECIPE.replace("tables:", "digits: stored\ntables:", 1))
    assert [str(row.value) for row in stored.observations[:2]] == ["123.4449", "5.56"]


def test_the_form_of_a_period_is_the_one_that_the_folder_has(catalog: Catalog) -> None:
    row = read(MONTHLY, catalog).observations[0]
    quarter = replace(row, period=Period.parse("2026-Q1"))
    harvest = read(MONTHLY, replace(catalog, observations=(quarter,)))
    assert {row.period.id for row in harvest.observations} == {"2026-Q1", "2026-03"}


def test_a_table_on_another_sheet_is_found_and_said(catalog: Catalog) -> None:
    harvest = read(MONTHLY, catalog, sheet="附表")
    assert (len(harvest.observations), told(harvest)) == (
        11, ['note: 报表.xlsx#附表: table t stands on another sheet, found "附表", expected 月报 [recipe.sheet]'],
    )  # fmt: skip


def test_notes_go_with_the_rows_that_bear_their_mark(catalog: Catalog) -> None:
    text = (
        MONTHLY.replace("地区生产总值", "地区生产总值①")
        .replace("|10.2", "|'10.2*")
        .replace("注：快报数。", "注：①按可比价格计算。\n* 初步数。")
    )
    notes = {row.locator.rpartition("!")[2]: row.note for row in read(text, catalog).observations if row.note}
    assert notes == {"D3": "按可比价格计算。", "E3": "按可比价格计算。", "C4": "初步数。"}


def test_the_recipe_that_fits_is_found_by_the_shape_of_the_workbook(catalog: Catalog) -> None:
    finance = recipe.parse("finance", bureau.CASES["财政收支"].recipe, "finance.yaml")
    workbook = book(sheet("月报", MONTHLY))
    assert recipe.find(workbook, [finance, monthly()]).id == "monthly"
    with pytest.raises(Unusable) as alike:
        recipe.find(workbook, [replace(monthly(), id="other"), monthly()])
    assert str(alike.value) == (
        "报表（虚构）.xlsx: several recipes fit alike: other and monthly (hint: say which with --recipe, or "
        "give them "
        "files: or title: that tell them apart) [recipe.several]"
    )
    with pytest.raises(Unusable) as none:
        recipe.find(workbook, [finance])
    assert str(none.value) == (
        "报表（虚构）.xlsx: none of 1 recipes fits the workbook (hint: mend the recipe that is meant, or "
        "draft one with "
        "--learn) [recipe.none]\n"
        "报表（虚构）.xlsx: recipe finance: table t is not in the workbook, expected a head “项目” beside "
        "“本月”, “累计”, "
        "“同比±%” [recipe.table]"
    )


def test_of_two_recipes_the_one_that_says_more_is_taken_and_a_table_of_other_rows_is_none(catalog: Catalog) -> None:
    general = monthly(RECIPE.replace("    title: 主要经济指标\n", ""))
    workbook = book(sheet("月报", MONTHLY))
    assert recipe.find(workbook, [replace(general, id="general"), monthly()]).id == "monthly"
    others = monthly(
        RECIPE[: RECIPE.index("    rows:")] + "    rows:\n      - {name: 出口, indicator: economy.export}\n"
    )
    with pytest.raises(Unusable) as none:
        recipe.find(workbook, [others])
    assert "table t has none of the recipe's rows" in str(none.value)
    also = """\
  more:
    optional: true
    stub: 项目
    columns: [{head: 数值, measure: level}]
    rows: [{name: 出口, indicator: economy.export}]
"""
    assert recipe.find(workbook, [monthly(RECIPE + also)]).id == "monthly"


def test_a_head_that_moved_is_named_with_what_stands_there(catalog: Catalog) -> None:
    with pytest.raises(Unusable) as none:
        recipe.find(book(sheet("月报", MONTHLY.replace("主要经济指标", "经济运行情况"))), [monthly()])
    assert str(none.value).splitlines()[1] == (
        "报表（虚构）.xlsx#月报!C2: recipe monthly: table t has its head here, but not its title, found "
        '"清河区2026年1—3月经济运行情况（虚构）", expected 主要经济指标 (hint: mend title in the recipe if '
        "it is the table) "
        "[recipe.title]"
    )


def test_a_second_table_of_the_same_names_is_not_read_as_part_of_the_first(catalog: Catalog) -> None:
    second = """
表2  就业情况（虚构）||||
指标|单位|本月|本月止累计|从业人员
地区生产总值|亿元|1|2|3
出口|亿元|4|5|6
"""
    harvest = read(MONTHLY.replace("注：快报数。\n", "") + second.lstrip("\n"), catalog)
    assert {row.locator.rpartition("!")[2][1:] for row in harvest.observations} == {"3", "4", "5", "6"}
    assert told(harvest) == [
        'note: 报表.xlsx: tables that the recipe does not read begin here, found "月报!A8" (hint: --learn '
        "drafts lines for "
        "them) [extraction.other]"
    ]


def test_a_cell_merged_over_two_rows_is_read_once(catalog: Catalog) -> None:
    harvest = read(MONTHLY.replace("|30.5|", "||"), catalog, merged="D3:D4")
    assert [(str(one.place), one.reason) for one in harvest.skipped] == [
        ("报表.xlsx#月报!C3", "no figure"), ("报表.xlsx#月报!D4", "merged into another cell"),
    ]  # fmt: skip


def test_a_huge_merged_range_and_an_empty_sheet_do_no_harm(catalog: Catalog) -> None:
    one = Sheet("月报", ((Cell("x", "x", is_text=True), EMPTY),), (Range(0, 0, 1_048_575, 16_383),))
    harvest = extraction.extract(monthly(), book(one, Sheet("空", ())), catalog)
    assert [finding.code for finding in harvest.findings] == ["recipe.table"]
    assert layout.Surface(one).first(0, 1) == (0, 0)


def test_a_file_name_fills_no_gap_unless_the_recipe_says_so(catalog: Catalog) -> None:
    text = MONTHLY.replace("2026年1—3月", "")
    assert told(read(text, catalog, name="2026年4月.xlsx")) == [
        "error: 2026年4月.xlsx#月报: no title says a period (hint: period: file in the recipe takes the file's name; "
        "period: ask in the recipe, and --period) [extraction.period]"
    ]
    by_file = RECIPE.replace("tables:", "period: file\ntables:", 1)
    assert {str(row.period) for row in read(text, catalog, by_file, name="2026年1-3月.xlsx").observations} == {
        "2026-01/03", "2026-03",
    }  # fmt: skip


CONTRADICTORY = {
    "{head: 增速, measure: level}": "the head says another measure than level",
    "{head: 位次, measure: yoy}": "the head says another measure than yoy",
    "{head: 环比增长(%), measure: yoy}": "the head says another measure than yoy",
    "{head: [累计, 同比(%)], measure: mom}": "the head says another measure than mom",
    "{head: 比重(%), measure: completion}": "the head says another measure than completion",
    "{head: 同比降幅(%), measure: yoy, sign: reversed}": "",
    "{head: 比上年同期增减(%), measure: yoy}": "",
    "{head: 累计增长(%), measure: yoy}": "",
}


@pytest.mark.parametrize("line", CONTRADICTORY)
def test_a_head_that_says_another_measure_than_its_line_is_a_fault(line: str, catalog: Catalog) -> None:
    its = monthly(RECIPE.replace("{head: 同比增长, measure: yoy, period: cumulative}", line))
    assert [finding.message for finding in recipe.faults(its, catalog)] == [one for one in [CONTRADICTORY[line]] if one]


NEXT = {
    "1—3月": "1—6月", "一季度": "上半年", "上半年": "前三季度", "1-9月": "1-12月", "2026年9月": "2026年12月",
    "6月底": "9月底", "1-6月": "1-9月",
}  # fmt: skip


@pytest.mark.parametrize("name", BY_DRAFT)
def test_a_draft_serves_the_workbook_of_the_next_period(name: str, catalog: Catalog) -> None:
    """What was drafted from one period reads the same cells of the next, with that period."""
    case = bureau.CASES[name]
    later = [sheet_later(one) for one in case.book.sheets]
    if later == list(case.book.sheets):
        pytest.skip("the workbook says its period in another way")
    made = learning.draft(case.book, catalog, section="economy")
    its = recipe.parse("its", made.recipe, "its.yaml")
    known = replace(catalog, indicators={**catalog.indicators, **made_indicators(made)})
    harvest = extraction.extract(its, replace(case.book, sheets=tuple(later)), known)
    assert [str(finding) for finding in harvest.findings if finding.is_error] == []
    before = [(row.locator, row.indicator, row.area, row.measure, row.value) for row in made.harvest.observations]
    assert [(row.locator, row.indicator, row.area, row.measure, row.value) for row in harvest.observations] == before
    assert [row.period for row in harvest.observations] != [row.period for row in made.harvest.observations]


def sheet_later(one: Sheet) -> Sheet:
    def moved(cell: Cell) -> Cell:
        text = cell.shown
        for old, new in NEXT.items():
            if old in text:
                text = text.replace(old, new)
                break
        return replace(cell, shown=text, value=text) if text != cell.shown else cell

    return replace(one, rows=tuple(tuple(moved(cell) for cell in row) for row in one.rows))


def made_indicators(made: learning.Draft) -> dict[str, Indicator]:
    return {
        id: Indicator(id, "economy", it.name, unit.parse(it.unit) if it.unit else unit.NONE, is_flow=it.flow)
        for id, it in (learning.entries_of(made.indicators) if made.indicators else ())
    }


def test_a_head_that_was_left_at_an_earlier_period_is_refused(catalog: Catalog) -> None:
    case = bureau.CASES["两列名称"]
    title, *rest = case.book.sheets[0].rows
    stale = replace(title[0], shown="2026年前三季度城乡居民收支（虚构）", value="2026年前三季度城乡居民收支（虚构）")
    later = replace(case.book.sheets[0], rows=((stale, *title[1:]), *rest))
    its = recipe.parse("its", learning.draft(case.book, catalog).recipe, "its.yaml")
    assert told(extraction.extract(its, replace(case.book, sheets=(later,)), catalog)) == [
        "error: 报表（虚构）.xlsx#表!D3: the newest head is of an earlier time than the title: one of them "
        "is out of date "
        '(and so in 7 more cells), found "1—6月", expected 2026年前三季度 [extraction.period]'
    ]


def test_names_may_stand_below_an_empty_corner(catalog: Catalog) -> None:
    text = "2026年一季度（虚构）|\n|地区生产总值（亿元）|增速（%）\n清河区|100.1|5.2\n嘉禾县|80.2|-0.3\n"
    made = learning.draft(book(sheet("表", text)), catalog)
    assert 'stub: ""' in made.recipe
    assert [line(row, False) for row in made.harvest.observations] == [
        "B3 economy.gdp qinghe 2026-Q1 level 100.1", "C3 economy.gdp qinghe 2026-Q1 yoy 5.2",
        "B4 economy.gdp jiahe 2026-Q1 level 80.2", "C4 economy.gdp jiahe 2026-Q1 yoy -0.3",
    ]  # fmt: skip


def test_a_sheet_for_each_month_is_one_table_and_each_has_its_period(catalog: Catalog) -> None:
    months = {"1-2月": "11.1", "1-3月": "22.2", "1-4月": "33.3"}
    text = "2026年{0}主要指标（虚构）||\n指标|累计（亿元）|增长（%）\n地区生产总值|{1}|5.0\n固定资产投资|{1}|-1.0\n"
    workbook = book(*(sheet(month, text.format(month, value)) for month, value in months.items()))
    made = learning.draft(workbook, catalog)
    assert [one.cells for one in made.understood] == ["1-2月!A2:C4, 1-3月!A2:C4, 1-4月!A2:C4"]
    assert [line(row, True) for row in made.harvest.observations if row.measure == "level"] == [
        "1-2月!B3 economy.gdp qinghe 2026-01/02 level 11.1", "1-2月!B4 economy.invest qinghe 2026-01/02 level 11.1",
        "1-3月!B3 economy.gdp qinghe 2026-01/03 level 22.2", "1-3月!B4 economy.invest qinghe 2026-01/03 level 22.2",
        "1-4月!B3 economy.gdp qinghe 2026-01/04 level 33.3", "1-4月!B4 economy.invest qinghe 2026-01/04 level 33.3",
    ]  # fmt: skip
