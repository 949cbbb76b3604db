"""What a proofreader marks in prose round its figures: words that say the contrary of the figure beside them, or say
once more what it prints itself.

A figure knows which way it points, because `comparison` decided it after rounding; here the typed words are held
against it. A word counts only where it is a predicate (大幅增长，) and only for the figures of its own subject, so
that 在需求下降的情况下 or another clause's subject is no contradiction.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xdreport import notation
from xdreport.document import Derivation, Figure, Run, Runs, Text, characters
from xdreport.findings import Finding, Place

_UP, _DOWN, _FLAT = "up", "down", "flat"
_FASTER, _SLOWER, _NARROWER, _WIDER = "faster", "slower", "narrowed", "widened"
_RATES = {"yoy", "mom", "growth", "avg_growth"}
_LISTS = {"list", "list_alike"}
_RULES = {
    **dict.fromkeys(("times", "doubled", "quadrupled", "octupled"), _UP),
    **dict.fromkeys(("flat", "flat_rounded", "rank_flat", "list_flat", "from_to_flat", "from_to_flat_rounded"), _FLAT),
    **{way: way for way in (_FASTER, _SLOWER, _NARROWER, _WIDER)},
    **{
        f"{kind}_{way}": way
        for kind in ("growth", "amount", "points", "from_to", "percent_to", "rank_to", "rank")
        for way in (_UP, _DOWN)
    },
}  # fmt: skip

# What typed words say, and which figures they contradict. A pace (加快) says nothing of the way: growth that slows is
# growth still, so that 保持增长，增速回落 is no contradiction.
_WORDS = {
    _UP: "增长|增加|上升|提高|提升|回升|攀升|上涨|增多|走高",
    _DOWN: "下降|减少|下滑|降低|下跌|走低|萎缩|回落",
    _FASTER: "加快|提速|加速",
    _SLOWER: "放缓|减缓",
    _NARROWER: "收窄",
    _WIDER: "扩大",
}
_AGAINST = {
    _UP: {_DOWN, _FLAT}, _DOWN: {_UP, _FLAT}, _FASTER: {_SLOWER}, _SLOWER: {_FASTER}, _NARROWER: {_WIDER},
    _WIDER: {_NARROWER},
}  # fmt: skip
_VERBS = "|".join(_WORDS.values())
_BASES = "同比|环比|比上年|较上年|比上年同期|较上年同期|与上年|与上年同期|比上年末|较上年末|比年初|较年初|年均"
_FIRST = 0xF0000  # the private characters of planes 15 and 16, which `cells` refuses in texts
_MARK = "[\U000f0000-\U0010ffff]"
_PREDICATE = re.compile(
    rf"(?P<word>{_VERBS})(?:了|到|至|为|约|近|超|较快|较大|明显|显著|幅度|态势|势头|趋势|走势)*(?={_MARK}|$)"
)
# Words that take the edge off the one after them (扭转下降趋势, 由下降转为), and so say nothing of the figure.
_TURNED = re.compile("未|没有?|不[再是]|止|扭转|遏制|避免|防止|克服|抵消|应对|由|从|面对|虽|尽管")
# A clause that begins with nothing but these has the subject of the clause before it.
_CARRIED = re.compile(
    rf"(?:{_BASES}|达到?|为|是|并|且|但|却|也|仍|还|已|均|都|其中|同时|实现|呈现?|保持|继续|持续|连续|全年|总体|整体|大幅|快速|高速|较快|"
    r"稳步|稳定|平稳|显著|明显|小幅|略有|有所|逐步|逐年|进一步|不断|累计|共计|合计|分别|再|了|的|幅度?|出现|有|共|又|\s)*"
)
# What typed words claim of the figure after them, by the rule of the phrase that says the same, and which they are
# held against. The words may name whom they compare with (低于全市), which a figure may do as well.
_WHO = rf"(?P<who>[^{_MARK[1:]}{{0,10}}?)"
_SCHEDULE = "(?:时序|序时)(?:进度)?(?:要求)?"


@dataclass(frozen=True)
class _Claim:
    """Words before a figure; `rules` are the phrases that say the same, `against` those that say otherwise."""

    words: re.Pattern[str]
    rules: frozenset[str]
    against: frozenset[str]

    @classmethod
    def of(cls, words: str, rules: str, against: str) -> "_Claim":
        """Return the claim that is made where a clause ends, or a figure follows."""
        return cls(re.compile(rf"(?:{words})(?={_MARK}|$)"), frozenset(rules.split()), frozenset(against.split()))


_CLAIMS = (
    _Claim.of(f"(?:高于|快于|领先于?|超过){_WHO}", "above", "below level_with"),
    _Claim.of(f"(?:低于|慢于|落后于?){_WHO}", "below", "above level_with"),
    _Claim.of(f"与{_WHO}持平", "level_with", "above below"),
    _Claim.of(
        f"(?:超过?|超前于?|快于|高于|好于|优于|领先于?){_SCHEDULE}|比{_SCHEDULE}快", "ahead", "behind on_schedule"
    ),
    _Claim.of(f"(?:落后于?|慢于|低于|滞后于?){_SCHEDULE}|比{_SCHEDULE}慢", "behind", "ahead on_schedule"),
    _Claim.of(f"与{_SCHEDULE}(?:持平|同步|一致)", "on_schedule", "ahead behind"),
    _Claim.of("完成了?(?:全年|年度|年|既定|预期)?(?:各项)?(?:目标任务|任务目标|目标|任务)", "target_met", "completion"),
    _Claim.of("完成(?:全年|年度|年)?(?:目标任务|任务目标|目标|任务)的", "completion target_met target_exceeded", ""),
    _Claim.of("控制在.{0,8}以内", "limit_kept", "limit_exceeded"),
    _Claim.of("(?:占比|比重|份额)(?:为|达到?)?", "share", ""),
)
_CLAIMED = {
    "above": "高于", "below": "低于", "level_with": "持平", "ahead": "快于时序进度", "behind": "慢于时序进度",
    "on_schedule": "与时序进度持平", "completion": "words for a target not yet reached", "limit_exceeded": "超出",
}  # fmt: skip
_WHOSE = re.compile(r"(?:[高低快慢好差多少]于|与)(\D*?)(?:持平|[\d−])")
_AIMED = re.compile(
    "未|没|不|距|离|为|力争|确保|努力|围绕|锚定|紧盯|对照|有望|预计|争取|是否|能否|由|从|扭转|改变|虽|尽管"
)
# How many times a growth must make of its base for these words; 五年翻番 is said of another stretch of time.
_TIMES = {"翻番": 2, "翻一番": 2, "翻倍": 2, "倍增": 2, "成倍": 2, "翻两番": 4, "翻三番": 8}
_DOUBLING = re.compile(rf"(?P<word>{'|'.join(_TIMES)})(?:增长|增加|提高|上升)?(?={_MARK}|$)")
_OTHER_STRETCH = re.compile("(?<![上全])年|基期|以来|期间")
_EVERYWHERE = "全[国省市区县]"
# A typed qualifier; 最近, 节约 and 反超 are words of their own.
_NEARLY = re.compile("(?:(?<![最附临靠邻新远逼])近|接近|将近|(?<![赶反高])超|(?<!超)超过|逾)$")
_WORD_ENDS = re.compile("(?:[节签合大条公制预]约|[最附临靠邻新远逼]近|[反赶高]超|自由|理由)$")
_REACHED = re.compile("(?:(?<![发到抵传直下])达|达到)$")

_CLAUSE = re.compile("[，,：:、]")
_SENTENCE = re.compile("[。！？；!?;\n]")
_HINT = "leave the word to the phrase: change('…') prints the verb that the figure has"


def proofread(runs: Runs, source: str, place: Place | None) -> Iterator[Finding]:
    """Generate what is wrong with the typed words of rendered runs; `source` is the text they were rendered from,
    whose first line stands at `place`."""
    text = _Marked.of(runs, source)
    for finding, offset in (
        *_typed(text), *_repeated(text), *_contradictions(text), *_claims(text), *_places(text), *_qualifiers(text),
        *_added(text),
    ):  # fmt: skip
        at = Place(place.file, (place.line or 1) + text.line(offset) - 1) if place else None
        yield replace(finding, place=at)


@dataclass(frozen=True)
class _Marked:
    """Rendered runs as one text in which a mark stands for each run that nobody typed."""

    text: str
    runs: tuple[Run, ...]
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, runs: Runs, source: str) -> "_Marked":
        text = ""
        marked: list[Run] = []
        starts, lines = [0], [1]
        read = 0
        for run in runs:
            if not isinstance(run, Text) or run.is_verbatim or run.text not in source:
                text += chr(_FIRST + len(marked))
                marked.append(run)
                continue
            found = source.find(run.text, read)
            read = found if found >= 0 else source.find(run.text)  # a loop prints a piece again
            for piece in run.text.splitlines(keepends=True):
                starts.append(len(text))
                lines.append(source.count("\n", 0, read) + 1)
                text, read = text + piece, read + len(piece)
        return cls(text, tuple(marked), tuple(starts), tuple(lines))

    def line(self, offset: int) -> int:
        """Return the line of the source that the character at `offset` comes from."""
        return self.lines[bisect(self.starts, offset) - 1]

    def figure(self, mark: str) -> Figure | None:
        """Return the figure that a character stands for, None when it stands for itself or another run."""
        run = self.runs[ord(mark) - _FIRST] if re.match(_MARK, mark) else None
        return run if isinstance(run, Figure) else None

    def printed(self, text: str) -> str:
        """Return a piece of the text with every mark as what it prints."""
        return re.sub(_MARK, lambda match: characters([self.runs[ord(match[0]) - _FIRST]]), text)

    def subject(self, clause: str) -> str:
        """Return what stands in a clause before its first figure or verb: its own subject, if it has one. A name
        stands for itself, a period is none."""
        words = ""
        for character in re.split(_VERBS, clause, maxsplit=1)[0]:
            figure = self.figure(character)
            if figure and figure.derivation is not Derivation.PERIOD:
                break
            words += "" if figure else character
        return words


Found = tuple[Finding, int]


def _typed(text: _Marked) -> Iterator[Found]:
    for match in re.finditer("[%％‰]|百分之", text.text):
        hint = "figure('…') prints its unit; a difference of rates is change('…') in 百分点"
        words = text.printed(text.text[max(0, match.start() - 6) : match.end()]).strip()
        yield Finding("narrative.typed-percent", "a % is typed in prose", None, words, "", hint), match.start()
    for match in re.finditer("负增长", text.text):
        hint = "change('…') prints 下降 with its rate"
        finding = Finding("narrative.negative-growth", "负增长 is no word of a report", None, match[0], "下降", hint)
        yield finding, match.start()


def _repeated(text: _Marked) -> Iterator[Found]:
    for match in re.finditer(_MARK, text.text):
        figure = text.figure(match[0])
        if figure is None:
            continue
        before, after = text.text[: match.start()][-8:], text.text[match.end() :][:4]
        word = _head_said(before, figure) or _tail_said(after, figure)
        claimed = "" if word else _claim_said(_SENTENCE.split(text.text[: match.start()])[-1], figure)
        if claimed or word:
            where = (before + match[0]) if before.endswith(word) else match[0] + word
            found = text.printed(claimed + match[0] if claimed else where[-len(word) - 1 :]).strip()
            message = f"{word or claimed.rstrip('，,')} is typed beside a figure that says it itself"
            hint = "delete the typed word; figure('…') prints the number alone"
            yield Finding("narrative.repeated", message, None, found, "", hint), match.start()


def _head_said(before: str, figure: Figure) -> str:
    """Return the typed word before a figure that the figure says by itself, "" when there is none."""
    head = re.split(r"[\d−]", figure.text, maxsplit=1)[0]
    for length in range(min(4, len(head)), 0, -1):
        if _WORD_ENDS.search(before):
            break
        if before.endswith(head[:length]) and (length > 1 or head[0] in "由占居比与近约超"):
            return head[:length]
    if figure.derivation is Derivation.COMPARED and (figure.rule in _RULES or figure.rule in _LISTS):
        if typed := re.search(f"(?:{_VERBS})$", before):
            return typed[0]
        if re.match(_BASES, head) and (typed := re.search(f"(?:{_BASES})$", before)):
            return typed[0]
    return ""


def _tail_said(after: str, figure: Figure) -> str:
    """Return the typed unit or word after a figure that it has printed already; one character may begin a word."""
    tail = re.split(r"\d", figure.text)[-1]
    for length in range(4, 1, -1):
        if len(after) >= length and tail.endswith(after[:length]):
            return after[:length]
    return ""


def _claim_said(before: str, figure: Figure) -> str:
    """Return the typed claim before a figure, with the comma after it, that the figure makes again: 高于全市，高于全市
    2.1个百分点; also 达 before 突破301.8亿元. "" when there is none."""
    if re.match("突破|近|超|约", figure.text) and (reached := _REACHED.search(before)):
        return reached[0] if reached[0] == "达" or figure.text[0] in "突超" else ""
    clause = _CLAUSE.split(before.rstrip("，, "))[-1]
    for claim in _CLAIMS:
        for match in claim.words.finditer(clause):
            is_last = match.end() == len(clause) and not _AIMED.search(clause[: match.start()])
            if is_last and figure.rule in claim.rules and _is_of(match, figure):
                return before[before.rindex(match[0]) :]
    return ""


def _is_of(match: re.Match[str], figure: Figure) -> bool:
    """Return whether a claim and a figure compare with the same one, where both name one: 全市平均水平 and 全市."""
    typed = match.groupdict().get("who") or ""
    named = whose[1] if (whose := _WHOSE.match(figure.text)) else ""
    return typed.startswith(named) or named.startswith(typed)


def _claims(text: _Marked) -> Iterator[Found]:
    """Generate the claims of prose that a figure of their subject does not bear out: 低于全市，高于全市2.1个百分点."""
    for topic in _topics(text):
        figures = [figure for _, clause in topic for mark in re.findall(_MARK, clause) if (figure := text.figure(mark))]
        for start, clause in topic:
            for claim in _CLAIMS:
                for match in claim.words.finditer(clause):
                    against = (it for it in figures if it.rule in claim.against and _is_of(match, it))
                    figure = next(against, None)
                    if figure and not _AIMED.search(clause[: match.start()]):
                        yield _contradiction(match[0], figure.text, _CLAIMED[figure.rule]), start + match.start()
            for match in _DOUBLING.finditer(clause):
                few = (it for it in figures if _is_less(it, _TIMES[match["word"]]))
                figure = next(few, None)
                before = clause[: match.start()]
                if figure and not _AIMED.search(before) and not _OTHER_STRETCH.search(before):
                    expected = "words for a growth of less"
                    yield _contradiction(match["word"], figure.text, expected), start + match.start()


def _is_less(figure: Figure, times: int) -> bool:
    """Return whether a figure prints a growth that makes less than so many times its base."""
    way = _way(figure)
    if figure.rule in {"growth_up", *_RATES} and figure.value is not None:
        return way is not _UP or figure.value < 100 * (times - 1)
    if figure.rule in _LISTS:
        return all(row.value < 100 * (times - 1) for row in figure.observations)
    return figure.rule in {"growth_down", "flat", "flat_rounded", "list_flat"}


def _contradiction(word: str, found: str, expected: str) -> Finding:
    message = f"{word} is typed beside a figure that says otherwise"
    hint = "leave the word to the phrase, which prints it"
    return Finding("narrative.direction", message, None, found, expected, hint)


def _places(text: _Marked) -> Iterator[Found]:
    """Generate the areas typed before a rank among those of another: 居全省 before 全市第3位."""
    for match in re.finditer(f"({_EVERYWHERE})(?:位?[居列]|排名?)?({_MARK})", text.text):
        figure = text.figure(match[2])
        printed = re.match(f"(?:居|并列)?({_EVERYWHERE})(?:第|前)", figure.text) if figure else None
        if figure and printed and printed[1] != match[1]:
            yield _contradiction(match[1], figure.text, printed[1]), match.start()


def _added(text: _Marked) -> Iterator[Found]:
    """Generate the qualifiers typed before a figure that its source gives exactly: 近218.46亿元."""
    for match in re.finditer(_MARK, text.text):
        figure, before = text.figure(match[0]), text.text[: match.start()][-8:]
        if figure is None or figure.derivation is not Derivation.REPORTED or not figure.text[:1].isdecimal():
            continue
        word = _NEARLY.search(before)
        if word and not any(row.qualifier for row in figure.observations):
            message = f"{word[0]} is typed before a figure that the data give exactly"
            hint = "delete the word; where the source says it, it stands in the row's qualifier"
            found = word[0] + figure.text
            yield Finding("narrative.typed-qualifier", message, None, found, figure.text, hint), match.start()


def _contradictions(text: _Marked) -> Iterator[Found]:
    for topic in _topics(text):
        figures = [(figure, way) for _, clause in topic for figure, way in _pointing(text, clause)]
        for start, clause in topic:
            for match in _PREDICATE.finditer(clause):
                if _TURNED.search(clause[: match.start()]):
                    continue
                said = next(way for way, words in _WORDS.items() if match["word"] in words.split("|"))
                beside = text.figure(clause[match.end() : match.end() + 1])
                for figure, way in figures:
                    is_bare = way is _DOWN and said in {_UP, _DOWN} and _is_bare(figure) and figure is beside
                    if way in _against(match["word"], said) or is_bare:
                        message = f"{match['word']} is typed beside a figure that says otherwise"
                        finding = Finding("narrative.direction", message, None, figure.text, _expected(way), _HINT)
                        yield finding, start + match.start()
                        break


def _topics(text: _Marked) -> Iterator[list[tuple[int, str]]]:
    """Generate the clauses that share a subject, each with where it begins."""
    for begin, sentence in _pieces(text.text, 0, _SENTENCE):
        topic: list[tuple[int, str]] = []
        for start, clause in _pieces(sentence, begin, _CLAUSE):
            subject = text.subject(clause)
            for claim in _CLAIMS:
                subject = claim.words.sub("", subject)
            if topic and not _CARRIED.fullmatch(subject):
                yield topic
                topic = []
            topic.append((start, clause))
        yield topic


def _pieces(text: str, begin: int, separator: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    last = 0
    for match in separator.finditer(text):
        yield begin + last, text[last : match.start()]
        last = match.end()
    yield begin + last, text[last:]


def _pointing(text: _Marked, clause: str) -> Iterator[tuple[Figure, str]]:
    """Generate the figures of a clause that point somewhere, each with where."""
    for mark in re.findall(_MARK, clause):
        figure = text.figure(mark)
        if figure and (way := _way(figure)):
            yield figure, way


def _way(figure: Figure) -> str:
    if figure.rule in _RULES:
        return _RULES[figure.rule]
    if _is_bare(figure):
        return _DOWN
    if figure.rule in _LISTS | _RATES and figure.observations:
        signs = {(row.value > 0) - (row.value < 0) for row in figure.observations}
        return {1: _UP, -1: _DOWN, 0: _FLAT}[signs.pop()] if len(signs) == 1 else ""
    return ""


def _is_bare(figure: Figure) -> bool:
    """Return whether a figure prints a rate below zero by its sign, which no verb may stand before: 下降−3.1%."""
    is_printed = figure.derivation is Derivation.REPORTED
    return is_printed and figure.text.startswith(notation.MINUS) and figure.text.endswith("%")


def _against(word: str, said: str) -> set[str]:
    """Return the ways that a typed word contradicts; 回落 is said of amounts and of a pace."""
    return _AGAINST[said] | ({_FASTER} if word == "回落" else set())


def _expected(way: str) -> str:
    return {
        _UP: "words for a rise", _DOWN: "words for a fall", _FLAT: "words for no change", _FASTER: "加快",
        _SLOWER: "回落 or 放缓", _NARROWER: "收窄", _WIDER: "扩大",
    }[way]  # fmt: skip


def _qualifiers(text: _Marked) -> Iterator[Found]:
    for start, sentence in _pieces(text.text, 0, _SENTENCE):
        if word := notation.clash(text.printed(sentence)):
            hint = "keep one of the two words round the number"
            finding = Finding("narrative.qualifiers", "two qualifiers meet round one number", None, word, "", hint)
            yield finding, start + len(sentence) - len(sentence.lstrip())
