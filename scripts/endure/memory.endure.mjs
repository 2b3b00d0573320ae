import { readdirSync, readFileSync } from 'node:fs'
import { figure, median, settle } from '../bench/support/figures.mjs'
import { installation, stopInstallation } from '../bench/support/installation.mjs'
import { MIX_WORDS, readMix } from '../bench/support/read-mix.mjs'
import { steadyLoad, tally } from '../bench/support/steady-load.mjs'

const PER_SECOND = 20
/** As a share of the whole: caches fill, code is compiled, the heap takes its size. */
const WARM_UP = 0.25
const SESSION_MINUTES = 10
const MINUTES = Number(process.env.DRAWBRIDGE_ENDURE_MINUTES ?? 60)

/** @typedef {{ minute: number, megabytes: number, files: number }} Reading */

/** @param {number} pid */
function read(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    megabytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
    files: readdirSync(`/proc/${pid}/fd`).length,
  }
}

/** The lowest of each minute: what is left when garbage was collected. @param {readonly Reading[]} readings @returns {Reading[]} */
function lowestOfEachMinute(readings) {
  /** @type {Map<number, Reading>} */
  const lowest = new Map()
  for (const reading of readings) {
    const minute = Math.floor(reading.minute)
    const known = lowest.get(minute)
    if (!known || reading.megabytes < known.megabytes) lowest.set(minute, reading)
  }
  return [...lowest.values()]
}

/** By least squares, a minute. @param {readonly Reading[]} readings */
function slope(readings) {
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(readings.map(({ minute }) => minute)), mean(readings.map(({ megabytes }) => megabytes))]
  const above = readings.reduce((sum, { minute, megabytes }) => sum + (minute - x) * (megabytes - y), 0)
  return above / readings.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0)
}

/** How many more open files at the end than at the beginning. @param {readonly Reading[]} readings */
function filesGained(readings) {
  const third = Math.max(1, Math.floor(readings.length / 3))
  const files = readings.map((reading) => reading.files)
  return median(files.slice(-third)) - median(files.slice(0, third))
}

/** Under a steady load for an hour (DRAWBRIDGE_ENDURE_MINUTES), the console's memory and open files stay where they are. */
export async function run({ small = false } = {}) {
  if (small) {
    console.log('  an hour is no dose: `npm run endure memory`, or DRAWBRIDGE_ENDURE_MINUTES=10 for less')
    return
  }
  try {
    await watch()
  } finally {
    await stopInstallation()
  }
}

async function watch() {
  const console_ = await installation()
  /** @type {Reading[]} */
  const readings = []
  const startedAt = performance.now()
  const every = MINUTES >= 10 ? 5_000 : 1_000
  const watching = setInterval(() => {
    readings.push({ minute: (performance.now() - startedAt) / 60_000, ...read(console_.pids.console) })
  }, every)
  /** @type {import('../bench/support/steady-load.mjs').Sample[]} */
  const samples = []
  for (let left = MINUTES; left > 0; left -= SESSION_MINUTES) {
    // Reads keep no session alive: officers sign in again.
    const next = await readMix(console_)
    const seconds = Math.min(left, SESSION_MINUTES) * 60
    samples.push(...(await steadyLoad({ url: console_.url, perSecond: PER_SECOND, seconds, next })))
  }
  clearInterval(watching)
  const settled = readings.filter(({ minute }) => minute >= MINUTES * WARM_UP)
  const counted = MINUTES >= 10 ? lowestOfEachMinute(settled) : settled
  const [first, last] = [counted[0], counted.at(-1)]
  if (!first || !last) throw new Error('too short to see anything')
  console.log(
    `  ${MINUTES} min at ${PER_SECOND}/s (of twenty: ${MIX_WORDS}): ${tally(samples)}; after warm-up ${first.megabytes.toFixed(0)} MB and ${first.files} files, at the end ${last.megabytes.toFixed(0)} MB and ${last.files} files`,
  )
  figure('memory after warm-up', slope(counted), { most: 1, unit: ' MB/min' })
  figure('file descriptors gained after warm-up', filesGained(settled), { most: 5, digits: 0 })
  figure('reads that failed meanwhile', samples.filter(({ status }) => status !== 200).length, { most: 0, digits: 0 })
  settle()
}
