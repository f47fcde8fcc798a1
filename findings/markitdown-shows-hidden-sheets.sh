#!/usr/bin/env bash
# The guess: what is hidden in a workbook or a presentation is left out of its Markdown, as it is of
# print.
# Seen (markitdown 0.1.9 with its extras, openpyxl 3.1.5, python-pptx 1.0.2, 2026-11-29): hidden
# sheets, rows, columns and slides are written like all others, without a mark; so are the notes for
# the speaker, under a heading.
# To whom it matters: editors who turn an office's workbook into a table of a notice. Drafts and
# names that were hidden before the file was handed on are published.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  'markitdown[xlsx,pptx]==0.1.9' openpyxl==3.1.5 python-pptx==1.0.2
cd "$folder"
python/bin/python - <<'PYTHON'
from markitdown import MarkItDown
from openpyxl import Workbook
from pptx import Presentation

book = Workbook()
sheet = book.active
for row in (["Station", "Fee", "Clerk"], ["First", 5, "L."], ["Second, not decided", 6, "W."]):
    sheet.append(row)
sheet.row_dimensions[3].hidden = True
sheet.column_dimensions["C"].hidden = True
draft = book.create_sheet("Draft")
draft.append(["Third", 7])
draft.sheet_state = "hidden"
book.save("fees.xlsx")
table = MarkItDown().convert("fees.xlsx").markdown

slides = Presentation()
layout = slides.slide_layouts[1]
shown = slides.slides.add_slide(layout)
shown.shapes.title.text = "Fees"
shown.notes_slide.notes_text_frame.text = "Do not name the date."
hidden = slides.slides.add_slide(layout)
hidden.shapes.title.text = "Old fees"
hidden._element.set("show", "0")
slides.save("fees.pptx")
talk = MarkItDown().convert("fees.pptx").markdown

print(table)
print(talk)
for words in ("Second, not decided", "Clerk", "## Draft", "Third"):
    assert words in table, words
for words in ("# Old fees", "Do not name the date."):
    assert words in talk, words
assert "hidden" not in (table + talk).lower()
PYTHON
echo 'as described'
