"""Templates: what is extended, overridden and refused; the faults of files are in tests/faults/templates.yaml."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import write

from xdreport import template
from xdreport.findings import Failed, Place, Unusable
from xdreport.template import HonoursPart, KeyTablePart, SectionsPart, SourcesPart, TableSettings, Template
from xdreport.theme import Face, TablePreset, Theme

SHIPPED = Path(__file__).parent.parent / "templates"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two templates, one of which extends the other."""
    return write(
        tmp_path / "templates",
        {
            "city.yaml": "title: 全市情况\npage: {size: A4, top: 30, left: 25}\n"
            "furniture: {running_head: 全市, mark: 内部资料}\n"
            "parts:\n  - sections: {table: {columns: [name, value]}, charts: false}\n  - honours\n  - sources\n",
            "district.yaml": "extends: city\ntitle: 全区情况\npage: {top: 37}\nfurniture: {running_head: 全区}\n"
            "theme: {accent: c00000, table: grid, faces: {仿宋: FangSong}, styles: {title: {size: 二号}}}\n",
        },
    )


def test_a_template_changes_only_what_differs(folder: Path) -> None:
    its = template.read("district", [folder]).settings
    assert (its.title, its.page.top, its.page.left) == ("全区情况", 37, 25)
    assert (its.furniture.running_head, its.furniture.mark) == ("全区", "内部资料")
    assert [type(part.options) for part in its.parts] == [SectionsPart, HonoursPart, SourcesPart]


def test_a_list_is_replaced_whole(folder: Path) -> None:
    write(folder, {"short.yaml": "extends: city\nparts: [sources]\n"})
    assert [part.options for part in template.read("short", [folder]).settings.parts] == [SourcesPart()]


def test_every_setting_knows_the_file_and_line_it_comes_from(folder: Path) -> None:
    its = template.read("district", [folder])
    assert its.place("title") == Place("templates/district.yaml", 2)
    assert its.place("page", "top") == Place("templates/district.yaml", 3)
    assert its.place("page", "left") == Place("templates/city.yaml", 2)
    assert its.place("parts", 0, "sections", "table", "columns") == Place("templates/city.yaml", 5)


def test_a_theme_is_the_usual_one_with_what_a_template_says(folder: Path) -> None:
    its = template.read("district", [folder], fonts=[folder / "fonts"]).theme
    base = Theme()
    assert its == replace(
        base,
        page=replace(base.page, left=25),
        styles={**base.styles, "title": replace(base.styles["title"], size=22)},
        faces={Face.FANGSONG: "FangSong"},
        font_folders=(folder / "fonts",),
        accent="C00000",
        table=TablePreset.GRID,
    )


@pytest.mark.parametrize(
    ("page", "size"),
    [
        ("{}", (210, 297)),
        ("{size: A3}", (297, 420)),
        ("{orientation: landscape}", (297, 210)),
        ("{size: A3, orientation: landscape}", (420, 297)),
    ],
)
def test_a_page_has_the_size_of_its_paper(folder: Path, page: str, size: tuple[float, float]) -> None:
    write(folder, {"paper.yaml": f"title: 一\npage: {page}\nparts: [sources]\n"})
    its = template.read("paper", [folder]).theme.page
    assert (its.width, its.height) == size


@pytest.mark.parametrize(
    ("override", "read"),
    [
        ("title=新题", lambda its: its.settings.title == "新题"),
        ("title=a=b", lambda its: its.settings.title == "a=b"),
        ("page.top=30", lambda its: its.settings.page.top == 30),
        ("date=2026-07-04", lambda its: its.settings.date == date(2026, 7, 4)),
        ("furniture.masthead.name=简报", lambda its: its.settings.furniture.masthead.name == "简报"),
        ("parts.sections.table=false", lambda its: its.settings.parts[0].options.table is None),
        ("parts.sections.table=true", lambda its: its.settings.parts[0].options.table == TableSettings()),
        ("parts.0.sections.charts=true", lambda its: its.settings.parts[0].options.charts),
        ("parts.honours.title=奖项", lambda its: its.settings.parts[1].options.title == "奖项"),
        ("parts.sources.title=来源", lambda its: its.settings.parts[2].options.title == "来源"),
        ("parts=[key_table]", lambda its: [part.options for part in its.settings.parts] == [KeyTablePart()]),
        ("theme.styles.body.size=小四", lambda its: its.theme.styles["body"].size == 12),
    ],
)
def test_one_setting_is_overridden_for_one_build(folder: Path, override: str, read: object) -> None:
    assert callable(read)
    assert read(template.read("district", [folder], [override]))


def test_of_two_overrides_of_a_setting_the_last_holds(folder: Path) -> None:
    assert template.read("city", [folder], ["title=一", "title=二"]).settings.title == "二"


def test_an_override_is_named_where_it_is_wrong(folder: Path) -> None:
    with pytest.raises(Unusable) as stop:
        template.read("district", [folder], ["page.top=three", "theme.accent=red"])
    assert [str(finding) for finding in stop.value.findings] == [
        '--set page.top=three: page.top cannot be read, found "three", '
        "expected a plain decimal number such as 223.64 or -2.5 [yaml.value]",
        '--set theme.accent=red: theme.accent cannot be read, found "red", '
        "expected a colour as six hexadecimal digits, such as C00000 [yaml.value]",
    ]


def test_a_fault_of_the_file_is_the_files_even_with_a_wrong_override(folder: Path) -> None:
    write(folder, {"wrong.yaml": "title: [一]\nparts: [sources]\n"})
    with pytest.raises(Failed):
        template.read("wrong", [folder], ["page.top=three"])


def test_the_folder_named_first_wins(folder: Path, tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"city.yaml": "title: 自己的\nparts: [sources]\n"})
    assert list(template.available([own, folder, tmp_path / "nowhere"])) == ["city", "district"]
    assert template.read("city", [own, folder]).settings.title == "自己的"
    assert template.read("district", [own, folder]).settings.parts[0].options == SourcesPart()


def test_a_template_is_read_anew_each_time(folder: Path) -> None:
    assert template.read("city", [folder]).settings.title == "全市情况"
    write(folder, {"city.yaml": "title: 改过\nparts: [sources]\n"})
    assert template.read("city", [folder]).settings.title == "改过"


@pytest.mark.parametrize("id", sorted(template.available([SHIPPED])))
def test_the_shipped_templates_are_sound_and_describe_themselves(id: str) -> None:
    its = template.read(id, [SHIPPED])
    assert isinstance(its, Template)
    assert its.settings.description
    assert its.path == SHIPPED / f"{id}.yaml"


def test_the_phrase_book_of_the_first_folder_that_has_one_is_read(folder: Path) -> None:
    zh = (SHIPPED / "wording" / "zh.yaml").read_text(encoding="utf-8")
    assert template.book("zh", [folder, SHIPPED]) == template.book("zh", [SHIPPED])
    write(folder, {"wording/zh.yaml": zh.replace("增长", "增加")})
    assert template.book("zh", [folder, SHIPPED]) != template.book("zh", [SHIPPED])
    with pytest.raises(Failed, match=r"there is no phrase book fr\.yaml in wording/ of the templates"):
        template.book("fr", [folder, SHIPPED])


def test_an_office_template_extends_the_shipped_one_of_its_own_name(tmp_path: Path) -> None:
    mine, shipped = tmp_path / "mine", tmp_path / "shipped"
    for folder in (mine, shipped):
        folder.mkdir()
    (shipped / "briefing.yaml").write_text("title: 简报\nissue: '1'\nparts: [sections]\n", encoding="utf-8")
    (mine / "briefing.yaml").write_text("extends: briefing\nissue: '7'\n", encoding="utf-8")
    read = template.read("briefing", [mine, shipped])
    assert (read.settings.title, read.settings.issue) == ("简报", "7")


def test_a_template_that_extends_its_own_name_with_no_other_is_a_circle(tmp_path: Path) -> None:
    (tmp_path / "briefing.yaml").write_text("extends: briefing\n", encoding="utf-8")
    with pytest.raises(Failed) as stop:
        template.read("briefing", [tmp_path])
    assert [finding.code for finding in stop.value.findings] == ["template.extends"]


def test_templates_that_extend_each_other_without_end_are_a_finding(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"t{number}.yaml").write_text(f"extends: t{number + 1}\n", encoding="utf-8")
    with pytest.raises(Failed, match="templates extend each other more than 40 deep"):
        template.read("t0", [tmp_path])
