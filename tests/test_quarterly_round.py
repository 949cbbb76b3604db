"""A made-up quarter after another: what is left for a person to do in the document that was edited meanwhile."""

from pathlib import Path

import pytest
import quarterly_workbooks
from docx import Document
from typer.testing import CliRunner

from xdreport.cli import app

YEAR = "《2025年望川区主要经济指标（虚构）》，望川区统计局（虚构），2026-01-20。"
QUARTER = "《2026年一季度望川区主要经济指标（虚构）》，望川区统计局（虚构），2026-04-18。"
NOTE = "2025年底金融机构存款余额为修订数，原为412.6亿元"


def run(*words: object) -> str:
    result = CliRunner().invoke(app, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the briefing of 2025 as Word has it, in a folder whose data have the next quarter, too."""
    year, quarter = quarterly_workbooks.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    run("new", "workspace", "--area-name", "望川区", "--empty")
    run("new", "section", "economy", "--title", "经济运行")
    run("import", year, "--learn", "--section", "economy", "--yes")
    run("import", year)
    run("build", "--output", "briefing.docx")
    run("import", quarter)
    return tmp_path / "briefing.docx"


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def left(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith(("stuck", "words", "kept"))]


def test_a_new_publication_goes_before_the_one_that_figures_are_still_compared_with(edited: Path) -> None:
    said = run("refresh", edited, "--period", "2026-Q1", "--output", "next.docx")
    assert texts(edited)[-2:] == ["资料来源", YEAR]
    assert texts(edited.with_name("next.docx"))[-3:] == ["资料来源", QUARTER, YEAR]
    run("build", "--output", "built.docx")
    assert texts(edited.with_name("built.docx"))[-3:] == ["资料来源", QUARTER, YEAR]
    assert [line for line in left(said) if "source" in line] == []
    assert run("verify", "next.docx").splitlines()[2:] == ["found     45 live agrees"]
    again = run("refresh", "next.docx", "--period", "2026-Q1", "--output", "twice.docx")
    assert edited.with_name("twice.docx").read_bytes() == edited.with_name("next.docx").read_bytes(), again


def test_a_publication_whose_figures_partly_stay_is_left_to_the_person(edited: Path) -> None:
    document = Document(str(edited))
    (paragraph,) = (it for it in document.paragraphs if "57.84亿元" in it.text)
    next(run for run in paragraph.runs if run.text == "57.84亿元").text = "58.74亿元"
    document.save(str(edited))
    said = left(run("refresh", edited, "--period", "2026-Q1", "--output", "next.docx"))
    title = "《2026年一季度望川区主要经济指标（虚构）》"
    lacks = f"source list: the source list lacks {title}: put it in by hand, with its marks in the tables"
    assert [line.partition(": ")[2] for line in said if "source list" in line] == [lacks]


def test_a_note_of_a_revision_is_owed_until_somebody_writes_it(edited: Path) -> None:
    (owed,) = left(run("refresh", edited, "--period", "2026-Q1", "--output", "next.docx"))
    assert owed.partition(": ")[2] == (
        f"比上年末增长1.7%: it rests on a revision of which a note must be put in by hand: {NOTE}"
    )
    path = edited.with_name("next.docx")
    document = Document(str(path))
    note = next(it for it in document.paragraphs if it.text.startswith("注："))
    note.add_run(f"{NOTE}。")
    document.save(str(path))
    assert left(run("refresh", path, "--period", "2026-Q1", "--output", "last.docx")) == []


def test_no_note_is_owed_for_a_figure_that_somebody_took_out(edited: Path) -> None:
    document = Document(str(edited))
    (paragraph,) = (it for it in document.paragraphs if "金融机构存款余额" in it.text)
    paragraph._element.getparent().remove(paragraph._element)
    row = next(it for it in document.tables[0].rows if it.cells[0].text == "金融机构存款余额")
    row._element.getparent().remove(row._element)
    document.save(str(edited))
    said = left(run("refresh", edited, "--period", "2026-Q1", "--output", "next.docx"))
    assert [line for line in said if "revision" in line] == []


def test_a_document_is_compared_as_a_whole(edited: Path) -> None:
    result = CliRunner().invoke(app, ["diff", str(edited), str(edited), "--indicator", "进出口总额"])
    assert (result.exit_code, result.output) == (
        2,
        f'error: --section and --indicator choose among the data, found "{edited}" '
        "(hint: a document is compared as a whole; narrow two periods) [diff.narrow]\n",
    )
