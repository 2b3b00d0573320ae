import type { KeyFamily } from './key-type'

export const KEY_OPERATIONS = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'wrapKey',
  'unwrapKey',
  'import',
  'export',
] as const
export type KeyOperation = (typeof KEY_OPERATIONS)[number]

/** What may be asked of an imported key, by family. */
export const OPERATIONS_OF = {
  RSA: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
  EC: ['sign', 'verify'],
  oct: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
} as const satisfies Record<KeyFamily, readonly KeyOperation[]>

/** One key, one purpose (NIST SP 800-57 part 1, 5.2): the templates that the wizard offers. */
export const PURPOSES = [
  { id: 'signing', label: 'Sign', families: ['RSA', 'EC'], operations: ['sign', 'verify'] },
  { id: 'wrapping', label: 'Wrap other keys', families: ['RSA', 'oct'], operations: ['wrapKey', 'unwrapKey'] },
  { id: 'encryption', label: 'Encrypt data', families: ['RSA', 'oct'], operations: ['encrypt', 'decrypt'] },
] as const satisfies readonly {
  id: string
  label: string
  families: readonly KeyFamily[]
  operations: readonly KeyOperation[]
}[]

/** A KEK may do this and nothing else; the vault excludes every other operation beside it. */
export const KEK_OPERATIONS = ['import'] as const satisfies readonly KeyOperation[]

export function isKek(keyOps: readonly string[]): boolean {
  return keyOps.length === 1 && keyOps[0] === 'import'
}
