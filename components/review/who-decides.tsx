import { CANNOT_DECIDE_WORDS, type CannotDecide } from '@/lib/domain/reviews/may-decide'
import type { ApprovalProgress } from '@/lib/domain/reviews/views'
import { Banner } from '../ui/banner'
import { ApprovalList } from './approval-list'

type WhoDecidesProps = { cannotDecide: CannotDecide | null; approvals: ApprovalProgress }

/** Who may decide it: you or not you, with the reason, who else, and how many already have. */
export function WhoDecides({ cannotDecide, approvals }: WhoDecidesProps) {
  return (
    <>
      <You cannotDecide={cannotDecide} approvals={approvals} />
      <ApprovalList approvals={approvals} />
    </>
  )
}

function You({ cannotDecide, approvals }: WhoDecidesProps) {
  const others = approvals.others.join(', ')
  if (cannotDecide) {
    return (
      <Banner tone="information" title={CANNOT_DECIDE_WORDS[cannotDecide]}>
        {others ? `These may decide it: ${others}.` : 'Nobody else can decide it now.'}
      </Banner>
    )
  }
  if (approvals.mineWaits) {
    return (
      <Banner tone="information" title="You have approved this already.">
        {others
          ? `It waits for another officer: ${others}.`
          : 'Nobody else can approve it now: have an administrator name another approver.'}
      </Banner>
    )
  }
  return (
    <p className="max-w-prose text-sm text-text-muted">
      You may decide it{others ? `; so may ${others}` : '. Nobody else can'}.
    </p>
  )
}
