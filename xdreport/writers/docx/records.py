"""The records of a file's figures, as a custom XML part: what each rests on, so that a Word file can be checked
against the data long after it was written.

A reader finds the part by `NAMESPACE`, not by its name: LibreOffice renames it.
"""

from collections.abc import Callable, Iterable

from xdreport.catalog import Observation
from xdreport.document import Figure
from xdreport.writers.docx.draft import Record

NAMESPACE = "urn:xdreport:figures"
# An id of the part, fixed because a random one would change the bytes of every build.
_ITEM = "{8D5D1F0C-7B52-4E0B-9C0A-2F6E1B7A4D31}"
PROPERTIES = (
    f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{_ITEM}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def write_records(records: Iterable[Record], escaped: Callable[[str], str]) -> str:
    """Return the part: a `figure` for each record, with an `observation` for each row of data it rests on."""
    figures = "".join([_figure(record, escaped) for record in records])
    return f'<figures xmlns="{NAMESPACE}">{figures}</figures>'


def _figure(record: Record, escaped: Callable[[str], str]) -> str:
    figure: Figure = record.figure
    described = _attributes(
        escaped,
        mark=record.mark,
        cell=record.cell,
        text=figure.text,
        derivation=figure.derivation.value,
        value="" if figure.value is None else str(figure.value),
        rule=figure.rule,
        formula=figure.formula,
    )
    rows = "".join([_observation(row, escaped) for row in figure.observations])
    return f"<figure{described}>{rows}</figure>" if rows else f"<figure{described}/>"


def _observation(row: Observation, escaped: Callable[[str], str]) -> str:
    place = row.place
    described = _attributes(
        escaped,
        indicator=row.indicator,
        area=row.area,
        period=row.period.id,
        measure=row.measure.value,
        value=str(row.value),
        qualifier=row.qualifier.value if row.qualifier else "",
        source=row.source,
        locator=row.locator,
        status=row.status.value,
        as_of=row.as_of.isoformat() if row.as_of else "",
        file=place.file if place else "",
        line=str(place.line) if place else "",
    )
    return f"<observation{described}/>"


def _attributes(escaped: Callable[[str], str], **values: str) -> str:
    return "".join([f' {name}="{escaped(value)}"' for name, value in values.items() if value])
