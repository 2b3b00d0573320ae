import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { clientsOf } from '@/lib/local-vault/testing/start-test-vault'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { indexConnection } from '../inventory/index-connection'
import { policyAt, policySnapshots } from './policy-snapshots'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

const start = Date.now()
/** The console's clock at a minute from the start. */
const at = (minute: number) => new Date(start + minute * 60_000)
const lookAt = (minute: number) =>
  indexConnection({ ...testConsole.ctx, clock: () => at(minute) }, testConsole.connections.vault)

describe('what release policies were seen', () => {
  it('one row for each run of sightings, also of an older version, and no answer for the time between two that differ', async () => {
    const { ctx, connections } = testConsole
    const { sdk } = clientsOf(testConsole.vault.description)
    const authority = testConsole.vault.description.attestation.url
    const textOf = (value: string) => policyText(authority, { 'x-ms-compliance-status': value })
    const releasePolicy = (value: string) => ({ encodedPolicy: Buffer.from(textOf(value)) })
    const options = (value: string) => ({ hsm: true, exportable: true, releasePolicy: releasePolicy(value) })
    const older = await sdk.createRsaKey('watched', options('one'))
    await sdk.createRsaKey('watched', options('one'))
    await sdk.createRsaKey('kept-inside', { hsm: true })

    await lookAt(0)
    await lookAt(10)
    await sdk.updateKeyProperties('watched', { releasePolicy: releasePolicy('two') })
    await lookAt(20)
    await lookAt(30)

    const version = { connectionId: connections.vault.id, name: 'WATCHED', version: older.properties.version ?? '' }
    const seen = await policySnapshots(ctx.db, version)
    expect(
      seen.map(({ policy, firstSeenAt, lastSeenAt, seenBy, immutable }) => ({
        policy,
        firstSeenAt,
        lastSeenAt,
        seenBy,
        immutable,
      })),
    ).toEqual([
      { policy: textOf('two'), firstSeenAt: at(20), lastSeenAt: at(30), seenBy: 'read', immutable: false },
      { policy: textOf('one'), firstSeenAt: at(0), lastSeenAt: at(10), seenBy: 'read', immutable: false },
    ])
    expect(await ctx.db.policySnapshot.count({ where: { keyName: 'kept-inside' } })).toBe(0)

    const asked = { connectionId: connections.vault.id, kid: older.id ?? '' }
    expect(await policyAt(ctx, asked, at(5))).toMatchObject({ known: 'policy', sighting: { policy: textOf('one') } })
    expect(await policyAt(ctx, asked, at(25))).toMatchObject({ known: 'policy', sighting: { policy: textOf('two') } })
    expect(await policyAt(ctx, asked, at(19))).toEqual({ known: 'changed-between', from: at(10), to: at(20) })
    expect(await policyAt(ctx, asked, at(31))).toEqual({ known: 'nothing' })
    expect(await policyAt(ctx, asked, at(-1))).toEqual({ known: 'nothing' })

    const id = seen[0]?.id ?? ''
    await expect(ctx.db.policySnapshot.update({ where: { id }, data: { lastSeenAt: at(0) } })).rejects.toThrow()
    await expect(ctx.db.policySnapshot.delete({ where: { id } })).rejects.toThrow()
  })
})
