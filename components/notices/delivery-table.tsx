import { CHANNEL_WORDS, DELIVERY_ERROR_WORDS, type DeliveryStatus } from '@/lib/domain/notifications/delivery'
import { NOTICE_KIND_WORDS } from '@/lib/domain/notifications/notice-kind-words'
import type { DeliveryView } from '@/lib/domain/notifications/views'
import { Badge } from '../ui/badge'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import type { Tone } from '../ui/tone'

const STATES = {
  waiting: { tone: 'information', word: 'On its way' },
  delivered: { tone: 'good', word: 'Delivered' },
  'given-up': { tone: 'danger', word: 'Given up' },
  'not-needed': { tone: 'neutral', word: 'No longer needed' },
} as const satisfies Record<DeliveryStatus, { tone: Tone; word: string }>

export function DeliveryTable({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  return (
    <Table
      label="What was sent"
      density="comfortable"
      head={
        <>
          <Th>Notice</Th>
          <Th>By</Th>
          <Th>State</Th>
          <Th numeric>Attempts</Th>
          <Th>Last attempt</Th>
          <Th>Next attempt</Th>
        </>
      }
    >
      {deliveries.map((delivery) => (
        <DeliveryRow key={delivery.id} delivery={delivery} />
      ))}
    </Table>
  )
}

function DeliveryRow({ delivery }: { delivery: DeliveryView }) {
  const { kind, subject, channel, attempts, lastAttemptAt, nextAttemptAt } = delivery
  return (
    <Row>
      <RowHeader>
        {subject}
        <span className="block font-normal text-text-muted text-xs">{NOTICE_KIND_WORDS[kind]}</span>
      </RowHeader>
      <Td>{CHANNEL_WORDS[channel]}</Td>
      <Td wrap>
        <State delivery={delivery} />
      </Td>
      <Td numeric>{attempts}</Td>
      <Td>{lastAttemptAt ? <DateTime value={lastAttemptAt} /> : <Never />}</Td>
      <Td>{nextAttemptAt ? <DateTime value={nextAttemptAt} /> : <Never />}</Td>
    </Row>
  )
}

function State({ delivery: { status, lastError } }: { delivery: DeliveryView }) {
  const { tone, word } = STATES[status]
  return (
    <>
      <Badge tone={status === 'waiting' && lastError ? 'attention' : tone}>
        {status === 'waiting' && lastError ? 'Tried again later' : word}
      </Badge>
      {lastError ? (
        <span className="mt-1 block max-w-80 text-text-muted text-xs">{DELIVERY_ERROR_WORDS[lastError]}</span>
      ) : null}
    </>
  )
}

function Never() {
  return (
    <span className="text-text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">none</span>
    </span>
  )
}
