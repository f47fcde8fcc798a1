// Nothing needs JavaScript: without it, every page has the same text and look, and its links work.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eachPage, look, openSites, views } from './harness.mjs'

const sites = await openSites()
const OFF = { javaScriptEnabled: false }
const withJavaScript = views(sites.browser, {})

eachPage('page is the same without JavaScript', sites, OFF, async ({ page, entry, open }) => {
  await open()
  // The test's own scripts still run; the page's scripts and events do not.
  const without = await page.evaluate(shown)
  assert.notEqual(without.text, '')
  assert.deepEqual(without.scripts, [])
  const picture = await page.screenshot()
  await withJavaScript(entry, async ({ page, open }) => {
    await open()
    assert.deepEqual(await page.evaluate(shown), without)
    assert.ok(picture.equals(await page.screenshot()), 'the page looks different with JavaScript')
  })
})

/** The visible text of a page, and everything that would run. */
function shown() {
  const isCode = ({ type }) => type !== 'application/ld+json'
  const hasHandler = ({ attributes }) => [...attributes].some(({ name }) => name.startsWith('on'))
  return {
    title: document.title,
    text: document.body.innerText,
    scripts: [
      ...[...document.scripts].filter(isCode).map((script) => script.outerHTML),
      ...[...document.querySelectorAll('*')].filter(hasHandler).map((element) => element.outerHTML),
      ...[...document.querySelectorAll('[href^="javascript:"], noscript')].map((element) => element.outerHTML),
    ],
  }
}

describe('links work without JavaScript', { concurrency: 2 }, () => {
  for (const entry of sites.pages.filter(({ kind }) => kind === 'home')) {
    it(`every page that ${entry.kind} ${entry.language} links to opens at a click`, () =>
      look(sites.browser, entry, OFF, async ({ page, open }) => {
        await open()
        const links = page.locator('a[href^="/"][href$="/"]')
        const count = await links.count()
        assert.ok(count > 5, `only ${count} links`)
        for (let place = 0; place < count; place++) {
          const path = await links.nth(place).getAttribute('href')
          const [answer] = await Promise.all([page.waitForNavigation(), links.nth(place).click()])
          assert.equal(new URL(page.url()).pathname, path)
          assert.equal(answer.status(), 200, path)
          assert.equal(await page.locator('h1').count(), 1, path)
          await open()
        }
      }))
  }

  for (const entry of sites.pages.filter(({ kind }) => kind === 'announcement' || kind === 'prose')) {
    it(`the contents of ${entry.kind} ${entry.language} lead to their places`, () =>
      look(sites.browser, entry, OFF, async ({ page, open }) => {
        await open()
        const links = page.locator('main a[href^="#"]')
        const count = await links.count()
        assert.notEqual(count, 0)
        for (const summary of await page.locator('main summary').all()) await summary.click()
        for (let place = 0; place < count; place++) {
          const id = decodeURIComponent((await links.nth(place).getAttribute('href')).slice(1))
          await links.nth(place).click()
          // Waits until it is visible in the window.
          await page.waitForFunction((id) => {
            const { top } = document.getElementById(id).getBoundingClientRect()
            return decodeURIComponent(location.hash) === `#${id}` && top >= 0 && top < innerHeight
          }, id)
        }
      }))
  }
})
