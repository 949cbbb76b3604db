"""Reports on other areas than the workspace's: a town, the whole city, several in one run."""

import json
import re
from pathlib import Path

import pytest
from conftest import write
from county import files
from typer.testing import CliRunner

from xdreport import hierarchy
from xdreport.catalog import Area, Level
from xdreport.cli import app
from xdreport.findings import Unusable
from xdreport.folders import shipped
from xdreport.readers import folder
from xdreport.scope import areas


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a data folder that holds the made-up district of fifteen towns."""
    return write(tmp_path / "data", files())


def run(*arguments: object, exit_code: int = 0) -> str:
    """Return what a command prints; it must end with the exit code."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == exit_code, result.output
    return result.output if "--json" not in arguments else result.stdout


def text_of(county: Path, area: str, *options: object) -> str:
    """Return the briefing of an area as plain text."""
    target = county.parent / f"{area}.txt"
    run("build", "--data", county, "--area", area, "--output", target, *options)
    return target.read_text(encoding="utf-8")


def test_a_report_on_a_town_is_about_the_town_from_its_title_to_its_figures(county: Path) -> None:
    assert (
        text_of(county, "huangtu", "-s", "economy")
        == """\
黄土岭镇发展简报
临河区统计室（虚构）

黄土岭镇工业和消费情况
（2025年前三季度）

本期反映黄土岭镇2025年前三季度工业和消费方面的情况。文中数据的出处见文末“资料来源”，方括号内的序号与之对应。

一、工业和消费

2025年前三季度，规上工业总产值47.5亿元，同比下降7.8%；社会消费品零售总额4.93亿元，下降4.6%。

表1　工业和消费主要指标（2025年前三季度）
指标	单位	数值	比较	来源
规上工业总产值	亿元	47.5	同比下降7.8%	[1]
社会消费品零售总额	亿元	4.93	同比下降4.6%	[1]

二、资料来源

[1] 《云山统计月报（虚构）》，云山市统计室（虚构），2025-10-20。

编印：临河区统计室（虚构）
"""
    )


def test_several_areas_get_a_report_each_named_after_its_area(county: Path, tmp_path: Path) -> None:
    printed = run("build", "--data", county, "-a", "石桥镇,yun*", "-f", "txt", "-o", tmp_path, "-s", "economy")
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == [
        "briefing-shiqiao-economy-2025-Q1_Q3.txt", "briefing-yunshan-economy-2025-Q1_Q3.txt",
    ]  # fmt: skip
    assert [line for line in printed.split("\n") if line.startswith(("data", "report", "area"))] == [
        f"data      临河区统计数据（虚构）: {county}",
        "report    云山市工业和消费情况, template briefing",
        "area      云山市 (yunshan)",
        "report    石桥镇工业和消费情况, template briefing",
        "area      石桥镇 (shiqiao)",
    ]


def test_reports_on_several_areas_are_all_written_or_none(county: Path, tmp_path: Path) -> None:
    printed = run(
        "build", "--data", county, "-a", "level:town", "-i", "economy.retail", "-f", "txt", "-o", tmp_path, exit_code=2
    )
    assert 'the selection has no figures at all, found "yangmei"' in printed
    assert list(tmp_path.glob("*.txt")) == []
    run("build", "--data", county, "-a", "level:town,!杨梅镇", "-i", "economy.retail", "-f", "txt", "-o", tmp_path)
    assert len(list(tmp_path.glob("*.txt"))) == 14


def test_one_files_name_is_not_enough_for_several_reports(county: Path, tmp_path: Path) -> None:
    printed = run("build", "--data", county, "-a", "level:town", "-o", tmp_path / "a.txt", exit_code=2)
    assert printed == (
        f'error: one file\'s name for several reports, found "{tmp_path / "a.txt"}", expected a folder for the reports '
        "on 15 areas [build.output]\n"
    )


def test_as_json_one_report_is_an_object_and_several_are_a_list(county: Path) -> None:
    one = json.loads(run("build", "--data", county, "-a", "baisha", "--dry-run", "--json"))
    assert (one["area"], one["title"]) == ("baisha", "白沙镇经济社会发展情况")
    assert [Path(it["path"]).name for it in one["files"]] == [
        "briefing-baisha-economy-living-2025-Q1_Q3.docx", "briefing-baisha-economy-living-2025-Q1_Q3.pdf",
    ]  # fmt: skip
    several = json.loads(run("build", "--data", county, "-a", "baisha,linhe", "--dry-run", "--json"))
    assert [it["area"] for it in several] == ["linhe", "baisha"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), "linhe"),
        (("level:district", "!linhe"), "dongan xichang beiyuan nanling"),
        (("云山市",), "yunshan"),
        (("*shan",), "yunshan nanshan"),
        (("lianhua，baisha",), "baisha lianhua"),
    ],
)
def test_areas_are_chosen_by_ids_names_globs_and_levels(county: Path, words: tuple[str, ...], found: str) -> None:
    assert " ".join(it.id for it in areas(folder.read(county), words)) == found


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("shiqao", 'unknown area, found "shiqao" (hint: did you mean shiqiao?) [scope.area]'),
        ("石桥乡", 'unknown area, found "石桥乡" (hint: did you mean 石桥镇?) [scope.area]'),
        ("level:village", 'unknown area, found "level:village"'),
    ],
)
def test_an_area_that_there_is_not_is_answered_with_the_nearest(county: Path, word: str, message: str) -> None:
    with pytest.raises(Unusable) as stop:
        areas(folder.read(county), (word,))
    assert str(stop.value.findings[0]).removeprefix("error: ").startswith(message)


def test_prose_is_of_the_area_it_was_written_for_or_of_all_areas_of_a_level(county: Path) -> None:
    prose = county / "narratives" / "economy"
    write(prose, {
        "default.md": "全区规上工业总产值{{ figure('economy.output') }}。\n",
        "town/default.md": "{{ area() }}规上工业总产值{{ figure('economy.output') }}，{{ area(whole=true) }}一心。\n",
        "shiqiao/2025-Q1_Q3.md": "石桥镇自己的话：{{ figure('economy.output') }}。\n",
    })  # fmt: skip
    said = {}
    for area in ("linhe", "lianhua", "yunshan", "shiqiao"):
        _, _, after = text_of(county, area, "-s", "economy").partition("一、工业和消费\n\n")
        said[area] = after.partition("\n")[0]
    assert said == {
        "linhe": "全区规上工业总产值619.1亿元。",
        "lianhua": "莲花乡规上工业总产值36.8亿元，全乡一心。",
        "shiqiao": "石桥镇自己的话：86.4亿元。",
        "yunshan": "2025年前三季度，规上工业总产值2216.3亿元，同比增长2.1%。",
    }


def test_prose_for_an_area_that_there_is_not_is_a_stray_file(county: Path) -> None:
    write(county / "narratives" / "economy", {"shiqao/default.md": "话。\n"})
    printed = run("check", "--data", county, exit_code=1)
    assert printed.startswith(
        'error: data/narratives/economy/shiqao/default.md: this would not be read, found "default.md", expected '
        "narratives/<section>/<area>/<period>.md with an area of workspace.yaml, or a level of areas "
        "(hint: did you mean shiqiao?) [folder.stray-file]\n"
    )


def test_what_another_area_was_honoured_with_is_not_claimed(county: Path) -> None:
    write(county, {"honours.csv": (
        "id,section,title,holder,level,period,awarded_by,source,locator,note\n"
        "a,economy,虚构产业强区,,province,2025,,yearbook,第1段,\n"
        "b,economy,虚构工业重镇,石桥镇,city,2025,,yearbook,第1段,\n"
    )})  # fmt: skip
    assert "虚构产业强区\t临河区\t省级" in text_of(county, "linhe", "-p", "2025-Q1/Q3,2025")
    town = text_of(county, "shiqiao", "-p", "2025-Q1/Q3,2025")
    assert "虚构工业重镇\t石桥镇\t市级" in town
    assert "虚构产业强区" not in town
    assert "荣誉" not in text_of(county, "baisha", "-p", "2025-Q1/Q3,2025")


def test_the_report_of_a_town_is_traced_verified_refreshed_compared_and_made_again_as_one(county: Path) -> None:
    file = county.parent / "town.docx"
    run("build", "--data", county, "-a", "shiqiao", "-s", "economy", "-o", file)
    assert "area       石桥镇" in run("trace", file, "86.4亿元", "--data", county)
    verified = run("verify", file, "--data", county)
    assert "as a report on 石桥镇 in 2025年前三季度" in verified
    assert "live agrees" in verified and "contradicts" not in verified
    assert run("reproduce", file, "--data", county).split("\n")[1] == "built     town.docx  the same bytes"
    refreshed = run("refresh", file, "-p", "2025-Q1/Q2", "--data", county, "--dry-run")
    assert "table 1, row 2, cell 3: 86.4 → 56.4" in refreshed
    differing = run("diff", "2024-Q1/Q3", "2025-Q1/Q3", "--data", county, "-a", "石桥镇", "-i", "economy.output")
    assert re.search("规上工业总产值 +76.7亿元 +86.4亿元 +[+]9.7", differing)


def test_a_document_without_a_ledger_is_verified_as_a_report_on_the_area_that_is_named(county: Path) -> None:
    from docx import Document

    file = county.parent / "typed.docx"
    document = Document()
    document.add_paragraph("2025年前三季度，全镇规上工业总产值86.4亿元，同比增长12.6%，社会消费品零售总额12.31亿元。")
    document.save(str(file))
    assert "found     3 typed agrees" in run("verify", file, "--data", county, "--area", "shiqiao")
    assert "found     3 typed unknown" in run("verify", file, "--data", county)


def test_lists_and_histories_are_narrowed_to_an_area(county: Path) -> None:
    listed = json.loads(run("list", "areas", "-a", "level:district", "--data", county, "--json"))
    assert [(it["id"], it["observations"]) for it in listed] == [
        ("linhe", 22), ("dongan", 5), ("xichang", 5), ("beiyuan", 5), ("nanling", 5),
    ]  # fmt: skip
    shown = json.loads(run("show", "economy.output", "-a", "yangmei", "--data", county, "--json"))
    assert {it["area"] for it in shown["observations"]} == {"yangmei"}
    periods = json.loads(run("list", "periods", "-a", "dongan", "--data", county, "--json"))
    assert [it["id"] for it in periods] == ["2025-Q1/Q3"]


def test_templates_can_be_checked_for_every_area(county: Path) -> None:
    write(county / "narratives" / "economy", {"town/default.md": "{{ figure('economy.retail') }}。\n"})
    assert "0 errors" in run("check", "--data", county)
    printed = run("check", "--data", county, "--area", "level:town", exit_code=1)
    assert "there is no level of economy.retail for 2025-Q1/Q3" in printed


def test_every_shipped_template_makes_a_report_on_a_town(county: Path, tmp_path: Path) -> None:
    for path in sorted(shipped("templates").glob("*.yaml")):
        if path.stem != "base":
            printed = run(
                "build",
                "--data",
                county,
                "-a",
                "shiqiao",
                "-t",
                path.stem,
                "-f",
                "docx,pdf",
                "-o",
                tmp_path / path.stem,
            )
            assert "error" not in printed and "warning" not in printed
            assert len(list((tmp_path / path.stem).iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "level", "word"),
    [
        ("云山市", "city", "全市"), ("临河区", "district", "全区"), ("西昌县", "district", "全县"),
        ("虚构市", "district", "全市"), ("石桥镇", "town", "全镇"), ("莲花乡", "town", "全乡"),
        ("锦江街道", "town", "全街道"), ("虚构省", "province", "全省"), ("中国", "country", "全国"),
        ("虚构林场", "town", "全镇"), ("虚构新城", "district", "全区"),
    ],
)  # fmt: skip
def test_an_area_as_a_whole_is_called_by_what_its_name_says_it_is(name: str, level: str, word: str) -> None:
    assert hierarchy.everywhere(Area("x", name, level=Level(level))) == word
