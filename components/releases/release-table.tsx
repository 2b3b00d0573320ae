import type { FirstSeen } from '@/lib/domain/releases/history/first-seen'
import type { ReleaseView } from '@/lib/domain/releases/history/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { DecisionBadge } from './decision-badge'
import { EvaluationCell } from './evaluation-cell'
import { FirstBadge } from './first-badge'
import { RecordCaller } from './record-caller'
import { RecordKey } from './record-key'

/** Releases and refusals, newest first. A row's time leads to all that is known of it. */
export function ReleaseTable({ records }: { records: readonly ReleaseView[] }) {
  return (
    <Table
      label="Releases"
      head={
        <>
          <Th>Time</Th>
          <Th>Key</Th>
          <Th>Who</Th>
          <Th>From</Th>
          <Th>Decision</Th>
          <Th>Policy and environment</Th>
        </>
      }
    >
      {records.map((record) => (
        <ReleaseRow key={record.digest} record={record} />
      ))}
    </Table>
  )
}

function ReleaseRow({ record }: { record: ReleaseView }) {
  const isFirst = (seen: FirstSeen) => record.firstSeen.includes(seen)
  return (
    <Row>
      <RowHeader>
        <TextLink quiet href={routes.release(record.digest)}>
          <DateTime value={record.at} relative="none" withSeconds />
        </TextLink>
      </RowHeader>
      <Td wrap>
        <RecordKey record={record} />
      </Td>
      <Td wrap>
        <RecordCaller record={record} />
        {isFirst('person') ? <FirstBadge seen="person" /> : null}
      </Td>
      <Td>
        <span className="block font-mono">{record.address ?? ''}</span>
        {isFirst('address') ? <FirstBadge seen="address" /> : null}
      </Td>
      <Td>
        <DecisionBadge record={{ act: 'release', decision: record.decision }} />
        <span className="block text-text-muted text-xs">
          {[record.status, record.signature, record.releaseCode].filter((part) => part !== null).join(' ')}
        </span>
      </Td>
      <Td wrap>
        <EvaluationCell evaluation={record.evaluation} />
        {isFirst('environment') ? <FirstBadge seen="environment" /> : null}
      </Td>
    </Row>
  )
}
