"""Picture files made fit for a document: upright, in RGB, no larger than print needs, without what a camera noted.

A camera turns a picture by a note in its file (EXIF) that printers do not read, and notes where it was taken.
Pillow is imported when the first picture is read.
"""

import io
from pathlib import Path
from typing import NamedTuple

from xdreport.findings import Failed, Finding, Place

# Pixels of the longer side: 300 to the inch over the height of an A4 type area.
_LARGEST = 2700
_QUALITY = 90


class Upright(NamedTuple):
    """A JPEG or PNG file's bytes in RGB, `width` by `height` pixels."""

    content: bytes
    width: int
    height: int


def read(path: Path, place: Place | None = None) -> Upright:
    """Return the picture of a file; raise `Failed` at `place` for a file that is none."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            is_photograph = opened.format == "JPEG"
            image = ImageOps.exif_transpose(opened)
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        hint = "save it as JPEG or PNG"
        raise Failed([Finding("image.unreadable", f"the picture cannot be read: {error}", place, hint=hint)]) from None
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    image = image.convert("RGB")
    image.thumbnail((_LARGEST, _LARGEST), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    if is_photograph:
        image.save(content, "JPEG", quality=_QUALITY, optimize=True)
    else:
        image.save(content, "PNG", optimize=True)
    return Upright(content.getvalue(), *image.size)
