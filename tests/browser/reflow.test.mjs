// No page scrolls sideways or cuts off its text: on a phone, on a wide screen, with text at 200 %
// (WCAG 1.4.4), at 320 px
// (1.4.10), with the reader's own text spacing (1.4.12), on paper.
import assert from 'node:assert/strict'
import { NARROW, WIDE, eachPage, inEachWay, openSites } from './harness.mjs'

const sites = await openSites()

/** A4 less the margins that the style sheet asks for. */
const PAPER = { width: 672, height: 980 }

/** The figures of the text that a line's end parts from their unit. */
const FIGURE = /\d[\d,.]*(?: ?[万亿]| (?:million|billion|trillion|km²?|m[²³]?|[GMk]Wh?|kg|ha|hectares|t|%|yuan|mu)(?![\p{L}\d]))/u.source

const WAYS = {
  '320 px': { viewport: NARROW },
  '1280 px': { viewport: WIDE },
  '320 px, text at 200 %': { viewport: NARROW, textSize: 32 },
  '640 px, text at 200 %': { viewport: { width: 640, height: 800 }, textSize: 32 },
  '1280 px, text at 200 %': { viewport: WIDE, textSize: 32 },
  '320 px, wide text spacing': { viewport: NARROW, isSpaced: true },
  'on paper': { viewport: PAPER, media: 'print' },
}

eachPage('page never scrolls sideways', sites, {}, async ({ page, devtools, open }) => {
  await open()
  const found = await inEachWay(page, WAYS, async ({ textSize = 16, isSpaced = false }) => {
    // The reader's setting in the browser, which no style sheet of the site may undo.
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: textSize } })
    await page.evaluate(spaceText, isSpaced)
    const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
    return [
      ...(textSize > 16 && size < textSize ? [`the text is ${size} px, not ${textSize} px`] : []),
      ...(await page.evaluate(() => probe.overflow())),
    ]
  })
  assert.deepEqual(found, [])
})

const prose = sites.pages.filter(({ kind }) => kind === 'prose')

eachPage('table of nine columns has the width of the page', { ...sites, pages: prose }, {}, async ({ page, open }) => {
  await page.setViewportSize(WIDE)
  await open()
  const share = await page.evaluate(() => {
    const { width } = document.querySelector('.scroll:has(th:nth-child(9))').getBoundingClientRect()
    return width / document.querySelector('.page').getBoundingClientRect().width
  })
  assert.equal(share, 1)
})

eachPage('table of fourteen columns grows past the page', { ...sites, pages: prose }, {}, async ({ page, open }) => {
  await page.setViewportSize({ width: 1920, height: 900 })
  await open()
  const { table, start, end, width } = await page.evaluate(() => {
    const scroll = document.querySelector('.scroll:has(th:nth-child(9))')
    for (const row of scroll.querySelectorAll('tr')) {
      while (row.cells.length < 14) row.append(row.cells[1].cloneNode(true))
      for (const cell of row.cells) cell.textContent = '1,234.5'
    }
    const { left, right } = scroll.getBoundingClientRect()
    const start = document.querySelector('.page').getBoundingClientRect().left
    return { table: scroll.scrollWidth - scroll.clientWidth, start: left - start, end: right, width: document.documentElement.scrollWidth }
  })
  assert.deepEqual({ table, start, width }, { table: 0, start: 0, width: 1920 })
  assert.ok(end > 1500 && end < 1920, `the table ends at ${end} px`)
})

eachPage('cells of a page from right to left begin at its edge', { ...sites, pages: prose }, {}, async ({ page, open }) => {
  await open()
  const gaps = await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
    const edge = (element) => element.getBoundingClientRect().right
    const text = (cell) => {
      const range = document.createRange()
      range.selectNodeContents(cell)
      return range.getBoundingClientRect().right
    }
    return [...document.querySelectorAll('.prose tr > :first-child:not(.right)')].map((cell) => Math.round(edge(cell) - text(cell)))
  })
  assert.ok(gaps.length > 0)
  assert.deepEqual(gaps.filter((gap) => gap > 1), [])
})

eachPage('figure stays with its unit', sites, {}, async ({ page, open }) => {
  for (const width of [NARROW.width, 390]) {
    await page.setViewportSize({ width, height: 800 })
    await open()
    assert.deepEqual(await page.evaluate(partedTexts, ['body', FIGURE]), [], `${width} px`)
  }
})

const documents = sites.pages.filter(({ kind }) => kind === 'city-document')
const VALIDITY_WAYS = { ...WAYS, '768 px': { viewport: { width: 768, height: 800 } } }

eachPage('validity is shown once', { ...sites, pages: documents }, {}, async ({ page, open }) => {
  await open()
  const shown = await inEachWay(page, VALIDITY_WAYS, () =>
    page.evaluate(() => [[...document.querySelectorAll('.side .verdict, .validity')].filter(probe.isVisible).length]),
  )
  assert.deepEqual(shown, Object.keys(VALIDITY_WAYS).map((way) => `${way}: 1`))
})

const results = sites.pages.filter(({ kind }) => ['results', 'city-results'].includes(kind))

eachPage('line of labels neither begins nor ends with a dot', { ...sites, pages: results }, {}, async ({ page, open }) => {
  await open()
  const found = await inEachWay(page, { ...WAYS, '390 px': { viewport: { width: 390, height: 800 } } }, () => page.evaluate(looseDots))
  assert.deepEqual(found, [])
})

/** The dots between labels that are seen on another line than one of their neighbours. */
function looseDots() {
  const found = []
  const all = [...document.querySelectorAll('.labels i')].filter(probe.isVisible)
  if (all.length === 0) return ['there are no dots']
  for (const dot of all) {
    const label = dot.parentElement
    const isSeen = dot.getBoundingClientRect().right > label.parentElement.getBoundingClientRect().left + 1
    const isAlone = label.getBoundingClientRect().top > label.previousElementSibling.getBoundingClientRect().bottom - 4
    if (isSeen === isAlone) found.push(`${probe.name(label)}: ${label.parentElement.textContent}`)
  }
  return found
}

const chinese = sites.pages.filter(({ language }) => language === 'zh')

eachPage('Chinese words of narrow columns stay whole', { ...sites, pages: chinese }, {}, async ({ page, open }) => {
  await page.setViewportSize(NARROW)
  await open()
  const parted = await page.evaluate(partedTexts, [':is(thead th, .right, .word, table time):lang(zh)', '\\p{Script=Han}+'])
  assert.deepEqual(parted, [])
})

/** The matches of a pattern within elements that the end of a line parts. */
function partedTexts([selector, pattern]) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const parted = []
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const isLeftOut = element.closest('svg, script, style, pre') || !element.closest(selector)
    if (isLeftOut || !probe.isVisible(element)) continue
    for (const { 0: words, index } of texts.currentNode.data.matchAll(new RegExp(pattern, 'gu'))) {
      const range = document.createRange()
      range.setStart(texts.currentNode, index)
      range.setEnd(texts.currentNode, index + words.length)
      const lines = [...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 4))
      if (Math.max(...lines) - Math.min(...lines) > 1) parted.push(`${probe.name(element)}: ${words}`)
    }
  }
  return parted
}

/** The spacing of WCAG 1.4.12. */
function spaceText(isSpaced) {
  const sheet = new CSSStyleSheet()
  const text = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
  if (isSpaced) sheet.replaceSync(`${text} p { margin-block-end: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
}
