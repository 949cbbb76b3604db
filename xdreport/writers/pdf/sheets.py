"""reportlab's canvas as it draws our pages: without what it puts into each of its own, and with what tags need."""

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from xdreport.writers.pdf.file import File


class _TaggedLink(pdfdoc.LinkAnnotation):  # type: ignore[misc]
    """A link that belongs to an element of the structure."""

    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")


class Sheets(canvas.Canvas):  # type: ignore[misc]
    """A canvas whose pages have no font, matrix or transition but their own; `file` is the document that it fills."""

    def __init__(self, language: str) -> None:
        super().__init__("", pageCompression=1, invariant=1)
        self._doc = self.file = File(language)

    def _make_preamble(self) -> None:
        self._preamble = ""

    def end_page(self, key: int) -> int:
        """End the page, which has that key in the structure (ISO 32000-1, 14.7.4.4); return its number."""
        self.showPage()
        page = self.file.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        # Readers go through links in the order of the structure (ISO 14289-1, 7.18.3).
        page.StructParents, page.Tabs = key, pdfdoc.PDFName("S")
        page.Trans = None
        return self.file.number(page)

    def link(self, key: str, meaning: str, corners: tuple[float, float, float, float]) -> pdfdoc.LinkAnnotation:
        """Add a link to a bookmark to the page and return it; it is printed, without a border (ISO 19005-2, 6.3.2)."""
        annotation = _TaggedLink(corners, meaning, self._bookmarkReference(key), "[0 0 0]", F=4)
        self._addAnnotation(annotation)
        return annotation

    def bookmark(self, key: str, page: pdfdoc.PDFPage, top: float) -> None:
        """Have a bookmark stand at a height of a page that has ended, at the magnification that the reader has."""
        destination = self._bookmarkReference(key)
        destination.xyz(0, top, "null")
        destination.setPage(page)
