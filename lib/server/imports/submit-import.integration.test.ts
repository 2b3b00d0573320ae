import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseKeyId } from '@/lib/domain/keys/key-id'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { holdReading } from '@/lib/testing/hold-reading'
import { purgeKey } from '@/lib/testing/purge-key'
import { makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { inTransaction } from '../db/transaction'
import { createKek } from '../keks/create-kek'
import { beginOperation } from '../operations/begin-operation'
import { getCeremonyRecord } from './get-ceremony-record'
import { submitImport } from './submit-import'

let testConsole: TestConsole
let keks: { vault: TestKek; hsm: TestKek }

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { connections } = testConsole
  keks = { vault: await makeKek(testConsole, connections.vault), hsm: await makeKek(testConsole, connections.hsm) }
})
afterAll(() => testConsole.close())

describe('a transfer blob crosses', () => {
  it.each([
    ['RSA 2048 into the Key Vault', 'vault', SHAPES.rsa2048],
    ['P-256 into the Key Vault', 'vault', SHAPES.p256],
    ['P-256K into the Managed HSM', 'hsm', SHAPES.p256k],
    ['AES-256 into the Managed HSM', 'hsm', SHAPES.aes256],
  ] as const)('%s: disabled, read back, frozen for review', async (_title, where, shape) => {
    const { ctx, actors, connections } = testConsole
    const connection = connections[where]
    const name = `crossing-${shape.sizeOrCurve.toLowerCase()}-${shape.kty.slice(0, 2).toLowerCase()}`
    const made = await makeBlob(keks[where], shape)
    const input = await submission(testConsole, connection, keks[where], made, { name, shape })

    const result = await submitImport(ctx, actors.custodian, input)

    expect(result).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
    if (!result.ok) return
    const row = await ctx.db.import.findUniqueOrThrow({ where: { id: result.value.importId } })
    const { value: key } = await ctx.provider(connection).getKey(name)
    expect(key.attributes.enabled).toBe(false)
    expect(key.tags).toMatchObject({ imported: 'true', requires_review: 'true', purpose: 'test' })
    expect(row).toMatchObject({ kid: key.kid, publicKeySha256: made.publicKeySha256, createdName: true, revision: 1 })
    const frozen = JSON.parse(row.frozenRequest ?? '')
    expect(frozen).toMatchObject({ kid: key.kid, importId: row.id, publicKeySha256: made.publicKeySha256 })
    const record = await getCeremonyRecord(ctx, actors.auditor, row.id)
    const outcome = shape.kty === 'oct-HSM' ? 'not compared' : 'equal'
    expect(record).toMatchObject({ comparison: { outcome }, decision: { decision: 'undecided' } })
    expect(record?.vaultAnswers.every(({ requestId }) => requestId !== null)).toBe(true)
  })
})

describe('an exportable key', () => {
  it.each(['vault', 'hsm'] as const)(
    'crosses with its release policy, which is frozen for review (%s)',
    async (where) => {
      const { ctx, actors, connections } = testConsole
      const connection = connections[where]
      const made = await makeBlob(keks[where], SHAPES.rsa2048)
      const name = 'exportable'
      const plain = await submission(testConsole, connection, keks[where], made, { name, shape: SHAPES.rsa2048 })
      const condition = { claim: 'x-ms-compliance-status', equals: 'azure-compliant-cvm' }
      const text = JSON.stringify({
        version: '1.0.0',
        anyOf: [{ authority: 'https://a.example', allOf: [condition] }],
      })
      const target = { ...plain.target, exportable: true, releasePolicy: { text, immutable: true } }

      const result = await submitImport(ctx, actors.custodian, { ...plain, target })

      expect(result).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
      if (!result.ok) return
      const { value: key } = await ctx.provider(connection).getKey(name)
      expect(key).toMatchObject({
        attributes: { exportable: true, enabled: false },
        releasePolicy: { immutable: true },
      })
      const row = await ctx.db.import.findUniqueOrThrow({ where: { id: result.value.importId } })
      expect(row.frozenRequest).toContain(key.releasePolicy?.sha256)
      // Behind the answer: the policy is kept as the one that came with the import.
      const seen = () => ctx.db.policySnapshot.findMany({ where: { kid: key.kid } })
      await expect
        .poll(seen)
        .toMatchObject([{ policy: key.releasePolicy?.text, immutable: true, seenBy: 'own-import' }])
    },
  )
})

describe('a name that was free when the vault was asked', () => {
  // Two officers both read "free"; the one whose import ended first made a key, and the other's added a version to it.
  it.each([
    ['late-import', 'late-import'],
    ['late-import-case', 'Late-Import-Case'],
  ])('and was taken by another import since (%s, %s) gets no version that nobody agreed to', async (name, other) => {
    const { ctx, actors, connections } = testConsole
    const prepare = async (of: string) =>
      submission(testConsole, connections.vault, keks.vault, await makeBlob(keks.vault, SHAPES.p256), {
        name: of,
        shape: SHAPES.p256,
      })
    const [lateInput, firstInput] = [await prepare(name), await prepare(other)]
    const late = holdReading(ctx)
    const refused = submitImport(late.ctx, actors.custodian, lateInput)
    await late.hasRead
    expect(await submitImport(ctx, actors.custodian2, firstInput)).toMatchObject({ ok: true })
    late.release()
    expect(await refused).toMatchObject({
      ok: false,
      error: { code: 'name-in-use', message: expect.stringContaining('Nothing was sent') },
    })
    expect((await ctx.provider(connections.vault).listVersions(name)).value).toHaveLength(1)
    expect(await ctx.db.import.count({ where: { importerId: actors.custodian.personId, keyName: name } })).toBe(0)
    // Told, and willing: the name typed and the warning acknowledged.
    const again = await submission(
      testConsole,
      connections.vault,
      keks.vault,
      await makeBlob(keks.vault, SHAPES.p256),
      {
        name,
        shape: SHAPES.p256,
        typedName: name,
      },
    )
    expect(await submitImport(ctx, actors.custodian, again)).toMatchObject({ ok: true })
    expect((await ctx.provider(connections.vault).listVersions(name)).value).toHaveLength(2)
  })

  it('and was taken by a new KEK since gets no version either', async () => {
    const { ctx, actors, connections } = testConsole
    const name = 'late-under-kek'
    const made = await makeBlob(keks.vault, SHAPES.p256)
    const input = await submission(testConsole, connections.vault, keks.vault, made, { name, shape: SHAPES.p256 })
    const late = holdReading(ctx)
    const refused = submitImport(late.ctx, actors.custodian, input)
    await late.hasRead
    const wanted = { connectionId: connections.vault.id, name, bits: 2048 as const, expiresAt: null }
    expect(await createKek(ctx, actors.custodian2, wanted)).toMatchObject({ ok: true })
    late.release()
    expect(await refused).toMatchObject({ ok: false, error: { code: 'name-in-use' } })
    expect(testConsole.acknowledged().filter((call) => call.name === name)).toHaveLength(1)
  })

  it('and whose key was purged by somebody else can be imported to again', async () => {
    const { ctx, actors, connections } = testConsole
    const name = 'purged-and-again'
    const submit = async () => {
      const made = await makeBlob(keks.vault, SHAPES.p256)
      const wanted = { name, shape: SHAPES.p256 }
      const input = await submission(testConsole, connections.vault, keks.vault, made, wanted)
      return submitImport(ctx, actors.custodian, input)
    }
    expect(await submit()).toMatchObject({ ok: true })
    await ctx.provider(connections.vault).deleteKey(name)
    await purgeKey(testConsole, name)
    expect(await submit()).toMatchObject({ ok: true })
  })
})

describe('a KEK that is being retired', () => {
  it('takes no import from then on, whatever the vault still says of it', async () => {
    const { ctx, actors, connections } = testConsole
    const kek = await makeKek(testConsole, connections.vault)
    const made = await makeBlob(kek, SHAPES.p256)
    const wanted = { name: 'under-retiring', shape: SHAPES.p256 }
    const input = await submission(testConsole, connections.vault, kek, made, wanted)
    await inTransaction(ctx.db, (tx) =>
      beginOperation(ctx, tx, {
        id: ctx.newId(),
        kind: 'retire_kek',
        connection: connections.vault,
        keyName: parseKeyId(kek.kid)?.name ?? '',
        actor: actors.custodian2,
        kekId: kek.id,
        facts: {},
      }),
    )
    expect(await submitImport(ctx, actors.custodian, input)).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: expect.stringContaining('retired') },
    })
    expect(testConsole.acknowledged().filter(({ name }) => name === 'under-retiring')).toEqual([])
    expect(await ctx.db.import.count({ where: { keyName: 'under-retiring' } })).toBe(0)
  })
})

it('takes thirty imports at once, of thirty names, and refuses none of them', async () => {
  const { ctx, actors, connections } = testConsole
  const inputs = await Promise.all(
    Array.from({ length: 30 }, async (_, number) => {
      const made = await makeBlob(keks.vault, SHAPES.p256)
      const wanted = { name: `thirty-${number}`, shape: SHAPES.p256 }
      return submission(testConsole, connections.vault, keks.vault, made, wanted)
    }),
  )
  const answers = await Promise.all(inputs.map((input) => submitImport(ctx, actors.custodian, input)))
  expect(answers.map((answer) => (answer.ok ? answer.value.status : answer.error.code))).toEqual(
    inputs.map(() => 'awaiting_review'),
  )
})
