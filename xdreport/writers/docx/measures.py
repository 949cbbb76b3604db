"""The theme's lengths in Word's units: twips (1/20 pt), counted so that a page holds what GB/T 9704 asks for."""

import re
from dataclasses import replace
from typing import assert_never

from xdreport.theme import POINTS_PER_MM, Page, Profile, Style, Theme

TWIPS = 20
_OPENED = re.compile(r"[^\W\d](?=\d)|\d(?=[^\W\d])")
_FULL_PITCH = 29.62  # points between the lines of body text that fill the type area, 22 of them
_GB33476_LINE = 589  # twips of such a line by GB/T 33476.2


def twips(points: float) -> int:
    """Return points as whole twips."""
    return round(points * TWIPS)


def millimetres(length: float) -> int:
    """Return millimetres as whole twips."""
    return twips(length * POINTS_PER_MM)


def measure(page: Page) -> int:
    """Return the width of the type area in twips, rounded down so that it never exceeds the standard's."""
    return int(page.measure * TWIPS)


def left_margin(page: Page) -> int:
    """Return the left margin in twips: what the sheet, the type area and the right margin leave over."""
    return millimetres(page.width) - millimetres(page.right) - measure(page)


def outset(page: Page) -> float:
    """Return by how many millimetres the margins above and below are less than the type area's: GB/T 33476.2 asks for
    34.58 and 32.58 mm where the area begins at 37 and ends at 35."""
    return 2.42 if page.profile is Profile.GB33476 else 0


def line(style: Style, page: Page) -> int:
    """Return the exact line height in twips.

    Word gives each line its whole pitch, while the PDF's last line takes its own height only.
    So 22 lines at 29.62 pt, which fill 225 mm in the PDF, must be 579 twips (28.95 pt) here. The share of a line that
    is added makes up for a pitch that was rounded up. By GB/T 33476.2 they are 589 twips on a higher page.
    """
    lines = max(1, int((page.depth - style.size) / style.pitch + 1.02))
    match page.profile:
        case Profile.GB9704:
            return min(twips(style.pitch), int(page.depth * TWIPS) // lines)
        case Profile.GB33476:
            depth = page.depth + 2 * outset(page) * POINTS_PER_MM
            return min(round(style.pitch * _GB33476_LINE / _FULL_PITCH), int(depth * TWIPS) // lines)
        case _:
            assert_never(page.profile)


def spacing(style: Style, theme: Theme) -> int:
    """Return what is added between characters, in twips: −5 for 3号 text, so that 28 stand in a line.

    Only text of the body's size is set to the standard's count of characters; the rest is 0.
    """
    if style.size != theme.style("body").size:
        return 0
    width = theme.page.measure
    count = round(width / style.size)
    return min(0, int((width / count - style.size) * TWIPS // 1))


def character(style: Style, theme: Theme) -> int:
    """Return the width of one Han character of a style in twips, the spacing after it included."""
    return twips(style.size) + spacing(style, theme)


def ems(text: str) -> float:
    """Return about how many Han characters wide a text is: the faces are those of the machine that opens the file."""
    if text.isascii():
        return len(text) / 2
    return (len(text.encode(errors="replace")) + len(text)) / 4  # three bytes are a Han character, one is half of one


def line_width(text: str) -> float:
    """Return the width of a line in ems, with the quarter that Word opens between Han characters and digits."""
    return ems(text) + (0 if text.isascii() else len(_OPENED.findall(text)) / 4)


def turned(page: Page) -> Page:
    """Return the sheet lying on its side, its foot to the left (layout-spec 19): the margins turn with it."""
    return replace(
        page,
        width=page.height,
        height=page.width,
        left=page.bottom,
        top=page.left,
        right=page.top,
        bottom=page.right,
        profile=Profile.GB9704,  # of a sheet on its side GB/T 33476.2 says nothing
    )


def column(page: Page, count: int) -> Page:
    """Return a page of which the first of `count` columns is the type area."""
    whole = page.width - page.left - page.right
    return replace(page, right=page.right + whole - (whole - page.column_gap * (count - 1)) / count)
