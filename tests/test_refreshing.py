"""Another period's figures in a document that people have edited."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import WORLD, write
from docx import Document as open_docx
from python_calamine import CalamineWorkbook
from test_docx import faults
from test_docx_comments import commented
from test_verification import MARKS, changed, replaced
from typer.testing import CliRunner

from xdreport import edited, template
from xdreport.build import Order, build
from xdreport.cli import app
from xdreport.findings import Failed, Unusable
from xdreport.patching import Patch
from xdreport.period import Period
from xdreport.readers import folder
from xdreport.refreshing import Refreshed, Sort, refresh
from xdreport.renewal import Today
from xdreport.scope import Wish
from xdreport.verification import verify

SHIPPED = Path(__file__).parent.parent / "templates"
NEXT = {
    "workspace.yaml": WORLD["workspace.yaml"].replace(
        "  nanshan:",
        "  jia: {name: 甲镇, level: town, within: qinghe}\n  yi: {name: 乙镇, level: town, within: qinghe}\n  nanshan:",
    ),
    "sources.yaml": WORLD["sources.yaml"]
    + 'bulletin-2026: {title: 虚构统计公报之二, publisher: 清河区统计室, date: "2027-02", covers: "2026"}\n',
    "observations/industry.csv": WORLD["observations/industry.csv"]
    + """\
industry.output,qinghe,2026,level,109.85,,bulletin-2026,第1段,,,
industry.output,qinghe,2026,yoy,-2.3,,bulletin-2026,第1段,,,
industry.firms,qinghe,2026,level,61,,bulletin-2026,第2段,,,
industry.output,jia,2025,level,60.1,,bulletin-2025,第2段,,,
industry.output,yi,2025,level,50.2,,bulletin-2025,第2段,,,
industry.output,jia,2026,level,52.1,,bulletin-2026,第2段,,,
industry.output,yi,2026,level,57.7,,bulletin-2026,第2段,,,
""",
    "observations/living.csv": WORLD["observations/living.csv"]
    + """\
living.income,qinghe,2026,level,38420,,bulletin-2026,第3段,,,
living.income,qinghe,2026,rank_city,1,,bulletin-2026,第3段,,,
""",
    "narratives/industry/2025.md": """\
{{ period() }}，工业总产值{{ figure('industry.output') }}，{{ change('industry.output') }}，\
其中{{ top('industry.output', n=2, areas=true) }}。

规上工业企业{{ figure('industry.firms') }}，居{{ rank('industry.firms', among='city') }}，\
产值{{ compare('industry.output', '2024', '2025') }}。
""",
    "narratives/living/2025.md": "居民人均可支配收入{{ figure('living.income') }}。\n",
    "charts.yaml": """\
output:
  section: industry
  kind: column
  title: 工业总产值
  english: Output
  indicators: [industry.output]
  periods: ["2024", "2025"]
""",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with figures of two years; in the second, output falls and the towns change places."""
    return write(write(tmp_path / "data", WORLD), NEXT)


@pytest.fixture
def made(data: Path, tmp_path: Path) -> Path:
    """Return a briefing for 2025."""
    order = Order(data, (SHIPPED,), Wish(periods=("2025",)), "briefing", ("docx",), tmp_path / "out")
    return next(iter(build(order).files))


def refreshed(path: Path, data: Path, *periods: str) -> Refreshed:
    document = edited.read(path)
    assert document.ledger is not None
    today = Today.of(folder.read(data), document.ledger, template.book("zh", [SHIPPED]))
    assert isinstance(today, Today)
    return refresh(document, today, tuple(map(Period.parse, periods)))


def saved(path: Path, content: bytes) -> Path:
    copy = path.with_name("refreshed.docx")
    copy.write_bytes(content)
    return copy


def lines(path: Path) -> list[str]:
    return [passage.text for passage in edited.read(path).passages if passage.text.strip()]


def said(made: Refreshed, sort: Sort) -> list[tuple[str, str]]:
    return [(it.old, it.new or it.reason) for it in made.of(sort)]


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_growth_becomes_a_fall_and_everything_moves_along(made: Path, data: Path) -> None:
    new = saved(made, refreshed(made, data, "2026").content)
    shown = lines(new)
    assert "2026年，工业总产值109.9亿元，比上年下降2.3%，其中乙镇57.7亿元、甲镇52.1亿元。" in shown
    assert "规上工业企业61家，居全市第2位，产值由2024年的100.3亿元增至2025年的112.4亿元。" in shown
    assert "表1　产业发展主要指标（2026年）" in shown
    assert "居民人均可支配收入38420元。" in shown
    assert faults(new) == []


def test_what_could_not_be_renewed_is_listed_and_stays(made: Path, data: Path) -> None:
    its = refreshed(made, data, "2026")
    assert said(its, Sort.STUCK) == [
        ("全市第2位", "there is no rank_city of industry.firms for 2026"),
        ("source list", "the source list lacks 《虚构统计公报之二》: put it in by hand, with its marks in the tables"),
    ]
    assert said(its, Sort.KEPT) == [
        (
            "由2024年的100.3亿元增至2025年的112.4亿元",
            "its phrase names its period: compare('industry.output', '2024', '2025')",
        )
    ]
    again = refreshed(saved(made, its.content), data, "2026")
    assert said(again, Sort.STUCK)[:1] == said(its, Sort.STUCK)[:1]


def test_what_is_stuck_is_outdated_for_verify(made: Path, data: Path) -> None:
    new = saved(made, refreshed(made, data, "2026").content)
    document = edited.read(new)
    assert document.ledger is not None
    catalog = folder.read(data)
    today = Today.of(catalog, document.ledger, template.book("zh", [SHIPPED]))
    found = verify(document, catalog, today, None)
    assert [(it.state.value, it.text) for it in found.remarks if it.is_bad] == [("outdated", "全市第2位")]


def test_cells_take_what_the_new_period_has(made: Path, data: Path) -> None:
    table = open_docx(str(saved(made, refreshed(made, data, "2026").content))).tables
    rows = [[cell.text for cell in row.cells] for each in table for row in each.rows]
    assert ["工业总产值", "亿元", "109.9", "比上年下降2.3%", "[1]"] in rows
    assert ["规上工业企业", "家", "61", "比上年末增长5.2%", "[1]"] in rows  # its rank is gone, a change is to be had
    assert ["居民人均可支配收入", "元", "38420", "[1]"] in rows


def test_a_figure_that_a_table_lacks_prints_a_dash_and_comes_back(made: Path, data: Path) -> None:
    path = data / "observations/living.csv"
    without = "".join(row for row in path.read_text(encoding="utf-8").splitlines(True) if ",2026," not in row)
    kept = path.read_text(encoding="utf-8")
    path.write_text(without, encoding="utf-8")
    new = saved(made, refreshed(made, data, "2026").content)
    rows = [[cell.text for cell in row.cells] for each in open_docx(str(new)).tables for row in each.rows]
    assert ["居民人均可支配收入", "元", "—", "[1]"] in rows
    path.write_text(kept, encoding="utf-8")
    back = saved(made, refreshed(new, data, "2026").content)
    rows = [[cell.text for cell in row.cells] for each in open_docx(str(back)).tables for row in each.rows]
    assert ["居民人均可支配收入", "元", "38420", "[1]"] in rows


def test_charts_are_redrawn_with_their_workbooks(made: Path, data: Path) -> None:
    content = refreshed(made, data, "2026").content
    parts = members(content)
    chart = next(parts[name].decode() for name in parts if name.startswith("word/charts/chart"))
    assert re.findall(r"<c:v>([^<]*)</c:v>", chart) == ["工业总产值", "2025年", "2026年", "112.4", "109.9"]
    book = next(parts[name] for name in parts if name.startswith("word/embeddings/"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows == [["", "工业总产值"], ["2025年", 112.4], ["2026年", 109.9]]
    described = next(iter(re.findall(r'descr="([^"]*)"', parts["word/document.xml"].decode())))
    assert described == "柱形图：工业总产值。2025年 112.4亿元；2026年 109.9亿元。"


def test_refreshing_twice_is_refreshing_once(made: Path, data: Path) -> None:
    once = refreshed(made, data, "2026").content
    assert refreshed(saved(made, once), data, "2026").content == once


def test_refreshing_to_the_same_period_changes_no_byte(made: Path, data: Path) -> None:
    its = refreshed(made, data, "2025")
    assert its.content == made.read_bytes()
    assert its.of(Sort.CHANGED) == [] and its.of(Sort.STUCK) == []


def test_there_and_back_is_where_it_began(made: Path, data: Path) -> None:
    """All but for the record of a rank that 2026 does not have, which follows the report all the same."""
    there = saved(made, refreshed(made, data, "2026").content)
    back = saved(made, refreshed(there, data, "2025").content)
    assert lines(back) == lines(made)


def test_what_people_wrote_stays_byte_for_byte(made: Path, data: Path) -> None:
    own = (
        '<w:p w:rsidR="00A1"><w:pPr><w:jc w:val=\'left\'/></w:pPr><w:r ><w:t xml:space="preserve"> 按语：写给&#x540C;事'
        "的话&#8220;原样&#8221;</w:t></w:r><w:r><w:tab/></w:r></w:p>"
    )
    copy = changed(made, lambda body: re.sub("(<w:sectPr)", lambda match: own + match[1], body, count=1))
    before = members(copy.read_bytes())
    after = members(refreshed(copy, data, "2026").content)
    assert own.encode() in after["word/document.xml"]
    assert list(after) == list(before)
    same = {name for name in before if before[name] == after[name]}
    renewed = {"word/document.xml", "customXml/item1.xml", "docProps/custom.xml", "word/charts/chart1.xml",
               "word/embeddings/chart1.xlsx"}  # fmt: skip
    assert set(before) - same <= renewed | {"docProps/core.xml"}
    strip = re.compile(
        rb"<w:t[ >][^<]*</w:t>|<w:t>[^<]*</w:t>|descr=\"[^\"]*\"|w:val=\"[^\"]*\"|<w:bookmark[^>]*>|<w:r>|</w:r>"
    )
    assert strip.sub(b"", after["word/document.xml"]) == strip.sub(b"", before["word/document.xml"])


def test_the_looks_of_a_figure_stay_where_they_are(made: Path, data: Path) -> None:
    bold = "<w:r><w:t>工业总</w:t></w:r>"
    split = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>112</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>.4</w:t></w:r>"
        '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>亿元</w:t></w:r>'
    )
    copy = changed(made, replaced("<w:r><w:t>112.4亿元</w:t></w:r>", split))
    body = members(refreshed(copy, data, "2026").content)["word/document.xml"].decode()
    assert (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>109.9</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r>"
        '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>亿元</w:t></w:r>'
    ) in body
    assert bold not in body


def test_a_figure_in_other_words_keeps_them_and_one_with_another_number_is_left(made: Path, data: Path) -> None:
    reworded = changed(made, replaced("<w:t>比上年增长12.1%</w:t>", "<w:t>比上年大幅增长了12.1%</w:t>"))
    assert any("比上年大幅下降了2.3%" in line for line in lines(saved(made, refreshed(reworded, data, "2026").content)))
    other = changed(made, replaced("<w:t>比上年增长12.1%</w:t>", "<w:t>比上年增长12.7%</w:t>"))
    its = refreshed(other, data, "2026")
    assert said(its, Sort.STUCK)[0] == ("比上年增长12.7%", "比上年下降2.3%")
    assert any("比上年增长12.7%" in line for line in lines(saved(made, its.content)))


def test_typed_words_that_no_longer_fit_are_listed(made: Path, data: Path) -> None:
    words = "，工业经济稳步增长"
    copy = changed(made, lambda body: body.replace("<w:t>，其中</w:t>", f"<w:t>{words}，其中</w:t>", 1))
    its = refreshed(copy, data, "2026")
    assert said(its, Sort.WORDS) == [("增长", "the figure beside it has turned: 比上年增长12.1% → 比上年下降2.3%")]
    assert refreshed(copy, data, "2025").of(Sort.WORDS) == []


def test_typed_periods_and_numbers_of_the_old_period_are_listed(made: Path, data: Path) -> None:
    words = "<w:p><w:r><w:t>回顾2025年，工业总产值112.4亿元。</w:t></w:r></w:p>"
    copy = changed(made, lambda body: re.sub("(<w:sectPr)", rf"{words}\1", body, count=1))
    assert said(refreshed(copy, data, "2026"), Sort.WORDS) == [
        ("2025年", "a period is typed that the report is no longer about"),
        ("112.4亿元", "a number is typed that is 工业总产值 of 2025年"),
    ]


def test_a_pending_change_in_a_figure_is_left_to_people(made: Path, data: Path) -> None:
    two = '<w:ins w:id="901" w:author="a"><w:r><w:t>2</w:t></w:r></w:ins>'
    tracked = f"<w:r><w:t>11</w:t></w:r>{two}<w:r><w:t>.4亿元</w:t></w:r>"
    copy = changed(made, replaced("<w:r><w:t>112.4亿元</w:t></w:r>", tracked))
    assert said(refreshed(copy, data, "2026"), Sort.STUCK)[0] == ("112.4亿元", "109.9亿元")


def test_a_figure_that_lost_its_bookmark_is_renewed_where_it_is_found(made: Path, data: Path) -> None:
    copy = changed(made, lambda body: MARKS.sub("", body))
    shown = lines(saved(made, refreshed(copy, data, "2026").content))
    assert "2026年，工业总产值109.9亿元，比上年下降2.3%，其中乙镇57.7亿元、甲镇52.1亿元。" in shown


def test_a_new_publication_takes_the_place_of_the_old_one(data: Path, tmp_path: Path) -> None:
    wish = Wish(sections=("living",), periods=("2025",))
    living = next(iter(build(Order(data, (SHIPPED,), wish, "briefing", ("docx",), tmp_path / "out")).files))
    shown = "".join(lines(saved(living, refreshed(living, data, "2026").content)))
    assert "《虚构统计公报之二》，清河区统计室，2027-02。" in shown
    assert "《虚构统计公报》" not in shown


def test_the_note_of_a_revision_stays_as_it_is_and_is_listed(data: Path, tmp_path: Path) -> None:
    path = data / "observations/industry.csv"
    row = "industry.firms,qinghe,2025,level,59,,bulletin-2025,第2段,revised,2026-07-20,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    order = Order(data, (SHIPPED,), Wish(("industry",), (), ("2025",)), "briefing", ("docx",), tmp_path / "out")
    made = refreshed(next(iter(build(order).files)), data, "2026")
    assert said(made, Sort.KEPT)[1:] == [
        ("2025年底", "its phrase names its period: period('2025', end=True)"),
        ("58家", "its phrase names its period: former('industry.firms', period='2025')"),
    ]
    new = saved(tmp_path / "old.docx", made.content)
    assert any("2025年底规上工业企业为修订数，原为58家。" in line for line in lines(new))


def test_a_refreshed_document_reports_what_is_known_today_or_on_the_day_asked_for(data: Path, tmp_path: Path) -> None:
    order = Order(data, (SHIPPED,), Wish(periods=("2025",)), "briefing", ("docx",), tmp_path / "out",
                  as_of=date(2026, 3, 1))  # fmt: skip
    old = next(iter(build(order).files))
    assert edited.ledger_of(old).as_of == date(2026, 3, 1)
    for words, day in (((), None), (("--as-of", "2027-03-01"), date(2027, 3, 1))):
        new = tmp_path / "new.docx"
        ran = CliRunner().invoke(app, ["refresh", str(old), "-p", "2026", "--data", str(data), "-o", str(new), *words])
        assert ran.exit_code == 0, ran.output
        assert edited.ledger_of(new).as_of == day


def test_periods_that_the_data_do_not_have_are_refused(made: Path, data: Path) -> None:
    with pytest.raises(Failed, match="none of its figures"):
        refreshed(made, data, "2031")
    with pytest.raises(Unusable, match="other periods"):
        refreshed(made, data, "2025", "2026")


def run(*words: Any) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_comments_say_what_needs_a_look_and_are_not_said_twice(made: Path, data: Path) -> None:
    new, again = made.with_name("new.docx"), made.with_name("again.docx")
    assert run("refresh", made, "-p", "2026", "-o", new, "--comments", "--data", data).exit_code == 0
    found = commented(new.read_bytes())
    assert found == {
        "未更新：全市第2位（there is no rank_city of industry.firms for 2026）": "全市第2位",
        "未更新：source list（the source list lacks 《虚构统计公报之二》: put it in by hand, with its marks in the"
        " tables）": "",
    }
    assert run("refresh", new, "-p", "2026", "-o", again, "--comments", "--data", data).exit_code == 0
    assert again.read_bytes() == new.read_bytes()
    assert faults(new) == []


def test_a_dry_run_shows_old_and_new_and_writes_nothing(made: Path, data: Path) -> None:
    result = run("refresh", made, "--period", "2026", "--dry-run", "--data", data)
    assert "paragraph 8: 比上年增长12.1% → 比上年下降2.3%" in result.output
    assert list(made.parent.iterdir()) == [made]
    assert run("refresh", made, "--period", "2026", "--data", data).exit_code == 0
    assert made.with_name(f"{made.stem}-2026.docx").is_file()


@pytest.mark.parametrize(
    "source",
    [
        "<?xml version='1.0'?><a x='>'><b/><b >1</b><!-- <b> --><c><![CDATA[<b>]]></c></a>",
        "\ufeff<a><b></b><b>é</b></a>",
        '<w:a xmlns:w="u"><w:b w:val="1 &amp; 2"/><w:b/></w:a>',
    ],
)
def test_a_patch_without_changes_is_the_same_bytes_and_one_with_them_is_what_a_tree_would_be(source: str) -> None:
    content = source.encode()
    assert Patch(content).content == content
    patch = Patch(content)
    last = list(patch.root.iter("{*}b"))[-1]
    patch.set_text(last, " 1 < 2 ")
    again = Patch(patch.content)
    assert [each.text for each in again.root.iter("{*}b")][-1] == " 1 < 2 "
    assert len(list(again.root.iter())) == len(list(patch.root.iter()))


def charted(data: Path, tmp_path: Path, chart: str, rows: str = "") -> Path:
    """Return a briefing for 2025 with another chart, of a folder with more rows."""
    (data / "charts.yaml").write_text(f"a: {{section: industry, title: 产值, english: A, {chart}}}\n", encoding="utf-8")
    path = data / "observations/industry.csv"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    more = data / "indicators/industry.yaml"
    more.write_text(
        more.read_text(encoding="utf-8") + "industry.sales: {name: 销售产值, unit: 亿元, good: up}\n", encoding="utf-8"
    )
    order = Order(data, (SHIPPED,), Wish(periods=("2025",)), "briefing", ("docx",), tmp_path / "charted")
    return next(iter(build(order).files))


def test_the_line_of_a_target_stays_level_and_axes_reach_what_is_shown(data: Path, tmp_path: Path) -> None:
    chart = 'kind: column, indicators: [industry.output], periods: ["2024", "2025"], target: true'
    rows = "".join(
        f"industry.output,qinghe,{year},target,{120 + year - 2025}5,,bulletin-2025,x,,,\n" for year in (2025, 2026)
    )
    path = charted(data, tmp_path, chart, rows)
    parts = members(refreshed(path, data, "2026").content)
    shown = parts["word/charts/chart1.xml"].decode()
    assert re.findall(r"<c:v>(\d[\d.]*)</c:v>", shown)[-4:] == ["112.4", "109.9", "1215.0", "1215.0"]
    assert "<a:t>目标1215.0</a:t>" in shown
    assert '<c:max val="1250"/><c:min val="0"/>' in shown
    book = CalamineWorkbook.from_filelike(io.BytesIO(parts["word/embeddings/chart1.xlsx"])).get_sheet_by_index(0)
    assert [row[:2] for row in book.to_python()][1:] == [["2025年", 112.4], ["2026年", 109.9]]


def test_a_label_says_what_its_number_alone_would_not(data: Path, tmp_path: Path) -> None:
    rows = (
        "industry.sales,qinghe,2025,level,88.5,,bulletin-2025,x,,,\n"
        "industry.sales,qinghe,2026,level,91,近,bulletin-2026,x,,,\n"
    )
    path = charted(data, tmp_path, 'kind: bar, indicators: [industry.output, industry.sales], periods: ["2025"]', rows)
    new = saved(path, refreshed(path, data, "2026").content)
    assert "<a:t>近91</a:t>" in members(new.read_bytes())["word/charts/chart1.xml"].decode()
    assert faults(new) == []


def test_a_chart_that_would_lack_a_point_is_left_as_it_is(data: Path, tmp_path: Path) -> None:
    rows = (
        "industry.sales,qinghe,2025,level,88.5,,bulletin-2025,x,,,\n"
        "industry.sales,qinghe,2026,level,91,,bulletin-2026,x,,,\n"
    )
    chart = 'kind: stacked, indicators: [industry.output, industry.sales], periods: ["2024", "2025"]'
    path = charted(data, tmp_path, chart, rows)
    its = refreshed(path, data, "2026")
    assert ("chart", "it lacks a point that there is now, build it anew: 88.5 in 2025年") in said(its, Sort.STUCK)
    before, after = (members(each)["word/charts/chart1.xml"] for each in (path.read_bytes(), its.content))
    assert after == before
