import 'server-only'
import type { KekState } from '@/lib/domain/keks/views'
import type { KekStatus } from '../db/generated/client'

export interface KekStateFacts {
  status: KekStatus
  expiresAt: Date | null
  /** As the index last saw it; null when it has not. */
  seen: { enabled: boolean; notBefore: Date | null; deleted: boolean } | null
}

const ENDED: Partial<Record<KekStatus, KekState>> = {
  creating: 'creating',
  failed: 'failed',
  retired_disabled: 'disabled',
  retired_deleted: 'deleted',
}

/** What we did ourselves counts first, then what the vault was last seen to hold, then the dates. */
export function kekState({ status, expiresAt, seen }: KekStateFacts, now: Date): KekState {
  const ended = ENDED[status]
  if (ended) return ended
  if (seen?.deleted) return 'deleted'
  if (seen && !seen.enabled) return 'disabled'
  if (expiresAt && expiresAt <= now) return 'expired'
  return seen?.notBefore && seen.notBefore > now ? 'not_yet_valid' : 'usable'
}
