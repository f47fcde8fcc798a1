#!/usr/bin/env bash
# The guess: steps that Word's own styles set as a list and its second level (“List Number” and
# “List Number 2”) are converted to a list within a list, with the numbers that Word prints.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, mammoth 1.13.0, markitdown 0.1.9, python-docx 1.2.0,
# 2026-11-29): none does. Word prints 1, then 1 and 2 further in, then 2. mammoth and markitdown
# write one list of four, so the last step is 4; pandoc keeps the numbers, but writes three lists at
# one level, with comments of HTML between them. The level is only in the style's name and
# indent: each style has a numbering of its own, at the first level.
# To whom it matters: editors who convert notices with steps. Other documents name a step by its number.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.15 \
  python-docx==1.2.0 mammoth==1.13.0 'markitdown[docx]==0.1.9'
"$folder/python/bin/python" - "$folder/notice.docx" <<'PYTHON'
import sys

import mammoth
import pypandoc
from docx import Document
from markitdown import MarkItDown

path = sys.argv[1]
document = Document()
steps = [("", "Register"), (" 2", "online"), (" 2", "at the hall"), ("", "Pay")]
for level, text in steps:
    document.add_paragraph(text, style=f"List Number{level}")
document.save(path)

with open(path, "rb") as file:
    as_html = mammoth.convert_to_html(file).value
markitdown = MarkItDown().convert(path).markdown.strip()
pandoc = pypandoc.convert_file(path, "gfm").strip()
print(as_html, markitdown, pandoc, sep="\n\n")

assert as_html.count("<ol>") == 1 and as_html.count("<li>") == 4, as_html
assert markitdown.splitlines()[-1] == "4. Pay", markitdown
lines = [line for line in pandoc.splitlines() if line]
assert lines[-1].split() == ["2.", "Pay"] and lines.count("<!-- -->") == 2, pandoc
assert not any(line.startswith(" ") for line in lines), pandoc
PYTHON
