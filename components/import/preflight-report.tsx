import type { ReactNode } from 'react'
import { PREFLIGHT_GROUP_TITLES, PREFLIGHT_GROUPS, type PreflightVerdict } from '@/lib/domain/preflight/report'
import { PreflightRow } from './preflight-row'

export type ReportRow = {
  id: string
  group: string
  title: string
  verdict: PreflightVerdict
  fact: string
  remedy?: string | undefined
  link?: string | undefined
}

type PreflightReportProps = { rows: readonly ReportRow[] }
type PreflightReportListProps = PreflightReportProps & {
  /** Under a heading of its own the groups are one level deeper. */
  heading?: 'h2' | 'h3'
}

type NeedsYouProps = PreflightReportProps & {
  /** Beneath a row: the checkbox that acknowledges its warning. */
  below: (row: ReportRow) => ReactNode
}

/** Every check by group, in the order in which an officer reads them. */
export function PreflightReportList({ rows, heading: Heading = 'h2' }: PreflightReportListProps) {
  return (
    <div className="flex flex-col gap-6">
      {PREFLIGHT_GROUPS.map((group) => {
        const ofGroup = rows.filter((row) => row.group === group)
        if (ofGroup.length === 0) return null
        return (
          <section key={group} aria-labelledby={`group-${group}`} className="flex flex-col gap-1">
            <Heading id={`group-${group}`} className="border-line-strong border-b pb-1 font-semibold text-base">
              {PREFLIGHT_GROUP_TITLES[group]}
            </Heading>
            <ul>
              {ofGroup.map((row) => (
                <PreflightRow key={row.id} {...row} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

/** What failed, warns or waits, before all that is well: a reader decides here. */
export function NeedsYou({ rows, below }: NeedsYouProps) {
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="needs-you" className="flex flex-col gap-1">
      <h2 id="needs-you" className="border-line-strong border-b pb-1 font-semibold text-base">
        Needs you
      </h2>
      <ul>
        {rows.map((row) => (
          <PreflightRow key={row.id} {...row}>
            {below(row)}
          </PreflightRow>
        ))}
      </ul>
    </section>
  )
}
