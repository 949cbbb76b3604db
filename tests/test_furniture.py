"""What stands round the text of the shipped templates, read back from their PDFs: heads, rules, marks, contents.

Places are millimetres from the upper left corner of the sheet, as GB/T 9704-2012 gives them.
"""

import io
import re
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pdfplumber.page import Page

from xdreport.build import Order, Result, plan
from xdreport.document import Table, characters
from xdreport.fonts import open_faces
from xdreport.lines import NOT_AT_END, NOT_AT_START
from xdreport.pages import lay_out
from xdreport.scope import Wish
from xdreport.writers import writer

ROOT = Path(__file__).parent.parent
MM = 72 / 25.4
TEMPLATES = ("briefing", "feature", "handout", "report", "yearbook")
OFFICIAL = (
    "date=2026-07-04",
    "furniture.letterhead.copy_number=000001",
    "furniture.letterhead.secrecy=机密★1年",
    "furniture.letterhead.urgency=特急",
    "furniture.letterhead.number=例〔2026〕1号",
    "furniture.letterhead.signers=[某某某]",
    "furniture.mark=内部资料",
    "furniture.draft=征求意见稿",
    "furniture.imprint.lines.0.text=某某局。",
    "parts.addressee.text=某某局",
    "parts.remark.text=此件公开发布",
)


def planned(template: str, *overrides: str, sections: tuple[str, ...] = ("ecology",), period: str = "2022") -> Result:
    order = Order(ROOT / "data", (ROOT / "templates",), Wish(sections, (), (period,)), template, overrides=overrides)
    return plan(order)


def pdf(template: str, *overrides: str, sections: tuple[str, ...] = ("ecology",), period: str = "2022") -> list[Page]:
    return printed(planned(template, *overrides, sections=sections, period=period))


def printed(result: Result) -> list[Page]:
    theme = replace(result.theme, machine_fonts=False)
    return pdfplumber.open(io.BytesIO(writer("pdf")(result.document, theme).content)).pages


def found(page: Page, words: str) -> dict[str, float]:
    """Return where words stand on a page, in millimetres."""
    each = [char for char in page.chars for _ in char["text"]]  # a dash of two squares is one glyph
    text = "".join(char["text"] for char in page.chars)
    (start,) = (match.start() for match in re.finditer(re.escape(words), text))
    chars = each[start : start + len(words)]
    ends = {"x0": min, "x1": max, "top": min, "bottom": max}
    return {key: choose(char[key] for char in chars) / MM for key, choose in ends.items()}


def rules(page: Page, colour: tuple[float, ...] | None = None) -> list[tuple[float, float, float]]:
    """Return the horizontal rules of a page as height, width and thickness in millimetres, from top to bottom."""
    lines = [
        (line["top"] / MM, (line["x1"] - line["x0"]) / MM, line["linewidth"] / MM)
        for line in page.lines
        if abs(line["top"] - line["bottom"]) < 0.1
        and (colour is None or tuple(round(part, 2) for part in line["stroking_color"]) == colour)
    ]
    return sorted(lines)


RED = (0.75, 0, 0)
MARKS = NOT_AT_START | NOT_AT_END
_HALF = 0.6


def test_the_head_of_an_official_document_stands_where_the_standard_puts_it() -> None:
    first, *_ = pdf("report", *OFFICIAL)
    copy, secrecy, urgency = (found(first, words) for words in ("000001", "机密★1年", "特急"))
    assert [round(place["x0"]) for place in (copy, secrecy, urgency)] == [28, 28, 28]
    assert copy["top"] < secrecy["top"] < urgency["top"]
    mark = found(first, "湘东区融媒体中心文件")
    assert mark["top"] == pytest.approx(37 + 35, abs=3)  # the box of a character begins above its ink
    assert (mark["x0"] + mark["x1"]) / 2 == pytest.approx(28 + 156 / 2, abs=1)
    number, signer = found(first, "例〔2026〕1号"), found(first, "签发人：某某某")
    assert number["x0"] == pytest.approx(28 + 16 / MM, abs=0.5)
    assert signer["x1"] == pytest.approx(184 - 16 / MM, abs=0.5)
    assert number["bottom"] == pytest.approx(signer["bottom"], abs=0.5)
    ((y, width, thickness),) = rules(first, RED)
    assert (width, thickness) == (pytest.approx(156, abs=0.1), pytest.approx(0.5, abs=0.05))
    assert y - number["bottom"] == pytest.approx(4, abs=1)
    title = found(first, "湘东区融媒体中心关于湘东区2022年")
    assert 2 * 29.62 / MM - 2 <= title["top"] - y <= 3 * 29.62 / MM
    assert found(first, "某某局：")["x0"] == pytest.approx(28, abs=0.5)
    assert found(first, "一、生态环境")["x0"] == pytest.approx(28 + 2 * 15.793 / MM, abs=0.5)


def test_an_official_document_without_settings_of_an_office_invents_none() -> None:
    text = "".join(page.extract_text() for page in pdf("report"))
    for words in ("〔", "签发人", "抄送", "密", "印发", "附注", "（）", "："):
        assert words not in text.replace("附件：", "").replace("注：", ""), words
    assert "关于湘东区2022年生态环境情况的报告" in text.replace("\n", "")


def test_the_marks_of_a_draft_stand_on_every_page_above_the_type_area() -> None:
    for template in TEMPLATES:
        pages = pdf(template, "furniture.mark=内部资料", "furniture.draft=征求意见稿")
        for number, page in enumerate(pages, 1):
            if template == "yearbook" and number == 1:  # a cover shows neither
                assert not page.search("征求意见稿")
                continue
            assert found(page, "内部资料")["bottom"] < 37 and found(page, "征求意见稿")["bottom"] < 37


def test_the_imprint_closes_the_last_page_on_the_foot_of_the_type_area() -> None:
    *others, last = pdf("report", *OFFICIAL)
    first, inner, end = rules(last)[-3:]
    assert end[0] == pytest.approx(262, abs=1)
    assert [round(rule[1]) for rule in (first, inner, end)] == [156, 156, 156]
    assert [round(rule[2], 2) for rule in (first, inner, end)] == [0.35, 0.25, 0.35]
    copied, printed = found(last, "抄送：某某局。"), found(last, "2026年7月4日印发")
    assert copied["x0"] == pytest.approx(28 + 14 / MM, abs=0.5)
    assert printed["x1"] == pytest.approx(184 - 14 / MM, abs=0.5)
    assert first[0] < copied["top"] < inner[0] < printed["top"] < end[0]
    assert not any(page.search("印发") for page in others)


def test_signature_date_and_remark_follow_the_list_of_attachments() -> None:
    page = next(page for page in pdf("report", *OFFICIAL) if page.search("附件：1"))
    listed, second = found(page, "附件：1.湘东区2022年主要指标"), found(page, "2.湘东区2022年荣誉名录")
    assert listed["x0"] == pytest.approx(28 + 2 * 15.793 / MM, abs=0.5)
    assert second["x0"] == pytest.approx(listed["x0"] + 3 * 16 / MM, abs=1)
    before = found(page, "特此报告。")
    assert listed["top"] - before["top"] == pytest.approx(2 * 29.62 / MM, abs=0.5)
    signed = found(page, "湘东区融媒体中心")
    dated, remark = found(page, "2026年7月4日"), found(page, "（此件公开发布）")
    assert signed["top"] - second["top"] == pytest.approx(2 * 29.62 / MM, abs=0.5)
    assert dated["x0"] - signed["x0"] == pytest.approx(2 * 16 / MM, abs=0.5)
    assert max(signed["x1"], dated["x1"]) <= 184
    assert remark["top"] > dated["top"]


def test_attachments_begin_pages_with_their_label_and_their_title_on_the_third_line() -> None:
    pages = [page for page in pdf("report", *OFFICIAL) if re.search(r"^附件\d", page.extract_text(), re.MULTILINE)]
    for number, page in enumerate(pages, 1):
        label = found(page, f"附件{number}")
        title = found(page, ("湘东区2022年主要指标", "湘东区2022年荣誉名录")[number - 1])
        assert (label["x0"], label["top"]) == (pytest.approx(28, abs=0.5), pytest.approx(37, abs=3))
        assert title["top"] - label["top"] == pytest.approx(2 * 29.62 / MM, abs=3)
        assert (title["x0"] + title["x1"]) / 2 == pytest.approx(28 + 78, abs=0.5)
    assert len(pages) == 2


def test_an_attachment_that_would_hold_nothing_is_left_out() -> None:
    pages = pdf("report", sections=("industry",), period="2025")
    text = "".join(page.extract_text() for page in pages)
    assert "附件：湘东区2025年主要指标" in text and "荣誉" not in text
    assert sum("附件\n" in page.extract_text() for page in pages) == 1


@pytest.mark.parametrize("template", ["briefing", "report"])
def test_page_numbers_stand_7_millimetres_below_odd_right_even_left(template: str) -> None:
    for number, page in enumerate(pdf(template, sections=("industry", "livelihood")), 1):
        place = found(page, f"— {number} —")
        assert (place["top"] + place["bottom"]) / 2 == pytest.approx(269, abs=1.5)
        if number % 2:
            assert place["x1"] == pytest.approx(184 - 14 / MM, abs=0.5)
        else:
            assert place["x0"] == pytest.approx(28 + 14 / MM, abs=0.5)


def test_the_dash_of_a_page_number_is_printed_269_millimetres_from_the_top() -> None:
    result = planned("report")
    content = writer("pdf")(result.document, result.theme).content
    page = pypdfium2.PdfDocument(content)[0]
    image = page.render(scale=4, grayscale=True).to_pil()
    top, right = int(264 * MM * 4), int(184 * MM * 4)
    foot = image.crop((0, top, right, image.height)).point(lambda grey: 255 * (grey < 128))
    rows = [y for y in range(foot.height) if foot.crop((0, y, foot.width, y + 1)).histogram()[255] > 2 * 8 * 4]
    assert (rows[0] + rows[-1]) / 2 / 4 / MM + 264 == pytest.approx(
        269, abs=1
    )  # two dashes are the widest ink of a line


def test_the_head_and_foot_of_a_briefing_hold_what_they_say() -> None:
    pages = pdf("briefing", "date=2026-07-04", "issue=3")
    first, last = pages[0], pages[-1]
    name, issue, office, date = (
        found(first, words) for words in ("湘东区发展简报", "第3期", "湘东区融媒体中心", "2026年7月4日")
    )
    assert name["top"] < issue["top"] < office["top"] == pytest.approx(date["top"], abs=0.5)
    assert office["x0"] == pytest.approx(28 + 16 / MM, abs=0.5) and date["x1"] == pytest.approx(184 - 16 / MM, abs=0.5)
    ((y, width, _),) = rules(first, RED)
    assert width == pytest.approx(156, abs=0.1) and office["bottom"] < y
    upper, lower = rules(last)[-2:]
    assert (lower[0], lower[1], lower[2]) == (
        pytest.approx(262, abs=1),
        pytest.approx(156, abs=0.1),
        pytest.approx(0.35, abs=0.02),
    )
    assert upper[0] < found(last, "编印：湘东区融媒体中心")["top"] < lower[0]


def test_a_yearbook_has_a_cover_contents_with_leaders_and_running_heads() -> None:
    pages = pdf("yearbook", sections=("industry", "ecology"))
    cover, contents, *inside = pages
    assert found(cover, "湘东区产业发展、生态环境")["top"] > 60 and not cover.search("—")
    assert found(cover, "湘东区融媒体中心")["bottom"] == pytest.approx(262, abs=4)
    entries = re.findall(r"^(\S+?) ?(\d+)$", contents.extract_text(), re.MULTILINE)
    assert [entry for entry, _ in entries][:3] == ["编辑说明", "一、产业发展", "二、生态环境"]
    for entry, number in entries:
        assert entry in pages[int(number) - 1].extract_text().splitlines(), entry
    leaders = [line for line in contents.lines if line["top"] > 40 * MM]
    assert len(leaders) == len(entries)
    for number, page in enumerate(inside, 3):
        head = page.crop((0, 0, page.width, 34 * MM)).extract_text()
        sections = [line for line in page.extract_text().splitlines()[1:] if re.match("[一二三四五]、|编辑说明", line)]
        assert head == ("湘东区产业发展、生态环境统计资料" if number % 2 == 0 else sections[0] if sections else head)


QUARTERS = ("2024-Q1", "2024-Q1/Q2", "2024-Q1/Q3", "2024", "2025-Q1", "2025-Q1/Q2", "2025-Q1/Q3")


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """Return a made-up folder with as many periods as a landscape page has room for, and more."""
    rows = [
        f"economy.i{number},shili,{period},level,{100 * number + 20 * count + 0.5},,b,第1段,,,"
        for number in range(1, 15)
        for count, period in enumerate(QUARTERS)
    ]
    files = {
        "workspace.yaml": "title: 虚构\narea: shili\nareas: {shili: {name: 示例区, level: district}}\n",
        "sources.yaml": "b: {title: 虚构月报}\n",
        "sections.yaml": "economy: {title: 经济运行, indicators: ['economy.*']}\n",
        "indicators/economy.yaml": "".join(
            f"economy.i{number}: {{name: 虚构指标{number}, unit: 亿元, decimals: 1, flow: false}}\n"
            for number in range(1, 15)
        ),
        "observations/economy.csv": "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
        + "\n".join(rows)
        + "\n",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def test_wide_tables_of_a_yearbook_are_turned_their_head_at_the_left_edge_of_the_upright_sheet(quarters: Path) -> None:
    result = plan(Order(quarters, (ROOT / "templates",), Wish(), "yearbook"))
    tables = [block for block in result.document.blocks if isinstance(block, Table)]
    shown = [
        period
        for table in tables
        for period in dict.fromkeys(characters(column.spanner or column.title) for column in table.columns)
        if "年" in period
    ]
    assert len(shown) == len(QUARTERS)  # every period once
    pages = printed(result)
    turned = [(number, page) for number, page in enumerate(pages, 1) if page.width > page.height]
    assert len(turned) == len(tables) > 1
    for number, page in turned:
        # Turned clockwise, the upright sheet's left edge is above, and the head of the table with it on any page.
        digits = [char for char in page.chars if char["text"] == "—" and char["x1"] / MM < 35]
        assert len(digits) == 2
        y = [char["top"] / MM for char in digits]
        assert (max(y) < 70) if number % 2 == 0 else (min(y) > 150)
        assert found(page, "经济运行主要指标（")["top"] < 60


def test_every_figure_of_a_wide_table_stays_on_one_line(quarters: Path) -> None:
    result = plan(Order(quarters, (ROOT / "templates",), Wish(), "yearbook"))
    layout = lay_out(result.document, result.theme, open_faces(result.theme))
    lines = {
        "".join(piece.text for piece in item.pieces)
        for page in layout.pages
        for placed in page.placed
        for part in placed.parts
        for item in part.items
        if hasattr(item, "pieces")
    }
    values = {
        characters(cell)
        for block in result.document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells[2:]
    }
    assert {value for value in values if value and value[0].isdigit()} <= lines


SELECTIONS = [
    ((), "2022"),
    ((), "2021/2025"),
    ((), "2025"),
    (("ecology",), "2022"),
    (("ecology",), "2021/2025"),
    (("industry", "honours", "livelihood"), "2022"),
    (("industry", "livelihood"), "2025"),
]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("sections", "period"), SELECTIONS)
def test_every_template_prints_any_selection_within_its_sheet(
    template: str, sections: tuple[str, ...], period: str
) -> None:
    result = planned(template, sections=sections, period=period)
    page = result.theme.page
    pages = printed(result)
    for one in pages:
        left, right = page.left * MM - 2, (page.width - page.right) * MM + 2
        for word in one.extract_words():
            if one.height > one.width:
                # The blank half of a mark may reach over an edge.
                first, last = (
                    _HALF * (word["bottom"] - word["top"]) * (mark in MARKS)
                    for mark in (word["text"][0], word["text"][-1])
                )
                assert left - first <= word["x0"] and word["x1"] <= right + last, (one.page_number, word["text"])
                assert word["bottom"] <= one.height - 10 * MM
    assert pages[-1].extract_words()


@pytest.mark.parametrize("section", ["industry", "livelihood", "ecology", "party"])
def test_a_handout_takes_two_pages_at_most_for_a_section(section: str) -> None:
    assert len(pdf("handout", sections=(section,))) <= 2


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_very_long_title_is_printed_whole_and_the_first_page_has_text(template: str) -> None:
    title = "关于深入实施工业强区战略推动产业转型升级改革开放持续深化以及全面完成经济社会发展主要目标任务情况的综合报告"
    pages = pdf(template, f"title={title}", sections=("industry",))
    text = pages[0].extract_text().replace("\n", "")
    assert title in text
    if template != "yearbook":
        assert "产业发展" in text


def test_titles_are_broken_neither_within_words_nor_within_periods() -> None:
    lines = pdf("yearbook", sections=())[0].extract_text().splitlines()
    assert lines[:2] == ["湘东区经济社会", "发展统计资料"]
    first = pdf("report", sections=("industry", "livelihood"), period="2021/2025")[0].extract_text().splitlines()
    assert first[1].endswith("“十四五”时期")
