"""Options that several commands share, and what their words mean.

What reads a word is imported when there is one to read, so that the help comes at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from xdreport.period import Period

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Data folder. Default: ./data when it is one, else the folder you are in, else the shipped example.",
    ),
]
Templates = Annotated[
    Path | None, typer.Option("--templates", help="Folder of templates, searched before ./templates and those shipped.")
]
Sections = Annotated[
    list[str] | None,
    typer.Option("--section", "-s", help="Sections: ids, titles, globs, lists with commas, ! before what is left out."),
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", "-i", help="Indicators, chosen like sections; tag:NAME works too.")
]
Periods = Annotated[
    list[str] | None,
    typer.Option("--period", "-p", help="Periods such as 2022, 2022-S1, 2021/2025. Default: the newest with data."),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", "-a", help="Areas: ids, names, globs, lists with commas, level:town, ! before what is left out."
    ),
]
OneArea = Annotated[str, typer.Option("--area", "-a", help="The area, by id or name. Default: the data folder's.")]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help="Only what was known on that day: rows dated later are left out."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Take each warning for an error.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Document = Annotated[Path, typer.Argument(help="A Word document or a PDF.", show_default=False)]


def words(texts: list[str] | None) -> tuple[str, ...]:
    """Return the words of an option that is given more than once or has commas in it."""
    return tuple(word for text in texts or () for word in text.replace("，", ",").split(",") if word)


def period(word: str) -> "Period":
    """Return the period that an option names; raise `Unusable` for what is none."""
    from xdreport.findings import Finding, Unusable
    from xdreport.period import Period

    try:
        return Period.parse(word)
    except ValueError as error:
        expected, *hint = error.args
        raise Unusable([Finding("scope.period", "unknown period", None, word, expected, "".join(hint))]) from None


def day(word: str) -> "date | None":
    """Return the day that --as-of names, None for an empty one; raise `Unusable` for what is none."""
    from xdreport import cells
    from xdreport.findings import Finding, Unusable

    try:
        return cells.day(word) if word else None
    except ValueError as error:
        raise Unusable([Finding("scope.as-of", "the day cannot be read", None, word, error.args[0])]) from None
