"""Other characters in a text that people have edited, and in the paragraphs of its Word file.

What differs alone is put in, each piece where the old one stood, so that the looks of all the rest stay where they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from xml.sax.saxutils import escape

from lxml import etree

from xdreport.edited import MARK
from xdreport.ledger import Ledger, Record
from xdreport.package import Package
from xdreport.patching import Patch
from xdreport.word import Line, W, stories

_TOKEN = re.compile(r"\d[\d.,]*|[A-Za-z]+|.", re.DOTALL)
_NUMBERED = re.compile(r"\d[\d.,]*|\D+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Edit:
    """Other characters for those from `start` to before `stop` of a passage; in a figure from `first` to `last`."""

    start: int
    stop: int
    text: str
    first: int
    last: int


def differing(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Generate where two texts differ: from, to before, and what stands there in the new one."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0]
    for token in one:
        starts.append(starts[-1] + len(token))
    for kind, first, last, begin, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = list(_paired(one[first:last], other[begin:end]))
        place = starts[first]
        for was, now in pairs:
            yield place, place + len(was), now
            place += len(was)


def _paired(one: list[str], other: list[str]) -> Iterator[tuple[str, str]]:
    """Generate words and numbers of two texts side by side (增长12.1 and 下降2.3 are two pairs); all as one pair where
    they do not go together."""
    left, right = (_NUMBERED.findall("".join(tokens)) for tokens in (one, other))
    alike = len(left) == len(right) and all(
        a[:1].isdigit() == b[:1].isdigit() for a, b in zip(left, right, strict=True)
    )
    yield from zip(left, right, strict=True) if alike else [("".join(one), "".join(other))]


def transferred(was: str, new: str, edited: str) -> str | None:
    """Return an edited figure with what has changed from `was` to `new`; None where that is not plain: a part that
    changes is not there, or twice, because somebody has changed it."""
    text = edited
    for first, last, words in differing(was, new):
        old = was[first:last]
        if not old or text.count(old) != 1:
            return None
        text = text.replace(old, words)
    digits = re.findall(r"\d[\d.,]*", was)
    if sorted(digits) != sorted(re.findall(r"\d[\d.,]*", edited)):
        return None
    return text


def reworded(text: str, words: list[tuple[str, str]]) -> str:
    """Return a text with the old words as the new ones, all at once, so that no new one is taken for an old."""
    known = dict(reversed(words))
    if not known:
        return text
    pattern = "|".join(re.escape(was) for was in sorted(known, key=len, reverse=True) if was)
    return re.sub(rf"(?<![\d.])(?:{pattern})(?![\d.]*\d)", lambda match: known[match[0]], text) if pattern else text


class Marks:
    """Names and ids of new bookmarks, after those that the file has."""

    def __init__(self, package: Package, its: Ledger) -> None:
        self.names: dict[int, str] = {}
        known = [record.mark for record in its.records]
        numbers, ids = [int(mark[len(MARK) :]) for mark in known if re.fullmatch(rf"{MARK}\d+", mark)] + [0], [0]
        for story in stories(package):
            for mark in story.root.iter(f"{W}bookmarkStart"):
                name, id = mark.get(f"{W}name", ""), mark.get(f"{W}id", "0")
                numbers += [int(name[len(MARK) :])] if re.fullmatch(rf"{MARK}\d+", name) else []
                ids += [int(id)] if id.isdecimal() else []
        self._next = max(numbers) + 1
        self._id = max(ids)

    def name(self, record: Record) -> str:
        """Give a new record the name of its bookmark."""
        self.names[record.number] = f"{MARK}{self._next}"
        self._next += 1
        return self.names[record.number]

    def bookmarked(self, record: Record, content: str) -> str:
        """Return content enclosed in the bookmark of a record."""
        self._id += 1
        name = self.names[record.number]
        return f'<w:bookmarkStart w:id="{self._id}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{self._id}"/>'


def apply(patch: Patch, line: Line, edits: list[Edit]) -> str:
    """Put other characters into a paragraph's elements of text, each where the old ones stood; return the new text."""
    texts: list[tuple[etree._Element, int, str]] = []
    reached = 0
    for node in line.nodes():
        text = (node.text or "") if node.tag == f"{W}t" else " "
        texts.append((node, reached, text))
        reached += len(text)
    written = ""
    for node, begin, text in texts:
        new, at = "", begin
        for edit in sorted(edits, key=lambda it: it.start):
            holds = begin <= edit.start < begin + len(text)
            if edit.start == edit.stop:  # an insertion goes into the element before it, if that is of the figure
                is_behind = edit.start > edit.first
                holds = (
                    begin < edit.start <= begin + len(text) if is_behind else begin <= edit.start < begin + len(text)
                )
            start, stop = max(edit.start, begin), min(edit.stop, begin + len(text))
            if start < stop or holds:
                new += text[at - begin : max(start, at) - begin] + (edit.text if holds else "")
                at = max(at, stop)
        new += text[at - begin :]
        if node.tag == f"{W}t":
            if new != text:
                patch.set_text(node, new)
            written += new
        else:
            written += {f"{W}tab": "\t"}.get(str(node.tag), "\n")
    return written


def shift(edits: list[Edit], place: int, *, is_end: bool = False) -> int:
    """Return by how much a place in a paragraph has moved; what is put in at an end moves the end."""
    moved_by = 0
    for edit in edits:
        is_before = edit.stop < place or (edit.stop == place and (is_end or edit.stop > edit.start))
        if is_before and not (edit.start == edit.stop == place and not is_end):
            moved_by += len(edit.text) - (edit.stop - edit.start)
    return moved_by


def fill(patch: Patch, line: Line, runs: list[tuple[str, Record | None]], marks: Marks) -> None:
    """Put runs in place of all that a cell's paragraph holds, in the looks of its first one."""
    looks = line.element.find(f"{W}r/{W}rPr")
    properties = "" if looks is None else etree.tostring(looks, encoding="unicode", with_tail=False)
    properties = re.sub(r' xmlns:\w+="[^"]*"', "", properties)
    written = ""
    for text, record in runs:
        run = f"<w:r>{properties}<w:t>{escape(text)}</w:t></w:r>"
        written += marks.bookmarked(record, run) if record else run
    inner = [each for each in line.element if each.tag != f"{W}pPr" and isinstance(each.tag, str)]
    for place, each in enumerate(inner):
        patch.replace(each, written if place == 0 else "")


def add_below(patch: Patch, line: Line, text: str) -> None:
    """Put a paragraph below another, numbered and set as that one is."""
    w = line.element.prefix
    own = line.element.find(f"{W}pPr")
    kept = () if own is None else (own.find(f"{W}{name}") for name in ("pStyle", "numPr", "spacing", "ind", "jc"))
    properties = "".join(patch.written(it) for it in kept if it is not None)
    face = "".join(patch.written(it) for it in line.element.findall(f"{W}r/{W}rPr")[:1])
    patch.insert_after(
        line.element,
        f"<{w}:p><{w}:pPr>{properties}</{w}:pPr><{w}:r>{face}<{w}:t>{escape(text)}</{w}:t></{w}:r></{w}:p>",
    )
