"""Furniture set into parts: what stands round the running text, as GB/T 9704-2012 places it.

版头 and 报头 above the title, 版记 and 报尾 on the foot of the last page, a cover, and what every page shows outside
the type area: number, running head, marks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from xdreport.charts import Stroke
from xdreport.document import Cover, Furniture, Imprint, Letterhead, Masthead, Runs, Text
from xdreport.galley import Galley, Item, Part, Strip, Tag, Words, pen_of, spans
from xdreport.lines import Pen, Piece, Span, balance, break_lines
from xdreport.theme import POINTS_PER_MM, Face, Page, Style

# Millimetres. GB/T 9704-2012: the mark of the office stands 35 mm below the upper edge of the type area (7.2.4), the
# red rule 4 mm below the number (7.2.7), rules of the 版记 are 0.35 and 0.25 mm thick (7.4.1).
_MARK_BELOW = 35.0
_RULE_BELOW = 4.0
_RED_RULE = 0.5
_OUTER_RULE, _INNER_RULE = 0.35, 0.25
_BLANK_LINES = 2
# Points below the red rule that belong to it.
BELOW_RULE = 8.0
_HEAD_ABOVE = 10.0
_NAMES_A_LINE = 2
# Where the title of a cover begins, as a share of the type area's height.
_COVER_TOP = 0.22


# Above the title


def set_head(head: Masthead | Letterhead, galley: Galley) -> Iterator[Strip]:
    """Generate the head of page 1; it stays with what follows."""
    match head:
        case Masthead():
            yield from _masthead(head, galley)
        case Letterhead():
            yield from _letterhead(head, galley)
        case _:
            assert_never(head)


def _masthead(head: Masthead, galley: Galley) -> Iterator[Strip]:
    """Generate the 报头: 密级 and 编号, the red name, the issue, the office left and the date right, the red rule."""
    style = galley.theme.style("masthead_line")
    if head.secrecy or head.number:
        flush = replace(style, left=0, right=0)
        secrecy = galley.theme.style("mark")
        yield _ends([((Text(head.secrecy),), secrecy, "left"), (head.number, flush, "right")], galley, style.pitch)
    yield _name(head.name, galley.theme.style("masthead"), galley)
    if head.issue:
        centred = replace(style, align="center", left=0, right=0)
        yield from galley.text(head.issue, centred, galley.element(Tag.P), keep=True)
    if head.office or head.date:
        yield _ends([(head.office, style, "left"), (head.date, style, "right")], galley, style.pitch)
    yield _red_rule(galley)


def _letterhead(head: Letterhead, galley: Galley) -> Iterator[Strip]:
    """Generate the 版头: 份号, 密级 and 紧急程度 one below another, the mark, 发文字号 and 签发人, the red rule."""
    style, strong = galley.theme.style("letterhead_line"), galley.theme.style("mark")
    parts: list[Part] = []
    y = 0.0
    for runs, its in ((head.copy, style), ((Text(head.secrecy),), strong), ((Text(head.urgency),), strong)):
        for line in break_lines(spans(runs, its), galley.faces, galley.measure)[:1]:
            parts.append(Part(galley.element(Tag.P), (Words(line.x, y + galley.baseline(its), line.pieces),)))
            y += style.pitch
    top = max(_MARK_BELOW * POINTS_PER_MM, y)
    yield Strip(top, parts, top, keep=True)
    mark = galley.theme.style("letterhead")
    yield _name(head.mark, replace(mark, pitch=mark.size), galley)
    has_line = bool(head.number or head.signers)
    yield _blank((_BLANK_LINES if has_line else 1) * style.pitch)
    inset = replace(style, left=1, right=1)
    rows = [head.signers[at : at + _NAMES_A_LINE] for at in range(0, len(head.signers), _NAMES_A_LINE)]
    label = "Signed by: " if galley.is_english else "签发人："
    for number, names in enumerate(rows):
        is_last = number == len(rows) - 1
        element = galley.element(Tag.P)
        strip = _ends([(head.number if is_last else (), inset, "left")], galley, style.pitch)
        signed = [Span(label if number == 0 else "", pen_of(style))]
        signed.append(Span("　".join(names), Pen(Face.KAITI, style.size, style.colour)))
        for line in break_lines(signed, galley.faces, galley.measure - style.size, align="right")[:1]:
            strip.parts.append(Part(element, (Words(line.x, galley.baseline(style), line.pieces),)))
        yield strip
    if head.number and not rows:
        centred = replace(style, align="center")
        yield from galley.text(head.number, centred, galley.element(Tag.P), keep=True)
    if has_line:
        # The rule is 4 mm below the characters, not below the leading under them.
        yield _blank(_RULE_BELOW * POINTS_PER_MM - (style.pitch - style.size))
    yield _red_rule(galley)


def _blank(height: float) -> Strip:
    return Strip(height, [], 0.0, keep=True)


def _name(name: str, style: Style, galley: Galley) -> Strip:
    """Return the red name on one line: a short one set wide, as mastheads are, a long one smaller."""
    typeface = galley.faces[style.face]
    size = min(style.size, galley.measure / max(1.0, typeface.width(name)))
    room = galley.measure * 0.86 - typeface.width(name) * size
    spacing = max(0.0, min(size * 0.4, room / max(1, len(name) - 1)))
    width = typeface.width(name) * size + spacing * (len(name) - 1)
    piece = Piece(name, Pen(style.face, size, style.colour), 0.0, spacing, None)
    words = Words((galley.measure - width) / 2, typeface.top * size, (piece,))
    return Strip(style.pitch, [Part(galley.element(Tag.P), (words,))], style.size, keep=True)


def _ends(ends: Sequence[tuple[Runs, Style, str]], galley: Galley, pitch: float) -> Strip:
    """Return one line with runs at its left and right end, inset as their styles say."""
    strip = Strip(pitch, [], pitch, keep=True)
    for runs, style, align in ends:
        room = galley.measure - style.right * style.size
        for line in break_lines(spans(runs, style), galley.faces, room, first=style.left * style.size, align=align)[:1]:
            words = Words(line.x, galley.baseline(style), line.pieces)
            strip.parts.append(Part(galley.element(Tag.P), (words,)))
    return strip


def _red_rule(galley: Galley) -> Strip:
    rule = galley.across(0, _RED_RULE * POINTS_PER_MM, galley.theme.accent)
    return Strip(BELOW_RULE, [Part(None, (rule,))], 2.0, keep=True)


# Below the text


def set_imprint(imprint: Imprint, galley: Galley) -> tuple[list[Part], float]:
    """Return the parts of a 版记 or 报尾 and their height; its last rule lies on their foot."""
    style = galley.theme.style("imprint")
    parts: list[Part] = []
    y = 5.0
    measure = galley.measure - style.right * style.size
    for label, text in imprint.lines:
        mark = label if label.endswith(("：", ":")) else label + (": " if galley.is_english else "：")
        hanging = galley.faces[style.face].width(mark) + style.left
        lines = break_lines(
            [Span(mark + text, pen_of(style))],
            galley.faces,
            measure,
            first=style.left * style.size,
            rest=hanging * style.size,
            align="justify",
        )
        element = galley.element(Tag.P)
        for line in lines:
            parts.append(Part(element, (Words(line.x, y + galley.baseline(style), line.pieces),)))
            y += style.pitch
    # The leading below a last line would leave it nearer to the rule above than to the one below.
    leading = max(0.0, style.pitch - style.size - 6)
    last: list[tuple[Runs, str]] = [(imprint.office, "left"), (imprint.date, "right")]
    for ends in (last, [(imprint.copies, "right")]):
        if not any(runs for runs, _ in ends):
            continue
        if y > 5.0:
            parts.append(Part(None, (galley.across(y - leading, _INNER_RULE * POINTS_PER_MM),)))
            y += 5.0 - leading
        strip = _ends([(runs, style, align) for runs, align in ends], galley, style.pitch)
        for part in strip.parts:
            moved = (item._replace(y=item.y + y) for item in part.items if isinstance(item, Words))
            parts.append(Part(part.element, tuple(moved)))
        y += style.pitch
    y -= leading
    thickness = _OUTER_RULE * POINTS_PER_MM
    parts.append(Part(None, (galley.across(0, thickness), galley.across(y, thickness))))
    return parts, y


# Sheets


def set_cover(cover: Cover, galley: Galley) -> Strip:
    """Return a cover that fills a page: title in the upper third between accent rules, office and date at its foot."""
    parts: list[Part] = []
    y = galley.depth * _COVER_TOP
    accent = galley.theme.accent
    for runs, name, tag in (
        (cover.kicker, "cover_kicker", Tag.P),
        (cover.runs, "cover_title", Tag.H1),
        (cover.subtitle, "cover_subtitle", Tag.P),
    ):
        style = galley.theme.style(name)
        if not runs:
            continue
        if tag is Tag.H1:
            parts.append(Part(None, (_short_rule(galley, y + 8, accent),)))
            y += 28
        element = galley.element(tag)
        for line in balance(spans(runs, style), galley.faces, galley.measure):
            parts.append(Part(element, (Words(line.x, y + galley.baseline(style), line.pieces),)))
            y += style.pitch
        if tag is Tag.H1:
            parts.append(Part(None, (_short_rule(galley, y + 8, accent),)))
            y += 32
    style = galley.theme.style("cover_line")
    y = galley.depth - len(cover.lines) * style.pitch
    for runs in cover.lines:
        for line in break_lines(spans(runs, style), galley.faces, galley.measure, align=style.align)[:1]:
            parts.append(Part(galley.element(Tag.P), (Words(line.x, y + galley.baseline(style), line.pieces),)))
        y += style.pitch
    return Strip(galley.depth, parts, galley.depth)


def _short_rule(galley: Galley, y: float, colour: str) -> Stroke:
    half = galley.measure / 6
    return Stroke(((galley.measure / 2 - half, y), (galley.measure / 2 + half, y)), 1.5, colour)


def set_chrome(
    furniture: Furniture, galley: Galley, page: Page, number: int, section: str = "", *, is_landscape: bool
) -> list[Item]:
    """Return what a page shows outside the type area, from whose upper left corner the items are placed; `section` is
    what the running head of an odd page says in place of the report's own.

    On a landscape page the number keeps the place it has on the upright sheet, so that it runs downwards.
    """
    items: list[Item] = []
    above = -_HEAD_ABOVE * POINTS_PER_MM
    for text, align in ((furniture.mark, "left"), (furniture.draft, "right")):
        items += _single(text, replace(galley.theme.style("mark"), align=align), above, galley)
    if furniture.running_head and number > 1:
        style = galley.theme.style("running_head")
        text = furniture.running_head
        if furniture.running_section:
            text = section if number % 2 and section else text
            style = replace(style, align="right" if number % 2 else "left")
        items += _single(text, style, above, galley)
        items.append(Stroke(((0, above + 6), (galley.measure, above + 6)), 0.4, style.colour))
    if furniture.page_numbers:
        items.append(_page_number(galley, page, number, is_landscape=is_landscape))
    return items


def _page_number(galley: Galley, page: Page, number: int, *, is_landscape: bool) -> Words:
    """Return — 1 —: the dash 7 mm below the type area, one character in from its outer edge (GB/T 9704-2012, 7.5)."""
    style = galley.theme.style("page_number")
    line = galley.line(f"— {number} —", pen_of(style))
    middle = galley.faces[style.face].middle("—") * style.size
    below = page.number_below * POINTS_PER_MM + middle
    x = page.measure - line.width - style.size if number % 2 else style.size
    if is_landscape:
        # The sheet turned clockwise: its foot is on the left, its left edge above.
        return Words(-below, x, line.pieces, is_turned=True)
    return Words(x, page.depth + below, line.pieces)


def _single(text: str, style: Style, baseline: float, galley: Galley) -> Iterator[Words]:
    """Generate one line of text, aligned by its style; none for no text."""
    lines = break_lines([Span(text, pen_of(style))], galley.faces, galley.measure, align=style.align)
    yield from (Words(line.x, baseline, line.pieces) for line in lines[:1])
