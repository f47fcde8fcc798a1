#!/usr/bin/env bash
# The guess: the text of a paragraph in python-docx is what Word shows of the paragraph.
# Seen (python-docx 1.2.0, docx2txt 0.9, 2026-11-29): words in a content control (the fields of a
# form), in a smart tag (which older versions of Word put around dates and places) and words that
# were inserted while changes were tracked are left out, without an error. docx2txt has them all.
# To whom it matters: programs that read notices and filled-in forms of offices: dates and names,
# which are what is filled in, are missing from sentences that look complete.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9
"$folder/python/bin/python" - "$folder/form.docx" <<'PYTHON'
import sys

import docx2txt
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

path = sys.argv[1]
W = nsdecls("w")
RUN = "<w:r><w:t>1 May</w:t></w:r>"
WRAPPED = (
    f"<w:sdt {W}><w:sdtPr/><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
    f'<w:smartTag {W} w:uri="urn:dates" w:element="date">{RUN}</w:smartTag>',
    f'<w:ins {W} w:id="1" w:author="office">{RUN}</w:ins>',
)
document = Document()
for wrapped in WRAPPED:
    paragraph = document.add_paragraph("Open from ")
    paragraph._p.append(parse_xml(wrapped))
    paragraph.add_run(" on.")
document.save(path)

texts = [paragraph.text for paragraph in Document(path).paragraphs]
print(texts)
assert texts == ["Open from  on."] * len(WRAPPED)
whole = docx2txt.process(path)
print(whole)
assert whole.count("Open from 1 May on.") == len(WRAPPED)
PYTHON
echo 'as described'
