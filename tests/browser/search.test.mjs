// The search: a query in the header of any page leads to the expected result, without JavaScript.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NARROW, look, openSites } from './harness.mjs'

const { browser, pages } = await openSites()
const OFF = { javaScriptEnabled: false }

/** The query on a page of each language, and the goal that it finds. */
const ASKED = {
  en: { query: 'nursing beds', goal: '/goals/livelihoods/nursing-beds-2022/', box: 'Search bulletins and goals' },
  zh: { query: '养老床位', goal: '/zh/goals/livelihoods/nursing-beds-2022/', box: '搜索公报和目标' },
}

/** The highest number of results on a page. */
const PER_PAGE = 20

/** Makes a test of each language's page of some kinds, in a new window. */
function eachOf(kinds, claim, options, check) {
  describe(claim, { concurrency: 2 }, () => {
    for (const entry of pages.filter(({ kind }) => kinds.includes(kind))) {
      it(`${entry.kind} ${entry.language}`, () =>
        look(browser, entry, options, async (view) => {
          await view.open()
          await check({ ...view, asked: ASKED[entry.language] })
        }))
    }
  })
}

eachOf(['home'], 'keyboard search leads to the goal', OFF, async ({ page, asked }) => {
  const count = await tabTo(page, 'form[role=search] input')
  assert.ok(count <= 7, `the box is only the stop ${count} of the page`)
  await page.keyboard.type(asked.query)
  await leave(page, () => page.keyboard.press('Enter'))
  await isAnswer(page, asked)
  await tabTo(page, '.found a')
  await leave(page, () => page.keyboard.press('Enter'))
  assert.equal(new URL(page.url()).pathname, asked.goal)
})

eachOf(['home'], 'pointer search leads to the goal', OFF, async ({ page, asked }) => {
  const form = page.getByRole('search')
  // The role of a text box with suggestions. It is found by the name that a screen reader says.
  await form.getByRole('combobox', { name: asked.box, exact: true }).click()
  await page.keyboard.type(asked.query)
  await leave(page, () => form.getByRole('button').click())
  await isAnswer(page, asked)
  await leave(page, () => page.locator('.found a').first().click())
  assert.equal(new URL(page.url()).pathname, asked.goal)
})

/** Opens the filters of the open page, which are folded so that results come first. */
async function openFilters(page) {
  await page.locator('.narrow summary').click()
}

/**
 * Checks that the open page shows the query in its box, title and heading, and has a list of
 * results.
 */
async function isAnswer(page, { query, goal, box }) {
  assert.equal(new URL(page.url()).searchParams.get('q'), query)
  assert.equal(await page.getByRole('combobox', { name: box, exact: true }).inputValue(), query)
  const heading = await page.getByRole('heading', { level: 1 }).innerText()
  assert.ok(heading.includes(`“${query}”`), heading)
  assert.ok((await page.title()).startsWith(heading), await page.title())

  // For readers who move by headings, or hear the length of a list. `structure.test.mjs` checks the
  // levels.
  const rows = page.locator('ol.found').getByRole('listitem')
  const total = await found(page)
  assert.ok(total > 1, heading)
  assert.equal(await rows.count(), Math.min(total, PER_PAGE))
  const links = rows.getByRole('heading').getByRole('link')
  assert.equal(await links.count(), await rows.count())
  assert.equal(await links.first().getAttribute('href'), goal)
  assert.notEqual(await rows.first().locator('mark').count(), 0)
}

eachOf(['results'], 'facet has its number of results and is marked', OFF, async ({ page, entry }) => {
  const whole = await found(page)
  const facets = page.locator('nav.facets li:has(small) a')
  const count = await facets.count()
  assert.ok(count > 5, `only ${count} facets`)
  for (let place = 0; place < count; place++) {
    await openFilters(page)
    const [name, promised] = [await facets.nth(place).innerText(), await facets.nth(place).locator('+ small').innerText()]
    await leave(page, () => facets.nth(place).click())
    assert.equal(await found(page), Number(promised), name)
    assert.equal(await page.locator('.found > li').count(), Number(promised), name)
    const chosen = page.locator('nav.facets li:has(small) a[aria-current=true]')
    // What is chosen can be read without opening the filters.
    assert.ok((await page.locator('.narrow summary').innerText()).includes(name), name)
    await openFilters(page)
    assert.deepEqual(await chosen.allInnerTexts(), [name])
    // It is the only one selected in its group, and the way back is the group's first.
    const group = page.locator('nav.facets > div:has(li:has(small) a[aria-current])')
    assert.equal(await group.locator('[aria-current]').count(), 1, name)
    await leave(page, () => group.getByRole('link').first().click())
    assert.equal(page.url(), entry.origin + entry.path, name)
    assert.equal(await found(page), whole, name)
  }
})

eachOf(['results'], 'language switch keeps the query', OFF, async ({ page, entry, asked }) => {
  await openFilters(page)
  await leave(page, () => page.locator('nav.facets a[href*="kind=goal"]').click())
  const total = await found(page)
  await leave(page, () => page.locator('header a[hreflang]').click())
  const other = entry.language === 'en' ? 'zh' : 'en'
  assert.equal(await page.locator('html').getAttribute('lang'), other)
  assert.equal(await page.getByRole('combobox', { name: ASKED[other].box, exact: true }).inputValue(), asked.query)
  assert.equal(new URL(page.url()).searchParams.get('kind'), 'goal')
  assert.equal(await found(page), total)
})

eachOf(['results-many'], 'pages of results show every result once', OFF, async ({ page }) => {
  const total = await found(page)
  await leave(page, () => page.locator('nav.pages a[rel=prev]').click())
  const seen = await hrefs(page)
  const later = page.locator('nav.pages a[rel=next]')
  for (let number = 1; (await later.count()) > 0; number++) {
    assert.equal(await page.locator('nav.pages [aria-current=page]').innerText(), String(number))
    await leave(page, () => later.click())
    seen.push(...(await hrefs(page)))
  }
  assert.equal(seen.length, total)
  assert.equal(new Set(seen).size, total)
})

eachOf(['did-you-mean'], 'spelling suggestion leads to the goal', OFF, async ({ page, entry }) => {
  await leave(page, () => page.locator('main .lead a').click())
  assert.equal(await page.getByRole('combobox').inputValue(), ASKED.en.query)
  assert.equal(await page.locator('main .lead').count(), 0)
  await leave(page, () => page.locator('.found a').first().click())
  assert.equal(new URL(page.url()).pathname, ASKED[entry.language].goal)
})

eachOf(['not-found-words'], 'missing page leads to results for its words', OFF, async ({ page, entry }) => {
  assert.equal(await page.locator('.found a').first().getAttribute('href'), ASKED[entry.language].goal)
  const all = page.locator('main .more a')
  const heading = await all.innerText()
  await leave(page, () => all.click())
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), heading)
})

const LINKED = ['search', 'results', 'results-many', 'did-you-mean', 'no-results-narrowed', 'wrong-search', 'not-found-words']

eachOf(LINKED, 'search page links all resolve', OFF, async ({ page, context, entry }) => {
  const links = page.locator('a[href], link[href]:not([rel=canonical], [hreflang])')
  const urls = new Set(await links.evaluateAll((all) => all.map(({ href }) => href.split('#')[0])))
  const own = [...urls].filter((url) => url.startsWith(entry.origin) && url !== entry.origin + entry.path)
  assert.ok(own.length > 5, `only ${own.length} links`)
  const lost = []
  // One after the other, since the server refuses many searches at once.
  for (const url of own) {
    const answer = await context.request.get(url)
    if (answer.status() !== 200) lost.push(`${answer.status()} ${url}`)
  }
  assert.deepEqual(lost, [])
})

eachOf(['search'], 'search box suggestions are found first', OFF, async ({ page, entry }) => {
  const suggested = await page.locator('#suggested option').evaluateAll((all) => all.map(({ value }) => value))
  assert.ok(suggested.length > 20, `only ${suggested.length} suggestions`)
  const missed = []
  for (const name of suggested) {
    await page.goto(`${entry.origin}${entry.path}?${new URLSearchParams({ q: name })}`)
    const first = page.locator('.found :is(h2, h3)').first()
    if ((await page.locator('.found').count()) === 0 || (await first.innerText()) !== name) missed.push(name)
  }
  assert.deepEqual(missed, [])
})

// An emoji is two UTF-16 units for the browser and one character for the server.
for (const [what, sign] of Object.entries({ letters: 'W', Chinese: '床', emoji: '😀' })) {
  eachOf(['home'], `search box takes no more ${what} than the server`, { viewport: NARROW }, async ({ page }) => {
    await tabTo(page, 'form[role=search] input')
    await page.keyboard.insertText(sign.repeat(801))
    const [answer] = await leave(page, () => page.keyboard.press('Enter'))
    assert.equal(answer.status(), 200)
    const asked = new URL(page.url()).searchParams.get('q')
    assert.ok(asked.length === 800, `${asked.length} were sent`)
    assert.equal(await page.getByRole('combobox').inputValue(), asked)
    assert.deepEqual(await page.evaluate(() => probe.overflow()), [])
  })
}

eachOf(['results'], 'printed search has results and no box', {}, async ({ page }) => {
  const parts = ['.find', '.narrow', '.found']
  const shown = () => page.evaluate((all) => all.filter((part) => probe.isVisible(document.querySelector(part))), parts)
  assert.deepEqual(await shown(), parts)
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(await shown(), ['.found'])
})

/** Presses Tab until the element has the focus, and returns the number of presses. */
async function tabTo(page, selector) {
  const most = await page.locator('a, button, input').count()
  for (let place = 1; place <= most; place++) {
    await page.keyboard.press('Tab')
    if (await page.locator(`${selector}:focus`).count()) return place
  }
  assert.fail(`Tab never stops at ${selector}`)
}

/** Does something that leads to another page, and waits for the page. */
async function leave(page, act) {
  return Promise.all([page.waitForNavigation(), act()])
}

/** The number of results in the heading. */
async function found(page) {
  const heading = await page.getByRole('heading', { level: 1 }).innerText()
  return Number(/”\D*([\d,]+)/.exec(heading)?.[1].replace(',', ''))
}

function hrefs(page) {
  return page.locator('.found :is(h2, h3) a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
}
