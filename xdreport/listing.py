"""What a folder holds, as rows of plain values for the terminal and for JSON."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from xdreport import scope, template, trends
from xdreport.build import known
from xdreport.catalog import Catalog, Indicator, Observation
from xdreport.document import Document
from xdreport.findings import Finding, Unusable
from xdreport.fonts import open_faces, printed
from xdreport.pages import Words, lay_out
from xdreport.scope import Wish, choose
from xdreport.settings import nearest
from xdreport.theme import Face, Theme
from xdreport.trends import Trend

Rows = list[dict[str, Any]]


def rows(
    what: str, data: Path, templates: Iterable[Path], wish: Wish, areas: tuple[str, ...] = (),
    as_of: date | None = None,
) -> Rows:  # fmt: skip
    """Return what is asked for, a dict a row; `wish` narrows sections, indicators and periods, `areas` whose figures
    they have. `as_of` asks for what was known on a day."""
    if what == "templates":
        return _templates(templates)
    return _LISTS[what](_narrowed(known(data, as_of), areas), wish)


def _narrowed(catalog: Catalog, areas: tuple[str, ...]) -> Catalog:
    """Return a catalog with the figures of the chosen areas alone, of all without a word."""
    if not areas:
        return catalog
    chosen = {area.id: area for area in scope.areas(catalog, areas)}
    own = catalog.workspace.area
    workspace = replace(catalog.workspace, area=own if own in chosen else next(iter(chosen)), areas=chosen)
    rows = tuple(row for row in catalog.observations if row.area in chosen)
    return replace(catalog, workspace=workspace, observations=rows)


def indicator(
    data: Path, wanted: str, areas: tuple[str, ...] = (), as_of: date | None = None
) -> tuple[dict[str, Any], Rows, list[Trend]]:
    """Return an indicator, its observations, oldest first, and how they have gone, of the chosen areas where some are
    chosen, or those that were known on a day; raise `Unusable` with the nearest names."""
    catalog = _narrowed(known(data, as_of), areas)
    found = catalog.indicators.get(wanted) or next(
        (it for it in catalog.indicators.values() if wanted in {it.name, *it.aliases}), None
    )
    if not found:
        names = [*catalog.indicators, *(it.name for it in catalog.indicators.values())]
        hint = nearest(wanted, names) or "xdreport list indicators"
        raise Unusable([Finding("scope.indicator", "unknown indicator", found=wanted, hint=hint)])
    own = sorted(catalog.of(found.id), key=_age)
    its = {
        **_indicator(found),
        "meaning": found.meaning,
        "kind": found.kind.value,
        "counted": "over a period" if found.is_flow else "at a period's end",
        "good": found.good.value,
        "bounds": "" if found.low is None and found.high is None else f"{found.low} to {found.high}",
        "file": str(found.place),
    }
    history = [_history(catalog, row) for row in own]
    return its, history, [replace(it, area=catalog.workspace.areas[it.area].name) for it in trends.of(catalog, found)]


def fonts(document: Document, theme: Theme) -> Rows:
    """Return a row for each role: the face asked for, the one found and where, how it came to play the role, the
    characters that the document prints in it and others supply, and those that no font has."""
    faces = open_faces(theme)
    used: dict[Face, set[str]] = {face: set() for face in Face}
    for page in lay_out(document, theme, faces).pages:
        for part in (part for placed in page.placed for part in placed.parts):
            for words in (item for item in part.items if isinstance(item, Words)):
                for piece in words.pieces:
                    used[piece.pen.face].update(piece.text)
    rows = []
    for choice in faces.choices:
        typeface = faces[choice.face]
        lacking = sorted(character for character in used[choice.face] if character not in typeface.fonts[0])
        supplied = [character for character in lacking if typeface.font_of(character)]
        rows.append(
            {
                "role": choice.face.value,
                "asked": choice.asked,
                "found": choice.name,
                "standing": choice.standing.value,
                "characters": len(used[choice.face]),
                "supplied": printed("".join(supplied)),
                "missing": printed("".join(character for character in lacking if character not in supplied)),
                "file": str(choice.path),
                "index": choice.index,
            }
        )
    return rows


def _age(row: Observation) -> tuple[int, int, str, date]:
    return row.period.last, row.period.first, row.measure.value, row.as_of or date.min


def _history(catalog: Catalog, row: Observation) -> dict[str, Any]:
    full = _observation(catalog, row)
    keys = ("period", "area", "measure", "value", "unit", "qualifier", "status", "as_of", "source", "locator", "note")
    return {**{key: full[key] for key in keys}, "place": f"{full['file']}:{full['line']}"}


def _sections(catalog: Catalog, wish: Wish) -> Rows:
    chosen = choose(catalog, wish)
    return [
        {
            "id": section.id,
            "title": section.title,
            "english": section.english,
            "indicators": len(chosen.indicators_of(section)),
            "periods": sorted({row.period.id for it in catalog.indicators_of(section.id) for row in catalog.of(it.id)}),
        }
        for section in chosen.sections
    ]


def _indicators(catalog: Catalog, wish: Wish) -> Rows:
    return [_indicator(it) for it in choose(catalog, wish).indicators]


def _indicator(it: Indicator) -> dict[str, Any]:
    return {
        "id": it.id,
        "name": it.name,
        "english": it.english,
        "section": it.section,
        "unit": it.unit.text,
        "aliases": list(it.aliases),
        "tags": list(it.tags),
    }


def _periods(catalog: Catalog, wish: Wish) -> Rows:
    ids = {it.id for it in choose(catalog, wish).indicators}
    counted = Counter(row.period for id in ids for row in catalog.of(id))
    periods = sorted(counted, key=lambda period: (period.last, period.first))
    return [
        {
            "id": period.id,
            "name": period.name,
            "english": period.english,
            "observations": counted[period],
        }
        for period in periods
    ]


def _sources(catalog: Catalog, wish: Wish) -> Rows:
    counted = Counter(row.source for row in catalog.observations)
    has_workbooks = any(source.sha256 for source in catalog.sources.values())
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date,
            "covers": source.covers.id if source.covers else "",
            "observations": counted[source.id],
            **({"file": source.file, "sha256": source.sha256} if has_workbooks else {}),
        }
        for source in catalog.sources.values()
    ]


def _areas(catalog: Catalog, wish: Wish) -> Rows:
    counted = Counter(row.area for row in catalog.observations)
    return [
        {
            "id": it.id,
            "name": it.name,
            "english": it.english,
            "level": it.level.value,
            "within": it.within,
            "observations": counted[it.id],
        }
        for it in catalog.workspace.areas.values()
    ]


def _observations(catalog: Catalog, wish: Wish) -> Rows:
    chosen = choose(catalog, wish)
    ids = {it.id for it in chosen.indicators}
    asked = set(chosen.periods) if wish.periods else None
    return [
        _observation(catalog, row)
        for row in catalog.observations
        if row.indicator in ids and (asked is None or row.period in asked)
    ]


def _observation(catalog: Catalog, row: Observation) -> dict[str, Any]:
    it = catalog.indicators[row.indicator]
    return {
        "indicator": row.indicator,
        "name": it.name,
        "section": it.section,
        "area": row.area,
        "period": row.period.id,
        "measure": row.measure.value,
        "value": f"{row.value:f}",
        "unit": it.unit_of(row.measure).text,
        "qualifier": row.qualifier.value if row.qualifier else "",
        "source": row.source,
        "locator": row.locator,
        "status": row.status.value,
        "as_of": row.as_of.isoformat() if row.as_of else "",
        "note": row.note,
        "file": row.place.file if row.place else "",
        "line": row.place.line if row.place else 0,
    }


def _templates(folders: Iterable[Path]) -> Rows:
    folders = list(folders)
    return [
        {"id": id, "description": read.settings.description, "english": read.settings.english, "file": str(path)}
        for id, path in template.available(folders).items()
        if (read := template.read(id, folders))
    ]


_LISTS: dict[str, Callable[[Catalog, Wish], Rows]] = {
    "sections": _sections,
    "indicators": _indicators,
    "periods": _periods,
    "sources": _sources,
    "observations": _observations,
    "areas": _areas,
}
