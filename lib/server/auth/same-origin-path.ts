import 'server-only'

/** A path of this console to go to after signing in; undefined for anything that could lead elsewhere. */
export function sameOriginPath(next: string | null | undefined): string | undefined {
  if (!next?.startsWith('/') || next.startsWith('/sign-in')) return undefined
  const here = 'http://console.invalid'
  if (/[\\\p{Cc}]/u.test(next) || !URL.canParse(next, here)) return undefined
  const url = new URL(next, here)
  return url.origin === here ? `${url.pathname}${url.search}` : undefined
}
