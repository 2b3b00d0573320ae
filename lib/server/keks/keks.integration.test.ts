import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProviderError } from '@/lib/providers/port'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { holdReading } from '@/lib/testing/hold-reading'
import { purgeKey } from '@/lib/testing/purge-key'
import { makeBlob, makeKek, SHAPES, submission } from '@/lib/testing/transfer'
import type { Context } from '../context'
import { submitImport } from '../imports/submit-import'
import { type CreateKekInput, createKek } from './create-kek'
import { downloadKekPublicKey } from './download-kek-public-key'
import { getKek } from './get-kek'
import { listKeks } from './list-keks'
import { noteFoundKek } from './note-found-kek'
import { openTransferSheet } from './open-transfer-sheet'
import { retireKek } from './retire-kek'

let testConsole: TestConsole

beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

function wanted(name: string, changes: Partial<CreateKekInput> = {}): CreateKekInput {
  return { connectionId: testConsole.connections.vault.id, name, bits: 2048, expiresAt: null, ...changes }
}

const reached = (name: string) => testConsole.acknowledged().filter((call) => call.name === name)

describe('a KEK', () => {
  it('is RSA-HSM for nothing but import, with its intent’s tag, and its fingerprint is recorded', async () => {
    const { ctx, actors, connections } = testConsole
    const expiresAt = '2031-05-06T07:08:09Z'
    const made = await createKek(ctx, actors.custodian, wanted('kek-made', { bits: 3072, expiresAt }))
    if (!made.ok) throw new Error(made.error.code)
    const { value: key } = await ctx.provider(connections.vault).getKey('kek-made')
    const operation = await ctx.db.operation.findFirstOrThrow({ where: { kekId: made.value.kekId } })
    expect(key).toMatchObject({
      kty: 'RSA-HSM',
      keyOps: ['import'],
      sizeOrCurve: '3072',
      tags: { drawbridge: operation.id },
    })
    const kek = await getKek(ctx, actors.viewer, made.value.kekId)
    expect(kek).toMatchObject({
      kid: key.kid,
      state: 'usable',
      bits: 3072,
      expiresAt: '2031-05-06T07:08:09.000Z',
      createdByName: 'Test custodian',
      retireBlockedBecause: null,
      azVaultArgument: null,
    })
    expect(createPublicKey(kek?.publicKeyPem ?? '').asymmetricKeyDetails?.modulusLength).toBe(3072)
  })

  it('of one name made twenty times at once is made once', async () => {
    const { ctx, actors } = testConsole
    const results = await Promise.all(
      Array.from({ length: 20 }, () => createKek(ctx, actors.custodian, wanted('kek-race'))),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(reached('kek-race')).toHaveLength(1)
  })

  // Once 2 of 20 were made: one began and ended while the other was still reading that the name is free.
  it.each([
    ['kek-late', 'kek-late'],
    ['kek-late-case', 'KEK-late-case'],
  ])('is made once, too, when another %s has been made as %s since the vault was asked', async (name, other) => {
    const { ctx, actors } = testConsole
    const late = holdReading(ctx)
    const refused = createKek(late.ctx, actors.custodian, wanted(name))
    await late.hasRead
    expect(await createKek(ctx, actors.custodian2, wanted(other))).toMatchObject({ ok: true })
    late.release()
    expect(await refused).toMatchObject({
      ok: false,
      error: { code: 'name-in-use', fields: { name: expect.stringContaining('Choose another name') } },
    })
    expect([...reached(name), ...(name === other ? [] : reached(other))]).toHaveLength(1)
    expect(await ctx.db.kek.count({ where: { name, status: { not: 'active' } } })).toBe(0)
  })

  it('adds no version to a key that was imported since the vault was asked', async () => {
    const { ctx, actors, connections } = testConsole
    const kek = await makeKek(testConsole, connections.vault)
    const made = await makeBlob(kek, SHAPES.p256)
    const name = 'kek-or-import'
    const imported = await submission(testConsole, connections.vault, kek, made, { name, shape: SHAPES.p256 })
    const late = holdReading(ctx)
    const refused = createKek(late.ctx, actors.custodian, wanted(name))
    await late.hasRead
    expect(await submitImport(ctx, actors.custodian2, imported)).toMatchObject({ ok: true })
    late.release()
    expect(await refused).toMatchObject({ ok: false, error: { code: 'name-in-use' } })
    expect(reached(name).map(({ operation }) => operation)).toEqual(['import'])
  })

  it.each(['active', 'retired_disabled'] as const)(
    'takes the name of one that is %s here and was purged at the vault by somebody else',
    async (status) => {
      const { ctx, actors, connections } = testConsole
      const name = `kek-purged-${status.slice(0, 3)}`
      const first = await createKek(ctx, actors.custodian, wanted(name))
      if (!first.ok) throw new Error(first.error.code)
      await ctx.db.kek.update({ where: { id: first.value.kekId }, data: { status } })
      const provider = ctx.provider(connections.vault)
      await provider.deleteKey(name)
      expect(await createKek(ctx, actors.custodian, wanted(name))).toMatchObject({
        error: { code: 'name-soft-deleted' },
      })
      await purgeKey(testConsole, name)
      expect(await createKek(ctx, actors.custodian, wanted(name))).toMatchObject({ ok: true })
      expect(await createKek(ctx, actors.custodian, wanted(name))).toMatchObject({ error: { code: 'name-in-use' } })
    },
  )

  it.each(['administrator', 'auditor', 'viewer'] as const)(
    'is not for an %s to make, fetch or retire',
    async (person) => {
      const { ctx, actors } = testConsole
      const kek = await makeKek(testConsole, testConsole.connections.vault)
      const refused = { ok: false, error: { code: 'not-permitted' } }
      expect(await createKek(ctx, actors[person], wanted(`kek-by-${person}`))).toMatchObject(refused)
      expect(await downloadKekPublicKey(ctx, actors[person], { kekId: kek.id })).toMatchObject(refused)
      expect(await openTransferSheet(ctx, actors[person], { kekId: kek.id })).toMatchObject(refused)
      expect(await retireKek(ctx, actors[person], { kekId: kek.id, how: 'delete', typedName: '' })).toMatchObject(
        refused,
      )
      expect(reached(`kek-by-${person}`)).toEqual([])
    },
  )

  it('takes no name that is in use, and no expiry in the past', async () => {
    const { ctx, actors } = testConsole
    await createKek(ctx, actors.custodian, wanted('kek-taken'))
    expect(await createKek(ctx, actors.custodian, wanted('kek-taken'))).toMatchObject({
      error: { code: 'name-in-use' },
    })
    const past = wanted('kek-past', { expiresAt: '2020-01-01T00:00:00Z' })
    expect(await createKek(ctx, actors.custodian, past)).toMatchObject({
      error: { fields: { expiresAt: expect.any(String) } },
    })
  })

  it('leaves a record when its public half is taken', async () => {
    const { ctx, actors } = testConsole
    const kek = await makeKek(testConsole, testConsole.connections.vault)
    const taken = await downloadKekPublicKey(ctx, actors.custodian, { kekId: kek.id })
    await openTransferSheet(ctx, actors.custodian, { kekId: kek.id })
    expect(taken).toMatchObject({
      ok: true,
      value: { fileName: expect.stringMatching(/^kek-[0-9a-f]{8}\.publickey\.pem$/) },
    })
    const der = createPublicKey(taken.ok ? taken.value.pem : '').export({ type: 'spki', format: 'der' })
    expect(Buffer.compare(der, kek.spki)).toBe(0)
    const events = await ctx.db.auditEvent.findMany({
      where: { kekId: kek.id, phase: 'noted' },
      orderBy: { id: 'asc' },
    })
    expect(events.map(({ type }) => type)).toEqual(['kek.public-key-downloaded', 'kek.transfer-sheet-opened'])
  })
})

describe('retiring a KEK', () => {
  it('waits until every import under it is decided', async () => {
    const { ctx, actors, connections } = testConsole
    const kek = await makeKek(testConsole, connections.vault)
    const made = await makeBlob(kek, SHAPES.p256)
    const name = 'under-kek'
    await submitImport(
      ctx,
      actors.custodian,
      await submission(testConsole, connections.vault, kek, made, { name, shape: SHAPES.p256 }),
    )
    const row = (await listKeks(ctx, actors.viewer)).find(({ id }) => id === kek.id)
    expect(row?.openImports).toBe(1)
    const retire = { kekId: kek.id, how: 'disable' as const, typedName: row?.name ?? '' }
    expect(await retireKek(ctx, actors.custodian, retire)).toMatchObject({ error: { code: 'imports-undecided' } })
    await ctx.db.import.updateMany({ where: { kekKid: kek.kid }, data: { status: 'rejected' } })
    expect(await retireKek(ctx, actors.custodian, retire)).toMatchObject({ ok: true })
    const after = await getKek(ctx, actors.custodian, kek.id)
    expect(after).toMatchObject({ state: 'disabled', imports: [{ keyName: name, status: 'rejected' }] })
    const again = await makeBlob(kek, SHAPES.p256)
    const late = await submission(testConsole, connections.vault, kek, again, { name: 'late', shape: SHAPES.p256 })
    expect(await submitImport(ctx, actors.custodian, late)).toMatchObject({ ok: false })
    expect(reached('late')).toEqual([])
  })

  it('by deleting needs the name typed, and happens once', async () => {
    const { ctx, actors, connections } = testConsole
    const kek = await makeKek(testConsole, connections.vault)
    const name = (await getKek(ctx, actors.custodian, kek.id))?.name ?? ''
    const retire = { kekId: kek.id, how: 'delete' as const, typedName: name }
    expect(await retireKek(ctx, actors.custodian, { ...retire, typedName: 'other' })).toMatchObject({
      error: { fields: { typedName: expect.any(String) } },
    })
    expect(await retireKek(ctx, actors.custodian, retire)).toMatchObject({ ok: true })
    expect(await retireKek(ctx, actors.custodian, retire)).toMatchObject({ ok: false })
    expect(await getKek(ctx, actors.custodian, kek.id)).toMatchObject({ state: 'deleted' })
    expect(reached(name).filter(({ operation }) => operation === 'delete')).toHaveLength(1)
  })
})

describe('a KEK found in the vault', () => {
  it('is listed once, as nobody’s, and keeps the fingerprint it was found with', async () => {
    const { ctx, actors, connections } = testConsole
    const input = { name: 'found', bits: 2048 as const, expiresAt: null, tags: {} }
    const { value: key } = await ctx.provider(connections.hsm).createKek(input)
    await noteFoundKek(ctx, connections.hsm, key)
    await noteFoundKek(ctx, connections.hsm, key)
    const found = (await listKeks(ctx, actors.viewer)).filter(({ kid }) => kid === key.kid)
    expect(found).toMatchObject([{ name: 'found', createdByName: null, state: 'usable' }])
  })

  it('is not noted while its own intent is still open', async () => {
    const { ctx, connections } = testConsole
    const { id } = await ctx.db.operation.findFirstOrThrow()
    const input = { name: 'found-own', bits: 2048 as const, expiresAt: null, tags: { drawbridge: id } }
    const { value: key } = await ctx.provider(connections.hsm).createKek(input)
    await noteFoundKek(ctx, connections.hsm, key)
    expect(await ctx.db.kek.count({ where: { kid: key.kid } })).toBe(0)
  })
})

it('is told as retired by nobody who has seen, after all time had passed, that it is not', async () => {
  const { ctx, actors, connections } = testConsole
  const made = await createKek(ctx, actors.custodian, wanted('kek-not-retired'))
  if (!made.ok) throw new Error(made.error.code)
  let late = 0
  const provider: Context['provider'] = (connection) => ({
    ...ctx.provider(connection),
    updateVersion: () => {
      late = 60_000
      return Promise.reject(new ProviderError('vault-timeout', 'unknown'))
    },
  })
  const slow = { ...ctx, provider, clock: () => new Date(ctx.clock().getTime() + late) }
  const retired = await retireKek(slow, actors.custodian, {
    ...made.value,
    how: 'disable',
    typedName: 'kek-not-retired',
  })
  expect(retired).toMatchObject({ error: { code: 'nothing-reached-the-vault' } })
  const { value: key } = await ctx.provider(connections.vault).getKey('kek-not-retired')
  expect(key.attributes.enabled).toBe(true)
})
