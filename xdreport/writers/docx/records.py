"""The records of a file's figures: what each rests on, so that a Word file can be checked against the data long after
it was written. `readers.records` reads them.

They are a custom XML part, which Word and LibreOffice keep. LibreOffice drops it from an ODT, so a packed copy goes
into the document properties, in pieces as short as Word takes. A figure whose bookmark an editor destroyed is found
again by the words round it: `before` and `after` in its paragraph, where it is the `order`th figure, or `row` and
`column` of its cell.
"""

import base64
import zlib
from collections.abc import Callable, Iterable

from xdreport.catalog import Observation
from xdreport.readers.records import NAMESPACE, PROPERTY
from xdreport.writers.docx.draft import Record
from xdreport.writers.docx.markup import is_special

_PIECE = 255  # characters of a text property; Word cuts off more
_LARGEST_COPY = 1_000_000  # characters of records; more would be hundreds of properties
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # what the format calls properties that users define
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006"
# An id of the part, fixed because a random one would change the bytes of every build.
_ITEM = "{8D5D1F0C-7B52-4E0B-9C0A-2F6E1B7A4D31}"
PROPERTIES = (
    f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{_ITEM}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)

Escape = Callable[[str], str]


def write_records(records: Iterable[Record], about: str, escaped: Escape) -> str:
    """Return the part: a `figure` for each record, with an `observation` for each row of data it rests on.

    `about` is the rest of the ledger as JSON: what the document is and what it was made from.
    """
    figures = "".join([_figure(record, escaped) for record in records])
    return f'<figures xmlns="{NAMESPACE}" about="{escaped(about)}">{figures}</figures>'


def write_copy(records: str) -> dict[str, str]:
    """Return document properties that hold the records once more; none for the records of a very long report."""
    if len(records) > _LARGEST_COPY:
        return {}
    packed = base64.b64encode(zlib.compress(records.encode(), 9)).decode()
    pieces = [packed[start : start + _PIECE] for start in range(0, len(packed), _PIECE)]
    return {f"{PROPERTY} {number}": piece for number, piece in enumerate(pieces, 1)}


def write_properties(properties: dict[str, str]) -> str:
    """Return docProps/custom.xml with the properties; their texts need no escaping."""
    inner = "".join(
        [
            f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'
            for number, (name, text) in enumerate(properties.items(), 2)
        ]
    )
    return f'<Properties xmlns="{_CUSTOM}/custom-properties" xmlns:vt="{_CUSTOM}/docPropsVTypes">{inner}</Properties>'


def _figure(record: Record, escaped: Escape) -> str:
    figure = record.figure
    rule, formula, before, after = figure.rule, figure.formula, record.before, record.after
    text, row, column, call = figure.text, record.row, record.column, figure.call
    if is_special(f"{text}{rule}{formula}{call}{before}{after}{row}{column}"):  # next to none has something to escape
        text, rule, formula, call, before, after, row, column = map(
            escaped, (text, rule, formula, call, before, after, row, column)
        )
    written = (
        f'<figure mark="{record.mark}" text="{text}" derivation="{figure.derivation.value}"'
        f"{_also('value', '' if figure.value is None else format(figure.value, 'f'))}{_also('rule', rule)}"
        f"{_also('formula', formula)}{_also('call', call)}{_also('asked', figure.asked.id if figure.asked else '')}"
        f"{_also('cell', record.cell)}{_also('before', before)}{_also('after', after)}"
        f"{_also('order', str(record.order or ''))}{_also('row', row)}{_also('column', column)}"
    )
    if not figure.observations:
        return f"{written}/>"
    return f"{written}>{''.join([_observation(row, escaped) for row in figure.observations])}</figure>"


def _observation(row: Observation, escaped: Escape) -> str:
    indicator, area, source, locator, file = row.indicator, row.area, row.source, row.locator, ""
    if row.place:
        file = row.place.file
    if is_special(f"{indicator}{area}{source}{locator}{file}"):
        indicator, area, source, locator, file = map(escaped, (indicator, area, source, locator, file))
    return (
        f'<observation indicator="{indicator}" area="{area}" period="{row.period.id}" measure="{row.measure.value}"'
        f' value="{row.value:f}"{_also("qualifier", row.qualifier.value if row.qualifier else "")}'
        f'{_also("source", source)}{_also("locator", locator)} status="{row.status.value}"'
        f"{_also('as_of', row.as_of.isoformat() if row.as_of else '')}{_also('file', file)}"
        f"{_also('line', str(row.place.line) if row.place else '')}/>"
    )


def _also(name: str, value: str) -> str:
    """Return an attribute, nothing for an empty value."""
    return f' {name}="{value}"' if value else ""
