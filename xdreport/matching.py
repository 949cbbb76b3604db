"""Typed numbers held against the data: which indicator, area, period and measure a number in a sentence is of, whether
the data bear it out, and how sure that is.

A number belongs to the indicator named before it in its clause; a clause without a subject of its own has that of the
clause before it (，增长5.6%，居全省第3位). Where other words than those of everyday connection stand between a name
and a number, they may be another subject: then nothing is claimed. So what is said to contradict names its
indicator, and what cannot be told is unknown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from xdreport import hierarchy, interval, notation, numerals, ranking, sums
from xdreport.catalog import Area, Catalog, Indicator, Level, Measure, Observation, Qualifier
from xdreport.edited import Passage
from xdreport.numerals import Bound, Kind, Typed, Way, When
from xdreport.period import Period
from xdreport.quantity import is_relative

SURE = 0.6  # from here on a number is said to contradict
_LIKELY = 0.4  # and from here on to agree
_GUESS = 0.59  # what may agree and does not contradict

_EVERYWHERE = {"全国": Level.COUNTRY, "全省": Level.PROVINCE, "全市": Level.CITY}
_NEAR = {"全区": Level.DISTRICT, "全县": Level.DISTRICT, "全镇": Level.TOWN, "全乡": Level.TOWN}
_OURS = ("我市", "我区", "我县", "我省", "我镇", "我乡", "本市", "本区", "本县", "本镇", "本乡")
_AMONG = {
    "全国": Measure.RANK_COUNTRY, "全省": Measure.RANK_PROVINCE, "全市": Measure.RANK_CITY,
    "全区": Measure.RANK_DISTRICT, "全县": Measure.RANK_DISTRICT,
}  # fmt: skip
_COUNTED = frozenset(["个", "家", "户", "项", "件", "所", "座", "处", "条", "期", "场", "次", "人", "名", "宗", "批"])
_SENTENCE = re.compile(r"[。！？!?\n]|(?<=\D)；|;")
_CLAUSE = re.compile(r"[，,：:；（）()]")
_JOINT = re.compile(r"[，,：:；、（）()]|(?<!饱)和(?!谐)|与|以及|及(?!其)")
# Words that connect a name with its number and are no subject of their own.
_LINKS = (
    "按照?(?:不变|可比|现行|当年)价格?(?:计算)?|扣除价格因素|可比口径|同口径|按常住人口计算|初步(?:核算|统计|测算)|"
    "同比|环比|比|较|与|同|相比|分别|增长速?率?|增加(?!值)|增速|增幅|增量|增至|增|上升|提高|提升|回升|攀升|上涨|升至|升|涨|下降|减少|下滑|降低|回落|"
    "下跌|降至|降幅|减幅|降|减|跌|放缓|减缓|加快|收窄|扩大|缩小|持平|前移|后移|快于|慢于|高于|低于|高出|快|慢|高|低|负|"
    "首次|成功|再次|顺利|稳步|大幅|小幅|略有?|明显|显著|持续|继续|保持|连续|逐步|进一步|不断|有所|实际|名义|累计|共计?|合计|总计|总额|总量|总数|总面积|规模|"
    "实现|完成|达成?到?|突破|超过?|逾|接近|近|约|大约|为|是|有|至|到|了|的|仅|均|都|也|仍|还|已|并|且|但|而|由|从|以上|以下|左右|"
    "其中|同时|此外|另外|全年|年内|今年|当年|本年|期末|年末|年底|月末|季末|末|底|期间|以来|截至|目前|至今|"
    "位次|位居|排名|排在|排|居|位列|列|名列|占|比重|占比|份额|比例|水平|平均|速度|幅度|个百分点|百分点|净增?|新增|"
    "目标|年度|计划|预期|任务|预算|进度|序时|时序|拉动|贡献率|贡献|对|经济|带动|"
    "数量|数|值|额|人数|户数|家数|每立方米|每平方米|各|全部|总体|整体|呈现?|态势|势头|良好|平稳|较快|快速|迅速|高速|较好|向好|运行|发展|"
    "培育|认定|拥有|建成|投入|获批|引进|发展|组织|开展|落实|安排|兑现|发放|签约|争取|争取到|吸引|接待|办理|办结|建设|改造|新建|设立|形成|"
    "上|中|内|后|前|又|再|则|另|个|家|项|户|人|元|%|亿|万|一|在|将|被|向|于|以|等|所|其|该|这|此|及|和|与|或|多|余|强|大|小|最|更|"
    "全区|全县|全市|全省|全国|我区|我县|我市|本区|本市|本县|区|县|市|省|地区|区域|辖区|各地"
)
_LINK = re.compile(rf"(?:{_LINKS})+")
# Of these none may stand between: they are marks that a new subject has begun.
_OTHER = re.compile(r"[A-Za-z\u4e00-\u9fff]")
# Where an item of a list ends and the next may begin, and where what follows a number ends.
_PARTED = re.compile("[、，,；;：:]|(?<!饱)和(?!谐)|以及|及(?!其)|并")
_ENDS = re.compile("[，。；、：！？,;:（）()]|和|以及|并")
# What stands round a name in the labels and titles of tables.
_LABELS = re.compile(r"[（(][^）)]*[）)]|#|其中|[：:]|[表图][ \d]*|主要指标|统计表|情况|一览|分(?:区域|地区|县区|月)?")
_EACH = re.compile("每|人均|户均|平均")  # of something else than the whole
_ASIDE = re.compile(r"[（(][^（）()\d]{1,10}[）)]")
_HOPE = re.compile("力争|预计|确保|有望|争取(?!到)|将(?:达到|实现|增长|突破|完成)")
_MODIFIED = re.compile(r"[\u4e00-\u9fff”》)）]$")
_GROWTH = re.compile(
    "增长|增速|增幅|增加|下降|减少|上升|提高|下滑|降低|回落|降幅|涨|跌|提升|同比|环比|年均|↑|↓|升|降|减"
)
_SHARE = re.compile("占|比重|份额")
_WHOLE = re.compile("占(全[国省市区县旗镇乡])的?(?:比重|比例|份额)?(?:约|近|超过?)?(?:为|达到?|是)?$")
_DONE = re.compile("完成|预算的|目标的|进度|任务的|计划的")
_AIM = re.compile("目标|计划|预期|力争|确保|预计|争取(?!到)|将达|规划|有望|努力|突破目标|以上目标")


class Verdict(StrEnum):
    """What the data say to a typed number."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Truth:
    """What the data have in place of a typed number, counted without 万 and 亿; `low` and `high` where it is computed
    from rounded values. `decimals` are those of a reported value, in its own `scale`."""

    value: Decimal
    text: str
    rows: tuple[Observation, ...]
    decimals: int | None = None
    scale: int = 1
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: Qualifier | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed number may be a figure of. `truth` is None where the data do not have it."""

    indicator: str
    area: str
    period: Period
    measure: str
    confidence: float
    truth: Truth | None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A typed number held against the data. `number` counts the passages, `reading` is None for an unknown subject."""

    typed: Typed
    number: int
    verdict: Verdict
    confidence: float = 0.0
    reading: Reading | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """An indicator's name in a sentence; `role` is rate where the name lacks its 增速, new where it lacks its 新增."""

    start: int
    stop: int
    ids: tuple[tuple[str, str], ...]
    modified: float = 1.0


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    start: int
    typed: list[Typed]
    whens: list[When]
    names: list[_Name]
    areas: list[tuple[int, int, str]]
    carried: Period | None


class Matcher:
    """Holds the passages of a document against a catalog; `own` is the period that the document reports on, `area`
    the area, the workspace's without one."""

    def __init__(self, catalog: Catalog, own: Period, area: Area | None = None) -> None:
        self.catalog = catalog
        self.own = own
        self.area = area or catalog.workspace.areas[catalog.workspace.area]
        self._units = {it.unit.base for it in catalog.indicators.values() if it.unit.base}

    # -- what is named ------------------------------------------------------------------------

    @cached_property
    def _lexicon(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The names and aliases of all indicators, and other ways to write them, with what each may mean."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for it in self.catalog.indicators.values():
            for name in (it.name, *it.aliases):
                for written, role in _variants(name):
                    if len(written) > 1:
                        found.setdefault(written, {})[it.id, role] = None
        return {name: tuple(sorted(its, key=lambda pair: pair[1] != "own")) for name, its in found.items()}

    @cached_property
    def _named(self) -> re.Pattern[str]:
        names = sorted(self._lexicon, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) or "(?!)")

    @cached_property
    def _places(self) -> re.Pattern[str]:
        words = [area.name for area in self.catalog.workspace.areas.values()]
        short = [name[:-1] for name in words if len(name) > 2]
        return re.compile(
            "|".join(map(re.escape, sorted({*words, *short, *hierarchy.WORDS, *_OURS}, key=len, reverse=True)))
        )

    def _names_in(self, text: str) -> list[_Name]:
        names = []
        for match in self._named.finditer(text):
            names.append(_Name(match.start(), match.end(), self._lexicon[match[0]], 1.0))
        return names

    def _area_of(self, word: str) -> str | None:
        """Return the id of the area that a word names; None for one that the folder does not have."""
        areas = self.catalog.workspace.areas
        if word in _OURS:
            return self.area.id
        for area in areas.values():
            if word in {area.name, area.name[:-1]} and len(word) > 1:
                return area.id
        around = (self.area, *hierarchy.above(areas, self.area))
        called = next((it for it in around if word == hierarchy.everywhere(it)), None)
        level = _EVERYWHERE.get(word) or _NEAR.get(word)
        if called is None and level:
            called = next((it for it in around if it.level is level), None)
        return called.id if called else None

    # -- sentences ----------------------------------------------------------------------------

    def hold(self, passage: Passage, number: int, live: Iterable[tuple[int, int]] = ()) -> list[Held]:
        """Return the typed numbers of a passage, each held against the data, without those that are `live` figures."""
        text = numerals.plain(passage.text)
        spans = list(live)
        if passage.head or passage.label:
            return [held for held in self._hold_cell(passage, text, number) if not _inside(held.typed, spans)]
        found: list[Held] = []
        carried: Period | None = None
        before: _Name | None = None
        last = 0
        for end in [match.end() for match in _SENTENCE.finditer(text)] + [len(text)]:
            if end <= last:
                continue
            sentence = self._sentence(text[last:end], last, carried)
            explicit = [it.period for it in sentence.whens if it.period and not it.is_base]
            carried = explicit[0] if explicit else carried
            held = list(self._hold_sentence(sentence, number, before))
            before = sentence.names[-1] if sentence.names and text[end - 1 : end] in {"；", ";"} else None
            found += [it for it in held if not _inside(it.typed, spans)]
            last = end
        return found

    def _sentence(self, text: str, start: int, carried: Period | None) -> _Sentence:
        names = self._names_in(text)
        typed = [
            it
            for it in numerals.numbers(text, self._units)
            if not any(name.start < it.stop and it.start < name.stop for name in names)
        ]
        whens = [
            it
            for it in numerals.periods(text)
            if not any(name.start < it.stop and it.start < name.stop for name in names)
        ]
        areas = [(match.start(), match.end(), match[0]) for match in self._places.finditer(text)]
        areas = [it for it in areas if not any(name.start < it[1] and it[0] < name.stop for name in names)]
        sentence = _Sentence(text, start, typed, whens, names, areas, carried)
        modified = [replace(name, modified=self._modified(sentence, name)) for name in names]
        return replace(sentence, names=modified)

    def _modified(self, sentence: _Sentence, name: _Name) -> float:
        """Return how sure it is that a name stands for itself: not where words before it make it another's (高技术+
        制造业增加值)."""
        begin = max(
            [0]
            + [match.end() for match in _JOINT.finditer(sentence.text[: name.start])]
            + [typed.stop for typed in sentence.typed if typed.stop <= name.start]
            + [other.stop for other in sentence.names if other.stop <= name.start]
            + [when.stop for when in sentence.whens if when.stop <= name.start]
            + [area[1] for area in sentence.areas if area[1] <= name.start]
        )
        lead = sentence.text[begin : name.start]
        rest = "".join(_OTHER.findall(_LINK.sub("", lead)))
        if not rest:
            return 1.0
        if _EACH.search(lead):
            return 0.3
        tail = re.split(_LINK, lead)[-1] if lead else ""
        return 0.35 if tail.strip() and _MODIFIED.search(tail) else 0.85

    def _hold_sentence(self, sentence: _Sentence, number: int, before: _Name | None) -> Iterator[Held]:
        lists = self._lists(sentence)
        previous: Held | None = None
        for position, typed in enumerate(sentence.typed):
            if typed.kind is Kind.BARE:
                continue
            shifted = replace(typed, start=typed.start + sentence.start, stop=typed.stop + sentence.start)
            subjects = [lists[position]] if position in lists else list(self._subjects(sentence, typed, before))
            held = self._decided(sentence, typed, subjects, previous)
            held = replace(held, typed=replace(shifted, way=held.typed.way), number=number)
            previous = held if held.reading else previous
            yield held

    def _lists(self, sentence: _Sentence) -> dict[int, tuple[_Name, float]]:
        """Return the subjects of numbers that stand in a list for several names: 甲、乙和丙分别增长1%、2%和3%."""
        found: dict[int, tuple[_Name, float]] = {}
        for match in re.finditer("分别", sentence.text):
            names = [it for it in sentence.names if it.stop <= match.start()]
            run: list[_Name] = []
            for name in reversed(names):
                following = run[0].start if run else match.start()
                if self._between(sentence, name.stop, following):
                    break
                run.insert(0, name)
            stop = next((it.start() for it in re.finditer("[；。]", sentence.text) if it.start() > match.end()), None)
            after = [
                position
                for position, typed in enumerate(sentence.typed)
                if typed.start >= match.end() and (stop is None or typed.start < stop)
            ]
            run_of: list[int] = []
            for position in after:
                typed = sentence.typed[position]
                if run_of:
                    gap = sentence.text[sentence.typed[run_of[-1]].stop : typed.start]
                    if not re.fullmatch(
                        r"(?:[、，]|和|与|及|以及|分别|增长|下降|增加|减少|提高|上升|比上年|同比|[，、]?下降|[，、]?增长)+",
                        gap,
                    ):
                        break
                run_of.append(position)
            if len(run) > 1 and len(run) == len(run_of):
                for name, position in zip(run, run_of, strict=True):
                    found[position] = (name, 0.95 * name.modified)
            elif len(run_of) > 1 and run:  # somebody has shortened the names: 城镇、农村居民人均可支配收入分别为
                found.update(dict.fromkeys(run_of, (run[-1], 0.3)))
        return found

    def _subjects(self, sentence: _Sentence, typed: Typed, before: _Name | None) -> Iterator[tuple[_Name, float]]:
        """Generate the names that a number may be a figure of, each with how sure that is, the surest first."""
        found: list[tuple[float, int, _Name]] = []
        behind = [name for name in sentence.names if name.stop <= typed.start]
        if typed.kind in {Kind.PERCENT, Kind.POINTS}:  # what something is a share of is not what the number is of
            behind = [it for it in behind if not re.search("占(?:全[部市区县省])?$", sentence.text[: it.start])]
        following = self._following(sentence, typed)
        for distance, name in enumerate(reversed(behind[-3:])):
            rest = self._between(sentence, name.stop, typed.start)
            inner = any(other.start >= name.stop for other in behind)
            sure = 1.0 if not rest else 0.7 if len(rest) <= 1 else 0.3
            sure *= name.modified * (0.5 if inner else 1.0)
            if following is not None and _PARTED.search(sentence.text[name.stop : typed.start]):
                sure *= 0.4  # the number begins an item of its own: 17个老旧小区改造和537户棚户区改造
            found.append((sure, distance, name))
        if isinstance(following, _Name):
            lead = sentence.text[behind[-1].stop : typed.start] if behind else "、"
            if _PARTED.search(lead) or not _owned(sentence, typed, behind):
                found.append((0.9, 9, following))
        if not behind and before is not None:
            rest = self._between(sentence, 0, typed.start)
            if not rest:
                found.append((0.65, 10, before))
        found += [(sure, 11, name) for sure, name in self._elliptical(sentence, typed, behind, before)]
        found.sort(key=lambda it: (-it[0], it[1]))
        for sure, _, name in found:
            yield name, sure

    def _following(self, sentence: _Sentence, typed: Typed) -> _Name | bool | None:
        """Return the name that stands right after a number (128家规上工业企业), True for other words there that may be
        what is counted, None where nothing follows that could."""
        if typed.kind not in {Kind.AMOUNT, Kind.PERCENT}:
            return None
        end = next((it.start() for it in _ENDS.finditer(sentence.text) if it.start() >= typed.stop), len(sentence.text))
        for name in sentence.names:
            if typed.stop <= name.start < end:
                gap = sentence.text[typed.stop : name.start]
                if not _OTHER.findall(_LINK.sub("", gap)) and len(gap) <= 4:
                    return name
        words = sentence.text[typed.stop : end]
        if typed.kind is Kind.AMOUNT and len("".join(_OTHER.findall(_LINK.sub("", words)))) >= 2:
            return True
        return None

    def _between(self, sentence: _Sentence, start: int, stop: int) -> str:
        """Return the words between two places that are no connection, numbers, periods or areas."""
        text = list(sentence.text)
        for begin, end in (
            *((it.start, it.stop) for it in sentence.typed),
            *((it.start, it.stop) for it in sentence.whens),
            *((it[0], it[1]) for it in sentence.areas),
            *((it.start, it.stop) for it in sentence.names if it.start >= start and it.stop <= stop),
        ):
            for place in range(begin, end):
                text[place] = "·"
        words = _ASIDE.sub("", "".join(text[start:stop]))
        return "".join(_OTHER.findall(_LINK.sub("", words)))

    def _elliptical(
        self, sentence: _Sentence, typed: Typed, behind: list[_Name], before: _Name | None
    ) -> Iterator[tuple[float, _Name]]:
        """Generate names that a clause shortens after another was named: 城镇居民人均可支配收入…；农村居民…."""
        last = behind[-1] if behind else before
        if last is None:
            return
        start = max([0] + [it.end() for it in _CLAUSE.finditer(sentence.text[: typed.start])])
        start = max([start] + [it.stop for it in sentence.typed if it.stop <= typed.start])
        lead = sentence.text[start : typed.start]
        parts = [part for part in _LINK.split(lead) if len(part) > 1] or [
            part for part in [lead.strip("、，和其中")] if len(part) > 1
        ]
        if len(parts) != 1 or (behind and last.stop > start):
            return
        word = parts[0]
        known = [self.catalog.indicators[id] for id, _ in last.ids]
        names = {name for it in known for name in (it.name, *it.aliases)}
        for written, ids in self._lexicon.items():
            ends = written.endswith(word) and any(_common(written, name) >= 2 for name in names)
            begins = written.startswith(word) and any(_common(written[::-1], name[::-1]) >= 2 for name in names)
            if written != word and (ends or begins) and not set(ids) & set(last.ids):
                yield 0.75, _Name(start, typed.start, ids)

    # -- what a number says of its subject ----------------------------------------------------

    def _decided(
        self, sentence: _Sentence, typed: Typed, subjects: list[tuple[_Name, float]], previous: Held | None
    ) -> Held:
        way = numerals.list_way(sentence.text, typed.start) if typed.way is Way.NONE else Way.NONE
        typed = replace(typed, way=way) if way else typed
        readings: list[tuple[Reading, bool, str, Typed]] = []
        for name, sure in subjects:
            for reading, its in self._readings(sentence, typed, name, sure, previous):
                holds, why = _holds(its, reading)
                readings.append((reading, holds, why, its))
        known = [it for it in readings if it[0].truth is not None]
        if not known:
            best = max(readings, key=lambda it: it[0].confidence, default=None)
            if best is None:
                return Held(typed, 0, Verdict.UNKNOWN, reason="no indicator of the folder is named with it")
            return Held(typed, 0, Verdict.UNKNOWN, 0.0, best[0], "the data have no such figure")
        top = max(known, key=lambda it: it[0].confidence)
        agreeing = [it for it in known if it[1]]
        if agreeing:
            best = max(agreeing, key=lambda it: it[0].confidence)
            is_near = best[0].confidence >= top[0].confidence - 0.25
            is_telling = len(str(typed.value).replace(".", "").strip("0-")) >= 3
            if is_near or (is_telling and top[0].confidence < SURE):
                sure = max(best[0].confidence, 0.5) if is_telling else best[0].confidence
                if sure >= _LIKELY:
                    return Held(typed, 0, Verdict.AGREES, round(sure, 2), best[0])
                return Held(typed, 0, Verdict.UNKNOWN, round(sure, 2), best[0], "not sure what it is a figure of")
        reading, _, why, its = top
        if reading.confidence < SURE:
            return Held(
                its, 0, Verdict.UNKNOWN, round(reading.confidence, 2), reading, "not sure what it is a figure of"
            )
        return Held(its, 0, Verdict.CONTRADICTS, round(reading.confidence, 2), reading, why + self._stale(its, reading))

    def _stale(self, typed: Typed, reading: Reading) -> str:
        """Return of which other period a contradicted number is the figure, "" for none."""
        if reading.measure not in set(Measure):
            return ""
        for row in self.catalog.current:
            if (row.indicator, row.area, row.measure.value) != (reading.indicator, reading.area, reading.measure):
                continue
            truth = self._reported(row)
            if row.period != reading.period and _holds(typed, replace(reading, truth=truth))[0]:
                return f"; it is the figure of {row.period.name}"
        return ""

    def _readings(
        self, sentence: _Sentence, typed: Typed, name: _Name, sure: float, previous: Held | None
    ) -> Iterator[tuple[Reading, Typed]]:
        """Generate what a number may be of a named indicator, with the number as it is then to be read."""
        lead, tail = _clause(sentence, typed, name)
        if _HOPE.search(sentence.text[: typed.start]):
            sure *= 0.3  # what is hoped for is no figure yet
        period, clear = self._period(sentence, typed)
        area, where = self._area(sentence, typed, name)
        if area is None:
            return
        for id, role in name.ids:
            it = self.catalog.indicators[id]
            if role == "new" and "新" not in sentence.text[max(0, name.start - 6) : typed.stop]:
                continue
            for measure, weight, its in self._measures(sentence, typed, it, role, lead, tail, previous):
                when = period
                for truth, certain, period_of in self._truths(it, area, when, measure, sentence, typed, where):
                    confidence = sure * clear * weight * certain
                    signed = measure in {
                        "yoy",
                        "mom",
                        "growth",
                        "avg_growth",
                        "computed",
                        "points",
                        "pace",
                        "difference",
                    }
                    signed = signed or (role == "rate" and measure == "level")
                    yield Reading(id, area, period_of, measure, confidence, truth, signed), its

    def _measures(
        self, sentence: _Sentence, typed: Typed, it: Indicator, role: str, lead: str, tail: str, previous: Held | None
    ) -> Iterator[tuple[str, float, Typed]]:
        """Generate what a number may measure, with how likely that is."""
        match typed.kind:
            case Kind.RANK:
                yield f"rank:{typed.place}", 1.0, typed
            case Kind.PLACES:
                yield "places", 0.95, typed
            case Kind.TIMES:
                yield "times", 0.9, typed
            case Kind.TURN:
                yield from self._turned(typed, lead)
            case Kind.POINTS:
                yield from self._pointed(typed, it, role, lead, previous)
            case Kind.PERCENT:
                yield from self._percent(typed, it, role, lead, tail)
            case Kind.AMOUNT:
                yield from self._amount(typed, it, role, lead, tail)
            case Kind.BARE:
                pass

    def _turned(self, typed: Typed, lead: str) -> Iterator[tuple[str, float, Typed]]:
        if typed.unit == "持平":
            if re.search("上年|去年|同期|同比", lead):
                yield "flat", 0.85, typed
        else:
            yield "turn", 0.85, typed

    def _pointed(
        self, typed: Typed, it: Indicator, role: str, lead: str, previous: Held | None
    ) -> Iterator[tuple[str, float, Typed]]:
        its = typed
        if re.search("降幅|跌幅|减幅", lead) and re.search("收窄|扩大|缩小", lead):
            way = {Way.DOWN: Way.UP, Way.UP: Way.DOWN}.get(typed.way, typed.way)
            its = replace(typed, way=way)
        if re.search("拉动|贡献|影响", lead):
            return
        if typed.way in {Way.NONE, Way.FLAT}:
            return
        abroad = re.search(
            r"(?:高于|低于|快于|慢于|高出|领先|好于|比|较)(全国|全省|全市|\w{2,8}?)(?:平均|水平|平均水平|增速|增幅)*(?:高出?|低|快|慢|多|少)?",
            lead,
        )
        is_here = abroad and self._area_of(abroad[1])
        if abroad and (is_here or abroad[1] in _EVERYWHERE):
            yield f"abroad:{abroad[1]}", 0.9, its
            return
        if (
            previous
            and previous.reading
            and previous.reading.measure == "share"
            and previous.reading.indicator == it.id
        ):
            yield "share_points", 0.85, its
            return
        if it.unit.is_percent:
            yield "points", 0.9 if role == "own" else 0.85, its
        else:
            yield "pace", 0.85, its

    def _percent(
        self, typed: Typed, it: Indicator, role: str, lead: str, tail: str
    ) -> Iterator[tuple[str, float, Typed]]:
        if re.search("贡献率|拉动", lead):
            return
        if _SHARE.search(lead) and typed.way in {Way.NONE, Way.UP, Way.DOWN}:
            if it.unit.is_percent:
                yield "level", 0.9, replace(typed, way=Way.NONE)
            whole = _WHOLE.search(lead)
            yield f"share:{whole[1]}" if whole else "share", 0.9, replace(typed, way=Way.NONE)
            return
        if _DONE.search(lead + tail[:4]) and not re.search("增长|下降|同比", lead[-6:]):
            yield "completion", 0.9, replace(typed, way=Way.NONE)
            return
        is_growth = bool(_GROWTH.search(lead[-14:])) or typed.way in {Way.UP, Way.DOWN}
        if it.unit.is_percent:
            reaches = bool(re.search("(?:至|到|达|为|是|降|升)(?:了|近|约|超过?)?$", lead))
            if role == "rate" or it.name.endswith(("增速", "增幅", "增长率")):
                yield "level", 0.9, typed
            elif not is_growth or reaches:
                yield "level", 0.95, replace(typed, way=Way.NONE)
            else:
                yield "level", 0.5, replace(typed, way=Way.NONE)
            return
        if not is_growth and not re.match("的?(?:增速|增幅|速度)", tail):
            if it.aliases or it.name:
                yield "share", 0.4, replace(typed, way=Way.NONE)
            return
        if "两年平均" in lead or "剔除" in lead:
            return
        if "环比" in lead or "比上月" in lead or "较上月" in lead:
            yield "mom", 0.9, typed
        elif "年均" in lead:
            yield "avg_growth", 0.9, typed
        else:
            yield "yoy", 0.95, typed
            yield "growth", 0.7, typed

    def _amount(
        self, typed: Typed, it: Indicator, role: str, lead: str, tail: str
    ) -> Iterator[tuple[str, float, Typed]]:
        fits = typed.unit == it.unit.base
        if not fits:
            both_counted = typed.unit in _COUNTED and it.unit.base in _COUNTED
            if not both_counted and typed.unit:
                return
        fit = 1.0 if fits else 0.85
        reaches = bool(
            re.search(
                r"(?:增至|升至|降至|增加到|减少到|增长到|提高到|下降到|达|达到|至|到)(?:了)?(?:近|约|超过?)?$", lead
            )
        )
        moved = re.search(r"(?:增加|减少|净增|多增|少|多|增长|下降|减|增)(?:了)?(?:近|约|超过?)?$", lead)
        if _AIM.search(lead) or re.match("的(?:目标|任务|计划|预期)", tail) or re.search("[距离]", lead[-4:]):
            yield "target", 0.8 * fit, replace(typed, way=Way.NONE)
            return
        if moved and not reaches and role == "own" and not re.search("新增$", lead) and typed.way in {Way.UP, Way.DOWN}:
            yield "difference", 0.85 * fit, typed
            if "新增" not in lead:
                return
        if (
            role == "own"
            and re.search("新(?:增|认定|获批|引进|设立|培育|开|建|签|登记|入库|纳入)?(?:了)?$", lead)
            and not it.name.startswith("新")
        ):
            yield "difference", 0.5 * fit, replace(typed, way=Way.UP)
            return
        weight = 1.0 if role in {"own", "new"} else 0.6
        yield "level", weight * fit, typed if reaches else replace(typed, way=Way.NONE)
        yield "target", 0.4 * fit, replace(typed, way=Way.NONE)

    # -- period and area ----------------------------------------------------------------------

    def _period(self, sentence: _Sentence, typed: Typed) -> tuple[Period, float]:
        """Return the period of a number and how sure it is: what its clause says, its sentence, its paragraph, or
        that of the document."""
        said = [it for it in sentence.whens if it.stop <= typed.start and not it.is_base]
        after = next((it for it in sentence.whens if it.start >= typed.stop), None)
        if after and re.fullmatch(r"[（(]", sentence.text[typed.stop : after.start]) and after.period:
            return after.period, 0.95
        begin = max([0] + [it.end() for it in _CLAUSE.finditer(sentence.text[: typed.start])])
        if re.search("[由从]$", sentence.text[max(0, begin) : typed.start][-2:]) or (
            re.search(r"[由从][^，。；]{0,12}$", sentence.text[begin : typed.start])
            and re.match(
                r"[^，。；]{0,2}(?:增|升|提高|上升|降|减少|下降|调整|扩大|回落|增加|增长|下滑|上涨|缩)",
                sentence.text[typed.stop :],
            )
        ):
            base = next((numerals.resolved(it, self.own) for it in reversed(said) if it.start >= begin), None)
            return base or self.own.year_before(), 0.85
        clause = sentence.text[begin : typed.start]
        if re.search("[由从]", clause) and re.search(
            "(?:[至到]|为)(?:目前|现在|今年|当前|如今|现有)?的?(?:近|约|超过?|了)?$", clause
        ):
            between = max((it.end() for it in re.finditer("[由从]", clause)), default=0) + begin
            said = [
                it
                for it in said
                if it.start < between
                or not any(
                    between <= number.start < typed.start and it.stop <= number.start for number in sentence.typed
                )
            ]
        for when in reversed(said):
            period = numerals.resolved(when, sentence.carried or self.own)
            if period is None:
                continue
            in_clause = when.start >= begin
            relative = when.relative in {"上年", "去年", "上年同期", "去年同期", "前年"}
            if relative and not in_clause:
                continue  # 上年同期为5亿元，今年增长
            return period, 1.0 if in_clause or when is said[0] else 0.9
        if sentence.carried and sentence.carried != self.own:
            return sentence.carried, 0.85
        return self.own, 0.95

    def _area(self, sentence: _Sentence, typed: Typed, name: _Name) -> tuple[str | None, str]:
        """Return the id of the area of a number, None for one that the folder does not have, and the words for it."""
        first = min(name.start, typed.start)
        last = max((it.stop for it in sentence.typed if it.stop <= typed.start), default=0)
        for start, stop, word in reversed(sentence.areas):
            if stop > typed.start or (stop <= last and stop > name.stop):
                continue
            lead = sentence.text[max(0, start - 6) : start]
            following = sentence.text[stop : stop + 3]
            if re.search("(?:高于|低于|快于|慢于|居|列|占|比|较|在|与|排|领先|位)$", lead) or re.match(
                "(?:第|前|平均|水平)", following
            ):
                continue
            begin = max([0] + [it.end() for it in re.finditer("[；。]", sentence.text[:first])])
            if start < begin:
                continue
            is_list = start > name.stop
            if word in _EVERYWHERE and not is_list:
                id = self._area_of(word)
                return (id, word) if id else (None, word)
            if not is_list or word not in _EVERYWHERE:
                return self._area_of(word), word
        return self.area.id, ""

    # -- what the data have -------------------------------------------------------------------

    def _truths(
        self, it: Indicator, area: str, period: Period, measure: str, sentence: _Sentence, typed: Typed, where: str
    ) -> Iterator[tuple[Truth | None, float, Period]]:
        """Generate what the data have of a measure, with how sure it is that just this is meant, and its period."""
        kind, _, detail = measure.partition(":")
        if kind == "rank":
            yield from self._ranks(it, area, period, detail)
            return
        if kind in set(Measure):
            if detail and (part := self._part(it, area, period, detail)):
                yield part, 0.9, period
                return
            row, sure = self._row(it.id, area, period, Measure(kind))
            if row is None and kind == "target":
                row = self.catalog.find(it.id, area, period.last_year(), Measure.TARGET)
            base = self._base_named(sentence, typed)
            if kind == "yoy" and base is not None and base != period.year_before():
                yield self._growth(it, area, period, base), 0.9, period
                return
            if row is not None:
                yield self._reported(row), sure, row.period
                return
            computed = None
            if kind == "yoy":
                computed = self._growth(it, area, period, base or period.year_before())
            elif kind == "share":
                computed = self._share(it, area, period)
            elif kind == "completion":
                computed = self._completion(it, area, period)
            yield computed, 0.9, period
            return
        base = self._base_named(sentence, typed)
        match kind:
            case "difference":
                yield self._difference(it, area, period, base), 0.9, period
            case "points":
                yield self._points(it, area, period, base), 0.9, period
            case "pace":
                yield self._pace(it, area, period, base), 0.85, period
            case "share_points":
                yield self._share_points(it, area, period), 0.85, period
            case "abroad":
                yield self._abroad(it, area, period, detail), 0.9, period
            case "times":
                yield self._times(it, area, period, typed, base), 0.85, period
            case "flat":
                yield self._growth_or_points(it, area, period), 0.85, period
            case "turn":
                yield self._turn(it, area, period), 0.85, period
            case "places":
                yield self._places_moved(it, area, period), 0.85, period

    def _row(self, id: str, area: str, period: Period, measure: Measure) -> tuple[Observation | None, float]:
        row = self.catalog.find(id, area, period, measure)
        if row is not None:
            return row, 1.0
        ending = [
            it
            for it in self.catalog.current
            if (it.indicator, it.area, it.measure) == (id, area, measure) and it.period.last == period.last
        ]
        return (ending[0], 0.75) if len(ending) == 1 else (None, 0.0)

    def _reported(self, row: Observation) -> Truth:
        it = self.catalog.indicators[row.indicator]
        unit = it.unit_of(row.measure)
        text = notation.amount(row.value, unit) if not row.measure.is_rank else f"第{row.value}位"
        if row.measure.is_rate:
            word = "增长" if row.value > 0 else "下降" if row.value < 0 else "持平，"
            text = f"{word}{notation.amount(abs(row.value), unit)}"
        text = f"{text}（{row.qualifier}）" if row.qualifier else text
        decimals = notation.decimals_of(row.value)
        return Truth(row.value * unit.multiplier, text, (row,), decimals, unit.multiplier, qualifier=row.qualifier)

    def _ranks(
        self, it: Indicator, area: str, period: Period, among: str
    ) -> Iterator[tuple[Truth | None, float, Period]]:
        measures = [_AMONG[among]] if among in _AMONG else [*dict.fromkeys(_AMONG.values())]
        found: list[tuple[Truth | None, float, Period]] = []
        for measure in measures:
            row, sure = self._row(it.id, area, period, measure)
            if row is not None:
                found.append((self._reported(row), sure * (1.0 if among else 0.8), row.period))
        if it.kind.value == "rank" or it.unit.base == "位":
            row, sure = self._row(it.id, area, period, Measure.LEVEL)
            if row is not None:
                found.append((self._reported(row), sure * 0.9, row.period))
        found = found or [*self._placed(it, area, period, among)]
        yield from found or [(None, 1.0, period)]

    def _placed(
        self, it: Indicator, area: str, period: Period, among: str
    ) -> Iterator[tuple[Truth | None, float, Period]]:
        """Generate the places of an area when all of its level are put in order, by level and by growth. Which of them
        is meant nobody says, so that a place that is neither does not contradict."""
        areas = self.catalog.workspace.areas
        id = self._area_of(among)
        if id is None or id == area or not hierarchy.are_all(areas, areas[id], areas[area].level):
            return
        peers = hierarchy.inside(areas, areas[id], areas[area].level)
        for measure in (Measure.LEVEL, Measure.YOY):
            found = ranking.standings(self.catalog, it, period, measure, peers)
            its = next((one for one in found if one.area.id == area), None)
            if its and its.place and all(one.place for one in found):
                yield Truth(Decimal(its.place), f"第{its.place}位", ranking.rows_of(found), 0), _GUESS, period

    def _level(self, it: Indicator, area: str, period: Period) -> Observation | None:
        row = self._row(it.id, area, period, Measure.LEVEL)[0]
        return row if row is not None and not row.qualifier else None

    def _earlier(self, it: Indicator, area: str, period: Period, base: Period | None) -> Observation | None:
        found = self._level(it, area, base or period.year_before())
        if found is None and base is None and not it.is_flow:
            found = self._level(it, area, period.last_year().year_before())
        return found

    def _growth(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        """Return the growth of a level over an earlier one in %, as an interval that rounding of both leaves open."""
        new, old = self._level(it, area, period), self._earlier(it, area, period, base)
        if new is None or old is None or old.value <= 0 or new.value < 0 or "real" in it.tags:
            return None
        if it.name.endswith(("生产总值", "增加值")) or it.unit.is_percent or is_relative(it):
            return None
        one, other = interval.of(new, it.unit), interval.of(old, it.unit)
        low, high = ((Fraction(a) / Fraction(b) - 1) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        exact = (Fraction(new.value) / Fraction(old.value) - 1) * 100
        return _computed(exact, low, high, "%", (new, old))

    def _growth_or_points(self, it: Indicator, area: str, period: Period) -> Truth | None:
        row = self.catalog.find(it.id, area, period, Measure.YOY)
        if row is not None:
            return self._reported(row)
        return self._points(it, area, period, None) if it.unit.is_percent else self._growth(it, area, period, None)

    def _difference(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        new, old = self._level(it, area, period), self._earlier(it, area, period, base)
        if new is None or old is None:
            return None
        value = Fraction(new.value - old.value) * it.unit.multiplier
        half = (interval.half_a_place(new.value) + interval.half_a_place(old.value)) * it.unit.multiplier
        wide = Fraction(0) if it.unit.is_count else Fraction(half)
        return _computed(value, value - wide, value + wide, it.unit.base, (new, old))

    def _points(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        if not it.unit.is_percent:
            return None
        new, old = self._level(it, area, period), self._earlier(it, area, period, base)
        return _apart(new, old)

    def _pace(self, it: Indicator, area: str, period: Period, base: Period | None) -> Truth | None:
        new = self.catalog.find(it.id, area, period, Measure.YOY)
        old = self.catalog.find(it.id, area, base or period.year_before(), Measure.YOY)
        return _apart(new, old)

    def _share(self, it: Indicator, area: str, period: Period) -> Truth | None:
        if not it.denominator or it.denominator not in self.catalog.indicators:
            return None
        whole = self.catalog.indicators[it.denominator]
        part, total = self._level(it, area, period), self._level(whole, area, period)
        if part is None or total is None or total.value <= 0 or it.unit.base != whole.unit.base:
            return None
        one, other = interval.of(part, it.unit), interval.of(total, whole.unit)
        low, high = (Fraction(a) / Fraction(b) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        exact = Fraction(part.value) * it.unit.multiplier / (Fraction(total.value) * whole.unit.multiplier) * 100
        return _computed(exact, low, high, "%", (part, total))

    def _part(self, it: Indicator, area: str, period: Period, word: str) -> Truth | None:
        """Return what part of the area that a word names an area's amount is: 占全市比重."""
        areas, whole = self.catalog.workspace.areas, self._area_of(word)
        if whole is None or areas[whole] not in hierarchy.above(areas, areas[area]) or not sums.adds_up(it):
            return None
        part, total = self._level(it, area, period), self._level(it, whole, period)
        if part is None or total is None or total.value <= 0:
            return None
        one, other = interval.of(part, it.unit), interval.of(total, it.unit)
        low, high = (Fraction(a) / Fraction(b) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        return _computed(Fraction(part.value) / Fraction(total.value) * 100, low, high, "%", (part, total))

    def _share_points(self, it: Indicator, area: str, period: Period) -> Truth | None:
        new = self.catalog.find(it.id, area, period, Measure.SHARE)
        old = self.catalog.find(it.id, area, period.year_before(), Measure.SHARE)
        if new and old:
            return _apart(new, old)
        one, other = self._share(it, area, period), self._share(it, area, period.year_before())
        if one is None or other is None or None in {one.low, one.high, other.low, other.high}:
            return None
        assert one.low is not None and one.high is not None and other.low is not None and other.high is not None
        return _computed(
            Fraction(one.value - other.value), Fraction(one.low - other.high), Fraction(one.high - other.low),
            "个百分点", (*one.rows, *other.rows),
        )  # fmt: skip

    def _completion(self, it: Indicator, area: str, period: Period) -> Truth | None:
        done = self._level(it, area, period)
        goal = self.catalog.find(it.id, area, period, Measure.TARGET) or self.catalog.find(
            it.id, area, period.last_year(), Measure.TARGET
        )
        if done is None or goal is None or goal.value <= 0:
            return None
        one, other = interval.of(done, it.unit), interval.of(goal, it.unit)
        low, high = (Fraction(a) / Fraction(b) * 100 for a, b in ((one.low, other.high), (one.high, other.low)))
        return _computed(Fraction(done.value) / Fraction(goal.value) * 100, low, high, "%", (done, goal))

    def _abroad(self, it: Indicator, area: str, period: Period, word: str) -> Truth | None:
        other = self._area_of(word)
        if other is None:
            return None
        measure = Measure.LEVEL if it.unit.is_percent else Measure.YOY
        return _apart(self.catalog.find(it.id, area, period, measure), self.catalog.find(it.id, other, period, measure))

    def _times(self, it: Indicator, area: str, period: Period, typed: Typed, base: Period | None) -> Truth | None:
        """Return how many times was added (增长1.2倍), as a ratio for 翻番."""
        row = self.catalog.find(it.id, area, period, Measure.YOY) if base is None else None
        truth = self._reported(row) if row else self._growth(it, area, period, base)
        if truth is None:
            return None
        shift = 1 if typed.unit == "番" else 0
        low = (truth.low if truth.low is not None else truth.value - Decimal("0.5")) / 100 + shift
        high = (truth.high if truth.high is not None else truth.value + Decimal("0.5")) / 100 + shift
        value = truth.value / 100 + shift
        return Truth(value, f"增长{truth.text}" if not row else truth.text, truth.rows, None, 1, low, high)

    def _turn(self, it: Indicator, area: str, period: Period) -> Truth | None:
        measure = Measure.LEVEL if it.unit.is_money and "利润" in it.name else Measure.YOY
        measure = Measure.LEVEL if it.name.endswith(("增速", "增幅", "增长率")) else measure
        new = self.catalog.find(it.id, area, period, measure)
        old = self.catalog.find(it.id, area, period.year_before(), measure)
        if new is None or old is None:
            return None
        way = (old.value > 0) - (old.value < 0), (new.value > 0) - (new.value < 0)
        value = Decimal(1 if way == (-1, 1) else -1 if way == (1, -1) else 0)
        return Truth(value, f"{notation.digits(old.value)} then {notation.digits(new.value)}", (new, old))

    def _places_moved(self, it: Indicator, area: str, period: Period) -> Truth | None:
        for measure in dict.fromkeys(_AMONG.values()):
            new = self.catalog.find(it.id, area, period, measure)
            old = self.catalog.find(it.id, area, period.year_before(), measure)
            if new and old:
                return Truth(old.value - new.value, f"第{old.value}位 then 第{new.value}位", (new, old), 0)
        return None

    def _base_named(self, sentence: _Sentence, typed: Typed) -> Period | None:
        """Return the period that a number is compared with by name (比2020年, 较一季度), None for the usual one."""
        begin = max([0] + [it.end() for it in _CLAUSE.finditer(sentence.text[: typed.start])])
        for when in reversed([it for it in sentence.whens if begin <= it.start and it.stop <= typed.start]):
            if when.is_base:
                if when.relative in {"上年", "去年", "上年同期", "去年同期"}:
                    return None
                return numerals.resolved(when, self.own)
        return None

    # -- tables -------------------------------------------------------------------------------

    def _hold_cell(self, passage: Passage, text: str, number: int) -> Iterator[Held]:
        """Generate the numbers of a cell: what its row, its column and the table's title say it is of."""
        found = self._cell_readings(passage, text)
        if found is None:
            return
        typed, readings = found
        known = [it for it in readings if it.truth is not None]
        if not known:
            reading = readings[0] if readings else None
            yield Held(typed, number, Verdict.UNKNOWN, 0.0, reading, "the data have no such figure")
            return
        best = max(known, key=lambda it: (_holds(typed, it)[0], it.confidence))
        holds, why = _holds(typed, best)
        if holds:
            yield Held(typed, number, Verdict.AGREES, round(best.confidence, 2), best)
        elif best.confidence < SURE:
            yield Held(
                typed, number, Verdict.UNKNOWN, round(best.confidence, 2), best, "not sure what it is a figure of"
            )
        else:
            best = max(known, key=lambda it: it.confidence)
            why = _holds(typed, best)[1]
            yield Held(
                typed, number, Verdict.CONTRADICTS, round(best.confidence, 2), best, why + self._stale(typed, best)
            )

    def _cell_readings(self, passage: Passage, text: str) -> tuple[Typed, list[Reading]] | None:
        numbers = numerals.numbers(text, self._units)
        bare = re.fullmatch(
            r"\s*(?P<sign>[-−+])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>%|‰)?(?P<after>余|以上)?\s*",
            text,
        )
        label, head, title = map(numerals.plain, (passage.label, passage.head, passage.title))
        if not bare:
            return None if len(numbers) != 1 else self._cell_of_words(passage, text, numbers[0])
        names = self._names_in(label) or self._names_in(head)
        if not names and (self._places.search(label + head) or numerals.periods(label + head)):
            names = self._names_in(title)  # a table about one indicator, by areas or periods
        if not names:
            return None
        name = max(names, key=lambda it: it.stop - it.start)
        where = next(
            part
            for part in (label, head, title)
            if part[name.start : name.stop] in self._lexicon and self._names_in(part)
        )
        rest = "".join(_OTHER.findall(_LINK.sub("", _LABELS.sub("", where[: name.start] + where[name.stop :]))))
        for area in self._places.findall(rest):
            rest = rest.replace(area, "")
        sure = 1.0 if not rest else 0.4
        words = f"{head} {label} {title}"
        measure, weight = _measure_of_head(head, label)
        period = self._period_of_table(head, label, title)
        areas = [self._area_of(label)] if label in _EVERYWHERE else []  # a row of 全市; a head of 全市位次 is none
        areas += [
            self._area_of(it) for part in (label, head) for it in self._places.findall(part) if it not in _EVERYWHERE
        ]
        area = next((it for it in areas if it), self.area.id)
        digits = bare["number"].replace(",", "")
        value = Decimal(digits) * (-1 if bare["sign"] in {"-", "−"} else 1)
        after = {"余": Bound.OVER, "以上": Bound.LEAST}.get(bare["after"] or "", Bound.EXACT)
        start = bare.start("sign") if bare["sign"] else bare.start("number")
        typed = Typed(start, bare.end("number"), text[start : bare.end("number")], Kind.BARE, value,
                      decimals=len(digits.partition(".")[2]), bound=after)  # fmt: skip
        readings = []
        for id, _ in name.ids:
            it = self.catalog.indicators[id]
            scale = it.unit.multiplier if measure in {"level", "target"} else 1
            unit = re.search(r"[（(]([^）)]+)[）)]", head) or re.search(r"[（(]([^）)]+)[）)]", label)
            unit = unit or re.search(r"单位[：:](\S+?)(?=[、，）)]|$)", words)
            if unit and measure in {"level", "target"}:
                lead = re.match("万亿|[万亿]", unit[1])
                if unit[1].endswith(it.unit.base):
                    scale = {"万亿": 10**12, "万": 10**4, "亿": 10**8}.get(lead[0] if lead else "", 1)
                elif unit[1] in {"%", "％"}:
                    continue
            typed = replace(typed, scale=scale)
            sentence = _Sentence("", 0, [], [], [], [], None)
            for truth, certain, when in self._truths(it, area, period, measure, sentence, typed, ""):
                readings.append(
                    Reading(
                        id, area, when, measure, sure * weight * certain, truth, measure in {"yoy", "mom", "growth"}
                    )
                )
        return (typed, readings) if readings else None

    def _cell_of_words(self, passage: Passage, text: str, typed: Typed) -> tuple[Typed, list[Reading]] | None:
        """Return what a cell of words (同比增长6.2%) says of the indicator of its row."""
        lead = numerals.plain(passage.label)
        period = self._period_of_table(numerals.plain(passage.head), lead, numerals.plain(passage.title))
        sentence = self._sentence(f"{lead}{text}", 0, period)
        names = [it for it in sentence.names if it.stop <= len(lead)]
        its = [it for it in sentence.typed if it.start >= len(lead)]
        if len(names) != 1 or not its or names[0].start > 1:
            return None
        rest = _OTHER.findall(_LINK.sub("", re.sub(r"[（(][^）)]*[）)]", "", lead[names[0].stop :])))
        sure = 1.0 if not rest else 0.4
        pairs = list(self._readings(sentence, its[0], names[0], sure, None))
        if not pairs:
            return None
        shifted = replace(pairs[0][1], start=its[0].start - len(lead), stop=its[0].stop - len(lead))
        return shifted, [reading for reading, _ in pairs]

    def _period_of_table(self, head: str, label: str, title: str) -> Period:
        for part in (head, label, title):
            for when in numerals.periods(part):
                if not when.is_base and (period := numerals.resolved(when, self.own)) is not None:
                    return period
        return self.own


def _measure_of_head(head: str, label: str) -> tuple[str, float]:
    """Return what a column holds, by its head."""
    words = head or label
    if re.search("同比|增速|增长|增减|比上年|较上年|±|增幅|涨跌", words):
        return "yoy", 0.95
    if re.search("环比|比上月", words):
        return "mom", 0.9
    if re.search("位次|排名|名次", words):
        among = next((it for it in _AMONG if it in words), "")
        return f"rank:{among}", 0.9
    if re.search("占比|比重|份额", words):
        return "share", 0.85
    if re.search("完成|进度", words) and not re.search("完成数|完成额|完成情况", words):
        return "completion", 0.8
    if re.search("目标|计划|预算", words):
        return "target", 0.8
    if re.search("上年|去年", words) and not re.search("同期数", words):
        return "level", 0.8
    return "level", 0.9


def report_period(passages: Iterable[Passage], catalog: Catalog) -> Period | None:
    """Return the period that a document reports on: the one that its first lines name, or that it names most often,
    of those that the data have figures of; None for a document that names none."""
    known = {row.period for row in catalog.current}
    votes: dict[Period, float] = {}
    for place, passage in enumerate(it for it in passages if it.text.strip()):
        for when in numerals.periods(numerals.plain(passage.text)):
            if when.period and when.period in known and not when.is_base:
                votes[when.period] = votes.get(when.period, 0.0) + (4.0 if place < 6 else 1.0)
    if not votes:
        return None
    return max(votes, key=lambda period: (votes[period], period.last))


# -- comparison -----------------------------------------------------------------------------------------------------


def _holds(typed: Typed, reading: Reading) -> tuple[bool, str]:
    """Return whether the data bear a number out, and in words why not."""
    truth = reading.truth
    if truth is None:
        return False, ""
    kind = reading.measure.partition(":")[0]
    if kind == "turn":
        holds = (truth.value > 0) if typed.way is Way.UP else (truth.value < 0)
        return holds, f"the data have {truth.text}"
    if kind == "flat":
        holds = abs(truth.value) < Decimal("0.05")
        return holds, f"the data have {truth.text}, not 持平"
    if kind.startswith("rank"):
        if typed.bound is Bound.MOST or truth.qualifier:
            holds = truth.value <= typed.value if not truth.qualifier else truth.value == typed.value
        else:
            holds = truth.value == typed.value
        return holds, f"the data have {truth.text}"
    value, shown = truth.value, truth.text
    said = typed
    if reading.signed:
        is_down = typed.way is Way.DOWN or (typed.way is not Way.UP and typed.value < 0)
        near = Decimal(5).scaleb(-typed.decimals - 1) * typed.scale
        said = replace(typed, value=abs(typed.value))
        against = (value > near and is_down) or (value < -near and not is_down)
        if truth.low is not None and truth.high is not None:
            against = (truth.low > near and is_down) or (truth.high < -near and not is_down)
        if against:
            word = {True: "a fall", False: "a rise"}
            return False, f"{word[is_down]} is typed, the data have {word[not is_down]}: {shown}"
        value = -value if is_down else value
        truth = replace(truth, value=value)
        if is_down and truth.low is not None and truth.high is not None:
            truth = replace(truth, low=-truth.high, high=-truth.low)
    if truth.qualifier and not reading.signed:
        holds = _qualified(said, truth)
    elif truth.low is not None and truth.high is not None:
        holds = said.admits(truth.value) or _meets(said, truth.low, truth.high)
    else:
        decimals = None
        if truth.decimals is not None:
            decimals = max(0, truth.decimals - len(str(truth.scale)) + len(str(said.scale)))
        holds = said.admits(truth.value, decimals)
    return holds, f"the data have {shown}"


def _meets(typed: Typed, low: Decimal, high: Decimal) -> bool:
    """Return whether a number typed exactly can be one of those that rounding leaves open."""
    if typed.bound is not Bound.EXACT or typed.high is not None:
        return typed.admits(low) or typed.admits(high)
    half = Decimal(5).scaleb(-typed.decimals - 1) * typed.scale
    return low - half < typed.total < high + half


def _qualified(typed: Typed, truth: Truth) -> bool:
    """Return whether a number agrees with an inexact one of the data: 120余万 with 120余, 超120 and 120以上."""
    if typed.total == truth.value:
        return True
    if truth.qualifier in {Qualifier.OVER_A_LITTLE, Qualifier.OVER, Qualifier.PAST, Qualifier.AT_LEAST}:
        return truth.value <= typed.total < truth.value * Decimal("1.1")
    if truth.qualifier in {Qualifier.NEARLY, Qualifier.WITHIN}:
        return truth.value * Decimal("0.9") <= typed.total <= truth.value
    return abs(typed.total - truth.value) <= truth.value * Decimal("0.05")


def _apart(new: Observation | None, old: Observation | None) -> Truth | None:
    """Return how far two rates lie apart, in points."""
    if new is None or old is None or new.qualifier or old.qualifier:
        return None
    value = new.value - old.value
    text = f"{notation.digits(new.value)} − {notation.digits(old.value)} = {notation.digits(value)}个百分点"
    return Truth(value, text, (new, old), notation.decimals_of(value))


def _computed(exact: Fraction, low: Fraction, high: Fraction, unit: str, rows: tuple[Observation, ...]) -> Truth:
    places = 1 if unit in {"%", "个百分点"} else 2
    shown = notation.digits(notation.rounded(exact, places if unit in {"%", "个百分点"} else 0))
    if unit not in {"%", "个百分点"} and abs(exact) >= 10**8:
        shown = notation.digits(notation.rounded(exact / 10**8, 2)) + "亿"
    elif unit not in {"%", "个百分点"} and abs(exact) >= 10**4:
        shown = notation.digits(notation.rounded(exact / 10**4, 2)) + "万"
    value, least, most = (notation.rounded(one, 6) for one in (exact, low, high))
    return Truth(value, f"{shown}{unit}", rows, None, 1, least, most)


def _clause(sentence: _Sentence, typed: Typed, name: _Name) -> tuple[str, str]:
    """Return the words of a number's clause before and after it; before it no further than its subject and the number
    before it."""
    begin = max([0] + [it.end() for it in _CLAUSE.finditer(sentence.text[: typed.start])])
    if name.stop <= typed.start:
        begin = max(begin, name.stop)
    begin = max([begin] + [it.stop for it in sentence.typed if it.stop <= typed.start])
    end = next((it.start() for it in _CLAUSE.finditer(sentence.text) if it.start() >= typed.stop), len(sentence.text))
    lead = sentence.text[begin : typed.start] + (
        re.sub(r"[\d.].*", "", typed.text) if typed.kind is not Kind.RANK else ""
    )
    return lead, sentence.text[typed.stop : end]


def _owned(sentence: _Sentence, typed: Typed, behind: list[_Name]) -> bool:
    """Return whether a name in the number's own clause stands before it with nothing but connections between."""
    begin = max([0] + [it.end() for it in _CLAUSE.finditer(sentence.text[: typed.start])])
    return any(
        name.start >= begin and not _OTHER.findall(_LINK.sub("", sentence.text[name.stop : typed.start]))
        for name in behind
    )


def _inside(typed: Typed, spans: Iterable[tuple[int, int]]) -> bool:
    return any(typed.start < stop and start < typed.stop for start, stop in spans)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


# How else an indicator's name is written.
_SPELLINGS = (
    ("规模以上", "规上"),
    ("(?<!规)规上", "规模以上"),
    ("[“”]", ""),
    ("^(?:全区|全市|全县|全省|地区)(?=.{4})", ""),
    ("(?<=.{4})总额$", ""),
)


def _variants(name: str) -> Iterator[tuple[str, str]]:
    """Generate the ways to write an indicator's name in prose, each with its role."""
    name = numerals.plain(name)
    written = {name, re.sub(r"[（(][^）)]*[）)]", "", name)}
    for pattern, other in _SPELLINGS:
        written |= {re.sub(pattern, other, one) for one in written}
    for one in written:
        yield one, "own"
        if match := re.fullmatch("(.{3,})(?:增速|增幅|增长率)", one):
            yield match[1], "rate"
        if match := re.fullmatch("(?:新增|新签约?|新建|新认定|新设|净增)(.{3,})", one):
            yield match[1], "new"
            yield f"新增{match[1]}", "own"
