import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { approveLabel } from '@/lib/domain/reviews/approval-policy'
import type { EnableReview } from '@/lib/domain/reviews/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { ClosedDecision } from './closed-decision'
import { DecideEnable } from './decide-enable'
import { FactsBeside } from './facts-beside'
import { TwoClocks } from './two-clocks'
import { WhoDecides } from './who-decides'
import { WithdrawEnable } from './withdraw-enable'

type EnableReviewProps = {
  review: EnableReview
  /** The reader asked for it: they may take it back. The service asks again. */
  asked: boolean
  actions: Pick<Parameters<typeof DecideEnable>[0], 'approve' | 'reject'> &
    Pick<Parameters<typeof WithdrawEnable>[0], 'withdraw'>
}

/** A request to enable again what was stopped. */
export function EnableReviewDocument({ review, asked, actions }: EnableReviewProps) {
  const waiting = review.status === 'awaiting_review'
  return (
    <>
      {waiting ? <WhoDecides cannotDecide={review.cannotDecide} approvals={review.approvals} /> : null}
      <Section id="request" title="What was asked">
        <DescriptionList
          items={[
            {
              term: 'Key',
              detail: (
                <TextLink href={routes.key(review.connectionId, review.keyName, review.keyVersion)}>
                  {review.keyName}
                </TextLink>
              ),
            },
            { term: 'Version', detail: <KeyId value={review.kid} label="Copy key identifier" length={0} /> },
            { term: 'Vault', detail: `${review.vaultName} (${review.environment})` },
            {
              term: 'Asked by',
              detail: (
                <>
                  {review.requesterName}, <DateTime value={review.requestedAt} relative="inline" />
                </>
              ),
            },
            { term: 'Reason', detail: <span className="whitespace-pre-wrap break-words">{review.reason}</span> },
          ]}
        />
      </Section>
      <Section id="facts" title="Frozen request and vault">
        <FactsBeside facts={review.facts} at={null} problem={review.factsProblem} open={waiting} />
      </Section>
      {waiting ? <Decision review={review} asked={asked} actions={actions} /> : null}
    </>
  )
}

function Decision({ review, asked, actions }: EnableReviewProps) {
  const { id, revision, frozenSha256, facts, cannotDecide } = review
  const changed = facts?.some(({ differs }) => differs)
  const closed = review.approvals.mineWaits
    ? PROBLEM_WORDS['already-approved']
    : !facts
      ? 'The vault could not be read. Reload when it answers.'
      : changed
        ? 'What the vault holds is not what was asked for.'
        : undefined
  return (
    <>
      <Section id="clocks" title="What your approval covers">
        <TwoClocks frozenSha256={frozenSha256} required={review.approvals.required} />
      </Section>
      <Section id="decide" title="Decide">
        {cannotDecide ? <ClosedDecision because={cannotDecide} /> : null}
        {asked ? <WithdrawEnable enableRequestId={id} withdraw={actions.withdraw} /> : null}
        {cannotDecide ? null : (
          <DecideEnable
            seen={{ enableRequestId: id, revision, frozenSha256 }}
            approveLabel={approveLabel(review.approvals)}
            blockedBecause={closed}
            approve={actions.approve}
            reject={actions.reject}
          />
        )}
      </Section>
    </>
  )
}
