import type { RequestReview } from '@/lib/domain/reviews/views'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { TextLink } from '../ui/text-link'

type RequestFactsProps = {
  review: RequestReview
  keyHref: string
  /** Of the version: 'Version', or what else it is to this request. */
  versionTerm: string
  /** 'Asked by', 'Proposed by'. */
  byTerm: string
}

/** What was asked for: of which key, where, by whom and why. */
export function RequestFacts({ review, keyHref, versionTerm, byTerm }: RequestFactsProps) {
  return (
    <DescriptionList
      items={[
        { term: 'Key', detail: <TextLink href={keyHref}>{review.keyName}</TextLink> },
        { term: versionTerm, detail: <KeyId value={review.kid} label="Copy key identifier" length={0} /> },
        { term: 'Vault', detail: `${review.vaultName} (${review.environment})` },
        {
          term: byTerm,
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
