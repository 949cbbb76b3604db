"""The texts of new files: what a data folder, a section and a template begin with.

Their comments are in Chinese, because the office opens these files, and say what may be typed there. What the sample
section holds is made up, and calls itself so wherever it is printed.
"""

WORKSPACE = """\
# 数据目录总的设置。# 后面是说明，程序不读；改完运行 xdreport check 检查，每个键的意思编辑器里会提示。
title: {title}
# 报告写的是哪个地区，填下面 areas 里的编号（小写字母、数字、_、-）。
area: {area}
# 用到的地区：本地区、拿来比较的上级地区、下属的乡镇街道。级别有 country、province、city、district、town。
# 例如：
#   jia: {{name: 甲镇, level: town, within: {area}}}
areas:
{areas}
# 编印单位，印在报头和报尾。
{office}
# 以下可以不写，去掉行首的 # 就生效。
# periods:
#   2026/2030: {{name: “十五五”时期}}
# template: briefing
# units: [枚, 元/枚]
"""
SOURCES = """\
# 数据从哪里来：公报、报表、文件，一个来源一行，编号自己起。observations 里每个数都要写来源的编号。
# 例如：
#   bulletin-2026q1: {title: 2026年一季度经济运行简况, publisher: 某某统计局, date: "2026-04-20", covers: 2026-Q1}
"""
SECTIONS = """\
# 报告的栏目，按排印的顺序，一个栏目一行。增加栏目：xdreport new section 编号 --title 标题
"""
INDICATORS = """\
# 栏目“{title}”的指标。name 和 unit 必填，其余按需要。增加指标可以照样写，也可以用命令：
#   xdreport new indicator {id}.revenue --name 一般公共预算收入 --unit 亿元
# 例如：
#   {id}.revenue:
#     name: 一般公共预算收入
#     aliases: [财政收入]   # 别名，查找和导入时也认得
#     unit: 亿元
#     decimals: 2           # 印几位小数；不写则照录原数
#     flow: true            # true 一段时间累计的数，false 期末时点的数
#     good: up              # up 升好，down 降好，none 不论
#     low: 0                # 合理值的下限、上限，超出算错误
#     high: 100
#     tags: [key]           # key 是主要指标
#     meaning: 一句话解释。
"""
TEMPLATE = """\
# 模板 {id}：在 {extends} 的基础上改，只写不同之处。下面以 # 开头的例子，去掉行首的 # 和一个空格就生效。
# 有哪些键、是什么意思，编辑器里会提示。预览：xdreport build --template {id} --format txt --output 预览.txt
extends: {extends}
description: {description}
# title: "{{{{ area() }}}}{{{{ periods() }}}}主要指标快报"
# subtitle: ""
# page: {{top: 37, bottom: 35, left: 28, right: 26}}
# theme:
#   accent: C00000
#   styles:
#     body: {{size: 三号, pitch: 28}}
# furniture:
#   mark: 内部资料
# 写了 parts 就整个取代原模板的清单：
# parts:
#   - key_table: {{columns: [name, unit, value, comparison]}}
#   - sections: {{numbering: true, table: false}}
#   - sources
"""

# The sample. Its figures agree with each other (123.4 is 5.6% above 116.9), so that a check is silent.
SAMPLE = "sample"
SAMPLE_SOURCE = """\
# 虚构的示例，随 sample 栏目一起删。
sample: {title: 程序自带的示例（虚构，不是真实数据）, date: "2025-10-20", covers: 2025-Q1/Q3}
"""
SAMPLE_SECTION = """\
# sample 是虚构的示例，看过样子就删：本文件的这一行、sources.yaml 里的 sample、charts.yaml、indicators/sample.yaml、
# observations/sample.csv 和 narratives/sample 目录；再运行 xdreport schema --update。
sample: {title: 示例（虚构）, indicators: ["sample.*"]}
"""
SAMPLE_INDICATORS = """\
# 虚构的示例栏目的指标。自己的指标照样写在各栏目的文件里。
sample.output:
  name: 示例产值
  unit: 亿元
  decimals: 1        # 印一位小数
  good: up           # 升是好事
  tags: [key]        # 主要指标
  meaning: 虚构的累计数。
sample.firms:
  name: 示例企业
  unit: 家
  flow: false        # 期末时点的数，与上年末比
  good: up
  meaning: 虚构的时点数。
sample.air:
  name: 示例优良率
  unit: "%"
  kind: ratio        # 比例，升降用百分点
  decimals: 1
  good: up
  low: 0
  high: 100
  meaning: 虚构的比例。
"""
SAMPLE_OBSERVATIONS = """\
sample.output,{area},2025-Q1/Q3,level,123.4,,sample,第1段,,,虚构。
sample.output,{area},2025-Q1/Q3,yoy,5.6,,sample,第1段,,,虚构。
sample.output,{area},2024-Q1/Q3,level,116.9,,sample,第1段,,,虚构。
sample.firms,{area},2025-Q1/Q3,level,56,,sample,第2段,,,虚构。
sample.firms,{area},2024,level,50,,sample,第2段,,,虚构。
sample.air,{area},2025-Q1/Q3,level,95.1,,sample,第3段,,,虚构。
sample.air,{area},2024-Q1/Q3,level,94.3,,sample,第3段,,,虚构。
"""
SAMPLE_CHARTS = """\
# 栏目里的图。自己的图照样写；不要示例时连这一个一起删。
sample_output:
  section: sample
  kind: column       # column 柱，bar 条，line 线，column-line 柱加线，stacked 堆积，ring 环
  title: 示例产值（虚构）
  indicators: [sample.output]
  periods: [2024-Q1/Q3, 2025-Q1/Q3]
"""
SAMPLE_NARRATIVE = """\
这一段是虚构的示例，文字写在 narratives 目录里，数字由程序填写。{{ period() }}，示例产值{{ figure('sample.output') }}，{{ change('sample.output') }}；示例优良率为{{ figure('sample.air') }}，{{ change('sample.air') }}。

{{ period(end=true) }}，示例企业{{ figure('sample.firms') }}，{{ change('sample.firms') }}。
"""  # noqa: E501  # a paragraph of prose is one line
