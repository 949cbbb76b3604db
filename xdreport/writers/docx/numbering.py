"""Headings and lists numbered by Word (numbering.xml), wherever Word would print just what the document says.

A heading or list whose numbers follow no pattern keeps them as text: better typed and right than automatic and wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from xdreport.theme import Style, Theme
from xdreport.writers.docx.markup import quoted
from xdreport.writers.docx.styles import HEADING_LIST, NAMESPACE, indents, style_id

_RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, order=True)
class Pattern:
    """How a counter prints: Word's name of its digits, the marks round them, and whether a space follows."""

    digits: str
    before: str = ""
    after: str = ""
    is_spaced: bool = False

    def number(self, count: int) -> str:
        """Return what Word prints for a count from 1 on."""
        digits = _COUNTERS[self.digits](count) if self.digits in _COUNTERS else ""
        return f"{self.before}{digits}{self.after}{' ' if self.is_spaced else ''}"


# Levels of headings in official documents (GB/T 9704-2012, 7.3.3).
HEADINGS = (
    Pattern("chineseCountingThousand", "", "、"),
    Pattern("chineseCountingThousand", "（", "）"),
    Pattern("decimal", "", "."),
    Pattern("decimal", "（", "）"),
)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _chinese(tens)) + "十" + (_DIGITS[ones] if ones else "")


# Word's counters, by its names (ECMA-376, part 1, 17.18.59), as far as each goes.
_COUNTERS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "chineseCountingThousand": _chinese,
    "decimalEnclosedCircle": lambda count: chr(ord("①") + count - 1),
}
_LONGEST = {"decimal": 9999, "chineseCountingThousand": 99, "decimalEnclosedCircle": 20}


def pattern_of(marks: Sequence[str]) -> Pattern | None:
    """Return the pattern whose numbers from 1 on are these marks, a bullet where all are one mark, else None."""
    first = marks[0] if marks else ""
    if len(set(marks)) == 1 and len(first.rstrip(" ")) == 1 and not first[0].isalnum() and first[0] != "①":
        return Pattern("bullet", first[0], is_spaced=first.endswith(" "))
    for digits, counter in _COUNTERS.items():
        before, found, after = first.partition(counter(1))
        pattern = Pattern(digits, before, after.rstrip(" "), after.endswith(" "))
        if not found or "%" in first or len(marks) > _LONGEST[digits]:
            continue
        if list(marks) == [pattern.number(count) for count in range(1, len(marks) + 1)]:
            return pattern
    return None


@dataclass(slots=True)
class Numbering:
    """The counters of one file: those of its headings, and the lists it holds so far.

    Lists are numbered from `first` on and their definitions from `first_definition`. Headings that `are_tied` have
    their list by their style; in an office's own file each names it, and indents are those of the file's styles.
    """

    first: int = HEADING_LIST
    first_definition: int = 0
    are_tied: bool = True
    _counts: list[int] = field(default_factory=lambda: [0] * len(HEADINGS))
    _lists: list[tuple[Pattern, Style]] = field(default_factory=list)

    def counts(self, level: int, number: str) -> bool:
        """Return whether Word's counter prints `number` for the next heading of a level, and count it if so."""
        pattern, count = HEADINGS[level - 1], self._counts[level - 1] + 1
        if pattern.number(count) != number or count > _LONGEST[pattern.digits]:
            return False
        self._counts[level - 1 :] = [count, *[0] * (len(HEADINGS) - level)]
        return True

    def heading(self, level: int, is_counted: bool) -> str:
        """Return the paragraph property that has Word number a heading of a level, or keeps it from that.

        Headings that are not counted join a list that prints no numbers. Word's own way out, list 0, is no list of the
        file, and validators miss it.
        """
        if is_counted and self.are_tied:
            return ""
        return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{self.first + (not is_counted)}"/></w:numPr>'

    def start_list(self, marks: Sequence[str], style: Style) -> int | None:
        """Return the number of a new list whose items Word marks like that, None when no pattern fits.

        `style` says how far its items are indented and how far they hang.
        """
        pattern = pattern_of(marks)
        if pattern is None:
            return None
        self._lists.append((pattern, style))
        return self.first + 1 + len(self._lists)

    def write(self, theme: Theme) -> str:
        """Return numbering.xml: one definition for the headings, one for each pattern of lists, a list each."""
        return f"<w:numbering {NAMESPACE}>{self.definitions(theme)}{self.lists()}</w:numbering>"

    def definitions(self, theme: Theme) -> str:
        """Return the definitions, which numbering.xml holds before the lists."""
        levels = [self._headings(HEADINGS, theme), self._headings((Pattern("none"),) * len(HEADINGS), theme)]
        levels += [
            _level(0, pattern, "", indents(style, theme) if self.are_tied else "", hangs=self.are_tied)
            for pattern, style in self._kinds()
        ]
        return "".join([_definition(key, each) for key, each in enumerate(levels, self.first_definition)])

    def lists(self) -> str:
        """Return the lists: each run of items is one of its own, so that it begins at 1; headings count through the
        whole file."""
        kinds = self._kinds()
        definitions = [0, 1, *(2 + kinds.index(kind) for kind in self._lists)]
        return "".join(
            [
                f'<w:num w:numId="{self.first + key}"><w:abstractNumId w:val="{self.first_definition + definition}"/>'
                f"{_RESTART if key > 1 else ''}</w:num>"
                for key, definition in enumerate(definitions)
            ]
        )

    def _kinds(self) -> list[tuple[Pattern, Style]]:
        return list(dict.fromkeys(self._lists))

    def _headings(self, patterns: Sequence[Pattern], theme: Theme) -> str:
        """Levels tied to the heading styles, so that giving the style gives the number, in the style's face."""
        levels = []
        for level, pattern in enumerate(patterns):
            name = f"heading{level + 1}"
            is_tied = self.are_tied and pattern.digits != "none"
            tie = f'<w:pStyle w:val="{style_id(name)}"/>' if is_tied else ""
            levels.append(_level(level, pattern, tie, indents(theme.style(name), theme) if self.are_tied else ""))
        return "".join(levels)


def _definition(key: int, levels: str) -> str:
    kind = "multilevel" if levels.count("<w:lvl ") > 1 else "singleLevel"
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'


def _level(level: int, pattern: Pattern, style: str, indent: str, *, hangs: bool = False) -> str:
    """A level of a list; the lines of one that `hangs` begin where a tab after the mark ends."""
    counter = "" if pattern.digits in {"bullet", "none"} else f"%{level + 1}"
    text = quoted(f"{pattern.before}{counter}{pattern.after}")
    between = "tab" if hangs else "space" if pattern.is_spaced else "nothing"
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{pattern.digits}"/>{style}'
        f'<w:suff w:val="{between}"/><w:lvlText w:val={text}/><w:lvlJc w:val="left"/>'
        f"{f'<w:pPr>{indent}</w:pPr>' if indent else ''}</w:lvl>"
    )
