/**
 * Whether a symmetric key is of a kind that no generator makes: a repeated block, bytes that count by a fixed step, text,
 * or few different bytes. Of random keys of 16 bytes fewer than one in a million is (most of these by chance of being
 * printable: (95/256)^16).
 */
export const hasWeakPattern = (key: Uint8Array): boolean =>
  isPeriodic(key) || isCounting(key) || isPrintable(key) || hasFewValues(key)

/** A block of any length that is repeated, the last time perhaps in part: at least 5 bytes of the key repeat others. */
function isPeriodic(key: Uint8Array): boolean {
  for (let period = 1; period <= key.length - 5; period++) {
    if (key.every((byte, at) => at < period || byte === key[at - period])) return true
  }
  return false
}

/** Each byte is its predecessor plus the same step, modulo 256. */
function isCounting(key: Uint8Array): boolean {
  const step = (key[1] ?? 0) - (key[0] ?? 0)
  return key.every((byte, at) => at === 0 || byte === (((key[at - 1] ?? 0) + step) & 0xff))
}

const isPrintable = (key: Uint8Array): boolean => key.every((byte) => byte >= 0x20 && byte < 0x7f)

/** At most half as many different bytes as there are bytes: of 16 random ones it happens once in 10^9. */
const hasFewValues = (key: Uint8Array): boolean => new Set(key).size <= key.length / 2
