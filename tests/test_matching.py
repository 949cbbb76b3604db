"""Typed numbers held against the data, on labelled sentences of our own.

In tests/labelled/*.txt a number stands in braces with its label: {5.8%=gdp.yoy} is the indicator's figure,
{4.2%!gdp.yoy} contradicts it, {3%?} is of something that the folder does not have. After @ stands what else than the
city and 2025 is meant.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from xdreport.catalog import Catalog
from xdreport.edited import Passage
from xdreport.matching import Held, Matcher, Verdict
from xdreport.period import Period
from xdreport.readers import folder

LABELLED = Path(__file__).parent / "labelled"
MARKED = re.compile(r"\{([^{}=!?]+)([=!?])([^{}]*)\}")
VERDICTS = {"=": Verdict.AGREES, "!": Verdict.CONTRADICTS, "?": Verdict.UNKNOWN}
SETS = {
    "development": (LABELLED / "data", "city."),
    "second": (LABELLED / "data", "city."),
    "held_out": (LABELLED / "data", "city."),
    "xiangdong": (Path(__file__).parent.parent / "data", ""),
}
PERIODS = {"development": "2025", "second": "2025", "held_out": "2025", "xiangdong": "2022"}


@dataclass(frozen=True)
class Label:
    """A number of a sentence, and what it is a figure of."""

    sentence: str
    start: int
    stop: int
    verdict: Verdict
    indicator: str

    @property
    def text(self) -> str:
        return self.sentence[self.start : self.stop]


@dataclass(frozen=True)
class Score:
    """How many numbers were decided, rightly decided, and could have been; `wrong` are the others, in words."""

    numbers: int
    sentences: int
    decided: int
    right: int
    decidable: int
    contradicted: int
    rightly_contradicted: int
    contradictions: int
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.decided

    @property
    def recall(self) -> float:
        return self.right / self.decidable

    def __str__(self) -> str:
        return (
            f"{self.numbers} numbers in {self.sentences} sentences: precision {self.precision:.1%}"
            f" ({self.right}/{self.decided}), recall {self.recall:.1%} ({self.right}/{self.decidable});"
            f" contradictions: precision {self.rightly_contradicted}/{self.contradicted},"
            f" recall {self.rightly_contradicted}/{self.contradictions}"
        )


@lru_cache
def catalog_of(name: str) -> Catalog:
    return folder.read(SETS[name][0])


def labels(name: str) -> list[Label]:
    found = []
    for line in (LABELLED / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, reached, own = "", 0, []
        for match in MARKED.finditer(line):
            text += line[reached : match.start()]
            own.append((len(text), len(text) + len(match[1]), VERDICTS[match[2]], match[3]))
            text += match[1]
            reached = match.end()
        text += line[reached:]
        indicator = lambda its: SETS[name][1] + its.partition("@")[0]  # noqa: E731
        found += [Label(text, *its[:3], indicator(its[3])) for its in own]
    return found


def is_of(held: Held, label: Label) -> bool:
    """Return whether a number was taken for a figure of the indicator that it is one of."""
    return bool(held.reading) and label.indicator.startswith(held.reading.indicator)  # type: ignore[union-attr]


def score(name: str) -> Score:
    matcher = Matcher(catalog_of(name), Period.parse(PERIODS[name]))
    counts = {"decided": 0, "right": 0, "decidable": 0, "contradicted": 0, "rightly": 0, "contradictions": 0}
    wrong = []
    every = labels(name)
    for sentence in dict.fromkeys(label.sentence for label in every):
        held = matcher.hold(Passage("", sentence), 0)
        for label in (it for it in every if it.sentence == sentence):
            found = next((it for it in held if it.typed.start < label.stop and label.start < it.typed.stop), None)
            verdict = found.verdict if found else Verdict.UNKNOWN
            right = verdict is label.verdict and (verdict is Verdict.UNKNOWN or (found and is_of(found, label)))
            counts["decidable"] += label.verdict is not Verdict.UNKNOWN
            counts["decided"] += verdict is not Verdict.UNKNOWN
            counts["right"] += bool(right) and verdict is not Verdict.UNKNOWN
            counts["contradictions"] += label.verdict is Verdict.CONTRADICTS
            counts["contradicted"] += verdict is Verdict.CONTRADICTS
            counts["rightly"] += bool(right) and verdict is Verdict.CONTRADICTS
            if not right:
                what = found.reading and (found.reading.indicator, found.reading.measure) if found else None
                why = (found.reason, found.confidence) if found else "not seen"
                wrong.append(
                    f"{label.text} of {label.indicator}: {label.verdict}, found {verdict} {what} {why}\n    {sentence}"
                )
    return Score(
        len(every), len({it.sentence for it in every}), counts["decided"], counts["right"], counts["decidable"],
        counts["contradicted"], counts["rightly"], counts["contradictions"], tuple(wrong),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["development", "second", "xiangdong"])
def test_precision_and_recall_on_the_sentences_that_the_matcher_was_made_with(name: str) -> None:
    its = score(name)
    print(name, its)
    assert its.precision >= 0.95 and its.recall >= 0.90, "\n".join(its.wrong)


def test_precision_and_recall_on_sentences_that_were_held_out() -> None:
    its = score("held_out")
    print("held out", its)
    assert its.precision >= 0.85 and its.recall >= 0.85, "\n".join(its.wrong)


def test_the_labelled_set_is_large_and_the_readme_says_what_was_measured() -> None:
    scores = {name: score(name) for name in SETS}
    assert sum(its.numbers for its in scores.values()) >= 200
    assert sum(its.sentences for its in scores.values()) >= 40
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    for name, its in scores.items():
        row = f"| {name} | {its.sentences} | {its.numbers} | {its.precision:.1%} | {its.recall:.1%} |"
        assert f"{row} {its.rightly_contradicted} of {its.contradictions} |" in readme, row


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:] or SETS:
        its = score(name)
        print(name, its)
        print("\n".join(its.wrong))
