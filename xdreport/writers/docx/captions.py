"""Captions of tables and charts, numbered by Word where it would print the document's number."""

import re

from xdreport.document import Chart, Table
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.runs import field, text_run, write_runs
from xdreport.writers.docx.styles import style_id

_NUMBER = re.compile(r"(\D+)([1-9]\d*)")


def write_caption(block: Table | Chart, kind: str, draft: Draft) -> str:
    """Return the caption paragraph: number, one character's space, words (layout-spec 14).

    `kind` (表, 图) names the sequence. The number stands in the bookmark that references point to.
    """
    if not block.caption and not block.number:
        return ""
    between = "　" if block.caption and block.number else ""
    number = ""
    if block.number:
        number = draft.bookmarked(draft.targets[block.id].bookmark, _number(block.number, kind, draft))
    content = number + text_run(between, draft) + write_runs(block.caption, draft)
    return draft.paragraph(style_id("caption"), content)


def _number(number: str, kind: str, draft: Draft) -> str:
    match = _NUMBER.fullmatch(number)
    count = draft.captions.get(kind, 0) + 1
    if not match or match[2] != str(count):
        return text_run(number, draft)
    draft.captions[kind] = count
    return text_run(match[1], draft) + field(rf"SEQ {kind} \* ARABIC", text_run(match[2], draft))
