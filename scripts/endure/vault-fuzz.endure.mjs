import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, stopBundler } from '../lib/bundle.mjs'
import { buildVault, startVault } from './vault/start-vault.mjs'

/**
 * lib/local-vault/testing/fuzz/fuzz-vault.ts
 * @typedef {{ sent: number, statuses: Record<string, number>, worked: string[], refused: string[], findings: string[] }} FuzzReport
 * @typedef {{ fuzzVault(of: import('./vault/start-vault.mjs').VaultDescription, seed: string, count: number): Promise<FuzzReport> }} Fuzzer
 */

const FUZZER = 'build/fuzz-vault.mjs'

/** Operations that a run of this size has seen work; without them it would be no fuzz of the vault. */
const MUST_WORK = ['create', 'import', 'sign', 'verify', 'encrypt', 'wrapkey', 'list', 'delete', 'recover', 'backup']

/**
 * Spoilt requests over every route, from a seed: `DRAWBRIDGE_FUZZ_SEED`; the small dose's never changes. Nothing but documented
 * answers, the same process to the end, and not a word on its stderr.
 */
export async function run({ small = false } = {}) {
  const seed = process.env.DRAWBRIDGE_FUZZ_SEED ?? (small ? 'small dose' : String(Date.now()))
  const count = small ? 1500 : 50_000
  console.log(`  DRAWBRIDGE_FUZZ_SEED='${seed}', ${count} requests to each vault`)
  await buildVault()
  await bundle('lib/local-vault/testing/fuzz/fuzz-vault.ts', FUZZER)
  await stopBundler()
  /** @type {Fuzzer} */
  const { fuzzVault } = await import(pathToFileURL(path.resolve(FUZZER)).href)
  const data = mkdtempSync(path.join(tmpdir(), 'drawbridge-fuzz-'))
  const { child, description, complaints, ended } = await startVault(data)
  try {
    const { sent, statuses, worked, refused, findings } = await fuzzVault(description, seed, count).catch((cause) => {
      throw new Error(`the run broke off; the vault said: ${complaints.join('\n').slice(0, 4000) || 'nothing'}`, {
        cause,
      })
    })
    console.log(
      `  ${sent} sent: ${Object.entries(statuses)
        .map(([status, times]) => `${status} × ${times}`)
        .join(', ')}`,
    )
    if (child.exitCode !== null || child.signalCode !== null) findings.push('the local vault has ended')
    findings.push(...complaints)
    const shut = MUST_WORK.filter((operation) => !worked.includes(operation))
    if (shut.length > 0) findings.push(`never seen to work: ${shut.join(', ')}`)
    if (refused.length < 13) findings.push(`tricks that were refused: only ${refused.join(', ')}`)
    if (findings.length > 0) throw new Error(`${findings.length} findings:\n${findings.slice(0, 20).join('\n')}`)
  } finally {
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}
