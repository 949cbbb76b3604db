"""The blocks of a document as the body of a Word file."""

from typing import assert_never

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
    Table,
    Title,
)
from xdreport.writers.docx.charts import write_chart
from xdreport.writers.docx.contents import write_contents
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.runs import text_run, write_runs
from xdreport.writers.docx.styles import style_id
from xdreport.writers.docx.tables import write_table


def write_block(block: Block, draft: Draft) -> str:
    """Return the body XML of one block."""
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
            return write_chart(block, draft)
        case Cover():
            return _cover(block, draft)
        case Pictures():
            return _pictures(block, draft)
        case PullFigures():
            return _pull_figures(block, draft)
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
    written += draft.paragraph(style_id("title"), write_runs(title.runs, draft))
    if title.subtitle:
        written += draft.paragraph(style_id("subtitle"), write_runs(title.subtitle, draft))
    return written


def _cover(cover: Cover, draft: Draft) -> str:
    """The lines of a cover, in place of a title; what follows begins on a new page."""
    lines = [("cover_kicker", cover.kicker), ("cover_title", cover.runs), ("cover_subtitle", cover.subtitle)]
    lines += [("cover_line", runs) for runs in cover.lines]
    written = "".join(draft.paragraph(style_id(name), write_runs(runs, draft)) for name, runs in lines if runs)
    draft.is_break_due = True
    return written


def _pictures(block: Pictures, draft: Draft) -> str:
    """What is said of pictures: in place of each one the words for who cannot see it."""
    written = []
    for picture in block.pictures:
        written.append(draft.paragraph("Picture", text_run(f"［{picture.alternative}］", draft)))
        for name, runs in (("caption", picture.caption), ("credit", picture.credit)):
            written += [draft.paragraph(style_id(name), write_runs(runs, draft))] if runs else []
    return "".join(written)


def _pull_figures(block: PullFigures, draft: Draft) -> str:
    """Large figures one below another, each over what it is a figure of."""
    return "".join(
        draft.paragraph(style_id("pull_figure"), write_runs((item.figure,), draft))
        + draft.paragraph(style_id("pull_label"), write_runs(item.label, draft))
        for item in block.items
    )


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
    """Items numbered by Word where it prints these marks, each in a bookmark where references point to it."""
    style, number = style_id(block.role.value), draft.numbering.start_list(block.marks)
    properties = "" if number is None else f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    ids = block.ids or ("",) * len(block.items)
    written = []
    for mark, item, id in zip(block.marks, block.items, ids, strict=True):
        content = (text_run(mark, draft) if number is None else "") + write_runs(item, draft)
        if id:
            content = draft.bookmarked(draft.targets[id].bookmark, content)
        written.append(draft.paragraph(style, content, properties))
    return "".join(written)
