"""Covers, letterheads, columns, sheets on their side, pictures and large figures in a Word file."""

import io
import zipfile
from pathlib import Path

import pytest
from docx.image.image import Image as DocxImage
from lxml import etree
from PIL import Image as Raster
from test_docx import TABLE, Printer, attributes, document, faults, figure, instructions, opened, part, shown, text

from xdreport.document import (
    Align,
    Block,
    Column,
    Columns,
    Cover,
    Furniture,
    Heading,
    Imprint,
    Letterhead,
    ListBlock,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    PullFigure,
    PullFigures,
    Role,
    Row,
    Table,
    Title,
)
from xdreport.theme import Theme
from xdreport.word import NAMES, W
from xdreport.writers.docx import write

WP = f"{{{NAMES['wp']}}}"
R = f"{{{NAMES['r']}}}"
FURNITURE = Furniture(running_head="样例年鉴", mark="内部资料", draft="征求意见稿")
HEAD = Letterhead(
    "样例镇人民政府文件", text("样林〔2032〕1号"), text("000012"), "机密★1年", "特急", ("甲某", "乙某", "丙某")
)  # fmt: skip
COVER = Cover(text("样例镇统计年鉴"), text("2031"), text("样例丛书"), (text("样例镇林业站"), text("2032年1月")))


def picture(name: str, kind: str = "JPEG", size: tuple[int, int] = (1200, 800)) -> Picture:
    file = io.BytesIO()
    Raster.new("RGB", size, "#486").save(file, kind)
    return Picture(name, file.getvalue(), *size, f"{name}的照片", text(name), text("样例　摄"))


ALL: tuple[Block, ...] = (
    COVER,
    Heading(1, text("概况"), "一、"),
    PullFigures((PullFigure(figure("增长5.6%", "5.6"), text("同比")), PullFigure(figure("12.34万亩"), text("造林")))),
    Paragraph(text("正文。")),
    Pictures((picture("苗圃"),)),
    Pictures((picture("山路", "PNG"), picture("合影"))),
    PageBreak(is_landscape=True),
    TABLE,
    PageBreak(),
    Columns(2),
    Paragraph(text("分栏。")),
    Columns(1),
    Paragraph(text("通栏。")),
)


def sections(content: bytes) -> list[etree._Element]:
    return list(part(content, "word/document.xml").iter(f"{W}sectPr"))


@pytest.mark.parametrize(
    "furniture",
    [
        FURNITURE,
        Furniture(HEAD),
        Furniture(imprint=Imprint((("抄送", "各乡镇。"),), (), text("样例站"), text("2032年1月5日印发"))),
        Furniture(page_numbers=False),
    ],
    ids=["running head", "letterhead", "imprint", "bare"],
)  # fmt: skip
def test_validators_find_nothing_in_any_block(furniture: Furniture, tmp_path: Path) -> None:
    path = tmp_path / "all.docx"
    path.write_bytes(write(document(*ALL, furniture=furniture), Theme()).content)
    assert faults(path) == []


def test_sheets_columns_and_covers_are_sections() -> None:
    found = sections(write(document(*ALL, furniture=FURNITURE), Theme()).content)
    kinds = [
        (
            "" if (kind := each.find(f"{W}type")) is None else kind.get(f"{W}val"),
            each.find(f"{W}pgSz").get(f"{W}orient", "portrait"),
            each.find(f"{W}cols").get(f"{W}num", "1"),
            each.find(f"{W}titlePg") is not None,
        )
        for each in found
    ]
    assert kinds == [
        ("", "portrait", "1", True),  # the cover, its first page without header and footer
        ("", "portrait", "1", False),
        ("", "landscape", "1", False),
        ("", "portrait", "2", False),
        ("continuous", "portrait", "1", False),
    ]


def test_a_sheet_on_its_side_has_the_margins_turned_with_it_and_keeps_the_place_of_its_number() -> None:
    content = write(document(*ALL, furniture=FURNITURE), Theme()).content
    turned = sections(content)[2]
    margins = attributes(turned.find(f"{W}pgMar"))
    assert attributes(turned.find(f"{W}pgSz")) == {"w": "16838", "h": "11906", "orient": "landscape"}
    sides = {side: margins[side] for side in ("top", "right", "bottom", "left")}
    assert sides == {"top": "1587", "right": "2098", "bottom": "1474", "left": "1985"}
    footer = next(each for each in turned.iter(f"{W}footerReference") if each.get(f"{W}type") == "default")
    relations = part(content, "word/_rels/document.xml.rels")
    target = next(each.get("Target") for each in relations if each.get("Id") == footer.get(f"{R}id"))
    box = part(content, f"word/{target}").find(f".//{WP}anchor")
    across = [int(node.text) / 36_000 for node in box.iter(f"{WP}posOffset")]
    height = int(box.find(f"{WP}extent").get("cy")) / 36_000
    assert across[0] == pytest.approx(35 - 7 - 2.5, abs=0.1)  # mm from the edge that is the foot of the upright sheet
    assert (across[1], height) == (pytest.approx(28), pytest.approx(156))
    assert shown(box) == "— 1 —" and etree.tostring(box).count(b'vert="vert"') == 1


def test_a_section_without_text_leaves_no_empty_page() -> None:
    blocks = (PageBreak(True), PageBreak(), Columns(2), Columns(1), Paragraph(text("甲")), PageBreak(True), PageBreak())
    assert len(sections(write(document(*blocks), Theme()).content)) == 1


def test_a_page_break_before_what_stands_in_a_table_is_a_paragraph() -> None:
    bare = Table("bare", "", (), (Column(text("甲")),), (Row((text("1"),)),))
    for block in (bare, Pictures((picture("甲"), picture("乙"))), ALL[2]):
        body = part(write(document(Paragraph(text("甲")), PageBreak(), block), Theme()).content, "word/document.xml")
        broken = body.find(f".//{W}pageBreakBefore/../..")
        assert broken is not None and broken.getnext().tag == f"{W}tbl"


def test_a_letterhead_has_its_mark_35_mm_down_and_its_number_between_the_margins() -> None:
    head = Letterhead(
        "样例镇人民政府文件", text("样林〔2032〕1号"), text("000012"), "机密★1年", "特急", ("甲某", "乙某", "丙某")
    )
    content = write(document(Title(text("通知")), furniture=Furniture(head)), Theme()).content
    assert Printer(content).lines() == [
        "000012", "机密★1年", "特急", "样例镇人民政府文件", "\t签发人：甲某　乙某", "样林〔2032〕1号\t丙某", "通知",
    ]  # fmt: skip
    mark = opened(content).paragraphs[3]
    above = mark.style.paragraph_format.space_before.mm + 3 * 28.95 * 25.4 / 72
    assert above + (50.4 - 42) / 2 * 25.4 / 72 == pytest.approx(35, abs=0.2)
    assert mark.style.base_style.name == "发文机关标志"
    names = [run.style.name for run in opened(content).paragraphs[4].runs if run.text.endswith("某")]
    assert names == ["签发人姓名"]


def test_the_running_section_is_a_field_that_shows_the_reports_name_where_nobody_knows_it() -> None:
    furniture = Furniture(running_head="样例年鉴", running_section=True)
    section = opened(write(document(Heading(1, text("概况"), "一、"), furniture=furniture), Theme()).content).sections[
        0
    ]
    odd, even = section.header.paragraphs[0], section.even_page_header.paragraphs[0]
    assert [(each.text, each.style.name) for each in (odd, even)] == [
        ("样例年鉴", "header 居右"), ("样例年鉴", "header 居左"),
    ]  # fmt: skip
    assert (instructions(odd._p), instructions(even._p)) == (["STYLEREF 1"], [])


def test_an_imprint_has_thin_rules_inside_and_ends_with_office_and_date() -> None:
    imprint = Imprint((("抄送", "各乡镇。"), ("分送：", "各村。")), (), text("样例站"), text("2032年1月5日印发"))
    content = write(document(furniture=Furniture(imprint=imprint)), Theme()).content
    assert Printer(content).lines() == ["抄送：各乡镇。", "分送：各村。", "样例站\t2032年1月5日印发"]
    style = opened(content).tables[0].style.element
    borders = {etree.QName(side).localname: side.get(f"{W}sz") for side in style.find(f".//{W}tblBorders")}
    assert borders == {"top": "8", "bottom": "8", "insideH": "6"}


@pytest.mark.parametrize(
    ("office", "date", "right"),
    [("样例镇人民政府林业工作站", "2032年1月5日", (2.0, 4.0)), ("样例站", "2032年11月15日", (9.5, 2.0))],
)
def test_a_date_begins_two_characters_right_of_the_office(office: str, date: str, right: tuple[float, float]) -> None:
    blocks = (Paragraph(text("正文。")), Paragraph(text(office), Role.SIGNATURE), Paragraph(text(date), Role.DATE))
    content = write(document(*blocks), Theme()).content
    *_, signature, dated = opened(content).paragraphs
    found = []
    for paragraph in (signature, dated):
        style = paragraph.style.element
        indent = style.find(f"{W}pPr/{W}ind")
        indent = indent if indent is not None else paragraph.style.base_style.element.find(f"{W}pPr/{W}ind")
        found.append(int(indent.get(f"{W}rightChars")) / 100)
    assert tuple(found) == pytest.approx(right, abs=0.8)
    assert opened(content).paragraphs[0]._p.pPr.find(f"{W}keepNext") is not None  # a date never stands without text


def test_pictures_are_native_with_alternative_text_and_proportions() -> None:
    content = write(document(Pictures((picture("山路", "PNG"), picture("合影", size=(800, 800))))), Theme()).content
    body = part(content, "word/document.xml")
    assert [each.get("descr") for each in body.iter(f"{WP}docPr")] == ["山路的照片", "合影的照片"]
    sizes = [(int(each.get("cx")), int(each.get("cy"))) for each in body.iter(f"{WP}extent")]
    assert sizes[0][1] == sizes[1][1]  # one height
    assert [cx / cy for cx, cy in sizes] == pytest.approx([1.5, 1.0], abs=0.01)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media")}
    kinds = {name: DocxImage.from_blob(blob).content_type for name, blob in media.items()}
    assert kinds == {"word/media/image1.png": "image/png", "word/media/image1.jpeg": "image/jpeg"}
    assert Printer(content).lines() == ["山路样例　摄\t合影样例　摄"]


def test_a_large_figure_is_one_live_figure_with_its_words_small() -> None:
    content = write(document(ALL[2]), Theme()).content
    body, records = part(content, "word/document.xml"), part(content, "customXml/item1.xml")
    assert [(each.get("text"), each.get("column")) for each in records] == [("增长5.6%", "同比"), ("12.34万亩", "造林")]
    first = opened(content).tables[0].rows[0].cells[0].paragraphs
    assert [(run.text, run.style.name) for run in first[0].runs] == [
        ("增长", "大字数据文字"), ("5.6", "Default Paragraph Font"), ("%", "大字数据文字"),
    ]  # fmt: skip
    start = body.find(f".//{W}bookmarkStart[@{W}name='_xd_1']")
    inside = []
    for following in start.itersiblings():
        if following.tag == f"{W}bookmarkEnd":
            break
        inside.append(shown(following))
    assert "".join(inside) == "增长5.6%"


def test_a_long_title_is_broken_where_its_sense_pauses() -> None:
    title = Title(text("万亩新绿绕山城，样例镇植树造林工作五年来取得明显成效"))
    assert Printer(write(document(title), Theme()).content).lines() == [
        "万亩新绿绕山城，样例镇植树", "造林工作五年来取得明显成效",
    ]  # fmt: skip


def test_lines_of_a_list_hang_behind_its_widest_mark() -> None:
    counted = ListBlock((text("甲"), text("乙")), ("1.", "2."))
    attached = ListBlock((text("甲"), text("乙")), ("附件：1.", "2."), role=Role.ATTACHMENT)
    content = write(document(counted, attached), Theme()).content
    level = part(content, "word/numbering.xml").findall(f"{W}abstractNum")[2].find(f"{W}lvl")
    indent = level.find(f"{W}pPr/{W}ind")
    assert (indent.get(f"{W}leftChars"), indent.get(f"{W}hangingChars")) == ("200", "100")
    assert level.find(f"{W}suff").get(f"{W}val") == "tab"
    styles = [paragraph.style.element.find(f"{W}pPr/{W}ind") for paragraph in opened(content).paragraphs[2:4]]
    ends = [int(each.get(f"{W}leftChars")) + int(each.get(f"{W}hangingChars")) for each in styles]
    assert ends == [600, 600]


def test_spanners_are_merged_cells_over_a_short_rule() -> None:
    columns = (
        Column(text("指标"), weight=3),
        Column(text("面积"), Align.DECIMAL, spanner=text("2031年")),
        Column(text("增长（%）"), Align.DECIMAL, spanner=text("2031年")),
    )
    table = Table("t", "表1", text("示例"), columns, (Row((text("造林"), (figure("1.5"),), (figure("2.5"),))),))
    rows = part(write(document(table), Theme()).content, "word/document.xml").findall(f".//{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, False]
    upper, lower = (row.findall(f"{W}tc") for row in rows[:2])
    assert [cell.find(f"{W}tcPr/{W}vMerge") is not None for cell in (*upper, *lower)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert upper[1].find(f"{W}tcPr/{W}gridSpan").get(f"{W}val") == "2"
    rules = [cell.find(f"{W}tcPr/{W}tcBorders/{W}bottom").get(f"{W}sz") for cell in (*upper, *lower)]
    assert rules == ["6", "4", "6", "6", "6"]


def test_a_variant_of_a_style_says_no_more_than_what_differs() -> None:
    table = Table("t", "", (), (Column(text("甲"), Align.RIGHT),), (Row((text("1"),)),))
    styles = part(write(document(table), Theme()).content, "word/styles.xml")
    right = styles.find(f"{W}style[@{W}styleId='TableCellRight']")
    assert right.find(f"{W}basedOn").get(f"{W}val") == "TableCell"
    assert [etree.QName(each).localname for each in right.find(f"{W}pPr")] == ["jc"]
    assert right.find(f"{W}rPr") is None


def test_rows_keep_together_where_a_table_must_not_be_broken() -> None:
    def kept(count: int) -> list[bool]:
        rows = tuple(Row((text(str(number)),)) for number in range(count))
        content = write(document(Table("t", "", (), (Column(text("甲")),), rows)), Theme()).content
        return [row.find(f".//{W}keepNext") is not None for row in part(content, "word/document.xml").iter(f"{W}tr")][
            1:
        ]

    assert kept(5) == [True] * 5
    assert kept(40) == [True] * 2 + [False] * 35 + [True] * 3
