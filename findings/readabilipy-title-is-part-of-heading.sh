#!/usr/bin/env bash
# The guess: the title of a page with `<title>`, `og:title` and the same words in `<h1>` is those
# words, whatever markup the heading has inside.
# Seen (readabilipy 0.3.0 without Node, 2026-11-29): each text node of `<header><h1>` is a candidate,
# and a candidate that is part of longer ones gets their scores, too. So the words of an `<em>`,
# `<abbr>` or `<span>` beat the whole title: "Rules for the river port" becomes "Rules for".
# To whom it matters: archives that file pages by title. A heading with a subscript, a unit that is
# kept on one line or a word of another language gets a piece of itself as its name.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check readabilipy==0.3.0
"$folder/python/bin/python" - <<'PYTHON'
from readabilipy import simple_json_from_html_string

TITLE = "Rules for the river port"
seen = {}
for name, heading in [("plain", TITLE), ("marked", "Rules for <em>the river</em> port")]:
    page = f"""<!doctype html><html lang="en"><head><title>{TITLE} – City</title>
<meta property="og:title" content="{TITLE}"></head><body><article><header><h1>{heading}</h1></header>
<p>The port opens at six, and it closes when the last ferry has come in from the island.</p>
</article></body></html>"""
    seen[name] = simple_json_from_html_string(page, use_readability=False)["title"]
    print(f"{name}: {seen[name]}")
assert seen["plain"] == TITLE
assert seen["marked"] != TITLE and seen["marked"] in TITLE
PYTHON
echo 'as described'
