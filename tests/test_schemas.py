"""The JSON Schemas of the YAML files: an editor accepts what the reader accepts and refuses most of the rest."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import TEMPLATES, WORLD, write
from pydantic import BaseModel
from test_faults import cases, damage
from typer.testing import CliRunner

from xdreport import cells, descriptions, recipe, schemas, settings, shapes, template
from xdreport.cli import app
from xdreport.findings import Failed
from xdreport.folders import shipped, templates
from xdreport.hints import HINTS, WORDING
from xdreport.settings import Tree

ROOT = Path(__file__).parent.parent
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
MODELS: dict[str, type[BaseModel]] = {
    "sources": shapes.Source,
    "sections": shapes.Section,
    "indicators": shapes.Indicator,
    "charts": shapes.Chart,
    "tables": shapes.Table,
    "images": shapes.Picture,
}

WHOLE: dict[str, type[BaseModel]] = {
    "workspace": shapes.Workspace,
    "template": template.TemplateSettings,
    "recipe": recipe.RecipeShape,
}


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, by which editors tell what a scalar is."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own name


for tag, pattern, beginnings in (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), beginnings)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def seen(text: str) -> Any:
    """Return YAML text as an editor sees it: with the values that YAML gives its scalars, and keys as words."""
    return keyed(yaml.load(text, Core))


def keyed(content: Any) -> Any:
    if isinstance(content, dict):
        return {str(key): keyed(value) for key, value in content.items()}
    return [keyed(item) for item in content] if isinstance(content, list) else content


def refusals(name: str, content: Any) -> list[str]:
    """Return what the schema of a kind of file says against some content."""
    return [error.message for error in validator(name).iter_errors(content)]


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    kind = schemas.of(name)
    assert kind is not None
    return jsonschema.Draft202012Validator(kind.schema())


def shipped_files() -> list[Path]:
    files = [*(ROOT / "data").rglob("*.yaml"), *(ROOT / "templates").rglob("*.yaml")]
    return sorted(path.relative_to(ROOT) for path in files)


@pytest.mark.parametrize("path", shipped_files(), ids=str)
def test_a_shipped_file_names_its_schema_in_its_first_line_and_fits_it(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    match = MODELINE.match(text)
    assert match, "the first line must name the schema"
    schema = (ROOT / path.parent / match[1]).resolve()
    content = json.loads(schema.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    errors = [error.message for error in jsonschema.Draft202012Validator(content).iter_errors(seen(text))]
    assert errors == []


def test_the_shipped_descriptions_are_those_that_would_be_made() -> None:
    assert list(descriptions.outdated(ROOT / "data")) == []
    made = {path.relative_to(ROOT / "data").as_posix() for path in descriptions.files(ROOT / "data")}
    there = {path.relative_to(ROOT / "data").as_posix() for path in (ROOT / "data/schemas").iterdir()}
    assert made == there | {"datapackage.json"}


@pytest.mark.parametrize("kind", schemas.KINDS, ids=lambda kind: kind.name)
def test_every_schema_is_one_and_refers_to_nothing_outside_itself(kind: schemas.Kind) -> None:
    content = kind.schema()
    jsonschema.Draft202012Validator.check_schema(content)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [ref for ref in re.findall(r'"\$ref": "([^"]*)"', kind.as_bytes().decode()) if ref[0] != "#"] == []


def test_every_key_has_words_in_chinese_and_no_words_are_left_over() -> None:
    models = list(reached([shapes.Workspace, *MODELS.values(), template.TemplateSettings, recipe.RecipeShape]))
    keys = {schemas.name_of(model): ["", *model.model_fields] for model in models}
    assert {name: list(words) for name, words in HINTS.items()} == keys
    words = [its for group in (*HINTS.values(), WORDING) for its in group.values()]
    assert [its for its in words if not re.search(r"[一-鿿]", its)] == []


def reached(models: list[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Generate the models and those in their keys, each once."""
    waiting: list[Any] = models[::-1]
    done = set()
    while waiting:
        one = waiting.pop()
        if not (isinstance(one, type) and issubclass(one, BaseModel)):
            waiting += list(getattr(one, "__args__", ()))[::-1]
        elif one not in done:
            done.add(one)
            yield one
            waiting += [field.annotation for field in list(one.model_fields.values())[::-1]]


# What somebody may type for a value, as it stands in the file.
TYPED = [
    "12", "0", "-1", "1.5", "99999", "2022", "2022-09", "2022-Q1/Q3", "2022-13", "last 8 quarters",
    "same period of the last 5 years", "last quarter", "true", "false", "NO", "null", "~", '""', '"12"', '"true"',
    "some words", "up", "level", "000000", "C00000", "三号", "2026-07-04", "[]", "[a.b]", "{}", "{x: y}",
]  # fmt: skip
# Where the schema is the stricter one: the reader takes these as words where an id or a title belongs.
WORDS_TO_THE_READER = {"true", "false", "null", "~"}
# Where it is the laxer one: noughts at the beginning of a number are gone, a number in quotes has no bounds, null is as
# good as an empty word, a colour of digits is any number; and what holds between two values (low and high, a chart's
# highlight, a page's margins) or between a template and the one it extends (a masthead's name).
LOST = {"000000", '"12"', "null", "~"}
BETWEEN = re.compile(
    r"^indicators .*(low|high)$|^charts .*(highlight|indicators\.0|periods\.0)$|^recipe .*\.(sign|triangle)$"
    r"|^template (page\.\w+|furniture\.(masthead|letterhead).*|theme.*(colour|accent|palette\.\d))$"
)


RECIPE = """\
title: 月报
files: ["*月报*"]
source: {id: monthly, title: "月报（{period}）", publisher: 局}
area: a
period: title
period_label: 报告期
as_of: 报送日期
status: final
digits: shown
hidden: skip
tables:
  main:
    {indicator: a.b, area: a, measure: yoy, period: [cumulative, year-before], unit: 元, sign: "", title: 主要,
    sheets: "*", each: [{name: 甲, area: a}], stub: 指标, unit_column: 单位, end: 注, triangle: rise, notes: attach,
    others: skip, columns: [{head: [累计, 绝对量], measure: level, period: same, also: [合计, [累计, 总量]], after: 乙,
    note: true}], rows: [{name: 甲, indicator: a.b, skip: true, optional: true}]}
"""


def mutants() -> Iterator[Any]:
    data = shipped("data")
    texts = {
        "workspace": "title: 甲\narea: a\nareas: {a: {name: 甲, code: x, level: town, within: b, members: {city: 3}}}\n"
        "office: {name: 乙}\nperiods: {2021/2025: {name: 丙}}\nlanguage: zh\ntemplate: t\nunits: [枚]\n"
        "checks: {check.jump: error}\njump: 5\nrounding: half_up\nseparators: true\n",
        "sources": "a: {title: 甲, publisher: 乙, date: x, covers: 2022-Q1/Q3, note: 丙}\n",
        "sections": 'a: {title: 甲, english: A, indicators: ["a.*"]}\n',
        "indicators": "a.b: {name: 甲, kind: level, unit: 元, english: A, aliases: [乙], decimals: 1, flow: true,\n"
        "  good: up, price: current, low: 0, high: 9, parts_of: a.c, denominator: a.c, tags: [key], meaning: 丙}\n",
        "charts": "a: {section: a, kind: column, title: 甲, english: A, measure: yoy, indicators: [a.b],\n"
        "  periods: ['2022'], target: true, highlight: a.b}\n",
        "images": "a: {file: a.png, section: a, alternative: 甲, caption: 乙, credit: 丙, period: 2022-S1}\n",
    }
    texts["recipe"] = RECIPE
    for name, text in texts.items():
        yield pytest.param(name, settings.parse(text, name).content, id=name)
    for name in ("briefing", "report", "handout", "yearbook", "feature"):
        content = dict(template.read(name, templates(None, data)).tree.content)
        content.pop("extends")
        yield pytest.param("template", content, id=name)


@pytest.mark.parametrize(("name", "content"), list(mutants()))
def test_what_a_schema_refuses_the_reader_refuses(name: str, content: dict[str, Any]) -> None:
    assert refusals(name, content) == []
    assert not is_refused(name, content)
    stricter, laxer, refused = [], [], 0
    for path, typed, (read, edited) in changes(content):
        by_schema, by_reader = not validator(name).is_valid(edited), is_refused(name, read)
        refused += by_reader
        stricter += [(path, typed)] * (by_schema and not by_reader)
        laxer += [(path, typed)] * (by_reader and not by_schema)
    assert [(path, typed) for path, typed in stricter if typed not in WORDS_TO_THE_READER] == []
    assert [(path, typed) for path, typed in laxer if typed not in LOST and not BETWEEN.search(f"{name} {path}")] == []
    assert len(laxer) < refused / 4


# What a schema cannot say of one value: how two stand to each other, which days there are, what cannot be seen.
BEYOND = {
    "a tag of another language is not obeyed", "bounds the wrong way round", "a zero-width space in a title",
    "margins that leave no page", "a date that does not exist",
}  # fmt: skip
FORM = re.compile(
    r"^error: (data|templates)/([\w/]+)\.yaml:\d+: .*\[yaml\.(value|unknown-key|missing-key)\]$", re.MULTILINE
)
PLANTED = [
    case for case in cases() if FORM.search(case.values[0].get("finds", "")) and case.values[0]["case"] not in BEYOND
]


@pytest.mark.parametrize("case", PLANTED)
def test_damage_to_the_form_of_a_file_is_refused_by_its_schema_too(case: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path / "data", WORLD)
    write(tmp_path / "templates", TEMPLATES)
    for file, change in case.get("change", {}).items():
        damage(tmp_path / file, change)
    for folder, name in {match[:2] for match in FORM.findall(case["finds"])}:
        kind = "template" if folder == "templates" or name.startswith("templates/") else name.partition("/")[0]
        content = seen((tmp_path / folder / f"{name}.yaml").read_text(encoding="utf-8"))
        assert refusals(kind, content), case["case"]


def changes(content: Any) -> Iterator[tuple[str, str, tuple[Any, Any]]]:
    """Generate every change of a value or key of some content, as the reader and as an editor reads it."""
    for path in paths(content):
        for typed in TYPED:
            read, edited = settings.parse(f"x: {typed}", "x").content["x"], seen(f"x: {typed}")["x"]
            yield ".".join(map(str, path)), typed, (changed(content, path, read), changed(content, path, edited))
        for key in ("nonsense", "Titel") if isinstance(path[-1], str) else ():
            longer = changed(content, (*path[:-1], key), "x")
            yield ".".join(map(str, path)), f"+ {key}", (longer, longer)
        shorter = changed(content, path, None, is_removed=True)
        yield ".".join(map(str, path)), "removed", (shorter, shorter)


def paths(content: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = (
        content.items() if isinstance(content, dict) else enumerate(content[:2]) if isinstance(content, list) else ()
    )
    for key, value in items:
        yield (*steps, key)
        yield from paths(value, (*steps, key))


def changed(content: Any, path: tuple[str | int, ...], value: Any, is_removed: bool = False) -> Any:
    """Return content with another value at a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(content, list):
        assert isinstance(step, int)
        inner = [] if is_removed and not rest else [changed(content[step], tuple(rest), value, is_removed)]
        return [*content[:step], *inner, *content[step + 1 :]]
    if is_removed and not rest:
        return {key: its for key, its in content.items() if key != step}
    inner_value = changed(content[step], tuple(rest), value, is_removed) if rest else value
    return {**content, step: inner_value}


def is_refused(name: str, content: Any) -> bool:
    """Return whether the reader of a kind of file refuses some content."""
    tree = Tree(content, {})
    try:
        if name in MODELS:
            for key in content:
                cells.identifier(key)
                settings.validate(MODELS[name], tree, (key,))
        else:
            settings.validate(WHOLE[name], tree)
    except (Failed, ValueError):
        return True
    return False


def test_the_command_prints_a_schema_lists_the_kinds_and_writes_them_all(tmp_path: Path) -> None:
    def said(*words: str) -> str:
        result = CliRunner().invoke(app, ["schema", *words])
        assert result.exit_code == 0, result.stderr
        return result.stdout

    printed = schemas.of("charts")
    assert printed is not None and said("charts").encode() == printed.as_bytes()
    assert [row["name"] for row in json.loads(said("--json"))] == [kind.name for kind in schemas.KINDS]
    said("--output", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kind.file for kind in schemas.KINDS)
    assert (tmp_path / "charts.schema.json").read_bytes() == printed.as_bytes()


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["schema", "indicator"])
    assert (result.exit_code, result.stderr) == (
        2,
        'error: there is no such kind of file, found "indicator" (hint: did you mean indicators?) [schema.unknown]\n',
    )
