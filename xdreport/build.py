"""The pipeline on one page: folder and template → scope → document → files."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from xdreport import checks, ledger, outputs, provenance, recipe, scope, severities, template, writers
from xdreport.catalog import Catalog
from xdreport.compose import compose
from xdreport.document import Base, Box, Document, Input, Provenance
from xdreport.findings import Failed, Finding, Unusable, stop_on_errors, strict
from xdreport.ledger import Ledger
from xdreport.readers import folder
from xdreport.scope import Scope, Wish, choose
from xdreport.theme import Theme


@dataclass(frozen=True)
class Order:
    """What one build is asked for. `areas` chooses those that each get a report, the wish's own area without one.
    `template` "" is the folder's own choice; `output` is a folder or a file name;
    without `formats` a build makes docx and pdf, or the one that `output` ends in. The ledger is attached to a PDF of
    one that `attaches_ledger`, and written beside the documents `with_ledger`. A warning stops a strict one, a
    face that stands in for another stops one with strict fonts. One that `asks_clock` takes its date from
    SOURCE_DATE_EPOCH where that is set. One `as_of` a day reports what the folder knew then. `recorded` is what the
    ledger of an earlier build says of its order and inputs, which is then taken over."""

    data: Path
    templates: tuple[Path, ...]
    wish: Wish
    template: str = ""
    formats: tuple[str, ...] = ()
    output: Path = Path()
    overrides: tuple[str, ...] = ()
    with_ledger: bool = False
    attaches_ledger: bool = True
    is_strict: bool = False
    has_strict_fonts: bool = False
    asks_clock: bool = True
    areas: tuple[str, ...] = ()
    as_of: date | None = None
    recorded: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Stock:
    """A data folder that has been read, and what its checks found: reports about several areas share one."""

    catalog: Catalog
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, order: Order) -> "Stock":
        """Return the data of an order; raise `Failed` when they have errors."""
        catalog = known(order.data, order.as_of)
        found = checks.check(catalog)
        stop_on_errors(finding for finding in found if finding.is_error)
        return cls(catalog, found)


@dataclass(frozen=True)
class Result:
    """What a build made, or would make: `files` and `pages` are empty for a plan."""

    catalog: Catalog
    scope: Scope
    template: str
    theme: Theme
    document: Document
    findings: tuple[Finding, ...]
    paths: Mapping[str, Path]
    as_of: date | None = None
    files: Mapping[Path, int] = field(default_factory=dict)
    pages: Mapping[Path, int] = field(default_factory=dict)

    @cached_property
    def ledger(self) -> Ledger:
        """The figures of the document; of thousands it takes a while, and many builds never ask."""
        return ledger.of(self.document)


def build(order: Order) -> Result:
    """Write the documents of an order, all of its formats or none, and return what was made."""
    made, files = render(order)
    outputs.write(files)
    return made


def build_all(order: Order) -> tuple[Result, ...]:
    """Write the documents of an order for each of its areas, all of them or none, and return what was made."""
    made: list[Result] = []
    files: dict[Path, bytes] = {}
    stock = Stock.of(order)
    for each in orders(order, stock.catalog):
        result, content = render(each, stock)
        made.append(result)
        files |= content
    outputs.write(files)
    return tuple(made)


def plan_all(order: Order) -> tuple[Result, ...]:
    """Return what `build_all` would write, without writing."""
    stock = Stock.of(order)
    return tuple(plan(each, stock) for each in orders(order, stock.catalog))


def orders(order: Order, catalog: Catalog) -> tuple[Order, ...]:
    """Return an order for each area that an order chooses. Raise `Unusable` for an area that there is not, and for
    one file's name for several reports."""
    if not order.areas:
        return (order,)
    areas = scope.areas(catalog, order.areas)
    if len(areas) > 1 and order.output.suffix[1:].isalpha() and not order.output.is_dir():
        found, expected = str(order.output), f"a folder for the reports on {len(areas)} areas"
        raise Unusable([Finding("build.output", "one file's name for several reports", None, found, expected)])
    return tuple(replace(order, areas=(), wish=replace(order.wish, area=area.id)) for area in areas)


def render(order: Order, stock: Stock | None = None) -> tuple[Result, Mapping[Path, bytes]]:
    """Return what an order makes, and the bytes of its files, still unwritten."""
    planned = plan(order, stock)
    files: dict[Path, bytes] = {}
    pages: dict[Path, int] = {}
    findings = list(planned.findings)
    boxes: tuple[tuple[Box, ...], ...] = ()
    fonts: tuple[Mapping[str, str], ...] = ()
    for format, path in planned.paths.items():
        if format == "ledger":
            digests = {file.name: provenance.sha256(content) for file, content in files.items()}
            made = ledger.of(planned.document, boxes, fonts).made(digests, is_attached=planned.document.carries_ledger)
            files[path] = made.as_bytes()
            continue
        printed = writers.writer(format)(planned.document, planned.theme)
        files[path] = printed.content
        findings += printed.findings
        boxes = boxes or printed.boxes
        fonts = fonts or printed.fonts
        stop_on_errors(printed.stand_ins if order.has_strict_fonts else ())
        if printed.pages is not None:
            pages[path] = printed.pages
    found = _ruled(order, findings)
    sizes = {path: len(content) for path, content in files.items()}
    return replace(planned, files=sizes, pages=pages, findings=found), files


def plan(order: Order, stock: Stock | None = None) -> Result:
    """Return what a build would write, without writing: the document composed, every figure in it. The folder is read
    unless its `stock` is given."""
    stock = stock or Stock.of(order)
    catalog, checked = stock.catalog, stock.findings
    its = choose(catalog, order.wish)
    name = order.template or catalog.workspace.template
    chosen = template.read(name, order.templates, _overrides(order), [order.data / "fonts"])
    book = template.book(its.language, order.templates)
    base, noted = _base(chosen)
    document, findings = compose(chosen, catalog, its, book, base)
    document = replace(document, carries_ledger=order.attaches_ledger)
    document = replace(document, provenance=_provenance(order, document, catalog, its, chosen, name))
    printed = stop_on_errors(checks.check_document(document, catalog))
    early = tuple(checks.dates.undated(document.figures(), catalog, order.as_of)) if order.as_of else ()
    found = _ruled(order, (*checks.about(checked, document, its, catalog), *noted, *findings, *printed, *early))
    paths = dict(_paths(order, chosen, its, catalog))
    return Result(catalog, its, name, chosen.theme, document, found, paths, order.as_of)


def known(data: Path, day: date | None) -> Catalog:
    """Return what a data folder knows, or knew on a day; raise `Failed` with every fault of it, whatever its date."""
    catalog = folder.read(data)
    return catalog.as_of(day) if day else catalog


def _provenance(
    order: Order, document: Document, catalog: Catalog, its: Scope, chosen: template.Template, name: str
) -> Provenance:
    """Return what makes a document: enough to make it again. Which formats were asked for changes no file."""
    wish = order.wish
    workspace = catalog.workspace
    asked = {
        "area": its.area.id,
        "periods": [period.id for period in its.periods],
        "order": {
            "data": order.data.resolve().name,
            "template": name,
            "sections": list(wish.sections),
            "indicators": list(wish.indicators),
            "overrides": _overrides(order),
            **({"as_of": order.as_of.isoformat()} if order.as_of else {}),
        },
        "rounding": workspace.rounding,
    }
    book = template.book_file(its.language, order.templates)
    assert book is not None  # the document was composed with it
    bases = (chosen.base,) if chosen.base else ()
    inputs = provenance.inputs(order.data, template.files(name, order.templates), book, bases)
    if order.recorded is not None:
        asked["order"] = order.recorded["order"]
        inputs = tuple(Input(**each) for each in order.recorded["inputs"])
    return provenance.of(document, catalog, asked, inputs)


def _ruled(order: Order, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings; raise `Failed` where a warning is an error, because the order is strict."""
    found = tuple(dict.fromkeys(findings))
    return stop_on_errors(strict(found)) if order.is_strict else found


def _base(chosen: template.Template) -> tuple[Base | None, tuple[Finding, ...]]:
    """Return the office's own Word file that a template fills, and warnings about it; None without one."""
    if chosen.base is None:
        return None, ()
    from xdreport.readers import word_base  # it reads with lxml, which few builds need before they write

    return word_base.read(chosen.base, f"{chosen.base.parent.name}/{chosen.base.name}")


def _overrides(order: Order) -> list[str]:
    """Return the settings that an order overrides, the date of the environment first."""
    return [*(_clock() if order.asks_clock else ()), *order.overrides]


def _clock() -> Iterator[str]:
    """Generate the date that SOURCE_DATE_EPOCH sets for the document (reproducible-builds.org); the machine's
    own clock is never asked, so that two builds are the same bytes."""
    if day := epoch():
        yield f"date={day.isoformat()}"


def epoch() -> date | None:
    """Return the day that SOURCE_DATE_EPOCH sets, None where it is not set; raise `Unusable` for what is none."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,11}", text):
        raise Unusable(
            [Finding("build.epoch", "SOURCE_DATE_EPOCH cannot be read", None, text, "seconds since 1970 in digits")]
        )
    return datetime.fromtimestamp(int(text), UTC).date()


def _paths(order: Order, chosen: template.Template, its: Scope, catalog: Catalog) -> Iterator[tuple[str, Path]]:
    """Generate where each format goes: the file that `output` names, or one named after what is in it, and after its
    area where that is another than the workspace's.

    Raise `Unusable` when the file's ending is that of no format, or of none that was asked for.
    """
    ending = order.output.suffix[1:]
    formats = order.formats or ((ending,) if ending in writers.FORMATS else ("docx", "pdf"))
    if ending in formats:
        stem = order.output.with_suffix("")
    elif ending.isalpha() and not order.output.is_dir():
        *first, last = [f".{format}" for format in order.formats or writers.FORMATS]
        expected = "a folder, or a file that ends in " + " or ".join([", ".join(first)] * bool(first) + [last])
        found = str(order.output)
        raise Unusable([Finding("build.output", "the ending is none of the formats", None, found, expected)])
    else:
        own = "" if its.area.id == catalog.workspace.area else its.area.id
        named = chosen.settings.filename and "-".join(filter(None, (chosen.settings.filename, own)))
        stem = order.output / (named or default_name(chosen.id, its, own))
    for format in formats:
        yield format, Path(f"{stem}.{format}")
    if order.with_ledger:
        yield "ledger", Path(f"{stem}.ledger.json")


def default_name(template: str, its: Scope, area: str = "") -> str:
    """Return a file's name for what is in it: briefing-industry-2021_2025, without characters a system refuses."""
    sections = [section.id for section in its.sections]
    chosen = sections if len(sections) <= 3 else ["all"]
    words = [template, *([area] if area else []), *chosen, *(period.id for period in its.periods)]
    return re.sub(r"[^\w-]", "_", "-".join(words), flags=re.ASCII)


def inspect(
    data: Path, templates: tuple[Path, ...], areas: tuple[str, ...] = (), as_of: date | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with a data folder and the templates: every fault that some build could meet, of reports
    about the chosen `areas`, the workspace's own without a word; or one of what was known on a day."""
    found: list[Finding] = []
    good: list[tuple[template.Template, Base | None]] = []
    for name in template.available(templates):
        try:
            chosen = template.read(name, templates)
            base, noted = _base(chosen)
            good.append((chosen, base))
            found += noted
        except Failed as failed:
            found += failed.findings
    try:
        catalog = known(data, as_of)
        book = template.book(catalog.workspace.language, templates)
    except Failed as failed:
        return (*failed.findings, *found)
    found += checks.check(catalog)
    try:
        found += (fault for one in recipe.read_all(data) for fault in recipe.faults(one, catalog))
    except Failed as failed:
        found += failed.findings
    for (chosen, base), its in product(good, _scopes(catalog, areas)):
        try:
            document, noticed = compose(chosen, catalog, its, book, base)
        except Failed as failed:
            found += failed.findings
            continue
        found += checks.check_document(document, catalog)
        found += (finding for finding in noticed if finding.code in severities.USUAL)
    return tuple(dict.fromkeys(found))


def _scopes(catalog: Catalog, areas: tuple[str, ...]) -> Iterator[Scope]:
    """Generate a scope of all sections for each area and each period that prose is written for, and the default one."""
    for area in scope.areas(catalog, areas):
        pens = catalog.pens(area)
        periods = dict.fromkeys(text.period for text in catalog.narratives if text.period and text.area in pens)
        for wish in (Wish(area=area.id), *(Wish(periods=(period.id,), area=area.id) for period in periods)):
            with suppress(Unusable):  # a folder without figures composes nothing
                yield choose(catalog, wish)
