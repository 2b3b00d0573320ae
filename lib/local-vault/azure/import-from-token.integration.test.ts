import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSpkiDer, copyBytes } from '@/lib/crypto'
import { KEY_SHAPES, type KeyShape, shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { decryptInToken } from '@/lib/testing/journey/aes-in-token'
import { toEcdsaSigValue } from '@/lib/testing/journey/ecdsa-signature'
import { opensslVerifies } from '@/lib/testing/journey/openssl-verify'
import { algorithmsOf, digestFor, HASH_OF, isPss } from '@/lib/testing/journey/signature-algorithms'
import { tokenAvailable } from '@/lib/testing/journey/token-available'
import { openToken, type Token } from '@/lib/testing/softhsm/token'
import { generateKey, type TokenKey } from '@/lib/testing/softhsm/token-key'
import { wrapForAzure } from '@/lib/testing/softhsm/wrap-for-azure'
import { type BareClient, bareClient } from '../testing/bare-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'
import { rsaPublicKeyOf } from './cryptography/key-objects'

// What a real PKCS#11 token wraps is imported and used, for every type and in every kind of vault that takes it.

const available = await tokenAvailable('transfer blobs of a real PKCS#11 token, of every type')

type Where = 'Key Vault' | 'Managed HSM'
const typesIn = {
  'Key Vault': { RSA: ['RSA', 'RSA-HSM'], EC: ['EC', 'EC-HSM'], oct: [] },
  'Managed HSM': { RSA: ['RSA-HSM'], EC: ['EC-HSM'], oct: ['oct-HSM'] },
} as const satisfies Record<Where, Record<KeyShape['family'], readonly string[]>>

const rows = (['Key Vault', 'Managed HSM'] as const).flatMap((where) =>
  KEY_SHAPES.flatMap((shape) =>
    typesIn[where][shape.family].map((kty) => [`${kty} ${shape.sizeOrCurve}`, where, kty, shape] as const),
  ),
)

describe.skipIf(!available)('a blob of a PKCS#11 token', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'))
  const generated = new Map<string, TokenKey>()
  const keks: Partial<Record<Where, { kekKid: string; kekSpki: ReturnType<typeof asSpkiDer> }>> = {}
  let token: Token
  let vault: TestVault
  let clients: Record<Where, BareClient>

  beforeAll(async () => {
    token = await openToken(folder)
    vault = await startTestVault()
    const [keyVault, managedHsm] = [await bareClient(vault.description, 0), await bareClient(vault.description, 1)]
    clients = { 'Key Vault': keyVault, 'Managed HSM': managedHsm }
    for (const [where, bits] of [
      ['Key Vault', 2048],
      ['Managed HSM', 4096],
    ] as const) {
      const kek = { kty: 'RSA-HSM', key_size: bits, key_ops: ['import'] }
      const { body } = await clients[where]('POST', '/keys/kek/create', kek)
      const { kid = '', n = '', e = '' } = body.key ?? {}
      const spki = rsaPublicKeyOf({ family: 'RSA', bits, n, e }).export({ format: 'der', type: 'spki' })
      keks[where] = { kekKid: kid, kekSpki: asSpkiDer(copyBytes(spki)) }
    }
  })
  afterAll(async () => {
    token?.close()
    await vault?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function keyOf(shape: KeyShape): TokenKey {
    const key = generated.get(shapeName(shape)) ?? generateKey(token, shape)
    generated.set(shapeName(shape), key)
    return key
  }

  async function importFrom(where: Where, kty: string, shape: KeyShape): Promise<{ key: TokenKey; path: string }> {
    const kek = keks[where]
    if (!kek) throw new Error('no KEK')
    const key = keyOf(shape)
    const blob = Buffer.from(wrapForAzure(token, { ...kek, key }))
    const crv = shape.family === 'EC' ? { crv: shape.sizeOrCurve } : {}
    const path = `/keys/${kty}-${shape.sizeOrCurve}`
    const { status } = await clients[where]('PUT', path, { key: { kty, ...crv, key_hsm: blob.toString('base64url') } })
    expect(status).toBe(200)
    return { key, path }
  }

  it.each(rows)('%s, in a %s', async (_name, where, kty, shape) => {
    const { key, path } = await importFrom(where, kty, shape)
    const ask = clients[where]
    if (key.family === 'oct') {
      const [iv, message] = [createHash('md5').update(path).digest(), Buffer.from('two blocks of AES, sixteen each.')]
      const body = {
        alg: `A${shape.sizeOrCurve}CBC`,
        value: message.toString('base64url'),
        iv: iv.toString('base64url'),
      }
      const { body: sealed } = await ask('POST', `${path}/encrypt`, body)
      const opened = decryptInToken(token, key.secretKey, { iv, value: Buffer.from(String(sealed.value), 'base64url') })
      expect(opened).toEqual(message)
      return
    }
    const message = Buffer.from(`signed by the vault: ${path}`)
    for (const alg of algorithmsOf(shape.sizeOrCurve)) {
      const value = digestFor(alg, message).toString('base64url')
      const { body } = await ask('POST', `${path}/sign`, { alg, value })
      const raw = Buffer.from(String(body.value), 'base64url')
      const signature = key.family === 'EC' ? toEcdsaSigValue(raw) : raw
      const verified = opensslVerifies({ spki: key.spki, message, signature, hash: HASH_OF[alg], pss: isPss(alg) })
      expect(verified, alg).toBe(true)
    }
  })
})
