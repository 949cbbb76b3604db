"""The blocks of a document as the body of a Word file."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from xdreport.arrangement import fits_beside
from xdreport.document import (
    Block,
    Chart,
    Columns,
    Contents,
    Cover,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Pictures,
    PullFigures,
    Role,
    Table,
    Title,
)
from xdreport.writers.docx.charts import write_charts
from xdreport.writers.docx.contents import write_contents
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.furniture import write_cover, write_signed
from xdreport.writers.docx.illustrations import write_pictures, write_pull_figures
from xdreport.writers.docx.measures import ems
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.sections import Sections
from xdreport.writers.docx.styles import style_id
from xdreport.writers.docx.tables import write_table
from xdreport.writers.docx.titles import balanced


def write_body(blocks: Iterable[Block], sections: Sections) -> None:
    """Write blocks into the sections that they ask for."""
    waiting: list[Block] = []
    for block in (*blocks, None):
        if block is not None and not isinstance(block, Cover | PageBreak | Columns):
            waiting.append(block)
            continue
        sections.add(write_blocks(waiting, sections.draft))
        waiting = []
        match block:
            case Cover():
                sections.add_cover(write_cover(block, sections.draft))
            case PageBreak():
                sections.break_page(block.is_landscape)
            case Columns():
                sections.set_columns(block.count)
            case None:
                pass
            case _:
                assert_never(block)


def write_blocks(blocks: Iterable[Block], draft: Draft) -> str:
    """Return the body XML of blocks, those that belong side by side together."""
    written = []
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        following = waiting[-1] if waiting else None
        match block, following:
            case Chart(), Chart() if _are_small(block, following, draft=draft):
                written.append(write_charts((block, following), draft))
                waiting.pop()
            case Paragraph(role=Role.SIGNATURE), Paragraph(role=Role.DATE):
                written.append(write_signed(block, following, draft))
                waiting.pop()
            case Paragraph(role=Role.BODY), Paragraph(role=Role.SIGNATURE):
                # 署名 and 成文日期 never stand without text.
                content = write_runs(block.runs, draft)
                written.append(draft.paragraph(style_id(block.role.value), content, keeps=True))
            case _:
                written.append(_block(block, draft))
    return "".join(written)


def _are_small(*charts: Chart, draft: Draft) -> bool:
    size, measure = draft.theme.style("chart_label").size, draft.page.measure
    return all(fits_beside(chart, size, measure) for chart in charts)


def _block(block: Block, draft: Draft) -> str:
    """Return the body XML of one block. In a file that has sections of its own a cover, a page turned and columns are
    no more than a new page."""
    match block:
        case Title():
            return _title(block, draft)
        case Heading():
            return _heading(block, draft)
        case Paragraph():
            return draft.paragraph(style_id(block.role.value), write_runs(block.runs, draft))
        case ListBlock():
            return _list(block, draft)
        case Table():
            return write_table(block, draft)
        case Chart():
            return write_charts((block,), draft)
        case Cover():
            written = _title(Title(block.runs, block.subtitle, block.kicker), draft)
            written += "".join(draft.paragraph(style_id("byline"), write_runs(line, draft)) for line in block.lines)
            draft.is_break_due = True
            return written
        case Pictures():
            return write_pictures(block, draft)
        case PullFigures():
            return write_pull_figures(block, draft)
        case Contents():
            return write_contents(block, draft)
        case PageBreak():
            draft.is_break_due = True
            return ""
        case Columns():
            return ""
        case _:
            assert_never(block)


def _title(title: Title, draft: Draft) -> str:
    written = draft.paragraph(style_id("kicker"), write_runs(title.kicker, draft)) if title.kicker else ""
    written += draft.paragraph(
        style_id("title"), write_runs(balanced(title.runs, draft.theme.style("title"), draft), draft)
    )
    if title.subtitle:
        written += draft.paragraph(style_id("subtitle"), write_runs(title.subtitle, draft))
    return written


def _heading(heading: Heading, draft: Draft) -> str:
    """A heading in its built-in style, whose list prints the number if it would be this one."""
    is_counted = draft.numbering.counts(heading.level, heading.number)
    number = "" if is_counted else text_run(heading.number, draft)
    draft.headings += 1
    content = draft.bookmarked(f"_Toc{draft.offset + draft.headings}", number + write_runs(heading.runs, draft))
    return draft.paragraph(
        style_id(f"heading{heading.level}"), content, draft.numbering.heading(heading.level, is_counted)
    )


def _list(block: ListBlock, draft: Draft) -> str:
    """Items numbered by Word where it prints these marks, each in a bookmark where references point to it.

    Their lines hang behind the widest mark.
    """
    role = block.role.value
    style, widest = draft.theme.style(role), max(map(ems, block.marks), default=0.0)
    gap = 0.0 if all(mark.endswith(("：", "　", ".", " ")) for mark in block.marks) else 0.5
    number = draft.numbering.start_list(block.marks, replace(style, hanging=widest + gap))
    properties = "" if number is None else f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    ids = block.ids or ("",) * len(block.items)
    written = []
    for place, (mark, item, id) in enumerate(zip(block.marks, block.items, ids, strict=True)):
        before = 0.0 if place else style.before  # what a style leaves free is above the first item
        if number is None:
            key = _hung(role, ems(mark), widest, before, draft)
        elif before != style.before:
            key = draft.variant(role, "Following", "续项", before=before)
        else:
            key = style_id(role)
        content = (text_run(mark, draft) if number is None else "") + write_runs(item, draft)
        if id:
            content = draft.bookmarked(draft.targets[id].bookmark, content)
        written.append(draft.paragraph(key, content, properties))
    return "".join(written)


def _hung(role: str, width: float, widest: float, before: float, draft: Draft) -> str:
    """Return the style of an item that hangs behind a mark of its own, which ends where the widest one does."""
    left = draft.theme.style(role).left + widest - width
    label = f"悬挂{width:g}字" + (f"左空{left:g}字" if left else "") + (f"上空{before:g}磅" if before else "")
    suffix = f"Hanging{width * 100:.0f}Left{left * 100:.0f}{f'Before{before * 20:.0f}' if before else ''}"
    return draft.variant(role, suffix, label, hanging=width, left=left, before=before)
