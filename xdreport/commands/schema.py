"""`xdreport schema`: the files of a data folder as other programs read of them."""

from pathlib import Path
from typing import Annotated

import typer

from xdreport import folders
from xdreport.exits import translated
from xdreport.options import Data, Json

app = typer.Typer()


@app.command(epilog="Example: xdreport schema indicators")
@translated
def schema(
    name: Annotated[str, typer.Argument(help="A kind of file. Default: list them.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A folder: write the schemas of all kinds into it.")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Bring datapackage.json and schemas/ of the data folder up to date.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Print the JSON Schema of a kind of file, for editors, and describe the data folder to other programs."""
    from xdreport import descriptions, outputs, schemas, terminal
    from xdreport.findings import Finding, Unusable
    from xdreport.settings import nearest

    if name and not schemas.of(name):
        hint = nearest(name, [kind.name for kind in schemas.KINDS]) or "xdreport schema lists them"
        raise Unusable([Finding("schema.unknown", "there is no such kind of file", found=name, hint=hint)])
    if (found := schemas.of(name)) and not output and not update:
        print(found.as_bytes().decode(), end="")
        return
    if not output and not update:
        rows = [{"name": kind.name, "file": kind.where, "title": kind.title} for kind in schemas.KINDS]
        if json:
            terminal.as_json(rows)
        else:
            terminal.rows(rows)
        return
    files = (
        {output / kind.file: kind.as_bytes() for kind in schemas.KINDS if not name or kind is found} if output else {}
    )
    files |= descriptions.files(folders.own(data)) if update else {}
    outputs.write(files)
    if json:
        terminal.as_json({"wrote": [str(path) for path in files]})
    else:
        terminal.lines({"wrote": terminal.gathered(files)})
