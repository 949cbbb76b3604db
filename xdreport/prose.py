"""The runs of a narrative → blocks: `## ` headings, `- ` lists, paragraphs, `**strong**`.

Only characters that a person wrote in the narrative are read as marks. A name or figure from
the data is printed as it is, whatever is in it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from xdreport.document import Block, Heading, ListBlock, Paragraph, Role, Run, Runs, Text

_DIGIT = re.compile(r"\d")
_PHRASE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# A number in words is a figure where what is counted leaves no other reading.
_COUNT = "(?:[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千点]*|半)"
# Of two characters and more, which no word but a number has, before what is counted.
_ONES = "一二两三四五六七八九"
_MANY = f"(?:[{_ONES}][零〇{_ONES}]*[十百千万亿点][零〇{_ONES}十百千万亿点]*|十[{_ONES}])"
_COUNTED = "(?:家|户|名|[万亿]?元|亩|所|项|人次|个(?!月|小时|五年)|人(?![大代])|公里|吨)"
_TENTHS = "[一二两三四五六七八九]成"
_NUMERAL = re.compile(
    f"{_COUNT}(?:多|余)?个?(?:百|千)分点|翻了?[一二两三四五六七八九几]番|(?<!第){_COUNT}多?倍(?!增[计行工])"
    f"|[占近超过约达逾]{_TENTHS}(?!不变|[立为员功熟])|(?<!第){_TENTHS}(?:多|半|以上|以下|左右|(?![一-龥]))"
    f"|(?<!第){_TENTHS}(?=的|是|来自|企业|用户|居民|群众|项目|收入)"
    f"|(?<!百)(?<!千)[一二两三四五六七八九十]分之{_COUNT}"
    f"|(?<![第零〇{_ONES}十百千万亿点]){_MANY}[多余]?[万亿]?{_COUNTED}"
)
# Marks of Markdown and HTML that a narrative has no use for.
_UNREAD = re.compile(
    r"^[ \t]*(?:#(?!#{1,3}[ \t]+\S)|[*+][ \t]|-(?![ \t])|[|>]|```|~~~)|!?\[[^\]\n]*\]\(|</?[A-Za-z][^<>\n]*>",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_HEADING = re.compile(r"(#{2,4})[ \t]+")
_BULLET = "•"
_NUMERALS = "一二三四五六七八九十"


def typed_digits(text: str) -> Iterator[tuple[int, str]]:
    """Generate the line number and the words around each run of digits that a narrative types outside its phrases."""
    blank = _PHRASE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for number, line in enumerate(blank.split("\n"), start=1):
        if match := _DIGIT.search(line):
            yield number, line[max(0, match.start() - 6) : match.end() + 6].strip()


def typed_numerals(text: str) -> Iterator[tuple[int, str]]:
    """Generate the line number and the words around each figure that a narrative types in Chinese numerals outside its
    phrases: 三个百分点, 翻两番, 三倍, 三成, 三分之一. Names and idioms (第一产业, 一批, 一成不变) are none."""
    blank = _PHRASE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for number, line in enumerate(blank.split("\n"), start=1):
        if match := _NUMERAL.search(line):
            yield number, line[max(0, match.start() - 6) : match.end() + 6].strip()


def unread_marks(text: str) -> Iterator[tuple[int, str]]:
    """Generate the line number and the words of each mark that prints as it is typed, because narratives have no such
    mark, or because its partner is missing: # 标题, ##标题, * 一项, [网页](…), **重点."""
    blank = _PHRASE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    starts = {match.start() for match in _UNREAD.finditer(blank)}
    for paragraph in _PARAGRAPH.finditer(blank):
        if paragraph[0].count("**") % 2:
            starts.add(paragraph.start() + paragraph[0].rindex("**"))
    for start in sorted(starts):
        words = blank[start : start + 12].strip().partition("\n")[0]
        yield blank.count("\n", 0, start + len(blank[start:]) - len(blank[start:].lstrip())) + 1, words


def blocks(runs: Iterable[Run], role: Role = Role.BODY, top: int = 2) -> Iterator[Block]:
    """Generate the blocks of a narrative; its `## ` is a heading of level `top`, numbered as that level is.

    Lines that follow each other without a blank line are one paragraph, joined without a space
    as Chinese is.
    """
    headings = [0, 0, 0]
    items: list[Runs] = []
    for line in _paragraphs(runs):
        first = line[0].text if _is_written(line[0]) else ""
        if items and not first.startswith("- "):
            yield ListBlock(tuple(items), (_BULLET,) * len(items))
            items = []
        if mark := _HEADING.match(first):
            depth = len(mark[1]) - 2
            headings[depth] += 1
            headings[depth + 1 :] = [0] * (2 - depth)
            level = min(4, top + depth)
            yield Heading(level, _strong(_without(line, mark.end())), number(level, headings[depth]))
        elif first.startswith("- "):
            items.append(_strong(_without(line, 2)))
        else:
            yield Paragraph(_strong(line), role)
    if items:
        yield ListBlock(tuple(items), (_BULLET,) * len(items))


def number(level: int, count: int) -> str:
    """Return the number of the `count`th heading of a level: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""
    match level:
        case 1:
            return f"{numeral(count)}、"
        case 2:
            return f"（{numeral(count)}）"
        case 3:
            return f"{count}."
        case _:
            return f"（{count}）"


def numeral(count: int) -> str:
    """Return a count from 1 to 99 in Chinese characters."""
    if not 1 <= count <= 99:
        raise ValueError(f"a count from 1 to 99, not {count}")
    tens, ones = divmod(count, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return lead + (_NUMERALS[ones - 1] if ones else "")


def _paragraphs(runs: Iterable[Run]) -> Iterator[Runs]:
    """Generate the runs of each paragraph: a blank line ends one, and so does a heading or an item of a list."""
    line: list[Run] = []
    paragraph: list[Run] = []
    for run in (*runs, Text("\n\n")):
        if not _is_written(run):
            line.append(run)
            continue
        pieces = run.text.split("\n")
        for position, piece in enumerate(pieces):
            if piece:
                line.append(Text(piece, run.strong))
            if position == len(pieces) - 1:
                continue
            own = _stripped(line)
            line = []
            if paragraph and (not own or _begins(own) or _is_heading(paragraph)):
                yield tuple(paragraph)
                paragraph = []
            paragraph += own
    if paragraph:
        yield tuple(paragraph)


def _is_written(run: Run) -> TypeGuard[Text]:
    """Return whether a person wrote these characters in the narrative, so that marks may be among them."""
    return isinstance(run, Text) and not run.is_verbatim


def _begins(line: list[Run]) -> bool:
    return _is_written(line[0]) and bool(_HEADING.match(line[0].text) or line[0].text.startswith("- "))


def _is_heading(paragraph: list[Run]) -> bool:
    return _is_written(paragraph[0]) and bool(_HEADING.match(paragraph[0].text))


def _stripped(line: list[Run]) -> list[Run]:
    """Return the runs of a line without white space at its ends; an empty list for a blank line."""
    runs = list(line)
    while runs and _is_written(runs[0]):
        runs[0] = Text(runs[0].text.lstrip(" \t"), runs[0].strong)
        if runs[0].text:
            break
        del runs[0]
    while runs and _is_written(runs[-1]):
        runs[-1] = Text(runs[-1].text.rstrip(" \t"), runs[-1].strong)
        if runs[-1].text:
            break
        del runs[-1]
    return runs


def _without(line: Runs, count: int) -> Runs:
    """Return the runs without the first `count` characters, which are a mark."""
    assert _is_written(line[0])
    rest = line[0].text[count:]
    return (Text(rest), *line[1:]) if rest else line[1:]


def _strong(line: Runs) -> Runs:
    """Return the runs with text between two ** set strong."""
    if not any(_is_written(run) and "**" in run.text for run in line):
        return line
    runs: list[Run] = []
    is_strong = False
    for run in line:
        if not _is_written(run):
            runs.append(replace(run, strong=is_strong) if isinstance(run, Text) else run)
            continue
        for position, piece in enumerate(run.text.split("**")):
            is_strong = is_strong != (position > 0)
            if piece:
                runs.append(Text(piece, is_strong))
    return tuple(runs)
