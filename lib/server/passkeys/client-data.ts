import 'server-only'
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import { z } from 'zod'
import { err, ok, type Result } from '@/lib/domain/result'

/** Why an answer of a browser is not accepted, as the audit log has it. */
export type PasskeyRefusal =
  | 'not-waiting'
  | 'unavailable'
  | 'unreadable'
  | 'wrong-ceremony'
  | 'wrong-challenge'
  | 'wrong-origin'
  | 'unknown-passkey'
  | 'not-verified'
  | 'attested'
  | 'known-credential'
  | 'counter-went-back'

const clientDataSchema = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
})

interface Expected {
  type: 'webauthn.create' | 'webauthn.get'
  challenge: string
  origin: string
}

/**
 * What the browser says it was asked, and where: judged before the library does, so that the record tells a phished
 * answer (`wrong-origin`) from a late one. An answer given inside another site's frame counts as another origin's.
 */
export function judgeClientData(clientDataJson: string, expected: Expected): Result<void, PasskeyRefusal> {
  const parsed = clientDataSchema.safeParse(decoded(clientDataJson))
  if (!parsed.success) return err('unreadable')
  const { type, challenge, origin, crossOrigin, topOrigin } = parsed.data
  if (type !== expected.type) return err('wrong-ceremony')
  if (challenge !== expected.challenge) return err('wrong-challenge')
  if (origin !== expected.origin || crossOrigin === true || topOrigin !== undefined) return err('wrong-origin')
  return ok(undefined)
}

function decoded(clientDataJson: string): unknown {
  try {
    return decodeClientDataJSON(clientDataJson)
  } catch (error) {
    if (error instanceof SyntaxError) return null // not JSON: unreadable
    throw error
  }
}
