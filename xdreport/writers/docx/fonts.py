"""Which font names a Word file asks for, and what Word may take where they are missing (fontTable.xml).

Word embeds nothing here: the office's machine has these faces or one of the names behind them.
"""

from dataclasses import dataclass

from xdreport.theme import Face, Theme
from xdreport.writers.docx.markup import quoted


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    others: str
    family: str


# The names that offices' machines know, the usual one first; the last are the open stand-ins.
_FONTS = {
    Face.XIAOBIAOSONG: _Font(
        "方正小标宋简体",
        "方正小标宋_GBK,FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,华文中宋,STZhongsong,Noto Serif CJK SC,宋体",
        "roman",
    ),
    Face.FANGSONG: _Font("仿宋_GB2312", "仿宋,FangSong,FangSong_GB2312,华文仿宋,STFangsong,FandolFang,宋体", "modern"),
    Face.KAITI: _Font("楷体_GB2312", "楷体,KaiTi,KaiTi_GB2312,华文楷体,STKaiti,LXGW WenKai,宋体", "modern"),
    Face.HEITI: _Font("黑体", "SimHei,华文黑体,STHeiti,Noto Sans CJK SC,WenQuanYi Micro Hei", "swiss"),
    Face.SONGTI: _Font("宋体", "SimSun,华文宋体,STSong,Noto Serif CJK SC", "auto"),
}


def font_name(face: Face, theme: Theme) -> str:
    """Return the name a file asks for in a role: the theme's, else the office's usual one."""
    return theme.faces.get(face) or _FONTS[face].name


def write_fonts(theme: Theme) -> str:
    """Return fontTable.xml: each face with the names that may stand in for it (w:altName)."""
    entries = {font_name(face, theme): _entry(face, theme) for face in Face}
    inner = "".join(entries[name] for name in sorted(entries))
    return f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inner}</w:fonts>'


def _entry(face: Face, theme: Theme) -> str:
    font, name = _FONTS[face], font_name(face, theme)
    others = font.others if name == font.name else f"{font.name},{font.others}"
    return (
        f'<w:font w:name={quoted(name)}><w:altName w:val={quoted(others)}/><w:charset w:val="86"/>'
        f'<w:family w:val="{font.family}"/><w:pitch w:val="default"/></w:font>'
    )
