"""The PDF writer: a document as a file for the printer, the archive and a screen reader.

Where everything stands is decided in `pages`; here a line becomes operators, appended as they will stand in the
file (`drawing`), a font a Type 0 font of the characters that are printed (`fonts`), the document's structure the tags
of ISO 32000-1, 14.8 (`structure`), and the file one that archives take (`archive`): PDF/A-2a (ISO 19005-2) and
PDF/UA-1 (ISO 14289-1), or PDF/A-3a (ISO 19005-3) where the ledger is attached. Objects go into the file as they are
finished (`file`). Text is never parsed as markup. The same document gives the same bytes: the date comes with it, the
clock is never asked.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from xdreport import ledger
from xdreport.document import Document, Printed
from xdreport.fonts import open_faces
from xdreport.pages import lay_out
from xdreport.theme import Theme
from xdreport.writers.pdf.archive import write_attachment, write_catalog, write_information
from xdreport.writers.pdf.drawing import PageWriter
from xdreport.writers.pdf.file import File
from xdreport.writers.pdf.fonts import Fonts
from xdreport.writers.pdf.images import Images
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
    faces, file = open_faces(theme), File()
    fonts, images, structure = Fonts(faces, file), Images(file), Structure(file)
    writer = PageWriter(file, fonts, images, structure, with_boxes=document.carries_ledger)
    layout = lay_out(document, theme, faces, take=writer.write)
    boxes = writer.boxes_of(document.figures())
    attachment = 0
    if document.carries_ledger:
        attachment = write_attachment(file, document, ledger.of(document, boxes).as_bytes())
    fonts.write(images.resources)
    tree, tags = writer.write_tree(), structure.write()
    root = write_catalog(file, document, layout.entries, writer.pages, tree, tags, attachment)
    content = file.close(root, write_information(file, document))
    findings = (*faces.findings, *fonts.findings)
    return Printed(content, len(writer.pages), findings, boxes, fonts.stand_ins)
