import type { LocalVaultDescription } from '../server'

type Wish = { layout?: string; claims?: Record<string, unknown>; key?: unknown }

export async function askAuthority(url: string, body: unknown, contentType = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}/tokens`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': contentType },
  })
  // What the authority answers, for assertions.
  const reply = (await response.json()) as { token?: string; error?: string; message?: string }
  return { status: response.status, ...reply }
}

/** A token of the installation's own attestation authority. */
export async function attest({ attestation }: Pick<LocalVaultDescription, 'attestation'>, wish: Wish): Promise<string> {
  const { token, message } = await askAuthority(attestation.url, { layout: 'sevsnp-cvm', ...wish })
  if (token === undefined) throw new Error(message)
  return token
}

/** What a release policy sends: `allOf` of the given claims, for one authority. */
export function policyText(authority: string, claims: Record<string, unknown>): string {
  const allOf = Object.entries(claims).map(([claim, equals]) => ({ claim, equals }))
  return JSON.stringify({ version: '1.0.0', anyOf: [{ authority, allOf }] })
}
