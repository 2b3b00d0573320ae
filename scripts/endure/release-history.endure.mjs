import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { figure, settle } from '../bench/support/figures.mjs'
import { bundle, stopBundler } from '../lib/bundle.mjs'

const WRITER = 'build/endure-write-logs.mjs'
const READER = 'build/endure-read-logs.mjs'
const DOSE = 20_000
/** Of forty the second slowest is the 95th percentile: one that meets another process does not stand for all. */
const REPEATS = 40

/** @param {string} program @param {string[]} args */
async function program(program, args) {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { maxBuffer: 2 ** 24 })
  return stdout
}

/** A year of a busy vault's log, read into the history, and the history looked at: a million records (DRAWBRIDGE_ENDURE_RECORDS). */
export async function run({ small = false } = {}) {
  const records = small ? DOSE : Number(process.env.DRAWBRIDGE_ENDURE_RECORDS ?? 1_000_000)
  mkdirSync('build', { recursive: true })
  await bundle('scripts/endure/releases/write-logs.ts', WRITER)
  await bundle('scripts/endure/releases/read-suite.ts', READER)
  await stopBundler()
  const folder = mkdtempSync(path.join(tmpdir(), 'endure-releases-'))
  try {
    await program(WRITER, [folder, String(records)])
    const told = JSON.parse(
      await program(READER, [path.join(folder, 'audit'), String(records), String(small ? 1 : REPEATS)]),
    )
    judgeCounts(told)
    if (!small) judgeFigures(told) // times and memory of a dose, beside other tests, are nobody's measure
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  settle()
}

/** @typedef {{ perSecond: number, grownMb: number }} Read */
/** @typedef {Record<string, { page: number, picture: number }>} Times */
/**
 * @typedef {{ read: Read, again: Read, inLogs: number, inHistory: number, inHistoryAgain: number, notes: string[],
 *   pages: Times, searches: Times }} Told
 */

/** @param {Told} told */
function judgeCounts({ inLogs, inHistory, inHistoryAgain }) {
  console.log(`  ${inLogs} releases in the logs`)
  figure('releases of the logs that the history has not', inLogs - inHistory, { least: 0, most: 0, digits: 0 })
  figure('more of them after reading everything twice', inHistoryAgain - inLogs, { least: 0, most: 0, digits: 0 })
}

/** @param {Told} told */
function judgeFigures({ read, again, pages, searches, notes }) {
  for (const note of notes) console.log(`    ${note}`)
  console.log(`  read a second time at ${again.perSecond.toFixed(0)} records/s`)
  figure('records read a second', read.perSecond, { least: 5_000, digits: 0 })
  const grown = Math.max(read.grownMb, again.grownMb)
  figure('resident memory grown meanwhile', grown, { most: 150, unit: ' MB', digits: 0 })
  for (const [name, { page }] of Object.entries(pages))
    figure(`the ${name} page, 95th percentile`, page, { most: 150, unit: ' ms', digits: 0 })
  for (const [name, { page }] of Object.entries(searches))
    figure(`search: ${name}, 95th percentile`, page, { most: 300, unit: ' ms', digits: 0 })
  const pictures = [...Object.values(pages), ...Object.values(searches)].map(({ picture }) => picture)
  figure('the slowest of their pictures, 95th percentile', Math.max(...pictures), {
    most: 1_000,
    unit: ' ms',
    digits: 0,
  })
}
