"""Characters in a data file → a value, or a ValueError that says what was expected.

Nothing is guessed: `010`, `1,234`, `１２`, `1e5` and `NO` are refused, each with a way out.
The ValueErrors carry what was expected and, as a second argument, a hint where there is one.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NO_NUMBER = re.compile(r"-?(nan|inf|infinity|null|none)", re.IGNORECASE)
_FULL_WIDTH = re.compile(r"[０-９．－＋，]")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*")
# Kangxi radicals and compatibility ideographs look like the characters they stand for and
# come in with text copied from a PDF; NFKC over anything else would ruin ，（ and ①.
_LOOKALIKES = re.compile(r"[\u2f00-\u2fdf\uf900-\ufaff]")
_UNPRINTABLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
_MOST_DIGITS = 24


def number(text: str) -> Decimal:
    """Return the decimal number that `text` writes in plain ASCII digits, its digits kept as they are."""
    expected = "a plain decimal number such as 223.64 or -2.5"
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a number of at most {_MOST_DIGITS} characters")
    if _NUMBER.fullmatch(text):
        if text.startswith("-") and not text.strip("-0."):
            raise ValueError(expected, "nought has no sign")
        return Decimal(text)
    if _FULL_WIDTH.search(text):
        raise ValueError(expected, "write half-width digits")
    if text.strip() != text:
        raise ValueError(expected, "leave the spaces round it out")
    if text.startswith("+"):
        raise ValueError(expected, "leave the + out")
    if text[:1] in {"−", "–", "—"} and len(text) > 1:
        raise ValueError(expected, "write the minus sign of the keyboard, -")
    if re.fullmatch(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?", text):
        raise ValueError(expected, "leave thousands separators out")
    if re.fullmatch(r"-?0[0-9]+(\.[0-9]+)?", text):
        raise ValueError(expected, "leave leading zeros out")
    if re.fullmatch(r"-?[0-9]+[,，][0-9]+", text):
        raise ValueError(expected, "write the decimal point as a full stop")
    if re.fullmatch(r"-?[0-9.]+[eE][+-]?[0-9]+", text):
        raise ValueError(expected, "write all digits out")
    if text.endswith("%"):
        raise ValueError(expected, "leave % out: the unit belongs to the indicator")
    if text.startswith("="):
        raise ValueError(expected, "a formula is not computed: paste its value")
    if text in {"", "-", "—", "…", "...", "N/A", "NA"} or text.startswith("#") or _NO_NUMBER.fullmatch(text):
        raise ValueError(expected, "a figure that does not exist has no row: delete the row")
    if re.search(r"[近超约余]|[0-9]\s*[一-鿿]", text):
        raise ValueError(expected, "the unit belongs to the indicator, 近, 余 and the like to the column qualifier")
    words(text)
    raise ValueError(expected)


def whole(text: str) -> int:
    """Return the whole number that `text` writes."""
    value = number(text)
    if value != value.to_integral_value() or "." in text:
        raise ValueError("a whole number")
    return int(value)


def flag(text: str) -> bool:
    """Return True for `true`, False for `false`; `yes`, `NO` and `1` are refused, never guessed."""
    if text not in {"true", "false"}:
        raise ValueError("true or false")
    return text == "true"


def day(text: str) -> date:
    """Return the date that `text` writes as YYYY-MM-DD."""
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError("a date such as 2026-07-04")
    try:
        return date(*(int(group) for group in match.groups()))
    except ValueError:
        raise ValueError("a day that exists, such as 2026-07-04") from None


def identifier(text: str) -> str:
    """Return `text` when it can be an id: lower-case letters, digits, _ and -, parts joined by full stops."""
    if not _IDENTIFIER.fullmatch(text):
        raise ValueError("an id such as industry.signed_funds (lower-case letters, digits, _, - and .)")
    return text


def words(text: str) -> str:
    """Return `text` with look-alike characters replaced by those they stand for; refuse invisible ones."""
    if text.isprintable() and not _LOOKALIKES.search(text):
        return text
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in _UNPRINTABLE:
            raise ValueError(
                "text without invisible characters",
                f"U+{ord(character):04X} is in it: type the words anew or paste them without formatting",
            )
    return _LOOKALIKES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def line(text: str) -> str:
    """Return `text` as `words` does, when it is one line: a title with a line break or a tab in it is refused."""
    if "\n" in text or "\t" in text:
        raise ValueError("one line of text", "a line break or a tab is in it")
    return words(text)


def title(text: str) -> str:
    """Return `text` as `line` does, when there is any."""
    if not text.strip():
        raise ValueError("some words")
    return line(text)
