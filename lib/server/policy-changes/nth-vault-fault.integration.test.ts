import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { exportableKey } from '@/lib/testing/exportable-key'
import { type FaultyVault, startFaultyVault } from '@/lib/testing/faults/sweep'
import { VAULT_FAULTS, type VaultFault } from '@/lib/testing/faults/vault-proxy'
import { reconcileOperation } from '../operations/reconcile-operation'
import { approvePolicyChange } from './approve-policy-change'
import { requestPolicyChange } from './request-policy-change'

// Fails the n-th call of setting a policy to the vault, for n from 1 until the act never gets there: whatever befalls it,
// what the record says is what the vault holds, and nobody was told otherwise.

/** Read, set, read back, and a look at older versions: far more than it asks. */
const MOST_CALLS = 20
const LATER_MS = 120_000

let sound: TestConsole
let wire: FaultyVault
let proposed: string
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  sound = await createTestConsole()
  wire = await startFaultyVault(sound)
  proposed = policyText(sound.vault.description.attestation.url, { tee: 'the proposed one' })
})
afterAll(async () => {
  await wire.proxy.close()
  await sound.close()
})

async function ready(name: string) {
  const { connectionId } = await exportableKey(sound, name)
  const wish = { connectionId, name, policyText: proposed, immutable: false, typedName: '', reason: 'The new image' }
  const asked = await requestPolicyChange(sound.ctx, sound.actors.custodian, wish)
  if (!asked.ok) throw new Error(asked.error.code)
  const id = asked.value.requestId
  const { revision, frozenSha256 } = await sound.ctx.db.enableRequest.findUniqueOrThrow({ where: { id } })
  return { enableRequestId: id, revision, frozenSha256, reason: 'Looked at both' }
}

/** True when there was such a call. */
async function failing(nth: number, fault: VaultFault): Promise<boolean> {
  const name = `${fault}-${nth}`
  const decision = await ready(name)
  const { db } = sound.ctx
  wire.proxy.arm(nth, fault)
  const answer = await approvePolicyChange(wire.ctx, sound.actors.custodian2, decision)
  const met = wire.proxy.disarm()

  const later = { ...sound.ctx, clock: () => new Date(Date.now() + LATER_MS) }
  const open = { keyName: name, status: { in: ['pending' as const, 'indeterminate' as const] } }
  for (const { id } of await db.operation.findMany({ where: open }))
    expect(await reconcileOperation(later, id)).toBe('done')

  const { status } = await db.enableRequest.findUniqueOrThrow({ where: { id: decision.enableRequestId } })
  const { value: key } = await sound.ctx.provider(sound.connections.vault).getKey(name)
  const isSet = key.releasePolicy?.text === proposed
  expect(status).toBe(isSet ? 'enabled' : 'awaiting_review')
  const outcomes = (await db.operation.findMany({ where: { keyName: name } })).map((one) => one.status)
  expect(outcomes).toEqual(isSet ? ['succeeded'] : outcomes.length > 0 ? ['failed'] : [])
  if (answer.ok) expect(isSet).toBe(true)
  else if (answer.error.code !== 'outcome-unknown') expect(isSet).toBe(false)
  return met
}

describe('setting a release policy, with its n-th call to the vault', () => {
  it.each(VAULT_FAULTS)(
    '%s: nothing is done twice or told wrongly',
    async (fault) => {
      let nth = 1
      while (nth <= MOST_CALLS && (await failing(nth, fault))) nth += 1
      expect(nth).toBeGreaterThan(3)
      expect(nth).toBeLessThan(MOST_CALLS)
    },
    120_000,
  )
})
