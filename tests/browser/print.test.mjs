// On paper: no navigation, the targets of links, source and date, dark text. Of the footer, the page's address alone.
import assert from 'node:assert/strict'
import { eachPage, inEachWay, openSites } from './harness.mjs'

const WAYS = { 'from a light screen': { media: 'print' }, 'from a dark screen': { media: 'print', colorScheme: 'dark' } }

/** The kinds that show their date, and those that also name their source. */
const DATED = ['announcement', 'childcare', 'table', 'prose', 'withdrawn']

eachPage('page can be printed', await openSites(), {}, async ({ page, entry, open }) => {
  await open()
  const found = await inEachWay(page, WAYS, () => page.evaluate(paperFaults, DATED.includes(entry.kind)))
  assert.deepEqual(found, [])
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  assert.ok(sheets >= 1 && sheets <= 12, `${sheets} sheets`)
})

/** The faults of the open page on paper. */
function paperFaults(isBulletin) {
  const found = []
  for (const element of document.querySelectorAll('nav, body > footer :is(a, svg, p:not(.address)), .skip, button, form')) {
    if (probe.isVisible(element)) found.push(`is printed: ${probe.name(element)}`)
  }
  for (const link of document.querySelectorAll('main a[href^="http"]')) {
    // In the text itself, or after it.
    const after = getComputedStyle(link, '::after').content
    if (probe.isVisible(link) && !link.textContent.includes(link.href) && !after.includes(link.href)) {
      found.push(`does not say where it leads: ${probe.name(link)}`)
    }
  }
  for (const link of document.querySelectorAll('main a')) {
    if (!probe.isVisible(link)) continue
    const after = getComputedStyle(link, '::after').content
    const isAddress = /^https?:/.test(link.textContent)
    if (isAddress && after !== 'none') found.push(`prints its address twice: ${probe.name(link)}`)
    if (link.textContent === '↩') found.push('prints a way back to a mark')
  }
  const isPrinted = (selector) => [...document.querySelectorAll(selector)].some((element) => probe.isVisible(element))
  if (document.querySelector('link[rel=canonical]') && !isPrinted('body > footer .address')) {
    found.push('the address is not printed')
  }
  if (!isPrinted('h1')) found.push('the title is not printed')
  if (isBulletin && !isPrinted('.facts time[datetime]')) found.push('the date is not printed')
  if (isBulletin && !isPrinted('.facts dd:not(:has(time))')) found.push('the source is not printed')
  for (const element of [document.body, document.querySelector('h1')]) {
    if (probe.luminance(getComputedStyle(element).color) > 0.1) found.push(`is printed in pale ink: ${probe.name(element)}`)
  }
  return found
}
