"""The figures of a document as data."""

import json
from pathlib import Path

from conftest import write

from xdreport import build
from xdreport.scope import Wish

SHIPPED = Path(__file__).parent.parent / "templates"


def plan(world: Path, *indicators: str) -> build.Result:
    return build.plan(build.Order(world, (SHIPPED,), Wish(indicators=indicators), "handout"))


def test_every_printed_figure_is_recorded_with_what_it_rests_on(world: Path) -> None:
    ledger = plan(world, "living.income").ledger
    content = json.loads(ledger.as_bytes())
    assert content["title"] == "清河区居民生活主要情况"
    reported = [record for record in content["figures"] if record["derivation"] == "reported"]
    row = {
        "indicator": "living.income", "area": "qinghe", "period": "2025", "measure": "level", "value": "36500",
        "qualifier": "余", "source": "bulletin-2025", "locator": "第3段",
        "file": "data/observations/living.csv", "line": 2,
    }  # fmt: skip
    assert [(record["text"], record["value"], record["observations"]) for record in reported] == [
        ("36500余元", "36500", [row]),
        ("36500余", "36500", [row]),
        ("36500余元", "36500", [row]),
    ]
    periods = [record for record in content["figures"] if record["derivation"] == "period"]
    assert {(record["text"], record["formula"]) for record in periods} == {("2025年", "2025")}
    assert [record["number"] for record in content["figures"]] == list(range(1, len(content["figures"]) + 1))


def test_sources_are_those_of_the_figures(world: Path) -> None:
    write(
        world,
        {
            "sources.yaml": "unused: {title: 没有用到}\nreport: {title: 工作报告}\n"
            "bulletin-2025: {title: 虚构统计公报, date: '2026-02'}\n"
        },
    )
    path = world / "observations/living.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("bulletin-2025", "report"), encoding="utf-8")
    assert plan(world).ledger.sources == ("bulletin-2025", "report")
    assert plan(world, "living.*").ledger.sources == ("report",)


def test_no_digit_of_a_small_value_is_lost(world: Path) -> None:
    path = world / "observations/industry.csv"
    rows = path.read_text(encoding="utf-8").replace(",112.35,", ",0.00000010,").replace("yoy,12.1,", "yoy,-100.0,")
    path.write_text(rows, encoding="utf-8")
    content = json.loads(plan(world, "industry.output").ledger.as_bytes())
    assert "0.00000010" in {row["value"] for record in content["figures"] for row in record["observations"]}
