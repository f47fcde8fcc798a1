#!/usr/bin/env bash
# The guess: of an Atom entry's `rel="alternate"` links with different `hreflang` (RFC 4287 §4.2.7
# allows one for each), a reader takes the first, or the one in the entry's own language.
# Seen (feedparser 6.0.14, rss-parser 3.13.0 and feedsmith 3.0.1 of npm, 2026-11-28): feedparser's
# `entry.link` is the last one, so that a Chinese entry opens the English page; rss-parser takes the
# first; feedsmith lists both. feedparser also empties `href="tel:…"` inside of an entry's text, so
# that the telephone number of an office can be read but not called.
# To whom it matters: feeds of sites in several languages. A translation belongs into its own feed,
# not into a second alternate link.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
npm install --silent --no-audit --no-fund --prefix "$folder/node" rss-parser@3.13.0 feedsmith@3.0.1
cat >"$folder/feed.xml" <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">
<id>https://city.example/zh/</id><title>公报</title><updated>2022-05-01T08:00:00+08:00</updated>
<entry xml:lang="zh"><id>https://city.example/zh/a/</id><title>通知</title>
<updated>2022-05-01T08:00:00+08:00</updated><author><name>办公室</name></author>
<link rel="alternate" hreflang="zh" href="https://city.example/zh/a/"/>
<link rel="alternate" hreflang="en" href="https://city.example/a/"/>
<content type="html">&lt;p&gt;&lt;a href="tel:+86451000000"&gt;0451-000000&lt;/a&gt;&lt;/p&gt;</content>
</entry></feed>
XML
"$folder/python/bin/python" - "$folder/feed.xml" <<'PYTHON'
import sys

import feedparser

entry = feedparser.parse(sys.argv[1]).entries[0]
print("feedparser:", entry.link, entry.content[0].value)
assert entry.link == "https://city.example/a/"
assert [link.hreflang for link in entry.links] == ["zh", "en"]
assert '<a href="">0451-000000</a>' in entry.content[0].value
PYTHON
cat >"$folder/node/read.mjs" <<'NODE'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import Parser from 'rss-parser'
import { parseFeed } from 'feedsmith'
const text = readFileSync(process.argv[2], 'utf8')
const { items } = await new Parser().parseString(text)
console.log('rss-parser:', items[0].link)
assert.equal(items[0].link, 'https://city.example/zh/a/')
const links = parseFeed(text).feed.entries[0].links.map(({ href }) => href)
console.log('feedsmith:', links)
assert.deepEqual(links, ['https://city.example/zh/a/', 'https://city.example/a/'])
NODE
node "$folder/node/read.mjs" "$folder/feed.xml"
echo 'as described'
