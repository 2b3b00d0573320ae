/** A kid taken apart: `{vaultUrl}/keys/{name}/{version}`. */
export interface KeyId {
  /** Origin, without a trailing slash. */
  vaultUrl: string
  name: string
  /** 32 lower-case hex characters; absent in a kid that names the key only. */
  version?: string
}

export const KEY_NAME_PATTERN = /^[0-9a-zA-Z-]{1,127}$/
export const KEY_VERSION_PATTERN = /^[0-9a-f]{32}$/

/** Undefined when it is not a key identifier. */
export function parseKeyId(kid: string): KeyId | undefined {
  if (!URL.canParse(kid)) return undefined
  const url = new URL(kid)
  const [collection, name, version, ...rest] = url.pathname.split('/').filter(Boolean)
  if (collection !== 'keys' || !name || !KEY_NAME_PATTERN.test(name) || rest.length > 0) return undefined
  if (url.search || url.hash || url.username || url.password) return undefined
  if (version === undefined) return { vaultUrl: url.origin, name }
  return KEY_VERSION_PATTERN.test(version) ? { vaultUrl: url.origin, name, version } : undefined
}

export function formatKeyId(id: KeyId): string {
  return `${id.vaultUrl}/keys/${id.name}${id.version ? `/${id.version}` : ''}`
}
