"""`xdreport verify`: an edited document held against its ledger and the data."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import AsOf, Data, Document, Json, OneArea, Templates

if TYPE_CHECKING:
    from xdreport.verification import Remark, Verification

app = typer.Typer()


@app.command(epilog="Example: xdreport verify briefing-edited.docx --data data --annotate checked.docx")
@translated
def verify(
    file: Document,
    period: Annotated[
        str, typer.Option("--period", "-p", help="The period it reports on. Default: what it says.")
    ] = "",
    area: OneArea = "",
    data: Data = None,
    templates: Templates = None,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", help="Write a copy of the Word document with comments at the spots.")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Show what agrees and what cannot be told, too.")] = False,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Hold every number of a document, edited or not, against its ledger and the data."""
    from xdreport import annotation, edited, outputs, renewal, terminal, verification
    from xdreport import build as pipeline
    from xdreport.scope import areas

    document = edited.read(file)
    if annotate:
        annotation.only_word(document, annotate)
    day = options.day(as_of) or (document.ledger.as_of if document.ledger else None)
    folder = folders.data(data)
    today = None
    if document.ledger:
        today = renewal.today(document.ledger, folder, folders.templates(templates, folder), day)
    catalog = today.catalog if isinstance(today, renewal.Today) else pipeline.known(folder, day)
    about = areas(catalog, (area,))[0] if area else None
    found = verification.verify(document, catalog, today, options.period(period) if period else None, about)
    shown = [it for it in found.remarks if all or it.is_bad or it.state in {"lost"}]
    if annotate:
        said = verification.comments(document, shown)
        outputs.write({annotate: annotation.commented(document.content, said)})
    if json:
        terminal.as_json(_as_json(found, shown, file))
    else:
        terminal.lines(_held(found, file, annotate))
        terminal.remarks(shown)
    terminal.findings(document.findings)
    if found.is_bad:
        raise typer.Exit(1)


def _held(found: "Verification", file: Path, copy: Path | None) -> dict[str, list[str]]:
    """Return what is said of a document: what it was held against, and how many numbers agree or do not."""
    counts = ", ".join(f"{count} {name}" for name, count in found.counts.items()) or "no numbers"
    wrote = {"wrote": [str(copy)]} if copy else {}
    return {"held": [f"{file} against"], "": list(found.basis), "found": [counts], **wrote}


def _as_json(found: "Verification", shown: "Iterable[Remark]", file: Path) -> dict[str, Any]:
    return {
        "file": str(file),
        "basis": list(found.basis),
        "period": found.period,
        "counts": found.counts,
        "contradicts": found.is_bad,
        "remarks": [it.as_json() for it in shown],
    }
