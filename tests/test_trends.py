"""The lines of blocks of `show`: which values stand in them, and what they say. All data are made up."""

import locale
from pathlib import Path

import pytest
from conftest import write
from typer.testing import CliRunner

from xdreport import terminal, trends
from xdreport.cli import app
from xdreport.readers import folder

HEAD = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
INDICATORS = """\
e.output: {name: 产值, unit: 亿元}
e.power: {name: 用电量, unit: 万千瓦时}
e.loans: {name: 贷款余额, unit: 亿元, flow: false}
e.rain: {name: 降水日数, unit: 天}
"""
ROWS = """\
output 2024-Q1 level 10
output 2024-S1 level 22
output 2024-Q1/Q3 level 36
output 2024 level 52
output 2025-Q1 level 11
output 2025-S1 level 24
output 2024-Q1 yoy 5.0
output 2024-S1 yoy 4.0
output 2024-Q1/Q3 yoy 4.5
output 2025-Q1 yoy 6.0
output 2025-S1 yoy -1.0
output 2025-S1 rank_city 3
power 2025-01/02 level 20
power 2025-Q1 level 31
power 2025-01/04 level 41
power 2025-01/05 level 53
loans 2024 level 380
loans 2025-Q1 level 400
loans 2025-S1 level 390
rain 2022-S1 level 80
rain 2023-S1 level 80
rain 2025-S1 level 80
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [line.split() for line in ROWS.splitlines()]
    lines = [
        f"e.{id},{(area or ['qinghe'])[0]},{period},{measure},{value},,bulletin,1,,,\n"
        for id, period, measure, value, *area in rows
    ]
    files = {
        "workspace.yaml": "title: 虚构\narea: qinghe\nareas:\n  qinghe: {name: 清河区}\n"
        "  town: {name: 甲镇, level: town, within: qinghe}\n",
        "sources.yaml": "bulletin: {title: 虚构公报}\n",
        "sections.yaml": 'economy: {title: 经济, indicators: ["e.*"]}\n',
        "indicators/economy.yaml": INDICATORS,
        "observations/economy.csv": HEAD + "".join(lines),
    }
    return write(tmp_path / "data", files)


@pytest.mark.parametrize(
    ("id", "lines"),
    [
        # 10 12 14 16 | 11 13: the counts themselves would fall to 11 from 52
        ("output", [
            "level  ▁▃▆█▂▅  2024-Q1 10 to 2025-Q2 13; low 10 (2024-Q1), high 16 (2024-Q4); "
            "single quarters, 4 of 6 derived from counts",
            "yoy  ▇▆▇ █▁  2024-Q1 5.0 to 2025-S1 −1.0; low −1.0 (2025-S1), high 6.0 (2025-Q1); "
            "every quarter, counted from January",
        ]),
        ("power", [
            "level  ▅▁█  2025-03 11 to 2025-05 12; low 10 (2025-04), high 12 (2025-05); "
            "single months, 3 of 3 derived from counts",
        ]),
        ("loans", ["level  ▁█▅  2024 380 to 2025-S1 390; low 380 (2024), high 400 (2025-Q1); every quarter"]),
        ("rain", [
            "level  ▄▄ ▄  2022-S1 80 to 2025-S1 80; low 80 (2022-S1), high 80 (2022-S1); the first half of each year",
        ]),
    ],
)  # fmt: skip
def test_a_line_has_only_values_that_can_be_compared(data: Path, id: str, lines: list[str]) -> None:
    catalog = folder.read(data)
    assert trends.lines(trends.of(catalog, catalog.indicators[f"e.{id}"])) == lines


def test_a_line_names_its_area_where_there_are_several(data: Path) -> None:
    rows = "".join(f"e.rain,town,{year}-S1,level,{60 + year - 2020},,bulletin,1,,,\n" for year in (2024, 2025))
    path = data / "observations/economy.csv"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    result = CliRunner().invoke(app, ["show", "降水日数", "--data", str(data)])
    shown = [line.strip() for line in result.stdout.splitlines() if "each year" in line]
    assert [line.partition("  2")[0] for line in shown] == ["trend     清河区 level  ▄▄ ▄", "甲镇 level  ▁█"]


def test_a_terminal_that_garbles_blocks_gets_digits(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal.has_blocks()
    monkeypatch.setattr(locale, "getpreferredencoding", lambda do_setlocale=True: "GBK")
    result = CliRunner().invoke(app, ["show", "e.output", "--data", str(data)])
    assert "level  136825  2024-Q1 10 to" in result.stdout
    assert "yoy  767 81  2024-Q1 5.0 to" in result.stdout


def test_json_has_the_observations_alone(data: Path) -> None:
    result = CliRunner().invoke(app, ["show", "e.output", "--json", "--data", str(data)])
    assert "trend" not in result.stdout
    assert "▁" not in result.stdout
