"""Comments in a Word file that is already there, each anchored to the characters it is about.

python-docx can write comments too; it stamps them with the clock and would write every part of the file anew.
"""

from collections.abc import Iterable
from datetime import date

from lxml import etree

from xdreport.package import Package, Part, related
from xdreport.word import Comment, Line, W, as_bytes, stories, tree
from xdreport.writers.docx.parts import NAMESPACES
from xdreport.writers.docx.runs import plain_run


def annotate(content: bytes, remarks: Iterable[Comment], author: str, day: date) -> bytes:
    """Return a Word file with comments; all else in it stays as it is.

    A paragraph of a text box, which can have none, hands its comment to the paragraph that holds the box. Raise
    `ValueError` for what is no Word file.
    """
    package = Package.read(content)
    main = package.main
    body = next(stories(package))
    lines = list(body.lines())
    part = related(main, "comments") or _new_part(package, main)
    root = tree(part)
    first = max((int(each.get(f"{W}id", "0")) for each in root), default=-1) + 1
    for number, remark in enumerate(remarks, first):
        _anchor(lines[remark.line], remark, number)
        root.append(_comment(remark.text, number, author, day))
    part.content = as_bytes(root)
    main.content = as_bytes(body.root)
    return package.content()


def _new_part(package: Package, main: Part) -> Part:
    content = f"<w:comments {NAMESPACES}/>"
    part = package.add("word/comments.xml", "wordprocessingml.comments", content)
    main.relate("comments", part)
    return part


def _anchor(line: Line, remark: Comment, number: int) -> None:
    """Put the range and the reference of a comment round the characters it is about."""
    reference = _element(f'<w:r><w:commentReference w:id="{number}"/></w:r>')
    boxes = list(line.element.iterancestors(f"{W}txbxContent"))
    runs = line.cut(remark.start, remark.stop) if not boxes else []
    if not runs:
        holder = next(boxes[-1].iterancestors(f"{W}p"), line.element) if boxes else line.element
        holder.append(reference)
        return
    runs[0].addprevious(_element(f'<w:commentRangeStart w:id="{number}"/>'))
    end = _element(f'<w:commentRangeEnd w:id="{number}"/>')
    runs[-1].addnext(end)
    end.addnext(reference)


def _comment(text: str, number: int, author: str, day: date) -> etree._Element:
    comment = _element(
        f'<w:comment w:id="{number}" w:date="{day.isoformat()}T00:00:00Z"><w:p><w:r><w:annotationRef/></w:r>'
        f"{plain_run(text)}</w:p></w:comment>"
    )
    comment.set(f"{W}author", author)
    comment.set(f"{W}initials", author[:1])
    return comment


def _element(content: str) -> etree._Element:
    return etree.fromstring(f"<w:p {NAMESPACES}>{content}</w:p>")[0]
