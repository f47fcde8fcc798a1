// The browser tests of Gazette: the real binary's pages in a real browser.
//
//   cargo build --release
//   apt-get install chromium fonts-liberation fonts-noto-cjk
//   npm ci --prefix tests/browser
//   node --test tests/browser/*.test.mjs
//
// GAZETTE_BINARY names another binary, CHROMIUM another browser; ONLY=announcement keeps the pages whose name
// (`announcement en`) holds that text.
//
// A test file calls `openSites` once and then `eachPage`, which makes a test of every page: no page is in a list of
// exceptions. `site.mjs` runs the binary, `pages.mjs` says which pages, `fixture.mjs` makes a site of rare cases,
// `first-view.test.mjs` needs no browser at all. Nothing here waits for a time: only for what is to happen.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { makeFixture } from './fixture.mjs'
import { pagesOf, rarePages } from './pages.mjs'
import { startSite } from './site.mjs'

/** Two pages at a time: one waits for the browser while the other is measured, and CI has two cores. */
const AT_A_TIME = 2

/** Chromium in CI: as root, without a GPU, and without talking to anybody of its own accord. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
]

/** The functions that tests call in the page, as `probe`. */
const PROBE = fileURLToPath(new URL('probe.js', import.meta.url))

export const WIDE = { width: 1280, height: 800 }
export const NARROW = { width: 320, height: 800 }

/** A way to look at a page that nobody has set anything for. */
const PLAIN = {
  viewport: WIDE,
  media: 'screen',
  colorScheme: 'light',
  forcedColors: 'none',
  reducedMotion: 'no-preference',
  contrast: 'no-preference',
}

/** Starts the browser that all tests use. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
}

/**
 * Starts both sites and the browser; the test runner stops them when the file's tests are over.
 * @returns {Promise<{ browser, pages: object[] }>} `pages` are those of both sites; each knows its origin
 */
export async function openSites() {
  const toClose = []
  const close = async () => {
    for (const undo of toClose.splice(0).reverse()) await undo()
  }
  try {
    const fixture = await makeFixture()
    toClose.push(fixture.remove)
    const [real, rare, browser] = await Promise.all([startSite(), startSite({ content: fixture.folder }), launch()])
    toClose.push(real.stop, rare.stop, () => browser.close())
    const pages = [
      ...(await pagesOf(real.origin)).map((page) => ({ ...page, origin: real.origin })),
      ...rarePages().map((page) => ({ ...page, origin: rare.origin })),
    ]
    after(close)
    return { browser, pages: pages.filter(isWanted) }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * A test for every page, in a browser context of its own.
 * @param {string} claim what is true of every page
 * @param {{ browser, pages: object[] }} sites
 * @param {object} options of the context
 * @param {(view: { page, context, entry, open: () => Promise<void> }) => Promise<void>} check `open` goes to the page
 */
export function eachPage(claim, { browser, pages }, options, check) {
  describe(claim, { concurrency: AT_A_TIME }, () => {
    for (const entry of pages) {
      it(`${entry.kind} ${entry.language}`, () => look(browser, entry, options, check))
    }
  })
}

/** Hands `use` an empty page in a context of its own, and the way to open the entry in it. */
export async function look(browser, entry, options, use) {
  const context = await browser.newContext(options)
  try {
    await context.addInitScript({ path: PROBE })
    const page = await context.newPage()
    await use({ page, context, entry, open: () => open(page, entry) })
  } finally {
    await context.close()
  }
}

/**
 * Looks at an open page in several ways.
 * @param {Record<string, { viewport?: object, media?: string, colorScheme?: string, forcedColors?: string,
 *   reducedMotion?: string, contrast?: string }>} ways by name; what a way does not say is as in `PLAIN`
 * @param {(way: object) => Promise<string[]>} find
 * @returns {Promise<string[]>} what was found, each with the way's name before it
 */
export async function inEachWay(page, ways, find) {
  const found = []
  for (const [name, way] of Object.entries(ways)) {
    const { viewport, ...media } = { ...PLAIN, ...way }
    await page.setViewportSize(viewport)
    await page.emulateMedia(media)
    for (const finding of await find(way)) found.push(`${name}: ${finding}`)
  }
  return found
}

/** Goes to a page and checks that it is the page that was meant. */
async function open(page, { origin, path, status, method }) {
  if (method !== 'GET') await page.route(origin + path, (route) => route.continue({ method }), { times: 1 })
  const answer = await page.goto(origin + path)
  assert.equal(answer.status(), status, path)
}

function isWanted({ kind, language }) {
  return `${kind} ${language}`.includes(process.env.ONLY ?? '')
}
