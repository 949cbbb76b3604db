"""A document built again from its ledger and compared byte by byte; where it differs, what has changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from xdreport import __version__, build, ledger, provenance
from xdreport.build import Order
from xdreport.document import Input
from xdreport.edited import content_of, ledger_of
from xdreport.findings import Finding, Place, Unusable
from xdreport.fonts import open_faces
from xdreport.scope import Wish


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file of a ledger built again. `now` is the SHA-256 of what was built; `beside` says what became of the file
    itself where it lies beside the ledger: "same", "changed" or "". One that `is_alike` differs in nothing but what it
    records of its inputs: with the record of the ledger in its place, it is the same bytes."""

    file: str
    was: str
    now: str
    beside: str = ""
    is_alike: bool = False

    @property
    def is_same(self) -> bool:
        """True when the same bytes were built."""
        return self.was == self.now

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "file": self.file, "same": self.is_same, "alike": self.is_same or self.is_alike, "was": self.was,
            "now": self.now, "beside": self.beside,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reproduction:
    """The files built again, and what differs in what they were made from, in words."""

    outcomes: tuple[Outcome, ...]
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """True when every file came out the same, byte for byte."""
        return all(outcome.is_same for outcome in self.outcomes)


def reproduce(path: Path, data: Path, templates: tuple[Path, ...], as_of: date | None = None) -> Reproduction:
    """Return what comes of building the document of a ledger again, which is a file of its own or in a document.

    It is built from what the folder knew on the day that the ledger names, or on another one, `as_of`. Raise `Unusable`
    for a ledger that does not say what was ordered, `Failed` where the document cannot be built.
    """
    its = ledger_of(path)
    wanted = _wanted(path, its.about)
    order = _order(path, its.about, data, templates, tuple(wanted), as_of)
    made, files = build.render(order)
    now = _hashes(files)
    alike = now
    if any(now[suffix] != was for suffix, (_, was) in wanted.items()) and its.about.get("inputs"):
        _, again = build.render(replace(order, recorded=its.about))
        alike = _hashes(again)
    outcomes = []
    for suffix, (name, was) in wanted.items():
        lying = path.parent / name
        beside = ""
        if suffix != path.suffix and lying.is_file():
            beside = "same" if provenance.sha256(lying.read_bytes()) == was else "changed"
        outcomes.append(Outcome(name, was, now[suffix], beside, alike[suffix] == was))
    fonts = ledger.font_hashes(open_faces(made.theme).choices) if ".pdf" in wanted else []
    assert made.document.provenance is not None
    return Reproduction(tuple(outcomes), tuple(_differences(its.about, made.document.provenance.inputs, fonts)))


def _hashes(files: Mapping[Path, bytes]) -> dict[str, str]:
    return {file.suffix: provenance.sha256(content) for file, content in files.items()}


def _wanted(path: Path, about: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return name and hash of each file to be built, by its ending; of a document, of that one alone."""
    if path.suffix in {".docx", ".pdf"}:
        return {path.suffix: (path.name, provenance.sha256(content_of(path)))}
    outputs = [(each["file"], each["sha256"]) for each in about.get("outputs", ())]
    if not outputs:
        hint = "build with --ledger writes one"
        message = "the ledger names no file that was written"
        raise Unusable([Finding("ledger.order", message, Place(str(path)), hint=hint)])
    return {Path(name).suffix: (name, digest) for name, digest in outputs}


def _order(
    path: Path, about: Mapping[str, Any], data: Path, templates: tuple[Path, ...], suffixes: tuple[str, ...],
    as_of: date | None,
) -> Order:  # fmt: skip
    asked = about.get("order")
    if not isinstance(asked, dict):
        raise Unusable([Finding("ledger.order", "the ledger does not say what was ordered", Place(str(path)))])
    wish = Wish(tuple(asked["sections"]), tuple(asked["indicators"]), tuple(about["periods"]), str(about["area"]))
    attached = bool(about.get("attached", True))
    formats = tuple(suffix[1:] for suffix in suffixes)
    overrides = tuple(asked["overrides"])
    return Order(
        data, templates, wish, asked["template"], formats, overrides=overrides, attaches_ledger=attached,
        asks_clock=False, as_of=as_of or ledger.day_of(about),
    )  # fmt: skip


def _differences(about: Mapping[str, Any], inputs: tuple[Input, ...], fonts: list[dict[str, str]]) -> Iterator[str]:
    program = f"xdreport {__version__}"
    if about.get("program") != program:
        yield f"program: was {about.get('program')}, is {program}"
    was = {(each["role"], each["file"]): each["sha256"] for each in about.get("inputs", ())}
    now = {(it.role, it.file): it.sha256 for it in inputs}
    for key in dict.fromkeys([*was, *now]):
        role, file = key
        if key not in now:
            yield f"{role}: {file} is gone"
        elif key not in was:
            yield f"{role}: {file} is new"
        elif was[key] != now[key]:
            yield f"{role}: {file} has changed"
    for old in about.get("fonts", ()) if fonts else ():
        new = next((it for it in fonts if it["role"] == old["role"]), None)
        if new is None or new["sha256"] != old["sha256"]:
            yield f"font: {old['role']} was {old['name']} ({old['file']}), is {new['name'] if new else 'none'}"
