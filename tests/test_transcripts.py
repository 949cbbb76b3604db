"""Sessions in the terminal, word for word: tests/transcripts/*.txt, run in a folder that holds the small world.

A line `$ xdreport …` is a command and what follows it is all that it prints, stdout and stderr together; `[exit 2]`
ends the output of a command that fails. Times are written …, nothing else is changed. `python
tests/test_transcripts.py` writes the outputs into the files as they are now.
"""

import os
import re
import shlex
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from conftest import WORLD, write
from typer.testing import CliRunner

from xdreport.cli import app

FOLDER = Path(__file__).parent / "transcripts"
TERMINAL = {"COLUMNS": "100", "TERM": "dumb"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_session_prints_what_its_transcript_says(path: Path) -> None:
    transcript = path.read_text(encoding="utf-8")
    assert played(transcript) == transcript


def played(transcript: str) -> str:
    """Return the transcript with the outputs that its commands have now."""
    commands = re.findall(r"^\$ (.*)$", transcript, re.MULTILINE)
    kept = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "FORCE_COLOR"}}
    with (
        TemporaryDirectory() as folder,
        chdir(write(Path(folder), {f"data/{name}": text for name, text in WORLD.items()})),
        patch.dict(os.environ, {**kept, **TERMINAL}, clear=True),
    ):
        return "\n".join(f"$ {command}\n{output(command)}" for command in commands)


def output(command: str) -> str:
    """Return what a command prints; `cat` prints a file and `ls` the files of a folder."""
    program, *arguments = shlex.split(command)
    if program == "cat":
        return Path(*arguments).read_text(encoding="utf-8")
    if program == "ls":
        return "".join(f"{path.name}\n" for path in sorted(Path(*arguments).iterdir()))
    assert program == "xdreport"
    result = CliRunner().invoke(app, arguments)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    printed = re.sub(r"\d+\.\d+ s$", "… s", result.output, flags=re.MULTILINE)
    printed = re.sub(r'"seconds": \d+\.\d+', '"seconds": …', printed)
    printed = re.sub(r" +$", "", printed, flags=re.MULTILINE)
    return printed + (f"[exit {result.exit_code}]\n" if result.exit_code else "")


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.txt")):
        path.write_text(played(path.read_text(encoding="utf-8")), encoding="utf-8")
