"""Fonts are found by file name and by the names inside, measured, and cut; what cannot be had is said."""

import os
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from xdreport.findings import Severity
from xdreport.fonts import JOINED_DASH, Font, Standing, missing, open_faces, stand_ins
from xdreport.theme import Face, Theme

CHARACTERS = "湘东A1 "


def square(pen: TTGlyphPen | T2CharStringPen, size: int) -> None:
    pen.moveTo((0, 0))
    pen.lineTo((0, size))
    pen.lineTo((size, size))
    pen.lineTo((size, 0))
    pen.closePath()


def build(
    path: Path, family: str, *, chinese: str = "", rights: int = 0, is_cff: bool = False, is_variable: bool = False
) -> Path:
    """Write a font of a few squares."""
    order = [".notdef", *(f"g{number}" for number in range(len(CHARACTERS)))]
    builder = FontBuilder(1000, isTTF=not is_cff)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(character): order[number + 1] for number, character in enumerate(CHARACTERS)})
    sizes = {name: 100 * number for number, name in enumerate(order)}
    if is_cff:
        shapes = {}
        for name, size in sizes.items():
            pen = T2CharStringPen(1000, None)
            square(pen, size)
            shapes[name] = pen.getCharString()
        builder.setupCFF(family.replace(" ", ""), {}, shapes, {})
    else:
        glyphs = {}
        for name, size in sizes.items():
            pen = TTGlyphPen(None)
            square(pen, size)
            glyphs[name] = pen.glyph()
        builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (1000 if number < 3 else 500, 0) for number, name in enumerate(order)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    names: dict[str, object] = {"familyName": {"en": family}, "styleName": {"en": "Regular"}}
    names["psName"] = {"en": family.replace(" ", "")}
    if chinese:
        names["familyName"] = {"en": family, "zh": chinese}
    builder.setupNameTable(names, mac=False)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, fsType=rights)
    builder.setupPost()
    if is_variable:
        builder.setupFvar([("wght", 200, 400, 900, "Weight")], [])
        builder.setupGvar({name: [] for name in order})
    builder.save(path)
    return path


def theme(folder: Path, **faces: str) -> Theme:
    return Theme(
        faces={Face[name]: asked for name, asked in faces.items()}, font_folders=(folder,), machine_fonts=False
    )


def test_without_any_font_on_the_machine_the_embedded_faces_play_every_role() -> None:
    faces = open_faces(Theme(machine_fonts=False))
    assert [(choice.face.value, choice.name, choice.standing) for choice in faces.choices] == [
        ("小标宋", "NotoSerifSC-Regular", Standing.EMBEDDED),
        ("仿宋", "NotoSerifSC-Regular", Standing.EMBEDDED),
        ("楷体", "NotoSerifSC-Regular", Standing.EMBEDDED),
        ("黑体", "NotoSansSC-Regular", Standing.EMBEDDED),
        ("宋体", "NotoSerifSC-Regular", Standing.EMBEDDED),
    ]
    assert faces.findings == ()


def test_the_faces_of_this_machine_open_and_hold_chinese() -> None:
    faces = open_faces(Theme())
    assert all(faces[face].font_of("国") for face in Face)


def test_a_face_is_found_by_the_name_of_its_file(tmp_path: Path) -> None:
    build(tmp_path / "SIMKAI.TTF", "Whatever")
    choice = open_faces(theme(tmp_path))[Face.KAITI].choice
    assert (choice.name, choice.standing, choice.is_stand_in) == ("Whatever", Standing.REAL, False)


@pytest.mark.parametrize("is_cff", [False, True])
def test_a_face_is_found_by_the_chinese_name_inside(tmp_path: Path, is_cff: bool) -> None:
    build(tmp_path / "office-3.otf", "Office Three", chinese="仿宋_GB2312", is_cff=is_cff)
    choice = open_faces(theme(tmp_path))[Face.FANGSONG].choice
    assert (choice.name, choice.standing) == ("OfficeThree", Standing.REAL)


def test_a_face_in_a_collection_is_found_by_its_name(tmp_path: Path) -> None:
    members = [TTFont(build(tmp_path / f"{name}.ttf", name)) for name in ("One", "Two")]
    collection = TTCollection()
    collection.fonts = members
    collection.save(tmp_path / "both.ttc")
    for name in ("One", "Two"):
        (tmp_path / f"{name}.ttf").unlink()
    choice = open_faces(theme(tmp_path, KAITI="Two"))[Face.KAITI].choice
    assert (choice.name, choice.index, choice.standing) == ("Two", 1, Standing.ASKED)


def test_the_face_asked_for_wins_over_the_usual_one(tmp_path: Path) -> None:
    build(tmp_path / "simkai.ttf", "Usual")
    build(tmp_path / "mine.ttf", "Mine Own")
    faces = open_faces(theme(tmp_path, KAITI="mine own"))
    assert (faces[Face.KAITI].choice.name, faces.findings) == ("MineOwn", ())


def test_a_face_asked_for_and_absent_is_a_finding_and_another_stands_in() -> None:
    faces = open_faces(Theme(faces={Face.FANGSONG: "方正仿宋"}, machine_fonts=False))
    assert faces[Face.FANGSONG].choice.is_stand_in
    (finding,) = faces.findings
    assert str(finding) == (
        'the face asked for 仿宋 is not on this machine, found "方正仿宋" (hint: put the file into the workspace\'s '
        "fonts folder, or name another face for 仿宋) [font.stand-in]"
    )
    assert finding.severity is Severity.WARNING


def test_a_font_that_forbids_embedding_is_passed_over_and_said_to(tmp_path: Path) -> None:
    build(tmp_path / "locked.ttf", "Locked", rights=0x0002)
    faces = open_faces(theme(tmp_path, KAITI="Locked"))
    assert faces[Face.KAITI].choice.standing is Standing.EMBEDDED
    assert "Locked forbids to be embedded" in faces.findings[0].message


def test_a_font_that_forbids_subsets_is_passed_over(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="forbids a subset"):
        Font(build(tmp_path / "whole.ttf", "Whole", rights=0x0100))


def test_a_font_that_may_be_edited_is_used(tmp_path: Path) -> None:
    assert Font(build(tmp_path / "editable.ttf", "Editable", rights=0x0008)).name == "Editable"


def test_a_broken_file_is_no_font(tmp_path: Path) -> None:
    (tmp_path / "simkai.ttf").write_bytes(b"\0\1\0\0 not a font at all")
    assert open_faces(theme(tmp_path))[Face.KAITI].choice.standing is Standing.EMBEDDED


def test_links_that_lead_back_and_pipes_are_passed_by(tmp_path: Path) -> None:
    build(tmp_path / "simkai.ttf", "Small")
    for name in ("one", "two"):
        (tmp_path / name).symlink_to(tmp_path)
    os.mkfifo(tmp_path / "simfang.ttf")
    faces = open_faces(theme(tmp_path))
    assert faces[Face.KAITI].choice.name == "Small"
    assert faces[Face.FANGSONG].choice.standing is Standing.EMBEDDED


def test_an_absent_folder_holds_no_fonts(tmp_path: Path) -> None:
    assert open_faces(theme(tmp_path / "nowhere"))[Face.KAITI].choice.standing is Standing.EMBEDDED


def test_what_a_face_lacks_comes_from_the_next_in_line(tmp_path: Path) -> None:
    build(tmp_path / "simkai.ttf", "Small")
    typeface = open_faces(theme(tmp_path))[Face.KAITI]
    assert [font.name for font in map(typeface.font_of, "湘镕") if font] == ["Small", "NotoSerifSC-Regular"]
    assert typeface.width("湘1镕") == 1 + 0.5 + 1


def test_the_workspaces_fonts_supply_what_no_other_face_has(tmp_path: Path) -> None:
    builder = TTFont(build(tmp_path / "rare.ttf", "Rare"))
    for table in builder["cmap"].tables:
        table.cmap = {0xE000: "g0"}
    builder.save(tmp_path / "rare.ttf")
    font = open_faces(theme(tmp_path))[Face.SONGTI].font_of("\ue000")
    assert font and font.name == "Rare"


def test_a_character_that_no_face_has_is_a_finding() -> None:
    typeface = open_faces(Theme(machine_fonts=False))[Face.FANGSONG]
    (finding,) = missing(typeface, "湘\ue000")
    assert finding.code == "font.missing-character"
    assert "U+E000" in finding.message and finding.severity is Severity.WARNING


@pytest.mark.parametrize("face", list(Face))
def test_rare_characters_of_names_and_units_are_there(face: Face) -> None:
    typeface = open_faces(Theme(machine_fonts=False))[face]
    assert not list(missing(typeface, "〇镕堃喆㎡℃‰①—…·〔〕【】《》“”‘’\U0002b5af"))


def test_the_joined_dash_is_two_characters_wide() -> None:
    faces = open_faces(Theme(machine_fonts=False))
    assert faces[Face.FANGSONG].widths[JOINED_DASH] == faces[Face.HEITI].widths[JOINED_DASH] == 2.0


@pytest.mark.parametrize("is_cff", [False, True])
def test_a_subset_keeps_the_outlines_it_needs(tmp_path: Path, is_cff: bool) -> None:
    font = Font(build(tmp_path / "font.otf", "Font", is_cff=is_cff))
    glyphs = {font.glyphs[character]: character for character in "东A"}
    subset = font.subset(glyphs)
    assert subset.is_cff is is_cff
    assert [subset.glyphs[glyph] for glyph in sorted(glyphs)] == [1, 2]
    assert subset.name.endswith("+Font") and subset == font.subset(dict(reversed(glyphs.items())))
    (tmp_path / "cut.otf").write_bytes(subset.program)
    assert TTFont(tmp_path / "cut.otf").getBestCmap().keys() == {ord("东"), ord("A")}


def test_a_variable_font_is_printed_at_the_weight_of_its_role(tmp_path: Path) -> None:
    build(tmp_path / "FZXBSJW.TTF", "Variable", is_variable=True)
    font = open_faces(theme(tmp_path))[Face.XIAOBIAOSONG].fonts[0]
    assert (font.name, font.weight) == ("Variable", 700)
    (tmp_path / "cut.ttf").write_bytes(font.subset({font.glyphs["湘"]: "湘"}).program)
    assert "fvar" not in TTFont(tmp_path / "cut.ttf")


def test_a_small_font_of_the_machine_is_found_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "small.ttf", "Small One")
    monkeypatch.setattr("xdreport.fonts.machine_folders", lambda: (tmp_path,))
    faces = open_faces(Theme(faces={Face.SONGTI: "Small One"}))
    assert (faces[Face.SONGTI].choice.name, faces.findings) == ("SmallOne", ())


def test_strict_fonts_name_each_stand_in_and_each_character_that_another_face_supplies(tmp_path: Path) -> None:
    build(tmp_path / "simkai.ttf", "Small")
    faces = open_faces(theme(tmp_path))
    own, lacking = stand_ins(faces[Face.KAITI], "湘镕\ue000")
    assert (own.message, own.found) == ("the face for 楷体, Small, lacks characters", "镕")
    assert "U+E000" in lacking.message
    (other,) = stand_ins(faces[Face.FANGSONG], "湘")
    assert (other.message, other.found) == ("another face stands in for 仿宋", "NotoSerifSC-Regular")
    assert {finding.severity for finding in (own, lacking, other)} == {Severity.ERROR}
    assert not list(stand_ins(faces[Face.KAITI], "湘东"))
