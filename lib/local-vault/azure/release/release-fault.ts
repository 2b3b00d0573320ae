import { badParameter, type Fault, forbidden } from '../fault'
import type { VaultKind } from '../vault-kind'

/** The numbers that are known, with their sentences; of 1003 and 1006 only the gist is known. */
const sentences = {
  1001: "The exportable attribute is only supported with premium vaults and API version >= '7.3-preview'.",
  1003: 'The exportable attribute of an existing key cannot be changed.',
  1004: 'Exportable keys must have release policy.',
  1005: 'Non-exportable keys must not have release policy.',
  1006: 'Exportable keys must be HSM keys.',
  1014: 'Cannot modify the exportable state of a key.',
  1016: 'Key Release Policy can only be set on versionless key.',
  1020: 'Immutable Key Release Policy cannot be modified.',
} as const

/** A Managed HSM says the same without the number, and without the full stop. */
export function releaseFault(kind: VaultKind, number: keyof typeof sentences): Fault {
  return numbered(kind, number, sentences[number])
}

/** 1012 names the service; the address is the key's own policy's. */
export function unreachable(kind: VaultKind, authority: string): Fault {
  return numbered(kind, 1012, `The specified attestation service ${authority.slice(0, 200)} cannot be reached.`)
}

function numbered(kind: VaultKind, number: number, sentence: string): Fault {
  return badParameter(kind === 'azure-managed-hsm' ? sentence.slice(0, -1) : `AKV.SKR.${number}: ${sentence}`)
}

export const notVerified = (): Fault =>
  forbidden('AccessDenied', 'Target environment attestation statement cannot be verified.')

export const policyNotMet = (): Fault =>
  forbidden('AccessDenied', 'Target environment attestation does not meet key release policy requirements.')

export const notAToken = (): Fault => badParameter('The property "target" has an invalid value.')
export const notExportable = (): Fault => badParameter('The key is not exportable, so it cannot be released.')
export const noWrappingKey = (): Fault =>
  badParameter('The attestation statement holds no key that the released key could be wrapped with.')
