import { existsSync } from 'node:fs'
import { launch } from 'chrome-launcher'
import lighthouse, { desktopConfig } from 'lighthouse'
import { figure, settle } from './support/figures.mjs'
import { installation } from './support/installation.mjs'
import { signIn } from './support/sign-in.mjs'

const CHROME = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file && existsSync(file),
)
const FLAGS = ['--headless=new', '--disable-background-networking', '--disable-component-update', '--no-first-run']
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Of a busy machine one run says little: the median of these counts. */
const RUNS = 3

/**
 * Lighthouse's own desktop preset, with what it measured rather than what it would simulate of a slow line: an officer
 * sits at a desktop in the same network.
 * @type {import('lighthouse').Flags}
 */
const SETTINGS = {
  output: 'json',
  logLevel: 'error',
  onlyCategories: ['performance', 'accessibility'],
  throttlingMethod: 'provided',
  disableStorageReset: true,
}

/** The main pages, and as whom. @param {string} keyPath @returns {[string, string, string | null][]} */
const pagesOf = (keyPath) => [
  ['sign-in', '/sign-in', null],
  ['start', '/', 'custodian'],
  ['keys', '/keys', 'custodian'],
  ['a key', keyPath, 'custodian'],
  ['KEKs', '/keks', 'custodian'],
  ['wizard', '/import/new', 'custodian'],
  ['reviews', '/review', 'approver'],
  ['audit', '/audit', 'auditor'],
]

/** Any key that the installation has. @param {string} url @param {string} cookie */
async function anyKey(url, cookie) {
  const response = await fetch(`${url}/api/keys`, { headers: { cookie } })
  const { rows } = await response.json()
  return `/keys/${rows[0].connectionId}/${rows[0].name}`
}

/** Chromium now and then records no start of the navigation; Lighthouse then asks to be run again. @param {() => ReturnType<typeof lighthouse>} run */
async function recorded(run) {
  for (let attempt = 1; ; attempt += 1) {
    const result = await run()
    if (attempt === 3 || result?.lhr.runtimeError?.code !== 'NO_NAVSTART') return result
  }
}

/** @param {string} url @param {string | null} cookie @param {number} port */
async function scores(url, cookie, port) {
  /** @type {Record<string, string>} */
  const extraHeaders = cookie ? { Cookie: cookie } : {}
  const result = await recorded(() => lighthouse(url, { ...SETTINGS, port, extraHeaders }, desktopConfig))
  if (!result || result.lhr.runtimeError) throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? 'no result'}`)
  const { lhr } = result
  const reached = new URL(lhr.finalDisplayedUrl).pathname
  if (reached !== new URL(url).pathname) throw new Error(`${url} led to ${reached}`)
  const of = (/** @type {string} */ category) => (lhr.categories[category]?.score ?? 0) * 100
  return { performance: of('performance'), accessibility: of('accessibility'), missed: missedIn(lhr) }
}

/** What kept accessibility from 100. @param {import('lighthouse').Result} lhr */
function missedIn(lhr) {
  const refs = lhr.categories.accessibility?.auditRefs ?? []
  return refs.filter(({ id, weight }) => weight > 0 && lhr.audits[id]?.score === 0).map(({ id }) => id)
}

/** @param {{ small: boolean }} wish */
export async function run({ small }) {
  const console_ = await installation()
  const cookies = new Map()
  for (const role of ['custodian', 'approver', 'auditor']) cookies.set(role, await signIn(console_, role))
  const keyPath = await anyKey(console_.url, cookies.get('custodian'))
  const chrome = await launch({ chromePath: CHROME, chromeFlags: [...FLAGS, ...AS_ROOT] })
  console.log(`  Lighthouse's desktop preset, no simulated throttling, median of ${small ? 1 : RUNS}`)
  try {
    for (const [name, path, role] of pagesOf(keyPath)) {
      const runs = []
      for (let n = 0; n < (small ? 1 : RUNS); n += 1) {
        runs.push(await scores(`${console_.url}${path}`, role && cookies.get(role), chrome.port))
      }
      const middle = (/** @type {number[]} */ values) =>
        values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
      figure(`${name}: performance`, middle(runs.map(({ performance }) => performance)), { least: 95, digits: 0 })
      figure(`${name}: accessibility`, Math.min(...runs.map(({ accessibility }) => accessibility)), {
        least: 100,
        digits: 0,
      })
      const missed = new Set(runs.flatMap((each) => each.missed))
      if (missed.size > 0) console.log(`    missed: ${[...missed].join(', ')}`)
    }
  } finally {
    chrome.kill()
  }
  settle()
}
