import type { KeyType } from '../keys/key-type'
import { KEY_SHAPES, type KeyShape, knownRemainders, shapeName } from './encoded-lengths'

/** A type that the length of the ciphertext allows. */
export interface TypeProposal extends KeyShape {
  kty: Extract<KeyType, 'RSA-HSM' | 'EC-HSM' | 'oct-HSM'>
  /** As an officer reads it: `P-256`, `RSA-2048`, `AES-256`. */
  name: string
}

/**
 * The types whose known encodings leave exactly so many bytes after the KEK's block. Several: the officer must choose,
 * nothing is guessed. None: an unusual encoding, or no such key.
 */
export function proposeTypes(remainderLength: number): TypeProposal[] {
  return KEY_SHAPES.filter((shape) => knownRemainders(shape).includes(remainderLength)).map((shape) => ({
    ...shape,
    kty: `${shape.family}-HSM` as const,
    name: shapeName(shape),
  }))
}

/** `P-256`, `P-256 or P-256K`, `P-256, P-256K or P-384`. */
export function nameProposals(proposals: readonly Pick<TypeProposal, 'name'>[]): string {
  const names = proposals.map(({ name }) => name)
  const last = names.pop() ?? 'no known type'
  return names.length > 0 ? `${names.join(', ')} or ${last}` : last
}
