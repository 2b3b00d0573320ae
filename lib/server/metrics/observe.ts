import 'server-only'
import type { VaultOperation } from '@/lib/domain/connections/vault-operation'
import type { CallObserver, ProviderErrorCode } from '@/lib/providers/port'
import type { JobName } from '../jobs/queue'
import { instruments } from './instruments'

const seconds = (ms: number) => ms / 1000

/** One request's end. `route` is a pattern of the build's own list. */
export function observeRequest(facts: { method: string; route: string; status: number; ms: number }): void {
  const { method, route, status, ms } = facts
  instruments().requests.observe({ method: methodOf(method), route, status: String(status) }, seconds(ms))
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']

/** Anybody may invent methods; a label has few values. */
const methodOf = (method: string) => (METHODS.includes(method) ? method : 'other')

export function observeAction(action: string, outcome: string, ms: number): void {
  instruments().actions.observe({ action, outcome }, seconds(ms))
}

export function observeVaultCall(operation: VaultOperation, outcome: 'ok' | ProviderErrorCode, ms: number): void {
  instruments().vaultCalls.observe({ operation, outcome }, seconds(ms))
}

export function observeJob(job: JobName, outcome: 'ok' | 'failed'): void {
  instruments().jobs.inc({ job, outcome })
}

/** The same news for both. */
export function countingCalls(next: CallObserver): CallObserver {
  return {
    worked: (operation, latencyMs) => {
      observeVaultCall(operation, 'ok', latencyMs)
      next.worked(operation, latencyMs)
    },
    failed: (operation, error, latencyMs) => {
      observeVaultCall(operation, error.code, latencyMs)
      next.failed(operation, error, latencyMs)
    },
  }
}
