"""What is said of revised figures: below tables, after text, in two languages; figures and days are made up."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import write

from xdreport import edited, template, tracing
from xdreport.build import Order, build, plan
from xdreport.document import characters
from xdreport.findings import Failed
from xdreport.readers import folder
from xdreport.renewal import Today
from xdreport.scope import Wish
from xdreport.verification import verify
from xdreport.writers import writer

SHIPPED = Path(__file__).parent.parent / "templates"
HEADER = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
# Published in April; in July the year before, its growth and a count were revised.
APRIL = """\
industry.output,qinghe,2024-Q1,level,23.40,,bulletin-2025,第1段,,,
industry.output,qinghe,2025-Q1,level,25.35,,bulletin-2025,第1段,,2025-04-20,
industry.output,qinghe,2025-Q1,yoy,8.3,,bulletin-2025,第1段,,2025-04-20,
industry.firms,qinghe,2025-Q1,level,58,,bulletin-2025,第2段,,2025-04-20,
industry.firms,qinghe,2025-Q1,rank_city,2,,bulletin-2025,第2段,,2025-04-20,
"""
JULY = """\
industry.output,qinghe,2024-Q1,level,23.10,,bulletin-2025,第1段,revised,2025-07-18,
industry.output,qinghe,2025-Q1,yoy,9.7,,bulletin-2025,第1段,revised,2025-07-18,
industry.firms,qinghe,2025-Q1,level,59,,bulletin-2025,第2段,revised,2025-07-18,
"""
PROSE = """\
{{ period() }}，工业总产值{{ figure('industry.output') }}，{{ change('industry.output') }}。

规上工业企业{{ figure('industry.firms') }}。
"""


@pytest.fixture
def revised(world: Path) -> Path:
    """Return a data folder whose first quarter was revised in July."""
    (world / "narratives/industry/2025.md").unlink()
    (world / "observations/living.csv").unlink()
    return write(world, {"observations/industry.csv": HEADER + APRIL + JULY, "narratives/industry/default.md": PROSE})


def text(data: Path, name: str = "briefing", language: str = "", as_of: date | None = None, *overrides: str) -> str:
    """Return what a report of the first quarter prints, from its first section on."""
    wish = Wish(("industry",), (), ("2025-Q1",), language=language)
    made = plan(Order(data, (SHIPPED, data.parent / "own"), wish, name, overrides=overrides, as_of=as_of))
    printed = writer("txt")(made.document, made.theme).content.decode()
    return printed[printed.index("产业发展\n") :]


def test_what_was_revised_is_noted_below_the_table_that_prints_it(revised: Path) -> None:
    assert text(revised).startswith("""\
产业发展

2025年一季度，工业总产值25.4亿元，同比增长9.7%。

规上工业企业59家。

表1　产业发展主要指标（2025年一季度）
指标	单位	数值	比较	来源
工业总产值	亿元	25.4	同比增长9.7%	[1]
规上工业企业	家	59	全市第2位	[1]
注：1.2025年一季度工业总产值同比增速为修订数，原为8.3%。
2.2024年一季度工业总产值为修订数，原为23.4亿元。
3.2025年3月末规上工业企业为修订数，原为58家。

""")


def test_before_the_revision_nothing_is_noted(revised: Path) -> None:
    before = text(revised, as_of=date(2025, 7, 17))
    assert "同比增长8.3%" in before and "58家" in before
    assert "注：" not in before
    assert "原为58家" in text(revised, as_of=date(2025, 7, 18))


def test_a_report_without_tables_notes_it_after_the_text(revised: Path) -> None:
    assert text(revised, "feature").startswith("""\
产业发展

2025年一季度，工业总产值25.4亿元，同比增长9.7%。

规上工业企业59家。

注：2025年一季度工业总产值同比增速为修订数，原为8.3%；2024年一季度工业总产值为修订数，原为23.4亿元；2025年3月末规上工业企业为修订数，原为58家。

""")


def test_what_a_table_of_the_report_notes_is_not_said_again_after_the_text(revised: Path) -> None:
    shown = text(revised, "handout")  # the table of key figures stands above the sections
    assert shown.count("23.4亿元") == shown.count("注：1.2025年一季度工业总产值同比增速为修订数") == 1
    assert "规上工业企业59家。\n\n注：2025年3月末规上工业企业为修订数，原为58家。\n" in shown


def test_large_figures_leave_the_note_to_the_text_and_bear_it_where_no_text_does(revised: Path) -> None:
    document = plan(Order(revised, (SHIPPED,), Wish(("industry",), (), ("2025-Q1",)), "feature")).document
    kinds = [type(block).__name__ for block in document.blocks if getattr(block, "role", "") != "byline"]
    assert kinds == ["Title", "PullFigures", "Columns", "Heading", "Paragraph", "Paragraph", "Paragraph", "Heading",
                     "ListBlock"]  # fmt: skip
    own = "extends: base\nparts:\n  - pull_figures: {indicators: ['*']}\n  - text: {heading: 产业发展, text: 无。}\n"
    write(revised.parent / "own", {"own.yaml": own})
    wish = Wish(("industry",), (), ("2025-Q1",))
    document = plan(Order(revised, (SHIPPED, revised.parent / "own"), wish, "own")).document
    notes = [characters(block.runs) for block in document.blocks if getattr(block, "role", "") == "table_note"]
    assert notes == [
        "注：2025年一季度工业总产值同比增速为修订数，原为8.3%；2024年一季度工业总产值为修订数，原为23.4亿元；"
        "2025年3月末规上工业企业为修订数，原为58家。"
    ]


def test_an_english_report_says_it_in_english(revised: Path) -> None:
    path = revised / "indicators/industry.yaml"
    named = path.read_text(encoding="utf-8").replace(
        "name: 工业总产值,", "name: 工业总产值, english: Industrial output,"
    )
    path.write_text(named, encoding="utf-8")
    shown = text(revised, "feature", "en")
    assert "Industrial output (yoy) of Q1 2025 is revised from 8.3%" in shown
    assert "Industrial output of Q1 2024 is revised from 2.34 billion yuan" in shown


def test_a_base_that_a_growth_is_computed_from_is_noted_too(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    rows = [row for row in path.read_text(encoding="utf-8").splitlines() if ",yoy," not in row]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    shown = text(revised)
    assert "同比增长9.7%" in shown
    assert "注：1.2024年一季度工业总产值为修订数，原为23.4亿元。" in shown


def test_a_revision_that_prints_the_same_digits_is_not_noted(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("23.10", "23.38"), encoding="utf-8")
    assert "23.4亿元" not in text(revised)


def test_only_the_last_other_value_is_named(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    more = (
        "industry.firms,qinghe,2025-Q1,level,61,,bulletin-2025,第2段,revised,2025-08-18,\n"
        "industry.firms,qinghe,2025-Q1,level,61,,bulletin-2025,第3段,revised,2025-09-18,\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "2025年3月末规上工业企业为修订数，原为59家。" in text(revised)


def test_a_day_limits_the_notes_to_what_was_revised_since(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    later = "industry.firms,qinghe,2025-Q1,level,61,,bulletin-2025,第2段,revised,2025-08-18,\n"
    path.write_text(path.read_text(encoding="utf-8") + later, encoding="utf-8")
    overrides = ("revisions.since=2025-08-01",)
    shown = text(revised, "briefing", "", None, *overrides)
    assert "注：2025年3月末规上工业企业为修订数，原为59家。\n" in shown
    assert "原为" not in text(revised, "briefing", "", None, "revisions.since=2025-08-18")
    since_april = text(revised, "briefing", "", None, "revisions.since=2025-05-01")
    assert "原为58家" in since_april and "原为23.4亿元" in since_april


def test_a_template_may_do_without_the_notes(revised: Path) -> None:
    assert "原为" not in text(revised, "briefing", "", None, "revisions.notes=false")


def test_another_area_is_named_in_its_note(revised: Path) -> None:
    rows = (
        "industry.output,nanshan,2025-Q1,yoy,7.0,,bulletin-2025,第1段,,2025-04-20,\n"
        "industry.output,nanshan,2025-Q1,yoy,7.4,,bulletin-2025,第1段,,2025-07-18,\n"
    )
    path = revised / "observations/industry.csv"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    prose = "增速{{ compare('industry.output', measure='yoy', area='nanshan') }}。\n"
    write(revised, {"narratives/industry/default.md": prose})
    assert "2025年一季度全市工业总产值同比增速为修订数，原为7.0%" in text(revised, "feature")


def test_narratives_may_say_it_themselves(revised: Path) -> None:
    prose = (
        "{% if revised('industry.firms') %}规上工业企业{{ figure('industry.firms') }}"
        "（原为{{ former('industry.firms') }}）。{% endif %}\n\n"
        "{% if revised('industry.firms', 'rank_city') %}位次有修订。{% endif %}\n"
    )
    write(revised, {"narratives/industry/default.md": prose})
    assert text(revised).startswith("产业发展\n\n规上工业企业59家（原为58家）。\n\n表1")
    write(revised, {"narratives/industry/default.md": "{{ former('industry.firms', 'rank_city') }}\n"})
    with pytest.raises(Failed) as failed:
        text(revised)
    assert [str(finding) for finding in failed.value.findings if finding.is_error] == [
        "data/narratives/industry/default.md:1: rank_city of industry.firms in 2025-Q1 has not been revised "
        "(hint: {% if revised('…') %} … {% endif %} leaves the sentence out) [phrase.no-figure]"
    ]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_former_value_is_a_figure_with_its_row(revised: Path, tmp_path: Path, format: str) -> None:
    wish = Wish(("industry",), (), ("2025-Q1",))
    made = build(Order(revised, (SHIPPED,), wish, "briefing", (format,), tmp_path / "out"))
    document = edited.read(next(iter(made.files)))
    assert document.ledger is not None
    today = Today.of(folder.read(revised), document.ledger, template.book("zh", [SHIPPED]))
    assert isinstance(today, Today)
    (found,) = tracing.trace(document, "58家", 0, today)
    lines = dict(found.lines)
    assert lines["rule"][0] == "reported: former('industry.firms', period='2025-Q1'), asked of 2025-Q1"
    assert lines["rests on"][-1] == "    data/observations/industry.csv:5"
    assert lines["today"] == (f"the data folder {revised} agrees",)
    counts = verify(document, today.catalog, today, None).counts
    assert counts == {"live agrees": len(document.ledger.records)}


def test_the_hint_of_a_growth_that_a_revised_base_contradicts_names_the_revision(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    july = [row for row in path.read_text(encoding="utf-8").splitlines() if ",yoy,9.7" not in row]
    path.write_text("\n".join(july) + "\n", encoding="utf-8")
    found = plan(Order(revised, (SHIPPED,), Wish(("industry",), (), ("2025-Q1",)), "briefing")).findings
    assert [str(finding) for finding in found if finding.code == "check.growth"] == [
        "data/observations/industry.csv:4: yoy of industry.output is not what its levels say, "
        'found "8.3%", expected 9.7% from 23.10 (2024-Q1) to 25.35 (2025-Q1) '
        "(hint: the rate agrees with what was known before: 23.40 of 2024-Q1 was revised to 23.10 as of 2025-07-18 "
        "(data/observations/industry.csv:7); add the revised rate) [check.growth]"
    ]


def test_a_day_before_all_rows_has_no_figures(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    dated = path.read_text(encoding="utf-8").replace("第1段,,,", "第1段,,2025-04-20,")
    path.write_text(dated, encoding="utf-8")
    with pytest.raises(Exception, match="the selection has no figures at all"):
        plan(Order(revised, (SHIPPED,), Wish(("industry",)), "briefing", as_of=date(2025, 4, 19)))


def test_the_newest_period_is_the_newest_that_was_known(revised: Path) -> None:
    path = revised / "observations/industry.csv"
    more = "industry.output,qinghe,2025-S1,level,60.10,,bulletin-2025,第1段,,2025-07-18,\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    write(revised, {"narratives/industry/default.md": "{{ period() }}。\n"})
    order = Order(revised, (SHIPPED,), Wish(("industry",)), "briefing")
    assert [period.id for period in plan(order).scope.periods] == ["2025-S1"]
    order = Order(revised, (SHIPPED,), Wish(("industry",)), "briefing", as_of=date(2025, 7, 17))
    made = plan(order)
    assert [period.id for period in made.scope.periods] == ["2025-Q1"]
    assert json.loads(made.ledger.as_bytes())["order"]["as_of"] == "2025-07-17"


def test_a_figure_without_a_day_whose_source_came_out_later_is_warned_of(revised: Path) -> None:
    path = revised / "sources.yaml"
    sources = path.read_text(encoding="utf-8").replace('date: "2026-02"', 'date: "2025-04-20"')
    path.write_text(sources, encoding="utf-8")
    order = Order(revised, (SHIPPED,), Wish(("industry",)), "briefing", as_of=date(2025, 4, 19))
    rows = path.parent / "observations/industry.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace("2025-04-20", ""), encoding="utf-8")
    assert [str(it) for it in plan(order).findings if it.code == "scope.undated"] == [
        "data/observations/industry.csv:3: rows of bulletin-2025 bear no day and are printed as known on 2025-04-19, "
        'before it was published, found "2025-04-20" (hint: give the rows their as_of, or name an earlier --period) '
        "[scope.undated]"
    ]
    on_the_day = Order(revised, (SHIPPED,), Wish(("industry",)), "briefing", as_of=date(2025, 4, 20))
    assert not any(it.code == "scope.undated" for it in plan(on_the_day).findings)
