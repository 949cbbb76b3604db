"""Problems as values: what is wrong, where, what was expected, and a way out.

A stage collects every finding it meets and raises `Failed` once, at its end.
How findings are coloured or counted is the terminal's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error stops the build, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file, as a person would look it up; line 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `code` is stable and listed in the README; `found` is quoted as it stands.

    `rows` are the places of the figures it rests on, so that a build can leave out what it does not print.
    """

    code: str
    message: str
    place: Place | None = None
    found: str | None = None
    expected: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    rows: tuple[Place, ...] = ()

    def __str__(self) -> str:
        """Return `file:line: message, found "x", expected y (hint: z) [code]`, without what is empty."""
        text = f"{self.place}: {self.message}" if self.place else self.message
        if self.found is not None:
            text += f', found "{_visible(self.found)}"'
        if self.expected:
            text += f", expected {self.expected}"
        if self.hint:
            text += f" (hint: {self.hint})"
        return f"{text} [{self.code}]"

    @property
    def is_error(self) -> bool:
        """True when a build must not go on."""
        return self.severity is Severity.ERROR


def _visible(text: str) -> str:
    """Return `text` with characters that would not be seen, or would turn the line about, as their numbers."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


class Failed(Exception):
    """A stage ended with errors; carries every finding of that stage, warnings included."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class Unusable(Exception):
    """What the user asked for cannot be: an unknown section, a bad option. Carries findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class Environment(Exception):
    """The machine refused: a full disk, a missing permission. Carries the finding."""

    def __init__(self, finding: Finding) -> None:
        self.findings = (finding,)
        super().__init__(str(finding))


def strict(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with each warning as an error; a note stays one."""
    return tuple(
        replace(finding, severity=Severity.ERROR) if finding.severity is Severity.WARNING else finding
        for finding in findings
    )


def stop_on_errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings when none of them is an error, raise `Failed` with all of them otherwise."""
    collected = tuple(findings)
    if any(finding.is_error for finding in collected):
        raise Failed(collected)
    return collected
