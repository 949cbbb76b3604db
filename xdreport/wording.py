"""The phrase book: the words that comparisons are made of, which an office can change in templates/wording/.

A book is data. Which phrase, which verb and which digits it is decided by `comparison`; a book can reword a
rise, it cannot turn one into a fall. Phrases are made of parts, so that each printed number keeps its own source.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from string import Formatter
from typing import Any

from xdreport.period import Period


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of a phrase. `value` is the number they print; `input` says which of the phrase's inputs it is, None
    when the comparison obtained it. `period` is the period they name."""

    text: str
    value: Decimal | None = None
    input: int | None = None
    period: Period | None = None

    @property
    def is_plain(self) -> bool:
        """True for words that print neither a number nor a period."""
        return self.value is None and self.period is None


Parts = tuple[Part, ...]


def _phrase(required: str, optional: str = "basis") -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(required.split()), frozenset(optional.split())


# Each phrase, with the placeholders it must print and those it may leave out.
PHRASES = {
    "growth_up": _phrase("verb rate"),
    "growth_down": _phrase("verb rate"),
    "flat": _phrase(""),
    "amount_up": _phrase("verb amount"),
    "amount_down": _phrase("verb amount"),
    "points_up": _phrase("verb points"),
    "points_down": _phrase("verb points"),
    "faster": _phrase("verb points", "basis noun"),
    "slower": _phrase("verb points", "basis noun"),
    "pace_flat": _phrase("", "basis noun"),
    "narrowed": _phrase("verb points"),
    "widened": _phrase("verb points"),
    "fall_flat": _phrase(""),
    "to_positive": _phrase("", "basis noun"),
    "to_negative": _phrase("", "basis noun"),
    "fall_to_flat": _phrase("", "basis noun"),
    "growth_to_flat": _phrase("", "basis noun"),
    "flat_to_growth": _phrase("", "basis noun"),
    "flat_to_fall": _phrase("", "basis noun"),
    "loss_to_profit": _phrase(""),
    "profit_to_loss": _phrase(""),
    "loss_narrowed": _phrase("amount"),
    "loss_widened": _phrase("amount"),
    "loss_flat": _phrase(""),
    "loss_to_even": _phrase(""),
    "profit_to_even": _phrase(""),
    "even_to_profit": _phrase(""),
    "even_to_loss": _phrase(""),
    "from_to_up": _phrase("old verb new", ""),
    "from_to_down": _phrase("old verb new", ""),
    "from_to_flat": _phrase("new", ""),
    "times": _phrase("", "basis times ratio"),
    "doubled": _phrase(""),
    "quadrupled": _phrase(""),
    "octupled": _phrase(""),
    "rank_up": _phrase("verb places"),
    "rank_down": _phrase("verb places"),
    "rank_flat": _phrase(""),
    "above": _phrase("verb area difference", "noun"),
    "below": _phrase("verb area difference", "noun"),
    "level_with": _phrase("area", ""),
    "share": _phrase("rate", "whole"),
    "pull_up": _phrase("points", "whole"),
    "pull_down": _phrase("points", "whole"),
    "pull_flat": _phrase("", "whole"),
    "contribution": _phrase("rate", "whole"),
    "completion": _phrase("rate", "target"),
    "target_met": _phrase("", "target"),
    "target_exceeded": _phrase("rate", "target"),
    "limit_kept": _phrase("amount", "target"),
    "limit_exceeded": _phrase("amount", "target"),
    "ahead": _phrase("points", ""),
    "behind": _phrase("points", ""),
    "on_schedule": _phrase("", ""),
    "list": _phrase("items"),
    "list_alike": _phrase("item"),
    "list_flat": _phrase(""),
    "revised": _phrase("name old period", ""),
}
VERBS = frozenset(
    {
        *("growth_up", "growth_down", "amount_up", "amount_down", "points_up", "points_down"),
        *("faster", "slower", "narrowed", "widened", "rank_up", "rank_down"),
        *("above", "below"),
        *("from_to_up", "from_to_down", "percent_to_up", "percent_to_down", "rank_to_up", "rank_to_down"),
    }
)
BASES = frozenset({"yoy", "year", "mom", "year_end", "year_start", "average", "than"})
USES = frozenset({"growth", "points", "flat"})
TERMS = frozenset({"language", "joint", "last_joint", "below", "noun", "target"})
_GROUPS = {"basis": USES, "verbs": VERBS, "phrases": frozenset(PHRASES)}


@dataclass(frozen=True, slots=True)
class Book:
    """A complete set of wording in one language, "zh" or "en".

    `joint` stands between the items of a list and `last_joint` before its last, `below` after a basis that holds for
    what follows (（下同）), `noun` is the word for growth where one is wanted, `target` for a target without a name.
    """

    language: str
    joint: str
    last_joint: str
    below: str
    noun: str
    target: str
    basis: Mapping[str, Mapping[str, tuple[str, ...]]]
    verbs: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]

    @classmethod
    def parse(cls, mapping: Mapping[str, Any]) -> "Book":
        """Return the book that a mapping, as read from YAML, describes.

        Raise ValueError naming every missing and unknown key, every placeholder a phrase does not know or must not
        drop, and every entry that is not text. `verbs` and `basis` hold a word or a list of words, the usual one
        first; no verb may stand for a rise and for a fall.
        """
        faults = list(_faults(mapping))
        if faults:
            raise ValueError("; ".join(faults))
        return cls(
            language=mapping["language"],
            joint=mapping["joint"],
            last_joint=mapping["last_joint"],
            below=mapping["below"],
            noun=mapping["noun"],
            target=mapping["target"],
            basis={use: _choices(entries) for use, entries in mapping["basis"].items()},
            verbs=_choices(mapping["verbs"]),
            phrases=dict(mapping["phrases"]),
        )

    def verb(self, name: str, preferred: Iterable[str] = ()) -> str:
        """Return the book's first word for a movement, or the first of its words that is among `preferred`.

        A preferred word of the other direction is passed over, so that 提高 never prints beside a fall.
        """
        return _chosen(self.verbs[name], preferred)

    def phrase(self, name: str, /, **values: str | Part | Parts) -> Parts:
        """Return a phrase with its placeholders filled; an empty value leaves no double space behind."""
        return _spaced(_filled(self.phrases[name], values))

    def basis_words(self, use: str, name: str, period: Part | None = None, preferred: Iterable[str] = ()) -> Parts:
        """Return what a change is measured against: 同比, 比上年末, 比1—2月; `use` is growth, points or flat.

        The first of the book's words that is among `preferred` is taken. Raise ValueError where the words name a
        period and none is given.
        """
        words = _chosen(self.basis[use][name], preferred)
        if period is None and "{period}" in words:
            raise ValueError(f"a period for the words {words}")
        return _spaced(_filled(words, {"period": period or ""}))


def _choices(entries: Mapping[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: (words,) if isinstance(words, str) else tuple(words) for name, words in entries.items()}


def _chosen(words: tuple[str, ...], preferred: Iterable[str]) -> str:
    wanted = set(preferred)
    return next((word for word in words if word in wanted), words[0])


def _filled(template: str, values: Mapping[str, str | Part | Parts]) -> Iterator[Part]:
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            yield Part(literal)
        if name is not None:
            match values[name]:
                case str() as text:
                    yield Part(text)
                case Part() as part:
                    yield part
                case parts:
                    yield from parts


def _spaced(parts: Iterable[Part]) -> Parts:
    """Return parts without empty ones, double spaces and spaces at the ends; words that meet become one part."""
    joined: list[Part] = []
    for part in parts:
        text = part.text
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if joined and part.is_plain and joined[-1].is_plain:
            joined[-1] = Part(joined[-1].text + text)
        else:
            joined.append(replace(part, text=text))
    if joined and joined[-1].text.endswith(" "):
        last = joined.pop()
        text = last.text.rstrip(" ")
        joined += [replace(last, text=text)] if text else []
    return tuple(joined)


def _faults(mapping: Mapping[str, Any]) -> Iterator[str]:
    yield from _key_faults("", mapping, TERMS | _GROUPS.keys())
    for term in sorted(TERMS & mapping.keys()):
        if not isinstance(mapping[term], str):
            yield f"{term} must be text"
    if isinstance(language := mapping.get("language"), str) and language not in {"zh", "en"}:
        yield f'language must be zh or en, found "{language}"'
    for group, keys in _GROUPS.items():
        entries = mapping.get(group, {})
        if not isinstance(entries, Mapping):
            yield f"{group} must hold keys and words"
        elif group in mapping:
            yield from _key_faults(f"{group}.", entries, keys)
            for key in sorted(keys & entries.keys()):
                yield from _entry_faults(group, key, entries[key])
    yield from _two_faced(mapping.get("verbs", {}))


def _key_faults(prefix: str, entries: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    known = frozenset(keys)
    yield from (f"missing key {prefix}{key}" for key in sorted(known - entries.keys()))
    yield from (f"unknown key {prefix}{key}" for key in sorted(map(str, entries.keys() - known)))


def _entry_faults(group: str, key: str, entry: object) -> Iterator[str]:
    where = f"{group}.{key}"
    if group == "basis":
        if not isinstance(entry, Mapping):
            yield f"{where} must hold keys and words"
            return
        yield from _key_faults(f"{where}.", entry, BASES)
        for name in sorted(BASES & entry.keys()):
            required = frozenset({"period"}) if name == "than" else frozenset[str]()
            if faults := list(_list_faults(f"{where}.{name}", entry[name])):
                yield from faults
            else:
                for words in _words(entry[name]):
                    yield from _text_faults(f"{where}.{name}", words, required, frozenset({"period"}))
    elif group == "verbs":
        yield from _list_faults(where, entry)
    else:
        faults = list(_text_faults(where, entry, *PHRASES[key]))
        yield from faults
        if key == "times" and not faults and not {"times", "ratio"} & _names(str(entry)):
            yield f"{where} needs {{times}} or {{ratio}}"


def _list_faults(where: str, entry: object) -> Iterator[str]:
    words = [entry] if isinstance(entry, str) else entry
    if not isinstance(words, list | tuple) or not words or not all(isinstance(w, str) and w for w in words):
        yield f"{where} must be a word or a list of words"


def _text_faults(where: str, entry: object, required: frozenset[str], optional: frozenset[str]) -> Iterator[str]:
    if not isinstance(entry, str):
        yield f"{where} must be text"
        return
    try:
        names = _names(entry)
    except ValueError as error:
        yield f"{where} cannot be read: {error}"
        return
    if any(character.isdecimal() for character in entry):
        yield f"{where} must not hold digits: numbers come from the data"
    yield from (f"{where} does not know {{{name}}}" for name in sorted(names - required - optional))
    yield from (f"{where} needs {{{name}}}" for name in sorted(required - names))


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _two_faced(verbs: object) -> Iterator[str]:
    """Generate the verbs that a book uses both for a rise and for a fall of one kind."""
    if not isinstance(verbs, Mapping):
        return
    pairs = [(name, f"{name.removesuffix('_up')}_down") for name in sorted(VERBS) if name.endswith("_up")]
    for up, down in [*pairs, ("faster", "slower"), ("narrowed", "widened"), ("above", "below")]:
        for word in _words(verbs.get(up)):
            if word in _words(verbs.get(down)):
                yield f'verbs.{up} and verbs.{down} must not share "{word}"'


def _words(entry: object) -> list[object]:
    return list(entry) if isinstance(entry, list | tuple) else [entry] if isinstance(entry, str) else []
