"""Plain text: the characters of a document in reading order, for the terminal and for comparison.

Blocks are separated by a blank line, the cells of a table row by a tab.
"""

from collections.abc import Iterator
from typing import assert_never

from xdreport.document import (
    Block,
    Chart,
    Contents,
    Document,
    Furniture,
    Heading,
    Imprint,
    ListBlock,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Printed,
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
    if furniture.mark:
        yield furniture.mark
    if furniture.masthead:
        yield _masthead(furniture.masthead)


def _masthead(masthead: Masthead) -> str:
    ends = [characters(masthead.office), characters(masthead.date)]
    lines = [masthead.name, characters(masthead.issue), "\t".join(end for end in ends if end)]
    return "\n".join(line for line in lines if line)


def _foot(imprint: Imprint | None) -> Iterator[str]:
    if imprint:
        lines = [f"{label}：{text}" for label, text in imprint.lines]
        yield "\n".join([*lines, *([characters(imprint.copies)] if imprint.copies else [])])


def _block(block: Block, document: Document) -> Iterator[str]:
    match block:
        case Title():
            yield _lines(block.runs, block.subtitle)
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
        case Contents():
            yield _contents(block, document)
        case PageBreak():
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
    lines.append("\t".join(characters(column.title) for column in table.columns))
    for row in table.rows:
        cells = [characters(cell) for cell in row.cells]
        lines.append(cells[0] if row.is_group else "　" * row.indent + "\t".join(cells))
    lines += [characters(note) for note in table.notes]
    lines += [characters(table.source)] if table.source else []
    return "\n".join(lines)


def _chart(chart: Chart) -> str:
    lines = []
    for series in chart.series:
        points = [
            f"{category}\t{_point(figure)}" for category, figure in zip(chart.categories, series.figures, strict=True)
        ]
        lines += [series.name, *points] if len(chart.series) > 1 else points
    lines.append(_caption(chart.number, chart.caption))
    lines += [characters(chart.source)] if chart.source else []
    return "\n".join(lines)


def _point(figure: Run | None) -> str:
    return characters((figure,)) if figure else "—"


def _contents(contents: Contents, document: Document) -> str:
    headings = [block for block in document.blocks if isinstance(block, Heading) and block.level <= contents.depth]
    entries = ["　" * (heading.level - 1) + heading.number + characters(heading.runs) for heading in headings]
    return "\n".join([characters(contents.title), *entries])
