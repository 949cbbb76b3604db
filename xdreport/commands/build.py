"""`xdreport build`: documents from the data, and what is said of them."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Areas, AsOf, Data, Indicators, Json, Periods, Sections, Strict, Templates

if TYPE_CHECKING:
    from xdreport.build import Result

app = typer.Typer()


@app.command(
    epilog="Example: xdreport build --section industry --period 2022 --format docx,pdf --output out/",
)
@translated
def build(
    section: Sections = None,
    indicator: Indicators = None,
    period: Periods = None,
    area: Areas = None,
    template: Annotated[str, typer.Option("--template", "-t", help="Template. Default: the data folder's.")] = "",
    format: Annotated[str, typer.Option("--format", "-f", help="Formats: docx, pdf, txt. Default: docx and pdf.")] = "",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder, or a file's name with the ending of one format.")
    ] = Path(),
    data: Data = None,
    templates: Templates = None,
    set: Annotated[list[str] | None, typer.Option("--set", help="Override a template's setting: key=value.")] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Write every printed figure as JSON beside the documents.")
    ] = False,
    no_attachment: Annotated[
        bool, typer.Option("--no-attachment", help="Attach no ledger to the PDF, which is then PDF/A-2a.")
    ] = False,
    strict_fonts: Annotated[
        bool, typer.Option("--strict-fonts", help="Fail where the PDF would print another face than a role's own.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, write nothing.")] = False,
    as_of: AsOf = "",
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Build documents from the selected sections and indicators, a report for each selected area."""
    began = time.perf_counter()
    from xdreport import build as pipeline
    from xdreport import terminal
    from xdreport.findings import Finding, Unusable
    from xdreport.scope import Wish
    from xdreport.settings import nearest
    from xdreport.writers import FORMATS

    formats = options.words([format])
    for name in formats or ([format] if format else []):
        if name not in FORMATS:
            hint = nearest(name, FORMATS) or "one of " + ", ".join(FORMATS)
            raise Unusable([Finding("build.format", "unknown format", found=name, hint=hint)])
    folder = folders.data(data)
    order = pipeline.Order(
        data=folder,
        templates=folders.templates(templates, folder),
        wish=Wish(options.words(section), options.words(indicator), options.words(period)),
        template=template,
        formats=formats,
        output=output,
        overrides=tuple(set or ()),
        with_ledger=ledger,
        attaches_ledger=not no_attachment,
        is_strict=strict,
        has_strict_fonts=strict_fonts,
        areas=options.words(area),
        as_of=options.day(as_of),
    )
    results = pipeline.plan_all(order) if dry_run else pipeline.build_all(order)
    seconds = time.perf_counter() - began
    if json:
        made = [_built_as_json(result, folder, seconds) for result in results]
        terminal.as_json(made if len(made) > 1 else made[0])
    else:
        for lines in _built(results, folder, seconds, dry_run):
            terminal.lines(lines)
    terminal.findings(dict.fromkeys(finding for result in results for finding in result.findings))


def _built(results: "Sequence[Result]", folder: Path, seconds: float, dry_run: bool) -> Iterator[dict[str, list[str]]]:
    """Generate what is said of a build: the data once, then each report, then how long it took."""
    from xdreport import terminal

    workspace = results[0].catalog.workspace
    yield {"data": [folders.described(workspace.title, folder) + terminal.as_known(results[0].as_of)]}
    for result in results:
        own = result.scope.area
        area = {} if own.id == workspace.area else {"area": [f"{own.name} ({own.id})"]}
        files = [f"{path}{_pages(result, path)}{_size(result, path)}" for path in result.paths.values()]
        sources = terminal.count(len(result.ledger.sources), "source")
        yield {
            "report": [f"{result.document.title}, template {result.template}"],
            **area,
            "sections": [", ".join(section.id for section in result.scope.sections)],
            "periods": [", ".join(period.id for period in result.scope.periods)],
            "to write" if dry_run else "wrote": files,
            "figures": [f"{len(result.ledger.records)} printed, from {sources}"],
        }
    yield {"time": [f"{seconds:.2f} s"]}


def _pages(result: "Result", path: Path) -> str:
    from xdreport import terminal

    if path not in result.pages:
        return ""
    return "  " + terminal.count(result.pages[path], "page")


def _size(result: "Result", path: Path) -> str:
    return f"  {max(1, round(result.files[path] / 1000))} kB" if path in result.files else ""


def _built_as_json(result: "Result", folder: Path, seconds: float) -> dict[str, Any]:
    from xdreport import terminal

    return {
        "data": str(folder),
        "as_of": result.as_of.isoformat() if result.as_of else "",
        "title": result.document.title,
        "area": result.scope.area.id,
        "template": result.template,
        "sections": [section.id for section in result.scope.sections],
        "periods": [period.id for period in result.scope.periods],
        "files": [
            {
                "format": format,
                "path": str(path),
                "pages": result.pages.get(path),
                "bytes": result.files.get(path),
            }
            for format, path in result.paths.items()
        ],
        "figures": len(result.ledger.records),
        "sources": list(result.ledger.sources),
        "findings": [terminal.finding_as_json(finding) for finding in result.findings],
        "seconds": round(seconds, 3),
    }
