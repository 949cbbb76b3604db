"""The command line: its commands, in the order of the help, and how the program starts and stops.

Each command is a file of `commands`: arguments to objects, one call, print, exit code. Nothing that reads, composes or
writes is imported before a command needs it.
"""

import gc
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from xdreport.commands import (
    build,
    check,
    diff,
    export,
    fonts,
    import_,
    list_,
    new,
    refresh,
    reproduce,
    schema,
    show,
    trace,
    verify,
)

app = typer.Typer(
    name="xdreport",
    help="Word and PDF briefings from a district's data folder, every printed digit traceable to its source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
COMMANDS = (build, list_, show, export, fonts, check, schema, import_, trace, verify, diff, refresh, reproduce, new)
for command in COMMANDS:
    app.add_typer(command.app)


def _version(value: bool) -> None:
    if value:
        from xdreport import __version__

        print(f"xdreport {__version__}")
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    gc.disable()  # what a command makes lives until it ends: looking through it for cycles took a quarter of the time
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115  # open for as long as the process is
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere  # a shell that closes one (>&-) leaves none
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a GBK console must not stop a build
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what it began is put back
    try:
        app()
    except KeyboardInterrupt:  # before a command has begun; Typer catches it after that
        sys.exit(128 + signal.SIGINT)
    except OSError as error:  # where Typer itself writes: the help, a usage error
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print(f"error: the machine refuses: {error.strerror} [environment.refused]", file=sys.stderr)
        sys.exit(3)
