"""Two workbooks of a made-up bureau, for 2025 and the first quarter of 2026, as one is mailed each quarter. 虚构。

`python tests/quarterly_workbooks.py FOLDER` writes them, so that a reader of the README can follow its story. The
second has another figure for the deposits at the end of 2025 than the first: they were revised meanwhile.
"""

import sys
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Rows = tuple[tuple[str | float | None, ...], ...]


@dataclass(frozen=True)
class Quarter:
    """What a workbook says, and when. `flows` are name, count since January, its growth, that of the year before, and
    the share of the year's target; `stocks` name, figure at the end and at the end of last year; `towns` name, output
    and revenue with their growth."""

    file: str
    title: str
    sent: str
    end: str
    flows: Rows
    stocks: Rows
    towns: Rows


QUARTERS = (
    Quarter(
        "2025年主要指标.xlsx", "2025年", "2026年1月20日", "2025年末",
        (
            ("规模以上工业总产值", 118.62, 6.2, 111.7, None),
            ("其中：新材料产业产值", 42.35, 12.9, 37.51, None),
            ("固定资产投资", "—", -3.4, "—", None),
            ("社会消费品零售总额", 57.84, 4.8, 55.19, None),
            ("一般公共预算收入", 12.46, 5.2, 11.84, 1.01298),
            ("其中：税收收入", 8.27, 7.1, 7.72, None),
            ("进出口总额", 6.03, -12.7, 6.91, None),
            ("居民人均可支配收入（元）", 32480, 5.4, 30816, None),
        ),
        (("金融机构存款余额", 412.6, 389.4), ("规模以上工业企业（家）", 131, 124)),
        (
            ("全区", 1186200, 6.2, 124600, 5.2),
            ("北关街道", 412300, 7.4, 48200, 4.6),
            ("东桥镇", 358600, 8.1, 35900, 7.2),
            ("南塘镇", 261900, 3.0, 25300, 6.0),
            ("西岭乡", 153400, 4.3, 15200, 1.6),
        ),
    ),
    Quarter(
        "2026年一季度主要指标.xlsx", "2026年一季度", "2026年4月18日", "2026年3月末",
        (
            ("规模以上工业总产值", 28.94, 5.2, 27.51, None),
            ("其中：新材料产业产值", 11.02, 10.9, 9.94, None),
            ("固定资产投资", "—", 1.6, "—", None),
            ("社会消费品零售总额", 14.93, -0.3, 14.98, None),
            ("一般公共预算收入", 3.52, 4.1, 3.38, 0.27519),
            ("其中：税收收入", 2.41, 5.2, 2.29, None),
            ("进出口总额", 1.62, 4.5, 1.55, None),
            ("居民人均可支配收入（元）", 9120, 5.1, 8681, None),
        ),
        (("金融机构存款余额", 420.9, 413.8), ("规模以上工业企业（家）", 133, 131)),
        (
            ("全区", 289400, 5.2, 35200, 4.1),
            ("北关街道", 101500, 6.1, 13900, 3.2),
            ("东桥镇", 88700, 7.6, 10300, 6.5),
            ("南塘镇", 62300, 5.0, 7000, 4.0),
            ("西岭乡", 36900, -2.0, 4000, 1.8),
        ),
    ),
)  # fmt: skip


def write(folder: Path) -> list[Path]:
    """Write both workbooks into a folder, the same bytes each time, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for its in QUARTERS:
        (folder / its.file).write_bytes(_workbook(its))
    return [folder / its.file for its in QUARTERS]


def _workbook(its: Quarter) -> bytes:
    packed, plain = BytesIO(), BytesIO()
    book = Workbook(packed)
    book.set_properties({"created": datetime(2026, 1, 1)})
    _main(book, book.add_worksheet("主要指标"), its)
    _towns(book, book.add_worksheet("乡镇"), its)
    book.close()
    with ZipFile(packed) as before, ZipFile(plain, "w") as after:  # not packed: packed bytes differ between machines
        for part in before.infolist():
            after.writestr(ZipInfo(part.filename), before.read(part))
    return plain.getvalue()


def _main(book: Workbook, sheet: Worksheet, its: Quarter) -> None:
    """Write a table of counts since January under a head of two levels, a note, and below it one of figures at the
    period's end."""
    bold = book.add_format({"align": "center", "bold": True})
    sheet.set_column(0, 0, 28)
    sheet.merge_range("A1:E1", f"{its.title}望川区主要经济指标（虚构）", bold)
    sheet.write("A2", f"报送日期：{its.sent}")
    sheet.write("E2", "单位：亿元")
    sheet.merge_range("A3:A4", "指标", bold)
    sheet.merge_range("B3:C3", "累计", bold)
    sheet.write("B4", "绝对量", bold)
    sheet.write("C4", "同比增长（%）", bold)
    sheet.merge_range("D3:D4", "上年同期", bold)
    sheet.merge_range("E3:E4", "完成年度目标", bold)
    below = _rows(book, sheet, 4, its.flows, {2: "0.0", 4: "0.0%"})
    sheet.write(below, 0, "注：本表数据均为虚构；固定资产投资只公布增速。资料来源：望川区统计局（虚构）。")
    sheet.merge_range(below + 2, 0, below + 2, 2, f"{its.end}望川区期末指标（虚构）", bold)
    sheet.write(below + 3, 2, "单位：亿元")
    for column, head in enumerate(("指标", "期末数", "上年末")):
        sheet.write(below + 4, column, head, bold)
    _rows(book, sheet, below + 5, its.stocks, {})


def _towns(book: Workbook, sheet: Worksheet, its: Quarter) -> None:
    """Write a table of towns, in another unit than the first sheet."""
    bold = book.add_format({"align": "center", "bold": True})
    sheet.merge_range("A1:E1", f"{its.title}望川区各乡镇主要指标（虚构）", bold)
    sheet.write("E2", "单位：万元")
    sheet.merge_range("A3:A4", "乡镇", bold)
    for column, head in ((1, "规模以上工业总产值"), (3, "一般公共预算收入")):
        sheet.merge_range(2, column, 2, column + 1, head, bold)
        sheet.write(3, column, "绝对量", bold)
        sheet.write(3, column + 1, "同比增长（%）", bold)
    _rows(book, sheet, 4, its.towns, {2: "0.0", 4: "0.0"})


def _rows(book: Workbook, sheet: Worksheet, top: int, rows: Rows, formats: dict[int, str]) -> int:
    """Write rows with number formats by column, what is a part of the row before it further in, and return the line
    below them."""
    for line, row in enumerate(rows, top):
        for column, value in enumerate(row):
            if value is not None:
                is_part = str(value).startswith("其中")
                style = {"indent": 1} if is_part else {"num_format": formats.get(column, "General")}
                sheet.write(line, column, value, book.add_format(style))
    return top + len(rows)


if __name__ == "__main__":
    for path in write(Path(sys.argv[1])):
        print(path)
