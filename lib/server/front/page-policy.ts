import 'server-only'
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isStatic } from './fixed-headers'

/** The path and query that were asked for, so that a sign-in can lead back there. */
export const PATH_HEADER = 'x-drawbridge-path'

/**
 * A policy with a nonce of its own for each answer but static files (a worker takes its policy from its own file's
 * answer, in `next.config.js`). Next reads the nonce from the request's policy, so ours replaces any that came in.
 */
export function givePagePolicy(req: IncomingMessage, res: ServerResponse): void {
  const target = req.url ?? '/'
  if (isStatic(target)) return
  const policy = contentSecurityPolicy(randomBytes(18).toString('base64'))
  delete req.headers['content-security-policy-report-only']
  req.headers['content-security-policy'] = policy
  req.headers[PATH_HEADER] = withoutFlightMark(target)
  res.setHeader('Content-Security-Policy', policy)
}

/** No inline script, no eval, no foreign origin. Scripts run by a nonce that is new with every answer. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** Next's own mark of a page that is asked for as data. */
function withoutFlightMark(target: string): string {
  const url = new URL(target, 'http://console')
  url.searchParams.delete('_rsc')
  return url.pathname + url.search
}
