import type { PlaintextType } from '../testing/fresh-plaintext'

export const EC_P256: PlaintextType = {
  label: 'EC-P-256',
  kty: 'EC-HSM',
  sizeOrCurve: 'P-256',
  curve: 'P-256',
  keyOps: ['sign', 'verify'],
}
export const AES_256: PlaintextType = {
  label: 'AES-256',
  kty: 'oct-HSM',
  sizeOrCurve: '256',
  keyOps: ['encrypt', 'decrypt'],
}
export const IMPORTABLE: readonly PlaintextType[] = [
  { label: 'RSA-2048', kty: 'RSA-HSM', sizeOrCurve: '2048', keyOps: ['sign', 'verify'] },
  EC_P256,
  { label: 'EC-P-256K', kty: 'EC-HSM', sizeOrCurve: 'P-256K', curve: 'P-256K', keyOps: ['sign', 'verify'] },
  { label: 'EC-P-521', kty: 'EC-HSM', sizeOrCurve: 'P-521', curve: 'P-521', keyOps: ['sign', 'verify'] },
  AES_256,
]
