"""The data folder, read into a catalog; what is wrong with one is in tests/faults/."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from conftest import write

from xdreport.catalog import (
    Area,
    ChartSpec,
    Good,
    Honour,
    Indicator,
    Level,
    Measure,
    Name,
    Narrative,
    Observation,
    Qualifier,
    Section,
    Source,
    Status,
    Workspace,
)
from xdreport.findings import Place
from xdreport.period import Period
from xdreport.readers import folder
from xdreport.unit import parse as unit

YEAR = Period.parse("2025")


def test_the_small_world_is_read_whole(world: Path) -> None:
    catalog = folder.read(world)
    assert catalog.workspace == Workspace(
        title="虚构的示例数据",
        area="qinghe",
        areas={
            "qinghe": Area("qinghe", "清河区", "Qinghe District", level=Level.DISTRICT, within="nanshan"),
            "nanshan": Area("nanshan", "南山市", "Nanshan", level=Level.CITY),
        },
        office="清河区统计室",
    )
    assert catalog.sources == {
        "bulletin-2025": Source("bulletin-2025", "虚构统计公报", "清河区统计室", "2026-02", YEAR)
    }
    assert list(catalog.sections.values()) == [
        Section("industry", "产业发展", "Industry", ("industry.*",)),
        Section("living", "居民生活", "Living", ("living.*",)),
    ]
    assert list(catalog.indicators.values()) == [
        Indicator(
            "industry.output", "industry", "工业总产值", unit("亿元"), decimals=1, good=Good.UP, low=Decimal(0),
            high=Decimal(1000), tags=("key",),
        ),
        Indicator("industry.firms", "industry", "规上工业企业", unit("家"), is_flow=False, good=Good.UP),
        Indicator("living.income", "living", "居民人均可支配收入", unit("元"), good=Good.UP, tags=("key",)),
    ]  # fmt: skip
    assert catalog.observations[0] == Observation(
        "industry.output",
        "qinghe",
        Period.parse("2024"),
        Measure.LEVEL,
        Decimal("100.25"),
        None,
        "bulletin-2025",
        "第1段",
    )
    assert catalog.observations[-1] == Observation(
        "living.income",
        "qinghe",
        YEAR,
        Measure.LEVEL,
        Decimal(36500),
        Qualifier.OVER_A_LITTLE,
        "bulletin-2025",
        "第3段",
    )
    assert [str(row.place) for row in catalog.observations] == [
        "data/observations/industry.csv:2",
        "data/observations/industry.csv:3",
        "data/observations/industry.csv:4",
        "data/observations/industry.csv:5",
        "data/observations/industry.csv:6",
        "data/observations/living.csv:2",
    ]


def test_what_a_folder_may_leave_out_is_read_where_it_is(world: Path) -> None:
    write(
        world,
        {
            "honours.csv": "id,section,title,holder,level,period,awarded_by,source,locator,note\n"
            "industry.cup,industry,优秀园区,三号园区,province,2025,某厅,bulletin-2025,第4段,\n",
            "names.csv": "id,section,kind,name,period,source,locator,note\n"
            "industry.park,industry,place,三号园区,,bulletin-2025,第4段,\n",
            "charts.yaml": "growth: {section: industry, kind: line, title: 增速, measure: yoy, "
            "indicators: [industry.output], periods: ['2024', '2025']}\n",
            "narratives/living/default.md": "居民收入增加。\n",
        },
    )
    catalog = folder.read(world)
    assert catalog.honours == (
        Honour(
            "industry.cup", "industry", "优秀园区", "三号园区", Level.PROVINCE, YEAR, "某厅", "bulletin-2025", "第4段"
        ),
    )
    assert catalog.names == {
        "industry.park": Name("industry.park", "industry", "place", "三号园区", None, "bulletin-2025", "第4段")
    }
    assert catalog.charts == (
        ChartSpec(
            "growth", "industry", "line", "增速", "", Measure.YOY, ("industry.output",), (Period.parse("2024"), YEAR)
        ),
    )
    assert catalog.narratives[1] == Narrative(
        "living", None, "居民收入增加。\n", Place("data/narratives/living/default.md")
    )
    assert catalog.narrative("living", YEAR) == catalog.narratives[1]
    assert catalog.narrative("industry", Period.parse("2024")) is None


def test_a_revision_is_a_second_row_with_its_own_date(world: Path) -> None:
    path = world / "observations/living.csv"
    revision = "living.income,qinghe,2025,level,36680,,bulletin-2025,第3段,revised,2026-05-01,核实\n"
    path.write_text(path.read_text(encoding="utf-8") + revision, encoding="utf-8")
    catalog = folder.read(world)
    newest = catalog.exact("living.income", "qinghe", YEAR, Measure.LEVEL)
    assert newest is not None
    assert (newest.value, newest.status, newest.as_of) == (Decimal(36680), Status.REVISED, date(2026, 5, 1))
    assert len(catalog.observations) == 7
