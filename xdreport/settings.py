"""A YAML file as text scalars with their places, and a pydantic model made from it.

YAML's own reading of scalars is never used: `NO`, `010` and `1:30` stay the characters that
were typed until a field of the model parses them. Every fault of a file is found in one run.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from xdreport import cells, timeline
from xdreport.findings import Failed, Finding, Place
from xdreport.period import Period
from xdreport.timeline import Timeline

Steps = tuple[str | int, ...]
SCHEMAS = "schemas"  # the folder of a data folder in which the JSON Schemas of its YAML files stand
_LARGEST = 4_000_000  # bytes; settings are small, rows belong in CSV
_DEEPEST = 40

# What a person has most likely typed where YAML says these.
_WAYS_OUT = {
    "mapping values are not allowed in this context": "put words with a colon in them in quotes",
    "found character that cannot start any token": "indent with spaces; put words that begin with a sign in quotes",
    "did not find expected ',' or '}'": "a } is missing, or words with a sign in them stand without quotes",
    "did not find expected ',' or ']'": "a ] is missing, or words with a sign in them stand without quotes",
    "but found another document": "leave --- out: a file is one document",
}

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def schema_line(kind: str, up: str = "") -> str:
    """Return the first line of a YAML file, which names the schema of its kind; `up` leads to the data folder."""
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind}.schema.json\n"


def schema_line_of(root: Path, kind: str, up: str = "") -> str:
    """Return the line that names a schema, "" in a data folder that has none."""
    return schema_line(kind, up) if (root / SCHEMAS).is_dir() else ""


class Settings(BaseModel):
    """The base of every model read from YAML: unknown keys are faults, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class _Scalar:
    """What reads a field from the characters of a scalar, with `parse`."""

    parse: Callable[[str], object]

    def __call__(self, value: object) -> object:
        """Return what the characters say."""
        if not isinstance(value, str):
            raise ValueError("one value, not a list or a mapping")
        return self.parse(value)


def _parsed(parse: Callable[[str], object]) -> BeforeValidator:
    return BeforeValidator(_Scalar(parse))


def measurement(text: str) -> float:
    """Return the number that `text` writes, for lengths and sizes on paper."""
    return float(cells.number(text))


Words = Annotated[str, _parsed(cells.words)]
Line = Annotated[str, _parsed(cells.line)]
Title = Annotated[str, _parsed(cells.title)]
Id = Annotated[str, _parsed(cells.identifier)]
Flag = Annotated[bool, _parsed(cells.flag)]
Whole = Annotated[int, _parsed(cells.whole)]
Number = Annotated[Decimal, _parsed(cells.number)]
Measurement = Annotated[float, _parsed(measurement)]
PeriodText = Annotated[Period, _parsed(Period.parse)]


def as_list(value: object) -> object:
    """Return words that stand for several periods as the only item of a list."""
    return [value] if isinstance(value, str) and value.lstrip().startswith(("last", "same")) else value


Periods = Annotated[
    tuple[Annotated[Period | Timeline, _parsed(timeline.parse)], ...], BeforeValidator(as_list), Field(min_length=1)
]


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML file's content: dicts, lists and str; `places` tells where each path of keys stands."""

    content: Any
    places: Mapping[Steps, Place]

    def place(self, steps: Steps) -> Place | None:
        """Return where the longest known beginning of `steps` stands."""
        for length in range(len(steps), -1, -1):
            if found := self.places.get(steps[:length]):
                return found
        return None


def nearest(word: str, known: Iterable[str], lead: str = "did you mean ") -> str:
    """Return a hint that names the known words closest to `word`, "" when none is close."""
    close = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return lead + " or ".join(close) + "?" if close else ""


def read_text(path: Path, shown: str) -> str:
    """Return a text file's characters, every line end as \\n; raise `Failed` for what is no file, or not UTF-8."""
    if not path.is_file():  # to open a pipe would wait for ever
        raise Failed([Finding("folder.missing-file", "there is no file that can be read", Place(shown))])
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        place = Place(shown, content.count(b"\n", 0, error.start) + 1)
        is_table = path.suffix == ".csv"
        hint = "save it as UTF-8" + (", which Excel and WPS call “CSV UTF-8”" if is_table else " in the editor")
        raise Failed([Finding("file.encoding", "the file is not UTF-8", place, hint=hint)]) from None


def read(path: Path, shown: str) -> Tree:
    """Return a YAML file's tree; raise `Failed` with every fault of its form."""
    text = read_text(path, shown)
    if len(text) > _LARGEST:
        raise Failed([Finding("yaml.size", f"the file is larger than {_LARGEST} characters", Place(shown))])
    return parse(text, shown)


@lru_cache(maxsize=64)  # a batch of reports reads the same files; nobody changes a tree
def parse(text: str, shown: str) -> Tree:
    """Return the tree of YAML text; `shown` is the file named in findings."""
    growing = _Growing(shown)
    try:
        content = growing.document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Failed([growing.unreadable(str(error.problem), mark.line + 1 if mark else 0)]) from None
    except yaml.reader.ReaderError as error:
        line = text[: text.find(chr(error.character))].count("\n") + 1
        problem = f"the control character U+{error.character:04X} is in it"
        raise Failed([growing.unreadable(problem, line)]) from None
    if growing.findings:
        raise Failed(dict.fromkeys(growing.findings))
    return Tree(content, growing.places)


class _Growing:
    """A tree while it grows from the events of YAML's parser.

    The parser keeps its own depth in memory that grows. Its composer does not: a file of some 50,000 opening brackets
    ends the whole process.
    """

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.places: dict[Steps, Place] = {(): Place(shown, 1)}
        self.findings: list[Finding] = []
        self.anchors: set[str] = set()

    def document(self, events: Iterator[yaml.Event]) -> Any:
        """Return the content of the only document, {} when there is none."""
        content: Any = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if content is not None:
                    raise Failed([self.unreadable("but found another document", self.place(event).line or 0)])
                content = self.value(next(events), events, ())
        return {} if content is None else content

    def place(self, event: yaml.Event) -> Place:
        """Return where an event of the parser stands."""
        assert event.start_mark
        return Place(self.shown, event.start_mark.line + 1)

    def unreadable(self, problem: str, line: int) -> Finding:
        """Return the finding that the file is no YAML."""
        message, hint = f"the YAML cannot be read: {problem}", _WAYS_OUT.get(problem, "")
        return Finding("yaml.syntax", message, Place(self.shown, line), hint=hint)

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], steps: Steps) -> Any:
        """Return what begins with an event: its characters, a list or a mapping."""
        place = self.place(event)
        self.places.setdefault(steps, place)
        if len(steps) > _DEEPEST:
            finding = Finding("yaml.depth", f"the YAML is nested deeper than {_DEEPEST} levels", place)
            raise Failed(dict.fromkeys([*self.findings, finding]))
        self.refuse_anchors(event, place)
        match event:
            case yaml.ScalarEvent():
                return event.value
            case yaml.SequenceStartEvent():
                return self.items(events, steps)
            case yaml.MappingStartEvent():
                return self.mapping(events, steps)
            case _:  # an alias
                return ""

    def refuse_anchors(self, event: yaml.Event, place: Place) -> None:
        """Note an anchor, or an alias of none: a few lines of them can grow without bound."""
        assert isinstance(event, yaml.NodeEvent)
        if not event.anchor or event.anchor in self.anchors:
            return
        self.anchors.add(event.anchor)
        hint = "write the value again"
        self.findings.append(Finding("yaml.alias", "anchors and aliases are not read", place, hint=hint))

    def items(self, events: Iterator[yaml.Event], steps: Steps) -> list[Any]:
        """Return the items of a list."""
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, events, (*steps, len(found))))
        return found

    def mapping(self, events: Iterator[yaml.Event], steps: Steps) -> dict[str, Any]:
        """Return a mapping by key, in the order of the file."""
        content: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = self.place(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.findings.append(Finding("yaml.key", "a key must be a word", line))
                self.skip(event, events, steps)
                continue
            self.refuse_anchors(event, line)
            key = event.value
            if key in content:
                first = self.places[(*steps, key)].line
                message = f"the key stands twice, first on line {first}"
                self.findings.append(Finding("yaml.duplicate-key", message, line, key))
                self.value(next(events), events, (*steps, f"{key} again"))
                continue
            self.places[(*steps, key)] = line
            content[key] = self.value(next(events), events, (*steps, key))
        return content

    def skip(self, key: yaml.Event, events: Iterator[yaml.Event], steps: Steps) -> None:
        """Read past a key that is no word, and its value."""
        self.value(key, events, (*steps, "a key"))
        self.value(next(events), events, (*steps, "its value"))


Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], tree: Tree, steps: Steps = ()) -> Model:
    """Return `model` filled from the part of the tree at `steps`; raise `Failed` with every fault at its line."""
    content = tree.content
    for step in steps:
        content = content[step]
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise Failed(_findings(model, error, tree, steps)) from None


def _findings(model: type[BaseModel], error: ValidationError, tree: Tree, steps: Steps) -> Iterator[Finding]:
    for fault in error.errors():
        path = tuple(step for step in (*steps, *fault["loc"]) if step != "[key]")  # pydantic's mark of a key
        place = tree.place(path)
        key = ".".join(str(step) for step in path)
        found = fault["input"] if isinstance(fault["input"], str) else None
        match fault["type"]:
            case "extra_forbidden":
                hint = nearest(str(path[-1]), _keys(model, fault["loc"][:-1]))
                yield Finding("yaml.unknown-key", "unknown key", place, key, hint=hint)
            case "too_short" if fault["input"]:
                continue  # only short of the items that have faults of their own
            case "missing":
                yield Finding("yaml.missing-key", f"{key} is missing", place)
            case "value_error":
                expected, *hint = fault["ctx"]["error"].args
                yield Finding("yaml.value", f"{key} cannot be read", place, found, expected, "".join(hint))
            case "enum" | "literal_error":
                expected = fault["ctx"]["expected"].replace("'", "")
                yield Finding(
                    "yaml.value", f"{key} cannot be read", place, found, expected,
                    nearest(found or "", expected.replace(" or ", ", ").split(", ")),
                )  # fmt: skip
            case _:
                expected = _expected(fault["type"], fault.get("ctx", {}))
                yield Finding("yaml.value", f"{key} cannot be read", place, found, expected)


def _expected(kind: str, limits: Mapping[str, object]) -> str:
    return {
        "greater_than": f"more than {limits.get('gt')}",
        "greater_than_equal": f"{limits.get('ge')} or more",
        "less_than_equal": f"{limits.get('le')} or less",
        "model_type": "a mapping (key: value)",
        "dict_type": "a mapping (key: value)",
        "list_type": "a list",
        "tuple_type": "a list",
        "too_short": "a list that is not empty",
        "string_type": "one value, not a list or a mapping",
    }.get(kind, "another kind of value")


def _keys(model: type[BaseModel], steps: Iterable[str | int]) -> list[str]:
    """Return the keys a nested model knows, following field names as far as they lead."""
    for step in steps:
        field = model.model_fields.get(str(step))
        inner = _models(field.annotation) if field else []
        if inner:
            model = inner[0]
    return list(model.model_fields)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models(part)]
