import { approvedWords } from '@/lib/domain/reviews/approval-policy'
import type { ApprovalProgress } from '@/lib/domain/reviews/views'
import { Badge } from '../ui/badge'
import { Countdown } from '../ui/countdown'
import { DateTime } from '../ui/date-time'

/** Who has approved, how long that holds, and how many more it takes. Only where one officer is not enough. */
export function ApprovalList({ approvals }: { approvals: ApprovalProgress }) {
  const { required, given } = approvals
  if (required === 1 && given.length === 0) return null
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={given.length < required ? 'attention' : 'good'}>{approvedWords(given.length, required)}</Badge>
        {missingWords(required - given.length)}
      </p>
      {given.length > 0 ? (
        <ul className="max-w-prose border-t" aria-label="Approvals that count">
          {given.map(({ name, at, expiresAt, mine }) => (
            <li
              key={`${name} ${at}`}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b py-2.5"
            >
              <span>
                <span className="font-medium">{mine ? `${name} (you)` : name}</span>,{' '}
                <DateTime value={at} relative="inline" />
              </span>
              <Countdown until={expiresAt} prefix="Lapses in" ended="Lapsed" attentionMs={4 * 3_600_000} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function missingWords(missing: number): string {
  if (missing <= 0) return 'Enough have approved; the vault has not been told yet. Any of them may approve again.'
  const officers = missing === 1 ? 'One more officer' : `${missing} more officers`
  return `${officers} must compare and approve before anything is enabled.`
}
