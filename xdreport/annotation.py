"""Our comments in a Word file that somebody edits: which files can bear them, and their writing."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from xdreport.edited import Edited
from xdreport.findings import Finding, Place, Unusable
from xdreport.package import Package
from xdreport.word import Comment
from xdreport.writers.docx.comments import annotate


def only_word(document: Edited, output: Path) -> None:
    """Raise `Unusable` where a document cannot be written as asked: a PDF has no comments, and none is overwritten."""
    if document.format != "docx":
        hint = "give the Word document that the PDF was made with"
        place = Place(str(document.path))
        raise Unusable([Finding("document.word", "comments are written into Word documents", place, hint=hint)])
    if output.suffix != ".docx":
        raise Unusable([Finding("build.output", "a Word document ends in .docx", None, str(output), "a name in .docx")])


def commented(content: bytes, said: Iterable[Comment]) -> bytes:
    """Return a Word file with comments of ours, dated as the file is."""
    made = Package.read(content).core_properties.modified
    return annotate(content, said, "xdreport", made.date() if made else date(2000, 1, 1))
