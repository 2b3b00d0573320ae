/** The vault's own spelling of key types. `-HSM` is held in hardware. */
export const KEY_TYPES = ['RSA-HSM', 'EC-HSM', 'oct-HSM', 'RSA', 'EC', 'oct'] as const
export type KeyType = (typeof KEY_TYPES)[number]
export type KeyFamily = 'RSA' | 'EC' | 'oct'

export const RSA_BITS = ['2048', '3072', '4096'] as const
export const EC_CURVES = ['P-256', 'P-256K', 'P-384', 'P-521'] as const
export const OCT_BITS = ['128', '192', '256'] as const

export type EcCurve = (typeof EC_CURVES)[number]
/** RSA modulus bits, EC curve in the vault's name, or AES key bits. */
export type SizeOrCurve = (typeof RSA_BITS)[number] | EcCurve | (typeof OCT_BITS)[number]

export function familyOf(kty: KeyType): KeyFamily {
  if (kty.startsWith('RSA')) return 'RSA'
  return kty.startsWith('EC') ? 'EC' : 'oct'
}

export function sizesOf(family: KeyFamily): readonly SizeOrCurve[] {
  return family === 'RSA' ? RSA_BITS : family === 'EC' ? EC_CURVES : OCT_BITS
}

export function isKeyType(value: string): value is KeyType {
  return (KEY_TYPES as readonly string[]).includes(value)
}

export function isSizeOrCurve(family: KeyFamily, value: string): value is SizeOrCurve {
  return (sizesOf(family) as readonly string[]).includes(value)
}

/**
 * Comparable strength in bits (NIST SP 800-57 part 1 rev. 5, table 2).
 */
export function strengthBits(family: KeyFamily, sizeOrCurve: SizeOrCurve): number {
  const table: Record<SizeOrCurve, number> = {
    '2048': 112,
    '3072': 128,
    '4096': 152,
    'P-256': 128,
    'P-256K': 128,
    'P-384': 192,
    'P-521': 256,
    '128': 128,
    '192': 192,
    '256': 256,
  }
  return sizesOf(family).includes(sizeOrCurve) ? table[sizeOrCurve] : 0
}
