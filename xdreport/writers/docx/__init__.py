"""The Word writer: a document as a .docx file that people go on editing.

`body` and its neighbours turn blocks into XML, `styles` the theme, `furniture` what stands round the
text; this module puts their parts into python-docx's package. Everything is native: styles, lists, captions,
contents, footnotes, charts. Rules: GB/T 9704-2012 for the page, ECMA-376 for the file.
"""

from collections import Counter
from collections.abc import Mapping

from xdreport.document import Cover, Document, PageBreak, Printed
from xdreport.package import Package, Part
from xdreport.theme import Theme
from xdreport.writers.docx.body import write_body
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.fonts import write_fonts
from xdreport.writers.docx.furniture import write_head, write_imprint
from xdreport.writers.docx.headers import write_footers, write_headers, write_turned_footers
from xdreport.writers.docx.office_theme import write_office_theme
from xdreport.writers.docx.parts import NAMESPACES, add_drawings, add_records, notes_part
from xdreport.writers.docx.properties import describe, write_application, write_settings
from xdreport.writers.docx.sections import References, Sections, references_of
from xdreport.writers.docx.styles import LAST, write_styles


def write(document: Document, theme: Theme) -> Printed:
    """Return the document as a Word file: a new one, or the office's own with its slots filled.

    `pages` is None: only Word knows. The findings are no errors: a character that XML cannot hold was left
    out, a reference has no target, the contents' page numbers are estimated.
    """
    if document.base:
        from xdreport.writers.docx.base import fill  # few reports have one, and it reads Word files

        return fill(document, document.base, theme)
    draft = Draft.of(document, theme)
    furniture = document.furniture
    package = Package()
    main = package.add("word/document.xml", "wordprocessingml.document.main", "")
    package.relate("officeDocument", main)
    sections = Sections(draft, _add_furniture(package, main, draft), bool(furniture.running_head))
    if furniture.masthead:
        sections.add(write_head(furniture.masthead, draft))
    write_body(document.blocks, sections)
    if furniture.imprint:
        sections.set_columns(1)
        sections.add(write_imprint(furniture.imprint, draft))
    main.content = f"<w:document {NAMESPACES}><w:body>{sections.close()}</w:body></w:document>"
    add_drawings(package, main, draft)
    _add_settings(package, main, draft)
    return Printed(package.content(), None, tuple(draft.findings))


def _add_furniture(package: Package, main: Part, draft: Draft) -> References:
    """Add headers and footers; return the references of each kind of section to them."""
    document = draft.document
    upright = _named("header", write_headers(document.furniture, draft))
    upright |= _named("footer", write_footers(document.furniture, draft))
    if document.blocks[:1] and isinstance(document.blocks[0], Cover) and not document.furniture.masthead:
        upright = {name: content for name, content in upright.items() if not name.endswith("first")}
    turned: dict[str, str] = {}
    if any(isinstance(block, PageBreak) and block.is_landscape for block in document.blocks):
        turned = _named("header", write_headers(document.furniture, draft, is_turned=True))
        turned |= _named("footer", write_turned_footers(document.furniture, draft))
    bare: dict[str, str] = {}
    if upright and any(isinstance(block, Cover) for block in document.blocks):
        bare = {f"{kind} first": draft.paragraph(LAST, "") for kind in ("header", "footer")}
    counts: Counter[str] = Counter()

    def added(contents: Mapping[str, str]) -> dict[str, str]:
        keys = {}
        for name, content in contents.items():
            kind = name.partition(" ")[0]
            counts[kind] += 1
            root = "hdr" if kind == "header" else "ftr"
            part = package.add(
                f"word/{kind}{counts[kind]}.xml",
                f"wordprocessingml.{kind}",
                f"<w:{root} {NAMESPACES}>{content}</w:{root}>",
            )
            keys[name] = main.relate(kind, part)
        return keys

    keys = added(upright)
    every = {name: key for name, key in keys.items() if not name.endswith("first")}
    first = {name: key for name, key in keys.items() if name.endswith("first")}
    return References(*map(references_of, (every, first, added(turned), added(bare))))


def _named(kind: str, contents: Mapping[str, str]) -> dict[str, str]:
    return {f"{kind} {pages}": content for pages, content in contents.items()}


def _add_settings(package: Package, main: Part, draft: Draft) -> None:
    """Add what only the finished body decides: footnotes, lists, styles, records, properties."""
    if draft.notes:
        main.relate("footnotes", package.add("word/footnotes.xml", "wordprocessingml.footnotes", notes_part(draft)))
    variants = sorted(draft.variants.values(), key=lambda variant: variant.id)
    for name, content in (
        ("styles", write_styles(draft.theme, variants)),
        ("settings", write_settings(bool(draft.notes))),
        ("fontTable", write_fonts(draft.theme)),
        ("numbering", draft.numbering.write(draft.theme)),
    ):
        main.relate(name, package.add(f"word/{name}.xml", f"wordprocessingml.{name}", content))
    office_theme = package.add("word/theme/theme1.xml", "theme", write_office_theme(draft.theme))
    main.relate("theme", office_theme)
    add_records(package, main, draft)
    package.relate("extended-properties", package.add("docProps/app.xml", "extended-properties", write_application()))
    describe(package, draft)
