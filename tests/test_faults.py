"""Ways of damaging a data folder, a template or a command line, one case each in tests/faults/*.yaml.

A case changes the small world of conftest, asks for a build over an earlier one, and says what is found, word for
word. Whatever the damage: a documented exit code, no traceback, the earlier documents as they were, no stray file.

A case has these keys:
  case      what is wrong, as a sentence
  change    file → what happens to it: text that takes its place, or a mapping with one or more of
            swap (old: new), append, encode, bom, remove, folder, link, pipe
  run       the command line after `xdreport`; the default builds txt and docx over the earlier files
  finds     stderr, complete
  exit      the exit code; 1 when left out
  prints    for exit 0: lines that the text file then has
"""

import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from conftest import TEMPLATES, WORLD, write
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from xdreport.cli import app

FOLDER = Path(__file__).parent / "faults"
BUILD = "build --template own --format txt,docx --output out/report.txt"
EARLIER = {"out/report.txt": "an earlier report\n", "out/report.docx": "an earlier Word file\n"}


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the small world, a template of its own, and what an earlier build left."""
    write(tmp_path / "data", WORLD)
    write(tmp_path / "templates", TEMPLATES)
    write(tmp_path, EARLIER)
    monkeypatch.chdir(tmp_path)
    for name in ("SOURCE_DATE_EPOCH", "XDREPORT_DEBUG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize("case", list(cases()))
def test_the_fault_is_found_and_nothing_is_lost(case: dict[str, Any], place: Path) -> None:
    assert set(case) <= {"case", "change", "run", "finds", "exit", "prints"}
    for file, change in case.get("change", {}).items():
        damage(place / file, change)
    before = contents(place)

    result = CliRunner().invoke(app, arguments(case.get("run", BUILD)))

    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stderr) == (case.get("exit", 1), case.get("finds", ""))
    assert "Traceback" not in result.output
    if result.exit_code == 0:
        printed = (place / "out/report.txt").read_text(encoding="utf-8").splitlines()
        assert [line for line in case.get("prints", []) if line not in printed] == []
    else:
        assert "wrote" not in result.stdout
        assert contents(place) == before
    assert all(name.endswith((".txt", ".docx")) for name in names(place / "out"))


@pytest.mark.parametrize("case", [case for case in cases() if "run" not in case.values[0]])
def test_check_finds_what_a_build_finds(case: dict[str, Any], place: Path) -> None:
    for file, change in case.get("change", {}).items():
        damage(place / file, change)
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == case.get("exit", 1)
    errors = {line for line in case.get("finds", "").splitlines() if line.startswith("error: ")}
    assert errors <= set(result.stderr.splitlines())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    file=st.sampled_from(sorted({f"data/{name}" for name in WORLD} | {f"templates/{name}" for name in TEMPLATES})),
    at=st.floats(0, 1),
    lost=st.integers(0, 20),
    put=st.one_of(st.binary(max_size=4), st.sampled_from([b"{{", b"}}", b"{%", b": ", b'"', b",", b"&a ", b"9" * 30])),
)
def test_damage_anywhere_ends_in_a_finding_or_a_document(file: str, at: float, lost: int, put: bytes) -> None:
    with TemporaryDirectory() as folder, chdir(folder):
        here = Path(folder)
        write(here / "data", WORLD)
        write(here / "templates", TEMPLATES)
        content = (here / file).read_bytes()
        start = int(at * len(content))
        (here / file).write_bytes(content[:start] + put + content[start + lost :])
        result = CliRunner().invoke(app, arguments(BUILD))
        assert result.exit_code in {0, 1, 2}, result.stderr
        assert "[internal]" not in result.stderr
        assert (here / "out").exists() == (result.exit_code == 0)


def test_there_are_at_least_sixty_kinds_of_damage() -> None:
    sentences = [case.id for case in cases()]
    assert len(set(sentences)) == len(sentences) >= 60


def damage(path: Path, change: Any) -> None:
    """Change a file as a case says."""
    if path.is_dir():
        shutil.rmtree(path)
    if isinstance(change, str):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for old, new in change.get("swap", {}).items():
        assert text.count(old) == 1, f"{old} must stand once in {path.name}"
        text = text.replace(old, new)
    text += change.get("append", "")
    if path.exists():
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if change.get("folder"):
        path.mkdir()
    elif change.get("pipe"):
        os.mkfifo(path)
    elif "link" in change:
        path.symlink_to(change["link"])
    elif not change.get("remove"):
        mark = b"\xef\xbb\xbf" if change.get("bom") else b""
        path.write_bytes(mark + text.encode(change.get("encode", "utf-8")))


def arguments(line: str) -> list[str]:
    """Return the words of a command line; a word with a space in it stands in '…'."""
    return shlex.split(line)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by its path."""
    return {name: (folder / name).read_bytes() for name in names(folder) if (folder / name).is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
