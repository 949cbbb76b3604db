"""The data folder against the two published reviews it was made from.

Forwards: every number in a review is an observation of that paragraph, part of a name, or a word that counts
nothing. Backwards: every row's digits stand in the paragraph it names. Then the prose: its phrases resolve, it holds
no digit of its own and no sentence of the reviews.

The CSV and YAML files are read here directly, so that a fault of the project's reader cannot hide one of the data.
"""

import ast
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SEEDS = ROOT.parent / "shared" / "seeds"
TEXTS = {"review-2022": "000_8675b8980da424a4.txt", "review-2021-2025": "001_4db3552b34e24e8a.txt"}

needs_the_texts = pytest.mark.skipif(
    not all((SEEDS / name).is_file() for name in TEXTS.values()),
    reason="the two source texts are not part of the repository; put them in ../shared/seeds to check the data",
)

# Numbers that are part of a name or title. Each must stand in its source, and in a row of names.csv or honours.csv.
NAMES = {
    "review-2022": {
        "“一号工程”": "a decision of the province",
        "工业三年倍增行动": "a campaign",
        "“双首位”产业": "the two industries put first",
        "亿元以上企业": "a size class of enterprises",
        "“一号发展工程”": "a campaign",
        "“五院五中心”": "a group of research platforms",
        "省“两化融合”": "a provincial title",
        "推动五区建设": "a headquarters",
        "“六个一”": "a way of supervising projects",
        "周五问题解决日": "a weekday",
        "“一号改革工程”": "a campaign",
        "百企评部门": "a meeting",
        "周六政企早餐会": "a weekday",
        "“一把手走流程”": "an exercise; 一把手 is the head of an office",
        "2021年度江西省现代服务业集聚区": "the year of a title",
        "第六届湘赣边": "the number of a meeting",
        "西气东输二线七号阀室": "a valve station",
        "“两品一标”": "a class of products",
        "2022年国家水稻新品种": "the year of a meeting",
        "第四届江西省": "the number of a meeting",
        "三馆一中心": "a building project",
        "“5G+”": "a platform",
        "零799艺术区": "an arts district",
        "国家4A级": "a class of sights",
        "国家3A级": "a class of sights",
        "第二批全国": "the batch of a title",
        "首届赣湘": "the number of a festival",
        "第十三届油菜花节": "the number of a festival",
        "2022“惠享萍城": "the year of a festival",
        "“乐购618”": "a festival",
        "区乡村三级综治中心": "three levels of administration, named one by one",
        "‘五区’建设": "a slogan",
        "考评一类县区": "the class of a title",
        "“六大提升行动”": "a campaign",
        "“周五党建日”": "a weekday",
        "党的二十大": "a congress",
        "一等奖": "the class of a prize",
        "二等奖": "the class of a prize",
        "“万名党员进党校”": "a training scheme",
        "百里乡村振兴党建示范带": "a demonstration belt",
        "“湘邻一家亲”": "a brand",
        "“115”": "a mode of governance",
    },
    "review-2021-2025": {
        "“十四五”": "the plan period",
        "“6211”": "a plan of action",
        "“双链长”": "a mechanism",
        "纳税千万元企业": "a size class of enterprises",
        "“一把手检流程”": "an exercise",
        "“四院四中心二驿站”": "a group of research platforms",
        "第一批全国文化产业": "the batch of a title",
        "“塘河杯”首届": "the number of a contest",
        "零就业家庭动态清零": "a policy, not a count",
        "区、乡、村三级": "three levels of administration, named one by one",
        "“一老一小”": "a kind of home",
        "2024年度民政政策创新案例": "the year of a title",
        "“三通”": "water, power and gas",
        "万亩猕猴桃": "a plantation, in a caption",
    },
}

# Numerals that count nothing, and words for being first that no row can hold: what is first is a name, not a rank.
WORDS = {
    "review-2022": {
        "全省一流": "an aim",
        "产值翻倍": "of five firms and others, without a number for any",
        "一站式": "a word",
        "一体": "a word",
        "县乡两级": "the two levels just named",
        "党的二十大精神": "a congress, in a turn of phrase",
        "每一块": "a word",
        "基层一线": "a word",
    },
    "review-2021-2025": {
        "五年来": "the span of the whole review, which is its rows' period",
        "五载": "the span of the whole review, which is its rows' period",
        "一份": "a word",
        "首创": "a word",
        "全国首个": "said of a laboratory; in the note of its name",
        "全省首单": "said of a trade of data; in its name",
        "全省首趟": "said of a train; in the note of its name",
        "全省首个": "said of a company; in the note of its name",
        "全球首个": "said of a map of genomes; in the note of its name",
        "全市唯一": "said of a title; in the note of the honour",
        "全省唯一": "said of a title; in the note of the honour",
        "企业一线": "a word",
        "焕然一新": "a word",
        "一幅": "a word",
        "供水一体化": "a word",
        "千家万户": "a word",
        "双提升": "two things said to improve, named one by one",
        "百姓": "a word",
        "百岁老人": "an age, in a caption, of nobody named",
        "首要任务": "a word",
        "企业一角": "a word, in a caption",
    },
}

# How many observations a printed number stands for, where that is not one each time it is printed.
STANDS_FOR = {
    ("review-2022", "坚持工业强区 产业转型持续加快，第2段", "领跑"): (2, "said of two electricity figures"),
    ("review-2022", "坚持工业强区 产业转型持续加快，第2段", "第二"): (2, "said of two growth rates"),
    ("review-2022", "坚持工业强区 产业转型持续加快，第3段", "第三"): (2, "three times, the total score's rank twice"),
}

# Titles that the sources print in pieces (竞赛中获一等奖1个).
PIECED = {"party.micro_lesson_first", "party.micro_lesson_second"}

# Words for a first place, and the one unit that differs from its indicator's.
FIRST_PLACES = ("榜首", "领跑", "里程最长")
OTHER_UNITS = {"livelihood.education_groups": "大"}

# The words without which a number is not of its measure.
MEASURE_WORDS = {
    "yoy": "同比|增幅",
    "growth": "增长",
    "avg_growth": "年均",
    "rank_province": "全省",
    "rank_city": "全市",
}

NUMERALS = "零〇一二三四五六七八九十百千万亿"
TOKEN = re.compile(rf"\d+(?:\.\d+)?|[{NUMERALS}两双]+|{'|'.join(FIRST_PLACES)}|首[个趟单届创要]|翻[倍番]")
PHRASE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
CLAUSE_END = re.compile(r"[，；。、：]")


@dataclass(frozen=True)
class Token:
    """A number in a paragraph: its characters and where they stand."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def rows(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the data folder, "" where a cell is empty."""
    with (DATA / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def settings(path: str) -> dict[str, Any]:
    """Return a YAML file of the data folder."""
    return yaml.safe_load((DATA / path).read_text(encoding="utf-8"))


SECTIONS = settings("sections.yaml")
SOURCES = settings("sources.yaml")
CHARTS = settings("charts.yaml")
INDICATORS = {id: values for section in SECTIONS for id, values in settings(f"indicators/{section}.yaml").items()}
OBSERVATIONS = [row for section in SECTIONS for row in rows(f"observations/{section}.csv")]
HONOURS = {row["id"]: row for row in rows("honours.csv")}
NAMED = {row["id"]: row for row in rows("names.csv")}
NARRATIVES = sorted((DATA / "narratives").glob("*/*.md"))
KEYS = {(row["indicator"], row["period"], row["measure"]): row for row in OBSERVATIONS}


def paragraphs(source: str) -> dict[str, str]:
    """Return a source's text by locator, by the rule that stands in sources.yaml."""
    found: dict[str, str] = {}
    heading, count, place = "", 0, ""
    for line in (SEEDS / TEXTS[source]).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line:
            continue
        if place.endswith("段") and not found[place].endswith("。"):
            found[place] += line  # a column of the page ended inside the paragraph
        elif line.startswith("#") or (line.startswith("坚持") and "。" not in line):
            heading, count = line.lstrip("# "), 0
        elif "。" in line:
            count += 1
            place = f"{heading}，第{count}段"
            found[place] = line
        else:
            place = "署名行" if line.startswith("(") else "图片说明" if heading else "标题"
            found[place] = found.get(place, "") + line + "\n"
    return found


def masked(text: str, source: str) -> str:
    """Return a text with the names and words that are no figures blanked out, every other character in its place."""
    for literal in sorted((*NAMES[source], *WORDS[source]), key=len, reverse=True):
        text = text.replace(literal, "□" * len(literal))
    return text


def tokens(text: str, source: str) -> Iterator[Token]:
    """Generate the numbers of a paragraph; 万 and 亿 after digits belong to the unit."""
    text = masked(text, source)
    for match in TOKEN.finditer(text):
        if match[0][0].isdigit() or not re.search(r"\d余?$", text[: match.start()]):
            yield Token(match[0], match.start())


def chinese(number: str) -> str:
    """Return a whole number below 20 in Chinese numerals, any other number as it is."""
    if not number.isdigit() or not 0 < int(number) < 20:
        return number
    digits = "零一二三四五六七八九十"
    return digits[int(number)] if int(number) <= 10 else "十" + digits[int(number) - 10]


def written(row: dict[str, str]) -> re.Pattern[str]:
    """Return the pattern of how a source may print an observation; its group `number` is the number's characters."""
    value, measure, qualifier = row["value"], row["measure"], row["qualifier"]
    number = rf"(?P<number>{re.escape(value)}|{chinese(value)})"
    if measure.startswith("rank_"):
        if qualifier == "前":
            return re.compile(f"前{number}")
        if qualifier:
            return re.compile(r"(?!)(?P<number>)(?P<word>)")  # a place has no other qualifier: matches nothing
        place = f"(?<=第){number}"
        return re.compile(f"{place}|(?P<word>{'|'.join(FIRST_PLACES)})" if value == "1" else place)
    unit = INDICATORS[row["indicator"]]["unit"] if measure == "level" else "%"
    unit = OTHER_UNITS.get(row["indicator"], unit)
    if qualifier == "余":
        large, base = re.fullmatch(r"([万亿]?)(.+)", unit).groups()
        return re.compile(f"(?<![0-9.]){number}{large}余{re.escape(base)}")
    before, after = ("", qualifier) if qualifier == "以上" else (qualifier, "")
    # A number with a qualifier that the row does not give must not match: the row would say more than its source.
    bare = "" if qualifier else r"(?<!近)(?<!超)(?<!突破)"
    return re.compile(f"{before}(?<![0-9.]){bare}{number}{re.escape(unit)}{after}" + ("" if after else "(?!以上)"))


def matches(row: dict[str, str], text: str) -> Iterator[Token]:
    """Generate the places in a paragraph that print an observation."""
    for match in written(row).finditer(text):
        group = "number" if match["number"] else "word"
        yield Token(match[group], match.start(group))


def written_as(token: Token, text: str) -> str:
    """Return a number with what stands beside it that tells it from another: 第三, 8家."""
    if token.text in FIRST_PLACES:
        return token.text
    return text[token.start - 1 : token.end] if text[token.start - 1] in "第前" else text[token.start : token.end + 1]


def clause(text: str, token: Token) -> tuple[str, str]:
    """Return the words before and after a number, to the next punctuation mark."""
    return CLAUSE_END.split(text[: token.start])[-1], CLAUSE_END.split(text[token.end :])[0]


def nearness(indicator: str, text: str, token: Token) -> int:
    """Return how many characters of an indicator's names stand in a number's clause, those right beside it twice."""
    before, after = clause(text, token)
    shared = 0
    for name in [INDICATORS[indicator]["name"], *INDICATORS[indicator].get("aliases", [])]:
        for start in range(len(name)):
            for end in range(start + 1, len(name) + 1):
                run = name[start:end]
                is_beside = before.endswith(run) or any(after.startswith(run, unit) for unit in range(4))
                if is_beside or run in before or run in after:
                    shared = max(shared, len(run) * (1 + is_beside))
    return shared


def observed(source: str, locator: str) -> list[dict[str, str]]:
    """Return the observations of one paragraph."""
    return [row for row in OBSERVATIONS if (row["source"], row["locator"]) == (source, locator)]


def label(row: dict[str, str]) -> str:
    """Return an observation in a few words, for a message."""
    return f"{row['indicator']} {row['period']} {row['measure']} = {row['value']}"


# From the reviews to the data


@needs_the_texts
def test_the_reviews_have_the_paragraphs_that_the_rule_counts() -> None:
    count = {source: Counter(place.split("，")[0] for place in paragraphs(source)) for source in TEXTS}
    assert count == {
        "review-2022": {
            "标题": 1,
            "坚持工业强区 产业转型持续加快": 5,
            "坚持开放共赢 赣湘合作持续深化": 4,
            "坚持一体发展 城乡融合持续提质": 4,
            "坚持文旅融合 全域旅游持续发力": 3,
            "坚持利民惠民 民生福祉持续增进": 5,
            "坚持党建引领 持续筑牢基层基础": 4,
        },
        "review-2021-2025": {
            "工业强区奋楫扬帆": 1,
            "强产聚链激活力 工业转型提质效": 3,
            "改革创新破壁垒 开放发展拓新局": 4,
            "城乡融合促蝶变 全域发展焕新颜": 4,
            "民生为本暖民心 幸福底色更浓厚": 6,
            "图片说明": 1,
            "署名行": 1,
        },
    }


@needs_the_texts
@pytest.mark.parametrize("source", TEXTS)
def test_every_number_of_a_review_is_an_observation_of_its_paragraph(source: str) -> None:
    missing = []
    for locator, text in paragraphs(source).items():
        here = observed(source, locator)
        places = {token for row in here for token in matches(row, text)}
        years = {year for row in here for year in re.findall(r"\d{4}", row["period"])}
        for token in tokens(text, source):
            is_year = token.text in years and text[token.end] == "年"
            if token not in places and not is_year:
                missing.append(f"{locator}: {text[max(0, token.start - 8) : token.end + 8]}")
    assert missing == []


@needs_the_texts
@pytest.mark.parametrize("source", TEXTS)
def test_a_number_is_as_many_observations_as_it_is_printed_times(source: str) -> None:
    uneven = []
    for locator, text in paragraphs(source).items():
        printed = Counter(written_as(token, text) for token in tokens(text, source))
        held: Counter[str] = Counter()
        for row in observed(source, locator):
            held.update({written_as(token, text) for token in matches(row, masked(text, source))})
        for form, times in held.items():
            wanted, _ = STANDS_FOR.get((source, locator, form), (printed[form], ""))
            if times != wanted:
                uneven.append(f"{locator}: {form} should be {wanted} observations, is {times}")
    assert uneven == []


@needs_the_texts
@pytest.mark.parametrize("source", TEXTS)
def test_the_names_and_words_that_are_no_figures_stand_in_their_review(source: str) -> None:
    whole = "\n".join(paragraphs(source).values())
    assert [literal for literal in (*NAMES[source], *WORDS[source]) if literal not in whole] == []


@pytest.mark.parametrize("source", TEXTS)
def test_every_name_with_a_number_is_a_row_of_names_or_honours(source: str) -> None:
    held = [row["name"] for row in NAMED.values() if row["source"] == source]
    held += [row["title"] for row in HONOURS.values() if row["source"] == source]
    assert [literal for literal in NAMES[source] if not any(literal in name for name in held)] == []


# From the data to the reviews


@needs_the_texts
def test_every_observation_is_printed_in_the_paragraph_it_names() -> None:
    texts = {source: paragraphs(source) for source in TEXTS}
    lost = [
        f"{label(row)}: {row['source']}，{row['locator']}"
        for row in OBSERVATIONS
        if not list(matches(row, masked(texts[row["source"]].get(row["locator"], ""), row["source"])))
    ]
    assert lost == []


@needs_the_texts
def test_an_observation_holds_the_number_that_stands_nearest_its_name() -> None:
    """Two numbers of one unit in one paragraph, entered the wrong way round, are caught here."""
    texts = {source: paragraphs(source) for source in TEXTS}
    swapped = []
    for row in OBSERVATIONS:
        text = texts[row["source"]][row["locator"]]
        bare = masked(text, row["source"])
        rivals = [
            token
            for other in observed(row["source"], row["locator"])
            for token in matches(row | {"value": other["value"], "qualifier": other["qualifier"]}, bare)
        ]
        own = max(nearness(row["indicator"], text, token) for token in matches(row, bare))
        best = max(nearness(row["indicator"], text, token) for token in rivals)
        if own < best:
            swapped.append(f"{label(row)} (nearness {own}, another number {best})")
    assert swapped == []


@needs_the_texts
def test_a_measure_is_one_that_its_clause_speaks_of() -> None:
    texts = {source: paragraphs(source) for source in TEXTS}
    unsaid = []
    for row in OBSERVATIONS:
        text = texts[row["source"]][row["locator"]]
        clauses = ("".join(clause(text, token)) for token in matches(row, text))
        if not any(re.search(MEASURE_WORDS.get(row["measure"], ""), words) for words in clauses):
            unsaid.append(label(row))
    assert unsaid == []


@needs_the_texts
def test_a_period_is_the_one_printed_before_its_number_or_its_review_s() -> None:
    texts = {source: paragraphs(source) for source in TEXTS}
    usual = {"review-2022": {"2022"}, "review-2021-2025": {"2025", "2021/2025"}}
    wrong = []
    for row in OBSERVATIONS:
        text = texts[row["source"]][row["locator"]]
        for token in matches(row, masked(text, row["source"])):
            said = re.search(r"(\d{4})年(上半年(?:[^。]*第)?|的第?)$", text[: token.start])
            period = said and said[1] + ("-S1" if said[2].startswith("上半年") else "")
            if row["period"] not in ({period} if period else usual[row["source"]]):
                wrong.append(f"{label(row)}: printed for {period}")
    assert wrong == []


@needs_the_texts
def test_the_two_growths_printed_after_their_industries_are_in_the_industries_order() -> None:
    """分别 separates names from numbers, so that nearness cannot tell the two apart."""
    text = paragraphs("review-2022")["坚持工业强区 产业转型持续加快，第2段"]
    industries = {"节能环保": "industry.env_output", "电子信息": "industry.electronics_output"}
    values = [KEYS[industries[name], "2022", "yoy"]["value"] for name in sorted(industries, key=text.index)]
    assert f"分别达{values[0]}%和{values[1]}%" in text


@needs_the_texts
def test_every_name_and_title_is_worded_as_in_the_paragraph_it_names() -> None:
    texts = {source: paragraphs(source) for source in TEXTS}
    areas = {area["name"] for area in settings("workspace.yaml")["areas"].values()}
    worded = [(row, row["name"]) for row in NAMED.values()]
    worded += [(row, row["title"]) for row in HONOURS.values() if row["id"] not in PIECED]
    worded += [(row, piece) for id in PIECED for row in [HONOURS[id]] for piece in row["title"].split("主题微党课竞赛")]
    worded += [(row, row["holder"]) for row in HONOURS.values() if row["holder"] not in areas]
    wrong = [
        f"{row['id']}: {words}"
        for row, words in worded
        # The data has the full-width brackets of Chinese print where the review has half-width ones.
        if words.replace("（", "(").replace("）", ")") not in texts[row["source"]].get(row["locator"], "")
    ]
    assert wrong == []


# The data in itself


def test_every_observation_has_an_indicator_that_one_section_prints() -> None:
    for row in OBSERVATIONS:
        homes = [
            section
            for section, values in SECTIONS.items()
            if any(fnmatchcase(row["indicator"], glob) for glob in values["indicators"])
        ]
        assert row["indicator"] in INDICATORS, label(row)
        assert homes == [row["indicator"].split(".")[0]], label(row)


def test_every_indicator_has_an_observation() -> None:
    assert set(INDICATORS) - {row["indicator"] for row in OBSERVATIONS} == set()


def test_no_figure_is_given_twice() -> None:
    assert len(KEYS) == len(OBSERVATIONS)


def test_a_stock_stands_at_the_end_of_a_year_and_no_span() -> None:
    assert [
        label(row)
        for row in OBSERVATIONS
        if row["measure"] in {"level", "rank_province", "rank_city"}
        and not INDICATORS[row["indicator"]]["flow"]
        and "/" in row["period"]
    ] == []


def test_every_row_names_a_source() -> None:
    assert {row["source"] for row in (*OBSERVATIONS, *HONOURS.values(), *NAMED.values())} == set(SOURCES)


def test_a_reported_growth_is_what_its_two_levels_give() -> None:
    grown = [row for row in OBSERVATIONS if row["measure"] == "growth"]
    assert [label(row) for row in grown] == ["industry.high_tech_firms 2021/2025 growth = 87.1"]
    for row in grown:
        first, last = (Decimal(KEYS[row["indicator"], year, "level"]["value"]) for year in row["period"].split("/"))
        assert (100 * (last / first - 1)).quantize(Decimal("0.1")) == Decimal(row["value"])


def test_only_the_road_density_is_outside_its_bounds_and_its_note_says_so() -> None:
    outside = [
        row
        for row in OBSERVATIONS
        if row["measure"] == "level"
        and not INDICATORS[row["indicator"]].get("low", 0)
        <= float(row["value"])
        <= INDICATORS[row["indicator"]].get("high", float("inf"))
    ]
    assert [row["indicator"] for row in outside] == ["urban_rural.road_density"]
    assert outside[0]["status"] == "doubtful"


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_shows_figures_that_exist_in_one_unit(chart: str) -> None:
    spec = CHARTS[chart]
    assert len({INDICATORS[id]["unit"] for id in spec["indicators"]}) == 1
    wanted = [(id, period, spec.get("measure", "level")) for id in spec["indicators"] for period in spec["periods"]]
    assert [key for key in wanted if key not in KEYS] == []


def test_the_data_package_describes_every_csv_file_with_the_columns_it_has() -> None:
    described = {}
    for resource in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        schema = resource["schema"]
        if isinstance(schema, str):
            schema = json.loads((DATA / schema).read_text(encoding="utf-8"))
        described[resource["path"]] = [field["name"] for field in schema["fields"]]
    headers = {}
    for path in DATA.rglob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), f"{path.name} needs a BOM for Excel"
        headers[path.relative_to(DATA).as_posix()] = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert described == headers


# The prose


def narrative_id(path: Path) -> str:
    """Return a narrative's section and file name, to name a test by."""
    return f"{path.parent.name}/{path.name}"


def period_of(path: Path) -> str:
    """Return the period that a narrative is about."""
    return path.stem.replace("_", "/")


def calls(path: Path) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Generate the phrases of a narrative: function, arguments, named arguments."""
    for phrase in PHRASE.findall(path.read_text(encoding="utf-8")):
        call = ast.parse(phrase.strip(), mode="eval").body
        assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name), phrase
        named = {word.arg or "": ast.literal_eval(word.value) for word in call.keywords}
        yield call.func.id, [ast.literal_eval(argument) for argument in call.args], named


def holds(indicator: str, period: str, measure: str) -> bool:
    """Return whether there is a row for the period or, for a stock, for the year in which it ends."""
    if (indicator, period, measure) in KEYS:
        return True
    is_stock = indicator in INDICATORS and INDICATORS[indicator]["flow"] is False
    return is_stock and (indicator, period.split("/")[-1], measure) in KEYS


def resolves(function: str, arguments: list[str], named: dict[str, str], period: str) -> bool:
    """Return whether a phrase finds the rows it asks for."""
    period = named.get("period", period)
    match function:
        case "figure":
            return holds(arguments[0], period, named.get("measure", "level"))
        case "change":
            return holds(arguments[0], period, named.get("measure", "yoy"))
        case "rank":
            return holds(arguments[0], period, f"rank_{named['among']}")
        case "compare":
            return all(holds(arguments[0], end, named.get("measure", "level")) for end in arguments[1:])
        case "name":
            return arguments[0] in NAMED
        case "honour" | "holder":
            return arguments[0] in HONOURS
        case "period":
            return True
    return False


@pytest.mark.parametrize("path", NARRATIVES, ids=narrative_id)
def test_every_phrase_of_a_narrative_resolves(path: Path) -> None:
    lost = [
        (function, arguments, named)
        for function, arguments, named in calls(path)
        if not resolves(function, arguments, named, period_of(path))
    ]
    assert lost == []


@pytest.mark.parametrize("path", NARRATIVES, ids=narrative_id)
def test_a_narrative_types_no_digit(path: Path) -> None:
    prose = PHRASE.sub("", path.read_text(encoding="utf-8"))
    prose = prose.replace("一体化", "").replace("进一步", "")  # words, not numbers
    assert re.findall(rf"[0-9０-９{NUMERALS}两]+", prose) == []


@needs_the_texts
@pytest.mark.parametrize("path", NARRATIVES, ids=narrative_id)
def test_a_narrative_shares_no_run_of_thirteen_characters_with_a_review(path: Path) -> None:
    whole = "\n".join(text for source in TEXTS for text in paragraphs(source).values())
    pieces = PHRASE.split(path.read_text(encoding="utf-8"))[::2]  # the text between the phrases
    runs = {piece[at : at + 13] for piece in pieces for at in range(len(piece) - 12)}
    assert [run for run in sorted(runs) if run in whole] == []


def test_every_section_has_prose_for_every_period_that_it_has_figures_for() -> None:
    spans = {"2022": "2022", "2022-S1": "2022", "2021": "2021/2025", "2025": "2021/2025", "2021/2025": "2021/2025"}
    wanted = {
        (row["indicator"].split(".")[0], "2022" if row["source"] == "review-2022" else spans[row["period"]])
        for row in OBSERVATIONS
        if (row["source"], row["period"]) != ("review-2021-2025", "2022")  # the base of a comparison over five years
    }
    assert wanted - {(path.parent.name, period_of(path)) for path in NARRATIVES} == set()


def test_every_key_figure_is_told_in_its_section() -> None:
    told = {
        (path.parent.name, arguments[0])
        for path in NARRATIVES
        for function, arguments, _ in calls(path)
        if function in {"figure", "change", "rank", "compare"}
    }
    key = {(id.split(".")[0], id) for id, values in INDICATORS.items() if "key" in values.get("tags", [])}
    assert key - told == set()
