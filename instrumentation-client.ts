import { watchOutbound } from './lib/client/outbound/watch-outbound'
import { hearPopState } from './lib/client/own-history'

/** The DOM library of TypeScript has no Trusted Types yet; this is the part that is used here. */
type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown
}

const ours = '/_next/static/'

/**
 * Lets through our own built chunks and the key worker, nothing else. HTML and script text are never let through.
 * The address goes back as it came: the bundler recognises its chunks by it.
 */
function createScriptURL(url: string): string {
  const target = new URL(url, window.location.href)
  if (target.origin === window.location.origin && target.pathname.startsWith(ours)) return url
  throw new TypeError('Drawbridge loads scripts from its own build only.')
}

// `Window` may carry `trustedTypes`: the W3C specification defines it so, and a browser without it skips this.
const { trustedTypes } = window as Window & { trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', { createScriptURL })

watchOutbound(window)
hearPopState(window)
