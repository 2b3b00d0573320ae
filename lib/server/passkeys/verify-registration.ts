import 'server-only'
import { type VerifiedRegistrationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers'
import type { RegistrationResponse } from '@/lib/domain/passkeys/responses'
import { err, ok, type Result } from '@/lib/domain/result'
import { logFailure } from '../doors/log-failure'
import { ALGORITHMS } from './algorithms'
import { judgeClientData, type PasskeyRefusal } from './client-data'
import type { RelyingParty } from './relying-party'

type Info = NonNullable<VerifiedRegistrationResponse['registrationInfo']>

/** A new key pair, made for this very challenge at our origin by an authenticator that knew its user. */
export async function verifyRegistration(
  { origin, rpId }: RelyingParty,
  challenge: string,
  response: RegistrationResponse,
): Promise<Result<Info, PasskeyRefusal>> {
  const asked = judgeClientData(response.response.clientDataJSON, { type: 'webauthn.create', challenge, origin })
  if (!asked.ok) return asked
  try {
    if (!isUnattested(response)) return err('attested')
    const answer = await verifyRegistrationResponse({
      response: { ...response, response: { ...response.response, transports: [] }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    })
    return answer.verified ? ok(answer.registrationInfo) : err('not-verified')
  } catch (error) {
    logFailure(error, { where: 'passkey', requestId: crypto.randomUUID() })
    return err('not-verified')
  }
}

/**
 * We ask for no attestation. One that comes nevertheless may carry certificates, and to check those the library fetches
 * their revocation lists from wherever they say: so nothing with certificates gets that far.
 */
function isUnattested({ response }: RegistrationResponse): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject))
  const format = attestation.get('fmt')
  return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined)
}
