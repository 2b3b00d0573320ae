import { IMPORT_ORIGIN_WORDS } from '@/lib/domain/imports/origin'
import type { KeyOrigin } from '@/lib/domain/keys/views'

export const ORIGIN_WORDS = {
  transfer_blob: IMPORT_ORIGIN_WORDS.transfer_blob.short,
  sealed_in_browser: IMPORT_ORIGIN_WORDS.sealed_in_browser.short,
  over_tls: IMPORT_ORIGIN_WORDS.over_tls.short,
  generated: 'Generated',
  unknown: 'Unknown',
} as const satisfies Record<KeyOrigin, string>

/** What `hsmPlatform` means (Azure: about-keys-details). */
const PROTECTIONS: Record<string, { short: string; long: string }> = {
  '0': { short: 'Software', long: 'Software, FIPS 140-2 level 1' },
  '1': { short: 'HSM L2', long: 'Hardware, FIPS 140-2 level 2' },
  '2': { short: 'HSM L3', long: 'Hardware, FIPS 140-3 level 3' },
}

export const NOT_RECORDED = 'not recorded'

/** `long` for a page, else for a table cell. */
export function protectionWords(hsmPlatform: string | null, long = false): string {
  if (hsmPlatform === null) return NOT_RECORDED
  const words = PROTECTIONS[hsmPlatform]
  return (long ? words?.long : words?.short) ?? `Platform ${hsmPlatform}`
}

export function typeWords(kty: string | null, sizeOrCurve: string | null): string {
  if (kty === null) return NOT_RECORDED
  return sizeOrCurve === null ? kty : `${kty} ${sizeOrCurve}`
}
