import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { GUARDED } from '@/lib/testing/exportable-key'
import type { Context } from '../context'
import { createKey } from '../created-keys/create-key'
import type { Operation } from '../db/generated/client'
import { reconcileOperation } from '../operations/reconcile-operation'
import { requestPolicyChange } from '../policy-changes/request-policy-change'
import { approveEnable } from '../reviews/approve-enable'
import { approveImport } from '../reviews/approve-import'
import { requestEnable } from '../reviews/request-enable'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { interrupted, Killed } from '../reviews/testing/interrupted'
import { ecSourceKey } from '../reviews/testing/source-key'

const MINUTE = 60_000
const REASON = 'It is needed today'

let console_: TestConsole
let kek: string

beforeAll(async () => {
  console_ = await createTestConsole()
  kek = await makeKek(console_.ctx, console_.actors.custodian, console_.connections.vault, 'kek')
})
afterAll(() => console_.close())

/** A version that is in the vault, and whose act nobody lived to finish. */
interface Made {
  operation: Operation
  version: string
  /** By somebody else than who made it: the way of this kind of key into use. */
  enable: (ctx: Context) => Promise<{ ok: boolean }>
}

let made = 0
const policy = () => policyText(console_.vault.description.attestation.url, GUARDED)

async function unfinished(call: 'importTransferBlob' | 'createKey', work: (ctx: Context, name: string) => unknown) {
  made += 1
  const name = `made-${made}`
  const { ctx, connections } = console_
  const dying = interrupted(ctx, [{ call, when: 'after', error: new Killed() }])
  await expect(work(dying, name)).rejects.toThrow(Killed)
  const operation = await ctx.db.operation.findFirstOrThrow({ where: { keyName: name, status: 'pending' } })
  const { value: key } = await ctx.provider(connections.vault).getKey(name)
  return { operation, version: key.version }
}

async function imported(): Promise<Made> {
  const { ctx, actors, connections } = console_
  const source = await ecSourceKey()
  const begun = await unfinished('importTransferBlob', (dying, name) =>
    importKey({
      ...{ ctx: dying, actor: actors.custodian, connection: connections.vault, kekId: kek, name, source },
      target: { exportable: true, releasePolicy: { text: policy(), immutable: false } },
    }),
  )
  const importId = begun.operation.importId ?? ''
  const enable: Made['enable'] = async (other) =>
    approveImport(other, actors.custodian2, await decisionOn(ctx, importId, source.recorded))
  return { ...begun, enable }
}

async function created(): Promise<Made> {
  const { ctx, actors, connections } = console_
  const connectionId = connections.vault.id
  const begun = await unfinished('createKey', (dying, name) =>
    createKey(dying, actors.custodian, {
      ...{ connectionId, name, kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign', 'verify'], expiresAt: null },
      ...{ policyText: policy(), immutable: false, typedName: '' },
    }),
  )
  const { operation, version } = begun
  const enable: Made['enable'] = async (other) => {
    const key = { connectionId, name: operation.keyName, version, reason: REASON }
    const asked = await requestEnable(other, actors.custodian, key)
    if (!asked.ok) throw new Error(asked.error.code)
    const { enableRequestId } = asked.value
    const { revision, frozenSha256 } = await ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
    return approveEnable(other, actors.custodian2, { enableRequestId, revision, frozenSha256, reason: REASON })
  }
  return { ...begun, enable }
}

const later = (): Context => ({ ...console_.ctx, clock: () => new Date(console_.ctx.clock().getTime() + 2 * MINUTE) })

describe.each([
  ['an import', imported],
  ['a creation', created],
])('a version that %s is just making', (_, make) => {
  it('is nobody’s to ask for: whose it is, and whether it is what was wanted, is not known yet', async () => {
    const { ctx, actors, connections } = console_
    const { operation, version } = await make()
    const key = { connectionId: connections.vault.id, name: operation.keyName.toUpperCase(), version, reason: REASON }
    const proposed = { ...key, policyText: policy().replace('true', 'false'), immutable: false, typedName: '' }
    const busy = { ok: false, error: { code: 'key-busy' } }
    expect(await requestEnable(ctx, actors.custodian2, key)).toMatchObject(busy)
    expect(await requestPolicyChange(ctx, actors.custodian2, proposed)).toMatchObject(busy)
    expect(await ctx.db.enableRequest.count({ where: { keyVersion: version } })).toBe(0)
  })

  it('is disabled again by nobody who hears of it late, once it was enabled in due form', async () => {
    const { ctx, connections } = console_
    const { operation, version, enable } = await make()
    const inDueForm = async () => {
      expect(await reconcileOperation(later(), operation.id)).toBe('done')
      expect(await enable(ctx)).toMatchObject({ ok: true })
    }
    expect(await reconcileOperation(slow(later(), inDueForm), operation.id)).toBe('done')
    const { value: key } = await ctx.provider(connections.vault).getKey(operation.keyName, version)
    expect(key.attributes.enabled).toBe(true)
    expect(await ctx.db.alarm.count({ where: { keyName: operation.keyName } })).toBe(0)
  })
})

/** Has asked which version is its own; before it hears what that is like, the other comes between. */
function slow(ctx: Context, between: () => Promise<unknown>): Context {
  return {
    ...ctx,
    provider: (connection) => {
      const provider = ctx.provider(connection)
      return { ...provider, getKey: async (...given) => between().then(() => provider.getKey(...given)) }
    },
  }
}
