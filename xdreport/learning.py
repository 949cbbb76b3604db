"""A recipe drafted from a workbook that nobody has described: what its heads and names say, matched with the folder.

A head or a name is taken where it is, after spaces and marks, that of an indicator or an area; one that is only near
becomes a comment. Everything drafted is shown before it is written, and is text for a person to change.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path as FilePath

from xdreport import extraction, labels, layout, recipe, settings, shapes, survey, timewords
from xdreport.catalog import Area, Catalog, Indicator, Kind, Level, Measure, Observation
from xdreport.extraction import Harvest
from xdreport.findings import Failed, Finding, Place, Severity, Unusable
from xdreport.grid import Book
from xdreport.labels import Path
from xdreport.layout import Body, Column, Row
from xdreport.timewords import TOKEN, When
from xdreport.unit import Unit


class State(StrEnum):
    """How sure a name is understood."""

    KNOWN = "known"
    NEW = "new"
    NEAR = "near"
    UNKNOWN = "unknown"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Word:
    """A head or a name of the workbook and what it is taken for: `meaning` is an id, a measure or a reason."""

    text: str
    state: State
    meaning: str
    place: Place


@dataclass(frozen=True, slots=True)
class Understood:
    """A table as it is understood: where it stands, its title, period and unit, its heads and its names.

    `by_file` says that only the file's name has the period.
    """

    id: str
    sheet: str
    cells: str
    title: str
    period: str
    unit: str
    columns: tuple[Word, ...]
    rows: tuple[Word, ...]
    by_file: bool = False


@dataclass(frozen=True)
class Draft:
    """What `--learn` would write: the recipe, and for names that the folder lacks indicators and areas.

    `indicators` is text for the end of indicators/<section>.yaml, `areas` lines for workspace.yaml; both "" where
    nothing is new. `harvest` is what the recipe reads from the workbook it was drafted from.
    """

    id: str
    recipe: str
    understood: tuple[Understood, ...]
    harvest: Harvest
    section: str = ""
    indicators: str = ""
    areas: str = ""

    def files(self, root: FilePath) -> dict[FilePath, bytes]:
        """Return the files of the data folder that would be written, with all that is in them already.

        Raise `Unusable` where there is a recipe of that id, which a person may have mended."""
        path = root / recipe.FOLDER / f"{self.id}.yaml"
        if path.exists():
            place = Place(f"{root.name}/{recipe.FOLDER}/{path.name}")
            hint = "name another id with --recipe, or delete the file"
            raise Unusable([Finding("learn.exists", "there is such a recipe already", place, hint=hint)])
        made = {path: self.recipe.encode()}
        if self.indicators:
            path = root / "indicators" / f"{self.section}.yaml"
            made[path] = _appended(path.read_bytes() if path.is_file() else b"", self.indicators)
        if self.areas:
            path = root / "workspace.yaml"
            made[path] = _with_areas(path.read_bytes(), self.areas)
        return made

    def lines(self, catalog: Catalog) -> Iterator[dict[str, list[str]]]:
        """Generate what was understood, a block of labelled lines for each table, then the figures of the workbook."""
        for one in self.understood:
            block = {
                "table": [one.cells],
                "title": [one.title or "none"],
                "period": [one.period or "none is named"],
                "unit": [one.unit or "none above the table"],
                "columns": [_said(word) for word in one.columns] or ["none"],
                "rows": [_said(word) for word in one.rows] or ["none"],
            }
            counts = Counter(word.state.value for word in one.rows)
            block["in all"] = ["rows " + ", ".join(f"{counts[state]} {state}" for state in State if counts[state])]
            yield block
        figures = self.harvest.observations
        shown = [_figure(row, self.names | _named(catalog)) for row in figures[:_SAMPLES]]
        more = [f"… and {len(figures) - _SAMPLES} more"] if len(figures) > _SAMPLES else []
        yield {"figures": [*shown, *more] or ["none"]}

    @property
    def names(self) -> dict[str, str]:
        """The names of the indicators and areas that are new, by id."""
        found = {id: entry.name for id, entry in entries_of(self.indicators)} if self.indicators else {}
        tree = settings.parse(self.areas, "areas").content if self.areas else {}
        return found | {id: entry["name"] for id, entry in tree.items()}

    def as_json(self) -> dict[str, object]:
        """Return what was understood as JSON values; numbers are decimal strings."""
        return {
            "recipe": self.id,
            "tables": [
                {
                    "cells": one.cells, "title": one.title, "period": one.period, "unit": one.unit,
                    "columns": [_word_as_json(word) for word in one.columns],
                    "rows": [_word_as_json(word) for word in one.rows],
                }
                for one in self.understood
            ],
            "figures": [
                {"cell": row.locator, "indicator": row.indicator, "area": row.area, "period": row.period.id,
                 "measure": row.measure.value, "value": f"{row.value:f}"}
                for row in self.harvest.observations
            ],
        }  # fmt: skip


_SAMPLES = 12
_FILLING = 2  # characters that a head may have beside the words of a measure: 年初 of 年初预算数


def _said(word: Word) -> str:
    meaning = f" → {word.meaning}" if word.meaning else ""
    return f"{word.place.file.rpartition('!')[2]} {word.text}: {word.state.value}{meaning}"


def _word_as_json(word: Word) -> dict[str, str]:
    return {"cell": word.place.file, "text": word.text, "state": word.state.value, "meaning": word.meaning}


def _named(catalog: Catalog) -> dict[str, str]:
    areas = {area.id: area.name for area in catalog.workspace.areas.values()}
    return {it.id: it.name for it in catalog.indicators.values()} | areas


def _figure(row: Observation, names: Mapping[str, str]) -> str:
    cell = row.locator.rpartition("#")[2]
    what = f"{names.get(row.area, row.area)} {names.get(row.indicator, row.indicator)} {row.period.name} {row.measure}"
    return f"{cell}  {what}  {row.value:f}"


def unwritten(made: Draft) -> Finding:
    """Return the note that nothing was written, and how it is."""
    message = f"nothing was written of recipe {made.id}"
    words = (word.state for one in made.understood for word in (*one.columns, *one.rows))
    section = "" if made.section or State.UNKNOWN not in words else "--section drafts indicators for what is unknown, "
    hint = f"--yes writes it; {section}--id 名称=ID says what a name is"
    return Finding("learn.unwritten", message, hint=hint, severity=Severity.NOTE)


def empty(id: str, source: str = "bureau") -> str:
    """Return the text of a recipe for a person to fill in: commented, with one table, one column and one row."""
    return f"""\
# 一类工作簿的导入方案：数在哪里，按文字找，从不写单元格，所以插行、移表都不要紧。
# 试一试：xdreport import 工作簿 --recipe {id} --check。也可以让程序照工作簿起草：xdreport import 工作簿 --learn
title: 主要经济指标月报
# 导入时在 sources.yaml 里怎样登记；{{period}} 换成时期。
source: {{id: {source}, title: "主要经济指标月报（{{period}}）"}}
tables:
  {id}:
    title: 主要经济指标 # 表上方的字
    stub: 指标 # 名称列的表头
    columns: # 要哪些列：表头的字，几层的从外到里写
      - {{head: [本月止累计, 绝对量], measure: level, period: cumulative}}
      - {{head: [本月止累计, "增长(%)"], measure: yoy, period: cumulative}}
    rows: # 要哪些行：行名
      - {{name: 一般公共预算收入, skip: true}} # 把 skip: true 换成 indicator: 加指标编号
"""


def draft(
    book: Book,
    catalog: Catalog,
    *,
    id: str = "",
    section: str = "",
    ids: Mapping[str, str] | None = None,
    publisher: str = "",
) -> Draft:
    """Return a recipe for a workbook; `section` takes the indicators that the folder lacks, `ids` names them.

    `ids` are names of the workbook with the ids that are meant, of the folder or new. Raise `Unusable` where the
    workbook has no table, or the section is unknown.
    """
    if section and section not in catalog.sections:
        hint = settings.nearest(section, catalog.sections) or f"xdreport new section {section} --title 标题 adds it"
        raise Unusable([Finding("scope.section", "unknown section", found=section, hint=hint)])
    extra = recipe.bases(catalog)
    bodies = [body for body in survey.tables(book, extra) if body.rows]
    if not bodies:
        hint = "a table has a head of words and rows with a name and figures; hidden sheets are not looked at"
        raise Unusable([Finding("learn.nothing", "no table is found in the workbook", Place(book.name), hint=hint)])
    learner = _Learner(book, catalog, extra, section, dict(ids or {}))
    tables = [learner.table(group, n) for n, group in enumerate(learner.groups(bodies), 1)]
    kept = [table for table in tables if table.text]
    if not kept:
        hint = "name the section for its indicators with --section, or add names and aliases in indicators/"
        message = "none of the names and heads is known"
        found = ", ".join(word.text for table in tables[:1] for word in table.understood.rows[:5])
        raise Unusable([Finding("learn.nothing", message, Place(book.name), found, hint=hint)])
    title = next((table.understood.title for table in kept if table.understood.title), book.name.rpartition(".")[0])
    named = _without_period(title)
    title = named.replace(TOKEN, "").strip("-_. ") or "报表"
    issue = named if title == named.removeprefix(TOKEN) != named else title + "（{period}）"
    name = id or _short(_slug(title)) or "workbook"
    by_file = "file" if all(table.understood.by_file for table in kept) else ""
    source = {"id": name.replace("_", "-"), "title": issue, "publisher": publisher or _publisher(book)}
    text = _recipe_text(title, source, [table.text for table in kept], by_file, _day_label(book))
    made = recipe.parse(name, text, f"{recipe.FOLDER}/{name}.yaml")
    grown = learner.grown()
    harvest = extraction.extract(made, book, grown)
    return Draft(
        name, text, tuple(table.understood for table in tables), harvest, section, learner.indicator_text(),
        learner.area_text(),
    )  # fmt: skip


def _recipe_text(title: str, source: Mapping[str, str], tables: list[str], period: str, as_of: str) -> str:
    its = ", ".join(f"{key}: {_yaml(words)}" for key, words in source.items() if words)
    head = f"""\
# Drafted from a workbook: look at every line, mend what is wrong, then import. The README explains the keys.
title: {_yaml(title)}
source: {{{its}}}
"""
    if period:
        head += "period: file # no title says it: is the file named by the period, not by the day it was sent?\n"
    if as_of:
        head += f"as_of: {as_of} # the day of its figures stands beside it\n"
    return head + "tables:\n" + "".join(tables)


# Words beside which the day of a workbook stands.
_DAY_LABEL = re.compile("(?:报送|报出|上报|填报|发布|印发|制表)(?:日期|时间)")


def _day_label(book: Book) -> str:
    """Return the words beside which the day of the figures stands, "" where none do or they say several days."""
    found: dict[str, set[date]] = {}
    for sheet, row, column, cell in book.cells():
        if not sheet.is_hidden and (match := _DAY_LABEL.search(cell.shown)):
            after = next((one for one in sheet.rows[row][column + 1 :] if not one.is_empty), cell)
            its = (*timewords.days(cell.shown), *extraction.days(after.shown, after.value))
            found.setdefault(match[0], set()).update(its)
    return next((label for label, its in found.items() if len(its) == 1), "")


_PUBLISHER = re.compile(r"(?:资料|数据)来源\s*[:：]\s*([^，。；,;]{2,30})")


def _publisher(book: Book) -> str:
    for _, _, _, cell in book.cells():
        if match := _PUBLISHER.search(cell.shown):
            return match[1].strip()
    return ""


@dataclass(frozen=True)
class _Table:
    """A table as it is understood, and its part of the recipe, "" where nothing in it is known."""

    understood: Understood
    text: str


# What the words of a head measure, the first that fits; the sign where falls are counted.
_MEASURES: tuple[tuple[re.Pattern[str], Measure | None, str], ...] = tuple(
    (re.compile(pattern), measure, reason)
    for pattern, measure, reason in (
        ("全国.*(?:位次|排名|排位|名次)", Measure.RANK_COUNTRY, ""),
        ("全省.*(?:位次|排名|排位|名次)", Measure.RANK_PROVINCE, ""),
        ("全市.*(?:位次|排名|排位|名次)", Measure.RANK_CITY, ""),
        ("全[区县].*(?:位次|排名|排位|名次)", Measure.RANK_DISTRICT, ""),
        ("(?:比|较)(?:年初|上年末|去年末|上年底)", None, "a change since the year began is no measure"),
        ("增加额|增减额|增减量|增减数|增量|增收额|净增", None, "a change in its own unit is no measure"),
        ("完成.*(?:率|进度|%|比|目标|计划|预算|任务)|(?:占|为).*(?:目标|计划|预算|任务)", Measure.COMPLETION, ""),
        ("目标|计划|预算数|预算$|任务", Measure.TARGET, ""),
        ("比重|占比|份额|占.*比", Measure.SHARE, ""),
        ("环比|比上月|较上月|比上季|较上季", Measure.MOM, ""),
        ("年均.*(?:增|速)", Measure.AVG_GROWTH, ""),
        ("降幅|减幅|下降", Measure.YOY, "reversed"),
        ("同比|增长|增速|增幅|增减|±|升降|(?:比|较)(?:上年|去年|同期)", Measure.YOY, ""),
    )
)
_RANK = re.compile("位次|排名|排位|名次|^位$")
_LEVEL = re.compile(
    "绝对[量值数额]|总[量额值]|数[量值额]|实[绩际]|本[月季期年]|当[月季年]|累计|本月止|期末|余额|金额|完成|指标值|上年|去年|同期|"
    r"\{period\}|合计|全年|单位|规模|水平|指数|产量|产值|销量|人数|面积|年末|年底"
)
_COMPARED = re.compile(r"(?:比|较|为)(?:上年|去年|上月|上季|上期)?(?:同期|同月|同季|末)?")
_BASE = re.compile("(?:以)?上[年月][^,，()（）]*?[=为]100")  # of an index
_GROWTH_OF = re.compile("(.+?)((?:同比|比上年同期|比上年)?(?:增长|增速|增幅|增减)率?|位次|排位|排名|名次)")
_BARE = re.compile(  # a head that only says what is measured of the column before it
    r"(?:同比|环比|比上年同?期?|比去年同?期?|较上年同?期?)?(?:增长|增速|增幅|增减|降幅|±)?[率度]?|位次|排位|排名|名次|位|比重|占比|份额"
)
_NUMBERED = re.compile(
    r"附?[表图]\s*[\d一二三四五六七八九十]*(?:[-－.·]\d+)*\s*[:：、.]?\s*$|^附?[表图]\s*\d+(?:[-－.·]\d+)*\s+"
)
_GROWN = frozenset([Measure.YOY, Measure.MOM, Measure.AVG_GROWTH])
_AREA_NAME = re.compile(r"(?:[市县区镇乡省州盟旗]|街道|街道办事处|管委会|开发区|高新区|经开区)$")
_STOCK = re.compile("期末|月末|季末|年末|余额|户数|家数|单位数|企业数|存量|保有量|人口|从业人员|在营|里程")
_ALIAS_FILL = re.compile("^(?:全区|全县|全市|地区|地方|我区|我县)|(?:总额|总量|总值|总数)$")


@dataclass
class _Learner:
    """The words of a workbook while they are matched with the folder; what is new is kept for drafting."""

    book: Book
    catalog: Catalog
    extra: frozenset[str]
    section: str
    ids: dict[str, str]
    new_indicators: dict[str, tuple[Indicator, str]] = field(default_factory=dict)
    new_areas: dict[str, Area] = field(default_factory=dict)
    rank: Measure = Measure.RANK_CITY
    is_stock: bool = False  # what the table counts stands at the end of its period
    counted: tuple[Body, Counter[str]] | None = None
    subject: str = ""  # the indicator of the columns before

    def __post_init__(self) -> None:
        self.by_name: dict[str, str] = {}
        self.aliases: set[str] = set()
        for it in self.catalog.indicators.values():
            for name in (it.name, *it.aliases):
                self.by_name.setdefault(labels.key(name, self.extra), it.id)
            self.aliases.update(labels.key(name, self.extra) for name in it.aliases)
        self.aliases -= {labels.key(it.name, self.extra) for it in self.catalog.indicators.values()}
        for name, id in self.ids.items():
            if id in self.catalog.indicators:
                self.by_name[labels.key(name, self.extra)] = id
        areas = self.catalog.workspace.areas.values()
        stems = [labels.key(area.name)[:-1] for area in areas if _AREA_NAME.search(area.name) and len(area.name) > 2]
        self.areas = {
            labels.key(area.name)[:-1]: area.id for area in areas if stems.count(labels.key(area.name)[:-1]) == 1
        }
        self.areas = {stem: id for stem, id in self.areas.items() if len(stem) > 1 and stem not in self.by_name}
        self.areas |= {labels.key(area.name): area.id for area in areas}

    # A table

    def groups(self, bodies: list[Body]) -> Iterator[list[Body]]:
        """Generate the tables that are one: continued below or to the right, or the same on a sheet for each area."""
        made: list[list[Body]] = []
        for body in bodies:
            for group in made:
                if self._is_like(body, group[0]):
                    group.append(body)
                    break
            else:
                made.append([body])
        yield from made

    def _is_like(self, body: Body, first: Body) -> bool:
        heads = [[column.path for column in one.head.columns] for one in (body, first)]
        stubs = [[self._stub(one.head, column) for column in one.head.stubs] for one in (body, first)]
        if heads[0] != heads[1] or stubs[0] != stubs[1]:
            return False
        sheet, other = body.head.surface.sheet, first.head.surface.sheet
        if sheet is not other:
            titles = {labels.key(self._title(one), self.extra) for one in (body, first)}
            is_same = len(titles) == 1 and titles != {""}
            return is_same or (self._area_of(sheet.name) != "" != self._area_of(other.name))
        texts = [text for _, text in body.captions if not labels.unit_line(text, self.extra)]
        return not texts or any("续" in text for text in texts) or self._title(body) == self._title(first)

    def _stub(self, head: layout.Head, column: int) -> str:
        return re.sub(r"\s", "", layout.stub_words(head.surface, head.top, head.bottom, column))

    def _area_of(self, sheet: str) -> str:
        return self.areas.get(labels.key(sheet), "")

    def table(self, group: list[Body], number: int) -> _Table:
        """Return a table as it is understood, with its part of the recipe."""
        body = group[0]
        sheet = body.head.surface.sheet
        title = self._title(body)
        when, by_file = self._when(body)
        sort = self._sort(body)
        self.rank = self._rank(body, sort)
        heads = "".join(part for column in body.head.columns for part in column.path)
        self.is_stock = bool((when and when.is_end) or re.search("余额|期末|年末|月末", heads))
        subject = "" if sort == "indicators" or self._columns_name_indicators(body) else self._in_title(body)
        columns, column_lines = self._columns(body, sort, when, subject)
        rows, row_lines = self._rows(group, sort, bool(subject))
        spans = ", ".join(f"{one.head.surface.sheet.name}!{self._span(one)}" for one in group)
        understood = Understood(
            f"table{number}",
            sheet.name,
            spans,
            title,
            str(when) if when else "",
            body.unit,
            tuple(columns),
            tuple(rows),
            by_file,
        )
        understood_states = {State.KNOWN, State.NEW, State.NEAR}
        is_known = all(any(word.state in understood_states for word in words) for words in (rows, columns))
        gives = subject or any(word.state is not State.LEFT_OUT and "." in word.meaning for word in (*rows, *columns))
        if not (is_known and gives):
            return _Table(understood, "")
        return _Table(understood, self._text(f"table{number}", group, title, spans, subject, column_lines, row_lines))

    def _span(self, body: Body) -> str:
        head = body.head
        rows = head.surface.rows
        last = body.rows[-1].index if body.rows else rows[head.bottom]
        from xdreport.grid import reference

        return f"{reference(rows[head.top], head.left)}:{reference(last, head.right)}"

    def _title(self, body: Body) -> str:
        texts = [text for _, text in body.captions if not labels.unit_line(text, self.extra)]
        texts = [text for text in texts if not (layout.is_note(text) or _DAY_LABEL.search(text))]
        texts = [text for text in texts if timewords.of_label(text)[0].replace(TOKEN, "").strip("()（）-—.")]
        return max(texts, key=lambda text: len(labels.key(text)), default="").replace("\n", "")

    def _when(self, body: Body) -> tuple[When | None, bool]:
        """Return the time that the words above a table and its sheet name say, else the file's name; and whether it
        needs that."""
        surface = body.head.surface
        top = surface.rows[: body.head.top]
        above = [surface.words(row, column) for row in top for column in surface.columns]
        found = _together([*(text for _, text in body.captions), *above, surface.sheet.name])
        own = [when for column in body.head.columns if (when := _when_of(column))]
        rows = [row.when for row in body.rows if row.when]
        has_own = any(when.is_whole or (found and found.year and when.first) for when in (*own, *rows))
        if (found and found.is_whole) or has_own or (found and found.year and (own or rows)):
            return found, False
        named = _together([self.book.name.rpartition(".")[0]])
        if named is None or named.first is None:
            return found, False
        both = _together([str(found) if found else "", self.book.name.rpartition(".")[0]])
        return (both, True) if both and both.is_whole else (found, False)

    def _sort(self, body: Body) -> str:
        """Return what the rows of a table are: indicators, areas or periods."""
        names = [row.labels[-1].key for row in body.rows if row.labels]
        if names and sum(name == TOKEN for name in names) * 2 > len(names):
            return "periods"
        known = sum(name in self.areas for name in names)
        likely = sum(bool(_AREA_NAME.search(name)) and name not in self.by_name for name in names)
        return "areas" if known * 2 >= len(names) or likely * 2 > len(names) else "indicators"

    def _columns_name_indicators(self, body: Body) -> bool:
        return any(part in self.by_name for column in body.head.columns for part in column.path)

    def _in_title(self, body: Body) -> str:
        """Return the indicator that the words above a table name, the longest name first."""
        above = "".join(labels.key(text, self.extra) for _, text in body.captions)
        above += labels.key(body.head.surface.sheet.name, self.extra)
        found = [name for name in self.by_name if len(name) > 2 and name in above]
        return self.by_name[max(found, key=len)] if found else ""

    def _text(
        self, id: str, group: list[Body], title: str, spans: str, subject: str, columns: list[str], rows: list[str]
    ) -> str:  # fmt: skip
        head = group[0].head
        sheets = {body.head.surface.sheet.name: self._area_of(body.head.surface.sheet.name) for body in group}
        each = sheets if all(sheets.values()) else {}
        text = _without_period(title)
        for name in each:
            text = text.replace(timewords.plain(name), TOKEN)
        words = [_NUMBERED.sub("", part).strip() for part in text.split(TOKEN)]
        words = [part for part in words if len(labels.key(part)) > 1]
        lines = [f"  {id}: # {_comment(spans)} when it was drafted"]
        if words:
            lines.append(f"    title: {_flow(words)}")
        name = head.surface.sheet.name
        if each:
            lines += ["    each:", *(f"      - {{name: {_yaml(sheet)}, area: {area}}}" for sheet, area in each.items())]
        elif len(sheets) == 1 and not timewords.find(name) and not re.fullmatch(r"(?i)sheet\s*\d*", name):
            lines.append(f"    sheets: {_yaml(name)}")
        lines.append(f"    stub: {_flow([self._stub(head, column) for column in head.stubs])}")
        if subject:
            name = self.catalog.indicators[subject].name
            lines.append(f"    indicator: {subject} # {_comment(name)} is in the title")
        lines += ["    columns:", *(f"      {line}" for line in columns)]
        lines += ["    rows:", *(f"      {line}" for line in rows)]
        return "\n".join(lines) + "\n"

    # Columns

    def _columns(self, body: Body, sort: str, when: When | None, subject: str) -> tuple[list[Word], list[str]]:
        words: list[Word] = []
        lines: list[str] = []
        seen: set[tuple[Path, Path, int]] = set()
        before: tuple[str, ...] = ()
        often = Counter(column.path for column in body.head.columns)
        self.subject = ""
        own_times = [own for column in body.head.columns if (own := _when_of(column))]
        anchor: Column | None = None
        behind: Column | None = None
        passed: Counter[Path] = Counter()
        ranked: set[str] = set()
        for column in body.head.columns:
            if not self._has_cells(body, column):
                continue
            is_shared = often[column.path] > 1 and not _when_of(column)
            passed[column.path] += 1
            entries, state, meaning, comment = self._column(body, column, sort, subject)
            measure = entries.get("measure", "")
            if measure.startswith("rank") and behind is not None:
                group = entries.get("indicator", "") + entries.get("area", "")
                if self._measure("".join(behind.path), ())[0] in _GROWN:
                    comment = "behind a growth: is it of the growth or of the amount?"
                    if group in ranked:
                        entries, state, meaning = {"skip": "true"}, State.LEFT_OUT, "the rank of a growth"
                ranked.add(group)
            if state is State.KNOWN and "skip" not in entries and measure:
                steps, comment = self._period_of(column, measure, when, before, own_times, sort, comment)
                if measure == "level" and not any("before" in step or "last" in step for step in steps):
                    before = steps
                if steps:
                    entries["period"] = _flow(list(steps))
                    meaning += f", {' '.join(steps)}"
            after = {"after": _flow(self._head(anchor))} if is_shared and anchor else {}
            if after and passed[column.path] > 1:
                after["nth"] = str(passed[column.path])
            key = (column.path, anchor.path if after and anchor else (), passed[column.path] if after else 1)
            behind = column
            if often[column.path] == 1:
                anchor, passed = column, Counter()
            if key in seen:
                continue
            seen.add(key)
            words.append(Word(column.text, state, meaning, self._place(body, column.place)))
            lines.append(_line({"head": _flow(self._head(column)), **after, **entries}, comment))
        return words, lines

    def _period_of(
        self, column: Column, measure: str, when: When | None, before: tuple[str, ...], own_times: list[When],
        sort: str, comment: str,
    ) -> tuple[tuple[str, ...], str]:  # fmt: skip
        """Return the steps from the table's period to that of a column, and what is to be said of them."""
        steps = self._steps(column, measure, when)
        if steps == ("same",):
            return steps, comment or "the months of the title in that year"
        if steps == ("year-before",):
            return (*(before or (("newest",) if own_times else ())), *steps), comment
        if steps or _when_of(column) or measure in {"level", "target"} or len(column.path) > 1:
            return steps, comment
        if before:
            return before, comment or "of the column before it"
        if own_times and sort != "periods":
            return ("newest",), comment or "of the newest column"
        return (), comment

    def _has_cells(self, body: Body, column: Column) -> bool:
        surface = body.head.surface
        return any(not surface.own(row.index, column.index).is_empty for row in body.rows)

    def _head(self, column: Column) -> list[str]:
        """Return the words of a head as a recipe writes them: a period as {period}, the unit behind."""
        parts = []
        for label in column.labels:
            if not label.key:
                continue
            text = re.sub(r"\s", "", label.text)
            parts.append(timewords.of_label(text)[0] if label.when else text)
        return parts or [""]

    def _column(self, body: Body, column: Column, sort: str, subject: str) -> tuple[dict[str, str], State, str, str]:
        """Return what the recipe says of a column, how sure that is, in a word, and a comment."""
        has_subject = bool(subject)
        entries: dict[str, str] = {}
        named = ""
        rest = []
        for part in self._parts(column):
            if part in self.by_name and not has_subject:
                named = entries["indicator"] = self.by_name[part]
            elif sort != "areas" and (area := self.areas.get(part) or self._everywhere(part)):
                named = entries["area"] = area
            elif not labels.units(part, self.extra):
                rest.append(part)
        words = "".join(rest)
        unit = labels.units(column.unit, self.extra)
        if any(one.base == "百分点" for one in unit):
            return {"skip": "true"}, State.LEFT_OUT, "a difference in 百分点", "a difference of rates is no growth"
        measure, sign, reason = self._measure(words, unit)
        if sort == "areas" and not named and not has_subject:
            is_bare = len(rest) == 1 and bool(_BARE.fullmatch(rest[0]))
            if measure not in {None, Measure.LEVEL} and not reason and is_bare and self.subject:
                entries = {"indicator": self.subject, "measure": measure.value}
                return entries, State.KNOWN, f"{self.subject} {measure}", "of the column before it"
            return self._new_column(column, measure)
        if "indicator" in entries:
            self.subject = entries["indicator"]
        is_share = any(one.is_percent for one in unit) and named and "indicator" in entries
        if measure is None and is_share and not self.catalog.indicators[named].unit.is_percent:
            comment = "a % under an amount: put measure: yoy in place of skip: true if it is its growth"
            return {"skip": "true"}, State.NEAR, named, comment
        if reason:
            return {"skip": "true"}, State.LEFT_OUT, reason, reason
        name = labels.key(self.catalog.indicators[subject].name) if subject else ""
        if measure is None and (named or not rest or (name and (words in name or name in words))):
            measure = Measure.LEVEL
        if measure is None:
            if re.search("备注|说明", words):
                return {"note": "true"}, State.KNOWN, "note", ""
            return {"skip": "true"}, State.UNKNOWN, "", "what it measures is not known"
        entries["measure"] = measure.value
        if sign:
            entries["sign"] = "reversed"
        in_line = any(one.is_percent for one in labels.units(body.unit, self.extra))
        if measure.is_rate and not (unit or in_line) and re.search("增减|±|升降|变化", words):
            comment = 'an amount or a rate? put measure: yoy, unit: "%" in place of skip: true for a rate'
            return {"skip": "true"}, State.UNKNOWN, "", comment
        return entries, State.KNOWN, f"{named} {measure}".strip(), ""

    def _parts(self, column: Column) -> Iterator[str]:
        """Generate the parts of a head, 规模以上工业增加值增速 as the indicator and what is said of it."""
        for part in column.path:
            match = _GROWTH_OF.fullmatch(part)
            if match and match[1] in self.by_name and part not in self.by_name:
                yield from (match[1], match[2])
            else:
                yield part

    def _measure(self, words: str, unit: tuple[Unit, ...]) -> tuple[Measure | None, str, str]:
        """Return the measure that words name, the sign and a reason to leave the column out."""
        for pattern, measure, reason in _MEASURES:
            if pattern.search(words):
                if reason == "reversed":
                    return measure, reason, ""
                if measure is Measure.YOY and unit and not any(one.is_percent for one in unit):
                    return None, "", "a change in its own unit is no measure"
                return measure, "", reason
        if _RANK.search(words):
            return self.rank, "", ""
        if _LEVEL.search(words):
            return Measure.LEVEL, "", ""
        return None, "", ""

    def _rank(self, body: Body, sort: str) -> Measure:
        """Return the rank that is meant where no words say among whom: among areas of the level of those in the rows,
        else of the workspace's own, in the area above them."""
        areas = self.catalog.workspace.areas
        own = [areas[id] for row in body.rows if (id := self.areas.get(row.path[-1] if row.path else ""))]
        levels = [area.level for area in own] if sort == "areas" else []
        level = max(levels, key=levels.count) if levels else areas[self.catalog.workspace.area].level
        among = {
            Level.PROVINCE: Measure.RANK_COUNTRY,
            Level.CITY: Measure.RANK_PROVINCE,
            Level.TOWN: Measure.RANK_DISTRICT,
        }
        return among.get(level, Measure.RANK_CITY)

    def _new_column(self, column: Column, measure: Measure | None) -> tuple[dict[str, str], State, str, str]:
        """Return what is said of a column of a table of areas whose indicator the folder lacks."""
        group = [part for part in column.labels if part.key and not self._is_measure(part.key)]
        name = group[-1].text if group else ""
        near = self._near(labels.key(name, self.extra)) if name else ""
        if not name or (near and not self._id_of(name)):
            state = State.NEAR if near else State.UNKNOWN
            comment = f"near {near}: put indicator: {near} in place of skip: true if it is" if near else "not known"
            return {"skip": "true"}, state, near, comment
        id = self._drafted((labels.key(name, self.extra),), name, column.unit, self._decimals_of_column(column), None)
        if not id:
            return {"skip": "true"}, State.UNKNOWN, "", "no indicator of the folder; --section drafts one"
        return {"indicator": id, "measure": (measure or Measure.LEVEL).value}, State.NEW, id, ""

    def _is_measure(self, key: str) -> bool:
        """Return whether a part of a head says no more than what is measured: 同比增长, 绝对量, but 社会消费品零售总额
        not."""
        if key in self.new_indicators or self._measure(key, ())[0] is None:
            return key == TOKEN
        for pattern in (*(pattern for pattern, _, _ in _MEASURES), _RANK, _LEVEL):
            key = pattern.sub("", key)
        return len(key) <= _FILLING

    def _decimals_of_column(self, column: Column) -> list[str]:
        return []

    def _steps(self, column: Column, measure: str, when: When | None) -> tuple[str, ...]:
        """Return the steps from the table's period that the words of a head mean."""
        own = _when_of(column)
        words = "".join(part for part in column.path if part not in self.by_name)
        if base := _BASE.search(words):
            return ("cumulative",) if "同期" in base[0] else ("month",) if "月" in base[0] else ()
        words = _COMPARED.sub("", words)
        if own is not None:
            needs_months = own.first is None and own.until is None and when is not None and when.first is not None
            return ("same",) if needs_months else ()
        steps: list[str] = []
        if re.search("累计|本月止|1-本月|1-当月|年初(?!预算|计划|目标)", words):
            steps.append("cumulative")
        elif re.search("本月|当月|同月", words):
            steps.append("month")
        elif re.search("本季|当季", words):
            steps.append("quarter")
        if re.search("(?:上年|去年)?同[期月季]", words):
            steps.append("year-before")
        elif re.search("上年|去年", words):
            steps.append("last-year")
        elif re.search("上月", words):
            steps.append("month-before")
        elif measure == "target" and re.search("年度|全年|年", words):
            steps.append("year")
        return tuple(steps)

    # Rows

    def _rows(self, group: list[Body], sort: str, has_subject: bool) -> tuple[list[Word], list[str]]:
        words: list[Word] = []
        lines: list[str] = []
        seen: set[Path] = set()
        for body, row in ((one, row) for one in group for row in one.rows):
            if not row.path or row.path in seen or not self._has_figures(body, row):
                continue
            seen.add(row.path)
            entries, state, meaning, comment = self._row(body, row, sort, has_subject)
            words.append(Word(row.text, state, meaning, self._place(body, row.place)))
            name = [self._name(label) for label in row.labels if label.key]
            lines.append(_line({"name": _flow(name), **entries}, comment))
        return words, lines

    def _has_figures(self, body: Body, row: Row) -> bool:
        surface = body.head.surface
        shown = [surface.own(row.index, column.index) for column in body.head.columns]
        return any(not cell.is_empty and not labels.is_missing(cell.shown) for cell in shown)

    def _name(self, label: labels.Label) -> str:
        """Return a name as a recipe writes it, a period as {period}."""
        return label.key if TOKEN in label.key else label.name

    def _row(self, body: Body, row: Row, sort: str, has_subject: bool) -> tuple[dict[str, str], State, str, str]:
        key = row.path[-1]
        if sort == "periods":
            return {}, State.KNOWN, "period", ""
        if sort == "areas":
            return self._area(key, row.labels[-1].text)
        if has_subject and key in self.areas:
            return {"area": self.areas[key]}, State.KNOWN, self.areas[key], ""
        return self._indicator(body, row)

    def _area(self, key: str, text: str) -> tuple[dict[str, str], State, str, str]:
        workspace = self.catalog.workspace
        if key in self.areas:
            return {"area": self.areas[key]}, State.KNOWN, self.areas[key], ""
        if area := self._everywhere(key):
            return {"area": area}, State.KNOWN, area, ""
        if key in labels.TOTALS:
            return {"skip": "true"}, State.LEFT_OUT, "a total", "a total: put area: and the area's id if it is one"
        if not self.section:
            return {"skip": "true"}, State.UNKNOWN, "", "no area of workspace.yaml; --section drafts it"
        name = re.sub(r"\s", "", text)
        id = self.ids.get(name) or _free(
            _slug(name), {*workspace.areas, *(area.id for area in self.new_areas.values())}
        )
        self.new_areas.setdefault(key, Area(id, name, level=_level(name), within=self._within(_level(name))))
        return {"area": self.new_areas[key].id}, State.NEW, self.new_areas[key].id, ""

    def _everywhere(self, key: str) -> str:
        """Return the area that 全市 and the like mean: the one of that level that the workspace's own lies in."""
        level = _LEVELS.get(key)
        areas = self.catalog.workspace.areas.values()
        found = [area.id for area in areas if area.level is level and self._is_above(area.id)]
        return found[0] if len(found) == 1 else ""

    def _is_above(self, id: str) -> bool:
        areas, one = self.catalog.workspace.areas, self.catalog.workspace.area
        for _ in areas:
            if one == id:
                return True
            one = areas[one].within if one in areas else ""
        return False

    def _within(self, level: Level) -> str:
        """Return the area that a new one of a level most likely lies in."""
        order = list(Level)
        areas, id = self.catalog.workspace.areas, self.catalog.workspace.area
        while id in areas:
            if order.index(areas[id].level) < order.index(level):
                return id
            id = areas[id].within
        return ""

    def _indicator(self, body: Body, row: Row) -> tuple[dict[str, str], State, str, str]:
        key = row.path[-1]
        parent = row.path[-2] if len(row.path) > 1 else ""
        if parent and layout.is_measure(key):
            measure = self._measure(key, ())[0]
            id = self._id_of_path(row.path[:-1])
            if id and measure:
                return {"indicator": id, "measure": measure.value}, State.KNOWN, f"{id} {measure}", ""
        same_name = self._names(body)[row.path[-1]]
        id = self._composed(row.path) or ("" if same_name > 1 and parent else self._id_of(key))
        bare = re.sub("(?:同比)?(?:增长|增速|增幅)率?$", "", key)
        if not id and bare != key and (other := self._id_of(bare)):
            return {"indicator": other, "measure": "yoy"}, State.KNOWN, f"{other} yoy", ""
        if id and (whole := self._other_whole(body, row, id)):
            name = self._its(whole).name
            comment = f"stands under {name}: put indicator: {id} in place of skip: true if it is {self._its(id).name}"
            return {"skip": "true"}, State.NEAR, id, comment
        if id:
            return self._with_unit(body, row, id)
        near = self._near(key)
        if near:
            name = self.catalog.indicators[near].name
            comment = f"near {near} ({name}): put indicator: {near} in place of skip: true if it is"
            return {"skip": "true"}, State.NEAR, near, comment
        name = self._full_name(body, row, same_name > 1)
        made = self._drafted(row.path, name, row.unit or self._line_unit(body), self._shown(body, row), row)
        if made:
            return {"indicator": made}, State.NEW, made, ""
        reason = "no indicator of the folder; --section drafts one"
        if self.section:
            said = row.unit or self._line_unit(body)
            reason = f"its unit {said} is not known: units in workspace.yaml adds it" if said else "no unit is said"
        return {"skip": "true"}, State.UNKNOWN, "", reason

    def _other_whole(self, body: Body, row: Row, id: str) -> str:
        """Return the indicator that a row with a short name seems to be a part of, where the folder does not say that
        it is: 第一产业 under 固定资产投资. "" where nothing speaks against the name."""
        if row.path[-1] not in self.aliases or self._composed(row.path):
            return ""
        above = next((found for part in reversed(row.path[:-1]) if (found := self._id_of(part))), "")
        whole = above or self._in_title(body)
        return whole if whole not in {"", id, self._its(id).parts_of} else ""

    def _names(self, body: Body) -> Counter[str]:
        """Return how often each name stands in a table."""
        if self.counted is None or self.counted[0] is not body:
            self.counted = (body, Counter(row.path[-1] for row in body.rows if row.path))
        return self.counted[1]

    def _with_unit(self, body: Body, row: Row, id: str) -> tuple[dict[str, str], State, str, str]:
        """Return the line of a known indicator, left out where the workbook counts in what can never be its unit."""
        it = self._its(id)
        said = labels.units(row.unit or self._line_unit(body), self.extra)
        if not said or any(recipe.takes(it, one) for one in said):
            return {"indicator": id}, State.KNOWN, id, ""
        if said[0].is_percent:
            comment = f"counts in %: put indicator: {id}, measure: yoy in place of skip: true if it is its growth"
        else:
            comment = f"counts in {said[0]}, {id} in {it.unit or 'none'}"
        return {"skip": "true"}, State.NEAR, id, comment

    def _its(self, id: str) -> Indicator:
        return self.catalog.indicators.get(id) or next(it for it, _ in self.new_indicators.values() if it.id == id)

    def _id_of(self, key: str) -> str:
        return self.by_name.get(labels.key(key, self.extra), "")

    def _id_of_path(self, path: Path) -> str:
        made = self.new_indicators.get("\n".join(path))
        return self._composed(path) or self._id_of(path[-1]) or (made[0].id if made else "")

    def _composed(self, path: Path) -> str:
        """Return the indicator called by a name together with that above it: 城镇 and 人均可支配收入."""
        if len(path) < 2:
            return ""
        above, own = path[-2], path[-1]
        names = (above + own, f"{above}居民{own}", f"{above}的{own}", f"{above}{own.removeprefix('居民')}")
        return next((self.by_name[name] for name in names if name in self.by_name), "")

    def _near(self, key: str) -> str:
        """Return the indicator whose name is a fuller or shorter form of a name, "" where none or several are."""
        plain = _ALIAS_FILL.sub("", re.sub(r"[(（][^()（）]*[)）]", "", key))
        found = {
            id
            for name, id in self.by_name.items()
            if plain == re.sub(r"[(（][^()（）]*[)）]", "", name)
            or (
                min(len(name), len(key)) > 1
                and (_within_word(plain, name) or _within_word(_ALIAS_FILL.sub("", name), key))
            )
        }
        return found.pop() if len(found) == 1 else ""

    def _line_unit(self, body: Body) -> str:
        """Return the unit of the amounts of a table: that above it, else the one that its heads share."""
        heads = {column.unit for column in body.head.columns if column.unit}
        heads = {unit for unit in heads if not any(one.is_percent or one.base == "百分点" for one in self._units(unit))}
        if not body.unit and len(heads) == 1:
            return heads.pop()
        return next((one.text for one in labels.units(body.unit, self.extra) if not one.is_percent), body.unit)

    def _units(self, text: str) -> tuple[Unit, ...]:
        return labels.units(text, self.extra)

    def _full_name(self, body: Body, row: Row, is_shared: bool) -> str:
        """Return what a new indicator is called: 城镇 of 常住人口 is 城镇常住人口, and a name that several rows
        have goes with that of its group, 城镇居民 and 人均可支配收入."""
        names = [label.name for label in row.labels if label.key and not _GROUPING.match(label.key)]
        own = names[-1] if names else row.labels[-1].name
        title = self._in_title(body)
        if own in _MEMBERS and len(names) > 1:
            return own + names[-2]
        if own in _MEMBERS and title and len(row.path) > 1:
            return own + self.catalog.indicators[title].name
        return names[-2] + own if is_shared and len(names) > 1 else own

    def _shown(self, body: Body, row: Row) -> list[str]:
        surface = body.head.surface
        found = []
        for column in body.head.columns:
            measure = self._measure("".join(column.path), labels.units(column.unit, self.extra))[0]
            if measure in {None, Measure.LEVEL}:
                found.append(surface.own(row.index, column.index).shown)
        return found

    # What is new

    def _drafted(self, path: Path, name: str, unit: str, shown: list[str], row: Row | None) -> str:
        """Return the id of an indicator that is drafted for a name, "" where none can be."""
        if not self.section or not _slug(name) or labels.units(name, self.extra):
            return ""
        key = "\n".join(path)
        if key in self.new_indicators:
            return self.new_indicators[key][0].id
        known = labels.units(unit, self.extra)
        is_index = "指数" in name
        if not known and not is_index:
            return ""
        its_unit = known[0] if known else None
        if its_unit is not None and not _is_folder_unit(its_unit.text):
            its_unit = labels.unit_of(
                ("亿" if its_unit.multiplier >= 10**8 else "万" if its_unit.multiplier >= 10**4 else "") + its_unit.base
            )
        if its_unit is None and not is_index:
            return ""
        taken = {*self.catalog.indicators, *(it.id for it, _ in self.new_indicators.values())}
        wanted = self.ids.get(name) or self.ids.get(path[-1])
        id = wanted or _free(f"{self._prefix()}{_slug(name)}", taken)
        globs = [glob for section in self.catalog.sections.values() for glob in section.indicators]
        if not any(fnmatchcase(id, glob) for glob in globs):
            expected = "an id that a section takes: " + ", ".join(globs)
            hint = f"--id {name}=… names it"
            raise Unusable([Finding("learn.id", "no section would take the indicator", None, id, expected, hint)])
        decimals = max((_decimals(text) for text in shown if not labels.is_missing(text)), default=None)
        kind = _kind(name, its_unit)
        made = Indicator(
            id, self.section, name, its_unit or labels.unit_of("%") or _NO_UNIT, decimals=decimals, kind=kind,
            is_flow=kind is not Kind.LEVEL or not (self.is_stock or _STOCK.search(name)),
        )  # fmt: skip
        if its_unit is None or kind is Kind.INDEX:
            made = replace(made, unit=_NO_UNIT)
        self.new_indicators[key] = (made, " > ".join(path))
        return id

    def _prefix(self) -> str:
        """Return how the ids of a section begin."""
        globs = self.catalog.sections[self.section].indicators
        open_ends = [glob.removesuffix("*") for glob in globs if glob.endswith("*") and "*" not in glob[:-1]]
        return open_ends[0] if open_ends else f"{self.section}."

    def grown(self) -> Catalog:
        """Return the folder with what is new."""
        indicators = {**self.catalog.indicators, **{it.id: it for it, _ in self.new_indicators.values()}}
        areas = {**self.catalog.workspace.areas, **{area.id: area for area in self.new_areas.values()}}
        return replace(self.catalog, indicators=indicators, workspace=replace(self.catalog.workspace, areas=areas))

    def indicator_text(self) -> str:
        """Return the entries of the indicators that are new."""
        if not self.new_indicators:
            return ""
        lines = [
            f"# Drafted from {_comment(self.book.name)}: look at each; name its id as you like, here and in the recipe."
        ]
        for it, path in self.new_indicators.values():
            entries = {"name": _yaml(it.name)}
            if it.unit.text:
                entries["unit"] = _yaml(it.unit.text)
            if it.kind is not Kind.LEVEL:
                entries["kind"] = it.kind.value
            if it.decimals is not None:
                entries["decimals"] = str(it.decimals)
            if not it.is_flow:
                entries["flow"] = "false"
            where = f" # {_comment(path)}" if path != it.name else ""
            lines.append(f"{it.id}: {{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}{where}")
        return "\n".join(lines) + "\n"

    def area_text(self) -> str:
        """Return the entries of the areas that are new."""
        lines = []
        for area in self.new_areas.values():
            within = f", within: {area.within}" if area.within else ""
            lines.append(f"{area.id}: {{name: {_yaml(area.name)}, level: {area.level.value}{within}}}")
        return "\n".join(lines) + "\n" if lines else ""

    def _place(self, body: Body, place: tuple[int, int]) -> Place:
        return Place(self.book.locator(body.head.surface.sheet, *place))


_LEVELS = {
    "全国": Level.COUNTRY, "全省": Level.PROVINCE, "全市": Level.CITY, "全区": Level.DISTRICT, "全县": Level.DISTRICT,
}  # fmt: skip
_GROUPING = re.compile("按.*分(?:组|类)?$")
_MEMBERS = frozenset(  # parts that say nothing without their whole
    [
        "城镇",
        "乡村",
        "农村",
        "城市",
        "男",
        "女",
        "男性",
        "女性",
        "住宅",
        "公路",
        "铁路",
        "水路",
        "水运",
        "航空",
        "民航",
        "国有",
        "私营",
    ]
)
_NO_UNIT = Unit("", 1, "")


def _together(texts: Iterable[str]) -> When | None:
    """Return what the times in words say together, the first ones where they contradict."""
    found: When | None = None
    for text in texts:
        for when in timewords.find(text):
            if when.until is None and (found is None or not found.is_whole):
                try:
                    found = timewords.joined([one for one in (found, when) if one])
                except ValueError:
                    continue
    return found


def _when_of(column: Column) -> When | None:
    try:
        return column.when()
    except ValueError:
        return None


def _within_word(short: str, long: str) -> bool:
    """Return whether the characters of a word stand in another one in their order, and it is not much longer."""
    if not 2 <= len(short) <= len(long) or len(short) * 2 < len(long) or short == long:
        return False
    rest = iter(long)
    return all(one in rest for one in short)


def _decimals(text: str) -> int:
    try:
        value = labels.number(text).value
    except ValueError:
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _kind(name: str, unit: Unit | None) -> Kind:
    if "指数" in name and (unit is None or unit.is_percent or "=100" in name):
        return Kind.INDEX
    if unit is not None and unit.is_percent:
        return Kind.SHARE if re.search("比重|占比|份额", name) else Kind.RATE
    return Kind.LEVEL


def _is_folder_unit(text: str) -> bool:
    from xdreport import unit

    try:
        unit.parse(text)
    except ValueError:
        return False
    return True


def _level(name: str) -> Level:
    if re.search("(?:镇|乡|街道|街道办事处|办事处|管委会)$", name):
        return Level.TOWN
    if re.search("省$|自治区$", name):
        return Level.PROVINCE
    return Level.CITY if re.search("市$|自治州$|盟$", name) else Level.DISTRICT


def _without_period(title: str) -> str:
    """Return a title with {period} in place of its periods, its brackets as wide as they were."""
    text = timewords.of_label(title)[0]
    return text.replace("(", "（").replace(")", "）") if "（" in title else text


def _short(slug: str) -> str:
    """Return the first words of an id, as many as are quickly typed."""
    words = slug.split("_")
    return next("_".join(words[:n]) for n in range(len(words), 0, -1) if len("_".join(words[:n])) <= 24 or n == 1)


def _free(id: str, taken: Iterable[str]) -> str:
    known, number, free = set(taken), 2, id
    while free in known:
        free, number = f"{id}_{number}", number + 1
    return free


def _slug(text: str) -> str:
    """Return an id made from words: their pinyin without tones, joined by _."""
    from pypinyin import lazy_pinyin

    words = [re.sub("[^a-z0-9]+", "_", part.lower()).strip("_") for part in lazy_pinyin(text)]
    slug = "_".join(word for word in words if word)
    return slug if slug[:1].isalpha() else f"x_{slug}" if slug else ""


_PLAIN = re.compile(r"[\w\u4e00-\u9fff（）·—/%.°³-]+")


def _yaml(text: str) -> str:
    """Return words as a YAML scalar for a flow mapping, in quotes where they need any."""
    is_plain = (
        _PLAIN.fullmatch(text) and not re.match(r"[-%\d.]", text) and text not in {"true", "false", "null", "yes", "no"}
    )
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _flow(parts: list[str]) -> str:
    return _yaml(parts[0]) if len(parts) == 1 else f"[{', '.join(map(_yaml, parts))}]"


def _comment(text: str) -> str:
    return re.sub(r"[\r\n\t]+", " ", text)


def _line(entries: dict[str, str], comment: str) -> str:
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    return f"- {{{body}}}" + (f" # {_comment(comment)}" if comment else "")


def _end(content: bytes) -> bytes:
    """Return how the lines of a file end."""
    return b"\r\n" if b"\r\n" in content else b"\n"


def _appended(content: bytes, text: str) -> bytes:
    """Return a file with lines at its end, every byte of it as it was."""
    end = _end(content)
    joint = b"" if not content or content.endswith(b"\n") else end
    return content + joint + text.encode().replace(b"\n", end)


def _with_areas(content: bytes, lines: str) -> bytes:
    """Return workspace.yaml with entries at the head of its areas; raise `Failed` where these stand in { }."""
    end = _end(content)
    rows = content.split(end)
    for n, row in enumerate(rows):
        if re.fullmatch(rb"areas:\s*(?:#.*)?", row):
            following = next((one for one in rows[n + 1 :] if one.strip() and not one.strip().startswith(b"#")), b"  ")
            indent = following[: len(following) - len(following.lstrip())] or b"  "
            rows[n + 1 : n + 1] = [indent + line.encode() for line in lines.strip("\n").split("\n")]
            return end.join(rows)
    hint = "write areas: on a line of its own, each area below it"
    raise Failed([Finding("learn.areas", "the new areas find no place", Place("workspace.yaml"), hint=hint)])


def entries_of(text: str) -> Iterator[tuple[str, shapes.Indicator]]:
    """Generate id and entry of drafted indicators, read as the folder reads them; raise `Failed` for a fault."""
    tree = settings.parse(text, "indicators")
    for id in tree.content:
        yield id, settings.validate(shapes.Indicator, tree, (id,))
