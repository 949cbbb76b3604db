"""The theme part (theme1.xml), which the format requires. No style of ours refers to it: its colours and faces are what
Word offers for shapes and charts that people add, so they are the report's own."""

from xdreport.theme import Face, Theme
from xdreport.writers.docx.fonts import font_name
from xdreport.writers.docx.markup import quoted

_ACCENTS = 6
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def write_office_theme(theme: Theme) -> str:
    """Return theme1.xml with the theme's palette, its 小标宋 for headings and 仿宋 for text."""
    colours = [theme.palette[place % len(theme.palette)] for place in range(_ACCENTS)]
    named = {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": "404040",
        "lt2": "EEEEEE",
        **{f"accent{place}": colour for place, colour in enumerate(colours, 1)},
        "hlink": "000000",
        "folHlink": "000000",
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in named.items())
    line = f'<a:ln w="6350">{_FILL}</a:ln>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="xdreport"><a:themeElements>'
        f'<a:clrScheme name="xdreport">{scheme}</a:clrScheme><a:fontScheme name="xdreport">'
        f"{_fonts('major', Face.XIAOBIAOSONG, theme)}{_fonts('minor', Face.FANGSONG, theme)}</a:fontScheme>"
        f'<a:fmtScheme name="xdreport"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _fonts(kind: str, face: Face, theme: Theme) -> str:
    name = quoted(font_name(face, theme))
    return f"<a:{kind}Font><a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/></a:{kind}Font>"
