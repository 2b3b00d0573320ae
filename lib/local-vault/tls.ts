import { join, resolve } from 'node:path'
import { readOrCreateAuthority } from './certificates/signing-authority'
import { writePrivateFile } from './private-file'
import { vaultNames } from './vault-settings'

/** What a TLS listener presents, and where its clients find whom to trust. All PEM. */
export type ServerTls = { key: string; cert: string; caFile: string }

/** Every name that a listener may be called by; more names take a new certificate. */
const hosts = ['127.0.0.1', 'localhost', ...vaultNames.map((name) => `${name}.localhost`)]

/**
 * The installation's certificate and its CA, made at the first start with TLS (`tls.json`, 0600). The CA's key is thrown away once
 * it has signed, so whoever trusts the CA trusts these hosts of this installation and nothing that could be signed later.
 */
export function openTls(dataFolder: string): ServerTls {
  const names = { root: 'Local Vault CA', leaf: 'localhost', hosts }
  const { privateKey, chain } = readOrCreateAuthority(join(dataFolder, 'tls.json'), names, 'EC')
  const [leaf = '', ca = ''] = chain
  const caFile = resolve(dataFolder, 'ca.pem')
  writePrivateFile(caFile, ca)
  return { key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), cert: leaf, caFile }
}
