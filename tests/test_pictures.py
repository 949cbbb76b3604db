"""Pictures come out upright, in RGB, no larger than print needs, and without what a camera noted."""

import io
from pathlib import Path

import pytest
from PIL import Image

from xdreport.findings import Failed, Place
from xdreport.pictures import read

PLACE = Place("images/images.yaml", 2)
# A camera's note on how it was held (EXIF tag 274): where the first row and column of the file are in the scene.
ORIENTATION = 274


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photograph_held_sideways_stands_upright(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", (60, 40), "white")
    upright.paste("red", (0, 0, 30, 20))  # the upper left quarter of the scene
    turns = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turn = turns[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = saved(tmp_path / "a.jpg", upright.transpose(turn) if turn is not None else upright, exif=exif, quality=95)
    found = read(path, PLACE)
    assert (found.width, found.height) == (60, 40)
    red, green, _ = opened(found.content).getpixel((8, 8))  # type: ignore[misc]
    assert red > 200 and green < 60
    assert dict(opened(found.content).getexif()) == {}


def test_where_a_photograph_was_taken_is_not_passed_on(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x8825] = exif.get_ifd(0x8825)
    path = saved(tmp_path / "a.jpg", Image.new("RGB", (20, 20)), exif=exif)
    assert b"Exif" in path.read_bytes()
    assert b"Exif" not in read(path, PLACE).content


def test_what_is_seen_through_becomes_paper(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "a.png", Image.new("RGBA", (10, 10), (255, 0, 0, 0))), PLACE)
    image = opened(found.content)
    assert (image.mode, image.format, image.getpixel((5, 5))) == ("RGB", "PNG", (255, 255, 255))


def test_a_picture_larger_than_print_needs_is_made_smaller(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "a.jpg", Image.new("L", (6000, 3000))), PLACE)
    assert (found.width, found.height) == (2700, 1350)


def test_a_file_that_is_no_picture_is_refused_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"GIF89a")
    with pytest.raises(Failed, match=r"images/images.yaml:2: the picture cannot be read"):
        read(path, PLACE)
