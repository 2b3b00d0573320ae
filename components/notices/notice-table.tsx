import type { Urgency } from '@/lib/domain/notifications/notice'
import { NOTICE_KIND_WORDS } from '@/lib/domain/notifications/notice-kind-words'
import type { NoticeView } from '@/lib/domain/notifications/views'
import { Badge } from '../ui/badge'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import type { Tone } from '../ui/tone'

const TONES = { alarm: 'danger', act: 'attention', know: 'information' } as const satisfies Record<Urgency, Tone>

/** What is open, the gravest first, each with the way to where one does something about it. */
export function NoticeTable({ notices }: { notices: readonly NoticeView[] }) {
  return (
    <Table
      label="Open notices"
      density="comfortable"
      head={
        <>
          <Th>Notice</Th>
          <Th>Kind</Th>
          <Th>Since</Th>
        </>
      }
    >
      {notices.map(({ id, kind, urgency, subject, text, path, raisedAt }) => (
        <Row key={id}>
          <RowHeader>
            <TextLink href={path}>{subject}</TextLink>
            <span className="block max-w-prose font-normal text-text-muted text-xs">{text}</span>
          </RowHeader>
          <Td>
            <Badge tone={TONES[urgency]}>{NOTICE_KIND_WORDS[kind]}</Badge>
          </Td>
          <Td>
            <DateTime value={raisedAt} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}
