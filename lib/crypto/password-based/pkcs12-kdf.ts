import { type Bytes, concatBytes, wipe } from '../bytes'
import type { HashName, Pkcs12KdfParameters } from './key-derivation'

/** What is derived, as RFC 7292 appendix B.3 numbers it. */
export const pkcs12Purpose = { key: 1, iv: 2, mac: 3 } as const
export type Pkcs12Purpose = (typeof pkcs12Purpose)[keyof typeof pkcs12Purpose]

/** u and v of RFC 7292 appendix B.2, in bytes. */
const lengths: Record<HashName, { output: number; block: number }> = {
  'SHA-1': { output: 20, block: 64 },
  'SHA-224': { output: 28, block: 64 },
  'SHA-256': { output: 32, block: 64 },
  'SHA-384': { output: 48, block: 128 },
  'SHA-512': { output: 64, block: 128 },
}

/**
 * RFC 7292 appendix B.2. `password` is a BMPString with its terminator (or nothing at all); `length` in bytes. It gives way
 * to other work every 50 ms, and ends there when the signal says so.
 */
export async function derivePkcs12(
  password: Uint8Array,
  { hash, salt, iterations }: Pkcs12KdfParameters,
  purpose: Pkcs12Purpose,
  length: number,
  signal?: AbortSignal,
): Promise<Bytes> {
  const { output, block } = lengths[hash]
  const rounds = await loadHash(hash)
  const input = repeatedTo(block, salt, password)
  const [A, derived] = [new Uint8Array(output), new Uint8Array(Math.ceil(length / output) * output)]
  try {
    for (let offset = 0; offset < length; offset += output) {
      const message = concatBytes(new Uint8Array(block).fill(purpose), input)
      await iterate(rounds, message, A, iterations, signal)
      wipe(message)
      derived.set(A, offset)
      addToBlocks(input, A, block)
    }
    return derived.slice(0, length)
  } finally {
    wipe(input, derived, A)
    rounds.wipe()
  }
}

/** One round: the hash of `message` in `digest`, which may be the same bytes. A state is used over and over: twice as fast. */
interface Rounds {
  hash(message: Uint8Array, digest: Uint8Array): void
  wipe(): void
}

async function loadHash(hash: HashName): Promise<Rounds> {
  const { sha224, sha256, sha384, sha512 } = await import('@noble/hashes/sha2.js')
  switch (hash) {
    case 'SHA-1':
      return roundsOf((await import('@noble/hashes/legacy.js')).sha1.create())
    case 'SHA-224':
      return roundsOf(sha224.create())
    case 'SHA-256':
      return roundsOf(sha256.create())
    case 'SHA-384':
      return roundsOf(sha384.create())
    case 'SHA-512':
      return roundsOf(sha512.create())
  }
}

interface HashState<State> {
  _cloneInto(to?: State): State
  update(message: Uint8Array): State
  digestInto(digest: Uint8Array): void
  destroy(): void
}

function roundsOf<State extends HashState<State>>(fresh: State): Rounds {
  const work = fresh._cloneInto()
  return {
    hash: (message, digest) => fresh._cloneInto(work).update(message).digestInto(digest),
    wipe: () => work.destroy(),
  }
}

/** Steps 2 to 4: salt and password, each repeated to whole blocks. */
function repeatedTo(block: number, ...parts: readonly Uint8Array[]): Bytes {
  const rounded = (part: Uint8Array) => Math.ceil(part.length / block) * block
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + rounded(part), 0))
  let start = 0
  for (const part of parts) {
    for (let i = 0; i < rounded(part); i++) joined[start + i] = part[i % part.length] ?? 0
    start += rounded(part)
  }
  return joined
}

/** Step 6.A, into `A`. */
async function iterate(rounds: Rounds, message: Bytes, A: Bytes, iterations: number, signal?: AbortSignal) {
  rounds.hash(message, A)
  let slice = Date.now()
  for (let round = 1; round < iterations; round++) {
    rounds.hash(A, A)
    if (round % 1024 === 0 && Date.now() - slice > 50) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      signal?.throwIfAborted()
      slice = Date.now()
    }
  }
}

/** Steps 6.B and 6.C: every block of `input` becomes itself plus A, repeated, plus 1, modulo 2^(8·block). */
function addToBlocks(input: Bytes, A: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1
    for (let i = block - 1; i >= 0; i--) {
      carry += (input[start + i] ?? 0) + (A[i % A.length] ?? 0)
      input[start + i] = carry & 0xff
      carry >>= 8
    }
  }
}
