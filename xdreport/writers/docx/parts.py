"""Parts that the body of a Word file refers to and every file of ours has: charts, footnotes, records."""

import json

from lxml import etree

from xdreport import ledger
from xdreport.package import Package, Part, relations
from xdreport.readers.records import PROPERTY
from xdreport.word import NAMES, as_bytes, tree
from xdreport.writers.docx.chart_part import SHAPES_RELATION, WORKBOOK_RELATION
from xdreport.writers.docx.charts import chart_relation
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.illustrations import image_relation
from xdreport.writers.docx.records import PROPERTIES, write_copy, write_properties, write_records
from xdreport.writers.docx.runs import write_notes
from xdreport.writers.docx.styles import NAMESPACE

PREFIXES = ("w", "r", "wp", "a", "c", "pic", "mc", "wps")  # what a body, a header or a footer may use
NAMESPACES = " ".join(f'xmlns:{prefix}="{NAMES[prefix]}"' for prefix in PREFIXES)
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{key}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for key, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


def add_drawings(package: Package, main: Part, draft: Draft) -> None:
    """Add what the drawings of the body refer to: pictures, and charts with their workbooks."""
    for number, image in enumerate(draft.images, draft.offset + 1):
        ending = "png" if image.is_png else "jpeg"
        name = package.free_name(f"word/media/image{{}}.{ending}")
        main.relate("image", package.add(name, f"image/{ending}", image.content), image_relation(number))
    for number, chart in enumerate(draft.charts, draft.offset + 1):
        part = package.add(package.free_name("word/charts/chart{}.xml"), "drawingml.chart", chart.content)
        main.relate("chart", part, chart_relation(number))
        book = package.add(package.free_name("word/embeddings/chart{}.xlsx"), _WORKBOOK, chart.workbook)
        part.relate("package", book, WORKBOOK_RELATION)
        if chart.shapes:
            shapes = package.add(
                package.free_name("word/drawings/drawing{}.xml"), "drawingml.chartshapes", chart.shapes
            )
            part.relate("chartUserShapes", shapes, SHAPES_RELATION)


def add_records(package: Package, main: Part, draft: Draft) -> None:
    """Add the records of the figures as a custom XML part, and a copy of them as document properties."""
    about = {"ledger": ledger.VERSION, "title": draft.document.title, **ledger.about(draft.document)}
    content = write_records(draft.records, json.dumps(about, ensure_ascii=False), draft.escaped)
    records = package.add(package.free_name("customXml/item{}.xml"), "application/xml", content)
    main.relate("customXml", records)
    properties = package.add(package.free_name("customXml/itemProps{}.xml"), "customXmlProperties", PROPERTIES)
    records.relate("customXmlProps", properties)
    _add_copy(package, write_copy(content))


def _add_copy(package: Package, properties: dict[str, str]) -> None:
    """Add document properties, in place of those of an earlier report of ours."""
    old = next((its.target_part for its in relations(package, "custom-properties")), None)
    written = write_properties(properties)
    if not isinstance(old, Part):
        if properties:
            package.relate("custom-properties", package.add("docProps/custom.xml", "custom-properties", written))
        return
    root = tree(old)
    for each in [each for each in root if each.get("name", "").startswith(PROPERTY)]:
        root.remove(each)
    highest = max((int(each.get("pid", "0")) for each in root), default=1)
    for number, each in enumerate(list(etree.fromstring(written)), highest + 1):
        each.set("pid", str(number))
        root.append(each)
    old.content = as_bytes(root)


def notes_part(draft: Draft) -> str:
    """Return footnotes.xml with the draft's notes."""
    return f"<w:footnotes {NAMESPACE}>{_SEPARATORS}{write_notes(draft)}</w:footnotes>"
