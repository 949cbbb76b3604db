"""What is built and installed: the wheel carries templates and data, the top level stays as small as it is."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.lock", "xdreport", "templates", "data",
    "tests",
}  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    build = "import sys, hatchling.build as b; b.build_wheel(sys.argv[1]); b.build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def files(folder: str) -> set[str]:
    paths = (ROOT / folder).rglob("*")
    return {path.relative_to(ROOT).as_posix() for path in paths if path.is_file() and "__pycache__" not in path.parts}


def test_the_wheel_holds_the_package_templates_and_data_and_nothing_else(installed: Path) -> None:
    held = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    info = f"xdreport-{PROJECT['version']}.dist-info"
    wanted = files("xdreport") | {f"xdreport/shipped/{name}" for name in files("templates") | files("data")}
    records = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert held == wanted | records


def test_the_installed_program_builds_in_an_empty_folder_and_says_which_data_it_used(
    installed: Path, tmp_path: Path
) -> None:
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from xdreport.cli import main; main()"
    command = [sys.executable, "-I", "-c", run, str(installed), "build", "--section", "industry"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == (
        f"data      湘东区发展数据: {installed / 'xdreport/shipped/data'} (shipped example)"
    )
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["briefing-industry-2021_2025.docx", "briefing-industry-2021_2025.pdf"]


def test_the_sdist_holds_what_a_checkout_does(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        names = {Path(name).parts[1] for name in sdist.getnames()}
    assert names == {*TOP_LEVEL, ".ci", ".gitignore", "PKG-INFO"}


def test_nothing_else_stands_at_the_top_level() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    top = {line.partition("/")[0] for line in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


def test_every_requirement_is_locked_with_hashes_and_no_index_is_named() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", lock)
    locked = {normal(entry.partition("==")[0]) for entry in entries}
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    assert {normal(re.split(r"[<>=~ ]", name, maxsplit=1)[0]) for name in wanted} - locked == set()
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|file:|index-url|find-links", lock)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
