"""A recipe drafted from a workbook that nobody has described: what its heads and names say, matched with the folder.

A head or a name is taken where it is, after spaces and marks, that of an indicator or an area; one that is only near
becomes a comment. Everything drafted is shown before it is written, and is text for a person to change.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path as FilePath

from xdreport import extraction, labels, layout, recipe, settings, shapes, survey, timewords
from xdreport.catalog import Area, Catalog, Indicator, Kind, Level, Measure, Observation
from xdreport.extraction import Harvest
from xdreport.findings import Failed, Finding, Place, Severity, Unusable
from xdreport.grid import Book, reference
from xdreport.labels import Path
from xdreport.layout import Body, Column, Row
from xdreport.notation import decimals_of
from xdreport.timewords import TOKEN, When
from xdreport.unit import NONE, Unit


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
            new = settings.schema_line_of(root, "indicators", "../").encode()
            made[path] = _appended(path.read_bytes() if path.is_file() else new, self.indicators)
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
    is_described: bool = False,
) -> Draft:
    """Return a recipe for a workbook; `section` takes the indicators that the folder lacks, `ids` names them.

    `ids` are names of the workbook with the ids that are meant, of the folder or new; in a folder that `is_described`
    the recipe's first line names its schema. Raise `Unusable` where the workbook has no table or nothing in it is
    understood, or the section is unknown.
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
        if section:
            message = "neither heads nor rows say what the figures measure"
            hint = (
                f"xdreport new recipe begins one by hand: its heads and names can be given to indicators of {section}"
            )
        found = ", ".join(word.text for table in tables[:1] for word in table.understood.rows[:5])
        raise Unusable([Finding("learn.nothing", message, Place(book.name), found, hint=hint)])
    titles = (*(learner.title_of_all(body) for body in bodies), *(table.understood.title for table in kept))
    title = next(filter(None, titles), book.name.rpartition(".")[0])
    named = _without_period(title)
    title = re.sub(r"[(（\[【]\s*[)）\]】]", "", named.replace(TOKEN, "")).strip("-_. ") or "报表"
    name = id or _short(_slug(learner.plain(title))) or "workbook"
    issue = named if title == named.removeprefix(TOKEN) != named else title + "（{period}）"
    by_file = "file" if all(table.understood.by_file for table in kept) else ""
    by_file = "ask" if any(table.needs_year for table in kept) else by_file
    source = {"id": name.replace("_", "-"), "title": issue, "publisher": publisher or _publisher(book)}
    text = settings.schema_line("recipe", "../") if is_described else ""
    text += _recipe_text(title, source, [table.text for table in kept], by_file, _day_label(book))
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
    if period == "ask":
        head += "period: ask # no title says the year: give it with --period\n"
    elif period:
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
    needs_year: bool = False


# What the words of a head measure, the first that fits; the sign where falls are counted.
_MEASURES: tuple[tuple[re.Pattern[str], Measure | None, str], ...] = tuple(
    (re.compile(pattern), measure, reason)
    for pattern, measure, reason in (
        ("百分点", None, "a difference of rates is no growth"),
        ("环比.*指数|指数.*环比|上[月季][=＝为]100", None, "an index of another base is an indicator of its own"),
        ("指数|[=＝为]100", Measure.LEVEL, ""),
        ("高低|差距|(?:比|较|与|于)(?:全[国省市区县州]|[^年月期季]{0,4}平均)", None, "a comparison of two areas"),
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
_GROWTH_OF = re.compile("(.+?)((?:同比|比上年同期|比上年)?(?:增长|增速|增幅|增减|±)率?|位次|排位|排名|名次)")
_BARE = re.compile(  # a head that only says what is measured of the column before it
    r"(?:同比|环比|比上年同?期?|比去年同?期?|较上年同?期?)?(?:增长|增速|增幅|增减|降幅|±)?[率度]?|位次|排位|排名|名次|位|比重|占比|份额"
)
_MADE_UP = re.compile(r"[(（\[【]?(?:以上|本表)?(?:数据|数字)?(?:均|全)?(?:系|为|属)?虚构(?:的?数据|的)?[)）\]】]?")
# Heads that say no more than what is measured of the thing that they stand under.
_ONLY_MEASURED = re.compile(
    r"(?:同比|环比|(?:比|较|为)?(?:上年|去年|上月|上季|上期|年初|年度|全年|本年|本月|本季|本期|当月|当年|当季|同期|同月|同季"
    r"|期末|月末|季末|年末|年底)|增长|增速|增幅|增减|增加(?!值)|减少|上升|下降|降幅|减幅|升降|变化|变动|±|\+/-|[+-]|幅度|速度"
    r"|个?百分点|[在居]?全[国省市区县州](?=.*[位排名])|位次|排名|排位|名次|位|比重|占比|份额|绝对|总[量额值]|数[量值额]"
    r"|实[绩际]|累计|止|金额|余额|完成|指标值|目标|任务|计划|进度|预算|平均|年均|\{period\}|合计|单位|[率度数值量额末的])+"
)
# Things that say little without whose they are.
_OF_SOMEBODY = re.compile(
    "(?:主营业务|营业|销售|业务)?(?:收入|成本|利润)|利润总额|利税(?:总额)?|税金(?:总额)?|增加值|(?:总|销售)?产值|产量|销量|销售额|"
    "(?:企业|单位|法人)?(?:个|户|家|单位|企业)数|数量|人数|面积|投资|支出|资产总[计额]|负债(?:合计|总额)|用电量"
)
_AREA_STUB = re.compile(
    "地区|市州|州市|地市|县区|区县|市县|县市|乡镇|镇街|街镇|街道|县[(（]|市[(（]|城市|各[省市县区镇乡]|园区|行政区"
)
_NO_AREA = re.compile("本级|直属|市直|区直|县直|其他|其它|不分|平均|合计|小计|总计")
_RANKS_OF_AREAS = re.compile(
    r"^(?:全[国省市区县州])?(?:[分各](?:设区市|市州|地市|市县|县区|区县|县[(（]市、?区[)）]|县市区?|乡镇[(（]?街道[)）]?|乡镇|镇街|"
    r"街道|地区(?!生产)|[省市州县区镇乡]))?"
)
_NO_SUBJECT = re.compile("(?:完成|增长|发展|运行|排名|分布)?(?:情况|概况)?(?:对比|统计|一览|排名|排序|汇总)?表?$")
_WIDE = str.maketrans("()", "（）")
_PEOPLE = re.compile("(?:全体|城镇|农村|城乡)(?:常住)?(?:居民)?")
_GROWN = frozenset([Measure.YOY, Measure.MOM, Measure.AVG_GROWTH])
_AREA_NAME = re.compile(r"(?:[市县区镇乡省州盟旗]|街道|街道办事处|管委会|开发区|高新区|经开区)$")
_STOCK = re.compile(  # what stands at a point in time
    "期末|月末|季末|年末|年底|余额|户数|家数|单位数|企业数|机构数|存量|保有量|拥有量|人口|从业人员|职工人数|用工人数|在营|里程|"
    "各项[存贷]款|[存贷]款$|用户|市场主体|经营主体|个体工商户|在校|床位|技术人员|参保人?数|参加.*保险人数|存栏|库存|存货|产成品|应收|"
    "资产总[计额]|负债(?:合计|总额)|所有者权益|装机容量|待售|耕地|林地|绿地|失业人数"
)
_NO_STOCK = re.compile(  # what is counted over a time, whatever else the name says
    "新增|净增|新设|新登记|新注册|新开工|增加|减少|增量|增长|出生|死亡|迁入|迁出|招生|毕业|发放|投放|平均|工资|报酬|收入|支出|消费|产量|产值|"
    "销售|进出口|出口|进口|运输|货运|客运|周转量|利润|投资|率$"
)
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
    levels: Callable[[str], Level] = Level.of
    title: str = ""
    is_index: bool = False  # the heads of a table say 上年=100
    title_measure: Measure | None = None  # that of all figures, where the title names one

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
        heads = "".join(part for column in body.head.columns for part in column.path)
        own = _together(text for _, text in body.captions) or when
        self.is_stock = bool((own and own.is_end) or re.search("余额|期末|年末|月末", heads))
        self.levels = self._levels_of(body, title)
        self.is_index = self._counts_indices(body)
        self.title, self.title_measure = title, _measure_of_title(title)
        subject = "" if sort == "indicators" or self._columns_name_indicators(body) else self._in_title(body)
        subject = subject or ("" if sort == "indicators" else self._new_subject(body, title))
        self.rank = self._rank(body, sort)
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
        ids = {*self.catalog.indicators, *(it.id for it, _ in self.new_indicators.values())}
        said = [word.meaning.partition(" ")[0] for word in (*rows, *columns) if word.state is not State.LEFT_OUT]
        gives = subject or not ids.isdisjoint(said)
        if not (is_known and gives):
            return _Table(understood, "")
        own_times = [time for time in (*map(_when_of, body.head.columns), *(row.when for row in body.rows)) if time]
        needs_year = not by_file and (when is None or when.year is None) and not any(time.year for time in own_times)
        text = self._text(f"table{number}", group, title, spans, subject, column_lines, row_lines)
        return _Table(understood, text, needs_year)

    def _span(self, body: Body) -> str:
        head = body.head
        rows = head.surface.rows
        last = body.rows[-1].index if body.rows else rows[head.bottom]
        return f"{reference(rows[head.top], head.left)}:{reference(last, head.right)}"

    def _title(self, body: Body, *, of_all: bool = False) -> str:
        """Return the words above a table that can be its title, no unit, note or time alone: those with a number (表1)
        unless the title `of_all` tables is asked for, else the longest."""
        texts = [re.sub(r"\s*\n\s*", "", text) for _, text in body.captions]
        texts = [text for text in texts if not (labels.unit_line(text, self.extra) or _MADE_UP.fullmatch(text))]
        texts = [text for text in texts if not _DAY_LABEL.search(text)]
        numbered = [text for text in texts if labels.without_number(text) not in {text, ""}]
        texts = [labels.without_number(text) for text in (not of_all and numbered) or texts]
        texts = [text for text in texts if timewords.of_label(text)[0].replace(TOKEN, "").strip("()（）-—.")]
        return max(texts, key=lambda text: len(labels.key(text)), default="")

    def title_of_all(self, body: Body) -> str:
        """Return the title of the workbook that stands above the first of its tables."""
        return self._title(body, of_all=True)

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
        if known * 2 >= len(names) or likely * 2 > len(names):
            return "areas"
        stub = self._stub(body.head, body.head.stubs[-1])
        is_of_areas = _AREA_STUB.search(stub) and not re.search("指标|项目", stub)
        return "areas" if is_of_areas and not any(name in self.by_name for name in names) else "indicators"

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
        words = [_whole(part).strip() for part in text.split(TOKEN)]
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
        own = any(row.unit for body in group for row in body.rows) or any(one.unit for one in head.columns)
        if group[0].unit and not own and all(body.unit == group[0].unit for body in group):
            lines.append(f"    unit: {_yaml(self._line_unit(group[0]))}")
        if cell := next(self._triangles(group), ""):
            lines.append(f"    # triangle: fall # ▲ stands in {cell}: say fall where it is one, rise where it is not")
        if subject:
            name = self._its(subject).name
            lines.append(f"    indicator: {subject} # {_comment(name)} is in the title")
        lines += ["    columns:", *(f"      {line}" for line in columns)]
        lines += ["    rows:", *(f"      {line}" for line in rows)]
        return "\n".join(lines) + "\n"

    def _triangles(self, group: list[Body]) -> Iterator[str]:
        """Generate the cells of figures with a sign that may be a rise or a fall."""
        for body in group:
            surface = body.head.surface
            for row, column in ((row.index, column.index) for row in body.rows for column in body.head.columns):
                if re.match("[▲△]", surface.own(row, column).shown.strip()):
                    yield f"{surface.sheet.name}!{reference(row, column)}"

    # Columns

    def _columns(self, body: Body, sort: str, when: When | None, subject: str) -> tuple[list[Word], list[str]]:
        words: list[Word] = []
        drafts: list[_ColumnDraft] = []
        seen: set[tuple[Path, Path, int]] = set()
        before: tuple[str, ...] = ()
        whose: Path = ()  # the names that `before` is of
        is_timed = False  # a column to the left names its time
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
                if re.search("增速|增幅|增长", column.path[-1] if column.path else ""):
                    entries, state, meaning = {"skip": "true"}, State.LEFT_OUT, "the rank of a growth"
                    comment = "the rank of a growth has no measure"
            if comment == _STRANGE:  # its time is that of what is said of it, too
                before = self._steps(column, "level", when)
            if state in {State.KNOWN, State.NEW} and "skip" not in entries and measure:
                names = self._counted_by(column)[0]
                if sort == "indicators":
                    names = tuple(part for part in names if part in self.by_name)
                known = before if not names or names == whose else ()
                has_newest = sort != "periods" and own_times and (is_timed or not (when and when.is_whole))
                steps, comment = self._period_of(column, measure, when, known, bool(has_newest), comment)
                whose = names or whose
                if not steps and self._is_counted_to_end(column, entries, when):
                    steps = ("cumulative",)
                if measure == "level" and not any("before" in step or "last" in step for step in steps):
                    before = steps
                if steps:
                    entries["period"] = _flow(list(steps))
                    meaning += f", {' '.join(steps)}"
            is_timed = is_timed or _when_of(column) is not None
            after = {"after": _flow(self._head(anchor))} if is_shared and anchor else {}
            if is_shared and not anchor and behind and _when_of(behind) and measure not in {"", "level"}:
                after = {"after": _flow(self._head(behind))}  # 9月, 增长, 1-9月, 增长
                entries["period"], comment = "left", "of the column before it"
            if after and anchor and passed[column.path] > 1:
                after["nth"] = str(passed[column.path])
            key = (column.path, anchor.path if after and anchor else (), passed[column.path] if after and anchor else 1)
            behind = column
            if often[column.path] == 1:
                anchor, passed = column, Counter()
            words.append(Word(column.text, state, meaning, self._place(body, column.place)))
            if key in seen:
                continue
            seen.add(key)
            drafts.append(_ColumnDraft(len(words) - 1, column, after, entries, comment))
        lines = []
        for its in _told_apart(drafts):
            if "skip" in its.entries and words[its.number].state in {State.KNOWN, State.NEW}:
                words[its.number] = replace(words[its.number], state=State.UNKNOWN, meaning=its.comment)
            lines.append(_line({"head": _flow(self._head(its.column)), **its.after, **its.entries}, its.comment))
        return words, lines

    def _period_of(
        self, column: Column, measure: str, when: When | None, before: tuple[str, ...], has_newest: bool, comment: str
    ) -> tuple[tuple[str, ...], str]:
        """Return the steps from the table's period to that of a column, and what is to be said of them."""
        steps = self._steps(column, measure, when)
        if steps == ("same",):
            return steps, comment or "the months of the title in that year"
        if steps == ("year-before",):
            return (*(before or (("newest",) if has_newest else ())), *steps), comment
        own = _when_of(column)
        if measure == "completion" and own is not None and (own.first, own.last) == (1, 12):
            own = None  # 完成全年目标 until now
        if steps or own or measure in {"level", "target"}:
            return steps, comment
        if before:
            return before, comment or "of the column before it"
        if has_newest:
            return ("newest",), comment or "of the newest column"
        return (), comment

    def _is_counted_to_end(self, column: Column, entries: dict[str, str], when: When | None) -> bool:
        """Return whether a column of a table that is of the end of a time counts what happened until then."""
        it = self._its(entries["indicator"]) if "indicator" in entries else None
        is_amount = it is not None and it.is_flow and it.kind is Kind.LEVEL and not Measure(entries["measure"]).is_rank
        return bool(when and when.is_end and is_amount and not _when_of(column))

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
        is_new = False
        is_rank = bool(_RANK.search("".join(column.path)))  # then 全省 says among whom
        rest = []
        for part in self._parts(column):
            if part in self.by_name and not has_subject:
                named = entries["indicator"] = self.by_name[part]
            elif sort != "areas" and not is_rank and (area := self.areas.get(part) or self._everywhere(part)):
                named = entries["area"] = area
            elif sort != "areas" and not is_rank and part in _LEVELS:
                line, state, meaning, comment = self._area(part, part)
                if state is not State.NEW:
                    return line, state, meaning, comment
                named = entries["area"] = meaning
                is_new = True
            elif not labels.units(part, self.extra):
                rest.append(part)
        words = "".join(rest)
        unit = labels.units(column.unit, self.extra)
        if any(one.base == "百分点" for one in unit):
            return {"skip": "true"}, State.LEFT_OUT, "a difference in 百分点", "a difference of rates is no growth"
        measure, sign, reason = self._measure(words, unit)
        if sort != "indicators" and not named and not has_subject:
            return self._new_column(body, column)
        if "indicator" in entries:
            self.subject = entries["indicator"]
        if measure in {None, Measure.LEVEL} and not reason and self._is_growth_by_title(body, column, rest):
            measure = self.title_measure
        is_strange = rest and measure is Measure.LEVEL and not subject and not _is_measured(rest[-1])
        if is_strange and sort == "indicators" and not named:
            return {"skip": "true"}, State.UNKNOWN, "", _STRANGE
        is_share = any(one.is_percent for one in unit) and named and "indicator" in entries
        if measure is None and is_share and not self.catalog.indicators[named].unit.is_percent:
            comment = "a % under an amount: put measure: yoy in place of skip: true if it is its growth"
            return {"skip": "true"}, State.NEAR, named, comment
        if reason:
            return {"skip": "true"}, State.LEFT_OUT, reason, reason
        name = labels.key(self._its(subject).name) if subject else ""
        if measure is None and (named or not rest or (name and (words in name or name in words))):
            measure = Measure.LEVEL
        if measure is None:
            if re.search("备注|说明", words):
                return {"note": "true"}, State.KNOWN, "note", ""
            return {"skip": "true"}, State.UNKNOWN, "", "what it measures is not known"
        entries["measure"] = measure.value
        if sign:
            entries["sign"] = "reversed"
        if measure is Measure.LEVEL and len(unit) == 1 and not unit[0].is_percent:
            entries["unit"] = _yaml(column.unit)
        if comment := self._doubt(body, words, measure, unit):
            return {"skip": "true"}, State.UNKNOWN, "", comment
        return entries, State.NEW if is_new else State.KNOWN, f"{named} {measure}".strip(), ""

    def _is_growth_by_title(self, body: Body, column: Column, words: list[str]) -> bool:
        """Return whether the title says that all figures are growth, of which a head only says the area or time."""
        if self.title_measure is None or any(word != TOKEN and not _TIME_ONLY.fullmatch(word) for word in words):
            return False
        said = self._units(column.unit) or self._units(body.unit)
        return bool(said) and all(unit.is_percent for unit in said)

    def _doubt(self, body: Body, words: str, measure: Measure, unit: tuple[Unit, ...]) -> str:
        """Return what is to be said of a change that may be an amount or a rate, "" where it is clear."""
        in_line = any(one.is_percent for one in labels.units(body.unit, self.extra))
        if measure.is_rate and not (unit or in_line) and re.search("增减|±|升降|变化", words):
            return 'an amount or a rate? put measure: yoy, unit: "%" in place of skip: true for a rate'
        return ""

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
            if _RANK.search(words) and not (measure and measure.is_rank):
                continue
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
        levels = []
        for row in body.rows if sort == "areas" else ():
            key = row.path[-1] if row.path else ""
            if key in self.areas:
                levels.append(areas[self.areas[key]].level)
            elif key and key not in labels.TOTALS:
                levels.append(self.levels(key))
        level = max(levels, key=levels.count) if levels else areas[self.catalog.workspace.area].level
        among = {
            Level.PROVINCE: Measure.RANK_COUNTRY,
            Level.CITY: Measure.RANK_PROVINCE,
            Level.TOWN: Measure.RANK_DISTRICT,
        }
        return among.get(level, Measure.RANK_CITY)

    def _new_column(self, body: Body, column: Column) -> tuple[dict[str, str], State, str, str]:
        """Return what is said of a column of a table of areas or periods, none of whose heads the folder knows."""
        names, words = self._counted_by(column)
        names = self._of_people(names)
        unit = labels.units(column.unit, self.extra)
        measure, sign, reason = self._measure(words, unit) if words else (None, "", "")
        if reason:
            return {"skip": "true"}, State.LEFT_OUT, reason, reason
        if not names and not (self.subject and measure not in {None, Measure.LEVEL}):
            return {"skip": "true"}, State.UNKNOWN, "", "what it measures is not known"
        near = self._near(labels.key(names[-1], self.extra)) if names else ""
        if near:
            self.subject = ""
            comment = f"near {near}: put indicator: {near} in place of skip: true if it is"
            return {"skip": "true"}, State.NEAR, near, comment
        if names:
            self.subject = self._of_heads(body, names)
        id = self.subject
        if not id:
            reason = "no unit is said" if self.section else "no indicator of the folder; --section drafts one"
            return {"skip": "true"}, State.UNKNOWN, "", reason
        it = self._its(id)
        if measure is None and any(one.is_percent for one in unit) and not it.unit.is_percent:
            comment = "a % under an amount: put measure: yoy in place of skip: true if it is its growth"
            return {"skip": "true"}, State.NEAR, id, comment
        measure = measure or Measure.LEVEL
        if comment := self._doubt(body, words, measure, unit):
            return {"skip": "true"}, State.UNKNOWN, "", comment
        entries = {"indicator": id, "measure": measure.value} | ({"sign": "reversed"} if sign else {})
        if measure is Measure.LEVEL and len(unit) == 1 and not unit[0].is_percent:
            entries["unit"] = _yaml(column.unit)
        is_new = id not in self.catalog.indicators
        comment = "" if names else "of the column before it"
        return entries, State.NEW if is_new else State.KNOWN, f"{id} {measure}", comment

    def _counted_by(self, column: Column) -> tuple[Path, str]:
        """Return the heads of a column that name what is counted, and the words that say what is measured of it."""
        names, words = [], []
        for label in column.labels:
            bare = label.key.replace(TOKEN, "")
            if TOKEN in label.key:
                words.append(TOKEN)
            if not bare or labels.units(bare, self.extra):
                continue
            if _ONLY_MEASURED.fullmatch(bare):
                words.append(bare)
            elif match := _GROWTH_OF.fullmatch(bare):
                names.append(match[1])
                words.append(match[2])
            else:
                names.append(bare if TOKEN in label.key else label.name)
        return tuple(names), "".join(words)

    def _of_people(self, names: Path) -> Path:
        """Return heads that name people (城镇居民) with what the title says of them (人均可支配收入)."""
        if not (names and _PEOPLE.fullmatch(names[-1])):
            return names
        said = self._thing(self.title)
        return (*names[:-1], names[-1] + re.sub("^(?:全体|城乡)?居民", "", said)) if said else names

    def _of_heads(self, body: Body, names: Path) -> str:
        """Return the id of the indicator that the heads of a group of columns name, drafted with the unit of its
        amount; one of which only growth is known is drafted as that growth. "" where nothing says the unit."""
        counted = ((column, *self._counted_by(column)) for column in body.head.columns)
        every = [(column, self._of_people(other), words) for column, other, words in counted]
        own = [(column, words) for column, other, words in every if other == names]
        amounts = [column for column, words in own if not words or self._measure(words, ())[0] in {None, Measure.LEVEL}]
        rates = [(column, words) for column, words in own if self._measure(words, ())[0] in _GROWN]
        inner = {other[-1:] + other[:-1] for _, other, _ in every if other[-1:] == names[-1:]}
        outer = "".join(names[-2:-1])
        needs_outer = outer and (len(inner) > 1 or _OF_SOMEBODY.fullmatch(names[-1])) and outer not in names[-1]
        name = outer + names[-1] if needs_outer else names[-1]
        if amounts:
            said = [one for column in amounts for one in self._units(column.unit)]
            unit = next((one.text for one in said if not one.is_percent), "")
            if not unit and (any(not column.unit for column in amounts) or not said):
                unit = self._line_unit(body)
            shown = [text for column in amounts for text in self._shown_in(body, column)]
            return self._drafted(names, name, unit or next((one.text for one in said), ""), shown)
        if not rates:
            return ""
        return self._drafted(names, name, self._line_unit(body) or "%", [])

    def _shown_in(self, body: Body, column: Column) -> list[str]:
        surface = body.head.surface
        return [surface.own(row.index, column.index).shown for row in body.rows]

    def _new_subject(self, body: Body, title: str) -> str:
        """Return the id of an indicator that is drafted from the title of a table whose heads name none."""
        name = self._thing(title)
        if not name or any(self._counted_by(column)[0] for column in body.head.columns):
            return ""
        measured = [(column, self._measure(self._counted_by(column)[1], ())[0]) for column in body.head.columns]
        amounts = [column for column, measure in measured if measure in {None, Measure.LEVEL}]
        said = [one.text for column in amounts for one in self._units(column.unit)] or [self._line_unit(body)]
        if not amounts and not any(measure in _GROWN for _, measure in measured):
            return ""
        shown = [text for column in amounts for text in self._shown_in(body, column)]
        return self._drafted((name,), name, said[0] or ("" if amounts else "%"), shown)

    def _thing(self, title: str) -> str:
        """Return what a title says that its table is of, without areas and time, "" where it is no one thing."""
        name = re.sub(r"[\[【][^\[\]【】]*[\]】]", "", _without_period(title).replace(TOKEN, "")).translate(_WIDE)
        name = self._without_areas(re.sub(r"\s", "", name))
        name = re.sub("（[^（）]*）", "", _RANKS_OF_AREAS.sub("", name))
        name = _NO_SUBJECT.sub("", name)
        if self.title_measure:
            name = re.sub(
                "(?:分[月季市县区])?(?:累计)?(?:同比)?(?:增长速度|增速|增幅|增长率|涨跌幅度?|涨幅)$", "", name
            )
        return name if 3 <= len(name) <= 20 and not re.search("指标|数据|主要|经济运行|统计|收支", name) else ""

    def plain(self, title: str) -> str:
        """Return the words of a title that tell it from others: without area, year and what stands in brackets."""
        bare = re.sub(r"[(（\[【][^()（）]*[)）\]】]", "", title)
        return self._without_areas(re.sub(r"\s", "", bare)) or title

    def _without_areas(self, text: str) -> str:
        """Return a title without the name of an area at its beginning."""
        names = sorted((area.name for area in self.catalog.workspace.areas.values()), key=len, reverse=True)
        own = next((name for name in names if text.startswith(name)), "") or labels.area_of(text)
        return text.removeprefix(own) if len(text) > len(own) + 2 else text

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
        elif re.search("本季|当季|同季", words):
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
        if sort == "areas":  # the whole first, which the others lie in
            for row in (row for one in group for row in one.rows if row.path and row.path[-1] in _LEVELS):
                self._area(row.path[-1], row.labels[-1].name)
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
            return self._area(key, row.labels[-1].name)
        if has_subject and key in self.areas:
            return {"area": self.areas[key]}, State.KNOWN, self.areas[key], ""
        return self._indicator(body, row)

    def _area(self, key: str, name: str) -> tuple[dict[str, str], State, str, str]:
        workspace = self.catalog.workspace
        if key in self.areas:
            return {"area": self.areas[key]}, State.KNOWN, self.areas[key], ""
        if area := self._everywhere(key):
            return {"area": area}, State.KNOWN, area, ""
        if key in self.new_areas:
            return {"area": self.new_areas[key].id}, State.NEW, self.new_areas[key].id, ""
        level = _LEVELS.get(key)
        if level is None and (key in labels.TOTALS or _NO_AREA.search(key)):
            return {"skip": "true"}, State.LEFT_OUT, "a total", "a total: put area: and the area's id if it is one"
        if not self.section:
            return {"skip": "true"}, State.UNKNOWN, "", "no area of workspace.yaml; --section drafts it"
        id = self.ids.get(name) or _free(
            level.value if level else _slug(name), {*workspace.areas, *(area.id for area in self.new_areas.values())}
        )
        its_level = level or self.levels(name)
        self.new_areas[key] = Area(id, name, level=its_level, within=self._within(its_level))
        return {"area": id}, State.NEW, id, ""

    def _levels_of(self, body: Body, title: str) -> Callable[[str], Level]:
        """Return what tells the level of an area of a table by its name, else by the words above and beside it."""
        names = [row.path[-1] for row in body.rows if row.path]
        is_in_city = "全市" in names or any(name.endswith(("县", "区")) for name in names if name not in labels.TOTALS)
        words = "".join(self._stub(body.head, column) for column in body.head.stubs) + title
        told = next((level for pattern, level in _TOLD if re.search(pattern, words)), None)
        told = told or next((_PARTS[name] for name in names if name in _PARTS), Level.DISTRICT)

        def level(name: str) -> Level:
            return Level.of(name, is_in_city=is_in_city) if _AREA_NAME.search(name) else told

        return level

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
        above = [area for area in self.new_areas.values() if order.index(area.level) < order.index(level)]
        above = [area for area in above if area.name in _LEVELS]
        return max(above, key=lambda area: order.index(area.level)).id if above else ""

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
        if id and not self._composed(row.path) and self._is_general(body, row, id):
            comment = f"{key} of what? put indicator: {id} in place of skip: true if it is {self._its(id).name} there"
            return {"skip": "true"}, State.NEAR, id, comment
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
        if key in labels.TOTALS:
            return {"skip": "true"}, State.LEFT_OUT, "a total", "a total: put indicator: and its id, if it is one"
        name = self._full_name(body, row, same_name > 1)
        whole = self._id_of_path(row.path[:-1]) if parent else ""
        of_whole = row.labels[-2].unit if row.labels[-1].is_part and len(row.labels) > 1 else ""
        said = row.unit or self._line_unit(body)
        given = {} if said or not of_whole else {"unit": _yaml(of_whole)}
        made = self._drafted(row.path, name, said or of_whole, self._shown(body, row), whole)
        if made:
            entries, state, meaning, comment = self._with_unit(body, row, made)
            is_known = state is State.KNOWN
            return (
                entries | given,
                State.NEW if is_known else state,
                meaning,
                comment or ("the unit of its whole" if given else ""),
            )
        reason = "no indicator of the folder; --section drafts one"
        if self.section:
            said = row.unit or self._line_unit(body)
            reason = f"its unit {said} is not known: units in workspace.yaml adds it" if said else "no unit is said"
        return {"skip": "true"}, State.UNKNOWN, "", reason

    def _is_general(self, body: Body, row: Row, id: str) -> bool:
        """Return whether a name says nothing without its whole (第一产业), and nothing in the table says that this is
        the one that the folder means."""
        it = self._its(id)
        if not _GENERAL.fullmatch(row.path[-1]):
            return False
        above = [found for part in row.path[:-1] if (found := self._id_of(part))]
        if above or not self._thing(self.title):
            return bool(above) and it.parts_of not in above and it.name == row.path[-1]
        whole = self.catalog.indicators.get(it.parts_of)
        return whole is None or whole.name not in self.title

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
            own = {"unit": _yaml(row.unit)} if row.unit and len(said) == 1 and it.unit.text else {}
            return {"indicator": id, **own}, State.KNOWN, id, ""
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
            measure, _, reason = self._measure("".join(column.path), labels.units(column.unit, self.extra))
            if measure in {None, Measure.LEVEL} and not reason:
                found.append(surface.own(row.index, column.index).shown)
        return found

    # What is new

    def _drafted(self, path: Path, name: str, unit: str, shown: list[str], whole: str = "") -> str:
        """Return the id of an indicator that is drafted for a name, "" where none can be; `whole` is the id of that
        which it stands under."""
        if not self.section or not _slug(name) or labels.units(name, self.extra):
            return ""
        key = "\n".join(path)
        if key in self.new_indicators:
            return self._again(key, unit, shown)
        known = labels.units(unit, self.extra)
        is_index = "指数" in name or self.is_index or bool(re.search("[=＝为]100", unit))
        if not known and not is_index:
            return ""
        its_unit = known[0] if known else None
        if its_unit is not None and not _is_folder_unit(its_unit.text):
            its_unit = labels.unit_of(
                ("亿" if its_unit.multiplier >= 10**8 else "万" if its_unit.multiplier >= 10**4 else "") + its_unit.base
            )
        if its_unit is None and not is_index:
            return ""
        every = (*self.catalog.indicators.values(), *(it for it, _ in self.new_indicators.values()))
        taken = {it.id for it in every}
        meaning = ""
        base = re.fullmatch(r"(.+?)\s*[(（](.*100)[)）]", name) if is_index else None
        if base and all(it.name != base[1] for it in every):
            name, meaning = base.groups()
        wanted = self.ids.get(name) or self.ids.get(path[-1])
        id = wanted or _free(f"{self._prefix()}{_short(_slug(name))}", taken)
        globs = [glob for section in self.catalog.sections.values() for glob in section.indicators]
        if not any(fnmatchcase(id, glob) for glob in globs):
            expected = "an id that a section takes: " + ", ".join(globs)
            hint = f"--id {name}=… names it"
            raise Unusable([Finding("learn.id", "no section would take the indicator", None, id, expected, hint)])
        decimals = max((places for text in shown if (places := _decimals(text)) is not None), default=None)
        kind = (
            Kind.INDEX
            if is_index and "指数" not in name and (its_unit is None or its_unit.is_percent)
            else _kind(name, its_unit)
        )
        made = Indicator(
            id, self.section, name, its_unit or labels.unit_of("%") or NONE, decimals=decimals, kind=kind,
            is_flow=kind is not Kind.LEVEL or not _is_stock(name, self.is_stock),
            meaning=meaning,
        )  # fmt: skip
        if its_unit is None or kind is Kind.INDEX:
            made = replace(made, unit=NONE)
        self.new_indicators[key] = (made, "; ".join(self._remarks(made, path, whole, decimals is None)))
        return id

    def _counts_indices(self, body: Body) -> bool:
        """Return whether all amounts of a table are indices by their heads."""
        words = ["".join(column.path) for column in body.head.columns]
        amounts = [one for one in words if self._measure(one, ())[0] in {None, Measure.LEVEL}]
        return bool(amounts) and all(re.search("[=＝为]100", one) for one in amounts)

    def _again(self, key: str, unit: str, shown: list[str]) -> str:
        """Return the id of an indicator that another table drafted, with the unit of its amount where that one had
        but the % of its growth."""
        made, remarks = self.new_indicators[key]
        said = next((one for one in self._units(unit) if not one.is_percent and _is_folder_unit(one.text)), None)
        if said and made.unit.is_percent and made.decimals is None and not recipe.is_rate(made):
            places = max((found for text in shown if (found := _decimals(text)) is not None), default=None)
            grown = replace(made, unit=said, kind=Kind.LEVEL, decimals=places, is_flow=not _is_stock(made.name))
            self.new_indicators[key] = (grown, remarks.partition("% is the unit")[0].rstrip("; "))
        return made.id

    def _remarks(self, made: Indicator, path: Path, whole: str, has_no_amount: bool) -> Iterator[str]:
        """Generate what is to be said of an indicator that is drafted."""
        words = " > ".join(path)
        if words != made.name:
            yield words
        if whole and made.kind is Kind.LEVEL and labels.same_base(made.unit, self._its(whole).unit):
            yield f"parts_of: {whole} if it is a part of it"
        if whole and re.fullmatch("第[一二三]产业|.{1,3}|.+企业", made.name):
            yield "name it so that it reads alone in a report"
        if has_no_amount and made.unit.is_percent and not recipe.is_rate(made):
            yield "% is the unit of its growth: put that of its amount"

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
        for it, remarks in self.new_indicators.values():
            entries = {"name": _yaml(it.name)}
            if it.unit.text:
                entries["unit"] = _yaml(it.unit.text)
            if it.kind is not Kind.LEVEL:
                entries["kind"] = it.kind.value
            if it.decimals is not None:
                entries["decimals"] = str(it.decimals)
            if not it.is_flow:
                entries["flow"] = "false"
            if it.meaning:
                entries["meaning"] = _yaml(it.meaning)
            where = f" # {_comment(remarks)}" if remarks else ""
            lines.append(f"{it.id}: {{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}{where}")
        return "\n".join(lines) + "\n"

    def area_text(self) -> str:
        """Return the entries of the areas that are new."""
        lines = []
        for area in self.new_areas.values():
            within = f", within: {area.within}" if area.within else ""
            said = f" # its name, and within: {area.id} in the areas that lie in it" if area.name in _LEVELS else ""
            lines.append(f"{area.id}: {{name: {_yaml(area.name)}, level: {area.level.value}{within}}}{said}")
        return "\n".join(lines) + "\n" if lines else ""

    def _place(self, body: Body, place: tuple[int, int]) -> Place:
        return Place(self.book.locator(body.head.surface.sheet, *place))


_GENERAL = re.compile(
    "第[一二三]产业|农业|工业|建筑业|制造业|采矿业|服务业|金融业|房地产业|批发和零售业|住宿和餐饮业|"
    "城镇|农村|乡村|住宅|国有|民营|私营|总计|合计|其他|其它"
)
_TOLD = (
    ("乡镇|镇街|街镇|街道|各[镇乡]", Level.TOWN),
    ("县区|区县|县[(（]市|县市|各[县区]", Level.DISTRICT),
    ("市州|州市|地市|设区市|各市|分市", Level.CITY),
)
_PARTS = {"全国": Level.PROVINCE, "全省": Level.CITY, "全市": Level.DISTRICT, "全区": Level.TOWN, "全县": Level.TOWN}
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


@dataclass(frozen=True, slots=True)
class _ColumnDraft:
    """What a recipe is to say of a column; `number` is its place among the words that are understood."""

    number: int
    column: Column
    after: dict[str, str]
    entries: dict[str, str]
    comment: str


def _told_apart(drafts: list[_ColumnDraft]) -> Iterator[_ColumnDraft]:
    """Generate the columns, those left out that would give two figures of one thing: 全体居民 and 城镇居民 in a head
    that says nothing else apart."""

    def thing(its: _ColumnDraft) -> tuple[str, ...]:
        keys = ("indicator", "area", "measure", "period")
        return (*(its.entries.get(key, "") for key in keys), str(_when_of(its.column) or ""))

    def group(its: _ColumnDraft) -> str:
        *outer, _ = its.column.path
        return "" if not outer or _is_measured(outer[0]) or "indicator" in its.entries else outer[0]

    often = Counter(thing(its) for its in drafts if "measure" in its.entries)
    unclear = {group(its) for its in drafts if often[thing(its)] > 1} - {""}  # 利润总额 beside 营业收入
    for its in drafts:
        if "measure" not in its.entries or (often[thing(its)] < 2 and group(its) not in unclear):
            yield its
            continue
        words = ", ".join(f"{key}: {value}" for key, value in its.entries.items())
        many = often[thing(its)]
        same = f"{many} heads say the same" if many > 1 else f"of what it is, the columns of {group(its)} do not say"
        comment = f"{same}: put {words} in place of skip: true where one is meant"
        yield replace(its, entries={"skip": "true"}, comment=comment)


_STRANGE = "it names something itself: what it measures is not known"
_TIME_ONLY = re.compile(r"(?:\{period\}|累计|本月|当月|本季|本期|本年|止|末|当年|全年|1-本月|数值|指标值)+")
_INNER = re.compile("电量|指数|[^=]*[=＝为]100|产量|产值|销量|人数|面积|期末|规模|水平|本月末|比率")


def _is_measured(part: str) -> bool:
    """Return whether a head says no more than what is measured of the names in the rows."""
    return bool(_ONLY_MEASURED.fullmatch(part) or _INNER.fullmatch(part) or _TIME_ONLY.fullmatch(part))


def _measure_of_title(title: str) -> Measure | None:
    """Return the measure that a title says all figures of its table are, None where it says none or two."""
    key = re.sub(r"[(（\[【][^()（）]*[)）\]】]", "", title)
    if re.search("总量|绝对|规模及|[及和与、](?:增长|增速|增幅)", key):
        return None
    if re.search("环比.*(?:涨跌|涨幅|增)", key):
        return Measure.MOM
    return Measure.YOY if re.search("增长速度|增速|增幅|涨跌幅|涨幅|增长率|升降幅", key) else None


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


def _decimals(text: str) -> int | None:
    """Return how many digits stand behind the point of a figure, None for what is none."""
    try:
        return decimals_of(labels.number(text).value)
    except ValueError:
        return None


def _is_stock(name: str, by_table: bool = False) -> bool:
    """Return whether a name is that of what stands at a point in time, not of what is counted over a time; `by_table`
    says that the table is of a point in time."""
    is_at_end = re.search("余额|期末|月末|季末|年末|年底", name)
    return bool(is_at_end or ((by_table or _STOCK.search(name)) and not _NO_STOCK.search(name)))


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


def _without_period(title: str) -> str:
    """Return a title with {period} in place of its periods, its brackets as wide as they were."""
    text = timewords.of_label(title)[0]
    return text.replace("(", "（").replace(")", "）") if "（" in title else text


def _short(slug: str) -> str:
    """Return an id as it is, or without its last words where it is longer than anybody would read."""
    words = slug.split("_")
    return next("_".join(words[:n]) for n in range(len(words), 0, -1) if len("_".join(words[:n])) <= 60 or n == 1)


def _whole(text: str) -> str:
    """Return a part of a title without a bracket that opens or closes in another part."""
    depth = opened = start = 0
    for at, one in enumerate(text):
        if one in "(（[【":
            opened, depth = (at, 1) if not depth else (opened, depth + 1)
        elif one in ")）]】":
            start, depth = (start, depth - 1) if depth else (at + 1, 0)
    return text[start:opened] if depth else text[start:]


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
