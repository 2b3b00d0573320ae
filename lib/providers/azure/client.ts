import type { TokenCredential } from '@azure/core-auth'
import type { HttpClient } from '@azure/core-rest-pipeline'
import { KeyClient, type KeyClientOptions } from '@azure/keyvault-keys'
import { forgetBodyPolicy, pinOriginPolicy, watchPolicy } from './call'
import { loopbackSwitches } from './loopback'

/**
 * Two clients a vault. The SDK repeats any request three times by itself on 408, 429, 5xx and resets, so everything
 * that is no read goes through one that repeats nothing. Neither follows a redirect.
 */
export interface Clients {
  reads: GatedClient
  writes: GatedClient
  /**
   * A client for one write that nobody else uses: the SDK keeps the body of a client's first call in the client until the
   * vault has answered its challenge, and for good where it never does.
   */
  forOneWrite: () => GatedClient
}

export function createClients(vaultUrl: string, credential: TokenCredential, httpClient?: HttpClient): Clients {
  return {
    reads: new GatedClient(newKeyClient(vaultUrl, credential, 3, httpClient)),
    writes: new GatedClient(newKeyClient(vaultUrl, credential, 0, httpClient)),
    forOneWrite: () => new GatedClient(newKeyClient(vaultUrl, credential, 0, httpClient)),
  }
}

function newKeyClient(
  vaultUrl: string,
  credential: TokenCredential,
  maxRetries: number,
  httpClient?: HttpClient,
): KeyClient {
  const options: KeyClientOptions = {
    ...loopbackSwitches(vaultUrl),
    ...(httpClient ? { httpClient } : {}),
    retryOptions: { maxRetries, retryDelayInMs: 300, maxRetryDelayInMs: 5_000 },
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [
      { policy: pinOriginPolicy(vaultUrl), position: 'perCall' },
      { policy: forgetBodyPolicy, position: 'perCall' },
      { policy: watchPolicy, position: 'perRetry' },
    ],
  }
  return new KeyClient(vaultUrl, credential, options)
}

/**
 * The SDK learns the challenge from a client's first call, which it sends without its body. A second call that overtakes
 * it leaves the first without a body for good (its shared challenge state is then "complete"), so calls wait until one
 * has come back.
 */
export class GatedClient {
  private first: Promise<void> | null = null
  private open = false

  constructor(private readonly client: KeyClient) {}

  async use<T>(work: (client: KeyClient) => Promise<T>): Promise<T> {
    while (!this.open) {
      if (!this.first) return this.goFirst(work)
      await this.first
    }
    return work(this.client)
  }

  private goFirst<T>(work: (client: KeyClient) => Promise<T>): Promise<T> {
    const running = work(this.client)
    this.first = running.then(
      () => {
        this.open = true
      },
      () => {
        this.first = null
      },
    )
    return running
  }
}
