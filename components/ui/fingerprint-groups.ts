/** A value in groups of four, as people read it aloud. Spaces and colons in it are dropped first. */
export function groupsOfFour(value: string): string[] {
  return value.replace(/[\s:]/g, '').match(/.{1,4}/g) ?? []
}

/** The index of the first group in which two lists differ, or -1 when they are equal. */
export function firstDifference(left: readonly string[], right: readonly string[]): number {
  const length = Math.max(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    if (left[index] !== right[index]) return index
  }
  return -1
}
