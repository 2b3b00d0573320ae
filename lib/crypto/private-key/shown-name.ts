const longestName = 256

/**
 * A name out of a file, which may be any text, as one that can be shown: one line of at most 256 characters, without
 * those that can't be seen or that turn the direction of others. Undefined where nothing is left.
 */
export function shownName(text: string): string | undefined {
  const name = text
    .slice(0, 4 * longestName)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return name === '' ? undefined : [...name].slice(0, longestName).join('')
}
