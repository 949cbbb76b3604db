"""The words by which a document names what the data hold: indicators, with the ways to write them, and areas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xdreport import hierarchy, numerals
from xdreport.catalog import Area, Catalog, Level

EVERYWHERE = {"全国": Level.COUNTRY, "全省": Level.PROVINCE, "全市": Level.CITY}
_NEAR = {"全区": Level.DISTRICT, "全县": Level.DISTRICT, "全镇": Level.TOWN, "全乡": Level.TOWN}
_OURS = ("我市", "我区", "我县", "我省", "我镇", "我乡", "本市", "本区", "本县", "本镇", "本乡")
# How else an indicator's name is written.
_SPELLINGS = (
    ("规模以上", "规上"),
    ("(?<!规)规上", "规模以上"),
    ("[“”]", ""),
    ("^(?:全区|全市|全县|全省|地区)(?=.{4})", ""),
    ("(?<=.{4})总额$", ""),
)


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name in a sentence; `role` is rate where the name lacks its 增速, new where it lacks its 新增."""

    start: int
    stop: int
    ids: tuple[tuple[str, str], ...]
    modified: float = 1.0


class Lexicon:
    """The names of a catalog in texts about an area."""

    def __init__(self, catalog: Catalog, area: Area) -> None:
        self.catalog = catalog
        self.area = area

    @cached_property
    def names(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The names and aliases of all indicators, and other ways to write them, with what each may mean."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for it in self.catalog.indicators.values():
            for name in (it.name, *it.aliases):
                for written, role in _variants(name):
                    if len(written) > 1:
                        found.setdefault(written, {})[it.id, role] = None
        return {name: tuple(sorted(its, key=lambda pair: pair[1] != "own")) for name, its in found.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self.names, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) or "(?!)")

    @cached_property
    def places(self) -> re.Pattern[str]:
        """The words that name an area."""
        words = [area.name for area in self.catalog.workspace.areas.values()]
        short = [name[:-1] for name in words if len(name) > 2]
        return re.compile(
            "|".join(map(re.escape, sorted({*words, *short, *hierarchy.WORDS, *_OURS}, key=len, reverse=True)))
        )

    def names_in(self, text: str) -> list[Name]:
        """Return the names of indicators in a text, in their order."""
        names = []
        for match in self._pattern.finditer(text):
            names.append(Name(match.start(), match.end(), self.names[match[0]], 1.0))
        return names

    def area_of(self, word: str) -> str | None:
        """Return the id of the area that a word names; None for one that the folder does not have."""
        areas = self.catalog.workspace.areas
        if word in _OURS:
            return self.area.id
        for area in areas.values():
            if word in {area.name, area.name[:-1]} and len(word) > 1:
                return area.id
        around = (self.area, *hierarchy.above(areas, self.area))
        called = next((it for it in around if word == hierarchy.everywhere(it)), None)
        level = EVERYWHERE.get(word) or _NEAR.get(word)
        if called is None and level:
            called = next((it for it in around if it.level is level), None)
        return called.id if called else None


def _variants(name: str) -> Iterator[tuple[str, str]]:
    """Generate the ways to write an indicator's name in prose, each with its role."""
    name = numerals.plain(name)
    written = {name, re.sub(r"[（(][^）)]*[）)]", "", name)}
    for pattern, other in _SPELLINGS:
        written |= {re.sub(pattern, other, one) for one in written}
    for one in written:
        yield one, "own"
        if match := re.fullmatch("(.{3,})(?:增速|增幅|增长率)", one):
            yield match[1], "rate"
        if match := re.fullmatch("(?:新增|新签约?|新建|新认定|新设|净增)(.{3,})", one):
            yield match[1], "new"
            yield f"新增{match[1]}", "own"
