"""The data folder as a Data Package (v2), so that any program that knows the standard can read and validate its CSVs.

https://datapackage.org/standard/. `datapackage.json` lists the CSVs, a Table Schema for each sort of them stands in
`schemas/`. What is a closed list of the program's own (measures, qualifiers) is one there too; ids are held to their
form alone, because the YAML files that give them are no tables, and a new source must not make the description wrong.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from xdreport import rows, settings
from xdreport.catalog import Level, Measure, Qualifier, Status
from xdreport.schemas import ID, PERIOD

NAME = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0"
_FORM = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_DIALECT = {"header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True}
Field = dict[str, Any]


def _text(
    title: str, description: str, *, is_needed: bool = False, pattern: str = "", words: Iterable[str] = ()
) -> Field:
    constraints: dict[str, Any] = {"required": True} if is_needed else {}
    constraints |= {"pattern": pattern} if pattern else {}
    constraints |= {"enum": list(words)} if words else {}
    field: Field = {"type": "string", "title": title, "description": description}
    return {**field, "constraints": constraints} if constraints else field


# The columns of each sort of table, by name; the order is that of `rows`.
_PERIOD_WORDS = "2022, 2022-S1, 2022-Q3, 2022-09, 2022-Q1/Q3, 2022-01/09 or 2021/2025."
_SECTION = _text("栏目", "Id of a section of sections.yaml.", is_needed=True, pattern=ID)
_SOURCE = _text("来源", "Id of a source of sources.yaml.", is_needed=True, pattern=ID)
_LOCATOR = _text("位置", "Where in the source: heading and paragraph, page, or sheet and cell.", is_needed=True)
_NOTE = _text("备注", "What a reader must know before using the row.")
_KEY = _text("编号", "The id.", is_needed=True, pattern=ID)
_FIELDS: dict[str, dict[str, Field]] = {
    "observations": {
        "indicator": _text("指标", "Id of an indicator of indicators/<section>.yaml.", is_needed=True, pattern=ID),
        "area": _text("地区", "Id of an area of workspace.yaml.", is_needed=True, pattern=ID),
        "period": _text("时期", _PERIOD_WORDS, is_needed=True, pattern=PERIOD),
        "measure": _text("口径", "What the value says about the indicator.", is_needed=True, words=Measure),
        "value": {
            "type": "number", "title": "数值", "constraints": {"required": True},
            "description": "The digits as the source reports them, in the unit of the indicator or of the measure.",
        },
        "qualifier": _text("限定词", "The word round a figure that the source does not give exactly.", words=Qualifier),
        "source": _SOURCE,
        "locator": _LOCATOR,
        "status": _text("状态", "final when empty.", words=Status),
        "as_of": {
            "type": "date", "title": "发布日期",
            "description": "Tells revisions of one figure apart; the newest wins.",
        },
        "note": _NOTE,
    },
    "honours": {
        "id": _KEY,
        "section": _SECTION,
        "title": _text("称号", "The title as the source words it.", is_needed=True),
        "holder": _text("获得者", "Who holds it."),
        "level": _text("级别", "The level at which it was given.", is_needed=True, words=Level),
        "period": _text("时期", f"When it was given: {_PERIOD_WORDS}", is_needed=True, pattern=PERIOD),
        "awarded_by": _text("授予单位", "Empty where the source does not say."),
        "source": _SOURCE,
        "locator": _LOCATOR,
        "note": _NOTE,
    },
    "names": {
        "id": _KEY,
        "section": _SECTION,
        "kind": _text("类别", "What sort of thing is named.", is_needed=True, words=rows.NAME_KINDS),
        "name": _text("名称", "The name as the source words it; its digits are no figures.", is_needed=True),
        "period": _text("时期", f"The period in whose review it is named: {_PERIOD_WORDS}", pattern=PERIOD),
        "source": _SOURCE,
        "locator": _LOCATOR,
        "note": _NOTE,
    },
}  # fmt: skip
# Two rows of one figure are revisions, which differ in as_of. Most have none, which Frictionless takes for a value.
_KEYS = {"observations": ["indicator", "area", "period", "measure", "as_of"], "honours": ["id"], "names": ["id"]}
_TITLES = {"honours": "荣誉称号", "names": "名称"}


def table_schema(sort: str) -> dict[str, Any]:
    """Return the Table Schema of observations, honours or names."""
    return {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [{"name": name, **field} for name, field in _FIELDS[sort].items()],
        "missingValues": [""],
        "primaryKey": _KEYS[sort],
    }


def schema_file(sort: str) -> str:
    """Return where in the folder the Table Schema of a sort of table stands."""
    return f"schemas/{sort}.table.json"


Arriving = Mapping[Path, bytes]


def package(root: Path, arriving: Arriving) -> dict[str, Any]:
    """Return the description of a data folder as it will be with the files that are arriving in it; what somebody wrote
    into the one that is there, such as a description or a licence, is kept. Raise `Failed` where the workspace or the
    sections cannot be read."""
    workspace = _tree(root, "workspace.yaml", arriving)
    written = _written(root)
    own = {"name": workspace.get("area", ""), "title": workspace.get("title", "")}
    made = {"$schema": f"{_PROFILES}/datapackage.json", **written, **own, "resources": list(_resources(root, arriving))}
    return {"$schema": made.pop("$schema"), **made}


def _written(root: Path) -> dict[str, Any]:
    """Return the description that stands in the folder, {} where none can be read."""
    try:
        content = json.loads((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _tree(root: Path, name: str, arriving: Arriving) -> dict[str, Any]:
    """Return what a YAML file of the folder holds, {} where it is no mapping."""
    path, shown = root / name, f"{root.name}/{name}"
    its = settings.parse(arriving[path].decode(), shown) if path in arriving else settings.read(path, shown)
    return its.content if isinstance(its.content, dict) else {}


def _resources(root: Path, arriving: Arriving) -> Iterator[dict[str, Any]]:
    there = {path for path in (*root.glob("*.csv"), *root.glob("observations/*.csv")) if path.is_file()} | set(arriving)
    for id, section in _tree(root, "sections.yaml", arriving).items():
        name = f"observations-{id}".replace("_", "-")
        title = section.get("title", "") if isinstance(section, dict) else ""
        if root / f"observations/{id}.csv" in there:
            yield _resource(name, title, f"observations/{id}.csv", "observations")
    for sort, title in _TITLES.items():
        if root / f"{sort}.csv" in there:
            yield _resource(sort, title, f"{sort}.csv", sort)


def _resource(name: str, title: str, path: str, sort: str) -> dict[str, Any]:
    return {"name": name, "title": title, "path": path, **_FORM, "dialect": _DIALECT, "schema": schema_file(sort)}


def files(root: Path, arriving: Arriving) -> dict[Path, bytes]:
    """Return the files that describe a data folder as a Data Package, with the files that are arriving in it."""
    made = {root / schema_file(sort): table_schema(sort) for sort in _FIELDS}
    return {path: _as_bytes(content) for path, content in {root / NAME: package(root, arriving), **made}.items()}


def _as_bytes(content: dict[str, Any]) -> bytes:
    """Return JSON whose lists have an item a line."""
    lines = []
    for key, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
            lines.append(f" {json.dumps(key)}: [\n{items}\n ]")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
