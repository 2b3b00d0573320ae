import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { DecisionBadge } from './decision-badge'
import { RecordCaller } from './record-caller'
import { RecordKey } from './record-key'

/** Releases and refusals, newest first. A row's time leads to all that is known of it. */
export function ReleaseTable({ records }: { records: readonly LogRecordView[] }) {
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
          <Th>Policy</Th>
        </>
      }
    >
      {records.map((record) => (
        <ReleaseRow key={record.digest} record={record} />
      ))}
    </Table>
  )
}

function ReleaseRow({ record }: { record: LogRecordView }) {
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
      </Td>
      <Td mono>{record.address ?? ''}</Td>
      <Td>
        <DecisionBadge record={{ act: 'release', decision: record.decision }} />
        <span className="block text-text-muted text-xs">
          {[record.status, record.signature, record.releaseCode].filter((part) => part !== null).join(' ')}
        </span>
      </Td>
      <Td wrap>
        <span className="text-text-muted">Not evaluated: the provider’s log holds no claims</span>
      </Td>
    </Row>
  )
}
