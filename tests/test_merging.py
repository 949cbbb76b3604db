"""What the figures of a workbook do to the small world's folder: harvests made by hand, rule by rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write

from xdreport import additions
from xdreport.catalog import Catalog, Measure, Observation, Qualifier, Source, Status
from xdreport.extraction import Harvest
from xdreport.findings import Failed, Place
from xdreport.merging import Arrival, Merge, merge
from xdreport.period import Period
from xdreport.readers import folder

DAY = date(2026, 10, 20)
SOURCE = Source("book-2025", "虚构的报表", "清河区统计室", file="报表.xlsx", sha256="a" * 64)


@pytest.fixture
def catalog(world: Path) -> Catalog:
    return folder.read(world)


def row(value: str, indicator: str = "industry.output", period: str = "2025", **more: object) -> Observation:
    """Return a figure as a recipe finds it, in the cell B2 unless it says another."""
    locator = f"报表.xlsx#表1!{more.pop('cell', 'B2')}"
    given = Observation(
        indicator, "qinghe", Period.parse(period), Measure.LEVEL, Decimal(value), None, SOURCE.id, locator,
        place=Place(locator),
    )  # fmt: skip
    return replace(given, **more)  # type: ignore[arg-type]


def arrival(*rows: Observation, as_of: date = DAY, source: Source = SOURCE, settles: bool = False) -> Arrival:
    return Arrival(Harvest("bulletin", source, rows), as_of, settles)


def outcome(made: Merge) -> dict[str, list[str]]:
    """Return what a merge does, in short."""
    return {
        name: said
        for name, said in {
            "added": [f"{it.value:f} {it.source} {it.as_of}" for it in made.added],
            "revised": [f"{it.old.value:f} → {it.new.value:f} {it.new.status}" for it in made.revised],
            "settled": [f"{it.new.value:f} {it.new.status}" for it in made.settled],
            "same": [f"{it.new.value:f}" for it in made.same],
            "sources": [it.id for it in made.sources],
            "findings": [f"{it.severity}: {it}" for it in made.findings],
        }.items()
        if said
    }


def test_a_figure_that_the_folder_lacks_is_added_with_its_day_and_source(catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("130.5", period="2026"))])
    assert outcome(made) == {"added": ["130.5 book-2025 2026-10-20"], "sources": ["book-2025"]}


def test_an_equal_figure_is_the_same_whatever_its_digits_and_changes_nothing(catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("112.350"), row("58", "industry.firms"))])
    assert outcome(made) == {"same": ["112.350", "58"]}
    assert [pair.digits_differ for pair in made.same] == [True, False]


def test_a_changed_figure_is_a_revision_with_a_later_day(catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("113.2"))])
    assert outcome(made) == {"revised": ["112.35 → 113.2 revised"], "sources": ["book-2025"]}
    assert (made.revised[0].difference, made.rows[0].as_of) == (Decimal("0.85"), DAY)


def test_a_revision_that_may_only_be_the_folders_figure_rounded_is_a_warning(catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("112.4"))])
    said = (
        "warning: 报表.xlsx#表1!B2: level of industry.output (qinghe, 2025) may only be the folder's 112.35 rounded "
        '(data/observations/industry.csv:3), found "112.4" (hint: leave the column out in the recipe (skip: true) '
        "where it is) [import.rounded]"
    )
    assert outcome(made) == {"revised": ["112.35 → 112.4 revised"], "sources": ["book-2025"], "findings": [said]}
    assert outcome(merge(catalog, [arrival(row("112.351"))]))["revised"] == ["112.35 → 112.351 revised"]
    assert merge(catalog, [arrival(row("112.351"))]).findings == ()


def test_an_exact_figure_takes_the_place_of_one_that_was_given_with_a_word(catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("36500", "living.income"))])
    assert outcome(made) == {"revised": ["36500 → 36500 revised"], "sources": ["book-2025"]}
    again = merge(catalog, [arrival(row("36500", "living.income", qualifier=Qualifier.OVER_A_LITTLE))])
    assert outcome(again) == {"same": ["36500"]}


def with_rows(world: Path, *rows: str) -> Catalog:
    """Return the catalog of the small world with rows added, and a source that has a hash."""
    table, sources = world / "observations/industry.csv", world / "sources.yaml"
    table.write_text(table.read_text(encoding="utf-8") + "".join(f"{it}\n" for it in rows), encoding="utf-8")
    more = f"book-2025: {{title: 虚构的报表, file: 报表.xlsx, sha256: {'a' * 64}}}\n"
    sources.write_text(sources.read_text(encoding="utf-8") + more, encoding="utf-8")
    return folder.read(world)


def test_the_same_workbook_twice_changes_nothing(world: Path) -> None:
    catalog = with_rows(
        world, "industry.output,qinghe,2026,level,130.5,,book-2025,报表.xlsx#表1!B2,,2026-10-20,"
    )  # fmt: skip
    made = merge(catalog, [arrival(row("130.5", period="2026"), as_of=date(2026, 11, 1))])
    assert outcome(made) == {"same": ["130.5"]}


def test_a_workbook_that_a_later_one_has_revised_does_not_take_its_figures_back(world: Path) -> None:
    catalog = with_rows(
        world,
        "industry.output,qinghe,2026,level,130.5,,book-2025,报表.xlsx#表1!B2,,2026-10-20,",
        "industry.output,qinghe,2026,level,131.5,,bulletin-2025,第1段,revised,2026-11-20,",
    )
    assert outcome(merge(catalog, [arrival(row("130.5", period="2026"), as_of=date(2026, 12, 1))])) == {
        "same": ["130.5"]
    }
    other = replace(SOURCE, sha256="b" * 64)
    back = outcome(merge(catalog, [arrival(row("130.5", period="2026"), as_of=date(2026, 12, 1), source=other)]))
    assert back["revised"] == ["131.5 → 130.5 revised"]
    assert back["sources"] == ["book-2025-2"]
    assert "goes back to what it was before data/observations/industry.csv:8 revised it" in back["findings"][0]


@pytest.mark.parametrize("day", [date(2026, 10, 20), date(2026, 10, 19)])
def test_a_changed_figure_that_is_no_later_is_refused(world: Path, day: date) -> None:
    catalog = with_rows(world, "industry.output,qinghe,2026,level,130.5,,bulletin-2025,第1段,,2026-10-20,")
    said = (
        "error: 报表.xlsx#表1!B2: level of industry.output (qinghe, 2026) is 130.5 as of 2026-10-20 "
        f'(data/observations/industry.csv:7), and {day} is not later, found "132" (hint: name the day of this workbook '
        "with --as-of where it revises the figure) [import.as-of]"
    )
    assert outcome(merge(catalog, [arrival(row("132", period="2026"), as_of=day)])) == {"findings": [said]}


def test_a_workbook_of_the_same_name_with_other_bytes_is_a_source_of_its_own(world: Path) -> None:
    catalog = with_rows(world, "industry.output,qinghe,2026,level,130.5,,book-2025,报表.xlsx#表1!B2,,2026-10-20,")
    corrected = replace(SOURCE, sha256="b" * 64)
    made = merge(catalog, [arrival(row("130.6", period="2026"), as_of=date(2026, 10, 21), source=corrected)])
    assert (outcome(made)["revised"], made.rows[0].source) == (["130.5 → 130.6 revised"], "book-2025-2")


def test_two_workbooks_of_one_day_that_contradict_each_other_are_refused(catalog: Catalog) -> None:
    other = replace(SOURCE, sha256="b" * 64)
    made = merge(
        catalog,
        [arrival(row("130.5", period="2026")), arrival(row("131.5", period="2026", cell="C7"), source=other)],
    )
    assert "is 130.5 as of 2026-10-20 (报表.xlsx#表1!B2), and 2026-10-20 is not later" in outcome(made)["findings"][0]


def test_two_workbooks_are_taken_in_the_order_of_their_days(catalog: Catalog) -> None:
    other = replace(SOURCE, sha256="b" * 64)
    late = arrival(row("131.5", period="2026"), source=other, as_of=date(2026, 11, 1))
    made = outcome(merge(catalog, [late, arrival(row("130.5", period="2026"))]))
    assert made == {
        "added": ["130.5 book-2025 2026-10-20"],
        "revised": ["130.5 → 131.5 revised"],
        "sources": ["book-2025", "book-2025-2"],
    }


@pytest.mark.parametrize(
    ("value", "times"),
    [("1123500", "10^4"), ("1123.5", "10"), ("1.1235", "0.01"), ("0.0000011235", "10^-8")],
)
def test_a_figure_that_is_a_unit_away_from_the_folders_is_a_warning(catalog: Catalog, value: str, times: str) -> None:
    found = merge(catalog, [arrival(row(value))]).findings
    assert [finding.code for finding in found] == ["import.unit-slip"]
    assert f"is about {times} times as much: the folder has 112.35 (data/observations/industry.csv:3)" in str(found[0])


def test_a_new_figure_that_is_a_unit_away_from_the_year_before_is_a_warning(catalog: Catalog) -> None:
    found = merge(catalog, [arrival(row("1300000", period="2026"))]).findings
    assert "about 10^4 times as much: a year before it was 112.35" in str(found[0])
    assert merge(catalog, [arrival(row("1100", period="2026"))]).findings == ()


def preliminary(world: Path, status: str = "preliminary") -> Catalog:
    return with_rows(
        world, f"industry.output,qinghe,2026,level,130.5,,bulletin-2025,第1段,{status},2026-10-20,快报数。"
    )


def test_a_preliminary_figure_is_settled_where_the_recipe_says_that_its_figures_are_final(world: Path) -> None:
    catalog = preliminary(world)
    later = date(2027, 1, 20)
    same = row("130.5", period="2026")
    assert outcome(merge(catalog, [arrival(same, as_of=later, settles=True)])) == {"settled": ["130.5 final"]}
    silent = outcome(merge(catalog, [arrival(same, as_of=later)]))
    assert silent["same"] == ["130.5"]
    assert "stays preliminary (data/observations/industry.csv:7)" in silent["findings"][0]


def test_a_doubtful_figure_is_settled_by_no_workbook(world: Path) -> None:
    made = merge(preliminary(world, "doubtful"), [arrival(row("130.5", period="2026"), settles=True)])
    assert list(outcome(made)) == ["same", "findings"]


def test_a_changed_figure_is_final_after_a_preliminary_one_and_its_note_is_not_taken_over(world: Path) -> None:
    made = outcome(merge(preliminary(world), [arrival(row("132", period="2026"), as_of=date(2027, 1, 20))]))
    assert made["revised"] == ["130.5 → 132 final"]
    assert "the note of data/observations/industry.csv:7 is not taken over to the revised figure: 快报数。" in str(made)


def test_a_figure_that_cannot_be_written_is_an_error(catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("1234567890123456789012345678", period="2026"))])
    assert [(it.code, it.severity) for it in made.findings] == [("import.value", "error")]


# -- the files --------------------------------------------------------------------------------------------------------


def written(world: Path, made: Merge) -> dict[str, bytes]:
    """Return the files that a merge adds to, by name, and write them."""
    added = additions.of(world, folder.read(world), made.rows, made.sources)
    for path, content in added.files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    for observation, place in added.places.items():
        line = (world / place.file.partition("/")[2]).read_text(encoding="utf-8-sig").splitlines()[place.line - 1]
        assert observation.locator in line
    return {path.relative_to(world).as_posix(): content for path, content in added.files.items()}


def test_what_is_in_a_file_stays_byte_for_byte(world: Path, catalog: Catalog) -> None:
    table = world / "observations/industry.csv"
    before = "\ufeff" + "value,indicator,area,period,measure,qualifier,source,locator,status,as_of,note\r\n" + (
        '100.25,industry.output,qinghe,2024,level,,bulletin-2025,"第1段，表",,,"甲,乙"\r\n,,,,,,,,,,\r\n'
        "112.35,industry.output,qinghe,2025,level,,bulletin-2025,第1段,,,"
    )  # fmt: skip
    table.write_bytes(before.encode())
    sources = (world / "sources.yaml").read_bytes()
    files = written(world, merge(folder.read(world), [arrival(row("130.5", period="2026", note="甲,乙"))]))
    assert files["observations/industry.csv"].decode() == before + (
        '\r\n130.5,industry.output,qinghe,2026,level,,book-2025,报表.xlsx#表1!B2,,2026-10-20,"甲,乙"\r\n'
    )
    assert (
        files["sources.yaml"]
        == sources
        + (
            'book-2025:\n  title: "虚构的报表"\n  publisher: "清河区统计室"\n  file: "报表.xlsx"\n  sha256: '
            f'"{"a" * 64}"\n'
        ).encode()
    )
    assert folder.read(world).observations[2].value == Decimal("130.5")


def test_a_table_that_is_not_there_is_made_like_its_neighbours(world: Path) -> None:
    (world / "observations/living.csv").unlink()
    made = merge(folder.read(world), [arrival(row("36500", "living.income"))])
    assert written(world, made)["observations/living.csv"].decode() == (
        "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
        "living.income,qinghe,2025,level,36500,,book-2025,报表.xlsx#表1!B2,,2026-10-20,\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "# 来源\r\nbulletin-2025: {title: 虚构统计公报}  # 公报\r\n",
        "  bulletin-2025:\n    title: 虚构统计公报",
        "bulletin-2025:\n  title: 虚构\n  note: |\n    虚构\n    公报\n# 完\n",
        "\ufeffbulletin-2025: {title: 虚构统计公报}\n\n\n",
    ],
)
def test_a_source_is_added_to_a_file_in_any_form_of_lines(world: Path, text: str) -> None:
    write(world, {"sources.yaml": ""})
    (world / "sources.yaml").write_bytes(text.encode())
    made = merge(folder.read(world), [arrival(row("130.5", period="2026"), source=replace(SOURCE, title='甲"：#\\乙'))])
    content = written(world, made)["sources.yaml"]
    assert content.startswith(text.encode())
    assert b"\r\n" not in content.replace(text.encode(), b"") or b"\r\n" in text.encode()
    assert folder.read(world).sources["book-2025"].title == '甲"：#\\乙'


def test_a_file_of_sources_that_cannot_be_added_to_is_refused_with_the_entry(world: Path) -> None:
    write(world, {"sources.yaml": "{bulletin-2025: {title: 虚构统计公报}}\n"})
    made = merge(folder.read(world), [arrival(row("130.5", period="2026"))])
    with pytest.raises(Failed, match=r"cannot be added to the file.*add by hand: book-2025:"):
        additions.of(world, folder.read(world), made.rows, made.sources)


def test_status_and_measure_stand_in_their_columns(world: Path, catalog: Catalog) -> None:
    made = merge(catalog, [arrival(row("9.5", period="2026", measure=Measure.YOY, status=Status.PRELIMINARY))])
    content = written(world, made)["observations/industry.csv"].decode()
    assert content.endswith("industry.output,qinghe,2026,yoy,9.5,,book-2025,报表.xlsx#表1!B2,preliminary,2026-10-20,\n")
