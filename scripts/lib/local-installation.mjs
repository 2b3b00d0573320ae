import path from 'node:path'
import { readJson, writePrivateJson } from './private-files.mjs'

/**
 * An officer as the set-up adds them (`lib/server/setup/local-file.ts`).
 * @typedef {{ name: string, email: string, password: string, roles: string[] }} LocalOfficer
 */

/**
 * What local.json holds. `vaults` is empty and `token` null where there is no local vault.
 * @typedef {object} LocalInstallation
 * @property {{ url: string }} console
 * @property {LocalOfficer[]} officers
 * @property {import('./local-vault.mjs').VaultDescription['vaults']} vaults
 * @property {import('./local-vault.mjs').VaultDescription['token'] | null} token
 * @property {import('./local-vault.mjs').VaultDescription['clients']} [clients] absent where there is no local vault; so are the next
 * @property {import('./local-vault.mjs').VaultDescription['attestation']} [attestation]
 * @property {import('./local-vault.mjs').VaultDescription['auditLog']} [auditLog]
 * @property {import('./local-vault.mjs').VaultDescription['admin']} [admin]
 * @property {string} [ca] where the local vault speaks TLS
 */

/** @param {string} folder */
export const installationFile = (folder) => path.join(folder, 'local.json')

/**
 * What local clients need to know, as a kubeconfig tells it. The officers are added by the set-up and kept from then on.
 * @param {string} folder @param {string} url @param {import('./local-vault.mjs').VaultDescription | undefined} vault
 */
export function describeInstallation(folder, url, vault) {
  const file = installationFile(folder)
  /** @type {LocalInstallation | undefined} */
  const known = readJson(file)
  /** @type {LocalInstallation} */
  const description = {
    console: { url },
    officers: known?.officers ?? [],
    vaults: vault?.vaults ?? [],
    token: vault?.token ?? null,
    ...(vault && describeLocalVault(vault)),
    ...(vault?.ca && { ca: vault.ca }),
  }
  writePrivateJson(file, description)
}

/** @param {import('./local-vault.mjs').VaultDescription} vault */
function describeLocalVault({ clients, attestation, auditLog, admin }) {
  return { clients, attestation, auditLog, admin }
}

/**
 * The address of its local Key Vault, and what its clients sign in with.
 * @param {Pick<LocalInstallation, 'vaults' | 'token'>} local
 */
export function localKeyVault({ vaults, token }) {
  const vault = vaults.find(({ kind }) => kind === 'azure-key-vault')
  if (!vault || !token) throw new Error('this installation has no local vault')
  return { url: vault.url, token }
}
