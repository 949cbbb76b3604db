"""The figures of a document as data."""

import json
import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import jsonschema
import pytest
from conftest import write

from xdreport import build, edited, ledger, template
from xdreport.figures import Figures
from xdreport.scope import Wish

SHIPPED = Path(__file__).parent.parent / "templates"


def plan(world: Path, *indicators: str) -> build.Result:
    return build.plan(build.Order(world, (SHIPPED,), Wish(indicators=indicators), "handout"))


def test_every_printed_figure_is_recorded_with_what_it_rests_on(world: Path) -> None:
    content = json.loads(plan(world, "living.income").ledger.as_bytes())
    assert content["title"] == "清河区居民生活主要情况"
    reported = [record for record in content["figures"] if record["derivation"] == "reported"]
    row = {
        "indicator": "living.income", "area": "qinghe", "period": "2025", "measure": "level", "value": "36500",
        "qualifier": "余", "source": "bulletin-2025", "locator": "第3段", "status": "final", "as_of": "",
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


def test_the_ledgers_in_and_beside_the_documents_keep_to_the_schema_and_say_the_same(
    world: Path, tmp_path: Path
) -> None:
    order = build.Order(world, (SHIPPED,), Wish(), "briefing", output=tmp_path / "out", with_ledger=True)
    made = build.build(order)
    beside, docx, pdf = (
        next(path for path in made.files if path.name.endswith(end)) for end in ("json", "docx", "pdf")
    )
    schema = json.loads(ledger.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in (beside, docx, pdf):
        jsonschema.validate(json.loads(edited.ledger_of(path).as_bytes()), schema)
    own = [replace(record, boxes=()) for record in edited.ledger_of(beside).records]
    assert [replace(record, boxes=()) for record in edited.ledger_of(pdf).records] == own
    nowhere = {"mark": "", "cell": "", "before": "", "after": "", "order": 0, "row": "", "column": ""}
    word = {record.number: replace(record, **nowhere) for record in edited.ledger_of(docx).records}
    assert sorted((record.text, record.call) for record in word.values()) == sorted((it.text, it.call) for it in own)
    assert ledger.parse(beside.read_bytes()).as_bytes() == beside.read_bytes()


def test_no_path_of_the_machine_is_in_a_ledger_and_no_folder_changes_it(world: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / "data"
    shutil.copytree(world, moved)
    one, other = (build.plan(build.Order(data, (SHIPPED,), Wish())).ledger.as_bytes() for data in (world, moved))
    assert one == other
    assert str(tmp_path).encode() not in one


def test_every_figure_of_every_template_is_obtained_again_by_its_call() -> None:
    for name, period in product(sorted(template.available([SHIPPED])), ("2022", "2021/2025", "2025")):
        planned = build.plan(build.Order(SHIPPED.parent / "data", (SHIPPED,), Wish(periods=(period,)), name))
        book = template.book("zh", [SHIPPED])
        called = [figure for figure in planned.document.figures() if figure.call]
        assert called
        for figure in called:
            assert figure.asked is not None
            figures = Figures(planned.catalog, planned.scope.area, figure.asked, book)
            assert figures.again(figure.call) == figure
            assert figures.again(figure.call).call == figure.call


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"figures": []}', b'{"ledger": 2, "figures": []}', b'{"ledger": 1, "figures": [{"number": 1}]}'],
)
def test_what_is_no_ledger_of_this_version_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="a ledger"):
        ledger.parse(content)
