// The keyboard reaches every control, in order, and the focus is visible.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NARROW, WIDE, eachPage, inEachWay, look, openSites } from './harness.mjs'

const WAYS = {
  'light, 1280 px': { viewport: WIDE },
  'dark, 320 px': { viewport: NARROW, colorScheme: 'dark' },
  'forced colours, 1280 px': { viewport: WIDE, forcedColors: 'active', reducedMotion: 'reduce' },
}

const sites = await openSites()

eachPage('first Tab reaches the skip link', sites, {}, async ({ page, open }) => {
  await open()
  await page.keyboard.press('Tab')
  const isSkip = await page.evaluate(() => document.activeElement.matches('a[href="#main"]'))
  assert.ok(isSkip, 'the first Tab does not stop at the skip link')
  assert.deepEqual(await page.evaluate(() => probe.focusFaults()), [])
  await page.keyboard.press('Enter')
  // Times out if this never becomes true.
  await page.waitForFunction(() => location.hash === '#main' && document.activeElement.matches('main#main'))
  await page.keyboard.press('Tab')
  const isPast = await page.evaluate(() => !document.activeElement.closest('header.mast, nav[aria-label]:not(main nav)'))
  assert.ok(isPast, 'after the skip link, Tab goes back to what was skipped')
})

eachPage('Tab stops at every control with visible focus', sites, {}, async ({ page, open }) => {
  await open()
  const walked = await walk(page)
  // Tab has the same stops everywhere, but their look differs.
  const seen = await inEachWay(page, WAYS, () => page.evaluate(faultsAtStops))
  assert.deepEqual([...walked, ...seen], [])
})

/** Presses Tab through the whole page and returns the faults of the stops. */
async function walk(page) {
  const count = await page.evaluate(() => (window.stops = probe.stops()).length)
  assert.notEqual(count, 0)
  const found = []
  for (let place = 0; place < count; place++) {
    await page.keyboard.press('Tab')
    const { at, name, faults } = await page.evaluate(() => ({
      at: window.stops.indexOf(document.activeElement),
      name: probe.name(document.activeElement),
      faults: probe.focusFaults(),
    }))
    if (at !== place) {
      const expected = await page.evaluate((place) => probe.name(window.stops[place]), place)
      return [...found, `stop ${place + 1} is ${name}, not ${expected}`]
    }
    found.push(...faults)
  }
  await page.keyboard.press('Tab')
  const isOver = await page.evaluate(() => [-1, 0].includes(window.stops.indexOf(document.activeElement)))
  return isOver ? found : [...found, 'Tab does not leave the page after the last stop']
}

/** Focus moved by a script is drawn like the keyboard's, as the last one was. */
function faultsAtStops() {
  return probe.stops().flatMap((stop) => {
    stop.focus()
    return document.activeElement === stop ? probe.focusFaults() : [`takes no focus: ${probe.name(stop)}`]
  })
}

describe('focus changes the picture', () => {
  const kinds = ['home', 'announcement', 'section', 'prose', 'results-many']
  for (const entry of sites.pages.filter(({ kind, language }) => kinds.includes(kind) && language === 'en')) {
    it(`${entry.kind} ${entry.language}`, () =>
      look(sites.browser, entry, {}, async ({ page, open }) => {
        const found = await inEachWay(page, WAYS, async () => {
          await open()
          return sameWhenFocused(page)
        })
        assert.deepEqual(found, [])
      }))
  }
})

/** The stops that look the same with and without focus, one of each sort. */
async function sameWhenFocused(page) {
  const count = await page.evaluate(() => probe.stops().length)
  const sorts = new Set()
  const found = []
  for (let place = 0; place < count; place++) {
    await page.keyboard.press('Tab')
    const { sort, name, clip } = await page.evaluate(() => {
      const element = document.activeElement
      const { x, y, width, height } = element.getBoundingClientRect()
      const [left, top] = [Math.max(0, x - 8), Math.max(0, y - 8)]
      const clip = { x: left, y: top, width: Math.min(width + 16, innerWidth - left), height: Math.min(height + 16, innerHeight - top) }
      return { sort: `${element.parentElement.closest('[class]')?.className} ${element.localName}`, name: probe.name(element), clip }
    })
    if (sorts.has(sort)) continue
    sorts.add(sort)
    const focused = await page.screenshot({ clip })
    await page.evaluate(() => document.activeElement.blur())
    const blurred = await page.screenshot({ clip })
    if (focused.equals(blurred)) found.push(name)
  }
  assert.notEqual(sorts.size, 0)
  return found
}
