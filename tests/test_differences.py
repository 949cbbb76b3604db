"""What differs between two periods, two ledgers, two documents."""

import json
from pathlib import Path

import pytest
from conftest import write
from test_refreshing import data, made  # noqa: F401 # a folder of two years and a briefing for the first
from typer.testing import CliRunner

from xdreport import build, edited
from xdreport.build import Order
from xdreport.cli import app
from xdreport.differences import Sort, between
from xdreport.scope import Wish

SHIPPED = Path(__file__).parent.parent / "templates"


def run(*words: object) -> list[dict[str, str]]:
    result = CliRunner().invoke(app, ["diff", *map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    found: list[dict[str, str]] = json.loads(result.stdout)
    return found


def test_two_periods_of_the_data(data: Path) -> None:
    assert [tuple(it.values()) for it in run("2025", "2026", "--data", data)] == [
        ("turned", "工业总产值同比增速", "12.1%", "−2.3%", "−14.4"),
        ("changed", "工业总产值", "112.4亿元", "109.9亿元", "−2.5"),
        ("changed", "规上工业企业", "58家", "61家", "+3"),
        ("changed", "居民人均可支配收入", "36500余元", "38420元", ""),
        ("added", "规上工业企业变化", "—", "比上年末增长5.2%", ""),
        ("added", "居民人均可支配收入全市位次", "—", "第1位", ""),
        ("dropped", "规上工业企业全市位次", "第2位", "—", ""),
    ]


def test_two_documents_of_one_period_show_revisions(made: Path, data: Path, tmp_path: Path) -> None:
    path = data / "observations/industry.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("rank_city,2", "rank_city,1").replace("112.35", "113.35"), encoding="utf-8")
    order = Order(data, (SHIPPED,), Wish(periods=("2025",)), "briefing", ("docx",), tmp_path / "again")
    again = next(iter(build.build(order).files))
    found = between(edited.ledger_of(made), edited.ledger_of(again))
    assert [(it.sort, it.name, it.old, it.new, it.by) for it in found] == [
        (Sort.RANK, "规上工业企业全市位次", "第2位", "第1位", "前移1位"),
        (Sort.REVISED, "工业总产值", "112.4亿元", "113.4亿元", "+1.0"),
        (Sort.REVISED, "工业总产值比较", "由2024年的100.3亿元增至2025年的112.4亿元",
         "由2024年的100.3亿元增至2025年的113.4亿元", "+1.0"),
    ]  # fmt: skip
    assert between(edited.ledger_of(made), edited.ledger_of(made)) == []


def test_a_quarter_is_no_year_less_something(data: Path) -> None:
    path = data / "observations/industry.csv"
    rows = "industry.output,qinghe,2026-Q1,level,30.1,,bulletin-2025,第1段,,,\n"
    rows += "industry.firms,qinghe,2026-Q1,level,60,,bulletin-2025,第1段,,,\n"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    found = run("2025", "2026-Q1", "--data", data, "--section", "industry")
    assert [(it["name"], it["old"], it["new"], it["by"]) for it in found if it["sort"] == "changed"] == [
        ("工业总产值", "112.4亿元", "30.1亿元", ""),
        ("规上工业企业", "58家", "60家", "+2"),
    ]


def test_periods_of_the_data_as_they_were_known_on_a_day(data: Path) -> None:
    path = data / "observations/industry.csv"
    row = "industry.output,qinghe,2025,level,113.35,,bulletin-2025,第1段,revised,2026-07-20,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    words = ("2024", "2025", "--data", data, "--indicator", "industry.output")
    assert [(it["old"], it["new"]) for it in run(*words) if it["sort"] == "changed"] == [("100.3亿元", "113.4亿元")]
    then = run(*words, "--as-of", "2026-07-19")
    assert [(it["old"], it["new"]) for it in then if it["sort"] == "changed"] == [("100.3亿元", "112.4亿元")]


def test_a_template_can_say_what_has_changed_since(data: Path, tmp_path: Path) -> None:
    templates = write(
        tmp_path / "templates",
        {"since.yaml": 'extends: briefing\nparts:\n  - changes: {heading: 与上期相比, indicators: ["*"]}\n'},
    )
    order = Order(data, (templates, SHIPPED), Wish(periods=("2026",)), "since", ("txt",), tmp_path / "out")
    text = next(iter(build.build(order).files)).read_text(encoding="utf-8")
    assert text.partition("表1　")[2].splitlines()[:5] == [
        "与上期相比（2026年）",
        "指标\t2025年\t2026年\t变化",
        "工业总产值\t112.4亿元\t109.9亿元\t比上年下降2.3%",
        "工业总产值同比增速\t12.1%\t−2.3%\t由正转负",
        "规上工业企业\t58家\t61家\t比上年末增长5.2%",
    ]


@pytest.mark.parametrize(("since", "code"), [("2025", 0), ("2031", 1), ("去年", 1)])
def test_the_earlier_period_may_be_named(data: Path, tmp_path: Path, since: str, code: int) -> None:
    templates = write(
        tmp_path / "templates",
        {"since.yaml": f'extends: briefing\nparts:\n  - changes: {{indicators: ["*"], since: "{since}"}}\n'},
    )
    command = ["build", "--data", data, "--templates", templates, "-t", "since", "-p", "2026", "-f", "txt"]
    result = CliRunner().invoke(app, [str(word) for word in (*command, "-o", tmp_path / "x.txt")])
    assert result.exit_code == code, result.output
