"""Where the tables of a sheet stand, and what names their columns and rows have: heads of up to four rows, merged or
not, names with their indents, captions above, notes below.

Nothing here knows what a figure means. A place is a row and a column of the sheet, counted from 0.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from xdreport import labels, timewords
from xdreport.grid import EMPTY, Cell, Sheet
from xdreport.labels import Label, Path
from xdreport.timewords import When

DEEPEST = 4  # rows of a head
_NOTE = re.compile(
    r"[(（\s]*(?:附?注(?:释|解)?\s*\d*\s*[:：.、]|(?:资料|数据)?来源\s*[:：]|(?:补充)?说明\s*[:：]|备注\s*[:：]|note\s*[:：])",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"(?:制表|填表|填报|审核|复核|单位负责|统计负责|联系)(?:人|单位|日期|时间|电话)?\s*[:：]|—+\s*\d+\s*—+$"
)
_MARKED_NOTE = re.compile(rf"\s*({labels.MARK}|\[\d+\])\s*(?:[:：、.]\s*)?(\S.*)")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_SERIALS = frozenset(["序号", "编号", "代码", "行次"])
_COLUMN_NAMES = frozenset("甲乙丙丁")
# Rows that say something of the row above them.
_MEASURES = frozenset(
    ["增长", "增速", "增幅", "同比", "同比增长", "同比增速", "比上年增长", "比上年同期增长", "比上年同期增减",
     "同比增减", "环比", "环比增长", "增减", "增减幅度", "位次", "排名", "名次", "占比", "比重", "完成率", "完成进度"]
)  # fmt: skip


@dataclass(frozen=True)
class Surface:
    """A sheet as it is read: its rows and columns without those hidden, unless these are read too."""

    sheet: Sheet
    reads_hidden: bool = False

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that are read."""
        hidden = frozenset() if self.reads_hidden else self.sheet.hidden_rows
        return tuple(row for row in range(len(self.sheet.rows)) if row not in hidden)

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The columns that are read."""
        hidden = frozenset() if self.reads_hidden else self.sheet.hidden_columns
        return tuple(column for column in range(self.sheet.width) if column not in hidden)

    @cached_property
    def _first(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first cell of the merged range that a cell lies in."""
        found = {}
        for span in self.sheet.merged:
            for row in range(span.top, min(span.bottom, len(self.sheet.rows) - 1) + 1):
                for column in range(span.left, min(span.right, self.sheet.width - 1) + 1):
                    found[row, column] = (span.top, span.left)
        return found

    @cached_property
    def _ends(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {(span.top, span.left): (span.bottom, span.right) for span in self.sheet.merged}

    def first(self, row: int, column: int) -> tuple[int, int]:
        """Return the first cell of the merged range of a cell, itself where there is none."""
        return self._first.get((row, column), (row, column))

    def end(self, row: int, column: int) -> tuple[int, int]:
        """Return the last cell of the merged range of a cell, itself where there is none."""
        return self._ends.get(self.first(row, column), (row, column))

    def own(self, row: int, column: int) -> Cell:
        """Return the cell that stands there itself, empty where it is merged into another."""
        line = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        return line[column] if column < len(line) else EMPTY

    def words(self, row: int, column: int) -> str:
        """Return what a cell, or the merged range it lies in, says."""
        cell = self.own(*self.first(row, column))
        return cell.value if cell.is_text and isinstance(cell.value, str) else cell.shown

    def is_blank(self, row: int, columns: Iterable[int]) -> bool:
        """Return whether nothing stands in a row in these columns."""
        return all(self.own(row, column).is_empty for column in columns)


@dataclass(frozen=True)
class Column:
    """A column with the labels of its head, the outer first, and the cell of the innermost."""

    index: int
    labels: tuple[Label, ...]
    place: tuple[int, int]

    @cached_property
    def path(self) -> Path:
        """What the head is compared by."""
        return labels.keys(self.labels)

    @cached_property
    def unit(self) -> str:
        """The unit in the head, the innermost one, as it is written."""
        return next((label.unit for label in reversed(self.labels) if label.unit), "")

    def when(self) -> When | None:
        """Return the time that the head names; raise ValueError where it names two."""
        return timewords.joined(label.when for label in self.labels if label.when)

    @property
    def text(self) -> str:
        """The head as a person reads it."""
        return " > ".join(re.sub(r"\s+", " ", label.text) for label in self.labels) or "(no head)"


@dataclass(frozen=True)
class Row:
    """A row with its name below those above it, the cell of the name and the unit in its 单位 column."""

    index: int
    labels: tuple[Label, ...]
    place: tuple[int, int]
    unit_said: str = ""

    @cached_property
    def path(self) -> Path:
        """What the name is compared by."""
        return labels.keys(self.labels)

    @property
    def unit(self) -> str:
        """The unit of the 单位 column, else that in the name, as it is written."""
        return self.unit_said or (self.labels[-1].unit if self.labels else "")

    @property
    def when(self) -> When | None:
        """The time that the name says."""
        return self.labels[-1].when if self.labels else None

    @property
    def text(self) -> str:
        """The name as a person reads it."""
        return " > ".join(re.sub(r"\s+", " ", label.text) for label in self.labels)


@dataclass(frozen=True)
class Head:
    """The head of a table: positions `top`..`bottom` among the rows that are read, its columns of names, that of units,
    those that only count the rows, and all others."""

    surface: Surface
    top: int
    bottom: int
    stubs: tuple[int, ...]
    unit: int | None
    serials: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def left(self) -> int:
        """Its first column."""
        return min([*self.stubs, *self.serials, *(column.index for column in self.columns)])

    @property
    def right(self) -> int:
        """Its last column."""
        return max([*self.stubs, *self.serials, *([self.unit] if self.unit is not None else []),
                    *(column.index for column in self.columns)])  # fmt: skip

    def up_to(self, column: int) -> "Head":
        """Return the head without what stands from a column on."""
        return replace(self, columns=tuple(one for one in self.columns if one.index < column))


@dataclass(frozen=True)
class Body:
    """The rows of a table below its head; `captions` are the words above the head with their cells, the nearest last;
    `notes` the words of each mark; `end` is the position of the first row that no longer belongs to it."""

    head: Head
    rows: tuple[Row, ...]
    captions: tuple[tuple[tuple[int, int], str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    end: int = 0
    numbered: tuple[tuple[int, int], ...] = field(default=())


def head(
    surface: Surface, top: int, bottom: int, span: Sequence[int], stubs: Sequence[int], unit_heads: Collection[str],
    extra: frozenset[str] = frozenset(),
) -> Head:  # fmt: skip
    """Return the head that rows `top`..`bottom` make of the columns in `span`, of which `stubs` hold the names."""
    lines = [surface.rows[at] for at in range(top, bottom + 1)]
    columns, unit, serials = [], None, []
    before: list[tuple[str, tuple[int, int]]] = []
    for column in span:
        texts = [(surface.words(line, column).strip(), surface.first(line, column)) for line in lines]
        if column in stubs:
            before = []
            continue
        filled = _filled(texts, before)
        before = filled
        its = tuple(labels.read(text, extra) for text, _ in _collapsed(filled))
        keys = tuple(label.key for label in its if label.key)
        if unit is None and len(keys) == 1 and keys[0] in unit_heads:
            unit = column
            before = []
        elif len(keys) == 1 and keys[0] in _SERIALS:
            serials.append(column)
        else:
            place = next((first for text, first in reversed(texts) if text), (lines[-1], column))
            columns.append(Column(column, its, place))
    return Head(surface, top, bottom, tuple(stubs), unit, tuple(serials), tuple(columns))


def _filled(
    texts: list[tuple[str, tuple[int, int]]], before: list[tuple[str, tuple[int, int]]]
) -> list[tuple[str, tuple[int, int]]]:
    """Return a column's head with the words of the group to its left where it has none of its own above others."""
    filled = list(texts)
    for level, (text, _) in enumerate(texts):
        is_top_of_others = any(other for other, _ in texts[level + 1 :])
        same_above = all(filled[above][0] == before[above][0] for above in range(level)) if before else False
        if not text and is_top_of_others and before and same_above and before[level][0]:
            reaches_down = any(before[level][1] == other for _, other in before[level + 1 :])
            if not reaches_down:
                filled[level] = before[level]
                continue
        if text:
            before = [] if not before or before[level][0] != text else before
    return filled


def _collapsed(texts: list[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Generate the words of a head from the top, one merged over several rows once."""
    last = None
    for text, first in texts:
        if text and first != last:
            yield text, first
        last = first


def stub_words(surface: Surface, top: int, bottom: int, column: int) -> str:
    """Return what stands over a column of names, from top to bottom."""
    texts = [(surface.words(surface.rows[at], column).strip(), surface.first(surface.rows[at], column))
             for at in range(top, bottom + 1)]  # fmt: skip
    return "".join(text for text, _ in _collapsed(texts))


def captions(surface: Surface, its: Head, since: int) -> tuple[tuple[tuple[int, int], str], ...]:
    """Return the words above a head, from position `since` on, that are no notes: those over its own columns, else
    all."""
    own: list[tuple[tuple[int, int], str]] = []
    others: list[tuple[tuple[int, int], str]] = []
    for at in range(since, its.top):
        row = surface.rows[at]
        for column in surface.columns:
            cell = surface.own(row, column)
            if cell.is_empty:
                continue
            text = surface.words(row, column).strip()
            if _NOTE.match(text) or _FOOT.match(text) or text.endswith("。"):  # of the table above it
                continue
            is_over = column <= its.right and surface.end(row, column)[1] >= its.left
            (own if is_over else others).append(((row, column), text))
    return tuple(own or others)


def body(
    its: Head, stop: int, since: int, aside: Collection[int] = (), end_words: str = "",
    extra: frozenset[str] = frozenset(),
) -> Body:  # fmt: skip
    """Return the rows below a head, before position `stop`; `aside` are columns whose words are no figures.

    The table ends at a note, at `end_words`, at another head or unit line, and before the titles of these.
    """
    surface = its.surface
    figures = [column.index for column in its.columns if column.index not in aside]
    every = [
        *its.stubs,
        *its.serials,
        *([its.unit] if its.unit is not None else []),
        *(one.index for one in its.columns),
    ]
    names = _Names(surface, its, extra)
    rows: list[Row] = []
    kept = end = 0  # rows up to the last one with figures, and the position behind it
    numbered: list[tuple[int, int]] = []
    at = its.bottom + 1
    end = at
    for at in range(its.bottom + 1, stop):
        row = surface.rows[at]
        if surface.is_blank(row, every):
            continue
        if not rows and _numbers_columns(surface, its, row):
            numbered += [(row, column.index) for column in its.columns if not surface.own(row, column.index).is_empty]
            continue
        counts = _counted(surface, row, figures, extra)
        is_head = counts.is_head or (counts.words and not counts.numbers and _is_stub(surface, its, row, extra))
        if _closes(surface, row, every, end_words, extra) or is_head:
            break
        found = names.row(row)
        if found is None and counts.has_any:
            found = Row(row, (), (row, its.stubs[0]), "")
        if found is None:
            continue
        rows.append(found)
        if counts.has_any:
            kept, end = len(rows), at + 1
    rows = rows[:kept]  # names without figures at the end are titles of what follows
    above = captions(surface, its, since)
    beside = [surface.words(row, column) for row in surface.rows[since : its.top] for column in surface.columns]
    lines = (labels.unit_line(text, extra) for text in (*(text for _, text in reversed(above)), *reversed(beside)))
    unit = next((said for said in lines if said), "")
    return Body(its, tuple(rows), above, tuple(_notes(surface, every, end, stop)), unit, end, tuple(numbered))


def _is_stub(surface: Surface, its: Head, row: int, extra: frozenset[str]) -> bool:
    """Return whether a row of words is the head of a table: the word over the names stands in it, or a unit."""
    key = labels.key(surface.words(row, its.stubs[-1]), extra)
    own = labels.key(stub_words(surface, its.top, its.bottom, its.stubs[-1]), extra)
    words = (surface.words(row, column.index) for column in its.columns)
    has_unit = any(text.strip() and labels.read(text, extra).unit for text in words)
    return has_unit or (key != "" and key in {own, "指标", "项目", "指标名称", "项目名称", "名称", "地区"})


def _closes(surface: Surface, row: int, every: Iterable[int], end_words: str, extra: frozenset[str]) -> bool:
    """Return whether a row stands below a table: a note, the words that end it, the unit line of another one."""
    texts = [text for column in sorted(every) if (text := surface.words(row, column).strip())]
    first = texts[0] if texts else ""
    if _NOTE.match(first) or _FOOT.match(first) or (end_words and end_words in labels.key(first, extra)):
        return True
    return any(labels.unit_line(text, extra) for text in dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class _Count:
    numbers: int = 0
    words: int = 0
    errors: int = 0
    years: int = 0

    @property
    def has_any(self) -> bool:
        """True when there is more than names and marks of missing figures."""
        return bool(self.numbers or self.words or self.errors)

    @property
    def is_head(self) -> bool:
        """True when the row has the words or the years of a head where figures belong."""
        return (self.words > 1 and self.numbers == self.years) or (self.years > 1 and self.years == self.numbers)


def _counted(surface: Surface, row: int, columns: Iterable[int], extra: frozenset[str]) -> _Count:
    numbers = words = errors = 0
    years: list[int] = []
    for column in columns:
        cell = surface.own(row, column)
        if cell.error or (cell.is_formula and cell.value is None):
            errors += 1
        elif cell.is_empty or labels.is_missing(cell.shown):
            continue
        elif is_figure(cell, extra):
            numbers += 1
            if _YEAR.fullmatch(cell.shown.strip()):
                years.append(int(cell.shown.strip()[:4]))
        else:
            words += 1
    follow = all(abs(one - other) == 1 for one, other in pairwise(years))
    return _Count(numbers, words, errors, len(years) if follow else 0)


def is_figure(cell: Cell, extra: frozenset[str] = frozenset()) -> bool:
    """Return whether a cell holds a number, or words that write one."""
    if cell.is_empty or cell.error:
        return False
    if not cell.is_text and cell.value is not None and not isinstance(cell.value, str):
        return hasattr(cell.value, "as_tuple")
    try:
        labels.number(cell.shown, extra)
    except ValueError:
        return False
    return True


def _numbers_columns(surface: Surface, its: Head, row: int) -> bool:
    """Return whether a row below the head only numbers the columns (甲, 1, 2, 3)."""
    shown = [surface.own(row, column.index).shown.strip() for column in its.columns]
    stub = surface.words(row, its.stubs[-1]).strip()
    if stub and stub not in _COLUMN_NAMES and not re.fullmatch("[A-Z]|栏次|序号", stub):
        return False
    digits = [text.strip("()（）") for text in shown if text]
    return len(digits) > 1 and digits == [str(int(digits[0]) + n) for n in range(len(digits))] if all(
        text.isascii() and text.isdigit() for text in digits
    ) and digits else False  # fmt: skip


def _notes(surface: Surface, columns: Iterable[int], at: int, stop: int) -> Iterator[tuple[str, str]]:
    """Generate mark and words of each note below a table that has a mark."""
    for position in range(at, min(stop, at + 20)):
        row = surface.rows[position]
        for column in columns:
            text = re.sub(r"^\s*附?注\s*[:：]\s*", "", surface.own(row, column).shown.strip())
            if match := _MARKED_NOTE.fullmatch(text):
                yield match[1].strip("[]").replace("＊", "*"), match[2].strip()


def is_measure(key: str) -> bool:
    """Return whether a name only says something of the row above it: 增长, 位次."""
    return key in _MEASURES


class _Names:
    """The names of rows while they are read from the top: what stands above each."""

    def __init__(self, surface: Surface, its: Head, extra: frozenset[str]) -> None:
        self.surface, self.head, self.extra = surface, its, extra
        self.outer: list[Label | None] = [None] * (len(its.stubs) - 1)
        self.above: list[tuple[int, Label]] = []
        self.numbered = 0
        self.unit = ""

    def row(self, row: int) -> Row | None:
        """Return the row with its path, None where nothing names it."""
        *outer, last = self.head.stubs
        self._outer(row, outer)
        text = self.surface.words(row, last)
        place = self.surface.first(row, last)
        is_shared = bool(outer) and place[1] != last  # merged with the columns of names before it
        leading = [label for label in self.outer if label]
        if not text.strip() or is_shared:
            if not leading:
                return None
            known = tuple(leading)
            place = self.surface.first(row, outer[len(leading) - 1])
            return Row(row, known, place, self._unit(row))
        label = labels.read(text, self.extra)
        return Row(row, (*leading, *self._below(label)), place, self._unit(row))

    def _outer(self, row: int, outer: list[int]) -> None:
        for level, column in enumerate(outer):
            text = self.surface.words(row, column).strip()
            if text:
                label = labels.read(text, self.extra)
                if label != self.outer[level] or self.surface.first(row, column)[0] == row:
                    self.outer[level:] = [label, *([None] * (len(outer) - level - 1))]
                    self.above, self.numbered = [], 0

    def _below(self, label: Label) -> tuple[Label, ...]:
        """Return a name with those above it, by numbering, 其中 and leading spaces."""
        depth = self._depth(label)
        while self.above and self.above[-1][0] >= depth:
            self.above.pop()
        path = (*(above for _, above in self.above), label)
        if label.key:
            self.above.append((depth, label))
        return path

    def _depth(self, label: Label) -> int:
        if label.key in _MEASURES:
            last = max((depth for depth, above in self.above if above.key not in _MEASURES), default=0)
            return last + 1
        if label.number:
            self.numbered = label.number
            return label.number * 1000 + label.indent
        if label.key in labels.TOTALS and not label.indent:
            self.numbered = 0
            return 0
        base = self.numbered * 1000 + 500 if self.numbered else 0
        depth = base + label.indent
        if label.is_part and not self._has_above(depth):
            return depth + 1
        return depth

    def _has_above(self, depth: int) -> bool:
        return any(above < depth for above, _ in self.above)

    def _unit(self, row: int) -> str:
        column = self.head.unit
        if column is None:
            return ""
        said = self.surface.words(row, column).strip()
        if said in {"〃", "″", '"', "同上"}:
            return self.unit
        self.unit = said
        return said
