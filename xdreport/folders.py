"""Which folders a command works on: of data and of templates, given, at hand or shipped."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return a folder that comes with the program: inside the wheel, or beside the package in a checkout."""
    packaged = Path(__file__).parent / "shipped" / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name


def data(given: Path | None) -> Path:
    """Return the data folder to use: the one given, ./data when it is one, the current folder when that is one, else
    the one shipped.

    A folder that has any of the files which every data folder needs is meant to be one: what it lacks is then said,
    and no other district's figures take its place.
    """
    needed = ("workspace.yaml", "sources.yaml", "sections.yaml")
    here = (folder for folder in (Path("data"), Path()) if any((folder / name).exists() for name in needed))
    return given or next(here, shipped("data"))


def described(title: str, folder: Path) -> str:
    """Return what a data folder is called and where it is, in words."""
    return f"{title}: {folder}{' (shipped example)' if folder == shipped('data') else ''}"


def templates(given: Path | None, folder: Path) -> tuple[Path, ...]:
    """Return the folders of templates in the order they are searched; raise `Unusable` for one that is not there."""
    from xdreport.findings import Finding, Unusable

    if given and not given.is_dir():
        raise Unusable([Finding("template.folder", "there is no such folder of templates", found=str(given))])
    return tuple(
        dict.fromkeys([*([given] if given else []), folder / "templates", Path("templates"), shipped("templates")])
    )


def own(given: Path | None) -> Path:
    """Return the data folder to write to; raise `Unusable` where there is none of the user's own."""
    from xdreport.findings import Finding, Unusable

    folder = data(given)
    if folder == shipped("data"):
        hint = "name one with --data, or begin one with xdreport new workspace"
        raise Unusable(
            [Finding("new.folder", "there is no data folder here, and the example is not changed", hint=hint)]
        )
    return folder
