#!/usr/bin/env bash
# The guess: a day in the Chinese format of a workbook, yyyy"年"m"月"d"日", is 2026年5月1日 in the CSV,
# or a day of ISO 8601.
# Seen (xlsx2csv 0.8.4, openpyxl 3.1.5, 2026-11-29): the quotation marks of the format are written
# as text, and the month and the day have two digits: 2026"年"05"月"01"日". Its option -f
# (dateformat) writes another form. Hidden rows are left out, and hidden columns are not.
# To whom it matters: those who publish tables of Chinese offices as open data: no reader of CSV
# takes the cell for a day.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.4 openpyxl==3.1.5
cd "$folder"
python/bin/python - <<'PYTHON'
import csv
import datetime
import io
import subprocess

from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.append(["day", "clerk"])
for month in (5, 6):
    sheet.append([datetime.date(2026, month, 1), "L."])
    sheet.cell(sheet.max_row, 1).number_format = 'yyyy"年"m"月"d"日"'
sheet.row_dimensions[3].hidden = True
sheet.column_dimensions["B"].hidden = True
book.save("days.xlsx")


def rows(*options):
    command = ["python/bin/xlsx2csv", *options, "days.xlsx"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(text)
    return list(csv.reader(io.StringIO(text)))


assert rows() == [["day", "clerk"], ['2026"年"05"月"01"日"', "L."]]
assert rows("-f", "%Y-%m-%d") == [["day", "clerk"], ["2026-05-01", "L."]]
PYTHON
echo 'as described'
