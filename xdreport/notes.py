"""What is said below a chart or a table of values that no source reports: that they follow from others, and how."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from xdreport.document import Derivation, Figure, Run, Runs, Text, characters
from xdreport.period import Period
from xdreport.series import Rule

Points = Sequence[tuple[Period, Figure | None]]

_HOW = {
    Rule.DIFFERENCE: "数据由累计数推算",
    Rule.SUM: "数据由各季度数相加",
    Rule.GROWTH_OF_DERIVED: "增速由推算的当期数计算",
    Rule.GROWTH_OF_LEVELS: "增速由公布的总量计算",
}
_ALL, _OTHERS = "各期", "，其余为公布数"
_MOST = 3  # different notes that are told apart by the names of their rows


def derived(rows: Iterable[tuple[str, Points]], period: Callable[[Period], Figure]) -> Runs:
    """Return what is to be said of rows of values, each under its name, with the period of each value; () where all are
    reported. `period` gives the figure that names a period.

    What holds for all rows is said once, else of those rows by name for which it does; where too much would have to be
    said, only that some of it is so.
    """
    own = [(name, points) for name, points in rows if any(figure for _, figure in points)]
    said: dict[str, list[str]] = {}
    notes: dict[str, Runs] = {}
    for name, points in own:
        if note := _of(points, period):
            said.setdefault(characters(note), []).append(name)
            notes[characters(note)] = note
    if len(said) > _MOST:
        return _in_part(own)
    is_unnamed = len({name for name, _ in own}) == 1
    runs: list[Run] = []
    for words, names in said.items():
        runs += [Text("；")] if runs else []
        runs += [] if is_unnamed or len(names) == len(own) else [Text("、".join(names) + "：", is_verbatim=True)]
        runs += notes[words]
    return tuple(runs)


def computed_growth(figures: Iterable[Figure | None]) -> Runs:
    """Return what is to be said of growths of one period that are computed from levels, () where there are none."""
    rules = [_rule(figure) for figure in figures if figure]
    if Rule.GROWTH_OF_LEVELS.value not in rules:
        return ()
    how = _HOW[Rule.GROWTH_OF_LEVELS]
    return (Text(how if all(rules) else f"部分{how}{_OTHERS}"),)


def _in_part(rows: Iterable[tuple[str, Points]]) -> Runs:
    """Return the words for rows that each have a note of their own: how what follows does, without saying which."""
    rules = {_rule(figure) for _, points in rows for _, figure in points if figure}
    how = [f"部分{how}" for rule, how in _HOW.items() if rule.value in rules]
    return (Text("，".join(how) + (_OTHERS if "" in rules else "")),)


def _of(points: Points, period: Callable[[Period], Figure]) -> Runs:
    known = [(when, figure) for when, figure in points if figure]
    runs: list[Run] = []
    for rule, how in _HOW.items():
        own = [when for when, figure in known if _rule(figure) == rule.value]
        if own:
            runs += [Text("，")] if runs else []
            runs += [*_named(own, points, [when for when, _ in known if when not in own], period), Text(how)]
    if runs and any(not _rule(figure) for _, figure in known):
        runs.append(Text(_OTHERS))
    return tuple(runs)


def _rule(figure: Figure) -> str:
    return figure.rule if figure.derivation is Derivation.DERIVED else ""


def _named(own: list[Period], points: Points, others: list[Period], period: Callable[[Period], Figure]) -> Runs:
    """Return the words for some of the periods of a row: all of them, quarters of any year (二季度、三季度), or each by
    its name, neighbours as one stretch."""
    if not others:
        return (Text(_ALL),)
    kinds = dict.fromkeys(when.short_name for when in sorted(own, key=lambda when: (when.first % 12, when.months)))
    if not any(character.isdecimal() for name in kinds for character in name) and not kinds.keys() & {
        when.short_name for when in others
    }:
        return (Text("、".join(kinds)),)
    runs: list[Run] = []
    for is_own, stretch in groupby((when for when, _ in points), key=lambda when: when in own):
        its = list(stretch)
        if is_own:
            runs += [Text("、")] if runs else []
            runs.append(period(its[0]))
            runs += [Text("至"), period(its[-1])] if len(its) > 1 else []
    return tuple(runs)
