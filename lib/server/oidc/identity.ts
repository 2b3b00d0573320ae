import 'server-only'
import type { IDToken } from 'openid-client'
import { z } from 'zod'

/** Who the provider says somebody is. Issuer and subject are the person; the rest is shown or mapped. */
export interface Identity {
  issuer: string
  /** OpenID Connect's `sub`, of the ID token. With Entra ID it is made for this client alone (pairwise). */
  subject: string
  name: string
  /** Shown, and nothing else: providers let people change it. Empty where none was sent. */
  email: string
  /** When the person last proved who they are; null where the provider does not say. */
  authTime: Date | null
  /** What the mapped claim holds; null where the provider left it out because it is too long. */
  values: readonly string[] | null
}

/** A verified token whose claims are not what OpenID Connect says they are. */
export class UnreadableIdentity extends Error {
  override readonly name = 'UnreadableIdentity'
  constructor(readonly claim: string) {
    super(`the claim ${claim} can not be read`)
  }
}

// At most 255 ASCII characters (OpenID Connect Core, 2).
const subjectSchema = z.string().regex(/^[\x20-\x7e]{1,255}$/)

export function readIdentity(claims: IDToken | undefined, roleClaim: string | undefined): Identity {
  if (!claims) throw new UnreadableIdentity('id_token')
  const subject = subjectSchema.safeParse(claims.sub)
  if (!subject.success) throw new UnreadableIdentity('sub')
  const shown = shownText(claims.name) ?? shownText(claims.preferred_username)
  return {
    issuer: claims.iss,
    subject: subject.data,
    name: shown ?? subject.data,
    email: shownText(claims.email) ?? '',
    authTime: typeof claims.auth_time === 'number' ? new Date(claims.auth_time * 1000) : null,
    values: roleClaim === undefined ? [] : valuesOf(claims, roleClaim),
  }
}

/** For people's eyes: no control characters, no marks that turn a line around, no more than a line. */
function shownText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.replace(/\p{C}/gu, '').trim().slice(0, 200)
  return text === '' ? undefined : text
}

const valuesSchema = z.union([z.string().transform((value) => [value]), z.array(z.string())])

/** A claim that is not there gives nothing; one that is no text or list of texts gives nothing that could be compared. */
function valuesOf(claims: IDToken, name: string): readonly string[] | null {
  if (wasLeftOut(claims, name)) return null
  return valuesSchema.safeParse(claims[name]).data ?? []
}

/**
 * Over a limit (200 in Entra ID) the groups are not in the token, only where to ask for them. Nobody's roles are guessed:
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim
 */
function wasLeftOut(claims: IDToken, name: string): boolean {
  const elsewhere = z.record(z.string(), z.unknown()).safeParse(claims._claim_names).data ?? {}
  return Object.hasOwn(elsewhere, name) || (name === 'groups' && claims.hasgroups === true)
}
