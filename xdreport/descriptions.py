"""What describes a data folder to other programs: `datapackage.json` for its CSVs, `schemas/` for its YAML files.

Both are made from the folder and the program, never read by it. They may be missing; where they stand and are not as
they should be, a check says so.
"""

from collections.abc import Iterator
from pathlib import Path

from xdreport import datapackage, schemas, settings
from xdreport.findings import Failed, Finding, Place, Severity

FOLDER = settings.SCHEMAS


def files(root: Path, arriving: datapackage.Arriving | None = None) -> dict[Path, bytes]:
    """Return all that describes a data folder, with the files that are arriving in it; raise `Failed` where its YAML
    cannot be read."""
    made = {root / FOLDER / kind.file: kind.as_bytes() for kind in schemas.KINDS if kind.is_edited}
    return {**datapackage.files(root, arriving or {}), **made}


def following(root: Path, arriving: datapackage.Arriving) -> dict[Path, bytes]:
    """Return the descriptions that change with the files that are arriving in a folder which is described already, to
    be written together with them; none for one that is not."""
    if not (root / datapackage.NAME).is_file():
        return {}
    made = datapackage.files(root, arriving)
    return {path: content for path, content in made.items() if not path.is_file() or path.read_bytes() != content}


def outdated(root: Path) -> Iterator[Finding]:
    """Generate a note for each description in a folder that is not as it should be; one that is missing is not
    missed, unless others are there."""
    if not (root / datapackage.NAME).exists() and not (root / FOLDER).exists():
        return
    try:
        made = files(root)
    except Failed:  # which the reader says
        return
    for path, content in made.items():
        if not path.is_file() or path.read_bytes() != content:
            place = Place((Path(root.name) / path.relative_to(root)).as_posix())
            message = "this does not describe the folder as it is"
            hint = "xdreport schema --update writes it anew"
            yield Finding("folder.description", message, place, hint=hint, severity=Severity.NOTE)
