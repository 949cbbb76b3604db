"""`xdreport refresh`: the next period's figures in an edited document."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import AsOf, Data, Document, Json, Templates

if TYPE_CHECKING:
    from xdreport.refreshing import Refreshed

app = typer.Typer()


@app.command(epilog="Example: xdreport refresh briefing-edited.docx --period 2025-Q1/Q3 --comments")
@translated
def refresh(
    file: Document,
    period: Annotated[
        list[str], typer.Option("--period", "-p", help="The period to report on; one for each of the document's.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write. Default: FILE with the period in its name."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show old and new side by side, write nothing.")] = False,
    comments: Annotated[bool, typer.Option("--comments", help="Comment in the file what needs a look.")] = False,
    data: Data = None,
    templates: Templates = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Put another period's figures into an edited Word document; the words in it stay."""
    from xdreport import annotation, edited, outputs, refreshing, renewal, terminal
    from xdreport.findings import Finding, Unusable

    document = edited.read(file)
    ledger = edited.ledger_in(document)
    words = options.words(period)
    target = output or file.with_name(f"{file.stem}-{'-'.join(words).replace('/', '_')}.docx")
    annotation.only_word(document, target)
    folder = folders.data(data)
    today = renewal.today(ledger, folder, folders.templates(templates, folder), options.day(as_of))
    if isinstance(today, renewal.Gone):
        raise Unusable([Finding("verify.area", "the data are of another area", None, None, "", today.reason)])
    made = refreshing.refresh(document, today, tuple(options.period(word) for word in words))
    content = made.content
    if comments:
        content = annotation.commented(content, refreshing.comments(document, made))
    if not dry_run:
        outputs.write({target: content})
    if json:
        rows = [it.as_json() for it in made.remarks]
        terminal.as_json({"file": "" if dry_run else str(target), "unchanged": made.unchanged, "remarks": rows})
        return
    report = f"{file}: {', '.join(ledger.periods)} → {', '.join(words)}"
    terminal.lines({"report": [report], "to write" if dry_run else "wrote": [str(target)], "figures": _counted(made)})
    if dry_run:
        terminal.beside([(it.place, it.old, it.new) for it in made.of(refreshing.Sort.CHANGED)])
    terminal.attention([it for it in made.remarks if it.sort is not refreshing.Sort.CHANGED])
    terminal.findings(document.findings)


def _counted(made: "Refreshed") -> list[str]:
    """Return how many figures became what."""
    from xdreport.refreshing import Sort

    counts = {sort.value: len(made.of(sort)) for sort in Sort}
    return [
        f"{counts['changed']} changed, {made.unchanged} as they were, {counts['stuck']} could not be renewed",
        f"{counts['kept']} stay as they are, {counts['words']} typed words to look at",
    ]
