import type { PolicyChangeReview } from '@/lib/domain/releases/policy-change-views'
import { Banner } from '../ui/banner'

/** What the vault holds at this moment, beside what the proposal was made against. */
export function PolicyNow({ now, problem }: { now: PolicyChangeReview['now']; problem: string | null }) {
  switch (now) {
    case 'as-proposed-against':
      return (
        <p className="max-w-prose text-sm text-text-muted">
          The vault was read just now: the key’s policy still is the one that this was proposed against.
        </p>
      )
    case 'as-proposed':
      return (
        <Banner tone="attention" title="The vault has the proposed policy already">
          Somebody set it past this review. Reject the proposal, and look into who did.
        </Banner>
      )
    case 'another':
      return (
        <Banner tone="danger" title="The vault’s policy has changed since this was proposed">
          What would change is no longer what you read here. Reject it; it can be proposed anew against what the vault
          holds now.
        </Banner>
      )
    case null:
      return (
        <Banner tone="attention" title="The vault could not be read">
          {problem}
        </Banner>
      )
  }
}
