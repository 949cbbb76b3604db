"""A small world: three invented areas, four indicators, a few figures. All of it is made up."""

from pathlib import Path

import pytest

WORLD = {
    "workspace.yaml": """\
title: 虚构的示例数据
area: qinghe
areas:
  qinghe: {name: 清河区, english: Qinghe District, level: district, within: nanshan}
  nanshan: {name: 南山市, english: Nanshan, level: city}
office: {name: 清河区统计室}
""",
    "sources.yaml": """\
bulletin-2025: {title: 虚构统计公报, publisher: 清河区统计室, date: "2026-02", covers: "2025"}
""",
    "sections.yaml": """\
industry: {title: 产业发展, english: Industry, indicators: ["industry.*"]}
living: {title: 居民生活, english: Living, indicators: ["living.*"]}
""",
    "indicators/industry.yaml": """\
industry.output: {name: 工业总产值, unit: 亿元, decimals: 1, good: up, low: 0, high: 1000, tags: [key]}
industry.firms: {name: 规上工业企业, unit: 家, flow: false, good: up}
""",
    "indicators/living.yaml": """\
living.income: {name: 居民人均可支配收入, unit: 元, good: up, tags: [key]}
""",
    "observations/industry.csv": """\
indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note
industry.output,qinghe,2024,level,100.25,,bulletin-2025,第1段,,,
industry.output,qinghe,2025,level,112.35,,bulletin-2025,第1段,,,
industry.output,qinghe,2025,yoy,12.1,,bulletin-2025,第1段,,,
industry.firms,qinghe,2025,level,58,,bulletin-2025,第2段,,,
industry.firms,qinghe,2025,rank_city,2,,bulletin-2025,第2段,,,
""",
    "observations/living.csv": """\
indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note
living.income,qinghe,2025,level,36500,余,bulletin-2025,第3段,,,
""",
    "narratives/industry/2025.md": """\
{{ period() }}，工业总产值{{ figure('industry.output') }}，{{ change('industry.output') }}。

规上工业企业{{ figure('industry.firms') }}，居{{ rank('industry.firms', among='city') }}。
""",
}

TEMPLATES = {
    "own.yaml": """\
extends: base
title: "{{ area() }}发展情况"
parts:
  - lead: {text: "本期反映{{ area() }}{{ periods() }}的情况。"}
  - sections
  - sources
""",
}


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Return a data folder that holds the small world."""
    return write(tmp_path / "data", WORLD)


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write text files below a folder and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
