import { type NextRequest, NextResponse } from 'next/server'

/** No inline script, no eval, no foreign origin. Scripts run by a nonce that is new with every response. */
function contentSecurityPolicy(nonce: string): string {
  // React's development build rebuilds stacks with eval; a built console never asks for it.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development}`,
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

/**
 * The policy of every answer but static files. Next reads the nonce from the request's policy, so ours replaces any that
 * came in. Who may come in at all, and all other headers, are the front's: `lib/server/front`.
 */
export function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))))

  const headers = new Headers(request.headers)
  headers.delete('content-security-policy-report-only')
  headers.set('content-security-policy', policy)
  // Where the sign-in leads back to. Always ours: what came in under this name is replaced.
  headers.set('x-drawbridge-path', request.nextUrl.pathname + request.nextUrl.search)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/** Static chunks and fonts get theirs in next.config.js: a worker takes its policy from its own file's answer. */
export const config = { matcher: '/((?!_next/static/).*)' }
