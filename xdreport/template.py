"""Templates: what a report contains, in what order, and how it looks. YAML, every fault at its line.

A template may extend another and change only what differs; `--set key=value` overrides one
setting for one build. What its titles and sentences say is rendered by `phrases`.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from xdreport import cells, settings, theme
from xdreport.findings import Failed, Finding, Place, Unusable
from xdreport.settings import Flag, Measurement, Settings, Tree, Whole, Words
from xdreport.theme import Face, Profile, TablePreset, Theme, contrast
from xdreport.wording import Book

_LEAST_CONTRAST = 4.5  # WCAG 2, 1.4.3, between a figure and its ground
_LEAST = 50  # millimetres of type area that a page must have
_DEEPEST = 40  # templates of which each extends the next one
_SIZES = {"A4": (210.0, 297.0), "A3": (297.0, 420.0), "tabloid": (280.0, 430.0)}
Columns = Literal[
    "name", "english", "unit", "value", "comparison", "above", "rank", "period", "source", "locator", "note"
]
HonourColumns = Literal["title", "holder", "level", "period", "source", "locator"]


def as_size(text: object) -> object:
    """Return a type size in points: a number of points or one of the names of sizes (三号)."""
    if isinstance(text, str) and text in theme.SIZES:
        return str(theme.SIZES[text])
    try:
        return text if not isinstance(text, str) else str(cells.number(text))
    except ValueError:
        raise ValueError("points such as 16, or a size such as 三号") from None


def as_colour(text: object) -> object:
    """Return a colour in capital letters."""
    if not isinstance(text, str) or len(text) != 6 or set(text) - set("0123456789ABCDEFabcdef"):
        raise ValueError("a colour as six hexadecimal digits, such as C00000")
    return text.upper()


def as_ground(text: object) -> object:
    """Return a colour that black figures can be read on; raise ValueError for a darker one."""
    colour = as_colour(text)
    if contrast(str(colour), "000000") < _LEAST_CONTRAST:
        raise ValueError(f"a colour light enough for black figures on it (a contrast of {_LEAST_CONTRAST} or more)")
    return colour


def as_style(text: str) -> str:
    """Return the name of a style that the theme has."""
    if text not in theme.STYLES:
        raise ValueError("a style of the theme", settings.nearest(text, theme.STYLES) or ", ".join(theme.STYLES))
    return text


def as_filename(text: str) -> str:
    """Return a file's name that every system takes."""
    if re.search(r'[\\/:*?"<>|]|^\.', text):
        raise ValueError("a name without a folder, an ending and characters that systems refuse")
    return cells.line(text)


def as_day(text: object) -> object:
    """Return a date, None for an empty one."""
    if not isinstance(text, str):
        raise ValueError("one value, not a list or a mapping")
    return cells.day(text) if text else None


Indent = Annotated[Measurement, Field(ge=0, le=10)]
Length = Annotated[Measurement, Field(ge=0, le=500)]
Size = Annotated[Measurement, BeforeValidator(as_size), Field(ge=4, le=200)]
Colour = Annotated[str, BeforeValidator(as_colour)]
Ground = Annotated[str, BeforeValidator(as_ground)]


class Sheet(Settings):
    """The page: millimetres."""

    size: Literal["A4", "A3", "tabloid"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    top: Length | None = None
    bottom: Length | None = None
    left: Length | None = None
    right: Length | None = None
    column_gap: Length | None = None
    profile: Profile = Profile.GB9704

    @model_validator(mode="after")
    def _leaves_room(self) -> "Sheet":
        width, height = self.millimetres
        sides, ends = (self.left or 0) + (self.right or 0), (self.top or 0) + (self.bottom or 0)
        if width - sides < _LEAST or height - ends < _LEAST:
            raise ValueError(f"margins that leave {_LEAST} mm of the page's {width:g} by {height:g} mm each way")
        return self

    @property
    def millimetres(self) -> tuple[float, float]:
        """Its width and height."""
        width, height = _SIZES[self.size]
        return (height, width) if self.orientation == "landscape" else (width, height)


class StyleSettings(Settings):
    """What a template may say of one kind of text; what it leaves out stays as it was."""

    face: Face | None = None
    size: Size | None = None
    pitch: Annotated[Measurement, Field(ge=4, le=400)] | None = None
    align: Literal["left", "center", "right", "justify"] | None = None
    indent: Indent | None = None
    hanging: Indent | None = None
    left: Indent | None = None
    right: Indent | None = None
    before: Length | None = None
    after: Length | None = None
    colour: Colour | None = None


class Looks(Settings):
    """The theme: faces, styles, colours, tables."""

    accent: Colour | None = None
    palette: tuple[Colour, ...] = ()
    heat: tuple[Ground, Ground] | None = None
    table: TablePreset | None = None
    faces: dict[Face, str] = Field(default_factory=dict)
    styles: dict[Annotated[str, BeforeValidator(as_style)], StyleSettings] = Field(default_factory=dict)


class MastheadSettings(Settings):
    """The head of page 1 of a 简报."""

    name: str
    issue: str = ""
    office: str = ""
    date: str = ""
    secrecy: Words = ""
    number: str = ""


class LetterheadSettings(Settings):
    """The head of page 1 of an official document (GB/T 9704-2012, 7.2); what is empty is not printed."""

    mark: str
    number: str = ""
    copy_number: str = ""
    secrecy: Words = ""
    urgency: Words = ""
    signers: tuple[Words, ...] = ()


class ImprintLine(Settings):
    """A line at the foot of the last page: 报, 送 or 发, and to whom."""

    label: Words
    text: str


class ImprintSettings(Settings):
    """The foot of the last page."""

    lines: tuple[ImprintLine, ...] = ()
    copies: str = ""
    office: str = ""
    date: str = ""


class FurnitureSettings(Settings):
    """What stands outside the running text."""

    masthead: MastheadSettings | None = None
    letterhead: LetterheadSettings | None = None
    imprint: ImprintSettings | None = None
    running_head: str = ""
    running_section: Flag = False
    mark: str = ""
    draft: Words = ""
    page_numbers: Flag = True

    @model_validator(mode="after")
    def _one_head(self) -> "FurnitureSettings":
        if self.masthead and self.letterhead:
            raise ValueError("a masthead or a letterhead")
        return self


class CoverPart(Settings):
    """A first sheet with the title; `lines` stand at its foot."""

    lines: tuple[str, ...] = ()


class ContentsPart(Settings):
    """A table of contents."""

    title: str = "目　录"
    depth: Annotated[Whole, Field(ge=1, le=4)] = 2


class LeadPart(Settings):
    """A paragraph before the sections."""

    text: str


class TextPart(Settings):
    """Paragraphs under a heading of their own."""

    text: str
    heading: str = ""
    numbering: Flag = True
    role: Literal["body", "lead", "byline"] = "body"


class AddresseePart(Settings):
    """主送: to whom an official document goes."""

    text: str = ""


class AttachmentListPart(Settings):
    """附件说明: what is attached, derived from the parts that are attachments."""


class SignaturePart(Settings):
    """署名 and 成文日期."""

    office: str = ""
    date: str = ""


class RemarkPart(Settings):
    """附注, printed in brackets."""

    text: str = ""


class AttachmentPart(Settings):
    """Begins an attachment on a new page: its label and title; the parts after it are what it holds."""

    title: str


class PullFiguresPart(Settings):
    """Chosen figures set large, one of each indicator, in the order of the folder."""

    indicators: Annotated[tuple[str, ...], Field(min_length=1)] = ("tag:key",)
    count: Annotated[Whole, Field(ge=1, le=12)] = 4


class PointsPart(Settings):
    """A paragraph for each section: its title and a few of its figures in words."""

    heading: str = ""
    indicators: Annotated[tuple[str, ...], Field(min_length=1)] = ("tag:key",)
    count: Annotated[Whole, Field(ge=1, le=20)] = 4


class PicturesPart(Settings):
    """The pictures of the chosen sections, some side by side."""

    images: Annotated[tuple[str, ...], Field(min_length=1)] = ("*",)
    beside: Annotated[Whole, Field(ge=1, le=4)] = 2


class ColumnsPart(Settings):
    """The parts after it are set in columns."""

    count: Annotated[Whole, Field(ge=1, le=6)] = 1


class TableSettings(Settings):
    """Which columns a section's table has, and its title."""

    title: str = ""
    columns: Annotated[tuple[Columns, ...], Field(min_length=1)] = ("name", "unit", "value", "comparison", "source")


def as_switch(value: object) -> object:
    """Return a part's options: `true` takes the defaults, `false` is None."""
    if isinstance(value, str) and value not in {"true", "false"}:
        raise ValueError("true, false or a mapping (key: value)")
    return {"true": {}, "false": None}[value] if isinstance(value, str) else value


class SectionsPart(Settings):
    """The sections one after another: heading, prose, table, the folder's own tables, charts. With `above`, prose that
    the program writes says how figures stand to the area above."""

    numbering: Flag = True
    narrative: Flag = True
    table: Annotated[TableSettings | None, BeforeValidator(as_switch)] = Field(default_factory=TableSettings)
    tables: Flag = True
    charts: Flag = True
    above: Flag = False


class TablesPart(Settings):
    """A table for each section with all periods that its indicators have figures of.

    `layout` groups has a group of rows for each period, matrix a column; auto takes the matrix where most of its cells
    would have a figure. `landscape` pages are for tables that have more than a few periods as columns.
    """

    numbering: Flag = True
    layout: Literal["auto", "groups", "matrix"] = "auto"
    columns: Annotated[tuple[Columns, ...], Field(min_length=1)] = ("name", "unit", "value", "comparison", "source")
    landscape: Literal["auto", "never", "always"] = "auto"
    tables: Flag = True
    charts: Flag = True


class KeyTablePart(Settings):
    """One table of chosen indicators over all sections, grouped by section."""

    title: str = "主要指标"
    heading: str = ""
    indicators: Annotated[tuple[str, ...], Field(min_length=1)] = ("tag:key",)
    count: Annotated[Whole, Field(ge=1, le=1000)] | None = None
    columns: Annotated[tuple[Columns, ...], Field(min_length=1)] = ("name", "unit", "value", "comparison", "source")


class OwnTablesPart(Settings):
    """The tables that the folder describes in tables.yaml, for templates whose sections leave them out."""

    heading: str = ""


class ChangesPart(Settings):
    """What has changed since an earlier period: a table of the figures that both have, and how they stand to each
    other. Without `since` it is the period before, or the year before where that has nothing to compare."""

    title: str = "与上期相比"
    heading: str = ""
    indicators: Annotated[tuple[str, ...], Field(min_length=1)] = ("tag:key",)
    since: str = ""


class HonoursPart(Settings):
    """The titles and awards of the chosen sections and periods."""

    title: str = "荣誉称号"
    heading: str = "荣誉称号"
    columns: Annotated[tuple[HonourColumns, ...], Field(min_length=1)] = ("title", "holder", "level", "source")


class MeaningsPart(Settings):
    """What the chosen indicators mean, a paragraph for each that the report has figures of."""

    heading: str = "主要指标解释"


class SourcesPart(Settings):
    """The publications that the printed figures come from, derived from the figures."""

    title: str = "资料来源"


class BreakPart(Settings):
    """A new page; the pages from there on are turned where it says landscape."""

    landscape: Flag = False


class Part(Settings):
    """One part of the report: exactly one of the keys."""

    cover: CoverPart | None = None
    contents: ContentsPart | None = None
    addressee: AddresseePart | None = None
    lead: LeadPart | None = None
    text: TextPart | None = None
    pull_figures: PullFiguresPart | None = None
    points: PointsPart | None = None
    pictures: PicturesPart | None = None
    columns: ColumnsPart | None = None
    sections: SectionsPart | None = None
    tables: TablesPart | None = None
    key_table: KeyTablePart | None = None
    own_tables: OwnTablesPart | None = None
    changes: ChangesPart | None = None
    honours: HonoursPart | None = None
    meanings: MeaningsPart | None = None
    sources: SourcesPart | None = None
    attachment_list: AttachmentListPart | None = None
    signature: SignaturePart | None = None
    remark: RemarkPart | None = None
    attachment: AttachmentPart | None = None
    page_break: BreakPart | None = None

    @model_validator(mode="after")
    def _one(self) -> "Part":
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly one of " + ", ".join(type(self).model_fields))
        return self

    @property
    def options(self) -> Settings:
        """The settings of the one part that it is."""
        chosen = getattr(self, next(iter(self.model_fields_set)))
        assert isinstance(chosen, Settings)
        return chosen


def as_part(value: object) -> object:
    """Return `sources` as `{sources: {}}`, and `{sources: true}` likewise."""
    if isinstance(value, str):
        return {value: {}}
    if isinstance(value, dict):
        return {key: {} if inner in ("", "true") else inner for key, inner in value.items()}
    return value


class RevisionsSettings(Settings):
    """Whether figures that were revised get their note, and since which day: without one, since ever."""

    notes: Flag = True
    since: Annotated[datetime.date | None, BeforeValidator(as_day)] = None


class TemplateSettings(Settings):
    """A template's file, merged with those it extends."""

    description: Words = ""
    english: Words = ""
    extends: str = ""
    base: str = ""
    title: str
    subtitle: str = ""
    kicker: str = ""
    filename: Annotated[str, BeforeValidator(as_filename)] = ""
    date: Annotated[datetime.date | None, BeforeValidator(as_day)] = None
    issue: Words = ""
    page: Sheet = Sheet()
    theme: Looks = Looks()
    furniture: FurnitureSettings = FurnitureSettings()
    revisions: RevisionsSettings = RevisionsSettings()
    parts: Annotated[tuple[Annotated[Part, BeforeValidator(as_part)], ...], Field(min_length=1)]


@dataclass(frozen=True)
class Template:
    """A template ready for `compose`: its settings, its looks, and where its sentences stand."""

    id: str
    settings: TemplateSettings
    theme: Theme
    tree: Tree
    path: Path

    @property
    def base(self) -> Path | None:
        """The office's own Word file that the template fills, None without one."""
        return Path(self.settings.base) if self.settings.base else None

    def place(self, *steps: str | int) -> Place | None:
        """Return where a setting stands, in this template or in the one it extends."""
        return self.tree.place(steps)


def available(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the templates of the folders by id; a folder named earlier wins."""
    return {id: paths[0] for id, paths in _all(folders).items()}


def _all(folders: Iterable[Path]) -> dict[str, list[Path]]:
    """Return every file of each template's name, in the order of the folders."""
    found: dict[str, list[Path]] = {}
    for folder in dict.fromkeys(path.resolve() for path in folders):
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.suffix == ".yaml":
                found.setdefault(path.stem, []).append(path)
    return found


def read(id: str, folders: Iterable[Path], overrides: Iterable[str] = (), fonts: Iterable[Path] = ()) -> Template:
    """Return the template `id` of `folders` with `key=value` overrides; `fonts` are folders to look for faces in.

    Raise `Unusable` for an unknown template or a wrong override, `Failed` for faults in a file.
    """
    known = _all(folders)
    if id not in known:
        hint = settings.nearest(id, known) or "xdreport list templates"
        raise Unusable([Finding("template.unknown", "unknown template", found=id, hint=hint)])
    tree = _extended(known[id][0], known, ())
    for override in overrides:
        tree = _overridden(tree, override)
    try:
        its = settings.validate(TemplateSettings, tree)
    except Failed as failed:
        if all(finding.place and finding.place.file.startswith("--set ") for finding in failed.findings):
            raise Unusable(failed.findings) from None
        raise
    return Template(id, its, _theme(its, tuple(fonts)), tree, known[id][0])


def files(id: str, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that make a known template: its own, then each that it extends, the last one at the end."""
    known = _all(folders)
    chain = [known[id][0]]
    while isinstance(content := _file(chain[-1]).content, dict) and (base := content.get("extends")):
        paths = known[base]
        chain.append(paths[paths.index(chain[-1]) + 1 if chain[-1] in paths else 0])
    return tuple(chain)


def book_file(language: str, folders: Iterable[Path]) -> Path | None:
    """Return the file of a language's phrase book, that of the first folder that has one; None without one."""
    paths = (folder / "wording" / f"{language}.yaml" for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def book(language: str, folders: Iterable[Path]) -> Book:
    """Return the phrase book of a language, wording/<language>.yaml of the first folder that has one.

    Raise `Failed` for a book that lacks a phrase or has one it should not.
    """
    path = book_file(language, folders)
    if path is None:
        raise Failed([Finding("wording.book", f"there is no phrase book {language}.yaml in wording/ of the templates")])
    tree = settings.read(path, f"{path.parent.parent.name}/wording/{path.name}")
    if not isinstance(tree.content, dict):
        raise Failed([Finding("yaml.value", "the phrase book must be a mapping (key: value)", tree.place(()))])
    try:
        return Book.parse(tree.content)
    except ValueError as error:
        raise Failed([Finding("wording.book", f"the phrase book cannot be used: {error}", tree.place(()))]) from None


def _extended(path: Path, known: Mapping[str, list[Path]], below: tuple[Path, ...]) -> Tree:
    """Return a template's file merged with what it extends; one of its own name is that of a later folder."""
    tree = _file(path)
    if not isinstance(tree.content, dict):
        raise Failed([Finding("yaml.value", "the template must be a mapping (key: value)", tree.place(()))])
    base = tree.content.get("extends", "")
    if not base:
        return tree
    place = tree.place(("extends",))
    if not isinstance(base, str):
        raise Failed([Finding("template.extends", "a template extends one other", place, expected="its name")])
    if base not in known:
        hint = settings.nearest(base, known) or "the templates are " + ", ".join(known)
        raise Failed([Finding("template.extends", "the template to extend is unknown", place, base, hint=hint)])
    own = known[base].index(path) + 1 if path in known[base] else 0
    under_path = next(iter(known[base][own:]), None)
    if under_path is None or under_path in below:
        raise Failed([Finding("template.extends", "templates extend each other in a circle", place, base)])
    if len(below) >= _DEEPEST:
        message = f"templates extend each other more than {_DEEPEST} deep"
        raise Failed([Finding("template.extends", message, place, base)])
    under = _extended(under_path, known, (*below, path))
    places = {steps: place for steps, place in under.places.items() if not _is_replaced(steps, tree)}
    return Tree(_merged(under.content, tree.content), {**places, **tree.places})


def _file(path: Path) -> Tree:
    """Return a template's file; the base document that it names lies beside it."""
    tree = settings.read(path, f"{path.parent.name}/{path.name}")
    base = tree.content.get("base") if isinstance(tree.content, dict) else None
    if isinstance(base, str) and base:
        return replace(tree, content={**tree.content, "base": str(path.parent / base)})
    return tree


def _is_replaced(steps: settings.Steps, tree: Tree) -> bool:
    """Return whether a list of `tree` stands where `steps` lead into one of the template below it."""
    content = tree.content
    for step in steps:
        if isinstance(content, list):
            return True
        if not isinstance(content, dict) or step not in content:
            return False
        content = content[str(step)]
    return False


def _merged(under: Any, over: Any) -> Any:
    """Return mappings merged key by key; a list or a value replaces what it stands over."""
    if isinstance(under, dict) and isinstance(over, dict):
        return {**under, **{key: _merged(under[key], value) if key in under else value for key, value in over.items()}}
    return over


def _overridden(tree: Tree, override: str) -> Tree:
    key, sign, text = override.partition("=")
    place = Place(f"--set {override}")
    if key == "extends":
        hint = "name another template with --template"
        raise Unusable([Finding("template.set", "extends is the template's own", place, override, hint=hint)])
    if not sign or not key:
        raise Unusable([Finding("template.set", "--set takes key=value", place, override, hint="--set page.top=30")])
    try:
        is_yaml = text.startswith(("[", "{")) and not text.startswith(("{{", "{%"))
        value = settings.parse(text, str(place)).content if is_yaml else text
    except Failed as failed:
        raise Unusable(replace(finding, place=place) for finding in failed.findings) from None
    steps = _steps(tree.content, key.split("."), place)
    for step in reversed(steps):
        value = {step: value}
    content = _placed(tree.content, value)
    return Tree(content, {**tree.places, **{steps[: n + 1]: place for n in range(len(steps))}})


def _steps(content: Any, keys: list[str], place: Place) -> settings.Steps:
    """Return where the keys lead; in the list of parts a key means the part of that name.

    Raise `Unusable` for a part that is not there.
    """
    steps: list[str | int] = []
    for key in keys:
        if isinstance(content, list):
            names = [next(iter(item), "") if isinstance(item, dict) else item for item in content]
            if key not in names and key not in {str(number) for number in range(len(names) + 1)}:
                hint = settings.nearest(key, names) or "the parts are " + ", ".join(names)
                raise Unusable([Finding("template.set", "the template has no such part", place, key, hint=hint)])
            position = names.index(key) if key in names else int(key)
            steps.append(position)
            content = content[position] if position < len(content) else {}
            if position < len(names) and names[position] == key:
                steps.append(key)
                content = content.get(key, {}) if isinstance(content, dict) else {}
            continue
        steps.append(key)
        content = content.get(key, {}) if isinstance(content, dict) else {}
    return tuple(steps)


def _placed(under: Any, over: Any) -> Any:
    """Return `under` with the one path of `over` put in, through lists too."""
    if isinstance(under, list) and isinstance(over, dict):
        (position, value), *_ = over.items()
        if isinstance(position, int) and position < len(under):
            item = {under[position]: {}} if isinstance(under[position], str) else under[position]
            return [*under[:position], _placed(item, value), *under[position + 1 :]]
        return [*under, value]
    if isinstance(under, dict) and isinstance(over, dict):
        return {**under, **{key: _placed(under.get(key), value) for key, value in over.items()}}
    return over


def _theme(its: TemplateSettings, fonts: tuple[Path, ...]) -> Theme:
    base = Theme()
    width, height = its.page.millimetres
    margins = {
        side: value
        for side in ("top", "bottom", "left", "right", "column_gap")
        if (value := getattr(its.page, side)) is not None
    }  # fmt: skip
    styles = dict(base.styles)
    for name, own in its.theme.styles.items():
        styles[name] = replace(styles[name], **own.model_dump(exclude_none=True))
    return replace(
        base,
        page=replace(base.page, width=width, height=height, profile=its.page.profile, **margins),
        styles=styles,
        faces=its.theme.faces,
        font_folders=fonts,
        accent=its.theme.accent or base.accent,
        palette=its.theme.palette or base.palette,
        heat=its.theme.heat or base.heat,
        table=its.theme.table or base.table,
    )
