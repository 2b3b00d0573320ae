import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
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
