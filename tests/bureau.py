"""A made-up bureau's indicators and areas, and its workbooks in the shapes that statistical tables have. 虚构。

`CASES` holds, for each workbook, every figure that is to come out of it: cell, indicator, area, period, measure, value.
"""

from dataclasses import dataclass
from pathlib import Path

from made_up_books import book, sheet

from xdreport.grid import Book

CITIES = "东江 西江 北川 临海 云山 白石 青浦 双溪 龙泉 玉泉 石门 长岭 新河 平湖 安丰".split()  # noqa: SIM905

FOLDER = {
    "workspace.yaml": """\
title: 虚构的季度数据
area: qinghe
areas:
  qinghe: {name: 清河区, level: district, within: nanshan}
  jiahe: {name: 嘉禾县, level: district, within: nanshan}
  fengle: {name: 丰乐县, level: district, within: nanshan}
  nanshan: {name: 南山市, level: city, within: jiangbei}
  jiangbei: {name: 江北省, level: province}
"""
    + "".join(f"  c{n}: {{name: {name}市, level: city, within: jiangbei}}\n" for n, name in enumerate(CITIES)),
    "sources.yaml": "# The first workbook makes the first source.\n",
    "sections.yaml": """\
economy: {title: 经济, indicators: ["economy.*"]}
people: {title: 民生, indicators: ["people.*"]}
""",
    "indicators/economy.yaml": """\
economy.gdp: {name: 地区生产总值, aliases: [GDP], unit: 亿元}
economy.first: {name: 第一产业增加值, aliases: [第一产业], unit: 亿元, parts_of: economy.gdp}
economy.second: {name: 第二产业增加值, aliases: [第二产业], unit: 亿元, parts_of: economy.gdp}
economy.third: {name: 第三产业增加值, aliases: [第三产业], unit: 亿元, parts_of: economy.gdp}
economy.industry: {name: 规模以上工业增加值, unit: 亿元}
economy.industry_state: {name: 国有控股企业增加值, aliases: [国有控股企业], unit: 亿元, parts_of: economy.industry}
economy.invest: {name: 固定资产投资, unit: 亿元}
economy.retail: {name: 社会消费品零售总额, unit: 亿元}
economy.revenue: {name: 一般公共预算收入, unit: 亿元}
economy.tax: {name: 税收收入, unit: 亿元}
economy.vat: {name: 增值税, unit: 亿元}
economy.nontax: {name: 非税收入, unit: 亿元}
economy.spending: {name: 一般公共预算支出, unit: 亿元}
economy.export: {name: 出口总额, aliases: [出口], unit: 亿元}
economy.firms: {name: 规模以上工业企业单位数, unit: 家, flow: false}
economy.deposits: {name: 金融机构本外币存款余额, unit: 亿元, flow: false}
economy.power: {name: 全社会用电量, unit: 万千瓦时}
economy.cpi: {name: 居民消费价格指数, kind: index}
economy.prices_of_food: {name: 食品烟酒价格指数, aliases: [食品烟酒], kind: index}
""",
    "indicators/people.yaml": """\
people.income: {name: 居民人均可支配收入, unit: 元}
people.income_urban: {name: 城镇居民人均可支配收入, unit: 元}
people.income_rural: {name: 农村居民人均可支配收入, unit: 元}
people.outlay_urban: {name: 城镇居民人均消费支出, unit: 元}
people.outlay_rural: {name: 农村居民人均消费支出, unit: 元}
people.jobless: {name: 城镇调查失业率, unit: "%", kind: rate}
""",
}


def write(root: Path) -> Path:
    """Write the folder of the made-up bureau and return where it is."""
    for name, text in FOLDER.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@dataclass(frozen=True)
class Case:
    """A workbook and the figures in it, a line each: cell, indicator, area, period, measure, value."""

    book: Book
    figures: str
    recipe: str = ""  # "" where a draft is to do without a change


CASES = {
    "主要经济指标": Case(
        book(
            sheet(
                "1月报",
                """
2026年1—3月主要经济指标（虚构）
||||
指　　标|计量单位|本月|本月止累计|增长（％）
一、地区生产总值|亿元|-|'１２３．４|5.6
　　第一产业|亿元|…|8.0|3.1
　　第二产业|亿元|/|45.40|=6.2
二、规模以上工业增加值|亿元|10.2|30.5|-1.2
　　其中：国有控股企业|亿元|2.1|6.3|'－2.5
三、社会消费品零售总额|亿元|12.3~12.34|36|0.0
四、一般公共预算收入|万元|12,345|45,678.5|▼3.2
五、金融机构本外币存款余额*|亿元||'456.7*|8.1%
六、全社会用电量|亿千瓦时|1.2345|3.5|#N/A
注：*为初步数。
资料来源：虚构统计局
""",
                "A1:E1",
            )
        ),
        """
D4 economy.gdp qinghe 2026-01/03 level 123.4
E4 economy.gdp qinghe 2026-01/03 yoy 5.6
D5 economy.first qinghe 2026-01/03 level 8.0
E5 economy.first qinghe 2026-01/03 yoy 3.1
D6 economy.second qinghe 2026-01/03 level 45.40
E6 economy.second qinghe 2026-01/03 yoy 6.2
C7 economy.industry qinghe 2026-03 level 10.2
D7 economy.industry qinghe 2026-01/03 level 30.5
E7 economy.industry qinghe 2026-01/03 yoy -1.2
C8 economy.industry_state qinghe 2026-03 level 2.1
D8 economy.industry_state qinghe 2026-01/03 level 6.3
E8 economy.industry_state qinghe 2026-01/03 yoy -2.5
C9 economy.retail qinghe 2026-03 level 12.3
D9 economy.retail qinghe 2026-01/03 level 36
E9 economy.retail qinghe 2026-01/03 yoy 0.0
C10 economy.revenue qinghe 2026-03 level 1.2345
D10 economy.revenue qinghe 2026-01/03 level 4.56785
E10 economy.revenue qinghe 2026-01/03 yoy -3.2
D11 economy.deposits qinghe 2026-01/03 level 456.7
E11 economy.deposits qinghe 2026-01/03 yoy 8.1
C12 economy.power qinghe 2026-03 level 12345
D12 economy.power qinghe 2026-01/03 level 35000
""",
    ),
    "三级表头": Case(
        book(
            sheet(
                "Sheet1",
                """
主要指标完成情况（虚构）
2026年一季度|||||||单位：亿元、%
地　区|工业和投资||||消费||
|规模以上工业增加值||固定资产投资||社会消费品零售总额||
|绝对量|比上年同期增长（%）|绝对量|比上年同期增长（%）|绝对量|比上年同期增长（%）|全市位次
甲|1|2|3|4|5|6|7
全　市|200.1|5.0|300.2|-3.4|400.3|6.1|
清河区|20.1|-5.0|30.2|'（3.4）|40.3|6.0|2
嘉禾县|15.0|1.0|25.5|4.4|35.1|7.2|1
丰 乐 县|9.9|2.0|…|—|30.0|'+5.5|3
""",
                "A1:H1 A3:A5 B3:E3 F3:H3 B4:C4 D4:E4 F4:H4",
            )
        ),
        """
B7 economy.industry nanshan 2026-Q1 level 200.1
C7 economy.industry nanshan 2026-Q1 yoy 5.0
D7 economy.invest nanshan 2026-Q1 level 300.2
E7 economy.invest nanshan 2026-Q1 yoy -3.4
F7 economy.retail nanshan 2026-Q1 level 400.3
G7 economy.retail nanshan 2026-Q1 yoy 6.1
B8 economy.industry qinghe 2026-Q1 level 20.1
C8 economy.industry qinghe 2026-Q1 yoy -5.0
D8 economy.invest qinghe 2026-Q1 level 30.2
E8 economy.invest qinghe 2026-Q1 yoy -3.4
F8 economy.retail qinghe 2026-Q1 level 40.3
G8 economy.retail qinghe 2026-Q1 yoy 6.0
H8 economy.retail qinghe 2026-Q1 rank_city 2
B9 economy.industry jiahe 2026-Q1 level 15.0
C9 economy.industry jiahe 2026-Q1 yoy 1.0
D9 economy.invest jiahe 2026-Q1 level 25.5
E9 economy.invest jiahe 2026-Q1 yoy 4.4
F9 economy.retail jiahe 2026-Q1 level 35.1
G9 economy.retail jiahe 2026-Q1 yoy 7.2
H9 economy.retail jiahe 2026-Q1 rank_city 1
B10 economy.industry fengle 2026-Q1 level 9.9
C10 economy.industry fengle 2026-Q1 yoy 2.0
F10 economy.retail fengle 2026-Q1 level 30.0
G10 economy.retail fengle 2026-Q1 yoy 5.5
H10 economy.retail fengle 2026-Q1 rank_city 3
""",
    ),
    "十五个市": Case(
        book(
            sheet(
                "各市",
                "2026年上半年各市规模以上工业增加值（虚构）\n单位：亿元\n市|总量|位次|增速|位次\n"
                + "\n".join(
                    f"{name}市|{300 - 7 * n}.{n % 10}|{n + 1}|{'-' if n % 2 else ''}{n}.{n % 10}|{15 - n}"
                    for n, name in enumerate(CITIES)
                )
                + "\n注：增速按可比价格计算。",
                "A1:E1 A2:E2",
            )
        ),
        "\n".join(
            f"B{n + 4} economy.industry c{n} 2026-S1 level {300 - 7 * n}.{n % 10}\n"
            f"C{n + 4} economy.industry c{n} 2026-S1 rank_province {n + 1}\n"
            f"D{n + 4} economy.industry c{n} 2026-S1 yoy {'-' if n % 2 else ''}{n}.{n % 10}"
            for n in range(len(CITIES))
        ),
        recipe="""\
title: 各市工业（虚构）
source: {id: cities}
tables:
  t:
    title: 各市规模以上工业增加值
    stub: 市
    indicator: economy.industry
    columns:
      - {head: 总量, measure: level}
      - {head: 增速, measure: yoy}
      - {head: 位次, after: 总量, measure: rank_province}
      - {head: 位次, after: 增速, skip: true}
    rows:
"""
        + "".join(f"      - {{name: {name}市, area: c{n}}}\n" for n, name in enumerate(CITIES)),
    ),
    "财政收支": Case(
        book(
            sheet(
                "财政",
                """
财政收支情况（虚构）
2026年9月|||单位：万元
项目|本月|累计|同比±%
一般公共预算收入|1,000|12,000|5.0
　其中：税收收入|600|8,000|'▲4.0
　　　　＃增值税|200|3,000|▼1.5
　　　　非税收入|400|4,000|'▲7.1
一般公共预算支出|2,000|30,000|'+2.0%
　　其中：教育|500|9,000|3.0
""",
            )
        ),
        """
B4 economy.revenue qinghe 2026-09 level 0.1
C4 economy.revenue qinghe 2026-01/09 level 1.2
D4 economy.revenue qinghe 2026-01/09 yoy 5.0
B5 economy.tax qinghe 2026-09 level 0.06
C5 economy.tax qinghe 2026-01/09 level 0.8
D5 economy.tax qinghe 2026-01/09 yoy 4.0
B6 economy.vat qinghe 2026-09 level 0.02
C6 economy.vat qinghe 2026-01/09 level 0.3
D6 economy.vat qinghe 2026-01/09 yoy -1.5
B7 economy.nontax qinghe 2026-09 level 0.04
C7 economy.nontax qinghe 2026-01/09 level 0.4
D7 economy.nontax qinghe 2026-01/09 yoy 7.1
B8 economy.spending qinghe 2026-09 level 0.2
C8 economy.spending qinghe 2026-01/09 level 3
D8 economy.spending qinghe 2026-01/09 yoy 2.0
""",
        recipe="""\
title: 财政收支（虚构）
source: {id: finance}
tables:
  t:
    title: 财政收支情况
    stub: 项目
    triangle: rise
    columns:
      - {head: 本月, measure: level, period: month}
      - {head: 累计, measure: level, period: cumulative}
      - {head: 同比±%, measure: yoy, period: cumulative}
    rows:
      - {name: 一般公共预算收入, indicator: economy.revenue}
      - {name: [一般公共预算收入, 税收收入], indicator: economy.tax}
      - {name: [一般公共预算收入, 税收收入, 增值税], indicator: economy.vat}
      - {name: [一般公共预算收入, 非税收入], indicator: economy.nontax}
      - {name: 一般公共预算支出, indicator: economy.spending}
      - {name: [一般公共预算支出, 教育], skip: true}
""",
    ),
    "人民生活": Case(
        book(
            sheet(
                "人民生活",
                """
人民生活（虚构）
截至2026年6月底
指标|单位|上半年|同比增长%
居民人均可支配收入|元|20,100|5.1
城镇居民|||
　人均可支配收入|元|25,300|4.6
　人均消费支出|元|15,200|4.0
农村居民|||
　人均可支配收入|元|12,400|6.3
　人均消费支出|元|9,100|'-0.5
城镇调查失业率|%|5.1|
""",
            )
        ),
        """
C4 people.income qinghe 2026-S1 level 20100
D4 people.income qinghe 2026-S1 yoy 5.1
C6 people.income_urban qinghe 2026-S1 level 25300
D6 people.income_urban qinghe 2026-S1 yoy 4.6
C7 people.outlay_urban qinghe 2026-S1 level 15200
D7 people.outlay_urban qinghe 2026-S1 yoy 4.0
C9 people.income_rural qinghe 2026-S1 level 12400
D9 people.income_rural qinghe 2026-S1 yoy 6.3
C10 people.outlay_rural qinghe 2026-S1 level 9100
D10 people.outlay_rural qinghe 2026-S1 yoy -0.5
C11 people.jobless qinghe 2026-S1 level 5.1
""",
        recipe="""\
title: 人民生活（虚构）
source: {id: living}
tables:
  t:
    title: 人民生活
    stub: 指标
    columns:
      - {head: "{period}", measure: level}
      - {head: 同比增长%, measure: yoy, period: cumulative}
    rows:
      - {name: 居民人均可支配收入, indicator: people.income}
      - {name: [城镇居民, 人均可支配收入], indicator: people.income_urban}
      - {name: [城镇居民, 人均消费支出], indicator: people.outlay_urban}
      - {name: [农村居民, 人均可支配收入], indicator: people.income_rural}
      - {name: [农村居民, 人均消费支出], indicator: people.outlay_rural}
      - {name: 城镇调查失业率, indicator: people.jobless}
""",
    ),
    "两表并排": Case(
        book(
            sheet(
                "并排",
                """
2026年1-9月主要指标（虚构）||||||
指标|单位|1-9月|增长%|指标|单位|1-9月|增长%
地区生产总值|亿元|500.5|5.5|社会消费品零售总额|亿元|210.0|4.4
固定资产投资|亿元|150.0|-8.8|出口|亿元|33.3|12.0
全社会用电量|万千瓦时|88,000|2.0||||
""",
                "A1:H1",
            )
        ),
        """
C3 economy.gdp qinghe 2026-01/09 level 500.5
D3 economy.gdp qinghe 2026-01/09 yoy 5.5
C4 economy.invest qinghe 2026-01/09 level 150.0
D4 economy.invest qinghe 2026-01/09 yoy -8.8
C5 economy.power qinghe 2026-01/09 level 88000
D5 economy.power qinghe 2026-01/09 yoy 2.0
G3 economy.retail qinghe 2026-01/09 level 210.0
H3 economy.retail qinghe 2026-01/09 yoy 4.4
G4 economy.export qinghe 2026-01/09 level 33.3
H4 economy.export qinghe 2026-01/09 yoy 12.0
""",
    ),
    "续表": Case(
        book(
            sheet(
                "表3",
                """
表3  2026年前三季度主要指标（虚构）
||单位：亿元
指标|总量|同比增长（%）
地区生产总值|500.5|5.5
其中：第三产业|260.0|6.5
||
续表||单位：亿元
指标|总量|同比增长（%）
固定资产投资|150.0|-8.8
社会消费品零售总额|210.0|4.4
注：本表为快报数。
""",
            )
        ),
        """
B4 economy.gdp qinghe 2026-Q1/Q3 level 500.5
C4 economy.gdp qinghe 2026-Q1/Q3 yoy 5.5
B5 economy.third qinghe 2026-Q1/Q3 level 260.0
C5 economy.third qinghe 2026-Q1/Q3 yoy 6.5
B9 economy.invest qinghe 2026-Q1/Q3 level 150.0
C9 economy.invest qinghe 2026-Q1/Q3 yoy -8.8
B10 economy.retail qinghe 2026-Q1/Q3 level 210.0
C10 economy.retail qinghe 2026-Q1/Q3 yoy 4.4
""",
        recipe="""\
title: 前三季度主要指标（虚构）
source: {id: three-quarters}
tables:
  t:
    title: 主要指标
    stub: 指标
    columns:
      - {head: 总量, measure: level}
      - {head: 同比增长, measure: yoy}
    rows:
      - {name: 地区生产总值, indicator: economy.gdp}
      - {name: [地区生产总值, 第三产业], indicator: economy.third}
      - {name: 固定资产投资, indicator: economy.invest}
      - {name: 社会消费品零售总额, indicator: economy.retail}
""",
    ),
    "季度为列": Case(
        book(
            sheet(
                "季度",
                """
分季度主要指标（虚构）
指标名称|2025年||||2026年
|一季度|二季度|三季度|四季度|一季度
地区生产总值（亿元）|100.1|110.2|120.3|130.4|105.5
社会消费品零售总额（万元）|500,000|510,000|520,000|…|505,000
规模以上工业企业单位数（家）|58|60|61|61|59
""",
                "A2:A3 B2:E2",
            )
        ),
        """
B4 economy.gdp qinghe 2025-Q1 level 100.1
C4 economy.gdp qinghe 2025-Q2 level 110.2
D4 economy.gdp qinghe 2025-Q3 level 120.3
E4 economy.gdp qinghe 2025-Q4 level 130.4
F4 economy.gdp qinghe 2026-Q1 level 105.5
B5 economy.retail qinghe 2025-Q1 level 50
C5 economy.retail qinghe 2025-Q2 level 51
D5 economy.retail qinghe 2025-Q3 level 52
F5 economy.retail qinghe 2026-Q1 level 50.5
B6 economy.firms qinghe 2025-Q1 level 58
C6 economy.firms qinghe 2025-Q2 level 60
D6 economy.firms qinghe 2025-Q3 level 61
E6 economy.firms qinghe 2025-Q4 level 61
F6 economy.firms qinghe 2026-Q1 level 59
""",
    ),
    "价格指数": Case(
        book(
            sheet(
                "CPI",
                """
居民消费价格（虚构）
2026年9月
类　别|以上年同月为100|以上年同期为100
居民消费价格指数|101.2|100.8
食品烟酒|99.5|99.9
""",
            )
        ),
        """
B4 economy.cpi qinghe 2026-09 level 101.2
C4 economy.cpi qinghe 2026-01/09 level 100.8
B5 economy.prices_of_food qinghe 2026-09 level 99.5
C5 economy.prices_of_food qinghe 2026-01/09 level 99.9
""",
        recipe="""\
title: 价格（虚构）
source: {id: prices}
tables:
  t:
    title: 居民消费价格
    stub: 类别
    columns:
      - {head: 以上年同月为100, measure: level, period: month}
      - {head: 以上年同期为100, measure: level, period: cumulative}
    rows:
      - {name: 居民消费价格指数, indicator: economy.cpi}
      - {name: 食品烟酒, indicator: economy.prices_of_food}
""",
    ),
    "上年同期": Case(
        book(
            sheet(
                "对比",
                """
主要指标对比表（虚构）||||
序号|指标|2026年1-6月|2025年1-6月|增减（%）|比重（%）|备注
1|地区生产总值（亿元）|300.5|280.1|7.3|100.0|
2|第一产业（亿元）|20.5|19.1|'7.3①|6.8|初步核算
3|第二产业（亿元）|140.0|130.0|7.7|46.6|
① 按可比价格计算。
""",
            )
        ),
        """
C3 economy.gdp qinghe 2026-01/06 level 300.5
D3 economy.gdp qinghe 2025-01/06 level 280.1
E3 economy.gdp qinghe 2026-01/06 yoy 7.3
F3 economy.gdp qinghe 2026-01/06 share 100.0
C4 economy.first qinghe 2026-01/06 level 20.5
D4 economy.first qinghe 2025-01/06 level 19.1
E4 economy.first qinghe 2026-01/06 yoy 7.3
F4 economy.first qinghe 2026-01/06 share 6.8
C5 economy.second qinghe 2026-01/06 level 140.0
D5 economy.second qinghe 2025-01/06 level 130.0
E5 economy.second qinghe 2026-01/06 yoy 7.7
F5 economy.second qinghe 2026-01/06 share 46.6
""",
        recipe="""\
title: 对比表（虚构）
source: {id: compared}
tables:
  t:
    title: 主要指标对比表
    stub: 指标
    columns:
      - {head: "{period}", measure: level}
      - {head: 增减(%), measure: yoy, period: 2026-01/06}
      - {head: 比重(%), measure: share, period: 2026-01/06}
      - {head: 备注, note: true}
    rows:
      - {name: 地区生产总值, indicator: economy.gdp}
      - {name: 第一产业, indicator: economy.first}
      - {name: 第二产业, indicator: economy.second}
""",
    ),
    "月份为行": Case(
        book(
            sheet(
                "用电量",
                """
2026年全社会用电量（虚构）
||单位：万千瓦时
月份|用电量|同比增长（%）
1-2月|20,000|3.0
3月|11,000|-2.0
1-3月|31,000|1.2
""",
            )
        ),
        """
B4 economy.power qinghe 2026-01/02 level 20000
C4 economy.power qinghe 2026-01/02 yoy 3.0
B5 economy.power qinghe 2026-03 level 11000
C5 economy.power qinghe 2026-03 yoy -2.0
B6 economy.power qinghe 2026-01/03 level 31000
C6 economy.power qinghe 2026-01/03 yoy 1.2
""",
        recipe="""\
title: 用电量（虚构）
source: {id: power}
tables:
  t:
    title: 全社会用电量
    stub: 月份
    indicator: economy.power
    columns:
      - {head: 用电量, measure: level}
      - {head: 同比增长, measure: yoy}
    rows:
      - {name: "{period}"}
""",
    ),
    "一县一表": Case(
        book(
            *(
                sheet(
                    name,
                    f"""
{name}主要指标（虚构）
2026年3月|||
指标|单位|累计|累计增长(%)
地区生产总值|亿元|{base}.1|5.{base % 10}
一般公共预算收入|万元|{base}00|'-1.{base % 10}
""",
                )
                for name, base in (("清河区", 31), ("嘉禾县", 22), ("丰乐县", 17))
            ),
            name="各县区2026年3月.xlsx",
        ),
        """
清河区!C4 economy.gdp qinghe 2026-01/03 level 31.1
清河区!D4 economy.gdp qinghe 2026-01/03 yoy 5.1
清河区!C5 economy.revenue qinghe 2026-01/03 level 0.31
清河区!D5 economy.revenue qinghe 2026-01/03 yoy -1.1
嘉禾县!C4 economy.gdp jiahe 2026-01/03 level 22.1
嘉禾县!D4 economy.gdp jiahe 2026-01/03 yoy 5.2
嘉禾县!C5 economy.revenue jiahe 2026-01/03 level 0.22
嘉禾县!D5 economy.revenue jiahe 2026-01/03 yoy -1.2
丰乐县!C4 economy.gdp fengle 2026-01/03 level 17.1
丰乐县!D4 economy.gdp fengle 2026-01/03 yoy 5.7
丰乐县!C5 economy.revenue fengle 2026-01/03 level 0.17
丰乐县!D5 economy.revenue fengle 2026-01/03 yoy -1.7
""",
        recipe="""\
title: 各县区（虚构）
source: {id: counties}
tables:
  t:
    title: 主要指标
    each:
      - {name: 清河区, area: qinghe}
      - {name: 嘉禾县, area: jiahe}
      - {name: 丰乐县, area: fengle}
    stub: 指标
    columns:
      - {head: 累计, measure: level, period: cumulative}
      - {head: 累计增长, measure: yoy, period: cumulative}
    rows:
      - {name: 地区生产总值, indicator: economy.gdp}
      - {name: 一般公共预算收入, indicator: economy.revenue}
""",
    ),
    "产品产量": Case(
        book(
            sheet(
                "表3",
                """
表3  2025年规模以上工业主要产品产量及其增长速度（虚构）
产品名称|单位|产量|比上年增长（%）
水泥|万吨|123.4|-5.6
发电量|亿千瓦时|45.6|3.2
工业机器人|台（套）|1234|20.1
平板玻璃|万重量箱|120|1.0
""",
                "A1:D1",
            )
        ),
        """
C3 economy.shui_ni qinghe 2025 level 123.4
D3 economy.shui_ni qinghe 2025 yoy -5.6
C4 economy.fa_dian_liang qinghe 2025 level 45.6
D4 economy.fa_dian_liang qinghe 2025 yoy 3.2
""",
    ),
    "十五个市三级表头": Case(
        book(
            sheet(
                "Sheet1",
                """
附表1
2026年前三季度各市主要经济指标（虚构）
||||||||单位：亿元，%
市名|国民经济核算|||工业||投资||
|地区生产总值|||规模以上工业增加值||固定资产投资||
|总量|增速|位次|增速|位次|增速|位次|
"""
                + "\n".join(
                    f"{n}市|{900 - i * 11}.{i}|{5 - i * 0.5:.1f}|{i + 1}|{'-' if i % 3 else ''}{i}.5|"
                    f"{15 - i}|{i - 7}.2|{(i * 7) % 15 + 1}"
                    for i, n in enumerate(CITIES)
                )
                + "\n全省|9,999.9|4.1||3.3||-2.2|",
                "A2:I2 A4:A6 B4:D4 E4:F4 G4:H4 B5:D5 E5:F5 G5:H5",
            )
        ),
        "\n".join(
            f"B{i + 7} economy.gdp c{i} 2026-Q1/Q3 level {900 - i * 11}.{i}\n"
            f"C{i + 7} economy.gdp c{i} 2026-Q1/Q3 yoy {5 - i * 0.5:.1f}\n"
            f"D{i + 7} economy.gdp c{i} 2026-Q1/Q3 rank_province {i + 1}\n"
            f"E{i + 7} economy.industry c{i} 2026-Q1/Q3 yoy {'-' if i % 3 else ''}{i}.5\n"
            f"F{i + 7} economy.industry c{i} 2026-Q1/Q3 rank_province {15 - i}\n"
            f"G{i + 7} economy.invest c{i} 2026-Q1/Q3 yoy {i - 7}.2\n"
            f"H{i + 7} economy.invest c{i} 2026-Q1/Q3 rank_province {(i * 7) % 15 + 1}"
            for i in range(15)
        )
        + """
B22 economy.gdp jiangbei 2026-Q1/Q3 level 9999.9
C22 economy.gdp jiangbei 2026-Q1/Q3 yoy 4.1
E22 economy.industry jiangbei 2026-Q1/Q3 yoy 3.3
G22 economy.invest jiangbei 2026-Q1/Q3 yoy -2.2
""",
    ),
    "预算执行": Case(
        book(
            sheet(
                "一般公共预算",
                """
2026年9月一般公共预算收支执行情况表（虚构）
单位：万元
项  目|年初预算数|本月数|累计数||||占比%
|||金额|完成预算%|比上年同期增减额|增减%|
一、一般公共预算收入|100,000|8,000|76,543|76.5|-1,200|-1.5|100.0
（一）税收收入|70,000|5,500|50,000|71.4|-2,000|-3.8|65.3
1.增值税|30,000|2,000|20,000|66.7|300|1.5|26.1
2.企业所得税|10,000|900|8,000|80.0|0|0.0|10.5
（二）非税收入|30,000|2,500|26,543|88.5|800|3.1|34.7
二、一般公共预算支出|200,000|18,000|150,000|75.0|5,000|3.4|
""",
                "A1:H1 A3:A4 B3:B4 C3:C4 D3:G3 H3:H4",
            )
        ),
        """
B5 economy.revenue qinghe 2026 target 10
C5 economy.revenue qinghe 2026-09 level 0.8
D5 economy.revenue qinghe 2026-01/09 level 7.6543
E5 economy.revenue qinghe 2026-01/09 completion 76.5
G5 economy.revenue qinghe 2026-01/09 yoy -1.5
H5 economy.revenue qinghe 2026-01/09 share 100.0
B6 economy.tax qinghe 2026 target 7
C6 economy.tax qinghe 2026-09 level 0.55
D6 economy.tax qinghe 2026-01/09 level 5
E6 economy.tax qinghe 2026-01/09 completion 71.4
G6 economy.tax qinghe 2026-01/09 yoy -3.8
H6 economy.tax qinghe 2026-01/09 share 65.3
B7 economy.vat qinghe 2026 target 3
C7 economy.vat qinghe 2026-09 level 0.2
D7 economy.vat qinghe 2026-01/09 level 2
E7 economy.vat qinghe 2026-01/09 completion 66.7
G7 economy.vat qinghe 2026-01/09 yoy 1.5
H7 economy.vat qinghe 2026-01/09 share 26.1
B8 economy.qi_ye_suo_de_shui qinghe 2026 target 10000
C8 economy.qi_ye_suo_de_shui qinghe 2026-09 level 900
D8 economy.qi_ye_suo_de_shui qinghe 2026-01/09 level 8000
E8 economy.qi_ye_suo_de_shui qinghe 2026-01/09 completion 80.0
G8 economy.qi_ye_suo_de_shui qinghe 2026-01/09 yoy 0.0
H8 economy.qi_ye_suo_de_shui qinghe 2026-01/09 share 10.5
B9 economy.nontax qinghe 2026 target 3
C9 economy.nontax qinghe 2026-09 level 0.25
D9 economy.nontax qinghe 2026-01/09 level 2.6543
E9 economy.nontax qinghe 2026-01/09 completion 88.5
G9 economy.nontax qinghe 2026-01/09 yoy 3.1
H9 economy.nontax qinghe 2026-01/09 share 34.7
B10 economy.spending qinghe 2026 target 20
C10 economy.spending qinghe 2026-09 level 1.8
D10 economy.spending qinghe 2026-01/09 level 15
E10 economy.spending qinghe 2026-01/09 completion 75.0
G10 economy.spending qinghe 2026-01/09 yoy 3.4
""",
    ),
    "县区为列": Case(
        book(
            sheet(
                "表",
                """
2026年一季度分县区情况（虚构）
指标|全市|清河区|嘉禾县|丰乐县
地区生产总值（亿元）|500|100.1|80.2|60.3
地区生产总值增速（%）|5.1|5.2|-0.3|4.4
城镇居民人均可支配收入（元）|9,000|9,100|8,200|7,300
""",
                "A1:E1",
            )
        ),
        """
B3 economy.gdp nanshan 2026-Q1 level 500
C3 economy.gdp qinghe 2026-Q1 level 100.1
D3 economy.gdp jiahe 2026-Q1 level 80.2
E3 economy.gdp fengle 2026-Q1 level 60.3
B4 economy.gdp nanshan 2026-Q1 yoy 5.1
C4 economy.gdp qinghe 2026-Q1 yoy 5.2
D4 economy.gdp jiahe 2026-Q1 yoy -0.3
E4 economy.gdp fengle 2026-Q1 yoy 4.4
B5 people.income_urban nanshan 2026-Q1 level 9000
C5 people.income_urban qinghe 2026-Q1 level 9100
D5 people.income_urban jiahe 2026-Q1 level 8200
E5 people.income_urban fengle 2026-Q1 level 7300
""",
    ),
    "单位成行": Case(
        book(
            sheet(
                "表",
                """
2026年1-9月各县区投资和消费（虚构）
地区|固定资产投资|增速|社会消费品零售总额|增速
|亿元|%|亿元|%
清河区|100.1|5.2|80|1.1
嘉禾县|80.2|-0.3|70|2.2
""",
                "A1:E1 A2:A3",
            )
        ),
        """
B4 economy.invest qinghe 2026-01/09 level 100.1
C4 economy.invest qinghe 2026-01/09 yoy 5.2
D4 economy.retail qinghe 2026-01/09 level 80
E4 economy.retail qinghe 2026-01/09 yoy 1.1
B5 economy.invest jiahe 2026-01/09 level 80.2
C5 economy.invest jiahe 2026-01/09 yoy -0.3
D5 economy.retail jiahe 2026-01/09 level 70
E5 economy.retail jiahe 2026-01/09 yoy 2.2
""",
    ),
    "两列名称": Case(
        book(
            sheet(
                "表",
                """
2026年上半年城乡居民收支（虚构）
分组|指标|单位|1-6月|增长%
城镇居民|人均可支配收入|元|25,300|4.6
|人均消费支出|元|15,200|4.0
农村居民|人均可支配收入|元|12,400|6.3
|人均消费支出|元|9,100|-0.5
""",
                "A1:E1 A3:A4 A5:A6",
            )
        ),
        """
D3 people.income_urban qinghe 2026-01/06 level 25300
E3 people.income_urban qinghe 2026-01/06 yoy 4.6
D4 people.outlay_urban qinghe 2026-01/06 level 15200
E4 people.outlay_urban qinghe 2026-01/06 yoy 4.0
D5 people.income_rural qinghe 2026-01/06 level 12400
E5 people.income_rural qinghe 2026-01/06 yoy 6.3
D6 people.outlay_rural qinghe 2026-01/06 level 9100
E6 people.outlay_rural qinghe 2026-01/06 yoy -0.5
""",
    ),
    "上下两表": Case(
        book(
            sheet(
                "表",
                """
表1 2026年一季度规模以上工业增加值（虚构）
单位：亿元
地区|总量|增速%
清河区|10.1|5.2
嘉禾县|8.2|-0.3
表2 2026年一季度固定资产投资（虚构）
单位：亿元
地区|总量|增速%
清河区|20.1|6.2
嘉禾县|18.2|-1.3
""",
                "A1:C1 A6:C6",
            )
        ),
        """
B4 economy.industry qinghe 2026-Q1 level 10.1
C4 economy.industry qinghe 2026-Q1 yoy 5.2
B5 economy.industry jiahe 2026-Q1 level 8.2
C5 economy.industry jiahe 2026-Q1 yoy -0.3
B9 economy.invest qinghe 2026-Q1 level 20.1
C9 economy.invest qinghe 2026-Q1 yoy 6.2
B10 economy.invest jiahe 2026-Q1 level 18.2
C10 economy.invest jiahe 2026-Q1 yoy -1.3
""",
    ),
    "增速成行": Case(
        book(
            sheet(
                "表",
                """
2026年一季度主要指标（虚构）
指标|单位|数值
地区生产总值|亿元|100.1
　增长|%|5.2
社会消费品零售总额|亿元|50.1
　增长|%|-1.2
一般公共预算收入|亿元|9.36
比上年同期增长|%|3.3
""",
            )
        ),
        """
C3 economy.gdp qinghe 2026-Q1 level 100.1
C4 economy.gdp qinghe 2026-Q1 yoy 5.2
C5 economy.retail qinghe 2026-Q1 level 50.1
C6 economy.retail qinghe 2026-Q1 yoy -1.2
C7 economy.revenue qinghe 2026-Q1 level 9.36
C8 economy.revenue qinghe 2026-Q1 yoy 3.3
""",
    ),
    "百分点": Case(
        book(
            sheet(
                "表",
                """
2026年一季度增速（虚构）
指标|增速（%）|比上年同期增减（百分点）|比全市（百分点）
规模以上工业增加值|5.2|0.3|-1.1
固定资产投资|-2.2|-3.3|-4
""",
            )
        ),
        """
B3 economy.industry qinghe 2026-Q1 yoy 5.2
B4 economy.invest qinghe 2026-Q1 yoy -2.2
""",
    ),
    "隐藏的行和列": Case(
        book(
            sheet(
                "表",
                """
2026年1-2月主要指标（虚构）
指标|单位|1-2月|同比增长%|上年同期
地区生产总值|亿元|100.1|5.2|95
社会消费品零售总额|亿元|50.1|1.2|49
""",
                hidden_columns=frozenset({4}),
                hidden_rows=frozenset({2}),
            )
        ),
        """
C4 economy.retail qinghe 2026-01/02 level 50.1
D4 economy.retail qinghe 2026-01/02 yoy 1.2
""",
    ),
    "逐月": Case(
        book(
            sheet(
                "2026年",
                """
清河区固定资产投资逐月情况（虚构）
时间|当月||累计|
|投资额（万元）|同比（%）|投资额（万元）|同比（%）
1-2月|||20,000|3.0
3月|11,000|-2.0|31,000|1.2
4月|12,000|-1.0|43,000|1.0
""",
                "A2:A3 B2:C2 D2:E2",
            )
        ),
        """
D4 economy.invest qinghe 2026-01/02 level 2
E4 economy.invest qinghe 2026-01/02 yoy 3.0
B5 economy.invest qinghe 2026-03 level 1.1
C5 economy.invest qinghe 2026-03 yoy -2.0
D5 economy.invest qinghe 2026-01/03 level 3.1
E5 economy.invest qinghe 2026-01/03 yoy 1.2
B6 economy.invest qinghe 2026-04 level 1.2
C6 economy.invest qinghe 2026-04 yoy -1.0
D6 economy.invest qinghe 2026-01/04 level 4.3
E6 economy.invest qinghe 2026-01/04 yoy 1.0
""",
    ),
    "多年为列": Case(
        book(
            sheet(
                "历年",
                """
历年主要指标（虚构）
指标|单位|2021年|2022年|2023年|2024年|2025年
地区生产总值|亿元|1.1|2.2|3.3|4.4|5.5
规模以上工业企业单位数|家|50|51|52|…|54
""",
            )
        ),
        """
C3 economy.gdp qinghe 2021 level 1.1
D3 economy.gdp qinghe 2022 level 2.2
E3 economy.gdp qinghe 2023 level 3.3
F3 economy.gdp qinghe 2024 level 4.4
G3 economy.gdp qinghe 2025 level 5.5
C4 economy.firms qinghe 2021 level 50
D4 economy.firms qinghe 2022 level 51
E4 economy.firms qinghe 2023 level 52
G4 economy.firms qinghe 2025 level 54
""",
    ),
    "人口构成": Case(
        book(
            sheet(
                "表1",
                """
表1  2025年年末人口数及其构成（虚构）
指　标|年末数（万人）|比重（%）
常住人口|45.67|100.0
其中：城镇|30.12|65.9
　　　乡村|15.55|34.1
其中：男性|23.4|51.2
　　　女性|22.2|48.8
""",
                "A1:C1",
            )
        ),
        """
B3 economy.chang_zhu_ren_kou qinghe 2025 level 45.67
C3 economy.chang_zhu_ren_kou qinghe 2025 share 100.0
B4 economy.cheng_zhen_chang_zhu_ren_kou qinghe 2025 level 30.12
C4 economy.cheng_zhen_chang_zhu_ren_kou qinghe 2025 share 65.9
B5 economy.xiang_cun_chang_zhu_ren_kou qinghe 2025 level 15.55
C5 economy.xiang_cun_chang_zhu_ren_kou qinghe 2025 share 34.1
B6 economy.nan_xing_chang_zhu_ren_kou qinghe 2025 level 23.4
C6 economy.nan_xing_chang_zhu_ren_kou qinghe 2025 share 51.2
B7 economy.nv_xing_chang_zhu_ren_kou qinghe 2025 level 22.2
C7 economy.nv_xing_chang_zhu_ren_kou qinghe 2025 share 48.8
""",
    ),
    "货物运输": Case(
        book(
            sheet(
                "表4",
                """
表4 2025年各种运输方式完成货物运输量及其增长速度（虚构）
指  标|单位|绝对数|比上年增长（%）
货物运输总量|万吨|1,234.5|3.4
#公路|万吨|1,200.1|3.5
#铁路|万吨|34.4|-1.2
货物周转量|亿吨公里|12.3|4.4
""",
            )
        ),
        """
C3 economy.huo_wu_yun_shu_zong_liang qinghe 2025 level 1234.5
D3 economy.huo_wu_yun_shu_zong_liang qinghe 2025 yoy 3.4
C4 economy.gong_lu_huo_wu_yun_shu_zong_liang qinghe 2025 level 1200.1
D4 economy.gong_lu_huo_wu_yun_shu_zong_liang qinghe 2025 yoy 3.5
C5 economy.tie_lu_huo_wu_yun_shu_zong_liang qinghe 2025 level 34.4
D5 economy.tie_lu_huo_wu_yun_shu_zong_liang qinghe 2025 yoy -1.2
""",
    ),
    "设区市排位": Case(
        book(
            sheet(
                "Sheet1",
                """
2026年1-9月各设区市主要经济指标
||||||||||
设区市|地区生产总值（亿元）|排位|增速（%）|排位|规模以上工业增加值增速（%）|排位|一般公共预算收入（亿元）|增速（%）|排位
全  省|23456.7|—|4.8|—|6.1|—|2100.5|-1.2|—
"""
                + "\n".join(
                    f"{n}市|{2000 - i * 90}.5|{i + 1}|{6 - i * 0.4:.1f}|{i + 1}|{8 - i:.1f}|{i + 1}|"
                    f"{200 - i * 9}.{i % 10}|{3 - i}.0|{i + 1}"
                    for i, n in enumerate(CITIES)
                ),
                "A1:J1",
            )
        ),
        """
B4 economy.gdp jiangbei 2026-01/09 level 23456.7
D4 economy.gdp jiangbei 2026-01/09 yoy 4.8
F4 economy.industry jiangbei 2026-01/09 yoy 6.1
H4 economy.revenue jiangbei 2026-01/09 level 2100.5
I4 economy.revenue jiangbei 2026-01/09 yoy -1.2
"""
        + "\n".join(
            f"B{i + 5} economy.gdp c{i} 2026-01/09 level {2000 - i * 90}.5\n"
            f"C{i + 5} economy.gdp c{i} 2026-01/09 rank_province {i + 1}\n"
            f"D{i + 5} economy.gdp c{i} 2026-01/09 yoy {6 - i * 0.4:.1f}\n"
            f"F{i + 5} economy.industry c{i} 2026-01/09 yoy {8 - i:.1f}\n"
            f"G{i + 5} economy.industry c{i} 2026-01/09 rank_province {i + 1}\n"
            f"H{i + 5} economy.revenue c{i} 2026-01/09 level {200 - i * 9}.{i % 10}\n"
            f"I{i + 5} economy.revenue c{i} 2026-01/09 yoy {3 - i}.0\n"
            f"J{i + 5} economy.revenue c{i} 2026-01/09 rank_province {i + 1}"
            for i in range(15)
        ),
    ),
    "按经营地分": Case(
        book(
            sheet(
                "社零",
                """
社会消费品零售总额
2026年1-9月
指标|本月（亿元）|同比增长（%）|1-本月（亿元）|同比增长（%）
社会消费品零售总额|23.4|5.6|210.5|4.4
  # 限额以上单位消费品零售额|10.1|3.3|90.9|-1.0
按经营地分||||
  城镇|20.1|5.5|180.1|4.2
  乡村|3.3|6.6|30.4|5.5
按消费类型分||||
  餐饮收入|2.2|1.1|20.2|2.2
  商品零售|21.2|6.1|190.3|4.6
""",
            )
        ),
        """
B4 economy.retail qinghe 2026-09 level 23.4
C4 economy.retail qinghe 2026-09 yoy 5.6
D4 economy.retail qinghe 2026-01/09 level 210.5
E4 economy.retail qinghe 2026-01/09 yoy 4.4
B5 economy.xian_e_yi_shang_dan_wei_xiao_fei_pin_ling_shou_e qinghe 2026-09 level 10.1
C5 economy.xian_e_yi_shang_dan_wei_xiao_fei_pin_ling_shou_e qinghe 2026-09 yoy 3.3
D5 economy.xian_e_yi_shang_dan_wei_xiao_fei_pin_ling_shou_e qinghe 2026-01/09 level 90.9
E5 economy.xian_e_yi_shang_dan_wei_xiao_fei_pin_ling_shou_e qinghe 2026-01/09 yoy -1.0
B7 economy.cheng_zhen_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-09 level 20.1
C7 economy.cheng_zhen_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-09 yoy 5.5
D7 economy.cheng_zhen_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-01/09 level 180.1
E7 economy.cheng_zhen_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-01/09 yoy 4.2
B8 economy.xiang_cun_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-09 level 3.3
C8 economy.xiang_cun_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-09 yoy 6.6
D8 economy.xiang_cun_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-01/09 level 30.4
E8 economy.xiang_cun_she_hui_xiao_fei_pin_ling_shou_zong_e qinghe 2026-01/09 yoy 5.5
B10 economy.can_yin_shou_ru qinghe 2026-09 level 2.2
C10 economy.can_yin_shou_ru qinghe 2026-09 yoy 1.1
D10 economy.can_yin_shou_ru qinghe 2026-01/09 level 20.2
E10 economy.can_yin_shou_ru qinghe 2026-01/09 yoy 2.2
B11 economy.shang_pin_ling_shou qinghe 2026-09 level 21.2
C11 economy.shang_pin_ling_shou qinghe 2026-09 yoy 6.1
D11 economy.shang_pin_ling_shou qinghe 2026-01/09 level 190.3
E11 economy.shang_pin_ling_shou qinghe 2026-01/09 yoy 4.6
""",
    ),
    "一至本月": Case(
        book(
            sheet(
                "房地产",
                """
房地产开发投资和销售情况
2026年9月
|计量单位|1—本月|去年同期|同比增长(%)
一、房地产开发投资|万元|234,567|250,000|-6.2
    其中：住宅|万元|200,000|210,000|-4.8
二、商品房销售面积|平方米|123,456|150,000|-17.7
    其中：住宅|平方米|110,000|130,000|-15.4
三、商品房销售额|万元|98,765|110,000|-10.2
备注：以上为快报数
""",
            )
        ),
        """
C4 economy.fang_di_chan_kai_fa_tou_zi qinghe 2026-01/09 level 234567
D4 economy.fang_di_chan_kai_fa_tou_zi qinghe 2025-01/09 level 250000
E4 economy.fang_di_chan_kai_fa_tou_zi qinghe 2026-01/09 yoy -6.2
C5 economy.zhu_zhai_fang_di_chan_kai_fa_tou_zi qinghe 2026-01/09 level 200000
D5 economy.zhu_zhai_fang_di_chan_kai_fa_tou_zi qinghe 2025-01/09 level 210000
E5 economy.zhu_zhai_fang_di_chan_kai_fa_tou_zi qinghe 2026-01/09 yoy -4.8
C6 economy.shang_pin_fang_xiao_shou_mian_ji qinghe 2026-01/09 level 123456
D6 economy.shang_pin_fang_xiao_shou_mian_ji qinghe 2025-01/09 level 150000
E6 economy.shang_pin_fang_xiao_shou_mian_ji qinghe 2026-01/09 yoy -17.7
C7 economy.zhu_zhai_shang_pin_fang_xiao_shou_mian_ji qinghe 2026-01/09 level 110000
D7 economy.zhu_zhai_shang_pin_fang_xiao_shou_mian_ji qinghe 2025-01/09 level 130000
E7 economy.zhu_zhai_shang_pin_fang_xiao_shou_mian_ji qinghe 2026-01/09 yoy -15.4
C8 economy.shang_pin_fang_xiao_shou_e qinghe 2026-01/09 level 98765
D8 economy.shang_pin_fang_xiao_shou_e qinghe 2025-01/09 level 110000
E8 economy.shang_pin_fang_xiao_shou_e qinghe 2026-01/09 yoy -10.2
""",
    ),
    "存贷款余额": Case(
        book(
            sheet(
                "金融",
                """
金融机构人民币信贷收支
截至2026年9月末　　　　单位：亿元
项目|余额|比年初增减|同比增长%
各项存款余额|456.7|23.4|8.1
  住户存款|300.1|20.2|9.9
各项贷款余额|333.3|-1.2|-0.3
""",
            )
        ),
        """
B4 economy.ge_xiang_cun_kuan_yu_e qinghe 2026-01/09 level 456.7
D4 economy.ge_xiang_cun_kuan_yu_e qinghe 2026-01/09 yoy 8.1
B5 economy.zhu_hu_cun_kuan qinghe 2026-01/09 level 300.1
D5 economy.zhu_hu_cun_kuan qinghe 2026-01/09 yoy 9.9
B6 economy.ge_xiang_dai_kuan_yu_e qinghe 2026-01/09 level 333.3
D6 economy.ge_xiang_dai_kuan_yu_e qinghe 2026-01/09 yoy -0.3
""",
    ),
}
