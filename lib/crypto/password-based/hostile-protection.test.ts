import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes } from '../bytes'
import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, readDer } from '../der-reader'
import { KeyFileRefused, keyFileRefusals } from '../key-file/refusals'
import { readPem } from '../pem'
import { corpusFile } from '../testing/corpus'
import { openEncrypted } from './open-encrypted'

/** Small costs: a changed number may ask for all that the limits allow, and that is then done. */
const limits = { pbkdf2Iterations: 5000, scryptMemory: 2 ** 24, scryptCost: 2 ** 15, bcryptRounds: 1 }
/** Far more than those costs take, far less than any that a file could ask for without limits. */
const longest = 10_000

/** One of each derivation and cipher that stands bare around a PKCS#8. */
const names = [
  'openssl-pbes2-aes-256-cbc-SHA256.pem',
  'openssl-pbes2-aes-192-cbc-SHA224.pem',
  'openssl-pbes2-des-ede3-cbc-SHA1.pem',
  'openssl-pbes2-rc2-cbc.pem',
  'openssl-pbes2-scrypt-1024-1-1.pem',
  'openssl-pbe-sha1-3des-latin.pem',
  'openssl-pbe-sha1-rc2-40-latin.pem',
]

/** The documented answers of opening: bytes, or a refusal of the closed list. Anything else is thrown on. */
async function open(der: Uint8Array, passphrase: Uint8Array): Promise<Bytes | KeyFileRefused | 'no DER'> {
  const start = Date.now()
  try {
    const [algorithm, ciphertext] = parts(der)
    if (!algorithm || !ciphertext) return 'no DER'
    return await openEncrypted({ algorithm, ciphertext: ciphertext.content, passphrase, limits })
  } catch (cause) {
    if (!(cause instanceof KeyFileRefused)) throw cause
    expect(keyFileRefusals).toHaveProperty(cause.code)
    return cause
  } finally {
    expect(Date.now() - start).toBeLessThan(longest)
  }
}

function parts(der: Uint8Array): DerElement[] {
  try {
    return derChildren(readDer(der))
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return []
  }
}

const changes = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(2000), by: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('put' as const), at: fc.nat(2000), by: fc.constantFrom(0x00, 0x7f, 0x80, 0x84, 0xff) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(2000), by: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(2000), by: fc.nat(0) }),
)
type Change = typeof changes extends fc.Arbitrary<infer Value> ? Value : never

function changed(der: Bytes, { kind, at, by }: Change): Bytes {
  const place = at % der.length
  if (kind === 'cut') return der.slice(0, place)
  if (kind === 'insert') return concatBytes(der.subarray(0, place), Uint8Array.of(by), der.subarray(place))
  return der.with(place, kind === 'put' ? by : (der[place] ?? 0) ^ by)
}

describe('an encrypted PKCS#8 changed or cut anywhere', () => {
  it.each(names)('opens to bytes or is refused by a code, within the costs: %s', { timeout: 240_000 }, async (name) => {
    const file = await corpusFile(name)
    const { bytes: der } = readPem(new TextDecoder().decode(file.bytes))
    const passphrase = new TextEncoder().encode(file.passphrase)
    expect(await open(der, passphrase)).toBeInstanceOf(Uint8Array)
    // The parameters, in which the numbers are, more often than the ciphertext.
    const inParameters = changes.map((change) => ({ ...change, at: change.at % 120 }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(inParameters, changes), async (change) => {
        await open(changed(der, change), passphrase)
      }),
      { numRuns: 150 },
    )
  })

  it('of any algorithm at all is refused by a code', async () => {
    const { bytes: der } = readPem(new TextDecoder().decode((await corpusFile(names[0] ?? '')).bytes))
    const [, ciphertext] = parts(der)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (content) => {
        const algorithm = { tag: 0x30, content, octets: content, depth: 1 }
        const opening = openEncrypted({
          algorithm,
          ciphertext: ciphertext?.content ?? der,
          passphrase: content,
          limits,
        })
        await expect(opening).rejects.toBeInstanceOf(KeyFileRefused)
      }),
      { numRuns: 300 },
    )
  })
})
