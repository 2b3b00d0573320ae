import type { Capability, VaultOperation } from '@/lib/domain/connections/vault-operation'
import { DateTime } from '../ui/date-time'
import { Shape } from '../ui/shape'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

const OPERATION_WORDS = {
  list: 'List keys',
  get: 'Read a key',
  create: 'Create a KEK',
  import: 'Import a transfer blob',
  update: 'Enable, disable and tag',
  delete: 'Delete a key',
  encrypt: 'Encrypt, for key check values',
  release: 'Release a key',
  'list-deleted': 'List deleted keys',
} as const satisfies Record<VaultOperation, string>

/** What the connection's identity may do, learnt from real calls only. Nothing is tried out for this table. */
export function CapabilityTable({ capabilities }: { capabilities: readonly Capability[] }) {
  return (
    <Table
      label="What its identity may do"
      head={
        <>
          <Th>Act</Th>
          <Th>Seen</Th>
        </>
      }
    >
      {capabilities.map((capability) => (
        <Row key={capability.operation}>
          <RowHeader>
            <span className="font-normal">{OPERATION_WORDS[capability.operation]}</span>
          </RowHeader>
          <Td>
            <Seen capability={capability} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}

function Seen({ capability }: { capability: Capability }) {
  if (capability.known === 'not-known') {
    return (
      <span className="inline-flex items-center gap-1.5 text-text-muted">
        <Shape name="question" />
        not known
      </span>
    )
  }
  const works = capability.known === 'working'
  return (
    <span className="inline-flex items-center gap-1.5">
      <Shape name={works ? 'check' : 'cross'} className={works ? 'text-good' : 'text-danger'} />
      <span className={works ? 'text-good' : 'text-danger'}>{works ? 'seen working' : 'refused'}</span>
      <DateTime value={capability.at} relative="none" />
    </span>
  )
}
