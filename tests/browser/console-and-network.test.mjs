// A page writes nothing to the console, requests nothing from other servers, and stores nothing.
import assert from 'node:assert/strict'
import { eachPageAlone, openSites } from './harness.mjs'

/** The resource types of a page without JavaScript. */
const PARTS = ['document', 'stylesheet', 'image']

eachPageAlone('page is silent', await openSites(), async ({ page, context, devtools, entry, open }) => {
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

  // The browser reports a page whose status is an error, which is right for an error page.
  const own = (message) => entry.status >= 400 && message.location().url === entry.origin + entry.path
  const heard = said.filter((message) => !(own(message) && message.text().startsWith('Failed to load resource')))
  assert.deepEqual(heard.map((message) => `${message.type()}: ${message.text()}`), [])
  assert.deepEqual(issues, [])

  assert.deepEqual(asked.map((request) => request.url()).filter((url) => new URL(url).origin !== entry.origin), [])
  const icon = await page.evaluate(() => document.querySelector('link[rel=icon]').href)
  const isPart = (request) => PARTS.includes(request.resourceType()) || request.url() === icon
  assert.deepEqual(asked.filter((request) => !isPart(request)).map((request) => request.url()), [])
  // A browser that requests nothing would pass too.
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
 * Reads Chromium's "Issues": broken policies, quirks mode, misused or outdated features. It also lists every
 * lazy image with `height: auto` as one without a size, despite its attributes; that issue is ignored.
 */
async function listenForIssues(devtools) {
  const issues = []
  devtools.on('Audits.issueAdded', ({ issue }) => issue.code !== 'LazyLoadImageIssue' && issues.push(JSON.stringify(issue)))
  await devtools.send('Audits.enable')
  return issues
}

/** Links that make a browser contact another server before the reader follows them. */
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
