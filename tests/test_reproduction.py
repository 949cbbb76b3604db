"""A document built again from its ledger."""

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
