import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { PolicyChangeReview } from '@/lib/domain/releases/policy-change-views'
import { runPolicyTests } from '@/lib/domain/releases/policy-tests'
import { routes } from '@/lib/routes'
import { ImmutableBadge } from '../key-policy/immutable-badge'
import { PolicyInWords } from '../key-policy/policy-in-words'
import { WhatWouldChange } from '../key-policy/what-would-change'
import { PolicyFindings } from '../release-policy/policy-findings'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { ClosedDecision } from './closed-decision'
import { DecideEnable } from './decide-enable'
import { PolicyNow } from './policy-now'
import { RemovedTests } from './removed-tests'
import { TwoClocks } from './two-clocks'
import { WhoDecides } from './who-decides'
import { WithdrawEnable } from './withdraw-enable'

type PolicyReviewProps = {
  review: PolicyChangeReview
  /** The reader proposed it: they may take it back. The service asks again. */
  asked: boolean
  actions: Pick<Parameters<typeof DecideEnable>[0], 'approve' | 'reject'> &
    Pick<Parameters<typeof WithdrawEnable>[0], 'withdraw'>
}

/** A proposal to put one release policy in the place of another. */
export function PolicyReviewDocument({ review, asked, actions }: PolicyReviewProps) {
  const waiting = review.status === 'awaiting_review'
  const { before, after } = review
  return (
    <>
      {waiting ? <WhoDecides cannotDecide={review.cannotDecide} approvals={review.approvals} /> : null}
      {waiting ? <PolicyNow now={review.now} problem={review.nowProblem} /> : null}
      {after.immutable ? (
        <Banner tone="danger" title="There is no way back from this policy">
          It is proposed as immutable: once set, nobody can ever change it, at the vault either.
        </Banner>
      ) : null}
      <Section id="request" title="What was proposed">
        <Proposal review={review} />
      </Section>
      <Section id="difference" title={waiting ? 'What would change' : 'What it was about'}>
        <WhatWouldChange before={before.text} after={after.text} tests={review.tests} />
        <PolicyFindings text={after.text} problem={null} />
        <RemovedTests removed={review.removedTests} />
      </Section>
      <Section id="both" title="Both policies, in full">
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
          <Side
            title={waiting && review.now === 'as-proposed-against' ? 'Now' : 'When it was proposed'}
            held={before}
          />
          <Side title="Proposed" held={after} />
        </div>
      </Section>
      {waiting ? <Decision review={review} asked={asked} actions={actions} /> : null}
    </>
  )
}

function Proposal({ review }: Pick<PolicyReviewProps, 'review'>) {
  return (
    <DescriptionList
      items={[
        {
          term: 'Key',
          detail: <TextLink href={routes.keyPolicy(review.connectionId, review.keyName)}>{review.keyName}</TextLink>,
        },
        { term: 'Latest version', detail: <KeyId value={review.kid} label="Copy key identifier" length={0} /> },
        { term: 'Vault', detail: `${review.vaultName} (${review.environment})` },
        {
          term: 'Proposed by',
          detail: (
            <>
              {review.requesterName}, <DateTime value={review.requestedAt} relative="inline" />
            </>
          ),
        },
        { term: 'Reason', detail: <span className="whitespace-pre-wrap break-words">{review.reason}</span> },
      ]}
    />
  )
}

function Side({ title, held }: { title: string; held: PolicyChangeReview['before'] }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium text-sm">
        {title}
        <ImmutableBadge immutable={held.immutable} />
      </h3>
      <PolicyInWords text={held.text} />
    </div>
  )
}

function Decision({ review, asked, actions }: PolicyReviewProps) {
  const { id, revision, frozenSha256, cannotDecide } = review
  return (
    <>
      <Section id="clocks" title="What your approval covers">
        <TwoClocks frozenSha256={frozenSha256} required={review.approvals.required} checkedAgain={CHECKED_AGAIN} />
      </Section>
      <Section id="decide" title="Decide">
        {cannotDecide ? <ClosedDecision because={cannotDecide} approveLabel={setLabel(review)} /> : null}
        {asked ? <WithdrawEnable enableRequestId={id} withdraw={actions.withdraw} /> : null}
        {cannotDecide ? null : (
          <DecideEnable
            seen={{ enableRequestId: id, revision, frozenSha256 }}
            approveLabel={setLabel(review)}
            rejectLabel="Reject: the present policy stays"
            reasonHint="It stands in the audit log, for good."
            blockedBecause={whyBlocked(review)}
            approve={actions.approve}
            reject={actions.reject}
          />
        )}
      </Section>
    </>
  )
}

const CHECKED_AGAIN =
  'Just before the vault is told, its policy is read once more and must be the one that this was proposed against; the tests run once more.'

function setLabel({ after, approvals: { required, given } }: PolicyChangeReview): string {
  const others = given.filter(({ mine }) => !mine).length
  if (others + 1 < required) return `Approve, as ${others + 1} of ${required}`
  return after.immutable ? 'Set this policy for good' : 'Set this policy'
}

function whyBlocked({ approvals, now, after, tests }: PolicyChangeReview): string | undefined {
  if (approvals.mineWaits) return PROBLEM_WORDS['already-approved']
  if (now === null) return 'The vault could not be read. Reload when it answers.'
  if (now !== 'as-proposed-against') return 'The vault’s policy is not the one that this was proposed against.'
  const read = parseReleasePolicy(after.text)
  const passes =
    read.ok &&
    runPolicyTests(
      read.value,
      tests.map(({ test }) => test),
    ).every(({ passed }) => passed)
  return passes ? undefined : PROBLEM_WORDS['policy-tests-failed']
}
