"""The office's own Word file as a template: slots filled wherever they stand, everything else as it was."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import ooxml_integrity
import pytest
from conftest import write as write_files
from docx import Document as new_docx
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.oxml import parse_xml
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from xdreport.build import Order, build, inspect
from xdreport.findings import Failed, Finding
from xdreport.folders import shipped
from xdreport.package import Package
from xdreport.scope import Wish
from xdreport.word import NAMES, stories

W = f"{{{NAMES['w']}}}"
NS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items()) + (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
TEXT_BOX = f"""<w:r {NS}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="1800000" cy="360000"/><wp:wrapNone/><wp:docPr id="41" name="Box"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent><w:p><w:r><w:t>BOX</w:t></w:r></w:p></w:txbxContent>
</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:rect><v:textbox><w:txbxContent><w:p><w:r><w:t>BOX</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
LETTER = """\
extends: base
base: letter.docx
issue: "7"
date: "2026-05-01"
parts: [sections, sources]
"""
TRACKED = f'{NS} w:author="甲" w:date="2026-01-01T00:00:00Z"'
FIRMS = "{{ figure('industry.firms') }}"

Make = Callable[[Callable[[Opened], object]], bytes]


def saved(edit: Callable[[Opened], object]) -> bytes:
    """Return python-docx's default document with an edit, without the part of Word 2010 that is at odds with it."""
    document = new_docx()
    edit(document)
    relations = document.part.rels
    for key in [key for key, its in relations.items() if its.reltype.endswith("stylesWithEffects")]:
        del relations[key]
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def order(world: Path, tmp_path: Path) -> Callable[[Callable[[Opened], object]], Order]:
    def made(edit: Callable[[Opened], object]) -> Order:
        folder = write_files(tmp_path / "templates", {"letter.yaml": LETTER})
        (folder / "letter.docx").write_bytes(saved(edit))
        return Order(world, (folder, shipped("templates")), Wish(), "letter", ("docx",), tmp_path / "out")

    return made


@pytest.fixture
def fill(order: Callable[[Callable[[Opened], object]], Order]) -> Callable[..., tuple[Path, list[Finding]]]:
    def filled(edit: Callable[[Opened], object]) -> tuple[Path, list[Finding]]:
        result = build(order(edit))
        return next(iter(result.files)), list(result.findings)

    return filled


@pytest.fixture
def faults(order: Callable[[Callable[[Opened], object]], Order]) -> Callable[..., list[str]]:
    def found(edit: Callable[[Opened], object]) -> list[str]:
        its = order(edit)
        return [
            str(finding) for finding in inspect(its.data, its.templates) if finding.code.startswith(("base", "phr"))
        ]

    return found


def texts(path: Path) -> list[str]:
    """The lines of a file with their places, blank ones left out."""
    return [
        f"{line.place}: {line.text}"
        for story in stories(Package.read(path.read_bytes()))
        for line in story.lines()
        if line.text
    ]


def part(path: Path, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(path).read(name))


def runs(*texts: str) -> Callable[[Opened], object]:
    def edit(document: Opened) -> None:
        paragraph = document.add_paragraph()
        for number, text in enumerate(texts):
            paragraph.add_run(text).bold = number % 2 == 0

    return edit


def faults_of(path: Path) -> list[str]:
    audit = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    return [str(error) for error in audit.errors] + [str(finding) for finding in ooxml_integrity.check(path)]


def everything(document: Opened) -> None:
    """A letterhead with slots at all the places where people put them."""
    document.add_paragraph("{{ title }}", "Title")
    runs("第{{", " iss", "ue }", "}期，", "100<100")(document)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "规上企业"
    table.cell(0, 1).text = f"共{FIRMS}"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "{{ date }}"
    document.add_paragraph()._p.append(parse_xml(TEXT_BOX.replace("BOX", f"有{FIRMS}")))
    tracked = document.add_paragraph("修订：")._p
    tracked.append(parse_xml(f'<w:ins {TRACKED} w:id="90"><w:r><w:t>{{{{ area }}}}</w:t></w:r></w:ins>'))
    tracked.append(parse_xml(f'<w:del {TRACKED} w:id="91"><w:r><w:delText>{{{{ x</w:delText></w:r></w:del>'))
    document.sections[0].header.paragraphs[0].text = "{{ area }}简报"
    document.sections[0].footer.paragraphs[0].text = "{{ period }}"
    document.add_paragraph("{{ body }}")
    document.add_paragraph("{{ office }}")


def test_slots_are_filled_wherever_they_stand(fill: Callable[..., tuple[Path, list[Finding]]]) -> None:
    path, _ = fill(everything)
    lines = texts(path)
    assert lines[:8] == [
        "paragraph 1: 清河区经济社会发展情况",
        "paragraph 2: 第7期，100<100",
        "table 1, row 1, cell 1, paragraph 1: 规上企业",
        "table 1, row 1, cell 2, paragraph 1: 共58家",
        "table 1, row 2, cell 2, table 1, row 1, cell 1, paragraph 1: 2026年5月1日",
        "paragraph 3, text box 1, paragraph 1: 有58家",
        "paragraph 3, text box 2, paragraph 1: 有58家",
        "paragraph 4: 修订：清河区",
    ]
    assert lines[8] == "paragraph 5: 产业发展"
    assert lines[-3:] == [
        "paragraph 16: 清河区统计室",
        "header, paragraph 1: 清河区简报",
        "footer, paragraph 1: 2025年",
    ]
    assert not [line for line in lines if "{" in line]


def test_a_filled_file_is_sound_and_the_same_bytes_twice(
    order: Callable[[Callable[[Opened], object]], Order],
) -> None:
    its = order(everything)  # saved once: the clock is in the bytes of a base, whose hash is in the ledger
    path = next(iter(build(its).files))
    first = path.read_bytes()
    assert faults_of(path) == []
    assert next(iter(build(its).files)).read_bytes() == first


def test_what_is_not_filled_stays_byte_for_byte(
    fill: Callable[..., tuple[Path, list[Finding]]], tmp_path: Path
) -> None:
    path, _ = fill(runs(FIRMS))
    with zipfile.ZipFile(tmp_path / "templates" / "letter.docx") as before, zipfile.ZipFile(path) as after:
        for name in ("word/styles.xml", "word/settings.xml", "word/numbering.xml", "word/theme/theme1.xml"):
            assert after.read(name) == before.read(name)


def test_figures_filled_in_are_live_with_the_words_round_them(fill: Callable[..., tuple[Path, list[Finding]]]) -> None:
    path, _ = fill(runs("全区有", FIRMS, "，第", "{{ rank('industry.firms', among='city') }}", "。"))
    records = list(part(path, "customXml/item2.xml"))
    shown = [{name: record.get(name) for name in ("mark", "text", "before", "after", "order")} for record in records]
    assert shown == [
        {"mark": "_xd_1", "text": "58家", "before": "全区有", "after": "，第全市第2位。", "order": "1"},
        {"mark": "_xd_2", "text": "全市第2位", "before": "全区有58家，第", "after": "。", "order": "2"},
    ]
    body = part(path, "word/document.xml")
    start = body.find(f".//{W}bookmarkStart[@{W}name='_xd_2']")
    assert start is not None and "".join(start.getnext().itertext()) == "全市第2位"


def test_what_is_filled_in_looks_like_the_first_character_it_replaces(
    fill: Callable[..., tuple[Path, list[Finding]]],
) -> None:
    path, _ = fill(runs("粗", "细{{ ar", "ea }}粗", "细"))
    paragraph = new_docx(str(path)).paragraphs[0]
    assert [(run.text, bool(run.bold)) for run in paragraph.runs] == [
        ("粗", True), ("细", False), ("清河区", False), ("粗", True), ("细", False),
    ]  # fmt: skip


def test_words_own_quotation_marks_and_spaces_are_read(fill: Callable[..., tuple[Path, list[Finding]]]) -> None:
    path, _ = fill(runs("{{\u00a0figure(‘industry.firms’,\u3000period=“2025”) }}"))
    assert texts(path) == ["paragraph 1: 58家"]


def test_sections_tables_and_charts_take_their_places_and_leave_the_body(
    fill: Callable[..., tuple[Path, list[Finding]]],
) -> None:
    def edit(document: Opened) -> None:
        document.add_paragraph("{{ section:living }}")
        document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{ table: industry }}"
        document.add_paragraph("{{ body }}")

    path, _ = fill(edit)
    lines = texts(path)
    assert lines[0] == "paragraph 1: 居民生活"
    titles = [line.partition(": ")[2] for line in lines if "主要指标" in line]
    assert titles == ["表1　居民生活主要指标（2025年）", "表2　产业发展主要指标（2025年）"]
    assert any(line.startswith("table 2, row 1, cell 1, table 1, row 1") for line in lines)
    assert sum(": 居民生活" in line for line in lines) == 1
    assert faults_of(path) == []


def test_a_table_in_a_cell_is_as_wide_as_the_cell(fill: Callable[..., tuple[Path, list[Finding]]]) -> None:
    def edit(document: Opened) -> None:
        document.add_table(1, 2).cell(0, 1).paragraphs[0].text = "{{ table:industry }}"

    path, _ = fill(edit)
    outer, inner = part(path, "word/document.xml").iter(f"{W}tbl")
    cell = int(list(outer.iter(f"{W}tcW"))[1].get(f"{W}w"))
    assert cell - 216 - 2 <= sum(int(each.get(f"{W}w")) for each in inner.iter(f"{W}gridCol")) <= cell - 216


def test_styles_are_met_by_name_and_missing_ones_are_reported(
    fill: Callable[..., tuple[Path, list[Finding]]],
) -> None:
    def edit(document: Opened) -> None:
        own = document.styles.add_style("表头", 1)
        own.element.set(f"{W}styleId", "a9")
        document.add_paragraph("{{ body }}")

    path, findings = fill(edit)
    assert [(finding.code, finding.found) for finding in findings if finding.code == "docx.style"] == [
        ("docx.style", "三线表, 表格文字, 资料来源"),
    ]  # fmt: skip
    table = new_docx(str(path)).tables[0]
    assert table.cell(0, 0).paragraphs[0].style.style_id == "a9"
    styles = part(path, "word/styles.xml")
    assert len({style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}) == len(list(styles.iter(f"{W}style")))


def test_headings_are_numbered_by_word_in_the_files_own_style(
    fill: Callable[..., tuple[Path, list[Finding]]],
) -> None:
    path, _ = fill(lambda document: document.add_paragraph("{{ body }}"))
    heading = next(each for each in new_docx(str(path)).paragraphs if each.text == "产业发展")
    assert heading.style.name == "Heading 1"
    key = heading._p.pPr.numPr.numId.val
    numbering = part(path, "word/numbering.xml")
    definition = numbering.find(f"{W}num[@{W}numId='{key}']/{W}abstractNumId").get(f"{W}val")
    level = numbering.find(f"{W}abstractNum[@{W}abstractNumId='{definition}']/{W}lvl")
    assert level.find(f"{W}lvlText").get(f"{W}val") == "%1、"


def test_a_report_of_ours_serves_as_a_base_without_its_old_figures(
    order: Callable[[Callable[[Opened], object]], Order],
) -> None:
    its = order(runs("{{ body }}", "{{"[:0]))
    path = next(iter(build(its).files))
    document = new_docx(str(path))
    document.add_paragraph(f"又有{FIRMS}")
    document.save(str(its.templates[0] / "letter.docx"))
    path = next(iter(build(its).files))
    found = [name for name in zipfile.ZipFile(path).namelist() if name.startswith("customXml/item")]
    records = [
        root
        for name in found
        if (root := part(path, name)).tag == "{urn:xdreport:figures}figures" and "rels" not in name
    ]
    assert [[record.get("mark") for record in root] for root in records] == [["_xd_1"]]
    assert faults_of(path) == []


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (runs("{{ figur('x') }}"), "letter.docx#paragraph 1: unknown function"),
        (runs("{{ figure('industry.firm') }}"), "letter.docx#paragraph 1: unknown indicator"),
        (runs("{{ area"), "letter.docx#paragraph 1: braces have no partner"),
        (runs("｛｛ area ｝｝"), "letter.docx#paragraph 1: braces have no partner"),
        (runs("{{ }}"), "letter.docx#paragraph 1: the braces are empty"),
        (runs("{% if x %}"), "letter.docx#paragraph 1: a base document has placeholders, no statements"),
        (runs("见{{ body }}"), "letter.docx#paragraph 1: it takes blocks and must stand alone in its paragraph"),
        (runs("{{ chart:nothing }}"), "letter.docx#paragraph 1: unknown chart"),
        (runs("{{ section:industri }}"), "letter.docx#paragraph 1: unknown section"),
        (
            lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{ body }}"),
            "letter.docx#header, paragraph 1: it takes blocks, which only the body holds",
        ),
        (
            lambda document: setattr(document.add_table(2, 2).cell(1, 0), "text", "{{ nobody() }}"),
            "letter.docx#table 1, row 2, cell 1, paragraph 1: unknown function",
        ),
        (
            lambda document: [document.add_paragraph("{{ body }}") for _ in range(2)],
            "letter.docx#paragraph 2: the same blocks cannot stand twice",
        ),
        (
            lambda document: document.element.body.insert(
                0,
                parse_xml(
                    f"<w:sdt {NS}><w:sdtPr><w:dataBinding w:xpath='/x' w:storeItemID='{{0}}'/></w:sdtPr><w:sdtContent>"
                    "<w:p><w:r><w:t>{{ area }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
                ),
            ),
            "letter.docx#paragraph 1: the content control is bound to other data",
        ),
        (
            lambda document: document.core_properties.__setattr__("title", "{{ title }}"),
            "letter.docx#docProps/core.xml: nothing is filled in here",
        ),
    ],
)
def test_check_says_what_would_not_arrive_and_where(
    faults: Callable[..., list[str]], edit: Callable[[Opened], object], found: str
) -> None:
    assert [fault for fault in faults(edit) if found in fault]


def with_type(content: bytes, new: str) -> bytes:
    """Return a Word file whose body is said to be something else."""
    package = Package.read(content)
    package.main.become(new)
    return package.content()


def test_a_template_of_word_becomes_a_document_and_macros_are_refused(
    order: Callable[[Callable[[Opened], object]], Order],
) -> None:
    its = order(runs(FIRMS))
    path = its.templates[0] / "letter.docx"
    document = Package.read(path.read_bytes()).main.content_type
    path.write_bytes(with_type(path.read_bytes(), document.replace("document.main", "template.main")))
    made = next(iter(build(its).files))
    assert Package.read(made.read_bytes()).main.content_type == document
    path.write_bytes(with_type(path.read_bytes(), "application/vnd.ms-word.document.macroEnabled.main+xml"))
    with pytest.raises(Failed, match="expected a Word document without macros"):
        build(its)


def test_a_file_that_is_no_word_document_is_a_finding(order: Callable[[Callable[[Opened], object]], Order]) -> None:
    its = order(runs("x"))
    for content in (b"", b"PK\x03\x04 half", b"\xd0\xcf\x11\xe0" * 100):
        (its.templates[0] / "letter.docx").write_bytes(content)
        with pytest.raises(Failed, match=r"letter\.docx: the base document cannot be read, expected a Word document"):
            build(its)
    (its.templates[0] / "letter.docx").unlink()
    with pytest.raises(Failed, match="No such file"):
        build(its)


def test_a_placeholder_that_tracked_changes_run_through_is_filled_once(
    fill: Callable[..., tuple[Path, list[Finding]]],
) -> None:
    def edit(document: Opened) -> None:
        paragraph = document.add_paragraph("在{{ ar")._p
        for inner in (
            f'<w:del {TRACKED} w:id="90"><w:r><w:delText>旧{{{{</w:delText></w:r></w:del>',
            f'<w:ins {TRACKED} w:id="91"><w:r><w:t>ea </w:t></w:r></w:ins>',
            f'<w:moveFrom {TRACKED} w:id="92"><w:r><w:t>}}}}移走</w:t></w:r></w:moveFrom>',
            f"<w:r {NS}><w:t>}}}}内</w:t></w:r>",
        ):
            paragraph.append(parse_xml(inner))

    path, _ = fill(edit)
    assert texts(path) == ["paragraph 1: 在清河区内"]
    body = part(path, "word/document.xml")
    assert len(list(body.iter(f"{W}del"))) == len(list(body.iter(f"{W}moveFrom"))) == 1
    assert faults_of(path) == []


def test_chinese_names_of_words_own_styles_are_met(fill: Callable[..., tuple[Path, list[Finding]]]) -> None:
    def edit(document: Opened) -> None:
        for english, chinese in (("Normal", "正文"), ("Heading 1", "标题 1"), ("Body Text", "正文文本")):
            document.styles[english].element.find(f"{W}name").set(f"{W}val", chinese)
        document.add_paragraph("{{ body }}")

    path, findings = fill(edit)
    missing = [finding.found for finding in findings if finding.code == "docx.style"]
    assert missing == ["三线表, 表头, 表格文字, 资料来源"]
    shown = {each.text: each.style.style_id for each in new_docx(str(path)).paragraphs}
    assert shown["产业发展"] == "Heading1"


def test_the_styles_of_word_2010_go_where_they_would_be_at_odds_with_ours(
    order: Callable[[Callable[[Opened], object]], Order],
) -> None:
    its = order(lambda document: None)
    document = new_docx()
    document.add_paragraph("{{ body }}")
    document.save(str(its.templates[0] / "letter.docx"))
    path = next(iter(build(its).files))
    assert "word/stylesWithEffects.xml" not in zipfile.ZipFile(path).namelist()
    assert faults_of(path) == []


def test_a_footnote_of_the_office_is_filled_and_ours_are_counted_after_it(
    fill: Callable[..., tuple[Path, list[Finding]]],
) -> None:
    def edit(document: Opened) -> None:
        note = f'<w:r {NS}><w:footnoteReference w:id="2"/></w:r>'
        document.add_paragraph("甲")._p.append(parse_xml(note))
        content = (
            f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
            "</w:footnote>"
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            '</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>见{{ area }}</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        notes = OpcPart(PackURI("/word/footnotes.xml"), kind, content.encode(), document.part.package)
        document.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)

    path, _ = fill(edit)
    assert texts(path) == ["paragraph 1: 甲", "footnotes, note 2, paragraph 1: 见清河区"]
    assert faults_of(path) == []
