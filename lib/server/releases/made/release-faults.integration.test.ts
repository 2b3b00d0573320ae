import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { asked, exportableKey, readVaultLog, tokenFor } from '@/lib/testing/exportable-key'
import { type FaultyVault, startFaultyVault } from '@/lib/testing/faults/sweep'
import { VAULT_FAULTS } from '@/lib/testing/faults/vault-proxy'
import { reconcileOperation } from '../../operations/reconcile-operation'
import { performRelease } from './perform-release'

// Fails the n-th call of a release to the vault: the key is read, released, and read once more.

const CALLS = [1, 2, 3] as const

let world: TestConsole
let wire: FaultyVault
beforeAll(async () => {
  world = await createTestConsole()
  wire = await startFaultyVault(world)
})
afterAll(async () => {
  await wire.proxy.close()
  await world.close()
})

const releasedBy = (name: string) =>
  world.acknowledged().filter((call) => call.operation === 'release' && call.name === name)

it.each(VAULT_FAULTS.flatMap((fault) => CALLS.map((nth) => [fault, nth] as const)))(
  '%s at call %i: asked at most once, nothing told that is not so, and the log settles what was not known',
  async (fault, nth) => {
    const key = await exportableKey(world, `${fault}-${nth}`)
    const input = asked(key, await tokenFor(world))
    wire.proxy.arm(nth, fault)
    const result = await performRelease(wire.ctx, world.actors.custodian, input)
    expect(wire.proxy.disarm()).toBe(true)
    const operation = await world.ctx.db.operation.findFirst({ where: { keyName: key.name } })
    const done = releasedBy(key.name)
    expect(done.length).toBeLessThanOrEqual(1)
    expect(operation !== null).toBe(result.ok)
    if (!operation) return expect(done).toEqual([])
    expect(done.map(({ clientRequestId }) => clientRequestId)).toEqual(done.length ? [operation.id] : [])
    const isReleased = done[0]?.status === 200
    if (operation.status !== 'indeterminate') expect(operation.status).toBe(isReleased ? 'succeeded' : 'failed')
    await readVaultLog(world)
    await reconcileOperation({ ...world.ctx, clock: () => new Date(Date.now() + 120_000) }, operation.id)
    const settled = await world.ctx.db.operation.findUniqueOrThrow({ where: { id: operation.id } })
    if (isReleased) expect(settled.status).toBe('succeeded')
    else expect(['failed', 'indeterminate']).toContain(settled.status)
    expect(releasedBy(key.name)).toEqual(done)
  },
)
