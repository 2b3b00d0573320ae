import type { Curve, KeyType, PublicPart } from '../store/records'
import type { VaultSettings } from '../vault-settings'
import type { CryptographicOperation } from './cryptography/algorithm-matrix'

export type Family = PublicPart['family']

type KeyTypeRow = { family: Family; hsm: boolean }

export const keyTypes = {
  RSA: { family: 'RSA', hsm: false },
  'RSA-HSM': { family: 'RSA', hsm: true },
  EC: { family: 'EC', hsm: false },
  'EC-HSM': { family: 'EC', hsm: true },
  oct: { family: 'oct', hsm: false },
  'oct-HSM': { family: 'oct', hsm: true },
} as const satisfies Record<KeyType, KeyTypeRow>

export const rsaSizes: readonly number[] = [2048, 3072, 4096]
export const octSizes: readonly number[] = [128, 192, 256]

/** Azure's curve names beside OpenSSL's, and the byte length of a coordinate. */
export const curves = {
  'P-256': { openssl: 'prime256v1', jwk: 'P-256', bytes: 32 },
  'P-256K': { openssl: 'secp256k1', jwk: 'secp256k1', bytes: 32 },
  'P-384': { openssl: 'secp384r1', jwk: 'P-384', bytes: 48 },
  'P-521': { openssl: 'secp521r1', jwk: 'P-521', bytes: 66 },
} as const satisfies Record<Curve, { openssl: string; jwk: string; bytes: number }>

/** What a key of a family may do. `import` and `export` are ruled apart. */
export const familyOperations = {
  RSA: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
  EC: ['sign', 'verify'],
  oct: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'sign', 'verify'],
} as const satisfies Record<Family, readonly CryptographicOperation[]>

/** What it gets when nobody says. A symmetric key makes HMACs only where it was asked for. */
export const defaultOperations = {
  ...familyOperations,
  oct: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
} as const satisfies Record<Family, readonly CryptographicOperation[]>

type Way = 'create' | 'import'
type Offer = 'premium' | 'standard' | 'managed-hsm'

/** Which types a vault takes, by way in. oct-HSM in a premium vault is a preview of creation only. */
const acceptedTypes: Record<Offer, Record<Way, readonly KeyType[]>> = {
  premium: {
    create: ['RSA', 'RSA-HSM', 'EC', 'EC-HSM', 'oct-HSM'],
    import: ['RSA', 'RSA-HSM', 'EC', 'EC-HSM'],
  },
  standard: { create: ['RSA', 'EC'], import: ['RSA', 'EC'] },
  'managed-hsm': { create: ['RSA-HSM', 'EC-HSM', 'oct-HSM'], import: ['RSA-HSM', 'EC-HSM', 'oct-HSM'] },
}

export function acceptsType(vault: VaultSettings, way: Way, kty: KeyType): boolean {
  const offer = vault.kind === 'azure-managed-hsm' ? 'managed-hsm' : vault.tier
  return acceptedTypes[offer][way].includes(kty)
}

export const keyTypeNames = Object.keys(keyTypes) as [KeyType, ...KeyType[]] // the table's keys are exactly KeyType
export const curveNames = Object.keys(curves) as [Curve, ...Curve[]] // the table's keys are exactly Curve
