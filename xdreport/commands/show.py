"""`xdreport show`: one indicator."""

from typing import Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Areas, AsOf, Data, Json

app = typer.Typer()


@app.command(epilog="Example: xdreport show industry.signed_funds")
@translated
def show(
    indicator: Annotated[str, typer.Argument(help="Id or Chinese name of an indicator.")],
    area: Areas = None,
    data: Data = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show an indicator's meaning, trend, history and sources."""
    from xdreport import listing, terminal, trends

    its, history, gone = listing.indicator(folders.data(data), indicator, options.words(area), options.day(as_of))
    if json:
        terminal.as_json({**its, "observations": history})
        return
    shown = {key: [terminal.cell(value)] for key, value in its.items() if value not in ("", [], None)}
    marks = trends.BLOCKS if terminal.has_blocks() else trends.FIGURES
    terminal.lines({**shown, **({"trend": trends.lines(gone, marks)} if gone else {})})
    if history:
        heads = [key for key in history[0] if key != "as_of" or any(row["as_of"] for row in history)]
        terminal.table(heads, [[terminal.cell(row[key]) for key in heads] for row in history])
