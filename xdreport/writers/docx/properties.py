"""What a file says about itself (docProps), and how Word is to treat its text (settings.xml)."""

from datetime import date, datetime

from docx.opc.package import OpcPackage

from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.styles import NAMESPACE

# A file without a date of its own gets this one: the clock must not show in its bytes.
_NO_DATE = date(2000, 1, 1)
_LONGEST = 255  # characters of a core property, python-docx takes no more

# Marks that may not begin and not end a line (layout-spec 31): Word's list for Chinese, with —, ～ and the units.
NOT_AT_START = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．／：；？］｀｜｝～￠—-/"
NOT_AT_END = "([{£¥‘“‹〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥$/"


def describe(package: OpcPackage, draft: Draft) -> None:
    """Fill the package's core properties (docProps/core.xml) from the document."""
    document = draft.document
    texts = {
        "title": document.title,
        "subject": document.subject,
        "author": document.author,
        "keywords": "，".join(document.keywords) if document.language == "zh" else ", ".join(document.keywords),
        "language": "zh-CN" if document.language == "zh" else "en",
        "last_modified_by": document.author,
    }
    core = package.core_properties
    for name, text in texts.items():
        setattr(core, name, draft.plain(text)[:_LONGEST])
    core.created = core.modified = datetime.combine(document.date or _NO_DATE, datetime.min.time())


def write_application() -> str:
    """Return docProps/app.xml."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>xdreport</Application></Properties>"
    )


def write_settings(has_notes: bool) -> str:
    """Return settings.xml in schema order: Chinese line breaking, odd and even footers, Word 2013's layout."""
    notes = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>' if has_notes else ""
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    start, end = (marks.replace("&", "&amp;").replace("<", "&lt;") for marks in (NOT_AT_START, NOT_AT_END))
    return (
        f'<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{end}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="{start}"/>'
        f"{notes}<w:compat><w:doNotExpandShiftReturn/>{modes}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )
