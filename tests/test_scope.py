"""What a report is about, chosen from a catalog."""

from pathlib import Path

import pytest
from conftest import write

from xdreport import scope
from xdreport.catalog import Catalog
from xdreport.findings import Unusable
from xdreport.readers import folder
from xdreport.scope import Wish


@pytest.fixture
def catalog(world: Path) -> Catalog:
    return folder.read(world)


def test_without_a_wish_everything_is_chosen_for_the_newest_period(catalog: Catalog) -> None:
    assert chosen(catalog, Wish()) == (
        "qinghe",
        ["industry", "living"],
        ["industry.output", "industry.firms", "living.income"],
        ["2025"],
        "zh",
    )


@pytest.mark.parametrize(
    ("words", "indicators"),
    [
        (("industry.output",), ["industry.output"]),
        (("industry.*",), ["industry.output", "industry.firms"]),
        (("living.income,industry.firms",), ["industry.firms", "living.income"]),
        (("living.income", "industry.firms"), ["industry.firms", "living.income"]),
        (("living.income，industry.firms",), ["industry.firms", "living.income"]),
        (("tag:key",), ["industry.output", "living.income"]),
        (("tag:key,!living.*",), ["industry.output"]),
        (("!living.*,tag:key",), ["industry.output"]),
        (("!tag:key",), ["industry.firms"]),
        (("!industry.*",), ["living.income"]),
        (("*.o*", "*.f*"), ["industry.output", "industry.firms"]),
    ],
)
def test_indicators_are_chosen_by_id_glob_tag_list_and_exclusion(
    catalog: Catalog, words: tuple[str, ...], indicators: list[str]
) -> None:
    assert chosen(catalog, Wish(indicators=words))[2] == indicators


def test_sections_without_a_chosen_indicator_are_not_in_the_report(catalog: Catalog) -> None:
    assert chosen(catalog, Wish(indicators=("living.*",)))[1] == ["living"]


def test_a_section_brings_its_indicators(catalog: Catalog) -> None:
    assert chosen(catalog, Wish(sections=("industry",)))[2] == ["industry.output", "industry.firms"]


def test_periods_are_put_in_order_and_named_periods_known(world: Path) -> None:
    path = world / "workspace.yaml"
    named = "periods: {2021/2025: {name: “十四五”时期}}\n"
    path.write_text(path.read_text(encoding="utf-8") + named, encoding="utf-8")
    catalog = folder.read(world)
    assert chosen(catalog, Wish(periods=("2025,2024", "“十四五”时期")))[3] == ["2024", "2021/2025", "2025"]


def test_a_target_makes_no_period_the_newest(world: Path) -> None:
    path = world / "observations/living.csv"
    row = "living.income,qinghe,2026,target,38000,,bulletin-2025,第3段,,,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert chosen(folder.read(world), Wish())[3] == ["2025"]


def test_of_periods_that_end_together_the_one_with_prose_is_taken(world: Path) -> None:
    header = (world / "observations/living.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = [
        f"living.income,qinghe,{period},level,{value},,bulletin-2025,第3段,,,"
        for period, value in (("2025", 100), ("2021/2025", 500), ("2025-Q4", 30))
    ]
    write(world, {"observations/living.csv": "\n".join([header, *rows, ""])})
    wish = Wish(sections=("living",))
    assert chosen(folder.read(world), wish)[3] == ["2021/2025"]
    write(world, {"narratives/living/2025-Q4.md": "收入增加。\n"})
    assert chosen(folder.read(world), wish)[3] == ["2025-Q4"]


@pytest.mark.parametrize(
    ("wish", "findings"),
    [
        (
            Wish(sections=("industri",), indicators=("tag:kee",), periods=("2025-13",)),
            [
                'unknown section, found "industri" (hint: did you mean industry?) [scope.section]',
                'unknown indicator, found "tag:kee" (hint: did you mean tag:key?) [scope.indicator]',
                'unknown period, found "2025-13", expected a month from 01 to 12 [scope.period]',
            ],
        ),
        (Wish(area="qinhe"), ['unknown area, found "qinhe" (hint: did you mean qinghe?) [scope.area]']),
        (
            Wish(area="nanshan"),
            ['the selection has no figures at all, found "nanshan" (hint: xdreport list areas) [scope.period]'],
        ),
        (
            Wish(sections=("industry,!industry",)),
            ['the selection leaves no section, found "industry, !industry" [scope.section]'],
        ),
        (
            Wish(sections=("living",), indicators=("industry.*",)),
            ["no chosen section takes a chosen indicator [scope.indicator]"],
        ),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest_names(catalog: Catalog, wish: Wish, findings: list[str]) -> None:
    with pytest.raises(Unusable) as stop:
        scope.choose(catalog, wish)
    assert [str(finding) for finding in stop.value.findings] == findings


def chosen(catalog: Catalog, wish: Wish) -> tuple[str, list[str], list[str], list[str], str]:
    """Return a scope as ids: area, sections, indicators, periods, language."""
    its = scope.choose(catalog, wish)
    return (
        its.area.id,
        [section.id for section in its.sections],
        [indicator.id for indicator in its.indicators],
        [period.id for period in its.periods],
        its.language,
    )
