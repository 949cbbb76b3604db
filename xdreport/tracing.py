"""From a printed number back to where it comes from: what it is a figure of, how it was obtained, from which rows.

All of it stands in the document's own ledger; today's data only say whether it still holds.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from xdreport.calls import indicators_of, period_of
from xdreport.edited import Edited, Found, Standing
from xdreport.grid import Book
from xdreport.ledger import Ledger, Record, Row
from xdreport.period import name_of
from xdreport.renewal import Gone, Today, is_same


@dataclass(frozen=True, slots=True)
class Trace:
    """A printed figure with all that is known of it, in words: label and lines, in the order to be read."""

    text: str
    place: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]

    def as_json(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"text": self.text, "place": self.place, **{label: list(lines) for label, lines in self.lines}}


def trace(document: Edited, text: str, page: int, today: Today | Gone | None, book: Book | None = None) -> list[Trace]:
    """Return the traces of the figures that print `text`, or stand on a `page` (0: on any), in reading order.

    `text` "" is any figure. A figure that is not seen in the document any more has no trace. Of figures that were
    imported from the `book` at hand its cells are looked up.
    """
    assert document.ledger is not None
    # A number is found whole: 3.64 is no part of 223.64.
    wanted = re.compile(
        rf"(?<![\d.]){re.escape(_plain(text))}(?!\.?\d)" if text[:1].isdigit() else re.escape(_plain(text))
    )
    found = []
    for standing in document.standings:
        if standing.found is Found.LOST or (page and page not in {box.page for box in standing.record.boxes}):
            continue
        if any(wanted.search(_plain(text)) for text in (standing.text, standing.record.text)):
            found.append(_traced(standing, document.ledger, today, book))
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")


def _traced(standing: Standing, its: Ledger, today: Today | Gone | None, book: Book | None) -> Trace:
    record = standing.record
    lines: list[tuple[str, tuple[str, ...]]] = []
    if standing.text != record.text and standing.found is not Found.CHART:
        lines.append(("edited", (f"the ledger has {record.text}",)))
    lines += _what(record, its)
    lines.append(("rule", tuple(_rule(record, its))))
    lines.append(("rests on", tuple(line for row in record.rows for line in _origin(row, its, book)) or ("no row",)))
    lines.append(("today", tuple(_now(record, today))))
    found = {Found.CONTEXT: " (its bookmark is gone; found by the words round it)"}.get(standing.found, "")
    return Trace(standing.text, standing.place + found, tuple((label, its) for label, its in lines if its))


def _what(record: Record, its: Ledger) -> Iterator[tuple[str, tuple[str, ...]]]:
    ids = indicators_of(record.call) or tuple(dict.fromkeys(row.indicator for row in record.rows))
    known = its.about.get("indicators", {})
    named = [f"{known[id]['name']} ({id})" if id in known else id for id in ids]
    if named:
        yield "indicator", (", ".join(named),)
    areas = dict.fromkeys(its.about.get("areas", {}).get(row.area, row.area) for row in record.rows)
    if areas:
        yield "area", ("、".join(areas),)
    periods = dict.fromkeys(map(name_of, [row.period for row in record.rows] or [record.formula or record.asked]))
    if record.derivation == "derived":  # of which no row is
        periods = {name_of(period_of(record.call) or record.asked): None}
    yield "period", ("、".join(periods),)
    measures = dict.fromkeys(_measure(row, known) for row in record.rows)
    if measures:
        yield "measure", ("; ".join(measures),)


def _measure(row: Row, known: dict[str, dict[str, str]]) -> str:
    unit = known.get(row.indicator, {}).get("unit", "")
    is_own = row.measure in {"level", "target"}
    shown = unit if is_own else "%" if not row.measure.startswith("rank") else ""
    return f"{row.measure}, in {shown}" if shown else row.measure


def _rule(record: Record, its: Ledger) -> Iterator[str]:
    called = record.call or "none"
    yield f"{record.derivation}: {called}" + (f", asked of {record.asked}" if record.asked else "")
    if record.formula and record.derivation != "period":
        yield f"{record.formula} ({record.rule})"
    rounding = str(its.about.get("rounding", "half_up")).replace("_", " ")
    decimals = {its.about.get("indicators", {}).get(row.indicator, {}).get("decimals") for row in record.rows}
    if record.derivation == "compared" and record.formula:
        yield f"rounded once, {rounding}, when it is printed"
    elif record.derivation == "derived":
        yield f"no source reports it; to the decimals that its rows have, {rounding}"
    elif record.derivation == "reported":
        places = next(iter(decimals), None)
        is_level = all(row.measure in {"level", "target"} and not row.qualifier for row in record.rows)
        count = f"{places} decimal{'' if places == 1 else 's'}"
        yield f"rounded to {count}, {rounding}" if places is not None and is_level else "digits as reported"


def _origin(row: Row, its: Ledger, book: Book | None) -> Iterator[str]:
    known = its.about.get("indicators", {}).get(row.indicator, {})
    area = its.about.get("areas", {}).get(row.area, row.area)
    unit = known.get("unit", "") if row.measure in {"level", "target"} else ""
    status = "" if row.status == "final" else f", {row.status}"
    name = known.get("name", row.indicator)
    yield f"{row.value}{unit}{row.qualifier}: {row.measure} of {name}, {area}, {name_of(row.period)}{status}"
    source = its.about.get("sources", {}).get(row.source, {})
    title = f"《{source['title']}》" if source else row.source
    words = [title, source.get("publisher", ""), source.get("date", ""), row.locator]
    yield "    " + "，".join(word for word in words if word)
    if source.get("sha256"):
        yield f"    {source['file']}  sha256 {source['sha256']}"
        if book is not None:
            yield f"    {_in_book(row, source['sha256'], book)}"
    if row.place:
        yield f"    {row.place}"


def _in_book(row: Row, sha256: str, book: Book) -> str:
    """Return what the workbook at hand has in the cell that a row comes from."""
    if book.sha256 != sha256:
        return f"the workbook at hand is another one: {book.name}, sha256 {book.sha256}"
    cell = book.cell(row.locator)
    if cell is None:
        return "the workbook at hand has no such cell"
    return f"the workbook at hand shows {cell.shown.strip() or cell.error or 'nothing'} there"


def _now(record: Record, today: Today | Gone | None) -> Iterator[str]:
    match today:
        case None:
            yield "not compared: no data folder"
        case Gone():
            yield f"not compared: {today.reason}"
        case Today() if not record.call:
            yield "not compared: nothing says how it was obtained"
        case Today():
            figure = today.figure(record)
            known = f", as known on {today.as_of}," if today.as_of else ""
            if isinstance(figure, Gone):
                yield f"no longer to be had from {today.catalog.root}: {figure.reason}"
            elif is_same(record, figure):
                yield f"the data folder {today.catalog.root}{known} agrees"
            else:
                yield f"the data folder {today.catalog.root}{known} now gives {figure.text}"
            yield from (change.words for change in today.changes(record))
            if today.as_of:
                yield from (f"revised since: {change.words}" for change in today.revisions(record))
