"""The words in a workbook's cells: heads and names made comparable, units, marks of notes, and figures.

A head is compared without its spaces, line breaks, width of brackets, unit and marks; so `增  长（%）` is `增长` in %.
What a figure's characters say is never guessed: what cannot be read raises ValueError.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xdreport import timewords, unit
from xdreport.timewords import When
from xdreport.unit import Unit

Path = tuple[str, ...]

MARK = r"[*＊※†‡①-⑳⑴-⒇¹²³⁴-⁹]"
_MARKS_BEHIND = re.compile(
    rf"(?:\s*(?:{MARK}+|[\[［〔]\s*(?:注\s*)?\d{{1,2}}\s*[\]］〕]|注\s*\d{{0,2}}$|[(（]注\s*\d{{0,2}}[)）]))+\s*$"
)
_DASHES = re.compile("[‐‑‒–—―─−﹣－]+")
_MISSING = re.compile(r"[-‐‑‒–—―─−－/／\\…·.。⋯]*|n/?a|无|缺|暂无|无数据|x+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[【（]([^()\[\]【】（）]*)[)\]】）]")
_UNIT_LINE = re.compile(r"(?:计量|数据)?单位[:：]\s*(.+)")
# Multipliers beyond 万 and 亿 that tables use; powers of ten alone, so that a figure moves its point and nothing else.
_MULTIPLIERS = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100, "十": 10,
}  # fmt: skip
_SAME_BASE = {
    "千米": "公里", "千克": "公斤", "平方千米": "平方公里", "度": "千瓦时", "KWH": "千瓦时", "kWh": "千瓦时",
    "kwh": "千瓦时", "微克/立方米": "μg/m³", "μg/m3": "μg/m³", "㎡": "平方米", "m2": "平方米", "吨标煤": "吨标准煤",
    "个百分点": "百分点", "人民币元": "元", "元人民币": "元", "美金": "美元",
}  # fmt: skip
_OF_WHICH = re.compile(r"(?:其中|内含|包括)(?:[:：]|\s+|(?=[#＃]))\s*")
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]\s*"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\s*"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))\s*"),
    re.compile(r"[(（]\d{1,2}[)）]\s*"),
    re.compile(r"[①-⑳]\s*"),
)
TOTALS = frozenset(["合计", "总计", "总数", "合计数", "全区", "全县", "全市", "全省", "全国"])


@dataclass(frozen=True, slots=True)
class Label:
    """A head or a name, read: `key` is what it is compared by, `unit` the unit in it as it is written, `when` the time.

    `name` are the words without numbering, 其中, unit and marks; `marks` are those of notes. `indent` is how far in a
    name begins, in half-width characters; `number` is the depth of the numbering before it (一、 1, （一） 2, 1. 3, …),
    0 without one; `is_part` says that 其中 or # stands before it.
    """

    text: str
    key: str
    name: str = ""
    unit: str = ""
    when: When | None = None
    marks: Path = ()
    indent: int = 0
    number: int = 0
    is_part: bool = False


@lru_cache(maxsize=20_000)  # the same heads and names are asked for again and again
def read(text: str, extra: frozenset[str] = frozenset()) -> Label:
    """Return the label that the words of a cell make; `extra` are bases of units beside the known ones."""
    indent = _width(text[: len(text) - len(text.lstrip())])
    words = re.sub(r"\s*[\r\n]+\s*", "", text.strip())
    number = 0
    for depth, pattern in enumerate(_NUMBERING, 1):
        if (match := pattern.match(words)) and match.end() < len(words):
            words, number = words[match.end() :], depth
            break
    is_part = False
    while match := _OF_WHICH.match(words) or re.match(r"[#＃]\s*", words):
        indent += _width(match[0])
        words, is_part = words[match.end() :], True
        if not words:
            break
    words, marks = without_marks(words)
    words, said = _without_unit(words, extra)
    if said:
        words, more = without_marks(words)
        marks += more
    elif units(words, extra):
        said = words  # a head that is a unit and no more
    key, when = timewords.of_label(words)
    name = re.sub(r"\s", "", words)
    return Label(text.strip(), _compared(key), name, said, when, marks, indent, number, is_part)


def keys(labels: Iterable[Label]) -> Path:
    """Return what a head or a name of several labels is compared by; one without words of its own says nothing."""
    return tuple(label.key for label in labels if label.key)


def key(text: str, extra: frozenset[str] = frozenset()) -> str:
    """Return what a head or a name is compared by."""
    return read(text, extra).key


def path(texts: Path, extra: frozenset[str] = frozenset()) -> Path:
    """Return what a path of heads or names is compared by, without parts that say nothing."""
    return tuple(one for one in (key(text, extra) for text in texts) if one)


def without_marks(text: str) -> tuple[str, Path]:
    """Return words without the marks of notes at their end, and these: 工业增加值* or 财政收入① or 人口[1]."""
    match = _MARKS_BEHIND.search(text)
    if not match or match.start() == 0:
        return text.rstrip(), ()
    marks = re.findall(rf"{MARK}|注?\s*\d+|注", match[0])
    return text[: match.start()].rstrip(), tuple(re.sub(r"\s", "", mark).replace("＊", "*") for mark in marks)


def _compared(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = _DASHES.sub("-", re.sub(r"\s", "", text))
    return text.strip(":,;。.").replace("“", "").replace("”", "").replace('"', "").casefold()


def _width(text: str) -> int:
    """Return the width of characters in half-widths."""
    return sum(2 if unicodedata.east_asian_width(one) in {"W", "F"} else 4 if one == "\t" else 1 for one in text)


def _without_unit(text: str, extra: frozenset[str]) -> tuple[str, str]:
    """Return words without the unit in brackets (or behind a comma) in them, and the unit as it is written."""
    for match in _IN_BRACKETS.finditer(text):
        inside = re.sub(r"^(?:计量)?单位[:：]\s*", "", match[1].strip())
        if units(inside, extra):
            return text[: match.start()] + text[match.end() :], inside
    text = text.strip()
    behind = re.search(r"[,，]\s*([^,，]+)$", text)
    if behind and behind.start() and units(behind[1].strip(), extra):
        return text[: behind.start()], behind[1].strip()
    if re.search(r"[^\d.][%％‰]$", text):
        return text[:-1], text[-1]
    return text, ""


def units(text: str, extra: frozenset[str] = frozenset()) -> tuple[Unit, ...]:
    """Return the units that words name, 万元、% or one; () where any of them is none."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text.replace("㎡", "平方米").replace("³", "\x00")))
    text = text.replace("\x00", "³")
    if one := unit_of(text, extra):
        return (one,)
    pieces = [piece for piece in re.split(r"[,、;和及]", text) if piece]
    if "/" in text and re.search("[%‰]", text):  # 亿元/%, but 元/公斤 is one unit
        pieces = [piece for piece in re.split(r"[,、;/和及]", text) if piece]
    found = tuple(unit_of(piece, extra) for piece in pieces)
    return tuple(one for one in found if one) if found and all(found) else ()


def unit_of(text: str, extra: frozenset[str] = frozenset()) -> Unit | None:
    """Return the unit that words name, None for none: what tables write beyond the built-in ones (千元, 百万美元, ㎡)
    is known too. Bases of one meaning (千米, 公里) are one."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text.replace("㎡", "平方米")) if "³" not in text else text)
    for lead, multiplier in ({"": 1} | _MULTIPLIERS).items():
        base = text.removeprefix(lead)
        if lead and base == text:
            continue
        base = _SAME_BASE.get(base, base)
        try:
            known = unit.parse(base, extra)
        except ValueError:
            continue
        if known.multiplier == 1:
            return Unit(text, multiplier, known.base)
    return None


def same_base(one: Unit, other: Unit) -> bool:
    """Return whether an amount in one unit can be written in the other by moving its point."""
    return _SAME_BASE.get(one.base, one.base) == _SAME_BASE.get(other.base, other.base)


def moved(value: Decimal, old: Unit, new: Unit) -> Decimal:
    """Return a value in another multiplier of its unit: no digit is lost, and no zero added after the point."""
    shift = len(str(old.multiplier)) - len(str(new.multiplier))
    if not shift:
        return value
    sign, figures, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    least = min(exponent, 0)
    exponent += shift
    while exponent < least and len(figures) > 1 and figures[-1] == 0:
        figures, exponent = figures[:-1], exponent + 1
    if not any(figures):
        return Decimal(0)
    return Decimal((sign, (*figures, *(0,) * exponent), 0)) if exponent > 0 else Decimal((sign, figures, exponent))


def unit_line(text: str, extra: frozenset[str] = frozenset()) -> str:
    """Return the unit of a line 单位：万元, as it is written; "" where the words are none."""
    if match := _UNIT_LINE.search(re.sub(r"[\r\n]", " ", text)):
        said = match[1].strip().rstrip(")）】] ")
        return said if units(said, extra) else ""
    return ""


_NUMBERED = re.compile(
    r"^\s*(?:续?附?|附?续?)[表图]\s*(?:\d{1,3}(?:[-－.·]\d+)*(?![\d年月])|[一二三四五六七八九十]{1,3}(?=[\s、：:.．]|$)|[:：]|(?=\s|$))"
    r"\s*[:：、.．]?\s*"
)


def without_number(text: str) -> str:
    """Return a title without the 表1 or 附表2 before it."""
    return _NUMBERED.sub("", text)


_AREA = re.compile(
    r"[\u4e00-\u9fff]{2,5}?(?:自治[区州县旗]|开发区|高新区|经开区|新区|[省市县区旗盟]|街道)(?![场值级政民域价容委直属内外辖况位长间])"
    r"|[\u4e00-\u9fff]{1,4}?[镇乡](?![场值级政民域居村])"
)
_NO_AREA = re.compile(
    "[全各分本我城乡农主按与和及的]|市|县|区|省|镇|重点|部分|有关|规模|规上|限额|地区|固定|社会|居民|行政|经济指|工业|企业|上市|超市|都市|"
    "夜市|直辖|计划|园区|社区|小区|示范区|保税|自贸|景区|房地产|主要|近郊|山区|灾区|牧区|林区|库区|校区|厂区|商圈"
)


def area_of(text: str) -> str:
    """Return the name of an area that words begin with, 示例县 of 示例县财政收支情况; "" where they begin otherwise."""
    match = _AREA.match(text)
    return match[0] if match and not _NO_AREA.match(text) and not re.search("[各分全本]", match[0]) else ""


def is_missing(text: str) -> bool:
    """Return whether a cell says that there is no figure: empty, …, -, —, /, .. and the like."""
    return bool(_MISSING.fullmatch(re.sub(r"\s", "", text)))


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as a cell writes it: its value, the unit behind it as written, the marks of notes, and `sign`: how a
    fall is written where it is no plain minus (▲ ▼ ↑ ↓ or brackets)."""

    value: Decimal
    unit: str = ""
    marks: Path = ()
    sign: str = ""


_NUMBER = re.compile(
    r"(?P<open>\()?(?P<arrow>[▲△▼▽↑↓])?(?P<sign>[-+])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<close>\))?(?P<behind>[▲▼↑↓])?(?P<unit>[^\d().,+▲▼↑↓-].*)?"
)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")


def number(text: str, extra: frozenset[str] = frozenset()) -> Number:
    """Return the figure that a cell writes: full-width digits, spaces, thousands separators, a minus sign of any kind,
    (5.6), ▼5.6 and marks of notes are read. Raise ValueError for anything else."""
    words, marks = without_marks(text.strip())
    words = unicodedata.normalize("NFKC", words)
    words = re.sub("[‐‑‒–—―─−]", "-", words).strip()
    words = re.sub(r"[\s\u200b\ufeff]+", " ", words)
    words = re.sub(r"^([-+(▲△▼▽↑↓]) ", r"\1", words)
    if match := _GROUPED.search(words):
        words = words.replace(match[0], match[0].replace(" ", ""))
    words = re.sub(r" (?=[%‰)]|[^\d])", "", words)
    match = _NUMBER.fullmatch(words)
    if not match or bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        raise ValueError("a number")
    said = match["unit"] or ""
    if said and not unit_of(said, extra):
        raise ValueError("a number, with nothing behind it but a unit or the mark of a note")
    value = Decimal(match["digits"].replace(",", "").removeprefix("."))
    if match["digits"].startswith("."):
        value = Decimal("0" + match["digits"])
    arrow = match["arrow"] or match["behind"] or ""
    if arrow and (match["sign"] or match["open"] or (match["arrow"] and match["behind"])):
        raise ValueError("a number with one sign")
    if match["open"] or match["sign"] == "-" or arrow in {"▼", "▽", "↓"}:
        value = value.copy_negate() if value else value
    return Number(value, said, marks, arrow or ("(" if match["open"] else ""))
