// The first load fits the first round trip: HTML, style sheet and icon of a page are at most 14,600
// bytes, ten
// segments of TCP's first window (RFC 6928), as they come off the socket: status line, headers and brotli bodies.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, describe, it } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { sitemap } from './pages.mjs'
import { startSite } from './site.mjs'

const BUDGET = 14_600
const NAMED = ['/', '/bulletins/2022-development-goals/', '/zh/', '/zh/bulletins/2022-development-goals/']

const site = await startSite()
after(site.stop)
const bulletins = (await sitemap(site.origin)).filter((path) => /\/bulletins\/(?!page\/|\d{4}\/)[^/]+\/$/.test(path))

describe(`first load is at most ${BUDGET} bytes`, () => {
  it('site has bulletins', () => assert.ok(bulletins.length > 30, `${bulletins.length} bulletins`))
  for (const path of new Set([...NAMED, ...bulletins])) {
    it(path, async (test) => {
      const sizes = await firstView(path)
      const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
      const sum = Object.entries(sizes).map(([name, size]) => `${name} ${size}`).join(' + ')
      if (NAMED.includes(path)) test.diagnostic(`${path}: ${sum} = ${total} bytes`)
      assert.ok(total <= BUDGET, `${sum} = ${total} bytes`)
    })
  }
})

/** The size of each part of a page's first load. */
async function firstView(path) {
  const html = await ask(path)
  const page = brotliDecompressSync(html.body).toString()
  const [style, icon] = [linked(page, 'stylesheet'), linked(page, 'icon')]
  return { html: html.size, style: (await ask(style)).size, icon: (await ask(icon)).size }
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
function ask(path) {
  const { hostname, port } = new URL(site.origin)
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
