import { z } from 'zod'
import { isSameAuthority } from '@/lib/domain/releases/contradictions'
import { readBody } from '../read-body'

/** For one answer, from the first byte asked to the last byte read. */
const timeoutMs = 3000
const maxAnswerBytes = 64 * 1024

const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost'])

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() })
const jwksSchema = z.object({ keys: z.array(z.unknown()).max(100) })
const keySchema = z.object({ kid: z.string(), kty: z.literal('RSA'), x5c: z.array(z.string()).min(1) })

/** A signing key of an issuer: what every JWK must hold. */
export type IssuerKey = z.infer<typeof keySchema>

/**
 * Where an issuer's metadata may be asked for. A policy names the address, and whoever may set a policy could make the vault
 * call whatever it can reach; so only this machine itself is asked, at an address with no credentials and no query of
 * the caller's making. Undefined where that is not so.
 */
export function issuerOrigin(issuer: string): URL | undefined {
  if (!URL.canParse(issuer)) return undefined
  const url = new URL(issuer)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && isPlain && loopbackHosts.has(url.hostname) ? url : undefined
}

/** The issuer's signing keys, by its OpenID metadata; undefined where it can't be reached or answers anything else. */
export async function fetchIssuerKeys(issuer: string): Promise<IssuerKey[] | undefined> {
  const origin = issuerOrigin(issuer)
  if (!origin) return undefined
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer
  const metadata = metadataSchema.safeParse(await fetchJson(`${base}/.well-known/openid-configuration`))
  if (!metadata.success || !isSameAuthority(metadata.data.issuer, issuer)) return undefined
  const keysAt = issuerOrigin(metadata.data.jwks_uri)
  // The metadata must not send the vault on to somebody else's port.
  if (keysAt?.origin !== origin.origin) return undefined
  const jwks = jwksSchema.safeParse(await fetchJson(keysAt.href))
  return jwks.success ? jwks.data.keys.flatMap((key) => keySchema.safeParse(key).data ?? []) : undefined
}

async function fetchJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      credentials: 'omit',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return undefined
    }
    const body = await readBody(response, maxAnswerBytes)
    if (body === 'too-large') {
      await response.body?.cancel().catch(ignoreLock)
      return undefined
    }
    return JSON.parse(body.toString('utf8'))
  } catch {
    // Refused, cut, late or not JSON: each means that this issuer can't be asked.
    return undefined
  }
}

/** The reader that found it too large has cancelled it already. */
function ignoreLock(error: unknown): void {
  if (!(error instanceof TypeError)) throw error
}
