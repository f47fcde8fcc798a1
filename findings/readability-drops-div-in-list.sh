#!/usr/bin/env bash
# The guess: @mozilla/readability (Firefox's Reader View) treats `<div>` and `<section>` inside a
# list item alike, because neither means anything to the eye.
# Seen (@mozilla/readability 0.6.0 with jsdom 26.1.0, 2026-11-28): of a list of dated reports, each
# `<li>` keeps its `<time>`, while a `<div>` with the report's title, link and source is dropped;
# the same markup with `<section>` is kept.
# To whom it matters: sites that show evidence or news as a list of dates and links. Their readers
# see bare dates.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @mozilla/readability@0.6.0 jsdom@26.1.0
cat >try.cjs <<'JAVASCRIPT'
const { Readability } = require('@mozilla/readability')
const { JSDOM } = require('jsdom')

const prose = 'The city counts the new jobs of each quarter, and says where they are, who offers them, and for how long. '.repeat(8)
const read = (tag) => {
  const items = ['2024-10-15', '2024-07-11', '2024-04-16'].map(
    (day) => `<li><time datetime="${day}">${day}</time><${tag}><h3><a href="/${day}/">Report of ${day}</a></h3>` +
      `<p><a href="/source/${day}/">City Daily</a></p></${tag}></li>`)
  const html = `<!doctype html><title>Jobs</title><main><article><h1>Jobs</h1><p>${prose}</p><p>${prose}</p>` +
    `<h2>Reports</h2><ol>${items.join('')}</ol><p>${prose}</p></article></main>`
  return new Readability(new JSDOM(html, { url: 'https://city.example/' }).window.document).parse().textContent
}
for (const tag of ['div', 'section']) {
  const text = read(tag)
  console.log(`${tag}: dates ${text.includes('2024-07-11')}, titles ${text.includes('Report of')}`)
}
process.exitCode = !read('div').includes('Report of') && read('section').includes('Report of') ? 0 : 1
JAVASCRIPT
node try.cjs
echo 'as described'
