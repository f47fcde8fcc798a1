// The preview for editors, on a site that `gazette init` has begun: a page reloads after a save, errors are above the
// last good page, the clock moves. The pages of the new site have no accessibility problem that axe finds.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { launch } from './harness.mjs'
import { binary, startSite } from './site.mjs'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

const AT = '2026-11-01T12:00:00Z'

describe('a new site', () => {
  let root, content, browser, preview, site
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'gazette-preview-'))
    content = join(root, 'content')
    execFileSync(binary(), ['init', root, '--name', 'Rimewater', '--languages', 'en,zh', '--at', AT])
    browser = await launch()
    preview = await startSite({ content, preview: true })
    site = await startSite({ content })
  })
  after(async () => {
    await browser?.close()
    await preview?.stop()
    await site?.stop()
    rmSync(root, { recursive: true, force: true })
  })

  async function onPage(url, check) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const problems = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.goto(url)
    await check(page)
    assert.deepEqual(problems, [])
    await context.close()
  }

  const hours = () => join(content, 'bulletins/office-hours.md')

  it('shows each save without a click', () =>
    onPage(`${preview.origin}/bulletins/office-hours/`, async (page) => {
      const text = readFileSync(hours(), 'utf8')
      for (const words of ['Saturdays and Sundays.', 'Mondays only.']) {
        writeFileSync(hours(), `${text}\n${words}\n`)
        await page.getByText(words).waitFor()
      }
      writeFileSync(hours(), text.replace('summary:', 'sumary:'))
      await page.getByText('front-matter/unknown-key').first().waitFor()
      assert.equal(await page.getByText('Mondays only.').count(), 1, 'the last good page is gone')
      const editor = await page.locator('#gazette-preview a[href^="vscode://"]').first().getAttribute('href')
      assert.match(editor, /^vscode:\/\/file\/.*\/content\/bulletins\/office-hours\.md:\d+:\d+$/)
      writeFileSync(hours(), text)
      await page.locator('#gazette-preview:not(.bad)').waitFor()
    }))

  it('moves the clock to the next change', () =>
    onPage(`${preview.origin}/_preview/`, async (page) => {
      const later = join(content, 'bulletins/later.md')
      writeFileSync(later, '---\ntitle: Opening day\nsummary: It opens.\npublished: 2031-03-01 09:00\n---\nIt opens.\n')
      const row = page.getByRole('row', { name: /Opening day/ })
      await row.waitFor()
      await row.getByRole('button').click()
      await page.getByText('2031-03-01 09:00:00').first().waitFor()
      await page.getByRole('button', { name: 'Back to the present' }).waitFor()
      await page.goto(`${preview.origin}/bulletins/later/`)
      assert.equal(await page.locator('h1').innerText(), 'Opening day')
      await page.getByRole('button', { name: 'Back to the present' }).click()
      await page.getByRole('heading', { level: 1, name: /^\[Scheduled for 2031-03-01 09:00\]/ }).waitFor()
      rmSync(later)
    }))

  for (const path of ['/', '/zh/', '/about/', '/accessibility/', '/bulletins/', '/bulletins/first-quarter/', '/goals/', '/goals/homes/new-homes/', '/zh/goals/streets/water-losses/']) {
    it(`has no problem on ${path}`, () =>
      onPage(`${site.origin}${path}`, async (page) => {
        await page.evaluate(AXE)
        const { violations } = await page.evaluate(() => globalThis.axe.run())
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`), [])
      }))
  }
})
