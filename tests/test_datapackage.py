"""The data folder as a Data Package: Frictionless validates it, and finds what is planted in its tables."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from conftest import write
from frictionless import Package
from typer.testing import CliRunner

from xdreport import datapackage, rows
from xdreport.cli import app
from xdreport.folders import shipped


def problems(folder: Path) -> list[tuple[str, int]]:
    """Return what Frictionless finds in a folder: sort of fault, and row, 0 where it is none of a row."""
    report = Package(str(folder / "datapackage.json")).validate()
    found = report.flatten(["type", "rowNumber"])
    assert report.valid == (not found)
    return [(kind, row or 0) for kind, row in found]


@pytest.fixture
def described(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of the small world, described by the command."""
    monkeypatch.chdir(world.parent)
    result = CliRunner().invoke(app, ["schema", "--update"])
    assert (result.exit_code, result.stderr) == (0, "")
    return world


def test_the_shipped_data_validate() -> None:
    assert problems(shipped("data")) == []


def test_a_folder_that_is_described_validates_and_passes_check(described: Path) -> None:
    assert problems(described) == []
    result = CliRunner().invoke(app, ["check"])
    assert (result.exit_code, result.stderr) == (0, "")


# Each replaces the third figure of the small world: industry.output,qinghe,2025,yoy,12.1,,bulletin-2025,第1段,,,
@pytest.mark.parametrize(
    ("row", "sort"),
    [
        ("industry.output,qinghe,2025,yoy,1,234,,bulletin-2025,第1段,,,", "extra-cell"),
        ("industry.output,qinghe,2025,yoy,12.1亿,,bulletin-2025,第1段,,,", "type-error"),
        ("industry.output,qinghe,2025,yoy,,,bulletin-2025,第1段,,,", "constraint-error"),
        ("industry.output,qinghe,2025,同比,12.1,,bulletin-2025,第1段,,,", "constraint-error"),
        ("industry.output,qinghe,2025,yoy,12.1,左右,bulletin-2025,第1段,,,", "constraint-error"),
        ("industry.output,qinghe,2025Q3,yoy,12.1,,bulletin-2025,第1段,,,", "constraint-error"),
        ("industry.output,qinghe,20251,yoy,12.1,,bulletin-2025,第1段,,,", "constraint-error"),
        ("工业总产值,qinghe,2025,yoy,12.1,,bulletin-2025,第1段,,,", "constraint-error"),
        ("industry.output,qinghe,2025,yoy,12.1,,,第1段,,,", "constraint-error"),
        ("industry.output,qinghe,2025,yoy,12.1,,bulletin-2025,第1段,ok,,", "constraint-error"),
        ("industry.output,qinghe,2025,yoy,12.1,,bulletin-2025,第1段,,2026-13-01,", "type-error"),
        ("industry.output,qinghe,2025,level,12.1,,bulletin-2025,第1段,,,", "primary-key"),
    ],
)
def test_a_planted_fault_is_found_by_frictionless_and_by_check(described: Path, row: str, sort: str) -> None:
    path = described / "observations/industry.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], row, *lines[4:]]) + "\n", encoding="utf-8")
    seen = problems(described)
    assert sort in {kind for kind, _ in seen}
    assert {line for _, line in seen} == {4}
    assert CliRunner().invoke(app, ["check"]).exit_code == 1


def test_a_missing_column_and_another_delimiter_are_found(described: Path) -> None:
    path = described / "observations/living.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",note", "").replace("第3段,,,", "第3段,,"), encoding="utf-8")
    assert ("missing-label", 0) in problems(described)
    path.write_text(text.replace(",", ";"), encoding="utf-8")
    assert problems(described) != []


def test_a_file_that_came_later_is_noted_and_the_command_takes_it_in(described: Path) -> None:
    files = {
        "sections.yaml": (described / "sections.yaml").read_text(encoding="utf-8")
        + 'air: {title: 空气质量, indicators: ["air.*"]}\n',
        "indicators/air.yaml": "air.good: {name: 优良天数比例, unit: '%', kind: ratio}\n",
        "observations/air.csv": (
            "\ufeffindicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
            "air.good,qinghe,2025,level,96.30,,bulletin-2025,第4段,,2026-02-10,\n"
        ),
    }
    write(described, files)
    noted = CliRunner().invoke(app, ["check"])
    assert (noted.exit_code, noted.stderr) == (
        0,
        "note: data/datapackage.json: this does not describe the folder as it is "
        "(hint: xdreport schema --update writes it anew) [folder.description]\n",
    )
    assert CliRunner().invoke(app, ["schema", "--update"]).exit_code == 0
    listed = [its["path"] for its in json.loads((described / "datapackage.json").read_text("utf-8"))["resources"]]
    assert listed == ["observations/industry.csv", "observations/living.csv", "observations/air.csv"]
    assert problems(described) == []
    assert CliRunner().invoke(app, ["check"]).stderr == ""


def test_what_somebody_wrote_into_the_description_is_kept(described: Path) -> None:
    path = described / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "licenses": [{"name": "CC0-1.0"}], "version": "2"}), encoding="utf-8")
    assert CliRunner().invoke(app, ["schema", "--update"]).exit_code == 0
    assert json.loads(path.read_text(encoding="utf-8")) == {
        **content,
        "licenses": [{"name": "CC0-1.0"}],
        "version": "2",
    }
    first = path.read_bytes()
    assert CliRunner().invoke(app, ["schema", "--update"]).exit_code == 0
    assert path.read_bytes() == first


def test_every_column_is_described(tmp_path: Path) -> None:
    for sort, columns in (
        ("observations", rows.OBSERVATION_COLUMNS), ("honours", rows.HONOUR_COLUMNS), ("names", rows.NAME_COLUMNS),
    ):  # fmt: skip
        assert tuple(field["name"] for field in datapackage.table_schema(sort)["fields"]) == columns


def test_the_shipped_example_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["schema", "--update"])
    assert (result.exit_code, result.stderr) == (
        2,
        "error: there is no data folder here, and the example is not changed (hint: name one with --data, or begin one"
        " with xdreport new workspace) [new.folder]\n",
    )


def test_the_folder_may_stand_anywhere(described: Path, tmp_path: Path) -> None:
    assert problems(Path(copytree(described, tmp_path / "elsewhere/数据"))) == []
