import { type Bytes, concatBytes, copyBytes, wipe } from '../bytes'

interface BcryptInput {
  /** At least one byte. */
  passphrase: Uint8Array
  salt: Uint8Array
  rounds: number
  signal?: AbortSignal | undefined
}

const hashLength = 32
/** Milliseconds of work between two looks at the signal. */
const slice = 50

/**
 * OpenBSD's bcrypt_pbkdf, as OpenSSH encrypts its keys with it. The package has the hash, which is not WebCrypto's to
 * give; the loop is here so that it can be cancelled and makes room for other work. Rejects with the signal's reason.
 */
export async function bcryptPbkdf({ passphrase, salt, rounds, signal }: BcryptInput, length: number): Promise<Bytes> {
  const { default: bcrypt } = await import('bcrypt-pbkdf')
  const passphraseDigest = await sha512(passphrase)
  const key = new Uint8Array(length)
  const stride = Math.ceil(length / hashLength)
  let rested = Date.now()
  for (let block = 1; block <= stride; block++) {
    const [sum, last] = [new Uint8Array(hashLength), new Uint8Array(hashLength)]
    for (let round = 0; round < rounds; round++) {
      const input = round === 0 ? concatBytes(salt, bigEndian(block)) : last
      bcrypt.hash(passphraseDigest, await sha512(input), last)
      for (let i = 0; i < hashLength; i++) sum[i] = (sum[i] ?? 0) ^ (last[i] ?? 0)
      if (Date.now() - rested < slice) continue
      await eventsHandled()
      signal?.throwIfAborted()
      rested = Date.now()
    }
    // Each block's octets are spread over the whole key.
    for (let i = 0; i * stride + block - 1 < length; i++) key[i * stride + block - 1] = sum[i] ?? 0
    wipe(sum, last)
  }
  wipe(passphraseDigest)
  return key
}

/** By a timer: Chromium lets what waits for `scheduler.yield` go before a message that would cancel. */
const eventsHandled = () => new Promise<void>((resolve) => setTimeout(resolve))

const bigEndian = (value: number): Bytes => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)

async function sha512(input: Uint8Array): Promise<Bytes> {
  const copy = copyBytes(input)
  try {
    return new Uint8Array(await crypto.subtle.digest('SHA-512', copy))
  } finally {
    wipe(copy)
  }
}
