"""Workbooks whose rows, columns and cells were moved about at random: a figure is of the row and head it stands in, or
there is none."""

import random

import bureau
import pytest
from made_up_books import book, sheet
from test_extraction import MONTHLY, monthly

from xdreport import extraction
from xdreport.catalog import Catalog, Measure
from xdreport.readers import folder

NAMES = {
    "economy.gdp": "地区生产总值", "economy.industry": "规模以上工业增加值", "economy.industry_state": "国有控股企业",
    "economy.revenue": "一般公共预算收入",
}  # fmt: skip
STRANGE = ("—", "12.5", "x", "'１２", "#N/A", "指标", "单位：万人", "亿元", "5.6%", "1-6月")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return folder.read(bureau.write(tmp_path_factory.mktemp("bureau") / "data"))


def moved(seed: int) -> list[list[str]]:
    """Return the lines of the monthly workbook after a few accidents."""
    chance = random.Random(seed)
    rows = [line.split("|") for line in MONTHLY.strip().split("\n")]
    rows = [row + [""] * (max(map(len, rows)) - len(row)) for row in rows]
    for _ in range(chance.randint(1, 6)):
        row, column = chance.randrange(len(rows)), chance.randrange(len(rows[0]))
        other = chance.randrange(len(rows)), chance.randrange(len(rows[0]))
        match chance.randrange(8):
            case 0:
                rows.insert(row, [""] * len(rows[0]))
            case 1:
                rows = [[*line[:column], "", *line[column:]] for line in rows]
            case 2 if len(rows) > 3:
                rows.pop(row)
            case 3 if len(rows[0]) > 2:
                rows = [line[:column] + line[column + 1 :] for line in rows]
            case 4:
                rows[row], rows[other[0]] = rows[other[0]], rows[row]
            case 5:
                for line in rows:
                    line[column], line[other[1]] = line[other[1]], line[column]
            case 6:
                rows[row][column] = chance.choice(STRANGE)
            case _:
                rows.insert(row, list(chance.choice(rows)))
    return rows


@pytest.mark.parametrize("hundred", range(5))
def test_a_figure_is_of_the_row_and_the_head_that_it_stands_in(hundred: int, catalog: Catalog) -> None:
    read = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        rows = moved(seed)
        harvest = extraction.extract(monthly(), book(sheet("月报", "\n".join("|".join(row) for row in rows))), catalog)
        for figure in harvest.observations:
            cell = figure.locator.rpartition("!")[2]
            row, column = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
            above = [
                rows[at][column] for at in range(row) if rows[at][column] in {"本月", "本月止累计", "同比增长（%）"}
            ]
            head = "本月" if figure.period.months == 1 else "本月止累计"
            assert any(NAMES[figure.indicator] in text for text in rows[row]), (seed, cell)
            assert above[-1] == ("同比增长（%）" if figure.measure is Measure.YOY else head), (seed, cell)
        read += len(harvest.observations)
    assert read > 300
