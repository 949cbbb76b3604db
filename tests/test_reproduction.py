"""A document built again from its ledger."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from xdreport.build import Order, build
from xdreport.reproduction import reproduce
from xdreport.scope import Wish

SHIPPED = Path(__file__).parent.parent / "templates"


@pytest.fixture
def made(world: Path, tmp_path: Path) -> dict[str, Path]:
    """Return the files of a briefing, by their ending: ordered with a section, a setting and a ledger."""
    wish = Wish(sections=("industry",))
    out = tmp_path / "out" / "bulletin"
    result = build(Order(world, (SHIPPED,), wish, output=out, overrides=("date=2026-07-04",), with_ledger=True))
    return {path.suffix[1:]: path for path in result.files}


def order(
    data: Path, out: Path, formats: tuple[str, ...] = (), as_of: date | None = None, attaches: bool = True
) -> Order:
    return Order(
        data, (SHIPPED,), Wish(sections=("industry",)), "briefing", formats, out, with_ledger=True,
        attaches_ledger=attaches, as_of=as_of,
    )  # fmt: skip


def import_more(data: Path) -> None:
    """Add what an import adds: the figure of a newer period, and a revision, both with a day."""
    path = data / "observations/industry.csv"
    rows = (
        "industry.output,qinghe,2026,level,120.5,,bulletin-2025,第1段,,2027-02-20,\n"
        "industry.output,qinghe,2025,level,113.35,,bulletin-2025,第1段,revised,2027-02-20,\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_build_as_of_the_day_before_an_import_is_the_one_made_then_but_for_its_record_of_inputs(
    world: Path, tmp_path: Path
) -> None:
    before = build(order(world, tmp_path / "before")).files
    plain = build(order(world, tmp_path / "plain", ("pdf",), attaches=False)).files
    import_more(world)
    day = date(2027, 2, 19)
    now = build(order(world, tmp_path / "now", ("docx",))).files
    after = build(order(world, tmp_path / "after", as_of=day)).files
    again = build(order(world, tmp_path / "again", ("pdf",), day, attaches=False)).files
    one, other = parts(next(iter(before))), parts(next(iter(after)))
    assert one.keys() == other.keys()
    records = {"customXml/item1.xml", "docProps/custom.xml"}
    assert {name for name in one if one[name] != other[name]} == records
    assert parts(next(iter(now)))["word/document.xml"] != one["word/document.xml"]
    assert next(iter(plain)).read_bytes() == next(iter(again)).read_bytes()


@pytest.mark.parametrize("ending", ["json", "docx", "pdf"])
def test_a_build_of_a_day_is_built_again_as_of_that_day(world: Path, tmp_path: Path, ending: str) -> None:
    import_more(world)
    made = build(order(world, tmp_path / "out", as_of=date(2027, 2, 19)))
    (path,) = [path for path in made.files if path.suffix == f".{ending}"]
    again = reproduce(path, world, (SHIPPED,))
    assert again.is_same and again.differences == ()
    assert made.scope.periods[0].id == "2025"


def test_a_document_made_before_an_import_is_told_from_one_whose_figures_have_changed(
    made: dict[str, Path], world: Path
) -> None:
    import_more(world)
    today = reproduce(made["json"], world, (SHIPPED,))
    assert [(it.is_same, it.is_alike) for it in today.outcomes] == [(False, False)] * 2
    then = reproduce(made["json"], world, (SHIPPED,), date(2027, 2, 19))
    assert [(it.is_same, it.is_alike) for it in then.outcomes] == [(False, True)] * 2
    assert not then.is_same
    assert then.differences == ("data: data/observations/industry.csv has changed",)


@pytest.mark.parametrize("ending", ["json", "docx", "pdf"])
def test_the_same_bytes_are_built_from_each_ledger(
    made: dict[str, Path], world: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")  # the ledger has the date, whatever the environment says
    again = reproduce(made[ending], world, (SHIPPED,))
    assert again.is_same and again.differences == ()
    assert len(again.outcomes) == (2 if ending == "json" else 1)


def test_what_has_changed_since_is_named(made: dict[str, Path], world: Path) -> None:
    path = world / "observations/industry.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("112.35", "113.35"), encoding="utf-8")
    (world / "names.csv").write_text("id,section,kind,name,period,source,locator,note\n", encoding="utf-8")
    made["docx"].write_bytes(made["docx"].read_bytes() + b" ")
    again = reproduce(made["json"], world, (SHIPPED,))
    assert not again.is_same
    assert again.differences == ("data: data/observations/industry.csv has changed", "data: data/names.csv is new")
    assert {outcome.file[-4:]: outcome.beside for outcome in again.outcomes} == {"docx": "changed", ".pdf": "same"}
