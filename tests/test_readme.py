"""The README holds: what it shows is what happens, and what the program has, it names.

Its files are written and its commands run, from top to bottom, in one empty folder: a block under a line like
`folder/file.yaml`: is that file, a console block is a session (`cd` holds for those that follow, a line of … stands for
lines that are left out), a comment <!-- edited: … --> is what a person does to a document between two commands, and a
table row that begins with `{{ … }}` or `{% … %}` shows what the phrase prints. `python tests/test_readme.py` writes its
outputs as they are now.
"""

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from difflib import unified_diff
from enum import EnumType
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import docx
from pydantic import BaseModel
from typer.main import get_command
from typer.testing import CliRunner

from xdreport import catalog, cli, rows, scope, severities, shapes, template, theme, unit
from xdreport.commands.list_ import Thing
from xdreport.document import characters
from xdreport.folders import shipped, templates
from xdreport.readers import folder
from xdreport.report import Report

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILE = re.compile(r"`([\w./-]+)`:")
PHRASE = re.compile(r"\| `(\{[{%][^`]*[}%]\})` \|.*?\|(.*)")
EDIT = re.compile(r"<!-- edited: (.*) -->")
LEFT_OUT = "…"
CODE = re.compile(r"[a-z]+(\.[a-z]+(-[a-z]+)*)?")


def test_what_the_readme_shows_is_what_happens(tmp_path: Path) -> None:
    shown, played = (comparable(text).split("\n") for text in (README, play(README, tmp_path)))
    assert "\n".join(unified_diff(shown, played, "README.md", "now", n=0, lineterm="")) == ""


def test_what_an_output_leaves_out_hides_no_change_of_what_it_shows() -> None:
    shown = ["one", LEFT_OUT, "four", "five", LEFT_OUT, "seven"]
    now = ["one", "two", "three", "four", "five", "six", "seven"]
    assert list(shortened(now, shown)) == shown
    assert list(shortened(["1", *now[1:4], "5", *now[5:6], "7"], shown)) == ["1", LEFT_OUT, "four", "5", LEFT_OUT, "7"]


def test_two_lines_set_up_the_program_and_its_tests() -> None:
    build, test = re.findall(r"^    (python3\.11 .*)$", README, re.MULTILINE)
    assert build.endswith(" && .venv/bin/xdreport build --section industry")
    assert test.endswith(" && .venv/bin/python -m pytest")
    assert build.rpartition(" && ")[0] == test.rpartition(" && ")[0]


def test_every_command_and_option_is_in_the_readme() -> None:
    text = section("Commands")
    for name, command in commands(get_command(cli.app)):
        _, _, own = text.partition(f"\n### xdreport {name}\n")
        own = own.partition("\n### ")[0]
        named = {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
        assert named - {"--help"} == set(re.findall(r"`(--?[a-z-]+)", own)), name
    for thing in Thing:
        assert f"`{thing}`" in text


def test_every_setting_of_a_template_is_in_the_readme() -> None:
    text = section("Templates")
    named = set(re.findall(r"^\| `([\w.]+)`", text, re.MULTILINE))
    assert named == set(settings(template.TemplateSettings))
    for word in (*theme.STYLES, *theme.Face, *theme.SIZES, *choices(template.TemplateSettings)):
        assert f"`{word}`" in text, word


def test_every_key_and_column_of_the_data_folder_is_in_the_readme() -> None:
    text = section("The data folder")
    models = (
        shapes.Workspace, shapes.Area, shapes.Source, shapes.Section, shapes.Indicator, shapes.Chart, shapes.Table,
        shapes.Picture,
    )  # fmt: skip
    keys = {name for model in models for name in model.model_fields}
    columns = {*rows.OBSERVATION_COLUMNS, *rows.HONOUR_COLUMNS, *rows.NAME_COLUMNS}
    members = (catalog.Measure, catalog.Qualifier, catalog.Status, catalog.Level, catalog.Kind, catalog.Good)
    words = {str(member) for kind in members for member in kind}
    assert {word for word in keys | columns | words | set(rows.NAME_KINDS) if f"`{word}`" not in text} == set()


def test_every_unit_is_in_the_readme() -> None:
    _, _, own = section("The data folder").partition("#### Units")
    assert unit.BASES - set(own.partition("```text\n")[2].partition("```")[0].split()) == set()


def test_every_function_that_prose_may_call_has_an_example(tmp_path: Path) -> None:
    data = shipped("data")
    folders = templates(None, data)
    its = folder.read(data)
    chosen = scope.choose(its, scope.Wish())
    made = Report(template.read("briefing", folders), its, chosen, template.book("zh", folders))
    shown = set(re.findall(r"^\| `\{(?:\{|% if) (\w+)\(", section("Narratives"), re.MULTILINE))
    assert shown == set(made.phrases(chosen.periods[-1]).functions)


def test_every_finding_has_its_row_and_no_row_is_left_over() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", section("Findings"), re.MULTILINE)
    listed = {code for row in rows for code in re.findall(r"`([^`]+)`", row)}
    families = {code.partition(".")[0] for code in listed}
    literal, open_families = codes_in_source(families)
    literal |= set(severities.USUAL)
    in_faults = set(re.findall(r"\[([a-z]+\.[a-z-]+)\]$", faults(), re.MULTILINE))
    missing, left_over = (literal | in_faults) - listed, listed - literal
    assert sorted(missing) == []
    assert sorted(code for code in left_over if code.partition(".")[0] not in open_families) == []
    assert open_families <= families


def test_the_readme_says_how_bad_the_finding_of_a_check_is() -> None:
    rows = re.findall(r"^\| `([a-z.-]+)` \| (error|warning|note) \|", section("Findings"), re.MULTILINE)
    assert {code: severity.value for code, severity in severities.USUAL.items()} == dict(rows)


def test_every_module_has_its_place_in_the_readme() -> None:
    modules = {path.stem for path in (ROOT / "xdreport").iterdir() if not path.name.startswith("_")}
    assert sorted(module for module in modules if f"`{module}`" not in section("Development")) == []


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Generate every command with its name, those of a group under the group's name."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def play(text: str, where: Path) -> str:
    """Return the README's text with the outputs of its commands and phrases as they are now."""
    played: list[str] = []
    lines = iter(text.split("\n"))
    named = ""
    here = [where]  # the folder that the last cd has left a reader in
    for line in lines:
        played.append(line)
        if line.startswith("```"):
            block = list(fenced(lines))
            if named:
                (where / named).parent.mkdir(parents=True, exist_ok=True)
                (where / named).write_text("\n".join(block) + "\n", encoding="utf-8")
            played += session(block, here) if line == "```console" else block
            played.append("```")
            named = ""
        elif match := FILE.fullmatch(line):
            named = match[1]
        elif match := EDIT.fullmatch(line):
            EDITS[match[1]](here[-1])
        elif match := PHRASE.fullmatch(line):
            played[-1] = f"| `{match[1]}` | {printed(match[1], where)} |{match[2]}"
    return "\n".join(played)


def fenced(lines: Iterator[str]) -> Iterator[str]:
    """Generate the lines of a block up to its closing fence."""
    for line in lines:
        if line == "```":
            return
        yield line


def session(block: list[str], here: list[Path]) -> Iterator[str]:
    """Generate the commands of a console block, each followed by what it prints, less what the block leaves out."""
    starts = [number for number, line in enumerate(block) if line.startswith("$ ")]
    for start, stop in zip(starts, [*starts[1:], len(block)], strict=True):
        yield block[start]
        program, *words = shlex.split(block[start].removeprefix("$ "))
        if program == "cd":
            here[:] = [*here, here[-1] / words[0]] if words != [".."] else here[:-1]
            continue
        output = printed_by(program, words, here[-1]).replace(str(shipped("data").parent), "…/xdreport/shipped")
        yield from shortened([text.rstrip() for text in output.strip().split("\n")], block[start + 1 : stop])


def printed_by(program: str, words: list[str], where: Path) -> str:
    """Return what a command prints in a folder."""
    if program == "cat":
        return (where / words[0]).read_text(encoding="utf-8")
    if program == "python":
        command = [sys.executable, str(ROOT / words[0]), *words[1:]]
        return subprocess.run(command, cwd=where, check=True, capture_output=True, encoding="utf-8").stdout
    assert program == "xdreport", program
    with chdir(where):
        return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, words).output


def shortened(output: list[str], shown: list[str]) -> Iterator[str]:
    """Generate the lines of an output that stand in the README, with … for those that it leaves out: from its first
    lines, from where the first line after a … stands, and its last ones."""
    if LEFT_OUT not in shown:
        yield from output
        return
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    yield from output[: len(parts[0])]
    for part in parts[1:-1]:
        yield LEFT_OUT
        start = output.index(part[0])
        yield from output[start : start + len(part)]
    yield LEFT_OUT
    yield from output[len(output) - len(parts[-1]) :]


def typed(path: Path, changes: dict[str, str], saved: Path) -> None:
    """Save a Word document in which somebody has typed other words for some, each of which stands in one run; what
    begins with … is typed behind them."""
    document = docx.Document(str(path))
    for old, new in changes.items():
        runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
        place = next(number for number, run in enumerate(runs) if old in run.text)
        if new.startswith("…"):
            runs[place + 1].text = new.removeprefix("…") + runs[place + 1].text
        else:
            runs[place].text = runs[place].text.replace(old, new)
    document.save(str(saved))


def colleague(where: Path) -> None:
    """What a colleague does to the briefing of 2025."""
    changes = {
        "方面的情况": "方面的主要情况，供参阅", "57.84亿元": "58.74亿元", "增长4.8%": "…，消费需求稳步增长",
        "增长5.2%": "提高5.2%", "下降12.7%": "增长12.7%",
    }  # fmt: skip
    typed(where / "briefing-economy-2025.docx", changes, where / "2025年简报.docx")


def corrected(where: Path) -> None:
    """What is put right after verify has found it."""
    path = where / "2025年简报.docx"
    typed(path, {"58.74亿元": "57.84亿元", "增长12.7%": "下降12.7%"}, path)


EDITS: dict[str, Callable[[Path], None]] = {"by a colleague": colleague, "as verify says": corrected}


def printed(phrase: str, where: Path) -> str:
    """Return what a phrase prints for the folder that the README has typed in, in its newest period."""
    data = where / "shili"
    folders = templates(None, data)
    its = folder.read(data)
    chosen = scope.choose(its, scope.Wish())
    dated = template.read("briefing", folders, ["issue=3", "date=2025-10-21"])
    made = Report(dated, its, chosen, template.book("zh", folders))
    runs = made.phrases(chosen.periods[-1]).render(phrase, None)
    assert not made.findings, made.findings
    return characters(runs)


def comparable(text: str) -> str:
    """Return the text without what a machine decides: seconds, sizes, and pages, which depend on its fonts."""
    for pattern in (r"\d+\.\d\d s\b", r"\d+ kB", r"\d+ pages?"):
        text = re.sub(pattern, "…", text)
    return text


def section(title: str) -> str:
    """Return the README's text under a heading of the second level."""
    _, heading, text = README.partition(f"\n## {title}\n")
    assert heading, title
    return text.partition("\n## ")[0]


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Generate the dotted keys of a model, as `--set` takes them; NAME stands for any key of a mapping."""
    for name, field in model.model_fields.items():
        inner = list(models(field.annotation))
        key = f"{prefix}{name}" + (".NAME" if get_origin(field.annotation) is dict else "")
        if not inner or name in {"table"}:
            yield key
        for one in inner:
            yield from settings(one, f"{key}.")
            if not one.model_fields:
                yield key


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Generate the models in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from models(part)


def choices(model: type[BaseModel]) -> set[str]:
    """Return the words that the settings of a model may be, where they are a closed list."""
    found: set[str] = set()
    waiting: list[Any] = [field.annotation for field in model.model_fields.values()]
    while waiting:
        annotation = waiting.pop()
        if get_origin(annotation) is Literal:
            found |= set(get_args(annotation))
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            waiting += [field.annotation for field in annotation.model_fields.values()]
        elif isinstance(annotation, EnumType):
            found |= {str(member) for member in annotation}
        else:
            waiting += get_args(annotation)
    return found


def codes_in_source(families: set[str]) -> tuple[set[str], set[str]]:
    """Return the finding codes that the source spells out, and the families of those it puts together."""
    literal: set[str] = set()
    open_families: set[str] = set()
    beginnings: set[str] = set()
    for path in sorted((ROOT / "xdreport").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Finding" | "PhraseError"), args=[ast.Constant(value=str(code)), *_]):
                    literal.add(code)
                case ast.Call(func=ast.Attribute(attr="startswith"), args=[ast.Tuple(elts=starts)]):
                    beginnings |= {start.value for start in starts if isinstance(start, ast.Constant)}
                case ast.Constant(value=str(code)) if CODE.fullmatch(code) and "." in code:
                    is_file = code.endswith((".yaml", ".csv", ".json", ".xml", ".md"))
                    literal |= {code} if code.partition(".")[0] in families and not is_file else set()
                case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if re.fullmatch(r"[a-z]+\.", start):
                    open_families |= {start.removesuffix(".")} & families
    return literal - beginnings, open_families


def faults() -> str:
    """Return the cases of damage, which quote findings as they print."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/faults").glob("*.yaml")))


if __name__ == "__main__":
    with TemporaryDirectory() as empty:
        (ROOT / "README.md").write_text(play(README, Path(empty)), encoding="utf-8")
