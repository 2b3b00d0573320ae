import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { rsaPkcs8 } from './rsa-pkcs8'

describe('PKCS#8 of an RSA key', () => {
  it.each([
    [2048, 65537],
    [2048, 3],
    [3072, 17],
    [4096, 65537],
  ])('of %i bits and exponent %i is what node:crypto exports', (modulusLength, publicExponent) => {
    // Several, for numbers that begin with a set bit or with a whole byte of zeros are written differently.
    for (let count = modulusLength === 2048 ? 12 : 1; count > 0; count -= 1) {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
      const exported = privateKey.export({ format: 'der', type: 'pkcs8' })
      expect(rsaPkcs8(privateKey.export({ format: 'jwk' })).equals(exported)).toBe(true)
    }
  })
})
