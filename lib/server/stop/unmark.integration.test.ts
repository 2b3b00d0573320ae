import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OWN_IMPORT_UNMARKED } from '@/lib/domain/proposals/may-decide-proposal'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Actor } from '../context'
import { getKey } from '../inventory/get-key'
import { getProposal } from '../proposals/get-proposal'
import { countProposals, listProposals } from '../proposals/list-proposals'
import { confirm, idOf } from '../proposals/testing/confirm'
import { approveImport } from '../reviews/approve-import'
import { requestEnable } from '../reviews/request-enable'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { ecSourceKey } from '../reviews/testing/source-key'
import { disableVersion } from './disable-version'
import { markCompromised } from './mark-compromised'
import { proposeUnmark } from './propose-unmark'

let console_: TestConsole
let approver: Actor
let key: { connectionId: string; name: string; version: string; reason: string }

/** Imported by custodian, marked by custodian2. */
beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  approver = await addOfficer(ctx, { roles: ['approver'], subject: 'anna' })
  const kekId = await makeKek(ctx, actors.custodian, connections.vault, 'kek')
  const source = await ecSourceKey()
  const wish = { ctx, actor: actors.custodian, connection: connections.vault, kekId, name: 'payroll', source }
  const importId = await importKey(wish)
  await approveImport(ctx, actors.custodian2, await decisionOn(ctx, importId, source.recorded))
  const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  const version = keyVersion ?? ''
  key = { connectionId: connections.vault.id, name: 'payroll', version, reason: 'Seen on a paste site' }
  await mark()
})
afterAll(() => console_.close())

async function mark() {
  expect(await markCompromised(console_.ctx, console_.actors.custodian2, key)).toMatchObject({ ok: true })
}
async function marked() {
  const detail = await getKey(console_.ctx, console_.actors.auditor, { ...key })
  return { marked: detail?.selected.compromised !== null, proposal: detail?.selected.unmarkProposalId }
}
const proposed = async (by: Actor) => idOf(await proposeUnmark(console_.ctx, by, { ...key, reason: 'Another key' }))

describe('the mark compromised', () => {
  it('is taken back by two, of whom the second is not the importer, and leaves its trace', async () => {
    const { ctx, actors } = console_
    const proposalId = await proposed(actors.custodian2)
    expect(await marked()).toEqual({ marked: true, proposal: proposalId })
    expect(await proposeUnmark(ctx, approver, key)).toMatchObject({ error: { code: 'proposal-waiting' } })
    expect(await confirm(ctx, actors.custodian2, proposalId)).toMatchObject({ error: { code: 'own-proposal' } })
    expect(await confirm(ctx, actors.custodian, proposalId)).toMatchObject({ error: { code: 'own-import' } })
    expect(await confirm(ctx, actors.administrator, proposalId)).toMatchObject({ error: { code: 'not-permitted' } })
    const read = (reader: Actor) => getProposal(ctx, reader, proposalId)
    expect(await read(actors.custodian)).toMatchObject({
      cannotConfirm: OWN_IMPORT_UNMARKED,
      otherDeciders: ['Test anna'],
    })
    expect(await read(approver)).toMatchObject({ cannotConfirm: null, otherDeciders: [] })
    expect(await countProposals(ctx, actors.custodian)).toBe(0)
    expect(await countProposals(ctx, approver)).toBe(1)
    const { waiting } = await listProposals(ctx, actors.custodian)
    expect(waiting).toMatchObject([{ cannotConfirm: OWN_IMPORT_UNMARKED }])
    console_.advance(1000)
    const late = await addOfficer(ctx, { roles: ['approver'] })
    expect(await confirm(ctx, late, proposalId)).toMatchObject({ error: { code: 'changed-since-submission' } })
    expect(await marked()).toMatchObject({ marked: true })
    expect(await confirm(ctx, approver, proposalId)).toMatchObject({ ok: true })
    expect(await marked()).toEqual({ marked: false, proposal: null })
    const [event] = await ctx.db.auditEvent.findMany({ where: { type: 'compromised.unmarked' } })
    const { personId } = actors.custodian2
    expect(event?.details).toMatchObject({ proposalId, markedById: personId, markedBecause: 'Seen on a paste site' })
  })

  it('is not taken back by another account of its importer', async () => {
    const { ctx, actors } = console_
    await mark()
    const twin = await addOfficer(ctx, {
      roles: ['approver'],
      subject: 'twin',
      email: actors.custodian.email.toUpperCase(),
    })
    const proposalId = await proposed(actors.custodian2)
    expect(await confirm(ctx, twin, proposalId)).toMatchObject({ error: { code: 'own-import' } })
    expect((await getProposal(ctx, twin, proposalId))?.cannotConfirm).toBe(OWN_IMPORT_UNMARKED)
    expect(await confirm(ctx, approver, proposalId)).toMatchObject({ ok: true })
  })

  it('may be proposed to go by the importer, and confirmed by who set it', async () => {
    const { ctx, actors } = console_
    await mark()
    expect(await confirm(ctx, actors.custodian2, await proposed(actors.custodian))).toMatchObject({ ok: true })
  })

  it('bars enabling until it is gone; then enabling is still a review of its own', async () => {
    const { ctx, actors } = console_
    expect(await disableVersion(ctx, actors.custodian, key)).toMatchObject({ ok: true })
    await mark()
    expect(await requestEnable(ctx, actors.custodian2, key)).toMatchObject({ error: { code: 'compromised' } })
    expect(await confirm(ctx, approver, await proposed(actors.custodian2))).toMatchObject({ ok: true })
    const { value } = await ctx.provider(console_.connections.vault).getKey(key.name, key.version)
    expect(value.attributes.enabled).toBe(false)
    expect(await requestEnable(ctx, actors.custodian2, key)).toMatchObject({ ok: true })
  })

  it('set anew is another mark: an earlier proposal does not take it back', async () => {
    const { ctx, actors } = console_
    await mark()
    const proposalId = await proposed(actors.custodian2)
    const later = new Date(ctx.clock().getTime() + 5)
    await ctx.db.keyVersion.updateMany({ where: { version: key.version }, data: { compromisedAt: later } })
    expect(await confirm(ctx, approver, proposalId)).toMatchObject({ error: { code: 'proposal-changed' } })
    expect(await marked()).toMatchObject({ marked: true })
  })

  it.each(['administrator', 'auditor', 'viewer'] as const)('is nothing for the role %s', async (who) => {
    const { ctx, actors } = console_
    expect(await proposeUnmark(ctx, actors[who], key)).toMatchObject({ error: { code: 'not-permitted' } })
  })

  it('is not where nobody set it', async () => {
    const { ctx, actors, connections } = console_
    const kek = { connectionId: connections.vault.id, name: 'kek' }
    const version = await ctx.db.keyVersion.findFirstOrThrow({ where: { keyRecord: kek } })
    const wish = { ...kek, version: version.version, reason: 'Nothing to see' }
    expect(await proposeUnmark(ctx, actors.custodian, wish)).toMatchObject({ error: { code: 'already-so' } })
    const nowhere = { ...wish, version: '0'.repeat(32) }
    expect(await proposeUnmark(ctx, actors.custodian, nowhere)).toMatchObject({ error: { code: 'not-found' } })
  })
})
