"""Draws the two pictures of `data/images`, so that a page with pictures can be shown: nobody photographed them.

`python tests/draw_images.py` writes them again. They are flat drawings in a few colours, which a PNG keeps small.
"""

import math
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "data" / "images"
# Drawn three times as large as it is saved, so that edges come out smooth.
WIDTH, HEIGHT, SCALE = 1200, 675, 3
SKY, HAZE, FAR, NEAR = "#DCE8F0", "#EEF3F5", "#A9C0CF", "#7F9FB3"
Point = tuple[float, float]


class Sheet:
    """A drawing in pixels of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), SKY)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, colour: str, *points: Point) -> None:
        """Fill a shape."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def box(self, colour: str, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle."""
        self.shape(colour, (x, y), (x + width, y), (x + width, y + height), (x, y + height))

    def disc(self, colour: str, x: float, y: float, radius: float) -> None:
        """Fill a circle."""
        self.pen.ellipse([(c * SCALE) for c in (x - radius, y - radius, x + radius, y + radius)], colour)

    def line(self, colour: str, width: float, *points: Point) -> None:
        """Draw a line."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], colour, round(width * SCALE))

    def hills(self, colour: str, base: float, height: float, waves: float, shift: float) -> None:
        """Fill a range of hills down to the foot of the picture."""
        ridge = [
            (x, base - height * (0.55 + 0.3 * math.sin(waves * x + shift) + 0.15 * math.sin(2.7 * waves * x + shift)))
            for x in range(0, WIDTH + 8, 8)
        ]
        self.shape(colour, *ridge, (WIDTH, HEIGHT), (0, HEIGHT))

    def save(self, name: str) -> None:
        """Write the picture, without the upper part of the sky, as a PNG of a few colours."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.crop((0, 60, WIDTH, HEIGHT)).quantize(96, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def draw_works() -> None:
    """Draw a works with a kiln, a crane, and a goods train before it."""
    sheet = Sheet()
    sheet.box(HAZE, 0, 250, WIDTH, 200)
    sheet.disc("#F6D9A8", 940, 120, 52)
    sheet.hills(FAR, 380, 150, 0.008, 0.4)
    sheet.hills(NEAR, 420, 110, 0.011, 2.1)
    sheet.box("#C9CDB8", 0, 430, WIDTH, 245)
    for n in range(5):
        x = 90 + n * 118
        sheet.shape("#D8DEE3", (x, 430), (x, 300), (x + 118, 348), (x + 118, 430))
        sheet.shape("#8FA6B5", (x, 300), (x, 276), (x + 118, 348))
        for window in range(3):
            sheet.box("#5D7F97", x + 14 + window * 34, 372, 22, 30)
    sheet.box("#1F4E79", 90, 414, 590, 16)
    for x, top in ((722, 190), (776, 226)):
        sheet.shape("#B86A4B", (x, 430), (x + 7, top), (x + 29, top), (x + 36, 430))
        sheet.box("#8E4A32", x + 4, top, 28, 14)
        sheet.box("#E7D6CB", x + 6, top + 60, 25, 10)
    sheet.shape("#C98863", (840, 430), (840, 360), (868, 326), (930, 326), (958, 360), (958, 430))
    sheet.shape("#6E3B29", (880, 430), (880, 386), (899, 368), (918, 386), (918, 430))
    for x in (1000, 1150):
        sheet.line("#C00000", 9, (x, 476), (x, 262))
    sheet.line("#C00000", 12, (965, 262), (1190, 262))
    sheet.line("#C00000", 4, (1000, 300), (1040, 262))
    sheet.line("#C00000", 4, (1150, 300), (1110, 262))
    sheet.line("#555555", 2.5, (1075, 262), (1075, 352))
    sheet.box("#BF9000", 1040, 352, 70, 40)
    sheet.box("#A7A99B", 0, 540, WIDTH, 44)
    for x in range(8, WIDTH, 34):
        sheet.box("#7A6A58", x, 562, 18, 8)
    sheet.box("#4A4A4A", 0, 556, WIDTH, 4)
    for n, colour in enumerate(("#1F4E79", "#C55A11", "#538135", "#7F7F7F", "#1F4E79")):
        x = 60 + n * 176
        sheet.box(colour, x, 470, 164, 62)
        for rib in range(11):
            sheet.line("#FFFFFF", 1.2, (x + 12 + rib * 14, 478), (x + 12 + rib * 14, 524))
        sheet.box("#3A3A3A", x - 2, 532, 168, 8)
        for wheel in (26, 52, 112, 138):
            sheet.disc("#2B2B2B", x + wheel, 546, 11)
    sheet.shape("#C00000", (946, 532), (946, 446), (1060, 446), (1098, 486), (1110, 532))
    sheet.box("#F2F2F2", 946, 488, 152, 8)
    sheet.shape("#D9E6EE", (1022, 478), (1022, 456), (1056, 456), (1078, 478))
    sheet.box("#3A3A3A", 940, 532, 174, 8)
    for wheel in (30, 58, 122, 150):
        sheet.disc("#2B2B2B", 940 + wheel, 546, 11)
    for x in (40, 250, 470, 700, 880, 1130):
        sheet.disc("#6F8F5B", x, 622, 30)
        sheet.disc("#5C7C4A", x + 30, 630, 24)
    sheet.box("#86A06C", 0, 632, WIDTH, 43)
    sheet.save("works.png")


def draw_fields() -> None:
    """Draw fields in steps on a slope, houses between trees, and a river."""
    sheet = Sheet()
    sheet.box(HAZE, 0, 210, WIDTH, 200)
    sheet.disc("#F6D9A8", 250, 130, 56)
    sheet.hills(FAR, 340, 190, 0.007, 1.2)
    sheet.hills(NEAR, 380, 150, 0.0095, 3.6)
    sheet.hills("#6E9273", 420, 120, 0.012, 5.2)
    greens = ("#8DB06A", "#A5BF72", "#C9C574", "#B4C36D", "#94B565", "#7FA65B", "#D7C878")
    for n, colour in enumerate(greens):
        base = 372 + n * 27
        edge = [
            (x, base + 16 * math.sin(0.006 * x + 0.5 * n) + 9 * math.sin(0.015 * x + 1.1 * n))
            for x in range(0, WIDTH + 8, 8)
        ]
        sheet.shape(colour, *edge, (WIDTH, HEIGHT), (0, HEIGHT))
        sheet.line("#5E7F47", 2.5, *edge)
    for x, y, size in ((690, 398, 1.0), (790, 378, 1.15), (905, 402, 0.95), (1010, 384, 1.05)):
        width, height = 84 * size, 50 * size
        sheet.box("#F4F1EA", x, y, width, height)
        sheet.shape(
            "#4F5A60",
            (x - 10, y + 3),
            (x + 12, y - 26 * size),
            (x + width - 12, y - 26 * size),
            (x + width + 10, y + 3),
        )
        sheet.box("#7B5A43", x + width * 0.42, y + height * 0.45, width * 0.17, height * 0.55)
        for share in (0.12, 0.72):
            sheet.box("#6C8797", x + width * share, y + height * 0.25, width * 0.16, height * 0.26)
    for x, y, radius in (
        (655, 424, 25),
        (672, 438, 19),
        (880, 424, 24),
        (1110, 420, 30),
        (1135, 436, 22),
        (775, 430, 14),
    ):
        sheet.box("#6B5138", x - 3, y, 6, radius * 1.4)
        sheet.disc("#4F7A4A", x, y, radius)
    bank = [(x, 590 + 20 * math.sin(0.0052 * x + 0.6)) for x in range(0, WIDTH + 8, 8)]
    sheet.shape("#8FB4C9", *bank, (WIDTH, HEIGHT), (0, HEIGHT))
    sheet.line("#E7EEF2", 3, *[(x, y + 5) for x, y in bank])
    for x, y, length in ((90, 628, 150), (360, 646, 110), (560, 630, 170), (840, 652, 130), (1010, 632, 120)):
        sheet.line("#C9DDE8", 3, (x, y), (x + length, y))
    sheet.save("fields.png")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    draw_works()
    draw_fields()
