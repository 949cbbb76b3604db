"""Pictures as image objects (ISO 32000-1, 8.9.5): their files' own compression is kept, nothing is decoded."""

from xdreport.document import Picture
from xdreport.writers.pdf.file import File

_JPEG = b"\xff\xd8"
_PNG_HEAD = 8


class Images:
    """The pictures of a file; one that is printed twice stands in it once."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._numbers: dict[bytes, int] = {}

    def resource(self, picture: Picture) -> str:
        """Return the name by which pages draw a picture; it is written when it is first asked for."""
        if picture.content not in self._numbers:
            self._numbers[picture.content] = self._write(picture)
        return f"X{self._numbers[picture.content]}"

    @property
    def resources(self) -> str:
        """The entry for the resources that all pages share, "" without a picture."""
        entries = "".join(f"/X{number} {number} 0 R" for number in self._numbers.values())
        return f"/XObject<<{entries}>>" if entries else ""

    def _write(self, picture: Picture) -> int:
        head = (
            f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace/DeviceRGB"
            "/BitsPerComponent 8"
        )
        if picture.content.startswith(_JPEG):
            return self._file.add_stream(picture.content, f"{head}/Filter/DCTDecode", is_compressed=True)
        predictor = f"/DecodeParms<</Predictor 15/Colors 3/BitsPerComponent 8/Columns {picture.width}>>"
        entries = f"{head}/Filter/FlateDecode{predictor}"
        return self._file.add_stream(_png_data(picture.content), entries, is_compressed=True)


def _png_data(content: bytes) -> bytes:
    """Return the compressed rows of a PNG file (its IDAT chunks), which PDF reads as they are."""
    data, at = b"", _PNG_HEAD
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            data += content[at + 8 : at + 8 + length]
        at += length + 12
    return data
