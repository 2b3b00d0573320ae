/**
 * Whether a symmetric key is of a kind that no generator makes: a repeated block of at most half its length, bytes that
 * count up or down by a fixed step, or nothing but printable ASCII. Of random keys of 16 bytes fewer than one in ten
 * million is (that of printable characters: (95/256)^16).
 */
export function hasWeakPattern(key: Uint8Array): boolean {
  return hasPeriod(key) || isCounting(key) || isPrintable(key) || hasFewValues(key)
}

const hasPeriod = (key: Uint8Array): boolean =>
  [1, 2, 3, 4, 6, 8, 12, 16].some(
    (period) => period <= key.length / 2 && key.every((byte, at) => at < period || byte === key[at - period]),
  )

/** Each byte is its predecessor plus the same step, modulo 256. */
function isCounting(key: Uint8Array): boolean {
  const step = ((key[1] ?? 0) - (key[0] ?? 0)) & 0xff
  return key.every((byte, at) => at === 0 || byte === (((key[at - 1] ?? 0) + step) & 0xff))
}

const isPrintable = (key: Uint8Array): boolean => key.every((byte) => byte >= 0x20 && byte < 0x7f)

/** At most four different bytes: half a key of zeros, a few digits typed. */
const hasFewValues = (key: Uint8Array): boolean => new Set(key).size <= 4
