"""A report while it is composed: its figures and sentences, its counts, citations and findings.

What all parts ask for stands here; what each of them prints, in `parts`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from xdreport import hierarchy, proofreading, prose, scope, sums, timeline
from xdreport.catalog import Catalog, ChartSpec, Indicator, Section, TableSpec
from xdreport.document import Base, Block, Heading, Reference, Run, Runs, Text
from xdreport.figures import Figures
from xdreport.findings import Finding, Place, Severity
from xdreport.period import Form, Period
from xdreport.phrases import Phrases
from xdreport.revisions import Revisions
from xdreport.scope import Scope
from xdreport.sums import Sum
from xdreport.template import Template
from xdreport.wording import Book


@dataclass
class Report:
    """A report while it is composed: what it is made of, and what has been counted, cited and found so far."""

    template: Template
    catalog: Catalog
    scope: Scope
    book: Book
    base: Base | None = None
    findings: list[Finding] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    tables: int = 0
    charts: int = 0
    sections: int = 0
    headings: int = 0
    has_content: bool = False

    @property
    def date(self) -> date | None:
        """The date printed in the document and written into its properties; never the clock's."""
        return self.template.settings.date

    def figures(self, period: Period) -> Figures:
        """Return the figures of the scope's area in a period."""
        return Figures(self.catalog, self.scope.area, period, self.book, self.scope.language)

    def phrases(self, period: Period, own: Mapping[str, Callable[..., Run | Runs | bool]] | None = None) -> Phrases:
        """Return the functions that texts of a period may call, with `own` ones of the caller's."""
        functions: dict[str, Callable[..., Run | Runs | bool]] = {
            **(own or {}),
            **self.figures(period).functions(),
            "area": self.area,
            "office": self.office,
            "sections": self.section_titles,
            "periods": self.period_names,
            "issue": lambda: Text(self.template.settings.issue),
            "date": self.day,
        }
        return Phrases(functions, self.findings)

    def say(self, text: str, *steps: str | int) -> Runs:
        """Return the runs of a sentence of the template that stands at `steps`."""
        return self.proofread(text, self.template.place(*steps), self.scope.periods[-1])

    def proofread(self, text: str, place: Place | None, period: Period) -> Runs:
        """Return the runs of a text whose first line stands at `place`, with its words held against its figures."""
        runs = self.phrases(period).render(text, place)
        self.findings += proofreading.proofread(runs, text, place)
        return runs

    def area(self, whole: bool = False) -> Text:
        """Return the name of the report's area, or with `whole` the word for all of it: 全区, 全镇."""
        return Text(hierarchy.everywhere(self.scope.area) if whole else self.scope.area.name)

    @property
    def is_own(self) -> bool:
        """Whether the report is about the workspace's area, which honours and pictures are of."""
        return self.scope.area.id == self.catalog.workspace.area

    def office(self, after: str = "") -> Text:
        """Return the name of the office that issues and the words `after` it, nothing without an office."""
        name = self.catalog.workspace.office
        return Text(name + after if name else "")

    def day(self, after: str = "") -> Text:
        """Return the report's date as a letter writes it (2025年4月3日) and the words `after` it, nothing without."""
        its = self.date
        return Text(f"{its.year}年{its.month}月{its.day}日{after}" if its else "")

    def section_titles(self, all: str = "") -> Text:
        """Return the titles of the chosen sections, or the words for all of them when all are chosen."""
        if len(self.scope.sections) == len(self.catalog.sections):
            return Text(all)
        return Text("、".join(section.title for section in self.scope.sections))

    def period_names(self) -> Runs:
        """Return the names of all periods of the report."""
        names: list[Run] = []
        for period in self.scope.periods:
            names += [Text("、")] if names else []
            names.append(self.figures(period).period())
        return tuple(names)

    def has_place(self, kind: str, id: str) -> bool:
        """Whether a slot of the base takes a section, table or chart, so that the body leaves it out."""
        return any(slot.text == f"{kind}:{id}" for slot in self.base.slots) if self.base else False

    @cached_property
    def revisions(self) -> Revisions | None:
        """What is said of revised figures, None where the template wants no notes."""
        its = self.template.settings.revisions
        return Revisions(self.catalog, self.scope.area, self.figures, its.since) if its.notes else None

    def said(self, position: int, *steps: str | int) -> Runs:
        """Return the runs of a sentence of the part at a position."""
        text: Any = self.template.settings.parts[position].options
        for step in steps[1:]:
            text = text[step] if isinstance(step, int) else getattr(text, step)
        assert isinstance(text, str)
        return self.say(text, "parts", position, *steps)

    def heading(self, title: str, *, is_numbered: bool = True) -> Iterator[Block]:
        """Generate a heading of the first level, numbered where the template's are; none for an empty title."""
        if title:
            self.headings += 1
            number = ""
            if is_numbered and self.is_numbered:
                self.sections += 1
                number = prose.number(1, self.sections)
            yield Heading(1, (Text(title),), number, f"section-{self.headings}")

    @property
    def is_numbered(self) -> bool:
        """Whether headings of the first level have numbers."""
        parts = [part.sections or part.tables for part in self.template.settings.parts]
        numbered = [part.numbering for part in parts if part]
        return bool(numbered) and numbered[0]

    @property
    def attachments(self) -> list[int]:
        """The positions of the parts that begin an attachment."""
        return [position for position, part in enumerate(self.template.settings.parts) if part.attachment]

    def is_attached(self, position: int) -> bool:
        """Return whether a part belongs to an attachment."""
        return any(start < position for start in self.attachments)

    def note_left_out(self, section: Section) -> None:
        """Note a section that has nothing to print in the report's periods, and where it has some."""
        last = scope.newest(self.catalog, self.scope, section)
        hint = f"its newest are of {last} (--period {last})" if last else ""
        what = "figures"
        if last in self.scope.periods:
            what, hint = "figures that this template prints", "a table prints those that no sentence says"
        message = f"{section.id} has no {what} for {'、'.join(period.id for period in self.scope.periods)}: left out"
        self.findings.append(Finding("scope.left-out", message, hint=hint, severity=Severity.NOTE))

    def note_typed_digits(self, text: str, place: Place | None) -> None:
        """Note the digits typed in a text whose first line stands at `place`."""
        for line, words in prose.typed_digits(text):
            where = replace(place, line=(place.line or 1) + line - 1) if place else None
            hint = "print a figure with figure('…'), a name with name('…')"
            self.findings.append(Finding("narrative.typed-digit", "a digit is typed in prose", where, words, hint=hint))

    def chosen_indicators(self, words: tuple[str, ...], part: str, position: int) -> set[str]:
        """Return the ids that a part's selection of indicators chooses; one that the folder lacks is a finding."""
        problems: list[Finding] = []
        chosen = set(scope.indicators(self.catalog, words, problems))
        self.note_unknown(problems, "parts", position, part, "indicators")
        return chosen

    def note_unknown(self, problems: Iterable[Finding], *steps: str | int) -> None:
        """Note the ids of a selection at `steps` that the folder lacks; a pattern may match nothing."""
        place = self.template.place(*steps)
        ids = [problem for problem in problems if not set(problem.found or "") & set("*?[:")]
        self.findings += [replace(problem, place=place) for problem in ids]

    def rows(self, section: Section, period: Period) -> list[tuple[Indicator, Period]]:
        """Return the chosen indicators of a section that have a figure in a period.

        A span of years reports its last year too, where it has no figure of the whole span; the row names the year.
        """
        area = self.scope.area.id
        periods = [period, period.last_year()] if period.form is Form.SPAN else [period]
        found = []
        for it in self.scope.indicators_of(section):
            when = next((when for when in periods if next(self.catalog.rows(it.id, area, when), None)), None)
            found += [(it, when)] if when else []
        return found

    @cached_property
    def uneven_sums(self) -> tuple[Sum, ...]:
        """The sums that hold, and yet do not add up as they are printed."""
        return tuple(one for one in sums.of(self.catalog) if one.is_complete and one.holds and not one.is_printed_even)

    def last_of(self, spec: ChartSpec | TableSpec) -> Period:
        """Return the period of the report beside which a chart or a table stands: its own last one; one that goes with
        the report stands beside the report's last."""
        now = self.scope.periods[-1]
        return now if spec.is_relative else timeline.resolve(spec.periods, now)[-1]

    def marks(self, sources: Iterable[str]) -> Runs:
        """Return the marks of the sources in the source list, which counts them as they are first cited; the lowest
        number first."""
        numbers = [self.cited.setdefault(source, len(self.cited) + 1) for source in dict.fromkeys(sources)]
        return tuple(Reference(f"source-{number}", f"[{number}]") for number in sorted(numbers))
