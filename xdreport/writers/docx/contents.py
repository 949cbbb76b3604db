"""The table of contents: a TOC field whose entries, links and page numbers are already written."""

from dataclasses import replace

from xdreport.document import Contents, Heading, Note, characters
from xdreport.findings import Finding, Severity
from xdreport.theme import Theme
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import TWIPS, line
from xdreport.writers.docx.runs import field, text_run, write_runs
from xdreport.writers.docx.styles import style_id

_DEEPEST = 2  # the theme has styles for two levels of entries


def write_contents(contents: Contents, draft: Draft) -> str:
    """Return the title and the entries. The field spans them; without headings it prints nothing."""
    depth = min(contents.depth, _DEEPEST)
    headings = [block for block in draft.document.blocks if isinstance(block, Heading)]
    listed = [(number, block) for number, block in enumerate(headings, 1) if block.level <= depth]
    pages = _pages(draft) if listed else ()
    title = draft.paragraph(style_id("contents_title"), write_runs(contents.title, draft)) if contents.title else ""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        rf'<w:r><w:instrText xml:space="preserve"> TOC \o "1-{depth}" \h \z \u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if not listed:
        return title + draft.paragraph(style_id("contents1"), begin + end)
    paragraphs = []
    for place, (number, heading) in enumerate(listed, 1):
        content = (
            (begin if place == 1 else "")
            + _entry(number, heading, pages[number - 1], draft)
            + (end if place == len(listed) else "")
        )
        paragraphs.append(draft.paragraph(style_id(f"contents{heading.level}"), content))
    return title + "".join(paragraphs)


def _pages(draft: Draft) -> tuple[int, ...]:
    """Return the page of each heading as our own pagination has it with Word's lines.

    They are exact for a report of one page. Otherwise a finding says that they are estimated: Word breaks lines by
    rules of its own, sets tables to its own heights, and may have other faces.
    """
    # Laying out needs fonts and HarfBuzz; few documents have contents.
    from xdreport.fonts import open_faces
    from xdreport.pages import lay_out

    layout = lay_out(draft.document, as_word(draft.theme), open_faces(draft.theme), in_order=True)
    if len(layout.pages) > 1:
        draft.findings.append(
            Finding(
                "docx.contents",
                "the page numbers in the contents are estimated",
                hint="press F9 on the contents in Word",
                severity=Severity.NOTE,
            )
        )
    return tuple(entry.page for entry in layout.entries)


def as_word(theme: Theme) -> Theme:
    """Return the theme with lines as high as in the Word file, so that a page holds as much as Word's."""
    pitches = {name: replace(style, pitch=line(style, theme.page) / TWIPS) for name, style in theme.styles.items()}
    return replace(theme, styles=pitches)


def _entry(number: int, heading: Heading, page: int, draft: Draft) -> str:
    number += draft.offset
    words = heading.number + characters(run for run in heading.runs if not isinstance(run, Note))
    shown = field(rf"PAGEREF _Toc{number} \h", f"<w:r><w:t>{page}</w:t></w:r>")
    return (
        f'<w:hyperlink w:anchor="_Toc{number}" w:history="1">{text_run(words, draft)}'
        f"<w:r><w:tab/></w:r>{shown}</w:hyperlink>"
    )
