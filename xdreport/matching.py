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

from xdreport import numerals
from xdreport.catalog import Area, Catalog, Indicator, Measure
from xdreport.edited import Passage
from xdreport.evidence import AMONG, Evidence, Reading, bears_out
from xdreport.lexicon import EVERYWHERE, Lexicon, Name
from xdreport.numerals import Bound, Kind, Typed, Way, When
from xdreport.period import Period

SURE = 0.6  # from here on a number is said to contradict
_LIKELY = 0.4  # and from here on to agree

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
class Held:
    """A typed number held against the data. `number` counts the passages, `reading` is None for an unknown subject."""

    typed: Typed
    number: int
    verdict: Verdict
    confidence: float = 0.0
    reading: Reading | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    start: int
    typed: list[Typed]
    whens: list[When]
    names: list[Name]
    areas: list[tuple[int, int, str]]
    carried: Period | None


class Matcher:
    """Holds the passages of a document against a catalog; `own` is the period that the document reports on, `area`
    the area, the workspace's without one."""

    def __init__(self, catalog: Catalog, own: Period, area: Area | None = None) -> None:
        self.catalog = catalog
        self.own = own
        self.area = area or catalog.workspace.areas[catalog.workspace.area]
        self.lexicon = Lexicon(catalog, self.area)
        self.evidence = Evidence(catalog, self.lexicon)
        self._units = {it.unit.base for it in catalog.indicators.values() if it.unit.base}

    # -- sentences ----------------------------------------------------------------------------

    def hold(self, passage: Passage, number: int, live: Iterable[tuple[int, int]] = ()) -> list[Held]:
        """Return the typed numbers of a passage, each held against the data, without those that are `live` figures."""
        text = numerals.plain(passage.text)
        spans = list(live)
        if passage.head or passage.label:
            return [held for held in self._hold_cell(passage, text, number) if not _inside(held.typed, spans)]
        found: list[Held] = []
        carried: Period | None = None
        before: Name | None = None
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
        names = self.lexicon.names_in(text)
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
        areas = [(match.start(), match.end(), match[0]) for match in self.lexicon.places.finditer(text)]
        areas = [it for it in areas if not any(name.start < it[1] and it[0] < name.stop for name in names)]
        sentence = _Sentence(text, start, typed, whens, names, areas, carried)
        modified = [replace(name, modified=self._modified(sentence, name)) for name in names]
        return replace(sentence, names=modified)

    def _modified(self, sentence: _Sentence, name: Name) -> float:
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

    def _hold_sentence(self, sentence: _Sentence, number: int, before: Name | None) -> Iterator[Held]:
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

    def _lists(self, sentence: _Sentence) -> dict[int, tuple[Name, float]]:
        """Return the subjects of numbers that stand in a list for several names: 甲、乙和丙分别增长1%、2%和3%."""
        found: dict[int, tuple[Name, float]] = {}
        for match in re.finditer("分别", sentence.text):
            names = [it for it in sentence.names if it.stop <= match.start()]
            run: list[Name] = []
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

    def _subjects(self, sentence: _Sentence, typed: Typed, before: Name | None) -> Iterator[tuple[Name, float]]:
        """Generate the names that a number may be a figure of, each with how sure that is, the surest first."""
        found: list[tuple[float, int, Name]] = []
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
        if isinstance(following, Name):
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

    def _following(self, sentence: _Sentence, typed: Typed) -> Name | bool | None:
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
        self, sentence: _Sentence, typed: Typed, behind: list[Name], before: Name | None
    ) -> Iterator[tuple[float, Name]]:
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
        for written, ids in self.lexicon.names.items():
            ends = written.endswith(word) and any(_common(written, name) >= 2 for name in names)
            begins = written.startswith(word) and any(_common(written[::-1], name[::-1]) >= 2 for name in names)
            if written != word and (ends or begins) and not set(ids) & set(last.ids):
                yield 0.75, Name(start, typed.start, ids)

    # -- what a number says of its subject ----------------------------------------------------

    def _decided(
        self, sentence: _Sentence, typed: Typed, subjects: list[tuple[Name, float]], previous: Held | None
    ) -> Held:
        way = numerals.list_way(sentence.text, typed.start) if typed.way is Way.NONE else Way.NONE
        typed = replace(typed, way=way) if way else typed
        readings: list[tuple[Reading, bool, str, Typed]] = []
        for name, sure in subjects:
            for reading, its in self._readings(sentence, typed, name, sure, previous):
                holds, why = bears_out(its, reading)
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
            truth = self.evidence.reported(row)
            if row.period != reading.period and bears_out(typed, replace(reading, truth=truth))[0]:
                return f"; it is the figure of {row.period.name}"
        return ""

    def _readings(
        self, sentence: _Sentence, typed: Typed, name: Name, sure: float, previous: Held | None
    ) -> Iterator[tuple[Reading, Typed]]:
        """Generate what a number may be of a named indicator, with the number as it is then to be read."""
        lead, tail = _clause(sentence, typed, name)
        if _HOPE.search(sentence.text[: typed.start]):
            sure *= 0.3  # what is hoped for is no figure yet
        period, clear = self._period(sentence, typed)
        area = self._area(sentence, typed, name)
        if area is None:
            return
        base = self._base_named(sentence, typed)
        for id, role in name.ids:
            it = self.catalog.indicators[id]
            if role == "new" and "新" not in sentence.text[max(0, name.start - 6) : typed.stop]:
                continue
            for measure, weight, its in self._measures(sentence, typed, it, role, lead, tail, previous):
                for truth, certain, period_of in self.evidence.truths(it, area, period, measure, typed, base):
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
        is_here = abroad and self.lexicon.area_of(abroad[1])
        if abroad and (is_here or abroad[1] in EVERYWHERE):
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

    def _area(self, sentence: _Sentence, typed: Typed, name: Name) -> str | None:
        """Return the id of the area of a number, None for one that the folder does not have."""
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
            if not is_list or word not in EVERYWHERE:
                return self.lexicon.area_of(word)
        return self.area.id

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
        best = max(known, key=lambda it: (bears_out(typed, it)[0], it.confidence))
        holds, why = bears_out(typed, best)
        if holds:
            yield Held(typed, number, Verdict.AGREES, round(best.confidence, 2), best)
        elif best.confidence < SURE:
            yield Held(
                typed, number, Verdict.UNKNOWN, round(best.confidence, 2), best, "not sure what it is a figure of"
            )
        else:
            best = max(known, key=lambda it: it.confidence)
            why = bears_out(typed, best)[1]
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
        names = self.lexicon.names_in(label) or self.lexicon.names_in(head)
        if not names and (self.lexicon.places.search(label + head) or numerals.periods(label + head)):
            names = self.lexicon.names_in(title)  # a table about one indicator, by areas or periods
        if not names:
            return None
        name = max(names, key=lambda it: it.stop - it.start)
        where = next(
            part
            for part in (label, head, title)
            if part[name.start : name.stop] in self.lexicon.names and self.lexicon.names_in(part)
        )
        rest = "".join(_OTHER.findall(_LINK.sub("", _LABELS.sub("", where[: name.start] + where[name.stop :]))))
        for area in self.lexicon.places.findall(rest):
            rest = rest.replace(area, "")
        sure = 1.0 if not rest else 0.4
        words = f"{head} {label} {title}"
        measure, weight = _measure_of_head(head, label)
        period = self._period_of_table(head, label, title)
        places, area_of = self.lexicon.places, self.lexicon.area_of
        areas = [area_of(label)] if label in EVERYWHERE else []  # a row of 全市; a head of 全市位次 is none
        areas += [area_of(it) for part in (label, head) for it in places.findall(part) if it not in EVERYWHERE]
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
            for truth, certain, when in self.evidence.truths(it, area, period, measure, typed, None):
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
        among = next((it for it in AMONG if it in words), "")
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


def _clause(sentence: _Sentence, typed: Typed, name: Name) -> tuple[str, str]:
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


def _owned(sentence: _Sentence, typed: Typed, behind: list[Name]) -> bool:
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
