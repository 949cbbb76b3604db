"""YAML as text with its places, and models made from it."""

from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

from xdreport import settings
from xdreport.findings import Failed, Place
from xdreport.period import Period
from xdreport.settings import Flag, Number, PeriodText, Settings, Title, Whole


class Page(Settings):
    top: Number = Decimal(0)
    size: Literal["A4", "A3"] = "A4"


class Report(Settings):
    title: Title
    pages: tuple[Page, ...] = ()
    copies: Whole = 1
    is_draft: Flag = False
    period: PeriodText | None = None


def test_scalars_stay_the_characters_that_were_typed() -> None:
    tree = settings.parse("[NO, yes, 010, 1:30, 2025-01-01, ~, null, 0x1F, 1_000, 1.50, '', true]", "a.yaml")
    assert tree.content == [
        "NO", "yes", "010", "1:30", "2025-01-01", "~", "null", "0x1F", "1_000", "1.50", "", "true",
    ]  # fmt: skip


def test_a_tree_knows_where_each_value_stands() -> None:
    tree = settings.parse("title: 一\npages:\n  - top: 1\n  - size: A3\n", "a.yaml")
    assert tree.place(("pages", 1, "size")) == Place("a.yaml", 4)
    assert tree.place(("pages", 1, "colour")) == Place("a.yaml", 4)
    assert tree.place(("copies",)) == Place("a.yaml", 1)


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert settings.parse("# nothing\n", "a.yaml").content == {}


def test_a_model_is_filled_from_text() -> None:
    tree = settings.parse(
        "title: 一\npages: [{top: '2.50'}]\ncopies: 3\nis_draft: true\nperiod: 2022-Q1/Q3\n", "a.yaml"
    )
    report = settings.validate(Report, tree)
    assert report == Report.model_construct(
        title="一", pages=(Page.model_construct(top=Decimal("2.50")),), copies=3, is_draft=True,
        period=Period.parse("2022-Q1/Q3"),
    )  # fmt: skip
    assert str(report.pages[0].top) == "2.50"


def test_every_fault_of_a_file_is_found_at_its_line() -> None:
    tree = settings.parse(
        "titel: 一\npages:\n  - {top: 1e3, size: A5}\n  - top: [1]\ncopies: 2.5\nis_draft: yes\nperiod: 2022年\n",
        "a.yaml",
    )
    with pytest.raises(Failed) as stop:
        settings.validate(Report, tree)
    assert [str(finding) for finding in stop.value.findings] == [
        "a.yaml:1: title is missing [yaml.missing-key]",
        'a.yaml:3: pages.0.top cannot be read, found "1e3", expected a plain decimal number such as 223.64 or -2.5 '
        "(hint: write all digits out) [yaml.value]",
        'a.yaml:3: pages.0.size cannot be read, found "A5", expected A4 or A3 [yaml.value]',
        "a.yaml:4: pages.1.top cannot be read, expected one value, not a list or a mapping [yaml.value]",
        'a.yaml:5: copies cannot be read, found "2.5", expected a whole number [yaml.value]',
        'a.yaml:6: is_draft cannot be read, found "yes", expected true or false [yaml.value]',
        'a.yaml:7: period cannot be read, found "2022年", expected a period (2022, 2022-S1, 2022-Q3, 2022-09, '
        "2022-Q1/Q3, 2022-01/09 or 2021/2025) (hint: did you mean 2022?) [yaml.value]",
        'a.yaml:1: unknown key, found "titel" (hint: did you mean title?) [yaml.unknown-key]',
    ]


def test_the_nearest_names_are_hinted_at_and_none_when_none_is_near() -> None:
    known = ["industry", "ecology", "tourism"]
    assert settings.nearest("industri", known) == "did you mean industry?"
    assert settings.nearest("xyz", known) == ""


def test_a_text_file_is_read_whoever_saved_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff一\r\n二\r三\n".encode())
    assert settings.read_text(path, "a.md") == "一\n二\n三\n"


def test_the_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"title: one\n" + "标题: 二\n".encode("gbk"))
    with pytest.raises(Failed, match=r"^a.yaml:2: the file is not UTF-8"):
        settings.read(path, "a.yaml")


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("#" * 4_000_001, encoding="utf-8")
    with pytest.raises(Failed, match=r"^a.yaml: the file is larger than 4000000 characters"):
        settings.read(path, "a.yaml")


@pytest.mark.parametrize("text", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000])
def test_yaml_that_nests_without_end_is_refused(text: str) -> None:
    with pytest.raises(Failed):
        settings.parse(text, "a.yaml")


def test_brackets_deeper_than_any_stack_are_a_finding() -> None:
    for opening in ("[", "{a: ", "- ", "? "):
        with pytest.raises(Failed) as stop:
            settings.parse(f"a:\n  {opening * 100_000}", "a.yaml")
        assert str(stop.value).endswith("a.yaml:2: the YAML is nested deeper than 40 levels [yaml.depth]")
