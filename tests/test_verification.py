"""Edited documents held against their ledger and the data: edits as people make them."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import write
from docx import Document as open_docx
from test_docx_comments import commented
from typer.testing import CliRunner

from xdreport import edited, template
from xdreport.build import Order, build
from xdreport.cli import app
from xdreport.findings import Unusable
from xdreport.period import Period
from xdreport.readers import folder
from xdreport.renewal import Today
from xdreport.scope import Wish
from xdreport.verification import Remark, Verification, comments, verify

SHIPPED = Path(__file__).parent.parent / "templates"
LABELLED = Path(__file__).parent / "labelled"
MARKS = re.compile(r"<w:bookmark(?:Start|End) [^>]*>")


@pytest.fixture
def made(world: Path, tmp_path: Path) -> dict[str, Path]:
    """Return the files of a briefing of the small world, by their ending."""
    result = build(Order(world, (SHIPPED,), Wish(), "briefing", output=tmp_path / "out"))
    return {path.suffix[1:]: path for path in result.files}


def changed(path: Path, change: Callable[[str], str]) -> Path:
    """Return a copy of a Word file whose body was changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts["word/document.xml"].decode()
    after = change(before)
    assert after != before
    parts["word/document.xml"] = after.encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    copy = path.with_name("edited.docx")
    copy.write_bytes(file.getvalue())
    return copy


def replaced(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    return lambda body: body.replace(old, new, count)


def held(path: Path, data: Path, period: str = "") -> Verification:
    document = edited.read(path)
    catalog = folder.read(data)
    today = Today.of(catalog, document.ledger, template.book("zh", [SHIPPED])) if document.ledger else None
    return verify(document, catalog, today, Period.parse(period) if period else None)


def bad(found: Verification) -> list[tuple[str, str, str]]:
    return [(it.state.value, it.text, it.expected) for it in found.remarks if it.is_bad]


def lost(found: Verification) -> list[str]:
    return [it.text for it in found.remarks if it.state == "lost"]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_document_that_nobody_edited_agrees(made: dict[str, Path], world: Path, format: str) -> None:
    found = held(made[format], world)
    assert bad(found) == [] and lost(found) == []
    assert found.counts["live agrees"] == len(edited.ledger_of(made[format]).records)


def test_a_digit_changed_inside_a_live_figure_is_found(made: dict[str, Path], world: Path) -> None:
    copy = changed(made["docx"], replaced("<w:t>112.4亿元</w:t>", "<w:t>114.2亿元</w:t>"))
    assert bad(held(copy, world)) == [("edited", "114.2亿元", "112.4亿元")]


def test_a_direction_word_changed_inside_a_live_figure_is_found(made: dict[str, Path], world: Path) -> None:
    copy = changed(made["docx"], replaced("增长12.1%", "下降12.1%"))
    assert [it[0] for it in bad(held(copy, world))] == ["edited"]


def test_a_figure_in_other_words_is_no_fault(made: dict[str, Path], world: Path) -> None:
    copy = changed(made["docx"], replaced("<w:t>112.4亿元</w:t>", "<w:t>112.40 亿元</w:t>"))
    assert bad(held(copy, world)) == []


@pytest.mark.parametrize(("typed", "state"), [("114.2亿元", "edited"), ("112.4亿元", "")])
def test_a_figure_deleted_and_retyped_is_found_again_by_its_context(
    made: dict[str, Path], world: Path, typed: str, state: str
) -> None:
    def retyped(body: str) -> str:
        return re.sub(
            r'<w:bookmarkStart w:id="(\d+)" w:name="[^"]*"/><w:r><w:t>112\.4亿元</w:t></w:r><w:bookmarkEnd w:id="\1"/>',
            f"<w:r><w:t>{typed}</w:t></w:r>",
            body,
            count=1,
        )

    found = held(changed(made["docx"], retyped), world)
    assert [it[0] for it in bad(found)] == ([state] if state else [])
    again = [it for it in found.remarks if "found by the words round it" in it.reason]
    assert [(it.text, it.confidence) for it in again] == [(typed, 0.8)]
    assert lost(found) == []


def test_a_figure_that_is_gone_is_missing(made: dict[str, Path], world: Path) -> None:
    def without(body: str) -> str:
        sentence = next(p for p in re.findall(r"<w:p>.*?</w:p>", body) if "58家" in p)
        return body.replace(sentence, "")

    found = held(changed(made["docx"], without), world)
    assert bad(found) == []
    assert lost(found) == ["58家", "全市第2位"]


def test_data_that_have_changed_since_are_found(made: dict[str, Path], world: Path) -> None:
    path = world / "observations/industry.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("112.35", "113.35"), encoding="utf-8")
    for format in ("docx", "pdf"):
        found = held(made[format], world)
        assert bad(found) == [("outdated", "112.4亿元", "113.4亿元"), ("outdated", "112.4", "113.4")]
        first = next(it for it in found.remarks if it.is_bad)
        assert first.reason == (
            "the data have changed since: level of industry.output in 2025 was 112.35, is 113.35"
            " (data/observations/industry.csv:3)"
        )
    corrected = changed(made["docx"], replaced("112.4", "113.4", 9))
    assert bad(held(corrected, world)) == []


def revise(world: Path) -> None:
    """Add the revision of a figure, as of a day after it was printed."""
    path = world / "observations/industry.csv"
    row = "industry.output,qinghe,2025,level,113.35,,bulletin-2025,第1段,revised,2026-07-20,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")


def test_what_the_data_have_revised_since_is_told_with_both_values_and_the_day(
    made: dict[str, Path], world: Path
) -> None:
    revise(world)
    for format in ("docx", "pdf"):
        found = held(made[format], world)
        assert bad(found) == [("revised", "112.4亿元", "113.4亿元"), ("revised", "112.4", "113.4")]
        first = next(it for it in found.remarks if it.is_bad)
        assert first.reason == (
            "revised since: level of industry.output in 2025 was 112.35, is 113.35 as of 2026-07-20"
            " (data/observations/industry.csv:7)"
        )
    document = edited.read(made["docx"])
    said = {note.text for note in comments(document, [it for it in held(made["docx"], world).remarks if it.is_bad])}
    assert said == {"数据已修订，数据为113.4亿元", "数据已修订，数据为113.4"}


def test_a_typed_number_that_agreed_until_a_revision_is_no_contradiction(made: dict[str, Path], world: Path) -> None:
    revise(world)
    sentence = "<w:p><w:r><w:t>2025年，工业总产值112.35亿元。2025年，工业总产值111.1亿元。</w:t></w:r></w:p>"
    path = changed(made["docx"], lambda body: body.replace("<w:sectPr", sentence + "<w:sectPr", 1))
    found = [it for it in held(path, world).remarks if it.sort == "typed" and it.is_bad]
    assert [(it.state.value, it.text, it.expected, it.reason) for it in found] == [
        ("revised", "112.35亿元", "113.35亿元", "revised since: the data have had 113.35亿元 as of 2026-07-20"),
        ("contradicts", "111.1亿元", "113.35亿元", ""),
    ]


def test_a_document_of_a_day_is_held_against_what_was_known_then(world: Path, tmp_path: Path) -> None:
    revise(world)
    wish, day = Wish(("industry",)), date(2026, 7, 19)
    result = build(Order(world, (SHIPPED,), wish, "briefing", ("docx",), tmp_path / "then", as_of=day))
    ran = CliRunner().invoke(app, ["verify", str(next(iter(result.files))), "--data", str(world), "--all"])
    assert ran.exit_code == 0
    assert f"and the data folder {world} as it was known on 2026-07-19" in re.sub(r"\s+", " ", ran.output)
    assert "revised since: level of industry.output in 2025 was 112.35, is 113.35 as of 2026-07-20" in ran.output
    ran = CliRunner().invoke(
        app, ["verify", str(next(iter(result.files))), "--data", str(world), "--as-of", "2026-07-20"]
    )
    assert ran.exit_code == 1


def test_a_new_paragraph_with_a_wrong_number_is_found(made: dict[str, Path], world: Path) -> None:
    words = "<w:p><w:r><w:t>全区工业总产值114.2亿元，同比下降12.1%，规上工业企业58家，居全市第3位。</w:t></w:r></w:p>"
    copy = changed(made["docx"], lambda body: re.sub("(<w:sectPr)", rf"{words}\1", body, count=1))
    assert bad(held(copy, world)) == [
        ("contradicts", "114.2亿元", "112.35亿元"),
        ("contradicts", "12.1%", "增长12.1%"),
        ("contradicts", "居全市第3位", "第2位"),
    ]


def test_a_row_that_was_moved_stays_right(made: dict[str, Path], world: Path) -> None:
    def moved(body: str) -> str:
        rows = re.findall(r"<w:tr>.*?</w:tr>", body)
        row = next(it for it in rows if "工业总产值" in it)
        last = rows[-1] if rows[-1] != row else rows[-2]
        return body.replace(row, "", 1).replace(last, last + row, 1)

    found = held(changed(made["docx"], moved), world)
    assert bad(found) == [] and lost(found) == []


def test_a_row_that_was_moved_without_its_bookmarks_stays_right(made: dict[str, Path], world: Path) -> None:
    def moved(body: str) -> str:
        row = next(it for it in re.findall(r"<w:tr>.*?</w:tr>", body) if "工业总产值" in it)
        return body.replace(row, "", 1).replace("</w:tbl>", MARKS.sub("", row) + "</w:tbl>", 1)

    found = held(changed(made["docx"], moved), world)
    assert bad(found) == [] and lost(found) == []


@pytest.mark.parametrize(
    ("tracked", "expected"),
    [
        ('<w:del w:id="900" w:author="a"><w:r><w:delText>112.4亿元</w:delText></w:r></w:del>'
         '<w:ins w:id="901" w:author="a"><w:r><w:t>114.2亿元</w:t></w:r></w:ins>',
         [("edited", "114.2亿元", "112.4亿元")]),
        ('<w:ins w:id="901" w:author="a"><w:r><w:t>112.4亿元</w:t></w:r></w:ins>', []),
    ],
    ids=["a change that is wrong", "a change that is right"],
)  # fmt: skip
def test_pending_changes_are_read_as_accepted(
    made: dict[str, Path], world: Path, tracked: str, expected: list[tuple[str, str, str]]
) -> None:
    copy = changed(made["docx"], replaced("<w:r><w:t>112.4亿元</w:t></w:r>", tracked))
    assert bad(held(copy, world)) == expected
    assert [it.code for it in edited.read(copy).findings] == ["document.pending"]


def test_styles_and_split_runs_change_nothing(made: dict[str, Path], world: Path) -> None:
    def split(body: str) -> str:
        return body.replace(
            "<w:r><w:t>112.4亿元</w:t></w:r>",
            "<w:r><w:rPr><w:b/></w:rPr><w:t>112</w:t></w:r><w:proofErr w:type='gramStart'/><w:r><w:t>.4</w:t></w:r>"
            "<w:r><w:rPr><w:color w:val='FF0000'/></w:rPr><w:t>亿元</w:t></w:r>",
        )

    assert bad(held(changed(made["docx"], split), world)) == []


def test_a_sentence_copied_into_another_document_is_held_by_its_words(
    made: dict[str, Path], world: Path, tmp_path: Path
) -> None:
    document = open_docx()
    document.add_paragraph("2025年，工业总产值112.4亿元，同比增长12.1%，规上工业企业85家。")
    document.save(str(tmp_path / "other.docx"))
    found = held(tmp_path / "other.docx", world)
    assert bad(found) == [("contradicts", "85家", "58家")]
    assert found.counts == {"typed agrees": 2, "typed contradicts": 1}
    assert found.basis[0].startswith("no ledger")


def test_a_bulletin_of_another_city_is_held_by_its_sentences_and_tables(tmp_path: Path) -> None:
    document = open_docx()
    document.add_heading("云川市2025年国民经济和社会发展统计公报（虚构）", 0)
    document.add_paragraph(
        "全年地区生产总值1864.32亿元，比上年增长5.8%。其中，第二产业增加值724.65亿元，增长6.4%；居民消费价格下降0.3%。"
    )
    table = document.add_table(rows=0, cols=4)
    for row in (
        ("指标", "单位", "绝对数", "比上年增长（%）"), ("房地产开发投资", "亿元", "152.7", "9.8"),
        ("#网上零售额", "亿元", "126.95", "15.2"), ("城镇居民人均可支配收入", "元", "47215", "4.8"),
    ):  # fmt: skip
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("表2 各区县规模以上工业总产值（单位：亿元）")
    table = document.add_table(rows=0, cols=2)
    for pair in (("地区", "2025年"), ("东城区", "684.2"), ("西山县", "379.5")):
        for cell, text in zip(table.add_row().cells, pair, strict=True):
            cell.text = text
    document.save(str(tmp_path / "bulletin.docx"))
    found = held(tmp_path / "bulletin.docx", LABELLED / "data")
    assert found.period == "2025"
    assert bad(found) == [
        ("contradicts", "724.65亿元", "742.65亿元"),
        ("contradicts", "0.3%", "增长0.3%"),
        ("contradicts", "9.8", "下降9.8%"),
        ("contradicts", "126.95", "126.59亿元"),
        ("contradicts", "379.5", "397.5亿元"),
    ]
    assert found.counts == {"typed agrees": 8, "typed contradicts": 5}


@pytest.mark.parametrize("name", sorted(set(template.available([SHIPPED])) - {"base"}))
@pytest.mark.parametrize("period", ["2022", "2021/2025"])
def test_documents_of_every_template_agree_in_both_formats(name: str, period: str, tmp_path: Path) -> None:
    data = SHIPPED.parent / "data"
    result = build(Order(data, (SHIPPED,), Wish(periods=(period,)), name, output=tmp_path / "out"))
    for path in result.files:
        found = held(path, data)
        assert bad(found) == [] and lost(found) == [], path.suffix
        assert found.counts["live agrees"] == len(edited.ledger_of(path).records)


def test_a_document_that_names_no_period_asks_for_one(world: Path, tmp_path: Path) -> None:
    document = open_docx()
    document.add_paragraph("工业总产值114.2亿元。")
    document.save(str(tmp_path / "bare.docx"))
    with pytest.raises(Unusable, match="names no period"):
        held(tmp_path / "bare.docx", world)
    assert bad(held(tmp_path / "bare.docx", world, "2025")) == [("contradicts", "114.2亿元", "112.35亿元")]


def test_comments_stand_at_the_spots_and_the_exit_code_says_so(made: dict[str, Path], world: Path) -> None:
    copy = changed(made["docx"], replaced("<w:t>112.4亿元</w:t>", "<w:t>114.2亿元</w:t>"))
    out = copy.with_name("checked.docx")
    command = ["verify", str(copy), "--data", str(world), "--annotate", str(out)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1, result.output
    content = out.read_bytes()
    assert commented(content) == {"已被改动，数据为112.4亿元": "114.2亿元"}
    assert next(iter(open_docx(io.BytesIO(content)).comments)).timestamp.date() == date(2000, 1, 1)
    assert CliRunner().invoke(app, ["verify", str(made["docx"]), "--data", str(world)]).exit_code == 0


def test_a_remark_is_json(made: dict[str, Path], world: Path) -> None:
    first = held(made["docx"], world).remarks[0]
    assert isinstance(first, Remark)
    assert set(first.as_json()) == {
        "sort", "state", "place", "text", "expected", "what", "confidence", "reason", "context",
    }  # fmt: skip


def test_damaged_records_leave_the_sentences(made: dict[str, Path], world: Path) -> None:
    with zipfile.ZipFile(made["docx"]) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"].replace(b'value="112.4"', b'value="?"')
    copy = made["docx"].with_name("damaged.docx")
    with zipfile.ZipFile(copy, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    document = edited.read(copy)
    assert document.ledger is None
    assert [it.code for it in document.findings] == ["document.damaged"]
    write(copy.parent, {"plain.txt": "no document"})
    with pytest.raises(Unusable, match="cannot be read"):
        edited.read(copy.parent / "plain.txt")
