import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { bundle, stopBundler } from '../lib/bundle.mjs'
import { figure, median, settle } from './support/figures.mjs'

const PROGRAM = 'build/bench-vault.mjs'
const TASKSET = '/usr/bin/taskset'

const BOUNDS = [
  { name: 'RS256', what: 'RS256-2048 signatures to those of node:crypto', least: 0.6 },
  { name: 'ES256', what: "ES256 signatures to the library's own of a digest", least: 0.5 },
  { name: 'import', what: 'imports of RSA-2048 blobs to unwrapping and parsing alone', least: 0.5 },
]

/** The program's answer. It is held to one processor where the system can do that. @param {string[]} args */
async function measure(args) {
  const command = [process.execPath, PROGRAM, ...args]
  const [program = '', ...rest] = existsSync(TASKSET) ? [TASKSET, '-c', '0', ...command] : command
  const { stdout } = await promisify(execFile)(program, rest, { timeout: 300_000 })
  return JSON.parse(stdout)
}

/**
 * How often the local vault signs and imports, to how often the bare cryptography goes: by turns, in one process, on one
 * processor. Measured is the vault from a request that was read to its finished answer; sockets and HTTP are not in it.
 */
export async function run({ small = false } = {}) {
  const [rounds, millis] = small ? [10, 100] : [40, 100] // short by turns: what disturbs one disturbs the other
  mkdirSync('build', { recursive: true })
  await bundle('scripts/bench/support/measure-vault.ts', PROGRAM)
  await stopBundler()
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-vault-'))
  try {
    const rates = await measure([folder, String(rounds), String(millis)])
    for (const { name, what, least } of BOUNDS) {
      const { bare, vault } = rates[name]
      console.log(`  ${name}: vault ${median(vault).toFixed(0)}/s, bare ${median(bare).toFixed(0)}/s`)
      const ratios = bare.map((/** @type {number} */ rate, /** @type {number} */ at) => vault[at] / rate)
      figure(what, median(ratios), { least })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  settle()
}
