"""Charts, pictures and large figures as they stand on pages, alone, side by side and in columns."""

from dataclasses import replace
from decimal import Decimal

import pytest

from xdreport.charts import Fill, Stroke
from xdreport.document import (
    Block,
    Chart,
    ChartKind,
    Column,
    Columns,
    Derivation,
    Document,
    Figure,
    Furniture,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    PullFigure,
    PullFigures,
    Row,
    Series,
    Table,
    Text,
    Title,
)
from xdreport.fonts import open_faces
from xdreport.pages import Image, Page, Words, lay_out
from xdreport.period import Period
from xdreport.theme import Theme

MM = 72 / 25.4
THEME = Theme(machine_fonts=False)
FACES = open_faces(THEME)
LEFT, RIGHT, MEASURE = 28 * MM, 184 * MM, 156 * MM


def pages(*blocks: Block, theme: Theme = THEME) -> tuple[Page, ...]:
    document = Document("例", blocks, Furniture(page_numbers=False), Period.parse("2022"))
    return lay_out(document, theme, FACES).pages


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def figure(value: str, words: str = "") -> Figure:
    return Figure(words or value, Derivation.REPORTED, value=Decimal(value))


def picture(width: int, height: int, name: str = "图") -> Picture:
    return Picture(name, b"", width, height, name, text(f"{name}的说明"), text("某某摄"))


def chart(count: int = 2, number: str = "图1") -> Chart:
    figures = tuple(figure(str(10 + n)) for n in range(count))
    names = tuple(f"第{n}项" for n in range(count))
    return Chart("c", number, text("例图"), ChartKind.COLUMN, names, (Series("例", figures),), "亿元")


def items(page: Page, kind: type) -> list[tuple[float, float, object]]:
    """Return the items of a kind with their place on the sheet, in reading order."""
    return [
        (placed.x + item.x, placed.y + item.y, item)  # type: ignore[union-attr]
        for placed in page.placed
        for part in placed.parts
        for item in part.items
        if isinstance(item, kind)
    ]


def words(page: Page) -> dict[str, tuple[float, float]]:
    """Return where each line of a page begins."""
    return {"".join(piece.text for piece in item.pieces): (x, y) for x, y, item in items(page, Words)}  # type: ignore[attr-defined]


def test_pictures_side_by_side_have_one_height_and_fill_the_measure() -> None:
    (page,) = pages(Pictures((picture(1600, 900, "甲"), picture(1200, 1200, "乙"))))
    first, second = (item for _, _, item in items(page, Image))
    assert first.height == pytest.approx(second.height)  # type: ignore[attr-defined]
    assert first.width / first.height == pytest.approx(16 / 9)  # type: ignore[attr-defined]
    left, right = (x for x, _, _ in items(page, Image))
    assert left == pytest.approx(LEFT) and right + second.width == pytest.approx(RIGHT)  # type: ignore[attr-defined]


def test_a_picture_has_its_caption_and_credit_below_it_on_its_page() -> None:
    first, second = pages(Paragraph(text("国" * 28 * 16)), Pictures((picture(1000, 1000),)), Paragraph(text("国" * 28)))
    assert not items(first, Image)
    ((_, y, image),) = items(second, Image)
    found = words(second)
    assert y + image.height < found["图的说明"][1] < found["某某摄"][1]  # type: ignore[attr-defined]


def test_a_picture_of_few_pixels_is_set_small_enough_to_be_sharp() -> None:
    (page,) = pages(Pictures((picture(330, 120),)))
    ((x, _, image),) = items(page, Image)
    assert image.height == pytest.approx(120 * 72 / 110)  # type: ignore[attr-defined]
    assert x + image.width / 2 == pytest.approx((LEFT + RIGHT) / 2)  # type: ignore[attr-defined]


def test_a_wide_picture_alone_leaves_the_page_to_the_text() -> None:
    (page,) = pages(Pictures((picture(3000, 1500),)))
    ((_, _, image),) = items(page, Image)
    assert image.height <= 225 * MM * 0.25  # type: ignore[attr-defined]


def test_large_figures_stand_in_one_row_between_two_rules() -> None:
    pulled = PullFigures(tuple(PullFigure(figure("28.5", f"{n}8.5亿元"), text("营业收入")) for n in range(1, 5)))
    (page,) = pages(pulled)
    numerals = [item for _, _, item in items(page, Words) if item.pieces[0].pen.size == 26]  # type: ignore[attr-defined]
    assert ["".join(piece.text for piece in line.pieces) for line in numerals] == [f"{n}8.5亿元" for n in range(1, 5)]  # type: ignore[attr-defined]
    assert [piece.text for piece in numerals[0].pieces] == ["18.5", "亿元"]  # type: ignore[attr-defined]
    rules = [item for placed in page.placed for part in placed.parts for item in part.items if isinstance(item, Stroke)]
    assert [rule.colour for rule in rules] == ["C00000", "C00000"]


def test_two_small_charts_stand_side_by_side_their_captions_on_one_line() -> None:
    (page,) = pages(chart(number="图1"), chart(number="图2"))
    found = words(page)
    (left, y), (right, other) = found["图1　例图"], found["图2　例图"]
    assert y == pytest.approx(other) and left < (LEFT + RIGHT) / 2 < right


def test_a_chart_never_reaches_over_its_measure() -> None:
    for count in (1, 2, 6, 12):
        for block in (
            chart(count),
            replace(chart(count), kind=ChartKind.LINE),
            replace(chart(count), kind=ChartKind.BAR),
        ):
            for columns in (1, 2, 3):
                (page,) = pages(Columns(columns), block)
                width = (MEASURE - 7 * MM * (columns - 1)) / columns
                for x, _, item in items(page, Fill):
                    assert x >= LEFT - 0.1 and x + item.width <= LEFT + width + 0.1  # type: ignore[attr-defined]
                for x, _, item in items(page, Words):
                    end = sum(FACES[piece.pen.face].width(piece.text) * piece.pen.size for piece in item.pieces)  # type: ignore[attr-defined]
                    assert x >= LEFT - 2 and x + end <= LEFT + width + 2, item


def test_columns_are_balanced_and_their_lines_stand_beside_each_other() -> None:
    (page,) = pages(Columns(2), *(Paragraph(text("国" * 40)) for _ in range(6)), Columns(1), Paragraph(text("终")))
    found = [(round(x), y) for x, y, _ in items(page, Words)]
    *lines, last = found
    left = [y for x, y in lines if x < (LEFT + RIGHT) / 2]
    right = [y for x, y in lines if x >= (LEFT + RIGHT) / 2]
    assert abs(len(left) - len(right)) <= 2
    assert set(right) <= set(left) or set(left) <= set(right)
    assert last[1] > max(*left, *right)


def test_text_goes_before_an_illustration_that_finds_no_room_in_its_column_and_illustrations_keep_their_order() -> None:
    text_before = Paragraph(text("国" * 13 * 19))
    (page, *_) = pages(
        Columns(2), text_before, chart(number="图1"), chart(number="图2"), Paragraph(text("国" * 13 * 12)), PageBreak()
    )
    found = words(page)
    assert found["图1　例图"][0] > (LEFT + RIGHT) / 2
    assert found["图1　例图"][1] < found["图2　例图"][1]
    lines = [y for x, y, item in items(page, Words) if x < (LEFT + RIGHT) / 2 and "国" in item.pieces[0].text]  # type: ignore[attr-defined]
    assert len(lines) > 19  # the text went on below what stands before the chart


def test_a_table_that_goes_on_in_the_next_column_repeats_its_head() -> None:
    rows = tuple(Row((text(f"第{n}行"), text(f"{n}.5"))) for n in range(40))
    table = Table("t", "表1", text("例表"), (Column(text("指标")), Column(text("数值"))), rows)
    (page,) = pages(Columns(2), table)
    lines = ["".join(piece.text for piece in item.pieces) for _, _, item in items(page, Words)]  # type: ignore[attr-defined]
    assert lines.count("表1　例表") == 1 and lines.count("续表1　例表") == 1 and lines.count("指标") == 2
    assert [line for line in lines if line.startswith("第")] == [f"第{n}行" for n in range(40)]


def test_the_running_head_of_odd_pages_names_the_section() -> None:
    furniture = Furniture(running_head="年鉴", running_section=True, page_numbers=False)
    blocks: list[Block] = [Title(text("年鉴"))]
    for name in ("甲", "乙", "丙"):
        blocks += [PageBreak(), Heading(1, text(name), id=name), Paragraph(text("国" * 28 * 30))]
    found = lay_out(Document("年鉴", tuple(blocks), furniture, Period.parse("2022")), THEME, FACES).pages
    heads = []
    for page in found:
        above = [(x, item) for x, y, item in items(page, Words) if y < 30 * MM]
        heads += [("".join(piece.text for piece in item.pieces), round(x / MM)) for x, item in above]  # type: ignore[attr-defined]
    assert [head for head, _ in heads] == ["年鉴", "甲", "年鉴", "乙", "年鉴", "丙"]
    assert [x < 40 for _, x in heads] == [True, False] * 3  # even pages left, odd ones right
