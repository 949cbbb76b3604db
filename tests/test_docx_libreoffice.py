"""What LibreOffice makes of our Word files: it prints their text, and edits them without losing a figure."""

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
from conftest import write as write_files
from test_docx import DEMO, document, part, text
from test_docx_base import LETTER, everything, saved, texts

from xdreport.build import Order, build, plan
from xdreport.document import Block, Chart, Contents, Cover, Furniture, Imprint, PageBreak, Paragraph
from xdreport.folders import shipped
from xdreport.package import Package
from xdreport.readers.records import read
from xdreport.scope import Wish
from xdreport.template import available
from xdreport.theme import POINTS_PER_MM, Page, Profile, Theme
from xdreport.word import W
from xdreport.writers.docx import write
from xdreport.writers.text import write as write_text

Convert = Callable[[bytes, str, str], bytes]
Letter = Callable[[bytes], Order]
TEXT = "txt:Text (encoded):UTF8"


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a conversion by LibreOffice: bytes, their format, the one wanted → bytes."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    folder = tmp_path_factory.mktemp("office")
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    settings = folder / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{folder}/cache</cachedir></fontconfig>")

    def converted(content: bytes, old: str, new: str) -> bytes:
        source, target = folder / f"file.{old}", folder / "made"
        source.write_bytes(content)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", new,
             "--outdir", str(target), str(source)],
            env={**os.environ, "FONTCONFIG_FILE": str(settings)}, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (target / f"file.{new.partition(':')[0]}").read_bytes()

    return converted


@pytest.mark.parametrize(
    ("profile", "margins", "line"),
    [(Profile.GB9704, ("2098", "1984"), "579"), (Profile.GB33476, ("1960", "1847"), "589")],
)
def test_a_profile_sets_22_lines_of_28_into_the_type_area(
    convert: Convert, profile: Profile, margins: tuple[str, str], line: str
) -> None:
    theme = Theme(page=Page(profile=profile))
    imprint = Imprint((("送", "各乡镇。"),))
    full = (Paragraph(text("国" * (26 + 28 * 21))), PageBreak(), Paragraph(text("国")))
    content = write(document(*full, furniture=Furniture(None, imprint, page_numbers=False)), theme).content
    section = part(content, "word/document.xml").find(f".//{W}sectPr")
    size, grid = section.find(f"{W}pgMar"), section.find(f"{W}docGrid")
    assert (size.get(f"{W}top"), size.get(f"{W}bottom"), grid.get(f"{W}linePitch")) == (*margins, line)
    pages = pypdfium2.PdfDocument(convert(content, "docx", "pdf"))
    assert len(pages) == 2
    scale = 10  # pixels in a millimetre
    shown = [page.render(scale=scale / POINTS_PER_MM).to_pil().convert("L") for page in pages]
    boxes = [page.point(lambda grey: 255 if grey < 160 else 0).getbbox() for page in shown]
    assert boxes[0][1] / scale > 36 and 260 < boxes[0][3] / scale < 263  # the ink of 22 lines
    assert boxes[1][3] / scale == pytest.approx(262, abs=1)  # the last rule of the imprint


@pytest.fixture
def letter(world: Path, tmp_path: Path) -> Letter:
    """Return the order of a report written into a Word file."""

    def made(content: bytes) -> Order:
        folder = write_files(tmp_path / "templates", {"letter.yaml": LETTER})
        (folder / "letter.docx").write_bytes(content)
        return Order(world, (folder, shipped("templates")), Wish(), "letter", ("docx",), tmp_path / "out")

    return made


def marked(content: bytes) -> dict[str, str]:
    """Return what stands in each hidden bookmark of the body and the notes, by its name."""
    found: dict[str, str] = {}
    for name in ("word/document.xml", "word/footnotes.xml"):
        names: dict[str, str] = {}
        for element in part(content, name).iter():
            if element.tag == f"{W}bookmarkStart" and element.get(f"{W}name").startswith("_xd_"):
                names[element.get(f"{W}id")] = element.get(f"{W}name")
                found[element.get(f"{W}name")] = ""
            elif element.tag == f"{W}bookmarkEnd":
                names.pop(element.get(f"{W}id"), None)
            elif element.tag == f"{W}t":
                for open_one in names.values():
                    found[open_one] += element.text or ""
    return found


def records(content: bytes) -> list[tuple[dict[str, str], list[dict[str, str]]]]:
    """Return the records of the figures, as a reader of ours finds them."""
    found = read(Package.read(content))
    assert found is not None
    return [(dict(record.attrib), [dict(row.attrib) for row in record]) for record in found]


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


@pytest.mark.parametrize("way", [["docx"], ["odt", "docx"]], ids=["saved as docx", "by way of odt"])
def test_a_file_of_libreoffice_serves_as_a_base(convert: Convert, way: list[str], letter: Letter) -> None:
    content, old = saved(everything), "docx"
    for new in way:
        content, old = convert(content, old, new), new
    its = letter(content)
    path = next(iter(build(its).files))
    lines = texts(path)
    assert lines[1:4] == [
        "paragraph 2: 第7期，100<100",
        "table 1, row 1, cell 1, paragraph 1: 规上企业",
        "table 1, row 1, cell 2, paragraph 1: 共58家",
    ]
    assert not [line for line in lines if "{" in line]
    assert sorted(names(path.read_bytes())) == sorted(set(names(path.read_bytes())))


@pytest.mark.parametrize("way", [["docx"], ["odt", "docx"]], ids=["saved as docx", "by way of odt"])
def test_figures_and_records_come_back_from_libreoffice(convert: Convert, way: list[str]) -> None:
    before = after = write(DEMO, Theme()).content
    old = "docx"
    for new in way:
        after, old = convert(after, old, new), new
    assert marked(after) == marked(before)
    assert records(after) == records(before)


def test_pages_of_the_contents_are_those_of_libreoffice_but_for_a_few(convert: Convert) -> None:
    planned = plan(Order(shipped("data"), (shipped("templates"),), Wish(periods=("2022",)), "briefing", ("docx",)))
    title, *blocks = planned.document.blocks
    document = replace(planned.document, blocks=(title, Contents(text("目　录")), PageBreak(), *blocks))
    content = write(document, planned.theme).content
    links = part(content, "word/document.xml").findall(f".//{W}hyperlink[@{W}anchor]")
    entries = ["\t".join(link.itertext(f"{W}t")).split("\t") for link in links if link.get(f"{W}anchor")[:4] == "_Toc"]
    shown = [
        "".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(convert(content, "docx", "pdf"))
    ]
    off, last = [], 3  # the headings come after the contents, which fill two pages
    for words, page in entries:
        last = next(number for number, text in enumerate(shown, 1) if number >= last and "".join(words.split()) in text)
        off.append(abs(int(page) - last))
    assert len(off) > 30 and max(off) <= 1 and sum(off) <= len(off) / 10


def running(block: Block) -> Block:
    """Return a block as the text of a Word file has it: of a chart not what is drawn, of a cover not what stands in a
    frame on its foot."""
    if isinstance(block, Chart):
        return replace(block, series=(), unit="")
    return replace(block, lines=()) if isinstance(block, Cover) else block


@pytest.mark.parametrize("template", sorted(set(available([shipped("templates")])) - {"base"}))
def test_libreoffice_prints_the_text_of_each_template(convert: Convert, template: str) -> None:
    folders = (shipped("templates"),)
    planned = plan(Order(shipped("data"), folders, Wish(periods=("2022",)), template, ("docx",)))
    document = replace(
        planned.document,
        blocks=tuple(block for block in planned.document.blocks if not isinstance(block, Contents)),
        furniture=replace(planned.document.furniture, mark="", imprint=None),  # what stands outside the running text
    )
    printed = convert(write(document, planned.theme).content, "docx", TEXT).decode("utf-8-sig")
    shown = replace(document, blocks=tuple(map(running, document.blocks)))
    wanted = write_text(shown, planned.theme).content.decode()
    assert "".join(printed.split()) == "".join(wanted.split())
