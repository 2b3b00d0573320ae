import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

export type TokenClient = { clientId: string; clientObjectId: string; clientSecret: string }

export type TokenAuthority = {
  tenantId: string
  /** Whoever may ask for tokens. */
  clients: readonly TokenClient[]
  /** What tokens may be asked for: each is one audience. */
  resources: readonly string[]
  /** Base of the token endpoint without the tenant, e.g. `http://127.0.0.1:20001`. */
  url: string
  key: Uint8Array
  /** Milliseconds. */
  now: () => number
}

export const tokenLifetimeSeconds = 3600

const callerSchema = z.object({
  appid: z.string(),
  appidacr: z.string(),
  oid: z.string(),
  tid: z.string(),
  iss: z.string(),
})

/** Who calls, as the token's claims tell; `iss` ends with a slash, as Entra's does. */
export type Caller = z.infer<typeof callerSchema>
export type TokenRefusal = 'missing' | 'malformed' | 'expired' | 'wrong-audience'
export type TokenCheck = { ok: true; caller: Caller } | { ok: false; refusal: TokenRefusal }

/** Ours have one audience. */
const validitySchema = z.object({ aud: z.string(), nbf: z.number(), exp: z.number() })

function issuerOf(authority: TokenAuthority): string {
  return `${authority.url}/${authority.tenantId}/`
}

/** A bearer token for one resource, signed with this installation's key. Clients treat it as opaque. */
export function issueToken(authority: TokenAuthority, client: TokenClient, resource: string): Promise<string> {
  const seconds = Math.floor(authority.now() / 1000)
  const { clientId: appid, clientObjectId: oid } = client
  const { tenantId: tid } = authority
  return new SignJWT({ appid, appidacr: '1', oid, sub: oid, tid, ver: '1.0' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuerOf(authority))
    .setAudience(resource)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + tokenLifetimeSeconds)
    .setJti(randomUUID())
    .sign(authority.key)
}

/** Checks signature, issuer, exact audience (one of `resources`) and times of an Authorization header. */
export async function checkToken(
  authority: TokenAuthority,
  authorization: string | undefined,
  resources: string[],
): Promise<TokenCheck> {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1]
  if (!token) return { ok: false, refusal: 'missing' }
  const known = verifiedTokens(authority)
  const seen = known.get(token)
  if (seen && isFor(seen, resources, authority.now() / 1000)) return { ok: true, caller: seen.caller }
  try {
    const verified = await verify(authority, token, resources)
    if (known.size >= mostKnown) known.clear()
    known.set(token, verified)
    return { ok: true, caller: verified.caller }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}

/** A token whose signature and issuer were found good; its audience and times are looked at with each call. */
type Verified = { caller: Caller; aud: string; nbf: number; exp: number }

const clockTolerance = 5
/** Verifying takes a third of what a signature by the vault takes, so the tokens in use are remembered. */
const mostKnown = 256
const known = new WeakMap<TokenAuthority, Map<string, Verified>>()

function verifiedTokens(authority: TokenAuthority): Map<string, Verified> {
  const tokens = known.get(authority) ?? new Map<string, Verified>()
  known.set(authority, tokens)
  return tokens
}

async function verify(authority: TokenAuthority, token: string, resources: string[]): Promise<Verified> {
  const { payload } = await jwtVerify(token, authority.key, {
    algorithms: ['HS256'],
    issuer: issuerOf(authority),
    audience: resources,
    currentDate: new Date(authority.now()),
    clockTolerance,
  })
  return { caller: callerSchema.parse(payload), ...validitySchema.parse(payload) }
}

/** As jose compares them. Whatever is not so goes through the whole check, which says what is wrong. */
function isFor({ aud, nbf, exp }: Verified, resources: string[], now: number): boolean {
  return resources.includes(aud) && nbf <= Math.floor(now) + clockTolerance && exp > Math.floor(now) - clockTolerance
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'wrong-audience'
  return 'malformed'
}
