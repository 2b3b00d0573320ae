import type { SeenPolicyView } from '@/lib/domain/releases/policy-change-views'
import { isSamePolicy } from '@/lib/domain/releases/same-policy'
import { DateTime } from '../ui/date-time'
import { Disclosure } from '../ui/disclosure'
import { KeyId } from '../ui/key-id'
import { ImmutableBadge } from './immutable-badge'
import { PolicyInWords } from './policy-in-words'

const SEEN_BY = {
  read: 'Found when the vault was read.',
  'own-change': 'Set through Drawbridge.',
  'own-import': 'Came with the import.',
  'own-creation': 'Given when the key was created here.',
} as const satisfies Record<SeenPolicyView['seenBy'], string>

/** The policies that were seen, newest first. Between two that differ nobody knows which one it was. */
export function PolicyHistory({ seen }: { seen: readonly SeenPolicyView[] }) {
  return (
    <ol aria-label="Policies that were seen, newest first" className="flex flex-col border-t">
      {seen.map((one, index) => {
        const older = seen[index + 1]
        return (
          <li key={`${one.firstSeenAt} ${one.sha256}`} className="flex flex-col gap-2 border-b py-4 text-sm">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">
                <DateTime value={one.firstSeenAt} relative="none" withSeconds /> to{' '}
                <DateTime value={one.lastSeenAt} relative="none" withSeconds />
              </span>
              {one.policy === null ? null : <ImmutableBadge immutable={one.immutable} />}
            </div>
            <span className="text-text-muted">{SEEN_BY[one.seenBy]}</span>
            {one.policy === null ? (
              <span>It had none.</span>
            ) : (
              <>
                {one.sha256 ? <KeyId value={one.sha256} label="Copy the policy’s SHA-256" length={16} /> : null}
                <Disclosure summary="What it says">
                  <PolicyInWords text={one.policy} />
                </Disclosure>
              </>
            )}
            {older ? <Before one={one} older={older} /> : null}
          </li>
        )
      })}
    </ol>
  )
}

/** What is known of the time between two that were seen. */
function Before({ one, older }: { one: SeenPolicyView; older: SeenPolicyView }) {
  if (isSame(one, older)) {
    const words = one.immutable === older.immutable ? 'written differently.' : 'made immutable.'
    return <span className="text-text-muted">The policy that was seen before, {words}</span>
  }
  return (
    <span className="max-w-prose text-text-muted">
      It replaced the next one between <DateTime value={older.lastSeenAt} relative="none" withSeconds /> and{' '}
      <DateTime value={one.firstSeenAt} relative="none" withSeconds />; which of them held at an instant between, is not
      known.
    </span>
  )
}

function isSame(one: SeenPolicyView, other: SeenPolicyView): boolean {
  return one.policy !== null && other.policy !== null && isSamePolicy(one.policy, other.policy)
}
