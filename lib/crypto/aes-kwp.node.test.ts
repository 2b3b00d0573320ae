import { createCipheriv, createDecipheriv } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unwrapAesKwp, wrapAesKwp } from './aes-kwp'
import { encodeHex } from './hex'

const iv = Buffer.from('A65959A6', 'hex')
const aesKey = fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))

it('AES-KWP agrees with OpenSSL in both directions', () => {
  fc.assert(
    fc.property(aesKey, fc.uint8Array({ minLength: 1, maxLength: 600 }), (key, message) => {
      const cipher = createCipheriv(`id-aes${key.length * 8}-wrap-pad`, key, iv)
      const theirs = Buffer.concat([cipher.update(message), cipher.final()])
      const ours = wrapAesKwp(key, message)
      expect(encodeHex(ours)).toBe(theirs.toString('hex'))
      const decipher = createDecipheriv(`id-aes${key.length * 8}-wrap-pad`, key, iv)
      expect(encodeHex(Buffer.concat([decipher.update(ours), decipher.final()]))).toBe(encodeHex(message))
      expect(encodeHex(unwrapAesKwp(key, theirs))).toBe(encodeHex(message))
    }),
    { numRuns: 100 },
  )
})
