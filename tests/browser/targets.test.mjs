// Every link and control outside of a sentence is at least 24 by 24 px (WCAG 2.5.8, without its exception for spacing).
import assert from 'node:assert/strict'
import { NARROW, WIDE, eachPage, inEachWay, openSites } from './harness.mjs'

const WAYS = { '320 px': { viewport: NARROW }, '1280 px': { viewport: WIDE } }

eachPage('targets have at least 24 px', await openSites(), {}, async ({ page, open }) => {
  await open()
  const found = await inEachWay(page, WAYS, () => page.evaluate(() => probe.smallTargets()))
  assert.deepEqual(found, [])
  assert.notEqual(await page.evaluate(() => probe.targets().length), 0)
})
