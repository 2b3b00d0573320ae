import type { ReleaseReport, ReportPolicyChange } from '@/lib/domain/releases/history/report-views'
import { routes } from '@/lib/routes'
import { PolicyReviewStatus } from '../review/policy-review-status'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { TextLink } from '../ui/text-link'

const DECIDED = { approve: 'Approved', reject: 'Rejected' } as const

/** Who asked for another policy, and who decided. */
export function ReportChanges({ report: { changes, changesTotal } }: { report: ReleaseReport }) {
  if (changes.length === 0)
    return (
      <p className="max-w-prose text-sm">
        None in this period. A policy that was set past Drawbridge stands among the changes below.
      </p>
    )
  return (
    <div className="flex flex-col gap-5">
      {changes.length < changesTotal ? (
        <p className="text-attention text-sm">
          Cut: the newest {changes.length} of {changesTotal.toLocaleString('en')}. A shorter period shows the earlier
          ones.
        </p>
      ) : null}
      {changes.map((change) => (
        <Change key={change.id} change={change} />
      ))}
    </div>
  )
}

function Change({ change }: { change: ReportPolicyChange }) {
  const { id, reference, status, version, requestedBy, requestedAt, reason, before, after, decisions } = change
  return (
    <div className="flex flex-col gap-2 print:break-inside-avoid">
      <h3 className="flex flex-wrap items-center gap-x-3 font-medium text-sm">
        <TextLink href={routes.policyReview(id)}>{reference}</TextLink>
        <PolicyReviewStatus status={status} />
      </h3>
      <DescriptionList
        items={[
          { term: 'Asked for', detail: <By name={requestedBy} at={requestedAt} words={reason} /> },
          ...decisions.map(({ by, at, decision, reason: why, voided }) => ({
            term: `${DECIDED[decision]} by ${by}${voided ? ', void since' : ''}`,
            detail: <By at={at} words={why} />,
          })),
          { term: 'Version', detail: <Code value={version} /> },
          { term: 'Policy before', detail: <Code value={before} /> },
          { term: 'Policy asked for', detail: <Code value={after} /> },
        ]}
      />
    </div>
  )
}

function By({ name, at, words }: { name?: string; at: string; words: string }) {
  return (
    <span className="wrap-anywhere">
      {name === undefined ? null : `${name}, `}
      <DateTime value={at} relative="none" withSeconds />
      <span className="block text-text-muted text-xs">{words}</span>
    </span>
  )
}

function Code({ value }: { value: string }) {
  return <code className="break-all font-mono text-xs">{value}</code>
}
