#!/usr/bin/env bash
# The guess: a converter drops the pinyin that Word writes above a character (Phonetic Guide) and
# keeps the character.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, mammoth 1.13.0, markitdown 0.1.9, python-docx 1.2.0,
# 2026-11-29): all four drop both, so that 哈尔滨 with pinyin above 哈 becomes 尔滨. mammoth warns of
# an unrecognised element; the others say nothing.
# To whom it matters: editors of texts with rare characters, for which the guide is used: names of
# places and people lose exactly those characters.
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
document.add_paragraph()._p.append(
    parse_xml(
        f'<w:r {nsdecls("w")}><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/>'
        '<w:hpsRaise w:val="18"/><w:hpsBaseText w:val="21"/><w:lid w:val="zh-CN"/></w:rubyPr>'
        "<w:rt><w:r><w:t>hā</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>哈</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
)
document.paragraphs[0].add_run("尔滨")
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
    assert "尔滨" in text and "哈" not in text and "hā" not in text, name
print("mammoth says:", [message.message for message in as_html.messages])
assert any("ruby" in message.message for message in as_html.messages)
PYTHON
echo 'as described'
