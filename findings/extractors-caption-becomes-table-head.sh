#!/usr/bin/env bash
# The guess: the `<caption>` of a table is a line of its own in extracted Markdown, above the table.
# Seen (trafilatura 2.3.1 and html2text 2025.4.15, 2026-11-28): trafilatura makes the caption the
# head of the table, so that the names of the columns become its first row of values, with a second
# rule below; html2text joins it to the name of the first column: "Fees of 2022Kind| Fee".
# markdownify 1.2.3 writes a line above.
# To whom it matters: whoever publishes tables with captions, as accessibility asks for. Programs
# that read the extracted table by the names of its columns find no column "Kind".
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  trafilatura==2.3.1 lxml_html_clean==0.4.6 html2text==2025.4.15 markdownify==1.2.3
"$folder/python/bin/python" - <<'PYTHON'
import html2text
import markdownify
import trafilatura

PAGE = """<!doctype html><html lang="en"><head><title>Fees of the registry</title></head>
<body><main><article><h1>Fees of the registry</h1>
<p>The registry takes these fees from the first day of June. They are paid at the desk or by mail,
and a receipt is given for each of them.</p>
<table><caption>Fees of 2022</caption><thead><tr><th>Kind</th><th>Fee</th></tr></thead>
<tbody><tr><td>Copy</td><td>120</td></tr></tbody></table>
<p>All other services of the registry are free, as they were in the years before this one.</p>
</article></main></body></html>"""

seen = {
    "trafilatura": trafilatura.extract(PAGE, output_format="markdown"),
    "html2text": html2text.html2text(PAGE),
    "markdownify": markdownify.markdownify(PAGE),
}
lines = {}
for name, text in seen.items():
    lines[name] = [line.strip() for line in text.splitlines() if "|" in line or "Fees of 2" in line]
    print(name, lines[name])
assert lines["trafilatura"][0].startswith("| Fees of 2022 |")
assert lines["trafilatura"][2].startswith("| Kind | Fee |")
assert lines["html2text"][0] == "Fees of 2022Kind| Fee"
assert lines["markdownify"][:2] == ["Fees of 2022", "| Kind | Fee |"]
PYTHON
echo 'as described'
