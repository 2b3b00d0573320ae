import { AsyncLocalStorage } from 'node:async_hooks'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'

/** What the pipeline saw of one call, for request ids and for telling whether anything left this machine. */
export interface CallFacts {
  /** A request with a token was handed to the socket: from then on the vault can have acted. */
  sent: boolean
  requestId: string | null
  /** The vault's Date header of the last answer. */
  vaultDate: string | null
}

const calls = new AsyncLocalStorage<CallFacts>()

export async function watchCall<T>(work: (facts: CallFacts) => Promise<T>): Promise<T> {
  const facts: CallFacts = { sent: false, requestId: null, vaultDate: null }
  return calls.run(facts, () => work(facts))
}

/** Sits behind authentication and retries, so it sees each request as it goes out. */
export const watchPolicy: PipelinePolicy = {
  name: 'drawbridgeWatch',
  async sendRequest(request, next) {
    const facts = calls.getStore()
    if (facts && request.headers.has('authorization')) facts.sent = true
    const response = await next(request)
    if (facts) {
      facts.requestId = response.headers.get('x-ms-request-id') ?? facts.requestId
      facts.vaultDate = response.headers.get('date') ?? null
    }
    return response
  },
}

/**
 * What was sent is let go of once it is answered: answers and errors of the SDK hold on to their request, and the body of
 * one may be a private key.
 */
export const forgetBodyPolicy: PipelinePolicy = {
  name: 'drawbridgeForgetBody',
  async sendRequest(request, next) {
    try {
      return await next(request)
    } finally {
      delete request.body
    }
  },
}

/**
 * A list's `nextLink` is followed as an absolute URL, and the token goes with it: hold every request to the vault's
 * own origin.
 */
export function pinOriginPolicy(vaultUrl: string): PipelinePolicy {
  const origin = new URL(vaultUrl).origin
  return {
    name: 'drawbridgePinOrigin',
    sendRequest(request, next) {
      if (new URL(request.url).origin !== origin) throw new ForeignOriginError()
      return next(request)
    },
  }
}

export class ForeignOriginError extends Error {
  override readonly name = 'ForeignOriginError'
}
