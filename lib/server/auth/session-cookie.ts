import 'server-only'
import { env } from '../env'

const ABSOLUTE_SECONDS = 8 * 60 * 60

export interface CookieSetting {
  name: string
  options: { httpOnly: true; sameSite: 'lax' | 'strict'; path: '/'; secure: boolean; maxAge?: number }
}

/** `__Host-` wherever the browser would keep it: only over https. Loopback http has no such prefix to offer. */
function cookie(name: string, maxAge?: number): CookieSetting {
  const secure = env().publicUrl.startsWith('https:')
  return {
    name: `${secure ? '__Host-' : ''}drawbridge.${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, ...(maxAge ? { maxAge } : {}) },
  }
}

/** Lax, not strict: a link in a mail to a review must find the officer signed in. Actions check the Origin themselves. */
export const sessionCookie = (): CookieSetting => cookie('session', ABSOLUTE_SECONDS)
export const csrfCookie = (): CookieSetting => cookie('csrf')
export const callbackCookie = (): CookieSetting => cookie('callback')

/** What a sign-in at the identity provider is recognised by when it comes back. Lax: it comes back from elsewhere. */
export const oidcFlowCookie = (): CookieSetting => cookie('oidc', OIDC_FLOW_SECONDS)
/** What the page after it has to say. */
export const oidcNoticeCookie = (): CookieSetting => cookie('oidc-notice', OIDC_NOTICE_SECONDS)

/** A person may look for a second factor for a while. */
export const OIDC_FLOW_SECONDS = 10 * 60
export const OIDC_NOTICE_SECONDS = 5 * 60
