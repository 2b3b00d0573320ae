import 'server-only'
import * as client from 'openid-client'
import type { RoleMapping } from '@/lib/domain/people/map-roles'
import { err, ok, type Result } from '@/lib/domain/result'
import { type Identity, readIdentity } from './identity'
import { loopbackOnly } from './loopback-only'
import { IssuerDiffers, type ProviderFault, toProviderFault } from './provider-fault'

/** What the console is told about its provider; `lib/server/env.ts` reads it. */
export interface OidcProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  scopes: string
  clientAuth: 'basic' | 'post' | undefined
  mapping: RoleMapping | undefined
}

/** What one sign-in is recognised by when it comes back. Each is used once. */
export interface FlowChecks {
  state: string
  nonce: string
  verifier: string
}

/** The provider that this console trusts to say who somebody is. Failures are values. */
export interface OidcProvider {
  issuer: string
  name: string
  mapping: RoleMapping | undefined
  /** Where to send the browser. `fresh`: whoever has a session at the provider is asked again all the same. */
  begin: (options: { fresh: boolean }) => Promise<Result<{ url: URL; checks: FlowChecks }, ProviderFault>>
  /** The provider's answer, as the browser carried it back: verified, and read into who it is. */
  redeem: (answer: URLSearchParams, checks: FlowChecks) => Promise<Result<Identity, ProviderFault>>
}

/** Metadata and keys are read again after this long; a key that is not known yet is asked for at once. */
const METADATA_LASTS_MS = 60 * 60_000
const TIMEOUT_S = 10

/**
 * The provider by its settings. `callback` is the redirect URI as it is registered there.
 * Verified of an ID token: signature by the published keys, issuer, audience, expiry, nonce (OpenID Connect Core 3.1.3.7).
 */
export function createOidcProvider(settings: OidcProviderSettings, callback: string): OidcProvider {
  const configuration = keptFor(METADATA_LASTS_MS, () => discover(settings))
  const trying = async <T>(work: (config: client.Configuration) => Promise<T>): Promise<Result<T, ProviderFault>> => {
    try {
      return ok(await work(await configuration()))
    } catch (error) {
      return err(toProviderFault(error))
    }
  }
  const { issuer, name, mapping } = settings
  return {
    issuer,
    name,
    mapping,
    begin: ({ fresh }) => trying((config) => authorization(config, { settings, callback, fresh })),
    redeem: (answer, checks) => trying((config) => identityOf(config, { settings, callback, answer, checks })),
  }
}

async function authorization(
  config: client.Configuration,
  { settings, callback, fresh }: { settings: OidcProviderSettings; callback: string; fresh: boolean },
) {
  const checks = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: settings.scopes,
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
    ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
  })
  return { url, checks }
}

interface Redemption {
  settings: OidcProviderSettings
  callback: string
  answer: URLSearchParams
  checks: FlowChecks
}

async function identityOf(
  config: client.Configuration,
  { settings, callback, answer, checks }: Redemption,
): Promise<Identity> {
  const tokens = await client.authorizationCodeGrant(config, new URL(`${callback}?${answer}`), {
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    pkceCodeVerifier: checks.verifier,
    idTokenExpected: true,
  })
  return readIdentity(tokens.claims(), settings.mapping?.claim)
}

async function discover(settings: OidcProviderSettings): Promise<client.Configuration> {
  const server = new URL(settings.issuer)
  const inClear = server.protocol === 'http:'
  const found = await client.discovery(server, settings.clientId, undefined, undefined, {
    timeout: TIMEOUT_S,
    ...(inClear ? { execute: [client.allowInsecureRequests], [client.customFetch]: loopbackOnly } : {}),
  })
  const metadata = found.serverMetadata()
  // Exactly: openid-client lets Entra's tenant-less metadata pass, and compares addresses, not texts.
  if (metadata.issuer !== settings.issuer) throw new IssuerDiffers('the published issuer is another')
  const config = new client.Configuration(metadata, settings.clientId, undefined, clientAuth(metadata, settings))
  config.timeout = TIMEOUT_S
  client.enableNonRepudiationChecks(config) // the ID token's signature, though it came over TLS
  if (inClear) {
    client.allowInsecureRequests(config)
    config[client.customFetch] = loopbackOnly
  }
  return config
}

/** Without a word of the provider's it is Basic (OpenID Connect Discovery, 3). */
function clientAuth(metadata: client.ServerMetadata, settings: OidcProviderSettings): client.ClientAuth {
  const allowed = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const way = settings.clientAuth ?? (allowed.includes('client_secret_basic') ? 'basic' : 'post')
  return way === 'basic'
    ? client.ClientSecretBasic(settings.clientSecret)
    : client.ClientSecretPost(settings.clientSecret)
}

/** What was made last, for so long; a failure is kept for nobody. */
function keptFor<T>(ms: number, make: () => Promise<T>): () => Promise<T> {
  let kept: { value: Promise<T>; until: number } | undefined
  return () => {
    if (kept && kept.until > Date.now()) return kept.value
    const value = make()
    kept = { value, until: Date.now() + ms }
    value.catch(() => {
      if (kept?.value === value) kept = undefined
    })
    return value
  }
}
