// Structure for assistive technology: languages, headings, landmarks, names. On every page of the
// site,
// because an editor's text can break it.
import assert from 'node:assert/strict'
import { eachPage, openSites } from './harness.mjs'

eachPage('page structure has no faults', await openSites({ isEveryPage: true }), {}, async ({ page, entry, open }) => {
  await open()
  assert.deepEqual(await page.evaluate(structureFaults, entry.language), [])
})

/** The faults of the open page, which should be in `language`. */
function structureFaults(language) {
  const found = []
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const isIn = (element, wanted) => element.closest('[lang]').lang.split('-')[0] === wanted

  if (document.compatMode !== 'CSS1Compat') found.push('the page is in quirks mode')
  if (!isIn(document.documentElement, language)) found.push(`the page is marked \`${document.documentElement.lang}\``)
  if (document.title.trim() === '') found.push('the page has no title')

  const levels = all('h1, h2, h3, h4, h5, h6').filter(probe.isVisible).map((heading) => [Number(heading.localName[1]), heading])
  if (levels.filter(([level]) => level === 1).length !== 1) found.push('the page does not have one h1')
  if (levels[0]?.[0] !== 1) found.push('the first heading is no h1')
  levels.forEach(([level, heading], place) => {
    if (place > 0 && level > levels[place - 1][0] + 1) found.push(`skips a level: ${probe.name(heading)}`)
    if (heading.textContent.trim() === '') found.push('a heading is empty')
  })

  for (const landmark of ['body > header', 'main', 'body > footer']) {
    if (all(landmark).length !== 1) found.push(`the page has ${all(landmark).length} of \`${landmark}\``)
  }
  if (all('h1').some((heading) => !heading.closest('main'))) found.push('the h1 is outside of main')
  const names = all('nav').map((nav) => {
    const heading = document.getElementById(nav.getAttribute('aria-labelledby'))
    return nav.getAttribute('aria-label') ?? heading?.textContent ?? ''
  })
  if (names.includes('') || new Set(names).size !== names.length) found.push(`the nav elements are named ${JSON.stringify(names)}`)

  const ids = all('[id]').map(({ id }) => id)
  for (const id of ids.filter((id, place) => ids.indexOf(id) !== place)) found.push(`the id \`${id}\` stands twice`)

  // Text in another language is marked as such.
  for (const link of all('body a[href^="/"][href$="/"]')) {
    const there = new URL(link.href).pathname.startsWith('/zh/') ? 'zh' : 'en'
    if (there === language) continue
    if (!isIn(link, there)) found.push(`leads to a page in ${there} and is not marked so: ${probe.name(link)}`)
    if (link.hreflang.split('-')[0] !== there) found.push(`has no hreflang \`${there}\`: ${probe.name(link)}`)
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    const chinese = /\S*\p{Script=Han}\S*/u.exec(text.data)
    if (chinese && !isIn(text.parentElement, 'zh')) {
      found.push(`Chinese that is not marked so: "${chinese[0]}" in ${probe.name(text.parentElement)}`)
    }
  }
  for (const element of all('[aria-label], [alt], [title]')) {
    const label = element.getAttribute('aria-label') ?? element.getAttribute('alt') ?? element.title
    if (isIn(element, 'zh') && /\p{L}/u.test(label) && !/\p{Script=Han}/u.test(label)) {
      found.push(`a label that is not in Chinese: "${label}" on ${probe.name(element)}`)
    }
    if (!isIn(element, 'zh') && /\p{Script=Han}/u.test(label)) found.push(`a label in Chinese: "${label}" on ${probe.name(element)}`)
  }
  return found
}
