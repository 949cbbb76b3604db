"""Figures of a ledger asked of today's data: what each would print now, in its own period or in another."""

from dataclasses import dataclass
from decimal import Decimal

from xdreport.catalog import Area, Catalog
from xdreport.document import Figure, Runs
from xdreport.figures import Figures, PhraseError
from xdreport.ledger import Ledger, Record, Row
from xdreport.period import Form, Period
from xdreport.wording import Book


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a figure is not to be had."""

    reason: str


@dataclass(frozen=True)
class Today:
    """Today's data, as a ledger's figures are asked of them: for its area, in the words of its language."""

    catalog: Catalog
    area: Area
    book: Book
    language: str

    @classmethod
    def of(cls, catalog: Catalog, its: Ledger, book: Book) -> "Today | Gone":
        """Return the data for a ledger, and why not where they are about another area."""
        known = catalog.workspace.areas
        id = str(its.about.get("area", catalog.workspace.area))
        if id not in known:
            return Gone(f"{catalog.root} has no area {id}: it is the data folder of somebody else")
        return cls(catalog, known[id], book, str(its.about.get("language", "zh")))

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

    def changes(self, record: Record) -> list[str]:
        """Return what has changed in the rows that a figure rests on, in words; [] where they are as they were."""
        found = []
        for row in record.rows:
            now = self.row(row)
            if now is None:
                found.append(f"{row.measure} of {row.indicator} in {row.period} is no longer there")
            elif (now.value, now.qualifier) != (row.value, row.qualifier):
                was, its = row.value + row.qualifier, now.value + now.qualifier
                found.append(f"{row.measure} of {row.indicator} in {row.period} was {was}, is {its} ({now.place})")
        return found

    def row(self, row: Row) -> Row | None:
        """Return the newest revision of a row, None where it is gone."""
        own = (
            it
            for it in self.catalog.current
            if (it.indicator, it.area, it.period.id, it.measure) == (row.indicator, row.area, row.period, row.measure)
        )
        return next(map(Row.of, own), None)


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
