"""How large a workbook may be, and the refusal of one that is larger, damaged, or no workbook.

The limits are far above what a statistics office mails and far below what ends a machine. They are read off a file's
directory before anything is unpacked, and counted again while it is read, because a directory can lie.
"""

from xdreport.findings import Failed, Finding, Place

LARGEST_FILE = 50 * 1024**2  # bytes
LARGEST_UNPACKED = 256 * 1024**2  # bytes of all parts of a zip together
LARGEST_RATIO = 200  # times that a part of more than a mebibyte may have been packed; sheets reach some 50
MOST_PARTS = 5_000
MOST_SHEETS = 256
MOST_CELLS = 1_000_000  # that hold something, in all sheets
MOST_ELEMENTS = 5_000_000  # of XML in a part, empty cells with a format included
LARGEST_AREA = 5_000_000  # rows × columns up to the last cell that holds something, in all sheets
MOST_MERGED = 20_000  # ranges in all sheets
MOST_STRINGS = 1_000_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # Excel's own
LONGEST_TEXT = 32_767  # characters in a cell, Excel's own


def refused(
    code: str, message: str, shown: str, found: str | None = None, expected: str = "", hint: str = ""
) -> Failed:
    """Return the failure of a workbook as a whole; `shown` is its name."""
    return Failed([Finding(code, message, Place(shown), found, expected, hint)])


def too_large(what: str, most: int, shown: str) -> Failed:
    """Return the failure of a workbook that has more of something than is read."""
    hint = "copy the sheets that matter into a workbook of their own"
    return refused("book.size", f"the workbook has more than {most:,} {what}", shown, hint=hint)


def damaged(why: str, shown: str) -> Failed:
    """Return the failure of a workbook that cannot be read to its end."""
    hint = "open it in Excel, WPS or LibreOffice, save it anew, and import that"
    return refused("book.damaged", f"the workbook is damaged: {why}", shown, hint=hint)
