import type { EnableReview } from '@/lib/domain/reviews/views'
import { routes } from '@/lib/routes'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { FactsBeside } from './facts-beside'
import { type RequestActions, RequestDecision } from './request-decision'
import { RequestFacts } from './request-facts'
import { WhoDecides } from './who-decides'

type EnableReviewProps = { review: EnableReview; actions: RequestActions }

/** A request to enable a version that is disabled. */
export function EnableReviewDocument({ review, actions }: EnableReviewProps) {
  const waiting = review.status === 'awaiting_review'
  const { connectionId, keyName, keyVersion } = review
  return (
    <>
      {waiting ? <WhoDecides cannotDecide={review.cannotDecide} approvals={review.approvals} /> : null}
      <Section id="request" title="What was asked">
        <RequestFacts
          review={review}
          keyHref={routes.key(connectionId, keyName, keyVersion)}
          versionTerm="Version"
          byTerm="Asked by"
        />
      </Section>
      <Section id="facts" title="Frozen request and vault">
        <FactsBeside facts={review.facts} at={null} problem={review.factsProblem} open={waiting} />
        {waiting && review.exportable ? (
          <p className="max-w-prose text-sm">
            Once enabled, this key may leave the vault, to the environments that{' '}
            <TextLink href={routes.keyPolicy(connectionId, keyName)}>its release policy</TextLink> lets in: read it
            before you decide.
          </p>
        ) : null}
      </Section>
      {waiting ? (
        <RequestDecision
          review={review}
          actions={actions}
          doLabel="Enable this version"
          rejectLabel="Reject: it stays disabled"
          reasonHint="It stands in the audit log, for good."
          blockedBecause={whyBlocked(review)}
        />
      ) : null}
    </>
  )
}

function whyBlocked({ facts }: EnableReview): string | undefined {
  if (!facts) return 'The vault could not be read. Reload when it answers.'
  return facts.some(({ differs }) => differs) ? 'What the vault holds is not what was asked for.' : undefined
}
