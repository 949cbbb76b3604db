"""A tolerant grammar of the figures that people type in Chinese: 1,234.56亿元, 1.4个百分点, 第2位, 三成, 由负转正.

It only reads: what a number says, round which words it stands, and which numbers it could stand for. Of what it is a
figure is the business of `matching`. Digits may be full-width, thousands parted; nothing here changes the length of a
text, so that every place is one of the original.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from xdreport.period import Period
from xdreport.unit import BASES, MULTIPLIERS

_WIDE = str.maketrans("０１２３４５６７８９．，％－＋（）：；＃", "0123456789.,%-+（）：；#")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN = "零〇一二两三四五六七八九十百千"
_UNLISTED = "人次 万人次 吨 斤 辆 个百分点 个点 微克"


class Kind(StrEnum):
    """What sort of number is typed."""

    AMOUNT = "amount"
    PERCENT = "percent"
    POINTS = "points"
    RANK = "rank"
    PLACES = "places"
    TIMES = "times"
    TURN = "turn"
    BARE = "bare"


class Way(StrEnum):
    """Which way the words beside a number point."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"
    NONE = ""


class Bound(StrEnum):
    """What the words round a number make of it."""

    EXACT = ""
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    LEAST = "least"
    MOST = "most"
    ROUGH = "rough"


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed number: its characters from `start` to before `stop`, and what they say.

    `value` is counted in `unit`, without 万 or 亿, which are in `scale`: 223.64亿元 is 223.64, 10**8, 元. `decimals`
    are those typed. A range has `high`. `way` is that of the verb beside it; `place` among which areas a rank counts.
    """

    start: int
    stop: int
    text: str
    kind: Kind
    value: Decimal
    unit: str = ""
    scale: int = 1
    decimals: int = 0
    bound: Bound = Bound.EXACT
    high: Decimal | None = None
    way: Way = Way.NONE
    place: str = ""

    @property
    def total(self) -> Decimal:
        """The number counted without 万 and 亿."""
        return self.value * self.scale

    def admits(self, truth: Decimal, decimals: int | None = None) -> bool:
        """Return whether the typed number can stand for a true one, counted without 万 and 亿, rounded as typed.

        `decimals` are those of the true number in the typed scale, where it was rounded itself; None for an exact one.
        """
        exact = truth / self.scale
        if self.high is not None:
            return self.value <= exact <= self.high
        step = _place(self.value)
        match self.bound:
            case Bound.EXACT:
                if _rounds(exact, self.decimals, self.value):
                    return True
                return decimals is not None and decimals < self.decimals and _rounds(self.value, decimals, exact)
            case Bound.ABOUT:
                return abs(exact - self.value) <= max(abs(self.value) * Decimal("0.05"), step / 2)
            case Bound.ROUGH:
                return abs(exact - self.value) <= Decimal(2)
            case Bound.NEARLY:
                return self.value - max(abs(self.value) * Decimal("0.1"), step / 2) <= exact < self.value
            case Bound.OVER:
                return self.value <= exact < self.value + max(abs(self.value) * Decimal("0.1"), step)
            case Bound.LEAST:
                return exact >= self.value
            case Bound.MOST:
                return exact <= self.value


def _rounds(exact: Decimal, decimals: int, value: Decimal) -> bool:
    """Return whether a number rounds to a value, ties either way."""
    return abs(exact - value) <= Decimal(5).scaleb(-decimals - 1)


def _place(value: Decimal) -> Decimal:
    """Return a unit of the last digit that is no zero: 100 of 300, 0.1 of 2.8."""
    normal = value.normalize()
    exponent = normal.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def plain(text: str) -> str:
    """Return text of the same length with half-width digits, for the other functions of this module."""
    return text.translate(_WIDE)


# -- numbers ----------------------------------------------------------------------------------------------------------

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = {
    "近": Bound.NEARLY, "接近": Bound.NEARLY, "将近": Bound.NEARLY, "不足": Bound.NEARLY, "不到": Bound.NEARLY,
    "超": Bound.OVER, "超过": Bound.OVER, "逾": Bound.OVER, "突破": Bound.OVER, "多达": Bound.EXACT,
    "约": Bound.ABOUT, "大约": Bound.ABOUT, "约为": Bound.ABOUT, "至少": Bound.LEAST, "不低于": Bound.LEAST,
    "不少于": Bound.LEAST, "不超过": Bound.MOST, "不高于": Bound.MOST, "最多": Bound.MOST,
    "达": Bound.EXACT, "高达": Bound.EXACT,
}  # fmt: skip
_MIDDLE = {"余": Bound.OVER, "多": Bound.OVER, "来": Bound.ABOUT}
_AFTER = {
    "以上": Bound.LEAST, "以下": Bound.MOST, "以内": Bound.MOST, "左右": Bound.ABOUT, "上下": Bound.ABOUT,
    "余": Bound.OVER, "多": Bound.OVER,
}  # fmt: skip
_WORDS_BEFORE = "|".join(sorted(_BEFORE, key=len, reverse=True))
_WORDS_AFTER = "|".join(sorted(_AFTER, key=len, reverse=True))
_NOT_BEFORE = re.compile(
    "[最附临靠邻新远逼]$|[节签合大条公制预]$|[赶反]$"
)  # 最近, 签约 and 反超 are words of their own

_UP = (
    "增长|增加|上升|提高|提升|回升|攀升|上涨|增至|升至|增幅|增速|加快|提速|前移|净增|新增|多增|增|升|涨|扩大|快于|高于|高出|"
    "快|高|进位|上移|增收|上浮|走高|多|↑|\\+"
)
_DOWN = (
    "下降|减少|下滑|降低|回落|下跌|降至|降幅|减幅|跌幅|放缓|减缓|收窄|负增长|后移|缩小|降到|降|减|跌|缩减|慢于|低于|低|慢|退位|"
    "下移|少|压减|压缩|↓"
)
_FLAT = "持平|不变"


def numbers(text: str, units: Iterable[str] = ()) -> list[Typed]:
    """Return the numbers of a plain text in order, without years, dates and marks that are no figures.

    `units` are bases beyond the built-in ones.
    """
    pattern = _pattern(frozenset(units))
    taken: list[tuple[int, int]] = [match.span() for match in _NO_FIGURE.finditer(text)]
    taken += [(its.start, its.stop) for its in periods(text)]
    found: list[Typed] = []
    for reading in (_ranks, _fractions, lambda text: _amounts(text, pattern), _turns):
        for typed in reading(text):
            if not any(typed.start < stop and start < typed.stop for start, stop in taken):
                taken.append((typed.start, typed.stop))
                found.append(typed)
    found.sort(key=lambda typed: typed.start)
    return [_directed(typed, text, found) for typed in found]


_NO_FIGURE = re.compile(
    r"[A-Za-z]+-?\d[\d.]*|\d+[GgKk](?![\w])|\d+[A-Za-z]+(?:认证)?(?=[^%\d])"  # PM2.5, 5G, 4K
    r"|[表图][ 　]?\d+|\[\d+\]|〔\d{4}〕\d*|第\d+[期号章节条款批次届]|^\d+[.、](?=\D)|^[（(]\d+[）)]"
    r"|“[^”]{0,12}\d[^”]{0,12}”|\d+\+\d+(?:\+[\dNnXx]+)*|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d{3,4}-\d{7,8}|\d{11,}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}日(?![均常报])"
)


def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    known = sorted((BASES - {"%", "‰", "百分点", "位", "倍"}) | units | set(_UNLISTED.split()), key=len, reverse=True)
    measure = "|".join(map(re.escape, known))
    scale = "万亿|[万亿]"
    one = rf"(?P<minus>(?<![\dA-Za-z.%)）])[-−])?(?P<number>{_NUMBER})(?P<scale>{scale})?"
    unit = rf"(?P<middle>[余多来])?(?P<late>{scale})?(?P<unit>%|‰|个?百分点|个?千分点|个点|倍|{measure})?"
    to = rf"(?:(?P<own>%|万|亿|个百分点|{measure})?(?:[～~—–-]|至(?!今)|到)(?P<high>{_NUMBER})(?P<highscale>{scale})?)?"
    return re.compile(rf"(?:(?P<before>{_WORDS_BEFORE}))?{one}{to}{unit}(?P<after>{_WORDS_AFTER})?")


def _amounts(text: str, pattern: re.Pattern[str]) -> Iterator[Typed]:
    for match in pattern.finditer(text):
        digits = match["number"].replace(",", "")
        unit = match["unit"] or ""
        scale = _scale(match["scale"]) * _scale(match["late"]) * _scale(match["highscale"])
        start, bound = _bounded(match, text)
        kind = _kind(unit, match["scale"] or match["late"])
        if kind is Kind.BARE and len(digits) == 4 and digits[:2] in {"19", "20"} and "." not in digits:
            continue  # a year without its word
        value = Decimal(digits) * (-1 if match["minus"] else 1)
        high = Decimal(match["high"].replace(",", "")) if match["high"] else None
        base = {"个百分点": "百分点", "个点": "百分点", "个千分点": "千分点"}.get(unit, unit)
        yield Typed(
            start, match.end(), text[start : match.end()], kind, value, base, scale,
            len(digits.partition(".")[2]), bound, high,
        )  # fmt: skip
    for match in _HAN_AMOUNT.finditer(text):
        count = han(match["number"])
        unit = match["unit"]
        if count is None or (count < 2 and unit != "倍") or len(match["number"]) > 7:
            continue
        kind = _kind(unit, "")
        base = {"个百分点": "百分点"}.get(unit, unit)
        scale = _scale(match["scale"])
        start, bound = _bounded(match, text)
        typed = text[start : match.end()]
        yield Typed(start, match.end(), typed, kind, Decimal(count), base, scale, bound=bound)


_HAN_AMOUNT = re.compile(
    rf"(?:(?P<before>{_WORDS_BEFORE}))?(?<![第每十百千万数几{_HAN}])(?P<number>[{_HAN}]+)(?P<middle>[余多来])?"
    r"(?P<scale>万亿|[万亿])?(?P<unit>个百分点|倍|亿元|万元|元|家|户|项|人次|人|件|所|座|条|辆|亩|吨|公里|个(?![月季年半多人]))"
    rf"(?P<after>{_WORDS_AFTER})?"
)


def _bounded(match: re.Match[str], text: str) -> tuple[int, Bound]:
    """Return where an amount begins, with the word before it unless that is part of another, and what such words make
    of it."""
    start, word = match.start(), match["before"] or ""
    if word and _NOT_BEFORE.search(text[:start]):
        start, word = start + len(word), ""
    bound = _BEFORE.get(word, Bound.EXACT)
    bound = _MIDDLE.get(match["middle"] or "", bound)
    return start, _AFTER.get(match["after"] or "", bound)


def _kind(unit: str, scale: str | None) -> Kind:
    if unit in {"%", "‰"}:
        return Kind.PERCENT
    if unit in {"百分点", "个百分点", "个点", "千分点", "个千分点"}:
        return Kind.POINTS
    if unit == "倍":
        return Kind.TIMES
    return Kind.AMOUNT if unit or scale else Kind.BARE


def _scale(words: str | None) -> int:
    return {"万亿": 10**12, **MULTIPLIERS}.get(words or "", 1)


_RANK = re.compile(
    rf"(?P<area>全[国省市区县](?:各?[区县市州]+)?)?(?:各[县市区、（）]+)?(?:的)?(?P<verb>排名|位次|位居|位列|排在|排|居|列)?(?P<area2>全[国省市区县])?"
    rf"(?:第(?P<number>\d+|[{_HAN}]+)(?P<word>位|名)?|前(?P<within>\d+|[{_HAN}]+)(?P<word2>位|名|强)?|(?P<first>首位|榜首))"
)


def _ranks(text: str) -> Iterator[Typed]:
    for match in _RANK.finditer(text):
        typed = match["number"] or match["within"] or "1"
        value = int(typed) if typed.isdecimal() else han(typed)
        area = match["area2"] or match["area"] or ""
        is_bare = not (match["word"] or match["word2"] or match["first"])
        if value is None or value < 1:
            continue
        following = text[match.end() : match.end() + 2]
        if is_bare and not (area or match["verb"]):
            continue  # 第一产业, 前三季度
        if is_bare and following[:1] in {
            "产",
            "季",
            "期",
            "批",
            "届",
            "轮",
            "次",
            "个",
            "书",
            "线",
            "时",
            "方",
            "家",
            "条",
        }:
            continue
        bound = Bound.MOST if match["within"] else Bound.EXACT
        yield Typed(
            match.start(), match.end(), match[0], Kind.RANK, Decimal(value), "位", bound=bound, place=area[:2],
        )  # fmt: skip
    for match in re.finditer(
        rf"(?:前移|后移|上升|下降|提升|进|退|上移|下移)(?:了)?(?P<number>\d+|[{_HAN}]+)[个]?(?:位次|位|名)", text
    ):
        value = int(match["number"]) if match["number"].isdecimal() else han(match["number"])
        if value:
            start = match.start("number")
            yield Typed(start, match.end(), text[start : match.end()], Kind.PLACES, Decimal(value), "位")


_SHARES = (
    (
        re.compile(
            rf"(?P<before>{_WORDS_BEFORE})?(?P<number>[{_HAN}])成(?P<half>[{_HAN}])?(?P<after>以上|左右|多)?(?![为员功果绩立就长分员本])"
        ),
        "tenth",
    ),
    (
        re.compile(
            rf"(?P<before>{_WORDS_BEFORE})?(?P<whole>[{_HAN}]+)分之(?P<number>[{_HAN}点]+)(?P<after>以上|左右|多)?"
        ),
        "fraction",
    ),
    (re.compile(rf"(?P<before>{_WORDS_BEFORE})?(?:一半|半数)(?P<after>以上|左右|多)?"), "half"),
    (re.compile("过半|大半|多半"), "most"),
    (re.compile("翻(?P<times>[一两二三四])?番|翻倍|倍增(?!计划|行动|工程|三年)"), "doubled"),
)


def _fractions(text: str) -> Iterator[Typed]:
    for pattern, sort in _SHARES:
        for match in pattern.finditer(text):
            typed = _fraction(match, sort)
            if typed is not None:
                yield typed


def _fraction(match: re.Match[str], sort: str) -> Typed | None:
    words = match.groupdict()
    bound = _BEFORE.get(words.get("before") or "", Bound.ROUGH)
    bound = _AFTER.get(words.get("after") or "", bound)
    kind, unit, decimals = Kind.PERCENT, "%", 0
    match sort:
        case "tenth":
            number, half = han(words["number"] or ""), han(words.get("half") or "零")
            if number is None or half is None or number > 9:
                return None
            value = Decimal(number * 10 + half)
        case "fraction":
            whole, part = han(words["whole"] or ""), _han_decimal(words["number"] or "")
            if not whole or part is None:
                return None
            value = part / whole * 100
            if whole == 100:
                decimals = len((words["number"] or "").partition("点")[2])
                bound = Bound.EXACT if bound is Bound.ROUGH else bound
        case "half":
            value = Decimal(50)
        case "most":
            value, bound = Decimal(50), Bound.LEAST
        case _:
            power = {"一": 1, None: 1, "两": 2, "二": 2, "三": 3, "四": 4}[words.get("times")]
            value, kind, unit, bound = Decimal(2**power), Kind.TIMES, "番", Bound.ROUGH
    text = match[0]
    return Typed(match.start(), match.end(), text, kind, value, unit, 1, decimals, bound)


_TURNS = re.compile("由负转正|由正转负|扭亏为盈|由盈转亏|由降转增|由增转降")


def _turns(text: str) -> Iterator[Typed]:
    for match in _TURNS.finditer(text):
        way = Way.UP if match[0] in {"由负转正", "扭亏为盈", "由降转增"} else Way.DOWN
        yield Typed(match.start(), match.end(), match[0], Kind.TURN, Decimal(0), match[0], way=way)
    for match in re.finditer(
        r"(?:与|同|较|比)?(?P<base>上年|去年|上年同期|去年同期|全国|全省|全市|上月|上季度)?(?P<word>持平)", text
    ):
        yield Typed(match.start("word"), match.end(), "持平", Kind.TURN, Decimal(0), "持平", way=Way.FLAT)


_VERB = re.compile(rf"(?P<word>{_UP})|(?P<down>{_DOWN})|(?P<flat>{_FLAT})")
# What may stand between a verb and its number: 同比增长了近5.6%, 增速达5.6%, 下降的幅度为3%.
_BETWEEN = re.compile(
    r"^(?:了|到|至|为|达到?|约|近|超过?|逾|的?幅度?|速度?|分别|均|都|超|突破|仅|只有|较为|高达|是|：|:|比例|大约|接近|将近|不足|的|全[国省市区县]|平均|水平|\w{1,6}(?=平均)|同期)*$"
)


def _directed(typed: Typed, text: str, others: list[Typed]) -> Typed:
    """Return a number with the way of the verb before it, or right after it (增幅5.6%; 5.6%的增速)."""
    if typed.way or typed.kind in {Kind.RANK, Kind.TURN}:
        return typed
    if typed.kind is Kind.PLACES:
        verb = text[max(0, typed.start - 3) : typed.start]
        return replace(typed, way=Way.DOWN if re.search("后移|下降|退|下移", verb) else Way.UP)
    last = max((it.stop for it in others if it.stop <= typed.start), default=0)
    before = text[max(last, typed.start - 12) : typed.start]
    way = _way(before)
    if way is Way.NONE and (
        match := re.match(r"的?(?:同比)?(增长率?|增速|增幅|降幅|下降|跌幅|提升|涨幅)", text[typed.stop :])
    ):
        way = Way.DOWN if match[1] in {"降幅", "下降", "跌幅"} else Way.UP
    return replace(typed, way=way)


def _way(before: str) -> Way:
    """Return which way the last verb before a number points, NONE when other words stand between."""
    found = None
    for match in _VERB.finditer(before):
        found = match
    if found is None or not _BETWEEN.match(before[found.end() :]):
        return Way.NONE
    return Way.UP if found["word"] else Way.DOWN if found["down"] else Way.FLAT


def list_way(text: str, start: int) -> Way:
    """Return the way that a verb gives to all numbers of a list after it: 分别增长5.6%、3.1%和2.2%."""
    before = text[max(0, start - 60) : start]
    found = None
    for match in re.finditer(rf"分别(?:比上年|较上年|同比|环比)?(?:同期)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))", before):
        found = match
    if found is None or re.search("[。；;！？]", before[found.end() :]):
        return Way.NONE
    return Way.UP if found["up"] else Way.DOWN


def han(text: str) -> int | None:
    """Return the number that Chinese numerals below ten thousand write: 三十二, 二〇二五, 十; None for others."""
    if not text:
        return None
    if all(character in _DIGITS for character in text) and (len(text) > 1 or text in _DIGITS):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif size := {"十": 10, "百": 100, "千": 1000}.get(character):
            total += (digit or 1) * size
            digit = 0
        else:
            return None
    return total + digit


def _han_decimal(text: str) -> Decimal | None:
    whole, point, part = text.partition("点")
    number = han(whole)
    if number is None or (point and not all(character in _DIGITS for character in part)):
        return None
    return Decimal(f"{number}.{''.join(str(_DIGITS[each]) for each in part)}") if part else Decimal(number)


# -- periods ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    """Words for a period: `period` where they name one, else `relative` to the report's (上年, 上年同期, 今年).

    `is_base` where it is what something is compared with (比上年, 较2020年).
    """

    start: int
    stop: int
    text: str
    period: Period | None = None
    relative: str = ""
    is_base: bool = False


_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PART = (
    r"(?:(?P<half>[上下])半年|前(?P<upto>[二三四两23])个?季度|(?:第)?(?P<quarter>[一二三四1-4])季度|"
    r"(?P<from>\d{1,2})月?[-—–~～至到](?P<till>\d{1,2})月(?:份)?|(?P<month>\d{1,2})月份?(?!\d{1,2}日))"
)
_WHEN = re.compile(
    r"(?P<first>(?:19|20)\d\d)年?(?:[-—–~～]|至|到)(?P<last>(?:19|20)\d\d)年"
    rf"|(?P<year>(?:19|20)\d\d|二[〇零][{_HAN}]{{2}})年(?:度)?(?:全年)?(?:{_PART})?(?:[底末]|年末)?"
    r"|“?(?P<plan>十[一二三四五])五”?(?:时期|期间|规划|以来|末)?"
    r"|(?P<relative>上年同期|去年同期|上年全年|上年末|去年末|上年底|去年底|年初|上年|去年|上月|上季度|上期|今年以来|今年|本年度?|全年|当年|年末|年底|前年|本期)"
    rf"(?:{_PART.replace('(?P<', '(?P<r_')})?(?:末|底)?"
    rf"|{_PART.replace('(?P<', '(?P<b_')}(?:末|底)?"
)
_COMPARED = re.compile("(?:比|较|同|与|相比|对比|超|好于|高于|低于)$")


def periods(text: str) -> list[When]:
    """Return the words of a plain text that name periods, in order."""
    found = []
    for match in _WHEN.finditer(text):
        words = match.groupdict()
        period = _named(words)
        relative = words["relative"] or ""
        inner = _part(words, "b_")
        if not period and not relative and inner:
            relative = f"part:{inner}"
        if relative and (inner := _part(words, "r_")):
            relative = f"{'上年' if relative in {'上年', '去年', '上年同期', '去年同期'} else '今年'}:{inner}"
        if not period and not relative:
            continue
        base = bool(_COMPARED.search(text[: match.start()])) and text[match.end() : match.end() + 1] != "的"
        found.append(When(match.start(), match.end(), match[0], period, relative, base))
    return found


def _named(words: dict[str, str | None]) -> Period | None:
    try:
        if words["first"] and words["last"]:
            return Period.parse(f"{words['first']}/{words['last']}")
        if words["plan"]:
            number = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}[words["plan"][1]]
            return Period.parse(f"{number}/{number + 4}")
        if words["year"]:
            year = words["year"] if words["year"].isdecimal() else str(han(words["year"]))
            return Period.parse(year + _part(words, ""))
    except ValueError:
        return None
    return None


def _part(words: dict[str, str | None], prefix: str) -> str:
    """Return the part of a year as ids of periods write it: -S1, -Q1/Q3, -01/09; "" for the whole year."""
    half, upto, quarter, month, first, last = (
        words.get(prefix + name) for name in ("half", "upto", "quarter", "month", "from", "till")
    )
    if half:
        return f"-S{1 if half == '上' else 2}"
    if upto:
        return f"-Q1/Q{ {'二': 2, '两': 2, '2': 2, '三': 3, '3': 3, '四': 4}[upto] }".replace(" ", "")
    if quarter:
        return f"-Q{_QUARTERS[quarter]}"
    if first and last:
        return f"-{int(first):02}/{int(last):02}" if int(first) < int(last) <= 12 else ""
    if month:
        return f"-{int(month):02}" if 1 <= int(month) <= 12 else ""
    return ""


def resolved(when: When, own: Period) -> Period | None:
    """Return the period that words mean in a report on `own`; None for what cannot be said."""
    if when.period:
        return when.period
    relative, _, part = when.relative.partition(":")
    year = own.last // 12
    try:
        match relative:
            case "part":
                return Period.parse(f"{year}{part}")
            case "上年" if part:
                return Period.parse(f"{year - 1}{part}")
            case "今年" if part:
                return Period.parse(f"{year}{part}")
            case "上年同期" | "去年同期":
                return own.year_before()
            case "上年" | "去年" | "上年全年" | "上年末" | "去年末" | "上年底" | "去年底" | "年初":
                return own.year_before() if relative in {"上年", "去年"} else Period.parse(str(year - 1))
            case "前年":
                return Period.parse(str(year - 2))
            case "今年以来" | "今年" | "本年" | "本年度" | "当年" | "本期" | "年末" | "年底" | "全年":
                return own
            case _:
                return own.before()
    except ValueError:
        return None
