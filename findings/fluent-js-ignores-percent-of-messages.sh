#!/usr/bin/env bash
# The guess: `{ NUMBER($share, style: "percent") }` in a Fluent message prints a percentage in every
# implementation of Fluent, as the same file is meant to serve them all.
# Seen (@fluent/bundle 0.19.1 from npm, fluent.runtime 0.4.0 from PyPI, 2026-11-30): for 0.5,
# Python prints "50%" and JavaScript "0.5", without an error in the list of errors. JavaScript takes
# `style` only from the program; `minimumFractionDigits` beside it is taken from the message.
# To whom it matters: cities whose translators write the interface of a site and of an app in one
# file. A share that reads "0.5" instead of "50%" is a wrong figure that nothing reports.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check fluent.runtime==0.4.0
npm install --silent --no-audit --no-fund @fluent/bundle@0.19.1
cat > messages.ftl <<'FLUENT'
share = { NUMBER($share, style: "percent") } done
digits = { NUMBER($share, minimumFractionDigits: 2) } done
FLUENT
cat > show.mjs <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'

const bundle = new FluentBundle('en', { useIsolating: false })
const errors = bundle.addResource(new FluentResource(readFileSync('messages.ftl', 'utf8')))
const text = (id) => bundle.formatPattern(bundle.getMessage(id).value, { share: 0.5 }, errors)
console.log('JavaScript:', text('share'), '|', text('digits'), '|', errors.length, 'errors')
assert.deepEqual([text('share'), text('digits')], ['0.5 done', '0.50 done'])
assert.deepEqual(errors, [])
JAVASCRIPT
node show.mjs
python/bin/python - <<'PYTHON'
from fluent.runtime import FluentBundle, FluentResource

bundle = FluentBundle(["en"], use_isolating=False)
with open("messages.ftl", encoding="utf-8") as file:
    bundle.add_resource(FluentResource(file.read()))
texts = {}
for name in ["share", "digits"]:
    texts[name], errors = bundle.format_pattern(bundle.get_message(name).value, {"share": 0.5})
    assert errors == [], errors
print("Python:    ", texts["share"], "|", texts["digits"])
assert texts == {"share": "50% done", "digits": "0.50 done"}
PYTHON
echo 'as described'
