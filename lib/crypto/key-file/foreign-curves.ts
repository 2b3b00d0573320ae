const names: Record<string, string> = {
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.31': 'secp192k1',
  '1.3.132.0.32': 'secp224k1',
  '1.2.156.10197.1.301': 'SM2',
}
const brainpool = '1.3.36.3.3.2.8.1.1.'
const brainpoolSizes = [160, 192, 224, 256, 320, 384, 512]

/** What people call a curve that the vaults don't take: its name where it is a common one, else its identifier. */
export function nameOfForeignCurve(oid: string): string {
  const size = oid.startsWith(brainpool) ? Number(oid.slice(brainpool.length)) - 1 : Number.NaN
  const bits = brainpoolSizes[Math.floor(size / 2)]
  if (bits !== undefined) return `brainpoolP${bits}${size % 2 === 0 ? 'r1' : 't1'}`
  return names[oid] ?? `the curve with the identifier ${oid}`
}
