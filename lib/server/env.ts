import 'server-only'
import { z } from 'zod'
import { type NoticeSettings, readNoticeSettings } from '../../scripts/lib/notice-settings.mjs'
import { type OidcSettings, readLocalSignIn, readOidcSettings } from '../../scripts/lib/oidc-settings.mjs'
import { type PasskeySettings, readPasskeySettings } from '../../scripts/lib/passkey-settings.mjs'
import { readSecret, withSecretsFromFiles } from '../../scripts/lib/secret-files.mjs'
import { describeProblems, readSettings } from '../../scripts/lib/settings.mjs'

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = z.preprocess(blankIsAbsent, z.string().optional())

/** What the launcher hands to the console besides the settings people may set. */
const internal = z.object({
  DATABASE_URL: z.string({ error: 'DATABASE_URL should be set: `npm start` sets it for the embedded database.' }),
  DATABASE_OWNER_URL: optional,
  NEXTAUTH_SECRET: z.string({ error: 'NEXTAUTH_SECRET should be at least 32 characters of randomness.' }),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: optional,
  DRAWBRIDGE_LOCAL_CLIENT_ID: optional,
  DRAWBRIDGE_LOCAL_CLIENT_SECRET: optional,
  DRAWBRIDGE_LOCAL_TOKEN_URL: optional,
  DRAWBRIDGE_LOCAL_INSTALLATION: optional,
  DRAWBRIDGE_LOCAL_AUDIT_LOG: optional,
})

/** The local vault's client credentials; given only by a launcher that started a local vault. */
export interface LocalClientSettings {
  readonly clientId: string
  readonly clientSecret: string
  readonly tokenUrl: string
}

export interface Env {
  readonly databaseUrl: string
  readonly databaseOwnerUrl: string
  /** Where the console listens. */
  readonly host: string
  readonly port: number
  /** The public origin, without a slash at its end. */
  readonly publicUrl: string
  /** Paths of the PEM files it serves with; undefined: it speaks http. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  /** Addresses and networks of reverse proxies, by commas. */
  readonly trustedProxies: string | undefined
  /** Where Prometheus reads; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** Milliseconds in which /readyz says no before the console stops accepting. */
  readonly drainMs: number
  readonly authSecret: string
  /** Shared by all consoles of an installation; undefined: the build's own. */
  readonly actionsKey: string | undefined
  readonly localClient: LocalClientSettings | undefined
  /** Path of local.json, where the local installation is described. */
  readonly localInstallation: string | undefined
  /** Where vaults' diagnostic logs are read from; `local` is the local vault's folder. */
  readonly logs: {
    readonly local: string | undefined
    readonly folder: string | undefined
    readonly storage: string | undefined
    /** Log Analytics; `endpoint` is an origin. */
    readonly analytics: { readonly workspace: string; readonly endpoint: string } | undefined
  }
  /** The identity provider that people sign in with; undefined: none. */
  readonly oidc: OidcSettings | undefined
  /** Whether people of this installation sign in with a password. */
  readonly localSignIn: boolean
  readonly passkeys: PasskeySettings
  /** By which ways people are told beside the console itself. */
  readonly notices: NoticeSettings
}

/** A wrong setting, named with what it should be; never its value. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
}

const localClientOf = (given: z.infer<typeof internal>): LocalClientSettings | undefined => {
  const clientId = given.DRAWBRIDGE_LOCAL_CLIENT_ID
  const clientSecret = given.DRAWBRIDGE_LOCAL_CLIENT_SECRET
  const tokenUrl = given.DRAWBRIDGE_LOCAL_TOKEN_URL
  if (clientId === undefined || clientSecret === undefined || tokenUrl === undefined) return undefined
  return { clientId, clientSecret, tokenUrl }
}

/** Judges an environment; throws an EnvError that names every wrong setting. */
export function parseEnv(environment: Record<string, string | undefined>): Env {
  const settings = readSettings(environment)
  if (!settings.ok) throw new EnvError(describeProblems(settings.problems))
  const { env: resolved } = withSecretsFromFiles(environment)
  const parsed = internal.safeParse(resolved)
  if (!parsed.success) throw new EnvError(parsed.error.issues.map((issue) => issue.message).join(' '))
  const given = parsed.data
  const { host, port, publicUrl, tls, trustedProxies, metrics, drainMs, logs } = settings.value
  const localClient = localClientOf(given)
  return {
    databaseUrl: given.DATABASE_URL,
    databaseOwnerUrl: given.DATABASE_OWNER_URL ?? given.DATABASE_URL,
    host,
    port,
    publicUrl,
    tls,
    trustedProxies,
    metrics,
    drainMs,
    authSecret: given.NEXTAUTH_SECRET,
    actionsKey: given.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    localClient,
    localInstallation: given.DRAWBRIDGE_LOCAL_INSTALLATION,
    logs: { local: given.DRAWBRIDGE_LOCAL_AUDIT_LOG, ...logs },
    oidc: readOidcSettings(resolved),
    localSignIn: readLocalSignIn(resolved, localClient !== undefined),
    passkeys: readPasskeySettings(environment, publicUrl),
    notices: readNoticeSettings(resolved),
  }
}

let known: Env | undefined

/** The settings of this process, read once; the first call (at boot) throws an EnvError when one is wrong. */
export function env(): Env {
  known ??= parseEnv(process.env)
  return known
}

/** Next reads its key from the environment alone, at the first action: at boot it is put there from its file. */
export function handOverActionsKey(): void {
  const { actionsKey } = env()
  if (actionsKey !== undefined) process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = actionsKey
}

/**
 * A secret that an administrator keeps in the environment, or in the file that `<name>_FILE` names; named by a
 * connection's credential. Asked for by name at the moment of use, so that it is held nowhere.
 */
export function secretFromEnvironment(name: string): string | undefined {
  const secret = readSecret(process.env, name)
  return secret.ok && secret.value !== '' ? secret.value : undefined
}
