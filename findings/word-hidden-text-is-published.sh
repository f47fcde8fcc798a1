#!/usr/bin/env bash
# The guess: what Word hides (Font, Hidden) is left out by a converter, as Word leaves it out of
# print and PDF.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, mammoth 1.13.0, markitdown 0.1.9,
# python-docx 1.2.0, 2026-11-29): all four write the hidden words as ordinary text, without a mark;
# mammoth has no message about them.
# To whom it matters: editors who convert documents of offices. Remarks that were hidden before the
# notice was printed are published, and nothing in the Markdown tells that they were hidden.
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
paragraph = document.add_paragraph("The fee is 5 yuan. ")
paragraph.add_run("To be agreed with the bureau. ").font.hidden = True
paragraph.add_run("It is paid at the desk.")
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
for name, text in seen.items():
    assert "yuan. To be agreed with the bureau. It is paid" in text, name
assert as_html.messages == []
PYTHON
echo 'as described'
