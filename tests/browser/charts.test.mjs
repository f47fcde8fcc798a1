// Charts are legible: their texts keep their size and do not overlap at any width, their parts have
// a contrast of 3:1
// (WCAG 1.4.11) by day and by night, and their table has the same numbers.
import assert from 'node:assert/strict'
import { NARROW, WIDE, eachPage, inEachWay, openSites } from './harness.mjs'

const { browser, pages } = await openSites()
const WAYS = {
  '320 px, light': { viewport: NARROW, colorScheme: 'light' },
  '320 px, dark': { viewport: NARROW, colorScheme: 'dark' },
  '1280 px, light': { viewport: WIDE, colorScheme: 'light' },
  '1280 px, dark': { viewport: WIDE, colorScheme: 'dark' },
  'forced colours': { viewport: WIDE, forcedColors: 'active' },
}
const withGoals = pages.filter(({ path, status }) => status === 200 && /^(\/zh)?\/(goals\/|$)/.test(path))

eachPage('charts are legible', { browser, pages: withGoals }, {}, async ({ page, open, entry }) => {
  await open()
  const drawn = await page.evaluate(() => document.querySelectorAll('svg.chart').length)
  if (entry.kind.startsWith('city-') && HAS_CHART.includes(entry.kind)) assert.equal(drawn, 1, 'charts')
  assert.deepEqual(await inEachWay(page, WAYS, () => page.evaluate(faults)), [])
  assert.deepEqual(await page.evaluate(numbersWithoutRow), [])
})

/** Pages of the invented city that must have a chart: without one this file would check nothing. */
const HAS_CHART = ['city-quarters', 'city-dense', 'city-kept', 'city-under-way', 'city-late', 'city-revised', 'city-open']

function faults() {
  const found = []
  const ground = probe.ground(document.querySelector('main'))
  const check = (element, colour, what) => {
    const contrast = probe.contrast(colour, ground)
    if (contrast < 3) found.push(`${what} ${element.getAttribute('class')} has ${contrast.toFixed(2)}:1`)
  }
  for (const svg of document.querySelectorAll('svg.chart')) {
    const texts = [...svg.querySelectorAll('text')].filter((text) => getComputedStyle(text).display !== 'none')
    const boxes = texts.map((text) => text.getBoundingClientRect())
    texts.forEach((text, place) => {
      const { left, right } = boxes[place]
      if (left < 0 || right > innerWidth) found.push(`“${text.textContent}” leaves the page`)
      const size = parseFloat(getComputedStyle(text).fontSize)
      if (size < 12) found.push(`“${text.textContent}” has ${size} px`)
      boxes.slice(0, place).forEach((other, earlier) => {
        const width = Math.min(right, other.right) - Math.max(left, other.left)
        const height = Math.min(boxes[place].bottom, other.bottom) - Math.max(boxes[place].top, other.top)
        // The boxes of letters have space above and below.
        if (width > 1 && height > 5) found.push(`“${text.textContent}” meets “${texts[earlier].textContent}”`)
      })
    })
    // A column says its figure by its upper edge: a label is above the column or between its sides.
    for (const column of svg.querySelectorAll('.column')) {
      const { left, right, top, bottom } = column.getBoundingClientRect()
      texts.forEach((text, place) => {
        const label = boxes[place]
        const isApart = label.right <= left || label.left >= right || label.bottom - 4 <= top || label.top >= bottom
        const isInside = label.left > left && label.right < right && label.top + 1 > top
        if (!isApart && !isInside) found.push(`“${text.textContent}” hides the edge of a column`)
      })
    }
    for (const part of svg.querySelectorAll('.path, .target, .pace, .today, .point, .other, .column')) {
      check(part, getComputedStyle(part).stroke, 'the stroke of')
    }
  }
  for (const part of document.querySelectorAll('svg.bar rect:not(.s-not-yet-reported)')) {
    check(part, getComputedStyle(part).fill, 'the ground of')
  }
  return found
}

/** Figures of the chart that the table does not have. */
function numbersWithoutRow() {
  const cells = [...document.querySelectorAll('[aria-labelledby=figures] tbody td:nth-child(2)')]
  const points = document.querySelectorAll('svg.chart .point, svg.chart .column, svg.chart circle.other').length
  const isOfFigures = cells.length > 0
  return isOfFigures && points < cells.length ? [`${points} signs for ${cells.length} rows`] : []
}
