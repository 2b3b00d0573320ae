import 'server-only'

/** Where a call says that it comes from; null where the header is missing. */
export interface CallOrigin {
  origin: string | null
  secFetchSite: string | null
}

/**
 * Next lets a request without an Origin pass and believes X-Forwarded-Host, so here the Origin must be present and be
 * the configured public one; Sec-Fetch-Site, where a browser sends it, must agree.
 */
export function isSameOrigin({ origin, secFetchSite }: CallOrigin, publicUrl: string): boolean {
  return origin === publicUrl && (secFetchSite === null || secFetchSite === 'same-origin')
}
