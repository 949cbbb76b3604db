"""What each key of a recipe changes in what is read."""

import bureau
import pytest
from made_up_books import book, sheet
from test_extraction import MONTHLY, RECIPE, line, monthly, read, told

from xdreport import extraction, recipe
from xdreport.catalog import Catalog
from xdreport.period import Period
from xdreport.readers import folder


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return folder.read(bureau.write(tmp_path_factory.mktemp("bureau") / "data"))


def cells(text: str, catalog: Catalog, its: str, **more: object) -> set[str]:
    return {row.locator.rpartition("!")[2] for row in read(text, catalog, its, **more).observations}


def test_hidden_rows_are_read_where_the_recipe_says_so(catalog: Catalog) -> None:
    its = RECIPE.replace("tables:", "hidden: read\ntables:", 1)
    assert {"C4", "D4", "E4"} & cells(MONTHLY, catalog, RECIPE, hidden_rows=frozenset({3})) == set()
    assert {"C4", "D4", "E4"} <= cells(MONTHLY, catalog, its, hidden_rows=frozenset({3}))
    sheets = (sheet("月报", MONTHLY, is_hidden=True), sheet("空", "说明"))
    assert [finding.code for finding in extraction.extract(monthly(), book(*sheets), catalog).findings] == [
        "recipe.table", "extraction.hidden",
    ]  # fmt: skip
    assert len(extraction.extract(monthly(its), book(*sheets), catalog).observations) == 11


def test_end_ends_a_table_before_rows_that_repeat_its_names(catalog: Catalog) -> None:
    text = MONTHLY.replace("注：快报数。", "附：嘉禾县||||\n地区生产总值|亿元||50.1|4.4")
    assert "[extraction.twice]" in told(read(text, catalog))[0]
    assert "D9" not in cells(text, catalog, RECIPE.replace("stub:", "end: 附：嘉禾县\n    stub:"))


def test_the_period_may_stand_beside_a_label(catalog: Catalog) -> None:
    text = MONTHLY.replace("2026年1—3月", "") + "报告期：|2026年1-6月"
    its = RECIPE.replace("tables:", "period_label: 报告期\ntables:", 1)
    assert {str(row.period) for row in read(text, catalog, its).observations} == {"2026-06", "2026-01/06"}


def test_the_status_of_a_recipe_is_that_of_its_figures(catalog: Catalog) -> None:
    its = RECIPE.replace("tables:", "status: preliminary\ntables:", 1)
    assert {row.status.value for row in read(MONTHLY, catalog, its).observations} == {"preliminary"}


def test_a_row_may_go_by_other_names_and_be_absent(catalog: Catalog) -> None:
    text = MONTHLY.replace("地区生产总值", "生产总值（GDP）")
    assert any("no row “地区生产总值”" in one for one in told(read(text, catalog)))
    also = RECIPE.replace("economy.gdp}", "economy.gdp, also: [[生产总值（GDP）]]}")
    assert (told(read(text, catalog, also)), told(read(MONTHLY, catalog, also))) == ([], [])
    absent = RECIPE.replace("economy.gdp}", "economy.gdp, optional: true}")
    assert told(read(text.replace("生产总值（GDP）|亿元||123.4|5.6\n", ""), catalog, absent)) == []


def test_a_column_of_units_may_have_another_head(catalog: Catalog) -> None:
    text = MONTHLY.replace("|单位|", "|计算单位|")
    assert "no unit is said" in told(read(text, catalog))[0]
    assert told(read(text, catalog, RECIPE.replace("stub:", "unit_column: 计算单位\n    stub:"))) == []


def test_notes_may_be_ignored_and_remarks_attached(catalog: Catalog) -> None:
    text = MONTHLY.replace("地区生产总值", "地区生产总值*").replace("注：快报数。", "*初步数")
    text = text.replace("同比增长（%）", "同比增长（%）|备注").replace("123.4|5.6", "123.4|5.6|待核实")
    remarks = RECIPE.replace("    rows:", "      - {head: 备注, note: true}\n    rows:")
    ignored = remarks.replace("stub:", "notes: ignore\n    stub:")
    assert {row.note for row in read(text, catalog, remarks).observations if row.note} == {"初步数；待核实"}
    assert {row.note for row in read(text, catalog, ignored).observations if row.note} == {"待核实"}


def test_other_rows_may_be_left_out(catalog: Catalog) -> None:
    text = MONTHLY.replace("注：", "出口|亿元|1|3|4\n注：")
    harvest = read(text, catalog, RECIPE.replace("stub:", "others: skip\n    stub:"))
    assert (harvest.unmatched, [one.reason for one in harvest.skipped if one.shown]) == (
        (), ["other rows are left out by the recipe"] * 3,
    )  # fmt: skip


def test_a_triangle_is_what_the_recipe_says(catalog: Catalog) -> None:
    text = MONTHLY.replace("|5.6", "|'▲5.6").replace("-1.2", "'▼1.2")
    for meaning, first in (("rise", "5.6"), ("fall", "-5.6")):
        its = RECIPE.replace("stub:", f"triangle: {meaning}\n    stub:")
        growth = [str(row.value) for row in read(text, catalog, its).observations if row.measure == "yoy"]
        assert growth[:2] == [first, "-1.2"]


STEPS = {
    "month": "2026-06", "quarter": "2026-Q2", "cumulative": "2026-01/06", "year": "2026", "last-year": "2025",
    "year-before": "2025-01/06", "month-before": "2026-05", "quarter-before": "2026-Q1", "same": "2026-01/06",
    "2025-Q1/Q3": "2025-Q1/Q3", "[month, year-before]": "2025-06", "[year, year-before]": "2025",
}  # fmt: skip


@pytest.mark.parametrize("steps", STEPS)
def test_a_step_leads_from_the_title_to_the_period(steps: str, catalog: Catalog) -> None:
    text = "2026年1—6月情况（虚构）|\n指标|数值\n地区生产总值（亿元）|100.1\n"
    its = f"""\
title: 情况
source: {{id: its}}
tables:
  t:
    stub: 指标
    columns: [{{head: 数值, measure: level, period: {steps}}}]
    rows: [{{name: 地区生产总值, indicator: economy.gdp}}]
"""
    assert [line(row, False) for row in read(text, catalog, its).observations] == [
        f"B3 economy.gdp qinghe {STEPS[steps]} level 100.1"
    ]


def test_left_and_newest_take_the_time_of_another_head(catalog: Catalog) -> None:
    text = "情况（虚构）|||\n指标|2026年1-9月|2025年1-9月|增长（%）\n地区生产总值（亿元）|100.1|95.2|5.1\n"
    its = """\
title: 情况
source: {id: its}
tables:
  t:
    stub: 指标
    columns: [{head: "{period}", measure: level}, {head: 增长(%), measure: yoy, period: newest}]
    rows: [{name: 地区生产总值, indicator: economy.gdp}]
"""
    for word, period in (("newest", "2026-01/09"), ("left", "2025-01/09")):
        found = read(text, catalog, its.replace("newest", word)).observations
        assert [line(row, False) for row in found][-1] == f"D3 economy.gdp qinghe {period} yoy 5.1"


def test_a_head_may_be_one_of_several_behind_another(catalog: Catalog) -> None:
    text = (
        "2026年一季度各县区（虚构）||||||\n地区|地区生产总值（亿元）|位次|增速（%）|位次|固定资产投资增速（%）|位次\n"
        "清河区|100.1|2|5.1|3|-1.2|1\n"
    )
    its = """\
title: 各县区
source: {id: its}
tables:
  t:
    stub: 地区
    columns:
      - {head: 地区生产总值, indicator: economy.gdp, measure: level}
      - {head: 位次, after: 地区生产总值, skip: true}
      - {head: 增速, indicator: economy.gdp, measure: yoy}
      - {head: 位次, after: 增速, indicator: economy.gdp, measure: rank_city}
      - {head: 固定资产投资增速, indicator: economy.invest, measure: yoy}
      - {head: 位次, after: 固定资产投资增速, indicator: economy.invest, measure: rank_city}
    rows: [{name: 清河区, area: qinghe}]
"""
    expected = ["B3 economy.gdp qinghe 2026-Q1 level 100.1", "D3 economy.gdp qinghe 2026-Q1 yoy 5.1",
                "E3 economy.gdp qinghe 2026-Q1 rank_city 3", "F3 economy.invest qinghe 2026-Q1 yoy -1.2",
                "G3 economy.invest qinghe 2026-Q1 rank_city 1"]  # fmt: skip
    assert [line(row, False) for row in read(text, catalog, its).observations] == expected
    unsaid = its.replace(", after: 增速", "")
    assert "two columns" not in "".join(told(read(text, catalog, unsaid)))
    bare = "\n".join(
        one for one in its.split("\n") if "位次, after: 地区" not in one and "位次, after: 固定" not in one
    )
    found = told(read(text, catalog, bare.replace(", after: 增速", "")))
    assert (
        "two columns of table t have the head “位次” (hint: say after: with the head of the column before each)"
        in found[0]
    )


def test_a_rank_is_a_whole_number_from_one(catalog: Catalog) -> None:
    its = RECIPE.replace("{head: 本月, measure: level, period: month}", "{head: 位次, measure: rank_city}")
    text = MONTHLY.replace("|本月|", "|位次|").replace("||123.4", "|'第2位|123.4")
    harvest = read(text, catalog, its)
    ranks = [str(row.value) for row in harvest.observations if row.measure == "rank_city"]
    assert (ranks[0], next(finding.message for finding in harvest.findings if finding.is_error)) == (
        "2", "a rank is counted from 1",
    )  # fmt: skip


def test_every_word_for_a_period_is_a_period(catalog: Catalog) -> None:
    assert [step for step in recipe.STEPS if step not in {"left", "newest"} and step not in STEPS] == []
    assert all(Period.parse(period) for period in STEPS.values())
