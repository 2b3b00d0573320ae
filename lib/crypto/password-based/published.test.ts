import { describe, expect, it } from 'vitest'
import { decodeHex } from '../hex'
import { publishedVectors } from '../testing/published-vectors'
import { blockCiphers } from './cipher'
import { decryptProtected } from './open-encrypted'

interface PbeVectors {
  testGroups: { tests: PbeVector[] }[]
}
interface PbeVector {
  tcId: number
  password: string
  salt: string
  iterationCount: number
  iv: string
  msg: string
  ct: string
}

const vectors = await publishedVectors<PbeVectors>('pbes2_hmacsha256_aes_256_test.json')

describe.skipIf(vectors === null)('PBES2 by Wycheproof', () => {
  const tests = vectors?.testGroups.flatMap(({ tests }) => tests) ?? []
  it.each(tests)('$tcId', async ({ password, salt, iterationCount, iv, msg, ct }) => {
    const kdf = { kind: 'PBKDF2', hash: 'SHA-256', salt: decodeHex(salt), iterations: iterationCount } as const
    const protection = { kdf, cipher: blockCiphers['AES-256-CBC'], iv: decodeHex(iv) }
    const forms = { utf8: decodeHex(password), bmp: new Uint8Array(0) }
    expect(await decryptProtected(protection, decodeHex(ct), forms)).toEqual(decodeHex(msg))
  })
})
