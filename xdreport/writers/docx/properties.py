"""What a file says about itself (docProps), and how Word is to treat its text (settings.xml)."""

from datetime import date

from xdreport.writers.docx.draft import Draft
from xdreport.writers.docx.styles import NAMESPACE

# A file without a date of its own gets this one: the clock must not show in its bytes.
_NO_DATE = date(2000, 1, 1)

# Marks that may not begin and not end a line (layout-spec 31): Word's list for Chinese, with —, ～ and the units.
NOT_AT_START = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．／：；？］｀｜｝～￠—-/"
NOT_AT_END = "([{£¥‘“‹〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥$/"


def write_core(draft: Draft) -> str:
    """Return docProps/core.xml, every text from the document."""
    document = draft.document
    stamp = f"{(document.date or _NO_DATE).isoformat()}T00:00:00Z"
    language = "zh-CN" if document.language == "zh" else "en"
    texts = {
        "dc:title": document.title,
        "dc:subject": document.subject,
        "dc:creator": document.author,
        "cp:keywords": "，".join(document.keywords) if document.language == "zh" else ", ".join(document.keywords),
        "dc:language": language,
        "cp:lastModifiedBy": document.author,
    }
    inner = "".join(f"<{name}>{draft.escaped(text)}</{name}>" for name, text in texts.items() if text)
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    )


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
