/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN]
  return sorted.length % 2 ? high : (low + high) / 2
}

/** @param {readonly number[]} values @param {number} share 0 to 1 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** @type {string[]} */
const outOfBounds = []

/**
 * Prints one figure beside its bound.
 * @param {string} what @param {number} value @param {{ most?: number, least?: number, unit?: string, digits?: number }} bound
 */
export function figure(what, value, { most, least, unit = '', digits = 2 }) {
  const held = (most === undefined || value <= most) && (least === undefined || value >= least)
  const bound = most === undefined ? `at least ${least}` : `at most ${most}`
  console.log(`  ${held ? '✓' : '✗'} ${what}: ${value.toFixed(digits)}${unit} (${bound}${unit})`)
  if (!held) outOfBounds.push(what)
}

/** Throws when a figure since the last call was out of bounds. */
export function settle() {
  const failed = outOfBounds.splice(0)
  if (failed.length > 0) throw new Error(`out of bounds: ${failed.join('; ')}`)
}
