"""From a printed number back to its row, in a Word file and in a PDF, on the file alone."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from xdreport import edited, template, tracing
from xdreport.build import Order, build
from xdreport.edited import Found
from xdreport.readers import folder
from xdreport.renewal import Gone, Today
from xdreport.scope import Wish

SHIPPED = Path(__file__).parent.parent / "templates"


@pytest.fixture
def made(world: Path, tmp_path: Path) -> dict[str, Path]:
    """Return the files of a briefing of the small world, by their ending."""
    result = build(Order(world, (SHIPPED,), Wish(), "briefing", output=tmp_path / "out"))
    return {path.suffix[1:]: path for path in result.files}


def today(path: Path, data: Path) -> Today | Gone:
    its = edited.ledger_of(path)
    return Today.of(folder.read(data), its, template.book("zh", [SHIPPED]))


def rewritten(path: Path, change: object) -> Path:
    """Return a copy of a Word file whose body's XML was changed."""
    assert callable(change)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    copy = path.with_name("edited.docx")
    copy.write_bytes(file.getvalue())
    return copy


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_number_is_traced_to_its_row_on_the_file_alone(made: dict[str, Path], format: str) -> None:
    found = tracing.trace(edited.read(made[format]), "112.4亿元", 0, None)
    assert [it.text for it in found] == ["112.4亿元"]
    assert dict(found[0].lines) == {
        "indicator": ("工业总产值 (industry.output)",),
        "area": ("清河区",),
        "period": ("2025年",),
        "measure": ("level, in 亿元",),
        "rule": ("reported: figure('industry.output'), asked of 2025", "rounded to 1 decimal, half up"),
        "rests on": (
            "112.35亿元: level of 工业总产值, 清河区, 2025年",
            "    《虚构统计公报》，清河区统计室，2026-02，第1段",
            "    data/observations/industry.csv:3",
        ),
        "today": ("not compared: no data folder",),
    }


def test_a_number_is_found_whole(made: dict[str, Path]) -> None:
    assert tracing.trace(edited.read(made["docx"]), "12.4亿元", 0, None) == []


def test_the_data_folder_agrees_or_says_what_it_has_now(made: dict[str, Path], world: Path) -> None:
    document = edited.read(made["docx"])
    agreed = tracing.trace(document, "112.4亿元", 0, today(made["docx"], world))[0]
    assert dict(agreed.lines)["today"] == (f"the data folder {world} agrees",)
    path = world / "observations/industry.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("112.35", "113.35"), encoding="utf-8")
    revised = tracing.trace(document, "112.4亿元", 0, today(made["docx"], world))[0]
    assert dict(revised.lines)["today"] == (
        f"the data folder {world} now gives 113.4亿元",
        "level of industry.output in 2025 was 112.35, is 113.35 (data/observations/industry.csv:3)",
    )


def test_the_folder_of_another_area_is_not_asked(made: dict[str, Path]) -> None:
    data = SHIPPED.parent / "data"
    other = today(made["docx"], data)
    assert other == Gone(f"{data} has no area qinghe: it is the data folder of somebody else")


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_every_figure_stands_where_it_was_printed(made: dict[str, Path], format: str) -> None:
    document = edited.read(made[format])
    assert document.ledger is not None
    assert [(it.record.text, it.text) for it in document.standings if it.text != it.record.text] == []
    assert all(it.found in {Found.MARKED, Found.CHART, Found.BOX} for it in document.standings)


def test_figures_whose_bookmarks_are_gone_are_found_by_the_words_round_them(made: dict[str, Path]) -> None:
    def unmarked(body: str) -> str:
        return re.sub(r"<w:bookmark(Start|End) [^>]*>", "", body)

    before, after = edited.read(made["docx"]), edited.read(rewritten(made["docx"], unmarked))
    assert {it.found for it in after.standings} == {Found.CONTEXT}
    assert [it.text for it in after.standings] == [it.text for it in before.standings]
    assert [it.place for it in after.standings] == [it.place for it in before.standings]


def test_what_somebody_typed_in_place_of_a_figure_is_traced_to_it(made: dict[str, Path]) -> None:
    copy = rewritten(made["docx"], lambda body: body.replace("<w:t>112.4亿元</w:t>", "<w:t>114.2亿元</w:t>"))
    found = tracing.trace(edited.read(copy), "114.2", 0, None)
    assert [dict(it.lines)["edited"] for it in found] == [("the ledger has 112.4亿元",)]
