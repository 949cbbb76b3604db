"""The pipeline from folder to files: the same bytes each time, the same words in each format, no finding of our own."""

import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import docx
import pytest
from conftest import write

from xdreport import build, template
from xdreport.build import Order
from xdreport.catalog import Status
from xdreport.findings import Environment, Failed, Severity, Unusable
from xdreport.readers import folder
from xdreport.scope import Wish
from xdreport.writers import FORMATS, writer

ROOT = Path(__file__).parent.parent
TEMPLATES = (ROOT / "templates",)
DATA = ROOT / "data"
BUILD = """\
import sys
from pathlib import Path
from xdreport.build import Order, build
from xdreport.scope import Wish
root, output = Path(sys.argv[1]), Path(sys.argv[2])
for name in ("briefing", "handout"):
    order = Order(root / "data", (root / "templates",), Wish(periods=("2022",)), name, ("docx", "pdf", "txt"), output)
    build(Order(**{**order.__dict__, "with_ledger": True}))
"""


@pytest.fixture
def order(world: Path) -> Order:
    """Return an order for the small world, into an empty folder beside it."""
    return Order(world, TEMPLATES, Wish(), "briefing", ("docx", "txt"), world.parent / "out")


def test_an_order_is_built_in_all_its_formats(order: Order) -> None:
    result = build.build(replace(order, formats=FORMATS, with_ledger=True))
    out = order.output
    assert result.paths == {
        "docx": out / "briefing-industry-living-2025.docx",
        "pdf": out / "briefing-industry-living-2025.pdf",
        "txt": out / "briefing-industry-living-2025.txt",
        "ledger": out / "briefing-industry-living-2025.ledger.json",
    }
    assert {path: path.stat().st_size for path in out.iterdir()} == result.files
    assert result.findings == ()


def test_a_plan_is_what_a_build_would_make_and_writes_nothing(order: Order) -> None:
    planned = build.plan(order)
    assert not order.output.exists()
    built = build.build(order)
    assert (planned.document, planned.paths, planned.ledger) == (built.document, built.paths, built.ledger)
    assert (planned.files, planned.pages) == ({}, {})


@pytest.mark.parametrize(
    ("output", "formats", "names"),
    [
        ("out", (), ["out/briefing-industry-living-2025.docx", "out/briefing-industry-living-2025.pdf"]),
        ("out", ("txt",), ["out/briefing-industry-living-2025.txt"]),
        ("a.docx", (), ["a.docx"]),
        ("a.txt", (), ["a.txt"]),
        ("a.pdf", ("pdf", "txt"), ["a.pdf", "a.txt"]),
        ("第1.2期", ("txt",), ["第1.2期/briefing-industry-living-2025.txt"]),
    ],
)
def test_files_are_named_as_they_were_asked_for(
    order: Order, output: str, formats: tuple[str, ...], names: list[str]
) -> None:
    paths = build.plan(replace(order, output=Path(output), formats=formats)).paths
    assert [path.as_posix() for path in paths.values()] == names


def test_a_file_is_named_after_what_is_in_it(order: Order) -> None:
    wish = Wish(sections=("industry",), periods=("2024", "2025"))
    named = replace(order, wish=wish, template="handout")
    assert build.plan(named).paths["txt"].name == "handout-industry-2024-2025.txt"
    own = replace(named, overrides=("filename=第3期",))
    assert build.plan(own).paths["txt"].name == "第3期.txt"


@pytest.mark.parametrize(("output", "formats"), [("a.doc", ()), ("a.DOCX", ()), ("a.pdf", ("docx",))])
def test_an_ending_of_no_format_is_refused(order: Order, output: str, formats: tuple[str, ...]) -> None:
    with pytest.raises(Unusable, match=r"the ending is none of the formats"):
        build.plan(replace(order, output=Path(output), formats=formats))


def test_a_folder_may_have_a_name_with_an_ending(order: Order, tmp_path: Path) -> None:
    (tmp_path / "v1.old").mkdir()
    paths = build.plan(replace(order, output=tmp_path / "v1.old")).paths
    assert paths["docx"] == tmp_path / "v1.old" / "briefing-industry-living-2025.docx"


def test_one_format_that_cannot_be_written_leaves_the_others_as_they_were(order: Order) -> None:
    order.output.mkdir()
    (order.output / "a.docx").write_bytes(b"earlier")
    (order.output / "a.txt").mkdir()
    with pytest.raises(Environment):
        build.build(replace(order, output=order.output / "a.docx"))
    assert (order.output / "a.docx").read_bytes() == b"earlier"
    assert sorted(path.name for path in order.output.iterdir()) == ["a.docx", "a.txt"]


def test_the_same_data_make_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    made = []
    for seed in ("0", "1", "2"):
        here = tmp_path / seed
        here.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"UTC-{seed}"}
        environment.pop("SOURCE_DATE_EPOCH", None)
        subprocess.run([sys.executable, "-c", BUILD, ROOT, here / "out"], cwd=here, env=environment, check=True)
        made.append({path.name: path.read_bytes() for path in (here / "out").iterdir()})
    assert len(made[0]) == 8
    for name in made[0]:
        assert made[0][name] == made[1][name] == made[2][name], name


def test_the_date_of_a_reproducible_build_is_printed(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783123200")
    result = build.build(order)
    assert result.document.date == date(2026, 7, 4)
    opened = docx.Document(str(result.paths["docx"]))
    assert opened.core_properties.created.date() == date(2026, 7, 4)
    assert "2026年7月4日" in result.paths["txt"].read_text(encoding="utf-8")


def test_a_setting_of_the_date_wins_over_the_environment(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783123200")
    assert build.plan(replace(order, overrides=("date=2025-01-02",))).document.date == date(2025, 1, 2)


@pytest.mark.parametrize("text", ["yesterday", "-1", "1e9", "１", "999999999999"])
def test_an_epoch_that_is_none_is_refused(order: Order, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(Unusable, match=r"SOURCE_DATE_EPOCH cannot be read"):
        build.plan(order)


def test_our_templates_on_our_data_give_no_finding_but_notes_on_doubtful_rows() -> None:
    catalog = folder.read(DATA)
    doubtful = {row.place for row in catalog.observations if row.status is Status.DOUBTFUL}
    inspected = build.inspect(DATA, TEMPLATES)
    assert "check.bounds" in {finding.code for finding in inspected}  # the road density that cannot be
    for finding in inspected:
        assert (finding.severity, finding.place in doubtful) == (Severity.NOTE, True), str(finding)
    for name, section in product(("briefing", "handout"), catalog.sections):
        result = build.plan(Order(DATA, TEMPLATES, Wish(sections=(section,)), name))
        assert set(result.findings) <= set(inspected)


@pytest.mark.parametrize("name", sorted(set(template.available(TEMPLATES)) - {"base"}))
@pytest.mark.parametrize("period", ["2022", "2021/2025"])
def test_nothing_is_lost_in_print(name: str, period: str) -> None:
    result = build.plan(Order(DATA, TEMPLATES, Wish(periods=(period,)), name))
    for format in ("docx", "pdf"):
        findings = writer(format)(result.document, result.theme).findings
        assert [str(finding) for finding in findings if finding.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("name", ["briefing", "handout"])
@pytest.mark.parametrize("period", ["2022", "2021/2025"])
def test_the_word_file_says_what_the_text_says(name: str, period: str) -> None:
    order = Order(DATA, TEMPLATES, Wish(periods=(period,)), name, overrides=("parts.sections.charts=false",))
    result = build.plan(order)
    word, text = (writer(format)(result.document, result.theme).content for format in ("docx", "txt"))
    assert Counter(paragraphs(word)) == Counter(pieces(text.decode()))


def test_a_folder_with_errors_is_not_built_whatever_the_wish(order: Order) -> None:
    write(order.data, {"honours.csv": "id\n"})
    with pytest.raises(Failed):
        build.plan(replace(order, wish=Wish(sections=("nothing",))))


def paragraphs(word: bytes) -> Iterator[str]:
    """Generate the words of each paragraph of a Word file's body, tables included."""
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for paragraph in docx.Document(io.BytesIO(word)).element.body.iter(f"{namespace}p"):
        words = "".join(
            (text.text or "") if text.tag == f"{namespace}t" else "\t"
            for text in paragraph.iter(f"{namespace}t", f"{namespace}tab", f"{namespace}br")
            if text.getparent().tag == f"{namespace}r"
        )
        yield from (piece for piece in words.split("\t") if piece)


def pieces(text: str) -> Iterator[str]:
    """Generate the words of each paragraph and cell of a text, without the numbers that Word counts itself."""
    for piece in re.split(r"[\n\t]", text):
        words = re.sub(r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[•　]|\[\d+\] )", "", piece)
        if words:
            yield words
