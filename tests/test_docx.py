"""The Word writer, read back as Word would read it: by style, numbering, field and part."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import ooxml_integrity
import pytest
from docx import Document as open_docx
from docx.document import Document as Opened
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

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
)
from xdreport.findings import Place
from xdreport.period import Period
from xdreport.theme import Face, TablePreset, Theme
from xdreport.writers.docx import write
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


def test_a_document_without_faults_gives_no_findings() -> None:
    assert write(DEMO, Theme()).findings == ()


def test_two_builds_are_the_same_bytes(demo: bytes) -> None:
    assert hashlib.sha256(write(DEMO, Theme()).content).digest() == hashlib.sha256(demo).digest()
