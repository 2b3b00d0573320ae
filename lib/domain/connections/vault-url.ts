import { err, ok, type Result } from '../result'
import { type ConnectionKind, KIND_FACTS } from './kind'

export type VaultUrlProblem = 'not-a-url' | 'not-https' | 'suffix-not-allowed' | 'has-path' | 'has-credentials'

const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

/** Literal loopback only: what the two switches of the local vault hang on. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_HOSTS.includes(new URL(url).hostname)
}

/**
 * The origin of a vault, allowed by suffix (no address literals but loopback, no path, no user info).
 * Returns it without a trailing slash.
 */
export function checkVaultUrl(input: string, kind: ConnectionKind): Result<string, VaultUrlProblem> {
  const text = input.trim()
  if (!URL.canParse(text)) return err('not-a-url')
  const url = new URL(text)
  if (url.username || url.password) return err('has-credentials')
  if (url.pathname !== '/' || url.search || url.hash) return err('has-path')
  if (isLoopbackUrl(text)) {
    return url.protocol === 'http:' || url.protocol === 'https:' ? ok(url.origin) : err('not-https')
  }
  if (url.protocol !== 'https:') return err('not-https')
  if (url.port) return err('suffix-not-allowed')
  const label = KIND_FACTS[kind].urlSuffixes.map((suffix) => labelBefore(url.hostname, suffix)).find(Boolean)
  return label ? ok(url.origin) : err('suffix-not-allowed')
}

/** `myvault` of `myvault.vault.azure.net`; undefined when the suffix or the label is wrong. */
function labelBefore(hostname: string, suffix: string): string | undefined {
  if (!hostname.endsWith(suffix)) return undefined
  const label = hostname.slice(0, -suffix.length)
  return /^[a-z0-9][a-z0-9-]{1,22}[a-z0-9]$/.test(label) ? label : undefined
}
