// A site of rare cases that Harbin's content does not have. `content/` beside this file has the
// hand-written files;
// the bulletins whose number matters are generated here.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Rimewater at the instant for which its about page lists the status of each goal. */
export const CITY = {
  content: fileURLToPath(new URL('../fixtures/rimewater', import.meta.url)),
  at: '2024-11-20T12:00:00+08:00',
}

/** One more than fits on a page of a list. */
const MANY = 21

/** Writes the content into a new folder. */
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
