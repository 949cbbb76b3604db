"""`xdreport reproduce`: a document built again from its ledger."""

from pathlib import Path
from typing import Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import AsOf, Data, Json, Templates

app = typer.Typer()


@app.command(epilog="Example: xdreport reproduce out/briefing.ledger.json")
@translated
def reproduce(
    ledger: Annotated[Path, typer.Argument(help="A ledger, or a document that carries one.", show_default=False)],
    data: Data = None,
    templates: Templates = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Build a document again from its ledger, compare the bytes, and say what has changed since."""
    from xdreport import reproduction, terminal

    folder = folders.data(data)
    made = reproduction.reproduce(ledger, folder, folders.templates(templates, folder), options.day(as_of))
    if json:
        rows = [outcome.as_json() for outcome in made.outcomes]
        terminal.as_json({"same": made.is_same, "outputs": rows, "differences": list(made.differences)})
    else:
        beside = {"same": "is unchanged", "changed": "was changed"}
        notes = {state: f" (the file beside the ledger {words})" for state, words in beside.items()}
        words = {True: "the same bytes", False: "differs"}
        lines = [
            f"{it.file}  {_ALIKE if it.is_alike and not it.is_same else words[it.is_same]}{notes.get(it.beside, '')}"
            for it in made.outcomes
        ]
        changed = {"changed": list(made.differences)} if made.differences else {}
        terminal.lines({"data": [str(folder)], "built": lines, **changed})
    if not made.is_same:
        raise typer.Exit(1)


_ALIKE = "the same but for what it records of its order and inputs"
