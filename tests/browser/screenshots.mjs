// Takes screenshots of the site.
//
//   node tests/browser/screenshots.mjs              the README's, into docs/screenshots/
//   node tests/browser/screenshots.mjs --all DIR    every kind of page, wide and narrow, light and dark, for a person to look at
//
// It needs what the browser tests need (`harness.mjs`). The same site and the same browser give the same bytes.
import assert from 'node:assert/strict'
import { mkdir, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { look, visitSites } from './harness.mjs'

const LARGEST = 250_000
const README = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))

const README_PAGES = ['home', 'announcement', 'city-quarters']
const README_WAYS = {
  '1280-light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  '390-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
}
const ALL_WAYS = Object.fromEntries(
  [1280, 320].flatMap((width) =>
    ['light', 'dark'].map((colorScheme) => [`${width}-${colorScheme}`, { viewport: { width, height: 800 }, colorScheme }]),
  ),
)

const [option, folder, ...rest] = process.argv.slice(2)
const isAll = option === '--all'
if ((option && !isAll) || isAll !== Boolean(folder) || rest.length > 0) {
  console.error('usage: node screenshots.mjs [--all DIR]')
  process.exit(2)
}

await visitSites(async (sites) => {
  const isInReadme = ({ kind, language }) => README_PAGES.includes(kind) && language === 'en'
  const entries = isAll ? sites.pages : sites.pages.filter(isInReadme)
  await mkdir(isAll ? folder : README, { recursive: true })
  for (const entry of entries) {
    for (const [way, options] of Object.entries(isAll ? ALL_WAYS : README_WAYS)) {
      const path = isAll ? `${folder}/${entry.kind}-${entry.language}-${way}.png` : `${README}/${entry.kind}-${way}.png`
      await look(sites.browser, entry, { ...options, deviceScaleFactor: 1 }, async ({ page, open }) => {
        await open()
        await page.evaluate(() => probe.loadImages())
        await page.screenshot({ path, fullPage: isAll })
      })
      const { size } = await stat(path)
      console.log(`${path}: ${size} bytes`)
      if (!isAll) assert.ok(size <= LARGEST, `${path} is larger than ${LARGEST} bytes`)
    }
  }
})
