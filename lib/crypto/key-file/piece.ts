import type { KeyWarning } from '../private-key/found-key'
import type { PrivateNumbers } from '../private-key/private-numbers'
import { wipeNumbers } from '../private-key/wipe-numbers'
import type { OpeningBudget } from './opening-budget'
import type { KdfLimits, KeyFileFormat } from './read-result'
import type { KeyFileRefused } from './refusals'

/** One thing in a key file, before any key was validated. */
export type Piece = KeyPiece | LockedPiece | { piece: 'refused'; refusal: KeyFileRefused }

/** A private key's numbers. Whoever takes the piece fills them with zeros. */
export interface KeyPiece {
  piece: 'key'
  format: KeyFileFormat
  numbers: PrivateNumbers
  name?: string
  warnings?: readonly KeyWarning[]
  /** What it came in proved that it is whole. */
  whole?: boolean
}

/** Encrypted, and no passphrase was given. In words for people, as `ReadKeyFileResult` has them. */
export interface LockedPiece {
  piece: 'locked'
  format: KeyFileFormat
  cipher: string
  kdf: string
}

/** What a reader may do to open what it meets. */
export interface OpeningOptions {
  passphrase?: Uint8Array
  limits: KdfLimits
  signal?: AbortSignal
  budget: OpeningBudget
}

export function wipePieces(pieces: readonly Piece[]): void {
  for (const piece of pieces) if (piece.piece === 'key') wipeNumbers(piece.numbers)
}
