#!/usr/bin/env bash
# The guess: mammoth's Markdown output keeps a Word table, as its HTML output does.
# Seen (mammoth 1.13.0, 2026-11-28): each cell becomes a paragraph of its own and nothing says that
# there was a table; the exit code is 0 and no warning is printed. The HTML output has the table.
# To whom it matters: editors who convert notices with fees or addresses. Rows cannot be told apart.
# Convert to HTML first, or use another program.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0
"$folder/python/bin/python" - "$folder/notice.docx" <<'PYTHON'
import sys
from docx import Document

document = Document()
table = document.add_table(rows=2, cols=2)
for row, texts in enumerate([["Station", "Fee"], ["First", "5"]]):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
document.save(sys.argv[1])
PYTHON
"$folder/python/bin/mammoth" "$folder/notice.docx" --output-format=markdown \
  >"$folder/notice.md" 2>"$folder/warnings"
"$folder/python/bin/mammoth" "$folder/notice.docx" >"$folder/notice.html"
cat "$folder/notice.md"
[[ ! -s $folder/warnings ]]
[[ "$(tr -s '\n' ' ' <"$folder/notice.md")" == 'Station Fee First 5 ' ]]
grep -q '<table>' "$folder/notice.html"
echo 'as described'
