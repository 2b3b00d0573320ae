import 'server-only'
import { type FrozenPolicyChange, frozenPolicyChangeSchema } from '@/lib/domain/releases/frozen-policy-change'
import { type HeldPolicy, isSameHeld } from '@/lib/domain/releases/policy-change'
import type { VaultKey } from '@/lib/providers/port'
import type { EnableRequest } from '../db/generated/client'

/** What the vault holds, beside what a proposal is about. */
export type HeldNow = 'as-proposed-against' | 'as-proposed' | 'another'

export function heldNow(frozen: FrozenPolicyChange, key: VaultKey): HeldNow {
  const held = heldBy(key)
  if (!held) return 'another'
  if (isSameHeld(held, frozen.after)) return 'as-proposed'
  return key.kid === frozen.kid && isSameHeld(held, frozen.before) ? 'as-proposed-against' : 'another'
}

export function heldBy({ releasePolicy }: Pick<VaultKey, 'releasePolicy'>): HeldPolicy | null {
  return releasePolicy && { text: releasePolicy.text, immutable: releasePolicy.immutable }
}

export function readFrozenChange(row: Pick<EnableRequest, 'frozenRequest'>): FrozenPolicyChange {
  return frozenPolicyChangeSchema.parse(JSON.parse(row.frozenRequest))
}
