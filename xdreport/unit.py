"""Units of figures: a base (元, 家, 千米/平方公里) and the 万 or 亿 before it.

Which bases exist is closed, so that a mistyped unit is found; a workspace may add its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MULTIPLIERS = {"亿": 10**8, "万": 10**4, "": 1}

_WORDS = """
元 美元 个 家 项 人 名 户 人次 件 件次 宗 年 个月 天 小时 分钟 次 届 批 期 场 堂 班 所 座 处 条 套 栋 间 张 床
辆 台 艘 架 部 支 只 头 羽 株 棵 公斤 千克 克 吨 吨标准煤 斤 升 立方米 平方米 平方千米 平方公里 公顷 亩 米 公里
千米 千瓦 千瓦时 度 兆瓦 摄氏度 微克/立方米 分 位 岁 倍 份 篇 册 种 类 级 站 村 镇 街 社区 对 组 本 项次 户次
车次 列 班次 点 % ‰ 百分点 μg/m³ mg/L
千米/平方公里 公里/平方公里 公里/百平方公里 元/平方米 元/人 元/亩 公斤/亩 人/平方公里
吨/万元 千瓦时/万元 吨标准煤/万元 立方米/万元 万元/人 万元/亩 张/千人 人/千人
"""
BASES = frozenset(_WORDS.split())
# Things that are counted one by one: half a household is a mistyped figure.
_COUNTED = frozenset("个 家 户 项 人 名 人次 件 所 座 处 条 期 场 堂 次 届 批".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written after a number; `base` without its multiplier."""

    text: str
    multiplier: int
    base: str

    def __str__(self) -> str:
        return self.text

    @property
    def is_percent(self) -> bool:
        """True for % and ‰, whose differences are 百分点 and 千分点."""
        return self.base in {"%", "‰"}

    @property
    def is_money(self) -> bool:
        """True for amounts in a currency, which have a price basis."""
        return self.base in {"元", "美元"}

    @property
    def is_count(self) -> bool:
        """True for things counted one by one, whose figures are whole and exact; 万户 is rounded."""
        return self.multiplier == 1 and self.base in _COUNTED


def parse(text: str, extra: Iterable[str] = ()) -> Unit:
    """Return the unit that `text` names, with `extra` bases known too; raise ValueError when it is unknown.

    The micro sign of a keyboard (µ) becomes the letter (μ), so that both are one unit.
    """
    text = text.replace("\u00b5", "\u03bc")
    known = BASES.union(one.replace("\u00b5", "\u03bc") for one in extra)
    if text in known:
        return Unit(text, 1, text)
    for prefix, multiplier in MULTIPLIERS.items():
        base = text.removeprefix(prefix)
        if prefix and base != text and base in known:
            return Unit(text, multiplier, base)
    raise ValueError("a known unit (亿元, 万户, 家, %, …)")


NONE = Unit("", 1, "")  # of an index
PERCENT = Unit("%", 1, "%")
POINTS = Unit("百分点", 1, "百分点")
PLACE = Unit("位", 1, "位")
