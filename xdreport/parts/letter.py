"""What makes a letter official (GB/T 9704-2012, 7.3): 主送, 署名 and 成文日期, 附注, 附件."""

from collections.abc import Iterator

from xdreport.document import Block, ListBlock, PageBreak, Paragraph, Role, Text, characters
from xdreport.report import Report
from xdreport.settings import Settings
from xdreport.template import AddresseePart, RemarkPart, SignaturePart


def formality(report: Report, options: Settings, position: int) -> Iterator[Block]:
    """Generate 主送, 署名 and 成文日期, 附注; what says nothing is not printed."""
    match options:
        case AddresseePart():
            runs = report.said(position, "addressee", "text")
            yield from (Paragraph((*runs, Text("：")), Role.ADDRESSEE),) if characters(runs) else ()
        case RemarkPart():
            runs = report.said(position, "remark", "text")
            yield from (Paragraph((Text("（"), *runs, Text("）")), Role.REMARK),) if characters(runs) else ()
        case SignaturePart():
            for key, role in (("office", Role.SIGNATURE), ("date", Role.DATE)):
                runs = report.said(position, "signature", key)
                yield from (Paragraph(runs, role),) if characters(runs) else ()
        case _:
            raise AssertionError(options)


def attachment_head(report: Report, position: int, attached: list[int]) -> Iterator[Block]:
    """Generate the head of an 附件 on a new page, numbered where several are attached."""
    label = f"附件{attached.index(position) + 1 if len(attached) > 1 else ''}"
    yield PageBreak()
    yield Paragraph((Text(label),), Role.ATTACHMENT_LABEL)
    yield Paragraph(report.said(position, "attachment", "title"), Role.ATTACHMENT_TITLE)


def attachment_list(report: Report, attached: list[int]) -> Iterator[Block]:
    """Generate 附件说明: the titles of the attachments, numbered where there are several, without an end mark."""
    titles = [report.said(position, "attachment", "title") for position in attached]
    if titles:
        numbers = [f"{number}." if len(titles) > 1 else "" for number in range(1, len(titles) + 1)]
        marks = ("附件：" + numbers[0], *numbers[1:])
        yield ListBlock(tuple(titles), marks, role=Role.ATTACHMENT)
