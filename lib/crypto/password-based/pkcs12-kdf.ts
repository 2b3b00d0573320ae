import { type Bytes, concatBytes, wipe } from '../bytes'
import { type DigestRounds, loadDigestRounds } from './digest-rounds'
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
  const rounds = await loadDigestRounds(hash)
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

/** Between two looks at the clock: about a millisecond. */
const roundsAtOnce = 1024

/** Step 6.A, into `A`. */
async function iterate(rounds: DigestRounds, message: Bytes, A: Bytes, iterations: number, signal?: AbortSignal) {
  rounds.hash(message, A)
  let slice = Date.now()
  for (let left = iterations - 1; left > 0; left -= roundsAtOnce) {
    rounds.repeat(A, Math.min(left, roundsAtOnce))
    if (Date.now() - slice <= 50) continue
    await new Promise((resolve) => setTimeout(resolve, 0))
    signal?.throwIfAborted()
    slice = Date.now()
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
