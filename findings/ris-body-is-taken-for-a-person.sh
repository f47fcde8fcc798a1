#!/usr/bin/env bash
# The guess: in RIS, an author without a comma is one name, so a body can be written as it is.
# Seen (pandoc 3.6.1 from pypandoc_binary 1.15, @citation-js/core and plugin-ris 0.8.2, rispy 0.10.0,
# 2026-11-29): pandoc takes `City Council and Assembly` for a person of the family Assembly;
# Citation.js and rispy keep it. With a comma behind, as the manual of EndNote has it, pandoc and
# Citation.js read the whole as the family name, and rispy keeps the comma. A comma within the name
# makes a person of a body everywhere; a full-width one does not.
# To whom it matters: sites that offer documents of public bodies to reference managers.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pypandoc_binary==1.15 rispy==0.10.0
cat >try.mjs <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-ris'

const read = (name) => {
  const ris = `TY  - RPRT\nAU  - ${name}\nTI  - Measures\nER  - \n`
  const [author] = new Cite(ris, { forceType: '@ris/file' }).data[0].author
  console.log('Citation.js', name, author)
  return author
}
assert.equal(read('City Council and Assembly').literal, 'City Council and Assembly')
assert.deepEqual(read('City Council,'), { family: 'City Council', given: '' })
assert.deepEqual(read('Office for Parks, Water'), { family: 'Office for Parks', given: 'Water' })
assert.equal(read('Office for Parks，Water,').family, 'Office for Parks，Water')
JAVASCRIPT
node try.mjs
python/bin/python - <<'PYTHON'
import json

import pypandoc
import rispy


def read(name):
    ris = f"TY  - RPRT\nAU  - {name}\nTI  - Measures\nER  - \n"
    [item] = json.loads(pypandoc.convert_text(ris, "csljson", format="ris"))
    [entry] = rispy.loads(ris)
    print("pandoc", name, item["author"], "rispy", entry["authors"])
    return item["author"], entry["authors"]


people, names = read("City Council and Assembly")
assert people[0]["family"] == "Assembly" and names == ["City Council and Assembly"]
assert read("City Council,") == ([{"family": "City Council"}], ["City Council,"])
people, _ = read("Office for Parks, Water")
assert people == [{"family": "Office for Parks", "given": "Water"}]
people, _ = read("Office for Parks，Water,")
assert people == [{"family": "Office for Parks，Water"}]
PYTHON
