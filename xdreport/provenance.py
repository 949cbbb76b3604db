"""What made a document: the order, and the SHA-256 of every file that was read for it.

Files are named as findings name them (data/observations/industry.csv), never by a path of the machine, so that the
same data give the same bytes wherever they lie.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from xdreport.catalog import Catalog
from xdreport.document import Document, Figure, Input, Provenance, Term

_NOT_DATA = {"templates", "fonts", "schemas"}  # folders of a data folder that hold other things


def of(document: Document, catalog: Catalog, order: Mapping[str, Any], inputs: tuple[Input, ...]) -> Provenance:
    """Return what made a document, with the words for those indicators, areas and sources that it rests on."""
    rows = {row for run in document.runs() if isinstance(run, Figure) for row in run.observations}
    terms = {run.record.source for run in document.runs() if isinstance(run, Term)}
    indicators = {row.indicator for row in rows}
    areas = {row.area for row in rows} | {catalog.workspace.area, order["area"]}
    sources = {row.source for row in rows} | terms
    return Provenance(
        order,
        inputs,
        {id: it for id, it in catalog.indicators.items() if id in indicators},
        {id: it for id, it in catalog.workspace.areas.items() if id in areas},
        {id: it for id, it in catalog.sources.items() if id in sources},
    )


def inputs(data: Path, templates: tuple[Path, ...], book: Path, bases: tuple[Path, ...] = ()) -> tuple[Input, ...]:
    """Return the files of a data folder, the templates from the one chosen down to what they extend, the wording book,
    and the office's own Word file that a template fills, each with its hash."""
    named = {
        "data": [(f"{data.resolve().name}/{path.relative_to(data).as_posix()}", path) for path in files(data)],
        "template": [(f"{path.parent.name}/{path.name}", path) for path in templates],
        "wording": [(f"{book.parent.parent.name}/{book.parent.name}/{book.name}", book)],
        "base": [(f"{path.parent.name}/{path.name}", path) for path in bases],
    }
    return tuple(Input(role, name, sha256(path.read_bytes())) for role, its in named.items() for name, path in its)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def files(folder: Path) -> Iterator[Path]:
    """Generate the files of a data folder in the order of their names; hidden ones are no data."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] not in _NOT_DATA and not any(part.startswith(".") for part in parts) and path.is_file():
            yield path
