import { signIn } from './sign-in.mjs'

/**
 * What open pages ask for: mostly the shell's own question, searches, and now and then a whole page. Of twenty reads.
 * @type {readonly (readonly [kind: string, path: string, count: number])[]}
 */
const OF_TWENTY = [
  ['status', '/api/status', 12],
  ['search', '/api/keys?q=a', 4],
  ['inventory page', '/keys', 1],
  ['reviews page', '/review', 1],
  ['vaults page', '/vaults', 1],
  ['start page', '/', 1],
]

export const MIX_WORDS = OF_TWENTY.map(([kind, , count]) => `${count} ${kind}`).join(', ')

/** Spread evenly: 7 has no divisor in common with 20. */
const ORDER = OF_TWENTY.flatMap(([kind, path, count]) => Array.from({ length: count }, () => ({ kind, path })))
const nth = (/** @type {number} */ n) => ORDER[(n * 7) % ORDER.length] ?? { kind: 'status', path: '/api/status' }

/**
 * The mix as several officers' open pages send it, each under a session of its own.
 * @param {import('./installation.mjs').Installation} console_
 * @returns {Promise<(n: number) => import('./steady-load.mjs').Wish>}
 */
export async function readMix(console_) {
  const roles = ['auditor', 'custodian', 'administrator', 'custodian']
  const cookies = await Promise.all(roles.map((role) => signIn(console_, role)))
  return (n) => ({
    ...nth(n),
    headers: { cookie: cookies[n % cookies.length] ?? '', host: new URL(console_.url).host, 'accept-encoding': 'gzip' },
  })
}
