"""Recipes as files: what they may say, what check says of them, and that the README knows every key."""

import re
from pathlib import Path

import bureau
import pytest

from xdreport import build, learning, recipe
from xdreport.findings import Failed
from xdreport.readers import folder

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section() -> str:
    return README.partition("\n## Recipes\n")[2].partition("\n## ")[0]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    root = bureau.write(tmp_path / "data")
    (root / "recipes").mkdir()
    return root


def write(data: Path, text: str, name: str = "its.yaml") -> None:
    (data / "recipes" / name).write_text(text, encoding="utf-8")


def said(data: Path) -> list[str]:
    return [str(finding) for finding in build.inspect(data, (ROOT / "templates",))]


GOOD = """\
title: 月报（虚构）
source: {id: monthly}
tables:
  t:
    stub: 指标
    columns:
      - {head: 本月止累计, measure: level}
    rows:
      - {name: 地区生产总值, indicator: economy.gdp}
"""


def test_recipes_of_a_folder_are_read_in_the_order_of_their_names(data: Path) -> None:
    write(data, GOOD, "b.yaml")
    write(data, GOOD, "a.yaml")
    assert [one.id for one in recipe.read_all(data)] == ["a", "b"]
    assert said(data) == []
    assert recipe.read_all(data / "recipes") == ()


def test_an_empty_recipe_passes_check(data: Path) -> None:
    write(data, learning.empty("monthly"))
    assert said(data) == []


def test_every_fault_of_a_recipe_is_found_at_its_line(data: Path) -> None:
    write(
        data,
        GOOD.replace(
            "economy.gdp}", "economy.gpd, unit: 亿亩子}\n      - {name: 地区生产总值 , indicator: economy.retail}"
        )
        .replace("measure: level}", "area: qinge, period: cumulative}")
        .replace("title: 月报（虚构）", "title: 月报（虚构）\narea: nanshann"),
    )
    assert said(data) == [
        'data/recipes/its.yaml:2: unknown area, found "nanshann" (hint: did you mean nanshan?) [reference.area]',
        'data/recipes/its.yaml:8: unknown area, found "qinge" (hint: did you mean qinghe or jiangbei?) '
        "[reference.area]",
        'data/recipes/its.yaml:10: unknown indicator, found "economy.gpd" (hint: did you mean economy.gdp or '
        "economy.cpi or economy.third?) "
        "[reference.indicator]",
        'data/recipes/its.yaml:10: unknown unit, found "亿亩子" (hint: add its base to units in workspace.yaml) '
        "[reference.unit]",
        'data/recipes/its.yaml:11: the row stands twice, first as number 1, found "地区生产总值" [recipe.line]',
        "data/recipes/its.yaml:8: nothing says what the column measures (hint: measure: level, yoy, rank_city …, or "
        "skip: true) [recipe.line]",
    ]


def test_faults_of_form_and_strange_files_are_found_in_one_run(data: Path) -> None:
    write(data, GOOD.replace("measure: level", "measure: levl").replace("stub:", "stubs:"), "a.yaml")
    write(data, GOOD.replace("measure: level", "measure: level, period: 本月"), "b.yaml")
    write(data, "", "报表.xlsx")
    with pytest.raises(Failed) as failed:
        recipe.read_all(data)
    steps = ", ".join(recipe.STEPS)
    assert [
        re.sub("expected level,.*?or rank_district", "expected …", line) for line in str(failed.value).split("\n")
    ] == [
        'data/recipes/a.yaml:7: tables.t.columns.0.measure cannot be read, found "levl", expected … '
        "(hint: did you mean level?) [yaml.value]",
        'data/recipes/a.yaml:5: unknown key, found "tables.t.stubs" (hint: did you mean stub?) [yaml.unknown-key]',
        f'data/recipes/b.yaml:7: tables.t.columns.0.period.0 cannot be read, found "本月", expected one of {steps}, '
        "or a period such as 2025 [yaml.value]",
        'data/recipes/报表.xlsx: this would not be read, found "报表.xlsx", expected recipes/<id>.yaml '
        "(hint: keep workbooks outside the data folder) [folder.stray-file]",
    ]


def test_a_unit_that_can_never_fit_is_found_before_any_workbook_is(data: Path) -> None:
    write(data, GOOD.replace("economy.gdp}", "economy.gdp, unit: 万人}"))
    assert said(data) == [
        'data/recipes/its.yaml:9: the unit cannot become that of economy.gdp, 亿元, found "万人" [recipe.unit]'
    ]


@pytest.mark.parametrize("name", bureau.CASES)
def test_a_drafted_recipe_and_what_it_adds_pass_check(name: str, data: Path) -> None:
    made = learning.draft(bureau.CASES[name].book, folder.read(data), section="economy")
    for path, content in made.files(data).items():
        path.write_bytes(content)
    catalog = folder.read(data)
    assert [str(fault) for one in recipe.read_all(data) for fault in recipe.faults(one, catalog)] == []


@pytest.mark.parametrize(
    "model",
    [recipe.RecipeShape, recipe.SourceShape, recipe.TableShape, recipe.ColumnLine, recipe.RowLine, recipe.SheetLine],
)
def test_every_key_of_a_recipe_is_in_the_readme(model: type[recipe.Settings]) -> None:
    assert [key for key in model.model_fields if f"`{key}`" not in section()] == []


def test_every_word_of_a_period_is_in_the_readme() -> None:
    assert [step for step in recipe.STEPS if f"`{step}`" not in section()] == []
