import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLEAR_SHAPES, type ClearShape, clearSubmission, makeClearKey } from '@/lib/testing/clear-key'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { approve } from '@/lib/testing/journey/decide'
import { getCeremonyRecord } from './get-ceremony-record'
import { submitPrivateJwk } from './submit-private-jwk'

let testConsole: TestConsole
type Where = 'vault' | 'hsm' | 'standard'

beforeAll(async () => {
  testConsole = await createTestConsole({ standard: true })
})
afterAll(() => testConsole.close())

function at(where: Where) {
  const { connections, standardVault } = testConsole
  const connection = where === 'standard' ? standardVault : connections[where]
  if (!connection) throw new Error('no such vault was started')
  return connection
}

async function submit(where: Where, shape: ClearShape, name: string, more = {}) {
  const key = makeClearKey(shape)
  const input = await clearSubmission(testConsole, at(where), key, { name, ...more })
  const { ctx, actors } = testConsole
  return { key, input, result: await submitPrivateJwk(ctx, actors.custodian, input) }
}

describe('a private key crosses in the clear', () => {
  it.each([
    ['RSA into software of a Standard vault', 'standard', CLEAR_SHAPES.rsa],
    ['P-256 into software of a Premium vault', 'vault', CLEAR_SHAPES.ec],
    ['P-256K into software of a Premium vault', 'vault', CLEAR_SHAPES.p256k],
    ['RSA into hardware of a Premium vault', 'vault', CLEAR_SHAPES.rsaHsm],
    ['P-521 into a Managed HSM', 'hsm', CLEAR_SHAPES.ecHsm],
    ['AES-256 into a Managed HSM', 'hsm', CLEAR_SHAPES.oct],
  ] as const)('%s: disabled, compared, marked for good, frozen for review', async (_title, where, shape) => {
    const { ctx, actors } = testConsole
    const name = `clear-${shape.kty}-${shape.sizeOrCurve}-${where}`.toLowerCase()
    const { key, input, result } = await submit(where, shape, name)
    expect(result).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
    if (!result.ok) return
    const { value: held } = await ctx.provider(at(where)).getKey(name)
    expect(held).toMatchObject({ kty: shape.kty, attributes: { enabled: false } })
    expect(held.attributes.hsmPlatform === '0').toBe(!shape.kty.endsWith('-HSM'))
    const row = await ctx.db.import.findUniqueOrThrow({ where: { id: result.value.importId } })
    expect(row).toMatchObject({
      origin: 'over_tls',
      publicKeySha256: key.publicKeySha256,
      fileSha256: null,
      kekKid: null,
    })
    expect(JSON.parse(row.frozenRequest ?? '')).toMatchObject({ schema: 'drawbridge/import/2', origin: 'over_tls' })
    expect([...input.jwk].every((byte) => byte === 0)).toBe(true)
    const record = await getCeremonyRecord(ctx, actors.auditor, row.id)
    expect(record).toMatchObject({
      origin: { origin: 'over_tls', words: 'Software key, seen by the server on its way', acknowledged: true },
      kek: null,
      file: { name: 'key.pem', sha256: null },
    })
    const intended = await ctx.db.auditEvent.findFirstOrThrow({ where: { importId: row.id, phase: 'intended' } })
    expect(intended.details).toMatchObject({ facts: { origin: 'over_tls', acknowledgedServerSeesKey: true } })
  })

  it('and the inventory says for good how it came, while nobody enables their own', async () => {
    const { ctx, actors } = testConsole
    const { key, result } = await submit('vault', CLEAR_SHAPES.ec, 'clear-reviewed')
    if (!result.ok) throw new Error(result.error.code)
    const { importId } = result.value
    const value = key.publicKeySha256 ?? ''
    expect(await approve(ctx, actors.custodian, importId, value)).toMatchObject({
      ok: false,
      error: { code: 'own-import' },
    })
    expect(await approve(ctx, actors.custodian2, importId, value)).toMatchObject({ ok: true })
    await expect
      .poll(async () => (await ctx.db.keyRecord.findFirst({ where: { name: 'clear-reviewed' } }))?.origin)
      .toBe('over_tls')
    await expect(ctx.db.import.update({ where: { id: importId }, data: { origin: 'transfer_blob' } })).rejects.toThrow()
  })
})

describe('is refused before anything is sent', () => {
  it.each([
    ['without the word that the server sees it', { acknowledgedServerSeesKey: false }, 'warnings-not-acknowledged'],
    ['with a warning that was not acknowledged', { acknowledgedWarnings: [] }, 'warnings-not-acknowledged'],
    ['where another public key is expected', { expectedPublicKeySha256: 'a'.repeat(64) }, 'file-mismatch'],
    ['from a draft that is not there', { draftId: '00000000-0000-4000-8000-000000000009' }, 'not-found'],
    ['that is no private JWK', { jwk: new TextEncoder().encode('{"kty":"RSA"}') }, 'invalid-input'],
  ])('%s', async (_title, more, code) => {
    const { result } = await submit('vault', CLEAR_SHAPES.ec, 'clear-refused', more)
    expect(result).toMatchObject({ ok: false, error: { code } })
  })

  it.each([
    ['software at a Managed HSM', 'hsm', CLEAR_SHAPES.ec],
    ['a symmetric key at a Key Vault', 'vault', CLEAR_SHAPES.oct],
  ] as const)('%s', async (_title, where, shape) => {
    const { result } = await submit(where, shape, 'clear-refused')
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'preflight-failed', fields: { 'target-tier': expect.any(String) } },
    })
  })

  afterAll(() => expect(testConsole.acknowledged().filter(({ name }) => name === 'clear-refused')).toEqual([]))
})

it('hardware at a Standard vault that nobody knew to be one is refused by the vault, and made nothing', async () => {
  const { result } = await submit('standard', CLEAR_SHAPES.ecHsm, 'clear-no-hardware')
  expect(result).toMatchObject({
    ok: false,
    error: { code: 'vault-refused', message: expect.stringContaining('tier') },
  })
  const row = await testConsole.ctx.db.import.findFirstOrThrow({ where: { keyName: 'clear-no-hardware' } })
  expect(row).toMatchObject({ status: 'failed', origin: 'over_tls' })
})

it('another key than was sent is an alarm', async () => {
  const { result } = await submit('vault', CLEAR_SHAPES.ec, 'substitute-import-clear')
  expect(result).toMatchObject({ ok: true, value: { status: 'substituted' } })
})
