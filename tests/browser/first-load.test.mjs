// The first load fits the first round trip: HTML, style sheet and icon of a page are at most 14,600
// bytes, ten segments of TCP's first window (RFC 6928), as they come off the socket: status line,
// headers and brotli bodies.
//
// `first-load.json` records the size of each part of some pages, so that a failure says which part
// grew. `UPDATE_EXPECTED=1 node --test tests/browser/first-load.test.mjs` writes it anew.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { CITY } from './fixture.mjs'
import { sitemap } from './pages.mjs'
import { startSite } from './site.mjs'

const BUDGET = 14_600
const RECORD = fileURLToPath(new URL('first-load.json', import.meta.url))
const IS_UPDATING = process.env.UPDATE_EXPECTED !== undefined
/** A home page, a long bulletin, and goal pages with a chart, the last with a dense one. */
const RECORDED = ['/', '/bulletins/2022-development-goals/', '/goals/agriculture/grain-capacity/'].flatMap((path) => [path, `/zh${path}`])
const RECORDED_OF_CITY = ['/', '/bulletins/2024-first-half/', '/goals/economy/ferry-rides/'].flatMap((path) => [path, `/zh${path}`])

const [site, city] = await Promise.all([startSite(), startSite(CITY)])
const recorded = IS_UPDATING ? {} : JSON.parse(readFileSync(RECORD, 'utf8'))
after(async () => {
  await Promise.all([site.stop(), city.stop()])
  if (IS_UPDATING) writeFileSync(RECORD, `${JSON.stringify(recorded, null, 2)}\n`)
})
/** The home pages, bulletins and goals of a site. */
const pagesOf = async ({ origin }) => {
  const pattern = /^(\/zh)?\/(bulletins\/(?!page\/|\d{4}\/)[^/]+\/|goals\/(?!status\/|year\/|method\/)[^/]+\/[^/]+\/)?$/
  return (await sitemap(origin)).filter((path) => pattern.test(path))
}

describe(`first load is at most ${BUDGET} bytes`, async () => {
  for (const [name, { origin }, named] of [['', site, RECORDED], ['city ', city, RECORDED_OF_CITY]]) {
    const pages = await pagesOf({ origin })
    it(`${name}site has the recorded pages`, () => assert.deepEqual(named.filter((path) => !pages.includes(path)), []))
    for (const path of pages) {
      it(`${name}${path}`, (test) => check(origin, path, named.includes(path) && `${name}${path}`, test))
    }
  }
})

/** Checks the first load of a page; `name` is its name in the record, if it is there. */
async function check(origin, path, name, test) {
  const { sizes, page } = await firstView(origin, path)
  if (name && path.includes('/goals/')) assert.match(page, /<svg\b[^>]*class="chart"/, 'the page has no chart')
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  const known = recorded[name] ?? {}
  const parts = Object.entries(sizes).map(([part, size]) => {
    const growth = size - (known[part] ?? size)
    return growth === 0 ? `${part} ${size}` : `${part} ${size} (${growth > 0 ? '+' : ''}${growth})`
  })
  const sum = `${path}: ${parts.join(' + ')} = ${total} bytes`
  if (name) {
    test.diagnostic(sum)
    if (IS_UPDATING) recorded[name] = sizes
  }
  assert.ok(total <= BUDGET, sum)
}

/** The size of each part of a page's first load, and its HTML. */
async function firstView(origin, path) {
  const html = await ask(origin, path)
  const page = brotliDecompressSync(html.body).toString()
  const answers = { html, style: await ask(origin, linked(page, 'stylesheet')), icon: await ask(origin, linked(page, 'icon')) }
  const parts = Object.entries(answers).flatMap(([name, { size, body }]) => [
    [`${name} headers`, size - body.length],
    [`${name} body`, body.length],
  ])
  return { sizes: Object.fromEntries(parts), page }
}

/** The target of the page's only link of a kind. A second one would add to the size. */
function linked(page, relation) {
  const links = [...page.matchAll(/<link\b[^>]*>/g)].map(([link]) => link).filter((link) => link.includes(`rel="${relation}"`))
  assert.equal(links.length, 1, `links to a ${relation}`)
  return /href="([^"]+)"/.exec(links[0])[1]
}

/**
 * Sends a request on a connection that stays open, as browsers do; `size` counts every byte of the
 * response.
 */
function ask(origin, path) {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let received = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`${path}: the connection closed before the answer was whole`)))
    socket.on('data', (data) => {
      received = Buffer.concat([received, data])
      const end = received.indexOf('\r\n\r\n')
      if (end === -1) return
      const [status, ...headers] = received.subarray(0, end).toString('latin1').split('\r\n')
      const header = (name) => headers.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim()
      const whole = end + 4 + Number(header('content-length'))
      if (received.length < whole) return
      socket.removeAllListeners('close').destroy()
      try {
        assert.match(status, /^HTTP\/1\.1 200 /, path)
        assert.ok(header('content-length'), `${path} has no Content-Length`)
        assert.equal(header('content-encoding'), 'br', path)
        assert.equal(received.length, whole, path)
        resolve({ size: received.length, body: received.subarray(end + 4) })
      } catch (error) {
        reject(error)
      }
    })
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept-Encoding: br\r\n\r\n`)
  })
}
