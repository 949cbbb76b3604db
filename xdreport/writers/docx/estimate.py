"""A guess at the page each heading falls on, from counted characters and lines."""

from math import ceil
from typing import assert_never

from xdreport.document import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Runs,
    Table,
    Title,
    characters,
)
from xdreport.theme import Theme


def pages_of_headings(document: Document, theme: Theme) -> tuple[int, ...]:
    """Return a page for each heading in order, right for text of full-width characters, near for the rest."""
    depth, reached, pages = theme.page.depth, 0.0, []
    if document.furniture.masthead:
        reached = theme.style("masthead").pitch + 3 * theme.style("masthead_line").pitch
    for block in document.blocks:
        height = _height(block, document, theme)
        if isinstance(block, PageBreak) and reached % depth:
            reached = ceil(reached / depth) * depth
        if isinstance(block, Heading):
            pages.append(int(reached // depth) + 1)
        reached += height
    return tuple(pages)


def _height(block: Block, document: Document, theme: Theme) -> float:
    match block:
        case Title():
            return _lines(block.runs, "title", theme) + _lines(block.subtitle, "subtitle", theme)
        case Heading():
            return _lines(block.runs, f"heading{block.level}", theme)
        case Paragraph():
            return _lines(block.runs, block.role.value, theme)
        case ListBlock():
            return sum(_lines(item, "list", theme) for item in block.items)
        case Table():
            return theme.style("caption").pitch + (len(block.rows) + 3) * (theme.style("table_cell").pitch + 2)
        case Chart():
            return theme.page.measure / 2 + 3 * theme.style("caption").pitch
        case Contents():
            entries = sum(isinstance(other, Heading) and other.level <= block.depth for other in document.blocks)
            return theme.style("contents_title").pitch + entries * theme.style("contents1").pitch
        case PageBreak():
            return 0
        case _:
            assert_never(block)


def _lines(runs: Runs, name: str, theme: Theme) -> float:
    style, text = theme.style(name), characters(runs)
    if not text:
        return 0
    width = sum(0.5 if mark.isascii() else 1 for mark in text) + style.indent
    return style.before + style.after + style.pitch * ceil(width * style.size / theme.page.measure)
