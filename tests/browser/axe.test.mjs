// Every page passes axe-core: its default rules, those for best practice, and the ones below.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NARROW, WIDE, eachPage, inEachWay, openSites } from './harness.mjs'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * Rules for WCAG A and AA that axe-core disables by default. `p-as-heading` stays off: it reports
 * bold labels as headings.
 */
const FURTHER_RULES = [
  'css-orientation-lock',
  'focus-order-semantics',
  'hidden-content',
  'label-content-name-mismatch',
  'table-fake-caption',
  'target-size',
  'td-has-header',
]

const WAYS = {
  'light, 1280 px': { viewport: WIDE },
  'light, 320 px': { viewport: NARROW },
  'dark, 1280 px': { colorScheme: 'dark', viewport: WIDE },
  'dark, 320 px': { colorScheme: 'dark', viewport: NARROW },
  'forced colours, reduced motion, 320 px': { forcedColors: 'active', reducedMotion: 'reduce', viewport: NARROW },
  'more contrast, 1280 px': { contrast: 'more', viewport: WIDE },
}

eachPage('page passes axe-core', await openSites(), {}, async ({ page, open }) => {
  await open()
  await page.evaluate(AXE)
  const found = await inEachWay(page, WAYS, async () => {
    const { passes, violations } = await page.evaluate(run, FURTHER_RULES)
    // A page that axe-core cannot read has no violation either.
    assert.ok(passes.some(({ id }) => id === 'document-title'), 'axe-core checked nothing')
    return violations.flatMap(described)
  })
  assert.deepEqual(found, [])
})

function run(further) {
  const rules = Object.fromEntries(further.map((name) => [name, { enabled: true }]))
  // Only violations in full, which takes a third of the time.
  return window.axe.run({ rules, resultTypes: ['violations'] })
}

function described({ id, help, nodes }) {
  return nodes.map((node) => {
    const reasons = [...node.any, ...node.all, ...node.none].map(({ message }) => message)
    return `${id} (${help}): ${node.target.join(' ')}: ${reasons.join('; ')}: ${node.html.slice(0, 160)}`
  })
}
