import 'server-only'
import { type VerifiedAuthenticationResponse, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { AssertionResponse } from '@/lib/domain/passkeys/responses'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import type { Passkey } from '../db/generated/client'
import { logFailure } from '../doors/log-failure'
import { judgeClientData, type PasskeyRefusal } from './client-data'
import type { RelyingParty } from './relying-party'
import { userHandleOf } from './user-handle'

/** What a right answer tells, still to be written by `countUse`. */
export interface VerifiedUse {
  passkeyId: string
  name: string
  counter: bigint
  deviceType: string
  backedUp: boolean
}

/** An answer to this very challenge, by a live passkey of this very person, given at our origin by a verified user. */
export async function verifyAssertion(
  { db }: Pick<Context, 'db'>,
  party: RelyingParty,
  { personId, challenge, response }: { personId: string; challenge: string; response: AssertionResponse },
): Promise<Result<VerifiedUse, PasskeyRefusal>> {
  const asked = judgeClientData(response.response.clientDataJSON, {
    type: 'webauthn.get',
    challenge,
    origin: party.origin,
  })
  if (!asked.ok) return asked
  const passkey = await db.passkey.findFirst({ where: { id: response.id, personId, removedAt: null } })
  if (!passkey || !namesPerson(response, personId)) return err('unknown-passkey')
  const info = await verified(party, passkey, challenge, response)
  if (!info) return err('not-verified')
  return ok({
    passkeyId: passkey.id,
    name: passkey.name,
    counter: BigInt(info.newCounter),
    deviceType: info.credentialDeviceType,
    backedUp: info.credentialBackedUp,
  })
}

/** Sent only by passkeys that the authenticator found by itself; then it must be this person's. */
function namesPerson({ response }: AssertionResponse, personId: string): boolean {
  const { userHandle } = response
  return userHandle === undefined || userHandle === Buffer.from(userHandleOf(personId)).toString('base64url')
}

type Info = VerifiedAuthenticationResponse['authenticationInfo']

/** The library throws for whatever is wrong; its words may repeat what was sent, so they go nowhere. */
async function verified(
  { origin, rpId }: RelyingParty,
  passkey: Passkey,
  challenge: string,
  response: AssertionResponse,
): Promise<Info | null> {
  const { id, publicKey } = passkey
  try {
    const answer = await verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      // The counter is compared where it is written, in one statement: `countUse`.
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
    })
    return answer.verified ? answer.authenticationInfo : null
  } catch (error) {
    logFailure(error, { where: 'passkey', requestId: crypto.randomUUID() })
    return null
  }
}
