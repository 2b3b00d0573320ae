import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { asked, exportableKey, GUARDED, tokenFor } from '@/lib/testing/exportable-key'
import type { Context } from '../context'
import { createKey } from '../created-keys/create-key'
import { refreshKey } from '../inventory/refresh-key'
import { createKek } from '../keks/create-kek'
import { retireKek } from '../keks/retire-kek'
import { approvePolicyChange } from '../policy-changes/approve-policy-change'
import { requestPolicyChange } from '../policy-changes/request-policy-change'
import { isWrite } from '../providers/watch-writes'
import { performRelease } from '../releases/made/perform-release'
import { approveEnable } from '../reviews/approve-enable'
import { approveImport } from '../reviews/approve-import'
import { deleteRejectedKey } from '../reviews/delete-rejected-key'
import { rejectImport } from '../reviews/reject-import'
import { requestEnable } from '../reviews/request-enable'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { ecSourceKey, octSourceKey } from '../reviews/testing/source-key'
import { disableVersion } from '../stop/disable-version'

const MINUTE = 60_000
const REASON = 'Looked at it'

let console_: TestConsole
let kek: string
let made = 0
const newName = () => `late-${++made}`

beforeAll(async () => {
  console_ = await createTestConsole()
  kek = await makeKek(console_.ctx, console_.actors.custodian, console_.connections.hsm, 'kek')
})
afterAll(() => console_.close())

/** Ready to be done; `name` is the key that it would change. */
interface Ready {
  name: string
  act: (ctx: Context) => Promise<unknown>
}

async function waiting(source: Awaited<ReturnType<typeof ecSourceKey>>) {
  const { ctx, actors, connections } = console_
  const name = newName()
  const wish = { ctx, actor: actors.custodian, connection: connections.hsm, kekId: kek, name, source }
  return { name, input: await decisionOn(ctx, await importKey(wish), source.recorded, REASON) }
}

async function exportable() {
  const key = await exportableKey(console_, newName())
  await refreshKey(console_.ctx, console_.connections.vault, key.name)
  return key
}

async function requested(asking: Promise<{ ok: true; value: object } | { ok: false; error: { code: string } }>) {
  if (!(await asking).ok) throw new Error('not asked for')
  const row = await console_.ctx.db.enableRequest.findFirstOrThrow({ orderBy: { requestedAt: 'desc' } })
  return { enableRequestId: row.id, revision: row.revision, frozenSha256: row.frozenSha256, reason: REASON }
}

const policy = (claims: Record<string, unknown> = GUARDED) =>
  policyText(console_.vault.description.attestation.url, claims)

const ACTS: Record<string, () => Promise<Ready>> = {
  'an import': async () => {
    const { actors, connections } = console_
    const [name, source] = [newName(), await ecSourceKey()]
    const wish = { actor: actors.custodian, connection: connections.hsm, kekId: kek, name, source }
    return { name, act: (ctx) => importKey({ ctx, ...wish }) }
  },
  'a KEK': async () => {
    const { actors, connections } = console_
    const name = newName()
    const wish = { connectionId: connections.vault.id, name, bits: 2048 as const, expiresAt: null }
    return { name, act: (ctx) => createKek(ctx, actors.custodian, wish) }
  },
  'a key': async () => {
    const { actors, connections } = console_
    const name = newName()
    const act: Ready['act'] = (ctx) =>
      createKey(ctx, actors.custodian, {
        ...{ connectionId: connections.vault.id, name, kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign'] },
        ...{ expiresAt: null, policyText: policy(), immutable: false, typedName: '' },
      })
    return { name, act }
  },
  'retiring a KEK': async () => {
    const { ctx, actors, connections } = console_
    const name = newName()
    const kekId = await makeKek(ctx, actors.custodian, connections.hsm, name)
    return { name, act: (late) => retireKek(late, actors.custodian, { kekId, how: 'delete', typedName: name }) }
  },
  enabling: async () => {
    const { name, input } = await waiting(await ecSourceKey())
    return { name, act: (ctx) => approveImport(ctx, console_.actors.custodian2, input) }
  },
  'enabling by a check value': async () => {
    const { name, input } = await waiting(octSourceKey())
    return { name, act: (ctx) => approveImport(ctx, console_.actors.custodian2, input) }
  },
  rejecting: async () => {
    const { name, input } = await waiting(await ecSourceKey())
    return { name, act: (ctx) => rejectImport(ctx, console_.actors.custodian2, input) }
  },
  deleting: async () => {
    const { ctx, actors } = console_
    const { name, input } = await waiting(await ecSourceKey())
    await rejectImport(ctx, actors.custodian2, input)
    const { importId } = input
    return { name, act: (late) => deleteRejectedKey(late, actors.custodian, { importId, typedName: name }) }
  },
  stopping: async () => {
    const { name, version, connectionId } = await exportable()
    const stop = { connectionId, name, version, reason: REASON }
    return { name, act: (ctx) => disableVersion(ctx, console_.actors.custodian, stop) }
  },
  'enabling again': async () => {
    const { ctx, actors } = console_
    const { name, version, connectionId } = await exportable()
    const key = { connectionId, name, version, reason: REASON }
    await disableVersion(ctx, actors.custodian, key)
    const input = await requested(requestEnable(ctx, actors.custodian, key))
    return { name, act: (late) => approveEnable(late, actors.custodian2, input) }
  },
  'a changed policy': async () => {
    const { ctx, actors } = console_
    const { name, connectionId } = await exportable()
    const wish = { connectionId, name, policyText: policy({ tee: 'new' }), immutable: false, typedName: '' }
    const input = await requested(requestPolicyChange(ctx, actors.custodian, { ...wish, reason: REASON }))
    return { name, act: (late) => approvePolicyChange(late, actors.custodian2, input) }
  },
  'a release': async () => {
    const key = await exportable()
    const input = asked(key, await tokenFor(console_))
    return { name: key.name, act: (ctx) => performRelease(ctx, console_.actors.custodian, input) }
  },
}

/** Whose way to the vaults tells each time it is taken, counted from 1, and by which of them a vault was first written to. */
function watched(ctx: Context, onTaken: (nth: number) => void) {
  let taken = 0
  let firstWrite: number | undefined
  const provider: Context['provider'] = (connection) => {
    taken += 1
    const nth = taken
    onTaken(nth)
    return new Proxy(ctx.provider(connection), {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property, target)
        if (isWrite(property)) firstWrite ??= nth
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
  }
  return { ctx: { ...ctx, provider }, firstWrite: () => firstWrite }
}

/** Held up for a minute where it would write to a vault: between its intent, which is written, and its call. */
function heldUp(ctx: Context, atWrite: number | undefined): Context {
  let late = 0
  const { ctx: slow } = watched(ctx, (nth) => {
    if (nth === atWrite) late = MINUTE
  })
  return { ...slow, clock: () => new Date(ctx.clock().getTime() + late) }
}

describe('a call that its process was held up from making until nobody waits for it any more', () => {
  it.each(Object.entries(ACTS))('is not made: %s', async (_, make) => {
    const { ctx } = console_
    const inTime = watched(ctx, () => undefined)
    await (await make()).act(inTime.ctx)
    const atWrite = inTime.firstWrite()
    expect(atWrite).toBeGreaterThan(0)

    const { name, act } = await make()
    const writes = () => console_.acknowledged().filter((call) => call.name === name)
    const before = writes()
    await act(heldUp(ctx, atWrite)).catch(() => undefined)
    expect(writes()).toEqual(before)
    const [last] = await ctx.db.operation.findMany({ where: { keyName: name }, orderBy: { startedAt: 'desc' } })
    expect(last).toMatchObject({ status: 'failed', code: 'vault-unreachable' })
  })
})
