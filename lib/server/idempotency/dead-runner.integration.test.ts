import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { VaultProvider } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import type { Context } from '../context'
import { createKey } from '../created-keys/create-key'
import { type ActionDefinition, performAction } from '../doors/perform-action'
import { submitImport } from '../imports/submit-import'
import { createKek } from '../keks/create-kek'
import { retireKek } from '../keks/retire-kek'
import { reconcileOperation } from '../operations/reconcile-operation'

let testConsole: TestConsole
let kek: TestKek

beforeAll(async () => {
  testConsole = await createTestConsole()
  kek = await makeKek(testConsole, testConsole.connections.vault)
})
afterAll(() => testConsole.close())

const LONG_AFTER_MS = 200_000
const never = () => new Promise<never>(() => undefined)

/** A console that dies at its first write to a vault: before it has left, or when the vault has done it. */
function dying(ctx: Context, when: 'before' | 'after') {
  let die: () => void = () => undefined
  const dead = new Promise<void>((resolve) => {
    die = resolve
  })
  const last =
    <Given extends unknown[]>(write: (...given: Given) => Promise<unknown>) =>
    async (...given: Given): Promise<never> => {
      if (when === 'after') await write(...given)
      die()
      return never()
    }
  const provider = (connection: Parameters<Context['provider']>[0]): VaultProvider => {
    const real = ctx.provider(connection)
    return {
      ...real,
      importTransferBlob: last(real.importTransferBlob),
      createKek: last(real.createKek),
      createKey: last(real.createKey),
      updateVersion: last(real.updateVersion),
    }
  }
  return { ctx: { ...ctx, provider }, dead }
}

interface Act {
  definition: ActionDefinition<z.ZodAny, unknown>
  input: (name: string) => Promise<unknown>
  /** What the officer would have been answered. */
  done: unknown
}

const ACTS: Record<'import' | 'kek' | 'creating' | 'retiring', Act> = {
  import: {
    definition: { name: 'imports.submit', permission: 'imports.create', input: z.any(), run: submitImport },
    input: async (name: string) => {
      const made = await makeBlob(kek, SHAPES.p256)
      return submission(testConsole, testConsole.connections.vault, kek, made, { name, shape: SHAPES.p256 })
    },
    done: { reference: expect.stringMatching(/^IMP-/), status: 'awaiting_review' },
  },
  kek: {
    definition: { name: 'keks.create', permission: 'keks.create', input: z.any(), run: createKek },
    input: async (name: string) => ({
      connectionId: testConsole.connections.vault.id,
      name,
      bits: 2048,
      expiresAt: null,
    }),
    done: { kekId: expect.any(String) },
  },
  creating: {
    definition: { name: 'keys.create', permission: 'keys.create', input: z.any(), run: createKey },
    input: async (name: string) => ({
      connectionId: testConsole.connections.vault.id,
      ...{ name, kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign'], expiresAt: null },
      policyText:
        '{"version":"1.0.0","anyOf":[{"authority":"https://a.example","allOf":[{"claim":"x","equals":"y"}]}]}',
      ...{ immutable: false, typedName: '' },
    }),
    done: { name: 'dead-creating-after', version: expect.stringMatching(/^[0-9a-f]{32}$/) },
  },
  retiring: {
    definition: { name: 'keks.retire', permission: 'keks.retire', input: z.any(), run: retireKek },
    input: async () => {
      const { id } = await makeKek(testConsole, testConsole.connections.vault)
      const { name } = await testConsole.ctx.db.kek.findUniqueOrThrow({ where: { id } })
      return { kekId: id, how: 'disable', typedName: name }
    },
    done: undefined,
  },
}

describe.each(['import', 'kek', 'creating', 'retiring'] as const)('an act (%s) whose runner died', (which) => {
  const { definition, input, done } = ACTS[which]

  it.each([
    ['after', { ok: true, ...(done ? { value: done } : {}) }],
    ['before', { ok: false, problem: { code: 'nothing-reached-the-vault' } }],
  ] as const)('%s the vault did it is answered by the record, once that has an outcome', async (when, expected) => {
    const { ctx, actors } = testConsole
    const request = {
      origin: 'http://127.0.0.1:1',
      secFetchSite: 'same-origin',
      publicUrl: 'http://127.0.0.1:1',
      findActor: async () => actors.custodian,
    }
    const call = { idempotencyKey: randomUUID(), input: await input(`dead-${which}-${when}`) }
    const console_ = dying(ctx, when)
    void performAction(console_.ctx, definition, request, call)
    await console_.dead
    const calls = testConsole.acknowledged().length
    const intent = await ctx.db.operation.findFirstOrThrow({ where: { status: 'pending' } })
    testConsole.advance(LONG_AFTER_MS)
    const repeat = () => performAction(ctx, definition, request, call)
    expect(await repeat()).toMatchObject({ ok: false, problem: { code: 'outcome-unknown' } })
    expect(await reconcileOperation(ctx, intent.id)).toBe('done')
    const answer = await repeat()
    expect(answer).toMatchObject(expected)
    expect(await repeat()).toEqual(answer)
    expect(testConsole.acknowledged()).toHaveLength(calls)
    expect(await ctx.db.idempotency.findFirst({ where: { key: call.idempotencyKey } })).toMatchObject({
      status: 'done',
    })
  })
})
