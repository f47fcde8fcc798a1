#!/usr/bin/env bash
# The guess: the field `number` of a BibTeX entry of the type `@misc`, which is the one for what is
# neither book nor report, is kept by whoever reads the entry, or left to the style.
# Seen (pybtex 0.26.1, @citation-js/core and plugin-bibtex 0.8.2, pandoc 3.6.1 from pypandoc_binary
# 1.15, 2026-11-29): the plain styles of pybtex, which are those of BibTeX, print no number of
# `@misc`, and Citation.js drops it; both keep it of `@techreport`. pandoc keeps it of both. A number
# in `note` as well is kept by all three.
# To whom it matters: sites that offer BibTeX for documents that are cited by their number.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pybtex==0.26.1 pypandoc_binary==1.15
for type in misc techreport; do
  for note in '' 'note = {RCC 22},'; do
    name="$type${note:+-note}.bib"
    cat >"$name" <<BIBTEX
@$type{heating, author = {{City Council}}, title = {Measures}, institution = {City}, number = {RCC 22}, $note year = {2022}}
BIBTEX
  done
done
cat >try.mjs <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'

const expected = {
  misc: [undefined, undefined], 'misc-note': [undefined, 'RCC 22'],
  techreport: ['RCC 22', undefined], 'techreport-note': ['RCC 22', 'RCC 22'],
}
for (const [name, values] of Object.entries(expected)) {
  const [item] = new Cite(fs.readFileSync(`${name}.bib`, 'utf8')).data
  console.log('Citation.js', name, item.number, item.note)
  assert.deepEqual([item.number, item.note], values)
}
JAVASCRIPT
node try.mjs
python/bin/python - <<'PYTHON'
import json
import pathlib

import pypandoc
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

for path in sorted(pathlib.Path().glob("*.bib")):
    for name in ("plain", "alpha", "unsrt"):
        style = find_plugin("pybtex.style.formatting", name)()
        [entry] = style.format_bibliography(parse_file(path))
        text = entry.text.render_as("text")
        print("pybtex", name, path.stem, text)
        assert ("RCC 22" in text) == (path.stem != "misc"), text
    [item] = json.loads(pypandoc.convert_file(str(path), "csljson", format="bibtex"))
    print("pandoc", path.stem, item["number"])
    assert item["number"] == "RCC 22"
PYTHON
