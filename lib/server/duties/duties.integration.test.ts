import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DUTIES, DUTIES_VALID_DAYS } from '@/lib/domain/people/duties'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission } from '@/lib/testing/transfer'
import type { Actor } from '../context'
import { submitImport } from '../imports/submit-import'
import { acknowledgeDuties } from './acknowledge-duties'
import { readDuties } from './read-duties'

const DAY = 24 * 3_600_000
let console_: TestConsole
let newcomer: Actor

beforeAll(async () => {
  console_ = await createTestConsole()
  newcomer = await addOfficer(console_.ctx, { roles: ['custodian'] })
})
afterAll(() => console_.close())

async function submit(actor: Actor, name: string) {
  const { ctx, connections } = console_
  const kek = await makeKek(console_, connections.vault)
  const made = await makeBlob(kek, SHAPES.p256)
  const input = await submission(console_, connections.vault, kek, made, { name, shape: SHAPES.p256 })
  return submitImport(ctx, actor, input)
}
const REFUSED = { ok: false, error: { code: 'duties-not-acknowledged' } }

describe('the duties of a custodian', () => {
  it('come before the first import: nothing is sent, nothing is recorded', async () => {
    const { ctx } = console_
    expect(await submit(newcomer, 'too-soon')).toEqual(REFUSED)
    expect(await ctx.db.import.count({ where: { importerId: newcomer.personId } })).toBe(0)
    expect(console_.acknowledged().filter((call) => JSON.stringify(call).includes('too-soon'))).toEqual([])
  })

  it('are acknowledged by this very text, on the record', async () => {
    const { ctx } = console_
    expect(await acknowledgeDuties(ctx, newcomer, { version: '2019-1' })).toMatchObject({ error: { code: 'conflict' } })
    expect(await acknowledgeDuties(ctx, newcomer, { version: DUTIES.version })).toMatchObject({
      value: { holds: true },
    })
    const events = await ctx.db.auditEvent.findMany({
      where: { type: 'duties.acknowledged', actorId: newcomer.personId },
    })
    expect(events).toMatchObject([{ details: { version: DUTIES.version } }])
    expect(await submit(newcomer, 'in-time')).toMatchObject({ ok: true })
  })

  it('are asked for again after a year, not before', async () => {
    const { ctx } = console_
    console_.advance((DUTIES_VALID_DAYS - 1) * DAY)
    expect((await readDuties(ctx, newcomer)).holds).toBe(true)
    console_.advance(2 * DAY)
    expect(await readDuties(ctx, newcomer)).toMatchObject({ holds: false, acknowledgedAt: expect.any(String) })
    expect(await acknowledgeDuties(ctx, newcomer, { version: DUTIES.version })).toMatchObject({
      value: { holds: true },
    })
  })

  it.each(['administrator', 'auditor', 'viewer'] as const)('are no matter of the role %s', async (who) => {
    const { ctx, actors } = console_
    const answer = await acknowledgeDuties(ctx, actors[who], { version: DUTIES.version })
    expect(answer).toMatchObject({ error: { code: 'not-permitted' } })
  })

  it('stay as they were acknowledged: the application can’t change or remove an acknowledgement', async () => {
    const { ctx } = console_
    await expect(ctx.db.dutyAcknowledgement.deleteMany()).rejects.toThrow()
    await expect(ctx.db.dutyAcknowledgement.updateMany({ data: { version: 'x' } })).rejects.toThrow()
  })
})
