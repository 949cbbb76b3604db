"""Captions of tables and charts, numbered by Word where it would print the document's number."""

import re

from xdreport.document import Chart, Table
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.runs import field, text_run, write_runs
from xdreport.writers.docx.styles import style_id

_NUMBER = re.compile(r"(\D+)([1-9]\d*)")


def write_caption(block: Table | Chart, kind: str, draft: Draft, *, keeps: bool | None = None) -> str:
    """Return the caption paragraph: number, one character's space, words (layout-spec 14).

    `kind` (表, 图) names the sequence. One below what it names `keeps` with what follows only if that belongs to it,
    too. The number stands in the bookmark that references point to.
    """
    if not block.caption and not block.number:
        return ""
    between = "　" if block.caption and block.number else ""
    number = ""
    if block.number:
        number = draft.bookmarked(draft.targets[block.id].bookmark, _number(block.number, kind, draft))
    content = number + text_run(between, draft) + write_runs(block.caption, draft)
    return draft.paragraph(style_id("caption") if keeps is None else caption_below(draft, keeps), content)


def caption_below(draft: Draft, keeps: bool) -> str:
    """Return the style of a caption that stands below a chart or a picture."""
    suffix, label = ("Below", "图下") if keeps else ("BelowLast", "图下末行")
    return draft.variant("caption", suffix, label, before=0, keep_with_next=keeps)


def _number(number: str, kind: str, draft: Draft) -> str:
    match = _NUMBER.fullmatch(number)
    count = draft.captions.get(kind, 0) + 1
    if not match or match[2] != str(count):
        return text_run(number, draft)
    draft.captions[kind] = count
    return text_run(match[1], draft) + field(rf"SEQ {kind} \* ARABIC", text_run(match[2], draft))
