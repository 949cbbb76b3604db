"""A number, a day, words or an error as a cell, with what its number format shows."""

import re
from decimal import Decimal
from math import isfinite

from xdreport.grid import EMPTY, Cell
from xdreport.readers.workbook import formats

ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
_RAISED = str.maketrans("0123456789+-=()（）", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁽⁾")


def number(value: Decimal, code: str, *, is_1904: bool = False, is_formula: bool = False) -> Cell:
    """Return the cell of a number: as its number format shows it, as a day where that is a format of days."""
    if formats.is_of_days(code):
        return _day(value, code, is_1904, is_formula)
    shown = formats.show(value, code)
    is_percent = shown.unit.startswith("%") and shown.shift == 2
    return Cell(
        shown.text, value, is_percent, False, is_formula, "", shown.number, shown.unit, shown.shift, shown.fault
    )


def _day(value: Decimal, code: str, is_1904: bool, is_formula: bool) -> Cell:
    at = formats.day(value, is_1904)
    if at is None:
        shown = formats.general(value)
        return Cell(shown, None, is_formula=is_formula, fault="it is formatted as a day and holds none")
    return Cell(formats.show_day(at, code), at.date(), is_formula=is_formula)


def words(text: str, *, is_formula: bool = False) -> Cell:
    """Return the cell of words, `EMPTY` for none; an error that a program wrote as words is one."""
    if not text:
        return Cell(is_formula=True) if is_formula else EMPTY
    if text in ERRORS:
        return error(text, is_formula=is_formula)
    return Cell(text, text, is_text=True, is_formula=is_formula)


def error(text: str, *, is_formula: bool = False) -> Cell:
    """Return the cell of a formula that ended in an error."""
    return Cell(text, None, is_formula=is_formula, error=text)


def raised(text: str) -> str:
    """Return words that are set as superscript, with the characters that stand raised by themselves: the 1 of a
    footnote is no digit of the name that it stands behind."""
    return text.translate(_RAISED)


def is_number(text: str) -> bool:
    """Return whether a file's characters are a number that is finite."""
    is_written = re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", text) is not None
    return is_written and len(text) <= 40 and isfinite(float(text))  # 1e999 is more than a cell holds
