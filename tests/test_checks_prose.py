"""Prose held against its figures: what a proofreader marks, word for word, and what is left alone."""

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import WORLD, write
from typer.testing import CliRunner

from xdreport.cli import app
from xdreport.document import Derivation, Figure, Run, Term, Text
from xdreport.findings import Place
from xdreport.period import Period
from xdreport.proofreading import proofread

NARRATIVE = "narratives/industry/2025.md"
ROWS = (
    WORLD["observations/industry.csv"]
    + """\
industry.firms,qinghe,2024,level,60,,bulletin-2025,第2段,,,
industry.firms,qinghe,2025,yoy,-3.3,,bulletin-2025,第2段,,,
industry.loans,qinghe,2025,level,2.8,近,bulletin-2025,第2段,,,
industry.rate,qinghe,2024,level,7.5,,bulletin-2025,第2段,,,
industry.rate,qinghe,2025,level,5.2,,bulletin-2025,第2段,,,
industry.level,qinghe,2024,yoy,0.0,,bulletin-2025,第2段,,,
industry.level,qinghe,2025,yoy,0.0,,bulletin-2025,第2段,,,
"""
)
INDICATORS = (
    WORLD["indicators/industry.yaml"]
    + """\
industry.loans: {name: 贷款, unit: 亿元}
industry.rate: {name: 投资增速, unit: "%", kind: rate}
industry.level: {name: 用电量, unit: 万千瓦时}
"""
)
RISE = "{{ change('industry.output') }}"  # 比上年增长12.1%
FALL = "{{ change('industry.firms') }}"  # 比上年末下降3.3%
FLAT = "{{ change('industry.level') }}"  # 与上年持平
SLOWER = "{{ change('industry.rate') }}"  # 比上年回落2.3个百分点
AMOUNT = "{{ figure('industry.output') }}"  # 112.4亿元
LOANS = "{{ figure('industry.loans') }}"  # 近2.8亿元
BARE = "{{ figure('industry.firms', 'yoy') }}"  # −3.3%
RATE = "{{ figure('industry.output', 'yoy') }}"  # 12.1%
COUNT = "{{ figure('industry.firms') }}"  # 58家


@pytest.fixture
def read(world: Path, monkeypatch: pytest.MonkeyPatch) -> "Reader":
    write(world, {"observations/industry.csv": ROWS, "indicators/industry.yaml": INDICATORS})
    monkeypatch.chdir(world.parent)
    return Reader(world)


class Reader:
    """A build over prose; calling it returns the findings of the prose, a line each, without the file's name."""

    def __init__(self, world: Path) -> None:
        self.world, self.code = world, 0

    def __call__(self, text: str) -> list[str]:
        write(self.world, {NARRATIVE: text})
        result = CliRunner().invoke(app, ["build", "--section", "industry", "--format", "txt", "--output", "out.txt"])
        assert not result.exception or isinstance(result.exception, SystemExit), result.exception
        self.code = result.exit_code
        return [line.replace(f"data/{NARRATIVE}:", "") for line in result.stderr.splitlines()]


def codes(found: list[str]) -> list[str]:
    return [line.rsplit("[", 1)[1].rstrip("]") for line in found]


# -- direction -----------------------------------------------------------------------------------------------------


def test_a_rise_typed_beside_a_fall_is_an_error(read: Reader) -> None:
    assert read(f"工业总产值{RISE}。\n\n规上工业企业大幅增长，{FALL}。\n") == [
        'error: 3: 增长 is typed beside a figure that says otherwise, found "比上年末下降3.3%", expected words for a '
        "fall (hint: leave the word to the phrase: change('…') prints the verb that the figure has) "
        "[narrative.direction]"
    ]
    assert read.code == 1


@pytest.mark.parametrize(
    "text",
    [
        f"规上企业大幅增长，{FALL}。",
        f"规上企业大幅增长，达到{COUNT}，{FALL}。",
        f"规上企业{FALL}，实现快速增长。",
        f"规上企业保持增长态势，{FALL}。",
        f"规上企业{COUNT}，呈现较快增长势头，{FALL}。",
        f"规上企业增长了{FALL}。",
        f"工业总产值有所下降，{RISE}。",
        f"工业总产值{RISE}，连续下滑。",
        f"产值下降到{AMOUNT}，{RISE}。",
        f"用电量大幅增长，{FLAT}。",
        f"规上企业不再增加，大幅增长，{FALL}。",
        f"用电量明显减少，{FLAT}。",
        f"投资加快，{SLOWER}。",
        f"规上企业增长{BARE}。",
        f"规上企业下降{BARE}。",
        f"工业总产值下降{RATE}。",
        "规上企业大幅增长，{{ compare('industry.firms', '2024', '2025') }}。",
        "产值和企业大幅增长，{{ changes(['industry.firms', 'industry.firms']) }}。",
    ],
)
def test_typed_words_contradict_the_figure_of_their_subject(read: Reader, text: str) -> None:
    assert "narrative.direction" in codes(read(text))


@pytest.mark.parametrize(
    "text",
    [
        f"工业总产值大幅增长，{RISE}。",
        f"规上企业持续减少，{FALL}。",
        f"规上企业{FALL}。工业总产值大幅增长。",
        f"规上企业{FALL}；产值大幅增长。",
        f"规上企业{FALL}\n\n大幅增长的产值。",
        f"工业经济大幅增长，规上企业{FALL}。",
        f"工业总产值{RISE}，企业数下降。",
        f"在需求下降的情况下，{RISE}。",
        f"扭转下降趋势，{RISE}。",
        f"由下降转为增长，{RISE}。",
        f"没有增长，{FALL}。",
        f"投资保持增长，{SLOWER}。",
        f"投资增长放缓，{SLOWER}。",
        f"增长点不断涌现，{FALL}。",
        f"增速为{BARE}。",
        f"工业总产值增长{RATE}。",
        f"利润增长，其中{{{{ period() }}}}企业{FALL}。",
        f"产值增长、企业{FALL}。",
        f"改造提升学校，{FALL}。",
        f"大幅增长，达到{COUNT}。",
        "工业和企业{{ changes(['industry.output', 'industry.firms']) }}，结构有所下降。",
    ],
)
def test_words_of_another_subject_or_no_predicate_contradict_nothing(read: Reader, text: str) -> None:
    assert "narrative.direction" not in codes(read(text))


# -- typed twice ---------------------------------------------------------------------------------------------------


def test_a_verb_typed_before_a_phrase_that_prints_one_is_an_error(read: Reader) -> None:
    assert read(f"工业总产值增长{RISE}。") == [
        'error: 1: 增长 is typed beside a figure that says it itself, found "增长比上年增长12.1%" '
        "(hint: delete the typed word; figure('…') prints the number alone) [narrative.repeated]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"工业总产值比上年{RISE}。",
        f"工业总产值同比{RISE}。",
        f"工业总产值较上年{RISE}。",
        "工业总产值增长{{ change('industry.output', mention='later') }}。",
        f"规上企业减少{FALL}。",
        f"投资增速回落{SLOWER}。",
        "规上企业由{{ compare('industry.firms', '2024', '2025') }}。",
        "企业数居全市{{ rank('industry.firms', among='city') }}。",
        f"贷款近{LOANS}。",
        f"工业总产值{AMOUNT}亿元。",
        "投资{{ change('industry.rate') }}百分点。",
        "投资{{ change('industry.rate') }}个百分点。",
        f"用电量{FLAT}持平。",
    ],
)
def test_what_a_figure_prints_is_not_typed_again(read: Reader, text: str) -> None:
    assert "narrative.repeated" in codes(read(text))


@pytest.mark.parametrize(
    "text",
    [
        f"工业总产值{RISE}。",
        f"工业总产值增长{RATE}。",
        f"工业总产值同比增长{RATE}。",
        "企业数居{{ rank('industry.firms', among='city') }}。",
        f"规上企业{COUNT}。",
        f"有{COUNT}家政企业。",
        f"贷款余额{LOANS}，其中亿元项目较多。",
        f"工业总产值{AMOUNT}。",
    ],
)
def test_what_a_figure_does_not_print_is_typed(read: Reader, text: str) -> None:
    assert read(text) == []


# -- single words --------------------------------------------------------------------------------------------------


def test_a_percent_sign_in_prose_is_an_error(read: Reader) -> None:
    assert read(f"工业总产值{RISE}。\n\n工业总产值增长{RATE}%。\n") == [
        'error: 3: a % is typed in prose, found "总产值增长12.1%%" '
        "(hint: figure('…') prints its unit; a difference of rates is change('…') in 百分点) "
        "[narrative.typed-percent]"
    ]


@pytest.mark.parametrize("word", ["％", "‰", "百分之"])
def test_other_percent_signs_are_found_too(read: Reader, word: str) -> None:
    assert codes(read(f"占{word}{COUNT}。")) == ["narrative.typed-percent"]


def test_negative_growth_is_a_warning(read: Reader) -> None:
    assert read("用电量负增长。") == [
        'warning: 1: 负增长 is no word of a report, found "负增长", expected 下降 '
        "(hint: change('…') prints 下降 with its rate) [narrative.negative-growth]"
    ]
    assert read.code == 0


def test_two_qualifiers_round_one_number_are_a_warning(read: Reader) -> None:
    assert read(f"工业总产值{AMOUNT}。\n\n工业总产值约{AMOUNT}左右。") == [
        'warning: 3: two qualifiers meet round one number, found "约112.4亿元左右" '
        "(hint: keep one of the two words round the number) [narrative.qualifiers]"
    ]
    assert codes(read(f"规上企业至少{COUNT}以上。")) == ["narrative.qualifiers"]
    (found,) = read(f"规上企业{COUNT}。\n\n其中，工业总产值\n约{AMOUNT}左右。\n")
    assert found.startswith("warning: 4: ")
    assert codes(read(f"工业总产值约{AMOUNT}。")) == []


def test_the_workspace_may_turn_a_finding_of_prose_off(read: Reader) -> None:
    setting = "checks: {narrative.direction: off, narrative.typed-digit: note, narrative.typed-percent: warning}\n"
    write(read.world, {"workspace.yaml": WORLD["workspace.yaml"] + setting})
    assert codes(read(f"规上企业大幅增长，{FALL}。")) == []
    found = read("超过90%。")
    assert [line.split(":")[0] for line in found] == ["note", "warning"]
    assert read.code == 0


def test_check_names_the_faults_of_prose(read: Reader) -> None:
    write(read.world, {NARRATIVE: "用电量负增长。\n"})
    result = CliRunner().invoke(app, ["check"])
    assert (result.exit_code, result.stderr.count("[narrative.negative-growth]")) == (0, 1), result.stderr
    assert CliRunner().invoke(app, ["check", "--strict"]).exit_code == 1


def test_a_template_s_own_sentences_are_read_too(read: Reader) -> None:
    lead = 'extends: base\nparts:\n  - lead: {text: "规上企业大幅增长，' + FALL + '。"}\n'
    write(read.world.parent, {"templates/own.yaml": lead})
    words = ["build", "--template", "own", "--section", "industry", "--format", "txt", "--output", "out.txt"]
    result = CliRunner().invoke(app, words)
    assert "templates/own.yaml:3: 增长 is typed beside" in result.stderr


# -- lines ---------------------------------------------------------------------------------------------------------

PLACE = Place("prose.md", 1)
FALLEN = Figure("下降3.3%", Derivation.COMPARED, (), Decimal("3.3"), "growth_down")


def lines(source: str, *runs: Run) -> list[int]:
    return [finding.place.line for finding in proofread(runs, source, PLACE) if finding.place]


def test_a_finding_stands_at_the_line_of_the_source() -> None:
    source = "一\n二\n增长，{{ x }}\n"
    assert lines(source, Text("一\n二\n增长，"), FALLEN, Text("\n")) == [3]


def test_a_branch_that_is_not_printed_counts_as_lines() -> None:
    source = "{% if a %}\n一\n二\n{% endif %}\n增长，{{ x }}\n"
    assert lines(source, Text("\n增长，"), FALLEN, Text("\n")) == [5]


def test_a_loop_prints_a_line_again() -> None:
    source = "{% for a in b %}\n增长，{{ x }}\n{% endfor %}"
    assert lines(source, Text("\n增长，"), FALLEN, Text("\n"), Text("\n增长，"), FALLEN, Text("\n")) == [2, 2]


RISEN = Figure("增长3.3%", Derivation.COMPARED, (), Decimal("3.3"), "growth_up")


def test_a_piece_that_stands_twice_is_found_in_order() -> None:
    source = "{{ a }}增长，{{ x }}\n{{ b }}增长，{{ y }}"
    runs = (RISEN, Text("增长，"), RISEN, Text("\n"), RISEN, Text("增长，"))
    assert lines(source, *runs, FALLEN) == [2]
    assert lines("增长，{{ x }}。\n增长，{{ y }}。", Text("增长，"), FALLEN, Text("。\n增长，"), RISEN) == [1]


def test_lines_count_from_the_first_whatever_stands_there() -> None:
    assert lines("\n增长，{{ x }}", Text("\n增长，"), FALLEN) == [2]
    assert lines("一二三四五六\n三，增长，{{ x }}", Text("一二三四五六\n三，增长，"), FALLEN) == [2]
    points = Figure("提高2个百分点", Derivation.COMPARED, (), Decimal(2), "points_up")
    assert lines("{{ x }}百分点", points, Text("百分点")) == [1]


def test_words_from_the_data_are_not_typed() -> None:
    runs = (Text("增长负增长"), FALLEN, Text("增长", is_verbatim=True), FALLEN)
    assert lines("{{ x }}{{ y }}", *runs) == []


def test_a_text_without_a_place_has_findings_without_one() -> None:
    (finding,) = proofread((Text("负增长"),), "负增长", None)
    assert finding.place is None


def test_a_list_of_rates_points_where_all_of_them_do() -> None:
    from xdreport.catalog import Measure, Observation

    def row(value: str) -> Observation:
        return Observation("a", "b", Period.parse("2025"), Measure.YOY, Decimal(value), None, "s", "l")

    def listed(*values: str) -> Figure:
        return Figure("分别", Derivation.COMPARED, tuple(map(row, values)), None, "list")

    assert lines("增长，", Text("增长，"), listed("-1", "-2")) == [1]
    assert lines("增长，", Text("增长，"), listed("0", "0")) == [1]
    assert lines("增长，", Text("增长，"), listed("1", "-2")) == []
    assert lines("增长，", Text("增长，"), listed()) == []
    assert lines("下降，", Text("下降，"), listed("1", "2")) == [1]


@pytest.mark.parametrize(
    ("word", "rule", "expected"),
    [
        ("增长", "growth_down", "words for a fall"), ("增长", "growth_up", ""), ("增长", "slower", ""),
        ("回落", "slower", ""), ("回落", "faster", "加快"), ("回落", "growth_up", "words for a rise"),
        ("放缓", "faster", "加快"), ("加快", "faster", ""), ("加快", "slower", "回落 or 放缓"),
        ("收窄", "widened", "扩大"), ("扩大", "narrowed", "收窄"), ("扩大", "widened", ""), ("扩大", "growth_down", ""),
        ("下降", "times", "words for a rise"), ("下降", "rank_up", "words for a rise"),
        ("上升", "rank_down", "words for a fall"), ("上升", "rank_to_down", "words for a fall"),
        ("提高", "points_down", "words for a fall"),
        ("下降", "rank_flat", "words for no change"), ("下降", "share", ""), ("下降", "", ""),
    ],
)  # fmt: skip
def test_words_and_rules(word: str, rule: str, expected: str) -> None:
    figure = Figure("……", Derivation.COMPARED, (), None, rule)
    found = [it.expected for it in proofread((Text(f"甲{word}，"), figure), f"甲{word}，", PLACE)]
    assert found == ([expected] if expected else [])


def test_a_name_is_a_subject_of_its_own() -> None:
    from xdreport.catalog import Name

    name = Term("某企业", Name("n", "s", "enterprise", "某企业", None, "s", "l"))
    assert lines("产值增长，{{ x }}", Text("产值增长，"), name, FALLEN) == []


# -- claims --------------------------------------------------------------------------------------------------------


@pytest.fixture
def compared(read: Reader) -> Reader:
    rows = """\
industry.loans,nanshan,2025,level,2.0,,bulletin-2025,第2段,,,
industry.rate,nanshan,2025,level,3.1,,bulletin-2025,第2段,,,
industry.output,qinghe,2025,completion,72.6,,bulletin-2025,第2段,,,
industry.output,qinghe,2025,share,45.1,,bulletin-2025,第2段,,,
industry.deals,qinghe,2025,level,301.8,突破,bulletin-2025,第2段,,,
"""
    indicators = INDICATORS.replace("tags: [key]", "tags: [key], denominator: industry.level", 1)
    files = {"observations/industry.csv": ROWS + rows, "indicators/industry.yaml": indicators + DEALS}
    write(read.world, files)
    return read


DEALS = "industry.deals: {name: 签约额, unit: 亿元}\n"
ABOVE = "{{ compare('industry.rate', area='nanshan') }}"  # 高于全市2.1个百分点
BEHIND = "{{ target('industry.output', schedule=true) }}"  # 比时序进度慢27.4个百分点
DONE = "{{ target('industry.output') }}"  # 完成年度目标的72.6%
RANK = "{{ rank('industry.firms', among='city') }}"  # 全市第2位
SHARE = "{{ share('industry.output') }}"  # 占用电量比重为45.1%
DEAL = "{{ figure('industry.deals') }}"  # 突破301.8亿元


def test_a_claim_that_the_figure_after_it_denies_is_an_error(compared: Reader) -> None:
    assert compared(f"投资增速低于全市，{ABOVE}。") == [
        'error: 1: 低于全市 is typed beside a figure that says otherwise, found "高于全市2.1个百分点", expected 高于 '
        "(hint: leave the word to the phrase, which prints it) [narrative.direction]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"投资增速落后于全市平均水平，{ABOVE}。",
        f"投资增速与全市持平，{ABOVE}。",
        f"投资增速{ABOVE}，低于全市平均水平。",
        f"工业总产值{BEHIND}，快于序时进度。",
        f"工业总产值超时序进度，{BEHIND}。",
        f"工业总产值{AMOUNT}，快于时序进度要求，{BEHIND}。",
        f"工业总产值完成全年目标，{DONE}。",
        f"工业总产值圆满完成年度目标任务，{DONE}。",
        f"工业总产值与序时进度同步，{BEHIND}。",
        f"企业数居全省{RANK}。",
        f"企业数在全省排{RANK}。",
        f"工业总产值翻番，{RISE}。",
        f"工业总产值实现翻番，增长{RATE}。",
        f"工业总产值倍增，{RISE}。",
        f"用电量翻倍，{FLAT}。",
        f"规上企业成倍增长，{FALL}。",
    ],
)
def test_claims_contradict_the_figure_of_their_subject(compared: Reader, text: str) -> None:
    assert "narrative.direction" in codes(compared(text))


@pytest.mark.parametrize(
    "text",
    [
        f"投资增速低于全省，{ABOVE}。",
        f"投资增速高于上年，{ABOVE}。",
        f"投资增速{ABOVE}，低于全省平均水平。",
        f"投资增速{ABOVE}，工业增速低于全市。",
        f"为完成全年目标，{DONE}。",
        f"距完成全年目标尚有差距，{DONE}。",
        f"未完成年度目标，{DONE}。",
        f"未达时序进度，{BEHIND}。",
        f"围绕完成全年目标，{DONE}。",
        f"企业数居{RANK}。",
        f"工业总产值五年翻番，{RISE}。",
        f"工业总产值比基期翻番，{RISE}。",
        f"实施产业倍增计划，{RISE}。",
        f"力争翻番，{RISE}。",
        f"工业总产值{SHARE}。",
        f"发展签约{LOANS}。",
        f"签约额{DEAL}。",
        f"规模近年来扩大到{AMOUNT}。",
        f"最近{COUNT}企业投产。",
    ],
)
def test_claims_of_others_and_aims_contradict_nothing(compared: Reader, text: str) -> None:
    assert compared(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"投资增速高于全市，{ABOVE}。",
        f"投资增速高于全市平均水平，{ABOVE}。",
        f"工业总产值慢于时序进度，{BEHIND}。",
        f"工业总产值完成全年目标的{DONE}。",
        f"工业总产值占比{SHARE}。",
        f"工业总产值占比为{SHARE}。",
        f"签约额达{DEAL}。",
        f"签约额达到{DEAL}。",
        f"贷款达{LOANS}。",
    ],
)
def test_what_the_figure_claims_is_not_claimed_before_it(compared: Reader, text: str) -> None:
    assert "narrative.repeated" in codes(compared(text))


def test_what_is_said_twice_is_shown_with_its_comma(compared: Reader) -> None:
    assert compared(f"投资增速高于全市，{ABOVE}。") == [
        'error: 1: 高于全市 is typed beside a figure that says it itself, found "高于全市，高于全市2.1个百分点" '
        "(hint: delete the typed word; figure('…') prints the number alone) [narrative.repeated]"
    ]


def test_a_qualifier_that_the_data_do_not_have_is_an_error(compared: Reader) -> None:
    assert compared(f"工业总产值近{AMOUNT}。") == [
        'error: 1: 近 is typed before a figure that the data give exactly, found "近112.4亿元", expected 112.4亿元 '
        "(hint: delete the word; where the source says it, it stands in the row's qualifier) "
        "[narrative.typed-qualifier]"
    ]
    assert codes(compared(f"工业总产值超{AMOUNT}。")) == ["narrative.typed-qualifier"]
    assert codes(compared(f"签约额近{DEAL}。")) == ["narrative.qualifiers"]


# -- marks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [("开头。\n\n# 工业\n\n增长。\n", 3, "# 工业"), ("##工业\n", 1, "##工业"), ("##### 工业\n", 1, "##### 工业"),
     ("一\n\n* 增长\n", 3, "* 增长"), ("-增长\n", 1, "-增长"), ("| 甲 | 乙 |\n", 1, "| 甲 | 乙 |"),
     ("见[网页](http://a)。\n", 1, "[网页](http://"), ("甲<br/>乙\n", 1, "<br/>乙"),
     ("**重点**，**其他。\n\n另一段**落**。\n", 1, "**其他。")],
)  # fmt: skip
def test_a_mark_that_is_not_read_is_a_warning(read: Reader, text: str, line: int, found: str) -> None:
    assert read(text) == [
        f'warning: {line}: a mark that is not read prints as it is typed, found "{found}" '
        "(hint: ## to #### and a space begin a heading, “- ” an item) [narrative.mark]"
    ]


@pytest.mark.parametrize(
    "text",
    ["## 工业\n\n### 园区\n\n- **一**项\n- 二项\n", "**跨\n行**。\n", "“甲—乙”，A-B，C<D。\n", "{# - 说明 #}增长。\n"],
)
def test_marks_that_are_read_are_none(read: Reader, text: str) -> None:
    assert read(text) == []


# -- numerals ------------------------------------------------------------------------------------------------------


def test_a_figure_in_chinese_numerals_is_an_error(read: Reader) -> None:
    assert read(f"工业总产值{RISE}。\n\n增速提高三个百分点。\n") == [
        'error: 3: a figure is typed in Chinese numerals, found "增速提高三个百分点。" '
        "(hint: change('…') and figure('…') print it from the data) [narrative.typed-numeral]"
    ]


@pytest.mark.parametrize(
    "text", ["产值翻两番。", "产值翻了一番。", "增长三倍。", "达到十二倍多。", "占三成。", "超过九成以上。",
             "三成的企业。", "近七成企业。", "占三成用地。",
             "实现三倍增长。", "提高零点五个百分点。", "提高近半个百分点。", "占三分之一。", "三成来自外商。",
             "共有三十五家企业。", "新增十二个项目。", "投资一点五亿元。", "一百二十余户受益。", "改造学校六十五所。"],
)  # fmt: skip
def test_what_is_a_figure_in_numerals(read: Reader, text: str) -> None:
    assert codes(read(text)) == ["narrative.typed-numeral"]


@pytest.mark.parametrize(
    "text", ["一批项目开工，一体推进。", "第一产业、三次产业，一季度开局良好。", "一成不变，八成新。", "三成立一中心。",
             "一番努力，三番五次。", "信心百倍，事半功倍。", "倍增计划，十大行动。", "成倍增长。",
             "“十四五”时期，两不愁三保障。", "统一成一个标准。", "千家万户，三五个人，百亿元企业。",
             "第十三届、第二十一项。", "二十四小时值守，十二个月，十二人大代表。",
             "党的二十大，三十而立。", "万元以上企业，一站式，百项措施。"],
)  # fmt: skip
def test_names_and_idioms_are_no_figures(read: Reader, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["｛｛ figure('industry.output') ｝｝", "｛{ period() }｝", "｛% if a %｝"])
def test_full_width_braces_are_an_error(read: Reader, text: str) -> None:
    found = read(f"一\n\n工业总产值{text}。")
    assert found[0].startswith("error: 3: a phrase stands in full-width braces, found ")
    assert "(hint: write half-width braces: {{ … }}) [phrase.syntax]" in found[0]
    assert read.code == 1
