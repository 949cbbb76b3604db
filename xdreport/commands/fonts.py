"""`xdreport fonts`: the faces of a selection's PDF."""

from typing import Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Data, Indicators, Json, OneArea, Periods, Sections, Templates

app = typer.Typer()


@app.command(epilog="Example: xdreport fonts --section industry --template briefing")
@translated
def fonts(
    section: Sections = None,
    indicator: Indicators = None,
    period: Periods = None,
    area: OneArea = "",
    template: Annotated[str, typer.Option("--template", "-t", help="Template. Default: the data folder's.")] = "",
    data: Data = None,
    templates: Templates = None,
    json: Json = False,
) -> None:
    """Show which font plays each role in the PDF of a selection, and which characters it lacks."""
    from xdreport import build as pipeline
    from xdreport import listing, terminal
    from xdreport.scope import Wish

    folder = folders.data(data)
    wish = Wish(options.words(section), options.words(indicator), options.words(period), area)
    planned = pipeline.plan(pipeline.Order(folder, folders.templates(templates, folder), wish, template))
    rows = listing.fonts(planned.document, planned.theme)
    if json:
        terminal.as_json(rows)
    else:
        terminal.rows(rows)
