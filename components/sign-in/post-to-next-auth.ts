/** next-auth's own endpoints by plain fetch: its client library would cost more than the rest of the page. */
export async function postToNextAuth(path: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string } // next-auth's documented answer
  return fetch(`/api/auth/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  })
}

export type SignInAnswer = 'signed-in' | 'refused' | 'unavailable'

export async function signInWithPassword(email: string, password: string): Promise<SignInAnswer> {
  try {
    const answer = await postToNextAuth('callback/credentials', { email, password })
    if (answer.ok) return 'signed-in'
    const { url } = (await answer.json()) as { url?: string } // next-auth's documented answer to `json=true`
    return url?.includes('error=CredentialsSignin') ? 'refused' : 'unavailable'
  } catch {
    // No answer, or none that can be read: there is nothing more to tell.
    return 'unavailable'
  }
}
