import { learnFrom } from '@/lib/client/session/session-store'
import type { Status, VaultHealth, VaultState } from './types'

const vaultStates = {
  answering: true,
  'not-answering': true,
  'not-known': true,
  'not-activated': true,
} satisfies Record<VaultState, true>

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function isVaultHealth(value: unknown): value is VaultHealth {
  if (!isRecord(value)) return false
  const { id, name, state } = value
  return (
    typeof id === 'string' && typeof name === 'string' && typeof state === 'string' && Object.hasOwn(vaultStates, state)
  )
}

/** Reads the poll's answer by hand: zod would cost every page more than all of this shell. */
export function parseStatus(value: unknown): Status | undefined {
  if (!isRecord(value)) return undefined
  const { waitingReviews, waitingProposals, alarms, notices, vaults } = value
  if (![waitingReviews, waitingProposals, alarms, notices].every(Number.isInteger)) return undefined
  if (!Array.isArray(vaults) || !vaults.every(isVaultHealth)) return undefined
  return {
    waitingReviews: Number(waitingReviews),
    waitingProposals: Number(waitingProposals),
    alarms: Number(alarms),
    notices: Number(notices),
    vaults,
  }
}

/** One poll; undefined when it failed or made no sense. It prolongs no session, and tells how this one stands. */
export async function readStatus(href: string, signal: AbortSignal): Promise<Status | undefined> {
  const askedAt = Date.now()
  try {
    const response = await fetch(href, { cache: 'no-store', signal })
    learnFrom(response, askedAt)
    return response.ok ? parseStatus(await response.json()) : undefined
  } catch (cause) {
    // The network or the console is away. The shell goes on with what it last knew.
    if (!signal.aborted && !(cause instanceof TypeError)) console.warn('The status could not be read.')
    return undefined
  }
}
