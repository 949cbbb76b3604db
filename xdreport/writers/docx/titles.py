"""Titles broken at sense units, in lines of nearly equal length (GB/T 9704-2012, 7.3.1)."""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import cast

from xdreport.document import Run, Runs, Text, characters
from xdreport.theme import Style
from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.measures import ems


class _Widths(dict[str, float]):
    """The widths of characters in ems, about what every face of an office's machine has."""

    def __missing__(self, character: str) -> float:
        width = self[character] = ems(character)
        return width


class _Face:
    widths = _Widths()


class _Faces:
    """Stands for the faces of the machine that will open the file, which nobody knows."""

    def __getitem__(self, _: object) -> _Face:
        return _Face()


def balanced(runs: Runs, style: Style, draft: Draft) -> Runs:
    """Return a title with line breaks where its sense pauses; one that fits on a line, or that has breaks of its own,
    as it is."""
    text = characters(runs)
    room = draft.page.measure - style.size  # Word opens a little between Han characters and digits
    if "\n" in text or ems(text) * style.size <= room:
        return runs
    from xdreport.fonts import Faces  # both come with HarfBuzz, which short titles do not need
    from xdreport.lines import Pen, Span, balance

    pen = Pen(style.face, style.size, style.colour)
    spans = [Span(characters((run,)), pen, run) for run in runs]
    lines = balance(spans, cast(Faces, _Faces()), room)
    shown = ["".join(piece.text for piece in line.pieces) for line in lines]
    if "".join(shown) != text:
        return runs
    return tuple(_broken(runs, set(accumulate(map(len, shown[:-1])))))


def _broken(runs: Runs, ends: set[int]) -> Iterator[Run]:
    """Generate runs with a line feed at each of the ends that falls between runs or within a text."""
    reached = 0
    for run in runs:
        start, reached = reached, reached + len(characters((run,)))
        cuts = sorted(end for end in ends if start <= end < reached)
        if not isinstance(run, Text):
            yield from (Text("\n"),) if cuts and cuts[0] == start else ()
            yield run
            continue
        edges = [start, *cuts, reached]
        pieces = [run.text[begin - start : end - start] for begin, end in pairwise(edges)]
        yield Text("\n".join(pieces), run.strong, run.is_verbatim)
