import { z } from 'zod'
import type { RotationPolicy } from '../../store/records'
import { badParameter } from '../fault'
import { parseBody } from '../request-body'
import type { VaultKind } from '../vault-kind'
import { parseDuration, roughDays } from './duration'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined)

/** Names are lower case here; the type of an action compares without case. */
const policyBody = z.object({
  lifetimeactions: z
    .array(
      z.object({
        trigger: z.object({ timeaftercreate: text, timebeforeexpiry: text }),
        action: z.object({
          type: z
            .string()
            .toLowerCase()
            .pipe(z.enum(['rotate', 'notify'])),
        }),
      }),
    )
    .max(2)
    .nullish(),
  attributes: z.object({ expirytime: text }).nullish(),
})

type Action = NonNullable<z.infer<typeof policyBody>['lifetimeactions']>[number]
type Trigger =
  | { timeAfterCreate: string; timeBeforeExpiry?: never }
  | { timeBeforeExpiry: string; timeAfterCreate?: never }

const refuse = (what: string) => badParameter(`The key rotation policy is not valid: ${what}`)

/** What the service answers for a key that nobody gave a policy: https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation */
export const defaultNotify = { timeBeforeExpiry: 'P30D' } as const

/** Reads and checks a policy by the rules of its kind of vault. A blank one is `null` on a Managed HSM: it clears. */
export function readPolicy(kind: VaultKind, body: unknown): RotationPolicy | null {
  const given = parseBody(policyBody, body)
  const actions = given.lifetimeactions ?? []
  const expiryTime = given.attributes?.expirytime ?? null
  const rotate = readTrigger(only(actions, 'rotate'))
  const notify = readNotify(only(actions, 'notify'))
  const policy = { rotate, notify, expiryTime }
  if (expiryTime !== null && daysOf('expiryTime', expiryTime) < 28)
    throw refuse('expiryTime must be at least 28 days (P28D).')
  if (kind === 'azure-managed-hsm') {
    checkManagedHsm(policy)
    return rotate || expiryTime ? policy : null
  }
  checkVault(policy)
  return policy
}

function only(actions: Action[], type: Action['action']['type']): Action | undefined {
  const found = actions.filter(({ action }) => action.type === type)
  if (found.length > 1) throw refuse('there may be at most one Rotate and one Notify action.')
  return found[0]
}

function readTrigger(action: Action | undefined): Trigger | null {
  if (!action) return null
  const { timeaftercreate: after, timebeforeexpiry: before } = action.trigger
  if (after !== undefined && before === undefined) return { timeAfterCreate: after }
  if (before !== undefined && after === undefined) return { timeBeforeExpiry: before }
  throw refuse('a trigger has either timeAfterCreate or timeBeforeExpiry.')
}

/** timeAfterCreate applies to Rotate alone. */
function readNotify(action: Action | undefined): { timeBeforeExpiry: string } | null {
  const trigger = readTrigger(action)
  if (trigger?.timeAfterCreate !== undefined) throw refuse('Notify takes timeBeforeExpiry only.')
  return trigger
}

/** At least seven days from creation and seven days from expiry. */
function checkVault({ rotate, notify, expiryTime }: RotationPolicy): void {
  const life = expiryTime === null ? null : daysOf('expiryTime', expiryTime)
  if (rotate) checkRotation(rotate, life, { afterCreate: 7, beforeExpiry: 7, oldest: 7 })
  if (!notify) return
  const before = daysOf('timeBeforeExpiry', notify.timeBeforeExpiry)
  // What is answered where there is no policy may be sent back.
  if (life === null && notify.timeBeforeExpiry !== defaultNotify.timeBeforeExpiry)
    throw refuse('Notify needs an expiryTime.')
  if (life !== null && before >= life) throw refuse('the time before expiry must be shorter than expiryTime.')
}

/** No new version more often than every 28 days; no events. */
function checkManagedHsm({ rotate, notify, expiryTime }: RotationPolicy): void {
  if (notify) throw refuse('a Managed HSM sends no events: Notify is not supported.')
  const life = expiryTime === null ? null : daysOf('expiryTime', expiryTime)
  if (rotate) checkRotation(rotate, life, { afterCreate: 28, beforeExpiry: 0, oldest: 28 })
}

/** Days: the least after creation, the least before expiry, and the least age at which a trigger before expiry fires. */
type Floors = { afterCreate: number; beforeExpiry: number; oldest: number }

function checkRotation(rotate: NonNullable<RotationPolicy['rotate']>, life: number | null, floors: Floors): void {
  if ('timeAfterCreate' in rotate) {
    const after = daysOf('timeAfterCreate', rotate.timeAfterCreate)
    if (after < floors.afterCreate) throw refuse(`timeAfterCreate must be at least ${floors.afterCreate} days.`)
    if (life !== null && life - after < floors.beforeExpiry)
      throw refuse(`timeAfterCreate must end at least ${floors.beforeExpiry} days before expiryTime.`)
    return
  }
  if (life === null) throw refuse('timeBeforeExpiry needs an expiryTime.')
  const before = daysOf('timeBeforeExpiry', rotate.timeBeforeExpiry)
  if (before < floors.beforeExpiry) throw refuse(`timeBeforeExpiry must be at least ${floors.beforeExpiry} days.`)
  if (life - before < floors.oldest)
    throw refuse(`timeBeforeExpiry must leave at least ${floors.oldest} days after creation.`)
}

function daysOf(property: string, value: string): number {
  const duration = parseDuration(value)
  if (!duration) throw refuse(`${property} must be an ISO 8601 duration, such as P90D.`)
  return roughDays(duration)
}
