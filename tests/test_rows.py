"""Rows of a CSV file, read on the short way and cell by cell; what is wrong with a row is in tests/faults/rows.yaml."""

from collections.abc import Iterator
from itertools import product

from xdreport import rows
from xdreport.catalog import Area, Indicator, Observation, Source
from xdreport.findings import Finding
from xdreport.unit import parse as unit

KNOWN = rows.Known(
    areas={"qinghe": Area("qinghe", "清河区")},
    sources={"bulletin": Source("bulletin", "虚构公报")},
    sections={},
    indicators={"industry.output": Indicator("industry.output", "industry", "工业总产值", unit("亿元"))},
)
ROW = {
    "indicator": "industry.output", "area": "qinghe", "period": "2025", "measure": "level", "value": "80.10",
    "qualifier": "", "source": "bulletin", "locator": "第3段", "status": "", "as_of": "", "note": "",
}  # fmt: skip
# Sound, odd and faulty cells of each column.
CELLS = {
    "indicator": ["", "industry.outputs", "工业总产值"],
    "area": ["", "清河区"],
    "period": ["2025-Q1", "2025-S1", "2025-01/06", "2025年", ""],
    "measure": ["yoy", "rank_city", "同比", ""],
    "value": ["0", "-0", "-2.5", "3", "1,234", "123456789.123456", "1e3", ""],
    "qualifier": ["近", "前", "多"],
    "source": ["bulletins", ""],
    "locator": ["", "报表.xlsx#表3!F12", "⼀段", "第\u200b3段", "第\n3段"],
    "status": ["final", "doubtful", "修订"],
    "as_of": ["2026-01-31", "2026-02-30", "31/1/2026"],
    "note": ["快报数", "⼀", "第\u200b3段"],
}


def read(text: str, is_short: bool) -> tuple[list[tuple[Observation, str]], list[Finding]]:
    """Return the observations of a file with all that equality leaves out, and its findings."""
    findings: list[Finding] = []
    way = rows.Sound(KNOWN).observation if is_short else rows.no_short_way
    found = rows.read(text, "observations/industry.csv", rows.OBSERVATION_COLUMNS, KNOWN.observation, findings, way)
    return [(row, f"{row.place} {row.period} {row.value}") for row in found], findings


def lines() -> Iterator[str]:
    """Generate rows in which one cell, or two cells at once, are not as usual."""
    yield ",".join(ROW.values())
    for column, cells in CELLS.items():
        for cell in cells:
            yield ",".join(f'"{text}"' for text in {**ROW, column: cell}.values())
    for measure, value, qualifier in product(CELLS["measure"], CELLS["value"], CELLS["qualifier"]):
        yield ",".join({**ROW, "measure": measure, "value": value.replace(",", ""), "qualifier": qualifier}.values())


def test_the_short_way_gives_what_looking_at_each_cell_gives() -> None:
    header = ",".join(rows.OBSERVATION_COLUMNS)
    for line in lines():
        text = f"{header}\n{line}\n"
        assert read(text, is_short=True) == read(text, is_short=False), line
    text = "\n".join([header, *lines(), *lines()])
    sound, findings = read(text, is_short=True)
    assert (sound, findings) == read(text, is_short=False)
    assert sound
    assert findings


def test_a_row_on_the_short_way_keeps_the_digits_of_its_file() -> None:
    ((row, _),), findings = read(",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n", is_short=True)
    assert (f"{row.value}", findings) == ("80.10", [])


def test_columns_may_stand_in_any_order() -> None:
    turned = dict(reversed(ROW.items()))
    text = ",".join(turned) + "\n" + ",".join(turned.values()) + "\n"
    assert read(text, is_short=True) == read(",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n", is_short=False)


def test_what_stands_in_many_rows_is_kept_once() -> None:
    text = ",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n" + ",".join(ROW.values()) + "\n"
    (one, _), (other, _) = read(text, is_short=True)[0]
    assert one.period is other.period
    assert one.value is other.value
    assert one.locator is other.locator
