import { isSameAuthority } from '@/lib/domain/releases/contradictions'
import type { Scalar } from '@/lib/domain/releases/policy'
import { editPolicy } from './edit-policy'
import { readOutline } from './read-outline'

export type FromClaim = { issuer: string; claim: string; equals: Scalar }

/** `alternative`: its authority takes any of its conditions, so that this one is another way in. */
export type ConditionMade = { policy: string; made: 'added' | 'alternative' | 'replaced' }

/**
 * The policy with a condition made of a token's claim, asked of the authority that issued the token, which is added where the policy
 * has none. Where all of its conditions must be met, one that asks another value of the same claim is replaced: both could never be.
 * Null while the policy's JSON can't be read.
 */
export function withConditionFromClaim(policy: string, { issuer, claim, equals }: FromClaim): ConditionMade | null {
  const read = readOutline(policy)
  if (!read.ok) return null
  const outline = read.value
  const to = outline.authorities.find(({ authority }) => isSameAuthority(authority, issuer))
  if (!to) {
    const conditions = [{ claim, equals }]
    return { policy: editPolicy(outline, { edit: 'add-authority', authority: issuer, conditions }), made: 'added' }
  }
  const { group } = to
  const isAny = group?.group === 'anyOf' && group.conditions.length > 0
  const same = isAny ? undefined : group?.conditions.find((each) => each.kind === 'claim' && each.claim === claim)
  if (same) return { policy: editPolicy(outline, { edit: 'set-equals', at: same.place, equals }), made: 'replaced' }
  const added = editPolicy(outline, { edit: 'add-condition', to, claim, equals })
  return { policy: added, made: isAny ? 'alternative' : 'added' }
}
