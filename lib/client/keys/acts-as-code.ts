import { azVaultOf, httpRequest, shellWord } from '../import/as-code'

/** One version of a key, and where it is. */
export interface VersionAddress {
  /** The vault's. */
  url: string
  name: string
  version: string
}

export interface ActAsCode {
  id: KeyAct
  title: string
  /** null: az can't reach this vault. */
  az: string | null
  rest: string
}

export const KEY_ACTS = ['show', 'list', 'download', 'enable', 'disable', 'tags', 'delete'] as const
export type KeyAct = (typeof KEY_ACTS)[number]

const TITLES = {
  show: 'Read this version',
  list: 'List the versions',
  download: 'Download the public key',
  enable: 'Enable it',
  disable: 'Disable it',
  tags: 'Replace its tags',
  delete: 'Delete the key, every version of it',
} as const satisfies Record<KeyAct, string>

/** An act on a key version outside Drawbridge, as az and as REST. `attributesOnly`: nothing public is asked for. */
export function keyActAsCode(id: KeyAct, at: VersionAddress, { attributesOnly = false } = {}): ActAsCode {
  const vault = azVaultOf(at.url)
  const az = vault ? `az keyvault key ${azActs[id](`${vault} --name ${shellWord(at.name)}`, at.version)}` : null
  const only = id === 'show' && attributesOnly && az ? ' --query attributes' : ''
  return {
    id,
    title: TITLES[id],
    az: az && `${az}${only}`,
    rest: restActs[id](`${at.url}/keys/${at.name}`, at.version),
  }
}

/** All but what would be said: which vault and key, which version. */
const azActs: Record<KeyAct, (key: string, version: string) => string> = {
  show: (key, version) => `show ${key} --version ${version}`,
  list: (key) => `list-versions ${key}`,
  download: (key, version) => `download ${key} --version ${version} \\\n  --encoding PEM --file public-key.pem`,
  enable: (key, version) => `set-attributes ${key} --version ${version} --enabled true`,
  disable: (key, version) => `set-attributes ${key} --version ${version} --enabled false`,
  tags: (key, version) => `set-attributes ${key} --version ${version} --tags name=value`,
  delete: (key) => `delete ${key}`,
}

const restActs: Record<KeyAct, (key: string, version: string) => string> = {
  show: (key, version) => httpRequest('GET', `${key}/${version}`),
  list: (key) => httpRequest('GET', `${key}/versions`),
  // The public half is in the answer, as a JWK.
  download: (key, version) => httpRequest('GET', `${key}/${version}`),
  enable: (key, version) => httpRequest('PATCH', `${key}/${version}`, { attributes: { enabled: true } }),
  disable: (key, version) => httpRequest('PATCH', `${key}/${version}`, { attributes: { enabled: false } }),
  tags: (key, version) => httpRequest('PATCH', `${key}/${version}`, { tags: { name: 'value' } }),
  delete: (key) => httpRequest('DELETE', key),
}
