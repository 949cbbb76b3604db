"""Lines break as GB/T 15834 and CLREQ ask, on any width."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xdreport.fonts import JOINED_DASH, open_faces, printed
from xdreport.lines import GAP, NOT_AT_END, NOT_AT_START, Line, Pen, Span, balance, break_lines
from xdreport.theme import Face, Theme

FACES = open_faces(Theme(machine_fonts=False))
PEN = Pen(Face.FANGSONG, 16)
TEXT = (
    "全年新签约项目46个，签约资金223.64亿元，同比增长12.5%，增速比1—9月提高2个百分点，居全省第4位、全市第一位；"
    "“115”模式——“一园一策”、“一企一策”（以下简称“两个一”）——持续推进，PM2.5平均浓度为31微克/立方米，下降-3.2%左右……"
    "2026年7月4日，《醴陵市—湘东区湘赣边区域合作产业园框架协议》签订，R&D投入强度达2.35%～2.40%，5G+应用场景29个！"
    "全区（含经开区）1300余项政务服务一站式办理，3.54亿元“财园通”贷款发放到位，约6500余人参加；谁来做？怎么做？"
    "由2021年的31家增至目前的58家，面积达1,234.56平方公里，热线0799-12345，人均8千克。"
)
WHOLE = ["223.64亿元", "12.5%", "1—9月", "第4位", "PM2.5", "-3.2%", "7月4日", "2026年", "5G+", "1300余项", "3.54亿元"]
WHOLE += ["2021年", "58家", "1,234.56平方公里", "2.35%～2.40%", "R&D", "31微克/立方米", "第一位"]


def lines(text: str, characters: float, *, align: str = "justify", indent: float = 2) -> list[Line]:
    return break_lines([Span(text, PEN)], FACES, characters * 16, first=indent * 16, align=align)


def texts(broken: list[Line]) -> list[str]:
    return [printed(line.text) for line in broken]


@pytest.mark.parametrize("characters", range(8, 41))
def test_no_line_begins_or_ends_with_a_forbidden_mark(characters: int) -> None:
    for line in lines(TEXT, characters):
        assert line.text[0] not in NOT_AT_START, line.text
        assert line.text[-1] not in NOT_AT_END, line.text


@pytest.mark.parametrize("characters", range(10, 41))
def test_numbers_keep_their_signs_units_and_words(characters: int) -> None:
    joined = "\n".join(texts(lines(TEXT, characters)))
    assert [group for group in WHOLE if group not in joined] == []


@pytest.mark.parametrize("characters", range(8, 41))
def test_lines_hold_every_character_and_stay_within_the_measure(characters: int) -> None:
    broken = lines(TEXT, characters)
    assert "".join(texts(broken)) == TEXT
    assert all(line.x + line.width <= characters * 16 + 0.05 for line in broken)


@pytest.mark.parametrize("characters", range(20, 41))
def test_every_line_but_the_last_is_full(characters: int) -> None:
    *full, last = lines(TEXT, characters)
    assert [line.text for line in full if abs(line.x + line.width - characters * 16) > 0.05] == []
    assert last.x == 0


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"国家的发展湘东，。、；：“”‘’《》（）…—％%-/·1234567890.AGb ", "——", "……", "28.5亿元"]),
        min_size=1,
    ),
    st.integers(8, 40),
)
def test_any_text_on_any_width_is_set_whole(parts: list[str], characters: int) -> None:
    text = "".join(parts)
    broken = lines(text, characters, indent=0)
    assert "".join(texts(broken)).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= characters * 16 + 0.05 for line in broken)


@pytest.mark.parametrize("characters", range(8, 41))
def test_the_last_line_has_at_least_two_characters(characters: int) -> None:
    for length in range(characters, 3 * characters):
        broken = lines("国" * length + "。", characters, indent=0)
        assert len(broken[-1].text.rstrip("。")) >= 2


def test_a_full_line_of_square_characters_is_not_adjusted() -> None:
    first, second = lines("国" * 50, 28)
    assert [piece.spacing for piece in (*first.pieces, *second.pieces)] == [0, 0]
    assert (len(first.text), first.x, len(second.text), second.x) == (26, 32, 24, 0)


def test_tracking_sets_28_characters_in_156_millimetres() -> None:
    measure = 156 * 72 / 25.4
    broken = break_lines([Span("国" * 100, PEN)], FACES, measure, align="justify", tracking=measure / 28 - 16)
    assert [len(line.text) for line in broken] == [28, 28, 28, 16]


def test_a_mark_at_the_end_of_a_line_takes_half_a_character() -> None:
    first, *_ = lines("国" * 19 + "，" + "国" * 20, 19.5, indent=0)
    assert first.text == "国" * 19 + "，"
    assert first.width == pytest.approx(19.5 * 16)
    assert all(piece.spacing == 0 for piece in first.pieces)


def test_an_opening_mark_at_the_start_of_a_line_loses_its_left_half() -> None:
    (line,) = lines("“国”", 8, indent=0)
    assert line.pieces[0].shift == -8
    assert line.width == 32


def test_adjacent_marks_take_one_and_a_half_characters() -> None:
    (line,) = lines("国》，国", 8, indent=0)
    assert line.width == pytest.approx(3.5 * 16)


def test_a_line_shrinks_its_marks_before_it_stretches() -> None:
    first, second, *_ = lines("国、国、国、国、国、国，家" + "国" * 12, 11, indent=0)
    assert first.text == "国、国、国、国、国、国，"
    assert second.text.startswith("家")
    assert first.width == pytest.approx(11 * 16)


def test_a_dash_is_one_stroke() -> None:
    (line,) = lines("模式——创新", 28)
    assert line.text == f"模式{JOINED_DASH}创新"
    assert line.width == 6 * 16


def test_a_gap_stands_between_han_and_digits_but_not_beside_marks_or_at_line_ends() -> None:
    (with_gaps,) = lines("共46个", 28)
    digits = FACES[Face.FANGSONG].width("46")
    assert with_gaps.width == pytest.approx((2 + digits + 2 * GAP) * 16)
    (without,) = lines("（46）", 28)
    assert without.width == pytest.approx((1 + digits) * 16)


def test_numbers_do_not_open_when_a_line_stretches() -> None:
    text = "国家发展改革委员会关于223.64亿元资金的说明和" + "2021—2025年期间项目"
    first = lines(text, 24.4, indent=0)[0]
    spacing = {piece.text: piece.spacing for piece in first.pieces}
    assert spacing["223.64"] == 0
    assert max(spacing.values()) > 0


def test_a_group_wider_than_the_line_is_split_after_a_han_character() -> None:
    assert texts(lines("共1234567.89亿立方米水", 7, indent=0, align="left")) == ["共", "1234567.89亿", "立方米水"]


def test_words_stay_whole_and_spaces_at_line_ends_go() -> None:
    broken = texts(lines("Xiangdong District signed forty-six projects this year", 8, indent=0))
    assert [line for line in broken if line != line.strip()] == []
    assert " ".join(broken) == "Xiangdong District signed forty-six projects this year"


def test_a_newline_ends_a_line() -> None:
    assert texts(lines("坚持工业强区\n产业转型", 28)) == ["坚持工业强区", "产业转型"]


def test_text_that_marks_no_paper_is_left_out() -> None:
    assert texts(lines("湘\u200b东\ufeff区\ufe00", 28)) == ["湘东区"]


def test_no_text_has_no_lines() -> None:
    assert lines("", 28) == []


def test_a_raised_mark_sticks_to_what_it_follows() -> None:
    spans = [Span("国" * 10, PEN), Span("1", Pen(Face.FANGSONG, 9.6, rise=5)), Span("国" * 5, PEN)]
    first, _ = break_lines(spans, FACES, 160)
    assert first.text == "国" * 9


def test_a_title_breaks_into_lines_of_nearly_equal_length() -> None:
    pen = Pen(Face.XIAOBIAOSONG, 22)
    broken = balance([Span("关于二〇二二年全区经济社会发展主要指标完成情况的通报", pen)], FACES, 20 * 22)
    lengths = [len(line.text) for line in broken]
    assert len(lengths) == 2 and max(lengths) - min(lengths) <= 1
    assert all(abs(line.x + line.width / 2 - 220) < 0.1 for line in broken)


def test_a_title_breaks_where_its_sense_pauses() -> None:
    pen = Pen(Face.XIAOBIAOSONG, 22)
    for words, expected in (
        ("湘东区“十四五”时期经济社会发展情况的报告", ["湘东区“十四五”时期", "经济社会发展情况的报告"]),
        ("湘东区\n经济社会发展情况", ["湘东区", "经济社会发展情况"]),
        ("关于县区的\n通报", ["关于县区的", "通报"]),
    ):
        assert [line.text for line in balance([Span(words, pen)], FACES, 20 * 22)] == expected


def test_lines_before_a_long_number_share_what_it_leaves_open() -> None:
    text = (
        "国家发展改革委员会关于下达今年投资计划的通知要求，各地要按照项目建设需要，"
        "抓紧落实资金总额为1234567.89亿元的项目。"
    )
    *full, _ = lines(text, 17)
    opened = [max(piece.spacing for piece in line.pieces) for line in full]
    assert max(opened) < 0.1 * 16


def test_pieces_follow_each_other_without_overlap() -> None:
    for line in lines(TEXT, 28):
        x = 0.0
        places = []
        for piece in line.pieces:
            x += piece.shift
            for character in piece.text:
                places.append(x)
                x += FACES[Face.FANGSONG].widths[character] * 16 + piece.spacing
        assert all(before < after for before, after in pairwise(places))


def test_every_line_of_a_long_text_is_quick_to_find() -> None:
    assert re.sub(r"\s", "", "".join(texts(lines(TEXT * 20, 28)))) == TEXT * 20


def test_quotation_marks_among_latin_words_are_narrow_and_come_back_as_they_were() -> None:
    words = "a ‘one’ and “two” district’s"
    (line,) = lines(words, 40, indent=0)
    assert printed(line.text) == words
    assert line.width < FACES[Face.FANGSONG].width(words.translate({ord(mark): "n" for mark in "‘’“”"})) * 16
    (chinese,) = lines("“115”模式", 40, indent=0)
    assert FACES[Face.FANGSONG].widths[chinese.text[0]] == 1


def test_latin_words_and_their_marks_do_not_open_when_a_line_stretches() -> None:
    first = lines("In 2022, the district signed 46 projects worth more than a year before.", 12, indent=0)[0]
    assert all(piece.spacing == 0 for piece in first.pieces if len(piece.text) > 1)
    assert first.width == 12 * 16


WORDS_OF_PROSE = [
    "全区",
    "工业",
    "增加值",
    "同比",
    "经济社会发展",
    "的",
    "是",
    "民生保障",
    "湘赣边区域合作示范区",
    "签约",
    "专项资金",
    "推进",
    "了",
]
QUANTITIES = [
    "223.64亿元",
    "46个",
    "12.5%",
    "-3.2%",
    "1300余项",
    "1—9月",
    "2.35%～2.40%",
    "2021—2025年",
    "7月4日",
    "第4位",
    "第一位",
    "31微克/立方米",
    "4A级",
    "246.87千米/平方公里",
    "PM2.5",
    "5G+",
    "6.2个百分点",
    "8亿～16亿元",
    "±0.5℃",
    "0799-12345",
    "R&D",
    "3.2千瓦时",
    "1.2万千瓦时",
]
ENCLOSED = [("“", "”"), ("《", "》"), ("（", "）"), ("〔", "〕"), ("“‘", "’”"), ("（《", "》）")]
STOPS = ["，", "、", "；", "：", "。", "！", "？", "……。", "——", "，"]


@st.composite
def prose(draw: st.DrawFn) -> str:
    """Draw a paragraph as offices write them: words, quantities, quotations, a mark between."""

    def clause(depth: int) -> str:
        named = st.tuples(st.sampled_from(WORDS_OF_PROSE), st.sampled_from(["", *QUANTITIES]))
        parts = ["".join(part) for part in draw(st.lists(named, min_size=1, max_size=4))]
        if depth and draw(st.booleans()):
            opening, closing = draw(st.sampled_from(ENCLOSED))
            parts.insert(draw(st.integers(0, len(parts))), opening + clause(depth - 1) + closing)
        return "".join(parts)

    return "".join(clause(2) + draw(st.sampled_from(STOPS)) for _ in range(draw(st.integers(1, 12)))) + "收尾。"


@settings(max_examples=400, deadline=None)
@given(prose(), st.integers(8, 40), st.sampled_from(["justify", "left"]))
def test_prose_of_any_kind_breaks_by_the_rules_on_any_width(text: str, characters: int, align: str) -> None:
    broken = lines(text, characters, align=align)
    set_lines = texts(broken)
    assert "".join(set_lines) == text
    assert all(line.x + line.width <= characters * 16 + 0.05 for line in broken)
    assert [line for line in set_lines[1:] if line[0] in NOT_AT_START] == [], set_lines
    assert [line for line in set_lines if line[-1] in NOT_AT_END] == [], set_lines
    for before, after in pairwise(set_lines):
        assert not (before[-1].isdigit() and after[0].isdigit()), set_lines
        assert not re.search(r"[\d.]$", before) or not re.match(r"[%℃个项亿万年月日位级余微千]", after), set_lines
        assert not (before[-1] == "个" and after.startswith("百分点")), set_lines
        assert (before[-1], after[0]) not in {("—", "—"), ("…", "…")}, set_lines
    assert len(set_lines) == 1 or len(set_lines[-1].rstrip("。")) >= 2, set_lines
