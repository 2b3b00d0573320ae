import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { CreateExportableKeyInput } from '@/lib/domain/keys/exportable-key'
import { ok } from '@/lib/domain/result'
import { createTestConsole, type TestConsole, type TestPerson } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission } from '@/lib/testing/transfer'
import { readSession } from '../auth/read-session'
import { signOut } from '../auth/sign-out'
import type { Context } from '../context'
import { createKey } from '../created-keys/create-key'
import { createDatabase } from '../db/client'
import { submitImport } from '../imports/submit-import'
import { createKek } from '../keks/create-kek'
import { ALLOWANCES, type AllowanceName } from './allowances'
import { type ActionDefinition, type ActionRequest, performAction } from './perform-action'

const PUBLIC_URL = 'https://console.example.test'

let testConsole: TestConsole
let runs = 0

beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const counted = {
  name: 'test.counted',
  permission: 'keks.create',
  input: z.object({ name: z.string().max(5, 'Too long.'), file: z.instanceof(Uint8Array).optional() }),
  run: async (_ctx: Context, _actor: unknown, { name }: { name: string }) => {
    runs += 1
    await new Promise((resolve) => setTimeout(resolve, 50))
    return ok({ name, run: runs })
  },
} satisfies ActionDefinition<z.ZodType<{ name: string; file?: Uint8Array | undefined }>, { name: string; run: number }>

function requestOf(person: TestPerson | null, changes: Partial<ActionRequest> = {}): ActionRequest {
  const { ctx, actors } = testConsole
  const findActor = async () => (person ? readSession(ctx, actors[person].sessionId) : null)
  return { origin: PUBLIC_URL, secFetchSite: 'same-origin', publicUrl: PUBLIC_URL, findActor, ...changes }
}

function call(request: ActionRequest, input: unknown, idempotencyKey: string = randomUUID()) {
  return performAction(testConsole.ctx, counted, request, { idempotencyKey, input })
}

const codeOf = (result: ActionResult<unknown>) => (result.ok ? 'ok' : result.problem.code)

async function refusals(code: string): Promise<number> {
  return testConsole.ctx.db.auditEvent.count({ where: { type: 'action.refused', code } })
}

describe('the door for actions', () => {
  it.each([
    ['no Origin', { origin: null }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['a foreign Sec-Fetch-Site', { secFetchSite: 'cross-site' }],
    ['the same host over http', { origin: 'http://console.example.test' }],
  ])('refuses %s, and records who it was', async (_title, changes) => {
    const [before, ran] = [await refusals('wrong-origin'), runs]
    expect(codeOf(await call(requestOf('custodian', changes), { name: 'a' }))).toBe('wrong-origin')
    expect({ ran: runs - ran, recorded: (await refusals('wrong-origin')) - before }).toEqual({ ran: 0, recorded: 1 })
  })

  it('lets a browser in that sends no Sec-Fetch-Site', async () => {
    expect(codeOf(await call(requestOf('custodian', { secFetchSite: null }), { name: 'a' }))).toBe('ok')
  })

  it.each(['administrator', 'auditor', 'viewer'] as const)(
    'is closed to an %s who lacks the permission',
    async (person) => {
      const [before, ran] = [await refusals('not-permitted'), runs]
      expect(codeOf(await call(requestOf(person), { name: 'far too long, but nobody reads that far' }))).toBe(
        'not-permitted',
      )
      expect({ ran: runs - ran, recorded: (await refusals('not-permitted')) - before }).toEqual({ ran: 0, recorded: 1 })
    },
  )

  it('names the field that needs mending', async () => {
    const result = await call(requestOf('custodian'), { name: 'too long' })
    expect(result).toMatchObject({ ok: false, problem: { code: 'invalid-input', fields: { name: 'Too long.' } } })
  })

  it('refuses a call without an idempotency key', async () => {
    const result = await performAction(testConsole.ctx, counted, requestOf('custodian'), { input: { name: 'a' } })
    expect(codeOf(result)).toBe('invalid-input')
  })

  it('asks the session row and the roles each time', async () => {
    const { ctx, actors } = testConsole
    const session = { id: randomUUID(), personId: actors.custodian2.personId }
    const now = ctx.clock()
    const expiresAt = new Date(now.getTime() + 60_000)
    await ctx.db.session.create({ data: { ...session, createdAt: now, lastUseAt: now, expiresAt } })
    const request = requestOf(null, { findActor: () => readSession(ctx, session.id) })
    expect(codeOf(await call(request, { name: 'a' }))).toBe('ok')
    await ctx.db.personRole.deleteMany({ where: { personId: session.personId, role: 'custodian' } })
    expect(codeOf(await call(request, { name: 'a' }))).toBe('not-permitted')
    await ctx.db.personRole.create({ data: { personId: session.personId, role: 'custodian', grantedAt: now } })
    await signOut(ctx, session.id)
    expect(codeOf(await call(request, { name: 'a' }))).toBe('signed-out')
  })
})

describe('too much of one person', () => {
  /** As if the allowance had been used up for the next twenty seconds. */
  async function spend(name: AllowanceName, whose: string) {
    const { burst, perMs } = ALLOWANCES[name]
    const fullUntil = new Date(Date.now() + burst * perMs + 20_000)
    await testConsole.ctx.db.rateLimit.upsert({
      where: { bucket: `${name}:${whose}` },
      create: { bucket: `${name}:${whose}`, fullUntil },
      update: { fullUntil },
    })
  }

  it('is refused with the seconds to wait, runs nothing, and is recorded once', async () => {
    const { custodian2 } = testConsole.actors
    const [before, ran] = [await refusals('rate-limited'), runs]
    await spend('action', custodian2.personId)
    const results = await Promise.all(
      Array.from({ length: 5 }, () => call(requestOf('custodian2', { secFetchSite: null }), { name: 'a' })),
    )
    expect(results.map(codeOf)).toEqual(Array(5).fill('rate-limited'))
    const [refused] = results
    expect(refused?.ok === false && refused.problem.message).toMatch(/^Too many attempts. Try again in \d+ seconds?\.$/)
    expect(runs - ran).toBe(0)
    expect((await refusals('rate-limited')) - before).toBe(1)
    expect(codeOf(await call(requestOf('custodian'), { name: 'a' }))).toBe('ok')
    await testConsole.ctx.db.rateLimit.deleteMany()
  })

  it('is told by an act’s own allowance too, which its repetitions do not use up', async () => {
    const { ctx, actors } = testConsole
    const narrow = { ...counted, name: 'test.narrow', allowance: 'submit' as const }
    const ask = (key: string) =>
      performAction(ctx, narrow, requestOf('custodian'), { idempotencyKey: key, input: { name: 'a' } })
    const key = randomUUID()
    expect(codeOf(await ask(key))).toBe('ok')
    await spend('submit', actors.custodian.personId)
    expect(codeOf(await ask(key))).toBe('ok')
    const limited = await ask(randomUUID())
    expect(limited).toMatchObject({ problem: { code: 'rate-limited', retryAfterMs: expect.any(Number) } })
    expect(codeOf(await call(requestOf('custodian'), { name: 'a' }))).toBe('ok')
    await ctx.db.rateLimit.deleteMany()
  })

  it('is nobody’s who comes from another origin', async () => {
    const { auditor } = testConsole.actors
    await call(requestOf('auditor', { origin: 'https://evil.example' }), { name: 'a' })
    expect(await testConsole.ctx.db.rateLimit.count({ where: { bucket: `action:${auditor.personId}` } })).toBe(0)
  })
})

describe('one idempotency key', () => {
  it('runs once for a hundred equal calls, and gives a hundred identical answers', async () => {
    const [key, before] = [randomUUID(), runs]
    const input = { name: 'a', file: new Uint8Array([1, 2, 3]) }
    const answers = await Promise.all(Array.from({ length: 100 }, () => call(requestOf('custodian'), input, key)))
    expect(runs - before).toBe(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: true })
  })

  it('with other parameters is a mismatch, a file’s bytes included', async () => {
    const key = randomUUID()
    await call(requestOf('custodian'), { name: 'a', file: new Uint8Array([1]) }, key)
    expect(codeOf(await call(requestOf('custodian'), { name: 'b', file: new Uint8Array([1]) }, key))).toBe(
      'idempotency-mismatch',
    )
    expect(codeOf(await call(requestOf('custodian'), { name: 'a', file: new Uint8Array([2]) }, key))).toBe(
      'idempotency-mismatch',
    )
  })

  it('of another person is another key', async () => {
    const key = randomUUID()
    const first = await call(requestOf('custodian'), { name: 'a' }, key)
    const second = await call(requestOf('custodian2'), { name: 'a' }, key)
    expect(first.ok && second.ok && first.value.run !== second.value.run).toBe(true)
  })

  it('whose runner died never runs again', async () => {
    const [key, before] = [randomUUID(), runs]
    const { ctx, actors } = testConsole
    await call(requestOf('custodian'), { name: 'a' }, key)
    await ctx.db.idempotency.updateMany({
      where: { key, personId: actors.custodian.personId },
      data: { status: 'running', finishedAt: null, startedAt: new Date(ctx.clock().getTime() - 3_600_000) },
    })
    expect(codeOf(await call(requestOf('custodian'), { name: 'a' }, key))).toBe('outcome-unknown')
    expect(runs - before).toBe(1)
  })
})

describe('a hundred equal submits of a file', () => {
  it('make one key', async () => {
    const { ctx, connections } = testConsole
    const kek = await makeKek(testConsole, connections.vault)
    const made = await makeBlob(kek, SHAPES.p256)
    const input = await submission(testConsole, connections.vault, kek, made, { name: 'hundred', shape: SHAPES.p256 })
    const submit = { name: 'imports.submit', permission: 'imports.create' as const, input: z.any(), run: submitImport }
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        performAction(ctx, submit, requestOf('custodian'), { idempotencyKey: key, input: { ...input } }),
      ),
    )
    const imports = testConsole
      .acknowledged()
      .filter(({ operation, name }) => operation === 'import' && name === 'hundred')
    expect(imports).toHaveLength(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
  })
})

describe('a hundred equal wishes for an exportable key', () => {
  it('create one key', async () => {
    const { ctx, connections } = testConsole
    const input: CreateExportableKeyInput = {
      connectionId: connections.vault.id,
      ...{ name: 'hundred-wishes', kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign'], expiresAt: null },
      policyText:
        '{"version":"1.0.0","anyOf":[{"authority":"https://a.example","allOf":[{"claim":"x","equals":"y"}]}]}',
      ...{ immutable: false, typedName: '' },
    }
    const create = { name: 'keys.create', permission: 'keys.create' as const, input: z.any(), run: createKey }
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        performAction(ctx, create, requestOf('custodian'), { idempotencyKey: key, input: { ...input } }),
      ),
    )
    expect(testConsole.acknowledged().filter(({ name }) => name === 'hundred-wishes')).toHaveLength(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: true, value: { name: 'hundred-wishes' } })
  })
})

describe('without its audit store', () => {
  const makeAKek: ActionDefinition<z.ZodType<Parameters<typeof createKek>[2]>, { kekId: string }> = {
    name: 'keks.create',
    permission: 'keks.create',
    input: z.any(),
    run: createKek,
  }

  async function createWithout(db: Context['db'], findActor: ActionRequest['findActor'], name: string) {
    const { ctx, connections } = testConsole
    const input = { connectionId: connections.vault.id, name, bits: 2048, expiresAt: null }
    const startedAt = Date.now()
    const request = requestOf('custodian', { findActor })
    const result = await performAction({ ...ctx, db }, makeAKek, request, { idempotencyKey: randomUUID(), input })
    return { code: codeOf(result), ms: Date.now() - startedAt }
  }

  const reached = (name: string) => testConsole.acknowledged().filter((acknowledged) => acknowledged.name === name)

  it('ends within 2 s as audit-unavailable when the database refuses, and nothing reaches the vault', async () => {
    const db = createDatabase('postgres://nobody:nothing@127.0.0.1:9/none')
    const { actors } = testConsole
    const { code, ms } = await createWithout(db, async () => actors.custodian, 'no-audit-refused')
    expect({ code, inTime: ms < 2_500, reached: reached('no-audit-refused') }).toEqual({
      code: 'audit-unavailable',
      inTime: true,
      reached: [],
    })
  })

  it('ends within 2 s when the database falls silent before the intent', async () => {
    const { ctx, actors } = testConsole
    const silent = new Proxy(ctx.db, {
      get: (target, property) =>
        property === '$transaction' ? () => new Promise(() => undefined) : Reflect.get(target, property, target),
    })
    const { code, ms } = await createWithout(silent, async () => actors.custodian, 'no-audit-silent')
    expect({ code, inTime: ms < 3_500, reached: reached('no-audit-silent') }).toEqual({
      code: 'audit-unavailable',
      inTime: true,
      reached: [],
    })
  })

  it('ends within 2 s when only the audit log is held by somebody else', async () => {
    const { ctx, actors, database } = testConsole
    const holder = new pg.Client({ connectionString: database.ownerUrl })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE')
    const { code, ms } = await createWithout(ctx.db, async () => actors.custodian, 'no-audit-locked')
    await holder.query('ROLLBACK')
    await holder.end()
    expect({ code, inTime: ms < 4_000, reached: reached('no-audit-locked') }).toEqual({
      code: 'audit-unavailable',
      inTime: true,
      reached: [],
    })
  })
})
