import { decodeBase64Url } from '@/lib/crypto/base64'
import type { Bytes } from '@/lib/crypto/bytes'

/**
 * What the transfer sheet's QR code holds: `drawbridge-kek:1?kid=<percent-encoded>&spki=<base64url of the DER>`.
 * base64url needs no escaping in a query.
 */
export function kekQrText(kid: string, spkiBase64Url: string): string {
  return `drawbridge-kek:1?kid=${encodeURIComponent(kid)}&spki=${spkiBase64Url}`
}

/** Any version of the code's text. */
export const isKekQrText = (text: string): boolean => /^\s*drawbridge-kek:/i.test(text)

/**
 * The code's text read back; line breaks and blanks that scanners and mail programs put in are left out. Undefined for
 * another version, a missing or repeated member, or one that is not encoded as it should be. `spki` is not parsed.
 */
export function readKekQrText(text: string): { kid: string; spki: Bytes } | undefined {
  const [, query] = /^drawbridge-kek:1\?(.*)$/.exec(text.replace(/\s+/g, '')) ?? []
  if (query === undefined) return undefined
  const members = new URLSearchParams(query.replaceAll('+', '%2B'))
  const [kid, ...otherKids] = members.getAll('kid')
  const [spki, ...otherKeys] = members.getAll('spki')
  if (!kid || !spki || otherKids.length + otherKeys.length > 0) return undefined
  try {
    return { kid, spki: decodeBase64Url(spki) }
  } catch {
    // Not base64url is an answer here.
    return undefined
  }
}
