/** Shortens in the middle, keeping both ends: `https://vault…/9f3c12ab`. Text that fits stays whole. */
export function shortenMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const tail = Math.floor((length - 1) / 2)
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`
}
