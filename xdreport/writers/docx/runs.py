"""Runs of text as Word runs: figures in hidden bookmarks, references as fields, footnotes."""

from collections.abc import Iterator
from typing import assert_never

from xdreport.document import Figure, Note, Reference, Run, Runs, Term, Text, characters
from xdreport.findings import Finding, Severity
from xdreport.writers.docx.draft import Draft, Record
from xdreport.writers.docx.markup import quoted
from xdreport.writers.docx.styles import NOTE_MARK, STRONG, style_id

NEAR = 12  # characters on each side that tell where a figure stood


def write_runs(runs: Runs, draft: Draft, row: str = "", column: str = "") -> str:
    """Return the runs as the inner XML of a paragraph; `row` and `column` are the words that head its cell, if any.

    A figure stays alive in the file: its bookmark is the key of its record (engineering-notes 4).
    """
    written: list[str] = []
    line, end, order = "", 0, 0
    for run in runs:
        if isinstance(run, Figure):
            line = line or characters(run for run in runs if not isinstance(run, Note))
            order, start, end = order + 1, end, end + len(run.text)
            mark = f"_xd_{len(draft.records) + 1}"
            before, after = line[max(0, start - NEAR) : start], line[end : end + NEAR]
            draft.records.append(Record(mark, run, "", before, after, order, row, column))
            written.append(draft.bookmarked(mark, text_run(run.text, draft)))
        else:
            end += 0 if isinstance(run, Note) else len(run.text)
            written.append(_run(run, draft))
    return "".join(written)


def _run(run: Text | Term | Reference | Note, draft: Draft) -> str:
    match run:
        case Text():
            return text_run(run.text, draft, STRONG if run.strong else "")
        case Term():
            return text_run(run.text, draft)
        case Reference():
            return _reference(run, draft)
        case Note():
            return _note(run, draft)
        case _:
            assert_never(run)


def text_run(text: str, draft: Draft, style: str = "") -> str:
    """Return a run of characters; a line feed becomes a line break, a tab a tab."""
    if not text:
        return ""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else draft.looks
    escaped = draft.escaped(text)
    if "\n" in escaped or "\t" in escaped:
        lines = ["<w:tab/>".join(map(_text, line.split("\t"))) for line in escaped.split("\n")]
        return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"
    return f"<w:r>{properties}{_text(escaped)}</w:r>"


def plain_run(text: str, looks: str = "") -> str:
    """Return a run of characters outside a draft; `looks` are its run properties as XML, "" for none.

    What XML cannot hold is left out without a word.
    """
    return f'<w:r>{looks}<w:t xml:space="preserve">{quoted(text)[1:-1]}</w:t></w:r>' if text else ""


def _text(escaped: str) -> str:
    if not escaped:
        return ""
    kept = ' xml:space="preserve"' if escaped[0] == " " or escaped[-1] == " " or "  " in escaped else ""
    return f"<w:t{kept}>{escaped}</w:t>"


def field(instruction: str, result: str) -> str:
    """Return a field with what it prints already written, so that nothing has to be updated on opening.

    `instruction` and `result` are XML; the result is one or more runs.
    """
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _reference(reference: Reference, draft: Draft) -> str:
    """A REF field where it prints the target's number, a plain link where the sentence says it otherwise."""
    text = text_run(reference.text, draft)
    target = draft.targets.get(reference.target)
    if target is None:
        draft.findings.append(
            Finding(
                "docx.reference",
                "a reference points to no table, chart or source of the document",
                found=reference.target,
                hint="to a source: give the template the part sources",
                severity=Severity.WARNING,
            )
        )
        return text
    if reference.text == target.text:
        return field(f"REF {target.bookmark} {target.switches}", text)
    return f'<w:hyperlink w:anchor="{target.bookmark}" w:history="1">{text}</w:hyperlink>'


def _note(note: Note, draft: Draft) -> str:
    """The mark of a footnote. Word counts them itself; a number out of turn is kept as a mark of its own, and so are
    all where an office's own footnotes are counted too."""
    draft.notes.append(note)
    key = draft.first_note + len(draft.notes)
    style = f'<w:rPr><w:rStyle w:val="{NOTE_MARK}"/></w:rPr>'
    if note.number == key and not draft.first_note:
        return f'<w:r>{style}<w:footnoteReference w:id="{key}"/></w:r>'
    return f'<w:r>{style}<w:footnoteReference w:customMarkFollows="1" w:id="{key}"/><w:t>{note.number}</w:t></w:r>'


def write_notes(draft: Draft) -> str:
    """Return the footnotes of the draft as the inner XML of footnotes.xml."""
    return "".join([_footnote(key, note, draft) for key, note in enumerate(draft.notes, draft.first_note + 1)])


def _footnote(key: int, note: Note, draft: Draft) -> str:
    is_counted = note.number == key and not draft.first_note
    mark = "<w:footnoteRef/>" if is_counted else f"<w:t>{note.number}</w:t>"
    return (
        f'<w:footnote w:id="{key}"><w:p><w:pPr><w:pStyle w:val="{style_id("footnote")}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{NOTE_MARK}"/></w:rPr>{mark}</w:r>'
        f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{write_runs(tuple(_unnested(note.runs)), draft)}</w:p>'
        "</w:footnote>"
    )


def _unnested(runs: Runs) -> Iterator[Run]:
    """A note in a note goes into brackets, because Word allows no footnote in a footnote."""
    for run in runs:
        if isinstance(run, Note):
            yield from (Text("（"), *_unnested(run.runs), Text("）"))
        else:
            yield run
