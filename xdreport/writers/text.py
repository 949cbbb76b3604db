"""Plain text: the characters of a document in reading order, for the terminal and for comparison.

Blocks are separated by a blank line, the cells of a table row by a tab.
"""

from collections.abc import Iterator
from typing import assert_never

from xdreport.document import (
    Block,
    Chart,
    Columns,
    Contents,
    Cover,
    Document,
    Furniture,
    Heading,
    Imprint,
    Letterhead,
    ListBlock,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Pictures,
    Printed,
    PullFigures,
    Run,
    Runs,
    Table,
    Title,
    characters,
)
from xdreport.theme import Theme


def write(document: Document, theme: Theme) -> Printed:
    """Return the document as UTF-8 text; `theme` does not matter to it."""
    parts = [*_head(document.furniture), *(part for block in document.blocks for part in _block(block, document))]
    notes = [f"[{note.number}] {characters(note.runs)}" for note in document.runs() if isinstance(note, Note)]
    parts += ["\n".join(notes)] if notes else []
    parts += _foot(document.furniture.imprint)
    return Printed(("\n\n".join(part for part in parts if part) + "\n").encode())


def _head(furniture: Furniture) -> Iterator[str]:
    yield from (mark for mark in (furniture.mark, furniture.draft) if mark)
    match furniture.masthead:
        case Masthead() as head:
            yield _masthead(head)
        case Letterhead() as head:
            yield _letterhead(head)
        case None:
            return
        case _:
            assert_never(furniture.masthead)


def _masthead(head: Masthead) -> str:
    lines = [
        _ends(head.secrecy, characters(head.number)),
        head.name,
        characters(head.issue),
        _ends(characters(head.office), characters(head.date)),
    ]
    return "\n".join(line for line in lines if line)


def _letterhead(head: Letterhead) -> str:
    signers = "签发人：" + "　".join(head.signers) if head.signers else ""
    lines = [characters(head.copy), head.secrecy, head.urgency, head.mark, _ends(characters(head.number), signers)]
    return "\n".join(line for line in lines if line)


def _ends(left: str, right: str) -> str:
    return "\t".join(end for end in (left, right) if end)


def _foot(imprint: Imprint | None) -> Iterator[str]:
    if imprint:
        lines = [f"{label}：{text}" for label, text in imprint.lines]
        last = [_ends(characters(imprint.office), characters(imprint.date)), characters(imprint.copies)]
        yield "\n".join([*lines, *(line for line in last if line)])


def _block(block: Block, document: Document) -> Iterator[str]:
    match block:
        case Title():
            yield _lines(block.kicker, block.runs, block.subtitle)
        case Cover():
            yield _lines(block.kicker, block.runs, block.subtitle, *block.lines)
        case Heading():
            yield block.number + characters(block.runs)
        case Paragraph():
            yield characters(block.runs)
        case ListBlock():
            yield "\n".join(mark + characters(item) for mark, item in zip(block.marks, block.items, strict=True))
        case Table():
            yield _table(block)
        case Chart():
            yield _chart(block)
        case Pictures():
            yield "\n".join(_lines(picture.caption, picture.credit) for picture in block.pictures)
        case PullFigures():
            yield "\n".join(f"{item.figure.text}\t{characters(item.label)}" for item in block.items)
        case Contents():
            yield _contents(block, document)
        case PageBreak() | Columns():
            return
        case _:
            assert_never(block)


def _lines(*lines: Runs) -> str:
    return "\n".join(characters(line) for line in lines if line)


def _caption(number: str, caption: Runs) -> str:
    return f"{number}　{characters(caption)}" if number else characters(caption)


def _table(table: Table) -> str:
    lines = [_caption(table.number, table.caption)]
    lines += [table.unit] if table.unit else []
    lines += _heads(table)
    for row in table.rows:
        cells = [characters(cell) for cell in row.cells]
        lines.append(cells[0] if row.is_group else "　" * row.indent + "\t".join(cells))
    lines += [characters(note) for note in table.notes]
    lines += [characters(table.source)] if table.source else []
    return "\n".join(lines)


def _heads(table: Table) -> Iterator[str]:
    """Generate the lines of a head: spanners stand above what they span, other columns reach over both lines."""
    titles = [characters(column.title) for column in table.columns]
    if not table.spanners:
        yield "\t".join(titles)
        return
    upper: list[str] = []
    lower: list[str] = []
    for count, runs in table.spanners:
        own, titles = titles[:count], titles[count:]
        upper += [characters(runs)] if runs else own
        lower += own if runs else []
    yield "\t".join(upper)
    yield "\t".join(lower)


def _chart(chart: Chart) -> str:
    lines = []
    for series in chart.series:
        points = [
            f"{category}\t{_point(figure)}" for category, figure in zip(chart.categories, series.figures, strict=True)
        ]
        lines += [series.name, *points] if len(chart.series) > 1 else points
    lines += [chart.target_name + characters((chart.target,))] if chart.target else []
    lines.append(_caption(chart.number, chart.caption))
    lines += [characters(chart.source)] if chart.source else []
    return "\n".join(lines)


def _point(figure: Run | None) -> str:
    return characters((figure,)) if figure else "—"


def _contents(contents: Contents, document: Document) -> str:
    headings = [block for block in document.blocks if isinstance(block, Heading) and block.level <= contents.depth]
    entries = ["　" * (heading.level - 1) + heading.number + characters(heading.runs) for heading in headings]
    return "\n".join([characters(contents.title), *entries])
