"""The command line: arguments to objects, one call, print, exit code.

Exit codes: 0 fine; 1 the data, a template or a document has errors; 2 usage; 3 the environment.
Nothing that reads, composes or writes is imported before a command needs it.
"""

import gc
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="xdreport",
    help="Word and PDF briefings from a district's data folder, every printed digit traceable to its source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Data folder. Default: ./data when it is one, else the folder you are in, else the shipped example.",
    ),
]
Templates = Annotated[
    Path | None, typer.Option("--templates", help="Folder of templates, searched before ./templates and those shipped.")
]
Sections = Annotated[
    list[str] | None,
    typer.Option("--section", "-s", help="Sections: ids, titles, globs, lists with commas, ! before what is left out."),
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", "-i", help="Indicators, chosen like sections; tag:NAME works too.")
]
Periods = Annotated[
    list[str] | None,
    typer.Option("--period", "-p", help="Periods such as 2022, 2022-S1, 2021/2025. Default: the newest with data."),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", "-a", help="Areas: ids, names, globs, lists with commas, level:town, ! before what is left out."
    ),
]
OneArea = Annotated[str, typer.Option("--area", "-a", help="The area, by id or name. Default: the data folder's.")]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help="Only what was known on that day: rows dated later are left out."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Take each warning for an error.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Thing(StrEnum):
    """What can be listed."""

    SECTIONS = "sections"
    INDICATORS = "indicators"
    PERIODS = "periods"
    TEMPLATES = "templates"
    SOURCES = "sources"
    OBSERVATIONS = "observations"
    AREAS = "areas"


def _translated(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with every exception turned into findings and an exit code: never a traceback."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        from xdreport import terminal
        from xdreport.findings import Environment, Failed, Finding, Place, Unusable

        try:
            command(*arguments, **options)
            sys.stdout.flush()
            return
        except Failed as stop:
            found, code = stop.findings, 1
        except Unusable as stop:
            found, code = stop.findings, 2
        except Environment as stop:
            found, code = stop.findings, 3
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of a pipe has gone; nobody is left to tell
            raise typer.Exit(3) from None
        except OSError as error:
            place = Place(str(error.filename)) if error.filename else None
            found, code = (Finding("environment.refused", f"the machine refuses: {error.strerror or error}", place),), 3
        except MemoryError:
            found, code = (Finding("environment.memory", "there is not enough memory"),), 3
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if os.environ.get("XDREPORT_DEBUG"):
                raise
            hint = "set XDREPORT_DEBUG=1 to see where, and please report it"
            message = f"a fault in xdreport itself: {type(error).__name__}: {error}"
            found, code = (Finding("internal", message, hint=hint),), 1
        terminal.findings(found)
        raise typer.Exit(code)

    return run


def shipped(name: str) -> Path:
    """Return a folder that comes with the program: inside the wheel, or beside the package in a checkout."""
    packaged = Path(__file__).parent / "shipped" / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name


def data_folder(given: Path | None) -> Path:
    """Return the data folder to use: the one given, ./data when it is one, the current folder when that is one, else
    the one shipped.

    A folder that has any of the files which every data folder needs is meant to be one: what it lacks is then said,
    and no other district's figures take its place.
    """
    needed = ("workspace.yaml", "sources.yaml", "sections.yaml")
    here = (folder for folder in (Path("data"), Path()) if any((folder / name).exists() for name in needed))
    return given or next(here, shipped("data"))


def template_folders(given: Path | None, data: Path) -> tuple[Path, ...]:
    """Return the folders of templates in the order they are searched; raise `Unusable` for one that is not there."""
    from xdreport.findings import Finding, Unusable

    if given and not given.is_dir():
        raise Unusable([Finding("template.folder", "there is no such folder of templates", found=str(given))])
    return tuple(
        dict.fromkeys([*([given] if given else []), data / "templates", Path("templates"), shipped("templates")])
    )


def _words(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(word for text in texts or () for word in text.replace("，", ",").split(",") if word)


@app.command(
    epilog="Example: xdreport build --section industry --period 2022 --format docx,pdf --output out/",
)
@_translated
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

    formats = _words([format])
    for name in formats or ([format] if format else []):
        if name not in FORMATS:
            hint = nearest(name, FORMATS) or "one of " + ", ".join(FORMATS)
            raise Unusable([Finding("build.format", "unknown format", found=name, hint=hint)])
    folder = data_folder(data)
    order = pipeline.Order(
        data=folder,
        templates=template_folders(templates, folder),
        wish=Wish(_words(section), _words(indicator), _words(period)),
        template=template,
        formats=formats,
        output=output,
        overrides=tuple(set or ()),
        with_ledger=ledger,
        attaches_ledger=not no_attachment,
        is_strict=strict,
        has_strict_fonts=strict_fonts,
        areas=_words(area),
        as_of=_date(as_of),
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


def _built(results: Any, folder: Path, seconds: float, dry_run: bool) -> Iterator[dict[str, list[str]]]:
    """Generate what is said of a build: the data once, then each report, then how long it took."""
    workspace = results[0].catalog.workspace
    origin = " (shipped example)" if folder == shipped("data") else ""
    yield {"data": [f"{workspace.title}: {folder}{origin}{_known(results[0].as_of)}"]}
    for result in results:
        own = result.scope.area
        area = {} if own.id == workspace.area else {"area": [f"{own.name} ({own.id})"]}
        files = [f"{path}{_pages(result, path)}{_size(result, path)}" for path in result.paths.values()]
        yield {
            "report": [f"{result.document.title}, template {result.template}"],
            **area,
            "sections": [", ".join(section.id for section in result.scope.sections)],
            "periods": [", ".join(period.id for period in result.scope.periods)],
            "to write" if dry_run else "wrote": files,
            "figures": [f"{len(result.ledger.records)} printed, from {_count(len(result.ledger.sources), 'source')}"],
        }
    yield {"time": [f"{seconds:.2f} s"]}


def _known(day: Any) -> str:
    return f", as known on {day}" if day else ""


def _pages(result: Any, path: Path) -> str:
    if path not in result.pages:
        return ""
    return "  " + _count(result.pages[path], "page")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _size(result: Any, path: Path) -> str:
    return f"  {max(1, round(result.files[path] / 1000))} kB" if path in result.files else ""


def _built_as_json(result: Any, folder: Path, seconds: float) -> dict[str, Any]:
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


@app.command("list", epilog="Example: xdreport list observations --section industry --json")
@_translated
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

    folder = data_folder(data)
    wish = Wish(_words(section), _words(indicator), _words(period))
    rows = listing.rows(what.value, folder, template_folders(templates, folder), wish, _words(area), _date(as_of))
    if json:
        terminal.as_json(rows)
    elif rows:
        terminal.table(list(rows[0]), [[_cell(value) for value in row.values()] for row in rows])


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


@app.command(epilog="Example: xdreport show industry.signed_funds")
@_translated
def show(
    indicator: Annotated[str, typer.Argument(help="Id or Chinese name of an indicator.")],
    area: Areas = None,
    data: Data = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show an indicator's meaning, trend, history and sources."""
    from xdreport import listing, terminal, trends

    its, history, gone = listing.indicator(data_folder(data), indicator, _words(area), _date(as_of))
    if json:
        terminal.as_json({**its, "observations": history})
        return
    shown = {key: [_cell(value)] for key, value in its.items() if value not in ("", [], None)}
    marks = trends.BLOCKS if terminal.has_blocks() else trends.FIGURES
    terminal.lines({**shown, **({"trend": trends.lines(gone, marks)} if gone else {})})
    if history:
        heads = [key for key in history[0] if key != "as_of" or any(row["as_of"] for row in history)]
        terminal.table(heads, [[_cell(row[key]) for key in heads] for row in history])


@app.command(epilog="Example: xdreport export --section industry --output industry.xlsx")
@_translated
def export(
    section: Sections = None,
    indicator: Indicators = None,
    period: Annotated[
        list[str] | None, typer.Option("--period", "-p", help="Periods such as 2022, 2022-S1, 2021/2025. Default: all.")
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option("--area", "-a", help="Areas, chosen like sections. Default: all.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="csv, json or xlsx. Default: the ending of --output, else csv.")
    ] = "",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write. Default: -, the standard output.")
    ] = Path("-"),
    wide: Annotated[bool, typer.Option("--wide", help="A table with a column for each period.")] = False,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Superseded figures too, not the newest revision of each alone.")
    ] = False,
    data: Data = None,
    as_of: AsOf = "",
) -> None:
    """Give observations to another program as CSV, JSON or a workbook."""
    from xdreport import build as pipeline
    from xdreport import exporting, outputs, tabular, terminal
    from xdreport.scope import Wish

    chosen = exporting.format_of(format, output, is_wide=wide, with_revisions=revisions)
    folder = data_folder(data)
    catalog = pipeline.known(folder, _date(as_of))
    wish = Wish(_words(section), _words(indicator), _words(period))
    if wide:
        table = exporting.matrix(catalog, wish, _words(area))
    else:
        table = exporting.observations(catalog, wish, _words(area), with_revisions=revisions)
    if output == Path("-"):
        tabular.writer(chosen)(table, sys.stdout.buffer)
        return
    outputs.write({output: tabular.saver(table, chosen)})
    origin = " (shipped example)" if folder == shipped("data") else ""
    said = [f"{output}  {_count(table.count, 'row')}"]
    terminal.lines({"data": [f"{catalog.workspace.title}: {folder}{origin}"], "wrote": said})


@app.command(epilog="Example: xdreport fonts --section industry --template briefing")
@_translated
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

    folder = data_folder(data)
    wish = Wish(_words(section), _words(indicator), _words(period), area)
    planned = pipeline.plan(pipeline.Order(folder, template_folders(templates, folder), wish, template))
    rows = listing.fonts(planned.document, planned.theme)
    if json:
        terminal.as_json(rows)
    else:
        terminal.table(list(rows[0]), [[_cell(value) for value in row.values()] for row in rows])


@app.command(epilog="Example: xdreport check --data data")
@_translated
def check(
    data: Data = None,
    templates: Templates = None,
    area: Areas = None,
    as_of: AsOf = "",
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Check the data folder and the templates; every finding in one run."""
    from xdreport import build as pipeline
    from xdreport import descriptions, findings, terminal

    folder = data_folder(data)
    day = _date(as_of)
    found = pipeline.inspect(folder, template_folders(templates, folder), _words(area), day)
    found = (*found, *descriptions.outdated(folder))
    found = findings.strict(found) if strict else found
    worst = Counter(finding.severity for finding in found)
    if json:
        terminal.as_json([terminal.finding_as_json(finding) for finding in found])
    else:
        terminal.findings(found)
        counts = ", ".join(_count(worst[severity], severity.value) for severity in findings.Severity)
        terminal.lines({"checked": [f"{folder}{_known(day)}: {counts}"]})
    if worst[findings.Severity.ERROR]:
        raise typer.Exit(1)


@app.command(epilog="Example: xdreport schema indicators")
@_translated
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
            terminal.table(list(rows[0]), [list(row.values()) for row in rows])
        return
    files = (
        {output / kind.file: kind.as_bytes() for kind in schemas.KINDS if not name or kind is found} if output else {}
    )
    files |= descriptions.files(_own_folder(data)) if update else {}
    outputs.write(files)
    if json:
        terminal.as_json({"wrote": [str(path) for path in files]})
    else:
        terminal.lines({"wrote": _gathered(files)})


def _own_folder(data: Path | None) -> Path:
    """Return the data folder to write to; raise `Unusable` where there is none of the user's own."""
    from xdreport.findings import Finding, Unusable

    folder = data_folder(data)
    if folder == shipped("data"):
        hint = "name one with --data, or begin one with xdreport new workspace"
        raise Unusable(
            [Finding("new.folder", "there is no data folder here, and the example is not changed", hint=hint)]
        )
    return folder


new = typer.Typer(help="Begin a data folder, a section, an indicator, a template, a recipe.", no_args_is_help=True)
app.add_typer(new, name="new", epilog="Example: xdreport new workspace data --area-name 示例区")


@new.command("workspace", epilog="Example: xdreport new workspace data --area-name 示例区 --office 示例区统计局")
@_translated
def new_workspace(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")] = Path("data"),
    area_name: Annotated[
        str, typer.Option("--area-name", help="Chinese name of the area that reports are about.")
    ] = "",
    area: Annotated[
        str, typer.Option("--area", "-a", help="Its id. Default: the folder's name where it can be one, else district.")
    ] = "",
    code: Annotated[str, typer.Option("--code", help="Its code (国标行政区划代码).")] = "",
    level: Annotated[
        str, typer.Option("--level", help="province, city, district or town. Default: what its name ends in.")
    ] = "",
    city: Annotated[str, typer.Option("--city", help="Name of the city that it lies in.")] = "",
    province: Annotated[str, typer.Option("--province", help="Name of the province that it lies in.")] = "",
    office: Annotated[str, typer.Option("--office", help="Name of the office that issues.")] = "",
    title: Annotated[str, typer.Option("--title", help="What the folder is called. Default: made of the name.")] = "",
    empty: Annotated[bool, typer.Option("--empty", help="Without the sample section, which is made up.")] = False,
    json: Json = False,
) -> None:
    """Make a data folder in which a build works at once; its sample section is made up."""
    from xdreport import scaffold

    name = _asked(area_name, "--area-name", "Name of the area that reports are about, such as 示例区")
    wish = scaffold.Workspace(folder, name, area, code, level, city, province, office, title, not empty)
    where = "" if folder == Path("data") else f" --data {folder}"
    nexts = [f"xdreport new section economy --title 经济运行{where}"]
    nexts = nexts if empty else [f"xdreport build{where}", f"xdreport check{where}", *nexts]
    _begun(scaffold.workspace(wish), nexts, json, f"{area or scaffold.area_id(folder)}: {name}")


@new.command("section", epilog="Example: xdreport new section economy --title 经济运行")
@_translated
def new_section(
    id: Annotated[str, typer.Argument(help="Its id, such as economy.", show_default=False)],
    title: Annotated[str, typer.Option("--title", help="Its Chinese title.")] = "",
    english: Annotated[str, typer.Option("--english", help="Its English title.")] = "",
    indicator: Annotated[
        list[str] | None, typer.Option("--indicator", "-i", help="Globs over indicator ids. Default: ID.*.")
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Add a section to the data folder, with files for its indicators and observations."""
    from xdreport import scaffold

    folder = _own_folder(data)
    scaffold.identifier(id, "the section", "economy", f"xdreport new section economy --title {title or id}")
    its = _asked(title, "--title", "Its Chinese title, such as 经济运行")
    files = scaffold.section(folder, id, its, english, _words(indicator))
    _begun(files, [f"xdreport new indicator {id}.NAME --name 名称 --unit 单位{_where(data)}"], json)


@new.command("indicator", epilog="Example: xdreport new indicator economy.revenue --name 一般公共预算收入 --unit 亿元")
@_translated
def new_indicator(
    id: Annotated[str, typer.Argument(help="Its id, such as economy.revenue.", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="Its Chinese name.")] = "",
    unit: Annotated[
        str, typer.Option("--unit", help="What it is counted in: 亿元, 家, %. None for --kind index.")
    ] = "",
    section: Annotated[
        str, typer.Option("--section", "-s", help="The section that it belongs to. Default: the id's first word.")
    ] = "",
    english: Annotated[str, typer.Option("--english", help="Its English name.")] = "",
    alias: Annotated[list[str] | None, typer.Option("--alias", help="Another name for it.")] = None,
    kind: Annotated[str, typer.Option("--kind", help="level, rate, rank, ratio, share or index.")] = "",
    decimals: Annotated[int | None, typer.Option("--decimals", help="How many decimals are printed.")] = None,
    stock: Annotated[bool, typer.Option("--stock", help="It stands at a period's end, as a number of firms.")] = False,
    good: Annotated[str, typer.Option("--good", help="Whether a rise is good: up, down or none.")] = "",
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A word to choose by; key for the key table.")] = None,
    meaning: Annotated[str, typer.Option("--meaning", help="One sentence for colleagues.")] = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Add an indicator to its section's file, which otherwise stays as it is typed."""
    from xdreport import scaffold

    folder = _own_folder(data)
    scaffold.identifier(
        id, "the indicator", "economy.revenue", f"xdreport new indicator economy.revenue --name {name or id}"
    )
    its = _asked(name, "--name", "Its Chinese name, such as 一般公共预算收入")
    counted = unit if kind == "index" else _asked(unit, "--unit", "What it is counted in, such as 亿元")
    keys: dict[str, Any] = {
        "name": its, "english": english, "aliases": _words(alias), "unit": counted, "kind": kind, "decimals": decimals,
        "flow": False if stock else None, "good": good, "tags": _words(tag), "meaning": meaning,
    }  # fmt: skip
    given = {key: value for key, value in keys.items() if value not in ("", (), None)}
    files = scaffold.indicator(folder, scaffold.Indicator(id, given, section))
    _begun(files, [f"xdreport show {id}{_where(data)}"], json)


@new.command("template", epilog="Example: xdreport new template quarterly --extends briefing")
@_translated
def new_template(
    id: Annotated[str, typer.Argument(help="Its id, such as quarterly.", show_default=False)],
    extends: Annotated[str, typer.Option("--extends", help="The template that it changes.")] = "briefing",
    description: Annotated[str, typer.Option("--description", help="What list templates says of it.")] = "",
    data: Data = None,
    templates: Annotated[
        Path | None, typer.Option("--templates", help="The folder to write to. Default: the data folder's templates/.")
    ] = None,
    json: Json = False,
) -> None:
    """Make a template that extends another, with examples of what to change."""
    from xdreport import scaffold

    folder = data_folder(data)
    home = templates or (Path("templates") if folder == shipped("data") else folder / "templates")
    searched = tuple(dict.fromkeys([home, *template_folders(None, folder)]))
    files = scaffold.new_template(home, id, extends, searched, description)
    _begun(files, [f"xdreport build --template {id}{_where(data)}"], json)


@new.command("recipe", epilog="Example: xdreport new recipe monthly")
@_translated
def new_recipe(
    id: Annotated[str, typer.Argument(help="Its id, such as monthly.", show_default=False)],
    data: Data = None,
    json: Json = False,
) -> None:
    """Begin a recipe by hand; xdreport import BOOK --learn drafts one from a workbook."""
    from xdreport import scaffold

    files = scaffold.new_recipe(_own_folder(data), id)
    _begun(files, [f"xdreport import BOOK --recipe {id} --check{_where(data)}"], json)


def _asked(given: str, option: str, question: str) -> str:
    """Return what was given, or what somebody at a terminal answers; raise `Unusable` where nobody can be asked."""
    from xdreport.findings import Finding, Unusable

    if given.strip():
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise Unusable([Finding("new.missing", f"{option} is missing", hint=question[0].lower() + question[1:])])
    answer: str = typer.prompt(question, err=True)
    return answer


def _where(data: Path | None) -> str:
    return f" --data {data}" if data else ""


def _begun(files: Any, nexts: list[str], json: bool, area: str = "") -> None:
    """Write new files, all or none, and say what they are and what may come next."""
    from xdreport import outputs, terminal

    outputs.write(files)
    about = {"area": [area]} if area else {}
    if json:
        terminal.as_json({**about, "wrote": [str(path) for path in files], "next": nexts})
    else:
        terminal.lines({**about, "wrote": _gathered(files), "next": nexts})


def _gathered(files: Any) -> list[str]:
    """Return the names of files, those of a folder of many descriptions as one line."""
    shown = [str(path) for path in files if path.parent.name != "schemas"]
    described = Counter(path.parent for path in files if path.parent.name == "schemas")
    return [*shown, *(f"{folder}{os.sep}  {_count(number, 'file')}" for folder, number in described.items())]


@app.command("import", epilog="Example: xdreport import 报表.xlsx --check")
@_translated
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

    folder = _own_folder(data)
    if learn:
        _learn(books, folder, recipe, section, _ids(ids), writes=yes, reads_only=check, as_json=json)
        return
    order = intake.Order(
        tuple(books), folder, template_folders(templates, folder), recipe, _period(period), _date(as_of), strict
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
    books: list[Path], folder: Path, id: str, section: str, ids: dict[str, str], *, writes: bool, reads_only: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Show the recipe that is drafted from a workbook, and write it when that is wanted."""
    from xdreport import learning, outputs, terminal
    from xdreport.findings import Finding, Unusable
    from xdreport.readers import folder as reader
    from xdreport.readers import workbook

    if len(books) != 1:
        raise Unusable([Finding("learn.books", "a recipe is drafted from one workbook", None, str(len(books)), "one")])
    catalog = reader.read(folder)
    made = learning.draft(workbook.read(books[0]), catalog, id=id, section=section, ids=ids)
    files = made.files(folder)
    if as_json:
        terminal.as_json({**made.as_json(), "files": {str(path): text.decode() for path, text in files.items()}})
    else:
        for block in made.lines(catalog):
            terminal.lines(block)
            print()
        terminal.lines({"to write": [str(path) for path in files]})
        print("\n" + "\n".join(text for text in (made.recipe, made.indicators, made.areas) if text), end="")
    terminal.findings(made.harvest.findings)
    if not reads_only and not writes and sys.stdin.isatty() and sys.stdout.isatty():
        writes = typer.confirm("write these files?")
    if reads_only or not writes:
        terminal.findings([learning.unwritten(made)])
        return
    with outputs.alone(folder):
        outputs.write(files)
    if not as_json:
        terminal.lines({"wrote": [str(path) for path in files], "next": [f"xdreport import {books[0]} --check"]})


def _taken_in(made: Any, folder: Path, *, is_written: bool) -> dict[str, list[str]]:
    """Return what is said of an import: each workbook, then what it does to the folder."""
    merge = made.merge
    lines: dict[str, list[str]] = {"data": [f"{made.catalog.workspace.title}: {folder}"], "workbook": []}
    for parcel in made.parcels:
        harvest = parcel.arrival.harvest
        periods = "、".join(period.name for period in parcel.periods) or "no period"
        unknown = "1 row or column" if len(harvest.unmatched) == 1 else f"{len(harvest.unmatched)} rows or columns"
        lines["workbook"] += [
            f"{parcel.book.name}  sha256 {parcel.book.sha256[:12]}",
            f"    recipe {harvest.recipe}, {periods}, as of {parcel.arrival.as_of}",
            f"    {_count(len(harvest.observations), 'figure')} matched, {unknown} unknown",
        ]
        if harvest.skipped:
            said = ", ".join(f"{count} {reason}" for reason, count in parcel.skipped.items())
            lines["workbook"].append(f"    {_count(len(harvest.skipped), 'cell')} without a figure: {said}")
        if harvest.rounded:
            first = harvest.rounded[0]
            said = f"{first.place} shows {first.shown} and holds {first.stored}"
            lines["workbook"].append(f"    {_count(len(harvest.rounded), 'cell')} with more digits than shown: {said}")
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


def _written(made: Any, folder: Path, path: Path) -> str:
    own = [place.line for place in made.additions.places.values() if Path(place.file).name == path.name]
    rows = f"  lines {min(own)}–{max(own)}" if len(own) > 1 else f"  line {own[0]}" if own else ""
    return f"{folder / path.relative_to(folder.resolve())}{rows}"


def _changes(made: Any) -> None:
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


Document = Annotated[Path, typer.Argument(help="A Word document or a PDF.", show_default=False)]


def _today(ledger: Any, data: Path | None, templates: Path | None, day: Any) -> Any:
    """Return the data folder's figures as a ledger's are asked of it, of what was known on a day or of all of it, or
    why they cannot be compared."""
    from xdreport import template
    from xdreport.readers import folder as reader
    from xdreport.renewal import Today

    folder = data_folder(data)
    catalog = reader.read(folder)
    language = str(ledger.about.get("language", "zh"))
    return Today.of(catalog, ledger, template.book(language, template_folders(templates, folder)), day)


@app.command(epilog="Example: xdreport trace briefing.docx 223.64亿元")
@_translated
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
    from xdreport import edited, terminal, tracing
    from xdreport.findings import Failed, Finding, Place, Unusable

    document = edited.read(file)
    if document.ledger is None:
        raise Unusable([*document.findings, edited.without_ledger(file)])
    if page and document.format != "pdf":
        raise Unusable(
            [Finding("trace.page", "a Word document has no fixed pages", found=str(page), hint="name a PDF")]
        )
    book = None
    if workbook:
        from xdreport.readers import workbook as reader

        book = reader.read(workbook)
    today = _today(document.ledger, data, templates, _date(as_of) or document.ledger.as_of)
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


@app.command(epilog="Example: xdreport verify briefing-edited.docx --data data --annotate checked.docx")
@_translated
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
    from xdreport import build as pipeline
    from xdreport import edited, outputs, terminal, verification
    from xdreport.scope import areas

    document = edited.read(file)
    if annotate:
        _only_word(document, annotate, file)
    day = _date(as_of) or (document.ledger.as_of if document.ledger else None)
    today = _today(document.ledger, data, templates, day) if document.ledger else None
    catalog = getattr(today, "catalog", None) or pipeline.known(data_folder(data), day)
    about = areas(catalog, (area,))[0] if area else None
    found = verification.verify(document, catalog, today, _period(period), about)
    shown = [it for it in found.remarks if all or it.is_bad or it.state in {"lost"}]
    if annotate:
        said = verification.comments(document, shown)
        outputs.write({annotate: _commented(document.content, said)})
    if json:
        rows = [it.as_json() for it in (found.remarks if all else shown)]
        terminal.as_json(
            {"file": str(file), "basis": list(found.basis), "period": found.period, "counts": found.counts,
             "contradicts": found.is_bad, "remarks": rows}
        )  # fmt: skip
    else:
        counts = ", ".join(f"{count} {name}" for name, count in found.counts.items()) or "no numbers"
        wrote = {"wrote": [str(annotate)]} if annotate else {}
        terminal.lines({"held": [f"{file} against"], "": list(found.basis), "found": [counts], **wrote})
        terminal.remarks(shown)
    terminal.findings(document.findings)
    if found.is_bad:
        raise typer.Exit(1)


@app.command(epilog="Example: xdreport diff 2024 2025 --section industry")
@_translated
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
    from collections import Counter as Counts

    from xdreport import differences, terminal

    wish = (_words(section), _words(indicator))
    sides = [_side(word, wish, area, data, templates, _date(as_of)) for word in (old, new)]
    found = differences.between(*sides)
    if json:
        terminal.as_json([it.as_json() for it in found])
        return
    counts = Counts(it.sort.value for it in found)
    said = ", ".join(f"{counts[sort.value]} {sort.value}" for sort in differences.Sort if counts[sort.value])
    terminal.lines(
        {
            **{
                label: [f"{word}: {its.title}{_known(its.as_of)}"]
                for label, word, its in zip(("old", "new"), (old, new), sides, strict=True)
            },
            "found": [said or "nothing differs"],
        }
    )
    if found:
        terminal.table(
            ["", "figure", "old", "new", "by"], [[it.sort.value, it.name, it.old, it.new, it.by] for it in found]
        )


def _side(
    word: str,
    wish: tuple[tuple[str, ...], tuple[str, ...]],
    area: str,
    data: Path | None,
    templates: Path | None,
    day: Any,
) -> Any:
    """Return the ledger that a word names: a file's, or that of all figures of a period of the data, which may be what
    was known on a day."""
    from xdreport import build as pipeline
    from xdreport import differences, edited, template
    from xdreport.figures import Figures
    from xdreport.scope import Wish, choose

    if Path(word).is_file() or Path(word).suffix in {".docx", ".pdf", ".json"}:
        return edited.ledger_of(Path(word))
    folder = data_folder(data)
    catalog = pipeline.known(folder, day)
    its = choose(catalog, Wish(*wish, (word,), area))
    book = template.book(its.language, template_folders(templates, folder))
    return differences.of_period(its, Figures(catalog, its.area, its.periods[0], book, its.language), day)


@app.command(epilog="Example: xdreport refresh briefing-edited.docx --period 2025-Q1/Q3 --comments")
@_translated
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
    from xdreport import edited, outputs, refreshing, terminal
    from xdreport.findings import Unusable
    from xdreport.renewal import Gone

    document = edited.read(file)
    if document.ledger is None:
        raise Unusable([*document.findings, edited.without_ledger(file)])
    words = _words(period)
    target = output or file.with_name(f"{file.stem}-{'-'.join(words).replace('/', '_')}.docx")
    _only_word(document, target, file)
    today = _today(document.ledger, data, templates, _date(as_of))
    if isinstance(today, Gone):
        from xdreport.findings import Finding

        raise Unusable([Finding("verify.area", "the data are of another area", None, None, "", today.reason)])
    made = refreshing.refresh(document, today, tuple(_period(word) for word in words))
    content = made.content
    if comments:
        content = _commented(content, refreshing.comments(document, made))
    if not dry_run:
        outputs.write({target: content})
    if json:
        rows = [it.as_json() for it in made.remarks]
        terminal.as_json({"file": "" if dry_run else str(target), "unchanged": made.unchanged, "remarks": rows})
        return
    counts = {sort.value: len(made.of(sort)) for sort in refreshing.Sort}
    said = f"{counts['changed']} changed, {made.unchanged} as they were, {counts['stuck']} could not be renewed"
    terminal.lines(
        {
            "report": [f"{file}: {', '.join(document.ledger.periods)} → {', '.join(words)}"],
            "to write" if dry_run else "wrote": [str(target)],
            "figures": [said, f"{counts['kept']} stay as they are, {counts['words']} typed words to look at"],
        }
    )
    if dry_run:
        terminal.beside([(it.place, it.old, it.new) for it in made.of(refreshing.Sort.CHANGED)])
    terminal.attention([it for it in made.remarks if it.sort is not refreshing.Sort.CHANGED])
    terminal.findings(document.findings)


def _period(word: str) -> Any:
    """Return the period that an option names, None for an empty one; raise `Unusable` for what is none."""
    from xdreport.findings import Finding, Unusable
    from xdreport.period import Period

    if not word:
        return None
    try:
        return Period.parse(word)
    except ValueError as error:
        expected, *hint = error.args
        raise Unusable([Finding("scope.period", "unknown period", None, word, expected, "".join(hint))]) from None


def _date(word: str) -> Any:
    """Return the day that --as-of names, None for an empty one; raise `Unusable` for what is none."""
    from xdreport import cells
    from xdreport.findings import Finding, Unusable

    try:
        return cells.day(word) if word else None
    except ValueError as error:
        raise Unusable([Finding("scope.as-of", "the day cannot be read", None, word, error.args[0])]) from None


def _only_word(document: Any, output: Path, file: Path) -> None:
    """Raise `Unusable` where a document cannot be written as asked: a PDF has no comments, and none is overwritten."""
    from xdreport.findings import Finding, Place, Unusable

    if document.format != "docx":
        hint = "give the Word document that the PDF was made with"
        raise Unusable(
            [Finding("document.word", "comments are written into Word documents", Place(str(file)), hint=hint)]
        )
    if output.suffix != ".docx":
        raise Unusable([Finding("build.output", "a Word document ends in .docx", None, str(output), "a name in .docx")])


def _commented(content: bytes, said: Any) -> bytes:
    """Return a Word file with comments of ours, dated as the file is."""
    from xdreport.package import Package
    from xdreport.writers.docx.comments import Remark, annotate

    made = Package.read(content).core_properties.modified
    from datetime import date

    day = made.date() if made else date(2000, 1, 1)
    return annotate(content, [Remark(it.line, it.start, it.stop, it.text) for it in said], "xdreport", day)


@app.command(epilog="Example: xdreport reproduce out/briefing.ledger.json")
@_translated
def reproduce(
    ledger: Annotated[Path, typer.Argument(help="A ledger, or a document that carries one.", show_default=False)],
    data: Data = None,
    templates: Templates = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Build a document again from its ledger, compare the bytes, and say what has changed since."""
    from xdreport import reproduction, terminal

    folder = data_folder(data)
    made = reproduction.reproduce(ledger, folder, template_folders(templates, folder), _date(as_of))
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


def _version(value: bool) -> None:
    if value:
        from xdreport import __version__

        print(f"xdreport {__version__}")
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    gc.disable()  # what a command makes lives until it ends: looking through it for cycles took a quarter of the time
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115  # open for as long as the process is
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere  # a shell that closes one (>&-) leaves none
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a GBK console must not stop a build
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what it began is put back
    try:
        app()
    except KeyboardInterrupt:  # before a command has begun; Typer catches it after that
        sys.exit(128 + signal.SIGINT)
    except OSError as error:  # where Typer itself writes: the help, a usage error
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print(f"error: the machine refuses: {error.strerror} [environment.refused]", file=sys.stderr)
        sys.exit(3)
