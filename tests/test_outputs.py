"""Files written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from xdreport import outputs
from xdreport.findings import Environment


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder that holds two files of an earlier build."""
    (tmp_path / "a.docx").write_bytes(b"earlier a")
    (tmp_path / "b.pdf").write_bytes(b"earlier b")
    return tmp_path


def test_all_files_are_written_and_nothing_else_is_left(out: Path) -> None:
    outputs.write({out / "a.docx": b"new a", out / "b.pdf": b"new b", out / "more" / "c.txt": b"new c"})
    assert (out / "a.docx").read_bytes() == b"new a"
    assert (out / "b.pdf").read_bytes() == b"new b"
    assert names(out) == ["a.docx", "b.pdf", "more"]
    assert names(out / "more") == ["c.txt"]


def test_a_file_may_have_the_longest_name_that_there_is(out: Path) -> None:
    name = "湘" * 83 + ".pdf"  # 253 bytes
    outputs.write({out / name: b"new"})
    assert (out / name).read_bytes() == b"new"


def test_a_folder_made_for_files_that_cannot_be_written_is_taken_away(out: Path) -> None:
    with pytest.raises(Environment, match="name a shorter file with --output"):
        outputs.write({out / "new" / "deep" / "c.txt": b"new c", out / "new" / ("湘" * 90 + ".pdf"): b"new"})
    assert names(out) == ["a.docx", "b.pdf"]


def test_what_is_refused_is_said_of_the_folder(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Environment) as stop:
        outputs.write({out / "a.docx": b"new a"})
    assert str(stop.value) == (
        f"{out}: the file cannot be written: Read-only file system "
        "(hint: name a folder that you may write to with --output) [output.refused]"
    )


def test_a_disk_that_fills_up_leaves_the_earlier_files(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []

    def fill_up(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fill_up)
    with pytest.raises(Environment) as stop:
        outputs.write({out / "a.docx": b"new a", out / "b.pdf": b"new b"})
    assert str(stop.value) == (
        f"{out}: the file cannot be written: No space left on device "
        "(hint: free some space, or name another folder with --output) [output.refused]"
    )
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.docx": b"earlier a", "b.pdf": b"earlier b"}


@pytest.mark.parametrize("stop", [PermissionError(errno.EACCES, "Permission denied"), KeyboardInterrupt()])
def test_a_rename_that_fails_puts_back_those_before_it(
    out: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    (out / "b.pdf").unlink()
    rename = Path.replace

    def fail_at_the_third(self: Path, target: Path) -> Path:
        if target.name == "c.txt":
            raise stop
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_third)
    with pytest.raises((Environment, KeyboardInterrupt)):
        outputs.write({out / "a.docx": b"new a", out / "b.pdf": b"new b", out / "c.txt": b"new c"})
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.docx": b"earlier a"}


def test_a_file_system_without_links_is_no_hindrance(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    outputs.write({out / "a.docx": b"new a"})
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.docx": b"new a", "b.pdf": b"earlier b"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a.docx/more.txt", "File exists (hint: a part of the path is a file: name another with --output)"),
        ("more", "a folder has that name (hint: name another file with --output)"),
        ("湘" * 86, "File name too long (hint: name a shorter file with --output)"),
    ],
)
def test_a_path_that_cannot_be_written_says_why(out: Path, path: str, message: str) -> None:
    (out / "more").mkdir()
    with pytest.raises(Environment) as stop:
        outputs.write({out / "b.pdf": b"new b", out / path: b"new"})
    assert f"the file cannot be written: {message} [output.refused]" in str(stop.value)
    assert (out / "b.pdf").read_bytes() == b"earlier b"
    assert names(out) == ["a.docx", "b.pdf", "more"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_to_says_so(out: Path) -> None:
    out.chmod(0o500)
    try:
        with pytest.raises(Environment, match=r"Permission denied \(hint: name a folder that you may write to"):
            outputs.write({out / "c.txt": b"new c"})
    finally:
        out.chmod(0o700)
    assert names(out) == ["a.docx", "b.pdf"]
