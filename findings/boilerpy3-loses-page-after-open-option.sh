#!/usr/bin/env bash
# The guess: `<option value="jobs">` needs no end tag (HTML Standard, 13.1.2.4), so extractors read
# the page after a list of suggestions as they read it without one.
# Seen (boilerpy3 1.0.7, 2026-11-29): each `<option>` opens text to be ignored, and only a written
# `</option>` closes it. After one without, nothing of the page is read: ArticleExtractor returns
# no text at all, though the article comes later and is complete.
# To whom it matters: sites with a search field that has a datalist, or a select before the
# article. An end tag that is optional decides whether archives and corpora have any text.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check boilerpy3==1.0.7
"$folder/python/bin/python" - <<'PYTHON'
from boilerpy3.extractors import ArticleExtractor

SENTENCE = "The answers are printed together with the rules, and anybody may read them in the hall. "
seen = {}
for name, end in [("with end tags", "</option>"), ("without", "")]:
    page = f"""<!doctype html><html><head><title>Rules</title></head><body>
<form><input name="q" list="words"><datalist id="words">
<option value="jobs">{end}<option value="homes">{end}</datalist></form>
<main><p>{SENTENCE * 4}</p></main></body></html>"""
    seen[name] = ArticleExtractor().get_content(page)
    print(f"{name}: {len(seen[name])} characters")
assert "printed together" in seen["with end tags"]
assert seen["without"] == ""
PYTHON
echo 'as described'
