// The browser tests of Gazette: the real binary's pages in a real browser.
//
//   cargo build --release
//   apt-get install chromium fonts-liberation fonts-noto-cjk
//   npm ci --prefix tests/browser
//   node --test tests/browser/*.test.mjs
//
// GAZETTE_BINARY names another binary, CHROMIUM another browser; ONLY=announcement keeps the pages whose name
// (`announcement en`) contains that text.
//
// A test file calls `openSites` once and then `eachPage`, which makes a test of every page: no page is in a list of
// exceptions. `site.mjs` runs the binary, `pages.mjs` lists the pages, `fixture.mjs` makes a site
// of rare cases,
// `first-load.test.mjs` needs no browser. Tests wait for events, never for a time.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { CITY, makeFixture } from './fixture.mjs'
import { cityPages, furtherPages, pagesOf, rarePages } from './pages.mjs'
import { startSite } from './site.mjs'

/** Two pages at a time: one loads while the other is measured, and CI has two cores. */
const AT_A_TIME = 2

/** Far more than a page needs: it only ends a test that hangs. */
const TIME_LIMIT_MS = 120_000

/** Chromium in CI: as root, without a GPU, without background requests. */
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

/** A view with the browser's default settings. */
const PLAIN = {
  viewport: WIDE,
  media: 'screen',
  colorScheme: 'light',
  forcedColors: 'none',
  reducedMotion: 'no-preference',
  contrast: 'no-preference',
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
}

/**
 * Starts the three sites and the browser for the tests of a file; the test runner stops them when the tests are over.
 * @param {{ isEveryPage?: boolean }} options whether the pages are all of the real site's, not only one of each kind
 * @returns {Promise<{ browser, pages: object[] }>} `pages` are those of all of them; each knows its origin
 */
export async function openSites(options) {
  const { close, ...sites } = await start(options)
  after(close)
  return sites
}

/**
 * Starts the three sites and the browser for something other than a test, and stops them after it.
 */
export async function visitSites(use) {
  const { close, ...sites } = await start({})
  try {
    await use(sites)
  } finally {
    await close()
  }
}

async function start({ isEveryPage = false } = {}) {
  const toClose = []
  const close = async () => {
    const faults = []
    for (const undo of toClose.splice(0).reverse()) await undo().catch((fault) => faults.push(fault))
    // After everything else is closed: a running server would keep the test from ending.
    if (faults.length > 0) throw faults[0]
  }
  try {
    const fixture = await makeFixture()
    toClose.push(fixture.remove)
    const starting = [startSite(), startSite({ content: fixture.folder }), startSite(CITY), launch()]
    const [real, rare, city, browser] = await Promise.all(starting)
    toClose.push(real.stop, rare.stop, city.stop, () => browser.close())
    const pages = await pagesOf(real.origin)
    if (isEveryPage) pages.push(...(await furtherPages(real.origin, pages)))
    const at = (origin) => (page) => ({ ...page, origin })
    const all = [...pages.map(at(real.origin)), ...rarePages().map(at(rare.origin)), ...cityPages().map(at(city.origin))]
    return { browser, pages: all.filter(isWanted), close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Makes a test of every page. Pages share a few windows of the browser.
 * @param {string} claim the claim about every page
 * @param {{ browser, pages: object[] }} sites
 * @param {object} options of the browser's context
 * @param {(view: { page, context, devtools, entry, open: () => Promise<void> }) => Promise<void>} check `open` goes to
 *   the page
 */
export function eachPage(claim, { browser, pages }, options, check) {
  const inView = views(browser, options)
  testEach(claim, pages, (entry) => inView(entry, check))
}

/** Like `eachPage`, with a context for each page, so that none sees anything of another. */
export function eachPageAlone(claim, { browser, pages }, check) {
  testEach(claim, pages, (entry) => look(browser, entry, {}, check))
}

function testEach(claim, pages, test) {
  describe(claim, { concurrency: AT_A_TIME }, () => {
    for (const entry of pages) {
      it(`${entry.kind} ${entry.language}`, { timeout: TIME_LIMIT_MS }, () => test(entry))
    }
  })
}

/** Calls `use` with a new window and a function that opens the entry in it. */
export async function look(browser, entry, options, use) {
  const view = await newView(browser, options)
  try {
    await use({ ...view, entry, open: () => open(view.page, entry) })
  } finally {
    await view.context.close()
  }
}

/**
 * A function like `look` that reuses its windows: opening one takes six times as long as a page.
 * A window in which something failed is not reused.
 */
export function views(browser, options) {
  const idle = []
  return async (entry, use) => {
    const view = idle.pop() ?? (await newView(browser, options))
    await appear(view.page, PLAIN)
    await use({ ...view, entry, open: () => open(view.page, entry) })
    idle.push(view)
  }
}

async function newView(browser, options) {
  const context = await browser.newContext(options)
  await context.addInitScript({ path: PROBE })
  const page = await context.newPage()
  return { context, page, devtools: await context.newCDPSession(page) }
}

/**
 * Inspects an open page under several settings.
 * @param {Record<string, { viewport?: object, media?: string, colorScheme?: string, forcedColors?: string,
 *   reducedMotion?: string, contrast?: string }>} ways by name; the defaults are those of `PLAIN`
 * @param {(way: object) => Promise<string[]>} find
 * @returns {Promise<string[]>} the findings, each after the name of its way
 */
export async function inEachWay(page, ways, find) {
  const found = []
  for (const [name, way] of Object.entries(ways)) {
    await appear(page, { ...PLAIN, ...way })
    for (const finding of await find(way)) found.push(`${name}: ${finding}`)
  }
  return found
}

async function appear(page, { viewport, ...media }) {
  await page.setViewportSize(viewport)
  await page.emulateMedia(media)
}

/** Opens a page and checks that it is the expected one. */
async function open(page, { origin, path, status, method, until }) {
  if (method !== 'GET') await page.route(origin + path, (route) => route.continue({ method }), { times: 1 })
  do {
    const answer = await page.goto(origin + path)
    assert.equal(answer.status(), status, path)
  } while ((await page.locator(until).count()) === 0)
}

function isWanted({ kind, language }) {
  return `${kind} ${language}`.includes(process.env.ONLY ?? '')
}
