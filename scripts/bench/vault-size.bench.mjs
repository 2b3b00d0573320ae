import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { bareVault } from '../endure/vault/bare-vault.mjs'
import { buildVault, startVault } from '../endure/vault/start-vault.mjs'
import { bundle, stopBundler } from '../lib/bundle.mjs'
import { figure, quantile, settle } from './support/figures.mjs'

const SEEDER = 'build/seed-vault.mjs'

/** Mapped pages of the store that were touched count. @param {number | undefined} pid */
function residentMegabytes(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/**
 * All pages of a list, one after the other: how long each took to come, and how many items there were.
 * @param {import('../endure/vault/bare-vault.mjs').Ask} ask @param {string} list
 */
async function readAll(ask, list) {
  /** @type {number[]} */
  const times = []
  let items = 0
  for (let page = list; page; ) {
    const began = performance.now()
    const reply = await ask('GET', page)
    times.push(performance.now() - began)
    if (reply?.status !== 200) throw new Error(`a page of ${list} was answered with ${reply?.status}`)
    items += reply.body.value.length
    const next = reply.body.nextLink ? new URL(reply.body.nextLink) : undefined
    page = next ? `${next.pathname}?$skiptoken=${next.searchParams.get('$skiptoken')}` : ''
  }
  return { times, items }
}

/** A local vault that holds 100,000 keys with three versions each: how it starts, lists, and what it takes. */
export async function run({ small = false } = {}) {
  const keys = small ? 2000 : 100_000
  await buildVault()
  await bundle('scripts/bench/support/seed-vault.ts', SEEDER)
  await stopBundler()
  const data = mkdtempSync(path.join(tmpdir(), 'bench-vault-size-'))
  try {
    const seeding = performance.now()
    await promisify(execFile)(process.execPath, [SEEDER, data, String(keys)], { timeout: 300_000 })
    console.log(`  ${keys} keys with 3 versions, seeded in ${((performance.now() - seeding) / 1000).toFixed(0)} s`)
    const began = performance.now()
    const { child, description, ended } = await startVault(data)
    try {
      figure('start', (performance.now() - began) / 1000, { most: 5, unit: ' s' })
      const ask = await bareVault(description)
      const live = await readAll(ask, '/keys')
      const deleted = await readAll(ask, '/deletedkeys')
      if (live.items + deleted.items !== keys) throw new Error(`listed ${live.items} and ${deleted.items} deleted`)
      figure(`page of the list, p95 of ${live.times.length}`, quantile(live.times, 0.95), { most: 20, unit: ' ms' })
      figure('page of the deleted, p95', quantile(deleted.times, 0.95), { most: 20, unit: ' ms' })
      await signSome(ask, keys)
      figure('resident memory after all that', residentMegabytes(child.pid), { most: 500, unit: ' MB', digits: 0 })
    } finally {
      child.kill('SIGTERM')
      await ended
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
  settle()
}

/** Reads and signs with keys from all over the store. @param {import('../endure/vault/bare-vault.mjs').Ask} ask @param {number} keys */
async function signSome(ask, keys) {
  const value = Buffer.alloc(32, 7).toString('base64url')
  for (let n = 1; n <= 500; n += 1) {
    const at = Math.floor((n * keys) / 501)
    if (at % 50 === 7) continue // deleted
    const alg = at % 10 === 0 ? 'RS256' : 'ES256'
    const reply = await ask('POST', `/keys/key-${String(at).padStart(6, '0')}/sign`, { alg, value })
    if (reply?.status !== 200) throw new Error(`key ${at} did not sign: ${reply?.status}`)
  }
}
