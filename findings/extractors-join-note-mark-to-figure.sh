#!/usr/bin/env bash
# The guess: a text extractor keeps the mark of a footnote apart from the figure before it.
# Seen (trafilatura 2.3.1, html2text 2025.4.15, inscriptis 2.7.6, Resiliparse 2.0.1, 2026-11-28):
# all four write `1,000<sup><a>1</a></sup>` as "1,0001", so that a thousand homes become ten
# thousand and one. A mark with brackets of its own, `<sup><a>[1]</a></sup>`, stays legible.
# To whom it matters: whoever publishes figures with footnotes. Archives, search engines and
# language models read the changed figure, and nothing tells them.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  trafilatura==2.3.1 lxml_html_clean==0.4.6 \
  html2text==2025.4.15 inscriptis==2.7.6 Resiliparse==2.0.1
"$folder/python/bin/python" - <<'PYTHON'
import html2text
import inscriptis
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

READERS = {
    "trafilatura": trafilatura.extract,
    "html2text": html2text.html2text,
    "inscriptis": inscriptis.get_text,
    "Resiliparse": extract_plain_text,
}


def page(mark):
    return f"""<!doctype html><html lang="en"><head><title>Homes of the year</title></head>
<body><main><article>
<h1>Homes of the year</h1>
<p>The city builds 1,000<sup><a href="#n">{mark}</a></sup> homes in the eastern district this
year, and half of them are let at a price below that of the market.</p>
<p id="n">Counted when the keys are handed over.</p></article></main></body></html>"""


for name, read in READERS.items():
    plain, bracketed = read(page("1")), read(page("[1]"))
    text = " ".join(plain.split())
    print(f"{name}: {text[text.index('The city builds'):][:28]}")
    assert "builds 1,0001 homes" in text, name
    assert "1,0001" not in bracketed, name
PYTHON
echo 'as described'
