"""The call that a figure bears, by which it is obtained again: change('industry.output', mention='later').

It is noted here and nowhere else: what a caller left out is left out of the call too, so that the same call asked of
another period gives that period's figure, while a period that was named stays the one named.
"""

import ast
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from xdreport.document import Figure, Runs


class Caller(Protocol):
    """Whose functions make figures."""

    def noted(self, figure: Figure, call: str) -> Figure:
        """Return a figure that bears the call that obtains it from here."""


C = TypeVar("C", bound=Caller)
P = ParamSpec("P")
R = TypeVar("R", bound=Figure | Runs)


def noted(made: Callable[Concatenate[C, P], R]) -> Callable[Concatenate[C, P], R]:
    """Return a function whose figures bear the call that it was: the outermost one, as it was written."""

    @wraps(made)
    def call(self: C, /, *arguments: P.args, **options: P.kwargs) -> R:
        asked = written(made.__name__, *arguments, **options)
        result: Any = made(self, *arguments, **options)
        if isinstance(result, Figure):
            return self.noted(result, asked)  # type: ignore[return-value]
        figures = iter(range(len(result)))
        return tuple(self.noted(run, f"{asked}[{next(figures)}]") if isinstance(run, Figure) else run for run in result)  # type: ignore[return-value]

    return call


def written(name: str, *arguments: object, **options: object) -> str:
    """Return a call as a phrase writes it: change('industry.output', mention='later')."""
    words = [repr(argument) for argument in arguments]
    words += [f"{key}={value!r}" for key, value in options.items() if value not in ("", None)]
    return f"{name}({', '.join(words)})"


def read(call: str) -> tuple[str, int, list[Any], dict[str, Any]]:
    """Return the function of a call, which of its figures is meant, and its arguments; nothing in it is executed.

    Raise `ValueError` for what is no call.
    """
    wrong = ValueError(f"a call such as change('industry.output'), found {call}")
    try:
        node = ast.parse(call, mode="eval").body
        item = 0
        if isinstance(node, ast.Subscript):
            item, node = ast.literal_eval(node.slice), node.value
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not isinstance(item, int):
            raise wrong
        options = {str(each.arg): ast.literal_eval(each.value) for each in node.keywords}
        return node.func.id, item, [ast.literal_eval(each) for each in node.args], options
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        raise wrong from None


def period_of(call: str) -> str:
    """Return the id of the period that a call names, "" for the one it is asked of."""
    try:
        return str(read(call)[3].get("period", ""))
    except ValueError:
        return ""


def indicators_of(call: str) -> tuple[str, ...]:
    """Return the ids that a call names first: of one indicator, of several for changes(); () for a period."""
    try:
        name, _, arguments, options = read(call)
    except ValueError:
        return ()
    named = arguments[0] if arguments else options.get("id", options.get("ids", options.get("what", "")))
    if name == "period":
        return ()
    return tuple(map(str, named)) if isinstance(named, list) else (str(named),)
