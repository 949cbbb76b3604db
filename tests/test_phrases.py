"""Texts that yield runs; what a text may not do is in tests/faults/narratives.yaml."""

from decimal import Decimal

import pytest

from xdreport.document import Derivation, Figure, Note, Reference, Run, Runs, Text
from xdreport.findings import Finding, Place
from xdreport.lookup import PhraseError
from xdreport.phrases import Phrases

OUTPUT = Figure("112.4亿元", Derivation.REPORTED, value=Decimal("112.4"))
PLACE = Place("text.md", 7)


def figure(id: str, period: str = "") -> Figure:
    if id != "output":
        raise PhraseError("phrase.indicator", "unknown indicator", id)
    return OUTPUT


def area() -> Text:
    return Text("清河区")


def several(ids: list[str], end: bool = False) -> Runs:
    return (OUTPUT, Text("、"), *(Text(id) for id in ids))


def test_a_figure_is_a_figure_to_the_end() -> None:
    assert rendered("产值{{ figure('output') }}。") == (Text("产值"), OUTPUT, Text("。"))


def test_a_text_without_phrases_is_text() -> None:
    assert rendered("产值增长。\n") == (Text("产值增长。\n"),)
    assert rendered("") == ()


def test_what_a_function_takes_from_the_data_is_marked_so() -> None:
    runs = rendered("{{ area() }}{{ several(['甲']) }}")
    assert [run.is_verbatim for run in runs if isinstance(run, Text)] == [True, True, True]


def test_what_a_person_wrote_is_not() -> None:
    assert [run.is_verbatim for run in rendered("甲{{ '乙' }}") if isinstance(run, Text)] == [False, False]


@pytest.mark.parametrize(
    "text",
    [
        "{% set it = figure('output') %}{{ it }}",
        "{% set it %}{{ figure('output') }}{% endset %}{{ it }}",
        "{% macro it(id) %}{{ figure(id) }}{% endmacro %}{{ it('output') }}",
        "{% macro it(id='output') %}{{ figure(id) }}{% endmacro %}{{ it() }}",
        "{% for id in ['output'] %}{{ figure(id) }}{% endfor %}",
        "{% if true %}{{ figure('output') }}{% endif %}",
        "{{ figure('output') if area() else '' }}",
        "{% if 'a' in ['a', 'b'] and not false %}{{ figure('output') }}{% endif %}",
        "{# a note #}{{ figure('output', period='2025') }}",
        "{%- if true -%} {{ figure('output') }} {%- endif -%}",
    ],
)
def test_a_figure_goes_through_whatever_prose_may_do(text: str) -> None:
    assert rendered(text) == (OUTPUT,)


def test_a_loop_knows_its_last_turn() -> None:
    text = "{% for id in ['output', 'output'] %}{{ figure(id) }}{% if not loop.last %}、{% endif %}{% endfor %}"
    assert rendered(text) == (OUTPUT, Text("、"), OUTPUT)


def test_every_fault_is_found_at_its_line() -> None:
    phrases = Phrases({"figure": figure, "area": area})
    text = "一{{ figure('outptu') }}\n\n二{{ figur('output') }}，{{ 5 }}\n三{{ area('a') }}，{{ figure('x') }}"
    phrases.render(text, PLACE)
    assert sorted(str(finding) for finding in phrases.findings) == [
        "text.md:10: area(): too many positional arguments, expected area() [phrase.arguments]",
        'text.md:10: unknown indicator, found "x" [phrase.indicator]',
        'text.md:7: unknown indicator, found "outptu" [phrase.indicator]',
        "text.md:9: a value without a source cannot be printed, found \"5\" (hint: print it with figure('…')) "
        "[phrase.bare-value]",
        'text.md:9: unknown function, found "figur" (hint: did you mean figure?) [phrase.unknown]',
    ]


def test_a_fault_without_a_place_has_none() -> None:
    phrases = Phrases({"figure": figure})
    phrases.render("{{ figure('x') }}", None)
    assert phrases.findings == [Finding("phrase.indicator", "unknown indicator", None, "x")]


@pytest.mark.parametrize("options", ["['甲'], true", "['甲'], end=false", "ids=['甲']"])
def test_arguments_of_the_right_kind_are_taken(options: str) -> None:
    assert rendered(f"{{{{ several({options}) }}}}") == (OUTPUT, Text("、"), Text("甲"))


@pytest.mark.parametrize(
    ("call", "finding"),
    [
        ("figure(2025)", 'figure(): id cannot be read, found "2025", expected words in quotes'),
        ("figure('output', period=area())", "figure(): period cannot be read, expected words in quotes"),
        ("figure()", "figure(): missing a required argument: 'id', expected figure(id, period='')"),
        ("several('甲')", 'several(): ids cannot be read, found "甲", expected a list of words in quotes'),
        ("several(['甲'], 'yes')", 'several(): end cannot be read, found "yes", expected true or false'),
    ],
)
def test_arguments_of_a_wrong_kind_are_refused_by_name(call: str, finding: str) -> None:
    phrases = Phrases({"figure": figure, "several": several, "area": area})
    phrases.render(f"{{{{ {call} }}}}", PLACE)
    assert [str(found) for found in phrases.findings] == [f"text.md:7: {finding} [phrase.arguments]"]


def test_look_alikes_in_a_text_become_what_they_stand_for() -> None:
    assert rendered("⼯业") == (Text("工业"),)


def test_a_figure_never_becomes_plain_text() -> None:
    for make in (str, format, "{}".format, lambda it: f"{it}"):
        with pytest.raises(TypeError):
            make(OUTPUT)


def test_references_and_notes_go_through_too() -> None:
    runs: dict[str, Run] = {"reference": Reference("table-1", "表1"), "note": Note(1, (OUTPUT,))}
    phrases = Phrases({name: (lambda run=run: run) for name, run in runs.items()})
    assert phrases.render("见{{ reference() }}{{ note() }}", PLACE) == (Text("见"), *runs.values())
    assert phrases.findings == []


def rendered(text: str) -> Runs:
    """Return the runs of a text that has no fault."""
    phrases = Phrases({"figure": figure, "area": area, "several": several})
    runs = phrases.render(text, PLACE)
    assert phrases.findings == []
    return runs
