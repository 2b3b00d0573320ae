import { type Bytes, wipe } from '../bytes'

/** One passphrase as the two families of derivations take it. */
export interface PasswordForms {
  /** UTF-8 as typed: PBKDF2 and scrypt. */
  utf8: Uint8Array
  /** RFC 7292 appendix B.1: UTF-16, big-endian, with two zero octets at the end. */
  bmp: Bytes
}

/**
 * Every form that some tool gave this passphrase, the standard's first. An empty one is a lone terminator for most and
 * nothing at all for others (Windows, NSS, "no password"); OpenSSL before 1.1 took every octet of the typed text for a
 * character.
 */
export function passwordForms(utf8: Uint8Array): PasswordForms[] {
  if (utf8.length === 0) return [new Uint8Array(2), new Uint8Array(0)].map((bmp) => ({ utf8, bmp }))
  const octetwise = bmpString(Array.from(utf8))
  if (utf8.every((octet) => octet < 0x80)) return [{ utf8, bmp: octetwise }]
  const units = utf16Units(utf8)
  return [...(units ? [bmpString(units)] : []), octetwise].map((bmp) => ({ utf8, bmp }))
}

export const wipePasswordForms = (forms: readonly PasswordForms[]) => wipe(...forms.map(({ bmp }) => bmp))

function bmpString(units: readonly number[]): Bytes {
  const encoded = new Uint8Array(2 * units.length + 2)
  units.forEach((unit, i) => {
    encoded[2 * i] = unit >> 8
    encoded[2 * i + 1] = unit & 0xff
  })
  return encoded
}

/** UTF-16 with surrogate pairs; `undefined` for what is no UTF-8. By hand: a string could not be wiped. */
function utf16Units(utf8: Uint8Array): number[] | undefined {
  const units: number[] = []
  for (let i = 0; i < utf8.length; ) {
    const lead = utf8[i] ?? 0
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let point = more === 0 ? lead : lead & (0x3f >> more)
    for (let k = 1; k <= more; k++) {
      const next = utf8[i + k] ?? 0
      if (next >> 6 !== 2) return undefined
      point = (point << 6) | (next & 0x3f)
    }
    if (lead >> 6 === 2 || point > 0x10ffff) return undefined
    if (point < 0x10000) units.push(point)
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff))
    i += more + 1
  }
  return units
}
