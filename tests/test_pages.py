"""Pages are those of GB/T 9704: 22 lines of 28 characters, and nothing stands where it should not."""

import pytest

from xdreport.charts import Stroke
from xdreport.document import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    Contents,
    Document,
    Furniture,
    Heading,
    Imprint,
    ListBlock,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Table,
    Text,
    Title,
)
from xdreport.fonts import open_faces
from xdreport.pages import Layout, Page, Tag, Words, lay_out
from xdreport.period import Period
from xdreport.theme import Theme

MM = 72 / 25.4
THEME = Theme(machine_fonts=False)
FACES = open_faces(THEME)
PLAIN = Furniture(page_numbers=False)


def laid_out(*blocks: Block, furniture: Furniture = PLAIN) -> Layout:
    return lay_out(Document("例", blocks, furniture, Period.parse("2022")), THEME, FACES)


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def paragraph(count: int) -> Paragraph:
    """Return a paragraph of so many lines."""
    return Paragraph(text("国" * (28 * count - 2)))


def lines(page: Page) -> list[str]:
    """Return the lines of a page from top to bottom; what stands on one line is one string."""
    found: dict[float, str] = {}
    for placed in page.placed:
        for part in placed.parts:
            for item in part.items:
                if isinstance(item, Words):
                    y = round(placed.y + item.y, 1)
                    found[y] = found.get(y, "") + "".join(piece.text for piece in item.pieces)
    return [found[y] for y in sorted(found)]


def rules(page: Page) -> list[float]:
    """Return the heights of a page's horizontal rules, in millimetres from the top of the sheet."""
    return sorted(
        (placed.y + item.points[0][1]) / MM
        for placed in page.placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, Stroke) and item.points[0][1] == item.points[-1][1] and not item.is_filled
    )


def table(count: int, **others: object) -> Table:
    columns = (Column(text("指标"), Align.LEFT, 2), Column(text("数值"), Align.DECIMAL))
    rows = tuple(Row((text(f"第{number}行"), text(f"{number}.5"))) for number in range(count))
    return Table("t", "表1", text("主要指标"), columns, rows, **others)  # type: ignore[arg-type]


def test_a_full_page_has_22_lines_of_28_characters_the_first_line_26() -> None:
    first, second = laid_out(paragraph(44)).pages
    assert [len(line) for line in lines(first)] == [26] + [28] * 21
    assert [len(line) for line in lines(second)] == [28] * 22


def test_headings_and_paragraphs_share_the_22_lines() -> None:
    (page,) = laid_out(Heading(1, text("产业"), "一、"), paragraph(21)).pages
    assert len(lines(page)) == 22


def test_an_empty_document_has_one_page() -> None:
    assert len(laid_out().pages) == 1


def test_a_paragraph_leaves_no_single_line_on_either_page() -> None:
    pages = laid_out(paragraph(20), paragraph(3)).pages
    assert [len(lines(page)) for page in pages] == [20, 3]
    pages = laid_out(paragraph(20), paragraph(4)).pages
    assert [len(lines(page)) for page in pages] == [22, 2]


def test_a_heading_never_stands_last_on_a_page() -> None:
    pages = laid_out(
        paragraph(20), Heading(1, text("产业"), "一、"), Heading(2, text("项目"), "（一）"), paragraph(4)
    ).pages
    assert lines(pages[1])[:2] == ["一、产业", "（一）项目"]


def test_headings_are_entries_with_their_pages() -> None:
    layout = laid_out(paragraph(21), Heading(1, text("产业"), "一、"), paragraph(2))
    assert [(entry.level, entry.text, entry.page) for entry in layout.entries] == [(1, "一、产业", 2)]


def test_a_page_break_begins_a_page() -> None:
    assert len(laid_out(paragraph(1), PageBreak(), paragraph(1)).pages) == 2


def test_contents_name_the_pages_of_headings() -> None:
    headings = [Heading(1, text(f"第{number}部分"), f"{number}.") for number in range(1, 4)]
    blocks = [block for heading in headings for block in (PageBreak(), heading, paragraph(2))]
    layout = laid_out(Contents(text("目录")), *blocks)
    assert lines(layout.pages[0]) == ["目录", "1.第1部分2", "2.第2部分3", "3.第3部分4"]
    assert [link.entry for link in layout.pages[0].links] == [0, 1, 2]


def test_contents_leave_out_what_lies_deeper() -> None:
    layout = laid_out(Contents(text("目录"), 1), Heading(1, text("甲")), Heading(2, text("乙")), paragraph(1))
    assert lines(layout.pages[0])[:2] == ["目录", "甲1"]


@pytest.mark.parametrize(("number", "x"), [(1, "right"), (2, "left")])
def test_page_numbers_stand_one_character_in_from_the_outer_edge(number: int, x: str) -> None:
    layout = laid_out(paragraph(44), furniture=Furniture())
    (words, left) = next(
        (item, placed.x + item.x)
        for placed in layout.pages[number - 1].placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, Words) and "— " in item.pieces[0].text
    )
    width = FACES[words.pieces[0].pen.face].width(f"— {number} —") * 14
    expected = 28 * MM + 14 if x == "left" else 184 * MM - 14 - width
    assert words.pieces[0].text == f"— {number} —"
    assert left == pytest.approx(expected, abs=0.1)


def test_a_table_that_goes_on_repeats_its_head_and_is_marked() -> None:
    layout = laid_out(table(42, unit="单位：亿元"))
    first, second = (lines(page) for page in layout.pages)
    assert first[:3] == ["表1　主要指标", "单位：亿元", "指标数值"]
    assert second[:3] == ["续表1　主要指标", "单位：亿元", "指标数值"]
    assert [line for page in (first, second) for line in page[3:]] == [
        f"第{number}行{number}.5" for number in range(42)
    ]


def test_every_part_of_a_table_is_closed_by_a_rule() -> None:
    for page in laid_out(table(60)).pages:
        assert len(rules(page)) == 3
        assert rules(page)[-1] < 262.5


def test_a_caption_stays_with_its_table_and_the_notes_with_the_last_row() -> None:
    pages = laid_out(paragraph(20), table(3, notes=(text("注：1.例。"),), source=text("数据来源：例。"))).pages
    assert lines(pages[1])[0] == "表1　主要指标"
    pages = laid_out(table(29, notes=(text("注：1.例。"),), source=text("数据来源：例。"))).pages
    assert lines(pages[-1])[-3:] == ["第28行28.5", "注：1.例。", "数据来源：例。"]


def test_decimal_points_stand_under_each_other() -> None:
    rows = tuple(Row((text("行"), text(value))) for value in ("1.5", "123.25", "-7.0", "—"))
    columns = (Column(text("指标")), Column(text("数值"), Align.DECIMAL))
    layout = laid_out(Table("t", "", text("例"), columns, rows))
    points = []
    for placed in layout.pages[0].placed:
        for part in placed.parts:
            for item in part.items:
                if isinstance(item, Words) and "." in (number := item.pieces[0].text):
                    face = FACES[item.pieces[0].pen.face]
                    points.append(item.x + face.width(number.split(".")[0]) * 10.5)
    assert len(points) == 3 and max(points) - min(points) < 0.01


def test_sub_items_are_indented_and_groups_head_their_rows() -> None:
    rows = (Row((text("工业"), ()), is_group=True), Row((text("制造业"), text("1.5")), indent=1))
    layout = laid_out(Table("t", "", text("例"), (Column(text("指标")), Column(text("数值"))), rows))
    places = {
        item.pieces[0].text: item.x
        for placed in layout.pages[0].placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, Words)
    }
    assert places["制造业"] - places["工业"] == pytest.approx(10.5)


def test_a_cell_wraps_and_its_row_stays_whole() -> None:
    rows = tuple(Row((text("国" * 70), text("1.5"))) for _ in range(20))
    layout = laid_out(Table("t", "", text("例"), (Column(text("指标")), Column(text("数值"))), rows))
    for page in layout.pages:
        assert sum(line.count("国") for line in lines(page)) % 70 == 0


def test_a_footnote_stands_at_the_foot_of_its_page() -> None:
    note = Note(1, text("含续建项目。"))
    layout = laid_out(paragraph(3), Paragraph((Text("签约46个"), note, Text("。"))), paragraph(30))
    assert lines(layout.pages[0])[-1] == "1　含续建项目。"
    assert len(lines(layout.pages[0])) == 22
    last = max(placed.y for placed in layout.pages[0].placed)
    assert last < 262 * MM


def test_the_imprint_ends_on_the_foot_of_the_type_area() -> None:
    imprint = Imprint((("报", "区委、区政府。"), ("发", "各乡镇。")), text("（共印50份）"))
    layout = laid_out(paragraph(3), furniture=Furniture(imprint=imprint, page_numbers=False))
    assert rules(layout.pages[-1])[-1] == pytest.approx(262, abs=0.1)
    assert lines(layout.pages[-1])[-3:] == ["报：区委、区政府。", "发：各乡镇。", "（共印50份）"]


def test_an_imprint_that_does_not_fit_goes_on_a_page_of_its_own() -> None:
    imprint = Imprint((("发", "各乡镇。"),))
    layout = laid_out(paragraph(22), furniture=Furniture(imprint=imprint, page_numbers=False))
    assert [len(lines(page)) for page in layout.pages] == [22, 1]


def test_the_masthead_stands_above_the_text_over_a_red_rule() -> None:
    masthead = Masthead("湘东简报", text("第3期"), text("区政府办公室"), text("2023年1月20日"))
    layout = laid_out(Title(text("产业情况")), paragraph(2), furniture=Furniture(masthead, page_numbers=False))
    assert lines(layout.pages[0])[:4] == ["湘东简报", "第3期", "区政府办公室2023年1月20日", "产业情况"]
    rule = next(
        item
        for placed in layout.pages[0].placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, Stroke)
    )
    assert (rule.colour, rule.points[1][0]) == ("C00000", pytest.approx(156 * MM))


def test_a_long_name_in_the_masthead_stays_within_the_measure() -> None:
    layout = laid_out(furniture=Furniture(Masthead("湘东区经济和社会发展情况工作简报"), page_numbers=False))
    (words,) = (
        item
        for placed in layout.pages[0].placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, Words)
    )
    assert words.x >= -0.01 and words.pieces[0].pen.size * 16 <= 156 * MM + 0.1


def test_running_head_and_mark_stand_on_every_page_but_over_no_masthead() -> None:
    furniture = Furniture(Masthead("湘东简报"), None, "湘东简报第3期", "内部资料", False)
    first, second = laid_out(paragraph(30), furniture=furniture).pages
    assert "".join(lines(first)).count("湘东简报第3期") == 0
    assert lines(second)[0] in {"内部资料湘东简报第3期", "湘东简报第3期内部资料"}
    assert lines(first)[0] == "内部资料"


def test_items_hang_behind_their_marks() -> None:
    layout = laid_out(ListBlock((text("国" * 60), text("家")), ("1.", "2.")))
    assert lines(layout.pages[0])[0].startswith("1.国国")
    body = [
        item.x
        for placed in layout.pages[0].placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, Words) and "国" in item.pieces[0].text
    ]
    assert len(body) == 3 and max(body) == min(body)


def test_every_part_of_a_page_that_is_content_has_an_element() -> None:
    layout = laid_out(
        Title(text("题")), Heading(1, text("产业"), "一、"), paragraph(1), table(2), ListBlock((text("国"),), ("1.",))
    )
    tags = [element.tag for element in layout.elements]
    assert tags[:3] == [Tag.H1, Tag.H2, Tag.P]
    assert tags.count(Tag.ROW) == 3 and tags.count(Tag.HEAD) == 4 and tags.count(Tag.CELL) == 2
    for page in layout.pages:
        for placed in page.placed:
            for part in placed.parts:
                has_words = any(isinstance(item, Words) for item in part.items)
                assert has_words == (part.element is not None)


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    rows = (Row((text("国" * 3000), text("1.5"))),)
    layout = laid_out(Table("t", "", text("例"), (Column(text("指标")), Column(text("数值"))), rows))
    assert sum(line.count("国") for page in layout.pages for line in lines(page)) == 3000
    assert all(placed.y < 262 * MM for page in layout.pages for placed in page.placed)


def test_a_footnote_in_a_table_is_printed() -> None:
    rows = (Row(((Text("甲"), Note(1, text("按新口径。"))), text("1.5"))),)
    layout = laid_out(Table("t", "", text("例"), (Column(text("指标")), Column(text("数值"))), rows))
    assert lines(layout.pages[0])[-1] == "1　按新口径。"


def test_no_part_of_a_table_has_a_single_row() -> None:
    for count in range(25, 40):
        for page in laid_out(table(count)).pages:
            assert len(lines(page)) >= 2 + 2


def test_blocks_without_content_take_no_harm() -> None:
    empty = Table("t", "", (), (Column(()),), ())
    for kind in ChartKind:
        chart = Chart("c", "", (), kind, (), ())
        assert len(laid_out(Title(()), Heading(1, ()), Paragraph(()), ListBlock((), ()), empty, chart).pages) == 1


def test_an_english_table_that_goes_on_says_so_in_english() -> None:
    document = Document("Report", (table(60),), PLAIN, Period.parse("2022"), "en")
    assert lines(lay_out(document, THEME, FACES).pages[1])[0].startswith("表1 (continued)　")


def test_a_signature_and_its_date_stay_with_two_lines_of_text() -> None:
    signed = (Paragraph(text("统计局"), Role.SIGNATURE), Paragraph(text("2023年1月20日"), Role.DATE))
    for count in range(19, 26):
        layout = laid_out(paragraph(count), *signed)
        assert lines(layout.pages[-1])[-2:] == ["统计局", "2023年1月20日"]
        assert len(lines(layout.pages[-1])) >= 4


def test_a_signature_keeps_two_lines_of_text_before_what_is_attached() -> None:
    attached = ListBlock((text("指标表"), text("荣誉名录")), ("附件：1.", "2."), role=Role.ATTACHMENT)
    signed = (Paragraph(text("特此报告。")), attached, Paragraph(text("统计局"), Role.SIGNATURE))
    date = Paragraph(text("2023年1月20日"), Role.DATE)
    for count in range(12, 24):
        for blocks in (signed, (*signed, date)):
            layout = laid_out(paragraph(count), *blocks)
            last = lines(layout.pages[-1])
            assert "统计局" in last
            assert len(last[: last.index("附件：1.指标表")]) >= 2, last
    for length in range(450, 550, 10):  # a list may stand before it too
        last = lines(laid_out(ListBlock((text("国" * length),), ("•",)), *signed).pages[-1])
        assert len(last[: last.index("附件：1.指标表")]) >= 2, last
