"""One planner decides axis, labels and colours of a chart; its labels are the figures' own characters."""

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xdreport.charts import Anchor, Axis, Fill, Label, Plan, Stroke, axis_of, colours, plan
from xdreport.document import Chart, ChartKind, Derivation, Figure, Series, Text

PALETTE = ("1F4E79", "C55A11", "7F7F7F", "BF9000")
SIZE = 9.0


def figure(text: str, value: str | None = None) -> Figure:
    number = value if value is not None else text.strip("亿元%近")
    return Figure(text, Derivation.REPORTED, value=Decimal(number))


def width_of(text: str) -> float:
    return sum(SIZE if ord(character) > 0x2000 else SIZE * 0.55 for character in text)


def chart(kind: ChartKind, *rows: list[str | None], names: list[str] | None = None, unit: str = "单位：亿元") -> Chart:
    categories = tuple(names or [f"{2018 + number}年" for number in range(len(rows[0]))])
    series = tuple(
        Series(f"系列{number}", tuple(figure(text) if text else None for text in row))
        for number, row in enumerate(rows)
    )
    return Chart("c", "图1", (Text("例"),), kind, categories, series, unit)


def planned(drawn: Chart, width: float = 442.0) -> Plan:
    return plan(drawn, width, PALETTE, SIZE, width_of)


def labels(drawn: Plan) -> list[Label]:
    return [shape for shape in drawn.shapes if isinstance(shape, Label)]


def box(label: Label) -> tuple[float, float, float, float]:
    width = width_of(label.text)
    left = label.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[label.anchor]
    return (left, label.y - 0.8 * SIZE, left + width, label.y + 0.1 * SIZE)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (["88.25亿元", "160亿元"], "0 50 100 150 200"),
        (["0.3亿元", "1.1亿元"], "0.00 0.25 0.50 0.75 1.00 1.25"),
        (["-3.2%", "22.2%"], "-10 0 10 20 30"),
        (["0亿元", "0亿元"], "0.0 0.2 0.4 0.6 0.8 1.0"),
        (["12345.6亿元"], "0 2500 5000 7500 10000 12500"),
    ],
)
def test_ticks_are_round_numbers_from_zero(values: list[str], ticks: str) -> None:
    assert " ".join(axis_of(chart(ChartKind.COLUMN, values)).labels) == ticks


def test_a_line_far_above_zero_has_an_axis_of_its_own() -> None:
    axis = axis_of(chart(ChartKind.LINE, ["8.1%", "9.6%"]))
    assert axis == Axis(Decimal("8.0"), Decimal("10.0"), Decimal("0.5")) or axis.low > 0
    assert axis.low < Decimal("8.1") < Decimal("9.6") <= axis.high


def test_a_line_that_comes_near_zero_begins_at_zero() -> None:
    assert axis_of(chart(ChartKind.LINE, ["1.1%", "9.6%"])).low == 0


def test_labels_are_the_figures_characters_without_the_common_unit() -> None:
    drawn = planned(chart(ChartKind.COLUMN, ["88.25亿元", None, "近160亿元"]))
    printed = [(label.text, label.figure.text) for label in labels(drawn) if label.figure]
    assert printed == [("88.25", "88.25亿元"), ("近160", "近160亿元")]


def test_no_figure_is_shown_as_a_dash() -> None:
    assert "—" in [label.text for label in labels(planned(chart(ChartKind.COLUMN, ["1亿元", None])))]


def test_columns_stand_on_zero_and_are_as_high_as_their_values() -> None:
    drawn = planned(chart(ChartKind.COLUMN, ["50亿元", "100亿元", "-25亿元"]))
    bars = [shape for shape in drawn.shapes if isinstance(shape, Fill)]
    assert bars[1].height == pytest.approx(2 * bars[0].height)
    assert bars[0].y + bars[0].height == pytest.approx(bars[1].y + bars[1].height) == pytest.approx(bars[2].y)


def test_bars_are_as_long_as_their_values() -> None:
    drawn = planned(chart(ChartKind.BAR, ["50亿元", "100亿元", "-25亿元"]))
    bars = [shape for shape in drawn.shapes if isinstance(shape, Fill)]
    assert bars[1].width == pytest.approx(2 * bars[0].width)
    assert bars[2].x + bars[2].width == pytest.approx(bars[0].x)


def test_a_line_has_a_gap_where_there_is_no_figure() -> None:
    drawn = planned(chart(ChartKind.LINE, ["8.1%", "8.2%", None, "8.4%", "8.5%"]))
    lines = [s for s in drawn.shapes if isinstance(s, Stroke) and s.thickness == 1.5]
    assert [len(line.points) for line in lines] == [2, 2]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(list(ChartKind)),
    st.integers(1, 3).flatmap(
        lambda count: st.integers(1, 14).flatmap(
            lambda length: st.lists(
                st.lists(st.one_of(st.none(), st.integers(-500, 20000)), min_size=length, max_size=length),
                min_size=count,
                max_size=count,
            )
        )
    ),
    st.sampled_from(["2022年", "社会保障和就业支出（含退役军人安置）", "Social security and jobs"]),
    st.sampled_from([442.0, 220.0]),
)
def test_labels_of_values_never_collide(kind: ChartKind, rows: list[list[int | None]], name: str, width: float) -> None:
    texts = [[None if value is None else f"{value / 10}%" for value in row] for row in rows]
    drawn = planned(chart(kind, *texts, names=[name] * len(rows[0]), unit="单位：%"), width)
    boxes = [(label, box(label)) for label in labels(drawn) if label.figure]
    assert [(one[0].text, other[0].text) for one, other in combinations(boxes, 2) if overlap(one[1], other[1])] == []
    names = [box(label) for label in labels(drawn) if not label.figure and label.anchor is Anchor.MIDDLE]
    assert [label.text for label, place in boxes for other in names if overlap(place, other)] == []
    assert all(place[1] >= 0 and place[3] <= drawn.height + 1 for _, place in boxes)


def test_the_colours_of_series_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
        return 0.3 * red + 0.59 * green + 0.11 * blue

    for count in (2, 3, 4):
        greys = [grey(colour) for colour in colours(PALETTE, count)]
        assert greys == sorted(greys)
        assert min(after - before for before, after in pairwise(greys)) > 20


def test_one_series_has_the_first_colour_of_the_palette() -> None:
    assert colours(PALETTE, 1) == ("1F4E79",)


def test_a_chart_without_figures_is_planned_all_the_same() -> None:
    for kind in ChartKind:
        assert planned(chart(kind, [None, None])).height > 0
