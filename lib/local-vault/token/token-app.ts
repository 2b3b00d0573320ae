import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { readBody } from '../azure/read-body'
import { vaultResources } from '../azure/vault-kind'
import type { VaultHttp } from '../listen'
import { issueToken, type TokenAuthority, tokenLifetimeSeconds } from './access-token'

type Refusal = { status: 400 | 401; error: string; description: string }

const maxFormBytes = 16 * 1024

/** The token endpoint: OAuth 2.0 client credentials, at the two paths Entra has (`scope` in v2.0, `resource` in v1). */
export function tokenApp(authority: TokenAuthority): Hono<VaultHttp> {
  const app = new Hono<VaultHttp>()
  app.post('/:tenant/oauth2/v2.0/token', (context) => answer(authority, context.req.raw))
  app.post('/:tenant/oauth2/token', (context) => answer(authority, context.req.raw))
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
  const resource = wantedResource(form)
  const refusal = check(authority, form, resource)
  if (refusal) return refuse(refusal)
  const accessToken = await issueToken(authority, resource ?? '')
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
function wantedResource(form: URLSearchParams): string | undefined {
  const wanted = (form.get('scope')?.split(' ')[0] ?? form.get('resource') ?? '').replace(/\/+(\.default)?$/, '')
  return Object.values(vaultResources).find((resource) => resource === wanted)
}

function check(authority: TokenAuthority, form: URLSearchParams, resource: string | undefined): Refusal | undefined {
  if (form.get('grant_type') !== 'client_credentials')
    return {
      status: 400,
      error: 'unsupported_grant_type',
      description: 'AADSTS70003: Only client_credentials is supported.',
    }
  if (!same(form.get('client_id') ?? '', authority.clientId))
    return {
      status: 401,
      error: 'unauthorized_client',
      description: 'AADSTS700016: The application was not found in the directory.',
    }
  if (!same(form.get('client_secret') ?? '', authority.clientSecret))
    return { status: 401, error: 'invalid_client', description: 'AADSTS7000215: Invalid client secret provided.' }
  if (!resource)
    return {
      status: 400,
      error: 'invalid_scope',
      description: 'AADSTS500011: The resource principal was not found in the tenant.',
    }
  return undefined
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
