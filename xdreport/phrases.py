"""Jinja that yields runs instead of text: `{{ figure('industry.signed_funds') }}` is a Figure to the end.

The environment is sandboxed and strict. What a person wrote becomes `Text`, what a function
returns stays what it is, and a figure that would turn into a plain string raises. Every fault
of a text is found in one run, at its line. How a figure is obtained is the business of `figures`.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, wraps
from types import FrameType, TracebackType
from typing import Any, get_origin

import jinja2
import jinja2.nativetypes
from jinja2 import meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from xdreport import cells
from xdreport.document import Figure, Note, Reference, Run, Runs, Term, Text
from xdreport.findings import Finding, Place
from xdreport.lookup import PhraseError
from xdreport.settings import nearest

_RUNS = (Text, Figure, Term, Reference, Note)
_FILENAME = "<template>"  # what Jinja calls a template made from a string
_EXAMPLE = "a phrase is written like {{ figure('industry.output') }}"
_DIGIT = re.compile(r"\d")
_FULL_WIDTH = re.compile("{｛|｛[｛{%％]")
_CURLY = re.compile("[‘’“”]")
_MOST_STEPS = 5_000  # calls and turns of loops in one text, and runs that it prints: far above any report
_STEP, _REFUSE = "count step", "refuse value"  # names with a space, which no text can write
_EACH = "_each"

# What a text may be made of. Jinja knows more; it would compute, join or take apart.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Call, nodes.Keyword, nodes.List,
    nodes.Tuple, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.For, nodes.Macro, nodes.Assign, nodes.AssignBlock,
)  # fmt: skip
_EQUALITIES = {"eq", "ne", "in", "notin"}


class Joined(tuple[Run, ...]):
    """The runs of a macro or a `set` block, flattened where they are printed."""


def _join(pieces: Iterable[Any]) -> Joined:
    """Return the pieces of a rendered text as runs; those that are no runs are words."""
    runs: list[Run] = []
    for piece in pieces:
        match piece:
            case Text() | Figure() | Term() | Reference() | Note():
                runs.append(piece)
            case Joined():
                runs += piece
            case _:
                runs += [Text(piece)] if piece else []
        if len(runs) > _MOST_STEPS:
            raise _endless()
    return Joined(runs)


@jinja2.pass_context
def _printed(context: Context, value: Any) -> Any:
    """Return what a phrase prints; a value that is neither runs nor words without a digit has no source."""
    match value:
        case Text() | Figure() | Term() | Reference() | Note() | Joined():
            return value
        case jinja2.Undefined():
            value._fail_with_undefined_error()
        case str() if not _DIGIT.search(value):
            return value
        case _ if callable(value):
            error = PhraseError("phrase.bare-value", "a function is printed without being called", None, _EXAMPLE)
        case bool():
            message, hint = "a condition is no text", "{% if has('…') %} … {% endif %} asks it"
            error = PhraseError("phrase.bare-value", message, None, hint)
        case _:
            hint = "print it with figure('…')"
            error = PhraseError("phrase.bare-value", "a value without a source cannot be printed", str(value), hint)
    return context[_REFUSE](error)


class _Template(jinja2.nativetypes.NativeTemplate):
    """A template whose pieces are joined as runs."""


class _Environment(SandboxedEnvironment):
    """Jinja without its globals and filters: narratives need if, for, set and macros, and our functions."""

    code_generator_class = jinja2.nativetypes.NativeCodeGenerator
    concat = staticmethod(_join)  # type: ignore[assignment]
    template_class = _Template

    def call(self, context: Context, function: Any, /, *arguments: Any, **options: Any) -> Any:
        context[_STEP]()
        return super().call(context, function, *arguments, **options)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, (*_RUNS, Joined)) and super().is_safe_attribute(obj, attr, value)


_Template.environment_class = _Environment  # type: ignore[assignment]


@cache
def _environment() -> _Environment:
    environment = _Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, finalize=_printed)
    environment.globals.clear()
    environment.filters = {}
    return environment


@dataclass
class Phrases:
    """A renderer of narratives and titles; `functions` are what they may call.

    `findings` collects what could not be printed. A mark stands in the runs meanwhile and is
    never written, because each of these findings is an error.
    """

    functions: Mapping[str, Callable[..., Run | Runs | bool]]
    findings: list[Finding] = field(default_factory=list)

    def render(self, text: str, place: Place | None) -> Runs:
        """Return the runs of a text whose first line stands at `place`; each fault becomes a finding at its line."""
        text = self._clean(text, place)
        for brace in _FULL_WIDTH.finditer(text):
            hint = "write half-width braces: {{ … }}"
            finding = Finding("phrase.syntax", "a phrase stands in full-width braces", None, brace[0], hint=hint)
            self._add(finding, place, text.count("\n", 0, brace.start()) + 1)
        if "{" not in text:
            return (Text(text),) if text else ()
        try:
            read = _read(text, frozenset(self.functions))
        except jinja2.TemplateSyntaxError as error:
            hint = "write straight quotation marks" if _CURLY.search(str(error.message)) else _EXAMPLE
            finding = Finding("phrase.syntax", f"the phrase cannot be read: {error.message}", hint=hint)
            self._add(finding, place, error.lineno)
            return ()
        except (RecursionError, SyntaxError, MemoryError):  # Python's own limits, which Jinja's code meets
            self._add(Finding("phrase.syntax", "the phrase is nested too deeply"), place, 1)
            return ()
        for line, fault in read.faults:
            self._add(fault, place, line)
        code = read.code
        if code is None:
            return ()
        try:
            return _join(code.root_render_func(code.new_context(self._named(read.unknown, code, place))))
        except PhraseError as error:
            self._add(error.finding, place, _line_of(error.__traceback__, code))
        except RecursionError as error:
            self._add(_endless().finding, place, _line_of(error.__traceback__, code))
        except (SecurityError, TypeError, ValueError, ArithmeticError, LookupError, jinja2.UndefinedError) as error:
            self._add(Finding("phrase.error", f"the phrase fails: {error}"), place, _line_of(error.__traceback__, code))
        return ()

    def _named(self, unknown: Iterable[tuple[str, int]], code: jinja2.Template, place: Place | None) -> dict[str, Any]:
        """Return what a text may name; an unknown name is a finding and stands in for the function that was meant."""
        names: dict[str, Any] = {
            name: self._guarded(name, function, code, place) for name, function in self.functions.items()
        }
        for name, line in unknown:
            hint = nearest(name, self.functions) or "the functions are " + ", ".join(self.functions)
            self._add(Finding("phrase.unknown", "unknown function", None, name, hint=hint), place, line)
            names[name] = lambda *_, **__: Text("□")
        steps = iter(range(_MOST_STEPS))

        def step() -> None:
            if next(steps, None) is None:
                raise _endless()

        def each(items: Iterable[Any]) -> Iterator[Any]:
            for item in items:
                step()
                yield item

        def refuse(error: PhraseError) -> Text:
            self._add(error.finding, place, _line_above(sys._getframe(1), code))
            return Text("□")

        return {**names, _EACH: each, _STEP: step, _REFUSE: refuse}

    def _guarded(
        self, name: str, function: Callable[..., Run | Runs | bool], code: jinja2.Template, place: Place | None
    ) -> Callable[..., Run | Runs | bool]:
        """Return the function with its errors turned into findings, so that one run finds them all.

        A text that it returns is of the data: its characters are no marks of prose.
        """

        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Run | Runs | bool:
            try:
                _check_arguments(name, function, arguments, options)
                printed = function(*arguments, **options)
            except PhraseError as error:
                self._add(error.finding, place, _line_above(sys._getframe(1), code))
                return Text("□")
            if isinstance(printed, tuple):
                return Joined(_verbatim(run) for run in printed)
            return printed if isinstance(printed, bool) else _verbatim(printed)

        return call

    def _clean(self, text: str, place: Place | None) -> str:
        """Return the text fit for print; a character that cannot be printed is a finding at its line."""
        lines = []
        for number, line in enumerate(text.split("\n"), start=1):
            try:
                lines.append(cells.words(line))
            except ValueError as error:
                expected, *hint = error.args
                finding = Finding("phrase.characters", "the text cannot be printed", None, line, expected, *hint)
                self._add(finding, place, number)
        return "\n".join(lines)

    def _add(self, finding: Finding, place: Place | None, line: int) -> None:
        if place:
            place = Place(place.file, place.line + line - 1 if place.line else 0)
        self.findings.append(replace(finding, place=place))


def _endless() -> PhraseError:
    return PhraseError("phrase.endless", "the text does not come to an end", None, "a macro or a loop repeats itself")


def _verbatim(run: Run) -> Run:
    return replace(run, is_verbatim=True) if isinstance(run, Text) else run


def _faults(parts: Sequence[nodes.Node], functions: Iterable[str]) -> Iterator[tuple[int, Finding]]:
    """Generate line and finding of what Jinja would read but prose may not do; `parts` are all nodes of a text."""
    found: str | None
    names = [node for node in parts if isinstance(node, nodes.Name)]
    unknown = {node.name for node in names} - {node.name for node in names if node.ctx != "load"} - {*functions}
    for node in parts:
        if isinstance(node, _ALLOWED) and not isinstance(node, nodes.Operand):
            continue
        hint = "figure, change, compare and the like print what the data say"
        match node:
            case nodes.Filter():
                message, found = "there are no filters", f"|{node.name}"
            case nodes.BinExpr() | nodes.UnaryExpr() | nodes.Concat():
                message, found = "a text neither computes nor joins", None
            case nodes.Operand() if node.op not in _EQUALITIES:
                message, found = "a text does not compare numbers", None
            case nodes.Getattr(node=nodes.Name(name="loop")):
                continue
            case nodes.Getattr():
                message, found = "a text takes no value apart", f".{node.attr}"
                hint = f"put the id in quotes: '{id}'" if (id := _dotted(node, unknown)) else hint
            case nodes.Getitem():
                message, found = "a text takes no value apart", None
            case _ if isinstance(node, _ALLOWED):
                continue
            case _:
                message, found = f"a text has no use for {type(node).__name__.lower()}", None
        yield getattr(node, "lineno", None) or 1, Finding("phrase.construct", message, None, found, hint=hint)


def _dotted(node: nodes.Expr, unknown: set[str]) -> str:
    """Return the id that was written without quotes, "" for anything else that has a full stop in it."""
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.append(node.attr)
        node = node.node
    id = ".".join([node.name, *reversed(names)]) if isinstance(node, nodes.Name) and node.name in unknown else ""
    return "" if "__" in id else id


@dataclass(frozen=True)
class _Read:
    """A text read once: its faults by line, its code unless it has any, names that nothing gives and their lines."""

    faults: tuple[tuple[int, Finding], ...]
    code: jinja2.Template | None = None
    unknown: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=256)  # a batch of reports says the same sentences; what is kept holds no data
def _read(text: str, functions: frozenset[str]) -> _Read:
    tree = _environment().parse(text)
    parts = list(tree.find_all(nodes.Node))
    faults = dict(reversed(list(_faults(parts, functions))))  # one a line: what is inside another is the same fault
    if faults:
        return _Read(tuple(sorted(faults.items(), key=lambda item: item[0])))
    unknown = tuple(_unknown(tree, [node for node in parts if isinstance(node, nodes.Name)], functions))
    _count_turns(parts)
    return _Read((), _environment().from_string(tree), unknown)


def _unknown(tree: nodes.Template, names: Iterable[nodes.Name], functions: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Generate the names that a text uses and nothing gives; most texts name functions alone."""
    others = [node for node in names if node.name not in functions]
    undeclared = meta.find_undeclared_variables(tree) if others else set()
    yield from ((node.name, node.lineno) for node in others if node.name in undeclared)


def _count_turns(parts: Iterable[nodes.Node]) -> None:
    """Have every loop counted, turn by turn."""
    for loop in parts:
        if isinstance(loop, nodes.For):
            loop.iter = nodes.Call(nodes.Name(_EACH, "load"), [loop.iter], [], None, None, lineno=loop.lineno)


@lru_cache(maxsize=64)  # asking costs as much as a figure does; but those of earlier reports must go, with their data
def _signature(function: Callable[..., object], is_method: bool) -> inspect.Signature:
    signature = inspect.signature(function)
    return signature.replace(parameters=list(signature.parameters.values())[is_method:])


def _check_arguments(
    name: str, function: Callable[..., object], arguments: tuple[Any, ...], options: dict[str, Any]
) -> None:
    """Raise `PhraseError` for arguments that the function does not take."""
    own = getattr(function, "__func__", None)
    signature = _signature(own or function, is_method=own is not None)
    try:
        given = signature.bind(*arguments, **options).arguments
    except TypeError as error:
        shown = ", ".join(str(one.replace(annotation=one.empty)) for one in signature.parameters.values())
        raise PhraseError("phrase.arguments", f"{name}(): {error}", expected=f"{name}({shown})") from None
    for key, value in given.items():
        wanted = signature.parameters[key].annotation
        kind = get_origin(wanted) if get_origin(wanted) is list else wanted
        if kind is not inspect.Parameter.empty and not isinstance(value, kind):
            found = None if isinstance(value, (*_RUNS, Joined)) else str(value)
            expected = {str: "words in quotes", bool: "true or false", list: "a list of words in quotes"}
            message = f"{name}(): {key} cannot be read"
            raise PhraseError("phrase.arguments", message, found, expected=expected.get(kind, "words in quotes"))


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
