import { type ConnectionKind, KIND_FACTS } from '@/lib/domain/connections/kind'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { familyOf } from '@/lib/domain/keys/key-type'

/** The API version whose BYOK page these calls follow. */
const API_VERSION = '7.6'

export interface VaultAddress {
  url: string
  kind: ConnectionKind
}

/** `--vault-name contoso`; null where az can't reach the vault, such as a local one. */
export function azVaultArgument({ url, kind }: VaultAddress): string | null {
  if (!URL.canParse(url)) return null
  const { hostname } = new URL(url)
  const suffix = KIND_FACTS[kind].urlSuffixes.find((candidate) => hostname.endsWith(candidate))
  return suffix ? `${KIND_FACTS[kind].azFlag} ${hostname.slice(0, -suffix.length)}` : null
}

/** The same where the vault's kind is not at hand: its host name tells it. */
export function azVaultOf(url: string): string | null {
  const kinds = Object.keys(KIND_FACTS) as ConnectionKind[] // keys of a const object: exactly ConnectionKind
  return kinds.map((kind) => azVaultArgument({ url, kind })).find((argument) => argument !== null) ?? null
}

export interface KekRequest {
  name: string
  bits: number
  expiresAt: string | null
}

/** The same act on the az command line; null where az can't reach the vault. */
export function azCreateKek(vault: VaultAddress, kek: KekRequest): string | null {
  const address = azVaultArgument(vault)
  if (!address) return null
  const expires = kek.expiresAt ? [`--expires ${azTime(kek.expiresAt)}`] : []
  return lines('az keyvault key create', [
    address,
    `--name ${shellWord(kek.name || 'NAME')}`,
    `--kty RSA-HSM --size ${kek.bits} --ops import`,
    ...expires,
  ])
}

export function restCreateKek(vault: VaultAddress, kek: KekRequest): string {
  const body = {
    kty: 'RSA-HSM',
    key_size: kek.bits,
    key_ops: ['import'],
    attributes: { enabled: true, ...(kek.expiresAt ? { exp: unixSeconds(kek.expiresAt) } : {}) },
  }
  return httpRequest('POST', `${vault.url}/keys/${kek.name || 'NAME'}/create`, body)
}

/** The import on the az command line; null where az can't reach the vault. */
export function azImport(vault: VaultAddress, target: ImportTarget, fileName: string): string | null {
  const address = azVaultArgument(vault)
  if (!address) return null
  const family = familyOf(target.kty)
  const tags = Object.entries(target.tags).map(([name, value]) => shellWord(`${name}=${value}`))
  return lines('az keyvault key import', [
    address,
    `--name ${shellWord(target.name || 'NAME')}`,
    `--byok-file ${shellWord(fileName || 'FILE.byok')}`,
    `--kty ${family}${family === 'EC' ? ` --curve ${target.sizeOrCurve}` : ''}`,
    `--ops ${target.keyOps.join(' ') || 'OPERATIONS'}`,
    '--disabled true',
    ...(target.notBefore ? [`--not-before ${azTime(target.notBefore)}`] : []),
    ...(target.expiresAt ? [`--expires ${azTime(target.expiresAt)}`] : []),
    ...(tags.length > 0 ? [`--tags ${tags.join(' ')}`] : []),
    ...(target.exportable ? ['--exportable true --policy release-policy.json'] : []),
  ])
}

/** The import as Drawbridge sends it, the file's bytes named rather than shown. */
export function restImport(vault: VaultAddress, target: ImportTarget): string {
  const family = familyOf(target.kty)
  const body = {
    key: {
      kty: target.kty,
      ...(family === 'EC' ? { crv: target.sizeOrCurve } : {}),
      key_ops: target.keyOps,
      key_hsm: '<the whole .byok file, base64url>',
    },
    attributes: {
      enabled: false,
      ...(target.notBefore ? { nbf: unixSeconds(target.notBefore) } : {}),
      ...(target.expiresAt ? { exp: unixSeconds(target.expiresAt) } : {}),
      ...(target.exportable ? { exportable: true } : {}),
    },
    tags: { ...target.tags, imported: 'true', requires_review: 'true', import_date: '<now>', drawbridge: '<intent>' },
    ...(target.releasePolicy
      ? { release_policy: { data: '<the policy, base64url>', immutable: target.releasePolicy.immutable } }
      : {}),
  }
  return httpRequest('PUT', `${vault.url}/keys/${target.name || 'NAME'}`, body)
}

export function httpRequest(method: string, url: string, body?: unknown): string {
  return [
    `${method} ${url}?api-version=${API_VERSION}`,
    'Authorization: Bearer <token>',
    ...(body === undefined ? [] : ['Content-Type: application/json', '', JSON.stringify(body, null, 2)]),
  ].join('\n')
}

function lines(command: string, parts: string[]): string {
  return [command, ...parts.map((part) => `  ${part}`)].join(' \\\n')
}

/** az takes `Y-m-d'T'H:M:S'Z'`, without milliseconds. */
function azTime(iso: string): string {
  return iso.replace(/\.\d{3}Z$/, 'Z')
}

function unixSeconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000)
}

/** Quoted for a POSIX shell unless it needs none. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
