"""New files for a data folder: a whole one, a section, an indicator, a template, a recipe. Commented, and sound.

The comments are in Chinese, as the words that editors show are: who opens these files is the office. Nothing that is
there is overwritten; what a file has already stays as it is typed, and what is added is read back before it is written.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from xdreport import cells, descriptions, learning, recipe, rows, settings, starters, template
from xdreport.catalog import Level
from xdreport.findings import Failed, Finding, Place, Unusable
from xdreport.readers import folder as reader

Files = dict[Path, bytes]
_MARK = "\ufeff"  # by which Excel and WPS know a CSV for UTF-8
_HEAD = ",".join(rows.OBSERVATION_COLUMNS)
Value = str | int | bool | Decimal | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a new data folder is asked for; an empty word leaves its line out. `area` is an id, "" for one made from
    the folder's name; `level` "" is told by the area's name."""

    root: Path
    name: str
    area: str = ""
    code: str = ""
    level: str = ""
    city: str = ""
    province: str = ""
    office: str = ""
    title: str = ""
    with_sample: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a new indicator is asked for: its id, and its keys as `shapes.Indicator` has them."""

    id: str
    keys: Mapping[str, Value] = field(default_factory=dict)
    section: str = ""


def workspace(wish: Workspace) -> Files:
    """Return the files of a new data folder in which a build works at once: its sample section is made up and says so.

    Raise `Unusable` for an id that is none and for files that are there already, `Failed` for words that cannot be.
    """
    area = identifier(wish.area, "the area", "xiangdong") if wish.area else area_id(wish.root)
    root, sample = wish.root, starters.SAMPLE
    texts = {
        "workspace.yaml": settings.schema_line("workspace") + _workspace_text(wish, area),
        "sources.yaml": settings.schema_line("sources") + starters.SOURCES,
        "sections.yaml": settings.schema_line("sections") + starters.SECTIONS,
    }
    if wish.with_sample:
        texts["sources.yaml"] += starters.SAMPLE_SOURCE
        texts["sections.yaml"] += starters.SAMPLE_SECTION
        texts |= {
            "charts.yaml": settings.schema_line("charts") + starters.SAMPLE_CHARTS,
            f"indicators/{sample}.yaml": settings.schema_line("indicators", "../") + starters.SAMPLE_INDICATORS,
            f"observations/{sample}.csv": f"{_MARK}{_HEAD}\n{starters.SAMPLE_OBSERVATIONS.format(area=area)}",
            f"narratives/{sample}/default.md": starters.SAMPLE_NARRATIVE,
        }
    files = {root / name: text.encode() for name, text in texts.items()}
    return _tried(root, _fresh({**files, **descriptions.files(root, files)}))


def _workspace_text(wish: Workspace, area: str) -> str:
    """Return workspace.yaml with the area, the city and the province that it lies in, and the office."""
    above = [(word, name) for word, name in (("city", wish.city), ("province", wish.province)) if name]
    ids = [area, *(level for level, _ in above)]
    code = {"code": wish.code} if wish.code else {}
    areas = [(area, {"name": wish.name, **code}), *((level, {"name": name}) for level, name in above)]
    levels = [wish.level or Level.of(wish.name, is_in_city=bool(wish.city)).value, *(level for level, _ in above)]
    lines = []
    for place, (id, keys) in enumerate(areas):
        within = {"within": ids[place + 1]} if place + 1 < len(ids) else {}
        lines.append(f"  {id}: {_flow({**keys, 'level': levels[place], **within})}")
    office = f"office: {_flow({'name': wish.office})}" if wish.office else f"# office: {{name: {wish.name}统计局}}"
    title = _flow(wish.title or f"{wish.name}统计数据")
    return starters.WORKSPACE.format(title=title, area=area, areas="\n".join(lines), office=office)


def section(root: Path, id: str, title: str, english: str = "", globs: Iterable[str] = ()) -> Files:
    """Return the files that a new section changes and adds: its line in sections.yaml, its indicators and observations,
    both still empty. Raise `Unusable` for an id that is none or known, `Failed` for a folder that has faults."""
    identifier(id, "the section", "economy", f"xdreport new section economy --title {title or id}")
    keys: dict[str, Any] = {"title": title} | ({"english": english} if english else {})
    keys["indicators"] = list(globs) or [f"{id}.*"]
    files = {
        root / "indicators" / f"{id}.yaml": _indicators_file(root, id, title),
        root / "observations" / f"{id}.csv": f"{_MARK}{_HEAD}\n".encode(),
    }
    changed = {root / "sections.yaml": _appended(root, "sections.yaml", id, f"{id}: {_flow(keys)}\n")}
    return _tried(root, {**changed, **_fresh(files)})


def indicator(root: Path, wish: Indicator) -> Files:
    """Return the file that a new indicator is added to. Raise `Unusable` for an id that is none or known or belongs to
    no section, `Failed` for keys that cannot be, as the reader says it."""
    name = str(wish.keys.get("name", "")) or wish.id
    example = f"xdreport new indicator economy.revenue --name {name} --unit 亿元"
    identifier(wish.id, "the indicator", "economy.revenue", example)
    sections = _sections(root)
    its = wish.section or wish.id.partition(".")[0]
    if its not in sections:
        hint = settings.nearest(its, sections) or f"xdreport new section {its} --title 标题 adds it"
        found = "one of " + ", ".join(sections) if sections else ""
        raise Unusable([Finding("new.section", "the folder has no such section", None, its, found, hint)])
    lines = "".join(f"  {key}: {_flow(value)}\n" for key, value in wish.keys.items())
    path = root / "indicators" / f"{its}.yaml"
    if path.exists():
        content = _appended(root, f"indicators/{path.name}", wish.id, f"{wish.id}:\n{lines}")
    else:
        title = sections[its].get("title", its) if isinstance(sections[its], dict) else its
        content = _indicators_file(root, its, title) + f"{wish.id}:\n{lines}".encode()
    return _tried(root, {path: content})


def _indicators_file(root: Path, id: str, title: str) -> bytes:
    """Return the file of a section's indicators, which has none yet."""
    text = starters.INDICATORS.format(id=id, title=title)
    return (settings.schema_line_of(root, "indicators", "../") + text).encode()


def new_template(folder: Path, id: str, extends: str, folders: Iterable[Path], description: str = "") -> Files:
    """Return a template's file in a folder, which extends one of `folders` and says nothing else yet. Raise `Unusable`
    for an id that is none, a file that is there already, or an unknown template to extend."""
    identifier(id, "the template", "quarterly", f"xdreport new template quarterly --description {id}")
    known = template.available(folders)
    if extends not in known:
        hint = settings.nearest(extends, known) or "the templates are " + ", ".join(known)
        raise Unusable([Finding("template.unknown", "unknown template", found=extends, hint=hint)])
    is_described = (folder.parent / descriptions.FOLDER / "template.schema.json").is_file()
    head = settings.schema_line("template", "../") if is_described else ""
    said = description or f"在 {extends} 的基础上改"
    text = starters.TEMPLATE.format(id=id, extends=extends, description=_flow(said))
    return _fresh({folder / f"{id}.yaml": (head + text).encode()})


def new_recipe(root: Path, id: str) -> Files:
    """Return the file of a recipe for somebody to fill in. Raise `Unusable` for an id that is none and for a file that
    is there already."""
    identifier(id, "the recipe", "monthly")
    text = settings.schema_line_of(root, "recipe", "../") + learning.empty(id)
    return _fresh({root / recipe.FOLDER / f"{id}.yaml": text.encode()})


def identifier(text: str, what: str, example: str, command: str = "") -> str:
    """Return an id; raise `Unusable`, with what one looks like, for other words."""
    try:
        return cells.identifier(text)
    except ValueError:
        expected = f"lower-case letters, digits, _ and -, such as {example}"
        hint = f"the Chinese words have an option of their own: {command}" if command else ""
        raise Unusable([Finding("new.id", f"{what} needs an id", None, text, expected, hint)]) from None


def area_id(root: Path) -> str:
    """Return the id of a new folder's area: the folder's name where that can be one and says more than `data`."""
    name = root.resolve().name
    try:
        return "district" if name == "data" else cells.identifier(name)
    except ValueError:
        return "district"


def _fresh(files: Files) -> Files:
    """Return the files; raise `Unusable` naming each that is there already."""
    there = [path for path in files if path.exists() or path.is_symlink()]
    if there:
        hint = "nothing is overwritten: move it away, or choose another name"
        more = f", and so are {len(there) - 1} more of the files" if len(there) > 1 else ""
        raise Unusable([Finding("new.exists", f"this is there already{more}", Place(str(there[0])), hint=hint)])
    return files


def _sections(root: Path) -> Mapping[str, Any]:
    content = settings.read(root / "sections.yaml", f"{root.name}/sections.yaml").content
    return content if isinstance(content, dict) else {}


def _appended(root: Path, name: str, id: str, text: str) -> bytes:
    """Return a YAML file with an entry at its end, everything before it byte for byte as it was; raise `Unusable` for
    an id that it has, and for a file whose entries do not stand one under the other."""
    path, shown = root / name, f"{root.name}/{name}"
    before = settings.read(path, shown)
    if isinstance(before.content, dict) and id in before.content:
        raise Unusable([Finding("new.exists", "this is there already", before.place((id,)), id)])
    content = path.read_bytes()
    end = b"\r\n" if b"\r\n" in content else b"\n"
    joint = b"" if not content.strip() or content.endswith((b"\n", b"\r")) else end
    made = content + joint + text.encode().replace(b"\n", end)
    added = settings.parse(text, shown).content
    try:
        after = settings.parse(made.decode("utf-8-sig").replace("\r\n", "\n"), shown).content
    except Failed:
        after = None
    if after != {**before.content, **added}:
        hint = "add it by hand: " + " ".join(text.split("\n")).strip()
        raise Unusable([Finding("new.form", "entries must stand one under the other", Place(shown), hint=hint)])
    return made


def _tried(root: Path, files: Files) -> Files:
    """Return the files with the descriptions that follow from them; raise `Failed` with the faults that the folder's
    settings would have with them. Rows, prose and pictures are no part of that, so that it takes no time."""
    with TemporaryDirectory() as place:
        bare = Path(place) / root.resolve().name
        bare.mkdir()
        for path in root.glob("*.yaml"):
            (bare / path.name).write_bytes(path.read_bytes())
        for name in ("indicators", "recipes"):
            if (root / name).is_dir():
                copytree(root / name, bare / name)
        for path, content in files.items():
            if path.suffix == ".yaml":
                copy = bare / path.relative_to(root)
                copy.parent.mkdir(exist_ok=True)
                copy.write_bytes(content)
        reader.read(bare)
    return {**files, **descriptions.following(root, files)}


def _flow(value: Any) -> str:
    """Return a value as YAML on one line, in quotes where it needs them."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = yaml.safe_dump(
        list(value) if isinstance(value, tuple) else value,
        allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6,
    )  # fmt: skip
    return re.sub(r"\n(\.\.\.\n)?$", "", text)
