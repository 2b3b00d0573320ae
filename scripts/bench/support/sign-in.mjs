/**
 * @typedef {Pick<import('../../lib/local-installation.mjs').LocalOfficer, 'email' | 'password' | 'roles'>} Officer
 * @typedef {{ url: string, local: { officers: Officer[] } }} Console
 */

/**
 * A session of the first officer with that role, by the same requests as the sign-in page sends.
 * @param {Console} installation @param {string} role @returns {Promise<string>} the Cookie header
 */
export async function signIn({ url, local }, role) {
  const officer = local.officers.find((candidate) => candidate.roles.includes(role))
  if (!officer) throw new Error(`no officer of this installation is ${role}`)
  return signInAs(url, officer)
}

/**
 * A session of every officer with that role.
 * @param {Console} installation @param {string} role @returns {Promise<string[]>} Cookie headers
 */
export function signInEach({ url, local }, role) {
  const officers = local.officers.filter((candidate) => candidate.roles.includes(role))
  return Promise.all(officers.map((officer) => signInAs(url, officer)))
}

/** @param {string} url @param {Officer} officer */
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
