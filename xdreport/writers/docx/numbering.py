"""Headings and lists numbered by Word (numbering.xml), wherever Word would print just what the document says.

A heading or list whose numbers follow no pattern keeps them as text: better typed and right than automatic and wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from xdreport.theme import Theme
from xdreport.writers.docx.markup import quoted
from xdreport.writers.docx.styles import HEADING_LIST, NAMESPACE, indents, style_id

# Headings that are not counted join a list that prints no numbers. Word's own way out, list 0, is no list of the file,
# and validators miss it.
_UNNUMBERED_LIST = 2
_RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a counter prints: Word's name of its digits and the marks round them."""

    digits: str
    before: str = ""
    after: str = ""

    def number(self, count: int) -> str:
        """Return what Word prints for a count from 1 on."""
        match self.digits:
            case "bullet":
                return self.before
            case "chineseCountingThousand":
                return f"{self.before}{_chinese(count)}{self.after}"
            case "decimalEnclosedCircle":
                return chr(0x245F + count) if count <= 20 else str(count)
            case _:
                return f"{self.before}{count}{self.after}"


# Levels of headings in official documents (GB/T 9704-2012, 7.3.3).
HEADINGS = (
    Pattern("chineseCountingThousand", "", "、"),
    Pattern("chineseCountingThousand", "（", "）"),
    Pattern("decimal", "", "."),
    Pattern("decimal", "（", "）"),
)
_LISTS = (*HEADINGS, Pattern("decimal", "", "、"), Pattern("decimal", "", "）"), Pattern("decimalEnclosedCircle"))


def unnumbered(level: int) -> str:
    """Return the paragraph property that keeps Word from numbering a heading of a level."""
    return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{_UNNUMBERED_LIST}"/></w:numPr>'


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _chinese(tens)) + "十" + (_DIGITS[ones] if ones else "")


@dataclass(slots=True)
class Numbering:
    """The counters of one file: those of its headings, and the lists it holds so far."""

    _counts: list[int] = field(default_factory=lambda: [0] * len(HEADINGS))
    _lists: list[Pattern] = field(default_factory=list)

    def counts(self, level: int, number: str) -> bool:
        """Return whether Word's counter prints `number` for the next heading of a level, and count it if so."""
        pattern, count = HEADINGS[level - 1], self._counts[level - 1] + 1
        if pattern.number(count) != number or count > 99:
            return False
        self._counts[level - 1 :] = [count, *[0] * (len(HEADINGS) - level)]
        return True

    def start_list(self, marks: Sequence[str]) -> int | None:
        """Return the number of a new list whose items Word marks like that, None when no pattern fits."""
        if marks and len(set(marks)) == 1 and len(marks[0]) == 1 and not marks[0].isalnum():
            pattern: Pattern | None = Pattern("bullet", marks[0])
        else:
            wanted = list(marks)
            fits = (p for p in _LISTS if wanted == [p.number(count) for count in range(1, len(wanted) + 1)])
            pattern = next(fits, None) if len(wanted) <= 99 else None
        if pattern is None:
            return None
        self._lists.append(pattern)
        return _UNNUMBERED_LIST + len(self._lists)

    def write(self, theme: Theme) -> str:
        """Return numbering.xml: one definition for the headings, one for each pattern of lists, a list each."""
        patterns = sorted(set(self._lists), key=lambda pattern: (pattern.digits, pattern.before, pattern.after))
        list_indent = indents(theme.style("list"), theme)
        definitions = [_headings(HEADINGS, theme), _headings((Pattern("none"),) * len(HEADINGS), theme)]
        definitions += [_level(0, pattern, "", list_indent) for pattern in patterns]
        numbered = [0, 1, *(2 + patterns.index(pattern) for pattern in self._lists)]
        return "".join(
            (
                f"<w:numbering {NAMESPACE}>",
                *(_definition(key, levels) for key, levels in enumerate(definitions)),
                *(_list(key, definition) for key, definition in enumerate(numbered, HEADING_LIST)),
                "</w:numbering>",
            )
        )


def _definition(key: int, levels: str) -> str:
    kind = "multilevel" if levels.count("<w:lvl ") > 1 else "singleLevel"
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'


def _list(key: int, definition: int) -> str:
    """A list of its own for each run of items, so that each begins at 1; headings count through the whole file."""
    restart = "" if key <= _UNNUMBERED_LIST else _RESTART
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{restart}</w:num>'


def _headings(patterns: Sequence[Pattern], theme: Theme) -> str:
    """Levels tied to the heading styles, so that giving the style gives the number, in the style's face."""
    levels = []
    for level, pattern in enumerate(patterns):
        name = f"heading{level + 1}"
        tie = "" if pattern.digits == "none" else f'<w:pStyle w:val="{style_id(name)}"/>'
        levels.append(_level(level, pattern, tie, indents(theme.style(name), theme)))
    return "".join(levels)


def _level(level: int, pattern: Pattern, style: str, indent: str) -> str:
    counter = "" if pattern.digits in {"bullet", "none"} else f"%{level + 1}"
    text = quoted(f"{pattern.before}{counter}{pattern.after}")
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{pattern.digits}"/>{style}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val={text}/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )
