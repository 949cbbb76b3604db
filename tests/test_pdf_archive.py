"""The PDF is fit for archives and screen readers: validators find nothing, its structure reads as the document."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import page
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms
from test_pdf import THEME, document, everything, figure, printed, text

from xdreport.build import Order, plan
from xdreport.document import Align, ChartKind, Column, Heading, Paragraph, Picture, Pictures, Row, Table, Text
from xdreport.folders import shipped
from xdreport.scope import Wish
from xdreport.template import available
from xdreport.writers.pdf import write


def faults(content: bytes, profile: str) -> list[str]:
    """Return what a validator finds wrong."""
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile(profile))
    assert report.is_compliant == (not report.failures)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [*map(str, report.failures), *pdf.check_pdf_syntax()]


def elements(kid: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Generate the structure elements of a tree in reading order."""
    if isinstance(kid, pikepdf.Array):
        for one in kid:
            yield from elements(one)
    elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
        yield kid
        yield from elements(kid.get("/K", pikepdf.Array()))


def tags(content: bytes) -> list[str]:
    """Return each element of a document with the text that its own marks hold, read back from the pages."""
    texts: dict[tuple[int, int], str] = {}
    with pdfplumber.open(io.BytesIO(content)) as plumbed:
        for number, its in enumerate(plumbed.pages):
            for character in its.chars:
                if character["mcid"] is not None:
                    place = number, int(character["mcid"])
                    texts[place] = texts.get(place, "") + character["text"]
    read = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {its.obj.objgen: number for number, its in enumerate(pdf.pages)}
        (root,) = [pdf.Root.StructTreeRoot.K]
        for element in list(elements(root))[1:]:
            own = element.get("/K", pikepdf.Array())
            words = ""
            for kid in own if isinstance(own, pikepdf.Array) else [own]:
                if isinstance(kid, int):
                    words += texts.get((numbers[element.Pg.objgen], kid), "")
                elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
                    words += texts.get((numbers[kid.Pg.objgen], int(kid.MCID)), "")
            read.append(f"{str(element.S)[1:]} {words}".strip())
    return read


@pytest.mark.parametrize(("carries_ledger", "archive"), [(False, "2a"), (True, "3a")])
def test_the_file_is_fit_for_the_archive_and_for_a_screen_reader(carries_ledger: bool, archive: str) -> None:
    content = write(replace(everything(), carries_ledger=carries_ledger), THEME).content
    for profile in (archive, "ua1"):
        assert faults(content, profile) == []


def test_an_empty_document_is_fit_for_the_archive_too() -> None:
    assert [faults(printed().content, profile) for profile in ("2a", "ua1")] == [[], []]


def test_headings_skip_no_level_for_a_screen_reader() -> None:
    content = printed(Heading(3, text("甲")), Heading(1, text("乙")), Heading(4, text("丙"))).content
    assert tags(content) == ["H1 甲", "H1 乙", "H2 丙"]
    assert faults(content, "ua1") == []


def test_a_character_without_a_common_meaning_says_what_it_stands_for() -> None:
    content = printed(Paragraph(text("湘\ue000东"))).content
    assert faults(content, "2a") == []


def test_the_structure_of_a_document_is_read_in_order() -> None:
    content = write(everything(), THEME).content
    read = tags(content)
    expected = [
        "H1 坚持工业强区", "P （统计局）", "P 编者按。", "P 目录", "TOC", "TOCI", "Reference", "Link 一、产业发展1",
        "TOCI", "Reference", "Link （一）项目建设1", "H2 一、产业发展", "H3 （一）项目建设", "P 签约46个1，表1。",
        "Note 1　含续建。", "L", "LI", "Lbl 1.", "LBody 新增企业", "LI", "Lbl 2.", "LBody 优化流程", "Table",
        "Caption 表1　主要指标", "TR", "TH 指标", "TH 数值", "TH 增长（%）", "TR", "TH 工业", "TR", "TH 增加值",
        "TD 160.0", "TD 12.5", "TR", "TH #制造业", "TD 99.25", "TD —", "P 单位：亿元", "P 注：1.例。",
    ]  # fmt: skip
    place = read.index(expected[0])
    assert read[place : place + len(expected)] == expected


def test_cells_say_what_they_head_and_span_and_figures_what_they_show() -> None:
    with pikepdf.open(io.BytesIO(write(everything(), THEME).content)) as pdf:
        every = list(elements(pdf.Root.StructTreeRoot.K))
        heads = [(str(it.A.Scope), int(it.A.get("/ColSpan", 1))) for it in every if it.S == "/TH"]
        figures = [str(it.Alt) for it in every if it.S == "/Figure"]
    assert heads == [("/Column", 1)] * 3 + [("/Row", 3), ("/Row", 1), ("/Row", 1)]
    assert figures == ["升"] * len(ChartKind)


def test_a_footnote_belongs_to_its_paragraph_a_list_says_how_it_is_marked_a_figure_where_it_stands() -> None:
    with pikepdf.open(io.BytesIO(write(everything(), THEME).content)) as pdf:
        every = list(elements(pdf.Root.StructTreeRoot.K))
        assert [str(it.P.S) for it in every if it.S == "/Note"] == ["/P"]
        assert [str(it.A.ListNumbering) for it in every if it.S == "/L"] == ["/Decimal"]
        boxes = [[float(edge) for edge in it.A.BBox] for it in every if it.S == "/Figure"]
    assert len(boxes) == len(ChartKind)
    for left, bottom, right, top in boxes:
        assert 70 < left < right < 530 and 90 < bottom < top < 750


def test_a_paragraph_on_two_pages_is_one_element() -> None:
    content = printed(Paragraph(text("国" * 1000))).content
    assert tags(content) == ["P " + "国" * 1000]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 2


def test_the_head_of_a_table_is_read_once() -> None:
    columns = (Column(text("指标")), Column(text("数值"), Align.DECIMAL))
    rows = tuple(Row((text(f"第{number}行"), (figure(f"{number}.5"),))) for number in range(60))
    content = printed(Table("t", "表1", text("主要指标"), columns, rows)).content
    read = tags(content)
    assert (read.count("Table"), read.count("TH 指标"), read.count("TR")) == (1, 1, 61)
    assert read[-1] == "TD 59.5"
    assert faults(content, "ua1") == []


def test_the_metadata_say_what_the_properties_say() -> None:
    with pikepdf.open(io.BytesIO(write(everything(), THEME).content)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == "湘东区经济运行情况"
        assert metadata["dc:creator"] == [str(pdf.docinfo["/Author"])]
        assert metadata["dc:description"] == str(pdf.docinfo["/Subject"])
        assert metadata["pdf:Keywords"] == str(pdf.docinfo["/Keywords"])
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"


def test_the_output_intent_is_a_profile_of_srgb() -> None:
    with pikepdf.open(io.BytesIO(printed().content)) as pdf:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()))
    colours = Image.new("RGB", (4, 1))
    colours.putdata([(255, 0, 0), (12, 200, 99), (128, 128, 128), (3, 5, 250)])
    other = ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB"))
    assert other
    for mine, theirs in zip(colours.get_flattened_data(), other.get_flattened_data(), strict=True):
        assert mine == pytest.approx(theirs, abs=1)


def test_page_labels_are_the_numbers_of_the_pages() -> None:
    document = pypdfium2.PdfDocument(printed(Paragraph(text("国" * 1000))).content)
    assert [document.get_page_label(index) for index in range(len(document))] == ["1", "2"]


def test_the_ledger_is_attached_to_a_document_that_carries_it() -> None:
    result = write(replace(everything(), carries_ledger=True), THEME)
    with pikepdf.open(io.BytesIO(result.content)) as pdf:
        (specification,) = pdf.Root.AF
        attached = pdf.attachments["ledger.json"].get_file()
        assert (str(specification.AFRelationship), attached.mime_type) == ("/Data", "application/json")
        content = json.loads(attached.read_bytes())
    assert [figure["text"] for figure in content["figures"]] == [it.text for it in everything().figures()]
    assert all(figure["boxes"] for figure in content["figures"])


def test_the_boxes_of_figures_hold_their_characters() -> None:
    document_ = replace(everything(), carries_ledger=True)
    result = write(document_, THEME)
    with pdfplumber.open(io.BytesIO(result.content)) as pdf:
        for it, boxes in zip(document_.figures(), result.boxes, strict=True):
            (box,) = boxes
            page_ = pdf.pages[box.page - 1]
            inside = [
                character["text"]
                for character in page_.chars
                if box.left < (character["x0"] + character["x1"]) / 2 < box.right
                and box.bottom < character["matrix"][5] < box.top
            ]
            assert "".join(inside) in {it.text, it.text.removesuffix("亿元")}


def test_a_figure_that_is_broken_over_lines_has_a_box_on_each() -> None:
    long = figure("由八十八点三亿元增加到一百六十亿元")
    result = write(document(Paragraph((Text("国" * 20), long, Text("。"))), carries_ledger=True), THEME)
    first, second = result.boxes[0]
    assert first.bottom > second.top and first.right > second.right and second.left < first.left


@pytest.mark.parametrize("template", sorted(available([shipped("templates")])))
@pytest.mark.parametrize(("attaches_ledger", "archive"), [(False, "2a"), (True, "3a")])
def test_every_template_makes_a_file_for_archives_and_screen_readers(
    template: str, attaches_ledger: bool, archive: str
) -> None:
    wish = Wish(periods=("2022", "2021/2025"))
    planned = plan(Order(shipped("data"), (shipped("templates"),), wish, template, attaches_ledger=attaches_ledger))
    result = write(planned.document, replace(planned.theme, machine_fonts=False))
    for profile in (archive, "ua1"):
        assert faults(result.content, profile) == []
    if attaches_ledger:
        unseen = [it.text for it, boxes in zip(planned.document.figures(), result.boxes, strict=True) if not boxes]
        assert unseen == []


def test_pictures_stand_in_the_file_once_and_say_what_they_show() -> None:
    pictures = []
    for kind in ("jpeg", "png"):
        file = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").save(file, kind)
        pictures.append(Picture(kind, file.getvalue(), 256, 256, f"渐变的{kind}", text(f"图{kind}"), text("程序绘制")))
    blocks = [Heading(1, text("甲")), Pictures((*pictures,)), Paragraph(text("乙")), Pictures((pictures[0],))]
    content = printed(*blocks).content
    assert [faults(content, profile) for profile in ("2a", "ua1")] == [[], []]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        images = [stream for stream in streams if stream.get("/Subtype") == "/Image"]
        assert len(images) == 2
        assert pictures[0].content in [image.read_raw_bytes() for image in images]
        shown = [str(it.Alt) for it in elements(pdf.Root.StructTreeRoot.K) if it.S == "/Figure"]
    assert shown == ["渐变的jpeg", "渐变的png", "渐变的jpeg"]
