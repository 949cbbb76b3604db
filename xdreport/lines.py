"""Lines: where Chinese text breaks and how a line is made full.

`break_lines` takes text in one or more faces and a measure, and gives lines of pieces with every adjustment
decided: which marks are squeezed, how far characters stand apart. It knows no page and no PDF. The rules are those
of GB/T 15834 for marks and of CLREQ for justification: no line begins with a closing mark or ends with an opening
one, a number keeps its sign, unit and 第…位, Latin words stay whole, what is too wide shrinks before it stretches.
All lengths are points. Values made in the hundred thousands are named tuples, the cheapest frozen ones.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from xdreport.document import Figure, Run
from xdreport.fonts import JOINED_DASH, LATIN_QUOTES, Faces
from xdreport.theme import Face
from xdreport.unit import BASES

# GB/T 15834: what may not begin a line, and what may not end one.
NOT_AT_START = frozenset("，、：；。．！？”’」』）］｝〕】〗〉》…—～·-/%％‰℃,.;:!?)]}\ufdd2\ufdd4" + JOINED_DASH)
NOT_AT_END = frozenset("“‘「『（［｛〔【〖〈《￥$/([{\ufdd1\ufdd3")

# Full-width marks whose ink is in one half of their square: the other half may go.
_RIGHT_BLANK = "，、：；。．！？”’」』）］｝〕】〗〉》"
_LEFT_BLANK = "“‘「『（［｛〔【〖〈《"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Between Han and Latin or digits, in em. CLREQ allows up to 1/4; but programs that take text out of a PDF read a gap
# of 1/10 as a space, and the text would no longer be the author's. With the digits' own margins this is seen.
GAP = 0.09
# Beyond this much between characters a line looks torn: it is left ragged instead.
_MOST_STRETCH = 0.5
# How much of its width a mark within the line may lose, in em.
_BRACKET_ROOM, _PAUSE_ROOM, _STOP_ROOM = 0.5, 0.25, 0.25
_EPSILON = 0.01
# Where a title may pause: after these, and not before those; what a break elsewhere costs, in squares of characters.
_PAUSING = frozenset("的和与及并在于、，：；》”）—")
_CLINGING = frozenset("的和与及了着过等")
_WITHIN, _AWKWARD = 12.0, 60.0
# Words of titles that no break parts, two characters each.
_WORDS = frozenset(
    re.findall(
        "..",
        "经济社会发展情况统计资料工作报告通报通知指标主要完成建设产业工业农业农村城乡生态环境文化旅游民生保障"
        "改革开放合作荣誉称号名录纪实运行分析简报公报快报全区全市全县全省季度年度上半半年时期管理服务"
        "项目投资财政收入消费就业教育卫生安全创新科技数字企业人口会议关于印发实施方案意见办法规划计划行动政府"
        "委员中心办公",
    )
)
# A line is torn that costs more than this (see `_cost`); the gaps of none open by more em, to spare another one.
_TORN = 0.15
_LOOSEST = 0.3
# Of a paragraph of more lines, pages of it, each line is made full by itself: the others' work grows with the square.
_MOST_EVENED = 200

_IGNORED = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_PAIR = re.compile(f"[{_RIGHT_BLANK}](?=[{_RIGHT_BLANK}{_LEFT_BLANK}])|[{_LEFT_BLANK}](?=[{_LEFT_BLANK}])")
_GAPS = re.compile(f"[{_HAN}](?=[A-Za-z0-9+±$])|[A-Za-z0-9%‰℃°+](?=[{_HAN}])")
# In text without these all characters follow each other evenly, as in most cells of a table.
_UNEVEN = re.compile(
    f"[^\x20-\x7e{_HAN}]|[{_HAN}][\x20-\x7e]|[\x20-\x7e][{_HAN}]",
)
_HAN_LETTER = re.compile(f"[{_HAN}]")
_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
# Between these nothing opens when a line stretches: words and numbers stay as they are, spaces between them open.
_LATIN_RUN = re.compile("[!-~\u00a1-\u024f\ufdd1-\ufdd4]{2,}")
_RIGID = re.compile(b"\1+")
_MARKS = re.compile(f"[{_RIGHT_BLANK}{_LEFT_BLANK}]")


def _unbreakable() -> re.Pattern[str]:
    """Return the pattern of what stays on one line, longer than one character."""
    units = "|".join(
        map(re.escape, sorted({*BASES, *"年月日时分秒号周元季度", "季度", "月份", "个百分点"}, key=len, reverse=True))
    )
    number = r"[+\-−±]?[$¥￥]?\d+(?:[,.:/]\d+)*"
    # 千米 is a unit before 千 is a multiple of 米.
    quantity = rf"{number}(?:[余多]?(?:{units})|[余多]?[百千万亿]*[余多]?(?:{units}|[A-Za-zμΩ]+|[%％‰℃])?)"
    ordinal = r"第[一二三四五六七八九十百零〇]+[位名届批次期季]?"
    word = r"[A-Za-z0-9]*[A-Za-z\u00c0-\u024f]+[A-Za-z0-9\u00c0-\u024f]*(?:[.\-/&'’\ufdd2+_@:][A-Za-z0-9]+)*\+?"
    solid = rf"(?:{word}|\d+月\d+日|第?{quantity}(?:[—～~–×\-]{quantity})*[位名]?|{ordinal}|…{{2,}})"
    opening, closing = (re.escape("".join(sorted(marks))) for marks in (NOT_AT_END, NOT_AT_START))
    # A minus sign belongs to its number and, as a mark that begins no line, to what stands before it.
    closing = rf"(?:(?!-\d)[{closing}])"
    return re.compile(
        rf"[{opening}]+(?:({solid})|\S(?=-\d)({solid})|\S){closing}*|(?:\S(?=-\d))?({solid}){closing}*|\S{closing}+"
    )


_UNBREAKABLE = _unbreakable()


class Pen(NamedTuple):
    """How characters are set: face, size in points, colour, and how far above the baseline they stand."""

    face: Face
    size: float
    colour: str = "000000"
    rise: float = 0.0


class Span(NamedTuple):
    """Text set with one pen; `run` is the run it prints, None for what the program adds (a mark, a number)."""

    text: str
    pen: Pen
    run: Run | None = None


class Piece(NamedTuple):
    """Characters that follow each other evenly: the pen moves by `shift`, then sets each with `spacing` after it."""

    text: str
    pen: Pen
    shift: float
    spacing: float
    run: Run | None


class Line(NamedTuple):
    """A line: its pieces, where it begins in the measure and how wide it is."""

    pieces: tuple[Piece, ...]
    x: float
    width: float

    @property
    def text(self) -> str:
        """Its characters as they are set."""
        return "".join(piece.text for piece in self.pieces)


def break_lines(
    spans: Iterable[Span],
    faces: Faces,
    measure: float,
    *,
    first: float = 0.0,
    rest: float = 0.0,
    align: str = "left",
    tracking: float = 0.0,
) -> list[Line]:
    """Return the lines of a paragraph; none for a paragraph without characters.

    `first` and `rest` are the indents of the first and the other lines, `align` is left, center, right or justify
    (the last line and a line before a forced break stay flush left), `tracking` is added after every character.
    A newline in the text forces a break.
    """
    spans = tuple(spans)
    if len(spans) == 1 and not tracking and not _UNEVEN.search(spans[0].text):
        text, pen, run = spans[0]
        width = sum(map(faces[pen.face].widths.__getitem__, text)) * pen.size
        if text and width <= measure - first + _EPSILON:
            slack = measure - first - width
            x = first + slack * {"center": 0.5, "right": 1.0}.get(align, 0.0)
            return [Line((Piece(text, pen, 0.0, 0.0, run),), x, width)]
    return _Paragraph(spans, faces, tracking).lines(measure, first, rest, align)


def balance(spans: Sequence[Span], faces: Faces, measure: float, *, align: str = "center") -> list[Line]:
    """Return the lines of a title: as few as the measure allows, of nearly equal length, and broken where its sense
    pauses (GB/T 9704-2012, 7.3.1). A newline in the text breaks it there."""
    return _Paragraph(spans, faces, 0.0).balanced(measure, align)


def clean(text: str, *, is_latin: bool = False) -> str:
    """Return the characters to set: 破折号 joined, tabs as spaces, without those that mark no paper; with the
    narrow quotation marks of Latin fonts where the text `is_latin`."""
    if text.isascii():
        return text.replace("\t", " ")
    if "——" in text:
        text = text.replace("——", JOINED_DASH)
    if is_latin:
        text = text.translate(LATIN_QUOTES)
    elif "’" in text:
        text = _APOSTROPHE.sub("\ufdd2", text)
    return _IGNORED.sub("", text).replace("\t", " ")


class _Paragraph:
    """A paragraph measured once: advances, where it may break, and what may give way."""

    def __init__(self, spans: Iterable[Span], faces: Faces, tracking: float) -> None:
        self.spans: list[Span] = []
        self.starts: list[int] = []
        self.tracking = tracking
        self.raw: list[float] = []
        texts: list[str] = []
        length = 0
        spans = tuple(spans)
        is_latin = not any(_HAN_LETTER.search(span.text) for span in spans)
        for span in spans:
            if text := clean(span.text, is_latin=is_latin):
                widths, size = faces[span.pen.face].widths, span.pen.size
                self.spans.append(span)
                self.starts.append(length)
                self.raw += [widths[character] * size for character in text]
                texts.append(text)
                length += len(text)
        self.text = "".join(texts)
        self._measure_gaps()
        self.is_grouped = False

    def _em(self, index: int) -> float:
        return self.spans[bisect_right(self.starts, index) - 1].pen.size

    def _is_full(self, index: int) -> bool:
        """True when the glyph takes a full square, so that half of it is blank beside a mark."""
        return self.raw[index] >= 0.9 * self._em(index)

    def _measure_gaps(self) -> None:
        """Set the advances, with adjacent marks squeezed (1.5 em for two) and gaps between Han and Latin."""
        self.gaps: dict[int, float] = {}
        if not self.text.isascii():
            for match in _PAIR.finditer(self.text):
                if self._is_full(match.start()):
                    self.gaps[match.start()] = -self._em(match.start()) / 2
            for match in _GAPS.finditer(self.text):
                self.gaps[match.start()] = self._em(match.start()) * GAP
            for start in self._raised():
                self.gaps.pop(start - 1, None)
        tracking = self.tracking
        advances = [width + tracking for width in self.raw] if tracking else list(self.raw)
        for index, gap in self.gaps.items():
            advances[index] += gap
        self.ends = list(accumulate(advances, initial=0.0))

    def _raised(self) -> list[int]:
        """Return where marks of footnotes begin: they stick to what they follow, without a gap."""
        return [start for start, span in zip(self.starts, self.spans, strict=True) if span.pen.rise]

    def _find_groups(self) -> None:
        """Set where no break may be, which gaps may not stretch, and how far each gap may shrink."""
        length = len(self.text)
        self.stuck, self.rigid = bytearray(length + 1), bytearray(length + 1)
        self.is_grouped = True
        for match in _UNBREAKABLE.finditer(self.text):
            start, end = match.span()
            self.stuck[start + 1 : end] = b"\1" * (end - start - 1)
            start, end = match.span(match.lastindex) if match.lastindex else (0, 0)
            if end - start > 1:
                self.rigid[start + 1 : end] = b"\1" * (end - start - 1)
        for match in _LATIN_RUN.finditer(self.text):
            start, end = match.span()
            self.rigid[start + 1 : end] = b"\1" * (end - start - 1)
        for start in self._raised():
            self.stuck[start] = start > 0
        room = [0.0] * length
        for match in _MARKS.finditer(self.text):
            index, mark = match.start(), match.group()
            if not self._is_full(index):
                continue
            opens = mark in _LEFT_BLANK
            at = index - 1 if opens else index
            if at < 0 or self.gaps.get(at, 0.0) < 0:
                continue
            share = _STOP_ROOM if mark in "。．？！" else _PAUSE_ROOM if mark in "，、；：" else _BRACKET_ROOM
            room[at] += share * self._em(index)
        for index, gap in self.gaps.items():
            if gap > 0:
                room[index] += gap
        self.room = room
        self.rooms = list(accumulate(room, initial=0.0))

    def _base(self, start: int) -> float:
        """Return where a line that begins at `start` is measured from: an opening mark loses its left half."""
        squeezed = self.text[start] in _LEFT_BLANK and self._is_full(start)
        return self.ends[start] + (self._em(start) / 2 if squeezed else 0.0)

    def _end(self, stop: int) -> float:
        """Return where a line that stops before `stop` ends: a closing mark loses its right half."""
        last = stop - 1
        half = self.text[last] in _RIGHT_BLANK and self._is_full(last)
        return self.ends[last] + self.tracking + (self.raw[last] - self._em(last) / 2 if half else self.raw[last])

    def lines(self, measure: float, first: float, rest: float, align: str) -> list[Line]:
        """Return the lines for a measure."""
        if not self.text:
            return []
        whole = self._end(len(self.text)) - self._base(0)
        if whole <= measure - first + _EPSILON and "\n" not in self.text:
            return [self._line(0, len(self.text), measure, first, align, is_last=True)]
        if not self.is_grouped:
            self._find_groups()
        lines = []
        start, indent = 0, first
        for stop in self._paragraph_ends():
            breaks = self._greedy(start, stop, measure - indent, measure - rest)
            if align == "justify" and 2 < len(breaks) <= _MOST_EVENED:
                breaks = self._evened(breaks, stop, measure - indent, measure - rest)
            for begin, end in breaks:
                trimmed = self._trimmed(begin, end)
                lines.append(self._line(begin, trimmed, measure, indent, align, is_last=end == stop))
                indent = rest
            start = stop + 1
        return lines

    def _greedy(self, start: int, stop: int, first: float, rest: float) -> list[tuple[int, int]]:
        """Return where lines begin and stop when each takes as much as it can."""
        breaks: list[tuple[int, int]] = []
        while start < stop:
            end = self._next(start, stop, rest if breaks else first)
            breaks.append((start, end))
            start = self._after_spaces(end, stop)
        return breaks

    def _after_spaces(self, start: int, stop: int) -> int:
        while start < stop and self.text[start] == " ":
            start += 1
        return start

    def _trimmed(self, start: int, end: int) -> int:
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return end

    def _evened(self, breaks: list[tuple[int, int]], stop: int, first: float, rest: float) -> list[tuple[int, int]]:
        """Return the breaks that leave no line torn where others could give way, those given when all are well.

        Of all ways to break the paragraph into as many lines, the one whose lines differ least from their natural
        width wins (D. E. Knuth, M. F. Plass: Breaking Paragraphs into Lines, 1981, 1119 ff.).
        """
        limits = [first, *(rest for _ in breaks[1:])]
        costs = [self._cost(*ends, limit) for ends, limit in zip(breaks[:-1], limits, strict=False)]
        if max(costs) <= _TORN:
            return breaks
        count = len(breaks)
        # For each line and place where it may begin: the least cost up to there, and where the lines before it begin.
        reached: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {breaks[0][0]: (0.0, ())}
        for number in range(count - 1):
            limit = limits[number]
            ahead: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
            for begin, (sum_, before) in reached.items():
                for end in self._ends(begin, stop, limit):
                    cost = sum_ + self._cost(begin, end, limit)
                    place = self._after_spaces(end, stop)
                    if place < stop and cost < ahead.get(place, (math.inf,))[0]:
                        ahead[place] = (cost, (*before, (begin, end)))
            reached = ahead
        lasts = [
            (cost, (*before, (begin, stop)))
            for begin, (cost, before) in reached.items()
            if self._end(stop) - self._base(begin) <= rest + _EPSILON and not self._is_lonely(begin, stop)
        ]
        best = min(lasts, default=(math.inf, ()))
        return list(best[1]) if best[0] < sum(costs) else breaks

    def _ends(self, begin: int, stop: int, limit: float) -> Iterator[int]:
        """Generate where a line may stop so that it is squeezed or stretched no more than looks well."""
        base = self._base(begin)
        fit = max(begin + 1, min(stop, bisect_right(self.ends, base + limit + _EPSILON) + 1))
        end = self._break_after(fit - 1, stop) if fit < stop else stop
        while end > begin:
            if not self.stuck[end] and end < stop:
                excess = self._end(self._trimmed(begin, end)) - base - limit
                if excess < -_LOOSEST * (end - begin) * self._em(begin):
                    return
                if excess <= self._room(begin, end) + _EPSILON:
                    yield end
            end -= 1

    def _cost(self, begin: int, end: int, limit: float) -> float:
        """Return how far a line is from its natural width: 1 where its gaps open by a tenth of a character."""
        end = self._trimmed(begin, end)
        slack = limit - (self._end(end) - self._base(begin))
        if slack < 0:
            return 0.3 * (slack / max(self._room(begin, end), _EPSILON)) ** 2
        free = end - begin - 1 - self.rigid.count(1, begin + 1, end)
        return (10 * slack / (max(1, free) * self._em(begin))) ** 3

    def balanced(self, measure: float, align: str) -> list[Line]:
        """Return the lines of a title."""
        if not self.text:
            return []
        self._find_groups()
        lines = []
        start = 0
        for stop in self._paragraph_ends():
            for begin, end in self._shaped(start, stop, measure):
                line = self._line(begin, self._trimmed(begin, end), measure, 0.0, align, is_last=True)
                lines.append(line)
            start = stop + 1
        return lines

    def _shaped(self, start: int, stop: int, measure: float) -> Iterable[tuple[int, int]]:
        """Return the breaks of a title whose lines differ least in length, at seams rather than within words."""
        greedy = self._greedy(start, stop, measure, measure)
        if len(greedy) < 2:
            return greedy
        mean = sum(self._end(end) - self._base(begin) for begin, end in greedy) / len(greedy)
        reached: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {start: (0.0, ())}
        for number in range(len(greedy)):
            ahead: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
            for begin, (sum_, before) in reached.items():
                is_last = number == len(greedy) - 1
                for end in (stop,) if is_last else range(begin + 1, stop):
                    width = self._end(self._trimmed(begin, end)) - self._base(begin)
                    if width > measure + _EPSILON or self.stuck[end]:
                        continue
                    cost = sum_ + ((width - mean) / self._em(begin)) ** 2 + (0.0 if is_last else self._seam(end))
                    place = self._after_spaces(end, stop)
                    if cost < ahead.get(place, (math.inf,))[0]:
                        ahead[place] = (cost, (*before, (begin, end)))
            reached = ahead
        return reached[stop][1] if stop in reached else greedy

    def _seam(self, index: int) -> float:
        """Return how bad a title's break before a character is: not at all between runs and after a pause, very bad
        within a word or a period's name."""
        before, after = self.text[index - 1], self.text[index]
        is_inside = (
            isinstance(self.spans[bisect_right(self.starts, index) - 1].run, Figure) and index not in self.starts
        )
        if is_inside or after in _CLINGING or before + after in _WORDS:
            return _AWKWARD
        is_pause = before in _PAUSING or after in "关“《（" or before == " " or index in self.starts
        return 0.0 if is_pause else _WITHIN

    def _paragraph_ends(self) -> list[int]:
        return [index for index, character in enumerate(self.text) if character == "\n"] + [len(self.text)]

    def _next(self, start: int, stop: int, limit: float) -> int:
        """Return where the line that begins at `start` stops."""
        base = self._base(start)
        if self._end(stop) - base <= limit + _EPSILON:
            return stop
        # The furthest character that fits, a closing mark counted as half.
        fit = min(stop, bisect_right(self.ends, base + limit + _EPSILON) + 1)
        while fit > start + 1 and self._end(fit) - base > limit + _EPSILON:
            fit -= 1
        end = self._break_before(start, fit)
        if end is None:
            return self._split(start, max(fit, start + 1))
        after = self._break_after(end, stop)
        excess = self._end(after) - base - limit
        slack = limit - (self._end(end) - base)
        if excess < slack and excess <= self._room(start, after) + _EPSILON:
            end = after
        if end < stop and self._is_lonely(end, stop):
            earlier = self._break_before(start, end - 1)
            end = earlier if earlier is not None and earlier > (start + end) // 2 else end
        return end

    def _break_before(self, start: int, index: int) -> int | None:
        """Return the last place at or before `index` where a line may end, None when there is none after `start`."""
        while index > start:
            if not self.stuck[index]:
                return index
            index -= 1
        return None

    def _break_after(self, index: int, stop: int) -> int:
        index += 1
        while index < stop and self.stuck[index]:
            index += 1
        return min(index, stop)

    def _split(self, start: int, fit: int) -> int:
        """Return where to split a group that is wider than the line: after a Han character, else where no number ends,
        else where it must, within a number last."""
        best, least = fit, 4
        for index in range(fit, start, -1):
            before, after = self.text[index - 1], self.text[index : index + 1]
            if before in NOT_AT_END or after in NOT_AT_START:
                continue
            is_number, goes_on = before.isdigit() or before in ".,", after.isdigit()
            harm = 0 if "\u3400" <= before <= "\u9fff" else 3 if is_number and goes_on else 2 if is_number else 1
            if harm < least:
                best, least = index, harm
        return best

    def _is_lonely(self, start: int, stop: int) -> bool:
        """Return whether a line would have fewer than two characters that are no closing marks."""
        return len(list(islice((index for index in range(start, stop) if self.text[index] not in NOT_AT_START), 2))) < 2

    def _room(self, start: int, stop: int) -> float:
        """Return how much the gaps of a line may shrink."""
        return self.rooms[stop - 1] - self.rooms[start]

    def _line(self, start: int, stop: int, measure: float, indent: float, align: str, *, is_last: bool) -> Line:
        limit = measure - indent
        base = self._base(start)
        width = self._end(stop) - base
        changes = {index: gap for index, gap in self.gaps.items() if start <= index < stop - 1} if self.gaps else {}
        stretch = 0.0
        if width > limit + _EPSILON and self.is_grouped:
            self._shrink(start, stop, width - limit, changes)
            width = min(width, max(limit, width - self._room(start, stop)))
        elif align == "justify" and not is_last and self.is_grouped:
            stretch = self._stretch(start, stop, limit - width, changes)
            width = limit if stretch else width
        x = indent
        if align == "center":
            x += (limit - width) / 2
        elif align == "right":
            x += limit - width
        return Line(self._pieces(start, stop, stretch, changes, self.ends[start] - base), x, width)

    def _stretch(self, start: int, stop: int, slack: float, changes: dict[int, float]) -> float:
        """Return how far the gaps between characters open so that a line is full, 0 where it would look torn.

        Numbers and words do not open. Gaps between Han and Latin do so only once the others are as wide.
        """
        em = self._em(start)
        latin = [index for index, gap in changes.items() if gap > 0 and not self.rigid[index + 1]]
        free = stop - start - 1 - self.rigid.count(1, start + 1, stop)
        if free > len(latin) and slack / (free - len(latin)) <= GAP * em:
            stretch = slack / (free - len(latin))
        else:
            stretch = (slack + sum(changes[index] for index in latin)) / free if free else 0.0
        if not _EPSILON / 10 < stretch <= _MOST_STRETCH * em:
            return 0.0
        for index in latin:
            changes[index] = max(0.0, changes[index] - stretch)
        return stretch

    def _shrink(self, start: int, stop: int, excess: float, changes: dict[int, float]) -> None:
        """Take `excess` from the gaps that may give way: brackets, then pauses, then Han–Latin gaps, then stops."""
        order: dict[int, list[int]] = {}
        for index in range(start, stop - 1):
            if self.room[index] > 0:
                order.setdefault(self._rank(index), []).append(index)
        for rank in sorted(order):
            available = sum(self.room[index] for index in order[rank])
            share = min(1.0, excess / available)
            for index in order[rank]:
                changes[index] = changes.get(index, 0.0) - self.room[index] * share
            excess -= available * share
            if excess <= _EPSILON:
                return

    def _rank(self, index: int) -> int:
        if self.gaps.get(index, 0.0) > 0:
            return 2
        mark = self.text[index]
        return 3 if mark in "。．？！" else 1 if mark in "，、；：" else 0

    def _pieces(
        self, start: int, stop: int, stretch: float, changes: Mapping[int, float], shift: float
    ) -> tuple[Piece, ...]:
        """Return the pieces of a line: cut where the pen changes, a gap differs, or a number does not stretch."""
        spans, starts = self.spans, self.starts
        number = bisect_right(starts, start) - 1
        if not changes and not stretch and (number + 1 == len(starts) or starts[number + 1] >= stop):
            span = spans[number]
            return (Piece(self.text[start:stop], span.pen, shift, self.tracking, span.run),)
        cuts = {stop, *(index + 1 for index in changes)}
        cuts.update(starts[number + 1 : bisect_left(starts, stop)])
        rigid = self.rigid if stretch else b""
        for match in _RIGID.finditer(rigid, start + 1, stop) if stretch else ():
            cuts.update((match.start() - 1, match.end()))
        pieces = []
        begin = start
        for cut in sorted(cut for cut in cuts if start < cut <= stop):
            while number + 1 < len(starts) and starts[number + 1] <= begin:
                number += 1
            is_rigid = bool(rigid) and cut - begin > 1 and bool(rigid[begin + 1])
            spacing = self.tracking + (0.0 if is_rigid else stretch)
            pieces.append(Piece(self.text[begin:cut], spans[number].pen, shift, spacing, spans[number].run))
            wanted = self.tracking + (0.0 if rigid and cut < stop and rigid[cut] else stretch)
            shift = changes.get(cut - 1, 0.0) + wanted - spacing
            begin = cut
        return tuple(pieces)
