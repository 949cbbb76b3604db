"""The office's own Word file as a template: `read(path) -> Base`, with every fault of its placeholders at its place.

What stands between {{ and }} is filled wherever it stands, also where Word has split it over several runs. Filling is
our own and not docxtpl's: that renders Jinja over the file's XML, so a figure would become text before it reaches the
page and lose its bookmark and record, its sandbox and strictness would not be ours, and faults have no place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from xdreport.document import Base, Slot
from xdreport.findings import Failed, Finding, Place, Severity, stop_on_errors
from xdreport.package import Package
from xdreport.word import Line, Story, W, stories

_PLACEHOLDER = re.compile(r"\{\{((?:(?!\{\{|\}\})[^\n\t])*)\}\}")
_BLOCK = re.compile(r"body|(?:section|table|chart)\s*:.*")
_BROKEN = re.compile(r"\{\s*\{|\}\s*\}|｛\s*｛|｝\s*｝")
_STATEMENT = re.compile(r"\{[%#].*?[%#]\}|\{[%#]")
_NAME = re.compile(r"[a-z_]+")
# What Word's typing aids make of quotation marks and spaces; Jinja knows the plain ones.
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "＇": "'", "＂": '"', "\u00a0": " ", "\u3000": " "})
_HINT = "a phrase is written like {{ figure('industry.output') }}"


@dataclass(frozen=True)
class Placeholder:
    """A placeholder as it stands in the file: the characters of a line from `start` to `stop`."""

    line: Line
    start: int
    stop: int
    text: str

    @property
    def is_block(self) -> bool:
        """Whether it takes blocks: a body, a section, a table or a chart."""
        return _BLOCK.fullmatch(self.text) is not None


def read(path: Path, shown: str) -> tuple[Base, tuple[Finding, ...]]:
    """Return a Word file with its slots in reading order, and warnings; `shown` is its name in findings.

    Raise `Failed` with every fault of its placeholders, or because it is no Word file.
    """
    try:
        content = path.read_bytes()
        package = Package.read(content)
        if "macroEnabled" in package.main.content_type:
            raise ValueError("a Word document without macros (.docx)")
        texts = list(stories(package))
    except OSError as error:
        message = f"the base document cannot be read: {error.strerror}"
        hint = "base names a Word file beside the template"
        raise Failed([Finding("base.file", message, Place(shown), hint=hint)]) from None
    except ValueError as error:
        hint = "save it in Word or WPS as a Word document (*.docx), neither *.doc nor Strict Open XML"
        message = "the base document cannot be read"
        raise Failed([Finding("base.file", message, Place(shown), expected=str(error), hint=hint)]) from None
    found = [*(finding for story in texts for finding in _faults(story, shown)), *_unfilled(package, texts, shown)]
    stop_on_errors(found)
    slots = tuple(Slot(one.text, _place(one.line, shown), one.is_block) for one in find(texts) if not one.line.is_copy)
    return Base(shown, content, slots), tuple(found)


def find(texts: Iterable[Story]) -> Iterator[Placeholder]:
    """Generate the placeholders of a file in reading order, those of the copies that text boxes have included."""
    for story in texts:
        for line in story.lines():
            if "{" in line.text:
                yield from placeholders(line)


def placeholders(line: Line) -> Iterator[Placeholder]:
    """Generate the placeholders of a paragraph; a bare name calls the function of that name."""
    for match in _PLACEHOLDER.finditer(line.text):
        words = match[1].translate(_TYPED).strip()
        words = re.sub(r"\s*:\s*", ":", words) if _BLOCK.fullmatch(words) else words
        text = f"{words}()" if _NAME.fullmatch(words) and words != "body" else words
        yield Placeholder(line, match.start(), match.end(), text)


def _place(line: Line, shown: str) -> Place:
    return Place(f"{shown}#{line.place}")


def _faults(story: Story, shown: str) -> Iterator[Finding]:
    """Generate what is wrong with the placeholders of a text."""
    seen: set[str] = set()
    for line in story.lines():
        if line.is_copy or not re.search("[{}｛｝]", line.text):
            continue
        place = _place(line, shown)
        if match := _STATEMENT.search(line.text):
            message = "a base document has placeholders, no statements"
            hint = "put the condition into a narrative or the template"
            yield Finding("base.statement", message, place, match[0], hint=hint)
        rest = _PLACEHOLDER.sub("", line.text)
        if match := _BROKEN.search(_STATEMENT.sub("", rest)):
            found = rest[max(0, match.start() - 8) : match.end() + 8]
            yield Finding("base.braces", "braces have no partner in the paragraph", place, found, hint=_HINT)
        for one in placeholders(line):
            if one.text == "":
                yield Finding("base.braces", "the braces are empty", place, hint=_HINT)
            elif one.is_block:
                yield from _misplaced(one, story, place)
                if one.text in seen:
                    message = "the same blocks cannot stand twice: their numbers and references would not hold"
                    yield Finding("base.block", message, place, f"{{{{ {one.text} }}}}")
                seen.add(one.text)
            yield from _bound(one, place)


def _misplaced(one: Placeholder, story: Story, place: Place) -> Iterator[Finding]:
    """Generate a finding for a placeholder of blocks that stands where no blocks can."""
    found = f"{{{{ {one.text} }}}}"
    if one.line.text.replace(one.line.text[one.start : one.stop], "", 1).strip():
        yield Finding("base.block", "it takes blocks and must stand alone in its paragraph", place, found)
    elif story.name:
        yield Finding("base.block", "it takes blocks, which only the body holds", place, found)
    elif next(one.line.element.iterancestors(f"{W}txbxContent"), None) is not None:
        yield Finding("base.block", "it takes blocks, which a text box does not hold", place, found)


def _bound(one: Placeholder, place: Place) -> Iterator[Finding]:
    """Generate a finding for a placeholder that Word would overwrite as it opens the file."""
    for control in one.line.node(one.start).iterancestors(f"{W}sdt"):
        if control.find(f"{W}sdtPr/{W}dataBinding") is not None:
            message = "the content control is bound to other data, which Word prints in place of what is filled in"
            yield Finding("base.bound", message, place, one.text, hint="remove the mapping, or the control")


def _unfilled(package: Package, texts: list[Story], shown: str) -> Iterator[Finding]:
    """Generate a warning for each placeholder that stands where nothing is filled in."""
    read_parts = {story.part.partname for story in texts}
    for story in texts:
        for element in story.root.iter(f"{W}instrText"):
            if "{{" in (element.text or ""):
                yield _warning(shown, "a field's code", element.text or "")
        for element in story.root.iter(etree.Element):
            for value in element.attrib.values():
                if "{{" in value:
                    yield _warning(shown, "an attribute of a drawing or a field", str(value))
    for part in package.parts:
        if part.partname not in read_parts and part.partname.ext == "xml" and b"{{" in part.blob:
            yield _warning(shown, part.partname.membername, "{{")


def _warning(shown: str, where: str, found: str) -> Finding:
    message = "nothing is filled in here"
    return Finding("base.unfilled", message, Place(f"{shown}#{where}"), found.strip(), severity=Severity.WARNING)
