import type { PolicyThenView, ReportRow } from '@/lib/domain/releases/history/report-views'
import { routes } from '@/lib/routes'
import { DecisionBadge } from '../releases/decision-badge'
import { VerdictBadge } from '../releases/verdict-badge'
import { DateTime } from '../ui/date-time'
import { TextLink } from '../ui/text-link'
import { PaperTable } from './paper-table'
import { ReportCaller } from './report-caller'

const COLUMNS = [
  { name: 'When, and how it ended', width: 'w-7/24' },
  { name: 'Who, and from where', width: 'w-10/24' },
  { name: 'Policy' },
]

/** Oldest first. */
export function ReportRows({ rows }: { rows: readonly ReportRow[] }) {
  return (
    <PaperTable label="Releases and refusals" columns={COLUMNS}>
      {rows.map((row) => (
        <tr key={row.record.digest} className="break-inside-avoid border-b align-top">
          <th scope="row" className="py-2 pr-3 text-left font-medium">
            <TextLink quiet href={routes.release(row.record.digest)}>
              <DateTime value={row.record.at} relative="none" withSeconds />
            </TextLink>
            <Ended record={row.record} />
          </th>
          <td className="wrap-anywhere py-2 pr-3">
            <ReportCaller record={row.record} />
          </td>
          <td className="wrap-anywhere py-2">
            <Verdict row={row} />
            <PolicyThen policy={row.policy} />
          </td>
        </tr>
      ))}
    </PaperTable>
  )
}

function Ended({ record }: Pick<ReportRow, 'record'>) {
  const { decision, status, signature, releaseCode, keyVersion } = record
  return (
    <span className="mt-0.5 flex flex-col items-start gap-0.5 font-normal">
      <DecisionBadge record={{ act: 'release', decision }} />
      <span className="text-text-muted text-xs">
        {[status, signature, releaseCode].filter((part) => part !== null).join(' ')}
      </span>
      <span className="break-all text-text-muted text-xs">
        {keyVersion === null ? 'newest version' : <code className="font-mono">{keyVersion}</code>}
      </span>
    </span>
  )
}

function Verdict({ row: { evaluation } }: { row: ReportRow }) {
  if (!evaluation) return <span className="block">Not evaluated: the provider’s log holds no claims</span>
  return (
    <span className="flex flex-col items-start gap-0.5">
      <VerdictBadge verdict={evaluation.verdict} />
      <span className="text-text-muted text-xs">
        {evaluation.suppliedBy === null ? 'asked for here' : `by a token that ${evaluation.suppliedBy} supplied`}
      </span>
    </span>
  )
}

function PolicyThen({ policy }: { policy: PolicyThenView }) {
  if (policy.known === 'nothing') return <span className="block text-xs">Policy: not seen both before and after.</span>
  if (policy.known === 'changed-between')
    return (
      <span className="block text-xs">
        Policy: changed between <DateTime value={policy.from} relative="none" withSeconds /> and{' '}
        <DateTime value={policy.to} relative="none" withSeconds />, not known which.
      </span>
    )
  return (
    <span className="block text-xs">
      Policy:{' '}
      {policy.sha256 === null ? 'seen to have none' : <code className="break-all font-mono">{policy.sha256}</code>}
    </span>
  )
}
