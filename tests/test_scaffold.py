"""What `xdreport new` begins: sound files that work at once, nothing overwritten, nobody kept waiting."""

import json
import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import write
from frictionless import Package
from test_schemas import MODELINE, refusals, seen
from typer.testing import CliRunner

from xdreport import descriptions
from xdreport.catalog import Level
from xdreport.cli import app
from xdreport.readers import folder as reader

ROOT = Path(__file__).parent.parent
DISTRICT = (
    "workspace",
    "shili",
    "--area-name",
    "示例区",
    "--city",
    "示例市",
    "--province",
    "示例省",
    "--code",
    "990101",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which is empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def run(*words: str) -> str:
    """Return what a command prints; it must end well and find nothing."""
    result = CliRunner().invoke(app, list(words))
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def new(*words: str) -> str:
    return run("new", *words)


def refused(*words: str) -> str:
    """Return what a command that is refused says."""
    result = CliRunner().invoke(app, ["new", *words])
    assert (result.exit_code, result.stdout) in {(1, ""), (2, "")}, result.output
    return result.stderr


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_workspace_passes_check_and_builds_at_once_from_outside_and_from_inside(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = new(*DISTRICT, "--office", "示例区统计局")
    assert said.startswith("area      shili: 示例区\nwrote     shili/workspace.yaml\n")
    assert said.splitlines()[-3:] == [
        "next      xdreport build --data shili",
        "          xdreport check --data shili",
        "          xdreport new section economy --title 经济运行 --data shili",
    ]
    run("check", "--data", "shili", "--strict")
    run("build", "--data", "shili", "--output", "out")
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "briefing-sample-2025-Q1_Q3.docx", "briefing-sample-2025-Q1_Q3.pdf",
    ]  # fmt: skip
    monkeypatch.chdir(here / "shili")
    printed = run("build", "--format", "txt", "--output", "../sample.txt")
    assert printed.startswith("data      示例区统计数据: .\n")
    text = (here / "sample.txt").read_text(encoding="utf-8")
    assert "一、示例（虚构）\n" in text
    assert "示例产值123.4亿元，同比增长5.6%" in text
    assert "编印：示例区统计局" in text


def test_a_new_workspace_in_data_needs_no_option_afterwards(here: Path) -> None:
    new("workspace", "--area-name", "示例县")
    run("check")
    assert run("build", "--format", "txt", "--output", "a.txt").startswith("data      示例县统计数据: data\n")


def test_every_template_builds_the_sample_without_a_finding(here: Path) -> None:
    new(*DISTRICT, "--office", "示例区统计局")
    for name in ("briefing", "report", "handout", "yearbook", "feature"):
        run("build", "--data", "shili", "--template", name, "--format", "txt", "--output", f"{name}.txt")


def test_the_areas_are_those_that_were_named(here: Path) -> None:
    new(*DISTRICT)
    areas = reader.read(here / "shili").workspace.areas
    assert [(it.id, it.name, it.level.value, it.within, it.code) for it in areas.values()] == [
        ("shili", "示例区", "district", "city", "990101"),
        ("city", "示例市", "city", "province", ""),
        ("province", "示例省", "province", "", ""),
    ]


@pytest.mark.parametrize(
    ("name", "city", "level"),
    [
        ("示例区", "", "district"), ("示例县", "示例市", "district"), ("示例市", "", "city"),
        ("示例市", "大示例市", "district"), ("示例省", "", "province"), ("甲镇", "", "town"), ("乙街道", "", "town"),
    ],
)  # fmt: skip
def test_the_level_of_an_area_is_told_by_its_name(name: str, city: str, level: str) -> None:
    assert Level.of(name, is_in_city=bool(city)) == level


def test_a_new_workspace_is_a_data_package_and_its_files_fit_their_schemas(here: Path) -> None:
    new(*DISTRICT)
    assert Package("shili/datapackage.json").validate().valid
    for path in Path("shili").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        match = MODELINE.match(text)
        assert match and (path.parent / match[1]).is_file(), path
        assert refusals(Path(match[1]).name.partition(".")[0], seen(text)) == []
    assert list(descriptions.outdated(here / "shili")) == []


def test_the_examples_in_the_comments_of_a_new_workspace_may_be_uncommented(here: Path) -> None:
    new(*DISTRICT)
    path = here / "shili/workspace.yaml"
    head, sign, examples = path.read_text(encoding="utf-8").partition("# 以下可以不写，去掉行首的 # 就生效。\n")
    assert sign
    path.write_text(head + re.sub(r"^# ", "", examples, flags=re.MULTILINE), encoding="utf-8")
    run("check", "--data", "shili")
    assert reader.read(path.parent).workspace.periods


def test_the_sample_goes_away_as_its_comment_says(here: Path) -> None:
    new(*DISTRICT)
    new("section", "economy", "--title", "经济运行", "--data", "shili")
    new("indicator", "economy.revenue", "--name", "一般公共预算收入", "--unit", "亿元", "--data", "shili")
    root = here / "shili"
    for name in ("charts.yaml", "indicators/sample.yaml", "observations/sample.csv", "narratives/sample/default.md"):
        (root / name).unlink()
    for name in ("sections.yaml", "sources.yaml"):
        lines = (root / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (root / name).write_text("".join(line for line in lines if not line.startswith("sample:")), encoding="utf-8")
    source = 'bulletin: {title: 虚构的公报, date: "2025-10-20"}\n'
    (root / "sources.yaml").write_text((root / "sources.yaml").read_text(encoding="utf-8") + source, encoding="utf-8")
    with (root / "observations/economy.csv").open("a", encoding="utf-8") as rows:
        rows.write("economy.revenue,shili,2025-Q1/Q3,level,9.36,,bulletin,第1段,,,\n")
    run("schema", "--update", "--data", "shili")
    run("check", "--data", "shili")
    run("build", "--data", "shili", "--format", "txt", "--output", "a.txt")
    assert "虚构）" not in Path("a.txt").read_text(encoding="utf-8").replace("（虚构的公报）", "")
    assert "一般公共预算收入9.36亿元" in Path("a.txt").read_text(encoding="utf-8")


def test_an_empty_workspace_passes_check_and_takes_a_section_and_an_indicator(here: Path) -> None:
    new("workspace", "data", "--area-name", "示例区", "--empty")
    run("check")
    assert not Path("data/charts.yaml").exists()
    new("section", "economy", "--title", "经济: “运行”", "--english", "Economy")
    keys = "--unit % --kind ratio --decimals 1 --good up --alias 空气质量优良率,优良天数比例 --tag key --english Air"
    new("indicator", "economy.air", "--name", "优良率", *keys.split(), "--meaning", "一句话: 解释。")
    new("indicator", "economy.firms", "--name", "企业", "--unit", "家", "--stock")
    new("indicator", "economy.index", "--name", "指数", "--kind", "index")
    run("check")
    assert Path("data/sections.yaml").read_text(encoding="utf-8").splitlines()[-1] == (
        "economy: {title: '经济: “运行”', english: Economy, indicators: [economy.*]}"
    )
    assert Path("data/indicators/economy.yaml").read_text(encoding="utf-8").partition("economy.air:")[2] == (
        "\n  name: 优良率\n  english: Air\n  aliases: [空气质量优良率, 优良天数比例]\n  unit: '%'\n  kind: ratio\n"
        "  decimals: 1\n"
        "  good: up\n  tags: [key]\n  meaning: '一句话: 解释。'\n"
        "economy.firms:\n  name: 企业\n  unit: 家\n  flow: false\n"
        "economy.index:\n  name: 指数\n  kind: index\n"
    )
    assert Package("data/datapackage.json").validate().valid
    assert list(descriptions.outdated(here / "data")) == []


def test_what_a_file_has_stays_byte_for_byte(here: Path, world: Path) -> None:
    path = world / "sections.yaml"
    before = "\ufeff# 本局的栏目\r\n".encode() + path.read_bytes().replace(b"\n", b"\r\n").rstrip()
    path.write_bytes(before)
    new("section", "air", "--title", "空气")
    assert path.read_bytes() == before + "\r\nair: {title: 空气, indicators: [air.*]}\r\n".encode()
    its = world / "indicators/living.yaml"
    before = its.read_bytes()
    new("indicator", "living.rent", "--name", "租金", "--unit", "元")
    assert its.read_bytes() == before + "living.rent:\n  name: 租金\n  unit: 元\n".encode()
    assert not (world / "datapackage.json").exists()  # a folder without descriptions gets none
    run("check")


def test_a_new_template_builds_and_its_examples_may_be_uncommented(here: Path) -> None:
    new(*DISTRICT, "--office", "示例区统计局")
    new("template", "quarterly", "--extends", "briefing", "--data", "shili", "--description", "季度: 快报")
    path = here / "shili/templates/quarterly.yaml"
    run("build", "--data", "shili", "--template", "quarterly", "--format", "txt", "--output", "a.txt")
    assert "示例区发展简报" in Path("a.txt").read_text(encoding="utf-8")
    head, sign, examples = path.read_text(encoding="utf-8").partition("description: '季度: 快报'\n")
    assert sign
    examples = re.sub(r"^# (?!写了)", "", examples, flags=re.MULTILINE)
    path.write_text(head + sign + examples, encoding="utf-8")
    assert refusals("template", seen(path.read_text(encoding="utf-8"))) == []
    run("check", "--data", "shili")
    run("build", "--data", "shili", "--template", "quarterly", "--format", "txt", "--output", "b.txt")
    assert "示例区2025年前三季度主要指标快报" in Path("b.txt").read_text(encoding="utf-8")


def test_a_new_template_without_a_data_folder_stands_where_it_is_found(here: Path) -> None:
    new("template", "quarterly", "--extends", "report")
    assert Path("templates/quarterly.yaml").read_text(encoding="utf-8").startswith("# 模板 quarterly：")
    assert "quarterly" in run("list", "templates")


def test_a_new_recipe_passes_check_and_fits_its_schema(here: Path) -> None:
    new("workspace", "--area-name", "示例区")
    new("recipe", "monthly")
    run("check", "--strict")
    text = Path("data/recipes/monthly.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/recipe.schema.json\n")
    assert refusals("recipe", seen(text)) == []


def test_an_import_that_begins_a_table_brings_its_description_along(here: Path) -> None:
    new("workspace", "--area-name", "示例区", "--empty")
    new("section", "economy", "--title", "经济运行")
    new("indicator", "economy.revenue", "--name", "一般公共预算收入", "--unit", "亿元")
    Path("data/observations/economy.csv").unlink()
    run("schema", "--update")
    recipe = """\
title: 主要指标（虚构）
source: {id: bulletin, title: "主要指标（{period}，虚构）"}
tables:
  main:
    title: 主要指标
    stub: 指标
    columns: [{head: 绝对量, measure: level, period: cumulative}]
    rows: [{name: 一般公共预算收入, indicator: economy.revenue}]
"""
    book = "2025年1—9月主要指标（虚构）,,\n指标,单位,绝对量\n一般公共预算收入,亿元,9.48\n"
    write(here, {"data/recipes/bulletin.yaml": recipe, "报表.csv": book})
    result = CliRunner().invoke(app, ["import", "报表.csv", "--as-of", "2025-10-28"])
    assert result.exit_code == 0, result.output
    assert "data/datapackage.json" in result.stdout
    assert list(descriptions.outdated(here / "data")) == []
    assert Package("data/datapackage.json").validate().valid
    assert len(Package("data/datapackage.json").resources) == 1


@pytest.mark.parametrize("word", ["workspace", "section", "indicator", "template", "recipe"])
def test_nothing_is_overwritten(here: Path, word: str) -> None:
    commands = {
        "workspace": ("workspace", "data", "--area-name", "别区"),
        "section": ("section", "economy", "--title", "别的"),
        "indicator": ("indicator", "economy.a", "--name", "别的", "--unit", "家"),
        "template": ("template", "own"),
        "recipe": ("recipe", "own"),
    }
    new("workspace", "--area-name", "示例区")
    new("section", "economy", "--title", "经济")
    new("indicator", "economy.a", "--name", "甲", "--unit", "元")
    new("template", "own")
    new("recipe", "own")
    before = everything(here)
    said = refused(*commands[word])
    assert re.match(r"error: data/\S+: this is there already", said)
    assert everything(here) == before


@pytest.mark.parametrize(
    "words",
    [
        "workspace x", "workspace x --area-name 示例区 --area 示例",
        "workspace x --area-name 示例区 --level county", "section 经济运行", "section air",
        "indicator 收入 --unit 元", "indicator living.rent --name 租金", "indicator air.good --name 优良 --unit %",
        "indicator living.rent --name 租金 --unit 两", "indicator air.good --section living --name 优良 --unit %",
        "indicator living.rent --name 租金 --unit 元 --good better", "template 快报", "template own --extends brief",
    ],
)  # fmt: skip
def test_where_something_is_missing_or_cannot_be_nothing_is_written(here: Path, world: Path, words: str) -> None:
    before = everything(here)
    assert re.match(r"error: .* \[[a-z]+\.[a-z-]+\]\n$", refused(*words.split()))  # the words are in a transcript
    assert everything(here) == before


def test_without_a_data_folder_the_example_is_not_changed(here: Path) -> None:
    said = refused("section", "economy", "--title", "经济")
    assert said.startswith("error: there is no data folder here, and the example is not changed")


def test_a_file_that_cannot_be_appended_to_is_left_with_the_line_to_add(here: Path, world: Path) -> None:
    path = world / "sections.yaml"
    path.write_text(
        '{industry: {title: 产业, indicators: ["*"]}, living: {title: 生活, indicators: ["*"]}}', encoding="utf-8"
    )
    before = everything(here)
    assert refused("section", "air", "--title", "空气") == (
        "error: data/sections.yaml: entries must stand one under the other (hint: add it by hand: air: {title: 空气, "
        "indicators: [air.*]}) [new.form]\n"
    )
    assert everything(here) == before


def test_a_folder_with_faults_is_mended_first(here: Path, world: Path) -> None:
    (world / "indicators/living.yaml").write_text("living.income: {name: 收入}\n", encoding="utf-8")
    before = everything(here)
    assert refused("section", "air", "--title", "空气").endswith("living.income.unit is missing [yaml.missing-key]\n")
    assert everything(here) == before


def test_json_says_what_was_written(here: Path) -> None:
    new("workspace", "--area-name", "示例区")
    assert json.loads(new("section", "economy", "--title", "经济", "--json")) == {
        "wrote": [
            "data/sections.yaml", "data/indicators/economy.yaml", "data/observations/economy.csv",
            "data/datapackage.json",
        ],
        "next": [
            "xdreport import BOOK --learn --section economy",
            "xdreport new indicator economy.NAME --name 名称 --unit 单位",
        ],
    }  # fmt: skip


def test_a_write_that_fails_leaves_nothing_behind(here: Path) -> None:
    write(here, {"data/schemas": "a file where a folder belongs\n"})
    result = CliRunner().invoke(app, ["new", "workspace", "--area-name", "示例区"])
    assert result.exit_code in {2, 3}
    assert everything(here) == {"data/schemas": b"a file where a folder belongs\n"}


def test_somebody_at_a_terminal_is_asked_for_what_is_missing(here: Path) -> None:
    keyboard, terminal = pty.openpty()
    timer = threading.Timer(60, lambda: os.close(keyboard))
    timer.start()
    command = [sys.executable, "-c", "from xdreport.cli import main; main()", "new", "workspace"]
    os.write(keyboard, "示例区\n".encode())
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdin=terminal, capture_output=True, env=environment, check=False, timeout=60)
    timer.cancel()
    asked = "Name of the area that reports are about, such as 示例区:"
    assert (done.returncode, done.stderr.decode().strip()) == (0, asked)
    assert "title: 示例区统计数据\n" in Path("data/workspace.yaml").read_text(encoding="utf-8")


def test_nobody_is_kept_waiting_without_a_terminal(here: Path) -> None:
    command = [sys.executable, "-c", "from xdreport.cli import main; main()", "new", "workspace"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdin=subprocess.PIPE, capture_output=True, env=environment, check=False, timeout=60)
    assert (done.returncode, list(here.iterdir())) == (2, [])
