"""Documents edited in LibreOffice by its own means: figures are found, verified and refreshed all the same.

Word and WPS were not available; what they do to bookmarks is not tested.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from test_docx_libreoffice import Convert, convert  # noqa: F401 # LibreOffice, where there is one
from test_refreshing import data, lines, made, refreshed, saved  # noqa: F401 # a folder of two years
from test_verification import bad, held, lost

from xdreport import edited
from xdreport.edited import Found
from xdreport.refreshing import Sort

TEXT = "<text:span[^>]*>|</text:span>|<text:bookmark[^>]*/>|<loext:[^>]*>|</loext:[^>]*>"
Edit = Callable[[Path, Callable[[str], str]], Path]


@pytest.fixture
def edit(convert: Convert) -> Edit:
    """Return an edit of what LibreOffice has opened: its own XML of it, changed, saved by it as a Word file."""

    def done(path: Path, change: Callable[[str], str]) -> Path:
        before = convert(path.read_bytes(), "docx", "fodt").decode()
        after = change(before)
        assert after != before
        return saved(path, convert(after.encode(), "fodt", "docx"))

    return done


def swapped(old: str, new: str) -> Callable[[str], str]:
    """Return a change of the first place where the paragraphs print some words, spans and bookmarks between them."""
    between = f"(?:{TEXT})*"
    pattern = between.join(map(re.escape, old))

    def change(content: str) -> str:
        match = re.search(pattern, content)
        assert match, old
        marks = iter(re.findall(TEXT, match[0]))
        return content[: match.start()] + new + "".join(marks) + content[match.end() :]

    return change


def appended(words: str) -> Callable[[str], str]:
    return lambda content: content.replace("</office:text>", f"<text:p>{words}</text:p></office:text>", 1)


@pytest.mark.parametrize("way", [["docx"], ["odt", "docx"]], ids=["saved as docx", "by way of odt"])
def test_a_file_that_libreoffice_saved_agrees_and_is_refreshed(
    convert: Convert,
    made: Path,
    data: Path,
    way: list[str],
) -> None:
    content, old = made.read_bytes(), "docx"
    for new in way:
        content, old = convert(content, old, new), new
    path = saved(made, content)
    found = held(path, data)
    assert bad(found) == [] and lost(found) == []
    again = saved(made, refreshed(path, data, "2026").content)
    assert "2026年，工业总产值109.9亿元，比上年下降2.3%，其中乙镇57.7亿元、甲镇52.1亿元。" in lines(again)
    assert refreshed(again, data, "2026").content == again.read_bytes()
    assert convert(again.read_bytes(), "docx", "pdf").startswith(b"%PDF")


def test_a_digit_changed_in_libreoffice_is_found(edit: Edit, made: Path, data: Path) -> None:
    path = edit(made, swapped("112.4亿元", "114.2亿元"))
    assert bad(held(path, data)) == [("edited", "114.2亿元", "112.4亿元")]


def test_a_wrong_sentence_typed_in_libreoffice_is_found(edit: Edit, made: Path, data: Path) -> None:
    path = edit(made, appended("2025年规上工业企业85家，居全市第2位。"))
    assert bad(held(path, data)) == [("contradicts", "85家", "58家")]


def test_a_figure_retyped_over_its_bookmark_in_libreoffice(edit: Edit, made: Path, data: Path) -> None:
    def retyped(content: str) -> str:
        between = f"(?:{TEXT})*"
        pattern = rf'<text:bookmark-start text:name="(_xd_\d+)"/>{between}' + between.join("112.4亿元")
        name = re.search(pattern, content)
        assert name
        without = re.sub(rf'<text:bookmark-(?:start|end) text:name="{name[1]}"/>', "", content)
        return swapped("112.4亿元", "112.5亿元")(without)

    path = edit(made, retyped)
    assert bad(held(path, data)) == [("edited", "112.5亿元", "112.4亿元")]
    assert [it.text for it in edited.read(path).standings if it.found is Found.CONTEXT] == ["112.5亿元"]


def test_a_row_moved_in_libreoffice_stays_right(edit: Edit, made: Path, data: Path) -> None:
    def moved(content: str) -> str:
        rows = re.findall(r"<table:table-row[ >].*?</table:table-row>", content, re.DOTALL)
        one = next(row for row in rows if "规上工业企业" in re.sub(TEXT, "", row))
        other = next(row for row in rows if "工业总产值" in re.sub(TEXT, "", row))
        return content.replace(one, "\0").replace(other, one).replace("\0", other)

    found = held(edit(made, moved), data)
    assert bad(found) == [] and lost(found) == []


def test_tracked_changes_of_libreoffice_pending_and_accepted(edit: Edit, made: Path, data: Path) -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region xml:id="ct1" text:id="ct1"><text:insertion><office:change-info>'
        "<dc:creator>a</dc:creator><dc:date>2026-07-04T00:00:00</dc:date></office:change-info></text:insertion>"
        "</text:changed-region></text:tracked-changes>"
    )

    def pending(content: str) -> str:
        typed = '1<text:change-start text:change-id="ct1"/>9<text:change-end text:change-id="ct1"/>12.4亿元'
        changed = swapped("112.4亿元", typed)(content)
        return re.sub(r"(<office:text[^>]*>)", rf"\1{tracked}", changed, count=1)

    path = edit(made, pending)
    assert [it.code for it in edited.read(path).findings] == ["document.pending"]
    assert bad(held(path, data)) == [("edited", "1912.4亿元", "112.4亿元")]
    assert "1912.4亿元" in [it.old for it in refreshed(path, data, "2026").of(Sort.STUCK)]


def test_styles_changed_in_libreoffice_change_nothing(edit: Edit, made: Path, data: Path) -> None:
    path = edit(
        made, lambda content: content.replace('fo:font-size="16pt"', 'fo:font-size="15pt" fo:font-weight="bold"')
    )
    found = held(path, data)
    assert bad(found) == [] and lost(found) == []
