#!/usr/bin/env bash
# The guess: a calendar on a web page that reads an iCalendar feed says, or hides, that an event was
# cancelled (`STATUS:CANCELLED`, RFC 5545 §3.8.1.11), as programs for calendars do.
# Seen (@fullcalendar/icalendar 6.1.21 with core and list 6.1.21, 2026-11-29): the cancelled hearing
# stands in the list as one that takes place: the same words and classes as the confirmed one, and
# its properties do not have the status, so a page cannot mark it. khal 0.14.1 writes `CANCELLED`
# before its title.
# To whom it matters: cities whose page shows their own feed: a hearing that was called off draws
# people until its title says so, or it is left out of the feed.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
sed 's/$/\r/' >hearings.ics <<'CALENDAR'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//city.example//calendar//EN
BEGIN:VEVENT
UID:one@city.example
DTSTAMP:20220501T000000Z
SEQUENCE:0
STATUS:CONFIRMED
DTSTART;VALUE=DATE:20220601
SUMMARY:Hearing on the pool
END:VEVENT
BEGIN:VEVENT
UID:two@city.example
DTSTAMP:20220502T000000Z
SEQUENCE:1
STATUS:CANCELLED
DTSTART;VALUE=DATE:20220608
SUMMARY:Hearing on the ferry
END:VEVENT
END:VCALENDAR
CALENDAR
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @fullcalendar/core@6.1.21 @fullcalendar/icalendar@6.1.21 \
  @fullcalendar/list@6.1.21 ical.js@1.5.0 jsdom@26.1.0
cat >try.cjs <<'JAVASCRIPT'
const assert = require('node:assert/strict')
const fs = require('node:fs')
const { JSDOM } = require('jsdom')

const { window } = new JSDOM('<div id="calendar"></div>')
for (const name of ['window', 'document', 'Element', 'HTMLElement', 'Node', 'Event', 'CustomEvent',
  'MouseEvent', 'getComputedStyle', 'ShadowRoot']) {
  globalThis[name] = name === 'window' ? window : window[name]
}
globalThis.requestAnimationFrame = (then) => setTimeout(then, 0)
globalThis.cancelAnimationFrame = clearTimeout
globalThis.fetch = async () => new Response(fs.readFileSync('hearings.ics', 'utf8'))
const { Calendar } = require('@fullcalendar/core')
const iCalendar = require('@fullcalendar/icalendar').default
const list = require('@fullcalendar/list').default

const calendar = new Calendar(document.getElementById('calendar'), {
  plugins: [iCalendar, list],
  initialView: 'listMonth',
  initialDate: '2022-06-01',
  events: { url: 'https://city.example/hearings.ics', format: 'ics' },
})
calendar.render()
setTimeout(() => {
  const [one, two] = calendar.getEvents()
  const rows = [...document.querySelectorAll('.fc-list-event')]
  rows.forEach((row) => console.log(row.textContent, '|', row.className))
  console.log(two.title, JSON.stringify(two.extendedProps))
  assert.equal(rows.length, 2)
  const without = (row, title) => row.outerHTML.replace(title, '').replace(/2022-06-0\d/g, '')
  assert.equal(without(rows[0], one.title), without(rows[1], two.title))
  assert.deepEqual(Object.keys(one.extendedProps), Object.keys(two.extendedProps))
  assert.ok(!JSON.stringify(two.toPlainObject()).includes('CANCEL'))
  calendar.destroy()
  window.close()
  process.exit(0)
}, 1000)
JAVASCRIPT
node try.cjs
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check khal==0.14.1
export XDG_CONFIG_HOME="$folder/config" XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache"
mkdir -p config/khal data events
cat >config/khal/config <<CONFIG
[calendars]
[[city]]
path = $folder/events
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
CONFIG
python/bin/khal import --batch -a city hearings.ics
python/bin/khal list 2022-06-01 30d | tee khal.txt
grep -q 'CANCELLED *Hearing on the ferry' khal.txt
echo 'as described'
