"""The text writer: a document's characters in reading order."""

from decimal import Decimal

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
from xdreport.period import Period
from xdreport.theme import Theme
from xdreport.writers.text import write

TREES = Figure("320棵", Derivation.REPORTED, value=Decimal(320))


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def test_every_kind_of_block_is_written_in_reading_order() -> None:
    table = Table(
        "trees",
        "表1",
        text("植树情况"),
        (Column(text("指标")), Column(text("数值"), Align.DECIMAL)),
        (
            Row((text("林业"), ()), is_group=True),
            Row((text("植树"), (TREES,))),
            Row((text("其中：松树"), text("…")), indent=1),
        ),
        unit="单位：棵",
        notes=(text("注：“…”表示不足一棵。"),),
        source=text("来源：[1]"),
    )
    chart = Chart(
        "growth", "图1", text("植树"), ChartKind.LINE, ("2030年", "2031年"),
        (Series("植树", (None, TREES)), Series("松树", (TREES, TREES))), source=text("数据来源：[1]"),
    )  # fmt: skip
    assert printed(
        Title(text("样例镇情况"), text("（2031年）")),
        Contents(text("目　录"), depth=1),
        Paragraph(text("本期反映植树。"), Role.LEAD),
        Heading(1, text("绿化"), "一、"),
        Heading(2, text("植树"), "（一）"),
        Paragraph(
            (Text("植树"), TREES, Note(1, (Text("含"), TREES)), Text("，见"), Reference("trees", "表1"), Text("。"))
        ),
        table,
        PageBreak(),
        chart,
        ListBlock((text("一项"), text("两项")), ("•", "•")),
        Paragraph(()),
        furniture=Furniture(
            Masthead("样例简报", text("第3期"), text("样例镇办公室"), text("2032年1月5日")),
            Imprint((("报", "县政府"), ("送", "各村")), text("共印30份")),
            "眉题",
            "内部资料",
        ),
    ) == (
        "内部资料\n\n"
        "样例简报\n第3期\n样例镇办公室\t2032年1月5日\n\n"
        "样例镇情况\n（2031年）\n\n"
        "目　录\n一、绿化\n\n"
        "本期反映植树。\n\n"
        "一、绿化\n\n"
        "（一）植树\n\n"
        "植树320棵1，见表1。\n\n"
        "表1　植树情况\n单位：棵\n指标\t数值\n林业\n植树\t320棵\n　其中：松树\t…\n注：“…”表示不足一棵。\n来源：[1]\n\n"
        "植树\n2030年\t—\n2031年\t320棵\n松树\n2030年\t320棵\n2031年\t320棵\n图1　植树\n数据来源：[1]\n\n"
        "•一项\n•两项\n\n"
        "[1] 含320棵\n\n"
        "报：县政府\n送：各村\n共印30份\n"
    )


def test_what_is_not_there_leaves_no_line() -> None:
    assert printed(Title(text("情况")), furniture=Furniture(Masthead("简报"), Imprint())) == "简报\n\n情况\n"


def printed(*blocks: Block, furniture: Furniture) -> str:
    document = Document("样例镇情况", blocks, furniture, Period.parse("2031"))
    return write(document, Theme()).content.decode()
