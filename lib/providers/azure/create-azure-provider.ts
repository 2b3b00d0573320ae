import type { TokenCredential } from '@azure/core-auth'
import type { HttpClient } from '@azure/core-rest-pipeline'
import type { KeyClient } from '@azure/keyvault-keys'
import type { VaultOperation } from '@/lib/domain/connections/vault-operation'
import { WRITE_TIMEOUT_MS } from '@/lib/domain/operations/operation'
import type { Answer, CallObserver, ReadOptions, VaultProvider } from '../port'
import { type CallFacts, watchCall } from './call'
import { createClients, type GatedClient } from './client'
import { createKek, createKey } from './create-key'
import { deleteKey } from './delete-key'
import { checkHealth } from './health'
import { importPrivateJwk } from './import-private-jwk'
import { importTransferBlob } from './import-transfer-blob'
import { keyCheckValue } from './key-check-value'
import { mapError } from './map-error'
import { getDeletedKey, getKey, listDeletedKeys, listKeys, listVersions } from './read-keys'
import { releaseKey } from './release-key'
import { setReleasePolicy } from './set-release-policy'
import { updateVersion } from './update-version'

const READ_TIMEOUT_MS = 10_000

export interface AzureProviderOptions {
  /** Origin of the vault or Managed HSM; loopback only for the local vault. */
  url: string
  credential: TokenCredential
  /** Told of every call's end. */
  observer?: CallObserver
  /** Milliseconds; the defaults are the contract's. */
  timeouts?: { read?: number; write?: number }
  /** Another wire, for hosts that can't be reached from a test. */
  httpClient?: HttpClient
}

/** Azure Key Vault and Managed HSM: one data plane, so one provider. */
export function createAzureProvider(options: AzureProviderOptions): VaultProvider {
  const { reads, writes, forOneWrite } = createClients(options.url, options.credential, options.httpClient)
  const readTimeout = options.timeouts?.read ?? READ_TIMEOUT_MS
  const writeTimeout = options.timeouts?.write ?? WRITE_TIMEOUT_MS

  const call: Call = (client, operation, timeout, signal, work) =>
    observed(options.observer, operation, () => timed(client, timeout, signal, work))
  const read: Read = (operation, signal, work) => call(reads, operation, readTimeout, signal, work)
  const write: Write = (operation, work) => call(writes, operation, writeTimeout, undefined, work)
  const writeAlone: Write = (operation, work) => call(forOneWrite(), operation, writeTimeout, undefined, work)

  return {
    listKeys: (o: ReadOptions = {}) => listKeys(read, o.signal),
    listVersions: (name, o: ReadOptions = {}) => listVersions(read, name, o.signal),
    getKey: (name, version, o: ReadOptions = {}) => getKey(read, name, version, o.signal),
    listDeletedKeys: (o: ReadOptions = {}) => listDeletedKeys(read, o.signal),
    getDeletedKey: (name, o: ReadOptions = {}) => getDeletedKey(read, name, o.signal),
    createKek: (input) => createKek(write, input),
    createKey: (input) => createKey(write, input),
    importTransferBlob: (input) => importTransferBlob(write, input),
    importPrivateJwk: (input) => importPrivateJwk(writeAlone, input),
    updateVersion: (input) => updateVersion(write, input),
    setReleasePolicy: (input) => setReleasePolicy(write, input),
    deleteKey: (name) => deleteKey(write, name),
    keyCheckValue: (name, version, bits) => keyCheckValue(write, name, version, bits),
    releaseKey: (input) => releaseKey(write, input),
    checkHealth: () => checkHealth(read),
  }
}

/** What a call's work is given: the SDK's options and what the pipeline saw. */
export interface Running {
  client: KeyClient
  abortSignal: AbortSignal
  facts: CallFacts
}
type Work<T> = (running: Running) => Promise<T>
type Call = <T>(
  client: GatedClient,
  operation: VaultOperation,
  timeout: number,
  signal: AbortSignal | undefined,
  work: Work<T>,
) => Promise<Answer<T>>
export type Read = <T>(operation: VaultOperation, signal: AbortSignal | undefined, work: Work<T>) => Promise<Answer<T>>
export type Write = <T>(operation: VaultOperation, work: Work<T>) => Promise<Answer<T>>

/** One call under its timeout, its failure as a `ProviderError`. */
function timed<T>(
  gated: GatedClient,
  timeout: number,
  signal: AbortSignal | undefined,
  work: Work<T>,
): Promise<Answer<T>> {
  const timer = AbortSignal.timeout(timeout)
  const abortSignal = signal ? AbortSignal.any([timer, signal]) : timer
  return watchCall(async (facts) => {
    try {
      const value = await gated.use((client) => work({ client, abortSignal, facts }))
      return { value, requestId: facts.requestId }
    } catch (error) {
      throw mapError(error, facts)
    }
  })
}

async function observed<T>(
  observer: CallObserver | undefined,
  operation: VaultOperation,
  run: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  const latencyMs = () => Math.round(performance.now() - startedAt)
  try {
    const value = await run()
    observer?.worked(operation, latencyMs())
    return value
  } catch (error) {
    observer?.failed(operation, mapError(error, { sent: true, requestId: null, vaultDate: null }), latencyMs())
    throw error
  }
}
