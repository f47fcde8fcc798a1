#!/usr/bin/env bash
# The guess: a layout-aware extractor writes each term and each meaning of `<dl>` on a line of its
# own, as browsers show them.
# Seen (inscriptis 2.7.6, 2026-11-28; html-to-text 10.0.1 of npm does the same): `dt` and `dd`
# are treated as inline. Without white space between the tags, as minifiers write them, all run
# together, a number with the next ("0451-123456 desks"); with a line break in the source one space parts them, so that a telephone
# number and the next term share a line.
# To whom it matters: sites that give facts (number, date, contact) as definition lists. White space
# between the tags costs nothing and keeps the words apart.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6
npm install --silent --no-audit --no-fund --prefix "$folder/node" html-to-text@10.0.1
"$folder/python/bin/python" - <<'PYTHON'
import inscriptis

for between in ("", "\n"):
    facts = ["<dt>Telephone</dt>", "<dd>0451-12345</dd>", "<dt>6 desks</dt>", "<dd>Hall 2</dd>"]
    text = inscriptis.get_text(f"<html><body><dl>{between.join(facts)}</dl></body></html>").strip()
    print(repr(text))
    expected = "Telephone{0}0451-12345{0}6 desks{0}Hall 2".format(" " if between else "")
    assert text == expected, text
PYTHON
cat >"$folder/node/read.mjs" <<'NODE'
import assert from 'node:assert/strict'
import { convert } from 'html-to-text'
const text = convert('<dl><dt>Telephone</dt><dd>0451-12345</dd><dt>6 desks</dt></dl>')
console.log(JSON.stringify(text))
assert.equal(text, 'Telephone0451-123456 desks')
NODE
node "$folder/node/read.mjs"
echo 'as described'
