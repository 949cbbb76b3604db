"""Figures of a ledger asked of today's data: what each would print now, in its own period or in another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from xdreport import template
from xdreport.catalog import Area, Catalog, Measure
from xdreport.document import Figure, Runs
from xdreport.figures import Figures
from xdreport.ledger import Ledger, Record, Row
from xdreport.lookup import PhraseError
from xdreport.period import Form, Period
from xdreport.readers import folder as reader
from xdreport.statements import FORMER
from xdreport.wording import Book


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a figure is not to be had."""

    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in a row since it was printed, in words; `is_revision` where the folder keeps the row as it was
    beside the one that has taken its place."""

    words: str
    is_revision: bool = False


@dataclass(frozen=True)
class Today:
    """Today's data, as a ledger's figures are asked of them: for its area, in the words of its language.

    The `catalog` holds what was known on the day `as_of`, which is all of the folder where that is None; `newest` holds
    all of it.
    """

    catalog: Catalog
    area: Area
    book: Book
    language: str
    newest: Catalog
    as_of: date | None = None

    @classmethod
    def of(cls, catalog: Catalog, its: Ledger, book: Book, as_of: date | None = None) -> "Today | Gone":
        """Return the data for a ledger, or what was known of them on a day; why not where they are about another
        area."""
        areas = catalog.workspace.areas
        id = str(its.about.get("area", catalog.workspace.area))
        if id not in areas:
            return Gone(f"{catalog.root} has no area {id}: it is the data folder of somebody else")
        known = catalog.as_of(as_of) if as_of else catalog
        return cls(known, areas[id], book, str(its.about.get("language", "zh")), catalog, as_of)

    def figure(self, record: Record, period: Period | None = None) -> Figure | Gone:
        """Return the figure of a record in its own period, or in another one, or why there is none."""
        found = self.figures(record, period)
        return found if isinstance(found, Gone) else found[0]

    def figures(self, record: Record, period: Period | None = None) -> tuple[Figure, Runs] | Gone:
        """Return the figure of a record and all runs of its call, which prints several where it is a list of names."""
        if not record.call or not record.asked:
            return Gone("nothing says how it was obtained")
        try:
            when = period or Period.parse(record.asked)
            return Figures(self.catalog, self.area, when, self.book, self.language).all_again(record.call)
        except PhraseError as error:
            finding = error.finding
            return Gone(finding.message + (f', found "{finding.found}"' if finding.found else ""))
        except ValueError as error:
            return Gone(str(error.args[0]) if error.args else "its call cannot be read")

    def changes(self, record: Record) -> list[Change]:
        """Return what has changed in the rows that a figure rests on; [] where they are as they were, and for a figure
        that prints what they were."""
        if record.rule == FORMER:
            return []
        return [change for row in record.rows if (change := _change(self.catalog, row))]

    def revisions(self, record: Record) -> list[Change]:
        """Return what has been revised, until today, in the rows that a figure rests on."""
        found = (_change(self.newest, row) for row in record.rows if record.rule != FORMER)
        return [change for change in found if change and change.is_revision]


def today(its: Ledger, folder: Path, templates: Sequence[Path], as_of: date | None = None) -> Today | Gone:
    """Return a data folder's figures as a ledger's are asked of it, of what was known on a day or of all of it, or why
    they cannot be compared; the words are those of the folders of templates."""
    language = str(its.about.get("language", "zh"))
    return Today.of(reader.read(folder), its, template.book(language, templates), as_of)


def _change(catalog: Catalog, row: Row) -> Change | None:
    """Return what has changed in a row, None where it is as it was."""
    what = f"{row.measure} of {row.indicator} in {row.period}"
    try:
        now = catalog.exact(row.indicator, row.area, Period.parse(row.period), Measure(row.measure))
    except ValueError:
        now = None
    if now is None:
        return Change(f"{what} is no longer there")
    qualifier = now.qualifier or ""
    if (f"{now.value:f}", qualifier) == (row.value, row.qualifier):
        return None
    earlier = [(f"{it.value:f}", it.qualifier or "") for it in catalog.revisions(now)[:-1]]
    is_revision = now.as_of is not None and (row.value, row.qualifier) in earlier
    day = f" as of {now.as_of}" if is_revision else ""
    words = f"{what} was {row.value}{row.qualifier}, is {now.value:f}{qualifier}{day} ({now.place})"
    return Change(words, is_revision)


def is_same(record: Record, figure: Figure) -> bool:
    """Return whether a figure prints what its record says: the same characters, or the same number pointing the same
    way in other words."""
    if figure.text == record.text:
        return True
    value = Decimal(record.value) if record.value else None
    return value is not None and figure.value == value and figure.rule == record.rule


def moved(asked: Period, periods: tuple[Period, ...], new: tuple[Period, ...]) -> Period:
    """Return the period that stands for `asked` once a report on `periods` is one on the `new` ones: the report's own
    move, and so does the last year of a span; another period, which was named, stays."""
    for old, its in zip(periods, new, strict=True):
        if asked == old:
            return its
        if old.form is Form.SPAN and asked == old.last_year():
            return its.last_year()
    return asked
