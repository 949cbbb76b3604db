"""Characters on their way into XML: what must be written as an entity, what XML cannot hold at all.

xml.sax.saxutils would do half of this and costs 40 ms to import.
"""

import re
from collections.abc import Callable

# What XML 1.0 cannot hold in any form is what production 2 (Char) leaves out.
_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL = re.compile(f'[&<>"{_ILLEGAL}]')
_FORBIDDEN = re.compile(f"[{_ILLEGAL}]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

is_special: Callable[[str], object] = _SPECIAL.search


def escaped(text: str, replacement: Callable[[str], str]) -> str:
    """Return text for an element or attribute; what XML cannot hold becomes what `replacement` gives for it."""
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or replacement(match[0]), text)


def without_forbidden(text: str, replacement: Callable[[str], str]) -> str:
    """Return text with what XML cannot hold replaced, and nothing escaped."""
    return _FORBIDDEN.sub(lambda match: replacement(match[0]), text)


def quoted(text: str) -> str:
    """Return text as the value of an attribute, in quotes; what XML cannot hold is left out."""
    return f'"{escaped(text, lambda _: "")}"'
