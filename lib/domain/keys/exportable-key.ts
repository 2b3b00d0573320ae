import { type ConnectionKind, KIND_FACTS } from '../connections/kind'
import type { KeyOperation } from './key-operations'
import type { KeyType } from './key-type'

/** Only a key in hardware can be exportable. */
export const EXPORTABLE_TYPES = ['RSA-HSM', 'EC-HSM', 'oct-HSM'] as const satisfies readonly KeyType[]
export type ExportableType = (typeof EXPORTABLE_TYPES)[number]

/** What such a vault can be asked to generate. A Key Vault's symmetric keys are a preview, and not offered. */
export function exportableTypesOf(kind: ConnectionKind): readonly ExportableType[] {
  return EXPORTABLE_TYPES.filter((kty) => kty !== 'oct-HSM' || KIND_FACTS[kind].takesOctBlobs)
}

/** What an officer asks for. */
export interface CreateExportableKeyInput {
  connectionId: string
  name: string
  kty: ExportableType
  sizeOrCurve: string
  keyOps: KeyOperation[]
  /** ISO 8601. */
  expiresAt: string | null
  /** Plain JSON text. */
  policyText: string
  /** True can never be taken back. */
  immutable: boolean
  /** What the officer typed as the key's name; only an immutable policy asks for it. */
  typedName: string
}

/** Where the key is, once it is made. */
export interface CreatedKey {
  connectionId: string
  name: string
  version: string
}
