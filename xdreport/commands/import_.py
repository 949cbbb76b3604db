"""`xdreport import`: figures from workbooks, and recipes drafted from them."""

import re
import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Data, Json, Strict, Templates

if TYPE_CHECKING:
    from xdreport.intake import Intake

app = typer.Typer()


@app.command("import", epilog="Example: xdreport import 报表.xlsx --check")
@translated
def import_(
    books: Annotated[list[Path], typer.Argument(help="Workbooks: xlsx, xls, ods or csv.", show_default=False)],
    recipe: Annotated[str, typer.Option("--recipe", help="Id of the recipe. Default: the one that fits.")] = "",
    period: Annotated[
        str, typer.Option("--period", "-p", help="The period of the figures. Default: what the workbook says.")
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="The day of the figures, YYYY-MM-DD. Default: the workbook's, else today.")
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", "--dry-run", help="Say what would be written and what was found, write nothing.")
    ] = False,
    learn: Annotated[
        bool, typer.Option("--learn", help="Draft a recipe from the workbook, and show it first.")
    ] = False,
    section: Annotated[
        str, typer.Option("--section", "-s", help="With --learn: the section for indicators that the folder lacks.")
    ] = "",
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="With --learn: the id that a name has or is to have, 名称=ID.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --learn: write without asking.")] = False,
    data: Data = None,
    templates: Templates = None,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Take the figures of a statistics bureau's workbooks into the data folder, all of them or none."""
    from xdreport import intake, terminal

    folder = folders.own(data)
    if learn:
        nexts = _command("xdreport import", books, {"--recipe": recipe, "--data": data}) + " --check"
        _learn(books, folder, recipe, section, _ids(ids), nexts, writes=yes, reads_only=check, as_json=json)
        return
    order = intake.Order(
        tuple(books),
        folder,
        folders.templates(templates, folder),
        recipe,
        options.period(period) if period else None,
        options.day(as_of),
        strict,
    )
    made = intake.plan(order)
    if made.lands and not check:
        intake.land(made, order)
    if json:
        found = [terminal.finding_as_json(finding) for finding in made.findings]
        terminal.as_json(
            {"data": str(folder), "wrote": made.lands and not check, **intake.as_json(made), "findings": found}
        )
    else:
        terminal.lines(_taken_in(made, folder, is_written=made.lands and not check))
        _changes(made)
    terminal.findings(made.findings)
    if not made.lands:
        raise typer.Exit(1)
    if made.additions.files and not json:
        given = {"--recipe": recipe, "--period": period, "--as-of": as_of, "--data": data}
        landed = [_command(f"xdreport {name}", (), {"--data": data}) for name in ("check", "build")]
        terminal.lines({"next": [_command("xdreport import", books, given)] if check else landed})


def _command(name: str, books: Iterable[Path], given: Mapping[str, str | Path | None]) -> str:
    """Return a command with the options that have a value, as it can be typed."""
    words = [*map(str, books), *(word for option, value in given.items() if value for word in (option, str(value)))]
    return " ".join([name, *(shlex.quote(it) if re.search(r"[^\w@%+=:,./-]", it) else it for it in words)])


def _ids(texts: list[str] | None) -> dict[str, str]:
    """Return the ids that options give to names; raise `Unusable` for one that is no 名称=ID."""
    from xdreport import cells
    from xdreport.findings import Finding, Unusable

    found: dict[str, str] = {}
    for text in texts or ():
        name, sign, id = text.partition("=")
        try:
            found[name.strip()] = cells.identifier(id.strip())
        except ValueError as error:
            raise Unusable(
                [Finding("learn.id", "an id cannot be read", None, text, f"名称=ID, {error.args[0]}")]
            ) from None
        if not (name.strip() and sign):
            raise Unusable([Finding("learn.id", "a name and its id are needed", None, text, "名称=ID")])
    return found


def _learn(
    books: list[Path], folder: Path, id: str, section: str, ids: dict[str, str], nexts: str, *, writes: bool,
    reads_only: bool, as_json: bool,
) -> None:  # fmt: skip
    """Show the recipe that is drafted from a workbook, and write it when that is wanted."""
    from xdreport import descriptions, learning, outputs, settings, terminal
    from xdreport.findings import Finding, Unusable
    from xdreport.readers import folder as reader
    from xdreport.readers import workbook

    if len(books) != 1:
        raise Unusable([Finding("learn.books", "a recipe is drafted from one workbook", None, str(len(books)), "one")])
    catalog = reader.read(folder)
    is_described = bool(settings.schema_line_of(folder, "recipe"))
    made = learning.draft(workbook.read(books[0]), catalog, id=id, section=section, ids=ids, is_described=is_described)
    files = made.files(folder)
    files = {**files, **descriptions.following(folder, files)}
    if as_json:
        terminal.as_json({**made.as_json(), "files": {str(path): text.decode() for path, text in files.items()}})
    else:
        for block in made.lines(catalog):
            terminal.lines(block)
            print()
        terminal.lines({"to write": [str(path) for path in files]})
        print("\n" + "\n".join(text for text in (made.recipe, made.indicators, made.areas) if text))
    terminal.findings(made.harvest.findings)
    if not reads_only and not writes and sys.stdin.isatty() and sys.stdout.isatty():
        writes = typer.confirm("write these files?")
    if reads_only or not writes:
        terminal.findings([learning.unwritten(made)])
        return
    with outputs.alone(folder):
        outputs.write(files)
    if not as_json:
        terminal.lines({"wrote": [str(path) for path in files], "next": [nexts]})


def _taken_in(made: "Intake", folder: Path, *, is_written: bool) -> dict[str, list[str]]:
    """Return what is said of an import: each workbook, then what it does to the folder."""
    from xdreport import terminal

    merge = made.merge
    lines: dict[str, list[str]] = {"data": [f"{made.catalog.workspace.title}: {folder}"], "workbook": []}
    for parcel in made.parcels:
        harvest = parcel.arrival.harvest
        periods = "、".join(period.name for period in parcel.periods) or "no period"
        unknown = "1 row or column" if len(harvest.unmatched) == 1 else f"{len(harvest.unmatched)} rows or columns"
        lines["workbook"] += [
            f"{parcel.book.name}  sha256 {parcel.book.sha256[:12]}",
            f"    recipe {harvest.recipe}, {periods}, as of {parcel.arrival.as_of}",
            f"    {terminal.count(len(harvest.observations), 'figure')} matched, {unknown} unknown",
        ]
        if harvest.skipped:
            said = ", ".join(f"{count} {reason}" for reason, count in parcel.skipped.items())
            lines["workbook"].append(f"    {terminal.count(len(harvest.skipped), 'cell')} without a figure: {said}")
        if harvest.rounded:
            first = harvest.rounded[0]
            said = f"{first.place} shows {first.shown} and holds {first.stored}"
            cells = terminal.count(len(harvest.rounded), "cell")
            lines["workbook"].append(f"    {cells} with more digits than shown: {said}")
    counts = {"added": merge.added, "revised": merge.revised, "settled": merge.settled, "same": merge.same}
    lines["figures"] = [", ".join(f"{len(its)} {word}" for word, its in counts.items() if its) or "none"]
    if digits := sum(pair.digits_differ for pair in merge.same):
        lines["figures"].append(f"{digits} the same, written with other digits")
    if merge.sources:
        lines["source"] = [f"{source.id}: {source.title}" for source in merge.sources]
    files = [_written(made, folder, path) for path in made.additions.files]
    lines["wrote" if is_written else "to write" if made.lands else "not written"] = files or [
        "nothing: the folder has it"
    ]
    if not made.lands:
        lines["not written"] = ["nothing: see the errors below"]
    return lines


def _written(made: "Intake", folder: Path, path: Path) -> str:
    own = [place.line for place in made.additions.places.values() if Path(place.file).name == path.name]
    rows = f"  lines {min(own)}–{max(own)}" if len(own) > 1 else f"  line {own[0]}" if own else ""
    return f"{folder / path.relative_to(folder.resolve())}{rows}"


def _changes(made: "Intake") -> None:
    """Print the figures that change, old and new side by side, with the places of both."""
    from xdreport import terminal

    rows = [
        [sort, made.name(pair.new), f"{pair.old.value:f}", f"{pair.new.value:f}", f"{pair.difference:+f}",
         made.unit(pair.new), str(pair.old.place or ""), str(pair.new.place or "")]
        for sort, pairs in (("revised", made.merge.revised), ("settled", made.merge.settled))
        for pair in pairs
    ]  # fmt: skip
    if rows:
        terminal.table(["", "figure", "old", "new", "by", "unit", "in the folder", "in the workbook"], rows)
