import type { ProposalDocument } from '@/lib/domain/proposals/views'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'

const Words = ({ children }: { children: string }) => (
  <span className="whitespace-pre-wrap break-words">{children}</span>
)

/** Who asked and why, until when it holds, and how it ended. */
export function ProposalFacts({ proposal }: { proposal: ProposalDocument }) {
  const { decidedByName, decidedAt, decisionReason } = proposal
  return (
    <DescriptionList
      items={[
        {
          term: 'Proposed by',
          detail: (
            <>
              {proposal.proposerName}, <DateTime value={proposal.proposedAt} relative="inline" />
            </>
          ),
        },
        { term: 'Reason', detail: <Words>{proposal.reason}</Words> },
        ...(decidedByName && decidedAt
          ? [
              {
                term: 'Decided by',
                detail: (
                  <>
                    {decidedByName}, <DateTime value={decidedAt} relative="inline" />
                    {decisionReason ? (
                      <span className="block">
                        <Words>{decisionReason}</Words>
                      </span>
                    ) : null}
                  </>
                ),
              },
            ]
          : [{ term: 'Lapses', detail: <DateTime value={proposal.expiresAt} relative="inline" /> }]),
        {
          term: 'Frozen text',
          detail: <Fingerprint value={proposal.frozenSha256} label="Copy the SHA-256 of the frozen text" />,
        },
      ]}
    />
  )
}
