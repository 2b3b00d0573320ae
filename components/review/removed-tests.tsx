import type { PolicyChangeReview } from '@/lib/domain/releases/policy-change-views'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'

const WORDS = { allow: 'must be let in', deny: 'must be kept out' } as const

/** Tests that were taken away lately: one that is gone can't fail. */
export function RemovedTests({ removed }: { removed: PolicyChangeReview['removedTests'] }) {
  if (removed.length === 0) return null
  return (
    <Banner tone="attention" title="Tests of this key were removed in the 30 days before the proposal">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {removed.map(({ name, expected, removedByName, removedAt }) => (
          <li key={`${name} ${removedAt}`}>
            “{name}” ({WORDS[expected]}), by {removedByName}, <DateTime value={removedAt} relative="inline" />
          </li>
        ))}
      </ul>
    </Banner>
  )
}
