import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

export type TokenAuthority = {
  tenantId: string
  clientId: string
  clientObjectId: string
  clientSecret: string
  /** Base of the token endpoint without the tenant, e.g. `http://127.0.0.1:20001`. */
  url: string
  key: Uint8Array
  /** Milliseconds. */
  now: () => number
}

export const tokenLifetimeSeconds = 3600

type Caller = { appid: string; oid: string }
export type TokenRefusal = 'missing' | 'malformed' | 'expired' | 'wrong-audience'
export type TokenCheck = { ok: true; caller: Caller } | { ok: false; refusal: TokenRefusal }

const callerSchema = z.object({ appid: z.string(), oid: z.string() })

function issuerOf(authority: TokenAuthority): string {
  return `${authority.url}/${authority.tenantId}/`
}

/** A bearer token for one resource, signed with this installation's key. Clients treat it as opaque. */
export function issueToken(authority: TokenAuthority, resource: string): Promise<string> {
  const seconds = Math.floor(authority.now() / 1000)
  const { clientId: appid, clientObjectId: oid, tenantId: tid } = authority
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

/** Checks signature, issuer, exact audience and times of an Authorization header. */
export async function checkToken(
  authority: TokenAuthority,
  authorization: string | undefined,
  resource: string,
): Promise<TokenCheck> {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1]
  if (!token) return { ok: false, refusal: 'missing' }
  try {
    const { payload } = await jwtVerify(token, authority.key, {
      algorithms: ['HS256'],
      issuer: issuerOf(authority),
      audience: resource,
      currentDate: new Date(authority.now()),
      clockTolerance: 5,
    })
    return { ok: true, caller: callerSchema.parse(payload) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'wrong-audience'
  return 'malformed'
}
