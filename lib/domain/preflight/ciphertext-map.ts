import { isWholeRemainder } from './arithmetic-checks'
import { nameProposals, proposeTypes } from './type-proposals'

/** A stretch of the decoded ciphertext, in bytes, and what it is. */
export interface CiphertextPart {
  from: number
  to: number
  name: string
  means: string
}

/** One way to read a ciphertext: for a KEK of so many bits. */
export interface CiphertextReading {
  kekBits: number
  /** `given`: it is the KEK's size. `only`: no other size makes sense. `possible`: several do, or none. */
  because: 'given' | 'only' | 'possible'
  parts: CiphertextPart[]
}

const kekSizes = [2048, 3072, 4096] as const

/**
 * What the bytes of a ciphertext are, by their number alone. With the KEK's size one reading; without it each size that
 * leaves the length of a known key, or all when none does.
 */
export function readCiphertextLength(length: number, kekBits: number | null): CiphertextReading[] {
  if (kekBits !== null) return [{ kekBits, because: 'given', parts: parts(length, kekBits) }]
  const fitting = kekSizes.filter((bits) => proposeTypes(length - bits / 8).length > 0)
  const shown = fitting.length > 0 ? fitting : kekSizes
  const because = fitting.length === 1 ? 'only' : 'possible'
  return shown.map((bits) => ({ kekBits: bits, because, parts: parts(length, bits) }))
}

function parts(length: number, kekBits: number): CiphertextPart[] {
  const block = kekBits / 8
  if (length <= block) {
    const means = `Not longer than the modulus of a KEK of ${kekBits} bits (${block} bytes): there is no room for a key.`
    return [{ from: 0, to: length, name: 'Too short', means }]
  }
  const oaep = `A fresh AES-256 key, encrypted for the KEK (RSA-OAEP, SHA-1). As long as the modulus of a KEK of ${kekBits} bits. Only the vault can open it.`
  return [
    { from: 0, to: block, name: 'RSA-OAEP block', means: oaep },
    { from: block, to: length, name: 'AES-KWP part', means: wrapped(length - block) },
  ]
}

function wrapped(remainder: number): string {
  if (!isWholeRemainder(remainder)) {
    return `${remainder} bytes, which no wrapped key has: it has at least 24, and a multiple of 8. The file is cut short or was wrapped for a KEK of another size.`
  }
  const [least, most] = [remainder - 15, remainder - 8]
  const proposals = proposeTypes(remainder)
  const type =
    proposals.length > 0
      ? `That is the length of ${nameProposals(proposals)}.`
      : 'No known type of key has this length.'
  return `The key under that AES key (RFC 5649): 8 bytes of integrity value and length, and ${least} to ${most} bytes of key, filled up to a multiple of 8; all of it mixed. ${type}`
}
