/** Octets as text, one character each. For what is no secret: labels, headers, magic words. */
export const textOf = (octets: Uint8Array): string => new TextDecoder('latin1').decode(octets)

/** Where an ASCII text begins in bytes, at `from` or later; -1 where it does not. */
export function indexOfText(bytes: Uint8Array, text: string, from = 0): number {
  const first = text.charCodeAt(0)
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (startsWithText(bytes, text, at)) return at
  }
  return -1
}

export function startsWithText(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}
