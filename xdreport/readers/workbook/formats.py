"""Number formats: what a spreadsheet shows for a number (ECMA-376 part 1, 18.8.31; the escapes of Chinese Excel too).

What a bureau published is the number that its workbook shows. It is rendered here digit by digit in decimal, rounded
half away from zero on the 15 significant digits that a cell holds, as Excel does it; Python's own formatting rounds the
binary value, half to even (0.125 as 0.12). A format that is not rendered here has a `fault`, and its cell is no figure.

LibreOffice shows the same for the formats that the tests try on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)  # more digits than a number and any scale of it have
_MOST_DECIMALS = 30  # Excel's own limit
_GENERAL_WIDTH = 11  # characters that General shows of a number, its sign not counted
_COLOURS = {
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow",
    "黑色", "蓝色", "青色", "绿色", "洋红", "红色", "白色", "黄色",
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*")|(?P<escaped>[\\!].)|(?P<space>_.)|(?P<fill>\*.)|(?P<bracket>\[[^\]]*\])
    |(?P<general>general|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])|(?P<digit>[0#?])
    |(?P<year>y+)|(?P<month>m+)|(?P<day>d+)|(?P<hour>h+)|(?P<second>s+)|(?P<era>[eg]+)|(?P<weekday>a{3,4})
    |(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<end>;)|(?P<other>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_OF_DAYS = {"year", "month", "day", "hour", "second", "noon", "era", "weekday"}
_OF_NUMBERS = {"digit", "point", "comma", "percent", "general", "exponent"}
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown for a number; see `grid.Cell` for `number`, `unit`, `shift` and `fault`."""

    text: str
    number: Decimal | None = None
    unit: str = ""
    shift: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format that ; divides. `only_negative`: its condition takes no other numbers."""

    tokens: tuple[_Token, ...]
    operator: str = ""
    bound: Decimal = Decimal(0)
    fault: str = ""

    @property
    def is_of_days(self) -> bool:
        return any(token.kind in _OF_DAYS for token in self.tokens)

    @property
    def is_of_text(self) -> bool:
        kinds = {token.kind for token in self.tokens}
        return "text" in kinds and not kinds & (_OF_NUMBERS - {"comma", "point"})

    def takes(self, value: Decimal) -> bool:
        match self.operator:
            case "<":
                return value < self.bound
            case "<=":
                return value <= self.bound
            case ">":
                return value > self.bound
            case ">=":
                return value >= self.bound
            case "=":
                return value == self.bound
            case _:
                return value != self.bound

    @property
    def only_negative(self) -> bool:
        return (self.operator == "<" and self.bound <= 0) or (self.operator in {"<=", "="} and self.bound < 0)


def significant(text: str) -> Decimal:
    """Return the number that a file writes as it counts: with 15 significant digits (5.6000000000000005 is 5.6).

    A cell holds a binary number; the digits behind the fifteenth are its noise, and no spreadsheet shows them.
    """
    return decimal(float(text))


def decimal(value: float) -> Decimal:
    """Return a binary number as its 15 significant digits."""
    return Decimal(f"{value:.15g}") + 0  # + 0: nought has no sign


def is_of_days(code: str) -> bool:
    """Return whether a format shows a number as a day or a time."""
    return any(section.is_of_days for section in _sections(code)[:1])


def show(value: Decimal, code: str) -> Shown:
    """Return what a format shows for a number."""
    sections = _sections(code)
    if sections and sections[-1].is_of_text:
        if len(sections) == 1 and sections[0].tokens != (_Token("text", "@"),):
            return Shown(general(value), fault=f'the number format "{code}" is one for words')
        sections = sections[:-1]
    if not sections:
        return _general(value)
    section, signed = _chosen(value, sections)
    if section is None:
        return Shown("", fault=f'the number format "{code}" shows no such number')
    if section.fault:
        return Shown(general(value), fault=f'the number format "{code}" is not rendered: {section.fault}')
    return _rendered(value, section, signed, code)


def general(value: Decimal) -> str:
    """Return a number as General shows it in a column that is wide enough: in at most 11 characters.

    Excel turns to powers of ten for what is longer; all its digits are given then, because nobody publishes 1.23E+11.
    """
    text = str(value)
    if len(text) <= _GENERAL_WIDTH and "E" not in text and not ("." in text and text.endswith("0")):
        return text
    size = abs(value)
    sign = "-" if value < 0 else ""
    if size.as_tuple().exponent == 0 or size == size.to_integral_value():
        return sign + f"{size.to_integral_value():f}"
    whole = len(f"{size.to_integral_value(rounding='ROUND_DOWN'):f}")
    decimals = _GENERAL_WIDTH - 1 - whole
    if decimals < 0 or size < Decimal("0.0001"):
        return f"{value:f}"
    short = _rounded(size, decimals)
    return sign + (f"{short:f}".rstrip("0").rstrip(".") if "." in f"{short:f}" else f"{short:f}")


def day(serial: Decimal, is_1904: bool) -> datetime | None:
    """Return the day that a number stands for, None where it stands for none.

    The system of 1900 has a 29 February 1900 that never was, so that days before March are one off (ECMA-376, 18.17.4).
    """
    if not 0 <= serial < 2_958_466:  # the year 9999
        return None
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30 if serial >= 61 else 31)
    if not is_1904 and (serial < 1 or 60 <= serial < 61):
        return None
    try:
        return start + timedelta(seconds=int(_rounded(serial * 86400, 0)))
    except OverflowError:
        return None


def show_day(at: datetime, code: str) -> str:
    """Return what a format shows for a day; the day as 2025-09-30 for a format with names of weekdays or eras."""
    tokens = _sections(code)[0].tokens
    if any(token.kind in {"era", "weekday"} or (token.kind == "day" and len(token.text) > 2) for token in tokens):
        return at.date().isoformat()
    noon = any(token.kind == "noon" for token in tokens)
    return "".join(_day_parts(at, tokens, noon)).strip()


def _day_parts(at: datetime, tokens: tuple[_Token, ...], noon: bool) -> Iterator[str]:
    timed = [token.kind for token in tokens if token.kind in {"hour", "second", "month"}]
    seen = 0
    for token in tokens:
        size = len(token.text)
        if token.kind in {"hour", "second", "month"}:
            before, after = timed[seen - 1 : seen] if seen else [], timed[seen + 1 : seen + 2]
            seen += 1
        match token.kind:
            case "year":
                yield f"{at.year:04}" if size > 2 else f"{at.year % 100:02}"
            case "month" if before == ["hour"] or after == ["second"]:  # minutes are written as months are
                yield f"{at.minute:0{min(size, 2)}}"
            case "month" if size > 2:
                name = _MONTHS[at.month - 1]
                yield name[:3] if size == 3 else name[:1] if size == 5 else name
            case "month":
                yield f"{at.month:0{size}}"
            case "day":
                yield f"{at.day:0{size}}"
            case "hour":
                yield f"{(at.hour % 12 or 12) if noon else at.hour:0{min(size, 2)}}"
            case "second":
                yield f"{at.second:0{min(size, 2)}}"
            case "noon":
                first, second = token.text.split("/")
                yield first if at.hour < 12 else second
            case "space" | "fill" | "text" | "bracket":
                continue
            case _:
                yield token.text


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """Return the parts of a format; none for General alone."""
    if not code or code.lower() in {"general", "g/通用格式", "standard", "@"}:
        return ()
    parts: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[0]
        if kind == "end":
            parts.append([])
        else:
            parts[-1].append(_Token(kind, text))
    return tuple(_section(part) for part in parts)


def _section(parts: list[_Token]) -> _Section:
    tokens: list[_Token] = []
    operator, bound, fault = "", Decimal(0), ""
    for token in parts:
        kind, text = token.kind, token.text
        match kind:
            case "quoted":
                tokens.append(_Token("words", text[1:-1]))
            case "escaped":
                tokens.append(_Token("words", text[1:]))
            case "other" if text in {'"', "\\", "!", "_", "*", "["}:
                fault = "it is incomplete"
            case "other" if text == "/":
                tokens.append(_Token("slash", text))
            case "other":
                tokens.append(_Token("words", text))
            case "fill" if text[1] != " ":
                fault = f"it fills the cell with {text[1]}"
            case "space" | "fill":
                continue
            case "bracket":
                if match := _CONDITION.fullmatch(text):
                    operator, bound = match[1], Decimal(match[2])
                elif text.startswith("[$"):
                    tokens.append(_Token("words", text[2:-1].split("-")[0]))
                elif not (text[1:-1].lower() in _COLOURS or re.fullmatch(r"\[(color|颜色) ?[0-9]+\]", text, re.I)):
                    fault = f"what {text} asks for"
            case _:
                tokens.append(token)
    section = _Section(tuple(tokens), operator, bound, fault)
    if fault or section.is_of_days:
        return section
    return _Section(section.tokens, operator, bound, _unrendered(section.tokens))


def _unrendered(tokens: tuple[_Token, ...]) -> str:
    """Return why a part of a format is not rendered, "" when it is."""
    kinds = [token.kind for token in tokens]
    if "exponent" in kinds:
        return "powers of ten do not show the digits"
    if "slash" in kinds and "digit" in kinds:
        return "fractions do not show the digits"
    if "text" in kinds and "digit" in kinds:
        return "it mixes numbers and words"
    if "era" in kinds or "weekday" in kinds:
        return "it names eras or weekdays"
    if kinds.count("point") > 1 or kinds.count("digit") > 2 * _MOST_DECIMALS:
        return "it has no such number of digits"
    if "general" in kinds and "digit" in kinds:
        return "it shows the number twice"
    if "digit" in kinds or "general" in kinds:
        first = min(n for n, kind in enumerate(kinds) if kind in {"digit", "general"})
        before = "".join(token.text for token in tokens[:first] if token.kind == "words").rstrip()
        if any(any(map(str.isdigit, token.text)) for token in tokens if token.kind == "words"):
            return "its words have digits"
        if before.endswith((".", ",", "．", "，")):
            return "its words look like a part of the number"
    return ""


def _chosen(value: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """Return the part that shows a number, and whether it leaves the sign to the program."""
    if any(section.operator for section in sections):
        for section in sections:
            if not section.operator or section.takes(value):
                return section, not section.only_negative
        return None, True
    if len(sections) == 1:
        return sections[0], True
    if value < 0:
        return sections[1], False
    return (sections[2], False) if value == 0 and len(sections) > 2 else (sections[0], False)


def _general(value: Decimal) -> Shown:
    text = general(value)
    return Shown(text, Decimal(text))


def _rendered(value: Decimal, section: _Section, signed: bool, code: str) -> Shown:
    """Return what one part of a format shows."""
    digits = [n for n, token in enumerate(section.tokens) if token.kind == "digit"]
    sign = "-" if signed and value < 0 else ""
    if any(token.kind == "general" for token in section.tokens):
        shown = general(abs(value))
        text = sign + "".join(shown if it.kind == "general" else it.text for it in section.tokens)
        place = next(n for n, it in enumerate(section.tokens) if it.kind == "general")
        return _named(text.strip(), Decimal(shown), value, section.tokens[place + 1 :], 0)
    if not digits:
        text = "".join(token.text for token in section.tokens if token.kind in {"words", "percent", "slash", "point"})
        return Shown(sign + text.strip() if text.strip() else "")
    return _with_digits(value, section.tokens, digits, sign, code)


def _with_digits(value: Decimal, tokens: tuple[_Token, ...], digits: list[int], sign: str, code: str) -> Shown:
    first, last = digits[0], digits[-1]
    point = next((n for n, token in enumerate(tokens) if token.kind == "point"), None)
    if point is not None and point > last:
        last = point
    whole = [n for n in digits if point is None or n < point]
    decimals = [n for n in digits if point is not None and n > point]
    shift = 2 * sum(token.kind == "percent" for token in tokens)
    shift -= 3 * len(_scaling(tokens, whole, decimals))
    between = [n for n in range(first, last) if tokens[n].kind == "words"]
    marks = "".join(tokens[n].text for n in between)
    splits = marks == "." and point is None  # 0!.0, shows 元 in 万元: a full stop that is no decimal point
    if between and not splits:
        return Shown(
            general(value), fault=f'the number format "{code}" is not rendered: words stand between its digits'
        )
    grouped = any(tokens[n].kind == "comma" and first < n < (whole or [first])[-1] for n in range(len(tokens)))
    size = _rounded(abs(value).scaleb(shift), len(decimals))
    written = f"{size:f}".partition(".")
    put = dict(_whole_digits(written[0], tokens, whole, grouped))
    put |= _decimal_digits(written[2], tokens, decimals)
    text = "".join(
        put.get(n, "") if token.kind == "digit" else "" if token.kind == "comma" else token.text
        for n, token in enumerate(tokens)
        if token.kind != "text"
    )
    core = "".join(put.get(n, tokens[n].text if n in between or n == point else "") for n in range(first, last + 1))
    number = core.replace(",", "").replace(" ", "").rstrip(".")
    if splits:
        shift -= sum(n > between[0] for n in whole)
    seen = Decimal(number) if re.search(r"[0-9]", number) else None
    text = (sign + text.strip()) if text.strip() else ""
    return _named(text, seen, value, tokens[last + 1 :], shift)


def _scaling(tokens: tuple[_Token, ...], whole: list[int], decimals: list[int]) -> set[int]:
    """Return the commas that divide by a thousand: those right behind the last digit before or after the point."""
    found: set[int] = set()
    for places in (whole, decimals):
        n = places[-1] + 1 if places else len(tokens)
        while n < len(tokens) and tokens[n].kind == "comma":
            found.add(n)
            n += 1
    return found


def _whole_digits(
    digits: str, tokens: tuple[_Token, ...], places: list[int], grouped: bool
) -> Iterator[tuple[int, str]]:
    """Generate what each place before the point shows; the first takes all digits that are left."""
    digits = "" if digits == "0" else digits
    for count, n in enumerate(reversed(places)):
        is_first = count == len(places) - 1
        end = len(digits) - count
        own = digits[:end] if is_first and end > 0 else digits[end - 1 : end] if end > 0 else ""
        if not own:
            own = {"0": "0", "?": " "}.get(tokens[n].text, "")
        yield n, _grouped(own, count) if grouped and own.strip() else own


def _grouped(own: str, behind: int) -> str:
    """Return digits with a comma after each third from the right; `behind` digits follow them."""
    parts = []
    for position, digit in enumerate(reversed(own)):
        place = behind + position
        parts.append(digit + ("," if place and place % 3 == 0 else ""))
    return "".join(reversed(parts))


def _decimal_digits(digits: str, tokens: tuple[_Token, ...], places: list[int]) -> dict[int, str]:
    """Return what each place behind the point shows; noughts that nobody asked for are left out."""
    put: dict[int, str] = {}
    is_needed = False
    for n, digit in reversed([*zip(places, digits, strict=True)]):
        is_needed = is_needed or digit != "0" or tokens[n].text == "0"
        put[n] = digit if is_needed else " " if tokens[n].text == "?" else ""
    return put


def _named(text: str, seen: Decimal | None, value: Decimal, behind: tuple[_Token, ...], shift: int) -> Shown:
    """Return what is shown with the number that is seen: it has the sign of what is held, whatever marks it."""
    unit = "".join(token.text for token in behind if token.kind in {"words", "percent", "slash"})
    unit = unit.strip().removesuffix(")").removesuffix("）").strip()
    if seen is not None and value < 0 and seen:
        seen = -seen
    return Shown(text, seen, unit, shift)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
