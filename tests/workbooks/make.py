"""Writes counts.xlsx, the workbook of tests/it/data_workbooks.rs (Python with openpyxl)."""

import datetime
from pathlib import Path

from openpyxl import Workbook

book = Workbook()

# The first sheet: a table that begins in cell B3, with everything a cell can be.
sheet = book.active
sheet.title = "Counts"
rows = {
    3: ["study", "events", "total", "year", "share", "when", "dose"],
    4: ["Bush 1992", 64, 84, 1992, 0.762, datetime.date(1992, 3, 1), 1.234],
    5: ["Komori, 1996", 35.0, "77", 1996, 0.4545, datetime.date(1996, 1, 15), 2.5],
    7: ["Lee\n2017", 486, 505, None, 0.07, None, 1 / 3],
}
for number, values in rows.items():
    for column, value in enumerate(values, start=2):
        sheet.cell(number, column, value)
for number in (4, 5, 7):
    sheet.cell(number, 6).number_format = "0.0%"

# A sheet with mistakes.
sheet = book.create_sheet("Mistakes")
for row in [
    ["study", "events", "total"],
    ["#1 Bush", 0.762, 84],
    ["Komori", datetime.date(2017, 3, 4), 77],
    ["Lee", 1.5, "1,234"],
    ["Kwon", None, 35],
]:
    sheet.append(row)
sheet.cell(2, 2).number_format = "0.0%"

book.create_sheet("Empty")
book.save(Path(__file__).with_name("counts.xlsx"))
