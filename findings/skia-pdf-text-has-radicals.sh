#!/usr/bin/env bash
# The guess: the text layer of a PDF that a browser prints has the characters of the page.
# Seen (Skia m138 from skia-python 138.0, which is Chromium's PDF writer, with Noto Sans CJK
# 2.004 of Debian 12's fonts-noto-cjk 1:20220127, read by pypdf 6.4.0, 2026-11-29): where the font
# has one glyph for a character and for the radical that looks the same, the PDF says the radical,
# which has the lower code point. "一、工业人口" is read as U+2F00, U+2F2F 业 U+2F08 U+2F1D.
# Chromium 156's own print to PDF does the same.
# To whom it matters: archives and citizens who search or copy from notices saved as PDF (工, 人 and
# 大 are not found), screen readers, and editors who paste from such files. Normalisation to NFKC
# mends Kangxi radicals, but not those of the supplement (黄, 食, 长, 民).
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check skia-python==138.0 pypdf==6.4.0
(cd "$folder" && apt-get download --quiet 'fonts-noto-cjk=1:20220127+repack1-1')
dpkg-deb --extract "$folder"/fonts-noto-cjk_*.deb "$folder/fonts"
"$folder/python/bin/python" - \
  "$folder/fonts/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc" <<'PYTHON'
import io
import sys
import unicodedata

import pypdf
import skia

WORDS = "一、工业人口，黄色面食"
face = skia.FontMgr().makeFromFile(sys.argv[1], 2)  # The simplified Chinese face.
stream = skia.DynamicMemoryWStream()
with skia.PDF.MakeDocument(stream) as document:
    with document.page(400, 100) as canvas:
        canvas.drawString(WORDS, 20, 50, skia.Font(face, 20), skia.Paint())
pdf = io.BytesIO(bytes(stream.detachAsData()))
text = pypdf.PdfReader(pdf).pages[0].extract_text().strip()
print("drawn:     ", WORDS)
print("in the PDF:", text, [f"U+{ord(c):04X}" for c in text])
print("in NFKC:   ", unicodedata.normalize("NFKC", text))
expected = "\u2f00、\u2f2f业\u2f08\u2f1d，\u2ee9\u2f8a\u2faf\u2edd"
assert text == expected, "the text of the PDF has changed"
PYTHON
