import type { LocalVaultDescription } from '../server'

/** Members that tests look at. Which of them a reply has depends on the operation; an absent one fails the test that wants it. */
type WireBody = {
  key: { kid: string; kty: string; crv: string; key_ops: string[]; n: string; e: string; x: string; y: string }
  attributes: { enabled: boolean; hsmPlatform: string; created: number }
  value: string
  /** `value` of a list. */
  items: { kid: string }[]
  nextLink: string
  /** Of a deleted key. */
  deletedDate: number
  scheduledPurgeDate: number
  error: { code: string; message: string; innererror: { code: string } }
}

type RawReply = { status: number; headers: Headers; body: WireBody }

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
    const parsed = text === '' ? {} : JSON.parse(text)
    const items = Array.isArray(parsed.value) ? parsed.value : []
    // A view of the reply for assertions, see WireBody.
    const wire = { ...parsed, items } as WireBody
    return { status: response.status, headers: response.headers, body: wire }
  }
}

/** Posts JSON to the admin port. */
export async function askAdmin(
  description: LocalVaultDescription,
  path: string,
  body: unknown,
): Promise<RawAdminReply> {
  const response = await fetch(`${description.admin.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  // Absent members fail the test that wants them.
  return { status: response.status, body: (await response.json()) as RawAdminReply['body'] }
}
type RawAdminReply = { status: number; body: { at: number; time: string; error: string; message: string } }
