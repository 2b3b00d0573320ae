import type { PreflightReport } from '@/lib/domain/preflight/report'
import { Banner } from '../ui/banner'

/** What makes a file no transfer blob, said where it was dropped. The whole report follows in its own step. */
export function FileFindings({ report }: { report: PreflightReport }) {
  const failed = report.rows.filter(({ group, verdict }) => group === 'file' && verdict === 'fail')
  if (failed.length === 0) return null
  return (
    <div role="alert" className="flex flex-col gap-2">
      {failed.map((row) => (
        <Banner key={row.id} tone="danger" title={row.fact}>
          {row.remedy}
        </Banner>
      ))}
    </div>
  )
}
