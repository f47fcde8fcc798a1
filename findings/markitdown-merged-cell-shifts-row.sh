#!/usr/bin/env bash
# The guess: a Word table with a cell merged over two rows becomes Markdown rows of equal length.
# Seen (markitdown 0.1.9 with mammoth 1.13.0, 2026-11-28): the second row of the merge has one cell
# fewer, so that "Second" and its fee 7 move one column to the left, under "District" and "Station";
# the head of the table is three empty cells; a line break inside a paragraph becomes a bare
# newline, which Markdown joins with the next line.
# To whom it matters: editors who paste notices from Word. Fees and telephone numbers end under the
# wrong head, and no converter says so.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  'markitdown[docx]==0.1.9' mammoth==1.13.0 python-docx==1.2.0
"$folder/python/bin/python" - "$folder/notice.docx" <<'PYTHON'
import sys
from docx import Document
from docx.enum.text import WD_BREAK

document = Document()
paragraph = document.add_paragraph("Contact: Li")
paragraph.runs[0].add_break(WD_BREAK.LINE)
paragraph.add_run("Telephone: 123")
table = document.add_table(rows=3, cols=3)
rows = [["District", "Station", "Fee"], ["North", "First", "5"], ["", "Second", "7"]]
for row, texts in enumerate(rows):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
table.cell(1, 0).merge(table.cell(2, 0))
document.save(sys.argv[1])
PYTHON
"$folder/python/bin/markitdown" "$folder/notice.docx" | tee "$folder/notice.md"
grep -Fxq '| Second | 7 |' "$folder/notice.md"
grep -Fxq '|  |  |  |' "$folder/notice.md"
grep -Fxq 'Contact: Li' "$folder/notice.md"
echo 'as described'
