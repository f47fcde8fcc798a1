// The copy of a picture that the browser takes is the smallest one with enough pixels for its place on the screen.
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { after, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { launch } from './harness.mjs'
import { startSite } from './site.mjs'

const PICTURE = fileURLToPath(new URL('../fixtures/pictures/quarters.jpg', import.meta.url))
const SITE = 'name = "Lakeside"\nbase_url = "https://lakeside.example/"\ntime_zone = "Asia/Shanghai"\nlanguages = ["en"]\n'

/** The widths of the copies; the picture itself has 1600 pixels. */
const COPIES = [480, 960, 1440]

const content = await mkdtemp(`${tmpdir()}/gazette-pictures-`)
after(() => rm(content, { recursive: true }))
const lake = `${content}/bulletins/lake`
await mkdir(lake, { recursive: true })
await cp(PICTURE, `${lake}/lake.jpg`)
await writeFile(`${content}/site.toml`, SITE)
await writeFile(`${content}/bulletins/_index.md`, '---\ntitle: Bulletins\n---\n')
await writeFile(
  `${lake}/index.md`,
  '---\ntitle: Lake\nsummary: The lake.\npublished: 2022-05-05\n---\n![The lake](lake.jpg)\n',
)
const { origin, stop } = await startSite({ content })
after(stop)
const browser = await launch()
after(() => browser.close())

for (const width of [390, 1280]) {
  for (const deviceScaleFactor of [1, 2]) {
    it(`takes the smallest sufficient copy at ${width} px and ${deviceScaleFactor} pixels a px`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, deviceScaleFactor })
      const page = await context.newPage()
      await page.goto(`${origin}/bulletins/lake/`)
      const image = page.locator('figure img')
      await image.evaluate((img) => img.decode())
      const shown = await image.evaluate((img) => ({ source: img.currentSrc, width: img.clientWidth }))
      const needed = shown.width * deviceScaleFactor
      const smallest = COPIES.find((copy) => copy >= needed) ?? COPIES.at(-1)
      assert.match(shown.source, new RegExp(`-${smallest}\\.webp$`), `${shown.width} px, ${needed} pixels`)
      await context.close()
    })
  }
}
