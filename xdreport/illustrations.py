"""Illustrations set into strips: charts, pictures and large figures, alone or side by side, with what is said of them.

An illustration and its caption stay together on a page; where they find no room, what follows may be set before them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from xdreport.arrangement import GAP, fits_beside, picture_height, rows_of, width_alone
from xdreport.charts import Anchor, Fill, Label, Shape, Stroke, plan
from xdreport.document import Chart, Note, Picture, Pictures, PullFigure, PullFigures, Text, characters
from xdreport.galley import Galley, Image, Item, Part, Strip, Tag, Words, pen_of, whole
from xdreport.lines import Pen, Span, break_lines

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


def is_small(chart: Chart, galley: Galley) -> bool:
    """Return whether a chart looks well in half the measure, so that another one may stand beside it."""
    return fits_beside(chart, galley.theme.style("chart_label").size, galley.measure)


def set_charts(charts: Sequence[Chart], galley: Galley) -> list[Strip]:
    """Return the strips of a chart, or of charts that stand side by side, each over its caption and source."""
    if len(charts) == 1:
        width = width_alone(charts[0], galley.theme.style("chart_label").size, galley.measure)
        return whole(_chart(charts[0], galley, width), floats=True)
    width = (galley.measure - GAP * (len(charts) - 1)) / len(charts)
    narrow = replace(galley, measure=width)
    sets = [(number * (width + GAP), list(_chart(chart, narrow, width))) for number, chart in enumerate(charts)]
    # Captions of neighbours stand on one line.
    height = max(strips[0].height for _, strips in sets)
    for _, strips in sets:
        strips[0].height = height
    return whole([_beside(sets)], floats=True)


def _chart(chart: Chart, galley: Galley, width: float) -> Iterator[Strip]:
    """Generate a chart in the middle of the measure, its caption and its source."""
    style = galley.theme.style("chart_label")
    pen = pen_of(style)
    planned = plan(chart, width, galley.theme.palette, style.size, lambda text: galley.line(text, pen).width)
    element = galley.element(Tag.FIGURE, None, chart.description or characters(chart.caption))
    items = tuple(_drawn(shape, galley, pen) for shape in planned.shapes)
    drawing = _shifted(Part(element, items), (galley.measure - width) / 2, 0.0)
    yield Strip(planned.height + 4, [drawing], planned.height, before=12)
    caption = galley.theme.style("caption")
    runs = (Text(f"{chart.number}　"), *chart.caption) if chart.number else chart.caption
    note = galley.theme.style("table_note")
    below = list(galley.text(runs, replace(caption, before=0.0), galley.element(Tag.CAPTION)))
    if chart.source:
        below += galley.text(chart.source, replace(note, align="center", after=0.0), galley.element(Tag.P))
    if below:
        below[-1].height += note.after
    yield from below


def _drawn(shape: Shape, galley: Galley, pen: Pen) -> Item:
    if not isinstance(shape, Label):
        return shape
    line = galley.line(shape.text, Pen(pen.face, pen.size, shape.colour), shape.figure)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: line.width / 2, Anchor.END: line.width}[shape.anchor]
    return Words(shape.x - shift, shape.y, line.pieces)


def set_pictures(block: Pictures, galley: Galley) -> list[Strip]:
    """Return the strips of pictures side by side, all of one height, each over its caption and credit."""
    pictures = block.pictures
    if not pictures:
        return []
    room = galley.measure - GAP / 2 * (len(pictures) - 1)
    shapes = [picture.width / picture.height for picture in pictures]
    height = picture_height(block, galley.measure, galley.depth)
    x = (room - height * sum(shapes)) / 2
    sets = []
    for picture, shape in zip(pictures, shapes, strict=True):
        width = height * shape
        sets.append((x, list(_picture(picture, replace(galley, measure=width), height))))
        x += width + GAP / 2
    return whole([_beside(sets)], floats=True)


def _picture(picture: Picture, galley: Galley, height: float) -> Iterator[Strip]:
    element = galley.element(Tag.FIGURE, None, picture.alternative)
    image = Image(0.0, 0.0, galley.measure, height, picture)
    yield Strip(height + 5, [Part(element, (image,))], height, before=8)
    caption = replace(galley.theme.style("caption"), before=0.0, after=0.0)
    credit = galley.theme.style("credit")
    below = list(galley.text(picture.caption, caption, galley.element(Tag.CAPTION))) if picture.caption else []
    if picture.credit:
        below += galley.text(picture.credit, credit, galley.element(Tag.P))
    if below:
        below[-1].height += galley.theme.style("table_note").after
    yield from below


def set_pull_figures(block: PullFigures, galley: Galley) -> list[Strip]:
    """Return the strips of large figures between two rules, as many side by side as the measure has room for."""
    style = galley.theme.style("pull_figure")
    rows = rows_of(block, style.size, galley.measure)
    strips = [_pulled(row, len(rows[0]), galley) for row in rows]
    if strips:
        accent = galley.theme.accent
        strips[0].parts.append(Part(None, (galley.across(0.0, 1.0, accent),)))
        strips[0].before = 6.0
        strips[-1].parts.append(Part(None, (galley.across(strips[-1].need, 0.5, accent),)))
        strips[-1].height += 8.0
    return whole(strips, floats=False)


def _pulled(items: Sequence[PullFigure], count: int, galley: Galley) -> Strip:
    """Return a row of large figures, each over what it is a figure of."""
    label = galley.theme.style("pull_label")
    width = galley.measure / max(1, count)
    narrow = replace(galley, measure=width - label.size)
    sets = []
    for number, item in enumerate(items):
        strips = [_numeral(item, narrow), *narrow.text(item.label, label, galley.element(Tag.P))]
        sets.append((number * width + label.size / 2, strips))
    strip = _beside(sets)
    strip.parts = [_shifted(part, 0.0, 7.0) for part in strip.parts]
    strip.height = strip.need = strip.height + 13.0
    return strip


def _numeral(item: PullFigure, galley: Galley) -> Strip:
    """Return a figure with its number large and its words small; smaller altogether where it is too wide."""
    style, unit = galley.theme.style("pull_figure"), galley.theme.style("pull_unit")
    figure = item.figure
    match = _NUMBER.search(figure.text)
    start, end = match.span() if match else (0, len(figure.text))
    element = galley.element(Tag.P)
    for share in (1.0, 0.85, 0.7, 0.55):
        large, small = Pen(style.face, style.size * share, galley.theme.accent), pen_of(unit)
        parts = ((figure.text[:start], small), (figure.text[start:end], large), (figure.text[end:], small))
        found = [Span(text, pen, figure) for text, pen in parts if text]
        lines = break_lines(found, galley.faces, galley.measure, align="center")
        if len(lines) < 2:
            break
    height = style.pitch * max(1, len(lines))
    words = [Words(line.x, galley.baseline(style) + n * style.pitch, line.pieces) for n, line in enumerate(lines)]
    return Strip(height, [Part(element, tuple(words))], height)


def _beside(sets: Sequence[tuple[float, Sequence[Strip]]]) -> Strip:
    """Return strips set side by side as one, each set from its x."""
    parts: list[Part] = []
    notes: list[Note] = []
    height = 0.0
    for x, strips in sets:
        y = 0.0
        for number, strip in enumerate(strips):
            y += strip.before if number else 0.0
            parts += [_shifted(part, x, y) for part in strip.parts]
            notes += strip.notes
            y += strip.height
        height = max(height, y)
    before = max((strips[0].before for _, strips in sets if strips), default=0.0)
    return Strip(height, parts, height, before, notes=tuple(notes))


def _shifted(part: Part, x: float, y: float) -> Part:
    return Part(part.element, tuple(_moved(part.items, x, y)))


def _moved(items: Iterable[Item], x: float, y: float) -> Iterator[Item]:
    """Generate items moved to the right and down."""
    for item in items:
        match item:
            case Words() | Image():
                yield item._replace(x=item.x + x, y=item.y + y)
            case Fill():
                yield replace(item, x=item.x + x, y=item.y + y)
            case Stroke():
                yield item._replace(points=tuple((px + x, py + y) for px, py in item.points))
            case _:
                assert_never(item)
