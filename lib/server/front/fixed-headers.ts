import 'server-only'
import { type House, isHttps } from './house'

/** On every answer, whoever makes it. `page-policy.ts` replaces the policy, for who was let in, by one with a nonce. */
const ALWAYS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=()',
} as const

/** For what is no page: it runs nothing, loads nothing and stands in no frame. */
const NO_PAGE = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Named by their content, and nothing of anybody's: the only answers that a cache may keep. Next says for how long. */
export const isStatic = (path: string) => path.startsWith('/_next/static/')

export function fixedHeaders(house: House, path: string): Record<string, string> {
  return {
    ...ALWAYS,
    ...(isStatic(path) ? {} : { 'Cache-Control': 'no-store' }),
    'Content-Security-Policy': NO_PAGE,
    ...(isHttps(house) ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}
