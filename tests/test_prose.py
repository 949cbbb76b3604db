"""The runs of a narrative, read as blocks."""

import pytest

from xdreport import prose
from xdreport.document import Block, Derivation, Figure, Heading, ListBlock, Paragraph, Role, Run, Text

FIGURE = Figure("112.4亿元", Derivation.REPORTED)


def test_paragraphs_headings_and_lists_are_told_apart() -> None:
    text = "开头\n一句。\n\n## 工业\n产值增长。\n\n### 园区\n\n- 一项\n- 两项，\n  还是两项\n\n#### 厂房\n\n结束。\n"
    assert blocks(Text(text)) == [
        Paragraph((Text("开头"), Text("一句。"))),
        Heading(2, (Text("工业"),), "（一）"),
        Paragraph((Text("产值增长。"),)),
        Heading(3, (Text("园区"),), "1."),
        ListBlock(((Text("一项"),), (Text("两项，"), Text("还是两项"))), ("•", "•")),
        Heading(4, (Text("厂房"),), "（1）"),
        Paragraph((Text("结束。"),)),
    ]


def test_headings_are_counted_level_by_level() -> None:
    text = "## 甲\n\n### 一\n\n### 二\n\n## 乙\n\n### 三\n"
    assert [block.number for block in blocks(Text(text)) if isinstance(block, Heading)] == [
        "（一）", "1.", "2.", "（二）", "1.",
    ]  # fmt: skip


def test_a_heading_stands_below_the_level_it_is_given() -> None:
    found = list(prose.blocks((Text("## 甲\n\n### 一\n\n#### 子\n"),), top=3))
    assert [(block.level, block.number) for block in found if isinstance(block, Heading)] == [
        (3, "1."), (4, "（1）"), (4, "（1）"),
    ]  # fmt: skip


def test_a_figure_stands_where_it_was_written() -> None:
    assert blocks(Text("产值"), FIGURE, Text("，增长。\n\n- "), FIGURE, Text("\n")) == [
        Paragraph((Text("产值"), FIGURE, Text("，增长。"))),
        ListBlock(((FIGURE,),), ("•",)),
    ]


def test_text_between_two_stars_is_strong_across_figures() -> None:
    assert blocks(Text("**重点**和**产值"), FIGURE, Text("增长**。")) == [
        Paragraph((Text("重点", True), Text("和"), Text("产值", True), FIGURE, Text("增长", True), Text("。")))
    ]


@pytest.mark.parametrize("mark", ["## ", "- ", "**", "\n\n", " "])
def test_characters_of_the_data_are_no_marks(mark: str) -> None:
    name = Text(f"{mark}园区{mark}", is_verbatim=True)
    assert blocks(name, Text("建成。")) == [Paragraph((name, Text("建成。")))]


def test_blank_lines_make_no_paragraphs() -> None:
    assert blocks(Text("\n\n  \n\n一\n\n\n\n二\n \n")) == [Paragraph((Text("一"),)), Paragraph((Text("二"),))]
    assert blocks(Text("\n")) == []


def test_a_role_is_given_to_paragraphs() -> None:
    assert list(prose.blocks((Text("本期反映。"),), Role.LEAD)) == [Paragraph((Text("本期反映。"),), Role.LEAD)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("产值112亿元。", [(1, "产值112亿元。")]),
        ("一\n\n五８家", [(3, "五８家")]),
        ("{{ figure('industry.5g', '2025') }}{% set a = '5' %}{# 2025 #}\n{{\n'5'\n}}增长", []),
        ("{{ figure('a') }}5\n{{ figure('b') }}", [(1, "5")]),
        ("五十家，①，Ⅲ", []),
        ("第𝟓期和٥期", [(1, "第𝟓期和٥期")]),
    ],
)
def test_digits_typed_outside_phrases_are_found(text: str, found: list[tuple[int, str]]) -> None:
    assert list(prose.typed_digits(text)) == found


def test_numerals_count_to_ninety_nine() -> None:
    assert [prose.numeral(count) for count in (1, 9, 10, 11, 19, 20, 21, 90, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十一", "九十", "九十九",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="a count from 1 to 99, not 100"):
        prose.numeral(100)


def blocks(*runs: Run) -> list[Block]:
    return list(prose.blocks(runs))
