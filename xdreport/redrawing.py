"""Native charts of a Word file with other values: what is drawn, its labels and axes, and the workbook behind it.

Only texts and numbers are changed, one by one, so that colours and whatever else somebody chose in Word stay.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from xml.sax.saxutils import escape

from lxml import etree

from xdreport import charts
from xdreport.document import Chart, ChartKind, Figure, Series
from xdreport.edited import MARK
from xdreport.ledger import Record
from xdreport.package import Package, Part
from xdreport.patching import Patch, repacked
from xdreport.word import NAMES, W, points, stories, tree

Found = TypeVar("Found")
_C = f"{{{NAMES['c']}}}"


def chart_parts(package: Package) -> dict[str, tuple[Part, int]]:
    """Return the part of each chart and the paragraph that holds it, by the bookmark round it."""
    found: dict[str, tuple[Part, int]] = {}
    body = next(stories(package))
    for number, line in enumerate(body.lines()):
        for chart in line.element.iter(f"{_C}chart"):
            key = chart.get(f"{{{NAMES['r']}}}id", "")
            part = package.main.rels[key].target_part if key in package.main.rels else None
            for mark in line.element.iter(f"{W}bookmarkStart"):
                if mark.get(f"{W}name", "").startswith(MARK) and isinstance(part, Part):
                    found[mark.get(f"{W}name", "")] = (part, number)
    return found


def spread(part: Part, its: Mapping[str, Found]) -> dict[str, Found]:
    """Return what belongs to cells of a chart's workbook, the target's also for each further cell of its column: a line
    of one value, which only its first cell names."""
    found = dict(its)
    cells: dict[etree._Element, list[str]] = {}
    for cell, _, series in points(tree(part)):
        cells.setdefault(series, []).append(cell)
    for series, own in cells.items():
        marker = series.find(f"{_C}marker/{_C}symbol")
        is_target = series.find(f"{_C}trendline") is not None or (marker is not None and marker.get("val") == "dash")
        if is_target and own[0] in its:
            found |= dict.fromkeys(own, its[own[0]])
    return found


def categories(part: Part) -> list[str]:
    """Return what a chart names its categories, in their order; [] for a chart that names none."""
    for words in tree(part).iter(f"{_C}cat"):
        named = {int(it.get("idx", "0")): it.findtext(f"{_C}v", "") for it in words.iter(f"{_C}pt")}
        count = max((int(it.get("val", "0")) for it in words.iter(f"{_C}ptCount")), default=len(named))
        return [named.get(place, "") for place in range(count)]
    return []


def redrawn(
    part: Part,
    values: Mapping[str, Figure],
    old: Mapping[str, Record],
    names: Mapping[str, str],
    labels: Sequence[str] = (),
) -> bytes:
    """Return a chart's part with other values: caches, labels that are written out, categories, the reach of axes.

    `names` are other words for some of the words of a chart; `labels` name the categories anew, () leaves them to it.
    """
    patch = Patch(part.blob)
    for cell, point, series in points(patch.root):
        figure, shown = values.get(cell), point.find(f"{_C}v")
        if figure is None or figure.value is None or shown is None:
            continue
        if shown.text != f"{figure.value:f}":
            patch.set_text(shown, f"{figure.value:f}")
        _relabel(patch, series, point, figure, old[cell].text)
    for words in (*patch.root.iter(f"{_C}cat"), *patch.root.iter(f"{_C}tx")):
        for shown in words.iter(f"{_C}v"):
            place = shown.getparent()
            if labels and words.tag == f"{_C}cat" and place is not None:
                patch.set_text(shown, labels[int(place.get("idx", "0"))])
            else:
                _rename(patch, shown, names)
    _rescale(patch, values)
    return patch.content


def _relabel(patch: Patch, series: etree._Element, point: etree._Element, figure: Figure, was: str) -> None:
    """Write out the new figure in the label of a point, where the old one was written out, or where the number in the
    format of the labels would not say it (近91, or 9 as 9.0)."""
    labels = series.find(f"{_C}dLbls")
    if labels is None:
        return
    own = next((it for it in labels.findall(f"{_C}dLbl") if _value(it, "idx") == point.get("idx")), None)
    if own is not None and own.find(f"{_C}tx") is not None:
        for text in own.iter(f"{{{NAMES['a']}}}t"):
            if text.text and was.startswith(text.text):
                patch.set_text(text, figure.text.removesuffix(was[len(text.text) :]))
            elif text.text and (named := _renamed(text.text, was, figure.text)):
                patch.set_text(text, named)
        return
    is_hidden = own is None and _value(labels, "showVal") == "0"
    if is_hidden or figure.value is None or _is_formatted(labels if own is None else own, figure):
        return
    if own is not None:
        before = next((it for it in own if it.tag in {f"{_C}numFmt", f"{_C}spPr", f"{_C}dLblPos"}), None)
        if before is not None:  # none in one that is not shown
            patch.insert_before(before, f"<c:tx>{_rich(figure)}</c:tx>")
        return
    names = ("dLblPos", "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    settings = [(name, element) for name in names if (element := labels.find(f"{_C}{name}")) is not None]
    shown = "".join(f'<c:{name} val="{element.get("val")}"/>' for name, element in settings)
    written = f'<c:dLbl><c:idx val="{point.get("idx")}"/><c:tx>{_rich(figure)}</c:tx>{shown}</c:dLbl>'
    patch.insert_before(labels[0], written)


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{_C}{name}")
    return "" if found is None else found.get("val", "")


def _rich(figure: Figure) -> str:
    return f"<c:rich><a:bodyPr/><a:p><a:r><a:t>{figure.text}</a:t></a:r></a:p></c:rich>"


def _is_formatted(labels: etree._Element, figure: Figure) -> bool:
    """Return whether labels print a figure as it is to be read: with its decimals, in the number format that they have,
    or in the one that Office chooses where they have none."""
    code = labels.find(f"{_C}numFmt")
    is_number = re.fullmatch(r"[−-]?[\d.,]+", figure.text) is not None
    if code is None or not re.fullmatch(r"0(\.0+)?", code.get("formatCode", "")):
        return is_number
    places = len(code.get("formatCode", "").partition(".")[2])
    return is_number and figure.text.replace("−", "-").replace(",", "") == f"{figure.value:.{places}f}"


def _renamed(label: str, was: str, now: str) -> str:
    """Return a label that names a figure without its unit (目标10.0) with another figure, "" where it names none."""
    for end in range(len(was), 0, -1):
        if label.endswith(was[:end]) and was[:end].strip("-−.").replace(".", "").isdecimal():
            return label.removesuffix(was[:end]) + now.removesuffix(was[end:])
    return ""


def _rename(patch: Patch, words: etree._Element, names: Mapping[str, str]) -> None:
    new = names.get(words.text or "")
    if new is not None and new != words.text:
        patch.set_text(words, new)


def _rescale(patch: Patch, values: Mapping[str, Figure]) -> None:
    """Let the axes of values reach what is shown now, where their ends were set. The axis of a line over columns has as
    many steps as that of the columns, as the planner gives it."""
    kinds = _kinds(patch.root)
    axes = {_value(axis, "axId"): axis for axis in patch.root.iter(f"{_C}valAx")}
    shown = {id: series for id in axes if (series := _series(patch.root, id, values))}
    is_double = [kinds.get(id) for id in shown] == [ChartKind.COLUMN, ChartKind.LINE]
    both = [replace(one, is_second=kinds.get(id) is ChartKind.LINE) for id, own in shown.items() for one in own]
    for id, own in shown.items():
        if is_double and kinds[id] is ChartKind.LINE:
            planned = charts.second_axis_of(_drawn(ChartKind.COLUMN_LINE, both))
        else:
            planned = charts.axis_of(_drawn(kinds.get(id, ChartKind.COLUMN), own))
        low, high = (axes[id].find(f"{_C}scaling/{_C}{end}") for end in ("min", "max"))
        if low is None or high is None:
            continue
        step = axes[id].find(f"{_C}majorUnit")
        for element, value in ((low, planned.low), (high, planned.high), (step, planned.step)):
            if element is not None and element.get("val") != f"{value:f}":
                patch.set_attribute(element, "val", f"{value:f}")


def _kinds(root: etree._Element) -> dict[str, ChartKind]:
    """Return what is drawn on each axis."""
    kinds: dict[str, ChartKind] = {}
    for drawn, kind in (("barChart", ChartKind.COLUMN), ("lineChart", ChartKind.LINE)):
        for plot in root.iter(f"{_C}{drawn}"):
            is_stacked = _value(plot, "grouping") == "stacked"
            for axis in plot.findall(f"{_C}axId"):
                kinds.setdefault(axis.get("val", ""), ChartKind.STACKED if is_stacked else kind)
    return kinds


def _series(root: etree._Element, axis: str, values: Mapping[str, Figure]) -> list[Series]:
    """Return what an axis must reach: the series on it, by the columns of the workbook; [] where nothing is shown."""
    cells = _cells_of(root, axis)
    columns = sorted({re.sub(r"\d+$", "", cell) for cell in cells})
    series = [
        Series(column, tuple(values.get(cell) for cell in cells if re.sub(r"\d+$", "", cell) == column))
        for column in columns
    ]
    return series if any(figure for one in series for figure in one.figures) else []


def _drawn(kind: ChartKind, series: Sequence[Series]) -> Chart:
    """Return a chart that has only what decides its axes."""
    count = max(len(one.figures) for one in series)
    even = tuple(replace(one, figures=one.figures + (None,) * (count - len(one.figures))) for one in series)
    return Chart("", "", (), kind, ("",) * count, even)


def _cells_of(root: etree._Element, axis: str) -> list[str]:
    """Return the cells of the series that are drawn on an axis."""
    found = []
    for cell, _, series in points(root):
        plot = series.getparent()
        if plot is not None and (not axis or axis in {it.get("val") for it in plot.findall(f"{_C}axId")}):
            found.append(cell)
    return found


def calculated(
    content: bytes, values: Mapping[str, Figure], names: Mapping[str, str], labels: Sequence[str] = ()
) -> bytes:
    """Return a workbook with other values in its cells, and other names of periods among its words; `labels` name the
    categories, which stand in column A from row 2 on."""
    named = {f"A{place}": label for place, label in enumerate(labels, 2)}
    package = Package.read(content)
    sheets = {f"{each.partname}": each for each in package.parts if "/worksheets/" in str(each.partname)}
    parts: dict[str, bytes] = {}
    for name, part in sheets.items():
        patch = Patch(part.blob)
        for cell in patch.root.iter("{*}c"):
            if cell.get("r") in named:
                patch.replace(cell, _written(cell, named[cell.get("r", "")]))
                continue
            figure = next((it for key, it in values.items() if key.partition("!")[2] == cell.get("r")), None)
            shown = cell.find("{*}v")
            if shown is None or figure is None or figure.value is None or cell.get("t", "n") != "n":
                value = None
            else:
                value = f"{figure.value:f}"
            if shown is not None and value is not None and shown.text != value:
                patch.set_text(shown, value)
            for words in cell.iter("{*}t"):
                _rename(patch, words, names)
        if patch.content != part.blob:
            parts[name.lstrip("/")] = patch.content
    for part in package.parts:
        if str(part.partname).endswith("/sharedStrings.xml"):
            patch = Patch(part.blob)
            for words in patch.root.iter("{*}t"):
                _rename(patch, words, names)
            if patch.content != part.blob:
                parts[str(part.partname).lstrip("/")] = patch.content
    return repacked(content, parts) if parts else content


def _written(cell: etree._Element, words: str) -> str:
    """Return a cell of a workbook with words in it."""
    own = f"{cell.prefix}:" if cell.prefix else ""
    style = f' s="{cell.get("s")}"' if cell.get("s") else ""
    text = f'<{own}is><{own}t xml:space="preserve">{escape(words)}</{own}t></{own}is>'
    return f'<{own}c r="{cell.get("r")}"{style} t="inlineStr">{text}</{own}c>'
