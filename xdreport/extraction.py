"""A workbook read by a recipe: the observations it gives, each with its cell, and what was left over.

Every cell of a table's body is accounted for: it became an observation, shows no figure, was left out by the recipe,
or stands in a row or column that the recipe does not know. What the observations do to a data folder is `merging`'s.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xdreport.catalog import Observation, Source
from xdreport.findings import Finding, Place


class Axis(StrEnum):
    """Which way a line of cells runs."""

    ROW = "row"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row or a column with figures that the recipe does not know.

    `path` is its name with those above it (规模以上工业增加值, 国有企业), `place` the cell of its name, and `values`
    what its cells show, each with its cell. `hint` names what it may be, "" when nothing is near.
    """

    axis: Axis
    path: tuple[str, ...]
    place: Place
    values: tuple[tuple[Place, str], ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A cell of a table's body that gives no observation though its row and column are known, and why: no figure
    (… or empty), hidden, left out by the recipe."""

    place: Place
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rounded:
    """A cell that holds more digits than it shows."""

    place: Place
    shown: str
    stored: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a recipe finds in a workbook.

    `recipe` is its id, `source` the record for sources.yaml: the one that is there already where the folder knows the
    workbook by its hash. Each observation has that source's id, its cell as locator and place, and no `as_of`:
    `as_of` is the day that the recipe finds in the workbook, None without one. `rounded` counts the cells whose stored
    digits go on beyond those shown.
    """

    recipe: str
    source: Source
    observations: tuple[Observation, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rounded: tuple[Rounded, ...] = ()
    findings: tuple[Finding, ...] = ()
    as_of: date | None = None
