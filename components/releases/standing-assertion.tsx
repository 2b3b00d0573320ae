import type { Standing } from '@/lib/domain/releases/history/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { Disclosure } from '../ui/disclosure'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { RecordCaller } from './record-caller'
import { RecordKey } from './record-key'

type StandingAssertionProps = {
  title: string
  /** What it means when it is none, and how it is known. */
  none: string
  some: string
  standing: Standing
  /** false: nothing was read lately, so that none means nothing. */
  known: boolean
}

/** Something that should be none, with what there is. */
export function StandingAssertion({ title, none, some, standing, known }: StandingAssertionProps) {
  const { count, records } = standing
  if (count === 0) {
    if (!known) return <Banner tone="neutral" title={`${title}: not known`} />
    return (
      <Banner tone="good" title={`${title}: 0`}>
        {none}
      </Banner>
    )
  }
  return (
    <div className="flex flex-col gap-2">
      <Banner tone="danger" title={`${title}: ${count.toLocaleString('en')}`}>
        {some}
      </Banner>
      <Disclosure summary={records.length < count ? `The newest ${records.length}` : 'Which'}>
        <StandingTable label={title} records={records} />
      </Disclosure>
    </div>
  )
}

function StandingTable({ label, records }: { label: string; records: Standing['records'] }) {
  return (
    <Table
      label={label}
      head={
        <>
          <Th>Time</Th>
          <Th>Operation</Th>
          <Th>Key</Th>
          <Th>Who</Th>
        </>
      }
    >
      {records.map((record) => (
        <Row key={record.digest}>
          <RowHeader>
            <TextLink quiet href={routes.release(record.digest)}>
              <DateTime value={record.at} relative="none" withSeconds />
            </TextLink>
          </RowHeader>
          <Td>{record.operation}</Td>
          <Td wrap>
            <RecordKey record={record} />
          </Td>
          <Td wrap>
            <RecordCaller record={record} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}
