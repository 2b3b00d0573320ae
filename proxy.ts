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

const fixedHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'Cache-Control': 'no-store',
} as const

const isHttps = (request: NextRequest) =>
  request.nextUrl.protocol === 'https:' || request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'

/** The headers of every answer but static files. Next reads the nonce from the request's policy, so ours replaces any that came in. */
export function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))))

  const headers = new Headers(request.headers)
  headers.delete('content-security-policy-report-only')
  headers.set('content-security-policy', policy)
  // Where the sign-in leads back to. Always ours: what came in under this name is replaced.
  headers.set('x-drawbridge-path', request.nextUrl.pathname + request.nextUrl.search)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  for (const [name, value] of Object.entries(fixedHeaders)) response.headers.set(name, value)
  if (isHttps(request)) response.headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  return response
}

/** Static chunks and fonts get theirs in next.config.js: a worker takes its policy from its own file's answer. */
export const config = { matcher: '/((?!_next/static/).*)' }
