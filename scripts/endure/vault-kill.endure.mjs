import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KeyClient } from '@azure/keyvault-keys'
import { bundle, stopBundler } from '../lib/bundle.mjs'
import { localKeyVault } from '../lib/local-installation.mjs'
import { vaultClient } from '../lib/vault-client.mjs'

const PROGRAM = 'build/local-vault.mjs'
const WRITERS = 4

/** @param {string} data */
async function startVault(data) {
  const child = spawn(process.execPath, [PROGRAM, '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(chunk.toString()))
    child.once('exit', (code) => reject(new Error(`the local vault ended with ${code}`)))
  })
  const description = JSON.parse(line)
  return { child, description }
}

/**
 * Makes keys until the vault is gone; every acknowledged one is noted.
 * @param {KeyClient} client @param {string} prefix @param {Map<string, string>} acknowledged
 */
async function write(client, prefix, acknowledged) {
  for (let n = 0; ; n += 1) {
    try {
      const key = await client.createKey(`${prefix}-${n}`, 'EC', { curve: 'P-256' })
      acknowledged.set(key.name, key.properties.version ?? '')
    } catch (error) {
      // The connection broke: the vault was killed. Anything else is a finding.
      if (error instanceof Error && 'statusCode' in error && error.statusCode !== undefined) throw error
      return
    }
  }
}

/** `kill -9` under load, again and again: no acknowledged key is ever lost, and the ports stay. */
export async function run({ small = false } = {}) {
  const rounds = small ? 3 : 60
  mkdirSync('build', { recursive: true })
  await bundle('lib/local-vault/main.ts', PROGRAM)
  await stopBundler()
  const data = mkdtempSync(path.join(tmpdir(), 'drawbridge-endure-'))
  /** @type {Map<string, string>} */
  const acknowledged = new Map()
  let url
  for (let round = 0; round < rounds; round += 1) {
    const { child, description } = await startVault(data)
    const vault = localKeyVault(description)
    if (url && vault.url !== url) throw new Error('the vault came back on another port')
    url = vault.url
    const client = vaultClient(vault)
    const writers = Array.from({ length: WRITERS }, (_, n) => write(client, `r${round}-w${n}`, acknowledged))
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700))
    child.kill('SIGKILL')
    await Promise.all(writers)
  }
  const { child, description } = await startVault(data)
  const found = new Map()
  for await (const { name, version } of versionsOf(vaultClient(localKeyVault(description)))) found.set(name, version)
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
  rmSync(data, { recursive: true, force: true })
  const lost = [...acknowledged].filter(([name, version]) => found.get(name) !== version)
  console.log(`  ${rounds} kills, ${acknowledged.size} keys acknowledged, ${found.size} found, ${lost.length} lost`)
  if (acknowledged.size === 0) throw new Error('nothing was acknowledged: this run showed nothing')
  if (lost.length > 0) throw new Error(`lost: ${lost.map(([name]) => name).join(', ')}`)
}

/** @param {KeyClient} client */
async function* versionsOf(client) {
  for await (const { name } of client.listPropertiesOfKeys()) {
    const { properties } = await client.getKey(name)
    yield { name, version: properties.version ?? '' }
  }
}
