"""The pictures of the chosen sections and periods."""

from collections.abc import Iterator
from dataclasses import replace

from xdreport import pictures, scope
from xdreport.catalog import PictureSpec
from xdreport.document import Block, Picture, Pictures
from xdreport.findings import Finding
from xdreport.report import Report
from xdreport.settings import nearest
from xdreport.template import PicturesPart


def gallery(report: Report, options: PicturesPart, position: int) -> Iterator[Block]:
    """Generate the pictures of the chosen sections and periods, some side by side; they are of the workspace's
    area."""
    sections = {section.id for section in report.scope.sections}
    problems: list[Finding] = []
    known = [it.id for it in report.catalog.pictures]
    ids = scope.select(options.images, known, "image", problems, dict.fromkeys(known, ()))
    hint = "the images are " + (", ".join(known) or "none: describe them in images/images.yaml")
    named = [replace(problem, hint=nearest(problem.found or "", known) or hint) for problem in problems]
    report.note_unknown(named, "parts", position, "pictures", "images")
    shown = [
        _picture(report, it)
        for it in report.catalog.pictures
        if it.id in ids and it.section in sections and (not it.period or it.period in report.scope.periods)
        if report.is_own
    ]
    for start in range(0, len(shown), options.beside):
        yield Pictures(tuple(shown[start : start + options.beside]))


def _picture(report: Report, spec: PictureSpec) -> Picture:
    """Return a picture with its caption and credit, whose digits are figures as in prose."""
    period = spec.period or report.scope.periods[-1]
    for text in (spec.caption, spec.credit):
        report.note_typed_digits(text, spec.place)
    upright = pictures.read(spec.path, spec.place)
    return Picture(
        spec.id,
        *upright,
        spec.alternative,
        report.proofread(spec.caption, spec.place, period),
        report.proofread(spec.credit, spec.place, period),
    )
