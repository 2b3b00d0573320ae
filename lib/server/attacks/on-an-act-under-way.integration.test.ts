import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { exportableKey } from '@/lib/testing/exportable-key'
import type { Actor, Context } from '../context'
import { refreshKey } from '../inventory/refresh-key'
import { retireKek } from '../keks/retire-kek'
import { reconcileOperation } from '../operations/reconcile-operation'
import { approvePolicyChange } from '../policy-changes/approve-policy-change'
import { requestPolicyChange } from '../policy-changes/request-policy-change'
import { approveEnable } from '../reviews/approve-enable'
import { approveImport } from '../reviews/approve-import'
import { requestEnable } from '../reviews/request-enable'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { interrupted, Killed } from '../reviews/testing/interrupted'
import { ecSourceKey, octSourceKey } from '../reviews/testing/source-key'
import { disableVersion } from '../stop/disable-version'
import { markCompromised } from '../stop/mark-compromised'

const MINUTE = 60_000
const REASON = 'Looked at both'

let console_: TestConsole
let second: Actor
let kek: string

beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  second = await addOfficer(ctx, { roles: ['approver'] })
  kek = await makeKek(ctx, actors.custodian, connections.hsm, 'kek')
})
afterAll(() => console_.close())

/** Something that waits for approval, with the one call by which its act changes the vault. */
interface Waiting {
  approve: (ctx: Context, actor: Actor) => Promise<{ ok: boolean; error?: { code: string } }>
  acts: 'updateVersion' | 'setReleasePolicy'
  about: { enableRequestId: string } | { importId: string }
  keyName: string
  /** Its end when the act arrived, and its caller did not. */
  ends: string
}

async function request(keyName: string, acts: Waiting['acts'], id: string): Promise<Waiting> {
  const { revision, frozenSha256 } = await console_.ctx.db.enableRequest.findUniqueOrThrow({ where: { id } })
  const input = { enableRequestId: id, revision, frozenSha256, reason: REASON }
  const approve = acts === 'updateVersion' ? approveEnable : approvePolicyChange
  const about = { enableRequestId: id }
  return { approve: (ctx, actor) => approve(ctx, actor, input), acts, about, keyName, ends: 'enabled' }
}

async function policyChange(): Promise<Waiting> {
  const { ctx, actors, vault, connections } = console_
  const name = 'policy'
  await exportableKey(console_, name, { tee: 'own' })
  const result = await requestPolicyChange(ctx, actors.custodian, {
    ...{
      connectionId: connections.vault.id,
      name,
      policyText: policyText(vault.description.attestation.url, { tee: 'new' }),
    },
    ...{ immutable: false, typedName: '', reason: REASON },
  })
  if (!result.ok) throw new Error(result.error.code)
  return request(name, 'setReleasePolicy', result.value.requestId)
}

async function enablingAgain(): Promise<Waiting> {
  const { ctx, actors, connections } = console_
  const name = 'stopped'
  const { connectionId, version } = await exportableKey(console_, name)
  await refreshKey(ctx, connections.vault, name)
  const key = { connectionId, name, version, reason: REASON }
  expect(await disableVersion(ctx, actors.custodian, key)).toMatchObject({ ok: true })
  const result = await requestEnable(ctx, actors.custodian, key)
  if (!result.ok) throw new Error(result.error.code)
  return request(name, 'updateVersion', result.value.enableRequestId)
}

/** Of a symmetric key: enabled for `encrypt` alone while its check value is asked for. */
async function checkValue(): Promise<Waiting> {
  const { ctx, actors, connections } = console_
  const source = octSourceKey()
  const name = 'symmetric'
  const importId = await importKey({
    ctx,
    actor: actors.custodian,
    connection: connections.hsm,
    kekId: kek,
    name,
    source,
  })
  const input = await decisionOn(ctx, importId, source.recorded)
  return {
    ...{ approve: (other, actor) => approveImport(other, actor, input), acts: 'updateVersion', about: { importId } },
    ...{ keyName: name, ends: 'failed' },
  }
}

const rowOf = (about: Waiting['about']) =>
  'importId' in about
    ? console_.ctx.db.import.findUniqueOrThrow({ where: { id: about.importId } })
    : console_.ctx.db.enableRequest.findUniqueOrThrow({ where: { id: about.enableRequestId } })

/** The officer has seen the review waiting; before they hear what the vault holds, that comes between. */
function slow(ctx: Context, between: () => Promise<unknown>): Context {
  return {
    ...ctx,
    provider: (connection) => {
      const provider = ctx.provider(connection)
      return { ...provider, getKey: async (...given) => between().then(() => provider.getKey(...given)) }
    },
  }
}

describe.each([
  ['a changed policy', policyChange],
  ['enabling again', enablingAgain],
  ['an import by its check value', checkValue],
])('whoever finds the vault changed by an act under way: %s', (_, make) => {
  it('is told that it waits no more; the approval it rests on stands, and its outcome is recorded', async () => {
    const { ctx, actors } = console_
    const waiting = await make()
    const { about, keyName } = waiting
    const dying = interrupted(ctx, [{ call: waiting.acts, when: 'after', error: new Killed() }])
    const first = () => expect(waiting.approve(dying, actors.custodian2)).rejects.toThrow(Killed)
    expect(await waiting.approve(slow(ctx, first), second)).toMatchObject({ error: { code: 'not-waiting' } })
    expect(await rowOf(about)).toMatchObject({ status: 'enabling' })
    expect(await ctx.db.alarm.count({ where: { keyName } })).toBe(0)
    const approvals = () => ctx.db.approval.findMany({ where: about })
    expect(await approvals()).toMatchObject([{ approverId: actors.custodian2.personId, voidedAt: null }])

    const { id } = await ctx.db.operation.findFirstOrThrow({ where: { ...about, status: 'pending' } })
    const later = { ...ctx, clock: () => new Date(ctx.clock().getTime() + 2 * MINUTE) }
    expect(await reconcileOperation(later, id)).toBe('done')
    expect(await rowOf(about)).toMatchObject({ status: waiting.ends })
    expect(await approvals()).toMatchObject([{ voidedAt: null, actedAt: expect.any(Date) }])
  })
})

describe('what another act has changed since the vault was asked', () => {
  /** Exportable, under the policy that it brought, and waiting for its review; another policy is proposed for it. */
  async function reviewedTwice(name: string) {
    const { ctx, actors, vault, connections } = console_
    const [source, url] = [await ecSourceKey(), vault.description.attestation.url]
    const target = { exportable: true, releasePolicy: { text: policyText(url, { tee: 'own' }), immutable: false } }
    const wish = { ctx, actor: actors.custodian, connection: connections.hsm, kekId: kek, name, source, target }
    const importId = await importKey(wish)
    const decision = await decisionOn(ctx, importId, source.recorded)
    const proposal = { connectionId: connections.hsm.id, name, policyText: policyText(url, { tee: 'new' }) }
    const more = { immutable: false, typedName: '', reason: REASON }
    const result = await requestPolicyChange(ctx, actors.custodian, { ...proposal, ...more })
    if (!result.ok) throw new Error(result.error.code)
    const change = await request(name, 'setReleasePolicy', result.value.requestId)
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
    return { wish, decision, change, version: keyVersion ?? '' }
  }

  /** The vault has answered; before the officer's intent is written, that comes between. */
  const answered = (ctx: Context, between: () => Promise<unknown>) => {
    let once: Promise<unknown> | undefined
    const provider: Context['provider'] = (connection) => {
      const vault = ctx.provider(connection)
      const getKey: typeof vault.getKey = async (...given) => {
        const answer = await vault.getKey(...given)
        once ??= between()
        await once
        return answer
      }
      return { ...vault, getKey }
    }
    return { ...ctx, provider }
  }

  it('is enabled by nobody who has seen it otherwise', async () => {
    const { ctx, actors, connections } = console_
    const { decision, change, version } = await reviewedTwice('other-policy')
    const first = async () => expect(await change.approve(ctx, actors.custodian2)).toMatchObject({ ok: true })
    const late = await approveImport(answered(ctx, first), second, decision)
    expect(late).toMatchObject({ error: { code: 'conflict' } })
    const { value: key } = await ctx.provider(connections.hsm).getKey('other-policy', version)
    expect(key.attributes.enabled).toBe(false)
  })

  it('is given no policy that was proposed for the version before it', async () => {
    const { ctx, actors, connections } = console_
    const { wish, change } = await reviewedTwice('newer-version')
    const source = await ecSourceKey()
    const releasePolicy = {
      text: policyText(console_.vault.description.attestation.url, { tee: 'third' }),
      immutable: false,
    }
    const newer = () => importKey({ ...wish, source, target: { exportable: true, releasePolicy } })
    expect(await change.approve(answered(ctx, newer), actors.custodian2)).toMatchObject({ error: { code: 'conflict' } })
    const { value: key } = await ctx.provider(connections.hsm).getKey('newer-version')
    expect(JSON.parse(key.releasePolicy?.text ?? '')).toEqual(JSON.parse(releasePolicy.text))
  })
})

describe('a version under review that somebody marks as compromised', () => {
  it('is not enabled, though it was approved as it came', async () => {
    const { ctx, actors, connections } = console_
    const source = await ecSourceKey()
    const name = 'marked'
    const wish = { ctx, actor: actors.custodian, connection: connections.hsm, kekId: kek, name, source }
    const input = await decisionOn(ctx, await importKey(wish), source.recorded)
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: input.importId } })
    const version = keyVersion ?? ''
    const mark = { connectionId: connections.hsm.id, name, version, reason: REASON }
    expect(await markCompromised(ctx, actors.custodian, mark)).toMatchObject({ ok: true })
    expect(await approveImport(ctx, second, input)).toMatchObject({ error: { code: 'compromised' } })
    const { value: key } = await ctx.provider(connections.hsm).getKey(name, version)
    expect(key.attributes.enabled).toBe(false)
  })
})

describe('a KEK that is retired by deleting its name', () => {
  it('takes no version with it that an import has added since somebody looked', async () => {
    const { ctx, actors, connections } = console_
    const name = 'kek-and-key'
    const kekId = await makeKek(ctx, actors.custodian, connections.hsm, name)
    const source = await ecSourceKey()
    let imported: Promise<unknown> | undefined
    const wish = { ctx, actor: actors.custodian, connection: connections.hsm, kekId: kek, name, source }
    const provider: Context['provider'] = (connection) => {
      const vault = ctx.provider(connection)
      const listVersions: typeof vault.listVersions = async (...given) => {
        const answer = await vault.listVersions(...given)
        imported ??= importKey(wish).catch((error: unknown) => error)
        await imported
        return answer
      }
      return { ...vault, listVersions }
    }
    await retireKek({ ...ctx, provider }, actors.custodian, { kekId, how: 'delete', typedName: name })
    const rows = await ctx.db.import.findMany({ where: { keyName: name } })
    const deleted = await ctx.provider(connections.hsm).getDeletedKey(name)
    expect({ rows: rows.length, deleted: deleted.value !== null }).toEqual({ rows: 0, deleted: true })
  })
})
