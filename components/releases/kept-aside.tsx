import { ASIDE_WORDS } from '@/lib/domain/releases/history/vault-log-record'
import type { LogReadingView } from '@/lib/domain/releases/history/views'
import { DateTime } from '../ui/date-time'
import { Section } from '../ui/section'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

/** What could not be read of the logs: shown, for a record that is skipped unseen could be the one that matters. */
export function KeptAside({ aside: { count, newest } }: { aside: LogReadingView['aside'] }) {
  return (
    <Section
      id="kept-aside"
      title="Kept aside"
      lead={
        count === 0
          ? 'Every record of every log could be read.'
          : `${count.toLocaleString('en')} ${count === 1 ? 'record' : 'records'} could not be read and may be a release.${
              newest.length < count ? ` The newest ${newest.length}:` : ''
            }`
      }
    >
      {newest.length > 0 ? (
        <Table
          label="Kept aside"
          head={
            <>
              <Th>Read</Th>
              <Th>Why</Th>
              <Th>File</Th>
              <Th>Beginning</Th>
            </>
          }
        >
          {newest.map(({ digest, readAt, reason, path, excerpt }) => (
            <Row key={digest}>
              <RowHeader>
                <DateTime value={readAt} relative="none" withSeconds />
              </RowHeader>
              <Td wrap>{ASIDE_WORDS[reason]}</Td>
              <Td wrap>
                <code className="break-all font-mono text-xs">{path}</code>
              </Td>
              <Td wrap>
                <code className="break-all font-mono text-xs">{excerpt.slice(0, 160)}</code>
              </Td>
            </Row>
          ))}
        </Table>
      ) : null}
    </Section>
  )
}
