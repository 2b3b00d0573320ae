import 'server-only'
import type { RegistrationResponse } from '@/lib/domain/passkeys/responses'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { permit } from '../permit'
import { NAME_TAKEN } from './begin-registration'
import { takeChallenge } from './challenge'
import type { PasskeyRefusal } from './client-data'
import { refusedPasskey } from './refusal-words'
import { type PasskeySettings, relyingPartyOf } from './relying-party'
import { knownTransports } from './transports'
import { verifyRegistration } from './verify-registration'

interface Finish {
  challengeId: string
  response: RegistrationResponse
  settings: PasskeySettings
}

/** The browser's answer to `beginRegistration`. The challenge is used up by it, right or wrong. */
export async function finishRegistration(
  ctx: Context,
  actor: Actor,
  { challengeId, response, settings }: Finish,
): Promise<Result<{ name: string }, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const party = relyingPartyOf(settings)
  if (!party.ok) return party
  const refuse = async (code: PasskeyRefusal) => {
    await recordRefused(ctx, actor, code)
    return err(refusedPasskey(code, settings))
  }
  const taken = await withinAuditTime(takeChallenge(ctx, actor, { id: challengeId, purpose: 'register' }))
  if (!taken || taken.name === null) return refuse('not-waiting')
  const { name } = taken
  const verified = await verifyRegistration(party.value, taken.challenge, response)
  if (!verified.ok) return refuse(verified.error)
  const { credential, credentialDeviceType, credentialBackedUp } = verified.value
  const facts = {
    publicKey: credential.publicKey,
    counter: BigInt(credential.counter),
    transports: knownTransports(response.response.transports),
    deviceType: credentialDeviceType,
    backedUp: credentialBackedUp,
  }
  const kept = await keep(ctx, actor, { id: credential.id, name, facts })
  if (kept === 'name-taken') return err(NAME_TAKEN)
  return kept === 'known-credential' ? refuse('known-credential') : ok({ name })
}

interface NewPasskey {
  id: string
  name: string
  facts: {
    publicKey: Uint8Array<ArrayBuffer>
    counter: bigint
    transports: string[]
    deviceType: string
    backedUp: boolean
  }
}

/** A credential id that anybody has, or had, is nobody's again: it would speak for two. */
function keep(
  ctx: Context,
  actor: Actor,
  { id, name, facts }: NewPasskey,
): Promise<'kept' | 'name-taken' | 'known-credential'> {
  const { personId } = actor
  return withinAuditTime(
    inTransaction(ctx.db, async (tx) => {
      const at = ctx.clock()
      const same = await tx.passkey.count({ where: { personId, name, removedAt: null } })
      if (same > 0) return 'name-taken' as const
      const { count } = await tx.passkey.createMany({
        data: [{ id, personId, name, createdAt: at, ...facts }],
        skipDuplicates: true,
      })
      if (count === 0) return 'known-credential' as const
      const details = { passkey: name, deviceType: facts.deviceType, backedUp: facts.backedUp }
      await appendEvent(tx, { type: 'passkey.registered', phase: 'noted', at, actor, details })
      return 'kept' as const
    }),
  )
}

function recordRefused(ctx: Context, actor: Actor, code: PasskeyRefusal): Promise<void> {
  const event = { type: 'passkey.registered', phase: 'refused', at: ctx.clock(), actor, code, details: {} } as const
  return withinAuditTime(inTransaction(ctx.db, (tx) => appendEvent(tx, event)))
}
