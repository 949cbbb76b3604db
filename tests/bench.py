"""A benchmark, not a test: wall time, CPU time and peak memory of whole processes, start-up included.

    .venv/bin/python tests/bench.py [rounds]

Prints the table of the README: the full report of the shipped data, a made-up table of 5,000 rows, 200 briefings in
one process, and `--help` against an empty Typer program. Medians, because machines drift; CPU time shows how busy the
machine was with others.
"""

import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
ROWS = 5_000
XDREPORT = [sys.executable, "-c", "from xdreport.cli import main; main()"]
EMPTY = """
import typer
app = typer.Typer()
@app.command()
def one() -> None: pass
@app.command()
def two() -> None: pass
app()
"""
# Sections and periods in turn, each time another issue: no two of the 200 are the same file.
BRIEFINGS = """
from itertools import cycle, islice
from pathlib import Path
from xdreport import build
from xdreport.findings import Failed
from xdreport.folders import shipped, templates
from xdreport.readers import folder
from xdreport.scope import Wish
data = shipped("data")
catalog = folder.read(data)
kinds = sorted({(catalog.indicators[row.indicator].section, row.period.id) for row in catalog.observations})
kinds = [kind for kind in kinds if kind[1] in {"2022", "2021/2025"}]
for number, (section, period) in enumerate(islice(cycle(kinds), 200)):
    wish = Wish((section,), (), (period,))
    folders = templates(None, data)
    build.build(build.Order(data, folders, wish, output=Path(str(number)), overrides=(f"issue={number}",)))
"""


def main(rounds: int) -> None:
    """Measure and print."""
    names = ("typer", "pydantic", "reportlab", "uharfbuzz", "jinja2", "PyYAML")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
          f"{', '.join(f'{name} {version(name)}' for name in names)}; medians of {rounds}")  # fmt: skip
    print("\n| whole process | wall time | CPU time | peak memory |\n|---|---:|---:|---:|")
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_table_folder(folder / "table")
        full = ["build", "--data", str(ROOT / "data"), "--period", "2022,2021/2025"]
        table = ["build", "--data", str(folder / "table")]
        for label, command in {
            "full report, Word and PDF": [*XDREPORT, *full],
            "full report, Word alone": [*XDREPORT, *full, "--format", "docx"],
            "full report, PDF alone": [*XDREPORT, *full, "--format", "pdf"],
            f"table of {ROWS:,} rows, Word and PDF": [*XDREPORT, *table],
            f"table of {ROWS:,} rows, Word alone": [*XDREPORT, *table, "--format", "docx"],
            f"table of {ROWS:,} rows, PDF alone": [*XDREPORT, *table, "--format", "pdf"],
            "200 briefings, Word and PDF": [sys.executable, "-c", BRIEFINGS],
        }.items():
            measured = [measure(command, folder) for _ in range(rounds if "200" not in label else min(rounds, 3))]
            seconds, cpu, megabytes = (median(column) for column in zip(*measured, strict=True))
            print(f"| {label} | {seconds:.2f} s | {cpu:.2f} s | {megabytes:.0f} MB |", flush=True)
        starts = [
            (measure([*XDREPORT, "--help"], folder)[0], measure([sys.executable, "-c", EMPTY, "--help"], folder)[0])
            for _ in range(4 * rounds)
        ]
    ours, empty = (median(column) for column in zip(*starts, strict=True))
    print(f"| `xdreport --help` | {ours:.2f} s | | |\n| an empty Typer program's `--help` | {empty:.2f} s | | |")
    print(f"\n`--help` takes {ours / empty:.2f} times an empty Typer program.")


def measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Return how many seconds a process took, how many of them it computed, and its megabytes at their most."""
    began = time.perf_counter()
    process = Popen(command, cwd=folder, stdout=DEVNULL, stderr=DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode}: {command}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def write_table_folder(folder: Path) -> None:
    """Write a made-up data folder whose one section has a table of `ROWS` indicators."""
    header = "indicator,area,period,measure,value,qualifier,source,locator,status,as_of,note\n"
    rows = (f"made.i{n},made_up,2025,level,{n}.{n % 10},,made_up,第{n}行,,,\n" for n in range(1, ROWS + 1))
    files = {
        "workspace.yaml": "title: 虚构数据\narea: made_up\nareas:\n  made_up: {name: 虚构区}\n",
        "sources.yaml": "made_up: {title: 虚构资料}\n",
        "sections.yaml": 'made: {title: 虚构栏目, indicators: ["made.*"]}\n',
        "indicators/made.yaml": "".join(f"made.i{n}: {{name: 第{n}项, unit: 万元}}\n" for n in range(1, ROWS + 1)),
        "narratives/made/default.md": "本栏目数据均为虚构。\n",
        "observations/made.csv": header + "".join(rows),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
