import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * What a file of the corpus is and has to become. `keys`: SHA-256 of each key's SubjectPublicKeyInfo, or a symmetric
 * key's check value (first three bytes of AES of a zero block), as the tool itself says it. `leftOut`: why others of the
 * file's keys are not taken.
 * @typedef {{ file: string, tool: string, command: string, passphrase?: string, format?: string, keys?: string[], leftOut?: string[], refusal?: string }} Entry
 * @typedef {Omit<Entry, 'keys'> & { says?: string[], keys?: string[] }} Order `says`: lines of shell that print SPKI in DER
 */

/** Collects files, each made by one line of shell in one folder. */
export class Corpus {
  /** @type {Entry[]} */
  entries = []
  /** @type {Record<string, string>} base64 by file name */
  contents = {}

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder
  }

  /** @param {string} command @returns {Buffer} */
  run(command) {
    return execFileSync('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: this.folder },
      maxBuffer: 2 ** 24,
    })
  }

  /** Makes a file by its command and asks the tool what key it holds. @param {Order} order */
  add({ says, ...order }) {
    try {
      this.run(order.command)
      const keys = order.keys ?? says?.map((line) => sha256(this.run(line)))
      this.take({ ...order, ...(keys ? { keys } : {}) })
    } catch (cause) {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : ''
      throw new Error(`${order.file}: ${order.command}\n${said}`, { cause })
    }
  }

  /** Takes a file that is there. @param {Entry} entry */
  take(entry) {
    if (this.contents[entry.file]) throw new Error(`two files are called ${entry.file}`)
    this.contents[entry.file] = readFileSync(path.join(this.folder, entry.file)).toString('base64')
    this.entries.push(entry)
  }
}

/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
