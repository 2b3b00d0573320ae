import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type HostileProvider, type NextToken, startHostileProvider } from '@/lib/testing/oidc/hostile-provider'
import { createOidcProvider, type FlowChecks, type OidcProvider, type OidcProviderSettings } from './provider'

const CALLBACK = 'https://console.example.com/api/auth/oidc/callback'
let hostile: HostileProvider

const settingsOf = (more: Partial<OidcProviderSettings> = {}): OidcProviderSettings => ({
  issuer: hostile.issuer,
  clientId: 'console',
  clientSecret: 'the secret/of:it',
  name: 'Provider',
  scopes: 'openid profile email',
  clientAuth: undefined,
  mapping: { claim: 'groups', roles: { auditor: ['auditors'] } },
  ...more,
})

beforeAll(async () => {
  hostile = await startHostileProvider()
})
afterEach(() => {
  for (const name of Object.keys(hostile.metadata)) delete hostile.metadata[name]
  hostile.next({})
})
afterAll(() => hostile.close())

async function begun(provider: OidcProvider): Promise<{ url: URL; checks: FlowChecks }> {
  const result = await provider.begin({ fresh: false })
  if (!result.ok) throw new Error(`not begun: ${result.error.fault}`)
  return result.value
}

/** Begins, has the provider answer with this, and redeems what a browser would carry back. */
async function redeem(said: (checks: FlowChecks) => NextToken, carried: Record<string, string> = {}) {
  const provider = createOidcProvider(settingsOf(), CALLBACK)
  const { checks } = await begun(provider)
  hostile.next(said(checks))
  return provider.redeem(new URLSearchParams({ code: 'a-code', state: checks.state, ...carried }), checks)
}

describe('a sign-in', () => {
  it('is begun with state, nonce and PKCE, each new every time', async () => {
    const provider = createOidcProvider(settingsOf(), CALLBACK)
    const [one, two] = [await begun(provider), await begun(provider)]
    const { searchParams } = one.url
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'console',
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid profile email',
      state: one.checks.state,
      nonce: one.checks.nonce,
      code_challenge: createHash('sha256').update(one.checks.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    expect(new Set([...Object.values(one.checks), ...Object.values(two.checks)]).size).toBe(6)
  })

  it('asks again whoever has a session at the provider, when a fresh one is wanted', async () => {
    const fresh = await createOidcProvider(settingsOf(), CALLBACK).begin({ fresh: true })
    expect(fresh.ok && Object.fromEntries(fresh.value.url.searchParams)).toMatchObject({
      prompt: 'login',
      max_age: '0',
    })
  })

  it('is who the ID token names, by issuer and subject', async () => {
    const redeemed = await redeem(({ nonce }) => ({
      claims: { nonce, name: 'Ada', email: 'ada@x.test', groups: ['auditors'], auth_time: 1_700_000_000 },
    }))
    expect(redeemed).toEqual({
      ok: true,
      value: {
        issuer: hostile.issuer,
        subject: 'somebody',
        name: 'Ada',
        email: 'ada@x.test',
        authTime: new Date(1_700_000_000_000),
        values: ['auditors'],
      },
    })
  })

  it('sends the secret by Basic and the verifier that belongs to the challenge', async () => {
    await redeem(({ nonce }) => ({ claims: { nonce } }))
    const sent = hostile.redeemed.at(-1)
    expect(sent?.authorization).toBe(
      `Basic ${btoa(`console:${encodeURIComponent('the secret/of:it').replace(/%20/g, '+')}`)}`,
    )
    expect(sent?.form.get('code_verifier')).toMatch(/^[\w-]{43,}$/)
    expect(sent?.form.get('redirect_uri')).toBe(CALLBACK)
    expect(sent?.form.has('client_secret')).toBe(false)
  })

  it.each([
    ['the provider takes no Basic', {}, { token_endpoint_auth_methods_supported: ['client_secret_post'] }],
    ['the settings say so', { clientAuth: 'post' as const }, {}],
  ])('sends the secret in the form where %s', async (_title, more, metadata) => {
    Object.assign(hostile.metadata, metadata)
    const provider = createOidcProvider(settingsOf(more), CALLBACK)
    const { checks } = await begun(provider)
    hostile.next({ claims: { nonce: checks.nonce } })
    await provider.redeem(new URLSearchParams({ code: 'a-code', state: checks.state }), checks)
    expect(hostile.redeemed.at(-1)?.form.get('client_secret')).toBe('the secret/of:it')
    expect(hostile.redeemed.at(-1)?.authorization).toBeUndefined()
  })
})

const past = () => Math.floor(Date.now() / 1000) - 3_600

describe('an ID token is refused', () => {
  it.each<[string, (checks: FlowChecks) => NextToken, string]>([
    ['with another nonce', () => ({ claims: { nonce: 'x'.repeat(43) } }), 'nonce'],
    ['without a nonce', () => ({}), 'OAUTH_INVALID_RESPONSE'],
    ['of another issuer', ({ nonce }) => ({ claims: { nonce, iss: 'https://other.example.com' } }), 'iss'],
    ['for another client', ({ nonce }) => ({ claims: { nonce, aud: 'another' } }), 'aud'],
    [
      'for several clients, of whom another asked',
      ({ nonce }) => ({ claims: { nonce, aud: ['console', 'another'], azp: 'another' } }),
      'azp',
    ],
    ['that has expired', ({ nonce }) => ({ claims: { nonce, exp: past() } }), 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
    [
      'that no published key signed',
      ({ nonce }) => ({ claims: { nonce }, foreignKey: true }),
      'OAUTH_INVALID_RESPONSE',
    ],
    ['that nobody signed', ({ nonce }) => ({ claims: { nonce }, alg: 'none' }), 'OAUTH'],
    ['without a subject', ({ nonce }) => ({ claims: { nonce, sub: undefined } }), 'OAUTH_INVALID_RESPONSE'],
    ['with a subject that is no subject', ({ nonce }) => ({ claims: { nonce, sub: 'a\u0000b' } }), 'sub'],
    ['with a subject too long to be one', ({ nonce }) => ({ claims: { nonce, sub: 'x'.repeat(256) } }), 'sub'],
  ])('%s', async (_title, said, fault) => {
    expect(await redeem(said)).toEqual({
      ok: false,
      error: { code: 'answer-refused', fault: expect.stringContaining(fault) },
    })
  })
})

describe('an answer is refused', () => {
  it('under another state, before the provider is asked', async () => {
    const before = hostile.redeemed.length
    expect(await redeem(({ nonce }) => ({ claims: { nonce } }), { state: 'another' })).toMatchObject({
      error: { code: 'answer-refused' },
    })
    expect(hostile.redeemed.length).toBe(before)
  })

  it('that says it is from another issuer (RFC 9207)', async () => {
    hostile.metadata.authorization_response_iss_parameter_supported = true
    expect(await redeem(({ nonce }) => ({ claims: { nonce } }), { iss: 'https://other.example.com' })).toMatchObject({
      error: { code: 'answer-refused' },
    })
  })

  it.each([
    ['access_denied', 'access_denied'],
    ['<script>alert(1)</script>', 'another error'],
  ])('whose error is %j, in words of ours alone', async (error, fault) => {
    const provider = createOidcProvider(settingsOf(), CALLBACK)
    const { checks } = await begun(provider)
    const answer = new URLSearchParams({ error, error_description: 'secret words', state: checks.state })
    expect(await provider.redeem(answer, checks)).toEqual({ ok: false, error: { code: 'provider-refused', fault } })
  })

  it.each([
    [
      'a code that was used or is another client’s',
      { status: 400, body: { error: 'invalid_grant' } },
      'answer-refused',
      'invalid_grant',
    ],
    [
      'a client it does not know',
      { status: 401, body: { error: 'invalid_client' } },
      'answer-refused',
      'invalid_client',
    ],
    ['a server that fails', { status: 500, body: {} }, 'provider-unavailable', 'OAUTH_RESPONSE_IS_NOT_CONFORM'],
    [
      'no ID token',
      { status: 200, body: { access_token: 'x', token_type: 'Bearer' } },
      'answer-refused',
      'OAUTH_INVALID_RESPONSE',
    ],
  ])('with %s', async (_title, failure, code, fault) => {
    expect(await redeem(() => ({ failure }))).toEqual({ ok: false, error: { code, fault } })
  })
})

describe('the claim that gives roles', () => {
  const valuesOf = async (claims: NonNullable<NextToken['claims']>) => {
    const redeemed = await redeem(({ nonce }) => ({ claims: { nonce, ...claims } }))
    return redeemed.ok ? redeemed.value.values : redeemed.error
  }

  it.each([
    [{ groups: ['a', 'b'] }, ['a', 'b']],
    [{ groups: 'auditors' }, ['auditors']],
    [{}, []],
    [{ groups: { a: 1 } }, []],
    [{ groups: ['auditors', 7] }, []],
    [{ groups: null }, []],
  ])('%j is read as %j', async (claims, values) => {
    expect(await valuesOf(claims)).toEqual(values)
  })

  it.each([[{ _claim_names: { groups: 'src1' }, _claim_sources: { src1: {} } }], [{ hasgroups: true }]])(
    'that was left out for its length (%j) is not taken for none',
    async (claims) => {
      expect(await valuesOf(claims)).toBeNull()
    },
  )
})

describe('a name', () => {
  it('is shown without marks that turn a line around, and no longer than a line', async () => {
    const redeemed = await redeem(({ nonce }) => ({ claims: { nonce, name: `\u202eAda\u0007${'x'.repeat(500)}` } }))
    expect(redeemed.ok && redeemed.value.name).toBe(`Ada${'x'.repeat(197)}`)
  })

  it('is the subject where the provider sends none', async () => {
    const redeemed = await redeem(({ nonce }) => ({ claims: { nonce, name: ' ', email: 7 } }))
    expect(redeemed.ok && redeemed.value).toMatchObject({ name: 'somebody', email: '' })
  })
})

describe('a provider', () => {
  it.each([['https://other.example.com'], ['https://login.microsoftonline.com/{tenantid}/v2.0']])(
    'that calls itself %s is not the one of the settings',
    async (issuer) => {
      hostile.metadata.issuer = issuer
      const provider = createOidcProvider(settingsOf(), CALLBACK)
      expect(await provider.begin({ fresh: false })).toMatchObject({ ok: false, error: { code: 'issuer-differs' } })
    },
  )

  it('whose name differs by a slash is not the one of the settings', async () => {
    hostile.metadata.issuer = `${hostile.issuer}/`
    const provider = createOidcProvider(settingsOf(), CALLBACK)
    expect(await provider.begin({ fresh: false })).toMatchObject({ ok: false, error: { code: 'issuer-differs' } })
  })

  it('that was wrong once is asked again the next time', async () => {
    hostile.metadata.issuer = 'https://other.example.com'
    const provider = createOidcProvider(settingsOf(), CALLBACK)
    expect((await provider.begin({ fresh: false })).ok).toBe(false)
    delete hostile.metadata.issuer
    expect((await provider.begin({ fresh: false })).ok).toBe(true)
  })

  it('that does not answer is said to be so', async () => {
    const gone = await startHostileProvider()
    const provider = createOidcProvider(settingsOf({ issuer: gone.issuer }), CALLBACK)
    await gone.close()
    expect(await provider.begin({ fresh: false })).toMatchObject({ ok: false, error: { code: 'provider-unavailable' } })
  })

  it('on this machine can’t have the secret sent in clear to another', async () => {
    hostile.metadata.token_endpoint = 'http://provider.example.com/token'
    const before = hostile.redeemed.length
    expect(await redeem(({ nonce }) => ({ claims: { nonce } }))).toMatchObject({ ok: false })
    expect(hostile.redeemed.length).toBe(before)
  })
})
