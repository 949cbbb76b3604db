"""A benchmark, not a test: folders of 100,000 and 1,000,000 made-up observations, in whole processes.

    .venv/bin/python tests/bench_data.py [rounds] [observations ...]

Prints the table of the README: wall time, CPU time and peak memory of building one section as Word and PDF, of `check`
and of `list sections`, start-up included; then how long the steps of that build take, each in a process of its own. A
folder has 200 indicators in 10 sections, quarters counted from January since 2001, levels with growth rates that
follow from them, and as many towns of one district as make up the observations.
"""

import os
import platform
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from subprocess import PIPE, run
from tempfile import TemporaryDirectory

from bench import ROOT, XDREPORT, measure

SECTIONS, INDICATORS, YEARS = 10, 20, range(2001, 2026)
QUARTERS = ("{}-Q1", "{}-S1", "{}-Q1/Q3", "{}")
HEADER = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
# Where each step ends: the folder read, its indexes and findings made, the documents written.
STEPS = """
import gc, sys, time
from pathlib import Path
gc.disable()
from xdreport import build, checks
from xdreport.folders import templates
from xdreport.readers import folder
from xdreport.scope import Wish
began = time.perf_counter()
catalog = folder.read(Path(sys.argv[1]))
loaded = time.perf_counter()
findings = checks.check(catalog)
checked = time.perf_counter()
order = build.Order(Path(sys.argv[1]), templates(None, Path(sys.argv[1])), Wish(("s0",)))
folder.read, checks.check = lambda path: catalog, lambda catalog: findings
build.build(order)
print(loaded - began, checked - loaded, time.perf_counter() - checked)
"""


def main(rounds: int, sizes: list[int]) -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
          f"medians of {rounds}")  # fmt: skip
    print("\n| whole process | wall time | CPU time | peak memory |\n|---|---:|---:|---:|")
    steps = []
    with TemporaryDirectory() as name:
        for size in sizes:
            data = Path(name) / str(size)
            write_folder(data, size)
            for label, words in {
                "load, check, one section as Word and PDF": ["build", "--section", "s0"],
                "`check`": ["check"],
                "`list sections`": ["list", "sections"],
            }.items():
                command = [*XDREPORT, *words, "--data", str(data)]
                measured = [measure(command, Path(name)) for _ in range(rounds)]
                seconds, cpu, megabytes = (median(column) for column in zip(*measured, strict=True))
                print(
                    f"| {size:,} observations: {label} | {seconds:.2f} s | {cpu:.2f} s | {megabytes:.0f} MB |",
                    flush=True,
                )
            split = [timed(data) for _ in range(rounds)]
            steps.append((size, *(median(column) for column in zip(*split, strict=True))))
    print("\n| within it | load | check | compose and write |\n|---|---:|---:|---:|")
    for size, load, check, write in steps:
        print(f"| {size:,} observations | {load:.2f} s | {check:.2f} s | {write:.2f} s |")


def timed(data: Path) -> list[float]:
    """Return how many seconds a build's loading, checking and writing take."""
    told = run([sys.executable, "-c", STEPS, data], cwd=data.parent, stdout=PIPE, check=True, text=True,
               env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    return [float(word) for word in told.stdout.split()]


def write_folder(folder: Path, observations: int) -> None:
    """Write a made-up data folder of so many observations."""
    per_series = len(YEARS) * len(QUARTERS) * 2 - len(QUARTERS)  # the first year has no growth rates
    per_area = SECTIONS * INDICATORS * per_series
    towns = [f"town_{n}" for n in range(1, -(-observations // per_area))]
    areas = "".join(f"  {town}: {{name: 虚构{n}镇, level: town, within: made_up}}\n" for n, town in enumerate(towns, 1))
    files = {
        "workspace.yaml": f"title: 虚构数据\narea: made_up\nareas:\n  made_up: {{name: 虚构区}}\n{areas}",
        "sources.yaml": "".join(f"made_{year}: {{title: 虚构统计资料（{year}年）}}\n" for year in YEARS),
        "sections.yaml": "".join(
            f's{s}: {{title: 虚构栏目{s + 1}, indicators: ["s{s}.*"]}}\n' for s in range(SECTIONS)
        ),
    }
    left = observations
    for s in range(SECTIONS):
        names = [f"s{s}.i{n}" for n in range(INDICATORS)]
        files[f"indicators/s{s}.yaml"] = "".join(
            f"{name}: {{name: 第{n + 1}项指标, unit: 亿元, decimals: 2, good: up}}\n" for n, name in enumerate(names)
        )
        files[f"narratives/s{s}/default.md"] = "".join(
            f"第{'一二三四五六七八九十'[n]}项指标{{{{ figure('{name}') }}}}，{{{{ change('{name}') }}}}。\n\n"
            for n, name in enumerate(names[:10])
        )
        share = left // (SECTIONS - s)
        rows = [row for area in zip(*(series(name, towns) for name in names), strict=True) for row in chain(*area)]
        kept = rows[-share:]
        left -= len(kept)
        files[f"observations/s{s}.csv"] = HEADER + "".join(kept)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def series(name: str, towns: list[str]) -> Iterator[list[str]]:
    """Generate the rows of an indicator in each town, and last those of the district that they add up to."""
    seed = sum(map(ord, name))
    whole: dict[str, int] = {}
    for n, town in enumerate([*towns, "made_up"]):
        values: dict[str, int] = {}
        rows = []
        for year in YEARS:
            for q, quarter in enumerate(QUARTERS, 1):
                period = quarter.format(year)
                made = (1000 + seed % 97 * 10 + n * 13) * q + (year - YEARS[0]) * (7 + seed % 11) * q
                values[period] = whole.get(period, made) if town == "made_up" else made
                if town != "made_up":
                    whole[period] = whole.get(period, 0) + made
                locator = f"第{seed % 9 + 1}表第{n + 1}行"
                rows.append(row(name, town, period, "level", values[period], locator, year))
                if before := values.get(quarter.format(year - 1)):
                    rate = (values[period] * 20000 // before + 1) // 2 - 10000
                    rows.append(row(name, town, period, "yoy", rate, locator, year))
        yield rows


def row(name: str, area: str, period: str, measure: str, hundredths: int, locator: str, year: int) -> str:
    """Return a line of observations/<section>.csv."""
    sign, value = "-" if hundredths < 0 else "", abs(hundredths)
    return f"{name},{area},{period},{measure},{sign}{value // 100}.{value % 100:02},,made_{year},{locator},,,\n"


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(numbers[0] if numbers else 3, numbers[1:] or [100_000, 1_000_000])
