import 'server-only'
import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Context } from '../context'
import { BROWSER_WAITS_MS } from './challenge'
import type { RelyingParty } from './relying-party'
import { knownTransports } from './transports'

/** Asks for one of this person's own passkeys, with a fresh challenge. */
export async function assertionOptions(
  { db }: Pick<Context, 'db'>,
  { rpId }: RelyingParty,
  personId: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const passkeys = await db.passkey.findMany({
    where: { personId, removedAt: null },
    select: { id: true, transports: true },
    orderBy: { createdAt: 'asc' },
  })
  return generateAuthenticationOptions({
    rpID: rpId,
    userVerification: 'required',
    timeout: BROWSER_WAITS_MS,
    allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports: knownTransports(transports) })),
  })
}
