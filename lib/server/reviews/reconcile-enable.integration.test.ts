import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProviderError } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Context } from '../context'
import { reconcileOperation } from '../operations/reconcile-operation'
import { approveImport } from './approve-import'
import { reconcileEnable } from './reconcile-enable'
import { decisionOn, importKey, makeKek } from './testing/import-key'
import { type Interruption, interrupted, Killed } from './testing/interrupted'
import { ecSourceKey, octSourceKey, type SourceKey } from './testing/source-key'

let console_: TestConsole
let keks: { vault: string; hsm: string }
const LATER_MS = 60_000

beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  keks = {
    vault: await makeKek(ctx, actors.custodian, connections.vault, 'kek-vault'),
    hsm: await makeKek(ctx, actors.custodian, connections.hsm, 'kek-hsm'),
  }
})
afterAll(() => console_.close())

let made = 0
async function waiting(source: SourceKey, prefix = 'key') {
  const { ctx, actors, connections } = console_
  made += 1
  const where = source.kty === 'oct-HSM' ? 'hsm' : 'vault'
  const name = `${prefix}-${made}`
  const importId = await importKey({
    ctx,
    actor: actors.custodian,
    connection: connections[where],
    kekId: keks[where],
    name,
    source,
  })
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  return { importId, name, version: row.keyVersion ?? '', connection: connections[where], source }
}
type Waiting = Awaited<ReturnType<typeof waiting>>

async function approve(ctx: Context, { importId, source }: Waiting, value = source.recorded) {
  return approveImport(ctx, console_.actors.custodian2, await decisionOn(ctx, importId, value))
}

/** As the job does it, once the deadline is past. */
async function reconcile(ctx: Context, { importId }: Waiting) {
  const operation = await console_.ctx.db.operation.findFirstOrThrow({
    where: { importId, kind: 'enable_key' },
    orderBy: { startedAt: 'desc' },
  })
  console_.advance(LATER_MS)
  return reconcileEnable(ctx, operation)
}

async function facts({ importId, name, version, connection }: Waiting) {
  const { ctx } = console_
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  const operation = await ctx.db.operation.findFirstOrThrow({
    where: { importId, kind: 'enable_key' },
    orderBy: { startedAt: 'desc' },
  })
  const alarms = await ctx.db.alarm.findMany({ where: { importId }, orderBy: { raisedAt: 'asc' } })
  const { value: key } = await ctx.provider(connection).getKey(name, version)
  const outcomes = await ctx.db.auditEvent.count({
    where: { operationId: operation.id, type: 'operation', phase: { in: ['succeeded', 'failed'] } },
  })
  return {
    status: row.status,
    window: row.checkWindowMs,
    operation: operation.status,
    enabled: key.attributes.enabled,
    keyOps: key.keyOps,
    alarms: alarms.map(({ kind }) => kind),
    outcomes,
  }
}

const killed = (call: Interruption['call'], nth: number, when: Interruption['when']): Interruption => ({
  call,
  nth,
  when,
  error: new Killed('killed'),
})

describe('an enabling whose answer was lost', () => {
  it('is seen to have worked when the vault did it', async () => {
    const key = await waiting(await ecSourceKey(), 'reset-update-after-commit')
    expect(await approve(console_.ctx, key)).toEqual({ ok: true, value: { status: 'enabled' } })
    expect(await facts(key)).toMatchObject({ status: 'enabled', operation: 'succeeded', enabled: true, outcomes: 1 })
  })

  it('is not known until the vault was asked after the deadline; then the review waits again and can be retried', async () => {
    const { ctx } = console_
    const key = await waiting(await ecSourceKey(), 'fail-update-503')
    expect(await approve(ctx, key)).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await facts(key)).toMatchObject({ status: 'enabling', operation: 'indeterminate', enabled: false })
    expect(await reconcile(ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({
      status: 'awaiting_review',
      operation: 'failed',
      enabled: false,
      outcomes: 1,
    })
    const approvals = { where: { importId: key.importId } }
    expect(await ctx.db.approval.findMany(approvals)).toMatchObject([{ voidedAt: null, actedAt: null }])
    await approve(ctx, key)
    expect(await ctx.db.approval.count(approvals)).toBe(1)
    console_.advance(20 * 60_000)
    await reconcile(ctx, key)
    expect(await ctx.db.approval.findMany(approvals)).toMatchObject([{ voidedAt: expect.any(Date) }])
  })
})

describe('a console killed while it enabled', () => {
  it('before the PATCH left: the review waits again', async () => {
    const key = await waiting(await ecSourceKey())
    const broken = interrupted(console_.ctx, [killed('updateVersion', 1, 'before')])
    await expect(approve(broken, key)).rejects.toThrow(Killed)
    expect(await facts(key)).toMatchObject({ status: 'enabling', operation: 'pending' })
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({
      status: 'awaiting_review',
      operation: 'failed',
      enabled: false,
      outcomes: 1,
    })
  })

  it('after the vault had done it: enabled, recorded once', async () => {
    const key = await waiting(await ecSourceKey())
    const broken = interrupted(console_.ctx, [killed('updateVersion', 1, 'after')])
    await expect(approve(broken, key)).rejects.toThrow(Killed)
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({ status: 'enabled', operation: 'succeeded', enabled: true, outcomes: 1 })
  })

  it('and the vault silent since: asked again until it tells', async () => {
    const key = await waiting(await ecSourceKey())
    const broken = interrupted(console_.ctx, [killed('updateVersion', 1, 'after')])
    await expect(approve(broken, key)).rejects.toThrow(Killed)
    const silent = new ProviderError('vault-unreachable', 'not-sent')
    const dark = interrupted(console_.ctx, [{ call: 'getKey', when: 'before', error: silent }])
    expect(await reconcile(dark, key)).toBe('ask-again')
    expect(await facts(key)).toMatchObject({ status: 'enabling' })
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({ status: 'enabled' })
  })
})

describe('a console killed while a symmetric key stood enabled for its check value', () => {
  it.each([
    ['before it opened', killed('updateVersion', 1, 'before')],
    ['just after it opened', killed('updateVersion', 1, 'after')],
    ['after the check value was asked for', killed('keyCheckValue', 1, 'after')],
    ['before the approved operations were set', killed('updateVersion', 2, 'before')],
  ])('disables it first, then fails the import with an alarm: %s', async (_, interruption) => {
    const key = await waiting(octSourceKey())
    await expect(approve(interrupted(console_.ctx, [interruption]), key)).rejects.toThrow(Killed)
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({
      status: 'failed',
      operation: 'failed',
      enabled: false,
      alarms: ['check-value-unclear'],
      window: expect.any(Number),
      outcomes: 1,
    })
  })

  it('keeps it enabled when the approved operations had arrived', async () => {
    const key = await waiting(octSourceKey())
    const broken = interrupted(console_.ctx, [killed('updateVersion', 2, 'after')])
    await expect(approve(broken, key)).rejects.toThrow(Killed)
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({
      status: 'enabled',
      enabled: true,
      keyOps: ['encrypt', 'decrypt'],
      alarms: [],
    })
  })
})

function gate() {
  let open: (() => void) | undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open?.(), opened }
}

describe('a check value’s window that the reconciler has a say about before its caller is back', () => {
  const lost = new ProviderError('vault-timeout', 'unknown')
  /** Reads twice: before it begins, and to see what came of it. */
  const readingBack = (ctx: Context, read: () => Promise<never>): Context => {
    let reads = 0
    const provider: Context['provider'] = (connection) => {
      const vault = ctx.provider(connection)
      return { ...vault, getKey: (...given) => (++reads === 2 ? read() : vault.getKey(...given)) }
    }
    return { ...ctx, provider }
  }

  it('stays as it is recorded: enabled', async () => {
    const key = await waiting(octSourceKey())
    const late = readingBack(console_.ctx, async () => {
      expect(await reconcile(console_.ctx, key)).toBe('done')
      throw lost
    })
    expect(await approve(late, key)).toEqual({ ok: true, value: { status: 'enabled' } })
    expect(await facts(key)).toMatchObject({ status: 'enabled', operation: 'succeeded', enabled: true, outcomes: 1 })
  })

  it('ends disabled once its caller has begun to close it, whatever the reconciler saw before', async () => {
    const { ctx } = console_
    const key = await waiting(octSourceKey())
    const [seen, closing] = [gate(), gate()]
    const slow: Context = {
      ...ctx,
      provider: (connection) => ({
        ...ctx.provider(connection),
        getKey: async (...given) => {
          const answer = await ctx.provider(connection).getKey(...given)
          seen.open()
          await closing.opened
          return answer
        },
      }),
    }
    let reconciled: Promise<string> | undefined
    const dying = interrupted(
      readingBack(ctx, async () => {
        reconciled = reconcile(slow, key)
        await seen.opened
        throw lost
      }),
      [killed('updateVersion', 3, 'before')],
    )
    expect(await approve(dying, key)).toMatchObject({ error: { code: 'outcome-unknown' } })
    closing.open()
    expect(await reconciled).toBe('ask-again')
    expect(await facts(key)).toMatchObject({ status: 'enabling', enabled: true })
    expect(await reconcile(ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({ status: 'failed', enabled: false, outcomes: 1 })
  })

  it('keeps what was found of the key, however long the vault is silent before it can be closed', async () => {
    const { ctx } = console_
    const key = await waiting(octSourceKey())
    const dying = interrupted(ctx, [killed('keyCheckValue', 1, 'after')])
    await expect(approve(dying, key)).rejects.toThrow(Killed)
    const silent = interrupted(ctx, [
      { call: 'getKey', when: 'before', error: new ProviderError('vault-unreachable', 'not-sent') },
    ])
    const { id } = await ctx.db.operation.findFirstOrThrow({ where: { importId: key.importId, kind: 'enable_key' } })
    // As its caller wrote it down before it died in turn.
    const written = { phase: 'check-value-window-closing', code: 'substituted' }
    await ctx.db.operation.update({ where: { id }, data: written })
    console_.advance(LATER_MS)
    expect(await reconcileOperation(silent, id)).toBe('ask-again')
    expect(await reconcileOperation(ctx, id)).toBe('done')
    expect(await facts(key)).toMatchObject({ status: 'substituted', enabled: false, alarms: ['key-substituted'] })
  })
})

describe('a check value that can’t be had', () => {
  const lost = (code: 'vault-timeout' | 'vault-error') => new ProviderError(code, 'unknown')

  it('fails the import with an alarm, disabled', async () => {
    const key = await waiting(octSourceKey())
    const broken = interrupted(console_.ctx, [{ call: 'keyCheckValue', when: 'before', error: lost('vault-error') }])
    expect(await approve(broken, key)).toMatchObject({ error: { code: 'check-value-unclear' } })
    expect(await facts(key)).toMatchObject({
      status: 'failed',
      enabled: false,
      alarms: ['check-value-unclear'],
      outcomes: 1,
    })
  })

  it('raises an alarm and keeps disabling when even that fails', async () => {
    const key = await waiting(octSourceKey())
    const down = (nth: number): Interruption => ({
      call: 'updateVersion',
      nth,
      when: 'before',
      error: lost('vault-timeout'),
    })
    const broken = interrupted(console_.ctx, [down(2)])
    expect(await approve(broken, key, '000000')).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await facts(key)).toMatchObject({
      status: 'enabling',
      operation: 'indeterminate',
      enabled: true,
      keyOps: ['encrypt'],
      alarms: ['check-value-window-open'],
    })
    expect(await reconcile(interrupted(console_.ctx, [down(1)]), key)).toBe('ask-again')
    expect(await reconcile(console_.ctx, key)).toBe('done')
    expect(await facts(key)).toMatchObject({
      status: 'substituted',
      enabled: false,
      alarms: ['check-value-window-open', 'key-substituted'],
      outcomes: 1,
    })
  })
})
