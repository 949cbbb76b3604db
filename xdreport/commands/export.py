"""`xdreport export`: observations for another program."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import AsOf, Data, Indicators, Sections

app = typer.Typer()


@app.command(epilog="Example: xdreport export --section industry --output industry.xlsx")
@translated
def export(
    section: Sections = None,
    indicator: Indicators = None,
    period: Annotated[
        list[str] | None, typer.Option("--period", "-p", help="Periods such as 2022, 2022-S1, 2021/2025. Default: all.")
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option("--area", "-a", help="Areas, chosen like sections. Default: all.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="csv, json or xlsx. Default: the ending of --output, else csv.")
    ] = "",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write. Default: -, the standard output.")
    ] = Path("-"),
    wide: Annotated[bool, typer.Option("--wide", help="A table with a column for each period.")] = False,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Superseded figures too, not the newest revision of each alone.")
    ] = False,
    data: Data = None,
    as_of: AsOf = "",
) -> None:
    """Give observations to another program as CSV, JSON or a workbook."""
    from xdreport import build as pipeline
    from xdreport import exporting, outputs, tabular, terminal
    from xdreport.scope import Wish

    chosen = exporting.format_of(format, output, is_wide=wide, with_revisions=revisions)
    folder = folders.data(data)
    catalog = pipeline.known(folder, options.day(as_of))
    wish = Wish(options.words(section), options.words(indicator), options.words(period))
    if wide:
        table = exporting.matrix(catalog, wish, options.words(area))
    else:
        table = exporting.observations(catalog, wish, options.words(area), with_revisions=revisions)
    if output == Path("-"):
        tabular.writer(chosen)(table, sys.stdout.buffer)
        return
    outputs.write({output: tabular.saver(table, chosen)})
    rows = terminal.count(table.count, "row")
    terminal.lines({"data": [folders.described(catalog.workspace.title, folder)], "wrote": [f"{output}  {rows}"]})
