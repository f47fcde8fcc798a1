#!/usr/bin/env bash
# The guess: a converter writes the automatic number of a Word heading or clause as Word shows it.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, mammoth 1.13.0, markitdown 0.1.9, python-docx 1.2.0,
# 2026-11-28): with the numbering of Chinese documents (format chineseCounting, texts "%1、" and
# "（%2）") headings lose their number in all four, and clauses become a decimal list: "（一）" is
# "1.". Clauses at the second level begin at 1 under a first level that is no longer there.
# To whom it matters: editors who convert official documents. A reference in the text, "see article
# 二（一）", leads to nothing, and no converter says that numbers were lost.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.15 \
  python-docx==1.2.0 mammoth==1.13.0 'markitdown[docx]==0.1.9'
"$folder/python/bin/python" - "$folder/plan.docx" <<'PYTHON'
import sys

import mammoth
import pypandoc
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from markitdown import MarkItDown

path = sys.argv[1]
W = nsdecls("w")
LEVELS = ["%1、", "（%2）"]


def level(index, text):
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


document = Document()
numbering = document.part.numbering_part.element
levels = "".join(level(index, text) for index, text in enumerate(LEVELS))
numbering.find(qn("w:num")).addprevious(
    parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>')
)
numbering.append(
    parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
)


def numbered(text, index, style=None):
    paragraph = document.add_paragraph(text, style=style)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{index}"/><w:numId w:val="90"/></w:numPr>')
    )


numbered("总体要求", 0, "Heading 1")
numbered("主要任务", 0, "Heading 1")
numbered("增加养老床位", 1)
numbered("建设图书馆", 1)
document.add_paragraph("见第二条第（一）款。")
document.save(path)

with open(path, "rb") as file:
    as_html = mammoth.convert_to_html(file).value
seen = {
    "pandoc": pypandoc.convert_file(path, "gfm"),
    "mammoth": as_html,
    "markitdown": MarkItDown().convert(path).markdown,
    "python-docx": "\n".join(paragraph.text for paragraph in Document(path).paragraphs),
}
for name, text in seen.items():
    print(f"--- {name}\n{text.strip()}")
    body = text.replace("见第二条第（一）款。", "")
    assert not any(mark in body for mark in ("一、", "二、", "（一）", "（二）")), name
assert "# 主要任务" in seen["pandoc"] and "1.  增加养老床位" in seen["pandoc"]
assert "<h1>主要任务</h1>" in seen["mammoth"] and "<li>增加养老床位</li>" in seen["mammoth"]
PYTHON
echo 'as described'
