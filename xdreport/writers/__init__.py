"""Writers: a document and its looks → the bytes of a file. Each has `write(document, theme) -> Printed`.

A writer is imported when it is used: python-docx and the fonts take longer to import than `--help` to print.
"""

from collections.abc import Callable
from importlib import import_module

from xdreport.document import Document, Printed
from xdreport.theme import Theme

Write = Callable[[Document, Theme], Printed]

_MODULES = {
    "docx": "xdreport.writers.docx",
    "pdf": "xdreport.writers.pdf",
    "txt": "xdreport.writers.text",
}
FORMATS = tuple(_MODULES)


def writer(format: str) -> Write:
    """Return the writer of a format of `FORMATS`."""
    write: Write = import_module(_MODULES[format]).write
    return write
