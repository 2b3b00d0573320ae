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
import { Section } from '../ui/section'
import { PolicyNow } from './policy-now'
import { RemovedTests } from './removed-tests'
import { type RequestActions, RequestDecision } from './request-decision'
import { RequestFacts } from './request-facts'
import { WhoDecides } from './who-decides'

type PolicyReviewProps = { review: PolicyChangeReview; actions: RequestActions }

/** A proposal to put one release policy in the place of another. */
export function PolicyReviewDocument({ review, actions }: PolicyReviewProps) {
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
        <RequestFacts
          review={review}
          keyHref={routes.keyPolicy(review.connectionId, review.keyName)}
          versionTerm="Latest version"
          byTerm="Proposed by"
        />
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
      {waiting ? (
        <RequestDecision
          review={review}
          actions={actions}
          doLabel={after.immutable ? 'Set this policy for good' : 'Set this policy'}
          rejectLabel="Reject: the present policy stays"
          reasonHint="It stands in the audit log, for good."
          checkedAgain={CHECKED_AGAIN}
          blockedBecause={whyBlocked(review)}
        />
      ) : null}
    </>
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

const CHECKED_AGAIN =
  'Just before the vault is told, its policy is read once more and must be the one that this was proposed against; the tests run once more.'

function whyBlocked({ now, after, tests }: PolicyChangeReview): string | undefined {
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
