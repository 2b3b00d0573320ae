import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { bundle, stopBundler } from '../lib/bundle.mjs'
import { figure, median, settle } from './support/figures.mjs'

const WRITER = 'build/bench-write-logs.mjs'
const READER = 'build/bench-read-logs.mjs'

/** How long reading a vault's logs into the history takes, to reading and parsing the same files alone. */
export async function run({ small = false } = {}) {
  const [records, rounds] = small ? ['5000', '3'] : ['50000', '5']
  mkdirSync('build', { recursive: true })
  await bundle('scripts/endure/releases/write-logs.ts', WRITER)
  await bundle('scripts/bench/support/measure-log-reading.ts', READER)
  await stopBundler()
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-releases-'))
  try {
    await promisify(execFile)(process.execPath, [WRITER, folder, records])
    const { stdout } = await promisify(execFile)(process.execPath, [READER, path.join(folder, 'audit'), rounds])
    const { bare, history, again } = JSON.parse(stdout)
    const rate = (/** @type {number} */ seconds) => (Number(records) / seconds).toFixed(0)
    console.log(`  parsed alone ${rate(median(bare))}/s, read into the history ${rate(median(history))}/s`)
    figure('reading logs into the history to parsing them', median(history) / median(bare), { most: 25, digits: 1 })
    figure('the same again, with nothing new in them', median(again) / median(bare), { most: 15, digits: 1 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  settle()
}
