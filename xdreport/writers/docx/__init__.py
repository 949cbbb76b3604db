"""The Word writer: a document as a .docx file that people go on editing.

`body` and its neighbours turn blocks into XML, `styles` the theme, `furniture` what stands round the
text; this module puts their parts into python-docx's package. Everything is native: styles, lists, captions,
contents, footnotes, charts. Rules: GB/T 9704-2012 for the page, ECMA-376 for the file.
"""

from xdreport.document import Document, Printed
from xdreport.package import Package, Part
from xdreport.theme import Theme
from xdreport.writers.docx.body import write_block
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.fonts import write_fonts
from xdreport.writers.docx.furniture import write_footers, write_head, write_headers, write_imprint, write_section
from xdreport.writers.docx.office_theme import write_office_theme
from xdreport.writers.docx.parts import NAMESPACES, add_charts, add_records, notes_part
from xdreport.writers.docx.properties import describe, write_application, write_settings
from xdreport.writers.docx.styles import write_styles


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
    references = _add_furniture(package, main, draft)
    body = [write_head(furniture.masthead, draft)] if furniture.masthead else []
    body += [write_block(block, draft) for block in document.blocks]
    if furniture.imprint:
        body.append(write_imprint(furniture.imprint, draft))
    body.append(write_section(theme, references, bool(furniture.running_head)))
    main.content = f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
    add_charts(package, main, draft)
    _add_settings(package, main, draft)
    return Printed(package.content(), None, tuple(draft.findings))


def _add_furniture(package: Package, main: Part, draft: Draft) -> str:
    """Add headers and footers; return the section's references to them."""
    references = ""
    for kind, contents in (
        ("header", write_headers(draft.document.furniture, draft)),
        ("footer", write_footers(draft.document.furniture, draft)),
    ):
        for number, (pages, content) in enumerate(contents.items(), 1):
            part = package.add(f"word/{kind}{number}.xml", f"wordprocessingml.{kind}", content)
            references += f'<w:{kind}Reference w:type="{pages}" r:id="{main.relate(kind, part)}"/>'
    return references


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
