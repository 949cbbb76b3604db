"""What a report is about: an area, sections, indicators and periods of a catalog.

The selection grammar is one for the command line and for templates: ids, globs (`industry.*`),
`tag:key`, lists with commas, and `!` before what is left out (`industry,!industry.sme_fund`). A Chinese name that
only one of them has is as good as its id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from xdreport.catalog import Area, Catalog, Indicator, Measure, Observation, Section
from xdreport.findings import Finding, Unusable
from xdreport.period import Period
from xdreport.settings import nearest


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice made: `periods` are in order of their ends, `indicators` in the order of the folder."""

    area: Area
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    language: str = "zh"

    def indicators_of(self, section: Section) -> tuple[Indicator, ...]:
        """Return the chosen indicators that a section takes, in the order its globs name them."""
        taken: dict[str, Indicator] = {}
        for glob in section.indicators:
            for indicator in self.indicators:
                if fnmatchcase(indicator.id, glob):
                    taken.setdefault(indicator.id, indicator)
        return tuple(taken.values())


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as it was written; an empty list asks for everything, no period for the newest."""

    sections: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    area: str = ""
    language: str = ""


def choose(catalog: Catalog, wish: Wish) -> Scope:
    """Return the scope that `wish` describes; raise `Unusable` with the nearest names for what there is not."""
    problems: list[Finding] = []
    area, *others = areas(catalog, (wish.area,))
    if others:
        found = ", ".join(it.id for it in (area, *others))
        raise Unusable([Finding("scope.area", "a report is about one area", found=found)])
    titles = {id: (section.title,) for id, section in catalog.sections.items()}
    sections = select(wish.sections, catalog.sections, "section", problems, titles)
    ids = indicators(catalog, wish.indicators, problems)
    periods = tuple(_periods(catalog, wish.periods, problems))
    if problems:
        raise Unusable(problems)
    scope = Scope(
        area=area,
        sections=tuple(catalog.sections[id] for id in sections),
        indicators=tuple(catalog.indicators[id] for id in ids),
        periods=periods,
        language=wish.language or catalog.workspace.language,
    )
    return _settled(catalog, scope, is_narrowed=bool(wish.indicators))


def areas(catalog: Catalog, wanted: Sequence[str]) -> tuple[Area, ...]:
    """Return the areas that the words of a selection choose, in the order of the folder: ids, names, globs, lists,
    `level:town`; without a word the workspace's. Raise `Unusable` with the nearest names for what there is not."""
    known = catalog.workspace.areas
    if not any(word.strip() for word in wanted):
        return (known[catalog.workspace.area],)
    problems: list[Finding] = []
    names = {id: (it.name,) for id, it in known.items()}
    levels = {id: (it.level.value,) for id, it in known.items()}
    chosen = select(wanted, known, "area", problems, names, levels, "level:")
    if problems:
        raise Unusable(problems)
    return tuple(known[id] for id in chosen)


def indicators(catalog: Catalog, wanted: Sequence[str], problems: list[Finding]) -> list[str]:
    """Return the ids of the indicators that the words of a selection choose."""
    names = {id: (it.name, *it.aliases) for id, it in catalog.indicators.items()}
    tags = {id: it.tags for id, it in catalog.indicators.items()}
    return select(wanted, catalog.indicators, "indicator", problems, names, tags)


def select(
    wanted: Sequence[str],
    ids: Iterable[str],
    what: str,
    problems: list[Finding],
    names: Mapping[str, tuple[str, ...]],
    tags: Mapping[str, tuple[str, ...]] | None = None,
    mark: str = "tag:",
) -> list[str]:
    """Return the ids that the words of a selection choose, in the order of `ids`; `names` by id are as good as ids,
    and so are `tags` after their `mark`.

    A list that only excludes begins with everything. A word that chooses nothing, or a name of several, is a problem.
    """
    known = list(ids)
    words = [word.strip() for text in wanted for word in text.replace("，", ",").split(",") if word.strip()]
    includes = [word for word in words if not word.startswith("!")]
    chosen = set(known) if not includes else set()
    for word in sorted(words, key=lambda word: word.startswith("!")):  # what is left out comes last
        pattern = word.removeprefix("!")
        named = [id for id in known if pattern in names.get(id, ())]
        found = {id for id in known if _names(pattern, id, tags or {}, mark)} or set(named[:1])
        if pattern not in known and len(named) > 1:
            hint = "did you mean " + " or ".join(named) + "?"
            problems.append(Finding(f"scope.{what}", f"the name of several {what}s", found=pattern, hint=hint))
        elif not found:
            words_for = [name for its in names.values() for name in its]
            tagged = sorted({f"{mark}{tag}" for its in (tags or {}).values() for tag in its})
            hint = nearest(pattern, [*known, *words_for, *tagged]) or f"xdreport list {what}s"
            problems.append(Finding(f"scope.{what}", f"unknown {what}", found=pattern, hint=hint))
        chosen = chosen - found if word.startswith("!") else chosen | found
    if words and not chosen and not problems:
        problems.append(Finding(f"scope.{what}", f"the selection leaves no {what}", found=", ".join(words)))
    return [id for id in known if id in chosen]


def _names(pattern: str, id: str, tags: Mapping[str, tuple[str, ...]], mark: str) -> bool:
    if pattern.startswith(mark):
        return pattern.removeprefix(mark) in tags.get(id, ())
    return fnmatchcase(id, pattern)


def _periods(catalog: Catalog, wanted: Iterable[str], problems: list[Finding]) -> Iterator[Period]:
    words = [word for text in wanted for part in text.replace("，", ",").split(",") if (word := part.strip())]
    if not words:
        return
    named = {period.name: period for period in dict.fromkeys(row.period for row in catalog.observations)}
    named |= {name: period for period, (name, _) in catalog.workspace.periods.items()}
    found = set()
    for word in words:
        try:
            found.add(named.get(word) or Period.parse(word))
        except ValueError as error:
            expected, *hint = error.args
            problems.append(Finding("scope.period", "unknown period", None, word, expected, "".join(hint)))
    yield from sorted(found, key=lambda period: (period.last, period.first))


def _settled(catalog: Catalog, scope: Scope, is_narrowed: bool) -> Scope:
    """Return the scope with the newest period that has data where none was asked for.

    Where several periods end on the same day (2025 and 2021/2025), one that prose is written for is taken, then
    the one with more figures, then the longer one.
    """
    chosen = scope.indicators
    if not is_narrowed:
        chosen = tuple(indicator for section in scope.sections for indicator in scope.indicators_of(section))
    sections = scope.sections
    if is_narrowed:
        sections = tuple(section for section in sections if scope.indicators_of(section))
    settled = Scope(scope.area, sections, chosen, scope.periods, scope.language)
    if not sections:
        raise Unusable([Finding("scope.indicator", "no chosen section takes a chosen indicator")])
    if scope.periods:
        return settled
    ids = {indicator.id for indicator in chosen}
    candidates = {row.period for row in _known(catalog, scope, ids)}
    if not candidates:
        hint = "xdreport list areas"
        raise Unusable([Finding("scope.period", "the selection has no figures at all", None, scope.area.id, "", hint)])
    last = max(period.last for period in candidates)
    best = max(
        (period for period in candidates if period.last == last),
        key=lambda period: (has_prose(catalog, settled, period), figures(catalog, settled, period), period.months),
    )
    return Scope(scope.area, sections, chosen, (best,), scope.language)


def has_prose(catalog: Catalog, scope: Scope, period: Period) -> bool:
    """Return whether a narrative of just this period is written for a chosen section."""
    sections, pens = {section.id for section in scope.sections}, catalog.pens(scope.area)
    return any(text.section in sections and text.period == period and text.area in pens for text in catalog.narratives)


def figures(catalog: Catalog, scope: Scope, period: Period) -> int:
    """Return how many observations the chosen indicators have in a period."""
    return sum(len(list(catalog.rows(indicator.id, scope.area.id, period))) for indicator in scope.indicators)


def newest(catalog: Catalog, scope: Scope, section: Section) -> Period | None:
    """Return the newest period that has figures of a section, None when it has none at all."""
    ids = {indicator.id for indicator in scope.indicators_of(section)}
    ends: Callable[[Period], tuple[int, int]] = lambda period: (period.last, period.months)  # noqa: E731
    return max(
        (row.period for row in _known(catalog, scope, ids)),
        key=ends,
        default=None,
    )


def _known(catalog: Catalog, scope: Scope, ids: set[str]) -> Iterator[Observation]:
    """Generate what is known of some indicators in the scope's area; a target says nothing of its period yet."""
    for id in ids:
        for row in catalog.of(id):
            if row.area == scope.area.id and row.measure is not Measure.TARGET:
                yield row
