import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission } from '@/lib/testing/transfer'
import { submitImport } from '../imports/submit-import'
import { getStatus } from '../status/get-status'
import { findRecipients } from './find-recipients'
import { listNotices } from './list-notices'
import { lookForNotices } from './look-for-notices'
import { readNotice } from './read-notice'
import { settleNotifications } from './settle-notification'

const DAY_MS = 86_400_000

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole({ channels: ['webhook'] })
})
afterAll(() => console_.close())
beforeEach(async () => {
  await console_.ctx.db.delivery.deleteMany()
  await console_.ctx.db.notification.deleteMany()
})

const now = () => console_.ctx.clock().getTime()
const openKinds = async () => (await listNotices(console_.ctx, console_.actors.administrator)).open.map((n) => n.kind)

async function addKey(name: string, expiresAt: Date) {
  const { ctx, connections } = console_
  const about = { connectionId: connections.vault.id, name, origin: 'generated', tags: {}, refreshedAt: ctx.clock() }
  return ctx.db.keyRecord.create({ data: { ...about, enabled: true, expiresAt } })
}

describe('an import that waits', () => {
  it('is told to those who may decide it, not to its importer, and is over once it is decided', async () => {
    const { ctx, actors, connections } = console_
    const kek = await makeKek(console_, connections.vault)
    const made = await makeBlob(kek, SHAPES.p256)
    const input = await submission(console_, connections.vault, kek, made, { name: 'told', shape: SHAPES.p256 })
    await submitImport(ctx, actors.custodian, input)
    const row = await ctx.db.notification.findFirstOrThrow({ where: { kind: 'review-waiting' } })
    const notice = readNotice(row)
    expect(notice && (await findRecipients(ctx, notice))).toEqual([actors.custodian2.email])
    expect(await openKinds()).toEqual(['review-waiting'])
    const { publicKeySha256 } = await ctx.db.import.findFirstOrThrow({ where: { keyName: 'told' } })
    expect(JSON.stringify(row.facts)).not.toContain(publicKeySha256)
    await ctx.db.import.updateMany({ where: { keyName: 'told' }, data: { status: 'rejected' } })
    expect(await openKinds()).toEqual([])
    await settleNotifications(ctx)
    expect(await ctx.db.delivery.findMany()).toMatchObject([{ status: 'not-needed' }])
  })
})

describe('an expiry', () => {
  it('is told thirty, seven and one day before, each once and only the nearest, and is over when it has come', async () => {
    const { ctx, actors } = console_
    const { id } = await addKey('ends', new Date(now() + 40 * DAY_MS))
    const told: number[][] = []
    for (const days of [0, 11, 0, 23, 5, 2]) {
      console_.advance(days * DAY_MS)
      await lookForNotices(ctx)
      await lookForNotices(ctx)
      const { open } = await listNotices(ctx, actors.custodian)
      told.push([await ctx.db.notification.count({ where: { kind: 'key-expires' } }), open.length])
    }
    expect(told).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [2, 1],
      [3, 1],
      [3, 0],
    ])
    await ctx.db.keyRecord.delete({ where: { id } })
  })

  it('is counted for custodians, told anew when the expiry is moved, and open again with the key', async () => {
    const { ctx, actors } = console_
    const { id } = await addKey('moves', new Date(now() + 5 * DAY_MS))
    await lookForNotices(ctx)
    expect(await getStatus(ctx, actors.custodian)).toMatchObject({ notices: 1 })
    expect(await getStatus(ctx, actors.viewer)).toMatchObject({ notices: 0 })
    await ctx.db.keyRecord.update({ where: { id }, data: { enabled: false } })
    await lookForNotices(ctx)
    expect(await getStatus(ctx, actors.custodian)).toMatchObject({ notices: 0 })
    await ctx.db.keyRecord.update({ where: { id }, data: { enabled: true } })
    await lookForNotices(ctx)
    expect(await getStatus(ctx, actors.custodian)).toMatchObject({ notices: 1 })
    await ctx.db.keyRecord.update({ where: { id }, data: { expiresAt: new Date(now() + 20 * DAY_MS) } })
    await lookForNotices(ctx)
    expect(await ctx.db.notification.count({ where: { kind: 'key-expires' } })).toBe(2)
    expect(await getStatus(ctx, actors.custodian)).toMatchObject({ notices: 1 })
    await ctx.db.keyRecord.delete({ where: { id } })
  })
})

describe('a KEK', () => {
  it('that expires is told of as a KEK and not as a key too, and no more once it is retired', async () => {
    const { ctx, connections } = console_
    const kek = await makeKek(console_, connections.vault)
    const { name, connectionId } = await ctx.db.kek.findFirstOrThrow({ where: { kid: kek.kid } })
    const expiresAt = new Date(now() + 3 * DAY_MS)
    await ctx.db.kek.update({ where: { kid: kek.kid }, data: { expiresAt } })
    await ctx.db.keyRecord.updateMany({ where: { name, connectionId }, data: { enabled: true, expiresAt } })
    await lookForNotices(ctx)
    expect(await openKinds()).toEqual(['kek-expires'])
    await ctx.db.kek.update({ where: { kid: kek.kid }, data: { status: 'retired_disabled' } })
    expect(await openKinds()).toEqual([])
  })
})

describe('a vault that does not answer', () => {
  it('is told of after five minutes, once for each silence, and is over when it answers', async () => {
    const { ctx, connections, actors } = console_
    const connectionId = connections.hsm.id
    const fallsSilent = async () => {
      const seen = { state: 'not_answering', lastAnswerAt: ctx.clock() }
      await ctx.db.connectionHealth.upsert({ where: { connectionId }, create: { connectionId, ...seen }, update: seen })
    }
    for (const silences of [1, 2]) {
      await fallsSilent()
      await lookForNotices(ctx)
      expect(await getStatus(ctx, actors.administrator)).toMatchObject({ notices: 0 })
      console_.advance(6 * 60_000)
      await lookForNotices(ctx)
      await lookForNotices(ctx)
      expect(await getStatus(ctx, actors.administrator)).toMatchObject({ notices: 1 })
      expect(await ctx.db.notification.count({ where: { kind: 'connection-silent' } })).toBe(silences)
      await ctx.db.connectionHealth.update({ where: { connectionId }, data: { state: 'answering' } })
      expect(await openKinds()).toEqual([])
    }
  })
})

describe('the page', () => {
  it('shows what was sent to administrators and auditors only', async () => {
    const { ctx, actors } = console_
    expect((await listNotices(ctx, actors.auditor)).sent).toEqual([])
    expect((await listNotices(ctx, actors.custodian)).sent).toBeNull()
    await expect(listNotices(ctx, actors.viewer)).rejects.toThrow()
  })
})
