#!/usr/bin/env bash
# The guess: `<time datetime="2022-06-30">30 June 2022</time>` inside a sentence is read as its
# words.
# Seen (trafilatura 2.3.1 and Resiliparse 2.0.1 with main_content, 2026-11-28): both drop the
# element with its words: "Send your comments by 30 June 2022 to" becomes "Send your comments by
# to". Resiliparse without main_content keeps them.
# To whom it matters: notices with deadlines. The markup that HTML recommends for dates is what
# makes the date disappear from corpora and archives; a date that must survive is written without
# the element, or again outside of it.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  trafilatura==2.3.1 lxml_html_clean==0.4.6 Resiliparse==2.0.1
"$folder/python/bin/python" - <<'PYTHON'
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

PAGE = """<!doctype html><html lang="en"><head><title>Draft of the noise rules</title></head>
<body><main><article>
<h1>Draft of the noise rules</h1><p>Everybody may comment on the draft of the rules for building
sites at night, which the office of the district has published. It says when machines may run, and
who must be asked before.</p>
<p>Send your comments by <time datetime="2022-06-30">30 June 2022</time> to the office.</p>
<p>The office answers every comment in public. The answers are printed together with the final text
of the rules, and anybody may read them in the hall.</p></article></main></body></html>"""


def words(text):
    return " ".join(text.split())


seen = {
    "trafilatura": words(trafilatura.extract(PAGE)),
    "Resiliparse, main_content": words(extract_plain_text(PAGE, main_content=True)),
    "Resiliparse": words(extract_plain_text(PAGE)),
}
for name, text in seen.items():
    print(f"{name}: …{text[text.index('Send your'):][:60]}")
assert "30 June 2022" not in seen["trafilatura"]
assert "30 June 2022" not in seen["Resiliparse, main_content"]
assert "by 30 June 2022 to" in seen["Resiliparse"]
PYTHON
echo 'as described'
