#!/usr/bin/env bash
# The guess: text that is struck out (`<s>`, `<del>`) is left out or marked by a text extractor.
# Seen (trafilatura 2.3.1 as text, inscriptis 2.7.6, Resiliparse 2.0.1, and html-to-text 10.0.1 of
# npm, 2026-11-28): the old price reads like the new one: "the fee is 100 120 yuan".
# html2text 2025.4.15 writes ~~100~~.
# To whom it matters: notices that show a change of fee by striking out. Words ("was 100, is now
# 120") survive; a line through a figure does not.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  trafilatura==2.3.1 lxml_html_clean==0.4.6 html2text==2025.4.15 inscriptis==2.7.6 \
  Resiliparse==2.0.1
npm install --silent --no-audit --no-fund --prefix "$folder/node" html-to-text@10.0.1
cat >"$folder/page.html" <<'HTML'
<!doctype html><html lang="en"><head><title>Fees of the registry</title></head>
<body><main><article>
<h1>Fees of the registry</h1><p>For a copy of a certificate the fee is <del>100</del> 120 yuan from
the first day of June. All other fees of the registry remain as they are.</p>
<p>Copies can be asked for in the hall, by mail and by telephone, and are sent within a week.</p>
</article></main></body></html>
HTML
cat >"$folder/node/read.mjs" <<'NODE'
import { readFileSync } from 'node:fs'
import { convert } from 'html-to-text'
console.log(convert(readFileSync(process.argv[2], 'utf8')))
NODE
node "$folder/node/read.mjs" "$folder/page.html" >"$folder/node.txt"
"$folder/python/bin/python" - "$folder/page.html" "$folder/node.txt" <<'PYTHON'
import sys
from pathlib import Path

import html2text
import inscriptis
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

page, node = (Path(path).read_text() for path in sys.argv[1:])
seen = {
    "trafilatura": trafilatura.extract(page),
    "inscriptis": inscriptis.get_text(page),
    "Resiliparse": extract_plain_text(page),
    "html-to-text": node,
    "html2text": html2text.html2text(page),
}
for name, text in seen.items():
    seen[name] = " ".join(text.split())
    print(f"{name}: {seen[name][seen[name].index('the fee is'):][:32]}")
for name in ("trafilatura", "inscriptis", "Resiliparse", "html-to-text"):
    assert "the fee is 100 120 yuan" in seen[name], name
assert "the fee is ~~100~~ 120 yuan" in seen["html2text"]
PYTHON
echo 'as described'
