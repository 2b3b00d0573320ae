import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { readBody } from '../azure/read-body'
import type { VaultHttp } from '../listen'
import { issueToken, type TokenAuthority, type TokenClient, tokenLifetimeSeconds } from './access-token'

type Refusal = { status: 400 | 401; error: string; description: string }
type Wish = { ok: true; client: TokenClient; resource: string } | { ok: false; refusal: Refusal }

const maxFormBytes = 16 * 1024

/**
 * The token endpoint: OAuth 2.0 client credentials, at the two paths Entra has (`scope` in v2.0, `resource` in v1), and its
 * metadata, which MSAL asks for first.
 */
export function tokenApp(authority: TokenAuthority): Hono<VaultHttp> {
  const app = new Hono<VaultHttp>()
  app.post('/:tenant/oauth2/v2.0/token', (context) => answer(authority, context.req.raw))
  app.post('/:tenant/oauth2/token', (context) => answer(authority, context.req.raw))
  app.get('/:tenant/v2.0/.well-known/openid-configuration', (context) => context.json(metadataOf(authority)))
  // Tokens are for the vaults alone to verify, by a key that both hold.
  app.get('/:tenant/discovery/v2.0/keys', (context) => context.json({ keys: [] }))
  app.notFound(() =>
    refuse({ status: 400, error: 'invalid_request', description: 'AADSTS900144: There is no such endpoint here.' }),
  )
  app.onError(() =>
    refuse({ status: 400, error: 'invalid_request', description: 'AADSTS9000411: The request is malformed.' }),
  )
  return app
}

async function answer(authority: TokenAuthority, request: Request): Promise<Response> {
  const body = await readBody(request, maxFormBytes)
  if (body === 'too-large')
    return refuse({ status: 400, error: 'invalid_request', description: 'AADSTS90100: The form is too large.' })
  const form = new URLSearchParams(body.toString('utf8'))
  const wish = readWish(authority, form)
  if (!wish.ok) return refuse(wish.refusal)
  const accessToken = await issueToken(authority, wish.client, wish.resource)
  return Response.json(
    {
      token_type: 'Bearer',
      expires_in: tokenLifetimeSeconds,
      ext_expires_in: tokenLifetimeSeconds,
      access_token: accessToken,
    },
    { headers: { 'cache-control': 'no-store' } },
  )
}

/** `https://vault.azure.net/.default` (scope) or `https://vault.azure.net` (resource). */
function wantedResource({ resources }: TokenAuthority, form: URLSearchParams): string | undefined {
  const wanted = (form.get('scope')?.split(' ')[0] ?? form.get('resource') ?? '').replace(/\/+(\.default)?$/, '')
  return resources.find((resource) => resource === wanted)
}

function readWish(authority: TokenAuthority, form: URLSearchParams): Wish {
  if (form.get('grant_type') !== 'client_credentials')
    return refused(400, 'unsupported_grant_type', 'AADSTS70003: Only client_credentials is supported.')
  const client = authority.clients.find(({ clientId }) => same(form.get('client_id') ?? '', clientId))
  if (!client)
    return refused(401, 'unauthorized_client', 'AADSTS700016: The application was not found in the directory.')
  if (!same(form.get('client_secret') ?? '', client.clientSecret))
    return refused(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
  const resource = wantedResource(authority, form)
  if (!resource)
    return refused(400, 'invalid_scope', 'AADSTS500011: The resource principal was not found in the tenant.')
  return { ok: true, client, resource }
}

function refused(status: Refusal['status'], error: string, description: string): Wish {
  return { ok: false, refusal: { status, error, description } }
}

function metadataOf({ url, tenantId }: TokenAuthority) {
  const base = `${url}/${tenantId}`
  return {
    issuer: `${base}/`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  }
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

function refuse({ status, error, description }: Refusal): Response {
  return Response.json(
    { error, error_description: description, trace_id: randomUUID() },
    { status, headers: { 'cache-control': 'no-store' } },
  )
}
