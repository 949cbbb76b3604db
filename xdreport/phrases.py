"""Jinja that yields runs instead of text: `{{ figure('industry.signed_funds') }}` is a Figure to the end.

The environment is sandboxed and strict. What a person wrote becomes `Text`, what a function
returns stays what it is, and a figure that would turn into a plain string raises. Every fault
of a text is found in one run, at its line. How a figure is obtained is the business of `figures`.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from types import FrameType, TracebackType
from typing import Any

import jinja2
import jinja2.nativetypes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from xdreport import cells
from xdreport.document import Figure, Note, Reference, Run, Runs, Term, Text
from xdreport.figures import PhraseError
from xdreport.findings import Finding, Place
from xdreport.settings import nearest

_RUNS = (Text, Figure, Term, Reference, Note)
_FILENAME = "<template>"  # what Jinja calls a template made from a string


class Joined(tuple[Run, ...]):
    """The runs of a macro or a `set` block, flattened where they are printed."""


def _join(pieces: Iterable[Any]) -> Joined:
    """Return the pieces of a rendered text as runs; a bare number is refused, because it has no source."""
    runs: list[Run] = []
    for piece in pieces:
        match piece:
            case Text() | Figure() | Term() | Reference() | Note():
                runs.append(piece)
            case Joined():
                runs += piece
            case str():
                runs += [Text(piece)] if piece else []
            case jinja2.Undefined():
                piece._fail_with_undefined_error()
            case _:
                hint = "print it with figure('…')"
                raise PhraseError("phrase.bare-value", "a value without a source cannot be printed", str(piece), hint)
    return Joined(runs)


class _Template(jinja2.nativetypes.NativeTemplate):
    """A template whose pieces are joined as runs."""


class _Environment(SandboxedEnvironment):
    """Jinja without its globals and filters: narratives need if, for, set and macros, and our functions."""

    code_generator_class = jinja2.nativetypes.NativeCodeGenerator
    concat = staticmethod(_join)  # type: ignore[assignment]
    template_class = _Template
    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"{operator} is not for narratives: figures come from the data")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, (*_RUNS, Joined)) and super().is_safe_attribute(obj, attr, value)


_Template.environment_class = _Environment  # type: ignore[assignment]


@cache
def _environment() -> _Environment:
    environment = _Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    environment.globals.clear()
    environment.filters = {}
    return environment


@dataclass
class Phrases:
    """A renderer of narratives and titles; `functions` are what they may call.

    `findings` collects what could not be printed. A mark stands in the runs meanwhile and is
    never written, because each of these findings is an error.
    """

    functions: Mapping[str, Callable[..., Run | Runs]]
    findings: list[Finding] = field(default_factory=list)

    def render(self, text: str, place: Place | None) -> Runs:
        """Return the runs of a text whose first line stands at `place`; each fault becomes a finding at its line."""
        if "{" not in text:
            return (Text(self._clean(text, place)),) if text else ()
        try:
            code = _environment().from_string(text)
        except jinja2.TemplateSyntaxError as error:
            self._add(Finding("phrase.syntax", f"the phrase cannot be read: {error.message}"), place, error.lineno)
            return ()
        names = {name: self._guarded(function, code, place) for name, function in self.functions.items()}
        try:
            runs = _join(code.root_render_func(code.new_context(names)))
            return tuple(
                Text(self._clean(run.text, place), run.strong) if isinstance(run, Text) else run for run in runs
            )
        except PhraseError as error:
            self._add(error.finding, place, _line_of(error.__traceback__, code))
        except jinja2.UndefinedError as error:
            name = str(error).partition("'")[2].partition("'")[0]
            finding = Finding("phrase.unknown", "unknown function", None, name, hint=nearest(name, self.functions))
            self._add(finding, place, _line_of(error.__traceback__, code))
        except RecursionError as error:
            finding = Finding("phrase.error", "the phrase calls itself without end")
            self._add(finding, place, _line_of(error.__traceback__, code))
        except (SecurityError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            self._add(Finding("phrase.error", f"the phrase fails: {error}"), place, _line_of(error.__traceback__, code))
        return ()

    def _guarded(self, function: Callable[..., Run | Runs], code: jinja2.Template, place: Place | None) -> Any:
        """Return the function with its errors turned into findings, so that one run finds them all."""

        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Run | Runs:
            try:
                printed = function(*arguments, **options)
            except PhraseError as error:
                self._add(error.finding, place, _line_above(sys._getframe(1), code))
                return Text("□")
            except TypeError as error:
                finding = Finding("phrase.error", f"the phrase cannot be read: {error}")
                self._add(finding, place, _line_above(sys._getframe(1), code))
                return Text("□")
            return Joined(printed) if isinstance(printed, tuple) else printed

        return call

    def _clean(self, text: str, place: Place | None) -> str:
        try:
            return cells.words(text)
        except ValueError as error:
            expected, *hint = error.args
            self._add(Finding("phrase.characters", "the text cannot be printed", None, None, expected, *hint), place, 1)
            return text

    def _add(self, finding: Finding, place: Place | None, line: int) -> None:
        if place:
            place = Place(place.file, (place.line or 1) + line - 1)
        self.findings.append(
            Finding(finding.code, finding.message, place, finding.found, finding.expected, finding.hint)
        )


def _line_above(frame: FrameType | None, code: jinja2.Template) -> int:
    """Return the line of the text that the innermost frame of its code is at, 1 when there is none."""
    while frame:
        if frame.f_code.co_filename == _FILENAME:
            return code.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return 1


def _line_of(traceback: TracebackType | None, code: jinja2.Template) -> int:
    """Return the line of the text at which an exception left its code, 1 when it never entered it."""
    line = 1
    while traceback:
        if traceback.tb_frame.f_code.co_filename == _FILENAME:
            line = code.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return line
