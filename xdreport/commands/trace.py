"""`xdreport trace`: the chain behind a printed number."""

from pathlib import Path
from typing import Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import AsOf, Data, Document, Json, Templates

app = typer.Typer()


@app.command(epilog="Example: xdreport trace briefing.docx 223.64亿元")
@translated
def trace(
    file: Document,
    text: Annotated[str, typer.Argument(help="The number, as it is printed. Default: every figure.")] = "",
    page: Annotated[int, typer.Option("--page", help="Only figures on this page of a PDF, from 1.", min=0)] = 0,
    workbook: Annotated[
        Path | None, typer.Option("--workbook", help="A workbook that was imported: what its cells show.")
    ] = None,
    data: Data = None,
    templates: Templates = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Say of a printed number what it is, how it was obtained and from which rows."""
    from xdreport import edited, renewal, terminal, tracing
    from xdreport.findings import Failed, Finding, Place, Unusable

    document = edited.read(file)
    ledger = edited.ledger_in(document)
    if page and document.format != "pdf":
        raise Unusable(
            [Finding("trace.page", "a Word document has no fixed pages", found=str(page), hint="name a PDF")]
        )
    book = None
    if workbook:
        from xdreport.readers import workbook as reader

        book = reader.read(workbook)
    folder = folders.data(data)
    known = options.day(as_of) or ledger.as_of
    today = renewal.today(ledger, folder, folders.templates(templates, folder), known)
    found = tracing.trace(document, text, page, today, book)
    if not found:
        hint = "xdreport verify looks at numbers that are no figures of the document; without TEXT, trace lists all"
        place = Place(str(file))
        raise Failed([Finding("trace.nothing", "no figure of the document prints this", place, text, hint=hint)])
    if json:
        terminal.as_json([it.as_json() for it in found])
        return
    for number, it in enumerate(found):
        if number:
            print()
        terminal.lines({"figure": [f"{it.text}  {it.place}"], **{label: list(lines) for label, lines in it.lines}})
