#!/usr/bin/env bash
# The guess: a library that reads a calendar and writes it again keeps the kind of a date: a day
# stays a day, a local time stays in its zone, and the calendar scale is one that RFC 5545 knows.
# Seen (ics 0.7.3, 2026-11-28): `DUE;VALUE=DATE:20221231` of a task comes back as
# `DUE:20221231T000000Z`, 08:00 of that day in Harbin and the evening before in New York, while the
# day of an event is kept; `DTSTART;TZID=Asia/Shanghai` comes back in UTC without its zone; and
# `CALSCALE:GEORGIAN` is added, where RFC 5545 §3.7.1 allows GREGORIAN. icalendar 7.3.2 keeps all.
# To whom it matters: publishers of deadlines. A task's last day moves when it passes through such a
# tool, so a deadline is better an all-day event than a task.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3 icalendar==7.3.2
"$folder/python/bin/python" - <<'PYTHON'
import icalendar
import ics

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//city.example//calendar//EN
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:day@city.example
DTSTAMP:20220501T000000Z
DTSTART;VALUE=DATE:20220601
SUMMARY:Comments close
END:VEVENT
BEGIN:VEVENT
UID:hearing@city.example
DTSTAMP:20220501T000000Z
DTSTART;TZID=Asia/Shanghai:20220601T093000
SUMMARY:Hearing
END:VEVENT
BEGIN:VTODO
UID:goal@city.example
DTSTAMP:20220501T000000Z
DUE;VALUE=DATE:20221231
SUMMARY:Goal of the year
END:VTODO
END:VCALENDAR
""".replace("\n", "\r\n")

written = ics.Calendar(CALENDAR).serialize().splitlines()
kept = icalendar.Calendar.from_ical(CALENDAR).to_ical().decode().splitlines()
for name, lines in (("ics", written), ("icalendar", kept)):
    starts = ("CALSCALE", "DTSTART;", "DTSTART:2022", "DUE")
    print(f"{name}: {[line for line in lines if line.startswith(starts)]}")
assert "DUE:20221231T000000Z" in written
assert "DTSTART;VALUE=DATE:20220601" in written
assert "DTSTART:20220601T013000Z" in written
assert "CALSCALE:GEORGIAN" in written
assert "DUE;VALUE=DATE:20221231" in kept
assert "DTSTART;TZID=Asia/Shanghai:20220601T093000" in kept
assert not any(line.startswith("CALSCALE") for line in kept)
PYTHON
echo 'as described'
