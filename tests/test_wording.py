import copy
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from xdreport.period import Period
from xdreport.wording import Book, Part

WORDING = Path(__file__).parent.parent / "templates" / "wording"


def mapping(language: str) -> dict[str, Any]:
    return yaml.safe_load((WORDING / f"{language}.yaml").read_text(encoding="utf-8"))


ZH, EN = Book.parse(mapping("zh")), Book.parse(mapping("en"))


def faults_of(change: dict[str, Any]) -> list[str]:
    """Return what is wrong with the Chinese book once entries, named by dotted keys, are replaced or dropped (None)."""
    book = copy.deepcopy(mapping("zh"))
    for path, entry in change.items():
        *groups, key = path.split(".")
        target = book
        for group in groups:
            target = target[group]
        if entry is None:
            del target[key]
        else:
            target[key] = entry
    with pytest.raises(ValueError, match=r".") as error:
        Book.parse(book)
    return str(error.value).split("; ")


def test_the_shipped_books_are_complete_and_have_the_same_shape() -> None:
    assert (ZH.language, EN.language) == ("zh", "en")
    assert ZH.phrases.keys() == EN.phrases.keys()
    assert ZH.verbs.keys() == EN.verbs.keys()
    assert (ZH.joint, ZH.last_joint, ZH.below, ZH.noun, ZH.target) == ("、", "、", "（下同）", "增速", "年度目标")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_book_holds_what_its_mapping_says(language: str) -> None:
    entries = mapping(language)
    book = Book.parse(entries)
    for name in ("language", "joint", "last_joint", "below", "noun", "target", "phrases"):
        assert getattr(book, name) == entries[name]
    assert book.verbs == choices(entries["verbs"])
    assert book.basis == {use: choices(words) for use, words in entries["basis"].items()}


def choices(entries: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: (words,) if isinstance(words, str) else tuple(words) for name, words in entries.items()}


def test_no_shipped_phrase_says_what_the_bureaus_do_not() -> None:
    words = " ".join([*ZH.phrases.values(), *(verb for verbs in ZH.verbs.values() for verb in verbs)])
    assert "负增长" not in words
    assert not re.search(r"[ ,.;:?!()]", "".join(ZH.phrases.values()).replace("{", "").replace("}", ""))


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"noun": None}, ["missing key noun"]),
        ({"basis": None}, ["missing key basis"]),
        ({"verbs": None}, ["missing key verbs"]),
        ({"phrases.flat": None}, ["missing key phrases.flat"]),
        ({"basis.growth.yoy": None}, ["missing key basis.growth.yoy"]),
        ({"verbs.faster": None, "basis.flat": None}, ["missing key basis.flat", "missing key verbs.faster"]),
        ({"phrases.flatt": "x"}, ["unknown key phrases.flatt"]),
        ({"basis.growth.wow": "x"}, ["unknown key basis.growth.wow"]),
        ({"nouns": "x"}, ["unknown key nouns"]),
        ({"phrases.share": "占{whole}{rte}"}, ["phrases.share does not know {rte}", "phrases.share needs {rate}"]),
        ({"phrases.growth_up": "{basis}{verb}"}, ["phrases.growth_up needs {rate}"]),
        ({"phrases.growth_up": "{basis}{}{verb}{rate}"}, ["phrases.growth_up does not know {}"]),
        ({"phrases.flat": "{basis"}, ["phrases.flat cannot be read: expected '}' before end of string"]),
        ({"phrases.times": "{basis}增长"}, ["phrases.times needs {times} or {ratio}"]),
        ({"phrases.times": "{times"}, ["phrases.times cannot be read: expected '}' before end of string"]),
        ({"phrases.times": 2}, ["phrases.times must be text"]),
        ({"phrases.doubled": "翻2番"}, ["phrases.doubled must not hold digits: numbers come from the data"]),
        ({"basis.growth.than": "比"}, ["basis.growth.than needs {period}"]),
        ({"basis.flat.yoy": "与{then}"}, ["basis.flat.yoy does not know {then}"]),
        ({"basis.flat.yoy": 1}, ["basis.flat.yoy must be a word or a list of words"]),
        ({"basis.flat.than": ["与{period}", "与"]}, ["basis.flat.than needs {period}"]),
        ({"basis.flat": "与"}, ["basis.flat must hold keys and words"]),
        ({"basis": "与"}, ["basis must hold keys and words"]),
        ({"verbs": ["增长"]}, ["verbs must hold keys and words"]),
        ({"verbs.faster": []}, ["verbs.faster must be a word or a list of words"]),
        ({"verbs.faster": [""]}, ["verbs.faster must be a word or a list of words"]),
        ({"verbs.faster": 3}, ["verbs.faster must be a word or a list of words"]),
        ({"verbs.faster": [3]}, ["verbs.faster must be a word or a list of words"]),
        ({"verbs.growth_up": "下降"}, ['verbs.growth_up and verbs.growth_down must not share "下降"']),
        ({"verbs.slower": ["回落", "提高"]}, ['verbs.faster and verbs.slower must not share "提高"']),
        ({"verbs.narrowed": ["扩大"]}, ['verbs.narrowed and verbs.widened must not share "扩大"']),
        ({"verbs.rank_to_up": "降至"}, ['verbs.rank_to_up and verbs.rank_to_down must not share "降至"']),
        ({"noun": 1}, ["noun must be text"]),
        ({"language": "fr"}, ['language must be zh or en, found "fr"']),
        ({"language": 1}, ["language must be text"]),
    ],
)
def test_a_faulty_book_names_what_is_wrong(change: dict[str, Any], faults: list[str]) -> None:
    assert faults_of(change) == faults


def test_every_fault_of_a_book_is_named_at_once() -> None:
    assert faults_of({"noun": None, "phrases.share": "{whole}", "verbs.best": "好"}) == [
        "missing key noun",
        "unknown key verbs.best",
        "phrases.share needs {rate}",
    ]


def test_a_verb_may_be_one_word_and_a_preference_only_chooses_among_the_direction() -> None:
    changed = mapping("zh")
    changed["verbs"]["narrowed"] = "缩小"
    assert Book.parse(changed).verb("narrowed") == "缩小"
    assert ZH.verb("faster") == "加快"
    assert ZH.verb("faster", ["提高", "放缓"]) == "提高"
    assert ZH.verb("slower", ["提高", "放缓"]) == "放缓"
    assert ZH.verb("slower", ["提高"]) == "回落"


def test_a_phrase_keeps_each_number_as_a_part_of_its_own() -> None:
    new, old = Part("58家", Decimal(58), 0), Part("31家", Decimal(31), 1)
    assert ZH.phrase("from_to_up", old=old, verb="增至", new=new) == (Part("由"), old, Part("增至"), new)
    assert [part.is_plain for part in (new, Part("由"), Part("2021年", period=Period.parse("2021")))] == [
        False,
        True,
        False,
    ]


def test_an_empty_value_leaves_no_space_behind() -> None:
    rate = Part("5.6%", Decimal("5.6"))
    assert EN.phrase("growth_up", verb="increased", rate=rate, basis="") == (Part("increased "), rate)
    assert EN.phrase("faster", noun="", verb="up", points=rate, basis="") == (Part("up "), rate)
    assert EN.phrase("flat", basis=()) == (Part("unchanged"),)
    assert EN.phrase("flat", basis=(Part(" from "), Part("2021", period=Period.parse("2021")), Part(" "))) == (
        Part("unchanged from "),
        Part("2021", period=Period.parse("2021")),
    )
    bare = mapping("en")
    bare["phrases"]["flat"] = "{basis}"
    assert Book.parse(bare).phrase("flat", basis=" ") == ()
    assert EN.phrase("flat", basis=" ") == (Part("unchanged"),)


def test_the_words_of_a_basis_keep_the_period_they_name() -> None:
    then = Part("1—8月", period=Period.parse("2022-01/08"))
    assert ZH.basis_words("points", "than", then) == (Part("比"), then)
    assert ZH.basis_words("growth", "yoy") == (Part("同比"),)
    assert ZH.basis_words("flat", "year_start") == (Part("与年初"),)
    assert ZH.basis_words("points", "yoy", preferred=["同比"]) == (Part("同比"),)
    with pytest.raises(ValueError, match=r"^a period for the words 比\{period\}$"):
        ZH.basis_words("growth", "than")
