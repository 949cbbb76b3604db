"""What follows from counts from January: single quarters and months, their growth, and what is refused. All made up."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import write

from xdreport import series, template
from xdreport.catalog import Catalog, Measure, Observation
from xdreport.document import Derivation, characters
from xdreport.figures import Figures
from xdreport.lookup import PhraseError
from xdreport.period import Period
from xdreport.quantity import Refusal
from xdreport.readers import folder
from xdreport.series import Derived

TEMPLATES = Path(__file__).parent.parent / "templates"
HEAD = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
INDICATORS = """\
e.retail: {name: 社会消费品零售总额, unit: 亿元, decimals: 2, good: up}
e.gdp: {name: 地区生产总值, unit: 亿元, decimals: 2}
e.firms: {name: 新登记企业, unit: 家}
e.profit: {name: 规上工业企业利润总额, unit: 亿元, decimals: 2}
e.loans: {name: 贷款余额, unit: 亿元, decimals: 2, flow: false}
e.pace: {name: 规上工业增加值增速, unit: "%", decimals: 1, kind: rate}
e.price: {name: 消费价格指数, unit: 点, kind: index}
e.income: {name: 居民人均可支配收入, unit: 元}
e.coarse: {name: 粗略试验, unit: 亿元}
e.bound: {name: 上限试验, unit: 亿元, high: 30}
"""
# indicator, period, value, and what else: a qualifier, a status, a date
ROWS = """\
retail 2025-Q1 41.20
retail 2025-S1 80.15
retail 2025-Q1/Q3 123.4
retail 2025-01/08 108.00
retail 2024-Q1 38.90
retail 2024-S1 76.31
retail 2024-Q1/Q3 116.20
retail 2024 157.85
gdp 2025-Q1/Q3 312.45
gdp 2025-S1 201.32
gdp 2024-Q1/Q3 295.10
gdp 2024-S1 190.20
firms 2025-Q1/Q3 318
firms 2025-S1 210
firms 2024-Q1/Q3 300
firms 2024-S1 203
firms 2023-Q1 80
firms 2023-Q2 85
firms 2023-Q3 91
firms 2023-Q4 96
firms 2022-Q1/Q3 150
firms 2022-S1 200
profit 2025-Q1/Q3 0.42
profit 2025-S1 0.73
loans 2025-Q1/Q3 400.00
loans 2025-S1 390.00
pace 2025-Q1/Q3 5.6
pace 2025-S1 5.1
price 2025-Q1/Q3 101.2
price 2025-S1 101.0
income 2025-Q1/Q3 24200
income 2025-S1 15960
coarse 2025-Q1/Q3 30
coarse 2025-S1 20
coarse 2024-Q1/Q3 28
coarse 2024-S1 19
bound 2025-Q1/Q3 70
bound 2025-S1 30
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return made(tmp_path, ROWS.splitlines())


def made(root: Path, lines: list[str]) -> Catalog:
    files = {
        "workspace.yaml": "title: 虚构\narea: qinghe\nareas:\n  qinghe: {name: 清河区}\n",
        "sources.yaml": "bulletin: {title: 虚构公报}\n",
        "sections.yaml": 'economy: {title: 经济, indicators: ["e.*"]}\n',
        "indicators/economy.yaml": INDICATORS,
        "observations/economy.csv": HEAD + "".join(map(row, lines)),
    }
    return folder.read(write(root, files))


def row(line: str) -> str:
    indicator, period, value, *more = line.split()
    qualifier, status, as_of = [*more, "", "", ""][:3]
    return (
        f"e.{indicator},qinghe,{period},level,{value},{qualifier.strip('-')},bulletin,1,{status.strip('-')},{as_of},\n"
    )


def found(catalog: Catalog, id: str, period: str, measure: Measure = Measure.LEVEL) -> Observation | Derived | Refusal:
    return series.value(catalog, f"e.{id}", "qinghe", Period.parse(period), measure)


@pytest.mark.parametrize(
    ("id", "period", "value", "formula"),
    [
        ("retail", "2025-Q2", "38.95", "2025-S1 80.15 − 2025-Q1 41.20 = 38.95"),
        # the coarser of the two decides: 123.4 is known to a tenth
        ("retail", "2025-Q3", "43.3", "2025-Q1/Q3 123.4 − 2025-S1 80.15 = 43.3"),
        ("retail", "2025-09", "15.4", "2025-Q1/Q3 123.4 − 2025-01/08 108.00 = 15.4"),
        ("retail", "2025-07/08", "27.85", "2025-01/08 108.00 − 2025-S1 80.15 = 27.85"),
        ("retail", "2024-Q4", "41.65", "2024 157.85 − 2024-Q1/Q3 116.20 = 41.65"),
        ("retail", "2024-S2", "81.54", "2024 157.85 − 2024-S1 76.31 = 81.54"),
        ("firms", "2025-Q3", "108", "2025-Q1/Q3 318 − 2025-S1 210 = 108"),
        ("firms", "2023-Q1/Q3", "256", "2023-Q1 80 + 2023-Q2 85 + 2023-Q3 91 = 256"),
        ("firms", "2023", "352", "2023-Q1 80 + 2023-Q2 85 + 2023-Q3 91 + 2023-Q4 96 = 352"),
        ("gdp", "2025-Q3", "111.13", "2025-Q1/Q3 312.45 − 2025-S1 201.32 = 111.13"),
        ("profit", "2025-Q3", "-0.31", "2025-Q1/Q3 0.42 − 2025-S1 0.73 = −0.31"),
    ],
)
def test_a_period_between_two_counts_follows_from_them(
    catalog: Catalog, id: str, period: str, value: str, formula: str
) -> None:
    derived = found(catalog, id, period)
    assert isinstance(derived, Derived)
    assert (str(derived.value), derived.formula) == (value, formula)
    assert [f"{each.period} {each.value}" for each in derived.rows] == re.split(" [−+] ", formula.split(" = ")[0])


def test_a_first_quarter_is_its_own_count(catalog: Catalog) -> None:
    assert isinstance(found(catalog, "retail", "2025-Q1"), Observation)


@pytest.mark.parametrize(
    ("id", "period", "rule", "reason"),
    [
        ("retail", "2025-Q4", "missing", "2025-Q4 is not reported and would follow from 2025 and 2025-Q1/Q3;"
         " there is no 2025"),
        ("retail", "2025-01", "missing", "it follows from no other"),
        ("retail", "2021/2025", "span", "a span of years is not derived"),
        ("loans", "2025-08", "kind", "a stock does not add up over time"),
        ("pace", "2025-Q3", "kind", "does not add up over time"),
        ("income", "2025-Q3", "kind", "does not add up over time"),
        ("price", "2025-Q3", "kind", "does not add up over time"),
        ("firms", "2022-Q3", "negative", "would be below zero: 2022-Q1/Q3 150 − 2022-S1 200 = −50"),
        ("bound", "2025-Q3", "bounds", "would be outside its bounds: 2025-Q1/Q3 70 − 2025-S1 30 = 40"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused_with_a_reason(
    catalog: Catalog, id: str, period: str, rule: str, reason: str
) -> None:
    refusal = found(catalog, id, period)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == rule
    assert refusal.reason.endswith(reason)


def test_a_qualified_or_doubtful_count_yields_nothing(tmp_path: Path) -> None:
    catalog = made(tmp_path, ["retail 2025-Q1/Q3 123.4 近", "retail 2025-S1 80.1", "retail 2024-S1 70.1 - doubtful",
                              "retail 2024-Q1/Q3 99.1"])  # fmt: skip
    one, other = found(catalog, "retail", "2025-Q3"), found(catalog, "retail", "2024-Q3")
    assert isinstance(one, Refusal)
    assert one.reason == "e.retail for 2025-Q1/Q3 is 近123.4: no exact value follows from it"
    assert isinstance(other, Refusal)
    assert other.reason == "e.retail for 2024-S1 is doubtful: nothing is derived from it"


def test_it_is_preliminary_when_a_row_is_and_known_since_the_later_one(tmp_path: Path) -> None:
    catalog = made(tmp_path, ["retail 2025-Q1/Q3 123.4 - preliminary 2025-10-28", "retail 2025-S1 80.1 - - 2025-07-20"])
    derived = found(catalog, "retail", "2025-Q3")
    assert isinstance(derived, Derived)
    assert (derived.status.value, str(derived.as_of)) == ("preliminary", "2025-10-28")


def test_a_quarter_grows_by_as_many_digits_as_the_counts_are_good_for(catalog: Catalog) -> None:
    # 80.15 − 41.20 over 76.31 − 38.90 is off by 0.03 of a point at most, 318 − 210 of things counted by nothing;
    # 123.4 is known to a tenth, so that the growth of the third quarter is known to a per cent.
    expected = {
        ("retail", "2025-Q2"): "(2025-S1 80.15 − 2025-Q1 41.20) ÷ (2024-S1 76.31 − 2024-Q1 38.90) − 1 = 4.1%",
        ("retail", "2025-Q3"): "(2025-Q1/Q3 123.4 − 2025-S1 80.15) ÷ (2024-Q1/Q3 116.20 − 2024-S1 76.31) − 1 = 8%",
        ("firms", "2025-Q3"): "(2025-Q1/Q3 318 − 2025-S1 210) ÷ (2024-Q1/Q3 300 − 2024-S1 203) − 1 = 11.3%",
        ("retail", "2025-Q1"): "2025-Q1 41.20 ÷ 2024-Q1 38.90 − 1 = 5.9%",
    }
    for (id, period), formula in expected.items():
        derived = found(catalog, id, period, Measure.YOY)
        assert isinstance(derived, Derived)
        assert derived.formula == formula


def test_growth_that_nobody_can_know_is_refused(catalog: Catalog) -> None:
    reasons = {}
    for id in ("gdp", "coarse", "loans", "pace"):
        refusal = found(catalog, id, "2025-Q3", Measure.YOY)
        assert isinstance(refusal, Refusal)
        reasons[id] = refusal.reason
    assert reasons["gdp"] == "its growth is published at constant prices; report it, the amounts do not yield it"
    assert reasons["coarse"] == "the counts of e.coarse are too coarse for the growth of 2025-Q3"
    assert reasons["loans"].endswith("no level of e.loans for 2024-Q3 is reported; a stock does not add up over time")
    assert reasons["pace"] == "no yoy of e.pace for 2025-Q3 is reported"


@pytest.fixture
def figures(catalog: Catalog) -> Figures:
    area = catalog.workspace.areas["qinghe"]
    return Figures(catalog, area, Period.parse("2025-Q1/Q3"), template.book("zh", [TEMPLATES]))


@pytest.mark.parametrize(
    ("phrase", "printed", "formula"),
    [
        ("figure('e.retail', period='2025-Q3', derived=True)", "43.3亿元", "2025-Q1/Q3 123.4 − 2025-S1 80.15 = 43.3"),
        ("figure('e.retail', period='2025-Q2', derived=True, decimals=1)", "39.0亿元",
         "2025-S1 80.15 − 2025-Q1 41.20 = 38.95"),
        ("figure('e.retail', period='2025-Q2', derived=True, scale='万')", "389500万元",
         "2025-S1 80.15 − 2025-Q1 41.20 = 38.95"),
        ("figure('e.profit', period='2025-Q3', derived=True)", "亏损0.31亿元",
         "2025-Q1/Q3 0.42 − 2025-S1 0.73 = −0.31"),
        ("change('e.retail', period='2025-Q2', derived=True)", "同比增长4.1%",
         "(2025-S1 80.15 − 2025-Q1 41.20) ÷ (2024-S1 76.31 − 2024-Q1 38.90) − 1 = 4.1%"),
        ("change('e.retail', period='2025-Q3', derived=True)", "同比增长8%",
         "(2025-Q1/Q3 123.4 − 2025-S1 80.15) ÷ (2024-Q1/Q3 116.20 − 2024-S1 76.31) − 1 = 8%"),
        ("figure('e.retail', derived=True)", "123.40亿元", ""),  # what is reported wins
    ],
)  # fmt: skip
def test_prose_prints_what_follows_where_it_asks_for_it(
    figures: Figures, phrase: str, printed: str, formula: str
) -> None:
    run = eval(phrase, figures.functions())
    assert (characters((run,)), run.formula) == (printed, formula)
    assert run.observations
    assert (run.derivation is Derivation.REPORTED) == (not formula)
    again = figures.again(run.call)
    assert (again.text, again.formula) == (printed, formula)


def test_prose_that_does_not_ask_is_told_what_there_is(figures: Figures) -> None:
    hints = {}
    for id, period in (("retail", "2025-Q3"), ("retail", "2025-Q4"), ("loans", "2025-08")):
        with pytest.raises(PhraseError) as stop:
            figures.figure(f"e.{id}", period=period)
        hints[id, period] = stop.value.finding.hint.rpartition("; ")[2]
    assert hints == {
        ("retail", "2025-Q3"): "derived=true has it follow from others: 2025-Q1/Q3 123.4 − 2025-S1 80.15 = 43.3",
        ("retail", "2025-Q4"): "there is no 2025",
        ("loans", "2025-08"): "a stock does not add up over time",
    }
    with pytest.raises(PhraseError) as stop:
        figures.figure("e.retail", period="2025-Q4", derived=True)
    assert stop.value.finding.hint == (
        "e.retail for 2025-Q4 is not reported and would follow from 2025 and 2025-Q1/Q3; there is no 2025"
    )
    assert figures.has("e.retail", period="2025-Q3", derived=True)
    assert not figures.has("e.retail", period="2025-Q3")
    assert not figures.has("e.retail", period="2025-Q4", derived=True)


REVISED = "retail 2025-S1 80.65 - revised {}"


@pytest.mark.parametrize(
    ("revisions", "period", "said"),
    [
        # the nine months say what they said when the half year was 80.15
        ((REVISED.format("2025-11-01"),), "2025-Q3", "e.retail for 2025-S1 was revised as of 2025-11-01 and its "
         "2025-Q1/Q3 is older: nothing follows from the two; a row of 2025-Q1/Q3 with that day, even of the same "
         "value, says that the two go together"),
        ((REVISED.format("2025-11-01"),), "2025-Q2", "e.retail for 2025-S1 was revised as of 2025-11-01 and its "
         "2025-Q1 is older: nothing follows from the two; a row of 2025-Q1 with that day, even of the same value, "
         "says that the two go together"),
        # revised before the nine months were over: they hold the revision already
        ((REVISED.format("2025-08-20"),), "2025-Q3", "2025-Q1/Q3 123.4 − 2025-S1 80.65 = 42.8"),
        # both revised on one day, or the other one confirmed
        ((REVISED.format("2025-11-01"), "retail 2025-Q1/Q3 124.1 - revised 2025-11-01"), "2025-Q3",
         "2025-Q1/Q3 124.1 − 2025-S1 80.65 = 43.5"),
        ((REVISED.format("2025-11-01"), "retail 2025-Q1/Q3 123.4 - final 2025-11-02"), "2025-Q3",
         "2025-Q1/Q3 123.4 − 2025-S1 80.65 = 42.8"),
        # a base that is published anew quarter by quarter
        (("retail 2025-S1 80.65 - revised 2026-07-20", "retail 2025-Q1/Q3 124.1 - revised 2026-10-20"), "2025-Q3",
         "2025-Q1/Q3 124.1 − 2025-S1 80.65 = 43.5"),
        # the half year was settled before the nine months came out, which were revised later
        ((REVISED.format("2025-08-20"), "retail 2025-Q1/Q3 124.1 - revised 2025-11-20"), "2025-Q3",
         "e.retail for 2025-Q1/Q3 was revised as of 2025-11-20 and its 2025-S1 is older: nothing follows from the two; "
         "a row of 2025-S1 with that day, even of the same value, says that the two go together"),
        # a revision that changes nothing
        (("retail 2025-S1 80.15 - final 2025-11-01",), "2025-Q3", "2025-Q1/Q3 123.4 − 2025-S1 80.15 = 43.3"),
    ],
)  # fmt: skip
def test_a_count_that_was_revised_goes_with_one_that_is_no_older(
    tmp_path: Path, revisions: tuple[str, ...], period: str, said: str
) -> None:
    derived = found(made(tmp_path, [*ROWS.splitlines(), *revisions]), "retail", period)
    assert (derived.reason if isinstance(derived, Refusal) else derived.formula) == said  # type: ignore[union-attr]


def test_before_the_day_of_the_revision_the_quarter_is_the_old_one_and_a_dated_source_counts(tmp_path: Path) -> None:
    catalog = made(tmp_path, [*ROWS.splitlines(), REVISED.format("2025-11-01")])
    before = found(catalog.as_of(date(2025, 10, 31)), "retail", "2025-Q3")
    assert isinstance(before, Derived) and str(before.value) == "43.3"
    later = replace(catalog, sources={"bulletin": replace(catalog.sources["bulletin"], date="2025-11-05")})
    assert isinstance(found(later, "retail", "2025-Q3"), Derived)
