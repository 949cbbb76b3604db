"""Areas within areas: which lie in which, which are alike, and how each is spoken of as a whole (全市, 全区, 全镇)."""

from collections.abc import Iterator, Mapping

from xdreport.catalog import Area, Level

# What a phrase calls the area that a report is about, and the one that it lies in.
OWN, ABOVE = "own", "above"

# By what a name ends in, the longest first; a level's usual word serves a name that ends otherwise.
_ENDINGS = {
    "街道": "全街道", "省": "全省", "市": "全市", "区": "全区", "县": "全县", "旗": "全旗", "州": "全州", "盟": "全盟",
    "镇": "全镇", "乡": "全乡",
}  # fmt: skip
_USUAL = {
    Level.COUNTRY: "全国", Level.PROVINCE: "全省", Level.CITY: "全市", Level.DISTRICT: "全区", Level.TOWN: "全镇",
}  # fmt: skip
WORDS = tuple(dict.fromkeys((*_USUAL.values(), *_ENDINGS.values())))


def above(areas: Mapping[str, Area], area: Area) -> Iterator[Area]:
    """Generate the areas that an area lies in, the nearest first."""
    while area.within in areas:
        area = areas[area.within]
        yield area


def inside(areas: Mapping[str, Area], whole: Area, level: Level | None = None) -> tuple[Area, ...]:
    """Return the areas of a level that lie in an area, at whatever depth; without a level those that lie directly in
    it. They come in the order of the folder; () where there are none."""
    if level is None:
        return tuple(it for it in areas.values() if it.within == whole.id)
    return tuple(it for it in areas.values() if it.level is level and whole in above(areas, it))


def are_all(areas: Mapping[str, Area], whole: Area, level: Level) -> bool:
    """Return whether the folder has all areas of a level that lie in an area, so that a place among them can be told.

    `members` of the area counts them; the towns of a folder are taken for all there are where it does not.
    """
    found = inside(areas, whole, level)
    members = whole.members.get(level)
    if members is not None:
        return members == len(found)
    return level is Level.TOWN and all(it.within == whole.id for it in found)


def of_level(areas: Mapping[str, Area], area: Area, level: Level) -> Area | None:
    """Return the area of a level that an area is or lies in, None where there is none."""
    return next((it for it in (area, *above(areas, area)) if it.level is level), None)


def named(areas: Mapping[str, Area], own: Area, word: str) -> Area | None:
    """Return the area that a word of a phrase means, None for none: an id; `above` for the one that `own` lies in; a
    level for the one of it that `own` is or lies in; "" for `own`."""
    if not word:
        return own
    if word in areas:
        return areas[word]
    if word == ABOVE:
        return next(above(areas, own), None)
    return of_level(areas, own, Level(word)) if word in set(Level) else None


def compared(areas: Mapping[str, Area], own: Area, within: str, level: Level | None) -> tuple[Area, tuple[Area, ...]]:
    """Return the whole that a table looks into, and the areas in it that it puts beside each other.

    `within` is `own`, or what `named` takes; "" is the report's area, or the one above where the report is about one of
    those that are put beside each other.
    """
    whole = named(areas, own, "" if within == OWN else within) or own
    if not within and not inside(areas, whole, level) and level in {None, own.level}:
        whole = next(above(areas, own), own)
    return whole, inside(areas, whole, level)


def everywhere(area: Area, language: str = "zh") -> str:
    """Return the word for an area as a whole: 全市 for a city, 全县 for a district that is called one; the city."""
    if language == "en":
        return f"the {area.level.value}"
    if area.level is Level.COUNTRY:
        return _USUAL[Level.COUNTRY]
    return next((word for ending, word in _ENDINGS.items() if area.name.endswith(ending)), _USUAL[area.level])
