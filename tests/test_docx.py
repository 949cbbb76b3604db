"""The Word writer, read back as Word would read it: by style, numbering, field and part."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import ooxml_integrity
import pdfplumber
import pylopdf_fonts_zh_cn
import pytest
from docx import Document as open_docx
from docx.document import Document as Opened
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from python_calamine import CalamineWorkbook

from xdreport.build import Order, plan
from xdreport.catalog import Measure, Observation, Qualifier
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
    PageBreak,
    Paragraph,
    Reference,
    Role,
    Row,
    Series,
    Table,
    Text,
    Title,
    characters,
)
from xdreport.findings import Place
from xdreport.folders import shipped
from xdreport.fonts import open_faces
from xdreport.pages import lay_out
from xdreport.period import Period
from xdreport.scope import Wish
from xdreport.template import available
from xdreport.theme import Face, TablePreset, Theme
from xdreport.writers.docx import write
from xdreport.writers.docx.contents import as_word
from xdreport.writers.text import write as write_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1], "c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
YEAR = Period.parse("2031")


def figure(text: str, value: str | None = None, indicator: str = "sample.trees") -> Figure:
    row = Observation(
        indicator, "sample", YEAR, Measure.LEVEL, Decimal(value or "1"), Qualifier.ABOUT, "sample-2032", "第1段",
        place=Place("observations/sample.csv", 2),
    )  # fmt: skip
    return Figure(text, Derivation.REPORTED, (row,), Decimal(value) if value else None)


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def numbers(*values: str | None) -> tuple[Figure | None, ...]:
    return tuple(None if value is None else figure(value, value) for value in values)


TABLE = Table(
    "trees",
    "表1",
    text("样例镇植树情况"),
    (
        Column(text("指标"), weight=3),
        Column(text("数值"), Align.DECIMAL, 1.5),
        Column(text("同比增长（%）"), Align.RIGHT, 1.5),
        Column(text("位次"), Align.CENTER),
    ),
    (
        Row((text("一、造林"), (), (), ()), is_group=True),
        Row((text("造林面积"), (figure("12.34", "12.34"),), (figure("5.6", "5.6"),), (figure("第2位", "2"),))),
        Row((text("# 油茶"), (figure("3.2", "3.2"),), (figure("−1.0", "-1"),), text("—")), indent=1),
        Row((text("树苗"), (figure("6500余", "6500"),), text("—"), text("…"))),
    ),
    unit="单位：万亩",
    notes=(text("注：1.“—”表示没有数据。2.“…”表示不足最小单位。"),),
    source=text("数据来源：样例镇年报。"),
)
COLUMNS = Chart(
    "trees-by-year",
    "图1",
    text("样例镇造林面积"),
    ChartKind.COLUMN,
    ("2029年", "2030年", "2031年"),
    (
        Series("造林面积", numbers("8.10", None, "12.34")),
        Series("油茶面积", (*numbers("2.00", "2.50"), figure("近3.2", "3.20"))),
    ),
    unit="单位：万亩",
    description="造林面积由8.10万亩增至12.34万亩。",
    source=text("数据来源：样例镇年报。"),
)
BARS = replace(COLUMNS, id="bars", number="图2", kind=ChartKind.BAR, series=COLUMNS.series[:1], unit="")
LINES = replace(COLUMNS, id="lines", number="图3", kind=ChartKind.LINE, source=())
LONG = "样例镇坚持植绿护绿，全年造林面积稳步扩大，群众满意度不断提高，" * 3 + "成效明显。"

BLOCKS: tuple[Block, ...] = (
    Title(text("样例镇植树造林情况简报"), text("（样例数据，纯属虚构）")),
    Contents(text("目　录")),
    PageBreak(),
    Paragraph(text("【按语】本期简报的数据均为测试所造。"), Role.LEAD),
    Heading(1, text("总体情况"), "一、"),
    Paragraph(
        (
            Text("2031年，全镇造林"),
            figure("12.34万亩", "12.34"),
            Text("，", strong=False),
            Text("同比增长", strong=True),
            figure("5.6%", "5.6"),
            Note(1, (Text("面积按验收数，含补植"), figure("0.5万亩", "0.5"), Text("。"))),
            Text("（见"),
            Reference("trees", "表1"),
            Text("、"),
            Reference("trees-by-year", "下图"),
            Text('）。<&>"与 空 格 '),
        )
    ),
    Paragraph(text(LONG)),
    Heading(2, text("主要做法"), "（一）"),
    Heading(3, text("抓苗木。"), "1."),
    Paragraph(text(LONG)),
    Heading(4, text("育苗。"), "（1）"),
    Heading(4, text("选苗。"), "（2）"),
    Heading(3, text("抓管护。"), "2."),
    Heading(2, text("存在问题"), "（二）"),
    ListBlock((text("管护人手不足；"), text("部分苗木成活率低。")), ("1.", "2.")),
    ListBlock((text("第一件事"), text("第二件事")), ("•", "•")),
    ListBlock((text("甲"), text("乙")), ("A–", "B–")),
    Paragraph((Text("另见"), Reference("s-2", "[2]"), Text("。"))),
    ListBlock((text("样例镇年报。"), text("样例镇调查。")), ("[1] ", "[2] "), ("s-1", "s-2")),
    Heading(1, text("数据"), "二、"),
    TABLE,
    COLUMNS,
    BARS,
    LINES,
    Heading(1, text("附记")),
    Paragraph(text("各村委会："), Role.ADDRESSEE),
    Paragraph(text("附件：1.样例清单"), Role.ATTACHMENT),
    Paragraph(text("样例镇林业站"), Role.SIGNATURE),
    Paragraph(text("2032年1月5日"), Role.DATE),
    Paragraph(text("（此件公开发布）"), Role.REMARK),
    Paragraph(text("〔1〕样例镇年报，2032年。"), Role.SOURCE),
)
FURNITURE = Furniture(
    Masthead("样例简报", text("第3期"), text("样例镇林业站编"), text("2032年1月5日")),
    Imprint((("报", "样例县林业局，样例县人民政府办公室。"), ("送", "各乡镇。")), text("（共印30份）")),
    running_head="样例简报",
    mark="内部资料",
)
DEMO = Document(
    "样例镇植树造林情况简报", BLOCKS, FURNITURE, YEAR, author="样例镇林业站", subject="2031年植树造林",
    keywords=("植树", "造林"), date=date(2032, 1, 5),
)  # fmt: skip


def document(*blocks: Block, furniture: Furniture | None = None) -> Document:
    return Document("样例", blocks, furniture or Furniture(), YEAR)


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def opened(content: bytes) -> Opened:
    return open_docx(io.BytesIO(content))


@pytest.fixture(scope="module")
def demo() -> bytes:
    return write(DEMO, Theme()).content


def shown(element: etree._Element) -> str:
    """The characters a paragraph or body prints, fields' instructions left out."""
    return "".join(element.xpath(".//w:t/text()", namespaces=NS))


def faults(path: Path) -> list[str]:
    audit = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    return [str(error) for error in audit.errors] + [str(finding) for finding in ooxml_integrity.check(path)]


@pytest.mark.parametrize("theme", [Theme(), Theme(table=TablePreset.GRID)], ids=["three lines", "grid"])
@pytest.mark.parametrize(
    "shown", [DEMO, document(), document(Contents(()))], ids=["all blocks", "nothing", "no heading"]
)
def test_validators_find_nothing(shown: Document, theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "demo.docx"
    path.write_bytes(write(shown, theme).content)
    assert faults(path) == []


PERIODS = [("2022",), ("2021/2025",), ("2022", "2021/2025")]


@pytest.mark.parametrize("periods", PERIODS, ids=" ".join)
@pytest.mark.parametrize("template", sorted(set(available([shipped("templates")])) - {"base"}))
def test_validators_find_nothing_in_any_template(template: str, periods: tuple[str, ...], tmp_path: Path) -> None:
    for number, sections in enumerate(((), ("industry",))):
        order = Order(shipped("data"), (shipped("templates"),), Wish(sections, (), periods), template, ("docx",))
        planned = plan(order)
        path = tmp_path / f"{number}.docx"
        path.write_bytes(write(planned.document, planned.theme).content)
        assert faults(path) == []


def test_the_only_finding_on_a_document_without_faults_is_that_pages_are_estimated() -> None:
    without = replace(DEMO, blocks=tuple(block for block in BLOCKS if not isinstance(block, Contents)))
    assert write(without, Theme()).findings == ()
    assert [finding.code for finding in write(DEMO, Theme()).findings] == ["docx.contents"]


def test_two_builds_are_the_same_bytes(demo: bytes) -> None:
    assert hashlib.sha256(write(DEMO, Theme()).content).digest() == hashlib.sha256(demo).digest()


# --- what Word would print ---------------------------------------------------------------------------------------


class Printer:
    """The lines of a body as Word prints them: numbers of lists counted, fields as cached, cells parted by tabs."""

    def __init__(self, content: bytes) -> None:
        self.body = part(content, "word/document.xml")
        self.styles = part(content, "word/styles.xml")
        self.numbering = part(content, "word/numbering.xml")
        self.counts: dict[str, list[int]] = {}

    def lines(self) -> list[str]:
        return [line for element in self.body[0] for line in self._element(element) if line]

    def _element(self, element: etree._Element) -> list[str]:
        if element.tag == f"{W}p":
            return self.paragraph(element).split("\n")
        if element.tag == f"{W}tbl":
            rows = element.findall(f"{W}tr")
            if len(element.findall(f"{W}tblGrid/{W}gridCol")) == 1:  # lines between rules
                return [self.paragraph(line) for line in element.iter(f"{W}p")]
            return [
                "\t".join("".join(map(self.paragraph, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc"))
                for row in rows
            ]
        return []

    def paragraph(self, element: etree._Element) -> str:
        pieces = [self._number(element)]
        for run in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}footnoteReference"):
            match etree.QName(run).localname:
                case "t":
                    pieces.append(run.text or "")
                case "tab" if run.getparent().tag == f"{W}r":
                    pieces.append("\t")
                case "br":
                    pieces.append("\n")
                case "footnoteReference" if not run.get(f"{W}customMarkFollows"):
                    pieces.append(run.get(f"{W}id"))
        return "".join(pieces)

    def _number(self, element: etree._Element) -> str:
        style = element.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        found = element.find(f"{W}pPr/{W}numPr")
        if found is None:
            found = self.styles.find(f"{W}style[@{W}styleId='{style}']/{W}pPr/{W}numPr")
        if found is None:
            return ""
        level = int(found.find(f"{W}ilvl").get(f"{W}val")) if found.find(f"{W}ilvl") is not None else 0
        key = found.find(f"{W}numId").get(f"{W}val")
        abstract = self.numbering.find(f"{W}num[@{W}numId='{key}']/{W}abstractNumId").get(f"{W}val")
        levels = self.numbering.findall(f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl")
        digits = levels[level].find(f"{W}numFmt").get(f"{W}val")
        counts = self.counts.setdefault(key, [0] * len(levels))
        counts[level:] = [counts[level] + 1, *[0] * (len(levels) - level - 1)]
        count = counts[level]
        printed = {
            "chineseCountingThousand": "零一二三四五六七八九十"[count],
            "decimalEnclosedCircle": chr(0x245F + count),
        }
        number = printed.get(digits, str(count))
        space = " " if levels[level].find(f"{W}suff").get(f"{W}val") == "space" else ""
        return levels[level].find(f"{W}lvlText").get(f"{W}val").replace(f"%{level + 1}", number) + space


def test_word_prints_the_characters_of_the_text_writer() -> None:
    blocks = tuple(block for block in BLOCKS if not isinstance(block, Chart | Contents))
    plain = replace(DEMO, blocks=blocks, furniture=replace(FURNITURE, mark=""))
    wanted = write_text(plain, Theme()).content.decode().splitlines()
    wanted = [line.lstrip("　") for line in wanted if line and not line.startswith("[1] 面积")]
    wanted = [re.sub(r"^(\[\d\]) ", r"\1", line) for line in wanted]  # there a tab stands after the mark
    assert Printer(write(plain, Theme()).content).lines() == wanted


def test_a_heading_or_list_whose_number_word_would_not_print_keeps_it_as_text() -> None:
    blocks = (
        Heading(1, text("甲"), "一、"),
        Heading(1, text("乙"), "三、"),
        Heading(1, text("丙"), "二、"),
        Heading(2, text("丁")),
        ListBlock((text("戊"), text("己")), ("①", "③")),
        ListBlock((text("庚"), text("辛")), ("①", "②")),
    )
    content = write(document(*blocks), Theme()).content
    assert Printer(content).lines() == ["一、甲", "三、乙", "二、丙", "丁", "①戊", "③己", "①庚", "②辛"]
    typed = [shown(paragraph) for paragraph in part(content, "word/document.xml").iter(f"{W}p")]
    assert typed == ["甲", "三、乙", "丙", "丁", "①戊", "③己", "庚", "辛"]


def test_footnotes_are_words_own(demo: bytes) -> None:
    notes = part(demo, "word/footnotes.xml").findall(f"{W}footnote")
    assert [shown(note) for note in notes] == ["", "", " 面积按验收数，含补植0.5万亩。"]
    assert notes[2].find(f".//{W}footnoteRef") is not None


def test_a_note_out_of_turn_keeps_its_number() -> None:
    content = write(document(Paragraph((Note(7, text("补注")),))), Theme()).content
    assert Printer(content).lines() == ["7"]
    assert shown(part(content, "word/footnotes.xml")[2]) == "7 补注"


def test_contents_have_entries_links_and_pages(demo: bytes) -> None:
    entries = [
        line for line in Printer(demo).lines() if "\t" in line and not line.startswith(("样例镇林业站编", "指标"))
    ]
    pages = [entry.page for entry in lay_out(DEMO, as_word(Theme()), open_faces(Theme())).entries]
    headings = [block for block in BLOCKS if isinstance(block, Heading)]
    assert entries[:5] == [
        f"{heading.number}{characters(heading.runs)}\t{page}"
        for heading, page in zip(headings, pages, strict=True)
        if heading.level < 3
    ]
    body = part(demo, "word/document.xml")
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert anchors <= {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}


def test_pages_of_contents_are_exact_on_one_page_and_said_to_be_estimated_on_more() -> None:
    blocks = (Contents(text("目　录")), Heading(1, text("甲"), "一、"))
    one = write(document(*blocks), Theme())
    assert (Printer(one.content).lines()[1], one.findings) == ("一、甲\t1", ())
    two = write(document(*blocks, PageBreak(), Heading(1, text("乙"), "二、")), Theme())
    assert Printer(two.content).lines()[1:3] == ["一、甲\t1", "二、乙\t2"]
    assert [finding.code for finding in two.findings] == ["docx.contents"]


def instructions(element: etree._Element) -> list[str]:
    return [node.text.strip() for node in element.iter(f"{W}instrText")]


def test_captions_and_references_are_fields(demo: bytes) -> None:
    body = part(demo, "word/document.xml")
    fields = [field for field in instructions(body) if not field.startswith(("TOC", "PAGEREF"))]
    assert fields == [
        r"REF _Ref3 \h", r"REF _Ref2 \r \h", r"SEQ 表 \* ARABIC", *[r"SEQ 图 \* ARABIC"] * 3,
    ]  # fmt: skip
    kinds = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


# --- looks -------------------------------------------------------------------------------------------------------


def test_every_style_names_its_face_and_none_comes_from_the_office_theme(demo: bytes) -> None:
    styles = part(demo, "word/styles.xml")
    for fonts in styles.iter(f"{W}rFonts"):
        names = {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names) == 1 and None not in names
        assert not [name for name in fonts.attrib if "heme" in name]
    with_characters = styles.findall(f"{W}style[@{W}type='paragraph']/{W}rPr/{W}rFonts")
    assert len(with_characters) > 30


@pytest.mark.parametrize(
    ("name", "face", "size"),
    [
        ("Normal", "仿宋_GB2312", 16), ("Body Text", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16), ("Heading 2", "楷体_GB2312", 16), ("Heading 3", "仿宋_GB2312", 16),
        ("Caption", "黑体", 12), ("footnote text", "宋体", 9), ("Footer", "宋体", 14), ("toc 1", "仿宋_GB2312", 14),
        ("按语", "楷体_GB2312", 16), ("表格文字", "宋体", 10.5), ("表头", "黑体", 10.5),
    ],
)  # fmt: skip
def test_styles_have_the_faces_and_sizes_of_gb_9704(demo: bytes, name: str, face: str, size: float) -> None:
    style = opened(demo).styles[name]
    assert style.font.size.pt == size
    assert style.element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == face
    assert not style.font.bold


def test_the_faces_a_theme_asks_for_come_first_with_the_usual_names_behind_them() -> None:
    content = write(document(), Theme(faces={Face.FANGSONG: "方正仿宋_GBK"})).content
    fonts = part(content, "word/fontTable.xml")
    behind = fonts.find(f"{W}font[@{W}name='方正仿宋_GBK']/{W}altName").get(f"{W}val")
    assert behind.startswith("仿宋_GB2312,仿宋,FangSong")


def test_text_is_formatted_by_styles_alone(demo: bytes) -> None:
    body = part(demo, "word/document.xml")
    allowed = {"pStyle", "numPr", "pageBreakBefore", "keepNext"}  # no looks: where a line goes, and with what
    assert {etree.QName(child).localname for pPr in body.iter(f"{W}pPr") for child in pPr} <= allowed
    assert {etree.QName(child).localname for rPr in body.iter(f"{W}rPr") for child in rPr} == {"rStyle"}
    known = {style.get(f"{W}styleId") for style in part(demo, "word/styles.xml").iter(f"{W}style")}
    used = {node.get(f"{W}val") for node in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= known


def attributes(element: etree._Element) -> dict[str, str]:
    return {etree.QName(name).localname: value for name, value in element.attrib.items()}


def test_the_page_has_the_measures_of_gb_9704(demo: bytes) -> None:
    section = part(demo, "word/document.xml").find(f"{W}body/{W}sectPr")
    assert attributes(section.find(f"{W}pgSz")) == {"w": "11906", "h": "16838"}
    margins = attributes(section.find(f"{W}pgMar"))
    assert {side: margins[side] for side in ("top", "bottom", "left", "right")} == {
        "top": "2098", "bottom": "1984", "left": "1588", "right": "1474",
    }  # fmt: skip
    assert attributes(section.find(f"{W}docGrid")) == {"type": "lines", "linePitch": "579"}
    body = part(demo, "word/styles.xml").find(f"{W}style[@{W}styleId='BodyText']")
    assert attributes(body.find(f"{W}pPr/{W}spacing")) == {
        "before": "0", "after": "0", "line": "579", "lineRule": "exact",
    }  # fmt: skip
    assert attributes(body.find(f"{W}pPr/{W}ind")) == {"firstLineChars": "200", "firstLine": "630"}
    assert body.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "-5"
    assert body.find(f"{W}pPr/{W}snapToGrid").get(f"{W}val") == "0"


def test_settings_break_lines_as_chinese_does(demo: bytes) -> None:
    settings = part(demo, "word/settings.xml")
    before = settings.find(f"{W}noLineBreaksBefore")
    assert before.get(f"{W}lang") == "zh-CN"
    assert set("，、；：。！？”’」』）］｝〕】〗〉》…—～·-/%％‰℃") <= set(before.get(f"{W}val"))
    assert set("“‘「『（［｛〔【〖〈《￥$/") <= set(settings.find(f"{W}noLineBreaksAfter").get(f"{W}val"))
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    mode = settings.find(f"{W}compat/{W}compatSetting[@{W}name='compatibilityMode']")
    assert mode.get(f"{W}val") == "15"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(demo: bytes) -> None:
    section = opened(demo).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, odd.style.name, even.text, even.style.name) == ("— 1 —", "footer 单页", "— 1 —", "footer 双页")
    assert instructions(odd._p) == ["PAGE"]
    assert [footer.style.element.find(f"{W}pPr/{W}jc").get(f"{W}val") for footer in (odd, even)] == ["right", "left"]


def test_the_running_head_leaves_out_the_first_page(demo: bytes) -> None:
    section = opened(demo).sections[0]
    assert section.different_first_page_header_footer
    assert [paragraph.text for paragraph in section.header.paragraphs] == ["内部资料\t样例简报\t"]
    assert [paragraph.text for paragraph in section.first_page_header.paragraphs] == ["内部资料"]


# --- tables and charts -------------------------------------------------------------------------------------------


def test_a_table_repeats_its_head_and_keeps_rows_whole(demo: bytes) -> None:
    table = opened(demo).tables[0]
    assert table.style.name == "三线表"
    rows = table._tbl.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    widths = [int(column.get(f"{W}w")) for column in table._tbl.iter(f"{W}gridCol")]
    assert sum(widths) == 8844


def test_decimal_points_align_by_indents_from_the_right(demo: bytes) -> None:
    rows = opened(demo).tables[0].rows[2:]
    styles = [row.cells[1].paragraphs[0].style for row in rows]
    assert [style.name for style in styles] == ["表格文字 右空2字", "表格文字 右空2.5字", "表格文字 右空2.5字"]
    names = [row.cells[0].paragraphs[0].style.name for row in rows]
    assert names == ["表格文字", "表格文字 缩进1字", "表格文字"]


def test_a_chart_caches_what_its_workbook_and_the_document_say(demo: bytes) -> None:
    chart = part(demo, "word/charts/chart1.xml")
    cached = [[point.text for point in series.iterfind("c:val//c:v", NS)] for series in chart.iter(f"{{{NS['c']}}}ser")]
    assert cached == [["8.10", "12.34"], ["2.00", "2.50", "3.20"]]
    assert [node.text for node in chart.find(".//c:ser/c:cat", NS).iter(f"{{{NS['c']}}}v")] == list(COLUMNS.categories)
    book = zipfile.ZipFile(io.BytesIO(demo)).read("word/embeddings/chart1.xlsx")
    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Sheet1").to_python() == [
        ["", "造林面积", "油茶面积"], ["2029年", 8.1, 2.0], ["2030年", "", 2.5], ["2031年", 12.34, 3.2],
    ]  # fmt: skip
    written_out = [node.text for node in chart.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")]
    assert written_out == ["近3.2", "单位：万亩"]


def test_a_chart_says_in_words_what_it_shows(demo: bytes) -> None:
    described = part(demo, "word/document.xml").xpath("//*[local-name()='docPr']/@descr")
    assert described == ["造林面积由8.10万亩增至12.34万亩。"] * 3


# --- figures that live on, and what a file cannot hold -----------------------------------------------------------


def test_every_figure_stands_in_a_bookmark_with_its_record(demo: bytes) -> None:
    records = part(demo, "customXml/item1.xml")
    assert etree.QName(records).namespace == "urn:xdreport:figures"
    texts = [figure.text for figure in DEMO.figures()]
    assert sorted(record.get("text") for record in records) == sorted(texts)
    for name in ("word/document.xml", "word/footnotes.xml"):
        story = part(demo, name)
        for record in records:
            start = story.find(f".//{W}bookmarkStart[@{W}name='{record.get('mark')}']")
            if start is not None and not record.get("cell"):
                assert shown(start.getnext()) == record.get("text")
    first = records[0]
    assert (first.get("text"), first.get("value"), first.get("derivation")) == ("12.34万亩", "12.34", "reported")
    assert dict(first[0].attrib) == {
        "indicator": "sample.trees", "area": "sample", "period": "2031", "measure": "level", "value": "12.34",
        "qualifier": "约", "source": "sample-2032", "locator": "第1段", "status": "final",
        "file": "observations/sample.csv", "line": "2",
    }  # fmt: skip


def test_a_record_has_the_words_round_its_figure(demo: bytes) -> None:
    records = list(part(demo, "customXml/item1.xml"))
    around = ("text", "before", "after", "order", "row", "column")
    assert [{name: record.get(name) for name in around if record.get(name)} for record in records[:4]] == [
        {"text": "12.34万亩", "before": "2031年，全镇造林", "after": "，同比增长5.6%（见表", "order": "1"},
        {"text": "5.6%", "before": "12.34万亩，同比增长", "after": "（见表1、下图）。<&>", "order": "2"},
        {"text": "12.34", "order": "1", "row": "造林面积", "column": "数值"},
        {"text": "5.6", "order": "1", "row": "造林面积", "column": "同比增长（%）"},
    ]


def test_characters_that_xml_cannot_hold_are_left_out_with_a_finding() -> None:
    printed = write(document(Paragraph(text("甲\x0b乙\x00丙\ud800丁\x0b"))), Theme())
    assert Printer(printed.content).lines() == ["甲乙丙丁"]
    assert [(finding.code, finding.found) for finding in printed.findings] == [
        ("docx.character", "U+000B"), ("docx.character", "U+0000"), ("docx.character", "U+D800"),
    ]  # fmt: skip


def test_text_is_never_markup() -> None:
    printed = write(document(Paragraph(text("100<100 & </w:t><w:br/>"))), Theme())
    assert Printer(printed.content).lines() == ["100<100 & </w:t><w:br/>"]


def test_a_reference_without_target_prints_its_text_and_is_found() -> None:
    printed = write(document(Paragraph((Reference("nowhere", "表9"),))), Theme())
    assert Printer(printed.content).lines() == ["表9"]
    assert [finding.code for finding in printed.findings] == ["docx.reference"]


def test_properties_come_from_the_document(demo: bytes) -> None:
    core = opened(demo).core_properties
    assert (core.title, core.author, core.subject, core.keywords) == (
        "样例镇植树造林情况简报", "样例镇林业站", "2031年植树造林", "植树，造林",
    )  # fmt: skip
    assert (core.created, core.modified) == (datetime(2032, 1, 5, tzinfo=UTC), datetime(2032, 1, 5, tzinfo=UTC))


# --- as LibreOffice prints it ------------------------------------------------------------------------------------


@pytest.fixture
def printed_pages(tmp_path: Path) -> Callable[[bytes], list[list[str]]]:
    """Pages of lines, set by LibreOffice in the face that comes with us."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>")

    def pages(content: bytes) -> list[list[str]]:
        (tmp_path / "page.docx").write_bytes(content)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
             "--outdir", str(tmp_path), str(tmp_path / "page.docx")],
            env={**os.environ, "FONTCONFIG_FILE": str(settings)}, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        with pdfplumber.open(tmp_path / "page.pdf") as pdf:
            return [[line["text"] for line in page.extract_text_lines()] for page in pdf.pages]

    return pages


def test_a_page_holds_22_lines_of_28_characters(printed_pages: Callable[[bytes], list[list[str]]]) -> None:
    full = Paragraph(text("国" * (26 + 28 * 23)))
    content = write(document(full, furniture=Furniture(page_numbers=False)), Theme()).content
    assert [[len(line) for line in page] for page in printed_pages(content)] == [[26, *[28] * 21], [28, 28]]
