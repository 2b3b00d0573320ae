import type { LocalVaultDescription } from '../server'

/** The wire as it is: loosely typed, for a test looks at members that official clients hide. */
export type WireBody = {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads arbitrary members of a reply, and fails where they are absent
  [member: string]: any
}

export type RawReply = { status: number; headers: Headers; body: WireBody }

export type RawClient = (method: string, path: string, body?: unknown, options?: RawOptions) => Promise<RawReply>
type RawOptions = { headers?: Record<string, string>; text?: string; signal?: AbortSignal }

export async function fetchToken(description: LocalVaultDescription, scope: string): Promise<string> {
  const { clientId, clientSecret, url } = description.token
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope }
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  const reply: unknown = await response.json()
  if (!response.ok || typeof reply !== 'object' || reply === null || !('access_token' in reply)) {
    throw new Error(`The token endpoint answered ${response.status}.`)
  }
  return String(reply.access_token)
}

/** Plain HTTP to one vault with a good token; `path` gets the api-version unless it has one. */
export function rawClient(description: LocalVaultDescription, vaultUrl: string, resource: string): RawClient {
  return async (method, path, body, options = {}) => {
    const token = await fetchToken(description, `${resource}/.default`)
    const url = `${vaultUrl}${path}${path.includes('version=') ? '' : `${path.includes('?') ? '&' : '?'}api-version=7.6`}`
    const response = await fetch(url, {
      method,
      body: options.text ?? (body === undefined ? null : JSON.stringify(body)),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers },
      ...(options.signal && { signal: options.signal }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
  }
}
