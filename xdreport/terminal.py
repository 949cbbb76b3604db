"""What the terminal shows: tables, findings, the outcome of a build. Results go to stdout, findings to stderr."""

import json
import locale
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xdreport.findings import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_WIDE = 100_000  # columns when nobody looks: in a pipe or a file nothing is broken, least of all a path


def _console() -> "Console":
    """Return what prints to stdout: as wide as a terminal is, without bound where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)


def findings(found: Iterable[Finding]) -> None:
    """Print findings to stderr, one a line, the severity first."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for finding in found:
        line = Text(f"{finding.severity}: ", style=_STYLES[finding.severity])
        console.print(line.append(str(finding), style="default"))


def as_json(content: Any) -> None:
    """Print JSON to stdout; the items of a list stand on a line each."""
    if isinstance(content, list):
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in content)
        print(f"[{lines}]" if lines else "[]")
    else:
        print(json.dumps(content, ensure_ascii=False, indent=1))


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON values."""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "file": finding.place.file if finding.place else "",
        "line": finding.place.line if finding.place else 0,
        "found": finding.found,
        "expected": finding.expected,
        "hint": finding.hint,
    }


def has_blocks() -> bool:
    """Return whether ▁ and █ arrive as such: what is printed is UTF-8, which a terminal that is set to GBK garbles.

    The console of Windows takes characters, not bytes.
    """
    is_console = sys.platform == "win32" and sys.stdout.isatty()
    return is_console or locale.getpreferredencoding(False).lower().replace("-", "") == "utf8"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table; columns are as wide as they need when the output is no terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = _console()
    grid = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    console.print(grid)


def rows(content: Sequence[Mapping[str, Any]]) -> None:
    """Print a table of rows that have the same keys, which head it."""
    table(list(content[0]), [[cell(value) for value in row.values()] for row in content])


_STATES = {
    "contradicts": "bold red",
    "edited": "bold red",
    "outdated": "yellow",
    "revised": "yellow",
    "lost": "yellow",
    "agrees": "green",
}


def remarks(found: Iterable[Any]) -> None:
    """Print what was found of numbers, each with what it says, what the data have, and where it stands: a block each,
    because a table of Chinese sentences has no room in a terminal."""
    from rich.text import Text

    console = _console()
    for it in found:
        state = it.state.value
        sure = f"  {it.confidence:.0%} sure" if it.confidence < 1 else ""
        line = Text(f"\n{state:<12}", style=_STATES.get(state, "cyan"))
        line.append(it.text, style="bold")
        line.append(f" → {it.expected}" if it.expected else "").append(sure, style="dim")
        console.print(line)
        for part in (it.place and f"{it.place}: {it.context}", it.what, it.reason):
            if part:
                console.print(Text(f"            {part}", style="default"))


def beside(rows: Iterable[tuple[str, str, str]]) -> None:
    """Print what changes: the place, what stands there, what will."""
    from rich.text import Text

    console = _console()
    for place, old, new in rows:
        line = Text(f"{place}: ", style="dim").append(old, style="red").append(" → ", style="dim")
        console.print(line.append(new, style="green"))


def attention(found: Iterable[Any]) -> None:
    """Print what a person must look at: what stays, what could not be renewed, words that no longer fit."""
    from rich.text import Text

    console = _console()
    for it in found:
        sort = it.sort.value
        line = Text(f"{sort:<8}", style={"stuck": "bold red", "words": "yellow"}.get(sort, "cyan"))
        line.append(f"{it.place}: ", style="dim").append(it.old)
        line.append(f" → {it.new}" if it.new else "").append(f": {it.reason}")
        console.print(line)


def lines(content: Mapping[str, Iterable[str]]) -> None:
    """Print labelled lines; a label with several lines prints once."""
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    width = max(10, *(len(label) + 2 for label in content))
    for label, values in content.items():
        for position, value in enumerate(values):
            shown = f"{label if position == 0 else '':<{width}}"
            console.print(Text(shown, style="dim").append(value, style="default"))


def as_known(day: date | None) -> str:
    """Return the words for the day whose knowledge is shown; none where it is all there is."""
    return f", as known on {day}" if day else ""


def count(number: int, noun: str) -> str:
    """Return a number of things in words, one or many."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def cell(value: Any) -> str:
    """Return a value as it stands in a table; nothing where there is none."""
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def gathered(files: Iterable[Path]) -> list[str]:
    """Return the names of files, those of a folder of many descriptions as one line."""
    paths = list(files)
    shown = [str(path) for path in paths if path.parent.name != "schemas"]
    described = Counter(path.parent for path in paths if path.parent.name == "schemas")
    return [*shown, *(f"{folder}{os.sep}  {count(number, 'file')}" for folder, number in described.items())]
