"""What rows and sources add to the files of a data folder, as the bytes of those files.

Every byte that is there stays: people keep these files in git, and a line that an import had not to touch must not show
as changed. A row is written in the order of the file's own columns, with its line ends.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xdreport import settings
from xdreport.catalog import Catalog, Observation, Source, Status
from xdreport.findings import Failed, Finding, Place
from xdreport.rows import OBSERVATION_COLUMNS


@dataclass(frozen=True, slots=True)
class Additions:
    """The new content of files, by their paths, and where each row that was added then stands."""

    files: Mapping[Path, bytes]
    places: Mapping[Observation, Place]


def of(root: Path, catalog: Catalog, rows: Iterable[Observation], sources: Iterable[Source]) -> Additions:
    """Return what rows and sources add to the folder at `root`; raise `Failed` where a file cannot be added to."""
    files: dict[Path, bytes] = {}
    places: dict[Observation, Place] = {}
    by_file: dict[Path, list[Observation]] = {}
    for row in rows:
        by_file.setdefault(root / "observations" / f"{catalog.indicators[row.indicator].section}.csv", []).append(row)
    for path, own in by_file.items():
        before = path.read_bytes() if path.is_file() else _new_table(path.parent)
        files[path] = _with_rows(before, own)
        first = _lines(before)
        shown = f"{root.name}/observations/{path.name}"
        places |= {row: Place(shown, first + number) for number, row in enumerate(own)}
    if added := list(sources):
        path = root / "sources.yaml"
        files[path] = _with_sources(path.read_bytes(), added, f"{root.name}/{path.name}")
    return Additions(files, places)


def _new_table(folder: Path) -> bytes:
    """Return the header of a table that is not there yet, with the mark and line ends of its neighbours."""
    beside = next((path.read_bytes() for path in sorted(folder.glob("*.csv"))), codecs.BOM_UTF8)
    mark = codecs.BOM_UTF8 if beside.startswith(codecs.BOM_UTF8) else b""
    return mark + ",".join(OBSERVATION_COLUMNS).encode() + _line_end(beside)


def _line_end(content: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in content else b"\n"


def _lines(content: bytes) -> int:
    """Return the number of the line that is added first."""
    text = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.count(b"\n") + (1 if text.endswith(b"\n") or not text else 2)


def _ended(content: bytes) -> bytes:
    """Return a text whose last line ends."""
    return content if content.endswith((b"\n", b"\r")) or not content else content + _line_end(content)


def _with_rows(content: bytes, rows: Iterable[Observation]) -> bytes:
    text = io.StringIO(newline="")
    columns = next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    writer = csv.writer(text, lineterminator=_line_end(content).decode())
    for row in rows:
        cells = _cells(row)
        writer.writerow([cells[column] for column in columns])
    return _ended(content) + text.getvalue().encode()


def _cells(row: Observation) -> dict[str, str]:
    return {
        "indicator": row.indicator,
        "area": row.area,
        "period": row.period.id,
        "measure": row.measure.value,
        "value": f"{row.value:f}",
        "qualifier": row.qualifier.value if row.qualifier else "",
        "source": row.source,
        "locator": row.locator,
        "status": "" if row.status is Status.FINAL else row.status.value,
        "as_of": row.as_of.isoformat() if row.as_of else "",
        "note": row.note,
    }


def _with_sources(content: bytes, sources: list[Source], shown: str) -> bytes:
    """Return sources.yaml with entries at its end. What is there is not written anew, so that it must be a mapping
    whose keys stand at the beginnings of lines; read back, it must say what it said and the entries besides."""
    text = content.decode("utf-8-sig")
    before = settings.parse(text.replace("\r\n", "\n"), shown).content
    end = _line_end(content).decode()
    margin = _margin(text)
    entries = [entry(source, margin) for source in sources]
    made = _ended(content) + "".join(entries).replace("\n", end).encode()
    expected = {**before, **{source.id: _keys(source) for source in sources}}
    try:
        read = settings.parse(made.decode("utf-8-sig").replace("\r\n", "\n"), shown).content
    except Failed:
        read = None
    if read != expected:
        message = "the workbook cannot be added to the file, which is written in one piece of { } or ends in the midst"
        hint = "write each source on lines of its own, or add by hand: " + entries[0].strip().replace("\n", " ")
        raise Failed([Finding("import.sources", message, Place(shown), hint=hint)])
    return made


def _margin(text: str) -> str:
    """Return the blanks that the keys of a file stand behind."""
    match = re.search(r"^([ ]*)[^\s#][^\n]*:", text, re.MULTILINE)
    return match[1] if match else ""


def entry(source: Source, margin: str = "") -> str:
    """Return the lines of sources.yaml that say a source, its words in quotes so that none of them is taken for
    anything else."""
    lines = [f"{margin}{source.id}:"]
    lines += [f"{margin}  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in _keys(source).items()]
    return "\n".join(lines) + "\n"


def _keys(source: Source) -> dict[str, Any]:
    given = {
        "title": source.title, "publisher": source.publisher, "date": source.date,
        "covers": source.covers.id if source.covers else "", "note": source.note, "file": source.file,
        "sha256": source.sha256,
    }  # fmt: skip
    return {key: value for key, value in given.items() if value}
