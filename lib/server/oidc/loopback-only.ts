import 'server-only'
import type { CustomFetch } from 'openid-client'

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** For a provider on this machine, asked without TLS: whatever its metadata say, nothing is sent in clear anywhere else. */
export const loopbackOnly: CustomFetch = (url, { body, ...options }) => {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !LOOPBACK.includes(hostname)) throw new Error('an address in clear beyond this machine')
  return fetch(url, { ...options, ...(body === undefined ? {} : { body: asBody(body) }) })
}

/** oauth4webapi sends forms only. */
function asBody(body: unknown): URLSearchParams | string {
  if (body instanceof URLSearchParams || typeof body === 'string') return body
  throw new Error('a body that is no form')
}
