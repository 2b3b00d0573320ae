import 'server-only'
import type { HttpClient } from '@azure/core-rest-pipeline'
import { credentialSchema } from '@/lib/domain/connections/credential'
import { createAzureProvider } from '@/lib/providers/azure/create-azure-provider'
import { type CredentialSettings, createCredential } from '@/lib/providers/azure/credential'
import type { CallObserver, VaultProvider } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { database } from '../db/client'
import { env, secretFromEnvironment } from '../env'
import { countingCalls } from '../metrics/observe'
import { outsideTransactions } from './outside-transactions'
import { recordCalls } from './record-calls'

export interface RegistrySettings {
  credentials: CredentialSettings
  observerOf: (connectionId: string) => CallObserver
  /** Milliseconds; left out: the port's contract. */
  timeouts?: { read?: number; write?: number }
  /** Another wire, for tests of a bad one. */
  httpClient?: HttpClient
}

/** One provider for each connection as it stands: another URL or credential makes another provider (and other tokens). */
export function createRegistry(settings: RegistrySettings): Context['provider'] {
  const known = new Map<string, VaultProvider>()
  return (connection) => {
    const identity = JSON.stringify([connection.id, connection.url, connection.credential])
    const provider = known.get(identity) ?? outsideTransactions(createProvider(connection, settings))
    known.set(identity, provider)
    return provider
  }
}

function createProvider(
  { id, url, credential }: ConnectionRow,
  { credentials, observerOf, timeouts = {}, httpClient }: RegistrySettings,
): VaultProvider {
  const reference = credentialSchema.parse(credential)
  return createAzureProvider({
    url,
    credential: createCredential(reference, url, credentials),
    observer: observerOf(id),
    timeouts,
    ...(httpClient ? { httpClient } : {}),
  })
}

let ofThisBundle: Context['provider'] | undefined

/**
 * The providers of this process; tokens are kept between requests. Next bundles instrumentation, routes and pages apart,
 * each with classes of its own: kept on globalThis, a provider of one bundle would throw a `ProviderError` that another
 * does not know. So each bundle has its providers.
 */
export const providerOf: Context['provider'] = (connection) => {
  ofThisBundle ??= createRegistry({
    credentials: { localClient: env().localClient, setting: secretFromEnvironment },
    observerOf: (connectionId) => countingCalls(recordCalls({ db: database(), clock: () => new Date() }, connectionId)),
  })
  return ofThisBundle(connection)
}
