"""Sentences of a bureau, each from its two or three figures. All data are made up."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import write

from xdreport import template
from xdreport.document import Figure, characters
from xdreport.figures import Figures
from xdreport.lookup import PhraseError
from xdreport.period import Period
from xdreport.readers import folder

TEMPLATES = Path(__file__).parent.parent / "templates"
HEAD = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
ROWS = """\
gdp 2025-Q1/Q3 level 312.45
gdp 2025-Q1/Q3 yoy 5.6
gdp 2025-Q1/Q3 yoy 5.1 nanshan
gdp 2025-Q1/Q3 rank_city 2
gdp 2024-Q1/Q3 rank_city 4
primary 2025-Q1/Q3 level 23.11
primary 2025-Q1/Q3 yoy 3.1
retail 2025-Q1/Q3 level 88.90
retail 2024-Q1/Q3 level 90.10
online 2025-Q1/Q3 level 9.66
online 2024-Q1/Q3 level 4.20
loans 2025-Q1/Q3 level 400.00
loans 2024 level 380.00
profit 2025-Q1/Q3 level -0.42
profit 2024-Q1/Q3 level -0.73
profit 2025-S1 level 0.10
profit 2024-S1 level -0.20
pace 2025-Q1/Q3 level 7.2
pace 2025-S1 level 8.6
pace 2024-Q1/Q3 level -1.3
urban 2025-Q1/Q3 level 5.1
rural 2025-Q1/Q3 level 6.8
revenue 2025-Q1/Q3 level 21.35
revenue 2025 target 26.50
income 2025 level 133.82
income 2020 level 100
firms 2025-Q1/Q3 level 128
firms 2024 level 116
half 2025-Q1/Q3 level 2.5
"""
INDICATORS = """\
e.gdp: {name: 地区生产总值, unit: 亿元, decimals: 2, good: up}
e.primary: {name: 第一产业增加值, unit: 亿元, decimals: 2, denominator: e.gdp}
e.retail: {name: 社会消费品零售总额, unit: 亿元, decimals: 2, good: up}
e.online: {name: 网上零售额, unit: 亿元, decimals: 2, good: up}
e.loans: {name: 贷款余额, unit: 亿元, decimals: 2, flow: false}
e.profit: {name: 规上工业企业利润总额, unit: 亿元, decimals: 2, good: up}
e.pace: {name: 规上工业增加值增速, unit: "%", decimals: 1, kind: rate}
e.urban: {name: 城镇居民收入增速, unit: "%", decimals: 1, kind: rate}
e.rural: {name: 农村居民收入增速, unit: "%", decimals: 1, kind: rate}
e.revenue: {name: 一般公共预算收入, unit: 亿元, decimals: 2}
e.income: {name: 居民收入, unit: 亿元, decimals: 2}
e.half: {name: 凑整试验, unit: 亿元}
e.firms: {name: 规上工业企业, unit: 家, flow: false}
"""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    rows = [line.split() for line in ROWS.splitlines()]
    lines = [
        f"e.{id},{(area or ['qinghe'])[0]},{period},{measure},{value},,made-up,第1段,,,"
        for id, period, measure, value, *area in rows
    ]
    path = write(
        tmp_path_factory.mktemp("world"),
        {
            "workspace.yaml": "title: 虚构\narea: qinghe\nareas:\n"
            "  qinghe: {name: 清河区, within: nanshan}\n  nanshan: {name: 南山市, level: city}\n",
            "sources.yaml": "made-up: {title: 虚构公报}\n",
            "sections.yaml": 'e: {title: 经济, indicators: ["e.*"]}\n',
            "indicators/e.yaml": INDICATORS,
            "observations/e.csv": HEAD + "\n".join(lines) + "\n",
        },
    )
    catalog = folder.read(path)
    book = template.book("zh", [TEMPLATES])
    return Figures(catalog, catalog.workspace.areas["qinghe"], Period.parse("2025-Q1/Q3"), book)


SENTENCES = [
    ("change('e.gdp')", "同比增长5.6%"),
    ("compare('e.gdp', measure='yoy', area='nanshan')", "高于全市0.5个百分点"),
    ("rank('e.gdp', among='city')", "全市第2位"),
    ("change('e.gdp', measure='rank_city')", "比上年同期前移2位"),
    ("share('e.primary')", "占地区生产总值比重为7.4%"),
    ("changes(['e.gdp', 'e.primary'])", "同比分别增长5.6%、3.1%"),
    ("changes(['e.gdp', 'e.retail'])", "同比分别增长5.6%、下降1.3%"),
    ("change('e.retail')", "同比下降1.3%"),
    ("change('e.retail', amount=True)", "比上年同期减少1.20亿元"),
    ("times('e.online')", "同比增长1.3倍"),
    ("change('e.loans')", "比上年末增长5.3%"),
    ("change('e.loans', amount=True)", "比上年末增加20.00亿元"),
    ("compare('e.loans', '2024', '2025-Q1/Q3')", "由2024年的380.00亿元增至2025年9月末的400.00亿元"),
    ("change('e.firms', amount=True)", "比上年末增加12家"),
    ("compare('e.firms', '2024', '2025-Q1/Q3', dated=False)", "由116家增至128家"),
    ("figure('e.profit')", "亏损0.42亿元"),
    ("change('e.profit')", "同比减亏0.31亿元"),
    ("change('e.profit', period='2025-S1')", "扭亏为盈"),
    ("change('e.pace', since='2025-S1')", "比上半年回落1.4个百分点"),
    ("change('e.pace')", "由负转正"),
    ("compare('e.rural', other='e.urban')", "高于城镇居民收入增速1.7个百分点"),
    ("target('e.revenue')", "完成年度目标的80.6%"),
    ("target('e.revenue', schedule=True)", "比时序进度快5.6个百分点"),
    ("change('e.income', measure='avg_growth', period='2025', since='2020')", "年均增长6.0%"),
    ("figure('e.revenue', scale='万')", "213500万元"),
    ("period(year=False)", "前三季度"),
    ("period(end=True, year=False)", "9月末"),
]


@pytest.mark.parametrize(("phrase", "printed"), SENTENCES)
def test_a_phrase_prints_what_a_bureau_writes(figures: Figures, phrase: str, printed: str) -> None:
    run = eval(phrase, figures.functions())
    assert characters((run,)) == printed
    assert isinstance(run, Figure)
    assert run.observations or phrase.startswith("period")


def test_a_loss_is_not_said_to_fall_to_an_amount(figures: Figures) -> None:
    with pytest.raises(PhraseError) as stop:
        figures.compare("e.profit", "2024-Q1/Q3", "2025-Q1/Q3")
    assert "减亏" in stop.value.finding.hint


def test_a_missing_figure_names_those_of_its_measure_first(figures: Figures) -> None:
    with pytest.raises(PhraseError) as stop:
        figures.figure("e.gdp", measure="yoy", period="2023")
    assert stop.value.finding.hint.startswith("there is yoy of 2025-Q1/Q3, ")


def test_the_name_of_an_indicator_is_taken_for_its_id(figures: Figures) -> None:
    with pytest.raises(PhraseError) as stop:
        figures.figure("地区生产总值")
    assert stop.value.finding.hint == "did you mean e.gdp?"


def test_a_workspace_chooses_rounding_and_separators(figures: Figures) -> None:
    workspace = replace(figures.catalog.workspace, rounding="half_even", separators=True)
    chosen = replace(figures, catalog=replace(figures.catalog, workspace=workspace))
    assert characters((figures.figure("e.income", period="2025", decimals=0),)) == "134亿元"
    assert characters((chosen.figure("e.revenue", scale="万", decimals=0),)) == "213,500万元"
    assert characters((chosen.figure("e.retail", decimals=0, period="2025-Q1/Q3"),)) == "89亿元"
    assert characters((figures.figure("e.half", decimals=0),)) == "3亿元"
    assert characters((chosen.figure("e.half", decimals=0),)) == "2亿元"
