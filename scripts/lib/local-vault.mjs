import path from 'node:path'
import { lastWords, startChild } from './children.mjs'
import { Problem } from './problem.mjs'

/**
 * @typedef {object} VaultDescription
 * @property {{ name: string, kind: 'azure-key-vault' | 'azure-managed-hsm', url: string }[]} vaults
 * @property {{ url: string, clientId: string, clientSecret: string }} token
 * @property {{ name: string, clientId: string, clientSecret: string, access: object }[]} clients
 * @property {string} [ca] with TLS: the path of the certificate to trust
 * @property {{ url: string }} attestation
 * @property {string} auditLog the folder of the audit log
 * @property {{ url: string }} admin
 */

/** The first line it writes; undefined when it ended before. @param {import('node:child_process').ChildProcess} child @returns {Promise<string | undefined>} */
function firstLine(child) {
  return new Promise((resolve) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.split('\n')[0])
    })
    child.once('exit', () => resolve(undefined))
  })
}

/**
 * Starts build/local-vault.mjs and waits until it serves. Its secrets travel by a pipe, not through its log.
 * @param {string} folder the installation's data folder
 * @param {string[]} [more] further arguments, see lib/local-vault/read-arguments.ts
 */
export async function startLocalVault(folder, more = []) {
  const args = ['build/local-vault.mjs', '--data', path.join(folder, 'vault'), ...more]
  const started = startChild({
    folder,
    name: 'local-vault',
    args,
    env: { ...process.env, NODE_ENV: 'production' },
    readOutput: true,
  })
  const line = await firstLine(started.child)
  if (line === undefined) {
    await started.stop()
    throw new Problem(lastWords(started.logFile) || `The local vault did not start; see ${started.logFile}.`)
  }
  /** @type {VaultDescription} */
  const description = JSON.parse(line)
  return { ...started, description }
}
