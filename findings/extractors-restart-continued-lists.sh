#!/usr/bin/env bash
# The guess: `<ol start="6">` keeps its numbers in extracted text, since they are part of what the
# page says ("goal 6").
# Seen (trafilatura 2.3.1 in Markdown, inscriptis 2.7.6, Resiliparse 2.0.1, 2026-11-28): all three
# count from 1 again, so that the sixth goal is called the first; html2text 2025.4.15 and
# markdownify 1.2.3 keep 6 and 7.
# To whom it matters: lists of numbered goals or clauses that go on after a heading. A citation by
# number ("clause 6") finds another clause in the archived text.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  trafilatura==2.3.1 lxml_html_clean==0.4.6 html2text==2025.4.15 inscriptis==2.7.6 \
  Resiliparse==2.0.1 markdownify==1.2.3
"$folder/python/bin/python" - <<'PYTHON'
import html2text
import inscriptis
import markdownify
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

PAGE = """<!doctype html><html lang="en"><head><title>Goals of the year</title></head>
<body><main><article>
<h1>Goals of the year</h1><p>The congress of the city named the goals of this year in its first
session. Each is reported on when its figures are known, and the reports name their sources.</p>
<h2>Economy</h2><ol><li>Set up a pilot zone in the north of the city.</li>
<li>Write a plan for the design trades of the city.</li></ol>
<h2>Livelihoods</h2><ol start="6"><li>Add one thousand nursing beds in all districts.</li>
<li>Build thirty libraries that open at night.</li></ol></article></main></body></html>"""


def numbers(text):
    """The number that each reader writes before the line about nursing beds."""
    line = next(line for line in text.splitlines() if "nursing beds" in line)
    return line.split(".")[0].strip()


seen = {
    "trafilatura": numbers(trafilatura.extract(PAGE, output_format="markdown")),
    "inscriptis": numbers(inscriptis.get_text(PAGE)),
    "Resiliparse": numbers(extract_plain_text(PAGE)),
    "html2text": numbers(html2text.html2text(PAGE)),
    "markdownify": numbers(markdownify.markdownify(PAGE)),
}
print(seen)
assert seen == {
    "trafilatura": "1",
    "inscriptis": "1",
    "Resiliparse": "1",
    "html2text": "6",
    "markdownify": "6",
}
PYTHON
echo 'as described'
