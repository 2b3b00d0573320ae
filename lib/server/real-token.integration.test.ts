import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CryptographyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSpkiDer, copyBytes } from '@/lib/crypto'
import { KEY_SHAPES, type KeyShape, shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { clientsOf, loopbackOptions } from '@/lib/local-vault/testing/start-test-vault'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { decryptInToken, encryptInToken } from '@/lib/testing/journey/aes-in-token'
import { approve } from '@/lib/testing/journey/decide'
import { toEcdsaSigValue } from '@/lib/testing/journey/ecdsa-signature'
import { handOutKek } from '@/lib/testing/journey/hand-out-kek'
import { opensslVerifies } from '@/lib/testing/journey/openssl-verify'
import {
  algorithmsOf,
  digestFor,
  HASH_OF,
  isPss,
  type SignatureAlgorithm,
} from '@/lib/testing/journey/signature-algorithms'
import { tokenAvailable } from '@/lib/testing/journey/token-available'
import { openToken, type Token } from '@/lib/testing/softhsm/token'
import { generateKey, type TokenKey } from '@/lib/testing/softhsm/token-key'
import { wrapForAzure } from '@/lib/testing/softhsm/wrap-for-azure'
import { submission, type TestKek } from '@/lib/testing/transfer'
import { getCeremonyRecord } from './imports/get-ceremony-record'
import { getImport } from './imports/get-import'
import { submitImport } from './imports/submit-import'

type Where = 'vault' | 'hsm'
type Pair = Exclude<TokenKey, { family: 'oct' }>
type Secret = Extract<TokenKey, { family: 'oct' }>

const WHERE = { vault: 'the Key Vault', hsm: 'the Managed HSM' } as const satisfies Record<Where, string>

const isPair = (shape: KeyShape) => shape.family !== 'oct'
const rows = (shapes: readonly KeyShape[], where: Where) =>
  shapes.map((shape) => [shapeName(shape), WHERE[where], shape, where] as const)
const PAIRS = KEY_SHAPES.filter(isPair)
const SECRETS = KEY_SHAPES.filter((shape) => !isPair(shape))

const available = await tokenAvailable('keys from a real PKCS#11 token, into both vaults')

describe.skipIf(!available)('a key generated in a PKCS#11 token', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'token-'))
  const generated = new Map<string, TokenKey>()
  let testConsole: TestConsole
  let token: Token
  let keks: Record<Where, TestKek>

  beforeAll(async () => {
    token = await openToken(folder)
    // A busy machine may need longer for the larger KEK than an officer would wait.
    testConsole = await createTestConsole({ timeouts: { write: 60_000 } })
    const { connections } = testConsole
    keks = {
      vault: await handOutKek(testConsole, connections.vault, 3072),
      hsm: await handOutKek(testConsole, connections.hsm, 4096),
    }
  })
  afterAll(async () => {
    token?.close()
    await testConsole?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** One key of each shape for the whole file: RSA takes its time. */
  function keyOf(shape: KeyShape): TokenKey {
    const key = generated.get(shapeName(shape)) ?? generateKey(token, shape)
    generated.set(shapeName(shape), key)
    return key
  }

  /** What the ceremony record holds: computed from the token's own objects. */
  const recordedOf = (key: TokenKey) =>
    key.family === 'oct' ? key.keyCheckValue : createHash('sha256').update(key.spki).digest('hex')

  async function submit(key: TokenKey, where: Where) {
    const { ctx, actors, connections } = testConsole
    const kek = keks[where]
    const blob = wrapForAzure(token, { kekSpki: asSpkiDer(copyBytes(kek.spki)), kekKid: kek.kid, key })
    const name = `from-token-${key.family}-${key.sizeOrCurve}`
    const keyOps = key.family === 'oct' ? ['encrypt', 'decrypt'] : ['sign', 'verify']
    const shape = { kty: `${key.family}-HSM`, sizeOrCurve: key.sizeOrCurve, keyOps }
    const made = { blob, publicKeySha256: key.family === 'oct' ? null : recordedOf(key) }
    const input = await submission(testConsole, connections[where], kek, made, { name, shape })
    return { name, input, result: await submitImport(ctx, actors.custodian, input) }
  }

  /** Submitted, and in the vault: the identifier of the exact version. */
  async function carry(key: TokenKey, where: Where) {
    const { name, input, result } = await submit(key, where)
    if (!result.ok) throw new Error(`not submitted: ${result.error.code} ${result.error.message ?? ''}`)
    expect(result.value.status).toBe('awaiting_review')
    // What a real token wraps is of a length that preflight knows for the type, as the file needs no mending.
    expect(input.acknowledgedWarnings.filter((id) => /^(?:arithmetic|file)-/.test(id))).toEqual([])
    const { importId } = result.value
    const kid = (await getImport(testConsole.ctx, testConsole.actors.custodian, importId))?.kid ?? ''
    return { importId, name, kid, version: kid.split('/').at(-1) ?? '' }
  }
  type Carried = Awaited<ReturnType<typeof carry>>

  /** By identifier alone, so that every operation is the vault's and none is done in the client. */
  const officialClient = (kid: string) =>
    new CryptographyClient(kid, clientsOf(testConsole.vault.description).credential, loopbackOptions)

  const keyDisabled = { statusCode: 403, details: { error: { innerError: { code: 'KeyDisabled' } } } }

  async function expectDisabled({ name, version }: Carried, where: Where, use: () => Promise<unknown>) {
    const { sdk, hsmSdk } = clientsOf(testConsole.vault.description)
    const { properties } = await (where === 'vault' ? sdk : hsmSdk).getKey(name, { version })
    expect(properties).toMatchObject({ enabled: false, tags: { imported: 'true', requires_review: 'true' } })
    await expect(use()).rejects.toMatchObject(keyDisabled)
  }

  async function expectOnlyAnotherEnables({ importId }: Carried, key: TokenKey, stillDisabled: () => Promise<void>) {
    const { ctx, actors } = testConsole
    const own = await approve(ctx, actors.custodian, importId, recordedOf(key))
    expect(own).toMatchObject({ ok: false, error: { code: 'own-import' } })
    await stillDisabled()
    const second = await approve(ctx, actors.custodian2, importId, recordedOf(key))
    expect(second).toEqual({ ok: true, value: { status: 'enabled' } })
    const record = await getCeremonyRecord(ctx, actors.auditor, importId)
    expect(record).toMatchObject({ comparison: { outcome: 'equal' }, decision: { decision: 'enabled' } })
    expect(record?.participants.map(({ role, name }) => [role, name])).toEqual([
      ['importer', actors.custodian.name],
      ['approver', actors.custodian2.name],
    ])
  }

  const acknowledged = (operation: string, { version }: Carried) =>
    testConsole.acknowledged().filter((call) => call.operation === operation && call.version === version)

  describe.each([
    ['the Key Vault', 'vault'],
    ['the Managed HSM', 'hsm'],
  ] as const)('under a KEK of %s', (_title, where) => {
    it('is wrapped under the very key that the vault shows to somebody who asks past the console', async () => {
      const { sdk, hsmSdk } = clientsOf(testConsole.vault.description)
      const { pathname } = new URL(keks[where].kid)
      const { key } = await (where === 'vault' ? sdk : hsmSdk).getKey(pathname.split('/')[2] ?? '')
      expect(Buffer.from(keks[where].spki).includes(Buffer.from(key?.n ?? []))).toBe(true)
      expect(key?.n?.length).toBe(where === 'vault' ? 384 : 512)
    })
  })

  it.each([...rows(PAIRS, 'vault'), ...rows(PAIRS, 'hsm')])(
    'arrives disabled, is enabled by a second officer, and signs what OpenSSL verifies: %s into %s',
    async (_name, _vault, shape, where) => {
      const key = keyOf(shape)
      if (key.family === 'oct') throw new Error('expected a key pair')
      const carried = await carry(key, where)
      const [algorithm = 'RS256'] = algorithmsOf(key.sizeOrCurve)
      const refused = () => officialClient(carried.kid).sign(algorithm, digestFor(algorithm, randomBytes(64)))
      await expectOnlyAnotherEnables(carried, key, () => expectDisabled(carried, where, refused))
      for (const each of algorithmsOf(key.sizeOrCurve)) await expectSigns(officialClient(carried.kid), key, each)
      expect(acknowledged('sign', carried).filter(({ status }) => status === 200)).toHaveLength(
        algorithmsOf(key.sizeOrCurve).length,
      )
    },
  )

  it.each(rows(SECRETS, 'hsm'))(
    'arrives disabled, is enabled by a second officer, and encrypts as the token does: %s into %s',
    async (_name, _vault, shape, where) => {
      const key = keyOf(shape)
      if (key.family !== 'oct') throw new Error('expected a secret key')
      const carried = await carry(key, where)
      const refused = () => encryptInVault(carried.kid, key, { iv: randomBytes(16), value: randomBytes(16) })
      await expectOnlyAnotherEnables(carried, key, () => expectDisabled(carried, where, refused))
      const [iv, value] = [randomBytes(16), randomBytes(64)]
      const sealed = await encryptInVault(carried.kid, key, { iv, value })
      expect(sealed).toEqual(encryptInToken(token, key.secretKey, { iv, value }))
      expect(decryptInToken(token, key.secretKey, { iv, value: sealed })).toEqual(value)
      const other = randomBytes(32)
      const foreign = encryptInToken(token, key.secretKey, { iv, value: other })
      const algorithm = cbcOf(key)
      const opened = await officialClient(carried.kid).decrypt({ algorithm, ciphertext: foreign, iv })
      expect(Buffer.from(opened.result)).toEqual(other)
      expect(acknowledged('decrypt', carried)).toMatchObject([{ status: 200 }])
    },
  )

  it.each(rows(SECRETS, 'vault'))(
    'is refused, after a warning that says so, and leaves nothing behind: %s into %s',
    async (_name, _vault, shape, where) => {
      const { name, input, result } = await submit(keyOf(shape), where)
      expect(input.acknowledgedWarnings).toContain('target-tier')
      expect(result).toMatchObject({ ok: false, error: { code: 'vault-refused' } })
      const { ctx } = testConsole
      const imports = await ctx.db.import.findMany({
        where: { keyName: name, connection: { kind: 'azure_key_vault' } },
      })
      expect(imports).toMatchObject([{ status: 'failed', failureCode: 'vault-refused', keyVersion: null }])
      const { sdk } = clientsOf(testConsole.vault.description)
      await expect(sdk.getKey(name)).rejects.toMatchObject({ statusCode: 404 })
    },
  )

  async function encryptInVault(kid: string, key: Secret, { iv, value }: { iv: Buffer; value: Buffer }) {
    const { result } = await officialClient(kid).encrypt({ algorithm: cbcOf(key), plaintext: value, iv })
    return Buffer.from(result)
  }
})

function cbcOf({ sizeOrCurve }: Secret): 'A128CBC' | 'A192CBC' | 'A256CBC' {
  if (sizeOrCurve === '128') return 'A128CBC'
  return sizeOrCurve === '192' ? 'A192CBC' : 'A256CBC'
}

/** Signed by the vault, verified by OpenSSL with the public key that the token shows; another message is not. */
async function expectSigns(client: CryptographyClient, { family, spki }: Pair, algorithm: SignatureAlgorithm) {
  const message = randomBytes(200)
  const { result } = await client.sign(algorithm, digestFor(algorithm, message))
  const signature = family === 'EC' ? toEcdsaSigValue(result) : result
  const signed = { spki, signature, hash: HASH_OF[algorithm], pss: isPss(algorithm) }
  expect(opensslVerifies({ ...signed, message })).toBe(true)
  expect(opensslVerifies({ ...signed, message: randomBytes(200) })).toBe(false)
}
