"""The PDF is read back: its text is the document's, its lines stand where GB/T 9704 puts them, its bytes repeat."""

import datetime
import io
import itertools
import subprocess
import sys
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from xdreport.document import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    Contents,
    Derivation,
    Document,
    Figure,
    Furniture,
    Heading,
    Imprint,
    ListBlock,
    Masthead,
    Note,
    Paragraph,
    Printed,
    Reference,
    Role,
    Row,
    Series,
    Table,
    Text,
    Title,
)
from xdreport.fonts import open_faces
from xdreport.lines import NOT_AT_END, NOT_AT_START
from xdreport.pages import lay_out
from xdreport.period import Period
from xdreport.theme import Face, Theme
from xdreport.writers.pdf import write

MM = 72 / 25.4
THEME = Theme(machine_fonts=False)
PLAIN = Furniture(page_numbers=False)
PROSE = (
    "2022年，全区新签约项目46个，签约资金223.64亿元，同比增长12.5%，居全省第4位；“115”模式——“一园一策”——持续推进，"
    "PM2.5平均浓度为31微克/立方米，〇、镕、堃、喆、㎡、℃与\U0002b5af都在，R&D投入强度达2.35%～2.40%，降幅收窄1.3个百分点……"
)


def figure(text: str, value: str = "1") -> Figure:
    return Figure(text, Derivation.REPORTED, value=Decimal(value))


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def document(*blocks: Block, furniture: Furniture = PLAIN, **others: object) -> Document:
    return Document("湘东区经济运行情况", blocks, furniture, Period.parse("2022"), **others)  # type: ignore[arg-type]


def printed(*blocks: Block, furniture: Furniture = PLAIN, theme: Theme = THEME) -> Printed:
    return write(document(*blocks, furniture=furniture), theme)


def pages_text(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def joined(content: bytes) -> str:
    return "".join("".join(pages_text(content)).split())


def lines_of(content: bytes, page: int = 0) -> list[list[dict[str, float | str]]]:
    """Return the characters of a page, line by line."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        rows: dict[float, list[dict[str, float | str]]] = {}
        for character in pdf.pages[page].chars:
            rows.setdefault(round(character["matrix"][5], 1), []).append(character)
    return [rows[y] for y in sorted(rows, reverse=True)]


def everything() -> Document:
    """Return a document with every kind of block and run."""
    rows = (
        Row((text("工业"), (), ()), is_group=True),
        Row((text("增加值"), (figure("160.0"),), (figure("12.5"),))),
        Row((text("#制造业"), (figure("99.25"),), (figure("—"),)), indent=1),
    )
    columns = (
        Column(text("指标"), Align.LEFT, 2),
        Column(text("数值"), Align.DECIMAL),
        Column(text("增长（%）"), Align.DECIMAL),
    )
    series = Series("增加值", (figure("88.3亿元", "88.3"), None, figure("近160亿元", "160")))
    blocks: tuple[Block, ...] = (
        Title(text("坚持工业强区"), text("（统计局）")),
        Paragraph(text("编者按。"), Role.LEAD),
        Contents(text("目录")),
        Heading(1, text("产业发展"), "一、"),
        Heading(2, text("项目建设"), "（一）"),
        Paragraph(
            (
                Text("签约"),
                figure("46个"),
                Note(1, text("含续建。")),
                Text("，", True),
                Reference("t", "表1"),
                Text("。"),
            )
        ),
        ListBlock((text("新增企业"), text("优化流程")), ("1.", "2.")),
        Table("t", "表1", text("主要指标"), columns, rows, "单位：亿元", (text("注：1.例。"),), text("数据来源：例。")),
        *(
            Chart(
                f"c{n}", f"图{n}", text("增加值"), kind, ("2020年", "2021年", "2022年"), (series,), "单位：亿元", "升"
            )
            for n, kind in enumerate(ChartKind, 1)
        ),
        Paragraph(text("统计局"), Role.SIGNATURE),
        Paragraph(text("2023年1月20日"), Role.DATE),
    )
    furniture = Furniture(
        Masthead("湘东简报", text("第3期"), text("区政府办公室"), text("2023年1月20日")),
        Imprint((("报", "区委。"),), text("（共印50份）")),
        "湘东简报第3期",
        "内部资料",
    )
    date = datetime.date(2023, 1, 20)
    return document(*blocks, furniture=furniture, author="办公室", subject="经济", keywords=("湘东",), date=date)


def test_a_full_page_has_22_lines_of_28_characters_within_the_type_area() -> None:
    content = printed(Paragraph(text("国" * 614))).content
    rows = lines_of(content)
    assert [len(row) for row in rows] == [26] + [28] * 21
    baselines = [row[0]["matrix"][5] for row in rows]  # type: ignore[index]
    assert [round(before - after, 2) for before, after in itertools.pairwise(baselines)] == [29.62] * 21
    xs = [float(character["x0"]) for character in rows[1]]
    assert xs[0] == pytest.approx(28 * MM, abs=0.01)
    assert [round(after - before, 2) for before, after in itertools.pairwise(xs)] == pytest.approx(
        [156 * MM / 28] * 27, abs=0.02
    )


def test_the_ink_of_a_full_page_lies_within_its_type_area() -> None:
    page = pypdfium2.PdfDocument(printed(Paragraph(text("国" * 614))).content)[0]
    image = page.render(scale=4).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
    left, top, right, bottom = (edge / 4 / MM for edge in image.getbbox())
    assert (top, bottom) == (pytest.approx(37.5, abs=0.8), pytest.approx(261.5, abs=0.8))
    assert (left, right) == (pytest.approx(28.5, abs=0.8), pytest.approx(183.5, abs=0.8))


@pytest.mark.parametrize("characters", [8, 11, 16, 28, 40])
def test_no_printed_line_begins_or_ends_with_a_forbidden_mark(characters: int) -> None:
    body = THEME.styles["body"]
    size = 156 * MM / characters
    narrow = Theme(
        styles={**THEME.styles, "body": type(body)(size=size, pitch=size * 1.5, indent=2)}, machine_fonts=False
    )
    content = write(document(Paragraph(text(PROSE * 3))), narrow).content
    for page in range(len(pypdfium2.PdfDocument(content))):
        for row in lines_of(content, page):
            line = "".join(str(character["text"]) for character in row)
            assert line[0] not in NOT_AT_START and line[-1] not in NOT_AT_END, line


def test_text_comes_back_exactly_characters_above_ffff_too() -> None:
    assert joined(printed(Paragraph(text(PROSE))).content) == PROSE


def test_text_in_any_face_comes_back_exactly() -> None:
    runs = (Text(PROSE), Text(PROSE, strong=True))
    assert joined(printed(Title(runs, runs), Heading(1, runs), Paragraph(runs)).content) == PROSE * 8


def test_characters_that_share_a_glyph_come_back_as_themselves() -> None:
    words = "一\u2f00二\u2f06一"
    assert joined(printed(Paragraph(text(words))).content) == words


def test_text_from_data_is_never_markup() -> None:
    words = r"<b>&amp;</b><para>\n(%s)</para>{{x}}\)BT/F1\ET<font>"
    assert joined(printed(Paragraph(text(words))).content) == words


def test_gaps_and_stretched_lines_are_no_spaces() -> None:
    (page,) = pages_text(printed(Paragraph(text(PROSE))).content)
    assert " " not in page


def test_every_run_of_every_block_is_printed_in_reading_order() -> None:
    result = write(everything(), THEME)
    assert result.findings == ()
    everywhere = joined(result.content)
    words = [
        "湘东简报",
        "第3期",
        "坚持工业强区",
        "编者按。",
        "目录",
        "一、产业发展",
        "（一）项目建设",
        "签约46个1，表1。",
    ]
    words += ["1.新增企业", "表1主要指标", "单位：亿元", "增加值160.012.5", "#制造业99.25—", "注：1.例。", "近160"]
    place = 0
    for word in words:
        assert word in everywhere[place:], word
        place = everywhere.index(word, place)
    for word in ("1含续建。", "统计局", "报：区委。", "（共印50份）", "内部资料", "—1—"):
        assert word in everywhere


def test_two_builds_are_the_same_bytes() -> None:
    assert write(everything(), THEME).content == write(everything(), THEME).content


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); import test_pdf;"
        "print(hashlib.sha256(test_pdf.write(test_pdf.everything(), test_pdf.THEME).content).hexdigest())"
    )
    command = [sys.executable, "-c", script, str(Path(__file__).parent)]
    seeds = [{"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)} for seed in ("1", "2")]
    one, two = (subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout for env in seeds)
    assert one == two != ""


def test_the_file_is_well_formed_and_embeds_every_font() -> None:
    with pikepdf.open(io.BytesIO(write(everything(), THEME).content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        for page in pdf.pages:
            assert "/Trans" not in page
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                assert font.Subtype == "/Type0" and "/ToUnicode" in font
                assert "/FontFile3" in descendant.FontDescriptor


def test_the_properties_of_the_file_are_those_of_the_document() -> None:
    with pikepdf.open(io.BytesIO(write(everything(), THEME).content)) as pdf:
        properties = {key: str(value) for key, value in pdf.docinfo.items()}
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert properties["/Title"] == "湘东区经济运行情况"
    assert (properties["/Author"], properties["/Subject"], properties["/Keywords"]) == ("办公室", "经济", "湘东")
    assert properties["/CreationDate"] == properties["/ModDate"] == "D:20230120000000+08'00'"


def test_a_document_without_a_date_does_not_take_the_clocks() -> None:
    with pikepdf.open(io.BytesIO(printed(Paragraph(text("国"))).content)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20000101000000+08'00'"


def test_headings_are_bookmarks_and_contents_are_links() -> None:
    content = write(everything(), THEME).content
    outline = [(item.level, item.get_title()) for item in pypdfium2.PdfDocument(content).get_toc()]
    assert outline == [(0, "一、产业发展"), (1, "（一）项目建设")]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    assert len(links) == 2


def test_a_document_may_begin_with_a_deep_heading() -> None:
    content = printed(Heading(3, text("甲")), Heading(1, text("乙")), Heading(4, text("丙"))).content
    assert [item.level for item in pypdfium2.PdfDocument(content).get_toc()] == [0, 0, 1]


def test_page_numbers_stand_outside_and_below_the_type_area() -> None:
    content = printed(Paragraph(text("国" * 1000)), furniture=Furniture()).content
    for page, edge in ((0, 184 - 14 / MM), (1, 28 + 14 / MM)):
        number = lines_of(content, page)[-1]
        assert "".join(str(character["text"]) for character in number) == f"— {page + 1} —"
        side = number[-1]["x1"] if page == 0 else number[0]["x0"]
        assert float(side) / MM == pytest.approx(edge, abs=0.1)
        image = pypdfium2.PdfDocument(content)[page].render(scale=4).to_pil().convert("L")
        dash = tuple(round(float(edge) * 4) for edge in (number[0]["x0"], 263 * MM, number[0]["x1"], 275 * MM))
        ink = image.crop(dash).point(lambda grey: 255 * (grey < 128)).getbbox()
        assert 263 + (ink[1] + ink[3]) / 2 / 4 / MM == pytest.approx(269, abs=0.3)


def test_a_character_that_no_face_has_is_a_finding_and_prints_a_geta() -> None:
    result = printed(Paragraph(text("湘\ue000东")))
    assert [finding.code for finding in result.findings] == ["font.missing-character"]
    assert "U+E000" in result.findings[0].message
    assert joined(result.content) == "湘\ue000东"


def test_a_face_asked_for_and_absent_is_a_finding() -> None:
    theme = Theme(faces={Face.FANGSONG: "方正仿宋"}, machine_fonts=False)
    assert [finding.code for finding in printed(theme=theme).findings] == ["font.stand-in"]


def test_a_truetype_font_is_embedded_and_its_text_comes_back(tmp_path: Path) -> None:
    order = [".notdef", "a", "b"]
    builder = FontBuilder(2048, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord("湘"): "a", ord("东"): "b"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 1500))
    pen.lineTo((1500, 0))
    pen.closePath()
    builder.setupGlyf({name: pen.glyph() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (2048, 0)))
    builder.setupHorizontalHeader(ascent=1802, descent=-246)
    builder.setupNameTable({"familyName": "Two", "styleName": "Regular", "psName": "Two"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "simfang.ttf")
    content = printed(Paragraph(text("湘东区")), theme=Theme(font_folders=(tmp_path,), machine_fonts=False)).content
    assert joined(content) == "湘东区"
    names = {str(character["fontname"]).split("+")[1] for row in lines_of(content) for character in row}
    assert names == {"Two", "NotoSerifSC-Regular"}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        files = [font.DescendantFonts[0].FontDescriptor for font in pdf.pages[0].Resources.Font.values()]
        assert sorted("/FontFile2" in file for file in files) == [False, True]


def test_a_table_of_many_pages_repeats_its_head() -> None:
    columns = (Column(text("指标")), Column(text("数值"), Align.DECIMAL))
    rows = tuple(Row((text(f"第{number}行"), (figure(f"{number}.5"),))) for number in range(200))
    result = printed(Table("t", "表1", text("主要指标"), columns, rows))
    first, *others = pages_text(result.content)
    assert result.pages and result.pages > 5
    assert first.startswith("表1") and all(page.startswith("续表1") and "指标" in page for page in others)


def test_the_rows_of_a_large_table_are_set_as_they_are_printed() -> None:
    columns = (Column(text("指标")), Column(text("数值"), Align.DECIMAL))
    rows = tuple(Row((text(f"第{number}行"), (figure(f"{number}.5"),))) for number in range(3000))
    table = document(Table("t", "表1", text("主要指标"), columns, rows))
    write(document(), THEME)  # opens the fonts, whose measures are kept
    tracemalloc.start()
    lay_out(table, THEME, open_faces(THEME), take=lambda *_: None)
    handed_over = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    lay_out(table, THEME, open_faces(THEME))
    kept = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert handed_over < kept / 3
