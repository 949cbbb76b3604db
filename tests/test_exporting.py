"""Observations for another program: which are taken, what each row says, where it goes."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from conftest import write
from typer.testing import CliRunner

from xdreport.cli import app

HEAD = (
    "section,section_title,indicator,indicator_name,area,area_name,period,period_name,starts,ends,measure,value,unit,"
    "qualifier,source,source_title,locator,status,as_of,note,file,line"
)


@pytest.fixture
def here(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, whose data folder also has the city, a revision and a note like a formula."""
    rows = world / "observations/industry.csv"
    more = (
        "industry.output,nanshan,2025-Q1/Q3,level,900.50,,bulletin-2025,第4段,preliminary,,=1+1\n"
        "industry.output,qinghe,2024,level,100.20,,bulletin-2025,第5段,revised,2026-03-01,\n"
        "industry.output,qinghe,2024,yoy,-5.60,,bulletin-2025,第5段,,,\n"
    )
    rows.write_text(rows.read_text(encoding="utf-8") + more, encoding="utf-8")
    monkeypatch.chdir(world.parent)
    return world.parent


def exported(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["export", *arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout.replace("\r\n", "\n")


def test_a_row_has_names_beside_ids_and_says_where_its_figure_stands(here: Path) -> None:
    assert exported("--indicator", "工业总产值", "--period", "2025") == (
        f"{HEAD}\n"
        "industry,产业发展,industry.output,工业总产值,qinghe,清河区,2025,2025年,2025-01-01,2025-12-31,level,112.35,亿元,,"
        "bulletin-2025,虚构统计公报,第1段,final,,,data/observations/industry.csv,3\n"
        "industry,产业发展,industry.output,工业总产值,qinghe,清河区,2025,2025年,2025-01-01,2025-12-31,yoy,12.1,%,,"
        "bulletin-2025,虚构统计公报,第1段,final,,,data/observations/industry.csv,4\n"
    )


def test_the_newest_revision_is_taken_and_on_request_those_before_it(here: Path) -> None:
    newest = list(csv.DictReader(io.StringIO(exported("--period", "2024", "--indicator", "industry.output"))))
    assert [(row["measure"], row["value"], row["as_of"]) for row in newest] == [
        ("level", "100.20", "2026-03-01"), ("yoy", "-5.60", ""),
    ]  # fmt: skip
    all_ = list(csv.DictReader(io.StringIO(exported("--period", "2024", "--revisions"))))
    assert [(row["value"], row["as_of"]) for row in all_] == [
        ("100.25", ""), ("100.20", "2026-03-01"), ("-5.60", ""),
    ]  # fmt: skip


def test_areas_are_chosen_by_id_glob_or_name(here: Path) -> None:
    for words in ("nanshan", "南山市", "!qinghe", "nan*"):
        rows = list(csv.DictReader(io.StringIO(exported("--area", words))))
        assert [(row["area_name"], row["period_name"], row["ends"]) for row in rows] == [
            ("南山市", "2025年前三季度", "2025-09-30")
        ]


def test_text_like_a_formula_stays_text_and_a_negative_number_a_number(here: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("--section", "industry"))))
    assert [row["note"] for row in rows if row["note"]] == ["'=1+1"]
    assert "-5.60" in {row["value"] for row in rows}
    exported("--section", "industry", "--output", "out/figures.xlsx")
    cells = openpyxl.load_workbook("out/figures.xlsx").active
    assert cells is not None
    found = {str(cell.value): cell.data_type for row in cells.iter_rows() for cell in row}
    assert (found["=1+1"], found["-5.6"]) == ("s", "n")


def test_json_has_the_same_rows_with_digits_as_text(here: Path) -> None:
    rows = json.loads(exported("--area", "nanshan", "--format", "json"))
    assert rows == [
        {
            "section": "industry", "section_title": "产业发展", "indicator": "industry.output",
            "indicator_name": "工业总产值", "area": "nanshan", "area_name": "南山市", "period": "2025-Q1/Q3",
            "period_name": "2025年前三季度", "starts": "2025-01-01", "ends": "2025-09-30", "measure": "level",
            "value": "900.50", "unit": "亿元", "qualifier": "", "source": "bulletin-2025",
            "source_title": "虚构统计公报", "locator": "第4段", "status": "preliminary", "as_of": None, "note": "=1+1",
            "file": "data/observations/industry.csv", "line": 7,
        }
    ]  # fmt: skip


def test_wide_has_a_column_for_each_period_and_no_inexact_number(here: Path) -> None:
    assert exported("--wide") == (
        "indicator,indicator_name,area,area_name,measure,unit,2024,2025-Q1/Q3,2025,notes\n"
        "industry.output,工业总产值,qinghe,清河区,level,亿元,100.20,,112.35,2024: revised\n"
        "industry.output,工业总产值,qinghe,清河区,yoy,%,-5.60,,12.1,\n"
        "industry.firms,规上工业企业,qinghe,清河区,level,家,,,58,\n"
        "industry.firms,规上工业企业,qinghe,清河区,rank_city,位,,,2,\n"
        'industry.output,工业总产值,nanshan,南山市,level,亿元,,900.50,,"2025-Q1/Q3: preliminary, =1+1"\n'
        "living.income,居民人均可支配收入,qinghe,清河区,level,元,,,36500余,\n"
    )


@pytest.mark.parametrize("name", ["figures.csv", "figures.json", "figures.xlsx"])
def test_the_ending_says_the_format_and_the_same_data_give_the_same_bytes(here: Path, name: str) -> None:
    said = exported("--output", name)
    assert said == f"data      虚构的示例数据: data\nwrote     {name}  8 rows\n"
    first = Path(name).read_bytes()
    exported("--output", name)
    assert Path(name).read_bytes() == first
    assert first.startswith({"csv": b"\xef\xbb\xbf", "json": b"[{", "xlsx": b"PK"}[name.rpartition(".")[2]])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--format xls", 'unknown format, found "xls", expected one of csv, json, xlsx (hint: did you mean xlsx?)'),
        ("--format xlsx", "a workbook does not go to the standard output (hint: name a file with --output)"),
        ("--output a.txt", 'the ending is none of the formats, found "a.txt", expected a file that ends in .csv or'),
        ("--output a.csv --format json", 'the ending is none of the formats, found "a.csv", expected a file that ends'),
        ("--wide --revisions", "a table by periods has one figure a cell (hint: leave --revisions out)"),
        ("--area nanshang", 'unknown area, found "nanshang" (hint: did you mean nanshan?)'),
        ("--period 2025Q3", 'unknown period, found "2025Q3"'),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(here: Path, arguments: str, said: str) -> None:
    write(here, {"a.csv": "earlier\n"})
    result = CliRunner().invoke(app, ["export", *arguments.split()])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {said}"), result.stderr
    assert (here / "a.csv").read_text(encoding="utf-8") == "earlier\n"
    assert sorted(path.name for path in here.iterdir()) == ["a.csv", "data"]
