"""The theme's lengths in Word's units: twips (1/20 pt), counted so that a page holds what GB/T 9704 asks for."""

from xdreport.theme import POINTS_PER_MM, Page, Style, Theme

TWIPS = 20


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


def line(style: Style, page: Page) -> int:
    """Return the exact line height in twips.

    Word gives each line its whole pitch, while the PDF's last line takes its own height only.
    So 22 lines at 29.62 pt, which fill 225 mm in the PDF, must be 579 twips (28.95 pt) here. The share of a line that
    is added makes up for a pitch that was rounded up.
    """
    lines = int((page.depth - style.size) / style.pitch + 1.02)
    return min(twips(style.pitch), int(page.depth * TWIPS) // max(lines, 1))


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
