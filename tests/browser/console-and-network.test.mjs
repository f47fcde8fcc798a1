// A page says nothing in the console, asks nobody but its own server for anything, and leaves nothing behind.
import assert from 'node:assert/strict'
import { eachPageAlone, openSites } from './harness.mjs'

/** What a page without JavaScript is made of. */
const PARTS = ['document', 'stylesheet', 'image']

eachPageAlone('a page is quiet', await openSites(), async ({ page, context, devtools, entry, open }) => {
  const said = []
  const asked = []
  const answered = []
  page.on('console', (message) => said.push(message))
  page.on('pageerror', (error) => said.push({ type: () => 'exception', text: () => error.message, location: () => ({}) }))
  context.on('request', (request) => asked.push(request))
  context.on('response', (response) => answered.push(response))
  const issues = await listenForIssues(devtools)

  await open()
  const broken = await page.evaluate(() => probe.loadImages())

  // The browser itself reports a page whose status is an error; that is no fault of the page.
  const own = (message) => entry.status >= 400 && message.location().url === entry.origin + entry.path
  const heard = said.filter((message) => !(own(message) && message.text().startsWith('Failed to load resource')))
  assert.deepEqual(heard.map((message) => `${message.type()}: ${message.text()}`), [])
  assert.deepEqual(issues, [])

  assert.deepEqual(asked.map((request) => request.url()).filter((url) => new URL(url).origin !== entry.origin), [])
  const icon = await page.evaluate(() => document.querySelector('link[rel=icon]').href)
  const isPart = (request) => PARTS.includes(request.resourceType()) || request.url() === icon
  assert.deepEqual(asked.filter((request) => !isPart(request)).map((request) => request.url()), [])
  // A browser that asked for nothing would be quiet too.
  assert.ok(asked.some((request) => request.resourceType() === 'stylesheet'), 'the style sheet was not asked for')
  const failed = answered.filter((response) => response.status() >= 400 && response.url() !== entry.origin + entry.path)
  assert.deepEqual(failed.map((response) => response.url()), [])
  assert.deepEqual(broken, [])
  assert.deepEqual(await page.evaluate(foreignHints), [])

  assert.deepEqual(await context.cookies(), [])
  assert.deepEqual(answered.filter((response) => 'set-cookie' in response.headers()).map((response) => response.url()), [])
  assert.deepEqual(await page.evaluate(kept), { local: 0, session: 0, databases: [], caches: [], workers: 0 })
})

/**
 * What Chromium lists under "Issues": broken policies, quirks mode, misused or outdated features. It also lists every
 * lazy image that has `height: auto`, as if that had no size, whatever its attributes say; that one is left out.
 */
async function listenForIssues(devtools) {
  const issues = []
  devtools.on('Audits.issueAdded', ({ issue }) => issue.code !== 'LazyLoadImageIssue' && issues.push(JSON.stringify(issue)))
  await devtools.send('Audits.enable')
  return issues
}

/** Links by which a browser would turn to another server before anybody follows them. */
function foreignHints() {
  const hints = 'link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch], link[rel~=preload], link[rel~=prerender]'
  return [...document.querySelectorAll(hints)].map(({ href }) => href).filter((href) => new URL(href).origin !== location.origin)
}

async function kept() {
  return {
    local: localStorage.length,
    session: sessionStorage.length,
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }
}
