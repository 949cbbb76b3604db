"""How a command ends: what it raises becomes findings and an exit code.

Exit codes: 0 fine; 1 the data, a template or a document has errors; 2 usage; 3 the environment.
"""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer


def translated(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with every exception turned into findings and an exit code: never a traceback."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        from xdreport import terminal
        from xdreport.findings import Environment, Failed, Finding, Place, Unusable

        try:
            command(*arguments, **options)
            sys.stdout.flush()
            return
        except Failed as stop:
            found, code = stop.findings, 1
        except Unusable as stop:
            found, code = stop.findings, 2
        except Environment as stop:
            found, code = stop.findings, 3
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of a pipe has gone; nobody is left to tell
            raise typer.Exit(3) from None
        except OSError as error:
            place = Place(str(error.filename)) if error.filename else None
            found, code = (Finding("environment.refused", f"the machine refuses: {error.strerror or error}", place),), 3
        except MemoryError:
            found, code = (Finding("environment.memory", "there is not enough memory"),), 3
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if os.environ.get("XDREPORT_DEBUG"):
                raise
            hint = "set XDREPORT_DEBUG=1 to see where, and please report it"
            message = f"a fault in xdreport itself: {type(error).__name__}: {error}"
            found, code = (Finding("internal", message, hint=hint),), 1
        terminal.findings(found)
        raise typer.Exit(code)

    return run
