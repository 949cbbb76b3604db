"""A made-up district of fifteen towns in a made-up city of five districts (虚构): a folder of several areas.

The towns add up to the district, the districts to the city, and the quarters count from January. Some have shrunk, two
tie, and one has no retail figures.
"""

from decimal import Decimal

TOWNS = {
    "shiqiao": "石桥镇", "baisha": "白沙镇", "dongping": "东坪镇", "guanyin": "观音塘街道", "heshui": "合水镇",
    "huangtu": "黄土岭镇", "jinjiang": "锦江街道", "lianhua": "莲花乡", "longtan": "龙潭镇", "maoping": "茅坪乡",
    "nanshan": "南山镇", "qingxi": "清溪镇", "sanjiang": "三江口镇", "xiaohe": "小河镇", "yangmei": "杨梅镇",
}  # fmt: skip
DISTRICTS = {"linhe": "临河区", "dongan": "东安区", "xichang": "西昌县", "beiyuan": "北源县", "nanling": "南岭县"}
QUARTERS = ("Q1", "Q1/Q2", "Q1/Q3", "Q1/Q4")
SHARES = (Decimal("0.22"), Decimal("0.47"), Decimal("0.72"), Decimal(1))  # of a year, from January on

# The level of the first three quarters of 2025 by town, in 亿元, and its growth on the year before in %.
OUTPUT = (
    ("86.4", "12.6"), ("75.2", "8.3"), ("64.9", "-3.2"), ("58.3", "6.1"), ("52.7", "15.4"), ("47.5", "-7.8"),
    ("41.6", "4.4"), ("36.8", "0.0"), ("33.1", "9.7"), ("28.4", "-12.5"), ("25.9", "3.3"), ("25.9", "7.0"),
    ("18.2", "-0.6"), ("14.5", "21.9"), ("9.7", "-18.3"),
)  # fmt: skip
RETAIL = (
    ("12.31", "5.2"), ("10.44", "3.9"), ("8.02", "-1.1"), ("15.87", "7.4"), ("5.16", "2.2"), ("4.93", "-4.6"),
    ("13.05", "6.8"), ("2.77", "1.5"), ("3.98", "0.9"), ("1.86", "-2.7"), ("3.35", "4.1"), ("4.12", "3.0"),
    ("2.04", "-0.2"), ("1.29", "8.8"), None,
)  # fmt: skip
CITY_OUTPUT = (("619.1", "3.9"), ("702.5", "5.5"), ("388.6", "-2.4"), ("291.3", "1.9"), ("214.8", "-6.7"))
INCOME = {
    "linhe": ("28411", "5.6"), "yunshan": ("27190", "4.9"), "dongan": ("30122", "5.1"), "xichang": ("24877", "4.2"),
    "beiyuan": ("23650", "4.9"), "nanling": ("22981", "3.8"),
}  # fmt: skip
AIR = {"linhe": "93.4", "yunshan": "92.2", "dongan": "90.8", "xichang": "95.1", "beiyuan": "93.4", "nanling": "91.5"}

SOURCES = """\
yearbook: {title: 云山统计月报（虚构）, publisher: 云山市统计室（虚构）, date: "2025-10-20"}
"""
SECTIONS = """\
economy: {title: 工业和消费, indicators: ["economy.*"]}
living: {title: 居民生活, indicators: ["living.*"]}
"""
ECONOMY = """\
economy.output: {name: 规上工业总产值, unit: 亿元, decimals: 1, good: up, tags: [key]}
economy.retail: {name: 社会消费品零售总额, unit: 亿元, decimals: 2, good: up, tags: [key]}
economy.energy: {name: 单位产值能耗, unit: 吨标准煤/万元, kind: ratio, good: down}
"""
LIVING = """\
living.income: {name: 居民人均可支配收入, unit: 元, good: up, tags: [key]}
living.air: {name: 空气质量优良天数比例, unit: "%", kind: ratio, decimals: 1, good: up, tags: [key]}
"""
HEAD = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"


def files() -> dict[str, str]:
    """Return the files of the folder by name."""
    return {
        "workspace.yaml": _workspace(),
        "sources.yaml": SOURCES,
        "sections.yaml": SECTIONS,
        "indicators/economy.yaml": ECONOMY,
        "indicators/living.yaml": LIVING,
        "observations/economy.csv": HEAD + "".join(_economy()),
        "observations/living.csv": HEAD + "".join(_living()),
    }


def _workspace() -> str:
    areas = [
        f"  yunshan: {{name: 云山市, level: city, members: {{district: {len(DISTRICTS)}}}}}",
        *(f"  {id}: {{name: {name}, level: district, within: yunshan}}" for id, name in DISTRICTS.items()),
        *(f"  {id}: {{name: {name}, level: town, within: linhe}}" for id, name in TOWNS.items()),
    ]
    return "\n".join(
        ["title: 临河区统计数据（虚构）", "area: linhe", "areas:", *areas, "office: {name: 临河区统计室（虚构）}", ""]
    )


def _row(indicator: str, area: str, period: str, measure: str, value: object) -> str:
    return f"{indicator},{area},{period},{measure},{value},,yearbook,附表,,,\n"


def _economy() -> list[str]:
    rows = []
    for towns, indicator, places in ((OUTPUT, "economy.output", "0.1"), (RETAIL, "economy.retail", "0.01")):
        totals: dict[str, Decimal] = {}
        for area, figures in zip(TOWNS, towns, strict=True):
            if figures:
                for period, value in _counted(Decimal(figures[0]), Decimal(figures[1]), Decimal(places)):
                    rows.append(_row(indicator, area, period, "level", value))
                    totals[period] = totals.get(period, Decimal(0)) + value
                rows.append(_row(indicator, area, "2025-Q1/Q3", "yoy", figures[1]))
        for period, value in totals.items():
            rows.append(_row(indicator, "linhe", period, "level", value))
    rows.append(_row("economy.retail", "linhe", "2025-Q1/Q3", "yoy", "3.6"))
    for area, (level, growth) in zip(DISTRICTS, CITY_OUTPUT, strict=True):
        if area != "linhe":
            rows.append(_row("economy.output", area, "2025-Q1/Q3", "level", level))
        rows.append(_row("economy.output", area, "2025-Q1/Q3", "yoy", growth))
    total = sum((Decimal(level) for level, _ in CITY_OUTPUT), Decimal(0))
    rows += [_row("economy.output", "yunshan", "2025-Q1/Q3", measure, value)
             for measure, value in (("level", total), ("yoy", "2.1"))]  # fmt: skip
    for period, value in (("2024-Q1/Q3", "0.412"), ("2025-Q1/Q3", "0.398")):
        rows.append(_row("economy.energy", "linhe", period, "level", value))
    return rows


def _counted(level: Decimal, growth: Decimal, places: Decimal) -> list[tuple[str, Decimal]]:
    """Return counts from January for the quarters of 2024 and 2025 of which those of 2025 end with the third."""
    before = level / (1 + growth / 100)
    found = []
    for quarter, share in zip(QUARTERS, SHARES, strict=True):
        name = "2024-Q1" if quarter == "Q1" else "2024" if quarter == "Q1/Q4" else f"2024-{quarter}"
        found.append((name, (before * share / SHARES[2]).quantize(places)))
    for quarter, share in zip(QUARTERS[:2], SHARES[:2], strict=True):
        name = "2025-Q1" if quarter == "Q1" else f"2025-{quarter}"
        found.append((name, (level * share / SHARES[2]).quantize(places)))
    return [*found, ("2025-Q1/Q3", level)]


def _living() -> list[str]:
    rows = []
    for area, (level, growth) in INCOME.items():
        rows += [_row("living.income", area, "2025-Q1/Q3", "level", level),
                 _row("living.income", area, "2025-Q1/Q3", "yoy", growth)]  # fmt: skip
    rows += [_row("living.air", area, "2025-Q1/Q3", "level", value) for area, value in AIR.items()]
    rows.append(_row("living.air", "linhe", "2024-Q1/Q3", "level", "92.0"))
    return rows
