"""`xdreport diff`: what differs between two periods, ledgers or documents."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import AsOf, Data, Indicators, Json, OneArea, Sections, Templates

if TYPE_CHECKING:
    from datetime import date

    from xdreport.ledger import Ledger

app = typer.Typer()


@app.command(epilog="Example: xdreport diff 2024 2025 --section industry")
@translated
def diff(
    old: Annotated[str, typer.Argument(help="A period, a ledger, or a document that carries one.", show_default=False)],
    new: Annotated[str, typer.Argument(help="The same of what it is compared with.", show_default=False)],
    section: Sections = None,
    indicator: Indicators = None,
    area: OneArea = "",
    data: Data = None,
    templates: Templates = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show what differs between two periods, ledgers or documents: added, dropped, revised, turned about."""
    from xdreport import differences, terminal
    from xdreport.findings import Finding, Unusable

    wish = (options.words(section), options.words(indicator))
    if any(wish) and (file := next((word for word in (old, new) if _is_file(word)), "")):
        hint = "a document is compared as a whole; narrow two periods"
        raise Unusable(
            [Finding("diff.narrow", "--section and --indicator choose among the data", None, file, hint=hint)]
        )
    sides = [_side(word, wish, area, data, templates, options.day(as_of)) for word in (old, new)]
    found = differences.between(*sides)
    if json:
        terminal.as_json([it.as_json() for it in found])
        return
    counts = Counter(it.sort.value for it in found)
    said = ", ".join(f"{counts[sort.value]} {sort.value}" for sort in differences.Sort if counts[sort.value])
    named = [f"{word}: {its.title}{terminal.as_known(its.as_of)}" for word, its in zip((old, new), sides, strict=True)]
    terminal.lines({"old": named[:1], "new": named[1:], "found": [said or "nothing differs"]})
    if found:
        terminal.table(
            ["", "figure", "old", "new", "by"], [[it.sort.value, it.name, it.old, it.new, it.by] for it in found]
        )


def _is_file(word: str) -> bool:
    return Path(word).is_file() or Path(word).suffix in {".docx", ".pdf", ".json"}


def _side(
    word: str,
    wish: tuple[tuple[str, ...], tuple[str, ...]],
    area: str,
    data: Path | None,
    templates: Path | None,
    day: "date | None",
) -> "Ledger":
    """Return the ledger that a word names: a file's, or that of all figures of a period of the data, which may be what
    was known on a day."""
    from xdreport import build as pipeline
    from xdreport import differences, edited, template
    from xdreport.figures import Figures
    from xdreport.scope import Wish, choose

    if _is_file(word):
        return edited.ledger_of(Path(word))
    folder = folders.data(data)
    catalog = pipeline.known(folder, day)
    its = choose(catalog, Wish(*wish, (word,), area))
    book = template.book(its.language, folders.templates(templates, folder))
    return differences.of_period(its, Figures(catalog, its.area, its.periods[0], book, its.language), day)
