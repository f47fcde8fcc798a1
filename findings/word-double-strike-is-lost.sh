#!/usr/bin/env bash
# The guess: text that Word strikes out twice (Font, Double strikethrough) is struck out in the
# result, as text that is struck out once is.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, mammoth 1.13.0, markitdown 0.1.9, python-docx 1.2.0,
# 2026-11-29): pandoc and mammoth keep one line (`~~…~~`, `<s>`) and write doubly struck words as
# ordinary text; markitdown, which uses mammoth for its HTML, strikes both, because it rewrites the
# document first. python-docx has no line in its plain text.
# To whom it matters: editors who convert notices with old and new fees. The old fee reads as valid.
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
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from markitdown import MarkItDown

path = sys.argv[1]
document = Document()
for kind in ("strike", "double_strike"):
    paragraph = document.add_paragraph()
    setattr(paragraph.add_run("50 yuan").font, kind, True)
    paragraph.add_run(" 40 yuan")
document.save(path)

with open(path, "rb") as file:
    as_html = mammoth.convert_to_html(file)
seen = {
    "pandoc": pypandoc.convert_file(path, "gfm").strip(),
    "mammoth": as_html.value,
    "markitdown": MarkItDown().convert(path).markdown.strip(),
    "python-docx": "\n".join(paragraph.text for paragraph in Document(path).paragraphs),
}
for name, text in seen.items():
    print(f"{name}: {text}")
assert seen["pandoc"] == "~~50 yuan~~ 40 yuan\n\n50 yuan 40 yuan"
assert seen["mammoth"] == "<p><s>50 yuan</s> 40 yuan</p><p>50 yuan 40 yuan</p>"
assert seen["markitdown"] == "~~50 yuan~~ 40 yuan\n\n~~50 yuan~~ 40 yuan"
PYTHON
echo 'as described'
