import type { AuditEventView } from '@/lib/domain/audit/event'
import { routes } from '@/lib/routes'
import { PHASE_LOOKS } from '../keys/key-history'
import { Badge } from '../ui/badge'
import { CopyButton } from '../ui/copy-button'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { eventDetails } from './event-details'

/** Every event in words, newest first; what was recorded beside it unfolds under it. */
export function EventTable({ events }: { events: readonly AuditEventView[] }) {
  return (
    <Table
      label="Events"
      head={
        <>
          <Th>Time</Th>
          <Th>Event</Th>
          <Th>Outcome</Th>
          <Th>Who</Th>
          <Th>Key</Th>
        </>
      }
    >
      {events.map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
    </Table>
  )
}

function EventRow({ event }: { event: AuditEventView }) {
  const { tone, shape, word } = PHASE_LOOKS[event.phase]
  return (
    <Row>
      <RowHeader>
        <span className="font-normal">
          <DateTime value={event.at} relative="none" withSeconds />
        </span>
      </RowHeader>
      <Td wrap>
        <details>
          <summary className="max-w-prose rounded-sm">{event.words}</summary>
          <EventDetails event={event} />
        </details>
      </Td>
      <Td>
        <Badge tone={tone} shape={shape}>
          {word}
        </Badge>
      </Td>
      <Td>{event.actorName ?? 'Drawbridge'}</Td>
      <Td>
        <KeyOf event={event} />
      </Td>
    </Row>
  )
}

function KeyOf({ event }: { event: AuditEventView }) {
  if (!event.keyName) return event.vaultName
  return (
    <>
      {event.connectionId ? (
        <TextLink quiet href={routes.key(event.connectionId, event.keyName, event.keyVersion ?? undefined)}>
          {event.keyName}
        </TextLink>
      ) : (
        event.keyName
      )}
      <span className="block text-text-muted text-xs">{event.vaultName}</span>
    </>
  )
}

function EventDetails({ event }: { event: AuditEventView }) {
  return (
    <dl className="mt-2 mb-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-0.5 border-l-2 pl-4">
      {eventDetails(event).map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-text-muted">{name}</dt>
          <dd className="flex min-w-0 items-start gap-1">
            <code className="break-all font-mono">{value}</code>
            {value.length >= 32 ? <CopyButton value={value} label={`Copy ${name}`} /> : null}
          </dd>
        </div>
      ))}
      {event.importId ? (
        <div className="contents">
          <dt className="text-text-muted">import</dt>
          <dd>
            <TextLink href={routes.import(event.importId)}>Open the import</TextLink>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
