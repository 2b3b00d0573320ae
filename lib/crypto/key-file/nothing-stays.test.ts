import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64Url } from '../base64'
import { type Bytes, copyBytes } from '../bytes'
import { encodeHex } from '../hex'
import type { VaultPrivateJwk } from '../private-key/found-key'
import { type CorpusFile, keyFileCorpus } from '../testing/corpus'
import { fixture } from '../testing/fixture'
import { madeBuffers } from '../testing/made-buffers'
import { readKeyFile } from './read-key-file'
import { KDF_LIMITS, type ReadKeyFileOptions } from './read-result'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Its last sixteen octets, as they are and in hexadecimal: no coincidence finds them. */
const marksOf = (secret: Uint8Array): Uint8Array[] => {
  const hex = encodeHex(secret.subarray(-16))
  return [secret.slice(-16), utf8(hex), utf8(hex.toUpperCase())]
}

function secretsOf(jwk: VaultPrivateJwk): Uint8Array[] {
  const members =
    jwk.kty === 'oct' ? [jwk.k] : jwk.kty === 'EC' ? [jwk.d] : [jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi]
  return members.flatMap((member) => marksOf(decodeBase64Url(member)))
}

function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (wanted.every((octet, index) => bytes[at + index] === octet)) return true
  return false
}

interface Told {
  bytes: Bytes
  options: ReadKeyFileOptions
  secrets: Uint8Array[]
}

async function toldBy(bytes: Bytes, passphrase?: string): Promise<Told> {
  const options = passphrase === undefined ? {} : { passphrase: utf8(passphrase) }
  const read = await readKeyFile(bytes, options)
  if (read.result !== 'keys') throw new Error(read.result)
  const secrets = read.keys.flatMap((key) => secretsOf(key.toPrivateJwk()))
  return { bytes, options, secrets: passphrase && passphrase.length > 5 ? [...secrets, utf8(passphrase)] : secrets }
}

/** Reads the file to its end, its keys wiped; answers how many buffers that were made on the way still hold a secret. */
async function leftOf({ bytes, options, secrets }: Told): Promise<number> {
  const { answer, buffers } = await madeBuffers(() => readKeyFile(bytes, options))
  if (answer.result === 'keys') for (const key of answer.keys) key.wipe()
  const ours = new Set([bytes.buffer, options.passphrase?.buffer])
  const others = [...buffers].filter((buffer) => !ours.has(buffer)).map((buffer) => new Uint8Array(buffer))
  return others.filter((content) => secrets.some((secret) => holds(content, secret))).length
}

const readable = (await keyFileCorpus()).filter(({ keys }) => keys)
const named = (files: readonly CorpusFile[]) => files.map((file) => ({ name: file.file, file }))

/** What the corpus has not: BER, UTF-16, base64 without armour, text around it, keys as text, JSON. */
const byHand = [
  ...['p256.ber', 'p256.utf16le.pem', 'p256.pem.base64', 'p256.pkcs8.base64', 'p256.env', 'p256.explicit.pem'],
  ...['p256.jwk', 'p256.no-public.pem', 'p256k.pkcs8.der', 'rsa.jwk', 'rsa.without-crt.jwk', 'set.jwks'],
  ...['aes-16.hex', 'aes-16.colons.hex', 'aes-32.0x.hex', 'aes-32.base64', 'aes-32.bin', 'oct.jwk'],
]

describe('of a key file nothing stays that was made of its secrets, once its keys are wiped', () => {
  it('and that is seen: a copy would be found', async () => {
    const { buffers } = await madeBuffers(async () => copyBytes(utf8('a copy of a secret')).slice(2))
    expect([...buffers].filter((buffer) => holds(new Uint8Array(buffer), utf8('copy of a secret')))).toHaveLength(2)
  })

  it.each(named(readable))('$name', { timeout: 120_000 }, async ({ file }) => {
    expect(await leftOf(await toldBy(file.bytes, file.passphrase))).toBe(0)
  })

  it.each(byHand)('%s', async (name) => {
    expect(await leftOf(await toldBy(await fixture(`key-files/${name}`)))).toBe(0)
  })
})

/** Each of another reader, and quickly read: it is read a hundred times. */
const damaged = [
  ...['openssl-pkcs8-p-256.pem', 'openssl-pkcs8-rsa-2048.der', 'openssl-pkcs1-rsa-2048.der', 'ssh-p-256'],
  ...['openssl-no-mac-nothing-encrypted.p12', 'openssl-p-256.p12', 'openssl-pbes2-p-256.der', 'keytool-several.p12'],
]

describe('nor when it is refused', () => {
  it.each(damaged)('%s, cut off or changed anywhere', { timeout: 120_000 }, async (name) => {
    const file = readable.find((each) => each.file === name)
    if (!file) throw new Error(`no ${name}`)
    const told = await toldBy(file.bytes, file.passphrase)
    const cut = fc.nat(file.bytes.length - 1).map((length) => file.bytes.slice(0, length))
    const flipped = fc.tuple(fc.nat(file.bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
      const bytes = copyBytes(file.bytes)
      bytes[at] = (bytes[at] ?? 0) ^ flip
      return bytes
    })
    // A changed iteration count may ask for minutes of work.
    const options = { ...told.options, limits: { ...KDF_LIMITS, pbkdf2Iterations: 100_000 } }
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, flipped), async (bytes) => {
        expect(await leftOf({ ...told, bytes, options })).toBe(0)
      }),
      { numRuns: 200 },
    )
  })
})
