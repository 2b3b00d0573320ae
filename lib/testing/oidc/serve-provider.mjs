// A real OpenID provider (oidc-provider) in a process of its own, for tests: accounts and client come as JSON in argv.
// Its login page asks for an account's id, and for nothing else. PUT /test/accounts/:id changes what it says of somebody.
import { once } from 'node:events'
import http from 'node:http'
import { Provider } from 'oidc-provider'

/** @typedef {import('./start-provider').ProviderAccount} Account */

/** @type {{ port: number, clientId: string, clientSecret: string, redirectUri: string, accounts: Account[] }} */
const given = JSON.parse(process.argv[2] ?? '')
const accounts = new Map(given.accounts.map((account) => [account.sub, account]))
const issuer = `http://localhost:${given.port}`

const provider = new Provider(issuer, {
  clients: [
    { client_id: given.clientId, client_secret: given.clientSecret, redirect_uris: [given.redirectUri] },
    { client_id: 'another', client_secret: 'another-secret', redirect_uris: [given.redirectUri] },
  ],
  claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email'] },
  conformIdTokenClaims: false, // as Entra ID and most others do: the claims stand in the ID token
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (_ctx, sub) => {
    const account = accounts.get(sub)
    return account && { accountId: sub, claims: () => ({ ...account }) }
  },
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: ctx.oidc.client?.clientId, accountId: ctx.oidc.session?.accountId })
    grant.addOIDCScope('openid profile email')
    await grant.save()
    return grant
  },
})

const LOGIN_PAGE = `<!doctype html><html lang="en"><title>The provider’s login</title><main><h1>The provider’s login</h1>
<form method="post"><label>Account <input name="sub" required autofocus></label> <button>Log in</button></form>
<form method="post"><input type="hidden" name="cancel" value="yes"><button>Cancel</button></form></main></html>`

/** @param {http.IncomingMessage} request */
async function bodyOf(request) {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

/** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
async function login(request, response) {
  await provider.interactionDetails(request, response)
  if (request.method !== 'POST')
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN_PAGE)
  const form = new URLSearchParams(await bodyOf(request))
  const result = form.has('cancel')
    ? { error: 'access_denied', error_description: 'The person cancelled' }
    : { login: { accountId: form.get('sub') ?? '' } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

/** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
async function changeAccount(request, response) {
  const account = JSON.parse(await bodyOf(request))
  accounts.set(account.sub, account)
  response.writeHead(204).end()
}

const server = http.createServer((request, response) => {
  const ours = request.url?.startsWith('/login/') ? login : request.url === '/test/accounts' ? changeAccount : undefined
  if (!ours) return void provider.callback()(request, response)
  ours(request, response).catch((error) => response.writeHead(500).end(String(error)))
})
server.listen(given.port, 'localhost')
await once(server, 'listening')
process.stdout.write('ready\n')
// Whoever started it holds its input open; gone with them.
process.stdin.resume().once('end', () => process.exit(0))
