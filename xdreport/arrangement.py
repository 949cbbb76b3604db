"""How illustrations and the columns of tables share a measure: the same in every output. Lengths are points."""

from collections.abc import Sequence

from xdreport.charts import natural_width
from xdreport.document import Chart, Pictures, PullFigure, PullFigures

# Between charts side by side; pictures and large figures stand half as far apart.
GAP = 20.0
# A chart alone takes this share of the measure at least, so that it does not look lost.
_LEAST_SHARE = 0.62
# The height that pictures take at most, as a share of the page's; a wide one alone would be large long before it.
_HIGHEST, _HIGHEST_ALONE = 0.36, 0.22
# Pixels to an inch that a picture needs in print; one that has fewer is set smaller.
_RESOLUTION = 110
# Word keeps a table on one page that is no higher than this share of it: it cannot tell how much white that leaves.
WHOLE_IN_WORD = 0.25
# And the share that one which is to be seen whole may take: in Word, where several in a row would each leave the rest
# of their page white, and in a PDF, where one is broken rather than that.
WHOLE_PAGE_IN_WORD, WHOLE_PAGE = 0.5, 0.8
# The most large figures in a row, and how many of its own sizes each is wide at least.
_PULLED, _PULLED_WIDTH = 4, 4


def width_alone(chart: Chart, size: float, measure: float) -> float:
    """Return how wide a chart with labels of `size` points is that stands alone."""
    return min(measure, max(natural_width(chart, size), measure * _LEAST_SHARE))


def fits_beside(chart: Chart, size: float, measure: float) -> bool:
    """Return whether a chart looks well in half the measure, so that another one may stand beside it."""
    return natural_width(chart, size) <= (measure - GAP) / 2


def picture_height(block: Pictures, measure: float, depth: float) -> float:
    """Return how high the pictures of a block are, all of one height, on pages `depth` high."""
    room = measure - GAP / 2 * (len(block.pictures) - 1)
    shapes = [picture.width / picture.height for picture in block.pictures]
    most = min(picture.height for picture in block.pictures) * 72 / _RESOLUTION
    is_alone = len(shapes) == 1 and shapes[0] > 1
    return min(room / sum(shapes), depth * (_HIGHEST_ALONE if is_alone else _HIGHEST), most)


def rows_of(block: PullFigures, size: float, measure: float) -> list[Sequence[PullFigure]]:
    """Return large figures of `size` points in rows, all of which but the last have as many; [] for none."""
    fit = max(1, min(_PULLED, int(measure / (size * _PULLED_WIDTH))))
    count = -(-len(block.items) // fit)
    each = -(-len(block.items) // count) if count else 1
    return [block.items[start : start + each] for start in range(0, len(block.items), each)]


def moved(widths: Sequence[float], wanted: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Return widths of the same sum, moved from columns wider than `natural` to those narrower than `wanted`."""
    lack = [max(0.0, want - width) for want, width in zip(wanted, widths, strict=True)]
    spare = [
        max(0.0, width - need) if not short else 0.0 for width, need, short in zip(widths, natural, lack, strict=True)
    ]
    moved = min(sum(lack), sum(spare))
    if not moved:
        return list(widths)
    return [
        width + moved * (short / sum(lack) - extra / sum(spare))
        for width, short, extra in zip(widths, lack, spare, strict=True)
    ]
