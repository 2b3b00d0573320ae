/** A one-time token and its digest: the token is shown to whoever confirms, the digest alone goes to the console. */
export interface InvitationToken {
  /** 32 random bytes, base64url. */
  token: string
  /** Of the token's text, lower-case hex. */
  sha256: string
}

/** Made in the confirmer's browser, so that it stands in no answer, no log and no row of the console's. */
export async function newInvitationToken(): Promise<InvitationToken> {
  const token = base64Url(crypto.getRandomValues(new Uint8Array(32)))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { token, sha256 }
}

/** The token of an invitation's address; undefined where there is none. */
export function tokenOf(hash: string): string | undefined {
  return /^#([A-Za-z0-9_-]{43})$/.exec(hash)?.[1]
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
