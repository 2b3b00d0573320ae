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

/**
 * People type `localhost` for the loopback address the console is at; a page under another origin than the public one
 * could not act. Only the literal names of this machine are led over: no other Host decides where anybody is sent.
 */
function leadToPublicOrigin(request: NextRequest): NextResponse | undefined {
  const publicUrl = process.env.DRAWBRIDGE_URL
  if (!publicUrl || request.method !== 'GET') return undefined
  const [wanted, host] = [new URL(publicUrl), request.headers.get('host') ?? '']
  const asked = URL.canParse(`${wanted.protocol}//${host}`) ? new URL(`${wanted.protocol}//${host}`) : undefined
  if (!asked || asked.host === wanted.host || asked.port !== wanted.port) return undefined
  if (!LOOPBACK.includes(asked.hostname) || !LOOPBACK.includes(wanted.hostname)) return undefined
  // Put together as text: a path that begins with two slashes must not become another host. And by Refresh: Next takes
  // both names for one origin, and would make a Location relative again.
  const address = `${wanted.origin}${request.nextUrl.pathname}${request.nextUrl.search}`
  const headers = { ...fixedHeaders, Refresh: `0; url=${address}`, 'Content-Security-Policy': "default-src 'none'" }
  return new NextResponse(`This console is at ${wanted.origin}: open it there.\n`, { status: 421, headers })
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** The headers of every answer but static files. Next reads the nonce from the request's policy, so ours replaces any that came in. */
export function proxy(request: NextRequest) {
  const elsewhere = leadToPublicOrigin(request)
  if (elsewhere) return elsewhere
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
