#!/usr/bin/env bash
# The guess: date-holidays, which has a public holiday for each country and day, says which days of a
# year are no working days in China, as the other libraries do.
# Seen (date-holidays 3.37.0, holidays 0.109, chinesecalendar 1.11.0, 2026-11-29): date-holidays has the
# three days of October that the law names. The days off that the State Council sets each year, 4 to
# 7 October 2022, are working days to it. The two of Python have them, and also the Saturday and
# the Sunday after them, on which offices worked instead.
# To whom it matters: whoever computes the last day of an answer within so many working days.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat >try.cjs <<'JAVASCRIPT'
const assert = require('node:assert/strict')
const Holidays = require('date-holidays')

const china = new Holidays('CN')
for (let day = 1; day <= 7; day++) {
  const found = china.isHoliday(new Date(`2022-10-0${day}T12:00:00+08:00`))
  console.log('date-holidays', day, found ? found[0].name : found)
  assert.equal(Boolean(found), day <= 3)
}
JAVASCRIPT
node try.cjs
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check holidays==0.109 chinesecalendar==1.11.0
python/bin/python - <<'PYTHON'
import datetime

import chinese_calendar
import holidays

china = holidays.country_holidays("CN")
for day in range(1, 10):
    date = datetime.date(2022, 10, day)
    works = china.is_working_day(date), chinese_calendar.is_workday(date)
    print(date, *works)
    assert works == (day > 7, day > 7)
PYTHON
