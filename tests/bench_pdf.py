"""A benchmark, not a test: the PDF writer beside others on the same content, whole processes, in one run.

    .venv/bin/python tests/bench_pdf.py [rounds] [python of the others]

Prints the table of the README. The others are typst, weasyprint and fpdf2 from PyPI, installed where that second
Python finds them (`python3 -m venv others && others/bin/pip install typst weasyprint fpdf2
pylopdf-fonts-zh-cn`); those that are absent
are left out. All get the same headings, paragraphs, tables and charts, as sources made beforehand; only ours and
typst's PDFs are tagged by default, weasyprint is asked to, fpdf2 cannot. Ours are measured twice: the writer alone,
from a document that is there already, and the whole program, which first reads, checks and composes a data folder (for
the long report one with the table alone). Medians; on a machine that others use, compare within one run only.
"""

import html
import io
import json
import os
import pickle
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
OTHERS = ("typst", "weasyprint", "fpdf2")
# These take minutes for many briefings.
SLOW = {"weasyprint", "fpdf2"}
BRIEFINGS = 200
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]


def main(rounds: int, others: str) -> None:
    """Make the sources, measure, print."""
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}; medians of {rounds}\n")
    print("| whole process | pages | wall time | CPU time | peak memory |\n|---|---:|---:|---:|---:|")
    with TemporaryDirectory() as name:
        folder = Path(name)
        # In processes of their own: what this one has taken counts as taken by those that it starts.
        apart("sources", folder)
        for work in ("briefing", "long", "many"):
            present = [tool for tool in OTHERS if version_of(tool, others) and not (work == "many" and tool in SLOW)]
            for tool in ("writer", "program", *present):
                python = others if tool in OTHERS else sys.executable
                out = folder / f"{tool}-{work}"
                out.mkdir()
                command = [python, __file__, "run", tool, work, str(folder), str(out)]
                taken = [measured(command, folder) for _ in range(rounds if work != "many" else 1)]
                seconds, cpu, megabytes = (median(column) for column in zip(*taken, strict=True))
                label = f"{NAMES[work]}: {LABELS.get(tool) or f'{tool} {version_of(tool, others)}'}"
                pages = apart("pages", out)
                print(f"| {label} | {pages} | {seconds:.2f} s | {cpu:.2f} s | {megabytes:.0f} MB |", flush=True)


NAMES = {"briefing": "a briefing", "long": "a long report", "many": f"{BRIEFINGS} briefings"}
LABELS = {"program": "`xdreport build`", "writer": "xdreport's writer alone"}


def apart(what: str, folder: Path) -> str:
    """Have a process make the sources, or count the pages in a folder, and return what it prints."""
    command = [sys.executable, __file__, what, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def count_pages(folder: Path) -> int:
    """Return how many pages the PDFs of a folder have."""
    from pypdfium2 import PdfDocument

    return sum(len(PdfDocument(path)) for path in folder.rglob("*.pdf"))


def version_of(tool: str, python: str) -> str:
    """Return the version of one of the others, "" where it is absent."""
    code = f"from importlib.metadata import version; print(version({tool!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()


def measured(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Return the seconds, the seconds computed and the megabytes of a process."""
    from bench import measure

    return measure(command, folder)


# Sources


def make_sources(folder: Path) -> None:
    """Write the documents, and the same content for the others."""
    from bench import write_table_folder

    from xdreport.build import Order, plan
    from xdreport.document import Heading, PageBreak, Paragraph, Table, Text
    from xdreport.folders import shipped, templates
    from xdreport.scope import Wish

    data = shipped("data")
    wish = Wish(("industry", "agriculture"), (), ("2022", "2021/2025"))
    briefing = plan(Order(data, templates(None, data), wish, "briefing"))
    full = plan(Order(data, templates(None, data), Wish(periods=("2022", "2021/2025")), "briefing"))
    write_table_folder(folder / "table")
    table = plan(Order(folder / "table", templates(None, data), Wish(), "briefing"))
    prose = [block for block in full.document.blocks if isinstance(block, Heading | Paragraph)]
    (rows,) = (block for block in table.document.blocks if isinstance(block, Table))
    long = replace(full.document, blocks=(*full.document.blocks[:1], *prose * 4, PageBreak(), rows))
    many = [
        replace(briefing.document, blocks=(*briefing.document.blocks, Paragraph((Text(f"第{number}份。"),))))
        for number in range(BRIEFINGS)
    ]
    theme = replace(briefing.theme, machine_fonts=False)
    for work, documents in {"briefing": [briefing.document], "long": [long], "many": many}.items():
        (folder / f"{work}.pickle").write_bytes(_Plain.dumps((documents, theme)))
        contents = [list(content(document)) for document in documents]
        (folder / f"{work}.content").write_bytes(pickle.dumps(contents))
        for ending, source in (("typ", as_typst), ("html", as_html)):
            for number, blocks in enumerate(contents):
                (folder / f"{work}{number}.{ending}").write_text(source(blocks), encoding="utf-8")


class _Plain(pickle.Pickler):
    """Pickles documents without what composed them: runs as the plain tuples that they are."""

    def reducer_override(self, value: object) -> object:
        """Return how a tuple of another type is made again: as a tuple."""
        is_runs = isinstance(value, tuple) and type(value).__name__ == "Joined"
        return (tuple, (list(value),)) if is_runs else NotImplemented

    @classmethod
    def dumps(cls, value: object) -> bytes:
        """Return the bytes of a value."""
        buffer = io.BytesIO()
        cls(buffer).dump(value)
        return buffer.getvalue()


def content(document: Any) -> Iterator[tuple[str, Any]]:
    """Generate the blocks of a document as plain values."""
    from xdreport.document import Chart, Heading, ListBlock, Paragraph, Table, Title, characters

    for block in document.blocks:
        match block:
            case Title():
                yield "title", characters(block.runs)
            case Heading():
                yield f"heading{block.level}", block.number + characters(block.runs)
            case Paragraph():
                yield "paragraph", characters(block.runs)
            case ListBlock():
                for mark, runs in zip(block.marks, block.items, strict=True):
                    yield "paragraph", mark + characters(runs)
            case Table():
                yield "caption", characters(block.caption)
                head = [characters(column.title) for column in block.columns]
                yield "table", [head, *([characters(cell) for cell in row.cells] for row in block.rows)]
            case Chart():
                yield "caption", characters(block.caption)
                values = [figure.value or 0 if figure else 0 for figure in block.series[0].figures]
                yield "chart", list(zip(block.categories, map(float, values), strict=True))


def bars(value: list[tuple[str, float]]) -> Iterator[tuple[str, float, float]]:
    """Generate the bars of a chart: name, value, and share of the longest."""
    most = max((abs(number) for _, number in value), default=1) or 1
    for name, number in value:
        yield name, number, abs(number) / most


_TYPST = """
#set text(font: "Noto Serif SC", size: 16pt, lang: "zh")
#set document(title: "简报")
#set page(margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: (n, ..) => [— #n —])
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13.6pt, spacing: 13.6pt)
#show heading: set text(font: "Noto Sans SC", size: 16pt, weight: "regular")
#show table: set text(size: 10.5pt)
"""


def as_typst(blocks: list[tuple[str, Any]]) -> str:
    """Return Typst's source."""

    def words(text: str) -> str:
        return f"#{json.dumps(text, ensure_ascii=False)}"

    out = [_TYPST]
    for kind, value in blocks:
        if isinstance(value, str):
            head = {"title": "= ", "heading1": "== ", "heading2": "=== "}.get(kind, "")
            out.append(head + words(value))
        elif kind == "table":
            first, *rows = value
            cells = ", ".join(f"[{words(cell)}]" for row in rows for cell in row)
            header = ", ".join(f"[{words(cell)}]" for cell in first)
            out.append(
                f"#table(columns: ({'1fr, ' * len(first)}), inset: 5pt, stroke: none, table.hline(), "
                f"table.header({header}), table.hline(stroke: 0.5pt), {cells}, table.hline())"
            )
        else:
            drawn = ", ".join(
                f"[{words(name)}], [#box(rect(width: {share * 220:.1f}pt, height: 9pt, fill: blue)) {number}]"
                for name, number, share in bars(value)
            )
            out.append(f'#figure(alt: "图", grid(columns: (150pt, 1fr), align: left, row-gutter: 4pt, {drawn}))')
    return "\n\n".join(out)


_HTML = """<html lang="zh"><head><title>简报</title><style>
@page {size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center {content: "— " counter(page) " —"}}
body {font: 16pt/29.6pt "Noto Serif SC"}
p {margin: 0; text-indent: 2em; text-align: justify}
table {width: 100%; font-size: 10.5pt; line-height: 15pt}
h1, h2, h3 {font: 16pt "Noto Sans SC"}
</style></head><body>"""


def as_html(blocks: list[tuple[str, Any]]) -> str:
    """Return HTML with charts as SVG."""
    out = [_HTML]
    for kind, value in blocks:
        if isinstance(value, str):
            name = {"title": "h1", "heading1": "h2", "heading2": "h3"}.get(kind, "p")
            out.append(f"<{name}>{html.escape(value)}</{name}>")
        elif kind == "table":
            first, *rows = ([html.escape(cell) for cell in row] for row in value)
            out.append(f"<table><thead><tr>{''.join(f'<th>{cell}</th>' for cell in first)}</tr></thead><tbody>")
            out += [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows]
            out.append("</tbody></table>")
        else:
            out.append(f'<svg width="440" height="{len(value) * 16}">')
            for place, (name, number, share) in enumerate(bars(value)):
                y = place * 16
                out.append(
                    f'<text x="0" y="{y + 11}" font-size="9">{html.escape(name)}</text>'
                    f'<rect x="150" y="{y}" width="{share * 220:.1f}" height="11" fill="#1f4e79"/>'
                    f'<text x="380" y="{y + 11}" font-size="9">{number}</text>'
                )
            out.append("</svg>")
    return "".join(out) + "</body></html>"


# What the measured processes do


def run(tool: str, work: str, folder: Path, out: Path) -> None:
    """Do one workload of a folder with one tool, into another folder."""
    runs = {"program": run_program, "writer": run_writer, "typst": run_typst, "weasyprint": run_weasyprint}
    runs.get(tool, run_fpdf2)(work, folder, out)


def run_program(work: str, folder: Path, out: Path) -> None:
    """Build from a data folder with the command line; many of them in one process."""
    from xdreport import cli

    if work == "many":
        run_many(out)
        return
    options = {
        "briefing": ["--section", "industry,agriculture", "--period", "2022,2021/2025"],
        "long": ["--data", str(folder / "table")],
    }[work]
    sys.argv = ["xdreport", "build", *options, "--format", "pdf", "--output", str(out)]
    try:
        cli.main()
    except SystemExit as stop:
        assert not stop.code, stop.code


def run_many(out: Path) -> None:
    """Build briefings of a section each, each time another issue."""
    from itertools import cycle, islice

    from xdreport import build
    from xdreport.folders import shipped, templates
    from xdreport.readers import folder as reader
    from xdreport.scope import Wish

    data = shipped("data")
    sections = [section for section in reader.read(data).sections if section not in {"honours", "party"}]
    folders = templates(None, data)
    for number, section in enumerate(islice(cycle(sections), BRIEFINGS)):
        order = build.Order(data, folders, Wish((section,), (), ("2022",)), "briefing", ("pdf",), out / str(number))
        build.build(replace(order, overrides=(f"issue={number}",)))


def run_writer(work: str, folder: Path, out: Path) -> None:
    """Write documents that are there already."""
    from xdreport.writers.pdf import write

    documents, theme = pickle.loads((folder / f"{work}.pickle").read_bytes())
    for number, document in enumerate(documents):
        (out / f"{number}.pdf").write_bytes(write(document, theme).content)


def sources(work: str, folder: Path, ending: str) -> list[Path]:
    """Return the sources of a workload in order."""
    return sorted(folder.glob(f"{work}[0-9]*.{ending}"))


def fonts() -> Path:
    """Return the folder of the fonts that all of them use."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.serif_path()).parent


def run_typst(work: str, folder: Path, out: Path) -> None:
    """Compile Typst's sources; its PDF is tagged."""
    import typst

    for path in sources(work, folder, "typ"):
        compiler = typst.Compiler(str(path), font_paths=[str(fonts())], ignore_system_fonts=True)
        compiler.compile(output=str(out / f"{path.stem}.pdf"), format="pdf")


def run_weasyprint(work: str, folder: Path, out: Path) -> None:
    """Lay out HTML, tagged."""
    import weasyprint

    for path in sources(work, folder, "html"):
        page = weasyprint.HTML(filename=str(path))
        page.write_pdf(str(out / f"{path.stem}.pdf"), pdf_variant="pdf/ua-1")


def run_fpdf2(work: str, folder: Path, out: Path) -> None:
    """Draw with fpdf2, which writes no tags."""
    import fpdf

    for number, blocks in enumerate(pickle.loads((folder / f"{work}.content").read_bytes())):
        pdf = fpdf.FPDF(unit="pt", format="A4")
        pdf.set_margins(79, 105, 74)
        pdf.set_auto_page_break(True, 99)
        pdf.add_font("serif", fname=str(fonts() / "NotoSerifSC-Regular.otf"))
        pdf.add_page()
        for kind, value in blocks:
            pdf.set_font("serif", size=16)
            if isinstance(value, str):
                pdf.multi_cell(0, 29.6, value, align="J" if kind == "paragraph" else "C", new_x="LMARGIN", new_y="NEXT")
            elif kind == "table":
                pdf.set_font("serif", size=10.5)
                plain = fpdf.fonts.FontFace(emphasis="")
                with pdf.table(value, borders_layout="NONE", line_height=20, headings_style=plain):
                    pass
            else:
                pdf.set_font("serif", size=9)
                for name, number_, share in bars(value):
                    pdf.cell(150, 16, name)
                    pdf.rect(pdf.get_x(), pdf.get_y() + 3, share * 220, 10, style="F")
                    pdf.cell(0, 16, str(number_), align="R", new_x="LMARGIN", new_y="NEXT")
        pdf.output(str(out / f"{number}.pdf"))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", tool, work, folder, out]:
            run(tool, work, Path(folder), Path(out))
        case ["sources", folder]:
            make_sources(Path(folder))
        case ["pages", folder]:
            print(count_pages(Path(folder)))
        case [rounds, python]:
            main(int(rounds), python)
        case rounds:
            main(int(*rounds or "3"), sys.executable)
