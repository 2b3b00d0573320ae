import type { ReleaseReport, ReportSighting } from '@/lib/domain/releases/history/report-views'
import { DateTime } from '../ui/date-time'
import { PaperTable } from './paper-table'

const SEEN_BY = {
  read: 'by reading the version',
  'own-change': 'because it was set here',
  'own-import': 'because it was imported here',
  'own-creation': 'because it was created here',
} as const satisfies Record<ReportSighting['seenBy'], string>

const COLUMNS = [
  { name: 'Seen from, to', width: 'w-7/24' },
  { name: 'Version', width: 'w-9/24' },
  { name: 'Policy’s SHA-256' },
]

/** Runs of sightings of each version's policy, up to the period's end. */
export function ReportSightings({ report }: { report: ReleaseReport }) {
  const { sightings, sightingsTotal, connectionId } = report
  if (sightings.length === 0)
    return (
      <p className="max-w-prose text-sm">
        {connectionId === null ? 'None: no connection leads to this vault.' : 'None up to the end of this period.'}
      </p>
    )
  return (
    <>
      {sightings.length < sightingsTotal ? (
        <p className="text-attention text-sm">
          Cut: the newest {sightings.length} of {sightingsTotal.toLocaleString('en')}. A shorter period shows the
          earlier ones.
        </p>
      ) : null}
      <PaperTable label="Release policies" columns={COLUMNS}>
        {sightings.map((sighting) => (
          <tr key={`${sighting.version} ${sighting.from}`} className="break-inside-avoid border-b align-top">
            <th scope="row" className="py-2 pr-3 text-left font-normal">
              <DateTime value={sighting.from} relative="none" withSeconds />
              <br />
              <DateTime value={sighting.to} relative="none" withSeconds />
            </th>
            <td className="break-all py-2 pr-3">
              <code className="font-mono text-xs">{sighting.version}</code>
            </td>
            <td className="py-2">
              {sighting.sha256 === null ? (
                'None'
              ) : (
                <code className="break-all font-mono text-xs">{sighting.sha256}</code>
              )}
              <span className="block text-text-muted text-xs">
                {sighting.immutable ? 'Immutable. ' : ''}First seen {SEEN_BY[sighting.seenBy]}.
              </span>
            </td>
          </tr>
        ))}
      </PaperTable>
    </>
  )
}
