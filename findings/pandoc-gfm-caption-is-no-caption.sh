#!/usr/bin/env bash
# The guess: `pandoc -t gfm` marks the caption of a Word table so that it can be told from the text.
# Seen (pandoc 3.6.1, from pypandoc_binary 1.15, 2026-11-28): the caption follows the table as an
# ordinary paragraph; `-t markdown` keeps it as `: caption`, but writes a table of dashes that
# CommonMark programs do not read. No output has both a pipe table and a caption.
# To whom it matters: editors who convert official documents, whose tables are numbered in captions.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  pypandoc_binary==1.15 python-docx==1.2.0
"$folder/python/bin/python" - "$folder" <<'PYTHON'
import sys
import pypandoc
from docx import Document

folder = sys.argv[1]
document = Document()
table = document.add_table(rows=2, cols=2)
for row, texts in enumerate([["Station", "Fee"], ["First", "5"]]):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
document.add_paragraph("Table 1: fees", style="Caption")
document.save(f"{folder}/notice.docx")
print(pypandoc.get_pandoc_version())
gfm = pypandoc.convert_file(f"{folder}/notice.docx", "gfm")
markdown = pypandoc.convert_file(f"{folder}/notice.docx", "markdown")
print(gfm, markdown, sep="\n")
assert gfm.rstrip().endswith("|\n\nTable 1: fees"), gfm
assert ": Table 1: fees" in markdown and "|" not in markdown, markdown
PYTHON
echo 'as described'
