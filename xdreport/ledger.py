"""The ledger: every printed figure of a document as data, and what the document was made of.

It is JSON of a fixed shape (`schema/ledger.schema.json`, JSON Schema 2020-12). A PDF carries it as an attachment, a
Word file the same in a custom XML part that editors keep; `--ledger` writes it beside both. Read back, it is enough to
say of a printed number what it is and how it was obtained, to obtain it again, and to build the document again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from xdreport import __version__
from xdreport.catalog import Catalog, Indicator, Observation, Source
from xdreport.document import Box, Document, Figure

VERSION = 1
SCHEMA = Path(__file__).parent / "schema" / "ledger.schema.json"


@dataclass(frozen=True, slots=True)
class Row:
    """An observation as the ledger keeps it; numbers are decimal strings, an absent word is ""."""

    indicator: str
    area: str
    period: str
    measure: str
    value: str
    qualifier: str = ""
    source: str = ""
    locator: str = ""
    status: str = "final"
    as_of: str = ""
    file: str = ""
    line: int = 0

    @classmethod
    def of(cls, row: Observation) -> "Row":
        """Return the row of an observation."""
        return cls(
            row.indicator, row.area, row.period.id, row.measure.value, f"{row.value:f}",
            row.qualifier.value if row.qualifier else "", row.source, row.locator, row.status.value,
            row.as_of.isoformat() if row.as_of else "", row.place.file if row.place else "",
            row.place.line if row.place else 0,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def place(self) -> str:
        """Where the row stands: file and line."""
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True, slots=True)
class Record:
    """A printed figure: its place in the reading order, from 1, where it comes from, and where it stands.

    `call` asked of the period `asked` obtains it again; "" for what nothing obtains again. In a PDF `boxes` say where
    it stands. In a Word file it is enclosed in the bookmark `mark`, a point of a chart is in a `cell` of the chart's
    workbook, and the words round it, or those that head its `row` and `column`, find it without its bookmark.
    """

    number: int
    text: str
    derivation: str
    value: str = ""
    rule: str = ""
    formula: str = ""
    call: str = ""
    asked: str = ""
    rows: tuple[Row, ...] = ()
    boxes: tuple[Box, ...] = ()
    mark: str = ""
    cell: str = ""
    before: str = ""
    after: str = ""
    order: int = 0
    row: str = ""
    column: str = ""

    @classmethod
    def of(cls, number: int, figure: Figure, boxes: tuple[Box, ...] = ()) -> "Record":
        """Return the record of a figure."""
        return cls(
            number, figure.text, figure.derivation.value, "" if figure.value is None else f"{figure.value:f}",
            figure.rule, figure.formula, figure.call, figure.asked.id if figure.asked else "",
            tuple(map(Row.of, figure.observations)), boxes,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON values; numbers are decimal strings, so that no digit is lost."""
        return {
            "number": self.number,
            "text": self.text,
            "value": self.value or None,
            "derivation": self.derivation,
            "rule": self.rule,
            "formula": self.formula,
            "call": self.call,
            "asked": self.asked,
            "observations": [row.as_json() for row in self.rows],
            **({"boxes": [_box(box) for box in self.boxes]} if self.boxes else {}),
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All figures of a document in reading order; `about` is what was made, from what, by what order."""

    title: str
    records: tuple[Record, ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the figures rest on, in the order they are met."""
        return tuple(dict.fromkeys(row.source for record in self.records for row in record.rows))

    @property
    def as_of(self) -> date | None:
        """The day on which what the document reports was known, None where all of the folder was."""
        return day_of(self.about)

    @property
    def periods(self) -> tuple[str, ...]:
        """The ids of the periods that the document reports on."""
        return tuple(self.about.get("periods", ()))

    def as_bytes(self) -> bytes:
        """Return the ledger as a JSON file, a figure a line."""
        head = {"ledger": VERSION, "title": self.title, **self.about}
        lines = ["{", *(f" {_json(key)}: {_json(value)}," for key, value in head.items()), ' "figures": [']
        lines.append(",\n".join(f"  {_json(record.as_json())}" for record in self.records))
        return "\n".join([*lines, " ]", "}", ""]).encode()

    def made(self, outputs: Mapping[str, str], *, is_attached: bool) -> "Ledger":
        """Return the ledger with the SHA-256 of each file that was written, by name, and whether a PDF carries it."""
        written = [{"file": name, "sha256": digest} for name, digest in outputs.items()]
        return replace(self, about={**self.about, "outputs": written, "attached": is_attached})


def of(document: Document, boxes: Iterable[tuple[Box, ...]] = (), fonts: Iterable[Mapping[str, str]] = ()) -> Ledger:
    """Return the ledger of a document; `boxes` say where each of its figures stands, when pages are known, `fonts`
    which files its letters come from."""
    where = [*boxes]
    figures = list(document.figures())
    where += [()] * (len(figures) - len(where))
    records = (Record.of(number, *pair) for number, pair in enumerate(zip(figures, where, strict=True), start=1))
    its_fonts = list(fonts)
    return Ledger(document.title, tuple(records), about(document) | ({"fonts": its_fonts} if its_fonts else {}))


def about(document: Document) -> dict[str, Any]:
    """Return what a document is and what made it, as JSON values; next to nothing for one that was not built."""
    made = document.provenance
    head = {"program": f"xdreport {__version__}", "language": document.language}
    if made is None:
        return head
    return {
        **head,
        **made.order,
        "inputs": [{"role": it.role, "file": it.file, "sha256": it.sha256} for it in made.inputs],
        "indicators": {id: _indicator(it) for id, it in made.indicators.items()},
        "areas": {id: it.name for id, it in made.areas.items()},
        "sources": {id: _source(it) for id, it in made.sources.items()},
    }


def day_of(about: Mapping[str, Any]) -> date | None:
    """Return the day on which what a document reports was known, by what its ledger says of its order."""
    order = about.get("order")
    day = order.get("as_of", "") if isinstance(order, dict) else ""
    try:
        return date.fromisoformat(day) if day else None
    except (TypeError, ValueError):
        return None


def about_words(about: dict[str, Any], catalog: Catalog, records: Iterable[Record]) -> None:
    """Add the words for the indicators, areas and sources that records name, as a catalog has them."""
    for row in (row for record in records for row in record.rows):
        about.setdefault("indicators", {}).setdefault(row.indicator, _indicator(catalog.indicators[row.indicator]))
        about.setdefault("areas", {}).setdefault(row.area, catalog.workspace.areas[row.area].name)
        about.setdefault("sources", {}).setdefault(row.source, _source(catalog.sources[row.source]))


def _indicator(it: Indicator) -> dict[str, Any]:
    return {
        "name": it.name, "aliases": list(it.aliases), "unit": it.unit.text, "decimals": it.decimals,
        "good": it.good.value, "flow": it.is_flow,
    }  # fmt: skip


def _source(it: Source) -> dict[str, str]:
    workbook = {"file": it.file, "sha256": it.sha256} if it.sha256 else {}
    return {"title": it.title, "publisher": it.publisher, "date": it.date, **workbook}


def font_hashes(choices: Iterable[Any]) -> list[dict[str, str]]:
    """Return role, name, file name and SHA-256 of the fonts that were found for the roles of type."""
    return [
        {"role": it.face.value, "name": it.name, "file": it.path.name, "sha256": _hash(it.path, it.path.stat().st_size)}
        for it in choices
    ]


@lru_cache(maxsize=64)  # several roles share a file, and many reports in a process all of them
def _hash(path: Path, size: int) -> str:
    from hashlib import file_digest

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


# -- reading ----------------------------------------------------------------------------------------------------------


def parse(content: bytes) -> Ledger:
    """Return the ledger that a JSON file holds; raise `ValueError` for what is none, or of a later version."""
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("a ledger (JSON)") from None
    if not isinstance(read, dict) or "figures" not in read or "ledger" not in read:
        raise ValueError("a ledger (JSON with figures)")
    if read["ledger"] != VERSION:
        raise ValueError(f"a ledger of version {VERSION}, found {read['ledger']}")
    about = {key: value for key, value in read.items() if key not in {"ledger", "title", "figures"}}
    try:
        records = tuple(_record(each) for each in read["figures"])
    except (KeyError, TypeError, ValueError, InvalidOperation):
        raise ValueError("a ledger whose figures can be read") from None
    return Ledger(str(read.get("title", "")), records, about)


def from_records(root: etree._Element) -> Ledger:
    """Return the ledger of a Word file from the records in it (`readers.records`); raise `ValueError` for damage."""
    try:
        about = json.loads(root.get("about", "{}"))
        title = about.pop("title", "")
        records = tuple(_record_of(number, each) for number, each in enumerate(root, 1) if isinstance(each.tag, str))
    except (ValueError, TypeError, AttributeError, InvalidOperation):
        raise ValueError("records of figures that can be read") from None
    return Ledger(title, records, about)


def _record(read: Mapping[str, Any]) -> Record:
    value = read["value"] or ""
    Decimal(value or 0)
    return Record(
        int(read["number"]), read["text"], read["derivation"], value, read["rule"], read["formula"],
        read["call"], read["asked"], tuple(Row(**row) for row in read["observations"]),
        tuple(Box(**box) for box in read.get("boxes", ())),
    )  # fmt: skip


def _record_of(number: int, element: etree._Element) -> Record:
    get = element.get
    Decimal(get("value", "0"))
    rows = tuple(
        Row(**{name: each.get(name, "") for name in Row.__slots__ if name != "line"}, line=int(each.get("line", "0")))
        for each in element
    )
    names = ("text", "derivation", "value", "rule", "formula", "call", "asked", "mark", "cell", "before", "after",
             "row", "column")  # fmt: skip
    return Record(number, rows=rows, order=int(get("order", "0")), **{name: get(name, "") for name in names})  # type: ignore[arg-type]


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _box(box: Box) -> dict[str, Any]:
    return {"page": box.page, "left": box.left, "bottom": box.bottom, "right": box.right, "top": box.top}
