#!/usr/bin/env bash
# The guess: a number that Word encloses in a circle (Enclose Characters) reaches the result, as ①
# or as the number alone.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, mammoth 1.13.0, markitdown 0.1.9, python-docx 1.2.0,
# 2026-11-29): Word stores it as a field `EQ \o\ac(○,21)` without a result, and all four leave it
# out, without a message.
# To whom it matters: editors of lists numbered with circles. Items lose their number, and
# references to them lead nowhere.
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
W = nsdecls("w")
paragraph = document.add_paragraph()
for part in (
    '<w:fldChar w:fldCharType="begin"/>',
    r'<w:instrText xml:space="preserve"> EQ \o\ac(○,21) </w:instrText>',
    '<w:fldChar w:fldCharType="end"/>',
):
    paragraph._p.append(parse_xml(f"<w:r {W}>{part}</w:r>"))
paragraph.add_run("Repair the bridge.")
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
    assert text in ("Repair the bridge.", "<p>Repair the bridge.</p>"), name
assert as_html.messages == []
PYTHON
echo 'as described'
