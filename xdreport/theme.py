"""How a document looks: page, faces by role, a style for each kind of text, colours.

Lengths are points unless a name says millimetres; characters (字) are widths of the
style's own size. The numbers of the default theme are those of GB/T 9704-2012.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

POINTS_PER_MM = 72 / 25.4

# The Chinese names of type sizes that offices use, in points (GB/T 9704 names them without points).
SIZES: Mapping[str, float] = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16,
    "小三": 15, "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5,
}  # fmt: skip


class Face(StrEnum):
    """The roles that faces play in an official document."""

    XIAOBIAOSONG = "小标宋"
    FANGSONG = "仿宋"
    KAITI = "楷体"
    HEITI = "黑体"
    SONGTI = "宋体"


@dataclass(frozen=True, slots=True)
class Style:
    """The looks of one kind of text.

    `pitch` is the distance of baselines; `indent`, `hanging`, `left` and `right` are counted
    in characters; `before` and `after` are points.
    """

    face: Face = Face.FANGSONG
    size: float = 16
    pitch: float = 29.62
    align: str = "justify"
    indent: float = 0
    hanging: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    colour: str = "000000"
    keep_with_next: bool = False


class Profile(StrEnum):
    """How a word processor's page stands for the type area: by GB/T 9704-2012 the margins are those of the area and the
    lines a little closer; by GB/T 33476.2-2016 half a gap of the lines is taken out of the margins above and below."""

    GB9704 = "gb9704"
    GB33476 = "gb33476"


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet and its type area, in millimetres. The `profile` matters to Word files alone."""

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    number_below: float = 7
    profile: Profile = Profile.GB9704
    column_gap: float = 7

    @property
    def measure(self) -> float:
        """The width of the type area in points."""
        return (self.width - self.left - self.right) * POINTS_PER_MM

    @property
    def depth(self) -> float:
        """The height of the type area in points."""
        return (self.height - self.top - self.bottom) * POINTS_PER_MM


BODY = Style(indent=2)
STYLES: Mapping[str, Style] = {
    "title": Style(Face.XIAOBIAOSONG, 22, 32, "center", after=14, keep_with_next=True),
    "subtitle": Style(Face.KAITI, 16, 29.62, "center", after=6, keep_with_next=True),
    "heading1": replace(BODY, face=Face.HEITI, keep_with_next=True),
    "heading2": replace(BODY, face=Face.KAITI, keep_with_next=True),
    "heading3": replace(BODY, keep_with_next=True),
    "heading4": replace(BODY, keep_with_next=True),
    "body": BODY,
    "lead": replace(BODY, face=Face.KAITI),
    "list": replace(BODY, indent=2),
    "addressee": replace(BODY, indent=0),
    "attachment": replace(BODY, hanging=3, before=29.62),
    "signature": Style(align="right", right=2, before=29.62, keep_with_next=True),
    "date": Style(align="right", right=2),
    "remark": BODY,
    "source": Style(Face.FANGSONG, 12, 20),
    "kicker": Style(Face.KAITI, 18, 29.62, "center", after=2, keep_with_next=True),
    "byline": Style(Face.KAITI, 14, 24, "center", after=6, keep_with_next=True),
    "attachment_label": Style(Face.HEITI, after=29.62, keep_with_next=True),
    "attachment_title": Style(Face.XIAOBIAOSONG, 22, 32, "center", after=14, keep_with_next=True),
    "cover_kicker": Style(Face.KAITI, 18, 30, "center"),
    "cover_title": Style(Face.XIAOBIAOSONG, 36, 54, "center"),
    "cover_subtitle": Style(Face.KAITI, 22, 36, "center"),
    "cover_line": Style(Face.FANGSONG, 16, 29.62, "center"),
    "pull_figure": Style(Face.XIAOBIAOSONG, 26, 32, "center"),
    "pull_unit": Style(Face.SONGTI, 10.5, 16, "center"),
    "pull_label": Style(Face.SONGTI, 10.5, 15, "center", colour="404040"),
    "credit": Style(Face.KAITI, 9, 13, "right", colour="404040"),
    "contents_title": Style(Face.HEITI, 16, 29.62, "center", after=8, keep_with_next=True),
    "contents1": Style(Face.FANGSONG, 14, 24),
    "contents2": Style(Face.FANGSONG, 14, 24, left=2),
    "caption": Style(Face.HEITI, 12, 18, "center", before=10, after=4, keep_with_next=True),
    "table_unit": Style(Face.FANGSONG, 10.5, 15, "right", keep_with_next=True),
    "table_head": Style(Face.HEITI, 10.5, 15, "center"),
    "table_cell": Style(Face.SONGTI, 10.5, 15, "left"),
    "table_group": Style(Face.HEITI, 10.5, 15, "left"),
    "table_note": Style(Face.SONGTI, 9, 13, "left", after=10),
    "chart_label": Style(Face.SONGTI, 9, 12, "left"),
    "footnote": Style(Face.SONGTI, 9, 13, "justify"),
    "page_number": Style(Face.SONGTI, 14, 14),
    "running_head": Style(Face.SONGTI, 10.5, 14, "center", colour="555555"),
    "masthead": Style(Face.XIAOBIAOSONG, 42, 56, "center", colour="C00000"),
    "masthead_line": Style(Face.FANGSONG, 16, 29.62, left=1, right=1),
    "letterhead": Style(Face.XIAOBIAOSONG, 42, 56, "center", colour="C00000"),
    "letterhead_line": Style(Face.FANGSONG, 16, 29.62),
    "imprint": Style(Face.FANGSONG, 14, 24, left=1, right=1),
    "mark": Style(Face.HEITI, 16, 29.62, "left"),
}  # fmt: skip


class TablePreset(StrEnum):
    """How a table is ruled: three lines with open sides, or a full grid."""

    THREE_LINE = "three-line"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Theme:
    """The looks of a whole document. `faces` names the font asked for in a role, before the usual ones;
    `font_folders` are searched before the user's and the system's; without `machine_fonts` those are left alone, so
    that every machine prints the same bytes. `heat` are the grounds of the deepest fall and of the highest rise in a
    table: two hues that the colour-blind tell apart, the fall the darker one in grey, both light enough for black
    figures; `marked` is the ground of a row that stands out."""

    page: Page = Page()
    styles: Mapping[str, Style] = field(default_factory=lambda: STYLES)
    faces: Mapping[Face, str] = field(default_factory=dict)
    font_folders: tuple[Path, ...] = ()
    accent: str = "C00000"
    heat: tuple[str, str] = ("E59A5C", "BDD7EE")
    marked: str = "F2F2F2"
    palette: tuple[str, ...] = ("1F4E79", "C55A11", "7F7F7F", "BF9000", "538135", "7030A0")
    table: TablePreset = TablePreset.THREE_LINE
    machine_fonts: bool = True

    def ground(self, shade: float) -> str:
        """Return the colour of a ground that is shaded from −1 to 1, "" for none."""
        if not shade:
            return ""
        share = min(1.0, abs(shade))
        colour = self.heat[shade > 0]
        parts = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
        return "".join(f"{round(255 + (part - 255) * share):02X}" for part in parts)

    def style(self, name: str) -> Style:
        """Return the style of that name; every name of `STYLES` is there."""
        return self.styles[name]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2, relative luminance and contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
