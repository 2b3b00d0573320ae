import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { inTransaction } from '../db/transaction'
import { getStatus } from '../status/get-status'
import { acknowledgeAlarm } from './acknowledge-alarm'
import { listAlarms } from './list-alarms'
import { raiseAlarm } from './raise-alarm'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

function raise() {
  const { ctx, connections } = console_
  const about = { connection: connections.vault, keyName: 'payments', keyVersion: null }
  return inTransaction(ctx.db, (tx) => raiseAlarm(ctx, tx, { kind: 'enabled-outside', ...about, facts: {} }))
}

describe('an alarm', () => {
  it('stands once, for everybody, until somebody acknowledges it with a note', async () => {
    const { ctx, actors } = console_
    await raise()
    await raise()
    const [alarm, ...more] = await listAlarms(ctx, actors.viewer)
    expect(more).toEqual([])
    expect(alarm).toMatchObject({ kind: 'enabled-outside', vaultName: console_.connections.vault.name })
    const alarmId = alarm?.id ?? ''
    expect(await acknowledgeAlarm(ctx, actors.viewer, { alarmId, note: 'seen' })).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await acknowledgeAlarm(ctx, actors.auditor, { alarmId, note: ' ' })).toMatchObject({
      error: { code: 'invalid-input', fields: { note: expect.any(String) } },
    })
    expect(await acknowledgeAlarm(ctx, actors.auditor, { alarmId, note: 'Looked into' })).toMatchObject({ ok: true })
    expect(await acknowledgeAlarm(ctx, actors.auditor, { alarmId, note: 'again' })).toMatchObject({
      error: { code: 'conflict' },
    })
    expect(await getStatus(ctx, actors.viewer)).toMatchObject({ alarms: 0 })
  })

  it('stands again when it happens again', async () => {
    await raise()
    expect(await listAlarms(console_.ctx, console_.actors.viewer)).toHaveLength(1)
  })
})
