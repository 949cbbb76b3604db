"""The theme as Word styles (styles.xml). Text is formatted by these and by nothing else.

Where Word has a style for the purpose its built-in name is used, so that its navigation, contents
and captions work; what only official documents have bears its Chinese name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from xdreport.theme import Face, Style, TablePreset, Theme
from xdreport.writers.docx.fonts import font_name
from xdreport.writers.docx.markup import quoted
from xdreport.writers.docx.measures import character, line, measure, spacing, twips

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE = "ReportTable"
IMPRINT_TABLE = "ImprintTable"
STRONG = "Strong"
NOTE_MARK = "FootnoteReference"
HEADING_LIST = 1
LAST = "LastParagraph"
PULL_TABLE = "PullFigureTable"
BESIDE_TABLE = "BesideTable"
PULL_WORDS = "PullWords"
SIGNER = "SignerName"
MARK_TEXT = "MarkText"
CELL_MARGIN = 57  # twips (1 mm) left and right of what stands in a cell

ROW_PADDING = 50  # twips (2.5 pt) above and below what stands in a cell of a table of figures

# The theme's names, with Word's id and name of each.
_NAMES = {
    "body": ("BodyText", "Body Text"),
    "title": ("Title", "Title"),
    "subtitle": ("Subtitle", "Subtitle"),
    "heading1": ("Heading1", "heading 1"),
    "heading2": ("Heading2", "heading 2"),
    "heading3": ("Heading3", "heading 3"),
    "heading4": ("Heading4", "heading 4"),
    "lead": ("Lead", "按语"),
    "list": ("ListParagraph", "List Paragraph"),
    "addressee": ("Salutation", "Salutation"),
    "attachment": ("Attachment", "附件说明"),
    "signature": ("Signature", "Signature"),
    "date": ("Date", "Date"),
    "remark": ("Remark", "附注"),
    "source": ("Source", "资料来源"),
    "contents_title": ("TOCHeading", "TOC Heading"),
    "contents1": ("TOC1", "toc 1"),
    "contents2": ("TOC2", "toc 2"),
    "kicker": ("Kicker", "肩题"),
    "byline": ("Byline", "署名行"),
    "attachment_label": ("AttachmentLabel", "附件标识"),
    "attachment_title": ("AttachmentTitle", "附件标题"),
    "cover_kicker": ("CoverKicker", "封面肩题"),
    "cover_title": ("CoverTitle", "封面标题"),
    "cover_subtitle": ("CoverSubtitle", "封面副题"),
    "cover_line": ("CoverLine", "封面署名"),
    "pull_figure": ("PullFigure", "大字数据"),
    "pull_unit": ("PullUnit", "大字数据单位"),
    "pull_label": ("PullLabel", "大字数据说明"),
    "credit": ("Credit", "图片作者"),
    "letterhead": ("Letterhead", "发文机关标志"),
    "letterhead_line": ("LetterheadLine", "版头"),
    "caption": ("Caption", "caption"),
    "table_unit": ("TableUnit", "表格单位"),
    "table_head": ("TableHead", "表头"),
    "table_cell": ("TableCell", "表格文字"),
    "table_group": ("TableGroup", "表格分组"),
    "table_note": ("TableNote", "表注"),
    "footnote": ("FootnoteText", "footnote text"),
    "page_number": ("Footer", "footer"),
    "running_head": ("Header", "header"),
    "masthead": ("Masthead", "简报名称"),
    "masthead_line": ("MastheadLine", "报头"),
    "imprint": ("Imprint", "报尾"),
    "mark": ("Mark", "密级"),
}
_WITH_TAB = {"masthead_line", "imprint"}  # words at both ends of a line
_BY_ID = {key: name for name, (key, _) in _NAMES.items()}
_NEXT = {
    "title": "BodyText", "subtitle": "BodyText", "heading1": "BodyText", "heading2": "BodyText",
    "heading3": "BodyText", "heading4": "BodyText", "addressee": "BodyText", "caption": "BodyText",
}  # fmt: skip
_QUICK = {"body", "title", "subtitle", "heading1", "heading2", "heading3", "heading4", "caption", "lead", "list"}

# What Word's own styles are called in Chinese: programs that write names as they show them write these.
LOCAL_NAMES: Mapping[str, Sequence[str]] = {
    "normal": ("正文",), "body text": ("正文文本",), "title": ("标题",), "subtitle": ("副标题",),
    "heading 1": ("标题 1", "标题1"), "heading 2": ("标题 2", "标题2"), "heading 3": ("标题 3", "标题3"),
    "heading 4": ("标题 4", "标题4"), "list paragraph": ("列表段落", "列出段落"), "caption": ("题注",),
    "toc heading": ("toc 标题", "目录标题"), "toc 1": ("目录 1", "目录1"), "toc 2": ("目录 2", "目录2"),
    "footnote text": ("脚注文本",), "footnote reference": ("脚注引用",), "header": ("页眉",), "footer": ("页脚",),
    "salutation": ("称呼",), "signature": ("签名",), "date": ("日期",), "strong": ("要点",),
    "normal table": ("普通表格",), "default paragraph font": ("默认段落字体",),
}  # fmt: skip
# Styles without looks of their own, which nobody misses in a file that lacks them.
UNSEEN_STYLES = {"文末", "表后", "并排", "图", "Normal", "Normal Table", "Default Paragraph Font"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A style that differs from a theme's style, `root`, in a few things: a table cell set right, a footer of even
    pages."""

    id: str
    name: str
    style: Style
    root: str
    tracking: float = 0.0
    tabs: str = ""
    whole: int = 0


def style_id(name: str) -> str:
    """Return the id under which Word knows the theme's style `name`."""
    return _NAMES[name][0]


def style_name(name: str) -> str:
    """Return what Word shows its user as the name of the theme's style `name`."""
    return _NAMES[name][1]


def write_styles(theme: Theme, variants: Iterable[Variant]) -> str:
    """Return styles.xml for the theme, with the variants that a document asked for."""
    inner = "".join(
        (
            _defaults(theme),
            _LATENT,
            _normal(theme),
            _CHARACTER_DEFAULT,
            _TABLE_DEFAULT,
            _NO_LIST,
            *(_theme_style(name, theme) for name in _NAMES),
            *(_variant(variant, theme, _style_of(variant.root, theme)) for variant in variants),
            _furniture_styles(theme),
            _strong(theme),
            _NOTE_MARK,
            _character_style(SIGNER, "签发人姓名", replace(theme.style("letterhead_line"), face=Face.KAITI), theme),
            _character_style(MARK_TEXT, "密级文字", theme.style("mark"), theme),
            _character_style(PULL_WORDS, "大字数据文字", theme.style("pull_unit"), theme),
            _table_style(theme),
            _IMPRINT_TABLE,
            _BESIDE_TABLE,
            _pull_table(theme),
        )
    )
    return f"<w:styles {NAMESPACE}>{inner}</w:styles>"


# Everything built in that is not written here stays out of Word's list of styles.
_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
    ' w:defQFormat="0" w:count="376"/>'
)
_CHARACTER_DEFAULT = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
_TABLE_DEFAULT = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f'<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
    f'<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_NO_LIST = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
_IMPRINT_TABLE = (
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{IMPRINT_TABLE}"><w:name w:val="报尾表"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:insideH w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tblBorders><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
# What stands side by side: charts, pictures.
_BESIDE_TABLE = (
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{BESIDE_TABLE}"><w:name w:val="并排"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:jc w:val="center"/><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_NOTE_MARK = (
    f'<w:style w:type="character" w:styleId="{NOTE_MARK}"><w:name w:val="footnote reference"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


def _fonts(style: Style, theme: Theme) -> str:
    """One face for every script, named outright: a theme font would change with the reader's Office theme."""
    name = quoted(font_name(style.face, theme))
    return f'<w:rFonts w:hint="eastAsia" w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>'


def _characters(style: Style, theme: Theme, tracking: float = 0.0, *, names_black: bool = False) -> str:
    """The run properties of a style, in schema order; black is named where it stands within other colours."""
    colour = "" if style.colour == "000000" and not names_black else f'<w:color w:val="{style.colour}"/>'
    added, half_points = twips(tracking) or spacing(style, theme), round(style.size * 2)
    spaced = f'<w:spacing w:val="{added}"/>' if added else ""
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return f"<w:rPr>{_fonts(style, theme)}{colour}{spaced}{size}</w:rPr>"


def _defaults(theme: Theme) -> str:
    body = theme.style("body")
    half_points = round(body.size * 2)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(body, theme)}"
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def indents(style: Style, theme: Theme) -> str:
    """Return `w:ind`: characters for Word, which follow the size of the text, and twips for LibreOffice, which
    ignores characters. In Word's count the left characters exclude what hangs."""
    found = _indents(style, theme)
    written = "".join(f' w:{name}="{value}"' for name, value in found.items() if value)
    return f"<w:ind{written}/>" if written else ""


def _indents(style: Style, theme: Theme) -> dict[str, int]:
    width = character(style, theme)
    hanging = style.hanging
    left, first = (style.left + style.indent, 0.0) if hanging else (style.left, style.indent)
    found = {
        "leftChars": round(left * 100),
        "left": round((left + hanging) * width),
        "rightChars": round(style.right * 100),
        "right": round(style.right * width),
    }
    if hanging:
        return found | {"hangingChars": round(hanging * 100), "hanging": round(hanging * width)}
    return found | {"firstLineChars": round(first * 100), "firstLine": round(first * width)}


_ALIGNMENTS = {"justify": "both", "left": "left", "center": "center", "right": "right"}


def _lines(style: Style, theme: Theme) -> str:
    """Spacing in exact lines, off the grid: the grid would round each line up (layout-spec 1.5)."""
    return (
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}"'
        f' w:line="{line(style, theme.page)}" w:lineRule="exact"/>'
    )


def _paragraph(
    style: Style,
    theme: Theme,
    *,
    numbering: str = "",
    border: str = "",
    tabs: str = "",
    outline: int | None = None,
) -> str:
    """The paragraph properties of a style, in schema order."""
    keep = "<w:keepNext/>" if style.keep_with_next else ""
    lines_together = "<w:keepLines/>" if outline is not None else ""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    align = f'<w:jc w:val="{_ALIGNMENTS[style.align]}"/>'
    return (
        f"<w:pPr>{keep}{lines_together}{numbering}{border}{tabs}{_lines(style, theme)}{indents(style, theme)}"
        f"{align}{level}</w:pPr>"
    )


def _normal(theme: Theme) -> str:
    """The root of all paragraph styles: the body's face and lines without its indent, and the rules of breaking lines:
    forbidden marks kept off line ends, no mark hung into the margin."""
    plain = replace(theme.style("body"), indent=0, hanging=0, left=0, right=0, before=0, after=0)
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct w:val="0"/>'
        f'{_lines(plain, theme)}<w:jc w:val="both"/></w:pPr>{_characters(plain, theme)}</w:style>'
    )


def _style(key: str, name: str, following: str, is_quick: bool, properties: str, root: str = "Normal") -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    quick = "<w:qFormat/>" if is_quick else ""
    custom = "" if name.isascii() else ' w:customStyle="1"'  # Word's own names are ASCII, ours are Chinese
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{key}"><w:name w:val={quoted(name)}/>'
        f'<w:basedOn w:val="{root}"/>{after}{quick}{properties}</w:style>'
    )


def _style_of(key: str, theme: Theme) -> Style:
    """Return the looks of the style of that id: the theme's, but that a head never stands alone at the foot of a page
    and that large figures have the accent's colour."""
    name = _BY_ID[key]
    style = theme.style(name)
    if name in {"table_head", "table_group"}:
        return replace(style, keep_with_next=True)
    return replace(style, colour=theme.accent) if name == "pull_figure" else style


def _theme_style(name: str, theme: Theme) -> str:
    key, label = _NAMES[name]
    style = _style_of(key, theme)
    numbering, tabs, outline, border = "", "", None, ""
    if name.startswith("heading"):
        outline = int(name[-1]) - 1
        level = f'<w:ilvl w:val="{outline}"/>' if outline else ""
        numbering = f'<w:numPr>{level}<w:numId w:val="{HEADING_LIST}"/></w:numPr>'
    if name.startswith("contents") and name != "contents_title":
        tabs = _right_tab(style, theme, ' w:leader="dot"')
    if name in _WITH_TAB:
        tabs = _right_tab(style, theme)
    if name == "running_head":
        border = _rule_below(style)
    paragraph = _paragraph(style, theme, numbering=numbering, border=border, tabs=tabs, outline=outline)
    properties = paragraph + _characters(style, theme)
    return _style(key, label, _NEXT.get(name, ""), name in _QUICK, properties)


def _right_tab(style: Style, theme: Theme, leader: str = "") -> str:
    return f'<w:tabs><w:tab w:val="right"{leader} w:pos="{_end(style, theme)}"/></w:tabs>'


def _end(style: Style, theme: Theme) -> int:
    """Where a line ends, in twips from the left margin."""
    return measure(theme.page) - round(style.right * character(style, theme))


def _rule_below(style: Style) -> str:
    """A thin rule below the running head."""
    return f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{style.colour}"/></w:pBdr>'


def _variant(variant: Variant, theme: Theme, root: Style) -> str:
    """A style on top of the one it varies, in what differs alone: who restyles that one restyles all of them."""
    style, paragraph = variant.style, ""
    if style.keep_with_next != root.keep_with_next:
        paragraph += "<w:keepNext/>" if style.keep_with_next else '<w:keepNext w:val="0"/>'
    if variant.tabs:
        end = (variant.whole or measure(theme.page)) - round(style.right * character(style, theme))
        middle = f'<w:tab w:val="center" w:pos="{end // 2}"/>' if "center" in variant.tabs else ""
        inherited = _end(root, theme)
        cleared = ""
        if inherited != end and _BY_ID[variant.root] in _WITH_TAB:
            cleared = f'<w:tab w:val="clear" w:pos="{inherited}"/>'
        paragraph += f'<w:tabs>{middle}{cleared}<w:tab w:val="right" w:pos="{end}"/></w:tabs>'
    if _lines(style, theme) != _lines(root, theme):
        paragraph += _lines(style, theme)
    if _indents(style, theme) != _indents(root, theme):
        written = "".join(f' w:{name}="{value}"' for name, value in _indents(style, theme).items())
        paragraph += f"<w:ind{written}/>"
    if style.align != root.align:
        paragraph += f'<w:jc w:val="{_ALIGNMENTS[style.align]}"/>'
    own = _characters(style, theme, variant.tracking)
    characters = own if own != _characters(root, theme) else ""
    properties = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + characters
    return _style(variant.id, variant.name, "", False, properties, variant.root)


def _furniture_styles(theme: Theme) -> str:
    """Paragraphs that carry something other than text: the red rule, a chart, the end after a floating table."""
    return "".join(
        (
            _style("MastheadRule", "报头红线", "", False, _rule(theme, 14)),
            # Two blank lines stand between the rule and the title (GB/T 9704-2012, 7.3.1).
            _style("LetterheadRule", "版头红线", "", False, _rule(theme, 2 * theme.style("body").pitch - 15)),
            _style("Picture", "图", "", False, _PICTURE),
            _style(LAST, "文末", "", False, _LAST),
            _style("AfterTable", "表后", "", False, _AFTER),
            _style("CoverRule", "封面红线", "", False, _cover_rule(theme)),
        )
    )


# A chart stands in a line as high as itself: an exact line would cut it off.
_PICTURE = (
    '<w:pPr><w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="200" w:after="80" w:line="240"'
    ' w:lineRule="auto"/>'
    '<w:jc w:val="center"/></w:pPr>'
)
# The white below a table without notes.
_AFTER = (
    '<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:spacing w:val="0"/><w:sz w:val="8"/><w:szCs w:val="8"/></w:rPr>'
)
# Word wants a paragraph after the last table; this one takes a point of height, so that it fits on any page.
_LAST = (
    '<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:spacing w:val="0"/><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
)


def _rule(theme: Theme, after: float) -> str:
    """A rule over the whole measure, 10/8 pt (0.44 mm) thick: between the 0.35 and 0.5 mm of layout-spec 2."""
    return (
        f'<w:pPr><w:pBdr><w:top w:val="single" w:sz="10" w:space="0" w:color="{theme.accent}"/></w:pBdr>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="{twips(4)}" w:after="{twips(after)}"'
        f' w:line="{twips(10)}" w:lineRule="exact"/></w:pPr>'
    )


def _cover_rule(theme: Theme) -> str:
    """A rule over a third of the measure, above and below the title of a cover."""
    side = measure(theme.page) // 3
    return (
        f'<w:pPr><w:pBdr><w:top w:val="single" w:sz="12" w:space="0" w:color="{theme.accent}"/></w:pBdr>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="{twips(8)}" w:after="0" w:line="{twips(20)}"'
        f' w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr>'
    )


def _strong(theme: Theme) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{STRONG}"><w:name w:val="Strong"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{_fonts(theme.style('table_group'), theme)}</w:rPr></w:style>"
    )


def _character_style(key: str, name: str, style: Style, theme: Theme) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{_characters(style, theme, names_black=True)}</w:style>'
    )


def _pull_table(theme: Theme) -> str:
    """Large figures between two rules in the accent colour, 1 pt above and 0.5 pt below."""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{PULL_TABLE}"><w:name w:val="大字数据表"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{theme.accent}"/>'
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{theme.accent}"/></w:tblBorders>'
        f'<w:tblCellMar><w:top w:w="{twips(6)}" w:type="dxa"/><w:bottom w:w="{twips(6)}" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )


def _table_style(theme: Theme) -> str:
    """The ruling of tables: three lines (1.5 pt above and below, 0.75 pt under the head, layout-spec 4) or a grid."""
    sides: tuple[str, ...]
    match theme.table:
        case TablePreset.THREE_LINE:
            name, sides, width = "三线表", ("top", "bottom"), 12
        case TablePreset.GRID:
            name, sides, width = "网格表", ("top", "left", "bottom", "right", "insideH", "insideV"), 4
        case _:
            assert_never(theme.table)
    borders = "".join(f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="auto"/>' for side in sides)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        f'<w:top w:w="{ROW_PADDING}" w:type="dxa"/><w:bottom w:w="{ROW_PADDING}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
        '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    )
