"""A benchmark, not a test: Word files by xdreport beside docxtpl, docxtemplater, pandoc and python-docx plainly used.

    .venv/bin/pip install docxtpl pypandoc_binary
    npm install --prefix FOLDER docxtemplater pizzip
    NODE_PATH=FOLDER/node_modules .venv/bin/python tests/bench_docx.py [rounds]

Whole processes, start-up included; medians of wall time, CPU time and peak memory. All print the same words: the
briefing of the shipped data for 2022, a hundred pages with a table of 5,000 rows, and 200 briefings one after another
in one process. Only xdreport keeps the figures alive and draws charts: its build those of the briefing, having read the
data folder and composed it, its writer alone four of them. The others, and its writer alone, are given the finished
words as JSON. Who is not installed is left out.
"""

import json
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from statistics import median
from subprocess import DEVNULL, Popen, run
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench import BRIEFINGS, ROWS, XDREPORT

if TYPE_CHECKING:
    from xdreport.document import Block, Runs

READ = """
import json, sys
blocks, times = json.load(open(sys.argv[1], encoding="utf-8")), int(sys.argv[2])
"""
WRITER = (
    READ
    + """
from decimal import Decimal
from xdreport.catalog import Measure, Observation
from xdreport.document import *
from xdreport.period import Period
from xdreport.theme import Theme
from xdreport.writers.docx import write
year = Period.parse("2022")
point = Figure("1.5", Derivation.REPORTED, (), Decimal("1.5"), "level")
charts = [Chart(f"chart-{kind.value}", "", (), kind, ("a", "b", "c"), (Series("s", (point,) * 3),), "unit")
          for kind in (ChartKind.COLUMN, ChartKind.BAR, ChartKind.LINE, ChartKind.RING)]
def runs(pieces):
    return tuple(Text(text) if not is_figure else Figure(text, Derivation.REPORTED, (Observation(
        "sample.one", "sample", year, Measure.LEVEL, Decimal(1), None, "source", "place"),), Decimal(1), "level")
        for text, is_figure in pieces)
for time in range(times):
    made = []
    for kind, content in blocks:
        if kind == "table":
            columns, *rows = content
            made.append(Table(f"table-{len(made)}", "", (), tuple(Column(runs(cell)) for cell in columns),
                              tuple(Row(tuple(runs(cell) for cell in row)) for row in rows)))
        else:
            made.append(Heading(int(kind), runs(content)) if kind else Paragraph(runs(content)))
    made += charts
    document = Document("report", tuple(made), Furniture(), year)
    open(f"{time}.docx", "wb").write(write(document, Theme()).content)
"""
)
PLAIN = (
    READ
    + """
from docx import Document
text = lambda pieces: "".join(piece for piece, _ in pieces)
for time in range(times):
    document = Document()
    for kind, content in blocks:
        if kind == "table":
            table = document.add_table(0, len(content[0]))
            for row in content:
                for cell, words in zip(table.add_row().cells, row):
                    cell.text = text(words)
        elif kind:
            document.add_heading(text(content), int(kind))
        else:
            document.add_paragraph(text(content))
    document.save(f"{time}.docx")
"""
)
DOCXTPL = (
    READ
    + """
from docxtpl import DocxTemplate
text = lambda pieces: "".join(piece for piece, _ in pieces)
content = [{"kind": kind, "text": "", "rows": [[text(cell) for cell in row] for row in content]} if kind == "table"
           else {"kind": kind, "text": text(content)} for kind, content in blocks]
for time in range(times):
    template = DocxTemplate("template.docx")
    template.render({"blocks": content}, autoescape=True)
    template.save(f"{time}.docx")
"""
)
DOCXTEMPLATER = """
const fs = require("fs"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater")
const blocks = JSON.parse(fs.readFileSync(process.argv[1])), times = Number(process.argv[2])
const text = (pieces) => pieces.map((piece) => piece[0]).join("")
const content = blocks.map(([kind, inner]) => kind === "table"
    ? { table: { rows: inner.map((row) => Object.fromEntries(row.map((cell, n) => ["c" + n, text(cell)]))) } }
    : { line: { text: text(inner) } })
const template = fs.readFileSync("template-js.docx")
for (let time = 0; time < times; time++) {
    const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true })
    document.render({ blocks: content })
    fs.writeFileSync(time + ".docx", document.toBuffer({ compression: "DEFLATE" }))
}
"""
PANDOC = (
    READ
    + """
import subprocess, pypandoc
text = lambda pieces: "".join(piece for piece, _ in pieces)
lines = []
for kind, content in blocks:
    if kind == "table":
        head, *rows = ["|" + "|".join(text(cell).replace("|", "") for cell in row) + "|" for row in content]
        lines += [head, "|" + "---|" * len(content[0]), *rows, ""]
    else:
        lines += ["#" * int(kind or 0) + " " * bool(kind) + text(content), ""]
open("report.md", "w", encoding="utf-8").write("\\n".join(lines))
for time in range(times):
    subprocess.run([pypandoc.get_pandoc_path(), "report.md", "-o", f"{time}.docx"], check=True)
"""
)


def main(rounds: int) -> None:
    """Measure and print."""
    python = [sys.executable, "-c"]
    peers = {
        "xdreport, its writer": [*python, WRITER],
        "docxtpl": [*python, DOCXTPL] if find_spec("docxtpl") else [],
        "docxtemplater": ["node", "-e", DOCXTEMPLATER, "--"] if has_docxtemplater() else [],
        "pandoc": [*python, PANDOC] if find_spec("pypandoc") else [],
        "python-docx": [*python, PLAIN],
    }
    print("| whole process | wall time | CPU time | peak memory |\n|---|---:|---:|---:|")
    with TemporaryDirectory() as name:
        folder = Path(name)
        # A child's peak memory is never less than its parent's at the fork: this process stays small.
        run([sys.executable, __file__, "prepare", name], check=True)
        data = str(Path(__file__).parent.parent / "data")
        build = [*XDREPORT, "build", "--data", data, "--period", "2022", "--format", "docx"]
        show("briefing: xdreport build", build, folder, rounds)
        for label, command in peers.items():
            show(f"briefing: {label}", [*command, "briefing.json", "1"] if command else [], folder, rounds)
        for label, command in peers.items():
            show(f"5,000 rows: {label}", [*command, "long.json", "1"] if command else [], folder, rounds)
        batch = BRIEFINGS.replace("output=Path", 'formats=("docx",), output=Path')
        show("200 briefings: xdreport build", [sys.executable, "-c", batch], folder, min(rounds, 3))
        for label, command in peers.items():
            show(f"200 briefings: {label}", [*command, "briefing.json", "200"] if command else [], folder, 1)


def has_docxtemplater() -> bool:
    """Return whether node finds docxtemplater."""
    return bool(which("node")) and not run(["node", "-e", "require('docxtemplater')"], stderr=DEVNULL).returncode


def prepare(folder: Path) -> None:
    """Write what the peers are given: the words as JSON, and the template of docxtpl."""
    from xdreport.build import Order, plan
    from xdreport.folders import shipped
    from xdreport.scope import Wish

    order = Order(shipped("data"), (shipped("templates"),), Wish(periods=("2022",)))
    briefing = [each for block in plan(order).document.blocks for each in words(block)]
    prose = [block for block in briefing if block[0] != "table"]
    head, row, *_ = next(content for kind, content in briefing if kind == "table")
    rows = [[[[f"指标{number}", False]], row[1], [[f"{number}.25", True]], *row[3:]] for number in range(ROWS)]
    (folder / "briefing.json").write_text(json.dumps(briefing), encoding="utf-8")
    (folder / "long.json").write_text(json.dumps([*prose * 14, ("table", [head, *rows])]), encoding="utf-8")
    write_template(folder / "template.docx")
    write_node_template(folder / "template-js.docx", len(head))


def measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Return how many seconds a process took, how many of them it computed, and its megabytes at their most."""
    began = time.perf_counter()
    process = Popen(command, cwd=folder, stdout=DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode}: {command}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def show(label: str, command: list[str], folder: Path, rounds: int) -> None:
    """Print the medians of a command; nothing for one that is not installed."""
    if command:
        measured = [measure(command, folder) for _ in range(rounds)]
        seconds, cpu, megabytes = (median(column) for column in zip(*measured, strict=True))
        print(f"| {label} | {seconds:.2f} s | {cpu:.2f} s | {megabytes:.0f} MB |", flush=True)


def words(block: "Block") -> list[tuple[str, list]]:
    """Return a block as what all can print: level and runs of a heading, runs of a paragraph, rows of a table."""
    from xdreport.document import Chart, Heading, ListBlock, Paragraph, Table, Title, characters

    match block:
        case Title():
            return [("1", pieces(block.runs))]
        case Heading():
            return [(str(block.level), [[block.number, False], *pieces(block.runs)])]
        case Paragraph():
            return [("", pieces(block.runs))]
        case ListBlock():
            return [("", pieces(item)) for item in block.items]
        case Table():
            rows = [[pieces(column.title) for column in block.columns]]
            return [("table", [*rows, *([pieces(cell) for cell in row.cells] for row in block.rows)])]
        case Chart():
            return [("", [[characters(block.caption), False]])]
        case _:
            return []


def pieces(runs: "Runs") -> list[list]:
    """Return the text of each run and whether it is a figure."""
    from xdreport.document import Figure, characters

    return [[characters((run,)), isinstance(run, Figure)] for run in runs]


def write_template(path: Path) -> None:
    """Write the template that docxtpl fills: a paragraph or a table for each block."""
    from docx import Document

    document = Document()
    document.add_paragraph("{%p for b in blocks %}")
    document.add_paragraph("{%p if b.kind == 'table' %}")
    table = document.add_table(3, 3)
    for row, text in ((0, "{%tr for row in b.rows %}"), (1, "{%tc for c in row %}"), (2, "{%tr endfor %}")):
        table.cell(row, 0).text = text
    table.cell(1, 1).text, table.cell(1, 2).text = "{{ c }}", "{%tc endfor %}"
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{ b.text }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.save(path)


def write_node_template(path: Path, columns: int) -> None:
    """Write the template that docxtemplater fills, with a table of as many columns."""
    from docx import Document

    document = Document()
    document.add_paragraph("{#blocks}")
    document.add_paragraph("{#line}")
    document.add_paragraph("{text}")
    document.add_paragraph("{/line}")
    document.add_paragraph("{#table}")
    cells = document.add_table(1, columns).rows[0].cells
    for number, cell in enumerate(cells):
        cell.text = "{#rows}" * (number == 0) + f"{{c{number}}}" + "{/rows}" * (number == columns - 1)
    document.add_paragraph("{/table}")
    document.add_paragraph("{/blocks}")
    document.save(path)


if __name__ == "__main__":
    if sys.argv[1:2] == ["prepare"]:
        prepare(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
