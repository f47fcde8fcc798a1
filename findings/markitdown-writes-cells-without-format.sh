#!/usr/bin/env bash
# The guess: a table made from a workbook has the figures as the sheet shows them.
# Seen (markitdown 0.1.9 with its extra xlsx, openpyxl 3.1.5, 2026-11-29): it has the stored values.
# 12.5 % is 0.125, a telephone number loses its leading zero, 8.3万 is 83000, a day has a
# time, and an empty cell is the word NaN.
# To whom it matters: editors who publish figures from workbooks: a share reads as a hundredth of
# itself, beside a label that says per cent.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  'markitdown[xlsx]==0.1.9' openpyxl==3.1.5
cd "$folder"
python/bin/python - <<'PYTHON'
import datetime

from markitdown import MarkItDown
from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.append(["What", "Value", "Note"])
cells = (
    ("Share in %", 0.125, "0.0%"),
    ("Telephone", 4518460000, "00000000000"),
    ("Trees", 83000, '0!.0,"万"'),
    ("Day", datetime.date(2026, 5, 1), "yyyy-mm-dd"),
)
for name, value, shown_as in cells:
    sheet.append([name, value])
    sheet.cell(sheet.max_row, 2).number_format = shown_as
book.save("figures.xlsx")
table = MarkItDown().convert("figures.xlsx").markdown
print(table)
for row in (
    "| Share in % | 0.125 | NaN |",
    "| Telephone | 4518460000 | NaN |",
    "| Trees | 83000 | NaN |",
    "| Day | 2026-05-01 00:00:00 | NaN |",
):
    assert row in table, row
PYTHON
echo 'as described'
