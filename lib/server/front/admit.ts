import 'server-only'
import type { IncomingHttpHeaders } from 'node:http'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { isSameOrigin } from '../doors/same-origin'
import type { House } from './house'

/** What is known of a request before anything of it is done. */
export interface Knock {
  method: string
  /** As it stands in the request line. */
  target: string
  headers: IncomingHttpHeaders
  /** How many Host headers there were. */
  hosts: number
}

export interface Refusal {
  ok: false
  status: number
  code: ProblemCode
  /** Instead of the code's own sentence. */
  message?: string
  headers?: Record<string, string>
}

export type Admission = { ok: true } | Refusal

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']
const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE']
/** Asked by load balancers, by whatever name they know us; they tell nothing. */
const PROBES: readonly string[] = ['/healthz', '/readyz']
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

const refuse = (status: number, code: ProblemCode, more: Omit<Refusal, 'ok' | 'status' | 'code'> = {}): Refusal => ({
  ok: false,
  status,
  code,
  ...more,
})

/** The order is the rule: a readable address, our own Host, a method that is used here, and who sent it. */
export function admit(knock: Knock, house: House): Admission {
  const path = knock.target.split('?', 1)[0] ?? ''
  if (!isPlainTarget(knock.target, path)) return refuse(400, 'bad-request')
  const elsewhere = PROBES.includes(path) && READS.includes(knock.method) ? undefined : refuseHost(knock, house)
  if (elsewhere) return elsewhere
  if (READS.includes(knock.method)) return mayRead(knock, path) ? { ok: true } : refuse(403, 'wrong-origin')
  if (!WRITES.includes(knock.method))
    return refuse(405, 'bad-request', { headers: { Allow: [...READS, ...WRITES].join(', ') } })
  const { origin, 'sec-fetch-site': site } = knock.headers
  const caller = { origin: origin ?? null, secFetchSite: one(site) }
  return isSameOrigin(caller, house.publicUrl.origin) ? { ok: true } : refuse(403, 'wrong-origin')
}

/**
 * A path that every layer reads alike. None of ours holds an escaped slash, backslash, dot or percent sign, so that what
 * is written twice, or climbs, or names another host, is no address of this console.
 */
function isPlainTarget(target: string, path: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(target) || /[\\#]/.test(target)) return false
  try {
    const decoded = decodeURIComponent(path)
    const escaped = /%(?:2e|2f|5c|25)/i.test(path)
    return !escaped && !/[\p{Cc}\\]/u.test(decoded) && !decoded.split('/').some((part) => part === '.' || part === '..')
  } catch {
    return false // an escape that is none
  }
}

/** Next takes any Host, and X-Forwarded-Host before it; here only the public one names this console. */
function refuseHost({ method, target, headers, hosts }: Knock, { publicUrl }: House): Refusal | undefined {
  const asked = hosts === 1 ? hostOf(headers.host ?? '', publicUrl.protocol) : undefined
  if (asked?.host === publicUrl.host) return undefined
  const message = `This console is at ${publicUrl.origin}: open it there.`
  // People type `localhost` for the loopback address the console is at. Only the literal names of this machine are led
  // over: no other Host decides where anybody is sent.
  const isOurs =
    asked && asked.port === publicUrl.port && [asked, publicUrl].every((url) => LOOPBACK.includes(url.hostname))
  if (!isOurs || method !== 'GET') return refuse(421, 'wrong-host', { message })
  return refuse(421, 'wrong-host', { message, headers: { Refresh: `0; url=${publicUrl.origin}${target}` } })
}

function hostOf(host: string, protocol: string): URL | undefined {
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`${protocol}//${host}`)) return undefined
  return new URL(`${protocol}//${host}`)
}

/**
 * Browsers say where a read comes from (Fetch Metadata). From another site only people may come, by a link to a page: what
 * a foreign page would load into itself, or make somebody's browser fetch from our API, is refused.
 */
function mayRead({ headers }: Knock, path: string): boolean {
  const [site, mode, dest] = [
    one(headers['sec-fetch-site']),
    one(headers['sec-fetch-mode']),
    one(headers['sec-fetch-dest']),
  ]
  if (site === null || site === 'same-origin' || site === 'none') return true
  // A provider's answer to a sign-in comes from its site, to next-auth's own endpoint.
  const isApi = path.startsWith('/api/') && !path.startsWith('/api/auth/')
  return mode === 'navigate' && (dest === null || dest === 'document') && !isApi
}

const one = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? value.join(',') : (value ?? null)
