"""Imports from a workbook to the folder, and back from a printed number to the workbook's cell; all made up."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import books
import openpyxl
import pytest
from conftest import WORLD, write
from typer.testing import CliRunner

from xdreport import intake
from xdreport.cli import app
from xdreport.findings import Environment, Failed
from xdreport.folders import shipped
from xdreport.readers import folder

RECIPE = """\
title: 虚构月报
source: {id: monthly, title: "虚构月报（{period}）", publisher: 清河区统计室}
tables:
  main:
    title: 主要指标
    stub: 指标名称
    columns:
      - {head: [累计, 绝对量], measure: level, period: cumulative}
      - {head: [累计, "同比±%"], measure: yoy, period: cumulative}
    rows:
      - {name: 工业总产值, indicator: industry.output}
      - {name: 规上工业企业, indicator: industry.firms, optional: true}
      - {name: 居民人均可支配收入, indicator: living.income}
"""
HEAD = [["指标名称", "计量单位", "累计", None], [None, None, "绝对量", "同比±%"]]


def sheet(title: str, output: object = 98.76, growth: object = 0.056, income: object = 27350) -> list[list[object]]:
    """Return the rows of a made-up table with a head of two levels."""
    return [
        [title], *HEAD, ["工业总产值①", "亿元", output, growth], ["居民人均可支配收入", "元", income, 0.051],
        ["注：①虚构。"],
    ]  # fmt: skip


def workbook(path: Path, title: str = "2026年1—9月主要指标（虚构）", **values: object) -> Path:
    """Write the made-up table as a workbook and return its path."""
    codes = {f"表1!{cell}": code for cell, code in {"C4": "0.00", "D4": "0.0%", "D5": "0.0%"}.items()}
    books.xlsx(path, {"表1": sheet(title, **values)}, codes)
    made = openpyxl.load_workbook(path)
    for span in ("A1:D1", "C2:D2", "A2:A3", "B2:B3"):
        made["表1"].merge_cells(span)
    made.save(path)
    return path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the small world and a recipe in data/, and a workbook; it is the current one."""
    write(tmp_path / "data", WORLD | {"recipes/monthly.yaml": RECIPE})
    workbook(tmp_path / "报表.xlsx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1792454400")  # 2026-10-20
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def run(*arguments: str, exit: int = 0) -> str:
    """Return what a command prints, after looking at its exit code."""
    result = CliRunner().invoke(app, arguments)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == exit, result.output
    return result.output


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def added(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, str]:
    """Return what was added to each file, holding that all that was in it is there."""
    assert all(after[name].startswith(content) for name, content in before.items())
    return {
        name: after[name].removeprefix(before.get(name, b"")).decode()
        for name in after
        if after[name] != before.get(name)
    }


def test_an_import_adds_rows_that_lead_to_workbook_hash_and_cell(office: Path) -> None:
    before = contents(office)
    said = run("import", "报表.xlsx")
    sha256 = digest(office / "报表.xlsx")
    assert said == (
        "data      虚构的示例数据: data\n"
        f"workbook  报表.xlsx  sha256 {sha256[:12]}\n"
        "              recipe monthly, 2026年1—9月, as of 2026-10-20\n"
        "              4 figures matched, 0 rows or columns unknown\n"
        "figures   4 added\n"
        "source    monthly-2026-01_09: 虚构月报（2026年1—9月）\n"
        "wrote     data/observations/industry.csv  lines 7–8\n"
        "          data/observations/living.csv  lines 3–4\n"
        "          data/sources.yaml\n"
        "next      xdreport check\n"
        "          xdreport build\n"
    )
    assert added(before, contents(office)) == {
        "data/observations/industry.csv": (
            "industry.output,qinghe,2026-01/09,level,98.76,,monthly-2026-01_09,报表.xlsx#表1!C4,,2026-10-20,虚构。\n"
            "industry.output,qinghe,2026-01/09,yoy,5.6,,monthly-2026-01_09,报表.xlsx#表1!D4,,2026-10-20,虚构。\n"
        ),
        "data/observations/living.csv": (
            "living.income,qinghe,2026-01/09,level,27350,,monthly-2026-01_09,报表.xlsx#表1!C5,,2026-10-20,\n"
            "living.income,qinghe,2026-01/09,yoy,5.1,,monthly-2026-01_09,报表.xlsx#表1!D5,,2026-10-20,\n"
        ),
        "data/sources.yaml": (
            'monthly-2026-01_09:\n  title: "虚构月报（2026年1—9月）"\n  publisher: "清河区统计室"\n'
            f'  covers: "2026-01/09"\n  file: "报表.xlsx"\n  sha256: "{sha256}"\n'
        ),
    }


def test_the_same_import_twice_changes_nothing_and_says_so(office: Path) -> None:
    run("import", "报表.xlsx")
    before = contents(office)
    said = run("import", "报表.xlsx", "--as-of", "2026-12-01")
    assert "figures   4 same\nwrote     nothing: the folder has it\n" in said
    assert contents(office) == before


def test_a_check_writes_nothing_and_its_exit_code_tells_whether_the_import_would_land(office: Path) -> None:
    before = contents(office)
    for option in ("--check", "--dry-run"):
        assert "to write  data/observations/industry.csv  lines 7–8" in run("import", "报表.xlsx", option)
    workbook(office / "坏.xlsx", output="九十八")
    assert "not written  nothing: see the errors below" in run("import", "坏.xlsx", "--check", exit=1)
    (office / "坏.xlsx").unlink()
    assert contents(office) == before


def test_a_corrected_workbook_is_a_revision_and_shows_old_and_new(office: Path) -> None:
    run("import", "报表.xlsx")
    workbook(office / "报表.xlsx", output=99.5)
    said = run("import", "报表.xlsx", "--as-of", "2026-10-25")
    assert "3 same" in said and "1 revised" in said
    assert (
        " revised   工业总产值 2026年1—9月   98.76   99.50   +0.74   亿元   data/observations/industry.csv:7"
        "   报表.xlsx#表1!C4" in said
    )
    catalog = folder.read(office / "data")
    assert [(f"{row.value}", row.source, row.status, str(row.as_of)) for row in catalog.revised[0]] == [
        ("98.76", "monthly-2026-01_09", "final", "2026-10-20"),
        ("99.50", "monthly-2026-01_09-2", "revised", "2026-10-25"),
    ]
    run("check")


def test_a_changed_figure_of_the_same_day_is_refused(office: Path) -> None:
    run("import", "报表.xlsx")
    workbook(office / "报表.xlsx", output=99.5)
    before = contents(office)
    said = run("import", "报表.xlsx", exit=1)
    assert "is 98.76 as of 2026-10-20 (data/observations/industry.csv:7), and 2026-10-20 is not later" in said
    assert contents(office) == before


def test_what_the_recipe_does_not_know_is_a_warning_that_strict_stops(office: Path) -> None:
    made = openpyxl.load_workbook(office / "报表.xlsx")
    made["表1"].insert_rows(6)
    for column, value in enumerate(["新材料产值", "亿元", 12.5, 0.1], start=1):
        made["表1"].cell(6, column, value)
    made.save(office / "报表.xlsx")
    before = contents(office)
    warning = 'warning: 报表.xlsx#表1!A6: the recipe does not know this row, which has 12.5, 0.1, found "新材料产值"'
    said = run("import", "报表.xlsx", "--strict", exit=1)
    assert warning.replace("warning", "error") in said
    assert contents(office) == before
    assert warning in run("import", "报表.xlsx")


def test_an_import_that_check_would_refuse_is_not_written(office: Path) -> None:
    workbook(office / "报表.xlsx", output=1234.5)
    before = contents(office)
    said = run("import", "报表.xlsx", exit=1)
    assert (
        "data/observations/industry.csv:7: 2026-01/09 of industry.output is out of bounds" in said or "bounds" in said
    )
    assert "the folder would not pass check with these figures in it; nothing is written" in said
    assert contents(office) == before


def test_prose_that_lacks_figures_is_a_warning_which_strict_imports_obey(office: Path) -> None:
    write(office, {"data/narratives/industry/default.md": "企业{{ figure('industry.firms') }}。\n"})
    before = contents(office / "data")
    lacking = "there is no level of industry.firms for 2026-01/09"
    strict = run("import", "报表.xlsx", "--data", "data", "--strict", exit=1)
    assert f"error: data/narratives/industry/default.md:1: {lacking}" in strict
    assert contents(office / "data") == before
    assert f"warning: data/narratives/industry/default.md:1: {lacking}" in run("import", "报表.xlsx", "--data", "data")
    assert f"error: data/narratives/industry/default.md:1: {lacking}" in run("check", "--data", "data", exit=1)


def test_several_workbooks_land_together_or_not_at_all(office: Path) -> None:
    workbook(office / "去年.xlsx", title="2025年1—9月主要指标（虚构）", output=93.5, income=26000)
    before = contents(office)
    workbook(office / "坏.xlsx", title="2024年1—9月主要指标（虚构）", output="#N/A")
    run("import", "报表.xlsx", "去年.xlsx", "坏.xlsx", exit=1)
    (office / "坏.xlsx").unlink()
    assert contents(office) == before
    said = run("import", "报表.xlsx", "去年.xlsx")
    assert "8 added" in said
    assert "lines 7–10" in said
    assert "the same workbook is named twice" in run("import", "报表.xlsx", "报表.xlsx", exit=2)


def test_faults_of_all_workbooks_are_found_in_one_run(office: Path) -> None:
    (office / "网页.xls").write_text("<html>", encoding="utf-8")
    (office / "空.xlsx").write_bytes(b"")
    said = run("import", "网页.xls", "空.xlsx", "没有.xlsx", exit=2)
    assert [line.partition(":")[2].partition(":")[0].strip() for line in said.splitlines()] == [
        "网页.xls", "空.xlsx", "没有.xlsx",
    ]  # fmt: skip


def test_the_same_table_is_imported_from_csv_xls_and_ods(office: Path) -> None:
    table = [
        ["" if it is None else str(it) for it in row] for row in sheet("2026年1—9月主要指标（虚构）", growth="5.6%")
    ]
    table[4][3] = "5.1%"
    (office / "报表.csv").write_bytes("\r\n".join(",".join(row) for row in table).encode("gb18030"))
    codes = {"表1!D4": "0.0%", "表1!D5": "0.0%"}
    books.xls(office / "报表.xls", {"表1": sheet("2026年1—9月主要指标（虚构）")}, codes)
    cell = books.ods_cell
    rows = [
        [cell("2026年1—9月主要指标（虚构）")], [cell(it or "") for it in HEAD[0]], [cell(it or "") for it in HEAD[1]],
        [cell("工业总产值①"), cell("亿元"), cell("98.76", "98.76"), cell("5.6%", "0.056", "percentage")],
        [cell("居民人均可支配收入"), cell("元"), cell("27,350", "27350"), cell("5.1%", "0.051", "percentage")],
    ]  # fmt: skip
    xml = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    books.ods(office / "报表.ods", {"表1": xml})
    for name in ("报表.csv", "报表.xls", "报表.ods"):
        made = json.loads(CliRunner().invoke(app, ["import", name, "--check", "--json"]).stdout)
        assert [(row["indicator"], row["measure"], row["value"], row["period"]) for row in made["added"]] == [
            ("industry.output", "level", "98.76", "2026-01/09"),
            ("industry.output", "yoy", "5.6", "2026-01/09"),
            ("living.income", "level", "27350", "2026-01/09"),
            ("living.income", "yoy", "5.1", "2026-01/09"),
        ], name


def test_a_source_bears_the_newest_period_where_every_head_names_its_own(office: Path) -> None:
    recipe = RECIPE.replace("head: [累计,", 'head: ["{period}累计",').replace(", period: cumulative", "")
    (office / "data/recipes/monthly.yaml").write_text(recipe, encoding="utf-8")
    made = openpyxl.load_workbook(office / "报表.xlsx")
    made["表1"]["C2"] = "1—9月累计"
    made.save(office / "报表.xlsx")
    assert "source    monthly-2026-01_09: 虚构月报（2026年1—9月）" in run("import", "报表.xlsx", "--check")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_libreoffice_saves_in_other_forms_is_imported_alike(office: Path) -> None:
    made = openpyxl.load_workbook(workbook(office / "报表.xlsx", output=987654321, growth=-0.02345))
    table = made["表1"]
    table["B4"], table["C4"].number_format, table["D4"].number_format = "万元", r"0\.0,", "0.0%;[Red]0.0%"
    table["D5"].number_format = "0.0%_);[Red](0.0%)"
    made.save(office / "报表.xlsx")
    home = f"-env:UserInstallation=file://{office}/office"
    found = {}
    for form in ("xlsx", "xls", "ods"):
        if form != "xlsx":
            subprocess.run(
                ["soffice", home, "--headless", "--convert-to", form, "--outdir", str(office), "报表.xlsx"],
                capture_output=True, check=False,
            )  # fmt: skip
            if not (office / f"报表.{form}").is_file():
                pytest.skip("LibreOffice has no Calc")
        made = json.loads(CliRunner().invoke(app, ["import", f"报表.{form}", "--check", "--json"]).stdout)
        found[form] = [(row["indicator"], row["measure"], row["value"]) for row in made["added"]]
    assert found["xlsx"] == [
        ("industry.output", "level", "9.87654"), ("industry.output", "yoy", "-2.3"),
        ("living.income", "level", "27350"), ("living.income", "yoy", "5.1"),
    ]  # fmt: skip
    assert found["xls"] == found["ods"] == found["xlsx"]


def test_json_says_what_was_understood_and_what_it_does(office: Path) -> None:
    said = CliRunner().invoke(app, ["import", "报表.xlsx", "--check", "--json"]).stdout
    made = json.loads(said)
    assert (made["lands"], made["wrote"], made["sources"]) == (True, False, ["monthly-2026-01_09"])
    assert made["workbooks"][0]["sha256"] == digest(office / "报表.xlsx")
    assert made["added"][0] == {
        "indicator": "industry.output", "area": "qinghe", "period": "2026-01/09", "measure": "level",
        "value": "98.76", "unit": "亿元", "status": "final", "cell": "报表.xlsx#表1!C4",
        "source": "monthly-2026-01_09", "as_of": "2026-10-20", "place": "data/observations/industry.csv:7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("held", "code", "value"),
    [
        (-0.0234, "0.0%", "-2.3"),
        (-2.34, "0.0;[Red]0.0", "-2.3"),
        (-2.34, "0.0_);(0.0)", "-2.3"),
        (5.64, '0.0"%"', "5.6"),
        (0.125, "0.0%", "12.5"),
        (5.6000000000000005, "General", "5.6"),
        ("５．６％", "General", "5.6"),
        ("－2.3", "General", "-2.3"),
        (" 5.6\xa0", "@", "5.6"),
    ],
)
def test_a_rate_is_what_a_person_reads_in_its_cell(office: Path, held: object, code: str, value: str) -> None:
    path = workbook(office / "报表.xlsx", growth=held)
    made = openpyxl.load_workbook(path)
    made["表1"]["D4"].number_format = code
    made.save(path)
    rows = json.loads(CliRunner().invoke(app, ["import", "报表.xlsx", "--check", "--json"]).stdout)["added"]
    assert [row["value"] for row in rows if row["cell"].endswith("D4")] == [value]


def test_a_table_in_yuan_that_is_shown_in_wan_is_read_by_the_unit_that_stands_there(office: Path) -> None:
    path = workbook(office / "报表.xlsx", output=987654321)
    made = openpyxl.load_workbook(path)
    made["表1"]["C4"].number_format = "0!.0,"
    made["表1"]["B4"] = "万元"
    made.save(path)
    rows = json.loads(CliRunner().invoke(app, ["import", "报表.xlsx", "--check", "--json"]).stdout)["added"]
    assert rows[0]["value"] == "9.87654"
    made["表1"]["B4"] = "元"
    made.save(path)
    said = run("import", "报表.xlsx", "--check", exit=1)
    assert "the number format shows 98765.4 for what is 987654321, and the unit is 元" in said


def test_a_number_format_that_cannot_be_rendered_is_refused_where_a_figure_is_taken(office: Path) -> None:
    path = workbook(office / "报表.xlsx")
    made = openpyxl.load_workbook(path)
    made["表1"]["C4"].number_format = "0.00E+00"
    made.save(path)
    said = run("import", "报表.xlsx", "--check", exit=1)
    assert 'no figure can be taken: the number format "0.00E+00" is not rendered' in said


def test_the_example_that_comes_with_the_program_takes_no_figures(
    office: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    assert "the example is not changed" in run("import", str(office / "报表.xlsx"), exit=2)


def test_a_day_that_is_none_is_refused(office: Path) -> None:
    assert 'the day cannot be read, found "10月", expected a date such as 2026-07-04' in run(
        "import", "报表.xlsx", "--as-of", "10月", exit=2
    )


# -- two people, and interruptions ------------------------------------------------------------------------------------


def order(office: Path) -> intake.Order:
    return intake.Order((office / "报表.xlsx",), office / "data", (office / "data/templates", shipped("templates")))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: (data / "observations/living.csv").open("a").write("\n"),
        lambda data: (data / "observations/living.csv").unlink(),
        lambda data: (data / "names.csv").write_text("", encoding="utf-8"),
    ],
)
def test_a_folder_that_somebody_changed_meanwhile_is_not_written(
    office: Path, change: Callable[[Path], object]
) -> None:
    made = intake.plan(order(office))
    assert made.lands
    change(office / "data")
    before = contents(office)
    with pytest.raises(Failed, match="somebody has changed the data folder meanwhile; nothing was written"):
        intake.land(made, order(office))
    assert contents(office) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such lock there")
def test_two_imports_are_not_written_at_once(office: Path) -> None:
    import fcntl

    made = intake.plan(order(office))
    descriptor = os.open(office / "data", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(Environment, match="another import is at work in the folder"):
        intake.land(made, order(office))
    os.close(descriptor)
    intake.land(made, order(office))
    assert len(folder.read(office / "data").observations) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_an_interrupted_import_leaves_the_folder_as_it_was_or_complete(office: Path) -> None:
    before = contents(office / "data")
    run("import", "报表.xlsx")
    complete = contents(office / "data")
    code = "from xdreport.cli import main; main()"
    for delay in (0.05, 0.15, 0.25, 0.3, 0.35, 0.4):
        for name, content in before.items():
            (office / "data" / name).write_bytes(content)
        process = subprocess.Popen(
            [sys.executable, "-c", code, "import", "报表.xlsx"], cwd=office, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(Path(intake.__file__).parent.parent)},
        )  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        process.wait()
        assert contents(office / "data") in (before, complete)


# -- back from the printed number -------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_printed_number_leads_back_to_the_workbook_and_its_cell(office: Path, format: str) -> None:
    run("import", "报表.xlsx")
    run("build", "--section", "industry", "--period", "2026-01/09", "--format", format, "--output", f"out.{format}")
    said = run("trace", f"out.{format}", "98.8亿元")
    assert "《虚构月报（2026年1—9月）》，清河区统计室，报表.xlsx#表1!C4" in said
    assert f"报表.xlsx  sha256 {digest(office / '报表.xlsx')}" in said
    assert "data/observations/industry.csv:7" in said
    assert "the workbook at hand shows 98.76 there" in run(
        "trace", f"out.{format}", "98.8亿元", "--workbook", "报表.xlsx"
    )
    workbook(office / "报表2.xlsx", output=99)
    assert "the workbook at hand is another one: 报表2.xlsx" in run(
        "trace", f"out.{format}", "98.8亿元", "--workbook", "报表2.xlsx"
    )
    assert digest(office / "报表.xlsx") in run("list", "sources")
    assert "报表.xlsx#表1!C4" in run("show", "工业总产值")
