import { BLOB_TYPES, type BlobType } from '@/lib/domain/imports/target'
import type { WizardChoices } from '@/lib/domain/imports/views'
import { proposeTypes } from '@/lib/domain/preflight/type-proposals'
import type { Answers } from './answers'

/** Bytes of the ciphertext after the block of the chosen KEK; null while either is open. */
export function bytesLeft(choices: WizardChoices, { kekKid }: Answers, ciphertextLength: number | null): number | null {
  const kek = choices.vaults.flatMap(({ keks }) => keks).find(({ kid }) => kid === kekKid)
  return kek && ciphertextLength !== null ? ciphertextLength - kek.bits / 8 : null
}

/** The one type that the length allows; null where it allows several, or none: those are for the officer to decide. */
export function soleProposal(left: number | null): { kty: BlobType; sizeOrCurve: string } | null {
  const [first, second] = left === null ? [] : proposeTypes(left)
  const kty = BLOB_TYPES.find((type) => type === first?.kty)
  return first && !second && kty ? { kty, sizeOrCurve: first.sizeOrCurve } : null
}
