"""The command line: what it imports, what it prints where, how it ends. Its sessions are in tests/transcripts/."""

import errno
import json
import os
import shlex
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
import typer
from conftest import write
from test_fonts import build as build_font
from test_readme import commands
from typer.main import get_command
from typer.testing import CliRunner

from xdreport.cli import app
from xdreport.commands.show import show
from xdreport.folders import shipped
from xdreport.readers import folder

ROOT = Path(__file__).parent.parent
# Typer itself imports pydantic when a command has options.
HEAVY = ("docx", "reportlab", "jinja2", "yaml", "lxml", "uharfbuzz", "fontTools", "python_calamine", "PIL")
OURS = (
    "writers", "readers", "phrases", "figures", "report", "parts", "compose", "template", "settings", "build", "fonts",
    "lines",
)  # fmt: skip


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Return a run of the program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}  # type: ignore[dict-item]
    command = [sys.executable, "-c", "from xdreport.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_that_reads_composes_or_writes(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "import typer, typer.main, typer.rich_utils\n"
        "app = typer.Typer()\n"
        "app.command()(lambda: None)\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "before = set(sys.modules)\n"
        "from xdreport.cli import app\n"
        f"try:\n    app({arguments})\nexcept SystemExit:\n    pass\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    imported = done.stderr.decode().split()
    assert "xdreport.cli" in imported
    assert [name for name in imported if name.partition(".")[0] in HEAVY] == []
    assert [name for name in imported if name.startswith(tuple(f"xdreport.{ours}" for ours in OURS))] == []


def test_every_command_says_what_it_does_and_gives_an_example() -> None:
    for name, command in commands(get_command(app)):
        assert command.help, name
        assert str(command.epilog).startswith(f"Example: xdreport {name}"), name
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"


def test_results_go_to_stdout_and_findings_to_stderr(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.parent)
    result = CliRunner().invoke(app, ["build", "--period", "2024", "--format", "txt"])
    assert "wrote" in result.stdout
    assert "wrote" not in result.stderr
    assert result.stderr.startswith("note: living has no figures for 2024")
    assert "note" not in result.stdout


def test_json_is_json_and_says_what_was_written(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.parent)
    content = json.loads(CliRunner().invoke(app, ["build", "--format", "txt", "--ledger", "--json"]).stdout)
    assert [file["format"] for file in content["files"]] == ["txt", "ledger"]
    for file in content["files"]:
        assert Path(file["path"]).stat().st_size == file["bytes"]
    assert content["findings"] == []


def test_check_says_its_findings_in_json(world: Path) -> None:
    (world / "sources.yaml").write_text("bulletin-2025: {titel: 一}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", "--data", str(world), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "severity": "error", "code": "yaml.missing-key", "message": "bulletin-2025.title is missing",
            "file": "data/sources.yaml", "line": 1, "found": None, "expected": "", "hint": "",
        },
        {
            "severity": "error", "code": "yaml.unknown-key", "message": "unknown key", "file": "data/sources.yaml",
            "line": 1, "found": "bulletin-2025.titel", "expected": "", "hint": "did you mean title?",
        },
    ]  # fmt: skip


def test_the_font_of_each_role_is_shown_with_what_it_lacks(world: Path) -> None:
    (world / "fonts").mkdir()
    build_font(world / "fonts/simkai.ttf", "Small")
    rows = json.loads(CliRunner().invoke(app, ["fonts", "--data", str(world), "--json"]).stdout)
    assert [row["role"] for row in rows] == ["小标宋", "仿宋", "楷体", "黑体", "宋体"]
    kaiti = rows[2]
    assert (kaiti["found"], kaiti["standing"], kaiti["asked"], kaiti["missing"]) == ("Small", "real", "", "")
    assert kaiti["file"].endswith("simkai.ttf") and "清" in kaiti["supplied"] and "东" not in kaiti["supplied"]
    assert "Small" in CliRunner().invoke(app, ["fonts", "--data", str(world)]).stdout


def test_strict_fonts_refuse_a_face_that_lacks_characters_and_write_nothing(world: Path, tmp_path: Path) -> None:
    (world / "fonts").mkdir()
    build_font(world / "fonts/simkai.ttf", "Small")
    command = ["build", "--data", str(world), "--format", "pdf", "--output", str(tmp_path / "out")]
    result = CliRunner().invoke(app, [*command, "--strict-fonts"])
    assert result.exit_code == 1 and not (tmp_path / "out").exists()
    assert "error: the face for 楷体, Small, lacks characters" in result.stderr
    assert CliRunner().invoke(app, command).exit_code == 0


def test_the_ledger_beside_a_pdf_is_the_one_in_it_and_says_where_figures_stand(world: Path, tmp_path: Path) -> None:
    command = ["build", "--data", str(world), "--ledger", "--output", str(tmp_path / "out")]
    assert CliRunner().invoke(app, command).exit_code == 0
    (beside,), (pdf,) = ((tmp_path / "out").glob(f"*.{ending}") for ending in ("json", "pdf"))
    content = json.loads(beside.read_bytes())
    with pikepdf.open(pdf) as opened:
        attached = json.loads(opened.attachments["ledger.json"].get_file().read_bytes())
        pages = len(opened.pages)
    assert {key for key in content if content[key] != attached.get(key)} == {"outputs", "attached"}
    assert {it["file"]: it["sha256"] for it in content["outputs"]} == {
        path.name: sha256(path.read_bytes()).hexdigest() for path in pdf.parent.iterdir() if path != beside
    }
    figures = content["figures"]
    assert figures and all(1 <= box["page"] <= pages for figure in figures for box in figure["boxes"])


@pytest.mark.parametrize("what", ["sections", "indicators", "periods", "templates", "sources", "observations", "areas"])
def test_every_list_is_the_same_in_json_and_in_a_table(world: Path, what: str) -> None:
    rows = json.loads(CliRunner().invoke(app, ["list", what, "--data", str(world), "--json"]).stdout)
    assert rows
    table = CliRunner().invoke(app, ["list", what, "--data", str(world)]).stdout
    for row in rows:
        assert str(next(iter(row.values()))) in table


def test_every_observation_is_listed_with_its_place() -> None:
    rows = json.loads(CliRunner().invoke(app, ["list", "observations", "--data", str(ROOT / "data"), "--json"]).stdout)
    catalog = folder.read(ROOT / "data")
    assert [(row["indicator"], row["value"], f"{row['file']}:{row['line']}") for row in rows] == [
        (row.indicator, f"{row.value:f}", str(row.place)) for row in catalog.observations
    ]
    for row in rows:
        assert {"name", "section", "area", "period", "measure", "unit", "qualifier", "source", "locator"} <= set(row)


def test_without_a_data_folder_the_shipped_one_is_used_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["build", "--section", "industry", "--format", "txt"])
    assert result.exit_code == 0
    assert f"{shipped('data')} (shipped example)" in result.stdout
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("happens", "code", "says"),
    [
        ("os.kill(os.getpid(), signal.SIGTERM)", 143, ""),
        ("os.kill(os.getpid(), signal.SIGINT)", 130, ""),
        (
            "os.write(os.open('/dev/full', os.O_WRONLY), b'x')",
            3,
            "error: the machine refuses: No space left on device [environment.refused]\n",
        ),
        ("print('no stream, no fault')", 0, ""),
    ],
)
def test_what_happens_to_the_whole_process_is_no_traceback(happens: str, code: int, says: str) -> None:
    program = f"import os, signal; from xdreport import cli; cli.app = lambda: {happens}; cli.main()"
    line = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} >&-"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert (done.returncode, done.stderr) == (code, says)


def test_a_path_in_a_table_is_not_broken_where_nobody_looks(tmp_path: Path) -> None:
    folder = tmp_path / ("a folder with a long name, " * 9)
    write(folder, {"own.yaml": "extends: base\ntitle: 简报\nparts: [sections]\n"})
    result = CliRunner().invoke(app, ["list", "templates", "--templates", str(folder)])
    assert str(folder / "own.yaml") in result.stdout


def test_inside_a_data_folder_it_is_the_one_that_is_meant(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world)
    result = CliRunner().invoke(app, ["build", "--format", "txt", "--output", "report.txt"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("data      虚构的示例数据: .\n")
    assert (world / "report.txt").is_file()


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "data/sources.yaml"),
            3,
            "error: data/sources.yaml: the machine refuses: Permission denied [environment.refused]\n",
        ),
        (OSError("no device"), 3, "error: the machine refuses: no device [environment.refused]\n"),
        (MemoryError(), 3, "error: there is not enough memory [environment.memory]\n"),
        (
            AssertionError("not so"),
            1,
            "error: a fault in xdreport itself: AssertionError: not so "
            "(hint: set XDREPORT_DEBUG=1 to see where, and please report it) [internal]\n",
        ),
    ],
)
def test_whatever_happens_there_is_a_finding_and_no_traceback(
    world: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, message: str
) -> None:
    def fail(_: Path) -> None:
        raise error

    monkeypatch.delenv("XDREPORT_DEBUG", raising=False)
    monkeypatch.setattr(folder, "read", fail)
    result = CliRunner().invoke(app, ["list", "sections", "--data", str(world)])
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", message)


def test_a_fault_of_our_own_is_shown_to_whoever_asks(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise AssertionError("not so")

    monkeypatch.setenv("XDREPORT_DEBUG", "1")
    monkeypatch.setattr(folder, "read", fail)
    result = CliRunner().invoke(app, ["list", "sections", "--data", str(world)])
    assert isinstance(result.exception, AssertionError)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
@pytest.mark.parametrize("name", ["sources.yaml", "observations", "narratives/industry", "templates"])
def test_a_file_or_folder_that_may_not_be_read_says_so(world: Path, name: str) -> None:
    (world / "templates").mkdir()
    (world / name).chmod(0)
    result = CliRunner().invoke(app, ["check", "--data", str(world)])
    (world / name).chmod(0o700)
    assert result.exit_code == 3
    assert f"{name}: the machine refuses: Permission denied [environment.refused]" in result.stderr


def test_a_terminal_that_knows_no_chinese_stops_nothing(world: Path) -> None:
    done = run("list", "sections", "--data", str(world), env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "产业发展" in done.stdout.decode()


def test_a_reader_that_has_gone_is_no_fault(world: Path) -> None:
    command = f"'{sys.executable}' -c 'from xdreport.cli import main; main()' list observations --json"
    done = subprocess.run(
        f"{command} --data '{ROOT / 'data'}' | head -c 10",
        shell=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    assert (len(done.stdout), done.stderr) == (10, b"")


def test_a_command_run_as_a_function_ends_with_a_code(world: Path) -> None:
    with pytest.raises(typer.Exit) as stop:
        show("nothing", data=world)
    assert stop.value.exit_code == 2
