"""A document as it comes back from those who edited it: its passages, and where each figure of its ledger stands now.

In a Word file a figure is found by its hidden bookmark; where an editor has destroyed that, by the words that stood
round it, or those that head its row and column. A point of a chart is what the chart shows for it. In a PDF a figure
stands where the ledger says. A document of somebody else has passages alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from xdreport import ledger
from xdreport.findings import Environment, Failed, Finding, Place, Severity, Unusable
from xdreport.ledger import Ledger, Record
from xdreport.package import Package, Part
from xdreport.readers import records
from xdreport.word import NAMES, Line, Span, Story, W, points, spans, stories, tree

MARK = "_xd_"
_C = f"{{{NAMES['c']}}}"
_PLACE = re.compile(r"^(?:(.*), )?table (\d+), row (\d+), cell (\d+), paragraph \d+$")
_LONGEST = 40  # characters that somebody may have put in place of a figure
_LEAST = 4  # characters of its neighbours that must stand there to find it again


class Found(StrEnum):
    """How a figure was found in a document that somebody has edited."""

    MARKED = "marked"
    CONTEXT = "context"
    CHART = "chart"
    BOX = "box"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a cell: where it stands, in words, and its characters.

    `label` heads its row and `head` its column, where it is a cell; `title` is what stands above the table.
    """

    place: str
    text: str
    label: str = ""
    head: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure of the ledger in the document: its characters from `start` to before `stop` of a passage.

    `passage` is -1 for one that is in none: a point of a chart, or a figure that was not found. `text` is what is
    printed now.
    """

    record: Record
    found: Found
    text: str = ""
    passage: int = -1
    start: int = 0
    stop: int = 0
    place: str = ""
    is_pending: bool = False
    others: tuple[tuple[int, int, int], ...] = ()
    """Passage, start and stop of its other pieces, where it is broken over columns."""


@dataclass(frozen=True)
class Edited:
    """A document that was read back. `ledger` is None where xdreport did not make it, or the records are lost."""

    path: Path
    format: str
    content: bytes
    ledger: Ledger | None
    passages: tuple[Passage, ...]
    standings: tuple[Standing, ...] = ()
    findings: tuple[Finding, ...] = ()
    body: int = 0
    """How many of the passages are of the body; headers, footers and notes follow."""

    @cached_property
    def live(self) -> dict[int, list[Standing]]:
        """The figures that stand in each passage, in the order of their characters."""
        found: dict[int, list[Standing]] = {}
        for standing in sorted(self.standings, key=lambda it: (it.passage, it.start)):
            if standing.passage >= 0:
                found.setdefault(standing.passage, []).append(standing)
        return found

    @cached_property
    def spans(self) -> dict[int, list[tuple[int, int]]]:
        """The characters of each passage that belong to a live figure."""
        found: dict[int, list[tuple[int, int]]] = {}
        for it in self.standings:
            for number, start, stop in ((it.passage, it.start, it.stop), *it.others):
                if number >= 0:
                    found.setdefault(number, []).append((start, stop))
        return found


def read(path: Path) -> Edited:
    """Return the document of a file, Word or PDF.

    Raise `Unusable` for a file that there is not or that is neither, `Failed` for one that is damaged.
    """
    content = content_of(path)
    if content.startswith(b"%PDF"):
        return _pdf(path, content)
    if content.startswith(b"PK"):
        return _docx(path, content)
    finding = Finding("document.kind", "the file cannot be read", Place(str(path)), None, "a Word document or a PDF")
    raise Unusable([finding])


def content_of(path: Path) -> bytes:
    """Return the bytes of a file that the user names; raise `Unusable` where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        hint = "name a Word document or a PDF"
        raise Unusable([Finding("document.missing", "there is no such file", None, str(path), hint=hint)]) from None
    except OSError as error:
        finding = Finding("environment.refused", f"the machine refuses: {error.strerror}", Place(str(path)))
        raise Environment(finding) from None


def ledger_of(path: Path) -> Ledger:
    """Return the ledger of a file: a ledger's own, or the one that a Word file or a PDF carries.

    Raise `Unusable` for a file without one, `Failed` for one that is damaged.
    """
    content = content_of(path)
    try:
        if content.startswith(b"PK"):
            found = _records(Package.read(content))
        elif content.startswith(b"%PDF"):
            from xdreport.readers.pdf import Pdf

            attached = Pdf.read(content).ledger()
            found = None if attached is None else ledger.parse(attached)
        else:
            found = ledger.parse(content)
    except ValueError as error:
        raise Failed([_damaged(path, error)]) from None
    if found is None:
        raise Unusable([_without_ledger(path)])
    return found


def ledger_in(document: Edited) -> Ledger:
    """Return the ledger that a document carries; raise `Unusable` where it carries none."""
    if document.ledger is None:
        raise Unusable([*document.findings, _without_ledger(document.path)])
    return document.ledger


def _without_ledger(path: Path) -> Finding:
    hint = "only documents that xdreport built carry one; a PDF built with --no-attachment does not"
    return Finding("document.ledger", "the document carries no ledger", Place(str(path)), hint=hint)


def _damaged(path: Path, error: ValueError) -> Finding:
    return Finding("document.damaged", "the file cannot be read", Place(str(path)), None, str(error.args[0]))


def _records(package: Package) -> Ledger | None:
    root = records.read(package)
    return None if root is None else ledger.from_records(root)


# -- Word -------------------------------------------------------------------------------------------------------------


def _docx(path: Path, content: bytes) -> Edited:
    try:
        package = Package.read(content)
        texts = list(stories(package))
    except ValueError as error:
        raise Failed([_damaged(path, error)]) from None
    findings: list[Finding] = []
    try:
        its = _records(package)
    except ValueError as error:
        findings.append(_damaged(path, error))
        its = None
    passages: list[Passage] = []
    marked: dict[str, tuple[int, Span]] = {}
    pending = body = 0
    for story in texts:
        lines = list(story.lines())
        for name, span in spans(lines, MARK).items():
            marked.setdefault(name, (len(passages) + span.line, span))
        passages += _passages(lines)
        body = body or len(passages)
        pending += sum(1 for _ in story.root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"))
    if pending:
        message = "tracked changes are pending: the text is read as if they were accepted"
        findings.append(Finding("document.pending", message, Place(str(path)), f"{pending}", severity=Severity.NOTE))
    standings = tuple(_standings(its, passages, marked, _charts(texts[0]))) if its else ()
    return Edited(path, "docx", content, its, tuple(passages), standings, tuple(findings), body)


def _passages(lines: list[Line]) -> Iterator[Passage]:
    """Generate a story's paragraphs, those of a table with the words that head their row and column."""
    cells: dict[tuple[str, int, int], str] = {}
    for line in lines:
        if at := _PLACE.match(line.place):
            key = (f"{at[1]}{at[2]}", int(at[3]), int(at[4]))
            cells[key] = cells.get(key, "") + line.text
    widths = Counter((table, row) for table, row, _ in cells)
    above = ""
    title, table_now = "", ""
    for line in lines:
        at = _PLACE.match(line.place)
        if not at:
            above = line.text.strip() or above
            yield Passage(line.place, "" if line.is_copy else line.text)
            continue
        table, row, cell = f"{at[1]}{at[2]}", int(at[3]), int(at[4])
        if table != table_now:
            title, table_now = above, table
        heads = [number for number in (1, 2) if widths[table, number] == widths[table, row] and number < row]
        head = cells.get((table, heads[0], cell), "") if heads else ""
        label = cells.get((table, row, 1), "") if cell > 1 else ""
        where = re.sub(r", paragraph 1$", "", line.place)
        yield Passage(where, "" if line.is_copy else line.text, label.strip(), head.strip(), title)


def _standings(
    its: Ledger, passages: list[Passage], marked: dict[str, tuple[int, Span]], charts: dict[str, dict[str, str]]
) -> Iterator[Standing]:
    """Generate where each figure stands now; those without a bookmark are looked for where no other figure is."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for record in its.records:
        if not record.cell and record.mark in marked:
            number, span = marked[record.mark]
            taken.setdefault(number, []).append((span.start, span.stop))
    for record in its.records:
        if record.cell:
            yield _point(record, charts)
            continue
        if record.mark in marked:
            number, span = marked[record.mark]
            text = passages[number].text[span.start : span.stop]
            if text:
                yield Standing(
                    record, Found.MARKED, text, number, span.start, span.stop, passages[number].place, span.is_pending
                )
                continue
        if found := _again(record, passages, taken):
            number, start, stop = found
            taken.setdefault(number, []).append((start, stop))
            text = passages[number].text[start:stop]
            yield Standing(record, Found.CONTEXT, text, number, start, stop, passages[number].place)
        else:
            yield Standing(record, Found.LOST)


def _point(record: Record, charts: dict[str, dict[str, str]]) -> Standing:
    """Return what a chart shows for a figure; a bookmark of a chart belongs to all of its points.

    Office programs keep a number without its last noughts: 365 is the 365.0 of the ledger.
    """
    for mark, shown in charts.items():
        if mark == record.mark and record.cell in shown:
            number = shown[record.cell]
            text = record.value if is_number(number, record.value) else number
            return Standing(record, Found.CHART, text, place=f"chart, cell {record.cell}")
    return Standing(record, Found.LOST)


def is_number(shown: str, value: str) -> bool:
    """Return whether what a chart shows is a number, however many noughts it ends in."""
    try:
        return Decimal(shown) == Decimal(value)
    except InvalidOperation:
        return False


def _charts(body: Story) -> dict[str, dict[str, str]]:
    """Return for each bookmark round a chart what the chart shows, by the cell of its workbook."""
    found: dict[str, dict[str, str]] = {}
    for chart in body.root.iter(f"{_C}chart"):
        paragraph = next(chart.iterancestors(f"{W}p"), None)
        key = chart.get(f"{{{NAMES['r']}}}id", "")
        part = body.part.rels[key].target_part if key in body.part.rels else None
        if paragraph is None or not isinstance(part, Part):
            continue
        names = [mark.get(f"{W}name", "") for mark in paragraph.iter(f"{W}bookmarkStart")]
        for name in names:
            if name.startswith(MARK):
                found[name] = {cell: point.findtext(f"{_C}v", "") for cell, point, _ in points(tree(part))}
    return found


def _again(
    record: Record, passages: list[Passage], taken: dict[int, list[tuple[int, int]]]
) -> tuple[int, int, int] | None:
    """Return passage, start and stop of what stands where a figure stood; None where nothing or too much is like it."""
    if record.row or record.column:
        return _cell_again(record, passages, taken)
    best: list[tuple[int, tuple[int, int, int]]] = []
    for number, passage in enumerate(passages):
        for score, start, stop in _between(record, passage.text):
            if not any(start < end and begin < stop for begin, end in taken.get(number, ())):
                best.append((score, (number, start, stop)))
    best.sort(key=lambda it: -it[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0] and best[0][1] != best[1][1]):
        same = {passages[number].text[start:stop] for score, (number, start, stop) in best if score == best[0][0]}
        return best[0][1] if best and same == {record.text} and record.before + record.after else None
    return best[0][1]


def _between(record: Record, text: str) -> Iterator[tuple[int, int, int]]:
    """Generate score, start and stop of what stands between the neighbours of a figure, or parts of them."""
    before, after = record.before, record.after
    for left in dict.fromkeys((len(before), 8, 6, 4, 2, 0)):
        for right in dict.fromkeys((len(after), 8, 6, 4, 2, 0)):
            if left > len(before) or right > len(after) or left + right < min(_LEAST, len(before) + len(after)):
                continue
            head, tail = before[len(before) - left :], after[:right]
            for match in re.finditer(re.escape(head) if head else "^", text):
                start = match.end()
                stop = text.find(tail, start) if tail else (len(text) if not after else -1)
                if not tail and after:
                    stop = _number_end(text, start)
                if not head and before and tail:
                    start = _number_start(text, stop)
                if 0 <= start < stop <= start + max(_LONGEST, len(record.text) + 10):
                    shown = text[start:stop]
                    if _is_alike(shown, record):
                        yield left + right + 20 * (shown == record.text), start, stop


def _is_alike(shown: str, record: Record) -> bool:
    """Return whether characters can be what somebody typed in place of a figure: a number where there was one."""
    return bool(re.search(r"\d", shown)) == bool(re.search(r"\d", record.text)) and "。" not in shown


def _number_end(text: str, start: int) -> int:
    match = re.compile(r"[^，。；、！？：\n]{1,40}").match(text, start)
    return match.end() if match else -1


def _number_start(text: str, stop: int) -> int:
    match = re.search(r"[^，。；、！？：\n]{1,40}$", text[:stop]) if stop > 0 else None
    return match.start() if match else -1


def _cell_again(
    record: Record, passages: list[Passage], taken: dict[int, list[tuple[int, int]]]
) -> tuple[int, int, int] | None:
    """Return where the figure of a row and column stands: the whole cell, or the part of it that was the figure."""
    for number, passage in enumerate(passages):
        if passage.label != record.row.strip() or passage.head != record.column.strip() or not passage.text.strip():
            continue
        free = [part for part in _parts(passage.text) if part not in taken.get(number, [])]
        if record.order and len(free) >= 1:
            index = min(record.order - 1, len(free) - 1)
            start, stop = free[index]
            return number, start, stop
    return None


def _parts(text: str) -> list[tuple[int, int]]:
    """Return where the parts of a cell stand, which ； parts."""
    return [match.span() for match in re.finditer("[^；]+", text)]


# -- PDF --------------------------------------------------------------------------------------------------------------


def _pdf(path: Path, content: bytes) -> Edited:
    from xdreport.readers.pdf import Paragraph, Pdf

    try:
        pdf = Pdf.read(content)
        attached = pdf.ledger()
        paragraphs = pdf.paragraphs()
    except ValueError as error:
        raise Failed([_damaged(path, error)]) from None
    findings: list[Finding] = []
    its: Ledger | None = None
    if attached is not None:
        try:
            its = ledger.parse(attached)
        except ValueError as error:
            findings.append(_damaged(path, error))
    starts: list[int] = []
    passages: list[Passage] = []
    origins: list[tuple[int, Paragraph]] = []
    for number, paragraph in enumerate(paragraphs):
        cells = list(_cells(paragraph.text))
        for start, text in cells:
            starts.append(start)
            origins.append((number, paragraph))
            where = f"page {paragraph.page}, line {paragraph.line}"
            passages.append(Passage(where, text, cells[0][1] if start else ""))
    passages = list(_headed(passages, origins))
    standings = []
    for record in its.records if its else ():
        standings.append(_boxed(record, passages, starts, origins))
    return Edited(path, "pdf", content, its, tuple(passages), tuple(standings), tuple(findings))


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Generate the cells of a paragraph, each with where it begins."""
    start = 0
    for cell in text.split("\t"):
        if cell:
            yield start, cell
        start += len(cell) + 1


def _headed(passages: list[Passage], origins: Sequence[tuple[int, object]]) -> Iterator[Passage]:
    """Generate the passages, those of a table with the words at the head of their column and above the table."""
    rows: list[list[Passage]] = []
    last = -1
    for passage, (number, _) in zip(passages, origins, strict=True):
        if number != last:
            rows.append([])
            last = number
        rows[-1].append(passage)
    head: list[str] = []
    title = above = ""
    for row in rows:
        if len(row) == 1:
            above = row[0].text
            head = head if len(row[0].text) < 12 else []
            yield row[0]
            continue
        if not head or (len(row) != len(head) and not re.search(r"\d", "".join(it.text for it in row))):
            head, title = [it.text for it in row], above
        for position, it in enumerate(row):
            its_head = head[position] if len(row) == len(head) and it.text != head[position] else ""
            yield Passage(it.place, it.text, it.label, its_head, title)


def _boxed(
    record: Record, passages: list[Passage], starts: list[int], origins: Sequence[tuple[int, object]]
) -> Standing:
    """Return what stands in the boxes of a figure, box by box."""
    from xdreport.readers.pdf import Paragraph

    pieces: list[tuple[int, int, int]] = []
    for box in record.boxes:
        for number, (_, origin) in enumerate(origins):
            assert isinstance(origin, Paragraph)
            if not origin.characters[0].box.page <= box.page <= origin.characters[-1].box.page:
                continue
            first = starts[number]
            shown = origin.characters[first : first + len(passages[number].text)]
            inside = [
                index
                for index, one in enumerate(shown)
                if one.box.page == box.page
                and box.left - 0.5 <= (one.box.left + one.box.right) / 2 <= box.right + 0.5
                and box.bottom - 1 <= one.middle <= box.top + 1
            ]
            if inside:
                pieces.append((number, inside[0], inside[-1] + 1))
    if not pieces:
        return Standing(record, Found.LOST)
    merged = [pieces[0]]
    for number, start, stop in pieces[1:]:
        last, begin, end = merged[-1]
        if number == last and start <= end:
            merged[-1] = (last, begin, max(end, stop))
        else:
            merged.append((number, start, stop))
    text = "".join(passages[number].text[start:stop] for number, start, stop in merged)
    number, start, stop = merged[0]
    if len(merged) == 1 and text != record.text and record.text in text:  # a mark beside it is set half into it
        start += text.index(record.text)
        stop, text = start + len(record.text), record.text
    place = passages[number].place
    return Standing(record, Found.BOX, text, number, start, stop, place, others=tuple(merged[1:]))
