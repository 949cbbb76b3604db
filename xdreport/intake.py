"""The import of workbooks on one page: book → recipe → harvest → merge → files, tried out before they are written.

An import lands whole or not at all, also one of several workbooks. What it would write is first read and checked as a
folder of its own, so that no import leaves figures that `check` refuses. Prose that lacks figures, or says otherwise
than the new ones, is a warning: the bureau may mail three workbooks in a week, and the first one lands, too.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xdreport import additions, build, descriptions, extraction, merging, outputs, provenance, recipe
from xdreport.additions import Additions
from xdreport.catalog import Catalog, Observation
from xdreport.extraction import Unmatched
from xdreport.findings import Environment, Failed, Finding, Severity, Unusable, strict
from xdreport.grid import Book
from xdreport.merging import Arrival, Merge, Pair
from xdreport.period import Period
from xdreport.readers import folder, workbook
from xdreport.recipe import Recipe

_FEW = 3  # values that a finding names of a row that no recipe knows


@dataclass(frozen=True, slots=True)
class Order:
    """What one import is asked for. `recipe` "" is the one that fits each workbook, `period` and `as_of` None are those
    that the workbooks say; a warning stops one that `is_strict`."""

    books: tuple[Path, ...]
    data: Path
    templates: tuple[Path, ...]
    recipe: str = ""
    period: Period | None = None
    as_of: date | None = None
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """A workbook and what it brings."""

    book: Book
    arrival: Arrival

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of its figures, in the order they are met."""
        return tuple(dict.fromkeys(row.period for row in self.arrival.harvest.observations))

    @property
    def skipped(self) -> Mapping[str, int]:
        """How many cells gave no figure, by why."""
        return Counter(re.sub("^(the same figure as) .*", r"\1 another cell", it.reason)
                       for it in self.arrival.harvest.skipped)  # fmt: skip


@dataclass(frozen=True)
class Intake:
    """An import before it is written. `state` are the hashes of the folder's files as they were read."""

    catalog: Catalog
    parcels: tuple[Parcel, ...]
    merge: Merge
    additions: Additions
    findings: tuple[Finding, ...]
    state: Mapping[Path, str]

    @property
    def lands(self) -> bool:
        """True when it may be written."""
        return not any(finding.is_error for finding in self.findings)

    def place(self, row: Observation) -> str:
        """Return where a row that is added stands in the folder, or would stand."""
        return str(self.additions.places.get(row, ""))

    def name(self, row: Observation) -> str:
        """Return what a row is a figure of, in words."""
        indicator = self.catalog.indicators[row.indicator].name
        area = self.catalog.workspace.areas[row.area].name if row.area != self.catalog.workspace.area else ""
        measure = row.measure.value if row.measure.value != "level" else ""
        return " ".join(filter(None, (area, indicator, row.period.name, measure)))

    def unit(self, row: Observation) -> str:
        """Return the unit of a row's value."""
        return self.catalog.indicators[row.indicator].unit_of(row.measure).text


def plan(order: Order) -> Intake:
    """Return what an import would do, without writing.

    Raise `Failed` for a data folder or workbooks that cannot be read, `Unusable` for what no recipe fits. What stands
    against writing otherwise is among the findings, with all that was understood.
    """
    data = order.data.resolve()
    state = _state(data)
    catalog = folder.read(data)
    parcels = tuple(_parcels(order, catalog, recipe.read_all(data)))
    merged = merging.merge(catalog, [parcel.arrival for parcel in parcels])
    found = [*_said(parcels), *merged.findings]
    added = Additions({}, {})
    if not any(finding.is_error for finding in found):
        added, noticed = _tried(order, data, catalog, merged)
        found += noticed
    ruled = strict(found) if order.is_strict else tuple(found)
    return Intake(catalog, parcels, merged, added, tuple(dict.fromkeys(ruled)), state)


def land(intake: Intake, order: Order) -> None:
    """Write an import, all of its files or none.

    Raise `Failed` when the folder is no longer what was read, `Environment` when the machine refuses.
    """
    data = order.data.resolve()
    with outputs.alone(data):
        now = _state(data)
        changed = sorted(path for path in {*now, *intake.state} if now.get(path) != intake.state.get(path))
        if changed:
            message = "somebody has changed the data folder meanwhile; nothing was written"
            found = ", ".join(path.relative_to(data).as_posix() for path in changed[:_FEW])
            raise Failed([Finding("import.changed", message, None, found, hint="run the import again")])
        try:
            outputs.write({path.resolve(): content for path, content in intake.additions.files.items()})
        except Environment as refused:
            hint = "close the file where it is open; you must be allowed to write to the data folder"
            raise Environment(replace(refused.findings[0], hint=hint)) from None


def _state(data: Path) -> dict[Path, str]:
    return {path: provenance.sha256(path.read_bytes()) for path in provenance.files(data)} if data.is_dir() else {}


def _parcels(order: Order, catalog: Catalog, recipes: tuple[Recipe, ...]) -> Iterator[Parcel]:
    """Generate what each workbook brings; raise once, with what is wrong with all of them."""
    findings: list[Finding] = []
    is_unusable = False
    made: list[Parcel] = []
    for path in order.books:
        try:
            made.append(_parcel(order, path, catalog, recipes))
        except Failed as failed:
            findings += failed.findings
        except Unusable as unusable:
            findings += unusable.findings
            is_unusable = True
    hashes = Counter(parcel.book.sha256 for parcel in made)
    for parcel in made:
        if hashes[parcel.book.sha256] > 1:
            findings.append(Finding("import.twice", "the same workbook is named twice", None, parcel.book.name))
            is_unusable = True
    if findings:
        raise (Unusable if is_unusable else Failed)(dict.fromkeys(findings))
    yield from made


def _parcel(order: Order, path: Path, catalog: Catalog, recipes: tuple[Recipe, ...]) -> Parcel:
    book = workbook.read(path)
    its = recipe.named(recipes, order.recipe) if order.recipe else recipe.find(book, recipes, recipe.bases(catalog))
    harvest = extraction.extract(its, book, catalog, order.period)
    day = order.as_of or harvest.as_of or build.epoch() or datetime.now(UTC).astimezone().date()
    return Parcel(book, Arrival(harvest, day, its.shape.status is not None))


def _said(parcels: tuple[Parcel, ...]) -> Iterator[Finding]:
    """Generate what was found in the workbooks."""
    for parcel in parcels:
        yield from parcel.book.findings
        yield from parcel.arrival.harvest.findings
        for unmatched in parcel.arrival.harvest.unmatched:
            yield _unmatched(unmatched)
        if not parcel.arrival.harvest.observations:
            hint = "xdreport import --learn shows what the workbook has"
            yield Finding("import.nothing", "the recipe finds no figure in it", None, parcel.book.name, hint=hint)


def _unmatched(it: Unmatched) -> Finding:
    count = len(it.values)
    values = ", ".join(shown for _, shown in it.values[:_FEW]) + (" …" if count > _FEW else "")
    message = f"the recipe does not know this {it.axis.value}, which has {values or 'no figures'}"
    return Finding(
        "import.unmatched", message, it.place, "/".join(it.path), hint=it.hint, severity=Severity.WARNING
    )  # fmt: skip


def _tried(order: Order, data: Path, catalog: Catalog, merged: Merge) -> tuple[Additions, list[Finding]]:
    """Return what a merge adds to the folder's files, and what is found in the folder with it."""
    if not merged.rows:
        return Additions({}, {}), []
    try:
        added = additions.of(data, catalog, merged.rows, merged.sources)
    except Failed as failed:
        return Additions({}, {}), list(failed.findings)
    with TemporaryDirectory(prefix="xdreport-") as place:
        copy = Path(place) / data.name
        _copy(data, copy, added)
        templates = tuple(copy / "templates" if it.resolve() == data / "templates" else it for it in order.templates)
        found = build.inspect(copy, templates)
    cells = {place: row.place for row, place in added.places.items()}
    noticed = [
        replace(_of_import(it), place=cells.get(it.place, it.place) if it.place else None)  # its line is not there yet
        for it in found
        if it.is_error or it.place in cells or not cells.keys().isdisjoint(it.rows)
    ]
    if any(finding.is_error for finding in noticed):
        message = "the folder would not pass check with these figures in it; nothing is written"
        noticed.append(Finding("import.check", message, hint="mend the workbook, the recipe or the folder"))
    return replace(added, files={**added.files, **descriptions.following(data, added.files)}), noticed


def _of_import(finding: Finding) -> Finding:
    """Return a finding as an import says it: prose stops a build, not the figures that it will be written about."""
    is_of_prose = finding.code.startswith(("phrase.", "narrative."))
    return replace(finding, severity=Severity.WARNING) if is_of_prose and finding.is_error else finding


def _copy(data: Path, copy: Path, added: Additions) -> None:
    """Make a copy of a folder with what is added to it; what stays is linked, not read."""
    for path in data.rglob("*"):
        name = path.relative_to(data)
        if any(part.startswith(".") for part in name.parts) or not path.is_file() or path in added.files:
            continue
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path.resolve(), copy / name)
        except OSError:  # another file system, or one without hard links
            shutil.copyfile(path, copy / name)
    for path, content in added.files.items():
        target = copy / path.relative_to(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def as_json(intake: Intake) -> dict[str, Any]:
    """Return an import as JSON values; numbers are decimal strings, so that no digit is lost."""
    merge = intake.merge
    return {
        "lands": intake.lands,
        "workbooks": [_parcel_as_json(parcel) for parcel in intake.parcels],
        "added": [_row_as_json(intake, row) for row in merge.added],
        "revised": [_pair_as_json(intake, pair) for pair in merge.revised],
        "settled": [_pair_as_json(intake, pair) for pair in merge.settled],
        "same": [_pair_as_json(intake, pair) for pair in merge.same],
        "sources": [source.id for source in merge.sources],
        "files": [str(path) for path in intake.additions.files],
    }


def _parcel_as_json(parcel: Parcel) -> dict[str, Any]:
    harvest = parcel.arrival.harvest
    return {
        "file": parcel.book.name,
        "sha256": parcel.book.sha256,
        "recipe": harvest.recipe,
        "source": harvest.source.id,
        "as_of": parcel.arrival.as_of.isoformat(),
        "periods": [period.id for period in parcel.periods],
        "matched": len(harvest.observations),
        "unmatched": [
            {
                "axis": it.axis.value, "name": list(it.path), "cell": str(it.place), "hint": it.hint,
                "values": [{"cell": str(place), "shown": shown} for place, shown in it.values],
            }
            for it in harvest.unmatched
        ],
        "skipped": [{"cell": str(it.place), "shown": it.shown, "reason": it.reason} for it in harvest.skipped],
        "rounded": [{"cell": str(it.place), "shown": it.shown, "stored": it.stored} for it in harvest.rounded],
    }  # fmt: skip


def _row_as_json(intake: Intake, row: Observation) -> dict[str, Any]:
    return {
        "indicator": row.indicator, "area": row.area, "period": row.period.id, "measure": row.measure.value,
        "value": f"{row.value:f}", "unit": intake.unit(row), "status": row.status.value, "cell": row.locator,
        "source": row.source, "as_of": row.as_of.isoformat() if row.as_of else "", "place": intake.place(row),
    }  # fmt: skip


def _pair_as_json(intake: Intake, pair: Pair) -> dict[str, Any]:
    old = pair.old
    return {
        **_row_as_json(intake, pair.new), "old": f"{old.value:f}", "difference": f"{pair.difference:f}",
        "old_place": str(old.place or ""), "old_as_of": old.as_of.isoformat() if old.as_of else "",
    }  # fmt: skip
