import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stopBundler } from '../lib/bundle.mjs'
import { bareVault } from './vault/bare-vault.mjs'
import { compare, newHistory, takeStep } from './vault/key-history.mjs'
import { readLogs } from './vault/read-logs.mjs'
import { buildVault, startVault } from './vault/start-vault.mjs'

const WRITERS = 6
const KEYS_EACH = 4

/**
 * Works at its own keys until the vault is gone; the ids of what was acknowledged are gathered.
 * @param {import('./vault/bare-vault.mjs').Ask} ask @param {import('./vault/key-history.mjs').KeyHistory[]} keys
 * @param {Set<string>} acknowledged @param {string} round
 */
async function work(ask, keys, acknowledged, round) {
  for (let n = 0; ; n += 1) {
    const key = keys[Math.floor(Math.random() * keys.length)]
    const id = key && (await takeStep(ask, key, `${round}-${n}`))
    if (!id) return
    acknowledged.add(id)
  }
}

/**
 * `kill -9` under load, again and again. Nothing that was acknowledged is ever lost: no key, version, tag, deletion, recovery or
 * purge, and no line of either log. What was not acknowledged is there whole or not at all. The ports stay.
 */
export async function run({ small = false } = {}) {
  const kills = small ? 4 : Number(process.env.DRAWBRIDGE_ENDURE_KILLS ?? 200)
  await buildVault()
  await stopBundler()
  const data = mkdtempSync(path.join(tmpdir(), 'drawbridge-endure-'))
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    Array.from({ length: KEYS_EACH }, (_, key) => newHistory(`w${writer}-k${key}`)),
  )
  /** @type {Set<string>} */
  const acknowledged = new Set()
  let ports
  for (let kill = 0; kill <= kills; kill += 1) {
    const { child, description, ended } = await startVault(data)
    const urls = JSON.stringify(description.vaults)
    if (ports && urls !== ports) throw new Error('the vault came back on other ports')
    ports = urls
    const ask = await bareVault(description)
    // At the end all of them; before, those that were worked at.
    const suspects = writers.flat().filter(({ touched }) => touched || kill === kills)
    const complaints = (await Promise.all(suspects.map((key) => compare(ask, key)))).flat()
    if (complaints.length > 0) {
      child.kill('SIGKILL')
      throw new Error(`after ${kill} kills, in ${data}:\n${complaints.slice(0, 20).join('\n')}`)
    }
    if (kill > 0 && kill % 25 === 0) console.log(`  ${kill} kills, ${acknowledged.size} calls acknowledged, all there`)
    const atWork = kill === kills ? [] : writers.map((keys, n) => work(ask, keys, acknowledged, `${kill}-${n}`))
    if (kill < kills) await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 500))
    child.kill(kill === kills ? 'SIGTERM' : 'SIGKILL')
    await Promise.all(atWork)
    await ended
  }
  const { noted, audited } = readLogs(data)
  const lost = [...acknowledged].filter((id) => !noted.has(id) || !audited.has(id))
  const versions = writers.flat().reduce((sum, { state }) => sum + state.versions.length, 0)
  console.log(
    `  ${kills} kills, ${acknowledged.size} calls acknowledged, ${lost.length} missing in the logs, ${versions} versions left`,
  )
  if (acknowledged.size < kills) throw new Error('hardly anything was acknowledged: this run showed nothing')
  if (lost.length > 0) throw new Error(`not in both logs of ${data}: ${lost.slice(0, 5).join(', ')}`)
  rmSync(data, { recursive: true, force: true })
}
