"""Files written whole or not at all: each to a temporary file beside its place, synced, then renamed.

When one of several cannot be written, those already renamed are put back as they were.
"""

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from xdreport.findings import Environment, Finding, Place

_OURS = ".xdreport-"  # begins the names of files that stand only while a build writes


Content = bytes | Callable[[IO[bytes]], None]


def write(files: Mapping[Path, Content]) -> None:
    """Write all files, or none; raise `Environment` when the machine refuses, with what was there before intact.

    What a file holds is bytes, or a function that writes it into an open file, for what is too large to be held.
    """
    temporary: dict[Path, Path] = {}
    replaced: dict[Path, Path | None] = {}
    made: list[Path] = []
    try:
        for path, content in files.items():
            made += [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary[path] = _write_beside(path, content)
        for path, new in temporary.items():
            replaced[path] = _keep(path)
            new.replace(path)
    except BaseException as error:  # an interrupted build, too, leaves what was there
        for path, old in replaced.items():
            with contextlib.suppress(OSError):
                _put_back(path, old, temporary[path])
        for left in temporary.values():
            left.unlink(missing_ok=True)
        for folder in made:  # the innermost first; one that somebody else has filled meanwhile stays
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise Environment(_finding(error, next(iter(files)).parent)) from None
        raise
    finally:
        for left in (*temporary.values(), *(old for old in replaced.values() if old)):
            left.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _sync_folder(folder)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs that ask the same out of a folder; raise `Environment` when one is at work in it.

    The lock is on the folder itself and goes with the process, so that none is ever left behind. Where a system has no
    such lock, whoever writes compares the files with those that were read.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        hint = "try again when it has ended"
        raise Environment(
            Finding("environment.busy", "another import is at work in the folder", Place(str(folder)), hint=hint)
        ) from None
    except OSError:  # a file system without locks
        pass
    try:
        yield
    finally:
        os.close(descriptor)


def _write_beside(path: Path, content: Content) -> Path:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder has that name", str(path))
    new = path.with_name(f"{_OURS}{secrets.token_hex(8)}.tmp")  # never longer than a name may be
    with new.open("xb") as file:
        try:
            if isinstance(content, bytes):
                file.write(content)
            else:
                content(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    return new


def _keep(path: Path) -> Path | None:
    """Return a second name for the file that is about to be replaced, None when there is none."""
    if not path.exists():
        return None
    old = path.with_name(f"{_OURS}{secrets.token_hex(8)}.old")
    try:
        os.link(path, old)
    except OSError:  # a file system without hard links
        old.write_bytes(path.read_bytes())
    return old


def _put_back(path: Path, old: Path | None, new: Path) -> None:
    if new.exists():
        return  # its turn to be renamed never came
    if old:
        old.replace(path)
    else:
        path.unlink()


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some systems cannot open a folder; the files themselves are synced
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _finding(error: OSError, folder: Path) -> Finding:
    refused = Path(error.filename or folder)
    place = Place(str(refused.parent if refused.name.startswith(_OURS) else refused))
    hint = {
        errno.ENOSPC: "free some space, or name another folder with --output",
        errno.EACCES: "name a folder that you may write to with --output; close the file where it is open",
        errno.EPERM: "name a folder that you may write to with --output; close the file where it is open",
        errno.EROFS: "name a folder that you may write to with --output",
        errno.EISDIR: "name another file with --output",
        errno.ENOTDIR: "a part of the path is a file: name another with --output",
        errno.EEXIST: "a part of the path is a file: name another with --output",
        errno.ENAMETOOLONG: "name a shorter file with --output",
    }.get(error.errno or 0, "")
    return Finding("output.refused", f"the file cannot be written: {error.strerror or error}", place, hint=hint)
