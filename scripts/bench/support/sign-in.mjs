/**
 * A session of the first officer with that role, by the same requests as the sign-in page sends.
 * @param {{ url: string, local: any }} installation @param {string} role @returns {Promise<string>} the Cookie header
 */
export async function signIn({ url, local }, role) {
  const officer = local.officers.find((/** @type {{ roles: string[] }} */ candidate) => candidate.roles.includes(role))
  return signInAs(url, officer)
}

/**
 * A session of every officer with that role.
 * @param {{ url: string, local: any }} installation @param {string} role @returns {Promise<string[]>} Cookie headers
 */
export function signInEach({ url, local }, role) {
  const officers = local.officers.filter((/** @type {{ roles: string[] }} */ candidate) =>
    candidate.roles.includes(role),
  )
  return Promise.all(
    officers.map((/** @type {{ email: string, password: string }} */ officer) => signInAs(url, officer)),
  )
}

/** @param {string} url @param {{ email: string, password: string }} officer */
async function signInAs(url, officer) {
  const jar = new Map()
  const keep = (/** @type {Response} */ response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair)
    }
    return response
  }
  const { csrfToken } = await keep(await fetch(`${url}/api/auth/csrf`)).json()
  const body = new URLSearchParams({ csrfToken, email: officer.email, password: officer.password, json: 'true' })
  const headers = { cookie: [...jar.values()].join('; '), origin: url }
  keep(await fetch(`${url}/api/auth/callback/credentials`, { method: 'POST', body, headers, redirect: 'manual' }))
  return [...jar.values()].join('; ')
}
