import type { Bytes } from '../bytes'
import type { HashName } from './key-derivation'

/** A hash function for being applied to its own output over and over, without new memory in each round. */
export interface DigestRounds {
  /** The hash of `message` in `digest`. */
  hash(message: Uint8Array, digest: Bytes): void
  /** `digest` becomes its own hash, `times` times. */
  repeat(digest: Bytes, times: number): void
  wipe(): void
}

/** SHA-1 and SHA-256, which nearly every file asks for, go by the block; the others take four times as long anyway. */
export async function loadDigestRounds(hash: HashName): Promise<DigestRounds> {
  if (hash === 'SHA-1') return new (await import('./sha1-rounds')).Sha1Rounds()
  if (hash === 'SHA-256') return new (await import('./sha256-rounds')).Sha256Rounds()
  const { sha224, sha384, sha512 } = await import('@noble/hashes/sha2.js')
  switch (hash) {
    case 'SHA-224':
      return roundsOf(sha224.create())
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

function roundsOf<State extends HashState<State>>(fresh: State): DigestRounds {
  const work = fresh._cloneInto()
  const hash = (message: Uint8Array, digest: Bytes) => fresh._cloneInto(work).update(message).digestInto(digest)
  return {
    hash,
    repeat: (digest, times) => {
      for (let round = 0; round < times; round++) hash(digest, digest)
    },
    wipe: () => work.destroy(),
  }
}
