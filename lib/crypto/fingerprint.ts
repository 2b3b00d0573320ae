/** SHA-256 fingerprints as people read, type and compare them. */

/** 64 hexadecimal digits in upper case, as sixteen groups of four. */
export const groupFingerprint = (hex: string): string => (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')

/** Longer texts are no fingerprint in any grouping. */
const longest = 512

/**
 * A SHA-256 fingerprint in any grouping and case: blanks, colons, hyphens, dots or commas between digits, `0x`, and
 * what tools print around it (`sha256sum`'s trailing ` -` or file name, OpenSSL's `SHA2-256(stdin)= `). Null if it
 * isn't one. A certificate's fingerprint (`sha256 Fingerprint=…`) is one of something else, and none here.
 */
export function parseFingerprint(text: string): string | null {
  if (text.length > longest) return null
  const bare = text
    .trim()
    .replace(/^(?:SHA2?-?256(?:\([^)]*\))?\s*[:=]\s*)/i, '')
    .replace(/^0x/i, '')
    .replace(/\s+\*?-$/, '')
    .replace(/^([0-9a-f]{64})\s+\*?\S*\.\S*$/i, '$1')
  const digits = bare.replace(/[\s:.,-]/g, '')
  return /^[0-9a-fA-F]{64}$/.test(digits) ? digits.toLowerCase() : null
}

export type FingerprintComparison =
  | { equal: true }
  /** `group` counts from 1; `left` and `right` are that group of each side, in upper case. */
  | { equal: false; group: number; left: string; right: string }

/** Compares two fingerprints (hexadecimal) and names the first group of four that differs. */
export function compareFingerprints(left: string, right: string): FingerprintComparison {
  const [a, b] = [groupFingerprint(left).split(' '), groupFingerprint(right).split(' ')]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) return { equal: false, group: i + 1, left: a[i] ?? '', right: b[i] ?? '' }
  }
  return { equal: true }
}
