"""A template's furniture → the document's: heads, imprint, running head and marks, their sentences said."""

from collections.abc import Callable

from xdreport.document import Furniture, Imprint, Letterhead, Masthead, Runs, characters
from xdreport.template import FurnitureSettings

# Says a sentence of the template that stands at the steps given.
Say = Callable[..., Runs]


def furniture(its: FurnitureSettings, say: Say, issue: str) -> Furniture:
    """Return what stands outside the running text; a masthead has no issue line without an `issue`."""
    return Furniture(
        masthead=_letterhead(its, say) or _masthead(its, say, issue),
        imprint=_imprint(its, say),
        running_head=characters(say(its.running_head, "furniture", "running_head")),
        mark=its.mark,
        page_numbers=its.page_numbers,
        draft=its.draft,
        running_section=its.running_section,
    )


def _masthead(its: FurnitureSettings, say: Say, issue: str) -> Masthead | None:
    head = its.masthead
    if head is None:
        return None
    at = ("furniture", "masthead")
    return Masthead(
        name=characters(say(head.name, *at, "name")),
        issue=say(head.issue, *at, "issue") if issue else (),
        office=say(head.office, *at, "office"),
        date=say(head.date, *at, "date"),
        secrecy=head.secrecy,
        number=say(head.number, *at, "number"),
    )


def _letterhead(its: FurnitureSettings, say: Say) -> Letterhead | None:
    """Return the 版头, None for one without a mark: a plain page is better than a rule without an office."""
    head = its.letterhead
    mark = characters(say(head.mark, "furniture", "letterhead", "mark")) if head else ""
    if head is None or not mark:
        return None
    at = ("furniture", "letterhead")
    return Letterhead(
        mark=mark,
        number=say(head.number, *at, "number"),
        copy=say(head.copy_number, *at, "copy_number"),
        secrecy=head.secrecy,
        urgency=head.urgency,
        signers=head.signers,
    )


def _imprint(its: FurnitureSettings, say: Say) -> Imprint | None:
    """Return the foot of the last page, without lines that say nothing; None without any."""
    foot = its.imprint
    if foot is None:
        return None
    at = ("furniture", "imprint")
    said = [
        (line.label, characters(say(line.text, *at, "lines", number, "text"))) for number, line in enumerate(foot.lines)
    ]
    imprint = Imprint(
        lines=tuple((label, text) for label, text in said if text),
        copies=say(foot.copies, *at, "copies"),
        office=say(foot.office, *at, "office"),
        date=say(foot.date, *at, "date"),
    )
    return imprint if imprint != Imprint() else None
