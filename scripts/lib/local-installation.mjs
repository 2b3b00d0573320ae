import path from 'node:path'
import { readJson, writePrivateJson } from './private-files.mjs'

/** @param {string} folder */
export const installationFile = (folder) => path.join(folder, 'local.json')

/**
 * What local clients need to know, as a kubeconfig tells it. The officers are added by the set-up and kept from then on.
 * @param {string} folder @param {string} url @param {import('./local-vault.mjs').VaultDescription | undefined} vault
 */
export function describeInstallation(folder, url, vault) {
  const file = installationFile(folder)
  const known = readJson(file)
  writePrivateJson(file, {
    console: { url },
    officers: known?.officers ?? [],
    vaults: vault?.vaults ?? [],
    token: vault?.token ?? null,
  })
}
