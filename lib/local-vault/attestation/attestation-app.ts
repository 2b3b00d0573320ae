import { Hono } from 'hono'
import { z } from 'zod'
import { readBody } from '../azure/read-body'
import type { VaultHttp } from '../listen'
import { type AttestationAuthority, type AttestationWish, issueAttestation } from './issue-attestation'
import { layoutNames } from './layouts'
import { isTooDeep, maxClaimDepth } from './merge-claims'

const maxRequestBytes = 64 * 1024

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const wishSchema = z.strictObject({
  layout: z.enum(layoutNames, { error: `"layout" must be one of ${layoutNames.join(', ')}.` }),
  claims: z
    .record(z.string(), z.unknown(), { error: '"claims" must be an object.' })
    .refine((claims) => !isTooDeep(claims), {
      error: `"claims" must not be nested deeper than ${maxClaimDepth} levels.`,
    })
    .default({}),
  key: z
    .looseObject({ kty: z.enum(['RSA', 'EC']) }, { error: '"key" must be a public JWK of type RSA or EC.' })
    .refine((key) => privateMembers.every((member) => !(member in key)), {
      error: '"key" holds private members; send the public key only.',
    })
    .optional(),
})

/**
 * The attestation authority: `POST /tokens {"layout","claims","key"}` answers `{"token"}` for whatever is asked: it attests
 * nothing. Beside it what a vault looks up of an issuer: `/.well-known/openid-configuration` and `/certs`. Takes only JSON,
 * which a foreign page can't send without asking first.
 */
export function attestationApp(authority: AttestationAuthority): Hono<VaultHttp> {
  const { url } = authority
  const app = new Hono<VaultHttp>()
  app.get('/.well-known/openid-configuration', (context) => context.json(metadataOf(url)))
  app.get('/certs', (context) => context.json({ keys: [authority.signer().jwk] }))
  app.post('/tokens', async (context) => {
    if (!/^application\/json\b/i.test(context.req.header('content-type') ?? ''))
      return context.json({ error: 'json-only', message: 'Send JSON, with Content-Type: application/json.' }, 415)
    const wish = readWish(await readBody(context.req.raw, maxRequestBytes))
    if (!wish.ok) return context.json({ error: 'bad-request', message: wish.message }, 400)
    const token = await issueAttestation(authority, wish.value)
    return context.json({ token }, 200, { 'cache-control': 'no-store' })
  })
  app.notFound((context) => context.json({ error: 'not-found' }, 404))
  app.onError((_error, context) => context.json({ error: 'bad-request', message: 'The request is malformed.' }, 400))
  return app
}

const metadataOf = (url: string) => ({
  issuer: url,
  jwks_uri: `${url}/certs`,
  response_types_supported: ['token', 'none'],
  id_token_signing_alg_values_supported: ['RS256'],
  subject_types_supported: ['public'],
})

type Read = { ok: true; value: AttestationWish } | { ok: false; message: string }

function readWish(body: Buffer | 'too-large'): Read {
  if (body === 'too-large') return { ok: false, message: `The request is larger than ${maxRequestBytes / 1024} KiB.` }
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    return { ok: false, message: 'The request is not JSON.' }
  }
  const wish = wishSchema.safeParse(parsed)
  if (wish.success) return { ok: true, value: { ...wish.data, key: wish.data.key } }
  return { ok: false, message: wish.error.issues[0]?.message ?? 'Send {"layout", "claims", "key"}.' }
}
