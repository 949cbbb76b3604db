"""The faces a document is set in: which font file plays a role, what it covers, how wide its characters are.

HarfBuzz opens the files (TrueType and CFF outlines, collections, variable fonts), measures them and cuts the
subset that a PDF carries. Files are looked for in the workspace's folders, then in the user's and the system's,
by file name and then by the names inside; where nothing is found, Noto Serif SC and Noto Sans SC stand in, which
come with the program. Opened fonts are kept for the life of the process. Where characters stand is decided in
`lines` and `pages`; the PDF objects are made in `writers.pdf`.
"""

import hashlib
import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

import uharfbuzz as hb
from pylopdf_fonts_zh_cn import sans_path, serif_path

from xdreport.findings import Finding, Severity
from xdreport.theme import Face, Theme

# The 破折号 is two characters and one stroke. `lines` sets it as this noncharacter, which no text may contain,
# so that it is one unit two characters wide; `printed` gives its characters back.
JOINED_DASH = "\ufdd0"
# In Chinese fonts quotation marks are full squares. Among Latin words `lines` sets these noncharacters instead.
LATIN_QUOTES = str.maketrans("‘’“”", "\ufdd1\ufdd2\ufdd3\ufdd4")
_CHARACTERS = {JOINED_DASH: "——", **{chr(mark): chr(quote) for quote, mark in LATIN_QUOTES.items()}}
# What a printer sets where the type case lacks a character.
GETA = "〓"

SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
# A face of the 6763 characters of GB 2312 is larger than this: smaller files need not be opened to look for one.
_LEAST_CHINESE_FONT = 1_000_000


class Standing(StrEnum):
    """How a face came to play its role."""

    ASKED = "asked"
    REAL = "real"
    STAND_IN = "stand-in"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A face worth looking for: the file it usually is, and the names it has inside."""

    file: str
    names: tuple[str, ...]
    standing: Standing = Standing.REAL


def _candidates(real: str, stand_ins: str) -> tuple[_Candidate, ...]:
    """Return candidates from lines of `file: name, name`."""
    found = []
    for standing, lines in ((Standing.REAL, real), (Standing.STAND_IN, stand_ins)):
        for line in filter(None, map(str.strip, lines.splitlines())):
            file, _, names = line.partition(": ")
            found.append(_Candidate(file.lower(), tuple(name.strip() for name in names.split(",")), standing))
    return tuple(found)


_USUAL: Mapping[Face, tuple[_Candidate, ...]] = {
    Face.XIAOBIAOSONG: _candidates(
        """
        FZXBSJW.TTF: 方正小标宋简体, FZXiaoBiaoSong-B05S
        FZXBSK.TTF: 方正小标宋_GBK, FZXiaoBiaoSong-B05
        """,
        """
        STZHONGS.TTF: STZhongsong, 华文中宋
        NotoSerifCJK-Bold.ttc: Noto Serif CJK SC Bold
        SourceHanSerifSC-Bold.otf: Source Han Serif SC Bold
        Songti.ttc: Songti SC Bold
        """,
    ),
    Face.FANGSONG: _candidates(
        """
        simfang.ttf: FangSong, FangSong_GB2312, 仿宋, 仿宋_GB2312
        FZFSK.TTF: FZFangSong-Z02, 方正仿宋_GBK
        FZFSJW.TTF: FZFangSong-Z02S, 方正仿宋简体
        STFANGSO.TTF: STFangsong, 华文仿宋
        """,
        """
        ZhuqueFangsong-Regular.ttf: Zhuque Fangsong (technical preview), Zhuque Fangsong
        FandolFang-Regular.otf: FandolFang
        """,
    ),
    Face.KAITI: _candidates(
        """
        simkai.ttf: KaiTi, KaiTi_GB2312, 楷体, 楷体_GB2312
        FZKTK.TTF: FZKai-Z03, 方正楷体_GBK
        FZKTJW.TTF: FZKai-Z03S, 方正楷体简体
        STKAITI.TTF: STKaiti, 华文楷体
        Kaiti.ttc: Kaiti SC
        """,
        """
        LXGWWenKaiGB-Regular.ttf: LXGW WenKai GB
        LXGWWenKai-Regular.ttf: LXGW WenKai
        FandolKai-Regular.otf: FandolKai
        ukai.ttc: AR PL UKai CN
        """,
    ),
    Face.HEITI: _candidates(
        """
        simhei.ttf: SimHei, 黑体
        FZHTK.TTF: FZHei-B01, 方正黑体_GBK
        FZHTJW.TTF: FZHei-B01S, 方正黑体简体
        STHeiti Medium.ttc: Heiti SC Medium
        """,
        """
        NotoSansCJK-Medium.ttc: Noto Sans CJK SC Medium
        SourceHanSansSC-Medium.otf: Source Han Sans SC Medium
        wqy-microhei.ttc: WenQuanYi Micro Hei, 文泉驿微米黑
        """,
    ),
    Face.SONGTI: _candidates(
        """
        simsun.ttc: SimSun, 宋体
        FZSSK.TTF: FZShuSong-Z01, 方正书宋_GBK
        FZSSJW.TTF: FZShuSong-Z01S, 方正书宋简体
        STSONG.TTF: STSong, 华文宋体
        Songti.ttc: Songti SC Regular
        """,
        "FandolSong-Regular.otf: FandolSong",
    ),
}
# The weight of a variable font in each role, and how much the embedded face is thickened (in em) to play it.
_WEIGHTS: Mapping[Face, int] = {Face.XIAOBIAOSONG: 700, Face.HEITI: 500}
_THICKENED: Mapping[Face, float] = {Face.XIAOBIAOSONG: 0.027, Face.HEITI: 0.014}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which font plays a role: what the theme asked for ("" when nothing), what was found and where.

    `thickened` is the width in em of the stroke drawn round its outlines to make it bolder.
    """

    face: Face
    asked: str
    name: str
    path: Path
    index: int
    standing: Standing
    thickened: float = 0.0

    @property
    def is_stand_in(self) -> bool:
        """True when another face than the one asked for, or usual in that role, is printed."""
        return self.standing in {Standing.STAND_IN, Standing.EMBEDDED} or bool(
            self.asked and self.standing is not Standing.ASKED
        )


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF says of a font beside its glyphs, in thousandths of an em."""

    ascent: float
    descent: float
    cap_height: float
    italic_angle: float
    box: tuple[float, float, float, float]
    is_serif: bool


@dataclass(frozen=True, slots=True)
class Subset:
    """The part of a font that a document needs, under a name of its own: `glyphs` maps the font's glyphs to those of
    `program`, which is a whole font file."""

    name: str
    program: bytes
    is_cff: bool
    glyphs: Mapping[int, int]


class Font:
    """An opened font file; for a variable font, at one weight."""

    def __init__(self, path: Path, index: int = 0, weight: int | None = None) -> None:
        """Open the face at `index` of the file; raise ValueError, saying why, when it may not or cannot be used."""
        self.path, self.index, self.weight = path, index, None
        try:
            self._face = hb.Face(hb.Blob.from_file_path(str(path)), index)
        except (OSError, hb.HarfBuzzError) as error:
            raise ValueError(f"{path.name} cannot be read") from error
        tags = set(self._face.table_tags)
        if not self._face.glyph_count or not tags & {"glyf", "CFF ", "CFF2"}:
            raise ValueError(f"{path.name} is not a font with outlines")
        self.is_cff = "glyf" not in tags
        self.name = self._face.get_name(6) or path.stem
        self._require_embedding()
        self._font = hb.Font(self._face)
        self._axes = {axis.tag: axis for axis in self._face.axis_infos}
        if weight and "wght" in self._axes:
            axis = self._axes["wght"]
            self.weight = int(min(max(weight, axis.min_value), axis.max_value))
            self._font.set_variations({"wght": self.weight})
        self.upem: int = self._face.upem
        self.glyphs = _Glyphs(self._font)
        self.widths = _Widths(self)

    def _require_embedding(self) -> None:
        """Raise ValueError where the font's fsType (OpenType, OS/2) forbids to embed it or to cut a subset."""
        table = self._face.reference_table("OS/2").data
        rights = struct.unpack_from(">H", table, 8)[0] if len(table) >= 10 else 0
        if rights & 0x2 and not rights & 0xC:
            raise ValueError(f"{self.name} forbids to be embedded (fsType {rights:#06x})")
        if rights & 0x300:
            raise ValueError(f"{self.name} forbids a subset of its outlines (fsType {rights:#06x})")

    def __contains__(self, character: str) -> bool:
        return self.glyphs[character] != 0

    @cached_property
    def top(self) -> float:
        """How far the upper edge of a character's square lies above the baseline, in em."""
        table = self._face.reference_table("OS/2").data
        if len(table) >= 72:
            ascender, descender = struct.unpack_from(">hh", table, 68)
            if ascender - descender == self.upem:
                return float(ascender / self.upem)
        return 0.88

    def middle(self, character: str) -> float:
        """Return the height of the middle of a character's ink above the baseline, in em."""
        extents = self._font.get_glyph_extents(self.glyphs[character])
        return (extents.y_bearing + extents.height / 2) / self.upem if extents else 0.38

    def width_of(self, glyph: int) -> float:
        """Return the advance of a glyph, in em."""
        return float(self._font.get_glyph_h_advance(glyph) / self.upem)

    @cached_property
    def metrics(self) -> Metrics:
        """What a PDF's font descriptor says of it."""
        scale = 1000 / self.upem
        extents = self._font.get_font_extents("ltr")
        head, post = (self._face.reference_table(tag).data for tag in ("head", "post"))
        box = struct.unpack_from(">4h", head, 36)
        angle = struct.unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 8 else 0.0
        capital = self._font.get_glyph_extents(self.glyphs["H"] or self.glyphs["国"])
        return Metrics(
            extents.ascender * scale,
            extents.descender * scale,
            capital.y_bearing * scale if capital else 700,
            angle,
            (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale),
            "sans" not in self.name.lower() and "hei" not in self.name.lower(),
        )

    def subset(self, characters: Mapping[int, str]) -> Subset:
        """Return the part of the font that has the glyphs of `characters`, each with the character it prints."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(characters)
        wanted.unicode_set.update(map(ord, characters.values()))
        flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        if self.is_cff:
            flags |= hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.DOWNGRADE_CFF2 | hb.SubsetFlags.DESUBROUTINIZE
        wanted.flags = flags
        wanted.drop_table_tag_set.update(_UNPRINTED_TABLES)
        for tag in self._axes:
            wanted.pin_axis_to_default(self._face, tag)
        if self.weight:
            wanted.pin_axis_location(self._face, "wght", float(self.weight))
        plan = hb.SubsetPlan(self._face, wanted)
        program = bytes(plan.execute().blob.data)
        digest = hashlib.sha256(program).digest()
        tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        return Subset(f"{tag}+{_plain(self.name)}", program, self.is_cff, dict(plan.old_to_new_glyph_mapping))


_UNPRINTED_TABLES = tuple(
    int.from_bytes(tag.encode(), "big")
    for tag in (
        "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "MATH", "OS/2", "STAT", "VORG", "gasp", "kern", "meta",
        "name", "post", "vhea", "vmtx", "COLR", "CPAL", "SVG ", "CBDT", "CBLC", "sbix", "hdmx", "VDMX", "LTSH", "PCLT",
    )
)  # fmt: skip


def _plain(name: str) -> str:
    """Return a PostScript name that any PDF reader takes."""
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_")) or "Font"


class _Glyphs(dict[str, int]):
    """Characters to glyphs, filled as they are asked for; 0 for a character that the font lacks."""

    def __init__(self, font: hb.Font) -> None:
        self._font = font

    def __missing__(self, character: str) -> int:
        if character in _CHARACTERS:
            glyph = self._shaped(_CHARACTERS[character])
        else:
            glyph = self._font.get_nominal_glyph(ord(character)) or 0
        self[character] = glyph
        return glyph

    def _shaped(self, characters: str) -> int:
        """Return the one glyph that the font's own rules put for characters, proportional where it has such;
        0 when it has none."""
        buffer = hb.Buffer()
        buffer.add_str(characters)
        buffer.script, buffer.language, buffer.direction = "Hani", "zh-hans", "ltr"
        hb.shape(self._font, buffer, {"pwid": len(characters) == 1})
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        return glyphs[0] if len(glyphs) == 1 else 0


class _Widths(dict[str, float]):
    """Characters to advances in em, filled as they are asked for."""

    def __init__(self, font: Font) -> None:
        self._font = font

    def __missing__(self, character: str) -> float:
        width = self._font.width_of(self._font.glyphs[character])
        self[character] = width
        return width


class _Sources(dict[str, Font | None]):
    """Characters to the first font of several that has them, filled as they are asked for; None where none has."""

    def __init__(self, fonts: tuple[Font, ...]) -> None:
        self._fonts = fonts

    def __missing__(self, character: str) -> Font | None:
        font = next((font for font in self._fonts if character in font), None)
        self[character] = font
        return font


class _ChainWidths(dict[str, float]):
    """Characters to advances in em in the font that will print them; a full em where none does."""

    def __init__(self, sources: _Sources) -> None:
        self._sources = sources

    def __missing__(self, character: str) -> float:
        font = self._sources[character]
        width = font.widths[character] if font else 1.0
        self[character] = width
        return width


@dataclass(frozen=True)
class Typeface:
    """A role and the fonts that print it, the chosen one first, then those that supply what it lacks."""

    choice: Choice
    fonts: tuple[Font, ...]
    widths: dict[str, float] = field(init=False, repr=False, compare=False)
    _sources: _Sources = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sources", _Sources(self.fonts))
        object.__setattr__(self, "widths", _ChainWidths(self._sources))

    @property
    def top(self) -> float:
        """How far the upper edge of a character's square lies above the baseline, in em."""
        return self.fonts[0].top

    def middle(self, character: str) -> float:
        """Return the height of the middle of a character's ink above the baseline, in em."""
        return self.fonts[0].middle(character)

    def width(self, text: str) -> float:
        """Return the width of characters set without any adjustment, in em."""
        return sum(map(self.widths.__getitem__, text))

    def font_of(self, character: str) -> Font | None:
        """Return the font that prints a character, None when no font of the role has it."""
        return self._sources[character]


@dataclass(frozen=True)
class Faces:
    """Every role's typeface, and what was asked for and could not be had."""

    typefaces: Mapping[Face, Typeface]
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, face: Face) -> Typeface:
        return self.typefaces[face]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Which font plays each role, in the order of `Face`."""
        return tuple(self.typefaces[face].choice for face in Face)


def open_faces(theme: Theme) -> Faces:
    """Return the typefaces of a theme. Files are searched and opened once in a process."""
    asked = tuple((face, theme.faces[face]) for face in Face if theme.faces.get(face))
    return _open_faces(asked, theme.font_folders, theme.machine_fonts)


@lru_cache(maxsize=16)
def _open_faces(asked: tuple[tuple[Face, str], ...], folders: tuple[Path, ...], machine_fonts: bool) -> Faces:
    own = _Shelf(folders, least=0)
    elsewhere = machine_folders() if machine_fonts else ()
    # A face that is asked for by name may be small; the usual ones are looked for among the large files alone.
    named, usual = (own, _Shelf(elsewhere, least=0)), (own, _Shelf(elsewhere, least=_LEAST_CHINESE_FONT))
    findings: list[Finding] = []
    chosen = {face: _choose(face, dict(asked).get(face, ""), named, usual, findings) for face in Face}
    embedded = (_open(serif_path(), 0, None), _open(sans_path(), 0, None))
    # What a face lacks comes from the embedded ones, the nearer in looks first, then from the workspace's fonts.
    extra = tuple(font for font in own.fonts() if font not in embedded)
    typefaces = {}
    for face, (choice, font) in chosen.items():
        chain = (font, *(embedded[::-1] if face is Face.HEITI else embedded), *extra)
        typefaces[face] = Typeface(choice, tuple(dict.fromkeys(chain)))
    return Faces(typefaces, tuple(findings))


def _choose(
    face: Face,
    asked: str,
    named: tuple["_Shelf", ...],
    usual: tuple["_Shelf", ...],
    findings: list[Finding],
) -> tuple[Choice, Font]:
    """Return the font for a role; append a finding where the one asked for is not there or may not be used."""
    weight = _WEIGHTS.get(face, 400)
    wanted = [_Candidate(asked.lower(), (asked, Path(asked).stem), Standing.ASKED)] if asked else []
    for candidate in (*wanted, *_USUAL[face]):
        reason = "is not on this machine"
        for shelf in named if candidate.standing is Standing.ASKED else usual:
            for path, index in shelf.find(candidate):
                try:
                    font = _open(path, index, weight)
                except ValueError as error:
                    reason = f"cannot be used: {error}"
                    continue
                return Choice(face, asked, font.name, path, index, candidate.standing), font
        if candidate.standing is Standing.ASKED:
            hint = f"put the file into the workspace's fonts folder, or name another face for {face.value}"
            message = f"the face asked for {face.value} {reason}"
            findings.append(Finding("font.stand-in", message, found=asked, hint=hint, severity=Severity.WARNING))
    path = sans_path() if face is Face.HEITI else serif_path()
    font = _open(path, 0, None)
    return Choice(face, asked, font.name, path, 0, Standing.EMBEDDED, _THICKENED.get(face, 0.0)), font


@lru_cache(maxsize=256)
def _open(path: Path, index: int, weight: int | None) -> Font:
    return Font(path, index, weight)


def machine_folders() -> tuple[Path, ...]:
    """Return the folders where this kind of machine keeps fonts, the user's before the system's."""
    home = Path.home()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return (local / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts")
    shared = Path(os.environ.get("XDG_DATA_HOME", home / ".local/share"))
    return (shared / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


class _Shelf:
    """Folders of font files. Listing them costs one scan; files are opened only when a file name was not enough."""

    def __init__(self, folders: Iterable[Path], least: int) -> None:
        """Files smaller than `least` bytes are left out."""
        self._folders, self._least = tuple(folders), least

    @cached_property
    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted(_files_under(folder, self._least)):
                found.setdefault(path.name.lower(), path)
        return found

    @cached_property
    def _names(self) -> dict[str, tuple[Path, int]]:
        """Every name inside the files (family, full and PostScript, English and Chinese) to its face."""
        found: dict[str, tuple[Path, int]] = {}
        for path in self._files.values():
            for index, names in enumerate(_names_in(path)):
                for name in names:
                    found.setdefault(name, (path, index))
        return found

    def find(self, candidate: _Candidate) -> Iterator[tuple[Path, int]]:
        """Generate the faces that may be meant: by file name, then by the names inside."""
        names = [name.casefold() for name in candidate.names]
        if path := self._files.get(candidate.file):
            inside = _names_in(path)
            yield path, next((number for number, own in enumerate(inside) if own.intersection(names)), 0)
        for name in names if self._files else ():
            if name in self._names:
                yield self._names[name]

    def fonts(self) -> Iterator[Font]:
        """Generate every font that may be embedded, in the order of file names."""
        for path in self._files.values():
            for index in range(len(_names_in(path))):
                try:
                    yield _open(path, index, None)
                except ValueError:
                    continue


def _files_under(folder: Path, least: int, seen: set[tuple[int, int]] | None = None) -> Iterator[Path]:
    """Generate the font files in a folder and the folders in it; an unreadable or absent folder has none, and one that
    links lead to again is `seen` already."""
    seen = set() if seen is None else seen
    try:
        own = folder.stat()
        entries = [] if (own.st_dev, own.st_ino) in seen else list(os.scandir(folder))
    except OSError:
        return
    seen.add((own.st_dev, own.st_ino))
    for entry in entries:
        if entry.is_dir():
            yield from _files_under(Path(entry.path), least, seen)
        elif (
            Path(entry.name).suffix.lower() in SUFFIXES
            and entry.is_file()  # to open a pipe would wait for ever
            and (not least or entry.stat().st_size >= least)
        ):
            yield Path(entry.path)


@lru_cache(maxsize=1024)
def _names_in(path: Path) -> tuple[frozenset[str], ...]:
    """Return the names of each face in a file, folded for comparison; () when it cannot be read."""
    try:
        blob = hb.Blob.from_file_path(str(path))
        faces = [hb.Face(blob, index) for index in range(hb.Face(blob).count)]
    except (OSError, hb.HarfBuzzError):
        return ()
    return tuple(
        frozenset(
            name.casefold()
            for entry in face.list_names()
            if entry.name_id in _NAMES and (name := face.get_name(entry.name_id, entry.language))
        )
        for face in faces
    )


# Family, full name, PostScript name and typographic family, of the OpenType name table.
_NAMES = frozenset({1, 4, 6, 16})


def missing(typeface: Typeface, characters: Iterable[str]) -> Iterator[Finding]:
    """Generate a finding for each character that no font of the role has; it is printed as 〓."""
    for character in sorted(characters):
        if typeface.font_of(character) is None:
            shown = character if character.isprintable() else ""
            yield Finding(
                "font.missing-character",
                f"no face has the character {shown}U+{ord(character):04X}, 〓 is printed in its place",
                found=shown or None,
                hint="put a font that has it into the workspace's fonts folder",
                severity=Severity.WARNING,
            )


def stand_ins(typeface: Typeface, characters: Iterable[str]) -> Iterator[Finding]:
    """Generate an error for a role that another face plays, one for the characters that its face lacks and others
    supply, and one for each that no font has: what a build with strict fonts refuses."""
    role, font = typeface.choice.face.value, typeface.fonts[0]
    hint = f"put the face for {role} into the workspace's fonts folder; xdreport fonts shows what was looked for"
    if typeface.choice.is_stand_in:
        yield Finding("font.strict", f"another face stands in for {role}", found=font.name, hint=hint)
    supplied = "".join(sorted(each for each in characters if each not in font and typeface.font_of(each)))
    if supplied:
        yield Finding(
            "font.strict", f"the face for {role}, {font.name}, lacks characters", found=printed(supplied), hint=hint
        )
    yield from (replace(finding, severity=Severity.ERROR) for finding in missing(typeface, characters))


def printed(text: str) -> str:
    """Return the characters that set text stands for."""
    return text.translate(_PRINTED)


_PRINTED = {ord(mark): characters for mark, characters in _CHARACTERS.items()}
