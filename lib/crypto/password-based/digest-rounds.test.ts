import { sha224 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, copyBytes } from '../bytes'
import { loadDigestRounds } from './digest-rounds'
import type { HashName } from './key-derivation'

const lengths: [HashName, number][] = [
  ['SHA-1', 20],
  ['SHA-224', 28],
  ['SHA-256', 32],
  ['SHA-384', 48],
  ['SHA-512', 64],
]

/** WebCrypto knows no SHA-224. */
const native = async (hash: HashName, message: Bytes): Promise<Bytes> =>
  hash === 'SHA-224' ? copyBytes(sha224(message)) : new Uint8Array(await crypto.subtle.digest(hash, message))

describe('hashing a hash over and over', () => {
  it.each(lengths)('is what WebCrypto makes of it, one round after the other: %s', async (hash, length) => {
    const arbitrary = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.nat(20))
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([message, times]) => {
        const [rounds, digest] = [await loadDigestRounds(hash), new Uint8Array(length)]
        rounds.hash(message, digest)
        rounds.repeat(digest, times)
        let expected = await native(hash, copyBytes(message))
        for (let round = 0; round < times; round++) expected = await native(hash, expected)
        expect(digest).toEqual(expected)
        rounds.wipe()
      }),
      { numRuns: 50 },
    )
  })

  it('goes on where it left off', async () => {
    for (const [hash, length] of lengths) {
      const [rounds, inOne, inTwo] = [await loadDigestRounds(hash), new Uint8Array(length), new Uint8Array(length)]
      rounds.repeat(inOne, 300)
      rounds.repeat(inTwo, 100)
      rounds.repeat(inTwo, 200)
      expect(inTwo).toEqual(inOne)
      expect(inTwo).not.toEqual(new Uint8Array(length))
    }
  })
})
