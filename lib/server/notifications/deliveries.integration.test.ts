import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { noticeSchema } from '@/lib/domain/notifications/notice'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { type MailServer, startMailServer } from '@/lib/testing/notices/mail-server'
import { startWebhookReceiver, type WebhookReceiver } from '@/lib/testing/notices/webhook-receiver'
import { raiseAlarm } from '../alarms/raise-alarm'
import { inTransaction } from '../db/transaction'
import type { Senders } from './channels'
import { claimDeliveries, LEASE_MS } from './claim-deliveries'
import { deliverDue } from './deliver'
import { mailSender } from './mail-sender'
import { raiseNotification } from './raise-notification'
import { sendTest } from './send-test'
import { settleNotifications } from './settle-notification'
import { webhookSender } from './webhook-sender'

const PUBLIC_URL = 'https://drawbridge.example.com'
const DAY_MS = 86_400_000

let console_: TestConsole
let receiver: WebhookReceiver
let mail: MailServer

beforeAll(async () => {
  console_ = await createTestConsole({ channels: ['smtp', 'webhook'] })
})
afterAll(() => console_.close())
beforeEach(async () => {
  ;[receiver, mail] = await Promise.all([startWebhookReceiver(), startMailServer()])
})
afterEach(async () => {
  await Promise.all([receiver.close(), mail.close()])
  await console_.ctx.db.delivery.deleteMany()
})

const smtpSettings = (port: number) => ({
  host: '127.0.0.1',
  port,
  secure: false,
  loopback: true,
  auth: undefined,
  from: 'drawbridge@example.com',
})
const byWebhook = (patienceMs?: number): Senders => ({ webhook: webhookSender(receiver, patienceMs) })
const byMail = (port = mail.port): Senders => ({ smtp: mailSender(smtpSettings(port), PUBLIC_URL) })
const deliver = (senders: Senders) => deliverDue({ ctx: console_.ctx, senders, publicUrl: PUBLIC_URL })

/** An alarm about a key of its own. */
async function raise(keyName: string): Promise<void> {
  const { ctx, connections } = console_
  const about = { connection: connections.vault, keyName, keyVersion: null }
  await inTransaction(ctx.db, (tx) => raiseAlarm(ctx, tx, { kind: 'enabled-outside', ...about, facts: {} }))
}

async function deliveryOf(keyName: string, channel: 'smtp' | 'webhook') {
  return console_.ctx.db.delivery.findFirstOrThrow({
    where: { channel, notification: { kind: 'alarm', facts: { path: ['keyName'], equals: keyName } } },
  })
}

describe('a notice', () => {
  it('is rolled back with what it tells of', async () => {
    const { ctx, connections } = console_
    const about = { connection: connections.vault, keyName: 'undone', keyVersion: null }
    const undone = inTransaction(ctx.db, async (tx) => {
      await raiseAlarm(ctx, tx, { kind: 'enabled-outside', ...about, facts: {} })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await ctx.db.notification.count({ where: { facts: { path: ['keyName'], equals: 'undone' } } })).toBe(0)
  })

  it('is one, however often and however many at once raise it, with one way out by each channel', async () => {
    const { ctx } = console_
    const facts = { proposalId: ctx.newId(), proposalKind: 'change_roles' as const }
    const raiseIt = () => inTransaction(ctx.db, (tx) => raiseNotification(ctx, tx, { kind: 'proposal-waiting', facts }))
    for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 5 }, raiseIt))
    const raised = await ctx.db.notification.findMany({
      where: { about: `proposal-waiting:${facts.proposalId}` },
      include: { deliveries: { orderBy: { channel: 'asc' } } },
    })
    expect(raised.map(({ deliveries }) => deliveries.map(({ channel }) => channel))).toEqual([['smtp', 'webhook']])
  })

  it('is stored in a shape that reads again', async () => {
    await raise('shaped')
    const { notificationId } = await deliveryOf('shaped', 'webhook')
    const { kind, facts } = await console_.ctx.db.notification.findUniqueOrThrow({ where: { id: notificationId } })
    expect(noticeSchema.parse({ kind, facts })).toEqual({ kind, facts })
  })
})

describe('the webhook', () => {
  it('carries a signed body with the link, and no more once it was taken on', async () => {
    await raise('signed')
    expect(await deliver(byWebhook())).toBe(1)
    expect(await deliver(byWebhook())).toBe(0)
    const [call] = receiver.calls
    expect(receiver.calls).toHaveLength(1)
    expect(call).toMatchObject({
      signed: true,
      body: {
        type: 'notice.alarm',
        data: { urgency: 'alarm', link: expect.stringContaining(`${PUBLIC_URL}/keys/`), facts: { keyName: 'signed' } },
      },
    })
    expect(await deliveryOf('signed', 'webhook')).toMatchObject({ status: 'delivered', attempts: 1, lastError: null })
  })

  it.each([
    ['fail', 'failed-there'],
    ['refuse', 'refused'],
    ['redirect', 'redirect'],
    ['reset', 'connection-lost'],
    ['hang', 'timeout'],
  ] as const)(
    'that answers by “%s” is a failed attempt (%s), made again later under the same id',
    async (manner, error) => {
      await raise(`manner-${manner}`)
      receiver.next(manner)
      await deliver(byWebhook(manner === 'hang' ? 300 : undefined))
      const failed = await deliveryOf(`manner-${manner}`, 'webhook')
      expect(failed).toMatchObject({ status: 'waiting', attempts: 1, lastError: error })
      expect(failed.nextAttemptAt?.getTime()).toBeGreaterThan(console_.ctx.clock().getTime())
      expect(await deliver(byWebhook())).toBe(0)
      console_.advance(31_000)
      await deliver(byWebhook())
      expect(receiver.calls.map(({ id }) => id)).toEqual([failed.id, failed.id])
      expect(receiver.followed).toBe(0)
      expect(await deliveryOf(`manner-${manner}`, 'webhook')).toMatchObject({ status: 'delivered', attempts: 2 })
    },
  )

  it('is given up after ten attempts, on record, with no word of the other side', async () => {
    await raise('hopeless')
    receiver.next(...Array.from({ length: 10 }, () => 'fail' as const))
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await deliver(byWebhook())
      console_.advance(DAY_MS)
    }
    expect(receiver.calls).toHaveLength(10)
    const given = await deliveryOf('hopeless', 'webhook')
    expect(given).toMatchObject({ status: 'given-up', attempts: 10, lastError: 'failed-there' })
    const events = await console_.ctx.db.auditEvent.findMany({ where: { type: 'notification.given-up' } })
    expect(events).toMatchObject([{ code: 'failed-there', details: { channel: 'webhook', kind: 'alarm' } }])
    expect(JSON.stringify([given, events.map(({ details }) => details)])).not.toContain('a secret of')
  })

  it('is called once by two consoles at the same time', async () => {
    for (const name of ['twice-a', 'twice-b', 'twice-c']) await raise(name)
    await Promise.all(Array.from({ length: 6 }, () => deliver(byWebhook())))
    expect(new Set(receiver.calls.map(({ id }) => id)).size).toBe(3)
    expect(receiver.calls).toHaveLength(3)
  })

  it('gets what a console took and died with, under the same id, once its time is over', async () => {
    await raise('crashed')
    const [taken] = await claimDeliveries(console_.ctx, ['webhook'], 8) // and then nothing more is heard of it
    expect(await deliver(byWebhook())).toBe(0)
    console_.advance(LEASE_MS + 1_000)
    await deliver(byWebhook())
    expect(receiver.calls.map(({ id }) => id)).toEqual([taken?.id])
    expect(await deliveryOf('crashed', 'webhook')).toMatchObject({ status: 'delivered', attempts: 2 })
  })
})

describe('mail', () => {
  it('reaches everybody whose roles it concerns, one address each, under an id that stays', async () => {
    await raise('mailed')
    await deliver(byMail())
    const [received] = mail.mails
    const delivery = await deliveryOf('mailed', 'smtp')
    const told = ['administrator', 'administrator2', 'auditor', 'custodian', 'custodian2']
    expect(received?.to.toSorted()).toEqual(told.map((name) => `${name}@example.test`).toSorted())
    expect(received?.header('Message-ID')).toBe(`<${delivery.id}@drawbridge.example.com>`)
    expect(received?.header('Subject')).toMatch(/^ALARM: mailed in /)
    expect(received?.header('Importance')).toMatch(/^high$/i)
    expect(received?.text).toContain(`${PUBLIC_URL}/keys/`)
  })

  it('of an alarm arrives after a server that was down, acknowledged or not', async () => {
    await raise('while-down')
    const { port } = mail
    await mail.close()
    await deliver(byMail(port))
    expect(await deliveryOf('while-down', 'smtp')).toMatchObject({ status: 'waiting', lastError: 'unreachable' })
    await console_.ctx.db.alarm.updateMany({ where: { keyName: 'while-down' }, data: { acknowledgedAt: new Date() } })
    await settleNotifications(console_.ctx)
    mail = await startMailServer(port)
    console_.advance(31_000)
    await deliver(byMail(port))
    expect(mail.mails).toHaveLength(1)
    expect(await deliveryOf('while-down', 'smtp')).toMatchObject({ status: 'delivered' })
  })

  it('keeps a hostile name in its line: no header, no recipient and no line of text comes from it', async () => {
    await raise('x\r\nBcc: thief@evil.example\r\n\r\nThe key is fine\u202e')
    await deliver(byMail())
    const [received] = mail.mails
    expect(received?.header('Bcc')).toBeUndefined()
    expect(received?.to).not.toContain('thief@evil.example')
    expect(received?.raw).not.toMatch(/^(?:Bcc|The key is fine)/m)
    expect(received?.text).toContain('x Bcc: thief@evil.example The key is fine in ')
  })

  it('goes to nobody by an address that is more than one', async () => {
    const { ctx, actors } = console_
    const where = { id: actors.auditor.personId }
    await ctx.db.person.update({ where, data: { email: 'a@example.test, b@evil.example' } })
    await raise('listed')
    await deliver(byMail())
    await ctx.db.person.update({ where, data: { email: actors.auditor.email } })
    expect(mail.mails[0]?.to).not.toContain('b@evil.example')
    expect(mail.mails[0]?.to).toHaveLength(4)
  })

  it('does not reach who was disabled meanwhile', async () => {
    const { ctx, actors } = console_
    await raise('meanwhile')
    const where = { id: actors.custodian2.personId }
    await ctx.db.person.update({ where, data: { disabledAt: new Date() } })
    await deliver(byMail())
    expect(mail.mails[0]?.to).not.toContain(actors.custodian2.email)
  })

  it('is sent again where a recipient was put off, and done where one was refused for good', async () => {
    await raise('put-off')
    mail.refuse.set('auditor@example.test', 450)
    await deliver(byMail())
    expect(await deliveryOf('put-off', 'smtp')).toMatchObject({ status: 'waiting', lastError: 'recipients-deferred' })
    mail.refuse.set('auditor@example.test', 550)
    console_.advance(31_000)
    await deliver(byMail())
    expect(await deliveryOf('put-off', 'smtp')).toMatchObject({ status: 'delivered', lastError: 'recipients-refused' })
    expect(new Set(mail.mails.map((one) => one.header('Message-ID'))).size).toBe(1)
  })

  it('is not sent in clear text to another machine', async () => {
    await raise('in-clear')
    const settings = { ...smtpSettings(mail.port), loopback: false, auth: { user: 'u', pass: 'p' } }
    await deliver({ smtp: mailSender(settings, PUBLIC_URL) })
    expect(mail.mails).toEqual([])
    expect(await deliveryOf('in-clear', 'smtp')).toMatchObject({ status: 'waiting', lastError: 'tls' })
  })
})

describe('a test', () => {
  it('answers how each channel went, is sent to whoever asked alone, and is not tried again', async () => {
    const { ctx, actors } = console_
    receiver.next('refuse')
    const desk = { senders: { ...byMail(), ...byWebhook() }, publicUrl: PUBLIC_URL }
    const result = await sendTest(ctx, actors.administrator, desk)
    expect(result).toEqual({
      ok: true,
      value: {
        outcomes: [
          { channel: 'smtp', error: null },
          { channel: 'webhook', error: 'refused' },
        ],
      },
    })
    expect(mail.mails.map(({ to }) => to)).toEqual([[actors.administrator.email]])
    const recorded = await ctx.db.auditEvent.findMany({ where: { type: 'notification.tested' } })
    expect(recorded).toMatchObject([
      { actorId: actors.administrator.personId, phase: 'noted', details: { channels: ['smtp', 'webhook'] } },
    ])
    console_.advance(DAY_MS)
    expect(await deliver(byWebhook())).toBe(0)
  })

  it('is the administrator’s', async () => {
    const { ctx, actors } = console_
    for (const actor of [actors.custodian, actors.auditor, actors.viewer]) {
      const refused = await sendTest(ctx, actor, { senders: byWebhook(), publicUrl: PUBLIC_URL })
      expect(refused).toMatchObject({ error: { code: 'not-permitted' } })
    }
    expect(receiver.calls).toEqual([])
  })
})
