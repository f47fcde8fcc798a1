#!/usr/bin/env bash
# The guess: a city's document in RIS has the type GOVDOC (government document), LEGAL or STAT, and
# its tags AU, DA and M1 are read as authors, day and number, as they are of other types.
# Seen (@citation-js/core and plugin-ris 0.8.2, rispy 0.10.0, 2026-11-29): Citation.js keeps all
# three of RPRT (report) and GEN. Of GOVDOC it keeps the year alone, though DA has the day, and takes
# the number for an issue; of LEGAL the number becomes the first page; of STAT there is no author.
# rispy takes M1 for a note of each type.
# To whom it matters: sites that offer official documents to reference managers.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat >try.mjs <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-ris'

const read = (type) => {
  const lines = [`TY  - ${type}`, 'AU  - Rimewater City Council', 'TI  - Heating Measures', 'M1  - RCC 22',
    'DA  - 2022/04/20', 'PY  - 2022', 'ER  - ', '']
  const [item] = new Cite(lines.join('\n'), { forceType: '@ris/file' }).data
  const key = Object.keys(item).find((name) => item[name] === 'RCC 22')
  const found = { authors: item.author?.length ?? 0, day: item.issued['date-parts'][0].join('-'), number: key }
  console.log(type, found)
  return found
}
const whole = { authors: 1, day: '2022-4-20', number: 'number' }
assert.deepEqual(read('RPRT'), whole)
assert.deepEqual(read('GEN'), whole)
assert.deepEqual(read('GOVDOC'), { authors: 1, day: '2022', number: 'issue' })
assert.deepEqual(read('LEGAL'), { ...whole, number: 'page-first' })
assert.deepEqual(read('STAT'), { ...whole, authors: 0 })
JAVASCRIPT
node try.mjs
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check rispy==0.10.0
python/bin/python - <<'PYTHON'
import rispy

for kind in ("RPRT", "GEN", "GOVDOC", "LEGAL", "STAT"):
    [item] = rispy.loads(f"TY  - {kind}\nTI  - Heating Measures\nM1  - RCC 22\nER  - \n")
    print(kind, item)
    assert item["note"] == "RCC 22" and "number" not in item, item
PYTHON
