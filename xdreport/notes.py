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


def derived(rows: Iterable[tuple[str, Points]], period: Callable[[Period], Figure]) -> Runs:
    """Return what is to be said of rows of values, each under its name, with the period of each value; () where all are
    reported. `period` gives the figure that names a period.

    What holds for all rows is said once, else by the name of each row.
    """
    said = [(name, note) for name, points in rows if (note := _of(points, period))]
    notes = {characters(note): note for _, note in said}
    is_one = len(notes) == 1 or len({name for name, _ in said}) == 1
    runs: list[Run] = []
    for name, note in [("", note) for note in notes.values()] if is_one else said:
        runs += [Text("；")] if runs else []
        runs += [Text(name + "：", is_verbatim=True)] if name else []
        runs += note
    return tuple(runs)


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
