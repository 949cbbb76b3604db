"""The characters that print a value: digits, units, 万 and 亿, qualifiers, ranges, ranks and missing marks.

Everything a document prints as a number comes from here, so that a sentence, a table and a chart
share one rounded value. Which words compare two values is `comparison`'s business.

Numerals follow GB/T 15835-2011, rounding GB/T 8170-2008. `language` is "zh" or "en"; the same value is
rounded in its own unit first in both, so that 223.64亿元 and 22.364 billion yuan are one figure.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from xdreport.catalog import Qualifier
from xdreport.unit import BASES, MULTIPLIERS, Unit

# The minus sign proper, in both languages: as wide as a digit, never a place to break a line, and not to be read
# as the hyphen of a range. Faces made for GB 2312 lack it; the PDF writer then takes it from another face.
MINUS = "−"

MISSING = "—"
BELOW_UNIT = "…"
_LEGENDS = {
    "zh": {MISSING: "“—”表示没有数据或不宜计算", BELOW_UNIT: "“…”表示数据不足本表最小单位"},
    "en": {
        MISSING: "“—” means no figure, or none that can be computed",
        BELOW_UNIT: "“…” means less than the smallest unit shown",
    },
}


# The words that may stand round a number, one at a time; the catalog's qualifiers and those that people write.
_BEFORE = {
    "超": "over", "超过": "over", "逾": "over", "突破": "over", "近": "nearly", "接近": "nearly", "将近": "nearly",
    "约": "about", "大约": "about", "前": "top", "至少": "at least", "最多": "at most",
    "不足": "less than", "不到": "less than",
}  # fmt: skip
_MORE = {"余": "more than", "多": "more than"}
_AFTER = {"以上": "or more", "以下": "or less", "以内": "or less", "左右": "or so", "上下": "or so"}

_MEASURE = "|".join(sorted(map(re.escape, BASES), key=len, reverse=True))
_NUMBER = r"\d[\d.,]*[万亿]?"
_WORDS_BEFORE = "|".join(sorted(_BEFORE, key=len, reverse=True))
_CLASH = re.compile(
    rf"(?:{_WORDS_BEFORE}){_NUMBER}"
    rf"(?:[余多](?={_MEASURE})|(?:{_MEASURE})?(?:{'|'.join(_AFTER)}))"
    rf"|{_NUMBER}(?:{_MEASURE})?[～—]{_NUMBER}(?:{_MEASURE})?(?:左右|上下)"
    rf"|(?!前|(?<=[节签合公条预])约)(?:{_WORDS_BEFORE})(?!前)(?:{_WORDS_BEFORE})"  # 此前近3年 and 签约近3亿元 are none
    rf"{_NUMBER}(?:{_MEASURE})?"
    rf"|{_NUMBER}(?:{_MEASURE})?(?:{'|'.join(_AFTER)}){{2}}"
)

# One and many. A measure word that is not here only counts and has no English word: the indicator's name says what
# is counted. A ratio that is not here keeps its Chinese, because without its unit it would be wrong.
_ENGLISH = {
    "元": ("yuan", "yuan"), "美元": ("US dollar", "US dollars"), "百分点": ("percentage point", "percentage points"),
    "千分点": ("per-mille point", "per-mille points"),
    "人": ("person", "people"), "名": ("person", "people"), "户": ("household", "households"),
    "人次": ("visit", "visits"), "年": ("year", "years"), "个月": ("month", "months"), "天": ("day", "days"),
    "小时": ("hour", "hours"), "分钟": ("minute", "minutes"), "倍": ("times", "times"), "位": ("place", "places"),
    "分": ("point", "points"), "公斤": ("kg", "kg"), "千克": ("kg", "kg"), "克": ("g", "g"), "吨": ("tonne", "tonnes"),
    "吨标准煤": ("tonne of standard coal", "tonnes of standard coal"), "升": ("litre", "litres"),
    "立方米": ("m³", "m³"), "平方米": ("m²", "m²"), "平方千米": ("km²", "km²"), "平方公里": ("km²", "km²"),
    "公顷": ("hectare", "hectares"), "亩": ("mu", "mu"), "米": ("m", "m"), "千米": ("km", "km"), "公里": ("km", "km"),
    "千瓦": ("kW", "kW"), "兆瓦": ("MW", "MW"), "千瓦时": ("kWh", "kWh"), "度": ("kWh", "kWh"),
    "摄氏度": ("°C", "°C"), "微克/立方米": ("μg/m³", "μg/m³"), "千米/平方公里": ("km/km²", "km/km²"),
    "公里/平方公里": ("km/km²", "km/km²"), "公里/百平方公里": ("km/100 km²", "km/100 km²"),
    "元/平方米": ("yuan/m²", "yuan/m²"), "元/人": ("yuan per person", "yuan per person"),
    "元/亩": ("yuan/mu", "yuan/mu"), "公斤/亩": ("kg/mu", "kg/mu"), "人/平方公里": ("people/km²", "people/km²"),
    "吨/万元": ("t per 10,000 yuan",) * 2, "千瓦时/万元": ("kWh per 10,000 yuan",) * 2,
    "吨标准煤/万元": ("t of standard coal per 10,000 yuan",) * 2, "立方米/万元": ("m³ per 10,000 yuan",) * 2,
    "张/千人": ("per 1,000 people",) * 2, "人/千人": ("per 1,000 people",) * 2,
    "%": ("%", "%"), "‰": ("‰", "‰"), "斤": ("jin", "jin"), "点": ("point", "points"), "岁": ("year", "years"),
}  # fmt: skip
_LARGE = {10**9: "billion", 10**6: "million"}


class Rounding(StrEnum):
    """How a tie is decided; both round the magnitude, so that a value and its negative round alike."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def rounded(value: Decimal | Fraction, decimals: int | None, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Return `value` with `decimals` decimals, the digits as reported when that is None; zero has no sign.

    Half up is the bureaus' everyday 四舍五入; half even is GB/T 8170-2008, 3.2. The result is exact: a quotient
    is best handed over as a Fraction, which was never rounded before. Raise ValueError for a value that is
    not finite, for negative `decimals`, and for a Fraction without `decimals`.
    """
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"a finite number, found {value}")
    if decimals is None:
        if isinstance(value, Fraction):
            raise ValueError("a number of decimals for a computed value")
        return value.copy_abs() if value.is_zero() else value
    if decimals < 0:
        raise ValueError(f"0 or more decimals, found {decimals}")
    shifted = abs(Fraction(value)) * 10**decimals
    whole = round(shifted) if rounding is Rounding.HALF_EVEN else floor(shifted + Fraction(1, 2))
    sign = "-" if value < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{decimals}")


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a value has as it stands."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def digits(value: Decimal, *, separators: bool = False) -> str:
    """Return the plain digits of a value as it stands: a leading 0, never an exponent, − (U+2212) below zero.

    `separators` puts a comma between thousands, which Chinese text does without (layout rule 17).
    Raise ValueError for a value that is not finite.
    """
    text = f"{rounded(value, None):{',' if separators else ''}f}"
    return text.replace("-", MINUS)


def scaled(value: Decimal, unit: Unit, multiplier: str) -> tuple[Decimal, Unit]:
    """Return the same amount in another multiplier of its unit: 99303人 in 万 is (9.9303, 万人).

    `multiplier` is 亿, 万 or "" for the bare unit; "auto" takes the largest that leaves at least 1. No digit is lost,
    and no zero added after the point.
    Raise ValueError for another multiplier (GB/T 15835 knows no 3千) and for units that take none (%, 位, 元/人).
    """
    if multiplier == "auto":
        multiplier = _largest(value, unit)
    if multiplier not in MULTIPLIERS:
        raise ValueError(f"the multiplier 万 or 亿, found {multiplier}")
    if MULTIPLIERS[multiplier] == unit.multiplier:
        return value, unit
    if not _takes_multiplier(unit):
        raise ValueError(f"a unit that takes 万 or 亿, found {unit}")
    number = _without_zeros(_moved(value, unit.multiplier, MULTIPLIERS[multiplier]), decimals_of(value))
    return number, Unit(multiplier + unit.base, MULTIPLIERS[multiplier], unit.base)


def prefix(unit: Unit) -> str:
    """Return the multiplier before a unit's base: 亿, 万 or ""."""
    return next(name for name, size in MULTIPLIERS.items() if size == unit.multiplier)


def amount(
    value: Decimal,
    unit: Unit,
    *qualifiers: str | None,
    decimals: int | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    multiplier: str | None = None,
    separators: bool | None = None,
    language: str = "zh",
) -> str:
    """Return a number with its unit and the word round it: 近2.8亿元, 1.9万余人, 90%以上, 22.364 billion yuan.

    `multiplier` rewrites the amount in 万 or 亿 first (see `scaled`); `separators` None means the language's habit.
    A qualified value is printed with the digits as reported, because 近2.84 is not 近2.8. 余 and 多 stand before
    the measure word. `qualifiers` may be None; two words never meet round one number (约…左右, 至少…以上): raise
    ValueError for a second one, for an unknown one, and for 余 after a number that has no round end (5余个).
    """
    word = _only(qualifiers)
    if multiplier is not None:
        number, shown = _rescaled(value, unit, multiplier, None if word else decimals, rounding)
    else:
        number, shown = rounded(value, None if word else decimals, rounding), unit
    if language == "en":
        return _english_amount(number, shown, word, separators is not False)
    text = digits(number, separators=bool(separators))
    lead, measure = _split(shown)
    match word:
        case "余" | "多":
            _check_round_end(number, lead, shown)
            return f"{text}{lead}{word}{measure}"
        case _ if word in _BEFORE:
            return f"{word}{text}{lead}{measure}"
        case _:
            return f"{text}{lead}{measure}{word}"


def english(value: Decimal, unit: Unit) -> tuple[Decimal, Unit]:
    """Return an amount as English counts it, in thousands written out, millions or billions:
    223.64亿元 is (22.364, billion yuan), 1.8万户 is (18000, households). No digit is lost or added but zeros.

    The unit's text is "" for measure words that only count (家, 个), and the Chinese word where no English is known.
    """
    lead, measure = _split(unit)
    multiplier = MULTIPLIERS[lead]
    plain = rounded(_moved(value, multiplier, 1), None)
    size = next((size for size in _LARGE if lead and abs(plain) >= size), 1)
    number = _without_zeros(_moved(plain, 1, size), decimals_of(value))
    measure = measure.removeprefix("个") if measure.endswith("分点") else measure
    singular, plural = _ENGLISH.get(measure, (measure, measure) if "/" in measure else ("", ""))
    noun = singular if size == 1 and digits(number) in {"1", f"{MINUS}1"} else plural
    return number, Unit(f"{_LARGE.get(size, '')} {noun}".strip(), size, unit.base)


def stretch(first: int, last: int, word: str) -> str:
    """Return a stretch of time or of numbers in order: 2021—2025年, 1—3月 (GB/T 15834, 4.13.3.2; never a hyphen)."""
    return f"{first}{word}" if first == last else f"{first}—{last}{word}"


def ordinal(value: Decimal, word: str = "", *, language: str = "zh") -> str:
    """Return a place in an order: 第3, 第3届, 3rd. Raise ValueError unless it is a whole number from 1."""
    if value != value.to_integral_value() or value < 1:
        raise ValueError(f"a whole number from 1 as a place in an order, found {value}")
    number = int(value)
    if language == "en":
        ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending} {word}".rstrip()
    return f"第{number}{word}"


def rank(
    value: Decimal, area_word: str = "", qualifier: str | None = None, *, word: str = "位", language: str = "zh"
) -> str:
    """Return a rank: 全省第3位, and 全省前5位 with the qualifier 前; `area_word` is 全省, 全市 or "in the province".

    Raise ValueError for a place that is no whole number from 1, and for any other qualifier: 近第3位 says nothing.
    """
    if qualifier not in {None, "", Qualifier.WITHIN}:
        raise ValueError(f"the qualifier 前 or none for a rank, found {qualifier}")
    place = ordinal(value, word if language == "zh" else "", language=language)
    if language == "en":
        return f"{f'top {int(value)}' if qualifier else place} {area_word}".rstrip()
    return f"{area_word}前{int(value)}{word}" if qualifier else f"{area_word}{place}"


def cell(
    value: Decimal | None,
    decimals: int | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    *,
    qualifier: str | None = None,
    separators: bool = False,
) -> str:
    """Return what a table prints without its unit: the digits, — for no figure, … for one that rounds to zero.

    A true zero prints as 0. The marks are those of the statistical yearbooks; `legend` explains them. A qualifier
    stands where it does in a sentence, and keeps the digits as reported: 突破110, 1.9余 (the unit is 万人).
    """
    if value is None:
        return MISSING
    if qualifier:
        text = digits(rounded(value, None), separators=separators)
        return qualifier + text if qualifier in _BEFORE else text + qualifier
    number = rounded(value, decimals, rounding)
    return BELOW_UNIT if value and not number else digits(number, separators=separators)


def legend(cells: Iterable[str], *, language: str = "zh") -> tuple[str, ...]:
    """Return the explanations of the missing marks that occur among `cells`, for the note below a table."""
    used = set(cells)
    return tuple(text for mark, text in _LEGENDS[language].items() if mark in used)


def clash(text: str) -> str | None:
    """Return the first place in a sentence where two qualifiers meet round one number (约30家左右, 8亿～16亿元左右),
    None when there is none. A word of a longer name (20家规模以上企业) is no qualifier."""
    found = _CLASH.search(text)
    return found.group() if found else None


def _only(qualifiers: Iterable[str | None]) -> str:
    words = [word for word in qualifiers if word]
    if len(words) > 1:
        raise ValueError(f"one qualifier round a number, found {'…'.join(words)}")
    word = str(words[0]) if words else ""
    if word and word not in _BEFORE | _MORE | _AFTER:
        raise ValueError(f"a known qualifier ({'、'.join(_BEFORE | _MORE | _AFTER)}), found {word}")
    return word


def _takes_multiplier(unit: Unit) -> bool:
    return not unit.is_percent and unit.base not in {"", "百分点", "位", "倍"} and "/" not in unit.base


def _largest(value: Decimal, unit: Unit) -> str:
    if not _takes_multiplier(unit):
        return prefix(unit)
    fitting = (name for name, size in MULTIPLIERS.items() if abs(Fraction(value)) * unit.multiplier >= size)
    return next(fitting, "")


def _moved(value: Decimal, old: int, new: int) -> Decimal:
    """Return `value` × `old` ÷ `new`, both powers of ten, by moving the point: no digit is lost or rounded."""
    sign, figures, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # finite, as `rounded` has checked
    return Decimal((sign, figures, exponent + len(str(old)) - len(str(new))))


def _without_zeros(value: Decimal, decimals: int) -> Decimal:
    """Return `value` without the zeros at its end that moving the point has made, down to `decimals` decimals."""
    sign, figures, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    while exponent < -decimals and figures[-1] == 0 and len(figures) > 1:
        figures, exponent = figures[:-1], exponent + 1
    return Decimal((sign, figures, exponent))


def _rescaled(
    value: Decimal, unit: Unit, multiplier: str, decimals: int | None, rounding: Rounding
) -> tuple[Decimal, Unit]:
    """Return a rounded value in another multiplier; under "auto" what rounds up to 10000万 becomes 1亿."""
    exact, shown = scaled(value, unit, multiplier)
    number = rounded(exact, decimals, rounding)
    if multiplier == "auto" and _largest(number, shown) != prefix(shown):
        exact, shown = scaled(value, unit, _largest(number, shown))
        number = rounded(exact, decimals, rounding)
    return number, shown


def _split(unit: Unit) -> tuple[str, str]:
    """Return the 万 or 亿 that opens a unit's text, and its measure word: 万元/人 is 万 and 元/人."""
    lead = unit.text[0] if unit.text[:1] in {"万", "亿"} else ""
    measure = unit.text.removeprefix(lead)
    return lead, f"个{measure}" if measure in {"百分点", "千分点"} else measure


def _check_round_end(number: Decimal, lead: str, unit: Unit) -> None:
    if not _takes_multiplier(unit) and not lead:
        raise ValueError(f"no 余 with the unit {unit}")
    if not lead and (Fraction(number) % 10 or not number):
        raise ValueError(f"a number that ends in tens, 万 or 亿 before 余, found {digits(number)}{unit}")


def _english_amount(number: Decimal, unit: Unit, word: str, separators: bool) -> str:
    moved, shown = english(number, unit)
    text = _with_unit(moved, None if word == Qualifier.WITHIN and shown.base == "位" else shown, separators)
    if word in _AFTER:
        return f"{text} {_AFTER[word]}"
    return f"{(_BEFORE | _MORE)[word]} {text}" if word else text


def _with_unit(number: Decimal, unit: Unit | None, separators: bool = True) -> str:
    text = digits(number, separators=separators)
    if unit is None or not unit.text:
        return text
    return f"{text}{unit.text}" if unit.is_percent else f"{text} {unit.text}"
