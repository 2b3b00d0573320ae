import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyAction, actionsFromSource } from '@/lib/testing/actions-from-source'
import { addOfficer } from '@/lib/testing/add-officer'
import { anotherSession } from '@/lib/testing/another-session'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { codeOf, knock, knockProven, proveAll } from '@/lib/testing/knock'
import type { Actor } from '../context'
import { RECORDED_REFUSALS } from '../doors/record-refusal'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { setPolicy } from '../reviews/testing/set-policy'
import { ecSourceKey } from '../reviews/testing/source-key'

let console_: TestConsole
let kekId: string
let approve: AnyAction
let reject: AnyAction

beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  kekId = await makeKek(ctx, actors.custodian, connections.vault, 'kek')
  const { actions } = await actionsFromSource()
  const find = (name: string) => {
    const action = actions.get(name)
    if (!action) throw new Error(`there is no action ${name}`)
    return action
  }
  approve = find('reviews.approve-import')
  reject = find('reviews.reject-import')
})
afterAll(() => console_.close())

let made = 0
async function waiting(by: Actor = console_.actors.custodian) {
  made += 1
  const { ctx, connections } = console_
  const [name, source] = [`key-${made}`, await ecSourceKey()]
  const importId = await importKey({ ctx, actor: by, connection: connections.vault, kekId, name, source })
  return { importId, name, recorded: source.recorded }
}
type Waiting = Awaited<ReturnType<typeof waiting>>

const decision = ({ importId, recorded }: Waiting) => decisionOn(console_.ctx, importId, recorded)
async function decideAs(actor: Actor, key: Waiting, action: AnyAction = approve) {
  return codeOf(await knockProven(console_.ctx, action, { as: actor, input: await decision(key) }))
}
const patches = ({ name }: Waiting) =>
  console_.acknowledged().filter((call) => {
    const text = JSON.stringify(call)
    return text.includes(`"${name}"`) && text.toLowerCase().includes('update')
  }).length
const statusOf = async ({ importId }: Waiting) =>
  (await console_.ctx.db.import.findUniqueOrThrow({ where: { id: importId } })).status
const recorded = (actor: Actor, code: string) =>
  console_.ctx.db.auditEvent.count({ where: { actorId: actor.personId, type: 'action.refused', code } })

describe('one’s own import', () => {
  it('is not decided through another session', async () => {
    const { ctx, actors } = console_
    const key = await waiting()
    const again = await anotherSession(ctx, actors.custodian)
    const before = await recorded(actors.custodian, 'own-import')
    expect(await decideAs(again, key)).toBe('own-import')
    expect(await decideAs(again, key, reject)).toBe('own-import')
    expect((await recorded(actors.custodian, 'own-import')) - before).toBe(2)
    expect(patches(key)).toBe(0)
  })

  it('is not decided by the role that was added afterwards', async () => {
    const { ctx } = console_
    const importer = await addOfficer(ctx, { roles: ['custodian'] })
    const { acknowledgeDuties } = await import('../duties/acknowledge-duties')
    await acknowledgeDuties(ctx, importer, { version: '2026-1' })
    const key = await waiting(importer)
    expect(await decideAs(importer, key)).toBe('not-permitted')
    await ctx.db.personRole.create({ data: { personId: importer.personId, role: 'approver', grantedAt: ctx.clock() } })
    expect(await decideAs(importer, key)).toBe('own-import')
    expect(await recorded(importer, 'own-import')).toBe(1)
  })

  it('has no second account of the same issuer and subject to be decided by', async () => {
    const { ctx, actors } = console_
    const { issuer, subject } = actors.custodian
    await expect(addOfficer(ctx, { roles: ['approver'], issuer, subject })).rejects.toThrow(/unique/i)
  })

  it.each([
    ['the same subject at another issuer', { issuer: 'https://login.example.test', subject: 'custodian' }],
    ['the same e-mail', { issuer: 'https://login.example.test', subject: 'opaque-1', email: 'Custodian@Example.TEST' }],
  ])('is not decided by another account of the same human: %s', async (_, account) => {
    const { ctx } = console_
    const other = await addOfficer(ctx, { roles: ['approver'], ...account })
    const key = await waiting()
    expect(await decideAs(other, key)).toBe('own-import')
    expect(await decideAs(other, key, reject)).toBe('own-import')
    expect(await recorded(other, 'own-import')).toBe(2)
    await expect(ctx.db.$executeRaw`
      INSERT INTO approval (id, import_id, importer_id, approver_id, decision, reason, frozen_sha256, decided_at, expires_at, act_before)
      SELECT gen_random_uuid(), id, importer_id, ${other.personId}::uuid, 'approve', 'r', frozen_sha256, now(), now() + interval '1 day', now()
        FROM import WHERE id = ${key.importId}::uuid`).rejects.toThrow()
    expect(await statusOf(key)).toBe('awaiting_review')
    // Out of the way of the next case: an account more of the same human.
    await ctx.db.person.update({ where: { id: other.personId }, data: { email: `${other.personId}@example.test` } })
  })

  it('is not decided by who was made for it', async () => {
    const { ctx } = console_
    const key = await waiting()
    console_.advance(1000)
    const accomplice = await addOfficer(ctx, { roles: ['approver'] })
    expect(await decideAs(accomplice, key)).toBe('changed-since-submission')
    expect(await recorded(accomplice, 'changed-since-submission')).toBe(1)
  })
})

describe('two accounts of one human', () => {
  it('are one approval of two', async () => {
    const { ctx, connections } = console_
    const one = await addOfficer(ctx, { roles: ['approver'], subject: 'nora' })
    const two = await addOfficer(ctx, { roles: ['approver'], subject: 'nora', issuer: 'https://login.example.test' })
    await setPolicy(console_, connections.vault, 2)
    const key = await waiting()
    expect(await decideAs(one, key)).toBe('ok')
    expect(await decideAs(two, key)).toBe('already-approved')
    expect(await recorded(two, 'already-approved')).toBe(1)
    expect(await statusOf(key)).toBe('awaiting_review')
    await setPolicy(console_, connections.vault, 1)
  })
})

describe('a replayed approval', () => {
  it('gets the same answer under its key, and a refusal under another, from this session or the next', async () => {
    const { ctx, actors } = console_
    const key = await waiting()
    const captured = { input: await decision(key), idempotencyKey: randomUUID() }
    const sent = () => knock(ctx, approve, { as: actors.custodian2, ...captured })
    expect(codeOf(await sent())).toBe('step-up-required')
    await proveAll(ctx, actors.custodian2)
    const first = await sent()
    expect(codeOf(first)).toBe('ok')
    expect(await sent()).toEqual(first)
    const again = { as: actors.custodian2, input: captured.input }
    expect(codeOf(await knockProven(ctx, approve, again))).toBe('not-waiting')
    const next = await anotherSession(ctx, actors.custodian2)
    expect(codeOf(await knockProven(ctx, approve, { as: next, input: captured.input }))).toBe('not-waiting')
    expect(await recorded(actors.custodian2, 'not-waiting')).toBe(2)
    expect(patches(key)).toBe(1)
  })

  it('in another’s session is that person’s own try, with their own proof', async () => {
    const { ctx, actors } = console_
    const key = await waiting()
    const captured = { input: await decision(key), idempotencyKey: randomUUID() }
    await knock(ctx, approve, { as: actors.custodian2, ...captured })
    await proveAll(ctx, actors.custodian2)
    expect(codeOf(await knock(ctx, approve, { as: actors.custodian, ...captured }))).toBe('step-up-required')
    await proveAll(ctx, actors.custodian)
    expect(codeOf(await knock(ctx, approve, { as: actors.custodian, ...captured }))).toBe('own-import')
    expect(codeOf(await knock(ctx, approve, { as: actors.viewer, ...captured }))).toBe('not-permitted')
    expect(codeOf(await knock(ctx, approve, { as: null, ...captured }))).toBe('signed-out')
    expect(patches(key)).toBe(0)
  })

  it('under its key with other parameters is refused', async () => {
    const { ctx, actors } = console_
    const [key, other] = [await waiting(), await waiting()]
    const idempotencyKey = randomUUID()
    await knockProven(ctx, reject, { as: actors.custodian2, idempotencyKey, input: await decision(key) })
    const before = await recorded(actors.custodian2, 'idempotency-mismatch')
    const forged = { as: actors.custodian2, idempotencyKey, input: await decision(other) }
    expect(codeOf(await knock(ctx, reject, forged))).toBe('idempotency-mismatch')
    expect((await recorded(actors.custodian2, 'idempotency-mismatch')) - before).toBe(1)
    expect(await statusOf(other)).toBe('awaiting_review')
  })
})

describe('an approval of a changed request', () => {
  it.each([
    ['another hash', { frozenSha256: 'f'.repeat(64) }, 'not-waiting'],
    ['an older revision', { revision: 0 }, 'not-waiting'],
    ['no hash at all', { frozenSha256: '' }, 'invalid-input'],
  ])('is refused: %s', async (_, change, code) => {
    const { ctx, actors } = console_
    const key = await waiting()
    const input = { ...(await decision(key)), ...change }
    expect(codeOf(await knockProven(ctx, approve, { as: actors.custodian2, input }))).toBe(code)
    expect(await statusOf(key)).toBe('awaiting_review')
  })

  it('is refused when the vault was changed behind it', async () => {
    const { ctx, actors, connections } = console_
    const key = await waiting()
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: key.importId } })
    const version = { name: key.name, version: keyVersion ?? '' }
    await ctx.provider(connections.vault).updateVersion({ ...version, keyOps: ['verify'] })
    expect(await decideAs(actors.custodian2, key)).toBe('request-changed')
    expect(await recorded(actors.custodian2, 'request-changed')).toBe(1)
  })
})

describe('at once', () => {
  // The last where two hundred at once leave the record no two seconds: nothing was sent then.
  const allowed = ['ok', 'not-waiting', 'conflict', 'key-busy', 'request-changed', 'audit-unavailable']

  it('two hundred approvals of several officers enable once, and every other is on the record', async () => {
    const { ctx, actors } = console_
    const by = [actors.custodian2]
    for (let more = 0; more < 3; more += 1) by.push(await addOfficer(ctx, { roles: ['approver'] }))
    const key = await waiting()
    const input = await decision(key)
    for (const officer of by) await knock(ctx, approve, { as: officer, input })
    for (const officer of by) await proveAll(ctx, officer)
    const before = await ctx.db.auditEvent.count({ where: { type: 'action.refused' } })
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        knock(ctx, approve, { as: by[index % by.length] ?? actors.custodian2, input }),
      ),
    )
    const codes = results.map(codeOf)
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
    expect([...new Set(codes)].filter((code) => !allowed.includes(code))).toEqual([])
    expect(patches(key)).toBe(1)
    expect(await statusOf(key)).toBe('enabled')
    const after = await ctx.db.auditEvent.count({ where: { type: 'action.refused' } })
    expect(after - before).toBe(codes.filter((code) => code !== 'ok' && code !== 'audit-unavailable').length)
  })

  it('approvals against rejections have one winner, and the vault agrees with it', async () => {
    const { ctx, actors } = console_
    const rejecter = await addOfficer(ctx, { roles: ['approver'] })
    const key = await waiting()
    const input = await decision(key)
    const sent = [
      { as: actors.custodian2, action: approve },
      { as: rejecter, action: reject },
    ]
    // Rejecting needs no proof: it gives nobody anything.
    await knock(ctx, approve, { as: actors.custodian2, input })
    await proveAll(ctx, actors.custodian2)
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const { as, action } = sent[index % 2] ?? { as: rejecter, action: reject }
        return knock(ctx, action, { as, input })
      }),
    )
    const codes = results.map(codeOf)
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
    const approved = codes.indexOf('ok') % 2 === 0
    expect(await statusOf(key)).toBe(approved ? 'enabled' : 'rejected')
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: key.importId } })
    const { value } = await ctx.provider(console_.connections.vault).getKey(key.name, keyVersion ?? '')
    expect(value.attributes.enabled).toBe(approved)
  })
})

it('what an attack on a review ends in is on the list of what is recorded', () => {
  const codes = ['own-import', 'own-request', 'not-permitted', 'not-waiting', 'changed-since-submission', 'conflict']
  const more = ['not-an-approver-here', 'already-approved', 'request-changed', 'own-proposal', 'not-found', 'key-busy']
  for (const code of [...codes, ...more]) expect(RECORDED_REFUSALS).toContain(code)
})
