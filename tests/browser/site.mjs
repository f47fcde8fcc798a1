// Runs the binary for a test: starts it on a free port, reads its address from its output, stops it
// by its process id. Start with `startSite`.
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url))
/** Both are far more than needed: they only end a run that hangs. */
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 20_000

/** The binary under test: GAZETTE_BINARY, or the newer of cargo's debug and release builds. */
export function binary() {
  const named = process.env.GAZETTE_BINARY
  if (named) return named
  const target = process.env.CARGO_TARGET_DIR ?? `${REPOSITORY}target`
  const built = ['release', 'debug'].map((profile) => `${target}/${profile}/gazette`).filter((path) => existsSync(path))
  if (built.length === 0) throw new Error('no binary: run `cargo build`, or name one in GAZETTE_BINARY')
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
}

/**
 * Starts the site with the embedded content or a folder, now or at an instant.
 * @param {{ content?: string, at?: string, preview?: boolean }} options
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>} `origin` has no slash at its end
 */
export async function startSite({ content, at, preview } = {}) {
  const options = ['serve', '--listen', '127.0.0.1:0', ...(content ? ['--content', content] : []), ...(at ? ['--at', at] : [])]
  if (preview) options.push('--preview')
  // The program's own variables would change the test.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GAZETTE_')))
  // From an unrelated folder: the binary needs no files.
  const server = spawn(binary(), options, { cwd: tmpdir(), env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => {
    server.once('error', (error) => resolve(`could not be started: ${error.message}`))
    server.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`))
  })
  // The server ends with this process in any case.
  process.once('exit', () => server.kill('SIGKILL'))
  const origin = await printedAddress(server, ended)
  await searchReady(origin)
  return { origin, stop: () => stop(server, ended) }
}

function printedAddress(server, ended) {
  return new Promise((resolve, reject) => {
    let printed = ''
    const giveUp = (why) => {
      server.kill('SIGKILL')
      reject(new Error(`the server ${why}; it printed:\n${printed}`))
    }
    const limit = setTimeout(() => giveUp(`printed no address in ${START_LIMIT_MS} ms`), START_LIMIT_MS)
    ended.then((how) => giveUp(how)).finally(() => clearTimeout(limit))
    server.stderr.setEncoding('utf8').on('data', (text) => (printed += text))
    server.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text
      // Only a complete line: half an address would have half a port.
      const address = /(http:\/\/127\.0\.0\.1:\d+)\b.*\n/.exec(printed)
      if (!address) return
      clearTimeout(limit)
      resolve(address[1])
    })
  })
}

/** Waits for the index, which is built after the first page is served. */
async function searchReady(origin) {
  const last = Date.now() + START_LIMIT_MS
  for (;;) {
    const { search } = await (await fetch(`${origin}/readyz`)).json()
    if (search === 'ready') return
    if (Date.now() > last) throw new Error(`the search is ${search} after ${START_LIMIT_MS} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function stop(server, ended) {
  server.kill('SIGTERM')
  const limit = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS)
  const how = await ended
  clearTimeout(limit)
  if (how !== 'ended with exit code 0') throw new Error(`after SIGTERM the server ${how}`)
}
