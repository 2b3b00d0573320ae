import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { approveLabel } from '@/lib/domain/reviews/approval-policy'
import type { RequestReview } from '@/lib/domain/reviews/views'
import { Section } from '../ui/section'
import { ClosedDecision } from './closed-decision'
import { DecideEnable } from './decide-enable'
import { TwoClocks } from './two-clocks'
import { WithdrawEnable } from './withdraw-enable'

export type RequestActions = Pick<Parameters<typeof DecideEnable>[0], 'approve' | 'reject'> &
  Pick<Parameters<typeof WithdrawEnable>[0], 'withdraw'>

type RequestDecisionProps = {
  review: RequestReview
  actions: RequestActions
  /** What the last approval needed does: 'Enable this version'. */
  doLabel: string
  rejectLabel: string
  reasonHint: string
  /** What is asked of the vault before it is told, where that is not the version’s frozen facts. */
  checkedAgain?: string
  /** Why nobody can approve it as the vault is now. */
  blockedBecause: string | undefined
}

/** What an approval of a request covers, and the decision, or why it is not the reader's. */
export function RequestDecision({ review, actions, doLabel, blockedBecause, ...words }: RequestDecisionProps) {
  const { id, revision, frozenSha256, cannotDecide, approvals, isOwn } = review
  const label = approveLabel(approvals, doLabel)
  return (
    <>
      <Section id="clocks" title="What your approval covers">
        <TwoClocks frozenSha256={frozenSha256} required={approvals.required} checkedAgain={words.checkedAgain} />
      </Section>
      <Section id="decide" title="Decide">
        {cannotDecide ? <ClosedDecision because={cannotDecide} approveLabel={label} /> : null}
        {isOwn ? <WithdrawEnable enableRequestId={id} withdraw={actions.withdraw} /> : null}
        {cannotDecide ? null : (
          <DecideEnable
            seen={{ enableRequestId: id, revision, frozenSha256 }}
            approveLabel={label}
            rejectLabel={words.rejectLabel}
            reasonHint={words.reasonHint}
            blockedBecause={approvals.mineWaits ? PROBLEM_WORDS['already-approved'] : blockedBecause}
            approve={actions.approve}
            reject={actions.reject}
          />
        )}
      </Section>
    </>
  )
}
