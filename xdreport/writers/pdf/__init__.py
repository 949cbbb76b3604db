"""The PDF writer: a document as a file for the printer, the archive and a screen reader.

Where everything stands is decided in `pages`; here a line becomes operators, appended to reportlab's canvas as they
will stand in the file (`sheets`, `drawing`), a font a Type 0 font of the characters that are printed (`fonts`). What
reportlab lacks is added to its document: the structure as the tags of ISO 32000-1, 14.8 (`structure`), what archives
ask for (`archive`: PDF/A-2a of ISO 19005-2 and PDF/UA-1 of ISO 14289-1, or PDF/A-3a of ISO 19005-3 where the ledger is
attached), and a compact form (`file`). Text is never parsed as markup. The same document gives the same bytes: the date
comes with it, the clock is never asked.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from xdreport import ledger
from xdreport.document import Document, Printed
from xdreport.fonts import open_faces
from xdreport.pages import lay_out
from xdreport.theme import Theme
from xdreport.writers.pdf.archive import archive, describe, language
from xdreport.writers.pdf.drawing import PageWriter
from xdreport.writers.pdf.fonts import Fonts
from xdreport.writers.pdf.navigation import put_in_order, write_bookmarks, write_page_labels
from xdreport.writers.pdf.sheets import Sheets
from xdreport.writers.pdf.structure import Structure


def write(document: Document, theme: Theme) -> Printed:
    """Return the PDF, its pages, where its figures stand, and a finding for each face or character not to be had.

    Boxes are given for a document that carries its ledger, which is then attached to the file.
    """
    with _without_collector():
        return _write(document, theme)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for cycles: pages hold none, and it would walk all of their lines again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _write(document: Document, theme: Theme) -> Printed:
    faces, sheets = open_faces(theme), Sheets(language(document))
    fonts, structure = Fonts(faces), Structure(sheets.file)
    sheets.file.delayedFonts.append(fonts)
    writer = PageWriter(sheets, fonts, structure, with_boxes=document.carries_ledger)
    layout = lay_out(document, theme, faces, take=writer.write)
    boxes = writer.boxes_of(document.figures())
    describe(sheets, document)
    write_bookmarks(sheets, layout.entries, writer.pages)
    write_page_labels(sheets, writer.pages)
    put_in_order(sheets, writer.pages)
    used = tuple(ledger.font_hashes(faces.choices)) if document.carries_ledger else ()
    attached = ledger.of(document, boxes, used).as_bytes() if document.carries_ledger else b""
    archive(sheets, document, structure.write(), attached)
    findings = (*faces.findings, *fonts.findings)
    return Printed(sheets.getpdfdata(), len(writer.pages), findings, boxes, used, fonts.stand_ins)
