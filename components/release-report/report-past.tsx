import { isAnythingRead } from '@/lib/domain/releases/history/is-anything-read'
import type { ReleaseReport } from '@/lib/domain/releases/history/report-views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { TextLink } from '../ui/text-link'
import { PaperTable } from './paper-table'
import { ReportCaller } from './report-caller'
import { NOTHING_READ } from './report-limits'

const COLUMNS = [
  { name: 'When', width: 'w-7/24' },
  { name: 'What, and of which version', width: 'w-9/24' },
  { name: 'Who' },
]

/** What was done to the key and was not done here. */
export function ReportPast({ report }: { report: ReleaseReport }) {
  const { past, pastTotal } = report
  if (past.length === 0)
    return (
      <p className="max-w-prose text-sm">
        {isAnythingRead(report)
          ? 'None: every change to this key that the log tells of was done through Drawbridge.'
          : NOTHING_READ}
      </p>
    )
  return (
    <>
      {past.length < pastTotal ? (
        <p className="text-attention text-sm">
          Cut: the newest {past.length} of {pastTotal.toLocaleString('en')}. A shorter period shows the earlier ones.
        </p>
      ) : null}
      <PaperTable label="Changes past Drawbridge" columns={COLUMNS}>
        {past.map((record) => (
          <tr key={record.digest} className="break-inside-avoid border-b align-top">
            <th scope="row" className="py-2 pr-3 text-left font-normal">
              <TextLink quiet href={routes.release(record.digest)}>
                <DateTime value={record.at} relative="none" withSeconds />
              </TextLink>
            </th>
            <td className="wrap-anywhere py-2 pr-3">
              {record.operation}
              <span className="block text-text-muted text-xs">
                {record.keyVersion === null ? (
                  'no version named'
                ) : (
                  <code className="font-mono">{record.keyVersion}</code>
                )}
              </span>
            </td>
            <td className="wrap-anywhere py-2">
              <ReportCaller record={record} />
            </td>
          </tr>
        ))}
      </PaperTable>
    </>
  )
}
