#!/usr/bin/env bash
# The guess: a program that reads JSON Feed reads version 1.1 too, which only added keys; with it,
# the authors of a feed and its entries.
# Seen (atoma 0.0.17, jsonfeed-to-atom 1.2.5 and jsonfeed-to-rss 3.0.8 of npm, 2026-11-30): atoma
# takes a feed of version 1.1 and gives no author for `authors`, which replaced `author`; with both
# keys it gives the name. The two converters throw an error that asks for version 1.
# To whom it matters: sites whose entries come from several offices. Write the older key beside the
# newer one, as the specification allows, and keep an Atom feed beside the JSON feed.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check atoma==0.0.17
npm install --silent --no-audit --no-fund --prefix "$folder/node" jsonfeed-to-atom@1.2.5 jsonfeed-to-rss@3.0.8
cat >"$folder/feed.json" <<'JSON'
{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Notices",
  "home_page_url": "https://city.example/",
  "feed_url": "https://city.example/feed.json",
  "authors": [{ "name": "City of Lakes" }],
  "items": [
    {
      "id": "https://city.example/heating/",
      "url": "https://city.example/heating/",
      "title": "Heating begins",
      "content_text": "On 20 October.",
      "date_published": "2022-10-01T08:00:00+08:00",
      "authors": [{ "name": "Housing Bureau" }]
    },
    {
      "id": "https://city.example/water/",
      "url": "https://city.example/water/",
      "title": "Water is off",
      "content_text": "On Friday.",
      "date_published": "2022-10-02T08:00:00+08:00",
      "authors": [{ "name": "Water Bureau" }],
      "author": { "name": "Water Bureau" }
    }
  ]
}
JSON
"$folder/python/bin/python" - "$folder/feed.json" <<'PYTHON'
import sys

import atoma

feed = atoma.parse_json_feed_file(sys.argv[1])
names = [item.author and item.author.name for item in feed.items]
print("atoma:", feed.version, "feed", feed.author, "entries", names)
assert feed.author is None
assert names == [None, "Water Bureau"]
PYTHON
cat >"$folder/node/read.mjs" <<'NODE'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const feed = JSON.parse(readFileSync(process.argv[2], 'utf8'))
for (const name of ['jsonfeed-to-atom', 'jsonfeed-to-rss']) {
  const loaded = require(name)
  const convert = loaded.default ?? loaded
  let message
  try {
    convert(feed)
  } catch (error) {
    message = error.message
  }
  console.log(`${name}:`, message)
  assert.match(message ?? '', /version 1 required/)
  // The same feed of version 1 is converted.
  assert.match(convert({ ...feed, version: 'https://jsonfeed.org/version/1' }), /Heating begins/)
}
NODE
node "$folder/node/read.mjs" "$folder/feed.json"
echo 'as described'
