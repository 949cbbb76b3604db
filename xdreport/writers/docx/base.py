"""The office's own Word file with its slots filled: everything else in it stays as it is.

What is filled in is written as XML once and set into the text of the body's part, because moving thousands of parsed
rows from one tree to another takes longer than writing them.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from xdreport.document import Base, Document, Filling, Printed, characters
from xdreport.findings import Finding, Place, Severity
from xdreport.package import Package, related, relations
from xdreport.readers.records import NAMESPACE as RECORDS
from xdreport.readers.word_base import Placeholder, placeholders
from xdreport.theme import POINTS_PER_MM, Page, Theme
from xdreport.word import NAMES, Line, Story, W, as_bytes, drop, stories, tree
from xdreport.writers.docx.body import write_blocks
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import TWIPS
from xdreport.writers.docx.numbering import Numbering
from xdreport.writers.docx.parts import NAMESPACES, PREFIXES, add_drawings, add_records, notes_part
from xdreport.writers.docx.properties import describe
from xdreport.writers.docx.runs import NEAR, plain_run, write_notes, write_runs
from xdreport.writers.docx.styles import LOCAL_NAMES, UNSEEN_STYLES, write_styles

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STYLED = re.compile(r'<w:(pStyle|rStyle|tblStyle) w:val="([^"]+)"')
_MARK = re.compile(r"<\?xdreport (\d+)\?>")
_ROOT = re.compile(r"<(?:\w+:)?document\b")
_STYLES_OF_WORD_2010 = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_LARGEST_ID = 10**9
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def fill(document: Document, base: Base, theme: Theme) -> Printed:
    """Return the base as a Word file with each slot filled.

    The findings are no errors: those of a report of our own, and styles that the base lacks.
    """
    package = Package.read(base.content)
    package.main.become(_DOCUMENT)
    texts = list(stories(package))
    _forget(package, texts)
    filled = _Filled(document, theme, Draft.of(document, theme, _highest(texts)))
    filled.draft.first_note = _highest_note(texts)
    filled.draft.numbering = _numbering(package)
    fillings = iter(base.fillings)
    for story in texts:
        filled.fill(story, fillings)
    _add(package, base, texts, filled)
    return Printed(package.content(), None, tuple(filled.draft.findings))


@dataclass
class _Filled:
    """What is filled in so far: `blocks` is the XML of each mark that stands in the body's tree."""

    document: Document
    theme: Theme
    draft: Draft
    blocks: list[str] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    latest: dict[str, Filling] = field(default_factory=dict)

    def fill(self, story: Story, fillings: Iterator[Filling]) -> None:
        """Fill the slots of a text in reading order; the copy of a text box takes what the box took, without marks."""
        for line in list(story.lines()):
            found = list(placeholders(line))
            if not found:
                continue
            self.changed.add(story.part.partname)
            taken = []
            for one in found:
                taken.append(self.latest.get(one.text, Filling()) if line.is_copy else next(fillings))
                self.latest[one.text] = taken[-1]
            if found[0].is_block:
                self.set_blocks(line, found[0], taken[0], story)
            else:
                self.set_runs(line, found, taken)

    def set_blocks(self, line: Line, one: Placeholder, filling: Filling, story: Story) -> None:
        """Leave a mark in place of a paragraph and write the blocks that stand there."""
        draft, paragraph = self.draft, line.element
        draft.page = _page(paragraph, story.root, self.theme.page)
        written = write_blocks(self.document.blocks[filling.start : filling.stop], draft)
        if draft.is_break_due:
            written, draft.is_break_due = written + _PAGE_BREAK, False
        mark = etree.ProcessingInstruction("xdreport", str(len(self.blocks)))
        self.blocks.append(written)
        parent = paragraph.getparent()
        assert parent is not None
        paragraph.addprevious(mark)
        is_needed = paragraph.find(f"{W}pPr/{W}sectPr") is not None or (parent.tag == f"{W}tc" and not written)
        if is_needed:
            for run in line.cut(one.start, one.stop):
                drop(run)
        else:
            parent.remove(paragraph)

    def set_runs(self, line: Line, found: list[Placeholder], taken: list[Filling]) -> None:
        """Put runs in place of the placeholders of a paragraph, in the looks of the characters that they replace."""
        draft, order = self.draft, 0
        words = [characters(filling.runs) for filling in taken]
        printed = _printed(line.text, found, words)
        written = []
        for one, filling, (before, after) in zip(found, taken, printed, strict=True):
            draft.looks, first = _looks(line.node(one.start)), len(draft.records)
            if line.is_copy:
                written.append(plain_run(characters(filling.runs), draft.looks))
                continue
            written.append(write_runs(filling.runs, draft))
            for at, record in enumerate(draft.records[first:], first):
                order += 1
                near = (before + record.before)[-NEAR:], (record.after + after)[:NEAR]
                draft.records[at] = replace(record, before=near[0], after=near[1], order=order)
        draft.looks = ""
        for one, content in reversed(list(zip(found, written, strict=True))):
            runs = line.cut(one.start, one.stop)
            for control in runs[0].iterancestors(f"{W}sdt"):
                for flag in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
                    drop(flag)  # Word would take what is filled in for a hint of its own
            for element in list(etree.fromstring(f"<w:p {NAMESPACES}>{content}</w:p>")):
                runs[0].addprevious(element)
            for run in runs:
                drop(run)


def _printed(text: str, found: list[Placeholder], words: list[str]) -> Iterator[tuple[str, str]]:
    """Generate what the paragraph prints before and after each placeholder, once all are filled."""
    pieces, reached = [], 0
    for one, own in zip(found, words, strict=True):
        pieces += [text[reached : one.start], own]
        reached = one.stop
    pieces.append(text[reached:])
    for place in range(1, len(pieces), 2):
        yield "".join(pieces[:place]), "".join(pieces[place + 1 :])


def _looks(node: etree._Element) -> str:
    """Return the run properties of a text as XML, without what tracked changes say of them."""
    run = node.getparent()
    found = None if run is None else run.find(f"{W}rPr")
    if found is None:
        return ""
    looks = deepcopy(found)
    for change in looks.findall(f"{W}rPrChange"):
        looks.remove(change)
    return etree.tostring(looks, encoding="unicode", with_tail=False)


def _page(paragraph: etree._Element, root: etree._Element, page: Page) -> Page:
    """Return the page on which a paragraph stands, its type area as wide as what holds the paragraph."""
    section = _section(paragraph, root)
    size = None if section is None else section.find(f"{W}pgSz")
    margins = None if section is None else section.find(f"{W}pgMar")
    if section is None or size is None or margins is None:
        return page
    width, height, left, right, top, bottom = (
        abs(_whole(element, name)) / TWIPS / POINTS_PER_MM
        for element, name in (
            (size, "w"), (size, "h"), (margins, "left"), (margins, "right"), (margins, "top"), (margins, "bottom"),
        )
    )  # fmt: skip
    columns = section.find(f"{W}cols")
    if columns is not None and (count := _whole(columns, "num") or 1) > 1:
        space = _whole(columns, "space") / TWIPS / POINTS_PER_MM
        right = width - left - (width - left - right - space * (count - 1)) / count
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    own = None if cell is None else cell.find(f"{W}tcPr/{W}tcW")
    if own is not None and own.get(f"{W}type", "dxa") == "dxa" and _whole(own, "w"):
        inside = 2 * 108  # twips that Word leaves free at the sides of a cell
        right = width - left - max(1.0, (_whole(own, "w") - inside) / TWIPS / POINTS_PER_MM)
    return replace(page, width=width, height=height, left=left, right=right, top=top, bottom=bottom)


def _section(paragraph: etree._Element, root: etree._Element) -> etree._Element | None:
    """Return the properties of the section in which a paragraph stands: the first that follow it."""
    body = root.find(f"{W}body")
    top = next((above for above in (paragraph, *paragraph.iterancestors()) if above.getparent() is body), None)
    if body is None or top is None:
        return None
    for following in (top, *top.itersiblings(f"{W}p")):
        found = following.find(f"{W}pPr/{W}sectPr")
        if found is not None:
            return found
    return body.find(f"{W}sectPr")


def _whole(element: etree._Element, name: str) -> int:
    text = element.get(f"{W}{name}", "0")
    return round(float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else 0


def _forget(package: Package, texts: list[Story]) -> None:
    """Take out bookmarks and records that an earlier report of ours has left in the file."""
    main = package.main
    for relation in list(relations(main, "customXml")):
        if RECORDS.encode() in relation.target_part.blob:
            del main.rels[relation.rId]
    for story in texts:
        starts = [each for each in story.root.iter(f"{W}bookmarkStart") if each.get(f"{W}name", "").startswith("_xd_")]
        numbers = {start.get(f"{W}id") for start in starts}
        ends = [each for each in story.root.iter(f"{W}bookmarkEnd") if each.get(f"{W}id") in numbers]
        for mark in (*starts, *ends):
            drop(mark)
        if starts:
            story.part.content = as_bytes(story.root)


def _highest(texts: list[Story]) -> int:
    """Return the highest number that ids and names of bookmarks and drawings have in the file."""
    numbers = [0]
    for story in texts:
        for mark in story.root.iter(f"{W}bookmarkStart"):
            name = mark.get(f"{W}name", "")
            texts_of = [mark.get(f"{W}id", ""), name[4:] if name.startswith(("_Toc", "_Ref")) else ""]
            numbers += [int(text) for text in texts_of if text.isdecimal() and int(text) < _LARGEST_ID]
        for drawing in story.root.iter(f"{{{NAMES['wp']}}}docPr"):
            number = drawing.get("id", "")
            numbers += [int(number)] if number.isdecimal() and int(number) < _LARGEST_ID else []
    return max(numbers)


def _highest_note(texts: list[Story]) -> int:
    notes = [note for story in texts if story.name.startswith("footnotes") for note in story.root]
    return max((_whole(note, "id") for note in notes), default=0)


def _numbering(package: Package) -> Numbering:
    """Return counters whose lists and definitions come after those of the file."""
    part = related(package.main, "numbering")
    if part is None:
        return Numbering(1, 0, False)
    root = tree(part)
    lists = [_whole(each, "numId") for each in root.findall(f"{W}num")]
    definitions = [_whole(each, "abstractNumId") for each in root.findall(f"{W}abstractNum")]
    return Numbering(max(lists, default=0) + 1, max(definitions, default=-1) + 1, False)


def _add(package: Package, base: Base, texts: list[Story], filled: _Filled) -> None:
    """Put the changed texts back and add what they refer to."""
    draft, main = filled.draft, package.main
    notes = write_notes(draft)
    styles = _Styles(package, draft)
    blocks = [styles.renamed(block) for block in filled.blocks]
    notes = styles.renamed(notes)
    styles.add()
    if styles.missing:
        draft.findings.append(
            Finding(
                "docx.style",
                "the base document lacks styles, the report's own were added",
                Place(base.name),
                found=", ".join(styles.missing),
                hint="define styles of these names in it to have its looks",
                severity=Severity.NOTE,
            )
        )
    if any("<w:numPr>" in block for block in blocks):
        _add_lists(package, draft)
    for story in texts:
        if story.name.startswith("footnotes") and notes:
            story.root.extend(list(etree.fromstring(f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>")))
            filled.changed.add(story.part.partname)
        if story.part is main:
            main.content = _with_blocks(story.root, blocks)
        elif story.part.partname in filled.changed:
            story.part.content = as_bytes(story.root)
    if notes and related(main, "footnotes") is None:
        part = package.add("word/footnotes.xml", "wordprocessingml.footnotes", styles.renamed(notes_part(draft)))
        main.relate("footnotes", part)
    add_drawings(package, main, draft)
    add_records(package, main, draft)
    describe(package, draft)


def _with_blocks(root: etree._Element, blocks: list[str]) -> str:
    """Return the body's part with the blocks in place of their marks, and with the prefixes that they use."""
    content = etree.tostring(root, encoding="unicode")
    missing = [prefix for prefix in PREFIXES if root.nsmap.get(prefix) != NAMES[prefix]]
    names = "".join(f' xmlns:{prefix}="{NAMES[prefix]}"' for prefix in missing)
    content = _ROOT.sub(lambda match: match[0] + names, content, count=1)
    return _MARK.sub(lambda match: blocks[int(match[1])], content)


def _add_lists(package: Package, draft: Draft) -> None:
    """Add the lists of the report to those of the file: definitions before all lists, as the schema wants them."""
    part = related(package.main, "numbering")
    if part is None:
        content = draft.numbering.write(draft.theme)
        package.main.relate("numbering", package.add("word/numbering.xml", "wordprocessingml.numbering", content))
        return
    root = tree(part)
    numbering = draft.numbering
    first = next(iter(root.findall(f"{W}num")), None)
    for element in etree.fromstring(f"<w:p {NAMESPACES}>{numbering.definitions(draft.theme)}</w:p>"):
        root.append(element) if first is None else first.addprevious(element)
    last = next(iter(root.findall(f"{W}num")[::-1]), root[-1])
    for element in reversed(list(etree.fromstring(f"<w:p {NAMESPACES}>{numbering.lists()}</w:p>"))):
        last.addnext(element)
    part.content = as_bytes(root)


class _Styles:
    """The file's styles, met by name, and those of the report that it lacks."""

    def __init__(self, package: Package, draft: Draft) -> None:
        self.package = package
        self.draft = draft
        self.part = related(package.main, "styles")
        self.root = etree.fromstring(f"<w:styles {NAMESPACES}/>") if self.part is None else tree(self.part)
        self.known = {
            key: style.get(f"{W}styleId", "") for style in self.root.findall(f"{W}style") for key in _keys(style)
        }
        variants = sorted(draft.variants.values(), key=lambda variant: variant.id)
        ours = etree.fromstring(write_styles(draft.theme, variants).encode())
        self.ours = {style.get(f"{W}styleId", ""): style for style in ours.findall(f"{W}style")}
        self.ids: dict[str, str] = {}
        self.missing: list[str] = []

    def renamed(self, content: str) -> str:
        """Return XML with the report's ids of styles replaced by those of the file."""
        return _STYLED.sub(lambda match: f'<w:{match[1]} w:val="{self.id(match[2])}"', content)

    def id(self, own: str) -> str:
        """Return the file's id for a style of the report, which is added when the file has none of its name."""
        if own not in self.ids:
            style = self.ours[own]
            found = next((self.known[key] for key in _names(style) if key in self.known), None)
            self.ids[own] = self.add_style(own, style) if found is None else found
        return self.ids[own]

    def add_style(self, own: str, style: etree._Element) -> str:
        """Add a style and what it rests on; return its id in the file.

        A variant of a style that the file has differs from that one by its place in the line alone.
        """
        added = deepcopy(style)
        variant = self.draft.variants.get(own)
        if variant and any(key in self.known for key in _names(self.ours[variant.root])):
            _keep_place_only(added, variant.root)
        elif not variant and _name(style) not in UNSEEN_STYLES:
            self.missing.append(_name(style))
        new = own if own not in self.known.values() else f"{own}Report"
        added.set(f"{W}styleId", new)
        self.ids[own] = new
        for name in ("basedOn", "next", "link"):
            reference = added.find(f"{W}{name}")
            if reference is None:
                continue
            target = reference.get(f"{W}val", "")
            if name == "basedOn":
                reference.set(f"{W}val", self.id(target))
            else:
                added.remove(reference)
        for numbered in added.findall(f"{W}pPr/{W}numPr"):
            drop(numbered)  # paragraphs name their list themselves
        self.root.append(added)
        return new

    def add(self) -> None:
        """Put the styles back where one was added."""
        if all(new in self.known.values() for new in self.ids.values()):
            return
        for its in list(self.package.main.rels.values()):
            if its.reltype == _STYLES_OF_WORD_2010:
                del self.package.main.rels[its.rId]  # it would be at odds with the styles; newer programs ignore it
        if self.part is None:
            self.part = self.package.add("word/styles.xml", "wordprocessingml.styles", b"")
            self.package.main.relate("styles", self.part)
        self.part.content = as_bytes(self.root)


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "")


def _keys(style: etree._Element) -> list[tuple[str, str]]:
    """Return the kind and names under which a style is known; Word tells no case in the names of its own styles."""
    aliases = style.find(f"{W}aliases")
    names = [_name(style), *("" if aliases is None else aliases.get(f"{W}val", "")).split(",")]
    return [(style.get(f"{W}type", "paragraph"), name.strip().lower()) for name in names if name.strip()]


def _names(style: etree._Element) -> list[tuple[str, str]]:
    """Return the kind and names under which a file may have a style of ours: some programs write the names of Word's
    own styles in Chinese."""
    keys = _keys(style)
    return keys + [(kind, local) for kind, name in keys for local in LOCAL_NAMES.get(name, ())]


def _keep_place_only(style: etree._Element, root: str) -> None:
    """Reduce a variant to alignment and indents on top of the style that it varies."""
    based = style.find(f"{W}basedOn")
    assert based is not None
    based.set(f"{W}val", root)
    for properties in style.findall(f"{W}rPr"):
        style.remove(properties)
    paragraph = style.find(f"{W}pPr")
    for each in [] if paragraph is None else list(paragraph):
        if each.tag not in {f"{W}jc", f"{W}ind", f"{W}keepNext"}:
            drop(each)
