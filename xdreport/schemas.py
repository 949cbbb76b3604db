"""JSON Schemas (2020-12) of the YAML files, made from the models that read them, for editors to complete and check.

Our reader takes the characters of every scalar; an editor sees numbers, truth values and nulls. A schema accepts each
scalar whose characters the reader accepts, quoted or not. What it cannot say, such as that an id must be known in
another file, is for the reader alone. The schema is the stricter one in one place: `true` and `null` are words to the
reader, but where an id or a title belongs an editor asks for quotes.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from xdreport import cells, ledger, recipe, settings, severities, shapes, template, theme, timeline, wording
from xdreport.hints import HINTS, WORDING
from xdreport.period import Period

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
ID = r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*"
_FLAG_IN_QUOTES: Schema = {"type": "string", "pattern": "^(true|false)$"}  # no list of words that an editor offers
_DIGITS = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
PERIOD = r"[0-9]{4}(-(S[12]|Q[1-4](/Q[1-4])?|(0[1-9]|1[0-2])(/(0[1-9]|1[0-2]))?)|/[0-9]{4})?"
_TIMELINE: Schema = {"type": "string", "pattern": timeline.PATTERN}
_ONE_LINE: Schema = {"pattern": r"^[^\n\t]*$"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name, where such files stand, what it is called in Chinese, and how its schema is made."""

    name: str
    where: str
    title: str
    make: Callable[[], Schema]

    @property
    def file(self) -> str:
        """The name of the schema's file."""
        return f"{self.name}.schema.json"

    @property
    def is_edited(self) -> bool:
        """True when people edit such files: they are YAML."""
        return self.where.endswith(".yaml")

    def schema(self) -> Schema:
        """Return the schema."""
        made = _bounded(self.make())
        for its in made.get("$defs", {}).values():
            if "enum" in its:  # the words for it stand with the keys that take it
                its.pop("title", None)
                its.pop("description", None)
        return {**made, "$schema": DIALECT, "title": self.title}

    def as_bytes(self) -> bytes:
        """Return the schema as the characters of its file."""
        return (json.dumps(self.schema(), ensure_ascii=False, indent=1) + "\n").encode()


# pydantic's own words for bounds, which it leaves in the schema of a type that a function reads.
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum"}


def _bounded(made: Any) -> Any:
    """Return a schema with JSON Schema's words for bounds, everywhere in it."""
    if isinstance(made, list):
        return [_bounded(item) for item in made]
    if not isinstance(made, dict):
        return made
    if "minLength" in made and "type" not in made:  # of what a function reads, which is a list
        made = {**{key: value for key, value in made.items() if key != "minLength"}, "minItems": made["minLength"]}
    plain = {key: float(value) if isinstance(value, Decimal) else value for key, value in made.items()}
    return {
        _BOUNDS[key] if key in _BOUNDS and isinstance(value, int | float) else key: _bounded(value)
        for key, value in plain.items()
    }


def of(name: str) -> Kind | None:
    """Return the kind of a name, None when there is none."""
    return next((kind for kind in KINDS if kind.name == name), None)


def _whole(model: type[BaseModel]) -> Callable[[], Schema]:
    """Return what makes the schema of a file that is one model."""
    return lambda: model.model_json_schema(schema_generator=_Editor)


def _by_id(model: type[BaseModel]) -> Callable[[], Schema]:
    """Return what makes the schema of a file that is a mapping of ids to one model each."""
    return lambda: TypeAdapter(dict[settings.Id, model]).json_schema(schema_generator=_Editor)  # type: ignore[valid-type]


def _template() -> Schema:
    """Return the schema of a template's file; one that extends another has its title and its parts from there."""
    made = _whole(template.TemplateSettings)()
    made["anyOf"] = [{"required": ["extends"]}, {"required": made.pop("required")}]
    for name in ("MastheadSettings", "LetterheadSettings"):  # merged with those of the template below, key by key
        made["$defs"][name].pop("required", None)
    return made


def _wording() -> Schema:
    """Return the schema of a phrase book, from the tables that it is read by."""
    basis = _keys({name: _some(_words(name)) for name in sorted(wording.BASES)})
    properties: dict[str, Schema] = {
        **{name: dict(_TEXT) for name in wording.TERMS},
        "language": {"enum": ["zh", "en"]},
        "basis": _keys(dict.fromkeys(sorted(wording.USES), basis)),
        "verbs": _keys({name: _some({"type": "string", "minLength": 1}) for name in sorted(wording.VERBS)}),
        "phrases": _keys({name: _phrase(name) for name in wording.PHRASES}),
    }
    return _keys({name: {**properties[name], "description": words} for name, words in WORDING.items()})


def _keys(properties: Mapping[str, Schema]) -> Schema:
    """Return the schema of a mapping that has all of these keys and no other."""
    made = {"type": "object", "properties": dict(properties), "required": list(properties)}
    return {**made, "additionalProperties": False}


def _some(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _words(basis: str) -> Schema:
    return {**_sentence(("period",) if basis == "than" else (), ("period",)), "minLength": 1}


def _phrase(name: str) -> Schema:
    required, optional = wording.PHRASES[name]
    made = _sentence(sorted(required), sorted(required | optional))
    if name == "times":
        made["allOf"] = [{"pattern": r"\{(times|ratio)\}"}]
    return made


def _sentence(required: Collection[str], known: Collection[str]) -> Schema:
    """Return the schema of words with placeholders: those required, none but those known, and no digits."""
    inner = "|".join(known)
    braces = rf"|\{{({inner})\}}" if inner else ""
    made: Schema = {"type": "string", "pattern": rf"^([^{{}}0-9０-９]|\{{\{{|\}}\}}{braces})*$"}
    if required:
        made["allOf"] = [{"pattern": rf"\{{{name}\}}"} for name in required]
    if known:
        made["description"] = "可用：" + " ".join(f"{{{name}}}" for name in known)
    return made


def _ledger() -> Schema:
    made: Schema = json.loads(ledger.SCHEMA.read_text(encoding="utf-8"))
    return made


class _Editor(GenerateJsonSchema):
    """pydantic's schemas as an editor needs them: scalars in every way that they may be typed, no null where a key
    is left out, no key that is not known, and words for each key."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Return what the function before a type takes, where it is one of ours."""
        inner = super().function_before_schema(schema)
        function: Any = schema["function"]["function"]
        its = getattr(function, "parse", function)
        return _TAKES[its](inner) if its in _TAKES else inner

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        """Return what a type takes, or the closed list that the function after it holds it to."""
        function: Any = schema["function"]["function"]
        return _TAKES[function]({}) if function in _TAKES else super().function_after_schema(schema)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Return text, for which the reader takes the characters of any scalar."""
        return dict(_TEXT)

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """Return a number."""
        return {"type": "number"}

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        """Return nothing: what a period looks like is said by the function that reads it."""
        return {}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the type without null: a key that is not wanted is left out."""
        return self.generate_inner(schema["schema"])

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Return a closed list of words; where one is empty, a key without a value is it."""
        words = list(schema["expected"])
        return {"enum": [*words, None] if "" in words else words}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Return a closed list of words."""
        return {"enum": [member.value for member in schema["members"]]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return a type with its default, where that is a value somebody would type."""
        made = self.generate_inner(schema["schema"])
        default = self.get_default_value(schema)
        if isinstance(default, Decimal):
            default = int(default)
        is_typed = isinstance(default, str | int | tuple) and default not in ("", ())
        return {**made, "default": list(default) if isinstance(default, tuple) else default} if is_typed else made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Return a mapping whose keys are all of one kind."""
        keys, values = self.generate_inner(schema["keys_schema"]), self.generate_inner(schema["values_schema"])
        fewest = {"minProperties": schema["min_length"]} if schema.get("min_length") else {}
        return {"type": "object", "propertyNames": keys, "additionalProperties": values, **fewest}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return a model with the words for each key, and the rules that hold between its keys."""
        made = super().model_schema(schema)
        name = name_of(schema["cls"])
        words = HINTS.get(name, {})  # a test holds that there are words for all
        own = made.get("properties", {})
        properties = {key: {**its, "description": words.get(key, "")} for key, its in own.items()}
        made.pop("title", None)
        made |= {"description": words.get("", ""), "properties": properties, "additionalProperties": False}
        return _RULES[name](made) if name in _RULES else made

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False: a key's own word in capital letters says nothing."""
        return False


def name_of(model: type) -> str:
    """Return how `HINTS` names a model: its module's last word and its own."""
    return f"{model.__module__.rpartition('.')[2]}.{model.__name__}"


def _title(_: Schema) -> Schema:
    return {"type": ["string", "number", "boolean"], "pattern": r"^[^\n\t]*[^\s][^\n\t]*$"}


def _flag(_: Schema) -> Schema:
    return {"anyOf": [{"type": "boolean"}, _FLAG_IN_QUOTES]}


def _number(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "string", "pattern": _DIGITS}]}


def _period(_: Schema) -> Schema:
    return {
        "anyOf": [{"type": "string", "pattern": f"^{PERIOD}$"}, {"type": "integer", "minimum": 1900, "maximum": 2199}]
    }


def _size(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"enum": list(theme.SIZES)}]}


def _colour(_: Schema) -> Schema:
    """Return six hexadecimal digits; without quotes YAML makes a number of 000000, and of 12E345 as well."""
    return {"anyOf": [{"type": "string", "pattern": "^[0-9A-Fa-f]{6}$"}, {"type": "number", "minimum": 0}]}


def _day(_: Schema) -> Schema:
    return {"anyOf": [{"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}, {"type": "null"}]}


def _filename(_: Schema) -> Schema:
    return {**_TEXT, "pattern": r'^(?!\.)[^\\/:*?"<>|\n\t]*$'}


def _part_name(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"enum": [name for name in template.Part.model_fields if not _needs_options(name)]}]}


def _switch(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "boolean"}, _FLAG_IN_QUOTES]}


def _of_parts(made: Schema) -> Schema:
    """Return the schema of a part: one key, whose options may be left to their defaults."""
    bare = {"enum": [None, True, "true", ""]}
    properties = {}
    for key, its in made["properties"].items():
        description = its.pop("description")
        ways = [its] if _needs_options(key) else [its, bare]
        properties[key] = {"description": description, "anyOf": ways}
    return {**made, "properties": properties, "minProperties": 1, "maxProperties": 1}


def _needs_options(part: str) -> bool:
    """Return whether a part has an option without a default."""
    model = next(its for its in get_args(template.Part.model_fields[part].annotation) if issubclass(its, BaseModel))
    return any(field.is_required() for field in model.model_fields.values())


def _of_indicators(made: Schema) -> Schema:
    is_index = {"required": ["kind"], "properties": {"kind": {"const": "index"}}}
    return {**made, "anyOf": [{"required": ["unit"], "properties": {"unit": {"not": {"enum": ["", None]}}}}, is_index]}


def _of_charts(made: Schema) -> Schema:
    is_column_line = {"required": ["kind"], "properties": {"kind": {"const": "column-line"}}}
    return {**made, "if": is_column_line, "then": {"required": ["second"]}, "else": {"properties": {"second": False}}}


# What the functions that read scalars take, as an editor sees it; the argument is the schema of what they return.
_TAKES: dict[Any, Callable[[Schema], Schema]] = {
    cells.words: lambda _: dict(_TEXT),
    cells.line: lambda _: {**_TEXT, **_ONE_LINE},
    cells.title: _title,
    cells.identifier: lambda _: {"type": "string", "pattern": f"^{ID}$"},
    cells.flag: _flag,
    cells.whole: _number,
    cells.number: _number,
    settings.measurement: _number,
    Period.parse: _period,
    timeline.parse: lambda _: {"anyOf": [*_period({})["anyOf"], _TIMELINE]},
    settings.as_list: lambda inner: {"anyOf": [inner, _TIMELINE]},
    recipe.as_list: lambda inner: {"anyOf": [inner, inner["items"]]},
    recipe.as_step: lambda _: {"anyOf": [{"enum": list(recipe.STEPS)}, *_period({})["anyOf"]]},
    shapes.check_code: lambda _: {"enum": sorted(severities.USUAL)},
    template.as_part: _part_name,
    template.as_switch: _switch,
    template.as_size: _size,
    template.as_colour: _colour,
    template.as_ground: _colour,
    template.as_style: lambda _: {"enum": list(theme.STYLES)},
    template.as_filename: _filename,
    template.as_day: _day,
}
# What holds between the keys of one mapping.
_RULES: dict[str, Callable[[Schema], Schema]] = {
    "shapes.Indicator": _of_indicators,
    "shapes.Chart": _of_charts,
    "template.Part": _of_parts,
}
# A new kind of file is a line here, the words for its keys in `hints`, and a line in the README.
KINDS = (
    Kind("workspace", "workspace.yaml", "数据目录", _whole(shapes.Workspace)),
    Kind("sources", "sources.yaml", "资料来源", _by_id(shapes.Source)),
    Kind("sections", "sections.yaml", "栏目", _by_id(shapes.Section)),
    Kind("indicators", "indicators/*.yaml", "指标", _by_id(shapes.Indicator)),
    Kind("charts", "charts.yaml", "图", _by_id(shapes.Chart)),
    Kind("tables", "tables.yaml", "地区和时期的表", _by_id(shapes.Table)),
    Kind("images", "images/images.yaml", "图片", _by_id(shapes.Picture)),
    Kind("template", "templates/*.yaml", "模板", _template),
    Kind("wording", "templates/wording/*.yaml", "比较用语", _wording),
    Kind("recipe", "recipes/*.yaml", "导入方案", _whole(recipe.RecipeShape)),
    Kind("ledger", "*.ledger.json", "台账", _ledger),
)
