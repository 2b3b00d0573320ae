import type { Needle } from './needles'

export interface Hit {
  canary: string
  form: string
}

const PREFIX = 3
const keyAt = (bytes: Uint8Array, at: number) =>
  ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)

/**
 * A search for many needles at once: one pass over each haystack, however many there are. It is made for the memory of a
 * process, of which there is much.
 */
export function searchFor(needles: readonly Needle[]): (haystack: Uint8Array) => Hit[] {
  const starts = new Uint8Array(1 << 24)
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    if (needle.bytes.length < 12)
      throw new Error(`the needle ${needle.canary}, ${needle.form} is too short to mean anything`)
    const key = keyAt(needle.bytes, 0)
    starts[key] = 1
    byStart.set(key, [...(byStart.get(key) ?? []), needle])
  }
  return (haystack) => {
    const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength)
    const found = new Map<string, Hit>()
    const end = bytes.length - PREFIX
    for (let at = 0; at <= end; at++) {
      const key = keyAt(bytes, at)
      if (starts[key] === 0) continue
      for (const needle of byStart.get(key) ?? []) {
        const to = at + needle.bytes.length
        if (to > bytes.length || bytes.compare(needle.bytes, 0, needle.bytes.length, at, to) !== 0) continue
        const { canary, form } = needle
        found.set(`${canary} ${form}`, { canary, form })
      }
    }
    return [...found.values()]
  }
}
