import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { bundle } from '../../lib/bundle.mjs'

/** @typedef {import('../../lib/local-vault.mjs').VaultDescription} VaultDescription */

const PROGRAM = 'build/local-vault.mjs'

export async function buildVault() {
  mkdirSync('build', { recursive: true })
  await bundle('lib/local-vault/main.ts', PROGRAM)
}

/**
 * A local vault as a process of its own, ready. `complaints` gathers what it says on stderr, where it should say nothing.
 * @param {string} data @param {string[]} [options]
 */
export async function startVault(data, options = []) {
  const child = spawn(process.execPath, [PROGRAM, '--data', data, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  /** @type {string[]} */
  const complaints = []
  child.stderr.on('data', (chunk) => complaints.push(chunk.toString()))
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(chunk.toString()))
    child.once('exit', (code) => reject(new Error(`the local vault ended with ${code}: ${complaints.join('')}`)))
  })
  /** @type {VaultDescription} */
  const description = JSON.parse(line)
  return { child, description, complaints, ended }
}
