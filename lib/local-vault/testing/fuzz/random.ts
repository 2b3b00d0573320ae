/** Numbers and choices that follow from a seed alone, so that a run can be repeated. */
export type Random = {
  /** From 0 up to, not including, `end`. */
  below(end: number): number
  chance(share: number): boolean
  pick<T>(items: readonly T[]): T
  bytes(length: number): Buffer
}

/** Mulberry32 over an FNV-1a hash of the seed: enough to choose by, nothing to keep secrets with. */
export function randomOf(seed: string): Random {
  let state = 0x811c9dc5
  for (const byte of Buffer.from(seed)) state = Math.imul(state ^ byte, 0x01000193)
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (share) => next() < share,
    pick<T>(items: readonly T[]): T {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('There is nothing to choose from.')
      return item
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  }
}
