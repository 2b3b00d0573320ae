/** SEQUENCE { INTEGER 3, SEQUENCE { OBJECT IDENTIFIER 1.2.840.113549.1.7.…, as PFX begins, in DER and in BER. */
export function looksLikePkcs12(bytes: Uint8Array): boolean {
  const version = afterHeader(bytes, 0)
  if (version === undefined || !startsWith(bytes, version, [0x02, 0x01, 0x03])) return false
  const type = afterHeader(bytes, version + 3)
  return type !== undefined && startsWith(bytes, type, [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07])
}

/** Where a SEQUENCE's content starts. */
function afterHeader(bytes: Uint8Array, start: number): number | undefined {
  const [tag, length = 0] = bytes.subarray(start, start + 2)
  if (tag !== 0x30) return undefined
  return start + 2 + (length > 0x80 ? length & 0x7f : 0)
}

const startsWith = (bytes: Uint8Array, start: number, expected: readonly number[]) =>
  expected.every((octet, i) => bytes[start + i] === octet)
