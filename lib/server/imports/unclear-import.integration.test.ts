import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { listOrNone } from '../operations/find-own-version'
import { reconcileOperation } from '../operations/reconcile-operation'
import { submitImport } from './submit-import'

const AFTER_DEADLINE_MS = 60_000

let testConsole: TestConsole
let kek: TestKek

beforeAll(async () => {
  testConsole = await createTestConsole({ timeouts: { write: 4_000 } })
  kek = await makeKek(testConsole, testConsole.connections.vault)
})
afterAll(() => testConsole.close())

async function inputFor(name: string): Promise<SubmitImportInput> {
  const made = await makeBlob(kek, SHAPES.p256)
  return submission(testConsole, testConsole.connections.vault, kek, made, { name, shape: SHAPES.p256 })
}

async function submit(name: string) {
  return submitImport(testConsole.ctx, testConsole.actors.custodian, await inputFor(name))
}

async function findImport(keyName: string) {
  const row = await testConsole.ctx.db.import.findFirstOrThrow({ where: { keyName } })
  const operation = await testConsole.ctx.db.operation.findFirstOrThrow({ where: { importId: row.id } })
  return { row, operation }
}

/** Outcomes that the audit log holds of an intent, in order; `indeterminate` is a notice, not an outcome. */
async function outcomesOf(operationId: string): Promise<string[]> {
  const events = await testConsole.ctx.db.auditEvent.findMany({
    where: { operationId, type: 'operation', phase: { in: ['succeeded', 'failed'] } },
  })
  return events.map(({ phase }) => phase)
}

async function versionsOf(name: string): Promise<number> {
  return (await listOrNone(testConsole.ctx.provider(testConsole.connections.vault), name)).length
}

/** Everybody's clock passes the deadline, and the reconciler asks as often as it likes. */
async function reconcileAfterDeadline(operationId: string): Promise<void> {
  testConsole.advance(AFTER_DEADLINE_MS)
  await Promise.all([1, 2, 3].map(() => reconcileOperation(testConsole.ctx, operationId)))
  testConsole.advance(-AFTER_DEADLINE_MS)
}

describe('an import whose answer never came', () => {
  it('is found by its tag when the connection broke after the commit', async () => {
    const name = 'reset-import-after-commit-a'
    expect(await submit(name)).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
    const { row, operation } = await findImport(name)
    await reconcileAfterDeadline(operation.id)
    expect(row).toMatchObject({ status: 'awaiting_review', frozenSha256: expect.any(String) })
    expect({ versions: await versionsOf(name), outcomes: await outcomesOf(operation.id) }).toEqual({
      versions: 1,
      outcomes: ['succeeded'],
    })
  })

  it.each(['fail-import-503-a', 'hang-import-a'])(
    '%s: nothing is concluded before the deadline, failure after it',
    async (name) => {
      expect(await submit(name)).toMatchObject({ ok: true, value: { status: 'uploading' } })
      const { operation } = await findImport(name)
      expect(await reconcileOperation(testConsole.ctx, operation.id)).toBe('ask-again')
      expect(await outcomesOf(operation.id)).toEqual([])

      await reconcileAfterDeadline(operation.id)

      const { row } = await findImport(name)
      expect(row).toMatchObject({ status: 'failed', failureCode: 'nothing-reached-the-vault' })
      expect({ versions: await versionsOf(name), outcomes: await outcomesOf(operation.id) }).toEqual({
        versions: 0,
        outcomes: ['failed'],
      })
    },
  )

  it('that the vault still works on when its caller has given up is found after the deadline', async () => {
    const name = 'hold-import-after-commit-late'
    expect(await submit(name)).toMatchObject({ ok: true })
    const { operation } = await findImport(name)
    await reconcileAfterDeadline(operation.id)
    await testConsole.release(name)
    const { row } = await findImport(name)
    expect(row.status).toBe('awaiting_review')
    expect({ versions: await versionsOf(name), outcomes: await outcomesOf(operation.id) }).toEqual({
      versions: 1,
      outcomes: ['succeeded'],
    })
  })

  it('keeps its key blocked until there is an outcome', async () => {
    const name = 'fail-import-503-blocked'
    await submit(name)
    expect(await submit(name)).toMatchObject({ ok: false, error: { code: 'key-busy' } })
  })
})

describe('the intent', () => {
  it('is committed, event with it, before the call reaches the vault', async () => {
    const name = 'hold-import-before-commit-intent'
    const other = new pg.Client({ connectionString: testConsole.database.url })
    await other.connect()
    const submitting = submit(name)
    await expect.poll(() => testConsole.held(), { timeout: 10_000 }).toContain(name)
    const { rows } = await other.query(
      `SELECT o.status, i.status AS import_status, e.phase
         FROM operation o JOIN import i ON i.id = o.import_id JOIN audit_event e ON e.operation_id = o.id
        WHERE o.key_name = $1`,
      [name],
    )
    await other.end()
    expect(rows).toEqual([{ status: 'pending', import_status: 'uploading', phase: 'intended' }])
    await testConsole.release(name)
    await submitting
  })
})

describe('a vault that can not be asked', () => {
  it('leaves the import indeterminate, and is asked again once it answers', async () => {
    const name = 'fail-import-503-dark'
    await submit(name)
    const { operation } = await findImport(name)
    const { connection } = { connection: testConsole.connections.vault }
    const dark = {
      ...testConsole.ctx,
      provider: () => testConsole.ctx.provider({ ...connection, url: 'http://127.0.0.1:9' }),
    }
    testConsole.advance(AFTER_DEADLINE_MS)
    expect(await reconcileOperation(dark, operation.id)).toBe('ask-again')
    expect((await findImport(name)).row.status).toBe('indeterminate')
    expect(await reconcileOperation(testConsole.ctx, operation.id)).toBe('done')
    testConsole.advance(-AFTER_DEADLINE_MS)
    expect((await findImport(name)).row).toMatchObject({ status: 'failed', failureCode: 'nothing-reached-the-vault' })
  })
})
