"""The figures of a document as data: what each printed number is and what it rests on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xdreport.catalog import Observation
from xdreport.document import Box, Document, Figure


@dataclass(frozen=True, slots=True)
class Record:
    """A printed figure: its place in the reading order, from 1, where it comes from, and where it stands on pages."""

    number: int
    figure: Figure
    boxes: tuple[Box, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON values; numbers are decimal strings, so that no digit is lost."""
        figure = self.figure
        return {
            "number": self.number,
            "text": figure.text,
            "value": None if figure.value is None else f"{figure.value:f}",
            "derivation": figure.derivation.value,
            "rule": figure.rule,
            "formula": figure.formula,
            "observations": [_observation(row) for row in figure.observations],
            **({"boxes": [_box(box) for box in self.boxes]} if self.boxes else {}),
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All figures of a document in reading order."""

    title: str
    records: tuple[Record, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the figures rest on, in the order they are met."""
        rows = (row for record in self.records for row in record.figure.observations)
        return tuple(dict.fromkeys(row.source for row in rows))

    def as_bytes(self) -> bytes:
        """Return the ledger as a JSON file."""
        content = {"title": self.title, "figures": [record.as_json() for record in self.records]}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def of(document: Document, boxes: Iterable[tuple[Box, ...]] = ()) -> Ledger:
    """Return the ledger of a document; `boxes` say where each of its figures stands, when pages are known."""
    where = [*boxes]
    figures = list(document.figures())
    where += [()] * (len(figures) - len(where))
    records = (Record(number, *pair) for number, pair in enumerate(zip(figures, where, strict=True), start=1))
    return Ledger(document.title, tuple(records))


def _box(box: Box) -> dict[str, Any]:
    return {"page": box.page, "left": box.left, "bottom": box.bottom, "right": box.right, "top": box.top}


def _observation(row: Observation) -> dict[str, Any]:
    return {
        "indicator": row.indicator,
        "area": row.area,
        "period": row.period.id,
        "measure": row.measure.value,
        "value": f"{row.value:f}",
        "qualifier": row.qualifier.value if row.qualifier else "",
        "source": row.source,
        "locator": row.locator,
        "file": row.place.file if row.place else "",
        "line": row.place.line if row.place else 0,
    }
