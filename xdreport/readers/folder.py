"""The data folder → a `Catalog`, or every fault of the folder with its file and line.

The folder's layout is described in the README. Rows are read as text and parsed by `cells`;
whether the figures are plausible is for `checks` to say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from xdreport import cells, hierarchy, rows, settings, shapes, unit
from xdreport.catalog import (
    Area,
    Catalog,
    ChartSpec,
    Indicator,
    Level,
    Measure,
    Narrative,
    Observation,
    PictureSpec,
    Section,
    Source,
    TableSpec,
    Workspace,
)
from xdreport.findings import Failed, Finding, Place, Severity, Unusable
from xdreport.period import Period

_SHEETS = {".xlsx", ".xls", ".et", ".ods"}  # a table that Excel, WPS or LibreOffice saved in a form of its own
_LARGEST_CSV = 512 * 1024 * 1024  # bytes: far above a million rows
FILES = ("workspace.yaml", "sources.yaml", "sections.yaml", "honours.csv", "names.csv", "charts.yaml", "tables.yaml")
FOLDERS = ("indicators", "observations", "narratives", "images", "fonts", "templates", "recipes", "schemas")
Record = TypeVar("Record")


@dataclass
class _Folder:
    """A folder while it is read: where it is, and what was found wrong so far."""

    root: Path
    findings: list[Finding]

    def shown(self, path: Path) -> str:
        """Return the path as a person would look it up: below the folder's own name."""
        return (Path(self.root.name) / path.relative_to(self.root)).as_posix()

    def fault(
        self, code: str, message: str, place: Place | None, found: str | None = None, expected: str = "", hint: str = ""
    ) -> None:
        """Note one fault of the folder."""
        self.findings.append(Finding(code, message, place, found, expected, hint))

    def unknown(self, what: str, place: Place | None, found: str, known: Iterable[str], hint: str = "") -> None:
        """Note a reference to something that the folder does not have, with the nearest it has."""
        hint = settings.nearest(found, known) or hint or rows.WAYS_OUT[what]
        self.fault(f"reference.{what}", f"unknown {what}", place, found, hint=hint)

    def tree(self, name: str, is_optional: bool = False) -> settings.Tree:
        """Return a YAML file's tree; an empty one, with a finding unless it is optional, when it is missing."""
        path = self.root / name
        empty = settings.Tree({}, {(): Place(self.shown(path))})
        if not self.has(path, is_optional):
            return empty
        try:
            tree = settings.read(path, self.shown(path))
        except Failed as failed:
            self.findings += failed.findings
            return empty
        if not isinstance(tree.content, dict):
            place = Place(self.shown(path), 1)
            self.fault("yaml.value", "the file must be a mapping (key: value)", place)
            return empty
        return tree

    def has(self, path: Path, is_optional: bool = False) -> bool:
        """Return whether a file stands there; what stands in its place is a fault, so is nothing for one needed."""
        if path.is_file():
            return True
        if path.is_dir():
            self.fault("folder.missing-file", "a folder stands where a file belongs", Place(self.shown(path)))
        elif path.is_symlink():
            self.fault("folder.missing-file", "the link leads to no file", Place(self.shown(path)))
        elif path.exists():  # a pipe or a device, which could be read for ever
            self.fault("folder.missing-file", "what stands there is no file", Place(self.shown(path)))
        elif not is_optional:
            self.fault("folder.missing-file", "the file is missing", Place(self.shown(path)))
        return False

    def inside(self, name: str) -> list[Path]:
        """Return what a subfolder holds, in the order of names, without what the system or an open Excel left."""
        path = self.root / name
        if path.is_dir():
            return sorted(one for one in _under(path) if not one.name.startswith((".", "~$")))
        if path.exists() or path.is_symlink():
            self.fault("folder.missing-file", "a file stands where a folder belongs", Place(self.shown(path)))
        return []

    def entries(self, model: type[settings.Model], tree: settings.Tree) -> Iterator[tuple[str, settings.Model, Place]]:
        """Generate id, settings and place of each entry of a file that is one mapping by id."""
        for key in tree.content:
            place = tree.places[(key,)]
            try:
                cells.identifier(key)
                yield key, settings.validate(model, tree, (key,)), place
            except ValueError as error:
                self.fault("yaml.value", "an id cannot be read", place, key, error.args[0])
            except Failed as failed:
                self.findings += failed.findings


def _under(folder: Path) -> Iterator[Path]:
    """Generate what is in a folder and the folders in it. One that may not be read raises OSError; glob would pass it
    by, and its figures or prose would be missing without a word."""
    for path in folder.iterdir():
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _under(path)


def read(path: Path) -> Catalog:
    """Return the catalog that the folder at `path` holds.

    Raise `Failed` with every fault found in it, `Unusable` when it is no data folder.
    """
    if not (path / "workspace.yaml").is_file():
        hint = "a data folder has a workspace.yaml; name one with --data"
        raise Unusable([Finding("folder.not-found", "this is no data folder", Place(str(path)), hint=hint)])
    folder = _Folder(path, [])
    _look_round(folder)
    workspace, units = _workspace(folder)
    sources = {
        id: Source(
            id, entry.title, entry.publisher, entry.date, entry.covers, entry.note, entry.file, entry.sha256, place
        )
        for id, entry, place in folder.entries(shapes.Source, folder.tree("sources.yaml"))
    }
    sections = {
        id: Section(id, entry.title, entry.english, entry.indicators, place)
        for id, entry, place in folder.entries(shapes.Section, folder.tree("sections.yaml"))
    }
    indicators = _indicators(folder, sections, units)
    known = rows.Known(workspace.areas, sources, sections, indicators)
    catalog = Catalog(
        root=str(path),
        workspace=workspace,
        sources=sources,
        sections=sections,
        indicators=indicators,
        observations=tuple(_observations(folder, known)),
        honours=tuple(_unique(folder, _rows(folder, "honours.csv", rows.HONOUR_COLUMNS, known.honour))),
        names={name.id: name for name in _unique(folder, _rows(folder, "names.csv", rows.NAME_COLUMNS, known.name))},
        charts=tuple(_charts(folder, known)),
        tables=tuple(_tables(folder, known)),
        narratives=tuple(_narratives(folder, known)),
        pictures=tuple(_pictures(folder, known)),
    )
    folder.findings += _about_duplicates(catalog)
    if folder.findings:
        raise Failed(_gathered(_without_echoes(folder)))
    return catalog


def _look_round(folder: _Folder) -> None:
    """Note what stands beside workspace.yaml as if it belonged to the folder, but would not be read."""
    for path in sorted(folder.root.iterdir()):
        near = settings.nearest(path.name, FOLDERS if path.is_dir() else FILES)
        is_ours = path.suffix in {".csv", ".yaml", ".yml"} or (path.is_dir() and near)
        if is_ours and path.name not in FILES + FOLDERS and not path.name.startswith((".", "~$")):
            expected = "one of " + ", ".join(FOLDERS if path.is_dir() else FILES)
            place = Place(folder.shown(path))
            hint = near or "move it out of the data folder"
            folder.fault("folder.stray-file", "this would not be read", place, path.name, expected, hint)


# What a fault in a list of ids would echo: the rows and files that name what the list does not give.
_ECHOES = {
    "sources.yaml": {"reference.source"},
    "indicators": {"reference.indicator"},
    "sections.yaml": {"reference.section", "reference.indicator", "folder.stray-file"},
}


def _without_echoes(folder: _Folder) -> Iterator[Finding]:
    """Generate the findings without those that only follow from a list that could not be read itself."""
    echoes: set[str] = set()
    for finding in folder.findings:
        name = finding.place.file.removeprefix(f"{folder.root.name}/").split("/")[0] if finding.place else ""
        if finding.code.startswith(("yaml.", "file.", "folder.missing")):
            echoes |= _ECHOES.get(name, set())
    for finding in folder.findings:
        if finding.code not in echoes:
            yield finding


def _gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in the order of their places, one for all rows of a file that have the same wrong word."""
    found: dict[Any, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.place or Place("")):
        is_word = finding.code.startswith(("reference.", "cell.period", "cell.choice")) and finding.found
        key = (finding.code, finding.found, finding.place.file) if is_word and finding.place else id(finding)
        found.setdefault(key, []).append(finding)
    return [
        replace(first, message=f"{first.message} (and so on {len(more)} more lines)") if len(more) > 1 else first
        for first, *more in found.values()
    ]


def _workspace(folder: _Folder) -> tuple[Workspace, tuple[str, ...]]:
    tree = folder.tree("workspace.yaml")
    if not tree.content:
        raise Failed(folder.findings or [Finding("yaml.value", "the file is empty", tree.place(()))])
    try:
        entry = settings.validate(shapes.Workspace, tree)
    except Failed as failed:
        raise Failed([*folder.findings, *failed.findings]) from None  # every other file leans on this one
    names = tree.content.get("periods", {})
    if len(entry.periods) < len(names):
        found = ", ".join(names)
        folder.fault("duplicate.period", "a stretch of time is named twice", tree.place(("periods",)), found)
    areas = {
        id: Area(id, area.name, area.english, area.code, area.level, area.within, area.members)
        for id, area in entry.areas.items()
    }
    for id, area in areas.items():
        if area.within and (area.within not in areas or area.within == id):
            place = tree.place(("areas", id, "within"))
            folder.unknown("area", place, area.within, areas)
    for id in _circles({id: area.within for id, area in areas.items()}):
        place = tree.place(("areas", id, "within"))
        folder.fault("reference.area", "areas lie in each other in a circle", place, areas[id].within)
    if entry.area not in areas:
        folder.unknown("area", tree.place(("area",)), entry.area, areas, "areas lists those there are")
    workspace = Workspace(
        title=entry.title,
        area=entry.area,
        areas=areas,
        office=entry.office.name if entry.office else "",
        office_english=entry.office.english if entry.office else "",
        periods={period: (named.name, named.english) for period, named in entry.periods.items()},
        template=entry.template,
        language=entry.language,
        severities={code: None if word == "off" else Severity(word) for code, word in entry.checks.items()},
        jump=entry.jump,
        rounding=entry.rounding,
        separators=entry.separators,
    )
    return workspace, entry.units


def _indicators(folder: _Folder, sections: dict[str, Section], units: Iterable[str]) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    places: dict[str, tuple[Place, settings.Tree]] = {}
    for path in _files(folder, "indicators", ".yaml", sections):
        tree = folder.tree(f"indicators/{path.name}")
        for id, entry, place in folder.entries(shapes.Indicator, tree):
            if id in found:
                folder.fault(
                    "duplicate.indicator", f"the indicator stands twice, first at {found[id].place}", place, id
                )
                continue
            try:
                its_unit = unit.parse(entry.unit, units) if entry.unit else unit.NONE
            except ValueError:
                hint = "add its base to units in workspace.yaml"
                folder.unknown("unit", tree.place((id, "unit")), entry.unit, unit.BASES, hint)
                its_unit = unit.PERCENT
            found[id] = Indicator(
                id=id, section=path.stem, name=entry.name, unit=its_unit, english=entry.english, aliases=entry.aliases,
                decimals=entry.decimals, kind=entry.kind, is_flow=entry.flow, good=entry.good, price=entry.price,
                low=entry.low, high=entry.high, parts_of=entry.parts_of, denominator=entry.denominator,
                tags=entry.tags, meaning=entry.meaning, place=place,
            )  # fmt: skip
            places[id] = place, tree
    for id, indicator in found.items():
        for key, other in (("parts_of", indicator.parts_of), ("denominator", indicator.denominator)):
            if other == id:
                its_place = places[id][1].place((id, key))
                folder.fault("reference.indicator", f"{key} names the indicator itself", its_place, other)
            elif other and other not in found:
                folder.unknown("indicator", places[id][1].place((id, key)), other, found)
    for key in ("parts_of", "denominator"):
        for id in _circles({id: getattr(indicator, key) for id, indicator in found.items()}):
            message = f"{key} leads back to the indicator itself"
            folder.fault("reference.indicator", message, places[id][1].place((id, key)), getattr(found[id], key))
    for id in found:
        if any(_matches(id, section.indicators) for section in sections.values()):
            continue
        hint = "add it to indicators of a section in sections.yaml"
        folder.fault("reference.section", "no section takes the indicator", places[id][0], id, hint=hint)
    for section in sections.values():
        for glob in section.indicators:
            if "*" not in glob and glob not in found:
                folder.unknown("indicator", section.place, glob, found)
    return found


def _circles(above: Mapping[str, str]) -> Iterator[str]:
    """Generate the first id of each circle of two or more in which every id names the next one; "" names none."""
    done: set[str] = set()
    for first in above:
        chain: list[str] = []
        id = first
        while id in above and id not in done:
            done.add(id)
            chain.append(id)
            id = above[id]
        if id in chain[:-1]:
            yield id


def _matches(id: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(id, glob) for glob in globs)


def _files(folder: _Folder, name: str, suffix: str, sections: dict[str, Section]) -> Iterator[Path]:
    """Generate the files of a subfolder in the order of the sections they are named after."""
    paths = folder.inside(name)
    order = list(sections)
    for path in paths:
        if path.suffix != suffix or path.stem not in sections or path.parent.name != name:
            hint = settings.nearest(path.stem, sections) or "move it out of the data folder"
            if path.suffix in _SHEETS and suffix == ".csv":
                hint = "save it as CSV UTF-8"
            expected = f"<section>{suffix} with a section of sections.yaml"
            place = Place(folder.shown(path))
            folder.fault("folder.stray-file", "this would not be read", place, path.name, expected, hint)
    own = [folder.root / name / f"{section}{suffix}" for section in order]
    yield from (path for path in own if path in paths)


def _rows(
    folder: _Folder, name: str, columns: tuple[str, ...], record: Callable[[rows.Row], Record],
    sound: rows.ShortWay[Record] = rows.no_short_way,
) -> Iterator[Record]:  # fmt: skip
    """Generate a record for each sound row of a CSV file, if there is one."""
    path = folder.root / name
    if not folder.has(path, is_optional=True):
        return
    shown = folder.shown(path)
    if path.stat().st_size > _LARGEST_CSV:
        folder.fault("csv.size", f"the file is larger than {_LARGEST_CSV // 1024**2} MiB", Place(shown))
        return
    try:
        text = settings.read_text(path, shown)
    except Failed as failed:
        folder.findings += failed.findings
        return
    yield from rows.read(text, shown, columns, record, folder.findings, sound)


def _observations(folder: _Folder, known: rows.Known) -> Iterator[Observation]:
    for path in _files(folder, "observations", ".csv", known.sections):
        name, sound = f"observations/{path.name}", rows.Sound(known)
        yield from _rows(folder, name, rows.OBSERVATION_COLUMNS, known.observation, sound.observation)


def _about_duplicates(catalog: Catalog) -> Iterator[Finding]:
    """Generate a fault for each row that says again what another row of the same date says."""
    for revisions in catalog.revised:
        first = revisions[0]
        for row in revisions[1:]:
            if row.as_of != first.as_of:
                first = row
                continue
            message = f"the figure stands twice, first at {first.place} as {first.value:f}"
            hint = "delete one, or give a revision its as_of date"
            yield Finding("duplicate.row", message, row.place, f"{row.value:f}", hint=hint)


def _unique(folder: _Folder, records: Iterable[Record]) -> Iterator[Record]:
    """Generate the records whose id is new; each other one is a finding."""
    seen: dict[str, Any] = {}
    for record in records:
        id, place = record.id, record.place  # type: ignore[attr-defined]
        if id in seen:
            folder.fault("duplicate.row", f"the id stands twice, first at {seen[id].place}", place, id)
            continue
        seen[id] = record
        yield record


def _charts(folder: _Folder, known: rows.Known) -> Iterator[ChartSpec]:
    tree = folder.tree("charts.yaml", is_optional=True)
    for id, entry, place in folder.entries(shapes.Chart, tree):
        units = set()
        if entry.section not in known.sections:
            folder.unknown("section", tree.place((id, "section")), entry.section, known.sections)
        for n, indicator in enumerate(entry.indicators):
            if indicator in known.indicators:
                units.add(known.indicators[indicator].unit_of(entry.measure).text)
                continue
            folder.unknown("indicator", tree.place((id, "indicators", n)), indicator, known.indicators)
        if len(units) > 1:
            found = ", ".join(sorted(units))
            folder.fault("chart.units", "one chart, two units", place, found, "one unit")
        yield ChartSpec(
            id, entry.section, entry.kind, entry.title, entry.english, entry.measure, entry.indicators, entry.periods,
            entry.second, entry.target, entry.highlight, place,
        )  # fmt: skip


_USUAL_MEASURES = {"ranking": Measure.LEVEL, "heat": Measure.YOY, "trend": Measure.LEVEL}
# What a ranking shows unless it says otherwise: what it goes by first.
_BY_LEVEL = ("place", "area", "value", "growth", "growth_place")
_BY_GROWTH = ("place", "area", "growth", "value", "value_place")


def _tables(folder: _Folder, known: rows.Known) -> Iterator[TableSpec]:
    tree = folder.tree("tables.yaml", is_optional=True)
    for id, entry, place in folder.entries(shapes.Table, tree):
        if entry.section not in known.sections:
            folder.unknown("section", tree.place((id, "section")), entry.section, known.sections)
        for n, indicator in enumerate(entry.indicators):
            if indicator not in known.indicators:
                folder.unknown("indicator", tree.place((id, "indicators", n)), indicator, known.indicators)
        areas = [*known.areas, hierarchy.OWN, hierarchy.ABOVE, *(level.value for level in Level)]
        if entry.within and entry.within not in areas:
            hint = "own, above, a level, or an area of workspace.yaml"
            folder.unknown("area", tree.place((id, "within")), entry.within, areas, hint)
        columns = entry.columns or (_BY_GROWTH if entry.measure is Measure.YOY else _BY_LEVEL)
        yield TableSpec(
            id, entry.section, entry.kind, entry.title, entry.indicators, entry.measure or _USUAL_MEASURES[entry.kind],
            entry.periods or (), entry.rows, entry.within, entry.level, columns, entry.order, entry.total,
            entry.scale, entry.colours == "good", entry.note, place,
        )  # fmt: skip


def _pictures(folder: _Folder, known: rows.Known) -> Iterator[PictureSpec]:
    """Generate the pictures that images/images.yaml describes; a file without a description is a fault."""
    name = "images/images.yaml"
    files = {path.name: path for path in folder.inside("images") if path.name != "images.yaml"}
    tree = folder.tree(name, is_optional=not files)
    described = set()
    for id, entry, place in folder.entries(shapes.Picture, tree):
        described.add(entry.file)
        if entry.section not in known.sections:
            folder.unknown("section", tree.place((id, "section")), entry.section, known.sections)
        if entry.file not in files:
            hint = settings.nearest(entry.file, files) or "put the file into images/"
            folder.fault("image.missing", "there is no such picture", tree.place((id, "file")), entry.file, hint=hint)
            continue
        if not folder.has(files[entry.file]):
            continue
        yield PictureSpec(
            id, files[entry.file], entry.section, entry.alternative, entry.caption, entry.credit, entry.period, place
        )
    for file in files:
        if file not in described and tree.content:
            place = Place(folder.shown(files[file]))
            folder.fault("folder.stray-file", "this would not be read", place, file, hint=f"describe it in {name}")


def _narratives(folder: _Folder, known: rows.Known) -> Iterator[Narrative]:
    """Generate the prose of narratives/<section>/<period>.md; / of a period is written _ in the file's name. Prose for
    another area than the workspace's, or for all of a level, stands in a folder of its name in the section's."""
    root = folder.root / "narratives"
    seen: dict[tuple[str, str, Period | None], Place] = {}
    pens = {*known.areas, *(level.value for level in Level)}
    for path in folder.inside("narratives"):
        steps = path.relative_to(root).parts
        if path.is_dir() and not path.is_symlink() and len(steps) <= 2 and path.suffix != ".md":
            continue
        place = Place(folder.shown(path))
        section, *area = steps[:-1] or ("",)
        if path.suffix != ".md" or section not in known.sections or len(area) > 1 or not pens.issuperset(area):
            expected = "narratives/<section>/<period>.md with a section of sections.yaml"
            hint = settings.nearest(section, known.sections)
            if area and section in known.sections:
                expected = "narratives/<section>/<area>/<period>.md with an area of workspace.yaml, or a level of areas"
                hint = settings.nearest(area[0], pens)
            folder.fault("folder.stray-file", "this would not be read", place, path.name, expected, hint)
            continue
        if not folder.has(path):
            continue
        try:
            period = None if path.stem == "default" else Period.parse(path.stem.replace("_", "/"))
            whose = area[0] if area else ""
            first = seen.setdefault((section, whose, period), place)
            if first != place:
                folder.fault("duplicate.narrative", f"the prose stands twice, first in {first}", place, path.stem)
            text = settings.read_text(path, folder.shown(path))
            yield Narrative(section, period, text, place, whose)
        except ValueError as error:
            expected, *hints = error.args
            message, hint = "the file's name is no period", "".join(hints).replace("/", "_")
            folder.fault("folder.stray-file", message, place, path.stem, expected, hint)
        except Failed as failed:
            folder.findings += failed.findings
