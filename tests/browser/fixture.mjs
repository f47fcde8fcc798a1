// A site of rare cases: what may come of content that Harbin's own has no example of. `content/` beside this file
// holds what a person wrote; the bulletins that only have to be many are made here.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The invented city, at the instant for which its own about page says what each goal shows. */
export const CITY = {
  content: fileURLToPath(new URL('../fixtures/rimewater', import.meta.url)),
  at: '2024-11-20T12:00:00+08:00',
}

/** One more than a page of a list holds, whatever else stands in the section. */
const MANY = 21

/** Lays the content in a folder of its own. */
export async function makeFixture() {
  const folder = await mkdtemp(`${tmpdir()}/gazette-fixture-`)
  await cp(fileURLToPath(new URL('content', import.meta.url)), folder, { recursive: true })
  for (let number = 1; number <= MANY; number++) {
    const day = String(number).padStart(2, '0')
    const file = `${folder}/bulletins/item-${day}`
    const original = `title: Bulletin ${number}\nsummary: One of many.\npublished: 2023-05-${day}`
    await writeFile(`${file}.md`, `---\n${original}\n---\nIts text.\n`)
    await writeFile(`${file}.zh.md`, `---\ntitle: 第${number}号公报\nsummary: 众多公报之一。\n---\n正文。\n`)
  }
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
