import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import type { SubmitPrivateJwkInput } from '@/lib/domain/imports/views'
import type { VaultProvider } from '@/lib/providers/port'
import { type AnyAction, actionsFromSource } from '@/lib/testing/actions-from-source'
import {
  CLEAR_SHAPES,
  type ClearKey,
  type ClearShape,
  clearSubmission,
  makeClearKey,
  secretsOf,
} from '@/lib/testing/clear-key'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { type CapturedOutput, captureOutput } from '@/lib/testing/journey/captured-output'
import { approve } from '@/lib/testing/journey/decide'
import { dumpDatabase } from '@/lib/testing/journey/dump-database'
import { ENCODINGS, encodingsIn } from '@/lib/testing/journey/traces'
import { knockProven } from '@/lib/testing/knock'
import type { Context } from './context'
import { reconcileOperation } from './operations/reconcile-operation'

let testConsole: TestConsole
let action: AnyAction
let output: CapturedOutput
/** What PostgreSQL was sent: statements and their parameters, as its own log would have them. */
const statements: string[] = []
const answers: ActionResult<unknown>[] = []
const sent: Record<string, ClearKey> = {}

function recordStatements(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown // one of its overloads; handed on as it came
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    statements.push(inspect(given, { depth: 6, maxStringLength: null, maxArrayLength: null }))
    return query.apply(this, given)
  } as never)
}

interface Sending {
  ctx?: Context
  idempotencyKey?: string
  key?: ClearKey
  more?: Partial<SubmitPrivateJwkInput>
}

async function send(name: string, where: 'vault' | 'hsm', shape: ClearShape, sending: Sending = {}) {
  const { ctx = testConsole.ctx, idempotencyKey = randomUUID(), more = {} } = sending
  const key = sending.key ?? makeClearKey(shape)
  sent[sending.key ? `${name}, again` : name] = key
  const input = await clearSubmission(testConsole, testConsole.connections[where], key, { name, ...more })
  const answer = await knockProven(ctx, action, { as: testConsole.actors.custodian, input, idempotencyKey })
  answers.push(answer)
  return { answer, key }
}

/** The same console, its one call for such keys another. */
function withCall(call: (real: VaultProvider['importPrivateJwk']) => VaultProvider['importPrivateJwk']): Context {
  const { ctx } = testConsole
  return {
    ...ctx,
    provider: (connection) => {
      const real = ctx.provider(connection)
      return { ...real, importPrivateJwk: call(real.importPrivateJwk) }
    },
  }
}

/** A careless library, whose error has the key in its words. */
const talkative = (key: ClearKey) =>
  withCall(() => () => {
    const words = key.secrets.flatMap(({ bytes }) => Object.values(ENCODINGS).map((encode) => encode(bytes)))
    return Promise.reject(new Error(words.join(' '), { cause: new TypeError(words.join('\n')) }))
  })

class Killed extends Error {}
const dying = (when: 'before' | 'after') =>
  withCall((real) => async (input) => {
    if (when === 'after') await real(input)
    throw new Killed()
  })

/** Half a key, half of another: what only the vault can find out. */
function mismatched(): ClearKey {
  const [one, other] = [makeClearKey(CLEAR_SHAPES.ec), makeClearKey(CLEAR_SHAPES.ec)]
  const jwk = { ...one.jwk, d: other.jwk.d ?? '' }
  return { ...one, jwk, secrets: secretsOf(jwk) }
}

async function actOut(): Promise<void> {
  const { ctx, actors } = testConsole
  const idempotencyKey = randomUUID()
  const first = await send('repeated', 'vault', CLEAR_SHAPES.rsa, { idempotencyKey })
  const again = await send('repeated', 'vault', CLEAR_SHAPES.rsa, {
    idempotencyKey,
    key: first.key,
    // As they were, though the name is taken by now.
    more: { acknowledgedWarnings: await firstWarnings(first.key) },
  })
  expect(again.answer).toEqual(first.answer)
  const other = await send('repeated', 'vault', CLEAR_SHAPES.rsa, { idempotencyKey })
  expect(other.answer).toMatchObject({ ok: false })
  if (!first.answer.ok) throw new Error(first.answer.problem.code)
  const { importId } = first.answer.value as { importId: string } // the action’s own output
  expect(await approve(ctx, actors.custodian2, importId, first.key.publicKeySha256 ?? '')).toMatchObject({ ok: true })
  await send('into-hardware', 'vault', CLEAR_SHAPES.ecHsm)
  await send('symmetric', 'hsm', CLEAR_SHAPES.oct)
  for (const name of ['fail-import-503-x', 'reset-import-after-commit-x', 'substitute-import-x']) {
    await send(name, 'vault', CLEAR_SHAPES.ec)
  }
  await send('refused-by-vault', 'vault', CLEAR_SHAPES.ec, { key: mismatched() })
  await send('refused-here', 'hsm', CLEAR_SHAPES.ec)
  await send('not-acknowledged', 'vault', CLEAR_SHAPES.ec, { more: { acknowledgedWarnings: [] } })
  await send('unreadable', 'vault', CLEAR_SHAPES.oct, { more: { jwk: new TextEncoder().encode('{"kty":"oct","k":') } })
  const thrown = makeClearKey(CLEAR_SHAPES.rsa)
  await send('thrown', 'vault', CLEAR_SHAPES.rsa, { key: thrown, ctx: talkative(thrown) })
  await send('died-before', 'hsm', CLEAR_SHAPES.oct, { ctx: dying('before') })
  await send('died-after', 'vault', CLEAR_SHAPES.rsa, { ctx: dying('after') })
  await reconcileAll()
}

async function firstWarnings(key: ClearKey): Promise<string[]> {
  const fresh = await clearSubmission(testConsole, testConsole.connections.vault, key, { name: 'never-used-name' })
  return fresh.acknowledgedWarnings
}

/** What was left open is finished by the reconciler, which has no key. */
async function reconcileAll(): Promise<void> {
  testConsole.advance(120_000)
  const open = await testConsole.ctx.db.operation.findMany({ where: { status: { in: ['pending', 'indeterminate'] } } })
  expect(open.length).toBeGreaterThan(0)
  for (const { id } of open) await reconcileOperation(testConsole.ctx, id)
  testConsole.advance(-120_000)
}

const findingsIn = (place: string, text: string): string[] =>
  Object.entries(sent).flatMap(([name, { secrets }]) =>
    secrets.flatMap(({ what, bytes }) =>
      encodingsIn(text, bytes).map((found) => `${place}: ${name}: ${what} in ${found}`),
    ),
  )

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { actions } = await actionsFromSource()
  const found = actions.get('imports.submit-private-jwk')
  if (!found) throw new Error('no such action')
  action = found
  output = captureOutput()
  recordStatements()
  await actOut()
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  output.stop()
  await testConsole.close()
})

const statusOf = async (keyName: string) =>
  (await testConsole.ctx.db.import.findFirst({ where: { keyName }, orderBy: { submittedAt: 'asc' } }))?.status ??
  'never begun'

describe('a private key that went in the clear', () => {
  it('went every way that it may go', async () => {
    const names = Object.keys(sent).filter((name) => !name.endsWith('again'))
    expect(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await statusOf(name)])))).toEqual({
      repeated: 'enabled',
      'into-hardware': 'awaiting_review',
      symmetric: 'awaiting_review',
      'fail-import-503-x': 'failed',
      'reset-import-after-commit-x': 'awaiting_review',
      'substitute-import-x': 'substituted',
      'refused-here': 'never begun',
      'not-acknowledged': 'never begun',
      unreadable: 'never begun',
      'died-before': 'failed',
      'died-after': 'awaiting_review',
    })
    expect(await statusOf('refused-by-vault')).toBe('failed')
    expect(await statusOf('thrown')).toBe('failed')
  })

  it('was sent to the vault once each, by no job and by no repetition', () => {
    const calls = testConsole.acknowledged().filter(({ operation }) => operation === 'import')
    const names = calls.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('died-after')
    expect(names).not.toContain('died-before')
  })

  it('is in no row of any table', async () => {
    const { tables } = await dumpDatabase(testConsole.database.ownerUrl)
    const told = ['import', 'operation', 'audit_event'].map((table) => tables.get(`public.${table}`) ?? '')
    expect(told.map((text) => text.includes('substitute-import-x'))).toEqual([true, true, true])
    expect(tables.get('public.idempotency')).toContain('imports.submit-private-jwk')
    expect(tables.get('public.step_up')).toContain('imports.submit-private-jwk')
    expect([...tables].flatMap(([table, text]) => findingsIn(table, text))).toEqual([])
  })

  it('is in no statement that the database was sent, nor in its parameters', () => {
    expect(statements.some((text) => text.includes('over_tls'))).toBe(true)
    expect(findingsIn('statement', statements.join('\n'))).toEqual([])
  })

  it('is in nothing that was written to the log, and in no answer', () => {
    expect(output.text()).toContain('"where":"imports.submit-private-jwk"')
    expect(findingsIn('log', output.text())).toEqual([])
    expect(answers.some(({ ok }) => !ok)).toBe(true)
    expect(findingsIn('answer', JSON.stringify(answers))).toEqual([])
  })

  it('is not named by a digest of what was sent: every such column is empty', async () => {
    const rows = await testConsole.ctx.db.import.findMany({ where: { origin: 'over_tls' } })
    expect(rows.length).toBeGreaterThan(8)
    const kept = rows.flatMap(({ fileSha256, fileLength, sentSha256, sentLength }) => [
      fileSha256,
      fileLength,
      sentSha256,
      sentLength,
    ])
    expect(kept.every((value) => value === null)).toBe(true)
    const { tables } = await dumpDatabase(testConsole.database.ownerUrl)
    const digests = await Promise.all(
      Object.values(sent).flatMap(({ secrets }) =>
        secrets.map(({ bytes }) => crypto.subtle.digest('SHA-256', new Uint8Array(bytes))),
      ),
    )
    const everything = [...tables.values()].join('\n')
    expect(digests.filter((digest) => encodingsIn(everything, new Uint8Array(digest)).length > 0)).toEqual([])
  })
})

it('the search finds a key in each encoding, where it is planted', () => {
  const key = sent.repeated
  if (!key) throw new Error('nothing was sent')
  for (const { what, bytes } of key.secrets) {
    for (const [encoding, encode] of Object.entries(ENCODINGS)) {
      expect(findingsIn('here', `x${encode(bytes)}y`)).toContain(`here: repeated: ${what} in ${encoding}`)
    }
  }
})
