"""Comments, as Word would show them: each on its characters."""

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_docx
from test_docx import DEMO, faults
from test_docx_base import everything, saved

from xdreport.package import Package
from xdreport.theme import Theme
from xdreport.word import Comment, W, stories, tree
from xdreport.writers.docx import write
from xdreport.writers.docx.comments import annotate

DAY = date(2032, 1, 6)


def lines(content: bytes) -> list[str]:
    return [line.text for line in next(stories(Package.read(content))).lines()]


def remark(content: bytes, words: str, text: str) -> Comment:
    """Return a remark on the first place where words stand."""
    line = next(place for place, shown in enumerate(lines(content)) if words in shown)
    start = lines(content)[line].index(words)
    return Comment(line, start, start + len(words), text)


def commented(content: bytes) -> dict[str, str]:
    """Return what each comment is about, by its text."""
    document = open_docx(io.BytesIO(content))
    texts = {str(comment.comment_id): comment.text for comment in document.comments}
    found = dict.fromkeys(texts.values(), "")
    is_open: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == f"{W}commentRangeStart":
            is_open.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            is_open.remove(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for number in is_open:
                found[texts[number]] += element.text
    return found


@pytest.fixture(scope="module")
def demo() -> bytes:
    return write(DEMO, Theme()).content


def test_a_comment_stands_on_its_characters(demo: bytes, tmp_path: Path) -> None:
    about = ["造林12.34万亩", "5.6%", "植", "群众满意度", "12.34"]
    remarks = [remark(demo, words, f"核对“{words}”<&>") for words in about]
    annotated = annotate(demo, remarks, "样例镇核稿", DAY)
    assert commented(annotated) == {f"核对“{words}”<&>": words for words in about}
    assert lines(annotated) == lines(demo)
    first = next(iter(open_docx(io.BytesIO(annotated)).comments))
    assert (first.author, first.initials, first.timestamp.date()) == ("样例镇核稿", "样", DAY)
    path = tmp_path / "annotated.docx"
    path.write_bytes(annotated)
    assert faults(path) == []


def test_comments_overlap_and_are_added_to_those_that_are_there(demo: bytes, tmp_path: Path) -> None:
    once = annotate(demo, [remark(demo, "全镇造林12.34万亩", "甲")], "甲", DAY)
    twice = annotate(once, [remark(demo, "林12.34", "乙"), remark(demo, "12.34万亩，同比", "丙")], "乙", DAY)
    assert commented(twice) == {"甲": "全镇造林12.34万亩", "乙": "林12.34", "丙": "12.34万亩，同比"}
    path = tmp_path / "twice.docx"
    path.write_bytes(twice)
    assert faults(path) == []


def test_a_comment_without_characters_or_in_a_text_box_stands_at_the_paragraphs_end(tmp_path: Path) -> None:
    content = saved(everything)
    box = next(line for line, shown in enumerate(lines(content)) if shown.startswith("有{{"))
    annotated = annotate(content, [Comment(0, 0, 0, "缺一数"), Comment(box, 0, 1, "框内")], "甲", DAY)
    assert commented(annotated) == {"缺一数": "", "框内": ""}
    for reference in tree(Package.read(annotated).main).iter(f"{W}commentReference"):
        assert not list(reference.iterancestors(f"{W}txbxContent"))
    path = tmp_path / "box.docx"
    path.write_bytes(annotated)
    assert faults(path) == []


def test_a_comment_changes_no_other_part(demo: bytes) -> None:
    before, after = Package.read(demo), Package.read(annotate(demo, [remark(demo, "植树", "核")], "甲", DAY))
    blobs = {part.partname: part.blob for part in after.parts}
    same = {part.partname for part in before.parts if part.blob == blobs[part.partname]}
    assert {part.partname for part in before.parts} - same == {before.main.partname}
    assert annotate(demo, [remark(demo, "植树", "核")], "甲", DAY) == after.content()
