"""`xdreport new …`: the beginnings of a data folder and of what it holds."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Data, Json

app = typer.Typer(
    name="new",
    help="Begin a data folder, a section, an indicator, a template, a recipe.",
    epilog="Example: xdreport new workspace data --area-name 示例区",
    no_args_is_help=True,
)


@app.command("workspace", epilog="Example: xdreport new workspace data --area-name 示例区 --office 示例区统计局")
@translated
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


@app.command("section", epilog="Example: xdreport new section economy --title 经济运行")
@translated
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

    folder = folders.own(data)
    scaffold.identifier(id, "the section", "economy", f"xdreport new section economy --title {title or id}")
    its = _asked(title, "--title", "Its Chinese title, such as 经济运行")
    files = scaffold.section(folder, id, its, english, options.words(indicator))
    nexts = (f"import BOOK --learn --section {id}", f"new indicator {id}.NAME --name 名称 --unit 单位")
    _begun(files, [f"xdreport {it}{_where(data)}" for it in nexts], json)


@app.command("indicator", epilog="Example: xdreport new indicator economy.revenue --name 一般公共预算收入 --unit 亿元")
@translated
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

    folder = folders.own(data)
    scaffold.identifier(
        id, "the indicator", "economy.revenue", f"xdreport new indicator economy.revenue --name {name or id}"
    )
    its = _asked(name, "--name", "Its Chinese name, such as 一般公共预算收入")
    counted = unit if kind == "index" else _asked(unit, "--unit", "What it is counted in, such as 亿元")
    keys: dict[str, Any] = {
        "name": its, "english": english, "aliases": options.words(alias), "unit": counted, "kind": kind,
        "decimals": decimals, "flow": False if stock else None, "good": good, "tags": options.words(tag),
        "meaning": meaning,
    }  # fmt: skip
    given = {key: value for key, value in keys.items() if value not in ("", (), None)}
    files = scaffold.indicator(folder, scaffold.Indicator(id, given, section))
    _begun(files, [f"xdreport show {id}{_where(data)}"], json)


@app.command("template", epilog="Example: xdreport new template quarterly --extends briefing")
@translated
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

    folder = folders.data(data)
    home = templates or (Path("templates") if folder == folders.shipped("data") else folder / "templates")
    searched = tuple(dict.fromkeys([home, *folders.templates(None, folder)]))
    files = scaffold.new_template(home, id, extends, searched, description)
    _begun(files, [f"xdreport build --template {id}{_where(data)}"], json)


@app.command("recipe", epilog="Example: xdreport new recipe monthly")
@translated
def new_recipe(
    id: Annotated[str, typer.Argument(help="Its id, such as monthly.", show_default=False)],
    data: Data = None,
    json: Json = False,
) -> None:
    """Begin a recipe by hand; xdreport import BOOK --learn drafts one from a workbook."""
    from xdreport import scaffold

    files = scaffold.new_recipe(folders.own(data), id)
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


def _begun(files: "Mapping[Path, bytes]", nexts: list[str], json: bool, area: str = "") -> None:
    """Write new files, all or none, and say what they are and what may come next."""
    from xdreport import outputs, terminal

    outputs.write(files)
    about = {"area": [area]} if area else {}
    if json:
        terminal.as_json({**about, "wrote": [str(path) for path in files], "next": nexts})
    else:
        terminal.lines({**about, "wrote": terminal.gathered(files), "next": nexts})
