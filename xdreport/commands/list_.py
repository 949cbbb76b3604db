"""`xdreport list`: what a data folder has."""

from enum import StrEnum
from typing import Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Areas, AsOf, Data, Indicators, Json, Periods, Sections, Templates

app = typer.Typer()


class Thing(StrEnum):
    """What can be listed."""

    SECTIONS = "sections"
    INDICATORS = "indicators"
    PERIODS = "periods"
    TEMPLATES = "templates"
    SOURCES = "sources"
    OBSERVATIONS = "observations"
    AREAS = "areas"


@app.command("list", epilog="Example: xdreport list observations --section industry --json")
@translated
def list_(
    what: Annotated[Thing, typer.Argument(help="What to list.")],
    section: Sections = None,
    indicator: Indicators = None,
    period: Periods = None,
    area: Areas = None,
    data: Data = None,
    templates: Templates = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """List sections, indicators, periods, templates, sources, observations or areas."""
    from xdreport import listing, terminal
    from xdreport.scope import Wish

    folder = folders.data(data)
    wish = Wish(options.words(section), options.words(indicator), options.words(period))
    searched = folders.templates(templates, folder)
    rows = listing.rows(what.value, folder, searched, wish, options.words(area), options.day(as_of))
    if json:
        terminal.as_json(rows)
    elif rows:
        terminal.rows(rows)
